//! Boxes and dialogues as HTML.

use super::boxes::BoxKind;
use super::document::{Face, Kind, NodeId};
use super::html::Writer;
use super::options::Side;
use super::{HoleKind, plain};
use crate::memo::Hash;

/// How a kind of box is marked up: its element, the classes after `box`, and the element of its title.
fn markup(kind: BoxKind) -> (&'static str, &'static str, &'static str) {
    match kind {
        BoxKind::Note => ("aside", "note", "p"),
        BoxKind::Tip => ("aside", "tip", "p"),
        BoxKind::Important => ("aside", "important", "p"),
        BoxKind::Warning => ("aside", "warning", "p"),
        BoxKind::Caution => ("aside", "caution", "p"),
        BoxKind::Point => ("aside", "point", "p"),
        BoxKind::Summary => ("section", "sum", "h2"),
        BoxKind::Check => ("section", "check", "p"),
        BoxKind::Good => ("figure", "dlg ok", "figcaption"),
        BoxKind::Bad => ("figure", "dlg ng", "figcaption"),
        BoxKind::Dialogue => ("figure", "dlg talk", "figcaption"),
        BoxKind::Steps => ("div", "steps", "p"),
        BoxKind::Details => ("details", "details", "summary"),
    }
}

impl Writer<'_, '_> {
    pub(super) fn boxed(&mut self, made: u32) {
        let document = self.document;
        let made = &document.boxes[made as usize];
        let (mut name, class, mut title) = markup(made.kind);
        let open = made.fold == Some(true);
        if made.fold.is_some() {
            (name, title) = ("details", "summary");
        }
        // A まとめ is a heading of the page, folded or not.
        let heading = made.head.map(|head| document.heads[head as usize].id.as_str());
        let label = if made.kind == BoxKind::Check { Some(made.id.as_str()) } else { heading };

        self.line();
        self.push("<");
        self.push(name);
        self.push(" class=\"box ");
        self.push(class);
        self.push("\"");
        if let Some(id) = label.filter(|_| self.main && name == "section") {
            self.attribute("aria-labelledby", id);
        }
        self.push(if open { " open>" } else { ">" });

        self.push("<");
        self.push(title);
        let inner = heading.is_some() && title == "summary";
        self.push(" class=\"box-title\"");
        if let Some(id) = label.filter(|_| !inner) {
            self.id(id);
        }
        self.push(">");
        if inner {
            self.push("<h2");
            if let Some(id) = heading {
                self.id(id);
            }
            self.push(">");
        }
        self.box_title(made.node, made.kind);
        self.push(if inner { "</h2></" } else { "</" });
        self.push(title);
        self.push(">\n");

        self.box_body(made.node);
        self.push("</");
        self.push(name);
        self.push(">\n");
    }

    fn box_title(&mut self, node: NodeId, kind: BoxKind) {
        let document = self.document;
        let own = Some(document.get(node).first).filter(|first| matches!(document.kind(*first), Kind::Title));
        let words = self.words.title(kind);
        let mark = match kind {
            BoxKind::Bad => Some("✖\u{FE0E}"),
            BoxKind::Good => Some("○"),
            BoxKind::Dialogue => None,
            _ => {
                match own {
                    Some(own) => self.children(own),
                    None => self.push(words),
                }
                return;
            }
        };
        if let Some(mark) = mark {
            self.push("<span class=\"mark\" aria-hidden=\"true\">");
            self.push(mark);
            self.push("</span> ");
        }
        self.push(words);
        if let Some(own) = own {
            self.push(" <span class=\"box-sub\">");
            self.children(own);
            self.push("</span>");
        }
    }

    /// Writes what is in the box at `node`, without its title.
    pub(super) fn box_body(&mut self, node: NodeId) {
        let document = self.document;
        let kind = match document.kind(node) {
            Kind::Boxed(made) => Some(document.boxes[*made as usize].kind),
            _ => None,
        };
        let ticked = self.ticks;
        self.ticks |= kind == Some(BoxKind::Check);
        for child in document.children(node) {
            match document.kind(child) {
                Kind::List(start) if kind == Some(BoxKind::Check) => self.list(child, *start, "checks"),
                Kind::List(start) if kind == Some(BoxKind::Steps) => self.list(child, *start, "steps"),
                _ => self.node(child),
            }
        }
        self.ticks = ticked;
    }

    /// A turn or a thought. Without a stylesheet it reads as a script does: 名前「…」.
    pub(super) fn turn(&mut self, id: NodeId, turn: u32) {
        let document = self.document;
        let turn = &document.turns[turn as usize];
        self.line();
        self.push(if turn.thought { "<p class=\"think " } else { "<p class=\"say " });
        self.push(match turn.side {
            Side::Left => "left",
            Side::Right => "right",
        });
        self.push(if turn.face == Face::None { "" } else { " faced" });
        self.push(if turn.more { " more\"" } else { "\"" });
        if turn.thought {
            self.push(" role=\"group\"");
            self.attribute("aria-label", self.words.thought());
        }
        self.push(">");
        if let Face::Here(link) = turn.face {
            self.push("<img class=\"face\" src=\"");
            self.hole(link, HoleKind::Url);
            self.push("\" alt=\"\" width=\"48\" height=\"48\" loading=\"lazy\" decoding=\"async\">");
        }
        for child in document.children(id) {
            match document.kind(child) {
                Kind::Who => {
                    self.push("<b class=\"who\">");
                    self.children(child);
                    self.push("</b>");
                }
                Kind::Words => {
                    self.sep(turn.sign());
                    self.push("<span class=\"words\">");
                    self.children(child);
                    self.push("</span>");
                    self.sep(if turn.closed { "」" } else { "" });
                }
                _ => self.node(child),
            }
        }
        self.push("</p>\n");
    }

    /// A sign that a stylesheet may hide, because the bubble says the same.
    fn sep(&mut self, sign: &str) {
        if !sign.is_empty() {
            self.push("<span class=\"sep\">");
            self.push(sign);
            self.push("</span>");
        }
    }

    /// Names a box to tick by its words, so that no other item shifts what a reader ticked. In a copy, nothing.
    pub(super) fn tick_key(&mut self, holder: NodeId) {
        if !self.main {
            return;
        }
        let words = plain::label(self.document, holder);
        let key = Hash::of(words.as_bytes()).short();
        let times = self.tasks.entry(words).or_default();
        *times += 1;
        let key = if *times > 1 { format!("{key}-{times}") } else { key };
        self.attribute("data-key", &key);
    }
}
