//! Every fault that an author can make between files and in themes: its code, its place, its words in two languages.

#[path = "../support/mod.rs"]
mod support;

mod collisions;
mod complete;
mod disk;
mod encodings;
mod lints;
mod pages;
mod relations;
mod templates;

use hiketsu::diag::Lang;
use support::Outcome;

/// One line a diagnostic: code and place, then message and help in Japanese, then in English, then other places.
fn told(outcome: &Outcome) -> String {
    let places = outcome.places();
    let japanese = outcome.messages(Lang::Ja);
    let english = outcome.messages(Lang::En);
    let mut lines = Vec::new();
    for (at, diagnostic) in outcome.built.diagnostics.iter().enumerate() {
        for words in [&japanese[at], &english[at]] {
            assert!(!words.contains(['⟦', '⟧']), "a gap was not filled: {words}");
        }
        lines.push(format!("{}\n  {}\n  {}", places[at], japanese[at], english[at]));
        lines.extend(diagnostic.related.iter().map(|(file, _)| format!("  → {file}")));
    }
    lines.join("\n")
}
