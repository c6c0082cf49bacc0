//! `E07`: each lint on a whole site: its place, its words, its level.

use insta::assert_snapshot;

use super::support::{SITE, Site};
use super::told;

/// The head of a PNG of 640 × 360.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\x68\x08\x06\0\0\0";

fn site(lint: &str) -> Site {
    let body = "## 始め\n\n#### 深い\n\nこれが** 大切 **です。\n\n1.聴く。\n\n====まとめ====\n\n終わり。\n\n========\n\n👉前回ページ\n\n## 終わり\n";
    let prose = "[第3回](001-a.md)と[次回](001-a.md)。今回は第4回です。この連載は全9回です。第99回で書いたように、お客さまとサーバ、サーバー、サーバー。\n\n![](a.png)\n";
    let titled = |title: &str, front: &str| format!("---\ntitle: {title}\n{front}---\n本文。\n");
    Site::series()
        .linted()
        .file("site.toml", format!("{SITE}{lint}"))
        .lesson(1, "a", "tags: [アポ]\n", body)
        .lesson(2, "b", "tags: [アポ]\n", prose)
        .file("content/secrets/003-c.md", titled(&"長".repeat(41), "tags: [あぽ]\n"))
        .file("content/secrets/004-d.md", titled("第1の話", ""))
        .file("content/secrets/a.png", PNG)
}

#[test]
fn every_lint_is_told_at_its_place() {
    let lint = "lint = { terms = { \"お客様\" = [\"お客さま\"] }, missing-summary = \"warning\" }\n";
    assert_snapshot!(told(&site(lint).build()), @"");
}

#[test]
fn a_site_sets_the_level_of_a_rule() {
    let levels = |outcome: &super::Outcome, code: &str| {
        let found = outcome.built.diagnostics.iter().filter(|diagnostic| diagnostic.code.id == code);
        found.map(|diagnostic| format!("{:?}", diagnostic.severity)).collect::<Vec<_>>()
    };
    let set = |level: &str| site(&format!("[lint]\nheading-jump = \"{level}\"\nmissing-alt = \"{level}\"\n")).build();
    for code in ["E0713", "E0409"] {
        assert_eq!(levels(&site("").build(), code), ["Warning"]);
        assert_eq!(levels(&set("error"), code), ["Error"]);
        assert_eq!(levels(&set("info"), code), ["Info"]);
        assert_eq!(levels(&set("off"), code), Vec::<String>::new());
    }
    assert!(set("error").built.has_errors() && !set("info").built.has_errors());
}

#[test]
fn rules_and_terms_that_cannot_be_are_told() {
    let toml = "title = \"x\"\nbase_url = \"https://example.com/\"\n[lint]\nheding-jump = \"off\"\nlong-title = \"warn\"\n[lint.terms]\n\"お客様\" = [\"お客さま\"]\n\"顧客\" = [\"お客さま\"]\n";
    let outcome = Site::series().lesson(1, "a", "", "本文。\n").file("site.toml", toml).build();
    assert_snapshot!(told(&outcome), @"");
}

#[test]
fn prose_that_only_sounds_like_an_order_is_left_alone() {
    let prose = "前回の商談と次回の訪問。第1回の打ち合わせは全3回の研修の後でした。[前回の商談](001-a.md)、[第5回の展示会](001-a.md)。\n\n3.5倍になり、\n2026.4月に\n\n```text\n** x ** {{ y }} 👉前回 お客さま サーバ\n```\n\n`====まとめ====`\n";
    Site::series().lesson(1, "a", "", "本文。\n").lesson(2, "b", "", prose).build_clean();
}
