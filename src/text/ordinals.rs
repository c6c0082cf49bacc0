//! Words that speak of a place in an order: 「第12回」「前回」「全110回」, in Japanese and, in links, in English.
//!
//! Only what can be told from the words themselves is told; whether it is true is asked elsewhere. The same words are
//! often said of something else (「前回の商談」「全5回の研修」), so each form is as narrow as it can be.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

/// What words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Claim {
    /// This is the lesson of that number: 「第12回」.
    Number(u32),
    /// This is the lesson before: 「前回」.
    Previous,
    /// This is the lesson after: 「次回」.
    Next,
    /// The text is the lesson of that number: 「今回は第12回」.
    Own(u32),
    /// There is a lesson of that number: 「第12回で書いたように」.
    Exists(u32),
    /// There are so many lessons: 「全110回」.
    Total(u32),
}

/// What may follow 「第12回」 or 「前回」 in a link that means the lesson and nothing else of that name.
const TAILS: [&str; 13] = [
    "戻る",
    "進む",
    "へ進む",
    "へ戻る",
    "の記事",
    "の話",
    "のページ",
    "ページ",
    "記事",
    "を読む",
    "はこちら",
    "から",
    "へ",
];

/// What a link with this text says of where it leads.
pub fn of_link(text: &str) -> Option<Claim> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    if text.is_ascii() {
        return of_english_link(text);
    }
    if let Some((number, tail)) = ordinal(text) {
        return ends(tail).then_some(Claim::Number(number));
    }
    let says = |words: &[&str]| words.iter().any(|word| text.strip_prefix(word).is_some_and(ends));
    if says(&["一つ前の話", "ひとつ前の話", "前の話", "前の回", "前回", "前の記事", "前のページ", "前へ"])
    {
        Some(Claim::Previous)
    } else if says(&["次の話", "次の回", "次回", "次の記事", "次のページ", "次へ"]) {
        Some(Claim::Next)
    } else {
        None
    }
}

fn of_english_link(text: &str) -> Option<Claim> {
    let text = text.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).to_ascii_lowercase();
    match text.as_str() {
        "previous" | "previous lesson" | "the previous lesson" => Some(Claim::Previous),
        "next" | "next lesson" | "the next lesson" => Some(Claim::Next),
        _ => text.strip_prefix("lesson ")?.parse().ok().map(Claim::Number),
    }
}

/// Whether nothing follows that could change what was said.
fn ends(tail: &str) -> bool {
    let mut tail = tail;
    while let Some(rest) = TAILS.iter().find_map(|word| tail.strip_prefix(word)) {
        tail = rest;
    }
    tail.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != 'ー')
}

/// What stands before the number where a text speaks of itself.
const OWN: [&str; 9] =
    ["今回は", "今回は、", "今回が", "この話は", "この話は、", "この記事は", "本記事は", "今日は", "今日は、"];
/// What follows the number of a lesson that a text refers to.
const REFERS: [&str; 14] = [
    "で書い",
    "で述べ",
    "で触れ",
    "で紹介",
    "でお話し",
    "で話し",
    "でお伝え",
    "で取り上げ",
    "で学",
    "を参照",
    "をご覧",
    "をお読み",
    "の記事",
    "の話で",
];
/// What says that a sentence is about the series itself.
const SERIES: [&str; 6] = ["連載", "シリーズ", "講座", "コース", "お届け", "秘訣"];
/// What says that it is about another one.
const ANOTHER: [&str; 4] = ["別の", "ほかの", "他の", "研修"];

/// What every claim in prose has: one of these signs. They are looked for in every text of every lesson.
static ORDINAL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("第"));
static ALL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("全"));

/// Whether [`in_prose`] could find anything in `text`.
pub fn may_be_in_prose(text: &str) -> bool {
    ORDINAL.find(text.as_bytes()).or_else(|| ALL.find(text.as_bytes())).is_some()
}

