//! A lesson's body: every text gives HTML whose holes are where they should be, and faults that can be shown.
#![no_main]

use hiketsu::config::{Breaks, RawHtml};
use hiketsu::highlight::Highlighter;
use hiketsu::markdown::{Fragment, Options, parse};

fn check(fragment: &Fragment, links: usize) {
    let mut last = 0;
    for hole in &fragment.holes {
        assert!(hole.at >= last && fragment.html.is_char_boundary(hole.at as usize), "holes are in order");
        assert!((hole.link as usize) < links, "a hole has its link");
        last = hole.at;
    }
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    hiketsu_fuzz::with_text(data, |choice, text| {
        let options = Options {
            breaks: [Breaks::Join, Breaks::Space, Breaks::Br][usize::from(choice % 3)],
            html: if choice & 4 == 0 { RawHtml::Escape } else { RawHtml::Trusted },
            autolinks: choice & 16 == 0,
            language: if choice & 8 == 0 { "ja" } else { "en" },
            speakers: &[],
        };
        let parsed = parse(text, 0, &options, &Highlighter::new());
        let facts = &parsed.facts;
        check(&parsed.body.main, facts.links.len());
        parsed.body.takeaways.iter().for_each(|takeaway| check(takeaway, facts.links.len()));
        assert!(facts.summary.chars().count() <= 120 && facts.minutes > 0);
        for heading in &facts.headings {
            assert!(facts.anchors.binary_search(&heading.id).is_ok(), "{} can be linked to", heading.id);
        }
        if options.html == RawHtml::Escape {
            let html = parsed.body.main.html.to_lowercase();
            assert!(!html.contains("<script") && !html.contains("<a href=\"javascript"), "{html}");
            let runs = |target: &str| target.trim_start().to_lowercase().starts_with("javascript:");
            assert!(!facts.links.iter().any(|link| runs(&link.target.value)), "{:?}", facts.links);
        }
        hiketsu_fuzz::show(parsed.faults, text);
    });
});
