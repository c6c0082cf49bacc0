//! Boxes: quotes that begin with `[!TYPE]`, as GitHub's alerts and Obsidian's callouts do.
//!
//! The marker is looked for in the source, so that no rule of inline Markdown hides it; what the events made of it is
//! then cut out of the tree.

use pulldown_cmark::CowStr;

use super::document::{BoxNode, Document, Head, Kind, NodeId, number};
use super::parse::Read;
use super::speakers::Speakers;
use super::words::Words;
use super::{Options, dialogue, plain, quote};
use crate::diag::catalogue::markdown as codes;
use crate::diag::{Fault, nearest};
use crate::text::Span;

/// What a box is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BoxKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
    Point,
    Summary,
    Dialogue,
    Good,
    Bad,
    Check,
    Steps,
    Details,
}

/// What authors write between `[!` and `]`. Case does not matter.
const NAMES: &[(&str, BoxKind)] = &[
    ("SUMMARY", BoxKind::Summary),
    ("POINT", BoxKind::Point),
    ("DIALOGUE", BoxKind::Dialogue),
    ("GOOD", BoxKind::Good),
    ("BAD", BoxKind::Bad),
    ("CHECK", BoxKind::Check),
    ("STEPS", BoxKind::Steps),
    ("DETAILS", BoxKind::Details),
    ("NOTE", BoxKind::Note),
    ("TIP", BoxKind::Tip),
    ("IMPORTANT", BoxKind::Important),
    ("WARNING", BoxKind::Warning),
    ("CAUTION", BoxKind::Caution),
    ("まとめ", BoxKind::Summary),
    ("ポイント", BoxKind::Point),
    ("会話", BoxKind::Dialogue),
    ("良い例", BoxKind::Good),
    ("悪い例", BoxKind::Bad),
    ("チェック", BoxKind::Check),
    ("手順", BoxKind::Steps),
    ("補足", BoxKind::Details),
    ("注", BoxKind::Note),
    ("ヒント", BoxKind::Tip),
    ("重要", BoxKind::Important),
    ("警告", BoxKind::Warning),
    ("注意", BoxKind::Caution),
];

impl BoxKind {
    pub(super) fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, kind)| *kind)
    }

    /// Whether turns of a dialogue are looked for in it.
    fn talks(self) -> bool {
        matches!(self, Self::Dialogue | Self::Good | Self::Bad)
    }
}

/// All names of boxes.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(name, _)| *name)
}

/// The head of a box in the source.
#[derive(Debug, PartialEq, Eq)]
struct Marker<'a> {
    name: &'a str,
    fold: Option<bool>,
    /// From `[` to the `]` or the sign after it.
    span: Span,
    /// What follows it.
    next: Option<char>,
}

/// The marker at the head of the quote that begins at `start`, where there is one.
fn marker(source: &str, start: usize) -> Option<Marker<'_>> {
    let inside = source.get(start..)?.strip_prefix('>')?.trim_start_matches([' ', '\t']);
    let body = inside.strip_prefix("[!")?;
    let (name, rest) = body.split_once(']')?;
    if name.is_empty() || name.contains(['\n', '[']) {
        return None;
    }
    let (fold, rest) = match rest.chars().next() {
        Some('-') => (Some(false), rest.get(1..)?),
        Some('+') => (Some(true), rest.get(1..)?),
        _ => (None, rest),
    };
    let span = Span::new(source.len() - inside.len()..source.len() - rest.len());
    Some(Marker { name, fold, span, next: rest.chars().next() })
}

