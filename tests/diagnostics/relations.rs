//! `E05`: numbers, ids, terms, requirements, links.

use insta::assert_snapshot;

use super::support::{SERIES, SITE, Site};
use super::told;

const LESSON: &str = "---\ntitle: 話\n---\n本文。\n";
/// The head of a PNG of 640 × 360.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\x68\x08\x06\0\0\0";

#[test]
fn two_lessons_with_one_number_or_one_id_are_both_named() {
    let site = Site::series()
        .lesson(1, "a", "", "")
        .file("content/secrets/0001-b.md", LESSON)
        .file("content/secrets/007-a.md", LESSON);
    assert_snapshot!(told(&site.build()), @r#"
    E0501 content/secrets/0001-b.md:1:1
      第1回が二つあります — どちらかのファイル名の番号を変えてください
      there are two lessons 1 — change the number at the head of one of the file names
      → content/secrets/001-a.md
    E0502 content/secrets/007-a.md:1:1
      「a」という id の話が二つあります — どちらかのファイル名の、番号の後ろの部分を変えてください
      there are two lessons with the id “a” — change what follows the number in one of the file names
      → content/secrets/001-a.md
    "#);
}

#[test]
fn the_names_of_a_series_are_numbers_and_ids() {
    let site = Site::series()
        .lesson(1, "a", "", "")
        .file("content/secrets/about.md", LESSON)
        .file("content/secrets/012.md", LESSON)
        .file("content/secrets/１２-wide.md", LESSON)
        .file("content/secrets/README.md", LESSON)
        .file("content/secrets/part2/013-x.md", LESSON)
        .file("content/secrets/deeper/_index.md", SERIES);
    assert_snapshot!(told(&site.build()), @r#"
    E0504 content/secrets/012.md:1:1
      連載のフォルダーにあるファイルの名前が「番号-id.md」の形になっていません — 「012-forget-the-quota.md」のように、番号・ハイフン・id の順で付けてください
      a file in a series is not named NUMBER-ID.md — name it like “012-forget-the-quota.md”: the number, a hyphen, the id
    E0504 content/secrets/README.md:1:1
      連載のフォルダーにあるファイルの名前が「番号-id.md」の形になっていません — 「012-forget-the-quota.md」のように、番号・ハイフン・id の順で付けてください
      a file in a series is not named NUMBER-ID.md — name it like “012-forget-the-quota.md”: the number, a hyphen, the id
    E0504 content/secrets/about.md:1:1
      連載のフォルダーにあるファイルの名前が「番号-id.md」の形になっていません — 「012-forget-the-quota.md」のように、番号・ハイフン・id の順で付けてください
      a file in a series is not named NUMBER-ID.md — name it like “012-forget-the-quota.md”: the number, a hyphen, the id
    E0530 content/secrets/deeper/_index.md:1:1
      連載の中に、別の連載のフォルダーがあります — 「content/secrets」の外に移してください
      a series lies inside another series — move it out of “content/secrets”
    E0532 content/secrets/deeper/_index.md:1:1
      公開されている話が一つもありません — 「001-hello.md」のような名前で、最初の話を書いてみましょう
      no lesson of this series is published — write the first one, named like “001-hello.md”
    E0507 content/secrets/part2/013-x.md:1:1
      連載の中のフォルダーに Markdown ファイルがあります — 「content/secrets」の直下に移してください。画像などは、フォルダーに入れたままで構いません
      a Markdown file lies in a folder below a series — move it directly into “content/secrets”; images and other files may stay in folders
    E0504 content/secrets/１２-wide.md:1:1
      連載のフォルダーにあるファイルの名前が「番号-id.md」の形になっていません — 「012-forget-the-quota.md」のように、番号・ハイフン・id の順で付けてください
      a file in a series is not named NUMBER-ID.md — name it like “012-forget-the-quota.md”: the number, a hyphen, the id
    "#);
}

#[test]
fn lengths_and_parts_are_checked_against_the_lessons() {
    let index =
        "---\ntitle: 連載\nkind: series\nparts:\n  - title: 前\n    start: 1\n  - title: 後\n    start: 9\n---\n";
    let site = Site::series()
        .lesson(11, "k", "", "")
        .lesson(12, "l", "", "")
        .file("content/other/_index.md", index)
        .file("content/other/3-c.md", LESSON)
        .file("content/empty/_index.md", "---\ntitle: 空\nkind: series\n---\n");
    assert_snapshot!(told(&site.build()), @r#"
    E0532 content/empty/_index.md:1:1
      公開されている話が一つもありません — 「001-hello.md」のような名前で、最初の話を書いてみましょう
      no lesson of this series is published — write the first one, named like “001-hello.md”
    E0531 content/other/_index.md:8:12
      「後」は第9回から始まりますが、連載は全3回です — planned を増やすか、start を見直してください
      the part “後” begins at lesson 9, but the series has 3 — raise planned, or change start
    E0506 content/secrets/_index.md:4:10
      第12回は、予定の全10回を超えています — _index.md の planned を 12 以上にしてください
      lesson 12 is beyond the planned 10 — set planned in _index.md to 12 or more
      → content/secrets/012-l.md
    "#);
}

#[test]
fn terms_must_be_among_those_that_the_site_lists() {
    let toml =
        format!("{SITE}[[taxonomies.tags.terms]]\nname = \"信頼関係\"\n[[taxonomies.tags.terms]]\nname = \"準備\"\n");
    let site = Site::series().file("site.toml", toml).lesson(1, "a", "tags: [信頼関係, 信頼関孫]\n", "").lesson(
        2,
        "b",
        "tags:\n  - まったく別\ncategories: [自由]\n",
        "",
    );
    assert_snapshot!(told(&site.build()), @r#"
    E0510 content/secrets/001-a.md:3:14
      タグに「信頼関孫」はありません — 「信頼関係」の書き間違いではありませんか。新しく使うなら site.toml の [[taxonomies.tags.terms]] に加えてください
      “信頼関孫” is not among the タグ — did you mean “信頼関係”? to use it as a new one, add it to [[taxonomies.tags.terms]] in site.toml
    E0510 content/secrets/002-b.md:4:5
      タグに「まったく別」はありません — 新しく使うなら site.toml の [[taxonomies.tags.terms]] に加えてください
      “まったく別” is not among the タグ — to use it as a new one, add it to [[taxonomies.tags.terms]] in site.toml
    "#);
}

#[test]
fn lessons_build_on_earlier_published_ones() {
    let site = Site::series()
        .lesson(1, "listen", "draft: true\n", "")
        .lesson(2, "forget-the-quota", "requires: [forget-the-quta, later, listen, xyz]\n", "")
        .lesson(3, "later", "requires: later\n", "")
        .lesson(4, "hidden", "publish: 2099-01-01\n", "")
        .lesson(5, "e", "requires: [hidden]\n", "");
    assert_snapshot!(told(&site.build()), @r#"
    E0511 content/secrets/002-forget-the-quota.md:3:12
      requires の「forget-the-quta」という id の話はありません — 「forget-the-quota」ではありませんか。id は、ファイル名の番号の後ろの部分です
      requires names “forget-the-quta”, but there is no lesson with that id — did you mean “forget-the-quota”? the id is what follows the number in the file name
    E0512 content/secrets/002-forget-the-quota.md:3:29
      requires の「later」（第3回）は、この話（第2回）より前の話ではありません — 前の話の id にするか、順番を変えてください
      requires names “later” (lesson 3), which does not come before this one (lesson 2) — name an earlier lesson, or change the order
      → content/secrets/003-later.md
    E0522 content/secrets/002-forget-the-quota.md:3:36
      「listen」は、その draft の項目のために公開されていません — 公開されるまで外しておくか、そちらの draft を直してください。--drafts を付けると、下書きと公開前の話も含めて確かめられます
      “listen” is not published, because of its “draft” — leave it out until it is, or change “draft” there; --drafts builds with drafts and what is scheduled
    E0511 content/secrets/002-forget-the-quota.md:3:44
      requires の「xyz」という id の話はありません — id は、ファイル名の番号の後ろの部分です
      requires names “xyz”, but there is no lesson with that id — the id is what follows the number in the file name
    E0512 content/secrets/003-later.md:3:11
      requires の「later」（第3回）は、この話（第3回）より前の話ではありません — 前の話の id にするか、順番を変えてください
      requires names “later” (lesson 3), which does not come before this one (lesson 3) — name an earlier lesson, or change the order
      → content/secrets/003-later.md
    E0522 content/secrets/005-e.md:3:12
      「hidden」は、その publish の項目のために公開されていません — 公開されるまで外しておくか、そちらの publish を直してください。--drafts を付けると、下書きと公開前の話も含めて確かめられます
      “hidden” is not published, because of its “publish” — leave it out until it is, or change “publish” there; --drafts builds with drafts and what is scheduled
    "#);
}

#[test]
fn fields_of_lessons_do_nothing_elsewhere() {
    let site = Site::series()
        .lesson(1, "a", "", "")
        .file("content/about.md", "---\ntitle: 案内\ntags: [信頼]\nrequires: [a]\n---\n");
    assert_snapshot!(told(&site.build()), @r#"
    E0513 content/about.md:3:8
      「tags」は連載の話だけの項目なので、ここでは効きません — この行を消すか、ファイルを連載のフォルダーに移してください
      “tags” is for lessons of a series and does nothing here — remove it, or move the file into a series
    E0513 content/about.md:4:12
      「requires」は連載の話だけの項目なので、ここでは効きません — この行を消すか、ファイルを連載のフォルダーに移してください
      “requires” is for lessons of a series and does nothing here — remove it, or move the file into a series
    "#);
}

#[test]
fn a_link_that_leads_nowhere_is_answered_with_the_nearest_place() {
    let body = "[一](002-lisen.md) と [二](/secrets/lsten/) と [三](009-listen.md)、[四](../abut.md)。\n\n\
                [五](002-listen.md#はじめ) と [六](#まとめて)、![図](chat.png) ![](figures/none.png)\n\n\
                ## まとめ\n";
    let site = Site::series()
        .lesson(1, "a", "image: chart.pgn\n", body)
        .lesson(2, "listen", "", "## はじめに\n")
        .file("content/secrets/chart.png", PNG)
        .file("content/about.md", "---\ntitle: 案内\n---\n");
    assert_snapshot!(told(&site.build()), @r#"
    E0523 content/secrets/001-a.md:3:8
      画像「chart.pgn」が見つかりません — 「chart.png」ではありませんか。画像は、このファイルと同じフォルダーに置けます
      the image “chart.pgn” is not there — did you mean “chart.png”? put the image beside this file
    E0520 content/secrets/001-a.md:5:1
      リンク先「002-lisen.md」が見つかりません — 「002-listen.md」ではありませんか。ほかの話へは「011-listen.md」のように、このファイルから見たファイル名で書けます
      the link “002-lisen.md” leads nowhere — did you mean “002-listen.md”? link to another lesson by its file, as seen from this one: “011-listen.md”
    E0520 content/secrets/001-a.md:5:21
      リンク先「/secrets/lsten/」が見つかりません — 「/secrets/listen/」ではありませんか。ほかの話へは「011-listen.md」のように、このファイルから見たファイル名で書けます
      the link “/secrets/lsten/” leads nowhere — did you mean “/secrets/listen/”? link to another lesson by its file, as seen from this one: “011-listen.md”
    E0520 content/secrets/001-a.md:5:44
      リンク先「009-listen.md」が見つかりません — 「002-listen.md」ではありませんか。ほかの話へは「011-listen.md」のように、このファイルから見たファイル名で書けます
      the link “009-listen.md” leads nowhere — did you mean “002-listen.md”? link to another lesson by its file, as seen from this one: “011-listen.md”
    E0520 content/secrets/001-a.md:5:63
      リンク先「../abut.md」が見つかりません — 「../about.md」ではありませんか。ほかの話へは「011-listen.md」のように、このファイルから見たファイル名で書けます
      the link “../abut.md” leads nowhere — did you mean “../about.md”? link to another lesson by its file, as seen from this one: “011-listen.md”
    E0521 content/secrets/001-a.md:7:1
      「content/secrets/002-listen.md」に見出し「#はじめ」がありません — 「#はじめに」ではありませんか。見出しの文字をそのまま「#」の後ろに書きます
      there is no “#はじめ” in content/secrets/002-listen.md — did you mean “#はじめに”? write the heading's words after “#”
    E0521 content/secrets/001-a.md:7:26
      「content/secrets/001-a.md」に見出し「#まとめて」がありません — 「#まとめ」ではありませんか。見出しの文字をそのまま「#」の後ろに書きます
      there is no “#まとめて” in content/secrets/001-a.md — did you mean “#まとめ”? write the heading's words after “#”
    E0523 content/secrets/001-a.md:7:37
      画像「chat.png」が見つかりません — 「chart.png」ではありませんか。画像は、このファイルと同じフォルダーに置けます
      the image “chat.png” is not there — did you mean “chart.png”? put the image beside this file
    E0409 content/secrets/001-a.md:7:52
      画像に代替テキストがありません — ![ここに画像の内容を短く](…) のように書いてください。読み上げや、画像が表示されないときに使われます
      this image has no alternative text — write ![what it shows](…): it is read aloud, and shown where the image is not
    E0523 content/secrets/001-a.md:7:52
      画像「figures/none.png」が見つかりません — 画像は、このファイルと同じフォルダーに置けます
      the image “figures/none.png” is not there — put the image beside this file
    "#);
}

#[test]
fn a_link_to_what_is_held_back_says_why() {
    let site = Site::series()
        .lesson(1, "a", "", "[一](002-b.md) [二](003-c.md) [三](004-d.md) [四](../about.md)\n")
        .lesson(2, "b", "draft: true\n", "")
        .lesson(3, "c", "publish: 2099-01-01\n", "")
        .lesson(4, "d", "expire: 2020-01-01\n", "")
        .file("content/about.md", "---\ntitle: 案内\ndraft: true\n---\n");
    assert_snapshot!(told(&site.build()), @r#"
    E0522 content/secrets/001-a.md:4:1
      「002-b.md」は、その draft の項目のために公開されていません — 公開されるまで外しておくか、そちらの draft を直してください。--drafts を付けると、下書きと公開前の話も含めて確かめられます
      “002-b.md” is not published, because of its “draft” — leave it out until it is, or change “draft” there; --drafts builds with drafts and what is scheduled
    E0522 content/secrets/001-a.md:4:15
      「003-c.md」は、その publish の項目のために公開されていません — 公開されるまで外しておくか、そちらの publish を直してください。--drafts を付けると、下書きと公開前の話も含めて確かめられます
      “003-c.md” is not published, because of its “publish” — leave it out until it is, or change “publish” there; --drafts builds with drafts and what is scheduled
    E0522 content/secrets/001-a.md:4:29
      「004-d.md」は、その expire の項目のために公開されていません — 公開されるまで外しておくか、そちらの expire を直してください。--drafts を付けると、下書きと公開前の話も含めて確かめられます
      “004-d.md” is not published, because of its “expire” — leave it out until it is, or change “expire” there; --drafts builds with drafts and what is scheduled
    E0522 content/secrets/001-a.md:4:43
      「../about.md」は、その draft の項目のために公開されていません — 公開されるまで外しておくか、そちらの draft を直してください。--drafts を付けると、下書きと公開前の話も含めて確かめられます
      “../about.md” is not published, because of its “draft” — leave it out until it is, or change “draft” there; --drafts builds with drafts and what is scheduled
    "#);
    assert_eq!(site.drafts().build().places(), ["E0522 content/secrets/001-a.md:4:29"], "withdrawn all the same");
}

#[test]
fn a_link_to_what_is_held_back_may_be_a_url() {
    let site = Site::series()
        .lesson(1, "a", "", "[x](/secrets/b/) [y](/about) [z](/other/) [v](/other/1-x/)\n")
        .lesson(2, "b", "draft: true\n", "")
        .file("content/about.md", "---\ntitle: 案内\ndraft: true\n---\n")
        .file("content/other/_index.md", "---\ntitle: 別\nkind: series\ndraft: true\n---\n")
        .file("content/other/1-x.md", LESSON);
    let place = |column: u32| format!("E0522 content/secrets/001-a.md:4:{column}");
    let places = site.build().places();
    assert_eq!(places[..3], [place(1), place(18), place(30)]);
    assert_eq!(places[3], "E0520 content/secrets/001-a.md:4:43", "the number is in no URL");
}

#[test]
fn faults_within_a_lesson_stand_at_their_own_place() {
    let body = "```rust wrap\nfn main() {}\n```\n\n注[^a]。\n\n[^a]: 一\n\n[^a]: 二\n";
    assert_snapshot!(told(&Site::series().lesson(1, "a", "", body).build()), @r#"
    E0414 content/secrets/001-a.md:4:1
      コードブロックの指定「wrap」は使われません — 書けるのは title="…"、linenos、{1,3-5}（目立たせる行）です
      “wrap” after the code fence is not used — there are title="…", linenos, and {1,3-5} for marked lines
    E0416 content/secrets/001-a.md:12:1
      脚注「a」が二度書かれています — どちらかの名前を変えてください
      the footnote “a” is written twice — rename one of them
      → content/secrets/001-a.md
    "#);
}

#[test]
fn navigation_leads_somewhere() {
    let toml = format!(
        "{SITE}[[navigation]]\nlabel = \"目次\"\nlink = \"/secret/\"\n[[navigation]]\nlabel = \"案内\"\nlink = \"abuot.md\"\n[[navigation]]\nlabel = \"外\"\nlink = \"https://example.org/\"\n"
    );
    let site = Site::series()
        .file("site.toml", toml)
        .lesson(1, "a", "", "")
        .file("content/about.md", "---\ntitle: 案内\n---\n");
    assert_snapshot!(told(&site.build()), @r#"
    E0525 site.toml:5:8
      ナビゲーションの「目次」のリンク先「/secret/」が見つかりません — 「/secrets/」ではありませんか。「/secrets/」のようなサイト内のパスか、content/ のファイル名、または https:// で始まる URL を書いてください
      the navigation link “目次” leads to “/secret/”, which is not there — did you mean “/secrets/”? write a path of this site (“/secrets/”), a file of content/, or a URL that begins with https://
    E0525 site.toml:8:8
      ナビゲーションの「案内」のリンク先「abuot.md」が見つかりません — 「about.md」ではありませんか。「/secrets/」のようなサイト内のパスか、content/ のファイル名、または https:// で始まる URL を書いてください
      the navigation link “案内” leads to “abuot.md”, which is not there — did you mean “about.md”? write a path of this site (“/secrets/”), a file of content/, or a URL that begins with https://
    "#);
}

#[test]
fn navigation_leads_to_what_is_published_and_to_headings_that_are_there() {
    let item = |label: &str, link: &str| format!("[[navigation]]\nlabel = \"{label}\"\nlink = \"{link}\"\n");
    let navigation = [
        item("a", "about.md#始め"),
        item("b", "draft.md"),
        item("c", "/about/#初めに"),
        item("d", "/secrets/#_part-1"),
    ];
    let site = Site::series()
        .file("site.toml", format!("{SITE}{}", navigation.concat()))
        .lesson(1, "a", "", "")
        .file("content/about.md", "---\ntitle: 案内\n---\n## 初めに\n")
        .file("content/draft.md", "---\ntitle: 下書き\ndraft: true\n---\n");
    assert_snapshot!(told(&site.build()), @r#"
    E0521 site.toml:5:8
      「content/about.md」に見出し「#始め」がありません — 見出しの文字をそのまま「#」の後ろに書きます
      there is no “#始め” in content/about.md — write the heading's words after “#”
    E0522 site.toml:8:8
      「draft.md」は、その draft の項目のために公開されていません — 公開されるまで外しておくか、そちらの draft を直してください。--drafts を付けると、下書きと公開前の話も含めて確かめられます
      “draft.md” is not published, because of its “draft” — leave it out until it is, or change “draft” there; --drafts builds with drafts and what is scheduled
    "#);
}

#[test]
fn an_alias_is_a_path_of_this_site() {
    let site = Site::series().lesson(1, "a", "aliases: [/old/, /, /a:b/, /CON/, \"/x./\", old]\n", "");
    assert_snapshot!(told(&site.build()), @r#"
    E0524 content/secrets/001-a.md:3:18
      aliases の「/」は URL のパスとして使えません（/） — 「/old/quota/」のように、/ で始まる古い URL のパスを書いてください
      aliases: “/” cannot be a path of a URL (/) — write the old path, beginning with “/”: “/old/quota/”
    E0327 content/secrets/001-a.md:3:21
      「/a:b/」は古い URL として使えません — 「/old/quota/」のように、/ から始まるサイトの中のパスだけを書いてください（? や # や .. は使えません）
      “/a:b/” cannot be an old address — write just the path within the site, from its /: `/old/quota/` (without ?, # or ..)
    E0327 content/secrets/001-a.md:3:28
      「/CON/」は古い URL として使えません — 「/old/quota/」のように、/ から始まるサイトの中のパスだけを書いてください（? や # や .. は使えません）
      “/CON/” cannot be an old address — write just the path within the site, from its /: `/old/quota/` (without ?, # or ..)
    E0327 content/secrets/001-a.md:3:35
      「/x./」は古い URL として使えません — 「/old/quota/」のように、/ から始まるサイトの中のパスだけを書いてください（? や # や .. は使えません）
      “/x./” cannot be an old address — write just the path within the site, from its /: `/old/quota/` (without ?, # or ..)
    E0327 content/secrets/001-a.md:3:43
      「old」は古い URL として使えません — 「/old」のように、/ から始まるサイトの中のパスだけを書いてください（? や # や .. は使えません）
      “old” cannot be an old address — write just the path within the site, from its /: `/old` (without ?, # or ..)
    "#);
}

#[test]
fn all_faults_of_a_run_are_told_at_once_by_file_and_place() {
    let site = Site::series()
        .file("site.toml", format!("{SITE}titel = \"x\"\n"))
        .lesson(2, "b", "dat: 2026-01-01\ntags: [x\n", "")
        .lesson(1, "a", "date: 2026-02-30\n", "[x](none.md)\n\n> [!NOPE]\n> x\n\n[y](none2.md)\n")
        .file("content/secrets/01-z.md", LESSON)
        .file("templates/lesson.html", "{% if %}");
    let expected = [
        "E0322 content/secrets/001-a.md:3:7",
        "E0520 content/secrets/001-a.md:5:1",
        "E0401 content/secrets/001-a.md:7:3",
        "E0520 content/secrets/001-a.md:10:1",
        "E0201 content/secrets/002-b.md:3:1",
        "E0312 content/secrets/002-b.md:4:7",
        "E0501 content/secrets/01-z.md:1:1",
        "E0201 site.toml:3:1",
        "E0602 templates/lesson.html:1:7",
    ];
    assert_eq!(site.build().places(), expected);
}

#[test]
fn numbered_files_in_a_folder_that_is_no_series_are_noticed_once() {
    let site = Site::new()
        .file("content/course/001-a.md", LESSON)
        .file("content/course/002-b.md", LESSON)
        .file("content/news/2026-review.md", LESSON);
    assert_snapshot!(told(&site.build()), @r#"
    E0533 content/course/001-a.md:1:1
      番号の付いたファイルがありますが、フォルダー「content/course」は連載になっていません — 「content/course/_index.md」の先頭に、title と kind: series を書いてください。そうすると番号の順に並び、前後の話へのリンクが付きます
      there are numbered files, but the folder “content/course” is no series — write title and kind: series at the head of “content/course/_index.md”: then they are read in the order of their numbers
    "#);
}

#[test]
fn a_link_by_id_is_looked_up_in_its_own_series_first() {
    let index = "---\ntitle: 別の連載\nkind: series\n---\n";
    let site = Site::series()
        .lesson(1, "a", "", "[[a]] [[b#見出し]] [[c]] [[other/a|別]] [[#ここ]]\n\n## ここ\n")
        .file("content/secrets/002-b.md", "---\ntitle: <二>\n---\n## 見出し\n")
        .file("content/other/_index.md", index)
        .file("content/other/1-a.md", LESSON)
        .file("content/other/2-c.md", LESSON.replace("話", "外の話"))
        .file("content/about.md", "---\ntitle: 案内\n---\n[[c]]\n");
    let outcome = site.build_clean();
    let html = outcome.text("secrets/a/index.html");
    for link in [
        "<a href=\"../../secrets/a/\">第1の話</a>",
        "<a href=\"../../secrets/b/#%E8%A6%8B%E5%87%BA%E3%81%97\">&lt;二&gt;</a>",
        "<a href=\"../../other/c/\">外の話</a>",
        "<a href=\"../../other/a/\">別</a>",
        "<a href=\"#%E3%81%93%E3%81%93\">ここ</a>",
    ] {
        assert!(html.contains(link), "{link}: {html}");
    }
}

#[test]
fn a_link_by_id_that_leads_nowhere_is_told_with_what_was_meant() {
    let index = "---\ntitle: 連載\nkind: series\n---\n";
    let site = Site::series()
        .lesson(1, "forget-the-quota", "", "[[forget-the-quoat]] [[2]] と\n**[[002-listen.md|聴く]]** [[draft]] [[listen#無い]] [[xyz|\n空]] [[javascript:alert(1)]]\n")
        .lesson(2, "listen", "", "## 有る\n")
        .lesson(3, "draft", "draft: true\n", "")
        .file("content/one/_index.md", index)
        .file("content/one/1-same.md", LESSON)
        .file("content/two/_index.md", index)
        .file("content/two/1-same.md", LESSON)
        .file("content/about.md", "---\ntitle: 案内\n---\n[[same]] [[one/same]] [[one/sam]]\n");
    assert_snapshot!(told(&site.build()), @r#"
    E0527 content/about.md:4:1
      「same」という id の話が、いくつかの連載にあります — どの連載の話かを書いてください: [[one/same]] [[two/same]]
      lessons of several series have the id “same” — name the series as well: [[one/same]] [[two/same]]
      → content/one/1-same.md
      → content/two/1-same.md
    E0526 content/about.md:4:23
      「one/sam」という id の話はありません — [[one/same]] ではありませんか。id は、ファイル名の番号の後ろの部分です。話でないページへは [文字](about.md) のように書きます。括弧を文字として書きたければ \[[ とします
      there is no lesson with the id “one/sam” — did you mean [[one/same]]? the id is what follows the number in the file name; link to a page that is no lesson as [text](about.md), and write \[[ where brackets are meant
    E0526 content/secrets/001-forget-the-quota.md:4:1
      「forget-the-quoat」という id の話はありません — [[forget-the-quota]] ではありませんか。id は、ファイル名の番号の後ろの部分です。話でないページへは [文字](about.md) のように書きます。括弧を文字として書きたければ \[[ とします
      there is no lesson with the id “forget-the-quoat” — did you mean [[forget-the-quota]]? the id is what follows the number in the file name; link to a page that is no lesson as [text](about.md), and write \[[ where brackets are meant
    E0526 content/secrets/001-forget-the-quota.md:4:22
      「2」という id の話はありません — [[listen]] ではありませんか。id は、ファイル名の番号の後ろの部分です。話でないページへは [文字](about.md) のように書きます。括弧を文字として書きたければ \[[ とします
      there is no lesson with the id “2” — did you mean [[listen]]? the id is what follows the number in the file name; link to a page that is no lesson as [text](about.md), and write \[[ where brackets are meant
    E0526 content/secrets/001-forget-the-quota.md:5:3
      「002-listen.md」という id の話はありません — [[listen]] ではありませんか。id は、ファイル名の番号の後ろの部分です。話でないページへは [文字](about.md) のように書きます。括弧を文字として書きたければ \[[ とします
      there is no lesson with the id “002-listen.md” — did you mean [[listen]]? the id is what follows the number in the file name; link to a page that is no lesson as [text](about.md), and write \[[ where brackets are meant
    E0522 content/secrets/001-forget-the-quota.md:5:26
      「draft」は、その draft の項目のために公開されていません — 公開されるまで外しておくか、そちらの draft を直してください。--drafts を付けると、下書きと公開前の話も含めて確かめられます
      “draft” is not published, because of its “draft” — leave it out until it is, or change “draft” there; --drafts builds with drafts and what is scheduled
    E0521 content/secrets/001-forget-the-quota.md:5:36
      「content/secrets/002-listen.md」に見出し「#無い」がありません — 見出しの文字をそのまま「#」の後ろに書きます
      there is no “#無い” in content/secrets/002-listen.md — write the heading's words after “#”
    E0526 content/secrets/001-forget-the-quota.md:5:50
      「xyz」という id の話はありません — id は、ファイル名の番号の後ろの部分です。話でないページへは [文字](about.md) のように書きます。括弧を文字として書きたければ \[[ とします
      there is no lesson with the id “xyz” — the id is what follows the number in the file name; link to a page that is no lesson as [text](about.md), and write \[[ where brackets are meant
    E0526 content/secrets/001-forget-the-quota.md:6:5
      「javascript:alert(1)」という id の話はありません — id は、ファイル名の番号の後ろの部分です。話でないページへは [文字](about.md) のように書きます。括弧を文字として書きたければ \[[ とします
      there is no lesson with the id “javascript:alert(1)” — the id is what follows the number in the file name; link to a page that is no lesson as [text](about.md), and write \[[ where brackets are meant
    "#);
}
