//! Changes to one text: they never overlap, and a text is changed by all of them at once.

use crate::content::{Spellings, Text};
use crate::markdown::{Observation, Seen};
use crate::text::Span;

/// What a rule mends: a text as it stands, and what is known of it.
pub(super) struct Reading<'a> {
    pub(super) source: &'a str,
    pub(super) text: &'a Text,
    pub(super) spellings: &'a Spellings,
}

impl<'a> Reading<'a> {
    /// What was noted of one kind.
    pub(super) fn seen(&self, what: Seen) -> impl Iterator<Item = &'a Observation> {
        self.text.facts.observations.iter().filter(move |seen| seen.seen == what)
    }

    /// What stands at `span`.
    pub(super) fn at(&self, span: Span) -> &'a str {
        self.source.get(span.range()).unwrap_or_default()
    }

    /// What stands before byte `at`.
    pub(super) fn before(&self, at: usize) -> &'a str {
        self.source.get(..at).unwrap_or_default()
    }

    /// What stands from byte `at` on.
    pub(super) fn after(&self, at: usize) -> &'a str {
        self.source.get(at..).unwrap_or_default()
    }

    /// Where the line of byte `at` begins.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.before(at).rfind('\n').map_or(0, |end| end + 1)
    }

    /// Where the line after that of byte `at` begins.
    pub(super) fn line_end(&self, at: usize) -> usize {
        self.after(at).find('\n').map_or(self.source.len(), |end| at + end + 1)
    }
}

/// Replaces what stands at a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Edit {
    pub(super) span: Span,
    pub(super) with: String,
}

impl Edit {
    pub(super) fn new(range: std::ops::Range<usize>, with: impl Into<String>) -> Self {
        Self { span: Span::new(range), with: with.into() }
    }
}

/// `source` with all `edits` made; of two that overlap, only the first.
pub(super) fn apply(source: &str, mut edits: Vec<Edit>) -> String {
    edits.sort();
    let mut out = String::with_capacity(source.len() + edits.len() * 8);
    let mut done = 0;
    for edit in edits {
        let range = edit.span.range();
        let Some(before) = source.get(done..range.start) else { continue };
        out.push_str(before);
        out.push_str(&edit.with);
        done = range.end;
    }
    out.push_str(source.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::{Edit, apply};

    #[test]
    fn edits_that_overlap_are_not_both_made() {
        let edits = vec![Edit::new(4..6, "Y"), Edit::new(0..5, "X"), Edit::new(6..6, "!")];
        assert_eq!(apply("abcdefgh", edits), "Xf!gh");
    }
}
