//! Which sections hold which characters: every code point and every pair of neighbours, and longer ones where a list is
//! too long to be fetched for one query.
//!
//! All text lies in one array of symbols. The symbols are dealt to workers by their code point; a worker sorts the places
//! where its symbols stand by what follows, and so walks through all keys in order.

use std::ops::Range;

use super::fold::fold_into;
use super::table::Table;
use super::{Item, Limits, wire};
use crate::par;

/// A key is no longer than this, in code points.
const LONGEST: usize = 8;

/// Symbols are dealt to at most so many workers, each of which looks through all of them.
const WORKERS: usize = 16;

/// Below this, another worker is not worth the looking.
const SHARE: usize = 200_000;

/// Every symbol is below this.
const SYMBOLS: u32 = 0x11_0000;

/// Where the text under a symbol stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Body,
    /// With its tier.
    Strong(u64),
}

/// A run of symbols of one class in one section.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    start: u32,
    /// Counted over all lessons.
    section: u32,
    class: Class,
}

/// All text as symbols.
#[derive(Debug, Default)]
struct Text {
    /// Folded code points, renumbered so that they sort by UTF-16 code units; 0 behind each run.
    symbols: Vec<u32>,
    stretches: Vec<Stretch>,
    /// For every 64th symbol, its stretch.
    every: Vec<u32>,
    /// For each section, its lesson and its number in it.
    sections: Vec<(u32, u32)>,
}

