//! PLACEHOLDER for the build: the signatures that `cli` and `serve` are written against. Replaced at the merge.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::{self, Config};
use crate::diag::{self, Diagnostic};
use crate::output::manifest::Record;
use crate::output::{Entry, OutputTree};
use crate::path::{OutPath, SourcePath};
use crate::site::SiteModel;
use crate::world::{Data, Snapshot};

/// What the user asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether drafts are built.
    pub drafts: bool,
}

/// What a build made.
#[derive(Debug)]
pub struct Built {
    /// The files.
    pub tree: OutputTree,
    /// The relations.
    pub site: Arc<SiteModel>,
    /// Sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// `site.toml`.
    pub config: Arc<Config>,
    /// How many.
    pub counts: Counts,
}

/// How many of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Published lessons.
    pub lessons: usize,
    /// HTML pages.
    pub pages: usize,
    /// Terms with lessons.
    pub terms: usize,
    /// Files of the output.
    pub files: usize,
}

/// The long stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Texts are read.
    Read,
    /// Pages are rendered.
    Render,
    /// The search index is made.
    Search,
}

/// Is told how far the build is.
pub trait Progress: Sync {
    /// A stage of `total` steps begins.
    fn begin(&self, stage: Stage, total: usize);
    /// One step is done.
    fn step(&self);
}

/// What was computed once.
#[derive(Debug, Default)]
pub struct Memos;

impl Memos {
    /// From what [`Memos::save`] wrote; empty for anything else.
    pub fn load(bytes: &[u8]) -> Self {
        let _ = bytes;
        Self
    }

    /// For the disk.
    pub fn save(&self) -> Vec<u8> {
        Vec::new()
    }
}

/// Builds.
///
/// # Panics
/// Never.
pub fn build(
    snapshot: &Snapshot,
    options: &Options,
    memos: &mut Memos,
    records: &BTreeMap<OutPath, Record>,
    progress: &dyn Progress,
) -> Built {
    let _ = (options, memos, records);
    let text = |path: &str| match snapshot.files.get(&SourcePath::new(path)).map(|file| &file.data) {
        Some(Data::Held(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
        _ => String::new(),
    };
    let site = SourcePath::new(config::FILE);
    let config = config::parse(&text(config::FILE));
    let mut diagnostics = snapshot.faults.clone();
    diagnostics.extend(config.faults.into_iter().map(|fault| fault.in_file(&site)));
    progress.begin(Stage::Render, snapshot.files.len());
    let mut tree = OutputTree::default();
    for path in snapshot.files.keys() {
        progress.step();
        if let Some(name) = path.as_str().strip_prefix("content/").and_then(|name| name.strip_suffix(".md")) {
            let name = name.strip_suffix("_index").unwrap_or(name);
            let html = format!("<!doctype html><head></head><pre>{}</pre>", text(path.as_str()));
            let out = if name.is_empty() || name.ends_with('/') { name.to_owned() } else { format!("{name}/") };
            tree.insert(OutPath::new(format!("{out}index.html")), Entry::bytes(html.into_bytes()));
        }
    }
    diag::sort(&mut diagnostics);
    let counts = Counts { lessons: 0, pages: tree.len(), terms: 0, files: tree.len() };
    Built { tree, site: Arc::new(SiteModel), diagnostics, config: Arc::new(config.value), counts }
}
