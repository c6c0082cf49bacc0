//! The text of a document as a reader sees it, section by section: what search goes by.
//!
//! The rules are those of the index format (`docs/search-format.md`, Text). Nothing is folded here, and nothing is
//! counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::boxes::BoxKind;
use super::document::{Document, Kind, NodeId};
use super::words::Words;
use super::{html_text, plain};

/// The sections of a body, and how its words are read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sections {
    /// In order; the first one, which is always there, has no heading.
    pub list: Vec<Section>,
    /// Base and reading of each ruby, in order.
    pub readings: Vec<(String, String)>,
}

/// The text under one heading.
///
/// Heading and text may hold the title of another lesson, which only the site knows: a NUL, the index of the link in
/// [`super::Facts::links`] in decimal, and a NUL. No other NUL is in them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Section {
    /// Whether it stands in a まとめ box.
    pub takeaways: bool,
    /// The id of its heading, empty for the first section.
    pub id: String,
    /// Its heading, on one line.
    pub heading: String,
    /// A line for each block.
    pub text: String,
}

/// Reads the sections off a document whose ids are assigned.
pub(super) fn read(document: &Document<'_>, language: &str) -> Sections {
    let mut reader = Reader {
        document,
        words: Words::of(language),
        sections: Sections { list: vec![Section::default()], readings: Vec::new() },
        line: String::new(),
        takeaways: false,
        stale: false,
        under: (String::new(), String::new()),
        labels: BTreeMap::new(),
        notes: Vec::new(),
    };
    for (at, note) in document.notes.iter().enumerate() {
        reader.labels.entry(note.label.to_lowercase()).or_insert((at, false));
    }
    reader.children(Document::root());
    let mut at = 0;
    // Notes may refer to further notes, which are added meanwhile.
    while let Some(note) = reader.notes.get(at).copied() {
        at += 1;
        reader.end_line();
        reader.children(document.notes[note].node);
        reader.end_line();
    }
    reader.sections
}

struct Reader<'d, 'a> {
    document: &'d Document<'a>,
    words: Words,
    sections: Sections,
    /// The block that is being read.
    line: String,
    /// Whether a まとめ box is open.
    takeaways: bool,
    /// Whether a まとめ box has ended: what follows is a new section under the heading before.
    stale: bool,
    /// Id and text of the last heading outside of まとめ boxes.
    under: (String, String),
    /// Footnotes by label, and whether they were referred to.
    labels: BTreeMap<String, (usize, bool)>,
    /// Those that were, in order.
    notes: Vec<usize>,
}

impl Reader<'_, '_> {
    /// Reads all that is inside `id`. The depth of the tree is limited, so this may recurse.
    fn children(&mut self, id: NodeId) {
        let document = self.document;
        for child in document.children(id) {
            self.node(child);
        }
    }

    fn node(&mut self, id: NodeId) {
        let document = self.document;
        let kind = document.kind(id);
        if kind.is_block() && !matches!(kind, Kind::Words | Kind::Who) {
            self.end_line();
        }
        match kind {
            Kind::Text(text) | Kind::Code(text) => self.line.push_str(text),
            Kind::Raw(raw) if document.raws[*raw as usize].html.starts_with("<br") => self.line.push(' '),
            Kind::TitleOf { link, .. } => {
                self.line.push('\0');
                self.line.push_str(&link.to_string());
                self.line.push('\0');
            }
            // Of raw HTML among words only tags are here. A title is read with its box, and a line of colons is none.
            Kind::SoftBreak { joins: true }
            | Kind::Image(_)
            | Kind::Reading(_)
            | Kind::Task(_)
            | Kind::Html(_)
            | Kind::Raw(_)
            | Kind::Math { .. }
            | Kind::Title
            | Kind::Fence(_) => {}
            Kind::SoftBreak { joins: false } | Kind::HardBreak => self.line.push(' '),
            Kind::Ruby => self.ruby(id),
            Kind::Note(label) => self.note(label),
            Kind::HtmlBlock => self.html(id),
            Kind::Heading(head) => {
                self.children(id);
                let heading = tidy(&std::mem::take(&mut self.line));
                self.begin(document.heads[*head as usize].id.clone(), heading);
            }
            Kind::CodeBlock(code) => self.line.push_str(&document.codes[*code as usize].text),
            Kind::Paragraph => match plain::picture(document, id).map(|image| document.kind(image)) {
                Some(Kind::Image(target)) => self.line.push_str(&document.targets[*target as usize].title),
                _ => self.children(id),
            },
            Kind::Boxed(made) => self.boxed(*made),
            Kind::Turn(turn) => self.turn(id, *turn),
            Kind::Source => {
                self.line.push_str("— ");
                self.children(id);
            }
            _ => self.children(id),
        }
        if kind.is_block() && !matches!(kind, Kind::Words | Kind::Who) {
            self.end_line();
        }
    }

