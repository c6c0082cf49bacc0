//! The development server from outside, by bytes on a socket: RELIABILITY.md A1 to A5 and A7.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use hiketsu::build::{Memos, Options, Silent, build};
use hiketsu::diag::Lang;
use hiketsu::memo::Hash;
use hiketsu::output::{Content, Entry, OutputTree};
use hiketsu::path::{OutPath, SourcePath};
use hiketsu::serve::http::{App, Hosts, answer};
use hiketsu::world::World as _;
use hiketsu::world::memory::MemoryWorld;

const SECRET: &str = "root-secret-0451";

/// A server over a hand-made site, and the runtime that it runs on.
struct Server {
    app: Arc<App>,
    address: SocketAddr,
    _runtime: tokio::runtime::Runtime,
}

/// What came back.
#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

impl Server {
    fn empty() -> Self {
        let mut world = MemoryWorld::default();
        world.write("content/secrets/image.png", "PNG");
        world.write("content/secrets/changed.png", "new bytes");
        world.write("secret.txt", SECRET);
        let app = App::new(Arc::new(world), Lang::Ja, Hosts::new([127, 0, 0, 1].into(), &[]), false);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime starts");
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        runtime.spawn(answer(listener, app.clone(), std::future::pending()));
        Self { app, address, _runtime: runtime }
    }

    fn at(base_url: &str) -> Self {
        let server = Self::empty();
        server.app.publish(site("第1回"), None, base_url, None);
        server
    }

    /// Sends `request` as it is, and reads until the server closes.
    fn raw(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).expect("the server is alive");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout is set");
        // The server may refuse before it has read everything.
        let _ = stream.write_all(request.as_bytes());
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn ask(&self, method: &str, target: &str, headers: &str) -> Answer {
        self.raw(&format!("{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"))
    }

    fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, "")
    }

    fn own(&self, file: &str, headers: &str) -> Answer {
        self.ask("GET", &format!("{}{file}", self.app.live().folder()), headers)
    }
}

fn site(lesson: &str) -> OutputTree {
    let page = |title: &str| {
        Entry::bytes(format!("<!doctype html><html><head><title>{title}</title></head><body></body>").into_bytes())
    };
    let copy = |path: &str, bytes: &[u8]| Entry {
        hash: Hash::of(bytes),
        len: bytes.len() as u64,
        key: None,
        content: Content::Copy(SourcePath::new(path)),
    };
    [
        ("index.html", page("ホーム")),
        ("404.html", page("見つかりません")),
        ("secrets/秘訣/index.html", page(lesson)),
        ("secrets/image.png", copy("content/secrets/image.png", b"PNG")),
        ("secrets/changed.png", copy("content/secrets/changed.png", b"old bytes")),
        ("_/main.css", Entry::bytes(b"body{}".as_slice())),
        ("feed.xml", Entry::bytes(b"<feed/>".as_slice())),
    ]
    .map(|(path, entry)| (OutPath::new(path), entry))
    .into_iter()
    .collect()
}

const LESSON: &str = "/secrets/%E7%A7%98%E8%A8%A3/";

