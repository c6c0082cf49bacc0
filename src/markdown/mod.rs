//! Markdown: one text to a typed document with spans, and from there to HTML, plain text and facts.
//!
//! It knows no paths, no URLs and no other file: a link is kept as it was typed, and its place in the HTML is a hole
//! that the site fills when it knows where everything lies.
//!
//! In this order: `containers.rs` finds lines of colons, `emphasis.rs` mends the parser's events by the rules of
//! `flanking.rs`, `parse.rs` turns them into the tree of `document.rs`, `inline.rs` finds what CommonMark does not know,
//! `observe.rs` notes what lints will ask for, `boxes.rs` and `dialogue.rs` rearrange it (`turn.rs` reads a line,
//! `speakers.rs` knows who speaks), `raw.rs` sees to raw HTML, `ids.rs` names what can be linked to, `html.rs`,
//! `plain.rs` and `sections.rs` write it down.

mod allow;
mod autolink;
mod boxes;
mod code;
mod containers;
mod dialogue;
#[cfg(test)]
mod dialogue_tests;
mod document;
mod emphasis;
pub(crate) mod escape;
mod flanking;
mod html;
mod html_boxes;
mod html_text;
mod ids;
mod inline;
#[cfg(test)]
mod inline_tests;
mod links;
mod marker;
mod math;
mod observe;
mod options;
mod parse;
mod plain;
mod quote;
mod raw;
#[cfg(test)]
mod raw_tests;
mod ruby;
mod sections;
mod speakers;
mod tags;
#[cfg(test)]
mod tests;
mod turn;
mod wiki;
mod words;

use serde::{Deserialize, Serialize};

pub use observe::{Observation, Seen};
pub use options::{Breaks, RawHtml, Side, Speaker};
pub use sections::{Section, Sections};

use crate::diag::Fault;
use crate::highlight::Highlighter;
use crate::memo::Hash;
use crate::text::{Located, Span};

/// Containers may stand in each other this deep; what is deeper is shown without its markup.
pub const MAX_NESTING: usize = 100;

/// All that the making of one body depends on besides its text.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// What a line break inside a paragraph becomes.
    pub breaks: Breaks,
    /// What raw HTML becomes.
    pub html: RawHtml,
    /// Whether `$…$` and `$$…$$` are formulas.
    pub math: bool,
    /// Whether `https://…`, `www.…` and mail addresses are links as they are typed.
    pub autolinks: bool,
    /// BCP 47: the words of boxes (`まとめ`, `Summary`) are in it.
    pub language: &'a str,
    /// Voices of dialogues whose side is fixed.
    pub speakers: &'a [Speaker],
    /// Whether the text is wanted for search, too.
    pub sections: bool,
}

/// What authors write between `[!` and `]`, or after `:::`: every name of every box.
pub fn box_names() -> impl Iterator<Item = &'static str> {
    boxes::names()
}

/// A body, understood.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// Its HTML, with holes.
    pub body: Body,
    /// What is known of it.
    pub facts: Facts,
    /// Its text for search; empty where it was not wanted.
    pub sections: Sections,
    /// What is wrong in it, in the order of its lines.
    pub faults: Vec<Fault>,
    /// Where its words stand in the file as readers see them: no code, no targets of links, no readings.
    pub prose: Vec<Span>,
}

/// Reads `text`, a Markdown body, which begins at byte `offset` of its file: all spans in the result are offsets into
/// that file. Line ends are LF and there is no NUL: whoever reads the file sees to that.
///
/// It never fails: what is wrong is a fault beside a usable value.
pub fn parse(text: &str, offset: usize, options: &Options<'_>, highlighter: &Highlighter) -> Parsed {
    let masked = containers::mask(text);
    let given = masked.as_ref().map_or(text, |masked| &masked.source);
    let prices = math::mask(given, parse::extensions(options));
    let mut read = parse::read(text, masked.as_ref(), prices.as_deref(), options);
    if let Some(masked) = &masked {
        containers::group(&mut read, text, &masked.fences);
    }
    inline::transform(&mut read, text, options);
    let observe::Observed { mut observations, mut prose } = observe::observe(&read.document, text);
    boxes::transform(&mut read, text, options);
    raw::transform(&mut read, text, options);
    ids::assign(&mut read);
    let (body, mut facts) = html::write(&read.document, options, highlighter, &mut read.faults);
    plain::measure(&read.document, &mut facts);
    facts.anchors.sort_unstable();
    facts.headings = ids::headings(&read.document, &facts.anchors);
    facts.links = read.links;

    for heading in &mut facts.headings {
        heading.span = heading.span.shifted(offset);
    }
    for link in &mut facts.links {
        link.target.span = link.target.span.shifted(offset);
    }
    for span in observations.iter_mut().map(|seen| &mut seen.span).chain(&mut prose) {
        *span = span.shifted(offset);
    }
    facts.observations = observations;
    let mut faults: Vec<Fault> = read.faults.into_iter().map(|fault| fault.shifted(offset)).collect();
    faults.sort_by_key(|fault| fault.span);
    let sections =
        if options.sections { sections::read(&read.document, options.language) } else { Sections::default() };
    Parsed { body, facts, sections, faults, prose }
}

