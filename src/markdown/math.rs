//! Formulas: `$…$` and `$$…$$` as `MathML`, which browsers show without a stylesheet or a script.
//!
//! The TeX is kept in the `MathML` as an annotation. No formula can overflow the stack: what is deep is read on a stack of
//! its own, and what is deeper than anyone writes is refused. No inline style is written, since a strict content security
//! policy holds on every page: styles become attributes, or classes that themes may know.

use std::sync::LazyLock;

use math_core::{LatexToMathML, MathCoreConfig, MathDisplay};
use pulldown_cmark::{CowStr, Event, Options as Extensions, Parser, Tag};

use super::document::number;
use super::escape;
use crate::diag::Fault;
use crate::diag::catalogue::markdown as codes;
use crate::par;
use crate::text::Span;

/// Bytes of TeX in one formula.
const LONGEST: usize = 10_000;
/// Commands and open braces in one formula, which each may nest.
const DEEPEST: usize = 1_000;
/// So many of them fit any thread's stack.
const SHALLOW: usize = 16;
/// What each of them may take of the stack: several times what was measured without optimisation.
const FRAME: usize = 64 * 1024;

static READER: LazyLock<LatexToMathML> = LazyLock::new(|| {
    let config = MathCoreConfig { annotation: true, ..MathCoreConfig::default() };
    LatexToMathML::new(config).unwrap_or_default()
});

/// Writes the formula at `span`. Where it cannot be read, its source stands there as code, and a fault comes back.
pub(super) fn write(out: &mut String, tex: &str, display: bool, span: Span) -> Option<Fault> {
    let fault = match convert(tex, display) {
        Ok(math) => {
            restyle(&math, out);
            return None;
        }
        Err(fault) => fault,
    };
    let sign = if display { "$$" } else { "$" };
    out.push_str("<code>");
    escape::text(out, &format!("{sign}{tex}{sign}"));
    out.push_str("</code>");
    Some(match fault {
        Unread::Long => Fault::new(&codes::MATH_LONG, span).arg("limit", LONGEST / 1000).arg("marks", DEEPEST),
        Unread::At(range, message) => {
            let place = place(tex, &range, sign.len(), span);
            match message.strip_prefix("Unknown ") {
                Some(unknown) => {
                    let name = unknown.split('"').nth(1).unwrap_or(unknown);
                    Fault::new(&codes::MATH_UNKNOWN, place).arg("name", name)
                }
                None => Fault::new(&codes::MATH_SYNTAX, place).arg("reason", message.trim_end_matches('.')),
            }
        }
    })
}

/// Why a formula could not be read.
enum Unread {
    Long,
    /// The place in the TeX, and what the reader says of it, in English.
    At(std::ops::Range<usize>, String),
}

fn convert(tex: &str, display: bool) -> Result<String, Unread> {
    let marks = marks(tex);
    if tex.len() > LONGEST || marks > DEEPEST {
        return Err(Unread::Long);
    }
    let display = if display { MathDisplay::Block } else { MathDisplay::Inline };
    let read = || READER.convert_with_local_state(tex, display);
    let read = if marks <= SHALLOW { Some(read()) } else { par::with_stack(marks * FRAME, read) };
    match read {
        Some(Ok(found)) => Ok(found.mathml),
        Some(Err(error)) => Err(Unread::At(error.0.clone(), error.error_message())),
        None => Err(Unread::Long),
    }
}

/// How deep a formula can be at most: its commands, and the braces and brackets that are open at once.
fn marks(tex: &str) -> usize {
    let (mut commands, mut open, mut deepest) = (0, 0_usize, 0);
    let mut bytes = tex.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if bytes.peek().is_some_and(u8::is_ascii_alphabetic) => commands += 1,
            b'\\' => {
                bytes.next();
            }
            b'{' | b'[' => {
                open += 1;
                deepest = deepest.max(open);
            }
            b'}' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
    }
    commands + deepest
}

/// The place of `range` of the TeX in the file.
fn place(tex: &str, range: &std::ops::Range<usize>, sign: usize, span: Span) -> Span {
    let exact = span.range().len() == tex.len() + 2 * sign;
    // What is missing at the end is shown at the sign that ends the formula.
    let end = if range.start == tex.len() { tex.len() } else { range.end };
    if !exact || tex.get(range.start..end).is_none() {
        return span;
    }
    let start = span.start + number(sign + range.start);
    Span { start, end: (span.start + number(sign + end)).max(start + u32::from(range.start == tex.len())) }
}

/// Copies `MathML`, with attributes and classes in the place of styles, and without ids and links: these would have to be
/// unique on a page that the formula does not know.
fn restyle(math: &str, out: &mut String) {
    let mut parts = math.split('<');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push('<');
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        if tag.contains("=\"") {
            attributes(tag, out);
        } else {
            out.push_str(tag);
        }
        out.push('>');
        out.push_str(text);
    }
}

