//! `similar-terms`: two tags that are read alike: アポ and あぽ, AI and ＡＩ.
//!
//! Those that would lie at one URL are an error already (`E0503`).
//!
//! Bad: `tags: [あぽ]` beside `tags: [アポ]`. Good: one of them.

use std::collections::BTreeMap;

use super::Case;
use crate::diag::catalogue::lint::SIMILAR_TERMS;
use crate::diag::{Diagnostic, Fault};
use crate::slug::collision_key;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for taxonomy in &case.site.taxonomies {
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        for (at, term) in taxonomy.terms.iter().enumerate() {
            let earlier = *first.entry(folded(&term.name)).or_insert(at);
            let other = &taxonomy.terms[earlier];
            if earlier == at || other.route == term.route {
                continue;
            }
            // The one that fewer lessons have is the one to be mended.
            let (term, other) = if term.lessons.len() > other.lessons.len() { (other, term) } else { (term, other) };
            let (file, span) = &term.place;
            let fault = Fault::new(&SIMILAR_TERMS, *span)
                .arg("taxonomy", &taxonomy.label)
                .arg("term", &term.name)
                .arg("other", &other.name);
            out.push(fault.in_file(file).also(&other.place.0, other.place.1));
        }
    }
}

/// What a name sounds and looks like: width, case and kana do not count.
fn folded(name: &str) -> String {
    let katakana = |c: char| matches!(c, 'ァ'..='ヶ');
    let hiragana = |c: char| char::from_u32(u32::from(c) - 0x60).unwrap_or(c);
    collision_key(name).chars().map(|c| if katakana(c) { hiragana(c) } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::told;

    #[test]
    fn terms_that_are_read_alike_are_told() {
        let tagged = |tags: &str| format!("---\ntitle: {tags}\ntags: [{tags}]\n---\n");
        let (first, second, third) = (tagged("アポ, 断り"), tagged("アポ, 約束"), tagged("あぽ"));
        assert_eq!(told(&[(1, &first), (2, &second), (3, &third)]), ["E0718 003-l3 3:8 タグ あぽ アポ"]);
    }
}
