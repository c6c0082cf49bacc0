//! Nothing that an author can name becomes an element or an attribute of its own (RELIABILITY.md, D3).

use scraper::{Html, Node};

use super::PNG;
use super::support::{Outcome, SERIES, Site};

/// What every field is filled with.
const POISON: &str = "\"><img src=x onerror=alert(1)>'<script>alert(2)</script>{{ 7 }}";

/// The poison as a YAML or TOML text in double quotes.
fn quoted() -> String {
    format!("\"{}\"", POISON.replace('"', "\\\""))
}

fn site() -> Site {
    let q = quoted();
    let toml = format!(
        "title = {q}\nshort_title = {q}\ntagline = {q}\ndescription = {q}\nbase_url = \"https://example.com/\"\nauthor = {q}\ncopyright = {q}\nabout = {q}\n[[navigation]]\nlabel = {q}\nlink = \"/secrets/\"\n[[navigation]]\nlabel = \"x\"\nlink = \"https://example.org/?q=\\\"><script>alert(3)</script>\"\n[taxonomies.categories]\nlabel = {q}\n[[taxonomies.categories.terms]]\nname = {q}\nslug = \"a\"\nlabel = {q}\ndescription = {q}\n[[speakers]]\nname = {q}\n[extra]\nx = {q}\n"
    );
    let index = SERIES.replace("title: 連載", &format!("title: {q}\ndescription: {q}"))
        .replace("planned: 10\n", &format!("planned: 10\nparts:\n  - title: {q}\n    start: 1\n    description: {q}\n  - title: {q}\n    start: 5\n  - title: {q}\n    start: 9\n"));
    let front = format!(
        "description: {q}\ndate: 2026-01-05\nauthors: [{q}]\ntags: [{q}]\ncategories: [{q}]\nyomi: {q}\nextra:\n  x: {q}\nimage: chart.png\n"
    );
    let body = format!(
        "{POISON}\n\n## {POISON}\n\n## 見出し {{#\"><img/src=x/onerror=alert(4)>}}\n\n[{POISON}](002-b.md '{}') ![{POISON}](chart.png)\n\n\
         [x](<https://example.org/\"onmouseover=alert(5)>) `{POISON}`\n\n```{POISON}\n{POISON}\n```\n\n```rust title=\"{}\"\n{POISON}\n```\n\n\
         > [!SUMMARY] {POISON}\n> {POISON}\n\n> [!BAD] {POISON}\n> {POISON}「{POISON}」\n> （{POISON}）\n\n> [!CHECK]\n> - [ ] {POISON}\n\n\
         | {POISON} |\n| --- |\n| {POISON} |\n\n注[^{}]。\n\n[^{}]: {POISON}\n",
        POISON.replace('\'', ""),
        "a<b>&",
        "a<b>\"",
        "a<b>\"",
    );
    Site::new()
        .file("site.toml", toml)
        .file("content/_index.md", format!("---\ntitle: {q}\n---\n{POISON}\n"))
        .file("content/secrets/_index.md", format!("{index}{POISON}\n"))
        .file("content/secrets/001-a.md", format!("---\ntitle: {q}\n{front}---\n{body}"))
        .file("content/secrets/002-b.md", format!("---\ntitle: {q}\nrequires: [a]\n{front}---\n{body}"))
        .file("content/secrets/003-'onerror=alert(1) x='&amp;.md", format!("---\ntitle: {q}\n---\n"))
        .file(
            "content/about.md",
            format!("---\ntitle: {q}\ndescription: {q}\naliases: [\"/old&'onerror=x/\"]\n---\n{body}"),
        )
        .file("content/secrets/chart.png", PNG)
        .file("content/chart.png", PNG)
        .file("i18n/ja.toml", format!("next = {q}\nlesson_of = {q}\ncount = {q}\ndate_format = {q}\n"))
}

/// Elements and attributes that only the poison can have made.
fn made(html: &Html) -> Vec<String> {
    let mut made = Vec::new();
    for node in html.tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        let attribute = |name: &str| element.attr(name).unwrap_or_default();
        // What a page says of itself is data in a script that nothing runs; that it is whole is asked below.
        let data = attribute("type") == "application/ld+json";
        let script = element.name() == "script"
            && !data
            && (!attribute("src").contains("_/") || !node.children().count().eq(&0));
        // An image in raw HTML is an image like any other: this one leads nowhere, so it has no source.
        let image = element.name() == "img" && !matches!(attribute("src").rsplit('/').next(), Some("chart.png" | ""));
        if script || image || matches!(element.name(), "iframe" | "object" | "embed" | "style") {
            made.push(format!("{element:?}"));
        }
        for (name, value) in element.attrs() {
            let scheme = value.trim().to_ascii_lowercase();
            if name.starts_with("on") || name == "style" || name == "srcdoc" || scheme.starts_with("javascript:") {
                made.push(format!("{name}={value} of {element:?}"));
            }
        }
    }
    made
}

