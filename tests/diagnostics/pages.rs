//! Each page of a code is true: its example gives that code and no other, mended it gives nothing, and `docs/codes.md`
//! says the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hiketsu::build::{Memos, Options, Survey};
use hiketsu::diag::pages::{self, Block, LESSON};
use hiketsu::diag::{Diagnostic, Lang};
use hiketsu::external::Known;
use hiketsu::world::World as _;
use hiketsu::world::web::Answer;

use super::support::{Outcome, SERIES, SITE, Site};

/// The files of an example, in a small site.
fn files(blocks: &[Block]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut files = vec![("site.toml".into(), SITE.into()), ("content/secrets/_index.md".into(), SERIES.into())];
    let numbered = |path: &str| {
        path.strip_prefix("content/secrets/").is_some_and(|name| name.starts_with(|c: char| c.is_ascii_digit()))
    };
    // There is always a lesson.
    if !blocks.iter().filter_map(Block::shown_path).any(numbered) {
        files.push((LESSON.into(), "---\ntitle: 題\n---\n本文。\n".into()));
    }
    for block in blocks {
        let text = bytes(&block.text);
        let path = block.shown_path().unwrap_or(LESSON);
        let text = match (block.kind, block.path) {
            ("md", None) => [b"---\ntitle: \xe9\xa1\x8c\n---\n".as_slice(), &text].concat(),
            ("toml", None) => [SITE.as_bytes(), &text].concat(),
            ("yaml", _) => {
                let body: &[u8] = if path.ends_with("_index.md") { b"" } else { "本文。\n".as_bytes() };
                [b"---\n", text.as_slice(), b"---\n", body].concat()
            }
            ("link", _) => [b"\0link ", text.as_slice()].concat(),
            _ => text,
        };
        files.retain(|(other, _)| *other != bytes(path));
        files.push((bytes(path), text));
    }
    files
}

/// What a text with `⟨…⟩` stands for.
fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once('⟨') {
        out.extend(before.bytes());
        let (inside, after) = tail.split_once('⟩').expect("it is closed");
        if let Some((times, what)) = inside.split_once("× ") {
            out.extend(what.repeat(times.parse().expect("a number")).bytes());
        } else if let Some(code) = inside.strip_prefix("U+") {
            let c = char::from_u32(u32::from_str_radix(code, 16).expect("a code point")).expect("a character");
            out.extend(c.to_string().bytes());
        } else {
            out.extend(inside.split(' ').map(|hex| u8::from_str_radix(hex, 16).expect("a byte")));
        }
        rest = after;
    }
    out.extend(rest.bytes());
    out
}

/// A web in which the pages of examples are what they are called.
struct Web;

impl hiketsu::world::web::Web for Web {
    fn ask(&self, url: &str, _: bool) -> Answer {
        let (code, location) = match url.rsplit('/').next() {
            _ if url.contains("nowhere") => return Answer::NoServer("dns".to_owned()),
            Some("gone") => (404, None),
            Some("old") => (301, Some("/new".to_owned())),
            _ => (200, None),
        };
        Answer::Status { code, location, body: "<p>本文</p>".to_owned() }
    }

    fn pause(&self) {}
}

/// What `check --external` says.
fn external(site: &Site) -> Vec<Diagnostic> {
    let snapshot = site.world.snapshot().expect("memory does not fail");
    let survey = Survey::of(&snapshot, &Options::default(), &Memos::default());
    hiketsu::external::check(&survey.site, &survey.texts, survey.now, &mut Known::default(), &Web).diagnostics
}

/// What is wrong with the example's site.
fn codes(blocks: &[Block]) -> Option<BTreeSet<String>> {
    let files = files(blocks);
    // What only a disk has: names that are hidden or not Unicode, and links.
    let of_disk = |path: &[u8]| std::str::from_utf8(path).map_or(true, |path| path.contains("/."));
    let plain = files.iter().all(|(path, text)| !of_disk(path) && !text.starts_with(b"\0link "));
    let outcome = if plain {
        let site = files.iter().fold(Site::new().linted(), |site, (path, text)| {
            site.file(std::str::from_utf8(path).expect("it was looked at"), text)
        });
        let mut outcome = site.build();
        outcome.built.diagnostics.extend(external(&site));
        outcome
    } else {
        on_disk(&files)?
    };
    Some(outcome.built.diagnostics.iter().map(|diagnostic| diagnostic.code.id.to_owned()).collect())
}

/// Built in a real folder: links, and names that are not Unicode. `None` where the system has no such thing.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "the test lays out a site on a disk")]
fn on_disk(files: &[(Vec<u8>, Vec<u8>)]) -> Option<Outcome> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().expect("a folder can be made");
    let root = folder.path().join("inside/site");
    for (path, text) in files {
        let path = root.join(OsStr::from_bytes(path));
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
        if let Some(target) = text.strip_prefix(b"\0link ") {
            let target = OsStr::from_bytes(target.trim_ascii());
            std::os::unix::fs::symlink(target, path).expect("it can be made");
        } else if fs::write(&path, text).is_err() {
            return None;
        }
    }
    Some(Outcome::of_folder(&root, 1_767_225_600))
}

#[cfg(not(unix))]
fn on_disk(_: &[(Vec<u8>, Vec<u8>)]) -> Option<Outcome> {
    None
}

#[test]
fn every_example_gives_its_code_and_no_other_and_mended_none() {
    let mut wrong = Vec::new();
    for page in pages::all() {
        let id = page.code.id;
        if let Some(found) = codes(&page.bad).filter(|found| found.iter().ne([id])) {
            wrong.push(format!("{id}: the example gives {found:?}"));
        }
        if let Some(found) = codes(&page.good).filter(|found| !found.is_empty()) {
            wrong.push(format!("{id}: mended, the example gives {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test compares files of this repository")]
fn the_documents_are_what_the_program_says() {
    let update = std::env::var_os("UPDATE_DOCS").is_some();
    for (name, lang) in [("docs/codes.md", Lang::En), ("docs/codes.ja.md", Lang::Ja)] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let document = pages::document(lang);
        if update {
            fs::write(&path, &document).expect("it can be written");
        }
        let there = fs::read_to_string(&path).unwrap_or_default();
        assert!(there == document, "{name} is not up to date: UPDATE_DOCS=1 cargo test --test diagnostics pages");
    }
}
