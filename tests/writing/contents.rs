//! What is written, and what is left alone.

use std::collections::BTreeMap;
use std::time::Duration;

use hiketsu::commit::{CommitError, Refusal, Written, create_new, store};
use hiketsu::memo::Hash;
use hiketsu::output::manifest;
use hiketsu::output::{Content, Entry, OutputTree};
use hiketsu::path::{OutPath, SourcePath};
use hiketsu::world::memory::MemoryWorld;

use crate::desk::{Desk, files, refusal, small, tree};

#[test]
fn only_what_changed_is_written() {
    let desk = Desk::new();
    desk.commit(&small()).unwrap();
    let time = |path: &str| desk.public().join(path).metadata().unwrap().modified().unwrap();
    let (before, manifest) = (time("style-1.css"), time(manifest::FILE));
    std::thread::sleep(Duration::from_millis(30));
    assert_eq!(desk.commit(&small()).unwrap(), Written { written: 0, removed: 0, unchanged: 4, bytes: 0 });
    assert_eq!(time(manifest::FILE), manifest);
    let next = tree([("index.html", "home!"), ("style-1.css", "css"), ("b/index.html", "b")]);
    assert_eq!(desk.commit(&next).unwrap(), Written { written: 2, removed: 2, unchanged: 1, bytes: 6 });
    assert_eq!(time("style-1.css"), before);
    desk.assert_holds(&next);
    assert!(!desk.public().join("secrets").exists());
}

#[test]
fn a_changed_key_alone_changes_the_manifest_alone() {
    let desk = Desk::new();
    desk.commit(&small()).unwrap();
    let keyed: OutputTree = small()
        .iter()
        .map(|(path, entry)| (path.clone(), Entry { key: Some(Hash::of(b"key")), ..entry.clone() }))
        .collect();
    assert_eq!(desk.commit(&keyed).unwrap().written, 0);
    desk.assert_holds(&keyed);
}

#[test]
fn unchanged_entries_must_be_there() {
    let desk = Desk::new();
    desk.commit(&small()).unwrap();
    let unchanged = |hash: &str| Entry { content: Content::Unchanged, ..Entry::bytes(hash.as_bytes()) };
    let mut next = tree([("index.html", "new")]);
    next.insert(OutPath::new("style-1.css"), unchanged("css"));
    next.insert(OutPath::new("secrets/a/index.html"), unchanged("not a"));
    next.insert(OutPath::new("gone"), unchanged("x"));
    let before = desk.everything();
    let mut baseline = desk.open("public").unwrap();
    match baseline.commit(&next, &MemoryWorld::default()) {
        Err(CommitError::NotThere(paths)) => {
            assert_eq!(paths, [OutPath::new("gone"), OutPath::new("secrets/a/index.html")]);
        }
        other => panic!("{other:?}"),
    }
    // The same baseline goes on.
    let mut next = tree([("index.html", "new")]);
    next.insert(OutPath::new("style-1.css"), unchanged("css"));
    assert_ne!(desk.everything(), BTreeMap::new());
    let _ = before;
    assert_eq!(baseline.commit(&next, &MemoryWorld::default()).unwrap().written, 1);
    // And once more, from what it has just written.
    assert_eq!(baseline.commit(&small(), &MemoryWorld::default()).unwrap().written, 3);
    drop(baseline);
    desk.assert_holds(&small());
}

#[test]
fn files_are_copied_from_the_world_and_checked() {
    let desk = Desk::new();
    let mut world = MemoryWorld::default();
    world.write("content/a/photo.jpg", "jpeg");
    let copy = |text: &str| Entry {
        content: Content::Copy(SourcePath::new("content/a/photo.jpg")),
        ..Entry::bytes(text.as_bytes())
    };
    let with = |entry: Entry| {
        let mut tree = small();
        tree.insert(OutPath::new("a/photo.jpg"), entry);
        tree
    };
    let commit = |tree: &OutputTree, world: &MemoryWorld| desk.open("public").unwrap().commit(tree, world);
    assert!(matches!(commit(&with(copy("JPEG")), &world), Err(CommitError::SourceChanged(_))));
    assert!(!desk.public().exists());
    assert_eq!(desk.beside(), Vec::<String>::new());
    commit(&with(copy("jpeg")), &world).unwrap();
    desk.assert_holds(&with(Entry::bytes("jpeg".as_bytes())));
    // Not read again where it is there.
    world.remove("content/a/photo.jpg");
    assert_eq!(commit(&with(copy("jpeg")), &world).unwrap().written, 0);
    assert!(matches!(commit(&with(copy("new")), &world), Err(CommitError::Read(_))));
    desk.assert_holds(&with(Entry::bytes("jpeg".as_bytes())));
}

#[test]
fn files_and_folders_change_places() {
    let desk = Desk::new();
    let series = [
        tree([("a", "file"), ("b/c/d.html", "page"), ("b/e", "x")]),
        tree([("a/index.html", "page"), ("b", "file")]),
        tree([("a", "file"), ("b/c/d.html", "page"), ("B/x", "x")]),
        tree([("A/x", "x"), ("b/c", "file"), ("b/x/y/z", "z")]),
    ];
    for next in &series {
        desk.commit(next).unwrap();
        desk.assert_holds(next);
    }
}

#[test]
fn the_store_keeps_itself_out_of_the_repository() {
    let desk = Desk::new();
    let folder = desk.site().join(".hiketsu");
    store(&folder, "memo", b"one").unwrap();
    store(&folder, "memo", b"two").unwrap();
    let expected = [(".gitignore".to_owned(), b"*\n".to_vec()), ("memo".to_owned(), b"two".to_vec())];
    assert_eq!(files(&folder), BTreeMap::from(expected));
    desk.write("afile", "x");
    assert!(store(&desk.site().join("afile"), "memo", b"x").is_err());
}

#[test]
fn a_new_site_is_created_whole_or_not_at_all() {
    let desk = Desk::new();
    let root = desk.top().join("new/site");
    let files_of = |paths: &[&'static str]| paths.iter().map(|path| (*path, "x")).collect::<Vec<_>>();
    create_new(&root, &files_of(&["site.toml", "content/a.md"])).unwrap();
    let before = desk.everything();
    match refusal(create_new(&root, &files_of(&["b.md", "content/a.md", "site.toml"]))) {
        Refusal::Exists(paths) => assert_eq!(paths, [root.join("content/a.md"), root.join("site.toml")]),
        other => panic!("{other:?}"),
    }
    assert!(create_new(&root, &files_of(&["c/d.md", "site.toml/x"])).is_err());
    assert!(matches!(refusal(create_new(&root, &files_of(&["../x"]))), Refusal::BadPath(_)));
    assert!(matches!(refusal(create_new(&root, &files_of(&["e.md", "e.md"]))), Refusal::Exists(_)));
    assert_eq!(desk.everything(), before);
    assert!(!root.join("c").exists());
}
