//! Links that lead to other sites: whether something is there, asked of the web itself.
//!
//! Each URL is asked for once, however many texts link to it; one server is asked one question after another, several
//! servers at the same time. What was there is believed for some days, what was not is asked for again. Where no server
//! at all can be reached there is no network, and nothing is said of any link.

mod ask;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::{External, FILE};
use crate::diag::catalogue::external as codes;
use crate::diag::{Diagnostic, Fault};
use crate::path::SourcePath;
use crate::site::{SiteModel, Target, TextInput};
use crate::text::Span;
use crate::time::Instant;
use crate::world::web::Web;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// What is at a URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Something.
    Fine,
    /// It is elsewhere now, and for good: there.
    Moved(String),
    /// Nothing: the server says 404 or 410.
    Gone(u16),
    /// The page, without the place in it.
    NoAnchor,
    /// No answer that says anything.
    Unclear(String),
    /// No server.
    NoServer(String),
}

/// What is known of URLs from earlier runs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// When it was asked for, and what was there.
    urls: BTreeMap<String, (i64, Verdict)>,
}

impl Known {
    /// Of stored bytes; what cannot be read is forgotten.
    pub fn load(bytes: &[u8]) -> Self {
        postcard::from_bytes(bytes).unwrap_or_default()
    }

    /// To be stored.
    ///
    /// # Panics
    /// Never: it is text and numbers.
    pub fn save(&self) -> Vec<u8> {
        postcard::to_stdvec(self).expect("text and numbers are stored")
    }
}

/// What was found out.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// What is wrong, at the links.
    pub diagnostics: Vec<Diagnostic>,
    /// URLs that were looked at.
    pub links: usize,
    /// Of them, those that were asked for now.
    pub asked: usize,
    /// No server could be reached.
    pub offline: bool,
}

/// A link's place.
type Place = (SourcePath, Span);

/// Asks for every external link of a site. What is believed comes from `known`, and goes there.
pub fn check(site: &SiteModel, texts: &[TextInput], now: Instant, known: &mut Known, web: &dyn Web) -> Checked {
    let options = &site.config.external;
    let links = collect(site, texts, options);
    let fresh = |url: &str| {
        let (asked, verdict) = known.urls.get(url)?;
        let age = now.0 - asked;
        (age >= 0 && age < i64::from(options.days) * DAY).then(|| verdict.clone())
    };
    let mut verdicts: BTreeMap<&str, Verdict> = BTreeMap::new();
    let mut open = Vec::new();
    for url in links.keys() {
        match fresh(url) {
            Some(verdict) => {
                verdicts.insert(url, verdict);
            }
            None => open.push(url.as_str()),
        }
    }
    let answers = ask::all(&open, web, options.anchors);
    let offline = !answers.is_empty() && answers.iter().all(|(_, verdict)| matches!(verdict, Verdict::NoServer(_)));
    let asked = answers.len();
    if !offline {
        verdicts.extend(answers);
    }
    // What nobody links to any more is forgotten.
    known.urls.retain(|url, _| links.contains_key(url));
    for (url, verdict) in &verdicts {
        let sure = matches!(verdict, Verdict::Fine | Verdict::Moved(_));
        if sure && open.contains(url) {
            known.urls.insert((*url).to_owned(), (now.0, verdict.clone()));
        }
    }
    let diagnostics: Vec<Diagnostic> = verdicts
        .iter()
        .filter_map(|(url, verdict)| Some((fault(url, verdict)?, &links[*url])))
        .flat_map(|(fault, places)| places.iter().map(move |(file, span)| at(&fault, file, *span)))
        .collect();
    Checked { diagnostics, links: links.len(), asked, offline }
}

fn at(fault: &Fault, file: &SourcePath, span: Span) -> Diagnostic {
    Fault { span, ..fault.clone() }.in_file(file)
}

fn fault(url: &str, verdict: &Verdict) -> Option<Fault> {
    let new = |code| Fault::new(code, Span::default()).arg("url", url);
    Some(match verdict {
        Verdict::Fine => return None,
        Verdict::Moved(to) => new(&codes::MOVED).arg("to", to),
        Verdict::Gone(status) => new(&codes::GONE).arg("status", status),
        Verdict::NoAnchor => new(&codes::NO_ANCHOR),
        Verdict::Unclear(reason) | Verdict::NoServer(reason) => new(&codes::UNREACHABLE).arg("reason", reason),
    })
}

/// Every external URL with the places that link to it.
fn collect(site: &SiteModel, texts: &[TextInput], options: &External) -> BTreeMap<String, Vec<Place>> {
    let mut links: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let mut add = |typed: &str, file: &SourcePath, span: Span| {
        let Some(url) = asked_for(typed, options.anchors) else { return };
        if !options.ignore.iter().any(|pattern| fits(pattern, &url)) {
            links.entry(url).or_default().push((file.clone(), span));
        }
    };
    for input in texts {
        for link in &input.text.facts.links {
            add(&link.target.value, &input.source, link.target.span);
        }
    }
    for (item, target) in site.config.navigation.iter().zip(&site.navigation) {
        if let Target::External(url) = target {
            add(url, &SourcePath::new(FILE), item.link.span);
        }
    }
    links
}

/// The URL that a link asks the web for; `None` where it asks for none.
fn asked_for(typed: &str, anchors: bool) -> Option<String> {
    let lower = typed.get(..8).unwrap_or(typed).to_ascii_lowercase();
    let url = if typed.starts_with("//") {
        format!("https:{typed}")
    } else if lower.starts_with("http://") || lower.starts_with("https://") {
        typed.to_owned()
    } else {
        return None;
    };
    let (page, anchor) = url.split_once('#').map_or((url.as_str(), ""), |(page, anchor)| (page, anchor));
    let page = encoded(page);
    Some(if anchors && !anchor.is_empty() { format!("{page}#{anchor}") } else { page })
}

/// What is not ASCII, as browsers send it.
fn encoded(url: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Whether `url` is one that `pattern` means: `*` stands for anything, and what follows the end of a pattern is free.
fn fits(pattern: &str, url: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| url.strip_prefix(first)) else { return false };
    parts.all(|part| {
        let found = rest.split_once(part);
        rest = found.map_or("", |(_, after)| after);
        found.is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::{asked_for, fits};

    #[test]
    fn patterns_mean_beginnings_and_stars_anything() {
        assert!(fits("https://example.com/", "https://example.com/a/b"));
        assert!(fits("https://*.example.com/private", "https://www.example.com/private/x"));
        assert!(fits("*.pdf", "https://example.com/a.pdf"));
        assert!(!fits("https://example.com/a", "https://example.com/b"));
        assert!(!fits("*.pdf", "https://example.com/a.html"));
    }

    #[test]
    fn only_the_web_is_asked() {
        assert_eq!(asked_for("//example.com/営", false).as_deref(), Some("https://example.com/%E5%96%B6"));
        assert_eq!(asked_for("HTTP://example.com/a#b", false).as_deref(), Some("HTTP://example.com/a"));
        assert_eq!(asked_for("http://example.com/a#b", true).as_deref(), Some("http://example.com/a#b"));
        for typed in ["mailto:a@example.com", "002-b.md", "/a/", "tel:1", ""] {
            assert_eq!(asked_for(typed, true), None, "{typed}");
        }
    }
}
