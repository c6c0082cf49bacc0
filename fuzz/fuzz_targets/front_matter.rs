//! The head of a lesson: every text gives fields, a place where its body begins, and faults that can be shown.
#![no_main]

use hiketsu::config::MarkdownOptions;
use hiketsu::content::{Role, TextOptions, front_matter};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    hiketsu_fuzz::with_text(data, |choice, text| {
        let options = TextOptions {
            language: "ja".to_owned(),
            timezone: if choice & 2 == 0 { "Asia/Tokyo" } else { "America/New_York" }.to_owned(),
            taxonomies: vec!["categories".to_owned(), "tags".to_owned()],
            markdown: MarkdownOptions::default(),
            speakers: Vec::new(),
            spellings: hiketsu::content::Spellings::default(),
        };
        let role = if choice & 1 == 0 { Role::Text } else { Role::Index };
        let (front, body, faults) = front_matter::parse(text, role, &options);
        assert!(text.is_char_boundary(body), "the body begins within the text");
        assert!(text.get(front.title.span.range()).is_some(), "the title stands in the text");
        hiketsu_fuzz::show(faults, text);
    });
});
