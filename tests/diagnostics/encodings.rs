//! `E01`: files that are not UTF-8, and spellings of one text that make one site.

use std::collections::BTreeMap;
use std::sync::Arc;

use hiketsu::config;
use hiketsu::diag::Lang;
use hiketsu::memo::Hash;
use hiketsu::path::SourcePath;
use hiketsu::site::{AssetInput, Moment, relate};
use insta::assert_snapshot;

use super::support::{SITE, Site, instant};
use super::told;

/// A rich text, one line an element, so that its line ends can be chosen.
const LINES: [&str; 16] = [
    "---",
    "title: 聴く",
    "date: 2026-01-05",
    "description: >-",
    "  二行の",
    "  説明です",
    "tags: [信頼]",
    "---",
    "一行目と",
    "二行目です。",
    "",
    "> [!BAD] 悪い例",
    "> 営業「はい」",
    "```rust",
    "fn main() {}",
    "```",
];

#[test]
fn other_encodings_are_named() {
    let head = b"---\ntitle: x\n---\n";
    // ほん in Shift_JIS and EUC-JP.
    let shift_jis = [head.as_slice(), b"\x82\xd9\x82\xf1\n"].concat();
    let euc = [head.as_slice(), b"a\n\xa4\xdb\xa4\xf3\n"].concat();
    let utf16: Vec<u8> = "\u{feff}---\ntitle: x\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let site = Site::series()
        .lesson(1, "good", "", "[x](none.md)\n")
        .file("content/secrets/002-sjis.md", shift_jis)
        .file("content/secrets/003-euc.md", euc)
        .file("content/secrets/004-utf16.md", utf16)
        .file("content/secrets/005-latin.md", [head.as_slice(), b"caf\xe9\n"].concat());
    assert_snapshot!(told(&site.build()), @r#"
    E0520 content/secrets/001-good.md:4:1
      リンク先「none.md」が見つかりません — ほかの話へは「011-listen.md」のように、このファイルから見たファイル名で書けます
      the link “none.md” leads nowhere — link to another lesson by its file, as seen from this one: “011-listen.md”
    E0101 content/secrets/002-sjis.md:4:1
      UTF-8 として読めない文字があります（18 バイト目） — Shift_JIS で保存されているようです。エディターで文字コードを UTF-8 にして保存し直してください
      this file is not UTF-8 (at byte 18) — it looks like Shift_JIS; save it again as UTF-8 in your editor
    E0101 content/secrets/003-euc.md:5:1
      UTF-8 として読めない文字があります（20 バイト目） — EUC-JP で保存されているようです。エディターで文字コードを UTF-8 にして保存し直してください
      this file is not UTF-8 (at byte 20) — it looks like EUC-JP; save it again as UTF-8 in your editor
    E0101 content/secrets/004-utf16.md:1:1
      UTF-8 として読めない文字があります（1 バイト目） — UTF-16 で保存されているようです。エディターで文字コードを UTF-8 にして保存し直してください
      this file is not UTF-8 (at byte 1) — it looks like UTF-16; save it again as UTF-8 in your editor
    E0101 content/secrets/005-latin.md:4:4
      UTF-8 として読めない文字があります（21 バイト目） — エディターで文字コードを UTF-8 にして保存し直してください
      this file is not UTF-8 (at byte 21) — save it again as UTF-8 in your editor
    "#);
}

#[test]
fn what_cannot_be_seen_is_told() {
    let site = Site::series().lesson(1, "a", "", "前\u{202e}後\n\n零\0無\u{200b}幅\n");
    assert_snapshot!(told(&site.build()), @r#"
    E0107 content/secrets/001-a.md:4:2
      目に見えない制御文字 U+202E が含まれています — 意図したものでなければ取り除いてください。文字の並びが見た目と変わることがあります
      this text holds the invisible character U+202E — remove it unless it is meant: it can make text look different from what it is
    E0106 content/secrets/001-a.md:6:2
      NUL 文字（U+0000）が含まれています — 「�」に置き換えました。元のファイルから取り除いてください
      this text holds a NUL character (U+0000) — it was replaced by U+FFFD; remove it from the file
    E0107 content/secrets/001-a.md:6:3
      目に見えない制御文字 U+200B が含まれています — 意図したものでなければ取り除いてください。文字の並びが見た目と変わることがあります
      this text holds the invisible character U+200B — remove it unless it is meant: it can make text look different from what it is
    "#);
    assert!(site.build().page("secrets/a/").texts(".body p")[1].starts_with("零\u{FFFD}無"));
}

#[test]
fn texts_too_large_for_anyone() {
    let site = Site::series().lesson(1, "a", "", "").file("content/secrets/002-b.md", vec![b'\n'; 10_000_001]);
    assert_snapshot!(told(&site.build()), @r#"
    E0102 content/secrets/002-b.md:1:1
      ファイルが大きすぎます（11 MB） — 10 MB までにしてください。一つの話を分けるか、画像なら縮小してください
      this file is too large (11 MB) — keep it under 10 MB: split the lesson, or scale the image down
    "#);
}

#[test]
fn files_too_large_for_a_phone_or_for_anyone() {
    let asset = |name: &str, len: u64| AssetInput {
        source: SourcePath::new(format!("content/{name}")),
        hash: Hash::of(b""),
        len,
        pixels: None,
    };
    let assets = [asset("a", 10_000_000), asset("b", 10_000_001), asset("c", 50_000_000), asset("d", 50_000_001)];
    let moment = Moment { now: instant("2026-01-01T00:00:00Z"), drafts: false };
    let found = relate(&Arc::new(config::parse(SITE).value), &[], &assets, &moment).faults;
    let found: Vec<_> =
        found.iter().map(|fault| (fault.code.id, fault.file.as_str(), fault.message(Lang::En))).collect();
    let large = |megabytes| format!("this is a large file ({megabytes} MB)");
    assert_eq!(
        found,
        [
            ("E0103", "content/b", large(11)),
            ("E0103", "content/c", large(50)),
            ("E0102", "content/d", "this file is too large (51 MB)".to_owned()),
        ]
    );
}

#[test]
fn site_toml_and_words_in_another_encoding() {
    let site = Site::new()
        .file("site.toml", [SITE.as_bytes(), b"tagline = \"\x82\xd9\"\n"].concat())
        .file("i18n/ja.toml", b"home = \"\xa4\xdb\"\n")
        .file("templates/page.html", b"\x82\xd9")
        .file("content/about.md", "---\ntitle: x\n---\n");
    let places = site.build().places();
    let found: Vec<&str> = places.iter().filter(|place| place.starts_with("E0101")).map(String::as_str).collect();
    assert_eq!(
        found,
        ["E0101 i18n/ja.toml:1:9", "E0101 site.toml:3:12", "E0101 templates/page.html:1:1"],
        "{places:#?}"
    );
}

#[test]
fn line_ends_and_a_byte_order_mark_change_not_a_byte_of_the_output() {
    let spelled = |mark: &str, end: &str| {
        let spell = |text: &str| format!("{mark}{}", text.replace('\n', end));
        let site = Site::new()
            .file("site.toml", spell(SITE))
            .file("content/secrets/_index.md", spell("---\ntitle: 連載\nkind: series\n---\n\n紹介。\n"))
            .file("content/secrets/001-a.md", spell(&LINES.join("\n")))
            .file("i18n/ja.toml", spell("home = \"家\"\n"))
            .file(
                "templates/page.html",
                spell("{% extends \"base.html\" %}\n{% block content %}{{ page.title }}{% endblock %}\n"),
            )
            .file("content/about.md", spell("---\ntitle: 案内\n---\n本文\n"));
        let outcome = site.build_clean();
        outcome.paths().into_iter().map(|path| (path.clone(), outcome.text(&path))).collect::<BTreeMap<_, _>>()
    };
    let plain = spelled("", "\n");
    assert!(plain["secrets/a/index.html"].contains("一行目と二行目です。"));
    for (mark, end) in [("\u{feff}", "\n"), ("", "\r\n"), ("\u{feff}", "\r\n"), ("", "\r")] {
        assert_eq!(spelled(mark, end), plain, "{mark:?} {end:?}");
    }
}
