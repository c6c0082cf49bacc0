//! `E06` and links that templates write.

use insta::assert_snapshot;

use super::support::{SITE, Site};
use super::told;

fn site() -> Site {
    Site::series().lesson(1, "a", "", "本文。\n")
}

#[test]
fn a_theme_that_is_not_there() {
    let toml = |theme: &str| format!("{SITE}theme = \"{theme}\"\n");
    let named = site().file("themes/mine/templates/extra.html", "").file("site.toml", toml("mien"));
    assert_snapshot!(told(&named.build()), @r#"
    E0601 site.toml:3:9
      テーマ「mien」のフォルダー（themes/mien）がありません — 「mine」ではありませんか。内蔵のテーマを使うなら theme = "standard" と書きます
      there is no theme “mien” (no folder themes/mien) — did you mean “mine”? theme = "standard" is built in
    "#);
    assert_snapshot!(told(&site().file("site.toml", toml("まったく別")).build()), @r#"
    E0601 site.toml:3:9
      テーマ「まったく別」のフォルダー（themes/まったく別）がありません — 内蔵のテーマを使うなら theme = "standard" と書きます
      there is no theme “まったく別” (no folder themes/まったく別) — theme = "standard" is built in
    "#);
}

#[test]
fn a_template_that_cannot_be_parsed() {
    let broken =
        site().file("templates/page.html", "<p>\n{% if page %}\n").file("templates/lesson.html", "{{ page. }}");
    assert_snapshot!(told(&broken.build()), @r#"
    E0602 templates/lesson.html:1:10
      テンプレートの書き方に誤りがあります：Found `}}` but expected identifier. — テンプレートは Tera 2 の書き方で書きます
      this template cannot be parsed: Found `}}` but expected identifier. — templates are written in Tera 2
    E0602 templates/page.html:2:14
      テンプレートの書き方に誤りがあります：Unexpected end of input — テンプレートは Tera 2 の書き方で書きます
      this template cannot be parsed: Unexpected end of input — templates are written in Tera 2
    "#);
}

#[test]
fn a_template_that_fails_on_a_page() {
    let broken = site().file("templates/lesson.html", "<p>\n  {{ pgae.title }}</p>");
    assert_snapshot!(told(&broken.build()), @r#"
    E0609 templates/lesson.html:2:6
      テンプレートのここに「pgae」という変数はありません（ページ /secrets/a/） — 「page」ではありませんか。ここで使える変数：page, site, lang, root, t, assets, lesson, integrity
      there is no variable “pgae” here (on page /secrets/a/) — did you mean “page”? variables that exist here: page, site, lang, root, t, assets, lesson, integrity
    "#);
    let failing = site().file("templates/lesson.html", "{{ page.title - 1 }}");
    assert_eq!(failing.build().places(), ["E0603 templates/lesson.html:1:4"]);
}

#[test]
fn names_of_a_loop_and_fields_are_known_where_they_are_used() {
    let template = "{% set title = page.title %}{% for item in site.navigation %}{{ itm }}{% endfor %}";
    let toml = format!("{SITE}[[navigation]]\nlabel = \"目次\"\nlink = \"/secrets/\"\n");
    let looping = site().file("site.toml", toml).file("templates/lesson.html", template);
    assert_snapshot!(told(&looping.build()), @r#"
    E0609 templates/lesson.html:1:65
      テンプレートのここに「itm」という変数はありません（ページ /secrets/a/） — 「item」ではありませんか。ここで使える変数：item, site, t, title, lang, page, root, assets, lesson, integrity
      there is no variable “itm” here (on page /secrets/a/) — did you mean “item”? variables that exist here: item, site, t, title, lang, page, root, assets, lesson, integrity
    "#);
    let field = site().file("templates/lesson.html", "<p>\n{{ page.titel }}</p>");
    assert_snapshot!(told(&field.build()), @r#"
    E0610 templates/lesson.html:2:9
      この値に「titel」という項目はありません（ページ /secrets/a/） — 「title」ではありませんか。この値の項目：title, code, extra, kind, path, toc, content, image, noindex, head_title, json_ld, canonical, description, breadcrumb。あるとは限らない項目は {% if … %} で確かめてから使います
      this value has no field “titel” (on page /secrets/a/) — did you mean “title”? its fields: title, code, extra, kind, path, toc, content, image, noindex, head_title, json_ld, canonical, description, breadcrumb; ask for what may be absent with {% if … %}
    "#);
    let plain = site().file("templates/lesson.html", "{{ page.title.length }}");
    assert_snapshot!(told(&plain.build()), @r#"
    E0610 templates/lesson.html:1:15
      この値に「length」という項目はありません（ページ /secrets/a/） — あるとは限らない項目は {% if … %} で確かめてから使います
      this value has no field “length” (on page /secrets/a/) — ask for what may be absent with {% if … %}
    "#);
}

#[test]
fn a_parent_or_an_include_that_is_not_there() {
    let parent = site().file("templates/lesson.html", "{% extends \"bsae.html\" %}");
    assert_snapshot!(told(&parent.build()), @r#"
    E0604 templates/lesson.html:1:13
      テンプレート「bsae.html」がありません — 「base.html」ではありませんか。templates/ に置くか、名前を直してください
      there is no template “bsae.html” — did you mean “base.html”? put it into templates/, or mend the name
    "#);
    let include = site().file("templates/lesson.html", "{% include \"no.html\" %}");
    assert_snapshot!(told(&include.build()), @r#"
    E0604 templates/lesson.html:1:12
      テンプレート「no.html」がありません — 「home.html」ではありませんか。templates/ に置くか、名前を直してください
      there is no template “no.html” — did you mean “home.html”? put it into templates/, or mend the name
    "#);
}

#[test]
fn what_a_template_names_and_the_engine_has_not() {
    let template = "<p>話\n{{ page.title | uper }} {{ now() }}</p>{{ <nocard /> }}{% if page is odder %}{% endif %}";
    let broken = site()
        .file("templates/lesson.html", template)
        .file("templates/page.html", "{% extends \"base.html\" %}{% block contnet %}x{% endblock %}");
    assert_snapshot!(told(&broken.build()), @r#"
    E0602 templates/lesson.html:2:17
      テンプレートの書き方に誤りがあります：Unknown filter `uper` — テンプレートは Tera 2 の書き方で書きます
      this template cannot be parsed: Unknown filter `uper` — templates are written in Tera 2
    E0602 templates/lesson.html:2:28
      テンプレートの書き方に誤りがあります：Unknown function `now` — テンプレートは Tera 2 の書き方で書きます
      this template cannot be parsed: Unknown function `now` — templates are written in Tera 2
    E0602 templates/lesson.html:2:43
      テンプレートの書き方に誤りがあります：Unknown component `nocard` — テンプレートは Tera 2 の書き方で書きます
      this template cannot be parsed: Unknown component `nocard` — templates are written in Tera 2
    E0602 templates/lesson.html:2:70
      テンプレートの書き方に誤りがあります：Unknown test `odder` — テンプレートは Tera 2 の書き方で書きます
      this template cannot be parsed: Unknown test `odder` — templates are written in Tera 2
    E0602 templates/page.html:1:35
      テンプレートの書き方に誤りがあります：Block `contnet` is not defined in any parent template — テンプレートは Tera 2 の書き方で書きます
      this template cannot be parsed: Block `contnet` is not defined in any parent template — templates are written in Tera 2
    "#);
}

#[test]
fn templates_in_a_circle() {
    let circle = site()
        .file("templates/lesson.html", "{% extends \"page.html\" %}")
        .file("templates/page.html", "{% extends \"lesson.html\" %}");
    assert_snapshot!(told(&circle.build()), @r#"
    E0607 templates/lesson.html:1:1
      テンプレートどうしの extends や include が輪になっています：page.html → lesson.html — extends と include の先を見直してください
      templates extend or include each other in a circle: page.html → lesson.html — look at what they extend and include
    "#);
    let includes = site().file("templates/lesson.html", "{% include \"lesson.html\" %}");
    assert_snapshot!(told(&includes.build()), @r#"
    E0607 templates/lesson.html:1:1
      テンプレートどうしの extends や include が輪になっています：lesson.html → lesson.html — extends と include の先を見直してください
      templates extend or include each other in a circle: lesson.html → lesson.html — look at what they extend and include
    "#);
}

#[test]
fn a_template_that_a_lesson_chose() {
    let chosen = Site::series().lesson(1, "a", "template: lesson.htm\n", "").lesson(2, "b", "template: 無し\n", "");
    assert_snapshot!(told(&chosen.build()), @r#"
    E0604 content/secrets/001-a.md:3:11
      テンプレート「lesson.htm」がありません — 「lesson.html」ではありませんか。templates/ に置くか、名前を直してください
      there is no template “lesson.htm” — did you mean “lesson.html”? put it into templates/, or mend the name
    E0604 content/secrets/002-b.md:3:11
      テンプレート「無し」がありません — templates/ に置くか、名前を直してください
      there is no template “無し” — put it into templates/, or mend the name
    "#);
}

#[test]
fn files_of_words() {
    let words = site().file("i18n/ja.toml", "home = 家\nnext = 3\nprevious = \"前へ\"\n");
    assert_snapshot!(told(&words.build()), @r#"
    E0605 i18n/ja.toml:1:8
      ことばのファイルを読めません：string values must be quoted, expected literal string — 「キー = "ことば"」の形で、一行に一つずつ書きます
      this file of words cannot be read: string values must be quoted, expected literal string — write one `key = "words"` on each line
    E0606 i18n/ja.toml:2:8
      「next」の値が文字列ではありません — 値を "…" で囲んでください
      the value of “next” is not text — put it into quotation marks
    "#);
}

#[test]
fn a_link_that_a_template_wrote() {
    let template =
        "<a href=\"{{ root }}no/such/\">x</a><a href=\"{{ root }}secrets/#_no\">y</a>{{ page.content | safe }}";
    let site = site().lesson(2, "b", "", "").file("templates/lesson.html", template);
    assert_snapshot!(told(&site.build()), @r#"
    E0540 templates/lesson.html:1:1
      テンプレート lesson.html が書いたリンク「../../no/such/」の先がありません（/secrets/a/ で見つかりました） — テンプレートのリンクを直してください。サイト内のリンクは root から始めます
      the template lesson.html wrote the link “../../no/such/”, which leads nowhere (seen on /secrets/a/) — mend the link in the template; links within the site begin with root
    E0540 templates/lesson.html:1:1
      テンプレート lesson.html が書いたリンク「../../secrets/#_no」の先がありません（/secrets/a/ で見つかりました） — テンプレートのリンクを直してください。サイト内のリンクは root から始めます
      the template lesson.html wrote the link “../../secrets/#_no”, which leads nowhere (seen on /secrets/a/) — mend the link in the template; links within the site begin with root
    "#);
}

#[test]
fn a_theme_of_ones_own_is_blamed_by_its_own_path() {
    let site = site()
        .file("site.toml", format!("{SITE}theme = \"mine\"\n"))
        .file("themes/mine/templates/lesson.html", "{{ nothing }}")
        .file("themes/mine/i18n/ja.toml", "home = 3\n");
    let places = site.build().places();
    assert_eq!(places, ["E0606 themes/mine/i18n/ja.toml:1:8", "E0609 themes/mine/templates/lesson.html:1:4"]);
}

#[test]
fn a_template_that_fails_on_every_page_is_told_once() {
    let site = (1..=10).fold(Site::series(), |site, n| site.lesson(n, &format!("l{n}"), "", ""));
    let places = site.file("templates/lesson.html", "{{ nothing }}").build().places();
    assert_eq!(places, ["E0609 templates/lesson.html:1:4"]);
}

#[test]
fn a_picture_that_a_style_sheet_does_not_find() {
    let site = site().file("assets/style.css", "a { background: url(papr.svg) }\n").file("assets/paper.svg", "<svg/>");
    assert_snapshot!(told(&site.build()), @r#"
    E0608 assets/style.css:1:21
      スタイルシートの url() が指す「papr.svg」が assets/ にありません — 「paper.svg」ではありませんか。パスは、このスタイルシートから見て書きます
      url() in this style sheet names “papr.svg”, which is not in assets/ — did you mean “paper.svg”? the path is as seen from the style sheet
    "#);
}

#[test]
fn settings_that_a_theme_has_no_use_for_and_colours_that_cannot_be_read() {
    let toml = format!(
        "{SITE}[theme.colors]\nbackground = \"#111111\"\nlink = [\"#0a4a94\", \"#8fbcff\"]\naccent = \"#123456\"\n"
    );
    assert_snapshot!(told(&site().file("site.toml", toml).build()), @r#"
    E0233 site.toml:4:14
      「muted」の色が、「background」の上で読みにくくなっています（light の配色、明暗の比 2.5） — 明暗の比が 4.5 以上になるようにしてください。#111111 の上では、たとえば #7d7f84 です
      “muted” is hard to read on “background” (in the light scheme: contrast 2.5) — the contrast should be 4.5 or more; on #111111, #7d7f84 would do
    E0233 site.toml:4:14
      「text」の色が、「background」の上で読みにくくなっています（light の配色、明暗の比 1.2） — 明暗の比が 4.5 以上になるようにしてください。#111111 の上では、たとえば #818183 です
      “text” is hard to read on “background” (in the light scheme: contrast 1.2) — the contrast should be 4.5 or more; on #111111, #818183 would do
    E0233 site.toml:4:14
      「visited」の色が、「background」の上で読みにくくなっています（light の配色、明暗の比 2.0） — 明暗の比が 4.5 以上になるようにしてください。#111111 の上では、たとえば #996ca4 です
      “visited” is hard to read on “background” (in the light scheme: contrast 2.0) — the contrast should be 4.5 or more; on #111111, #996ca4 would do
    E0233 site.toml:5:8
      「link」の色が、「background」の上で読みにくくなっています（light の配色、明暗の比 2.2） — 明暗の比が 4.5 以上になるようにしてください。#111111 の上では、たとえば #5682b5 です
      “link” is hard to read on “background” (in the light scheme: contrast 2.2) — the contrast should be 4.5 or more; on #111111, #5682b5 would do
    "#);
    let own = site().file("site.toml", format!("{SITE}[theme]\nmeasure = 30\nleading = 1.8\n"));
    let own = own.file("assets/style.css", "main { max-width: var(--measure); line-height: var(--leading-wide) }\n");
    assert_eq!(own.build().places(), ["E0611 site.toml:5:11"]);
}
