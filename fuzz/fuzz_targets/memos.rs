//! What is kept between builds: no bytes, be their checksum right, do more than start from nothing.
#![no_main]

use hiketsu::build::Memos;
use hiketsu::memo::Hash;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    Memos::load(data);
    // The head, three empty lists, the checksum.
    let mut bytes = Memos::default().save();
    bytes.truncate(bytes.len() - 16 - 3);
    bytes.extend_from_slice(data);
    bytes.extend_from_slice(&Hash::of(data).0);
    let saved = Memos::load(&bytes).save();
    assert_eq!(Memos::load(&saved).save(), saved, "what was saved can be loaded");
});
