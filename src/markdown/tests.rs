//! Markdown as authors write it, and the HTML and faults that come of it.

use super::{Breaks, RawHtml};
use super::{Fragment, HoleKind, Link, Options, Parsed};
use crate::highlight::Highlighter;
use crate::memo::Hash;

pub(super) const OPTIONS: Options<'_> = Options {
    breaks: Breaks::Join,
    html: RawHtml::Escape,
    math: true,
    autolinks: true,
    language: "ja",
    speakers: &[],
    sections: true,
};

pub(super) fn parse_with(text: &str, options: &Options<'_>) -> Parsed {
    super::parse(text, 0, options, &Highlighter::new())
}

pub(super) fn parse(text: &str) -> Parsed {
    parse_with(text, &OPTIONS)
}

/// A fragment whose holes hold the links as they were typed.
pub(super) fn filled(fragment: &Fragment, links: &[Link]) -> String {
    let mut out = String::new();
    let mut done = 0;
    for hole in &fragment.holes {
        let at = hole.at as usize;
        out.push_str(fragment.html.get(done..at).expect("holes ascend, and stand between characters"));
        out.push_str(match hole.kind {
            HoleKind::Url => &links[hole.link as usize].target.value,
            HoleKind::Size => " width=\"1\" height=\"2\"",
            HoleKind::Page => "",
            HoleKind::Title => "題名",
        });
        done = at;
    }
    out + fragment.html.get(done..).expect("the last hole stands between characters")
}

pub(super) fn html(text: &str) -> String {
    let parsed = parse(text);
    filled(&parsed.body.main, &parsed.facts.links)
}

pub(super) fn html_with(text: &str, options: &Options<'_>) -> String {
    let parsed = parse_with(text, options);
    filled(&parsed.body.main, &parsed.facts.links)
}

/// Code and source text of each fault.
pub(super) fn faults(text: &str) -> Vec<(&'static str, String)> {
    faults_in(text, &OPTIONS)
}

pub(super) fn faults_in(text: &str, options: &Options<'_>) -> Vec<(&'static str, String)> {
    let found = parse_with(text, options).faults.into_iter();
    found.map(|fault| (fault.code.id, text.get(fault.span.range()).unwrap_or("?").to_owned())).collect()
}

pub(super) fn fault(code: &'static str, source: &str) -> Vec<(&'static str, String)> {
    vec![(code, source.to_owned())]
}

#[test]
fn a_box_is_an_aside_with_a_title() {
    let expected = "<aside class=\"box note\"><p class=\"box-title\">注</p>\n<p>本文</p>\n</aside>\n";
    assert_eq!(html("> [!NOTE]\n> 本文"), expected);
    assert_eq!(html("> [!注]\n>\n> 本文"), expected);
    assert_eq!(html("> [!note]\n本文"), expected);
    assert_eq!(
        html("> [!TIP] **大事**な `x`\n> 本文"),
        "<aside class=\"box tip\"><p class=\"box-title\"><strong>大事</strong>な <code>x</code></p>\n<p>本文</p>\n</aside>\n"
    );
}

#[test]
fn boxes_fold() {
    assert_eq!(
        html("> [!NOTE]- 補足\n> a"),
        "<details class=\"box note\"><summary class=\"box-title\">補足</summary>\n<p>a</p>\n</details>\n"
    );
    assert!(html("> [!NOTE]+\n> a").starts_with("<details class=\"box note\" open><summary class=\"box-title\">注<"));
    assert!(html("> [!DETAILS]\n> a").starts_with("<details class=\"box details\"><summary class=\"box-title\">補足<"));
}

#[test]
fn boxes_stand_in_quotes_lists_and_boxes() {
    let inner = "<aside class=\"box tip\"><p class=\"box-title\">ヒント</p>\n<p>a</p>\n</aside>\n";
    assert_eq!(html("> > [!TIP]\n> > a"), format!("<blockquote>\n{inner}</blockquote>\n"));
    assert_eq!(html("- > [!TIP]\n  > a"), format!("<ul>\n<li>\n{inner}</li>\n</ul>\n"));
    let outer = "<aside class=\"box note\"><p class=\"box-title\">注</p>\n";
    assert_eq!(html("> [!NOTE]\n> > [!TIP]\n> > a"), format!("{outer}{inner}</aside>\n"));
}

