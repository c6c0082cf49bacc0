//! One harness: a whole site in memory, built and asked questions.
#![allow(dead_code, reason = "each test file uses its own part of the harness")]

pub(crate) mod crawl;

use std::collections::BTreeMap;
use std::path::Path;

use hiketsu::build::{Built, Memos, Options, Silent, build};
use hiketsu::decode::decode;
use hiketsu::diag::{Diagnostic, Lang};
use hiketsu::output::Content;
use hiketsu::path::{OutPath, SourcePath};
use hiketsu::text::lines::LineIndex;
use hiketsu::time::Instant;
use hiketsu::world::World;
use hiketsu::world::disk::DiskWorld;
use hiketsu::world::memory::MemoryWorld;

/// A `site.toml` with two taxonomies whose terms are free.
pub(crate) const SITE: &str = "title = \"見本\"\nbase_url = \"https://example.com/\"\n";

/// The `_index.md` of a series of ten.
pub(crate) const SERIES: &str = "---\ntitle: 連載\nkind: series\nplanned: 10\n---\n";

/// A site to be built.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) world: MemoryWorld,
    pub(crate) options: Options,
    /// Whether lessons are judged as finished ones.
    pub(crate) linted: bool,
}

/// Rules about what lessons of a test need not have: words under each heading, titles of their own, a まとめ.
const UNFINISHED: [&str; 3] = ["E0714", "E0716", "E0717"];

impl Site {
    /// An empty site with a `site.toml`.
    pub(crate) fn new() -> Self {
        let mut world = MemoryWorld::default();
        world.write("site.toml", SITE);
        Self { world, options: Options::default(), linted: false }
    }

    /// A site with the series `secrets`.
    pub(crate) fn series() -> Self {
        Self::new().file("content/secrets/_index.md", SERIES)
    }

    /// With a file.
    pub(crate) fn file(mut self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.world.write(path, bytes);
        self
    }

    /// With a lesson of `secrets`: its front matter's lines after the title, and its body.
    pub(crate) fn lesson(self, number: u32, id: &str, front: &str, body: &str) -> Self {
        let text = format!("---\ntitle: 第{number}の話\n{front}---\n{body}");
        self.file(&format!("content/secrets/{number:03}-{id}.md"), text)
    }

    /// Judged as an author's own site is.
    pub(crate) fn linted(mut self) -> Self {
        self.linted = true;
        self
    }

    /// With drafts.
    pub(crate) fn drafts(mut self) -> Self {
        self.options.drafts = true;
        self
    }

    /// At a time: `2026-01-10T09:00:00+09:00`.
    pub(crate) fn at(mut self, time: &str) -> Self {
        self.world.now = instant(time);
        self
    }

    /// Builds it from nothing.
    pub(crate) fn build(&self) -> Outcome {
        let snapshot = self.world.snapshot().expect("memory does not fail");
        let mut built = build(snapshot, &self.options, &mut Memos::default(), &BTreeMap::new(), &Silent);
        built.diagnostics.retain(|diagnostic| self.linted || !UNFINISHED.contains(&diagnostic.code.id));
        Outcome { built, world: Box::new(self.world.clone()) }
    }

    /// Builds it and expects nothing to be wrong.
    pub(crate) fn build_clean(&self) -> Outcome {
        let outcome = self.build();
        assert_eq!(outcome.places(), Vec::<String>::new(), "{:#?}", outcome.messages(Lang::En));
        outcome
    }
}

/// `2026-01-10T09:00:00+09:00`.
pub(crate) fn instant(time: &str) -> Instant {
    Instant(time.parse::<jiff::Timestamp>().expect("the time is right").as_second())
}

/// A site that was built.
pub(crate) struct Outcome {
    pub(crate) built: Built,
    world: Box<dyn World>,
}

impl Outcome {
    /// The site in a folder of the disk, built at a time in seconds since 1970 in UTC.
    pub(crate) fn of_folder(root: &Path, seconds: i64) -> Self {
        let world = DiskWorld::open(root, Some(Instant(seconds))).expect("there is a site");
        let snapshot = world.snapshot().expect("it can be read");
        let built = build(snapshot, &Options::default(), &mut Memos::default(), &BTreeMap::new(), &Silent);
        Self { built, world: Box::new(world) }
    }

