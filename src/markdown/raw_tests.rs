//! Raw HTML and formulas as authors write them, and what becomes of them.

use super::tests::filled;
use super::{Breaks, Options, Parsed, RawHtml};
use crate::highlight::Highlighter;

const SAFE: Options<'_> = Options {
    breaks: Breaks::Join,
    html: RawHtml::Safe,
    math: true,
    autolinks: true,
    language: "ja",
    speakers: &[],
    sections: true,
};
const TRUSTED: Options<'_> = Options { html: RawHtml::Trusted, ..SAFE };

fn parse_with(text: &str, options: &Options<'_>) -> Parsed {
    super::parse(text, 0, options, &Highlighter::new())
}

fn html(text: &str) -> String {
    let parsed = parse_with(text, &SAFE);
    filled(&parsed.body.main, &parsed.facts.links)
}

fn trusted(text: &str) -> String {
    let parsed = parse_with(text, &TRUSTED);
    filled(&parsed.body.main, &parsed.facts.links)
}

fn faults(text: &str) -> Vec<(&'static str, &str)> {
    let found = parse_with(text, &SAFE).faults.into_iter();
    found.map(|fault| (fault.code.id, text.get(fault.span.range()).unwrap_or("?"))).collect()
}

#[test]
fn html_for_texts_stays() {
    for (text, expected) in [
        ("<kbd>Ctrl</kbd>+<kbd>C</kbd>", "<p><kbd>Ctrl</kbd>+<kbd>C</kbd></p>\n"),
        (
            "<ruby>秘訣<rp>(</rp><rt>ひけつ<rp>)</rp></ruby>です",
            "<p><ruby>秘訣<rp>(</rp><rt>ひけつ</rt><rp>)</rp></ruby>です</p>\n",
        ),
        ("a<br>b<BR/>c", "<p>a<br>b<br>c</p>\n"),
        ("秘<b>\n訣</b>", "<p>秘<b>訣</b></p>\n"),
        ("<DIV CLASS='a \"b'>\n\n**c**\n\n</DIV>", "<div class=\"a &quot;b\">\n<p><strong>c</strong></p>\n</div>\n"),
        (
            "<details open><summary>題 &amp; x</summary>\n\n- a\n\n</details>",
            "<details open><summary>題 &amp; x</summary>\n<ul>\n<li>a</li>\n</ul>\n</details>\n",
        ),
        (
            "<table><tr><th scope=col>a<td colspan=2>b</table>",
            "<table><tr><th scope=\"col\">a</th><td colspan=\"2\">b</td></tr></table>\n",
        ),
        ("<!-- a -->\n\nb <!-- c -->d", "<p>b d</p>\n"),
        (
            "<ol start=3 reversed><li>a<li value=9>b</ol>",
            "<ol start=\"3\" reversed><li>a</li><li value=\"9\">b</li></ol>\n",
        ),
        ("<p>a\n\n**b**", "<p>a\n</p>\n<p><strong>b</strong></p>\n"),
    ] {
        assert_eq!(html(text), expected, "{text}");
        assert_eq!(faults(text), [], "{text}");
    }
}

#[test]
fn what_is_not_for_texts_goes_and_is_told_where_it_stands() {
    for (text, expected, told) in [
        ("a <script>alert(1)</script>b", "<p>a b</p>\n", vec![("E0433", "<script")]),
        ("<script>\n<b>\n</script>\n\nb", "<p>b</p>\n", vec![("E0433", "<script")]),
        ("<svg><style>a</svg>b", "<p>b</p>\n", vec![("E0433", "<svg")]),
        ("<iframe src=x></iframe>\n", "", vec![("E0433", "<iframe")]),
        ("a <svg>b", "<p>a b</p>\n", vec![("E0433", "<svg")]),
        ("<b onclick=x>a</b>", "<p><b>a</b></p>\n", vec![("E0434", "onclick=x")]),
        (
            "> <div\n> style='x'>\n> a</div>",
            "<blockquote>\n<div>\na</div>\n</blockquote>\n",
            vec![("E0434", "style='x'")],
        ),
        ("<b id=a id=b>c</b>", "<p><b id=\"a\">c</b></p>\n", vec![("E0434", "id=b")]),
    ] {
        assert_eq!(html(text), expected, "{text}");
        assert_eq!(faults(text), told, "{text}");
    }
}