#[test]
fn an_unknown_box_is_an_error_at_its_marker() {
    assert_eq!(faults("a\n\n> [!NOET] x"), fault("E0401", "[!NOET]"));
    let parsed = parse("> [!NOET] x");
    assert_eq!(parsed.faults[0].args, [("type".into(), "NOET".to_owned()), ("nearest".into(), "NOTE".to_owned())]);
    assert_eq!(faults("> [!NOTE](a.md)"), []);
    assert_eq!(faults("> [NOTE] a"), []);
    assert_eq!(faults("> [!NOTE]: a"), fault("E0402", "[!NOTE]"));
    assert_eq!(faults("> [!NOTE] a\n> ---"), fault("E0402", "[!NOTE]"));
}

#[test]
fn a_table_directly_under_a_title_is_told() {
    assert_eq!(faults("> [!NOTE]\n> 2. a"), fault("E0403", "2. a"));
    assert_eq!(faults("> [!NOTE]\n> 1. a"), []);
}

#[test]
fn a_summary_is_a_heading_and_a_takeaway() {
    let parsed = parse("## まとめ\n\n> [!まとめ]\n> 1. [一つ](a.md)\n> 2. 二つ");
    assert_eq!(
        filled(&parsed.body.main, &parsed.facts.links),
        "<h2 id=\"まとめ\">まとめ</h2>\n<section class=\"box sum\" aria-labelledby=\"まとめ-1\">\
         <h2 class=\"box-title\" id=\"まとめ-1\">まとめ</h2>\n\
         <ol>\n<li><a href=\"a.md\">一つ</a></li>\n<li>二つ</li>\n</ol>\n</section>\n"
    );
    assert_eq!(parsed.body.takeaways.len(), 1);
    let takeaway = filled(&parsed.body.takeaways[0], &parsed.facts.links);
    assert_eq!(takeaway, "<ol>\n<li><a href=\"a.md\">一つ</a></li>\n<li>二つ</li>\n</ol>\n");
    let headings: Vec<_> = parsed.facts.headings.iter().map(|h| (h.level, h.id.as_str(), h.text.as_str())).collect();
    assert_eq!(headings, [(2, "まとめ", "まとめ"), (2, "まとめ-1", "まとめ")]);
}

#[test]
fn takeaways_have_no_ids_and_no_footnotes() {
    let parsed = parse("> [!SUMMARY] 三つ[^a]\n> ### 見出し\n> 一つ[^a]\n> > [!CHECK]\n> > - [ ] x\n\n[^a]: b");
    let takeaway = &parsed.body.takeaways[0].html;
    assert!(!takeaway.contains("id=") && !takeaway.contains("fn"), "{takeaway}");
    assert!(parsed.body.main.html.contains("<h2 class=\"box-title\" id=\"三つ\">三つ<sup"));
}

#[test]
fn a_check_can_be_ticked_and_other_tasks_cannot() {
    assert_eq!(
        html("> [!CHECK]\n> - [ ] 聴いた\n> - [x] 書いた"),
        "<section class=\"box check\" aria-labelledby=\"check\"><p class=\"box-title\" id=\"check\">チェック</p>\n\
         <ul class=\"checks\">\n<li><label><input type=\"checkbox\" data-key=\"KEY\"> 聴いた</label></li>\n\
         <li><label><input type=\"checkbox\" data-key=\"KEY\" checked> 書いた</label></li>\n</ul>\n</section>\n"
            .replacen("KEY", &Hash::of("聴いた".as_bytes()).short(), 1)
            .replacen("KEY", &Hash::of("書いた".as_bytes()).short(), 1)
    );
    assert_eq!(
        html("- [x] a\n  - b"),
        "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled checked> a</label>\n\
         <ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"
    );
    assert!(html("- [ ] a\n\n  b").contains("<label><input type=\"checkbox\" disabled> a</label>\n<p>b</p>"));
}

#[test]
fn good_and_bad_stand_side_by_side() {
    let html = html("> [!BAD] 題\n> a\n\n> [!GOOD]\n> b\n\n> [!GOOD]\n> c");
    assert_eq!(
        html,
        "<div class=\"vs\">\n<figure class=\"box dlg ng\"><figcaption class=\"box-title\">\
         <span class=\"mark\" aria-hidden=\"true\">✖\u{FE0E}</span> 悪い例 <span class=\"box-sub\">題</span></figcaption>\n\
         <p>a</p>\n</figure>\n<figure class=\"box dlg ok\"><figcaption class=\"box-title\">\
         <span class=\"mark\" aria-hidden=\"true\">○</span> 良い例</figcaption>\n<p>b</p>\n</figure>\n</div>\n\
         <figure class=\"box dlg ok\"><figcaption class=\"box-title\">\
         <span class=\"mark\" aria-hidden=\"true\">○</span> 良い例</figcaption>\n<p>c</p>\n</figure>\n"
    );
}

