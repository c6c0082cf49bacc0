//! The Markdown files of this folder. An example in them is a block `md`, what an author types, and a block `html`, what
//! a reader's page holds; before them may stand a block `toml` with lines of `site.toml`, after them a block `text` with
//! what Hiketsu says, as `line:column code`. `md reference` stands in the author's reference as well.
//!
//! All examples are pages of one small site, built as any site is, so links are checked and filled, and images
//! measured. `UPDATE_SPEC=1 cargo test --test spec` writes what came out over what was expected; read the difference
//! before you commit it.
#![expect(clippy::disallowed_methods, reason = "the test reads and rewrites its own expectations")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{SERIES, SITE, Site};

/// What stands above an example's text in its file, three lines.
const FRONT: &str = "---\ntitle: 例\n---\n";

/// The head of a PNG, 1280 by 720 pixels: no more of it is read.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x05\0\0\0\x02\xD0\x08\x06\0\0\0\0\0\0\0";

/// A specification as a list of what stands in it.
pub(crate) struct Spec {
    pub(crate) path: PathBuf,
    pub(crate) parts: Vec<Part>,
}

pub(crate) enum Part {
    /// Lines that are no example, with the line break at their end.
    Prose(String),
    Example(Example),
}

#[derive(Default)]
pub(crate) struct Example {
    /// The line at which the text begins.
    line: usize,
    fence: String,
    /// Lines of `site.toml`; may be empty.
    settings: String,
    pub(crate) source: String,
    /// Whether the author's reference shows it.
    pub(crate) reference: bool,
    html: String,
    faults: String,
}

/// All specifications, in the order of their names.
pub(crate) fn specs() -> Vec<Spec> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let files = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = files.map(|file| file.expect("it is readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let specs = paths
        .into_iter()
        .map(|path| Spec { parts: parts(&fs::read_to_string(&path).expect("it is text"), &path), path });
    specs.collect()
}

fn parts(text: &str, path: &Path) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut prose = String::new();
    let mut settings = String::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let fence: String = line.chars().take_while(|c| *c == '`').collect();
        if fence.len() < 3 {
            // What stands between the blocks of one example is theirs.
            if line.is_empty() && (!settings.is_empty() || prose.is_empty() && !parts.is_empty()) {
                continue;
            }
            let apart = prose.is_empty() && !parts.is_empty();
            writeln!(prose, "{}{line}", if apart { "\n" } else { "" }).expect("memory does not fail");
            continue;
        }
        let info = line.trim_start_matches('`');
        let mut body = String::new();
        let ended = lines.by_ref().any(|(_, line)| {
            let ends = line == fence;
            if !ends {
                body.push_str(line);
                body.push('\n');
            }
            ends
        });
        let place = format!("{}:{}", path.display(), number + 1);
        assert!(ended, "{place}: the block does not end");
        match (info, parts.last_mut()) {
            ("toml", _) => settings = body,
            ("md" | "md reference", _) => {
                if !prose.is_empty() {
                    parts.push(Part::Prose(std::mem::take(&mut prose)));
                }
                parts.push(Part::Example(Example {
                    line: number + 2,
                    fence,
                    settings: std::mem::take(&mut settings),
                    source: body,
                    reference: info.ends_with("reference"),
                    ..Example::default()
                }));
            }
            ("html", Some(Part::Example(example))) if prose.is_empty() => example.html = body,
            ("text", Some(Part::Example(example))) if prose.is_empty() => example.faults = body,
            _ => assert_eq!(info, "a block toml, md, md reference, html or text", "{place}"),
        }
    }
    if !prose.is_empty() {
        parts.push(Part::Prose(prose));
    }
    parts
}

impl Spec {
    fn text(&self) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Prose(prose) => out.push_str(prose),
                Part::Example(example) => {
                    let Example { fence, settings, source, html, faults, reference, .. } = example;
                    let info = if *reference { "md reference" } else { "md" };
                    for (info, body) in [("toml", settings), (info, source), ("html", html), ("text", faults)] {
                        if !body.is_empty() || info == "html" {
                            let apart = if out.ends_with("\n\n") { "" } else { "\n" };
                            write!(out, "{apart}{fence}{info}\n{body}{fence}\n").expect("memory does not fail");
                        }
                    }
                }
            }
        }
        out
    }

    pub(crate) fn examples(&self) -> impl Iterator<Item = &Example> {
        self.parts.iter().filter_map(|part| match part {
            Part::Example(example) => Some(example),
            Part::Prose(_) => None,
        })
    }
}

