//! From a change to new pages: wait until the writing is over, read everything, build, and say so.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::http::App;
use super::watch::{Signal, Watch};
use super::{Event, Listener};
use crate::build::{self, Memos, Progress, Stage, build};
use crate::diag::render::{Setting, human};
use crate::world::disk::Stopwatch;
use crate::world::{Data, Snapshot, World};

/// Changes belong together while they come faster than this.
const QUIET: Duration = Duration::from_millis(60);

/// However fast they come, this long after the first they are built.
const LONGEST: Duration = Duration::from_millis(500);

/// Builds for an [`App`], with warm memos.
pub(super) struct Builder {
    world: Arc<dyn World + Send + Sync>,
    options: build::Options,
    app: Arc<App>,
    listener: Arc<dyn Listener>,
    memos: Memos,
    last: Option<Snapshot>,
}

impl Builder {
    pub(super) fn new(
        world: Arc<dyn World + Send + Sync>,
        options: build::Options,
        app: Arc<App>,
        listener: Arc<dyn Listener>,
    ) -> Self {
        Self { world, options, app, listener, memos: Memos::default(), last: None }
    }

    /// Reads, and builds where anything differs from the last time; on a thread that may wait.
    pub(super) async fn turn(self) -> Self {
        let again = (self.world.clone(), self.options, self.app.clone(), self.listener.clone());
        let turn = tokio::task::spawn_blocking(move || {
            let mut builder = self;
            builder.turn_now();
            builder
        });
        turn.await.unwrap_or_else(|_| {
            // What the panic left half-done is forgotten: the next change builds from nothing.
            let (world, options, app, listener) = again;
            listener.on(&Event::Crashed);
            Self::new(world, options, app, listener)
        })
    }

    fn turn_now(&mut self) {
        let watch = Stopwatch::start();
        let snapshot = match self.world.snapshot() {
            Ok(snapshot) => snapshot,
            Err(error) => {
                self.app.fail(vec![error.to_string()]);
                self.listener.on(&Event::Unreadable(&error));
                return;
            }
        };
        if self.last.as_ref().is_some_and(|last| same(last, &snapshot)) {
            return;
        }
        let built = build(&snapshot, &self.options, &mut self.memos, &BTreeMap::new(), &Unseen);
        let sources = |path: &_| match &snapshot.files.get(path)?.data {
            Data::Held(bytes) => Some(bytes.clone()),
            Data::Left => None,
        };
        let setting = Setting { lang: self.app.lang(), sources: &sources, prefix: "" };
        let errors: Vec<_> = built
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .map(|diagnostic| human::render(diagnostic, &setting, human::Look::default()))
            .collect();
        let changed = if errors.is_empty() {
            self.app.publish(built.tree, &built.config.base_url)
        } else {
            self.app.set_base(&built.config.base_url);
            self.app.fail(errors);
            0
        };
        self.listener.on(&Event::Built {
            diagnostics: &built.diagnostics,
            snapshot: &snapshot,
            changed,
            pages: self.app.has_pages(),
            took: watch.elapsed(),
        });
        self.last = Some(snapshot);
    }
}

/// Whether both hold the same files; the clock aside.
fn same(a: &Snapshot, b: &Snapshot) -> bool {
    a.faults == b.faults
        && a.files.len() == b.files.len()
        && a.files.iter().zip(&b.files).all(|(a, b)| a.0 == b.0 && a.1.hash == b.1.hash)
}

/// Rebuilds after every change, for as long as changes are reported.
pub(super) async fn follow(mut builder: Builder, mut watch: Watch, listener: Arc<dyn Listener>) {
    while let Some(first) = watch.signals.recv().await {
        let deadline = Instant::now() + LONGEST;
        let mut signals = vec![first];
        while let Ok(Some(signal)) = timeout_at(deadline.min(Instant::now() + QUIET), watch.signals.recv()).await {
            signals.push(signal);
        }
        if let Some(trouble) = signals.iter().find_map(Signal::trouble) {
            watch = watch.poll_instead();
            listener.on(&trouble.event());
        } else if signals.iter().any(|signal| matches!(signal, Signal::Folders))
            && let Some(trouble) = watch.renew()
        {
            watch = watch.poll_instead();
            listener.on(&trouble.event());
        }
        builder = builder.turn().await;
    }
}

/// A rebuild is over before a bar could be drawn.
struct Unseen;

impl Progress for Unseen {
    fn begin(&self, _stage: Stage, _total: usize) {}
    fn step(&self) {}
}
