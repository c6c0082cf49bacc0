//! What a YAML reader's complaint means for the author: told from the line on which it arose, not from its wording.

use std::ops::Range;

use crate::diag::Fault;
use crate::diag::catalogue::front_matter as codes;
use crate::fields::snippet;
use crate::text::{Located, Span};

/// Bytes of a line that is shown with quotes put in, at most.
const MAX_EXAMPLE: usize = 300;

/// The line around `offset`: where it begins, and its text.
fn line_at(text: &str, offset: usize) -> (usize, &str) {
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    (start, text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or(""))
}

/// A line of YAML, taken apart: `  - key: value`.
struct Line<'t> {
    /// `- ` where the line is an element of a list.
    dash: &'t str,
    /// What stands before the first colon that ends a key; empty where there is none.
    key: &'t str,
    /// The rest.
    value: &'t str,
}

impl<'t> Line<'t> {
    fn of(line: &'t str) -> Self {
        let line = line.trim();
        let (dash, rest) = line.strip_prefix("- ").map_or(("", line), |rest| ("- ", rest.trim_start()));
        let split = rest.split_once(": ").or_else(|| rest.split_once(":\t")).or_else(|| rest.split_once(":\u{3000}"));
        match split {
            Some((key, value)) if !key.starts_with(['\'', '"', '[', '{']) => {
                Self { dash, key: key.trim(), value: value.trim() }
            }
            _ => Self { dash, key: "", value: rest },
        }
    }

    /// The same line with its value in single quotes.
    fn quoted(&self) -> Option<String> {
        let bare = match self.value.chars().next() {
            // Closed at the end, with quotes of its own within; or never closed: one pair of quotes is wanted.
            Some(quote @ ('"' | '\'')) => {
                let inner = self.value.strip_prefix(quote).unwrap_or("");
                match inner.strip_suffix(quote) {
                    Some(inner) => inner,
                    None if !inner.contains(quote) => inner,
                    None => self.value,
                }
            }
            _ => self.value,
        };
        let bare: String = bare.replace(['\t', '\u{3000}'], " ").chars().filter(|c| !c.is_control()).collect();
        if bare.trim().is_empty() || bare.chars().count() > 60 {
            return None;
        }
        let value = format!("'{}'", bare.trim().replace('\'', "''"));
        Some(if self.key.is_empty() {
            format!("{}{value}", self.dash)
        } else {
            format!("{}{}: {value}", self.dash, self.key)
        })
    }
}

/// The line around `offset` as it would be read, with its value in quotes.
pub(super) fn example(text: &str, offset: usize) -> Option<String> {
    let (_, line) = line_at(text, offset);
    // No message repeats more than this, and a line may be all of a hostile block.
    if line.len() > MAX_EXAMPLE {
        return None;
    }
    Line::of(line).quoted()
}

