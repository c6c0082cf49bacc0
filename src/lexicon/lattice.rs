//! The cheapest way to cut a text into words: a lattice of all words of the dictionary and the unknown ones between them,
//! and Viterbi's search through it, as MeCab does it.
//!
//! It knows classes and costs, not what words mean. Time is linear in the text: long texts are cut into pieces first.

use std::ops::Range;

use super::data::Lexicon;

/// One word of the cheapest path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cut {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its connection class.
    pub id: u16,
    /// Its entry in the dictionary; none for an unknown word.
    pub entry: Option<usize>,
}

/// No piece is longer, in UTF-16 units: the memory of a lattice is bounded, whatever stands in the text.
const LONGEST_PIECE: usize = 500;

/// In the last part of a piece that is too long, a place to cut is looked for.
const LOOK_BACK: usize = 250;

/// One word that may stand in the lattice.
#[derive(Clone, Copy)]
struct Node {
    /// First unit.
    start: u32,
    /// One past the last unit.
    end: u32,
    /// The node before it on its cheapest path.
    before: u32,
    entry: u32,
    id: u16,
}

/// A word that ends at a place: its class, the cost of the cheapest path to it, its node.
#[derive(Clone, Copy)]
struct End {
    id: u16,
    cost: i32,
    node: u32,
}

const UNKNOWN: u32 = u32::MAX;