    fn ruby(&mut self, id: NodeId) {
        let (start, mut reading) = (self.line.len(), String::new());
        for child in self.document.children(id) {
            match self.document.kind(child) {
                Kind::Reading(text) => reading.push_str(text),
                _ => self.node(child),
            }
        }
        let base = self.line.get(start..).unwrap_or_default();
        self.sections.readings.push((base.to_owned(), reading));
    }

    fn note(&mut self, label: &str) {
        if let Some((note, known)) = self.labels.get_mut(&label.to_lowercase())
            && !*known
        {
            *known = true;
            self.notes.push(*note);
        }
    }

    fn html(&mut self, id: NodeId) {
        let mut html = String::new();
        for child in self.document.children(id) {
            match self.document.kind(child) {
                Kind::Html(text) | Kind::Text(text) => html.push_str(text),
                Kind::Raw(raw) => html.push_str(&self.document.raws[*raw as usize].html),
                _ => {}
            }
        }
        for line in html_text::lines(&html) {
            self.line.push_str(&line);
            self.end_line();
        }
    }

    /// Reads a box: its title, then what is in it.
    fn boxed(&mut self, made: u32) {
        let document = self.document;
        let made = &document.boxes[made as usize];
        let own = Some(document.get(made.node).first).filter(|first| matches!(document.kind(*first), Kind::Title));
        match (made.kind, own) {
            (BoxKind::Bad | BoxKind::Good | BoxKind::Dialogue, _) | (_, None) => {
                self.line.push_str(self.words.title(made.kind));
                self.line.push_str(if own.is_some() { " " } else { "" });
            }
            _ => {}
        }
        if let Some(own) = own {
            self.children(own);
        }
        let outermost = made.kind == BoxKind::Summary && !made.inner && !self.takeaways;
        if outermost {
            self.takeaways = true;
            let heading = tidy(&std::mem::take(&mut self.line));
            let id = made.head.map(|head| document.heads[head as usize].id.clone()).unwrap_or_default();
            self.begin(id, heading);
        } else if let Some(head) = made.head {
            let heading = tidy(&std::mem::take(&mut self.line));
            self.begin(document.heads[head as usize].id.clone(), heading);
        } else {
            self.end_line();
        }
        self.children(made.node);
        self.end_line();
        if outermost {
            self.takeaways = false;
            self.stale = true;
        }
    }

    /// Reads a turn as it was written: `名前「…」`, `名前：…`, `名前（…）`.
    fn turn(&mut self, id: NodeId, turn: u32) {
        let document = self.document;
        let turn = &document.turns[turn as usize];
        for child in document.children(id) {
            if matches!(document.kind(child), Kind::Words) {
                self.line.push_str(turn.sign());
                self.children(child);
                self.line.push_str(if turn.closed { "」" } else { "" });
            } else {
                self.node(child);
            }
        }
    }

    /// Begins a section.
    fn begin(&mut self, id: String, heading: String) {
        if !self.takeaways {
            self.under = (id.clone(), heading.clone());
        }
        self.stale = false;
        self.sections.list.push(Section { takeaways: self.takeaways, id, heading, text: String::new() });
    }

    /// Puts the block that was read to its section.
    fn end_line(&mut self) {
        let line = tidy(&self.line);
        self.line.clear();
        if line.is_empty() {
            return;
        }
        if self.stale {
            let (id, heading) = self.under.clone();
            self.begin(id, heading);
        }
        if let Some(section) = self.sections.list.last_mut() {
            if !section.text.is_empty() {
                section.text.push('\n');
            }
            section.text.push_str(&line);
        }
    }
}

/// White space as HTML shows it: one space between words, none at the ends.
fn tidy(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for word in line.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
