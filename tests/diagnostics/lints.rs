//! `E07`: each lint on a whole site: its place, its words, its level.

use insta::assert_snapshot;

use super::support::{SITE, Site};
use super::{Outcome, told};

/// The head of a PNG of 640 × 360.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\x68\x08\x06\0\0\0";

fn site(lint: &str) -> Site {
    let body = "## 始め\n\n#### 深い\n\nこれが** 大切 **です。\n\n1.聴く。\n\n====まとめ====\n\n終わり。\n\n========\n\n👉前回ページ\n\n## 終わり\n";
    let prose = "[第3回](001-a.md)と[次回](001-a.md)。今回は第4回です。この連載は全9回です。第99回で書いたように、お客さまとサーバ、サーバー、サーバー。\n\n![](a.png)\n";
    let titled = |title: &str, front: &str| format!("---\ntitle: {title}\n{front}---\n本文。\n");
    Site::series()
        .linted()
        .file("site.toml", format!("{SITE}{lint}"))
        .lesson(1, "a", "tags: [アポ]\n", body)
        .lesson(2, "b", "tags: [アポ]\n", prose)
        .file("content/secrets/003-c.md", titled(&"長".repeat(41), "tags: [あぽ]\n"))
        .file("content/secrets/004-d.md", titled("第1の話", ""))
        .file("content/secrets/a.png", PNG)
}

