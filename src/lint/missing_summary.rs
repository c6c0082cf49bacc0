//! `missing-summary`: a lesson without a まとめ, where it is the habit of its series to have one (five lessons or more,
//! three quarters of all): it is missing from the page that collects them. Where the site sets the rule's level, every
//! lesson is asked for one.

use super::Case;
use crate::diag::catalogue::lint::MISSING_SUMMARY;
use crate::diag::{Diagnostic, Fault};

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    let wanted = case.site.config.lint.is_set("missing-summary");
    for series in &case.site.series {
        let lessons = &case.site.lessons[series.lessons.clone()];
        let has = |text: usize| !case.site.texts[text].text.takeaways.is_empty();
        let with = lessons.iter().filter(|lesson| has(lesson.text)).count();
        if !wanted && (with < 5 || with * 4 < lessons.len() * 3) {
            continue;
        }
        for lesson in lessons.iter().filter(|lesson| !has(lesson.text)) {
            let node = &case.site.texts[lesson.text];
            out.push(Fault::new(&MISSING_SUMMARY, node.text.front.title.span).in_file(&node.source));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{told, told_of};

    #[test]
    fn a_lesson_is_asked_for_what_most_have() {
        let with = "> [!まとめ]\n> 聴く。\n";
        let mut lessons = vec![(1, with), (2, with), (3, "本文\n"), (4, with), (5, with)];
        assert_eq!(told(&lessons), Vec::<String>::new());
        lessons.push((6, with));
        assert_eq!(told(&lessons), ["E0717 003-l3 2:8"]);
        let site = "title = \"x\"\nbase_url = \"https://example.com/\"\n[lint]\nmissing-summary = \"warning\"\n";
        assert_eq!(told_of(site, &[(1, "本文\n")]), ["E0717 001-l1 2:8"]);
    }
}
