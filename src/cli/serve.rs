//! `hiketsu serve`: starts the server and puts what it tells into words.

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::failure::{Exit, Failure};
use super::ui::{Ui, counts, held, time};
use super::{Session, args, words};
use crate::build;
use crate::diag::Lang;
use crate::path::percent_encode;
use crate::serve::{self, Event, Listener, Options, ServeError};

/// `hiketsu serve`.
pub(super) fn serve(session: &mut Session<'_>, typed: &args::Serve) -> Result<(), Failure> {
    let lang = session.ui.lang;
    session.ui.show_all(typed.all);
    let world = session.world(typed.at.as_deref())?;
    // Only this machine's own browser can open its files, and only it need know where they are.
    let editor = typed.editor.url(&folder_in_url(world.root())).filter(|_| typed.host.is_loopback());
    let options = Options {
        address: typed.host,
        port: typed.port,
        hosts: typed.allow_host.clone(),
        build: build::Options { drafts: !typed.published },
        poll: typed.poll,
        follow: typed.follow,
        editor,
        lang,
    };
    let ui = std::mem::replace(&mut session.ui, Ui::silent(lang));
    let teller = Arc::new(Teller(Mutex::new(State { ui, open: typed.open, builds: 0, faulty: false })));
    let listener: Arc<dyn Listener> = teller.clone();
    let done = serve::run(world, &options, &listener);
    std::mem::swap(&mut session.ui, &mut teller.0.lock().unwrap_or_else(PoisonError::into_inner).ui);
    match done {
        Ok(()) => Ok(session.ui.note(words::STOPPED.in_lang(lang))?),
        Err(error) => Err(failure(&error, lang)),
    }
}

/// A folder as the path of a URL: `/home/me/course`, `/C:/course`; with nothing at its end.
fn folder_in_url(folder: &Path) -> String {
    let path = folder.to_string_lossy().replace('\\', "/");
    let path = path.trim_start_matches("//?/").trim_matches('/').to_owned();
    format!("/{}", percent_encode(&path).replace("%3A", ":"))
}

fn failure(error: &ServeError, lang: Lang) -> Failure {
    match error {
        ServeError::PortTaken(port) => Failure::told(
            Exit::Io,
            words::PORT_TAKEN.with(lang, &[("port", port)]),
            words::PORT_TAKEN_HELP.in_lang(lang).to_owned(),
        ),
        ServeError::Listen(address, reason) => {
            let message = words::CANNOT_LISTEN.with(lang, &[("address", address), ("reason", reason)]);
            Failure::told(Exit::Io, message, String::new())
        }
        ServeError::Start(reason) => {
            Failure::told(Exit::Io, words::CANNOT_START.with(lang, &[("reason", reason)]), String::new())
        }
    }
}

/// Prints what the server tells.
struct Teller(Mutex<State>);

struct State {
    ui: Ui,
    /// Whether the browser is to be opened.
    open: bool,
    builds: usize,
    faulty: bool,
}

impl Listener for Teller {
    fn on(&self, event: &Event<'_>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A terminal that is gone does not stop the server: the browser still shows everything.
        let _ = state.tell(event);
    }
}

impl State {
    fn tell(&mut self, event: &Event<'_>) -> io::Result<()> {
        let lang = self.ui.lang;
        match event {
            Event::Ready { url, elsewhere } => {
                self.ui.say(&words::READY.with(lang, &[("url", url)]))?;
                let desk = url.split_inclusive('/').take(3).collect::<String>() + "_hiketsu/";
                self.ui.note(&words::DESK.with(lang, &[("url", &desk)]))?;
                if std::mem::take(&mut self.open)
                    && let Err(reason) = open::that_detached(url)
                {
                    self.ui.warn(&words::CANNOT_OPEN.with(lang, &[("url", url), ("reason", &reason)]))?;
                }
                match elsewhere {
                    Some(url) => self.ui.warn(&words::OPEN_TO_NETWORK.with(lang, &[("url", url)])),
                    None => Ok(()),
                }
            }
            Event::Built { diagnostics, snapshot, changed, pages, took } => {
                self.builds += 1;
                self.ui.diagnostics(diagnostics, &held(snapshot))?;
                let (errors, _) = counts(diagnostics);
                let was_faulty = std::mem::replace(&mut self.faulty, errors > 0);
                if errors > 0 {
                    let say = if *pages { words::FAULTS_OLD } else { words::FAULTS_FIRST };
                    return self.ui.error(&say.with(lang, &[("errors", &errors)]));
                }
                if was_faulty {
                    self.ui.note(words::MENDED.in_lang(lang))?;
                }
                if self.builds > 1 {
                    let took = time(*took, lang);
                    self.ui.note(&words::REBUILT.with(lang, &[("time", &took), ("changed", changed)]))?;
                }
                Ok(())
            }
            Event::Unreadable(error) => {
                self.ui.failure(&Failure::world(error, lang));
                Ok(())
            }
            Event::Crashed => self.ui.error(words::REBUILD_CRASHED.in_lang(lang)),
            Event::Polling { reason, limit } => {
                self.ui.warn(&words::POLLING.with(lang, &[("reason", reason)]))?;
                if *limit { self.ui.note(words::POLLING_LIMIT.in_lang(lang)) } else { Ok(()) }
            }
        }
    }
}