/// A syntax error at `offset`, found while reading `range`; `detail` is the reader's own wording.
pub(super) fn fault(text: &str, range: Range<usize>, offset: usize, detail: &str) -> Fault {
    // At the end of what was read, the last line that holds something is meant.
    let offset = if offset >= range.end {
        range.start + text.get(range.clone()).map_or(0, |read| read.trim_end().len())
    } else {
        offset
    };
    let (start, line) = line_at(text, offset.max(range.start));
    let width =
        text.get(offset..).and_then(|rest| rest.chars().next()).filter(|c| *c != '\n').map_or(0, char::len_utf8);
    let span = Span::new(offset..offset + width);
    let parts = Line::of(line);
    let example = parts.quoted();
    let indent = line.len() - line.trim_start().len();
    let indent_text = line.get(..indent).unwrap_or("");
    if indent_text.contains('\u{3000}') {
        let at = start + indent_text.find('\u{3000}').unwrap_or(0);
        return wide(text, at, "空白（U+3000）");
    }
    if indent_text.contains('\t') {
        return Fault::new(&codes::TAB, Span::new(start..start + indent));
    }
    if parts.key.is_empty()
        && line.contains('：')
        && !line.contains(": ")
        && line.starts_with(|c: char| !c.is_whitespace())
    {
        return wide(text, start + line.find('：').unwrap_or(0), "「：」");
    }
    // A value goes on in an indented line, so a tab there is noticed when the value begins.
    if let Some(tab) = tabbed_line(text, start + line.len(), range.end) {
        return Fault::new(&codes::TAB, tab);
    }
    let first = parts.value.chars().next();
    if indent == 0 && parts.dash.is_empty() && !line.contains([':', '：']) && first.is_some_and(char::is_alphanumeric)
    {
        return Fault::new(&codes::NOT_FIELD, Span::new(start..start + line.len())).arg("found", snippet(line));
    }
    match first {
        Some(c @ ('@' | '`' | '%' | '|' | '>' | '*' | '&' | '!' | '?' | '-')) => {
            Fault::new(&codes::START, span).arg("character", c).arg_opt("example", example)
        }
        Some('"' | '\'') => Fault::new(&codes::QUOTES, span).arg_opt("example", example),
        Some('[' | '{') => Fault::new(&codes::BRACKETS, span).arg_opt("example", example),
        _ if !parts.key.is_empty() && (parts.value.contains(": ") || parts.value.ends_with(':')) => {
            Fault::new(&codes::COLON, span).arg_opt("example", example)
        }
        _ if line.contains('\t') => Fault::new(&codes::TAB, span).arg_opt("example", example),
        _ if no_space(line).is_some() => no_field(text, Span::new(start..start + line.len())),
        _ => Fault::new(&codes::YAML, span).arg("detail", detail).arg_opt("example", example),
    }
}

/// The indentation of the first line with something in it after `from`, where it holds a tab.
fn tabbed_line(text: &str, from: usize, end: usize) -> Option<Span> {
    let rest = text.get(from..end)?;
    let blank = rest.len() - rest.trim_start().len();
    let start = rest.get(..blank)?.rfind('\n')? + 1;
    let indent = rest.get(start..blank)?;
    (indent.contains('\t') && blank < rest.len()).then(|| Span::new(from + start..from + blank))
}

/// A line that was read as text although a field is wanted.
pub(super) fn no_field(text: &str, span: Span) -> Fault {
    let (start, line) = line_at(text, span.start as usize);
    if let Some(at) = line.find('：').filter(|at| !line.get(..*at).unwrap_or("").contains(':')) {
        return wide(text, start + at, "「：」");
    }
    match no_space(line) {
        Some((at, key, value)) if value.starts_with('\u{3000}') => {
            let fault = Fault::new(&codes::WIDE, Span::new(start + at + 1..start + at + 4));
            fault.arg("what", "空白（U+3000）").arg("example", format!("{key}: {}", value.trim()))
        }
        Some((at, key, value)) => Fault::new(&codes::NO_SPACE, Span::new(start + at..start + at + 1))
            .arg("example", format!("{key}: {}", snippet(value))),
        None => Fault::new(&codes::NOT_FIELD, span).arg("found", snippet(line)),
    }
}

/// Where a line has a colon without a space after it: the colon's offset, what stands before and after.
fn no_space(line: &str) -> Option<(usize, &str, &str)> {
    let (key, value) = line.split_once(':')?;
    let good_key = !key.is_empty() && !key.contains(|c: char| c.is_whitespace());
    (good_key && !value.is_empty() && !value.starts_with([' ', '\t', '/'])).then_some((key.len(), key, value))
}

/// A full-width character at `at` where its ASCII counterpart is wanted.
fn wide(text: &str, at: usize, what: &str) -> Fault {
    let (_, line) = line_at(text, at);
    let line = line.trim_start();
    let example = match line.split_once('：') {
        Some((key, value)) if !key.contains(':') => Some(format!("{}: {}", key.trim(), snippet(value))),
        _ => None,
    };
    Fault::new(&codes::WIDE, Span::new(at..at + '：'.len_utf8())).arg("what", what).arg_opt("example", example)
}

/// The name of the field that begins at `range`'s start.
pub(super) fn key(text: &str, range: Range<usize>) -> Option<Located<String>> {
    let line = text.get(range.clone())?.lines().next()?;
    let end = line.find([':', '：'])?;
    let key = line.get(..end)?.trim_end();
    (!key.is_empty()).then(|| Located::new(key.to_owned(), Span::new(range.start..range.start + key.len())))
}
