//! `preferred-term`: a word that `[lint.terms]` wants written in another way.
//!
//! Bad, with `"お客様" = ["お客さま"]`: `お客さまの声`. Good: `お客様の声`.

use super::Case;
use super::edit::{Edit, Reading};
use crate::content::Spellings;
use crate::diag::catalogue::lint::PREFERRED_TERM;
use crate::diag::{Diagnostic, Fault};
use crate::text::Span;

pub(super) fn judge(case: &Case<'_>, out: &mut Vec<Diagnostic>) {
    let wanted = wanted(case.spellings);
    for input in case.texts {
        for (form, places) in &input.text.spellings {
            let Some((found, Some(preferred))) = wanted.get(usize::from(*form)) else { continue };
            let mut places = places.iter().map(|at| Span::new(*at as usize..*at as usize + found.len()));
            let Some(first) = places.next() else { continue };
            let fault = Fault::new(&PREFERRED_TERM, first).arg("found", found).arg("preferred", preferred);
            out.push(places.fold(fault, Fault::also).in_file(&input.source));
        }
    }
}

/// For each form, itself and what is to be written instead.
fn wanted(spellings: &Spellings) -> Vec<(&str, Option<&str>)> {
    let words = spellings.words().iter();
    let forms = words.flat_map(|word| {
        let right = word.forms.first().map(String::as_str).filter(|_| word.own);
        word.forms.iter().map(move |form| (form.as_str(), right.filter(|right| right != form)))
    });
    forms.collect()
}

/// Writes the word as the site wants it.
pub(super) fn mend(reading: &Reading<'_>) -> Vec<Edit> {
    let wanted = wanted(reading.spellings);
    let mut edits = Vec::new();
    for (form, places) in &reading.text.spellings {
        if let Some((found, Some(preferred))) = wanted.get(usize::from(*form)) {
            edits.extend(places.iter().map(|at| Edit::new(*at as usize..*at as usize + found.len(), *preferred)));
        }
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::super::sample::{mended, told};

    #[test]
    fn a_word_is_told_once_a_text_with_all_its_places() {
        let body = "お客さまと{お客さま|おきゃくさま}、`お客さま`、[声](#お客さま)。\n\n## お客さま\n\nお客様。\n";
        assert_eq!(told(&[(1, body)]), ["E0711 001-l1 4:1 お客さま お客様"]);
    }

    #[test]
    fn words_are_written_as_the_site_wants_them() {
        assert_eq!(mended("お客さまと**おきゃくさま**と`お客さま`\n"), "お客様と**お客様**と`お客さま`\n");
    }
}
