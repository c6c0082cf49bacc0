//! Lessons moved, put in, taken out, called otherwise: every byte that changes, and none that does not.

mod support;

use std::collections::BTreeMap;

use hiketsu::build::{Memos, Options, Survey, text_options};
use hiketsu::path::SourcePath;
use hiketsu::refactor::{Added, Edge, Manuscript, Plan, Problem};
use hiketsu::site::Target;
use hiketsu::world::World as _;
use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};
use support::Site;

/// Plans a change and makes it.
fn change(site: &mut Site, plan: impl FnOnce(&Manuscript<'_>) -> Result<Plan, Problem>) -> Result<Plan, Problem> {
    let snapshot = site.world.snapshot().expect("memory does not fail");
    let survey = survey(site);
    let options = text_options(&survey.config);
    let manuscript = Manuscript::new(&snapshot, &survey.config, &options, &survey.texts, &survey.assets);
    let plan = plan(&manuscript)?;
    for (path, _) in plan.changes.iter().filter_map(|change| change.before.as_ref()) {
        site.world.remove(path.as_str());
    }
    for (path, bytes) in plan.changes.iter().filter_map(|change| change.after.as_ref()) {
        site.world.write(path.as_str(), bytes);
    }
    Ok(plan)
}

fn survey(site: &Site) -> Survey {
    let snapshot = site.world.snapshot().expect("memory does not fail");
    Survey::of(&snapshot, &Options { drafts: true }, &Memos::default())
}

fn files(site: &Site) -> BTreeMap<String, String> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is text");
    site.world.files().map(|(path, bytes)| (path.to_string(), text(bytes))).collect()
}

fn text(site: &Site, path: &str) -> String {
    files(site).remove(path).unwrap_or_else(|| format!("no {path}"))
}

fn names(site: &Site) -> Vec<String> {
    let lessons = files(site).into_keys();
    lessons.filter_map(|path| path.strip_prefix("content/secrets/").map(str::to_owned)).collect()
}

fn moved(site: &mut Site, from: u32, to: u32) -> Plan {
    change(site, |manuscript| manuscript.move_to(0, from, to, &Edge::Usual)).expect("it can be moved")
}

const INDEX: &str = "---\ntitle: 連載\nkind: series\nplanned: 6 # 予定\nparts:\n  - title: 前半\n    start: 1\n  - title: 後半\n    start: 4 # ここから\n---\n[一](001-a.md)から、全6回の連載です。\n";

/// Five lessons that link to each other in every way.
fn sample() -> Site {
    Site::new()
        .file("content/secrets/_index.md", INDEX)
        .lesson(1, "a", "", "[次](002-b.md#x)、[[c]]、[四](/secrets/d/)、[第2回](002-b.md)。第3回で書いたように。\n")
        .lesson(
            2,
            "b",
            "requires: [a]\ndraft: true\n",
            "今回は第2回です。\n\n## x\n\n[前][p]、[同じ][p]。\n\n[p]: <001-a.md> \"001-a.md\"\n",
        )
        .lesson(3, "c", "expire: 2020-01-01\n", "<a href=\"002-b.md\">二</a> `002-b.md`\n")
        .lesson(4, "d", "", "[四](004-d.md)と[三](../secrets/003-c.md?q#h)と[第四回](004-d.md)\n")
        .lesson(6, "f", "requires: d\n", "```\n[二](002-b.md)\n```\n")
        .file(
            "content/about.md",
            "---\ntitle: この連載\ndescription: 第2回で書いたとおり。\n---\n[二](secrets/002-b.md)\n",
        )
        .file(
            "site.toml",
            format!("{}[[navigation]]\nlabel = \"二\"\nlink = \"secrets/002-b.md\" # 二つ目\n", support::SITE),
        )
}

