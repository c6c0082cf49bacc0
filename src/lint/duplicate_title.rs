//! `duplicate-title`: two published texts of one folder with one title, which readers cannot tell apart in a list.

use std::collections::BTreeMap;

use super::Case;
use crate::diag::catalogue::lint::DUPLICATE_TITLE;
use crate::diag::{Diagnostic, Fault};
use crate::slug::collision_key;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (at, node) in case.site.texts.iter().enumerate() {
        let title = &node.text.front.title;
        let key = (node.source.folder(), collision_key(title.value.trim()));
        if title.value.is_empty() {
            continue;
        }
        let earlier = *first.entry(key).or_insert(at);
        if earlier != at {
            let other = &case.site.texts[earlier];
            let fault = Fault::new(&DUPLICATE_TITLE, title.span).arg("title", &title.value).in_file(&node.source);
            out.push(fault.also(&other.source, other.text.front.title.span));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::told;

    #[test]
    fn titles_differ() {
        let same = "---\ntitle: 聴く\n---\n";
        assert_eq!(told(&[(1, same), (2, ""), (3, same)]), ["E0716 003-l3 2:8 聴く"]);
    }
}
