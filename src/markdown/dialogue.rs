//! Dialogues as Japanese scripts write them: `名前「…」`, `**名前**「…」`, `名前：…`, and （…） for inner thoughts.
//!
//! A turn begins at the start of a line. Text that is no turn stays a paragraph: narration is never forced into one.

use pulldown_cmark::CowStr;

use super::document::{Document, Kind, NodeId, TurnNode, number};
use super::options::{Side, Speaker};
use super::parse::Read;
use super::plain;
use crate::diag::Fault;
use crate::diag::catalogue::markdown as codes;
use crate::text::Span;

/// Longer than this, in characters, no name is.
const LONGEST_NAME: usize = 16;

/// A bracket that is not closed within so many lines is not closed.
const LONGEST_TURN: usize = 100;

/// The sides of the speakers met so far in one text.
#[derive(Debug)]
pub(super) struct Speakers {
    sides: std::collections::HashMap<String, Side>,
}

impl Speakers {
    /// Speakers whose side the site's configuration fixes.
    pub(super) fn new(configured: &[Speaker]) -> Self {
        Self { sides: configured.iter().map(|speaker| (speaker.name.clone(), speaker.side)).collect() }
    }

    /// Gives every turn of a dialogue its side. Who is new stands opposite to whoever spoke before, or, at the
    /// beginning, opposite to the next one whose side is known, or else on the left.
    fn seat(&mut self, document: &mut Document<'_>, pieces: &[Piece]) {
        let mut last = None;
        for (at, piece) in pieces.iter().enumerate() {
            match *piece {
                Piece::Thought(node) => document.get_mut(node).kind = Kind::Thought(last.unwrap_or(Side::Left)),
                Piece::Turn(turn) => {
                    let name = &document.turns[turn as usize].name;
                    let known = self.sides.get(name).copied();
                    let side = known.unwrap_or_else(|| {
                        let opposite = last.or_else(|| self.next_known(document, pieces.get(at + 1..).unwrap_or(&[])));
                        opposite.map_or(Side::Left, other)
                    });
                    if known.is_none() {
                        self.sides.insert(name.clone(), side);
                    }
                    document.turns[turn as usize].side = side;
                    last = Some(side);
                }
            }
        }
    }

    fn next_known(&self, document: &Document<'_>, pieces: &[Piece]) -> Option<Side> {
        pieces.iter().find_map(|piece| match piece {
            Piece::Turn(turn) => self.sides.get(&document.turns[*turn as usize].name).copied(),
            Piece::Thought(_) => None,
        })
    }
}

fn other(side: Side) -> Side {
    match side {
        Side::Left => Side::Right,
        Side::Right => Side::Left,
    }
}

/// What a paragraph of a dialogue was cut into.
enum Piece {
    Turn(u32),
    Thought(NodeId),
}

/// One line of a paragraph: the break before it, and its nodes.
struct Line {
    lead: Option<NodeId>,
    nodes: Vec<NodeId>,
}

/// How a line begins.
enum Start {
    Turn {
        name: String,
        /// `「`, or the colon.
        open: char,
        /// Where the words begin: index of the node in its line, byte in its text.
        at: (usize, usize),
        /// Whether the name is marked as one, so that what follows the words proves nothing.
        explicit: bool,
    },
    Thought,
    Other,
}

/// Where the bracket of a turn closes: line, node in it, byte in its text.
struct Close {
    line: usize,
    node: usize,
    byte: usize,
}

/// Makes turns and thoughts of the paragraphs in `parent`. Returns how many turns there are.
pub(super) fn transform(read: &mut Read<'_>, parent: NodeId, speakers: &mut Speakers) -> usize {
    let children: Vec<NodeId> = read.document.children(parent).collect();
    let mut blocks = Vec::with_capacity(children.len());
    let mut pieces = Vec::new();
    for child in children {
        if matches!(read.document.kind(child), Kind::Paragraph) {
            paragraph(read, child, &mut blocks, &mut pieces);
        } else {
            blocks.push(child);
        }
    }
    read.document.set_children(parent, &blocks);
    speakers.seat(&mut read.document, &pieces);
    pieces.iter().filter(|piece| matches!(piece, Piece::Turn(_))).count()
}

