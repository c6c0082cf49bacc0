//! A reader of the index, written from `docs/search-format.md` alone. It shares no code with the writer but the folding,
//! and takes no care to be quick.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use hiketsu::search::fold;

/// A section: its lesson, its number in it.
pub(crate) type Place = (u64, u64);

/// The files of an index by path, read.
pub(crate) struct Reader {
    files: BTreeMap<String, Vec<u8>>,
    /// How many files were opened.
    pub(crate) opened: Cell<usize>,
    pub(crate) language: String,
    pub(crate) lessons: u64,
    pub(crate) sections: u64,
    pub(crate) grams: Directory,
    pub(crate) words: Directory,
    pub(crate) texts: Vec<Vec<Pack>>,
    pub(crate) facets: Vec<Facet>,
}

/// What readers filter by.
#[derive(Debug)]
pub(crate) struct Facet {
    pub(crate) key: String,
    pub(crate) label: String,
    pub(crate) terms: Vec<FacetTerm>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FacetTerm {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) count: u64,
}

/// Keys and names of files.
#[derive(Debug, Clone)]
pub(crate) struct Directory {
    pub(crate) depth: u64,
    pub(crate) entries: Vec<(String, String)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Pack {
    pub(crate) lesson: u64,
    pub(crate) number: u64,
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) first: u64,
    pub(crate) sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    pub(crate) kind: u64,
    pub(crate) id: String,
    pub(crate) heading: String,
    pub(crate) text: String,
}

/// What stands under a gram.
#[derive(Debug, Clone, Default)]
pub(crate) struct Value {
    pub(crate) split: bool,
    /// With its tier.
    pub(crate) strong: BTreeMap<Place, u64>,
    pub(crate) body: BTreeSet<Place>,
}

pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl Bytes<'_> {
    pub(crate) fn int(&mut self) -> u64 {
        let mut value = 0;
        for at in 0.. {
            let byte = self.0[at];
            value |= u64::from(byte & 0x7F) << (7 * at);
            if byte < 0x80 {
                self.0 = &self.0[at + 1..];
                break;
            }
        }
        value
    }

    pub(crate) fn text(&mut self) -> String {
        let length = usize::try_from(self.int()).expect("it is short");
        let (text, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8(text.to_vec()).expect("strings are UTF-8")
    }

    fn name(&mut self) -> String {
        let (name, rest) = self.0.split_at(4);
        self.0 = rest;
        format!("{:08x}", u32::from_be_bytes([name[0], name[1], name[2], name[3]]))
    }

    fn keys<T>(&mut self, count: u64, mut with: impl FnMut(&mut Self) -> T) -> Vec<(String, T)> {
        let mut keys: Vec<(String, T)> = Vec::new();
        for _ in 0..count {
            let shared = usize::try_from(self.int()).expect("it is short");
            let before = keys.last().map(|(key, _)| key.clone()).unwrap_or_default();
            assert!(shared <= before.chars().count());
            let key = before.chars().take(shared).collect::<String>() + &self.text();
            let value = with(self);
            keys.push((key, value));
        }
        keys
    }

    fn directory(&mut self) -> Directory {
        let (depth, count) = (self.int(), self.int());
        let entries = self.keys(count, Bytes::name);
        assert!(entries.is_sorted_by(|a, b| utf16(&a.0) < utf16(&b.0)), "{entries:?}");
        Directory { depth, entries }
    }

    pub(crate) fn list(&mut self) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        let mut next = 0;
        for _ in 0..self.int() {
            let head = self.int();
            let lesson = next + head / 2;
            next = lesson + 1;
            let count = if head.is_multiple_of(2) { 1 } else { self.int() };
            places.extend((0..count).map(|_| (lesson, self.int())));
        }
        assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
        places
    }

    fn value(&mut self) -> Value {
        let head = self.int();
        let mut value = Value { split: head % 2 == 1, ..Value::default() };
        if head >= 2 {
            value.strong = self.list().into_iter().map(|(lesson, at)| ((lesson, at / 4), at % 4)).collect();
        }
        if !value.split {
            value.body = self.list().into_iter().collect();
        }
        value
    }
}

fn utf16(text: &str) -> Vec<u16> {
    text.encode_utf16().collect()
}

