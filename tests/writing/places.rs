//! Where a site may be written (RELIABILITY.md, B1).

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use hiketsu::commit::Danger::{self, Home, Input, Repository, Site, System};
use hiketsu::commit::Relation::{self, Above, Inside, Same};
use hiketsu::commit::{Baseline, CommitError, Guard, Refusal};
use hiketsu::output::manifest::{self, Manifest};
use hiketsu::world::memory::MemoryWorld;

use crate::desk::{Desk, files, refusal, small, tree};

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
        assert!(matches!(refusal(result), Refusal::Place { danger: Input, .. }));
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
