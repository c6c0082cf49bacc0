//! Takes fields out of one table by name. It must be asked for every field that there is: what was not asked for when
//! [`Reader::finish`] is called is unknown.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::shape::{self, Field, Shape};
use super::{Entries, Kind, Node, Source, Syntax, Value};
use crate::diag::catalogue::fields as codes;
use crate::diag::{Fault, nearest};
use crate::text::{Located, Span};

/// Unknown keys of one table that are compared with the known ones, and bytes of each, at most.
const MAX_COMPARED: usize = 100;

/// The fields of one table.
#[must_use = "`finish` reports the unknown keys"]
#[derive(Debug)]
pub struct Reader<'n, 's> {
    source: Source<'n>,
    entries: &'n Entries,
    place: Span,
    known: Vec<&'n str>,
    elsewhere: Vec<&'n str>,
    foreign: &'static [(&'static str, &'static str)],
    sink: &'s mut Vec<Fault>,
    /// Where it describes instead of reading: what it was asked for.
    record: Option<&'s mut Vec<Field>>,
}

impl<'n, 's> Reader<'n, 's> {
    /// A reader of `entries`; what is missing is reported at `place`.
    pub fn new(source: Source<'n>, entries: &'n Entries, place: Span, sink: &'s mut Vec<Fault>) -> Self {
        Self { source, entries, place, known: Vec::new(), elsewhere: Vec::new(), foreign: &[], sink, record: None }
    }

    /// A reader of nothing, which writes down in `record` what it is asked for.
    pub fn describing(source: Source<'n>, record: &'s mut Vec<Field>, sink: &'s mut Vec<Fault>) -> Self {
        Self { record: Some(record), ..Self::new(source, &shape::NOTHING, Span::default(), sink) }
    }

    fn ask(&mut self, name: &str, required: bool, shape: Shape) {
        if let Some(record) = &mut self.record {
            shape::ask(record, name, required, shape);
        }
    }

    /// The text `name`, which was just asked for, has a form: a regular expression, for those who describe it.
    pub fn formed(&mut self, name: &str, pattern: &'static str) {
        let field = self.record.as_deref_mut().and_then(|fields| fields.iter_mut().find(|field| field.name == name));
        if let Some(Shape::Text { form, .. }) = field.map(|field| &mut field.shape) {
            *form = Some(pattern);
        }
    }

    /// For those who describe: one to `most` lines of text of a form, or one alone, which the caller takes out itself.
    pub fn formed_lines(&mut self, name: &str, most: usize, form: &'static str) {
        self.ask(name, false, Shape::Lines { or_one: true, form: Some(form), count: Some((1, most)) });
    }

    /// For those who describe: a line of text may stand for the table `name`.
    pub fn or_line(&mut self, name: &str) {
        self.ask(name, false, Shape::Table { fields: Vec::new(), or_line: true });
    }

    /// Names that other tools have for fields of this table, and ours: what an unknown key is compared with first.
    pub fn knows_as(mut self, foreign: &'static [(&'static str, &'static str)]) -> Self {
        self.foreign = foreign;
        self
    }

