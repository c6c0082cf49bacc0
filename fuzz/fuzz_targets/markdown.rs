//! A lesson's body: every text gives HTML whose holes are where they should be, and faults that can be shown.
#![no_main]

use hiketsu::config::{Breaks, RawHtml};
use hiketsu::highlight::Highlighter;
use hiketsu::markdown::{Fragment, HoleKind, Options, parse};

fn check(fragment: &Fragment, links: usize) {
    let mut last = 0;
    for hole in &fragment.holes {
        assert!(hole.at >= last && fragment.html.is_char_boundary(hole.at as usize), "holes are in order");
        assert!(hole.kind == HoleKind::Page || (hole.link as usize) < links, "a hole has its link");
        last = hole.at;
    }
}

/// No tag of the HTML runs, embeds or styles anything, whatever was typed.
fn harmless(html: &str) {
    for tag in html.split('<').skip(1) {
        let tag = tag.split_once('>').expect("a tag ends").0;
        let name: String = tag.trim_start_matches('/').chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
        let bad = [
            "script", "style", "iframe", "object", "embed", "form", "svg", "template", "noscript", "title", "textarea",
        ];
        assert!(!name.is_empty() && !bad.contains(&name.as_str()), "{html}");
        // Values stand in quotes and have none in them.
        for attribute in tag.split('"').step_by(2).filter_map(|part| part.trim_end_matches('=').rsplit(' ').next()) {
            assert!(!attribute.starts_with("on") && !["style", "srcdoc"].contains(&attribute), "{html}");
        }
    }
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    hiketsu_fuzz::with_text(data, |choice, text| {
        let options = Options {
            breaks: [Breaks::Join, Breaks::Space, Breaks::Br][usize::from(choice % 3)],
            html: [RawHtml::Safe, RawHtml::Escape, RawHtml::Safe, RawHtml::Trusted][usize::from(choice >> 2 & 3)],
            math: choice & 32 == 0,
            autolinks: choice & 64 == 0,
            language: if choice & 16 == 0 { "ja" } else { "en" },
            speakers: &[],
            sections: true,
        };
        let parsed = parse(text, 0, &options, &Highlighter::new());
        let facts = &parsed.facts;
        check(&parsed.body.main, facts.links.len());
        parsed.body.takeaways.iter().for_each(|takeaway| check(takeaway, facts.links.len()));
        assert!(facts.summary.chars().count() <= 120 && facts.minutes > 0);
        for heading in &facts.headings {
            assert!(facts.anchors.binary_search(&heading.id).is_ok(), "{} can be linked to", heading.id);
        }
        if options.html != RawHtml::Trusted {
            harmless(&parsed.body.main.html);
            let runs = |target: &str| target.trim_start().to_lowercase().starts_with("javascript:");
            assert!(!facts.links.iter().any(|link| runs(&link.target.value)), "{:?}", facts.links);
        }
        hiketsu_fuzz::show(parsed.faults, text);
    });
});
