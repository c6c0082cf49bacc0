//! THE build: one pure function from a snapshot and memos to the output tree and everything that is wrong.
//!
//! A clean build is this function with empty memos; serving is this function again and again with warm ones. There is
//! no other path from a file to a page.

mod bodies;
mod explain;
mod inputs;
mod links;
mod memos;
mod pages;
mod search;
mod survey;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use explain::{Anatomy, anatomy, pages_with};
pub use inputs::{Input, Why};
pub use memos::Memos;
pub use search::Index;
pub use survey::Survey;

use bodies::{Bodies, Parsed};

use crate::config::{self, Config, Offline};
use crate::content::discover::{TextFile, discover};
use crate::content::{Spellings, TextOptions, parse};
use crate::decode::decode;
use crate::diag::{self, Diagnostic};
use crate::highlight::Highlighter;
use crate::lint;
use crate::markdown::{Fragment, Speaker};
use crate::memo::KeyBuilder;
use crate::output::manifest::Record;
use crate::output::{Content, Entry, OutputTree};
use crate::par;
use crate::path::{OutPath, SourcePath};
use crate::render::{Renderer, feed, headers, offline, sitemap};
use crate::search::Searchable;
use crate::site::{self, AssetInput, Moment, SiteModel, TextInput};
use crate::theme::{self, Theme};
use crate::time::Instant;
use crate::view::{Strings, Views};
use crate::world::{Data, File, Snapshot};

/// What the user asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether drafts and scheduled texts are shown.
    pub drafts: bool,
}

/// What a build made.
#[derive(Debug, Clone)]
pub struct Built {
    /// The files. Usable even where there are errors, but then not to be published.
    pub tree: OutputTree,
    /// The search index, where it is not in the tree: it is made when it is first asked for. [`Built::complete`] puts it
    /// there.
    pub search: Option<Arc<Index>>,
    /// The relations.
    pub site: Arc<SiteModel>,
    /// All texts, those that are not shown included, sorted by source path.
    pub texts: Vec<TextInput>,
    /// When the site is so: the clock of the snapshot.
    pub now: Instant,
    /// Everything that is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
    /// `site.toml`.
    pub config: Arc<Config>,
    /// How many of each.
    pub counts: Counts,
}

impl Built {
    /// Whether nothing may be written.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
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
}

/// Is told how far the build is.
pub trait Progress: Sync {
    /// A stage of `total` steps begins.
    fn begin(&self, stage: Stage, total: usize);
    /// One step of it is done.
    fn step(&self);
}

/// Nobody is told.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self) {}
}

