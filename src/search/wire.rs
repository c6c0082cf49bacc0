//! The index's notation: integers, strings, the script around a body, and the names of files.

use std::collections::BTreeMap;
use std::sync::Arc;

use miniz_oxide::deflate::core::create_comp_flags_from_zip_params;
use miniz_oxide::deflate::core::{CompressorOxide, TDEFLFlush, TDEFLStatus, compress};

use crate::memo::Hash;
use crate::output::ASSETS;
use crate::par;
use crate::path::OutPath;

/// What every payload begins with; the digit is the format's version.
const MAGIC: &[u8] = b"HKS1";

/// The compressor's level, of ten. Higher ones take twice the time and save a hundredth.
const LEVEL: i32 = 9;

/// Writes an unsigned LEB128 integer.
pub(super) fn int(out: &mut Vec<u8>, value: u64) {
    let mut rest = value;
    while rest >= 0x80 {
        out.push(low(rest) | 0x80);
        rest >>= 7;
    }
    out.push(low(rest));
}

fn low(value: u64) -> u8 {
    u8::try_from(value & 0x7F).unwrap_or(0)
}

/// Writes a length as an integer.
pub(super) fn count(out: &mut Vec<u8>, value: usize) {
    int(out, value as u64);
}

/// Writes a string: its length in bytes, then UTF-8.
pub(super) fn text(out: &mut Vec<u8>, value: &str) {
    count(out, value.len());
    out.extend_from_slice(value.as_bytes());
}

/// What a file is called: eight hexadecimal digits of a hash over its contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(pub(super) [u8; 4]);

impl Name {
    pub(super) fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.0);
    }

    fn path(self) -> OutPath {
        path(&format!("{:08x}", u32::from_be_bytes(self.0)))
    }
}

/// The path of a file of the index: `root` → `_/search/root.js`.
pub(super) fn path(name: &str) -> OutPath {
    OutPath::new(format!("{}{name}.js", folder()))
}

/// The folder of the index, with a `/` behind it.
pub(super) fn folder() -> String {
    format!("{ASSETS}/search/")
}

/// The files of an index as they are made.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    files: BTreeMap<Name, (Hash, Arc<[u8]>)>,
}

impl Shelf {
    /// Adds a file for each of `bodies`: their names, in order.
    pub(super) fn add(&mut self, bodies: &[Vec<u8>]) -> Vec<Name> {
        scripts(bodies).into_iter().map(|script| self.put(script)).collect()
    }

    /// Adds one file.
    pub(super) fn add_one(&mut self, body: &[u8]) -> Name {
        self.put(script(body, &mut compressor()))
    }

    fn put(&mut self, script: Vec<u8>) -> Name {
        let hash = Hash::of(&script);
        let mut name = cut(hash);
        // Of 30,000 files, two have the same digits once in ten sites. The second takes others, which follow from its
        // contents too.
        let mut salt = 0_u8;
        while self.files.get(&name).is_some_and(|(other, _)| *other != hash) {
            salt = salt.wrapping_add(1);
            let mut salted = hash.0.to_vec();
            salted.push(salt);
            name = cut(Hash::of(&salted));
        }
        self.files.entry(name).or_insert_with(|| (hash, script.into()));
        name
    }

    /// All files by path, sorted, with the root, whose body is `root`.
    pub(super) fn finish(self, root: &[u8]) -> Vec<(OutPath, Arc<[u8]>)> {
        let mut files: Vec<_> = self.files.into_iter().map(|(name, (_, script))| (name.path(), script)).collect();
        files.push((path("root"), script(root, &mut compressor()).into()));
        files
    }
}

fn cut(hash: Hash) -> Name {
    let [a, b, c, d, ..] = hash.0;
    Name([a, b, c, d])
}

/// Files for `bodies`, on all cores.
fn scripts(bodies: &[Vec<u8>]) -> Vec<Vec<u8>> {
    // A compressor is large, and most bodies are small.
    let batches: Vec<&[Vec<u8>]> = bodies.chunks(64).collect();
    let made = par::map(&batches, |batch| {
        let mut compressor = compressor();
        batch.iter().map(|body| script(body, &mut compressor)).collect::<Vec<_>>()
    });
    made.into_iter().flatten().collect()
}

fn compressor() -> CompressorOxide {
    CompressorOxide::new(create_comp_flags_from_zip_params(LEVEL, 0, 0))
}

/// `body`, deflated, as a script of one call.
fn script(body: &[u8], compressor: &mut CompressorOxide) -> Vec<u8> {
    let deflated = deflate(body, compressor);
    let mut out = Vec::with_capacity(deflated.len() + deflated.len() / 50 + 24);
    out.extend_from_slice(b"hiketsu(\"");
    for byte in MAGIC.iter().chain(&deflated) {
        match byte {
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'"' => out.extend_from_slice(b"\\\""),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            byte => out.push(*byte),
        }
    }
    out.extend_from_slice(b"\")");
    out
}

fn deflate(body: &[u8], compressor: &mut CompressorOxide) -> Vec<u8> {
    compressor.reset();
    let mut out = vec![0; body.len() / 2 + 64];
    let (mut read, mut written) = (0, 0);
    loop {
        let (input, room) = (body.get(read..).unwrap_or_default(), out.get_mut(written..).unwrap_or_default());
        let (status, taken, given) = compress(compressor, input, room, TDEFLFlush::Finish);
        read += taken;
        written += given;
        match status {
            TDEFLStatus::Done => break,
            TDEFLStatus::Okay => out.resize(out.len() * 2, 0),
            TDEFLStatus::BadParam | TDEFLStatus::PutBufFailed => unreachable!("both buffers are slices of our own"),
        }
    }
    out.truncate(written);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn integers_are_leb128() {
        let mut out = Vec::new();
        for value in [0, 127, 128, 300, u64::from(u32::MAX)] {
            int(&mut out, value);
        }
        assert_eq!(out, [0, 0x7F, 0x80, 1, 0xAC, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]);
    }

    #[test]
    fn files_with_the_same_contents_are_one() {
        let mut shelf = Shelf::default();
        let names = shelf.add(&[b"a".to_vec(), b"b".to_vec(), b"a".to_vec()]);
        assert_eq!(names[0], names[2]);
        assert_ne!(names[0], names[1]);
        assert_eq!(shelf.finish(b"").len(), 3);
    }

    proptest! {
        #[test]
        fn a_script_holds_its_body(body in proptest::collection::vec(any::<u8>(), 0..3000)) {
            let mut compressor = compressor();
            // A compressor that was used before makes the same bytes.
            let first = script(&body, &mut compressor);
            prop_assert_eq!(&script(&body, &mut compressor), &first);
            let deflated = deflate(&body, &mut compressor);
            prop_assert_eq!(miniz_oxide::inflate::decompress_to_vec(&deflated).expect("it is deflated"), body);
            let inside = first.strip_prefix(b"hiketsu(\"").and_then(|rest| rest.strip_suffix(b"\")")).expect("it is a call");
            prop_assert!(!inside.contains(&b'\n') && !inside.contains(&b'\r'));
        }
    }
}
