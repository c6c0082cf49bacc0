//! The document tree: nodes in one array, linked by index, each with its place in the source.
//!
//! It borrows its text from the source wherever Markdown leaves the text as it is, and it can be rearranged without
//! moving nodes: a paragraph becomes turns of a dialogue, a quote becomes a box. It knows nothing of HTML.

use pulldown_cmark::{Alignment, CowStr};

use super::boxes::BoxKind;
use super::code::Info;
use super::options::Side;
use super::raw::Markup;
use crate::text::Span;

/// The index of a node. Zero is the root, which is nobody's child, so it also stands for "none".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct NodeId(u32);

impl NodeId {
    /// The root; as a child or a sibling: none.
    pub(super) const NONE: Self = Self(0);

    /// The node's index, or `None`.
    pub(super) fn some(self) -> Option<Self> {
        (self != Self::NONE).then_some(self)
    }
}

/// One node: what it is, where it stands, its first child and the sibling after it.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) span: Span,
    pub(super) first: NodeId,
    pub(super) next: NodeId,
}

/// What a node is. Numbers are indices into the lists of [`Document`].
#[derive(Debug, Clone)]
pub(super) enum Kind<'a> {
    Root,
    // Blocks.
    Paragraph,
    Heading(u32),
    Quote,
    /// A quote that names its source: its blocks, then a [`Kind::Source`].
    QuoteFigure,
    /// The line that names a quote's source.
    Source,
    /// Ordered from this number, or with bullets.
    List(Option<u64>),
    Item,
    CodeBlock(u32),
    /// A block of raw HTML; its text is in [`Kind::Html`] children.
    HtmlBlock,
    Rule,
    /// A line of colons, by its index in the source; one that opens holds its title.
    Fence(u32),
    Table(u32),
    TableHead,
    TableRow,
    TableCell,
    /// A box: [`Kind::Title`] where the author gave one, then blocks.
    Boxed(u32),
    /// The title of a box, as inline nodes.
    Title,
    /// A good and a bad example side by side.
    Versus,
    /// A turn of a dialogue or a thought in it: a [`Kind::Who`] where it has a name, a [`Kind::Words`], then what follows
    /// the closing bracket.
    Turn(u32),
    /// The name of who speaks, as inline nodes.
    Who,
    /// What is said in a turn.
    Words,
    // Inline.
    Text(CowStr<'a>),
    Code(CowStr<'a>),
    /// Raw HTML as it was typed. What is written is [`Kind::Raw`], or this where all authors are trusted.
    Html(CowStr<'a>),
    /// Raw HTML as it is written: an index into [`Document::raws`].
    Raw(u32),
    /// A formula: its TeX, and whether it stands on a line of its own.
    Math {
        tex: CowStr<'a>,
        display: bool,
    },
    /// The box of a task: ticked or not.
    Task(bool),
    Emphasis,
    Strong,
    Strikethrough,
    Mark,
    Link(u32),
    Image(u32),
    /// The title of the lesson that a link leads to, which the site fills in: the link, and its target as typed.
    TitleOf {
        link: u32,
        typed: &'a str,
    },
    /// Words with their reading: a [`Kind::Text`] and a [`Kind::Reading`], or these for each character.
    Ruby,
    /// How the text before it is read. It is no part of the text.
    Reading(CowStr<'a>),
    /// A reference to a footnote, by its label.
    Note(CowStr<'a>),
    /// A line break in the source that shows as white space, or as nothing where it joins two wide characters.
    SoftBreak {
        joins: bool,
    },
    HardBreak,
}

impl Kind<'_> {
    /// Whether it stands on lines of its own.
    pub(super) fn is_block(&self) -> bool {
        !matches!(
            self,
            Self::Text(_)
                | Self::Code(_)
                | Self::Html(_)
                | Self::Raw(_)
                | Self::Math { .. }
                | Self::Task(_)
                | Self::Emphasis
                | Self::Strong
                | Self::Strikethrough
                | Self::Mark
                | Self::Link(_)
                | Self::Image(_)
                | Self::TitleOf { .. }
                | Self::Ruby
                | Self::Reading(_)
                | Self::Note(_)
                | Self::SoftBreak { .. }
                | Self::HardBreak
        )
    }
}

/// An id in raw HTML.
#[derive(Debug)]
pub(super) struct RawId {
    pub(super) id: String,
    pub(super) span: Span,
    /// Whether it is nobody else's; assigned by [`super::ids`].
    pub(super) own: bool,
}

/// A heading, or the title of a box that counts as one.
#[derive(Debug)]
pub(super) struct Head<'a> {
    pub(super) node: NodeId,
    pub(super) level: u8,
    /// Given by the author: `{#id}`.
    pub(super) explicit: Option<CowStr<'a>>,
    pub(super) classes: Vec<CowStr<'a>>,
    /// Assigned by [`super::ids`].
    pub(super) id: String,
    pub(super) text: String,
    pub(super) span: Span,
}

/// A link or an image.
#[derive(Debug)]
pub(super) struct Target<'a> {
    /// Index into [`super::Facts::links`]; `None` where the target is not allowed.
    pub(super) link: Option<u32>,
    /// Whether it leads to another site over HTTP.
    pub(super) external: bool,
    pub(super) title: CowStr<'a>,
}

/// A code block.
#[derive(Debug)]
pub(super) struct CodeBlock<'a> {
    pub(super) info: Info,
    pub(super) text: CowStr<'a>,
    /// The opening fence's line, or the whole indented block.
    pub(super) span: Span,
}

