//! Diagnostics as words: for people, for programs (JSON lines) and for GitHub's annotations.
//!
//! Nothing here prints or reads: the sources are asked for, the words are returned.

pub mod github;
pub mod human;
pub mod json;

use std::sync::Arc;

use serde::Serialize;

use super::Lang;
use crate::path::SourcePath;
use crate::text::Span;
use crate::text::lines::LineIndex;

/// The bytes of a file as they were when it was read; `None` for a file that is not held.
pub type Sources<'a> = &'a dyn Fn(&SourcePath) -> Option<Arc<[u8]>>;

/// What all renderings need besides the diagnostic.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The language of the words.
    pub lang: Lang,
    /// The texts that the diagnostics speak of.
    pub sources: Sources<'a>,
    /// What leads from the reader's working directory to the site's folder, put before each path: `lessons/`, `../`,
    /// or the empty string.
    pub prefix: &'a str,
}

impl Setting<'_> {
    fn path(&self, file: &SourcePath) -> String {
        format!("{}{file}", self.prefix)
    }
}

/// Lines and columns of a span, from 1; columns count characters. The end is one past the last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Place {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

impl Place {
    /// The beginning of a file.
    const HEAD: Self = Self { line: 1, column: 1, end_line: 1, end_column: 1 };
}

/// A file's text and a span in it that is safe to cut at.
struct Source {
    text: String,
    start: usize,
    end: usize,
}

impl Source {
    /// The text around `span`. Bytes that are not UTF-8 become U+FFFD, and the span moves with them.
    fn find(setting: &Setting<'_>, file: &SourcePath, span: Span) -> Option<Self> {
        let bytes = (setting.sources)(file)?;
        let range = span.range();
        let end = range.end.min(bytes.len());
        let start = range.start.min(end);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            return Some(Self { start: floor(text, start), end: ceil(text, end), text: text.to_owned() });
        }
        let before = String::from_utf8_lossy(&bytes[..start]);
        let marked = String::from_utf8_lossy(&bytes[start..end]);
        let after = String::from_utf8_lossy(&bytes[end..]);
        let (start, end) = (before.len(), before.len() + marked.len());
        Some(Self { text: format!("{before}{marked}{after}"), start, end })
    }

    fn place(&self) -> Place {
        let index = LineIndex::new(&self.text);
        let (line, column) = index.locate(&self.text, self.start);
        let (end_line, end_column) = index.locate(&self.text, self.end);
        Place { line, column, end_line, end_column }
    }
}

/// The nearest place at or before `at` between two characters.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The nearest place at or after `at` between two characters.
fn ceil(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// Where `span` lies; the head of the file where its text is not held.
fn place(setting: &Setting<'_>, file: &SourcePath, span: Span) -> Place {
    Source::find(setting, file, span).map_or(Place::HEAD, |source| source.place())
}