/// The definitions of references (`[label]: target`) in `text`, which begins at byte `offset` of its file: where each
/// leads, and where all of it stands.
pub fn definitions(text: &str, offset: usize, options: &Options<'_>) -> Vec<Located<String>> {
    let masked = containers::mask(text);
    let given = masked.as_ref().map_or(text, |masked| &masked.source);
    let parser = pulldown_cmark::Parser::new_ext(given, parse::extensions(options));
    let found = parser.reference_definitions().iter();
    let mut found: Vec<_> = found
        .map(|(_, definition)| {
            Located::new(definition.dest.to_string(), Span::new(definition.span.clone()).shifted(offset))
        })
        .collect();
    found.sort_by_key(|definition| definition.span);
    found
}

/// HTML with holes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fragment {
    /// The HTML without what the holes will hold.
    pub html: String,
    /// In ascending order of their place.
    pub holes: Vec<Hole>,
}

/// A place in a fragment that is filled once all routes are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    /// Byte offset into the fragment's HTML.
    pub at: u32,
    /// Index into [`Facts::links`].
    pub link: u32,
    /// What is put there.
    pub kind: HoleKind,
}

/// What fills a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HoleKind {
    /// The URL, escaped for an attribute.
    Url,
    /// ` width="…" height="…"`, or nothing where the size is not known.
    Size,
    /// The URL of the text's own page where it is shown elsewhere, nothing on that page. It has no link.
    Page,
    /// The title of the lesson that the link leads to.
    Title,
}

/// A text's body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// The whole body.
    pub main: Fragment,
    /// The contents of each まとめ box, in order, without ids.
    pub takeaways: Vec<Fragment>,
}

/// What is known of a body without its HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// In order, level 1 to 6.
    pub headings: Vec<Heading>,
    /// Every id in the body's HTML that a link may point at, sorted: headings, boxes, footnotes, raw HTML.
    pub anchors: Vec<String>,
    /// Links and images, as typed.
    pub links: Vec<Link>,
    /// The first words as plain text, cut at 。 or between two characters, at most 120 characters.
    pub summary: String,
    /// The points of the first まとめ box as plain text, cut like the summary; empty where there is none.
    pub points: String,
    /// Minutes, at least one: 500 Japanese characters or 200 Latin words each.
    pub minutes: u32,
    /// Characters that a reader reads, white space not counted.
    pub characters: u32,
    /// The keys of highlighted blocks of code. Where there are any, the page needs their stylesheet.
    pub code: Vec<Hash>,
    /// Whether there are boxes to tick.
    pub checks: bool,
    /// What lints judge, in the order of the file.
    pub observations: Vec<Observation>,
}

/// A heading of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique in the text; Unicode.
    pub id: String,
    /// Its plain text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A link or an image, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its kind.
    pub kind: LinkKind,
    /// The destination as Markdown resolves it (entities and escapes undone), and where the whole link stands; in raw
    /// HTML, where the attribute's value stands.
    pub target: Located<String>,
}

/// What refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// `[text](target)`, `<target>`, `<a href="target">`, `<video src="target">`.
    Link,
    /// `![alt](target)`, `<img src="target">`.
    Image,
    /// `[[id]]`, `[[id|text]]`: the target is a lesson's id, and an anchor after `#`.
    Lesson,
    /// The face of a speaker: an image below `content/`, as `site.toml` names it. It stands nowhere in the text.
    Face,
}
