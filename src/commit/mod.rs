//! The only door through which anything is written to the local disk. It renders nothing and decides nothing about a
//! site's contents.
//!
//! [`Baseline::open`], before a build: check that a site may be written there at all, take the lock, finish what a
//! killed process began, and compare the output folder with its manifest. [`Baseline::commit`], after it: stage the
//! files that changed beside the output folder, sync them, and switch by a journal of renames: assets first, then
//! pages, then removals, the manifest last. Killed anywhere, no file is torn, no page is without its assets, and the
//! next `open` finishes.
//!
//! [`replace`] and [`rearrange`] are the exceptions to what follows: they put new texts in the place of the author's own,
//! which are kept.
//!
//! Only files that the manifest lists, and that are as they were written, are ever replaced or removed.

#![expect(clippy::disallowed_methods, reason = "this is the write door")]

mod error;
mod fuse;
mod git;
mod guard;
mod journal;
mod lock;
mod plan;
mod rearrange;
mod sources;
mod stage;
mod store;
mod system;
mod verify;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

pub use error::{CommitError, Danger, Doing, Refusal, Relation, WriteError};
pub use guard::Guard;
#[doc(hidden)]
pub use rearrange::rearrange_with;
pub use rearrange::{FileChange, LastChange, REMOVED, is_cut, last_change, rearrange, undo};
pub use sources::{Change, KEPT, replace};
pub use store::{create_new, store};

use crate::output::OutputTree;
use crate::output::manifest::{Manifest, Record};
use crate::path::OutPath;
use crate::world::World;
use fuse::Fuse;
use guard::Place;
use journal::{Stage, Step};
use lock::Lock;
use plan::Plan;
use stage::Task;

/// The folder below the site's own in which memos are kept.
pub const STORE: &str = ".hiketsu";

/// How long a second process waits for the first one.
const PATIENCE: Duration = Duration::from_secs(5);

/// Above so many files that had to be hashed because they are as new as the manifest, the manifest is written anew.
const MANY_HASHED: usize = 256;

/// What a commit did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files of the last build that are gone.
    pub removed: usize,
    /// Files that were left as they are, times included.
    pub unchanged: usize,
    /// Bytes of the files that were written.
    pub bytes: u64,
}

/// The output folder as the last build left it, locked until this value is dropped.
#[derive(Debug)]
pub struct Baseline {
    place: Place,
    intact: Manifest,
    /// Of the last build, but gone from the disk.
    missing: Vec<OutPath>,
    /// When the manifest was written; `None` where there is none.
    written: Option<i128>,
    hashed: usize,
    fuse: Fuse,
    _lock: Lock,
}

/// For tests: how a run is cut short.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// How long to wait for the lock.
    pub wait: Duration,
    /// After how many steps to stop, as if killed.
    pub steps: Option<usize>,
}

impl Baseline {
    /// Locks the output folder and finds out what it holds. `output` may be relative to the guard's current folder,
    /// and need not exist. A switch that was cut is finished first.
    ///
    /// # Errors
    /// [`CommitError::Refused`] where the place is not one to write to, holds files that the last build did not write
    /// or that were changed since, or is locked for more than five seconds.
    pub fn open(output: &Path, guard: &Guard<'_>) -> Result<Self, CommitError> {
        Self::open_with(output, guard, Trial { wait: PATIENCE, steps: None })
    }

    /// [`Baseline::open`] for tests.
    #[doc(hidden)]
    pub fn open_with(output: &Path, guard: &Guard<'_>, trial: Trial) -> Result<Self, CommitError> {
        let place = guard.place(output)?;
        let cut = place.stage().symlink_metadata().is_ok();
        if !cut {
            guard::check_marker(&place)?;
        }
        let lock = Lock::take(place.lock(), &place.out, trial.wait)?;
        let fuse = Fuse::of(trial.steps);
        journal::recover(&place, &fuse)?;
        guard::check_marker(&place)?;
        let mut baseline = Self {
            place,
            intact: Manifest::default(),
            missing: Vec::new(),
            written: None,
            hashed: 0,
            fuse,
            _lock: lock,
        };
        baseline.look()?;
        Ok(baseline)
    }

