//! Faces, speakers and points of lessons, wherever the site shows them.

use hiketsu::diag::Lang;

use super::PNG;
use super::support::{SITE, Site};

const FACE: &str = "[[speakers]]\nname = \"営業\"\nface = \"faces/sales.png\"\n";

fn site(speakers: &str) -> Site {
    let toml = SITE.replace("https://example.com/", "https://example.com/course/");
    Site::series().file("site.toml", format!("{toml}{speakers}")).file("content/faces/sales.png", PNG)
}

#[test]
fn a_face_is_found_from_every_page_and_from_feeds() {
    let body = "> [!会話]\n> 営業「a」\n> 営業「b」\n\n> [!まとめ]\n>\n> > [!GOOD]\n> > 営業「c」\n";
    let outcome = site(FACE).lesson(1, "a", "date: 2026-01-05\n", body).build_clean();
    let face = ["../../faces/sales.png"; 2];
    let lesson = outcome.page("secrets/a/");
    assert_eq!(lesson.attributes("img.face", "src"), face, "one for each group of turns");
    assert_eq!(lesson.attributes("img.face", "alt"), ["", ""], "it says no more than the name");
    assert_eq!(lesson.attributes("img.face", "width"), ["48", "48"]);
    assert_eq!(outcome.page("secrets/takeaways/").attributes("img.face", "src"), ["../../faces/sales.png"]);
    assert!(outcome.has("faces/sales.png"));
    let feed: serde_json::Value = serde_json::from_str(&outcome.text("feed.json")).expect("it is JSON");
    let html = feed["items"][0]["content_html"].as_str().expect("whole lessons are shown");
    assert!(html.contains("src=\"https://example.com/course/faces/sales.png\""), "{html}");
    let text: String = scraper::Html::parse_fragment(html).root_element().text().collect();
    assert!(text.contains("営業「a」\n営業「b」"), "a feed has no stylesheet: {text}");
}

#[test]
fn a_face_that_is_not_there_is_an_error_where_it_is_named() {
    let face = |path: &str| site(&FACE.replace("faces/sales.png", path)).lesson(1, "a", "", "> [!会話]\n> 営業「a」\n");
    assert_eq!(face("/faces/sales.png").build_clean().page("secrets/a/").attributes(".face", "src").len(), 1);
    let missing = face("faces/salse.png").build();
    assert_eq!(missing.places(), ["E0441 site.toml:5:8"], "once, whatever the lessons");
    assert!(missing.messages(Lang::En)[0].contains("did you mean “faces/sales.png”?"));
    assert!(missing.messages(Lang::Ja)[0].contains("話し手「営業」の画像「faces/salse.png」がありません"));
    assert_eq!(face("secrets/001-a.md").build().places(), ["E0442 site.toml:5:8"]);
}

#[test]
fn an_unknown_speaker_is_worth_knowing_and_no_more() {
    let body = "> [!会話]\n> 営業「a」\n> 営業員「b」\n> 営業員「c」\n";
    let outcome = site(FACE).lesson(1, "a", "", body).build();
    assert_eq!(outcome.places(), ["E0440 content/secrets/001-a.md:6:3"]);
    assert!(!outcome.built.has_errors());
    let said = outcome.messages(Lang::En);
    assert!(said[0].contains("the speaker “営業員” is not in site.toml"), "{said:?}");
    site("").lesson(1, "a", "", body).build_clean();
}

#[test]
fn points_of_a_lesson_describe_it() {
    let body = "書き出しの文。\n\n> [!まとめ]\n>\n> 1. **聴く**\n> 2. 待つ。\n> 3. 応える\n";
    let site = site("").lesson(1, "a", "date: 2026-01-05\n", body).lesson(2, "b", "description: 説明。\n", body);
    let outcome = site.lesson(3, "c", "tags: [x]\n", "書き出しの文。\n").build_clean();
    let description = |route: &str| outcome.page(route).attributes("meta[name=description]", "content").join("|");
    assert_eq!(description("secrets/a/"), "聴く。待つ。応える。");
    assert_eq!(description("secrets/b/"), "説明。", "what the author wrote comes first");
    assert_eq!(description("secrets/c/"), "書き出しの文。", "where there is no まとめ");
    let feed: serde_json::Value = serde_json::from_str(&outcome.text("feed.json")).expect("it is JSON");
    assert_eq!(feed["items"][0]["summary"], "聴く。待つ。応える。");
}

#[test]
fn boxes_to_tick_are_known_by_their_words() {
    let keys = |body: &str| {
        let outcome = site("").lesson(1, "a", "", body).build_clean();
        let page = outcome.page("secrets/a/");
        assert_eq!(page.attributes("#_tally", "id").len(), 1);
        assert_eq!(page.attributes(".check label > input", "data-key").len(), page.texts(".check label").len());
        page.attributes(".check input", "data-key")
    };
    let before = keys("> [!CHECK]\n> - [ ] 聴いた\n> - [ ] **待った**\n> - [ ] 聴いた\n");
    let after = keys("> [!CHECK]\n> - [ ] 新しい\n> - [ ] 聴いた\n> - [ ] 待った\n> - [ ] 聴いた\n");
    assert_eq!(before, after.get(1..).expect("one more"), "what comes in between shifts none");
    assert_eq!(before[2], format!("{}-2", before[0]), "the same words twice are two");
    let outside = site("").lesson(1, "a", "", "- [x] a\n").build_clean();
    assert_eq!(outside.page("secrets/a/").attributes("input[data-key]", "data-key"), Vec::<String>::new());
    assert_eq!(outside.page("secrets/a/").attributes("#_tally", "id"), Vec::<String>::new());
}
