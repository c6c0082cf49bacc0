//! What changes by itself as time passes: when the site is to be built again although nobody wrote anything.

use serde::Serialize;

use super::iso;
use crate::site::{SiteModel, TextInput};
use crate::time::Instant;

/// Something that comes to readers, or goes from them, at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// `2026-12-01T09:00:00+09:00`, in the site's time zone.
    pub at: String,
    /// The same in seconds since 1970 in UTC.
    pub unix: i64,
    /// Whether it comes or goes.
    pub what: What,
    /// Its title.
    pub title: String,
    /// From the site's folder.
    pub file: String,
}

/// What happens to a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    /// `publish` comes.
    Appears,
    /// `expire` comes.
    Disappears,
}

/// All that changes after `now`, in the order of time. Drafts wait for their author, not for a time.
pub(super) fn find(site: &SiteModel, texts: &[TextInput], now: Instant) -> Vec<Due> {
    let mut found = Vec::new();
    for input in texts.iter().filter(|input| !input.text.front.draft) {
        let front = &input.text.front;
        let times = [(&front.publish, What::Appears), (&front.expire, What::Disappears)];
        for (at, what) in times.into_iter().filter_map(|(at, what)| Some((at.as_ref()?.value, what))) {
            if at > now {
                let (title, file) = (front.title.value.clone(), input.source.to_string());
                found.push(Due { at: iso(at, site), unix: at.0, what, title, file });
            }
        }
    }
    found.sort_by(|a, b| (a.unix, a.what, &a.file).cmp(&(b.unix, b.what, &b.file)));
    found
}
