//! What the process is told from outside besides its arguments. Read once; nothing else looks at the environment.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use crate::diag::Lang;

/// What the environment says of colours: `NO_COLOR`, then `CLICOLOR_FORCE`, then `CLICOLOR=0` and `TERM=dumb`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colors {
    /// Nowhere.
    Never,
    /// Everywhere, in pipes too.
    Always,
    /// Where somebody sees them.
    #[default]
    OnTerminals,
}

/// The surroundings of a run.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// The working directory.
    pub cwd: PathBuf,
    /// The user's home, where there is one.
    pub home: Option<PathBuf>,
    /// The first of `LC_ALL`, `LC_MESSAGES`, `LANG` that is not empty.
    pub locale: Option<String>,
    /// What the environment says of colours.
    pub colors: Colors,
    /// Standard output is a terminal: somebody reads what is printed, not a program.
    pub stdout_terminal: bool,
    /// Standard error is a terminal.
    pub stderr_terminal: bool,
    /// Standard input is a terminal: somebody is there to be asked.
    pub stdin_terminal: bool,
    /// The program that edits texts: `VISUAL`, else `EDITOR`.
    pub editor: Option<String>,
    /// Columns of the terminal, where known.
    pub width: Option<usize>,
}

impl Environment {
    /// Of this process.
    ///
    /// # Errors
    /// Where the working directory is gone.
    #[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
    pub fn of_process() -> io::Result<Self> {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Ok(Self {
            cwd: std::env::current_dir()?,
            home: std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from),
            locale: ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable),
            colors: if variable("NO_COLOR").is_some() {
                Colors::Never
            } else if variable("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
                Colors::Always
            } else if variable("CLICOLOR").as_deref() == Some("0") || variable("TERM").as_deref() == Some("dumb") {
                Colors::Never
            } else {
                Colors::OnTerminals
            },
            stdout_terminal: io::stdout().is_terminal(),
            stderr_terminal: io::stderr().is_terminal(),
            stdin_terminal: io::stdin().is_terminal(),
            editor: ["VISUAL", "EDITOR"].into_iter().find_map(variable),
            width: variable("COLUMNS").and_then(|columns| columns.parse().ok()).or_else(terminal_width),
        })
    }

    /// The language that the locale asks for; none where it asks for none (`C`, `POSIX`, unset).
    pub(super) fn lang(&self) -> Option<Lang> {
        let locale = self.locale.as_deref()?;
        let language = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
        match language {
            "C" | "POSIX" | "" => None,
            "ja" => Some(Lang::Ja),
            _ => Some(Lang::En),
        }
    }
}

/// Columns of the terminal that standard output or standard error is.
fn terminal_width() -> Option<usize> {
    let (terminal_size::Width(columns), _) =
        terminal_size::terminal_size_of(io::stdout()).or_else(|| terminal_size::terminal_size_of(io::stderr()))?;
    Some(usize::from(columns)).filter(|columns| *columns > 0)
}

#[cfg(test)]
mod tests {
    use super::Environment;
    use crate::diag::Lang;

    #[test]
    fn the_locale_chooses_the_language() {
        let lang = |locale: &str| Environment { locale: Some(locale.to_owned()), ..Environment::default() }.lang();
        assert_eq!(lang("ja_JP.UTF-8"), Some(Lang::Ja));
        assert_eq!(lang("ja"), Some(Lang::Ja));
        assert_eq!(lang("en_GB.UTF-8"), Some(Lang::En));
        assert_eq!(lang("fr_FR"), Some(Lang::En));
        assert_eq!(lang("C.UTF-8"), None);
        assert_eq!(Environment::default().lang(), None);
    }
}