fn attributes(tag: &str, out: &mut String) {
    let mut classes: Vec<&str> = Vec::new();
    let mut pieces = tag.split('"');
    let mut rest = pieces.next();
    while let Some(name) = rest {
        let Some(value) = pieces.next() else {
            // What follows the last attribute.
            class(&classes, out);
            out.push_str(name);
            return;
        };
        rest = pieces.next();
        let bare = name.trim_end_matches('=').rsplit(' ').next().unwrap_or_default();
        match bare {
            "style" => {
                let kept = name.strip_suffix("style=").unwrap_or_default();
                out.push_str(kept.trim_end());
                for declaration in value.split(';') {
                    style(declaration.trim(), &mut classes, out);
                }
            }
            "id" | "href" => out.push_str(name.trim_end_matches('=').trim_end_matches(bare).trim_end()),
            "class" => {
                out.push_str(name.trim_end_matches("class=").trim_end());
                classes.extend(value.split(' '));
            }
            _ => {
                out.push_str(name);
                out.push('"');
                out.push_str(value);
                out.push('"');
            }
        }
    }
    class(&classes, out);
}

fn class(classes: &[&str], out: &mut String) {
    if !classes.is_empty() {
        out.push_str(" class=\"");
        out.push_str(&classes.join(" "));
        out.push('"');
    }
}

/// One declaration of a style. What has no attribute and no class only moves things a little, and goes.
fn style<'m>(declaration: &'m str, classes: &mut Vec<&'m str>, out: &mut String) {
    let Some((property, value)) = declaration.split_once(':') else { return };
    let value = value.trim();
    let name = match (property, value) {
        ("color" | "font-size", _) => {
            out.push_str(if property == "color" { " mathcolor=\"" } else { " mathsize=\"" });
            out.push_str(value);
            out.push('"');
            return;
        }
        ("text-align", "left") => "math-left",
        ("text-align", "right") => "math-right",
        ("padding-left", "0") => "math-join-left",
        ("padding-right", "0") => "math-join-right",
        ("padding-left", "1em") => "math-gap",
        ("border-top", _) => "math-line-top",
        ("border-left", _) => "math-line-left",
        ("border-right", _) => "math-line-right",
        _ => return,
    };
    classes.push(name);
}

/// A copy of `source` in which each dollar sign that belongs to a price has given way to another sign of one byte; `None`
/// where there is none.
///
/// By pandoc's rule, no formula is closed by a dollar sign before a digit (`$5と$10`). Neither is one opened by a sign
/// after a digit (`100$と200$`), nor is it one that begins with a digit, goes on in another script and has no command
/// (`$5、つまり5$`). The text between such signs is then read as any other, so emphasis and links in it are what they are.
pub(super) fn mask(source: &str, extensions: Extensions) -> Option<String> {
    // Each round sees to every other price of a line at least.
    const ROUNDS: usize = 20;
    let bytes = source.as_bytes();
    if !extensions.contains(Extensions::ENABLE_MATH) {
        return None;
    }
    let digit = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_digit() || !byte.is_ascii());
    let suspect = memchr::memchr_iter(b'$', bytes).any(|at| digit(at + 1) || at.checked_sub(1).is_some_and(digit));
    if !suspect {
        return None;
    }
    let mut masked = source.to_owned();
    let mut changed = false;
    for _ in 0..ROUNDS {
        let events = Parser::new_ext(&masked, extensions).into_offset_iter();
        let prices: Vec<usize> = events
            .filter_map(|(event, range)| match event {
                Event::InlineMath(tex) if is_price(&masked, &tex, &range) => Some(range.start),
                _ => None,
            })
            .collect();
        if prices.is_empty() {
            break;
        }
        let mut next = String::with_capacity(masked.len());
        let mut done = 0;
        for at in prices {
            next.push_str(masked.get(done..at).unwrap_or_default());
            next.push('%');
            done = at + 1;
        }
        next.push_str(masked.get(done..).unwrap_or_default());
        masked = next;
        changed = true;
    }
    changed.then_some(masked)
}

fn is_price(source: &str, tex: &str, range: &std::ops::Range<usize>) -> bool {
    let before = source.get(..range.start).and_then(|text| text.chars().next_back());
    let after = source.get(range.end..).and_then(|text| text.chars().next());
    let words = tex.starts_with(|c: char| c.is_ascii_digit()) && !tex.is_ascii() && !tex.contains('\\');
    before.is_some_and(char::is_numeric) || after.is_some_and(char::is_numeric) || words
}

/// Gives the target of a link back the signs that [`mask`] took: they are all the `%` that its source does not have.
pub(super) fn unmask<'a>(event: Event<'a>, typed: &str) -> Event<'a> {
    if !typed.contains('$') || typed.contains('%') {
        return event;
    }
    let restore = |text: CowStr<'a>| if text.contains('%') { text.replace('%', "$").into() } else { text };
    match event {
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: restore(dest_url), title: restore(title), id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: restore(dest_url), title: restore(title), id })
        }
        event => event,
    }
}