fn assert_harmless(outcome: &Outcome) {
    for path in outcome.paths() {
        if path.rsplit_once('.').is_some_and(|(_, extension)| extension == "html") {
            let text = outcome.text(&path);
            assert_eq!(made(&Html::parse_document(&text)), Vec::<String>::new(), "{path}");
            let page = Html::parse_document(&text);
            let data = scraper::Selector::parse("script[type='application/ld+json']").expect("the selector is right");
            for script in page.select(&data) {
                let json: String = script.text().collect();
                assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{path}: {json}");
            }
            assert!(!text.contains("script>7") && !text.contains("script&gt;7"), "{path}: a text is no template");
        }
    }
    let json: serde_json::Value = serde_json::from_str(&outcome.text("feed.json")).expect("it is JSON");
    let items = json["items"].as_array().expect("a list");
    assert_eq!(items.len(), 2);
    for item in items {
        assert_eq!(item["title"], POISON, "a title in JSON is text");
        let html = item["content_html"].as_str().expect("whole lessons");
        assert_eq!(made(&Html::parse_fragment(html)), Vec::<String>::new());
    }
    for path in ["feed.xml", "sitemap.xml"] {
        let text = outcome.text(path);
        assert!(!text.contains("<img") && !text.contains("<script"), "{path}");
        for node in Html::parse_fragment(&text.replace("title>", "x-title>")).tree.nodes() {
            let Node::Element(element) = node.value() else { continue };
            let known = ["xmlns", "xmlns:h", "xml:lang", "type", "rel", "href", "term", "version", "encoding"];
            let unknown = element.attrs().map(|(name, _)| name).find(|name| !known.contains(name));
            assert_eq!(unknown, None, "{path}: {element:?}");
        }
    }
    let atom = Html::parse_fragment(&outcome.text("feed.xml"));
    let selector = scraper::Selector::parse("content").expect("the selector is right");
    let contents: Vec<String> = atom.select(&selector).map(|content| content.text().collect()).collect();
    assert_eq!(contents.len(), 2);
    for content in contents {
        assert_eq!(made(&Html::parse_fragment(&content)), Vec::<String>::new());
    }
}

#[test]
fn poisoned_names_and_texts_stay_text() {
    let outcome = site().build();
    let errors: Vec<String> = outcome.places();
    assert!(outcome.paths().len() > 15, "{errors:?}");
    assert_harmless(&outcome);
    let page = outcome.page("secrets/a/");
    assert_eq!(page.text("h1"), POISON.split_whitespace().collect::<Vec<_>>().join(" "), "readers see what was typed");
    assert!(page.attributes("meta[name=description]", "content").contains(&POISON.to_owned()));
    let described = page.attributes(".body img", "alt");
    assert!(
        described.iter().any(|alt| alt.starts_with("\">'")),
        "tags show nothing, in alternative text too: {described:?}"
    );
}

#[test]
fn the_check_sees_what_a_careless_template_lets_through() {
    let outcome = site().file("templates/page.html", "<h1 title=\"{{ page.title | safe }}\">x</h1>").build();
    assert_eq!(made(outcome.page("about/").html()).len(), 3, "an image, its handler, a script");
}

#[test]
fn links_that_run_programs_are_no_links() {
    let spellings = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&#58;alert(1)",
        "<java\tscript:alert(1)>",
        "&#x01;javascript:alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,<script>alert(1)</script>",
        "data:text/html;base64,PHNjcmlwdD4=",
        "blob:https://example.com/x",
        "file:///etc/passwd",
    ];
    for spelling in spellings {
        let body = format!("[x]({spelling})\n\n![x]({spelling})\n\n[y]\n\n[y]: {spelling}\n");
        let outcome = Site::series().lesson(1, "a", "", &body).build();
        let page = outcome.page("secrets/a/");
        for url in [page.attributes(".body a", "href"), page.attributes(".body img", "src")].concat() {
            let url: String = url.chars().filter(|c| !c.is_control()).collect::<String>().to_lowercase();
            let bad = ["javascript:", "vbscript:", "data:", "blob:", "file:"]
                .iter()
                .any(|scheme| url.trim().starts_with(scheme));
            assert!(!bad, "{spelling}: {url}");
        }
        assert!(outcome.built.has_errors(), "{spelling}: {:?}", outcome.places());
    }
}