#[test]
fn an_element_ends_where_that_ends_in_which_it_began() {
    for (text, expected, told) in [
        ("a <b>c\n\nd", "<p>a <b>c</b></p>\n<p>d</p>\n", vec![("E0435", "<b")]),
        ("a</b>", "<p>a</p>\n", vec![("E0436", "</b")]),
        ("*a <b>c* d</b>", "<p><em>a <b>c</b></em> d</p>\n", vec![("E0435", "<b"), ("E0436", "</b")]),
        (
            "> <div>\n> a\n\nb\n\n</div></main>",
            "<blockquote>\n<div>\na\n</div></blockquote>\n<p>b</p>\n",
            vec![("E0435", "<div"), ("E0436", "</div")],
        ),
        ("<b><i>a</b></i>", "<p><b><i>a</i></b></p>\n", vec![("E0435", "<i"), ("E0436", "</i")]),
        ("a <div>b</div>", "<p>a b</p>\n", vec![("E0437", "<div")]),
        ("<td>a</td>\n", "a\n", vec![("E0437", "<td")]),
        ("[a <a href=b>c</a>](d)", "<p><a href=\"d\">a c</a></p>\n", vec![("E0437", "<a")]),
        ("<div a=\"\nb", "", vec![("E0438", "<div a=\"")]),
    ] {
        assert_eq!(html(text), expected, "{text}");
        assert_eq!(faults(text), told, "{text}");
    }
}

#[test]
fn links_and_ids_in_raw_html_are_known() {
    for options in [SAFE, TRUSTED] {
        let text = "## x\n\n<div id=\"y\"><a href='b.md?a&amp;b#c'>c</a> <img alt=d src=e.png></div>\n\n<a href=https://f.example>g</a>";
        let parsed = parse_with(text, &options);
        assert_eq!(parsed.faults, []);
        assert_eq!(parsed.facts.anchors, ["x", "y"]);
        let links = parsed.facts.links.iter();
        let links: Vec<_> =
            links.map(|link| (&*link.target.value, text.get(link.target.span.range()).expect("it is there"))).collect();
        assert_eq!(
            links,
            [("b.md?a&b#c", "b.md?a&amp;b#c"), ("e.png", "e.png"), ("https://f.example", "https://f.example")]
        );
        let html = filled(&parsed.body.main, &parsed.facts.links);
        assert!(html.contains("<a href=\"https://f.example\" rel=\"noopener\">g</a>"), "{html}");
        assert!(html.contains("width=\"1\" height=\"2\"") && html.contains("src=\"e.png\""), "{html}");
    }
    assert_eq!(
        html("<img src=a.png>"),
        "<img src=\"a.png\" alt=\"\" width=\"1\" height=\"2\" loading=\"lazy\" decoding=\"async\">\n"
    );
    assert_eq!(faults("<img src=a.png>"), [("E0409", "<img src=a.png>")]);
    assert_eq!(
        html("a <img src=a.png alt=b width=3>"),
        "<p>a <img src=\"a.png\" alt=\"b\" width=\"3\" loading=\"lazy\" decoding=\"async\"></p>\n"
    );
    assert_eq!(
        faults("<video src=https://a.example/b.mp4 controls></video>"),
        [("E0434", "src=https://a.example/b.mp4")]
    );
    assert_eq!(faults("## a {#x}\n\n<b id=x>b</b> <b id=_y>c</b>"), [("E0404", "x"), ("E0405", "_y")]);
    assert_eq!(html("<b id=a>b</b>\n\n## a"), "<p><b id=\"a\">b</b></p>\n<h2 id=\"a-1\">a</h2>\n");
    let takeaway = &parse_with("> [!まとめ]\n> <b id=x>a</b>", &SAFE).body.takeaways[0].html;
    assert_eq!(takeaway, "<p><b>a</b></p>\n");
}

#[test]
fn no_spelling_of_a_script_is_a_link() {
    for link in [
        "javascript:x",
        "JaVaScRiPt:x",
        "&#106;avascript:x",
        "&#x6A&#97vascript:x",
        "java&Tab;script&colon;x",
        "java&NewLine;script:x",
        " javascript:x",
        "&#1;javascript:x",
        "vbscript:x",
        "data:text/html,x",
    ] {
        for text in [format!("<a href=\"{link}\">b</a>"), format!("<div>\n<img alt='' src='{link}'></div>")] {
            for options in [SAFE, TRUSTED] {
                let parsed = parse_with(&text, &options);
                let codes: Vec<_> = parsed.faults.iter().map(|fault| fault.code.id).collect();
                assert_eq!(codes, ["E0408"], "{text}");
                assert_eq!(text.get(parsed.faults[0].span.range()), Some(link));
                assert!(parsed.facts.links.is_empty() && !parsed.body.main.html.contains("script"), "{text}");
            }
        }
    }
}

