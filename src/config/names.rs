//! Which names may become folders of the output: on every file system and on every host.

use std::fmt::Write as _;

use icu_normalizer::ComposingNormalizerBorrowed;

/// Characters of one name at most.
pub const MAX_NAME: usize = 80;

/// Why a name cannot be a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Illegal {
    /// It holds this character.
    Character(char),
    /// It has a meaning of its own: `.`, `..`, `CON`, a hidden file, a trailing dot or space.
    Reserved,
    /// It has this many characters, more than [`MAX_NAME`].
    Long(usize),
}

/// What keeps `name` from being one folder of a path, on Windows' terms, which are the narrowest
/// (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>).
pub fn illegal(name: &str) -> Option<Illegal> {
    if let Some(c) = name.chars().find(|c| c.is_control() || "/\\<>:\"|?*".contains(*c) || hidden(*c)) {
        return Some(Illegal::Character(c));
    }
    let edge = |c: char| c == '.' || c.is_whitespace();
    if name.is_empty() || name.starts_with(edge) || name.ends_with(edge) || device(name) {
        return Some(Illegal::Reserved);
    }
    let length = name.chars().count();
    (length > MAX_NAME).then_some(Illegal::Long(length))
}

/// Line and paragraph separators, marks that turn the direction of text, and zero-width space.
fn hidden(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether Windows takes `name` for a device, with or without an extension.
fn device(name: &str) -> bool {
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem).trim_end().to_ascii_lowercase();
    if matches!(stem.as_str(), "con" | "prn" | "aux" | "nul" | "conin$" | "conout$") {
        return true;
    }
    let number = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    number.is_some_and(|n| matches!(n, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"))
}

/// What two names share when a file system or a reader may take one for the other: NFC, lower case.
pub(super) fn folded(name: &str) -> String {
    ComposingNormalizerBorrowed::new_nfc().normalize(&name.to_lowercase()).into_owned()
}

/// A character as a message shows it.
pub(super) fn shown(c: char) -> String {
    let mut out = String::new();
    if c.is_control() || hidden(c) {
        let _ = write!(out, "U+{:04X}", u32::from(c));
    } else {
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_no_file_system_refuses_are_legal() {
        for name in ["essence", "営業の本質", "a b", "100%", "#1", "c++", "com10", "console", "v1.2"] {
            assert_eq!(illegal(name), None, "{name}");
        }
        for name in ["", ".", "..", ".git", "a.", "a ", " a", "CON", "nul.txt", "Com1", "LPT9.a", "com¹"] {
            assert_eq!(illegal(name), Some(Illegal::Reserved), "{name}");
        }
        for (name, c) in [("a/b", '/'), ("a\\b", '\\'), ("a:b", ':'), ("a\u{7}", '\u{7}'), ("a\u{202e}b", '\u{202e}')] {
            assert_eq!(illegal(name), Some(Illegal::Character(c)), "{name}");
        }
        assert_eq!(illegal(&"秘".repeat(80)), None);
        assert_eq!(illegal(&"秘".repeat(81)), Some(Illegal::Long(81)));
    }

    #[test]
    fn folding_joins_what_looks_alike() {
        assert_eq!(folded("か\u{3099}"), folded("が"));
        assert_eq!(folded("Essence"), folded("essence"));
    }
}
