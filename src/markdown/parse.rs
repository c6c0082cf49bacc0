//! From pulldown-cmark's events to the document tree.
//!
//! Containers deeper than [`MAX_NESTING`] leave no node, only their text, so that whoever walks the tree may recurse.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options as Extensions, Parser, Tag, TagEnd};

use super::code::Info;
use super::containers::{Fence, Masked};
use super::document::{CodeBlock, Document, Head, Kind, NodeId, NoteNode, Target, number};
use super::emphasis;
use super::links::{Destination, allowed, classify};
use super::options::{Breaks, RawHtml};
use super::{Link, LinkKind, MAX_NESTING, Options, containers, inline, math, raw};
use crate::diag::Fault;
use crate::diag::catalogue::markdown as codes;
use crate::text::measure::joins;
use crate::text::{Located, Span};

/// What reading a body gives.
#[derive(Debug)]
pub(super) struct Read<'a> {
    pub(super) document: Document<'a>,
    pub(super) links: Vec<Link>,
    pub(super) faults: Vec<Fault>,
}

/// The dialect.
pub(super) fn extensions(options: &Options<'_>) -> Extensions {
    let mut extensions = Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_HEADING_ATTRIBUTES;
    extensions.set(Extensions::ENABLE_MATH, options.math);
    extensions
}

/// Reads `source`, or what stands for it: `masked` where it has lines of colons, and `prices` where it has dollar signs
/// that open no formula.
pub(super) fn read<'a>(
    source: &'a str,
    masked: Option<&'a Masked>,
    prices: Option<&'a str>,
    options: &Options<'_>,
) -> Read<'a> {
    let mut builder = Builder {
        source,
        join: options.breaks == Breaks::Join,
        escape: options.html == RawHtml::Escape,
        read: Read { document: Document::new(source.len()), links: Vec::new(), faults: Vec::new() },
        stack: vec![Open { id: Document::root(), last: NodeId::NONE }],
        flat: 0,
        flat_block: false,
        before: None,
        pending: None,
        raw: None,
        ruby_at_end: None,
        fences: masked.map_or(&[], |masked| &masked.fences),
    };
    let given = masked.map_or(source, |masked| &masked.source);
    let given = prices.unwrap_or(given);
    let changed = masked.is_some() || prices.is_some();
    let events = Parser::new_ext(given, extensions(options)).into_offset_iter();
    emphasis::each(given, events, |event, range| {
        let span = Span::new(range);
        let event = if changed { containers::unmask(event, span, source) } else { event };
        let event = match prices {
            Some(_) => math::unmask(event, source.get(span.range()).unwrap_or_default()),
            None => event,
        };
        builder.event(event, span);
    });
    if memchr::memmem::find(source.as_bytes(), b"[^").is_some() {
        builder.find_lost_notes();
    }
    builder.read
}

/// A node whose end has not come yet.
struct Open {
    id: NodeId,
    /// Its last child so far.
    last: NodeId,
}

/// The text of a code block or of raw HTML, which comes in pieces.
struct Raw<'a> {
    text: CowStr<'a>,
    /// Used once the pieces no longer follow each other in the source.
    owned: String,
    /// Where each piece begins, in the text and in the source.
    starts: Vec<(u32, u32)>,
    span: Span,
}

struct Builder<'a> {
    source: &'a str,
    join: bool,
    escape: bool,
    read: Read<'a>,
    stack: Vec<Open>,
    /// How many open containers have left no node.
    flat: usize,
    /// Whether the outermost of them was given a paragraph for its text.
    flat_block: bool,
    /// The last character of the current block's text.
    before: Option<char>,
    /// A line break that waits for the character after it.
    pending: Option<NodeId>,
    raw: Option<Raw<'a>>,
    /// The heading that ends with ruby, which came as its attributes.
    ruby_at_end: Option<NodeId>,
    fences: &'a [Fence],
}

