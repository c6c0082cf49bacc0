//! Front matter: every field, every fault, each at its place, all of them in one run.

use hiketsu::content::front_matter::parse;
use hiketsu::content::{Date, FrontMatter, Instant, Role, TextOptions};
use hiketsu::diag::{Fault, Lang, fill};
use hiketsu::fields::Value;
use hiketsu::text::lines::LineIndex;
use proptest::prelude::*;

fn options(timezone: &str) -> TextOptions {
    TextOptions {
        language: "ja".into(),
        timezone: timezone.into(),
        taxonomies: vec!["categories".into(), "tags".into()],
        markdown: hiketsu::config::MarkdownOptions::default(),
        speakers: Vec::new(),
        spellings: hiketsu::content::Spellings::default(),
    }
}

fn told(text: &str, faults: &[Fault]) -> Vec<String> {
    let index = LineIndex::new(text);
    let tell = |fault: &Fault| {
        let (line, column) = index.locate(text, fault.span.start as usize);
        assert!(text.get(fault.span.range()).is_some(), "{fault:?}");
        let words = fault.code.words(Lang::Ja);
        let (message, help) = (fill(words.message, &fault.args), fill(words.help, &fault.args));
        for words in [&message, &help, &fill(fault.code.words(Lang::En).message, &fault.args)] {
            assert!(
                !words.contains(['{', '⟦']) || text.contains('{') || words.contains("{ … }"),
                "an argument is missing: {words}"
            );
        }
        let related: Vec<_> = fault.related.iter().map(|span| index.locate(text, span.start as usize)).collect();
        let related = if related.is_empty() { String::new() } else { format!(" {related:?}") };
        format!("{} {line}:{column} {message}。{help}{related}", fault.code.id)
    };
    faults.iter().map(tell).collect()
}

/// Each expectation is the beginning of a fault, then after each ` … ` something else that it says.
#[track_caller]
fn assert_faults(text: &str, role: Role, timezone: &str, expected: &[&str]) -> FrontMatter {
    let (front, _, faults) = parse(text, role, &options(timezone));
    let told = told(text, &faults);
    let fits = |(told, expected): (&String, &&str)| {
        let mut parts = expected.split(" … ");
        told.starts_with(parts.next().unwrap_or("")) && parts.all(|part| told.contains(part))
    };
    assert!(told.len() == expected.len() && told.iter().zip(expected).all(fits), "{text}\n{told:#?}");
    front
}

/// Fields of a lesson, from line 2 on.
#[track_caller]
fn lesson(fields: &str, expected: &[&str]) -> FrontMatter {
    assert_faults(&format!("---\n{fields}\n---\n本文\n"), Role::Text, "Asia/Tokyo", expected)
}

/// The same after a good title: fields begin on line 3.
#[track_caller]
fn titled(fields: &str, expected: &[&str]) -> FrontMatter {
    lesson(&format!("title: t\n{fields}"), expected)
}

#[track_caller]
fn index(fields: &str, expected: &[&str]) -> FrontMatter {
    assert_faults(&format!("---\ntitle: t\n{fields}\n---\n"), Role::Index, "Asia/Tokyo", expected)
}

#[test]
fn every_field_is_taken() {
    let text = "---\ntitle: ノルマは忘れろ # 注\ndescription: >\n  一行目\n  二行目\ndate: 2026-01-05\nupdated: \"2026-01-06\"\n\
        publish: 2026-01-05 09:00\nexpire: 2027-01-01\ndraft: true\nauthors: 編集部\ncategories: [営業の本質]\n\
        tags:\n- 信頼\n- 'no'\n- no\naliases: [/old/quota/, /%E5%96%B6/]\nimage: a.png\nrequires: [listen]\n\
        yomi: のるまはわすれろ\ntemplate: wide.html\ntoc: false\nextra:\n  a: [1, no, ~]\n  b: {c: 'x'}\n---\n本文";
    let (front, body, faults) = parse(text, Role::Text, &options("Asia/Tokyo"));
    assert_eq!(
        told(text, &faults),
        ["E0214 16:3 「tags」に「no」が二度書かれています。一つは消してください [(15, 3)]"]
    );
    assert_eq!(text.get(body..), Some("本文"));
    assert_eq!(front.span.range(), 0..body);
    assert_eq!(
        (front.title.value.as_str(), text.get(front.title.span.range())),
        ("ノルマは忘れろ", Some("ノルマは忘れろ"))
    );
    assert_eq!(front.description.map(|text| text.value).as_deref(), Some("一行目 二行目"));
    assert_eq!(front.date.map(|date| date.value), Some(Date { year: 2026, month: 1, day: 5 }));
    assert_eq!(front.publish.map(|at| at.value), Some(Instant(1_767_571_200)));
    assert_eq!(front.expire.map(|at| at.value), Some(Instant(1_798_729_200)));
    assert!(front.draft && front.toc == Some(false));
    assert_eq!(front.authors, ["編集部"]);
    let terms: Vec<_> = front.terms.iter().map(|(key, terms)| (key.as_str(), terms.len())).collect();
    assert_eq!(terms, [("categories", 1), ("tags", 2)]);
    assert_eq!(front.aliases.iter().map(|a| a.value.as_str()).collect::<Vec<_>>(), ["/old/quota/", "/営/"]);
    assert_eq!(front.yomi.as_deref(), Some("のるまはわすれろ"));
    let list = Value::List(vec![Value::Int(1), Value::Text("no".into()), Value::Null]);
    let map = Value::Map(vec![("c".into(), Value::Text("x".into()))]);
    assert_eq!(front.extra, Value::Map(vec![("a".into(), list), ("b".into(), map)]));
}

