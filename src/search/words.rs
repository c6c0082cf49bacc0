//! The site's own vocabulary: how its words are read, how else they are written, and what is a slip away.
//!
//! It knows the words that texts have, and no dictionary: those come from [`vocabulary`].

use std::collections::BTreeMap;

use super::fold::fold;
use super::kana::{hiragana, is_han, is_hiragana, normal, skeleton};
use super::table::{Table, order};
use super::{Item, wire};
use crate::markdown::Sections;
use crate::par;

/// What keys of skeletons begin with.
const SKELETON: char = '\u{2}';

/// What keys of words for slips begin with.
const SLIP: char = '\u{3}';

/// A word of a text: as it is written, folded, and its reading in hiragana, which may be empty.
type Word = (String, String);

/// The words of one text, packed: a line for each, the folded surface and the reading with a tab between them, sorted.
/// Depends on these arguments alone.
pub fn of_text(title: &str, yomi: Option<&str>, sections: &Sections) -> String {
    let mut words: Vec<Word> = vocabulary(title);
    let said = yomi.map(|yomi| (title, yomi));
    let ruby = sections.readings.iter().map(|(base, reading)| (base.as_str(), reading.as_str()));
    for (base, reading) in said.into_iter().chain(ruby) {
        let reading = reading_of(reading);
        if !reading.is_empty() {
            words.push((fold(base).trim().to_owned(), reading));
        }
    }
    for section in &sections.list {
        for text in [&section.heading, &section.text] {
            words.extend(vocabulary(&without_holes(text)));
        }
    }
    // Controls divide lines; no word has any.
    words.retain(|(surface, _)| !surface.is_empty() && !surface.contains(char::is_control));
    words.sort_unstable();
    words.dedup();
    let mut packed = String::with_capacity(words.iter().map(|(word, reading)| word.len() + reading.len() + 2).sum());
    for (word, reading) in words {
        packed.push_str(&word);
        packed.push('\t');
        packed.push_str(&reading);
        packed.push('\n');
    }
    packed
}

/// The words of a plain text.
fn vocabulary(text: &str) -> Vec<Word> {
    latin_and_katakana(text)
}

/// `text` without the places where titles of other lessons will stand.
fn without_holes(text: &str) -> String {
    text.split('\0').step_by(2).collect::<Vec<_>>().join("\n")
}

/// A reading in hiragana; empty where it is no reading in kana.
fn reading_of(reading: &str) -> String {
    let reading: String = hiragana(reading).chars().filter(|c| !c.is_whitespace() && *c != '・').collect();
    let kana = reading.chars().all(|c| is_hiragana(c) || c == 'ー');
    if kana { reading } else { String::new() }
}

/// Words that can be told from their letters alone.
fn latin_and_katakana(text: &str) -> Vec<Word> {
    #[derive(PartialEq, Clone, Copy)]
    enum Letter {
        Latin,
        Katakana,
    }
    let letter = |c: char| match c {
        'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ' => Some(Letter::Katakana),
        c if c.is_alphanumeric() && u32::from(c) < 0x250 => Some(Letter::Latin),
        _ => None,
    };
    let folded = fold(text);
    let mut words = Vec::new();
    let mut word = String::new();
    let mut kind = None;
    for c in folded.chars().chain(['\n']) {
        if letter(c) != kind {
            let found = std::mem::take(&mut word);
            match kind {
                Some(Letter::Katakana) if found.chars().count() > 1 => {
                    let reading = reading_of(&found);
                    words.push((found, reading));
                }
                Some(Letter::Latin) if found.chars().any(char::is_alphabetic) && found.len() > 1 => {
                    words.push((found, String::new()));
                }
                _ => {}
            }
            kind = letter(c);
        }
        if kind.is_some() {
            word.push(c);
        }
    }
    words
}

/// One entry of the table: reading, surface, weight.
type Entry<'a> = (&'a str, &'a str, u32);

