//! What a build makes: a map from path to bytes. It knows no disk.

pub mod manifest;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::sync::Arc;

use crate::memo::Hash;
use crate::path::{OutPath, SourcePath};

/// The folder of the theme's assets in the output. A file of this very name cannot be published.
pub const ASSETS: &str = "_";

/// Where the bytes of a file are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Here.
    Bytes(Arc<[u8]>),
    /// In a file of the site's folder, published as it is; too large to be held.
    Copy(SourcePath),
    /// In the output folder already: the last build wrote this very file from the same inputs.
    Unchanged,
}

/// One file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Of the bytes.
    pub hash: Hash,
    /// In bytes.
    pub len: u64,
    /// For a rendered page, the key of all that it was made from.
    pub key: Option<Hash>,
    /// The bytes.
    pub content: Content,
}

impl Entry {
    /// A file that holds `bytes`.
    pub fn bytes(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { hash: Hash::of(&bytes), len: bytes.len() as u64, key: None, content: Content::Bytes(bytes) }
    }
}

/// All files of the output, by path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OutputTree {
    entries: BTreeMap<OutPath, Entry>,
}

impl OutputTree {
    /// Adds a file. Paths are checked for collisions before anything is rendered, so a second file at one path is a
    /// fault of the program.
    ///
    /// # Panics
    /// Where the path is taken.
    pub fn insert(&mut self, path: OutPath, entry: Entry) {
        match self.entries.entry(path) {
            Slot::Vacant(slot) => slot.insert(entry),
            Slot::Occupied(slot) => unreachable!("two files of the output at {}", slot.key()),
        };
    }

    /// The file at `path`.
    pub fn get(&self, path: &OutPath) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// All files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPath, &Entry)> {
        self.entries.iter()
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl FromIterator<(OutPath, Entry)> for OutputTree {
    fn from_iter<I: IntoIterator<Item = (OutPath, Entry)>>(entries: I) -> Self {
        let mut tree = Self::default();
        for (path, entry) in entries {
            tree.insert(path, entry);
        }
        tree
    }
}
