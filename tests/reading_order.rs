//! The reading order: what leads where from a lesson, whatever the order of files; what is planned, held back or
//! withdrawn; and that every list of the site goes by the same rule.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::btree_map;
use proptest::prelude::*;
use support::{Outcome, SERIES, SITE, Site};

/// A date, a tag and a まとめ, so that a lesson is in every list that there is.
const LISTED: &str = "date: 2025-12-01\ntags: [共通]\n";
const BODY: &str = "本文です。\n\n> [!SUMMARY]\n> 1. まとめです。\n";

fn no_links() -> Vec<String> {
    Vec::new()
}

/// The routes of `secrets` by following 次の回 from the first lesson of the contents page.
fn walk(outcome: &Outcome) -> Vec<String> {
    let mut route = outcome.page("secrets/").links("main ol.lessons a").into_iter().next();
    let mut walked: Vec<String> = Vec::new();
    while let Some(here) = route {
        let page = outcome.page(&here);
        assert_eq!(page.links("a[rel=prev]"), walked.last().cloned().into_iter().collect::<Vec<_>>(), "{here}");
        assert!(!walked.contains(&here), "{here} comes twice: {walked:?}");
        let next = page.links("a[rel=next]");
        assert!(next.len() <= 1, "{next:?}");
        walked.push(here);
        route = next.into_iter().next();
    }
    walked
}

/// What each list of the site says the lessons of `secrets` are.
fn lists(outcome: &Outcome) -> BTreeMap<&'static str, Vec<String>> {
    let lesson = |route: &String| {
        route.strip_prefix("secrets/").is_some_and(|rest| !rest.is_empty() && !rest.starts_with("takeaways"))
    };
    let on = |route: &str, selector: &str| -> Vec<String> {
        let path = format!("{route}index.html");
        let links = if outcome.has(&path) { outcome.page(route).links(selector) } else { Vec::new() };
        links.into_iter().filter(lesson).collect()
    };
    let between = |path: &str, open: &str| -> Vec<String> {
        let text = outcome.text(path);
        let found = text.split(open).skip(1).filter_map(|rest| rest.split('<').next());
        let routes = found.filter_map(|url| url.strip_prefix("https://example.com/").map(str::to_owned));
        routes.filter(lesson).collect()
    };
    let json: serde_json::Value = serde_json::from_str(&outcome.text("feed.json")).expect("it is JSON");
    let items = json["items"].as_array().expect("a list").iter();
    let json: Vec<String> =
        items.filter_map(|item| Some(item["url"].as_str()?.strip_prefix("https://example.com/")?.to_owned())).collect();
    BTreeMap::from([
        ("walk", walk(outcome)),
        ("contents", on("secrets/", "main ol.lessons a")),
        ("home", on("", "main .contents ol.lessons a")),
        ("term", on("tags/共通/", "main ol.lessons a")),
        ("search", on("search/", "main ol.lessons a")),
        ("takeaways", on("secrets/takeaways/", "main h2 a")),
        ("atom", between("feed.xml", "<id>").into_iter().rev().collect()),
        ("json", json.into_iter().rev().collect()),
        ("sitemap", between("sitemap.xml", "<loc>")),
        (
            "files",
            outcome
                .paths()
                .iter()
                .filter_map(|path| path.strip_suffix("index.html").map(str::to_owned))
                .filter(lesson)
                .collect(),
        ),
    ])
}

/// That every list holds exactly `expected`; those that have an order, in it.
#[track_caller]
fn assert_lists(outcome: &Outcome, expected: &[&str]) {
    for (list, mut found) in lists(outcome) {
        let mut expected: Vec<String> = expected.iter().map(|id| format!("secrets/{id}/")).collect();
        if matches!(list, "sitemap" | "files") {
            found.sort();
            expected.sort();
        }
        assert_eq!(found, expected, "{list}");
    }
    let counted = outcome.page("secrets/").text(".head .count");
    assert!(counted.contains(&format!("のうち{}回", expected.len())), "{counted}");
    let terms = outcome.has("tags/index.html").then(|| outcome.page("tags/").text(".terms li"));
    assert_eq!(terms, (!expected.is_empty()).then(|| format!("共通 {}件", expected.len())));
    assert_eq!(outcome.built.counts.lessons, expected.len());
}

