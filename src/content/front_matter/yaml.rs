//! YAML → a tree of [`Node`]s: the one place that knows a YAML reader.
//!
//! The reader's events are used rather than its deserialiser, because they carry the source text and style of each
//! scalar (`no` and `012` stay text) and go on after a fault of meaning. Its limits on nesting stop hostile input
//! while it is scanned. Anchors, aliases and tags are refused, so nothing is ever expanded.
//!
//! YAML stops at its first syntax error. Then each top-level field is read by itself, so that every broken field is
//! reported at its own place, and the others keep their values.

use std::ops::Range;

use serde_yaml::granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, options};

use super::syntax;
use crate::diag::Fault;
use crate::diag::catalogue::front_matter as codes;
use crate::fields::{Entries, Kind, Node, drop_repeated, snippet};
use crate::text::{Located, Span};

/// Lists and tables in each other at most.
pub(super) const MAX_DEPTH: usize = 16;

/// Anchors, aliases and tags that are reported before reading stops.
const MAX_SPECIAL: usize = 20;

/// Faults after which no further field of a block that cannot be read as a whole is tried.
const MAX_BROKEN: usize = 100;

/// Reads the block at `range` of `text`. Spans are offsets into `text`.
pub(super) fn parse(text: &str, range: Range<usize>, faults: &mut Vec<Fault>) -> Entries {
    let block = text.get(range.clone()).unwrap_or("");
    let mut found = Vec::new();
    let whole = read(text, range.clone(), &mut found);
    let stop = match whole {
        Ok(None) => {
            faults.append(&mut found);
            return Entries::new();
        }
        Ok(Some(Node { kind: Kind::Map(entries), .. })) => {
            faults.append(&mut found);
            return entries;
        }
        Ok(Some(_)) => None,
        Err(fault) => Some(*fault),
    };
    let before = faults.len();
    let mut entries = Entries::new();
    for chunk in chunks(block) {
        if faults.len() - before >= MAX_BROKEN {
            break;
        }
        let at = range.start + chunk.start..range.start + chunk.end;
        field(text, at, &mut entries, faults);
    }
    drop_repeated(&mut entries, faults);
    if faults.len() == before
        && let Some(fault) = stop
    {
        faults.push(fault);
    }
    entries
}

/// Reads one top-level field by itself.
fn field(text: &str, at: Range<usize>, entries: &mut Entries, faults: &mut Vec<Fault>) {
    match read(text, at.clone(), faults) {
        Ok(Some(Node { kind: Kind::Map(mut inner), .. })) => return entries.append(&mut inner),
        Ok(None) => return,
        Ok(Some(node)) => faults.push(syntax::no_field(text, node.span)),
        Err(fault) => faults.push(*fault),
    }
    // Its name is known: nobody shall report it as missing.
    if let Some(key) = syntax::key(text, at) {
        let node = Node { span: key.span, kind: Kind::Broken };
        entries.push((key, node));
    }
}

