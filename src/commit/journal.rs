//! The switch from the old site to the new one: a list of small steps, kept on disk, that can be taken again from the
//! start however far they had come. It writes no file's bytes: what it puts in place was staged before.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::{CommitError, Doing, Refusal, WriteError};
use super::fuse::Fuse;
use super::guard::Place;
use super::system;
use super::verify::{State, inspect, is_absent};
use crate::memo::Hash;
use crate::output::manifest::{Manifest, is_sound};
use crate::path::OutPath;

const HEAD: &str = "hiketsu journal 1";

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Make a folder, if it is not there.
    MakeFolder(String),
    /// Put the staged file of this number in its place.
    Put(usize, OutPath),
    /// Remove a file, if it is there.
    Remove(OutPath),
    /// Remove a folder, if it is there and empty.
    RemoveFolder(String),
    /// Put the manifest in its place.
    Manifest,
}

/// The files of a stage.
#[derive(Debug, Clone)]
pub(super) struct Stage(pub(super) PathBuf);

impl Stage {
    /// Where the staged file of this number is. They are spread over folders, so that threads do not queue for one.
    pub(super) fn file(&self, number: usize) -> PathBuf {
        self.folder(number).join(number.to_string())
    }

    /// The folder of that file.
    pub(super) fn folder(&self, number: usize) -> PathBuf {
        self.0.join(format!("files{}", number / 256))
    }

    /// A whole site, for an output folder that does not exist.
    pub(super) fn site(&self) -> PathBuf {
        self.0.join("site")
    }

    pub(super) fn manifest(&self) -> PathBuf {
        self.0.join("manifest")
    }

    /// The steps as long as they may not be taken: nothing of the old site has been touched.
    pub(super) fn plan(&self) -> PathBuf {
        self.0.join("plan")
    }

    /// The steps from the moment on from which they will be taken.
    pub(super) fn journal(&self) -> PathBuf {
        self.0.join("journal")
    }
}

/// A line a step; the last line is a hash over all before it.
pub(super) fn to_text(steps: &[Step]) -> String {
    use std::fmt::Write as _;
    let mut text = format!("{HEAD}\n");
    for step in steps {
        let _ = match step {
            Step::MakeFolder(path) => writeln!(text, "folder {path}"),
            Step::Put(number, path) => writeln!(text, "put {number} {path}"),
            Step::Remove(path) => writeln!(text, "remove {path}"),
            Step::RemoveFolder(path) => writeln!(text, "unfold {path}"),
            Step::Manifest => writeln!(text, "manifest"),
        };
    }
    let check = Hash::of(text.as_bytes());
    let _ = writeln!(text, "end {check}");
    text
}

/// Reads what [`to_text`] wrote; `None` for anything else, a cut file and paths that lead out of the output included.
pub(super) fn from_text(text: &str) -> Option<Vec<Step>> {
    let body = text.strip_suffix('\n')?;
    let (lines, check) = body.rsplit_once('\n')?;
    let covered = text.get(..=lines.len())?;
    if Hash::from_hex(check.strip_prefix("end ")?)? != Hash::of(covered.as_bytes()) {
        return None;
    }
    let mut lines = lines.lines();
    if lines.next()? != HEAD {
        return None;
    }
    lines.map(step).collect()
}

fn step(line: &str) -> Option<Step> {
    if line == "manifest" {
        return Some(Step::Manifest);
    }
    let (verb, rest) = line.split_once(' ')?;
    let (number, path) = if verb == "put" { rest.split_once(' ')? } else { ("0", rest) };
    if !is_sound(path) {
        return None;
    }
    Some(match verb {
        "folder" => Step::MakeFolder(path.to_owned()),
        "put" => Step::Put(number.parse().ok()?, OutPath::new(path)),
        "remove" => Step::Remove(OutPath::new(path)),
        "unfold" => Step::RemoveFolder(path.to_owned()),
        _ => return None,
    })
}

/// Takes the steps, those that were taken before included.
pub(super) fn run(place: &Place, stage: &Stage, steps: &[Step], fuse: &Fuse) -> Result<(), CommitError> {
    for step in steps {
        fuse.burn()?;
        take(place, stage, step).map_err(begun)?;
    }
    Ok(())
}

