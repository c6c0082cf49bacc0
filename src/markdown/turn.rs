//! How a line of a dialogue begins: with a name and `「`, `：` or `（`, with `（` alone, or as any other line.
//!
//! It looks at one line and changes nothing: where the words end is for `dialogue.rs` to find.

use super::document::{Document, Kind, NodeId};
use super::plain;

/// Longer than this, in characters, no name is.
const LONGEST_NAME: usize = 16;

/// One line of a paragraph: the break before it, and its nodes.
pub(super) struct Line {
    /// The paragraph that it stands in.
    pub(super) paragraph: NodeId,
    pub(super) lead: Option<NodeId>,
    pub(super) nodes: Vec<NodeId>,
}

/// How a line begins.
pub(super) enum Start {
    Turn(Turn),
    Other,
}

/// The beginning of a turn or a thought.
pub(super) struct Turn {
    /// Absent for a thought of whoever spoke before.
    pub(super) name: Option<Name>,
    /// `「`, a colon, or `（` for a thought.
    pub(super) open: char,
    /// Where the words begin: index of the node in its line, byte in its text. A thought begins at its bracket.
    pub(super) at: (usize, usize),
}

/// The name at the head of a line.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) place: Place,
}

/// Where a name stands.
pub(super) enum Place {
    /// In a [`Kind::Strong`], and nothing else does: it is marked as a name, so that what follows proves nothing.
    Strong(NodeId),
    /// From the first node, at this byte of its text, to the last, up to this byte of its text.
    Run { first: (usize, usize), last: (usize, usize) },
}

impl Turn {
    /// Whether the name is marked as one.
    pub(super) fn is_explicit(&self) -> bool {
        matches!(&self.name, Some(Name { place: Place::Strong(_), .. }))
    }
}

/// The lines of a paragraph.
pub(super) fn lines(document: &Document<'_>, paragraph: NodeId, out: &mut Vec<Line>) {
    let mut line = Line { paragraph, lead: None, nodes: Vec::new() };
    for id in document.children(paragraph) {
        if matches!(document.kind(id), Kind::SoftBreak { .. } | Kind::HardBreak) {
            out.push(std::mem::replace(&mut line, Line { paragraph, lead: Some(id), nodes: Vec::new() }));
        } else {
            line.nodes.push(id);
        }
    }
    out.push(line);
}

/// The text of the `node`-th node of a line.
pub(super) fn text<'d>(document: &'d Document<'_>, line: &Line, node: usize) -> Option<&'d str> {
    match document.kind(*line.nodes.get(node)?) {
        Kind::Text(text) => Some(text),
        _ => None,
    }
}

/// Marks that authors put before names to say that an example is bad or good: the box says it.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '✖' | '✕' | '✗' | '✘' | '×' | '❌' | '○' | '◯' | '◎' | '⭕' | '〇' | '\u{FE0E}' | '\u{FE0F}')
        || c.is_whitespace()
}

pub(super) fn is_colon(c: char) -> bool {
    matches!(c, '：' | ':')
}

fn is_bracket(c: char) -> bool {
    matches!(c, '（' | '(')
}

/// Whether `name` can be one: short, no sentence, and its brackets closed.
fn is_name(name: &str) -> bool {
    let mut length = 0;
    let mut depth = 0_i32;
    let plain = name.chars().all(|c| {
        length += 1;
        depth += i32::from(is_bracket(c)) - i32::from(matches!(c, '）' | ')'));
        length <= LONGEST_NAME
            && depth >= 0
            && !matches!(c, '。' | '、' | '，' | '．' | '！' | '？' | '!' | '?' | '「' | '」' | '『' | '』')
    });
    plain && length > 0 && depth == 0
}

/// How a line begins.
pub(super) fn classify(document: &Document<'_>, line: &Line) -> Start {
    let mut node = 0;
    let mut skipped = 0;
    if let Some(first) = text(document, line, 0) {
        skipped = first.len() - first.trim_start_matches(is_mark).len();
        if skipped == first.len() {
            (node, skipped) = (1, 0);
        }
    }
    let found = match line.nodes.get(node).map(|id| (*id, document.kind(*id))) {
        Some((id, Kind::Strong)) => strong_name(document, line, (node, id)),
        Some(_) => spoken(document, line, (node, skipped)).or_else(|| thought(document, line, (node, skipped))),
        None => None,
    };
    found.map_or(Start::Other, Start::Turn)
}

