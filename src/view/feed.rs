//! What feeds show.

use serde::Serialize;

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
