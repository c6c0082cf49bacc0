//! The one place that prints: what was asked for goes to standard output, what is said about it to standard error.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use super::args::{Format, Global, When};
use super::environment::{Colors, Environment};
use super::failure::Failure;
use super::words;
use crate::diag;
use crate::diag::render::human::Look;
use crate::diag::render::{Setting, github, human, json};
use crate::diag::{Diagnostic, Lang, Severity};
use crate::path::SourcePath;
use crate::text::wrap;
use crate::world::{Data, Snapshot};

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Talk {
    /// Faults only.
    Quiet,
    /// Faults and results.
    Usual,
    /// What happens on the way, too.
    Verbose,
}

/// Where there are colours.
#[derive(Debug, Clone, Copy, Default)]
struct Painted {
    out: bool,
    err: bool,
}

/// Where words go, and how they look.
pub(super) struct Ui {
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
    pub(super) lang: Lang,
    format: Format,
    painted: Painted,
    width: Option<usize>,
    talk: Talk,
    terminal: bool,
    prefix: String,
    /// Faults of one kind that are shown.
    limit: usize,
    /// `hiketsu explain` was mentioned.
    explained: bool,
}

impl Ui {
    /// Plain, until the arguments are known.
    pub(super) fn new(out: Box<dyn Write + Send>, err: Box<dyn Write + Send>, lang: Lang) -> Self {
        Self {
            out,
            err,
            lang,
            format: Format::Human,
            painted: Painted::default(),
            width: None,
            talk: Talk::Usual,
            terminal: false,
            prefix: String::new(),
            limit: human::MANY,
            explained: false,
        }
    }

    /// Says nothing.
    pub(super) fn silent(lang: Lang) -> Self {
        Self::new(Box::new(io::sink()), Box::new(io::sink()), lang)
    }

    /// As the user asked.
    pub(super) fn set(&mut self, global: &Global, environment: &Environment) {
        self.format = global.format;
        let paint = |terminal: bool| match global.color {
            When::Always => true,
            When::Never => false,
            When::Auto => match environment.colors {
                Colors::Never => false,
                Colors::Always => true,
                Colors::OnTerminals => terminal,
            },
        };
        self.painted.err = paint(environment.stderr_terminal);
        self.painted.out = paint(environment.stdout_terminal);
        self.surround(environment);
        self.talk = match (global.quiet, global.verbose) {
            (true, _) => Talk::Quiet,
            (_, true) => Talk::Verbose,
            _ => Talk::Usual,
        };
        self.terminal = environment.stderr_terminal;
    }

    /// What is known before the arguments are.
    pub(super) fn surround(&mut self, environment: &Environment) {
        self.width = environment.width;
    }

    /// The help of a command, in lines that fit the terminal.
    pub(super) fn help(&mut self, text: &str) -> io::Result<()> {
        match self.width {
            Some(width) => self.print(&wrap::help(text, width)),
            None => self.print(text),
        }
    }

    /// Paths of the site are shown with `prefix` in front.
    pub(super) fn set_prefix(&mut self, prefix: String) {
        self.prefix = prefix;
    }

    /// Whether a bar that moves makes sense.
    pub(super) fn wants_progress(&self) -> bool {
        self.terminal && self.talk != Talk::Quiet && self.format == Format::Human
    }

    /// Whether only faults are wanted.
    pub(super) fn is_quiet(&self) -> bool {
        self.talk == Talk::Quiet
    }

    /// What the command was asked for.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }

    /// A result in words: to standard output, unless that is for a program.
    pub(super) fn say(&mut self, text: &str) -> io::Result<()> {
        if self.talk == Talk::Quiet {
            return Ok(());
        }
        match self.format {
            Format::Human => writeln!(self.out, "{text}"),
            Format::Json | Format::Github => writeln!(self.err, "{text}"),
        }
    }

    /// Columns that there are for words.
    pub(super) fn columns(&self) -> usize {
        self.width.unwrap_or(Look::default().width)
    }

    /// What stands out on standard output.
    pub(super) fn strong(&self, text: &str) -> String {
        paint(self.painted.out, "1", text)
    }

    /// Something by the way, to standard error.
    pub(super) fn note(&mut self, text: &str) -> io::Result<()> {
        if self.talk == Talk::Quiet { Ok(()) } else { writeln!(self.err, "{text}") }
    }

    /// Something that only those want who asked for more.
    pub(super) fn detail(&mut self, text: &str) -> io::Result<()> {
        if self.talk == Talk::Verbose { writeln!(self.err, "{text}") } else { Ok(()) }
    }

    /// Something that must not be overlooked, to standard error.
    pub(super) fn warn(&mut self, text: &str) -> io::Result<()> {
        let name = words::WARNING.in_lang(self.lang);
        let name = self.painted("1;33", name);
        writeln!(self.err, "{name}: {text}")
    }

    /// An error's sentence, to standard error.
    pub(super) fn error(&mut self, text: &str) -> io::Result<()> {
        let name = words::ERROR.in_lang(self.lang);
        let name = self.painted("1;31", name);
        writeln!(self.err, "{name}: {text}")
    }