#[test]
fn a_lesson_leads_back_on_to_the_first_and_up() {
    let site = Site::series()
        .lesson(1, "start", "", BODY)
        .lesson(3, "middle", "", BODY)
        .lesson(4, "more", "", BODY)
        .lesson(7, "end", "", BODY);
    let outcome = site.build_clean();

    let middle = outcome.page("secrets/middle/");
    assert_eq!(middle.links("a[rel=prev]"), ["secrets/start/"]);
    assert_eq!(middle.links("a[rel=next]"), ["secrets/more/"]);
    assert!(middle.text("a[rel=prev]").starts_with("前の回 第1回"), "{}", middle.text("a[rel=prev]"));
    assert!(middle.text("a[rel=next]").starts_with("次の回 第4回"), "{}", middle.text("a[rel=next]"));
    assert_eq!(middle.links(".around a"), ["", "secrets/start/", "secrets/"], "top, first, contents");
    assert_eq!(middle.links(".crumbs a"), ["", "secrets/"]);
    assert_eq!(middle.texts(".crumbs li"), ["トップ", "連載", "第3回"]);
    assert_eq!(middle.texts(".crumbs [aria-current=page]"), ["第3回"]);
    assert_eq!(middle.texts(".meta span")[0], "第3回（全10回）", "the number, not the rank");

    let first = outcome.page("secrets/start/");
    assert_eq!(first.links("a[rel=prev]"), no_links());
    assert_eq!(first.links(".around a"), ["", "secrets/"], "the first lesson does not lead to itself");
    let last = outcome.page("secrets/end/");
    assert_eq!(last.links("a[rel=next]"), no_links());
    assert_eq!(last.texts(".pager p"), ["公開中の最新回です。次の回は準備中です。"]);
    assert_eq!(outcome.page("").links(".start a")[0], "secrets/start/", "the home page starts with the first");
}

#[test]
fn the_last_planned_lesson_says_that_it_is_the_last() {
    let outcome = Site::series().lesson(9, "a", "", BODY).lesson(10, "b", "", BODY).build_clean();
    assert_eq!(outcome.page("secrets/b/").texts(".pager p"), ["これで全10回です。おつかれさまでした。"]);
    assert_eq!(outcome.page("secrets/a/").texts(".pager p"), no_links());
}

#[test]
fn numbers_order_whatever_their_padding_and_stay_out_of_urls() {
    let file = |number: &str| format!("---\ntitle: 第{number}の話\n{LISTED}---\n{BODY}");
    let site = Site::series()
        .file("content/secrets/10-j.md", file("10"))
        .file("content/secrets/9-i.md", file("9"))
        .file("content/secrets/008-h.md", file("8"))
        .file("content/secrets/00002-z-first.md", file("2"));
    let outcome = site.build_clean();
    let expected = ["secrets/z-first/", "secrets/h/", "secrets/i/", "secrets/j/"];
    assert_eq!(walk(&outcome), expected);
    assert_lists(&outcome, &["z-first", "h", "i", "j"]);
    // The names of assets hold hashes.
    let numbered = |path: &String| !path.starts_with("_/") && (path.contains("10") || path.contains("008"));
    assert!(!outcome.paths().iter().any(numbered), "{:?}", outcome.paths());
}

#[test]
fn moving_lessons_changes_no_url() {
    let before = Site::series().lesson(1, "a", LISTED, BODY).lesson(2, "b", LISTED, BODY).lesson(3, "c", LISTED, BODY);
    let after = Site::series().lesson(9, "a", LISTED, BODY).lesson(2, "b", LISTED, BODY).lesson(1, "c", LISTED, BODY);
    let (before, after) = (before.build_clean(), after.build_clean());
    assert_eq!(before.paths(), after.paths());
    assert_eq!(walk(&before), ["secrets/a/", "secrets/b/", "secrets/c/"]);
    assert_eq!(walk(&after), ["secrets/c/", "secrets/b/", "secrets/a/"]);
}

