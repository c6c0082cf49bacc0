//! From the files under `content/` to lessons and pages: discovery, front matter, and the text of each.
//!
//! What is made of one file depends on that file's bytes and on [`TextOptions`], on nothing else, and is memoised so.

pub mod discover;
pub mod front_matter;
pub mod parse;
pub mod spelling;

use serde::{Deserialize, Serialize};

use crate::config::MarkdownOptions;
use crate::diag::Fault;
use crate::fields::Value;
use crate::markdown::{Facts, Fragment, Speaker};
use crate::path::SourcePath;
use crate::text::{Located, Span};
pub use crate::time::{Date, Instant};
pub use crate::world::MAX_TEXT;
pub use spelling::Spellings;

/// All that the making of one text depends on besides its bytes. It enters the memo key, so it holds no more than that.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TextOptions {
    /// The site's language: the words of boxes and the counting of characters follow it.
    pub language: String,
    /// IANA name, for times without an offset.
    pub timezone: String,
    /// Keys of the taxonomies: front matter fields that take terms.
    pub taxonomies: Vec<String>,
    /// How Markdown is read.
    pub markdown: MarkdownOptions,
    /// Voices of dialogues.
    pub speakers: Vec<Speaker>,
    /// Words whose writing is looked at.
    pub spellings: Spellings,
}

/// What kind of text a file of `content/` is; told from its path alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// `_index.md`: of a series, of the home page, or of a plain folder.
    Index,
    /// Any other Markdown file.
    Text,
}

impl Role {
    /// The role of a Markdown file at `path`.
    pub fn of(path: &SourcePath) -> Self {
        if path.name().eq_ignore_ascii_case("_index.md") { Self::Index } else { Self::Text }
    }
}

/// Front matter, checked field by field; absent fields are `None` or empty. Spans are offsets into the whole file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FrontMatter {
    /// The whole block, with its `---` lines; empty where there is none.
    pub span: Span,
    /// `title`. Where it is missing, a fault was reported and the value is empty.
    pub title: Located<String>,
    /// `description`.
    pub description: Option<Located<String>>,
    /// `date`: when it was first published.
    pub date: Option<Located<Date>>,
    /// `updated`: when it last changed in substance.
    pub updated: Option<Located<Date>>,
    /// `publish`: not before this.
    pub publish: Option<Located<Instant>>,
    /// `expire`: not from this on.
    pub expire: Option<Located<Instant>>,
    /// `draft`.
    pub draft: bool,
    /// `authors`.
    pub authors: Vec<String>,
    /// For each taxonomy key that is present, the terms.
    pub terms: Vec<(String, Vec<Located<String>>)>,
    /// `aliases`: old paths, `/old/quota/`.
    pub aliases: Vec<Located<String>>,
    /// `image`: a file beside the text.
    pub image: Option<Located<String>>,
    /// `requires`: ids of earlier lessons.
    pub requires: Vec<Located<String>>,
    /// `yomi`: the reading of the title.
    pub yomi: Option<String>,
    /// `template`: a template of the theme instead of the usual one.
    pub template: Option<Located<String>>,
    /// `toc`: whether the page shows its table of contents.
    pub toc: Option<bool>,
    /// `extra`: free values for the theme.
    pub extra: Value,
    /// Only in an `_index.md` with `kind: series`.
    pub series: Option<SeriesMatter>,
}

/// What makes a folder a series.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SeriesMatter {
    /// `planned`: how many lessons there will be.
    pub planned: Option<Located<u32>>,
    /// `parts`, as written.
    pub parts: Vec<PartMatter>,
}

/// A named run of lessons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartMatter {
    /// `title`.
    pub title: String,
    /// `start`: the number of its first lesson.
    pub start: Located<u32>,
    /// `description`; may be empty.
    pub description: String,
}

/// One Markdown file, understood on its own; its HTML aside, which [`parse::parse`] hands out beside it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Text {
    /// The fields at its head.
    pub front: FrontMatter,
    /// What relating, listing and searching need of the body.
    pub facts: Facts,
    /// The contents of each まとめ box, in order, without ids. They are shown on a page of many texts, so they are kept
    /// where bodies are not.
    pub takeaways: Vec<Fragment>,
    /// What is wrong in the file by itself.
    pub faults: Vec<Fault>,
    /// For each form of [`Spellings`] that the body has, by its index, the bytes at which it stands.
    pub spellings: Vec<(u16, Vec<u32>)>,
}
