//! The index of a site: who is found, under which numbers, terms and readings, and when it is made at all.

use std::collections::BTreeMap;

use hiketsu::build::{Memos, Silent, build};
use hiketsu::output::Content;
use hiketsu::output::manifest::Manifest;
use hiketsu::world::World as _;

use super::reader::{FacetTerm, Reader};
use super::support::{Outcome, SITE, Site};

fn read(outcome: &Outcome) -> Reader {
    Reader::new(outcome.index())
}

fn site() -> Site {
    Site::new()
        .file(
            "content/secrets/_index.md",
            "---\ntitle: 連載\nkind: series\nplanned: 10\nparts:\n  - title: 心\n    start: 1\n  - title: 技\n    start: 3\n---\n\n紹介文。\n",
        )
        .lesson(1, "a", "yomi: だいいちのはなし\ntags: [信頼, 傾聴]\n", "{秘訣|ひけつ}は[[b]]です。\n")
        .lesson(2, "b", "tags: [信頼]\n", "## 見出し\n\n本文とWebinar。\n\n> [!SUMMARY]\n> 要点。\n\n続き。\n")
        .lesson(3, "c", "draft: true\n", "草稿。\n")
        .lesson(4, "d", "categories: [本質]\n", "四つ目。\n")
        .file("content/about.md", "---\ntitle: 案内\n---\n\n案内の文。\n")
        .file("content/_index.md", "---\ntitle: 家\n---\n\n玄関。\n")
}

/// Title, number and URL of each that can be found.
fn found(reader: &Reader) -> Vec<(String, u64, String)> {
    let first = reader.texts.iter().map(|packs| &packs[0]);
    first.map(|pack| (pack.title.clone(), pack.number, pack.url.clone())).collect()
}

#[test]
fn lessons_in_order_and_then_pages_are_found() {
    let reader = read(&site().build_clean());
    let own = |title: &str, number, url: &str| (title.to_owned(), number, url.to_owned());
    assert_eq!(
        found(&reader),
        [
            own("第1の話", 1, "secrets/a/"),
            own("第2の話", 2, "secrets/b/"),
            own("第4の話", 4, "secrets/d/"),
            own("家", 0, ""),
            own("案内", 0, "about/"),
            own("連載", 0, "secrets/"),
        ]
    );
    assert_eq!(reader.language, "ja");
    let drafts = read(&site().drafts().build_clean());
    assert_eq!(found(&drafts)[2].0, "第3の話");
    assert!(!reader.all_grams().contains_key("草"), "what is not shown is not in the index");
    assert!(drafts.all_grams().contains_key("草"));
}

#[test]
fn numbers_terms_and_parts_have_keys() {
    let reader = read(&site().build_clean());
    let grams = reader.all_grams();
    let keys = grams.iter().filter(|(key, _)| key.starts_with('\u{1}'));
    let lists: BTreeMap<&str, Vec<u64>> = keys
        .map(|(key, value)| (key.trim_start_matches('\u{1}'), value.body.iter().map(|(lesson, _)| *lesson).collect()))
        .collect();
    let expected: [(&str, &[u64]); 8] = [
        ("#1", &[0]),
        ("#2", &[1]),
        ("#4", &[2]),
        ("@categories/本質", &[2]),
        ("@part/secrets/1", &[0, 1]),
        ("@part/secrets/3", &[2]),
        ("@tags/信頼", &[0, 1]),
        ("@tags/傾聴", &[0]),
    ];
    assert_eq!(lists, expected.map(|(key, lessons)| (key, lessons.to_vec())).into());
    let own = |id: &str, label: &str, count| FacetTerm { id: id.to_owned(), label: label.to_owned(), count };
    let facets: Vec<_> = reader.facets.iter().map(|facet| (facet.key.as_str(), facet.terms.clone())).collect();
    assert!(reader.facets.iter().any(|facet| facet.label == "章"));
    assert_eq!(
        facets,
        [
            ("categories", vec![own("本質", "本質", 1)]),
            ("tags", vec![own("信頼", "信頼", 2), own("傾聴", "傾聴", 1)]),
            ("part", vec![own("secrets/1", "心", 2), own("secrets/3", "技", 1)]),
        ]
    );
}

#[test]
fn sections_have_the_headings_and_ids_of_the_page() {
    let reader = read(&site().build_clean());
    let sections: Vec<_> = reader.texts[1].iter().flat_map(|pack| pack.sections.clone()).collect();
    let shown: Vec<_> = sections.iter().map(|s| (s.kind, &*s.id, &*s.heading, &*s.text)).collect();
    assert_eq!(
        shown,
        [
            (0, "", "", ""),
            (0, "見出し", "見出し", "本文とWebinar。"),
            (1, "まとめ", "まとめ", "要点。"),
            (0, "見出し", "見出し", "続き。"),
        ]
    );
    let grams = reader.all_grams();
    assert_eq!(grams["要点"].strong, BTreeMap::from([((1, 2), 1)]));
    assert!(grams["要点"].body.is_empty());
    assert_eq!(grams["見出"].strong, BTreeMap::from([((1, 1), 2), ((1, 3), 2)]));
    assert_eq!(grams["第2"].strong, BTreeMap::from([((1, 0), 3)]));
}