/// The keys of all text, in order, with their values.
pub(super) fn tables(items: &[Item<'_>], limits: &Limits) -> Vec<Table> {
    let text = Text::read(items);
    let maker = Maker { text: &text, limits };
    par::map(&text.shares(), |share| maker.table(share.clone()))
}

/// A code point as a symbol: its place by UTF-16 code units. Surrogate pairs come before U+E000.
fn symbol(c: char) -> u32 {
    match u32::from(c) {
        n @ 0..=0xD7FF => n,
        n @ 0xE000..=0xFFFF => n - 0xE000 + 0x10_D800,
        n => n - 0x1_0000 + 0xD800,
    }
}

fn code_point(symbol: u32) -> char {
    let n = match symbol {
        n @ 0..=0xD7FF => n,
        n @ 0xD800..=0x10_D7FF => n - 0xD800 + 0x1_0000,
        n => n - 0x10_D800 + 0xE000,
    };
    char::from_u32(n).unwrap_or_default()
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("four billion characters do not fit into memory")
}

impl Text {
    fn read(items: &[Item<'_>]) -> Self {
        let mut text = Self::default();
        for (batch, lessons) in items.chunks(256).enumerate() {
            // Folded on all cores, a batch at a time, so that only the batch is held twice.
            let folded = par::map(lessons, |item| {
                let titles = std::iter::once((&*item.title, Class::Strong(3), 0));
                let sections = item.sections.iter().zip(0_u32..).flat_map(|(section, at)| {
                    let class = if section.takeaways { Class::Strong(1) } else { Class::Body };
                    [(&*section.heading, Class::Strong(2), at), (&*section.text, class, at)]
                });
                let mut own = Self::default();
                for (words, class, section) in titles.chain(sections).filter(|(words, ..)| !words.is_empty()) {
                    own.add(words, class, section);
                }
                own
            });
            for ((own, item), lesson) in folded.into_iter().zip(lessons).zip(batch * 256..) {
                let (start, first) = (number(text.symbols.len()), number(text.sections.len()));
                text.symbols.extend_from_slice(&own.symbols);
                text.stretches.extend(own.stretches.iter().map(|stretch| Stretch {
                    start: stretch.start + start,
                    section: stretch.section + first,
                    class: stretch.class,
                }));
                let sections = 0..number(item.sections.len());
                text.sections.extend(sections.map(|section| (number(lesson), section)));
            }
        }
        let mut stretch = 0;
        for at in (0..text.symbols.len()).step_by(64) {
            while text.stretches.get(stretch + 1).is_some_and(|next| next.start as usize <= at) {
                stretch += 1;
            }
            text.every.push(number(stretch));
        }
        text
    }

    fn add(&mut self, words: &str, class: Class, section: u32) {
        let start = self.symbols.len();
        self.stretches.push(Stretch { start: number(start), section, class });
        let symbols = &mut self.symbols;
        fold_into(words, &mut |c| {
            if !matches!(c, ' ' | '\n') {
                symbols.push(symbol(c));
            } else if symbols.len() > start && symbols.last() != Some(&0) {
                symbols.push(0);
            }
        });
        self.symbols.push(0);
    }

    /// Ranges of symbols that stand about equally often.
    fn shares(&self) -> Vec<Range<u32>> {
        if self.symbols.len() <= SHARE {
            return vec![1..SYMBOLS];
        }
        let mut counts = vec![0_usize; SYMBOLS as usize];
        for symbol in &self.symbols {
            if let Some(count) = counts.get_mut(*symbol as usize) {
                *count += 1;
            }
        }
        let share = self.symbols.len().div_ceil(WORKERS).max(SHARE);
        let (mut shares, mut start, mut held) = (Vec::new(), 1_u32, 0);
        for (symbol, count) in (0_u32..).zip(&counts).skip(1) {
            if held > 0 && held + count > share {
                shares.push(start..symbol);
                (start, held) = (symbol, 0);
            }
            held += count;
        }
        shares.push(start..SYMBOLS);
        shares
    }

    fn stretch(&self, at: u32) -> Stretch {
        let mut stretch = self.every.get(at as usize / 64).map_or(0, |stretch| *stretch as usize);
        while self.stretches.get(stretch + 1).is_some_and(|next| next.start <= at) {
            stretch += 1;
        }
        self.stretches[stretch]
    }
}

/// Places in the text, each with the symbol by which it is sorted in the upper half.
type Places = Vec<u64>;

/// The place in the lower half.
fn place(entry: u64) -> u32 {
    u32::try_from(entry & u64::from(u32::MAX)).unwrap_or(u32::MAX)
}

fn upper(entry: u64) -> u32 {
    u32::try_from(entry >> 32).unwrap_or(u32::MAX)
}

struct Maker<'a> {
    text: &'a Text,
    limits: &'a Limits,
}

impl Maker<'_> {
    /// The keys that begin with symbols in `share`.
    fn table(&self, share: Range<u32>) -> Table {
        let mut table = Table::default();
        let symbols = self.text.symbols.iter().zip(0_u64..);
        let mut places: Places = symbols
            .filter(|(symbol, _)| share.contains(*symbol))
            .map(|(symbol, at)| u64::from(*symbol) << 32 | at)
            .collect();
        places.sort_unstable();
        let mut key = Vec::with_capacity(LONGEST + 1);
        for group in places.chunk_by(|a, b| upper(*a) == upper(*b)) {
            key.push(upper(group[0]));
            self.key(&mut key, group, &mut table);
            key.pop();
        }
        table
    }

    /// Adds `key`, which stands at `places`, ascending, and the longer keys behind it.
    fn key(&self, key: &mut Vec<u32>, places: &[u64], table: &mut Table) {
        let gram = key.len() <= 2 && key.last() != Some(&0);
        let mut lists = self.lists(places);
        if !gram {
            lists.strong = List::default();
        }
        if !gram && lists.body.lessons == 0 {
            return;
        }
        let body = lists.body.finish();
        let split = body.len() > self.limits.list && key.len() < LONGEST && key.last() != Some(&0);
        let mut value = Vec::with_capacity(body.len() + 2);
        let strong = lists.strong.lessons > 0;
        wire::int(&mut value, 2 * u64::from(strong) + u64::from(split));
        if strong {
            value.extend_from_slice(&lists.strong.finish());
        }
        if !split {
            value.extend_from_slice(&body);
        }
        table.push(&key.iter().map(|symbol| code_point(*symbol)).collect::<String>(), &value);
        if !split && key.len() > 1 {
            return;
        }
        let length = number(key.len());
        let next = |entry: &u64| {
            let at = place(*entry);
            let next = self.text.symbols.get((at + length) as usize).copied().unwrap_or(0);
            u64::from(next) << 32 | u64::from(at)
        };
        let mut longer: Places = places.iter().map(next).collect();
        longer.sort_unstable();
        for group in longer.chunk_by(|a, b| upper(*a) == upper(*b)) {
            let symbol = upper(group[0]);
            if symbol != 0 || split {
                key.push(symbol);
                self.key(key, group, table);
                key.pop();
            }
        }
    }

    /// The sections at `places`, which ascend.
    fn lists(&self, places: &[u64]) -> Lists {
        let mut lists = Lists::default();
        let mut strong: Option<(u32, u64)> = None;
        let mut body = None;
        for entry in places {
            let stretch = self.text.stretch(place(*entry));
            match stretch.class {
                Class::Body if body != Some(stretch.section) => {
                    body = Some(stretch.section);
                    lists.body.add(self.text.sections[stretch.section as usize], u64::from);
                }
                Class::Body => {}
                Class::Strong(tier) => match &mut strong {
                    Some((section, highest)) if *section == stretch.section => *highest = tier.max(*highest),
                    before => {
                        if let Some((section, tier)) = before.replace((stretch.section, tier)) {
                            lists.strong.add(self.text.sections[section as usize], |at| 4 * u64::from(at) + tier);
                        }
                    }
                },
            }
        }
        if let Some((section, tier)) = strong {
            lists.strong.add(self.text.sections[section as usize], |at| 4 * u64::from(at) + tier);
        }
        lists
    }
}

