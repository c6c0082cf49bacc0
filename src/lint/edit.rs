//! What a rule that mends is given, and what it gives back.

use crate::content::{Spellings, Text};
use crate::markdown::{Observation, Seen};
use crate::text::Span;
pub(super) use crate::text::edit::{Edit, apply};

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
