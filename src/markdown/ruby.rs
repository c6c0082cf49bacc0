//! Ruby: `{漢字|かんじ}`, and `{東京|とう|きょう}` with a reading for each character.

use pulldown_cmark::CowStr;
use unicode_segmentation::UnicodeSegmentation;

use super::document::{Document, Kind, NodeId, number};
use super::inline::{Opened, Place, Taken, exact, is_escaped, take};
use super::parse::Read;
use crate::diag::Fault;
use crate::diag::catalogue::markdown as codes;
use crate::text::Span;

/// What stands between two bars or braces, and where.
type Piece<'a> = (&'a str, Span);

/// Makes ruby of what stands in braces among the children of `parent`. True where there was any.
pub(super) fn find(read: &mut Read<'_>, source: &str, parent: NodeId, place: Place) -> bool {
    let children: Vec<NodeId> = read.document.children(parent).collect();
    let mut out = Vec::with_capacity(children.len());
    let mut open: Option<Opened> = None;
    let mut found = false;
    for child in children {
        let mut rest = Some(child);
        while let Some(current) = rest.take() {
            let document = &mut read.document;
            let Some(text) = exact(document, current) else {
                open = None;
                out.push(current);
                continue;
            };
            let escaped = is_escaped(document, source, current);
            // Braces go on in another node only where a bar is escaped.
            open = open.filter(|_| place.cell && escaped && text.starts_with('|'));
            let close = next_brace(text, escaped, out.len(), &mut open);
            let (Some(close), Some(opened)) = (close, open) else {
                out.push(current);
                continue;
            };
            open = None;
            let Some(pieces) = pieces(document, &out, opened, (current, close)) else {
                rest = document.split_text(current, close + 1);
                out.push(current);
                continue;
            };
            found = true;
            let taken = take(document, &mut out, current, (opened, 1), (close, 1));
            rest = taken.rest;
            out.push(ruby(read, &pieces, &taken));
        }
    }
    if found {
        read.document.set_children(parent, &out);
    }
    found
}

/// The byte at which the brace that is open closes in `text`, which is node `index` of its run. A brace that opens
/// meanwhile takes the place of the one that did.
fn next_brace(text: &str, escaped: bool, index: usize, open: &mut Option<Opened>) -> Option<usize> {
    let mut from = usize::from(escaped);
    while let Some(at) = memchr::memchr2(b'{', b'}', text.as_bytes().get(from..)?).map(|at| from + at) {
        from = at + 1;
        if text.as_bytes().get(at) == Some(&b'{') {
            *open = Some(Opened { node: index, at });
        } else if open.is_some() {
            return Some(at);
        }
    }
    None
}

/// Base and readings in the brace that opens at `opened` and closes at byte `close` of `current`; `None` where it is no
/// ruby: no bar, an empty side, or white space beside a bar, as in `{ |x| … }`.
fn pieces<'a>(
    document: &Document<'a>,
    out: &[NodeId],
    opened: Opened,
    (current, close): (NodeId, usize),
) -> Option<Vec<Piece<'a>>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let nodes = out.get(opened.node..)?.iter().copied().chain([current]);
    for (at, node) in nodes.enumerate() {
        let text = exact(document, node)?;
        let from = if at == 0 { opened.at + 1 } else { 0 };
        let to = if node == current { close } else { text.len() };
        let mut start = from;
        // A node after the first begins with a bar: what is before that bar is the end of the piece before.
        for (index, part) in text.get(from..to)?.split('|').enumerate() {
            if at == 0 || index > 0 {
                let begin = document.get(node).span.start + number(start);
                pieces.push((part, Span { start: begin, end: begin + number(part.len()) }));
            }
            start += part.len() + 1;
        }
    }
    let (base, readings) = pieces.split_first()?;
    let sound = !base.0.is_empty()
        && readings.iter().any(|(reading, _)| !reading.is_empty())
        && pieces
            .iter()
            .all(|(piece, _)| !piece.starts_with(char::is_whitespace) && !piece.ends_with(char::is_whitespace));
    sound.then_some(pieces)
}

/// The node for a base and its readings.
fn ruby<'a>(read: &mut Read<'a>, pieces: &[Piece<'a>], taken: &Taken) -> NodeId {
    let document = &mut read.document;
    for id in &taken.inner {
        // It is said again below, and must not be counted twice.
        document.get_mut(*id).kind = Kind::Text("".into());
    }
    let node = document.add(Kind::Ruby, taken.span);
    let Some(((base, base_span), readings)) = pieces.split_first() else { return node };
    let characters: Vec<&str> = base.graphemes(true).collect();
    let mut children = Vec::with_capacity(readings.len() * 2);
    if readings.len() > 1 && readings.len() == characters.len() {
        let mut start = base_span.start;
        for (character, (reading, span)) in characters.iter().zip(readings) {
            let end = start + number(character.len());
            children.push(document.add(Kind::Text((*character).into()), Span { start, end }));
            children.push(document.add(Kind::Reading((*reading).into()), *span));
            start = end;
        }
    } else {
        if readings.len() > 1 {
            let fault = Fault::new(&codes::RUBY_COUNT, taken.span)
                .arg("base", base)
                .arg("characters", characters.len())
                .arg("readings", readings.len());
            read.faults.push(fault);
        }
        let reading: CowStr<'a> = match readings {
            [(only, _)] => (*only).into(),
            several => several.iter().map(|(reading, _)| *reading).collect::<String>().into(),
        };
        children.push(document.add(Kind::Text((*base).into()), *base_span));
        children.push(document.add(Kind::Reading(reading), taken.span));
    }
    document.set_children(node, &children);
    node
}
