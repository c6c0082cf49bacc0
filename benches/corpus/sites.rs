//! The files of a site that are not lessons: configuration, section texts, and the templates of the peers.
//!
//! The peers' templates stand as real files in `hugo/` and `zola/` beside this one, so that they can be read and
//! tried on their own. Only what depends on the number of lessons is made here.

use std::fmt::Write as _;

use super::Flavour;
use super::lesson;
use super::words;

const TITLE: &str = "営業成績50位のビリからトップに躍り出た秘訣";
const SHORT_TITLE: &str = "営業の秘訣";
const TAGLINE: &str = "ノルマに追われる営業から、お客様に待たれる営業へ。";
const DESCRIPTION: &str = "売れない営業が、お客様に信頼される営業に変わるまで。一話ずつ順に学ぶ連載です。";
const ABOUT: &str = "成績が最下位だった営業が、お客様に信頼されてトップになるまでに身につけたことをまとめています。";
const SERIES_TITLE: &str = "営業の秘訣 全話";

/// Path in the site and text of each fixed file.
pub(super) fn files(lessons: u32, flavour: Flavour) -> Vec<(&'static str, String)> {
    match flavour {
        Flavour::Hiketsu => hiketsu(lessons),
        Flavour::Hugo => hugo(lessons),
        Flavour::Zola => zola(lessons),
    }
}

/// Ten parts, or as many as there are lessons to begin them: title, first and last number.
fn parts(lessons: u32) -> Vec<(String, u32, u32)> {
    let length = lessons.div_ceil(10).max(1);
    (0..10)
        .map(|part| (part * length + 1, ((part + 1) * length).min(lessons)))
        .take_while(|&(first, _)| first <= lessons)
        .enumerate()
        .map(|(part, (first, last))| (format!("第{}章 {}を身につける", part + 1, words::TOPICS[part]), first, last))
        .collect()
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("writing to a String cannot fail");
    out.push('\n');
}

fn hiketsu(lessons: u32) -> Vec<(&'static str, String)> {
    let mut site = format!(
        "title = \"{TITLE}\"\nshort_title = \"{SHORT_TITLE}\"\ntagline = \"{TAGLINE}\"\ndescription = \"{DESCRIPTION}\"\n\
         base_url = \"https://example.com/\"\nlanguage = \"ja\"\ntimezone = \"Asia/Tokyo\"\nauthor = \"編集部\"\n\
         theme = \"standard\"\ncopyright = \"© 編集部\"\nabout = \"{ABOUT}\"\n"
    );
    for (label, link) in [("目次", "/secrets/"), ("タグ", "/tags/"), ("まとめ集", "/secrets/takeaways/")] {
        line(&mut site, format_args!("\n[[navigation]]\nlabel = \"{label}\"\nlink = \"{link}\""));
    }
    line(&mut site, format_args!("\n[taxonomies.categories]\nlabel = \"カテゴリー\""));
    for (name, slug) in words::CATEGORIES {
        line(&mut site, format_args!("\n[[taxonomies.categories.terms]]\nname = \"{name}\"\nslug = \"{slug}\""));
    }
    line(&mut site, format_args!("\n[taxonomies.tags]\nlabel = \"タグ\""));
    for name in words::TAGS {
        line(&mut site, format_args!("\n[[taxonomies.tags.terms]]\nname = \"{name}\""));
    }
    for (name, side) in [("ダメ営業", "right"), ("お客様", "left")] {
        line(&mut site, format_args!("\n[[speakers]]\nname = \"{name}\"\nside = \"{side}\""));
    }
    line(&mut site, format_args!("\n[markdown]\nbreaks = \"join\"\n\n[feeds]\nlimit = 20"));

    let mut series =
        format!("---\nkind: series\ntitle: {SERIES_TITLE}\ndescription: {DESCRIPTION}\nplanned: {lessons}\nparts:\n");
    for (title, first, _) in parts(lessons) {
        line(&mut series, format_args!("  - title: {title}\n    start: {first}"));
    }
    series.push_str("---\n\n第1回から順にお読みください。\n");
    vec![
        ("site.toml", site),
        ("content/_index.md", format!("---\ntitle: {TITLE}\n---\n\n{ABOUT}\n")),
        ("content/secrets/_index.md", series),
    ]
}

/// What both peers' configurations say in the same words: the part that templates read.
fn shared_parameters(lessons: u32, table: &str) -> String {
    let mut out = format!(
        "\n[{table}]\nplanned = {lessons}\nfirst = \"/secrets/{}/\"\nshort_title = \"{SHORT_TITLE}\"\n\
         tagline = \"{TAGLINE}\"\nabout = \"{ABOUT}\"\nauthor = \"編集部\"\ncopyright = \"© 編集部\"\n",
        lesson::id(1)
    );
    for (title, first, last) in parts(lessons) {
        line(
            &mut out,
            format_args!(
                "\n[[{table}.parts]]\ntitle = \"{title}\"\nstart = {first}\nend = {last}\nlink = \"/secrets/{}/\"",
                lesson::id(first)
            ),
        );
    }
    out
}

