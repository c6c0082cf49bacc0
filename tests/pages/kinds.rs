//! Home, contents, lesson, page, terms, takeaways, search, 404, redirects, files.

use super::PNG;
use super::support::{SERIES, SITE, Site};

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn the_home_page_welcomes_and_shows_the_contents_and_the_newest() {
    let toml = format!(
        "{SITE}tagline = \"副題です。\"\nabout = \"\"\"\n一段落目。\n\n二段落目。\n\"\"\"\ncopyright = \"© 見本\"\n[[navigation]]\nlabel = \"目次\"\nlink = \"/secrets/\"\n[[navigation]]\nlabel = \"外\"\nlink = \"https://example.org/\"\n"
    );
    let site = (1..=7).fold(Site::series(), |site, n| {
        // The newest is not the last.
        site.lesson(n, &format!("l{n}"), &format!("date: 2025-01-0{}\n", 8 - n), "本文です。\n")
    });
    let site = site
        .file("site.toml", toml)
        .lesson(8, "undated", "", "本文です。\n")
        .file("content/_index.md", "---\ntitle: ようこそ\n---\n紹介文は[案内](about.md)へ。\n")
        .file("content/about.md", "---\ntitle: 案内\n---\n本文。\n");
    let home = site.build_clean().page("");
    assert_eq!(home.text("title"), "見本");
    assert_eq!(home.text("h1"), "見本");
    assert_eq!(home.text(".tagline"), "副題です。");
    assert_eq!(home.texts(".body p"), ["紹介文は案内へ。"]);
    assert_eq!(home.links(".body a"), ["about/"]);
    assert_eq!(home.texts(".contents .count > span"), ["全10回のうち8回を公開中"]);
    assert_eq!(home.texts(".contents ol.lessons li").len(), 9, "eight lessons, one planned run");
    let latest = ["secrets/l1/", "secrets/l2/", "secrets/l3/", "secrets/l4/", "secrets/l5/"];
    assert_eq!(home.links(".latest a"), latest, "the newest five that have a date");
    assert_eq!(home.texts(".latest time")[0], "2025年1月7日");
    assert_eq!(home.texts("footer .about p"), ["一段落目。", "二段落目。"]);
    assert!(home.text("footer .small").contains("© 見本"));
    assert_eq!(home.links("header nav a"), ["secrets/", "https://example.org/", "search/"]);
    assert_eq!(home.attributes("link[rel=canonical]", "href"), ["https://example.com/"]);
}

#[test]
fn a_large_series_is_named_by_its_parts_on_the_home_page() {
    let index = "---\ntitle: 連載\nkind: series\nplanned: 200\nparts:\n  - title: 前\n    start: 1\n  - title: 後\n    start: 101\n---\n";
    let site = Site::new().file("content/secrets/_index.md", index);
    let site = (1..=151).fold(site, |site, n| site.lesson(n, &format!("l{n}"), "", ""));
    let outcome = site.build_clean();
    assert_eq!(outcome.page("").links(".contents li a"), ["secrets/#_part-1", "secrets/#_part-101"]);
    assert_eq!(outcome.page("").texts(".contents li")[1], "後 第101回〜第200回 51回を公開中");
    assert_eq!(outcome.page("secrets/").texts("ol.lessons li").len(), 152);
}