#[test]
fn headings_have_stable_ids() {
    assert_eq!(
        html("## 秘訣！ Top 1\n## 秘訣 top 1\n## 秘訣 {#x .y}\n##"),
        "<h2 id=\"秘訣-top-1\">秘訣！ Top 1</h2>\n<h2 id=\"秘訣-top-1-1\">秘訣 top 1</h2>\n\
         <h2 id=\"x\" class=\"y\">秘訣</h2>\n<h2 id=\"section\"></h2>\n"
    );
    assert_eq!(html("## x\n## y {#x}"), "<h2 id=\"x-1\">x</h2>\n<h2 id=\"x\">y</h2>\n");
    let parsed = parse("## a {#x}\n\n## b {#x}");
    assert_eq!(parsed.faults.len(), 1);
    assert_eq!(
        (parsed.faults[0].code.id, parsed.faults[0].span.start, parsed.faults[0].related[0].start),
        ("E0404", 11, 0)
    );
    assert_eq!(faults("## a {#_x}"), fault("E0405", "## a {#_x}"));
    assert_eq!(faults("# a"), fault("E0406", "# a"));
    assert_eq!(faults("## a {k=v}"), fault("E0407", "## a {k=v}"));
}

#[test]
fn links_and_images_are_holes() {
    let parsed = parse("[a](012-x.md#b \"t\\\"\") ![絵\\*](i.png) <https://e.com> <a@b.c>");
    assert_eq!(
        filled(&parsed.body.main, &parsed.facts.links),
        "<p><a href=\"012-x.md#b\" title=\"t&quot;\">a</a> \
         <img src=\"i.png\" alt=\"絵*\" width=\"1\" height=\"2\" loading=\"lazy\" decoding=\"async\"> \
         <a href=\"https://e.com\" rel=\"noopener\">https://e.com</a> <a href=\"mailto:a@b.c\">a@b.c</a></p>\n"
    );
    assert_eq!(parsed.facts.links.len(), 4);
    assert!(parsed.body.main.html.contains("<a href=\"\" title="), "nothing of a link is in the HTML itself");
    assert_eq!(
        html("![a](b.png \"題<\")"),
        "<figure><img src=\"b.png\" alt=\"a\" width=\"1\" height=\"2\" loading=\"lazy\" decoding=\"async\">\
         <figcaption>題&lt;</figcaption></figure>\n"
    );
    assert_eq!(faults("![](a.png)"), fault("E0409", "![](a.png)"));
}

#[test]
fn scripts_in_links_are_errors_in_every_spelling() {
    for link in [
        "[a](javascript:alert(1))",
        "[a](JAVA&#115;cript:x)",
        "[a](<java\tscript:x>)",
        "[a](&#1;javascript:x)",
        "[a](java&#x0A;script:x)",
        "[a](&Tab;javascript&colon;x)",
        "[a](vbscript:x)",
        "[a](data:text/html;base64,x)",
        "[a](data:image/png;base64,x)",
        "![a](data:text/html,x)",
        "<javascript:alert(1)>",
        "[a][b]\n\n[b]: javascript:x",
    ] {
        let parsed = parse(link);
        assert_eq!(parsed.faults.iter().map(|fault| fault.code.id).collect::<Vec<_>>(), ["E0408"], "{link}");
        assert!(parsed.facts.links.is_empty() && parsed.body.main.holes.is_empty(), "{link}");
    }
    assert_eq!(faults("![a](data:image/png;base64,x)"), []);
}

