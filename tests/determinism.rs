//! The same input gives the same bytes: on any day, in any locale and time zone, with any number of threads, whatever
//! the order in which the files were made (RELIABILITY.md, B5).
#![expect(clippy::disallowed_methods, reason = "the test lays out sites on a disk and compares what was written")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hiketsu::memo::Hash;

/// All files below `folder`, by their path below it.
fn files(folder: &Path) -> BTreeMap<PathBuf, PathBuf> {
    fn collect(folder: &Path, root: &Path, found: &mut BTreeMap<PathBuf, PathBuf>) {
        for entry in fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("it is readable").path();
            if path.is_dir() {
                collect(&path, root, found);
            } else {
                found.insert(path.strip_prefix(root).expect("it lies below").to_owned(), path);
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(folder, folder, &mut found);
    found
}

/// The input of this repository's own site, by path.
fn input() -> BTreeMap<PathBuf, PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut input = BTreeMap::from([(PathBuf::from("site.toml"), root.join("site.toml"))]);
    for folder in ["content", "themes"] {
        let below = files(&root.join(folder));
        input.extend(below.into_iter().map(|(path, file)| (Path::new(folder).join(path), file)));
    }
    input
}

/// What `hiketsu build` writes for a fresh copy of the site, as hashes by path.
fn built(environment: &[(&str, &str)], backwards: bool) -> BTreeMap<PathBuf, Hash> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut order: Vec<_> = input().into_iter().collect();
    if backwards {
        order.reverse();
    }
    for (path, file) in order {
        let copy = folder.path().join("site").join(path);
        fs::create_dir_all(copy.parent().expect("it has a folder")).expect("it can be made");
        fs::copy(file, copy).expect("it can be copied");
    }
    let output = Command::new(env!("CARGO_BIN_EXE_hiketsu"))
        .args(["build", "--strict", "--at", "2027-01-01T00:00:00Z", "--root"])
        .arg(folder.path().join("site"))
        .env_remove("TZ")
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .env_remove("RAYON_NUM_THREADS")
        .envs(environment.iter().copied())
        .output()
        .expect("it starts");
    assert!(output.status.success(), "{environment:?}: {}", String::from_utf8_lossy(&output.stderr));
    let public = files(&folder.path().join("site/public"));
    public.into_iter().map(|(path, file)| (path, Hash::of(&fs::read(file).expect("it is readable")))).collect()
}

#[test]
fn the_own_site_has_the_same_bytes_everywhere() {
    let first = built(&[], false);
    assert!(first.len() > 40, "{:?}", first.keys());
    for (environment, backwards) in [
        ([("RAYON_NUM_THREADS", "1"), ("TZ", "America/New_York"), ("LC_ALL", "C")], true),
        ([("RAYON_NUM_THREADS", "16"), ("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8")], false),
        ([("RAYON_NUM_THREADS", "3"), ("TZ", ":nonsense"), ("LANG", "ja_JP.EUC-JP")], true),
    ] {
        let other = built(&environment, backwards);
        let differing: Vec<_> =
            first.keys().chain(other.keys()).filter(|path| first.get(*path) != other.get(*path)).collect();
        assert!(differing.is_empty(), "{environment:?}: {differing:?}");
    }
}
