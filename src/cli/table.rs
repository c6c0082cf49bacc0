//! Aligned columns for people, in which full-width characters count two; tabs for programs.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    /// Numbers, at their last digit.
    Right,
    /// Text that is cut where the line would be too long.
    Cut,
}

/// Between two columns.
const GAP: usize = 2;

/// A column that is cut keeps so much.
const LEAST: usize = 12;

/// `lines` of cells, each as wide as its column; `room` is the width of the terminal, where there is one.
pub(super) fn aligned(lines: &[Vec<String>], columns: &[Align], room: Option<usize>) -> Vec<String> {
    let mut widths: Vec<usize> =
        (0..columns.len()).map(|at| lines.iter().map(|line| line[at].width()).max().unwrap_or(0)).collect();
    if let Some(room) = room {
        for (at, _) in columns.iter().enumerate().filter(|(_, align)| **align == Align::Cut) {
            let whole: usize = widths.iter().sum::<usize>() + GAP * columns.len().saturating_sub(1);
            let least = LEAST.min(widths[at]);
            widths[at] = widths[at].saturating_sub(whole.saturating_sub(room)).max(least);
        }
    }
    let last = columns.len().saturating_sub(1);
    let shown = lines.iter().map(|line| {
        let mut text = String::new();
        for (at, cell) in line.iter().enumerate() {
            let cell = cut(cell, widths[at]);
            let gap = " ".repeat(widths[at].saturating_sub(cell.width()));
            match columns[at] {
                Align::Right => text.extend([&*gap, &*cell]),
                // Nothing stands behind the last one.
                _ if at == last => text.push_str(&cell),
                _ => text.extend([&*cell, &*gap]),
            }
            if at != last {
                text.push_str(&" ".repeat(GAP));
            }
        }
        text.trim_end().to_owned()
    });
    shown.collect()
}

/// `lines` of cells with tabs between them; what would break a line becomes a space.
pub(super) fn tabbed(lines: &[Vec<String>]) -> String {
    let mut out = String::new();
    for line in lines {
        let cells: Vec<String> = line.iter().map(|cell| cell.replace(['\t', '\n'], " ")).collect();
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
    out
}

/// The beginning of `text` that takes `room` columns, with … at its end where it is cut.
fn cut(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut left = room.saturating_sub(1);
    for c in text.chars() {
        let width = c.width().unwrap_or(0);
        if width > left {
            break;
        }
        left -= width;
        out.push(c);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::{Align, aligned, tabbed};

    fn cells(lines: &[&[&str]]) -> Vec<Vec<String>> {
        lines.iter().map(|line| line.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn full_width_text_is_cut_between_characters() {
        let lines = cells(&[&["9", "ノルマを忘れると売れる", "a.md"], &["10", "Listen", "b.md"]]);
        let columns = [Align::Right, Align::Cut, Align::Left];
        assert_eq!(aligned(&lines, &columns, Some(25)), [" 9  ノルマを忘れる…  a.md", "10  Listen           b.md"]);
        assert_eq!(aligned(&lines, &columns, Some(5))[0], " 9  ノルマを忘…   a.md", "never to nothing");
        assert_eq!(aligned(&lines, &columns, None)[0], " 9  ノルマを忘れると売れる  a.md");
    }

    #[test]
    fn a_tab_in_a_cell_is_no_column() {
        assert_eq!(tabbed(&cells(&[&["a\tb", "c"], &["", "d"]])), "a b\tc\n\td\n");
    }
}
