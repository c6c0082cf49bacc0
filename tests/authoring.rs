//! The commands that know the whole site, as typed: lists and figures, new lessons, another order, what a page is made
//! from.

mod typed;

use snapbox::cmd::{Command, cargo_bin};
use typed::{hiketsu, site, stderr, stdout, text, write};

#[test]
fn lists_are_filtered_and_made_for_programs_by_column() {
    let site = site("en");
    write(site.path(), "content/lessons/004-later.md", "---\ntitle: Later\ndraft: true\ntags: [trust]\n---\nText.\n");
    let list = |args: &[&str]| {
        let all: Vec<&str> = ["list", "--at", "2027-01-01"].iter().chain(args).copied().collect();
        stdout(&hiketsu(site.path(), "en", &all).success())
    };
    assert_eq!(list(&["--state", "draft", "--columns", "number,file"]), "4\tcontent/lessons/004-later.md\n");
    assert_eq!(list(&["--tag", "trust", "--columns=id"]), "later\n");
    assert!(list(&["--state", "planned", "--columns=number,state"]).starts_with("3\tplanned\n"));
    assert!(
        list(&["--state", "下書き,planned"]).contains("\n  3  -      -"),
        "{}",
        list(&["--state", "draft,planned"])
    );
    let json: serde_json::Value =
        serde_json::from_str(&list(&["--json", "--state=draft", "--columns=title,url"])).expect("it is JSON");
    assert_eq!(json, serde_json::json!([{ "title": "Later", "url": "lessons/later/" }]));
    let said = |args: &[&str]| stderr(&hiketsu(site.path(), "en", args).code(2));
    assert_eq!(
        said(&["list", "--tag", "trast"]),
        "error: 'trast' is not a value for --tag\nhelp: did you mean 'trust'?\n"
    );
    assert!(said(&["list", "--part", "x"]).contains("--part"));
    assert!(said(&["list", "--columns", "nummer"]).contains("did you mean 'number'?"));
    assert!(stderr(&hiketsu(site.path(), "en", &["list", "--state", "expired"]).success()).contains("no such lessons"));
}

#[test]
fn a_new_lesson_is_made_from_the_sites_archetype() {
    let site = site("ja");
    let new = |args: &[&str]| {
        let all: Vec<&str> = ["new"].iter().chain(args).copied().collect();
        hiketsu(site.path(), "ja", &all)
    };
    let done = new(&["断られた：後", "--id", "after-a-no"]).success();
    assert_eq!(stdout(&done), "content/lessons/003-after-a-no.md を作りました（3 番）\n");
    let made = text(site.path(), "content/lessons/003-after-a-no.md");
    assert!(made.starts_with("---\ntitle: \"断られた：後\"\ndate: 20") && made.contains("\ndraft: true\n"), "{made}");
    hiketsu(site.path(), "ja", &["check", "--drafts", "--strict"]).success();

    let said = stderr(&new(&["別の話", "--id", "x", "--at", "2"]).code(2));
    assert_eq!(
        said,
        "エラー: 2 番は「まず聞く」です（content/lessons/002-listen.md）\nヒント: `hiketsu insert 2 題名` なら、後ろの話をずらして間に入れます\n"
    );
    assert!(stderr(&new(&["別の話"]).code(2)).contains("`--id forget-the-quota`"), "nobody guesses");
    assert!(stderr(&new(&["別の話", "--id", "after-a-no"]).code(2)).contains("もう使われています"));
    assert!(stderr(&new(&["別の話", "--id", "a/b"]).code(2)).contains("たとえば：a-b"));
    assert!(stderr(&new(&["別の話", "--id", "a b"]).code(2)).contains("たとえば：a-b"), "links would need %20");
    let beyond = stderr(&new(&["遠い話", "--id", "far", "--at", "9999"]).success());
    assert!(beyond.contains("E0506"), "more than are planned: {beyond}");
    hiketsu(site.path(), "ja", &["undo", "--yes"]).success();
    assert!(!site.path().join("content/lessons/9999-far.md").exists());
    new(&["Plain English", "--at", "9"]).success();
    assert!(site.path().join("content/lessons/009-plain-english.md").is_file());

    #[expect(clippy::disallowed_methods, reason = "a test writes an archetype")]
    let _ = std::fs::create_dir(site.path().join("archetypes"));
    write(
        site.path(),
        "archetypes/lesson.md",
        "---\ntitle: '{{ title }}'\n---\n{{ series }}、第{{ number }}回（{{id}}）。\n",
    );
    new(&["it's", "--id", "its"]).success();
    let made = text(site.path(), "content/lessons/004-its.md");
    assert!(made.starts_with("---\ntitle: 'it''s'\n---\n") && made.ends_with("、第4回（its）。\n"), "{made}");
    write(site.path(), "archetypes/lessons.md", "---\ntitle: {{ titel }}\n---\n");
    let said = stderr(&new(&["別の話", "--id", "x"]).code(1));
    assert!(said.contains("archetypes/lessons.md の中の titel は知りません"), "{said}");
    assert!(!site.path().join("content/lessons/005-x.md").exists());
}

