//! `typed-navigation`: 「👉前回ページ」 and the like, typed at the end of a lesson.
//!
//! Every page has these links already, and they stay right when lessons are added or moved; typed ones do not.
//!
//! Bad: `👉トップページへ`. Good: nothing.

use super::Case;
use super::edit::{Edit, Reading};
use crate::diag::catalogue::lint::TYPED_NAVIGATION;
use crate::diag::{Diagnostic, Fault};
use crate::markdown::Seen;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for (input, seen) in case.observed().filter(|(_, seen)| seen.seen == Seen::Navigation) {
        out.push(Fault::new(&TYPED_NAVIGATION, seen.span).arg("line", &seen.words).in_file(&input.source));
    }
}

/// Removes the lines, and the empty ones that were between them.
pub(super) fn mend(reading: &Reading<'_>) -> Vec<Edit> {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for seen in reading.seen(Seen::Navigation) {
        let range = seen.span.range();
        let start = reading.line_start(range.start);
        let above = reading.before(start);
        // In a list or a quote the line holds more than the words; after a backslash, the line above would show it.
        let alone = reading.source.get(start..range.start).is_some_and(|indent| indent.chars().all(|c| c == ' '));
        if !alone || above.ends_with("\\\n") {
            continue;
        }
        let end = reading.line_end(range.end);
        match groups.last_mut() {
            Some(last) if reading.source.get(last.end..start).is_some_and(|between| between.trim().is_empty()) => {
                last.end = end;
            }
            _ => groups.push(start..end),
        }
    }
    let blank = |text: &str| text.trim_end_matches([' ', '\t', '\n']).len();
    let whole = groups.into_iter().map(|mut group| {
        let (above, below) = (reading.before(group.start), reading.after(group.end));
        let body = reading.text.front.span.end as usize;
        if below.trim().is_empty() && above.ends_with("\n\n") {
            // Nothing follows: the file ends after the line above, as files do.
            group = (blank(above) + 1).max(body).min(group.start)..reading.source.len();
        } else if above.is_empty() || above.ends_with("\n\n") {
            group.end += below.len() - below.trim_start_matches('\n').len();
        }
        Edit::new(group, "")
    });
    whole.collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{mended, told};

    #[test]
    fn lines_that_are_navigation_are_told() {
        assert_eq!(
            told(&[
                (1, "本文。\n\n👉トップページへ\n\n👉第一回記事へ \n\n[👉 次回](002-l2.md)\n\n- → 目次へ\n"),
                (2, "")
            ]),
            [
                "E0705 001-l1 6:1 👉トップページへ",
                "E0705 001-l1 8:1 👉第一回記事へ",
                "E0705 001-l1 10:1 [👉 次回](002-l2.md)",
                "E0705 001-l1 12:3 → 目次へ",
            ]
        );
        let good =
            "[前の話](002-l2.md)で書きました。\n\n→ 訪問の前に電話を。\n\n`👉 次回`\n\n前回の商談 → 次回の商談\n";
        assert_eq!(told(&[(1, good), (2, ""), (3, "")]), ["E0707 001-l1 4:1 前の話 2 話2"]);
    }

    #[test]
    fn the_lines_go_away_and_nothing_else() {
        assert_eq!(mended("本文。\n\n👉トップページへ\n\n👉第一回記事へ \n"), "本文。\n");
        assert_eq!(mended("👉 前回\n\n本文。\n"), "本文。\n");
        assert_eq!(mended("前。\n\n👉 前回\n\n後。\n"), "前。\n\n後。\n");
        assert_eq!(mended("前。\n👉 前回\n後。\n"), "前。\n後。\n");
        assert_eq!(mended("- → 目次へ\n"), "- → 目次へ\n");
    }
}
