//! Links that templates write, checked like those of authors.
//!
//! A page remembers the places that its template's links lead to as 64-bit hashes, so that all of them are checked in
//! every build, whichever pages were rendered in it. Only a page with a link to nowhere is read again for its words.

use std::collections::HashSet;

use super::pages::{Press, Printed};
use crate::diag::catalogue::site as codes;
use crate::diag::{Diagnostic, Fault};
use crate::memo::Hash;
use crate::par;
use crate::path::{Route, SourcePath, percent_decode};
use crate::render::scan::{Found, scan};
use crate::site::{SiteModel, is_external};
use crate::text::Span;
use crate::theme::Theme;

/// A place that a template's link leads to, or that an id makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) hash: u64,
    pub(super) is_id: bool,
    /// What the template wrote.
    typed: String,
}

fn hash(route: &str, anchor: &str) -> u64 {
    let mut bytes = Vec::with_capacity(route.len() + anchor.len() + 1);
    bytes.extend_from_slice(route.as_bytes());
    // No route holds a `#`.
    bytes.push(b'#');
    bytes.extend_from_slice(anchor.as_bytes());
    let Hash(hash) = Hash::of(&bytes);
    u64::from_le_bytes([hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]])
}

/// The links and ids of a page's HTML, those of its `body` left out: the author's links are checked at their source.
pub(super) fn places(html: &str, body: &str, route: &Route, base_url: &str) -> Vec<Place> {
    let (before, after) = match memchr::memmem::find(html.as_bytes(), body.as_bytes()) {
        Some(at) if !body.is_empty() => {
            (html.get(..at).unwrap_or_default(), html.get(at + body.len()..).unwrap_or_default())
        }
        _ => (html, ""),
    };
    let mut found = Vec::new();
    for part in [before, after] {
        scan(part, |item| match item {
            Found::Id(id) => {
                found.push(Place { hash: hash(route.as_str(), &unescape(id)), is_id: true, typed: String::new() })
            }
            Found::Link(link) => {
                let link = unescape(link);
                if let Some((target, anchor)) = resolve(&link, route, base_url) {
                    found.push(Place { hash: hash(&target, &anchor), is_id: false, typed: link });
                }
            }
        });
    }
    found
}

fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The route and anchor that a link on the page at `route` leads to; `None` for links to elsewhere.
fn resolve(link: &str, route: &Route, base_url: &str) -> Option<(String, String)> {
    let base_path = base_url
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or("/".to_owned(), |(_, path)| format!("/{path}"));
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or_default();
    let target = if let Some(inside) = path.strip_prefix(base_url) {
        inside.to_owned()
    } else if is_external(path) {
        return None;
    } else if path.starts_with('/') {
        path.strip_prefix(&base_path)?.to_owned()
    } else if path.is_empty() {
        route.as_str().to_owned()
    } else {
        join(route, path)
    };
    let target = percent_decode(&target).unwrap_or(target);
    let target = target
        .strip_suffix("index.html")
        .filter(|rest| rest.is_empty() || rest.ends_with('/'))
        .map(str::to_owned)
        .unwrap_or(target);
    Some((target, percent_decode(anchor).unwrap_or_else(|| anchor.to_owned())))
}

/// A relative path, from a page. Steps above the root are kept, so that they lead nowhere.
fn join(route: &Route, path: &str) -> String {
    let folder = route.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let mut trailing = false;
    for part in path.split('/') {
        trailing = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let mut joined = parts.join("/");
    if trailing && !joined.is_empty() {
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
    let mut known: HashSet<u64> = HashSet::with_capacity(pages.len() * 8);
    for (path, _) in site.routes.iter() {
        known.insert(hash(path.route().as_str(), ""));
    }
    for asset in theme.assets.values() {
        known.insert(hash(asset.path.as_str(), ""));
    }
    for node in &site.texts {
        known.extend(node.text.facts.anchors.iter().map(|anchor| hash(node.route.as_str(), anchor)));
    }
    for page in pages {
        known.extend(page.ids.iter());
    }
    let broken: Vec<&Printed> =
        pages.iter().filter(|page| page.links.iter().any(|link| !known.contains(link))).collect();
    let mut reported: HashSet<(String, String)> = HashSet::new();
    let again = par::map(&broken, |page| {
        let view = press.views.view(page.id);
        let template = view.template.clone();
        press.render(view).map(|(_, found)| (template, found)).ok()
    });
    for (page, again) in broken.iter().zip(again) {
        let Some((template, found)) = again else { continue };
        for place in found.0.iter().filter(|place| !place.is_id && !known.contains(&place.hash)) {
            if reported.insert((template.clone(), place.typed.clone())) {
                let source = press.renderer.source(&template).cloned().unwrap_or_else(|| SourcePath::new("templates"));
                faults.push(
                    Fault::new(&codes::BROKEN_TEMPLATE_LINK, Span::default())
                        .arg("template", &template)
                        .arg("target", &place.typed)
                        .arg("page", &page.route)
                        .in_file(&source),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_as_a_browser_does() {
        let page = Route::new("secrets/forget-the-quota/");
        let base = "https://example.com/course/";
        let to = |link: &str| resolve(link, &page, base).map(|(route, anchor)| format!("{route}#{anchor}"));
        assert_eq!(to("../../"), Some("#".to_owned()));
        assert_eq!(to("../../tags/%E4%BF%A1%E9%A0%BC/"), Some("tags/信頼/#".to_owned()));
        assert_eq!(to("../listen/#a"), Some("secrets/listen/#a".to_owned()));
        assert_eq!(to("#%E3%81%82"), Some("secrets/forget-the-quota/#あ".to_owned()));
        assert_eq!(to("/course/x.css?v=1"), Some("x.css#".to_owned()));
        assert_eq!(to("https://example.com/course/secrets/index.html"), Some("secrets/#".to_owned()));
        assert_eq!(to("../../../x"), Some("../x#".to_owned()));
        assert_eq!(to("https://example.org/"), None);
        assert_eq!(to("mailto:a@b"), None);
        assert_eq!(to("/elsewhere/"), None);
    }
}
