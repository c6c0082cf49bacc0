//! From the model to page contexts: which pages there are, and what each of them shows.

use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;
use serde::Serialize;

use super::dates::{day, day_of, midnight};
use super::{
    Card, Contents, Crumb, Day, Entry, Extra, Feed, FeedEntry, FeedView, Lesson, LessonTerms, Link, NavLink, Page,
    Paging, Part, SearchGroup, SeriesLink, Site, Strings, Takeaway, Taxonomy, TaxonomyLink, Term, TermLesson, TermLink,
    TocEntry,
};
use crate::content::Date;
use crate::markdown::Heading;
use crate::path::{Route, percent_encode};
use crate::site::{self, SiteModel, State, Target, part_anchor};

/// Lessons on the home page; where a series has more, only its parts are listed there.
const HOME_LIMIT: usize = 150;
/// Newest lessons on the home page.
const LATEST: usize = 5;
/// Related terms on a term's page.
const RELATED: usize = 8;

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
    model: &'a SiteModel,
    words: &'a Strings,
    zone: TimeZone,
    site: Site,
    cards: Vec<Card>,
    series: Vec<SeriesLink>,
    /// For each lesson, its terms.
    terms: Vec<Vec<LessonTerms>>,
    /// For each taxonomy and term, the terms that share most lessons with it.
    related: Vec<Vec<Vec<TermLink>>>,
    /// Lessons by date, the newest first.
    newest: Vec<usize>,
}

impl<'a> Views<'a> {
    /// Prepares what pages share.
    pub fn new(model: &'a SiteModel, words: &'a Strings) -> Self {
        // `config` has checked the name; UTC stands in where it was faulty.
        let zone = jiff::tz::db().get(&model.config.timezone).unwrap_or(TimeZone::UTC);
        let cards: Vec<Card> = model.lessons.iter().map(|lesson| card(model, lesson, words, &zone)).collect();
        let series: Vec<SeriesLink> = model.series.iter().map(|series| series_link(model, series, &cards)).collect();
        let mut newest: Vec<usize> =
            (0..model.lessons.len()).filter(|at| date_of(model, *at, &zone).is_some()).collect();
        newest.sort_by_key(|at| std::cmp::Reverse((date_of(model, *at, &zone), *at)));
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
        match id {
            PageId::Home => self.home(),
            PageId::Series(at) => self.series(at),
            PageId::Lesson(at) => self.lesson(at),
            PageId::Page(text) => self.page(text),
            PageId::Taxonomy(at) => self.taxonomy(at),
            PageId::Term(taxonomy, term, page) => self.term(taxonomy, term, page),
            PageId::Takeaways(at) => self.takeaways(at),
            PageId::Search => self.search(),
            PageId::NotFound => self.not_found(),
            PageId::Redirect(at) => self.redirect(at),
        }
    }

