//! How much there is of everything.

use serde::Serialize;

use super::links::Found;
use super::{Due, Row, Standing, TaxonomySpread, iso, spread, upcoming};
use crate::site::{SiteModel, TextInput};
use crate::time::Instant;

/// The figures of a site.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    /// The time at which they are right.
    pub at: String,
    /// Each series, by its folder.
    pub series: Vec<SeriesStats>,
    /// Each taxonomy that is used.
    pub taxonomies: Vec<TaxonomySpread>,
    /// Lessons that no text links to and none requires, as `series/id`.
    pub unlinked: Vec<Page>,
    /// Pages outside any series that neither the navigation nor any text leads to.
    pub orphans: Vec<Page>,
    /// What appears or disappears by itself, in the order of time.
    pub upcoming: Vec<Due>,
    /// The first of these: when the site is to be built again.
    pub next_rebuild: Option<Due>,
}

/// How far a series has come. Planned numbers are those without a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeriesStats {
    /// Its folder below `content/`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many lessons it will have.
    pub total: usize,
    /// How many have a file, whatever their state.
    pub written: usize,
    /// How many readers see.
    pub published: usize,
    /// How many wait for their time.
    pub scheduled: usize,
    /// How many are drafts.
    pub drafts: usize,
    /// How many were withdrawn.
    pub expired: usize,
    /// How many have no file yet.
    pub planned: usize,
    /// Characters of the written ones.
    pub characters: u64,
    /// Minutes that these take to read.
    pub minutes: u64,
    /// Its parts, in order.
    pub parts: Vec<PartStats>,
}

/// How far a part has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PartStats {
    /// Empty for lessons before the first part.
    pub title: String,
    /// Its first number.
    pub from: u32,
    /// Its last number.
    pub to: u32,
    /// How many have a file.
    pub written: usize,
    /// How many readers see.
    pub published: usize,
}

/// A text that somebody should know of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page {
    /// A lesson's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// Its title.
    pub title: String,
    /// From the site's folder.
    pub file: String,
    /// Below the site's address.
    pub url: String,
}

pub(super) fn count(site: &SiteModel, texts: &[TextInput], rows: &[Row], links: &Found, now: Instant) -> Stats {
    let page = |text: usize, number: Option<u32>| {
        let node = &site.texts[text];
        let title = node.text.front.title.value.clone();
        Page { number, title, file: node.source.to_string(), url: node.route.encoded() }
    };
    let upcoming = upcoming::find(site, texts, now);
    Stats {
        at: iso(now, site),
        series: series(site, rows),
        taxonomies: spread::count(site, rows),
        unlinked: links
            .unlinked
            .iter()
            .map(|at| page(site.lessons[*at].text, Some(site.lessons[*at].number)))
            .collect(),
        orphans: links.orphans.iter().map(|text| page(*text, None)).collect(),
        next_rebuild: upcoming.first().cloned(),
        upcoming,
    }
}

fn series(site: &SiteModel, rows: &[Row]) -> Vec<SeriesStats> {
    // Rows stand series by series; one that is not published has no entry in the model, only rows.
    rows.chunk_by(|a, b| a.series_id == b.series_id)
        .filter_map(|rows| {
            let first = rows.first()?;
            let known = site.series.iter().find(|series| series.id == first.series_id);
            let of = |state: Standing| rows.iter().filter(|row| row.state == state).count();
            let planned = of(Standing::Planned);
            let parts = known.map_or(&[][..], |series| &series.parts).iter().map(|part| {
                let own = || rows.iter().filter(|row| (part.from..=part.to).contains(&row.number));
                PartStats {
                    title: part.title.clone(),
                    from: part.from,
                    to: part.to,
                    written: own().filter(|row| row.state != Standing::Planned).count(),
                    published: own().filter(|row| row.state == Standing::Published).count(),
                }
            });
            Some(SeriesStats {
                id: first.series_id.clone(),
                title: first.series.clone(),
                total: rows.len(),
                written: rows.len() - planned,
                published: of(Standing::Published),
                scheduled: of(Standing::Scheduled),
                drafts: of(Standing::Draft),
                expired: of(Standing::Expired),
                planned,
                characters: rows.iter().map(|row| u64::from(row.characters)).sum(),
                minutes: rows.iter().map(|row| u64::from(row.minutes)).sum(),
                parts: parts.collect(),
            })
        })
        .collect()
}