/// A box.
#[derive(Debug)]
pub(super) struct BoxNode {
    pub(super) node: NodeId,
    pub(super) kind: BoxKind,
    /// Whether it folds, and if so whether it is open at first.
    pub(super) fold: Option<bool>,
    /// The index of its heading, for boxes whose title is one.
    pub(super) head: Option<u32>,
    /// The id of its title, for boxes that are labelled by a title that is no heading.
    pub(super) id: String,
    /// Whether it stands in a まとめ box itself.
    pub(super) inner: bool,
}

/// A turn of a dialogue.
#[derive(Debug)]
pub(super) struct TurnNode {
    pub(super) node: NodeId,
    /// Plain text; empty for a thought of whoever spoke before.
    pub(super) name: String,
    pub(super) side: Side,
    /// What stands between name and words: `「` or a colon. None in a thought, whose words have their brackets, and where
    /// the words go on from the paragraph before.
    pub(super) open: Option<char>,
    /// Whether `」` follows the words.
    pub(super) closed: bool,
    /// Whether it is thought, not said.
    pub(super) thought: bool,
    /// Whether it stands right after a turn of the same person: name and face are shown above already.
    pub(super) more: bool,
    pub(super) face: Face,
}

/// What is seen of a person's face beside one turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// The person has none.
    None,
    /// It is shown further up, and takes room here.
    Above,
    /// It is shown here: its link.
    Here(u32),
}

impl TurnNode {
    /// What is written between name and words.
    pub(super) fn sign(&self) -> &'static str {
        match self.open {
            Some('「') => "「",
            Some('：') => "：",
            Some(_) => ": ",
            None => "",
        }
    }
}

/// A footnote's text.
#[derive(Debug)]
pub(super) struct NoteNode<'a> {
    pub(super) label: CowStr<'a>,
    pub(super) node: NodeId,
    pub(super) span: Span,
}

/// One text's body.
#[derive(Debug)]
pub(super) struct Document<'a> {
    nodes: Vec<Node<'a>>,
    pub(super) heads: Vec<Head<'a>>,
    pub(super) targets: Vec<Target<'a>>,
    pub(super) codes: Vec<CodeBlock<'a>>,
    pub(super) tables: Vec<Vec<Alignment>>,
    pub(super) boxes: Vec<BoxNode>,
    pub(super) turns: Vec<TurnNode>,
    pub(super) notes: Vec<NoteNode<'a>>,
    /// Whether there is any [`Kind::Html`].
    pub(super) has_html: bool,
    pub(super) raws: Vec<Markup>,
    pub(super) raw_ids: Vec<RawId>,
    /// For HTML that is not in the source as it is: where its stretches stand there, as pairs of offsets.
    pub(super) html_maps: Vec<(NodeId, Vec<(u32, u32)>)>,
    /// Every quote, in order, and whether the nesting limit still leaves it one.
    pub(super) quotes: Vec<NodeId>,
    /// Boxes between lines of colons: the node, and where the opening line stands.
    pub(super) containers: Vec<(NodeId, BoxKind, Span)>,
}

impl<'a> Document<'a> {
    /// An empty document for a source of `length` bytes.
    pub(super) fn new(length: usize) -> Self {
        let mut nodes = Vec::with_capacity(16 + length / 48);
        let span = Span::new(0..length);
        nodes.push(Node { kind: Kind::Root, span, first: NodeId::NONE, next: NodeId::NONE });
        Self {
            nodes,
            heads: Vec::new(),
            targets: Vec::new(),
            codes: Vec::new(),
            tables: Vec::new(),
            boxes: Vec::new(),
            turns: Vec::new(),
            notes: Vec::new(),
            has_html: false,
            raws: Vec::new(),
            raw_ids: Vec::new(),
            html_maps: Vec::new(),
            quotes: Vec::new(),
            containers: Vec::new(),
        }
    }

