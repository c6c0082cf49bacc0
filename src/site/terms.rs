//! Taxonomies: which lessons have which term.

use std::collections::BTreeMap;

use super::SiteModel;
use crate::diag::catalogue::site as codes;
use crate::diag::{Diagnostic, Fault, nearest};
use crate::path::{Route, SourcePath};
use crate::slug::{nfc, slugify};
use crate::text::Span;

/// A taxonomy with the terms that published lessons have.
#[derive(Debug, Clone)]
pub struct Taxonomy {
    /// `tags`.
    pub key: String,
    /// What readers see.
    pub label: String,
    /// The list of its terms.
    pub route: Route,
    /// Declared terms in their order, then the others, sorted. Those without lessons are left out.
    pub terms: Vec<Term>,
}

/// A term with its lessons.
#[derive(Debug, Clone)]
pub struct Term {
    /// What lessons write.
    pub name: String,
    /// What readers see.
    pub label: String,
    /// May be empty.
    pub description: String,
    /// Its first page.
    pub route: Route,
    /// Where its first lesson names it.
    pub place: (SourcePath, Span),
    /// Indices into [`SiteModel::lessons`], ascending: series by series, in reading order.
    pub lessons: Vec<usize>,
}

impl Term {
    /// How many pages its lessons fill.
    pub fn pages(&self, per_page: u32) -> u32 {
        u32::try_from(self.lessons.len()).unwrap_or(u32::MAX).div_ceil(per_page.max(1)).max(1)
    }

    /// The route of one of its pages, from 1.
    pub fn page_route(&self, page: u32) -> Route {
        if page <= 1 { self.route.clone() } else { Route::new(format!("{}page/{page}/", self.route)) }
    }
}

/// Collects the terms of all published lessons.
pub(super) fn collect(model: &SiteModel, faults: &mut Vec<Diagnostic>) -> Vec<Taxonomy> {
    model
        .config
        .taxonomies
        .iter()
        .map(|taxonomy| collect_one(model, taxonomy, faults))
        .filter(|taxonomy| !taxonomy.terms.is_empty())
        .collect()
}

/// What is known of a term while lessons are gone through.
struct Found {
    place: (SourcePath, Span),
    lessons: Vec<usize>,
}

fn collect_one(model: &SiteModel, taxonomy: &crate::config::Taxonomy, faults: &mut Vec<Diagnostic>) -> Taxonomy {
    let declared: BTreeMap<String, usize> =
        taxonomy.terms.iter().enumerate().map(|(at, term)| (nfc(&term.name.value), at)).collect();
    let mut found: BTreeMap<(usize, String), Found> = BTreeMap::new();
    for (at, lesson) in model.lessons.iter().enumerate() {
        let node = &model.texts[lesson.text];
        let own = node.text.front.terms.iter().filter(|(key, _)| *key == taxonomy.key).flat_map(|(_, terms)| terms);
        for term in own {
            let name = nfc(&term.value);
            let rank = match declared.get(&name) {
                Some(rank) => *rank,
                None if taxonomy.terms.is_empty() => usize::MAX,
                None => {
                    let known = taxonomy.terms.iter().map(|term| term.name.value.as_str());
                    faults.push(
                        Fault::new(&codes::UNKNOWN_TERM, term.span)
                            .arg("taxonomy", &taxonomy.label)
                            .arg("key", &taxonomy.key)
                            .arg("term", &term.value)
                            .arg_opt("nearest", nearest(&term.value, known))
                            .in_file(&node.source),
                    );
                    continue;
                }
            };
            let first = || Found { place: (node.source.clone(), term.span), lessons: Vec::new() };
            let lessons = &mut found.entry((rank, name)).or_insert_with(first).lessons;
            if lessons.last() != Some(&at) {
                lessons.push(at);
            }
        }
    }
    let base = format!("{}/", nfc(&taxonomy.slug.value));
    let terms = found.into_iter().map(|((rank, name), Found { place, lessons })| {
        let term = taxonomy.terms.get(rank);
        let slug = term.and_then(|term| term.slug.as_ref()).map_or_else(|| slugify(&name), |slug| nfc(&slug.value));
        Term {
            label: term.map_or_else(|| name.clone(), |term| term.label.clone()),
            description: term.map(|term| term.description.clone()).unwrap_or_default(),
            route: Route::new(format!("{base}{slug}/")),
            place,
            lessons,
            name,
        }
    });
    Taxonomy {
        key: taxonomy.key.clone(),
        label: taxonomy.label.clone(),
        terms: terms.collect(),
        route: Route::new(base),
    }
}