    /// The paths of all files.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.built.tree.iter().map(|(path, _)| path.to_string()).collect()
    }

    /// The bytes of a file.
    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        let entry = self.built.tree.get(&OutPath::new(path));
        let entry = entry.ok_or_else(|| format!("no {path} in {:#?}", self.paths())).expect("it was built");
        match &entry.content {
            Content::Bytes(bytes) => Some(bytes.to_vec()),
            Content::Copy(source) => self.world.read(source).ok(),
            Content::Unchanged => None,
        }
        .expect("the test's builds start from nothing")
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).expect("it is text")
    }

    /// A page, by its route (`secrets/a/`).
    pub(crate) fn page(&self, route: &str) -> Page {
        let path =
            if route.is_empty() || route.ends_with('/') { format!("{route}index.html") } else { route.to_owned() };
        Page { html: scraper::Html::parse_document(&self.text(&path)), route: route.to_owned() }
    }

    /// Whether there is such a file.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.built.tree.get(&OutPath::new(path)).is_some()
    }

    /// `E0501 content/secrets/001-a.md:1:1` for each diagnostic, in order.
    pub(crate) fn places(&self) -> Vec<String> {
        self.built.diagnostics.iter().map(|diagnostic| self.place(diagnostic)).collect()
    }

    fn place(&self, diagnostic: &Diagnostic) -> String {
        // What lies in the program's own theme has no file here; its faults are at the file as a whole.
        let bytes = self.world.read(&diagnostic.file).unwrap_or_default();
        let text = decode(&bytes).value.into_owned();
        let (line, column) = LineIndex::new(&text).locate(&text, diagnostic.span.start as usize);
        format!("{} {}:{line}:{column}", diagnostic.code.id, diagnostic.file)
    }

    /// Messages and helps, in order.
    pub(crate) fn messages(&self, lang: Lang) -> Vec<String> {
        self.built
            .diagnostics
            .iter()
            .map(|diagnostic| format!("{} — {}", diagnostic.message(lang), diagnostic.help(lang)))
            .collect()
    }

    /// The files that the diagnostic with this code names besides its own.
    pub(crate) fn related(&self, code: &str) -> Vec<SourcePath> {
        let found = self.built.diagnostics.iter().filter(|diagnostic| diagnostic.code.id == code);
        found.flat_map(|diagnostic| diagnostic.related.iter().map(|(file, _)| file.clone())).collect()
    }
}

/// A rendered page.
pub(crate) struct Page {
    html: scraper::Html,
    route: String,
}

impl Page {
    /// The page as it is.
    pub(crate) fn html(&self) -> &scraper::Html {
        &self.html
    }

    /// The text of each element that matches, white space folded.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        self.select(selector, |element| {
            element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        })
    }

    /// An attribute of each element that matches and has it.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        self.select(selector, |element| element.value().attr(name).map(str::to_owned)).into_iter().flatten().collect()
    }

    /// Where each link that matches leads, as a route of the site; links to elsewhere as they are.
    pub(crate) fn links(&self, selector: &str) -> Vec<String> {
        self.attributes(selector, "href").iter().map(|href| self.resolve(href)).collect()
    }

    /// The only text that matches.
    pub(crate) fn text(&self, selector: &str) -> String {
        let texts = self.texts(selector);
        assert_eq!(texts.len(), 1, "{selector} on /{}: {texts:?}", self.route);
        texts.concat()
    }

    fn resolve(&self, href: &str) -> String {
        if href.contains(':') || href.starts_with('#') {
            return href.to_owned();
        }
        let href = percent_encoding::percent_decode_str(href).decode_utf8().expect("links are UTF-8");
        let folder = self.route.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in href.split('/') {
            match part {
                "." | "" => {}
                ".." => assert!(parts.pop().is_some(), "{href} leads out of the site from {}", self.route),
                part => parts.push(part),
            }
        }
        let mut route = parts.join("/");
        if (href.ends_with('/') || href.ends_with("..")) && !route.is_empty() {
            route.push('/');
        }
        route
    }

    fn select<T>(&self, selector: &str, f: impl Fn(scraper::ElementRef<'_>) -> T) -> Vec<T> {
        let selector = scraper::Selector::parse(selector).expect("the selector is right");
        self.html.select(&selector).map(f).collect()
    }
}
