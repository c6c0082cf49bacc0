//! Text into HTML.

/// Writes `text` so that it shows as it is between tags.
pub(super) fn text(out: &mut String, text: &str) {
    escape(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => None,
    });
}

/// Writes `text` so that it may stand in an attribute between double quotes.
pub(super) fn attribute(out: &mut String, text: &str) {
    escape(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        _ => None,
    });
}

fn escape(out: &mut String, text: &str, special: impl Fn(u8) -> Option<&'static str>) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        if let Some(escaped) = special(byte) {
            out.push_str(text.get(done..at).unwrap_or_default());
            out.push_str(escaped);
            done = at + 1;
        }
    }
    out.push_str(text.get(done..).unwrap_or_default());
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