/// Cuts one paragraph into turns, thoughts and paragraphs, which are added to `blocks`.
fn paragraph(read: &mut Read<'_>, paragraph: NodeId, blocks: &mut Vec<NodeId>, pieces: &mut Vec<Piece>) {
    let lines = lines(&read.document, paragraph);
    let starts: Vec<Start> = lines.iter().map(|line| classify(&read.document, line)).collect();
    let is_other = |at: usize| matches!(starts.get(at), Some(Start::Other));
    let mut at = 0;
    let mut plain: Vec<NodeId> = Vec::new();
    while let (Some(line), Some(start)) = (lines.get(at), starts.get(at)) {
        match start {
            Start::Turn { name, open, at: from, explicit } => {
                let close = (*open == '「').then(|| find_close(&read.document, &lines, at, *from)).flatten();
                let narrated = !explicit
                    && close.as_ref().is_some_and(|close| !ends_turn(&read.document, &lines[close.line], close));
                if !narrated {
                    flush(&mut read.document, paragraph, &mut plain, blocks);
                    let mut end = close.as_ref().map_or(at, |close| close.line) + 1;
                    if close.is_none() {
                        while is_other(end) {
                            end += 1;
                        }
                    }
                    let turn = TurnNode { name: name.clone(), side: Side::Left, open: *open, closed: close.is_some() };
                    if *open == '「' && close.is_none() {
                        let span = line.nodes.first().map_or(Span::default(), |id| read.document.get(*id).span);
                        read.faults.push(Fault::new(&codes::TURN_OPEN, span).arg("name", name));
                    }
                    let body = lines.get(at..end).unwrap_or(&[]);
                    let close = close.map(|close| Close { line: close.line - at, ..close });
                    let node = make_turn(&mut read.document, turn, body, *from, close.as_ref());
                    blocks.push(node);
                    pieces.push(Piece::Turn(number(read.document.turns.len() - 1)));
                    at = end;
                    continue;
                }
                add_line(&mut plain, line);
            }
            Start::Thought => {
                flush(&mut read.document, paragraph, &mut plain, blocks);
                let node = block(&mut read.document, Kind::Thought(Side::Left), &line.nodes);
                blocks.push(node);
                pieces.push(Piece::Thought(node));
            }
            Start::Other => add_line(&mut plain, line),
        }
        at += 1;
    }
    flush(&mut read.document, paragraph, &mut plain, blocks);
}

/// The lines of a paragraph.
fn lines(document: &Document<'_>, paragraph: NodeId) -> Vec<Line> {
    let mut lines = vec![Line { lead: None, nodes: Vec::new() }];
    for id in document.children(paragraph) {
        if matches!(document.kind(id), Kind::SoftBreak { .. } | Kind::HardBreak) {
            lines.push(Line { lead: Some(id), nodes: Vec::new() });
        } else if let Some(line) = lines.last_mut() {
            line.nodes.push(id);
        }
    }
    lines
}

fn add_line(plain: &mut Vec<NodeId>, line: &Line) {
    plain.extend(line.lead.filter(|_| !plain.is_empty()));
    plain.extend(&line.nodes);
}

/// Makes a paragraph of the lines that are no turn. Where that is all of it, the paragraph stays what it was.
fn flush(document: &mut Document<'_>, paragraph: NodeId, plain: &mut Vec<NodeId>, blocks: &mut Vec<NodeId>) {
    if plain.is_empty() {
        return;
    }
    let id = if document.get(paragraph).first == plain[0] {
        document.set_children(paragraph, plain);
        paragraph
    } else {
        block(document, Kind::Paragraph, plain)
    };
    blocks.push(id);
    plain.clear();
}

/// A new node of `kind` around `children`.
fn block<'a>(document: &mut Document<'a>, kind: Kind<'a>, children: &[NodeId]) -> NodeId {
    let span = match (children.first(), children.last()) {
        (Some(first), Some(last)) => Span { start: document.get(*first).span.start, end: document.get(*last).span.end },
        _ => Span::default(),
    };
    let id = document.add(kind, span);
    document.set_children(id, children);
    id
}

