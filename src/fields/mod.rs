//! Typed fields out of a tree of values that know where they were written: the common reader of `site.toml` (from
//! TOML) and of front matter (from YAML).
//!
//! [`toml`] makes such a tree of TOML; front matter makes its own of YAML. A [`Reader`] takes the fields out by name:
//! it reports unknown keys with the nearest known one, wrong types and missing fields, all in one pass, and always
//! hands out a usable value. It knows no field of any file.

mod reader;
pub mod shape;
pub mod toml;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::diag::Fault;
use crate::diag::catalogue::fields as codes;
use crate::text::{Located, Span};

pub use reader::Reader;

/// A value without its place: what `extra` holds and templates see.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values, in the order in which they were written.
    Map(Vec<(String, Value)>),
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value's own text, quotes and brackets included; a table's header in TOML.
    pub span: Span,
    /// What was written.
    pub kind: Kind,
}

/// What was written.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Something unreadable, for which a fault was reported already.
    Broken,
    /// No value at all: `title:`.
    Null,
    /// A TOML boolean.
    Bool(bool),
    /// A TOML integer.
    Int(i64),
    /// A TOML float.
    Float(f64),
    /// A TOML date or time, as written.
    Date(String),
    /// Text in quotes, or a YAML block.
    Text(String),
    /// A YAML value without quotes, as written: it becomes what its field asks for, so `no` and `012` are good titles.
    Plain(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Map(Entries),
}

/// Keys and values of a table, in the order of the file.
pub type Entries = Vec<(Located<String>, Node)>;

impl Node {
    /// The value without its places; what was not in quotes is read by YAML 1.2's core schema (section 10.3.2).
    pub fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Broken | Kind::Null => Value::Null,
            Kind::Bool(value) => Value::Bool(*value),
            Kind::Int(value) => Value::Int(*value),
            Kind::Float(value) => Value::Float(*value),
            Kind::Date(text) | Kind::Text(text) => Value::Text(text.clone()),
            Kind::Plain(text) => core_schema(text),
            Kind::List(items) => Value::List(items.iter().map(Self::to_value).collect()),
            Kind::Map(entries) => {
                Value::Map(entries.iter().map(|(key, node)| (key.value.clone(), node.to_value())).collect())
            }
        }
    }
}

fn core_schema(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => return Value::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => return Value::Float(f64::NEG_INFINITY),
        _ => {}
    }
    let radix = |prefix: &str, radix| {
        let digits = text.strip_prefix(prefix)?;
        i64::from_str_radix(digits, radix).ok().filter(|_| digits.chars().all(|c| c.is_digit(radix)))
    };
    if let Some(number) = radix("0o", 8).or_else(|| radix("0x", 16)).or_else(|| text.parse().ok()) {
        return Value::Int(number);
    }
    // `inf`, `nan` and `infinity` are numbers to Rust and words to YAML.
    let numeric = text.chars().all(|c| matches!(c, '0'..='9' | '.' | '+' | '-' | 'e' | 'E'));
    match text.parse() {
        Ok(number) if numeric => Value::Float(number),
        _ => Value::Text(text.to_owned()),
    }
}

/// Which of two languages a file is written in: examples in messages follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// `key = "value"`.
    Toml,
    /// `key: value`.
    Yaml,
}

/// A text and its language: what messages quote from.
#[derive(Debug, Clone, Copy)]
pub struct Source<'n> {
    /// The text that spans are offsets into.
    pub text: &'n str,
    /// Its language.
    pub syntax: Syntax,
}

/// Characters of the author's text that a message repeats at most.
const SNIPPET: usize = 40;

impl Source<'_> {
    /// The first line of what stands at `span`, shortened.
    pub fn snippet(&self, span: Span) -> String {
        snippet(self.text.get(span.range()).unwrap_or(""))
    }

    /// A field as it should be written: `key: value`, `key = value`.
    pub fn field(&self, key: &str, value: &str) -> String {
        match self.syntax {
            Syntax::Toml => format!("{key} = {value}"),
            Syntax::Yaml => format!("{key}: {value}"),
        }
    }

    /// `text` in quotes.
    pub fn quoted(&self, text: &str) -> String {
        match self.syntax {
            Syntax::Toml => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
            Syntax::Yaml => format!("'{}'", text.replace('\'', "''")),
        }
    }
}

/// The first line of `text`, at most `SNIPPET` characters of it.
pub fn snippet(text: &str) -> String {
    let line = text.lines().next().unwrap_or("").trim();
    let mut cut: String = line.chars().take(SNIPPET).collect();
    if cut.len() < text.trim().len() {
        cut.push('…');
    }
    cut
}

/// Drops entries whose key came before, with a fault for each that names both places.
pub fn drop_repeated(entries: &mut Entries, faults: &mut Vec<Fault>) {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    entries.retain(|(key, _)| {
        if let Some(earlier) = first.get(&key.value) {
            faults.push(Fault::new(&codes::REPEATED, key.span).arg("key", snippet(&key.value)).also(*earlier));
            return false;
        }
        first.insert(key.value.clone(), key.span);
        true
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_values_follow_the_core_schema() {
        for (text, value) in [
            ("no", Value::Text("no".into())),
            ("~", Value::Null),
            ("012", Value::Int(12)),
            ("0x1F", Value::Int(31)),
            ("0o17", Value::Int(15)),
            ("0x-1", Value::Text("0x-1".into())),
            ("1.5", Value::Float(1.5)),
            ("inf", Value::Text("inf".into())),
            ("True", Value::Bool(true)),
            ("2026-01-05", Value::Text("2026-01-05".into())),
        ] {
            assert_eq!(core_schema(text), value, "{text}");
        }
    }

    #[test]
    fn snippets_are_one_short_line() {
        assert_eq!(snippet("  a\nb"), "a…");
        assert_eq!(snippet("営業"), "営業");
        assert_eq!(snippet(&"秘".repeat(41)).chars().count(), 41);
    }
}
