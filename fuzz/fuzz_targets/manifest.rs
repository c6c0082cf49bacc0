//! The record of what was written: no text, be its checksum right, names a file that lies elsewhere.
#![no_main]

use hiketsu::memo::Hash;
use hiketsu::output::manifest::{Manifest, is_sound};

fn check(text: &str) {
    let Some(manifest) = Manifest::from_text(text) else { return };
    assert!(manifest.files.keys().all(|path| is_sound(path.as_str())));
    let again = Manifest::from_text(&manifest.to_text()).expect("what was written can be read");
    assert_eq!(again.to_text(), manifest.to_text());
}

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    check(text);
    let empty = Manifest::default().to_text();
    let head = empty.lines().next().unwrap_or_default();
    let body = format!("{head}\n{text}\n");
    let end = Hash::of(body.as_bytes());
    check(&format!("{body}end {end}\n"));
});