#[test]
fn a_link_to_a_lesson_that_moved_is_found_by_its_file() {
    let site = Site::series().lesson(1, "a", "", "[次](002-b.md) [見出し](002-b.md#見出し)\n").lesson(
        2,
        "b",
        "",
        "## 見出し\n\n本文。\n",
    );
    let links = site.build_clean().page("secrets/a/").links(".body a");
    assert_eq!(links, ["secrets/b/", "secrets/b/#見出し"]);
}

#[test]
fn planned_lessons_are_shown_and_never_linked() {
    let outcome = Site::series().lesson(2, "b", "", BODY).lesson(5, "e", "", BODY).build_clean();
    for page in [outcome.page("secrets/"), outcome.page("")] {
        assert_eq!(
            page.texts("ol.lessons li"),
            ["第1回 準備中", "第2の話", "第3回〜第4回 準備中", "第5の話", "第6回〜第10回 準備中"]
        );
        assert_eq!(page.links("ol.lessons a"), ["secrets/b/", "secrets/e/"]);
        assert_eq!(page.texts(".planned a"), no_links());
        assert_eq!(page.attributes("ol.lessons > li", "value"), ["1", "2", "3", "5", "6"]);
    }
    assert_eq!(outcome.page("secrets/b/").links("a[rel=next]"), ["secrets/e/"]);
}

#[test]
fn a_series_is_as_long_as_planned_or_as_its_highest_number() {
    let index = "---\ntitle: 連載\nkind: series\n---\n";
    let site = Site::new().file("content/secrets/_index.md", index).lesson(3, "c", "", BODY);
    assert_eq!(site.build_clean().page("secrets/c/").texts(".meta span")[0], "第3回（全3回）");
    let beyond = Site::series().lesson(12, "l", "", BODY).build();
    assert_eq!(beyond.places(), ["E0506 content/secrets/_index.md:4:10"]);
    assert_eq!(beyond.page("secrets/l/").texts(".meta span")[0], "第12回（全12回）");
}

#[test]
fn parts_divide_the_contents_and_are_named_on_the_way() {
    let index = "---\ntitle: 連載\nkind: series\nplanned: 9\nparts:\n  - title: 本質\n    start: 3\n    description: 土台です。\n  - title: 実践\n    start: 6\n---\n";
    let site = Site::new()
        .file("content/secrets/_index.md", index)
        .lesson(1, "a", "", BODY)
        .lesson(4, "d", "", "[実践へ](_index.md#_part-6)\n")
        .lesson(6, "f", "", BODY);
    let outcome = site.build_clean();
    let contents = outcome.page("secrets/");
    assert_eq!(contents.texts(".part > h2"), ["本質 第3回〜第5回", "実践 第6回〜第9回"]);
    assert_eq!(contents.texts(".part .lead"), ["土台です。"]);
    assert_eq!(contents.attributes(".part", "id"), ["_part-1", "_part-3", "_part-6"]);
    assert_eq!(contents.texts("#_part-1 li"), ["第1の話", "第2回 準備中"], "before the first part");
    assert_eq!(contents.texts("#_part-3 li"), ["第3回 準備中", "第4の話", "第5回 準備中"]);
    assert_eq!(contents.texts("#_part-6 li"), ["第6の話", "第7回〜第9回 準備中"]);

    let inside = outcome.page("secrets/d/");
    assert_eq!(inside.texts(".crumbs li"), ["トップ", "連載", "本質", "第4回"]);
    assert_eq!(inside.links(".crumbs a"), ["", "secrets/", "secrets/#_part-3"]);
    assert_eq!(inside.links(".body a"), ["secrets/#_part-6"]);
    assert_eq!(outcome.page("secrets/a/").texts(".crumbs li"), ["トップ", "連載", "第1回"], "no part, no step");
    assert_eq!(walk(&outcome), ["secrets/a/", "secrets/d/", "secrets/f/"], "parts do not interrupt");
}