#[test]
fn raw_html_is_shown_where_it_is_escaped() {
    assert_eq!(html("a <b>c</b>"), "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    assert_eq!(faults("a <b>c</b>"), fault("E0410", "<b>"));
    assert_eq!(html("<div onclick=\"x\">\na\n</div>"), "<p>&lt;div onclick=\"x\"&gt;\na\n&lt;/div&gt;</p>\n");
    assert_eq!(faults("<div>\na\n</div>"), fault("E0410", "<div>"));
    assert_eq!(html("<!-- a -->\n\nb <!-- c -->d"), "<p>b d</p>\n");
    assert_eq!(faults("<!-- a -->\n\nb <!-- c -->d"), []);
    assert_eq!(html("<!-- a --><script>x</script>"), "<p>&lt;script&gt;x&lt;/script&gt;</p>\n");
}

#[test]
fn footnotes_lead_there_and_back() {
    assert_eq!(
        html("a[^x] b[^y] c[^x]\n\n[^y]: Y\n[^x]: X"),
        "<p>a<sup class=\"fnref\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></sup> \
         b<sup class=\"fnref\"><a href=\"#fn-2\" id=\"fnref-2\">2</a></sup> \
         c<sup class=\"fnref\"><a href=\"#fn-1\" id=\"fnref-1-2\">1</a></sup></p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"脚注\">\n<ol>\n\
         <li id=\"fn-1\">\n<p>X <a class=\"fn-back\" href=\"#fnref-1\" aria-label=\"本文に戻る\">↩\u{FE0E}</a> \
         <a class=\"fn-back\" href=\"#fnref-1-2\" aria-label=\"本文に戻る\">↩\u{FE0E}</a></p>\n</li>\n\
         <li id=\"fn-2\">\n<p>Y <a class=\"fn-back\" href=\"#fnref-2\" aria-label=\"本文に戻る\">↩\u{FE0E}</a></p>\n</li>\n\
         </ol>\n</section>\n"
    );
    assert_eq!(faults("[^x]: X"), fault("E0415", "[^x]: X"));
    assert_eq!(faults("a[^x]"), fault("E0417", "[^x]"));
    assert_eq!(faults("a `[^x]`"), []);
}

#[test]
fn code_is_highlighted_or_says_why_not() {
    assert_eq!(
        html("```rust\nfn a() {}\n```"),
        "<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\">\
         <span class=\"w\">fn </span><span class=\"f\">a</span>() {}\n</code></pre>\n"
    );
    let plain = "<pre class=\"code\" tabindex=\"0\"><code>&lt;a&gt;\n</code></pre>\n";
    assert_eq!(html("```\n<a>\n```"), plain);
    assert_eq!(html("    <a>\n"), plain);
    assert_eq!(faults("> ```rsut\n> x\n> ```"), fault("E0412", "```rsut"));
    assert_eq!(
        html("```text title=\"a<b\" {2} linenos\nx\ny\n```"),
        "<figure class=\"codebox\"><figcaption>a&lt;b</figcaption><pre class=\"code numbered\" tabindex=\"0\">\
         <code class=\"language-text\"><span class=\"line\" data-n=\"1\">x</span>\n\
         <span class=\"line marked\" data-n=\"2\">y</span>\n</code></pre></figure>\n"
    );
    assert_eq!(html("> ```text\n> a\n>\n> b\n> ```").matches('\n').count(), 6, "code in a quote keeps its lines");
    assert_eq!(faults(&format!("```sh\n{}\n```", "a".repeat(5001))), fault("E0413", "```sh"));
}

#[test]
fn spans_are_offsets_into_the_file() {
    let parsed = super::parse("## a {#x}\n## a {#x}\n[l](m)", 100, &OPTIONS, &Highlighter::new());
    assert_eq!(parsed.facts.links[0].target.span.range(), 120..126);
    assert_eq!(parsed.facts.headings[1].span.range(), 110..119);
    assert_eq!((parsed.faults[0].span.range(), parsed.faults[0].related[0].range()), (110..119, 100..109));
}

#[test]
fn the_summary_is_the_first_words_outside_of_boxes() {
    let parsed = parse("> [!NOTE]\n> 箱\n\n## 見出し\n\n![絵](a.png)\n\n一つ目の*段落*。\n\n二つ目の\n段落。\n\n- 列");
    assert_eq!(parsed.facts.summary, "一つ目の段落。二つ目の段落。");
    let long = parse(&format!("{}。{}", "あ".repeat(99), "い".repeat(50)));
    assert_eq!(long.facts.summary, format!("{}。", "あ".repeat(99)));
    let parsed = parse(&format!("{}\n\n[l](m) `code`\n", "あ".repeat(600)));
    assert_eq!((parsed.facts.characters, parsed.facts.minutes), (605, 2));
}

#[test]
fn what_is_nested_too_deeply_is_flattened_and_told() {
    let parsed = parse(&format!("{}深い", "> ".repeat(150)));
    assert_eq!(parsed.faults.iter().map(|fault| fault.code.id).collect::<Vec<_>>(), ["E0411"]);
    assert_eq!(parsed.body.main.html.matches("<blockquote>").count(), 100);
    assert!(parsed.body.main.html.contains("<p>深い</p>"));
    let emphasis = parse(&format!("{}a{}", "*a ".repeat(150), "*".repeat(150)));
    assert_eq!(emphasis.faults.len(), 1);
    assert!(emphasis.body.main.html.matches("<em>").count() <= 100);
}
