//! Style sheets and scripts without what only their authors read: comments, indentation, empty lines. Nothing is renamed
//! or reordered, and what is not plainly safe stays as it was typed.

/// A style sheet without comments (but `/*! … */`), and with as little white space as leaves its meaning: none around
/// braces, semicolons and commas, one space elsewhere. Strings and `url(…)` stay (CSS Syntax 3, sections 4.3.2, 4.3.5
/// and 4.3.6).
pub(super) fn style_sheet(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut space = false;
    while let Some(first) = rest.chars().next() {
        let len = match first {
            '/' if rest.starts_with("/*") => {
                let len = rest.find("*/").map_or(rest.len(), |end| end + 2);
                if !rest.starts_with("/*!") {
                    // A comment stands between two tokens as a space does between words.
                    space = true;
                    rest = rest.get(len..).unwrap_or_default();
                    continue;
                }
                len
            }
            '"' | '\'' => string(rest, first),
            'u' | 'U' if rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("url(")) => {
                rest.find(')').map_or(rest.len(), |end| end + 1)
            }
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            ' ' | '\t' | '\n' | '\r' | '\u{c}' => {
                space = true;
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            other => other.len_utf8(),
        };
        let closed = |c: char| matches!(c, '{' | '}' | ';' | ',');
        if space && !out.is_empty() && !out.ends_with(closed) && !closed(first) {
            out.push(' ');
        }
        space = false;
        let (piece, after) = rest.split_at_checked(len).unwrap_or((rest, ""));
        out.push_str(piece);
        rest = after;
    }
    out.push('\n');
    out
}

/// The length of the string that `text` begins with, its quotation marks included.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A script without indentation, empty lines, and lines that are comments. One with a template literal over several
/// lines, or a comment of `/* … */`, stays as it is.
pub(super) fn script(js: &str) -> String {
    let whole = |line: &str| line.matches('`').count().is_multiple_of(2) && !line.ends_with('\\');
    if js.contains("/*") || !js.lines().all(whole) {
        return js.to_owned();
    }
    let mut out = String::with_capacity(js.len());
    for line in js.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{script, style_sheet};

    #[test]
    fn a_style_sheet_keeps_its_meaning() {
        let css = "/* Words */\n:root {\n  --a: 1px;  --b: calc(1em  + 2px)\n}\n\n@media (min-width: 48em) {\n  a > b, c d:not(.x) + e { content: \"a;  /* b */ } c\" / ''; color : red }\n}\n";
        let tight = ":root{--a: 1px;--b: calc(1em + 2px)}@media (min-width: 48em){a > b,c d:not(.x) + e{content: \"a;  /* b */ } c\" / '';color : red}}\n";
        assert_eq!(style_sheet(css), tight);
        assert_eq!(style_sheet(tight), tight);
    }

    #[test]
    fn what_is_odd_is_left() {
        for css in [
            "a{b: url( x  y.png )}\n",
            "a\\ {}\n",
            "/*! licence  1 */a{}\n",
            "a{b: \"open\n",
            "a{}/*! open\n",
            "a b c\n",
        ] {
            assert_eq!(style_sheet(css).trim_end(), css.trim_end());
        }
        assert_eq!(style_sheet("a/* x */b /* never ends"), "a b\n");
    }

    #[test]
    fn a_script_keeps_its_lines() {
        assert_eq!(
            script("// why\n(() => {\n  const a = 'x // y';\n\n  // and\n  return `${a}`;\n})();\n"),
            "(() => {\nconst a = 'x // y';\nreturn `${a}`;\n})();\n"
        );
        for js in ["const a = `\n  // no comment\n`;\n", "/* licence */\n  a();\n", "const a = 'x\\\n  // y';\n"] {
            assert_eq!(script(js), js);
        }
    }
}
