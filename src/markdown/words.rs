//! The few words that Markdown itself puts before readers, by the site's language.

use super::boxes::BoxKind;

/// Words in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Words {
    Ja,
    En,
}

impl Words {
    /// The words for `language`, a BCP 47 tag: Japanese for `ja` and what begins with `ja-`, English for the rest.
    pub(super) fn of(language: &str) -> Self {
        let primary = language.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("ja") { Self::Ja } else { Self::En }
    }

    /// The title of a box whose author gave none.
    pub(super) fn title(self, kind: BoxKind) -> &'static str {
        let (ja, en) = match kind {
            BoxKind::Note => ("注", "Note"),
            BoxKind::Tip => ("ヒント", "Tip"),
            BoxKind::Important => ("重要", "Important"),
            BoxKind::Warning => ("警告", "Warning"),
            BoxKind::Caution => ("注意", "Caution"),
            BoxKind::Point => ("ポイント", "Point"),
            BoxKind::Summary => ("まとめ", "Summary"),
            BoxKind::Dialogue => ("会話", "Dialogue"),
            BoxKind::Good => ("良い例", "Good example"),
            BoxKind::Bad => ("悪い例", "Bad example"),
            BoxKind::Check => ("チェック", "Check"),
            BoxKind::Steps => ("手順", "Steps"),
            BoxKind::Details => ("補足", "Details"),
        };
        self.choose(ja, en)
    }

    /// What names the region of a table that scrolls; a number follows.
    pub(super) fn table(self) -> &'static str {
        self.choose("表", "Table")
    }

    /// What names the list of footnotes.
    pub(super) fn footnotes(self) -> &'static str {
        self.choose("脚注", "Footnotes")
    }

    /// What names the link from a footnote back to its place.
    pub(super) fn back(self) -> &'static str {
        self.choose("本文に戻る", "Back to the text")
    }

    /// What tells that words are thought, not said.
    pub(super) fn thought(self) -> &'static str {
        self.choose("心の声", "Thought")
    }

    fn choose(self, ja: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }
}
