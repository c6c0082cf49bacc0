//! Commands as a user types them, in a site of a temporary folder.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::Path;

use snapbox::cmd::{Command, OutputAssert, cargo_bin};

/// Runs the program in a folder, in a locale.
pub(crate) fn hiketsu(folder: &Path, lang: &str, args: &[&str]) -> OutputAssert {
    Command::new(cargo_bin!("hiketsu"))
        .args(args)
        .current_dir(folder)
        .env("LC_ALL", lang)
        .env_remove("LC_MESSAGES")
        .env_remove("LANG")
        .env_remove("NO_COLOR")
        .env_remove("COLUMNS")
        .env_remove("RUST_BACKTRACE")
        .assert()
}

/// An empty folder.
pub(crate) fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder can be made")
}

/// A new site, and its folder.
pub(crate) fn site(lang: &str) -> tempfile::TempDir {
    let folder = folder();
    hiketsu(folder.path(), lang, &["init", "."]).success();
    folder
}

/// What was printed.
pub(crate) fn stdout(done: &OutputAssert) -> String {
    String::from_utf8_lossy(&done.get_output().stdout).into_owned()
}

/// What was said about it.
pub(crate) fn stderr(done: &OutputAssert) -> String {
    String::from_utf8_lossy(&done.get_output().stderr).into_owned()
}

/// Reads a file of a site.
pub(crate) fn text(folder: &Path, file: &str) -> String {
    #[expect(clippy::disallowed_methods, reason = "a test looks at what an author would see")]
    std::fs::read_to_string(folder.join(file)).unwrap_or_else(|error| format!("{file}: {error}"))
}

/// Writes a file of a site.
#[expect(clippy::disallowed_methods, reason = "a test edits its own site as an editor would")]
pub(crate) fn write(folder: &Path, file: &str, text: &str) {
    std::fs::write(folder.join(file), text).expect("the file can be written");
}
