//! What a text measures: characters, minutes, the width of what stands at a line break, and a summary of so many
//! characters.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// The longest summary, in characters.
pub const SUMMARY: usize = 120;

/// Japanese characters that are read in a minute.
const CHARACTERS_A_MINUTE: u32 = 500;

/// Words of other scripts that are read in a minute.
const WORDS_A_MINUTE: u32 = 200;

/// Counts what a reader reads. Text may come in pieces.
///
/// A character is what a reader sees as one: an emoji of several code points, or a letter with its marks, counts once.
/// White space does not count.
#[derive(Debug, Clone, Copy, Default)]
pub struct Measure {
    characters: u32,
    japanese: u32,
    words: u32,
    /// Whether the last character belongs to a word that goes on.
    in_word: bool,
    /// Whether the next character belongs to the last one: after a zero-width joiner, or half a flag.
    joined: Joined,
}

/// What the last code point does to the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Joined {
    #[default]
    No,
    /// A zero-width joiner.
    Joiner,
    /// The first regional indicator of a flag.
    Flag,
}

impl Measure {
    /// Counts `text`, which goes on where the last piece ended.
    pub fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if self.joined == Joined::No {
                let wide = leading_wide(bytes.get(at..).unwrap_or_default());
                if wide > 0 {
                    self.japanese += wide;
                    self.characters += wide;
                    self.in_word = false;
                    at += wide as usize * 3;
                }
            }
            let latin = bytes.iter().skip(at).take_while(|byte| byte.is_ascii_alphanumeric()).count();
            if latin > 0 {
                self.characters += u32::try_from(latin).unwrap_or(u32::MAX) - u32::from(self.joined == Joined::Joiner);
                self.joined = Joined::No;
                self.words += u32::from(!self.in_word);
                self.in_word = true;
                at += latin;
                continue;
            }
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            at += c.len_utf8();
            match c {
                '\u{3001}'..='\u{3096}' | '\u{30A0}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' => self.wide(),
                c if c.is_whitespace() => self.gap(),
                c => self.rare(c),
            }
        }
    }

    /// A word ends here, whatever follows.
    pub fn gap(&mut self) {
        self.in_word = false;
        self.joined = Joined::No;
    }

    fn count(&mut self) {
        self.characters += u32::from(self.joined != Joined::Joiner);
        self.joined = Joined::No;
    }

    fn wide(&mut self) {
        self.japanese += u32::from(self.joined != Joined::Joiner);
        self.in_word = false;
        self.count();
    }

    fn rare(&mut self, c: char) {
        match c {
            '\u{200D}' => self.joined = Joined::Joiner,
            // Skin tones, marks on half-width kana: part of what stands before.
            '\u{1F3FB}'..='\u{1F3FF}' | '\u{FF9E}' | '\u{FF9F}' => {}
            '\u{1F1E6}'..='\u{1F1FF}' => {
                if self.joined == Joined::Flag {
                    self.joined = Joined::No;
                } else {
                    self.wide();
                    self.joined = Joined::Flag;
                }
            }
            c => match c.width() {
                None | Some(0) => {}
                Some(2) if !is_hangul(c) => self.wide(),
                _ if c.is_alphanumeric() => {
                    if matches!(c, '\u{FF66}'..='\u{FF9D}') {
                        self.wide();
                    } else {
                        self.count();
                        self.words += u32::from(!self.in_word);
                        self.in_word = true;
                    }
                }
                _ => {
                    self.count();
                    // An apostrophe or a hyphen does not end a word.
                    self.in_word &= matches!(c, '\'' | '’' | '-' | '.' | '_');
                }
            },
        }
    }

    /// Characters, white space not counted.
    pub fn characters(&self) -> u32 {
        self.characters
    }

    /// Minutes of reading, rounded up, at least one: Japanese characters and words of other scripts together.
    pub fn minutes(&self) -> u32 {
        let (japanese, words) = (u64::from(self.japanese), u64::from(self.words));
        let (a, b) = (u64::from(CHARACTERS_A_MINUTE), u64::from(WORDS_A_MINUTE));
        let minutes = (japanese * b + words * a).div_ceil(a * b).max(1);
        u32::try_from(minutes).unwrap_or(u32::MAX)
    }
}

