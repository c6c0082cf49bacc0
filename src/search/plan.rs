//! What can be found: which texts in which order, by which numbers, terms and parts, and what readers filter by.
//!
//! It looks at the site alone and at no text's body, so it is made in every build; its key is the index's.

use crate::memo::{Hash, KeyBuilder};
use crate::path::Route;
use crate::site::{Series, SiteModel, Target};

/// The key of the filter by part, and its name in Japanese and elsewhere.
const PART: (&str, &str, &str) = ("part", "章", "Part");

/// What an index is made of, but for the texts' words.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// BCP 47.
    pub(super) language: String,
    /// All texts that can be found, in the order of the index.
    pub(super) found: Vec<Found>,
    /// What readers filter by.
    pub(super) facets: Vec<Facet>,
}

/// A text that can be found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Index into [`SiteModel::texts`].
    pub(super) text: usize,
    /// Its number; 0 for what is no lesson.
    pub(super) number: u32,
    /// Relative to the site's root, percent-encoded.
    pub(super) url: String,
}

/// A way of filtering.
#[derive(Debug, Clone)]
pub(super) struct Facet {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) terms: Vec<FacetTerm>,
}

/// One choice of a filter.
#[derive(Debug, Clone)]
pub(super) struct FacetTerm {
    pub(super) id: String,
    pub(super) label: String,
    /// Places in the order of the index, ascending.
    pub(super) lessons: Vec<u32>,
}

impl Plan {
    /// Lessons of all series in reading order, then all other pages with a text, by their URL.
    pub fn of(site: &SiteModel) -> Self {
        let lessons = site.lessons.iter().map(|lesson| (lesson.text, lesson.number));
        let contents = site.series.iter().map(|series| series.index);
        let mut pages: Vec<usize> = site.pages.iter().copied().chain(site.home).chain(contents).collect();
        pages.sort_by(|a, b| site.texts[*a].route.cmp(&site.texts[*b].route));
        pages.dedup();
        let found = lessons
            .chain(pages.into_iter().map(|text| (text, 0)))
            .map(|(text, number)| Found { text, number, url: site.texts[text].route.encoded() })
            .collect();
        let language = site.config.language.clone();
        let facets = taxonomies(site).chain(parts(site)).collect();
        Self { language, found, facets }
    }

    /// The key of the index: all that it is made of.
    pub fn key(&self, site: &SiteModel) -> Hash {
        let mut key = KeyBuilder::new("search").bytes(self.language.as_bytes());
        for found in &self.found {
            let node = &site.texts[found.text];
            key = key.hash(node.key).value(&(found.number, &found.url));
            for title in site.targets[found.text].iter().filter_map(title) {
                key = key.bytes(title.as_bytes());
            }
        }
        for facet in &self.facets {
            key = key.value(&(&facet.key, &facet.label, facet.terms.len()));
            for term in &facet.terms {
                key = key.value(&(&term.id, &term.label, &term.lessons));
            }
        }
        key.finish()
    }

    /// For each text that can be found, in order: its index into [`SiteModel::texts`].
    pub fn texts(&self) -> impl Iterator<Item = usize> {
        self.found.iter().map(|found| found.text)
    }
}

/// The title that a link to a lesson shows in a text.
pub(super) fn title(target: &Target) -> Option<&str> {
    match target {
        Target::Internal { title, .. } => title.as_deref(),
        _ => None,
    }
}

fn place(lesson: usize) -> u32 {
    u32::try_from(lesson).unwrap_or(u32::MAX)
}

fn taxonomies(site: &SiteModel) -> impl Iterator<Item = Facet> {
    site.taxonomies.iter().map(|taxonomy| {
        let terms = taxonomy.terms.iter().map(|term| FacetTerm {
            id: last_step(&term.route).to_owned(),
            label: term.label.clone(),
            lessons: term.lessons.iter().copied().map(place).collect(),
        });
        Facet { key: taxonomy.key.clone(), label: taxonomy.label.clone(), terms: terms.collect() }
    })
}

/// `tags/信頼/` → `信頼`.
fn last_step(route: &Route) -> &str {
    route.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// The named parts of all series, where there are any.
fn parts(site: &SiteModel) -> Option<Facet> {
    let named = |series: &&Series| series.parts.iter().any(|part| !part.title.is_empty());
    let several = site.series.iter().filter(named).count() > 1;
    let mut terms = Vec::new();
    for series in site.series.iter().filter(named) {
        let title = &site.texts[series.index].text.front.title.value;
        for part in series.parts.iter().filter(|part| !part.title.is_empty()) {
            let inside = |lesson: &usize| (part.from..=part.to).contains(&site.lessons[*lesson].number);
            let lessons: Vec<u32> = series.lessons.clone().filter(inside).map(place).collect();
            if !lessons.is_empty() {
                terms.push(FacetTerm {
                    id: format!("{}/{}", series.id, part.from),
                    label: if several { format!("{title} / {}", part.title) } else { part.title.clone() },
                    lessons,
                });
            }
        }
    }
    let primary = site.config.language.split('-').next().unwrap_or_default();
    let (key, ja, other) = PART;
    let label = if primary.eq_ignore_ascii_case("ja") { ja } else { other };
    (!terms.is_empty()).then(|| Facet { key: key.to_owned(), label: label.to_owned(), terms })
}
