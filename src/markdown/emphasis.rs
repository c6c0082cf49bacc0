//! Emphasis beside Japanese punctuation: `**「秘訣」**です`, `**110%**になる`, `~~「旧」~~は`.
//!
//! pulldown-cmark knows `CommonMark`'s rules only, by which none of these closes. It decides everything else well before
//! it pairs delimiters: blocks, code, links, raw HTML, escapes. So its events are kept, and only where the rules of
//! `flanking.rs` give a run of delimiters another role, the delimiters of that one block are paired anew: emphasis is
//! turned back into its delimiters, these and the ones left in text are found by their places in the source (a gap
//! before a character is the backslash that escapes it), and `CommonMark`'s procedure "process emphasis" (section
//! "An algorithm for parsing nested emphasis and links") pairs them, level by level: what is in a link stays in it.
//!
//! Nothing is inserted into the source and nothing moves, so every span is exact. A text without such a run is
//! not copied: all that it costs is a search for `*`, `_` and `~`.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::flanking::{Roles, Sides};

/// Gives all events of `source` to `take`, emphasis mended.
pub(super) fn each<'a>(
    source: &'a str,
    events: impl Iterator<Item = (Event<'a>, Range<usize>)>,
    mut take: impl FnMut(Event<'a>, Range<usize>),
) {
    let suspects = suspects(source);
    if suspects.is_empty() {
        for (event, range) in events {
            take(event, range);
        }
        return;
    }
    let mut mender = Mender::new(source, Sides::roles);
    // The inline events of one block.
    let mut leaf = Vec::new();
    let mut verbatim = false;
    // A block in which there is nothing to mend.
    let mut sound = 0..0;
    for (event, range) in events {
        if is_inline(&event) {
            if verbatim || sound.start <= range.start && range.end <= sound.end {
                take(event, range);
            } else {
                leaf.push((event, range));
            }
            continue;
        }
        flush(&mut leaf, &suspects, &mut mender, &mut take);
        match &event {
            Event::Start(tag) => {
                verbatim = matches!(tag, Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_));
                if !any_in(&suspects, &range) {
                    sound = range.clone();
                }
            }
            Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_)) => verbatim = false,
            _ => {}
        }
        take(event, range);
    }
    flush(&mut leaf, &suspects, &mut mender, &mut take);
}

fn any_in(suspects: &[usize], range: &Range<usize>) -> bool {
    suspects.get(suspects.partition_point(|at| *at < range.start)).is_some_and(|at| *at < range.end)
}

/// An event and its place.
type Placed<'a> = (Event<'a>, Range<usize>);

