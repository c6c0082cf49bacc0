//! `cargo bench --bench markdown`: what understanding a lesson costs, and what a block of code costs.
//!
//! The first table is the whole of `markdown::parse` (events, emphasis beside Japanese, boxes, dialogues, links, ids, HTML,
//! figures, sections) against pulldown-cmark's own `push_html`, on the same lessons without code, on one thread. The second is
//! highlighting: the first block of a language, another one, and one that is remembered.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a benchmark is outside the library's doors: it reads the clock and prints"
)]

#[allow(dead_code, unused_imports, reason = "each benchmark uses its own half")]
mod corpus;
#[allow(dead_code, unused_imports, reason = "each benchmark uses its own half")]
mod measure;

use std::hint::black_box;
use std::time::Instant;

use corpus::Flavour;
use hiketsu::highlight::Highlighter;
use hiketsu::markdown::{self, Breaks, RawHtml};
use measure::Table;
use pulldown_cmark::{Options, Parser, html};

const LESSONS: u32 = 400;
const ROUNDS: usize = 41;

/// One small block in each of these languages.
const BLOCKS: [(&str, &str); 5] = [
    ("rust", "fn main() {\n    let n: u32 = 110;\n    println!(\"{n} lessons\");\n}\n"),
    ("python", "def total(sales):\n    return sum(s.amount for s in sales if s.won)\n"),
    ("toml", "[site]\ntitle = \"秘訣\"\nplanned = 110\n"),
    ("sh", "for f in *.md; do\n  echo \"$f\"\ndone\n"),
    ("json", "{ \"title\": \"秘訣\", \"planned\": 110, \"tags\": [\"信頼\"] }\n"),
];

fn main() {
    // `cargo test --all-targets` runs benchmarks too, unoptimised and without `--bench`.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("measures only under `cargo bench`");
        return;
    }
    println!("machine: {}\n", measure::describe());
    lessons();
    code();
}

fn lessons() {
    let bodies: Vec<String> =
        (1..=LESSONS).map(|number| without_code(&corpus::body(number, Flavour::Hiketsu))).collect();
    let bytes: usize = bodies.iter().map(String::len).sum();
    let bytes = f64::from(u32::try_from(bytes).expect("the lessons are small"));
    let highlighter = Highlighter::new();
    let options = markdown::Options {
        breaks: Breaks::Join,
        html: RawHtml::Safe,
        math: true,
        autolinks: true,
        language: "ja",
        speakers: &[],
        sections: false,
    };
    let (mut bare, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        bare.push(timed(|| {
            for body in &bodies {
                let mut page = String::with_capacity(body.len() * 5 / 4);
                html::push_html(&mut page, Parser::new_ext(body, extensions()));
                black_box(page);
            }
        }));
        ours.push(timed(|| {
            for body in &bodies {
                black_box(markdown::parse(body, 0, &options, &highlighter));
            }
        }));
    }
    let (bare, ours) = (least(&bare), least(&ours));
    let mut table = Table::new(&["lessons without code", "MB/s", "µs a lesson", "ratio"]);
    for (name, seconds) in [("pulldown-cmark's push_html", bare), ("markdown::parse", ours)] {
        table.row(vec![
            name.to_owned(),
            format!("{:.0}", bytes / seconds / 1e6),
            format!("{:.1}", seconds / f64::from(LESSONS) * 1e6),
            format!("{:.2}", seconds / bare),
        ]);
    }
    println!("{table}");
}

fn code() {
    let mut table = Table::new(&["language", "first block µs", "another block µs", "remembered µs"]);
    for (language, block) in BLOCKS {
        let highlighter = Highlighter::new();
        let again = format!("{block}\n{block}");
        let first = timed(|| drop(black_box(highlighter.highlight(language, block))));
        let another = timed(|| drop(black_box(highlighter.highlight(language, &again)))) / 2.0;
        let remembered = timed(|| drop(black_box(highlighter.highlight(language, block))));
        table.row(vec![
            language.to_owned(),
            format!("{:.0}", first * 1e6),
            format!("{:.0}", another * 1e6),
            format!("{:.1}", remembered * 1e6),
        ]);
    }
    println!("{table}");
}

/// What a site has on.
fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

fn without_code(body: &str) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(body.len());
    for line in body.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if !inside {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

fn timed(mut work: impl FnMut()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_secs_f64()
}

/// The round that other work on the machine disturbed least: both sides do the same in every round.
fn least(seconds: &[f64]) -> f64 {
    seconds.iter().copied().fold(f64::INFINITY, f64::min)
}
