//! `cargo bench --bench edit`: from saving a file to the new page in the browser.
//!
//! The release binary serves sites of several sizes. A file is written; the clock runs from before the write until the
//! last byte of a page that shows the change has come through the socket, which is asked for as soon as the server says
//! that something is new, as the script in the page does.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "a benchmark is outside the library's doors: it generates files, reads clocks and prints"
)]

#[allow(dead_code, unused_imports, reason = "each benchmark uses its own half")]
mod corpus;
#[allow(dead_code, unused_imports, reason = "each benchmark uses its own half")]
mod measure;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use corpus::Flavour;
use measure::{Scratch, Table};

/// Cargo builds it, in the same profile, before it runs this.
const HIKETSU: &str = env!("CARGO_BIN_EXE_hiketsu");

/// Times that each kind of edit is made.
const ROUNDS: u32 = 9;

/// The standard theme's footer, which the edited template stands in for.
const FOOTER: &str = include_str!("../themes/standard/templates/partials/footer.html");

/// What is edited, and on which page it shows.
#[derive(Debug, Clone, Copy)]
enum Edit {
    /// A paragraph more in a lesson.
    Body,
    /// A lesson's title: its neighbours show it, and every list.
    Title,
    /// A lesson's tags: two term pages gain or lose it.
    Tag,
    /// A template that every page includes.
    Template,
    /// The site's tagline.
    Config,
}

const EDITS: [(Edit, &str); 5] = [
    (Edit::Body, "body"),
    (Edit::Title, "title"),
    (Edit::Tag, "tag"),
    (Edit::Template, "template"),
    (Edit::Config, "site.toml"),
];

fn main() -> ExitCode {
    measure::main(measure_all)
}

fn measure_all() -> io::Result<()> {
    println!("machine: {}\n", measure::describe());
    let scratch = Scratch::in_memory()?;
    let mut titles = vec!["lessons", "first page s"];
    let names: Vec<String> = EDITS.iter().map(|(_, name)| format!("{name} ms")).collect();
    titles.extend(names.iter().map(String::as_str));
    let mut table = Table::new(&titles);
    for lessons in measure::sizes()? {
        let site = scratch.path().join("site");
        corpus::write(&site, lessons, Flavour::Hiketsu)?;
        table.row(measure_size(&site, lessons)?);
        measure::clear(&site)?;
    }
    println!("{table}");
    Ok(())
}

fn measure_size(site: &Path, lessons: u32) -> io::Result<Vec<String>> {
    let start = Instant::now();
    let server = Server::start(site)?;
    let mut row = vec![lessons.to_string(), format!("{:.2}", start.elapsed().as_secs_f64())];
    let events = server.events()?;
    for (edit, _) in EDITS {
        let mut times = Vec::new();
        for round in 1..=ROUNDS {
            let (page, mark) = prepared(site, lessons, edit, round)?;
            // What the last edit set off is over, and the file is no longer so new that it is read again in any case.
            thread::sleep(Duration::from_millis(300));
            while events.try_recv().is_ok() {}
            let start = Instant::now();
            save(site, lessons, edit, round)?;
            loop {
                events.recv_timeout(Duration::from_mins(1)).map_err(|_| io::Error::other("the server says nothing"))?;
                if server.get(&page)?.contains(&mark) {
                    break;
                }
            }
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        times.sort_by(f64::total_cmp);
        row.push(format!("{:.0}", times[times.len() / 2]));
    }
    Ok(row)
}

/// The page that will show the edit, and by what it is known there.
fn prepared(site: &Path, lessons: u32, edit: Edit, round: u32) -> io::Result<(String, String)> {
    let number = lessons.div_ceil(2);
    let url = |number: u32| -> io::Result<String> {
        let path = corpus::lesson_path(site, lessons, number);
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let id = stem.split_once('-').map(|(_, id)| id).ok_or_else(|| io::Error::other("a lesson without an id"))?;
        let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()).unwrap_or_default();
        Ok(format!("{folder}/{id}/"))
    };
    Ok(match edit {
        Edit::Body => (url(number)?, format!("追記その{round}。")),
        Edit::Title => (url(number + 1)?, format!("題名その{round}")),
        Edit::Tag => (url(number)?, tag(round).to_owned()),
        Edit::Template => (String::new(), format!("脚注その{round}")),
        Edit::Config => (String::new(), format!("副題その{round}")),
    })
}

