//! Killed at any step, by several at once, and in any order of sites (RELIABILITY.md, B2 and B7).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use hiketsu::commit::{Baseline, CommitError, Guard, Refusal};
use hiketsu::memo::Hash;
use hiketsu::output::manifest::{self, Manifest};
use hiketsu::output::{Entry, OutputTree};
use hiketsu::path::OutPath;
use hiketsu::world::memory::MemoryWorld;
use proptest::prelude::*;

use crate::desk::{Desk, files, refusal, small, tree};

/// A version of a site: pages name the assets that they need.
pub(crate) fn version(n: usize) -> OutputTree {
    let asset = |name: &str| format!("_/{name}-{n}.css");
    let mut files = vec![
        (asset("style"), format!("style {n}")),
        (asset("script"), format!("script {n}")),
        ("index.html".to_owned(), format!("v{n} {} {}", asset("style"), asset("script"))),
        ("404.html".to_owned(), format!("v{n} {}", asset("style"))),
        ("same/index.html".to_owned(), "same".to_owned()),
        (format!("only-{n}/deep/index.html"), format!("v{n} {}", asset("style"))),
        ("feed.xml".to_owned(), format!("feed {n}")),
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
        if path.ends_with("html") {
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
        let mut states = BTreeSet::new();
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
    command.args(["--exact", "killed::child", "--quiet"]).stdout(Stdio::null()).stderr(Stdio::null());
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
        "feed.xml",
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
