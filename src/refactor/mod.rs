//! Changes that reach over many files at once: another number, another id, another name of a tag.
//!
//! Pure planning: from the texts and what they say of each other to a [`Plan`], the new bytes of every file that changes.
//! It asks nobody and writes nothing. What a plan leads to is seen by surveying [`Plan::applied`], the site as it would be.
//!
//! An edit replaces a name or a number where it stands, so that every other byte of an author's file stays as it is.

mod manuscript;
mod order;
mod places;
mod rename;
mod settings;
mod terms;
mod yaml;

use std::collections::BTreeMap;

pub use manuscript::Manuscript;
pub use order::{Added, Edge};
pub use yaml::scalar;

use crate::commit::FileChange;
use crate::diag::Diagnostic;
use crate::path::SourcePath;
use crate::slug::NameFault;
use crate::text::Span;
use crate::world::{File, Snapshot};

/// What is to be done, and what ought to be known before it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Files that are changed, renamed, made or taken away, sorted by their old paths, new ones last.
    pub changes: Vec<FileChange>,
    /// Words that nobody but the author can put right: those that speak of a lesson that goes, and a 「第12回」 that may
    /// be said of something else.
    pub remarks: Vec<Remark>,
}

/// A place that the author has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its file, under its old name.
    pub file: SourcePath,
    /// Where in it, before the change.
    pub span: Span,
    /// What stands there.
    pub words: String,
    /// The number that the lesson has afterwards; `None` for one that goes.
    pub becomes: Option<u32>,
}

/// Why there can be no plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The site has no series.
    NoSeries,
    /// No series has this folder or title; those that there are.
    UnknownSeries(String, Vec<String>),
    /// There are several series, and none was named.
    WhichSeries(Vec<String>),
    /// No lesson has this number.
    NoLesson(u32),
    /// Numbers begin with 1.
    Zero,
    /// Two files have one number: until that is mended, nothing can be said about their order.
    Twice(u32, [SourcePath; 2]),
    /// The number is taken: by this title and this file.
    Taken(u32, String, SourcePath),
    /// No part of that title lies at the number.
    WrongPart(String, Vec<String>),
    /// No lesson has this id; the nearest one that there is.
    UnknownId(String, Option<String>),
    /// Lessons of several series have this id; as `series/id`.
    SeveralIds(Vec<String>),
    /// Not a name that every host takes.
    BadId(String, NameFault),
    /// Another lesson of the series has this id.
    IdTaken(String, SourcePath),
    /// The site has no such taxonomy; those that it has.
    UnknownTaxonomy(String, Vec<String>),
    /// No lesson has this term, and `site.toml` does not declare it; the nearest that there is.
    UnknownTerm(String, Option<String>),
    /// There is a term of that name already: they can be merged.
    TermTaken(String),
    /// What it is called already.
    Same(String),
    /// A file that has to be changed is no UTF-8 text.
    Unreadable(SourcePath),
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The site as it would be.
    pub fn applied(&self, snapshot: &Snapshot) -> Snapshot {
        let mut after = snapshot.clone();
        for (path, _) in self.changes.iter().filter_map(|change| change.before.as_ref()) {
            after.files.remove(path);
        }
        for (path, bytes) in self.changes.iter().filter_map(|change| change.after.as_ref()) {
            after.files.insert(path.clone(), File::held(bytes.clone()));
        }
        after
    }

    /// Those of the faults `after` that were not there `before`: a fault is the same one where its code, its file and its
    /// severity are, whatever the file is called.
    pub fn new_faults<'a>(&self, before: &[Diagnostic], after: &'a [Diagnostic]) -> Vec<&'a Diagnostic> {
        let moved: BTreeMap<&SourcePath, &SourcePath> = self
            .changes
            .iter()
            .filter_map(|change| Some((&change.before.as_ref()?.0, &change.after.as_ref()?.0)))
            .collect();
        let mut known: BTreeMap<(&str, &SourcePath), usize> = BTreeMap::new();
        for fault in before {
            let file = moved.get(&fault.file).copied().unwrap_or(&fault.file);
            *known.entry((fault.code.id, file)).or_default() += 1;
        }
        // Of several of one kind in one file nobody can say which is new, so all of them are shown.
        let mut count: BTreeMap<(&str, &SourcePath), usize> = BTreeMap::new();
        for fault in after {
            *count.entry((fault.code.id, &fault.file)).or_default() += 1;
        }
        let more = |key: &(&str, &SourcePath)| count.get(key).copied() > Some(known.get(key).copied().unwrap_or(0));
        after.iter().filter(|fault| more(&(fault.code.id, &fault.file))).collect()
    }
}