/// `**名前**「`, `**名前**：`, `**名前：**`, `**名前**（`.
fn strong_name(document: &Document<'_>, line: &Line, (node, id): (usize, NodeId)) -> Option<Turn> {
    let whole = plain::inline(document, id);
    let whole = whole.trim_start_matches(is_mark).trim_end();
    let text_of = whole.trim_end_matches(is_colon).trim_end();
    if text_of.is_empty() {
        return None;
    }
    let after = text(document, line, node + 1).unwrap_or_default();
    let (open, at) = match whole.chars().next_back().filter(|c| is_colon(*c)) {
        Some(colon) => after_colon(colon, after, 0),
        None => opening(after)?,
    };
    let name = Name { text: text_of.to_owned(), place: Place::Strong(id) };
    Some(Turn { name: Some(name), open, at: (node + 1, at) })
}

/// The sign at the head of `text`, and the byte at which the words begin.
fn opening(text: &str) -> Option<(char, usize)> {
    let skipped = text.len() - text.trim_start().len();
    let c = text.get(skipped..)?.chars().next()?;
    let at = skipped + c.len_utf8();
    match c {
        '「' => Some((c, at)),
        c if is_bracket(c) => Some(('（', skipped)),
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

/// The name before the first `sign` of a line, which may have ruby or a footnote, or be one link or emphasis; then the
/// node with the sign, the sign's byte in it, and the sign.
fn name_before(
    document: &Document<'_>,
    line: &Line,
    (node, skipped): (usize, usize),
    sign: impl Fn(char) -> bool,
) -> Option<(Name, usize, usize, char)> {
    let mut name = String::new();
    let mut wrapped = false;
    for (at, id) in line.nodes.iter().enumerate().skip(node) {
        match document.kind(*id) {
            Kind::Text(text) => {
                let from = if at == node { skipped } else { 0 };
                let rest = text.get(from..)?;
                let found = rest.char_indices().find(|(_, c)| sign(*c));
                let part = rest.get(..found.map_or(rest.len(), |(byte, _)| byte))?;
                if wrapped && !part.trim().is_empty() {
                    return None;
                }
                name.push_str(part);
                if let Some((byte, sign)) = found {
                    let end = from + part.trim_end().len();
                    let place = Place::Run { first: (node, skipped), last: (at, end) };
                    let text = name.trim().to_owned();
                    return is_name(&text).then_some((Name { text, place }, at, from + byte, sign));
                }
                // Longer than any name, counted without counting every character of a long line again.
                if name.len() > LONGEST_NAME * 8 {
                    return None;
                }
            }
            Kind::Ruby => name.push_str(&plain::inline(document, *id)),
            Kind::Note(_) => {}
            Kind::Emphasis | Kind::Mark | Kind::Link(_) if at == node => {
                name.push_str(&plain::inline(document, *id));
                wrapped = true;
            }
            _ => return None,
        }
    }
    None
}

/// `名前「`, `名前：`, `名前: `.
fn spoken(document: &Document<'_>, line: &Line, start: (usize, usize)) -> Option<Turn> {
    let (name, node, byte, sign) = name_before(document, line, start, |c| c == '「' || is_colon(c))?;
    let whole = text(document, line, node)?;
    let after = byte + sign.len_utf8();
    if !is_colon(sign) {
        return Some(Turn { name: Some(name), open: sign, at: (node, after) });
    }
    let words = whole.get(after..)?;
    let empty = words.trim().is_empty() && line.nodes.len() == node + 1;
    let clock = name.text.chars().all(char::is_numeric);
    // A half-width colon also stands in addresses and times; in a dialogue white space or a bracket follows it.
    let joined = sign == ':' && !words.starts_with(|c: char| c.is_whitespace() || c == '「');
    let (open, at) = after_colon(sign, whole, after);
    (!empty && !clock && !joined).then_some(Turn { name: Some(name), open, at: (node, at) })
}

/// `（…`, `名前（…`.
fn thought(document: &Document<'_>, line: &Line, (node, skipped): (usize, usize)) -> Option<Turn> {
    if text(document, line, node).and_then(|text| text.get(skipped..))?.starts_with(is_bracket) {
        return Some(Turn { name: None, open: '（', at: (node, skipped) });
    }
    let (name, node, byte, _) = name_before(document, line, (node, skipped), is_bracket)?;
    Some(Turn { name: Some(name), open: '（', at: (node, byte) })
}