#[test]
fn everything_that_names_a_number_follows() {
    let mut site = sample();
    moved(&mut site, 2, 4);
    assert_eq!(names(&site), ["001-a.md", "002-c.md", "003-d.md", "004-b.md", "006-f.md", "_index.md"]);
    assert!(
        text(&site, "content/secrets/001-a.md")
            .ends_with("[次](004-b.md#x)、[[c]]、[四](/secrets/d/)、[第4回](004-b.md)。第2回で書いたように。\n")
    );
    assert!(text(&site, "content/secrets/004-b.md").contains("今回は第4回です。"));
    assert!(text(&site, "content/secrets/004-b.md").ends_with("[p]: <001-a.md> \"001-a.md\"\n"));
    assert!(text(&site, "content/secrets/002-c.md").ends_with("<a href=\"004-b.md\">二</a> `002-b.md`\n"));
    assert!(
        text(&site, "content/secrets/003-d.md")
            .ends_with("[四](003-d.md)と[三](../secrets/002-c.md?q#h)と[第三回](003-d.md)\n")
    );
    assert!(text(&site, "content/secrets/006-f.md").ends_with("```\n[二](002-b.md)\n```\n"), "code is not touched");
    assert!(text(&site, "content/about.md").contains("description: 第4回で書いたとおり。"));
    assert!(text(&site, "content/about.md").ends_with("[二](secrets/004-b.md)\n"));
    assert!(text(&site, "site.toml").ends_with("link = \"secrets/004-b.md\" # 二つ目\n"));
    assert_eq!(text(&site, "content/secrets/_index.md"), INDEX.replace("start: 4", "start: 3"));
}

#[test]
fn a_link_that_calls_a_lesson_by_its_number_follows_and_prose_that_may_mean_another_is_told() {
    let body = "[第2回の三行](002-b.md)、[[b|第二回の話]]、[第3回の商談](002-b.md)、第2回の訪問、`第2回`。\n";
    let mut site = sample().lesson(5, "e", "", body);
    let plan = moved(&mut site, 2, 3);
    let text = text(&site, "content/secrets/005-e.md");
    assert!(
        text.ends_with("[第3回の三行](003-b.md)、[[b|第三回の話]]、[第3回の商談](003-b.md)、第2回の訪問、`第2回`。\n"),
        "{text}"
    );
    let told: Vec<_> = plan.remarks.iter().filter(|remark| remark.file.as_str().contains("005-e")).collect();
    let told: Vec<_> = told.iter().map(|remark| (&*remark.words, remark.becomes)).collect();
    assert_eq!(told, [("第3回", Some(2)), ("第2回", Some(3)), ("第2回", Some(3))]);
}

#[test]
fn a_reference_is_changed_where_it_is_defined() {
    let mut site = sample();
    moved(&mut site, 1, 2);
    let text = text(&site, "content/secrets/001-b.md");
    assert!(text.ends_with("[前][p]、[同じ][p]。\n\n[p]: <002-a.md> \"001-a.md\"\n"), "{text}");
}

#[test]
fn a_plan_shows_what_it_breaks() {
    let mut site = sample();
    let before = survey(&site).diagnostics;
    let plan = moved(&mut site, 1, 3);
    let after = survey(&site).diagnostics;
    let new: Vec<_> = plan
        .new_faults(&before, &after)
        .into_iter()
        .filter(|fault| fault.is_error())
        .map(|fault| format!("{} {}", fault.code.id, fault.file))
        .collect();
    assert_eq!(new, ["E0512 content/secrets/001-b.md"], "b requires a, which comes later now");
}

#[test]
fn there_and_back_is_where_it_was() {
    for (from, to) in [(1, 3), (3, 1), (2, 6), (6, 1), (1, 2), (4, 6)] {
        let mut site = sample();
        let before = files(&site);
        moved(&mut site, from, to);
        assert_ne!(files(&site), before, "{from} {to}");
        change(&mut site, |manuscript| {
            // Where a part began at the lesson, or behind it, both sides of its edge are the same number now.
            let edge = if from < 4 { "前半" } else { "後半" };
            let back = manuscript.move_to(0, to, from, &Edge::Part(edge.to_owned()));
            back.or_else(|_| manuscript.move_to(0, to, from, &Edge::Usual))
        })
        .expect("it can be moved back");
        assert_eq!(files(&site), before, "{from} {to}");
    }
}

#[test]
fn files_of_other_systems_keep_their_line_ends_and_marks() {
    let mixed = "\u{feff}---\r\ntitle: x\r\n---\r\n[一](001-a.md)\n[二](002-b.md)\r\n";
    let mut site = sample().file("content/windows.md", mixed.replace("(0", "(secrets/0"));
    let before = files(&site);
    moved(&mut site, 1, 2);
    let expected =
        mixed.replace("001-a", "X").replace("002-b", "001-b").replace('X', "002-a").replace("(0", "(secrets/0");
    assert_eq!(text(&site, "content/windows.md"), expected);
    moved(&mut site, 2, 1);
    assert_eq!(files(&site), before);
}