    /// A word of the theme; the key itself where it has none, so that nothing breaks and the gap is seen.
    fn word(&self, key: &str) -> String {
        self.words.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    fn word_with(&self, key: &str, args: &[(&'static str, String)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        crate::diag::fill(&self.word(key), &args)
    }

    fn blank(&self, kind: &'static str, route: &Route, title: String) -> Page {
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
            content: String::new(),
            code: false,
            toc: Vec::new(),
            extra: Extra::default(),
        }
    }

    fn finish(&self, route: Route, template: &str, page: Page, data: Data, body: Option<usize>) -> View {
        View { root: route.root(), route, template: template.to_owned(), page, data, body, takeaways: Vec::new() }
    }

    /// What a text's front matter and body give to its page.
    fn dress(&self, page: &mut Page, text: usize, template: &mut String) {
        let node = &self.model.texts[text];
        let front = &node.text.front;
        page.description = front
            .description
            .as_ref()
            .map_or_else(|| node.text.facts.summary.clone(), |description| description.value.clone());
        page.image = self.model.image(text);
        page.code = node.text.facts.code;
        page.extra = Extra(front.extra.clone());
        page.noindex = node.state != State::Published;
        if front.toc != Some(false) {
            page.toc = toc(&node.text.facts.headings, front.toc == Some(true));
        }
        if let Some(chosen) = &front.template {
            chosen.value.clone_into(template);
        }
    }

    fn trail(&self, steps: Vec<(String, Option<&Route>)>) -> Vec<Crumb> {
        let mut trail = vec![Crumb { title: self.word("home"), path: Some(String::new()) }];
        trail.extend(steps.into_iter().map(|(title, route)| Crumb { title, path: route.map(Route::encoded) }));
        trail
    }

    fn home(&self) -> View {
        let model = self.model;
        let mut page = self.blank("home", &Route::home(), model.config.title.clone());
        page.head_title.clone_from(&model.config.title);
        let mut template = "home.html".to_owned();
        // A series in `content/` itself has the home page for its introduction.
        let body = model
            .home
            .or_else(|| model.series.iter().find(|series| series.route == Route::home()).map(|series| series.index));
        if let Some(text) = body {
            self.dress(&mut page, text, &mut template);
        }
        let described = body.is_some_and(|text| model.texts[text].text.front.description.is_some());
        if !described {
            page.description.clone_from(&model.config.description);
        }
        let contents = (0..model.series.len())
            .map(|at| {
                let shortened = model.series[at].lessons.len() > HOME_LIMIT && model.series[at].route != Route::home();
                self.contents(at, shortened)
            })
            .collect();
        let latest = self.newest.iter().take(LATEST).map(|at| self.cards[*at].clone()).collect();
        self.finish(Route::home(), &template, page, Data::Home { contents, latest }, body)
    }

    fn series(&self, at: usize) -> View {
        let series = &self.model.series[at];
        let title = self.series[at].title.clone();
        let mut page = self.blank("series", &series.route, title.clone());
        let mut template = "series.html".to_owned();
        self.dress(&mut page, series.index, &mut template);
        page.breadcrumb = self.trail(vec![(title, None)]);
        let data = Data::Series { series: self.contents(at, false) };
        self.finish(series.route.clone(), &template, page, data, Some(series.index))
    }

    fn contents(&self, at: usize, shortened: bool) -> Contents {
        let series = &self.model.series[at];
        let description = &self.model.texts[series.index].text.front.description;
        Contents {
            link: self.series[at].clone(),
            description: description.as_ref().map(|description| description.value.clone()).unwrap_or_default(),
            parts: series.parts.iter().map(|part| self.part(series, part, shortened)).collect(),
            shortened,
        }
    }

    fn part(&self, series: &site::Series, part: &site::Part, shortened: bool) -> Part {
        let lessons = &self.model.lessons[series.lessons.clone()];
        let first = lessons.partition_point(|lesson| lesson.number < part.from);
        let last = lessons.partition_point(|lesson| lesson.number <= part.to);
        let mut entries = Vec::new();
        let mut expected = part.from;
        let gap = |entries: &mut Vec<Entry>, from: u32, to: u32| {
            if from <= to {
                entries.push(Entry { lesson: None, from, to });
            }
        };
        if !shortened {
            for (offset, lesson) in lessons[first..last].iter().enumerate() {
                gap(&mut entries, expected, lesson.number - 1);
                let card = self.cards[series.lessons.start + first + offset].clone();
                entries.push(Entry { lesson: Some(card), from: lesson.number, to: lesson.number });
                expected = lesson.number + 1;
            }
            gap(&mut entries, expected, part.to);
        }
        Part {
            title: part.title.clone(),
            anchor: part_anchor(part.from),
            description: part.description.clone(),
            from: part.from,
            to: part.to,
            count: u32::try_from(last - first).unwrap_or(u32::MAX),
            entries,
        }
    }

    fn lesson(&self, at: usize) -> View {
        let model = self.model;
        let lesson = &model.lessons[at];
        let series = &model.series[lesson.series];
        let node = &model.texts[lesson.text];
        let front = &node.text.front;
        let part = series
            .parts
            .iter()
            .find(|part| part.from <= lesson.number && lesson.number <= part.to && !part.title.is_empty());
        let mut page = self.blank("lesson", &node.route, front.title.value.clone());
        let mut template = "lesson.html".to_owned();
        self.dress(&mut page, lesson.text, &mut template);
        let link = &self.series[lesson.series];
        page.breadcrumb = self.trail(vec![(link.title.clone(), Some(&series.route))]);
        if let Some(part) = part {
            let path = format!("{}#{}", series.route.encoded(), part_anchor(part.from));
            page.breadcrumb.push(Crumb { title: part.title.clone(), path: Some(path) });
        }
        page.breadcrumb
            .push(Crumb { title: self.word_with("lesson_n", &[("n", lesson.number.to_string())]), path: None });
        let card = |at: Option<usize>| at.filter(|at| series.lessons.contains(at)).map(|at| self.cards[at].clone());
        let mut authors = front.authors.clone();
        if authors.is_empty() {
            authors.extend(model.config.author.clone());
        }
        let data = Lesson {
            number: lesson.number,
            id: lesson.id.clone(),
            series: link.clone(),
            part: part.map(|part| part.title.clone()),
            previous: card(at.checked_sub(1)),
            next: card(Some(at + 1)),
            date: self.cards[at].date.clone(),
            updated: front.updated.as_ref().map(|updated| day(updated.value, self.words)),
            minutes: node.text.facts.minutes,
            authors,
            terms: self.terms[at].clone(),
            requires: lesson.requires.iter().map(|at| self.cards[*at].clone()).collect(),
            unpublished: node.state != State::Published,
            checks: node.text.facts.checks,
        };
        self.finish(node.route.clone(), &template, page, Data::Lesson { lesson: Box::new(data) }, Some(lesson.text))
    }

    fn page(&self, text: usize) -> View {
        let node = &self.model.texts[text];
        let title = node.text.front.title.value.clone();
        let mut page = self.blank("page", &node.route, title.clone());
        let mut template = "page.html".to_owned();
        self.dress(&mut page, text, &mut template);
        page.breadcrumb = self.trail(vec![(title, None)]);
        self.finish(node.route.clone(), &template, page, Data::None {}, Some(text))
    }

    fn taxonomy(&self, at: usize) -> View {
        let taxonomy = &self.model.taxonomies[at];
        let mut page = self.blank("taxonomy", &taxonomy.route, taxonomy.label.clone());
        page.breadcrumb = self.trail(vec![(taxonomy.label.clone(), None)]);
        page.description = self.word_with("taxonomy_description", &[("title", taxonomy.label.clone())]);
        let terms = taxonomy.terms.iter().map(term_link).collect();
        let data =
            Data::Taxonomy { taxonomy: Taxonomy { key: taxonomy.key.clone(), title: taxonomy.label.clone(), terms } };
        self.finish(taxonomy.route.clone(), "taxonomy.html", page, data, None)
    }

    fn term(&self, at: usize, term: usize, number: u32) -> View {
        let model = self.model;
        let taxonomy = &model.taxonomies[at];
        let found = &taxonomy.terms[term];
        let per_page = model.config.per_page;
        let pages = found.pages(per_page);
        let route = found.page_route(number);
        let mut page = self.blank("term", &route, found.label.clone());
        page.breadcrumb =
            self.trail(vec![(taxonomy.label.clone(), Some(&taxonomy.route)), (found.label.clone(), None)]);
        page.description = if found.description.is_empty() {
            self.word_with("term_description", &[("title", found.label.clone())])
        } else {
            found.description.clone()
        };
        if number > 1 {
            let suffix = self.word_with("page_of", &[("n", number.to_string())]);
            page.head_title = format!("{}（{suffix}） | {}", found.label, model.config.short_title);
        }
        let start = (number - 1) as usize * per_page as usize;
        let lessons = found.lessons.iter().skip(start).take(per_page as usize);
        let several = model.series.len() > 1;
        let lessons = lessons.map(|at| TermLesson {
            lesson: self.cards[*at].clone(),
            series: several.then(|| self.series[model.lessons[*at].series].title.clone()),
        });
        let data = Term {
            taxonomy: taxonomy_link(taxonomy),
            title: found.label.clone(),
            description: found.description.clone(),
            count: u32::try_from(found.lessons.len()).unwrap_or(u32::MAX),
            lessons: lessons.collect(),
            related: self.related[at][term].clone(),
            paging: Paging {
                page: number,
                pages,
                previous: (number > 1).then(|| found.page_route(number - 1).encoded()),
                next: (number < pages).then(|| found.page_route(number + 1).encoded()),
            },
        };
        self.finish(route, "term.html", page, Data::Term { term: Box::new(data) }, None)
    }

    fn takeaways(&self, at: usize) -> View {
        let model = self.model;
        let series = &model.series[at];
        let route = series.takeaways.clone().unwrap_or_else(Route::home);
        let title = self.word("takeaways");
        let mut page = self.blank("takeaways", &route, title.clone());
        page.description = self.word_with("takeaways_description", &[("title", self.series[at].title.clone())]);
        page.breadcrumb = self.trail(vec![(self.series[at].title.clone(), Some(&series.route)), (title, None)]);
        let mut texts = Vec::new();
        let mut takeaways = Vec::new();
        for lesson in series.lessons.clone() {
            let text = model.lessons[lesson].text;
            if model.texts[text].text.facts.takeaways > 0 {
                texts.push(text);
                takeaways.push(Takeaway { lesson: self.cards[lesson].clone(), content: String::new() });
            }
        }
        let data = Data::Takeaways { series: self.series[at].clone(), takeaways };
        let mut view = self.finish(route, "takeaways.html", page, data, None);
        view.takeaways = texts;
        view
    }

    fn search(&self) -> View {
        let model = self.model;
        let route = Route::new("search/");
        let title = self.word("search");
        let mut page = self.blank("search", &route, title.clone());
        page.breadcrumb = self.trail(vec![(title, None)]);
        page.noindex = true;
        let mut groups: Vec<SearchGroup> = model
            .series
            .iter()
            .enumerate()
            .map(|(at, series)| SearchGroup {
                title: self.series[at].title.clone(),
                lessons: self.cards[series.lessons.clone()].to_vec(),
                pages: Vec::new(),
            })
            .collect();
        let pages: Vec<Link> = model.pages.iter().map(|text| text_link(model, *text)).collect();
        if !pages.is_empty() {
            groups.push(SearchGroup { title: String::new(), lessons: Vec::new(), pages });
        }
        self.finish(route, "search.html", page, Data::Search { groups }, None)
    }

    fn not_found(&self) -> View {
        let route = Route::new("404.html");
        let mut page = self.blank("404", &route, self.word("not_found"));
        page.noindex = true;
        let mut view = self.finish(route, "404.html", page, Data::None {}, None);
        // A host shows this page at any depth, so its links cannot be relative.
        view.root = base_path(&self.model.config.base_url);
        view
    }

    fn redirect(&self, at: usize) -> View {
        let redirect = &self.model.redirects[at];
        let mut page = self.blank("redirect", &redirect.to, String::new());
        page.noindex = true;
        let data =
            Data::Redirect { target: page.canonical.clone(), target_path: redirect.to.href_from(&redirect.from) };
        self.finish(redirect.from.clone(), "redirect.html", page, data, None)
    }

    /// The feed's entries, the newest first: each a text and what is said of it.
    pub fn feed(&self) -> FeedView {
        let model = self.model;
        let config = &model.config;
        let entries = self.newest.iter().take(config.feeds.limit as usize).map(|at| {
            let card = &self.cards[*at];
            let front = &model.texts[model.lessons[*at].text].text.front;
            let published = date_of(model, *at, &self.zone).map(|date| midnight(date, &self.zone)).unwrap_or_default();
            let updated =
                front.updated.as_ref().map_or_else(|| published.clone(), |updated| midnight(updated.value, &self.zone));
            let mut authors = front.authors.clone();
            if authors.is_empty() {
                authors.extend(config.author.clone());
            }
            FeedEntry {
                title: card.title.clone(),
                url: format!("{}{}", config.base_url, card.path),
                published,
                updated,
                summary: card.description.clone(),
                authors,
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
            author: config.author.clone(),
            rights: config.copyright.clone(),
            entries: entries.collect(),
        }
    }

    /// Every page that search engines are to know, with the day of its last change where it is known, sorted.
    pub fn sitemap(&self) -> Vec<(String, Option<String>)> {
        let model = self.model;
        let mut days: BTreeMap<&Route, Date> = BTreeMap::new();
        for (at, lesson) in model.lessons.iter().enumerate() {
            let node = &model.texts[lesson.text];
            let updated = node.text.front.updated.as_ref().map(|updated| updated.value);
            if let Some(date) = updated.or_else(|| date_of(model, at, &self.zone)) {
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
            if page && !redirect && !hidden.contains(&route) && route.as_str() != "search/" {
                let day = days.get(&route).map(|date| date.iso());
                all.push((format!("{}{}", model.config.base_url, route.encoded()), day));
            }
        }
        all
    }
}

fn base_path(base_url: &str) -> String {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/").to_owned()
}

fn date_of(model: &SiteModel, lesson: usize, zone: &TimeZone) -> Option<Date> {
    let front = &model.texts[model.lessons[lesson].text].text.front;
    let published = || day_of(front.publish.as_ref()?.value, zone);
    front.date.as_ref().map(|date| date.value).or_else(published)
}

fn card(model: &SiteModel, lesson: &site::Lesson, words: &Strings, zone: &TimeZone) -> Card {
    let node = &model.texts[lesson.text];
    let front = &node.text.front;
    let date = front.date.as_ref().map(|date| date.value).or_else(|| day_of(front.publish.as_ref()?.value, zone));
    Card {
        number: lesson.number,
        id: lesson.id.clone(),
        title: front.title.value.clone(),
        path: node.route.encoded(),
        description: front
            .description
            .as_ref()
            .map_or_else(|| node.text.facts.summary.clone(), |description| description.value.clone()),
        minutes: node.text.facts.minutes,
        date: date.map(|date| -> Day { day(date, words) }),
    }
}

fn series_link(model: &SiteModel, series: &site::Series, cards: &[Card]) -> SeriesLink {
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

fn site(model: &SiteModel, series: &[SeriesLink]) -> Site {
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
        search: config.search.then(|| "search/".to_owned()),
        feeds: [
            feed(config.feeds.atom, "feed.atom", "application/atom+xml"),
            feed(config.feeds.json, "feed.json", "application/feed+json"),
        ]
        .into_iter()
        .flatten()
        .collect(),
        extra: Extra(config.extra.clone()),
    }
}

fn taxonomy_link(taxonomy: &site::Taxonomy) -> TaxonomyLink {
    TaxonomyLink { key: taxonomy.key.clone(), title: taxonomy.label.clone(), path: taxonomy.route.encoded() }
}

fn term_link(term: &site::Term) -> TermLink {
    TermLink {
        title: term.label.clone(),
        path: term.route.encoded(),
        count: u32::try_from(term.lessons.len()).unwrap_or(u32::MAX),
        description: term.description.clone(),
    }
}

fn text_link(model: &SiteModel, text: usize) -> Link {
    let node = &model.texts[text];
    Link { title: node.text.front.title.value.clone(), path: node.route.encoded() }
}

fn lesson_terms(model: &SiteModel) -> Vec<Vec<LessonTerms>> {
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
fn related(taxonomy: &site::Taxonomy, lessons: usize) -> Vec<Vec<TermLink>> {
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
fn toc(headings: &[Heading], always: bool) -> Vec<TocEntry> {
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