/// Makes boxes, dialogues and quotes with a source of the quotes of a document.
pub(super) fn transform(read: &mut Read<'_>, source: &str, options: &Options<'_>) {
    let quotes = std::mem::take(&mut read.document.quotes);
    let mut found: Vec<(NodeId, Option<(BoxKind, Span)>)> = quotes.into_iter().map(|quote| (quote, None)).collect();
    if !read.document.containers.is_empty() {
        let containers = std::mem::take(&mut read.document.containers);
        found.extend(containers.into_iter().map(|(node, kind, head)| (node, Some((kind, head)))));
        found.sort_by_key(|(node, _)| read.document.get(*node).span.start);
    }
    let mut summary_end = 0;
    for (quote, container) in found {
        let start = read.document.get(quote).span.start as usize;
        match (container, marker(source, start)) {
            (Some((kind, head)), _) => add_box(read, quote, (kind, None), head, options, &mut summary_end),
            (None, Some(marker)) => make_box(read, quote, &marker, options, &mut summary_end),
            (None, None) => quote::find_source(&mut read.document, quote),
        }
    }
    let mut speakers = Speakers::new(options.speakers);
    for index in 0..read.document.boxes.len() {
        let BoxNode { node, kind, .. } = read.document.boxes[index];
        if kind.talks() {
            let turns = dialogue::transform(read, node, &mut speakers);
            if turns == 0 && kind == BoxKind::Dialogue {
                let span = first_line(source, read.document.get(node).span);
                read.faults.push(Fault::new(&codes::DIALOGUE_EMPTY, span));
            }
        }
    }
    pair(&mut read.document);
}

fn first_line(source: &str, span: Span) -> Span {
    let text = source.get(span.range()).unwrap_or_default();
    let line = text.split('\n').next().unwrap_or_default();
    Span { start: span.start, end: span.start + number(line.len()) }
}

/// Makes a box of a quote whose source begins with a marker, if its Markdown does too.
/// `summary_end` is where the まとめ boxes so far end: what begins before stands inside one.
fn make_box(read: &mut Read<'_>, quote: NodeId, marker: &Marker<'_>, options: &Options<'_>, summary_end: &mut u32) {
    let document = &mut read.document;
    let paragraph = document.get(quote).first;
    let is_text = matches!(document.kind(paragraph), Kind::Paragraph)
        && document.get(paragraph).first.some().is_some_and(|first| {
            let node = document.get(first);
            matches!(node.kind, Kind::Text(_)) && node.span.start == marker.span.start
        });
    if !is_text {
        // `[!NOTE](url)` is a link, and `[!NOTE]` may be one that is defined elsewhere: both are meant so. What began
        // as a definition or became a heading is a box that the author will not see.
        if !matches!(marker.next, Some('(' | '[')) {
            read.faults.push(Fault::new(&codes::BOX_LOST, marker.span).arg("type", marker.name));
        }
        return;
    }
    let Some(kind) = BoxKind::named(marker.name) else {
        let near = nearest(marker.name, NAMES.iter().map(|(name, _)| *name));
        let fault = Fault::new(&codes::BOX_UNKNOWN, marker.span).arg("type", marker.name).arg_opt("nearest", near);
        read.faults.push(fault);
        return;
    };
    split_title(read, quote, paragraph, marker.span.end);
    add_box(read, quote, (kind, marker.fold), marker.span, options, summary_end);
}

/// Makes a box of a node whose title, if it has one, is its first child; `head` is where the box is called one.
fn add_box(
    read: &mut Read<'_>,
    quote: NodeId,
    (kind, fold): (BoxKind, Option<bool>),
    head: Span,
    options: &Options<'_>,
    summary_end: &mut u32,
) {
    let document = &mut read.document;
    let span = document.get(quote).span;
    let inner = span.start < *summary_end;
    if kind == BoxKind::Summary {
        *summary_end = span.end.max(*summary_end);
    }
    let mut made = BoxNode { node: quote, kind, fold, head: None, id: String::new(), inner };
    if kind == BoxKind::Summary {
        let title = document.get(quote).first;
        let text = match document.kind(title) {
            Kind::Title => plain::inline(document, title),
            _ => Words::of(options.language).title(kind).to_owned(),
        };
        let id = String::new();
        let (level, explicit, classes) = (2, None, Vec::new());
        document.heads.push(Head { node: quote, level, explicit, classes, id, text, span: head });
        made.head = Some(number(document.heads.len() - 1));
    }
    document.get_mut(quote).kind = Kind::Boxed(number(document.boxes.len()));
    document.boxes.push(made);
}

