//! `wrong-total`: 「全100回」 in a series of 110.
//!
//! Judged where the sentence speaks of the series (「この連載は全100回」「第12回（全100回）」) and the series says how many
//! lessons are planned; 「全5回の研修」 is none of its business.
//!
//! Bad: `この連載は全100回です。`. Good: `この連載は全110回です。`, or no number at all.

use super::Case;
use crate::diag::catalogue::lint::WRONG_TOTAL;
use crate::diag::{Diagnostic, Fault};
use crate::markdown::Seen;
use crate::text::ordinals::Claim;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for (text, seen) in case.published() {
        let Seen::Prose(Claim::Total(said)) = seen.seen else { continue };
        if let Some(total) = case.series(text).and_then(|series| case.planned(series)).filter(|total| *total != said) {
            let fault = Fault::new(&WRONG_TOTAL, seen.span).arg("said", said).arg("total", total);
            out.push(fault.in_file(&case.site.texts[text].source));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::told;

    #[test]
    fn the_number_of_lessons_is_the_planned_one() {
        let body = "この連載は全9回です。第1回（全１１回）。この連載は全十回。全5回の研修に出た。\n";
        assert_eq!(told(&[(1, body)]), ["E0708 001-l1 4:6 9 10", "E0708 001-l1 4:16 11 10"]);
    }
}
