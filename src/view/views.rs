//! From the model to page contexts: which pages there are, and what each kind of page is made of.

use jiff::tz::TimeZone;
use serde::Serialize;

use super::linked;
use super::shared::{card, date_of, description_of, lesson_terms, related, series_link, site, toc};
use super::{
    Card, Contents, Course, Crumb, Extra, Lesson, LessonTerms, Page, SearchGroup, SeriesLink, Site, Strings, Takeaway,
    Taxonomy, Term, TermLink,
};
use crate::path::Route;
use crate::site::{SiteModel, State};

/// One page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageId {
    /// The home page.
    Home,
    /// Contents of a series: index into [`SiteModel::series`].
    Series(usize),
    /// Index into [`SiteModel::lessons`].
    Lesson(usize),
    /// A text outside any series: index into [`SiteModel::texts`].
    Page(usize),
    /// The terms of a taxonomy: index into [`SiteModel::taxonomies`].
    Taxonomy(usize),
    /// A page of a term: taxonomy, term, page from 1.
    Term(usize, usize, u32),
    /// Takeaways of a series.
    Takeaways(usize),
    /// The page of the day's lesson.
    Today,
    /// The search page.
    Search,
    /// What a host shows for URLs that are not there.
    NotFound,
    /// Index into [`SiteModel::redirects`].
    Redirect(usize),
}

/// A page, ready to be rendered but for the HTML of its texts.
#[derive(Debug)]
pub struct View {
    /// Where it lies.
    pub route: Route,
    /// The template that renders it.
    pub template: String,
    /// The path from this page to the site's root.
    pub root: String,
    /// `page`.
    pub page: Page,
    /// What only its kind of page has.
    pub data: Data,
    /// The text that is its body: index into [`SiteModel::texts`].
    pub body: Option<usize>,
    /// The texts whose takeaways it shows, in order.
    pub takeaways: Vec<usize>,
}

/// What only one kind of page has.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Data {
    /// `contents`, `latest`.
    Home {
        /// The contents of all series.
        contents: Vec<Contents>,
        /// The newest lessons.
        latest: Vec<Card>,
    },
    /// `series`.
    Series {
        /// Its contents.
        series: Contents,
    },
    /// `lesson`.
    Lesson {
        /// The lesson.
        lesson: Box<Lesson>,
    },
    /// `taxonomy`.
    Taxonomy {
        /// The taxonomy.
        taxonomy: Taxonomy,
    },
    /// `term`.
    Term {
        /// The term.
        term: Box<Term>,
    },
    /// `series`, `takeaways`.
    Takeaways {
        /// The series.
        series: SeriesLink,
        /// Lesson by lesson.
        takeaways: Vec<Takeaway>,
    },
    /// `courses`.
    Today {
        /// Series by series.
        courses: Vec<Course>,
    },
    /// `groups`.
    Search {
        /// Series by series, then pages.
        groups: Vec<SearchGroup>,
    },
    /// `target`, `target_path`.
    Redirect {
        /// Absolute.
        target: String,
        /// Relative.
        target_path: String,
    },
    /// Nothing.
    None {},
}

/// Makes views of a model.
#[derive(Debug)]
pub struct Views<'a> {
    pub(super) model: &'a SiteModel,
    pub(super) words: &'a Strings,
    pub(super) zone: TimeZone,
    site: Site,
    pub(super) cards: Vec<Card>,
    pub(super) series: Vec<SeriesLink>,
    /// For each lesson, its terms.
    pub(super) terms: Vec<Vec<LessonTerms>>,
    /// For each taxonomy and term, the terms that share most lessons with it.
    pub(super) related: Vec<Vec<Vec<TermLink>>>,
    /// Lessons by date, the newest first.
    pub(super) newest: Vec<usize>,
}

impl View {
    pub(super) fn new(route: Route, template: &str, page: Page, data: Data, body: Option<usize>) -> Self {
        Self { root: route.root(), route, template: template.to_owned(), page, data, body, takeaways: Vec::new() }
    }
}

