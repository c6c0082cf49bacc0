//! What is written inside a line beyond CommonMark, and the HTML and faults that come of it.

use super::LinkKind;
use super::tests::{fault, faults, filled, html, parse};

#[test]
fn double_brackets_link_to_a_lesson() {
    assert_eq!(html("[[ノルマ]]を読む"), "<p><a href=\"ノルマ\">題名</a>を読む</p>\n");
    assert_eq!(html("a [[b#c|**d** `]]` e]]f"), "<p>a <a href=\"b#c\"><strong>d</strong> <code>]]</code> e</a>f</p>\n");
    assert_eq!(html("[[[a]]] [[ b | c ]]"), "<p>[[[a]]] <a href=\"b\"> c </a></p>\n");
    assert_eq!(html("[[a|[[b]] [[c|]]"), "<p>[[a|<a href=\"b\">題名</a> <a href=\"c\">題名</a></p>\n");
    assert_eq!(
        html("**[[a]]**\n\n- [[b]]\n"),
        "<p><strong><a href=\"a\">題名</a></strong></p>\n<ul>\n<li><a href=\"b\">題名</a></li>\n</ul>\n"
    );
    let table = html("| [[a\\|b]] | [[c\\|*d*]] | [[e]] |\n|-|-|-|\n");
    assert!(table.contains("<a href=\"a\">b</a>") && table.contains("<a href=\"c\"><em>d</em></a>"), "{table}");
    assert!(table.contains("<a href=\"e\">題名</a>"), "{table}");
}

#[test]
fn double_brackets_of_another_kind_stay() {
    for text in [
        "\\[[a]]",
        "[\\[a]]",
        "[[a]\\]",
        "[[]]",
        "[[ ]]",
        "[[a",
        "a]]",
        "[[a]",
        "[[a\\|b]]",
        "[[1], [2]]",
        "[[^a]]",
        "&#91;[a]]",
    ] {
        let html = html(text);
        assert!(!html.contains("<a"), "{text}: {html}");
    }
    assert_eq!(html("`[[a]]`"), "<p><code>[[a]]</code></p>\n");
    assert_eq!(html("[[a]](b.md)"), "<p><a href=\"b.md\">[a]</a></p>\n");
    assert_eq!(html("[b [[a]]](c.md)"), "<p><a href=\"c.md\">b [[a]]</a></p>\n");
    assert_eq!(html("[[a|b [c](d.md)]]"), "<p>[[a|b <a href=\"d.md\">c</a>]]</p>\n");
    assert_eq!(html("[[a]]\n\n[a]: /b"), "<p>[<a href=\"/b\">a</a>]</p>\n");
    assert!(html("![[[a]]](b.png)").contains("alt=\"[[a]]\""));
}

#[test]
fn a_link_by_id_is_a_fact_with_its_place() {
    let text = "## 前 [[a]]\n\n[[b#c|d]]と[[e]]\nを読む。[^1]\n\n[^1]: [[f]]";
    let parsed = parse(text);
    let links: Vec<_> = parsed
        .facts
        .links
        .iter()
        .map(|l| (l.target.value.as_str(), text.get(l.target.span.range()).unwrap_or("?")))
        .collect();
    assert_eq!(links, [("a", "[[a]]"), ("b#c", "[[b#c|d]]"), ("e", "[[e]]"), ("f", "[[f]]")]);
    assert!(parsed.facts.links.iter().all(|link| link.kind == LinkKind::Lesson));
    assert_eq!(parsed.facts.headings[0].text, "前 a");
    assert_eq!(parsed.facts.summary, "dとeを読む。");
    assert!(filled(&parsed.body.main, &parsed.facts.links).contains("題名</a>を読む"), "the line break joins");
}

const KANJI: &str = "<ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>";

#[test]
fn ruby_is_words_and_their_reading() {
    assert_eq!(html("この{漢字|かんじ}です"), format!("<p>この{KANJI}です</p>\n"));
    assert_eq!(
        html("{東京|とう|きょう}{葛\u{E0100}|かつら}"),
        "<p><ruby>東<rp>（</rp><rt>とう</rt><rp>）</rp>京<rp>（</rp><rt>きょう</rt><rp>）</rp></ruby>\
         <ruby>葛\u{E0100}<rp>（</rp><rt>かつら</rt><rp>）</rp></ruby></p>\n"
    );
    assert_eq!(
        html("{お茶会||ちゃ|かい}"),
        "<p><ruby>お<rt></rt>茶<rp>（</rp><rt>ちゃ</rt><rp>）</rp>会<rp>（</rp><rt>かい</rt><rp>）</rp></ruby></p>\n"
    );
    assert_eq!(html("{{漢字|かんじ}}"), format!("<p>{{{KANJI}}}</p>\n"));
    assert_eq!(
        html("**{漢字|かんじ}**[{漢字|かんじ}](a.md)"),
        format!("<p><strong>{KANJI}</strong><a href=\"a.md\">{KANJI}</a></p>\n")
    );
    assert_eq!(html("[[a|{漢字|かんじ}]]"), format!("<p><a href=\"a\">{KANJI}</a></p>\n"));
    assert!(html("| {漢字\\|かんじ} {東\\|<} |\n|-|\n").contains(&format!("{KANJI} <ruby>東<rp>（</rp><rt>&lt;</rt>")));
    assert_eq!(html("{漢字|かんじ}\nを"), format!("<p>{KANJI}を</p>\n"));
}

