//! What a link leads to, and the filling of HTML with it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::lesson_ids::Ids;
use super::series::{Hidden, HiddenIds};
use super::{Routes, SiteModel, State};
use crate::diag::catalogue::markdown::{FACE_MISSING, FACE_NOT_IMAGE};
use crate::diag::catalogue::site as codes;
use crate::diag::{Diagnostic, Fault, nearest};
use crate::markdown::{Fragment, HoleKind, Link, LinkKind, escape};
use crate::path::{Route, SourcePath, percent_decode, percent_encode};
use crate::slug::nfc;
use crate::text::{Located, Span};

/// Paths in `site.toml` are seen from here.
const HOME: &str = "content/_index.md";

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To another site, or to a mail program: as typed.
    External(String),
    /// To a place of this site.
    Internal {
        /// The page or file.
        route: Route,
        /// The query and the fragment as they are to be written, with `?` and `#`; often empty.
        suffix: String,
        /// Width and height, for an image.
        pixels: Option<(u32, u32)>,
        /// What a link by id without a text of its own shows.
        title: Option<String>,
    },
    /// Nowhere; it was reported.
    Broken,
}

impl Target {
    /// The URL for an `href` in a page at `from`.
    pub fn href(&self, from: &Base<'_>) -> String {
        match self {
            Self::External(url) => url.clone(),
            Self::Internal { route, suffix, .. } => match from {
                Base::Page(page) if *page == route && !suffix.is_empty() => suffix.clone(),
                Base::Page(page) => format!("{}{suffix}", route.href_from(page)),
                Base::Absolute(base) => format!("{base}{}{suffix}", route.encoded()),
            },
            Self::Broken => String::new(),
        }
    }
}