/// Cuts the marker, which ends at `end`, out of the first paragraph of a quote. What stands on its line becomes the
/// title, the lines below a paragraph.
fn split_title(read: &mut Read<'_>, quote: NodeId, paragraph: NodeId, end: u32) {
    let document = &mut read.document;
    let mut inline: Vec<NodeId> = document.children(paragraph).collect();
    cut_marker(document, &mut inline, end);

    let after = document.get(paragraph).next;
    let at = inline.iter().position(|id| matches!(document.kind(*id), Kind::SoftBreak { .. } | Kind::HardBreak));
    let mut rest = at.map_or_else(Vec::new, |at| inline.split_off(at));
    if !rest.is_empty() {
        rest.remove(0);
    }
    let mut next = after;
    if let Some(first) = rest.first() {
        let span = Span { start: document.get(*first).span.start, end: document.get(paragraph).span.end };
        if let Kind::Text(text) = document.kind(*first)
            && interrupted(text)
        {
            read.faults.push(Fault::new(&codes::BOX_NO_BREAK, span));
        }
        let body = document.add(Kind::Paragraph, span);
        document.set_children(body, &rest);
        document.get_mut(body).next = after;
        next = body;
    }
    if inline.is_empty() {
        document.get_mut(quote).first = next;
    } else {
        let title = document.get_mut(paragraph);
        title.kind = Kind::Title;
        title.next = next;
        document.set_children(paragraph, &inline);
    }
}

/// Whether a line directly under a title was meant as a table or as a list that may not interrupt a paragraph.
fn interrupted(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text.starts_with('|')
        || (1..=9).contains(&digits)
            && text.get(digits..).is_some_and(|rest| rest.starts_with(". ") || rest.starts_with(") "))
}

/// Removes what stands before `end` in the source, and white space after it, from a paragraph's first nodes.
fn cut_marker(document: &mut Document<'_>, inline: &mut Vec<NodeId>, end: u32) {
    while let Some(first) = inline.first().copied() {
        let node = document.get_mut(first);
        let before = end.saturating_sub(node.span.start) as usize;
        let Kind::Text(text) = &mut node.kind else { return };
        let kept = text.get(before.min(text.len())..).unwrap_or_default().trim_start().len();
        let cut = text.len() - kept;
        node.span.start += number(cut);
        if kept > 0 {
            let kept: CowStr<'_> = match &*text {
                CowStr::Borrowed(text) => text.get(cut..).unwrap_or_default().into(),
                text => text.get(cut..).unwrap_or_default().to_owned().into(),
            };
            *text = kept;
            return;
        }
        // Nothing is left of it. It must not be counted either, wherever nodes are gone through without their tree.
        *text = "".into();
        inline.remove(0);
    }
}

/// Puts a good and a bad example that follow each other side by side.
fn pair(document: &mut Document<'_>) {
    for index in 0..document.boxes.len() {
        let BoxNode { node: first, kind, .. } = document.boxes[index];
        let wanted = match kind {
            BoxKind::Good => BoxKind::Bad,
            BoxKind::Bad => BoxKind::Good,
            _ => continue,
        };
        let Kind::Boxed(_) = document.kind(first) else { continue };
        let Some(second) = document.get(first).next.some() else { continue };
        let Kind::Boxed(other) = *document.kind(second) else { continue };
        if document.boxes[other as usize].kind != wanted {
            continue;
        }
        let after = document.get(second).next;
        let end = document.get(second).span.end;
        let moved = document.move_out(first);
        document.boxes[index].node = moved;
        let pair = document.get_mut(first);
        pair.kind = Kind::Versus;
        pair.span.end = end;
        pair.next = after;
        document.set_children(first, &[moved, second]);
        // The second box is taken: it makes no pair with the one after it, because it has no sibling now.
    }
}

#[cfg(test)]
mod tests {
    use super::{BoxKind, marker};

    #[test]
    fn a_marker_is_read_with_its_fold() {
        let found = marker("> [!まとめ]- 三つ", 0).expect("there is one");
        assert_eq!((found.name, found.fold, found.span.range()), ("まとめ", Some(false), 2..15));
        assert_eq!(marker(">[!note]", 0).map(|found| found.fold), Some(None));
        for none in ["> [NOTE]", "> text [!NOTE]", "> [!]", "> [!NO\nTE]", "> [!a[b]"] {
            assert_eq!(marker(none, 0), None, "{none}");
        }
    }

    #[test]
    fn names_are_known_in_any_case() {
        assert_eq!(BoxKind::named("note"), Some(BoxKind::Note));
        assert_eq!(BoxKind::named("会話"), Some(BoxKind::Dialogue));
        assert_eq!(BoxKind::named("nope"), None);
    }
}