/// The table of all items' words.
pub(super) fn table(items: &[Item<'_>]) -> Table {
    let counts = count(items);
    let mut readings: BTreeMap<String, Vec<Entry<'_>>> = BTreeMap::new();
    let mut skeletons: BTreeMap<String, Vec<(&str, &str, u32)>> = BTreeMap::new();
    let mut slips: BTreeMap<&str, u32> = BTreeMap::new();
    for (line, lessons) in &counts {
        let Some((surface, reading)) = line.split_once('\t') else { continue };
        let weight = lessons.ilog2();
        let key = normal(reading);
        if key.starts_with(is_hiragana) {
            readings.entry(key).or_default().push((reading, surface, weight));
        }
        if let Some(skeleton) = skeleton(surface) {
            skeletons.entry(skeleton).or_default().push((surface, reading, weight));
        }
        if may_slip(surface) {
            let heaviest = slips.entry(surface).or_default();
            *heaviest = weight.max(*heaviest);
        }
    }
    let mut entries: Vec<(String, Vec<u8>)> = Vec::with_capacity(readings.len() + skeletons.len() + slips.len());
    for (skeleton, words) in skeletons {
        let variants: BTreeMap<&str, u32> = variants(&skeleton, &words);
        if !variants.is_empty() {
            let all = variants.into_iter().map(|(surface, weight)| ("", surface, weight)).collect();
            entries.push((format!("{SKELETON}{skeleton}"), value(all)));
        }
    }
    entries.extend(slips.into_iter().map(|(word, weight)| (format!("{SLIP}{word}"), value(vec![("", "", weight)]))));
    for (key, mut words) in readings {
        for (reading, ..) in &mut words {
            if *reading == key {
                *reading = "";
            }
        }
        let value = value(words);
        entries.push((key, value));
    }
    entries.sort_by(|a, b| order(&a.0, &b.0));
    let mut table = Table::default();
    for (key, value) in entries {
        table.push(&key, &value);
    }
    table
}

/// How many lessons have each line.
fn count<'a>(items: &[Item<'a>]) -> BTreeMap<&'a str, u32> {
    let batches: Vec<&[Item<'a>]> = items.chunks(256).collect();
    let counted = par::map(&batches, |batch| {
        let mut counts: BTreeMap<&'a str, u32> = BTreeMap::new();
        for line in batch.iter().flat_map(|item| item.words.lines()) {
            *counts.entry(line).or_default() += 1;
        }
        counts
    });
    let mut all: BTreeMap<&'a str, u32> = BTreeMap::new();
    for (line, lessons) in counted.into_iter().flatten() {
        *all.entry(line).or_default() += lessons;
    }
    all
}

fn value(mut entries: Vec<Entry<'_>>) -> Vec<u8> {
    entries.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| order(a.1, b.1)).then_with(|| order(a.0, b.0)));
    let mut out = Vec::new();
    wire::count(&mut out, entries.len());
    for (reading, surface, weight) in entries {
        wire::text(&mut out, reading);
        wire::text(&mut out, surface);
        wire::int(&mut out, u64::from(weight));
    }
    out
}

/// Of the words with one skeleton, those by which another spelling is found: words with kana between their Han
/// characters, and words that are read like another.
fn variants<'a>(skeleton: &str, words: &[(&'a str, &'a str, u32)]) -> BTreeMap<&'a str, u32> {
    let normals: Vec<String> = words.iter().map(|(_, reading, _)| normal(reading)).collect();
    let mut variants = BTreeMap::new();
    for ((surface, _, weight), said) in words.iter().zip(&normals) {
        let other = |(word, other): (&(&str, &str, u32), &String)| word.0 != *surface && other == said;
        let shared = !said.is_empty() && words.iter().zip(&normals).any(other);
        if shared || !surface.contains(skeleton) {
            let heaviest: &mut u32 = variants.entry(*surface).or_default();
            *heaviest = (*heaviest).max(*weight);
        }
    }
    variants
}

/// Whether slips are looked for: a word of Latin letters or of katakana, long enough that one letter may be wrong.
fn may_slip(word: &str) -> bool {
    let katakana = |c: char| matches!(c, 'ァ'..='ヺ' | 'ー');
    let latin = |c: char| c.is_alphanumeric() && u32::from(c) < 0x250;
    let length = word.chars().count();
    (length >= 3 && word.chars().all(katakana)) || (length >= 4 && word.chars().all(latin) && !word.chars().any(is_han))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_text_come_from_its_letters_its_ruby_and_its_yomi() {
        let mut sections = Sections::default();
        sections
            .list
            .push(crate::markdown::Section {
                text: "ノルマはWebで。\0 3 \0ﾉﾙﾏ".to_owned(), ..Default::default()
            });
        sections.readings = vec![("秘訣".into(), "ヒケツ".into()), ("大切".into(), "important".into())];
        let words = of_text("第一話", Some("だい いちわ"), &sections);
        assert_eq!(words, "web\t\nノルマ\tのるま\n秘訣\tひけつ\n第一話\tだいいちわ\n");
    }

    #[test]
    fn other_spellings_share_the_reading_or_have_kana_between() {
        let found = |words: &[(&'static str, &'static str, u32)]| {
            variants(&skeleton(words[0].0).expect("it has Han characters"), words).into_keys().collect::<Vec<_>>()
        };
        assert_eq!(found(&[("申込み", "もうしこみ", 0), ("申込", "もうしこみ", 1)]), ["申込", "申込み"]);
        assert_eq!(found(&[("申し込み", "もうしこみ", 0)]), ["申し込み"]);
        assert_eq!(found(&[("断る", "ことわる", 0), ("断られた", "ことわられた", 0)]), Vec::<&str>::new());
        assert_eq!(found(&[("行う", "", 0), ("行く", "", 0)]), Vec::<&str>::new());
    }

    #[test]
    fn only_words_that_are_long_enough_are_looked_for_by_slips() {
        assert!(may_slip("ノルマ") && may_slip("ビジネス") && may_slip("sales"));
        assert!(!may_slip("ノル") && !may_slip("web") && !may_slip("営業") && !may_slip("のるま"));
    }
}