fn text<'d>(document: &'d Document<'_>, line: &Line, node: usize) -> Option<&'d str> {
    match document.kind(*line.nodes.get(node)?) {
        Kind::Text(text) => Some(text),
        _ => None,
    }
}

/// Marks that authors put before names to say that an example is bad or good: the box says it.
fn is_mark(c: char) -> bool {
    matches!(c, '✖' | '✕' | '✗' | '✘' | '×' | '❌' | '○' | '◯' | '◎' | '⭕' | '〇' | '\u{FE0E}' | '\u{FE0F}')
        || c.is_whitespace()
}

fn is_colon(c: char) -> bool {
    matches!(c, '：' | ':')
}

/// Whether `name` can be one: short, and no sentence.
fn is_name(name: &str) -> bool {
    let mut length = 0;
    name.chars().all(|c| {
        length += 1;
        length <= LONGEST_NAME && !matches!(c, '。' | '、' | '，' | '．' | '！' | '？' | '!' | '?' | '」' | '『' | '』')
    }) && length > 0
}

/// How a line begins.
fn classify(document: &Document<'_>, line: &Line) -> Start {
    let mut node = 0;
    let mut skipped = 0;
    if let Some(first) = text(document, line, 0) {
        skipped = first.len() - first.trim_start_matches(is_mark).len();
        if skipped == first.len() {
            (node, skipped) = (1, 0);
        }
    }
    let Some(id) = line.nodes.get(node) else { return Start::Other };
    match document.kind(*id) {
        Kind::Strong => strong_name(document, line, node),
        Kind::Text(whole) => {
            let rest = whole.get(skipped..).unwrap_or_default();
            plain_name(line, node, whole, rest).unwrap_or_else(|| {
                let thought = rest.starts_with(['（', '(']) && ends_thought(document, line);
                if thought { Start::Thought } else { Start::Other }
            })
        }
        _ => Start::Other,
    }
}

fn ends_thought(document: &Document<'_>, line: &Line) -> bool {
    line.nodes.len().checked_sub(1).and_then(|last| text(document, line, last)).is_some_and(|text| {
        let text = text.trim_end();
        text.ends_with(['）', ')'])
    })
}

/// `**名前**「`, `**名前**：`, `**名前：**`.
fn strong_name(document: &Document<'_>, line: &Line, node: usize) -> Start {
    let whole = plain::inline(document, line.nodes[node]);
    let whole = whole.trim_start_matches(is_mark).trim_end();
    let name = whole.trim_end_matches(is_colon).trim_end();
    if name.is_empty() {
        return Start::Other;
    }
    let after = text(document, line, node + 1).unwrap_or_default();
    let found = match whole.chars().next_back().filter(|c| is_colon(*c)) {
        Some(colon) => Some(after_colon(colon, after, 0)),
        None => opening(after),
    };
    match found {
        Some((open, at)) => Start::Turn { name: name.to_owned(), open, at: (node + 1, at), explicit: true },
        None => Start::Other,
    }
}

/// The bracket or colon at the head of `text`, and the byte at which the words begin.
fn opening(text: &str) -> Option<(char, usize)> {
    let skipped = text.len() - text.trim_start().len();
    let c = text.get(skipped..)?.chars().next()?;
    let at = skipped + c.len_utf8();
    match c {
        '「' => Some((c, at)),
        c if is_colon(c) => Some(after_colon(c, text, at)),
        _ => None,
    }
}

/// After a colon, which ends at byte `at` of `text`, a bracket may open.
fn after_colon(colon: char, text: &str, at: usize) -> (char, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let words = rest.trim_start();
    let at = at + rest.len() - words.len();
    if words.starts_with('「') { ('「', at + '「'.len_utf8()) } else { (colon, at) }
}

