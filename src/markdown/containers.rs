//! Boxes between lines of colons: `:::note[title]` … `:::`, as Zenn, Qiita and Docusaurus have them.
//!
//! Markdown must read what stands between such lines as blocks of their own, at their own places. So it is given a copy
//! of the source, byte for byte as long, in which an opening line is a heading (`#`, blanks, the title) and a closing
//! one a rule; what comes of these is told by its place. Lines of colons in code or in HTML never come back as either,
//! and show as they were typed.

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event};

use super::boxes::{self, BoxKind};
use super::document::{Document, Kind, NodeId, number};
use super::parse::Read;
use super::{MAX_NESTING, plain};
use crate::diag::catalogue::markdown as codes;
use crate::diag::{Fault, nearest};
use crate::text::Span;

/// A line of colons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fence {
    /// From its first colon to the end of the line.
    span: Span,
    colons: usize,
    /// The type, for one that opens.
    name: Option<String>,
}

/// A source in which lines of colons are such as Markdown knows, and which these were.
#[derive(Debug)]
pub(super) struct Masked {
    pub(super) source: String,
    pub(super) fences: Vec<Fence>,
}

/// Names besides those of boxes, as others have them.
const ALIASES: &[(&str, BoxKind)] =
    &[("message", BoxKind::Note), ("info", BoxKind::Note), ("warn", BoxKind::Warning), ("danger", BoxKind::Caution)];

/// Looks for lines of colons. `None` where there are none.
pub(super) fn mask(text: &str) -> Option<Masked> {
    let bytes = text.as_bytes();
    let mut fences = Vec::new();
    let mut source = String::new();
    let mut done = 0;
    let mut from = 0;
    while let Some(at) = memchr::memmem::find(bytes.get(from..)?, b":::").map(|at| from + at) {
        let begin = memchr::memrchr(b'\n', bytes.get(..at)?).map_or(0, |at| at + 1);
        let end = memchr::memchr(b'\n', bytes.get(at..)?).map_or(bytes.len(), |length| at + length);
        from = end;
        let line = text.get(at..end)?;
        let Some((colons, name, title)) = read_line(line).filter(|_| is_prefix(text.get(begin..at).unwrap_or("x")))
        else {
            continue;
        };
        source.push_str(text.get(done..at)?);
        done = end;
        let (sign, shown) = if name.is_some() { ("#", title) } else { ("***", "") };
        let start = if shown.is_empty() { line.len() } else { shown.as_ptr() as usize - line.as_ptr() as usize };
        source.push_str(sign);
        source.extend(std::iter::repeat_n(' ', start - sign.len()));
        source.push_str(shown);
        source.extend(std::iter::repeat_n(' ', line.len() - start - shown.len()));
        fences.push(Fence { span: Span::new(at..end), colons, name: name.map(str::to_owned) });
    }
    if fences.is_empty() {
        return None;
    }
    source.push_str(text.get(done..)?);
    Some(Masked { source, fences })
}

/// A line from its first colon on: how many there are, and for one that opens the type and the title.
fn read_line(line: &str) -> Option<(usize, Option<&str>, &str)> {
    let rest = line.trim_start_matches(':');
    let colons = line.len() - rest.len();
    let rest = rest.trim();
    if rest.is_empty() {
        return Some((colons, None, ""));
    }
    let length = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')).unwrap_or(rest.len());
    let (name, after) = rest.split_at_checked(length)?;
    let title = match after.chars().next() {
        None => "",
        Some('[') => after.strip_prefix('[')?.strip_suffix(']')?.trim(),
        Some(c) if c.is_whitespace() => after.trim(),
        Some(_) => return None,
    };
    (!name.is_empty()).then_some((colons, Some(name), title))
}

/// Whether a line that begins so is at the beginning of a block: only blanks and the signs of quotes and lists.
fn is_prefix(before: &str) -> bool {
    let mut rest = before;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '>']);
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let sign = if digits.len() < rest.len() {
            digits.strip_prefix(['.', ')'])
        } else {
            rest.strip_prefix(['-', '*', '+'])
        };
        match sign {
            _ if rest.is_empty() => return true,
            Some(after) if after.starts_with([' ', '\t']) => rest = after,
            _ => return false,
        }
    }
}

