//! Where a site may be written. It looks and changes nothing.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use super::error::{CommitError, Danger, Doing, Refusal, Relation, WriteError};
use super::{STORE, system};
use crate::output::manifest;
use crate::world::disk::FOLDERS;

/// What must not be written over, besides what the site is read from.
#[derive(Debug, Clone, Copy)]
pub struct Guard<'a> {
    /// The folder of `site.toml`.
    pub site_root: &'a Path,
    /// The current folder, absolute: a relative output path starts here.
    pub cwd: &'a Path,
    /// The user's home, where there is one.
    pub home: Option<&'a Path>,
}

/// Folders and files that mark the root of a repository.
const REPOSITORIES: [&str; 4] = [".git", ".hg", ".svn", ".jj"];

/// What systems leave in folders that are merely looked at. It is neither a reason to refuse nor ours to remove.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// Where the output is, and where things are kept while it is written.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The output folder, without links.
    pub(super) out: PathBuf,
    side: PathBuf,
    prefix: String,
}

impl Place {
    /// Beside the output folder; or, where that is another file system (a mounted volume) or may not be written to
    /// (`/var/www/html`), in it.
    fn of(out: PathBuf) -> Self {
        const LONGEST: usize = 200;
        let beside =
            |parent: &Path| !out.exists() || (system::on_one_disk(parent, &out) && system::may_write(parent).is_ok());
        let (Some(parent), Some(name)) = (out.parent().filter(|parent| beside(parent)), out.file_name()) else {
            return Self { side: out.clone(), prefix: manifest::RESERVED.to_owned(), out };
        };
        let mut name = name.to_string_lossy().into_owned();
        if name.len() > LONGEST {
            name = crate::memo::Hash::of(name.as_bytes()).hex();
        }
        Self { side: parent.to_owned(), prefix: format!(".{name}{}", manifest::RESERVED), out }
    }

    /// The lock.
    pub(super) fn lock(&self) -> PathBuf {
        self.side.join(format!("{}lock", self.prefix))
    }

    /// What is staged. Only the holder of the lock has one, so one name is enough.
    pub(super) fn stage(&self) -> PathBuf {
        self.side.join(format!("{}stage", self.prefix))
    }

    /// The manifest.
    pub(super) fn manifest(&self) -> PathBuf {
        self.out.join(manifest::FILE)
    }

    /// The folder in which the names of the output folder and of the stage stand.
    pub(super) fn side(&self) -> &Path {
        &self.side
    }
}

impl Guard<'_> {
    /// The place of `output`, if a site may be written there at all.
    pub(super) fn place(&self, output: &Path) -> Result<Place, CommitError> {
        let out = resolve(&self.cwd.join(output))?;
        let refuse = |relation, danger, other: &Path| -> Result<(), CommitError> {
            Err(Refusal::Place { output: out.clone(), relation, danger, other: other.to_owned() }.into())
        };
        if out.parent().is_none() {
            refuse(Relation::Same, Danger::System, &out)?;
        }
        let home = self.home.filter(|home| home.is_absolute());
        let folders = [(Danger::Site, Some(self.site_root)), (Danger::Current, Some(self.cwd)), (Danger::Home, home)];
        for (danger, folder) in folders {
            let Some(folder) = folder.and_then(|folder| folder.canonicalize().ok()) else { continue };
            if let Some(relation) = covers(&out, &folder) {
                refuse(relation, danger, &folder)?;
            }
        }
        for name in FOLDERS.into_iter().chain([crate::world::SITE_FILE, STORE]) {
            let Ok(input) = self.site_root.join(name).canonicalize().or_else(|_| resolve(&self.site_root.join(name)))
            else {
                continue;
            };
            match (covers(&out, &input), covers(&input, &out)) {
                (Some(relation), _) => refuse(relation, Danger::Input, &input)?,
                (None, Some(_)) => refuse(Relation::Inside, Danger::Input, &input)?,
                (None, None) => {}
            }
        }
        for name in REPOSITORIES {
            if out.join(name).symlink_metadata().is_ok() {
                refuse(Relation::Same, Danger::Repository, &out)?;
            }
            if let Some(inner) = out.ancestors().find(|folder| folder.file_name().is_some_and(|last| last == name)) {
                let relation = if inner == out { Relation::Same } else { Relation::Inside };
                refuse(relation, Danger::Repository, inner)?;
            }
        }
        Ok(Place::of(out))
    }
}

/// Refuses a folder that holds something and has no manifest of ours.
pub(super) fn check_marker(place: &Place) -> Result<(), CommitError> {
    if place.manifest().symlink_metadata().is_ok() {
        return Ok(());
    }
    let look = |error| WriteError::at(&place.out, Doing::Look)(error);
    let entries = match fs::read_dir(&place.out) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(look(error)),
    };
    let mut files = Vec::new();
    for entry in entries {
        let name = entry.map_err(look)?.file_name().to_string_lossy().into_owned();
        if !is_litter(&name) && !is_own(place, &name) {
            files.push(name);
        }
    }
    files.sort();
    if files.is_empty() { Ok(()) } else { Err(Refusal::NotOurs { output: place.out.clone(), files }.into()) }
}

/// Whether a name is one that the system itself left.
pub(super) fn is_litter(name: &str) -> bool {
    LITTER.contains(&name) || name.starts_with("._") || name.starts_with(".nfs")
}

/// Whether a name at the top of the output folder is one of our own files.
pub(super) fn is_own(place: &Place, name: &str) -> bool {
    name == manifest::FILE
        || (place.side == place.out && [place.lock(), place.stage()].iter().any(|own| own.ends_with(name)))
}

/// How `upper` lies to `lower` where it is the same or above it: by path, and by device and inode.
fn covers(upper: &Path, lower: &Path) -> Option<Relation> {
    let id = system::identity(upper);
    let same = |folder: &Path| folder == upper || id.is_some_and(|id| system::identity(folder) == Some(id));
    if same(lower) { Some(Relation::Same) } else { lower.ancestors().skip(1).any(same).then_some(Relation::Above) }
}

/// `path`, which is absolute, without `.`, `..` and links; what does not exist yet is kept as it is written.
fn resolve(path: &Path) -> Result<PathBuf, CommitError> {
    let mut real = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Prefix(_) | Component::RootDir => real.push(component),
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            Component::Normal(name) => {
                real.push(name);
                match real.symlink_metadata() {
                    Ok(_) => {
                        let target = real.canonicalize().ok().filter(|target| target.is_dir());
                        real = target.ok_or(Refusal::NotAFolder(real))?;
                    }
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    Err(error) => return Err(WriteError::at(&real, Doing::Look)(error)),
                }
            }
        }
    }
    Ok(real)
}
