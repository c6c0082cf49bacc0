//! `site.toml`, checked. [`parse`] never fails: what is wrong becomes a fault, and a usable value takes its place.

mod address;
mod external;
mod lint;
mod parse;
mod security;
mod theme;

use serde::Serialize;

pub use external::External;
pub use lint::{Level, Lint, Preferred};
pub use parse::{parse, shape};
pub use security::Security;
pub use theme::{COLOURS, Colour, Face, Layout, Paragraph, Setting, ThemeOptions, hex};

use crate::fields::Value;
pub use crate::markdown::{Breaks, RawHtml, Side};
use crate::text::Located;

pub use crate::world::SITE_FILE as FILE;

/// The fields of front matter, which no taxonomy may be named after.
pub const FRONT_MATTER_FIELDS: &[&str] = &[
    "title",
    "description",
    "date",
    "updated",
    "publish",
    "expire",
    "draft",
    "authors",
    "aliases",
    "image",
    "requires",
    "yomi",
    "template",
    "toc",
    "extra",
    "kind",
    "planned",
    "parts",
];

/// A site's configuration, as the stages need it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Config {
    /// The site's full name.
    pub title: String,
    /// What stands in the header of every page; the title where none is given.
    pub short_title: String,
    /// One sentence under the title of the home page; may be empty.
    pub tagline: String,
    /// For search engines and feeds; the tagline where none is given.
    pub description: String,
    /// Where the site is published, with a trailing `/`: `https://example.com/course/`.
    pub base_url: String,
    /// BCP 47: `ja`, `en`. Chooses the words of the theme.
    pub language: String,
    /// An IANA name. Dates and times without an offset are read in it.
    pub timezone: String,
    /// The author of lessons that name none.
    pub author: Option<String>,
    /// Which theme, and what of it the site sets.
    pub theme: ThemeOptions,
    /// A line at the foot of every page; may be empty.
    pub copyright: String,
    /// A few words about the site, plain text, paragraphs separated by empty lines; may be empty.
    pub about: String,
    /// Links in the header.
    pub navigation: Vec<NavItem>,
    /// In the order of the file; `categories` and `tags` always exist.
    pub taxonomies: Vec<Taxonomy>,
    /// Voices of dialogues.
    pub speakers: Vec<Speaker>,
    /// How Markdown is read.
    pub markdown: MarkdownOptions,
    /// What is reported of texts that are right as they stand, and most likely not meant so.
    pub lint: Lint,
    /// How links to other sites are asked for.
    pub external: External,
    /// The search page.
    pub search: bool,
    /// Atom and JSON feeds.
    pub feeds: Feeds,
    /// Lessons on one page of a term; 20 where not given.
    pub per_page: u32,
    /// What pages may load.
    pub security: Security,
    /// Whether browsers keep the site for reading without a network.
    pub offline: Offline,
    /// Free values for the theme: `[extra]`.
    pub extra: Value,
}

/// Whether browsers keep the site for reading without a network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Offline {
    /// They are not asked to.
    #[default]
    Off,
    /// They keep it.
    On,
    /// Those that kept it let go of it.
    Remove,
}

impl Config {
    /// The content security policy of every page; empty where there is none.
    pub fn policy(&self) -> String {
        let policy = self.security.policy();
        if policy.is_empty() || self.offline == Offline::Off { policy } else { format!("{policy}; worker-src 'self'") }
    }
}

/// One link of the header.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NavItem {
    /// What is shown.
    pub label: String,
    /// `/secrets/` (a path of the site), `content/about.md` or `about.md` (a file of `content/`), or an absolute URL.
    pub link: Located<String>,
}

/// A way of grouping lessons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Taxonomy {
    /// The front matter key: `tags`.
    pub key: String,
    /// What readers see: `タグ`.
    pub label: String,
    /// Its folder in URLs; the key where not given.
    pub slug: Located<String>,
    /// Declared terms; where there are any, other terms are errors.
    pub terms: Vec<Term>,
}

/// A declared value of a taxonomy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Term {
    /// What lessons write.
    pub name: Located<String>,
    /// What readers see; the name where not given.
    pub label: String,
    /// Its folder in URLs; made from the name where not given.
    pub slug: Option<Located<String>>,
    /// A sentence or two on the term's page; may be empty.
    pub description: String,
}

/// A named voice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Speaker {
    /// What dialogues write: `お客様`.
    pub name: String,
    /// Where the turns stand.
    pub side: Side,
    /// An image below `content/`: `images/face.png`.
    pub face: Option<Located<String>>,
}

/// The `[markdown]` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkdownOptions {
    /// See [`Breaks`].
    pub breaks: Breaks,
    /// See [`RawHtml`].
    pub html: RawHtml,
    /// Whether `$…$` and `$$…$$` are formulas; on unless said otherwise.
    pub math: bool,
    /// Makes links of URLs and mail addresses that are typed bare; on unless said otherwise.
    pub autolinks: bool,
}

impl Default for MarkdownOptions {
    fn default() -> Self {
        Self { breaks: Breaks::default(), html: RawHtml::default(), math: true, autolinks: true }
    }
}

/// The `[feeds]` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feeds {
    /// Writes `feed.xml`; on unless said otherwise.
    pub atom: bool,
    /// Writes `feed.json`; on unless said otherwise.
    pub json: bool,
    /// Newest lessons in a feed; 20 where not given.
    pub limit: u32,
    /// Whole lessons instead of summaries; on unless said otherwise.
    pub full: bool,
}
