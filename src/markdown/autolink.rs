//! Links that are typed bare: `https://example.com/`, `www.example.com`, `mail@example.com`.
//!
//! The rules are those of GitHub Flavored Markdown, section "Autolinks (extension)", with two for Japanese, which puts
//! no spaces between words: a link ends before the first character that is wide or may be (kana, ideographs, full-width
//! punctuation, `…`), and `www.` may follow one. A scheme that no link may have (`ftp:`) makes none here either.
//!
//! It works on the text that the events left, so code, links, raw HTML and escaped signs are what they are in
//! `CommonMark`. Emphasis that stands within a URL was none, and becomes text again. No text is ever changed.

use super::document::{Document, Kind, NodeId, Target, number};
use super::inline::{Opened, exact, take};
use super::parse::Read;
use super::{Link, LinkKind};
use crate::text::Located;
use crate::text::measure::may_be_wide;

/// Longest host that is looked at, in bytes: no name in the DNS is longer (RFC 1035, section 2.3.4).
const LONGEST_HOST: usize = 253;

/// Whether `source` may hold a bare link at all.
pub(super) fn may_have(source: &[u8]) -> bool {
    memchr::memchr(b'@', source).is_some()
        || memchr::memmem::find(source, b"://").is_some()
        || memchr::memmem::find(source, b"www.").is_some()
}

/// Where a bare link stands in a text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bare {
    start: usize,
    /// The end of what must stand in one piece of text: host, or address.
    end: usize,
    kind: BareKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BareKind {
    /// `https://…`
    Url,
    /// `www.…`
    Www,
    /// `a@b.c`
    Address,
    /// `mailto:a@b.c`
    Mailto,
}

/// Makes links of the bare ones among the children of `parent`, which is in no link itself.
pub(super) fn find<'a>(read: &mut Read<'a>, source: &'a str, parent: NodeId) {
    let children: Vec<NodeId> = read.document.children(parent).collect();
    let mut run = Run { source, children: &children, next: 0, out: Vec::with_capacity(children.len()) };
    let mut anchored = false;
    let mut found = false;
    while let Some(child) = run.take() {
        if let Kind::Html(html) = read.document.kind(child) {
            anchored = in_anchor(html, anchored);
        }
        let mut rest = Some(child);
        let mut from = 0;
        while let Some(current) = rest.take() {
            let text = exact(&read.document, current).filter(|_| !anchored);
            let before = run.before(&read.document, current);
            let Some((text, bare)) = text.and_then(|text| Some((text, next(text, from, before)?))) else {
                run.out.push(current);
                continue;
            };
            from = 0;
            rest = run.link(read, current, text, bare);
            found = true;
        }
    }
    if found {
        let out = run.out;
        read.document.set_children(parent, &out);
    }
}

/// Whether what follows `html`, a piece of raw HTML, stands in a link that is written in HTML.
pub(super) fn in_anchor(html: &str, before: bool) -> bool {
    let is_a = |tag: &str| {
        let mut chars = tag.chars();
        chars.next().is_some_and(|c| c.eq_ignore_ascii_case(&'a')) && !chars.next().is_some_and(char::is_alphanumeric)
    };
    html.split('<').skip(1).fold(before, |anchored, tag| match tag.strip_prefix('/') {
        Some(tag) => anchored && !is_a(tag),
        None => anchored || is_a(tag),
    })
}

/// The children of a node while they are gone through.
struct Run<'r, 'a> {
    source: &'a str,
    children: &'r [NodeId],
    /// The first of them that has not been taken.
    next: usize,
    /// What becomes of those that have.
    out: Vec<NodeId>,
}

