//! `site.toml`: every field, every fault, each at its place.

use hiketsu::config::{self, Breaks, Config, RawHtml, Side};
use hiketsu::diag::{Checked, Fault, Lang, fill};
use hiketsu::fields::Value;
use hiketsu::text::lines::LineIndex;
use proptest::prelude::*;

const HEAD: &str = "title = \"t\"\nbase_url = \"https://example.com/\"\n";

fn parse(text: &str) -> Checked<Config, Fault> {
    config::parse(text)
}

/// `E0201 3:1 「…」`: code, place, the Japanese message and help.
fn told(text: &str) -> Vec<String> {
    let index = LineIndex::new(text);
    let tell = |fault: &Fault| {
        let (line, column) = index.locate(text, fault.span.start as usize);
        let words = fault.code.words(Lang::Ja);
        let message = fill(words.message, &fault.args);
        let help = fill(words.help, &fault.args);
        for words in [&message, &help, &fill(fault.code.words(Lang::En).message, &fault.args)] {
            assert!(!words.contains(['{', '⟦']) || text.contains('{'), "an argument is missing: {words}");
        }
        let related: Vec<_> = fault.related.iter().map(|span| index.locate(text, span.start as usize)).collect();
        let related = if related.is_empty() { String::new() } else { format!(" {related:?}") };
        format!("{} {line}:{column} {message}。{help}{related}", fault.code.id)
    };
    parse(text).faults.iter().map(tell).collect()
}

#[track_caller]
fn check(rest: &str, expected: &[&str]) {
    let text = format!("{HEAD}{rest}");
    assert_faults(&text, expected);
}

/// Each expectation is the beginning of a fault, then after ` … ` something else that it says.
#[track_caller]
fn assert_faults(text: &str, expected: &[&str]) {
    let told = told(text);
    let fits = |(told, expected): (&String, &&str)| {
        let (head, tail) = expected.split_once(" … ").unwrap_or((expected, ""));
        told.starts_with(head) && told.contains(tail)
    };
    assert!(told.len() == expected.len() && told.iter().zip(expected).all(fits), "{text}\n{told:#?}");
}

#[test]
fn the_sample_site_is_good() {
    let checked = parse(include_str!("../site.toml"));
    assert_eq!(checked.faults, []);
    let config = checked.value;
    assert_eq!(config.short_title, "営業110の秘訣");
    assert_eq!(config.navigation.len(), 3);
    assert_eq!(config.taxonomies.iter().map(|t| t.key.as_str()).collect::<Vec<_>>(), ["categories", "tags"]);
    assert_eq!(config.taxonomies[0].terms[0].slug.as_ref().map(|slug| slug.value.as_str()), Some("essence"));
    assert_eq!(config.speakers[2].side, Side::Left);
}

#[test]
fn what_is_not_written_has_its_default() {
    let checked = parse(HEAD);
    assert_eq!(checked.faults, []);
    let config = checked.value;
    assert_eq!(
        (
            config.short_title.as_str(),
            config.language.as_str(),
            config.timezone.as_str(),
            config.theme.name.value.as_str()
        ),
        ("t", "ja", "Asia/Tokyo", "standard")
    );
    assert_eq!(config.taxonomies.iter().map(|t| t.label.as_str()).collect::<Vec<_>>(), ["カテゴリー", "タグ"]);
    assert!(config.search && config.feeds.atom && config.feeds.json && config.feeds.full);
    assert_eq!((config.feeds.limit, config.per_page), (20, 20));
    assert_eq!((config.markdown.breaks, config.markdown.html), (Breaks::Join, RawHtml::Safe));
    assert!(config.markdown.autolinks && config.markdown.math);
    assert_eq!(config.extra, Value::Map(Vec::new()));
    let english = parse(&format!("{HEAD}language = \"en-us\"\n")).value;
    assert_eq!(english.language, "en-US");
    assert_eq!(english.taxonomies[1].label, "Tags");
}

