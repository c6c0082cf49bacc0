//! What builds remember: texts, highlighted code, pages. In memory while serving, on disk between builds.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::content::Text;
use crate::highlight::Highlighter;
use crate::markdown::Fragment;
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
    /// The HTML of texts; only while serving.
    bodies: Memo<Arc<Fragment>>,
    serving: bool,
    pages: Memo<PageMemo>,
    highlights: Vec<(Hash, Arc<str>)>,
    /// Whether they are what was stored.
    stored: bool,
}

/// Entries of a stored memo are packed in blocks of so many, so that they are read and written on all cores.
const BLOCK: usize = 256;

/// Blocks of texts, of pages, of highlighted code.
type Stored<B> = [Vec<B>; 3];

impl Memos {
    /// Memos that stay in memory from build to build, so they keep the HTML of texts and the bytes of pages as well.
    pub fn serving() -> Self {
        Self { serving: true, ..Self::default() }
    }

    /// Whether they stay in memory.
    pub(super) fn are_serving(&self) -> bool {
        self.serving
    }

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
        let [texts, pages, highlights]: Stored<&[u8]> = postcard::from_bytes(body).ok()?;
        let mut memos = Self { highlights: unpack(&highlights)?, stored: true, ..Self::default() };
        memos.texts.replace(unpack::<(Hash, Text)>(&texts)?.into_iter().map(|(key, text)| (key, Arc::new(text))));
        memos.pages.replace(unpack(&pages)?);
        Some(memos)
    }

    /// The form for the disk: the same bytes for the same memos.
    ///
    /// # Panics
    /// Never: the memos are plain data.
    pub fn save(&self) -> Vec<u8> {
        let stored: Stored<Vec<u8>> = [pack(&self.texts.sorted()), pack(&self.pages.sorted()), pack(&self.highlights)];
        let header = header();
        let size = stored.iter().flatten().map(|block| block.len() + 10).sum::<usize>() + header.len() + 64;
        let mut bytes = Vec::with_capacity(size);
        bytes.extend_from_slice(header.as_bytes());
        bytes = postcard::to_extend(&stored, bytes).expect("plain data serialises");
        let check = Hash::of(bytes.get(header.len()..).unwrap_or_default());
        bytes.extend_from_slice(&check.0);
        bytes
    }

    /// Whether they are what was stored: then there is nothing to store.
    pub fn are_stored(&self) -> bool {
        self.stored
    }

    pub(super) fn text(&self, key: Hash) -> Option<Arc<Text>> {
        self.texts.get(key).cloned()
    }

    pub(super) fn body(&self, key: Hash) -> Option<Arc<Fragment>> {
        self.bodies.get(key).cloned()
    }

    pub(super) fn page(&self, key: Hash) -> Option<&PageMemo> {
        self.pages.get(key)
    }

    pub(super) fn keep_pages(&mut self, pages: Vec<(Hash, PageMemo)>) {
        self.stored &= pages.len() == self.pages.len() && pages.iter().all(|(key, _)| self.pages.get(*key).is_some());
        self.pages.replace(pages);
    }

    pub(super) fn keep_texts(&mut self, texts: &[TextInput]) {
        self.stored &= texts.iter().all(|input| self.texts.get(input.key).is_some());
        self.texts.replace(texts.iter().map(|input| (input.key, Arc::clone(&input.text))));
    }

    pub(super) fn keep_bodies(&mut self, bodies: impl IntoIterator<Item = (Hash, Arc<Fragment>)>) {
        self.bodies.replace(bodies);
    }

    pub(super) fn highlights(&self) -> Vec<(Hash, Arc<str>)> {
        self.highlights.clone()
    }

    /// Keeps the blocks of these texts.
    pub(super) fn keep_highlights(&mut self, texts: &[TextInput], highlighter: &Highlighter) {
        let keys: BTreeSet<Hash> = texts.iter().flat_map(|input| input.text.facts.code.iter().copied()).collect();
        self.highlights = keys.into_iter().filter_map(|key| Some((key, highlighter.get(key)?))).collect();
    }
}

fn header() -> String {
    format!("hiketsu memo 1 {ENGINE}\n")
}

fn pack<T: Serialize + Sync>(entries: &[T]) -> Vec<Vec<u8>> {
    let blocks: Vec<&[T]> = entries.chunks(BLOCK).collect();
    par::map(&blocks, |block| postcard::to_stdvec(block).expect("plain data serialises"))
}

fn unpack<T: DeserializeOwned + Send>(blocks: &[&[u8]]) -> Option<Vec<T>> {
    let mut all = Vec::with_capacity(blocks.len() * BLOCK);
    for block in par::map(blocks, |block| postcard::from_bytes::<Vec<T>>(block).ok()) {
        all.extend(block?);
    }
    Some(all)
}
