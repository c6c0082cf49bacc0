//! What an author wants to know of the whole site: every lesson and where it stands, what is written of what is planned,
//! how tags are spread, who links to whom, what changes next by itself.
//!
//! It says what is there and judges nothing. Its types are plain values, for tables, JSON and pages alike; it has no words
//! of its own.

mod lessons;
mod links;
mod spread;
mod stats;
mod upcoming;

use jiff::tz::TimeZone;
use serde::Serialize;

pub use lessons::{Row, Standing};
pub use links::Link;
pub use spread::{TaxonomySpread, TermSpread};
pub use stats::{Page, PartStats, SeriesStats, Stats};
pub use upcoming::{Due, What};

use crate::site::{SiteModel, TextInput};
use crate::time::Instant;

/// All that is known of a site.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The site's title.
    pub title: String,
    /// All lessons, series by series, in their order; numbers that are planned and not written yet are among them.
    pub lessons: Vec<Row>,
    /// Which lesson links to which, each pair once, in reading order.
    pub links: Vec<Link>,
    /// How much there is of everything.
    pub stats: Stats,
}

impl Report {
    /// Looks at a site. `site` is best made with drafts, or what they link to is not known; `texts` are all texts that it
    /// was made from, and `now` the time at which it was.
    pub fn of(site: &SiteModel, texts: &[TextInput], now: Instant) -> Self {
        let lessons = lessons::rows(site);
        let found = links::find(site);
        let stats = stats::count(site, texts, &lessons, &found, now);
        Self { title: site.config.title.clone(), lessons, links: found.lessons, stats }
    }
}

/// A time as RFC 3339 has it, in the site's time zone: `2026-12-01T09:00:00+09:00`.
fn iso(instant: Instant, site: &SiteModel) -> String {
    let zone = jiff::tz::db().get(&site.config.timezone).unwrap_or(TimeZone::UTC);
    let at = jiff::Timestamp::from_second(instant.0).unwrap_or_default();
    at.to_zoned_datetime(zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
