//! Markdown: one text to a typed document with spans, and from there to HTML, plain text and facts.
//!
//! It knows no paths, no URLs and no other file: a link is kept as it was typed, and its place in the HTML is a hole
//! that the site fills when it knows where everything lies.

use serde::{Deserialize, Serialize};

use crate::text::{Located, Span};

/// HTML with holes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fragment {
    /// The HTML without what the holes will hold.
    pub html: String,
    /// In ascending order of their place.
    pub holes: Vec<Hole>,
}

/// A place in a fragment that is filled once all routes are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    /// Byte offset into the fragment's HTML.
    pub at: u32,
    /// Index into [`Facts::links`].
    pub link: u32,
    /// What is put there.
    pub kind: HoleKind,
}

/// What fills a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HoleKind {
    /// The URL, escaped for an attribute.
    Url,
    /// ` width="…" height="…"`, or nothing where the size is not known.
    Size,
}

/// A text's body.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Body {
    /// The whole body.
    pub main: Fragment,
    /// The contents of each まとめ box, in order, without ids.
    pub takeaways: Vec<Fragment>,
}

/// What is known of a body without its HTML.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// In order, level 1 to 6.
    pub headings: Vec<Heading>,
    /// Every id in the body's HTML that a link may point at, sorted: headings, boxes, footnotes.
    pub anchors: Vec<String>,
    /// Links and images, as typed.
    pub links: Vec<Link>,
    /// The first words as plain text, cut at 。 or between two characters, at most 120 characters.
    pub summary: String,
    /// Minutes, at least one: 500 Japanese characters or 200 Latin words each.
    pub minutes: u32,
    /// Characters that a reader reads, white space not counted.
    pub characters: u32,
    /// Whether there is a まとめ box.
    pub takeaways: u32,
    /// Whether there is highlighted code, so that the page needs its stylesheet.
    pub code: bool,
    /// Whether there are boxes to tick.
    pub checks: bool,
}

/// A heading of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique in the text; Unicode.
    pub id: String,
    /// Its plain text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A link or an image, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its kind.
    pub kind: LinkKind,
    /// The destination as Markdown resolves it (entities and escapes undone), and where the whole link stands.
    pub target: Located<String>,
}

/// What refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// `[text](target)`, `<target>`.
    Link,
    /// `![alt](target)`.
    Image,
}
