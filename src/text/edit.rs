//! Changes to one text: they never overlap, and a text is changed by all of them at once.

use super::Span;

/// Replaces what stands at a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What comes in its place.
    pub with: String,
}

impl Edit {
    /// Puts `with` in the place of `range`.
    pub fn new(range: std::ops::Range<usize>, with: impl Into<String>) -> Self {
        Self { span: Span::new(range), with: with.into() }
    }
}

/// `source` with all `edits` made; of two that overlap, only the first.
pub fn apply(source: &str, mut edits: Vec<Edit>) -> String {
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
