//! The normal form of a reading, by which the search dictionary is sorted and asked.
//!
//! The rule stands here and is followed in JavaScript too; `tests/search/vectors/normal.json` holds for both.

use super::chars::hiragana;

/// The normal form of a reading as a key: different habits of writing one sound give one key.
///
/// `reading` is already folded by NFKC and lower case. The rule, character by character from the left:
///
/// 1. Katakana U+30A1–U+30F6, ヽ and ヾ become hiragana (less 0x60).
/// 2. づ → ず, ぢ → じ.
/// 3. ゔ before ぁ, ぃ, ぇ or ぉ → ば, び, べ or ぼ, and the small vowel goes; ゔ before ゃ, ゅ or ょ → び, and the small kana
///    stays; else ゔ → ぶ.
/// 4. A kana that only lengthens the kana that was *kept* before it goes: ー behind any hiragana; あ behind a kana of the
///    あ row (あ か さ … ゃ ゎ ぁ); う behind the う row (… ゅ ぅ); え behind the え row (… ぇ); う or お behind the お row
///    (… を ょ ぉ). い always stays, and so does every small kana.
/// 5. Everything else stays as it is, and lengthens nothing.
///
/// What was dropped is not looked at again: in こうおん the う goes, then お stands behind こ and goes too: こん.
///
/// ```
/// use hiketsu::lexicon::normal;
/// assert_eq!(normal("えいぎょう"), "えいぎょ");
/// assert_eq!(normal("サーヴィス"), "さびす");
/// ```
pub fn normal(reading: &str) -> String {
    let mut key = String::with_capacity(reading.len());
    let mut kept: Option<char> = None;
    let mut rest = reading.chars().map(hiragana).peekable();
    while let Some(c) = rest.next() {
        let c = match c {
            'づ' => 'ず',
            'ぢ' => 'じ',
            'ゔ' => {
                let row = match rest.peek() {
                    Some('ぁ') => Some('ば'),
                    Some('ぃ') => Some('び'),
                    Some('ぇ') => Some('べ'),
                    Some('ぉ') => Some('ぼ'),
                    _ => None,
                };
                match (row, rest.peek()) {
                    (Some(row), _) => {
                        rest.next();
                        row
                    }
                    (None, Some('ゃ' | 'ゅ' | 'ょ')) => 'び',
                    _ => 'ぶ',
                }
            }
            c => c,
        };
        if !kept.is_some_and(|before| lengthens(before, c)) {
            key.push(c);
            kept = Some(c);
        }
    }
    key
}

/// Whether `c` behind `before` only makes it longer.
fn lengthens(before: char, c: char) -> bool {
    match c {
        'ー' => matches!(before, 'ぁ'..='ゖ'),
        'あ' => A_ROW.contains(before),
        'う' => U_ROW.contains(before) || O_ROW.contains(before),
        'え' => E_ROW.contains(before),
        'お' => O_ROW.contains(before),
        _ => false,
    }
}

const A_ROW: &str = "ぁあかがさざただなはばぱまゃやらゎわゕ";
const U_ROW: &str = "ぅうくぐすずつゔぬふぶぷむゅゆる";
const E_ROW: &str = "ぇえけげせぜてでねへべぺめれゑゖ";
const O_ROW: &str = "ぉおこごそぞとどのほぼぽもょよろを";
