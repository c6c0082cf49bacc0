//! What other programs read: feeds, sitemap, robots.txt.

use scraper::{Html, Selector};

use super::support::{Outcome, SITE, Site};

/// The text of each element that matches in an XML file without CDATA.
fn xml(outcome: &Outcome, path: &str, selector: &str) -> Vec<String> {
    // In HTML `title` is special, and `<category/>` is not closed: hence another name, and descendants below.
    let text = outcome.text(path);
    assert!(text.starts_with("<?xml version=\"1.0\""), "{path}");
    let text = text.replace("<title", "<x-title").replace("</title", "</x-title");
    let html = Html::parse_fragment(&text);
    let selector = Selector::parse(selector).expect("the selector is right");
    html.select(&selector).map(|element| element.text().collect()).collect()
}

fn site() -> Site {
    Site::series()
        .file(
            "site.toml",
            "title = \"見本 & 例\"\nbase_url = \"https://example.com/course/\"\nauthor = \"編集部\"\ntagline = \"副題\"\n",
        )
        .lesson(
            1,
            "a",
            "date: 2026-01-05\ntags: [信頼]\n",
            "一つ目は[次](002-聴く.md#見出し)へ。![図](chart.png)\n\n<b>&\n",
        )
        .lesson(2, "聴く", "date: 2026-01-06\nupdated: 2026-03-01\nauthors: [田中]\n", "## 見出し\n")
        .lesson(3, "undated", "", "本文。\n")
        .lesson(4, "d", "publish: 2025-12-31 23:00:00Z\n", "本文。\n")
        .file("content/secrets/chart.png", super::PNG)
}

#[test]
fn the_atom_feed_holds_whole_lessons_the_newest_first() {
    let outcome = site().build();
    assert_eq!(xml(&outcome, "feed.xml", "feed > x-title"), ["見本 & 例"]);
    assert_eq!(xml(&outcome, "feed.xml", "feed > id"), ["https://example.com/course/"]);
    assert_eq!(xml(&outcome, "feed.xml", "feed > updated"), ["2026-03-01T00:00:00+09:00"]);
    assert_eq!(xml(&outcome, "feed.xml", "entry x-title"), ["第2の話", "第1の話", "第4の話"], "those with a date");
    assert_eq!(
        xml(&outcome, "feed.xml", "entry id"),
        [
            "https://example.com/course/secrets/%E8%81%B4%E3%81%8F/",
            "https://example.com/course/secrets/a/",
            "https://example.com/course/secrets/d/"
        ]
    );
    let published = xml(&outcome, "feed.xml", "entry published");
    assert_eq!(published, ["2026-01-06T00:00:00+09:00", "2026-01-05T00:00:00+09:00", "2026-01-01T00:00:00+09:00"]);
    assert_eq!(xml(&outcome, "feed.xml", "entry author name"), ["田中", "編集部", "編集部"]);
    let content = &xml(&outcome, "feed.xml", "entry content")[1];
    let content = Html::parse_fragment(content);
    let all = |selector: &str, name: &str| -> Vec<String> {
        let selector = Selector::parse(selector).expect("the selector is right");
        content.select(&selector).filter_map(|element| element.value().attr(name).map(str::to_owned)).collect()
    };
    let anchor = "https://example.com/course/secrets/%E8%81%B4%E3%81%8F/#%E8%A6%8B%E5%87%BA%E3%81%97";
    assert_eq!(all("a", "href"), [anchor], "links are absolute");
    assert_eq!(all("img", "src"), ["https://example.com/course/secrets/chart.png"]);
}

