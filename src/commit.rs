//! PLACEHOLDER for the only local write door: the signatures that `cli` is written against. Replaced at the merge.
#![expect(clippy::disallowed_methods, reason = "the write door")]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::diag::Lang;
use crate::output::manifest::Record;
use crate::output::{Content, OutputTree};
use crate::path::OutPath;
use crate::world::World;

/// What the output folder must not be.
#[derive(Debug, Clone, Copy)]
pub struct Guard<'a> {
    /// The site's folder.
    pub site_root: &'a Path,
    /// The working directory.
    pub cwd: &'a Path,
    /// The user's home.
    pub home: Option<&'a Path>,
}

/// The folder of the memos.
pub const STORE: &str = ".hiketsu";

/// The output folder as the last build left it.
#[derive(Debug)]
pub struct Baseline {
    output: std::path::PathBuf,
    records: BTreeMap<OutPath, Record>,
}

/// What a commit did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Files written.
    pub written: usize,
    /// Files removed.
    pub removed: usize,
    /// Files left as they were.
    pub unchanged: usize,
}

/// Refused, or the disk failed.
#[derive(Debug)]
pub struct CommitError(io::Error);

impl CommitError {
    /// What is wrong.
    pub fn message(&self, _lang: Lang) -> String {
        self.0.to_string()
    }

    /// What to do; may be empty.
    pub fn help(&self, _lang: Lang) -> &'static str {
        ""
    }

    /// 3 or 4.
    pub fn exit_code(&self) -> u8 {
        if self.0.kind() == io::ErrorKind::AlreadyExists { 3 } else { 4 }
    }
}

impl Baseline {
    /// Takes the lock.
    pub fn open(output: &Path, guard: &Guard<'_>) -> Result<Self, CommitError> {
        Ok(Self { output: guard.cwd.join(output), records: BTreeMap::new() })
    }

    /// What is intact in the output.
    pub fn records(&self) -> &BTreeMap<OutPath, Record> {
        &self.records
    }

    /// Writes the difference.
    pub fn commit(&mut self, tree: &OutputTree, world: &dyn World) -> Result<Written, CommitError> {
        for (path, entry) in tree.iter() {
            let bytes = match &entry.content {
                Content::Bytes(bytes) => bytes.to_vec(),
                Content::Copy(source) => world.read(source).map_err(|error| CommitError(error.source))?,
                Content::Unchanged => continue,
            };
            put(&self.output.join(path.as_str()), &bytes)?;
        }
        Ok(Written { written: tree.len(), removed: 0, unchanged: 0 })
    }
}

/// Writes one file of our own.
pub fn store(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), CommitError> {
    put(&folder.join(name), bytes)
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), CommitError> {
    fs::create_dir_all(path.parent().unwrap_or(path)).map_err(CommitError)?;
    fs::write(path, bytes).map_err(CommitError)
}

/// Makes a new site; refuses where one of the files is there.
pub fn create_new<P: AsRef<Path>, B: AsRef<[u8]>>(root: &Path, files: &[(P, B)]) -> Result<(), CommitError> {
    if files.iter().any(|(name, _)| root.join(name).exists()) {
        return Err(CommitError(io::ErrorKind::AlreadyExists.into()));
    }
    files.iter().try_for_each(|(name, bytes)| put(&root.join(name), bytes.as_ref()))
}
