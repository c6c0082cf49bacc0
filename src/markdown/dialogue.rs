//! Dialogues as Japanese scripts write them: `名前「…」`, `**名前**「…」`, `名前：…`, and （…） for inner thoughts.
//!
//! A turn begins at the start of a line. Text that is no turn stays a paragraph: narration is never forced into one.
//! `turn.rs` tells how a line begins; where the words end is told here, and what follows from it for the tree.

use std::collections::HashSet;

use pulldown_cmark::CowStr;

use super::document::{Document, Face, Kind, NodeId, TurnNode, number};
use super::options::Side;
use super::parse::Read;
use super::plain;
use super::speakers::{Piece, Speakers};
use super::turn::{Line, Name, Place, Start, Turn, classify, is_colon, is_mark, lines, text};
use crate::diag::Fault;
use crate::diag::catalogue::markdown as codes;
use crate::text::Span;

/// A bracket that is not closed within so many lines is not closed.
const LONGEST_TURN: usize = 100;

/// Where the bracket of a turn closes: line, node in it, byte in its text.
#[derive(Clone, Copy)]
struct Close {
    line: usize,
    node: usize,
    byte: usize,
}

/// Makes turns and thoughts of the paragraphs in `parent`. Returns how many turns there are.
pub(super) fn transform(read: &mut Read<'_>, parent: NodeId, speakers: &mut Speakers<'_>) -> usize {
    let children: Vec<NodeId> = read.document.children(parent).collect();
    let is_paragraph = |id: &NodeId| matches!(read.document.kind(*id), Kind::Paragraph);
    // Paragraphs that follow each other are one section: a turn may go on from one to the next.
    let mut sections: Vec<(Vec<Line>, Vec<Start>)> = Vec::new();
    let mut order: Vec<Option<NodeId>> = Vec::new();
    for child in &children {
        if !is_paragraph(child) {
            order.push(Some(*child));
            continue;
        }
        if !matches!(order.last(), Some(None)) {
            order.push(None);
            sections.push((Vec::new(), Vec::new()));
        }
        if let Some((section, _)) = sections.last_mut() {
            lines(&read.document, *child, section);
        }
    }
    let mut named = HashSet::new();
    for (lines, starts) in &mut sections {
        starts.extend(lines.iter().map(|line| classify(&read.document, line)));
        named.extend(starts.iter().filter_map(|start| match start {
            Start::Turn(Turn { name: Some(name), open, .. }) if *open != '（' => Some(name.text.clone()),
            _ => None,
        }));
    }
    let mut cutter = Cutter { blocks: Vec::with_capacity(children.len()), pieces: Vec::new(), plain: Vec::new() };
    let mut sections = sections.into_iter();
    for child in order {
        if let Some(child) = child {
            cutter.blocks.push(child);
            cutter.pieces.push(Piece::Other);
        } else if let Some((lines, mut starts)) = sections.next() {
            let known = |name: &str| named.contains(name) || speakers.knows(name);
            refuse_thoughts(&read.document, &lines, &mut starts, known);
            cutter.section(read, &lines, &starts);
        }
    }
    read.document.set_children(parent, &cutter.blocks);
    speakers.seat(read, &cutter.pieces);
    let said = |piece: &&Piece| matches!(piece, Piece::Turn(turn) if !read.document.turns[*turn as usize].thought);
    cutter.pieces.iter().filter(said).count()
}

/// A bracket at the head of a line is a thought where it closes at the end of one; after a name, only where that name
/// is marked as one or speaks elsewhere: `田中さん（35歳）` is narration.
fn refuse_thoughts(document: &Document<'_>, lines: &[Line], starts: &mut [Start], known: impl Fn(&str) -> bool) {
    for (at, start) in starts.iter_mut().enumerate() {
        if let Start::Turn(turn) = start
            && turn.open == '（'
        {
            let meant = turn.is_explicit() || turn.name.as_ref().is_none_or(|name| known(&name.text));
            if !meant || thought_end(document, lines, at, turn.at).is_none() {
                *start = Start::Other;
            }
        }
    }
}

/// What a box's paragraphs are cut into.
struct Cutter {
    blocks: Vec<NodeId>,
    pieces: Vec<Piece>,
    /// The lines of the paragraph at hand that are no turn.
    plain: Vec<NodeId>,
}

