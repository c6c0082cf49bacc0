//! A disk that refuses (RELIABILITY.md, B6).

use std::fs;
use std::process::{Command, Stdio};

use hiketsu::commit::CommitError;
use hiketsu::diag::Lang;
use hiketsu::output::OutputTree;
use hiketsu::world::memory::MemoryWorld;

use crate::desk::{Desk, empty_folders, files, small, tree};
use crate::killed::version;

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site_as_it_was() {
    let desk = Desk::new();
    let volume = desk.top().join("volume");
    fs::create_dir(&volume).unwrap();
    let options = ["-t", "tmpfs", "-o", "size=256k,nr_inodes=64", "none"];
    let mount = Command::new("mount").args(options).arg(&volume).stderr(Stdio::null()).status();
    if !mount.is_ok_and(|status| status.success()) {
        return;
    }
    let output = volume.join("public");
    let commit = |tree: &OutputTree| desk.open(&output)?.commit(tree, &MemoryWorld::default());
    let old = commit(&small()).map(drop);
    let before = files(&volume);
    let big = "x".repeat(400_000);
    let many: Vec<(String, String)> = (0..100).map(|n| (format!("{n}/index.html"), n.to_string())).collect();
    let mut results = vec![commit(&tree([("index.html", big.as_str())])).map(drop)];
    results.push(commit(&tree(many.iter().map(|(path, text)| (path.as_str(), text.as_str())))).map(drop));
    let after = files(&volume);
    let folders = empty_folders(&volume);
    let good = commit(&version(1)).map(drop);
    Command::new("umount").arg(&volume).status().unwrap();
    old.unwrap();
    for result in results {
        let error = result.unwrap_err();
        assert_eq!(error.exit_code(), 4);
        assert!(error.message(Lang::Ja).contains("空き容量"), "{}", error.message(Lang::Ja));
        assert!(matches!(error, CommitError::Write(error) if !error.begun));
    }
    assert!(before == after);
    assert!(folders.is_empty());
    good.unwrap();
}

#[cfg(unix)]
#[test]
fn a_folder_without_rights_leaves_the_old_site_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.commit(&version(1)).unwrap();
    let closed = desk.public().join("_");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    let mine = fs::write(closed.join("probe"), "").is_ok();
    if mine {
        // Root may do anything.
        fs::remove_file(closed.join("probe")).unwrap();
    } else {
        let before = desk.everything();
        let error = desk.commit(&version(2)).unwrap_err();
        assert!(matches!(&error, CommitError::Write(error) if !error.begun), "{error:?}");
        assert_eq!(desk.everything(), before);
    }
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_name_that_is_too_long_is_an_error_before_anything_is_changed() {
    let desk = Desk::new();
    desk.commit(&small()).unwrap();
    let name = format!("{}/index.html", "長".repeat(90));
    let before = desk.everything();
    for files in [vec![(name.as_str(), "x"), ("b/c.html", "c")], vec![("new/a.html", "x"), (name.as_str(), "x")]] {
        let error = desk.commit(&tree(files)).unwrap_err();
        assert!(matches!(&error, CommitError::Write(error) if !error.begun), "{error:?}");
        assert_eq!(desk.everything(), before);
        assert!(empty_folders(&desk.public()).is_empty());
    }
    fs::remove_dir_all(desk.public()).unwrap();
    assert!(desk.commit(&tree([(name.as_str(), "x")])).is_err());
    assert!(!desk.public().exists());
    assert!(desk.beside().is_empty());
}