#[test]
fn pages_are_served_with_their_types() {
    let server = Server::at("https://example.com/");
    let home = server.get("/");
    assert_eq!((home.status, home.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(home.body.contains("ホーム"));
    assert!(server.get(LESSON).body.contains("第1回"));
    for (path, kind) in [
        ("/_/main.css", "text/css; charset=utf-8"),
        ("/feed.xml", "application/xml"),
        ("/secrets/image.png", "image/png"),
        ("/secrets/image.png?raw", "image/png"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
    }
    assert_eq!(server.get("/secrets/image.png").body, "PNG");
    // The file is not what was built: neither the old nor the new bytes are the site's.
    assert_eq!(server.get("/secrets/changed.png").status, 503);
}

#[test]
fn a_folder_without_its_slash_leads_to_the_one_with_it() {
    let server = Server::at("https://example.com/");
    let answer = server.get("/secrets/%E7%A7%98%E8%A8%A3?q=1");
    assert_eq!((answer.status, answer.header("location")), (301, Some("/secrets/%E7%A7%98%E8%A8%A3/?q=1")));
    assert_eq!(server.get("//evil.example/..").status, 400);
    assert_eq!(server.get("//evil.example").status, 404);
}

#[test]
fn what_is_not_there_is_answered_with_the_sites_own_page() {
    let server = Server::at("https://example.com/");
    let answer = server.get("/nothing/here");
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("見つかりません"));
    assert_eq!(server.get("/secrets/").status, 404);
}

#[test]
fn head_is_get_without_a_body_and_nothing_else_is_done() {
    let server = Server::at("https://example.com/");
    let (get, head) = (server.get("/_/main.css"), server.ask("HEAD", "/_/main.css", ""));
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), get.header("content-length"));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "BREW"] {
        let answer = server.ask(method, "/", "");
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn a_site_in_a_folder_is_served_in_that_folder() {
    let server = Server::at("https://example.com/course/");
    for start in ["/", "/course"] {
        let answer = server.get(start);
        assert_eq!((answer.status, answer.header("location")), (301, Some("/course/")), "{start}");
    }
    assert!(server.get("/course/").body.contains("ホーム"));
    assert!(server.get("/course/secrets/%E7%A7%98%E8%A8%A3/").body.contains("第1回"));
    assert_eq!(server.get(LESSON).status, 404);
    assert_eq!(server.get("/courses/").status, 404);
}

#[test]
fn a1_no_spelling_of_a_path_leaves_the_map() {
    let server = Server::at("https://example.com/");
    let targets = [
        "/../secret.txt",
        "/../../../../etc/passwd",
        "/./secret.txt",
        "/secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%252e%252e%252fsecret.txt",
        "/secrets/..%2f..%2fsecret.txt",
        "/secrets/%2e%2e/%2e%2e/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/%00/../secret.txt",
        "/secret.txt%00.png",
        "//secret.txt",
        "///etc/passwd",
        "/file:///etc/passwd",
        "/C:/secret.txt",
        "/secrets/image.png/../../../secret.txt",
        "/secret.txt?raw",
        "/secret.txt?raw??",
        "/secret.txt?import&raw",
        "/@fs/etc/passwd",
        "/@fs/etc/passwd?import&raw??",
        "/secret.txt?.svg?.wasm?init",
        "/content/secrets/image.png",
        "/site.toml",
        "/.git/config",
        "http://localhost/../secret.txt",
        "http://localhost/secret.txt",
        "*",
        "localhost:80",
        "",
    ];
    for method in ["GET", "HEAD"] {
        for target in targets {
            let answer = server.ask(method, target, "");
            assert_ne!(answer.status, 200, "{method} {target}: {answer:?}");
            assert!(!answer.body.contains(SECRET) && !answer.body.contains("root:"), "{target}");
        }
    }
    // A fragment is not part of a request; where one is sent, what stands before it is the path.
    assert!(!server.get("/#/../../secret.txt").body.contains(SECRET));
    let long = server.get(&format!("/{}", "a/../".repeat(2_000_000)));
    assert_ne!(long.status, 200);
    assert_eq!(server.get("/").status, 200, "still alive");
    assert_eq!(server.get("http://localhost/").status, 200, "an absolute target is a target");
}

#[test]
fn a2_other_host_names_get_nothing() {
    let server = Server::at("https://example.com/");
    let with = |hosts: &str| server.raw(&format!("GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n")).status;
    for good in ["localhost", "localhost:8110", "course.localhost:8110", "127.0.0.1:8110", "[::1]:8110"] {
        assert_eq!(with(&format!("Host: {good}\r\n")), 200, "{good}");
    }
    for bad in ["evil.example", "localhost.evil.example", "evil.example:8110", "127.0.0.1.nip.io", "192.168.1.5"] {
        assert_eq!(with(&format!("Host: {bad}\r\n")), 403, "{bad}");
    }
    assert_eq!(with(""), 400, "no host");
    assert_eq!(with("Host: localhost\r\nHost: localhost\r\n"), 400, "two hosts");
    assert_eq!(with("Host: localhost\r\nHost: evil.example\r\n"), 400, "two hosts");
    assert_eq!(server.get("http://evil.example/").status, 403, "the target names the host too");
    let old = server.raw("GET / HTTP/1.0\r\n\r\n");
    assert_eq!(old.status, 400, "HTTP/1.0 without a host");
}

#[test]
fn a3_other_origins_cannot_read() {
    let server = Server::at("https://example.com/");
    for target in ["/", "/_/main.css", "/nothing", "/secrets/image.png", "/..", "/secrets/%E7%A7%98%E8%A8%A3"] {
        let answer = server.ask("GET", target, "Origin: https://evil.example\r\n");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{target}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{target}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{target}");
        assert!(!answer.head.to_lowercase().contains("access-control"), "{target}");
    }
}

#[test]
fn a4_only_the_servers_own_pages_hear_of_a_change() {
    let server = Server::at("https://example.com/");
    for foreign in ["Origin: https://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n"] {
        for file in ["events", "status.json", "live.js"] {
            assert_eq!(server.own(file, foreign).status, 403, "{file} {foreign}");
        }
    }
    assert_eq!(server.own("live.js", "Origin: http://localhost\r\n").status, 200);
    assert_eq!(server.get("/_hiketsu/00000000000000000000000000000000/events").status, 404);
    assert_eq!(server.get("/_hiketsu/").status, 404);

    let mut stream = TcpStream::connect(server.address).expect("the server is alive");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a timeout is set");
    let folder = server.app.live().folder();
    let request = format!("GET {folder}events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it listens");
    let mut heard = String::new();
    let mut until = |words: &str| {
        let mut bytes = [0; 1024];
        while !heard.contains(words) {
            let count = stream.read(&mut bytes).expect("an event comes in time");
            assert_ne!(count, 0, "the stream ended: {heard}");
            heard.push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
        heard.clone()
    };
    assert!(until("retry:").to_lowercase().contains("content-type: text/event-stream"));
    server.app.publish(site("新しい題名"), None, "https://example.com/", None);
    let heard = until("data: reload\n\n");
    assert!(!heard.contains("secrets") && !heard.contains("html"), "an event names no path: {heard}");
    server.app.live().close();
    until("\r\n0\r\n");
}

#[test]
fn a5_the_script_is_put_in_when_a_page_is_served() {
    let server = Server::at("https://example.com/");
    let tag = format!("<script src=\"{}live.js\" data-build=\"1\" defer></script></head>", server.app.live().folder());
    assert!(server.get("/").body.contains(&tag));
    assert!(server.get("/nothing").body.contains("live.js"));
    assert!(!server.get("/_/main.css").body.contains("live.js"));
    let script = server.own("live.js", "");
    assert_eq!((script.status, script.header("content-type")), (200, Some("text/javascript; charset=utf-8")));
    assert!(!script.body.contains("innerHTML"));
}

#[test]
fn a7_faults_lie_over_the_last_good_page_and_vanish() {
    let server = Server::empty();
    server.app.fail(vec!["content/secrets/001-a.md:3:5 <img src=x onerror=alert(1)>".to_owned()]);
    let page = server.get("/any/page/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("content/secrets/001-a.md:3:5 &lt;img") && page.body.contains("live.js"));

    server.app.publish(site("第1回"), None, "https://example.com/", None);
    assert!(server.own("status.json", "").body.contains("\"build\":1"));
    server.app.fail(vec!["content/secrets/001-a.md:9:1 <b>".to_owned()]);
    assert_eq!(server.get(LESSON).status, 200, "the last good page stays");
    assert!(server.get(LESSON).body.contains("第1回"));
    let status = server.own("status.json", "");
    assert_eq!(status.header("content-type"), Some("application/json"));
    assert!(status.body.contains("001-a.md:9:1") && status.body.contains("\"build\":1"));

    // Mended back to what it was: no reload, and no faults.
    server.app.publish(site("第1回"), None, "https://example.com/", None);
    let status = server.own("status.json", "");
    assert!(status.body.contains("\"faults\":[]") && status.body.contains("\"build\":1"), "{status:?}");
    assert_eq!(server.app.publish(site("第2回"), None, "https://example.com/", None), 1);
    assert!(server.own("status.json", "").body.contains("\"build\":2"));
}

#[test]
fn the_search_index_is_made_when_a_browser_asks_for_it() {
    let mut world = MemoryWorld::default();
    world.write("site.toml", "title = \"見本\"\nbase_url = \"https://example.com/course/\"\n");
    world.write("content/about.md", "---\ntitle: 案内\n---\n\n本文。\n");
    let snapshot = world.snapshot().expect("memory does not fail");
    let built = build(snapshot, &Options::default(), &mut Memos::serving(), &BTreeMap::new(), &Silent);
    let server = Server::empty();
    server.app.publish(built.tree, built.search, "https://example.com/course/", None);
    let root = server.get("/course/_/search/root.js");
    assert_eq!(root.status, 200);
    assert!(root.head.to_lowercase().contains("content-type: text/javascript"), "{}", root.head);
    assert!(root.body.starts_with("hiketsu(\"HKS1"), "{}", root.body);
    assert_eq!(server.get("/course/_/search/00000000.js").status, 404);
    assert_eq!(server.get("/_/search/root.js").status, 404);
}