#[test]
fn every_field_is_taken() {
    let config = parse(&format!(
        "{HEAD}tagline = 'g'\ndescription = ''\ntimezone = 'europe/berlin'\nauthor = 'a'\ntheme = 'mine'\n\
         about = '''\none\n\ntwo\n'''\n[taxonomies.level]\nlabel = '難易度'\nslug = 'levels'\n\
         terms = ['初級', {{ name = '上級', label = 'L', slug = 'hard', description = 'd' }}]\n\
         [markdown]\nbreaks = 'br'\nhtml = 'trusted'\nautolinks = false\n[search]\nenabled = false\n\
         [feeds]\natom = false\njson = false\nlimit = 5\ncontent = 'summary'\n[paging]\nper_page = 7\n\
         [extra]\nb = 1\na = [true, 1.5, 2026-01-05]\n"
    ));
    assert_eq!(config.faults, []);
    let config = config.value;
    assert_eq!(config.description, "g");
    assert_eq!((config.timezone.as_str(), config.about.as_str()), ("Europe/Berlin", "one\n\ntwo"));
    assert_eq!(config.taxonomies.iter().map(|t| t.key.as_str()).collect::<Vec<_>>(), ["level", "categories", "tags"]);
    assert_eq!(config.taxonomies[0].slug.value, "levels");
    assert_eq!(config.taxonomies[0].terms[0].name.value, "初級");
    assert_eq!(config.taxonomies[0].terms[1].label, "L");
    assert!(!config.search && !config.feeds.atom && !config.feeds.json && !config.feeds.full);
    assert_eq!((config.feeds.limit, config.per_page), (5, 7));
    assert_eq!((config.markdown.breaks, config.markdown.html), (Breaks::Br, RawHtml::Trusted));
    assert!(!config.markdown.autolinks);
    let list = Value::List(vec![Value::Bool(true), Value::Float(1.5), Value::Text("2026-01-05".into())]);
    assert_eq!(config.extra, Value::Map(vec![("b".into(), Value::Int(1)), ("a".into(), list)]));
}

#[test]
fn unknown_keys_name_the_nearest() {
    check("tagilne = 'x'\n", &["E0201 3:1 「tagilne」という項目はありません。「tagline」の書き間違い"]);
    check("lang = 'ja'\n", &["E0201 3:1 「lang」という項目はありません。「language」の書き間違い"]);
    check("qqqq = 1\n", &["E0201 3:1 「qqqq」という項目はありません。使える項目：title, short_title"]);
    check("[markdown]\nbreak = 'br'\n", &["E0201 4:1 … 「breaks」"]);
    check("[[navigation]]\nlabel = 'a'\nlink = '/'\nurl = '/'\n", &["E0201 6:1"]);
    check("[taxonomies.tags]\nlabels = 'a'\n", &["E0201 4:1 … 「label」"]);
    check("[taxonomies.tags]\nterms = [{name = 'a', slag = 'b'}]\n", &["E0201 4:23 … 「slug」"]);
    check("[[speaker]]\nname = 'a'\n", &["E0201 3:3 … 「speakers」"]);
    check("[feeds]\nrss = true\n", &["E0201 4:1"]);
    check("[search]\nenable = true\n[paging]\nperpage = 3\n", &["E0201 4:1 … 「enabled」", "E0201 6:1 … 「per_page」"]);
}

#[test]
fn wrong_types_show_how_to_write_it() {
    check(
        "tagline = 2019\n",
        &["E0206 3:11 「tagline」には文字を書きます（書かれているもの：2019）。「tagline = \"2019\"」"],
    );
    check("tagline = [1]\n", &["E0206 3:11"]);
    check("navigation = 'x'\n", &["E0210 3:14"]);
    check("[navigation]\nlabel = 'x'\n", &["E0210 3:1"]);
    check("markdown = true\n", &["E0211 3:12 … [markdown]"]);
    check("[search]\nenabled = 'yes'\n", &["E0207 4:11 … 「enabled = true」"]);
    check("[feeds]\nlimit = '20'\n", &["E0208 4:9 … 「limit = 20」"]);
    check("[feeds]\nlimit = 0\ncontent = 'ful'\n", &["E0209 4:9 … 1 から 1000", "E0212 5:11 … 「full」"]);
    check("[paging]\nper_page = 1001\n", &["E0209 4:12"]);
    check("[[speakers]]\nside = 'middle'\n", &["E0202 3:1 「name」がありません", "E0212 4:8"]);
    check("[taxonomies]\ntags = ['a']\n", &["E0211 4:8"]);
    check("[taxonomies.tags]\nterms = [1, '']\n", &["E0206 4:10", "E0203 4:13"]);
    check("extra = 3\n", &["E0211 3:9"]);
}

#[test]
fn missing_fields_are_placed_at_the_start() {
    assert_faults("", &["E0202 1:1 「title」", "E0202 1:1 「base_url」 … base_url = \"https://example.com/\""]);
    assert_faults("title = ''\nbase_url = 'https://example.com'", &["E0203 1:9"]);
    check("[[navigation]]\nlabel = 'a'\n", &["E0202 3:1 「link」"]);
}

