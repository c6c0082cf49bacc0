//! What each field means, in the words of the READMEs' reference: a test holds that complete, so nothing is said twice.

use crate::diag::Lang;

/// Whose fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// `site.toml`.
    Site,
    /// The head of a text.
    FrontMatter,
}

const JA: &str = include_str!("../../README.ja.md");
const EN: &str = include_str!("../../README.md");

/// What the field at `path` means (`feeds.limit`, `taxonomies.KEY.label`), in plain words.
pub fn words(of: Of, path: &str, lang: Lang) -> Option<String> {
    let (text, heading, key) = match (lang, of) {
        (Lang::Ja, Of::Site) => (JA, "\n## サイトの設定\n", "キー"),
        (Lang::Ja, Of::FrontMatter) => (JA, "\n## 原稿の項目\n", "キー"),
        (Lang::En, Of::Site) => (EN, "\n## site.toml\n", "KEY"),
        (Lang::En, Of::FrontMatter) => (EN, "\n## Front matter\n", "KEY"),
    };
    let (_, section) = text.split_once(heading)?;
    let section = section.split("\n## ").next().unwrap_or(section);
    let path = path.replace("KEY", key);
    let row =
        section.lines().filter(|line| line.starts_with("| `")).find(|line| names(line).any(|name| name == path))?;
    let cell = cells(row).pop()?;
    Some(plain(cell))
}

/// The names in the first cell of a row.
fn names(row: &str) -> impl Iterator<Item = &str> {
    let first = cells(row).first().copied().unwrap_or_default();
    first.split('`').skip(1).step_by(2)
}

/// What stands between the lines of a row; `\|` is no line.
fn cells(row: &str) -> Vec<&str> {
    let row = row.trim().trim_start_matches('|').trim_end_matches('|');
    let mut cells = Vec::new();
    let mut start = 0;
    for (at, _) in row.match_indices('|') {
        let cell = row.get(start..at).unwrap_or_default();
        if !cell.ends_with('\\') {
            cells.push(cell.trim());
            start = at + 1;
        }
    }
    cells.push(row.get(start..).unwrap_or_default().trim());
    cells
}

/// Without links and escapes.
fn plain(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((before, tail)) = rest.split_once("](") {
        let (before, words) = before.rsplit_once('[').unwrap_or((before, ""));
        out.push_str(before);
        out.push_str(words);
        rest = tail.split_once(')').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace("\\|", "|")
}

#[cfg(test)]
mod tests {
    use super::{Of, words};
    use crate::config;
    use crate::content::{Role, Spellings, TextOptions, front_matter};
    use crate::diag::Lang;
    use crate::fields::shape::{ANY, Field, Shape};

    fn walk(fields: &[Field], path: &str, of: Of, missing: &mut Vec<String>) {
        for field in fields {
            let name = if field.name == ANY { "KEY" } else { &field.name };
            let path = format!("{path}{name}");
            for lang in [Lang::Ja, Lang::En] {
                // The README speaks of the fields of a table, and not always of the table.
                let speaks = !matches!(field.shape, Shape::Table { .. }) && name != "KEY";
                if speaks && words(of, &path, lang).is_none_or(|words| words.is_empty()) {
                    missing.push(format!("{path} {lang:?}"));
                }
            }
            match &field.shape {
                Shape::Table { fields, .. } | Shape::List { table: fields, .. } => {
                    walk(fields, &format!("{path}."), of, missing);
                }
                _ => {}
            }
        }
    }

    #[test]
    fn every_field_has_words_in_both_languages() {
        let mut missing = Vec::new();
        walk(&config::shape(), "", Of::Site, &mut missing);
        let options = TextOptions {
            language: "ja".into(),
            timezone: "Asia/Tokyo".into(),
            taxonomies: vec!["categories".into(), "tags".into()],
            markdown: config::MarkdownOptions::default(),
            speakers: Vec::new(),
            spellings: Spellings::default(),
        };
        walk(&front_matter::shape(Role::Index, &options), "", Of::FrontMatter, &mut missing);
        assert_eq!(missing, Vec::<String>::new());
        assert_eq!(words(Of::Site, "title", Lang::En).as_deref(), Some("The full name of the site."));
    }
}