    /// Reads the manifest and compares it with the folder.
    fn look(&mut self) -> Result<(), CommitError> {
        let path = self.place.manifest();
        let Ok(meta) = path.symlink_metadata() else { return Ok(()) };
        let bad = || CommitError::from(Refusal::BadManifest(path.clone()));
        if !meta.is_file() {
            return Err(bad());
        }
        let mut manifest = journal::read_text(&path)?.as_deref().and_then(Manifest::from_text).ok_or_else(bad)?;
        let written = system::stamp(&meta);
        let found = verify::verify(&self.place, &manifest, written)?;
        for path in &found.missing {
            manifest.files.remove(path);
        }
        self.intact = manifest;
        self.missing = found.missing;
        self.hashed = found.hashed;
        self.written = Some(written);
        Ok(())
    }

    /// What the output folder holds: the files of the last build that are there as it wrote them. An entry of the
    /// next tree with the same hash may say [`Content::Unchanged`](crate::output::Content::Unchanged).
    pub fn records(&self) -> &BTreeMap<OutPath, Record> {
        &self.intact.files
    }

    /// The output folder, absolute and without links.
    pub fn output(&self) -> &Path {
        &self.place.out
    }

    /// Makes the output folder hold `tree` and nothing else. `world` gives the files that are published as they are.
    /// Can be called again: after [`CommitError::NotThere`], or with the tree of the next build.
    ///
    /// # Errors
    /// After any but a [`WriteError`] that says `begun` the folder is as it was, and nothing is left beside it.
    pub fn commit(&mut self, tree: &OutputTree, world: &dyn World) -> Result<Written, CommitError> {
        let plan = Plan::of(tree, &self.intact, &self.missing)?;
        let new = Manifest::of(tree);
        let current = self.written.is_some() && self.missing.is_empty() && new == self.intact;
        if current && self.hashed <= MANY_HASHED {
            return Ok(plan.written(tree));
        }
        let stage = Stage(self.place.stage());
        let staged = if self.place.out.symlink_metadata().is_ok() {
            self.prepare(&stage, &plan, tree, &new, world)
        } else {
            self.prepare_first(&stage, tree, &new, world)
        };
        match staged {
            Ok(()) => {}
            Err(CommitError::Stopped) => return Err(CommitError::Stopped),
            Err(error) => {
                // The first error is the one to be told.
                let _ = journal::abandon(&self.place, &stage);
                return Err(error);
            }
        }
        if stage.journal().symlink_metadata().is_ok() {
            journal::run(&self.place, &stage, &plan.steps, &self.fuse)?;
            self.fuse.burn()?;
            journal::sync(&self.place, &plan.steps)?;
        }
        journal::close(&self.place, &stage, &self.fuse)?;
        let done = plan.written(tree);
        self.written = self.place.manifest().symlink_metadata().ok().map(|meta| system::stamp(&meta));
        self.intact = new;
        self.missing = Vec::new();
        self.hashed = 0;
        Ok(done)
    }

    /// Stages what changed and writes the journal: from then on the switch will be made.
    fn prepare(
        &self,
        stage: &Stage,
        plan: &Plan<'_>,
        tree: &OutputTree,
        new: &Manifest,
        world: &dyn World,
    ) -> Result<(), CommitError> {
        make_folder(&stage.0)?;
        let puts = plan.puts.iter().enumerate();
        let tasks: Vec<Task<'_>> = puts
            .filter_map(|(number, path)| tree.get(path).map(|entry| (number, *path, entry)))
            .map(|(number, path, entry)| Task { path, entry, target: stage.file(number), folder: None })
            .collect();
        for number in (0..tasks.len()).step_by(256) {
            make_folder(&stage.folder(number))?;
        }
        stage::write_new(&stage.manifest(), new.to_text().as_bytes(), true, &self.fuse)?;
        stage::write(&tasks, &stage.0, world, &self.fuse)?;
        stage::write_new(&stage.plan(), journal::to_text(&plan.steps).as_bytes(), true, &self.fuse)?;
        self.check_targets(plan)?;
        // What can fail for want of space or rights fails here, where everything can still be undone.
        for step in &plan.steps {
            if let Step::MakeFolder(path) = step
                && !plan.is_blocked(path)
            {
                self.fuse.burn()?;
                journal::make_folder(&self.place.out.join(path))?;
            }
        }
        for folder in (0..tasks.len()).step_by(256).map(|number| stage.folder(number)).chain([stage.0.clone()]) {
            system::sync_folder(&folder).map_err(WriteError::at(&folder, Doing::Sync))?;
        }
        self.fuse.burn()?;
        fs::rename(stage.plan(), stage.journal()).map_err(WriteError::at(&stage.journal(), Doing::Put))?;
        for folder in [&stage.0, self.place.side()] {
            let synced = system::sync_folder(folder);
            if let Err(error) = synced {
                // Not durable, so not begun.
                let _ = fs::rename(stage.journal(), stage.plan());
                return Err(WriteError::at(folder, Doing::Sync)(error));
            }
        }
        Ok(())
    }