/// Gives an event whose text is as long as its place the text that was typed there.
pub(super) fn unmask<'a>(event: Event<'a>, span: Span, source: &'a str) -> Event<'a> {
    let typed = |text: CowStr<'a>| match text {
        CowStr::Borrowed(text) if text.len() == span.range().len() => source.get(span.range()).unwrap_or(text).into(),
        text => text,
    };
    match event {
        Event::Text(text) => Event::Text(typed(text)),
        Event::Html(text) => Event::Html(typed(text)),
        Event::InlineHtml(text) => Event::InlineHtml(typed(text)),
        event => event,
    }
}

/// The index of the fence where a block at `span` begins.
pub(super) fn at(fences: &[Fence], span: Span) -> Option<u32> {
    fences.binary_search_by_key(&span.start, |fence| fence.span.start).ok().map(number)
}

/// Makes boxes of what stands between fences.
pub(super) fn group(read: &mut Read<'_>, source: &str, fences: &[Fence]) {
    let mut roots = vec![Document::root()];
    roots.extend(read.document.notes.iter().map(|note| note.node));
    for root in roots {
        walk(read, source, root, 1, fences);
    }
}

/// Goes through the blocks in `id`. The depth of the tree is limited, so this may recurse.
fn walk(read: &mut Read<'_>, source: &str, id: NodeId, depth: usize, fences: &[Fence]) {
    if read.document.children(id).any(|child| matches!(read.document.kind(child), Kind::Fence(_))) {
        let children = Grouping {
            read,
            source,
            fences,
            depth,
            open: Vec::new(),
            counts: BTreeMap::new(),
            out: Vec::new(),
            deep: false,
        };
        children.run(id);
    }
    let mut next = read.document.get(id).first;
    while let Some(child) = next.some() {
        next = read.document.get(child).next;
        if matches!(read.document.kind(child), Kind::Quote | Kind::List(_) | Kind::Item) {
            walk(read, source, child, depth + 1, fences);
        }
    }
}

/// A fence that has not been closed yet.
struct Open<'f> {
    fence: &'f Fence,
    node: NodeId,
    /// `None` where there is to be no box, only what is in it.
    kind: Option<BoxKind>,
    inside: Vec<NodeId>,
    /// The index of the innermost open box: this one, where there is to be one.
    holder: Option<usize>,
}

/// The children of one node, on their way into boxes.
struct Grouping<'r, 'a, 'f> {
    read: &'r mut Read<'a>,
    source: &'r str,
    fences: &'f [Fence],
    depth: usize,
    open: Vec<Open<'f>>,
    /// How many are open by their number of colons.
    counts: BTreeMap<usize, usize>,
    out: Vec<NodeId>,
    /// Whether it was told that they are nested too deeply.
    deep: bool,
}