impl Reader {
    pub(crate) fn new(files: BTreeMap<String, Vec<u8>>) -> Self {
        let mut reader = Self {
            files,
            opened: Cell::new(0),
            language: String::new(),
            lessons: 0,
            sections: 0,
            grams: Directory { depth: 1, entries: Vec::new() },
            words: Directory { depth: 1, entries: Vec::new() },
            texts: Vec::new(),
            facets: Vec::new(),
        };
        let body = reader.body("root");
        let mut bytes = Bytes(&body);
        reader.lessons = bytes.int();
        reader.sections = bytes.int();
        reader.language = bytes.text();
        reader.grams = bytes.directory();
        reader.words = bytes.directory();
        reader.texts = reader.read_texts(&mut bytes);
        let facets = reader.body(&bytes.name());
        assert!(bytes.0.is_empty(), "the root ends here");
        let mut bytes = Bytes(&facets);
        for _ in 0..bytes.int() {
            let (key, label, count) = (bytes.text(), bytes.text(), bytes.int());
            let term = |_| FacetTerm { id: bytes.text(), label: bytes.text(), count: bytes.int() };
            let terms = (0..count).map(term).collect();
            reader.facets.push(Facet { key, label, terms });
        }
        reader
    }

    /// What the file of this name inflates to.
    fn body(&self, name: &str) -> Vec<u8> {
        self.opened.set(self.opened.get() + 1);
        let path = format!("_/search/{name}.js");
        let file = self.files.get(&path).ok_or_else(|| format!("no {path}")).expect("what is named is there");
        let inside = file.strip_prefix(b"hiketsu(\"").and_then(|rest| rest.strip_suffix(b"\")")).expect("one call");
        let mut payload = Vec::new();
        let mut rest = inside.iter();
        while let Some(byte) = rest.next() {
            payload.push(match byte {
                b'\\' => match rest.next() {
                    Some(b'n') => b'\n',
                    Some(b'r') => b'\r',
                    Some(other) => *other,
                    None => b'\\',
                },
                byte => *byte,
            });
        }
        let deflated = payload.strip_prefix(b"HKS1").expect("the magic word");
        miniz_oxide::inflate::decompress_to_vec(deflated).expect("raw deflate")
    }

    fn read_texts(&self, bytes: &mut Bytes<'_>) -> Vec<Vec<Pack>> {
        if bytes.int() == 1 {
            return (0..self.lessons).map(|_| self.packs(bytes)).collect();
        }
        let (each, count) = (bytes.int(), bytes.int());
        let mut texts = Vec::new();
        for _ in 0..count {
            let branch = self.body(&bytes.name());
            let mut bytes = Bytes(&branch);
            let lessons = each.min(self.lessons - texts.len() as u64);
            texts.extend((0..lessons).map(|_| self.packs(&mut bytes)));
            assert!(bytes.0.is_empty());
        }
        texts
    }

    fn packs(&self, bytes: &mut Bytes<'_>) -> Vec<Pack> {
        let packs = bytes.int();
        let pack = |_| {
            let (count, name) = (bytes.int(), bytes.name());
            let body = self.body(&name);
            let mut bytes = Bytes(&body);
            let (lesson, number) = (bytes.int(), bytes.int());
            let (title, url, first, held) = (bytes.text(), bytes.text(), bytes.int(), bytes.int());
            assert_eq!(count, held);
            let section = |_| {
                let kind = bytes.int();
                Section { kind, id: bytes.text(), heading: bytes.text(), text: bytes.text() }
            };
            let sections = (0..held).map(section).collect();
            assert!(bytes.0.is_empty());
            Pack { lesson, number, title, url, first, sections }
        };
        (0..packs).map(pack).collect()
    }

    /// The leaf that holds `key`, if any does: found by the directory.
    fn leaf(&self, directory: &Directory, key: &str) -> Option<String> {
        let at = directory.entries.iter().rposition(|(start, _)| utf16(start) <= utf16(key))?;
        let name = directory.entries[at].1.clone();
        if directory.depth == 1 {
            return Some(name);
        }
        let body = self.body(&name);
        self.leaf(&Bytes(&body).directory(), key)
    }

