//! The write door, on a real disk: what is refused, what is left alone, and what a kill at any step leaves behind.

#![expect(clippy::disallowed_methods, reason = "tests of the write door look behind it")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use hiketsu::commit::{Baseline, CommitError, Danger, Guard, Refusal, Relation, Trial, Written, create_new, store};
use hiketsu::diag::Lang;
use hiketsu::memo::Hash;
use hiketsu::output::manifest::{self, Manifest};
use hiketsu::output::{Content, Entry, OutputTree};
use hiketsu::path::{OutPath, SourcePath};
use hiketsu::world::memory::MemoryWorld;
use proptest::prelude::*;

/// A folder `home/work/site` with a site in it.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Self { folder };
        for (path, text) in [("site.toml", "title = 1"), ("content/a.md", "# A"), ("themes/t/base.html", "x")] {
            let path = desk.site().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        desk
    }

    fn top(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    fn site(&self) -> PathBuf {
        self.top().join("home/work/site")
    }

    fn public(&self) -> PathBuf {
        self.site().join("public")
    }

    fn open(&self, output: impl AsRef<Path>) -> Result<Baseline, CommitError> {
        self.open_with(output, Duration::from_secs(5), None)
    }

    fn open_with(
        &self,
        output: impl AsRef<Path>,
        wait: Duration,
        steps: Option<usize>,
    ) -> Result<Baseline, CommitError> {
        let (site, home) = (self.site(), self.top().join("home"));
        let guard = Guard { site_root: &site, cwd: &site, home: Some(&home) };
        Baseline::open_with(output.as_ref(), &guard, Trial { wait, steps })
    }

    fn commit(&self, tree: &OutputTree) -> Result<Written, CommitError> {
        self.open("public")?.commit(tree, &MemoryWorld::default())
    }

    /// Opens and commits, stopped dead after so many steps.
    fn cut(&self, tree: &OutputTree, steps: usize) -> Result<Written, CommitError> {
        let mut baseline = self.open_with("public", Duration::ZERO, Some(steps))?;
        baseline.commit(tree, &MemoryWorld::default())
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.site().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Every file of the whole desk.
    fn everything(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.top())
    }

    /// That the output folder is `tree`, its manifest, and nothing else, and that nothing lies beside it.
    fn assert_holds(&self, tree: &OutputTree) {
        let mut expected: BTreeMap<String, Vec<u8>> = tree
            .iter()
            .map(|(path, entry)| match &entry.content {
                Content::Bytes(bytes) => (path.to_string(), bytes.to_vec()),
                other => panic!("{other:?}"),
            })
            .collect();
        expected.insert(manifest::FILE.to_owned(), Manifest::of(tree).to_text().into_bytes());
        let found = files(&self.public());
        assert_eq!(expected.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
        assert!(expected == found, "bytes differ");
        assert_eq!(empty_folders(&self.public()), Vec::<PathBuf>::new());
        assert_eq!(self.beside(), Vec::<String>::new());
    }

    /// What we left beside the output folder.
    fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.site()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains("hiketsu")).collect()
    }
}

fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| !entry.file_type().is_dir());
    let pair = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        (name, fs::read(entry.path()).unwrap_or_default())
    };
    files.map(pair).collect()
}

fn empty_folders(root: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.file_type().is_dir()).map(walkdir::DirEntry::into_path);
    folders.filter(|folder| fs::read_dir(folder).unwrap().next().is_none()).collect()
}

fn tree<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> OutputTree {
    files.into_iter().map(|(path, text)| (OutPath::new(path), Entry::bytes(text.as_bytes()))).collect()
}

fn small() -> OutputTree {
    tree([("index.html", "home"), ("secrets/a/index.html", "a"), ("style-1.css", "css"), ("secrets/a/図.svg", "svg")])
}

fn refusal(result: Result<impl Sized, CommitError>) -> Refusal {
    match result {
        Ok(_) => panic!("was not refused"),
        Err(error) => {
            for lang in [Lang::Ja, Lang::En] {
                assert!(!error.message(lang).is_empty() && !error.help(lang).is_empty());
            }
            match error {
                CommitError::Refused(refusal) => refusal,
                error => panic!("{error:?}"),
            }
        }
    }
}

// ── B1: where a site may be written ──────────────────────────────────────────────────────────────────────────────