/// From where a fragment's links are seen.
#[derive(Debug, Clone, Copy)]
pub enum Base<'a> {
    /// From a page of this site: links are relative.
    Page(&'a Route),
    /// From outside, as in a feed: the base URL.
    Absolute(&'a str),
}

/// What links can lead to.
#[derive(Debug, Clone, Default)]
pub struct LinkTable {
    /// By source path in NFC.
    files: HashMap<String, Place>,
    /// By route.
    routes: HashMap<Route, Place>,
    /// Hidden texts, by source path in NFC.
    hidden: HashMap<String, State>,
    /// Hidden texts, by the route that they would have.
    hidden_routes: HashMap<Route, State>,
    /// Lessons by id.
    ids: Ids,
}

#[derive(Debug, Clone)]
struct Place {
    route: Route,
    /// Index into [`SiteModel::texts`].
    text: Option<usize>,
    pixels: Option<(u32, u32)>,
}

/// Why a link leads nowhere.
pub(super) enum Miss {
    Nowhere,
    Anchor {
        page: String,
        text: usize,
        anchor: String,
    },
    Hidden(State),
    /// A lesson's id that no lesson has.
    NoId {
        nearest: Option<String>,
    },
    /// Lessons of several series, as `series/id` and as texts.
    Several(Vec<(String, usize)>),
}

impl LinkTable {
    pub(super) fn new(model: &SiteModel, routes: &Routes, hidden: &[Hidden], hidden_ids: &HiddenIds) -> Self {
        let mut table = Self::default();
        for (path, _) in routes.iter() {
            let route = path.route();
            table.routes.insert(route.clone(), Place { route, text: None, pixels: None });
        }
        for (at, node) in model.texts.iter().enumerate() {
            let place = Place { route: node.route.clone(), text: Some(at), pixels: None };
            table.files.insert(nfc(node.source.as_str()), place.clone());
            table.routes.insert(node.route.clone(), place);
        }
        for asset in &model.assets {
            let place = Place { route: asset.route.clone(), text: None, pixels: asset.pixels };
            table.files.insert(nfc(asset.source.as_str()), place.clone());
            table.routes.insert(asset.route.clone(), place);
        }
        table.ids = Ids::new(model, hidden_ids);
        table.hidden = hidden.iter().map(|text| (nfc(text.source.as_str()), text.state)).collect();
        table.hidden_routes = hidden.iter().map(|text| (text.route.clone(), text.state)).collect();
        table
    }

    /// Resolves every link of every text, in the order of their facts, and reports those that lead nowhere.
    pub(super) fn resolve_all(&self, model: &SiteModel, faults: &mut Vec<Diagnostic>) -> Vec<Vec<Target>> {
        let texts: Vec<usize> = (0..model.texts.len()).collect();
        let resolved = crate::par::map(&texts, |text| {
            let facts = &model.texts[*text].text.facts;
            let mut found = Vec::new();
            let targets =
                facts.links.iter().map(|link| self.resolve_or_report(model, *text, link, &mut found)).collect();
            if let Some(link) = image_link(model, *text) {
                self.resolve_or_report(model, *text, &link, &mut found);
            }
            (targets, found)
        });
        let mut all = Vec::with_capacity(resolved.len());
        for (targets, found) in resolved {
            faults.extend(found);
            all.push(targets);
        }
        all
    }

    fn resolve_or_report(&self, model: &SiteModel, from: usize, link: &Link, faults: &mut Vec<Diagnostic>) -> Target {
        self.resolve(model, from, link).unwrap_or_else(|miss| {
            // A face is reported once, where `site.toml` names it.
            if link.kind != LinkKind::Face {
                faults.push(self.report(model, from, link, &miss));
            }
            Target::Broken
        })
    }

    fn resolve(&self, model: &SiteModel, from: usize, link: &Link) -> Result<Target, Miss> {
        let typed = link.target.value.as_str();
        if link.kind == LinkKind::Lesson {
            return self.lesson(model, from, typed);
        }
        if link.kind == LinkKind::Face {
            return Self::target(model, self.below_content(typed)?, "", None);
        }
        if typed.is_empty() || is_external(typed) {
            return Ok(Target::External(typed.to_owned()));
        }
        let (path, query, anchor) = split(typed);
        let node = &model.texts[from];
        let place = if path.is_empty() {
            Cow::Owned(Place { route: node.route.clone(), text: Some(from), pixels: None })
        } else {
            Cow::Borrowed(self.find(&node.source, path)?)
        };
        Self::target(model, &place, query, anchor)
    }

    /// What `typed`, the inside of `[[…]]`, leads to.
    fn lesson(&self, model: &SiteModel, from: usize, typed: &str) -> Result<Target, Miss> {
        let (id, anchor) = typed.split_once('#').map_or((typed, None), |(id, anchor)| (id.trim(), Some(anchor.trim())));
        let text = if id.is_empty() { from } else { self.ids.find(model, from, id)? };
        let node = &model.texts[text];
        let place = Place { route: node.route.clone(), text: Some(text), pixels: None };
        let mut target = Self::target(model, &place, "", anchor)?;
        if let Target::Internal { title, .. } = &mut target {
            let heading = anchor.filter(|_| id.is_empty()).map(|anchor| {
                let heading = node.text.facts.headings.iter().find(|heading| heading.id == anchor);
                heading.map_or(anchor, |heading| heading.text.as_str())
            });
            *title = Some(heading.unwrap_or(&node.text.front.title.value).to_owned());
        }
        Ok(target)
    }

    fn target(model: &SiteModel, place: &Place, query: &str, anchor: Option<&str>) -> Result<Target, Miss> {
        let mut suffix = query.to_owned();
        if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) {
            let anchor = percent_decode(anchor).unwrap_or_else(|| anchor.to_owned());
            if let Some(text) = place.text {
                let node = &model.texts[text];
                let anchors = &node.text.facts.anchors;
                let known = anchors.binary_search(&anchor).is_ok() || is_part(model, text, &anchor);
                if !known {
                    // Decomposed in one file, composed in the other: the same heading to everyone but a computer.
                    let composed = nfc(&anchor);
                    let same = anchors.iter().find(|known| nfc(known) == composed);
                    let Some(same) = same else {
                        return Err(Miss::Anchor { page: node.source.to_string(), text, anchor });
                    };
                    suffix = format!("{suffix}#{}", percent_encode(same));
                    return Ok(Target::Internal {
                        route: place.route.clone(),
                        suffix,
                        pixels: place.pixels,
                        title: None,
                    });
                }
            }
            suffix.push('#');
            suffix.push_str(&percent_encode(&anchor));
        }
        Ok(Target::Internal { route: place.route.clone(), suffix, pixels: place.pixels, title: None })
    }

    /// The place that `path` names in a file at `source`: a path from the site's root where it begins with `/`, else a
    /// file beside the source.
    fn find(&self, source: &SourcePath, path: &str) -> Result<&Place, Miss> {
        let decoded = percent_decode(path).map(|path| nfc(&path));
        // Most links are plain ASCII, and are what they look like.
        let composed = nfc(path);
        let decoded = decoded.filter(|decoded| *decoded != composed);
        let spellings = [Some(composed), decoded];
        for path in spellings.iter().flatten() {
            if let Some(place) = path.strip_prefix('/').and_then(|rooted| self.by_route(rooted)) {
                return Ok(place);
            }
            // `content/about.md`, `/secrets/012-x.md` and `012-x.md` are all taken for what they look like.
            let file = match path.strip_prefix('/') {
                Some(rooted) => Some(SourcePath::new(format!("content/{rooted}"))),
                None => SourcePath::new(nfc(source.as_str())).resolve(path),
            };
            let Some(file) = file else { continue };
            let file = file.as_str().trim_end_matches('/');
            if let Some(place) = self.files.get(file).or_else(|| self.files.get(&format!("{file}/_index.md"))) {
                return Ok(place);
            }
            let hidden = path.strip_prefix('/').and_then(|rooted| {
                let spellings = routes_of(rooted);
                spellings.iter().find_map(|route| self.hidden_routes.get(route))
            });
            if let Some(state) = self.hidden.get(file).or(hidden) {
                return Err(Miss::Hidden(*state));
            }
        }
        Err(Miss::Nowhere)
    }

    fn by_route(&self, path: &str) -> Option<&Place> {
        routes_of(path).iter().find_map(|route| self.routes.get(route))
    }

    fn report(&self, model: &SiteModel, from: usize, link: &Link, miss: &Miss) -> Diagnostic {
        let source = &model.texts[from].source;
        if let Miss::Several(found) = miss {
            let spelled: Vec<String> = found.iter().map(|(id, _)| format!("[[{id}]]")).collect();
            let fault = Fault::new(&codes::AMBIGUOUS_ID, link.target.span)
                .arg("id", &link.target.value)
                .arg("choices", spelled.join(" "));
            let told = fault.in_file(source);
            return found.iter().fold(told, |told, (_, text)| told.also(&model.texts[*text].source, Span::default()));
        }
        let fault = known_place(model, &link.target, miss).unwrap_or_else(|| {
            let code = if link.kind == LinkKind::Image { &codes::MISSING_IMAGE } else { &codes::BROKEN_LINK };
            Fault::new(code, link.target.span)
                .arg("target", &link.target.value)
                .arg_opt("nearest", self.suggest(source, split(&link.target.value).0))
        });
        fault.in_file(source)
    }

    /// The nearest file or route to what was typed, spelled the way it was typed.
    fn suggest(&self, source: &SourcePath, typed: &str) -> Option<String> {
        if let Some(rooted) = typed.strip_prefix('/') {
            let mut known: Vec<&str> = self.routes.keys().map(Route::as_str).collect();
            known.sort_unstable();
            return nearest(rooted, known).map(|route| format!("/{route}"));
        }
        // In the folder that was typed, which may be another than the file's own.
        let (above, typed) = typed.rsplit_once('/').map_or(("", typed), |(above, name)| (above, name));
        let folder = SourcePath::new(nfc(source.as_str())).resolve(above)?;
        let spelled = |name: &str| if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") };
        let mut beside: Vec<&str> = self
            .files
            .keys()
            .filter_map(|file| file.strip_prefix(folder.as_str())?.strip_prefix('/'))
            .filter(|name| !name.contains('/'))
            .collect();
        beside.sort_unstable();
        if let Some(name) = nearest(typed, beside.iter().copied()) {
            return Some(spelled(name));
        }
        // A lesson that was renumbered keeps its id.
        let (_, id) = super::names::lesson_name(typed)?;
        beside
            .into_iter()
            .find(|name| super::names::lesson_name(name).is_some_and(|(_, other)| other == id))
            .map(spelled)
    }

    /// What a path below `content/` names: `images/face.png`, or as it is written elsewhere, `/images/face.png`.
    fn below_content(&self, path: &str) -> Result<&Place, Miss> {
        let found = self.find(&SourcePath::new(HOME), path);
        found.or_else(|miss| self.find(&SourcePath::new(crate::config::FILE), path).map_err(|_| miss))
    }

    /// Reports the faces of speakers that are not there, or are no images.
    pub(super) fn check_faces(&self, model: &SiteModel, faults: &mut Vec<Diagnostic>) {
        for speaker in &model.config.speakers {
            let Some(face) = &speaker.face else { continue };
            let fault = match self.below_content(&face.value) {
                Ok(place) if place.text.is_none() && is_image(&place.route) => continue,
                Ok(_) => Fault::new(&FACE_NOT_IMAGE, face.span),
                Err(_) => {
                    let near = self.suggest(&SourcePath::new(HOME), &face.value);
                    Fault::new(&FACE_MISSING, face.span).arg_opt("nearest", near)
                }
            };
            let fault = fault.arg("name", &speaker.name).arg("found", &face.value);
            faults.push(fault.in_file(&SourcePath::new(crate::config::FILE)));
        }
    }

    /// The navigation of `site.toml`, resolved; reports what leads nowhere.
    pub(super) fn navigation(&self, model: &SiteModel, faults: &mut Vec<Diagnostic>) -> Vec<Target> {
        let source = SourcePath::new(crate::config::FILE);
        let inside = SourcePath::new(HOME);
        let resolve = |link: &str| {
            if is_external(link) {
                return Ok(Target::External(link.to_owned()));
            }
            let (path, query, anchor) = split(link);
            let place = match self.find(&inside, path) {
                Err(Miss::Nowhere) => self.find(&source, path),
                found => found,
            };
            Self::target(model, place?, query, anchor)
        };
        let mut targets = Vec::with_capacity(model.config.navigation.len());
        for item in &model.config.navigation {
            let target = resolve(&item.link.value).unwrap_or_else(|miss| {
                let fault = known_place(model, &item.link, &miss).unwrap_or_else(|| {
                    Fault::new(&codes::BROKEN_NAVIGATION, item.link.span)
                        .arg("label", &item.label)
                        .arg("target", &item.link.value)
                        .arg_opt("nearest", self.suggest(&inside, &item.link.value))
                });
                faults.push(fault.in_file(&source));
                Target::Broken
            });
            targets.push(target);
        }
        targets
    }
}

