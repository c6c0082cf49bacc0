//! Who links to whom, and to whom nobody does.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::lessons::key;
use crate::path::Route;
use crate::site::{SiteModel, Target};

/// A link between two lessons, both as `series/id`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The lesson that links.
    pub from: String,
    /// The lesson that it links to.
    pub to: String,
    /// Whether it is named in `requires`, whether or not it is linked to as well.
    pub required: bool,
}

/// What was found.
pub(super) struct Found {
    pub(super) lessons: Vec<Link>,
    /// Indices of lessons that no text links to and none requires.
    pub(super) unlinked: Vec<usize>,
    /// Indices of texts outside any series that neither the navigation nor any text leads to.
    pub(super) orphans: Vec<usize>,
}

pub(super) fn find(site: &SiteModel) -> Found {
    let texts: HashMap<&Route, usize> = site.texts.iter().enumerate().map(|(at, node)| (&node.route, at)).collect();
    let mut lesson_of = vec![None; site.texts.len()];
    for (at, lesson) in site.lessons.iter().enumerate() {
        lesson_of[lesson.text] = Some(at);
    }
    let text_at = |target: &Target| match target {
        Target::Internal { route, .. } => texts.get(route).copied(),
        _ => None,
    };
    let mut led_to: BTreeSet<usize> = site.navigation.iter().filter_map(text_at).collect();
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (from, targets) in site.targets.iter().enumerate() {
        for to in targets.iter().filter_map(text_at).filter(|to| *to != from) {
            led_to.insert(to);
            if let (Some(from), Some(to)) = (lesson_of[from], lesson_of[to]) {
                pairs.insert((from, to));
            }
        }
    }
    for (from, lesson) in site.lessons.iter().enumerate() {
        for to in &lesson.requires {
            led_to.insert(site.lessons[*to].text);
            pairs.insert((from, *to));
        }
    }
    let name = |at: usize| {
        let lesson = &site.lessons[at];
        key(&site.series[lesson.series].id, &lesson.id)
    };
    let link = |(from, to): &(usize, usize)| Link {
        from: name(*from),
        to: name(*to),
        required: site.lessons[*from].requires.contains(to),
    };
    let is_led_to = |text: &usize| led_to.contains(text);
    Found {
        lessons: pairs.iter().map(link).collect(),
        unlinked: (0..site.lessons.len()).filter(|at| !is_led_to(&site.lessons[*at].text)).collect(),
        orphans: site.pages.iter().copied().filter(|text| !is_led_to(text)).collect(),
    }
}