#[test]
fn the_json_feed_says_the_same() {
    let outcome = site().build();
    let feed: serde_json::Value = serde_json::from_str(&outcome.text("feed.json")).expect("it is JSON");
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["title"], "見本 & 例");
    assert_eq!(feed["home_page_url"], "https://example.com/course/");
    assert_eq!(feed["feed_url"], "https://example.com/course/feed.json");
    assert_eq!(feed["language"], "ja");
    let items = feed["items"].as_array().expect("a list");
    assert_eq!(items.len(), 3);
    assert_eq!(items[1]["url"], "https://example.com/course/secrets/a/");
    assert_eq!(items[1]["tags"], serde_json::json!(["信頼"]));
    assert_eq!(items[0]["date_modified"], "2026-03-01T00:00:00+09:00");
    assert_eq!(items[0]["authors"], serde_json::json!([{ "name": "田中" }]));
    assert!(items[1]["content_html"].as_str().is_some_and(|html| html.starts_with("<p>一つ目は<a href=\"https://")));
}

#[test]
fn feeds_are_as_long_and_as_full_as_the_site_wants() {
    let toml = |feeds: &str| format!("{SITE}[feeds]\n{feeds}\n");
    let short = site().file("site.toml", toml("limit = 1\ncontent = \"summary\"")).build();
    assert_eq!(xml(&short, "feed.xml", "entry x-title"), ["第2の話"]);
    assert_eq!(xml(&short, "feed.xml", "entry content"), Vec::<String>::new());
    let none = site().file("site.toml", toml("atom = false\njson = false")).build();
    assert!(!none.has("feed.xml") && !none.has("feed.json"));
    assert_eq!(none.page("").attributes("link[rel=alternate]", "href"), Vec::<String>::new());
    let empty = Site::new().file("content/about.md", "---\ntitle: x\n---\n").build_clean();
    assert_eq!(xml(&empty, "feed.xml", "feed > updated"), ["1970-01-01T00:00:00+00:00"], "no clock is asked");
    assert_eq!(xml(&empty, "feed.xml", "feed > author name"), ["見本"], "a feed has an author, be it the site");
    let home = site().build().page("secrets/a/");
    assert_eq!(home.links("link[rel=alternate]"), ["feed.xml", "feed.json"]);
}

#[test]
fn the_sitemap_names_every_page_once_with_its_day() {
    let outcome = site().file("content/about.md", "---\ntitle: x\naliases: [/old/]\n---\n").build();
    let mut found = xml(&outcome, "sitemap.xml", "url > loc");
    found.sort();
    let expected = [
        "",
        "about/",
        "secrets/",
        "secrets/%E8%81%B4%E3%81%8F/",
        "secrets/a/",
        "secrets/d/",
        "secrets/undated/",
        "tags/",
        "tags/%E4%BF%A1%E9%A0%BC/",
    ];
    assert_eq!(found, expected.map(|path| format!("https://example.com/course/{path}")));
    let text = outcome.text("sitemap.xml");
    let url =
        "<url><loc>https://example.com/course/secrets/%E8%81%B4%E3%81%8F/</loc><lastmod>2026-03-01</lastmod></url>";
    assert!(text.contains(url), "{text}");
    assert!(text.contains("<loc>https://example.com/course/secrets/undated/</loc></url>"), "{text}");
}

#[test]
fn robots_txt_is_ours_until_the_author_writes_one() {
    let outcome = site().build();
    assert_eq!(
        outcome.text("robots.txt"),
        "User-agent: *\nAllow: /\n\nSitemap: https://example.com/course/sitemap.xml\n"
    );
    let own = site().file("content/robots.txt", "User-agent: *\nDisallow: /\n").build();
    assert_eq!(own.text("robots.txt"), "User-agent: *\nDisallow: /\n");
}

#[test]
fn footnotes_of_a_feed_lead_into_the_lesson() {
    let site = Site::series().lesson(1, "a", "date: 2026-01-05\n", "注[^1]。\n\n[^1]: 一\n");
    let outcome = site.build_clean();
    let feed: serde_json::Value = serde_json::from_str(&outcome.text("feed.json")).expect("it is JSON");
    let html = feed["items"][0]["content_html"].as_str().expect("whole lessons");
    assert!(html.contains("href=\"https://example.com/secrets/a/#fn-1\""), "{html}");
    assert!(!html.contains("href=\"#"), "{html}");
    assert_eq!(outcome.page("secrets/a/").attributes(".fnref a", "href"), ["#fn-1"]);
}
