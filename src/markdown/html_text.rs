//! The words of raw HTML, for search. It is no parser of HTML: it drops tags, comments, scripts and styles, and undoes
//! the references that people write by hand.

/// Elements within a line: their tags do not end it.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q",
    "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];

/// Elements whose content is not shown as text.
const HIDDEN: &[&str] = &["script", "style", "template", "rt", "rp", "title", "textarea"];

/// What `html` shows, a line for each block; lines may be empty.
pub(super) fn lines(html: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        push(&mut lines, before);
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let starts = tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!' || c == '?');
        let Some((inside, after)) = end_of_tag(tag).filter(|_| starts) else {
            push(&mut lines, "<");
            rest = tag;
            continue;
        };
        rest = after;
        let closing = inside.starts_with('/');
        let name: String = inside.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if HIDDEN.contains(&name.as_str()) && !closing {
            rest = after_closing(rest, &name);
        }
        if name == "br" {
            push(&mut lines, " ");
        } else if !INLINE.contains(&name.as_str()) {
            lines.push(String::new());
        }
    }
    push(&mut lines, rest);
    lines
}

/// A tag's inside, and what follows its `>`; one in quotes does not end it.
fn end_of_tag(tag: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (c, quote) {
            ('>', None) => return Some((tag.get(..at)?, tag.get(at + 1..)?)),
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// What follows the end tag of `name`.
fn after_closing<'a>(html: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = html.get(from..).and_then(|rest| rest.find("</")).map(|at| from + at) {
        let tag = html.get(at + 2..).unwrap_or_default();
        if tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return tag.split_once('>').map_or("", |(_, rest)| rest);
        }
        from = at + 2;
    }
    ""
}

fn push(lines: &mut [String], text: &str) {
    let Some(line) = lines.last_mut() else { return };
    if !text.contains('&') {
        line.push_str(text);
        return;
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    line.push_str(&text.replace("&nbsp;", "\u{A0}").replace("&amp;", "&"));
}

#[cfg(test)]
mod tests {
    use super::lines;

    fn shown(html: &str) -> Vec<String> {
        lines(html).iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn words_are_kept_and_markup_is_not() {
        let html = "<div title='a>b'>前<b>太字</b>後<br>次</div><!-- <p>隠 --><p>A &amp; B < C</p><STYLE>p{}</STYLE><ruby>漢<rt>かん</rt></ruby>";
        assert_eq!(shown(html), ["前太字後 次", "A & B < C", "漢"]);
        assert_eq!(shown("<script>alert('</p>')"), Vec::<String>::new());
    }
}
