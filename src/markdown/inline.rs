//! What is written inside a line beyond CommonMark: it is found in the text that the events left, so that code, links
//! and escapes are what they are in CommonMark, and cut out of the tree.

use pulldown_cmark::CowStr;

use super::document::{Document, Kind, NodeId, number};
use super::options::Breaks;
use super::parse::Read;
use super::{Options, autolink, marker, raw, ruby, wiki};
use crate::text::Span;
use crate::text::measure::joins;

/// Where a run of inline nodes stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    /// Inside a link or an image.
    pub(super) linked: bool,
    /// Inside a cell of a table, where `|` is written `\|`.
    pub(super) cell: bool,
}

/// Which signs a source has at all.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each sign is there or not, whatever the others are")]
struct Signs {
    wiki: bool,
    ruby: bool,
    marker: bool,
    autolink: bool,
}

/// Finds all of it in a document. A source without any of the signs is looked through once, and that is all.
pub(super) fn transform<'a>(read: &mut Read<'a>, source: &'a str, options: &Options<'_>) {
    let bytes = source.as_bytes();
    let signs = Signs {
        wiki: memchr::memmem::find(bytes, b"[[").is_some(),
        ruby: memchr::memchr(b'{', bytes).is_some() && memchr::memchr(b'|', bytes).is_some(),
        marker: memchr::memmem::find(bytes, b"==").is_some(),
        autolink: options.autolinks && autolink::may_have(bytes),
    };
    if !signs.wiki && !signs.ruby && !signs.marker && !signs.autolink {
        return;
    }
    let mut roots = vec![Document::root()];
    roots.extend(read.document.notes.iter().map(|note| note.node));
    for root in roots {
        walk(read, source, root, Place::default(), signs, options.breaks == Breaks::Join);
    }
}

/// Goes through what is inside `id`. The depth of the tree is limited, so this may recurse. True where its line has
/// changed.
fn walk<'a>(read: &mut Read<'a>, source: &'a str, id: NodeId, place: Place, signs: Signs, join: bool) -> bool {
    let mut changed = false;
    if read.document.children(id).any(|child| matches!(read.document.kind(child), Kind::Text(_))) {
        changed |= signs.wiki && !place.linked && wiki::find(read, source, id, place);
        changed |= signs.ruby && ruby::find(read, source, id, place);
        changed |= signs.marker && marker::find(&mut read.document, source, id);
        if signs.autolink && !place.linked {
            autolink::find(read, source, id);
        }
    }
    let mut anchored = false;
    let mut next = read.document.get(id).first;
    while let Some(child) = next.some() {
        let node = read.document.get(child);
        next = node.next;
        if let Kind::Html(html) = &node.kind {
            anchored = autolink::in_anchor(html, anchored);
        }
        let place = Place {
            linked: place.linked || anchored || matches!(node.kind, Kind::Link(_) | Kind::Image(_)),
            cell: place.cell || matches!(node.kind, Kind::TableCell),
        };
        let block = node.kind.is_block();
        if node.first != NodeId::NONE && !matches!(node.kind, Kind::Ruby) {
            changed |= walk(read, source, child, place, signs, join) && !block;
        }
    }
    if changed && join && read.document.kind(id).is_block() {
        rejoin(&mut read.document, id, &mut Breath::default());
    }
    changed
}

/// The text of a node that stands in the source as it is: only there is a sign what it looks like.
pub(super) fn exact<'a>(document: &Document<'a>, id: NodeId) -> Option<&'a str> {
    let node = document.get(id);
    match node.kind {
        Kind::Text(CowStr::Borrowed(text)) if text.len() == node.span.range().len() => Some(text),
        _ => None,
    }
}

/// Whether a backslash takes the meaning from the first character of a text node: such a character begins one.
pub(super) fn is_escaped(document: &Document<'_>, source: &str, id: NodeId) -> bool {
    follows_backslash(source, document.get(id).span)
}

/// Whether a backslash stands before `span`.
pub(super) fn follows_backslash(source: &str, span: Span) -> bool {
    let start = span.start as usize;
    start > 0 && source.as_bytes().get(start - 1) == Some(&b'\\')
}