impl<'a> Builder<'a> {
    fn event(&mut self, event: Event<'a>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.raw.is_some() => self.raw_text(text, span),
            Event::Html(text) if self.raw.is_some() => self.raw_text(text, span),
            Event::Text(text) => self.text(text, span),
            Event::Code(text) => {
                self.meet(&text);
                self.leaf(Kind::Code(text), span);
            }
            Event::InlineHtml(html) | Event::Html(html) => self.inline_html(html, span),
            Event::InlineMath(tex) => {
                self.meet("x");
                self.leaf(Kind::Math { tex, display: false }, span);
            }
            Event::DisplayMath(tex) => {
                self.meet("x");
                self.leaf(Kind::Math { tex, display: true }, span);
            }
            Event::FootnoteReference(label) => {
                self.meet("x");
                self.leaf(Kind::Note(label), span);
            }
            Event::SoftBreak => {
                let id = self.leaf(Kind::SoftBreak { joins: false }, span);
                self.pending = (self.join && self.before.is_some()).then_some(id);
            }
            Event::HardBreak => {
                self.leaf(Kind::HardBreak, span);
                self.before = None;
            }
            Event::Rule if self.flat == 0 => {
                self.leaf(containers::at(self.fences, span).map_or(Kind::Rule, Kind::Fence), span);
            }
            Event::TaskListMarker(done) if self.flat == 0 => {
                self.leaf(Kind::Task(done), span);
            }
            // The rest is not enabled, or has no text to keep where containers are flattened.
            _ => {}
        }
    }

    /// Text or the like comes: a waiting line break learns what stands after it.
    fn meet(&mut self, text: &str) {
        if let Some(id) = self.pending.take() {
            let joined = self.before.zip(text.chars().next()).is_some_and(|(before, after)| joins(before, after));
            self.read.document.get_mut(id).kind = Kind::SoftBreak { joins: joined };
        }
        if self.join
            && let Some(last) = text.chars().next_back()
        {
            self.before = Some(last);
        }
    }

    fn text(&mut self, text: CowStr<'a>, span: Span) {
        self.meet(&text);
        // Pieces that follow each other in the source are one text.
        let last = self.stack.last().map_or(NodeId::NONE, |open| open.last);
        if let (Some(last), CowStr::Borrowed(new)) = (last.some(), &text)
            // Not by its length: `&ngE;` is as long as the two characters that it stands for.
            && self.source.get(span.range()) == Some(*new)
        {
            let node = self.read.document.get_mut(last);
            if let Kind::Text(CowStr::Borrowed(old)) = &mut node.kind
                && node.span.end == span.start
                && old.len() == node.span.range().len()
                && let Some(both) = self.source.get(node.span.start as usize..span.end as usize)
            {
                *old = both;
                node.span.end = span.end;
                return;
            }
        }
        self.leaf(Kind::Text(text), span);
    }

    fn raw_text(&mut self, text: CowStr<'a>, span: Span) {
        let Some(raw) = &mut self.raw else { return };
        let length = if raw.owned.is_empty() { raw.text.len() } else { raw.owned.len() };
        raw.starts.push((number(length), span.start));
        if raw.text.is_empty() && raw.owned.is_empty() {
            raw.text = text;
            raw.span = span;
        } else if raw.owned.is_empty()
            && let (CowStr::Borrowed(old), CowStr::Borrowed(new)) = (&raw.text, &text)
            && old.len() == raw.span.range().len()
            && new.len() == span.range().len()
            && raw.span.end == span.start
            && let Some(both) = self.source.get(raw.span.start as usize..span.end as usize)
        {
            raw.text = both.into();
            raw.span.end = span.end;
        } else {
            if raw.owned.is_empty() {
                raw.owned.push_str(&raw.text);
            }
            raw.owned.push_str(&text);
        }
    }

    /// Adds a childless node to the open one.
    fn leaf(&mut self, kind: Kind<'a>, span: Span) -> NodeId {
        let id = self.read.document.add(kind, span);
        self.attach(id);
        id
    }

    fn attach(&mut self, id: NodeId) {
        let Some(open) = self.stack.last_mut() else { return };
        match open.last.some() {
            Some(last) => self.read.document.get_mut(last).next = id,
            None => self.read.document.get_mut(open.id).first = id,
        }
        open.last = id;
    }

    /// Adds a node and opens it.
    fn open(&mut self, kind: Kind<'a>, span: Span) -> NodeId {
        if kind.is_block() {
            self.before = None;
            self.pending = None;
        }
        let id = self.leaf(kind, span);
        self.stack.push(Open { id, last: NodeId::NONE });
        id
    }

    fn start(&mut self, tag: Tag<'a>, span: Span) {
        if self.flat > 0 {
            self.flat += 1;
            let apart = matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::CodeBlock(_));
            if apart && self.stack.last().is_some_and(|open| open.last != NodeId::NONE) {
                self.leaf(Kind::SoftBreak { joins: false }, span);
            }
            return;
        }
        if self.stack.len() > MAX_NESTING && self.flatten(&tag, span) {
            return;
        }
        match tag {
            Tag::Heading { level, id, classes, attrs } => self.heading(level as u8, id, classes, &attrs, span),
            Tag::BlockQuote(_) => {
                let id = self.open(Kind::Quote, span);
                self.read.document.quotes.push(id);
            }
            Tag::CodeBlock(kind) => self.code_block(&kind, span),
            Tag::HtmlBlock => {
                self.open(Kind::HtmlBlock, span);
                self.raw = Some(Raw { text: "".into(), owned: String::new(), starts: Vec::new(), span });
            }
            Tag::List(start) => {
                self.open(Kind::List(start), span);
            }
            Tag::Item => {
                self.open(Kind::Item, span);
            }
            Tag::FootnoteDefinition(label) => {
                let node = self.read.document.add(Kind::Item, span);
                self.stack.push(Open { id: node, last: NodeId::NONE });
                self.before = None;
                self.pending = None;
                self.read.document.notes.push(NoteNode { label, node, span });
            }
            Tag::Table(alignments) => {
                self.read.document.tables.push(alignments);
                self.open(Kind::Table(number(self.read.document.tables.len() - 1)), span);
            }
            Tag::TableHead => {
                self.open(Kind::TableHead, span);
            }
            Tag::TableRow => {
                self.open(Kind::TableRow, span);
            }
            Tag::TableCell => {
                self.open(Kind::TableCell, span);
            }
            Tag::Emphasis => {
                self.open(Kind::Emphasis, span);
            }
            Tag::Strong => {
                self.open(Kind::Strong, span);
            }
            Tag::Strikethrough => {
                self.open(Kind::Strikethrough, span);
            }
            Tag::Link { link_type, dest_url, title, .. } => {
                let target =
                    if link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                let target = self.target(LinkKind::Link, target, title, span);
                self.open(Kind::Link(target), span);
            }
            Tag::Image { dest_url, title, .. } => {
                self.meet("x");
                let target = self.target(LinkKind::Image, dest_url.into_string(), title, span);
                self.open(Kind::Image(target), span);
            }
            _ => {
                self.open(Kind::Paragraph, span);
            }
        }
    }

    /// Too deep: leaves out the node of a container, but not its text. False for what cannot nest by itself.
    fn flatten(&mut self, tag: &Tag<'a>, span: Span) -> bool {
        let block = matches!(tag, Tag::BlockQuote(_) | Tag::List(_) | Tag::FootnoteDefinition(_));
        let inline =
            matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. });
        if !block && !inline {
            return false;
        }
        if !self.read.faults.iter().any(|fault| fault.code == &codes::NESTING) {
            let fault = Fault::new(&codes::NESTING, self.line(span)).arg("limit", MAX_NESTING);
            self.read.faults.push(fault);
        }
        if block {
            self.open(Kind::Paragraph, span);
        }
        self.flat = 1;
        self.flat_block = block;
        true
    }

    fn end(&mut self, tag: TagEnd) {
        if self.flat > 0 {
            self.flat -= 1;
            if self.flat > 0 || !self.flat_block {
                return;
            }
        } else {
            match tag {
                TagEnd::CodeBlock => self.end_code(),
                TagEnd::HtmlBlock => self.end_html(),
                TagEnd::Image => self.end_image(),
                TagEnd::Heading(_) => self.end_ruby(),
                _ => {}
            }
        }
        self.stack.pop();
        if matches!(tag, TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell) {
            self.before = None;
            self.pending = None;
        }
    }

    fn heading(
        &mut self,
        level: u8,
        explicit: Option<CowStr<'a>>,
        classes: Vec<CowStr<'a>>,
        attributes: &[(CowStr<'a>, Option<CowStr<'a>>)],
        span: Span,
    ) {
        if let Some(fence) = containers::at(self.fences, span) {
            let node = self.open(Kind::Fence(fence), span);
            // The title of a box has no attributes.
            self.ruby_at_end = (explicit.is_some() || !classes.is_empty() || !attributes.is_empty()).then_some(node);
            return;
        }
        // `## {秘訣|ひけつ}` ends with ruby, not with an attribute.
        let barred = |text: &CowStr<'_>| text.contains('|');
        let ruby = attributes.iter().any(|(name, value)| barred(name) || value.as_ref().is_some_and(barred));
        for (name, _) in attributes.iter().filter(|_| !ruby) {
            let fault = Fault::new(&codes::HEADING_ATTRIBUTE, self.line(span)).arg("attribute", name);
            self.read.faults.push(fault);
        }
        if level == 1 {
            self.read.faults.push(Fault::new(&codes::HEADING_ONE, self.line(span)));
        }
        let explicit = explicit.filter(|id| !id.is_empty());
        let head = number(self.read.document.heads.len());
        let node = self.open(Kind::Heading(head), span);
        self.ruby_at_end = ruby.then_some(node);
        let span = self.line(span);
        let (id, text) = (String::new(), String::new());
        self.read.document.heads.push(Head { node, level, explicit, classes, id, text, span });
    }

    /// Gives a heading the braces at its end, which were taken for attributes.
    fn end_ruby(&mut self) {
        let Some(id) = self.ruby_at_end.take() else { return };
        let span = self.read.document.get(id).span;
        let Some((before, _)) = self.source.get(span.range()).and_then(|line| line.rsplit_once('}')) else { return };
        let Some((head, _)) = before.rsplit_once('{') else { return };
        let end = span.start + number(before.len() + 1);
        let mut start = span.start + number(head.len());
        if let Some(last) = self.stack.last().and_then(|open| open.last.some()) {
            if head.ends_with('\\') {
                inline::drop_backslash(&mut self.read.document, last);
            } else {
                // The white space before it was left out.
                start = self.read.document.get(last).span.end.max(start - number(head.len() - head.trim_end().len()));
            }
        }
        if let Some(text) = self.source.get(start as usize..end as usize) {
            self.text(text.into(), Span { start, end });
        }
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'a>, span: Span) {
        let line = self.line(span);
        let info = match kind {
            CodeBlockKind::Fenced(info) => Info::read(info, line, &mut self.read.faults),
            CodeBlockKind::Indented => Info::default(),
        };
        let code = number(self.read.document.codes.len());
        self.open(Kind::CodeBlock(code), span);
        self.read.document.codes.push(CodeBlock { info, text: "".into(), span: line });
        self.raw = Some(Raw { text: "".into(), owned: String::new(), starts: Vec::new(), span });
    }

    fn take_raw(&mut self) -> CowStr<'a> {
        self.raw.take().map_or("".into(), |raw| if raw.owned.is_empty() { raw.text } else { raw.owned.into() })
    }

    fn end_code(&mut self) {
        let text = self.take_raw();
        if let Some(code) = self.read.document.codes.last_mut() {
            code.text = text;
        }
    }

    fn end_html(&mut self) {
        let (owned, starts) = self
            .raw
            .as_mut()
            .map_or((false, Vec::new()), |raw| (!raw.owned.is_empty(), std::mem::take(&mut raw.starts)));
        let html = self.take_raw();
        let Some(id) = self.stack.last().map(|open| open.id) else { return };
        let span = self.read.document.get(id).span;
        if !self.escape {
            self.read.document.has_html = true;
            let leaf = self.leaf(Kind::Html(html), span);
            if owned {
                self.read.document.html_maps.push((leaf, starts));
            }
            return;
        }
        self.read.document.get_mut(id).kind = Kind::Paragraph;
        let shown = without_comments(&html);
        let shown = shown.trim();
        if shown.is_empty() {
            return;
        }
        self.read.faults.push(Fault::new(&codes::RAW_HTML, self.line(span)).arg("tag", tag_of(shown)));
        self.leaf(Kind::Text(shown.to_owned().into()), span);
    }

    fn inline_html(&mut self, html: CowStr<'a>, span: Span) {
        if !self.escape && self.flat == 0 {
            if !raw::is_transparent(&html) {
                // What the tag shows cannot be known: a break beside it stays a space.
                self.meet("x");
            }
            self.read.document.has_html = true;
            self.leaf(Kind::Html(html), span);
        } else if !html.starts_with("<!--") {
            if !html.starts_with("</") {
                self.read.faults.push(Fault::new(&codes::RAW_HTML, span).arg("tag", tag_of(&html)));
            }
            self.meet(&html);
            self.leaf(Kind::Text(html), span);
        }
    }

    fn target(&mut self, kind: LinkKind, target: String, title: CowStr<'a>, span: Span) -> u32 {
        let destination = classify(&target);
        let link = match allowed(kind, &destination) {
            Ok(()) => {
                self.read.links.push(Link { kind, target: Located::new(target, span) });
                Some(number(self.read.links.len() - 1))
            }
            Err(scheme) => {
                let fault = Fault::new(&codes::LINK_SCHEME, span).arg("scheme", scheme);
                self.read.faults.push(fault);
                None
            }
        };
        let external = destination == Destination::Web;
        self.read.document.targets.push(Target { link, external, title });
        number(self.read.document.targets.len() - 1)
    }

    fn end_image(&mut self) {
        let Some(id) = self.stack.last().map(|open| open.id) else { return };
        let node = self.read.document.get(id);
        if node.first == NodeId::NONE {
            let fault = Fault::new(&codes::ALT_MISSING, node.span);
            self.read.faults.push(fault);
        }
        self.pending = None;
        self.before = self.join.then_some('x');
    }

    /// `[^label]` that was left as text refers to no footnote.
    fn find_lost_notes(&mut self) {
        let Read { document, faults, .. } = &mut self.read;
        for node in document.all() {
            let Kind::Text(text) = &node.kind else { continue };
            let exact = text.len() == node.span.range().len();
            let escaped = exact && inline::follows_backslash(self.source, node.span);
            for (at, _) in text.match_indices("[^").filter(|(at, _)| *at > 0 || !escaped) {
                let Some((label, _)) = text.get(at + 2..).and_then(|rest| rest.split_once(']')) else { break };
                if !label.is_empty() && !label.contains(['[', ' ', '^']) {
                    let length = label.len() + 3;
                    let start = node.span.start as usize + at;
                    let span = if exact { Span::new(start..start + length) } else { node.span };
                    faults.push(Fault::new(&codes::NOTE_MISSING, span).arg("label", label));
                }
            }
        }
    }

    /// The first line of `span`: where a fault of a whole block is shown.
    fn line(&self, span: Span) -> Span {
        let block = self.source.get(span.range()).unwrap_or_default();
        let length = memchr::memchr(b'\n', block.as_bytes()).unwrap_or(block.len());
        Span { start: span.start, end: span.start + number(length) }
    }
}

/// `html` without its comments. A comment that does not end goes on to the end.
pub(super) fn without_comments(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some((before, comment)) = rest.split_once("<!--") {
        out.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// What a message calls a piece of HTML: `<div>` of `<div class="x">…`.
fn tag_of(html: &str) -> String {
    let name: String =
        html.chars().skip(1).take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '!' | '?')).collect();
    format!("<{name}>")
}