fn flush<'a>(
    leaf: &mut Vec<Placed<'a>>,
    suspects: &[usize],
    mender: &mut Mender<'a>,
    take: &mut impl FnMut(Event<'a>, Range<usize>),
) {
    let (Some((_, first)), Some((_, last))) = (leaf.first(), leaf.last()) else { return };
    if any_in(suspects, &(first.start..last.end)) && mender.read(leaf) {
        mender.write(leaf, take);
    }
    for (event, range) in leaf.drain(..) {
        take(event, range);
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(
            tag,
            Tag::Emphasis
                | Tag::Strong
                | Tag::Strikethrough
                | Tag::Superscript
                | Tag::Subscript
                | Tag::Link { .. }
                | Tag::Image { .. }
        ),
        Event::End(tag) => matches!(
            tag,
            TagEnd::Emphasis
                | TagEnd::Strong
                | TagEnd::Strikethrough
                | TagEnd::Superscript
                | TagEnd::Subscript
                | TagEnd::Link
                | TagEnd::Image
        ),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

/// The places of runs that may have another role than pulldown-cmark gives them, in order. Some are in code or the
/// like: it is asked before anything is known.
fn suspects(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    let mut found = Vec::new();
    let mut end = 0;
    for start in memchr::memchr3_iter(b'*', b'_', b'~', bytes) {
        if start < end {
            continue;
        }
        end = run_end(bytes, start, bytes.len());
        let ascii = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_none_or(u8::is_ascii);
        if bytes[start] != b'~' && ascii(start.checked_sub(1)) && ascii(Some(end)) {
            continue;
        }
        let sides = sides(source, start, end);
        // After a backslash the run is shorter than it seems.
        let (delimiter, length) = (bytes[start], (end - start).min(2));
        if sides.roles(delimiter, length) != sides.stock(delimiter, length) {
            found.push(start);
        }
    }
    found
}

/// Where the run that begins at `start` ends, at most `limit`.
fn run_end(bytes: &[u8], start: usize, limit: usize) -> usize {
    (start..limit).find(|at| bytes[*at] != bytes[start]).unwrap_or(limit)
}

fn sides(source: &str, start: usize, end: usize) -> Sides {
    Sides::new(source.get(..start).unwrap_or_default(), source.get(end..).unwrap_or_default())
}

/// A run of delimiters. What has found its match is cut off: at the left what closes, at the right what opens.
#[derive(Debug)]
struct Run {
    delimiter: u8,
    start: usize,
    end: usize,
    /// Its length before anything was cut off.
    length: usize,
    roles: Roles,
}

impl Run {
    /// What decides which openers a closer matches. All of `~` and `~~` have one key, although they do not match each
    /// other: a `~` that closes nothing parts the `~~` on its two sides, in pulldown-cmark as on GitHub.
    fn key(&self) -> usize {
        let kind = usize::from(self.roles.open) * 3 + self.length % 3;
        match self.delimiter {
            b'*' => kind,
            b'_' => kind + 6,
            _ => 12,
        }
    }

    /// `CommonMark`'s rules 9 and 10, "multiple of 3"; of strike-through, that both ends are of one length.
    fn is_opened_by(&self, opener: &Self) -> bool {
        if self.delimiter != opener.delimiter {
            return false;
        }
        if self.delimiter == b'~' {
            return self.length == opener.length;
        }
        let both = self.roles.open || opener.roles.close;
        !both || !(self.length + opener.length).is_multiple_of(3) || self.length.is_multiple_of(3)
    }
}

/// One end of an emphasis.
#[derive(Debug)]
struct Mark {
    /// Where its delimiters begin.
    at: usize,
    length: usize,
    closes: bool,
    delimiter: u8,
    /// The whole emphasis.
    range: Range<usize>,
}

impl Mark {
    fn event<'a>(&self) -> Event<'a> {
        let (start, end) = match (self.delimiter, self.length) {
            (b'~', _) => (Tag::Strikethrough, TagEnd::Strikethrough),
            (_, 2) => (Tag::Strong, TagEnd::Strong),
            _ => (Tag::Emphasis, TagEnd::Emphasis),
        };
        if self.closes { Event::End(end) } else { Event::Start(start) }
    }
}

/// A stretch of a block.
#[derive(Debug)]
enum Piece {
    /// An event that stays.
    Keep,
    /// Source text in which emphasis is marked anew, and of how many events it was made.
    Text(Range<usize>, usize),
}

/// A stretch of text and delimiters that is being collected.
#[derive(Debug)]
struct Stretch {
    range: Range<usize>,
    events: usize,
    /// Whether a backslash stands before its first character.
    escaped: bool,
    /// Whether it begins a line.
    edge: bool,
}

struct Mender<'a> {
    source: &'a str,
    /// What a run may do.
    rule: fn(Sides, u8, usize) -> Roles,
    pieces: Vec<Piece>,
    marks: Vec<Mark>,
    /// The runs of all open levels.
    runs: Vec<Run>,
    /// Where the runs of each open level begin.
    levels: Vec<usize>,
    /// Runs that may still open: scratch of `pair`.
    openers: Vec<usize>,
    /// Whether a run has another role than pulldown-cmark gave it.
    changed: bool,
}

impl<'a> Mender<'a> {
    fn new(source: &'a str, rule: fn(Sides, u8, usize) -> Roles) -> Self {
        let (pieces, marks, runs) = (Vec::new(), Vec::new(), Vec::new());
        Self { source, rule, pieces, marks, runs, levels: Vec::new(), openers: Vec::new(), changed: false }
    }

    /// Finds and pairs the delimiters of a block. False: it stays as it is.
    fn read(&mut self, leaf: &[Placed<'_>]) -> bool {
        self.pieces.clear();
        self.marks.clear();
        self.runs.clear();
        self.changed = false;
        self.levels.clear();
        let mut stretch: Option<Stretch> = None;
        let mut edge = true;
        let mut autolink = false;
        for (event, range) in leaf {
            let inner = if autolink { None } else { self.text_of(event, range) };
            if let Some(inner) = inner {
                match &mut stretch {
                    Some(open) if open.range.end == inner.start => {
                        open.range.end = inner.end;
                        open.events += 1;
                    }
                    _ => {
                        self.close(stretch.take(), false);
                        let escaped = inner.start > 0 && self.source.as_bytes()[inner.start - 1] == b'\\';
                        stretch = Some(Stretch { range: inner, events: 1, escaped, edge });
                    }
                }
                edge = false;
                continue;
            }
            self.close(stretch.take(), false);
            self.pieces.push(Piece::Keep);
            match event {
                Event::Start(tag) => {
                    if let Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } = tag {
                        autolink = true;
                    }
                    self.levels.push(self.runs.len());
                }
                Event::End(_) => {
                    autolink = false;
                    let base = self.levels.pop().unwrap_or_default();
                    self.pair(base);
                }
                _ => {}
            }
            edge = matches!(event, Event::SoftBreak | Event::HardBreak);
        }
        self.close(stretch, true);
        self.pair(0);
        self.changed
    }

    /// The source of an event that is text as it stands, or delimiters.
    fn text_of(&self, event: &Event<'_>, range: &Range<usize>) -> Option<Range<usize>> {
        let tildes = || if self.source.as_bytes().get(range.start + 1) == Some(&b'~') { 2 } else { 1 };
        let (length, start) = match event {
            Event::Text(text) => {
                return (self.source.get(range.clone()) == Some(text)).then(|| range.clone());
            }
            Event::Start(Tag::Emphasis) => (1, true),
            Event::Start(Tag::Strong) => (2, true),
            Event::Start(Tag::Strikethrough) => (tildes(), true),
            Event::End(TagEnd::Emphasis) => (1, false),
            Event::End(TagEnd::Strong) => (2, false),
            Event::End(TagEnd::Strikethrough) => (tildes(), false),
            _ => return None,
        };
        Some(if start { range.start..range.start + length } else { range.end - length..range.end })
    }

    /// A stretch is complete: finds the runs in it. `last` is the end of the block.
    fn close(&mut self, stretch: Option<Stretch>, last: bool) {
        let Some(Stretch { range, events, escaped, edge }) = stretch else { return };
        let bytes = self.source.as_bytes();
        let mut from = range.start + usize::from(escaped);
        while let Some(found) = bytes.get(from..range.end).and_then(|rest| memchr::memchr3(b'*', b'_', b'~', rest)) {
            let start = from + found;
            let end = run_end(bytes, start, range.end);
            from = end;
            let (delimiter, length) = (bytes[start], end - start);
            if delimiter == b'~' && length > 2 {
                continue;
            }
            let before = if edge && start == range.start { "" } else { self.source.get(..start).unwrap_or_default() };
            let after = if last && end == range.end { "" } else { self.source.get(end..).unwrap_or_default() };
            let sides = Sides::new(before, after);
            let roles = (self.rule)(sides, delimiter, length);
            self.changed |= roles != sides.stock(delimiter, length);
            self.runs.push(Run { delimiter, start, end, length, roles });
        }
        self.pieces.push(Piece::Text(range, events));
    }

    /// Pairs the runs from `base` on, which are one level, and forgets them.
    fn pair(&mut self, base: usize) {
        let Self { runs, openers, marks, .. } = self;
        openers.clear();
        // For each kind of closer, how many of the openers it need not look at again.
        let mut barren = [0; 13];
        for at in base..runs.len() {
            while let Some(run) = runs.get(at)
                && run.roles.close
                && run.start < run.end
            {
                let key = run.key();
                let found = openers.get(barren[key]..).unwrap_or_default();
                let Some(place) = found.iter().rposition(|opener| run.is_opened_by(&runs[*opener])) else {
                    barren[key] = openers.len();
                    break;
                };
                let place = place + barren[key];
                let opener = openers[place];
                openers.truncate(place + 1);
                let both = (run.end - run.start).min(runs[opener].end - runs[opener].start);
                let (delimiter, length) = (run.delimiter, both.min(2));
                let range = runs[opener].end - length..run.start + length;
                marks.push(Mark { at: range.start, length, closes: false, delimiter, range: range.clone() });
                marks.push(Mark { at: run.start, length, closes: true, delimiter, range });
                runs[at].start += length;
                runs[opener].end -= length;
                if runs[opener].start == runs[opener].end {
                    openers.truncate(place);
                }
                for count in &mut barren {
                    *count = openers.len().min(*count);
                }
            }
            if runs[at].roles.open && runs[at].start < runs[at].end {
                openers.push(at);
            }
        }
        runs.truncate(base);
    }

    /// Gives away the events of the block that was read.
    fn write(&mut self, leaf: &mut Vec<Placed<'a>>, take: &mut impl FnMut(Event<'a>, Range<usize>)) {
        self.marks.sort_unstable_by_key(|mark| mark.at);
        let mut marks = self.marks.drain(..).peekable();
        let mut events = leaf.drain(..);
        for piece in self.pieces.drain(..) {
            let (range, count) = match piece {
                Piece::Keep => {
                    if let Some((event, range)) = events.next() {
                        take(event, range);
                    }
                    continue;
                }
                Piece::Text(range, count) => (range, count),
            };
            events.by_ref().take(count).for_each(drop);
            let mut done = range.start;
            while let Some(mark) = marks.next_if(|mark| mark.at < range.end) {
                text(self.source, done..mark.at, take);
                done = mark.at + mark.length;
                take(mark.event(), mark.range);
            }
            text(self.source, done..range.end, take);
        }
    }
}

