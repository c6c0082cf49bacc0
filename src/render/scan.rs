//! Links and ids in rendered HTML, so that what a template writes is checked like what an author writes.
//!
//! The scanner reads tags and attributes as the HTML standard's tokenizer does for pages without scripts or styles in
//! them; a general HTML parser would cost more than the rendering of the page.

use memchr::memchr;

/// A link or an id of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<'a> {
    /// The value of `href` or `src`, entities not undone.
    Link(&'a str),
    /// The value of `id`.
    Id(&'a str),
}

/// Calls `report` for each link and id of `html`, in order.
pub fn scan<'a>(html: &'a str, mut report: impl FnMut(Found<'a>)) {
    let mut rest = html;
    while let Some(open) = memchr(b'<', rest.as_bytes()) {
        rest = rest.get(open + 1..).unwrap_or_default();
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = tag(rest, &mut report);
        }
    }
}

/// Reads one tag behind its `<`; returns what follows it.
fn tag<'a>(html: &'a str, report: &mut impl FnMut(Found<'a>)) -> &'a str {
    let mut rest = html.trim_start_matches(|c: char| !c.is_ascii_whitespace() && c != '>' && c != '/');
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return rest;
        }
        if let Some(after) = rest.strip_prefix('>') {
            return after;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=' || c == '>').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end.max(1).min(rest.len()));
        rest = after.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = rest.strip_prefix('=') else { continue };
        let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = value.get(1..).unwrap_or_default();
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len())),
        };
        rest = after;
        match name {
            "href" | "src" => report(Found::Link(value)),
            "id" => report(Found::Id(value)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Found, scan};

    fn found(html: &str) -> Vec<Found<'_>> {
        let mut all = Vec::new();
        scan(html, |found| all.push(found));
        all
    }

    #[test]
    fn quoted_unquoted_and_spaced_attributes_are_read() {
        let html = "<a href=\"x/\" class=a id='i'>href=\"no\"</a><!-- <a href=n> --><img src = y.png /><a\nhref=z>";
        assert_eq!(found(html), [Found::Link("x/"), Found::Id("i"), Found::Link("y.png"), Found::Link("z")]);
    }

    #[test]
    fn broken_html_ends() {
        for html in ["<", "<a", "<a href", "<a href=", "<a href=\"x", "<!--", "<a =", "<あ", "<a あ=い>"] {
            found(html);
        }
    }
}
