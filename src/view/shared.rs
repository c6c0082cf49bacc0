//! What many pages show: cards, links, terms, tables of contents.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::dates::{day, day_of};
use super::{
    Card, Extra, Feed, LessonTerms, Link, NavLink, SeriesLink, Site, Strings, TaxonomyLink, TermLink, Theme, TocEntry,
};
use crate::config::{Config, Offline};
use crate::content::{FrontMatter, Text};
use crate::markdown::Heading;
use crate::path::{Route, percent_encode};
use crate::search;
use crate::site::{self, SiteModel, TODAY, Target};
use crate::time::Date;

/// Related terms on a term's page.
const RELATED: usize = 8;

/// The date of a text: as written, or the day of its `publish` time.
pub(super) fn date_of(front: &FrontMatter, zone: &TimeZone) -> Option<Date> {
    let published = || day_of(front.publish.as_ref()?.value, zone);
    front.date.as_ref().map(|date| date.value).or_else(published)
}

/// The description of a text: as written, or the points of its まとめ, or its first words.
pub(super) fn description_of(text: &Text) -> String {
    let facts = &text.facts;
    let found = if facts.points.is_empty() { &facts.summary } else { &facts.points };
    text.front.description.as_ref().map_or_else(|| found.clone(), |description| description.value.clone())
}

/// The authors of a lesson: as written, or the site's.
pub(super) fn authors_of(front: &FrontMatter, config: &Config) -> Vec<String> {
    if front.authors.is_empty() { config.author.iter().cloned().collect() } else { front.authors.clone() }
}

pub(super) fn card(model: &SiteModel, lesson: &site::Lesson, words: &Strings, zone: &TimeZone) -> Card {
    let node = &model.texts[lesson.text];
    let front = &node.text.front;
    Card {
        number: lesson.number,
        id: lesson.id.clone(),
        title: front.title.value.clone(),
        path: node.route.encoded(),
        description: description_of(&node.text),
        minutes: node.text.facts.minutes,
        date: date_of(front, zone).map(|date| day(date, words)),
    }
}

pub(super) fn series_link(model: &SiteModel, series: &site::Series, cards: &[Card]) -> SeriesLink {
    SeriesLink {
        id: series.id.clone(),
        title: model.texts[series.index].text.front.title.value.clone(),
        path: series.route.encoded(),
        takeaways: series.takeaways.as_ref().map(Route::encoded),
        first: cards.get(series.lessons.clone()).and_then(|cards| cards.first()).cloned(),
        count: u32::try_from(series.lessons.len()).unwrap_or(u32::MAX),
        total: series.total,
    }
}

pub(super) fn site(model: &SiteModel, series: &[SeriesLink]) -> Site {
    let config = &model.config;
    let navigation = config.navigation.iter().zip(&model.navigation).map(|(item, target)| match target {
        Target::Internal { route, suffix, .. } => {
            NavLink { label: item.label.clone(), path: Some(format!("{}{suffix}", route.encoded())), url: None }
        }
        Target::External(url) => NavLink { label: item.label.clone(), path: None, url: Some(url.clone()) },
        Target::Broken => NavLink { label: item.label.clone(), path: Some(String::new()), url: None },
    });
    let feed = |on: bool, path: &str, mime: &str| on.then(|| Feed { path: path.to_owned(), mime: mime.to_owned() });
    Site {
        title: config.title.clone(),
        short_title: config.short_title.clone(),
        tagline: config.tagline.clone(),
        description: config.description.clone(),
        language: config.language.clone(),
        locale: locale(&config.language),
        author: config.author.clone().unwrap_or_default(),
        copyright: config.copyright.clone(),
        about: config
            .about
            .split("\n\n")
            .map(|paragraph| paragraph.trim().to_owned())
            .filter(|paragraph| !paragraph.is_empty())
            .collect(),
        base_url: config.base_url.clone(),
        navigation: navigation.collect(),
        series: series.to_vec(),
        taxonomies: model.taxonomies.iter().map(taxonomy_link).collect(),
        today: model.has_today().then(|| TODAY.to_owned()),
        search: config.search.then(|| "search/".to_owned()),
        index: config.search.then(|| search::root().route().encoded()),
        feeds: [
            feed(config.feeds.atom, "feed.xml", "application/atom+xml"),
            feed(config.feeds.json, "feed.json", "application/feed+json"),
        ]
        .into_iter()
        .flatten()
        .collect(),
        theme: Theme {
            name: config.theme.name.value.clone(),
            paragraph: config.theme.paragraph,
            layout: config.theme.layout,
            face: config.theme.face,
        },
        offline: config.offline == Offline::On,
        policy: config.policy(),
        extra: Extra(config.extra.clone()),
    }
}

