//! One writer for each output folder: an advisory lock on a file beside it, which the system frees when its holder
//! dies. The file is removed with the lock where that is safe; one that a killed process left behind locks nothing.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::error::{CommitError, Doing, Refusal, WriteError};
use super::system;

const POLL: Duration = Duration::from_millis(25);

/// Held as long as it lives.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
    /// Folders that were made to hold the file, the innermost first; those still empty go with it.
    made: Vec<PathBuf>,
}

impl Lock {
    /// Waits up to `wait` for the lock at `path`, in a folder that is made where it is missing.
    pub(super) fn take(path: PathBuf, output: &Path, wait: Duration) -> Result<Self, CommitError> {
        let made = match path.parent() {
            Some(folder) => make_folders(folder)?,
            None => Vec::new(),
        };
        let mut left = wait;
        loop {
            let mut file = open(&path).map_err(WriteError::at(&path, Doing::Lock))?;
            match file.try_lock() {
                Ok(()) => {}
                // A file system without locks: better one that builds than one that cannot.
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(WriteError::at(&path, Doing::Lock)(error)),
                Err(TryLockError::WouldBlock) if left.is_zero() => {
                    return Err(Refusal::Locked { output: output.to_owned(), pid: holder(&mut file) }.into());
                }
                Err(TryLockError::WouldBlock) => {
                    thread::sleep(POLL.min(left));
                    left = left.saturating_sub(POLL);
                    continue;
                }
            }
            // The holder before us may have removed the file between our opening and our locking it.
            if system::stands_at(&file, &path) == Some(false) {
                continue;
            }
            let sign = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
            sign.map_err(WriteError::at(&path, Doing::Lock))?;
            return Ok(Self { file, path, made });
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Whoever locks a file that no longer stands at the path looks again; without that check it must stay.
        if system::stands_at(&self.file, &self.path) == Some(true) {
            let _ = fs::remove_file(&self.path);
        }
        for folder in &self.made {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

fn open(path: &Path) -> std::io::Result<File> {
    system::no_links(OpenOptions::new().read(true).write(true).create(true).truncate(false)).open(path)
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

/// Makes `folder` and what it lies in; those that were made, the innermost first.
pub(super) fn make_folders(folder: &Path) -> Result<Vec<PathBuf>, CommitError> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    let mut made = Vec::new();
    for folder in missing.into_iter().rev() {
        match fs::create_dir(folder) {
            Ok(()) => made.insert(0, folder.to_owned()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            Err(error) => return Err(WriteError::at(folder, Doing::MakeFolder)(error)),
        }
    }
    Ok(made)
}
