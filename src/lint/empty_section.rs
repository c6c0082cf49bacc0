//! `empty-section`: a heading with nothing under it.
//!
//! A heading that is followed by one of a lower level is not empty: that one begins its first part.
//!
//! Bad: `## 準備` at the end of a file. Good: the heading and a sentence.

use super::Case;
use crate::diag::catalogue::lint::EMPTY_SECTION;
use crate::diag::{Diagnostic, Fault};
use crate::markdown::Seen;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for (input, seen) in case.observed().filter(|(_, seen)| seen.seen == Seen::Empty) {
        let heading = input.text.facts.headings.iter().find(|heading| heading.span == seen.span);
        let words = heading.map_or(seen.words.as_str(), |heading| heading.text.as_str());
        out.push(Fault::new(&EMPTY_SECTION, seen.span).arg("heading", words).in_file(&input.source));
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::told;

    #[test]
    fn headings_have_something_under_them() {
        let body = "## 一\n\n## 二\n\n### 二の一\n\n本文\n\n### 二の**二**\n\n<!-- まだ -->\n";
        assert_eq!(told(&[(1, body)]), ["E0714 001-l1 4:1 一", "E0714 001-l1 12:1 二の二"]);
    }
}