impl Cutter {
    /// Cuts paragraphs that follow each other.
    fn section(&mut self, read: &mut Read<'_>, lines: &[Line], starts: &[Start]) {
        let mut at = 0;
        let mut paragraph = None;
        while let (Some(line), Some(start)) = (lines.get(at), starts.get(at)) {
            if paragraph.replace(line.paragraph) != Some(line.paragraph) {
                self.flush(&mut read.document);
            }
            if let Start::Turn(turn) = start
                && let Some((end, close)) = end_of(&read.document, lines, starts, at)
            {
                self.flush(&mut read.document);
                if turn.open == '「' && close.is_none() {
                    let span = line.nodes.first().map_or(Span::default(), |id| read.document.get(*id).span);
                    let name = turn.name.as_ref().map_or("", |name| name.text.as_str());
                    read.faults.push(Fault::new(&codes::TURN_OPEN, span).arg("name", name));
                }
                self.turn(&mut read.document, turn, at, lines.get(at..end).unwrap_or(&[]), close);
                at = end;
                paragraph = None;
                continue;
            }
            self.plain.extend(line.lead.filter(|_| !self.plain.is_empty()));
            self.plain.extend(&line.nodes);
            at += 1;
        }
        self.flush(&mut read.document);
    }

    /// Makes a paragraph of the lines that are no turn.
    fn flush(&mut self, document: &mut Document<'_>) {
        if !self.plain.is_empty() {
            self.blocks.push(block(document, Kind::Paragraph, &self.plain));
            self.pieces.push(Piece::Other);
            self.plain.clear();
        }
    }

    /// Makes a turn of `lines`, the first of which is the `first` of its section; over several paragraphs, one node for
    /// each, of which only the first has the name.
    fn turn(&mut self, document: &mut Document<'_>, turn: &Turn, first: usize, lines: &[Line], close: Option<Close>) {
        let mut done = 0;
        for part in lines.chunk_by(|a, b| a.paragraph == b.paragraph) {
            let here = close.filter(|close| (done..done + part.len()).contains(&(close.line - first)));
            let here = here.map(|close| Close { line: close.line - first - done, ..close });
            let begins = done == 0;
            let name = turn.name.as_ref().filter(|_| begins);
            let made = TurnNode {
                node: NodeId::NONE,
                name: turn.name.as_ref().map_or_else(String::new, |name| name.text.clone()),
                side: Side::Left,
                open: (begins && turn.open != '（').then_some(turn.open),
                closed: here.is_some(),
                thought: turn.open == '（',
                more: false,
                face: Face::None,
            };
            let id = make_turn(document, name, part, if begins { turn.at } else { (0, 0) }, here);
            document.get_mut(id).kind = Kind::Turn(number(document.turns.len()));
            self.pieces.push(Piece::Turn(number(document.turns.len())));
            document.turns.push(TurnNode { node: id, ..made });
            self.blocks.push(id);
            done += part.len();
        }
    }
}

/// Where the turn that begins in line `at` ends: the line after it, and the bracket that closes it. `None` where it
/// turns out to be narration: `彼は「はい」と言った。`
fn end_of(document: &Document<'_>, lines: &[Line], starts: &[Start], at: usize) -> Option<(usize, Option<Close>)> {
    let Start::Turn(turn) = starts.get(at)? else { return None };
    if turn.open == '（' {
        return Some((thought_end(document, lines, at, turn.at)? + 1, None));
    }
    let paragraph = lines.get(at)?.paragraph;
    let close = if turn.open == '「' { find_close(document, lines, starts, at, turn.at) } else { None };
    if let Some(close) = close {
        let said = turn.is_explicit() || ends_turn(document, &lines[close.line], &close);
        return said.then_some((close.line + 1, Some(close)));
    }
    // Without a bracket, or without its end, the words end with the paragraph or where the next turn begins.
    let others = lines.get(at + 1..)?.iter().zip(starts.get(at + 1..)?);
    let more = others.take_while(|(line, start)| line.paragraph == paragraph && matches!(start, Start::Other));
    Some((at + 1 + more.count(), None))
}

/// The line at the end of which the bracket of a thought is closed, in the same paragraph.
fn thought_end(document: &Document<'_>, lines: &[Line], first: usize, from: (usize, usize)) -> Option<usize> {
    let paragraph = lines.get(first)?.paragraph;
    let mut depth = 0_i32;
    let same = lines.iter().enumerate().skip(first).take_while(|(_, line)| line.paragraph == paragraph);
    for (at, line) in same.take(LONGEST_TURN) {
        let mut last = None;
        for (node, id) in line.nodes.iter().enumerate() {
            let owned;
            let text = if let Kind::Text(text) = document.kind(*id) {
                let skip = if (at, node) == (first, from.0) { from.1 } else { 0 };
                text.get(skip..)?
            } else {
                owned = plain::inline(document, *id);
                &owned
            };
            if (at, node) < (first, from.0) {
                continue;
            }
            for c in text.chars().filter(|c| !c.is_whitespace()) {
                depth += i32::from(matches!(c, '（' | '(')) - i32::from(matches!(c, '）' | ')'));
                last = Some(c);
            }
        }
        if depth <= 0 {
            return matches!(last, Some('）' | ')')).then_some(at);
        }
    }
    None
}

