//! What the code of a diagnostic means, an example, and how to mend it: `hiketsu explain E0401`.

use std::fmt::Write as _;

use super::failure::Failure;
use super::{Session, words};
use crate::diag::pages::{self, Block, Page};
use crate::diag::{Lang, catalogue, nearest};
use crate::text::wrap;

/// Whether `what` looks like the code of a fault: `E0520`.
pub(super) fn is_code(what: &str) -> bool {
    what.len() == 5 && what.starts_with(['E', 'e']) && what.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}

/// The page of a code.
pub(super) fn explain(session: &mut Session<'_>, typed: &str) -> Result<(), Failure> {
    let lang = session.ui.lang;
    let Some(page) = pages::find(typed) else {
        let near = nearest(&typed.to_ascii_uppercase(), catalogue::all().map(|code| code.id));
        let help = near.map_or_else(
            || words::UNKNOWN_CODE_HELP.in_lang(lang).to_owned(),
            |name| words::DID_YOU_MEAN.with(lang, &[("name", &name)]),
        );
        return Err(Failure::usage(words::UNKNOWN_CODE.with(lang, &[("typed", &typed)]), help));
    };
    let head = format!("{} {}", page.code.id, pages::severity(page.code.severity, lang));
    let head = format!("{}: {}", session.ui.strong(&head), page.message(lang));
    let text = shown(&page, &head, lang, session.ui.columns());
    Ok(session.ui.print(&text)?)
}

fn shown(page: &Page, head: &str, lang: Lang, width: usize) -> String {
    let mut out = String::new();
    for paragraph in [head, page.meaning(lang), words::EXAMPLE.in_lang(lang)] {
        let _ = writeln!(out, "{}\n", wrap::fill(paragraph, width, ""));
    }
    blocks(&page.bad, &mut out);
    let mend = format!("{}{}", words::TO_MEND.in_lang(lang), page.help(lang));
    let _ = writeln!(out, "{}\n", wrap::fill(&mend, width, ""));
    blocks(&page.good, &mut out);
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The files of an example, indented; each under its name.
fn blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        if let Some(path) = block.shown_path() {
            let _ = writeln!(out, "  {path}");
        }
        for line in block.shown().lines() {
            let _ = writeln!(out, "{}", format!("    {line}").trim_end());
        }
        out.push('\n');
    }
}
