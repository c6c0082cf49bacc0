//! `heading-jump`: a heading more than one level below the one before it, or below the title.
//!
//! Screen readers go from level to level, and a table of contents has no place for what lies between. WCAG 2.2, technique
//! G141, asks for the same.
//!
//! Bad: `##` then `####`. Good: `##` then `###`.

use super::Case;
use crate::diag::catalogue::lint::HEADING_JUMP;
use crate::diag::{Diagnostic, Fault};

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    for input in case.texts {
        // The title is the first.
        let mut above = 1;
        for heading in &input.text.facts.headings {
            if heading.level > above + 1 {
                let fault = Fault::new(&HEADING_JUMP, heading.span)
                    .arg("from", above)
                    .arg("to", heading.level)
                    .arg("marks", "#".repeat(usize::from(above) + 1));
                out.push(fault.in_file(&input.source));
            }
            above = heading.level;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::told;

    #[test]
    fn levels_go_down_one_by_one() {
        let body = "### 三\n\n本文\n\n## 二\n\n#### 四\n\n本文\n\n## 二\n\n本文\n";
        assert_eq!(told(&[(1, body)]), ["E0713 001-l1 4:1 1 3 ##", "E0713 001-l1 10:1 2 4 ###"]);
        assert_eq!(told(&[(1, "## 二\n\n### 三\n\n本文\n\n> [!まとめ]\n> 聴く。\n")]), Vec::<String>::new());
    }
}