/// Cuts texts; keeps its buffers between them.
pub(super) struct Cutter<'a> {
    lexicon: &'a Lexicon,
    units: Vec<u16>,
    /// The byte at which each unit begins, and the end of the text.
    bytes: Vec<usize>,
    nodes: Vec<Node>,
    ends: Vec<Vec<End>>,
    /// For each class: the place for which it was asked last, and the cheapest way to a word of this class there.
    cheapest: Vec<(usize, i32, u32)>,
    /// Counts the places that were ever looked at.
    visits: usize,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(lexicon: &'a Lexicon) -> Self {
        let cheapest = vec![(0, 0, 0); lexicon.classes()];
        Self { lexicon, units: Vec::new(), bytes: Vec::new(), nodes: Vec::new(), ends: Vec::new(), cheapest, visits: 0 }
    }

    /// The words of `text` in order. White space lies in none of them.
    pub(super) fn cut(&mut self, text: &str) -> Vec<Cut> {
        let mut cuts = Vec::with_capacity(text.len() / 5);
        self.units.clear();
        self.bytes.clear();
        let mut sentence_over = false;
        for (byte, c) in text.char_indices() {
            // A sentence ends before what is no end mark and closes nothing.
            let closes = sentence_over && matches!(c, '」' | '』' | '）' | ')' | '】');
            let ends_sentence = closes || matches!(c, '。' | '！' | '？' | '!' | '?' | '\n');
            if sentence_over && !ends_sentence {
                self.piece(self.units.len(), byte, &mut cuts);
            } else if self.units.len() >= LONGEST_PIECE {
                self.piece(self.soft_end(), byte, &mut cuts);
            }
            sentence_over = ends_sentence;
            self.units.push(unit(c));
            self.bytes.push(byte);
        }
        self.piece(self.units.len(), text.len(), &mut cuts);
        cuts
    }

    /// Where a piece that is too long ends: behind the last punctuation or space, else where hiragana ends, else at its end.
    fn soft_end(&self) -> usize {
        let tail = self.units.len() - LOOK_BACK..self.units.len();
        let kana = |unit: u16| (0x3041..=0x309F).contains(&unit);
        let punctuation = |at: &usize| matches!(self.units[at - 1], 0x3001 | 0xFF0C | 0x3000 | 0x20 | 0x2C);
        let kana_ends = |at: &usize| kana(self.units[at - 1]) && !kana(self.units[*at]);
        tail.clone().rev().find(punctuation).or_else(|| tail.rev().find(kana_ends)).unwrap_or(self.units.len())
    }

    /// Cuts the first `length` units, which end before byte `next` at the latest, and forgets them.
    fn piece(&mut self, length: usize, next: usize, cuts: &mut Vec<Cut>) {
        if length == 0 {
            return;
        }
        let last = self.build(length);
        let begin = cuts.len();
        let mut at = last;
        while at != 0 {
            let node = self.nodes[at as usize];
            let end = self.bytes.get(node.end as usize).copied().unwrap_or(next);
            let entry = (node.entry != UNKNOWN).then_some(node.entry as usize);
            cuts.push(Cut { range: self.bytes[node.start as usize]..end, id: node.id, entry });
            at = node.before;
        }
        if let Some(new) = cuts.get_mut(begin..) {
            new.reverse();
        }
        self.units.drain(..length);
        self.bytes.drain(..length);
    }

    /// Builds the lattice over the first `length` units; the last node of the cheapest path, 0 if there is no word.
    fn build(&mut self, length: usize) -> u32 {
        self.nodes.clear();
        self.nodes.push(Node { start: 0, end: 0, before: 0, entry: UNKNOWN, id: 0 });
        if self.ends.len() <= length {
            self.ends.resize_with(length + 1, Vec::new);
        }
        for ends in &mut self.ends {
            ends.clear();
        }
        self.ends[0].push(End { id: 0, cost: 0, node: 0 });
        for place in 0..length {
            if self.ends[place].is_empty() {
                continue;
            }
            // A word begins behind the spaces, and is joined to what stands before them.
            let spaces = self.units[place..length].iter().take_while(|unit| **unit == SPACE).count();
            if spaces > 0 {
                let ends = std::mem::take(&mut self.ends[place]);
                for end in &ends {
                    offer(&mut self.ends[place + spaces], *end);
                }
                continue;
            }
            self.words_at(place, length);
        }
        let way = self.cheapest_way(0, length);
        way.1
    }

    /// Puts every word that may begin at `place` into the lattice.
    fn words_at(&mut self, place: usize, length: usize) {
        self.visits += 1;
        let lexicon = self.lexicon;
        let mut known = false;
        let units = std::mem::take(&mut self.units);
        for (units, entries) in lexicon.prefixes(&units[place..length]) {
            known = true;
            let mut last = None;
            for at in entries {
                let entry = lexicon.entry(at);
                // A dearer entry of the same class is only another reading.
                if last.replace(entry.id) != Some(entry.id) {
                    let at = u32::try_from(at).unwrap_or(UNKNOWN);
                    self.add(place, place + units, entry.id, i32::from(entry.cost), at);
                }
            }
        }
        let category = lexicon.categories.of(units[place]);
        if category.always || !known {
            let alike = |unit: &&u16| lexicon.categories.alike(units[place], **unit);
            let run = 1 + units[place + 1..length].iter().take_while(alike).count();
            let mut lengths: Vec<usize> =
                (1..=category.length.min(run)).filter(|n| !category.group || *n != run).collect();
            if category.group {
                lengths.push(run);
            }
            if lengths.is_empty() {
                lengths.push(1);
            }
            for units in lengths {
                for (id, cost) in &category.words {
                    self.add(place, place + units, *id, i32::from(*cost), UNKNOWN);
                }
            }
        }
        self.units = units;
    }

    fn add(&mut self, start: usize, end: usize, id: u16, cost: i32, entry: u32) {
        let (before_cost, before) = self.cheapest_way_once(id, start);
        let cost = before_cost + cost;
        let ends = &mut self.ends[end];
        if ends.iter().any(|other| other.id == id && other.cost <= cost) {
            return;
        }
        let number = |n: usize| u32::try_from(n).unwrap_or(UNKNOWN);
        let node = number(self.nodes.len());
        self.nodes.push(Node { start: number(start), end: number(end), before, entry, id });
        offer(ends, End { id, cost, node });
    }

    /// As [`Self::cheapest_way`], asked once for each class and place: many words share a class.
    fn cheapest_way_once(&mut self, id: u16, place: usize) -> (i32, u32) {
        let (visit, cost, node) = self.cheapest[usize::from(id)];
        if visit == self.visits {
            return (cost, node);
        }
        let (cost, node) = self.cheapest_way(id, place);
        self.cheapest[usize::from(id)] = (self.visits, cost, node);
        (cost, node)
    }

    /// What the cheapest path to `place` costs when a word of class `id` follows, and its last node.
    fn cheapest_way(&self, id: u16, place: usize) -> (i32, u32) {
        let connections = self.lexicon.before(id);
        let mut best = (i32::MAX, 0);
        for end in &self.ends[place] {
            let cost = end.cost + i32::from(connections[usize::from(end.id)]);
            if cost < best.0 {
                best = (cost, end.node);
            }
        }
        best
    }
}

/// Of the words of one class that end at a place, only the cheapest can ever be on the cheapest path.
fn offer(ends: &mut Vec<End>, new: End) {
    match ends.iter_mut().find(|end| end.id == new.id) {
        Some(end) if new.cost < end.cost => *end = new,
        Some(_) => {}
        None => ends.push(new),
    }
}

const SPACE: u16 = 0x20;

/// A character as the dictionary's unit. All white space but the ideographic space, which the dictionary knows, is one
/// space; a character beyond the basic plane, of which the dictionary has none, is a private one.
fn unit(c: char) -> u16 {
    match c {
        '\u{3000}' => 0x3000,
        c if c.is_whitespace() => SPACE,
        c => u16::try_from(u32::from(c)).unwrap_or(0xF8FF),
    }
}
