//! `hiketsu serve` as a process over a real folder: how it starts and stops, and that whatever is done to the folder, what is
//! served becomes what a build would write.

mod typed;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use hiketsu::world::disk::Stopwatch;
use proptest::prelude::*;
use snapbox::cmd::cargo_bin;
use typed::{hiketsu, site, stderr, write};

/// `hiketsu serve`, stopped when dropped.
struct Serving {
    child: std::process::Child,
    lines: std::io::Lines<std::io::BufReader<std::process::ChildStdout>>,
}

impl Serving {
    fn start(folder: &Path, args: &[&str]) -> Self {
        use std::io::BufRead as _;
        let mut child = std::process::Command::new(cargo_bin!("hiketsu"))
            .args(["serve", "--lang", "en"])
            .args(args)
            .current_dir(folder)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("the server starts");
        let lines = std::io::BufReader::new(child.stdout.take().expect("its output is ours")).lines();
        Self { child, lines }
    }

    /// Where it serves: `127.0.0.1:8110`.
    fn address(&mut self) -> String {
        let line = self.lines.next().and_then(Result::ok).unwrap_or_default();
        let url = line.split("http://").nth(1).unwrap_or_default();
        url.split('/').next().unwrap_or_default().to_owned()
    }

    /// Sends the signal `name`, and waits; the exit code, and how long it took.
    #[cfg(unix)]
    fn signal(&mut self, name: &str) -> (Option<i32>, Duration) {
        let watch = Stopwatch::start();
        let pid = self.child.id().to_string();
        let sent = std::process::Command::new("kill").args([name, &pid]).status();
        assert!(sent.is_ok_and(|status| status.success()));
        let code = self.child.wait().ok().and_then(|status| status.code());
        (code, watch.elapsed())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the server answers, head and all.
fn answer(address: &str, path: &str) -> Vec<u8> {
    use std::io::{Read as _, Write as _};
    let Ok(mut stream) = std::net::TcpStream::connect(address) else { return Vec::new() };
    let _ = write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    bytes
}

fn page(address: &str, path: &str) -> String {
    String::from_utf8_lossy(&answer(address, path)).into_owned()
}

/// Asks until `wanted` is in the page.
fn until(address: &str, path: &str, wanted: &str) {
    let watch = Stopwatch::start();
    let mut last = String::new();
    while watch.elapsed() < Duration::from_secs(20) {
        last = page(address, path);
        if last.contains(wanted) {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(last.contains(wanted), "{path} never had {wanted}:\n{last}");
}

#[test]
fn a6_a_busy_port_is_an_error_only_where_it_was_asked_for() {
    let site = site("en");
    let mut first = Serving::start(site.path(), &[]);
    let mut second = Serving::start(site.path(), &[]);
    let (first, second) = (first.address(), second.address());
    assert!(page(&first, "/").contains("200 OK") && page(&second, "/").contains("200 OK"));
    assert_ne!(first, second);
    let port = first.rsplit(':').next().unwrap_or_default();
    let done = hiketsu(site.path(), "en", &["serve", "--port", port]).code(4);
    assert!(stderr(&done).starts_with(&format!("error: port {port} is in use\n")), "{}", stderr(&done));
}

#[cfg(unix)]
#[test]
fn a6_a_server_stops_at_once_and_leaves_the_built_site_alone() {
    let site = site("en");
    hiketsu(site.path(), "en", &["build"]).success();
    write(site.path(), "public/mine.txt", "not ours");
    for signal in ["-TERM", "-INT"] {
        let mut server = Serving::start(site.path(), &["--port", "0"]);
        let address = server.address();
        // A browser that listens, and one that never finishes its request.
        let events = page(&address, "/")
            .split("/_hiketsu/")
            .nth(1)
            .and_then(|rest| rest.split('/').next())
            .map_or_else(String::new, |token| {
                format!("GET /_hiketsu/{token}/events HTTP/1.1\r\nHost: {address}\r\n\r\n")
            });
        let mut streams = Vec::new();
        for request in [events.as_str(), "GET / HT"] {
            use std::io::Write as _;
            let mut stream = std::net::TcpStream::connect(&address).expect("it answers");
            stream.write_all(request.as_bytes()).expect("it listens");
            streams.push(stream);
        }
        std::thread::sleep(Duration::from_millis(100));
        let (code, took) = server.signal(signal);
        assert_eq!(code, Some(0), "{signal}");
        assert!(took < Duration::from_secs(1), "{signal} took {took:?}");
    }
    assert!(site.path().join("public/mine.txt").is_file() && site.path().join("public/index.html").is_file());
}

#[test]
fn what_is_saved_is_what_is_served() {
    for poll in [&[][..], &["--poll"]] {
        let site = site("en");
        let lesson = "content/lessons/002-listen.md";
        let text = |title: &str| format!("---\ntitle: {title}\n---\n\nText.\n");
        let mut server = Serving::start(site.path(), &[&["--port", "0"], poll].concat());
        let address = server.address();
        until(&address, "/lessons/listen/", "Listen first");
        write(site.path(), lesson, &text("Changed once"));
        until(&address, "/lessons/listen/", "Changed once");
        // As vim saves: a new file takes the old one's name.
        write(site.path(), "content/lessons/.new.swp", &text("Changed twice"));
        #[expect(clippy::disallowed_methods, reason = "as an editor would")]
        std::fs::rename(site.path().join("content/lessons/.new.swp"), site.path().join(lesson)).expect("it is moved");
        until(&address, "/lessons/listen/", "Changed twice");
        // A fault keeps the last good page, and is gone when it is mended.
        write(site.path(), lesson, "---\ntitel: Broken\n---\n");
        let status = page(&address, "/")
            .split("/_hiketsu/")
            .nth(1)
            .and_then(|rest| rest.split('/').next())
            .map_or_else(String::new, |token| format!("/_hiketsu/{token}/status.json"));
        until(&address, &status, "content/lessons/002-listen.md:");
        until(&address, "/lessons/listen/", "Changed twice");
        write(site.path(), lesson, &text("Changed thrice"));
        until(&address, "/lessons/listen/", "Changed thrice");
        until(&address, &status, "\"faults\":[]");
        // A folder that is new, and a file in it.
        #[expect(clippy::disallowed_methods, reason = "as an editor would")]
        std::fs::create_dir_all(site.path().join("content/notes/deep")).expect("a folder is made");
        write(site.path(), "content/notes/deep/page.md", &text("A new page"));
        until(&address, "/notes/deep/page/", "A new page");
        write(site.path(), "content/notes/deep/page.md", &text("A newer page"));
        until(&address, "/notes/deep/page/", "A newer page");
    }
}

/// Every file that a build writes, by path.
#[expect(clippy::disallowed_methods, reason = "the test looks at what was written")]
fn built(site: &Path) -> BTreeMap<String, Vec<u8>> {
    let output = tempfile::tempdir().expect("a folder is made");
    let folder = output.path().join("out").display().to_string();
    hiketsu(site, "en", &["build", "--drafts", "--output", &folder]).success();
    let files = walkdir::WalkDir::new(&folder).into_iter().filter_map(Result::ok);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(&folder).expect("it is in the folder").display().to_string();
            (path, std::fs::read(entry.path()).expect("it can be read"))
        })
        .filter(|(path, _)| path != ".hiketsu-manifest")
        .collect()
}

/// The body of an answer, and of a page what a build writes of it.
fn body(address: &str, path: &str) -> Vec<u8> {
    let mut bytes = answer(address, &format!("/{path}"));
    let start = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
    let body = bytes.split_off(start);
    let Ok(text) = String::from_utf8(body.clone()) else { return body };
    let Some((before, rest)) = text.split_once("<script src=\"/_hiketsu/") else { return body };
    let after = rest.split_once("</script>").map_or("", |(_, after)| after);
    format!("{before}{after}").into_bytes()
}

/// Waits until everything that a build writes is served, byte for byte.
fn settle(address: &str, site: &Path) {
    let wanted = built(site);
    let watch = Stopwatch::start();
    loop {
        let other = wanted.iter().find(|(path, bytes)| {
            let path = hiketsu::path::percent_encode(path);
            body(address, &path) != **bytes
        });
        let Some((path, bytes)) = other else { return };
        let served = String::from_utf8_lossy(&body(address, &hiketsu::path::percent_encode(path))).into_owned();
        assert!(watch.elapsed() < Duration::from_secs(30), "{path}:\n{}\nis\n{served}", String::from_utf8_lossy(bytes));
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// What is done to a site's folder.
#[derive(Debug, Clone)]
enum Step {
    /// Writes lesson 1 to 6 with this title and one of four tags.
    Lesson(u8, u8, u8),
    /// Removes it.
    Remove(u8),
    /// Gives it another number.
    Renumber(u8, u8),
    /// Writes a page in a folder.
    Page(u8, u8),
    /// Moves that folder, with all that is in it.
    MoveFolder(u8, u8),
    /// Writes the site's tagline.
    Tagline(u8),
    /// Puts a template in the place of the theme's.
    Template(u8),
    /// Takes it away.
    NoTemplate,
}

fn step() -> impl Strategy<Value = Step> {
    let small = 1..=6_u8;
    prop_oneof![
        4 => (small.clone(), 0..9_u8, 0..4_u8).prop_map(|(lesson, title, tag)| Step::Lesson(lesson, title, tag)),
        1 => small.clone().prop_map(Step::Remove),
        1 => (small.clone(), small.clone()).prop_map(|(from, to)| Step::Renumber(from, to)),
        2 => (0..3_u8, 0..9_u8).prop_map(|(folder, title)| Step::Page(folder, title)),
        1 => (0..3_u8, 0..3_u8).prop_map(|(from, to)| Step::MoveFolder(from, to)),
        1 => (0..9_u8).prop_map(Step::Tagline),
        1 => (0..9_u8).prop_map(Step::Template),
        1 => Just(Step::NoTemplate),
    ]
}

/// Does one step; each leaves a site without errors.
#[expect(clippy::disallowed_methods, reason = "the test writes as an author does")]
fn take(site: &Path, step: &Step) {
    let lessons = site.join("content/lessons");
    // Only its id says which lesson it is: the number at the head of its name may be another one.
    let file = |lesson: u8| {
        let end = format!("-l{lesson}.md");
        let mut files = std::fs::read_dir(&lessons).expect("it can be listed").filter_map(Result::ok);
        files.find(|entry| entry.file_name().to_string_lossy().ends_with(&end)).map(|entry| entry.path())
    };
    let free = |number: u8| {
        let start = format!("{:03}-", 100 + u32::from(number));
        let mut files = std::fs::read_dir(&lessons).expect("it can be listed").filter_map(Result::ok);
        !files.any(|entry| entry.file_name().to_string_lossy().starts_with(&start))
    };
    let named = |number: u8, lesson: u8| lessons.join(format!("{:03}-l{lesson}.md", 100 + u32::from(number)));
    let template = site.join("templates/partials/footer.html");
    match *step {
        Step::Lesson(lesson, title, tag) => {
            let new = (1..=6).find(|number| free(*number)).map(|number| named(number, lesson));
            if let Some(path) = file(lesson).or(new) {
                let text = format!("---\ntitle: Title {title}\ntags: [t{tag}]\n---\n\nText {title} of {lesson}.\n");
                std::fs::write(path, text).expect("it can be written");
            }
        }
        Step::Remove(lesson) => {
            if let Some(path) = file(lesson) {
                std::fs::remove_file(path).expect("it can be removed");
            }
        }
        Step::Renumber(lesson, number) => {
            if let Some(path) = file(lesson).filter(|_| free(number)) {
                std::fs::rename(path, named(number, lesson)).expect("it can be moved");
            }
        }
        Step::Page(folder, title) => {
            let folder = site.join(format!("content/pages{folder}/deep"));
            std::fs::create_dir_all(&folder).expect("a folder is made");
            std::fs::write(folder.join("page.md"), format!("---\ntitle: Page {title}\n---\n\nText.\n"))
                .expect("it can be written");
        }
        Step::MoveFolder(from, to) => {
            let (from, to) = (site.join(format!("content/pages{from}")), site.join(format!("content/pages{to}")));
            if from.is_dir() && !to.exists() {
                std::fs::rename(from, to).expect("it can be moved");
            }
        }
        Step::Tagline(words) => {
            let path = site.join("site.toml");
            let text = std::fs::read_to_string(&path).expect("it can be read");
            let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("tagline")).collect();
            std::fs::write(&path, format!("tagline = \"Words {words}\"\n{}\n", kept.join("\n")))
                .expect("it can be written");
        }
        Step::Template(words) => {
            std::fs::create_dir_all(template.parent().expect("it has a folder")).expect("a folder is made");
            std::fs::write(template, format!("<footer>Words {words}</footer>\n")).expect("it can be written");
        }
        Step::NoTemplate => {
            let _ = std::fs::remove_file(template);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, max_shrink_iters: 8, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_to_the_folder_what_is_served_is_what_a_build_writes(
        bursts in prop::collection::vec(prop::collection::vec(step(), 1..6), 1..5),
    ) {
        let site = site("en");
        let mut server = Serving::start(site.path(), &["--port", "0"]);
        let address = server.address();
        for burst in bursts {
            for step in &burst {
                take(site.path(), step);
            }
            settle(&address, site.path());
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test writes as version control does")]
fn another_branch_of_hundreds_of_files_is_checked_out() {
    let site = site("en");
    let mut server = Serving::start(site.path(), &["--port", "0"]);
    let address = server.address();
    for n in 0..300 {
        write(
            site.path(),
            &format!("content/lessons/{:04}-n{n}.md", 1000 + n),
            &format!("---\ntitle: N{n}\n---\n\nText.\n"),
        );
    }
    settle(&address, site.path());
    for n in 0..300 {
        std::fs::remove_file(site.path().join(format!("content/lessons/{:04}-n{n}.md", 1000 + n))).expect("it goes");
    }
    settle(&address, site.path());
    assert!(page(&address, "/lessons/n7/").contains("404 Not Found"));
}
