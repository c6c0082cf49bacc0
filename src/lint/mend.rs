//! Mends what can be mended without asking what the author meant.
//!
//! One rule at a time, and the text is read anew after each that changed anything, so that a rule always judges what is
//! there. It ends when no rule has anything left to mend: mending again changes nothing.

use super::edit::{self, Edit, Reading};
use super::{leaked_markup, missing_space, preferred_term, typed_heading, typed_navigation};
use crate::config::Lint;
use crate::content::{Role, TextOptions, parse};
use crate::highlight::Highlighter;
use crate::world::File;

pub(super) type Mend = fn(&Reading<'_>) -> Vec<Edit>;

/// Rules that mend, by name. What goes away altogether goes first.
pub(super) const MENDS: &[(&str, Mend)] = &[
    ("typed-navigation", typed_navigation::mend),
    ("missing-space", missing_space::mend),
    ("typed-heading", typed_heading::mend),
    ("leaked-markup", leaked_markup::mend),
    ("preferred-term", preferred_term::mend),
];

/// Rounds after which a text whose rules undo each other is left as it was.
const ROUNDS: usize = 20;

/// `source`, the text of a file as it is decoded, with everything mended that can be; `None` where there is nothing to
/// mend. Front matter and code are never changed.
pub fn mend(source: &str, role: Role, options: &TextOptions, lint: &Lint) -> Option<String> {
    let highlighter = Highlighter::new();
    let mut now = source.to_owned();
    for _ in 0..ROUNDS {
        let before = now.clone();
        for (_, mend) in MENDS.iter().filter(|(name, _)| lint.is_on(name)) {
            let (text, ..) = parse::parse(&File::held(now.as_bytes()), role, options, false, &highlighter);
            let edits = mend(&Reading { source: &now, text: &text, spellings: &options.spellings });
            if !edits.is_empty() {
                now = edit::apply(&now, edits);
            }
        }
        if now == before {
            return (now != source).then_some(now);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{ProptestConfig, any, prop, proptest};

    use super::super::sample::mended;

    const PIECES: &[&str] = &[
        "本文です。",
        "1.項目",
        "2.項目",
        "##見出し",
        "====まとめ====",
        "====================",
        "👉前回ページ",
        "[👉 トップへ](/)",
        "** 太字 **",
        "**太字 **です",
        "お客さまの声",
        "おきゃくさま",
        "> 引用",
        "> 1.項目",
        "- 一つ",
        "```",
        "1.コード",
        "`1.x`",
        "~~",
        "",
        "",
        "    1.字下げ",
        ":::note",
        ":::",
        "    ",
        "*",
        "| a | b |",
        "|---|---|",
        "\\** x **",
        "{{ x }}",
        "====ほか====",
        "> [!まとめ]",
        "<div>",
        "</div>",
        "\\",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn mending_again_changes_nothing(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12), end in any::<bool>()) {
            let body = pieces.join("\n") + if end { "\n" } else { "" };
            let once = mended(&body);
            assert_eq!(mended(&once), once, "{body}");
        }

        #[test]
        fn code_and_front_matter_are_left_alone(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..8)) {
            let code_block = "```text\n1.項目\n====まとめ====\n👉前回ページ\nお客さま ** x **\n```\n";
            let inline = "`お客さま ** x **`";
            let front = "---\ntitle: 1.お客さま ** x **\n---\n";
            let body = format!("{front}\n{code_block}\n{}\n\n終わりの{inline}。\n", pieces.join("\n"));
            let now = mended(&body);
            assert!(now.starts_with(&format!("{front}\n{code_block}")), "{now}");
            assert!(now.ends_with(&format!("\n\n終わりの{inline}。\n")), "{now}");
        }
    }
}
