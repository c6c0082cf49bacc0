//! The dictionary in memory: a trie of spellings, their classes, costs and readings, and the costs of connections.
//!
//! It is unpacked once, on first use, out of `ipadic.bin`, which `examples/lexicon.rs` makes. It knows no text.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::LazyLock;

use super::chars::Categories;
use super::parts::Part;
use crate::par;

/// The dictionary, unpacked on first use.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::load);

static PACKED: &[u8] = include_bytes!("ipadic.bin");

const WHOLE: &str = "ipadic.bin is whole: the tests load it";

/// What a spelling may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    /// Its connection class, on both sides.
    pub id: u16,
    /// What it costs to choose it.
    pub cost: i16,
}

/// A node of the trie of spellings, by UTF-16 units.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// Index of its first child; children are neighbours, sorted by label.
    child: u32,
    /// Index of its first entry.
    entry: u32,
    children: u16,
    entries: u16,
}

/// The dictionary. The names and numbers of classes are those of IPADIC 2.7.0.
pub(super) struct Lexicon {
    nodes: Vec<Node>,
    labels: Vec<u16>,
    /// The child of the root for each unit, or `NONE`.
    roots: Vec<u32>,
    entries: Vec<Entry>,
    /// Where each entry's reading ends in `kana`; it begins where the one before ends.
    reading_ends: Vec<u32>,
    kana: Vec<u8>,
    /// What part a word of each class plays.
    parts: Vec<Part>,
    /// For classes of inflected words: the ending to take off and the one to put on for the dictionary form, in kana.
    bases: BTreeMap<u16, (String, String)>,
    /// What characters are, for words that are not in the dictionary.
    pub categories: Categories,
    connections: Vec<i16>,
    classes: usize,
}

const NONE: u32 = u32::MAX;

impl Lexicon {
    fn load() -> Self {
        let (length, rest) = PACKED.split_first_chunk::<4>().expect(WHOLE);
        let (words, matrix) = rest.split_at(u32::from_le_bytes(*length) as usize);
        let ((mut lexicon, columns), connections) =
            par::join(|| Self::words(&inflate(words)), || connections(&inflate(matrix)));
        lexicon.connections = connections;
        lexicon.classes = columns;
        lexicon
    }