/// HTML and faults of each of `sources`, all with the same settings.
fn built(settings: &str, sources: &[&str]) -> Vec<(String, String)> {
    let listen = "---\ntitle: 話し上手な営業ほど、なぜ売れないのか\n---\n## 3秒待つ\n\n短く打つ。\n";
    let mut site = Site::new()
        .file("site.toml", format!("{SITE}{settings}"))
        .file("templates/page.html", "{{ page.content | safe }}")
        .file("content/secrets/_index.md", SERIES)
        .file("content/secrets/003-listen.md", listen)
        .file("content/listening.png", PNG);
    for (at, source) in sources.iter().enumerate() {
        site = site.file(&format!("content/e{at}.md"), format!("{FRONT}{source}"));
    }
    let outcome = site.build();
    let mut faults: BTreeMap<String, String> = BTreeMap::new();
    for place in outcome.places() {
        let (code, place) = place.split_once(' ').expect("a place follows the code");
        // What a text could do better is no part of the language.
        if code.starts_with("E07") {
            continue;
        }
        let (file, place) = place.split_once(':').expect("a line follows the file");
        let (line, column) = place.split_once(':').expect("a column follows the line");
        let line: usize = line.parse().expect("it is a number");
        let above = FRONT.lines().count();
        assert!(line > above, "{code} {file}:{place} is not of the example");
        writeln!(faults.entry(file.to_owned()).or_default(), "{}:{column} {code}", line - above).expect("memory");
    }
    let found = (0..sources.len()).map(|at| {
        // Where lines of a heading may break is a page's affair.
        let html = outcome.text(&format!("e{at}/index.html")).replace("<wbr>", "");
        (format!("{}\n", html.trim_end()), faults.remove(&format!("content/e{at}.md")).unwrap_or_default())
    });
    let found = found.collect();
    assert!(faults.is_empty(), "the site around the examples is wrong: {faults:?}");
    found
}

#[test]
fn the_files_say_what_happens() {
    let mut specs = specs();
    let mut settings: Vec<String> =
        specs.iter().flat_map(Spec::examples).map(|example| example.settings.clone()).collect();
    settings.sort();
    settings.dedup();
    let mut wrong = String::new();
    for settings in settings {
        let of_these = |example: &&Example| example.settings == settings;
        let sources: Vec<&str> = specs
            .iter()
            .flat_map(Spec::examples)
            .filter(of_these)
            .map(|example| example.source.trim_end_matches('\n'))
            .collect();
        let mut found = built(&settings, &sources).into_iter();
        for spec in &mut specs {
            let name = spec.path.file_name().expect("it is a file").to_string_lossy().into_owned();
            for part in &mut spec.parts {
                let Part::Example(example) = part else { continue };
                if example.settings != settings {
                    continue;
                }
                let (html, faults) = found.next().expect("each example was built");
                if (&example.html, &example.faults) != (&html, &faults) {
                    let Example { line, source, .. } = example;
                    write!(
                        wrong,
                        "\n== {name}:{line}\n{source}-- expected\n{}{}-- found\n{html}{faults}",
                        example.html, example.faults
                    )
                    .expect("memory does not fail");
                }
                (example.html, example.faults) = (html, faults);
            }
        }
    }
    if std::env::var_os("UPDATE_SPEC").is_some_and(|value| value == "1") {
        for spec in &specs {
            fs::write(&spec.path, spec.text()).expect("it can be written");
        }
        return;
    }
    assert!(wrong.is_empty(), "{wrong}\nUPDATE_SPEC=1 writes what came out\n");
    for spec in &specs {
        let kept = fs::read_to_string(&spec.path).expect("it is text");
        assert_eq!(kept, spec.text(), "{} is laid out as UPDATE_SPEC=1 does", spec.path.display());
    }
}
