//! An author's own files: replaced as one, with their rights, and never over somebody's changes.

use std::fs;

use hiketsu::commit::{Change, CommitError, Refusal, replace};
use hiketsu::memo::Hash;
use hiketsu::path::SourcePath;

use super::desk::Desk;

fn change(path: &str, before: &str, after: &str) -> Change {
    Change { path: SourcePath::new(path), before: Hash::of(before.as_bytes()), after: after.into() }
}

/// A site with two texts.
fn desk() -> Desk {
    let desk = Desk::new();
    fs::write(desk.site().join("content/b.md"), "# B").unwrap();
    desk
}

fn text(desk: &Desk, path: &str) -> String {
    fs::read_to_string(desk.site().join(path)).unwrap()
}

fn names(desk: &Desk) -> Vec<String> {
    let entries = fs::read_dir(desk.site().join("content")).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn files_are_replaced_and_the_old_ones_kept() {
    let desk = desk();
    replace(&desk.site(), &[change("content/a.md", "# A", "# AA"), change("content/b.md", "# B", "# BB")]).unwrap();
    assert_eq!((text(&desk, "content/a.md"), text(&desk, "content/b.md")), ("# AA".into(), "# BB".into()));
    assert_eq!(text(&desk, ".hiketsu/before-fix/content/a.md"), "# A");
    replace(&desk.site(), &[change("content/a.md", "# AA", "# AAA")]).unwrap();
    assert_eq!(text(&desk, ".hiketsu/before-fix/content/a.md"), "# AA");
    assert_eq!(names(&desk), ["a.md", "b.md"]);
    assert_eq!(text(&desk, ".hiketsu/.gitignore"), "*\n");
}

#[test]
fn a_file_that_was_changed_meanwhile_keeps_all_of_them_as_they_are() {
    let desk = desk();
    let changes = [change("content/a.md", "# A", "# AA"), change("content/b.md", "an older text", "# BB")];
    let refused = replace(&desk.site(), &changes);
    assert!(matches!(refused, Err(CommitError::Refused(Refusal::Edited(path))) if path.ends_with("content/b.md")));
    assert_eq!((text(&desk, "content/a.md"), text(&desk, "content/b.md")), ("# A".into(), "# B".into()));
    assert_eq!(names(&desk), ["a.md", "b.md"]);
}

#[cfg(unix)]
#[test]
fn rights_stay_as_they_are_and_links_stay_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = desk();
    let file = desk.site().join("content/a.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("a.md", desk.site().join("content/c.md")).unwrap();
    replace(&desk.site(), &[change("content/c.md", "# A", "# AA")]).unwrap();
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(desk.site().join("content/c.md")).unwrap().is_symlink());
    assert_eq!(text(&desk, "content/a.md"), "# AA");

    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
    assert!(replace(&desk.site(), &[change("content/a.md", "# AA", "x")]).is_err(), "it is not to be written to");
    assert_eq!(text(&desk, "content/a.md"), "# AA");
}
