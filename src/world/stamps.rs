//! What was read before and cannot have changed since: a server reads the whole site at every change, and nearly all of it
//! is as it was.
//!
//! A file is known again by what its system says of it (inode, length, times of its contents and of its record, to the
//! nanosecond). Programs may set the first time back, but not the second. What was changed shortly before it was read may
//! change once more within one tick of the system's clock, so it is read again (as git does with its index). These times
//! never leave this file: no key holds one.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use super::File;
use crate::path::SourcePath;

/// A file that was changed less than this before it was read is read again. File systems that count in seconds are
/// allowed for.
const FRESH: Duration = Duration::from_secs(3);

/// What a system says of a file, by which it is known again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    inode: (u64, u64),
    len: u64,
    contents: (i64, i64),
    record: (i64, i64),
}

impl Stamp {
    /// `None` where the system tells no time that programs cannot set.
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "other systems have none")]
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            inode: (metadata.dev(), metadata.ino()),
            len: metadata.len(),
            contents: (metadata.mtime(), metadata.mtime_nsec()),
            record: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    /// `None` where the system tells no time that programs cannot set.
    #[cfg(not(unix))]
    pub(super) fn of(_metadata: &Metadata) -> Option<Self> {
        None
    }

    /// Whether nothing can have been written since without another stamp, where the file was read at `read`.
    fn is_settled(&self, read: SystemTime) -> bool {
        let seconds = read.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let latest = self.record.0.max(self.contents.0);
        i64::try_from(seconds.saturating_sub(FRESH.as_secs())).is_ok_and(|settled| latest < settled)
    }
}

/// Files by path, each as it was read last.
#[derive(Debug, Default)]
pub(super) struct Stamps(Mutex<BTreeMap<SourcePath, (Stamp, File)>>);

impl Stamps {
    /// The file at `path`, where it is as it was.
    pub(super) fn known(&self, path: &SourcePath, stamp: Option<Stamp>) -> Option<File> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(path).filter(|(before, _)| Some(*before) == stamp).map(|(_, file)| file.clone())
    }

    /// Keeps what was read: path, stamp before the reading, and file. All others are forgotten.
    pub(super) fn keep(&self, files: impl Iterator<Item = (SourcePath, Option<Stamp>, File)>, read: SystemTime) {
        let settled = |(path, stamp, file): (SourcePath, Option<Stamp>, File)| {
            stamp.filter(|stamp| stamp.is_settled(read)).map(|stamp| (path, (stamp, file)))
        };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = files.filter_map(settled).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(second: i64) -> Stamp {
        Stamp { inode: (1, 2), len: 3, contents: (second, 0), record: (second, 0) }
    }

    #[test]
    fn a_file_is_known_again_by_its_stamp_alone() {
        let (stamps, path) = (Stamps::default(), SourcePath::new("content/a.md"));
        let read = SystemTime::UNIX_EPOCH + Duration::from_secs(100);
        stamps.keep([(path.clone(), Some(stamp(90)), File::held(*b"abc"))].into_iter(), read);
        assert_eq!(stamps.known(&path, Some(stamp(90))), Some(File::held(*b"abc")));
        assert_eq!(
            stamps.known(&path, Some(Stamp { record: (90, 1), ..stamp(90) })),
            None,
            "written over, times set back"
        );
        assert_eq!(stamps.known(&path, Some(Stamp { inode: (1, 9), ..stamp(90) })), None, "another file in its place");
        assert_eq!(stamps.known(&path, None), None);
        assert_eq!(stamps.known(&SourcePath::new("content/b.md"), Some(stamp(90))), None);
    }

    #[test]
    fn what_has_just_been_written_is_read_again() {
        let (stamps, path) = (Stamps::default(), SourcePath::new("content/a.md"));
        let read = SystemTime::UNIX_EPOCH + Duration::from_secs(100);
        for second in [98, 100, 2_000] {
            stamps.keep([(path.clone(), Some(stamp(second)), File::held(*b"abc"))].into_iter(), read);
            assert_eq!(stamps.known(&path, Some(stamp(second))), None, "{second}");
        }
    }
}
