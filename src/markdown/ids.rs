//! Ids of headings, and those that raw HTML brings: stable, readable, Unicode.
//!
//! **Rule of prefixes.** Ids that begin with `_` belong to templates, and `fn-` and `fnref-` to footnotes: an author
//! who writes such an id is told so, and none is ever made from a heading's text. All other ids are the author's.

use std::collections::BTreeMap;

use icu_normalizer::ComposingNormalizerBorrowed;
use unicode_width::UnicodeWidthChar;

use super::Heading;
use super::boxes::BoxKind;
use super::document::Document;
use super::parse::Read;
use crate::diag::Fault;
use crate::diag::catalogue::markdown as codes;

/// Gives every heading its id and its text, and boxes that need one theirs.
///
/// An id that the author gives wins; the others are made of the text in order, with `-1`, `-2` where one is taken
/// already. Headings come before boxes, so that no box ever changes the id of a heading.
pub(super) fn assign(read: &mut Read<'_>) {
    let document = &mut read.document;
    let mut taken = Taken::default();
    for index in 0..document.heads.len() {
        let head = &document.heads[index];
        let Some(id) = head.explicit.as_deref().map(str::to_owned) else { continue };
        if is_reserved(&id) {
            read.faults.push(Fault::new(&codes::ID_RESERVED, head.span).arg("id", &id));
        }
        if let Some(first) = taken.ids.get(&id) {
            let first = document.heads[*first].span;
            read.faults.push(Fault::new(&codes::ID_TWICE, head.span).arg("id", &id).also(first));
        } else {
            taken.ids.insert(id.clone(), index);
            document.heads[index].id = id;
        }
    }
    for index in 0..document.raw_ids.len() {
        let raw = &document.raw_ids[index];
        if is_reserved(&raw.id) {
            read.faults.push(Fault::new(&codes::ID_RESERVED, raw.span).arg("id", &raw.id));
        } else if let Some(first) = taken.ids.get(&raw.id) {
            let first = match first.checked_sub(document.heads.len()) {
                Some(earlier) => document.raw_ids[earlier].span,
                None => document.heads[*first].span,
            };
            read.faults.push(Fault::new(&codes::ID_TWICE, raw.span).arg("id", &raw.id).also(first));
        } else {
            taken.ids.insert(raw.id.clone(), document.heads.len() + index);
            document.raw_ids[index].own = true;
        }
    }
    for index in in_order(document) {
        let head = &document.heads[index];
        let text = if head.text.is_empty() { super::plain::inline(document, head.node) } else { head.text.clone() };
        let head = &mut document.heads[index];
        if head.id.is_empty() {
            head.id = taken.make(&slug(&text), index);
        }
        head.text = text;
    }
    for index in 0..document.boxes.len() {
        if document.boxes[index].kind == BoxKind::Check {
            document.boxes[index].id = taken.make("check", usize::MAX);
        }
    }
}

/// Indices of the headings in the order in which they stand.
fn in_order(document: &Document<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..document.heads.len()).collect();
    order.sort_by_key(|index| document.heads[*index].span);
    order
}

/// The headings as facts, in order: those that were written, whose ids are among `anchors`, which is sorted. A footnote
/// that nothing refers to is not written.
pub(super) fn headings(document: &Document<'_>, anchors: &[String]) -> Vec<Heading> {
    let heading = |index: usize| {
        let head = &document.heads[index];
        Heading { level: head.level, id: head.id.clone(), text: head.text.trim().to_owned(), span: head.span }
    };
    let written = |heading: &Heading| anchors.binary_search(&heading.id).is_ok();
    in_order(document).into_iter().map(heading).filter(written).collect()
}

fn is_reserved(id: &str) -> bool {
    id.starts_with('_') || id.starts_with("fn-") || id.starts_with("fnref-")
}

/// Ids in use.
#[derive(Default)]
struct Taken {
    /// With the heading that has it; after all headings, with the id in raw HTML.
    ids: BTreeMap<String, usize>,
    /// The next number to try after an id.
    next: BTreeMap<String, u32>,
}

impl Taken {
    /// `base`, or `base-1`, `base-2`, … where that is in use.
    fn make(&mut self, base: &str, owner: usize) -> String {
        if !self.ids.contains_key(base) {
            self.ids.insert(base.to_owned(), owner);
            return base.to_owned();
        }
        let next = self.next.entry(base.to_owned()).or_insert(1);
        loop {
            let id = format!("{base}-{next}");
            *next += 1;
            if !self.ids.contains_key(&id) {
                self.ids.insert(id.clone(), owner);
                return id;
            }
        }
    }
}

/// An id made of a heading's text, by GitHub's rule: NFC, lower case, white space to `-`, and of the rest only letters,
/// digits, marks, `-` and `_`.
fn slug(text: &str) -> String {
    let normalised = if text.chars().all(|c| c.is_ascii() || is_plain(c) || matches!(c, '\u{3000}'..='\u{3029}')) {
        std::borrow::Cow::Borrowed(text)
    } else {
        ComposingNormalizerBorrowed::new_nfc().normalize(text)
    };
    let mut out = String::with_capacity(normalised.len());
    for c in normalised.trim().chars() {
        if is_plain(c) {
            out.push(c);
        } else if c.is_whitespace() {
            out.push('-');
        } else if c.is_alphanumeric() || matches!(c, '-' | '_') || is_mark(c) {
            out.extend(c.to_lowercase());
        }
    }
    let own = out.trim_start_matches('_');
    let own = if is_reserved(own) { own.trim_start_matches("fn-").trim_start_matches("fnref-") } else { own };
    if own.is_empty() { "section".to_owned() } else { own.to_owned() }
}

/// Whether `c` is one of those that make up most of a Japanese heading: letters without case, which compose with nothing
/// that stands before them.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{30FC}' | '\u{4E00}'..='\u{9FFF}')
}

/// Combining marks: of no width, but not format characters, variation selectors or controls.
fn is_mark(c: char) -> bool {
    c.width() == Some(0)
        && !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{115F}'..='\u{11FF}' | '\u{3164}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn ids_are_made_as_on_github() {
        for (text, id) in [
            ("Hello, World!", "hello-world"),
            ("トップ営業は「ノルマ」を忘れる。", "トップ営業はノルマを忘れる"),
            ("  C++ & Rust  ", "c--rust"),
            ("第12回　まとめ", "第12回-まとめ"),
            ("か\u{3099}っこう", "がっこう"),
            ("👉 次へ", "-次へ"),
            ("！？", "section"),
            ("__init__", "init__"),
            ("fn-1", "1"),
            ("葛\u{E0100}城", "葛城"),
        ] {
            assert_eq!(slug(text), id, "{text}");
        }
    }
}
