//! The search index of a build: made when it is asked for, and not where the output folder holds it already.
//!
//! What is asked of each text (its sections, its words) depends on that text alone and is remembered by its key; words
//! cost more than all the rest of a build. It is stored in a file of its own, which a build without a change never reads.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::Built;
use super::memos::{self, Memos};
use crate::content::{Role, TextOptions, parse};
use crate::highlight::Highlighter;
use crate::markdown::Sections;
use crate::memo::{Hash, Memo};
use crate::output::manifest::Record;
use crate::output::{Content, Entry};
use crate::par;
use crate::path::{OutPath, SourcePath};
use crate::search::{self, Limits, Plan, Searchable};
use crate::site::SiteModel;
use crate::world::{File, Snapshot};

/// What is remembered of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct IndexMemo {
    /// Of all that it was made from.
    pub(super) key: Hash,
    /// Its files: path, hash and length in bytes.
    files: Vec<(OutPath, Hash, u64)>,
}

impl IndexMemo {
    /// Its files, where the output folder holds every one of them.
    fn intact(&self, records: &BTreeMap<OutPath, Record>) -> Option<Vec<(OutPath, Entry)>> {
        let files = self.files.iter().map(|(path, hash, len)| {
            records.get(path).filter(|record| record.hash == *hash)?;
            Some((path.clone(), Entry { hash: *hash, len: *len, key: None, content: Content::Unchanged }))
        });
        files.collect()
    }
}

/// The index of a site, which is made when it is first asked for, once, on whichever thread asks.
#[derive(Debug)]
pub struct Index {
    key: Hash,
    site: Arc<SiteModel>,
    plan: Plan,
    texts: Vec<Source>,
    options: TextOptions,
    made: OnceLock<Made>,
}

/// Where a text's sections come from.
#[derive(Debug)]
enum Source {
    /// It was parsed in this build, or is remembered.
    Here(Hash, Arc<Searchable>),
    /// It may be stored; else it is parsed again.
    Elsewhere(Hash, SourcePath, File),
}

#[derive(Debug)]
struct Made {
    files: BTreeMap<OutPath, Entry>,
    texts: Vec<(Hash, Arc<Searchable>)>,
}

impl Index {
    /// The file of the index at `path`.
    pub fn get(&self, path: &OutPath) -> Option<&Entry> {
        self.made(Memo::default).files.get(path)
    }

    /// All of it; `stored` gives what earlier builds stored.
    fn made(&self, stored: impl FnOnce() -> Memo<Arc<Searchable>>) -> &Made {
        self.made.get_or_init(|| {
            let wanted = self.texts.iter().any(|source| matches!(source, Source::Elsewhere(..)));
            let stored = if wanted { stored() } else { Memo::default() };
            let highlighter = Highlighter::with(Vec::new());
            let texts = par::map(&self.texts, |source| match source {
                Source::Here(key, searchable) => (*key, Arc::clone(searchable)),
                Source::Elsewhere(key, path, file) => {
                    let again = || {
                        let sections = parse::parse(file, Role::of(path), &self.options, true, &highlighter).2;
                        Arc::new(Searchable::new(sections, None))
                    };
                    (*key, stored.get(*key).cloned().unwrap_or_else(again))
                }
            });
            let searchables: Vec<Arc<Searchable>> = texts.iter().map(|(_, text)| Arc::clone(text)).collect();
            let files = search::files(&self.site, &self.plan, &searchables, &Limits::default());
            let files = files.into_iter().map(|(path, bytes)| (path, Entry::bytes(bytes))).collect();
            Made { files, texts }
        })
    }
}

/// What a build knows of its index.
pub(super) enum Found {
    /// Nothing is to be found here.
    Off,
    /// The output folder holds it.
    Unchanged(Vec<(OutPath, Entry)>),
    /// It is to be made.
    Due(Arc<Index>),
}

/// The index of `site`. `parsed` holds, for each text file by its index, what search needs of it, where it is here.
pub(super) fn find(
    site: &Arc<SiteModel>,
    snapshot: &Snapshot,
    options: &TextOptions,
    parsed: &[Option<Arc<Searchable>>],
    memos: &mut Memos,
    records: &BTreeMap<OutPath, Record>,
) -> Found {
    if !site.config.search {
        memos.forget_index();
        return Found::Off;
    }
    let plan = Plan::of(site);
    let key = plan.key(site);
    if let Some(index) = memos.index().filter(|index| index.key == key) {
        return Found::Due(index);
    }
    let intact = memos.index_memo().filter(|memo| memo.key == key).and_then(|memo| memo.intact(records));
    if let Some(files) = intact {
        return Found::Unchanged(files);
    }
    let source = |text: usize| {
        let node = &site.texts[text];
        let here = parsed.get(node.file).and_then(Option::as_ref);
        match (here, snapshot.files.get(&node.source)) {
            (None, Some(file)) => Source::Elsewhere(node.key, node.source.clone(), file.clone()),
            (here, _) => Source::Here(node.key, here.cloned().unwrap_or_default()),
        }
    };
    let texts = plan.texts().map(source).collect();
    let index =
        Arc::new(Index { key, site: Arc::clone(site), plan, texts, options: options.clone(), made: OnceLock::new() });
    memos.keep_index(&index);
    Found::Due(index)
}

impl Built {
    /// Puts the search index into the tree, made now if it was not before. `stored` reads what [`Memos::save_search`]
    /// wrote; it is asked only where the index has to be made.
    pub fn complete(&mut self, memos: &mut Memos, stored: impl FnOnce() -> Vec<u8>) {
        let Some(index) = self.search.take() else { return };
        let made = index.made(|| load(&stored()));
        for (path, entry) in &made.files {
            // No asset of a theme is called like this; if one were, it came first.
            if self.tree.get(path).is_none() {
                self.tree.insert(path.clone(), entry.clone());
            }
        }
        self.counts.files = self.tree.len();
        let files = made.files.iter().map(|(path, entry)| (path.clone(), entry.hash, entry.len)).collect();
        memos.keep_made(IndexMemo { key: index.key, files }, made.texts.clone());
    }
}

/// The form for the disk of what search needs of texts.
pub(super) fn save(texts: &[(Hash, Arc<Searchable>)]) -> Vec<u8> {
    let entries: Vec<(Hash, &Sections, Option<&str>)> =
        texts.iter().map(|(key, text)| (*key, text.sections(), text.known_words())).collect();
    memos::seal(&memos::pack(&entries))
}

fn load(bytes: &[u8]) -> Memo<Arc<Searchable>> {
    let mut memo = Memo::default();
    let read = || memos::unpack::<(Hash, Sections, Option<String>)>(&memos::unseal::<Vec<&[u8]>>(bytes)?);
    let entries = read().unwrap_or_default();
    memo.replace(entries.into_iter().map(|(key, sections, words)| (key, Arc::new(Searchable::new(sections, words)))));
    memo
}
