//! A site on disk. Symbolic links that lead out of its folder are faults, never followed.

#![expect(clippy::disallowed_methods, reason = "this is the read door, and the clock")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use walkdir::WalkDir;

use super::stamps::{Stamp, Stamps};
use super::{Data, Doing, File, MAX_TEXT, SITE_FILE, Snapshot, World, WorldError, embedded};
use crate::diag::catalogue::reading;
use crate::diag::{Diagnostic, Fault};
use crate::memo::Hash;
use crate::par;
use crate::path::SourcePath;
use crate::text::Span;
use crate::time::Instant;

/// Folders of a site that are read; nothing else in it is looked at but `site.toml`.
pub const FOLDERS: [&str; 5] = ["content", "themes", "templates", "assets", "i18n"];

/// Files beyond this size are hashed piece by piece instead of being read as a whole: 16 MB.
const MAX_HELD: u64 = 16_000_000;

/// Whether a file of the site's folder is part of the site: in one of its folders, and neither litter nor hidden.
pub(super) fn belongs(path: &str) -> bool {
    if path == SITE_FILE {
        return true;
    }
    let Some((folder, rest)) = path.split_once('/') else { return false };
    FOLDERS.contains(&folder) && !rest.split('/').any(|name| is_litter(name) || is_hidden(name))
}