#[test]
fn a_link_by_id_is_found_by_the_title_that_it_shows() {
    let reader = read(&site().build_clean());
    assert_eq!(reader.texts[0][0].sections[0].text, "秘訣は第2の話です。");
    let renamed = site().file("content/secrets/002-b.md", "---\ntitle: 別の題\n---\n");
    assert_eq!(read(&renamed.build_clean()).texts[0][0].sections[0].text, "秘訣は別の題です。");
}

#[test]
fn words_are_found_by_their_readings() {
    let words = read(&site().build_clean()).all_words();
    let entry = |key: &str| words.get(key).cloned().unwrap_or_default();
    let own = |reading: &str, surface: &str| (reading.to_owned(), surface.to_owned(), 0);
    assert!(entry("ひけつ").contains(&own("", "秘訣")), "{words:?}");
    assert!(entry("だいいちのはなし").contains(&own("", "第1の話")));
    assert_eq!(entry("\u{3}webinar"), [own("", "")]);
}

#[test]
fn without_search_there_is_no_index() {
    let off = site().file("site.toml", format!("{SITE}[search]\nenabled = false\n")).build_clean();
    assert_eq!(off.index(), BTreeMap::new());
    assert!(off.built.search.is_none());
}

#[test]
fn an_index_that_is_there_is_neither_made_nor_are_its_memos_read() {
    let site = site();
    let mut memos = Memos::default();
    let run = |site: &Site, memos: &mut Memos, records: &BTreeMap<_, _>| {
        build(site.world.snapshot().expect("memory does not fail"), &site.options, memos, records, &Silent)
    };
    let mut first = run(&site, &mut memos, &BTreeMap::new());
    first.complete(&mut memos, Vec::new);
    let (stored, search) = (memos.save(), memos.save_search().expect("it was made"));
    let records = Manifest::of(&first.tree).files;

    let mut memos = Memos::load(&stored);
    let mut again = run(&site, &mut memos, &records);
    assert!(again.search.is_none());
    again.complete(&mut memos, || unreachable!("nobody needs it"));
    let index = again.tree.iter().filter(|(path, _)| path.as_str().starts_with("_/search/"));
    let contents: Vec<_> = index.map(|(_, entry)| &entry.content).collect();
    assert!(contents.len() > 3 && contents.iter().all(|content| **content == Content::Unchanged));
    assert!(memos.are_stored() && memos.save_search().is_none());
    assert_eq!(Manifest::of(&again.tree), Manifest::of(&first.tree));

    // A file that is gone is made again, with all others.
    let lost: BTreeMap<_, _> =
        records.clone().into_iter().filter(|(path, _)| path.as_str() != "_/search/root.js").collect();
    let mut memos = Memos::load(&stored);
    let mut repaired = run(&site, &mut memos, &lost);
    repaired.complete(&mut memos, || search.clone());
    assert_eq!(Manifest::of(&repaired.tree), Manifest::of(&first.tree));
    assert_eq!(memos.save_search(), Some(search), "the same texts are stored as the same bytes");
}

#[test]
fn an_edit_changes_few_files() {
    let body = |n: u32| {
        let words: String = (0..300).filter_map(|at| char::from_u32(0x4E00 + (n * 131 + at * (n + 7)) % 900)).collect();
        format!("## 章\n\n{words}。\n")
    };
    let site = (1..=60).fold(Site::series(), |site, n| site.lesson(n, &format!("l{n}"), "", &body(n)));
    let before = site.build().index();
    let after = site.lesson(30, "l30", "", &format!("{}\n一文を足す。\n", body(30))).build().index();
    let changed = after.keys().filter(|path| !before.contains_key(*path)).count();
    // The sentence has a dozen grams, each in a leaf of its own, and the lesson's pack.
    assert!(before.len() > 80 && changed <= 20, "{changed} of {}", before.len());
}

#[test]
fn an_edit_while_serving_makes_no_index() {
    let mut site = site();
    let mut memos = Memos::serving();
    let mut run = |site: &Site| {
        let snapshot = site.world.snapshot().expect("memory does not fail");
        build(snapshot, &site.options, &mut memos, &BTreeMap::new(), &Silent)
    };
    let root = hiketsu::search::root();
    let first = run(&site).search.expect("it is due");
    let before = first.get(&root).expect("there is a root").hash;
    let same = run(&site).search.expect("it is there");
    assert!(std::sync::Arc::ptr_eq(&first, &same), "nothing changed");
    site.world.write("content/about.md", "---\ntitle: 案内\n---\n\n別の文。\n");
    let edited = run(&site);
    assert!(edited.tree.get(&root).is_none());
    assert_ne!(edited.search.expect("it is due").get(&root).expect("there is a root").hash, before);
}
