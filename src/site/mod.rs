//! The waist of the house: every file, understood on its own before, is related to the others here. Series and their
//! order, taxonomies and their terms, routes, redirects, and what a link leads to.
//!
//! [`relate`] always runs, on facts alone; it sees no HTML.

mod lesson_ids;
mod links;
mod names;
mod routes;
mod series;
mod terms;

use std::sync::Arc;

use serde::Serialize;

pub use links::{Base, LinkTable, Target, fill, is_external, part_anchor};
pub use names::lesson_name;
pub use routes::{Owner, Routes};
pub use series::{Part, Series};
pub use terms::{Taxonomy, Term};

use crate::config::{Config, Offline};
use crate::content::{FrontMatter, Instant, Role, Text};
use crate::diag::catalogue::{reading, site as codes};
use crate::diag::{Checked, Diagnostic, Fault};
use crate::memo::Hash;
use crate::path::{Route, SourcePath};
use crate::text::Span;

/// Everything that is published, and how it hangs together.
#[derive(Debug, Clone)]
pub struct SiteModel {
    /// The site's configuration.
    pub config: Arc<Config>,
    /// All published texts, sorted by source path. The other lists hold indices into it.
    pub texts: Vec<TextNode>,
    /// Series, sorted by folder.
    pub series: Vec<Series>,
    /// Published lessons, series by series, in reading order.
    pub lessons: Vec<Lesson>,
    /// Lessons that are not published now, in the same order.
    pub held_back: Vec<HeldBack>,
    /// Texts outside any series, the home page's left out.
    pub pages: Vec<usize>,
    /// The home page's text.
    pub home: Option<usize>,
    /// Taxonomies, in the order of `site.toml`.
    pub taxonomies: Vec<Taxonomy>,
    /// Old URLs, sorted.
    pub redirects: Vec<Redirect>,
    /// Files that are published as they are, sorted by source path.
    pub assets: Vec<Asset>,
    /// The navigation of `site.toml`, in its order, with its links resolved.
    pub navigation: Vec<Target>,
    /// Every file of the output and who made it.
    pub routes: Routes,
    /// What links can lead to.
    pub links: LinkTable,
    /// For each of the texts, where its links lead, in the order of its facts.
    pub targets: Vec<Vec<Target>>,
}

/// The page of the day's lesson.
pub const TODAY: &str = "today/";

impl SiteModel {
    /// Whether there is a page of the day's lesson: there are lessons, and the author has nothing at its place.
    pub fn has_today(&self) -> bool {
        let taken = |route: &Route| route.as_str() == TODAY;
        !self.lessons.is_empty()
            && !self.texts.iter().any(|node| taken(&node.route))
            && !self.redirects.iter().any(|redirect| taken(&redirect.from))
    }
}

/// A published text and its place.
#[derive(Debug, Clone)]
pub struct TextNode {
    /// Its file.
    pub source: SourcePath,
    /// The key of [`Text`]: its bytes and the options it was read with.
    pub key: Hash,
    /// Index into the list of text files that was related.
    pub file: usize,
    /// What it says.
    pub text: Arc<Text>,
    /// Where it is published.
    pub route: Route,
    /// Whether it would be published without `--drafts`.
    pub state: State,
}

/// A published lesson.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// Index into [`SiteModel::texts`].
    pub text: usize,
    /// Index into [`SiteModel::series`].
    pub series: usize,
    /// Its number.
    pub number: u32,
    /// Its permanent id.
    pub id: String,
    /// Indices into [`SiteModel::lessons`]: earlier lessons that it builds on.
    pub requires: Vec<usize>,
}

/// A lesson that is not published now.
#[derive(Debug, Clone)]
pub struct HeldBack {
    /// Its file.
    pub source: SourcePath,
    /// What it says.
    pub text: Arc<Text>,
    /// The title of its series.
    pub series: String,
    /// Its number.
    pub number: u32,
    /// Its permanent id.
    pub id: String,
    /// Why it is not published.
    pub state: State,
}

/// An old URL that leads to a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old one.
    pub from: Route,
    /// The new one.
    pub to: Route,
}

/// A file that is published as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Its file.
    pub source: SourcePath,
    /// Where it is published.
    pub route: Route,
    /// Of its bytes.
    pub hash: Hash,
    /// In bytes.
    pub len: u64,
    /// Width and height of an image.
    pub pixels: Option<(u32, u32)>,
}

