//! A site whose files are partly in somebody's hands: what an editor holds unsaved lies over what is on disk.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::disk::{belongs, is_read};
use super::{File, Snapshot, World, WorldError};
use crate::path::SourcePath;

/// A site with texts laid over it.
#[derive(Debug, Clone)]
pub struct Overlay<W> {
    /// What lies below.
    pub below: W,
    open: BTreeMap<SourcePath, Arc<[u8]>>,
}

impl<W: World> Overlay<W> {
    /// Over `below`, with nothing on it yet.
    pub fn new(below: W) -> Self {
        Self { below, open: BTreeMap::new() }
    }

    /// Lays a text over the file at `path`, which need not be there.
    pub fn lay(&mut self, path: SourcePath, text: &str) {
        self.open.insert(path, text.as_bytes().into());
    }

    /// Takes it away again.
    pub fn lift(&mut self, path: &SourcePath) {
        self.open.remove(path);
    }
}

impl<W: World> World for Overlay<W> {
    fn snapshot(&self) -> Result<Snapshot, WorldError> {
        let mut snapshot = self.below.snapshot()?;
        for (path, bytes) in self.open.iter().filter(|(path, _)| belongs(path.as_str()) && is_read(path)) {
            snapshot.files.insert(path.clone(), File::held(bytes.clone()));
        }
        Ok(snapshot)
    }

    fn read(&self, path: &SourcePath) -> Result<Vec<u8>, WorldError> {
        match self.open.get(path) {
            Some(bytes) => Ok(bytes.to_vec()),
            None => self.below.read(path),
        }
    }
}