#[test]
fn a_lesson_is_put_into_the_part_that_is_named() {
    let added = || Added { id: "new".to_owned(), bytes: b"---\ntitle: n\n---\n".to_vec() };
    let starts = |edge: &Edge| {
        let mut site = sample();
        change(&mut site, |manuscript| manuscript.insert(0, 4, added(), false, edge)).expect("it can be put in");
        let index = text(&site, "content/secrets/_index.md");
        let after = index.split("start: ").nth(2).and_then(|rest| rest.split(' ').next().map(str::to_owned));
        (after.unwrap_or_default(), names(&site).join(" "), index)
    };
    let (start, names, index) = starts(&Edge::Usual);
    assert_eq!(names, "001-a.md 002-b.md 003-c.md 004-new.md 005-d.md 007-f.md _index.md");
    assert_eq!(start, "4", "number 4 was in the second part");
    assert!(index.contains("planned: 7 # 予定") && index.contains("全7回の連載"), "{index}");
    assert_eq!(starts(&Edge::Part("前半".to_owned())).0, "5");
    assert_eq!(starts(&Edge::Part("後半".to_owned())).0, "4");
    let mut site = sample();
    let wrong =
        change(&mut site, |manuscript| manuscript.insert(0, 4, added(), false, &Edge::Part("終わり".to_owned())));
    assert_eq!(wrong, Err(Problem::WrongPart("終わり".to_owned(), vec!["前半".to_owned(), "後半".to_owned()])));
}

#[test]
fn room_is_made_only_as_far_as_it_must_be() {
    let added = || Added { id: "new".to_owned(), bytes: b"---\ntitle: n\n---\n".to_vec() };
    let mut site = sample();
    change(&mut site, |manuscript| manuscript.insert(0, 2, added(), true, &Edge::Usual)).expect("there is room");
    assert_eq!(names(&site), ["001-a.md", "002-new.md", "003-b.md", "004-c.md", "005-d.md", "006-f.md", "_index.md"]);
    assert_eq!(text(&site, "content/secrets/_index.md"), INDEX.replace("start: 4", "start: 5"));
    let mut site = sample();
    let plan =
        change(&mut site, |manuscript| manuscript.insert(0, 5, added(), false, &Edge::Usual)).expect("it is free");
    assert_eq!((plan.changes.len(), &*names(&site)[4]), (1, "005-new.md"));
    assert!(matches!(
        change(&mut site, |manuscript| manuscript.add(0, 5, added())),
        Err(Problem::Taken(5, title, path)) if title == "n" && path.as_str().ends_with("005-new.md")
    ));
    assert_eq!(change(&mut site, |manuscript| Ok(assert_free(manuscript))).map(|plan| plan.changes.len()), Ok(0));
}

fn assert_free(manuscript: &Manuscript<'_>) -> Plan {
    assert_eq!(manuscript.free_number(0), 7);
    Plan::default()
}

#[test]
fn a_lesson_that_goes_is_missed() {
    let mut site = sample();
    let before = survey(&site).diagnostics;
    let plan = change(&mut site, |manuscript| manuscript.remove(0, 2, false)).expect("it can be removed");
    assert_eq!(names(&site), ["001-a.md", "002-c.md", "003-d.md", "005-f.md", "_index.md"]);
    let index = text(&site, "content/secrets/_index.md");
    assert_eq!(
        index,
        INDEX.replace("start: 4", "start: 3").replace("planned: 6", "planned: 5").replace("全6回", "全5回")
    );
    let remarks: Vec<_> = plan
        .remarks
        .iter()
        .filter(|remark| remark.becomes.is_none())
        .map(|remark| (remark.file.as_str(), &*remark.words))
        .collect();
    assert_eq!(remarks, [("content/about.md", "第2回"), ("content/secrets/001-a.md", "[第2回")]);
    let after = survey(&site).diagnostics;
    let new: Vec<_> = plan.new_faults(&before, &after).iter().map(|fault| fault.file.to_string()).collect();
    for file in ["content/about.md", "content/secrets/001-a.md", "site.toml"] {
        assert!(new.contains(&file.to_owned()), "{file} is not in {new:?}");
    }
    let mut site = sample();
    change(&mut site, |manuscript| manuscript.remove(0, 2, true)).expect("it can be removed");
    assert_eq!(names(&site), ["001-a.md", "003-c.md", "004-d.md", "006-f.md", "_index.md"]);
    assert_eq!(text(&site, "content/secrets/_index.md"), INDEX);
}

