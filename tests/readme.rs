//! What the READMEs say is true: their examples are run by the program that this package builds, their references name
//! every key, command and option that there is, and no other.
//!
//! A fenced block says by its info string what is done with it: `console` is run, and what it prints compared; a
//! language and a path is written to that file; `markdown` alone is a lesson, whose page then has what the comment
//! after the block says it `gives`: a CSS selector on each line, and after `::` the text of one such element.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use hiketsu::config::{self, Config};
use hiketsu::content::front_matter;
use hiketsu::content::{Role, TextOptions};
use hiketsu::diag::Fault;
use scraper::{Html, Selector};

/// A README and the names of what is looked at in it.
struct Document {
    text: &'static str,
    /// The locale of whoever reads it.
    locale: &'static str,
    settings: &'static str,
    front_matter: &'static str,
    markdown: &'static str,
    commands: &'static str,
    themes: &'static str,
    /// What stands for the name of a taxonomy, a folder, ….
    key: &'static str,
}

const DOCUMENTS: [Document; 2] = [
    Document {
        text: include_str!("../README.md"),
        locale: "en_US.UTF-8",
        settings: "site.toml",
        front_matter: "Front matter",
        markdown: "Markdown",
        commands: "Commands",
        themes: "Themes",
        key: "KEY",
    },
    Document {
        text: include_str!("../README.ja.md"),
        locale: "ja_JP.UTF-8",
        settings: "サイトの設定",
        front_matter: "原稿の項目",
        markdown: "Markdown の書き方",
        commands: "コマンド",
        themes: "テーマを変える",
        key: "キー",
    },
];

/// A fenced block.
struct Block<'a> {
    /// The line of its fence, from 1.
    line: usize,
    info: &'a str,
    text: String,
    /// What the comment after it says.
    gives: Vec<&'a str>,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if line == "<!-- gives" {
            let gives = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "-->").collect();
            blocks.last_mut().expect("a block stands before what it gives").gives = gives;
        } else if line.starts_with("```") {
            let info = line.trim_start_matches('`');
            let fence = line.strip_suffix(info).unwrap_or(line);
            let inside = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != fence);
            let text = inside.flat_map(|line| [line, "\n"]).collect();
            blocks.push(Block { line: number + 1, info, text, gives: Vec::new() });
        }
    }
    blocks
}

/// What stands under the heading `name` of level 2. Headings in examples are none.
fn section<'a>(text: &'a str, name: &str) -> &'a str {
    let (_, rest) = text.split_once(&format!("\n## {name}\n")).expect("the section is there");
    let mut fenced = false;
    let end = rest.split_inclusive('\n').take_while(|line| {
        fenced ^= line.starts_with("```");
        fenced || !line.starts_with("## ")
    });
    rest.get(..end.map(str::len).sum()).unwrap_or(rest)
}