#[test]
fn a_folder_that_is_not_for_output_is_refused_and_left_as_it_was() {
    let desk = Desk::new();
    let top = desk.top();
    desk.write("notes/keep.txt", "mine");
    desk.write("afile", "mine");
    desk.write(".git/HEAD", "ref");
    desk.write("repo/.jj/x", "x");
    desk.write("assets/logo.svg", "svg");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("content", desk.site().join("to-content")).unwrap();
        symlink("..", desk.site().join("to-work")).unwrap();
        symlink("nowhere", desk.site().join("to-nothing")).unwrap();
        symlink(&top, top.join("round")).unwrap();
    }
    let absolute = |path: &str| top.join(path).to_str().unwrap().to_owned();
    use Danger::{Home, Input, Repository, Site, System};
    use Relation::{Above, Inside, Same};
    let table: Vec<(String, Option<(Relation, Danger)>)> = vec![
        (".".into(), Some((Same, Site))),
        ("content/..".into(), Some((Same, Site))),
        ("public/../.".into(), Some((Same, Site))),
        ("..".into(), Some((Above, Site))),
        ("../..".into(), Some((Above, Site))),
        ("/".into(), Some((Same, System))),
        ("../../../../../../../../../../../..".into(), Some((Same, System))),
        (absolute("home"), Some((Above, Site))),
        (absolute(""), Some((Above, Site))),
        ("content".into(), Some((Same, Input))),
        ("content/../content".into(), Some((Same, Input))),
        ("content/public".into(), Some((Inside, Input))),
        ("content/new/deep".into(), Some((Inside, Input))),
        ("new/../content/x".into(), Some((Inside, Input))),
        ("themes".into(), Some((Same, Input))),
        ("themes/t".into(), Some((Inside, Input))),
        ("templates".into(), Some((Same, Input))),
        ("i18n/x".into(), Some((Inside, Input))),
        ("assets".into(), Some((Same, Input))),
        (".hiketsu".into(), Some((Same, Input))),
        (".git".into(), Some((Same, Repository))),
        (".git/pages".into(), Some((Inside, Repository))),
        ("repo".into(), Some((Same, Repository))),
        ("notes".into(), None),
        ("afile".into(), None),
        ("afile/public".into(), None),
        #[cfg(unix)]
        ("to-content".into(), Some((Same, Input))),
        #[cfg(unix)]
        ("to-content/x".into(), Some((Inside, Input))),
        #[cfg(unix)]
        ("to-content/..".into(), Some((Same, Site))),
        #[cfg(unix)]
        ("to-work".into(), Some((Above, Site))),
        #[cfg(unix)]
        ("to-nothing".into(), None),
        #[cfg(unix)]
        (absolute("round/home/work/site/content/x"), Some((Inside, Input))),
    ];
    let before = desk.everything();
    for (output, expected) in table {
        let refusal = refusal(desk.open(&output));
        match (expected, &refusal) {
            (Some(expected), Refusal::Place { relation, danger, .. }) => {
                assert_eq!((*relation, *danger), expected, "{output}");
            }
            (None, Refusal::NotAFolder(_) | Refusal::NotOurs { .. }) => {}
            (expected, refusal) => panic!("{output}: {expected:?} {refusal:?}"),
        }
        assert_eq!(CommitError::Refused(refusal).exit_code(), 3);
        assert!(desk.everything() == before, "{output} was touched");
    }
    // The other two folders that are not to be written over, with the site elsewhere.
    let (site, there) = (desk.site(), top.join("home/there"));
    fs::create_dir_all(there.join("below")).unwrap();
    let guard = |cwd: &'static str| (there.join(cwd), top.join("home/there/below"));
    let (cwd, home) = guard("");
    let open = |output: &Path, cwd: &Path| {
        Baseline::open(output, &Guard { site_root: &site, cwd, home: Some(&home) }).map(drop)
    };
    let danger = |refusal| match refusal {
        Refusal::Place { relation, danger, .. } => (relation, danger),
        other => panic!("{other:?}"),
    };
    assert_eq!(danger(refusal(open(Path::new("."), &cwd))), (Same, Danger::Current));
    assert_eq!(danger(refusal(open(Path::new("below"), &cwd))), (Same, Home));
    assert_eq!(danger(refusal(open(&there, &site))), (Above, Home));
    open(&there.join("below/public"), &cwd).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn a_bind_mount_of_an_input_is_refused() {
    let desk = Desk::new();
    let mount = desk.top().join("mount");
    fs::create_dir(&mount).unwrap();
    let (content, mounted) = (desk.site().join("content"), mount.to_str().unwrap());
    let bind =
        Command::new("mount").args(["--bind", content.to_str().unwrap(), mounted]).stderr(Stdio::null()).status();
    if !bind.is_ok_and(|status| status.success()) {
        return; // Mounting takes rights that most have not.
    }
    let results = [desk.open(&mount).map(drop), desk.open(mount.join("x")).map(drop)];
    Command::new("umount").arg(mounted).status().unwrap();
    for result in results {
        assert!(matches!(refusal(result), Refusal::Place { danger: Danger::Input, .. }));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_mounted_output_folder_is_written_without_leaving_its_file_system() {
    let desk = Desk::new();
    fs::create_dir(desk.public()).unwrap();
    let public = desk.public();
    let mount = Command::new("mount").args(["-t", "tmpfs", "none"]).arg(&public).stderr(Stdio::null()).status();
    if !mount.is_ok_and(|status| status.success()) {
        return;
    }
    let first = desk.commit(&small()).map(drop);
    let cut = (0..20).map(|steps| desk.cut(&tree([("index.html", "2")]), steps)).any(|result| result.is_ok());
    let second = desk.commit(&tree([("index.html", "2")])).map(drop);
    let found: Vec<String> = files(&public).into_keys().collect();
    Command::new("umount").arg(&public).status().unwrap();
    first.unwrap();
    second.unwrap();
    assert!(cut);
    assert_eq!(found, [manifest::FILE, "index.html"]);
}

#[test]
fn the_usual_places_are_accepted() {
    let desk = Desk::new();
    fs::create_dir(desk.site().join("empty")).unwrap();
    fs::write(desk.site().join("empty/.DS_Store"), "x").unwrap();
    for output in ["public", "dist/public", "empty", "../elsewhere", "content-2", "公開"] {
        desk.open(output).unwrap().commit(&small(), &MemoryWorld::default()).unwrap();
        assert!(desk.site().join(output).join("secrets/a/図.svg").is_file(), "{output}");
        assert!(desk.site().join(output).join(manifest::FILE).is_file(), "{output}");
    }
    assert!(desk.site().join("empty/.DS_Store").is_file());
}

#[test]
fn a_build_that_writes_nothing_leaves_nothing() {
    let desk = Desk::new();
    let before = desk.everything();
    drop(desk.open("a/b/public").unwrap());
    assert_eq!(desk.everything(), before);
    assert!(!desk.site().join("a").exists());
}

#[test]
fn a_manifest_that_points_out_of_the_output_is_not_believed() {
    let desk = Desk::new();
    for evil in ["../content/a.md", "/etc/passwd", "a/../../site.toml", "a//b", ".hiketsu-stage/x", "a\\..\\b"] {
        let manifest = Manifest::of(&tree([(evil, "# A")])).to_text();
        desk.write("public/.hiketsu-manifest", &manifest);
        let before = desk.everything();
        assert!(matches!(refusal(desk.open("public")), Refusal::BadManifest(_)), "{evil}");
        assert_eq!(desk.everything(), before);
        fs::remove_dir_all(desk.public()).unwrap();
        assert!(matches!(refusal(desk.commit(&tree([(evil, "x")]))), Refusal::BadPath(_)), "{evil}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_strangers_repository_lead_nowhere() {
    let desk = Desk::new();
    let victim = desk.top().join("victim");
    fs::create_dir(&victim).unwrap();
    fs::write(victim.join("rc"), "mine").unwrap();
    // A folder of the output that is a link, with a manifest that claims a file behind it.
    fs::create_dir(desk.public()).unwrap();
    std::os::unix::fs::symlink(&victim, desk.public().join("x")).unwrap();
    desk.write("public/.hiketsu-manifest", &Manifest::of(&tree([("x/rc", "mine")])).to_text());
    assert!(matches!(refusal(desk.commit(&tree([]))), Refusal::Unknown { .. }));
    fs::remove_dir_all(desk.public()).unwrap();
    // A lock and a stage that are links.
    std::os::unix::fs::symlink(victim.join("rc"), desk.site().join(".public.hiketsu-lock")).unwrap();
    assert!(matches!(desk.commit(&small()), Err(CommitError::Write(_))));
    fs::remove_file(desk.site().join(".public.hiketsu-lock")).unwrap();
    std::os::unix::fs::symlink(&victim, desk.site().join(".public.hiketsu-stage")).unwrap();
    desk.commit(&small()).unwrap();
    desk.assert_holds(&small());
    assert_eq!(fs::read_to_string(victim.join("rc")).unwrap(), "mine");
}

// ── Ownership ────────────────────────────────────────────────────────────────────────────────────────────────────

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

// ── What is written ──────────────────────────────────────────────────────────────────────────────────────────────

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

// ── B2: killed anywhere ──────────────────────────────────────────────────────────────────────────────────────────

/// A version of a site: pages name the assets that they need.
fn version(n: usize) -> OutputTree {
    let asset = |name: &str| format!("_/{name}-{n}.css");
    let mut files = vec![
        (asset("style"), format!("style {n}")),
        (asset("script"), format!("script {n}")),
        ("index.html".to_owned(), format!("v{n} {} {}", asset("style"), asset("script"))),
        ("404.html".to_owned(), format!("v{n} {}", asset("style"))),
        ("same/index.html".to_owned(), "same".to_owned()),
        (format!("only-{n}/deep/index.html"), format!("v{n} {}", asset("style"))),
        ("feed.atom".to_owned(), format!("feed {n}")),
    ];
    // A file where the other versions have a folder.
    let swap = if n.is_multiple_of(2) { "swap" } else { "swap/index.html" };
    files.push((swap.to_owned(), "swap".to_owned()));
    tree(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

/// That no file is torn, and that each page has the assets of its version.
fn assert_whole(public: &Path, versions: &[OutputTree]) {
    if !public.exists() {
        return;
    }
    let found = files(public);
    for (path, bytes) in &found {
        if path == manifest::FILE {
            assert!(Manifest::from_text(std::str::from_utf8(bytes).unwrap()).is_some(), "torn manifest");
            continue;
        }
        let of = |tree: &OutputTree| {
            tree.get(&OutPath::new(path.as_str())).is_some_and(|entry| entry.hash == Hash::of(bytes))
        };
        assert!(versions.iter().any(of), "torn or foreign: {path}");
        if path.ends_with(".html") {
            for asset in std::str::from_utf8(bytes).unwrap().split(' ').filter(|word| word.starts_with("_/")) {
                assert!(found.contains_key(asset), "{path} without {asset}");
            }
        }
    }
}

#[test]
fn killed_at_any_step_nothing_is_torn_and_the_next_command_finishes() {
    let (old, new, third) = (version(1), version(2), version(3));
    // From an output folder that does not exist, from an empty one, and from an older site.
    for start in 0..3 {
        let mut states = std::collections::BTreeSet::new();
        for steps in 0.. {
            let desk = Desk::new();
            match start {
                0 => {}
                1 => fs::create_dir(desk.public()).unwrap(),
                _ => drop(desk.commit(&old).unwrap()),
            }
            let result = desk.cut(&new, steps);
            assert_whole(&desk.public(), &[old.clone(), new.clone()]);
            if result.is_ok() {
                assert!(steps > 10, "{steps}");
                desk.assert_holds(&new);
                break;
            }
            assert!(matches!(result, Err(CommitError::Stopped)), "{start} {steps}: {result:?}");
            // Opening alone finishes or undoes.
            let records = desk.open("public").unwrap().records().clone();
            let now = if records.is_empty() { "nothing" } else { "old or new" };
            states.insert(if records == Manifest::of(&new).files { "new" } else { now });
            if records.is_empty() {
                assert!(files(&desk.site()).keys().all(|path| !path.contains("hiketsu")));
            } else {
                let whole = if records == Manifest::of(&new).files { &new } else { &old };
                desk.assert_holds(whole);
            }
            // And any next build ends well.
            let next = if steps % 2 == 0 { &new } else { &third };
            desk.commit(next).unwrap();
            desk.assert_holds(next);
        }
        assert!(states.contains("new") && states.len() == 2, "{states:?}");
    }
}

#[test]
fn killed_while_finishing_it_is_finished_all_the_same() {
    let (old, new) = (version(1), version(2));
    for first in [16, 20, 24, 28] {
        for second in 0.. {
            let desk = Desk::new();
            desk.commit(&old).unwrap();
            assert!(matches!(desk.cut(&new, first), Err(CommitError::Stopped)));
            let result = desk.open_with("public", Duration::ZERO, Some(second)).map(drop);
            assert_whole(&desk.public(), &[old.clone(), new.clone()]);
            desk.commit(&new).unwrap();
            desk.assert_holds(&new);
            if result.is_ok() {
                break;
            }
        }
    }
}

#[test]
fn finishing_a_cut_switch_overwrites_no_edit() {
    let (old, new) = (version(1), version(2));
    let mut refused = 0;
    for steps in 0.. {
        let desk = Desk::new();
        desk.commit(&old).unwrap();
        let done = desk.cut(&new, steps).is_ok();
        desk.write("public/index.html", "edited");
        if matches!(desk.open("public"), Err(CommitError::Refused(Refusal::Changed { .. }))) {
            refused += 1;
        } else {
            panic!("{steps}");
        }
        assert_eq!(fs::read_to_string(desk.public().join("index.html")).unwrap(), "edited");
        fs::remove_file(desk.public().join("index.html")).unwrap();
        desk.commit(&new).unwrap();
        desk.assert_holds(&new);
        if done {
            break;
        }
    }
    assert!(refused > 20);
}

#[test]
fn a_stage_that_leads_nowhere_is_removed() {
    let desk = Desk::new();
    desk.commit(&version(1)).unwrap();
    desk.write(".public.hiketsu-stage/journal", "hiketsu journal 1\nremove index.html\n");
    desk.write(".public.hiketsu-stage/files0/0", "half");
    desk.write(".public.hiketsu-lock", "4000000");
    drop(desk.open("public").unwrap());
    desk.assert_holds(&version(1));
}

/// Not a test: what the next ones run in processes of their own.
#[test]
fn child() {
    let Ok(site) = std::env::var("HIKETSU_TEST_SITE") else { return };
    let site = PathBuf::from(site);
    let guard = Guard { site_root: &site, cwd: &site, home: None };
    let first: usize = std::env::var("HIKETSU_TEST_FIRST").unwrap().parse().unwrap();
    let rounds: usize = std::env::var("HIKETSU_TEST_ROUNDS").unwrap().parse().unwrap();
    for n in first..first + rounds {
        let mut baseline = Baseline::open(Path::new("public"), &guard).unwrap();
        baseline.commit(&version(n % 5), &MemoryWorld::default()).unwrap();
    }
}

fn spawn(site: &Path, first: usize, rounds: usize) -> std::process::Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--quiet"]).stdout(Stdio::null()).stderr(Stdio::null());
    command.env("HIKETSU_TEST_SITE", site).env("HIKETSU_TEST_FIRST", first.to_string());
    command.env("HIKETSU_TEST_ROUNDS", rounds.to_string()).spawn().unwrap()
}

#[test]
fn killed_for_real_at_random_moments() {
    let desk = Desk::new();
    let versions: Vec<OutputTree> = (0..5).map(version).collect();
    for round in 0..40_u64 {
        let mut child = spawn(&desk.site(), usize::try_from(round).unwrap(), 1_000_000);
        std::thread::sleep(Duration::from_micros(4_000 + round * 997 % 20_000));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_whole(&desk.public(), &versions);
        if round % 8 == 7 {
            desk.commit(&versions[3]).unwrap();
            desk.assert_holds(&versions[3]);
        }
    }
}

// ── B7: two at once ──────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_second_build_waits_and_then_names_the_first() {
    let desk = Desk::new();
    let first = desk.open("public").unwrap();
    let waited = desk.open_with("public", Duration::from_millis(200), None);
    match refusal(waited) {
        Refusal::Locked { pid, .. } => assert_eq!(pid, Some(std::process::id())),
        other => panic!("{other:?}"),
    }
    std::thread::scope(|scope| {
        let second = scope.spawn(|| desk.commit(&small()).map(drop));
        std::thread::sleep(Duration::from_millis(100));
        drop(first);
        second.join().unwrap().unwrap();
    });
    desk.assert_holds(&small());
}

#[test]
fn eight_builds_at_once_end_well() {
    let desk = Desk::new();
    let children: Vec<_> = (0..8).map(|n| spawn(&desk.site(), n, 5)).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let found = files(&desk.public());
    let is = |tree: &OutputTree| Manifest::of(tree).to_text().into_bytes() == found[manifest::FILE];
    let last = (0..5).map(version).find(is).unwrap();
    desk.assert_holds(&last);
}

// ── B6: a disk that refuses ──────────────────────────────────────────────────────────────────────────────────────

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site_as_it_was() {
    let desk = Desk::new();
    let disk = desk.top().join("disk");
    fs::create_dir(&disk).unwrap();
    let options = ["-t", "tmpfs", "-o", "size=256k,nr_inodes=64", "none"];
    let mount = Command::new("mount").args(options).arg(&disk).stderr(Stdio::null()).status();
    if !mount.is_ok_and(|status| status.success()) {
        return;
    }
    let output = disk.join("public");
    let commit = |tree: &OutputTree| desk.open(&output)?.commit(tree, &MemoryWorld::default());
    let old = commit(&small()).map(drop);
    let before = files(&disk);
    let big = "x".repeat(400_000);
    let many: Vec<(String, String)> = (0..100).map(|n| (format!("{n}/index.html"), n.to_string())).collect();
    let mut results = vec![commit(&tree([("index.html", big.as_str())])).map(drop)];
    results.push(commit(&tree(many.iter().map(|(path, text)| (path.as_str(), text.as_str())))).map(drop));
    let after = files(&disk);
    let folders = empty_folders(&disk);
    let good = commit(&version(1)).map(drop);
    Command::new("umount").arg(&disk).status().unwrap();
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

// ── The small writers ────────────────────────────────────────────────────────────────────────────────────────────

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

// ── Any sequence of trees ────────────────────────────────────────────────────────────────────────────────────────

fn any_tree() -> impl Strategy<Value = OutputTree> {
    let path = prop::sample::select(vec![
        "index.html",
        "a",
        "a/index.html",
        "a/b",
        "a/b/c.html",
        "A/index.html",
        "b/index.html",
        "b/x.css",
        "b/日本語/図.svg",
        "style.css",
        "b/c/d/e/f.html",
        "feed.atom",
        "c/index.html",
        "c/y.js",
        "空 白.txt",
    ]);
    prop::collection::btree_map(path, 0..3_u8, 0..10).prop_map(|files| {
        let mut kept: BTreeMap<&str, u8> = BTreeMap::new();
        for (path, n) in files {
            let inside = |upper: &str, lower: &str| lower.strip_prefix(upper).is_some_and(|rest| rest.starts_with('/'));
            if !kept.keys().any(|other| inside(other, path) || inside(path, other)) {
                kept.insert(path, n);
            }
        }
        kept.into_iter().map(|(path, n)| (OutPath::new(path), Entry::bytes(vec![n; 5]))).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_folder_always_equals_the_last_tree(trees in prop::collection::vec((any_tree(), 0..60_usize), 1..6)) {
        let desk = Desk::new();
        for (tree, steps) in &trees {
            match desk.cut(tree, *steps) {
                Ok(_) | Err(CommitError::Stopped) => {}
                Err(error) => panic!("{error:?}"),
            }
            // Every other kill is left to the next tree.
            if steps % 2 == 0 {
                desk.commit(tree).unwrap();
                desk.assert_holds(tree);
            }
        }
        let last = &trees[trees.len() - 1].0;
        desk.commit(last).unwrap();
        desk.assert_holds(last);
    }
}

/// Figures, not a promise: `cargo test --release --test writing -- --ignored --nocapture figures`. The folder is taken
/// from `TMPDIR`.
#[test]
#[ignore = "measures"]
#[expect(clippy::print_stderr, reason = "figures are for reading")]
fn figures() {
    let desk = Desk::new();
    let page = |n: usize, version: usize| {
        let mut page = format!("page {n} of version {version} ").into_bytes();
        page.resize(15_000, b'.');
        Entry::bytes(page)
    };
    let site = |version: usize, changed: usize| -> OutputTree {
        (0..12_000)
            .map(|n| {
                (OutPath::new(format!("secrets/lesson-{n}/index.html")), page(n, if n < changed { version } else { 1 }))
            })
            .collect()
    };
    let (first, one, all, one_again) = (site(1, 0), site(2, 1), site(3, 12_000), site(3, 11_999));
    let timed = |what: &str, tree: &OutputTree| {
        let start = Instant::now();
        let mut baseline = desk.open("public").unwrap();
        let opened = start.elapsed();
        let written = baseline.commit(tree, &MemoryWorld::default()).unwrap();
        let committed = start.elapsed() - opened;
        drop(baseline);
        eprintln!("{what:30} open {opened:>10.1?}  commit {committed:>10.1?}  {written:?}");
        std::thread::sleep(Duration::from_millis(50));
    };
    timed("first build", &first);
    timed("nothing changed", &first);
    timed("nothing changed", &first);
    timed("one page", &one);
    timed("nothing changed", &one);
    timed("all pages", &all);
    timed("nothing changed", &all);
    timed("nothing changed", &all);
    timed("one page", &one_again);
    timed("all removed", &tree([]));
}
