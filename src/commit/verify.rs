//! Whether the output folder still holds what the manifest says, and nothing else. It looks and changes nothing.
//!
//! A file older than the manifest, of the right length, is as it was written: nobody can change a file, or a folder's
//! names, and keep the time of its inode. Everything newer is read and hashed. (Without such times, on Windows, each
//! folder is listed.)

use std::borrow::Cow;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::Path;

use icu_normalizer::ComposingNormalizerBorrowed;
use walkdir::WalkDir;

use super::error::{CommitError, Doing, Refusal, WriteError};
use super::guard::{Place, is_litter, is_own};
use super::system;
use crate::memo::Hash;
use crate::output::manifest::{Manifest, Record};
use crate::par;
use crate::path::OutPath;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files of the manifest that are gone.
    pub(super) missing: Vec<OutPath>,
    /// How many files had to be hashed.
    pub(super) hashed: usize,
}

/// One file against its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Intact,
    /// Intact, which only its bytes could tell.
    Hashed,
    Missing,
    Changed,
}

/// Compares the output folder with `manifest`, whose file has the time `written`.
pub(super) fn verify(place: &Place, manifest: &Manifest, written: i128) -> Result<Found, CommitError> {
    let files: Vec<(&OutPath, &Record)> = manifest.files.iter().collect();
    let folders = folders(manifest.files.keys());
    let scan = Scan { place, files: &files, folders: &folders, written };
    let (states, strangers) = par::join(
        || par::map(&files, |(path, record)| inspect(&place.out.join(path.as_str()), record, Some(written))),
        || par::map(&folders, |folder| scan.strangers(folder)),
    );
    let mut found = Found::default();
    let mut changed = Vec::new();
    for ((path, _), state) in files.iter().zip(states) {
        match state? {
            State::Intact => {}
            State::Hashed => found.hashed += 1,
            State::Missing => found.missing.push((*path).clone()),
            State::Changed => changed.push(path.to_string()),
        }
    }
    let mut unknown = Vec::new();
    for strangers in strangers {
        unknown.extend(strangers?);
    }
    unknown.sort();
    if !unknown.is_empty() {
        return Err(Refusal::Unknown { output: place.out.clone(), files: unknown }.into());
    }
    if !changed.is_empty() {
        return Err(Refusal::Changed { output: place.out.clone(), files: changed }.into());
    }
    Ok(found)
}

/// The file at `path` against `record`; `written` is the time before which it need not be read.
pub(super) fn inspect(path: &Path, record: &Record, written: Option<i128>) -> Result<State, CommitError> {
    let look = |error| WriteError::at(path, Doing::Look)(error);
    let meta = match path.symlink_metadata() {
        Ok(meta) => meta,
        Err(error) if is_absent(&error) => return Ok(State::Missing),
        Err(error) => return Err(look(error)),
    };
    if !meta.is_file() || meta.len() != record.len {
        return Ok(State::Changed);
    }
    if written.is_some_and(|written| system::stamp(&meta) < written) {
        return Ok(State::Intact);
    }
    let bytes = fs::read(path).map_err(look)?;
    Ok(if Hash::of(&bytes) == record.hash { State::Hashed } else { State::Changed })
}

/// Whether nothing is there: no such name, or a file where a folder of the path should be.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Every folder that one of the sorted `files` lies in, each once, sorted, and so each before what lies in it; the
/// output folder itself is the empty string.
pub(super) fn folders<'a>(files: impl Iterator<Item = &'a OutPath>) -> Vec<&'a str> {
    let mut folders = vec![""];
    let mut last = "";
    for path in files {
        let mut folder = path.as_str();
        while let Some((parent, _)) = folder.rsplit_once('/') {
            // The file before lies in it too.
            if last.strip_prefix(parent).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) {
                break;
            }
            folders.push(parent);
            folder = parent;
        }
        last = path.as_str().rsplit_once('/').map_or("", |(parent, _)| parent);
    }
    folders.sort_unstable();
    folders.dedup();
    folders
}

struct Scan<'a> {
    place: &'a Place,
    files: &'a [(&'a OutPath, &'a Record)],
    folders: &'a [&'a str],
    written: i128,
}

impl Scan<'_> {
    /// What in `folder` is not ours.
    fn strangers(&self, folder: &str) -> Result<Vec<String>, CommitError> {
        let full = self.place.out.join(folder);
        let look = |error| WriteError::at(&full, Doing::Look)(error);
        let meta: Metadata = match full.symlink_metadata() {
            Ok(meta) => meta,
            Err(error) if is_absent(&error) => return Ok(Vec::new()),
            Err(error) => return Err(look(error)),
        };
        if !meta.is_dir() {
            return Ok(vec![folder.to_owned()]);
        }
        if system::stamp(&meta) < self.written {
            return Ok(Vec::new());
        }
        let mut unknown = Vec::new();
        for entry in fs::read_dir(&full).map_err(look)? {
            let entry = entry.map_err(look)?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if is_litter(&name) || (folder.is_empty() && is_own(self.place, &name)) {
                continue;
            }
            let path = if folder.is_empty() { name.into_owned() } else { format!("{folder}/{name}") };
            let is_folder = entry.file_type().map_err(look)?.is_dir();
            if self.knows(&path, is_folder) {
                continue;
            }
            if is_folder {
                unknown.extend(self.below(&entry.path()));
            } else {
                unknown.push(path);
            }
        }
        Ok(unknown)
    }

    fn knows(&self, path: &str, is_folder: bool) -> bool {
        // Some file systems give a name back decomposed.
        let composed =
            if path.is_ascii() { Cow::Borrowed(path) } else { ComposingNormalizerBorrowed::new_nfc().normalize(path) };
        [path, &composed].into_iter().any(|path| {
            if is_folder {
                self.folders.binary_search(&path).is_ok()
            } else {
                self.files.binary_search_by(|(file, _)| file.as_str().cmp(path)).is_ok()
            }
        })
    }

    /// The files below a folder that is not ours. An empty folder is nobody's loss.
    fn below(&self, folder: &Path) -> Vec<String> {
        const ENOUGH: usize = 1000;
        let files = WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| !entry.file_type().is_dir());
        let names = files.filter(|entry| !is_litter(&entry.file_name().to_string_lossy()));
        let below = |path: &Path| path.strip_prefix(&self.place.out).unwrap_or(path).to_string_lossy().into_owned();
        names.take(ENOUGH).map(|entry| below(entry.path())).collect()
    }
}
