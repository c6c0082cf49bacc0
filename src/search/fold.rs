//! Folding: what is the same to a reader who searches. Half width and full width, capitals and small letters, composed
//! and decomposed characters; nothing else is.
//!
//! The rule is the index format's (`docs/search-format.md`, Folding); the client has it too, and the vectors in
//! `tests/search/vectors/fold.json` hold both to it.

use icu_normalizer::{ComposingNormalizer, ComposingNormalizerBorrowed};
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};

const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizer::new_nfkc();

/// `text`, folded.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut |c| out.push(c));
    out
}

/// Gives the code points of folded `text` to `out`.
pub(super) fn fold_into(text: &str, out: &mut impl FnMut(char)) {
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        let mut end = start + first.len_utf8();
        let mut alone = true;
        while let Some((at, c)) = rest.next_if(|(_, c)| continues(*c)) {
            end = at + c.len_utf8();
            alone = false;
        }
        if alone && is_fixed(first) {
            out(first);
        } else if alone && first.is_ascii() {
            out(space(first.to_ascii_lowercase()));
        } else {
            fold_cluster(text.get(start..end).unwrap_or_default(), out);
        }
    }
}

fn fold_cluster(cluster: &str, out: &mut impl FnMut(char)) {
    let lower: String = NFKC.normalize(cluster).chars().flat_map(char::to_lowercase).collect();
    for c in NFKC.normalize(&lower).chars() {
        out(space(c));
    }
}

/// Whether `c` belongs to the cluster of the code point before it.
pub(super) fn continues(c: char) -> bool {
    match c {
        '\0'..='\u{2FF}' => false,
        c if is_fixed(c) => false,
        '\u{FF9E}' | '\u{FF9F}' | '\u{1160}'..='\u{11FF}' => true,
        c => GeneralCategoryGroup::Mark.contains(CodePointMapData::<GeneralCategory>::new().get(c)),
    }
}

/// By far the most: kana, the ideographs of daily use, and the punctuation between them. None of it changes, and none
/// of it is a mark.
fn is_fixed(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3002}' | '\u{300C}'..='\u{300F}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FC}'
        | '\u{4E00}'..='\u{9FFF}')
}

/// White space as JavaScript's `\s` has it, and controls, become a space; a line feed stays.
fn space(c: char) -> char {
    match c {
        '\n' => '\n',
        '\0'..='\u{1F}'
        | '\u{A0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200A}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{3000}'
        | '\u{FEFF}' => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_shared_vectors_hold() {
        let text = include_str!("../../tests/search/vectors/fold.json");
        let vectors: Vec<(String, String)> = serde_json::from_str(text).expect("the vectors are pairs");
        for (input, output) in vectors {
            assert_eq!(fold(&input), output, "{input:?}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_gives_what_the_long_one_does(text in "[a-zA-Z0-9 ぁ-ヿ㐀-鿿\u{3099}\u{FF9E}！-ﾟ]{0,40}") {
            let mut long = String::new();
            let mut cluster = String::new();
            for c in text.chars() {
                if !continues(c) {
                    fold_cluster(&cluster, &mut |c| long.push(c));
                    cluster.clear();
                }
                cluster.push(c);
            }
            fold_cluster(&cluster, &mut |c| long.push(c));
            prop_assert_eq!(fold(&text), long);
        }

        #[test]
        fn folding_again_changes_nothing(text in "\\PC{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
