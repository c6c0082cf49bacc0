//! What the server itself says, in both languages; the words of diagnostics are in the catalogue.

use crate::diag::Lang;

/// `ja` or `en`.
pub(super) fn say<'a>(lang: Lang, ja: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Ja => ja,
        Lang::En => en,
    }
}