    /// Everything but the connections, and the number of classes.
    ///
    /// Sections, each a `u32` of length and its bytes: the names of classes; categories of characters; what unknown words
    /// may be; endings of dictionary forms; then columns. Of each spelling, in order of UTF-16 units: units shared with the
    /// one before, number of further units, these units (two bytes), number of entries. Of each entry: class and cost (a
    /// column for each byte), and the reading as kana (distance from U+30A0): how many of its last kana are the spelling's
    /// own, how many of its first are those of the reading before, number of further kana, these kana.
    fn words(bytes: &[u8]) -> (Self, usize) {
        let mut rest = bytes;
        let mut section = || {
            let (length, tail) = rest.split_first_chunk::<4>().expect(WHOLE);
            let (section, tail) = tail.split_at(u32::from_le_bytes(*length) as usize);
            rest = tail;
            section
        };
        let mut text = || std::str::from_utf8(section()).expect(WHOLE);
        let (classes, characters, unknown, endings) = (text(), text(), text(), text());
        let [shared, fresh, units, counts] = std::array::from_fn(|_| section());
        let [id_low, id_high, cost_low, cost_high, tails, leads, lengths, readings] =
            std::array::from_fn(|_| section());

        let units: Vec<u16> = units.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        let (nodes, labels, roots) = trie(shared, fresh, &units, counts);
        let entries: Vec<Entry> = (0..id_low.len())
            .map(|at| Entry {
                id: u16::from_le_bytes([id_low[at], id_high[at]]),
                cost: i16::from_le_bytes([cost_low[at], cost_high[at]]),
            })
            .collect();

        let mut kana = Vec::with_capacity(readings.len() * 4);
        let mut reading_ends = Vec::with_capacity(entries.len());
        let (mut unit, mut kana_at, mut entry, mut said) = (0, 0, 0, 0);
        let mut spelling: Vec<u16> = Vec::new();
        for (at, count) in counts.iter().enumerate() {
            let more = usize::from(fresh[at]);
            spelling.truncate(usize::from(shared[at]));
            spelling.extend(&units[unit..unit + more]);
            unit += more;
            for _ in 0..*count {
                let start = kana.len();
                let (lead, more) = (usize::from(leads[entry]), usize::from(lengths[entry]));
                kana.extend_from_within(said..said + lead);
                kana.extend_from_slice(&readings[kana_at..kana_at + more]);
                kana_at += more;
                let own = &spelling[spelling.len() - usize::from(tails[entry])..];
                // Hiragana and katakana stand at U+3040 and U+30A0: what is left in the low byte is the code.
                kana.extend(own.iter().map(|unit| {
                    let [low, _] = unit.wrapping_sub(if *unit < 0x30A0 { 0x3040 } else { 0x30A0 }).to_le_bytes();
                    low
                }));
                reading_ends.push(u32::try_from(kana.len()).expect(WHOLE));
                said = start;
                entry += 1;
            }
        }

        let parts: Vec<Part> = classes.lines().map(Part::of_class).collect();
        let bases = endings.lines().filter_map(|line| {
            let (id, pair) = line.split_once(' ')?;
            let (strip, add) = pair.split_once(',')?;
            Some((id.parse().ok()?, (strip.to_owned(), add.to_owned())))
        });
        let lexicon = Self {
            nodes,
            labels,
            roots,
            entries,
            reading_ends,
            kana,
            bases: bases.collect(),
            categories: Categories::new(characters, unknown),
            connections: Vec::new(),
            classes: 0,
            parts,
        };
        let classes = lexicon.parts.len();
        (lexicon, classes)
    }

    /// Each spelling that begins `units`, shortest first: its length in units and its entries.
    pub(super) fn prefixes<'a>(
        &'a self,
        units: &'a [u16],
    ) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> + 'a {
        let mut node: Option<usize> = None;
        let step = units.iter().map_while(move |unit| {
            let next = match node {
                None => self.roots[usize::from(*unit)],
                Some(at) => self.child(at, *unit),
            };
            node = (next != NONE).then_some(next as usize);
            node
        });
        step.enumerate().filter_map(|(index, at)| {
            let node = &self.nodes[at];
            let first = node.entry as usize;
            (node.entries > 0).then(|| (index + 1, first..first + usize::from(node.entries)))
        })
    }

    fn child(&self, at: usize, unit: u16) -> u32 {
        let node = &self.nodes[at];
        let first = node.child as usize;
        let labels = &self.labels[first..first + usize::from(node.children)];
        labels.binary_search(&unit).map_or(NONE, |index| node.child + u32::try_from(index).expect("a child is a unit"))
    }

    /// The entries of exactly this spelling.
    pub(super) fn entries_of(&self, spelling: &str) -> std::ops::Range<usize> {
        let units: Vec<u16> = spelling.encode_utf16().collect();
        self.prefixes(&units).find(|(length, _)| *length == units.len()).map_or(0..0, |(_, entries)| entries)
    }

    /// An entry by its index.
    pub(super) fn entry(&self, at: usize) -> Entry {
        self.entries[at]
    }

    /// An entry's reading in hiragana; none for symbols.
    pub(super) fn reading(&self, at: usize) -> Option<String> {
        let start = at.checked_sub(1).map_or(0, |before| self.reading_ends[before]);
        let kana = &self.kana[start as usize..self.reading_ends[at] as usize];
        let hiragana = |code: &u8| match code {
            0x5C => 'ー',
            code => char::from_u32(0x3040 + u32::from(*code)).expect("codes are of kana"),
        };
        (!kana.is_empty()).then(|| kana.iter().map(hiragana).collect())
    }

    /// The part that a word of class `id` plays.
    pub(super) fn part(&self, id: u16) -> Part {
        self.parts[usize::from(id)]
    }

    /// The dictionary form's reading of a word of class `id` that is read `reading`, where it is another.
    pub(super) fn base(&self, id: u16, reading: &str) -> Option<String> {
        let (strip, add) = self.bases.get(&id)?;
        let stem = reading.strip_suffix(strip.as_str())?;
        (strip != add).then(|| format!("{stem}{add}"))
    }

    /// What it costs that a word of class `right` follows each class: index by the class on the left.
    pub(super) fn before(&self, right: u16) -> &[i16] {
        let start = usize::from(right) * self.classes;
        &self.connections[start..start + self.classes]
    }

    /// The number of connection classes.
    pub(super) fn classes(&self) -> usize {
        self.classes
    }
}