impl<'a> Run<'_, 'a> {
    fn take(&mut self) -> Option<NodeId> {
        let child = self.children.get(self.next).copied()?;
        self.next += 1;
        Some(child)
    }

    /// The character before node `id`; `None` at the start of a line or a block.
    fn before(&self, document: &Document<'_>, id: NodeId) -> Option<char> {
        let last = document.kind(*self.out.last()?);
        if matches!(last, Kind::SoftBreak { .. } | Kind::HardBreak) || last.is_block() {
            return None;
        }
        self.source.get(..document.get(id).span.start as usize)?.chars().next_back()
    }

    /// Makes a link that begins in `current`, and gives what is left of the node in which it ends.
    fn link(&mut self, read: &mut Read<'a>, current: NodeId, text: &'a str, bare: Bare) -> Option<NodeId> {
        let mut typed = text.get(bare.start..bare.end).unwrap_or_default().to_owned();
        // Where the pieces after the first begin in what is typed.
        let mut pieces: Vec<Piece> = Vec::new();
        let mut tail = Tail::default();
        if matches!(bare.kind, BareKind::Url | BareKind::Www) {
            let path = text.get(bare.end..).map_or("", url_part);
            typed.push_str(path);
            if bare.end + path.len() == text.len() {
                self.follow(&mut read.document, &mut typed, &mut pieces);
            }
            tail = Tail::of(&typed);
            typed.truncate(tail.cut(&typed));
        }
        // An entity at the end is of the sentence, as it is where it stands for nothing.
        while let Some(last) = pieces.last().copied() {
            let entity = exact(&read.document, last.id).is_none();
            if last.start < typed.len() && !entity {
                break;
            }
            pieces.pop();
            tail.lose(typed.get(last.start..).unwrap_or_default());
            typed.truncate(last.start);
            typed.truncate(tail.cut(&typed));
        }
        let opened = Opened { node: self.out.len(), at: bare.start };
        let mut end = (current, bare.start + typed.len());
        if let Some((last, between)) = pieces.split_last() {
            self.out.push(current);
            self.out.extend(between.iter().map(|piece| piece.id));
            self.next += pieces.len();
            end = (last.id, typed.len() - last.start);
        }
        let taken = take(&mut read.document, &mut self.out, end.0, (opened, 0), (end.1, 0));
        let span = taken.span;
        let target = match bare.kind {
            BareKind::Url | BareKind::Mailto => typed,
            BareKind::Www => format!("http://{typed}"),
            BareKind::Address => format!("mailto:{typed}"),
        };
        let link = number(read.links.len());
        read.links.push(Link { kind: LinkKind::Link, target: Located::new(target, span) });
        let external = matches!(bare.kind, BareKind::Url | BareKind::Www);
        read.document.targets.push(Target { link: Some(link), external, title: "".into() });
        let node = read.document.add(Kind::Link(number(read.document.targets.len() - 1)), span);
        read.document.set_children(node, &taken.inner);
        self.out.push(node);
        taken.rest
    }

    /// Adds to `typed` what of the following nodes belongs to a URL that goes on to the end of its own.
    fn follow(&self, document: &mut Document<'a>, typed: &mut String, pieces: &mut Vec<Piece>) {
        for child in self.children.iter().skip(self.next).copied() {
            if matches!(document.kind(child), Kind::Emphasis | Kind::Strong | Kind::Strikethrough) {
                flatten(document, self.source, child);
            }
            let Kind::Text(text) = document.kind(child) else { return };
            let part = url_part(text);
            let whole = part.len() == text.len();
            if part.is_empty() || !whole && exact(document, child).is_none() {
                return;
            }
            let start = typed.len();
            typed.push_str(part);
            pieces.push(Piece { id: child, start });
            if !whole {
                return;
            }
        }
    }
}

/// A node that goes on with a URL, and the byte of the URL with which it begins.
#[derive(Debug, Clone, Copy)]
struct Piece {
    id: NodeId,
    start: usize,
}