#[test]
fn numbers_that_are_wrong_are_told() {
    let mut site = sample().file("content/secrets/004-e.md", "---\ntitle: e\n---\n");
    let told = change(&mut site, |manuscript| manuscript.move_to(0, 1, 2, &Edge::Usual));
    assert_eq!(
        told,
        Err(Problem::Twice(
            4,
            [SourcePath::new("content/secrets/004-d.md"), SourcePath::new("content/secrets/004-e.md")]
        ))
    );
    let mut site = sample();
    for (from, to, problem) in [(5, 1, Problem::NoLesson(5)), (0, 1, Problem::Zero), (1, 0, Problem::Zero)] {
        assert_eq!(change(&mut site, |manuscript| manuscript.move_to(0, from, to, &Edge::Usual)), Err(problem));
    }
    assert_eq!(moved(&mut site, 3, 3).changes, []);
}

#[test]
fn names_keep_their_digits() {
    let plain = |number: u32| format!("content/secrets/{number}-l{number}.md");
    let mut site = Site::series();
    for number in 8..=10 {
        site = site.file(&plain(number), "---\ntitle: t\n---\n");
    }
    moved(&mut site, 10, 8);
    assert_eq!(names(&site), ["10-l9.md", "8-l10.md", "9-l8.md", "_index.md"]);
}

#[test]
fn another_id_is_known_everywhere_and_the_old_address_leads_on() {
    let errors = |site: &Site| survey(site).diagnostics.iter().filter(|fault| fault.is_error()).count();
    let known = errors(&sample());
    let mut site =
        sample().lesson(5, "e", "aliases:\n  - /old/ # 昔\n", "[[b|二]]、[[secrets/b#x]]、[二](/secrets/b/#x)\n");
    change(&mut site, |manuscript| manuscript.rename(manuscript.lesson("b")?, "二の話", true)).expect("it is free");
    assert_eq!(names(&site)[1], "002-二の話.md");
    assert!(
        text(&site, "content/secrets/002-二の話.md")
            .starts_with("---\ntitle: 第2の話\nrequires: [a]\ndraft: true\naliases: [/secrets/b/]\n---\n")
    );
    assert!(text(&site, "content/secrets/001-a.md").contains("[次](002-二の話.md#x)"));
    assert!(
        text(&site, "content/secrets/005-e.md")
            .ends_with("[[二の話|二]]、[[secrets/二の話#x]]、[二](/secrets/二の話/#x)\n")
    );
    change(&mut site, |manuscript| manuscript.rename(manuscript.lesson("a")?, "hajime", false)).expect("it is free");
    assert!(text(&site, "content/secrets/002-二の話.md").contains("requires: [hajime]"));
    assert!(!text(&site, "content/secrets/001-hajime.md").contains("aliases"));
    change(&mut site, |manuscript| manuscript.rename(manuscript.lesson("二の話")?, "b", true)).expect("it is free");
    assert!(
        text(&site, "content/secrets/002-b.md").contains("aliases: [/secrets/二の話/]\n"),
        "its own address is no alias"
    );
    change(&mut site, |manuscript| manuscript.rename(manuscript.lesson("e")?, "e2", true)).expect("it is free");
    assert!(text(&site, "content/secrets/005-e2.md").contains("aliases:\n  - /old/ # 昔\n  - /secrets/e/\n---\n"));
    assert_eq!(errors(&site), known);
    let taken = change(&mut site, |manuscript| manuscript.rename(manuscript.lesson("b")?, "d", true));
    assert_eq!(taken, Err(Problem::IdTaken("d".to_owned(), SourcePath::new("content/secrets/004-d.md"))));
    let unknown = change(&mut site, |manuscript| manuscript.lesson("hajima").map(|_| Plan::default()));
    assert_eq!(unknown, Err(Problem::UnknownId("hajima".to_owned(), Some("hajime".to_owned()))));
}

