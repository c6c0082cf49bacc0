//! Hostile HTML in a lesson: read by a browser's own parser, the page has none of it, and is as it was.

mod support;

use hiketsu::config::{Breaks, RawHtml};
use hiketsu::diag::Lang;
use hiketsu::highlight::Highlighter;
use hiketsu::markdown::{self, Options};
use scraper::Html;
use support::Site;

/// What would run, embed, style or take the page apart if it were passed on.
const HOSTILE: &[&str] = &[
    "<script>evil()</script>",
    "<SCRIPT SRC=//evil.example></SCRIPT >",
    "<scr<script>ipt>evil()</scr</script>ipt>",
    "<script\n>evil()</script\t\n bar>",
    "<div><script>evil()</div>",
    "<img src=x onerror=evil()>",
    "<IMG\nSRC=\"x\"\nONERROR='evil()'>",
    "<img src=\"x\"onerror=\"evil()\">",
    "<img/src/onerror=evil()>",
    "<img src=x onerror\n=\n evil()>",
    "<img src=x alt='\"><script>evil()</script>'>",
    "<b title='\"onmouseover=evil() x=\"'>a</b>",
    "<b title=`\" onclick=evil()`>a</b>",
    "<b onclick=a class=b onclick=c class=\"d\">a</b>",
    "<a href=javascript:evil()>a</a>",
    "<a href='java&#x0A;script&colon;evil()'>a</a>",
    "<a href=\"\u{1}javascript:evil()\">a</a>",
    "<a href=\"data:text/html,<script>evil()</script>\">a</a>",
    "<iframe srcdoc='<script>evil()</script>'></iframe>",
    "<object data=evil.swf><embed src=evil.swf></object>",
    "<form action=//evil.example><input name=a><button formaction=javascript:evil()>a</button></form>",
    "<svg onload=evil()>",
    "<svg><style><img src=x onerror=evil()></style></svg>",
    "<svg><script>evil()</script></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=evil()>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=evil()&gt;\">",
    "<math><annotation-xml encoding=\"text/html\"><p><script>evil()</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=evil()>\">",
    "<title><a title=\"</title><img src=x onerror=evil()>\">",
    "<textarea></textarea><textarea><img title='</textarea><img src=x onerror=evil()>'>",
    "<xmp><p title=\"</xmp><img src=x onerror=evil()>\">",
    "<template><script>evil()</script></template>",
    "<select><style></select><img src=x onerror=evil()></style>",
    "<table><td><style><img src=x onerror=evil()></style>",
    "<table><caption><tr><td><svg><desc><td><img src=x onerror=evil()>",
    "<style>@import '//evil.example';</style>",
    "<div style=\"background:url(javascript:evil())\">a",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=javascript:evil()'>",
    "<base href=//evil.example/>",
    "<body onload=evil()></body></html>",
    "</div></main></footer></body></html><footer>a",
    "</p></section></article></main>",
    "<main><footer>a</footer>",
    "<div><div><div>",
    "<table><tr>",
    "<ul><li><ol><li>",
    "<details><summary>",
    "<b><i><u><s><a href=x>",
    "<a href=x>\n\n[a](https://b.example) <a href=y>\n\nc</a>",
    "<p><table><b></p></table>",
    "<!--><script>evil()</script>-->",
    "<!-- --!><script>evil()</script>",
    "<!--a\n\n<script>evil()</script>",
    "<![CDATA[<script>evil()</script>]]>",
    "<?php <script>evil()</script> ?>",
    "<div title=\"a",
    "<div title='a\n\n<script>evil()</script>'>",
    "<b\u{c}onclick=evil()>a",
    "<b/onclick=evil()/class=a>",
    "&lt;script&gt;evil()&lt;/script&gt;",
    "<p>&lt;script&gt;evil()&lt;/script&gt;&#60;img src=x onerror=evil()&#62;</p>",
    "<ruby>a<rt><script>evil()</script>",
    "<x-y onclick=evil()>a</x-y>",
    "$\\text{<img src=x onerror=evil()>}$",
    "$</math><script>evil()</script>$",
    "$\\href{javascript:evil()}{x}$",
    "$$\\unknown<script>evil()</script>$$",
];

