//! The small writers: memos, and the files of a new site.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::error::{CommitError, Doing, Refusal, WriteError};
use super::fuse::Fuse;
use super::lock::make_folders;
use super::stage::write_new;
use super::system;

/// Writes `bytes` to the file `name` of `folder` (the site's [`STORE`](super::STORE)), all or nothing. The folder is
/// made where it is missing, with a `.gitignore` that keeps all of it out of the site's repository. What is stored is
/// not synced: after a power cut it may be torn, so whoever reads it checks it.
///
/// # Errors
/// Where the file system refuses.
pub fn store(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), CommitError> {
    let fuse = Fuse::of(None);
    if !make_folders(folder)?.is_empty() {
        write_new(&folder.join(".gitignore"), b"*\n", false, &fuse)?;
    }
    let temporary = folder.join(format!(".{name}.{}", std::process::id()));
    if temporary.symlink_metadata().is_ok() {
        fs::remove_file(&temporary).map_err(WriteError::at(&temporary, Doing::Remove))?;
    }
    let path = folder.join(name);
    let written = write_new(&temporary, bytes, false, &fuse)
        .and_then(|()| fs::rename(&temporary, &path).map_err(WriteError::at(&path, Doing::Put)));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// Creates `files`, by their paths below `root`, which is made where it is missing: all of them, or none.
///
/// # Errors
/// [`Refusal::Exists`] where any of them exists; nothing is ever overwritten.
pub fn create_new<P: AsRef<Path>, B: AsRef<[u8]>>(root: &Path, files: &[(P, B)]) -> Result<(), CommitError> {
    let below = |path: &Path| path.components().all(|part| matches!(part, Component::Normal(_)));
    if let Some((path, _)) = files.iter().find(|(path, _)| !below(path.as_ref())) {
        return Err(Refusal::BadPath(path.as_ref().display().to_string()).into());
    }
    let targets: Vec<PathBuf> = files.iter().map(|(path, _)| root.join(path)).collect();
    let there: Vec<PathBuf> = targets.iter().filter(|path| path.symlink_metadata().is_ok()).cloned().collect();
    if !there.is_empty() {
        return Err(Refusal::Exists(there).into());
    }
    let mut made = Made::default();
    let result = targets.iter().zip(files).try_for_each(|(path, (_, bytes))| made.file(path, bytes.as_ref()));
    if result.is_err() {
        made.undo();
    }
    result
}

/// What was made so far, to be undone.
#[derive(Default)]
struct Made {
    files: Vec<PathBuf>,
    /// The innermost last.
    folders: Vec<PathBuf>,
}

impl Made {
    fn file(&mut self, path: &Path, bytes: &[u8]) -> Result<(), CommitError> {
        if let Some(folder) = path.parent() {
            self.folders.extend(make_folders(folder)?.into_iter().rev());
        }
        match write_new(path, bytes, true, &Fuse::of(None)) {
            Err(CommitError::Write(error)) if error.source.kind() == ErrorKind::AlreadyExists => {
                Err(Refusal::Exists(vec![path.to_owned()]).into())
            }
            Err(error) => {
                // It was created by us, and could not be filled.
                let _ = fs::remove_file(path);
                Err(error)
            }
            Ok(()) => {
                self.files.push(path.to_owned());
                path.parent().map_or(Ok(()), system::sync_folder).map_err(WriteError::at(path, Doing::Sync))
            }
        }
    }

    fn undo(self) {
        for file in self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.into_iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}
