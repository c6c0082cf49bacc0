//! Plain text of a document, and what is measured of it.

use super::Facts;
use super::boxes::BoxKind;
use super::document::{Document, Kind, NodeId};
use crate::text::measure::{Measure, SUMMARY, joins, push_on_one_line, summary};

/// The text of all that stands inside `id`, on one line.
pub(super) fn inline(document: &Document<'_>, id: NodeId) -> String {
    let mut out = String::new();
    collect(document, id, &mut out);
    out
}

/// The text of `id` itself, on one line.
pub(super) fn node(document: &Document<'_>, id: NodeId) -> String {
    let mut out = String::new();
    add(document, id, &mut out);
    out
}

/// Adds the text inside `id`. The depth of the tree is limited, so this may recurse.
fn collect(document: &Document<'_>, id: NodeId, out: &mut String) {
    for child in document.children(id) {
        add(document, child, out);
    }
}

fn add(document: &Document<'_>, id: NodeId, out: &mut String) {
    match document.kind(id) {
        Kind::Text(text) | Kind::Code(text) | Kind::Math { tex: text, .. } => out.push_str(text),
        Kind::TitleOf { typed, .. } => out.push_str(typed),
        Kind::SoftBreak { joins: true } => {}
        Kind::SoftBreak { joins: false } | Kind::HardBreak => out.push(' '),
        Kind::Raw(raw) if document.raws[*raw as usize].html.starts_with("<br") => out.push(' '),
        Kind::Turn(turn) => said(document, id, *turn, out),
        _ => collect(document, id, out),
    }
}

/// Adds a turn as a script writes it: `名前「…」`, `名前：…`, `名前（…）`.
fn said(document: &Document<'_>, id: NodeId, turn: u32, out: &mut String) {
    let turn = &document.turns[turn as usize];
    for child in document.children(id) {
        if matches!(document.kind(child), Kind::Words) {
            out.push_str(turn.sign());
            collect(document, child, out);
            out.push_str(if turn.closed { "」" } else { "" });
        } else {
            add(document, child, out);
        }
    }
}

/// Fills in what is measured: characters, minutes, and the first words as a summary.
pub(super) fn measure(document: &Document<'_>, facts: &mut Facts) {
    let mut measure = Measure::default();
    for node in document.all() {
        match &node.kind {
            Kind::Text(text) | Kind::Code(text) | Kind::Math { tex: text, .. } => measure.add(text),
            Kind::CodeBlock(code) => {
                measure.gap();
                measure.add(&document.codes[*code as usize].text);
                measure.gap();
            }
            Kind::SoftBreak { joins: true } => {}
            Kind::SoftBreak { joins: false } | Kind::HardBreak => measure.gap(),
            kind if kind.is_block() => measure.gap(),
            _ => {}
        }
    }
    facts.characters = measure.characters();
    facts.minutes = measure.minutes();
    facts.summary = summary(&opening(document), SUMMARY).into_owned();
    facts.points = summary(&points(document), SUMMARY).into_owned();
}

/// What the first まとめ box says, point by point: the items of its lists, or, where it has none, all its blocks. Where a
/// point does not end as a sentence does, its end is marked, unless it is the only one.
fn points(document: &Document<'_>) -> String {
    let boxed = document.boxes.iter().filter(|made| made.kind == BoxKind::Summary && !made.inner);
    // Boxes of colons and of quotes are found one kind after the other.
    let Some(first) = boxed.min_by_key(|made| document.get(made.node).span) else { return String::new() };
    let is_list = |id: &NodeId| matches!(document.kind(*id), Kind::List(_));
    let is_title = |id: &NodeId| matches!(document.kind(*id), Kind::Title);
    let lists: Vec<NodeId> = document.children(first.node).filter(is_list).collect();
    let all: Vec<NodeId> = if lists.is_empty() {
        document.children(first.node).filter(|id| !is_title(id)).collect()
    } else {
        lists.iter().flat_map(|list| document.children(*list)).collect()
    };
    let mut points: Vec<String> = Vec::new();
    let mut length = 0;
    for id in all {
        let point = if matches!(document.kind(id), Kind::Item) { label(document, id) } else { inline(document, id) };
        let point = point.split_whitespace().collect::<Vec<_>>().join(" ");
        length += point.len();
        points.extend(Some(point).filter(|point| !point.is_empty()));
        if length > SUMMARY * 8 {
            break;
        }
    }
    let alone = points.len() == 1;
    let mut out = String::new();
    for point in points {
        let end = out.len();
        out.push_str(&point);
        space(&mut out, end);
        let last = point.chars().next_back();
        if let Some(last) = last.filter(|last| !alone && !ends_sentence(*last)) {
            // What ends with Japanese goes on as Japanese does.
            out.push(if joins(last, '。') { '。' } else { '.' });
        }
    }
    out
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '…' | '.' | '!' | '?' | '．' | ':' | '：' | '、' | ';')
}

/// The first words of a block, on one line: of an item with several blocks, the first of them.
pub(super) fn label(document: &Document<'_>, id: NodeId) -> String {
    let mut out = String::new();
    for child in document.children(id) {
        let kind = document.kind(child);
        let block = kind.is_block();
        if block && !out.trim().is_empty() {
            break;
        }
        add(document, child, &mut out);
        if block && !out.trim().is_empty() {
            break;
        }
    }
    out
}

/// Puts a space between what was added at byte `at` and what stands before it, where their scripts want one.
fn space(out: &mut String, at: usize) {
    let (before, after) = out.split_at(at);
    if let (Some(before), Some(after)) = (before.chars().next_back(), after.chars().next())
        && !joins(before, after)
    {
        out.insert(at, ' ');
    }
}

/// The first paragraphs that stand in no box, list or quote: as many as a summary can use.
fn opening(document: &Document<'_>) -> String {
    let mut out = String::with_capacity(SUMMARY * 8);
    let mut text = String::new();
    for id in document.children(Document::root()) {
        if !matches!(document.kind(id), Kind::Paragraph) || picture(document, id).is_some() {
            continue;
        }
        text.clear();
        collect(document, id, &mut text);
        let end = out.len();
        push_on_one_line(&text, &mut out);
        space(&mut out, end);
        // A character has at most four bytes: there are more of them than a summary holds.
        if out.len() > (SUMMARY + 1) * 4 {
            break;
        }
    }
    out
}

/// The image that is all there is in paragraph `id`.
pub(super) fn picture(document: &Document<'_>, id: NodeId) -> Option<NodeId> {
    let only = document.get(id).first.some()?;
    let node = document.get(only);
    (matches!(node.kind, Kind::Image(_)) && node.next == NodeId::NONE).then_some(only)
}