#[test]
fn several_series_stay_apart() {
    let other = |id: &str| format!("---\ntitle: 別の{id}\n{LISTED}---\n{BODY}");
    let site = Site::series()
        .lesson(1, "a", LISTED, BODY)
        .lesson(2, "b", LISTED, BODY)
        .file("content/basics/_index.md", "---\ntitle: 基礎\nkind: series\n---\n")
        .file("content/basics/1-x.md", other("x"))
        .file("content/basics/2-a.md", other("a"))
        .file("content/deep/er/_index.md", "---\ntitle: 奥\nkind: series\n---\n")
        .file("content/deep/er/1-y.md", other("y"));
    let outcome = site.build_clean();
    assert_eq!(outcome.page("basics/a/").links("a[rel=next]"), no_links(), "a series ends with its last lesson");
    assert_eq!(outcome.page("secrets/a/").links("a[rel=prev]"), no_links());
    assert_eq!(outcome.page("deep/er/y/").links(".crumbs a"), ["", "deep/er/"]);
    assert_eq!(outcome.page("").links(".contents > h2 a"), ["basics/", "deep/er/", "secrets/"]);
    let term = outcome.page("tags/共通/");
    assert_eq!(term.links("ol.lessons a"), ["basics/x/", "basics/a/", "deep/er/y/", "secrets/a/", "secrets/b/"]);
    assert_eq!(term.texts("ol.lessons small"), ["基礎", "基礎", "奥", "連載", "連載"]);
    assert_eq!(outcome.page("basics/takeaways/").links("main h2 a"), ["basics/x/", "basics/a/"]);
}

#[test]
fn a_series_in_content_itself_has_the_home_page_for_its_contents() {
    let site = Site::new()
        .file("content/_index.md", "---\ntitle: 連載\nkind: series\nplanned: 3\n---\n\n紹介です。\n")
        .file("content/1-a.md", "---\ntitle: 一\n---\n本文。\n")
        .file("content/2-b.md", "---\ntitle: 二\n---\n本文。\n");
    let outcome = site.build_clean();
    let home = outcome.page("");
    assert_eq!(home.links("main ol.lessons a"), ["a/", "b/"]);
    assert_eq!(home.texts(".body p"), ["紹介です。"]);
    assert_eq!(outcome.page("a/").links("a[rel=next]"), ["b/"]);
    assert_eq!(outcome.page("b/").links(".around a"), ["", "a/", ""]);
}

#[test]
fn drafts_and_scheduled_lessons_are_in_no_list_until_asked_for() {
    let site = Site::series()
        .lesson(1, "a", LISTED, BODY)
        .lesson(2, "draft", &format!("{LISTED}draft: true\n"), BODY)
        .lesson(3, "later", &format!("{LISTED}publish: 2099-01-01\n"), BODY)
        .lesson(4, "gone", &format!("{LISTED}expire: 2025-12-31\n"), BODY)
        .lesson(5, "e", LISTED, BODY);
    assert_lists(&site.build_clean(), &["a", "e"]);

    let shown = site.clone().drafts().build_clean();
    let mut lists = lists(&shown);
    let expected = ["secrets/a/", "secrets/draft/", "secrets/later/", "secrets/e/"];
    // What is not published is not offered to search engines, even where it is shown.
    assert_eq!(lists.remove("sitemap"), Some(vec!["secrets/a/".to_owned(), "secrets/e/".to_owned()]));
    for (list, found) in lists {
        assert_eq!(found.iter().collect::<BTreeSet<_>>(), expected.map(str::to_owned).iter().collect(), "{list}");
    }
    let draft = shown.page("secrets/draft/");
    assert_eq!(draft.attributes("meta[name=robots]", "content"), ["noindex"]);
    assert_eq!(draft.texts(".draft"), ["公開前の回です。まだ読者には見えません。"]);
    assert_eq!(shown.page("secrets/a/").texts(".draft"), no_links());
}

#[test]
fn a_lesson_appears_and_goes_at_the_very_second() {
    let front = format!("{LISTED}publish: 2026-01-10 09:00\nexpire: 2026-02-01T00:00:00Z\n");
    let site = Site::series().lesson(1, "a", LISTED, BODY).lesson(2, "b", &front, BODY);
    for (time, shown) in [
        ("2026-01-09T23:59:59Z", false),
        ("2026-01-10T09:00:00+09:00", true),
        ("2026-01-31T23:59:59Z", true),
        ("2026-02-01T00:00:00Z", false),
    ] {
        let expected: &[&str] = if shown { &["a", "b"] } else { &["a"] };
        assert_lists(&site.clone().at(time).build_clean(), expected);
    }
    let expired = site.at("2026-02-01T00:00:00Z").drafts().build_clean();
    assert_eq!(walk(&expired), ["secrets/a/"], "what was withdrawn is no draft");
}

