//! Every message, once: by code, in Japanese and in English.
//!
//! A file of this folder is one stage's codes: `E01` reading, `E02` site.toml, `E03` front matter, `E04` Markdown,
//! `E05` how files relate, `E06` theme, `E07` lints, `E08` links
//! to other sites. A code is never given to another fault, even after its own is gone.

pub mod config;
pub mod external;
pub mod fields;
pub mod front_matter;
pub mod lint;
pub mod markdown;
pub mod reading;
pub mod site;
pub mod theme;

use super::Code;

/// Declares codes: `NAME = "E0101" Error { ja: "…", "…"; en: "…", "…" }`, each language a message and a help, then
/// for codes with related places what those are.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal $severity:ident {
        ja: $jm:literal, $jh:literal $(, $jr:literal)?;
        en: $em:literal, $eh:literal $(, $er:literal)? $(;)?
    })*) => {
        $($(#[$doc])* pub static $name: $crate::diag::Code = $crate::diag::Code {
            id: $id,
            severity: $crate::diag::Severity::$severity,
            ja: $crate::diag::Words { message: $jm, help: $jh, related: concat!($($jr)?) },
            en: $crate::diag::Words { message: $em, help: $eh, related: concat!($($er)?) },
        };)*
        /// All codes of this file.
        pub static ALL: &[&$crate::diag::Code] = &[$(&$name),*];
    };
}
pub(crate) use codes;

/// All codes, file by file.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [
        reading::ALL,
        config::ALL,
        fields::ALL,
        front_matter::ALL,
        markdown::ALL,
        site::ALL,
        theme::ALL,
        lint::ALL,
        external::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

/// The code with this id.
pub fn by_id(id: &str) -> Option<&'static Code> {
    all().find(|code| code.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    fn placeholders(words: &str) -> BTreeSet<&str> {
        words.split('{').skip(1).filter_map(|tail| tail.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn every_code_is_unique_and_says_the_same_in_both_languages() {
        let mut seen = BTreeSet::new();
        for code in super::all() {
            assert!(seen.insert(code.id), "{} is used twice", code.id);
            assert!(!code.ja.message.is_empty() && !code.en.message.is_empty(), "{}", code.id);
            assert_eq!(placeholders(code.ja.message), placeholders(code.en.message), "{}: message", code.id);
            assert_eq!(placeholders(code.ja.help), placeholders(code.en.help), "{}: help", code.id);
            assert_eq!(code.ja.related.is_empty(), code.en.related.is_empty(), "{}: related", code.id);
        }
    }
}
