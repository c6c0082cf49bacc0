//! `hiketsu lsp`: the language server, over standard input and output.

use lsp_server::Connection;

use super::args::{self, LangName};
use super::failure::{Exit, Failure};
use super::{Session, words};
use crate::diag::Lang;
use crate::lsp::{self, Options};

/// `hiketsu lsp`.
pub(super) fn lsp(session: &mut Session<'_>, _typed: &args::Lsp) -> Result<(), Failure> {
    let lang = session.ui.lang;
    if session.environment.stdin_terminal {
        return Err(Failure::usage(words::LSP_TERMINAL.in_lang(lang).to_owned(), String::new()));
    }
    let options = Options {
        root: session.root.as_ref().map(|root| session.environment.cwd.join(root)),
        lang: session.lang.map(|lang| match lang {
            LangName::Ja => Lang::Ja,
            LangName::En => Lang::En,
        }),
        default_lang: lang,
    };
    let (connection, threads) = Connection::stdio();
    let done = lsp::run(&connection, &options);
    drop(connection);
    let joined = threads.join();
    let failed =
        |reason: String| Failure::told(Exit::Io, words::LSP_FAILED.with(lang, &[("reason", &reason)]), String::new());
    done.map_err(|error| failed(error.0))?;
    joined.map_err(|error| failed(error.to_string()))
}
