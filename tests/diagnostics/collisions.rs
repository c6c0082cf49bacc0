//! No two outputs at one URL, on any file system; no name that some host refuses.

#![expect(clippy::unicode_not_nfc, reason = "what is told names decomposed files as they are")]

use insta::assert_snapshot;

use super::support::{SITE, Site};
use super::told;

const PAGE: &str = "---\ntitle: 頁\n---\n本文。\n";
const SUMMARY: &str = "> [!SUMMARY]\n> 1. まとめ\n";

/// The faults of a site with one lesson `a` and these files.
fn with(files: &[(&str, &str)]) -> String {
    let site = Site::series().lesson(1, "a", "tags: [信頼]\n", SUMMARY);
    told(&files.iter().fold(site, |site, (path, text)| site.file(path, text)).build())
}

#[test]
fn a_lesson_and_a_page_at_one_url() {
    // `secrets/` is a series, so a page at its lesson's URL can only be a file beside it.
    assert_snapshot!(with(&[("content/secrets/a/index.html", "x")]), @r#"
    E0503 content/secrets/a/index.html:1:1
      URL「/secrets/a/index.html」が content/secrets/001-a.md と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/secrets/a/index.html” is taken by content/secrets/001-a.md as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/secrets/001-a.md
    "#);
}

#[test]
fn a_page_a_file_and_a_folder_at_one_url() {
    let files = [("content/about.md", PAGE), ("content/about/index.md", PAGE), ("content/about/_index.md", PAGE)];
    assert_snapshot!(with(&files), @r#"
    E0503 content/about/_index.md:1:1
      URL「/about/」が content/about.md と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/about/” is taken by content/about.md as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/about.md
    E0503 content/about/index.md:1:1
      URL「/about/」が content/about.md と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/about/” is taken by content/about.md as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/about.md
    "#);
    assert_snapshot!(with(&[("content/about.md", PAGE), ("content/about", "x")]), @r#"
    E0503 content/about:1:1
      URL「/about」が content/about.md と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/about” is taken by content/about.md as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/about.md
    "#);
}

#[test]
fn pages_and_files_where_the_site_makes_its_own() {
    let files = [
        ("content/tags.md", PAGE),
        ("content/tags/信頼.md", PAGE),
        ("content/search/index.md", PAGE),
        ("content/404.html", "x"),
        ("content/feed.xml", "x"),
        ("content/sitemap.xml", "x"),
        ("content/_/style.css", "x"),
        ("content/secrets/002-takeaways.md", PAGE),
    ];
    assert_snapshot!(with(&files), @r#"
    E0503 content/404.html:1:1
      URL「/404.html」が 404 と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/404.html” is taken by 404 as well — rename one of the two; upper and lower case, full and half width make no difference
    E0503 content/_/style.css:1:1
      URL「/_」が theme と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/_” is taken by theme as well — rename one of the two; upper and lower case, full and half width make no difference
    E0503 content/feed.xml:1:1
      URL「/feed.xml」が feed と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/feed.xml” is taken by feed as well — rename one of the two; upper and lower case, full and half width make no difference
    E0503 content/search/index.md:1:1
      URL「/search/」が search と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/search/” is taken by search as well — rename one of the two; upper and lower case, full and half width make no difference
    E0503 content/secrets/002-takeaways.md:1:1
      URL「/secrets/takeaways/」が takeaways (secrets) と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/secrets/takeaways/” is taken by takeaways (secrets) as well — rename one of the two; upper and lower case, full and half width make no difference
    E0503 content/sitemap.xml:1:1
      URL「/sitemap.xml」が sitemap と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/sitemap.xml” is taken by sitemap as well — rename one of the two; upper and lower case, full and half width make no difference
    E0503 content/tags.md:1:1
      URL「/tags/」が site.toml [taxonomies.tags] と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/tags/” is taken by site.toml [taxonomies.tags] as well — rename one of the two; upper and lower case, full and half width make no difference
    E0503 content/tags/信頼.md:1:1
      URL「/tags/信頼/」が tags: 信頼 と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/tags/信頼/” is taken by tags: 信頼 as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/secrets/001-a.md
    "#);
}

#[test]
fn an_alias_over_a_page_an_alias_and_a_lesson() {
    let page = |aliases: &str| format!("---\ntitle: 頁\naliases: [{aliases}]\n---\n");
    let (one, two) = (page("/secrets/a/, /old/"), page("/OLD, /tags/"));
    assert_snapshot!(with(&[("content/one.md", &one), ("content/two.md", &two)]), @r#"
    E0503 content/one.md:3:11
      URL「/secrets/a/」が content/secrets/001-a.md と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/secrets/a/” is taken by content/secrets/001-a.md as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/secrets/001-a.md
    E0503 content/two.md:3:11
      URL「/OLD/」が content/one.md と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/OLD/” is taken by content/one.md as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/one.md
    E0503 content/two.md:3:17
      URL「/tags/」が site.toml [taxonomies.tags] と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/tags/” is taken by site.toml [taxonomies.tags] as well — rename one of the two; upper and lower case, full and half width make no difference
    "#);
}

#[test]
fn names_that_differ_only_by_case_composition_or_width() {
    let files = [
        ("content/About.md", PAGE),
        ("content/about.md", PAGE),
        ("content/が.md", PAGE),
        ("content/か\u{3099}.md", PAGE),
        ("content/ﾊﾝｶｸ.md", PAGE),
        ("content/ハンカク.md", PAGE),
        ("content/Img.PNG", "x"),
        ("content/img.png", "x"),
    ];
    assert_snapshot!(with(&files), @r#"
    E0503 content/about.md:1:1
      URL「/about/」が content/About.md と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/about/” is taken by content/About.md as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/About.md
    E0503 content/img.png:1:1
      URL「/img.png」が content/Img.PNG と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/img.png” is taken by content/Img.PNG as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/Img.PNG
    E0503 content/が.md:1:1
      URL「/が/」が content/が.md と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/が/” is taken by content/が.md as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/が.md
    E0503 content/ﾊﾝｶｸ.md:1:1
      URL「/ﾊﾝｶｸ/」が content/ハンカク.md と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/ﾊﾝｶｸ/” is taken by content/ハンカク.md as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/ハンカク.md
    "#);
}

#[test]
fn ids_of_lessons_that_differ_only_by_case_or_composition() {
    let files = [
        ("content/secrets/002-A.md", PAGE),
        ("content/secrets/003-が.md", PAGE),
        ("content/secrets/004-か\u{3099}.md", PAGE),
    ];
    assert_snapshot!(with(&files), @r#"
    E0503 content/secrets/002-A.md:1:1
      URL「/secrets/A/」が content/secrets/001-a.md と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/secrets/A/” is taken by content/secrets/001-a.md as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/secrets/001-a.md
    E0502 content/secrets/004-が.md:1:1
      「が」という id の話が二つあります — どちらかのファイル名の、番号の後ろの部分を変えてください
      there are two lessons with the id “が” — change what follows the number in one of the file names
      → content/secrets/003-が.md
    "#);
}

#[test]
fn two_terms_at_one_url() {
    let site = Site::series().lesson(1, "a", "tags: [Rust]\n", "").lesson(2, "b", "tags: [x, rust]\n", "").lesson(
        3,
        "c",
        "tags: [rust]\n",
        "",
    );
    assert_snapshot!(told(&site.build()), @r#"
    E0503 content/secrets/002-b.md:3:11
      URL「/tags/rust/」が tags: Rust と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/tags/rust/” is taken by tags: Rust as well — rename one of the two; upper and lower case, full and half width make no difference
      → content/secrets/001-a.md
    "#);
    let toml = format!("{SITE}[taxonomies.topics]\nslug = \"search\"\n");
    let site = Site::series().file("site.toml", toml).lesson(1, "a", "topics: [x]\n", "");
    assert_snapshot!(told(&site.build()), @r#"
    E0503 site.toml:1:1
      URL「/search/」が site.toml [taxonomies.topics] と重なっています — どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません
      the URL “/search/” is taken by site.toml [taxonomies.topics] as well — rename one of the two; upper and lower case, full and half width make no difference
    "#);
}

#[test]
fn names_that_windows_or_a_url_refuses_are_answered_with_one_that_works() {
    let long = "漢".repeat(86);
    let table = [
        ("CON", "Windows", "con-"),
        ("con.tar", "Windows", "con-.tar"),
        ("NUL", "Windows", "nul-"),
        ("aux", "Windows", "aux-"),
        ("COM1", "Windows", "com1-"),
        ("lpt9", "Windows", "lpt9-"),
        ("a.", "“.”", "a"),
        ("a ", "“ ”", "a"),
        ("a\u{3000}", "“\u{3000}”", "a"),
        ("a:b", ":", "a-b"),
        ("a?b", "?", "a-b"),
        ("a*b", "*", "a-b"),
        ("a|b", "|", "a-b"),
        ("a<b", "<", "a-b"),
        ("a>b", ">", "a-b"),
        ("a\"b", "\"", "a-b"),
        ("a\\b", "\\", "a-b"),
        ("a#b", "#", "a-b"),
        ("100%", "%", "100"),
        ("a\u{7}b", "U+0007", "a-b"),
        (long.as_str(), "258 > 255 bytes", ""),
    ];
    for (name, reason, suggestion) in table {
        let site = Site::series().lesson(1, "a", "", "").file(&format!("content/secrets/002-{name}.md"), PAGE);
        let outcome = site.build();
        let found: Vec<_> = outcome.built.diagnostics.iter().map(|found| (found.code.id, found.args.clone())).collect();
        let (code, args) = &found[0];
        let arg = |key: &str| args.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        assert_eq!((*code, arg("name"), arg("reason")), ("E0505", Some(name), Some(reason)), "{name:?}");
        if !suggestion.is_empty() {
            assert_eq!(arg("suggestion"), Some(suggestion), "{name:?}");
        }
        assert!(outcome.built.has_errors());
    }
    for name in ["信頼", "console", "com10", "a.b", "漢".repeat(83).as_str(), "a b", "é"] {
        let site = Site::series().lesson(1, "a", "", "").file(&format!("content/secrets/002-{name}.md"), PAGE);
        site.build_clean();
    }
}

#[test]
fn folders_and_files_beside_lessons_have_names_too() {
    let files = [("content/aux/about.md", PAGE), ("content/secrets/what?.png", "x"), ("content/a:b/x.png", "x")];
    assert_snapshot!(with(&files), @r#"
    E0505 content/a:b/x.png:1:1
      「a:b」は URL やファイルの名前に使えません（:） — 「a-b」ではいかがでしょうか
      “a:b” cannot be used as a name in a URL (:) — how about “a-b”?
    E0505 content/aux/about.md:1:1
      「aux」は URL やファイルの名前に使えません（Windows） — 「aux-」ではいかがでしょうか
      “aux” cannot be used as a name in a URL (Windows) — how about “aux-”?
    E0505 content/secrets/what?.png:1:1
      「what?.png」は URL やファイルの名前に使えません（?） — 「what.png」ではいかがでしょうか
      “what?.png” cannot be used as a name in a URL (?) — how about “what.png”?
    "#);
}
