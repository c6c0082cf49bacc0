//! Markdown from outside: it agrees with pulldown-cmark's own writer, survives any text, and ends in time.

use std::collections::BTreeSet;
use std::sync::mpsc;
use std::time::Duration;

use hiketsu::config::{Breaks, RawHtml};
use hiketsu::highlight::Highlighter;
use hiketsu::markdown::{self, Fragment, HoleKind, LinkKind, Options, Parsed};
use proptest::prelude::*;

fn options(breaks: Breaks, html: RawHtml) -> Options<'static> {
    Options { breaks, html, math: true, autolinks: true, language: "en", speakers: &[], sections: false }
}

fn filled(fragment: &Fragment, parsed: &Parsed) -> String {
    let mut out = String::new();
    let mut done = 0;
    for hole in &fragment.holes {
        let at = hole.at as usize;
        out.push_str(fragment.html.get(done..at).expect("holes ascend, and stand between characters"));
        if hole.kind == HoleKind::Url {
            out.push_str(&parsed.facts.links[hole.link as usize].target.value);
        }
        done = at;
    }
    out + fragment.html.get(done..).expect("the last hole stands between characters")
}

/// What both writers must agree on: everything but the spelling of void elements and what is ours by design.
#[test]
fn plain_markdown_is_written_as_pulldown_cmark_writes_it() {
    for text in [
        "# a *b* **c** ***d*** ~~e~~ `f<`",
        "a\nb  \nc\\\nd",
        "> a\n> > b\n>\n> c\n\nd",
        "- a\n- b\n  - c\n\n    d\n- e",
        "3. a\n4. b\n\n1) c",
        "a & b < c > \"d\" 'e' &copy; &#x1F600; \\* \\<",
        "***\n---\n* * *",
        "a\n===\n\nb\n---",
        "[a](b \"c\") [d][e] <http://f.example>\n\n[e]: /g 'h'",
        "**「秘訣」** です\n\n*あ*い",
        "a<br>b\n\n<div>\nc\n</div>\n\nd",
        "1. a\n\n   > b\n\n2. c",
        "![a *b*](c.png) d",
        "* a\n\n  b\n\n\n* c",
        "`` a ` b ``",
        "a\u{A0}b\u{3000}c",
    ] {
        let parsed = markdown::parse(text, 0, &options(Breaks::Space, RawHtml::Trusted), &Highlighter::new());
        let ours = filled(&parsed.body.main, &parsed)
            .replace(" rel=\"noopener\"", "")
            .replace(" loading=\"lazy\" decoding=\"async\"", "");
        let ours = without_ids(&ours);
        let extensions = pulldown_cmark::Options::ENABLE_STRIKETHROUGH;
        let mut theirs = String::new();
        pulldown_cmark::html::push_html(&mut theirs, pulldown_cmark::Parser::new_ext(text, extensions));
        assert_eq!(ours, theirs.replace(" />", ">"), "{text}");
    }
}

fn without_ids(html: &str) -> String {
    let mut parts = html.split(" id=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once('"').map_or("", |(_, after)| after));
    }
    out
}