#[test]
fn a_tag_has_another_name_in_every_file() {
    let settings = format!(
        "{}# 分類\n[[taxonomies.tags.terms]]\nname = \"聴く\" # 一\nslug = \"listening\"\n\n[[taxonomies.tags.terms]]\nname = '信頼'\n\n[[taxonomies.tags.terms]]\nname = \"言葉\"\n",
        support::SITE
    );
    let sample = || {
        Site::series()
            .file("site.toml", &settings)
            .lesson(1, "a", "tags: [聴く, '信頼'] # 二つ\n", "[聴く](/tags/listening/)と[信頼](/tags/信頼/)\n")
            .lesson(2, "b", "tags:\n  # 一つ\n  - \"聴く\" # これ\n", "[信](/tags/%E4%BF%A1%E9%A0%BC/)\n")
            .lesson(3, "c", "tags: 信頼\n", "三\n")
    };
    let mut site = sample();
    change(&mut site, |manuscript| manuscript.rename_term("tags", "聴く", "耳: 聴く")).expect("it is free");
    assert!(text(&site, "content/secrets/001-a.md").contains("tags: [\"耳: 聴く\", '信頼'] # 二つ\n"));
    assert!(text(&site, "content/secrets/002-b.md").contains("tags:\n  # 一つ\n  - \"耳: 聴く\" # これ\n"));
    assert_eq!(text(&site, "site.toml"), settings.replace("\"聴く\"", "\"耳: 聴く\""));
    assert!(text(&site, "content/secrets/001-a.md").contains("[聴く](/tags/listening/)"), "its address is its own");
    change(&mut site, |manuscript| manuscript.rename_term("tags", "信頼", "約束")).expect("it is free");
    assert!(text(&site, "content/secrets/001-a.md").ends_with("[信頼](/tags/約束/)\n"));
    assert!(text(&site, "content/secrets/002-b.md").ends_with("[信](/tags/%E7%B4%84%E6%9D%9F/)\n"));
    assert!(text(&site, "site.toml").contains("name = '約束'\n"));
    assert_eq!(survey(&site).diagnostics.iter().filter(|fault| fault.is_error()).count(), 0);

    let mut site = sample();
    let taken = change(&mut site, |manuscript| manuscript.rename_term("tags", "聴く", "信頼"));
    assert_eq!(taken, Err(Problem::TermTaken("信頼".to_owned())));
    change(&mut site, |manuscript| manuscript.merge_terms("tags", "聴く", "信頼")).expect("both are there");
    assert!(text(&site, "content/secrets/001-a.md").contains("tags: ['信頼'] # 二つ\n"));
    assert!(text(&site, "content/secrets/001-a.md").ends_with("[聴く](/tags/信頼/)と[信頼](/tags/信頼/)\n"));
    assert!(text(&site, "content/secrets/002-b.md").contains("  - \"信頼\" # これ\n"));
    assert!(!text(&site, "site.toml").contains("聴く") && text(&site, "site.toml").contains("# 分類\n"));
    assert_eq!(survey(&site).diagnostics.iter().filter(|fault| fault.is_error()).count(), 0);
    let unknown = change(&mut site, |manuscript| manuscript.merge_terms("tags", "信頬", "信頼"));
    assert_eq!(unknown, Err(Problem::UnknownTerm("信頬".to_owned(), Some("信頼".to_owned()))));
}

/// For each link of each lesson, by the lesson's id, the page that it leads to.
fn leads(site: &Site) -> BTreeMap<String, Vec<String>> {
    let survey = survey(site);
    let site = &survey.site;
    let lead = |target: &Target| match target {
        Target::Internal { route, suffix, .. } => format!("{route}{suffix}"),
        Target::External(url) => url.clone(),
        Target::Broken => "-".to_owned(),
    };
    let own = |text: usize| site.texts[text].route.to_string();
    (0..site.texts.len()).map(|text| (own(text), site.targets[text].iter().map(lead).collect())).collect()
}

