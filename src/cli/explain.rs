//! `hiketsu explain WHAT`: what stands behind something that Hiketsu said or made.

use super::failure::Failure;
use super::{Session, args, code, words};

/// `hiketsu explain`.
pub(super) fn explain(session: &mut Session<'_>, typed: &args::Explain) -> Result<(), Failure> {
    if code::is_code(&typed.what) {
        return code::explain(session, &typed.what);
    }
    let message = words::NOTHING_TO_EXPLAIN.with(session.ui.lang, &[("what", &typed.what)]);
    Err(Failure::usage(message, words::SEE_HELP.in_lang(session.ui.lang).to_owned()))
}
