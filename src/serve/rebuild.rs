//! From a change to new pages: read everything, build where anything is other than before, and say so.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::http::App;
use super::watch::Watch;
use super::{Event, Listener};
use crate::build::{self, Memos, Progress, Stage, build};
use crate::diag;
use crate::diag::render::{Setting, human};
use crate::world::disk::Stopwatch;
use crate::world::{Data, Snapshot, World};

/// How often the site is looked at where the system does not report changes.
const INTERVAL: Duration = Duration::from_secs(1);

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
        Self { world, options, app, listener, memos: Memos::serving(), last: None }
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
        let built = build(snapshot.clone(), &self.options, &mut self.memos, &BTreeMap::new(), &Unseen);
        let sources = |path: &_| match &snapshot.files.get(path)?.data {
            Data::Held(bytes) => Some(bytes.clone()),
            Data::Left => None,
        };
        let lang = self.app.lang();
        let setting = Setting { lang, sources: &sources, prefix: "" };
        let errors: Vec<_> = built.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect();
        let (shown, more) = diag::capped(&errors, human::MANY);
        let shown = shown.into_iter().map(|diagnostic| human::render(diagnostic, &setting, human::Look::default()));
        let more = more.into_iter().map(|(code, count)| human::more(code, count, lang));
        let errors: Vec<_> = shown.chain(more).collect();
        let changed = if errors.is_empty() {
            self.app.publish(built.tree, built.search, &built.config.base_url)
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

/// Rebuilds after every change, until it is aborted.
pub(super) async fn follow(mut builder: Builder, mut watch: Watch, listener: Arc<dyn Listener>) {
    let mut pause = INTERVAL;
    loop {
        if let Some(trouble) = watch.changed(pause).await {
            listener.on(&trouble.event());
        }
        let turn = Stopwatch::start();
        builder = builder.turn().await;
        // Looking takes no more than a fifth of the time, however slow the drive is.
        pause = INTERVAL.max(turn.elapsed() * 4);
    }
}

/// A rebuild is over before a bar could be drawn.
struct Unseen;

impl Progress for Unseen {
    fn begin(&self, _stage: Stage, _total: usize) {}
    fn step(&self) {}
}
