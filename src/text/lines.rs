//! Line and column of a byte offset. Columns count characters (Unicode scalar values), from 1.

/// The line starts of one text.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Scans `text` once; lines end with LF (CRLF counts as one end).
    pub fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
        Self { starts }
    }

    /// Line and column of `offset` in `text`, both from 1. An offset past the end means the end.
    pub fn locate(&self, text: &str, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = text.get(start..offset).map_or(0, |before| before.chars().count());
        (line, column + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "一行目\n秘訣**\r\n終";
        let index = LineIndex::new(text);
        let at = text.find("**").expect("the text has it");
        assert_eq!(index.locate(text, at), (2, 3));
        assert_eq!(index.locate(text, text.len()), (3, 2));
        assert_eq!(index.locate("", 5), (1, 1));
    }
}
