//! Whether a run of `*`, `_` or `~` may open or close emphasis, by what stands beside it.
//!
//! The rules are those of `CommonMark` 0.31, section 6.2, as amended by markdown-cjk-friendly
//! (<https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md>): its section 2.1 says what counts as
//! CJK, its section 6.2 what is left-flanking, what is right-flanking, and rules 2 and 6 for `_`. In short: punctuation
//! that is itself CJK (「」、。！) no longer keeps a run from flanking, and neither does other punctuation (`"`, `%`) whose
//! far neighbour, across the run, is CJK.
//!
//! `~~` flanks as `*` does, which is what GitHub and the amendment's own plug-in for strike-through do; pulldown-cmark
//! lets it open before any punctuation. A single `~` stays as pulldown-cmark has it, never inside a word: Japanese has no
//! spaces there, and 「5~6個、7~8個」 is not struck out.

use icu_properties::props::{BinaryProperty as _, GeneralCategoryGroup, Script};
use icu_properties::props::{EastAsianWidth, EmojiPresentation, EnumeratedProperty as _, GeneralCategory};

/// What a run may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Roles {
    pub(super) open: bool,
    pub(super) close: bool,
}

/// What stands on one side of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Unicode white space, or the edge of a line.
    Space,
    /// Punctuation or a symbol that is not CJK.
    Punctuation,
    /// Punctuation or a symbol that is CJK.
    CjkPunctuation,
    /// Another CJK character.
    Cjk,
    /// Anything else.
    Other,
}

use Class::{Cjk, CjkPunctuation, Other, Punctuation, Space};

impl Class {
    fn of(c: char) -> Self {
        match c {
            // Kana and the common kanji: most of what is ever asked.
            'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' => Cjk,
            _ if c.is_ascii() => match c {
                _ if c.is_ascii_punctuation() => Punctuation,
                _ if c.is_whitespace() => Space,
                _ => Other,
            },
            _ if c.is_whitespace() => Space,
            _ => {
                let mark = GeneralCategoryGroup::Punctuation.union(GeneralCategoryGroup::Symbol);
                match (mark.contains(GeneralCategory::for_char(c)), is_cjk(c)) {
                    (true, true) => CjkPunctuation,
                    (true, false) => Punctuation,
                    (false, true) => Cjk,
                    (false, false) => Other,
                }
            }
        }
    }

    fn is_punctuation(self) -> bool {
        matches!(self, Punctuation | CjkPunctuation)
    }
}

/// Section 2.1, "CJK character": wide, full or half width and not an emoji by default, or Hangul.
fn is_cjk(c: char) -> bool {
    let wide = matches!(
        EastAsianWidth::for_char(c),
        EastAsianWidth::Wide | EastAsianWidth::Fullwidth | EastAsianWidth::Halfwidth
    );
    wide && !EmojiPresentation::for_char(c) || Script::for_char(c) == Script::Hangul
}

/// The two sides of a run.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides {
    /// The character before it.
    last: Class,
    last_is_tilde: bool,
    /// What that character is part of: it may be a variation selector, which means nothing by itself.
    before: Class,
    after: Class,
}

impl Sides {
    /// A run between `before` and `after`. An edge of a line is an empty text.
    pub(super) fn new(before: &str, after: &str) -> Self {
        let mut back = before.chars().rev();
        let last = back.next();
        let class = last.map_or(Space, Class::of);
        let whole = match last {
            // Section 2.1, "ideographic variation selector": what it varies is an ideograph.
            Some('\u{E0100}'..='\u{E01EF}') => Cjk,
            // "Non-emoji general-use variation selector": counts as what it varies.
            Some(selector @ '\u{FE00}'..='\u{FE0E}') => match back.next() {
                // "CJK ambiguous punctuation sequence": quotation marks asked to be full width.
                Some('‘' | '’' | '“' | '”') if selector == '\u{FE01}' => CjkPunctuation,
                base => Some(base.map_or(Other, Class::of)).filter(|class| *class != Space).unwrap_or(Other),
            },
            _ => class,
        };
        let after = after.chars().next().map_or(Space, Class::of);
        Self { last: class, last_is_tilde: last == Some('~'), before: whole, after }
    }

    /// What a run of `length` times `delimiter` may do here.
    pub(super) fn roles(self, delimiter: u8, length: usize) -> Roles {
        let Self { before, after, .. } = self;
        // Section 6.2, "left-flanking delimiter run" and "right-flanking delimiter run".
        let left = after != Space && (after != Punctuation || before != Other);
        let right = before != Space && (before != Punctuation || after != Other);
        match (delimiter, length) {
            // Rules 2 and 6, and 4 and 8, which are CommonMark's own.
            (b'_', _) => Roles {
                open: left && (!right || before.is_punctuation()),
                close: right && (!left || after.is_punctuation()),
            },
            (b'~', 1) => self.stock(delimiter, length),
            // Strike-through flanks as `*` does: so GitHub has it.
            _ => Roles { open: left, close: right },
        }
    }

    /// What pulldown-cmark lets it do.
    pub(super) fn stock(self, delimiter: u8, length: usize) -> Roles {
        let Self { last, last_is_tilde, after, .. } = self;
        let (struck, stars) = (delimiter == b'~' && length > 1, delimiter == b'*');
        let within = |inner: Class| stars && !inner.is_punctuation();
        let tilde = delimiter == b'~' && last_is_tilde;
        Roles {
            open: after != Space && (last == Space || last.is_punctuation() || struck || within(after)),
            close: last != Space
                && (after == Space
                    || after.is_punctuation()
                    || tilde
                    || within(last)
                    || struck && !last.is_punctuation()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_follow_section_2_1() {
        for (class, characters) in [
            (Space, " \u{3000}\u{A0}\n"),
            (Punctuation, "!\"%*_~«”…—·∇👉❌⭕\u{1F22F}"),
            (CjkPunctuation, "「」、。！？：（）～・〃〽〰㊗₩￥🈂🈷︙"),
            (Cjk, "あアー々〇亜𠮟𰻞가ᅡᄏㇿＡ１ﾊ𛀙\u{3099}"),
            (Other, "aé1Ωя\u{FE0F}\u{200B}"),
        ] {
            for c in characters.chars() {
                assert_eq!(Class::of(c), class, "U+{:04X} {c}", c as u32);
            }
        }
    }

    /// The searches for places where the rules differ lean on this: at an edge of a line they never do, and between
    /// two ASCII characters only those for `~~`.
    #[test]
    fn away_from_cjk_the_rules_of_commonmark_stand() {
        let ascii = ["", " ", "a", "1", "!", "~", "|", "]"];
        let wide =
            ["あ", "「", "가", "「\u{FE00}", "!\u{FE00}", "亜\u{E0100}", "“\u{FE01}", "a\u{FE00}", "\u{3000}", "é"];
        for before in ascii.into_iter().chain(wide) {
            for after in ascii.into_iter().chain(wide) {
                let sides = Sides::new(before, after);
                let edge = before.is_empty() || after.is_empty();
                for (delimiter, length) in [(b'*', 1), (b'*', 2), (b'_', 1), (b'_', 2), (b'~', 1), (b'~', 2)] {
                    if edge || before.is_ascii() && after.is_ascii() && (delimiter, length) != (b'~', 2) {
                        let case = format!("{before:?} {} {after:?}", delimiter as char);
                        assert_eq!(sides.roles(delimiter, length), sides.stock(delimiter, length), "{case}");
                    }
                }
            }
        }
    }
}
