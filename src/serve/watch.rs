//! Notices that something in the site's folder has changed. What, is found out by reading: an event is only a nudge,
//! so none can be misunderstood, and a lost one costs nothing once another comes.

use std::sync::Arc;
use std::time::Duration;

use notify::{Config, ErrorKind, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, timeout_at};

use super::Event;
use crate::config;
use crate::world::disk::DiskWorld;

/// Changes belong together while they come faster than this: the steps in which an editor saves one file are microseconds
/// apart.
const QUIET: Duration = Duration::from_millis(8);

/// However fast they come, this long after the first they are built.
const LONGEST: Duration = Duration::from_millis(500);

/// What a watcher says.
#[derive(Debug)]
enum Signal {
    /// A file that matters has changed.
    Changed,
    /// A folder that is watched may have come, gone or been replaced.
    Folders,
    /// The system cannot go on reporting.
    Trouble(Trouble),
}

/// Why the system does not report changes.
#[derive(Debug)]
pub(super) struct Trouble {
    reason: String,
    limit: bool,
}

impl Trouble {
    fn new(error: &notify::Error) -> Self {
        Self { reason: error.to_string(), limit: matches!(error.kind, ErrorKind::MaxFilesWatch) }
    }

    pub(super) fn event(&self) -> Event<'static> {
        Event::Polling { reason: self.reason.clone(), limit: self.limit }
    }
}

/// Watches a site's folder.
pub(super) struct Watch {
    world: Arc<DiskWorld>,
    /// None where the site is looked at from time to time instead.
    watcher: Option<RecommendedWatcher>,
    sender: UnboundedSender<Signal>,
    signals: UnboundedReceiver<Signal>,
}

impl Watch {
    /// Watches `world`. Where the user wants it so, or the system gives nothing better (then the reason is told), the
    /// site is only looked at from time to time.
    pub(super) fn start(world: Arc<DiskWorld>, poll: bool) -> (Self, Option<Trouble>) {
        let (sender, signals) = unbounded_channel();
        let mut watch = Self { world, watcher: None, sender, signals };
        let trouble = if poll { None } else { watch.renew() };
        (watch, trouble)
    }

    /// Waits until something may have changed, and the writing is over; where nothing is reported, for `pause`. The
    /// trouble, where from now on nothing is.
    pub(super) async fn changed(&mut self, pause: Duration) -> Option<Trouble> {
        if self.watcher.is_none() {
            tokio::time::sleep(pause).await;
            return None;
        }
        // The channel has no end: one sender is here.
        let first = self.signals.recv().await;
        self.gather(first).await
    }

    /// Like [`Self::changed`], but waits no longer than `most` for the first change.
    pub(super) async fn changed_within(&mut self, most: Duration) -> Option<Trouble> {
        let first = timeout_at(Instant::now() + most, self.signals.recv()).await.ok()?;
        self.gather(first).await
    }

    /// Waits until the writing that began with `first` is over.
    async fn gather(&mut self, first: Option<Signal>) -> Option<Trouble> {
        let mut signals: Vec<Signal> = first.into_iter().collect();
        let deadline = Instant::now() + LONGEST;
        while let Ok(Some(signal)) = timeout_at(deadline.min(Instant::now() + QUIET), self.signals.recv()).await {
            signals.push(signal);
        }
        let folders = signals.iter().any(|signal| matches!(signal, Signal::Folders));
        let trouble = signals.into_iter().find_map(|signal| match signal {
            Signal::Trouble(trouble) => Some(trouble),
            Signal::Changed | Signal::Folders => None,
        });
        if trouble.is_some() {
            self.watcher = None;
            return trouble;
        }
        if folders { self.renew() } else { None }
    }

    /// Watches the folders that are there now; the trouble, where that fails, and nothing is watched any more.
    fn renew(&mut self) -> Option<Trouble> {
        self.watcher = None;
        match self.watcher() {
            Ok(watcher) => {
                self.watcher = Some(watcher);
                None
            }
            Err(error) => Some(Trouble::new(&error)),
        }
    }

    fn watcher(&self) -> notify::Result<RecommendedWatcher> {
        let (world, sender) = (self.world.clone(), self.sender.clone());
        let handler = move |result: notify::Result<notify::Event>| {
            let signal = match result {
                Ok(event) => signal(&world, &event),
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => Some(Signal::Folders),
                Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => {
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
        let mut watcher = RecommendedWatcher::new(handler, Config::default())?;
        // The site's folder itself is not watched deeply: the output is in it.
        watcher.watch(self.world.root(), RecursiveMode::NonRecursive)?;
        for folder in self.world.watched() {
            match watcher.watch(&folder, RecursiveMode::Recursive) {
                // Gone since it was listed.
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => {}
                result => result?,
            }
        }
        Ok(watcher)
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
