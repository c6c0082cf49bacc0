//! Small changes to `site.toml` that leave every other byte as it is.

use super::yaml::{line_of, quoted, without_item};
use crate::text::Span;
use crate::text::edit::Edit;

/// `value` as a TOML string in the place of `old`, in the same quotes where they allow it.
pub(super) fn string_like(old: &str, value: &str) -> String {
    let literal = old.starts_with('\'') && !value.contains(['\'', '\n']);
    if literal { format!("'{value}'") } else { quoted(value) }
}

/// Takes out the term whose name stands at `span`: an item of a list, a table in braces, or a `[[…]]` of its own.
pub(super) fn without_term(source: &str, span: Span) -> Edit {
    let line = line_of(source, span.start as usize);
    let before = source.get(line.start..span.start as usize).unwrap_or_default();
    if let Some(open) = before.rfind('{') {
        let after = source.get(span.end as usize..line.end).unwrap_or_default();
        let close = after.find('}').map_or(span.end as usize, |at| span.end as usize + at + 1);
        return without_item(source, Span::new(line.start + open..close));
    }
    if before.trim_start().starts_with("name") {
        return without_table(source, line.start);
    }
    // An item on a line of its own goes with its line.
    let after = source.get(span.end as usize..line.end).unwrap_or_default();
    if before.trim().is_empty() && after.trim_start().starts_with(',') {
        return Edit::new(line, "");
    }
    without_item(source, span)
}

/// The table that holds the line at `at`: from its header to the last of its keys, with one empty line behind it.
fn without_table(source: &str, at: usize) -> Edit {
    let is_header = |line: &str| line.trim_start().starts_with('[');
    let mut start = at;
    while start > 0 {
        let line = line_of(source, start - 1);
        start = line.start;
        if is_header(source.get(line).unwrap_or_default()) {
            break;
        }
    }
    let mut end = line_of(source, at).end;
    let mut last = end;
    while end < source.len() {
        let line = line_of(source, end);
        let text = source.get(line.clone()).unwrap_or_default();
        if is_header(text) {
            break;
        }
        end = line.end;
        if !text.trim().is_empty() && !text.trim_start().starts_with('#') {
            last = end;
        }
    }
    let blank = line_of(source, last);
    if last < source.len() && source.get(blank.clone()).unwrap_or_default().trim().is_empty() {
        last = blank.end;
    }
    Edit::new(start..last, "")
}

#[cfg(test)]
mod tests {
    use super::{string_like, without_term};
    use crate::text::Span;
    use crate::text::edit::apply;

    fn taken_out(source: &str, name: &str) -> String {
        let at = source.find(name).expect("it is there");
        apply(source, vec![without_term(source, Span::new(at..at + name.len()))])
    }

    #[test]
    fn a_term_goes_with_what_belongs_to_it_and_nothing_else() {
        assert_eq!(taken_out("terms = [\"a\", \"b\"] # c\n", "\"a\""), "terms = [\"b\"] # c\n");
        assert_eq!(taken_out("terms = [\n  \"a\", # x\n  \"b\",\n]\n", "\"a\""), "terms = [\n  \"b\",\n]\n");
        assert_eq!(
            taken_out("terms = [{ name = \"a\", slug = \"x\" }, { name = \"b\" }]\n", "\"a\""),
            "terms = [{ name = \"b\" }]\n"
        );
        let tables = "[[t.tags.terms]]\nname = \"a\"\nslug = \"x\"\n\n# b is next\n[[t.tags.terms]]\nname = \"b\"\n";
        assert_eq!(taken_out(tables, "\"a\""), "# b is next\n[[t.tags.terms]]\nname = \"b\"\n");
        let last = "[[t.tags.terms]]\nname = \"a\"\n\n[[t.tags.terms]]\nname = \"b\"\n\n[feeds]\natom = true\n";
        assert_eq!(taken_out(last, "\"b\""), "[[t.tags.terms]]\nname = \"a\"\n\n[feeds]\natom = true\n");
    }

    #[test]
    fn strings_keep_their_quotes() {
        assert_eq!(string_like("'a'", "b"), "'b'");
        assert_eq!(string_like("\"a\"", "b\"c"), "\"b\\\"c\"");
        assert_eq!(string_like("'a'", "it's"), "\"it's\"");
    }
}