fn hugo(lessons: u32) -> Vec<(&'static str, String)> {
    let mut config = format!("title = \"{TITLE}\"\n");
    config.push_str(include_str!("hugo/hugo.toml"));
    config.push_str(&shared_parameters(lessons, "params"));
    line(&mut config, format_args!("\n[params.meta]\ndescription = \"{DESCRIPTION}\""));
    vec![
        ("hugo.toml", config),
        ("content/_index.md", format!("---\ntitle: {TITLE}\n---\n\n{ABOUT}\n")),
        (
            "content/secrets/_index.md",
            format!("---\ntitle: {SERIES_TITLE}\ndescription: {DESCRIPTION}\n---\n\n第1回から順にお読みください。\n"),
        ),
        ("content/takeaways.md", "---\ntitle: まとめ集\nlayout: takeaways\nurl: /secrets/takeaways/\n---\n".to_owned()),
        ("content/search.md", "---\ntitle: 検索\nlayout: search\n---\n".to_owned()),
        ("assets/style.css", include_str!("style.css").to_owned()),
        ("layouts/baseof.html", include_str!("hugo/layouts/baseof.html").to_owned()),
        ("layouts/home.html", include_str!("hugo/layouts/home.html").to_owned()),
        ("layouts/home.atom.xml", include_str!("hugo/layouts/home.atom.xml").to_owned()),
        ("layouts/section.html", include_str!("hugo/layouts/section.html").to_owned()),
        ("layouts/page.html", include_str!("hugo/layouts/page.html").to_owned()),
        ("layouts/taxonomy.html", include_str!("hugo/layouts/taxonomy.html").to_owned()),
        ("layouts/term.html", include_str!("hugo/layouts/term.html").to_owned()),
        ("layouts/takeaways.html", include_str!("hugo/layouts/takeaways.html").to_owned()),
        ("layouts/search.html", include_str!("hugo/layouts/search.html").to_owned()),
        ("layouts/404.html", include_str!("hugo/layouts/404.html").to_owned()),
        ("layouts/_partials/header.html", include_str!("hugo/layouts/_partials/header.html").to_owned()),
        ("layouts/_partials/footer.html", include_str!("hugo/layouts/_partials/footer.html").to_owned()),
        ("layouts/_partials/style.html", include_str!("hugo/layouts/_partials/style.html").to_owned()),
        (
            "layouts/_markup/render-blockquote.html",
            include_str!("hugo/layouts/_markup/render-blockquote.html").to_owned(),
        ),
        ("layouts/_markup/render-link.html", include_str!("hugo/layouts/_markup/render-link.html").to_owned()),
    ]
}

fn zola(lessons: u32) -> Vec<(&'static str, String)> {
    let mut config = format!("title = \"{TITLE}\"\ndescription = \"{DESCRIPTION}\"\n");
    config.push_str(include_str!("zola/config.toml"));
    config.push_str(&shared_parameters(lessons, "extra"));
    vec![
        ("config.toml", config),
        ("content/_index.md", format!("+++\ntitle = \"{TITLE}\"\n+++\n\n{ABOUT}\n")),
        (
            "content/secrets/_index.md",
            format!(
                "+++\ntitle = \"{SERIES_TITLE}\"\ndescription = \"{DESCRIPTION}\"\nsort_by = \"weight\"\n\
                 template = \"contents.html\"\npage_template = \"lesson.html\"\n+++\n\n第1回から順にお読みください。\n"
            ),
        ),
        (
            "content/takeaways.md",
            "+++\ntitle = \"まとめ集\"\ntemplate = \"takeaways.html\"\npath = \"secrets/takeaways\"\n+++\n".to_owned(),
        ),
        ("content/search.md", "+++\ntitle = \"検索\"\ntemplate = \"search.html\"\n+++\n".to_owned()),
        ("static/style.css", include_str!("style.css").to_owned()),
        ("templates/base.html", include_str!("zola/templates/base.html").to_owned()),
        ("templates/index.html", include_str!("zola/templates/index.html").to_owned()),
        ("templates/contents.html", include_str!("zola/templates/contents.html").to_owned()),
        ("templates/lesson.html", include_str!("zola/templates/lesson.html").to_owned()),
        ("templates/takeaways.html", include_str!("zola/templates/takeaways.html").to_owned()),
        ("templates/search.html", include_str!("zola/templates/search.html").to_owned()),
        ("templates/taxonomy_list.html", include_str!("zola/templates/taxonomy_list.html").to_owned()),
        ("templates/taxonomy_single.html", include_str!("zola/templates/taxonomy_single.html").to_owned()),
        ("templates/404.html", include_str!("zola/templates/404.html").to_owned()),
    ]
}