    /// The text that is read, for messages.
    pub fn source(&self) -> Source<'n> {
        self.source
    }

    /// Where what is missing is reported.
    pub fn place(&self) -> Span {
        self.place
    }

    /// Reports a fault.
    pub fn report(&mut self, fault: Fault) {
        self.sink.push(fault);
    }

    /// The key and value of field `name`, whatever it holds.
    pub fn entry(&mut self, name: &'n str) -> Option<(&'n Located<String>, &'n Node)> {
        self.known.push(name);
        self.peek(name)
    }

    /// The same for a field that has no place in this table: it is not offered as a known one, and it is the caller
    /// who reports it.
    pub fn elsewhere(&mut self, name: &'n str) -> Option<(&'n Located<String>, &'n Node)> {
        self.elsewhere.push(name);
        self.peek(name)
    }

    /// The key and value of field `name`, without asking for it.
    pub fn peek(&self, name: &str) -> Option<(&'n Located<String>, &'n Node)> {
        self.entries.iter().find(|(key, _)| key.value == name).map(|(key, node)| (key, node))
    }

    /// Keys and values as they stand, for tables whose keys the author chooses. All of them are then known.
    pub fn entries(&mut self) -> &'n Entries {
        if self.record.is_some() {
            return shape::any_entry();
        }
        self.known.extend(self.entries.iter().map(|(key, _)| key.value.as_str()));
        self.entries
    }

    /// The value of field `name`; a field without a value is reported and taken as absent.
    pub fn node(&mut self, name: &'n str) -> Option<&'n Node> {
        let (key, node) = self.entry(name)?;
        match node.kind {
            Kind::Broken => None,
            Kind::Null => {
                self.report(Fault::new(&codes::NO_VALUE, key.span).arg("key", name));
                None
            }
            _ => Some(node),
        }
    }

    /// Text, without the space around it; `None` where it is empty.
    pub fn text(&mut self, name: &'n str) -> Option<Located<String>> {
        self.ask(name, false, Shape::Text { one_line: false, form: None });
        self.some_text(name)
    }

    /// Text on one line.
    pub fn line(&mut self, name: &'n str) -> Option<Located<String>> {
        self.ask(name, false, Shape::Text { one_line: true, form: None });
        self.some_text(name).filter(|text| self.one_line(name, text))
    }

    fn some_text(&mut self, name: &'n str) -> Option<Located<String>> {
        let node = self.node(name)?;
        self.text_of(name, node).filter(|text| !text.value.is_empty())
    }

    /// Text that must be there, on one line. `example` shows what one may look like.
    pub fn required_line(&mut self, name: &'n str, example: &str) -> Option<Located<String>> {
        self.ask(name, true, Shape::Text { one_line: true, form: None });
        let Some((key, node)) = self.entry(name) else {
            let example = match self.source.syntax {
                Syntax::Toml => self.source.field(name, &self.source.quoted(example)),
                Syntax::Yaml => self.source.field(name, example),
            };
            let fault = Fault::new(&codes::MISSING, self.place).arg("key", name).arg("example", example);
            self.report(fault);
            return None;
        };
        match node.kind {
            Kind::Broken => None,
            Kind::Null => {
                self.report(Fault::new(&codes::EMPTY, key.span).arg("key", name));
                None
            }
            _ => self.full_line_of(name, node),
        }
    }

    /// What `node` holds as text, without the space around it.
    pub fn text_of(&mut self, name: &str, node: &'n Node) -> Option<Located<String>> {
        match &node.kind {
            Kind::Text(text) | Kind::Plain(text) => Some(Located::new(text.trim().to_owned(), node.span)),
            Kind::Broken => None,
            _ => {
                let found = self.source.snippet(node.span);
                let value = match node.kind {
                    Kind::Map(_) if self.source.syntax == Syntax::Toml => "…",
                    _ => found.trim_end_matches('…'),
                };
                let example = self.source.field(name, &self.source.quoted(value));
                self.wrong(&codes::NOT_TEXT, name, node, example);
                None
            }
        }
    }

    /// What `node` holds as text on one line that must not be empty.
    pub fn full_line_of(&mut self, name: &str, node: &'n Node) -> Option<Located<String>> {
        if let Some(record) = &mut self.record {
            if let Some(Shape::List { or_line, .. }) = record.last_mut().map(|field| &mut field.shape) {
                *or_line = true;
            }
            return None;
        }
        if node.kind == Kind::Null {
            self.report(Fault::new(&codes::EMPTY, node.span).arg("key", name));
            return None;
        }
        let text = self.text_of(name, node)?;
        if text.value.is_empty() {
            self.report(Fault::new(&codes::EMPTY, node.span).arg("key", name));
            return None;
        }
        self.one_line(name, &text).then_some(text)
    }

    fn one_line(&mut self, name: &str, text: &Located<String>) -> bool {
        let good = !text.value.chars().any(char::is_control);
        if !good {
            self.report(Fault::new(&codes::NOT_ONE_LINE, text.span).arg("key", name));
        }
        good
    }

    /// `true` or `false`.
    pub fn bool(&mut self, name: &'n str) -> Option<bool> {
        self.ask(name, false, Shape::Bool);
        let node = self.node(name)?;
        let word = match &node.kind {
            Kind::Bool(value) => return Some(*value),
            Kind::Plain(text) if text == "true" => return Some(true),
            Kind::Plain(text) if text == "false" => return Some(false),
            Kind::Plain(text) | Kind::Text(text) => text.to_lowercase(),
            _ => String::new(),
        };
        let off = matches!(word.as_str(), "false" | "no" | "off" | "n" | "0" | "いいえ");
        let example = self.source.field(name, if off { "false" } else { "true" });
        self.wrong(&codes::NOT_BOOL, name, node, example);
        None
    }

    /// A whole number within `range`.
    pub fn integer(&mut self, name: &'n str, range: RangeInclusive<u32>) -> Option<Located<u32>> {
        self.ask(name, false, Shape::Integer(*range.start(), *range.end()));
        let node = self.node(name)?;
        self.integer_of(name, node, range)
    }

    /// A whole number within `range` that must be there.
    pub fn required_integer(&mut self, name: &'n str, range: RangeInclusive<u32>) -> Option<Located<u32>> {
        self.ask(name, true, Shape::Integer(*range.start(), *range.end()));
        if self.peek(name).is_some() {
            return self.integer(name, range);
        }
        self.known.push(name);
        let example = self.source.field(name, &range.start().to_string());
        let fault = Fault::new(&codes::MISSING, self.place).arg("key", name).arg("example", example);
        self.report(fault);
        None
    }

    fn integer_of(&mut self, name: &str, node: &Node, range: RangeInclusive<u32>) -> Option<Located<u32>> {
        let number = match &node.kind {
            Kind::Int(number) => Some(*number),
            Kind::Plain(text) => decimal(text),
            _ => None,
        };
        let Some(number) = number else {
            let digits: Option<String> = match &node.kind {
                Kind::Plain(text) | Kind::Text(text) => text.trim().chars().map(ascii_digit).collect(),
                _ => None,
            };
            let number = digits.and_then(|digits| digits.parse::<u32>().ok()).filter(|number| range.contains(number));
            let example = self.source.field(name, &number.unwrap_or(*range.start()).to_string());
            self.wrong(&codes::NOT_INTEGER, name, node, example);
            return None;
        };
        let within = u32::try_from(number).ok().filter(|number| range.contains(number));
        if within.is_none() {
            let fault = Fault::new(&codes::OUT_OF_RANGE, node.span)
                .arg("key", name)
                .arg("found", self.source.snippet(node.span))
                .arg("min", range.start())
                .arg("max", range.end());
            self.report(fault);
        }
        within.map(|number| Located::new(number, node.span))
    }

    /// A number within `range`, whole or not.
    pub fn number(&mut self, name: &'n str, range: RangeInclusive<f64>) -> Option<Located<f64>> {
        self.ask(name, false, Shape::Number(*range.start(), *range.end()));
        let node = self.node(name)?;
        let number = match &node.kind {
            Kind::Float(number) => *number,
            // What is larger is out of any range.
            Kind::Int(number) => f64::from(i32::try_from(*number).unwrap_or(i32::MAX)),
            _ => {
                let example = self.source.field(name, &range.start().to_string());
                self.wrong(&codes::NOT_NUMBER, name, node, example);
                return None;
            }
        };
        if range.contains(&number) {
            return Some(Located::new(number, node.span));
        }
        let found = self.source.snippet(node.span);
        let fault = Fault::new(&codes::NUMBER_RANGE, node.span).arg("key", name).arg("found", found);
        self.report(fault.arg("min", range.start()).arg("max", range.end()));
        None
    }

    /// One of the words of `choices`.
    pub fn choice<T: Copy>(&mut self, name: &'n str, choices: &[(&str, T)]) -> Option<T> {
        self.ask(name, false, Shape::Choice(choices.iter().map(|(word, _)| (*word).to_owned()).collect()));
        let text = self.some_text(name)?;
        let found = choices.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
            let fault = Fault::new(&codes::NOT_CHOICE, text.span)
                .arg("key", name)
                .arg("found", super::snippet(&text.value))
                .arg_opt("nearest", nearest(&super::snippet(&text.value), words.iter().copied()))
                .arg("choices", words.join(", "));
            self.report(fault);
        }
        found
    }

    /// A list of texts, none of them empty.
    pub fn lines(&mut self, name: &'n str) -> Vec<Located<String>> {
        self.ask(name, false, Shape::Lines { or_one: false, form: None, count: None });
        let Some(node) = self.node(name) else { return Vec::new() };
        if let Kind::List(items) = &node.kind {
            return items.iter().filter_map(|item| self.full_line_of(name, item)).collect();
        }
        self.not_list(name, node);
        Vec::new()
    }

    /// A list of texts, or one text that stands for a list of one.
    pub fn lines_or_one(&mut self, name: &'n str) -> Vec<Located<String>> {
        self.ask(name, false, Shape::Lines { or_one: true, form: None, count: None });
        let Some(node) = self.node(name) else { return Vec::new() };
        match &node.kind {
            // `tags: a, b` is no tag: it is a list without its brackets.
            Kind::Plain(text) if !text.contains([',', '、', '，']) => {
                self.full_line_of(name, node).into_iter().collect()
            }
            Kind::Text(_) => self.full_line_of(name, node).into_iter().collect(),
            Kind::List(items) => items.iter().filter_map(|item| self.full_line_of(name, item)).collect(),
            _ => {
                self.not_list(name, node);
                Vec::new()
            }
        }
    }

    /// Drops elements that came before, with a warning for each.
    pub fn without_repetitions(&mut self, name: &str, mut items: Vec<Located<String>>) -> Vec<Located<String>> {
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        items.retain(|item| {
            if let Some(earlier) = first.get(&item.value) {
                let fault = Fault::new(&codes::REPEATED_ITEM, item.span)
                    .arg("key", name)
                    .arg("found", super::snippet(&item.value))
                    .also(*earlier);
                self.sink.push(fault);
                return false;
            }
            first.insert(item.value.clone(), item.span);
            true
        });
        items
    }

    /// The elements of a list, whatever they are.
    pub fn list(&mut self, name: &'n str) -> &'n [Node] {
        if self.record.is_some() {
            self.ask(name, false, Shape::List { table: Vec::new(), or_line: false });
            return &shape::ELEMENTS;
        }
        match self.node(name) {
            Some(Node { kind: Kind::List(items), .. }) => items,
            Some(node) => {
                self.not_list(name, node);
                &[]
            }
            None => &[],
        }
    }

    /// A reader of the table `name`, where there is one.
    pub fn table(&mut self, name: &'n str) -> Option<Reader<'n, '_>> {
        if self.record.is_some() {
            self.ask(name, false, Shape::Table { fields: Vec::new(), or_line: false });
            return self.described(name, &shape::ELEMENTS[0]);
        }
        let node = self.node(name)?;
        self.within(name, node)
    }

    /// A reader of the table in `node`, which stands in field `name`.
    pub fn within(&mut self, name: &str, node: &'n Node) -> Option<Reader<'n, '_>> {
        if self.record.is_some() {
            return self.described(name, node);
        }
        match &node.kind {
            Kind::Map(entries) => Some(Reader::new(self.source, entries, node.span, self.sink)),
            Kind::Broken => None,
            _ => {
                let example = match self.source.syntax {
                    Syntax::Toml => format!("[{name}]"),
                    Syntax::Yaml => format!("{name}: {{ … }}"),
                };
                self.wrong(&codes::NOT_TABLE, name, node, example);
                None
            }
        }
    }

    /// A describing reader of the table in field `name`, of a table in the list that was asked for last, or of the table
    /// under any name.
    fn described(&mut self, name: &str, node: &'n Node) -> Option<Reader<'n, '_>> {
        if !matches!(node.kind, Kind::Map(_)) {
            return None;
        }
        let of_any_name = std::ptr::eq(node, &raw const shape::any_entry()[0].1);
        if of_any_name {
            self.ask(shape::ANY, false, Shape::Table { fields: Vec::new(), or_line: false });
        }
        let source = self.source;
        let fields = self.record.as_deref_mut()?;
        let at = fields.iter().position(|field| field.name == if of_any_name { shape::ANY } else { name });
        let field = match at {
            Some(at) => fields.get_mut(at),
            None => fields.last_mut(),
        };
        match &mut field?.shape {
            Shape::Table { fields, .. } | Shape::List { table: fields, .. } => {
                Some(Reader::describing(source, fields, self.sink))
            }
            _ => None,
        }
    }

    /// A table of free values.
    pub fn free(&mut self, name: &'n str) -> Value {
        self.ask(name, false, Shape::Free);
        if self.record.is_some() {
            return Value::Null;
        }
        match self.table(name) {
            Some(inner) => {
                let entries = inner.entries;
                Value::Map(entries.iter().map(|(key, node)| (key.value.clone(), node.to_value())).collect())
            }
            None => Value::Null,
        }
    }

    fn not_list(&mut self, name: &str, node: &'n Node) {
        let example = match &node.kind {
            Kind::Plain(text) => {
                let items: Vec<&str> = text.split([',', '、', '，']).map(str::trim).collect();
                self.source.field(name, &format!("[{}]", items.join(", ")))
            }
            Kind::Text(text) => self.source.field(name, &format!("[{}]", self.source.quoted(text))),
            _ => match self.source.syntax {
                Syntax::Toml => self.source.field(name, "[\"…\", \"…\"]"),
                Syntax::Yaml => self.source.field(name, "[…, …]"),
            },
        };
        self.wrong(&codes::NOT_LIST, name, node, example);
    }

    fn wrong(&mut self, code: &'static crate::diag::Code, name: &str, node: &Node, example: String) {
        let found = self.source.snippet(node.span);
        self.report(Fault::new(code, node.span).arg("key", name).arg("found", found).arg("example", example));
    }

    /// Reports every key that was not asked for.
    pub fn finish(self) {
        let asked = |key: &str| self.known.contains(&key) || self.elsewhere.contains(&key);
        let known = self.known.join(", ");
        for (number, (key, _)) in self.entries.iter().filter(|(key, _)| !asked(&key.value)).enumerate() {
            // Nobody mistypes hundreds of keys, or one of hundreds of letters.
            let comparable = number < MAX_COMPARED && key.value.len() <= MAX_COMPARED;
            let near = if comparable { self.meant(&key.value) } else { None };
            self.sink.push(
                Fault::new(&codes::UNKNOWN_KEY, key.span)
                    .arg("key", super::snippet(&key.value))
                    .arg_opt("nearest", near)
                    .arg("known", &known),
            );
        }
    }

    /// The known field that an unknown key probably stands for.
    fn meant(&self, key: &str) -> Option<&'n str> {
        let folded = key.to_lowercase();
        let foreign = self.foreign.iter().find(|(theirs, ours)| *theirs == folded && self.known.contains(ours));
        foreign.map(|(_, ours)| *ours).or_else(|| nearest(key, self.known.iter().copied()))
    }
}

/// A decimal number as people write it: no sign but `-`, no leading zero, nothing else.
fn decimal(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let leading = digits.len() > 1 && digits.starts_with('0');
    if !plain || leading {
        return None;
    }
    // More digits than fit are still a number, out of any range.
    Some(text.parse().unwrap_or(i64::MAX))
}

/// The ASCII digit that a digit, perhaps a full-width one, means.
fn ascii_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '０'..='９' => char::from_digit(c as u32 - '０' as u32, 10),
        _ => None,
    }
}
