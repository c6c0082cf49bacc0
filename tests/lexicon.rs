//! Words and their readings: what a reader of lessons may look for by sound, and that any text is cut safely.

#![expect(clippy::disallowed_methods, reason = "the tests read their own vectors")]

use std::collections::BTreeSet;

use hiketsu::lexicon::{Kind, vocabulary, words};
use proptest::prelude::*;

/// The words of `text` as `spelling/reading`.
fn listed(text: &str) -> BTreeSet<String> {
    vocabulary(text).into_iter().map(|word| format!("{}/{}", word.surface, word.reading)).collect()
}

fn vector(name: &str) -> String {
    let path = format!("{}/tests/search/vectors/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}")).expect("the vectors are there")
}

#[track_caller]
fn has(text: &str, expected: &str) {
    let listed = listed(text);
    for word in expected.split(' ') {
        assert!(listed.contains(word), "{word} is not in {listed:?}");
    }
}

#[track_caller]
fn lacks(text: &str, unexpected: &str) {
    let listed = listed(text);
    for word in unexpected.split(' ') {
        assert!(!listed.iter().any(|found| found.split('/').next() == Some(word)), "{word} is in {listed:?}");
    }
}

/// Sentences of the sample course, each followed by indented `spelling/reading` that were checked by eye; MeCab 0.996
/// with the same dictionary cuts and reads all sentences of the course in the same way.
#[test]
fn words_of_lessons_have_their_readings() {
    let mut sentence = String::new();
    let mut count = 0;
    for line in vector("readings.txt").lines() {
        if let Some(expected) = line.strip_prefix("  ") {
            has(&sentence, expected);
            count += expected.split(' ').count();
        } else {
            line.clone_into(&mut sentence);
        }
    }
    assert!(count >= 200, "only {count} words");
}

#[test]
fn compounds_are_found_whole_and_by_each_run_of_their_nouns() {
    has("信頼関係", "信頼関係/しんらいかんけい 信頼/しんらい 関係/かんけい");
    has(
        "営業担当者会議",
        "営業担当者会議/えいぎょうたんとうしゃかいぎ 営業担当者/えいぎょうたんとうしゃ 担当者/たんとうしゃ",
    );
    has("営業マン", "営業マン/えいぎょうまん 営業/えいぎょう マン/まん");
    has("お客様のご家族", "お客様/おきゃくさま ご家族/ごかぞく 家族/かぞく");
    has("断り方を教える", "断り方/ことわりかた 断り/ことわる 教える/おしえる");
    has("人々の日々", "人々/ひとびと 日々/ひび");
    has("私たち", "私たち/わたしたち 私/わたし");
    has("三回", "三回/さんかい");
    lacks("信頼 関係", "信頼関係");
    lacks("信頼の関係", "信頼の関係");
    lacks("担当者", "者");
    lacks("信頼関係構築営業戦略", "信頼関係構築営業戦略");
}

#[test]
fn inflected_words_are_found_as_written_by_stem_and_by_their_dictionary_form() {
    has("断られた", "断ら/ことわら 断ら/ことわる 断られた/ことわられた");
    has("断って帰る", "断って/ことわって 断っ/ことわる 帰る/かえる");
    has("断ればよい", "断れば/ことわれば");
    has("高かった", "高かっ/たかい 高かった/たかかった");
    has("高さ", "高さ/たかさ");
    has("来ない", "来/くる 来ない/こない");
    has("続けている", "続けて/つづけて");
    has("必ず", "必ず/かならず");
}

#[test]
fn other_readings_of_one_spelling_are_listed_too() {
    has("明日、日本で", "明日/あした 明日/あす 日本/にほん 日本/にっぽん");
    has("人気の店", "人気/にんき");
    has("行った", "行っ/いっ 行っ/おこなっ 行っ/いく");
    has("日本市場", "日本市場/にほんしじょう");
    assert!(!listed("明日").contains("明日/あけび"), "a place's name is not meant");
}

#[test]
fn katakana_and_latin_words_are_their_own_reading() {
    has("アポイントとサービス", "アポイント/あぽいんと サービス/さーびす");
    has("ｾｰﾙｽ", "ｾｰﾙｽ/せーるす");
    has("CRMとＫＰＩ、Web", "CRM/crm ＫＰＩ/kpi Web/web");
    has("フガホゲる", "フガホゲ/ふがほげ");
    lacks("Aと1と110", "A 1 110");
}

#[test]
fn kana_and_particles_are_not_listed_and_unknown_kanji_have_no_reading() {
    assert!(vocabulary("これはそこにあります。").is_empty());
    assert!(vocabulary("").is_empty() && vocabulary(" \n　。、").is_empty());
    lacks("龘龘を見る", "龘龘 龘");
    let tokens = words("龘");
    assert_eq!((tokens.len(), tokens[0].reading.clone()), (1, None));
}

#[test]
fn tokens_say_what_they_are() {
    let text = "営業は 3回、CRMで断られた。";
    let told: Vec<_> = words(text)
        .into_iter()
        .map(|token| (text.get(token.range).expect("on boundaries").to_owned(), token.reading, token.kind))
        .collect();
    let say = |surface: &str, reading: Option<&str>, kind| (surface.to_owned(), reading.map(str::to_owned), kind);
    let expected = [
        say("営業", Some("えいぎょう"), Kind::Noun),
        say("は", Some("は"), Kind::Other),
        say(" ", None, Kind::Other),
        say("3", None, Kind::Noun),
        say("回", Some("かい"), Kind::Noun),
        say("、", None, Kind::Other),
        say("CRM", None, Kind::Latin),
        say("で", Some("で"), Kind::Other),
        say("断ら", Some("ことわら"), Kind::Verb),
        say("れ", Some("れ"), Kind::Other),
        say("た", Some("た"), Kind::Other),
        say("。", None, Kind::Other),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_long_line_without_an_end_is_cut_in_bounded_pieces() {
    for unit in ["一", "あ", "ア", "a", " ", "1", "営業", "。", "😀", "(", "\u{3099}"] {
        let text = unit.repeat(30_000 / unit.len());
        let tokens = words(&text);
        assert_eq!(tokens.last().expect("it is not empty").range.end, text.len());
        assert!(tokens.iter().all(|token| token.range.len() <= 4 * 500 || unit == " "), "{unit}");
        vocabulary(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn tokens_cover_any_text_in_order(text in "(\\PC|[ \n\u{3000}]|[ぁ-んァ-ヶー]|[一-龠]|営業|お客様|。){0,300}") {
        let mut at = 0;
        for token in words(&text) {
            prop_assert_eq!(token.range.start, at);
            prop_assert!(token.range.end > at && text.is_char_boundary(token.range.end));
            at = token.range.end;
        }
        prop_assert_eq!(at, text.len());
    }

    #[test]
    fn the_vocabulary_is_sorted_distinct_and_stands_in_the_text(text in "([ぁ-んァ-ヶー]|[一-龠]|営業|お客様|断られた|[a-zA-Z ]|。){0,120}") {
        let found = vocabulary(&text);
        prop_assert!(found.is_sorted_by(|a, b| a < b));
        for word in &found {
            prop_assert!(text.contains(&word.surface), "{}", word.surface);
            prop_assert!(!word.reading.is_empty());
            prop_assert!(word.kind == Kind::Latin || word.reading.chars().all(|c| matches!(c, 'ぁ'..='ゖ' | 'ー' | 'ゝ' | 'ゞ')), "{word:?}");
        }
        prop_assert_eq!(found, vocabulary(&text));
    }
}
