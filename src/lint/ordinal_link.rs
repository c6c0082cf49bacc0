//! `ordinal-link`: a link that says 「第12回」 and leads to another lesson.
//!
//! Only what the whole link says counts: 「第1回の打ち合わせ」 is no number of a lesson.
//!
//! Bad: `[第12回](013-price.md)`. Good: `[第13回](013-price.md)`, `[[price]]`.

use super::Case;
use crate::diag::catalogue::lint::ORDINAL_LINK;
use crate::diag::{Diagnostic, Fault};
use crate::markdown::Seen;
use crate::text::Span;
use crate::text::ordinals::Claim;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for (text, seen) in case.published() {
        let Seen::Link(link, Claim::Number(said)) = seen.seen else { continue };
        let Some(lesson) = case.linked(text, link).map(|lesson| &case.site.lessons[lesson]) else { continue };
        if lesson.number != said {
            let fault = Fault::new(&ORDINAL_LINK, seen.span)
                .arg("said", said)
                .arg("number", lesson.number)
                .arg("title", case.title(lesson));
            let target = &case.site.texts[lesson.text].source;
            out.push(fault.in_file(&case.site.texts[text].source).also(target, Span::default()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::told;

    #[test]
    fn the_number_is_compared_with_the_lesson() {
        let body =
            "[第３回](002-l2.md)、[[l2|第二回]]、[第2回「断り」](002-l2.md)、[第3回の打ち合わせ](002-l2.md)、第3回\n";
        assert_eq!(told(&[(1, body), (2, "")]), ["E0706 001-l1 4:1 3 2 話2"]);
    }
}
