//! Another name for a term, or one term instead of two: in front matter, in `site.toml`, in links to its page.

use std::collections::{BTreeMap, BTreeSet};

use super::manuscript::{Edits, Manuscript};
use super::{Plan, Problem, settings, yaml};
use crate::config::{self, Taxonomy, Term};
use crate::diag::nearest;
use crate::path::SourcePath;
use crate::slug::{nfc, slugify};
use crate::text::edit::Edit;

impl Manuscript<'_> {
    /// Calls a term of a taxonomy `new`.
    ///
    /// # Errors
    /// [`Problem::TermTaken`] where there is one of that name already.
    pub fn rename_term(&self, taxonomy: &str, old: &str, new: &str) -> Result<Plan, Problem> {
        let taxonomy = self.taxonomy(taxonomy)?;
        self.known(taxonomy, old)?;
        if nfc(old) == nfc(new) {
            return Err(Problem::Same(new.to_owned()));
        }
        if self.terms(taxonomy).contains(&nfc(new)) {
            return Err(Problem::TermTaken(new.to_owned()));
        }
        self.replace_term(taxonomy, old, new)
    }

    /// Lessons with the term `old` have `new` instead, each once; `old` is declared no longer.
    pub fn merge_terms(&self, taxonomy: &str, old: &str, new: &str) -> Result<Plan, Problem> {
        let taxonomy = self.taxonomy(taxonomy)?;
        self.known(taxonomy, old)?;
        self.known(taxonomy, new)?;
        if nfc(old) == nfc(new) {
            return Err(Problem::Same(new.to_owned()));
        }
        self.replace_term(taxonomy, old, new)
    }

    /// Whether the pages of a term stay where they are under another name: `site.toml` says where.
    pub fn keeps_address(&self, taxonomy: &str, old: &str) -> bool {
        let term = self.taxonomy(taxonomy).ok().and_then(|taxonomy| declared(taxonomy, &nfc(old)));
        term.is_some_and(|term| term.slug.is_some())
    }

    fn taxonomy(&self, key: &str) -> Result<&Taxonomy, Problem> {
        let all = &self.config.taxonomies;
        let found = all.iter().find(|taxonomy| taxonomy.key == key || taxonomy.label == key);
        found.ok_or_else(|| {
            Problem::UnknownTaxonomy(key.to_owned(), all.iter().map(|taxonomy| taxonomy.key.clone()).collect())
        })
    }

    /// All terms that lessons have or `site.toml` declares, composed.
    fn terms(&self, taxonomy: &Taxonomy) -> BTreeSet<String> {
        let own = self.model.texts.iter().flat_map(|node| &node.text.front.terms);
        let written = own.filter(|(key, _)| *key == taxonomy.key).flat_map(|(_, terms)| terms);
        let declared = taxonomy.terms.iter().map(|term| &term.name);
        written.chain(declared).map(|term| nfc(&term.value)).collect()
    }

    fn known(&self, taxonomy: &Taxonomy, term: &str) -> Result<(), Problem> {
        let terms = self.terms(taxonomy);
        if terms.contains(&nfc(term)) {
            return Ok(());
        }
        let near = nearest(term, terms.iter().map(String::as_str));
        Err(Problem::UnknownTerm(term.to_owned(), near.map(str::to_owned)))
    }

    fn replace_term(&self, taxonomy: &Taxonomy, old: &str, new: &str) -> Result<Plan, Problem> {
        let mut edits = Edits::default();
        let (was, will) = (nfc(old), nfc(new));
        for node in &self.model.texts {
            let own = node.text.front.terms.iter().filter(|(key, _)| *key == taxonomy.key);
            for (_, terms) in own {
                let both = terms.iter().any(|term| nfc(&term.value) == will);
                for term in terms.iter().filter(|term| nfc(&term.value) == was) {
                    let source = self.source(&node.source)?;
                    let edit = if both {
                        yaml::without(&source, term.span, terms.len() == 1)
                    } else {
                        let there = source.get(term.span.range()).unwrap_or_default();
                        Edit::new(term.span.range(), yaml::scalar_like(there, new))
                    };
                    edits.add(&node.source, edit);
                }
            }
        }
        self.edit_declared(taxonomy, &was, new, &mut edits)?;
        self.edit_addresses(taxonomy, &was, &will, &mut edits)?;
        self.plan(edits, &BTreeMap::new(), None, None, Vec::new())
    }

    fn edit_declared(&self, taxonomy: &Taxonomy, was: &str, new: &str, edits: &mut Edits) -> Result<(), Problem> {
        let Some(term) = declared(taxonomy, was) else { return Ok(()) };
        let file = SourcePath::new(config::FILE);
        let source = self.source(&file)?;
        let edit = if declared(taxonomy, &nfc(new)).is_some() {
            settings::without_term(&source, term.name.span)
        } else {
            let there = source.get(term.name.span.range()).unwrap_or_default();
            Edit::new(term.name.span.range(), settings::string_like(there, new))
        };
        edits.add(&file, edit);
        Ok(())
    }

    /// Links to the term's pages, where its address follows from its name.
    fn edit_addresses(&self, taxonomy: &Taxonomy, was: &str, will: &str, edits: &mut Edits) -> Result<(), Problem> {
        let merged = declared(taxonomy, will);
        let old = declared(taxonomy, was);
        // A declared address stays with the term that is renamed, and goes with the term that is merged.
        let own = |term: Option<&Term>| term.and_then(|term| term.slug.as_ref()).map(|slug| nfc(&slug.value));
        let old_slug = own(old).unwrap_or_else(|| slugify(was));
        let new_slug = match merged {
            Some(_) => own(merged).unwrap_or_else(|| slugify(will)),
            None => own(old).unwrap_or_else(|| slugify(will)),
        };
        let known = self.model.taxonomies.iter().find(|known| known.key == taxonomy.key);
        let Some(term) = known.and_then(|known| known.terms.iter().find(|term| term.name == was)) else {
            return Ok(());
        };
        if old_slug == new_slug {
            return Ok(());
        }
        let another = |name: &str, route: Option<&crate::path::Route>| {
            let own = route.is_some_and(|route| route.as_str().starts_with(term.route.as_str()));
            (own && name == old_slug).then(|| new_slug.clone())
        };
        for text in 0..self.model.texts.len() {
            self.edit_targets(text, &|link, name| another(name, self.led_to(text, link)), edits)?;
        }
        let wanted = |item: usize, name: &str| another(name, self.navigated(item).map(|(route, _)| route));
        self.edit_navigation(&wanted, edits)
    }
}

/// The term that `site.toml` declares under a name, which is composed.
fn declared<'t>(taxonomy: &'t Taxonomy, name: &str) -> Option<&'t Term> {
    taxonomy.terms.iter().find(|term| nfc(&term.name.value) == name)
}
