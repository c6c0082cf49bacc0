//! Where in the source of a link the name stands that is to be changed.
//!
//! A link knows where it stands as a whole. What it leads to was unescaped and decoded when it was read, so its place is
//! looked for by the form of links, and found only where it says what is looked for.

use std::ops::Range;

use crate::path::{percent_decode, percent_encode};
use crate::slug::nfc;
use crate::text::Span;

/// What the source of a link looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `[text](target "title")`.
    Inline,
    /// `[label]: target "title"`.
    Definition,
    /// Nothing but the target, perhaps in quotes.
    Value,
}

/// The last name in the target's path for which `is`, by its bytes in `source`. Names are handed to `is` decoded and
/// composed.
pub(super) fn name(source: &str, form: Form, typed: &str, is: impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let starts: Vec<usize> = match form {
        Form::Inline => source.rmatch_indices("](").map(|(at, sign)| at + sign.len()).collect(),
        Form::Definition => source.match_indices("]:").map(|(at, sign)| at + sign.len()).collect(),
        Form::Value => vec![0],
    };
    starts.into_iter().find_map(|start| in_target(source, start, form, typed, &is))
}

fn in_target(source: &str, start: usize, form: Form, typed: &str, is: &impl Fn(&str) -> bool) -> Option<Range<usize>> {
    let rest = source.get(start..)?;
    let quotes: &[char] = if form == Form::Value { &['"', '\''] } else { &['<'] };
    let target = rest.trim_start_matches(|c: char| c.is_whitespace() || quotes.contains(&c));
    let start = start + rest.len() - target.len();
    let whole = if target.starts_with(typed) {
        typed
    } else {
        let end = target.find(|c: char| c.is_whitespace() || matches!(c, ')' | '>' | '"')).unwrap_or(target.len());
        target.get(..end)?
    };
    let path = whole.split(['?', '#']).next()?;
    let mut end = path.len();
    for name in path.rsplit('/') {
        let at = end - name.len();
        let decoded = percent_decode(name).unwrap_or_else(|| name.to_owned());
        if is(&nfc(name)) || is(&nfc(&decoded)) {
            return Some(start + at..start + end);
        }
        end = at.saturating_sub(1);
    }
    None
}

/// `name` as a target writes it in the place of `old`: percent-encoded where that was, or where it must be.
pub(super) fn spelled_like(old: &str, name: &str) -> String {
    let must = name.contains(|c: char| c.is_whitespace() || "()<>%\"'\\".contains(c));
    if must || (old.contains('%') && !name.is_ascii()) { percent_encode(name) } else { name.to_owned() }
}

/// The words of the link at `link`, as far as its source has any before its target.
pub(super) fn words(source: &str, link: Span) -> Span {
    let there = source.get(link.range()).unwrap_or_default();
    let start = link.start as usize;
    if let Some(inside) = there.strip_prefix("[[") {
        let bar = inside.find('|').map_or(there.len(), |bar| bar + 2);
        return Span::new(start + bar..start + there.len());
    }
    let end = there.rfind("](").or_else(|| there.rfind("][")).or_else(|| there.rfind(']')).unwrap_or(0);
    Span::new(start..start + end)
}

/// The id in the source of `[[id]]`, `[[series/id#heading|text]]`.
pub(super) fn id(source: &str) -> Option<Range<usize>> {
    let start = source.find("[[")? + 2;
    let inside = source.get(start..)?;
    let end = inside.find(['|', '#', ']', '\\']).unwrap_or(inside.len());
    let whole = inside.get(..end)?;
    let head = whole.rfind('/').map_or(0, |slash| slash + 1);
    let bare = whole.get(head..)?;
    let lead = bare.len() - bare.trim_start().len();
    let id = bare.trim();
    (!id.is_empty()).then(|| start + head + lead..start + head + lead + id.len())
}

#[cfg(test)]
mod tests {
    use super::{Form, id, name, spelled_like};

    fn found(source: &str, form: Form, typed: &str, wanted: &str) -> Option<String> {
        name(source, form, typed, |name| name == wanted).map(|place| {
            let mut marked = source.to_owned();
            marked.insert(place.end, '»');
            marked.insert(place.start, '«');
            marked
        })
    }

    #[test]
    fn the_name_is_found_in_every_form_of_link() {
        for (source, form, typed, marked) in [
            ("[a](012-x.md)", Form::Inline, "012-x.md", "[a](«012-x.md»)"),
            ("[012-x.md](012-x.md#a)", Form::Inline, "012-x.md#a", "[012-x.md](«012-x.md»#a)"),
            ("[a](<012-x.md> \"012-x.md\")", Form::Inline, "012-x.md", "[a](<«012-x.md»> \"012-x.md\")"),
            ("[![i](i.png)](../s/012-x.md?q)", Form::Inline, "../s/012-x.md?q", "[![i](i.png)](../s/«012-x.md»?q)"),
            ("[a]: 012-x.md 'ti'", Form::Definition, "012-x.md", "[a]: «012-x.md» 'ti'"),
            ("content/s/012-x.md", Form::Value, "content/s/012-x.md", "content/s/«012-x.md»"),
            ("[a](012\\-x.md)", Form::Inline, "012-x.md", ""),
        ] {
            assert_eq!(found(source, form, typed, "012-x.md").unwrap_or_default(), marked, "{source}");
        }
        assert_eq!(
            found("[a](/s/%E8%81%B4%E3%81%8F/)", Form::Inline, "/s/%E8%81%B4%E3%81%8F/", "聴く").as_deref(),
            Some("[a](/s/«%E8%81%B4%E3%81%8F»/)")
        );
    }

    #[test]
    fn an_id_is_found_without_what_stands_around_it() {
        for (source, wanted) in
            [("[[a]]", "a"), ("[[ a |文]]", "a"), ("[[s/a#h|文]]", "a"), ("[[聴く\\|文]]", "聴く"), ("[[#h]]", "")]
        {
            assert_eq!(id(source).and_then(|place| source.get(place)).unwrap_or_default(), wanted, "{source}");
        }
    }

    #[test]
    fn names_are_encoded_where_they_were_or_must_be() {
        assert_eq!(spelled_like("012-x.md", "聴く"), "聴く");
        assert_eq!(spelled_like("%E8%81%B4", "聴く"), "%E8%81%B4%E3%81%8F");
        assert_eq!(spelled_like("x", "a b"), "a%20b");
    }
}
