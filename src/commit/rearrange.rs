//! Many of the author's files at once: changed, renamed, made, taken away. All of it or nothing, and it can be undone.
//!
//! Before the first file is touched, the old and the new bytes of all of them lie in [`STORE`], with a journal that says
//! which are which. Whoever finds such a journal puts everything back; once all is done it becomes what
//! [`undo`] reads. A file whose bytes are neither the old ones nor the new ones was changed by somebody else, and is
//! never touched.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::{CommitError, Doing, Refusal, WriteError};
use super::fuse::Fuse;
use super::lock::{Lock, make_folders};
use super::stage::{FEW, write_new};
use super::verify::is_absent;
use super::{PATIENCE, STORE, git, journal, system};
use crate::memo::Hash;
use crate::output::manifest::is_sound;
use crate::path::SourcePath;

/// The folder below [`STORE`] in which files lie that were taken out of the site.
pub const REMOVED: &str = "removed";

const UNDER_WAY: &str = "rearranging";
const LAST: &str = "undo";
const JOURNAL: &str = "journal";
const HEAD: &str = "hiketsu rearrangement 1";

/// A file of the author's that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its path, and the hash of the bytes that it must still have; `None` for a new one.
    pub before: Option<(SourcePath, Hash)>,
    /// The path and the bytes that it is to have; `None` for one that goes.
    pub after: Option<(SourcePath, Vec<u8>)>,
}

/// A change that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastChange {
    /// What was asked for: `move 12 30`.
    pub what: String,
    /// Old and new path of each file.
    pub files: Vec<(Option<SourcePath>, Option<SourcePath>)>,
    /// Whether it was cut off in the midst.
    pub cut: bool,
}

/// One side of a change: for each path the number of its bytes in the store, and their hash.
type Side = BTreeMap<SourcePath, (usize, Hash)>;

#[derive(Debug, Default)]
struct Record {
    what: String,
    before: Side,
    after: Side,
}

/// Makes all `changes` to the site in `root`, for which the author asked with the words `what`; where the site lies in a
/// Git repository, renames are staged in its index. Files that go are kept below [`STORE`], in [`REMOVED`].
///
/// # Errors
/// [`Refusal::Edited`] where a file is no longer what the change was planned for, [`Refusal::Exists`] where a new one is
/// there already. Whatever the error, all files are as they were.
pub fn rearrange(root: &Path, changes: &[FileChange], what: &str) -> Result<(), CommitError> {
    rearrange_with(root, changes, what, None)
}

/// [`rearrange`] for tests: cut off after so many steps, as if killed.
#[doc(hidden)]
pub fn rearrange_with(
    root: &Path,
    changes: &[FileChange],
    what: &str,
    steps: Option<usize>,
) -> Result<(), CommitError> {
    let fuse = Fuse::of(steps);
    let (root, _lock) = open(root)?;
    recover(&root)?;
    let stage = root.join(STORE).join(UNDER_WAY);
    let record = match prepare(&root, &stage, changes, what, &fuse) {
        Err(CommitError::Stopped) => return Err(CommitError::Stopped),
        Err(error) => {
            let _ = fs::remove_dir_all(&stage);
            return Err(error);
        }
        Ok(record) => record,
    };
    match turn(&root, &stage, (&record.before, "old"), (&record.after, "new"), &fuse) {
        Ok(()) => {}
        Err(CommitError::Stopped) => return Err(CommitError::Stopped),
        Err(error) => {
            // The journal stays where this fails too: `undo` puts everything back when its cause is mended.
            if turn(&root, &stage, (&record.after, "new"), (&record.before, "old"), &Fuse::of(None)).is_ok() {
                let _ = fs::remove_dir_all(&stage);
            }
            return Err(error);
        }
    }
    git::stage_renames(&root, &renames(&record.before, &record.after));
    let last = root.join(STORE).join(LAST);
    remove_folder(&last)?;
    fs::rename(&stage, &last).map_err(WriteError::at(&last, Doing::Put))
}

/// What [`undo`] would take back.
pub fn last_change(root: &Path) -> Option<LastChange> {
    let folder = |name: &str| root.join(STORE).join(name);
    let found = [(UNDER_WAY, true), (LAST, false)];
    found.into_iter().find_map(|(name, cut)| {
        let record = read(&folder(name)).ok()??;
        let paths = |side: &Side| -> BTreeMap<usize, SourcePath> {
            side.iter().map(|(path, (number, _))| (*number, path.clone())).collect()
        };
        let (mut before, mut after) = (paths(&record.before), paths(&record.after));
        let count = before.keys().chain(after.keys()).max().map_or(0, |last| last + 1);
        let files = (0..count).map(|number| (before.remove(&number), after.remove(&number))).collect();
        Some(LastChange { what: record.what, files, cut })
    })
}