fn begun(error: CommitError) -> CommitError {
    match error {
        CommitError::Write(error) => CommitError::Write(WriteError { begun: true, ..error }),
        error => error,
    }
}

fn take(place: &Place, stage: &Stage, step: &Step) -> Result<(), CommitError> {
    match step {
        Step::MakeFolder(path) => make_folder(&place.out.join(path)),
        Step::Put(number, path) => put(&stage.file(*number), &place.out.join(path.as_str())),
        Step::Manifest => put(&stage.manifest(), &place.manifest()),
        Step::Remove(path) => {
            let path = place.out.join(path.as_str());
            match fs::remove_file(&path) {
                // A folder has taken its place before the last run was cut.
                Err(error) if !is_absent(&error) && !is_folder(&path) => {
                    Err(WriteError::at(&path, Doing::Remove)(error))
                }
                _ => Ok(()),
            }
        }
        // Not empty: somebody keeps something there.
        Step::RemoveFolder(path) => {
            let _ = fs::remove_dir(place.out.join(path));
            Ok(())
        }
    }
}

/// Whether a folder, not a link to one, is there.
fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|meta| meta.is_dir())
}

pub(super) fn make_folder(path: &Path) -> Result<(), CommitError> {
    match fs::create_dir(path) {
        Err(error) if !is_folder(path) => Err(WriteError::at(path, Doing::MakeFolder)(error)),
        _ => Ok(()),
    }
}

fn put(from: &Path, to: &Path) -> Result<(), CommitError> {
    match fs::rename(from, to) {
        // Put there before the last run was cut.
        Err(error) if error.kind() == ErrorKind::NotFound && from.symlink_metadata().is_err() => Ok(()),
        Err(error) => Err(WriteError::at(to, Doing::Put)(error)),
        Ok(()) => Ok(()),
    }
}

/// After the steps: the stage goes, its journal first.
pub(super) fn close(place: &Place, stage: &Stage, fuse: &Fuse) -> Result<(), CommitError> {
    let remove = |error| begun(WriteError::at(&stage.0, Doing::Remove)(error));
    fuse.burn()?;
    match fs::remove_file(stage.journal()) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(remove(error)),
        _ => {}
    }
    fuse.burn()?;
    fs::remove_dir_all(&stage.0).map_err(remove)?;
    system::sync_folder(place.side()).map_err(WriteError::at(place.side(), Doing::Sync))
}

/// Finishes or undoes a switch that was cut, and removes a stage that leads nowhere. Called by the holder of the
/// lock, so whatever is there is dead.
pub(super) fn recover(place: &Place, fuse: &Fuse) -> Result<(), CommitError> {
    let stage = Stage(place.stage());
    let meta = match stage.0.symlink_metadata() {
        Ok(meta) => meta,
        Err(error) if is_absent(&error) => return Ok(()),
        Err(error) => return Err(WriteError::at(&stage.0, Doing::Look)(error)),
    };
    if !meta.is_dir() {
        return fs::remove_file(&stage.0).map_err(WriteError::at(&stage.0, Doing::Remove));
    }
    let Some(steps) = read_text(&stage.journal())?.as_deref().and_then(from_text) else {
        return abandon(place, &stage);
    };
    let steps = without_respelled(&stage, steps);
    check_pending(place, &stage, &steps)?;
    run(place, &stage, &steps, fuse)?;
    fuse.burn()?;
    sync(place, &steps)?;
    close(place, &stage, fuse)
}

/// Where `A` was removed to make room for `a`, and `a` is there, nothing may remove `A` again: to some file systems
/// they are one.
fn without_respelled(stage: &Stage, steps: Vec<Step>) -> Vec<Step> {
    let done = steps.iter().filter_map(|step| match step {
        Step::Put(number, path) if stage.file(*number).symlink_metadata().is_err() => {
            Some(path.as_str().to_lowercase())
        }
        _ => None,
    });
    let done: HashSet<String> = done.collect();
    let keep = |step: &Step| !matches!(step, Step::Remove(path) if done.contains(&path.as_str().to_lowercase()));
    steps.into_iter().filter(keep).collect()
}

