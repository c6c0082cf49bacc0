//! Finds the `---` block at the head of a text. It does not read what stands in it.

use crate::diag::Fault;
use crate::diag::catalogue::front_matter as codes;
use crate::text::Span;

/// A block beyond this many bytes is not read.
pub(super) const MAX_BLOCK: usize = 64 * 1024;

/// What stands at the head of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// The opening line, where what is missing is reported.
    pub(super) opening: Span,
    /// The whole block with its `---` lines.
    pub(super) span: Span,
    /// Between the lines; `None` where there is nothing to read.
    pub(super) inner: Option<std::ops::Range<usize>>,
    /// What is wrong with it; nothing more is to be reported where `inner` is `None`.
    pub(super) fault: Option<Fault>,
}

/// Finds the block. Line ends are LF.
pub(super) fn find(text: &str) -> Block {
    let skipped = text.len() - text.trim_start_matches(['\n', ' ', '\t']).len();
    let start = text.get(..skipped).and_then(|blank| blank.rfind('\n')).map_or(0, |end| end + 1);
    let first = line(text, start);
    let opening = Span::new(start..start + first.trim_end().len());
    let nothing =
        |fault: Fault, end: usize| Block { opening, span: Span::new(0..end), inner: None, fault: Some(fault) };
    if first.trim_end() == "+++" {
        let end = closing(text, start, "+++").map_or(text.len(), |(_, end)| end);
        return nothing(Fault::new(&codes::TOML_BLOCK, opening), end);
    }
    if first.trim_end() != "---" {
        let fault = Fault::new(&codes::NONE, Span::at(0));
        return Block { opening: Span::at(0), span: Span::at(0), inner: None, fault: Some(fault) };
    }
    let Some((close, end)) = closing(text, start, "---") else {
        // All that follows may be meant as fields, so none of it is read as Markdown.
        return nothing(Fault::new(&codes::UNCLOSED, opening), text.len());
    };
    let inner = (start + first.len()).min(close)..close;
    if inner.len() > MAX_BLOCK {
        let fault = Fault::new(&codes::TOO_LONG, opening)
            .arg("size", inner.len().div_ceil(1024))
            .arg("limit", MAX_BLOCK / 1024);
        return nothing(fault, end);
    }
    let fault = (start > 0).then(|| Fault::new(&codes::NOT_FIRST, opening));
    Block { opening, span: Span::new(start..end), inner: Some(inner), fault }
}

/// The line that begins at `start`, with its end.
fn line(text: &str, start: usize) -> &str {
    text.get(start..).and_then(|rest| rest.split_inclusive('\n').next()).unwrap_or("")
}

/// Start and end of the first line after `start`'s own that is just `fence`.
fn closing(text: &str, start: usize, fence: &str) -> Option<(usize, usize)> {
    let mut at = start + line(text, start).len();
    for line in text.get(at..)?.split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((at, at + line.len()));
        }
        at += line.len();
    }
    None
}