/// The codes of errors, by the page of their file; those of order aside, which a move may well mend or make.
fn faults(site: &Site) -> Vec<String> {
    let found = survey(site).diagnostics;
    let id = |path: &SourcePath| path.name().split_once('-').map_or(path.name(), |(_, id)| id).to_owned();
    let order = ["E0512", "E0707"];
    let kept = found.iter().filter(|fault| !order.contains(&fault.code.id));
    let mut all: Vec<String> = kept.map(|fault| format!("{} {}", fault.code.id, id(&fault.file))).collect();
    all.sort();
    all
}

fn lessons() -> impl Strategy<Value = Site> {
    let form = prop::sample::select(vec![
        "[x]({file})",
        "[x](<{file}>)",
        "[第{n}回]({file}#h)",
        "[[{id}]]",
        "[[{id}|第{n}回]]",
        "第{n}回で書いた。",
        "<a href=\"{file}\">x</a>",
        "[x][r{n}]\n\n[r{n}]: {file}\n",
        "[x](/secrets/{id}/)",
        "> - [x]({file})\n",
        "[x](../secrets/{file})",
        "`{file}`",
        "[x](missing.md)",
        "[[nobody]]",
    ]);
    let links = prop::collection::vec((form, 0..7_usize), 0..5);
    prop::collection::vec((any::<bool>(), 1..4_u32, links), 7).prop_map(|drawn| {
        let mut site =
            Site::new().file("content/secrets/_index.md", "---\ntitle: 連載\nkind: series\nplanned: 30\n---\n");
        // Gaps between some of them.
        let mut number = 0;
        let numbers: Vec<u32> = drawn
            .iter()
            .map(|(_, step, _)| {
                number += step;
                number
            })
            .collect();
        for (at, (draft, _, links)) in drawn.iter().enumerate() {
            let written = links.iter().map(|(form, to)| {
                let n = numbers[*to].to_string();
                let file = format!("{:03}-l{to}.md", numbers[*to]);
                form.replace("{file}", &file).replace("{id}", &format!("l{to}")).replace("{n}", &n)
            });
            let body: Vec<String> = written.collect();
            let front = if *draft { "draft: true\n" } else { "" };
            let body = format!("{}\n\n## h\n\n終わり。\n", body.join("\n\n"));
            site = site.lesson(numbers[at], &format!("l{at}"), front, &body);
        }
        site
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn moves_keep_every_link_and_every_fault(
        site in lessons(),
        moves in prop::collection::vec((1..25_u32, 1..25_u32), 1..5),
    ) {
        let mut site = site;
        let (before, known, bytes) = (leads(&site), faults(&site), files(&site));
        let mut done = Vec::new();
        for (from, to) in moves {
            if change(&mut site, |manuscript| manuscript.move_to(0, from, to, &Edge::Usual)).is_ok() {
                done.push((from, to));
            }
            assert_eq!(leads(&site), before, "{done:?}");
            assert_eq!(faults(&site), known, "{done:?}");
        }
        for (from, to) in done.into_iter().rev() {
            moved(&mut site, to, from);
        }
        assert_eq!(files(&site), bytes, "back again");
    }

    #[test]
    fn a_lesson_put_in_and_taken_out_leaves_nothing_behind(site in lessons(), at in 1..25_u32) {
        let mut site = site;
        let bytes = files(&site);
        let added = Added { id: "new".to_owned(), bytes: b"---\ntitle: n\n---\n".to_vec() };
        let plan = change(&mut site, |manuscript| manuscript.insert(0, at, added, false, &Edge::Usual));
        let shifted = plan.expect("there is room").changes.len() > 1 || bytes.len() + 1 != files(&site).len();
        change(&mut site, |manuscript| manuscript.remove(0, at, !shifted)).expect("it is there");
        assert_eq!(files(&site), bytes);
    }

    #[test]
    fn a_lesson_renamed_is_linked_from_where_it_was(site in lessons(), which in 0..7_usize) {
        let mut site = site;
        let before = leads(&site);
        let (old, new) = (format!("l{which}"), "新しい名");
        change(&mut site, |manuscript| manuscript.rename(manuscript.lesson(&old)?, new, true)).expect("it is free");
        let called = |text: &str| text.replace(&format!("secrets/{old}/"), &format!("secrets/{new}/"));
        let expected: BTreeMap<String, Vec<String>> =
            before.iter().map(|(page, links)| (called(page), links.iter().map(|link| called(link)).collect())).collect();
        assert_eq!(leads(&site), expected);
    }
}
