//! Lines no wider than the terminal: full-width characters count two, and Japanese, which has no spaces, breaks between
//! characters, but for those that no line begins or ends with (JIS X 4051, in its common cases).

use unicode_width::UnicodeWidthChar as _;

/// Columns below which wrapping makes things worse.
const NARROWEST: usize = 20;

/// Columns beyond which text is hard to read.
const WIDEST: usize = 100;

/// What no line begins with.
const NEVER_FIRST: &str = "、。，．・：；？！）］｝」』】〉》〕”’ゝゞ々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…";

/// What no line ends with.
const NEVER_LAST: &str = "（［｛「『【〈《〔“‘";

/// `text`, a paragraph, in lines of `width` columns; all but the first begin with `indent`.
pub fn fill(text: &str, width: usize, indent: &str) -> String {
    let width = width.clamp(NARROWEST, WIDEST);
    let mut out = String::with_capacity(text.len() + 16);
    let mut column = 0;
    for word in words(text) {
        let bare = word.trim_end_matches(' ');
        if column > 0 && column + columns(bare) > width {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            out.push_str(indent);
            column = columns(indent);
        }
        out.push_str(word);
        column += columns(word);
    }
    out
}

/// Lines of help: a line that is too long goes on under its description, or under its beginning where it has none.
pub fn help(text: &str, width: usize) -> String {
    let width = width.clamp(NARROWEST, WIDEST);
    let lines =
        text.split('\n').map(|line| if columns(line) <= width { line.to_owned() } else { hanging(line, width) });
    lines.collect::<Vec<_>>().join("\n")
}

/// A line whose later lines begin where its description does: behind the first gap of two spaces.
fn hanging(line: &str, width: usize) -> String {
    let start = line.len() - line.trim_start().len();
    let gap = line.get(start..).and_then(|rest| rest.find("  ")).map(|at| start + at);
    let behind = gap.map(|gap| line.len() - line.get(gap..).unwrap_or_default().trim_start().len());
    let head = behind.filter(|at| columns(line.get(..*at).unwrap_or_default()) * 3 <= width * 2).unwrap_or(start);
    let (head, rest) = line.split_at_checked(head).unwrap_or(("", line));
    let indent = " ".repeat(columns(head));
    format!("{head}{}", fill(rest, width - columns(head), "").replace('\n', &format!("\n{indent}")))
}

/// Columns that `text` takes.
pub fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The pieces of `text` between which a line may break, each with the spaces after it.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices().peekable();
        while let Some((_, c)) = chars.next() {
            let Some((at, next)) = chars.peek().copied() else { break };
            if may_break(c, next) {
                let (word, tail) = rest.split_at_checked(at)?;
                rest = tail;
                return Some(word);
            }
        }
        (!rest.is_empty()).then(|| std::mem::take(&mut rest))
    })
}

fn may_break(before: char, after: char) -> bool {
    let wide = |c: char| c.width() == Some(2);
    if before == ' ' {
        return after != ' ';
    }
    after != ' ' && (wide(before) || wide(after)) && !NEVER_FIRST.contains(after) && !NEVER_LAST.contains(before)
}

#[cfg(test)]
mod tests {
    use super::{columns, fill, help};

    #[test]
    fn japanese_breaks_between_characters_and_no_line_begins_with_a_mark() {
        let text = "お客様の「本音」を聴くことから、すべてが始まります。hiketsu build と書くと、サイトができます。";
        for width in 20..60 {
            let filled = fill(text, width, "  ");
            for line in filled.lines() {
                assert!(columns(line) <= width, "{width}: {line}");
                assert!(!line.trim_start().starts_with(['、', '。', '」', 'っ', 'ょ']), "{width}: {line}");
                assert!(!line.ends_with(['「', ' ']), "{width}: {line}");
            }
            assert_eq!(filled.replace("\n  ", "").replace(' ', ""), text.replace(' ', ""));
        }
        assert_eq!(fill("one two three four five six", 20, ""), "one two three four\nfive six");
        assert_eq!(fill("日本", 1, ""), "日本");
    }

    #[test]
    fn lines_of_help_go_on_under_their_description() {
        let line = "  --fix  安全に直せるものを、違いを見せて確かめてから直します";
        assert_eq!(help(line, 40), "  --fix  安全に直せるものを、違いを見せ\n         て確かめてから直します");
        assert_eq!(help("short\n\n  x  y", 40), "short\n\n  x  y");
    }
}