/// Whether a change was cut off in the midst, so that the site is neither the old one nor the new one.
pub fn is_cut(root: &Path) -> bool {
    root.join(STORE).join(UNDER_WAY).join(JOURNAL).is_file()
}

/// Takes back the last change, or one that was cut off. False where there is none.
///
/// # Errors
/// [`Refusal::Edited`] where a file was changed since: nothing is touched then.
pub fn undo(root: &Path) -> Result<bool, CommitError> {
    let (root, _lock) = open(root)?;
    if recover(&root)? {
        return Ok(true);
    }
    let last = root.join(STORE).join(LAST);
    let Some(record) = read(&last)? else { return Ok(false) };
    for path in record.after.keys().chain(record.before.keys()) {
        let wanted = record.after.get(path).map(|(_, hash)| *hash);
        if hash_at(&target(&root, path))? != wanted {
            return Err(Refusal::Edited(root.join(path.as_str())).into());
        }
    }
    // From here on a cut is mended by going on.
    let stage = root.join(STORE).join(UNDER_WAY);
    remove_folder(&stage)?;
    fs::rename(&last, &stage).map_err(WriteError::at(&last, Doing::Put))?;
    recover(&root)
}

/// Locks the site's store.
fn open(root: &Path) -> Result<(PathBuf, Lock), CommitError> {
    let store = root.join(STORE);
    if !make_folders(&store)?.is_empty() {
        write_new(&store.join(".gitignore"), b"*\n", false, &Fuse::of(None))?;
    }
    let lock = Lock::take(store.join("fix.lock"), root, PATIENCE)?;
    let root = root.canonicalize().map_err(WriteError::at(root, Doing::Look))?;
    Ok((root, lock))
}

/// Puts everything back as it was before a change that was cut off; whether there was one.
fn recover(root: &Path) -> Result<bool, CommitError> {
    let stage = root.join(STORE).join(UNDER_WAY);
    let record = read(&stage)?;
    if let Some(record) = &record {
        turn(root, &stage, (&record.after, "new"), (&record.before, "old"), &Fuse::of(None))?;
        git::stage_renames(root, &renames(&record.after, &record.before));
    }
    remove_folder(&stage)?;
    Ok(record.is_some())
}

/// Checks all files and writes their old and new bytes and the journal.
fn prepare(root: &Path, stage: &Path, changes: &[FileChange], what: &str, fuse: &Fuse) -> Result<Record, CommitError> {
    let mut record = Record { what: what.replace('\n', " "), ..Record::default() };
    // Many files are synced at once, where the file system can do that.
    let each = changes.len() <= FEW;
    for side in ["old", "new"] {
        make_folders(&stage.join(side))?;
    }
    for (number, change) in changes.iter().enumerate() {
        let moves = change.before.as_ref().map(|(path, _)| path) != change.after.as_ref().map(|(path, _)| path);
        let mut rights = None;
        if let Some((path, hash)) = &change.before {
            let full = check(root, path)?;
            if moves && full.symlink_metadata().is_ok_and(|meta| meta.is_symlink()) {
                return Err(Refusal::Linked(full).into());
            }
            let full = target(root, path);
            let bytes = fs::read(&full).map_err(WriteError::at(&full, Doing::Look))?;
            if Hash::of(&bytes) != *hash || !full.starts_with(root) {
                return Err(Refusal::Edited(full).into());
            }
            let found = fs::metadata(&full).map_err(WriteError::at(&full, Doing::Look))?.permissions();
            if found.readonly() {
                return Err(WriteError::at(&full, Doing::Write)(ErrorKind::PermissionDenied.into()));
            }
            keep(&stage.join("old").join(number.to_string()), &bytes, Some(&found), (each, fuse))?;
            rights = Some(found);
            if change.after.is_none() {
                take_aside(root, path, &bytes)?;
            }
            record.before.insert(path.clone(), (number, *hash));
        }
        if let Some((path, bytes)) = &change.after {
            check(root, path)?;
            keep(&stage.join("new").join(number.to_string()), bytes, rights.as_ref(), (each, fuse))?;
            record.after.insert(path.clone(), (number, Hash::of(bytes)));
        }
    }
    let there: Vec<PathBuf> = record
        .after
        .keys()
        .filter(|path| !record.before.contains_key(*path))
        .map(|path| root.join(path.as_str()))
        .filter(|path| path.symlink_metadata().is_ok())
        .collect();
    if !there.is_empty() {
        return Err(Refusal::Exists(there).into());
    }
    if !each {
        sync_all(stage)?;
    }
    let plan = stage.join("plan");
    write_new(&plan, to_text(&record).as_bytes(), true, fuse)?;
    for folder in [stage.join("old"), stage.join("new"), stage.to_owned()] {
        system::sync_folder(&folder).map_err(WriteError::at(&folder, Doing::Sync))?;
    }
    fuse.burn()?;
    fs::rename(&plan, stage.join(JOURNAL)).map_err(WriteError::at(stage, Doing::Put))?;
    system::sync_folder(stage).map_err(WriteError::at(stage, Doing::Sync))?;
    Ok(record)
}