/// Where the bracket that opened before `from` closes, in this paragraph or in one of those that follow it directly.
/// Brackets inside are counted. A paragraph that begins with another turn ends the search.
fn find_close(
    document: &Document<'_>,
    lines: &[Line],
    starts: &[Start],
    first: usize,
    from: (usize, usize),
) -> Option<Close> {
    let paragraph = lines.get(first)?.paragraph;
    let mut depth = 1_u32;
    for (at, line) in lines.iter().enumerate().skip(first).take(LONGEST_TURN) {
        if line.paragraph != paragraph && line.lead.is_none() && begins_turn(document, line, &starts[at]) {
            return None;
        }
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

/// Whether a line begins a turn in brackets, as far as the line alone can tell: its first bracket stays open, or nothing
/// follows it that makes narration of it.
fn begins_turn(document: &Document<'_>, line: &Line, start: &Start) -> bool {
    if !matches!(start, Start::Turn(turn) if turn.open == '「') {
        return false;
    }
    let words: String = line.nodes.iter().map(|id| plain::node(document, *id)).collect();
    let mut depth = 0_u32;
    for (at, c) in words.char_indices() {
        match c {
            '「' => depth += 1,
            '」' if depth <= 1 => {
                let tail = words.get(at + c.len_utf8()..).unwrap_or_default().trim_start();
                return tail.is_empty() || is_tail(tail);
            }
            '」' => depth -= 1,
            _ => {}
        }
    }
    true
}

/// Whether what follows a turn belongs to it: a thought, another bracket, a full stop.
fn is_tail(tail: &str) -> bool {
    tail.starts_with(['（', '(', '「', '『', '。'])
}

/// Whether what follows the closing bracket still belongs to a turn: nothing, a thought, another bracket, a full stop.
fn ends_turn(document: &Document<'_>, line: &Line, close: &Close) -> bool {
    let Some(text) = text(document, line, close.node) else { return false };
    let tail = text.get(close.byte + '」'.len_utf8()..).unwrap_or_default().trim_start();
    if tail.is_empty() { line.nodes.len() == close.node + 1 } else { is_tail(tail) }
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

/// A turn whose words begin at `from` in the first of `lines` and end at `close` in the last, or with it.
fn make_turn(
    document: &mut Document<'_>,
    name: Option<&Name>,
    lines: &[Line],
    from: (usize, usize),
    close: Option<Close>,
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
                cut(document, id, 0, close.byte);
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
    let who = name.zip(lines.first()).map(|(name, line)| make_name(document, name, line));
    let said = block(document, Kind::Words, &words);
    let children: Vec<NodeId> = who.into_iter().chain([said]).chain(tail).collect();
    block(document, Kind::Words, &children)
}

/// The name of a turn, without the marks before it and the sign after it, but with its own markup.
fn make_name(document: &mut Document<'_>, name: &Name, line: &Line) -> NodeId {
    match name.place {
        Place::Strong(strong) => {
            let inner: Vec<NodeId> = document.children(strong).collect();
            let trimmed = |document: &Document<'_>, id: NodeId| match document.kind(id) {
                Kind::Text(text) => {
                    let start = text.len() - text.trim_start_matches(is_mark).len();
                    (start, text.trim_end_matches(|c: char| is_colon(c) || c.is_whitespace()).len(), text.len())
                }
                _ => (0, 0, 0),
            };
            if let Some(last) = inner.last().copied() {
                let (_, end, _) = trimmed(document, last);
                cut(document, last, 0, end);
            }
            if let Some(first) = inner.first().copied() {
                let (start, _, length) = trimmed(document, first);
                cut(document, first, start, length);
            }
            block(document, Kind::Who, &inner)
        }
        Place::Run { first, last } => {
            let nodes = line.nodes.get(first.0..=last.0).unwrap_or(&[]).to_vec();
            if first.0 == last.0 {
                cut(document, line.nodes[first.0], first.1, last.1);
            } else {
                let length = text(document, line, first.0).map_or(0, str::len);
                cut(document, line.nodes[first.0], first.1, length);
                cut(document, line.nodes[last.0], 0, last.1);
            }
            block(document, Kind::Who, &nodes)
        }
    }
}

/// Leaves of a text node what stands from byte `from` to byte `to`; of any other node, all.
fn cut(document: &mut Document<'_>, id: NodeId, from: usize, to: usize) {
    let node = document.get_mut(id);
    let Kind::Text(text) = &mut node.kind else { return };
    if text.len() == node.span.range().len() {
        node.span.end = node.span.start + number(to);
        node.span.start += number(from);
    }
    let kept: CowStr<'_> = match &*text {
        CowStr::Borrowed(text) => text.get(from..to).unwrap_or_default().into(),
        text => text.get(from..to).unwrap_or_default().to_owned().into(),
    };
    *text = kept;
}
