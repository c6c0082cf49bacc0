//! A site in memory: what tests build.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Doing, File, Snapshot, World, WorldError, embedded};
use crate::path::SourcePath;
use crate::time::Instant;

/// A site whose files are values.
#[derive(Debug, Clone)]
pub struct MemoryWorld {
    files: BTreeMap<SourcePath, Arc<[u8]>>,
    /// What its clock says.
    pub now: Instant,
}

impl Default for MemoryWorld {
    fn default() -> Self {
        // 2026-01-01T00:00:00Z: any fixed instant would do.
        Self { files: BTreeMap::new(), now: Instant(1_767_225_600) }
    }
}

impl MemoryWorld {
    /// Writes a file.
    pub fn write(&mut self, path: &str, bytes: impl AsRef<[u8]>) {
        self.files.insert(SourcePath::new(path), bytes.as_ref().into());
    }

    /// Removes a file; whether it was there.
    pub fn remove(&mut self, path: &str) -> bool {
        self.files.remove(&SourcePath::new(path)).is_some()
    }

    /// The files, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = (&SourcePath, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path, &**bytes))
    }
}

impl World for MemoryWorld {
    fn snapshot(&self) -> Result<Snapshot, WorldError> {
        let files = self.files.iter().filter(|(path, _)| super::disk::belongs(path.as_str())).map(|(path, bytes)| {
            let held = super::disk::is_read(path) && bytes.len() as u64 <= super::MAX_TEXT;
            let file = if held { File::held(bytes.clone()) } else { File::left(bytes) };
            (path.clone(), file)
        });
        Ok(Snapshot { files: files.collect(), embedded: embedded::standard(), now: self.now, faults: Vec::new() })
    }

    fn read(&self, path: &SourcePath) -> Result<Vec<u8>, WorldError> {
        self.files.get(path).map(|bytes| bytes.to_vec()).ok_or_else(|| WorldError {
            path: PathBuf::from(path.as_str()),
            doing: Doing::Read,
            source: std::io::ErrorKind::NotFound.into(),
        })
    }
}