#[test]
fn titles_are_what_was_typed() {
    for (typed, title) in [
        ("no", "no"),
        ("012", "012"),
        ("2019", "2019"),
        ("1.0", "1.0"),
        ("~", "~"),
        ("null", "null"),
        ("true", "true"),
        ("2026-01-05", "2026-01-05"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("'1'", "1"),
        ("\"a\\u3042\"", "aあ"),
        ("第1回：聞く", "第1回：聞く"),
        ("A:B", "A:B"),
        ("C# と F#", "C# と F#"),
        ("'it''s'", "it's"),
        (".5", ".5"),
        ("1:30", "1:30"),
        ("「秘訣」", "「秘訣」"),
        ("a, b", "a, b"),
        ("=", "="),
        ("<<", "<<"),
        ("110%", "110%"),
    ] {
        assert_eq!(lesson(&format!("title: {typed}"), &[]).title.value, title);
    }
}

#[test]
fn a_missing_block_or_title_is_named() {
    let check = |text, expected| assert_faults(text, Role::Text, "Asia/Tokyo", expected);
    check("", &["E0301 1:1"]);
    check("本文だけ", &["E0301 1:1"]);
    check("----\ntitle: x\n----\n", &["E0301 1:1"]);
    check("---\n---\n", &["E0202 1:1 「title」がありません。「title: …」"]);
    check("---\n# 注\n---\n", &["E0202 1:1"]);
    check("---\ndraft: true\n---", &["E0202 1:1"]);
    check("---\ntitle:\n---\n", &["E0203 2:1 「title」に値がありません"]);
    check("---\ntitle: ''\n---\n", &["E0203 2:8"]);
    check("---\ntitle: \"a\\nb\"\n---\n", &["E0213 2:8"]);
    check("---\ntitle: x\n\n本文\n", &["E0302 1:1"]);
    check("---", &["E0302 1:1"]);
    check("+++\ntitle = 'x'\n+++\n本文\n", &["E0304 1:1"]);
    let front = check("\n\n---\ntitle: x\n---\n", &["E0303 3:1"]);
    assert_eq!(front.title.value, "x");
    assert_faults("---\ndraft: false\n---\n", Role::Index, "Asia/Tokyo", &["E0202 1:1"]);
}

#[test]
fn the_body_begins_after_the_block() {
    for (text, body) in [
        ("---\ntitle: x\n---\n本文", "本文"),
        ("---\ntitle: x\n--- \n\n本文", "\n本文"),
        ("---\ntitle: x\n---", ""),
        ("本文", "本文"),
        ("---\ntitle: x\n", ""),
        ("+++\na=1\n+++\n本文", "本文"),
        ("\n---\ntitle: x\n---\n本文", "本文"),
    ] {
        let (_, at, _) = parse(text, Role::Text, &options("Asia/Tokyo"));
        assert_eq!(text.get(at..), Some(body), "{text}");
    }
}

#[test]
fn unknown_keys_name_the_nearest() {
    titled("tag: [a]", &["E0201 3:1 「tag」という項目はありません。「tags」の書き間違い"]);
    titled("titel: x", &["E0201 3:1 … 「title」の書き間違い … 使える項目：title, description"]);
    titled("タグ: [a]", &["E0201 3:1 … 「tags」の書き間違い"]);
    titled("lastmod: 2026-01-05", &["E0201 3:1 … 「updated」の書き間違い"]);
    titled("slug: x", &["E0201 3:1 「slug」という項目はありません。使える項目"]);
    titled("<<: {a: b}", &["E0201 3:1"]);
    index("parts: [{title: a, start: 1, end: 3}]", &["E0329 3:1", "E0201 3:30 「end」"]);
}

#[test]
fn wrong_types_show_how_to_write_it() {
    lesson("title: [重要]", &["E0206 2:8 … title: '[重要]'"]);
    titled("draft: yes", &["E0207 3:8 「draft」に書けるのは … （書かれているもの：yes） … 「draft: true」"]);
    titled("draft: off", &["E0207 3:8 … 「draft: false」"]);
    titled("toc: 'true'", &["E0207 3:6 … 「toc: true」"]);
    titled("toc: True", &["E0207 3:6 … 「toc: true」"]);
    titled("tags: 信頼, 傾聴", &["E0210 3:7 … tags: [信頼, 傾聴]"]);
    titled("tags: 信頼、傾聴", &["E0210 3:7 … tags: [信頼, 傾聴]"]);
    titled("tags: {a: b}", &["E0210 3:7"]);
    titled("tags: [a, [b], '', {c: d}]", &["E0206 3:11", "E0203 3:16", "E0206 3:20"]);
    titled("tags:\n  - a\n  -\n  - b", &["E0203 5:4"]);
    titled("tags: []", &[]);
    titled("tags:\ndescription:", &["E0204 3:1 「tags」に値がない", "E0204 4:1"]);
    titled("extra: 3", &["E0211 3:8"]);
    titled("requires: [a, b, a]", &["E0214 3:18 … [(3, 12)]"]);
}

#[test]
fn repeated_keys_name_both_places() {
    let front = titled("title: u", &["E0205 3:1 「title」が二度書かれています。一つだけ残してください [(2, 1)]"]);
    assert_eq!(front.title.value, "t");
    titled("extra:\n  a: 1\n  \"a\": 2", &["E0205 5:3 … [(4, 3)]"]);
    titled("extra: {a: 1, a: 2, a: 3}", &["E0205 3:15 … [(3, 9)]", "E0205 3:21 … [(3, 9)]"]);
}

#[test]
fn dates_in_other_forms_are_shown_in_ours() {
    for (typed, right) in [
        ("2019/5/1", "2019-05-01"),
        ("2019.05.01", "2019-05-01"),
        ("2019-5-1", "2019-05-01"),
        ("20190501", "2019-05-01"),
        ("2019年5月1日", "2019-05-01"),
        ("２０１９年５月１日", "2019-05-01"),
        ("令和8年1月5日", "2026-01-05"),
        ("令和元年5月1日（水）", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("R8.1.5", "2026-01-05"),
        ("2026-01-05 09:00", "2026-01-05"),
        ("2026-01-05T09:00:00+09:00", "2026-01-05"),
        ("２０２６−０１−０５", "2026-01-05"),
    ] {
        titled(&format!("date: {typed}"), &[&format!("E0321 3:7 「date」の日付が読めません … 「{right}」と書いて")]);
    }
    for typed in
        ["明日", "5/1/2019", "2019", "1", "2019-05", "Jan 5, 2026", "26-01-05", "-", "99999999999", "2026-01-05-06"]
    {
        titled(&format!("date: '{typed}'"), &["E0321 3:7 … 日付は 2026-01-05"]);
    }
    titled("date: 2026-02-30", &["E0322 3:7 2026-02-30 という日はありません。その月の最後の日は 2026-02-28"]);
    titled("date: 2026/2/30", &["E0322 3:7 … 2026-02-28"]);
    titled("date: 2026-13-01", &["E0322 3:7 2026-13-01 という日はありません。日付を"]);
    titled("date: 2026-01-05\nupdated: 2025-01-05", &["E0326 4:10 … [(3, 7)]"]);
    titled("date: [a]", &["E0206 3:7"]);
}

#[test]
fn times_are_local_unless_they_say_otherwise() {
    let publish = |typed: &str, zone: &str| {
        let front = assert_faults(&format!("---\ntitle: t\npublish: {typed}\n---\n"), Role::Text, zone, &[]);
        front.publish.map(|at| at.value.0)
    };
    for typed in
        ["2026-01-05", "2026-01-05 00:00", "2026-01-05T00:00:00", "2026-01-04T15:00:00Z", "2026-01-04 10:00-05:00"]
    {
        assert_eq!(publish(typed, "Asia/Tokyo"), Some(1_767_538_800), "{typed}");
    }
    assert_eq!(publish("2026-01-05T00:00:00.5+09:00", "Europe/Berlin"), Some(1_767_538_800));
    assert_eq!(publish("2026-01-05", "UTC"), Some(1_767_571_200));
    // The first of two equal times when clocks go back.
    assert_eq!(publish("2026-10-25 02:30", "Europe/Berlin"), publish("2026-10-25T00:30:00Z", "UTC"));
    // A day that begins at one o'clock.
    assert_eq!(publish("2018-11-04", "America/Sao_Paulo"), publish("2018-11-04T03:00:00Z", "UTC"));
    assert_eq!(publish("2026-01-05", "No/Where"), publish("2026-01-05", "UTC"));
    let gap = "---\ntitle: t\npublish: 2026-03-29 02:30\n---\n";
    assert_faults(gap, Role::Text, "Europe/Berlin", &["E0324 3:10 … Europe/Berlin … 2026-03-29T03:30:00+02:00"]);
    for (typed, code, said) in [
        ("2026-01-05 9:00", "E0323", "2026-01-05 09:00"),
        ("2026-01-05 午後3時", "E0323", "2026-01-05 15:00"),
        ("2026-01-05 25:00", "E0323", "2026-01-05"),
        ("2026-01-05 09:00 JST", "E0323", "2026-01-05 09:00"),
        ("2026/1/5", "E0323", "「2026-01-05」"),
        ("2026-02-30 09:00", "E0322", "2026-02-28"),
        ("soon", "E0323", "09:00"),
        ("2026-01-05T09:00+9", "E0323", "09:00"),
        ("2026-01-05 09:00:60", "E0323", "09:00"),
        ("2026-01-05 １２：００", "E0323", "2026-01-05 12:00"),
    ] {
        titled(&format!("publish: {typed}"), &[&format!("{code} 3:10 … {said}")]);
    }
    titled("publish: 2026-01-05\nexpire: 2026-01-05", &["E0325 4:9 … [(3, 10)]"]);
}

#[test]
fn aliases_are_paths_of_the_site() {
    titled("aliases: /old/", &[]);
    titled("aliases: [/a.html, /営業/]", &[]);
    for (typed, said) in [
        ("old/quota/", "「/old/quota/」"),
        ("https://old.example.com/a/?p=1", "「/a/」"),
        ("/a/../b/", "/old/quota/"),
        ("/a?b", "「/a」"),
        ("/a#b", "「/a」"),
        ("//evil/", "「/evil/」"),
        ("/a//b/", "/old/quota/"),
        ("/a/%2e%2e/b", "/old/quota/"),
        ("\"/a\\x07\"", "/old/quota/"),
        ("/CON/", "/old/quota/"),
        ("/%FF/", "/old/quota/"),
    ] {
        let text =
            format!("aliases: [{}]", if typed.starts_with('"') { typed.to_owned() } else { format!("'{typed}'") });
        let code = if typed.starts_with('"') { "E0213" } else { "E0327" };
        let said = if code == "E0213" { "一行" } else { said };
        titled(&text, &[&format!("{code} 3:11 … {said}")]);
    }
}

#[test]
fn series_are_declared_in_the_index() {
    let front = index(
        "kind: series\nplanned: 110\nparts:\n- {title: 一章, start: 1}\n- title: 二章\n  start: 11\n  description: d",
        &[],
    );
    let series = front.series.expect("it is a series");
    assert_eq!(series.planned.map(|planned| planned.value), Some(110));
    assert_eq!(
        series.parts.iter().map(|part| (part.title.as_str(), part.start.value)).collect::<Vec<_>>(),
        [("一章", 1), ("二章", 11)]
    );
    assert_eq!(index("draft: false", &[]).series, None);
    index("kind: page", &["E0212 3:7 「kind」に「page」とは書けません。書けるもの：series"]);
    index("kind: serie", &["E0212 3:7 … 「series」の書き間違い"]);
    index("planned: 110\nparts: []", &["E0329 3:1", "E0329 4:1"]);
    titled(
        "kind: series\nplanned: 3\nparts: []",
        &["E0328 3:1 「kind」を書けるのは _index.md だけ", "E0328 4:1", "E0328 5:1"],
    );
    index("kind: series\nplanned: 0", &["E0209 4:10 … 1 から 100000"]);
    index("kind: series\nplanned: 100001", &["E0209 4:10"]);
    index("kind: series\nplanned: 99999999999999999999999", &["E0209 4:10"]);
    index("kind: series\nplanned: １１０", &["E0208 4:10 … 「planned: 110」"]);
    index("kind: series\nplanned: '110'", &["E0208 4:10 … 「planned: 110」"]);
    index("kind: series\nplanned: 110話", &["E0208 4:10"]);
    index("kind: series\nplanned: 010", &["E0208 4:10"]);
    index(
        "kind: series\nplanned: 20\nparts:\n- {title: a, start: 5}\n- {title: b, start: 5}\n- {start: 21}\n- {title: d}\n- e",
        &[
            "E0330 7:21 … [(6, 21)]",
            "E0202 8:3 「title」",
            "E0331 8:11 … [(4, 10)]",
            "E0202 9:3 「start」",
            "E0211 10:3",
        ],
    );
}

#[test]
fn syntax_errors_say_what_to_write() {
    for (line, code, column, said) in [
        ("title: 営業: 聞く", "E0309", 10, "title: '営業: 聞く'"),
        ("title: @名前", "E0310", 8, "title: '@名前'"),
        ("title: `a`", "E0310", 8, "title: '`a`'"),
        ("title: %引き", "E0310", 8, "title: '%引き'"),
        ("title: - a", "E0310", 8, "title: '- a'"),
        ("title: \"営業", "E0311", 8, "title: '営業'"),
        ("title: \"営業\"の秘訣", "E0311", 12, "title: '\"営業\"の秘訣'"),
        ("title: 'it's'", "E0311", 12, "title: 'it''s'"),
        ("title: [重要] 聞く", "E0312", 13, "title: '[重要] 聞く'"),
        ("title: [重要", "E0312", 8, "title: '[重要'"),
        ("title: *重要*", "E0307", 8, "title: '*重要*'"),
        ("title: &amp; x", "E0307", 8, "title: '&amp; x'"),
        ("title: !重要 x", "E0310", 8, "title: '!重要 x'"),
        ("title:\t営業\tの", "E0213", 8, "一行で"),
        ("title：営業", "E0314", 6, "title: 営業"),
        ("title:営業", "E0315", 6, "title: 営業"),
        ("title:　営業", "E0314", 7, "title: 営業"),
    ] {
        let text = format!("---\ndate: 2026-01-05\n{line}\ndraft: ture\n---\n");
        let expected = format!("{code} 3:{column} … {said}");
        // The other fields are read all the same, and nobody misses the title.
        let front = assert_faults(&text, Role::Text, "Asia/Tokyo", &[&expected, "E0207 4:8"]);
        assert!(front.date.is_some(), "{line}");
    }
    lesson("title: t\nこれは項目ではない", &["E0316 3:1"]);
    lesson("ただの文", &["E0202 1:1", "E0316 2:1"]);
    lesson("- a\n- b", &["E0202 1:1", "E0316 2:1"]);
    titled("\ttags: [a]", &["E0313 3:1"]);
    titled("extra:\n\ta: b", &["E0313 4:1"]);
    titled("tags:\n　- 信頼", &["E0314 4:1"]);
    titled("tags: [a, b\ndraft: true", &["E0312 3:7"]);
    titled("description: \"a\ndraft: true", &["E0311 3:14"]);
    titled("[a]: b", &["E0308 3:1"]);
    titled("? {a: b}\n: c", &["E0308 3:3"]);
    titled("extra: {[a]: b, *c : d}", &["E0308 3:9", "E0307 3:17"]);
    titled("--- x", &["E0317 3:1"]);
    titled("...\ndraft: true", &["E0317"]);
    lesson("%YAML 1.2\ntitle: x", &["E0310 2:1"]);
    // Several at once, each at its own place.
    lesson("title: a: b\ntags: @x\ndate: 2019/5/1\nfoo: 1", &["E0309 2:9", "E0310 3:7", "E0321 4:7", "E0201 5:1"]);
}

/// `config` keeps taxonomies from bearing the names of fields, which it cannot ask `content` for.
#[test]
fn no_taxonomy_can_be_a_field() {
    let text = "---\ntitle: t\nzzzzzzzzzzzz: 1\n---\n";
    let (_, _, faults) = parse(text, Role::Index, &options("Asia/Tokyo"));
    let known = faults.iter().flat_map(|fault| &fault.args).find(|(name, _)| name == "known");
    let mut known: Vec<&str> = known.map_or("", |(_, names)| names).split(", ").collect();
    known.retain(|name| !["categories", "tags"].contains(name));
    known.sort_unstable();
    let mut fields = hiketsu::config::FRONT_MATTER_FIELDS.to_vec();
    fields.sort_unstable();
    assert_eq!(known, fields);
}

#[test]
fn what_is_too_deep_costs_only_its_own_field() {
    let deep = format!("extra: {}{}", "[".repeat(17), "]".repeat(17));
    titled(&format!("{deep}\ndraft: ture"), &["E0306 3:24 … 16 段", "E0207 4:8"]);
    titled(&format!("extra: {}{}", "[".repeat(15), "]".repeat(15)), &["E0211 3:8"]);
}

#[test]
fn anchors_aliases_and_tags_are_refused() {
    titled("extra:\n  a: &x [1]\n  b: *x\n  c: !!str 1", &["E0307 4:6 … &x", "E0307 5:6 … *x", "E0307 6:6 … !!str"]);
    titled("tags: [*重要, b]", &["E0307 3:8"]);
}

/// What would take a careless reader seconds or gigabytes ends in a diagnostic, at once.
#[test]
fn hostile_input_ends_in_a_diagnostic() {
    let level = |n: usize| {
        let aliases = vec![format!("*a{}", n - 1); 9].join(",");
        format!("a{n}: &a{n} [{aliases}]")
    };
    let bomb: Vec<String> = ["a0: &a0 [x,x,x,x,x,x,x,x,x]".to_owned()].into_iter().chain((1..40).map(level)).collect();
    let bomb = bomb.join("\n");
    let keys = (0..6000).map(|n| format!("k{n}: 1")).collect::<Vec<_>>().join("\n");
    let same: String = "k: 1\n".repeat(12_000);
    for (name, fields, code) in [
        ("too long", "[".repeat(100_000), "E0305"),
        ("open lists", format!("extra: {}", "[".repeat(60_000)), "E0306"),
        ("open tables", format!("extra: {}", "{a: ".repeat(16_000)), "E0306"),
        ("open lists in lines", format!("extra:\n{}", "- ".repeat(30_000)), "E0306"),
        ("balanced lists", format!("extra: {}{}", "[".repeat(30_000), "]".repeat(30_000)), "E0306"),
        ("questions", format!("extra: {}", "? ".repeat(30_000)), "E03"),
        ("colons", "a:".repeat(30_000), "E0"),
        ("colons and spaces", "a: ".repeat(20_000), "E0"),
        ("quotes", format!("title: {}", "\"".repeat(60_000)), "E0"),
        ("bars", "|\n".repeat(30_000), "E0"),
        ("bomb", bomb, "E0307"),
        ("anchors", format!("extra: [{}]", "&a x, ".repeat(10_000)), "E0307"),
        ("keys", keys, "E0201"),
        ("one key", same, "E0"),
        ("broken fields", "a: b: c\n".repeat(8_000), "E0"),
        ("broken quotes", "a: \"b\n".repeat(9_000), "E0"),
        ("broken lists", "a: [b\n".repeat(10_000), "E0"),
        ("comments", "#\n".repeat(32_000), "E0202"),
        ("spaces", format!("a: b\n{}c", " ".repeat(60_000)), "E0"),
        ("terms", format!("tags: [{}]", "a, ".repeat(20_000)), "E0"),
    ] {
        let text = format!("---\n{fields}\n---\n");
        let (_, _, faults) = parse(&text, Role::Text, &options("Asia/Tokyo"));
        let faults: Vec<_> = faults.into_iter().filter(|fault| fault.code.id != "E0202" || code == "E0202").collect();
        assert!(faults.iter().any(|fault| fault.code.id.starts_with(code)), "{name}: {:?}", faults.first());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics(text in "(---\n)?[ -~\n\t秘訣「」：　]{0,200}(\n---\n)?[ -~\n]{0,20}", index in any::<bool>()) {
        let role = if index { Role::Index } else { Role::Text };
        let (front, body, faults) = parse(&text, role, &options("Asia/Tokyo"));
        prop_assert!(text.get(body..).is_some());
        prop_assert!(text.get(front.span.range()).is_some() && text.get(front.title.span.range()).is_some());
        told(&text, &faults);
    }
}
