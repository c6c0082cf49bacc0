//! What the author of a site chooses for its Markdown.

use serde::{Deserialize, Serialize};

/// The side on which a speaker's turns stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// At the start of the line.
    Left,
    /// At its end.
    Right,
}

/// A named voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Speaker {
    /// What dialogues write: `お客様`.
    pub name: String,
    /// Where the turns stand.
    pub side: Side,
    /// An image below `content/` that is shown beside the turns.
    pub face: Option<String>,
}

/// What a line break inside a paragraph becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Breaks {
    /// Nothing between two wide characters, a space elsewhere.
    #[default]
    Join,
    /// A space, as CommonMark has it.
    Space,
    /// A line break.
    Br,
}

/// What raw HTML in a lesson becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum RawHtml {
    /// HTML, of the elements and attributes that texts are made of; what else there is goes, with a warning.
    #[default]
    Safe,
    /// Text that shows the tags, and a warning.
    Escape,
    /// HTML as it is, links and ids apart: only for authors whom the publisher trusts.
    Trusted,
}
