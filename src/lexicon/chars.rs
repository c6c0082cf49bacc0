//! What characters are: the categories by which words that are not in the dictionary are cut, and scripts.
//!
//! It knows the dictionary's definitions and Unicode's blocks, no words.

/// How unknown words of one category are made, after MeCab's `char.def` and `unk.def`.
#[derive(Debug, Clone, Default)]
pub(super) struct Category {
    /// Unknown words are thought of even where the dictionary has a word.
    pub always: bool,
    /// A run of the same category may be one word.
    pub group: bool,
    /// Words of one to so many characters are thought of.
    pub length: usize,
    /// What such a word may be: (connection class, cost).
    pub words: Vec<(u16, i16)>,
}

/// The categories and which characters have them.
pub(super) struct Categories {
    categories: Vec<Category>,
    /// For each UTF-16 unit: its first category, and all of them as bits.
    units: Vec<(u8, u16)>,
}

impl Categories {
    /// Reads MeCab's two definition files, comments already taken off. A line that is not understood is passed over:
    /// the files are part of the program, and a test asks for what they say.
    pub(super) fn new(characters: &str, unknown: &str) -> Self {
        let mut names: Vec<&str> = Vec::new();
        let mut categories: Vec<Category> = Vec::new();
        let mut units = vec![(0, 1); 1 << 16];
        for line in characters.lines() {
            let mut fields = line.split_ascii_whitespace();
            let Some(first) = fields.next() else { continue };
            if let Some(range) = range(first) {
                let bits = fields.filter_map(|name| names.iter().position(|known| *known == name)).collect::<Vec<_>>();
                let Some(first) = bits.first().and_then(|first| u8::try_from(*first).ok()) else { continue };
                let mask = bits.iter().fold(0u16, |mask, bit| mask | 1 << bit);
                units[range].fill((first, mask));
            } else {
                let mut number = || fields.next().and_then(|field| field.parse::<usize>().ok()).unwrap_or_default();
                let (always, group, length) = (number() == 1, number() == 1, number());
                names.push(first);
                categories.push(Category { always, group, length, words: Vec::new() });
            }
        }
        for line in unknown.lines() {
            let mut fields = line.split(',');
            let category = fields.next().and_then(|name| names.iter().position(|known| *known == name));
            let class = fields.next().and_then(|class| class.parse().ok());
            let cost = fields.nth(1).and_then(|cost| cost.parse().ok());
            if let (Some(category), Some(class), Some(cost)) = (category, class, cost) {
                categories[category].words.push((class, cost));
            }
        }
        Self { categories, units }
    }

    /// The category of a unit.
    pub(super) fn of(&self, unit: u16) -> &Category {
        &self.categories[usize::from(self.units[usize::from(unit)].0)]
    }

    /// Whether `b` may stand in a run that begins with `a`.
    pub(super) fn alike(&self, a: u16, b: u16) -> bool {
        self.units[usize::from(a)].1 & self.units[usize::from(b)].1 != 0
    }
}

/// `0x3041..0x309F` or `0x3005`, as indices.
fn range(field: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let number = |text: &str| usize::from_str_radix(text.strip_prefix("0x")?, 16).ok().filter(|n| *n < 1 << 16);
    match field.split_once("..") {
        Some((first, last)) => Some(number(first)?..=number(last)?),
        None => number(field).map(|one| one..=one),
    }
}

/// A Chinese character, or a mark that stands for one (々, 〆, 〇).
pub(super) fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '〆' | '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// Katakana, full or half width, with the mark of length.
pub(super) fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | '\u{FF66}'..='\u{FF9F}' | '\u{31F0}'..='\u{31FF}')
}

/// Hiragana with the mark of length, which some words in hiragana have too.
pub(super) fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ' | 'ー')
}

/// A letter of the Latin script, full width too, accents too.
pub(super) fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'ａ'..='ｚ' | 'Ａ'..='Ｚ' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
        && c.is_alphabetic()
}

/// Katakana as hiragana, one to one; everything else as it is.
pub(super) fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        c => c,
    }
}
