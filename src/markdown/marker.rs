//! The marker: `==大切==`.
//!
//! Two signs, not more, stand close to the words that they mark: `a == b` marks nothing, nor does `x==y` between Latin
//! letters or digits.

use super::document::{Document, Kind, NodeId};
use super::inline::{Opened, exact, is_escaped, take};

/// Marks what stands between the signs among the children of `parent`. True where there was anything.
pub(super) fn find(document: &mut Document<'_>, source: &str, parent: NodeId) -> bool {
    let children: Vec<NodeId> = document.children(parent).collect();
    let mut out = Vec::with_capacity(children.len());
    let mut open: Option<Opened> = None;
    let mut found = false;
    for (index, child) in children.iter().enumerate() {
        let mut rest = Some(*child);
        let after = children.get(index + 1).and_then(|next| edge(document, *next, str::chars));
        while let Some(current) = rest.take() {
            let close = if let Some(text) = exact(document, current) {
                let before = out.last().and_then(|last| edge(document, *last, |text| text.chars().rev()));
                let escaped = is_escaped(document, source, current);
                next_sign(text, escaped, (before, after), out.len(), &mut open)
            } else {
                open = open.filter(|_| !document.kind(current).is_block());
                None
            };
            let (Some(close), Some(opened)) = (close, open) else {
                out.push(current);
                continue;
            };
            open = None;
            found = true;
            let taken = take(document, &mut out, current, (opened, 2), (close, 2));
            rest = taken.rest;
            let node = document.add(Kind::Mark, taken.span);
            document.set_children(node, &taken.inner);
            out.push(node);
        }
    }
    if found {
        document.set_children(parent, &out);
    }
    found
}

/// The character of a node that stands beside its neighbour; `None` beside a line break or a block. What is no text
/// counts as a letter that joins nothing.
fn edge<'d, I: Iterator<Item = char>>(
    document: &'d Document<'_>,
    id: NodeId,
    chars: impl FnOnce(&'d str) -> I,
) -> Option<char> {
    match document.kind(id) {
        Kind::Text(text) => chars(text).next(),
        Kind::SoftBreak { .. } | Kind::HardBreak => None,
        kind if kind.is_block() => None,
        _ => Some('\u{FFFC}'),
    }
}

/// The byte of the sign that closes what is open in `text`, which is node `index` of its run and stands between two
/// characters. A sign that cannot close but opens takes the place of the one that did.
fn next_sign(
    text: &str,
    escaped: bool,
    (before, after): (Option<char>, Option<char>),
    index: usize,
    open: &mut Option<Opened>,
) -> Option<usize> {
    let mut from = usize::from(escaped && text.starts_with('='));
    while let Some(at) = memchr::memchr(b'=', text.as_bytes().get(from..)?).map(|at| from + at) {
        let run = text.as_bytes().get(at..)?.iter().take_while(|byte| **byte == b'=').count();
        from = at + run;
        if run != 2 {
            continue;
        }
        let left = text.get(..at)?.chars().next_back().or(before);
        let right = text.get(from..)?.chars().next().or(after);
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let close_to = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        if latin(left) && latin(right) {
            continue;
        }
        // Signs on both sides of nothing mark nothing.
        let empty = open.is_some_and(|open| open.node == index && open.at + 2 == at);
        if open.is_some() && close_to(left) && !empty {
            return Some(at);
        }
        if close_to(right) {
            *open = Some(Opened { node: index, at });
        }
    }
    None
}
