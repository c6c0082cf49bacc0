//! A small site, whole pages of it as they must come out. Its theme is its own and shows what templates can see, so
//! that the standard theme may change without changing it.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` writes what came out over what was expected; read the difference before
//! you commit it.
#![expect(clippy::disallowed_methods, reason = "the test reads and rewrites its own expectations")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{Outcome, instant};

/// The files that are compared; the others follow from the same code.
const FILES: [&str; 9] = [
    "index.html",
    "secrets/index.html",
    "secrets/forget-the-quota/index.html",
    "tags/信頼/page/2/index.html",
    "secrets/takeaways/index.html",
    "feed.xml",
    "feed.json",
    "sitemap.xml",
    "robots.txt",
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// `secrets/index.html` lies in `secrets_index.html`: a flat folder is read at a glance.
fn flat(path: &str) -> String {
    path.replace('/', "_")
}

/// The lines that differ, `-` expected and `+` found, with two lines around them.
fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<_>, Vec<_>) = (expected.lines().collect(), found.lines().collect());
    let same = |(a, b): &(&&str, &&str)| a == b;
    let head = expected.iter().zip(&found).take_while(same).count();
    let rest = expected.len().min(found.len()) - head;
    let tail = expected.iter().rev().zip(found.iter().rev()).take(rest).take_while(same).count();
    let mut lines = vec![format!("line {}:", head + 1)];
    lines.extend(expected[head.saturating_sub(2)..head].iter().map(|line| format!("  {line}")));
    lines.extend(expected[head..expected.len() - tail].iter().map(|line| format!("- {line}")));
    lines.extend(found[head..found.len() - tail].iter().map(|line| format!("+ {line}")));
    lines.extend(found[found.len() - tail..].iter().take(2).map(|line| format!("  {line}")));
    lines.join("\n")
}

#[test]
fn the_golden_site_comes_out_as_it_was() {
    let outcome = Outcome::of_folder(&folder("site"), instant("2026-03-01T00:00:00Z").0);
    assert_eq!(outcome.places(), Vec::<String>::new());
    let update = std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    for path in FILES {
        let file = folder("expected").join(flat(path));
        let found = outcome.text(path);
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if update {
            fs::write(&file, &found).expect("it can be written");
        } else if expected != found {
            wrong.push(format!("{path}, {}", difference(&expected, &found)));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n\nUPDATE_GOLDEN=1 writes what came out\n", wrong.join("\n\n"));
    // Of the index, only that it is there: its bytes say nothing to a reader, and `tests/search` reads them.
    assert!(outcome.has("_/search/root.js"));
    let mut kept: Vec<_> = fs::read_dir(folder("expected"))
        .expect("it is there")
        .map(|entry| entry.expect("it is readable").file_name().to_string_lossy().into_owned())
        .collect();
    let mut expected = FILES.map(flat).to_vec();
    kept.sort();
    expected.sort();
    assert_eq!(kept, expected, "what is not compared is not kept");
}
