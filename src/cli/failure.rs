//! Why a command ended without doing what was asked, sorted by whose matter it is.

use std::io;

use super::words;
use crate::commit::CommitError;
use crate::diag::Lang;
use crate::world::{Doing, WorldError};

/// The program's exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Exit {
    /// Done.
    Done = 0,
    /// Faults in the content.
    Content = 1,
    /// Faults in the arguments or in `site.toml`.
    Usage = 2,
    /// Refused for safety.
    Refused = 3,
    /// The disk or the network failed.
    Io = 4,
}

/// A command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is something to say.
    Told {
        /// The exit code.
        code: u8,
        /// What is wrong.
        message: String,
        /// What to do; may be empty.
        help: String,
    },
    /// Everything has been said: diagnostics were shown.
    Shown(Exit),
    /// Standard output cannot be written to.
    Output(io::Error),
}

impl Failure {
    pub(super) fn told(exit: Exit, message: String, help: String) -> Self {
        Self::Told { code: exit as u8, message, help }
    }

    pub(super) fn usage(message: String, help: String) -> Self {
        Self::told(Exit::Usage, message, help)
    }

    /// The write door refused or failed.
    pub(super) fn commit(error: &CommitError, lang: Lang) -> Self {
        Self::Told { code: error.exit_code(), message: error.message(lang), help: error.help(lang).to_owned() }
    }

    /// The read door failed.
    pub(super) fn world(error: &WorldError, lang: Lang) -> Self {
        let path = error.path.display();
        match error.doing {
            Doing::Find => Self::usage(
                words::NO_SITE_AT.with(lang, &[("folder", &path)]),
                words::NO_SITE_HELP.in_lang(lang).to_owned(),
            ),
            Doing::Read | Doing::List => {
                let say = if error.doing == Doing::Read { words::CANNOT_READ } else { words::CANNOT_LIST };
                let message = say.with(lang, &[("path", &path), ("reason", &error.source)]);
                Self::told(Exit::Io, message, words::CANNOT_READ_HELP.in_lang(lang).to_owned())
            }
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
