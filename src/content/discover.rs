//! The files under `content/`, by what they are.

use crate::content::Role;
use crate::path::SourcePath;
use crate::world::{File, Snapshot};

/// The folder that is searched.
pub const FOLDER: &str = "content";

/// What lies under `content/`, sorted by path.
#[derive(Debug, Clone, Default)]
pub struct ContentTree<'a> {
    /// Markdown files.
    pub texts: Vec<TextFile<'a>>,
    /// All others: published as they are.
    pub assets: Vec<(&'a SourcePath, &'a File)>,
}

/// A Markdown file.
#[derive(Debug, Clone, Copy)]
pub struct TextFile<'a> {
    /// Where it lies.
    pub path: &'a SourcePath,
    /// What its name says that it is.
    pub role: Role,
    /// Its bytes.
    pub file: &'a File,
}

/// Sorts the files of `snapshot` that lie under `content/` into texts and others.
pub fn discover(snapshot: &Snapshot) -> ContentTree<'_> {
    let mut tree = ContentTree::default();
    for (path, file) in &snapshot.files {
        if !path.as_str().starts_with("content/") {
            continue;
        }
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md")) {
            tree.texts.push(TextFile { path, role: Role::of(path), file });
        } else {
            tree.assets.push((path, file));
        }
    }
    tree
}
