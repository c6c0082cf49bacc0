//! Every link of every page, followed as a browser on a static host follows it.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use scraper::{Html, Selector};

use super::Outcome;

/// What is wrong with the links of a built site whose base URL is `base`: `page → link`, sorted. Links to other sites
/// are left alone.
pub(crate) fn broken(outcome: &Outcome, base: &str) -> Vec<String> {
    let files: BTreeSet<String> = outcome.paths().into_iter().collect();
    let html = |path: &String| std::path::Path::new(path).extension().is_some_and(|extension| extension == "html");
    let pages: BTreeMap<&String, Html> =
        files.iter().filter(|path| html(path)).map(|path| (path, Html::parse_document(&outcome.text(path)))).collect();
    let ids: BTreeMap<&String, BTreeSet<String>> =
        pages.iter().map(|(path, page)| (*path, attributes(page, "[id]", "id").into_iter().collect())).collect();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        for link in links(page) {
            let Some((file, anchor)) = follow(path, &link, base) else { continue };
            let found = files.contains(&file);
            let anchored = anchor.is_empty() || ids.get(&file).is_none_or(|ids| ids.contains(&anchor));
            if !found || !anchored {
                broken.push(format!("{path} → {link}"));
            }
        }
    }
    broken
}

/// All that a browser may fetch or follow from a page.
fn links(page: &Html) -> Vec<String> {
    let mut links = attributes(page, "[href]", "href");
    links.extend(attributes(page, "[src]", "src"));
    let refresh = attributes(page, "meta[http-equiv=refresh]", "content");
    links.extend(refresh.iter().filter_map(|content| Some(content.split_once("url=")?.1.to_owned())));
    links
}

fn attributes(page: &Html, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).expect("the selector is right");
    page.select(&selector).filter_map(|element| element.value().attr(name).map(str::to_owned)).collect()
}

/// The file and the anchor that `link` leads to from the file `from`; `None` where it leads to another site.
fn follow(from: &str, link: &str, base: &str) -> Option<(String, String)> {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let path = path.split('?').next().unwrap_or_default();
    let prefix = base.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, prefix)| prefix);
    let mut steps: Vec<&str> = Vec::new();
    let rest = if let Some(inside) = path.strip_prefix(base) {
        inside
    } else if path.contains(':') || path.starts_with("//") {
        return None;
    } else if let Some(rooted) = path.strip_prefix('/') {
        rooted.strip_prefix(prefix).unwrap_or("(outside the prefix)")
    } else {
        steps.extend(from.split('/'));
        if !path.is_empty() {
            steps.pop();
        }
        path
    };
    for step in rest.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                if steps.pop().is_none() {
                    steps.push("(outside the site)");
                }
            }
            step => steps.push(step),
        }
    }
    let mut file = steps.join("/");
    if rest.ends_with('/') || rest.ends_with("..") || rest == "." || file.is_empty() {
        file = if file.is_empty() { "index.html".to_owned() } else { format!("{file}/index.html") };
    }
    let decode = |text: &str| percent_decode_str(text).decode_utf8().expect("links are UTF-8").into_owned();
    Some((decode(&file), decode(anchor)))
}
