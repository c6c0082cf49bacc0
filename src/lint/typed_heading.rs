//! `typed-heading`: headings and lines drawn with `=`, as in plain text mail: `====まとめ====`.
//!
//! Bad: `====まとめ====`. Good: a box that begins with `> [!まとめ]`, or `## まとめ`.

use super::Case;
use super::edit::{Edit, Reading};
use crate::diag::catalogue::lint::{TYPED_HEADING, TYPED_RULE};
use crate::diag::{Diagnostic, Fault};
use crate::markdown::Seen;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for (input, seen) in case.observed() {
        let code = match seen.seen {
            Seen::TypedHeading => &TYPED_HEADING,
            Seen::TypedRule => &TYPED_RULE,
            _ => continue,
        };
        out.push(Fault::new(code, seen.span).in_file(&input.source));
    }
}

/// Makes a box of a まとめ that ends with a line of `=`, and a heading of any other; such a line goes away.
pub(super) fn mend(reading: &Reading<'_>) -> Vec<Edit> {
    let drawn = |seen: &&crate::markdown::Observation| matches!(seen.seen, Seen::TypedHeading | Seen::TypedRule);
    let lines: Vec<_> = reading.text.facts.observations.iter().filter(drawn).collect();
    let mut edits = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let range = line.span.range();
        if line.seen == Seen::TypedRule {
            let start = reading.line_start(range.start);
            let end = reading.line_end(range.end);
            let above = reading.before(start);
            // Between empty lines, the line goes with those below it.
            let apart = above.is_empty() || above.ends_with("\n\n");
            let blank = reading.after(end).len() - reading.after(end).trim_start_matches('\n').len();
            edits.push(if apart { Edit::new(start..end + blank, "") } else { Edit::new(range, "") });
            continue;
        }
        let words = reading.at(line.span).trim_matches(['=', '＝', ' ', '\u{3000}']);
        let end = lines.get(at + 1).filter(|next| next.seen == Seen::TypedRule).map(|next| next.span.start as usize);
        let summary = words.contains("まとめ") || words.eq_ignore_ascii_case("summary");
        let Some(end) = end.filter(|_| summary) else {
            edits.push(Edit::new(range, format!("## {words}")));
            continue;
        };
        let kind = if words.contains("まとめ") { "まとめ" } else { "SUMMARY" };
        let title = if words == kind || kind == "SUMMARY" { String::new() } else { format!(" {words}") };
        edits.push(Edit::new(range.clone(), format!("> [!{kind}]{title}")));
        let last = reading.line_start(end);
        let inner = reading.source.get(..last).unwrap_or_default().trim_end().len();
        let mut start = reading.line_end(range.end);
        let mut first = true;
        while start < inner {
            let line = reading.at(crate::text::Span::new(start..reading.line_end(start)));
            let blank = line.trim().is_empty();
            // The line after the head is an empty one, so that lists and tables may follow.
            let head = if first && !blank { ">\n" } else { "" };
            edits.push(Edit::new(start..start, format!("{head}>{}", if blank { "" } else { " " })));
            first = false;
            start += line.len();
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::super::sample::{mended, told};

    #[test]
    fn what_is_drawn_with_signs_is_told() {
        assert_eq!(
            told(&[(1, "本文。\n\n====まとめ=======\n\n1. 聴く。\n\n==================\n")]),
            ["E0703 001-l1 6:1", "E0704 001-l1 10:1"]
        );
        let good = "==大切==なこと\n\n```text\n====まとめ====\n```\n\n> ====引用====\n\na == b\n";
        assert_eq!(told(&[(1, good)]), Vec::<String>::new());
    }

    #[test]
    fn a_summary_becomes_a_box_and_anything_else_a_heading() {
        assert_eq!(
            mended("本文。\n\n====まとめ====\n\n1.聴く。\n\n2.尋ねる。\n\n========\n\n続き。\n"),
            "本文。\n\n> [!まとめ]\n>\n> 1. 聴く。\n>\n> 2. 尋ねる。\n\n続き。\n"
        );
        assert_eq!(mended("===今日のまとめ===\n聴く。\n\n======\n"), "> [!まとめ] 今日のまとめ\n>\n> 聴く。\n\n");
        assert_eq!(mended("=== 準備 ===\n\n本文。\n"), "## 準備\n\n本文。\n");
    }
}
