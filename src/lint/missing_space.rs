//! `missing-space`: `1.項目` and `##見出し`, which are neither a list nor a heading without the space.
//!
//! A line may begin with a number by chance, so items count only from 1 on; `1.5倍` is none.
//!
//! Bad: `1.先に聴く`. Good: `1. 先に聴く`.

use super::Case;
use super::edit::{Edit, Reading};
use crate::diag::catalogue::lint::MISSING_SPACE;
use crate::diag::{Diagnostic, Fault};
use crate::markdown::Seen;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for (input, seen) in case.observed().filter(|(_, seen)| seen.seen == Seen::NoSpace) {
        let mark = seen.words.as_str();
        let escaped = match mark.strip_suffix(['.', ')']) {
            Some(number) => mark.replacen(number, &format!("{number}\\"), 1),
            None => format!("\\{mark}"),
        };
        let fault = Fault::new(&MISSING_SPACE, seen.span).arg("mark", mark).arg("escaped", escaped);
        out.push(fault.in_file(&input.source));
    }
}

/// Puts the space there.
pub(super) fn mend(reading: &Reading<'_>) -> Vec<Edit> {
    let places = reading.seen(Seen::NoSpace).map(|seen| seen.span.end as usize);
    places.map(|at| Edit::new(at..at, " ")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{mended, told};

    #[test]
    fn items_and_headings_without_their_space_are_told() {
        assert_eq!(
            told(&[(1, "1.聴く。\n\n2.尋ねる。\n\n##見出し\n\n> 1)引用\n")]),
            [
                "E0702 001-l1 4:1 1. 1\\.",
                "E0702 001-l1 6:1 2. 2\\.",
                "E0702 001-l1 8:1 ## \\##",
                "E0702 001-l1 10:3 1) 1\\)"
            ]
        );
        let good = "1.5倍、\n2026.4月、\n7.まで続く\n\n#タグ\n\n`a\n1.コード`\n\n    1.コード\n\n1\\.項目\n";
        assert_eq!(told(&[(1, good)]), Vec::<String>::new());
    }

    #[test]
    fn the_space_is_put_there() {
        assert_eq!(mended("1.聴く。\n2.**尋ねる**。\n"), "1. 聴く。\n2. **尋ねる**。\n");
        assert_eq!(mended("##見出し\n"), "## 見出し\n");
    }
}
