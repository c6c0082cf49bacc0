//! The only door through which anything is read: the site's folder (on disk or in memory), the embedded theme, and
//! the clock.

pub mod disk;
pub mod embedded;
pub mod memory;
pub mod overlay;
mod stamps;
pub mod web;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::memo::Hash;
use crate::path::SourcePath;
use crate::time::Instant;

/// The name of the file that makes a folder a site.
pub const SITE_FILE: &str = "site.toml";

/// Text files larger than this are an error: 10 MB.
pub const MAX_TEXT: u64 = 10_000_000;

/// Everything that a build reads, taken at one moment.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// The site's files, by path.
    pub files: BTreeMap<SourcePath, File>,
    /// Files of the standard theme that is built into the program, by their path below the theme's folder.
    pub embedded: Arc<BTreeMap<SourcePath, File>>,
    /// The clock, or the time that the user asked for.
    pub now: Instant,
    /// Files that could not be taken as they are: links that lead outside, names that are not Unicode.
    pub faults: Vec<crate::diag::Diagnostic>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// In bytes.
    pub len: u64,
    /// Of its bytes.
    pub hash: Hash,
    /// Its bytes, where they are held.
    pub data: Data,
    /// For an image, its width and height in pixels, where its format tells.
    pub pixels: Option<(u32, u32)>,
}

/// The bytes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// Here.
    Held(Arc<[u8]>),
    /// Left where it is: an image or another file that is published as it is.
    Left,
}

impl File {
    /// A file that holds `bytes`.
    pub fn held(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { len: bytes.len() as u64, hash: Hash::of(&bytes), data: Data::Held(bytes), pixels: None }
    }

    /// The record of a file that is published as it is and not held; `bytes` are all of it.
    pub fn left(bytes: &[u8]) -> Self {
        let pixels = imagesize::blob_size(bytes)
            .ok()
            .and_then(|size| Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?)));
        Self { len: bytes.len() as u64, hash: Hash::of(bytes), data: Data::Left, pixels }
    }
}

/// Where a site is read from.
pub trait World: Sync {
    /// Reads everything.
    ///
    /// # Errors
    /// Where the file system refuses, with the path and the reason.
    fn snapshot(&self) -> Result<Snapshot, WorldError>;

    /// Reads one file that a snapshot left where it is.
    ///
    /// # Errors
    /// Where the file system refuses, or the file is no longer there.
    fn read(&self, path: &SourcePath) -> Result<Vec<u8>, WorldError>;
}

/// The file system refused.
#[derive(Debug)]
pub struct WorldError {
    /// Which file or folder.
    pub path: PathBuf,
    /// What was asked of it.
    pub doing: Doing,
    /// What it answered.
    pub source: std::io::Error,
}

/// What was asked of the file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// List a folder.
    List,
    /// Read a file.
    Read,
    /// Find a site: there is no `site.toml`.
    Find,
}

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.source)
    }
}

impl std::error::Error for WorldError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
