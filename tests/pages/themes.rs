//! A theme in layers: one file overridden, a theme of one's own, words, assets with their hash in the name.

use super::support::{SITE, Site};

fn site() -> Site {
    Site::series().lesson(1, "a", "", "本文。\n").lesson(2, "b", "", "本文。\n")
}

#[test]
fn one_template_is_overridden_and_the_rest_stays() {
    let template = "{% extends \"base.html\" %}{% block content %}<p id=\"own\">{{ lesson.number }}: {{ page.title }}</p>{{ page.content | safe }}{% endblock %}";
    let outcome = site().file("templates/lesson.html", template).build_clean();
    assert_eq!(outcome.page("secrets/a/").text("#own"), "1: 第1の話");
    assert_eq!(outcome.page("secrets/a/").texts("header.top").len(), 1, "the frame is the standard theme's");
    assert_eq!(outcome.page("secrets/").texts("ol.lessons li").len(), 3);
}

#[test]
fn a_theme_of_ones_own_falls_back_file_by_file_and_word_by_word() {
    let outcome = site()
        .file("site.toml", format!("{SITE}theme = \"mine\"\n"))
        .file("themes/mine/templates/lesson.html", "<h1>{{ t.next }}／{{ t.previous }}</h1>")
        .file("themes/mine/templates/partials/footer.html", "<footer id=\"mine\">足</footer>")
        .file("themes/mine/i18n/ja.toml", "next = \"つぎ\"\n")
        .file("i18n/ja.toml", "home = \"玄関\"\n")
        .build_clean();
    assert_eq!(outcome.page("secrets/a/").text("h1"), "つぎ／前の回");
    assert_eq!(outcome.page("").text("#mine"), "足");
    assert_eq!(outcome.page("secrets/").texts(".crumbs li")[0], "玄関");
}

#[test]
fn the_sites_own_files_stand_over_its_themes() {
    let outcome = site()
        .file("site.toml", format!("{SITE}theme = \"mine\"\n"))
        .file("themes/mine/templates/lesson.html", "theme")
        .file("templates/lesson.html", "own")
        .file("themes/mine/assets/style.css", "theme{}")
        .file("assets/style.css", "own{}")
        .build_clean();
    assert_eq!(outcome.text("secrets/a/index.html"), "own");
    let href = outcome.page("").attributes("link[rel=stylesheet]", "href")[0].clone();
    assert_eq!(outcome.text(href.trim_start_matches("./")), "own{}");
    assert_eq!(outcome.paths().iter().filter(|path| path.contains("style")).count(), 1);
}

#[test]
fn an_asset_has_another_name_when_it_has_other_bytes() {
    let name = |css: &str| {
        let outcome = site().file("assets/style.css", css).file("assets/fonts/a.woff2", "x").build_clean();
        assert!(outcome.paths().iter().any(|path| path.starts_with("_/fonts/a.")));
        outcome.page("secrets/a/").attributes("link[rel=stylesheet]", "href")[0].clone()
    };
    assert_eq!(name("a{}"), name("a{}"));
    assert_ne!(name("a{}"), name("b{}"));
    assert!(name("a{}").starts_with("../../_/style."));
}

#[test]
fn an_english_site_speaks_english() {
    let toml = "title = \"Sample\"\nbase_url = \"https://example.com/\"\nlanguage = \"en-GB\"\n";
    let site = Site::new()
        .file("site.toml", toml)
        .file("content/secrets/_index.md", "---\ntitle: Course\nkind: series\nplanned: 4\n---\n")
        .file(
            "content/secrets/1-a.md",
            format!("---\ntitle: One\ndate: 2026-01-05\ntags: [trust]\n---\n{}\n", "word ".repeat(450)),
        )
        .file("content/secrets/2-b.md", "---\ntitle: Two\n---\nShort.\n");
    let outcome = site.build_clean();
    let page = outcome.page("secrets/a/");
    assert_eq!(page.attributes("html", "lang"), ["en-GB"]);
    assert_eq!(page.texts(".meta span"), ["Lesson 1 of 4", "about 3 min"], "200 words a minute");
    assert_eq!(page.texts(".crumbs li"), ["Home", "Course", "Lesson 1"]);
    assert_eq!(page.text("time"), "2026-01-05");
    assert_eq!(outcome.page("secrets/").texts("ol.lessons li")[2], "Lessons 3–4: coming");
    assert_eq!(outcome.page("tags/").text("h1"), "Tags");
    for path in outcome.paths().iter().filter(|path| path.ends_with("html")) {
        let text = outcome.text(path);
        let japanese: String =
            text.chars().filter(|c| ('ぁ'..='ヿ').contains(c) || ('一'..='鿿').contains(c)).collect();
        assert_eq!(japanese, "", "{path}");
    }
}

#[test]
fn a_language_without_words_falls_back_to_english() {
    let outcome = site().file("site.toml", format!("{SITE}language = \"fr\"\n")).build_clean();
    assert_eq!(outcome.page("secrets/a/").texts(".meta span")[0], "Lesson 1 of 10");
}

#[test]
fn words_of_every_language_have_the_same_keys_and_gaps() {
    let words = |text: &str| -> Vec<(String, Vec<String>)> {
        let table: toml::Table = text.parse().expect("it is TOML");
        let gaps = |text: &str| {
            let mut gaps: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
            gaps.sort();
            gaps
        };
        let mut words: Vec<_> =
            table.iter().map(|(key, value)| (key.clone(), gaps(value.as_str().expect("it is text")))).collect();
        words.sort();
        words.retain(|(key, _)| key != "date_format");
        words
    };
    assert_eq!(
        words(include_str!("../../themes/standard/i18n/ja.toml")),
        words(include_str!("../../themes/standard/i18n/en.toml"))
    );
}

