//! What lints will ask of a body, noted while its tree is at hand, so that no lint ever needs the text again.
//!
//! Nothing is judged here, and only what is seldom there is noted: most bodies have no observation at all.

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

use super::document::{Document, Kind, NodeId, number};
use super::inline::{exact, is_escaped};
use super::parse::without_comments;
use super::plain;
use crate::text::Span;
use crate::text::navigation::{is_navigation, may_be_navigation};
use crate::text::ordinals::{self, Claim};

/// Something that a lint may object to, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// What.
    pub seen: Seen,
    /// Where, in the file.
    pub span: Span,
    /// What stands there, for messages: the words of a link, the first of any other line.
    pub words: String,
}

impl Observation {
    fn new(seen: Seen, span: Span) -> Self {
        Self { seen, span, words: String::new() }
    }
}

/// What was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Seen {
    /// A delimiter that is shown as text: `**`, `~~`, `:::`, `{{`.
    Leak,
    /// `1.` or `##` at the head of a line of a paragraph, with no space after it.
    NoSpace,
    /// A line like `====まとめ====`, among the blocks of the body.
    TypedHeading,
    /// A line of nothing but `=`, among the blocks of the body.
    TypedRule,
    /// A line of nothing but navigation.
    Navigation,
    /// A heading that nothing follows but another heading of its level or above, or the end.
    Empty,
    /// What a link says of where it leads: the index into [`super::Facts::links`].
    Link(u32, Claim),
    /// What prose says.
    Prose(Claim),
}

/// Characters that are kept of what stands at an observation.
const WORDS: usize = 40;

/// What is noted of one body.
#[derive(Debug, Default)]
pub(super) struct Observed {
    pub(super) observations: Vec<Observation>,
    pub(super) prose: Vec<Span>,
}

/// Looks through a document whose inline nodes are complete, and whose quotes are not yet boxes.
pub(super) fn observe(document: &Document<'_>, source: &str) -> Observed {
    let bytes = source.as_bytes();
    let mut look = Look {
        document,
        source,
        leaks: ["**", "~~", ":::", "{{"]
            .map(Finder::new)
            .into_iter()
            .filter(|mark| mark.find(bytes).is_some())
            .collect(),
        claims: ordinals::may_be_in_prose(source),
        counted: 0,
        observed: Observed::default(),
    };
    look.inside(Document::root(), true);
    for note in &document.notes {
        look.inside(note.node, false);
    }
    look.empty_sections();
    let Observed { mut observations, prose } = look.observed;
    observations.sort_by_key(|seen| seen.span);
    for seen in observations.iter_mut().filter(|seen| seen.words.is_empty()) {
        let there = source.get(seen.span.range()).unwrap_or_default();
        seen.words = there.chars().take(WORDS).collect();
    }
    Observed { observations, prose }
}

struct Look<'d, 'a> {
    document: &'d Document<'a>,
    source: &'d str,
    /// The delimiters that the source has at all.
    leaks: Vec<Finder<'static>>,
    /// Whether the source has words that could be claims.
    claims: bool,
    /// The number of the last `1.` without a space: where the next one counts on, it is one more of a list.
    counted: u32,
    observed: Observed,
}

impl Look<'_, '_> {
    fn note(&mut self, seen: Seen, span: Span) {
        self.observed.observations.push(Observation::new(seen, span));
    }

    /// Goes through what is inside `id`; the depth of the tree is limited, so this may recurse. `top` says that the
    /// children are blocks of the body itself.
    fn inside(&mut self, id: NodeId, top: bool) {
        let document = self.document;
        for child in document.children(id) {
            match document.kind(child) {
                Kind::Text(_) => self.text(child),
                Kind::Paragraph => self.paragraph(child, top),
                Kind::Item => self.item(child),
                Kind::Link(target) => {
                    let first = document.get(child).first;
                    if let Some(link) = document.targets[*target as usize].link
                        && !matches!(document.kind(first), Kind::TitleOf { .. })
                    {
                        let words = plain::inline(document, child);
                        if let Some(claim) = ordinals::of_link(words.trim()) {
                            let words = words.trim().chars().take(WORDS).collect();
                            let span = document.get(child).span;
                            self.observed.observations.push(Observation { seen: Seen::Link(link, claim), span, words });
                        }
                    }
                    self.inside(child, false);
                }
                Kind::CodeBlock(_) | Kind::Code(_) | Kind::Html(_) | Kind::HtmlBlock => {}
                _ => self.inside(child, false),
            }
        }
    }

    fn text(&mut self, id: NodeId) {
        let Some(text) = exact(self.document, id) else { return };
        let span = self.document.get(id).span;
        self.observed.prose.push(span);
        let within =
            |start: usize, end: usize| Span { start: span.start + number(start), end: span.start + number(end) };
        let bytes = text.as_bytes();
        for mark in &self.leaks {
            let sign = mark.needle()[0];
            let mut from = usize::from(is_escaped(self.document, self.source, id));
            while let Some(at) = bytes.get(from..).and_then(|rest| mark.find(rest)).map(|at| from + at) {
                let run = bytes.iter().skip(at).take_while(|byte| **byte == sign).count();
                from = at + run;
                self.observed.observations.push(Observation::new(Seen::Leak, within(at, from)));
            }
        }
        if self.claims {
            for (place, claim) in ordinals::in_prose(text) {
                self.note(Seen::Prose(claim), within(place.start, place.end));
            }
        }
    }