    /// Where the stretches of a [`Kind::Html`] stand in the source; empty where it stands there as it is.
    pub(super) fn html_map(&self, id: NodeId) -> &[(u32, u32)] {
        let found = self.html_maps.binary_search_by_key(&id, |map| map.0);
        found.map_or(&[], |at| &self.html_maps[at].1)
    }

    /// The root, whose children are the body's blocks.
    pub(super) fn root() -> NodeId {
        NodeId(0)
    }

    /// Adds a node that nothing refers to yet.
    pub(super) fn add(&mut self, kind: Kind<'a>, span: Span) -> NodeId {
        let id = NodeId(number(self.nodes.len()));
        self.nodes.push(Node { kind, span, first: NodeId::NONE, next: NodeId::NONE });
        id
    }

    pub(super) fn get(&self, id: NodeId) -> &Node<'a> {
        &self.nodes[id.0 as usize]
    }

    pub(super) fn get_mut(&mut self, id: NodeId) -> &mut Node<'a> {
        &mut self.nodes[id.0 as usize]
    }

    pub(super) fn kind(&self, id: NodeId) -> &Kind<'a> {
        &self.get(id).kind
    }

    /// All nodes in the order in which they were made, whether or not they still hang in the tree.
    pub(super) fn all(&self) -> &[Node<'a>] {
        &self.nodes
    }

    /// The children of a node.
    pub(super) fn children(&self, id: NodeId) -> Siblings<'_, 'a> {
        Siblings { document: self, next: self.get(id).first }
    }

    /// The child after which there is no other.
    pub(super) fn last_child(&self, id: NodeId) -> Option<NodeId> {
        self.children(id).last()
    }

    /// Makes `children`, in this order, all the children of `parent`.
    pub(super) fn set_children(&mut self, parent: NodeId, children: &[NodeId]) {
        self.get_mut(parent).first = children.first().copied().unwrap_or(NodeId::NONE);
        for (at, id) in children.iter().enumerate() {
            self.get_mut(*id).next = children.get(at + 1).copied().unwrap_or(NodeId::NONE);
        }
    }

    /// Moves what stands in `id`'s slot to a new one, so that the slot, which others refer to, can hold something else.
    pub(super) fn move_out(&mut self, id: NodeId) -> NodeId {
        let node = self.get(id).clone();
        let moved = NodeId(number(self.nodes.len()));
        self.nodes.push(node);
        moved
    }

    /// Cuts the text node `id` at byte `at` of its text; the second half becomes its next sibling. `None`, and no
    /// change, where one half would be empty.
    pub(super) fn split_text(&mut self, id: NodeId, at: usize) -> Option<NodeId> {
        let node = self.get(id);
        let (span, next) = (node.span, node.next);
        let Kind::Text(text) = &node.kind else { return None };
        let (head, tail) = split(text, at)?;
        let exact = text.len() == span.range().len();
        let middle = if exact { span.start + number(at) } else { span.end };
        let rest = self.add(Kind::Text(tail), Span { start: middle, end: span.end });
        self.get_mut(rest).next = next;
        let node = self.get_mut(id);
        node.kind = Kind::Text(head);
        node.span.end = middle;
        node.next = rest;
        Some(rest)
    }
}

/// Both halves of `text`, neither empty.
fn split<'a>(text: &CowStr<'a>, at: usize) -> Option<(CowStr<'a>, CowStr<'a>)> {
    let (head, tail) = match text {
        CowStr::Borrowed(text) => text.split_at_checked(at).map(|(a, b)| (a.into(), b.into())),
        text => text.split_at_checked(at).map(|(a, b)| (a.to_owned().into(), b.to_owned().into())),
    }?;
    let both: (CowStr<'a>, CowStr<'a>) = (head, tail);
    (!both.0.is_empty() && !both.1.is_empty()).then_some(both)
}

/// A length as it is stored: no text is longer than [`crate::text::Span`] can say.
pub(super) fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A node's children, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Siblings<'d, 'a> {
    document: &'d Document<'a>,
    next: NodeId,
}

impl Iterator for Siblings<'_, '_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let id = self.next.some()?;
        self.next = self.document.get(id).next;
        Some(id)
    }
}