fn keep(
    path: &Path,
    bytes: &[u8],
    rights: Option<&fs::Permissions>,
    (sync, fuse): (bool, &Fuse),
) -> Result<(), CommitError> {
    write_new(path, bytes, sync, fuse)?;
    rights
        .map_or(Ok(()), |rights| fs::set_permissions(path, rights.clone()))
        .map_err(WriteError::at(path, Doing::Write))
}

/// All kept files outlast a power cut.
fn sync_all(stage: &Path) -> Result<(), CommitError> {
    if system::sync_file_system(stage).map_err(WriteError::at(stage, Doing::Sync))? {
        return Ok(());
    }
    for folder in ["old", "new"].map(|side| stage.join(side)) {
        for entry in fs::read_dir(&folder).map_err(WriteError::at(&folder, Doing::Look))?.filter_map(Result::ok) {
            let synced = fs::File::open(entry.path()).and_then(|file| system::sync_file(&file));
            synced.map_err(WriteError::at(&entry.path(), Doing::Sync))?;
        }
    }
    Ok(())
}

/// A file that goes lies below [`REMOVED`] afterwards, beside others of its name.
fn take_aside(root: &Path, path: &SourcePath, bytes: &[u8]) -> Result<(), CommitError> {
    let folder = root.join(STORE).join(REMOVED);
    let first = folder.join(path.as_str());
    let names = std::iter::once(first.clone()).chain((2..).map(|number| {
        first.with_file_name(format!("{}.{number}", first.file_name().unwrap_or_default().to_string_lossy()))
    }));
    for name in names {
        match hash_at(&name)? {
            Some(hash) if hash == Hash::of(bytes) => return Ok(()),
            Some(_) => {}
            None => {
                if let Some(folder) = name.parent() {
                    make_folders(folder)?;
                }
                return write_new(&name, bytes, true, &Fuse::of(None));
            }
        }
    }
    Ok(())
}

/// Brings every path from one side to the other, whichever of the two it is on.
fn turn(
    root: &Path,
    stage: &Path,
    (from, _): (&Side, &str),
    (to, bytes): (&Side, &str),
    fuse: &Fuse,
) -> Result<(), CommitError> {
    let paths = || from.keys().chain(to.keys().filter(|path| !from.contains_key(*path)));
    // Nothing is touched before everything was looked at.
    for path in paths() {
        let full = target(root, path);
        let now = hash_at(&full)?;
        let sides = [from.get(path), to.get(path)].map(|known| known.map(|(_, hash)| *hash));
        if !sides.contains(&now) {
            return Err(Refusal::Edited(full).into());
        }
    }
    for (path, (number, hash)) in to {
        let full = target(root, path);
        if hash_at(&full)? == Some(*hash) {
            continue;
        }
        fuse.burn()?;
        put(&stage.join(bytes).join(number.to_string()), &full)?;
    }
    for path in from.keys().filter(|path| !to.contains_key(*path)) {
        fuse.burn()?;
        let full = root.join(path.as_str());
        match fs::remove_file(&full) {
            Err(error) if !is_absent(&error) => return Err(WriteError::at(&full, Doing::Remove)(error)),
            _ => {}
        }
        if let Some(folder) = full.parent().filter(|folder| *folder != root.join("content")) {
            // One that was made for this file; any other is not empty.
            let _ = fs::remove_dir(folder);
        }
    }
    let mut folders: Vec<PathBuf> = paths().filter_map(|path| Some(target(root, path).parent()?.to_owned())).collect();
    folders.sort();
    folders.dedup();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        system::sync_folder(folder).map_err(WriteError::at(folder, Doing::Sync))?;
    }
    Ok(())
}

