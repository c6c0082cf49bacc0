//! What a page says to programs about itself: cards, and JSON-LD.

use serde_json::Value;

use super::support::{Outcome, SITE, Site};

fn site() -> Site {
    let index = "---\ntitle: 連載\nkind: series\nplanned: 10\ndescription: 十の話。\nparts:\n  - title: 前半\n    start: 1\n---\n";
    Site::new()
        .file("site.toml", format!("{SITE}author = \"編集部\"\n"))
        .file("content/secrets/_index.md", index)
        .file("content/about.md", "---\ntitle: 案内\n---\n本文。\n")
        .lesson(3, "c", "date: 2026-01-05\nupdated: 2026-02-28\ntags: [信頼, \"</script><b>\"]\n", "本文です。\n")
}

/// The nodes of a page's graph, by their type.
fn node(outcome: &Outcome, route: &str, kind: &str) -> Value {
    let page = outcome.page(route);
    let text = page.text("script[type='application/ld+json']");
    let data: Value = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(data["@context"], "https://schema.org");
    let nodes = data["@graph"].as_array().expect("it is a graph");
    nodes.iter().find(|node| node["@type"] == kind).cloned().unwrap_or_default()
}

#[test]
fn programs_learn_what_a_lesson_is() {
    let outcome = site().build_clean();
    let lesson = node(&outcome, "secrets/c/", "LearningResource");
    assert_eq!(lesson["name"], "第3の話");
    assert_eq!(lesson["position"], 3);
    assert_eq!((&lesson["datePublished"], &lesson["dateModified"]), (&"2026-01-05".into(), &"2026-02-28".into()));
    assert_eq!(lesson["isPartOf"]["@id"], "https://example.com/secrets/");
    assert_eq!(lesson["author"][0]["name"], "編集部");
    assert_eq!(lesson["keywords"], "</script><b>, 信頼", "no word of an author ends the element");
    assert_eq!(lesson.get("image"), None, "what is not there is not said");
    let trail = node(&outcome, "secrets/c/", "BreadcrumbList");
    let items = trail["itemListElement"].as_array().expect("it is a list");
    let urls: Vec<&str> = items.iter().filter_map(|item| item["item"].as_str()).collect();
    let home = "https://example.com/";
    assert_eq!(
        urls,
        [
            home,
            "https://example.com/secrets/",
            "https://example.com/secrets/#_part-1",
            "https://example.com/secrets/c/"
        ]
    );
    let course = node(&outcome, "secrets/", "Course");
    assert_eq!((&course["name"], &course["description"]), (&"連載".into(), &"十の話。".into()));
    assert_eq!(course["provider"]["name"], "編集部");
    assert_eq!(node(&outcome, "", "WebSite")["name"], "見本");
    assert_eq!(outcome.page("404.html").texts("script[type='application/ld+json']").len(), 0);
}

#[test]
fn cards_say_when_and_about_what() {
    let outcome = site().build_clean();
    let page = outcome.page("secrets/c/");
    let said = |name: &str| page.attributes(&format!("meta[property='{name}']"), "content");
    assert_eq!(said("og:locale"), ["ja_JP"]);
    assert_eq!(
        (said("article:published_time"), said("article:modified_time")),
        (vec!["2026-01-05".to_owned()], vec!["2026-02-28".to_owned()])
    );
    assert_eq!(
        (said("article:section"), said("article:tag")),
        (vec!["前半".to_owned()], vec!["</script><b>".to_owned(), "信頼".to_owned()])
    );
    assert_eq!(page.attributes("meta[name='twitter:card']", "content"), ["summary"]);
}
