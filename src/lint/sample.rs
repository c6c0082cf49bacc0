//! A site of a few lines for the rules' own tests.

use std::sync::Arc;

use super::{judge, mend};
use crate::config::{self, Lint};
use crate::content::{Role, Spellings, TextOptions, parse};
use crate::highlight::Highlighter;
use crate::memo::Hash;
use crate::path::SourcePath;
use crate::site::{Moment, TextInput, relate};
use crate::text::lines::LineIndex;
use crate::time::Instant;
use crate::world::File;

/// How the tests' site writes its customers.
const SITE: &str = "title = \"見本\"\nbase_url = \"https://example.com/\"\n[lint.terms]\n\"お客様\" = [\"お客さま\", \"おきゃくさま\"]\n";

pub(super) fn options() -> TextOptions {
    let config = config::parse(SITE).value;
    TextOptions {
        language: config.language,
        timezone: config.timezone,
        taxonomies: vec!["tags".to_owned()],
        markdown: config.markdown,
        speakers: Vec::new(),
        spellings: Spellings::new(&config.lint.terms),
    }
}

/// `body` after it was mended.
pub(super) fn mended(body: &str) -> String {
    mend(body, Role::Text, &options(), &Lint::default()).unwrap_or_else(|| body.to_owned())
}

/// What the rules say of lessons of a series of ten, by number and text (front matter included, or a body alone):
/// `E0701 1 3:4` and the arguments of the message.
pub(super) fn told(lessons: &[(u32, &str)]) -> Vec<String> {
    told_of(SITE, lessons)
}

/// The same with a `site.toml`.
pub(super) fn told_of(site: &str, lessons: &[(u32, &str)]) -> Vec<String> {
    let config = Arc::new(config::parse(site).value);
    let options = options();
    let index = ("content/s/_index.md".to_owned(), "---\ntitle: 連載\nkind: series\nplanned: 10\n---\n".to_owned());
    let files: Vec<(String, String)> = std::iter::once(index)
        .chain(lessons.iter().map(|(number, text)| {
            let front =
                if text.starts_with("---\n") { String::new() } else { format!("---\ntitle: 話{number}\n---\n") };
            (format!("content/s/{number:03}-l{number}.md"), format!("{front}{text}"))
        }))
        .collect();
    let inputs: Vec<TextInput> = files
        .iter()
        .map(|(path, text)| {
            let source = SourcePath::new(path.as_str());
            let role = Role::of(&source);
            let (text, ..) = parse::parse(&File::held(text.as_bytes()), role, &options, false, &Highlighter::new());
            TextInput { source, role, key: Hash::of(path.as_bytes()), text: Arc::new(text) }
        })
        .collect();
    let moment = Moment { now: Instant(0), drafts: false };
    let model = relate(&config, &inputs, &[], &moment).value;
    let mut found = Vec::new();
    judge(&inputs, &model, &options.spellings, &mut found);
    config.lint.apply(&mut found);
    crate::diag::sort(&mut found);
    found
        .iter()
        .map(|diagnostic| {
            let text = files.iter().find(|(path, _)| path == diagnostic.file.as_str()).map_or("", |(_, text)| text);
            let (line, column) = LineIndex::new(text).locate(text, diagnostic.span.start as usize);
            let name = diagnostic.file.name().trim_end_matches(".md");
            let args: Vec<&str> = diagnostic.args.iter().map(|(_, value)| value.as_str()).collect();
            format!("{} {name} {line}:{column} {}", diagnostic.code.id, args.join(" ")).trim_end().to_owned()
        })
        .collect()
}