/// Every id and every fragment of Markdown syntax that an author may put beside another.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\n> ",
    "> ",
    "> [!BAD] ",
    "> [!GOOD]\n> ",
    "> [!SUMMARY]",
    "> [!会話]\n>\n> ",
    "[!x]",
    "- ",
    "  - ",
    "1. ",
    "- [ ] ",
    "- [x] ",
    "> [!CHECK]-\n> - [ ] ",
    "# ",
    "## 見出し",
    "## a {#x}",
    " {#fn-1}",
    "---",
    "```",
    "```rust {1}\n",
    "~~~\n",
    "    ",
    "\t",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "``",
    "[",
    "]",
    "](",
    ")",
    "![",
    "[^a]",
    "[^a]: ",
    "\n[^b]: ",
    "<",
    ">",
    "<b>",
    "</b>",
    "<!-- ",
    "-->",
    "<div>",
    "</div>",
    "\n</div>\n\n",
    "\n<div id=x class=\"",
    "<details><summary>",
    "\n<table><tr><td>",
    "</td></table>",
    "<ruby>漢<rt>",
    "<br>",
    "<p>",
    "<svg onload=x>",
    "<script>",
    "</script>",
    "<style>\n",
    "<a href=\"",
    "<a href=javascript&colon;x id=a>",
    "</a>",
    "<img src=x onerror=y>",
    "$",
    "$$",
    "\\frac{",
    "^",
    "$5",
    "&",
    "&amp;",
    "&#0;",
    "&Tab;",
    "\\",
    "|",
    "\n|---|:-:|\n",
    "| a | b |",
    "営業「",
    "」",
    "（",
    "）",
    "：",
    ":",
    "お客様",
    "**客**「",
    "✖",
    "—",
    " -- ",
    "https://a.b",
    "javascript:",
    "[a](javascript:x)",
    "[a](b.md#c)",
    "![](i.png)",
    "![a](i.png \"t\")",
    "[a]: /b\n",
    "[a][a]",
    "秘訣",
    "。",
    "！",
    "a",
    "b c",
    " ",
    "　",
    "👨‍👩‍👧",
    "が",
    "\u{200B}",
    "\u{202E}",
    "\u{FE0E}",
    "\"",
    "'",
    "\r",
    "\u{FEFF}",
    "é",
    "한국",
    "==",
    "==大切==",
    "{a|b}",
    "{漢字|かん|じ}",
    "{",
    "|",
    "}",
    "[[a]]",
    "[[a|",
    "[[#b",
    "]]",
    "\\|",
    "$x$",
    ":::note",
    "\n:::note\n",
    "\n:::bad 題\n営業「",
    "\n::::まとめ[題]\n",
    "\n:::x\n",
    "\n:::\n",
    "\n::::\n",
    "\n> :::\n",
    "  :::\n",
];

