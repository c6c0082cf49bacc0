//! What a template can see: the only types that are serialised for templates.
//!
//! Paths in a context (`path`) are percent-encoded and relative to the site's root; a template writes
//! `href="{{ root }}{{ link.path }}"`. So the same shared value serves pages at every depth.

mod dates;
mod feed;
mod linked;
mod lists;
mod series;
mod shared;
mod views;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

pub use feed::{FeedEntry, FeedView};
pub use views::{Data, PageId, View, Views};

use crate::config::{Face, Layout, Paragraph};
use crate::fields::Value;

/// A free value, as templates see it: a plain value, list or map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Extra(pub Value);

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_value(&self.0, serializer)
    }
}

fn serialize_value<S: Serializer>(value: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    struct Natural<'a>(&'a Value);
    impl Serialize for Natural<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serialize_value(self.0, serializer)
        }
    }
    match value {
        Value::Null => serializer.serialize_unit(),
        Value::Bool(value) => serializer.serialize_bool(*value),
        Value::Int(value) => serializer.serialize_i64(*value),
        Value::Float(value) => serializer.serialize_f64(*value),
        Value::Text(value) => serializer.serialize_str(value),
        Value::List(values) => serializer.collect_seq(values.iter().map(Natural)),
        Value::Map(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, Natural(value)))),
    }
}

/// Shared by all pages of a site. In a template: `site`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Site {
    /// The full name.
    pub title: String,
    /// The name for the header.
    pub short_title: String,
    /// One sentence; may be empty.
    pub tagline: String,
    /// For search engines.
    pub description: String,
    /// `ja`, `en`.
    pub language: String,
    /// The language and its country, for cards: `ja_JP`; where the language says which.
    pub locale: Option<String>,
    /// May be empty.
    pub author: String,
    /// May be empty.
    pub copyright: String,
    /// The about text's paragraphs; empty where the author wrote none.
    pub about: Vec<String>,
    /// Absolute, with a trailing `/`.
    pub base_url: String,
    /// Links of the header.
    pub navigation: Vec<NavLink>,
    /// All series, in order.
    pub series: Vec<SeriesLink>,
    /// All taxonomies that have terms.
    pub taxonomies: Vec<TaxonomyLink>,
    /// The page of the day's lesson, where there is one.
    pub today: Option<String>,
    /// The search page, where there is one.
    pub search: Option<String>,
    /// The root of the search index, where there is one.
    pub index: Option<String>,
    /// Feeds.
    pub feeds: Vec<Feed>,
    /// `[theme]` of `site.toml`, but for what is in the style sheets.
    pub theme: Theme,
    /// Whether browsers keep the site for reading without a network.
    pub offline: bool,
    /// What pages may load: the Content Security Policy; empty where the site has none.
    pub policy: String,
    /// `[extra]` of `site.toml`.
    pub extra: Extra,
}

/// What `site.toml` chooses of a theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// `space`, or `indent`: how paragraphs are told apart.
    pub paragraph: Paragraph,
    /// `yokogaki`, or `tategaki`: which way lessons are set.
    pub layout: Layout,
    /// `gothic`, or `mincho`: the typeface until a reader chooses another.
    pub face: Face,
}

/// A link of the header.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NavLink {
    /// What is shown.
    pub label: String,
    /// For a place of this site.
    pub path: Option<String>,
    /// For another site.
    pub url: Option<String>,
}

/// A place of this site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What is shown.
    pub title: String,
    /// Where it leads.
    pub path: String,
}

/// A series, as other pages name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeriesLink {
    /// Its folder's path below `content/`: the name under which a reader's progress is kept.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its contents page.
    pub path: String,
    /// Its page of takeaways, where any lesson has them.
    pub takeaways: Option<String>,
    /// Its first published lesson.
    pub first: Option<Card>,
    /// Published lessons.
    pub count: u32,
    /// The planned length: at least the highest number.
    pub total: u32,
}

/// A taxonomy, as other pages name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaxonomyLink {
    /// `tags`.
    pub key: String,
    /// `タグ`.
    pub title: String,
    /// The list of its terms.
    pub path: String,
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feed {
    /// Where it lies.
    pub path: String,
    /// Its media type.
    pub mime: String,
}

/// A lesson, as other pages name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Card {
    /// Its number in its series.
    pub number: u32,
    /// Its permanent id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it lies.
    pub path: String,
    /// One or two sentences.
    pub description: String,
    /// Minutes to read.
    pub minutes: u32,
    /// When it was first published.
    pub date: Option<Day>,
}

/// A date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// `2026-01-05`.
    pub iso: String,
    /// In the site's language: `2026年1月5日`.
    pub text: String,
}

/// Common to every page. In a template: `page`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Page {
    /// `home`, `series`, `lesson`, `page`, `taxonomy`, `term`, `takeaways`, `today`, `search`, `404`, `redirect`.
    pub kind: &'static str,
    /// The heading of the page.
    pub title: String,
    /// For `<title>`: the heading and the site's short name.
    pub head_title: String,
    /// One or two sentences; may be empty.
    pub description: String,
    /// Where it lies.
    pub path: String,
    /// Its absolute URL.
    pub canonical: String,
    /// Whether search engines are asked to pass it over.
    pub noindex: bool,
    /// From the home page down, this page last and without a path.
    pub breadcrumb: Vec<Crumb>,
    /// The share image, absolute.
    pub image: Option<String>,
    /// What it says to programs about itself: JSON-LD, for a `<script type="application/ld+json">` as it is; may be
    /// empty.
    pub json_ld: String,
    /// The body; HTML. Empty where there is none.
    pub content: String,
    /// Whether it shows highlighted code.
    pub code: bool,
    /// The table of contents: headings of level 2 with those of level 3 below them. Empty where it is switched off or
    /// has fewer than two entries.
    pub toc: Vec<TocEntry>,
    /// `extra` of the front matter.
    pub extra: Extra,
}

