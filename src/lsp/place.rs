//! Where things stand, as editors say it: lines from 0, columns in UTF-16 code units, files as URIs.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use lsp_types::{Position, Range, Uri};

use crate::path::percent_decode;
use crate::text::Span;
use crate::text::lines::LineIndex;

/// A text and its lines.
pub(super) struct Places<'t> {
    pub(super) text: &'t str,
    index: LineIndex,
}

impl<'t> Places<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, index: LineIndex::new(text) }
    }

    pub(super) fn position(&self, offset: usize) -> Position {
        let (line, column) = self.index.locate(self.text, offset);
        let before = self.text.lines().nth(line - 1).unwrap_or_default().chars().take(column - 1);
        let units: usize = before.map(char::len_utf16).sum();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: number(line - 1), character: number(units) }
    }

    pub(super) fn range(&self, span: Span) -> Range {
        let range = span.range();
        Range { start: self.position(range.start), end: self.position(range.end) }
    }

    /// The offset of a position; the end of its line where it lies beyond.
    pub(super) fn offset(&self, position: Position) -> usize {
        let start: usize = self.text.split_inclusive('\n').take(position.line as usize).map(str::len).sum();
        let line = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let mut units = 0;
        for (at, c) in line.char_indices() {
            if units >= position.character as usize {
                return start + at;
            }
            units += c.len_utf16();
        }
        start + line.len()
    }
}

/// The file that a URI names.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.as_str().strip_prefix("file://")?;
    // A host is of no use here; `localhost` is this machine.
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = percent_decode(rest)?;
    let drive = path.strip_prefix('/').filter(|rest| rest.chars().nth(1) == Some(':'));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// The URI of a file, in the form in which editors write it.
pub(super) fn uri(path: &Path) -> Option<Uri> {
    let path = path.to_string_lossy().replace('\\', "/");
    let slash = if path.starts_with('/') { "" } else { "/" };
    let mut encoded = String::with_capacity(path.len() + 8);
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            use std::fmt::Write as _;
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    Uri::from_str(&format!("file://{slash}{encoded}")).ok()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use lsp_types::Position;

    use super::{Places, path, uri};

    #[test]
    fn columns_count_utf16_units() {
        let text = "𠮷野家で\n🍣を食べる\r\nz";
        let places = Places::new(text);
        for (what, line, character) in [("野", 0, 2), ("を", 1, 2), ("z", 2, 0)] {
            let offset = text.find(what).expect("it is there");
            let position = Position { line, character };
            assert_eq!(places.position(offset), position, "{what}");
            assert_eq!(places.offset(position), offset, "{what}");
        }
        assert_eq!(places.offset(Position { line: 0, character: 99 }), "𠮷野家で".len());
        assert_eq!(places.offset(Position { line: 9, character: 9 }), text.len());
    }

    #[test]
    fn uris_name_files_in_any_script() {
        let file = Path::new("/home/営業 110/001-a.md");
        let named = uri(file).expect("it has one");
        assert_eq!(named.as_str(), "file:///home/%E5%96%B6%E6%A5%AD%20110/001-a.md");
        assert_eq!(path(&named).as_deref(), Some(file));
        let drive: lsp_types::Uri = "file:///c%3A/site/a.md".parse().expect("it is one");
        assert_eq!(path(&drive), Some(PathBuf::from("c:/site/a.md")));
        assert_eq!(path(&"untitled:1".parse().expect("it is one")), None);
    }
}
