//! `cargo bench --bench build`: what it costs to build a series of 110, 1,000 and 10,000 lessons.
//!
//! The release binary is run as a user runs it, as a process, in memory (tmpfs) and on disk: cold, then warm with
//! nothing changed, then warm after one lesson's body was edited. Other ways to call it:
//!
//! * `-- --generate hiketsu|hugo|zola DIR N` writes a site of N lessons into DIR and measures nothing;
//! * `-- --peers [hugo=PROGRAM] [zola=PROGRAM]` runs the peers and ours in turn over the same lessons.
//!   `peers.sh` gets the programs and calls this.
//!
//! `HIKETSU_BENCH_SIZES=110,50000` chooses the sizes.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark is outside the library's doors: it generates files, reads clocks and prints"
)]

#[allow(dead_code, unused_imports, reason = "each benchmark uses its own half")]
mod corpus;
#[allow(dead_code, reason = "each benchmark uses its own half")]
mod measure;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use corpus::Flavour;
use measure::{Sample, Scratch, Table};

/// Cargo builds it, in the same profile, before it runs this.
const HIKETSU: &str = env!("CARGO_BIN_EXE_hiketsu");

fn main() -> ExitCode {
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    let benching = arguments.iter().any(|argument| argument == "--bench");
    arguments.retain(|argument| argument != "--bench");
    let outcome = match arguments.first().map(String::as_str) {
        Some("--generate") => generate(&arguments[1..]),
        Some("--peers") => peers(&arguments[1..]),
        // `cargo test --all-targets` runs benchmarks too, unoptimised and without `--bench`.
        _ if !benching => {
            println!("measures only under `cargo bench`");
            Ok(())
        }
        _ => measure_all(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn generate(arguments: &[String]) -> io::Result<()> {
    let usage = || io::Error::other("usage: --generate hiketsu|hugo|zola DIR N");
    let [flavour, folder, lessons] = arguments else { return Err(usage()) };
    let flavour = Flavour::from_name(flavour).ok_or_else(usage)?;
    let lessons = lessons.parse().map_err(|_| usage())?;
    corpus::write(Path::new(folder), lessons, flavour)
}

/// What is measured of each size, in this order: each build finds what the one before it left.
const BUILDS: [&str; 3] = ["cold", "nothing changed", "one edited"];

/// The builds of one size in one place.
struct Row {
    lessons: u32,
    builds: [Sample; BUILDS.len()],
    pages: u32,
    megabytes: f64,
}

fn measure_all() -> io::Result<()> {
    measure::require_gnu_time()?;
    let sizes = measure::sizes()?;
    println!("machine: {}\n", measure::describe());
    let (memory, disk) = (Scratch::in_memory()?, Scratch::on_disk()?);
    let mut rows = Vec::new();
    for &lessons in &sizes {
        let in_memory = measure_size(memory.path(), lessons)?;
        settle();
        rows.push((in_memory, measure_size(disk.path(), lessons)?));
    }
    println!("in memory ({}), beside it on disk ({}):\n", memory.file_system(), disk.file_system());
    println!("{}", table(&rows));
    println!("Medians of 5 runs below 2,000 lessons, of 3 below 20,000, one run above.");
    println!("vs cold: wall time against the cold build of that size. Linearity: wall time for each lesson");
    println!("against the smallest size, so 1.00 or less is linear.");
    Ok(())
}

/// Lets earlier writes reach the disk, so that they are not paid for in the next measurement.
fn settle() {
    // Where there is no `sync`, figures on disk are only noisier.
    let _ = Command::new("sync").status();
}

fn measure_size(folder: &Path, lessons: u32) -> io::Result<Row> {
    let site = folder.join("site");
    let output = folder.join("output");
    let memo = site.join(".hiketsu");
    corpus::write(&site, lessons, Flavour::Hiketsu)?;
    let build = || {
        let arguments = ["build".as_ref(), "--output".as_ref(), output.as_os_str()];
        measure::run(Path::new(HIKETSU), &arguments, &site, folder)
    };
    let repetitions = measure::repetitions(lessons);
    let mut cold = Vec::new();
    for _ in 0..repetitions {
        measure::clear(&memo)?;
        measure::clear(&output)?;
        cold.push(build()?);
    }
    let (pages, megabytes) = measure::output_size(&output)?;
    let mut warm = Vec::new();
    for _ in 0..repetitions {
        warm.push(build()?);
    }
    let mut edited = Vec::new();
    for revision in 1..=u32::try_from(repetitions).expect("a handful") {
        corpus::edit(&site, lessons, lessons.div_ceil(2), revision)?;
        edited.push(build()?);
    }
    measure::clear(&site)?;
    measure::clear(&output)?;
    let builds = [cold, warm, edited].map(|samples| Sample::median(&samples));
    Ok(Row { lessons, builds, pages, megabytes })
}

/// One line for each build of each size. `rows` has each size twice: in memory, and on disk.
fn table(rows: &[(Row, Row)]) -> Table {
    let mut table = Table::new(&[
        "lessons",
        "build",
        "wall s",
        "CPU s",
        "peak MB",
        "pages",
        "output MB",
        "lessons/s",
        "vs cold",
        "linearity",
        "disk wall s",
        "disk CPU s",
    ]);
    for (memory, disk) in rows {
        let lessons = f64::from(memory.lessons);
        for (build, name) in BUILDS.into_iter().enumerate() {
            let sample = memory.builds[build];
            let smallest = rows[0].0.builds[build].wall / f64::from(rows[0].0.lessons);
            table.row(vec![
                memory.lessons.to_string(),
                name.to_owned(),
                format!("{:.3}", sample.wall),
                format!("{:.2}", sample.cpu),
                format!("{:.0}", sample.peak),
                memory.pages.to_string(),
                format!("{:.1}", memory.megabytes),
                format!("{:.0}", lessons / sample.wall),
                format!("{:.2}", sample.wall / memory.builds[0].wall),
                format!("{:.2}", sample.wall / lessons / smallest),
                format!("{:.3}", disk.builds[build].wall),
                format!("{:.2}", disk.builds[build].cpu),
            ]);
        }
    }
    table
}

/// A program in the comparison, and how it is told to build a site.
struct Tool {
    flavour: Flavour,
    name: &'static str,
    program: PathBuf,
    arguments: fn(&str) -> Vec<String>,
    /// The most lessons that it is given.
    most: u32,
}

fn tools(arguments: &[String]) -> io::Result<Vec<Tool>> {
    let mut tools = vec![Tool {
        flavour: Flavour::Hiketsu,
        name: "hiketsu",
        program: PathBuf::from(HIKETSU),
        arguments: |output| ["build", "--output", output].map(str::to_owned).to_vec(),
        most: u32::MAX,
    }];
    for argument in arguments {
        let (name, program) = argument
            .split_once('=')
            .ok_or_else(|| io::Error::other(format!("{argument:?} is not hugo=PROGRAM or zola=PROGRAM")))?;
        let program = PathBuf::from(program).canonicalize()?;
        tools.push(match name {
            "hugo" => Tool {
                flavour: Flavour::Hugo,
                name: "hugo",
                program,
                arguments: |output| ["--quiet", "--destination", output].map(str::to_owned).to_vec(),
                most: u32::MAX,
            },
            "zola" => Tool {
                flavour: Flavour::Zola,
                name: "zola",
                program,
                arguments: |output| ["build", "--output-dir", output].map(str::to_owned).to_vec(),
                // Its paged terms cost the square of the lessons: 50,000 would take half an hour and 20 GB.
                most: 20_000,
            },
            _ => return Err(io::Error::other(format!("no peer is called {name:?}"))),
        });
    }
    Ok(tools)
}

/// Runs every tool once, then every tool again: what disturbs the machine for a while disturbs all alike.
fn peers(arguments: &[String]) -> io::Result<()> {
    measure::require_gnu_time()?;
    let tools = tools(arguments)?;
    let sizes = measure::sizes()?;
    let scratch = Scratch::in_memory()?;
    println!("machine: {}", measure::describe());
    println!("file system: {}", scratch.file_system());
    println!(
        "cold builds, tools in turn, median of 3 (one run from 20,000 lessons); ratios are the tool's figure over ours\n"
    );
    let mut table = Table::new(&[
        "lessons",
        "tool",
        "wall s",
        "CPU s",
        "peak MB",
        "pages",
        "output MB",
        "wall ratio",
        "CPU ratio",
        "peak ratio",
    ]);
    for lessons in sizes {
        let tools: Vec<&Tool> = tools.iter().filter(|tool| lessons <= tool.most).collect();
        for row in compare(scratch.path(), &tools, lessons)? {
            table.row(row);
        }
    }
    println!("{table}");
    Ok(())
}

/// The rows of one size, ours first.
fn compare(folder: &Path, tools: &[&Tool], lessons: u32) -> io::Result<Vec<Vec<String>>> {
    let mut samples: Vec<Vec<Sample>> = tools.iter().map(|_| Vec::new()).collect();
    let mut outputs = vec![(0, 0.0); tools.len()];
    for tool in tools {
        corpus::write(&folder.join(tool.name), lessons, tool.flavour)?;
        if tool.flavour == Flavour::Hiketsu {
            // The others make no index.
            corpus::without_search(&folder.join(tool.name))?;
        }
    }
    for _ in 0..measure::repetitions(lessons).min(3) {
        for (index, tool) in tools.iter().enumerate() {
            let (sample, output) = run_cold(folder, tool)?;
            samples[index].push(sample);
            outputs[index] = output;
        }
    }
    for tool in tools {
        measure::clear(&folder.join(tool.name))?;
    }
    let medians: Vec<Sample> = samples.iter().map(|samples| Sample::median(samples)).collect();
    let ratio = |figure: f64, ours: f64| if ours > 0.0 { format!("{:.2}", figure / ours) } else { "-".to_owned() };
    let rows = tools.iter().zip(&medians).zip(&outputs).map(|((tool, sample), (pages, megabytes))| {
        vec![
            lessons.to_string(),
            tool.name.to_owned(),
            format!("{:.3}", sample.wall),
            format!("{:.2}", sample.cpu),
            format!("{:.0}", sample.peak),
            pages.to_string(),
            format!("{megabytes:.1}"),
            ratio(sample.wall, medians[0].wall),
            ratio(sample.cpu, medians[0].cpu),
            ratio(sample.peak, medians[0].peak),
        ]
    });
    Ok(rows.collect())
}

/// One build with neither output nor anything that the tool keeps between builds.
fn run_cold(folder: &Path, tool: &Tool) -> io::Result<(Sample, (u32, f64))> {
    let site = folder.join(tool.name);
    let output = folder.join("output");
    measure::clear(&output)?;
    for kept in [".hiketsu", "resources"] {
        measure::clear(&site.join(kept))?;
    }
    // Hugo leaves a lock file behind; it is of no use to anyone afterwards.
    let _ = fs::remove_file(site.join(".hugo_build.lock"));
    let sample = measure::run(&tool.program, &(tool.arguments)(&output.to_string_lossy()), &site, folder)?;
    let written = measure::output_size(&output)?;
    measure::clear(&output)?;
    Ok((sample, written))
}
