//! `leaked-markup`: a delimiter that readers see.
//!
//! A pair of `**` with a space on its inner side, or without its other half, is no emphasis in CommonMark: the stars are
//! shown. The same goes for `~~`, for `:::` in the middle of a line, and for `{{`, which other generators replace.
//!
//! Bad: `これが** 大切 **です`. Good: `これが**大切**です`. Meant: `\\*\\*`.

use super::Case;
use super::edit::{Edit, Reading};
use crate::diag::catalogue::lint::LEAKED_MARKUP;
use crate::diag::{Diagnostic, Fault};
use crate::markdown::Seen;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for (input, seen) in case.observed().filter(|(_, seen)| seen.seen == Seen::Leak) {
        let escaped: String = seen.words.chars().flat_map(|c| ['\\', c]).collect();
        let fault = Fault::new(&LEAKED_MARKUP, seen.span).arg("mark", &seen.words).arg("escaped", escaped);
        out.push(fault.in_file(&input.source));
    }
}

/// Takes the spaces from the inner sides of two `**` or `~~` that stand on one line and would otherwise be a pair.
pub(super) fn mend(reading: &Reading<'_>) -> Vec<Edit> {
    let blank = |c: char| matches!(c, ' ' | '\u{3000}');
    let mut edits = Vec::new();
    let mut open = None;
    for leak in reading.seen(Seen::Leak) {
        let mark = reading.at(leak.span);
        let Some(first) = open.replace(leak.span).filter(|first| mark.len() == 2 && reading.at(*first) == mark) else {
            continue;
        };
        let (start, end) = (first.end as usize, leak.span.start as usize);
        let inner = reading.source.get(start..end).unwrap_or_default();
        let words = inner.trim_matches(blank);
        if !matches!(mark, "**" | "~~")
            || words.is_empty()
            || inner.contains(['\n', '*', '~', '`', '\\', '[', ']', '<', '|'])
        {
            continue;
        }
        let (before, after) =
            (inner.len() - inner.trim_start_matches(blank).len(), inner.trim_end_matches(blank).len());
        if before > 0 {
            edits.push(Edit::new(start..start + before, ""));
        }
        if after < inner.len() {
            edits.push(Edit::new(start + after..end, ""));
        }
        open = None;
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::super::sample::{mended, told};

    #[test]
    fn marks_that_readers_see_are_told() {
        assert_eq!(
            told(&[(1, "これが** 大切 **です。~~半分\n\n文の中の:::と{{ 変数 }}\n")]),
            [
                "E0701 001-l1 4:4 ** \\*\\*",
                "E0701 001-l1 4:10 ** \\*\\*",
                "E0701 001-l1 4:15 ~~ \\~\\~",
                "E0701 001-l1 6:5 ::: \\:\\:\\:",
                "E0701 001-l1 6:9 {{ \\{\\{",
            ]
        );
        let good = "**大切**です。\\*\\*と `** x **`\n\n```text\n** x **\n```\n\n2 * 3 * 4 と {一つ}\n";
        assert_eq!(told(&[(1, good)]), Vec::<String>::new());
    }

    #[test]
    fn spaces_inside_of_a_pair_are_taken_away() {
        assert_eq!(mended("これが** 大切 **です。\n\n**強く **言う\n"), "これが**大切**です。\n\n**強く**言う\n");
        let alone = "** 一つだけ、\nもう一つは次の行 **\n";
        assert_eq!(mended(alone), alone);
    }
}
