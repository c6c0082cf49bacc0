//! Raw HTML in the document tree: what of it stays, that it is closed where it was opened, and where its links lead.
//!
//! CommonMark gives raw HTML in pieces: a block may open a `<div>` that another block closes, a tag in a line comes
//! alone. So pieces are judged tag by tag (`allow.rs`), and balance is kept over the children of each node: an element
//! ends where the quote, the list item or the emphasis ends in which it began. Nothing of what the author typed is passed
//! on: tags are written anew from their parts, so that they are well formed whatever was typed.
//!
//! Trusted HTML stays as it is, but for its links and ids: the site has to know both.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::allow::{self, Element};
use super::document::{Document, Kind, NodeId, RawId, number};
use super::links::{Destination, allowed, classify};
use super::options::RawHtml;
use super::parse::Read;
use super::tags::{Attribute, Tag, Token, name_of, scan};
use super::{Link, LinkKind, MAX_NESTING, Options, escape};
use crate::diag::catalogue::markdown as codes;
use crate::diag::{Code, Fault};
use crate::text::{Located, Span};

/// What a piece of raw HTML is written as.
#[derive(Debug, Default)]
pub(super) struct Markup {
    pub(super) html: String,
    /// What is still to be filled in, and before which byte of the HTML.
    pub(super) slots: Vec<(usize, Slot)>,
}

impl Markup {
    fn push(&mut self, html: &str) {
        self.html.push_str(html);
    }

    fn slot(&mut self, slot: Slot) {
        self.slots.push((self.html.len(), slot));
    }
}

/// What is filled in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    /// The URL of a link, by its index.
    Url(u32),
    /// The size of the image that a link leads to.
    Size(u32),
    /// An `id` attribute, by its index in [`Document::raw_ids`].
    Id(u32),
}

/// Which attributes hold links, and what each leads to. Media come from the site itself.
const LINKS: [(&str, &str, LinkKind); 8] = [
    ("a", "href", LinkKind::Link),
    ("area", "href", LinkKind::Link),
    ("audio", "src", LinkKind::Link),
    ("img", "src", LinkKind::Image),
    ("source", "src", LinkKind::Link),
    ("track", "src", LinkKind::Link),
    ("video", "poster", LinkKind::Image),
    ("video", "src", LinkKind::Link),
];

/// What a tag has beyond this is refused: nobody writes so many attributes, and each is compared with those before it.
const MOST_ATTRIBUTES: usize = 200;

fn link_kind(element: &str, attribute: &str) -> Option<LinkKind> {
    LINKS.iter().find(|link| link.0 == element && link.1 == attribute).map(|link| link.2)
}

/// Whether a piece of HTML in a line leaves its neighbours as they would be without it.
pub(super) fn is_transparent(html: &str) -> bool {
    match name_of(html) {
        Some((name, _)) => allow::find(&name).is_some_and(|element| !element.void && !element.block),
        None => html.starts_with("<!") || html.starts_with("<?"),
    }
}

/// Understands all raw HTML of a document.
pub(super) fn transform(read: &mut Read<'_>, source: &str, options: &Options<'_>) {
    if !read.document.has_html || options.html == RawHtml::Escape {
        return;
    }
    let mut roots = vec![Document::root()];
    roots.extend(read.document.notes.iter().map(|note| note.node));
    let trusted = options.html == RawHtml::Trusted;
    let mut walk = Walk { read, source, trusted, open: Vec::new() };
    for root in roots {
        walk.scope(root, Context { phrasing: false, linked: false });
    }
}

/// Where a run of nodes stands.
#[derive(Debug, Clone, Copy)]
struct Context {
    /// In a paragraph or the like, where no blocks may stand.
    phrasing: bool,
    /// In a link.
    linked: bool,
}

/// An element that is open.
struct Open {
    element: &'static Element,
    span: Span,
}

/// The children of one node.
#[derive(Default)]
struct Scope {
    /// Below this, what is open belongs to nodes around.
    base: usize,
    /// Start tags that were left out although their element is allowed: their end tags are no surprise.
    left_out: BTreeMap<&'static str, usize>,
}

/// A piece of raw HTML and its place.
struct Piece<'p> {
    html: &'p str,
    span: Span,
    /// Where stretches of the HTML stand in the source, as pairs of offsets; empty where it stands there as it is.
    map: &'p [(u32, u32)],
    context: Context,
}

