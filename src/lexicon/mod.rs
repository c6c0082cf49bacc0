//! Japanese words with their readings, offline: what lets えいぎょう and `eigyou` find 営業.
//!
//! The dictionary is IPADIC, inside the program (`src/lexicon/LICENSE-IPADIC`); texts are cut as MeCab cuts them, by the
//! same costs. It is unpacked once, when first asked. Everything here is a pure function of the text: it reads no files,
//! knows no pages and no Markdown, and takes time linear in the text.

mod chars;
mod data;
mod lattice;
mod parts;
mod vocabulary;

use std::ops::Range;

use icu_normalizer::ComposingNormalizerBorrowed;

use self::data::LEXICON;
use self::lattice::{Cut, Cutter};
use self::parts::Part;

pub use self::vocabulary::vocabulary;

/// What sort of word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A noun in kanji, or one joined of several words of which one is.
    Noun,
    /// A verb, with what its ending is made of.
    Verb,
    /// An adjective in い.
    Adjective,
    /// All katakana.
    Katakana,
    /// Latin letters, with digits or without.
    Latin,
    /// Anything else: adverbs, particles, marks, spaces.
    Other,
}

/// One word of a text, for the search dictionary.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Word {
    /// As written, not folded in any way: `text.contains(&surface)` holds.
    pub surface: String,
    /// A reading by which the word is looked for, in hiragana and ー; a Latin word's is the word itself, NFKC and lower case.
    pub reading: String,
    /// What sort of word it is.
    pub kind: Kind,
}

/// One piece of a text, a word or what stands between words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// Its reading in hiragana and ー; none for Latin words, digits, marks, spaces and kanji that the dictionary does not know.
    pub reading: Option<String>,
    /// What sort of word it is.
    pub kind: Kind,
}

/// Cuts plain text into the words that the dictionary has, in order. The ranges cover the text without gap or overlap.
pub fn words(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let space = |range: Range<usize>| Token { range, reading: None, kind: Kind::Other };
    for cut in Cutter::new(&LEXICON).cut(text) {
        if at < cut.range.start {
            tokens.push(space(at..cut.range.start));
        }
        at = cut.range.end;
        let surface = text.get(cut.range.clone()).unwrap_or_default();
        tokens.push(Token {
            reading: reading(&cut, surface),
            kind: kind(surface, LEXICON.part(cut.id)),
            range: cut.range,
        });
    }
    if at < text.len() {
        tokens.push(space(at..text.len()));
    }
    tokens
}

/// The dictionary's reading of a cut, or that of the kana of which an unknown word is made.
fn reading(cut: &Cut, surface: &str) -> Option<String> {
    match cut.entry {
        Some(entry) => LEXICON.reading(entry),
        None => spelt(surface),
    }
}

/// The reading of a word that is all kana: the kana itself.
fn spelt(surface: &str) -> Option<String> {
    let kana = |c: char| chars::is_hiragana(c) || chars::is_katakana(c);
    surface.chars().all(kana).then(|| fold(surface).chars().map(chars::hiragana).collect())
}

/// NFKC: half-width katakana and full-width letters become the usual ones.
fn fold(text: &str) -> std::borrow::Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfkc().normalize(text)
}

fn kind(surface: &str, part: Part) -> Kind {
    let latin = |c: char| chars::is_latin(c) || c.is_numeric();
    if surface.chars().all(chars::is_katakana) && surface.chars().any(|c| c != 'ー') {
        Kind::Katakana
    } else if surface.chars().all(latin) && surface.chars().any(chars::is_latin) {
        Kind::Latin
    } else {
        match part {
            Part::Noun | Part::Name | Part::Number | Part::Prefix | Part::Suffix | Part::Pronoun | Part::Bound => {
                Kind::Noun
            }
            Part::Verb | Part::VerbStem => Kind::Verb,
            Part::Adjective => Kind::Adjective,
            Part::Continuing | Part::Auxiliary | Part::Alone | Part::Between => Kind::Other,
        }
    }
}