fn markdownish() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Ids that stand in the HTML's tags.
fn ids(html: &str) -> Vec<&str> {
    html.split(" id=\"").skip(1).filter_map(|tail| tail.split_once('"')).map(|(id, _)| id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_sound_html(text in markdownish(), breaks in 0..3_u8, safe: bool) {
        let breaks = [Breaks::Join, Breaks::Space, Breaks::Br][usize::from(breaks)];
        let html = if safe { RawHtml::Safe } else { RawHtml::Escape };
        let parsed = markdown::parse(&text, 7, &options(breaks, html), &Highlighter::new());
        for fragment in std::iter::once(&parsed.body.main).chain(&parsed.body.takeaways) {
            prop_assert!(fragment.holes.is_sorted_by_key(|hole| hole.at));
            for hole in &fragment.holes {
                prop_assert!(fragment.html.is_char_boundary(hole.at as usize));
                prop_assert!(hole.kind == HoleKind::Page || (hole.link as usize) < parsed.facts.links.len());
            }
            prop_assert!(balanced(&fragment.html), "{}", fragment.html);
        }
        for link in parsed.facts.links.iter().filter(|link| link.kind == LinkKind::Lesson) {
            let span = link.target.span.range();
            let typed = text.get(span.start - 7..span.end - 7).unwrap_or_default();
            let inside = typed.strip_prefix("[[").and_then(|typed| typed.strip_suffix("]]"));
            prop_assert!(inside.is_some_and(|inside| inside.trim_start().starts_with(&link.target.value)), "{}", typed);
        }
        // A reading is never part of what is measured.
        prop_assert!(parsed.facts.characters as usize <= text.chars().count());
        let found = ids(&parsed.body.main.html);
        let unique: BTreeSet<&str> = found.iter().copied().collect();
        prop_assert_eq!(unique.len(), found.len(), "{:?}", found);
        let written: BTreeSet<String> = found.iter().map(|id| unescaped(id)).collect();
        prop_assert_eq!(parsed.facts.anchors.iter().cloned().collect::<BTreeSet<_>>(), written);
        prop_assert!(parsed.facts.anchors.is_sorted());
        prop_assert!(parsed.body.takeaways.iter().all(|takeaway| ids(&takeaway.html).is_empty()));
        prop_assert!(parsed.facts.summary.chars().count() <= 120);
        for fault in &parsed.faults {
            let span = fault.span;
            prop_assert!(span.start >= 7 && span.start <= span.end && span.end as usize <= text.len() + 7, "{:?}", fault);
            prop_assert!(text.is_char_boundary(span.start as usize - 7) && text.is_char_boundary(span.end as usize - 7));
        }
    }
}

fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Whether every element is closed in order, and nothing but tags that Hiketsu writes stands in the HTML.
fn balanced(html: &str) -> bool {
    let mut open = Vec::new();
    for tail in html.split('<').skip(1) {
        let Some((tag, _)) = tail.split_once('>') else { return false };
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        match (tag.starts_with('/'), name.as_str()) {
            (_, "" | "script" | "style" | "iframe" | "svg") => return false,
            (false, "br" | "hr" | "img" | "input") => {}
            (false, _) if tag.ends_with('/') => {}
            (false, _) => open.push(name),
            (true, _) => {
                if open.pop() != Some(name) {
                    return false;
                }
            }
        }
    }
    open.is_empty()
}

/// Parses `text` on a thread with a stack of 1 MB, and gives up after `seconds`.
fn in_time(what: &str, text: String, seconds: u64) -> Parsed {
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(move || {
            let parsed = markdown::parse(&text, 0, &options(Breaks::Join, RawHtml::Safe), &Highlighter::new());
            sender.send(parsed).ok();
        })
        .expect("a thread starts");
    let answer = receiver.recv_timeout(Duration::from_secs(seconds));
    assert!(answer.is_ok(), "{what}: not in time, or the stack overflowed");
    answer.expect("it was checked")
}

#[test]
fn fifty_thousand_of_anything_end_in_time() {
    const N: usize = 50_000;
    let lines = |line: &str| line.repeat(N);
    let many = |count: usize, line: fn(usize) -> String| (0..count).map(line).collect::<Vec<_>>().concat();
    let cases: Vec<(&str, String)> = vec![
        ("quotes in quotes", ">".repeat(N) + "a"),
        ("quotes in quotes, lazily continued", format!("{}a\n{}", "> ".repeat(N), lines("b\n"))),
        ("lists in lists", "- ".repeat(N) + "a"),
        ("lists in lists, then empty lines", format!("{}a{}b", "- ".repeat(N), lines("\n"))),
        ("ordered lists in lists", "1. ".repeat(N) + "a"),
        ("quotes and lists in turn", "> - ".repeat(N) + "a"),
        ("boxes", lines("> [!NOTE] a\n> b\n\n")),
        ("summaries", lines("> [!まとめ]\n> 1. b\n\n")),
        ("unknown boxes", lines("> [!X]\n\n")),
        ("brackets", "[".repeat(N)),
        ("closed brackets", "[".repeat(N) + &"]".repeat(N)),
        ("links in links", "[a](".repeat(N)),
        ("images in images", format!("{}a{}", "![".repeat(N), "](b)".repeat(N))),
        ("emphasis", "*a ".repeat(N)),
        ("emphasis, closed", format!("{}a{}", "*a ".repeat(N), " a*".repeat(N))),
        ("strong and emphasis", "*a **b ".repeat(N)),
        ("asterisks", "*".repeat(N) + "a" + &"*".repeat(N)),
        ("strikethrough", "~~a ~b ".repeat(N)),
        ("backticks", (1..300).map(|n| "`".repeat(n) + " ").collect()),
        ("code spans", "`a".repeat(N)),
        ("html", "<a ".repeat(N)),
        ("comments", "<!-- ".repeat(N)),
        ("declarations", "<!A ".repeat(N) + &"<?".repeat(N) + &"<![CDATA[".repeat(N)),
        ("tables", format!("{}\n{}\n{}", "|a".repeat(2000), "|-".repeat(2000), "|\n".repeat(2000))),
        ("rows", format!("|a|\n|-|\n{}", lines("|b|\n"))),
        ("headings", lines("## 同じ\n")),
        ("explicit ids", lines("## a {#x}\n")),
        ("footnotes", lines("[^a]") + "\n\n[^a]: b"),
        ("notes", many(N / 5, |n| format!("a[^{n}]\n\n[^{n}]: b\n\n"))),
        ("lost notes", lines("[^a] ") + &"[^".repeat(N)),
        ("references", format!("[a]: {}\n\n{}", "b".repeat(1000), lines("[a] "))),
        ("definitions", many(N, |n| format!("[a{n}]: b\n"))),
        ("entities", lines("&amp;")),
        ("line breaks", lines("秘\n")),
        ("turns", format!("> [!会話]\n{}", lines("> 客「a」\n"))),
        ("open turns", format!("> [!会話]\n{}", lines("> 客「a\n"))),
        ("open turns, each in its paragraph", format!("> [!会話]\n{}", lines("> 客「a\n>\n> b\n>\n"))),
        ("open thoughts", format!("> [!会話]\n{}", lines("> （a\n"))),
        ("brackets in a turn", format!("> [!会話]\n> 客{}", "「".repeat(N))),
        ("dialogues", many(N / 5, |n| format!("> [!会話]\n> 客{n}「a」\n\n"))),
        ("good and bad", lines("> [!GOOD]\n> a\n\n> [!BAD]\n> b\n\n")),
        ("tasks", format!("> [!CHECK]\n{}", lines("> - [ ] a\n"))),
        ("sources", lines("> a\n> — b\n\n")),
        ("code blocks", lines("```\na\n```\n")),
        ("info strings", format!("```a {}\n", "{1} b=c ".repeat(N))),
        ("one word", "あ".repeat(N)),
        ("escapes", lines("\\*")),
        ("colons", ":".repeat(N)),
        ("colons, again and again", ":::".repeat(N) + "x"),
        ("lines of colons", lines(":::\n")),
        ("containers", lines(":::note\n:::\n")),
        ("open containers", lines(":::note\n")),
        ("open containers, closed", lines(":::note\n") + &lines(":::\n")),
        ("open containers, closed with more", lines(":::note\n") + &lines("::::\n")),
        ("open containers, closed with less", lines("::::note\n") + &lines(":::\n")),
        ("unknown containers", lines(":::x\n:::\n")),
        ("unknown containers, open", lines(":::x\n") + &lines(":::note\n")),
        ("containers of ever more colons", many(300, |n| format!("{}note\n", ":".repeat(n + 3)))),
        ("containers in quotes", lines("> :::まとめ\n> a\n> :::\n\n")),
        ("containers in quotes in quotes", "> ".repeat(N) + ":::note"),
        ("containers and quotes in turn", many(200, |n| format!("{}:::note\n", "> ".repeat(n)))),
        ("equal signs", "==".repeat(N)),
        ("markers", lines("==大切==")),
        ("markers, open", lines("==a ")),
        ("markers, apart", lines("==a== ")),
        ("markers in emphasis", format!("{}a{}", "*==a ".repeat(N), "== b*".repeat(N))),
        ("markers in lines", lines("==大切==\n")),
        ("braces", "{".repeat(N)),
        ("braces, closed", "{".repeat(N) + &"}".repeat(N)),
        ("open ruby", "{a|".repeat(N) + "}"),
        ("ruby", lines("{漢|か}")),
        ("ruby with many readings", format!("{{a{}}}", "|b".repeat(N))),
        ("ruby with wrong readings", lines("{漢|か|ん} ")),
        ("headings with ruby", lines("## {漢|か}\n")),
        ("double brackets", "[[".repeat(N)),
        ("double brackets, closed", "[[".repeat(N) + &"]]".repeat(N)),
        ("links by id", lines("[[a]]")),
        ("bare links", lines("https://a.b ")),
        ("bare links, all in one", "https://".repeat(N)),
        ("bare links that are none", lines("_www.")),
        ("bare links that end late", format!("https://a.b/{}", ")".repeat(N))),
        ("bare links that end in entities", format!("https://a.b/{}", "&amp;".repeat(N))),
        ("bare links through emphasis", format!("https://a.b/{}", "_c_/".repeat(N))),
        ("hosts that never end", format!("https://{}_", "a.".repeat(N))),
        ("addresses", lines("a@b.c ")),
        ("addresses that are none", "a@".repeat(N)),
        ("addresses that go on", "a.".repeat(N) + "@" + &"b.".repeat(N)),
        ("links by id, in lines", lines("[[a|b]]\n")),
        ("links by id, open", "[[a|".repeat(N) + "]]"),
        ("links by id, broken", lines("[[a*b*]] ")),
        ("links by id, with emphasis in them", lines("*[[a|**b** c]] ")),
    ];
    all_in_time(cases);
}

#[test]
fn fifty_thousand_tags_and_formulas_end_in_time() {
    const N: usize = 50_000;
    let lines = |line: &str| line.repeat(N);
    let many = |count: usize, line: fn(usize) -> String| (0..count).map(line).collect::<Vec<_>>().concat();
    all_in_time(vec![
        ("raw elements", lines("<b>a</b> ")),
        ("raw elements, open", "<b>".repeat(N) + "a"),
        ("raw elements, open in a block", "<div>\n".repeat(N)),
        ("raw elements, closed wrongly", "<b>".repeat(N) + &"</i>".repeat(N)),
        ("raw elements, closed at last", "<div>".repeat(N) + &"</div>".repeat(N)),
        ("raw elements in lines", lines("<div>\n\n")),
        ("raw paragraphs", lines("<p>a\n")),
        ("raw cells", format!("<table>{}", "<tr><td>".repeat(N))),
        ("raw scripts", lines("<script>a ")),
        ("raw foreign elements", "<svg>".repeat(N)),
        ("raw foreign elements in a block", format!("<div>{}", "<svg>".repeat(N))),
        ("raw foreign elements of many names", many(N, |n| format!("<x{n}>"))),
        ("raw attributes", format!("<div {}>", many(N, |n| format!("a{n}=1 ")))),
        ("raw attributes of one name", format!("<div {}>", "class=1 ".repeat(N))),
        (
            "raw attributes of many names",
            format!("<div {}>", many(N, |n| "aria-".to_owned() + &"a".repeat(n % 50) + " ")),
        ),
        ("raw ids", lines("<b id=x>a</b>")),
        ("raw links", lines("<a href=b>a</a>")),
        ("raw links, open", "<a href=b>".repeat(N)),
        ("raw tags, cut", format!("<div {}", "<a ".repeat(N))),
        ("raw comments", format!("<div>{}", "<!--".repeat(N))),
        ("dollars", "$".repeat(N)),
        ("dollars, apart", "$ ".repeat(N)),
        ("dollars and letters", "$a".repeat(N)),
        ("prices", "$5と".repeat(N)),
        ("prices without end", "$1".repeat(N)),
        ("double dollars", "$$a".repeat(N)),
        ("braces in a formula", format!("${}$", "{".repeat(N))),
        ("roots in a formula", format!("${}$", "\\sqrt ".repeat(N))),
        ("deep formulas", many(100, |_| format!("${}x$ ", "\\sqrt ".repeat(500)))),
        ("primes in a formula", format!("$a{}$", "'".repeat(N))),
        ("broken formulas", "$\\a$ ".repeat(N / 5)),
    ]);
}

fn all_in_time(cases: Vec<(&str, String)>) {
    for (what, text) in cases {
        let length = text.len();
        let formulas = text.contains('$');
        let parsed = in_time(what, text, 20);
        // A formula of one letter is a hundred bytes of MathML.
        let factor = if formulas { 60 } else { 20 };
        assert!(
            parsed.body.main.html.len() <= length.max(1000) * factor,
            "{what}: {} of {length}",
            parsed.body.main.html.len()
        );
    }
}

#[test]
fn long_lines_of_code_are_not_highlighted_but_shown() {
    for language in ["sh", "rust", "js", "html", "css", "python", "yaml", "json", "markdown", "c++", "php", "ruby"] {
        let parsed = in_time(language, format!("```{language}\n{}\n```", "a ".repeat(100_000)), 20);
        assert_eq!(parsed.faults.len(), 1, "{language}");
        assert!(parsed.body.main.html.contains("a a a"));
    }
}
