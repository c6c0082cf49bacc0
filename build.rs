//! Gives the engine its identity: a hash over its own sources, so that no memo outlives the code that made it.
//! It holds no time and no path of the machine that builds.

#![expect(clippy::disallowed_methods, reason = "it reads the sources, before there is a world")]

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher as _;
use std::path::Path;

fn main() {
    let mut files = Vec::new();
    for root in ["src", "themes/standard"] {
        println!("cargo::rerun-if-changed={root}");
        collect(Path::new(root), &mut files);
    }
    files.push("Cargo.lock".into());
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in &files {
        // A crate from the registry may come without its lock file; then the sources alone speak for it.
        let Ok(bytes) = std::fs::read(file) else { continue };
        hasher.write(file.to_string_lossy().replace('\\', "/").as_bytes());
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
    }
    println!("cargo::rustc-env=HIKETSU_ENGINE={:016x}", hasher.finish());
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}