#[test]
fn addresses() {
    let url = |url: &str| parse(&format!("title = 't'\nbase_url = '{url}'\n"));
    assert_eq!(url("https://example.com/course").value.base_url, "https://example.com/course/");
    for (typed, code, said) in [
        ("example.com", "E0221", "https://example.com/"),
        ("/course/", "E0221", "https://example.com/course/"),
        ("ftp://example.com/", "E0221", "https://"),
        ("https://example.com/?a", "E0222", "https://example.com/"),
        ("https://example.com/#a", "E0222", "#a"),
    ] {
        let text = format!("title = 't'\nbase_url = '{typed}'\n");
        assert_faults(&text, &[&format!("{code} 2:12 … {said}")]);
    }
}

#[test]
fn languages_and_time_zones() {
    for good in ["ja", "en", "ja-JP", "zh-Hant-TW", "gsw"] {
        check(&format!("language = '{good}'\n"), &[]);
    }
    check("language = 'jp'\n", &["E0223 3:12 … 「ja」"]);
    check("language = 'ja_JP'\n", &["E0223 3:12 … 「ja-JP」"]);
    check("language = 'Japanese'\n", &["E0223 3:12 … 「ja」"]);
    check("language = 'x'\n", &["E0223 3:12 「x」という言語はありません。日本語は"]);
    check("timezone = 'JST'\n", &["E0224 3:12 … 「Asia/Tokyo」"]);
    check("timezone = 'Asia/Tokio'\n", &["E0224 3:12 … 「Asia/Tokyo」"]);
    check("timezone = 'tokyo'\n", &["E0224 3:12 … 「Asia/Tokyo」"]);
    check("timezone = '../etc/passwd'\n", &["E0224 3:12"]);
}

#[test]
fn names_that_become_folders() {
    check("theme = '../evil'\n", &["E0225 3:9 … 文字 /"]);
    check("theme = '..'\n", &["E0226 3:9"]);
    check("[taxonomies.tags]\nslug = 'a/b'\n", &["E0225 4:8"]);
    check("[taxonomies.tags]\nslug = 'CON'\n", &["E0226 4:8"]);
    check("[taxonomies.tags]\nslug = \"a\\u0007b\"\n", &["E0213 4:8"]);
    check("[taxonomies.tags]\nslug = 'a%b'\n", &["E0225 4:8 … 文字 %"]);
    check("[taxonomies.tags]\nslug = '.git'\n", &["E0226 4:8"]);
    check(&format!("[taxonomies.tags]\nslug = '{}'\n", "秘".repeat(81)), &["E0227 4:8 … 81 文字"]);
    check("[taxonomies.'a/b']\nlabel = 'x'\n", &["E0225 3:13"]);
    check("[taxonomies.title]\nlabel = 'x'\n", &["E0229 3:13"]);
    check("[[navigation]]\nlabel = 'a'\nlink = 'javascript:alert(1)'\n", &["E0230 5:8"]);
    check("[[navigation]]\nlabel = 'a'\nlink = 'mailto:a@example.com'\n", &[]);
}

#[test]
fn what_must_differ() {
    let terms = |a: &str, b: &str| format!("[taxonomies.tags]\nterms = [\n  {a},\n  {b},\n]\n");
    check(&terms("'信頼'", "'信頼'"), &["E0228 6:3 「name」の「信頼」 … [(5, 3)]"]);
    check(&terms("'ＳＥＯ'", "'SEO'"), &["E0228 6:3"]);
    check(&terms("'SEO'", "'seo'"), &["E0228 6:3"]);
    check(&terms("{name = 'a', slug = 's'}", "{name = 'b', slug = 'S'}"), &["E0228 6:23 「slug」"]);
    check(&terms("{name = 'a', label = 'l'}", "{name = 'b', label = 'l'}"), &["E0228 6:24 「label」"]);
    check(&terms("'b'", "{name = 'a', label = 'b'}"), &["E0228 6:24 「label」"]);
    check("[taxonomies.tags]\nslug = 'x'\n[taxonomies.categories]\nslug = 'x'\n", &["E0228 6:8"]);
    check("[[speakers]]\nname = '営業'\n[[speakers]]\nname = '営業'\n", &["E0228 6:8"]);
}

