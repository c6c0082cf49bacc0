//! What dialogues become: turns, thoughts, groups, sides and faces, and what is said of speakers.

use super::tests::{OPTIONS, fault, faults, faults_in, html, html_with, parse, parse_with};
use super::{LinkKind, Options, Side, Speaker};

/// `name/side/face`, the last two where they are given.
fn speaker(line: &str) -> Speaker {
    let mut parts = line.split('/');
    let name = parts.next().unwrap_or_default().to_owned();
    let side = if parts.next() == Some("right") { Side::Right } else { Side::Left };
    Speaker { name, side, face: parts.next().map(|face| format!("{face}.png")) }
}

/// The lines of a dialogue as `side name open words close rest`; `+` where the name is that of the line before, `@` where
/// the person has a face, `~` for a thought. What is no turn stays HTML.
fn dialogue(lines: &str, speakers: &[Speaker]) -> Vec<String> {
    let quoted = format!("> [!DIALOGUE]\n>\n> {}", lines.replace('\n', "\n> "));
    let html = html_with(&quoted, &Options { speakers, ..OPTIONS });
    html.lines()
        .filter(|line| line.starts_with("<p") && !line.contains("box-title"))
        .map(|line| {
            let line = line.replace("<p class=\"say ", "").replace("<p class=\"think ", "~");
            let line = line.replace(" role=\"group\" aria-label=\"心の声\"", "");
            let line = line.replace(" faced", "@").replace(" more", "+");
            let line = line.replace("\"><b class=\"who\">", "\">").replace("</b><span", "<span");
            let line = line.replace("<span class=\"sep\">", "").replace("<span class=\"words\">", "");
            line.replace("</span>", "").replace("</p>", "").replacen("\">", " ", 1)
        })
        .collect()
}

#[test]
fn a_turn_reads_as_a_script_does_without_a_stylesheet() {
    assert_eq!(
        html("> [!会話]\n> 営業「買って」\n> （早く*帰って*）").lines().nth(1),
        Some(
            "<p class=\"say left\"><b class=\"who\">営業</b><span class=\"sep\">「</span><span class=\"words\">買って</span>\
             <span class=\"sep\">」</span></p>"
        )
    );
    assert_eq!(
        html("> [!会話]\n> 営業「買って」\n> （早く*帰って*）").lines().nth(2),
        Some(
            "<p class=\"think left more\" role=\"group\" aria-label=\"心の声\"><span class=\"words\">（早く<em>帰って</em>）</span></p>"
        )
    );
}

#[test]
fn turns_are_written_as_scripts_write_them() {
    assert_eq!(
        dialogue("営業「買って」\nお客様「……」\n**営業**「ね」\n**お客様**：はい\n上司: よし", &[]),
        ["left 営業「買って」", "right お客様「……」", "left 営業「ね」", "right お客様：はい", "left 上司: よし"]
    );
    assert_eq!(
        dialogue("✖ダメ営業「a」\n○**営業**「b」\n❌ **✖上司：** c", &[]),
        ["left ダメ営業「a」", "right 営業「b」", "left 上司：c"]
    );
    assert_eq!(dialogue("営業：「a」", &[]), ["left 営業「a」"]);
}

#[test]
fn a_turn_goes_on_to_its_bracket() {
    assert_eq!(
        dialogue("営業「一行目\n二行目「内」\n三行目」\nお客様「はい」", &[]),
        ["left 営業「一行目二行目「内」三行目」", "right お客様「はい」"]
    );
    assert_eq!(dialogue("営業「**強く**言う」", &[]), ["left 営業「<strong>強く</strong>言う」"]);
    assert_eq!(dialogue("営業「a」（内心b）", &[]), ["left 営業「a」（内心b）"]);
    assert_eq!(dialogue("営業「」", &[]), ["left 営業「」"]);
    assert_eq!(dialogue("営業：一\n二\n客：三", &[]), ["left 営業：一二", "right 客：三"]);
}

#[test]
fn narration_is_no_turn() {
    for line in [
        "彼は「はい」と言った。",
        "https://example.com",
        "10:30 に会う",
        "そうか。わかった：よし",
        "とても長い前置きの文がここにあるので名前ではない「a」",
    ] {
        let html = html(&format!("> [!BAD]\n>\n> {line}"));
        assert!(!html.contains("class=\"say"), "{html}");
    }
    assert_eq!(
        dialogue("営業「a」\n客は黙った。\n客「b」", &[]),
        ["left 営業「a」", "<p>客は黙った。", "right 客「b」"]
    );
}

