//! What finds a word that is written otherwise: the normal form of its reading, and its skeleton.
//!
//! The rules are the index format's (`docs/search-format.md`, Words); the client has them too, and
//! `tests/search/vectors/normal.json` and `skeleton.json` hold both to them.

use icu_normalizer::{ComposingNormalizer, ComposingNormalizerBorrowed};
use icu_properties::CodePointMapData;
use icu_properties::props::Script;

const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizer::new_nfkc();

/// Katakana as hiragana; all else stays as it is.
pub(super) fn hiragana(text: &str) -> String {
    let shift = |c: char| match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        c => c,
    };
    NFKC.normalize(text).chars().map(shift).collect()
}

/// The normal form of a reading: one spelling for all that is said alike or nearly so. `オーサカ` and `おおさか` become `おさか`.
pub fn normal(reading: &str) -> String {
    let mut kana: Vec<char> = Vec::with_capacity(reading.len() / 3);
    for c in hiragana(reading).chars() {
        let voiced = match c {
            'ぁ' => 'ば',
            'ぃ' => 'び',
            'ぇ' => 'べ',
            'ぉ' => 'ぼ',
            _ => 'ゔ',
        };
        match c {
            'ぁ' | 'ぃ' | 'ぇ' | 'ぉ' if kana.last() == Some(&'ゔ') => {
                kana.pop();
                kana.push(voiced);
            }
            'ぢ' => kana.push('じ'),
            'づ' => kana.push('ず'),
            c => kana.push(c),
        }
    }
    for c in &mut kana {
        if *c == 'ゔ' {
            *c = 'ぶ';
        }
    }
    let mut out = String::with_capacity(reading.len());
    let mut before = None;
    for c in kana {
        let long = match c {
            'ー' => true,
            'あ' => before == Some('あ'),
            'う' => matches!(before, Some('う' | 'お')),
            'え' => before == Some('え'),
            'お' => before == Some('お'),
            _ => false,
        };
        if !long {
            out.push(c);
        }
        before = row(c);
    }
    out
}

/// The vowel of a hiragana; none for っ, ん and what is no hiragana.
fn row(c: char) -> Option<char> {
    let vowel = match c {
        'ぁ' | 'あ' | 'か' | 'が' | 'さ' | 'ざ' | 'た' | 'だ' | 'な' | 'は' | 'ば' | 'ぱ' | 'ま' | 'ゃ' | 'や'
        | 'ら' | 'ゎ' | 'わ' | 'ゕ' => 'あ',
        'ぃ' | 'い' | 'き' | 'ぎ' | 'し' | 'じ' | 'ち' | 'ぢ' | 'に' | 'ひ' | 'び' | 'ぴ' | 'み' | 'り' | 'ゐ' => {
            'い'
        }
        'ぅ' | 'う' | 'く' | 'ぐ' | 'す' | 'ず' | 'つ' | 'づ' | 'ぬ' | 'ふ' | 'ぶ' | 'ぷ' | 'む' | 'ゅ' | 'ゆ'
        | 'る' | 'ゔ' => 'う',
        'ぇ' | 'え' | 'け' | 'げ' | 'せ' | 'ぜ' | 'て' | 'で' | 'ね' | 'へ' | 'べ' | 'ぺ' | 'め' | 'れ' | 'ゑ'
        | 'ゖ' => 'え',
        'ぉ' | 'お' | 'こ' | 'ご' | 'そ' | 'ぞ' | 'と' | 'ど' | 'の' | 'ほ' | 'ぼ' | 'ぽ' | 'も' | 'ょ' | 'よ'
        | 'ろ' | 'を' => 'お',
        _ => return None,
    };
    Some(vowel)
}

/// Whether `c` stands in the block of hiragana: a kana, or a mark of one.
pub(super) fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309F}')
}

/// Whether `c` is a Han character, 々 and 〇 among them.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || (!c.is_ascii() && CodePointMapData::<Script>::new().get(c) == Script::Han)
}

/// The skeleton of a folded word: what is left without its hiragana. `None` for a word without any Han character.
pub fn skeleton(folded: &str) -> Option<String> {
    folded.chars().any(is_han).then(|| folded.chars().filter(|c| !is_hiragana(*c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vectors(text: &str) -> Vec<(String, String)> {
        serde_json::from_str(text).expect("the vectors are pairs")
    }

    #[test]
    fn the_shared_vectors_hold() {
        for (input, output) in vectors(include_str!("../../tests/search/vectors/normal.json")) {
            assert_eq!(normal(&input), output, "{input}");
        }
        for (input, output) in vectors(include_str!("../../tests/search/vectors/skeleton.json")) {
            assert_eq!(skeleton(&input).unwrap_or_default(), output, "{input}");
        }
    }
}
