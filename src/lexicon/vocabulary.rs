//! Which words of a text are worth being looked for by their reading.
//!
//! It joins what the dictionary cuts apart (お + 客, 営業 + マン, 断ら + れ + た), and knows nothing of how it is searched.

use std::collections::HashSet;
use std::ops::Range;

use super::chars::{is_kanji, is_latin};
use super::data::LEXICON;
use super::lattice::{Cut, Cutter};
use super::parts::Part;
use super::{Kind, Word, fold, kind, reading, spelt};

/// A compound is joined of no more words than this, prefixes and suffixes not counted.
const MOST_NOUNS: usize = 4;

/// A compound is joined of no more pieces than this.
const MOST_PIECES: usize = 7;

/// Particles that belong to a verb's form: 断って, 断れば.
const ENDINGS: [&str; 6] = ["て", "で", "ば", "たり", "だり", "ながら"];

/// The distinct words of `text` that are worth being looked for by reading, sorted by spelling, then reading.
///
/// - Nouns and names with kanji (営業, 売り上げ), pronouns, numbers in kanji, adverbs and the like (必ず);
/// - compounds of neighbouring nouns with their prefixes and suffixes, and each run of up to four nouns within them:
///   信頼関係, お客様, 営業マン, 断り方;
/// - verbs and adjectives with kanji: as the dictionary cuts them (断ら: ことわら), the same spelling with the reading of
///   its dictionary form (断ら: ことわる), and with the whole ending (断られた: ことわられた);
/// - words in katakana, read in hiragana with ー; words of Latin letters, two at least.
///
/// A spelling with several readings in the dictionary has several words (日本: にほん, にっぽん); names and compounds have
/// the most likely one. Words all in hiragana are not listed: they are found as they are written.
pub fn vocabulary(text: &str) -> Vec<Word> {
    let cuts = Cutter::new(&LEXICON).cut(text);
    let pieces: Vec<Piece<'_>> = cuts.iter().map(|cut| Piece::new(text, cut)).collect();
    let mut list = List { text, seen: HashSet::new(), words: Vec::new() };
    for (at, piece) in pieces.iter().enumerate() {
        list.single(piece);
        if matches!(piece.part, Part::Verb | Part::VerbStem | Part::Adjective) {
            list.inflected(&pieces, at);
        }
    }
    let mut at = 0;
    while at < pieces.len() {
        let end = at + run(&pieces, at);
        for first in at..end {
            list.compounds(&pieces, first..end);
        }
        at = end.max(at + 1);
    }
    list.words.sort_unstable();
    list.words.dedup();
    list.words
}

struct Piece<'a> {
    cut: &'a Cut,
    surface: &'a str,
    part: Part,
    kanji: bool,
}

impl<'a> Piece<'a> {
    fn new(text: &'a str, cut: &'a Cut) -> Self {
        let surface = text.get(cut.range.clone()).unwrap_or_default();
        Self { cut, surface, part: LEXICON.part(cut.id), kanji: surface.chars().any(is_kanji) }
    }

    fn reading(&self) -> Option<String> {
        reading(self.cut, self.surface)
    }
}

/// How many pieces from `at` on make one run of nouns and what is joined to them.
fn run(pieces: &[Piece<'_>], at: usize) -> usize {
    let joined = |index: &usize| {
        let piece = &pieces[*index];
        let touches = *index == at || pieces[*index - 1].cut.range.end == piece.cut.range.start;
        let noun = match piece.part {
            Part::Noun | Part::Name | Part::Number | Part::Prefix | Part::Suffix => true,
            Part::Pronoun => *index == at,
            // 断り + 方, 法人 + 向け: a noun made of a verb, beside another; 訪れ、 is none.
            Part::VerbStem => {
                let beside = |other: Option<&Piece<'_>>, start: bool| {
                    other.is_some_and(|other| match other.part {
                        Part::Noun => true,
                        Part::Prefix => start,
                        Part::Suffix => !start,
                        _ => false,
                    })
                };
                let next = pieces.get(index + 1).filter(|next| next.cut.range.start == piece.cut.range.end);
                piece.kanji && (beside(next, false) || *index > at && beside(pieces.get(index - 1), true))
            }
            _ => false,
        };
        touches && noun
    };
    (at..pieces.len()).take_while(joined).count()
}

struct List<'a> {
    text: &'a str,
    /// Spellings and classes that were looked at; most words of a text come again.
    seen: HashSet<(&'a str, u16)>,
    words: Vec<Word>,
}