/// Puts what is `kept` at `path`, in one step. It need not be kept any longer: who comes later asks only for its hash.
fn put(kept: &Path, path: &Path) -> Result<(), CommitError> {
    if let Some(folder) = path.parent() {
        make_folders(folder)?;
    }
    match fs::rename(kept, path) {
        Ok(()) => return Ok(()),
        // A link may lead from the site's folder to another disk.
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {}
        Err(error) => return Err(WriteError::at(path, Doing::Put)(error)),
    }
    let bytes = fs::read(kept).map_err(WriteError::at(kept, Doing::Look))?;
    let rights = fs::metadata(kept).map_err(WriteError::at(kept, Doing::Look))?.permissions();
    // A name that ends so is passed over when a site is read, should this process be killed.
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let temporary = path.with_file_name(format!(".{name}.{}~", std::process::id()));
    let written = write_new(&temporary, &bytes, true, &Fuse::of(None))
        .and_then(|()| fs::set_permissions(&temporary, rights).map_err(WriteError::at(&temporary, Doing::Write)))
        .and_then(|()| fs::rename(&temporary, path).map_err(WriteError::at(path, Doing::Put)));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

/// The file itself, where a link stands in its place.
fn target(root: &Path, path: &SourcePath) -> PathBuf {
    let full = root.join(path.as_str());
    full.canonicalize().unwrap_or(full)
}

/// A path below the site's folder, and nothing else.
fn check(root: &Path, path: &SourcePath) -> Result<PathBuf, CommitError> {
    if is_sound(path.as_str()) { Ok(root.join(path.as_str())) } else { Err(Refusal::BadPath(path.to_string()).into()) }
}

fn hash_at(path: &Path) -> Result<Option<Hash>, CommitError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(Hash::of(&bytes))),
        Err(error) if is_absent(&error) => Ok(None),
        Err(error) => Err(WriteError::at(path, Doing::Look)(error)),
    }
}

fn remove_folder(path: &Path) -> Result<(), CommitError> {
    match fs::remove_dir_all(path) {
        Err(error) if !is_absent(&error) => Err(WriteError::at(path, Doing::Remove)(error)),
        _ => Ok(()),
    }
}

/// Files that have another name on the other side.
fn renames(from: &Side, to: &Side) -> Vec<(SourcePath, SourcePath)> {
    let names: BTreeMap<usize, &SourcePath> = to.iter().map(|(path, (number, _))| (*number, path)).collect();
    let pairs = from.iter().filter_map(|(path, (number, _))| Some((path.clone(), (*names.get(number)?).clone())));
    pairs.filter(|(old, new)| old != new).collect()
}

/// The words, then a line for each path of each side; the last line is a hash over all before it.
fn to_text(record: &Record) -> String {
    use std::fmt::Write as _;
    let mut text = format!("{HEAD}\n{}\n", record.what);
    for (sign, side) in [('-', &record.before), ('+', &record.after)] {
        for (path, (number, hash)) in side {
            let _ = writeln!(text, "{sign} {number} {hash} {path}");
        }
    }
    let check = Hash::of(text.as_bytes());
    let _ = writeln!(text, "end {check}");
    text
}

/// Reads the journal in `stage`; `None` where there is none, or it is not what [`to_text`] wrote.
fn read(stage: &Path) -> Result<Option<Record>, CommitError> {
    Ok(journal::read_text(&stage.join(JOURNAL))?.as_deref().and_then(from_text))
}

fn from_text(text: &str) -> Option<Record> {
    let body = text.strip_suffix('\n')?;
    let (lines, check) = body.rsplit_once('\n')?;
    let covered = text.get(..=lines.len())?;
    if Hash::from_hex(check.strip_prefix("end ")?)? != Hash::of(covered.as_bytes()) {
        return None;
    }
    let mut lines = lines.lines();
    if lines.next()? != HEAD {
        return None;
    }
    let mut record = Record { what: lines.next()?.to_owned(), ..Record::default() };
    for line in lines {
        let mut fields = line.splitn(4, ' ');
        let side = match fields.next()? {
            "-" => &mut record.before,
            "+" => &mut record.after,
            _ => return None,
        };
        let number = fields.next()?.parse().ok()?;
        let hash = Hash::from_hex(fields.next()?)?;
        let path = fields.next().filter(|path| is_sound(path))?;
        side.insert(SourcePath::new(path), (number, hash));
    }
    Some(record)
}
