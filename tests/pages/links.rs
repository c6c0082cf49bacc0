//! Every link of every page leads to a file and, where it names one, to an anchor; URLs are Unicode in NFC.

use std::path::Path;

use super::PNG;
use super::support::{Outcome, Site, crawl};

/// A site with everything that makes links, under a prefix where there is one.
fn rich(base: &str) -> Site {
    let toml = format!(
        "title = \"見本\"\nbase_url = \"{base}\"\nabout = \"紹介\"\n[[navigation]]\nlabel = \"目次\"\nlink = \"/secrets/\"\n[[navigation]]\nlabel = \"案内\"\nlink = \"会社/概要.md#所在地\"\n[paging]\nper_page = 2\n"
    );
    let index = "---\ntitle: 連載\nkind: series\nplanned: 9\nparts:\n  - title: 前\n    start: 1\n  - title: 中\n    start: 3\n  - title: 後\n    start: 6\n---\n[最初](001-a.md)から、[後](#_part-6)まで。\n";
    let body = "はじめ[^注]。\n\n## 見出し「一」\n\n[同じ頁](#見出し一) [次](002-聴く.md#まとめ-1) [案内](../会社/概要.md) [表](data/表 1.csv)\n[根から](/tags/) [百分](<data/%E8%A1%A8 1.csv>)\n\n![図](図.png)\n\n## 見出し「二」\n\n> [!SUMMARY]\n> 1. [上へ](#見出し一)\n> 2. ![図](図.png)\n\n[^注]: 注です。\n";
    Site::new()
        .file("site.toml", toml.replace("data/表 1.csv", ""))
        .file(
            "content/_index.md",
            "---\ntitle: ようこそ\n---\n[目次](secrets/_index.md#_part-3) と [案内](会社/概要.md)\n",
        )
        .file("content/secrets/_index.md", index)
        .lesson(
            1,
            "a",
            "tags: [信頼, C++]\ndate: 2026-01-05\naliases: [/old/, /古い/道.html]\n",
            &body.replace("(data/表 1.csv)", "(<data/表 1.csv>)"),
        )
        .lesson(2, "聴く", "tags: [信頼]\nrequires: [a]\n", "## まとめ\n\n## まとめ\n")
        .lesson(4, "が", "tags: [信頼]\n", "```rust\nfn main() {}\n```\n")
        .lesson(7, "z", "categories: [本質]\n", "> [!BAD] 題\n> 営業「はい」\n\n> [!CHECK]\n> - [ ] 一\n")
        .file("content/secrets/図.png", PNG)
        .file("content/secrets/data/表 1.csv", "a")
        .file("content/会社/概要.md", "---\ntitle: 概要\n---\n## 所在地\n\n## 沿革\n\n### 昔\n")
}

#[test]
fn every_link_of_a_rich_site_leads_somewhere() {
    for base in ["https://example.com/", "https://example.com/course/sub/"] {
        let outcome = rich(base).build_clean();
        assert_eq!(crawl::broken(&outcome, base), Vec::<String>::new());
        let pages = outcome.paths().iter().filter(|path| path.ends_with("index.html")).count();
        assert!(pages >= 15, "{:?}", outcome.paths());
    }
}

#[test]
fn every_link_of_this_repositorys_own_site_leads_somewhere() {
    let outcome = Outcome::of_folder(Path::new(env!("CARGO_MANIFEST_DIR")), 1_798_761_600);
    assert_eq!(outcome.places(), Vec::<String>::new(), "the sample site has no faults");
    assert_eq!(crawl::broken(&outcome, "https://example.com/"), Vec::<String>::new());
}

#[test]
fn the_crawler_finds_what_is_broken() {
    let site = rich("https://example.com/").file(
        "content/secrets/009-bad.md",
        "---\ntitle: x\n---\n[a](none/) [b](001-a.md#none) ![c](none.png) [d](../../../x)\n",
    );
    let found = crawl::broken(&site.build(), "https://example.com/");
    assert_eq!(found, Vec::<String>::new(), "what leads nowhere becomes no link");
    let outcome = rich("https://example.com/course/")
        .file(
            "templates/page.html",
            "<a href=\"{{ root }}none/\">x</a><a href=\"/elsewhere/\">y</a><a href=\"#no\">z</a>{{ page.content | safe }}",
        )
        .build();
    let page = "会社/概要/index.html";
    assert_eq!(
        crawl::broken(&outcome, "https://example.com/course/"),
        ["../../none/", "/elsewhere/", "#no"].map(|link| format!("{page} → {link}"))
    );
}

#[test]
fn only_what_must_be_is_absolute() {
    let outcome = rich("https://example.com/course/").build_clean();
    for path in outcome.paths().iter().filter(|path| path.ends_with("index.html")) {
        let page = outcome.page(path.strip_suffix("index.html").expect("it was filtered"));
        for link in page.attributes("a, img, script, link[rel=stylesheet], link[rel=alternate]", "href") {
            assert!(!link.starts_with('/') && !link.contains("example.com"), "{path}: {link}");
        }
    }
}

#[test]
fn names_are_composed_in_paths_and_encoded_in_links_only() {
    let nfd = "か\u{3099}";
    let site = Site::series()
        .lesson(1, nfd, &format!("tags: [{nfd}]\n"), &format!("[図]({nfd}.csv) [次](002-b.md#{nfd})\n"))
        .lesson(2, "b", "", "## が\n\n[前](001-が.md)\n")
        .file(&format!("content/secrets/{nfd}.csv"), "a");
    let outcome = site.build_clean();
    let paths = outcome.paths();
    for path in ["secrets/が/index.html", "secrets/が.csv", "tags/が/index.html"] {
        assert!(paths.contains(&path.to_owned()), "{path}: {paths:?}");
    }
    let page = outcome.page("secrets/が/");
    assert_eq!(page.attributes(".body a", "href"), ["../../secrets/%E3%81%8C.csv", "../../secrets/b/#%E3%81%8C"]);
    assert_eq!(outcome.page("secrets/b/").links(".body a"), ["secrets/が/"]);
    assert_eq!(crawl::broken(&outcome, "https://example.com/"), Vec::<String>::new());
}
