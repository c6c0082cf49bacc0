//! Tables: sorted keys with values, cut into leaves, and the directory that leads to them.
//!
//! Where leaves are cut follows from the keys, so that a changed entry changes its own leaf and no other.

use std::cmp::Ordering;

use super::Limits;
use super::wire::{self, Name, Shelf};

/// Entries in the order of their keys, packed.
#[derive(Debug, Default)]
pub(super) struct Table {
    bytes: Vec<u8>,
    /// For each entry, where its key and its value end.
    ends: Vec<(usize, usize)>,
}

impl Table {
    /// Adds an entry, whose key sorts behind all others.
    pub(super) fn push(&mut self, key: &str, value: &[u8]) {
        self.bytes.extend_from_slice(key.as_bytes());
        let middle = self.bytes.len();
        self.bytes.extend_from_slice(value);
        self.ends.push((middle, self.bytes.len()));
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let mut start = 0;
        self.ends.iter().map(move |(middle, end)| {
            let key = self.bytes.get(start..*middle).and_then(|key| std::str::from_utf8(key).ok());
            let value = self.bytes.get(*middle..*end).unwrap_or_default();
            start = *end;
            (key.unwrap_or_default(), value)
        })
    }
}

/// The order of keys: by UTF-16 code units.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// Writes the leaves of `tables`, whose keys follow one another, and returns the directory.
pub(super) fn write(tables: &[Table], limits: &Limits, shelf: &mut Shelf) -> Vec<u8> {
    let mut leaves = Leaves::new(limits.leaf);
    for (key, value) in tables.iter().flat_map(Table::iter) {
        leaves.add(key, value);
    }
    let (keys, bodies) = leaves.finish();
    let names = shelf.add(&bodies);
    drop(bodies);
    if keys.len() <= limits.directory {
        return directory(1, &keys.into_iter().zip(names).collect::<Vec<_>>());
    }
    let entries: Vec<(String, Name)> = keys.into_iter().zip(names).collect();
    let mut starts = Vec::new();
    let mut branches = Vec::new();
    let mut rest = entries.as_slice();
    while !rest.is_empty() {
        let smallest = limits.branch / 2;
        let cut = rest.iter().skip(smallest).position(|(key, _)| hash(key) % (limits.branch as u64) < 2);
        let length = cut.map_or(rest.len(), |at| at + smallest).min(limits.branch * 2).clamp(1, rest.len());
        let (branch, later) = rest.split_at(length);
        starts.push(branch.first().map(|(key, _)| key.clone()).unwrap_or_default());
        branches.push(directory(1, branch));
        rest = later;
    }
    let names = shelf.add(&branches);
    directory(2, &starts.into_iter().zip(names).collect::<Vec<_>>())
}

fn directory(depth: u64, entries: &[(String, Name)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(entries.len() * 12);
    wire::int(&mut out, depth);
    wire::count(&mut out, entries.len());
    let mut before = "";
    for (key, name) in entries {
        front_code(&mut out, before, key);
        name.write(&mut out);
        before = key;
    }
    out
}

/// Writes `key` as what it shares with the one before, and the rest.
fn front_code(out: &mut Vec<u8>, before: &str, key: &str) {
    let shared = before.chars().zip(key.chars()).take_while(|(a, b)| a == b).count();
    wire::count(out, shared);
    let rest = key.char_indices().nth(shared).and_then(|(at, _)| key.get(at..)).unwrap_or_default();
    wire::text(out, rest);
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits, its upper half: the same everywhere, and quick for a few bytes.
fn hash(key: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    key.bytes().fold(0xCBF2_9CE4_8422_2325, step).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32
}

/// Cuts entries into leaves of about `size` bytes before they are deflated.
struct Leaves {
    size: usize,
    /// For each leaf, the key under which it stands in the directory.
    starts: Vec<String>,
    bodies: Vec<Vec<u8>>,
    keys: Vec<u8>,
    values: Vec<u8>,
    entries: usize,
    last: String,
    /// Whether a leaf ends here.
    cut: bool,
}

impl Leaves {
    fn new(size: usize) -> Self {
        Self {
            size,
            starts: Vec::new(),
            bodies: Vec::new(),
            keys: Vec::new(),
            values: Vec::new(),
            entries: 0,
            last: String::new(),
            cut: true,
        }
    }

    fn add(&mut self, key: &str, value: &[u8]) {
        if self.cut {
            self.end();
            let start = if self.starts.is_empty() { String::new() } else { separator(&self.last, key) };
            self.starts.push(start);
        }
        let shared_with = if self.entries == 0 { "" } else { self.last.as_str() };
        let held = self.keys.len();
        front_code(&mut self.keys, shared_with, key);
        self.values.extend_from_slice(value);
        self.entries += 1;
        // How likely a cut behind this key is follows from how much it takes, in steps of two, so that a list that
        // grows a little moves nothing.
        let taken = (self.keys.len() - held + value.len()).next_power_of_two();
        let length = self.keys.len() + self.values.len();
        let chance = ((taken as u64) << 32) / (self.size as u64);
        self.cut = length >= self.size * 2 || (length >= self.size / 2 && hash(key) < chance);
        self.last.clear();
        self.last.push_str(key);
    }

    fn end(&mut self) {
        self.cut = false;
        if self.entries == 0 {
            return;
        }
        let mut body = Vec::with_capacity(self.keys.len() + self.values.len() + 4);
        wire::count(&mut body, self.entries);
        body.append(&mut self.keys);
        body.append(&mut self.values);
        self.bodies.push(body);
        self.entries = 0;
    }

    fn finish(mut self) -> (Vec<String>, Vec<Vec<u8>>) {
        self.end();
        (self.starts, self.bodies)
    }
}

/// The shortest beginning of `key` that sorts behind `before`.
fn separator(before: &str, key: &str) -> String {
    let mut short = String::new();
    for c in key.chars() {
        short.push(c);
        if order(&short, before).is_gt() {
            break;
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_javascript_sorts_them() {
        assert!(order("\u{FF5E}", "\u{1F600}").is_gt(), "a surrogate pair comes before U+FF5E");
        assert!(order("あ", "あい").is_lt());
    }

    #[test]
    fn a_changed_entry_changes_its_own_leaf() {
        let table = |long: &str| {
            let mut leaves = Leaves::new(400);
            for n in 0..2000 {
                let value = if n == 1000 { long } else { "value" };
                leaves.add(&format!("{n:05}"), value.as_bytes());
            }
            leaves.finish().1
        };
        let (before, after) = (table("value"), table("valve"));
        assert!(before.len() > 20);
        assert_eq!(before.iter().filter(|body| !after.contains(body)).count(), 1);
        // A longer one may move the cuts beside it.
        let longer = table(&"v".repeat(300));
        assert!(before.iter().filter(|body| !longer.contains(body)).count() <= 3);
    }

    #[test]
    fn separators_are_short_and_sort_between() {
        assert_eq!(separator("営む", "営業中"), "営業");
        assert_eq!(separator("あい", "か"), "か");
        assert_eq!(separator("あ", "あい"), "あい");
    }
}
