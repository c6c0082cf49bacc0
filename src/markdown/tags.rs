//! Raw HTML cut into tags, comments and text, each with its place.
//!
//! It follows the states of the HTML standard (<https://html.spec.whatwg.org/multipage/parsing.html#tokenization>) as
//! far as tags and comments go, and judges nothing: `raw.rs` decides what stays. Since whatever stays is written anew from
//! what was understood here, a browser never sees the author's own spelling of a tag.

use std::borrow::Cow;
use std::ops::Range;

/// A piece of HTML. Ranges are bytes of the HTML that was scanned.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'h> {
    /// Text, with its character references still in it.
    Text(Range<usize>),
    /// `<name …>`.
    Start(Tag<'h>),
    /// `</name>`.
    End(Tag<'h>),
    /// A comment, and whatever else begins with `<!` or `<?`.
    Comment(Range<usize>),
    /// What stands in an element whose content is no HTML, a script for one.
    Verbatim(Range<usize>),
    /// A tag that is never finished: all that follows.
    Cut(Range<usize>),
}

/// A tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'h> {
    /// In lower case.
    pub(super) name: Cow<'h, str>,
    /// From `<` to `>`.
    pub(super) range: Range<usize>,
    /// From `<` to the end of the name.
    pub(super) head: Range<usize>,
    pub(super) attributes: Vec<Attribute<'h>>,
}

/// An attribute of a tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Attribute<'h> {
    /// In lower case.
    pub(super) name: Cow<'h, str>,
    /// With its character references resolved; empty where there is none.
    pub(super) value: Cow<'h, str>,
    /// The whole attribute, quotes included.
    pub(super) range: Range<usize>,
    /// The value without its quotes; where there is none, the name.
    pub(super) place: Range<usize>,
}

impl Tag<'_> {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &*attribute.value)
    }
}

/// Elements whose content is not HTML.
const VERBATIM: [&str; 10] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"];

/// Whether what stands in element `name` is no HTML.
pub(super) fn is_verbatim(name: &str) -> bool {
    VERBATIM.contains(&name)
}

/// Cuts `html`. Every byte is in one token, and tokens are in order.
pub(super) fn scan(html: &str) -> Vec<Token<'_>> {
    let mut scan = Scan { html, bytes: html.as_bytes(), at: 0 };
    let mut tokens = Vec::new();
    let mut text = 0;
    while let Some(found) = memchr::memchr(b'<', scan.rest()) {
        let open = scan.at + found;
        scan.at = open;
        let token = scan.markup();
        let Some(token) = token else {
            scan.at = open + 1;
            continue;
        };
        if text < open {
            tokens.push(Token::Text(text..open));
        }
        let verbatim = match &token {
            Token::Start(tag) if is_verbatim(&tag.name) => Some(scan.end_of(&tag.name)),
            _ => None,
        };
        tokens.push(token);
        if let Some(end) = verbatim {
            if scan.at < end {
                tokens.push(Token::Verbatim(scan.at..end));
            }
            scan.at = end;
        }
        text = scan.at;
    }
    if text < html.len() {
        tokens.push(Token::Text(text..html.len()));
    }
    tokens
}

/// The name of the tag that `html` begins with, in lower case, and whether it is an end tag.
pub(super) fn name_of(html: &str) -> Option<(String, bool)> {
    let rest = html.strip_prefix('<')?;
    let (rest, end) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = rest.split(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).next()?;
    Some((name.to_ascii_lowercase(), end))
}

struct Scan<'h> {
    html: &'h str,
    bytes: &'h [u8],
    at: usize,
}

impl<'h> Scan<'h> {
    fn rest(&self) -> &'h [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn slice(&self, range: Range<usize>) -> &'h str {
        self.html.get(range).unwrap_or_default()
    }

