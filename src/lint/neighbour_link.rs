//! `neighbour-link`: a link that says 「前回」 or 「次回」 and leads to a lesson that is not.
//!
//! Before and after are told in the order of reading, among published lessons. 「前回の商談」 says nothing of lessons.
//!
//! Bad, in lesson 12: `[前回](010-close.md)` where 11 is published. Good: `[[close]]`.

use super::Case;
use crate::diag::catalogue::lint::NEIGHBOUR_LINK;
use crate::diag::{Diagnostic, Fault};
use crate::markdown::Seen;
use crate::text::Span;
use crate::text::ordinals::Claim;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for (text, seen) in case.published() {
        let (link, before) = match seen.seen {
            Seen::Link(link, Claim::Previous) => (link, true),
            Seen::Link(link, Claim::Next) => (link, false),
            _ => continue,
        };
        let (Some(own), Some(target)) = (case.lesson(text), case.linked(text, link)) else { continue };
        let run = &case.site.series[case.site.lessons[own].series].lessons;
        let right = if before { own.checked_sub(1) } else { Some(own + 1) }.filter(|right| run.contains(right));
        if right != Some(target) {
            let lesson = &case.site.lessons[target];
            let fault = Fault::new(&NEIGHBOUR_LINK, seen.span)
                .arg("said", &seen.words)
                .arg("number", lesson.number)
                .arg("title", case.title(lesson))
                .arg_opt("right", right.map(|right| case.site.lessons[right].number));
            let target = &case.site.texts[lesson.text].source;
            out.push(fault.in_file(&case.site.texts[text].source).also(target, Span::default()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::told;

    #[test]
    fn before_and_after_are_those_in_the_order_of_reading() {
        let body = "[前回](001-l1.md)、[次回の話](005-l5.md)、[[l1|前回の商談]]、[[l3|次回]]、前回\n";
        assert_eq!(
            told(&[(1, ""), (2, body), (5, "[前の記事](002-l2.md)、[次へ](001-l1.md)\n"), (3, "")]),
            ["E0707 002-l2 4:17 次回の話 5 話5 3", "E0707 005-l5 4:1 前の記事 2 話2 3", "E0707 005-l5 4:19 次へ 1 話1"]
        );
    }
}