#[test]
#[cfg(unix)]
fn a_new_lesson_is_opened_in_the_editor() {
    let site = site("en");
    let run = |editor: &str| {
        Command::new(cargo_bin!("hiketsu"))
            .args(["new", "A title", "--edit", "--id", editor.get(..3).unwrap_or("id")])
            .current_dir(site.path())
            .env("LC_ALL", "en")
            .env_remove("VISUAL")
            .env("EDITOR", editor)
            .assert()
    };
    run("tee").success();
    let failed = run("no-such-editor --wait").code(4);
    assert!(stderr(&failed).contains("no-such-editor --wait"), "{}", stderr(&failed));
    assert!(stderr(&failed).contains("003-tee.md") || stderr(&failed).contains("-no-.md"), "{}", stderr(&failed));
}

#[test]
fn lessons_are_moved_put_in_and_taken_out_after_the_plan_was_shown() {
    let site = site("en");
    let run = |args: &[&str]| hiketsu(site.path(), "en", args);
    let before = text(site.path(), "content/lessons/001-first-step.md");
    let asked = run(&["move", "1", "2"]).code(1);
    assert!(
        stdout(&asked).starts_with("content/lessons/001-first-step.md → 002-first-step.md\n"),
        "{}",
        stdout(&asked)
    );
    assert!(stderr(&asked).contains("nothing was changed") && stderr(&asked).contains("--yes"), "{}", stderr(&asked));
    assert_eq!(text(site.path(), "content/lessons/001-first-step.md"), before);

    run(&["move", "1", "2", "--yes", "--quiet"]).success().stdout_eq("");
    assert!(site.path().join("content/lessons/001-listen.md").is_file());
    hiketsu(site.path(), "en", &["undo", "--yes"]).success();
    assert_eq!(text(site.path(), "content/lessons/001-first-step.md"), before);
    assert!(stderr(&run(&["undo", "--yes"]).success()).contains("nothing to undo"));

    run(&["insert", "2", "In between", "--yes"]).success();
    assert!(text(site.path(), "content/lessons/002-in-between.md").contains("title: In between\n"));
    assert!(site.path().join("content/lessons/003-listen.md").is_file());
    hiketsu(site.path(), "en", &["check", "--drafts"]).success();
    let removed = run(&["remove", "2", "--yes"]).success();
    assert!(stdout(&removed).contains(".hiketsu/removed/content/lessons/002-in-between.md"), "{}", stdout(&removed));
    assert!(site.path().join("content/lessons/002-listen.md").is_file());
    assert_eq!(text(site.path(), "content/lessons/001-first-step.md"), before);

    run(&["rename", "content/lessons/002-listen.md", "hear", "--yes"]).success();
    assert!(text(site.path(), "content/lessons/002-hear.md").contains("aliases: [/lessons/listen/]"));
    hiketsu(site.path(), "en", &["check"]).success();
    assert!(stderr(&run(&["move", "7", "1"]).code(2)).contains("there is no lesson 7"));
    assert!(stderr(&run(&["rename", "haer", "x"]).code(2)).contains("did you mean 'hear'?"));
    assert!(stderr(&run(&["move", "1", "2", "--series", "x"]).code(2)).contains("it may be: lessons"));
}

#[test]
fn a_tag_is_renamed_in_lessons() {
    let site = site("ja");
    let done = hiketsu(site.path(), "ja", &["tag", "rename", "会話", "対話", "--yes"]).success();
    assert!(stdout(&done).contains("対話") && stderr(&done).contains("hiketsu undo"), "{}", stderr(&done));
    let said = stderr(&hiketsu(site.path(), "ja", &["tag", "merge", "会話", "対話", "--yes"]).code(2));
    assert!(said.contains("「会話」はどの話にも付いていません") && said.contains("「対話」でしょうか"), "{said}");
}