#[test]
fn thoughts_stand_with_their_speaker() {
    assert_eq!(
        dialogue("営業「a」\nお客様「……」\n（早く*帰って*）", &[]).last().map(String::as_str),
        Some("~right+ （早く<em>帰って</em>）")
    );
    assert_eq!(dialogue("（沈黙）", &[]), ["~left （沈黙）"]);
}

#[test]
fn sides_come_from_the_site_or_from_the_order() {
    let speakers = [speaker("お客様")];
    assert_eq!(
        dialogue("営業「a」\nお客様「b」\n上司「c」", &speakers),
        ["right 営業「a」", "left お客様「b」", "right 上司「c」"]
    );
    // The same speaker stays where he was first, in later dialogues too.
    let both = html("> [!BAD]\n> 営業「a」\n> 客「b」\n\n> [!DIALOGUE]\n> 客「c」\n> 名人「d」");
    assert!(both.contains("say right\"><b class=\"who\">客</b><span class=\"sep\">「</span><span class=\"words\">c"));
    assert!(both.contains("say left\"><b class=\"who\">名人"));
}

#[test]
fn an_open_bracket_and_an_empty_dialogue_are_told() {
    assert_eq!(faults("> [!BAD]\n> 営業「a\n> 客「b」"), fault("E0419", "営業「a"));
    assert_eq!(faults("> [!会話]\n> 文だけ"), fault("E0418", "> [!会話]"));
}

#[test]
fn a_turn_in_brackets_goes_on_over_paragraphs() {
    assert_eq!(
        dialogue("営業「一つ\n\n二つ「内」です\n\n三つ」（笑う）\n\n客「はい」", &[]),
        ["left 営業「一つ", "left+ 二つ「内」です", "left+ 三つ」（笑う）", "right 客「はい」"]
    );
    assert_eq!(
        dialogue("営業「題は『「売る」とは』です\n\n終わり」", &[]),
        ["left 営業「題は『「売る」とは』です", "left+ 終わり」"]
    );
    assert_eq!(
        dialogue("営業「昔、彼は「はい」と言った。\n\n彼は「いいえ」とも言った。」", &[]),
        ["left 営業「昔、彼は「はい」と言った。", "left+ 彼は「いいえ」とも言った。」"]
    );
    // Another turn begins before it is closed.
    assert_eq!(faults("> [!BAD]\n> 営業「a\n>\n> 客「b」\n>\n> c」"), fault("E0419", "営業「a"));
    assert_eq!(dialogue("営業「a\n\n客「b」", &[]), ["left 営業「a", "right 客「b」"]);
    // A list or a quote ends it too.
    assert_eq!(faults("> [!BAD]\n> 営業「a\n>\n> - b\n>\n> c」"), fault("E0419", "営業「a"));
    // A colon has no end to look for: its words end with the paragraph.
    assert_eq!(dialogue("営業：一\n二\n\n三", &[]), ["left 営業：一二", "<p>三"]);
}

#[test]
fn turns_of_one_speaker_stand_together() {
    assert_eq!(
        dialogue("営業「a」\n営業「b」\n（c）\n営業「d」\n客「e」\n営業「f」\n\n間。\n\n営業「g」", &[]),
        [
            "left 営業「a」",
            "left+ 営業「b」",
            "~left+ （c）",
            "left+ 営業「d」",
            "right 客「e」",
            "left 営業「f」",
            "<p>間。",
            "left 営業「g」"
        ]
    );
}

#[test]
fn a_thought_may_have_a_name_that_is_known() {
    assert_eq!(
        dialogue("営業「a」\n客（早く\n帰って）\n客「b」", &[]),
        ["left 営業「a」", "~right 客（早く帰って）", "right+ 客「b」"]
    );
    assert_eq!(dialogue("**上司**（…）", &[]), ["~left 上司（…）"]);
    assert_eq!(dialogue("客（…）", &[speaker("客/right")]), ["~right 客（…）"]);
    // Nobody of that name speaks: narration.
    assert_eq!(dialogue("田中さん（35歳）\n\n帰り道（雨）", &[]), ["<p>田中さん（35歳）", "<p>帰り道（雨）"]);
    assert_eq!(dialogue("客「a」\n\n客（35歳）は黙った。", &[]), ["left 客「a」", "<p>客（35歳）は黙った。"]);
    assert_eq!(dialogue("（a）と言った。", &[]), ["<p>（a）と言った。"]);
    assert_eq!(dialogue("（うちの「機械」が）", &[]), ["~left （うちの「機械」が）"]);
}

