//! `E01` on a real disk: links that leave the site's folder, names that are not Unicode, litter.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "the test lays out a site on a disk")]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use insta::assert_snapshot;

use super::support::{Outcome, SERIES, SITE};
use super::told;

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    write(folder.path(), "site.toml", SITE);
    write(folder.path(), "content/secrets/_index.md", SERIES);
    write(folder.path(), "content/secrets/001-a.md", "---\ntitle: 一\n---\n本文。\n");
    folder
}

#[test]
fn links_out_of_the_sites_folder_are_refused_and_not_followed() {
    let site = site();
    let outside = tempfile::tempdir().expect("a folder can be made");
    write(outside.path(), "secret.txt", "秘密");
    let content = site.path().join("content");
    symlink(outside.path().join("secret.txt"), content.join("file.txt")).expect("a link can be made");
    symlink(outside.path(), content.join("folder")).expect("a link can be made");
    symlink(content.join("folder"), content.join("chain")).expect("a link can be made");
    symlink(outside.path().join("nothing"), content.join("dangling.png")).expect("a link can be made");
    symlink("/", site.path().join("templates")).expect("a link can be made");
    // Within the folder a link is a file like any other, and a circle ends.
    symlink(content.join("secrets/001-a.md"), content.join("secrets/002-b.md")).expect("a link can be made");
    symlink(&content, content.join("circle")).expect("a link can be made");
    let outcome = Outcome::of_folder(site.path(), 0);
    assert_snapshot!(told(&outcome), @r#"
    E0104 content/chain:1:1
      シンボリックリンクがサイトのフォルダーの外を指しています — ファイルをコピーして置くか、リンクを消してください
      this symbolic link leads out of the site's folder — copy the file here, or remove the link
    E0104 content/dangling.png:1:1
      シンボリックリンクがサイトのフォルダーの外を指しています — ファイルをコピーして置くか、リンクを消してください
      this symbolic link leads out of the site's folder — copy the file here, or remove the link
    E0104 content/file.txt:1:1
      シンボリックリンクがサイトのフォルダーの外を指しています — ファイルをコピーして置くか、リンクを消してください
      this symbolic link leads out of the site's folder — copy the file here, or remove the link
    E0104 content/folder:1:1
      シンボリックリンクがサイトのフォルダーの外を指しています — ファイルをコピーして置くか、リンクを消してください
      this symbolic link leads out of the site's folder — copy the file here, or remove the link
    E0716 content/secrets/002-b.md:2:8
      題名「一」がほかの話と同じです — 一覧で見分けられるように、どちらかの題名を変えてください
      another text has the title “一” as well — change one of them, so that readers can tell them apart in lists
      → content/secrets/001-a.md
    E0104 templates:1:1
      シンボリックリンクがサイトのフォルダーの外を指しています — ファイルをコピーして置くか、リンクを消してください
      this symbolic link leads out of the site's folder — copy the file here, or remove the link
    "#);
    assert!(outcome.has("secrets/b/index.html"));
    assert!(outcome.paths().iter().all(|path| !outcome.text(path).contains("秘密")));
}

#[test]
fn names_that_are_not_unicode_are_told() {
    let site = site();
    let name = OsStr::from_bytes(b"\x82\xd9.md");
    if fs::write(site.path().join("content").join(name), "x").is_err() {
        // Some file systems take Unicode only.
        return;
    }
    assert_snapshot!(told(&Outcome::of_folder(site.path(), 0)), @r#"
    E0105 content:1:1
      ファイル名が Unicode ではありません：��.md — ファイル名を付け直してください
      this file name is not Unicode: ��.md — rename the file
    "#);
}

#[test]
fn what_editors_and_systems_leave_behind_is_not_published() {
    let site = site();
    for litter in ["a.md~", ".a.md.swp", "#a#", "Thumbs.db", "secrets/.DS_Store", "a.bak"] {
        write(site.path(), &format!("content/{litter}"), "秘密");
    }
    write(site.path(), "content/.well-known/security.txt", "Contact: mailto:a@example.com");
    write(site.path(), "content/.htaccess", "Options -Indexes");
    write(site.path(), "notes.md", "秘密");
    let outcome = Outcome::of_folder(site.path(), 0);
    assert_eq!(outcome.places(), Vec::<String>::new());
    assert!(outcome.has(".well-known/security.txt") && outcome.has(".htaccess") && outcome.has(".nojekyll"));
    assert!(outcome.paths().iter().all(|path| !outcome.text(path).contains("秘密")));
}

#[test]
fn a_name_with_a_dot_before_it_keeps_a_file_from_being_published_and_is_told() {
    let site = site();
    for hidden in [".env", ".git/config", "secrets/.secret.png"] {
        write(site.path(), &format!("content/{hidden}"), "秘密");
    }
    let outcome = Outcome::of_folder(site.path(), 0);
    assert_eq!(
        outcome.places(),
        ["E0108 content/.env:1:1", "E0108 content/.git:1:1", "E0108 content/secrets/.secret.png:1:1"]
    );
    assert!(outcome.paths().iter().all(|path| !outcome.text(path).contains("秘密")));
}