/// `名前「`, `名前：`.
fn plain_name(line: &Line, node: usize, whole: &str, rest: &str) -> Option<Start> {
    let (at, sign) = rest.char_indices().find(|(_, c)| *c == '「' || is_colon(*c))?;
    let name = rest.get(..at)?.trim();
    if !is_name(name) {
        return None;
    }
    let after = whole.len() - rest.len() + at + sign.len_utf8();
    let (open, from) = if sign == '「' { (sign, after) } else { after_colon(sign, whole, after) };
    if is_colon(sign) {
        let words = whole.get(after..)?;
        let last = line.nodes.len() == node + 1;
        let clock = name.chars().all(char::is_numeric);
        if clock || words.starts_with("//") || (last && words.trim().is_empty()) {
            return None;
        }
    }
    Some(Start::Turn { name: name.to_owned(), open, at: (node, from), explicit: false })
}

/// Where the bracket that opened before `from` closes. Brackets inside are counted.
fn find_close(document: &Document<'_>, lines: &[Line], first: usize, from: (usize, usize)) -> Option<Close> {
    let mut depth = 1_u32;
    for (at, line) in lines.iter().enumerate().skip(first).take(LONGEST_TURN) {
        let begin = if at == first { from } else { (0, 0) };
        for (node, id) in line.nodes.iter().enumerate().skip(begin.0) {
            if let Kind::Text(text) = document.kind(*id) {
                let skip = if node == begin.0 { begin.1 } else { 0 };
                for (byte, c) in text.get(skip..)?.char_indices() {
                    match c {
                        '「' => depth += 1,
                        '」' if depth == 1 => return Some(Close { line: at, node, byte: skip + byte }),
                        '」' => depth -= 1,
                        _ => {}
                    }
                }
            } else {
                for c in plain::inline(document, *id).chars() {
                    match c {
                        '「' => depth += 1,
                        '」' if depth == 1 => return None,
                        '」' => depth -= 1,
                        _ => {}
                    }
                }
            }
        }
    }
    None
}

/// Whether what follows the closing bracket still belongs to a turn: nothing, a thought, another bracket, a full stop.
/// `彼は「はい」と言った。` is narration.
fn ends_turn(document: &Document<'_>, line: &Line, close: &Close) -> bool {
    let Some(text) = text(document, line, close.node) else { return false };
    let tail = text.get(close.byte + '」'.len_utf8()..).unwrap_or_default().trim_start();
    if tail.is_empty() {
        line.nodes.len() == close.node + 1
    } else {
        tail.starts_with(['（', '(', '「', '『', '。'])
    }
}

/// A turn whose words begin at `from` in the first of `lines` and end at `close` in the last, or with it.
fn make_turn(
    document: &mut Document<'_>,
    turn: TurnNode,
    lines: &[Line],
    from: (usize, usize),
    close: Option<&Close>,
) -> NodeId {
    let mut words = Vec::new();
    let mut tail = Vec::new();
    let mut closed = false;
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            words.extend(line.lead);
        }
        for (node, id) in line.nodes.iter().enumerate() {
            let mut id = *id;
            let starts_here = at == 0 && node == from.0;
            if at == 0 && node < from.0 {
                continue;
            }
            if closed {
                tail.push(id);
                continue;
            }
            if let Some(close) = close.filter(|close| close.line == at && close.node == node) {
                closed = true;
                tail.extend(document.split_text(id, close.byte + '」'.len_utf8()));
                drop_tail(document, id, close.byte);
            }
            if starts_here && from.1 > 0 {
                match document.split_text(id, from.1) {
                    Some(rest) => id = rest,
                    None => continue,
                }
            }
            words.push(id);
        }
    }
    let said = block(document, Kind::Words, &words);
    document.turns.push(turn);
    let kind = Kind::Turn(number(document.turns.len() - 1));
    tail.insert(0, said);
    block(document, kind, &tail)
}

/// Takes what stands from byte `at` on from a text node.
fn drop_tail(document: &mut Document<'_>, id: NodeId, at: usize) {
    if let Kind::Text(text) = &mut document.get_mut(id).kind {
        let kept: CowStr<'_> = match &*text {
            CowStr::Borrowed(text) => text.get(..at).unwrap_or_default().into(),
            text => text.get(..at).unwrap_or_default().to_owned().into(),
        };
        *text = kept;
    }
}
