//! Links by a lesson's id: `[[id]]`, `[[id|text]]`, `[[id#heading]]`.
//!
//! Two brackets, not more: `[[[a]]]` stays what it is in `CommonMark`, and so does `[[a]]: /b`, which looks like the
//! definition of a reference. `![[a]]`, by which other programs show one file in another, is a fault.

use super::document::{Document, Kind, NodeId, Target, number};
use super::inline::{Opened, Place, exact, is_escaped, keep, take};
use super::parse::Read;
use super::{Link, LinkKind};
use crate::diag::Fault;
use crate::diag::catalogue::markdown as codes;
use crate::text::{Located, Span};

/// Two brackets that are open.
#[derive(Debug, Clone, Copy)]
struct Brackets {
    at: Opened,
    /// Whether `!` stands before them.
    embeds: bool,
}

/// What stands between the brackets before the text.
struct Head<'a> {
    target: &'a str,
    /// Bytes from the first bracket to the text, so far as they stand in the first node.
    length: usize,
    /// Whether the bar stands at the head of the second node: `\|`, as tables want it.
    apart: bool,
}

/// Makes links of what stands in double brackets among the children of `parent`. True where there was any.
pub(super) fn find(read: &mut Read<'_>, source: &str, parent: NodeId, place: Place) -> bool {
    let children: Vec<NodeId> = read.document.children(parent).collect();
    let mut out = Vec::with_capacity(children.len());
    let mut open: Option<Brackets> = None;
    let mut found = false;
    for child in children {
        let mut rest = Some(child);
        while let Some(current) = rest.take() {
            let document = &mut read.document;
            let close = if let Some(text) = exact(document, current) {
                next_pair(text, is_escaped(document, source, current), out.len(), &mut open)
            } else {
                open = open.filter(|_| !ends_link(document, current));
                None
            };
            let (Some(close), Some(Brackets { at: opened, embeds })) = (close, open) else {
                out.push(current);
                continue;
            };
            open = None;
            let head = head(document, source, place, &out, opened, (current, close));
            let first = opened.at == 0 && out.get(..opened.node).is_none_or(|before| begins_line(document, before));
            let defines = first && exact(document, current).is_some_and(|text| defines(text, close + 2));
            if embeds && head.is_some() {
                let opening = out.get(opened.node).copied().unwrap_or(current);
                let start = document.get(opening).span.start + number(opened.at) - 1;
                let span = Span { start, end: document.get(current).span.start + number(close + 2) };
                read.faults.push(Fault::new(&codes::EMBED, span));
            }
            let Some(head) = head.filter(|_| !embeds && !defines) else {
                // What comes after these brackets may still be one.
                rest = document.split_text(current, close + 2);
                out.push(current);
                continue;
            };
            found = true;
            let taken = take(document, &mut out, current, (opened, head.length), (close, 2));
            rest = taken.rest;
            let mut inner = taken.inner;
            if let Some(first) = inner.first().copied().filter(|_| head.apart) {
                let length = exact(document, first).map_or(0, str::len);
                keep(document, first, 1, length);
                if length <= 1 {
                    inner.remove(0);
                }
            }
            let link = number(read.links.len());
            let typed = head.target.trim();
            if inner.is_empty() {
                inner.push(document.add(Kind::TitleOf { link, typed }, taken.span));
            }
            document.targets.push(Target { link: Some(link), external: false, title: "".into() });
            let node = document.add(Kind::Link(number(document.targets.len() - 1)), taken.span);
            document.set_children(node, &inner);
            read.links.push(Link { kind: LinkKind::Lesson, target: Located::new(typed.to_owned(), taken.span) });
            out.push(node);
        }
    }
    if found {
        read.document.set_children(parent, &out);
    }
    found
}

/// The byte at which the brackets that are open close in `text`, which is node `index` of its run. Brackets that open
/// meanwhile take the place of those that did.
fn next_pair(text: &str, escaped: bool, index: usize, open: &mut Option<Brackets>) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = usize::from(escaped);
    while let Some(at) = memchr::memchr2(b'[', b']', bytes.get(from..)?).map(|at| from + at) {
        let sign = bytes.get(at)?;
        let run = bytes.get(at..)?.iter().take_while(|byte| *byte == sign).count();
        from = at + run;
        if run == 2 && *sign == b'[' {
            let embeds = at > usize::from(escaped) && bytes.get(at - 1) == Some(&b'!');
            *open = Some(Brackets { at: Opened { node: index, at }, embeds });
        } else if run > 2 && *sign == b'[' {
            *open = None;
        } else if run == 2 && open.is_some() {
            return Some(at);
        }
    }
    None
}

/// Whether what comes after the nodes `before` begins a line.
fn begins_line(document: &Document<'_>, before: &[NodeId]) -> bool {
    before.last().is_none_or(|last| matches!(document.kind(*last), Kind::SoftBreak { .. } | Kind::HardBreak))
}

/// Whether what follows byte `at` of `text` is what follows the name in the definition of a reference: a colon, white
/// space, and something like a path or a URL.
fn defines(text: &str, at: usize) -> bool {
    let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix(':')) else { return false };
    let target = rest.trim_start();
    let word = target.split_whitespace().next().unwrap_or_default();
    target.len() < rest.len() && (word.starts_with(['/', '<', '.', '#']) || word.contains("://"))
}

/// What stands before the text of a link that opens at `opened` and closes at byte `close` of `current`; `None` where
/// it is no link.
fn head<'a>(
    document: &Document<'a>,
    source: &str,
    place: Place,
    out: &[NodeId],
    opened: Opened,
    (current, close): (NodeId, usize),
) -> Option<Head<'a>> {
    let opening = out.get(opened.node).copied().unwrap_or(current);
    let text = exact(document, opening)?;
    let inside = text.get(opened.at + 2..if opening == current { close } else { text.len() })?;
    let (target, length, apart) = match memchr::memchr(b'|', inside.as_bytes()) {
        Some(bar) => (inside.get(..bar)?, bar + 3, false),
        None if opening == current => (inside, inside.len() + 2, false),
        None => {
            let second = out.get(opened.node + 1).copied().unwrap_or(current);
            let barred = exact(document, second).is_some_and(|text| text.starts_with('|'));
            if !place.cell || !barred || !is_escaped(document, source, second) {
                return None;
            }
            (inside, inside.len() + 2, true)
        }
    };
    // `[[^1]]` is about footnotes, and a bracket in a bracket about something else altogether.
    let sound = !target.trim().is_empty() && !target.contains(['[', ']']) && !target.starts_with(['^', '!']);
    sound.then_some(Head { target, length, apart })
}

/// Whether a link cannot go on over this node: links do not stand in links.
fn ends_link(document: &Document<'_>, id: NodeId) -> bool {
    let node = document.get(id);
    matches!(node.kind, Kind::Link(_))
        || node.kind.is_block()
        || document.children(id).any(|id| ends_link(document, id))
}