/// What must not be on the page: names of elements and attributes.
fn found_in(page: &Html) -> Vec<String> {
    const ELEMENTS: [&str; 22] = [
        "script", "style", "iframe", "object", "embed", "form", "input", "button", "select", "textarea", "svg",
        "template", "noscript", "title", "xmp", "link", "meta", "base", "frameset", "body", "html", "head",
    ];
    let mut found = Vec::new();
    for node in page.root_element().descendants().skip(1) {
        let Some(element) = node.value().as_element() else { continue };
        if ELEMENTS.contains(&element.name()) {
            found.push(element.name().to_owned());
        }
        for (name, value) in element.attrs() {
            let value: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
            let runs =
                value.to_ascii_lowercase().starts_with("javascript:") && matches!(name, "href" | "src" | "poster");
            if name.starts_with("on") || matches!(name, "style" | "srcdoc" | "formaction") || runs {
                found.push(format!("{} {name}={value}", element.name()));
            }
        }
    }
    found
}

fn html(text: &str) -> String {
    let options = Options {
        breaks: Breaks::Join,
        html: RawHtml::Safe,
        math: true,
        autolinks: true,
        language: "ja",
        speakers: &[],
        sections: false,
    };
    let parsed = markdown::parse(text, 0, &options, &Highlighter::new());
    assert!(parsed.facts.links.iter().all(|link| !link.target.value.contains("evil")), "{text}");
    parsed.body.main.html
}

#[test]
fn nothing_hostile_reaches_a_page_wherever_it_stands() {
    for attack in HOSTILE {
        for text in [
            (*attack).to_owned(),
            format!("a {attack} b\n\nc"),
            format!("> {attack}\n\n- {attack}\n"),
            format!("<div>\n{attack}\n\n</div>"),
            format!("| {} |\n|---|\n| b |", attack.replace(['|', '\n'], " ")),
            format!("## {}\n\n*{attack}* [a {attack}](b)", attack.replace('\n', " ")),
        ] {
            let html = html(&text);
            let found = found_in(&Html::parse_fragment(&html));
            assert!(found.is_empty(), "{text}\n→ {html}\n{found:?}");
            // Read as a browser reads it and written again, it is still harmless.
            let again = Html::parse_fragment(&html).root_element().inner_html();
            let found = found_in(&Html::parse_fragment(&again));
            assert!(found.is_empty(), "{text}\n→ {again}\n{found:?}");
        }
    }
}

/// The element in which each landmark of a page stands.
fn frame(page: &Html) -> Vec<(String, String)> {
    let landmarks = page.root_element().descendants().filter_map(scraper::ElementRef::wrap);
    let landmarks = landmarks.filter(|element| matches!(element.value().name(), "main" | "footer" | "header" | "body"));
    let name = |element: scraper::ElementRef<'_>| element.value().name().to_owned();
    landmarks
        .map(|element| {
            let parent = element.parent().and_then(scraper::ElementRef::wrap);
            (name(element), parent.map(name).unwrap_or_default())
        })
        .collect()
}

#[test]
fn the_frame_of_a_page_stays_where_it_was() {
    let page = |body: &str| {
        // Broken links are errors, but the page is made all the same.
        Site::series().lesson(1, "a", "", &format!("前\n\n{body}\n\n後\n")).build().page("secrets/a/").html().clone()
    };
    let sound = frame(&page("中"));
    assert!(sound.len() > 2);
    for attack in HOSTILE {
        assert_eq!(frame(&page(attack)), sound, "{attack}");
    }
}

#[test]
fn links_in_raw_html_are_followed_like_any_other() {
    let outcome = Site::series()
        .lesson(
            1,
            "a",
            "",
            "<div>\n<a href=\"002-b.md#x\">b</a> <a href='002-b.md#nope'>c</a>\n</div>\n\n<img alt=d src=e.png>\n",
        )
        .lesson(2, "b", "", "<b id=\"x\">b</b>\n")
        .build();
    assert_eq!(
        outcome.places(),
        ["E0521 content/secrets/001-a.md:5:37", "E0523 content/secrets/001-a.md:8:16"],
        "{:#?}",
        outcome.messages(Lang::En)
    );
}

#[test]
fn what_was_removed_is_told_in_words_with_the_way_out() {
    let outcome = Site::series().lesson(1, "a", "", "<iframe src=x></iframe>\n\n$\\foo$\n").build();
    assert_eq!(outcome.places(), ["E0433 content/secrets/001-a.md:4:1", "E0430 content/secrets/001-a.md:6:2"]);
    let messages = outcome.messages(Lang::Ja);
    assert!(messages[0].contains("<iframe> は使えない") && messages[0].contains("html = \"trusted\""), "{messages:?}");
    assert!(messages[1].contains("「\\foo」") && messages[1].contains("\\$ と"), "{messages:?}");
    assert!(outcome.messages(Lang::En)[1].contains("write \\$ where"));
}