#[test]
fn a_name_keeps_its_markup() {
    assert_eq!(
        dialogue("{田中|たなか}「a」\n客「b」\n田中「c」\n**{田中|たなか}：** d", &[]),
        [
            "left <ruby>田中<rp>（</rp><rt>たなか</rt><rp>）</rp></ruby>「a」",
            "right 客「b」",
            "left 田中「c」",
            "left+ <ruby>田中<rp>（</rp><rt>たなか</rt><rp>）</rp></ruby>：d"
        ]
    );
    assert_eq!(
        dialogue("○{田中|たなか}さん: a", &[])[0],
        "left <ruby>田中<rp>（</rp><rt>たなか</rt><rp>）</rp></ruby>さん: a"
    );
    assert_eq!(dialogue("*営業*「a」", &[]), ["left <em>営業</em>「a」"]);
    assert_eq!(dialogue("*大切*な話「a」", &[]), ["<p><em>大切</em>な話「a」"]);
    // What stands in brackets after a name is how it is said, not who says it.
    assert_eq!(
        dialogue("営業「a」\n客「b」\n営業（笑顔で）「c」", &[]),
        ["left 営業「a」", "right 客「b」", "left 営業（笑顔で）「c」"]
    );
}

#[test]
fn a_half_width_colon_needs_a_space() {
    assert_eq!(dialogue("Sales: a\nCustomer:「b」", &[]), ["left Sales: a", "right Customer「b」"]);
    assert_eq!(dialogue("例:a\n\nmailto:a@b", &[]), ["<p>例:a", "<p>mailto:a@b"]);
}

#[test]
fn a_face_stands_beside_the_first_turn_of_a_group() {
    let speakers = [speaker("営業/right/a"), speaker("客")];
    let options = Options { speakers: &speakers, ..OPTIONS };
    let text = "> [!会話]\n> 営業「a」\n> 営業「b」\n> （c）\n> 客「d」\n> 営業「e」";
    let parsed = parse_with(text, &options);
    let html = &parsed.body.main.html;
    let face = "<img class=\"face\" src=\"\" alt=\"\" width=\"48\" height=\"48\" loading=\"lazy\" decoding=\"async\">";
    assert_eq!(html.matches(face).count(), 2, "{html}");
    assert!(html.contains(&format!("<p class=\"say right faced\">{face}<b class=\"who\">営業</b>")));
    assert!(html.contains("<p class=\"think right faced more\""));
    assert!(html.contains("<p class=\"say left\"><b class=\"who\">客"));
    let links: Vec<_> = parsed.facts.links.iter().map(|link| (link.kind, link.target.value.as_str())).collect();
    assert_eq!(links, [(LinkKind::Face, "a.png")], "one link for all its turns");
    assert_eq!(parsed.body.main.holes.len(), 2);
}

#[test]
fn a_speaker_whom_the_site_does_not_know_is_told_once() {
    let speakers = [speaker("お客様"), speaker("営業")];
    let options = Options { speakers: &speakers, ..OPTIONS };
    let text = "> [!会話]\n> 営業「a」\n> お客さま「b」\n> お客さま「c」\n> **受付**：d\n> 営業（笑顔で）「e」";
    assert_eq!(faults_in(text, &options), [("E0440", "お客さま".to_owned()), ("E0440", "受付".to_owned())]);
    let parsed = parse_with(text, &options);
    assert_eq!(parsed.faults[0].args.last(), Some(&("nearest".into(), "お客様".to_owned())));
    assert_eq!(faults(text), [], "where the site declares nobody, nobody is missing");
}

#[test]
fn points_of_the_summary_are_plain_text() {
    let points = |text: &str| parse(text).facts.points;
    assert_eq!(
        points("> [!まとめ] 題\n>\n> 前置き。\n>\n> 1. **聴く**\n> 2. {待|ま}つ。\n>    - 下\n> 3. 応える"),
        "聴く。待つ。応える。"
    );
    assert_eq!(points("> [!SUMMARY]\n> - Listen\n> - Wait."), "Listen. Wait.");
    assert_eq!(points("> [!SUMMARY]\n>\n> 一つだけ"), "一つだけ");
    assert_eq!(points(":::まとめ\n- 先\n:::\n\n> [!まとめ]\n> - 後"), "先");
    assert_eq!(points("> [!まとめ]\n> > [!会話]\n> > 営業「a」\n> > 客: b"), "営業「a」客: b");
    assert_eq!(points("本文。"), "");
    let long = points(&format!("> [!まとめ]\n{}", "> - 十文字の文がここにある\n".repeat(40)));
    assert!(long.chars().count() <= 120 && long.ends_with('。'), "{long}");
}
