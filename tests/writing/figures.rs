//! How long it takes. Figures, not a promise.

use std::time::{Duration, Instant};

use hiketsu::output::{Entry, OutputTree};
use hiketsu::path::OutPath;
use hiketsu::world::memory::MemoryWorld;

use crate::desk::{Desk, tree};

/// `cargo test --release --test writing -- --ignored --nocapture figures`. The folder is taken
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
        let start = Instant::now();
        let written = baseline.commit(tree, &MemoryWorld::default()).unwrap();
        let committed = start.elapsed();
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
