//! `mixed-spelling`: a word that the site writes in several ways: サーバ and サーバー.
//!
//! The words are a short list of those that are often mixed (`content::spelling`). What most of the site writes wins; in
//! a draw, what is usual today. Where nothing is mixed, nothing is said.

use super::Case;
use crate::diag::catalogue::lint::MIXED_SPELLING;
use crate::diag::{Diagnostic, Fault};
use crate::text::Span;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    let forms: usize = case.spellings.words().iter().map(|word| word.forms.len()).sum();
    let mut counts = vec![0_usize; forms];
    for node in &case.site.texts {
        for (form, places) in &node.text.spellings {
            if let Some(count) = counts.get_mut(usize::from(*form)) {
                *count += places.len();
            }
        }
    }
    // For each form, the one that wins where it is another.
    let mut winners: Vec<Option<usize>> = vec![None; forms];
    let mut names = Vec::with_capacity(forms);
    let mut start = 0;
    for word in case.spellings.words() {
        let all = start..start + word.forms.len();
        names.extend(word.forms.iter().map(String::as_str));
        // The first of those that are written most.
        let best = all.clone().rev().max_by_key(|form| counts[*form]).filter(|_| !word.own);
        for form in all.clone().filter(|form| best != Some(*form)) {
            winners[form] = best;
        }
        start = all.end;
    }
    for node in &case.site.texts {
        for (form, places) in &node.text.spellings {
            let form = usize::from(*form);
            let Some(best) = winners.get(form).copied().flatten() else { continue };
            let mut places = places.iter().map(|at| Span::new(*at as usize..*at as usize + names[form].len()));
            let Some(first) = places.next() else { continue };
            let fault = Fault::new(&MIXED_SPELLING, first)
                .arg("found", names[form])
                .arg("preferred", names[best])
                .arg("count", counts[form])
                .arg("others", counts[best]);
            out.push(places.fold(fault, Fault::also).in_file(&node.source));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::told;

    #[test]
    fn the_majority_of_the_site_wins() {
        let lessons = [(1, "サーバとサーバ。\n"), (2, "サーバとサーバー。ユーザー。\n"), (3, "サーバーのユーザ。\n")];
        assert_eq!(
            told(&lessons),
            [
                "E0712 002-l2 4:5 サーバー サーバ 2 3",
                "E0712 003-l3 4:1 サーバー サーバ 2 3",
                "E0712 003-l3 4:6 ユーザ ユーザー 1 1",
            ]
        );
        assert_eq!(told(&[(1, "サーバだけ。\n")]), Vec::<String>::new());
    }
}
