//! The lessons of all series, one row each.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::iso;
use crate::content::Text;
use crate::path::{Route, SourcePath};
use crate::site::{Series, SiteModel, State};
use crate::slug::nfc;

/// Where a lesson stands on its way to readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Readers see it.
    Published,
    /// `publish` has not come yet.
    Scheduled,
    /// `draft: true`.
    Draft,
    /// `expire` has passed.
    Expired,
    /// Its number has no file yet.
    Planned,
}

impl From<State> for Standing {
    fn from(state: State) -> Self {
        match state {
            State::Published => Self::Published,
            State::Scheduled => Self::Scheduled,
            State::Draft => Self::Draft,
            State::Expired => Self::Expired,
        }
    }
}

/// One lesson, or a number that is planned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The title of its series.
    pub series: String,
    /// The folder of its series below `content/`: `secrets`.
    pub series_id: String,
    /// The title of its part, where it stands in one.
    pub part: Option<String>,
    /// Its number.
    pub number: u32,
    /// Its id; none for a planned lesson, as for all that follows.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// `2026-11-01`.
    pub date: Option<String>,
    /// `2026-11-02`.
    pub updated: Option<String>,
    /// From when on readers see it: `2026-12-01T09:00:00+09:00`.
    pub publish: Option<String>,
    /// From when on they do not any more.
    pub expire: Option<String>,
    /// Whether readers see it.
    pub state: Standing,
    /// Its tags, as written.
    pub tags: Vec<String>,
    /// Its terms in every taxonomy, by the taxonomy's key; the tags too.
    pub terms: BTreeMap<String, Vec<String>>,
    /// Ids of the lessons that it builds on.
    pub requires: Vec<String>,
    /// Characters that a reader reads.
    pub characters: u32,
    /// Minutes that it takes.
    pub minutes: u32,
    /// From the site's folder: `content/secrets/012-forget-the-quota.md`.
    pub file: Option<String>,
    /// Below the site's address, as readers see it: `secrets/forget-the-quota/`.
    pub url: Option<String>,
}

impl Row {
    /// `secrets/forget-the-quota`: one lesson's alone. `None` for a planned one.
    pub fn key(&self) -> Option<String> {
        self.id.as_deref().map(|id| key(&self.series_id, id))
    }
}

/// What no two lessons have in common.
pub(super) fn key(series: &str, id: &str) -> String {
    if series.is_empty() { id.to_owned() } else { format!("{series}/{id}") }
}

/// All lessons of the site, and the numbers of its series that have none.
pub(super) fn rows(site: &SiteModel) -> Vec<Row> {
    let mut rows: Vec<Row> = site
        .lessons
        .iter()
        .map(|lesson| {
            let node = &site.texts[lesson.text];
            let series = &site.texts[site.series[lesson.series].index].text.front.title.value;
            row(site, (series, lesson.number, &lesson.id), &node.source, &node.text, node.state)
        })
        .chain(site.held_back.iter().map(|lesson| {
            row(site, (&lesson.series, lesson.number, &lesson.id), &lesson.source, &lesson.text, lesson.state)
        }))
        .collect();
    let written: BTreeSet<(String, u32)> = rows.iter().map(|row| (row.series_id.clone(), row.number)).collect();
    for series in &site.series {
        let title = &site.texts[series.index].text.front.title.value;
        let open = (1..=series.total).filter(|number| !written.contains(&(series.id.clone(), *number)));
        rows.extend(open.map(|number| planned(series, title, number)));
    }
    rows.sort_by(|a, b| (&a.series_id, a.number, &a.file).cmp(&(&b.series_id, b.number, &b.file)));
    rows
}

fn row(
    site: &SiteModel,
    (series, number, id): (&str, u32, &str),
    source: &SourcePath,
    text: &Text,
    state: State,
) -> Row {
    let front = &text.front;
    let series_id = nfc(source.folder().strip_prefix("content").unwrap_or_default().trim_start_matches('/'));
    let terms: BTreeMap<String, Vec<String>> = front
        .terms
        .iter()
        .map(|(key, terms)| (key.clone(), terms.iter().map(|term| term.value.clone()).collect()))
        .collect();
    let known = site.series.iter().find(|series| series.id == series_id);
    Row {
        series: series.to_owned(),
        part: known.and_then(|series| part(series, number)),
        number,
        id: Some(id.to_owned()),
        title: Some(front.title.value.clone()),
        date: front.date.as_ref().map(|date| date.value.iso()),
        updated: front.updated.as_ref().map(|date| date.value.iso()),
        publish: front.publish.as_ref().map(|at| iso(at.value, site)),
        expire: front.expire.as_ref().map(|at| iso(at.value, site)),
        state: state.into(),
        tags: terms.get("tags").cloned().unwrap_or_default(),
        terms,
        requires: front.requires.iter().map(|id| id.value.clone()).collect(),
        characters: text.facts.characters,
        minutes: text.facts.minutes,
        file: Some(source.to_string()),
        url: Some(Route::new(format!("{}/", key(&series_id, id))).encoded()),
        series_id,
    }
}

fn planned(series: &Series, title: &str, number: u32) -> Row {
    Row {
        series: title.to_owned(),
        series_id: series.id.clone(),
        part: part(series, number),
        number,
        id: None,
        title: None,
        date: None,
        updated: None,
        publish: None,
        expire: None,
        state: Standing::Planned,
        tags: Vec::new(),
        terms: BTreeMap::new(),
        requires: Vec::new(),
        characters: 0,
        minutes: 0,
        file: None,
        url: None,
    }
}

/// The title of the part that a number stands in.
fn part(series: &Series, number: u32) -> Option<String> {
    let part = series.parts.iter().find(|part| (part.from..=part.to).contains(&number))?;
    (!part.title.is_empty()).then(|| part.title.clone())
}