fn inflate(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() * 4);
    flate2::read::DeflateDecoder::new(bytes).read_to_end(&mut out).expect(WHOLE);
    out
}

/// The matrix, a row for each right neighbour: each was packed less the row above it, low bytes before high bytes.
fn connections(bytes: &[u8]) -> Vec<i16> {
    let (low, high) = bytes.split_at(bytes.len() / 2);
    let size = low.len().isqrt();
    let mut costs: Vec<i16> = low.iter().zip(high).map(|(low, high)| i16::from_le_bytes([*low, *high])).collect();
    let mut rows = costs.chunks_exact_mut(size);
    let mut above = rows.next().expect(WHOLE);
    for row in rows {
        for (cost, above) in row.iter_mut().zip(above.iter()) {
            *cost = cost.wrapping_add(*above);
        }
        above = row;
    }
    costs
}

/// The trie of sorted, front-coded spellings: nodes, their labels, and the root's children by unit.
fn trie(shared: &[u8], fresh: &[u8], units: &[u16], counts: &[u8]) -> (Vec<Node>, Vec<u16>, Vec<u32>) {
    // In the order of the spellings every further unit is a node; node 0 is the root.
    let mut parents: Vec<u32> = Vec::with_capacity(units.len());
    let mut children: Vec<u16> = vec![0; units.len() + 1];
    let mut ends: Vec<(u32, u16)> = vec![(0, 0); units.len() + 1];
    let mut path: Vec<u32> = vec![0];
    let mut entry = 0u32;
    for ((shared, fresh), count) in shared.iter().zip(fresh).zip(counts) {
        path.truncate(usize::from(*shared) + 1);
        for _ in 0..*fresh {
            let parent = *path.last().expect("the root is never cut off");
            parents.push(parent);
            children[parent as usize] += 1;
            path.push(u32::try_from(parents.len()).expect(WHOLE));
        }
        let end = *path.last().expect("the root is never cut off");
        ends[end as usize] = (entry, u16::from(*count));
        entry += u32::from(*count);
    }
    // Then nodes are placed so that the children of one parent are neighbours.
    let mut starts = Vec::with_capacity(children.len());
    let mut next = 0u32;
    for count in &children {
        starts.push(next);
        next += u32::from(*count);
    }
    let mut free = starts.clone();
    let mut nodes = vec![Node::default(); units.len()];
    let mut labels = vec![0; units.len()];
    let mut roots = vec![NONE; 1 << 16];
    for (index, (unit, parent)) in units.iter().zip(&parents).enumerate() {
        let place = free[*parent as usize];
        free[*parent as usize] += 1;
        let (entry, entries) = ends[index + 1];
        nodes[place as usize] = Node { child: starts[index + 1], entry, children: children[index + 1], entries };
        labels[place as usize] = *unit;
        if *parent == 0 {
            roots[usize::from(*unit)] = place;
        }
    }
    (nodes, labels, roots)
}