    fn skip(&mut self, so_long: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&so_long) {
            self.at += 1;
        }
    }

    /// What begins with the `<` here; `None` where that is text.
    fn markup(&mut self) -> Option<Token<'h>> {
        let open = self.at;
        match self.bytes.get(open + 1)? {
            b'!' if self.rest().starts_with(b"<!--") => {
                self.at = self.end_of_comment(open + 4);
                Some(Token::Comment(open..self.at))
            }
            b'!' | b'?' => Some(self.bogus(open)),
            b'/' => match self.bytes.get(open + 2)? {
                byte if byte.is_ascii_alphabetic() => Some(self.tag(open, open + 2)),
                _ => Some(self.bogus(open)),
            },
            byte if byte.is_ascii_alphabetic() => Some(self.tag(open, open + 1)),
            _ => None,
        }
    }

    fn bogus(&mut self, open: usize) -> Token<'h> {
        self.at = memchr::memchr(b'>', self.rest()).map_or(self.bytes.len(), |end| self.at + end + 1);
        Token::Comment(open..self.at)
    }

    fn end_of_comment(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        if rest.starts_with(b">") {
            return from + 1;
        }
        if rest.starts_with(b"->") {
            return from + 2;
        }
        let mut at = 0;
        while let Some(found) = memchr::memmem::find(rest.get(at..).unwrap_or_default(), b"--") {
            let after = rest.get(at + found + 2..).unwrap_or_default();
            if after.starts_with(b">") {
                return from + at + found + 3;
            }
            if after.starts_with(b"!>") {
                return from + at + found + 4;
            }
            at += found + 1;
        }
        self.bytes.len()
    }

    /// Where the end tag of `name` begins, or the end of all.
    fn end_of(&self, name: &str) -> usize {
        let mut at = self.at;
        while let Some(found) = memchr::memmem::find(self.bytes.get(at..).unwrap_or_default(), b"</") {
            let start = at + found;
            let found = self.bytes.get(start + 2..start + 2 + name.len());
            let after = self.bytes.get(start + 2 + name.len());
            let ends = after.is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
            if ends && found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) && name != "plaintext" {
                return start;
            }
            at = start + 2;
        }
        self.bytes.len()
    }

    fn lower(&self, range: Range<usize>) -> Cow<'h, str> {
        let text = self.slice(range);
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(text.to_ascii_lowercase())
        } else {
            Cow::Borrowed(text)
        }
    }

    fn tag(&mut self, open: usize, name: usize) -> Token<'h> {
        self.at = name;
        self.skip(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>'));
        let head = open..self.at;
        let mut tag = Tag { name: self.lower(name..self.at), range: open..open, head, attributes: Vec::new() };
        loop {
            self.skip(|byte| is_space(byte) || byte == b'/');
            match self.peek() {
                None => {
                    self.at = self.bytes.len();
                    return Token::Cut(open..self.at);
                }
                Some(b'>') => {
                    self.at += 1;
                    tag.range.end = self.at;
                    return if name == open + 1 { Token::Start(tag) } else { Token::End(tag) };
                }
                Some(_) => {
                    let attribute = self.attribute();
                    tag.attributes.push(attribute);
                }
            }
        }
    }

    fn attribute(&mut self) -> Attribute<'h> {
        let start = self.at;
        // A `=` at its beginning is part of the name.
        self.at += 1;
        self.skip(|byte| !is_space(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let name = start..self.at;
        self.skip(is_space);
        if self.peek() != Some(b'=') {
            self.at = name.end;
            return Attribute { name: self.lower(name.clone()), value: "".into(), range: name.clone(), place: name };
        }
        self.at += 1;
        self.skip(is_space);
        let place = if let Some(quote @ (b'"' | b'\'')) = self.peek() {
            let from = self.at + 1;
            let end = memchr::memchr(quote, self.bytes.get(from..).unwrap_or_default());
            let end = end.map_or(self.bytes.len(), |length| from + length);
            self.at = (end + 1).min(self.bytes.len());
            from..end
        } else {
            let from = self.at;
            self.skip(|byte| !is_space(byte) && byte != b'>');
            from..self.at
        };
        let value = htmlize::unescape_attribute(self.slice(place.clone()));
        Attribute { name: self.lower(name), value, range: start..self.at, place }
    }
}

/// White space as HTML has it.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\x0C' | b'\r')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Token, scan};

    fn shown(html: &str) -> Vec<String> {
        let text = |range: &std::ops::Range<usize>| html.get(range.clone()).unwrap_or("?").to_owned();
        let tag = |tag: &super::Tag<'_>| {
            let attributes = tag.attributes.iter().map(|a| format!(" {}={:?}", a.name, a.value));
            format!("{}{}", tag.name, attributes.collect::<Vec<_>>().concat())
        };
        scan(html)
            .iter()
            .map(|token| match token {
                Token::Text(range) => text(range),
                Token::Start(start) => format!("<{}", tag(start)),
                Token::End(end) => format!("</{}", tag(end)),
                Token::Comment(range) => format!("!{}", text(range)),
                Token::Verbatim(range) => format!("#{}", text(range)),
                Token::Cut(range) => format!("…{}", text(range)),
            })
            .collect()
    }

    #[test]
    fn tags_are_read_as_browsers_read_them() {
        assert_eq!(shown("a<B>c</b >"), ["a", "<b", "c", "</b"]);
        assert_eq!(shown("<a hReF=x y='1' z=\"&lt;&#106;\" w>"), ["<a href=\"x\" y=\"1\" z=\"<j\" w=\"\""]);
        assert_eq!(shown("<a\nx\n=\n1/>"), ["<a x=\"1/\""]);
        assert_eq!(shown("<img/src=a/onerror=b>"), ["<img src=\"a/onerror=b\""]);
        assert_eq!(shown("<p =a>1 < 2 <3 a<"), ["<p =a=\"\"", "1 < 2 <3 a<"]);
        assert_eq!(shown("<a x=\">"), ["…<a x=\">"]);
        assert_eq!(
            shown("</ x>a</>b<?php 1 ?>c<!doctype>d"),
            ["!</ x>", "a", "!</>", "b", "!<?php 1 ?>", "c", "!<!doctype>", "d"]
        );
        assert_eq!(
            shown("<!-->a<!--->b<!-- -- >--!>c<!-- d"),
            ["!<!-->", "a", "!<!--->", "b", "!<!-- -- >--!>", "c", "!<!-- d"]
        );
    }

    #[test]
    fn a_script_holds_no_tags() {
        assert_eq!(shown("<SCRIPT>a<b></scriptx></ScRipt >c"), ["<script", "#a<b></scriptx>", "</script", "c"]);
        assert_eq!(shown("<style>a"), ["<style", "#a"]);
        assert_eq!(shown("<plaintext></plaintext>"), ["<plaintext", "#</plaintext>"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_byte_is_in_one_token(html in "[<>/a-cS\"'=!?& \\-\u{79d8}\n]{0,40}") {
            let mut end = 0;
            for token in scan(&html) {
                let range = match token {
                    Token::Text(range) | Token::Comment(range) | Token::Verbatim(range) | Token::Cut(range) => range,
                    Token::Start(tag) | Token::End(tag) => tag.range,
                };
                prop_assert_eq!(range.start, end);
                prop_assert!(range.end > range.start && html.is_char_boundary(range.end));
                end = range.end;
            }
            prop_assert_eq!(end, html.len());
        }
    }
}