/// How many characters at the head of this UTF-8 are of those that make up nearly all of a Japanese text: kana, the
/// ideographs of daily use, and the punctuation between them. Each has three bytes.
fn leading_wide(bytes: &[u8]) -> u32 {
    let (characters, _) = bytes.as_chunks::<3>();
    // By the number of the code point and without a branch: which character comes next is anyone's guess.
    let daily = |[first, second, third]: &[u8; 3]| {
        let point = u32::from(first & 0x0F) << 12 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F);
        let within = |from: u32, to: u32| point.wrapping_sub(from) <= to - from;
        (first & 0xF0 == 0xE0) & (within(0x3001, 0x3096) | within(0x30A0, 0x30FF) | within(0x4E00, 0x9FFF))
    };
    u32::try_from(characters.iter().take_while(|character| daily(character)).count()).unwrap_or(u32::MAX)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}'
        | '\u{FFA0}'..='\u{FFDC}')
}

/// Whether a line break between `before` and `after` is no white space: both are wide characters by UAX #11 (East Asian
/// Wide or Fullwidth, or half-width katakana), or one is and the other is of ambiguous width, like `…` and `―`.
/// Hangul is not among them, since Korean separates words by spaces.
pub fn joins(before: char, after: char) -> bool {
    let (a, b) = (width(before), width(after));
    (a == Width::Wide && b != Width::Narrow) || (b == Width::Wide && a != Width::Narrow)
}

/// Whether `c` is as wide as an ideograph, or is in Japanese text: Wide, Fullwidth or Ambiguous by UAX #11 (letters that
/// are Ambiguous are narrow), or half-width katakana.
pub fn may_be_wide(c: char) -> bool {
    width(c) != Width::Narrow || is_hangul(c)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Width {
    Wide,
    Ambiguous,
    Narrow,
}

fn width(c: char) -> Width {
    match c {
        '\0'..='\u{7F}' => Width::Narrow,
        '\u{3001}'..='\u{3096}' | '\u{30A0}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{FF61}'..='\u{FF9F}' => {
            Width::Wide
        }
        // Variation selectors follow an ideograph or an emoji; voicing marks follow kana.
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{3099}' | '\u{309A}' => Width::Wide,
        c if is_hangul(c) => Width::Narrow,
        c => match (c.width(), c.width_cjk()) {
            (Some(2), _) => Width::Wide,
            (_, Some(2)) if !c.is_alphabetic() => Width::Ambiguous,
            _ => Width::Narrow,
        },
    }
}

/// The first words of `text`, at most `limit` characters (code points): cut after the last sentence that fits, outside
/// of brackets, or else between two characters as readers see them, with `…`.
pub fn summary(text: &str, limit: usize) -> Cow<'_, str> {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(limit) else { return Cow::Borrowed(text) };
    let head = text.get(..end).unwrap_or_default();
    if let Some(cut) = last_sentence(head, text)
        && let Some(sentence) = text.get(..cut)
    {
        return Cow::Borrowed(sentence);
    }
    // One character is left for the ellipsis.
    let room = head.char_indices().next_back().map_or(0, |(at, _)| at);
    let cut = text.grapheme_indices(true).map(|(at, _)| at).take_while(|at| *at <= room).last().unwrap_or(0);
    let kept = text.get(..cut).unwrap_or_default().trim_end();
    Cow::Owned(format!("{kept}…"))
}

/// Where the last whole sentence of `head`, which `text` begins with, ends. A sentence that is less than a quarter of
/// `head` is too little to say anything.
fn last_sentence(head: &str, text: &str) -> Option<usize> {
    let mut depth = 0_i32;
    let mut cut = None;
    for (at, c) in head.char_indices() {
        let end = at + c.len_utf8();
        match c {
            '「' | '『' | '（' | '(' | '【' => depth += 1,
            '」' | '』' | '）' | ')' | '】' => depth -= 1,
            '。' | '！' | '？' if depth <= 0 => {
                let next = text.get(end..).and_then(|rest| rest.chars().next());
                if !next.is_some_and(|c| matches!(c, '！' | '？' | '。' | '」' | '』' | '）')) {
                    cut = Some(end);
                }
            }
            '.' | '!' | '?'
                if depth <= 0
                    && text.get(end..).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace)) =>
            {
                cut = Some(end);
            }
            _ => {}
        }
    }
    cut.filter(|cut| *cut * 4 >= head.len())
}

