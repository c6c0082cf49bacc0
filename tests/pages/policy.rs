//! What a page may load and run: its own files, checked by their hashes, and nothing that stands in the page itself.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest as _, Sha256};

use super::PNG;
use super::support::{Outcome, SITE, Site};

/// Each kind of Markdown that some program writes styles for.
const STYLED: &str = "| 左 | 中 | 右 |\n|:--|:-:|--:|\n| 1 | 2 | 3 |\n\n$$\\begin{matrix} a & b \\\\ c & d \\end{matrix} \\color{red} x \\rule{1em}{2em}$$\n\n\
```rust title=\"a.rs\" {1}\nfn main() {}\n```\n\n![図](chart.png)\n\n> [!BAD] 題\n> 営業「はい」\n\n> [!CHECK]\n> - [ ] する\n\n\
<p style=\"color:red\" onclick=\"alert(1)\">赤</p>\n<script>alert(1)</script>\n<style>p{}</style>\n<a href=\"javascript:alert(1)\">押す</a>\n\n[x](javascript:alert(1))\n";

fn site() -> Site {
    Site::series()
        .file("content/secrets/chart.png", PNG)
        .file("content/about.md", "---\ntitle: 案内\n---\n本文。\n")
        .lesson(1, "a", "tags: [信頼]\naliases: [/old/]\n", STYLED)
        .lesson(2, "b", "tags: [信頼]\n", "> [!まとめ]\n> 1. 聴く\n")
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("the selector is right")).collect()
}

/// What a page holds that the policy forbids, or that comes from elsewhere.
fn forbidden(path: &str, outcome: &Outcome) -> Vec<String> {
    let page = Html::parse_document(&outcome.text(path));
    let mut found = Vec::new();
    for element in select(&page, "*") {
        let value = element.value();
        let inline = value.attrs().filter(|(name, text)| {
            *name == "style" || name.starts_with("on") || text.trim_start().to_lowercase().starts_with("javascript:")
        });
        found.extend(inline.map(|(name, text)| format!("{path}: {name}={text}")));
        let data = value.attr("type") == Some("application/ld+json");
        if value.name() == "style" || (value.name() == "script" && value.attr("src").is_none() && !data) {
            found.push(format!("{path}: <{}>", value.name()));
        }
    }
    for element in select(&page, "script[src], link[rel=stylesheet], img, source, iframe, video, audio") {
        let link = element.attr("src").or_else(|| element.attr("href")).unwrap_or_default();
        if link.contains("//") {
            found.push(format!("{path}: {link}"));
        }
    }
    // Nothing may be loaded before the policy is known.
    let head = select(&page, "head > *").iter().map(|element| element.value().name()).take(2).collect::<Vec<_>>();
    let policy = select(&page, "head > meta:nth-child(2)[http-equiv=Content-Security-Policy]");
    let content = policy.first().and_then(|meta| meta.attr("content")).unwrap_or_default();
    if !content.starts_with("default-src 'none'; script-src 'self'") || content.contains("unsafe") {
        found.push(format!("{path}: {head:?} {content}"));
    }
    found
}

fn pages(outcome: &Outcome) -> Vec<String> {
    outcome.paths().into_iter().filter(|path| Path::new(path).extension().is_some_and(|e| e == "html")).collect()
}

#[test]
fn nothing_that_runs_or_styles_stands_in_a_page() {
    let outcome = site().build();
    assert!(!outcome.built.has_errors() || outcome.places().iter().all(|place| place.contains("001-a.md")));
    let pages = pages(&outcome);
    assert!(pages.len() > 10, "{pages:?}");
    let found: Vec<String> = pages.iter().flat_map(|path| forbidden(path, &outcome)).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn nothing_that_runs_or_styles_stands_in_the_sample_site() {
    let outcome = Outcome::of_folder(Path::new(env!("CARGO_MANIFEST_DIR")), 1_893_456_000);
    let found: Vec<String> = pages(&outcome).iter().flat_map(|path| forbidden(path, &outcome)).collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn styles_and_scripts_are_what_the_page_says() {
    let outcome = site().build();
    let mut checked = 0;
    for path in pages(&outcome) {
        let page = Html::parse_document(&outcome.text(&path));
        for element in select(&page, "script[src], link[rel=stylesheet]") {
            let link = element.attr("src").or_else(|| element.attr("href")).expect("it is loaded from somewhere");
            let file = link.trim_start_matches("../").trim_start_matches(['.', '/']);
            // The one that has to run where no check is possible.
            if file.starts_with("_/theme.") {
                continue;
            }
            let hash = BASE64_STANDARD.encode(Sha256::digest(outcome.bytes(file)));
            assert_eq!(element.attr("integrity"), Some(format!("sha256-{hash}").as_str()), "{file} on {path}");
            checked += 1;
        }
    }
    assert!(checked > 10, "{checked}");
}

#[test]
fn hosts_are_told_the_same_and_what_may_be_kept() {
    let site = site().file("site.toml", SITE.replace("example.com/", "example.com/course/"));
    let text = site.build().text("_headers");
    let rules: Vec<&str> = text.lines().filter(|line| !line.starts_with(' ') && !line.is_empty()).collect();
    assert_eq!(rules, ["/course/*", "/course/_/:asset"]);
    assert!(
        text.contains("\n  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';"),
        "{text}"
    );
    assert!(text.ends_with("/course/_/:asset\n  Cache-Control: public, max-age=31536000, immutable\n"), "{text}");
}

#[test]
fn an_author_has_the_last_word() {
    let toml = |rest: &str| format!("{SITE}[security]\n{rest}\n");
    let policy = |outcome: &Outcome| {
        outcome.page("secrets/a/").attributes("meta[http-equiv=Content-Security-Policy]", "content")
    };
    let film = site().file("site.toml", toml("allow = [\"https://www.youtube-nocookie.com\"]")).build();
    assert!(policy(&film)[0].contains("; frame-src https://www.youtube-nocookie.com;"), "{:?}", policy(&film));
    assert!(film.text("_headers").contains("frame-src https://www.youtube-nocookie.com;"));
    let none = site().file("site.toml", toml("policy = false")).build();
    assert_eq!(policy(&none), Vec::<String>::new());
    assert!(!none.text("_headers").contains("Policy: default"));
    assert!(!site().file("site.toml", toml("headers = false")).build().has("_headers"));
    let own = site().file("content/_headers", "/*\n  X-Own: 1\n").build();
    assert_eq!(own.text("_headers"), "/*\n  X-Own: 1\n");
}
