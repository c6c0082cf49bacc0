//! `cargo bench --bench search`: what the search index costs a build, and how large it is.
//!
//! The release binary builds each size in memory (tmpfs): cold without search and with it, then with nothing changed, then
//! with one lesson edited. `HIKETSU_BENCH_SIZES=110,50000` chooses the sizes.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a benchmark is outside the library's doors: it generates files, reads clocks and prints"
)]

#[allow(dead_code, unused_imports, reason = "each benchmark uses its own half")]
mod corpus;
#[allow(dead_code, reason = "each benchmark uses its own half")]
mod measure;

use std::io;
use std::path::Path;
use std::process::ExitCode;

use corpus::Flavour;
use measure::{Sample, Scratch, Table};

/// Cargo builds it, in the same profile, before it runs this.
const HIKETSU: &str = env!("CARGO_BIN_EXE_hiketsu");

fn main() -> ExitCode {
    measure::main(measure_all)
}

fn measure_all() -> io::Result<()> {
    measure::require_gnu_time()?;
    println!("machine: {}\n", measure::describe());
    let scratch = Scratch::in_memory()?;
    let mut table = Table::new(&[
        "lessons",
        "text MB",
        "index MB",
        "index/text",
        "files",
        "off s",
        "cold s",
        "CPU off",
        "CPU cold",
        "peak off MB",
        "peak MB",
        "unchanged s",
        "edited s",
    ]);
    for lessons in measure::sizes()? {
        table.row(measure_size(scratch.path(), lessons)?);
    }
    println!("{table}");
    Ok(())
}

fn measure_size(folder: &Path, lessons: u32) -> io::Result<Vec<String>> {
    let (site, output) = (folder.join("site"), folder.join("output"));
    let build = || {
        let arguments = ["build".as_ref(), "--output".as_ref(), output.as_os_str()];
        measure::run(Path::new(HIKETSU), &arguments, &site, folder)
    };
    let cold = || -> io::Result<Sample> {
        let mut samples = Vec::new();
        for _ in 0..measure::repetitions(lessons).min(3) {
            measure::clear(&site.join(".hiketsu"))?;
            measure::clear(&output)?;
            samples.push(build()?);
        }
        Ok(Sample::median(&samples))
    };
    corpus::write(&site, lessons, Flavour::Hiketsu)?;
    corpus::without_search(&site)?;
    let off = cold()?;
    measure::clear(&site)?;
    corpus::write(&site, lessons, Flavour::Hiketsu)?;
    let on = cold()?;
    let (_, text) = measure::folder_size(&site.join("content"), "md")?;
    let (files, index) = measure::folder_size(&output.join("_/search"), "js")?;
    let unchanged = build()?;
    corpus::edit(&site, lessons, lessons.div_ceil(2), 1)?;
    let edited = build()?;
    measure::clear(&site)?;
    measure::clear(&output)?;
    Ok(vec![
        lessons.to_string(),
        format!("{text:.2}"),
        format!("{index:.2}"),
        format!("{:.2}", index / text),
        files.to_string(),
        format!("{:.3}", off.wall),
        format!("{:.3}", on.wall),
        format!("{:.2}", off.cpu),
        format!("{:.2}", on.cpu),
        format!("{:.0}", off.peak),
        format!("{:.0}", on.peak),
        format!("{:.3}", unchanged.wall),
        format!("{:.3}", edited.wall),
    ])
}
