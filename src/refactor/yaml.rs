//! Small changes to front matter that leave every other byte as it is, comments and layout included.

use std::ops::Range;

use crate::text::Span;
use crate::text::edit::Edit;

/// `value` as a YAML scalar in the place of `old`: quoted as that was, or where it must be.
pub(super) fn scalar_like(old: &str, value: &str) -> String {
    match old.chars().next() {
        Some('\'') if !value.contains('\n') => format!("'{}'", value.replace('\'', "''")),
        Some('"') => quoted(value),
        _ => scalar(value),
    }
}

/// `value` as a YAML scalar that may stand anywhere, in a flow list too.
pub fn scalar(value: &str) -> String {
    let begins = value.chars().next().is_some_and(|c| !c.is_whitespace() && !"-?:,[]{}#&*!|>'\"%@`".contains(c));
    let inside = !value.contains([',', '[', ']', '{', '}', '\n', '\t', '"'])
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.chars().any(char::is_control);
    let ends = !value.ends_with([':', ' ', '：']);
    if begins && inside && ends && !value.contains('：') { value.to_owned() } else { quoted(value) }
}

/// `value` in double quotes, as YAML and TOML both read it.
pub(super) fn quoted(value: &str) -> String {
    let mut out = String::from("\"");
    for c in value.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// How a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// `- value`, a line of its own.
    Block,
    /// `[value, value]`.
    Flow,
    /// `key: value`.
    Alone,
}

fn layout(source: &str, span: Span) -> Layout {
    let line = line_of(source, span.start as usize);
    let before = source.get(line.start..span.start as usize).unwrap_or_default();
    if before.trim() == "-" {
        return Layout::Block;
    }
    let after = source.get(span.end as usize..).unwrap_or_default();
    if after.trim_start().starts_with([',', ']']) { Layout::Flow } else { Layout::Alone }
}

/// The line of byte `at`, with its end.
pub(super) fn line_of(source: &str, at: usize) -> Range<usize> {
    let start = source.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let end = source.get(at..).and_then(|rest| rest.find('\n')).map_or(source.len(), |end| at + end + 1);
    start..end
}

/// Takes the value at `span` out of its list; where it is the only one, its key goes too.
pub(super) fn without(source: &str, span: Span, only: bool) -> Edit {
    let line = line_of(source, span.start as usize);
    match layout(source, span) {
        Layout::Block if only => {
            let above = line_of(source, line.start.saturating_sub(1));
            Edit::new(above.start..line.end, "")
        }
        Layout::Flow if !only => without_item(source, span),
        // Its brackets may stand on lines of their own.
        Layout::Flow => {
            let open = source.get(..span.start as usize).and_then(|before| before.rfind('[')).unwrap_or(line.start);
            let close = source.get(span.end as usize..).and_then(|after| after.find(']')).unwrap_or(0);
            Edit::new(line_of(source, open).start..line_of(source, span.end as usize + close).end, "")
        }
        _ => Edit::new(line, ""),
    }
}

/// Takes an item out of a list in brackets, with one of the commas beside it.
pub(super) fn without_item(source: &str, span: Span) -> Edit {
    let (start, end) = (span.start as usize, span.end as usize);
    let after = source.get(end..).unwrap_or_default();
    let comma = after.len() - after.trim_start().len();
    if after.trim_start().starts_with(',') {
        let rest = after.get(comma + 1..).unwrap_or_default();
        let space = rest.len() - rest.trim_start_matches([' ', '\t', '\n']).len();
        return Edit::new(start..end + comma + 1 + space, "");
    }
    let before = source.get(..start).unwrap_or_default().trim_end();
    let before = before.strip_suffix(',').unwrap_or(before);
    Edit::new(before.len()..end, "")
}

