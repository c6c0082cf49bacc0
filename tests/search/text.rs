//! The text of sections is what a page shows: the same words, read back out of the HTML.

use hiketsu::highlight::Highlighter;
use hiketsu::markdown::{Breaks, Options, Parsed, RawHtml, parse};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use scraper::{ElementRef, Html, Node};

fn read(text: &str, html: RawHtml) -> Parsed {
    let options = Options {
        breaks: Breaks::Join,
        html,
        math: true,
        autolinks: true,
        language: "ja",
        speakers: &[],
        sections: true,
    };
    parse(text, 0, &options, &Highlighter::default())
}

const BLOCKS: &[&str] = &[
    "a",
    "aside",
    "blockquote",
    "br",
    "details",
    "div",
    "dl",
    "figure",
    "figcaption",
    "h2",
    "h3",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// What a page shows but the index leaves out: readings, numbers of notes, marks of boxes.
fn left_out(element: ElementRef<'_>) -> bool {
    let class = |name| element.value().classes().any(|class| class == name);
    matches!(element.value().name(), "rt" | "rp") || class("fnref") || class("fn-back") || class("mark")
}

fn collect(element: ElementRef<'_>, out: &mut String) {
    for child in element.children() {
        match child.value() {
            Node::Text(text) => out.push_str(text),
            Node::Element(_) => {
                let Some(child) = ElementRef::wrap(child) else { continue };
                let name = child.value().name();
                if left_out(child) {
                    continue;
                }
                let block = BLOCKS.contains(&name) && name != "a";
                let edge = if name == "br" { " " } else { "\u{1}" };
                out.push_str(if block { edge } else { "" });
                collect(child, out);
                out.push_str(if block { edge } else { "" });
            }
            _ => {}
        }
    }
}

/// The lines that a body shows.
fn shown(html: &str) -> Vec<String> {
    let mut text = String::new();
    collect(Html::parse_fragment(html).root_element(), &mut text);
    let blocks = text.split('\u{1}').map(|block| block.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    blocks.filter(|block| !block.is_empty()).collect()
}

/// The lines of all sections, headings included.
fn lines(parsed: &Parsed) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut last = None;
    for section in &parsed.sections.list {
        // What follows a まとめ box stands under the heading before it once more.
        if !section.heading.is_empty() && last.replace(&section.id) != Some(&section.id) {
            let again = lines.contains(&section.heading) && !section.takeaways;
            if !again {
                lines.push(section.heading.clone());
            }
        }
        lines.extend(section.text.lines().map(str::to_owned));
    }
    lines
}

#[test]
fn every_kind_of_block_is_read_as_it_is_shown() {
    let text = "\
はじめの{秘訣|ひけつ}。\n次の行と *強い* `code` [リンク](https://example.com/)。\n\
\n## 見出し一\n\n1. 一つ\n   - 中\n2. 二つ\n\n| 表 | 頭 |\n| --- | --- |\n| 甲 | 乙 |\n\n> 引用です。\n> — 出典\n\n\
```rust\nfn main() {\n    run();\n}\n```\n\n> [!POINT]\n> 要\n\n> [!GOOD] 題\n> 営業「はい」\n>\n> 客「ええ」（うれしい）\n>\n> （考え）\n\n\
> [!CHECK]\n> - [ ] 見た\n\n注[^a]です。  \n折り返し。\n\n[^a]: 脚注の文。\n\n![図](a.png)\n\n![絵](b.png \"図の題\")\n";
    let parsed = read(text, RawHtml::Escape);
    assert_eq!(lines(&parsed), shown(&parsed.body.main.html));
    let second = &parsed.sections.list[1];
    assert_eq!((second.id.as_str(), second.heading.as_str()), ("見出し一", "見出し一"));
    assert!(second.text.ends_with("図の題\n脚注の文。"), "{}", second.text);
    assert_eq!(parsed.sections.readings, [("秘訣".to_owned(), "ひけつ".to_owned())]);
}

#[test]
fn turns_are_read_as_they_were_written() {
    let parsed = read("> [!DIALOGUE]\n> 営業：いかがですか\n>\n> 客「高いね」\n", RawHtml::Escape);
    assert_eq!(parsed.sections.list[0].text, "会話\n営業：いかがですか\n客「高いね」");
}

#[test]
fn a_summary_is_a_section_and_the_text_behind_it_another() {
    let parsed =
        read("前。\n\n## 章\n\n中。\n\n> [!SUMMARY] 今日の要点\n> 1. 一\n> 2. 二\n\n後。\n\n## 次\n", RawHtml::Escape);
    let sections: Vec<_> = parsed
        .sections
        .list
        .iter()
        .map(|section| (section.takeaways, &*section.id, &*section.heading, &*section.text))
        .collect();
    assert_eq!(
        sections,
        [
            (false, "", "", "前。"),
            (false, "章", "章", "中。"),
            (true, "今日の要点", "今日の要点", "一\n二"),
            (false, "章", "章", "後。"),
            (false, "次", "次", ""),
        ]
    );
}

#[test]
fn trusted_html_is_read_without_its_tags() {
    let text = "<div class=\"x\"><p>中の<b>文</b></p><script>no()</script></div>\n\n前<span>間</span>後\n";
    let parsed = read(text, RawHtml::Trusted);
    assert_eq!(parsed.sections.list[0].text, "中の文\n前間後");
    // Without trust the tags are shown, and so they are text.
    assert!(read(text, RawHtml::Escape).sections.list[0].text.contains("<span>"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_read_as_it_is_shown(blocks in vec(select(vec![
        "段落の文。\n続きの行\nand more\n", "## 見出し{n}\n", "### 小見出し{n}\n\n文。\n", "- 甲\n- 乙\n  - 丙\n", "> 引用\n>\n> - 中\n",
        "> [!NOTE]\n> 注の文\n", "> [!SUMMARY] 要点{n}\n> 1. 一\n>\n> 段落\n", "> [!BAD] 題\n> 営業「はい」\n> 客「いや」\n",
        "> [!DETAILS]- 折り\n> 中身\n>\n> > [!TIP] 内\n> > 奥\n", "    字下げ code\n", "| a | b |\n|---|---|\n| c | |\n",
        "注[^x]を**打つ**。\n", "[^x]: 脚注\n", "{漢字|かんじ}==印==~~消~~\n", ":::手順 題\n1. 一\n:::\n", "---\n", "- [x] 済\n\n  続き\n",
    ]), 0..8)) {
        let text: String = blocks.iter().enumerate().map(|(n, block)| block.replace("{n}", &n.to_string()) + "\n").collect();
        let parsed = read(&text, RawHtml::Escape);
        prop_assert_eq!(lines(&parsed), shown(&parsed.body.main.html), "{}", text);
    }
}
