//! The command line: arguments as typed → options, one function a command, exit codes.
//!
//! Nothing else prints, reads the environment or knows the user's language. What a command does is done by the floors
//! below; here it is only put into words.

mod args;
mod build;
mod code;
mod crash;
mod environment;
mod explain;
mod failure;
mod fix;
mod help;
mod init;
mod list;
mod lsp;
mod new;
mod order;
mod place;
mod progress;
mod rearrange;
mod schema;
mod serve;
mod stats;
mod survey;
mod table;
mod theme;
mod ui;
mod words;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::FromArgMatches as _;
use clap::error::ErrorKind;

pub use crash::install_hook;
pub use environment::{Colors, Environment};

use crate::diag::Lang;
use crate::world::disk::DiskWorld;
use args::{Command, Typed};
use failure::{Exit, Failure};
use ui::Ui;

/// One run: what was typed, where, and whom to tell.
struct Session<'a> {
    root: Option<PathBuf>,
    /// `--lang`, where it is given.
    lang: Option<args::LangName>,
    environment: &'a Environment,
    ui: Ui,
}

impl Session<'_> {
    /// The site that the command works on, at the time that was typed.
    fn world(&mut self, at: Option<&str>) -> Result<DiskWorld, Failure> {
        let world = self.world_even_cut(at)?;
        if crate::commit::is_cut(world.root()) {
            let (message, help) = (words::CUT.in_lang(self.ui.lang), words::CUT_HELP.in_lang(self.ui.lang));
            return Err(Failure::told(Exit::Refused, message.to_owned(), help.to_owned()));
        }
        Ok(world)
    }

    /// The same, even where a change of many files was cut off in the midst.
    fn world_even_cut(&mut self, at: Option<&str>) -> Result<DiskWorld, Failure> {
        let root = place::find(self.root.as_deref(), self.environment, self.ui.lang)?;
        let world = place::open(&root, at, self.ui.lang)?;
        self.ui.set_prefix(place::prefix(&self.environment.cwd, world.root()));
        Ok(world)
    }
}

/// Runs the process's command line; the exit code.
pub fn run_process() -> u8 {
    let (out, err) = (Box::new(std::io::stdout()), Box::new(std::io::stderr()));
    match Environment::of_process() {
        Ok(environment) => run(std::env::args_os(), &environment, out, err),
        Err(error) => {
            let message = words::NO_CWD.with(Lang::default(), &[("reason", &error)]);
            Ui::new(out, err, Lang::default()).failure(&Failure::told(Exit::Io, message, String::new()))
        }
    }
}

/// Runs `args` (the program's name first) and prints to `out` and `err`; the exit code.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let lang = language(&args, environment);
    let mut ui = Ui::new(out, err, lang);
    ui.surround(environment);
    let mut session = Session { root: None, lang: None, environment, ui };
    let matches = match help::command(lang).try_get_matches_from(&args) {
        Ok(matches) => matches,
        Err(error) => return answer(&mut session, &error),
    };
    let typed = match Typed::from_arg_matches(&matches) {
        Ok(typed) => typed,
        Err(error) => return answer(&mut session, &error),
    };
    session.ui.set(&typed.global, environment);
    session.root = typed.global.root;
    session.lang = typed.global.lang;
    let done = match &typed.command {
        Command::Init(typed) => init::init(&mut session, typed),
        Command::New(typed) => new::new(&mut session, typed),
        Command::Build(typed) => build::build(&mut session, typed),
        Command::Check(typed) => build::check(&mut session, typed),
        Command::List(typed) => list::list(&mut session, typed),
        Command::Stats(typed) => stats::stats(&mut session, typed),
        Command::Explain(typed) => explain::explain(&mut session, typed),
        Command::Move(typed) => order::move_lesson(&mut session, typed),
        Command::Insert(typed) => order::insert(&mut session, typed),
        Command::Remove(typed) => order::remove(&mut session, typed),
        Command::Rename(typed) => order::rename(&mut session, typed),
        Command::Tag(typed) => order::tag(&mut session, typed),
        Command::Undo(typed) => rearrange::undo(&mut session, typed),
        Command::Serve(typed) => serve::serve(&mut session, typed),
        Command::Lsp(typed) => lsp::lsp(&mut session, typed),
        Command::Theme(typed) => theme::theme(&mut session, typed),
        Command::Schema(typed) => schema::schema(&mut session, typed),
        Command::Completions(typed) => completions(&mut session, typed),
        Command::Help(typed) => show_help(&mut session, typed),
    };
    match done {
        Ok(()) => Exit::Done as u8,
        Err(failure) => session.ui.failure(&failure),
    }
}

/// Help and the version are what was asked for; anything else that clap says is a usage error.
fn answer(session: &mut Session<'_>, error: &clap::Error) -> u8 {
    let failure = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match session.ui.help(&error.to_string()) {
            Ok(()) => return Exit::Done as u8,
            Err(error) => error.into(),
        },
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Nothing was typed: the help is the best answer, and still nothing was done.
            let _ = session.ui.note(error.to_string().trim_end());
            return Exit::Usage as u8;
        }
        _ => help::usage_failure(error, session.ui.lang),
    };
    session.ui.failure(&failure)
}

fn completions(session: &mut Session<'_>, typed: &args::Completions) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(typed.shell, &mut help::command(session.ui.lang), "hiketsu", &mut script);
    session.ui.print(&String::from_utf8_lossy(&script))?;
    Ok(())
}

fn show_help(session: &mut Session<'_>, typed: &args::Help) -> Result<(), Failure> {
    let lang = session.ui.lang;
    let mut command = help::command(lang);
    command.build();
    let shown = match &typed.command {
        None => &mut command,
        Some(name) => command.find_subcommand_mut(name).ok_or_else(|| {
            let message = words::UNKNOWN_COMMAND.with(lang, &[("arg", name)]);
            Failure::usage(message, words::SEE_HELP.in_lang(lang).to_owned())
        })?,
    };
    let text = shown.render_help().to_string();
    session.ui.help(&text)?;
    Ok(())
}

/// The language of this run, needed before the arguments are parsed, since it is the language of their help:
/// `--lang`, then the locale, then the site's own, then Japanese.
fn language(args: &[OsString], environment: &Environment) -> Lang {
    match peek(args, "--lang") {
        Some("ja") => return Lang::Ja,
        Some("en") => return Lang::En,
        _ => {}
    }
    environment.lang().unwrap_or_else(|| {
        let root = peek(args, "--root").map(Path::new);
        let root = place::find(root, environment, Lang::default()).ok();
        root.and_then(|root| place::language(&root)).unwrap_or_default()
    })
}

/// The value of the option `name` in arguments that are not parsed yet.
fn peek<'a>(args: &'a [OsString], name: &str) -> Option<&'a str> {
    let mut args = args.iter().skip(1).filter_map(|arg| arg.to_str()).take_while(|arg| *arg != "--");
    while let Some(arg) = args.next() {
        match arg.strip_prefix(name) {
            Some("") => return args.next(),
            Some(rest) if rest.starts_with('=') => return rest.strip_prefix('='),
            _ => {}
        }
    }
    None
}