/// `ja_JP` for `ja`, `en_GB` for `en-GB`; of other languages without a country none is said.
fn locale(language: &str) -> Option<String> {
    match language.split_once('-') {
        Some((language, country)) if country.len() == 2 => Some(format!("{language}_{country}")),
        None if language == "ja" => Some("ja_JP".to_owned()),
        None if language == "en" => Some("en_US".to_owned()),
        _ => None,
    }
}

pub(super) fn taxonomy_link(taxonomy: &site::Taxonomy) -> TaxonomyLink {
    TaxonomyLink { key: taxonomy.key.clone(), title: taxonomy.label.clone(), path: taxonomy.route.encoded() }
}

pub(super) fn term_link(term: &site::Term) -> TermLink {
    TermLink {
        title: term.label.clone(),
        path: term.route.encoded(),
        count: u32::try_from(term.lessons.len()).unwrap_or(u32::MAX),
        description: term.description.clone(),
    }
}

pub(super) fn text_link(model: &SiteModel, text: usize) -> Link {
    let node = &model.texts[text];
    Link { title: node.text.front.title.value.clone(), path: node.route.encoded() }
}

pub(super) fn lesson_terms(model: &SiteModel) -> Vec<Vec<LessonTerms>> {
    let mut all: Vec<Vec<LessonTerms>> = vec![Vec::new(); model.lessons.len()];
    for taxonomy in &model.taxonomies {
        for term in &taxonomy.terms {
            let link = Link { title: term.label.clone(), path: term.route.encoded() };
            for lesson in &term.lessons {
                let own = &mut all[*lesson];
                match own.last_mut().filter(|terms| terms.key == taxonomy.key) {
                    Some(terms) => terms.terms.push(link.clone()),
                    None => own.push(LessonTerms {
                        key: taxonomy.key.clone(),
                        title: taxonomy.label.clone(),
                        terms: vec![link.clone()],
                    }),
                }
            }
        }
    }
    all
}

/// For each term, those that share most lessons with it: most first, in the taxonomy's order where equal.
pub(super) fn related(taxonomy: &site::Taxonomy, lessons: usize) -> Vec<Vec<TermLink>> {
    let mut terms_of: Vec<Vec<usize>> = vec![Vec::new(); lessons];
    for (at, term) in taxonomy.terms.iter().enumerate() {
        for lesson in &term.lessons {
            terms_of[*lesson].push(at);
        }
    }
    let mut shared: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); taxonomy.terms.len()];
    for terms in &terms_of {
        for one in terms {
            for other in terms.iter().filter(|other| *other != one) {
                *shared[*one].entry(*other).or_default() += 1;
            }
        }
    }
    let most = |counts: BTreeMap<usize, usize>| {
        let mut counts: Vec<(usize, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
        counts.into_iter().take(RELATED).map(|(at, _)| term_link(&taxonomy.terms[at])).collect()
    };
    shared.into_iter().map(most).collect()
}

/// Headings of level 2, with those of level 3 below them. A single entry tells nothing and is left out unless it was
/// asked for.
pub(super) fn toc(headings: &[Heading], always: bool) -> Vec<TocEntry> {
    let mut entries: Vec<TocEntry> = Vec::new();
    for heading in headings {
        let entry = TocEntry { title: heading.text.clone(), anchor: percent_encode(&heading.id), children: Vec::new() };
        match (heading.level, entries.last_mut()) {
            (3, Some(above)) => above.children.push(entry),
            (2 | 3, _) => entries.push(entry),
            _ => {}
        }
    }
    if entries.len() < 2 && !always { Vec::new() } else { entries }
}
