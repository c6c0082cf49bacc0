//! From a change to new pages: read what is other than before, build, and say so.
//!
//! A build without errors is shown at once. One with errors may have read a file that was being written (some editors empty
//! it first), so it is believed only when the next look, a moment later, finds the same.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::http::App;
use super::overview::{Overview, SHOWN, Told};
use super::watch::Watch;
use super::{Event, Listener};
use crate::build::{self, Memos, Progress, Stage, build};
use crate::diag::render::{Setting, human, position};
use crate::diag::{self, Diagnostic};
use crate::path::{SourcePath, percent_encode};
use crate::site::SiteModel;
use crate::world::disk::Stopwatch;
use crate::world::{Data, Snapshot, World};

/// How long a file may be half written.
const MOMENT: Duration = Duration::from_millis(80);

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
    /// What opens a place in an editor.
    editor: Option<String>,
    /// Whether the last build had errors that nobody was told of yet.
    doubtful: bool,
}

impl Builder {
    pub(super) fn new(
        world: Arc<dyn World + Send + Sync>,
        options: build::Options,
        app: Arc<App>,
        listener: Arc<dyn Listener>,
        editor: Option<String>,
    ) -> Self {
        Self { world, options, app, listener, memos: Memos::serving(), last: None, editor, doubtful: false }
    }

    /// Reads, and builds where anything differs from the last time; on a thread that may wait. Errors are told if
    /// `believe` says so, or else are in doubt.
    pub(super) async fn turn(self, believe: bool) -> Self {
        let again = (self.world.clone(), self.options, self.app.clone(), self.listener.clone(), self.editor.clone());
        let turn = tokio::task::spawn_blocking(move || {
            let mut builder = self;
            builder.turn_now(believe);
            builder
        });
        turn.await.unwrap_or_else(|_| {
            // What the panic left half-done is forgotten: the next change builds from nothing.
            let (world, options, app, listener, editor) = again;
            listener.on(&Event::Crashed);
            Self::new(world, options, app, listener, editor)
        })
    }

    fn turn_now(&mut self, believe: bool) {
        let watch = Stopwatch::start();
        let snapshot = match self.world.snapshot() {
            Ok(snapshot) => snapshot,
            Err(error) => {
                self.app.fail(vec![error.to_string()]);
                self.listener.on(&Event::Unreadable(&error));
                return;
            }
        };
        if !self.doubtful && self.last.as_ref().is_some_and(|last| same(last, &snapshot)) {
            return;
        }
        let built = build(snapshot.clone(), &self.options, &mut self.memos, &BTreeMap::new(), &Unseen);
        self.doubtful = built.has_errors() && !believe;
        if self.doubtful {
            self.last = Some(snapshot);
            return;
        }
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
        let editor = self.editor.as_deref();
        let told = |diagnostic: &Diagnostic| {
            let (line, column) = position(&setting, &diagnostic.file, diagnostic.span);
            let opens = editor.map(|editor| place_in(editor, &diagnostic.file, line, column));
            Told::new(diagnostic, human::render(diagnostic, &setting, human::Look::default()), opens)
        };
        self.app.survey(Overview {
            site: built.site.clone(),
            texts: built.texts,
            now: built.now,
            faults: built.diagnostics.iter().take(SHOWN).map(told).collect(),
            total: built.diagnostics.len(),
        });
        let changed = if errors.is_empty() {
            let edited = self.last.as_ref().and_then(|last| edited(last, &snapshot, &built.site));
            self.app.publish(built.tree, built.search, &built.config.base_url, edited.as_deref())
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

/// What opens a place: `{path}`, `{line}` and `{column}` of `editor` filled in. The path is encoded as in a URL.
fn place_in(editor: &str, file: &SourcePath, line: usize, column: usize) -> String {
    let url = editor.replace("{line}", &line.to_string()).replace("{column}", &column.to_string());
    url.replace("{path}", &percent_encode(file.as_str()))
}

/// The URL, from the site's root, of the text that an author has just written: the first one that is other than before
/// and has a page.
fn edited(last: &Snapshot, now: &Snapshot, site: &SiteModel) -> Option<String> {
    let other =
        |path: &SourcePath| last.files.get(path).map(|file| file.hash) != now.files.get(path).map(|file| file.hash);
    site.texts.iter().find(|text| other(&text.source)).map(|text| text.route.encoded())
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
        builder = builder.turn(false).await;
        if builder.doubtful {
            if let Some(trouble) = watch.changed_within(MOMENT).await {
                listener.on(&trouble.event());
            }
            builder = builder.turn(true).await;
        }
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
