//! `site.toml`: every text gives settings, and faults that can be shown.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    hiketsu_fuzz::with_text(data, |_, text| {
        let read = hiketsu::config::parse(text);
        assert!(read.value.base_url.starts_with("http") && read.value.base_url.ends_with('/'));
        hiketsu_fuzz::show(read.faults, text);
    });
});
