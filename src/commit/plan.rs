//! What changes from one build to the next, and in which order. A pure function of the two.

use std::collections::{BTreeSet, HashSet};

use super::Written;
use super::error::{CommitError, Refusal};
use super::journal::Step;
use super::stage::Task;
use super::verify::folders;
use crate::output::manifest::{Manifest, is_sound};
use crate::output::{Content, OutputTree};
use crate::path::OutPath;

/// The way from the old site to the new one.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// Files to be written: assets, then pages. Their places here are the numbers of the staged files.
    pub(super) puts: Vec<&'a OutPath>,
    /// Files of the last build that are not in this one.
    pub(super) gone: Vec<&'a OutPath>,
    /// In the order in which they are taken.
    pub(super) steps: Vec<Step>,
    /// Files of the last build that stand where a folder, or another spelling of a new name, has to be.
    early: Vec<&'a OutPath>,
}

impl<'a> Plan<'a> {
    /// Compares `tree` with what is on disk. `missing` are files of the last build that are not on disk; the folders
    /// that they leave empty go.
    pub(super) fn of(tree: &'a OutputTree, old: &'a Manifest, missing: &'a [OutPath]) -> Result<Self, CommitError> {
        let mut puts = Vec::new();
        let mut not_there = Vec::new();
        for (path, entry) in tree.iter() {
            if !is_sound(path.as_str()) {
                return Err(Refusal::BadPath(path.to_string()).into());
            }
            if old.files.get(path).is_some_and(|record| record.hash == entry.hash) {
                continue;
            }
            match entry.content {
                Content::Unchanged => not_there.push(path.clone()),
                _ => puts.push(path),
            }
        }
        if !not_there.is_empty() {
            return Err(CommitError::NotThere(not_there));
        }
        puts.sort_by_key(|path| is_page(path));
        let mut gone: Vec<&OutPath> = old.files.keys().filter(|path| tree.get(path).is_none()).collect();
        gone.sort_by_key(|path| !is_page(path));
        let early = if gone.is_empty() { Vec::new() } else { early(tree, &gone) };
        let steps = steps(tree, old, missing, &puts, &gone, &early);
        Ok(Self { puts, gone, steps, early })
    }

    /// The summary.
    pub(super) fn written(&self, tree: &OutputTree) -> Written {
        let bytes = self.puts.iter().filter_map(|path| tree.get(path)).map(|entry| entry.len).sum();
        let written = self.puts.len();
        Written { written, removed: self.gone.len(), unchanged: tree.len() - written, bytes }
    }

    /// Whether a file has to go before a folder can be made here.
    pub(super) fn is_blocked(&self, folder: &str) -> bool {
        let blocks = |file: &&OutPath| {
            folder.strip_prefix(file.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.early.iter().any(blocks)
    }

    /// Whether what stands where the file is to be put is removed before: a folder of the last build, or, where `A`
    /// and `a` are one name, a file.
    pub(super) fn replaces(&self, file: &OutPath) -> bool {
        let file = file.as_str().to_lowercase();
        let early = self.early.iter().map(|old| old.as_str().to_lowercase());
        early
            .into_iter()
            .any(|old| old.strip_prefix(&file).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }

    /// The folders in which names appear or disappear.
    pub(super) fn touched_folders(&self) -> Vec<&'a str> {
        let paths = self.puts.iter().chain(&self.gone).map(|path| path.as_str());
        let touched: BTreeSet<&str> =
            paths.map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder)).chain([""]).collect();
        touched.into_iter().collect()
    }
}

/// Only pages refer to other files, and only by the names of their version.
fn is_page(path: &OutPath) -> bool {
    path.as_str().rsplit_once('.').is_some_and(|(_, extension)| extension == "html")
}

fn steps(
    tree: &OutputTree,
    old: &Manifest,
    missing: &[OutPath],
    puts: &[&OutPath],
    gone: &[&OutPath],
    early: &[&OutPath],
) -> Vec<Step> {
    if puts.is_empty() && gone.is_empty() && missing.is_empty() {
        return vec![Step::Manifest];
    }
    let unfold = |files: &mut dyn Iterator<Item = &OutPath>, keep: &[&str]| -> Vec<Step> {
        let mut files: Vec<&OutPath> = files.collect();
        files.sort();
        let left = folders(files.into_iter()).into_iter().rev();
        left.filter(|folder| keep.binary_search(folder).is_err())
            .map(|folder| Step::RemoveFolder(folder.to_owned()))
            .collect()
    };
    let new_folders = folders(tree.iter().map(|(path, _)| path));
    let mut steps: Vec<Step> = early.iter().map(|path| Step::Remove((*path).clone())).collect();
    steps.extend(unfold(&mut early.iter().copied(), &new_folders));

    let old_folders = folders(old.files.keys());
    // A folder whose last file was early has just been removed, and one whose files are missing may be.
    let make = new_folders.iter().filter(|folder| old_folders.binary_search(folder).is_err());
    steps.extend(make.map(|folder| Step::MakeFolder((*folder).to_owned())));
    steps.extend(puts.iter().enumerate().map(|(number, path)| Step::Put(number, (*path).clone())));
    let late = gone.iter().filter(|path| !early.contains(path));
    steps.extend(late.map(|path| Step::Remove((*path).clone())));
    steps.extend(unfold(&mut gone.iter().copied().chain(missing), &new_folders));
    steps.push(Step::Manifest);
    steps
}

/// The files of `gone` that cannot stay until the new ones are there: a file where a folder is needed, a file in a
/// folder where a file is needed, and, for file systems that take `A` and `a` for one name, the same in other letters.
fn early<'a>(tree: &OutputTree, gone: &[&'a OutPath]) -> Vec<&'a OutPath> {
    let new_files: HashSet<String> = tree.iter().map(|(path, _)| path.as_str().to_lowercase()).collect();
    let new_folders = folders(tree.iter().map(|(path, _)| path));
    let new_folders: HashSet<String> = new_folders.into_iter().map(str::to_lowercase).collect();
    let stands_in_the_way = |path: &&&OutPath| {
        let path = path.as_str().to_lowercase();
        let above =
            path.match_indices('/').filter_map(|(at, _)| path.get(..at)).any(|folder| new_files.contains(folder));
        above || new_files.contains(&path) || new_folders.contains(&path)
    };
    gone.iter().filter(stands_in_the_way).copied().collect()
}

/// Of the sorted `folders`, those to be made beforehand; the others hold nothing but one file, whose task makes them.
pub(super) fn shared_folders<'a>(folders: &[&'a str], tasks: &mut [Task<'_>]) -> Vec<&'a str> {
    let mut alone: HashSet<&str> = HashSet::new();
    let mut shared: HashSet<&str> = HashSet::from([""]);
    for folder in folders {
        if let Some((parent, _)) = folder.rsplit_once('/') {
            shared.insert(parent);
        }
    }
    for task in tasks.iter() {
        let folder = task.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        if !alone.insert(folder) {
            shared.insert(folder);
        }
    }
    for task in tasks {
        let folder = task.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        if !shared.contains(folder) {
            task.folder = task.target.parent().map(ToOwned::to_owned);
        }
    }
    folders.iter().copied().filter(|folder| shared.contains(folder)).collect()
}