#[test]
fn every_lint_is_told_at_its_place() {
    let lint = "lint = { terms = { \"お客様\" = [\"お客さま\"] }, missing-summary = \"warning\" }\n";
    assert_snapshot!(told(&site(lint).build()), @r#"
    E0717 content/secrets/001-a.md:2:8
      この話には、まとめの囲みがありません — 「> [!まとめ]」で始まる囲みに、持ち帰ってほしいことを書くと、まとめ集に並びます
      this lesson has no summary box — write what readers should take away in a box that begins with “> [!SUMMARY]”: all of them are collected on one page
    E0713 content/secrets/001-a.md:7:1
      見出しの段が 2 から 4 に飛んでいます — 「###」で始めてください。見出しは一段ずつ下げます
      the headings jump from level 2 to level 4 — begin this one with “###”: levels go down one by one
    E0701 content/secrets/001-a.md:9:4
      記号「**」が、そのまま文字として表示されます — 記号の内側の空白を除くか、対になる記号を書いてください。文字として見せたければ \*\* とします
      “**” is shown to readers as it is — remove the space inside the marks, or write the one that is missing; where the characters are meant, write \*\*
    E0701 content/secrets/001-a.md:9:10
      記号「**」が、そのまま文字として表示されます — 記号の内側の空白を除くか、対になる記号を書いてください。文字として見せたければ \*\* とします
      “**” is shown to readers as it is — remove the space inside the marks, or write the one that is missing; where the characters are meant, write \*\*
    E0702 content/secrets/001-a.md:11:1
      「1.」の後ろに空白がないので、リストや見出しになりません — 「1.」の後ろに半角の空白を入れてください。文字として見せたければ 1\. とします
      there is no space after “1.”, so this is neither a list nor a heading — put a space after “1.”; where the characters are meant, write 1\.
    E0703 content/secrets/001-a.md:13:1
      「====」で作った見出しは、そのまま文字として表示されます — まとめなら、「> [!まとめ]」で始まる囲みにしてください。ほかの見出しは「## 」で始めます
      a heading made of “====” is shown as it is — make it a box that begins with “> [!SUMMARY]”, or a heading that begins with “## ”
    E0704 content/secrets/001-a.md:17:1
      「====」の線が、そのまま文字として表示されます — 消してください。区切りの線は、前後に空の行を入れて「---」と書きます
      this line of “=” is shown as it is — remove it; a line across the page is “---” between empty lines
    E0705 content/secrets/001-a.md:19:1
      「👉前回ページ」は手で書いた案内です — 消してください。前後の話、目次、トップページへのリンクは、すべてのページに自動で付きます
      “👉前回ページ” is navigation written by hand — remove it: links to the lessons before and after, to the contents and to the home page are on every page
    E0714 content/secrets/001-a.md:21:1
      見出し「終わり」の下に何もありません — 本文を書くか、見出しを消してください
      there is nothing under the heading “終わり” — write something, or remove the heading
    E0717 content/secrets/002-b.md:2:8
      この話には、まとめの囲みがありません — 「> [!まとめ]」で始まる囲みに、持ち帰ってほしいことを書くと、まとめ集に並びます
      this lesson has no summary box — write what readers should take away in a box that begins with “> [!SUMMARY]”: all of them are collected on one page
    E0706 content/secrets/002-b.md:5:1
      「第3回」と書かれたリンクが、第1回「第1の話」を開きます — 番号かリンク先のどちらかを直してください
      a link that says lesson 3 leads to lesson 1, “第1の話” — mend the number or the link
      → content/secrets/001-a.md
    E0707 content/secrets/002-b.md:5:17
      「次回」と書かれたリンクが、第1回「第1の話」を開きます — 正しくは第3回です。言葉かリンク先のどちらかを直してください
      a link that says “次回” leads to lesson 1, “第1の話”, which is another one — it should be lesson 3; mend the words or the link
      → content/secrets/001-a.md
    E0709 content/secrets/002-b.md:5:35
      この話を「第4回」と呼んでいますが、ファイル名では第2回です — 番号を直してください。番号はページに自動で表示されるので、書かなくても構いません
      this calls itself lesson 4, but by its file's name it is lesson 2 — mend the number, or leave it out: the page shows it
    E0708 content/secrets/002-b.md:5:46
      「全9回」とありますが、この連載は全10回の予定です — ここの数か、_index.md の planned を直してください
      this says that there are 9 lessons, but 10 are planned — mend the number, or planned in _index.md
    E0710 content/secrets/002-b.md:5:52
      第99回はありません（この連載は全10回です） — 番号を直してください
      there is no lesson 99: this series has 10 — mend the number
    E0711 content/secrets/002-b.md:5:64
      「お客さま」は「お客様」と書くことになっています — 「お客様」に直してください（site.toml の [lint.terms]）
      “お客さま” is to be written “お客様” — write “お客様”, as [lint.terms] in site.toml says
    E0712 content/secrets/002-b.md:5:69
      「サーバ」と「サーバー」が混ざっています（サイト全体で1か所と2か所） — どちらかにそろえてください。site.toml の [lint.terms] に "サーバー" = ["サーバ"] と書くと、hiketsu check --fix でまとめて直せます
      both “サーバ” and “サーバー” are written (1 and 2 times in the site) — keep to one; with "サーバー" = ["サーバ"] under [lint.terms] in site.toml, hiketsu check --fix mends them all
    E0409 content/secrets/002-b.md:7:1
      画像に代替テキストがありません — ![ここに画像の内容を短く](…) のように書いてください。読み上げや、画像が表示されないときに使われます
      this image has no alternative text — write ![what it shows](…): it is read aloud, and shown where the image is not
    E0715 content/secrets/003-c.md:2:8
      題名が41文字あります — 一覧や検索結果で途中で切れないよう、40文字以内にしてください
      the title has 41 characters — keep it within 40: longer ones are cut off in lists and search results
    E0717 content/secrets/003-c.md:2:8
      この話には、まとめの囲みがありません — 「> [!まとめ]」で始まる囲みに、持ち帰ってほしいことを書くと、まとめ集に並びます
      this lesson has no summary box — write what readers should take away in a box that begins with “> [!SUMMARY]”: all of them are collected on one page
    E0718 content/secrets/003-c.md:3:8
      タグの「あぽ」と「アポ」は、仮名や幅、大文字と小文字だけが違います — どちらかにそろえてください
      “あぽ” and “アポ” of the タグ differ only in kana, width or case — keep to one of them
      → content/secrets/001-a.md
    E0716 content/secrets/004-d.md:2:8
      題名「第1の話」がほかの話と同じです — 一覧で見分けられるように、どちらかの題名を変えてください
      another text has the title “第1の話” as well — change one of them, so that readers can tell them apart in lists
      → content/secrets/001-a.md
    E0717 content/secrets/004-d.md:2:8
      この話には、まとめの囲みがありません — 「> [!まとめ]」で始まる囲みに、持ち帰ってほしいことを書くと、まとめ集に並びます
      this lesson has no summary box — write what readers should take away in a box that begins with “> [!SUMMARY]”: all of them are collected on one page
    "#);
}

#[test]
fn a_site_sets_the_level_of_a_rule() {
    let levels = |outcome: &Outcome, code: &str| {
        let found = outcome.built.diagnostics.iter().filter(|diagnostic| diagnostic.code.id == code);
        found.map(|diagnostic| format!("{:?}", diagnostic.severity)).collect::<Vec<_>>()
    };
    let set = |level: &str| site(&format!("[lint]\nheading-jump = \"{level}\"\nmissing-alt = \"{level}\"\n")).build();
    for code in ["E0713", "E0409"] {
        assert_eq!(levels(&site("").build(), code), ["Warning"]);
        assert_eq!(levels(&set("error"), code), ["Error"]);
        assert_eq!(levels(&set("info"), code), ["Info"]);
        assert_eq!(levels(&set("off"), code), Vec::<String>::new());
    }
    assert!(set("error").built.has_errors() && !set("info").built.has_errors());
}

#[test]
fn rules_and_terms_that_cannot_be_are_told() {
    let toml = "title = \"x\"\nbase_url = \"https://example.com/\"\n[lint]\nheding-jump = \"off\"\nlong-title = \"warn\"\n[lint.terms]\n\"お客様\" = [\"お客さま\"]\n\"顧客\" = [\"お客さま\"]\n";
    let outcome = Site::series().lesson(1, "a", "", "本文。\n").file("site.toml", toml).build();
    assert_snapshot!(told(&outcome), @r#"
    E0201 site.toml:4:1
      「heding-jump」という項目はありません — 「heading-jump」の書き間違いではありませんか。使える項目：leaked-markup, missing-space, typed-heading, typed-navigation, ordinal-link, neighbour-link, wrong-total, own-number, unknown-number, preferred-term, mixed-spelling, heading-jump, empty-section, long-title, duplicate-title, missing-summary, similar-terms, missing-alt, terms
      there is no field “heding-jump” — did you mean “heading-jump”? known fields: leaked-markup, missing-space, typed-heading, typed-navigation, ordinal-link, neighbour-link, wrong-total, own-number, unknown-number, preferred-term, mixed-spelling, heading-jump, empty-section, long-title, duplicate-title, missing-summary, similar-terms, missing-alt, terms
    E0212 site.toml:5:14
      「long-title」に「warn」とは書けません — 書けるもの：off, info, warning, error
      “long-title” cannot be “warn” — it can be: off, info, warning, error
    E0228 site.toml:8:9
      「lint.terms」の「お客さま」が重なっています — それぞれ別のものにしてください（大文字と小文字の違いだけでは区別されません）
      two have the same “lint.terms”: “お客さま” — give each its own (they must differ by more than upper and lower case)
      → site.toml
    "#);
}

#[test]
fn prose_that_only_sounds_like_an_order_is_left_alone() {
    let prose = "前回の商談と次回の訪問。第1回の打ち合わせは全3回の研修の後でした。[前回の商談](001-a.md)、[第5回の展示会](001-a.md)。\n\n3.5倍になり、\n2026.4月に\n\n```text\n** x ** {{ y }} 👉前回 お客さま サーバ\n```\n\n`====まとめ====`\n";
    Site::series().lesson(1, "a", "", "本文。\n").lesson(2, "b", "", prose).build_clean();
}

#[test]
fn the_sample_site_has_nothing_to_be_told_of() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let outcome = Outcome::of_folder(root, 1_796_050_800);
    assert_eq!(outcome.places(), Vec::<String>::new());
}
