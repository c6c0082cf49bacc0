//! `own-number`: a lesson that calls itself by another number than its file's name.
//!
//! Judged in titles that begin with 「第13回」 and in 「今回は第13回」.
//!
//! Bad, in `012-quota.md`: `title: 第13回 ノルマ`. Good: `title: ノルマ`; the page shows the number.

use super::Case;
use crate::diag::catalogue::lint::OWN_NUMBER;
use crate::diag::{Diagnostic, Fault};
use crate::markdown::Seen;
use crate::text::ordinals::{self, Claim};

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for lesson in &case.site.lessons {
        let node = &case.site.texts[lesson.text];
        let title = &node.text.front.title;
        let claims = node.text.facts.observations.iter().filter_map(|seen| match seen.seen {
            Seen::Prose(Claim::Own(said)) => Some((said, seen.span)),
            _ => None,
        });
        let titled = ordinals::of_title(&title.value).map(|said| (said, title.span));
        for (said, span) in titled.into_iter().chain(claims).filter(|(said, _)| *said != lesson.number) {
            let fault = Fault::new(&OWN_NUMBER, span).arg("said", said).arg("number", lesson.number);
            out.push(fault.in_file(&node.source));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::told;

    #[test]
    fn a_lesson_knows_its_number() {
        assert_eq!(
            told(&[(2, "---\ntitle: 第3回 聴く\n---\n今回は第4回です。今回は第2回。今回は第7回の商談です。\n")]),
            ["E0709 002-l2 2:8 3 2", "E0709 002-l2 4:4 4 2"]
        );
    }
}
