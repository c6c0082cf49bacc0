//! Runs a program and says what it cost: wall time, CPU time, and the most memory that it held.
//!
//! Figures come from GNU time, a program that asks the kernel about its child. Asking the kernel from here would
//! take unsafe code or one more dependency. Its clock ticks in hundredths of a second, so wall time is measured
//! on this side, and CPU times of very short runs are coarse.

mod machine;
mod scratch;
mod table;

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;
use std::{env, fs, io};

pub(crate) use machine::describe;
#[allow(unused_imports, reason = "each benchmark uses its own half")]
pub(crate) use scratch::{Scratch, clear, folder_size, output_size};
pub(crate) use table::Table;

/// Measures, where `cargo bench` asks for it: `cargo test --all-targets` runs benchmarks too, unoptimised.
#[allow(clippy::print_stdout, clippy::print_stderr, dead_code, reason = "a benchmark prints; each uses its own half")]
pub(crate) fn main(measure_all: fn() -> io::Result<()>) -> ExitCode {
    if !env::args().any(|argument| argument == "--bench") {
        println!("measures only under `cargo bench`");
        return ExitCode::SUCCESS;
    }
    match measure_all() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The cost of one run, or the medians of several.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sample {
    /// Seconds from start to end.
    pub(crate) wall: f64,
    /// Seconds of processor time, user and system together, over all threads.
    pub(crate) cpu: f64,
    /// Largest resident set, in megabytes of a million bytes.
    pub(crate) peak: f64,
}

impl Sample {
    /// The median of each figure by itself: one disturbed run changes nothing.
    pub(crate) fn median(samples: &[Self]) -> Self {
        let middle = |figure: fn(&Self) -> f64| {
            let mut figures: Vec<f64> = samples.iter().map(figure).collect();
            figures.sort_by(f64::total_cmp);
            let half = figures.len() / 2;
            match figures.len() {
                0 => 0.0,
                n if n % 2 == 1 => figures[half],
                _ => f64::midpoint(figures[half - 1], figures[half]),
            }
        };
        Self { wall: middle(|s| s.wall), cpu: middle(|s| s.cpu), peak: middle(|s| s.peak) }
    }
}

/// How often to measure a site of that size: small ones are noisy, the largest one is slow to repeat.
pub(crate) fn repetitions(lessons: u32) -> usize {
    match lessons {
        0..=1_999 => 5,
        2_000..=19_999 => 3,
        _ => 1,
    }
}

/// The sizes to measure, from `HIKETSU_BENCH_SIZES` (numbers with commas), smallest first.
///
/// # Errors
/// What is not a positive number.
pub(crate) fn sizes() -> io::Result<Vec<u32>> {
    let text = env::var("HIKETSU_BENCH_SIZES").unwrap_or_else(|_| "110,1000,10000".to_owned());
    let mut sizes = Vec::new();
    for size in text.split(',').map(str::trim).filter(|size| !size.is_empty()) {
        match size.parse() {
            Ok(0) | Err(_) => return Err(io::Error::other(format!("HIKETSU_BENCH_SIZES: {size:?} is not a size"))),
            Ok(size) => sizes.push(size),
        }
    }
    sizes.sort_unstable();
    Ok(sizes)
}

/// Says how to get GNU time where it is missing, before anything has been generated.
///
/// # Errors
/// When there is no `time` program that knows `-f`.
pub(crate) fn require_gnu_time() -> io::Result<()> {
    let found = Command::new("time")
        .args(["-f", "%M", "true"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if found {
        return Ok(());
    }
    Err(io::Error::other(
        "GNU time is missing: install the package `time` (Debian, Fedora), or `gnu-time` (Homebrew) and put its \
         `gnubin` folder on the PATH",
    ))
}

/// Runs `program` in `folder` and waits for it. What it prints is dropped, unless it fails.
///
/// # Errors
/// When it cannot be started, or ends with anything but success: then with what it wrote.
pub(crate) fn run<S: AsRef<OsStr>>(program: &Path, arguments: &[S], folder: &Path, notes: &Path) -> io::Result<Sample> {
    let report = notes.join("time.txt");
    let start = Instant::now();
    let output = Command::new("time")
        .args(["-f", "%U %S %M", "-o"])
        .arg(&report)
        .arg(program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()?;
    let wall = start.elapsed().as_secs_f64();
    if !output.status.success() {
        return Err(io::Error::other(format!(
            "{} failed ({}):\n{}{}",
            program.display(),
            output.status,
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )));
    }
    let text = fs::read_to_string(&report)?;
    let figures: Vec<f64> = text.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
    let &[user, system, kibibytes] = figures.as_slice() else {
        return Err(io::Error::other(format!("GNU time said {text:?}, not three figures")));
    };
    Ok(Sample { wall, cpu: user + system, peak: kibibytes * 1_024.0 / 1e6 })
}