/// Whether a text is published, by the one rule that navigation, terms, feeds and counts follow alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It is.
    Published,
    /// `draft: true`.
    Draft,
    /// `publish` has not come yet.
    Scheduled,
    /// `expire` has passed.
    Expired,
}

impl State {
    /// The state of a text at `now`.
    pub fn of(front: &FrontMatter, now: Instant) -> Self {
        if front.draft {
            Self::Draft
        } else if front.expire.as_ref().is_some_and(|expire| expire.value <= now) {
            Self::Expired
        } else if front.publish.as_ref().is_some_and(|publish| publish.value > now) {
            Self::Scheduled
        } else {
            Self::Published
        }
    }

    /// Whether a text in this state is part of the site. Expired ones never are: what was withdrawn stays so.
    pub fn shown(self, drafts: bool) -> bool {
        match self {
            Self::Published => true,
            Self::Draft | Self::Scheduled => drafts,
            Self::Expired => false,
        }
    }

    /// The field of front matter that keeps a text in this state off the site.
    pub fn field(self) -> &'static str {
        match self {
            Self::Published => "",
            Self::Draft => "draft",
            Self::Scheduled => "publish",
            Self::Expired => "expire",
        }
    }

    /// Its name in listings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Expired => "expired",
        }
    }
}

/// A text file to be related.
#[derive(Debug, Clone)]
pub struct TextInput {
    /// Its file.
    pub source: SourcePath,
    /// What its name says that it is.
    pub role: Role,
    /// Its key.
    pub key: Hash,
    /// What it says.
    pub text: Arc<Text>,
}

/// A file that is published as it is, to be related.
#[derive(Debug, Clone)]
pub struct AssetInput {
    /// Its file.
    pub source: SourcePath,
    /// Of its bytes.
    pub hash: Hash,
    /// In bytes.
    pub len: u64,
    /// Width and height of an image.
    pub pixels: Option<(u32, u32)>,
}

/// What [`relate`] goes by besides the files.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The time at which the site is built.
    pub now: Instant,
    /// Whether drafts and scheduled texts are shown.
    pub drafts: bool,
}

/// A file beyond this is an error: 50 MB.
const MAX_ASSET: u64 = 50_000_000;
/// A file beyond this is a warning: 10 MB.
const LARGE_ASSET: u64 = 10_000_000;

/// Relates all files. `texts` and `assets` are sorted by source path.
pub fn relate(config: &Arc<Config>, texts: &[TextInput], assets: &[AssetInput], moment: &Moment) -> Checked<SiteModel> {
    let mut faults = Vec::new();
    let mut routes = Routes::default();
    let sorted = series::sort(texts, moment, &mut faults);
    let mut model = SiteModel {
        config: Arc::clone(config),
        texts: Vec::with_capacity(texts.len()),
        series: Vec::new(),
        lessons: Vec::new(),
        held_back: sorted.held_back,
        pages: Vec::new(),
        home: None,
        taxonomies: Vec::new(),
        redirects: Vec::new(),
        assets: Vec::new(),
        navigation: Vec::new(),
        routes: Routes::default(),
        links: LinkTable::default(),
        targets: Vec::new(),
    };
    for (file, placed) in sorted.placed {
        let input = &texts[file];
        let owner = Owner::Source(input.source.clone(), Span::default());
        routes.claim(&placed.route, owner, &mut faults);
        model.texts.push(TextNode {
            source: input.source.clone(),
            key: input.key,
            file,
            text: Arc::clone(&input.text),
            route: placed.route,
            state: placed.state,
        });
    }
    series::place(&mut model, sorted.series, &sorted.hidden_ids, &mut faults);
    model.assets = place_assets(assets, &mut routes, &mut faults);
    model.redirects = redirects(&model, &mut routes, &mut faults);
    model.taxonomies = terms::collect(&model, &mut faults);
    generated(&model, &mut routes, &mut faults);
    model.links = LinkTable::new(&model, &routes, &sorted.hidden, &sorted.hidden_ids);
    model.targets = model.links.resolve_all(&model, &mut faults);
    model.links.check_faces(&model, &mut faults);
    model.navigation = model.links.navigation(&model, &mut faults);
    model.routes = routes;
    Checked::new(model, faults)
}