#[test]
fn trusted_html_stays_as_it_is() {
    for text in ["<div>\na\n</div>\n", "<script>\nif (a<b) '<a href=\"c\">'\n</script>\n", "<p onclick='x'>a\n"] {
        assert_eq!(trusted(text), text);
    }
    assert_eq!(trusted("<b>c</b><i x=1>"), "<p><b>c</b><i x=1></p>\n");
    assert_eq!(trusted("<a x=1 href=b y>c</a>"), "<p><a x=1 href=\"b\" y>c</a></p>\n");
}

#[test]
fn formulas_become_mathml() {
    assert_eq!(
        html("式$E = mc^2$は"),
        "<p>式<math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>\
         <annotation encoding=\"application/x-tex\">E = mc^2</annotation></semantics></math>は</p>\n"
    );
    assert!(html("$$\n\\frac{a}{b}\n$$").starts_with("<div class=\"math\"><math display=\"block\"><semantics><mfrac>"));
    for tex in [
        "\\begin{aligned}a&=b\\\\c&=d\\end{aligned}",
        "\\color{red}x",
        "a\\!b",
        "\\begin{array}{|l|r|}\\hline a&b\\end{array}",
    ] {
        let html = html(&format!("$${tex}$$"));
        assert!(html.contains("</math>") && !html.contains(" style=") && !html.contains(" id="), "{html}");
    }
    assert!(html("$\\color{red}x$").contains(" mathcolor=\"#FF0000\""));
    assert_eq!(parse_with("$x^2$ です", &SAFE).facts.summary, "x^2 です");
    assert!(!html("$\\text{</math><script>x</script>}$").contains("<script"));
    let off = Options { math: false, ..SAFE };
    assert_eq!(parse_with("$x$", &off).body.main.html, "<p>$x$</p>\n");
}

#[test]
fn a_formula_that_cannot_be_read_is_shown_and_told() {
    assert_eq!(html("$\\nope{<}$"), "<p><code>$\\nope{&lt;}$</code></p>\n");
    assert_eq!(faults("a $x + \\nope{a}$"), [("E0430", "\\nope")]);
    assert_eq!(faults("$$\nx^a^b\n$$"), [("E0431", "^")]);
    assert_eq!(faults("$\\sqrt{x$"), []);
    assert_eq!(faults("$x_$"), [("E0431", "$")]);
    let deep = format!("${}x{}$", "{".repeat(2000), "}".repeat(2000));
    assert_eq!(faults(&deep), [("E0432", &*deep)]);
    // What is deep, but not too deep, is read.
    let deep = format!("${}x$", "\\sqrt ".repeat(900));
    assert_eq!(faults(&deep), []);
}

#[test]
fn prices_are_no_formulas() {
    for text in [
        "$5 と $10",
        "$5と$10",
        "100$",
        "100$と200$",
        "$5、つまり5$です",
        "US$5とUS$10とUS$20",
        "$5から$10まで、$20なら",
        "\\$x\\$",
        "a $ b $ c",
    ] {
        assert_eq!(html(text), format!("<p>{}</p>\n", text.replace('\\', "")), "{text}");
    }
    assert_eq!(html("$5と**$10**と[a](b$c)"), "<p>$5と<strong>$10</strong>と<a href=\"b$c\">a</a></p>\n");
    assert!(html("$5と$10と$x$").contains("<mi>x</mi>"));
    assert!(html("値は$3x$です").contains("<math>"));
}

#[test]
fn the_label_of_a_task_ends_where_a_block_begins_and_holds_none() {
    let item = html("- [ ] <b>a\n  - b\n");
    assert!(item.contains("> <b>a</b></label>"), "{item}");
    let text = "> [!CHECK]\n> - [ ] <details><summary>a\n";
    assert_eq!(faults(text), [("E0437", "<details"), ("E0437", "<summary")]);
    assert!(html(text).contains("> a"), "{}", html(text));
}
