//! Every example of CommonMark and of GitHub Flavored Markdown.
//!
//! Their text is not ours and is not kept here. CommonMark's examples come with the sources of pulldown-cmark, which
//! every build has; `tests/run` gives both specifications themselves by `HIKETSU_COMMONMARK_SPEC` and
//! `HIKETSU_GFM_SPEC`, the paths of the files `spec.txt`.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the test reads specifications, and says what it skips"
)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::standard;

/// The examples of GitHub's specification, which stands on CommonMark 0.29, that come out otherwise, and why.
const KNOWN: [(usize, &str); 4] = [
    (628, "`ftp:` is no scheme that browsers or Hiketsu open: such a URL stays text"),
    (645, "CommonMark 0.31 lets `--` stand in a comment, as HTML does"),
    (646, "CommonMark 0.31 takes `<!-->` for a comment, as HTML does"),
    (653, "trusted HTML is what it says: no tag is filtered out of it"),
];

/// One printed example.
struct Example {
    number: usize,
    /// The extension that it is about; empty for CommonMark itself.
    extension: String,
    source: String,
    html: String,
}

/// The examples of a `spec.txt`.
fn examples(spec: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let fence = "`".repeat(32);
    let opening = format!("\n{fence} example");
    for part in spec.split(&opening).skip(1) {
        let (head, tail) = part.split_once('\n').expect("an example has lines");
        let (body, _) = tail.split_once(&format!("\n{fence}")).expect("an example ends");
        let body = format!("\n{body}\n").replace('→', "\t");
        let (source, html) = body.split_once("\n.\n").expect("a dot stands between source and HTML");
        found.push(Example {
            number: found.len() + 1,
            extension: head.trim().to_owned(),
            source: format!("{source}\n").split_off(1),
            html: html.to_owned(),
        });
    }
    found
}

/// The examples in the tests that pulldown-cmark makes from CommonMark's `spec.txt`.
fn of_pulldown_cmark() -> Vec<Example> {
    let run = |program: &str, arguments: &[&str]| {
        let program = std::env::var_os(program).unwrap_or_else(|| program.to_lowercase().into());
        let output = Command::new(program).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
        String::from_utf8(output.expect("it runs").stdout).expect("it is text")
    };
    let version = run("RUSTC", &["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    // What is for other systems was never fetched.
    let arguments = ["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host];
    let metadata: serde_json::Value = serde_json::from_str(&run("CARGO", &arguments)).expect("it is JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let package = packages.iter().find(|package| package["name"] == "pulldown-cmark").expect("it is a dependency");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("it is a path"));
    let tests = fs::read_to_string(manifest.with_file_name("tests/suite/spec.rs")).expect("the tests are there");
    let written: Vec<&str> = tests.split("r##\"").skip(1).map(|tail| tail.split("\"##").next().unwrap_or("")).collect();
    let pairs = written.chunks_exact(2).zip(1..);
    pairs
        .map(|(pair, number)| Example {
            number,
            extension: String::new(),
            source: pair[0].to_owned(),
            html: pair[1].to_owned(),
        })
        .collect()
}

fn given(variable: &str) -> Option<String> {
    let path = std::env::var_os(variable)?;
    Some(fs::read_to_string(&path).map_err(|error| format!("{variable}: {error}")).expect("the specification is there"))
}

/// The numbers of the examples that come out otherwise, and what does.
fn wrong(examples: &[Example]) -> Vec<(usize, String)> {
    let mut wrong = Vec::new();
    for example in examples {
        let ours = standard::html(&example.source, example.extension == "autolink");
        let theirs = standard::printed(&example.html);
        if ours != theirs {
            let Example { number, source, .. } = example;
            wrong.push((*number, format!("\n== {number}\n{source}-- printed\n{theirs}-- ours\n{ours}")));
        }
    }
    wrong
}

fn told(wrong: &[(usize, String)]) -> String {
    wrong.iter().map(|(_, difference)| difference.as_str()).collect()
}

#[test]
fn all_of_commonmark() {
    let examples = given("HIKETSU_COMMONMARK_SPEC").map_or_else(of_pulldown_cmark, |spec| examples(&spec));
    assert_eq!(examples.len(), 652);
    let wrong = wrong(&examples);
    assert!(wrong.is_empty(), "{} differ{}", wrong.len(), told(&wrong));
}

#[test]
fn all_of_github() {
    let Some(spec) = given("HIKETSU_GFM_SPEC") else {
        eprintln!("skipped: GitHub's own examples; tests/run sets HIKETSU_GFM_SPEC");
        return;
    };
    let examples = examples(&spec);
    let of_extensions = examples.iter().filter(|example| !example.extension.is_empty()).count();
    assert_eq!((examples.len(), of_extensions), (673, 24));
    let (known, wrong): (Vec<_>, Vec<_>) =
        wrong(&examples).into_iter().partition(|(number, _)| KNOWN.iter().any(|(known, _)| known == number));
    assert!(wrong.is_empty(), "{} differ{}", wrong.len(), told(&wrong));
    let gone = KNOWN.iter().filter(|(number, _)| !known.iter().any(|(found, _)| found == number));
    let gone: Vec<&str> = gone.map(|(_, why)| *why).collect();
    assert!(gone.is_empty(), "no difference any more: {gone:?}");
}