/// Adds `text` to `out` with each run of white space as one space, none at its ends.
pub fn push_on_one_line(text: &str, out: &mut String) {
    // Most texts have nothing to change; this tells without decoding them.
    let bytes = text.as_bytes();
    let plain = !bytes.iter().any(|byte| *byte < b' ' || matches!(byte, 0xC2 | 0xE1 | 0xE2))
        && !text.starts_with(' ')
        && !text.ends_with(' ')
        && memchr::memmem::find(bytes, b"  ").is_none()
        && memchr::memmem::find(bytes, "\u{3000}".as_bytes()).is_none();
    if plain {
        out.push_str(text);
        return;
    }
    for (n, word) in text.split_whitespace().enumerate() {
        if n > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    use super::{Measure, joins, leading_wide, push_on_one_line, summary};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn one_line_has_the_same_words(text in "[ab\\u{3000}\u{2003} \n\u{85}\u{A0}あ…]{0,12}") {
            let mut out = String::new();
            push_on_one_line(&text, &mut out);
            prop_assert_eq!(out, text.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    #[test]
    fn daily_characters_are_told_by_their_bytes() {
        for c in ('\0'..='\u{10FFFF}').filter(|c| c.len_utf8() == 3) {
            let daily = matches!(c, '\u{3001}'..='\u{3096}' | '\u{30A0}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}');
            assert_eq!(leading_wide(c.to_string().as_bytes()), u32::from(daily), "{:x}", u32::from(c));
        }
    }

    fn measured(text: &str) -> (u32, u32) {
        let mut measure = Measure::default();
        measure.add(text);
        (measure.characters(), measure.minutes())
    }

    #[test]
    fn characters_are_what_readers_see() {
        for (text, characters) in [
            ("営業の秘訣。", 6),
            ("a b\n c", 3),
            ("𠮷野家", 3),
            ("か\u{3099}", 1),
            ("e\u{301}", 1),
            ("👨‍👩‍👧‍👦👍🏽🇯🇵🇺🇸", 4),
            ("葛\u{E0100}城", 2),
            ("ｶﾞｷﾞ", 2),
            ("☎️", 1),
            ("", 0),
        ] {
            assert_eq!(measured(text).0, characters, "{text}");
        }
    }

    #[test]
    fn minutes_add_both_scripts() {
        assert_eq!(measured("").1, 1);
        assert_eq!(measured(&"あ".repeat(500)).1, 1);
        assert_eq!(measured(&"あ".repeat(501)).1, 2);
        assert_eq!(measured(&"word ".repeat(200)).1, 1);
        assert_eq!(measured(&"it's ".repeat(201)).1, 2);
        assert_eq!(measured(&format!("{}{}", "あ".repeat(500), " word".repeat(200))).1, 2);
        assert_eq!(measured(&"한국어 ".repeat(200)).1, 1);
    }

    #[test]
    fn breaks_join_wide_characters_only() {
        for (before, after) in [('本', '語'), ('。', 'あ'), ('ア', 'ﾃ'), ('…', '秘'), ('日', '“'), ('🎉', '祝')]
        {
            assert!(joins(before, after), "{before}{after}");
        }
        for (before, after) in
            [('a', 'b'), ('本', 'a'), ('1', '月'), ('한', '국'), ('日', '한'), ('α', '日'), ('…', '…')]
        {
            assert!(!joins(before, after), "{before}{after}");
        }
    }

    #[test]
    fn summaries_end_with_a_sentence_where_one_fits() {
        assert_eq!(summary("短い。", 120), "短い。");
        assert_eq!(summary("一つ目です。二つ目です。三つ目です。", 14), "一つ目です。二つ目です。");
        assert_eq!(summary("彼は「はい。行きます。」と言った。次です", 18), "彼は「はい。行きます。」と言った。");
        assert_eq!(summary("彼は「はい。行きます」と言ったのです", 12), "彼は「はい。行きます」…");
        assert_eq!(summary("One two. Three four five six", 20), "One two.");
        assert_eq!(summary("終わり！？　続きます", 6), "終わり！？");
    }

    #[test]
    fn summaries_never_split_a_character() {
        assert_eq!(summary("家族👨‍👩‍👧‍👦です", 5), "家族…");
        assert_eq!(summary("か\u{3099}か\u{3099}か\u{3099}", 4), "か\u{3099}…");
        assert_eq!(summary("𠮷𠮷𠮷𠮷", 3), "𠮷𠮷…");
    }
}
