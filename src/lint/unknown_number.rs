//! `unknown-number`: 「第999回」 in a series of 110.
//!
//! Judged where it is a link that leads to no lesson, and where prose refers to it (「第999回で書いたように」).
//!
//! Bad: `第999回で書いたように`. Good: `[[listen]]で書いたように`.

use super::Case;
use crate::diag::catalogue::lint::UNKNOWN_NUMBER;
use crate::diag::{Diagnostic, Fault};
use crate::markdown::Seen;
use crate::text::ordinals::Claim;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for (text, seen) in case.published() {
        let said = match seen.seen {
            Seen::Prose(Claim::Exists(said)) => said,
            Seen::Link(link, Claim::Number(said)) if case.linked(text, link).is_none() => said,
            _ => continue,
        };
        if let Some(series) = case.series(text).filter(|series| said == 0 || said > series.total) {
            let fault = Fault::new(&UNKNOWN_NUMBER, seen.span).arg("said", said).arg("total", series.total);
            out.push(fault.in_file(&case.site.texts[text].source));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::told;

    #[test]
    fn numbers_beyond_the_series_are_told() {
        let body = "第999回で書いたように、[第11回](https://example.com/)、第10回で書くように、第11回の打ち合わせ\n";
        assert_eq!(told(&[(1, body)]), ["E0710 001-l1 4:1 999 10", "E0710 001-l1 4:14 11 10"]);
    }
}