/// A sign that opens something: the index of its node in the run so far, and the byte in that node's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Opened {
    pub(super) node: usize,
    pub(super) at: usize,
}

/// What stood between two signs.
pub(super) struct Taken {
    /// The nodes, those that are left of the signs' own nodes included; none is empty text.
    pub(super) inner: Vec<NodeId>,
    /// From the first sign to the last.
    pub(super) span: Span,
    /// What follows the closing sign in its node.
    pub(super) rest: Option<NodeId>,
}

/// Cuts out what stands between a sign of `open_length` bytes at `open` and one of `close_length` at byte `close` of
/// `current`, which comes after `out`; both signs are dropped. What stands before stays in `out`.
pub(super) fn take(
    document: &mut Document<'_>,
    out: &mut Vec<NodeId>,
    current: NodeId,
    (open, open_length): (Opened, usize),
    (close, close_length): (usize, usize),
) -> Taken {
    let span_end = document.get(current).span.start + number(close + close_length);
    let rest = document.split_text(current, close + close_length);
    keep(document, current, 0, close);
    out.push(current);
    let opening = out[open.node];
    let span = Span { start: document.get(opening).span.start + number(open.at), end: span_end };
    let mut inner = out.split_off(open.node);
    if open.at > 0 {
        out.push(opening);
        match document.split_text(opening, open.at) {
            Some(tail) => inner[0] = tail,
            None => {
                inner.remove(0);
            }
        }
    }
    if let Some(first) = inner.first().copied() {
        let length = exact(document, first).map_or(0, str::len);
        keep(document, first, open_length.min(length), length);
    }
    inner.retain(|id| !matches!(document.kind(*id), Kind::Text(text) if text.is_empty()));
    Taken { inner, span, rest }
}

/// Leaves of a text node only what stands from byte `from` to byte `to`.
pub(super) fn keep(document: &mut Document<'_>, id: NodeId, from: usize, to: usize) {
    let Some(text) = exact(document, id) else { return };
    let node = document.get_mut(id);
    node.kind = Kind::Text(text.get(from..to).unwrap_or_default().into());
    node.span.end = node.span.start + number(to);
    node.span.start += number(from);
}

/// Takes a backslash from the end of a text node: what it escaped comes next.
pub(super) fn drop_backslash(document: &mut Document<'_>, id: NodeId) {
    if let Some(text) = exact(document, id)
        && text.ends_with('\\')
    {
        keep(document, id, 0, text.len() - 1);
    }
}

/// What a line break learns of its neighbours.
#[derive(Debug, Default)]
struct Breath {
    before: Option<char>,
    pending: Option<NodeId>,
}

impl Breath {
    fn meet(&mut self, document: &mut Document<'_>, first: Option<char>, last: Option<char>) {
        if let (Some(id), Some(first)) = (self.pending, first) {
            let joined = self.before.is_some_and(|before| joins(before, first));
            document.get_mut(id).kind = Kind::SoftBreak { joins: joined };
            self.pending = None;
        }
        self.before = last.or(self.before);
    }
}

/// Tells the line breaks inside block `id` anew what stands beside them: signs are gone that stood there.
fn rejoin(document: &mut Document<'_>, id: NodeId, breath: &mut Breath) {
    let mut next = document.get(id).first;
    while let Some(child) = next.some() {
        next = document.get(child).next;
        match document.kind(child) {
            Kind::Text(text) | Kind::Code(text) => {
                let (first, last) = (text.chars().next(), text.chars().next_back());
                breath.meet(document, first, last);
            }
            Kind::Html(html) if raw::is_transparent(html) => {}
            Kind::Note(_) | Kind::Image(_) | Kind::Html(_) | Kind::Raw(_) | Kind::Math { .. } => {
                breath.meet(document, Some('x'), Some('x'));
            }
            // The title of a lesson is not known yet. Beside Japanese words it most often is Japanese.
            Kind::TitleOf { .. } => breath.meet(document, Some('題'), Some('題')),
            Kind::SoftBreak { .. } => breath.pending = breath.before.map(|_| child),
            Kind::HardBreak => *breath = Breath::default(),
            kind if kind.is_block() => *breath = Breath::default(),
            _ => rejoin(document, child, breath),
        }
    }
}
