//! `hiketsu check --external`: asked of a small server on this machine, and of a web that is made up.
#![expect(clippy::disallowed_methods, reason = "a server runs beside the test")]

#[path = "support/mod.rs"]
mod support;

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Mutex;
use std::time::Duration;

use hiketsu::external::{Checked, Known, check};
use hiketsu::time::Instant;
use hiketsu::world::web::{Answer, Http, Web};
use support::{SITE, Site};

/// A web whose answers are known, and that remembers what it was asked.
#[derive(Default)]
struct Paper {
    pages: BTreeMap<&'static str, Answer>,
    asked: Mutex<Vec<String>>,
}

impl Paper {
    fn with(mut self, url: &'static str, answer: Answer) -> Self {
        self.pages.insert(url, answer);
        self
    }

    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().expect("nobody fell"));
        asked.sort();
        asked
    }
}

impl Web for Paper {
    fn ask(&self, url: &str, whole: bool) -> Answer {
        self.asked.lock().expect("nobody fell").push(format!("{} {url}", if whole { "GET" } else { "HEAD" }));
        self.pages.get(url).cloned().unwrap_or_else(|| Answer::NoServer("dns".to_owned()))
    }

    fn pause(&self) {
        self.asked.lock().expect("nobody fell").push("pause".to_owned());
    }
}

fn status(code: u16) -> Answer {
    Answer::Status { code, location: None, body: String::new() }
}

fn to(code: u16, location: &str) -> Answer {
    Answer::Status { code, location: Some(location.to_owned()), body: String::new() }
}

fn site(toml: &str, body: &str) -> Site {
    Site::series().file("site.toml", format!("{SITE}{toml}")).lesson(1, "a", "", body)
}

fn asked(site: &Site, now: i64, known: &mut Known, web: &dyn Web) -> (Checked, Vec<String>) {
    use hiketsu::world::World as _;
    let snapshot = site.world.snapshot().expect("memory does not fail");
    let memos = hiketsu::build::Memos::default();
    let survey = hiketsu::build::Survey::of(&snapshot, &hiketsu::build::Options::default(), &memos);
    let mut checked = check(&survey.site, &survey.texts, Instant(now), known, web);
    hiketsu::diag::sort(&mut checked.diagnostics);
    let told = checked.diagnostics.iter().map(|found| {
        let args: Vec<_> = found.args.iter().map(|(_, value)| value.as_str()).collect();
        format!("{} {} {} {}", found.code.id, found.file.name(), found.span.start, args.join(" "))
    });
    let told = told.collect();
    (checked, told)
}

#[test]
fn each_url_is_asked_for_once_and_told_at_every_link() {
    let web = Paper::default()
        .with("https://a.example/", status(200))
        .with("https://a.example/gone", status(404))
        .with("https://b.example/old", to(301, "/new"))
        .with("https://b.example/new", status(200))
        .with("https://b.example/today", to(302, "https://a.example/"))
        .with("https://c.example/", status(403))
        .with("https://d.example/", status(500));
    let body = "[一](https://a.example/) [二](https://a.example/gone#x) [三](https://a.example/gone)\n\n[四](https://b.example/old) [五](https://b.example/today) <https://c.example/> https://d.example/ [六](https://e.example/) [七](mailto:a@b.example)\n";
    let (checked, told) = asked(&site("", body), 0, &mut Known::default(), &web);
    assert_eq!((checked.links, checked.asked, checked.offline), (7, 7, false));
    assert_eq!(
        told,
        [
            "E0801 001-a.md 52 https://a.example/gone 404",
            "E0801 001-a.md 84 https://a.example/gone 404",
            "E0803 001-a.md 115 https://b.example/old https://b.example/new",
            "E0802 001-a.md 196 https://d.example/ HTTP 500",
            "E0802 001-a.md 215 https://e.example/ dns",
        ]
    );
    let asked = web.asked();
    assert_eq!(asked.iter().filter(|what| what.as_str() == "pause").count(), 2, "between two questions to one server");
    assert_eq!(
        asked.iter().filter(|what| what.ends_with("/gone")).collect::<Vec<_>>(),
        ["GET https://a.example/gone", "HEAD https://a.example/gone"]
    );
}

