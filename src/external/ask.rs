//! Many questions to many servers: one after another to each, several servers at the same time.

use std::collections::BTreeMap;

use super::Verdict;
use crate::par;
use crate::path::percent_decode;
use crate::world::web::{Answer, Web};

/// Redirections that are followed.
const HOPS: usize = 8;

/// Asks for each of `urls`.
pub(super) fn all<'u>(urls: &[&'u str], web: &dyn Web, anchors: bool) -> Vec<(&'u str, Verdict)> {
    let mut hosts: BTreeMap<&str, Vec<&'u str>> = BTreeMap::new();
    for url in urls {
        hosts.entry(host(url)).or_default().push(url);
    }
    let hosts: Vec<Vec<&str>> = hosts.into_values().collect();
    let answers = par::wait(&hosts, |urls| {
        let mut found = Vec::with_capacity(urls.len());
        let mut dead = None;
        for (at, url) in urls.iter().enumerate() {
            if at > 0 && dead.is_none() {
                web.pause();
            }
            // A server that is not there for one URL is not there for the next.
            let verdict = dead.clone().unwrap_or_else(|| one(url, web, anchors));
            if matches!(verdict, Verdict::NoServer(_)) {
                dead = Some(verdict.clone());
            }
            found.push((*url, verdict));
        }
        found
    });
    answers.into_iter().flatten().collect()
}

/// Scheme and authority.
fn host(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(start..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(url.len(), |at| start + at);
    url.get(..end).unwrap_or(url)
}

fn one(typed: &str, web: &dyn Web, anchors: bool) -> Verdict {
    let (page, anchor) = typed.split_once('#').map_or((typed, None), |(page, anchor)| (page, Some(anchor)));
    let anchor = anchor.filter(|_| anchors);
    let mut url = page.to_owned();
    // Moved for good as long as every step so far is.
    let mut for_good = true;
    for hop in 0..HOPS {
        let mut answer = web.ask(&url, anchor.is_some());
        // Many servers answer nothing but GET as they should.
        if matches!(answer, Answer::Status { code: 400..=599, .. } | Answer::Failed(_)) && anchor.is_none() {
            answer = web.ask(&url, true);
        }
        let (code, location, body) = match answer {
            Answer::Status { code, location, body } => (code, location, body),
            Answer::NoServer(reason) if hop == 0 => return Verdict::NoServer(reason),
            Answer::NoServer(reason) | Answer::Failed(reason) => return Verdict::Unclear(reason),
        };
        match (code, location) {
            (301 | 302 | 303 | 307 | 308, Some(location)) => {
                for_good &= matches!(code, 301 | 308);
                url = resolve(&url, &location);
            }
            (404 | 410, _) => return Verdict::Gone(code),
            // There is something; it is only not for machines.
            (401 | 403 | 405 | 407 | 429 | 999, _) => return moved(page, url, hop, for_good),
            (200..=299, _) => {
                if anchor.is_some_and(|anchor| !body.is_empty() && !has(&body, anchor)) {
                    return Verdict::NoAnchor;
                }
                return moved(page, url, hop, for_good);
            }
            _ => return Verdict::Unclear(format!("HTTP {code}")),
        }
    }
    Verdict::Unclear(format!("{HOPS} redirects"))
}

fn moved(page: &str, url: String, hops: usize, for_good: bool) -> Verdict {
    if hops > 0 && for_good && url != page { Verdict::Moved(url) } else { Verdict::Fine }
}

/// Where `location` leads from `base` (RFC 3986 section 5.2, for what servers send).
fn resolve(base: &str, location: &str) -> String {
    let location = location.split('#').next().unwrap_or(location);
    if location.contains("://") {
        return location.to_owned();
    }
    let server = host(base);
    let (scheme, _) = base.split_once("://").unwrap_or(("https", ""));
    if location.starts_with("//") {
        return format!("{scheme}:{location}");
    }
    if location.starts_with('/') {
        return format!("{server}{location}");
    }
    let path = base.split('?').next().unwrap_or(base);
    let folder = path.rfind('/').filter(|at| *at > server.len()).map_or(server, |at| path.get(..at).unwrap_or(server));
    format!("{folder}/{location}")
}

/// Whether a page has a place of that name.
fn has(body: &str, anchor: &str) -> bool {
    let plain = percent_decode(anchor).unwrap_or_else(|| anchor.to_owned());
    // `#:~:text=…` looks for words, and `#/…` is a program's own.
    if plain.starts_with([':', '/', '!']) || plain == "top" {
        return true;
    }
    let named = |name: &str| {
        ["id", "name"].iter().any(|attribute| {
            ['"', '\''].iter().any(|quote| body.contains(&format!("{attribute}={quote}{name}{quote}")))
                || body.contains(&format!("{attribute}={name} "))
                || body.contains(&format!("{attribute}={name}>"))
        })
    };
    named(&plain) || named(anchor)
}