#[test]
fn a_lesson_shows_when_by_whom_how_long_and_about_what() {
    let toml =
        format!("{SITE}author = \"編集部\"\n[[taxonomies.categories.terms]]\nname = \"本質\"\nslug = \"essence\"\n");
    let body = format!("{}\n\n## 一つ目\n\n本文。\n\n### 中\n\n## 二つ目 {{#two}}\n\n終わり。\n", "あ".repeat(1200));
    let front = "date: 2026-01-05\nupdated: 2026-02-28\nauthors: [編集部, 田中]\ncategories: [本質]\ntags: [信頼, 傾聴]\ndescription: 短い説明。\nimage: chart.png\n";
    let site = Site::series()
        .file("site.toml", toml)
        .file("content/secrets/chart.png", PNG)
        .lesson(3, "c", front, &body)
        .lesson(4, "d", "", "短い。\n");
    let outcome = site.build_clean();
    let page = outcome.page("secrets/c/");
    assert_eq!(page.text("title"), "第3の話 | 見本");
    assert_eq!(page.text("h1"), "第3の話");
    assert_eq!(page.attributes("time", "datetime"), ["2026-01-05", "2026-02-28"]);
    assert_eq!(page.texts("time"), ["2026年1月5日", "2026年2月28日更新"]);
    assert!(page.texts(".meta span").contains(&"約3分".to_owned()), "500 characters a minute");
    assert!(page.texts(".meta span").contains(&"田中".to_owned()), "an author who is not the site's");
    assert_eq!(page.links(".cats a"), ["categories/essence/"]);
    assert_eq!(page.texts(".tags a"), ["信頼", "傾聴"]);
    assert_eq!(page.links(".tags a"), ["tags/信頼/", "tags/傾聴/"]);
    assert_eq!(page.attributes(".tags a", "href")[0], "../../tags/%E4%BF%A1%E9%A0%BC/");
    assert_eq!(page.texts(".toc a"), ["一つ目", "中", "二つ目"]);
    assert_eq!(page.attributes(".toc a", "href"), ["#%E4%B8%80%E3%81%A4%E7%9B%AE", "#%E4%B8%AD", "#two"]);
    assert_eq!(page.attributes(".body h2", "id"), ["一つ目", "two"]);
    assert_eq!(page.attributes("meta[name=description]", "content"), ["短い説明。"]);
    assert_eq!(page.attributes("meta[property='og:type']", "content"), ["article"]);
    assert_eq!(page.attributes("meta[property='og:image']", "content"), ["https://example.com/secrets/chart.png"]);
    assert_eq!(page.attributes("link[rel=canonical]", "href"), ["https://example.com/secrets/c/"]);
    assert_eq!(page.attributes("html", "lang"), ["ja"]);

    let short = outcome.page("secrets/d/");
    assert_eq!(short.attributes("meta[name=description]", "content"), ["短い。"], "the summary stands in");
    assert_eq!(
        [short.texts("time"), short.texts(".toc a"), short.texts(".tags a"), short.texts(".cats a")],
        [none(), none(), none(), none()]
    );
}

#[test]
fn pages_stand_where_their_files_stand() {
    let page = |title: &str| format!("---\ntitle: {title}\n---\n本文。\n");
    let site = Site::series()
        .lesson(1, "a", "", "")
        .file("content/about.md", page("案内"))
        .file("content/guide/_index.md", page("手引き"))
        .file("content/guide/first.md", page("はじめに"))
        .file("content/guide/chart/index.md", page("図"))
        .file("content/会社/概要.md", page("概要"));
    let outcome = site.build_clean();
    for (route, title) in [
        ("about/", "案内"),
        ("guide/", "手引き"),
        ("guide/first/", "はじめに"),
        ("guide/chart/", "図"),
        ("会社/概要/", "概要"),
    ] {
        let page = outcome.page(route);
        assert_eq!((page.text("h1"), page.texts(".body p")), (title.to_owned(), vec!["本文。".to_owned()]));
        assert_eq!(page.texts(".crumbs li"), ["トップ", title]);
        assert_eq!(page.links("a.name"), [""], "the name leads home from every depth");
    }
    let listed = outcome.page("search/").links(".links a");
    assert_eq!(listed, ["about/", "guide/", "guide/chart/", "guide/first/", "会社/概要/"]);
}

#[test]
fn terms_are_listed_with_counts_in_the_sites_order() {
    let toml = format!(
        "{SITE}[taxonomies.categories]\nlabel = \"分野\"\n[[taxonomies.categories.terms]]\nname = \"戦術\"\ndescription = \"使い方。\"\n[[taxonomies.categories.terms]]\nname = \"本質\"\nlabel = \"営業の本質\"\n[[taxonomies.categories.terms]]\nname = \"未使用\"\n[taxonomies.levels]\nlabel = \"難しさ\"\nslug = \"level\"\n"
    );
    let site = Site::series()
        .file("site.toml", toml)
        .lesson(1, "a", "categories: [本質, 戦術]\ntags: [い]\nlevels: [初級]\n", "")
        .lesson(2, "b", "categories: 本質\ntags: [あ, い]\n", "")
        .lesson(3, "c", "categories: [本質]\ntags: [Rust 入門]\n", "");
    let outcome = site.build_clean();
    let categories = outcome.page("categories/");
    assert_eq!(categories.text("h1"), "分野");
    assert_eq!(
        categories.texts(".terms li"),
        ["戦術 1件 使い方。", "営業の本質 3件"],
        "as in site.toml; unused ones not"
    );
    assert_eq!(categories.links(".terms a"), ["categories/戦術/", "categories/本質/"]);
    assert_eq!(outcome.page("tags/").texts(".terms li"), ["Rust 入門 1件", "あ 1件", "い 2件"], "others sorted");
    assert_eq!(outcome.page("tags/").links(".terms a"), ["tags/rust-入門/", "tags/あ/", "tags/い/"]);
    assert_eq!(outcome.page("level/").texts(".terms li"), ["初級 1件"]);
    assert_eq!(outcome.page("secrets/a/").links(".tags a"), ["level/初級/", "tags/い/"]);
    let term = outcome.page("categories/本質/");
    assert_eq!(
        (term.text("h1"), term.links("ol.lessons a")),
        ("営業の本質".to_owned(), vec!["secrets/a/".to_owned(), "secrets/b/".to_owned(), "secrets/c/".to_owned()])
    );
    assert_eq!(term.text(".head .count"), "3件");
    assert_eq!(outcome.page("tags/い/").links(".related a"), ["tags/あ/"]);
    assert!(!outcome.has("categories/未使用/index.html"));
    assert_eq!(
        outcome.page("tags/い/").attributes("meta[name=description]", "content"),
        ["「い」の回を、連載の順に並べました。"]
    );
}

