//! `[security]`: what pages may load.

use serde::Serialize;

use super::address;
use super::parse::Distinct;
use crate::diag::Fault;
use crate::diag::catalogue::config as codes;
use crate::fields::{Reader, snippet};
use crate::text::Located;

/// The `[security]` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Security {
    /// Whether pages say what they may load (Content Security Policy); they do unless told otherwise.
    pub policy: bool,
    /// Other sites whose pictures, films and frames may be shown, and to which forms may be sent:
    /// `https://www.youtube-nocookie.com`. None where not given.
    pub allow: Vec<String>,
    /// Writes `_headers` for hosts that read it; on unless said otherwise.
    pub headers: bool,
}

impl Default for Security {
    fn default() -> Self {
        Self { policy: true, allow: Vec::new(), headers: true }
    }
}

/// Directives with their sources.
type Directives = &'static [(&'static str, &'static str)];

/// What every page may load: what lies beside it. A page that was opened by double-click has no origin, so `file:`
/// stands beside `'self'`; no browser lets a page from elsewhere load that.
const DIRECTIVES: Directives = &[
    ("default-src", "'none'"),
    ("script-src", "'self' file:"),
    ("style-src", "'self' file:"),
    ("img-src", "'self' file: data:"),
    ("media-src", "'self' file:"),
    ("font-src", "'self' file:"),
    ("connect-src", "'self'"),
    ("frame-src", ""),
    ("manifest-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
];

/// Of them, those that `allow` adds to.
const OPENED: [&str; 4] = ["img-src", "media-src", "frame-src", "form-action"];

impl Security {
    /// The policy as it stands in a page; empty where there is none.
    pub fn policy(&self) -> String {
        if !self.policy {
            return String::new();
        }
        let others = self.allow.join(" ");
        let directives = DIRECTIVES.iter().filter_map(|(name, sources)| {
            let opened = !others.is_empty() && OPENED.contains(name);
            // `'none'` stands alone or not at all.
            let own = if opened && *sources == "'none'" { "" } else { sources };
            let sources = [own, if opened { &others } else { "" }].join(" ");
            (!sources.trim().is_empty()).then(|| format!("{name} {}", sources.trim()))
        });
        directives.collect::<Vec<_>>().join("; ")
    }
}

/// Reads the table.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> Security {
    let mut security = Security::default();
    let Some(mut inner) = reader.table("security") else { return security };
    security.policy = inner.bool("policy").unwrap_or(true);
    security.headers = inner.bool("headers").unwrap_or(true);
    let mut seen = Distinct::default();
    for typed in inner.lines("allow") {
        if let Some(origin) = origin(&mut inner, &typed)
            && seen.add(&mut inner, "allow", &typed)
        {
            security.allow.push(origin);
        }
    }
    inner.finish();
    security
}

/// `https://www.example.com`, without a path, for a source of the policy (CSP 3, section 2.3.1).
fn origin(reader: &mut Reader<'_, '_>, typed: &Located<String>) -> Option<String> {
    let (host, star) = match typed.value.strip_prefix("https://*.") {
        Some(rest) => (format!("https://{rest}"), "*."),
        None => (typed.value.clone(), ""),
    };
    let url = address::normalise(&host).ok().filter(|url| url.starts_with("https://"));
    let name = url.as_ref().and_then(|url| url.strip_prefix("https://")?.split('/').next());
    let good = name.filter(|_| typed.value.trim_end_matches('/').matches('/').count() == 2);
    if let Some(name) = good {
        return Some(format!("https://{star}{name}"));
    }
    let example = name.map_or_else(|| "https://www.example.com".to_owned(), |name| format!("https://{star}{name}"));
    reader.report(Fault::new(&codes::ORIGIN, typed.span).arg("found", snippet(&typed.value)).arg("example", example));
    None
}

#[cfg(test)]
mod tests {
    use super::Security;

    #[test]
    fn others_are_let_in_only_where_they_run_nothing() {
        let security = Security { allow: vec!["https://a.example".to_owned()], ..Security::default() };
        let policy = security.policy();
        assert!(policy.contains("frame-src https://a.example;"), "{policy}");
        assert!(policy.ends_with("form-action https://a.example"), "{policy}");
        assert!(policy.contains(
            "script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data: https://a.example;"
        ));
        assert!(!Security::default().policy().contains("frame-src"));
        assert_eq!(Security { policy: false, ..Security::default() }.policy(), "");
    }
}
