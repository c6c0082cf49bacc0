//! What differs between operating systems, and nothing else.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// When a file or folder was last changed, in nanoseconds of its file system's clock: the later of the time of its
/// bytes, which anybody can set, and, on Unix, the time of its inode, which nobody can.
#[cfg(unix)]
pub(super) fn stamp(meta: &Metadata) -> i128 {
    use std::os::unix::fs::MetadataExt;
    let nanos = |seconds: i64, nanos: i64| i128::from(seconds) * 1_000_000_000 + i128::from(nanos);
    nanos(meta.mtime(), meta.mtime_nsec()).max(nanos(meta.ctime(), meta.ctime_nsec()))
}

/// When a file was last changed; a folder's time is no proof, so folders are always new.
#[cfg(not(unix))]
pub(super) fn stamp(meta: &Metadata) -> i128 {
    if meta.is_dir() {
        return i128::MAX;
    }
    let since = meta.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    since.and_then(|since| i128::try_from(since.as_nanos()).ok()).unwrap_or(i128::MAX)
}

/// Device and inode: equal for two names of one folder, bind mounts and other spellings included.
#[cfg(unix)]
pub(super) fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().map(|meta| (meta.dev(), meta.ino())).filter(|(_, inode)| *inode != 0)
}

/// `canonicalize` gives each folder one spelling here.
#[cfg(not(unix))]
pub(super) fn identity(_: &Path) -> Option<(u64, u64)> {
    None
}

/// Whether `file` is what stands at `path` now. `None` where that cannot be known.
#[cfg(unix)]
pub(super) fn stands_at(file: &File, path: &Path) -> Option<bool> {
    use std::os::unix::fs::MetadataExt;
    let (mine, there) = (file.metadata().ok()?, path.symlink_metadata().ok());
    Some(there.is_some_and(|there| (there.dev(), there.ino()) == (mine.dev(), mine.ino())))
}

/// Whether `file` is what stands at `path` now. `None` where that cannot be known.
#[cfg(not(unix))]
pub(super) fn stands_at(_: &File, _: &Path) -> Option<bool> {
    None
}

/// Whether two folders are on one file system, so that a rename leads from one to the other.
#[cfg(unix)]
pub(super) fn on_one_disk(a: &Path, b: &Path) -> bool {
    matches!((identity(a), identity(b)), (Some((a, _)), Some((b, _))) if a == b)
}

/// Whether two folders are on one file system, so that a rename leads from one to the other.
#[cfg(not(unix))]
pub(super) fn on_one_disk(a: &Path, b: &Path) -> bool {
    a.canonicalize()
        .ok()
        .zip(b.canonicalize().ok())
        .is_some_and(|(a, b)| a.components().next() == b.components().next())
}

/// Whether files may be made in and removed from `folder`.
#[cfg(unix)]
pub(super) fn may_write(folder: &Path) -> io::Result<()> {
    use rustix::fs::Access;
    Ok(rustix::fs::access(folder, Access::WRITE_OK | Access::EXEC_OK)?)
}

/// Whether files may be made in and removed from `folder`.
#[cfg(not(unix))]
pub(super) fn may_write(folder: &Path) -> io::Result<()> {
    if folder.metadata()?.permissions().readonly() { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(()) }
}

/// How to open a file that may be there already, but never the file that a link leads to.
pub(super) fn no_links(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    options
}

/// Everything written so far to the file system that holds `folder` outlasts a power cut; `false` where there is no
/// such call.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn sync_file_system(folder: &Path) -> io::Result<bool> {
    match rustix::fs::syncfs(File::open(folder)?) {
        Ok(()) => Ok(true),
        Err(rustix::io::Errno::NOSYS | rustix::io::Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// There is no such call here.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[expect(clippy::unnecessary_wraps, reason = "the same as on Linux")]
pub(super) fn sync_file_system(_: &Path) -> io::Result<bool> {
    Ok(false)
}

/// The file's bytes are handed to the disk. On macOS the disk may still hold them in its cache: the journal, which is
/// synced after them by `sync_all`, empties that cache.
pub(super) fn sync_file(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    return Ok(rustix::fs::fsync(file)?);
    #[cfg(not(unix))]
    return file.sync_data();
}

/// The names in `folder` outlast a power cut. Windows has no such call for folders and journals names itself.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    sync_file(&File::open(folder)?)?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}
