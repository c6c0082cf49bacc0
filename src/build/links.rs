//! Links that templates write, checked like those of authors.
//!
//! A page remembers the places that its template's links lead to as 64-bit hashes, so that all of them are checked in
//! every build, whichever pages were rendered in it. Only a page with a link to nowhere is read again for its words.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::pages::{Press, Printed};
use crate::diag::catalogue::site as codes;
use crate::diag::{Diagnostic, Fault};
use crate::memo::Hash;
use crate::output::Content;
use crate::par;
use crate::path::{Route, SourcePath, base_path, percent_decode};
use crate::render::scan::{Found, scan};
use crate::site::{SiteModel, is_external};
use crate::text::Span;
use crate::theme::Theme;

/// What a page's template wrote, as hashes of places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Places {
    /// To which its links lead, sorted.
    pub(super) links: Arc<[u64]>,
    /// That its ids make.
    pub(super) ids: Arc<[u64]>,
}

/// Where the site is published: what absolute links to itself begin with.
#[derive(Debug)]
pub(super) struct Origin {
    url: String,
    path: String,
}

impl Origin {
    pub(super) fn new(base_url: &str) -> Self {
        Self { url: base_url.to_owned(), path: base_path(base_url).to_owned() }
    }
}

fn hash(route: &str, anchor: &str) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(route.as_bytes());
    // No route holds a `#`.
    hasher.update(b"#");
    hasher.update(anchor.as_bytes());
    let Hash(whole) = Hash::cut(&hasher.finalize());
    let (half, _) = whole.split_first_chunk().expect("sixteen bytes are more than eight");
    u64::from_le_bytes(*half)
}

/// The places of a page's HTML, those of its `body` left out: the author's links are checked at their source.
pub(super) fn places(html: &str, body: &str, page: &Route, origin: &Origin) -> Places {
    let mut links = Vec::with_capacity(32);
    let mut ids = Vec::with_capacity(16);
    visit(html, body, page, origin, |place, link| match link {
        Some(_) => links.push(place),
        None => ids.push(place),
    });
    links.sort_unstable();
    links.dedup();
    Places { links: links.into(), ids: ids.into() }
}

/// Calls `found` for each place: a link with what its template wrote, an id without.
fn visit(html: &str, body: &str, page: &Route, origin: &Origin, mut found: impl FnMut(u64, Option<&str>)) {
    for part in around(html, body) {
        scan(part, |item| match item {
            Found::Id(id) => found(hash(page.as_str(), &unescape(id)), None),
            Found::Link(link) => {
                let link = unescape(link);
                if let Some((target, anchor)) = resolve(&link, page, origin) {
                    found(hash(&target, &anchor), Some(&link));
                }
            }
        });
    }
}

/// What stands before and after `body` in `html`; all of it where the body is not there as it is.
fn around<'a>(html: &'a str, body: &str) -> [&'a str; 2] {
    // A searcher for the whole body would be longer in the making than the search.
    let start = body.as_bytes().get(..body.len().min(64)).unwrap_or_default();
    let found = memchr::memmem::find_iter(html.as_bytes(), start)
        .find(|at| html.get(*at..).is_some_and(|rest| rest.starts_with(body)));
    match found {
        Some(at) if !body.is_empty() => {
            [html.get(..at).unwrap_or_default(), html.get(at + body.len()..).unwrap_or_default()]
        }
        _ => [html, ""],
    }
}