/// The cells of all rows of tables whose first cell holds code.
fn rows(section: &str) -> Vec<Vec<&str>> {
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// The code in a text: what stands between back quotes.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The code in the first cells of the tables of a section.
fn named(section: &str) -> Vec<&str> {
    rows(section).into_iter().flat_map(|row| code(row[0]).collect::<Vec<_>>()).collect()
}

fn hiketsu(folder: &Path, locale: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hiketsu"));
    command.current_dir(folder).env("LC_ALL", locale).stdin(Stdio::null());
    for name in ["LC_MESSAGES", "LANG", "NO_COLOR", "COLUMNS", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

/// What a command prints: its output, then what it says about it.
fn printed(mut command: Command) -> String {
    let output = command.output().expect("the program can be run");
    [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("it prints UTF-8")).concat()
}

/// A command line's words; quotes are not needed so far.
fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

#[expect(clippy::disallowed_methods, reason = "a test writes what the reader is told to write")]
fn write(path: &Path, text: impl AsRef<[u8]>) {
    std::fs::create_dir_all(path.parent().expect("it is a file")).expect("a folder can be made");
    std::fs::write(path, text).expect("a file can be written");
}

/// `text` with its times and ports left open.
fn open(text: &str) -> String {
    let mut text = text.replace("127.0.0.1:8110", "127.0.0.1:[..]");
    for unit in [" ms", " ミリ秒"] {
        while let Some(at) = text.find(unit) {
            let before = text.get(..at).unwrap_or_default();
            let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
            text.replace_range(start..at + unit.len(), "[..]");
        }
    }
    text
}

/// A reader who does as a README says.
struct Reader {
    folder: PathBuf,
    locale: &'static str,
}

impl Reader {
    /// Types the commands of a `console` block and compares what is printed.
    fn type_all(&mut self, block: &Block<'_>) {
        let mut steps: Vec<(&str, String)> = Vec::new();
        for line in block.text.lines() {
            if let Some(command) = line.strip_prefix("$ ") {
                steps.push((command, String::new()));
            } else {
                let (_, expected) = steps.last_mut().expect("a console block begins with a command");
                expected.extend([line, "\n"]);
            }
        }
        for (command, expected) in steps {
            let said = match words(command)[..] {
                ["cd", folder] => {
                    self.folder.push(folder);
                    String::new()
                }
                ["hiketsu", "serve"] => self.serve(),
                ["hiketsu", ref args @ ..] => {
                    let mut command = hiketsu(&self.folder, self.locale);
                    command.args(args);
                    printed(command)
                }
                _ => format!("line {}: nobody knows how to run {command}", block.line),
            };
            snapbox::Assert::new().eq(said, open(&expected));
        }
    }

    /// The first line that the server prints.
    fn serve(&self) -> String {
        use std::io::BufRead as _;
        let mut server = hiketsu(&self.folder, self.locale)
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let _ = std::io::BufReader::new(server.stdout.take().expect("its output is ours")).read_line(&mut line);
        server.kill().and_then(|()| server.wait()).expect("the server can be stopped");
        line
    }
}

#[test]
fn the_tutorials_go_as_they_say() {
    for document in &DOCUMENTS {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let mut reader = Reader { folder: folder.path().to_owned(), locale: document.locale };
        let mut commands = 0;
        for block in blocks(document.text) {
            match words(block.info)[..] {
                ["console"] => {
                    reader.type_all(&block);
                    commands += 1;
                }
                ["markdown", path] => write(&reader.folder.join(path), &block.text),
                _ => {}
            }
        }
        assert!(commands >= 5, "the tutorial is run");
        renumbered(&reader);
        reworded(&reader, document);
    }
}

/// Two lessons change places: by hand, their links are reported with the new names; by the command that the README names,
/// everything follows. Their addresses stay.
fn renumbered(reader: &Reader) {
    let lessons = reader.folder.join("content/lessons");
    let swap = |pairs: [(&str, &str); 3]| {
        for (from, to) in pairs {
            #[expect(clippy::disallowed_methods, reason = "a test renames as the reader would")]
            std::fs::rename(lessons.join(from), lessons.join(to)).expect("a file can be renamed");
        }
    };
    swap([("003-ask.md", "x.md"), ("002-listen.md", "003-listen.md"), ("x.md", "002-ask.md")]);
    let mut check = hiketsu(&reader.folder, reader.locale);
    check.arg("check");
    let said = printed(check);
    assert_eq!(said.matches("[E0520]").count(), 2, "{said}");
    assert_eq!(said.matches("003-listen.md”").count() + said.matches("「003-listen.md」").count(), 2, "{said}");
    swap([("002-ask.md", "x.md"), ("003-listen.md", "002-listen.md"), ("x.md", "003-ask.md")]);
    let mut moved = hiketsu(&reader.folder, reader.locale);
    moved.args(["move", "3", "2", "--yes", "--quiet"]);
    printed(moved);
    assert!(lessons.join("002-ask.md").is_file() && lessons.join("003-listen.md").is_file());
    let mut build = hiketsu(&reader.folder, reader.locale);
    build.args(["build", "--quiet"]);
    assert_eq!(printed(build), "");
    assert!(reader.folder.join("public/lessons/ask/index.html").is_file());
}

/// The example of a theme's words changes them.
fn reworded(reader: &Reader, document: &Document) {
    let section = section(document.text, document.themes);
    let found = blocks(section);
    let block = found.iter().find(|block| block.info == "toml i18n/ja.toml").expect("there is an example of words");
    write(&reader.folder.join("i18n/ja.toml"), &block.text);
    let settings = reader.folder.join("site.toml");
    write(&settings, text_of(&settings).replace("language = \"en\"", "language = \"ja\""));
    let mut build = hiketsu(&reader.folder, reader.locale);
    build.args(["build", "--quiet"]);
    assert_eq!(printed(build), "");
    let page = text_of(&reader.folder.join("public/lessons/ask/index.html"));
    assert!(page.contains("前の話") && page.contains("次の話") && page.contains("読了にする"), "{page}");
}

#[expect(clippy::disallowed_methods, reason = "a test reads what was written")]
fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| format!("{}: {error}", path.display()))
}

#[test]
fn every_markdown_example_gives_what_it_says() {
    // A picture of one pixel.
    const PIXEL: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0;";
    for document in &DOCUMENTS {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let root = folder.path();
        assert!(
            printed({
                let mut init = hiketsu(root, document.locale);
                init.args(["init", "."]);
                init
            })
            .contains("hiketsu serve")
        );
        let settings = root.join("site.toml");
        // Both READMEs show what a Japanese site makes of their examples.
        write(&settings, text_of(&settings).replace("language = \"en\"", "language = \"ja\""));
        for picture in ["desk.png", "window.png"] {
            write(&root.join("content/lessons").join(picture), PIXEL);
        }
        let section = section(document.text, document.markdown);
        let examples: Vec<_> = blocks(section).into_iter().filter(|block| block.info == "markdown").collect();
        for (at, example) in examples.iter().enumerate() {
            let file = format!("content/lessons/{}-example-{at}.md", at + 3);
            write(&root.join(file), format!("---\ntitle: {at}\n---\n\n{}", example.text));
        }
        let mut build = hiketsu(root, document.locale);
        build.args(["build", "--strict", "--quiet"]);
        assert_eq!(printed(build), "");
        for (at, example) in examples.iter().enumerate() {
            assert!(!example.gives.is_empty(), "nothing is said of what this gives:\n{}", example.text);
            let html = text_of(&root.join(format!("public/lessons/example-{at}/index.html")));
            let page = Html::parse_document(&html);
            for expected in &example.gives {
                assert!(gives(&page, expected), "{expected}\nis not given by\n{}\nbut\n{html}", example.text);
            }
        }
    }
}

/// Whether the body of a lesson has an element that matches.
fn gives(page: &Html, expected: &str) -> bool {
    let (selector, text) =
        expected.split_once(" :: ").map_or((expected, None), |(selector, text)| (selector, Some(text)));
    let selector = Selector::parse(&format!(".body {selector}")).expect("it is a selector");
    page.select(&selector).any(|element| text.is_none_or(|text| element.text().collect::<String>().trim() == text))
}

/// The faults of a `site.toml` with its two required keys and `rest`, and what it says.
fn settings(rest: &str) -> (Config, Vec<Fault>) {
    let read = config::parse(&format!("title = \"t\"\nbase_url = \"https://example.com/\"\n{rest}"));
    (read.value, read.faults)
}

/// The keys that are known where `zzz` is not.
fn known(faults: &[Fault]) -> Option<Vec<String>> {
    let arg = |fault: &Fault, name| fault.args.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let unknown =
        faults.iter().find(|fault| fault.code.id == "E0201" && arg(fault, "key").as_deref() == Some("zzz"))?;
    Some(arg(unknown, "known")?.split(", ").map(str::to_owned).collect())
}

/// Every key of `site.toml` that has no keys in it, with the tables that it stands in.
fn all_settings() -> Vec<String> {
    let mut all = Vec::new();
    let mut open: Vec<String> = known(&settings("zzz = 1\n").1).expect("there are keys");
    while let Some(key) = open.pop() {
        let tables = [format!("[{key}]"), format!("[[{key}]]"), format!("[{key}.KEY]")];
        let found = tables.iter().find_map(|table| known(&settings(&format!("{table}\nzzz = 1\n")).1));
        let inner = if found.is_some() && known(&settings(&format!("[{key}.KEY]\nzzz = 1\n")).1).is_some() {
            format!("{key}.KEY")
        } else {
            key.clone()
        };
        match found {
            Some(keys) => open.extend(keys.iter().map(|name| format!("{inner}.{name}"))),
            None => all.push(key),
        }
    }
    all.sort();
    all
}

#[test]
fn the_reference_of_settings_is_complete() {
    let all = all_settings();
    assert!(all.len() > 25 && all.contains(&"taxonomies.KEY.terms.slug".to_owned()), "{all:?}");
    for document in &DOCUMENTS {
        let section = section(document.text, document.settings);
        let named: Vec<String> = named(section).iter().map(|key| key.replace(document.key, "KEY")).collect();
        for key in &all {
            assert!(named.contains(key), "{key} is not in the table of {}", document.settings);
        }
        for key in &named {
            let above = all.iter().any(|known| known == key || known.starts_with(&format!("{key}.")));
            assert!(above, "there is no key {key} for the table of {}", document.settings);
        }
        let found = blocks(section);
        let example = found.iter().find(|block| block.info == "toml site.toml").expect("there is an example");
        assert_eq!(config::parse(&example.text).faults, [], "{}", document.settings);
        for key in &all {
            let name = key.rsplit('.').next().unwrap_or(key);
            let written = example.text.lines().any(|line| line.starts_with(&format!("{name} = ")));
            assert!(written || key == "extra", "{key} is not in the example of {}", document.settings);
        }
    }
}

/// Settings without the places where they were written.
fn without_places(config: &Config) -> serde_json::Value {
    fn strip(value: &mut serde_json::Value) {
        if let Some(map) = value.as_object_mut() {
            map.remove("span");
            map.values_mut().for_each(strip);
        }
        if let Some(list) = value.as_array_mut() {
            list.iter_mut().for_each(strip);
        }
    }
    let mut value = serde_json::to_value(config).expect("settings serialise");
    strip(&mut value);
    value
}

#[test]
fn what_is_left_out_is_what_the_reference_says() {
    for document in &DOCUMENTS {
        let mut tried = 0;
        for row in rows(section(document.text, document.settings)) {
            let (Some(key), Some(value)) = (code(row[0]).next(), row.get(2)) else { continue };
            let value = value.trim_matches('`');
            let literal = value.starts_with('"') || value.bytes().all(|byte| byte.is_ascii_digit());
            if !literal && !["true", "false"].contains(&value) {
                continue;
            }
            let (table, name) = key.rsplit_once('.').map_or(("", key), |(table, name)| (table, name));
            let around = match table {
                "" => String::new(),
                "speakers" => "[[speakers]]\nname = \"x\"\n".to_owned(),
                _ => format!("[{table}]\n"),
            };
            let (bare, _) = settings(&around);
            let (given, faults) = settings(&format!("{around}{name} = {value}\n"));
            assert_eq!(faults, [], "{key} = {value}");
            assert_eq!(without_places(&given), without_places(&bare), "{key} = {value} is not what it is if left out");
            tried += 1;
        }
        assert!(tried >= 10, "only {tried} values are tried");
    }
}

fn options() -> TextOptions {
    TextOptions {
        language: "ja".to_owned(),
        timezone: "Asia/Tokyo".to_owned(),
        taxonomies: vec!["categories".to_owned(), "tags".to_owned()],
        markdown: config::MarkdownOptions::default(),
        speakers: Vec::new(),
        spellings: hiketsu::content::Spellings::default(),
    }
}

fn front_faults(yaml: &str, role: Role) -> Vec<Fault> {
    front_matter::parse(&format!("---\n{yaml}---\n"), role, &options()).2
}

#[test]
fn the_reference_of_front_matter_is_complete() {
    let mut all = known(&front_faults("zzz: 1\n", Role::Index)).expect("there are fields");
    assert!(all.len() > 15, "{all:?}");
    let parts = known(&front_faults("title: t\nkind: series\nparts:\n  - zzz: 1\n", Role::Index));
    all.extend(parts.expect("a part has fields").iter().map(|name| format!("parts.{name}")));
    for document in &DOCUMENTS {
        let section = section(document.text, document.front_matter);
        let named = named(section);
        for key in &all {
            assert!(named.contains(&key.as_str()), "{key} is not in the tables of {}", document.front_matter);
        }
        for key in named.iter().filter(|key| **key != "taxonomies") {
            assert!(all.iter().any(|known| known == key), "there is no field {key} for {}", document.front_matter);
        }
        let found = blocks(section);
        let example = |info| &found.iter().find(|block| block.info == info).expect("there is an example").text;
        let (lesson, series) = (example("yaml lesson"), example("yaml series"));
        assert_eq!(front_faults(lesson, Role::Text), []);
        assert_eq!(front_faults(series, Role::Index), []);
        for key in &all {
            let name = key.trim_start_matches("parts.");
            let written = |line: &str| line.trim_start_matches([' ', '-']).starts_with(&format!("{name}:"));
            let both = lesson.lines().chain(series.lines()).any(written);
            assert!(both, "{key} is in no example of {}", document.front_matter);
        }
    }
}

/// The words at the heads of the lines under `heading` of a help page.
fn entries(help: &str, heading: &str) -> Vec<String> {
    let (_, rest) = help.split_once(&format!("\n{heading}:\n")).unwrap_or_default();
    let lines = rest.lines().take_while(|line| !line.is_empty());
    let heads = lines.filter(|line| line.starts_with("  ") && !line.starts_with("           "));
    heads.flat_map(|line| line.split_whitespace().take(2)).map(|word| word.trim_end_matches(',').to_owned()).collect()
}

#[test]
fn every_command_and_option_is_there() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let help = |args: &[&str]| {
        let mut command = hiketsu(folder.path(), "en_US.UTF-8");
        command.args(args).arg("--help");
        printed(command)
    };
    let top = help(&[]);
    let commands: Vec<String> = entries(&top, "Commands").into_iter().step_by(2).collect();
    assert!(commands.len() >= 7, "{commands:?}");
    let mut options = entries(&top, "Common options");
    for command in &commands {
        options.extend(entries(&help(&[command]), "Options"));
    }
    options.retain(|word| word.starts_with('-'));
    assert!(options.len() > 15, "{options:?}");
    for document in &DOCUMENTS {
        let section = section(document.text, document.commands);
        let named = named(section);
        for command in &commands {
            let known = named.iter().any(|name| words(name).get(..2) == Some(&["hiketsu", command.as_str()]));
            assert!(known, "{command} is not in {}", document.commands);
        }
        for option in &options {
            assert!(named.iter().any(|name| words(name)[0] == option), "{option} is not in {}", document.commands);
        }
        for name in named.iter().filter(|name| name.starts_with('-')) {
            assert!(options.iter().any(|option| words(name)[0] == option), "there is no option {name}");
        }
    }
}

