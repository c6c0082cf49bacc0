//! Code blocks: what the info string says, and the block as HTML.

use super::document::CodeBlock;
use super::escape;
use crate::diag::Fault;
use crate::diag::catalogue::markdown as codes;
use crate::highlight::{Highlighter, Plain, is_plain};
use crate::memo::Hash;
use crate::text::Span;

/// An info string, understood: `rust title="main.rs" {1,3-5} linenos`, or `rust:src/main.rs`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Info {
    /// As written; may be empty.
    pub(super) language: String,
    pub(super) title: Option<String>,
    /// First and last line of each marked range, from 1.
    pub(super) marked: Vec<(u32, u32)>,
    /// The number of the first line, where lines are numbered.
    pub(super) numbered: Option<u32>,
}

impl Info {
    /// Reads an info string, which stands on the line `span`.
    pub(super) fn read(info: &str, span: Span, faults: &mut Vec<Fault>) -> Self {
        let info = info.trim();
        let end = info.find(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '{')).unwrap_or(info.len());
        let (language, mut rest) = info.split_at_checked(end).unwrap_or((info, ""));
        let mut read = Self { language: language.to_owned(), ..Self::default() };
        if let Some(path) = rest.strip_prefix(':') {
            let (path, after) = word(path);
            if !path.is_empty() {
                read.title = Some(path.to_owned());
            }
            rest = after;
        }
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
            if rest.is_empty() {
                return read;
            }
            rest = read.attribute(rest, span, faults);
        }
    }

    /// Reads the attribute at the head of `rest`; returns what follows it.
    fn attribute<'a>(&mut self, rest: &'a str, span: Span, faults: &mut Vec<Fault>) -> &'a str {
        if let Some((inside, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            match ranges(inside) {
                Some(ranges) => self.marked.extend(ranges),
                None => faults.push(unknown(span, &format!("{{{inside}}}"))),
            }
            return after;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | ',' | '{')).unwrap_or(rest.len());
        let (key, after) = match rest.split_at_checked(end.max(1)) {
            Some(parts) => parts,
            None => (rest, ""),
        };
        let (value, after) = match after.strip_prefix('=') {
            None => (None, after),
            Some(tail) => {
                let (value, after) = quoted(tail, '"').or_else(|| quoted(tail, '\'')).unwrap_or_else(|| word(tail));
                (Some(value), after)
            }
        };
        match (key, value) {
            ("title", Some(title)) => self.title = Some(title.to_owned()),
            ("linenos", None) => self.numbered = Some(1),
            ("linenos" | "start", Some(number)) if number.parse::<u32>().is_ok() => {
                self.numbered = number.parse().ok();
            }
            _ => faults.push(unknown(span, key)),
        }
        after
    }
}

fn unknown(span: Span, attribute: &str) -> Fault {
    Fault::new(&codes::CODE_ATTRIBUTE, span).arg("attribute", attribute)
}

/// The word at the head of `text`, and what follows it.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, ',' | '{')).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

fn quoted(text: &str, quote: char) -> Option<(&str, &str)> {
    text.strip_prefix(quote)?.split_once(quote)
}

/// `1,3-5` as ranges; `None` for anything else.
fn ranges(text: &str) -> Option<Vec<(u32, u32)>> {
    text.split(',')
        .map(|part| {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
        })
        .collect()
}

/// Writes a code block; the key of its highlighted HTML, where it is highlighted.
pub(super) fn write(
    out: &mut String,
    code: &CodeBlock<'_>,
    highlighter: &Highlighter,
    faults: &mut Vec<Fault>,
) -> Option<Hash> {
    let info = &code.info;
    let coloured = if is_plain(&info.language) {
        None
    } else {
        match highlighter.highlight(&info.language, &code.text) {
            Ok(block) => Some(block),
            Err(Plain::Unknown { nearest }) => {
                let fault = Fault::new(&codes::CODE_LANGUAGE, code.span).arg("language", &info.language);
                faults.push(fault.arg_opt("nearest", nearest));
                None
            }
            Err(Plain::TooLong) => {
                faults.push(Fault::new(&codes::CODE_TOO_LONG, code.span));
                None
            }
        }
    };
    if let Some(title) = &info.title {
        out.push_str("<figure class=\"codebox\"><figcaption>");
        escape::text(out, title);
        out.push_str("</figcaption>");
    }
    out.push_str(if info.numbered.is_some() { "<pre class=\"code numbered\"" } else { "<pre class=\"code\"" });
    // It may scroll sideways, and then the keyboard must reach it.
    out.push_str(" tabindex=\"0\"><code");
    if !info.language.is_empty() {
        out.push_str(" class=\"language-");
        escape::attribute(out, &info.language);
        out.push('"');
    }
    out.push('>');
    let mut plain = String::new();
    let html: &str = if let Some((_, html)) = &coloured {
        html
    } else {
        escape::text(&mut plain, &code.text);
        &plain
    };
    if info.marked.is_empty() && info.numbered.is_none() {
        out.push_str(html);
    } else {
        lines(out, html, info);
    }
    out.push_str("</code></pre>");
    if info.title.is_some() {
        out.push_str("</figure>");
    }
    out.push('\n');
    coloured.map(|(key, _)| key)
}

/// Writes each line in an element of its own. No element of highlighted code reaches over the end of a line.
fn lines(out: &mut String, html: &str, info: &Info) {
    for (line, at) in html.split_inclusive('\n').zip(1_u32..) {
        let marked = info.marked.iter().any(|(first, last)| (*first..=*last).contains(&at));
        out.push_str(if marked { "<span class=\"line marked\"" } else { "<span class=\"line\"" });
        if let Some(first) = info.numbered {
            out.push_str(" data-n=\"");
            out.push_str(&(first.saturating_add(at - 1)).to_string());
            out.push('"');
        }
        out.push('>');
        out.push_str(line.trim_end_matches('\n'));
        out.push_str("</span>\n");
    }
}

#[cfg(test)]
mod tests {
    use super::Info;
    use crate::text::Span;

    #[test]
    fn an_info_string_is_read_whole() {
        let mut faults = Vec::new();
        let info = Info::read("rust title=\"a b\" {1,3-5} linenos=7 hello", Span::default(), &mut faults);
        assert_eq!(info.language, "rust");
        assert_eq!(info.title.as_deref(), Some("a b"));
        assert_eq!(info.marked, [(1, 1), (3, 5)]);
        assert_eq!(info.numbered, Some(7));
        assert_eq!(faults.len(), 1);
    }

    #[test]
    fn a_path_after_the_language_is_the_title() {
        let mut faults = Vec::new();
        let info = Info::read("rust:src/main.rs", Span::default(), &mut faults);
        assert_eq!((info.language.as_str(), info.title.as_deref()), ("rust", Some("src/main.rs")));
        assert!(faults.is_empty());
    }

    #[test]
    fn nothing_is_ignored_silently() {
        for info in ["rust,ignore", "rust {.class}", "rust = x", "rust {", "rust \u{3000}題"] {
            let mut faults = Vec::new();
            Info::read(info, Span::default(), &mut faults);
            assert!(!faults.is_empty(), "{info}");
        }
    }
}
