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

/// The lines on which a span lies, and the span in them, safe to cut at. No more of the file is looked at than must be:
/// it may be large, and have many faults.
struct Source {
    text: String,
    /// The number of its first line, from 1.
    line: usize,
    start: usize,
    end: usize,
}

impl Source {
    /// The lines around `span`. Bytes that are not UTF-8 become U+FFFD, and the span moves with them.
    fn find(setting: &Setting<'_>, file: &SourcePath, span: Span) -> Option<Self> {
        let bytes = (setting.sources)(file)?;
        let range = span.range();
        let end = range.end.min(bytes.len());
        let start = range.start.min(end);
        let from = memchr::memrchr(b'\n', &bytes[..start]).map_or(0, |at| at + 1);
        let to = memchr::memchr(b'\n', &bytes[end..]).map_or(bytes.len(), |at| end + at);
        let line = memchr::memchr_iter(b'\n', &bytes[..from]).count() + 1;
        if let Ok(text) = std::str::from_utf8(&bytes[from..to]) {
            let (start, end) = (floor(text, start - from), ceil(text, end - from));
            return Some(Self { text: text.to_owned(), line, start, end });
        }
        let before = String::from_utf8_lossy(&bytes[from..start]);
        let marked = String::from_utf8_lossy(&bytes[start..end]);
        let after = String::from_utf8_lossy(&bytes[end..to]);
        let (start, end) = (before.len(), before.len() + marked.len());
        Some(Self { text: format!("{before}{marked}{after}"), line, start, end })
    }

    fn place(&self) -> Place {
        let index = LineIndex::new(&self.text);
        let (line, column) = index.locate(&self.text, self.start);
        let (end_line, end_column) = index.locate(&self.text, self.end);
        let above = self.line - 1;
        Place { line: above + line, column, end_line: above + end_line, end_column }
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

/// Line and column of the beginning of `span` in `file`, from 1; columns count characters. The head of the file where its
/// text is not held.
pub fn position(setting: &Setting<'_>, file: &SourcePath, span: Span) -> (usize, usize) {
    let place = place(setting, file, span);
    (place.line, place.column)
}

/// Where `span` lies; the head of the file where its text is not held.
fn place(setting: &Setting<'_>, file: &SourcePath, span: Span) -> Place {
    Source::find(setting, file, span).map_or(Place::HEAD, |source| source.place())
}
