//! What is not ours is never replaced or removed.

use std::fs;
use std::time::Duration;

use hiketsu::commit::Refusal;
use hiketsu::output::manifest;
use hiketsu::path::OutPath;
use hiketsu::world::memory::MemoryWorld;

use crate::desk::{Desk, files, refusal, small, tree};

#[test]
fn files_that_we_did_not_write_are_named_and_kept() {
    let desk = Desk::new();
    desk.commit(&small()).unwrap();
    desk.write("public/CNAME", "example.com");
    desk.write("public/secrets/a/notes.txt", "mine");
    desk.write("public/new/deep/x.txt", "mine");
    let before = desk.everything();
    let Refusal::Unknown { files, .. } = refusal(desk.commit(&small())) else { panic!() };
    assert_eq!(files, ["CNAME", "new/deep/x.txt", "secrets/a/notes.txt"]);
    assert_eq!(desk.everything(), before);
}

#[test]
fn a_file_that_appears_where_we_are_about_to_write_is_kept() {
    let desk = Desk::new();
    desk.commit(&small()).unwrap();
    let mut baseline = desk.open("public").unwrap();
    desk.write("public/new.html", "mine");
    let Refusal::Unknown { files, .. } = refusal(baseline.commit(&tree([("new.html", "x")]), &MemoryWorld::default()))
    else {
        panic!()
    };
    assert_eq!(files, ["new.html"]);
    drop(baseline);
    assert_eq!(fs::read_to_string(desk.public().join("new.html")).unwrap(), "mine");
    fs::remove_file(desk.public().join("new.html")).unwrap();
    desk.assert_holds(&small());
}

#[test]
fn a_file_changed_by_hand_is_named_and_kept_until_it_is_removed() {
    let desk = Desk::new();
    desk.commit(&small()).unwrap();
    // Of the same length, and in the same instant for all that a clock can tell.
    desk.write("public/index.html", "hone");
    let before = desk.everything();
    for next in [small(), tree([("index.html", "new")]), tree([("other.html", "x")])] {
        let Refusal::Changed { files, .. } = refusal(desk.commit(&next)) else { panic!() };
        assert_eq!(files, ["index.html"]);
        assert_eq!(desk.everything(), before);
    }
    fs::remove_file(desk.public().join("index.html")).unwrap();
    desk.commit(&small()).unwrap();
    desk.assert_holds(&small());
}

#[cfg(unix)]
#[test]
fn an_edit_with_a_forged_time_is_seen() {
    let desk = Desk::new();
    desk.commit(&small()).unwrap();
    std::thread::sleep(Duration::from_millis(30));
    desk.write("public/index.html", "hone");
    let file = fs::File::options().write(true).open(desk.public().join("index.html")).unwrap();
    file.set_modified(std::time::UNIX_EPOCH).unwrap();
    assert!(matches!(refusal(desk.open("public")), Refusal::Changed { .. }));
}

#[test]
fn a_missing_file_is_written_again() {
    let desk = Desk::new();
    desk.commit(&small()).unwrap();
    fs::remove_file(desk.public().join("index.html")).unwrap();
    fs::remove_dir_all(desk.public().join("secrets")).unwrap();
    let baseline = desk.open("public").unwrap();
    assert_eq!(baseline.records().keys().map(OutPath::as_str).collect::<Vec<_>>(), ["style-1.css"]);
    drop(baseline);
    assert_eq!(desk.commit(&small()).unwrap().written, 3);
    desk.assert_holds(&small());
    // Gone from the disk and from the site at once: the folder goes too.
    fs::remove_file(desk.public().join("secrets/a/index.html")).unwrap();
    fs::remove_file(desk.public().join("secrets/a/図.svg")).unwrap();
    desk.commit(&tree([("index.html", "home")])).unwrap();
    desk.assert_holds(&tree([("index.html", "home")]));
}

#[test]
fn a_copy_of_the_output_is_as_good() {
    let desk = Desk::new();
    desk.commit(&small()).unwrap();
    let copy = Desk::new();
    for (path, bytes) in files(&desk.public()) {
        let path = copy.public().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let written = copy.commit(&small()).unwrap();
    assert_eq!((written.written, written.unchanged), (0, 4));
    copy.assert_holds(&small());
}

#[test]
fn a_damaged_manifest_is_refused() {
    let desk = Desk::new();
    desk.commit(&small()).unwrap();
    let path = desk.public().join(manifest::FILE);
    let text = fs::read(&path).unwrap();
    for damaged in [&text[..text.len() - 1], &text[..text.len() / 2], b"", b"hiketsu manifest 1\n", b"\xff\xfe"] {
        fs::write(&path, damaged).unwrap();
        assert!(matches!(refusal(desk.open("public")), Refusal::BadManifest(_)));
    }
}