fn text<'a>(source: &'a str, range: Range<usize>, take: &mut impl FnMut(Event<'a>, Range<usize>)) {
    if let Some(text) = source.get(range.clone()).filter(|text| !text.is_empty()) {
        take(Event::Text(text.into()), range);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Options, Parser};

    use super::*;

    fn stock(source: &str) -> Vec<Placed<'_>> {
        let extensions = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        let ours = extensions | Options::ENABLE_TASKLISTS | Options::ENABLE_HEADING_ATTRIBUTES;
        Parser::new_ext(source, ours).into_offset_iter().collect()
    }

    /// Text that goes on is one text, as the document has it.
    fn joined<'a>(source: &'a str, events: Vec<Placed<'a>>) -> Vec<Placed<'a>> {
        let mut out: Vec<Placed<'a>> = Vec::new();
        for (event, range) in events {
            if let (Event::Text(new), Some((Event::Text(old), before))) = (&event, out.last_mut())
                && source.get(range.clone()) == Some(new)
                && source.get(before.clone()) == Some(old)
                && before.end == range.start
            {
                before.end = range.end;
                *old = source.get(before.clone()).expect("between characters").into();
            } else {
                out.push((event, range));
            }
        }
        out
    }

    /// Pairs the delimiters of every block anew, by pulldown-cmark's own rule.
    fn mended_by_stock_rules(source: &str) -> Vec<Placed<'_>> {
        let mut mender = Mender::new(source, Sides::stock);
        let (mut leaf, mut out, mut verbatim) = (Vec::new(), Vec::new(), false);
        for (event, range) in stock(source) {
            if !verbatim && is_inline(&event) {
                leaf.push((event, range));
                continue;
            }
            mender.read(&leaf);
            mender.write(&mut leaf, &mut |event, range| out.push((event, range)));
            if let Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) = event {
                verbatim = true;
            } else if let Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock) = event {
                verbatim = false;
            }
            out.push((event, range));
        }
        mender.read(&leaf);
        mender.write(&mut leaf, &mut |event, range| out.push((event, range)));
        out
    }

    const PIECES: &[&str] = &[
        "*",
        "*",
        "**",
        "***",
        "_",
        "_",
        "__",
        "~",
        "~~",
        "a",
        "b",
        "あ",
        "。",
        "「",
        "(",
        ")",
        "\"",
        "!",
        " ",
        " ",
        "\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n# ",
        "> ",
        "\n|a|b|\n|-|-|\n|",
        "|",
        "\\|",
        "\\",
        "\\*",
        "\\_",
        "\\~",
        "`",
        "`*`",
        "[",
        "](b)",
        "[*a*](b)",
        "![",
        "<http://a.b/*c_>",
        "<b>",
        "<!-- * -->",
        "&ast;",
        "&amp;",
        "[^1]",
        "\n[^1]: *",
        "  \n",
        "\\\n",
        "- [ ] ",
        "\n```\n*a*\n```\n",
        "\u{FE00}",
        "\u{E0100}",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// With pulldown-cmark's rule for what a run may do, everything else here gives pulldown-cmark's own events,
        /// every place included: so whatever differs comes from the rule.
        #[test]
        fn by_the_same_rule_the_same_events(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..24)) {
            let source = pieces.concat();
            let theirs = joined(&source, stock(&source));
            prop_assert_eq!(joined(&source, mended_by_stock_rules(&source)), theirs, "{:?}", source);
        }
    }
}