#[test]
fn braces_of_another_kind_stay() {
    for text in [
        "\\{a|b}",
        "{a\\|b}",
        "{a|b\\}",
        "{a}",
        "{|a}",
        "{a|}",
        "{ |x| x }",
        "{x | y}",
        "{a|\nb}",
        "{a|*b*}",
        "&lbrace;a|b}",
        "`{a|b}`",
        "{{ a }}",
    ] {
        let html = html(text);
        assert!(!html.contains("<ruby"), "{text}: {html}");
        assert_eq!(faults(text), []);
    }
    assert!(!html("    {a|b}\n\n```\n{a|b}\n```").contains("<ruby"));
}

#[test]
fn readings_are_as_many_as_characters() {
    assert_eq!(faults("a{東京|と|う|きょう}b"), fault("E0420", "{東京|と|う|きょう}"));
    assert!(html("{東京|とう|きょ|う}").contains("<ruby>東京<rp>（</rp><rt>とうきょう</rt>"));
}

#[test]
fn a_reading_is_no_part_of_the_text() {
    let parsed =
        parse("{秘訣|ひけつ}です。\n\n## これが {秘訣|ひけつ}\n\n## {秘訣|ひ|けつ} {#x}\n\n> [!まとめ] {三|みっ}つ");
    let headings: Vec<_> = parsed.facts.headings.iter().map(|h| (h.id.as_str(), h.text.as_str())).collect();
    assert_eq!(headings, [("これが-秘訣", "これが 秘訣"), ("x", "秘訣"), ("三つ", "三つ")]);
    assert_eq!(parsed.facts.summary, "秘訣です。");
    assert_eq!(
        parsed.facts.characters,
        parse("秘訣です。\n\n## これが 秘訣\n\n## 秘訣\n\n> [!まとめ] 三つ").facts.characters
    );
    assert_eq!(parsed.faults, []);
}

#[test]
fn a_heading_may_end_with_ruby() {
    let ruby = "<ruby>秘訣<rp>（</rp><rt>ひけつ</rt><rp>）</rp></ruby>";
    assert_eq!(html("## {秘訣|ひけつ}"), format!("<h2 id=\"秘訣\">{ruby}</h2>\n"));
    assert_eq!(html("## 一つの{秘訣|ひけつ}"), format!("<h2 id=\"一つの秘訣\">一つの{ruby}</h2>\n"));
    assert_eq!(
        html("秘密の\n**書** {秘訣|ひけつ}\n---"),
        format!("<h2 id=\"秘密の書-秘訣\">秘密の<strong>書</strong> {ruby}</h2>\n")
    );
    assert_eq!(faults("## {秘訣|ひけつ}"), []);
    assert!(!html("## a \\{b|c}").contains("<ruby"));
}

#[test]
fn a_marker_marks_inline_markup() {
    assert_eq!(html("これは==大切==です"), "<p>これは<mark>大切</mark>です</p>\n");
    assert_eq!(
        html("==**a** `==` {漢|かん}[[b]]\nc== d"),
        "<p><mark><strong>a</strong> <code>==</code> <ruby>漢<rp>（</rp><rt>かん</rt><rp>）</rp></ruby>\
         <a href=\"b\">題名</a>\nc</mark> d</p>\n"
    );
    assert_eq!(html("==「一」====二=="), "<p><mark>「一」====二</mark></p>\n");
    assert_eq!(html("==一== ==二=="), "<p><mark>一</mark> <mark>二</mark></p>\n");
    assert_eq!(html("**==一==**==二=="), "<p><strong><mark>一</mark></strong><mark>二</mark></p>\n");
    assert_eq!(html("- ==一==\n"), "<ul>\n<li><mark>一</mark></li>\n</ul>\n");
    assert_eq!(html("[==一==](a.md)"), "<p><a href=\"a.md\"><mark>一</mark></a></p>\n");
    assert_eq!(html("==大切==\nです"), "<p><mark>大切</mark>です</p>\n");
    assert_eq!(html("==a ==b=="), "<p>==a <mark>b</mark></p>\n");
    assert_eq!(parse("==大切==です。").facts.summary, "大切です。");
    assert_eq!(parse("## ==大切==です").facts.headings[0].id, "大切です");
    assert_eq!(html("> [!会話]\n> 客「==大切==だ」").matches("<mark>大切</mark>だ</span>").count(), 1);
}

#[test]
fn equal_signs_of_another_kind_stay() {
    for text in [
        "====まとめ====",
        "==a",
        "a==",
        "a == b == c",
        "x==y==z",
        "== a ==",
        "====",
        "== ==",
        "\\==a==",
        "=\\=a==",
        "==a=\\=",
        "`==a==`",
        "=a=",
        "===a===",
        "==**a==**",
        "- ==a\n- b==",
        "==a\n\nb==",
        "&#61;=a==",
    ] {
        let html = html(text);
        assert!(!html.contains("<mark"), "{text}: {html}");
    }
}

#[test]
fn all_of_it_goes_with_emphasis_beside_punctuation() {
    assert_eq!(html("[[a|**「x」**です]]"), "<p><a href=\"a\"><strong>「x」</strong>です</a></p>\n");
    assert_eq!(html("これは==**「大切」**だ==よ"), "<p>これは<mark><strong>「大切」</strong>だ</mark>よ</p>\n");
    assert_eq!(
        html("**「{秘|ひ}」**です"),
        "<p><strong>「<ruby>秘<rp>（</rp><rt>ひ</rt><rp>）</rp></ruby>」</strong>です</p>\n"
    );
    assert_eq!(html(":::note[**「題」**です]\n**「a」**です\n:::"), html("> [!NOTE] **「題」**です\n> **「a」**です"));
    assert_eq!(
        html("```\n:::note **「題」**です\n```"),
        "<pre class=\"code\" tabindex=\"0\"><code>:::note **「題」**です\n</code></pre>\n"
    );
}