#[test]
fn the_pages_of_a_term_are_told_apart_in_the_words_of_the_theme() {
    let english = format!("{SITE}language = \"en\"\n[paging]\nper_page = 1\n");
    let site = Site::series().lesson(1, "a", "tags: [trust]\n", "").lesson(2, "b", "tags: [trust]\n", "");
    let outcome = site.file("site.toml", english).build_clean();
    assert_eq!(outcome.page("tags/trust/").texts("title"), ["trust | 見本"]);
    assert_eq!(outcome.page("tags/trust/page/2/").texts("title"), ["trust (page 2) | 見本"]);
}

#[test]
fn a_style_sheet_finds_its_pictures_under_their_published_names() {
    let site = Site::new()
        .file("assets/style.css", "@import url('parts/box.css');\nbody { background: url(img/paper.svg) }\n")
        .file("assets/parts/box.css", ".box { background: url(\"../img/paper.svg#a\") }\n")
        .file("assets/img/paper.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>");
    let outcome = site.build_clean();
    let path = |start: &str| outcome.paths().into_iter().find(|path| path.starts_with(start)).expect("it is published");
    let (style, part, paper) = (path("_/style."), path("_/parts/box."), path("_/img/paper."));
    let expected = format!("@import url('../{part}');\nbody {{ background: url(../{paper}) }}\n");
    assert_eq!(outcome.text(&style), expected);
    assert_eq!(outcome.text(&part), format!(".box {{ background: url(\"../../{paper}#a\") }}\n"));
}

#[test]
fn what_the_site_sets_of_its_theme_stands_at_the_end_of_its_style_sheet() {
    let toml = "[theme]\nmeasure = 30\nparagraph = \"indent\"\nlayout = \"tategaki\"\nface = \"mincho\"\n[theme.colors]\nlink = \"#0a4a94\"\n";
    let plain = site().build_clean();
    let set = site().file("site.toml", format!("{SITE}{toml}")).build();
    let sheet = |outcome: &super::support::Outcome| {
        let href = outcome.page("").attributes("link[rel=stylesheet]", "href")[0].clone();
        (href.clone(), outcome.text(href.trim_start_matches("./")))
    };
    let ((before, own), (after, with)) = (sheet(&plain), sheet(&set));
    assert_ne!(before, after, "other bytes, another name");
    assert_eq!(with, format!("{}:root:root{{--link: #0a4a94;--measure: 30rem}}\n", own.trim_end()));
    let html = |name| set.page("secrets/a/").attributes("html", name);
    assert_eq!(
        (html("data-paragraph"), html("data-layout"), html("data-face")),
        (vec!["indent".to_owned()], vec!["tategaki".to_owned()], vec!["mincho".to_owned()])
    );
    assert_eq!(plain.page("secrets/a/").attributes("html", "data-paragraph"), Vec::<String>::new());
}

#[test]
fn one_block_of_a_template_is_changed_and_the_rest_stays() {
    let template =
        "{% extends \"standard/lesson.html\" %}{% block lesson_head %}<h1>{{ page.title }}！</h1>{% endblock %}";
    let outcome = site().file("templates/lesson.html", template).build_clean();
    let page = outcome.page("secrets/a/");
    assert_eq!(page.text("h1"), "第1の話！");
    assert_eq!(page.links("a[rel=next]"), ["secrets/b/"]);
    let both = site()
        .file("site.toml", format!("{SITE}theme = \"mine\"\n"))
        .file(
            "themes/mine/templates/lesson.html",
            "{% extends \"standard/lesson.html\" %}{% block after %}<p id=\"m\">m</p>{% endblock %}",
        )
        .file(
            "templates/lesson.html",
            "{% extends \"mine/lesson.html\" %}{% block lesson_head %}<h1>own</h1>{% endblock %}",
        )
        .build_clean();
    let page = both.page("secrets/a/");
    assert_eq!((page.text("h1"), page.text("#m")), ("own".to_owned(), "m".to_owned()));
}

#[test]
fn the_plain_theme_is_small_and_makes_every_page() {
    let files = [
        ("templates/base.html", include_str!("../../themes/plain/templates/base.html")),
        ("templates/lesson.html", include_str!("../../themes/plain/templates/lesson.html")),
        ("assets/style.css", include_str!("../../themes/plain/assets/style.css")),
    ];
    assert!(files.iter().map(|(_, text)| text.lines().count()).sum::<usize>() < 150);
    let colours =
        "[theme.colors]\ntext = [\"#222222\", \"#dddddd\"]\naccent = \"#333333\"\naccent_text = \"#ffffff\"\n";
    let site = files.iter().fold(site(), |site, (path, text)| site.file(&format!("themes/plain/{path}"), text));
    let toml =
        format!("{SITE}[theme]\nname = \"plain\"\nmeasure = 30\nleading = 1.9\nsize = 1.1\ntracking = 0.01\n{colours}");
    let site = site.file("site.toml", toml).file("content/about.md", "---\ntitle: 案内\n---\n本文。\n").lesson(
        3,
        "c",
        "tags: [信頼]\naliases: [/old/]\n",
        "> [!まとめ]\n> 1. 聴く\n",
    );
    let outcome = site.build_clean();
    for path in
        ["", "secrets/", "secrets/c/", "about/", "tags/", "tags/信頼/", "secrets/takeaways/", "search/", "404.html"]
    {
        let page = outcome.page(path);
        assert_eq!(page.texts("h1").len(), 1, "{path}");
        assert_eq!(page.texts("script[src]").len(), 0, "{path}");
        assert_eq!(page.texts("body > header a").len(), 2, "{path}");
    }
    assert_eq!(outcome.page("secrets/c/").text("h1"), "第3回 第3の話");
    assert!(outcome.has("old/index.html"));
}
