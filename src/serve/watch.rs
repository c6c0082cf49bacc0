//! Notices that something in the site's folder has changed. What, is found out by reading: an event is only a nudge,
//! so none can be misunderstood, and a lost one costs nothing once another comes.

use std::sync::Arc;
use std::time::Duration;

use notify::{Config, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::Event;
use crate::config;
use crate::world::disk::DiskWorld;

/// How often a site is looked at where the system reports nothing.
const INTERVAL: Duration = Duration::from_secs(1);

/// What a watcher says.
#[derive(Debug)]
pub(super) enum Signal {
    /// A file that matters has changed.
    Changed,
    /// A folder that is watched may have come, gone or been replaced.
    Folders,
    /// The system cannot go on reporting.
    Trouble(Trouble),
}

impl Signal {
    pub(super) fn trouble(&self) -> Option<&Trouble> {
        match self {
            Self::Trouble(trouble) => Some(trouble),
            Self::Changed | Self::Folders => None,
        }
    }
}

/// Why the system does not report changes.
#[derive(Debug)]
pub(super) struct Trouble {
    reason: String,
    limit: bool,
}

impl Trouble {
    fn new(error: &notify::Error) -> Self {
        Self { reason: error.to_string(), limit: matches!(error.kind, notify::ErrorKind::MaxFilesWatch) }
    }

    pub(super) fn event(&self) -> Event<'static> {
        Event::Polling { reason: self.reason.clone(), limit: self.limit }
    }
}

/// Watches a site's folder.
pub(super) struct Watch {
    world: Arc<DiskWorld>,
    watcher: Option<Box<dyn Watcher + Send>>,
    sender: UnboundedSender<Signal>,
    polling: bool,
    pub(super) signals: UnboundedReceiver<Signal>,
}

impl Watch {
    /// Watches `world`, by polling where the user wants that or the system gives nothing better; then with the reason.
    pub(super) fn start(world: Arc<DiskWorld>, poll: bool) -> (Self, Option<Trouble>) {
        let (sender, signals) = unbounded_channel();
        let mut watch = Self { world, watcher: None, sender, polling: poll, signals };
        match watch.begin() {
            Ok(()) => (watch, None),
            Err(error) => (watch.poll_instead(), Some(Trouble::new(&error))),
        }
    }

    /// Gives up being told, and looks every second.
    pub(super) fn poll_instead(mut self) -> Self {
        if !self.polling {
            self.polling = true;
            // Polling asks nothing of the system that could fail but a thread; without it nothing is noticed, and the
            // pages still are served.
            let _ = self.begin();
        }
        self
    }

    /// Watches the folders that are there now; the trouble, where that fails.
    pub(super) fn renew(&mut self) -> Option<Trouble> {
        self.begin().err().map(|error| Trouble::new(&error))
    }

    fn begin(&mut self) -> notify::Result<()> {
        self.watcher = None;
        let (world, sender) = (self.world.clone(), self.sender.clone());
        let handler = move |result: notify::Result<notify::Event>| {
            let signal = match result {
                Ok(event) => signal(&world, &event),
                Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => Some(Signal::Folders),
                Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => {
                    Some(Signal::Trouble(Trouble::new(&error)))
                }
                // One file could not be looked at: the reading will say so, with its name.
                Err(_) => Some(Signal::Changed),
            };
            if let Some(signal) = signal {
                // Nobody listens any more when the server stops.
                let _ = sender.send(signal);
            }
        };
        let settings = Config::default().with_poll_interval(INTERVAL);
        let mut watcher: Box<dyn Watcher + Send> = if self.polling {
            Box::new(PollWatcher::new(handler, settings)?)
        } else {
            Box::new(RecommendedWatcher::new(handler, settings)?)
        };
        // The site's folder itself is not watched deeply: the output is in it.
        watcher.watch(self.world.root(), RecursiveMode::NonRecursive)?;
        for folder in self.world.watched() {
            match watcher.watch(&folder, RecursiveMode::Recursive) {
                // Gone since it was listed.
                Err(error) if matches!(error.kind, notify::ErrorKind::PathNotFound) => {}
                result => result?,
            }
        }
        self.watcher = Some(watcher);
        Ok(())
    }
}

/// What `event` means for the site; nothing where it is about being read, or about files that are not part of it.
fn signal(world: &DiskWorld, event: &notify::Event) -> Option<Signal> {
    if event.need_rescan() {
        return Some(Signal::Folders);
    }
    if matches!(event.kind, EventKind::Access(_)) {
        return None;
    }
    let mut concerned = event.paths.iter().filter(|path| world.concerns(path)).peekable();
    concerned.peek()?;
    let folders = concerned
        .any(|path| path.parent() == Some(world.root()) && path.file_name().is_some_and(|name| name != config::FILE));
    let stays = matches!(
        event.kind,
        EventKind::Modify(notify::event::ModifyKind::Data(_) | notify::event::ModifyKind::Metadata(_))
    );
    Some(if folders && !stays { Signal::Folders } else { Signal::Changed })
}