#[test]
fn what_was_there_is_believed_for_some_days() {
    let web = Paper::default().with("https://a.example/", status(200)).with("https://b.example/", status(404));
    let site = site("[external]\ndays = 2\n", "<https://a.example/> <https://b.example/>\n");
    let mut known = Known::default();
    asked(&site, 1_000_000, &mut known, &web);
    web.asked();
    let mut known = Known::load(&known.save());
    let (checked, told) = asked(&site, 1_000_000 + 2 * 86_400 - 1, &mut known, &web);
    assert_eq!((checked.asked, told.len()), (1, 1), "what was not there is asked for again");
    let (checked, _) = asked(&site, 1_000_000 + 2 * 86_400, &mut known, &web);
    assert_eq!(checked.asked, 2);
    assert_eq!(Known::load(b"nonsense"), Known::default());
}

#[test]
fn without_a_network_nothing_is_said_of_links() {
    let web = Paper::default();
    let mut known = Known::default();
    let (checked, told) =
        asked(&site("", "<https://a.example/> <https://b.example/x> <https://b.example/y>\n"), 0, &mut known, &web);
    assert!(checked.offline);
    assert_eq!(told, Vec::<String>::new());
    assert_eq!(known, Known::default(), "and nothing is remembered");
    assert_eq!(web.asked().len(), 2, "a server that is not there is asked once");
    let (checked, _) = asked(&site("", "本文。\n"), 0, &mut known, &web);
    assert!(!checked.offline, "there was nobody to ask");
}

#[test]
fn a_site_says_what_is_not_asked_for() {
    let web = Paper::default().with("https://a.example/", status(200));
    let toml = "[external]\nignore = [\"https://b.example/\", \"https://*.c.example\"]\n[[navigation]]\nlabel = \"外\"\nlink = \"https://a.example/none\"\n";
    let body = "<https://a.example/> <https://b.example/x> <https://www.c.example/>\n";
    let (checked, told) = asked(&site(toml, body), 0, &mut Known::default(), &web);
    assert_eq!(checked.links, 2);
    assert_eq!(told.len(), 1, "the navigation's link is told: {told:?}");
    assert!(told[0].contains("site.toml"));
}

#[test]
fn places_in_pages_are_looked_for_where_that_is_asked_for() {
    let page =
        Answer::Status { code: 200, location: None, body: "<h2 id=\"here\">x</h2><a name='old'></a>".to_owned() };
    let web = Paper::default().with("https://a.example/", page);
    let body = "<https://a.example/#here> <https://a.example/#old> <https://a.example/#none>\n";
    let (_, told) = asked(&site("[external]\nanchors = true\n", body), 0, &mut Known::default(), &web);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("E0804 ") && told[0].ends_with("https://a.example/#none"), "{told:?}");
    let (_, told) = asked(&site("", body), 0, &mut Known::default(), &web);
    assert_eq!(told, Vec::<String>::new());
}

/// A server that answers each request line with a head.
fn server(answers: &'static [(&'static str, &'static str)]) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has one");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                head.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&head).into_owned();
            let path = head.split(' ').nth(1).unwrap_or("/");
            let answer = answers.iter().find(|(known, _)| *known == path).map_or("404 Not Found", |(_, answer)| answer);
            if answer == "silence" {
                std::thread::sleep(Duration::from_secs(30));
            }
            let body = if head.starts_with("GET") { "<p id=\"here\">x</p>" } else { "" };
            let _ = write!(
                stream,
                "HTTP/1.1 {answer}\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    format!("http://{address}")
}

#[test]
fn a_real_server_is_asked_over_a_real_connection() {
    let base = server(&[("/", "200 OK"), ("/old", "308 Moved\r\nLocation: /"), ("/slow", "silence")]);
    let web = Http::new(Duration::from_millis(400), Duration::ZERO);
    assert!(matches!(web.ask(&format!("{base}/"), false), Answer::Status { code: 200, .. }));
    assert_eq!(web.ask(&format!("{base}/old"), false), to(308, "/"));
    assert!(matches!(web.ask(&format!("{base}/none"), false), Answer::Status { code: 404, .. }));
    let Answer::Status { body, .. } = web.ask(&format!("{base}/"), true) else { unreachable!("it answers") };
    assert!(body.contains("id=\"here\""));
    assert!(matches!(web.ask(&format!("{base}/slow"), false), Answer::Failed(_)));
    // Nobody listens on a port that was just let go.
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port is free");
    assert!(matches!(web.ask(&format!("http://{closed}/"), false), Answer::NoServer(_)));
}