/// Makes text of emphasis again, delimiters and all, where it is nothing but characters of a URL.
fn flatten<'a>(document: &mut Document<'a>, source: &'a str, id: NodeId) {
    fn is_plain(document: &Document<'_>, id: NodeId) -> bool {
        match document.kind(id) {
            Kind::Text(_) => exact(document, id).is_some(),
            Kind::Emphasis | Kind::Strong | Kind::Strikethrough => {
                document.children(id).all(|child| is_plain(document, child))
            }
            _ => false,
        }
    }
    let Some(text) = source.get(document.get(id).span.range()) else { return };
    let whole = url_part(text).len() == text.len() && text.contains(char::is_alphanumeric);
    if whole && !text.contains('\\') && is_plain(document, id) {
        let node = document.get_mut(id);
        node.kind = Kind::Text(text.into());
        node.first = NodeId::NONE;
    }
}

/// The first bare link of `text` at byte `from` or after it. `before` is the character before the text.
fn next(text: &str, from: usize, before: Option<char>) -> Option<Bare> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += memchr::memchr3(b':', b'@', b'w', bytes.get(at..)?)?;
        let found = match bytes.get(at)? {
            b':' => url(text, from, at),
            b'@' => address(text, from, at),
            _ => www(text, at, before),
        };
        if found.is_some() {
            return found;
        }
        at += 1;
    }
}

/// A URL whose colon is at byte `at`.
fn url(text: &str, from: usize, at: usize) -> Option<Bare> {
    let host_at = at + 3;
    text.get(at..host_at).filter(|sign| *sign == "://")?;
    let scheme = scheme_at_end(text.get(from..at)?);
    let web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let host = host(text.get(host_at..)?, 0).filter(|_| web)?;
    Some(Bare { start: at - scheme.len(), end: host_at + host, kind: BareKind::Url })
}

/// The letters at the end of `text`; not all of them where they are more than any scheme has.
fn scheme_at_end(text: &str) -> &str {
    let letters = text.bytes().rev().take_while(u8::is_ascii_alphabetic).take(8).count();
    text.get(text.len() - letters..).unwrap_or_default()
}

/// A host without a scheme, whose `www.` is at byte `at`.
fn www(text: &str, at: usize, before: Option<char>) -> Option<Bare> {
    let rest = text.get(at..)?.strip_prefix("www.")?;
    let before = text.get(..at)?.chars().next_back().or(before);
    if !before.is_none_or(|c| c.is_whitespace() || "*_~([".contains(c) || may_be_wide(c)) {
        return None;
    }
    let host = host(rest, 1)?;
    Some(Bare { start: at, end: at + 4 + host, kind: BareKind::Www })
}

/// How long the host at the head of `text` is: letters, digits, `-`, `_` and at least so many dots, but no `_` in the
/// last two of its segments.
fn host(text: &str, dots: usize) -> Option<usize> {
    text.chars().next().filter(|c| is_letter(*c) || dots > 0 && matches!(c, '-' | '_'))?;
    let in_host = |c: char| is_letter(c) || matches!(c, '-' | '_' | '.');
    let ends = |(at, c): &(usize, char)| *at > LONGEST_HOST || !in_host(*c);
    let length = text.char_indices().find(ends).map_or(text.len(), |(at, _)| at);
    let host = text.get(..length).filter(|host| host.len() <= LONGEST_HOST)?;
    let last_two = host.rsplit('.').take(2).any(|segment| segment.contains('_'));
    (!last_two && host.matches('.').count() >= dots).then_some(length)
}

/// Whether `c` is a letter or digit of a host. Hosts in wide characters are not told from the words around them.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !may_be_wide(c)
}

/// An address whose `@` is at byte `at`.
fn address(text: &str, from: usize, at: usize) -> Option<Bare> {
    let in_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_+".contains(byte);
    let local = text.get(from..at)?.bytes().rev().take_while(in_local).count();
    if local == 0 {
        return None;
    }
    let domain = text.get(at + 1..)?;
    let in_domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_".contains(byte);
    let length = domain.bytes().take_while(in_domain).count();
    let after = domain.get(length..)?;
    // What runs into a URL was no address.
    if after.starts_with('@') || after.starts_with(':') && url(text, from, at + 1 + length).is_some() {
        return None;
    }
    let domain = domain.get(..length)?.trim_end_matches('.');
    let sound = domain.split('.').count() > 1 && domain.split('.').all(|segment| !segment.is_empty());
    if !sound || domain.ends_with(['-', '_']) {
        return None;
    }
    let (start, end) = (at - local, at + 1 + domain.len());
    let head = text.get(from..start)?;
    // A scheme is part of the link, or says that this is an address of another kind.
    match head.strip_suffix(':').map_or("", scheme_at_end) {
        "mailto" => Some(Bare { start: start - "mailto:".len(), end, kind: BareKind::Mailto }),
        "xmpp" => None,
        _ => Some(Bare { start, end, kind: BareKind::Address }),
    }
}

