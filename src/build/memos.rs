//! What builds remember: texts, highlighted code, pages. In memory while serving, on disk between builds.

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::content::Text;
use crate::highlight::Highlighter;
use crate::memo::{ENGINE, Hash, Memo};
use crate::par;
use crate::site::TextInput;

/// What is remembered of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PageMemo {
    /// Of its bytes.
    pub(super) hash: Hash,
    /// In bytes.
    pub(super) len: u64,
    /// Hashes of the places that its template's links lead to.
    pub(super) links: Arc<[u64]>,
    /// Hashes of the places that its ids make.
    pub(super) ids: Arc<[u64]>,
    /// Its bytes; not stored between builds.
    #[serde(skip)]
    pub(super) bytes: Option<Arc<[u8]>>,
}

/// The memos of one site.
#[derive(Debug, Clone, Default)]
pub struct Memos {
    texts: Memo<Arc<Text>>,
    pub(super) pages: Memo<PageMemo>,
    highlights: Vec<(Hash, Arc<str>)>,
}

/// Entries of a stored memo are packed in blocks of so many, so that they are read and written on all cores.
const BLOCK: usize = 256;

#[derive(Serialize, Deserialize)]
struct Stored {
    texts: Vec<Vec<u8>>,
    pages: Vec<Vec<u8>>,
    highlights: Vec<Vec<u8>>,
}

impl Memos {
    /// Reads what [`Memos::save`] wrote. Anything else, a file cut short or of another version, gives empty memos.
    pub fn load(bytes: &[u8]) -> Self {
        Self::read(bytes).unwrap_or_default()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(header().as_bytes())?;
        let (body, check) = rest.split_at_checked(rest.len().checked_sub(16)?)?;
        if Hash::of(body).0 != check {
            return None;
        }
        let stored: Stored = postcard::from_bytes(body).ok()?;
        let mut memos = Self { highlights: unpack(&stored.highlights)?, ..Self::default() };
        memos
            .texts
            .replace(unpack::<(Hash, Text)>(&stored.texts)?.into_iter().map(|(key, text)| (key, Arc::new(text))));
        memos.pages.replace(unpack(&stored.pages)?);
        Some(memos)
    }

    /// The form for the disk: the same bytes for the same memos.
    pub fn save(&self) -> Vec<u8> {
        let stored = Stored {
            texts: pack(&self.texts.sorted()),
            pages: pack(&self.pages.sorted()),
            highlights: pack(&self.highlights),
        };
        let body = postcard::to_stdvec(&stored).expect("plain data serialises");
        let mut bytes = header().into_bytes();
        bytes.extend_from_slice(&body);
        bytes.extend_from_slice(&Hash::of(&body).0);
        bytes
    }

    pub(super) fn text(&self, key: Hash) -> Option<Arc<Text>> {
        self.texts.get(key).cloned()
    }

    pub(super) fn keep_texts(&mut self, texts: &[TextInput]) {
        self.texts.replace(texts.iter().map(|input| (input.key, Arc::clone(&input.text))));
    }

    pub(super) fn highlights(&self) -> Vec<(Hash, Arc<str>)> {
        self.highlights.clone()
    }

    /// Keeps the blocks that this build used. One whose text came from the memo did not ask for its blocks, so those
    /// of the last build stay as long as any text was not read again.
    pub(super) fn keep_highlights(&mut self, highlighter: &Highlighter) {
        let mut all: std::collections::BTreeMap<Hash, Arc<str>> =
            std::mem::take(&mut self.highlights).into_iter().collect();
        all.extend(highlighter.entries());
        self.highlights = all.into_iter().collect();
    }
}

fn header() -> String {
    format!("hiketsu memo 1 {ENGINE}\n")
}

fn pack<T: Serialize + Sync>(entries: &[T]) -> Vec<Vec<u8>> {
    let blocks: Vec<&[T]> = entries.chunks(BLOCK).collect();
    par::map(&blocks, |block| postcard::to_stdvec(block).expect("plain data serialises"))
}

fn unpack<T: DeserializeOwned + Send>(blocks: &[Vec<u8>]) -> Option<Vec<T>> {
    let mut all = Vec::with_capacity(blocks.len() * BLOCK);
    for block in par::map(blocks, |block| postcard::from_bytes::<Vec<T>>(block).ok()) {
        all.extend(block?);
    }
    Some(all)
}