struct Walk<'w, 'a> {
    read: &'w mut Read<'a>,
    source: &'w str,
    trusted: bool,
    open: Vec<Open>,
}

impl Walk<'_, '_> {
    /// Goes through what is inside `id`. The depth of the tree is limited, so this may recurse.
    fn scope(&mut self, id: NodeId, context: Context) {
        let children: Vec<NodeId> = self.read.document.children(id).collect();
        // The words beside a box to tick are its label, which holds no blocks and ends where one begins.
        let labelled = children.first().is_some_and(|first| matches!(self.read.document.kind(*first), Kind::Task(_)));
        let line = Context { phrasing: context.phrasing || labelled, ..context };
        let mut scope = Scope { base: self.open.len(), ..Scope::default() };
        let mut out = Vec::with_capacity(children.len());
        let mut changed = false;
        let mut unclosed: Vec<String> = Vec::new();
        let mut at = 0;
        while let Some(child) = children.get(at).copied() {
            at += 1;
            if labelled && self.open.len() > scope.base && self.read.document.kind(child).is_block() {
                changed = true;
                let mut html = String::new();
                while self.open.len() > scope.base {
                    self.close(&mut html, true);
                }
                out.push(self.leaf(html, child));
            }
            match self.read.document.kind(child) {
                Kind::Html(html) => {
                    changed = true;
                    if !self.trusted
                        && let Some((name, false)) = name_of(html)
                        && allow::takes_content_along(&name)
                        && !unclosed.contains(&name)
                    {
                        match self.end_among(&children, at, &name) {
                            Some(end) => at = end + 1,
                            None => unclosed.push(name),
                        }
                    }
                    out.extend(self.piece(child, line, &mut scope));
                }
                Kind::HtmlBlock => {
                    let inner: Vec<NodeId> = self.read.document.children(child).collect();
                    let mut made = Vec::new();
                    for html in inner {
                        made.extend(self.piece(html, context, &mut scope));
                    }
                    // Where nothing stays but the white space between, nothing stays.
                    let blank = |id: &NodeId| matches!(self.read.document.kind(*id), Kind::Text(text) if text.trim().is_empty());
                    if made.iter().all(blank) {
                        made.clear();
                    }
                    self.read.document.set_children(child, &made);
                    out.push(child);
                }
                // What is in the description of an image shows no tags.
                Kind::Image(_) => out.push(child),
                kind => {
                    if kind.is_block() && self.top(&scope).is_some_and(|element| element.name == "p") {
                        changed = true;
                        let mut html = String::new();
                        self.close(&mut html, false);
                        out.push(self.leaf(html, child));
                    }
                    let inner = context_in(self.read.document.kind(child), context);
                    self.scope(child, inner);
                    out.push(child);
                }
            }
        }
        if self.open.len() > scope.base {
            changed = true;
            let mut html = String::new();
            while self.open.len() > scope.base {
                self.close(&mut html, true);
            }
            out.push(self.leaf(html, id));
        }
        if changed {
            self.read.document.set_children(id, &out);
        }
    }

    /// The index from `from` on of the end tag of `name`.
    fn end_among(&self, children: &[NodeId], from: usize, name: &str) -> Option<usize> {
        let ends = |id: &NodeId| match self.read.document.kind(*id) {
            Kind::Html(html) => name_of(html).is_some_and(|(found, end)| end && found == name),
            _ => false,
        };
        children.get(from..)?.iter().position(ends).map(|at| from + at)
    }