/// The fault of a link to a place that is known, but hidden or without the anchor; `None` where it leads nowhere.
fn known_place(model: &SiteModel, link: &Located<String>, miss: &Miss) -> Option<Fault> {
    match miss {
        Miss::Hidden(state) => {
            Some(Fault::new(&codes::UNPUBLISHED_LINK, link.span).arg("target", &link.value).arg("field", state.field()))
        }
        Miss::Anchor { page, text, anchor } => {
            let known = model.texts[*text].text.facts.anchors.iter().map(String::as_str);
            let fault = Fault::new(&codes::BROKEN_ANCHOR, link.span).arg("page", page).arg("anchor", anchor);
            Some(fault.arg_opt("nearest", nearest(anchor, known)))
        }
        Miss::NoId { nearest } => {
            let fault = Fault::new(&codes::UNKNOWN_ID, link.span).arg("id", &link.value);
            Some(fault.arg_opt("nearest", nearest.as_ref()))
        }
        Miss::Nowhere | Miss::Several(_) => None,
    }
}

/// Whether browsers show the file at `route` as an image, by its name.
fn is_image(route: &Route) -> bool {
    let extension = route.as_str().rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|name| matches!(&*name, "png" | "apng" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg"))
}

/// The routes that `path` may mean: `about`, `about/` and `about/index.html` are one page.
fn routes_of(path: &str) -> [Route; 2] {
    [Route::new(path.strip_suffix("index.html").unwrap_or(path)), Route::new(format!("{path}/"))]
}

/// The image of a text's front matter, as a link.
fn image_link(model: &SiteModel, text: usize) -> Option<Link> {
    let image = model.texts[text].text.front.image.clone()?;
    Some(Link { kind: LinkKind::Image, target: image })
}

/// Whether `anchor` is one of the parts on the contents page that `text` is the introduction of.
fn is_part(model: &SiteModel, text: usize, anchor: &str) -> bool {
    let series = model.series.iter().find(|series| series.index == text);
    series.is_some_and(|series| series.parts.iter().any(|part| part_anchor(part.from) == anchor))
}

/// The id of a part on the contents page. It begins with `_`, as the ids of all templates do and those of headings
/// never.
pub fn part_anchor(from: u32) -> String {
    format!("_part-{from}")
}

/// Whether a link has a scheme or begins with `//`.
pub fn is_external(link: &str) -> bool {
    if link.starts_with("//") {
        return true;
    }
    let Some((scheme, _)) = link.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// Path, query with its `?`, fragment without its `#`.
fn split(link: &str) -> (&str, &str, Option<&str>) {
    let (rest, anchor) = link.split_once('#').map_or((link, None), |(rest, anchor)| (rest, Some(anchor)));
    match rest.find('?') {
        Some(at) => {
            let (path, query) = rest.split_at(at);
            (path, query, anchor)
        }
        None => (rest, "", anchor),
    }
}

/// The HTML of `fragment`, a part of the text at `own`, with its holes filled by `targets`, as seen from `base`.
pub fn fill(fragment: &Fragment, own: &Route, targets: &[Target], base: Base<'_>) -> String {
    let mut out = String::with_capacity(fragment.html.len() + fragment.holes.len() * 48);
    let mut done = 0;
    for hole in &fragment.holes {
        let at = hole.at as usize;
        out.push_str(fragment.html.get(done..at).unwrap_or_default());
        done = at;
        match (hole.kind, targets.get(hole.link as usize)) {
            (HoleKind::Url, Some(target)) => escape::anywhere(&mut out, &target.href(&base)),
            (HoleKind::Size, Some(Target::Internal { pixels: Some((width, height)), .. })) => {
                use std::fmt::Write as _;
                let _ = write!(out, " width=\"{width}\" height=\"{height}\"");
            }
            (HoleKind::Page, _) => match base {
                Base::Page(page) if page == own => {}
                Base::Page(page) => escape::anywhere(&mut out, &own.href_from(page)),
                Base::Absolute(url) => escape::anywhere(&mut out, &format!("{url}{}", own.encoded())),
            },
            (HoleKind::Title, Some(Target::Internal { title: Some(title), .. })) => escape::anywhere(&mut out, title),
            (HoleKind::Url | HoleKind::Size | HoleKind::Title, _) => {}
        }
    }
    out.push_str(fragment.html.get(done..).unwrap_or_default());
    out
}

impl SiteModel {
    /// The image of a text's front matter, absolute.
    pub fn image(&self, text: usize) -> Option<String> {
        let link = image_link(self, text)?;
        let target = self.links.resolve(self, text, &link).ok()?;
        Some(target.href(&Base::Absolute(&self.config.base_url)))
    }
}
