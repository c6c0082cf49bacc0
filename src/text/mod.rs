//! The ground under every stage that handles text: byte spans, line and column, what a text measures, words that
//! speak of an order, and where phrases end.
//!
//! It knows no files, no Markdown and no diagnostics.

pub mod edit;
pub mod lines;
pub mod measure;
pub mod navigation;
pub mod ordinals;
pub mod phrases;
pub mod wrap;

use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets into one text.
///
/// Offsets are `u32`: no text larger than [`crate::content::MAX_TEXT`] is ever parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range`; offsets beyond `u32::MAX` are clamped, since no such text is parsed.
    pub fn new(range: std::ops::Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clamp(range.start), end: clamp(range.end) }
    }

    /// An empty span at `offset`: a place between two characters.
    pub fn at(offset: usize) -> Self {
        Self::new(offset..offset)
    }

    /// As a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same span in a text that has `by` more bytes in front.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by..self.end as usize + by)
    }
}

/// A value and the place where the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Located<T> {
    /// What was written.
    pub value: T,
    /// Where, in the file that it was read from.
    pub span: Span,
}

impl<T> Located<T> {
    /// `value`, written at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}