/// Builds the whole site. Whoever shows diagnostics reads the sources again: `snapshot` is used up.
///
/// `records` are the files that are intact in the output folder, by the manifest of the last build; a page whose key
/// is recorded there is not rendered again and comes out as [`Content::Unchanged`]. Pass none to get all bytes.
pub fn build(
    mut snapshot: Snapshot,
    options: &Options,
    memos: &mut Memos,
    records: &BTreeMap<OutPath, Record>,
    progress: &dyn Progress,
) -> Built {
    let mut faults = snapshot.faults.clone();
    let config = Arc::new(read_config(&snapshot, &mut faults));
    let theme = theme::load(&snapshot, &config).drain_into(&mut faults);
    let highlighter = Highlighter::with(memos.highlights());
    let text_options = text_options(&config);
    let (texts, parsed, assets) = read_content(&snapshot, &text_options, config.search, memos, &highlighter, progress);
    let (bodies, searchables): (Vec<_>, Vec<_>) = parsed.into_iter().unzip();
    let_go(&mut snapshot, &texts, &bodies);
    faults.extend(
        texts.iter().flat_map(|input| input.text.faults.iter().map(|fault| fault.clone().in_file(&input.source))),
    );
    let moment = Moment { now: snapshot.now, drafts: options.drafts };
    let site = Arc::new(site::relate(&config, &texts, &assets, &moment).drain_into(&mut faults));

    lint::judge(&texts, &site, &text_options.spellings, &mut faults);

    let mut renderer = Renderer::new(&theme).drain_into(&mut faults);
    let views = Views::new(&site, &theme.strings);
    let assets: BTreeMap<&str, String> =
        theme.assets.iter().map(|(name, asset)| (name.as_str(), asset.path.route().encoded())).collect();
    renderer.share("site", views.site());
    let integrity: Strings =
        theme.assets.iter().filter_map(|(name, asset)| Some((name.clone(), asset.integrity()?))).collect();
    renderer.share("assets", &assets);
    renderer.share("integrity", &integrity);
    renderer.share("t", &theme.strings);
    renderer.share("lang", &config.language);
    let all = KeyBuilder::new("site").value(views.site()).value(&assets).value(&config.language).finish();
    let shared = pages::Shared { theme: theme.fingerprint, site: all };
    let index = search::find(&site, &snapshot, &text_options, &searchables, memos, records);
    if memos.are_serving() {
        let kept = texts.iter().zip(&searchables).filter_map(|(input, text)| Some((input.key, text.clone()?)));
        memos.keep_searchables(kept);
    }
    drop(searchables);
    let parsed = Parsed::new(bodies, memos.are_serving());
    let bodies = Bodies { snapshot: &snapshot, options: text_options, highlighter: &highlighter, site: &site, parsed };
    // Feeds show bodies that pages are the last to show.
    let others = other_files(&snapshot, &site, &theme, &views, &bodies);
    let origin = links::Origin::new(&config.base_url);
    let press = pages::Press { views: &views, renderer: &renderer, bodies: &bodies, origin, shared, records };
    let pages = press.print(memos, progress, &mut faults);
    links::check(&site, &theme, &press, &pages, &mut faults);

    let mut tree: OutputTree = OutputTree::default();
    let mut counts = Counts {
        lessons: site.lessons.len(),
        terms: site.taxonomies.iter().map(|taxonomy| taxonomy.terms.len()).sum(),
        ..Counts::default()
    };
    for page in pages {
        let path = page.route.out_path();
        // A collision was reported where routes were claimed; the first one stays.
        if tree.get(&path).is_none() {
            counts.pages += 1;
            tree.insert(path, page.entry);
        }
    }
    for (path, entry) in others {
        if tree.get(&path).is_none() {
            tree.insert(path, entry);
        }
    }
    if config.offline == Offline::On {
        for (name, text) in [(offline::MANIFEST, offline::manifest(&config)), (offline::ICON, offline::icon(&config))] {
            let path = OutPath::new(name);
            if tree.get(&path).is_none() {
                tree.insert(path, Entry::bytes(text.into_bytes()));
            }
        }
    }
    let worker = match config.offline {
        Offline::Off => None,
        Offline::On => Some(offline::worker(&tree)),
        Offline::Remove => Some(offline::REMOVER.to_owned()),
    };
    let path = OutPath::new(offline::WORKER);
    if let Some(worker) = worker.filter(|_| tree.get(&path).is_none()) {
        tree.insert(path, Entry::bytes(worker.into_bytes()));
    }
    let mut deferred = None;
    match index {
        search::Found::Off => {}
        search::Found::Unchanged(files) => {
            for (path, entry) in files {
                if tree.get(&path).is_none() {
                    tree.insert(path, entry);
                }
            }
        }
        search::Found::Due(index) => deferred = Some(index),
    }
    counts.files = tree.len();
    memos.keep_texts(&texts);
    if memos.are_serving() {
        memos.keep_bodies(bodies.parsed.kept(&texts));
    }
    memos.keep_highlights(&texts, &highlighter);
    config.lint.apply(&mut faults);
    diag::sort(&mut faults);
    drop(views);
    Built { tree, search: deferred, site, texts, now: snapshot.now, diagnostics: faults, config, counts }
}

/// Lets go of the bytes of texts that were parsed in this build: their HTML is here, so nothing asks for them again, and
/// on a large site they are a good part of all that is held.
fn let_go(snapshot: &mut Snapshot, texts: &[TextInput], bodies: &[Option<Arc<Fragment>>]) {
    for (input, body) in texts.iter().zip(bodies) {
        if let Some(file) = snapshot.files.get_mut(&input.source).filter(|_| body.is_some()) {
            file.data = Data::Left;
        }
    }
}

fn read_config(snapshot: &Snapshot, faults: &mut Vec<Diagnostic>) -> Config {
    let path = SourcePath::new(config::FILE);
    let bytes = match snapshot.files.get(&path).map(|file| &file.data) {
        Some(Data::Held(bytes)) => &**bytes,
        _ => b"",
    };
    let mut found = Vec::new();
    let text = decode(bytes).drain_into(&mut found);
    let config = config::parse(&text).drain_into(&mut found);
    faults.extend(found.into_iter().map(|fault| fault.in_file(&path)));
    config
}

/// What of the configuration the making of texts depends on.
pub fn text_options(config: &Config) -> TextOptions {
    TextOptions {
        language: config.language.clone(),
        timezone: config.timezone.clone(),
        taxonomies: config.taxonomies.iter().map(|taxonomy| taxonomy.key.clone()).collect(),
        markdown: config.markdown.clone(),
        speakers: config.speakers.iter().map(speaker).collect(),
        spellings: Spellings::new(&config.lint.terms),
    }
}

