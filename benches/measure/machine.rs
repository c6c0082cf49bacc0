//! Names the machine, so that a figure is never quoted without it.

use std::fs;
use std::path::Path;
use std::thread;

/// Processor, cores and memory in one line; "unknown" where the system does not say.
pub(crate) fn describe() -> String {
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok())
        .map_or_else(|| "unknown memory".to_owned(), |kibibytes| format!("{:.0} GiB", kibibytes / 1_048_576.0));
    format!("{processor}, {cores} cores, {memory}, {}", std::env::consts::OS)
}

/// The file system that `path` is on, as in `/proc/mounts`.
pub(super) fn file_system(path: &Path) -> String {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    mounts
        .lines()
        .filter_map(|line| {
            let mut fields = line.split_whitespace().skip(1);
            Some((fields.next()?, fields.next()?))
        })
        .filter(|(folder, _)| path.starts_with(folder))
        // The last of equally long ones was mounted over the others.
        .max_by_key(|(folder, _)| folder.len())
        .map_or_else(|| "unknown file system".to_owned(), |(_, kind)| kind.to_owned())
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let (_, value) = text.lines().filter_map(|line| line.split_once(':')).find(|(key, _)| key.trim() == name)?;
    Some(value.trim().to_owned())
}