    /// A moment has passed since the folder was compared with its manifest: what is to be replaced or removed must
    /// still be as it was written, and what is new must not be there.
    fn check_targets(&self, plan: &Plan<'_>) -> Result<(), CommitError> {
        let check = |path: &&OutPath| -> Result<Option<Refusal>, CommitError> {
            let full = self.place.out.join(path.as_str());
            let output = || self.place.out.clone();
            let files = || vec![path.to_string()];
            if let Some(record) = self.intact.files.get(*path) {
                let changed = verify::inspect(&full, record, self.written)? == verify::State::Changed;
                return Ok(changed.then(|| Refusal::Changed { output: output(), files: files() }));
            }
            let there = match full.symlink_metadata() {
                Ok(_) => !plan.replaces(path),
                Err(error) if verify::is_absent(&error) => false,
                Err(error) => return Err(WriteError::at(&full, Doing::Look)(error)),
            };
            Ok(there.then(|| Refusal::Unknown { output: output(), files: files() }))
        };
        let paths: Vec<&OutPath> = plan.puts.iter().copied().chain(plan.gone.iter().copied()).collect();
        for refusal in crate::par::map(&paths, check) {
            if let Some(refusal) = refusal? {
                return Err(refusal.into());
            }
        }
        let folders = plan.touched_folders();
        for checked in crate::par::map(&folders, |folder| {
            let full = self.place.out.join(folder);
            // Not made yet, or still a file that will give way.
            if !full.is_dir() {
                return Ok(());
            }
            system::may_write(&full).map_err(WriteError::at(&full, Doing::Write))
        }) {
            checked?;
        }
        Ok(())
    }

    /// The output folder does not exist: the whole site is staged, and becomes it in one step.
    fn prepare_first(
        &self,
        stage: &Stage,
        tree: &OutputTree,
        new: &Manifest,
        world: &dyn World,
    ) -> Result<(), CommitError> {
        let site = stage.site();
        make_folder(&stage.0)?;
        let folders = verify::folders(new.files.keys());
        let mut tasks: Vec<Task<'_>> = tree
            .iter()
            .map(|(path, entry)| Task { path, entry, target: site.join(path.as_str()), folder: None })
            .collect();
        for folder in plan::shared_folders(&folders, &mut tasks) {
            make_folder(&site.join(folder))?;
        }
        stage::write(&tasks, &stage.0, world, &self.fuse)?;
        let manifest = site.join(crate::output::manifest::FILE);
        stage::write_new(&manifest, new.to_text().as_bytes(), true, &self.fuse)?;
        if tasks.len() <= stage::FEW || cfg!(not(target_os = "linux")) {
            for folder in &folders {
                let folder = site.join(folder);
                system::sync_folder(&folder).map_err(WriteError::at(&folder, Doing::Sync))?;
            }
        }
        system::sync_folder(&site).map_err(WriteError::at(&site, Doing::Sync))?;
        self.fuse.burn()?;
        fs::rename(&site, &self.place.out).map_err(WriteError::at(&self.place.out, Doing::Put))
    }
}

fn make_folder(path: &Path) -> Result<(), CommitError> {
    fs::create_dir(path).map_err(WriteError::at(path, Doing::MakeFolder))
}