#[test]
fn a_date_alone_begins_with_the_day_of_the_sites_time_zone() {
    let lesson = |site: Site| site.lesson(1, "a", "publish: 2026-01-10\n", BODY);
    let tokyo = lesson(Site::series());
    let zone = format!("{SITE}timezone = \"America/New_York\"\n");
    let new_york = lesson(Site::series().file("site.toml", zone));
    let count = |site: &Site, time: &str| site.clone().at(time).build().built.counts.lessons;
    assert_eq!([count(&tokyo, "2026-01-09T14:59:59Z"), count(&tokyo, "2026-01-09T15:00:00Z")], [0, 1]);
    assert_eq!([count(&new_york, "2026-01-10T04:59:59Z"), count(&new_york, "2026-01-10T05:00:00Z")], [0, 1]);
    let outcome = tokyo.at("2026-03-01T00:00:00Z").build_clean();
    assert_eq!(outcome.page("secrets/a/").texts("time"), ["2026年1月10日"], "a lesson without date shows that day");
}

#[test]
fn a_series_that_is_not_published_hides_its_lessons() {
    let index = format!("{}draft: true\n---\n", SERIES.trim_end_matches("---\n"));
    let site = Site::new()
        .file("content/secrets/_index.md", index)
        .lesson(1, "a", LISTED, BODY)
        .file("content/about.md", "---\ntitle: 案内\n---\n");
    let outcome = site.build_clean();
    assert!(!outcome.paths().iter().any(|path| path.starts_with("secrets/") || path.starts_with("tags/")));
    assert_eq!(outcome.page("search/").links("main a"), ["about/"]);
    let shown = site.drafts().build_clean();
    assert_eq!(walk(&shown), ["secrets/a/"]);
    assert_eq!(shown.page("secrets/a/").attributes("meta[name=robots]", "content"), ["noindex"]);
}

#[test]
fn hidden_pages_are_in_no_list_either() {
    let site = Site::series()
        .lesson(1, "a", "", BODY)
        .file("content/about.md", "---\ntitle: 案内\ndraft: true\n---\n本文。\n")
        .file("content/old.md", "---\ntitle: 古い\nexpire: 2025-01-01\n---\n本文。\n");
    let outcome = site.build_clean();
    assert!(!outcome.has("about/index.html") && !outcome.has("old/index.html"));
    assert_eq!(outcome.page("search/").texts(".links li"), no_links());
    let shown = site.drafts().build_clean();
    assert_eq!(shown.page("search/").texts(".links li"), ["案内"]);
}

#[test]
fn lessons_to_read_first_are_linked_from_the_head() {
    let site = Site::series()
        .lesson(1, "a", "", BODY)
        .lesson(2, "b", "", BODY)
        .lesson(3, "c", "requires: [b, a]\n", BODY)
        .lesson(4, "聴く", "", BODY)
        // The same name, typed on a system that decomposes.
        .lesson(5, "が", "", BODY)
        .lesson(6, "f", "requires: [聴く, か\u{3099}]\n", BODY);
    let outcome = site.build_clean();
    assert_eq!(outcome.page("secrets/c/").links(".requires a"), ["secrets/b/", "secrets/a/"]);
    assert_eq!(outcome.page("secrets/f/").links(".requires a"), ["secrets/聴く/", "secrets/が/"]);
}