#[test]
fn a_site_without_terms_has_no_pages_for_them() {
    let outcome = Site::series().lesson(1, "a", "tags: []\n", "").build_clean();
    assert!(!outcome.paths().iter().any(|path| path.starts_with("tags") || path.starts_with("categories")));
}

#[test]
fn the_lessons_of_a_term_are_paged_in_series_order() {
    let site = (1..=5).fold(Site::series(), |site, n| site.lesson(n, &format!("l{n}"), "tags: [共通]\n", ""));
    let outcome = site.file("site.toml", format!("{SITE}[paging]\nper_page = 2\n")).build_clean();
    let (first, second, third) =
        (outcome.page("tags/共通/"), outcome.page("tags/共通/page/2/"), outcome.page("tags/共通/page/3/"));
    assert_eq!(first.links("ol.lessons a"), ["secrets/l1/", "secrets/l2/"]);
    assert_eq!(second.links("ol.lessons a"), ["secrets/l3/", "secrets/l4/"]);
    assert_eq!(third.links("ol.lessons a"), ["secrets/l5/"]);
    assert_eq!([first.links("a[rel=prev]"), first.links("a[rel=next]")], [none(), vec!["tags/共通/page/2/".into()]]);
    assert_eq!(second.links(".cols .around a"), ["tags/共通/", "tags/共通/page/3/"]);
    assert_eq!([third.links("a[rel=prev]"), third.links("a[rel=next]")], [vec!["tags/共通/page/2/".into()], none()]);
    assert_eq!(second.texts(".head .count span"), ["5件", "2／3ページ"], "the count is of all pages");
    assert_eq!(second.text("title"), "共通（2ページ目） | 見本");
    assert!(!outcome.has("tags/共通/page/1/index.html") && !outcome.has("tags/共通/page/4/index.html"));
}

#[test]
fn takeaways_stand_in_order_and_lead_back() {
    let body = "はじめ。\n\n> [!SUMMARY]\n> 1. [図](chart.png)を見る\n> 2. [次](003-c.md#まとめ方)へ、[上](#見出し)も\n\n## 見出し\n";
    let site = Site::series()
        .lesson(3, "c", "", "## まとめ方\n\n> [!まとめ]\n> 三つ目。\n")
        .lesson(1, "a", "", body)
        .lesson(2, "b", "", "まとめのない話。\n")
        .file("content/secrets/chart.png", PNG);
    let outcome = site.build_clean();
    let sheet = outcome.page("secrets/takeaways/");
    assert_eq!(sheet.links("main h2 a"), ["secrets/a/", "secrets/c/"]);
    assert_eq!(sheet.attributes("main ol > li[value]", "value"), ["1", "3"]);
    assert_eq!(sheet.links(".body a"), ["secrets/chart.png", "secrets/c/#まとめ方", "secrets/a/#見出し"]);
    assert!(sheet.texts(".body")[1].contains("三つ目。"));
    assert_eq!(sheet.links(".crumbs a"), ["", "secrets/"]);
    assert!(outcome.page("secrets/").links(".around a").contains(&"secrets/takeaways/".to_owned()));
    let without = Site::series().lesson(2, "b", "", "まとめのない話。\n").build_clean();
    assert!(!without.has("secrets/takeaways/index.html"));
}