/// What prose says of the text itself and of its series, and where.
pub fn in_prose(text: &str) -> Vec<(Range<usize>, Claim)> {
    let mut found = Vec::new();
    for at in ORDINAL.find_iter(text.as_bytes()) {
        let (before, rest) = text.split_at(at);
        let Some((number, tail)) = ordinal(rest) else { continue };
        let place = at..text.len() - tail.len();
        if OWN.iter().any(|own| before.ends_with(own)) && !tail.starts_with('の') {
            found.push((place, Claim::Own(number)));
        } else if REFERS.iter().any(|refers| tail.starts_with(refers)) {
            found.push((place, Claim::Exists(number)));
        }
    }
    for at in ALL.find_iter(text.as_bytes()) {
        let (before, rest) = text.split_at(at);
        let Some((count, tail)) = counted(rest.strip_prefix('全').unwrap_or_default()) else { continue };
        let sentence_before = before.rsplit(['。', '！', '？', '\n']).next().unwrap_or_default();
        let sentence_after = tail.split(['。', '！', '？', '\n']).next().unwrap_or_default();
        let says =
            |words: &[&str]| words.iter().any(|word| sentence_before.contains(word) || sentence_after.contains(word));
        let beside = sentence_before.trim_end_matches(['（', '(', '／', '/', ' ', '、', '・']);
        let numbered =
            beside.ends_with('回') && beside.rfind('第').is_some_and(|at| ordinal(beside.split_at(at).1).is_some());
        if (says(&SERIES) || numbered) && !says(&ANOTHER) {
            found.push((at..text.len() - tail.len(), Claim::Total(count)));
        }
    }
    found.sort_by_key(|(place, _)| place.start);
    found
}

/// The number at the head of a title: 「第12回 …」.
pub fn of_title(title: &str) -> Option<u32> {
    let (number, tail) = ordinal(title.trim_start_matches(['【', '[', '「', '『', '（', '(']))?;
    // A title may well begin with somebody else's first time: 「第1回の商談で」.
    tail.chars().next().is_none_or(|c| !c.is_alphanumeric()).then_some(number)
}

/// 「第12回」 at the head of `text`, and what follows it.
fn ordinal(text: &str) -> Option<(u32, &str)> {
    counted(text.strip_prefix('第')?)
}

/// 「12回」 or 「12話」 at the head of `text`, and what follows it.
fn counted(text: &str) -> Option<(u32, &str)> {
    let (number, rest) = number(text)?;
    let rest = rest.strip_prefix('回').or_else(|| rest.strip_prefix('話'))?;
    (!rest.starts_with('目')).then_some((number, rest))
}

/// A number at the head of `text` in digits, narrow or wide, or in kanji up to 9999, and what follows it.
fn number(text: &str) -> Option<(u32, &str)> {
    let digit = |c: char| match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(u32::from(c) - u32::from('０')),
        _ => None,
    };
    let kanji =
        |c: char| "〇一二三四五六七八九".chars().position(|known| known == c).and_then(|at| u32::try_from(at).ok());
    let unit = |c: char| match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    };
    let is_digits = text.chars().next().and_then(digit).is_some();
    let length = |known: &dyn Fn(char) -> bool| text.find(|c: char| !known(c)).unwrap_or(text.len());
    let (written, rest) = if is_digits {
        text.split_at(length(&|c| digit(c).is_some()))
    } else {
        text.split_at(length(&|c| kanji(c).is_some() || unit(c).is_some()))
    };
    // Longer ones are no numbers of lessons.
    if written.is_empty() || written.chars().count() > 7 {
        return None;
    }
    let (mut total, mut current) = (0, None);
    for c in written.chars() {
        match (digit(c).or_else(|| kanji(c)), unit(c)) {
            (Some(value), _) => current = Some(current.unwrap_or(0) * 10 + value),
            (_, Some(unit)) => total += current.take().unwrap_or(1) * unit,
            _ => {}
        }
    }
    Some((total + current.unwrap_or(0), rest))
}

/// Where `words` say the number `from` of a lesson or of all lessons, and `to` in the same writing: digits narrow or wide,
/// or kanji.
pub fn renumbered(words: &str, from: u32, to: u32) -> Option<(Range<usize>, String)> {
    let japanese = words.match_indices(['第', '全']).filter_map(|(at, sign)| {
        let start = at + sign.len();
        let rest = words.get(start..)?;
        let length = rest.len() - number(rest)?.1.len();
        (counted(rest)?.0 == from).then_some(start..start + length)
    });
    let english = words.to_ascii_lowercase();
    let english = english.match_indices("lesson ").filter_map(|(at, sign)| {
        let start = at + sign.len();
        let digits = words.get(start..)?.bytes().take_while(u8::is_ascii_digit).count();
        (words.get(start..start + digits)?.parse() == Ok(from)).then_some(start..start + digits)
    });
    let place = japanese.chain(english).min_by_key(|place| place.start)?;
    let written = written_like(words.get(place.clone())?, to);
    Some((place, written))
}

/// Every 「第12回」 in `text`, whatever it may be said of: its place and its number.
pub fn all(text: &str) -> impl Iterator<Item = (Range<usize>, u32)> {
    text.match_indices('第').filter_map(|(at, _)| {
        let rest = text.get(at..)?;
        let (number, tail) = ordinal(rest)?;
        Some((at..text.len() - tail.len(), number))
    })
}

