//! What feeds and the sitemap show.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::dates::midnight;
use super::shared::{authors_of, date_of};
use super::views::Views;
use crate::path::Route;
use crate::site::{State, TODAY};
use crate::time::Date;

/// A feed of the newest lessons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedView {
    /// The site's title.
    pub title: String,
    /// The site's description.
    pub subtitle: String,
    /// Absolute, with a trailing `/`.
    pub base_url: String,
    /// BCP 47.
    pub language: String,
    /// The site's author.
    pub author: Option<String>,
    /// The site's copyright; may be empty.
    pub rights: String,
    /// The style sheet by which a browser shows it, relative to the site's root.
    pub style: Option<String>,
    /// The newest first.
    pub entries: Vec<FeedEntry>,
}

/// One lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FeedEntry {
    /// Its title.
    pub title: String,
    /// Absolute; its permanent id as well.
    pub url: String,
    /// RFC 3339.
    pub published: String,
    /// RFC 3339.
    pub updated: String,
    /// Plain text.
    pub summary: String,
    /// Names.
    pub authors: Vec<String>,
    /// Its terms.
    pub categories: Vec<String>,
    /// Index into the model's texts.
    pub text: usize,
    /// The body as HTML with absolute links; filled in where the site wants whole lessons.
    pub content: Option<String>,
}

impl Views<'_> {
    /// The feed's entries, the newest first: each a text and what is said of it.
    pub fn feed(&self) -> FeedView {
        let model = self.model;
        let config = &model.config;
        let entries = self.newest.iter().take(config.feeds.limit as usize).map(|at| {
            let card = &self.cards[*at];
            let front = &model.texts[model.lessons[*at].text].text.front;
            let published = date_of(front, &self.zone).map(|date| midnight(date, &self.zone)).unwrap_or_default();
            let updated =
                front.updated.as_ref().map_or_else(|| published.clone(), |updated| midnight(updated.value, &self.zone));
            FeedEntry {
                title: card.title.clone(),
                url: format!("{}{}", config.base_url, card.path),
                published,
                updated,
                summary: card.description.clone(),
                authors: authors_of(front, config),
                categories: self.terms[*at]
                    .iter()
                    .flat_map(|terms| terms.terms.iter().map(|term| term.title.clone()))
                    .collect(),
                text: model.lessons[*at].text,
                content: None,
            }
        });
        FeedView {
            title: config.title.clone(),
            subtitle: config.description.clone(),
            base_url: config.base_url.clone(),
            language: config.language.clone(),
            // Atom demands an author somewhere; a site that names none speaks for itself.
            author: config.author.clone().or_else(|| Some(config.title.clone())),
            rights: config.copyright.clone(),
            style: None,
            entries: entries.collect(),
        }
    }

    /// Every page that search engines are to know, with the day of its last change where it is known, sorted.
    pub fn sitemap(&self) -> Vec<(String, Option<String>)> {
        let model = self.model;
        let mut days: BTreeMap<&Route, Date> = BTreeMap::new();
        for lesson in &model.lessons {
            let node = &model.texts[lesson.text];
            let updated = node.text.front.updated.as_ref().map(|updated| updated.value);
            if let Some(date) = updated.or_else(|| date_of(&node.text.front, &self.zone)) {
                days.insert(&node.route, date);
            }
        }
        let hidden: BTreeSet<&Route> =
            model.texts.iter().filter(|node| node.state != State::Published).map(|node| &node.route).collect();
        let mut all: Vec<(String, Option<String>)> = Vec::new();
        for (path, _) in model.routes.iter() {
            let route = path.route();
            let page = path.as_str().ends_with("index.html");
            let redirect = model.redirects.binary_search_by(|redirect| redirect.from.cmp(&route)).is_ok();
            if page && !redirect && !hidden.contains(&route) && ![TODAY, "search/"].contains(&route.as_str()) {
                let day = days.get(&route).map(|date| date.iso());
                all.push((format!("{}{}", model.config.base_url, route.encoded()), day));
            }
        }
        all
    }
}
