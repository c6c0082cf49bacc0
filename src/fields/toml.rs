//! TOML → a tree of [`Node`]s, with every syntax error as a fault.

use std::ops::Range;

use ::toml::de::{DeTable, DeValue};

use super::{Entries, Kind, Node, Source, Syntax, snippet};
use crate::diag::catalogue::fields as codes;
use crate::diag::{Checked, Fault};
use crate::text::{Located, Span};

/// Reads a TOML document; what cannot be read is left out of the tree, or stands in it as far as it was understood.
pub fn parse(text: &str) -> Checked<Entries, Fault> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut unreadable = Vec::new();
    let mut entries = convert_table(root.get_ref(), &mut unreadable);
    let faults = Syntaxes { text, entries: &entries }.faults(&errors);
    // The parser recovers something from most errors; its place in the tree must not be complained about twice.
    let broken: Vec<Span> = faults.iter().filter(|fault| fault.code != &codes::REPEATED).map(|f| f.span).collect();
    mark_broken(&mut entries, &broken);
    let mut checked = Checked::new(entries, faults);
    checked.faults.extend(unreadable);
    checked.faults.sort_by_key(|fault| fault.span);
    checked
}

fn convert_table(table: &DeTable<'_>, faults: &mut Vec<Fault>) -> Entries {
    let mut entries: Entries = table
        .iter()
        .map(|(key, value)| {
            let key = Located::new(key.get_ref().to_string(), Span::new(key.span()));
            let node = convert(value.get_ref(), value.span(), faults);
            (key, node)
        })
        .collect();
    // The parser keeps tables in the order of their keys.
    entries.sort_by_key(|(key, _)| key.span);
    entries
}

fn convert(value: &DeValue<'_>, span: Range<usize>, faults: &mut Vec<Fault>) -> Node {
    let span = Span::new(span);
    let kind = match value {
        DeValue::String(text) => Kind::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Kind::Int(number),
            Err(_) if number.as_str().is_empty() => Kind::Broken,
            Err(_) => {
                faults.push(Fault::new(&codes::TOML_SYNTAX, span).arg("detail", "integer out of range"));
                Kind::Broken
            }
        },
        DeValue::Float(number) => number.as_str().parse().map_or(Kind::Broken, Kind::Float),
        DeValue::Boolean(value) => Kind::Bool(*value),
        DeValue::Datetime(value) => Kind::Date(value.to_string()),
        DeValue::Array(items) => {
            Kind::List(items.iter().map(|item| convert(item.get_ref(), item.span(), faults)).collect())
        }
        DeValue::Table(table) => Kind::Map(convert_table(table, faults)),
    };
    Node { span, kind }
}

fn mark_broken(entries: &mut Entries, broken: &[Span]) {
    for (key, node) in entries {
        let hit = |span: Span| broken.iter().any(|b| span.start <= b.start && b.start <= span.end);
        match &mut node.kind {
            Kind::Map(inner) => mark_broken(inner, broken),
            Kind::List(items) => {
                for item in items.iter_mut() {
                    if let Kind::Map(inner) = &mut item.kind {
                        mark_broken(inner, broken);
                    }
                }
                if items.iter().all(|item| !matches!(item.kind, Kind::Map(_))) && hit(node.span) {
                    node.kind = Kind::Broken;
                }
            }
            _ if hit(node.span) || broken.contains(&key.span) => node.kind = Kind::Broken,
            _ => {}
        }
    }
}

/// The parser's errors in our words.
struct Syntaxes<'a> {
    text: &'a str,
    entries: &'a Entries,
}

