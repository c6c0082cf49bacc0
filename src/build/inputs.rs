//! What a page is made from, each kind by itself: so that it can be told which of them changed.

use serde::{Deserialize, Serialize};

use crate::memo::{Hash, KeyBuilder};

/// One kind of thing that a page depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Templates, styles, words.
    Theme,
    /// What all pages show: settings, navigation, the list of series and taxonomies.
    Site,
    /// Which template it has, and where it lies.
    Template,
    /// What the page says of itself: its title, its description, its dates.
    Page,
    /// What it shows of others: neighbours, parts, lists, terms.
    Lists,
    /// The file of its body.
    Text,
    /// What the links of its body lead to, and the sizes of its images.
    Links,
    /// The takeaways that it collects.
    Takeaways,
}

/// All of them, in the order in which they are remembered.
const ALL: [Input; 8] = [
    Input::Theme,
    Input::Site,
    Input::Template,
    Input::Page,
    Input::Lists,
    Input::Text,
    Input::Links,
    Input::Takeaways,
];

/// A hash of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Inputs(pub(super) [Hash; ALL.len()]);

impl Inputs {
    /// The key of the page.
    pub(super) fn key(&self) -> Hash {
        self.0.iter().fold(KeyBuilder::new("page"), |key, input| key.hash(*input)).finish()
    }

    /// What is remembered of them: enough to see a change.
    pub(super) fn short(&self) -> [u32; ALL.len()] {
        self.0.map(|hash| u32::from_le_bytes([hash.0[0], hash.0[1], hash.0[2], hash.0[3]]))
    }
}

/// Why a page was rendered when it last was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    /// The output folder did not hold it, or not as it was written.
    Missing,
    /// What it was made from before is not remembered: another version of Hiketsu wrote it, or the memos were lost.
    Forgotten,
    /// These inputs changed, a bit each.
    Changed(u16),
}

impl Why {
    pub(super) fn between(before: &[u32; ALL.len()], now: &[u32; ALL.len()]) -> Self {
        let bits = before.iter().zip(now).enumerate().filter(|(_, (before, now))| before != now);
        Self::Changed(bits.map(|(at, _)| 1 << at).sum())
    }

    /// The inputs that changed, where that is the reason.
    pub fn changed(self) -> Vec<Input> {
        let Self::Changed(bits) = self else { return Vec::new() };
        ALL.into_iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, input)| input).collect()
    }
}
