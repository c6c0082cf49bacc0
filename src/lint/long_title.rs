//! `long-title`: a title of more than 40 characters, as readers count them.
//!
//! Lists, tabs and search results have room for about 30 to 40 wide characters and cut off the rest.

use unicode_segmentation::UnicodeSegmentation as _;

use super::Case;
use crate::diag::catalogue::lint::LONG_TITLE;
use crate::diag::{Diagnostic, Fault};

/// In characters.
const LIMIT: usize = 40;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for input in case.texts {
        let title = &input.text.front.title;
        // Latin letters take half the room.
        let narrow = title.value.chars().filter(char::is_ascii).count();
        let length = title.value.graphemes(true).count();
        if length > LIMIT && length - narrow / 2 > LIMIT {
            let fault = Fault::new(&LONG_TITLE, title.span).arg("length", length).arg("limit", LIMIT);
            out.push(fault.in_file(&input.source));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::told;

    #[test]
    fn titles_have_forty_characters_at_most() {
        let titled = |title: &str| told(&[(1, &format!("---\ntitle: {title}\n---\n本文\n"))]);
        assert_eq!(titled(&"営".repeat(41)), ["E0715 001-l1 2:8 41 40"]);
        assert_eq!(titled(&"営".repeat(40)), Vec::<String>::new());
        assert_eq!(titled(&"か\u{3099}".repeat(40)), Vec::<String>::new());
        assert_eq!(titled("How to listen to a customer who says no again"), Vec::<String>::new());
    }
}
