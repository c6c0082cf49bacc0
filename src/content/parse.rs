//! The bytes of one Markdown file → [`Text`] and its HTML.

use crate::content::{MAX_TEXT, Role, Text, TextOptions, front_matter};
use crate::decode::decode;
use crate::diag::Fault;
use crate::diag::catalogue::reading;
use crate::highlight::Highlighter;
use crate::markdown::{self, Fragment, Sections};
use crate::memo::{Hash, KeyBuilder};
use crate::text::Span;
use crate::world::{Data, File};

/// The key of a text: its bytes, what its name says that it is, and [`TextOptions`]. Not its path.
pub fn key(file: &File, role: Role, options: Hash) -> Hash {
    KeyBuilder::new("text").hash(options).value(&role).hash(file.hash).finish()
}

/// Understands one file on its own: what is known of it, its body as HTML, with holes for what depends on other files,
/// and, if `search` wants it, its body as text.
pub fn parse(
    file: &File,
    role: Role,
    options: &TextOptions,
    search: bool,
    highlighter: &Highlighter,
) -> (Text, Fragment, Sections) {
    let Data::Held(bytes) = &file.data else {
        // Only a text beyond the limit is not held.
        let fault = Fault::new(&reading::TOO_LARGE, Span::default())
            .arg("size", file.len.div_ceil(1_000_000))
            .arg("limit", MAX_TEXT / 1_000_000);
        return (Text { faults: vec![fault], ..Text::default() }, Fragment::default(), Sections::default());
    };
    let mut faults = Vec::new();
    let text = decode(bytes).drain_into(&mut faults);
    if text.is_empty() && !faults.is_empty() {
        // In another encoding from its first byte on: nothing can be said about what is in it.
        return (Text { faults, ..Text::default() }, Fragment::default(), Sections::default());
    }
    let (front, body_at, front_faults) = front_matter::parse(&text, role, options);
    faults.extend(front_faults);
    let markdown_options = markdown::Options {
        breaks: options.markdown.breaks,
        html: options.markdown.html,
        math: options.markdown.math,
        autolinks: options.markdown.autolinks,
        language: &options.language,
        speakers: &options.speakers,
        sections: search,
    };
    let body = text.get(body_at..).unwrap_or_default();
    let parsed = markdown::parse(body, body_at, &markdown_options, highlighter);
    faults.extend(parsed.faults);
    let markdown::Body { main, takeaways } = parsed.body;
    let spellings = options.spellings.find(&text, &parsed.prose);
    (Text { front, facts: parsed.facts, takeaways, faults, spellings }, main, parsed.sections)
}
