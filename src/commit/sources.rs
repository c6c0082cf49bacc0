//! The author's own files: replaced by mended ones, all of them or none, and only while they are what was mended.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::{CommitError, Doing, Refusal, WriteError};
use super::fuse::Fuse;
use super::lock::{Lock, make_folders};
use super::stage::write_new;
use super::{STORE, system};
use crate::memo::Hash;
use crate::path::SourcePath;

/// The folder below [`STORE`] that keeps the files as they were before they were last replaced.
pub const KEPT: &str = "before-fix";

/// How long a second process waits for the first one.
const PATIENCE: Duration = Duration::from_secs(5);

/// A file to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which one.
    pub path: SourcePath,
    /// Of the bytes that it must still have.
    pub before: Hash,
    /// The bytes that it is to have.
    pub after: Vec<u8>,
}

/// A change that is ready to be made.
struct Ready {
    /// The file itself, where a link stands in its place.
    target: PathBuf,
    temporary: PathBuf,
    before: Hash,
    old: Vec<u8>,
}

/// Replaces files of the site in `root`; permissions stay as they are. The old files are kept below [`STORE`], in
/// [`KEPT`], under their own paths.
///
/// # Errors
/// [`Refusal::Edited`] where a file is no longer what was mended; whatever the error, all files are as they were.
pub fn replace(root: &Path, changes: &[Change]) -> Result<(), CommitError> {
    let store = root.join(STORE);
    if !make_folders(&store)?.is_empty() {
        write_new(&store.join(".gitignore"), b"*\n", false, &Fuse::of(None))?;
    }
    let _lock = Lock::take(store.join("fix.lock"), root, PATIENCE)?;
    let root = root.canonicalize().map_err(WriteError::at(root, Doing::Look))?;
    let mut ready = Vec::with_capacity(changes.len());
    let staged = changes.iter().try_for_each(|change| {
        ready.push(stage(&root, change)?);
        Ok(())
    });
    let done = staged
        .and_then(|()| ready.iter().zip(changes).try_for_each(|(ready, change)| keep(&root, &change.path, &ready.old)))
        .and_then(|()| put(&ready));
    for ready in &ready {
        // Those that were put in place are no longer there.
        let _ = fs::remove_file(&ready.temporary);
    }
    done
}

/// Writes the new bytes beside the file.
fn stage(root: &Path, change: &Change) -> Result<Ready, CommitError> {
    let path = root.join(change.path.as_str());
    let target = path.canonicalize().map_err(WriteError::at(&path, Doing::Look))?;
    let old = fs::read(&target).map_err(WriteError::at(&target, Doing::Look))?;
    if Hash::of(&old) != change.before || !target.starts_with(root) {
        return Err(Refusal::Edited(target).into());
    }
    let permissions = fs::metadata(&target).map_err(WriteError::at(&target, Doing::Look))?.permissions();
    if permissions.readonly() {
        return Err(WriteError::at(&target, Doing::Write)(ErrorKind::PermissionDenied.into()));
    }
    // A name that ends so is passed over when a site is read, should this process be killed.
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let temporary = target.with_file_name(format!(".{name}.{}~", std::process::id()));
    let written = write_new(&temporary, &change.after, true, &Fuse::of(None))
        .and_then(|()| fs::set_permissions(&temporary, permissions).map_err(WriteError::at(&temporary, Doing::Write)));
    if let Err(error) = written {
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    Ok(Ready { target, temporary, before: change.before, old })
}

/// Keeps the old bytes.
fn keep(root: &Path, path: &SourcePath, old: &[u8]) -> Result<(), CommitError> {
    let kept = root.join(STORE).join(KEPT).join(path.as_str());
    if let Some(folder) = kept.parent() {
        make_folders(folder)?;
    }
    if kept.symlink_metadata().is_ok() {
        fs::remove_file(&kept).map_err(WriteError::at(&kept, Doing::Remove))?;
    }
    write_new(&kept, old, true, &Fuse::of(None))
}

/// Puts all files in place; where that fails in the midst, those that were, are put back.
fn put(ready: &[Ready]) -> Result<(), CommitError> {
    for (at, change) in ready.iter().enumerate() {
        let target = &change.target;
        let put = fs::read(target).map_err(WriteError::at(target, Doing::Look)).and_then(|now| {
            if Hash::of(&now) != change.before {
                return Err(Refusal::Edited(target.clone()).into());
            }
            fs::rename(&change.temporary, target).map_err(WriteError::at(target, Doing::Put))
        });
        if let Err(error) = put {
            for done in ready.get(..at).unwrap_or_default() {
                // They are kept as well, should this fail.
                let _ = write_new(&done.temporary, &done.old, true, &Fuse::of(None)).and_then(|()| {
                    fs::rename(&done.temporary, &done.target).map_err(WriteError::at(&done.target, Doing::Put))
                });
            }
            return Err(error);
        }
    }
    for folder in ready.iter().filter_map(|change| change.target.parent()) {
        system::sync_folder(folder).map_err(WriteError::at(folder, Doing::Sync))?;
    }
    Ok(())
}
