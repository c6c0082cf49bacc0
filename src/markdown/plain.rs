//! Plain text of a document, and what is measured of it.

use super::Facts;
use super::document::{Document, Kind, NodeId};
use crate::text::measure::{Measure, SUMMARY, joins, summary};

/// The text of all that stands inside `id`, on one line.
pub(super) fn inline(document: &Document<'_>, id: NodeId) -> String {
    let mut out = String::new();
    collect(document, id, &mut out);
    out
}

/// Adds the text inside `id`. The depth of the tree is limited, so this may recurse.
fn collect(document: &Document<'_>, id: NodeId, out: &mut String) {
    for child in document.children(id) {
        match document.kind(child) {
            Kind::Text(text) | Kind::Code(text) | Kind::Math { tex: text, .. } => out.push_str(text),
            Kind::TitleOf { typed, .. } => out.push_str(typed),
            Kind::SoftBreak { joins: true } => {}
            Kind::SoftBreak { joins: false } | Kind::HardBreak => out.push(' '),
            Kind::Raw(raw) if document.raws[*raw as usize].html.starts_with("<br") => out.push(' '),
            _ => collect(document, child, out),
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
}

/// The first paragraphs that stand in no box, list or quote: as many as a summary can use.
fn opening(document: &Document<'_>) -> String {
    let mut out = String::new();
    for id in document.children(Document::root()) {
        if !matches!(document.kind(id), Kind::Paragraph) || picture(document, id).is_some() {
            continue;
        }
        let text = inline(document, id);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if let (Some(before), Some(after)) = (out.chars().next_back(), text.chars().next())
            && !joins(before, after)
        {
            out.push(' ');
        }
        out.push_str(&text);
        // A character has at most four bytes; twice the length leaves room to see that there is more.
        if out.len() > SUMMARY * 8 {
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