/// What editors, systems and version control leave behind: passed over without a word.
fn is_litter(name: &str) -> bool {
    const NAMES: [&str; 6] = ["Thumbs.db", "desktop.ini", "__MACOSX", ".DS_Store", ".gitignore", ".gitkeep"];
    const STARTS: [&str; 3] = [".#", "._", ".~"];
    const ENDINGS: [&str; 7] = ["~", ".swp", ".swo", ".swx", ".tmp", ".bak", ".orig"];
    NAMES.contains(&name)
        || (name.starts_with('#') && name.ends_with('#'))
        || STARTS.iter().any(|start| name.starts_with(start))
        || ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// A name that begins with a dot keeps its file from being published (`.env`, `.git`), but for those that hosts ask
/// for.
fn is_hidden(name: &str) -> bool {
    const ASKED_FOR: [&str; 4] = [".well-known", ".nojekyll", ".htaccess", ".domains"];
    name.starts_with('.') && !ASKED_FOR.contains(&name)
}

/// Whether the bytes of a file are needed to build: texts, configuration and themes are; what is published as it is
/// stays where it is.
pub(super) fn is_read(path: &SourcePath) -> bool {
    !path.as_str().starts_with("content/")
        || path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

/// A folder with a `site.toml`.
#[derive(Debug)]
pub struct DiskWorld {
    root: PathBuf,
    at: Option<Instant>,
    /// What was read before, where the site is read again and again.
    stamps: Option<Stamps>,
}

impl DiskWorld {
    /// The site in `root`; its clock says `at`, or the system's time.
    ///
    /// # Errors
    /// Where there is no `site.toml` in it, or it cannot be resolved.
    pub fn open(root: &Path, at: Option<Instant>) -> Result<Self, WorldError> {
        let fail = |source| WorldError { path: root.to_owned(), doing: Doing::Find, source };
        let root = root.canonicalize().map_err(fail)?;
        if !root.join(SITE_FILE).is_file() {
            return Err(fail(io::ErrorKind::NotFound.into()));
        }
        Ok(Self { root, at, stamps: None })
    }

    /// The same, for whoever reads it again and again: what has not changed since the last time is not read from the disk
    /// once more.
    #[must_use]
    pub fn remembering(self) -> Self {
        Self { stamps: Some(Stamps::default()), ..self }
    }

    /// The site's folder, absolute and free of links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folders in which a change matters, those that exist.
    pub fn watched(&self) -> Vec<PathBuf> {
        FOLDERS.iter().map(|folder| self.root.join(folder)).filter(|folder| folder.is_dir()).collect()
    }

    /// Whether a change of `path` can change the site.
    pub fn concerns(&self, path: &Path) -> bool {
        path.strip_prefix(&self.root)
            .ok()
            .and_then(Path::to_str)
            .is_some_and(|path| belongs(&path.replace('\\', "/")) || FOLDERS.contains(&path))
    }

    fn list(&self) -> Result<Listing, WorldError> {
        let mut listing = Listing { files: vec![SourcePath::new(SITE_FILE)], faults: Vec::new() };
        for folder in FOLDERS {
            let start = self.root.join(folder);
            if start.symlink_metadata().is_err() {
                continue;
            }
            self.walk(&start, &mut listing)?;
        }
        listing.files.sort();
        Ok(listing)
    }

    fn walk(&self, start: &Path, listing: &mut Listing) -> Result<(), WorldError> {
        let mut walker = WalkDir::new(start).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walker.next() {
            let entry = match entry {
                Ok(entry) => entry,
                // A link that points at its own parent: walkdir names it; the tree behind it has been seen.
                Err(error) if error.loop_ancestor().is_some() => continue,
                Err(error) => {
                    let path = error.path().unwrap_or(start).to_owned();
                    let dangling = path.symlink_metadata().is_ok_and(|meta| meta.file_type().is_symlink());
                    if dangling {
                        listing.fault(&self.relative_lossy(&path), Fault::new(&reading::LINK_OUTSIDE, Span::default()));
                        continue;
                    }
                    let source = io::Error::from(error);
                    // An editor's own file, gone again since its folder was listed.
                    if source.kind() == io::ErrorKind::NotFound {
                        continue;
                    }
                    return Err(WorldError { path, doing: Doing::List, source });
                }
            };
            let path = entry.path();
            let Some(relative) = path.strip_prefix(&self.root).ok().and_then(Path::to_str) else {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let place = self.relative_lossy(path.parent().unwrap_or(start));
                listing.fault(&place, Fault::new(&reading::NAME_NOT_UNICODE, Span::default()).arg("name", name));
                if entry.file_type().is_dir() {
                    walker.skip_current_dir();
                }
                continue;
            };
            let relative = relative.replace('\\', "/");
            if entry.depth() > 0 && !belongs(&relative) {
                let name = entry.file_name().to_string_lossy();
                if is_hidden(&name) && !is_litter(&name) {
                    let fault = Fault::new(&reading::HIDDEN, Span::default()).arg("name", name);
                    listing.fault(&SourcePath::new(relative), fault);
                }
                if entry.file_type().is_dir() {
                    walker.skip_current_dir();
                }
                continue;
            }
            if entry.path_is_symlink() && !path.canonicalize().is_ok_and(|target| target.starts_with(&self.root)) {
                listing.fault(&SourcePath::new(relative), Fault::new(&reading::LINK_OUTSIDE, Span::default()));
                if entry.file_type().is_dir() {
                    walker.skip_current_dir();
                }
                continue;
            }
            if entry.file_type().is_file() {
                listing.files.push(SourcePath::new(relative));
            }
        }
        Ok(())
    }

    fn relative_lossy(&self, path: &Path) -> SourcePath {
        SourcePath::new(path.strip_prefix(&self.root).unwrap_or(path).to_string_lossy().replace('\\', "/"))
    }

    /// The file at `path`, and by what it will be known again.
    fn load(&self, path: &SourcePath) -> Result<(File, Option<Stamp>), WorldError> {
        let Some(stamps) = &self.stamps else { return Ok((self.read_whole(path)?, None)) };
        // Looked at before the reading: what is written meanwhile has another stamp.
        let stamp = fs::metadata(self.root.join(path.as_str())).ok().and_then(|metadata| Stamp::of(&metadata));
        let file = stamps.known(path, stamp).map_or_else(|| self.read_whole(path), Ok)?;
        Ok((file, stamp))
    }

    fn read_whole(&self, path: &SourcePath) -> Result<File, WorldError> {
        let full = self.root.join(path.as_str());
        let fail = |source| WorldError { path: full.clone(), doing: Doing::Read, source };
        let mut file = fs::File::open(&full).map_err(fail)?;
        let len = file.metadata().map_err(fail)?.len();
        let held = is_read(path) && len <= MAX_TEXT;
        if held || len <= MAX_HELD {
            let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or(0));
            file.read_to_end(&mut bytes).map_err(fail)?;
            return Ok(if held { File::held(bytes) } else { File::left(&bytes) });
        }
        let mut hasher = blake3::Hasher::new();
        let len = io::copy(&mut file, &mut hasher).map_err(fail)?;
        Ok(File { len, hash: Hash::cut(&hasher.finalize()), data: Data::Left, pixels: None })
    }
}

struct Listing {
    files: Vec<SourcePath>,
    faults: Vec<Diagnostic>,
}

impl Listing {
    fn fault(&mut self, place: &SourcePath, fault: Fault) {
        self.faults.push(fault.in_file(place));
    }
}

impl World for DiskWorld {
    fn snapshot(&self) -> Result<Snapshot, WorldError> {
        let begun = SystemTime::now();
        let listing = self.list()?;
        let loaded = par::map(&listing.files, |path| self.load(path));
        let mut read = Vec::with_capacity(listing.files.len());
        for (path, file) in listing.files.into_iter().zip(loaded) {
            match file {
                Ok((file, stamp)) => read.push((path, stamp, file)),
                // Gone between the listing and the reading: as if it had gone before.
                Err(error) if error.source.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        if let Some(stamps) = &self.stamps {
            stamps.keep(read.iter().cloned(), begun);
        }
        let files: BTreeMap<SourcePath, File> = read.into_iter().map(|(path, _, file)| (path, file)).collect();
        let now = self.at.unwrap_or_else(now);
        Ok(Snapshot { files, embedded: embedded::standard(), now, faults: listing.faults })
    }

    fn read(&self, path: &SourcePath) -> Result<Vec<u8>, WorldError> {
        let full = self.root.join(path.as_str());
        fs::read(&full).map_err(|source| WorldError { path: full, doing: Doing::Read, source })
    }
}

/// The system's time.
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Instant(i64::try_from(since).unwrap_or(i64::MAX))
}

/// A clock for saying how long something took.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts one.
    pub fn start() -> Self {
        Self(std::time::Instant::now())
    }

    /// What it shows.
    pub fn elapsed(self) -> std::time::Duration {
        self.0.elapsed()
    }
}
