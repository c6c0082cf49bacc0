//! Names for URLs and files: which names are safe on every host, slugs made from free text, and the key under which
//! two names are the same to some file system.

use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizer, ComposingNormalizerBorrowed};

/// The longest name of a file or folder, in bytes: what common file systems allow.
pub const MAX_NAME: usize = 255;

const NFC: ComposingNormalizerBorrowed<'static> = ComposingNormalizer::new_nfc();
const NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizer::new_nfkc();

/// `text` in Unicode Normalization Form C: the form of every name that is written.
pub fn nfc(text: &str) -> String {
    NFC.normalize(text).into_owned()
}

/// The key under which names collide: NFKC, then full case folding, then NFKC again (UAX #15 and Unicode 3.13). Two
/// names with one key are one file on some file system, or look alike to a reader.
pub fn collision_key(name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        return name.to_owned();
    }
    NFKC.normalize(&CaseMapper::new().fold_string(&NFKC.normalize(name))).into_owned()
}

/// Why a name cannot be used on every host.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// Nothing in it.
    Empty,
    /// A character that some file system or URL does not take.
    Character(char),
    /// It ends with a dot or a space.
    Ending,
    /// A device on Windows: `CON`, `NUL`, `COM1`.
    Device,
    /// Longer than [`MAX_NAME`] bytes.
    Long,
}

/// Checks one name (not a path): no `/`, no control character, none of `<>:"|?*\`, no device name of Windows, no dot
/// or space at its end, at most [`MAX_NAME`] bytes. The rules are Microsoft's "Naming Files, Paths, and Namespaces".
pub fn check_name(name: &str) -> Result<(), NameFault> {
    if name.is_empty() {
        return Err(NameFault::Empty);
    }
    if let Some(bad) = name.chars().find(|c| c.is_control() || "<>:\"|?*\\/#%".contains(*c)) {
        return Err(NameFault::Character(bad));
    }
    if name.ends_with(['.', ' ', '\u{3000}']) || name.starts_with(' ') {
        return Err(NameFault::Ending);
    }
    let stem = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    let numbered = |prefix| {
        stem.strip_prefix(prefix).is_some_and(|n| {
            n.chars().count() == 1 && n != "0" && n.chars().all(|c| c.is_ascii_digit() || "¹²³".contains(c))
        })
    };
    if matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
    {
        return Err(NameFault::Device);
    }
    if name.len() > MAX_NAME {
        return Err(NameFault::Long);
    }
    Ok(())
}

/// A name that [`check_name`] takes, made from free text: NFKC, lower case, `-` for white space and for what may not
/// stand in a name; Japanese stays Japanese.
pub fn slugify(text: &str) -> String {
    let folded = NFKC.normalize(text).to_lowercase();
    let mut slug = String::with_capacity(folded.len());
    for c in folded.chars() {
        let keep = c.is_alphanumeric() || c == '_' || c == 'ー' || c == '々';
        match (keep, slug.ends_with('-')) {
            (true, _) => slug.push(c),
            (false, false) if !slug.is_empty() => slug.push('-'),
            _ => {}
        }
    }
    // Room for `index.html` and a number beside it.
    while slug.len() > MAX_NAME - 55 {
        slug.pop();
    }
    let slug = slug.trim_end_matches('-');
    match check_name(slug) {
        Ok(()) => slug.to_owned(),
        Err(NameFault::Empty) => "x".to_owned(),
        Err(_) => format!("{slug}-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_some_host_refuses_are_refused() {
        for bad in [
            "CON", "con.txt", "nul", "COM1", "lpt9.md", "a.", "a ", "a:b", "a?b", "a*b", "a|b", "a\\b", "a/b",
            "a\u{7}b", "", "<x>", "\"x\"", "a#b", "100%",
        ] {
            assert!(check_name(bad).is_err(), "{bad:?}");
        }
        assert_eq!(check_name(&"漢".repeat(86)), Err(NameFault::Long));
        for good in ["信頼", "a.b", "com10", "console", "漢".repeat(85).as_str(), "forget-the-quota", ".well-known"]
        {
            assert_eq!(check_name(good), Ok(()), "{good:?}");
        }
    }

    #[test]
    fn a_slug_keeps_japanese_and_folds_width_and_case() {
        assert_eq!(slugify("ノルマを 忘れる！"), "ノルマを-忘れる");
        assert_eq!(slugify("Ｒｕｓｔ 入門/基礎"), "rust-入門-基礎");
        assert_eq!(slugify("ﾊﾝｶｸ"), "ハンカク");
        assert_eq!(slugify("???"), "x");
        assert_eq!(slugify("con"), "con-");
    }

    #[test]
    fn names_collide_by_case_width_and_composition() {
        let nfd = "か\u{3099}";
        assert_eq!(collision_key("が"), collision_key(nfd));
        assert_eq!(collision_key("Aa"), collision_key("aA"));
        assert_eq!(collision_key("ﾊﾝｶｸ"), collision_key("ハンカク"));
        assert_eq!(collision_key("straße"), collision_key("STRASSE"));
        assert_ne!(collision_key("は"), collision_key("ば"));
    }
}
