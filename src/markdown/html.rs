//! The document tree as HTML with holes.
//!
//! White space between blocks is as pulldown-cmark writes it, so that both can be compared. No inline style or script
//! is ever written: a strict content security policy holds on every page.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use pulldown_cmark::Alignment;

use super::boxes::BoxKind;
use super::document::{Document, Kind, NodeId};
use super::options::{Breaks, RawHtml};
use super::raw::Slot;
use super::words::Words;
use super::{Body, Facts, Fragment, Hole, HoleKind, Options, code, document, escape, math, plain};
use crate::diag::Fault;
use crate::diag::catalogue::markdown as codes;
use crate::highlight::Highlighter;
use crate::text::Span;

/// Links back from one footnote: whoever refers to it more often gets no more of them.
const MAX_BACK: u32 = 100;

/// Writes `document`: the whole body, and each まとめ box once more. Of the facts, those are filled in that show while
/// writing: the anchors, and what kinds of things there are.
pub(super) fn write(
    document: &Document<'_>,
    options: &Options<'_>,
    highlighter: &Highlighter,
    faults: &mut Vec<Fault>,
) -> (Body, Facts) {
    let mut writer = Writer {
        document,
        words: Words::of(options.language),
        soft_break: if options.breaks == Breaks::Br { "<br>\n" } else { "\n" },
        raw_html: options.html,
        highlighter,
        faults,
        out: Fragment::default(),
        facts: Facts::default(),
        main: true,
        ticks: false,
        tasks: HashMap::new(),
        in_link: false,
        tables: 0,
        notes: Notes::default(),
    };
    writer.out.html.reserve(document.get(Document::root()).span.range().len() * 5 / 4);
    writer.notes = writer.collect_notes();
    writer.children(Document::root());
    writer.footnotes();
    let main = std::mem::take(&mut writer.out);

    writer.main = false;
    let mut takeaways = Vec::new();
    for made in &document.boxes {
        if made.kind == BoxKind::Summary && !made.inner {
            writer.box_body(made.node);
            takeaways.push(std::mem::take(&mut writer.out));
        }
    }
    let facts = writer.facts;
    (Body { main, takeaways }, facts)
}

/// Footnotes: which there are, and in which order they are first referred to.
#[derive(Default)]
struct Notes {
    by_label: HashMap<String, usize>,
    /// For each note, how often it is referred to so far.
    references: Vec<u32>,
    /// For each note, its number; zero where it has none yet.
    numbers: Vec<u32>,
    /// Indices of notes by number.
    order: Vec<usize>,
}

pub(super) struct Writer<'w, 'a> {
    pub(super) document: &'w Document<'a>,
    pub(super) words: Words,
    soft_break: &'static str,
    raw_html: RawHtml,
    highlighter: &'w Highlighter,
    faults: &'w mut Vec<Fault>,
    pub(super) out: Fragment,
    pub(super) facts: Facts,
    /// Whether this is the body itself, with ids, and not a copy of a part of it.
    pub(super) main: bool,
    /// Whether tasks can be ticked here.
    pub(super) ticks: bool,
    /// For each task's words, how often they came so far.
    pub(super) tasks: HashMap<String, u32>,
    in_link: bool,
    tables: u32,
    notes: Notes,
}

impl Writer<'_, '_> {
    pub(super) fn push(&mut self, html: &str) {
        self.out.html.push_str(html);
    }