/// A step of the breadcrumb.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Crumb {
    /// What is shown.
    pub title: String,
    /// Where it leads; absent for the page itself.
    pub path: Option<String>,
}

/// A line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TocEntry {
    /// The heading's text.
    pub title: String,
    /// Its percent-encoded id: `href="#{{ entry.anchor }}"`.
    pub anchor: String,
    /// The headings below it.
    pub children: Vec<TocEntry>,
}

/// What only a lesson has. In `lesson.html`: `lesson`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lesson {
    /// Its number.
    pub number: u32,
    /// Its permanent id.
    pub id: String,
    /// The series it belongs to.
    pub series: SeriesLink,
    /// The title of its part.
    pub part: Option<String>,
    /// The lesson before it, planned ones stepped over.
    pub previous: Option<Card>,
    /// The lesson after it.
    pub next: Option<Card>,
    /// When it was first published.
    pub date: Option<Day>,
    /// When it last changed in substance.
    pub updated: Option<Day>,
    /// Minutes to read.
    pub minutes: u32,
    /// Names.
    pub authors: Vec<String>,
    /// Its terms, taxonomy by taxonomy; only those that have any.
    pub terms: Vec<LessonTerms>,
    /// Earlier lessons that it builds on.
    pub requires: Vec<Card>,
    /// Whether it is a draft or scheduled, and shown only because that was asked for.
    pub unpublished: bool,
    /// Whether it has boxes to tick.
    pub checks: bool,
}

/// A lesson's terms in one taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LessonTerms {
    /// `tags`.
    pub key: String,
    /// `タグ`.
    pub title: String,
    /// The terms.
    pub terms: Vec<Link>,
}

/// A series' contents. In `series.html`: `series`; in `home.html`: each of `contents`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contents {
    /// The series.
    pub link: SeriesLink,
    /// Its description; may be empty.
    pub description: String,
    /// Its parts; one without a title where the author named none.
    pub parts: Vec<Part>,
    /// Whether the lessons are left out because there are too many for this page: only the home page of a large
    /// series says so.
    pub shortened: bool,
}

/// A named run of lessons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// Empty where lessons stand before the first part, or there are no parts.
    pub title: String,
    /// Its id on the contents page: `href="…#{{ part.anchor }}"`.
    pub anchor: String,
    /// May be empty.
    pub description: String,
    /// Its first number.
    pub from: u32,
    /// Its last number, planned ones included.
    pub to: u32,
    /// Published lessons in it.
    pub count: u32,
    /// Its lessons, and runs of planned ones, in order.
    pub entries: Vec<Entry>,
}

/// A lesson, or a run of planned ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The lesson; absent for a planned run.
    pub lesson: Option<Card>,
    /// The first number of a planned run, or the lesson's.
    pub from: u32,
    /// Its last number; the same where it is one.
    pub to: u32,
}

/// In `taxonomy.html`: `taxonomy`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Taxonomy {
    /// `tags`.
    pub key: String,
    /// `タグ`.
    pub title: String,
    /// Its terms, those of `site.toml` in their order, the others sorted.
    pub terms: Vec<TermLink>,
}

/// A term, as other pages name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermLink {
    /// What readers see.
    pub title: String,
    /// Its page.
    pub path: String,
    /// How many lessons have it.
    pub count: u32,
    /// May be empty.
    pub description: String,
}

/// In `term.html`: `term`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Term {
    /// The taxonomy.
    pub taxonomy: TaxonomyLink,
    /// What readers see.
    pub title: String,
    /// May be empty.
    pub description: String,
    /// How many lessons have it, on all its pages.
    pub count: u32,
    /// The lessons of this page, in the order of their series.
    pub lessons: Vec<TermLesson>,
    /// Terms that share most lessons with it, at most eight.
    pub related: Vec<TermLink>,
    /// Where this page stands among the term's pages.
    pub paging: Paging,
}

/// A lesson in a term's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermLesson {
    /// The lesson.
    pub lesson: Card,
    /// Its series' title; only where the site has several.
    pub series: Option<String>,
}

/// One of several pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// This page, from 1.
    pub page: u32,
    /// How many there are.
    pub pages: u32,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// In `takeaways.html`: each of `takeaways`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Takeaway {
    /// The lesson.
    pub lesson: Card,
    /// The contents of its まとめ boxes; HTML.
    pub content: String,
}

/// In `today.html`: each of `courses`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Course {
    /// The series.
    pub link: SeriesLink,
    /// Its lessons, in order.
    pub lessons: Vec<Card>,
}

/// In `search.html`: each of `groups`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SearchGroup {
    /// A series' title, or empty for pages outside any.
    pub title: String,
    /// Lessons, in order.
    pub lessons: Vec<Card>,
    /// Pages outside any series.
    pub pages: Vec<Link>,
}

/// In every template: `assets`, the theme's assets by their name as typed: `assets["style.css"]` is its path.
pub type Assets = BTreeMap<String, String>;

/// In every template: `t`, the theme's words in the site's language.
pub type Strings = BTreeMap<String, String>;