/// One that the lesson does not have, another one in each round.
fn tag(round: u32) -> &'static str {
    corpus::TAGS[corpus::TAGS.len() - round as usize]
}

fn save(site: &Path, lessons: u32, edit: Edit, round: u32) -> io::Result<()> {
    let lesson = corpus::lesson_path(site, lessons, lessons.div_ceil(2));
    let replace_line = |path: &Path, start: &str, line: String| -> io::Result<()> {
        let text = fs::read_to_string(path)?;
        let mut done = false;
        let mut out = String::with_capacity(text.len() + line.len());
        for old in text.lines() {
            let own = !done && old.starts_with(start);
            done |= own;
            out.push_str(if own { &line } else { old });
            out.push('\n');
        }
        if done { fs::write(path, out) } else { Err(io::Error::other(format!("no line begins with {start}"))) }
    };
    match edit {
        Edit::Body => {
            let text = fs::read_to_string(&lesson)?;
            fs::write(&lesson, format!("{text}\n追記その{round}。\n"))
        }
        Edit::Title => replace_line(&lesson, "title:", format!("title: 題名その{round}")),
        Edit::Tag => replace_line(&lesson, "tags:", format!("tags: [{}]", tag(round))),
        Edit::Template => {
            let folder = site.join("templates/partials");
            fs::create_dir_all(&folder)?;
            fs::write(folder.join("footer.html"), format!("{FOOTER}<p>脚注その{round}</p>\n"))
        }
        Edit::Config => replace_line(&site.join("site.toml"), "tagline", format!("tagline = \"副題その{round}\"")),
    }
}

/// `hiketsu serve`, stopped when dropped.
struct Server {
    child: Child,
    /// `127.0.0.1:8110`
    address: String,
    /// The path of the site, with a `/` at both ends.
    base: String,
}

impl Server {
    /// Starts it, and waits for its first page.
    fn start(site: &Path) -> io::Result<Self> {
        let mut child = Command::new(HIKETSU)
            .args(["serve", "--port", "0", "--lang", "en"])
            .current_dir(site)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let out = child.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
        let mut lines = BufReader::new(out).lines();
        let url = loop {
            let line = lines.next().ok_or_else(|| io::Error::other("the server does not start"))??;
            if let Some((_, url)) = line.split_once("http://") {
                break url.split_whitespace().next().unwrap_or_default().to_owned();
            }
        };
        // Whatever else it says is let through, so that it never waits for a reader.
        thread::spawn(move || lines.for_each(drop));
        let (address, path) = url.split_once('/').unwrap_or((&url, ""));
        let server = Self { child, address: address.to_owned(), base: format!("/{path}") };
        server.get("")?;
        Ok(server)
    }

    /// The body of a page, whose URL is counted from the site's root.
    fn get(&self, page: &str) -> io::Result<String> {
        let mut stream = self.ask(&format!("{}{page}", self.base), "Connection: close\r\n")?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        // Where titles may break is no part of their words.
        Ok(String::from_utf8_lossy(&bytes).replace("<wbr>", ""))
    }

    fn ask(&self, path: &str, headers: &str) -> io::Result<TcpStream> {
        let mut stream = TcpStream::connect(&self.address)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.address)?;
        Ok(stream)
    }

    /// A word for each time that the server says that something is new.
    fn events(&self) -> io::Result<std::sync::mpsc::Receiver<()>> {
        let home = self.get("")?;
        let token = home
            .split_once("src=\"/_hiketsu/")
            .and_then(|(_, rest)| rest.split_once('/'))
            .map(|(token, _)| token.to_owned())
            .ok_or_else(|| io::Error::other("the page does not listen"))?;
        let stream = self.ask(&format!("/_hiketsu/{token}/events"), "")?;
        let (sender, receiver) = std::sync::mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if line.starts_with("data:") && sender.send(()).is_err() {
                    break;
                }
            }
        });
        Ok(receiver)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