#[test]
fn the_templates_that_are_named_are_those_of_the_theme() {
    let section = section(DOCUMENTS[0].text, DOCUMENTS[0].themes);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/standard/templates");
    #[expect(clippy::disallowed_methods, reason = "a test looks what is there")]
    let files = std::fs::read_dir(folder).expect("the theme is there");
    let mut there: Vec<String> = files
        .flatten()
        .map(|file| file.file_name().to_string_lossy().into_owned())
        .filter(|name| name != "partials")
        .collect();
    let mut named: Vec<String> = code(section).filter(|word| word.contains(".html")).map(str::to_owned).collect();
    there.sort();
    named.sort();
    assert_eq!(named, there);
}

#[test]
fn a_site_is_published_as_the_readme_says() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = folder.path();
    let run = |args: &[&str]| {
        let mut command = hiketsu(root, "en_US.UTF-8");
        command.args(args);
        printed(command)
    };
    run(&["init", "."]);
    let settings = root.join("site.toml");
    write(&settings, text_of(&settings).replace("https://example.com/", "https://example.com/course/"));
    let content = root.join("content");
    for name in ["CNAME", "favicon.ico", "robots.txt", ".well-known/x", ".htaccess", "a.txt~", "a.bak"] {
        write(&content.join(name), name);
    }
    assert_eq!(run(&["build", "--quiet", "--strict"]), "");
    let public = root.join("public");
    for name in ["CNAME", "favicon.ico", "robots.txt", ".well-known/x", ".htaccess"] {
        assert_eq!(text_of(&public.join(name)), name, "it is published as it is");
    }
    assert_eq!(text_of(&public.join(".nojekyll")), "");
    for name in ["a.txt~", "a.bak"] {
        assert!(!public.join(name).exists(), "{name} is passed over");
    }
    let page = text_of(&public.join("lessons/listen/index.html"));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.com/course/lessons/listen/\">"), "{page}");
    assert!(!page.contains("\"/course/"), "links between pages are relative");
    assert!(text_of(&public.join("404.html")).contains("href=\"/course/"), "the 404 page is shown anywhere");
    // `.gitignore` names what need not be kept, and a file of somebody else stops the build.
    let ignored = text_of(&root.join(".gitignore"));
    assert!(ignored.contains("/public/") && ignored.contains("/.hiketsu/"), "{ignored}");
    write(&public.join("mine.txt"), "mine");
    let said = run(&["build"]);
    assert!(said.contains("mine.txt") && text_of(&public.join("mine.txt")) == "mine", "{said}");
}