#[test]
fn the_search_page_lists_every_title() {
    let site = Site::series()
        .lesson(2, "b", "", "")
        .lesson(1, "a", "", "")
        .file("content/z/_index.md", SERIES.replace("連載", "別の連載"))
        .file("content/z/1-x.md", "---\ntitle: 別の話\n---\n")
        .file("content/about.md", "---\ntitle: 案内\n---\n");
    let outcome = site.build_clean();
    let search = outcome.page("search/");
    assert_eq!(search.texts("main li"), ["第1の話", "第2の話", "別の話", "案内"]);
    assert_eq!(search.texts("main h2"), ["連載", "別の連載", "そのほかのページ"]);
    assert_eq!(search.attributes("meta[name=robots]", "content"), none());
    let off = site.file("site.toml", format!("{SITE}[search]\nenabled = false\n")).build_clean();
    assert!(!off.has("search/index.html"));
    assert_eq!(off.page("").links("header nav a"), none());
}

#[test]
fn the_page_for_what_is_not_there_works_at_any_depth() {
    for (base, root) in [("https://example.com/", "/"), ("https://example.com/course/x", "/course/x/")] {
        let site = Site::series()
            .lesson(1, "a", "", "")
            .file("site.toml", format!("title = \"見本\"\nbase_url = \"{base}\"\n"));
        let page = site.build_clean().page("404.html");
        assert_eq!(page.text("h1"), "ページが見つかりません");
        let links = page.attributes("a[href], link[rel=stylesheet], script[src]", "href");
        assert!(links.iter().filter(|link| !link.starts_with('#')).all(|link| link.starts_with(root)), "{links:?}");
        assert!(page.attributes("script", "src").iter().all(|src| src.starts_with(&format!("{root}_/"))));
        assert!(links.contains(&format!("{root}secrets/")) && links.contains(&root.to_owned()));
    }
}

#[test]
fn old_urls_lead_to_new_ones() {
    let site = Site::series()
        .lesson(1, "聴く", "aliases: [/old/quota/, /archives/12.html, \"/%E5%8F%A4/\", /2019/]\n", "")
        .file("content/about.md", "---\ntitle: 案内\naliases: [/secrets/about]\n---\n");
    let outcome = site.build_clean();
    let target = "secrets/%E8%81%B4%E3%81%8F/";
    for (route, relative) in [("old/quota/", "../../"), ("archives/12.html", "../"), ("古/", "../"), ("2019/", "../")]
    {
        let page = outcome.page(route);
        assert_eq!(page.attributes("meta[http-equiv=refresh]", "content"), [format!("0; url={relative}{target}")]);
        assert_eq!(page.attributes("link[rel=canonical]", "href"), [format!("https://example.com/{target}")]);
        assert_eq!(page.links("main a"), ["secrets/聴く/"]);
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
    }
    assert_eq!(outcome.page("secrets/about/").links("main a"), ["about/"]);
    assert!(!outcome.text("sitemap.xml").contains("old/"), "only the new URL is offered to search engines");
}

#[test]
fn files_lie_beside_their_lessons_and_images_say_their_size() {
    let site = Site::series()
        .lesson(1, "a", "", "![図の説明](chart.png)\n\n[表](data/t.csv) ![外](https://example.org/x.png)\n")
        .file("content/secrets/chart.png", PNG)
        .file("content/secrets/data/t.csv", "a,b\n")
        .file("content/CNAME", "example.com")
        .file("content/favicon.ico", [0, 1, 2]);
    let outcome = site.build_clean();
    assert_eq!(outcome.bytes("secrets/chart.png"), PNG);
    assert_eq!(outcome.text("secrets/data/t.csv"), "a,b\n");
    assert_eq!((outcome.text("CNAME"), outcome.bytes("favicon.ico")), ("example.com".to_owned(), vec![0, 1, 2]));
    let page = outcome.page("secrets/a/");
    assert_eq!(page.attributes(".body img", "src"), ["../../secrets/chart.png", "https://example.org/x.png"]);
    assert_eq!(page.attributes(".body img", "width"), ["640"]);
    assert_eq!(page.attributes(".body img", "height"), ["360"]);
    assert_eq!(page.attributes(".body img", "alt"), ["図の説明", "外"]);
    assert_eq!(page.links(".body a"), ["secrets/data/t.csv"]);
}