    fn read_leaf<T>(&self, name: &str, value: impl Fn(&str, &mut Bytes<'_>) -> T) -> Vec<(String, T)> {
        let body = self.body(name);
        let mut bytes = Bytes(&body);
        let count = bytes.int();
        let keys = bytes.keys(count, |_| ());
        let entries = keys.into_iter().map(|(key, ())| (key.clone(), value(&key, &mut bytes))).collect();
        assert!(bytes.0.is_empty(), "the leaf ends here");
        entries
    }

    fn leaves(&self, directory: &Directory) -> Vec<String> {
        let names = directory.entries.iter().map(|(_, name)| name.clone());
        if directory.depth == 1 {
            return names.collect();
        }
        names
            .flat_map(|name| {
                let body = self.body(&name);
                let branch = Bytes(&body).directory();
                self.leaves(&branch)
            })
            .collect()
    }

    /// All grams, each looked up once more by its key.
    pub(crate) fn all_grams(&self) -> BTreeMap<String, Value> {
        let mut all = BTreeMap::new();
        let mut before = Vec::new();
        for name in self.leaves(&self.grams) {
            for (key, value) in self.read_leaf(&name, read_gram) {
                assert!(utf16(&key) > before, "{key:?}");
                assert_eq!(self.leaf(&self.grams, &key), Some(name.clone()), "{key:?}");
                before = utf16(&key);
                all.insert(key, value);
            }
        }
        all
    }

    /// All words: key, and its entries (reading, surface, weight).
    pub(crate) fn all_words(&self) -> BTreeMap<String, Vec<(String, String, u64)>> {
        let mut all = BTreeMap::new();
        for name in self.leaves(&self.words) {
            let entries = self.read_leaf(&name, |_, bytes| {
                (0..bytes.int()).map(|_| (bytes.text(), bytes.text(), bytes.int())).collect::<Vec<_>>()
            });
            for (key, words) in entries {
                assert_eq!(self.leaf(&self.words, &key), Some(name.clone()), "{key:?}");
                all.insert(key, words);
            }
        }
        all
    }

    /// All sections by place.
    pub(crate) fn all_sections(&self) -> BTreeMap<Place, (Pack, Section)> {
        let mut all = BTreeMap::new();
        for (lesson, packs) in (0..).zip(&self.texts) {
            for pack in packs {
                assert_eq!(pack.lesson, lesson);
                for (section, at) in pack.sections.iter().zip(pack.first..) {
                    assert!(all.insert((lesson, at), (pack.clone(), section.clone())).is_none());
                }
            }
        }
        assert_eq!(all.len() as u64, self.sections);
        all
    }
}

fn read_gram(key: &str, bytes: &mut Bytes<'_>) -> Value {
    if key.starts_with('\u{1}') {
        return Value { body: bytes.list().into_iter().collect(), ..Value::default() };
    }
    bytes.value()
}

/// The sections in which every gram of a folded word is: what a client would verify.
pub(crate) fn candidates(grams: &BTreeMap<String, Value>, word: &str) -> BTreeSet<Place> {
    let mut found: Option<BTreeSet<Place>> = None;
    for run in fold(word).split([' ', '\n']).filter(|run| !run.is_empty()) {
        let symbols: Vec<char> = run.chars().collect();
        for at in 0..symbols.len() {
            let places = gram(grams, &symbols[at..]);
            found = Some(match found {
                Some(found) => found.intersection(&places).copied().collect(),
                None => places,
            });
        }
    }
    found.unwrap_or_default()
}

/// The sections with the pair that `rest` begins with (or the single character that it is).
fn gram(grams: &BTreeMap<String, Value>, rest: &[char]) -> BTreeSet<Place> {
    let mut length = rest.len().min(2);
    let key = |length: usize| rest[..length].iter().collect::<String>();
    let Some(mut value) = grams.get(&key(length)) else { return BTreeSet::new() };
    let mut places: BTreeSet<Place> = value.strong.keys().copied().collect();
    while value.split && length < rest.len() {
        length += 1;
        match grams.get(&key(length)) {
            Some(longer) => value = longer,
            None => return places,
        }
    }
    if value.split {
        let start = key(length);
        let longer = grams.range(start.clone()..).take_while(|(key, _)| key.starts_with(&start));
        places.extend(longer.flat_map(|(_, value)| &value.body));
    }
    places.extend(&value.body);
    places
}