/// What at the head of `text` may be part of a URL.
fn url_part(text: &str) -> &str {
    let outside =
        |c: char| c == '<' || !c.is_ascii() && is_foreign(c) || c.is_ascii_whitespace() || c.is_ascii_control();
    text.find(outside).and_then(|end| text.get(..end)).unwrap_or(text)
}

/// Whether `c`, which is not of ASCII, stands in no URL: it may be wide, is white space, or is not seen.
fn is_foreign(c: char) -> bool {
    may_be_wide(c)
        || c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{2000}'..='\u{206F}' | '\u{FEFF}')
}

/// How many brackets of a URL close more than open, of either kind.
#[derive(Debug, Clone, Copy, Default)]
struct Tail {
    round: isize,
    square: isize,
}

impl Tail {
    fn of(url: &str) -> Self {
        let mut all = Self::default();
        all.count(url, 1);
        all
    }

    fn count(&mut self, text: &str, by: isize) {
        for byte in text.bytes() {
            match byte {
                b'(' => self.round -= by,
                b')' => self.round += by,
                b'[' => self.square -= by,
                b']' => self.square += by,
                _ => {}
            }
        }
    }

    /// The URL loses `text`.
    fn lose(&mut self, text: &str) {
        self.count(text, -1);
    }

    /// How much of `url` is left without the punctuation of the sentence around it.
    fn cut(&mut self, url: &str) -> usize {
        let mut left = url;
        while let Some(last) = left.bytes().next_back() {
            let length = match last {
                b'?' | b'!' | b'.' | b',' | b':' | b'*' | b'_' | b'~' | b'\'' | b'"' => 1,
                b';' => entity(left).unwrap_or(1),
                b')' if self.round > 0 => 1,
                b']' if self.square > 0 => 1,
                _ => break,
            };
            let (rest, lost) = left.split_at_checked(left.len() - length).unwrap_or(("", ""));
            self.lose(lost);
            left = rest;
        }
        left.len()
    }
}

/// How long what looks like an entity at the end of `text` is: `&amp;`.
fn entity(text: &str) -> Option<usize> {
    let name = text.strip_suffix(';')?;
    let length = name.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    (length > 0 && name.as_bytes().get(name.len().checked_sub(length + 1)?) == Some(&b'&')).then_some(length + 2)
}

#[cfg(test)]
mod tests {
    use super::{Tail, entity, in_anchor};

    #[test]
    fn punctuation_at_the_end_is_of_the_sentence() {
        for (url, left) in [
            ("http://a.b/c", ""),
            ("http://a.b/c", "?!.,:*_~'\""),
            ("http://a.b/(c)", ")"),
            ("http://a.b/c", ")]"),
            ("http://a.b/((c)", ""),
            ("http://a.b/c", "&amp;&hl;."),
            ("http://a.b/?c&d=1", ";"),
        ] {
            let all = format!("{url}{left}");
            assert_eq!(Tail::of(&all).cut(&all), url.len(), "{all}");
        }
        assert_eq!((entity("&a;"), entity("&;"), entity("a;"), entity(";")), (Some(3), None, None, None));
    }

    #[test]
    fn raw_anchors_are_told() {
        assert!(in_anchor("<a href='x'>", false) && in_anchor("<A>", false) && in_anchor("<b>", true));
        assert!(!in_anchor("</a>", true) && !in_anchor("<abbr>", false) && !in_anchor("<a></a>", false));
    }
}