/// Of a text, its HTML and what search needs, where it was parsed in this build or is remembered.
type Leaf = (Option<Arc<Fragment>>, Option<Arc<Searchable>>);

fn speaker(declared: &config::Speaker) -> Speaker {
    let face = declared.face.as_ref().map(|face| face.value.clone());
    Speaker { name: declared.name.clone(), side: declared.side, face }
}

/// Understands each text on its own: from the memo where its bytes were seen before.
fn read_content(
    snapshot: &Snapshot,
    options: &TextOptions,
    search: bool,
    memos: &Memos,
    highlighter: &Highlighter,
    progress: &dyn Progress,
) -> (Vec<TextInput>, Vec<Leaf>, Vec<AssetInput>) {
    let options_key = KeyBuilder::new("options").value(options).finish();
    let found = discover(snapshot);
    progress.begin(Stage::Read, found.texts.len());
    let read = par::map(&found.texts, |TextFile { path, role, file }| {
        let key = parse::key(file, *role, options_key);
        let (text, leaf) = if let Some(text) = memos.text(key) {
            (text, (memos.body(key), memos.searchable(key)))
        } else {
            let (text, body, sections) = parse::parse(file, *role, options, search, highlighter);
            let searchable = search.then(|| Arc::new(Searchable::new(sections, None)));
            (Arc::new(text), (Some(Arc::new(body)), searchable))
        };
        progress.step();
        (TextInput { source: (*path).clone(), role: *role, key, text }, leaf)
    });
    let (texts, leaves) = read.into_iter().unzip();
    let assets = found.assets.iter().map(|(path, file)| AssetInput {
        source: (*path).clone(),
        hash: file.hash,
        len: file.len,
        pixels: file.pixels,
    });
    (texts, leaves, assets.collect())
}

/// Everything that is no page: the theme's assets, files beside the lessons, feeds, sitemap, robots.txt.
fn other_files(
    snapshot: &Snapshot,
    site: &SiteModel,
    theme: &Theme,
    views: &Views<'_>,
    bodies: &Bodies<'_>,
) -> Vec<(OutPath, Entry)> {
    let config = &site.config;
    let mut files: Vec<(OutPath, Entry)> = Vec::new();
    for asset in theme.assets.values() {
        files.push((asset.path.clone(), copied(&asset.source, &asset.file)));
    }
    for asset in &site.assets {
        if let Some(file) = snapshot.files.get(&asset.source) {
            files.push((asset.route.out_path(), copied(&asset.source, file)));
        }
    }
    if config.feeds.atom || config.feeds.json {
        let mut feed = views.feed();
        feed.style = theme.assets.get("feed.css").map(|asset| asset.path.to_string());
        if config.feeds.full {
            for entry in &mut feed.entries {
                entry.content = Some(bodies.body(entry.text, site::Base::Absolute(&config.base_url)));
            }
        }
        let mut add = |on: bool, path: &str, write: fn(&crate::view::FeedView, &str) -> String| {
            if on {
                files.push((OutPath::new(path), Entry::bytes(write(&feed, path).into_bytes())));
            }
        };
        add(config.feeds.atom, "feed.xml", feed::atom);
        add(config.feeds.json, "feed.json", feed::json);
    }
    for (name, text) in sitemap::sitemaps(&config.base_url, &views.sitemap()) {
        files.push((OutPath::new(name), Entry::bytes(text.into_bytes())));
    }
    files.push((OutPath::new("robots.txt"), Entry::bytes(sitemap::robots(&config.base_url).into_bytes())));
    // Hosts that run Jekyll over what they are given would leave out the folder of assets, for its name.
    files.push((OutPath::new(".nojekyll"), Entry::bytes(Vec::new())));
    if config.security.headers {
        let assets = theme.assets.values().map(|asset| &asset.path);
        let text = headers::headers(&config.base_url, &config.policy(), assets);
        files.push((OutPath::new(headers::FILE), Entry::bytes(text.into_bytes())));
    }
    // An author's own `robots.txt`, `.nojekyll` or `_headers` stands before ours and wins.
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|(path, _)| seen.insert(path.clone()));
    files
}

fn copied(source: &SourcePath, file: &File) -> Entry {
    let content = match &file.data {
        Data::Held(bytes) => Content::Bytes(Arc::clone(bytes)),
        Data::Left => Content::Copy(source.clone()),
    };
    Entry { hash: file.hash, len: file.len, key: None, content }
}