fn unescape(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let text = text.replace("&quot;", "\"").replace("&#39;", "'").replace("&#x27;", "'");
    Cow::Owned(text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// The route and anchor that a link on `page` leads to; `None` for links to elsewhere.
fn resolve<'a>(link: &'a str, page: &Route, origin: &Origin) -> Option<(String, Cow<'a, str>)> {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or_default();
    let target = if path.is_empty() {
        page.as_str().to_owned()
    } else if let Some(inside) = path.strip_prefix(&origin.url) {
        decode(inside).into_owned()
    } else if is_external(path) {
        return None;
    } else if path.starts_with('/') {
        decode(path.strip_prefix(&origin.path)?).into_owned()
    } else {
        join(page, &decode(path))
    };
    Some((without_index(target), decode(anchor)))
}

fn decode(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'%', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    percent_decode(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn without_index(mut route: String) -> String {
    if route == "index.html" || route.ends_with("/index.html") {
        route.truncate(route.len() - "index.html".len());
    }
    route
}

/// A relative path, from a page. Steps above the root are kept, so that they lead nowhere.
fn join(page: &Route, path: &str) -> String {
    let mut joined = page.as_str().rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut folder = true;
    for part in path.split('/') {
        folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." if !joined.is_empty() && joined != ".." && !joined.ends_with("/..") => {
                joined.truncate(joined.rfind('/').unwrap_or(0));
            }
            part => {
                if !joined.is_empty() {
                    joined.push('/');
                }
                joined.push_str(part);
            }
        }
    }
    if folder && !joined.is_empty() {
        joined.push('/');
    }
    joined
}

/// Reports every link of a template that leads nowhere: once for each template and target.
pub(super) fn check(
    site: &SiteModel,
    theme: &Theme,
    press: &Press<'_>,
    pages: &[Printed],
    faults: &mut Vec<Diagnostic>,
) {
    let mut known: Vec<u64> = Vec::with_capacity(pages.len() * 16);
    known.extend(site.routes.iter().map(|(path, _)| hash(path.route().as_str(), "")));
    known.extend(theme.assets.values().map(|asset| hash(asset.path.as_str(), "")));
    known.extend(pages.iter().flat_map(|page| page.places.ids.iter()));
    known.sort_unstable();
    let doubtful = unknown(pages.iter().collect(), &known);
    if doubtful.is_empty() {
        return;
    }
    // Templates rarely link to headings of texts, so those are hashed only where one does, or is wrong.
    for node in &site.texts {
        known.extend(node.text.facts.anchors.iter().map(|anchor| hash(node.route.as_str(), anchor)));
    }
    known.sort_unstable();
    let broken = unknown(doubtful, &known);
    let spelled = par::map(&broken, |page| spell(press, page, &known));
    let mut reported: BTreeSet<(String, String)> = BTreeSet::new();
    for (page, (template, links)) in broken.iter().zip(spelled) {
        for link in links {
            if reported.insert((template.clone(), link.clone())) {
                let source = press.renderer.source(&template).cloned();
                let source = source.unwrap_or_else(|| SourcePath::new("templates"));
                let fault = Fault::new(&codes::BROKEN_TEMPLATE_LINK, Span::default()).arg("template", &template);
                faults.push(fault.arg("target", link).arg("page", &page.route).in_file(&source));
            }
        }
    }
}

/// The pages with a link to a place that is not among `known`, which is sorted.
fn unknown<'a>(pages: Vec<&'a Printed>, known: &[u64]) -> Vec<&'a Printed> {
    let leads = |page: &&Printed| page.places.links.iter().all(|link| known.binary_search(link).is_ok());
    let fine = par::map(&pages, leads);
    pages.into_iter().zip(fine).filter(|(_, fine)| !fine).map(|(page, _)| page).collect()
}

/// The template of a page, and the links that it wrote to places that are not among `known`, which is sorted.
fn spell(press: &Press<'_>, page: &Printed, known: &[u64]) -> (String, Vec<String>) {
    let view = press.views.view(page.id);
    let template = view.template.clone();
    // A page of this build is here; one that the output folder holds is made again.
    let html = match &page.entry.content {
        Content::Bytes(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        _ => press.render(view).map(|(html, _)| html).unwrap_or_default(),
    };
    let mut links = Vec::new();
    visit(&html, "", &page.route, &press.origin, |place, link| {
        // The body's own links are among them, but are no places of the template.
        let own = page.places.links.binary_search(&place).is_ok();
        links.extend(link.filter(|_| own && known.binary_search(&place).is_err()).map(str::to_owned));
    });
    (template, links)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_as_a_browser_does() {
        let page = Route::new("secrets/forget-the-quota/");
        let origin = Origin::new("https://example.com/course/");
        let to = |link: &str| resolve(link, &page, &origin).map(|(route, anchor)| format!("{route}#{anchor}"));
        assert_eq!(to("../../"), Some("#".to_owned()));
        assert_eq!(to("../../tags/%E4%BF%A1%E9%A0%BC/"), Some("tags/信頼/#".to_owned()));
        assert_eq!(to("../listen/#a"), Some("secrets/listen/#a".to_owned()));
        assert_eq!(to("#%E3%81%82"), Some("secrets/forget-the-quota/#あ".to_owned()));
        assert_eq!(to("/course/x.css?v=1"), Some("x.css#".to_owned()));
        assert_eq!(to("https://example.com/course/secrets/index.html"), Some("secrets/#".to_owned()));
        assert_eq!(to("../../../x"), Some("../x#".to_owned()));
        assert_eq!(to("../../../../x/"), Some("../../x/#".to_owned()));
        assert_eq!(to("."), Some("secrets/forget-the-quota/#".to_owned()));
        assert_eq!(to("chart.png"), Some("secrets/forget-the-quota/chart.png#".to_owned()));
        for elsewhere in ["https://example.org/", "mailto:a@b", "/elsewhere/", "//example.com/"] {
            assert_eq!(to(elsewhere), None, "{elsewhere}");
        }
        assert_eq!(
            resolve("x.html", &Route::new("404.html"), &origin).map(|(route, _)| route),
            Some("x.html".to_owned())
        );
    }

    #[test]
    fn the_body_is_left_out_where_it_stands_as_it_is() {
        assert_eq!(around("<a><p>body</p><b>", "<p>body</p>"), ["<a>", "<b>"]);
        assert_eq!(around("<p>b<p>body</p>", "<p>body</p>"), ["<p>b", ""]);
        assert_eq!(around("<a>", "<p>"), ["<a>", ""]);
        assert_eq!(around("<a>", ""), ["<a>", ""]);
    }
}
