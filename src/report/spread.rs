//! How the terms of each taxonomy are spread over the lessons.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Row, Standing};
use crate::site::SiteModel;
use crate::slug::nfc;

/// A taxonomy: `tags`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaxonomySpread {
    /// `tags`.
    pub key: String,
    /// What readers see.
    pub label: String,
    /// Its terms, those of most lessons first.
    pub terms: Vec<TermSpread>,
    /// Written lessons that have none of its terms.
    pub without: usize,
}

/// A term and its lessons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermSpread {
    /// As lessons write it.
    pub name: String,
    /// What readers see.
    pub label: String,
    /// Below the site's address; none for a term that no published lesson has.
    pub url: Option<String>,
    /// How many written lessons have it.
    pub lessons: usize,
    /// How many of them readers see.
    pub published: usize,
    /// Their numbers, by series.
    pub numbers: BTreeMap<String, Vec<u32>>,
}

/// Counts the terms of `rows`, those that `site.toml` declares and no lesson has included.
pub(super) fn count(site: &SiteModel, rows: &[Row]) -> Vec<TaxonomySpread> {
    let config = &site.config;
    let written = || rows.iter().filter(|row| row.state != Standing::Planned);
    let spread = config.taxonomies.iter().map(|taxonomy| {
        let mut found: BTreeMap<String, TermSpread> = BTreeMap::new();
        let known = site.taxonomies.iter().find(|known| known.key == taxonomy.key);
        let mut add = |name: String, label: &str| {
            let route = known.and_then(|known| known.terms.iter().find(|term| term.name == name));
            let url = route.map(|term| term.route.encoded());
            let label = label.to_owned();
            found.entry(name.clone()).or_insert_with(|| TermSpread {
                name,
                label,
                url,
                lessons: 0,
                published: 0,
                numbers: BTreeMap::new(),
            });
        };
        for term in &taxonomy.terms {
            add(nfc(&term.name.value), &term.label);
        }
        for row in written() {
            for name in row.terms.get(&taxonomy.key).into_iter().flatten() {
                add(nfc(name), name);
            }
        }
        for row in written() {
            let own: BTreeSet<String> =
                row.terms.get(&taxonomy.key).into_iter().flatten().map(|name| nfc(name)).collect();
            for name in own {
                let Some(term) = found.get_mut(&name) else { continue };
                term.lessons += 1;
                term.published += usize::from(row.state == Standing::Published);
                term.numbers.entry(row.series_id.clone()).or_default().push(row.number);
            }
        }
        let without = written().filter(|row| row.terms.get(&taxonomy.key).is_none_or(Vec::is_empty)).count();
        let mut terms: Vec<TermSpread> = found.into_values().collect();
        terms.sort_by_cached_key(|term| (Reverse(term.lessons), term.name.clone()));
        TaxonomySpread { key: taxonomy.key.clone(), label: taxonomy.label.clone(), terms, without }
    });
    spread.filter(|taxonomy| !taxonomy.terms.is_empty()).collect()
}