/// Stands for a class where the word is joined of several.
const JOINED: u16 = u16::MAX;

impl<'a> List<'a> {
    fn push(&mut self, surface: &str, reading: String, kind: Kind) {
        self.words.push(Word { surface: surface.to_owned(), reading, kind });
    }

    /// A word as it stands in the dictionary, and its other readings.
    fn single(&mut self, piece: &Piece<'a>) {
        let surface = piece.surface;
        if matches!(piece.part, Part::Between | Part::Auxiliary) && piece.cut.entry.is_some()
            || !self.seen.insert((surface, piece.cut.id))
        {
            return;
        }
        let kind = kind(surface, piece.part);
        match kind {
            Kind::Katakana => {
                if let Some(reading) = spelt(surface) {
                    self.push(surface, reading, kind);
                }
            }
            Kind::Latin if surface.chars().filter(|c| is_latin(*c)).count() > 1 => {
                self.push(surface, fold(surface).to_lowercase(), kind);
            }
            // A suffix by itself (的, 者) is no word that one looks for.
            _ if piece.kanji && !matches!(piece.part, Part::Prefix | Part::Suffix) => {
                let Some(said) = piece.reading() else { return };
                self.with_base(surface, piece.cut.id, said, kind);
                for at in LEXICON.entries_of(surface) {
                    let id = LEXICON.entry(at).id;
                    if interchangeable(piece.part, LEXICON.part(id))
                        && let Some(other) = LEXICON.reading(at)
                    {
                        self.with_base(surface, id, other, kind);
                    }
                }
            }
            _ => {}
        }
    }

    fn with_base(&mut self, surface: &str, id: u16, reading: String, kind: Kind) {
        if let Some(base) = LEXICON.base(id, &reading) {
            self.push(surface, base, kind);
        }
        self.push(surface, reading, kind);
    }

    /// A verb or adjective with its whole ending.
    fn inflected(&mut self, pieces: &[Piece<'a>], at: usize) {
        let head = &pieces[at];
        let mut end = at + 1;
        while let (Some(piece), Some(before)) = (pieces.get(end), pieces.get(end - 1)) {
            // What follows a particle (断って + いる) is another word.
            if before.part == Part::Between {
                break;
            }
            let ending = match piece.part {
                Part::Continuing | Part::Auxiliary => true,
                Part::Suffix => head.part == Part::Adjective && !piece.kanji,
                Part::Between => ENDINGS.contains(&piece.surface),
                _ => false,
            };
            if !ending || before.cut.range.end != piece.cut.range.start || end - at > MOST_PIECES {
                break;
            }
            end += 1;
        }
        if head.kanji && end > at + 1 {
            let kind = if head.part == Part::Adjective { Kind::Adjective } else { Kind::Verb };
            self.joined(&pieces[at..end], kind);
        }
    }

    /// The compounds that begin with the first of `range`, a run of nouns.
    fn compounds(&mut self, pieces: &[Piece<'a>], range: Range<usize>) {
        let run = &pieces[range];
        if run.first().is_none_or(|first| first.part == Part::Suffix) {
            return;
        }
        let mut nouns = 0;
        for (index, last) in run.iter().enumerate().take(MOST_PIECES) {
            nouns += usize::from(!matches!(last.part, Part::Prefix | Part::Suffix));
            if nouns > MOST_NOUNS {
                break;
            }
            if index > 0 && last.part != Part::Prefix && run.iter().take(index + 1).any(|piece| piece.kanji) {
                self.joined(&run[..=index], Kind::Noun);
            }
        }
    }

    fn joined(&mut self, pieces: &[Piece<'a>], kind: Kind) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        let Some(surface) = self.text.get(first.cut.range.start..last.cut.range.end) else { return };
        if self.seen.insert((surface, JOINED))
            && let Some(reading) = pieces.iter().map(Piece::reading).collect::<Option<String>>()
        {
            self.push(surface, reading, kind);
        }
    }
}

/// Whether a reading of a word that plays the part `other` may be meant where the same spelling plays `part`.
fn interchangeable(part: Part, other: Part) -> bool {
    let noun = |part| matches!(part, Part::Noun | Part::Pronoun | Part::Bound);
    let verb = |part| matches!(part, Part::Verb | Part::VerbStem);
    part == other && part != Part::Name || noun(part) && noun(other) || verb(part) && verb(other)
}
