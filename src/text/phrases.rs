//! Where phrases (文節) of Japanese end: for headings and titles, whose lines break there.
//!
//! Two models of `BudouX`, trained on different texts, are asked. What both see is nearly always right; what one of them
//! sees is often so, and whoever knows words can tell.

use std::sync::OnceLock;

use budoux_phf_rs::Parser;

/// Where a browser may break though letters keep together: behind these. That tears 」に, where the phrase goes on.
const LOOSE: &str = "」』）〕］｝〉》】〙〗〟’”)]}！？!?…‥・";

/// Longer texts are no titles.
const LONGEST: usize = 1_000;

/// What no line begins with: 行頭禁則文字 of `JLReq` appendix A.1, and closing brackets.
const NOT_FIRST: &str = "、。，．,.・：；:;！？!?‼⁇⁈⁉ー―…‥〜～ゝゞ々〻ヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ％℃」』）〕］｝〉》】〙〗〟’”)]}»%";
/// What no line ends with: 行末禁則文字.
const NOT_LAST: &str = "「『（〔［｛〈《【〘〖〝‘“([{«￥＄£#";

/// An end of a phrase, and the start of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct End {
    /// Where, in bytes.
    pub at: usize,
    /// Whether both models see it.
    pub sure: bool,
}

/// The ends of phrases inside `text`, in order. None in a text without Japanese.
pub fn ends(text: &str) -> Vec<End> {
    static MODELS: OnceLock<[Parser; 2]> = OnceLock::new();
    if text.len() > LONGEST || !text.chars().any(is_japanese) {
        return Vec::new();
    }
    let models = MODELS.get_or_init(|| [Parser::japanese_parser(), Parser::japanese_knbc_parser()]);
    let [one, other] = models.each_ref().map(|model| seen(model, text));
    let mut found: Vec<End> = one.iter().map(|at| End { at: *at, sure: other.binary_search(at).is_ok() }).collect();
    found.extend(other.iter().filter(|at| one.binary_search(at).is_err()).map(|at| End { at: *at, sure: false }));
    found.retain(|end| may_break(text, end.at));
    found.sort_unstable();
    found
}

/// Whether the two characters, side by side within a phrase, must be held together.
pub fn holds(before: char, after: char) -> bool {
    LOOSE.contains(before) && is_japanese(after) && !NOT_FIRST.contains(after)
}

fn seen(parser: &Parser, text: &str) -> Vec<usize> {
    let mut at = 0;
    let mut found = Vec::new();
    parser.parse_with(text, |phrase| {
        at += phrase.len();
        found.push(at);
    });
    found
}

fn may_break(text: &str, at: usize) -> bool {
    let (Some((before, after)), true) = (text.split_at_checked(at), at < text.len()) else { return false };
    let (Some(before), Some(after)) = (before.chars().next_back(), after.chars().next()) else { return false };
    (is_japanese(before) || is_japanese(after)) && !NOT_FIRST.contains(after) && !NOT_LAST.contains(before)
}

/// Kana, kanji and the punctuation that goes with them.
fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::ends;

    /// `|` where both see an end, `-` where one does.
    fn cut(text: &str) -> String {
        let mut out = text.to_owned();
        for end in ends(text).into_iter().rev() {
            out.insert(end.at, if end.sure { '|' } else { '-' });
        }
        out
    }

    #[test]
    fn phrases_end() {
        assert_eq!(
            cut("売れる営業は、お客様の前でノルマを忘れている"),
            "売れる|営業は、|お客様の|前で|ノルマを|忘れている"
        );
        assert_eq!(cut("お客様がうなずいているのに"), "お客様が-う-なずいているのに");
    }

    #[test]
    fn nothing_breaks_before_a_closing_mark_or_in_other_writing() {
        assert_eq!(cut("Forget the quota, and sell more"), "Forget the quota, and sell more");
        assert_eq!(cut(""), "");
        let marks = cut("「だめ」！と言う、（本当に？）という話");
        assert!(!marks.contains("|、") && !marks.contains("|）"), "{marks}");
        assert!(ends(&"長い題名です。".repeat(100)).is_empty());
    }
}
