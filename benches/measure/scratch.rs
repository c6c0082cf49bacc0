//! Folders to measure in, in memory and on disk, removed at the end.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use super::machine;

/// A folder of ours that is gone when this value is.
pub(crate) struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// A folder in memory where the system has one, else in the folder for temporary files.
    ///
    /// # Errors
    /// When it cannot be created.
    pub(crate) fn in_memory() -> io::Result<Self> {
        let shared = Path::new("/dev/shm");
        if shared.is_dir() { Self::inside(shared) } else { Self::inside(&env::temp_dir()) }
    }

    /// A folder on the disk that has Cargo's target folder.
    ///
    /// # Errors
    /// When it cannot be created.
    pub(crate) fn on_disk() -> io::Result<Self> {
        Self::inside(Path::new(env!("CARGO_TARGET_TMPDIR")))
    }

    fn inside(parent: &Path) -> io::Result<Self> {
        let path = parent.join(format!("hiketsu-bench-{}", std::process::id()));
        clear(&path)?;
        fs::create_dir_all(&path)?;
        Ok(Self { path: path.canonicalize()? })
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The kind of file system it is on.
    pub(crate) fn file_system(&self) -> String {
        machine::file_system(&self.path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Nothing more can be done about a folder that does not go.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Removes a folder with all that is in it; one that is not there is fine.
///
/// # Errors
/// Whatever the file system refuses.
pub(crate) fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Number of HTML pages, and megabytes of all files, in an output folder.
///
/// # Errors
/// Whatever the file system refuses.
pub(crate) fn output_size(folder: &Path) -> io::Result<(u32, f64)> {
    folder_size(folder, "html")
}

/// Number of files whose names end in `.kind`, and megabytes of all files, in a folder.
///
/// # Errors
/// Whatever the file system refuses.
pub(crate) fn folder_size(folder: &Path, kind: &str) -> io::Result<(u32, f64)> {
    let mut pages = 0;
    let mut bytes = 0.0;
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
                continue;
            }
            pages += u32::from(entry.path().extension().is_some_and(|extension| extension == kind));
            #[expect(clippy::cast_precision_loss, reason = "no site has 2^53 bytes")]
            let length = entry.metadata()?.len() as f64;
            bytes += length;
        }
    }
    Ok((pages, bytes / 1e6))
}
