//! The author's reference, `content/reference.md`, says what the specification says: each example `md reference` stands
//! in it as its source and, in a box, as what readers see; and nothing else stands in it.
#![expect(clippy::disallowed_methods, reason = "the test reads the sample site")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::files::specs;

/// A source and its result, side by side.
fn shown(source: &str) -> String {
    let longest = |sign: char| {
        let runs = source.split(|c| c != sign).map(str::len);
        runs.max().unwrap_or(0).max(2) + 1
    };
    let (fence, colons) = ("`".repeat(longest('`')), ":".repeat(longest(':')));
    format!("{fence}markdown title=\"書き方\"\n{source}{fence}\n\n{colons}note[読者に見えるもの]\n{source}{colons}\n")
}

#[test]
fn the_reference_shows_what_the_specification_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/reference.md");
    let page = fs::read_to_string(page).expect("it is text");
    let mut expected = BTreeSet::new();
    for spec in specs() {
        let name = spec.path.file_name().expect("it is a file").to_string_lossy().into_owned();
        let before = expected.len();
        for example in spec.examples().filter(|example| example.reference) {
            let shown = shown(&example.source);
            assert!(page.contains(&shown), "content/reference.md lacks this example of {name}:\n\n{shown}");
            expected.insert(example.source.clone());
        }
        assert!(expected.len() > before || name == "limits.md", "the reference shows nothing of {name}");
    }
    let titles = page.matches(" title=\"書き方\"").count();
    assert_eq!(titles, expected.len(), "the reference shows what no specification says");
}