    /// All `diagnostics`: for people to standard error, for programs to standard output.
    pub(super) fn diagnostics(&mut self, diagnostics: &[Diagnostic], sources: Sources<'_>) -> io::Result<()> {
        let setting = Setting { lang: self.lang, sources, prefix: &self.prefix };
        let look = Look { color: self.painted.err, width: self.columns(), wrap: self.width.is_some() };
        match self.format {
            Format::Json => {
                for diagnostic in diagnostics {
                    writeln!(self.out, "{}", json::line(diagnostic, &setting))?;
                }
            }
            Format::Github => {
                for diagnostic in diagnostics {
                    writeln!(self.out, "{}", github::line(diagnostic, &setting))?;
                }
            }
            Format::Human => {
                let (shown, more) = diag::capped(diagnostics, self.limit);
                for diagnostic in shown {
                    writeln!(self.err, "{}", human::render(diagnostic, &setting, look))?;
                }
                for (code, count) in &more {
                    writeln!(self.err, "{}", human::more(code, *count, self.lang))?;
                }
                if !more.is_empty() {
                    writeln!(self.err, "{}\n", words::SEE_ALL.in_lang(self.lang))?;
                }
                self.explain(diagnostics)?;
            }
        }
        self.out.flush()
    }

    /// Says once a run where there is more about a code: the gravest of the first.
    fn explain(&mut self, diagnostics: &[Diagnostic]) -> io::Result<()> {
        let Some(gravest) = diagnostics.iter().min_by_key(|diagnostic| diagnostic.severity) else { return Ok(()) };
        if self.explained || self.talk == Talk::Quiet {
            return Ok(());
        }
        self.explained = true;
        writeln!(self.err, "{}", words::EXPLAIN.with(self.lang, &[("code", &gravest.code.id)]))
    }

    /// Whether people are shown every fault, however many there are of a kind.
    pub(super) fn show_all(&mut self, all: bool) {
        self.limit = if all { usize::MAX } else { human::MANY };
    }

    /// A unified diff: to standard output, unless that is for a program.
    pub(super) fn diff(&mut self, diff: &str) -> io::Result<()> {
        let color = if self.format == Format::Human { self.painted.out } else { self.painted.err };
        let mut text = String::with_capacity(diff.len());
        for line in diff.split_inclusive('\n') {
            let (bare, end) = line.strip_suffix('\n').map_or((line, ""), |bare| (bare, "\n"));
            let style = match bare.as_bytes().first() {
                _ if bare.starts_with("--- ") || bare.starts_with("+++ ") => "1",
                Some(b'@') => "36",
                Some(b'-') => "31",
                Some(b'+') => "32",
                _ => "",
            };
            text.push_str(&if style.is_empty() { bare.to_owned() } else { paint(color, style, bare) });
            text.push_str(end);
        }
        let to: &mut dyn Write = if self.format == Format::Human { &mut self.out } else { &mut self.err };
        to.write_all(text.as_bytes())?;
        to.flush()
    }

    /// Asks whether to go on. Only a clear yes is one.
    pub(super) fn ask(&mut self, question: &str) -> io::Result<bool> {
        write!(self.err, "{question}")?;
        self.err.flush()?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "ｙ" | "はい"))
    }

    /// Asks for a line; `None` where nothing is typed, or nobody is there any more.
    pub(super) fn ask_line(&mut self, question: &str) -> io::Result<Option<String>> {
        write!(self.err, "{question}")?;
        self.err.flush()?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        let answer = answer.trim();
        Ok((!answer.is_empty()).then(|| answer.to_owned()))
    }

    /// The name by which people know a file of the site.
    pub(super) fn path(&self, path: &SourcePath) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Says why the command failed; the exit code.
    pub(super) fn failure(&mut self, failure: &Failure) -> u8 {
        match failure {
            Failure::Told { code, message, help } => {
                // Nobody is left to be told when standard error is gone too.
                let _ = self.error(message);
                if !help.is_empty() {
                    let name = words::HINT.in_lang(self.lang);
                    let name = self.painted("1;36", name);
                    let _ = writeln!(self.err, "{name}: {help}");
                }
                *code
            }
            Failure::Shown(exit) => *exit as u8,
            // `hiketsu list | head` has what it wants.
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => super::failure::Exit::Done as u8,
            Failure::Output(error) => {
                let message = words::CANNOT_PRINT.with(self.lang, &[("reason", error)]);
                let _ = self.error(&message);
                super::failure::Exit::Io as u8
            }
        }
    }

    fn painted(&self, style: &str, text: &str) -> String {
        paint(self.painted.err, style, text)
    }
}

fn paint(color: bool, style: &str, text: &str) -> String {
    if color { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// The bytes of a file that a diagnostic speaks of.
pub(super) type Sources<'a> = &'a dyn Fn(&SourcePath) -> Option<Arc<[u8]>>;

/// The texts of a snapshot, for those who render diagnostics.
pub(super) fn held(snapshot: &Snapshot) -> impl Fn(&SourcePath) -> Option<Arc<[u8]>> {
    |path| match &snapshot.files.get(path)?.data {
        Data::Held(bytes) => Some(bytes.clone()),
        Data::Left => None,
    }
}

/// How many errors, and how many warnings. What is only worth knowing is neither.
pub(super) fn counts(diagnostics: &[Diagnostic]) -> (usize, usize) {
    let of = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    (of(Severity::Error), of(Severity::Warning))
}

/// A duration as people read it.
pub(super) fn time(took: Duration, lang: Lang) -> String {
    match (took.as_secs(), lang) {
        (0, Lang::Ja) => format!("{} ミリ秒", took.as_millis()),
        (0, Lang::En) => format!("{} ms", took.as_millis()),
        (_, Lang::Ja) => format!("{:.1} 秒", took.as_secs_f64()),
        (_, Lang::En) => format!("{:.1} s", took.as_secs_f64()),
    }
}
