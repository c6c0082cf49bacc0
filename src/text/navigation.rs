//! Lines that are nothing but navigation typed by hand: 「👉前回ページ」「→ 次回へ」「前回｜目次｜次回」.

use super::ordinals;

/// Whether `c` is a sign that points.
fn points(c: char) -> bool {
    matches!(
        c,
        '👉' | '👈' | '☞' | '☜' | '👆' | '👇' | '←'
            ..='↓'
                | '⇐'
                | '⇒'
                | '⇦'
                | '⇨'
                | '➡'
                | '⬅'
                | '▶'
                | '◀'
                | '►'
                | '◄'
                | '▷'
                | '◁'
                | '»'
                | '«'
                | '≫'
                | '≪'
                | '＞'
                | '＜'
                | '>'
    )
}

/// Places that navigation leads to besides the lessons before and after.
const PLACES: [&str; 13] = [
    "トップページ",
    "トップ",
    "ホーム",
    "目次",
    "もくじ",
    "一覧",
    "記事一覧",
    "最初の記事",
    "最初の話",
    "最初",
    "初回",
    "HOME",
    "TOP",
];

const TAILS: [&str; 9] = ["へ戻る", "に戻る", "へもどる", "へ進む", "はこちら", "ページ", "記事", "を見る", "へ"];

/// What stands between two places.
const SEPARATORS: [char; 5] = ['｜', '|', '／', '/', '・'];

/// Longer lines say more than where to go.
const LONGEST: usize = 120;

/// What no place ends with, and nearly every line of prose does.
const ENDS: [char; 4] = ['。', '、', '」', '』'];

/// Whether a line as it is written may be navigation: a quick look before its markup is taken apart.
pub fn may_be_navigation(line: &str) -> bool {
    line.len() <= LONGEST * 4 && !line.ends_with(ENDS) && line.contains(|c| points(c) || SEPARATORS.contains(&c))
}

/// Whether a line of prose, its markup left out, is navigation and nothing else. Without a sign that points it must
/// say へ of each of several places, since 「前回」 alone can be anything.
pub fn is_navigation(line: &str) -> bool {
    let line = line.trim();
    if line.is_empty() || line.len() > LONGEST {
        return false;
    }
    let parts: Vec<&str> = line.split(SEPARATORS).map(str::trim).filter(|part| !part.is_empty()).collect();
    let leads = parts.iter().all(|part| is_place(part));
    leads && !parts.is_empty() && (line.contains(points) || parts.len() > 1)
}

fn is_place(part: &str) -> bool {
    // U+FE0F asks for the coloured form of a sign.
    let signs = |c: char| points(c) || c.is_whitespace() || matches!(c, '\u{FE0F}' | '【' | '】' | '[' | ']');
    let words = part.trim_matches(signs);
    if ordinals::of_link(words).is_some() && !words.contains(['「', '『', '（', '(', '。', '、']) {
        return true;
    }
    let mut rest = words;
    while let Some(shorter) = TAILS.iter().find_map(|tail| rest.strip_suffix(tail)) {
        if PLACES.contains(&rest) {
            break;
        }
        rest = shorter;
    }
    PLACES.contains(&rest)
}

#[cfg(test)]
mod tests {
    use super::is_navigation;

    #[test]
    fn navigation_is_known_by_its_signs() {
        for line in [
            "👉トップページへ",
            "👉第一回記事へ ",
            "👉 前回ページ",
            "→ 次回へ",
            "➡️ 目次に戻る",
            "← 前の話　次の話 →",
            "前回｜目次｜次回",
            "« 前へ | 次へ »",
        ] {
            assert!(is_navigation(line), "{line}");
        }
        for line in [
            "前回",
            "目次",
            "→ 訪問の前に電話を一本",
            "👉 ポイントは一つだけ",
            "売上 → 信頼",
            "前回の商談 → 次回の商談",
            "第1回（4月）・第2回（5月）",
            "",
        ] {
            assert!(!is_navigation(line), "{line}");
        }
    }
}