impl<'a> Views<'a> {
    /// Prepares what pages share.
    pub fn new(model: &'a SiteModel, words: &'a Strings) -> Self {
        // `config` has checked the name; UTC stands in where it was faulty.
        let zone = jiff::tz::db().get(&model.config.timezone).unwrap_or(TimeZone::UTC);
        let cards: Vec<Card> = model.lessons.iter().map(|lesson| card(model, lesson, words, &zone)).collect();
        let series: Vec<SeriesLink> = model.series.iter().map(|series| series_link(model, series, &cards)).collect();
        let dated = model.lessons.iter().enumerate().filter_map(|(at, lesson)| {
            let front = &model.texts[lesson.text].text.front;
            Some((date_of(front, &zone)?, at))
        });
        let mut dated: Vec<_> = dated.collect();
        dated.sort_unstable_by(|a, b| b.cmp(a));
        let newest = dated.into_iter().map(|(_, at)| at).collect();
        let site = site(model, &series);
        let terms = lesson_terms(model);
        let related = model.taxonomies.iter().map(|taxonomy| related(taxonomy, model.lessons.len())).collect();
        Self { model, words, zone, site, cards, series, terms, related, newest }
    }

    /// What all pages share.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// All pages, in a fixed order.
    pub fn pages(&self) -> Vec<PageId> {
        let model = self.model;
        let mut pages = vec![PageId::Home, PageId::NotFound];
        pages.extend(model.has_today().then_some(PageId::Today));
        pages.extend(model.config.search.then_some(PageId::Search));
        for (at, series) in model.series.iter().enumerate() {
            if series.route != Route::home() {
                pages.push(PageId::Series(at));
            }
            pages.extend(series.takeaways.is_some().then_some(PageId::Takeaways(at)));
        }
        pages.extend((0..model.lessons.len()).map(PageId::Lesson));
        pages.extend(model.pages.iter().map(|text| PageId::Page(*text)));
        for (at, taxonomy) in model.taxonomies.iter().enumerate() {
            pages.push(PageId::Taxonomy(at));
            for (term, found) in taxonomy.terms.iter().enumerate() {
                pages.extend((1..=found.pages(model.config.per_page)).map(|page| PageId::Term(at, term, page)));
            }
        }
        pages.extend((0..model.redirects.len()).map(PageId::Redirect));
        pages
    }

    /// The view of one page.
    pub fn view(&self, id: PageId) -> View {
        let mut view = match id {
            PageId::Home => self.home(),
            PageId::Series(at) => self.series(at),
            PageId::Lesson(at) => self.lesson(at),
            PageId::Page(text) => self.page(text),
            PageId::Taxonomy(at) => self.taxonomy(at),
            PageId::Term(taxonomy, term, page) => self.term(taxonomy, term, page),
            PageId::Takeaways(at) => self.takeaways(at),
            PageId::Today => self.today(),
            PageId::Search => self.search(),
            PageId::NotFound => self.not_found(),
            PageId::Redirect(at) => self.redirect(at),
        };
        view.page.json_ld = linked::json_ld(self, &view);
        view
    }

    /// A word of the theme; the key itself where it has none, so that nothing breaks and the gap is seen.
    pub(super) fn word(&self, key: &str) -> String {
        self.words.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    pub(super) fn word_with(&self, key: &str, args: &[(&'static str, String)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        crate::diag::fill(&self.word(key), &args)
    }

    pub(super) fn blank(&self, kind: &'static str, route: &Route, title: String) -> Page {
        let config = &self.model.config;
        Page {
            kind,
            head_title: if title.is_empty() {
                config.title.clone()
            } else {
                format!("{title} | {}", config.short_title)
            },
            title,
            description: String::new(),
            path: route.encoded(),
            canonical: format!("{}{}", config.base_url, route.encoded()),
            noindex: false,
            breadcrumb: Vec::new(),
            image: None,
            json_ld: String::new(),
            content: String::new(),
            code: false,
            toc: Vec::new(),
            extra: Extra::default(),
        }
    }

    /// What a text's front matter and body give to its page.
    pub(super) fn dress(&self, page: &mut Page, text: usize, template: &mut String) {
        let node = &self.model.texts[text];
        let front = &node.text.front;
        page.description = description_of(&node.text);
        page.image = self.model.image(text);
        page.code = !node.text.facts.code.is_empty();
        page.extra = Extra(front.extra.clone());
        page.noindex = node.state != State::Published;
        if front.toc != Some(false) {
            page.toc = toc(&node.text.facts.headings, front.toc == Some(true));
        }
        if let Some(chosen) = &front.template {
            chosen.value.clone_into(template);
        }
    }

    /// A breadcrumb from the home page down. A series in `content/` itself is the home page, and no second step.
    pub(super) fn trail(&self, steps: Vec<(String, Option<&Route>)>) -> Vec<Crumb> {
        let mut trail = vec![Crumb { title: self.word("home"), path: Some(String::new()) }];
        let steps = steps.into_iter().filter(|(_, route)| *route != Some(&Route::home()));
        trail.extend(steps.map(|(title, route)| Crumb { title, path: route.map(Route::encoded) }));
        trail
    }
}