#[derive(Default)]
struct Lists {
    strong: List,
    body: List,
}

/// A list of sections as it grows.
#[derive(Debug, Default)]
pub(super) struct List {
    lessons: u64,
    out: Vec<u8>,
    /// The lesson before the one that is open, plus one.
    before: u64,
    /// The lesson that is open, and what its sections are written as.
    open: Option<u32>,
    sections: Vec<u64>,
}

impl List {
    /// Adds a section, which comes after all others: its lesson and its number in it, and how the number is written.
    pub(super) fn add(&mut self, (lesson, section): (u32, u32), written: impl FnOnce(u32) -> u64) {
        if self.open != Some(lesson) {
            self.close();
            self.open = Some(lesson);
            self.lessons += 1;
        }
        self.sections.push(written(section));
    }

    fn close(&mut self) {
        let Some(lesson) = self.open.take() else { return };
        let gap = u64::from(lesson) - self.before;
        self.before = u64::from(lesson) + 1;
        let more = self.sections.len() > 1;
        wire::int(&mut self.out, 2 * gap + u64::from(more));
        if more {
            wire::count(&mut self.out, self.sections.len());
        }
        for section in self.sections.drain(..) {
            wire::int(&mut self.out, section);
        }
    }

    /// Its bytes.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.close();
        let mut list = Vec::with_capacity(self.out.len() + 4);
        wire::int(&mut list, self.lessons);
        list.append(&mut self.out);
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_sort_as_javascript_sorts_strings() {
        let ordered = ['\u{1}', 'あ', '\u{D7FF}', '\u{10000}', '\u{10FFFF}', '\u{E000}', '\u{FFFF}'];
        let symbols = ordered.map(symbol);
        assert!(symbols.is_sorted(), "{symbols:x?}");
        assert_eq!(symbols.map(code_point), ordered);
        assert!(symbols.iter().all(|symbol| *symbol < SYMBOLS));
    }

    #[test]
    fn a_list_names_gaps_and_sections() {
        let mut list = List::default();
        for place in [(0, 2), (3, 0), (3, 5), (4, 1)] {
            list.add(place, u64::from);
        }
        assert_eq!(list.finish(), [3, 0, 2, 2 * 2 + 1, 2, 0, 5, 0, 1]);
    }
}
