//! What a link's destination may be: which schemes are allowed, told as browsers tell them.

use super::LinkKind;

/// The kind of a destination, by its scheme alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    /// No scheme: a file, a path, a fragment.
    Local,
    /// `http:`, `https:`, or `//host`.
    Web,
    /// `mailto:`, `tel:`.
    Contact,
    /// `data:image/…`: allowed as the source of an image.
    ImageData,
    /// Any other scheme, in lower case.
    Forbidden(String),
}

/// Whether a link or an image may lead to `destination`; if not, its scheme.
pub(super) fn allowed(kind: LinkKind, destination: &Destination) -> Result<(), &str> {
    match destination {
        Destination::Forbidden(scheme) => Err(scheme),
        Destination::ImageData if kind != LinkKind::Image => Err("data"),
        _ => Ok(()),
    }
}

/// Tells what `target` is.
///
/// As the URL standard has it (<https://url.spec.whatwg.org/#concept-basic-url-parser>), a browser strips control
/// characters and spaces at the start, and tabs and line breaks anywhere; so `java\tscript:` is a scheme. All control
/// characters and white space are overlooked here, which is stricter.
pub(super) fn classify(target: &str) -> Destination {
    if target.starts_with("//") {
        return Destination::Web;
    }
    let mut scheme = String::new();
    let mut rest = target.chars().filter(|c| !c.is_control() && !c.is_whitespace() && !is_invisible(*c));
    for c in rest.by_ref() {
        match c {
            ':' if !scheme.is_empty() => {
                return match &*scheme {
                    "http" | "https" => Destination::Web,
                    "mailto" | "tel" => Destination::Contact,
                    "data" if starts_with_image(rest) => Destination::ImageData,
                    _ => Destination::Forbidden(scheme),
                };
            }
            'a'..='z' | 'A'..='Z' => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(c),
            _ => return Destination::Local,
        }
    }
    Destination::Local
}

fn starts_with_image(rest: impl Iterator<Item = char>) -> bool {
    rest.map(|c| c.to_ascii_lowercase()).take(6).eq("image/".chars())
}

/// Zero-width characters, which no one sees in a scheme.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::{Destination, classify};

    #[test]
    fn files_paths_and_fragments_have_no_scheme() {
        for local in
            ["", "#まとめ", "011-listen.md#a:b", "/tags/信頼/", "第1話:続き.md", "a/b:c", "?q=a:b", "1:2", "./a:b"]
        {
            assert_eq!(classify(local), Destination::Local, "{local}");
        }
    }

    #[test]
    fn allowed_schemes_are_told_in_any_case() {
        for web in ["http://a", "HTTPS://a", "//a"] {
            assert_eq!(classify(web), Destination::Web, "{web}");
        }
        for contact in ["mailto:a@b", "Tel:03"] {
            assert_eq!(classify(contact), Destination::Contact, "{contact}");
        }
        assert_eq!(classify("data:image/png;base64,AA"), Destination::ImageData);
    }

    #[test]
    fn every_spelling_of_a_script_is_forbidden() {
        for script in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:x",
            "\u{1}javascript:x",
            "java\tscript:x",
            "java\nscript:x",
            "java\u{200B}script:x",
            "javascript\t:x",
            "vbscript:x",
            "data:text/html,x",
            "data:,x",
            "file:///etc/passwd",
            "blob:x",
        ] {
            assert!(matches!(classify(script), Destination::Forbidden(_)), "{script:?}");
        }
    }
}
