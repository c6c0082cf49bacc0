//! Text into HTML.

/// Writes `text` so that it shows as it is between tags.
pub(super) fn text(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        rest = escape(out, rest, at);
    }
    out.push_str(rest);
}

/// Writes `text` so that it may stand in an attribute between double quotes.
pub(crate) fn attribute(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        rest = escape(out, rest, at);
    }
    out.push_str(rest);
}

/// Writes `text` so that it may stand anywhere in HTML, between single quotes too: as Tera escapes what templates show.
pub(crate) fn anywhere(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// Writes `text` up to and with the special character at byte `at`; returns what follows it.
fn escape<'a>(out: &mut String, text: &'a str, at: usize) -> &'a str {
    out.push_str(text.get(..at).unwrap_or_default());
    out.push_str(match text.as_bytes().get(at) {
        Some(b'&') => "&amp;",
        Some(b'<') => "&lt;",
        Some(b'>') => "&gt;",
        _ => "&quot;",
    });
    text.get(at + 1..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_what_must_be_is_escaped() {
        let mut out = String::new();
        super::text(&mut out, "「<b>&\"秘訣\"」");
        assert_eq!(out, "「&lt;b&gt;&amp;\"秘訣\"」");
        out.clear();
        super::attribute(&mut out, "\"><img src=x onerror=alert(1)>");
        assert_eq!(out, "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;");
    }
}
