//! What a build wrote, as it is kept in the output folder: the marker that the folder is ours, the list of what may be
//! replaced or removed, and the keys by which a page is known to be up to date.
//!
//! Its bytes follow from the output alone: no time, no machine.

use std::collections::BTreeMap;

use crate::memo::Hash;
use crate::output::OutputTree;
use crate::path::OutPath;

/// The manifest's name in the output folder.
pub const FILE: &str = ".hiketsu-manifest";

/// What the names of our own files at the top of an output folder begin with; no file of the site may.
pub const RESERVED: &str = ".hiketsu-";

const HEAD: &str = "hiketsu manifest 1";

/// What is recorded of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Of its bytes.
    pub hash: Hash,
    /// In bytes.
    pub len: u64,
    /// For a rendered page, the key of all that it was made from.
    pub key: Option<Hash>,
}

/// The record of an output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// By path.
    pub files: BTreeMap<OutPath, Record>,
}

impl Manifest {
    /// The record of `tree`.
    pub fn of(tree: &OutputTree) -> Self {
        let files = tree
            .iter()
            .map(|(path, entry)| (path.clone(), Record { hash: entry.hash, len: entry.len, key: entry.key }));
        Self { files: files.collect() }
    }

    /// A line a file: hash, key or `-`, length, path; sorted by path; the last line is a hash over all before it.
    pub fn to_text(&self) -> String {
        use std::fmt::Write as _;
        let mut text = String::with_capacity(64 + self.files.len() * 128);
        text.push_str(HEAD);
        text.push('\n');
        for (path, record) in &self.files {
            let key = record.key.map_or_else(|| "-".to_owned(), Hash::hex);
            let _ = writeln!(text, "{} {key} {} {path}", record.hash, record.len);
        }
        let check = Hash::of(text.as_bytes());
        let _ = writeln!(text, "end {check}");
        text
    }

    /// Reads what [`Manifest::to_text`] wrote; `None` for anything else, a cut file included.
    pub fn from_text(text: &str) -> Option<Self> {
        let body = text.strip_suffix('\n')?;
        let (lines, end) = body.rsplit_once('\n').map(|(lines, end)| (lines, end.strip_prefix("end ")))?;
        let covered = text.get(..lines.len() + 1)?;
        if Hash::from_hex(end?)? != Hash::of(covered.as_bytes()) {
            return None;
        }
        let mut lines = lines.lines();
        if lines.next()? != HEAD {
            return None;
        }
        let mut files = BTreeMap::new();
        for line in lines {
            let mut fields = line.splitn(4, ' ');
            let hash = Hash::from_hex(fields.next()?)?;
            let key = match fields.next()? {
                "-" => None,
                key => Some(Hash::from_hex(key)?),
            };
            let len = fields.next()?.parse().ok()?;
            let path = fields.next().filter(|path| is_sound(path))?;
            files.insert(OutPath::new(path), Record { hash, len, key });
        }
        Some(Self { files })
    }
}

/// Whether `path` names a file below the output folder and nothing else: a manifest may come from a stranger's
/// repository, and what it lists is removed or replaced.
pub fn is_sound(path: &str) -> bool {
    let plain = |part: &str| !matches!(part, "" | "." | "..");
    let strange = |c: char| c.is_control() || c == '\\' || (cfg!(windows) && c == ':');
    path.split('/').all(plain) && !path.contains(strange) && !path.starts_with(RESERVED)
}