    /// Goes to the start of a line.
    pub(super) fn line(&mut self) {
        if !self.out.html.is_empty() && !self.out.html.ends_with('\n') {
            self.out.html.push('\n');
        }
    }

    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.push(" ");
        self.push(name);
        self.push("=\"");
        escape::attribute(&mut self.out.html, value);
        self.push("\"");
    }

    /// Writes an `id`, and makes it known; in a copy, writes nothing.
    pub(super) fn id(&mut self, id: &str) {
        if self.main {
            self.attribute("id", id);
            self.facts.anchors.push(id.to_owned());
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        escape::text(&mut self.out.html, text);
    }

    /// Writes an `href` to a place in this very text. Where the text is shown outside its page, the page's URL comes in.
    fn link_here(&mut self, anchor: &str) {
        self.push(" href=\"");
        self.hole(0, HoleKind::Page);
        self.push("#");
        self.push(anchor);
        self.push("\"");
    }

    pub(super) fn hole(&mut self, link: u32, kind: HoleKind) {
        self.out.holes.push(Hole { at: document::number(self.out.html.len()), link, kind });
    }

    /// Writes all that is inside `id`. The depth of the tree is limited, so this may recurse.
    pub(super) fn children(&mut self, id: NodeId) {
        let mut next = self.document.get(id).first;
        while let Some(child) = next.some() {
            self.node(child);
            next = self.document.get(child).next;
        }
    }

    /// Writes an element that has nothing but its name.
    fn element(&mut self, name: &str, id: NodeId) {
        self.push("<");
        self.push(name);
        self.push(">");
        self.children(id);
        self.push("</");
        self.push(name);
        self.push(">");
    }

    /// Like [`Self::element`], on lines of its own.
    fn block(&mut self, name: &str, id: NodeId) {
        self.line();
        self.element(name, id);
        self.push("\n");
    }

    pub(super) fn node(&mut self, id: NodeId) {
        let document = self.document;
        match document.kind(id) {
            Kind::Text(text) => self.text(text),
            Kind::Paragraph => self.paragraph(id),
            Kind::SoftBreak { joins: false } => self.push(self.soft_break),
            Kind::HardBreak => self.push("<br>\n"),
            Kind::Code(text) => {
                self.push("<code>");
                self.text(text);
                self.push("</code>");
            }
            Kind::Emphasis => self.element("em", id),
            Kind::Strong => self.element("strong", id),
            Kind::Strikethrough => self.element("del", id),
            Kind::Mark => self.element("mark", id),
            Kind::Link(target) => self.link(id, *target),
            Kind::Image(target) => self.image(id, *target, true),
            Kind::TitleOf { link, .. } => self.hole(*link, HoleKind::Title),
            Kind::Ruby => self.element("ruby", id),
            Kind::Reading(reading) if reading.is_empty() => self.push("<rt></rt>"),
            Kind::Reading(reading) => {
                self.push("<rp>（</rp><rt>");
                self.text(reading);
                self.push("</rt><rp>）</rp>");
            }
            Kind::Html(html) if self.raw_html == RawHtml::Trusted => self.push(html),
            Kind::Raw(raw) => self.raw(*raw),
            Kind::Math { tex, display } => self.math(tex, *display, document.get(id).span),
            Kind::Note(label) => self.reference(label),
            Kind::Heading(head) => self.heading(id, *head),
            Kind::Quote => {
                self.line();
                self.push("<blockquote>\n");
                self.children(id);
                self.push("</blockquote>\n");
            }
            Kind::QuoteFigure => self.quote_figure(id),
            Kind::List(start) => self.list(id, *start, ""),
            Kind::Item => self.item(id),
            Kind::SoftBreak { joins: true }
            | Kind::Html(_)
            | Kind::Task(_)
            | Kind::Title
            | Kind::Source
            | Kind::Fence(_) => {}
            Kind::CodeBlock(code) => {
                self.line();
                let mut faults = Vec::new();
                let code = &document.codes[*code as usize];
                let block = code::write(&mut self.out.html, code, self.highlighter, &mut faults);
                if self.main {
                    self.facts.code.extend(block);
                    self.faults.append(&mut faults);
                }
            }
            Kind::HtmlBlock => {
                self.line();
                self.children(id);
                self.line();
            }
            Kind::Rule => {
                self.line();
                self.push("<hr>\n");
            }
            Kind::Table(table) => self.table(id, *table),
            Kind::Boxed(made) => self.boxed(*made),
            Kind::Versus => {
                self.line();
                self.push("<div class=\"vs\">\n");
                self.children(id);
                self.push("</div>\n");
            }
            Kind::Turn(turn) => self.turn(id, *turn),
            Kind::Root | Kind::TableHead | Kind::TableRow | Kind::TableCell | Kind::Who | Kind::Words => {
                self.children(id);
            }
        }
    }

    /// Writes raw HTML; in a copy, without its ids.
    fn raw(&mut self, raw: u32) {
        let document = self.document;
        let raw = &document.raws[raw as usize];
        let mut done = 0;
        for (at, slot) in &raw.slots {
            self.push(raw.html.get(done..*at).unwrap_or_default());
            done = *at;
            match slot {
                Slot::Url(link) => self.hole(*link, HoleKind::Url),
                Slot::Size(link) => self.hole(*link, HoleKind::Size),
                Slot::Id(id) => {
                    let id = &document.raw_ids[*id as usize];
                    if id.own {
                        self.id(&id.id);
                    }
                }
            }
        }
        self.push(raw.html.get(done..).unwrap_or_default());
    }

    fn math(&mut self, tex: &str, display: bool, span: Span) {
        let fault = math::write(&mut self.out.html, tex, display, span);
        if self.main {
            self.faults.extend(fault);
        }
    }

    fn paragraph(&mut self, id: NodeId) {
        let document = self.document;
        if document.get(id).first == NodeId::NONE {
            return;
        }
        if let Some(image) = plain::picture(document, id)
            && let Kind::Image(target) = document.kind(image)
            && !document.targets[*target as usize].title.is_empty()
        {
            self.line();
            self.push("<figure>");
            self.image(image, *target, false);
            self.push("<figcaption>");
            self.text(&document.targets[*target as usize].title);
            self.push("</figcaption></figure>\n");
            return;
        }
        if let Some(only) = document.get(id).first.some()
            && document.get(only).next == NodeId::NONE
            && matches!(document.kind(only), Kind::Math { display: true, .. })
        {
            self.line();
            self.push("<div class=\"math\">");
            self.node(only);
            self.push("</div>\n");
            return;
        }
        self.block("p", id);
    }

    fn heading(&mut self, id: NodeId, head: u32) {
        let document = self.document;
        let head = &document.heads[head as usize];
        let name = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(head.level.clamp(1, 6)) - 1];
        self.line();
        self.push("<");
        self.push(name);
        self.id(&head.id);
        if !head.classes.is_empty() {
            self.attribute("class", &head.classes.join(" "));
        }
        self.push(">");
        self.children(id);
        self.push("</");
        self.push(name);
        self.push(">\n");
    }

    fn quote_figure(&mut self, id: NodeId) {
        let document = self.document;
        self.line();
        self.push("<figure class=\"quote\"><blockquote>\n");
        self.children(id);
        self.push("</blockquote>");
        if let Some(source) = document.last_child(id) {
            self.push("<figcaption>— ");
            self.children(source);
            self.push("</figcaption>");
        }
        self.push("</figure>\n");
    }

    /// Writes a list; `class` may be empty.
    pub(super) fn list(&mut self, id: NodeId, start: Option<u64>, class: &str) {
        let name = if start.is_some() { "ol" } else { "ul" };
        self.line();
        self.push("<");
        self.push(name);
        if let Some(start) = start.filter(|start| *start != 1) {
            self.attribute("start", &start.to_string());
        }
        if !class.is_empty() {
            self.attribute("class", class);
        }
        self.push(">\n");
        self.children(id);
        self.push("</");
        self.push(name);
        self.push(">\n");
    }

    fn item(&mut self, id: NodeId) {
        let document = self.document;
        self.line();
        let first = document.get(id).first;
        let inside = document.get(first).first;
        let (holder, task) = match (first.some().map(|id| document.kind(id)), inside.some().map(|id| document.kind(id)))
        {
            (Some(Kind::Task(done)), _) => (id, Some(*done)),
            (Some(Kind::Paragraph), Some(Kind::Task(done))) => (first, Some(*done)),
            _ => (id, None),
        };
        let Some(done) = task else {
            self.push("<li>");
            self.children(id);
            self.push("</li>\n");
            return;
        };
        self.facts.checks |= self.ticks;
        self.push(if self.ticks { "<li>" } else { "<li class=\"task\">" });
        self.push("<label><input type=\"checkbox\"");
        if self.ticks {
            self.tick_key(holder);
        } else {
            self.push(" disabled");
        }
        self.push(if done { " checked> " } else { "> " });
        // The label holds the first words: the rest of the item, a list in it for one, stands outside.
        let mut next = document.get(holder).first;
        let mut labelled = false;
        while let Some(child) = next.some() {
            next = document.get(child).next;
            let kind = document.kind(child);
            if matches!(kind, Kind::Paragraph) && !labelled && holder == id {
                self.children(child);
                self.push("</label>");
                labelled = true;
                continue;
            }
            if kind.is_block() && !matches!(kind, Kind::Task(_)) && !labelled {
                self.push("</label>");
                labelled = true;
            }
            self.node(child);
        }
        if !labelled {
            self.push("</label>");
        }
        if holder != id {
            let mut next = document.get(holder).next;
            while let Some(child) = next.some() {
                self.node(child);
                next = document.get(child).next;
            }
        }
        self.push("</li>\n");
    }

    fn table(&mut self, id: NodeId, table: u32) {
        let document = self.document;
        let alignments = &document.tables[table as usize];
        self.tables += 1;
        self.line();
        let label = format!("{} {}", self.words.table(), self.tables);
        self.push("<div class=\"table\" tabindex=\"0\" role=\"region\"");
        self.attribute("aria-label", &label);
        self.push("><table>\n");
        for row in document.children(id) {
            let head = matches!(document.kind(row), Kind::TableHead);
            self.push(if head { "<thead><tr>" } else { "<tr>" });
            for (at, cell) in document.children(row).enumerate() {
                // A header without words is none.
                let name = if head && document.get(cell).first != NodeId::NONE { "th" } else { "td" };
                self.push("<");
                self.push(name);
                if name == "th" {
                    self.push(" scope=\"col\"");
                }
                self.push(match alignments.get(at) {
                    Some(Alignment::Center) => " class=\"ta-c\">",
                    Some(Alignment::Right) => " class=\"ta-r\">",
                    Some(Alignment::Left | Alignment::None) | None => ">",
                });
                self.children(cell);
                self.push("</");
                self.push(name);
                self.push(">");
            }
            self.push(if head { "</tr></thead><tbody>\n" } else { "</tr>\n" });
        }
        self.push("</tbody></table></div>\n");
    }

    fn link(&mut self, id: NodeId, target: u32) {
        let target = &self.document.targets[target as usize];
        self.push("<a href=\"");
        if let Some(link) = target.link {
            self.hole(link, HoleKind::Url);
        }
        self.push("\"");
        if !target.title.is_empty() {
            self.attribute("title", &target.title);
        }
        self.push(if target.external { " rel=\"noopener\">" } else { ">" });
        self.in_link = true;
        self.children(id);
        self.in_link = false;
        self.push("</a>");
    }

    fn image(&mut self, id: NodeId, target: u32, title: bool) {
        let target = &self.document.targets[target as usize];
        self.push("<img src=\"");
        if let Some(link) = target.link {
            self.hole(link, HoleKind::Url);
        }
        self.push("\"");
        self.attribute("alt", &plain::inline(self.document, id));
        if title && !target.title.is_empty() {
            self.attribute("title", &target.title);
        }
        if let Some(link) = target.link {
            self.hole(link, HoleKind::Size);
        }
        self.push(" loading=\"lazy\" decoding=\"async\">");
    }

    fn collect_notes(&mut self) -> Notes {
        let mut notes = Notes::default();
        for (at, note) in self.document.notes.iter().enumerate() {
            let first = *notes.by_label.entry(note.label.to_lowercase()).or_insert(at);
            if first != at {
                let fault = Fault::new(&codes::NOTE_TWICE, note.span).arg("label", &note.label);
                self.faults.push(fault.also(self.document.notes[first].span));
            }
        }
        notes.references = vec![0; self.document.notes.len()];
        notes.numbers = vec![0; self.document.notes.len()];
        notes
    }

    fn reference(&mut self, label: &str) {
        // A copy has no footnotes to refer to.
        if !self.main {
            return;
        }
        let Some(note) = self.notes.by_label.get(&label.to_lowercase()).copied() else { return };
        if self.notes.numbers[note] == 0 {
            self.notes.order.push(note);
            self.notes.numbers[note] = document::number(self.notes.order.len());
        }
        let number = self.notes.numbers[note];
        if self.in_link {
            self.push(&format!("<sup class=\"fnref\">{number}</sup>"));
            return;
        }
        if self.notes.references[note] == MAX_BACK {
            self.push("<sup class=\"fnref\"><a");
            self.link_here(&format!("fn-{number}"));
            self.push(&format!(">{number}</a></sup>"));
            return;
        }
        self.notes.references[note] += 1;
        let id = reference_id(number, self.notes.references[note]);
        self.push("<sup class=\"fnref\"><a");
        self.link_here(&format!("fn-{number}"));
        self.id(&id);
        self.push(&format!(">{number}</a></sup>"));
    }

    /// Writes the footnotes that are referred to, in the order in which they are.
    fn footnotes(&mut self) {
        let document = self.document;
        if !self.notes.order.is_empty() {
            self.line();
            self.push("<section class=\"footnotes\" role=\"doc-endnotes\"");
            self.attribute("aria-label", self.words.footnotes());
            self.push(">\n<ol>\n");
            let mut at = 0;
            // Notes may refer to further notes, which are added to the order meanwhile.
            while let Some(note) = self.notes.order.get(at).copied() {
                at += 1;
                self.push(&format!("<li id=\"fn-{at}\">"));
                self.facts.anchors.push(format!("fn-{at}"));
                self.footnote(document.notes[note].node, at, self.notes.references[note]);
                self.push("</li>\n");
            }
            self.push("</ol>\n</section>\n");
        }
        for (at, note) in document.notes.iter().enumerate() {
            if self.notes.numbers[at] == 0 && self.notes.by_label.get(&note.label.to_lowercase()) == Some(&at) {
                self.faults.push(Fault::new(&codes::NOTE_UNUSED, note.span).arg("label", &note.label));
            }
        }
    }

    /// Writes one footnote; the links back stand in its last paragraph.
    fn footnote(&mut self, id: NodeId, number: usize, references: u32) {
        let document = self.document;
        let mut references = 1..=references;
        let last = document.last_child(id);
        let mut next = document.get(id).first;
        while let Some(child) = next.some() {
            next = document.get(child).next;
            if Some(child) == last && matches!(document.kind(child), Kind::Paragraph) {
                self.line();
                self.push("<p>");
                self.children(child);
                self.back_links(number, &mut references);
                self.push("</p>\n");
            } else {
                self.node(child);
            }
        }
        self.back_links(number, &mut references);
    }

    /// Writes the links from a footnote to those of its references that are left.
    fn back_links(&mut self, number: usize, references: &mut RangeInclusive<u32>) {
        for reference in references {
            self.push(" <a class=\"fn-back\"");
            self.link_here(&reference_id(document::number(number), reference));
            self.attribute("aria-label", self.words.back());
            self.push(">↩\u{FE0E}</a>");
        }
    }
}

/// The id of the `reference`-th reference to footnote `number`.
fn reference_id(number: u32, reference: u32) -> String {
    if reference == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{reference}") }
}
