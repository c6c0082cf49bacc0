//! `cargo bench --bench floor`: the least that any generator of these pages could cost.
//!
//! Every lesson is read, turned into HTML by pulldown-cmark as it stands, and written, on two threads. No front
//! matter, no order, no templates, no highlighting, no checks. What our build costs above this is ours.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark is outside the library's doors: it reads and writes files and prints"
)]

#[allow(dead_code, unused_imports, reason = "each benchmark uses its own half")]
mod corpus;
#[allow(dead_code, reason = "each benchmark uses its own half")]
mod measure;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use corpus::Flavour;
use measure::{Sample, Scratch, Table};
use pulldown_cmark::{Options, Parser, html};
use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

const THREADS: usize = 2;

fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let outcome = match arguments.as_slice() {
        [switch, lessons, output] if switch == "--once" => once(Path::new(lessons), Path::new(output)),
        _ if arguments.iter().any(|argument| argument == "--bench") => measure_all(),
        // `cargo test --all-targets` runs benchmarks too, unoptimised and without `--bench`.
        _ => {
            println!("measures only under `cargo bench`");
            Ok(())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures this very program as a process of its own, exactly as the build is measured.
fn measure_all() -> io::Result<()> {
    measure::require_gnu_time()?;
    println!("machine: {}\n", measure::describe());
    let program = env::current_exe()?;
    let mut table = Table::new(&["lessons", "place", "wall s", "CPU s", "peak MB", "pages", "output MB", "lessons/s"]);
    for scratch in [Scratch::in_memory()?, Scratch::on_disk()?] {
        let site = scratch.path().join("site");
        let lessons_folder = site.join("content").join("secrets");
        let output = scratch.path().join("output");
        for lessons in measure::sizes()? {
            corpus::write(&site, lessons, Flavour::Hiketsu)?;
            let mut samples = Vec::new();
            for _ in 0..measure::repetitions(lessons) {
                measure::clear(&output)?;
                let arguments = [OsStr::new("--once"), lessons_folder.as_os_str(), output.as_os_str()];
                samples.push(measure::run(&program, &arguments, &site, scratch.path())?);
            }
            let sample = Sample::median(&samples);
            let (pages, megabytes) = measure::output_size(&output)?;
            table.row(vec![
                lessons.to_string(),
                scratch.file_system(),
                format!("{:.3}", sample.wall),
                format!("{:.2}", sample.cpu),
                format!("{:.0}", sample.peak),
                pages.to_string(),
                format!("{megabytes:.1}"),
                format!("{:.0}", f64::from(lessons) / sample.wall),
            ]);
            measure::clear(&site)?;
            measure::clear(&output)?;
        }
    }
    println!("{table}");
    Ok(())
}

/// Reads all lessons in a folder, and writes a page for each.
fn once(lessons: &Path, output: &Path) -> io::Result<()> {
    let paths =
        fs::read_dir(lessons)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    fs::create_dir_all(output)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(THREADS).build().map_err(io::Error::other)?;
    pool.install(|| paths.par_iter().try_for_each(|path| page(path, output)))
}

fn page(path: &Path, output: &Path) -> io::Result<()> {
    let text = fs::read_to_string(path)?;
    let body =
        text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).map_or(text.as_str(), |(_, body)| body);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut page = String::with_capacity(body.len() * 5 / 4);
    html::push_html(&mut page, Parser::new_ext(body, options));
    let folder = output.join(path.file_stem().unwrap_or_default());
    fs::create_dir(&folder)?;
    fs::write(folder.join("index.html"), page)
}
