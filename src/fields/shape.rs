//! What a reader was asked for: the fields of a table, written down by the very calls that read them.
//!
//! A [`super::Reader`] that describes has nothing to read. It hands out one element for each list and one key for each table
//! whose keys the author chooses, so that its caller walks through everything there can be.

use super::{Entries, Kind, Node};
use crate::text::{Located, Span};

/// A field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name; [`ANY`] where the author chooses it.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// What it holds.
    pub shape: Shape,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Text.
    Text {
        /// On one line.
        one_line: bool,
        /// A regular expression that it matches, where it has a form.
        form: Option<&'static str>,
    },
    /// True or false.
    Bool,
    /// A whole number from the first to the second.
    Integer(u32, u32),
    /// A number from the first to the second, whole or not.
    Number(f64, f64),
    /// One of these words.
    Choice(Vec<String>),
    /// A list of lines of text; whether one alone stands for a list of one.
    Lines {
        /// `tags: 信頼` is `tags: [信頼]`.
        or_one: bool,
        /// A regular expression that each matches, where they have a form.
        form: Option<&'static str>,
        /// How many there are at least and at most, where not any number.
        count: Option<(usize, usize)>,
    },
    /// A list of tables, or of tables and lines of text.
    List {
        /// The fields of a table in it.
        table: Vec<Field>,
        /// Whether a line of text stands for a table.
        or_line: bool,
    },
    /// A table.
    Table {
        /// Its fields.
        fields: Vec<Field>,
        /// Whether a line of text stands for it.
        or_line: bool,
    },
    /// A table of anything.
    Free,
}

/// The name of a field that the author names.
pub const ANY: &str = "*";

/// The elements of every list.
pub(super) static ELEMENTS: [Node; 2] = [
    Node { span: Span { start: 0, end: 0 }, kind: Kind::Map(Vec::new()) },
    Node { span: Span { start: 0, end: 0 }, kind: Kind::Text(String::new()) },
];

/// The entries of a table whose keys the author chooses.
pub(super) fn any_entry() -> &'static Entries {
    static ENTRIES: std::sync::OnceLock<Entries> = std::sync::OnceLock::new();
    ENTRIES.get_or_init(|| {
        let key = Located::new(ANY.to_owned(), Span::default());
        vec![(key, Node { span: Span::default(), kind: Kind::Map(Vec::new()) })]
    })
}

/// No entries.
pub(super) static NOTHING: Entries = Vec::new();

/// Notes in `fields` that `name` is asked for, and as what; what is asked twice is noted once.
pub(super) fn ask(fields: &mut Vec<Field>, name: &str, required: bool, shape: Shape) {
    match fields.iter_mut().find(|field| field.name == name) {
        Some(field) => field.required |= required,
        None => fields.push(Field { name: name.to_owned(), required, shape }),
    }
}