/// Where top-level fields begin: at lines that stand at the margin, hold a colon and continue no list or bracket.
fn chunks(block: &str) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut at = 0;
    for line in block.split_inclusive('\n') {
        let margin = line.starts_with(|c: char| !c.is_whitespace() && !"-#]}[{,'\"|>".contains(c));
        if at == 0 || (margin && line.contains([':', '：'])) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([block.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// Why reading stopped; boxed, because it is rare and large.
type Stop = Box<Fault>;

/// A list or table whose end has not come yet.
struct Open {
    span: Span,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map { entries: Entries, key: Key },
}

/// What a table waits for.
enum Key {
    /// A key.
    None,
    /// The value of this key.
    Some(Located<String>),
    /// The value of a key that was refused.
    Refused,
}

struct Builder<'t, 's> {
    text: &'t str,
    offset: usize,
    open: Vec<Open>,
    root: Option<Node>,
    special: usize,
    faults: &'s mut Vec<Fault>,
}

fn read(text: &str, range: Range<usize>, faults: &mut Vec<Fault>) -> Result<Option<Node>, Stop> {
    let options = options! {
        emit_comments: false,
        disallow_directives: true,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let source = text.get(range.clone()).unwrap_or("");
    let mut builder = Builder { text, offset: range.start, open: Vec::new(), root: None, special: 0, faults };
    for event in Parser::new_from_str_with_options(source, options) {
        match event {
            Ok((event, span)) => builder.event(event, span.byte_range().unwrap_or(0..0), span.tag_span())?,
            Err(error) => return Err(Box::new(builder.stop(&error, range))),
        }
    }
    Ok(builder.root)
}

impl Builder<'_, '_> {
    fn event(
        &mut self,
        event: Event<'_>,
        range: Range<usize>,
        tag: Option<serde_yaml::granit_parser::Span>,
    ) -> Result<(), Stop> {
        let span = Span::new(range).shifted(self.offset);
        if let Some(tag) = tag.and_then(|tag| tag.byte_range()) {
            self.special(Span::new(tag).shifted(self.offset))?;
        }
        match event {
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.special(span)?;
                self.complete(Node { span, kind: Kind::Broken });
            }
            Event::Anchor(..) => self.special(span)?,
            Event::Scalar(value, style, ..) => {
                let kind = match style {
                    ScalarStyle::Plain if span.start == span.end => Kind::Null,
                    ScalarStyle::Plain => Kind::Plain(value.into_owned()),
                    _ => Kind::Text(value.into_owned()),
                };
                self.complete(Node { span, kind });
            }
            Event::SequenceStart(..) => self.start(span, OpenKind::List(Vec::new()))?,
            Event::MappingStart(..) => self.start(span, OpenKind::Map { entries: Entries::new(), key: Key::None })?,
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::DocumentStart(..) if self.root.is_some() => {
                let fault = Fault::new(&codes::YAML, span).arg("detail", "a second document begins here");
                return Err(Box::new(fault));
            }
            _ => {}
        }
        Ok(())
    }

    /// Reports an anchor, an alias or a tag.
    fn special(&mut self, span: Span) -> Result<(), Stop> {
        self.special += 1;
        let found = self.text.get(span.range()).unwrap_or("");
        let fault = Fault::new(&codes::SPECIAL, span)
            .arg("found", snippet(found))
            .arg_opt("example", syntax::example(self.text, span.start as usize));
        if self.special >= MAX_SPECIAL {
            return Err(Box::new(fault));
        }
        self.faults.push(fault);
        Ok(())
    }

    fn start(&mut self, span: Span, kind: OpenKind) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Box::new(too_deep(span)));
        }
        self.open.push(Open { span, kind });
        Ok(())
    }

    fn end(&mut self, end: Span) {
        let Some(Open { mut span, kind }) = self.open.pop() else { return };
        // Where there are brackets, the end is theirs; otherwise it is that of the last value.
        let mut last = if end.start == end.end { span.end } else { end.end };
        let kind = match kind {
            OpenKind::List(items) => {
                last = last.max(items.last().map_or(0, |item| item.span.end));
                Kind::List(items)
            }
            OpenKind::Map { mut entries, .. } => {
                last = last.max(entries.last().map_or(0, |(key, node)| node.span.end.max(key.span.end)));
                drop_repeated(&mut entries, self.faults);
                Kind::Map(entries)
            }
        };
        span.end = last;
        self.complete(Node { span, kind });
    }

    fn complete(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut open.kind {
            OpenKind::List(items) => items.push(node),
            OpenKind::Map { entries, key } => match std::mem::replace(key, Key::None) {
                Key::Some(name) => entries.push((name, node)),
                Key::Refused => {}
                Key::None => match node.kind {
                    Kind::Plain(name) | Kind::Text(name) => *key = Key::Some(Located::new(name, node.span)),
                    Kind::Broken => *key = Key::Refused,
                    _ => {
                        let found = snippet(self.text.get(node.span.range()).unwrap_or(""));
                        self.faults.push(Fault::new(&codes::KEY_NOT_TEXT, node.span).arg("found", found));
                        *key = Key::Refused;
                    }
                },
            },
        }
    }

    fn stop(&self, error: &ScanError, range: Range<usize>) -> Fault {
        let offset = self.offset + error.marker().byte_offset().unwrap_or(0);
        let offset = offset.min(range.end);
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => too_deep(Span::at(offset)),
            _ => syntax::fault(self.text, range, offset, &error.info()),
        }
    }
}

fn too_deep(span: Span) -> Fault {
    Fault::new(&codes::TOO_DEEP, span).arg("limit", MAX_DEPTH)
}