    fn top(&self, scope: &Scope) -> Option<&'static Element> {
        self.open.get(scope.base..)?.last().map(|open| open.element)
    }

    /// A node of HTML as it is.
    fn leaf(&mut self, html: String, near: NodeId) -> NodeId {
        let end = self.read.document.get(near).span.end;
        self.raw(Markup { html, slots: Vec::new() }, Span { start: end, end })
    }

    fn raw(&mut self, made: Markup, span: Span) -> NodeId {
        let document = &mut self.read.document;
        document.raws.push(made);
        let index = number(document.raws.len() - 1);
        document.add(Kind::Raw(index), span)
    }

    /// The nodes that a [`Kind::Html`] becomes.
    fn piece(&mut self, id: NodeId, context: Context, scope: &mut Scope) -> Vec<NodeId> {
        let node = self.read.document.get(id);
        let span = node.span;
        let Kind::Html(html) = &node.kind else { return vec![id] };
        let html = html.clone();
        let map = self.read.document.html_map(id).to_vec();
        let piece = Piece { html: &html, span, map: &map, context };
        if self.trusted { self.trusted_piece(id, &piece) } else { self.safe_piece(&piece, scope) }
    }

    /// Where a stretch of the piece stands in the source.
    fn place(&self, piece: &Piece<'_>, range: &Range<usize>) -> Span {
        let of = |at: usize| match piece.map.partition_point(|(start, _)| *start as usize <= at) {
            0 => piece.span.start as usize + at,
            next => piece.map[next - 1].1 as usize + (at - piece.map[next - 1].0 as usize),
        };
        let span = Span::new(of(range.start)..of(range.end.max(range.start + 1) - 1) + 1);
        let inside = piece.span.start <= span.start && span.end <= piece.span.end;
        if inside && self.source.get(span.range()).is_some() { span } else { piece.span }
    }

    fn report(&mut self, code: &'static Code, span: Span, name: &'static str, value: impl std::fmt::Display) {
        self.read.faults.push(Fault::new(code, span).arg(name, value));
    }

    fn safe_piece(&mut self, piece: &Piece<'_>, scope: &mut Scope) -> Vec<NodeId> {
        let tokens = scan(piece.html);
        let mut out = Vec::new();
        let mut made = Markup::default();
        let mut unclosed: Vec<&str> = Vec::new();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                Token::Text(range) => {
                    if !made.html.is_empty() {
                        out.push(self.raw(std::mem::take(&mut made), piece.span));
                    }
                    out.push(self.text(piece, range));
                }
                Token::Start(tag) => {
                    let Some(element) = allow::find(&tag.name) else {
                        let span = self.place(piece, &tag.head);
                        self.report(&codes::HTML_TAG, span, "tag", &tag.name);
                        if allow::takes_content_along(&tag.name) && !unclosed.contains(&&*tag.name) {
                            let ends = |token: &Token<'_>| matches!(token, Token::End(end) if end.name == tag.name);
                            match tokens.get(at..).and_then(|rest| rest.iter().position(ends)) {
                                Some(end) => at += end + 1,
                                None => unclosed.push(&tag.name),
                            }
                        }
                        continue;
                    };
                    self.start(piece, tag, element, scope, &mut made);
                }
                Token::End(tag) => self.end(piece, tag, scope, &mut made),
                Token::Comment(_) | Token::Verbatim(_) => {}
                Token::Cut(range) => {
                    let span = self.place(piece, range);
                    let line = piece.html.get(range.clone()).unwrap_or_default().lines().next().unwrap_or_default();
                    self.report(
                        &codes::HTML_CUT,
                        Span { end: span.start + number(line.len()), ..span },
                        "tag",
                        shown(line),
                    );
                }
            }
        }
        if !made.html.is_empty() {
            out.push(self.raw(made, piece.span));
        }
        out
    }

    fn text(&mut self, piece: &Piece<'_>, range: &Range<usize>) -> NodeId {
        let span = self.place(piece, range);
        let text = htmlize::unescape(piece.html.get(range.clone()).unwrap_or_default()).into_owned();
        self.read.document.add(Kind::Text(text.into()), span)
    }

    fn start(
        &mut self,
        piece: &Piece<'_>,
        tag: &Tag<'_>,
        element: &'static Element,
        scope: &mut Scope,
        out: &mut Markup,
    ) {
        let span = self.place(piece, &tag.head);
        while let Some(top) = self.top(scope)
            && (element.closes.contains(&top.name) || element.block && top.name == "p")
        {
            self.close(&mut out.html, false);
        }
        let parent = self.top(scope).map_or("", |top| top.name);
        let misplaced = element.block && piece.context.phrasing
            || !element.parents.is_empty() && !element.parents.contains(&parent)
            || element.name == "a" && (piece.context.linked || self.open.iter().any(|open| open.element.name == "a"));
        let deep = self.open.len() >= MAX_NESTING;
        if misplaced {
            self.report(&codes::HTML_PLACE, span, "tag", element.name);
        } else if deep && !self.read.faults.iter().any(|fault| fault.code == &codes::NESTING) {
            self.report(&codes::NESTING, span, "limit", MAX_NESTING);
        }
        if misplaced || deep {
            if !element.void {
                *scope.left_out.entry(element.name).or_default() += 1;
            }
            return;
        }
        let html = &mut out.html;
        html.push('<');
        html.push_str(element.name);
        self.attributes(piece, tag, element, out);
        out.push(">");
        if !element.void {
            self.open.push(Open { element, span });
        }
    }

    fn end(&mut self, piece: &Piece<'_>, tag: &Tag<'_>, scope: &mut Scope, out: &mut Markup) {
        let Some(element) = allow::find(&tag.name) else { return };
        let inner = self.open.get(scope.base..).unwrap_or_default();
        let Some(found) = inner.iter().rposition(|open| open.element.name == element.name) else {
            if let Some(count) = scope.left_out.get_mut(element.name).filter(|count| **count > 0) {
                *count -= 1;
            } else {
                let span = self.place(piece, &tag.head);
                self.report(&codes::HTML_CLOSE, span, "tag", element.name);
            }
            return;
        };
        let html = &mut out.html;
        while self.open.len() > scope.base + found + 1 {
            self.close(html, true);
        }
        self.close(html, false);
    }

    /// Ends the innermost element; `told`: by something else than its end tag.
    fn close(&mut self, html: &mut String, told: bool) {
        let Some(open) = self.open.pop() else { return };
        html.push_str("</");
        html.push_str(open.element.name);
        html.push('>');
        if told && !open.element.optional_end {
            self.report(&codes::HTML_OPEN, open.span, "tag", open.element.name);
        }
    }

    fn attributes(&mut self, piece: &Piece<'_>, tag: &Tag<'_>, element: &'static Element, out: &mut Markup) {
        let mut size = None;
        for (at, attribute) in tag.attributes.iter().enumerate() {
            let name = &*attribute.name;
            let earlier = || tag.attributes.iter().take(at).any(|other| other.name == attribute.name);
            let own = allow::is_global(name) || element.attributes.contains(&name) || name == "id";
            if !own || at >= MOST_ATTRIBUTES || earlier() {
                self.refuse(piece, attribute, element);
            } else if name == "id" {
                self.id(piece, attribute, element, out);
            } else if let Some(kind) = link_kind(element.name, name) {
                let destination = classify(&attribute.value);
                if element.name != "a" && kind == LinkKind::Link && destination == Destination::Web {
                    self.refuse(piece, attribute, element);
                } else if let Some(link) = self.link(piece, attribute, kind, &destination) {
                    let html = &mut out.html;
                    html.push(' ');
                    html.push_str(name);
                    html.push_str("=\"");
                    out.slot(Slot::Url(link));
                    let external = element.name == "a" && destination == Destination::Web;
                    out.push(if external { "\" rel=\"noopener\"" } else { "\"" });
                    size = size.or(Some(link).filter(|_| element.name == "img"));
                }
            } else {
                let html = &mut out.html;
                html.push(' ');
                html.push_str(name);
                if !(attribute.value.is_empty() && allow::is_boolean(name)) {
                    html.push_str("=\"");
                    escape::attribute(html, &attribute.value);
                    html.push('"');
                }
            }
        }
        if element.name == "img" {
            self.image(piece, tag, size, out);
        }
    }

    /// What every image has, typed or not.
    fn image(&mut self, piece: &Piece<'_>, tag: &Tag<'_>, link: Option<u32>, out: &mut Markup) {
        if tag.get("alt").is_none() {
            let span = self.place(piece, &tag.range);
            self.read.faults.push(Fault::new(&codes::ALT_MISSING, span));
            out.push(" alt=\"\"");
        }
        if let Some(link) = link.filter(|_| tag.get("width").is_none() && tag.get("height").is_none()) {
            out.slot(Slot::Size(link));
        }
        for (name, html) in [("loading", " loading=\"lazy\""), ("decoding", " decoding=\"async\"")] {
            if tag.get(name).is_none() {
                out.push(html);
            }
        }
    }

    fn refuse(&mut self, piece: &Piece<'_>, attribute: &Attribute<'_>, element: &Element) {
        let span = self.place(piece, &attribute.range);
        let fault = Fault::new(&codes::HTML_ATTRIBUTE, span);
        self.read.faults.push(fault.arg("attribute", shown(&attribute.name)).arg("tag", element.name));
    }

    fn id(&mut self, piece: &Piece<'_>, attribute: &Attribute<'_>, element: &Element, out: &mut Markup) {
        if attribute.value.is_empty() || attribute.value.contains(|c: char| c.is_whitespace() || c.is_control()) {
            self.refuse(piece, attribute, element);
            return;
        }
        let span = self.place(piece, &attribute.place);
        out.slot(Slot::Id(self.known_id(&attribute.value, span)));
    }

    fn known_id(&mut self, id: &str, span: Span) -> u32 {
        let ids = &mut self.read.document.raw_ids;
        ids.push(RawId { id: id.to_owned(), span, own: false });
        number(ids.len() - 1)
    }

    /// Makes a link known; `None` where it is not allowed, which is reported.
    fn link(
        &mut self,
        piece: &Piece<'_>,
        attribute: &Attribute<'_>,
        kind: LinkKind,
        destination: &Destination,
    ) -> Option<u32> {
        let span = self.place(piece, &attribute.place);
        if let Err(scheme) = allowed(kind, destination) {
            self.report(&codes::LINK_SCHEME, span, "scheme", scheme);
            return None;
        }
        let typed = attribute.value.trim_matches(|c: char| c.is_ascii_whitespace() || c.is_ascii_control());
        self.read.links.push(Link { kind, target: Located::new(typed.to_owned(), span) });
        Some(number(self.read.links.len() - 1))
    }

    /// Trusted HTML with its links and ids taken out, where there are any.
    fn trusted_piece(&mut self, id: NodeId, piece: &Piece<'_>) -> Vec<NodeId> {
        let mut made = Markup::default();
        let mut done = 0;
        for token in scan(piece.html) {
            let Token::Start(tag) = token else { continue };
            let mut before = 0;
            for (at, attribute) in tag.attributes.iter().enumerate() {
                let kind = link_kind(&tag.name, &attribute.name);
                let first =
                    at < MOST_ATTRIBUTES && !tag.attributes.iter().take(at).any(|other| other.name == attribute.name);
                let named = attribute.name == "id" && !attribute.value.is_empty();
                if !first || kind.is_none() && !named {
                    continue;
                }
                let cut = piece.html.get(done..attribute.range.start).unwrap_or_default();
                made.push(cut.trim_end_matches(' '));
                done = attribute.range.end;
                before += 1;
                let Some(kind) = kind else {
                    let span = self.place(piece, &attribute.place);
                    made.slot(Slot::Id(self.known_id(&attribute.value, span)));
                    continue;
                };
                let destination = classify(&attribute.value);
                let Some(link) = self.link(piece, attribute, kind, &destination) else { continue };
                let html = &mut made.html;
                html.push(' ');
                html.push_str(&attribute.name);
                html.push_str("=\"");
                made.slot(Slot::Url(link));
                made.push("\"");
                if tag.name == "img" && tag.get("width").is_none() && tag.get("height").is_none() {
                    made.slot(Slot::Size(link));
                } else if tag.name == "a" && destination == Destination::Web && tag.get("rel").is_none() {
                    made.push(" rel=\"noopener\"");
                }
            }
            // What follows an unquoted value directly must not become part of something else.
            let rest = piece.html.get(done..).unwrap_or_default();
            if before > 0 && !rest.starts_with([' ', '>', '/', '\n', '\t']) {
                made.push(" ");
            }
        }
        if done == 0 {
            return vec![id];
        }
        made.push(piece.html.get(done..).unwrap_or_default());
        vec![self.raw(made, piece.span)]
    }
}

/// Where the children of a node stand.
fn context_in(kind: &Kind<'_>, context: Context) -> Context {
    let flow = matches!(
        kind,
        Kind::Quote
            | Kind::QuoteFigure
            | Kind::List(_)
            | Kind::Item
            | Kind::Table(_)
            | Kind::TableHead
            | Kind::TableRow
            | Kind::TableCell
            | Kind::Boxed(_)
            | Kind::Versus
    );
    Context { phrasing: !flow, linked: context.linked || matches!(kind, Kind::Link(_)) }
}

/// What a message shows of something that may be long.
fn shown(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}
