//! `hiketsu explain WHAT`: what stands behind something that Hiketsu said or made.

use super::failure::Failure;
use super::words;
use super::{Session, args};
use crate::diag::catalogue;

/// `hiketsu explain`.
pub(super) fn explain(session: &mut Session<'_>, typed: &args::Explain) -> Result<(), Failure> {
    code(session, &typed.what)
}

/// Whether `what` looks like the code of a fault: `E0520`.
fn is_code(what: &str) -> bool {
    what.len() == 5 && what.starts_with(['E', 'e']) && what.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}

/// What a code means.
fn code(session: &mut Session<'_>, typed: &str) -> Result<(), Failure> {
    let lang = session.ui.lang;
    let id = typed.to_ascii_uppercase();
    let code = catalogue::by_id(&id).filter(|_| is_code(typed)).ok_or_else(|| {
        let message = words::NOTHING_TO_EXPLAIN.with(lang, &[("what", &typed)]);
        Failure::usage(message, words::SEE_HELP.in_lang(lang).to_owned())
    })?;
    let words = code.words(lang);
    session.ui.print(&format!("{}: {}\n  {}\n", code.id, words.message, words.help))?;
    Ok(())
}
