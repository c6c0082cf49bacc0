//! The law: after any edits, a build with warm memos gives what a clean build gives, bytes and diagnostics; also where
//! the memos went through the disk, and where the output folder holds what the last build wrote.

mod support;

use std::collections::BTreeMap;

use hiketsu::build::{Built, Memos, Silent, build};
use hiketsu::output::manifest::{Manifest, Record};
use hiketsu::output::{Content, OutputTree};
use hiketsu::path::OutPath;
use hiketsu::world::World;
use hiketsu::world::memory::MemoryWorld;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use support::{SERIES, SITE, Site};

/// One thing that an author does.
#[derive(Debug, Clone)]
enum Edit {
    Write(&'static str, String),
    Remove(&'static str),
    Rename(&'static str, &'static str),
    Clock(i64),
    Drafts(bool),
}

const LESSONS: [&str; 7] = [
    "content/secrets/001-a.md",
    "content/secrets/002-b.md",
    "content/secrets/003-c.md",
    "content/secrets/004-信頼.md",
    "content/secrets/003-d.md",
    "content/secrets/07-e.md",
    "content/about.md",
];

fn lesson() -> impl Strategy<Value = String> {
    let title = select(vec!["甲", "乙", "長い題名の話です", "<b>&", ""]);
    let tags = select(vec![
        "",
        "tags: [信頼]\n",
        "tags: [信頼, 傾聴]\n",
        "tags: [準備]\ncategories: [本質]\n",
        "tags: [typo\n",
    ]);
    let front = select(vec![
        "",
        "date: 2026-01-05\n",
        "draft: true\n",
        "publish: 2026-03-01\n",
        "requires: [a]\n",
        "aliases: [/old/]\n",
        "toc: false\n",
        "no_such: 1\n",
    ]);
    let body = vec(
        select(vec![
            "はじめの段落です。\n",
            "## 見出し\n\n本文。\n",
            "[前](001-a.md)\n",
            "[見出し](002-b.md#見出し)\n",
            "[[b]]と[[c|三つ目]]\n",
            "![図](chart.png)\n",
            "> [!SUMMARY]\n> 1. 一\n> 2. 二\n",
            "> [!BAD] 題\n> 営業「はい」\n",
            "```rust\nfn main() {}\n```\n",
            "> [!NOPE]\n> x\n",
            ":::まとめ\n- [[a]]\n:::\n",
        ]),
        0..4,
    );
    (title, tags, front, body)
        .prop_map(|(title, tags, front, body)| format!("---\ntitle: {title}\n{tags}{front}---\n\n{}", body.join("\n")))
}

fn edit() -> impl Strategy<Value = Edit> {
    let templates = [
        "{% extends \"base.html\" %}{% block content %}<h1>{{ page.title }}</h1>{{ page.content | safe }}{% endblock %}",
        "{{ nothing }}",
        "{% if",
        "{% include \"none.html\" %}",
        "{{ page.title | no_such }}",
        "{% extends \"lesson.html\" %}",
        "<a href=\"{{ root }}no/such/\">x</a>",
    ];
    let sites = [
        SITE.to_owned(),
        format!("{SITE}tagline = \"副題\"\n[paging]\nper_page = 1\n"),
        format!("{SITE}[feeds]\ncontent = \"summary\"\n"),
        format!("{SITE}nonsense = 1\n"),
        format!(
            "{SITE}[theme]\nparagraph = \"indent\"\nmeasure = 30\n[theme.colors]\ntext = \"#777\"\n[security]\nallow = [\"https://a.example\"]\n"
        ),
        "title = \"別の名\"\nbase_url = \"https://example.com/course/\"\nlanguage = \"en\"\n".to_owned(),
    ];
    prop_oneof![
        8 => (select(LESSONS.to_vec()), lesson()).prop_map(|(path, text)| Edit::Write(path, text)),
        2 => select(LESSONS.to_vec()).prop_map(Edit::Remove),
        2 => (select(LESSONS.to_vec()), select(LESSONS.to_vec())).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => select(sites.to_vec()).prop_map(|text| Edit::Write("site.toml", text)),
        1 => select(vec![SERIES.to_owned(), format!("{}parts:\n  - title: 前半\n    start: 1\n  - title: 後半\n    start: 3\n---\n\n紹介。\n", SERIES.trim_end_matches("---\n"))])
            .prop_map(|text| Edit::Write("content/secrets/_index.md", text)),
        1 => select(vec!["x", "yy"]).prop_map(|bytes| Edit::Write("content/secrets/chart.png", bytes.to_owned())),
        1 => select(templates.to_vec()).prop_map(|text| Edit::Write("templates/lesson.html", text.to_owned())),
        1 => Just(Edit::Remove("templates/lesson.html")),
        1 => select(vec!["body{}", "body{color:red}"]).prop_map(|text| Edit::Write("assets/style.css", text.to_owned())),
        1 => select(vec![1_767_225_600, 1_775_000_000]).prop_map(Edit::Clock),
        1 => any::<bool>().prop_map(Edit::Drafts),
    ]
}

fn apply(site: &mut Site, edit: &Edit) {
    let world: &mut MemoryWorld = &mut site.world;
    match edit {
        Edit::Write(path, text) => world.write(path, text),
        Edit::Remove(path) => {
            world.remove(path);
        }
        Edit::Rename(from, to) => {
            let bytes = world.files().find(|(path, _)| path.as_str() == *from).map(|(_, bytes)| bytes.to_vec());
            if let Some(bytes) = bytes {
                world.remove(from);
                world.write(to, bytes);
            }
        }
        Edit::Clock(now) => world.now = hiketsu::time::Instant(*now),
        Edit::Drafts(on) => site.options.drafts = *on,
    }
}

fn run(site: &Site, memos: &mut Memos, records: &BTreeMap<OutPath, Record>, search: &[u8]) -> Built {
    let snapshot = site.world.snapshot().expect("memory does not fail");
    let mut built = build(snapshot, &site.options, memos, records, &Silent);
    if !built.has_errors() {
        built.complete(memos, || search.to_vec());
    }
    built
}

/// The output folder after `tree` was written over what was there.
fn written(tree: &OutputTree, world: &MemoryWorld, before: &BTreeMap<OutPath, Vec<u8>>) -> BTreeMap<OutPath, Vec<u8>> {
    let files = tree.iter().map(|(path, entry)| {
        let bytes = match &entry.content {
            Content::Bytes(bytes) => bytes.to_vec(),
            Content::Copy(source) => world.read(source).expect("it is there"),
            Content::Unchanged => before.get(path).expect("what is unchanged was there").clone(),
        };
        assert_eq!((bytes.len() as u64, hiketsu::memo::Hash::of(&bytes)), (entry.len, entry.hash), "{path}");
        (path.clone(), bytes)
    });
    files.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn warm_equals_clean(edits in vec(edit(), 1..14)) {
        let mut site = Site::series();
        // Serving: memos stay in memory, all bytes are wanted.
        let mut serving = Memos::serving();
        // Building again and again: memos go through the disk, the output folder is there.
        let mut stored = Vec::new();
        let mut search = Vec::new();
        let mut folder = BTreeMap::new();
        let mut records = BTreeMap::new();
        for edit in &edits {
            apply(&mut site, edit);
            let clean = run(&site, &mut Memos::default(), &BTreeMap::new(), &[]);
            let served = run(&site, &mut serving, &BTreeMap::new(), &[]);
            prop_assert_eq!(&served.diagnostics, &clean.diagnostics);
            prop_assert_eq!(&served.tree, &clean.tree);

            let mut memos = Memos::load(&stored);
            let again = run(&site, &mut memos, &records, &search);
            prop_assert_eq!(&again.diagnostics, &clean.diagnostics);
            if again.has_errors() {
                continue;
            }
            folder = written(&again.tree, &site.world, &folder);
            records = Manifest::of(&again.tree).files;
            stored = memos.save();
            search = memos.save_search().unwrap_or(search);
            prop_assert_eq!(&folder, &written(&clean.tree, &site.world, &BTreeMap::new()));
            prop_assert_eq!(Manifest::of(&again.tree), Manifest::of(&clean.tree));
        }
    }

    #[test]
    fn the_order_of_files_and_a_second_run_change_nothing(edits in vec(edit(), 1..10)) {
        let mut site = Site::series();
        for edit in &edits {
            apply(&mut site, edit);
        }
        let mut backwards = MemoryWorld::default();
        backwards.now = site.world.now;
        let files: Vec<_> = site.world.files().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect();
        for (path, bytes) in files.iter().rev() {
            backwards.write(path, bytes);
        }
        let other = Site { world: backwards, ..site.clone() };
        prop_assert_eq!(site.build().built.tree, other.build().built.tree);
    }
}

#[test]
fn a_memo_that_was_cut_or_changed_is_no_memo() {
    let site = Site::series().lesson(1, "a", "", "本文。\n");
    let mut memos = Memos::default();
    let clean = run(&site, &mut memos, &BTreeMap::new(), &[]);
    let stored = memos.save();
    assert_eq!(stored, Memos::load(&stored).save(), "what is stored comes back");
    for cut in [0, 1, 10, stored.len() / 2, stored.len() - 1] {
        let mut memos = Memos::load(&stored[..cut]);
        assert_eq!(run(&site, &mut memos, &BTreeMap::new(), &[]).tree, clean.tree);
    }
    let mut flipped = stored.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    assert_eq!(Memos::load(&flipped).save(), Memos::default().save());
}
