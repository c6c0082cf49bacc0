//! What the author is told of the whole site: figures, links, and what changes by itself.

mod support;

use hiketsu::build::{Memos, Options, Survey};
use hiketsu::report::{Report, Standing, What};
use hiketsu::world::World as _;
use support::Site;

fn report(site: &Site) -> Report {
    let snapshot = site.world.snapshot().expect("memory does not fail");
    let survey = Survey::of(&snapshot, &Options { drafts: true }, &Memos::default());
    Report::of(&survey.site, &survey.texts, survey.now)
}

fn sample() -> Site {
    let index = "---\ntitle: 連載\nkind: series\nplanned: 6\nparts:\n  - title: 前半\n    start: 1\n  - title: 後半\n    start: 4\n---\n";
    Site::new()
        .file("content/secrets/_index.md", index)
        .lesson(1, "a", "tags: [信頼, 会話]\n", "一。[[b]]と[次](003-c.md)\n")
        .lesson(2, "b", "tags: 信頼\ndraft: true\n", "二。[[a]]\n")
        .lesson(3, "c", "publish: 2026-02-01 09:00\nexpire: 2026-03-01\n", "三。\n")
        .lesson(5, "e", "requires: a\nexpire: 2025-01-01\n", "五。\n")
        .file("content/about.md", "---\ntitle: このサイト\n---\n[[a]]\n")
        .file("content/later.md", "---\ntitle: 後で\npublish: 2026-01-20\n---\n")
        .at("2026-01-10T00:00:00+09:00")
}

#[test]
fn every_number_is_a_row_whatever_its_state() {
    let report = report(&sample());
    let rows: Vec<_> = report.lessons.iter().map(|row| (row.number, row.state, row.part.as_deref())).collect();
    assert_eq!(
        rows,
        [
            (1, Standing::Published, Some("前半")),
            (2, Standing::Draft, Some("前半")),
            (3, Standing::Scheduled, Some("前半")),
            (4, Standing::Planned, Some("後半")),
            (5, Standing::Expired, Some("後半")),
            (6, Standing::Planned, Some("後半")),
        ]
    );
    assert_eq!(report.lessons[2].publish.as_deref(), Some("2026-02-01T09:00:00+09:00"));
    assert_eq!(report.lessons[0].url.as_deref(), Some("secrets/a/"));
    assert_eq!((report.lessons[3].id.as_deref(), report.lessons[3].key()), (None, None));
}

#[test]
fn figures_count_what_is_written() {
    let stats = report(&sample()).stats;
    let series = &stats.series[0];
    assert_eq!((series.total, series.written, series.published), (6, 4, 1));
    assert_eq!((series.drafts, series.scheduled, series.expired, series.planned), (1, 1, 1, 2));
    assert!(series.characters > 8 && series.minutes == 4);
    let parts: Vec<_> = series.parts.iter().map(|part| (part.from, part.to, part.written, part.published)).collect();
    assert_eq!(parts, [(1, 3, 3, 1), (4, 6, 1, 0)]);
    let tags = &stats.taxonomies.iter().find(|taxonomy| taxonomy.key == "tags").expect("there are tags");
    let spread: Vec<_> = tags.terms.iter().map(|term| (&*term.name, term.lessons, term.published)).collect();
    assert_eq!((spread, tags.without), (vec![("信頼", 2, 1), ("会話", 1, 1)], 2));
    assert_eq!(tags.terms[0].numbers["secrets"], [1, 2]);
}

#[test]
fn links_and_what_nothing_links_to_are_told() {
    let site = sample().lesson(6, "f", "requires: c\n", "六。\n");
    let report = report(&site);
    let links: Vec<_> = report.links.iter().map(|link| (&*link.from, &*link.to, link.required)).collect();
    assert_eq!(
        links,
        [
            ("secrets/a", "secrets/b", false),
            ("secrets/a", "secrets/c", false),
            ("secrets/b", "secrets/a", false),
            ("secrets/f", "secrets/c", true),
        ]
    );
    let unlinked: Vec<_> = report.stats.unlinked.iter().map(|page| page.number).collect();
    assert_eq!(unlinked, [Some(6)]);
    let orphans: Vec<_> = report.stats.orphans.iter().map(|page| &*page.file).collect();
    assert_eq!(orphans, ["content/about.md", "content/later.md"], "nothing leads to them");
}

#[test]
fn the_next_rebuild_is_when_the_first_thing_changes_by_itself() {
    let stats = report(&sample()).stats;
    let due: Vec<_> = stats.upcoming.iter().map(|due| (&*due.at, due.what, &*due.title)).collect();
    assert_eq!(
        due,
        [
            ("2026-01-20T00:00:00+09:00", What::Appears, "後で"),
            ("2026-02-01T09:00:00+09:00", What::Appears, "第3の話"),
            ("2026-03-01T00:00:00+09:00", What::Disappears, "第3の話"),
        ]
    );
    assert_eq!(stats.next_rebuild.map(|due| due.unix), Some(1_768_834_800));
    let later = report(&sample().at("2026-03-01T00:00:00+09:00")).stats;
    assert_eq!((later.upcoming.len(), later.next_rebuild), (0, None));
}