/// Adds `value` to the list `key`, after the last of the values that it has; `block` is the whole front matter.
pub(super) fn with_item(source: &str, block: Span, key: &str, last: Option<Span>, value: &str) -> Edit {
    let new = scalar(value);
    if let Some(last) = last {
        let end = last.end as usize;
        return match layout(source, last) {
            Layout::Block => {
                let line = line_of(source, last.start as usize);
                let indent = source.get(line.start..last.start as usize).unwrap_or_default();
                Edit::new(line.end..line.end, format!("{indent}{new}\n"))
            }
            Layout::Flow => Edit::new(end..end, format!(", {new}")),
            Layout::Alone => {
                let old = source.get(last.range()).unwrap_or_default();
                Edit::new(last.range(), format!("[{old}, {new}]"))
            }
        };
    }
    let whole = source.get(block.range()).unwrap_or_default();
    let start = block.start as usize;
    let head = format!("{key}:");
    let mut at = start;
    let mut closing = start;
    for line in whole.split_inclusive('\n') {
        if let Some(rest) = line.strip_prefix(&head) {
            // An empty list; a comment behind it stays.
            let bare = rest.trim_start();
            let from = at + head.len();
            let to = if bare.starts_with("[]") { at + line.len() - bare.len() + 2 } else { from };
            return Edit::new(from..to, format!(" [{new}]"));
        }
        if line.trim_end() == "---" {
            closing = at;
        }
        at += line.len();
    }
    Edit::new(closing..closing, format!("{head} [{new}]\n"))
}

#[cfg(test)]
mod tests {
    use super::{scalar, scalar_like, with_item, without};
    use crate::text::Span;
    use crate::text::edit::apply;

    fn span(source: &str, value: &str) -> Span {
        let at = source.find(value).expect("it is there");
        Span::new(at..at + value.len())
    }

    fn added(source: &str, last: Option<&str>) -> String {
        let block = Span::new(0..source.rfind("---\n").expect("it has an end") + 4);
        apply(source, vec![with_item(source, block, "aliases", last.map(|last| span(source, last)), "/new/")])
    }

    #[test]
    fn a_value_is_added_in_the_layout_that_is_there() {
        for (before, last, after) in [
            ("---\na: 1\n---\n", None, "---\na: 1\naliases: [/new/]\n---\n"),
            ("---\naliases: []  # none\n---\n", None, "---\naliases: [/new/]  # none\n---\n"),
            ("---\naliases:\nb: 1\n---\n", None, "---\naliases: [/new/]\nb: 1\n---\n"),
            ("---\naliases: /old/ # x\n---\n", Some("/old/"), "---\naliases: [/old/, /new/] # x\n---\n"),
            ("---\naliases: [ /a/, /b/ ] # x\n---\n", Some("/b/"), "---\naliases: [ /a/, /b/, /new/ ] # x\n---\n"),
            (
                "---\naliases:\n  # c\n  - /a/ # d\n\nb: 1\n---\n",
                Some("/a/"),
                "---\naliases:\n  # c\n  - /a/ # d\n  - /new/\n\nb: 1\n---\n",
            ),
        ] {
            assert_eq!(added(before, last), after);
        }
    }

    #[test]
    fn a_value_is_taken_out_with_its_comma_or_line() {
        for (before, value, only, after) in [
            ("tags: [a1, b1]\n", "a1", false, "tags: [b1]\n"),
            ("tags: [a1, b1]\n", "b1", false, "tags: [a1]\n"),
            ("tags:\n  - a1 # c\n  - b1\n", "a1", false, "tags:\n  - b1\n"),
            ("x: 1\ntags:\n  - a1\ny: 2\n", "a1", true, "x: 1\ny: 2\n"),
            ("x: 1\ntags: [a1] # c\n", "a1", true, "x: 1\n"),
            ("x: 1\ntags: a1\n", "a1", true, "x: 1\n"),
            ("x: 1\ntags: [\n  a1,\n]\ny: 2\n", "a1", true, "x: 1\ny: 2\n"),
        ] {
            assert_eq!(apply(before, vec![without(before, span(before, value), only)]), after, "{before}");
        }
    }

    #[test]
    fn scalars_are_quoted_as_the_old_ones_or_where_they_must_be() {
        assert_eq!(scalar_like("a", "信頼"), "信頼");
        assert_eq!(scalar_like("'a'", "it's"), "'it''s'");
        assert_eq!(scalar_like("\"a\"", "say \"x\""), "\"say \\\"x\\\"\"");
        for value in ["- a", "a: b", "a #b", "[a]", "a,b", "@a", "注意：まず", "", "a:"] {
            assert!(scalar(value).starts_with('"'), "{value}");
        }
        assert_eq!(scalar("C++入門"), "C++入門");
    }
}
