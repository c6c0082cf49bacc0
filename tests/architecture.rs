//! The house stands as ARCHITECTURE.md draws it: floors import only from floors below, every file says what it is for,
//! none has grown past reading, and the documents name only what exists.

#![expect(clippy::disallowed_methods, reason = "the tests read the sources, not a site")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The floors, from the top. Modules of one floor are siblings: none imports another.
const FLOORS: &[&[&str]] = &[
    &["main"],
    &["cli"],
    &["serve", "lsp"],
    &["build"],
    &["render"],
    &["view"],
    &["lint", "search", "report", "refactor", "schema", "external"],
    &["site"],
    &["content", "theme"],
    &["config"],
    &["markdown"],
    &["highlight", "commit"],
    &["world"],
    &["output"],
    &["fields", "decode"],
    &["diag"],
    &["lexicon"],
    &["path", "slug", "memo"],
    &["text", "par", "time"],
];

/// Above this, a file has stopped being one thought.
const LONGEST_FILE: usize = 620;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display())).expect("it is text")
}

fn rust_files(folder: &str) -> Vec<PathBuf> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it is readable").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    found.sort();
    found
}

/// The module that a file of `src/` belongs to: `src/site/links.rs` → `site`.
fn module(path: &Path) -> String {
    let below = path.strip_prefix(root().join("src")).expect("it lies below src");
    let first = below.components().next().expect("it has a name").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The modules that a line of code names.
fn named(line: &str) -> impl Iterator<Item = String> + '_ {
    let code = line.split("//").next().unwrap_or_default();
    let names = ["crate::", "hiketsu::"].into_iter().flat_map(move |prefix| code.split(prefix).skip(1));
    names.map(|tail| tail.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
}

#[test]
fn modules_import_only_from_floors_below() {
    let floors: BTreeMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, modules)| modules.iter().map(move |module| (*module, floor)))
        .collect();
    let mut wrong = Vec::new();
    for path in rust_files("src") {
        let own = module(&path);
        if own == "lib" {
            continue;
        }
        let own_floor = floors.get(own.as_str()).ok_or_else(|| format!("{own} has no floor")).expect("it is drawn");
        for (number, line) in read(&path).lines().enumerate() {
            assert!(
                !line.contains("use crate::{"),
                "{}:{}: name each module on a line of its own",
                path.display(),
                number + 1
            );
            for other in named(line) {
                if floors.get(other.as_str()).is_some_and(|floor| other != own && floor <= own_floor) {
                    wrong.push(format!("{}:{}: {own} imports {other}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_is_short_enough_to_read() {
    for path in
        ["src", "tests", "benches", "examples", "fuzz/src", "fuzz/fuzz_targets"].into_iter().flat_map(rust_files)
    {
        let text = read(&path);
        assert!(text.starts_with("//! "), "{} does not begin with what it is for", path.display());
        assert!(text.lines().count() <= LONGEST_FILE, "{} has {} lines", path.display(), text.lines().count());
    }
}

#[test]
fn documents_name_only_paths_that_exist() {
    const STARTS: [&str; 8] = ["src/", "tests/", "themes/", "benches/", "examples/", "content/", "fuzz/", "docs/"];
    for document in ["ARCHITECTURE.md", "README.md", "README.ja.md", "benches/README.md"] {
        for word in read(&root().join(document)).split('`').skip(1).step_by(2) {
            let is_path = STARTS.iter().any(|start| word.starts_with(start)) && !word.contains(['*', ' ', '<', '{']);
            let is_example = word.contains("NAME") || word.contains("NNN");
            assert!(
                !is_path || is_example || root().join(word).exists(),
                "{document} names {word}, which is not there"
            );
        }
    }
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest = read(&root().join("Cargo.toml"));
    let mut section = "";
    let mut above = "";
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        }
        if section.ends_with("dependencies]") && line.contains(" = ") {
            assert!(above.starts_with('#'), "no comment over: {line}");
        }
        above = line;
    }
}
