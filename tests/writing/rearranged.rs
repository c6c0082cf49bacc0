//! Many of an author's files changed at once: all of them or none, wherever it is cut off; and taken back again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use hiketsu::commit::{CommitError, FileChange, Refusal, is_cut, last_change, rearrange, rearrange_with, undo};
use hiketsu::memo::Hash;
use hiketsu::path::SourcePath;

fn change(before: Option<(&str, &str)>, after: Option<(&str, &str)>) -> FileChange {
    FileChange {
        before: before.map(|(path, text)| (SourcePath::new(path), Hash::of(text.as_bytes()))),
        after: after.map(|(path, text)| (SourcePath::new(path), text.into())),
    }
}

/// Two files change places, one is changed, one goes, one comes.
fn changes() -> Vec<FileChange> {
    vec![
        change(Some(("content/1-a.md", "A")), Some(("content/2-a.md", "A!"))),
        change(Some(("content/2-a.md", "B")), Some(("content/1-a.md", "B"))),
        change(Some(("content/i.md", "I")), Some(("content/i.md", "II"))),
        change(Some(("content/3-c.md", "C")), None),
        change(None, Some(("content/new/4-d.md", "D"))),
    ]
}

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    for (name, text) in [("1-a.md", "A"), ("2-a.md", "B"), ("3-c.md", "C"), ("i.md", "I"), ("other.md", "O")] {
        fs::write(folder.path().join("content").join(name), text).unwrap();
    }
    folder
}

/// All files below `content/`.
fn files(root: &Path) -> BTreeMap<String, String> {
    let walk = walkdir::WalkDir::new(root.join("content")).into_iter().filter_map(Result::ok);
    let files = walk.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
            (path, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn texts(files: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

const AFTER: [(&str, &str); 5] = [
    ("content/1-a.md", "B"),
    ("content/2-a.md", "A!"),
    ("content/i.md", "II"),
    ("content/new/4-d.md", "D"),
    ("content/other.md", "O"),
];

#[test]
fn files_change_their_names_and_bytes_and_change_them_back() {
    let site = site();
    let root = site.path();
    let before = files(root);
    rearrange(root, &changes(), "move 1 2").unwrap();
    assert_eq!(texts(&files(root)), AFTER);
    assert_eq!(fs::read_to_string(root.join(".hiketsu/removed/content/3-c.md")).unwrap(), "C");
    let last = last_change(root).expect("it can be taken back");
    assert_eq!((&*last.what, last.files.len(), last.cut), ("move 1 2", 5, false));
    assert!(undo(root).unwrap());
    assert_eq!(files(root), before);
    assert!(!undo(root).unwrap(), "there is nothing more");
}

#[test]
fn cut_off_anywhere_it_is_put_back_by_the_next_command() {
    let before = files(site().path());
    let mut cuts = 0;
    for steps in 0.. {
        let site = site();
        let root = site.path();
        let cut = rearrange_with(root, &changes(), "move 1 2", Some(steps));
        if cut.is_ok() {
            break;
        }
        assert!(matches!(cut, Err(CommitError::Stopped)), "{cut:?}");
        if is_cut(root) {
            cuts += 1;
            assert!(last_change(root).is_some_and(|last| last.cut));
        } else {
            assert_eq!(files(root), before, "nothing was begun");
        }
        // Whether it is taken back or tried again.
        if steps % 2 == 0 {
            undo(root).unwrap();
            assert_eq!(files(root), before, "cut after {steps}");
        } else {
            rearrange(root, &changes(), "move 1 2").unwrap();
            assert_eq!(texts(&files(root)), AFTER, "cut after {steps}");
        }
        assert!(!is_cut(root));
    }
    assert!(cuts >= 5, "each file is a step: {cuts}");
}

#[test]
fn what_somebody_else_wrote_is_never_touched() {
    let site = site();
    let root = site.path();
    fs::write(root.join("content/2-a.md"), "mine").unwrap();
    let before = files(root);
    let refused = rearrange(root, &changes(), "x");
    assert!(matches!(refused, Err(CommitError::Refused(Refusal::Edited(path))) if path.ends_with("2-a.md")));
    assert_eq!(files(root), before);
    fs::write(root.join("content/2-a.md"), "B").unwrap();
    fs::create_dir(root.join("content/new")).unwrap();
    fs::write(root.join("content/new/4-d.md"), "there").unwrap();
    assert!(matches!(rearrange(root, &changes(), "x"), Err(CommitError::Refused(Refusal::Exists(_)))));
    fs::remove_file(root.join("content/new/4-d.md")).unwrap();

    rearrange(root, &changes(), "x").unwrap();
    fs::write(root.join("content/1-a.md"), "edited since").unwrap();
    let before = files(root);
    assert!(matches!(undo(root), Err(CommitError::Refused(Refusal::Edited(_)))));
    assert_eq!(files(root), before);
    fs::write(root.join("content/1-a.md"), "B").unwrap();
    assert!(undo(root).unwrap(), "as soon as it is the same again");
}

#[cfg(unix)]
#[test]
fn rights_go_with_a_file_and_a_failure_leaves_all_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let site = site();
    let root = site.path();
    let rights = |path: &str| fs::metadata(root.join(path)).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(root.join("content/1-a.md"), fs::Permissions::from_mode(0o600)).unwrap();
    rearrange(root, &changes(), "x").unwrap();
    assert_eq!((rights("content/2-a.md"), rights("content/1-a.md")), (0o600, 0o644));
    undo(root).unwrap();
    assert_eq!(rights("content/1-a.md"), 0o600);

    // A folder cannot be made where a file is.
    fs::write(root.join("content/new"), "a file").unwrap();
    let before = files(root);
    assert!(rearrange(root, &changes(), "x").is_err());
    assert_eq!(files(root), before);
    assert!(!is_cut(root));
}

fn git(root: &Path, args: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["-c", "user.name=a", "-c", "user.email=a@example.com"]).args(args);
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

#[test]
fn renames_are_staged_in_a_repository_and_nothing_else_is() {
    // Where there is no Git, there is nothing to see.
    if Command::new("git").arg("--version").output().is_err() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("講座");
    fs::create_dir_all(root.join("content")).unwrap();
    let long = "line\n".repeat(20);
    for name in ["1-a.md", "2-b.md", "3-c.md"] {
        fs::write(root.join("content").join(name), format!("{name}\n{long}")).unwrap();
    }
    git(folder.path(), &["init", "-q"]);
    git(&root, &["add", "."]);
    git(&root, &["commit", "-qm", "x"]);
    let text = |name: &str| format!("{name}\n{long}");
    let longer = format!("{}more\n", text("2-b.md"));
    let changes = [
        change(Some(("content/1-a.md", &text("1-a.md"))), Some(("content/2-a.md", &text("1-a.md")))),
        change(Some(("content/2-b.md", &text("2-b.md"))), Some(("content/1-b.md", &longer))),
        change(Some(("content/3-c.md", &text("3-c.md"))), Some(("content/3-c.md", "new"))),
    ];
    rearrange(&root, &changes, "move 1 2").unwrap();
    let status = |root: &Path| git(root, &["-c", "core.quotePath=false", "status", "--short", "-M90%"]);
    let told = status(folder.path());
    let mut lines: Vec<&str> = told.lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            " M 講座/content/3-c.md",
            "R  講座/content/1-a.md -> 講座/content/2-a.md",
            "RM 講座/content/2-b.md -> 講座/content/1-b.md",
        ]
    );
    undo(&root).unwrap();
    assert_eq!(status(folder.path()), "");
}