impl Grouping<'_, '_, '_> {
    fn run(mut self, parent: NodeId) {
        let children: Vec<NodeId> = self.read.document.children(parent).collect();
        for child in children {
            let Kind::Fence(index) = *self.read.document.kind(child) else {
                self.push(child);
                continue;
            };
            let Some(fence) = self.fences.get(index as usize) else { continue };
            match &fence.name {
                Some(name) => {
                    let kind = self.kind(name, fence, child);
                    *self.counts.entry(fence.colons).or_default() += 1;
                    let around = self.open.last().and_then(|open| open.holder);
                    let holder = kind.map_or(around, |_| Some(self.open.len()));
                    if kind.is_none() && self.read.document.get(child).first != NodeId::NONE {
                        self.read.document.get_mut(child).kind = Kind::Paragraph;
                        self.push(child);
                    }
                    self.open.push(Open { fence, node: child, kind, inside: Vec::new(), holder });
                }
                None => self.end(fence, child),
            }
        }
        while let Some(open) = self.open.pop() {
            self.unclosed(open);
        }
        self.read.document.set_children(parent, &self.out);
    }

    fn push(&mut self, id: NodeId) {
        let holder = self.open.last().and_then(|open| open.holder).and_then(|holder| self.open.get_mut(holder));
        holder.map_or(&mut self.out, |open| &mut open.inside).push(id);
    }

    /// What kind of box a fence opens.
    fn kind(&mut self, name: &str, fence: &Fence, node: NodeId) -> Option<BoxKind> {
        let alias = ALIASES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let Some(kind) = BoxKind::named(name).or(alias.map(|(_, kind)| *kind)) else {
            let known = boxes::names().chain(ALIASES.iter().map(|(name, _)| *name));
            let near = nearest(name, known).map(str::to_lowercase);
            let fault = Fault::new(&codes::CONTAINER_UNKNOWN, fence.span).arg("type", name);
            self.read.faults.push(fault.arg_opt("nearest", near));
            return None;
        };
        if self.depth + self.open.len() >= MAX_NESTING {
            let told = self.deep || self.read.faults.iter().any(|fault| fault.code == &codes::NESTING);
            self.deep = true;
            if !told {
                self.read.faults.push(Fault::new(&codes::NESTING, fence.span).arg("limit", MAX_NESTING));
            }
            return None;
        }
        // Zenn writes `:::message alert`, Qiita `:::note warn`.
        let word = plain::inline(&self.read.document, node);
        let graver = match word.as_str() {
            _ if kind != BoxKind::Note => None,
            "info" => Some(BoxKind::Note),
            "warn" => Some(BoxKind::Warning),
            "alert" => Some(BoxKind::Caution),
            _ => None,
        };
        if graver.is_some() {
            let title = self.read.document.get(node).first;
            self.read.document.get_mut(title).kind = Kind::Text("".into());
            self.read.document.set_children(node, &[]);
        }
        graver.or(Some(kind))
    }

    /// Closes what a closing fence closes: what was opened with as many colons, or else with less.
    fn end(&mut self, fence: &Fence, node: NodeId) {
        if self.counts.get(&fence.colons).is_some_and(|count| *count > 0) {
            while let Some(open) = self.open.pop() {
                if open.fence.colons == fence.colons {
                    self.close(open, fence.span.end);
                    return;
                }
                self.unclosed(open);
            }
        }
        if let Some(open) = self.open.pop_if(|open| open.fence.colons < fence.colons) {
            self.close(open, fence.span.end);
            return;
        }
        self.read.faults.push(Fault::new(&codes::CONTAINER_CLOSE, fence.span));
        let typed = self.source.get(fence.span.range()).unwrap_or_default();
        let document = &mut self.read.document;
        let text = document.add(Kind::Text(typed.to_owned().into()), fence.span);
        document.get_mut(node).kind = Kind::Paragraph;
        document.set_children(node, &[text]);
        self.push(node);
    }

    fn unclosed(&mut self, open: Open<'_>) {
        let fault = Fault::new(&codes::CONTAINER_OPEN, open.fence.span)
            .arg("type", open.fence.name.as_deref().unwrap_or_default())
            .arg("colons", ":".repeat(open.fence.colons.min(10)));
        self.read.faults.push(fault);
        let last = open.inside.last().copied().unwrap_or(open.node);
        let end = self.read.document.get(last).span.end;
        self.close(open, end);
    }

    /// Makes a box of what was opened.
    fn close(&mut self, open: Open<'_>, end: u32) {
        if let Some(count) = self.counts.get_mut(&open.fence.colons) {
            *count -= 1;
        }
        let Some(kind) = open.kind else { return };
        let document = &mut self.read.document;
        let titled = document.get(open.node).first != NodeId::NONE;
        let mut children: Vec<NodeId> = titled.then_some(open.node).into_iter().collect();
        document.get_mut(open.node).kind = Kind::Title;
        // In a tight list, paragraphs come without a node.
        let mut line: Vec<NodeId> = Vec::new();
        for child in open.inside.into_iter().map(Some).chain([None]) {
            let inline = child.filter(|child| !document.kind(*child).is_block());
            if let Some(child) = inline {
                line.push(child);
                continue;
            }
            if let Some((first, last)) = line.first().zip(line.last()) {
                let span = Span { start: document.get(*first).span.start, end: document.get(*last).span.end };
                let paragraph = document.add(Kind::Paragraph, span);
                document.set_children(paragraph, &line);
                children.push(paragraph);
                line.clear();
            }
            children.extend(child);
        }
        let span = Span { start: open.fence.span.start, end };
        let node = document.add(Kind::Quote, span);
        document.set_children(node, &children);
        document.containers.push((node, kind, open.fence.span));
        self.push(node);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{fault, faults, html, parse};
    use super::{mask, read_line};

    const NOTE: &str = "<aside class=\"box note\"><p class=\"box-title\">注</p>\n";
    const TITLED: &str = "<aside class=\"box note\"><p class=\"box-title\">題</p>\n";

    #[test]
    fn a_line_of_colons_opens_or_closes() {
        assert_eq!(read_line(":::"), Some((3, None, "")));
        assert_eq!(read_line(":::: "), Some((4, None, "")));
        for line in [":::note 題", "::: note 題 ", ":::note[題]", ":::note[ 題 ]  "] {
            assert_eq!(read_line(line), Some((3, Some("note"), "題")), "{line}");
        }
        assert_eq!(read_line(":::まとめ"), Some((3, Some("まとめ"), "")));
        for none in [":::{note}", ":::note{.x}", ":::)", ":::note[a"] {
            assert_eq!(read_line(none), None, "{none}");
        }
    }

    #[test]
    fn the_masked_source_is_as_long_as_the_source() {
        let text = "a\n> - :::まとめ[題「一」]\nb\n  ::::\nc :::\n";
        let masked = mask(text).expect("there are fences");
        assert_eq!(masked.source, format!("a\n> - #{}題「一」 \nb\n  *** \nc :::\n", " ".repeat(12)));
        assert_eq!(masked.source.len(), text.len());
        assert!(mask("a :::\n\\:::note\n").is_none());
    }

    #[test]
    fn a_container_is_the_same_box_as_a_quote() {
        for (container, quote) in [
            (":::note\n本文\n:::", "> [!NOTE]\n> 本文"),
            ("::: tip **大事**な `x`\n本文\n:::", "> [!TIP] **大事**な `x`\n> 本文"),
            (":::message\na\n\nb\n:::", "> [!NOTE]\n> a\n>\n> b"),
            (":::message alert\na\n:::", "> [!CAUTION]\n> a"),
            (":::note warn\na\n:::", "> [!WARNING]\n> a"),
            (":::details[題]\na\n:::", "> [!DETAILS] 題\n> a"),
            (":::まとめ\n1. [一](a.md)\n2. 二\n:::", "> [!まとめ]\n> 1. [一](a.md)\n> 2. 二"),
            (
                ":::bad 題\n営業「はい」\n:::\n:::good\n客：え\n:::",
                "> [!BAD] 題\n> 営業「はい」\n\n> [!GOOD]\n> 客：え",
            ),
            (":::check\n- [ ] a\n:::", "> [!CHECK]\n> - [ ] a"),
            (":::note\n| a |\n|-|\n| b |\n:::", "> [!NOTE]\n>\n> | a |\n> |-|\n> | b |"),
        ] {
            assert_eq!(html(container), html(quote), "{container}");
            assert_eq!(faults(container), [], "{container}");
        }
        assert_eq!(parse(":::まとめ\n一\n:::").body.takeaways, parse("> [!まとめ]\n> 一").body.takeaways);
        assert_eq!(parse("前。\n\n:::まとめ {三|みっ}つ\n一\n:::").facts.headings[0].text, "三つ");
    }

    #[test]
    fn containers_need_no_empty_lines_and_end_what_stands_before() {
        assert_eq!(
            html("a\n:::note\n- b\n:::\nc"),
            format!("<p>a</p>\n{NOTE}<ul>\n<li>b</li>\n</ul>\n</aside>\n<p>c</p>\n")
        );
        assert_eq!(html("- a\n:::note\n- b\n:::\n- c").matches("<ul>").count(), 3);
        assert_eq!(
            html(":::note 題\na [b]\n:::\n\n[b]: /c"),
            format!("{TITLED}<p>a <a href=\"/c\">b</a></p>\n</aside>\n")
        );
    }

    #[test]
    fn containers_nest_in_each_other_in_quotes_and_in_lists() {
        let tip = "<aside class=\"box tip\"><p class=\"box-title\">ヒント</p>\n<p>a</p>\n</aside>\n";
        assert_eq!(html("::::note\n:::tip\na\n:::\n::::"), format!("{NOTE}{tip}</aside>\n"));
        assert_eq!(html(":::note\n:::tip\na\n:::\n:::"), format!("{NOTE}{tip}</aside>\n"));
        assert_eq!(html(":::note\n> [!TIP]\n> a\n\n:::"), format!("{NOTE}{tip}</aside>\n"));
        assert_eq!(html("> :::tip\n> a\n> :::"), format!("<blockquote>\n{tip}</blockquote>\n"));
        assert_eq!(html("- b\n  :::tip\n  a\n  :::\n"), format!("<ul>\n<li>b\n{tip}</li>\n</ul>\n"));
        assert_eq!(html("- b\n\n  :::tip\n  a\n  :::\n"), format!("<ul>\n<li>\n<p>b</p>\n{tip}</li>\n</ul>\n"));
        assert_eq!(html("1. :::tip\n   a\n   :::\n"), format!("<ol>\n<li>\n{tip}</li>\n</ol>\n"));
    }

    #[test]
    fn colons_in_code_and_elsewhere_stay() {
        for (text, shown) in [
            ("```\n:::note 題\na\n:::\n```", "<code>:::note 題\na\n:::\n</code>"),
            ("    :::note[題]\n    :::", "<code>:::note[題]\n:::"),
            ("\\:::note", "<p>:::note</p>"),
            ("a ::: b", "<p>a ::: b</p>"),
            (":::{note}", "<p>:::{note}</p>"),
            ("::", "<p>::</p>"),
            ("`a\n    :::note`", "<code>a"),
        ] {
            let html = html(text);
            assert!(html.contains(shown), "{text}: {html}");
        }
        assert_eq!(faults("```\n:::note\n```"), []);
    }

    #[test]
    fn unknown_and_unclosed_containers_are_errors_where_they_open() {
        assert_eq!(faults("a\n\n:::noet 題\nb\n:::"), fault("E0421", ":::noet 題"));
        let parsed = parse(":::NOET\nb\n:::");
        assert_eq!(parsed.faults[0].args, [("type".into(), "NOET".to_owned()), ("nearest".into(), "note".to_owned())]);
        assert_eq!(html(":::noet 題\nb\n:::"), "<p>題</p>\n<p>b</p>\n");
        assert_eq!(
            html(":::note\n:::x 題\nb\n:::\nc\n:::"),
            format!("{NOTE}<p>題</p>\n<p>b</p>\n<p>c</p>\n</aside>\n")
        );
        assert_eq!(faults("a\n  :::note\nb"), fault("E0422", ":::note"));
        assert_eq!(faults("> :::note 題\n> b\n\nc"), fault("E0422", ":::note 題"));
        assert_eq!(faults("::::note\n:::tip\na\n::::"), fault("E0422", ":::tip"));
        assert_eq!(faults("::::note\na\n:::\n::::"), fault("E0423", ":::"));
        assert_eq!(html("a\n\n:::"), "<p>a</p>\n<p>:::</p>\n");
        assert_eq!(faults(":::note\na\n::::"), []);
    }

    #[test]
    fn faults_inside_a_container_have_their_place() {
        assert_eq!(
            faults(":::note <b>\nx ![](a.png) {東京|と|う|きょう}\n:::"),
            [
                ("E0410", "<b>".to_owned()),
                ("E0409", "![](a.png)".to_owned()),
                ("E0420", "{東京|と|う|きょう}".to_owned())
            ]
        );
        let text = ":::note[[[a]]]\n[b](c.md)\n:::";
        let links = parse(text).facts.links;
        let found: Vec<_> = links.iter().filter_map(|link| text.get(link.target.span.range())).collect();
        assert_eq!(found, ["[b](c.md)", "[[a]]"]);
        assert!(html(":::note 題 {#x}\n:::").contains(">題 {#x}</p>"));
    }
}