#[test]
fn syntax_errors_have_our_words_and_their_own_places() {
    check("tagline = 営業\n", &["E0216 3:11 … \"営業\""]);
    check("tagline = 「営業」\n", &["E0216 3:11 … \"営業\""]);
    check("tagline = \"営業\nauthor = 'a'\n", &["E0217 3:11"]);
    check("about = '''\n営業\n", &["E0217 3:9"]);
    check("navigation = [\n  {label = 'a', link = '/'},\n", &["E0217 3:14 「[」が閉じられていません"]);
    check("タグ = 'x'\n", &["E0218 3:1", "E0201 3:1"]);
    check("tagline\n", &["E0215 3:8"]);
    check("tagline = 'a' b\nauthor = 'a' b\n", &["E0215 3:15", "E0215 4:14"]);
    check("tagline = 'a'\nauthor = 営\ntagline = 'b'\n", &["E0216 4:10", "E0205 5:1 「tagline」が二度 … [(3, 1)]"]);
    check("[search]\nenabled = true\n[search]\n", &["E0205 5:2 … [(3, 1)]"]);
    check("[feeds]\nlimit = 012\n", &["E0215 4:9"]);
    check("[feeds]\nlimit = 99999999999999999999\n", &["E0215 4:9"]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(text in "[ -~\n秘訣「」]{0,200}") {
        let checked = parse(&text);
        for fault in &checked.faults {
            prop_assert!(fault.span.start <= fault.span.end && fault.span.end as usize <= text.len());
            prop_assert!(text.get(fault.span.range()).is_some());
        }
    }

    #[test]
    fn no_mutation_of_a_good_file_panics(at in 0usize..3000, insert in "[\\[\\]{}=\"'\n#.,:a1\\\\秘]{0,3}", cut in 0usize..9) {
        let good: Vec<char> = include_str!("../site.toml").chars().collect();
        let at = at.min(good.len());
        let end = (at + cut).min(good.len());
        let text: String = good[..at].iter().copied().chain(insert.chars()).chain(good[end..].iter().copied()).collect();
        let _ = parse(&text);
    }
}

#[test]
fn what_is_allowed_beside_the_site() {
    let good = "[security]\nallow = [\"https://www.youtube-nocookie.com/\", \"https://*.example.org:8443\"]\n";
    let config = parse(&format!("{HEAD}{good}")).value;
    assert_eq!(config.security.allow, ["https://www.youtube-nocookie.com", "https://*.example.org:8443"]);
    check(
        "[security]\nallow = [\"http://a.example\", \"https://a.example/x/\", \"*\", \"'unsafe-inline'\", \"https://b.example; script-src *\"]\n",
        &[
            "E0231 4:10 「http://a.example」は … https://www.example.com",
            "E0231 4:30 「https://a.example/x/」は … \"https://a.example\"",
            "E0231 4:54",
            "E0231 4:59",
            "E0231 4:78",
        ],
    );
    check(
        "[security]\nallow = [\"https://a.example\", \"https://a.example\"]\nheader = true\n",
        &["E0228 4:31", "E0201 5:1 … headers"],
    );
}

#[test]
fn the_theme_and_what_of_it_is_set() {
    let table = "[theme]\nname = \"mine\"\nmeasure = 34\nleading = 2\nsize = 1.1\ntracking = 0.02\nparagraph = \"indent\"\nlayout = \"tategaki\"\nface = \"mincho\"\n\
[theme.colors]\nlink = [\"#0A4A94\", \"#8fbcff\"]\naccent = \"#123\"\n[theme.fonts]\ngothic = [\"Noto Sans JP\", \"sans-serif\"]\n";
    let checked = parse(&format!("{HEAD}{table}"));
    assert_eq!(checked.faults, []);
    let theme = checked.value.theme;
    assert_eq!((theme.name.value.as_str(), theme.colours.len(), theme.settings.len()), ("mine", 2, 5));
    assert_eq!(
        theme.css(),
        ":root:root { --link: light-dark(#0a4a94, #8fbcff); --ai: #112233; --measure: 34rem; --leading: 2; --scale: 1.1; \
         --tracking: 0.02em; --sans: \"Noto Sans JP\", sans-serif }\n"
    );
    assert_eq!(parse(HEAD).value.theme.css(), "");
    check(
        "[theme.colors]\nlink = \"red\"\ntext = \"ｆｆｆ\"\nmuted = []\nbad = \"#12345\"\ngood = 3\nlinks = \"#fff\"\n",
        &[
            "E0232 4:8 「link」の色「red」を読めません。「#0a4a94」のように",
            "E0232 5:8 「text」の色「ｆｆｆ」を読めません。「#fff」ではありませんか",
            "E0210 6:9",
            "E0232 7:7",
            "E0206 8:8",
            "E0201 9:1 … 「link」の書き間違い",
        ],
    );
    check(
        "[theme]\nmeasure = 80\nleading = \"1.8\"\nsize = 3.0\nlayout = \"vertical\"\ncolour = 1\n",
        &[
            "E0209 4:11",
            "E0219 5:11 … leading = 1.2",
            "E0220 6:8 … 0.8 から 1.5",
            "E0212 7:10 … tategaki",
            "E0201 8:1 … colors",
        ],
    );
    check("theme = 3\n", &["E0211 3:9 … [theme]"]);
}
