//! What is right as Markdown and most likely not meant as it is written: one rule a file, judged on facts alone.
//!
//! What a rule needs of one text was noted when that text was parsed and is remembered with it (`Facts::observations`,
//! `Text::spellings`), so that no rule reads a text; what needs other texts, such as the number of a lesson that a link
//! leads to, is asked of the model. A rule reports; how grave that is, the site may say (`[lint]`). What can be mended
//! without asking what the author meant, [`mend`] mends: it returns the new text and writes nothing.

mod duplicate_title;
mod edit;
mod empty_section;
mod heading_jump;
mod leaked_markup;
mod long_title;
mod mend;
mod missing_space;
mod missing_summary;
mod mixed_spelling;
mod neighbour_link;
mod ordinal_link;
mod own_number;
mod preferred_term;
#[cfg(test)]
mod sample;
mod similar_terms;
mod typed_heading;
mod typed_navigation;
mod unknown_number;
mod wrong_total;

use std::cell::OnceCell;
use std::collections::HashMap;

pub use mend::mend;

use crate::content::Spellings;
use crate::diag::catalogue::lint::{RULES, Rule};
use crate::diag::{Code, Diagnostic};
use crate::markdown::Observation;
use crate::path::Route;
use crate::site::{Lesson, Series, SiteModel, Target, TextInput};

/// Reports what is found, each thing once.
type Judge = fn(&Case<'_>, &mut Vec<Diagnostic>);

/// The rules, with the names by which `site.toml` speaks of them.
const JUDGES: &[(&str, Judge)] = &[
    ("leaked-markup", leaked_markup::judge),
    ("missing-space", missing_space::judge),
    ("typed-heading", typed_heading::judge),
    ("typed-navigation", typed_navigation::judge),
    ("ordinal-link", ordinal_link::judge),
    ("neighbour-link", neighbour_link::judge),
    ("wrong-total", wrong_total::judge),
    ("own-number", own_number::judge),
    ("unknown-number", unknown_number::judge),
    ("preferred-term", preferred_term::judge),
    ("mixed-spelling", mixed_spelling::judge),
    ("heading-jump", heading_jump::judge),
    ("empty-section", empty_section::judge),
    ("long-title", long_title::judge),
    ("duplicate-title", duplicate_title::judge),
    ("missing-summary", missing_summary::judge),
    ("similar-terms", similar_terms::judge),
];

/// Judges all texts: those that are not published too, as far as a rule looks at one text by itself.
pub fn judge(texts: &[TextInput], site: &SiteModel, spellings: &Spellings, diagnostics: &mut Vec<Diagnostic>) {
    let case = Case::new(texts, site, spellings);
    for (name, judge) in JUDGES {
        if site.config.lint.is_on(name) {
            judge(&case, diagnostics);
        }
    }
}

/// Whether [`mend`] knows what to do about a code.
pub fn mends(code: &Code) -> bool {
    let mended = |rule: &&Rule| mend::MENDS.iter().any(|(name, _)| *name == rule.name);
    RULES.iter().filter(mended).any(|rule| rule.codes.contains(&code))
}

/// What is judged.
struct Case<'a> {
    texts: &'a [TextInput],
    site: &'a SiteModel,
    spellings: &'a Spellings,
    /// For each of the model's texts, the lesson that it is.
    lessons: Vec<Option<usize>>,
    /// Lessons by their pages; only looked up in.
    routes: OnceCell<HashMap<&'a Route, usize>>,
}

impl<'a> Case<'a> {
    fn new(texts: &'a [TextInput], site: &'a SiteModel, spellings: &'a Spellings) -> Self {
        let mut lessons = vec![None; site.texts.len()];
        for (at, lesson) in site.lessons.iter().enumerate() {
            lessons[lesson.text] = Some(at);
        }
        Self { texts, site, spellings, lessons, routes: OnceCell::new() }
    }

    /// Everything of a kind that was noted in any text.
    fn observed(&self) -> impl Iterator<Item = (&'a TextInput, &'a Observation)> {
        let texts: &'a [TextInput] = self.texts;
        texts.iter().flat_map(|input| input.text.facts.observations.iter().map(move |seen| (input, seen)))
    }

    /// Everything that was noted in published texts, with their indices in the model.
    fn published(&self) -> impl Iterator<Item = (usize, &'a Observation)> {
        let site: &'a SiteModel = self.site;
        site.texts
            .iter()
            .enumerate()
            .flat_map(|(text, node)| node.text.facts.observations.iter().map(move |seen| (text, seen)))
    }

    /// The lesson that text `text` of the model is, by its index.
    fn lesson(&self, text: usize) -> Option<usize> {
        self.lessons.get(text).copied().flatten()
    }

    /// The lesson to whose page a link of text `text` leads, by its index.
    fn linked(&self, text: usize, link: u32) -> Option<usize> {
        let Target::Internal { route, .. } = self.site.targets.get(text)?.get(link as usize)? else { return None };
        let routes = self.routes.get_or_init(|| {
            let lessons = self.site.lessons.iter().enumerate();
            lessons.map(|(at, lesson)| (&self.site.texts[lesson.text].route, at)).collect()
        });
        routes.get(route).copied()
    }

    /// The title of a lesson.
    fn title(&self, lesson: &Lesson) -> &'a str {
        &self.site.texts[lesson.text].text.front.title.value
    }

    /// The series that text `text` speaks of: its own, or the only one that there is.
    fn series(&self, text: usize) -> Option<&'a Series> {
        let own = self.lesson(text).map(|lesson| self.site.lessons[lesson].series);
        let index = || self.site.series.iter().position(|series| series.index == text);
        let only = || (self.site.series.len() == 1).then_some(0);
        own.or_else(index).or_else(only).map(|at| &self.site.series[at])
    }

    /// The planned length of a series, where it is given and no lesson is beyond it.
    fn planned(&self, series: &Series) -> Option<u32> {
        let matter = self.site.texts[series.index].text.front.series.as_ref()?;
        matter.planned.as_ref().map(|planned| planned.value).filter(|planned| *planned == series.total)
    }
}
