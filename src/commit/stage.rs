//! Writes the new files, where nobody sees them yet.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::error::{CommitError, Doing, WriteError};
use super::fuse::Fuse;
use super::system;
use crate::memo::Hash;
use crate::output::{Content, Entry};
use crate::par;
use crate::path::OutPath;
use crate::world::World;

/// Up to so many files are synced one by one; more are synced together with their whole file system, where it can do
/// that.
pub(super) const FEW: usize = 48;

/// One file to be staged.
pub(super) struct Task<'a> {
    /// What it will be.
    pub(super) path: &'a OutPath,
    /// What it holds.
    pub(super) entry: &'a Entry,
    /// Where it is written.
    pub(super) target: PathBuf,
    /// A folder that this file alone needs.
    pub(super) folder: Option<PathBuf>,
}

/// Writes them all; they outlast a power cut.
pub(super) fn write(tasks: &[Task<'_>], stage: &Path, world: &dyn World, fuse: &Fuse) -> Result<(), CommitError> {
    let together = tasks.len() > FEW;
    let one = |sync| {
        move |task: &Task<'_>| {
            if let Some(folder) = &task.folder {
                super::journal::make_folder(folder)?;
            }
            match &task.entry.content {
                Content::Bytes(bytes) => write_new(&task.target, bytes, sync, fuse),
                Content::Copy(source) => {
                    let bytes = world.read(source).map_err(CommitError::Read)?;
                    if bytes.len() as u64 != task.entry.len || Hash::of(&bytes) != task.entry.hash {
                        return Err(CommitError::SourceChanged(source.clone()));
                    }
                    write_new(&task.target, &bytes, sync, fuse)
                }
                Content::Unchanged => Err(CommitError::NotThere(vec![task.path.clone()])),
            }
        }
    };
    par::map(tasks, one(!together)).into_iter().collect::<Result<(), CommitError>>()?;
    if together {
        fuse.burn()?;
        let done = system::sync_file_system(stage).map_err(WriteError::at(stage, Doing::Sync))?;
        if !done && cfg!(unix) {
            let sync = |task: &Task<'_>| {
                let file = fs::File::open(&task.target).and_then(|file| system::sync_file(&file));
                file.map_err(WriteError::at(&task.target, Doing::Sync))
            };
            par::map(tasks, sync).into_iter().collect::<Result<(), CommitError>>()?;
        }
    }
    Ok(())
}

/// Writes a file that does not exist yet.
pub(super) fn write_new(path: &Path, bytes: &[u8], sync: bool, fuse: &Fuse) -> Result<(), CommitError> {
    let stopped = fuse.burn();
    // Killed here, it is killed in the midst of writing.
    let written = if stopped.is_ok() { bytes } else { bytes.get(..bytes.len() / 2).unwrap_or_default() };
    let result = OpenOptions::new().write(true).create_new(true).open(path).and_then(|mut file| {
        file.write_all(written)?;
        if sync { system::sync_file(&file) } else { Ok(()) }
    });
    result.map_err(WriteError::at(path, Doing::Write))?;
    stopped
}