/// `number` in the writing of `old`.
fn written_like(old: &str, number: u32) -> String {
    let digits = number.to_string();
    if old.starts_with(|c: char| c.is_ascii_digit()) {
        let width = if old.starts_with('0') { old.len() } else { 0 };
        return format!("{number:0width$}");
    }
    if old.starts_with(|c: char| ('０'..='９').contains(&c)) {
        return digits
            .chars()
            .filter_map(|c| char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')))
            .collect();
    }
    let kanji = |digit: u32| "〇一二三四五六七八九".chars().nth(digit as usize).unwrap_or_default();
    let by_place = old.contains('〇') || (old.chars().count() > 1 && !old.contains(['十', '百', '千']));
    if by_place || number > 9999 {
        return digits.chars().filter_map(|c| c.to_digit(10)).map(kanji).collect();
    }
    let mut out = String::new();
    for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit > 1 || (digit == 1 && unit == 1) {
            out.push(kanji(digit));
        }
        if digit > 0 {
            out.push_str(name);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Claim, in_prose, of_link, of_title, renumbered};

    #[test]
    fn a_number_is_written_as_the_old_one_was() {
        for (words, from, to, wanted) in [
            ("第12回", 12, 9, "第9回"),
            ("第１２回", 12, 30, "第３０回"),
            ("第九回", 9, 110, "第百十回"),
            ("第二十一回", 21, 20, "第二十回"),
            ("第一〇九話", 109, 110, "第一一〇話"),
            ("第012回", 12, 7, "第007回"),
            ("この連載は全110回", 110, 111, "この連載は全111回"),
            ("See Lesson 12", 12, 13, "See Lesson 13"),
            ("第3回と第12回", 12, 13, "第3回と第13回"),
        ] {
            let (place, with) = renumbered(words, from, to).expect("the number is there");
            let mut now = words.to_owned();
            now.replace_range(place, &with);
            assert_eq!(now, wanted);
        }
        assert_eq!(renumbered("第12回", 1, 2), None);
        assert_eq!(renumbered("第12章", 12, 2), None);
    }

    #[test]
    fn links_say_where_they_lead() {
        for (text, claim) in [
            ("第12回", Some(Claim::Number(12))),
            ("第１２回「断られた後」", Some(Claim::Number(12))),
            ("👉第一回記事へ", Some(Claim::Number(1))),
            ("第百十話", Some(Claim::Number(110))),
            ("第三十二回の話", Some(Claim::Number(32))),
            ("Lesson 12", Some(Claim::Number(12))),
            ("第1回の打ち合わせ", None),
            ("第2回目の訪問", None),
            ("前回", Some(Claim::Previous)),
            ("👉 前回ページ", Some(Claim::Previous)),
            ("前の話へ戻る", Some(Claim::Previous)),
            ("前回の商談", None),
            ("前向きな営業", None),
            ("次回", Some(Claim::Next)),
            ("次へ →", Some(Claim::Next)),
            ("次回の訪問まで", None),
            ("次世代の営業", None),
            ("Next lesson", Some(Claim::Next)),
            ("next of kin", None),
            ("目次", None),
            ("次", None),
        ] {
            assert_eq!(of_link(text), claim, "{text}");
        }
    }

    #[test]
    fn prose_is_believed_only_where_it_speaks_of_itself() {
        let claims = |text| in_prose(text).into_iter().map(|(_, claim)| claim).collect::<Vec<_>>();
        assert_eq!(claims("今回は第12回です。"), [Claim::Own(12)]);
        assert_eq!(claims("第3回で書いたように"), [Claim::Exists(3)]);
        assert_eq!(claims("この連載は全110回です。"), [Claim::Total(110)]);
        assert_eq!(claims("第12回（全百十回）"), [Claim::Total(110)]);
        for prose in [
            "今回は第3回の商談です。",
            "第1回の打ち合わせで、前回の商談を振り返る。",
            "全5回の研修を受けた。",
            "研修は全5回です。",
            "別の連載（全20回）を読む。",
            "全国で3回、全部で10話",
        ] {
            assert_eq!(claims(prose), [], "{prose}");
        }
    }

    #[test]
    fn titles_begin_with_their_number() {
        assert_eq!(of_title("第12回 断られた後"), Some(12));
        assert_eq!(of_title("【第3回】聴く"), Some(3));
        assert_eq!(of_title("第1回の商談で話すこと"), None);
        assert_eq!(of_title("12の秘訣"), None);
    }
}