fn place_assets(assets: &[AssetInput], routes: &mut Routes, faults: &mut Vec<Diagnostic>) -> Vec<Asset> {
    let mut placed = Vec::with_capacity(assets.len());
    for asset in assets {
        let megabytes = asset.len.div_ceil(1_000_000);
        let code = if asset.len > MAX_ASSET {
            Some(Fault::new(&reading::TOO_LARGE, Span::default()).arg("limit", MAX_ASSET / 1_000_000))
        } else {
            (asset.len > LARGE_ASSET).then(|| Fault::new(&reading::LARGE_FILE, Span::default()))
        };
        faults.extend(code.map(|fault| fault.arg("size", megabytes).in_file(&asset.source)));
        let Some(route) = names::asset_route(&asset.source, faults) else { continue };
        routes.claim(&route, Owner::Source(asset.source.clone(), Span::default()), faults);
        placed.push(Asset {
            source: asset.source.clone(),
            route,
            hash: asset.hash,
            len: asset.len,
            pixels: asset.pixels,
        });
    }
    placed
}

fn redirects(model: &SiteModel, routes: &mut Routes, faults: &mut Vec<Diagnostic>) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for node in &model.texts {
        for alias in &node.text.front.aliases {
            match names::alias_route(&alias.value) {
                Ok(from) => {
                    if routes.claim(&from, Owner::Source(node.source.clone(), alias.span), faults) {
                        redirects.push(Redirect { from, to: node.route.clone() });
                    }
                }
                Err(reason) => faults.push(
                    Fault::new(&codes::BAD_ALIAS, alias.span)
                        .arg("alias", &alias.value)
                        .arg("reason", reason)
                        .in_file(&node.source),
                ),
            }
        }
    }
    redirects.sort_by(|a, b| a.from.cmp(&b.from));
    redirects
}

/// Files for hosts and robots of which an author's own takes the place of ours.
const OWN_WINS: [&str; 2] = ["robots.txt", ".nojekyll"];

/// Claims the routes of pages that no file stands for.
fn generated(model: &SiteModel, routes: &mut Routes, faults: &mut Vec<Diagnostic>) {
    let config = &model.config;
    let mut claim_for =
        |route: &Route, what: &str, place| routes.claim(route, Owner::Generated(what.to_owned(), place), faults);
    for taxonomy in &model.taxonomies {
        claim_for(&taxonomy.route, &format!("site.toml [taxonomies.{}]", taxonomy.key), None);
        for term in &taxonomy.terms {
            let name = format!("{}: {}", taxonomy.key, term.name);
            for page in 1..=term.pages(config.per_page) {
                // One report is enough for a term and its further pages.
                if !claim_for(&term.page_route(page), &name, Some(term.place.clone())) {
                    break;
                }
            }
        }
    }
    let mut claim = |route: &Route, what: &str| {
        claim_for(route, what, None);
    };
    if !model.texts.iter().any(|node| node.route == Route::home()) {
        claim(&Route::home(), "home");
    }
    for series in &model.series {
        if let Some(route) = &series.takeaways {
            claim(route, &format!("takeaways ({})", series.id));
        }
    }
    if config.search {
        claim(&Route::new("search/"), "search");
    }
    if model.has_today() {
        claim(&Route::new(TODAY), "today");
    }
    for (on, route) in [(config.feeds.atom, "feed.xml"), (config.feeds.json, "feed.json")] {
        if on {
            claim(&Route::new(route), "feed");
        }
    }
    claim(&Route::new("404.html"), "404");
    match config.offline {
        Offline::Off => {}
        Offline::On => {
            ["sw.js", "manifest.webmanifest", "icon.svg"]
                .map(Route::new)
                .iter()
                .for_each(|route| claim(route, "offline"));
        }
        Offline::Remove => claim(&Route::new("sw.js"), "offline"),
    }
    claim(&Route::new("sitemap.xml"), "sitemap");
    for name in OWN_WINS {
        if !model.assets.iter().any(|asset| asset.route.as_str() == name) {
            claim(&Route::new(name), name);
        }
    }
    claim(&Route::new(crate::output::ASSETS), "theme");
    claim(&Route::new(crate::output::manifest::FILE), "manifest");
}
