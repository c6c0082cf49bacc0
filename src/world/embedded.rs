//! The standard theme, built into the program.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, DirEntry, include_dir};

use super::File;
use crate::path::SourcePath;

static STANDARD: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/standard");

/// The files of `themes/standard`, by their path below it.
pub fn standard() -> Arc<BTreeMap<SourcePath, File>> {
    static FILES: OnceLock<Arc<BTreeMap<SourcePath, File>>> = OnceLock::new();
    FILES
        .get_or_init(|| {
            let mut files = BTreeMap::new();
            collect(&STANDARD, &mut files);
            Arc::new(files)
        })
        .clone()
}

fn collect(folder: &Dir<'static>, files: &mut BTreeMap<SourcePath, File>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => collect(folder, files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                files.insert(SourcePath::new(path), File::held(file.contents()));
            }
        }
    }
}
