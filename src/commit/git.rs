//! Renames in the index of a Git repository, as `git mv` makes them: what was staged of a file is staged under its new
//! name, and what was not is not. Where there is no repository or no Git, nothing happens: the files are renamed anyway.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::path::SourcePath;

/// Stages `renames`, old path and new, of files below `root`. True where that was done.
pub(super) fn stage_renames(root: &Path, renames: &[(SourcePath, SourcePath)]) -> bool {
    let repository = root.ancestors().any(|folder| folder.join(".git").exists());
    !renames.is_empty() && repository && staged(root, renames).is_some()
}

fn staged(root: &Path, renames: &[(SourcePath, SourcePath)]) -> Option<()> {
    let prefix = git(root, &["rev-parse", "--show-prefix"], b"")?;
    let prefix = String::from_utf8(prefix).ok()?;
    let prefix = prefix.trim_end_matches('\n');
    // `100644 hash 0<tab>path`, of all that is tracked below the site's folder.
    let listed = git(root, &["ls-files", "--stage", "--full-name", "-z"], b"")?;
    let listed = String::from_utf8_lossy(&listed).into_owned();
    let tracked: BTreeMap<&str, &str> =
        listed.split('\0').filter_map(|entry| entry.split_once('\t')).map(|(object, path)| (path, object)).collect();
    let mut gone = String::new();
    let mut come = String::new();
    for (old, new) in renames {
        let Some(object) = tracked.get(&*format!("{prefix}{old}")) else { continue };
        let nothing = "0".repeat(object.split(' ').nth(1).map_or(40, str::len));
        gone.extend(["0 ", &*nothing, "\t", prefix, old.as_str(), "\0"]);
        come.extend([object, "\t", prefix, new.as_str(), "\0"]);
    }
    if gone.is_empty() {
        return None;
    }
    git(root, &["update-index", "-z", "--index-info"], (gone + &come).as_bytes()).map(drop)
}

/// What Git prints, where it succeeds.
fn git(root: &Path, args: &[&str], input: &[u8]) -> Option<Vec<u8>> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(input).ok()?;
    let output = child.wait_with_output().ok()?;
    output.status.success().then_some(output.stdout)
}