impl Syntaxes<'_> {
    /// One fault a line at most: what follows an error on its line is mostly its consequence. What stands within an
    /// unclosed bracket is one fault, at the bracket.
    fn faults(&self, errors: &[::toml::de::Error]) -> Vec<Fault> {
        let located = |e: &::toml::de::Error| e.span().unwrap_or(self.text.len()..self.text.len());
        let mut faults: Vec<Fault> = Vec::new();
        let mut swallowed: Vec<Range<usize>> = Vec::new();
        for error in errors {
            let at = located(error);
            if !matches!(error.message().split(',').next(), Some("unclosed array" | "unclosed inline table")) {
                continue;
            }
            if let Some(open) = outermost(self.entries, at.start) {
                let bracket = self.text.get(open.start..).and_then(|rest| rest.chars().next()).unwrap_or('[');
                let closing = if bracket == '{' { '}' } else { ']' };
                faults.push(
                    Fault::new(&codes::TOML_UNCLOSED, Span::new(open.start..open.start + 1))
                        .arg("opening", bracket)
                        .arg("closing", closing),
                );
                swallowed.push(open.start..at.end);
                faults.dedup();
            }
        }
        let mut sorted: Vec<_> = errors.iter().map(|error| (located(error), error)).collect();
        sorted.sort_by_key(|(at, _)| (at.start, at.end));
        let mut last_line = None;
        for (at, error) in sorted {
            if swallowed.iter().any(|range| range.start <= at.start && at.end <= range.end) {
                continue;
            }
            let line = self.line_start(at.start);
            if last_line == Some(line) {
                continue;
            }
            last_line = Some(line);
            faults.push(self.fault(at, error.message()));
        }
        faults
    }

    fn line_start(&self, at: usize) -> usize {
        self.text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
    }

    fn fault(&self, at: Range<usize>, message: &str) -> Fault {
        let span = Span::new(at.clone());
        let found = self.text.get(at.clone()).unwrap_or("");
        let (what, _) = message.split_once(", expected").unwrap_or((message, ""));
        match what {
            "duplicate key" => {
                let fault = Fault::new(&codes::REPEATED, span).arg("key", snippet(found));
                match self.first_written(&at, found) {
                    Some(earlier) => fault.also(earlier),
                    None => fault,
                }
            }
            "string values must be quoted" => {
                let bare = found.trim_matches(|c| "「」『』“”‘’＂".contains(c));
                let source = Source { text: self.text, syntax: Syntax::Toml };
                Fault::new(&codes::TOML_UNQUOTED, span)
                    .arg("found", snippet(found))
                    .arg("example", source.quoted(&snippet(bare)))
            }
            "invalid unquoted key" | "unquoted keys cannot be empty" => {
                Fault::new(&codes::TOML_KEY, span).arg("found", snippet(found))
            }
            _ => match what.strip_prefix("invalid ").filter(|_| at.is_empty()) {
                // The end of the text or line was reached inside quotes: the place to show is where they open.
                Some("basic string") => self.unclosed(&at, "\""),
                Some("literal string") => self.unclosed(&at, "'"),
                Some("multi-line basic string") => self.unclosed(&at, "\"\"\""),
                Some("multi-line literal string") => self.unclosed(&at, "'''"),
                _ => Fault::new(&codes::TOML_SYNTAX, span).arg("detail", message),
            },
        }
    }

    fn unclosed(&self, at: &Range<usize>, quotes: &str) -> Fault {
        let before = self.text.get(..at.start).unwrap_or("");
        let line = if quotes.len() == 3 { before } else { before.get(self.line_start(at.start)..).unwrap_or("") };
        let offset = before.len() - line.len();
        // A basic string that holds escaped quotes still opens at the first quote after the `=`.
        let opening = if quotes.len() == 3 { line.rfind(quotes) } else { line.find(quotes) };
        let start = opening.map_or(at.start, |opening| offset + opening);
        let end = if opening.is_some() { start + quotes.len() } else { at.end };
        Fault::new(&codes::TOML_UNCLOSED, Span::new(start..end)).arg("opening", quotes).arg("closing", quotes)
    }

    /// Where the key that is repeated at `at` was written first.
    fn first_written(&self, at: &Range<usize>, key: &str) -> Option<Span> {
        let start = self.line_start(at.start);
        let line = self.text.get(start..)?.lines().next()?.trim();
        if line.starts_with('[') {
            let mut offset = 0;
            for earlier in self.text.get(..start)?.split_inclusive('\n') {
                if earlier.trim().trim_matches(['[', ']']) == line.trim_matches(['[', ']']) {
                    let indent = earlier.len() - earlier.trim_start().len();
                    return Some(Span::new(offset + indent..offset + indent + earlier.trim().len()));
                }
                offset += earlier.len();
            }
        }
        let name = key.trim_matches(['"', '\'']);
        let mut keys = Vec::new();
        collect_keys(self.entries, name, &mut keys);
        keys.into_iter().filter(|span| (span.start as usize) < at.start).max()
    }
}

fn collect_keys(entries: &Entries, name: &str, into: &mut Vec<Span>) {
    for (key, node) in entries {
        if key.value == name {
            into.push(key.span);
        }
        match &node.kind {
            Kind::Map(inner) => collect_keys(inner, name, into),
            Kind::List(items) => {
                for item in items {
                    if let Kind::Map(inner) = &item.kind {
                        collect_keys(inner, name, into);
                    }
                }
            }
            _ => {}
        }
    }
}

/// The largest list or table in brackets that reaches up to `end`.
fn outermost(entries: &Entries, end: usize) -> Option<Range<usize>> {
    let mut best: Option<Range<usize>> = None;
    let mut open: Vec<&Node> = entries.iter().map(|(_, node)| node).collect();
    while let Some(node) = open.pop() {
        let range = node.span.range();
        match &node.kind {
            Kind::List(items) => open.extend(items),
            Kind::Map(inner) => open.extend(inner.iter().map(|(_, node)| node)),
            _ => continue,
        }
        if range.start < end && end <= range.end && best.as_ref().is_none_or(|b| range.start < b.start) {
            best = Some(range);
        }
    }
    best
}
