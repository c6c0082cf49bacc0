//! The search index: static files from which a browser finds every word of the site without a server.
//!
//! `docs/search-format.md` says what is in them. The stages: [`Plan`] says what can be found, [`words::of_text`] what each
//! text's words are, and [`files`] makes the index: `packs.rs` the text, `grams.rs` and `words.rs` the tables, which
//! `table.rs` cuts into files, `wire.rs` their notation. `fold.rs` and `kana.rs` say what is the same to a searcher.
//!
//! Everything here is a pure function. It reads no disk and knows no template.

mod fold;
mod grams;
mod kana;
mod packs;
mod plan;
mod table;
mod wire;
pub mod words;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

pub use fold::fold;
pub use kana::{normal, skeleton};
pub use plan::Plan;

use crate::content::Text;
use crate::markdown::{Section, Sections};
use crate::par;
use crate::path::OutPath;
use crate::site::SiteModel;
use table::Table;
use wire::Shelf;

/// The path of the index's root, from the site's.
pub fn root() -> OutPath {
    wire::path("root")
}

/// Whether a file of the index could lie at `path`.
pub fn is_file(path: &OutPath) -> bool {
    path.as_str().starts_with(&wire::folder())
}

/// How large things are. The format leaves it to the writer; tests make small ones of a small site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// A list of sections that takes more bytes is split by the next code point.
    pub list: usize,
    /// Bytes of a leaf before it is deflated, about.
    pub leaf: usize,
    /// A directory of more leaves has branches.
    pub directory: usize,
    /// Leaves of a branch, about; at least two.
    pub branch: usize,
    /// Characters of a pack, about.
    pub pack: usize,
    /// A list of the packs of more lessons has branches.
    pub texts: usize,
    /// Lessons of such a branch.
    pub each: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { list: 1_500, leaf: 2_600, directory: 400, branch: 96, pack: 600, texts: 200, each: 64 }
    }
}

/// What search needs of one text: a function of the text alone, kept where the index is not.
#[derive(Debug, Default)]
pub struct Searchable {
    sections: Sections,
    words: OnceLock<String>,
}

impl Searchable {
    /// A text's sections, whose words are looked for when they are needed, or known already.
    pub fn new(sections: Sections, words: Option<String>) -> Self {
        Self { sections, words: words.map_or_else(OnceLock::new, OnceLock::from) }
    }

    /// Its sections.
    pub fn sections(&self) -> &Sections {
        &self.sections
    }

    /// Its words, where they were looked for.
    pub fn known_words(&self) -> Option<&str> {
        self.words.get().map(String::as_str)
    }

    fn words(&self, text: &Text) -> &str {
        let front = &text.front;
        self.words.get_or_init(|| words::of_text(&front.title.value, front.yomi.as_deref(), &self.sections))
    }
}

/// A text as the index takes it.
struct Item<'a> {
    title: Cow<'a, str>,
    /// 0 for what is no lesson.
    number: u32,
    url: &'a str,
    /// At least one, with no holes.
    sections: Cow<'a, [Section]>,
    words: &'a str,
}

/// All files of the index, by path, the root last. `texts` holds what search needs of each text of `plan`, in its order.
pub fn files(site: &SiteModel, plan: &Plan, texts: &[Arc<Searchable>], limits: &Limits) -> Vec<(OutPath, Arc<[u8]>)> {
    let all: Vec<(&plan::Found, &Arc<Searchable>)> = plan.found.iter().zip(texts).collect();
    let items = par::map(&all, |(found, searchable)| item(site, found, searchable));
    let mut shelf = Shelf::default();
    let packs = packs::write(&items, limits, &mut shelf);
    let mut tables = vec![attributes(plan)];
    tables.extend(grams::tables(&items, limits));
    let grams = table::write(&tables, limits, &mut shelf);
    drop(tables);
    let words = table::write(&[words::table(&items)], limits, &mut shelf);
    let facets = shelf.add_one(&facets(plan));

    let mut root = Vec::with_capacity(grams.len() + words.len() + packs.len() + 64);
    wire::count(&mut root, items.len());
    wire::count(&mut root, items.iter().map(|item| item.sections.len()).sum());
    wire::text(&mut root, &plan.language);
    root.extend_from_slice(&grams);
    root.extend_from_slice(&words);
    root.extend_from_slice(&packs);
    facets.write(&mut root);
    shelf.finish(&root)
}

fn item<'a>(site: &'a SiteModel, found: &'a plan::Found, searchable: &'a Searchable) -> Item<'a> {
    let node = &site.texts[found.text];
    let title = node.text.front.title.value.as_str();
    let targets = &site.targets[found.text];
    let title_of = |link: &str| targets.get(link.parse::<usize>().ok()?).and_then(plan::title);
    let list = &searchable.sections.list;
    let sections = if list.is_empty() {
        Cow::Owned(vec![Section::default()])
    } else if list.iter().any(|section| section.text.contains('\0') || section.heading.contains('\0')) {
        let filled = |section: &Section| Section {
            text: fill(&section.text, title_of),
            heading: fill(&section.heading, title_of),
            ..section.clone()
        };
        Cow::Owned(list.iter().map(filled).collect())
    } else {
        Cow::Borrowed(list.as_slice())
    };
    Item {
        title: if title.is_empty() { site.config.title.as_str().into() } else { title.into() },
        number: found.number,
        url: &found.url,
        sections,
        words: searchable.words(&node.text),
    }
}

/// `text` with the titles of lessons where its holes are.
fn fill<'t>(text: &str, title: impl Fn(&str) -> Option<&'t str>) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('\0').enumerate() {
        out.push_str(if at % 2 == 0 { part } else { title(part).unwrap_or_default() });
    }
    out
}

/// The keys of numbers, terms and parts.
fn attributes(plan: &Plan) -> Table {
    let mut lists: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (found, lesson) in plan.found.iter().zip(0_u32..).filter(|(found, _)| found.number > 0) {
        lists.entry(format!("\u{1}#{}", found.number)).or_default().push(lesson);
    }
    for facet in &plan.facets {
        for term in &facet.terms {
            lists.insert(format!("\u{1}@{}/{}", facet.key, term.id), term.lessons.clone());
        }
    }
    let mut lists: Vec<_> = lists.into_iter().collect();
    lists.sort_by(|a, b| table::order(&a.0, &b.0));
    let mut table = Table::default();
    for (key, lessons) in lists {
        let mut list = grams::List::default();
        for lesson in lessons {
            list.add((lesson, 0), u64::from);
        }
        table.push(&key, &list.finish());
    }
    table
}

fn facets(plan: &Plan) -> Vec<u8> {
    let mut out = Vec::new();
    wire::count(&mut out, plan.facets.len());
    for facet in &plan.facets {
        wire::text(&mut out, &facet.key);
        wire::text(&mut out, &facet.label);
        wire::count(&mut out, facet.terms.len());
        for term in &facet.terms {
            wire::text(&mut out, &term.id);
            wire::text(&mut out, &term.label);
            wire::count(&mut out, term.lessons.len());
        }
    }
    out
}