/// What a lesson's front matter says of its publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Published,
    Draft,
    Scheduled,
    Expired,
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn next_visits_every_published_lesson_once_and_previous_comes_back(
        lessons in btree_map(1_u32..=40, (0_usize..5, 1_usize..5), 0..14),
        drafts in any::<bool>(),
    ) {
        let mut site = Site::new().file("content/secrets/_index.md", SERIES.replace("10", "40"));
        site.options.drafts = drafts;
        let mut expected = Vec::new();
        for (number, (kind, padding)) in &lessons {
            // Most are published; ids fall while numbers rise, so that no order of names helps.
            let kind = [Kind::Published, Kind::Published, Kind::Draft, Kind::Scheduled, Kind::Expired][*kind];
            let state = match kind {
                Kind::Published => "",
                Kind::Draft => "draft: true\n",
                Kind::Scheduled => "publish: 2026-01-02\n",
                Kind::Expired => "expire: 2025-12-31\n",
            };
            let id = format!("x{:02}", 99 - number);
            let text = format!("---\ntitle: 題{number}\n{LISTED}{state}---\n{BODY}");
            site = site.file(&format!("content/secrets/{number:0padding$}-{id}.md"), text);
            let shown = match kind {
                Kind::Published => true,
                Kind::Draft | Kind::Scheduled => drafts,
                Kind::Expired => false,
            };
            if shown {
                expected.push((*number, id, kind));
            }
        }
        let outcome = site.build();
        let warnings: &[&str] = if expected.is_empty() { &["E0532 content/secrets/_index.md:1:1"] } else { &[] };
        prop_assert_eq!(outcome.places(), warnings);
        let routes: Vec<String> = expected.iter().map(|(_, id, _)| format!("secrets/{id}/")).collect();
        prop_assert_eq!(&walk(&outcome), &routes);
        let mut back = routes.clone();
        while let Some(last) = back.pop() {
            let previous = outcome.page(&last).links("a[rel=prev]");
            prop_assert_eq!(previous, back.last().cloned().into_iter().collect::<Vec<_>>());
        }
        let contents = outcome.page("secrets/");
        prop_assert_eq!(contents.links("main ol.lessons a"), routes);
        // Each number up to the planned length stands there once: as a lesson, or in a planned run.
        let mut numbers = BTreeSet::new();
        let items = contents.attributes("main ol.lessons > li", "value");
        let starts: Vec<u32> = items.iter().map(|value| value.parse().expect("a number")).collect();
        for (at, start) in starts.iter().enumerate() {
            let end = starts.get(at + 1).copied().unwrap_or(41);
            let is_lesson = expected.iter().any(|(number, ..)| number == start);
            prop_assert!(!is_lesson || end == start + 1);
            numbers.extend(*start..end);
        }
        prop_assert_eq!(numbers, (1..=40).collect::<BTreeSet<u32>>());
        for (number, id, _) in &expected {
            let place = outcome.page(&format!("secrets/{id}/")).texts(".meta span")[0].clone();
            prop_assert_eq!(place, format!("第{number}回（全40回）"));
        }
        for (list, mut found) in lists(&outcome) {
            let mut wanted: Vec<String> = expected
                .iter()
                .filter(|(.., kind)| list != "sitemap" || *kind == Kind::Published)
                .map(|(_, id, _)| format!("secrets/{id}/"))
                .collect();
            // Feeds go by date, and files by name; the others by number.
            if matches!(list, "atom" | "json" | "sitemap" | "files") {
                found.sort();
                wanted.sort();
            }
            prop_assert_eq!(found, wanted, "{}", list);
        }
    }
}

#[test]
fn a_series_may_be_the_whole_site() {
    let parts = "---\ntitle: 全体\nkind: series\nparts:\n  - title: 前半\n    start: 1\n---\nはじめに。\n";
    let site = Site::new()
        .file("content/_index.md", parts)
        .file("content/001-a.md", "---\ntitle: 甲\n---\n> [!SUMMARY]\n> 1. 一\n")
        .file("content/002-b.md", "---\ntitle: 乙\n---\n本文。\n");
    let outcome = site.build_clean();
    let home = outcome.page("");
    assert_eq!(home.links("ol.lessons a"), ["a/", "b/"]);
    assert!(home.texts(".body")[0].contains("はじめに。"));
    let lesson = outcome.page("a/");
    assert_eq!(lesson.links("a[rel=next]"), ["b/"]);
    // The series is the home page, so it is no step of its own; its part is a place on it.
    assert_eq!(lesson.attributes("nav[aria-label=現在地] a", "href"), ["../", "../#_part-1"]);
    assert_eq!(home.attributes("section.part", "id"), ["_part-1"]);
    assert_eq!(outcome.page("takeaways/").links(".sheets h2 a"), ["a/"]);
}