    fn paragraph(&mut self, id: NodeId, top: bool) {
        let words = self.observed.prose.len();
        self.inside(id, false);
        let span = self.document.get(id).span;
        let text = self.source.get(span.range()).unwrap_or_default();
        let mut at = span.start as usize;
        for line in text.split_inclusive('\n') {
            if let Some(seen) = self.line(line, at, top)
                && self.is_prose(words, &seen)
            {
                self.observed.observations.push(seen);
            }
            at += line.len();
        }
    }

    /// Whether what was seen is text: a line inside of code or of a formula begins as it likes. The block's words are
    /// those from index `words` on.
    fn is_prose(&self, words: usize, seen: &Observation) -> bool {
        let prose = self.observed.prose.get(words..).unwrap_or_default();
        let next = prose.partition_point(|word| word.end <= seen.span.start);
        // Lists and headings are known by their first sign; the others may begin with those of a link or of a marker.
        let latest = if seen.seen == Seen::NoSpace { seen.span.start + 1 } else { seen.span.end };
        prose.get(next).is_some_and(|word| word.start < latest)
    }

    /// The words of an item without paragraphs: its first line.
    fn item(&mut self, id: NodeId) {
        let document = self.document;
        let span = document.get(id).span;
        let first = document.get(id).first.some().filter(|first| !document.kind(*first).is_block());
        if let Some(first) = first {
            let start = document.get(first).span.start;
            let text = self.source.get(start as usize..span.end as usize).unwrap_or_default();
            let line = text.lines().next().unwrap_or_default();
            self.observed.observations.extend(navigation(line.trim_end(), start as usize));
        }
        self.inside(id, false);
    }

    /// What a line of a paragraph, which begins at byte `at`, looks like.
    fn line(&mut self, line: &str, at: usize, top: bool) -> Option<Observation> {
        // What a line of a quote goes on after.
        let body = line.trim_start_matches([' ', '\t', '>']);
        let at = at + line.len() - body.len();
        let body = body.trim_end();
        let seen = |seen, length: usize| Some(Observation::new(seen, Span::new(at..at + length)));
        match body.chars().next()? {
            '0'..='9' | '#' => seen(Seen::NoSpace, self.unspaced(body)?),
            '=' | '＝' if top && !body.contains('`') => {
                let words = body.trim_matches(['=', '＝', ' ', '\u{3000}']);
                let signs = body.chars().take_while(|c| matches!(c, '=' | '＝')).count();
                let closed = body.ends_with(['=', '＝']) && !words.contains(['=', '＝']);
                match (words.is_empty(), signs) {
                    (true, 4..) => seen(Seen::TypedRule, body.len()),
                    (false, 3..) if closed => seen(Seen::TypedHeading, body.len()),
                    _ => None,
                }
            }
            _ => navigation(body, at),
        }
    }

    /// The bytes of `1.` or `##` at the head of a line that was meant to be an item or a heading.
    fn unspaced(&mut self, line: &str) -> Option<usize> {
        let marks = line.bytes().take_while(|byte| *byte == b'#').count();
        if marks > 0 {
            let next = line.get(marks..)?.chars().next()?;
            return ((2..=6).contains(&marks) && !next.is_whitespace()).then_some(marks);
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let mark = line.as_bytes().get(digits)?;
        let next = line.get(digits + 1..)?.chars().next()?;
        if !matches!(mark, b'.' | b')') || digits > 3 || !(next.is_alphabetic() || "「『【（*~`".contains(next)) {
            return None;
        }
        let number: u32 = line.get(..digits)?.parse().ok()?;
        // A line may begin with a number by chance; items begin with 1 and count on.
        let counts = number == 1 || number == self.counted + 1;
        if counts {
            self.counted = number;
        }
        counts.then_some(digits + 1)
    }

    /// Whether a block of raw HTML shows nothing.
    fn is_comment(&self, id: NodeId) -> bool {
        self.document.children(id).all(|child| match self.document.kind(child) {
            Kind::Html(html) => without_comments(html).trim().is_empty(),
            _ => false,
        })
    }

    fn empty_sections(&mut self) {
        let document = self.document;
        let mut open: Option<u32> = None;
        let mut empty = Vec::new();
        for child in document.children(Document::root()) {
            let node = document.get(child);
            match node.kind {
                Kind::Heading(head) => {
                    let level = |head: u32| document.heads[head as usize].level;
                    empty.extend(open.filter(|above| level(head) <= level(*above)));
                    open = Some(head);
                }
                // A comment leaves a paragraph without anything in it.
                Kind::Paragraph if node.first == NodeId::NONE => {}
                Kind::HtmlBlock if self.is_comment(child) => {}
                _ => open = None,
            }
        }
        empty.extend(open);
        for head in empty {
            self.note(Seen::Empty, document.heads[head as usize].span);
        }
    }
}

/// A line that is nothing but navigation, and begins at byte `at`.
fn navigation(line: &str, at: usize) -> Option<Observation> {
    let leads = may_be_navigation(line) && !line.contains('`') && is_navigation(&without_links(line));
    leads.then(|| Observation::new(Seen::Navigation, Span::new(at..at + line.len())))
}

/// A line's words: links lose their brackets and targets, emphasis its signs.
fn without_links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['[', ']', '*', '_']) {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        rest = tail.strip_prefix("[[").map_or_else(
            || {
                tail.strip_prefix("](")
                    .map_or_else(|| after(tail, 1), |target| target.split_once(')').map_or("", |(_, rest)| rest))
            },
            // `[[id|words]]`
            |inside| match (inside.find('|'), inside.find("]]")) {
                (Some(bar), Some(end)) if bar < end => after(inside, bar + 1),
                _ => inside,
            },
        );
    }
    out.push_str(rest);
    out
}

fn after(text: &str, bytes: usize) -> &str {
    text.get(bytes..).unwrap_or_default()
}