#[test]
fn a_change_that_was_cut_off_is_taken_back_before_anything_else() {
    let site = site("en");
    hiketsu(site.path(), "en", &["move", "1", "2", "--yes"]).success();
    // As a process that was killed leaves it.
    #[expect(clippy::disallowed_methods, reason = "a test stands in for a crash")]
    let _ = std::fs::rename(site.path().join(".hiketsu/undo"), site.path().join(".hiketsu/rearranging"));
    let refused = stderr(&hiketsu(site.path(), "en", &["build"]).code(3));
    assert!(refused.contains("cut off") && refused.contains("hiketsu undo"), "{refused}");
    hiketsu(site.path(), "en", &["undo", "--yes"]).success();
    assert!(site.path().join("content/lessons/001-first-step.md").is_file());
    hiketsu(site.path(), "en", &["build", "--quiet"]).success();
}

#[test]
fn a_page_says_what_it_is_made_from_and_why_it_was_made_anew() {
    let site = site("en");
    let explain = |what: &str| stdout(&hiketsu(site.path(), "en", &["explain", what]).success());
    let first = explain("content/lessons/001-first-step.md");
    assert!(first.starts_with("/lessons/first-step/\n  what it is: lesson 1 of “"), "{first}");
    assert!(first.contains("  template: lesson.html\n") && first.contains("    themes/standard/templates/base.html\n"));
    assert!(first.contains("makes it anew: it is not in the output folder"), "{first}");
    hiketsu(site.path(), "en", &["build", "--quiet"]).success();
    for what in [
        "content/lessons/001-first-step.md",
        "/lessons/first-step/",
        "first-step",
        "public/lessons/first-step/index.html",
    ] {
        assert!(explain(what).contains("leaves it as it is"), "{what}");
    }
    let lesson = text(site.path(), "content/lessons/002-listen.md");
    write(site.path(), "content/lessons/002-listen.md", &lesson.replacen("title: ", "title: Now ", 1));
    assert!(
        explain("listen").contains("anew: changed: its title, dates and other fields, its file\n"),
        "{}",
        explain("listen")
    );
    let neighbour = explain("first-step");
    assert!(neighbour.contains("anew: changed: neighbours and lists"), "{neighbour}");
    assert!(neighbour.contains("    content/lessons/002-listen.md\n"), "{neighbour}");
    hiketsu(site.path(), "en", &["build", "--quiet"]).success();
    assert!(explain("first-step").contains("last made because: changed: neighbours and lists"));

    write(site.path(), "content/lessons/003-later.md", "---\ntitle: Later\ndraft: true\n---\nText.\n");
    assert!(explain("content/lessons/003-later.md").contains("not published (draft), because of draft"));
    write(site.path(), "content/CNAME", "example.com\n");
    assert!(explain("content/CNAME").contains("used by: nothing"), "{}", explain("content/CNAME"));
    assert!(explain("site.toml").contains("makes all pages anew"));
    assert!(explain("themes/standard/templates/lesson.html").contains("used by: 2 pages"));
    let unknown = stderr(&hiketsu(site.path(), "en", &["explain", "content/lessons/002-lisden.md"]).code(2));
    assert!(unknown.contains("did you mean 'content/lessons/002-listen.md'?"), "{unknown}");
}

#[test]
fn stats_are_for_people_and_for_cron() {
    let site = site("ja");
    write(
        site.path(),
        "content/lessons/003-soon.md",
        "---\ntitle: まもなく\npublish: 2027-04-01 09:00\n---\n本文です。\n",
    );
    let said = stdout(&hiketsu(site.path(), "ja", &["stats", "--at", "2027-01-01"]).success());
    for words in [
        "話のうち 3 話",
        "公開 2 · 予約 1",
        "タグ（",
        "どこからもリンクされていない話（",
        "次に作り直す時刻：2027-04-01T09:00:00+09:00",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    let json = stdout(&hiketsu(site.path(), "ja", &["stats", "--json", "--at", "2027-01-01"]).success());
    let stats: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(stats["next_rebuild"]["unix"], 1_806_537_600);
    assert_eq!(stats["series"][0]["written"], 3);
}
