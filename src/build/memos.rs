//! What builds remember: texts, highlighted code, pages. In memory while serving, on disk between builds.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::inputs::Why;
use super::search::{self, Index, IndexMemo};
use crate::content::Text;
use crate::highlight::Highlighter;
use crate::markdown::Fragment;
use crate::memo::{ENGINE, Hash, Memo};
use crate::par;
use crate::search::Searchable;
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
    /// Of each of the things that it was made from.
    pub(super) inputs: [u32; 8],
    /// Why it was rendered.
    pub(super) why: Why,
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
    /// What search needs of texts; only while serving.
    searchables: Memo<Arc<Searchable>>,
    serving: bool,
    pages: Memo<PageMemo>,
    /// The index that the output folder holds.
    index_memo: Option<IndexMemo>,
    /// The index of the last build; only while serving.
    index: Option<Arc<Index>>,
    /// What search needs of the texts of an index that was made and is not stored yet.
    made: Option<Vec<(Hash, Arc<Searchable>)>>,
    highlights: Vec<(Hash, Arc<str>)>,
    /// Whether they are what was stored.
    stored: bool,
}

/// Entries of a stored memo are packed in blocks of so many, so that they are read and written on all cores.
const BLOCK: usize = 256;

/// Blocks of texts, of pages, of highlighted code, of the index.
type Stored<B> = [Vec<B>; 4];

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
        let [texts, pages, highlights, index]: Stored<&[u8]> = unseal(bytes)?;
        let mut memos = Self { highlights: unpack(&highlights)?, stored: true, ..Self::default() };
        memos.texts.replace(unpack::<(Hash, Text)>(&texts)?.into_iter().map(|(key, text)| (key, Arc::new(text))));
        memos.pages.replace(unpack(&pages)?);
        memos.index_memo = unpack(&index)?.pop();
        Some(memos)
    }

    /// The form for the disk: the same bytes for the same memos. What [`Memos::save_search`] gives is not in it.
    ///
    /// # Panics
    /// Never: the memos are plain data.
    pub fn save(&self) -> Vec<u8> {
        let index: Vec<&IndexMemo> = self.index_memo.iter().collect();
        let stored: Stored<Vec<u8>> =
            [pack(&self.texts.sorted()), pack(&self.pages.sorted()), pack(&self.highlights), pack(&index)];
        seal(&stored)
    }

    /// What search needs of all texts, in a form for the disk, where an index was made: to be given to
    /// [`super::Built::complete`] next time.
    pub fn save_search(&self) -> Option<Vec<u8>> {
        self.made.as_deref().map(search::save)
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

    /// Why the page with this key was rendered when it last was.
    pub fn why(&self, key: Hash) -> Option<Why> {
        self.pages.get(key).map(|page| page.why)
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

    pub(super) fn searchable(&self, key: Hash) -> Option<Arc<Searchable>> {
        self.searchables.get(key).cloned()
    }

    pub(super) fn keep_searchables(&mut self, searchables: impl IntoIterator<Item = (Hash, Arc<Searchable>)>) {
        self.searchables.replace(searchables);
    }

    pub(super) fn index(&self) -> Option<Arc<Index>> {
        self.index.clone()
    }

    pub(super) fn index_memo(&self) -> Option<&IndexMemo> {
        self.index_memo.as_ref()
    }

    /// Keeps an index that may not be made yet.
    pub(super) fn keep_index(&mut self, index: &Arc<Index>) {
        self.index = self.serving.then(|| Arc::clone(index));
    }

    pub(super) fn keep_made(&mut self, memo: IndexMemo, texts: Vec<(Hash, Arc<Searchable>)>) {
        self.stored &= self.index_memo.as_ref() == Some(&memo);
        self.index_memo = Some(memo);
        self.made = Some(texts);
    }

    /// There is no index any more.
    pub(super) fn forget_index(&mut self) {
        self.stored &= self.index_memo.is_none();
        (self.index, self.index_memo) = (None, None);
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

/// A value with a header before it and a hash behind it.
pub(super) fn seal<T: Serialize>(value: &T) -> Vec<u8> {
    let header = header();
    let mut bytes = header.clone().into_bytes();
    bytes = postcard::to_extend(value, bytes).expect("plain data serialises");
    let check = Hash::of(bytes.get(header.len()..).unwrap_or_default());
    bytes.extend_from_slice(&check.0);
    bytes
}

/// The value that [`seal`] wrote; `None` for anything else.
pub(super) fn unseal<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    let rest = bytes.strip_prefix(header().as_bytes())?;
    let (body, check) = rest.split_at_checked(rest.len().checked_sub(16)?)?;
    if Hash::of(body).0 != check {
        return None;
    }
    postcard::from_bytes(body).ok()
}

pub(super) fn pack<T: Serialize + Sync>(entries: &[T]) -> Vec<Vec<u8>> {
    let blocks: Vec<&[T]> = entries.chunks(BLOCK).collect();
    par::map(&blocks, |block| postcard::to_stdvec(block).expect("plain data serialises"))
}

pub(super) fn unpack<T: DeserializeOwned + Send>(blocks: &[&[u8]]) -> Option<Vec<T>> {
    let mut all = Vec::with_capacity(blocks.len() * BLOCK);
    for block in par::map(blocks, |block| postcard::from_bytes::<Vec<T>>(block).ok()) {
        all.extend(block?);
    }
    Some(all)
}