/// Before the journal: the old site is untouched, and goes on.
pub(super) fn abandon(place: &Place, stage: &Stage) -> Result<(), CommitError> {
    if let Some(steps) = read_text(&stage.plan())?.as_deref().and_then(from_text) {
        for step in steps.iter().rev() {
            if let Step::MakeFolder(path) = step {
                let _ = fs::remove_dir(place.out.join(path));
            }
        }
    }
    fs::remove_dir_all(&stage.0).map_err(WriteError::at(&stage.0, Doing::Remove))
}

/// Everything that the steps changed outlasts a power cut.
pub(super) fn sync(place: &Place, steps: &[Step]) -> Result<(), CommitError> {
    let result = sync_folders(place, steps);
    result.map_err(|error| begun(WriteError::at(&place.out, Doing::Sync)(error)))
}

fn sync_folders(place: &Place, steps: &[Step]) -> io::Result<()> {
    // Journalling file systems keep names in the order in which they were changed, so the last one speaks for all.
    if steps.len() > super::stage::FEW {
        return system::sync_folder(&place.out);
    }
    let parent = |path: &str| path.rsplit_once('/').map_or_else(String::new, |(parent, _)| parent.to_owned());
    let mut folders: Vec<String> = steps
        .iter()
        .map(|step| match step {
            Step::MakeFolder(path) | Step::RemoveFolder(path) => parent(path),
            Step::Put(_, path) | Step::Remove(path) => parent(path.as_str()),
            Step::Manifest => String::new(),
        })
        .collect();
    folders.sort_unstable();
    folders.dedup();
    crate::par::map(&folders, |folder| match system::sync_folder(&place.out.join(folder)) {
        // Removed by a later step.
        Err(error) if is_absent(&error) => Ok(()),
        result => result,
    })
    .into_iter()
    .collect()
}

/// A cut switch must not overwrite or remove what somebody wrote since.
fn check_pending(place: &Place, stage: &Stage, steps: &[Step]) -> Result<(), CommitError> {
    let manifest = |path: PathBuf| -> Result<Option<Manifest>, CommitError> {
        Ok(read_text(&path)?.as_deref().and_then(Manifest::from_text))
    };
    let old = manifest(place.manifest())?.unwrap_or_default();
    let new = manifest(stage.manifest())?;
    let new = new.as_ref().unwrap_or(&old);
    let mut changed = Vec::new();
    for step in steps {
        let path = match step {
            Step::Put(number, path) if stage.file(*number).symlink_metadata().is_ok() => path,
            Step::Remove(path) => path,
            _ => continue,
        };
        let full = place.out.join(path.as_str());
        if path_leads_out(place, path) {
            changed.push(path.to_string());
            continue;
        }
        let records: Vec<_> = [&old, new].into_iter().filter_map(|manifest| manifest.files.get(path)).collect();
        let mut ours = matches!(full.symlink_metadata(), Err(error) if is_absent(&error));
        for record in records {
            ours = ours || inspect(&full, record, None)? != State::Changed;
        }
        // Where a folder gives way to a file, an earlier step removes it; where it has taken a file's place, no step
        // touches it.
        ours = ours
            || (is_folder(&full)
                && (matches!(step, Step::Remove(_)) || old.files.keys().any(|file| lies_in(file, path))));
        if !ours {
            changed.push(path.to_string());
        }
    }
    if changed.is_empty() { Ok(()) } else { Err(Refusal::Changed { output: place.out.clone(), files: changed }.into()) }
}

fn lies_in(file: &OutPath, folder: &OutPath) -> bool {
    file.as_str().strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'))
}

/// Whether one of the folders of `path` is a link.
fn path_leads_out(place: &Place, path: &OutPath) -> bool {
    let full = place.out.join(path.as_str());
    let folders = full.ancestors().skip(1).take_while(|folder| *folder != place.out);
    folders.into_iter().any(|folder| folder.symlink_metadata().is_ok_and(|meta| meta.is_symlink()))
}

/// The text of a file that may be missing; a file that is not UTF-8 is no text of ours.
pub(super) fn read_text(path: &Path) -> Result<Option<String>, CommitError> {
    match fs::read(path) {
        Ok(bytes) => Ok(String::from_utf8(bytes).ok()),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(WriteError::at(path, Doing::Look)(error)),
    }
}
