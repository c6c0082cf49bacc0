//! Bare URLs and mail addresses: the text never changes, and in texts of ASCII they are what comrak, which has GitHub's
//! rules from another hand, finds.

use hiketsu::config::{Breaks, RawHtml};
use hiketsu::highlight::Highlighter;
use hiketsu::markdown::{self, Options, Parsed};
use proptest::prelude::*;

fn parsed(text: &str, autolinks: bool) -> Parsed {
    let options = Options {
        breaks: Breaks::Space,
        html: RawHtml::Escape,
        math: false,
        autolinks,
        language: "ja",
        speakers: &[],
        sections: false,
    };
    markdown::parse(text, 0, &options, &Highlighter::new())
}

/// What a reader reads, and where each link leads.
fn shown(html: &str) -> (String, Vec<String>) {
    let html = scraper::Html::parse_fragment(html);
    let anchor = scraper::Selector::parse("a").expect("the selector is right");
    let links = html.select(&anchor).map(|a| a.text().collect()).collect();
    (html.root_element().text().collect(), links)
}

fn targets(text: &str) -> Vec<String> {
    let parsed = parsed(text, true);
    let links = parsed.facts.links.into_iter().map(|link| {
        let typed = text.get(link.target.span.range()).expect("between characters");
        let bare = link.target.value.strip_prefix("http://").or_else(|| link.target.value.strip_prefix("mailto:"));
        let typed = typed.replace('\\', "").replace("&amp;", "&");
        assert!(link.target.value == typed || bare == Some(&typed), "{typed} in {text}: {}", link.target.value);
        link.target.value
    });
    links.collect()
}

#[test]
fn japanese_around_a_url_is_no_part_of_it() {
    for (text, expected) in [
        ("https://example.com/を見る", "https://example.com/"),
        ("詳しくはhttps://example.com/a?b=cへ", "https://example.com/a?b=c"),
        ("（https://example.com/）。", "https://example.com/"),
        ("「www.example.com」", "www.example.com"),
        ("https://example.com/…", "https://example.com/"),
        ("https://example.com/　次", "https://example.com/"),
        ("https://example.com/ｱ", "https://example.com/"),
        ("https://example.com/한국", "https://example.com/"),
        ("https://example.com/\u{200B}a", "https://example.com/"),
        ("連絡先：a.b+c@example.co.jpまで", "a.b+c@example.co.jp"),
        ("**https://example.com/**です", "https://example.com/"),
        ("==https://example.com/==です", "https://example.com/"),
        ("- https://example.com/\n", "https://example.com/"),
        ("> https://example.com/\n", "https://example.com/"),
        ("## https://example.com/\n", "https://example.com/"),
        ("|https://example.com/|\n|-|\n", "https://example.com/"),
        ("https://example.com/?a=1&amp;b=2 c", "https://example.com/?a=1&b=2"),
        ("https://example.com/_next_/*a*を", "https://example.com/_next_/*a"),
        ("https://example.com/a\\_b c", "https://example.com/a_b"),
        ("HTTPS://EXAMPLE.COM/é。", "HTTPS://EXAMPLE.COM/é"),
    ] {
        let found: Vec<String> = targets(text);
        let expected = match expected {
            www if www.starts_with("www.") => format!("http://{www}"),
            address if address.contains('@') => format!("mailto:{address}"),
            url => url.to_owned(),
        };
        assert_eq!(found, [expected], "{text}");
    }
}

#[test]
fn what_is_no_bare_link_stays_text() {
    for text in [
        "https://",
        "https:// example.com",
        "https://日本語.jp/",
        "ftp://example.com",
        "javascript://example.com",
        "xhttps://example.com",
        "https\\://example.com",
        "&#104;ttps://example.com",
        "www.example",
        "awww.example.com",
        "www.a_b.c",
        "http://a_b.c",
        "http://.a.b",
        "a@b",
        "@b.c",
        "a@.c",
        "a@b..c",
        "a@b.c-",
        "xmpp:a@b.c",
        "a\\@b.c",
        "`https://example.com`",
        "    https://example.com",
        "```\nhttps://example.com\n```",
    ] {
        assert_eq!(targets(text), Vec::<String>::new(), "{text}");
    }
    // A link that is there already has no other in it.
    for text in
        ["[https://a.example](https://b.example)", "<https://b.example>", "[*www.a.example*](https://b.example)"]
    {
        let links = parsed(text, true).facts.links;
        assert_eq!(links.len(), 1, "{text}");
        assert!(links[0].target.value.starts_with("https://b.example"), "{text}");
    }
    assert_eq!(parsed("![www.a.example](b.png)", true).facts.links.len(), 1);
}

const PIECES: &[&str] = &[
    "https://", "http://", "HTTP://", "www.", "mailto:", "ftp://", "a", "b", "example", ".com", ".", "..", "/", "//",
    ":", "?q=", "#x", "&", "&amp;", "&x;", ";", "@", "-", "+", "(", ")", "))", ",", "!", "'", "\"", " ", "\n", "%20",
    "=",
];

const JAPANESE: &[&str] = &[
    "を", "見る", "、", "。", "「", "」", "（", "）", "…", "　", "한", "é", "\u{200B}", "**", "*", "_", "~~", "`",
    "\\_", "\\", "[", "]", "](", "==", "{a|b}", "[[", "]]", "<", ">", "&copy;", "&ngE;", "\n> ", "|", "\n|-|\n", "- ",
    "<!--",
];

fn pieces(all: bool) -> impl Strategy<Value = String> {
    let pieces = if all { [PIECES, PIECES, JAPANESE].concat() } else { PIECES.to_vec() };
    prop::collection::vec(prop::sample::select(pieces), 1..16).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        max_global_rejects: u32::MAX,
        ..ProptestConfig::with_cases(3_000)
    })]

    #[test]
    fn no_text_changes(text in pieces(true)) {
        let (with, without) = (parsed(&text, true), parsed(&text, false));
        let ((with_text, _), (without_text, _)) = (shown(&with.body.main.html), shown(&without.body.main.html));
        // Emphasis within a URL is its characters again.
        let plain = |text: &str| text.replace(['*', '_', '~'], "");
        prop_assert_eq!(plain(&with_text), plain(&without_text), "{}", text);
        if !text.contains(['*', '_', '~']) {
            prop_assert_eq!(with_text, without_text, "{}", text);
        }
        prop_assert_eq!(with.facts.characters >= without.facts.characters, true);
        prop_assert!(with.facts.links.iter().all(|link| text.get(link.target.span.range()).is_some()), "{}", text);
    }

    #[test]
    fn comrak_finds_the_same(text in pieces(false)) {
        let mut options = comrak::Options::default();
        options.extension.autolink = true;
        let theirs = shown(&comrak::markdown_to_html(&text, &options)).1;
        // comrak shows an entity within a URL as it is typed.
        let theirs: Vec<String> = theirs.iter().map(|link| link.replace("&amp;", "&")).collect();
        // `ftp:` is a scheme that we never open. By comrak, `a@.b` and `mailto:@b.c` are addresses, and `a@b.-c` is none. Between `==` is a marker.
        prop_assume!(!["ftp", "..", "@.", ":@", ".-", "=="].iter().any(|sign| text.contains(sign)));
        let ours = shown(&parsed(&text, true).body.main.html).1;
        prop_assert_eq!(ours, theirs, "{}", text);
    }
}
