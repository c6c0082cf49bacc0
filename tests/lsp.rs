//! `hiketsu lsp`: an editor asks, in the protocol, and is answered. The editor here holds the other end of a pair of pipes
//! in memory; the site is a real folder.
#![expect(clippy::disallowed_methods, reason = "the tests lay out a site, and the server runs beside them")]

use std::fs;
use std::path::Path;
use std::thread::JoinHandle;

use hiketsu::diag::Lang;
use hiketsu::lsp::{self, Options};
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};

const SITE: &str = "title = '見本'\nbase_url = 'https://example.com/'\n[taxonomies.tags]\nterms = ['信頼', '準備']\n";
const INDEX: &str = "---\ntitle: 連載\nkind: series\nplanned: 10\n---\n";
const LISTEN: &str = "---\ntitle: まず聴く\ndescription: 黙って聴く話。\n---\n\n## 玄関で\n\n待つ。\n\n### 雨の日\n\n待たない。\n\n## 終わり\n\n以上。\n";
/// 𠮷 and 🍣 are two units of UTF-16 each.
const QUOTA: &str = "---\ntitle: ノルマを忘れる\ntags: [信頼]\nrequires: [listen]\n---\n\n𠮷野家で🍣を[[listen]]、[玄関](001-listen.md#玄関で)。\n\n1.聴く。\n";

/// An editor and the server that it started.
struct Editor {
    connection: Connection,
    server: Option<JoinHandle<()>>,
    folder: tempfile::TempDir,
    next: i32,
    /// What was said of files, the last of each.
    told: Vec<(String, Value)>,
}

impl Editor {
    fn start() -> Self {
        Self::with(
            &json!({ "workspace": { "workspaceEdit": { "documentChanges": true, "resourceOperations": ["rename"] } } }),
        )
    }

    fn with(capabilities: &Value) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (path, text) in [
            ("site.toml", SITE),
            ("content/secrets/_index.md", INDEX),
            ("content/secrets/001-listen.md", LISTEN),
            ("content/secrets/002-forget-the-quota.md", QUOTA),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("it can be made");
            fs::write(path, text).expect("it can be written");
        }
        let (ours, theirs) = Connection::memory();
        let options = Options { root: None, lang: Some(Lang::Ja), default_lang: Lang::En };
        let server = std::thread::spawn(move || lsp::run(&theirs, &options).expect("it ends well"));
        let mut editor = Self { connection: ours, server: Some(server), folder, next: 0, told: Vec::new() };
        let root = editor.uri("");
        let params = json!({ "processId": null, "capabilities": capabilities, "rootUri": root.trim_end_matches('/') });
        let answer = editor.ask("initialize", params);
        assert_eq!(answer["serverInfo"]["name"], "hiketsu");
        editor.tell("initialized", json!({}));
        editor
    }

    fn uri(&self, path: &str) -> String {
        let root = self.folder.path().canonicalize().expect("it is there");
        format!("file://{}/{path}", root.display())
    }

    fn send(&self, message: Message) {
        self.connection.sender.send(message).expect("the server listens");
    }

    fn tell(&self, method: &str, params: Value) {
        self.send(Message::Notification(Notification::new(method.to_owned(), params)));
    }

    fn receive(&mut self) -> Message {
        let message = self.connection.receiver.recv().expect("the server answers");
        if let Message::Notification(told) = &message
            && told.method == "textDocument/publishDiagnostics"
        {
            let uri = told.params["uri"].as_str().expect("it names a file").to_owned();
            self.told.retain(|(known, _)| *known != uri);
            self.told.push((uri, told.params["diagnostics"].clone()));
        }
        message
    }

    /// The result of a request, or what the server says is wrong with it.
    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next.into();
        self.send(Message::Request(Request::new(id, method.to_owned(), params)));
        loop {
            if let Message::Response(response) = self.receive()
                && response.id == self.next.into()
            {
                return response.response_result.unwrap_or_else(|error| json!({ "error": error.message }));
            }
        }
    }

    fn open(&self, path: &str, text: &str) {
        let document = json!({ "uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    fn change(&self, path: &str, text: &str) {
        let document = json!({ "uri": self.uri(path), "version": 2 });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [{ "text": text }] }));
    }

    /// A request about the place behind `before` in a file.
    fn at(&mut self, method: &str, path: &str, text: &str, before: &str, more: Value) -> Value {
        let offset = text.find(before).expect("the text has it") + before.len();
        let (line, column) = position(text, offset);
        let mut params = json!({
            "textDocument": { "uri": self.uri(path) },
            "position": { "line": line, "character": column },
        });
        if let (Value::Object(params), Value::Object(more)) = (&mut params, more) {
            params.extend(more);
        }
        self.ask(method, params)
    }

    /// The codes that were told of a file, with their places.
    fn codes(&mut self, path: &str) -> Vec<String> {
        // Any answer comes after what was told before.
        let _ = self.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": self.uri(path) } }));
        let uri = self.uri(path);
        let told = self.told.iter().find(|(known, _)| *known == uri);
        let all = told.and_then(|(_, told)| told.as_array()).cloned().unwrap_or_default();
        let place = |at: &Value| format!("{}:{}", at["line"], at["character"]);
        all.iter()
            .map(|one| format!("{} {}", one["code"].as_str().unwrap_or(""), place(&one["range"]["start"])))
            .collect()
    }

    fn labels(answer: &Value) -> Vec<String> {
        let items = answer.as_array().cloned().unwrap_or_default();
        items.iter().map(|item| item["label"].as_str().unwrap_or("").to_owned()).collect()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        assert_eq!(self.ask("shutdown", Value::Null), Value::Null);
        self.tell("exit", Value::Null);
        self.server.take().expect("it runs").join().expect("it ends well");
    }
}

fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..offset];
    let before = std::str::from_utf8(before).expect("it is cut between characters");
    let line = before.matches('\n').count();
    let column = before.rsplit('\n').next().unwrap_or("").chars().map(char::len_utf16).sum();
    (line, column)
}

/// A text with the edits of an answer made.
fn edited(text: &str, edits: &Value) -> String {
    let offset = |at: &Value| {
        let line = usize::try_from(at["line"].as_u64().expect("a line")).expect("it fits");
        let units = at["character"].as_u64().expect("a column");
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut count = 0;
        let rest = std::str::from_utf8(&text.as_bytes()[start..]).expect("a line begins there");
        let inside: usize = rest
            .chars()
            .take_while(|c| {
                let here = count < units;
                count += c.len_utf16() as u64;
                here
            })
            .map(char::len_utf8)
            .sum();
        start + inside
    };
    let mut all: Vec<(usize, usize, String)> = edits
        .as_array()
        .expect("edits")
        .iter()
        .map(|edit| {
            (
                offset(&edit["range"]["start"]),
                offset(&edit["range"]["end"]),
                edit["newText"].as_str().expect("text").to_owned(),
            )
        })
        .collect();
    all.sort();
    let mut out = text.to_owned();
    for (start, end, new) in all.into_iter().rev() {
        out.replace_range(start..end, &new);
    }
    out
}

const FILE: &str = "content/secrets/002-forget-the-quota.md";

#[test]
fn faults_are_told_as_the_text_changes_and_go_when_they_are_mended() {
    let mut editor = Editor::start();
    assert_eq!(editor.codes(FILE), ["E0702 8:0"], "before anything is open");
    // Nothing of this is on disk. The place counts units of UTF-16.
    let text = QUOTA.replace("[[listen]]", "[[lisen]]").replace("1.聴く", "聴く");
    editor.open(FILE, &text);
    assert_eq!(editor.codes(FILE), ["E0526 6:8"]);
    let told = editor.told.iter().find(|(uri, _)| uri.ends_with("quota.md")).map(|(_, told)| told[0].clone());
    let told = told.expect("it was told");
    assert_eq!((&told["severity"], &told["source"]), (&json!(1), &json!("hiketsu")));
    assert!(
        told["message"]
            .as_str()
            .is_some_and(|words| words.starts_with("「lisen」という id の話はありません\n[[listen]] では"))
    );
    // A fault in one file may be mended in another.
    editor.change(FILE, &QUOTA.replace("1.聴く", "聴く"));
    assert_eq!(editor.codes(FILE), Vec::<String>::new());
    editor.open("site.toml", &SITE.replace("'信頼', ", ""));
    assert_eq!(editor.codes(FILE), ["E0510 2:7"]);
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": editor.uri("site.toml") } }));
    assert_eq!(editor.codes(FILE), Vec::<String>::new(), "what is on disk counts again");
    // Templates are looked at too.
    fs::create_dir_all(editor.folder.path().join("templates")).expect("it can be made");
    fs::write(editor.folder.path().join("templates/lesson.html"), "{{ pgae }}").expect("it can be written");
    editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(editor.codes("templates/lesson.html"), ["E0609 0:3"]);
}

#[test]
fn links_to_drafts_are_told_though_drafts_are_built() {
    let mut editor = Editor::start();
    editor.open("content/secrets/001-listen.md", &LISTEN.replace("description:", "draft: true\ndescription:"));
    let codes = editor.codes(FILE);
    assert!(codes.iter().any(|code| code.starts_with("E0522 6:8")), "{codes:?}");
}

#[test]
fn what_can_be_written_is_offered() {
    let mut editor = Editor::start();
    let mut offered = |text: &str, before: &str| {
        editor.open(FILE, text);
        let answer = editor.at("textDocument/completion", FILE, text, before, json!({}));
        (Editor::labels(&answer), answer)
    };
    let head = "---\ntitle: x\n";
    let (ids, answer) = offered(&format!("{head}---\n前の[[li"), "[[li");
    assert_eq!(ids, ["listen", "forget-the-quota"]);
    assert_eq!(answer[0]["detail"], "1. まず聴く");
    assert_eq!(answer[0]["textEdit"]["range"]["start"], json!({ "line": 3, "character": 4 }));
    assert_eq!(offered(&format!("{head}---\n[[listen#"), "#").0, ["玄関で", "雨の日", "終わり"]);
    assert_eq!(offered(&format!("{head}---\n[x]("), "](").0, ["001-listen.md", "_index.md"]);
    assert!(offered(&format!("{head}---\n> [!"), "[!").0.contains(&"まとめ".to_owned()));
    assert!(offered(&format!("{head}---\n:::"), ":::").0.contains(&"SUMMARY".to_owned()));
    assert_eq!(offered(&format!("{head}tags: [信"), "[信").0, ["信頼", "準備"]);
    assert_eq!(offered(&format!("{head}tags:\n  - "), "- ").0, ["信頼", "準備"]);
    assert_eq!(offered(&format!("{head}requires: ["), "requires: [").0, ["listen"], "earlier lessons only");
    assert_eq!(offered(&format!("{head}draft: "), "draft: ").0, ["true", "false"]);
    let (keys, answer) = offered(&format!("{head}d"), "x\nd");
    assert!(keys.contains(&"description".to_owned()) && !keys.contains(&"title".to_owned()), "{keys:?}");
    assert!(!keys.contains(&"planned".to_owned()), "that is for a series");
    assert!(answer[0]["documentation"]["value"].as_str().is_some_and(|words| !words.is_empty()));
    assert_eq!(offered(&format!("{head}---\nただの文"), "ただの").0, Vec::<String>::new());
}

#[test]
fn what_stands_at_a_place_is_explained() {
    let mut editor = Editor::start();
    let mut hover = |before: &str| {
        let answer = editor.at("textDocument/hover", FILE, QUOTA, before, json!({}));
        answer["contents"]["value"].as_str().unwrap_or("").to_owned()
    };
    assert_eq!(
        hover("🍣を[[li"),
        "**まず聴く**  \n第1回（全10回） · `content/secrets/001-listen.md`\n\n黙って聴く話。"
    );
    assert!(hover("requires: [li").starts_with("**まず聴く**"));
    assert!(hover("\nreq").starts_with("**requires** — "), "a field");
    assert!(hover("\n1").starts_with("**E0702** "), "a fault");
    assert_eq!(hover("𠮷"), "");
}

#[test]
fn links_lead_to_lessons_and_lessons_know_who_links_to_them() {
    let mut editor = Editor::start();
    let place = |answer: &Value| {
        let uri = answer["uri"].as_str().unwrap_or("").rsplit('/').next().unwrap_or("").to_owned();
        format!("{uri} {}:{}", answer["range"]["start"]["line"], answer["range"]["start"]["character"])
    };
    for (before, leads) in
        [("[[li", "001-listen.md 1:7"), ("(001", "001-listen.md 5:0"), ("requires: [li", "001-listen.md 1:7")]
    {
        let answer = editor.at("textDocument/definition", FILE, QUOTA, before, json!({}));
        assert_eq!(place(&answer), leads, "{before}");
    }
    let context = json!({ "context": { "includeDeclaration": true } });
    let answer = editor.at("textDocument/references", "content/secrets/001-listen.md", LISTEN, "ま", context);
    let found: Vec<String> = answer.as_array().expect("a list").iter().map(place).collect();
    let file = "002-forget-the-quota.md";
    assert_eq!(
        found,
        ["001-listen.md 1:7".to_owned(), format!("{file} 3:11"), format!("{file} 6:8"), format!("{file} 6:19")]
    );
}

#[test]
fn headings_are_an_outline() {
    let mut editor = Editor::start();
    let file = "content/secrets/001-listen.md";
    let answer = editor.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": editor.uri(file) } }));
    assert_eq!(
        (&answer[0]["name"], &answer[0]["children"][0]["name"], &answer[1]["name"]),
        (&json!("玄関で"), &json!("雨の日"), &json!("終わり"))
    );
    assert_eq!(answer[0]["range"]["end"], json!({ "line": 13, "character": 0 }));
}

#[test]
fn a_lesson_gets_another_id_everywhere() {
    let mut editor = Editor::start();
    let listen = "content/secrets/001-listen.md";
    // What is not saved is changed as it stands in the editor.
    let text = QUOTA.replace("聴く。", "聴くこと。");
    editor.open(FILE, &text);
    let named = editor.at("textDocument/prepareRename", FILE, &text, "[[li", json!({}));
    assert_eq!(
        (&named["placeholder"], &named["range"]["start"]),
        (&json!("listen"), &json!({ "line": 6, "character": 10 }))
    );
    let answer = editor.at("textDocument/rename", FILE, &text, "[[li", json!({ "newName": "listen-first" }));
    let changes = answer["documentChanges"].as_array().expect("changes").clone();
    let (mut after, mut renamed) = (Vec::new(), Vec::new());
    for change in &changes {
        if change["kind"] == "rename" {
            renamed.push((change["oldUri"].clone(), change["newUri"].clone()));
        } else {
            let own = change["textDocument"]["uri"] == json!(editor.uri(FILE));
            after.push(edited(if own { &text } else { LISTEN }, &change["edits"]));
        }
    }
    assert_eq!(renamed, [(json!(editor.uri(listen)), json!(editor.uri("content/secrets/001-listen-first.md")))]);
    let all = after.concat();
    for words in [
        "[[listen-first]]",
        "(001-listen-first.md#玄関で)",
        "requires: [listen-first]",
        "聴くこと。",
        "/secrets/listen/",
    ] {
        assert!(all.contains(words), "{words}: {all}");
    }
    let taken = editor.at("textDocument/rename", FILE, &text, "[[li", json!({ "newName": "forget-the-quota" }));
    assert!(taken["error"].as_str().is_some_and(|words| words.starts_with("その id の話がもうあります")), "{taken}");
    let bad = editor.at("textDocument/rename", FILE, &text, "[[li", json!({ "newName": "a/b" }));
    assert!(bad["error"].is_string(), "{bad}");
}

#[test]
fn an_editor_that_cannot_rename_files_is_told_what_to_do() {
    let mut editor = Editor::with(&json!({}));
    let answer = editor.at("textDocument/rename", FILE, QUOTA, "[[li", json!({ "newName": "x" }));
    assert!(answer["error"].as_str().is_some_and(|words| words.contains("`hiketsu rename`")), "{answer}");
}

#[test]
fn faults_are_mended_on_request() {
    let mut editor = Editor::start();
    let text = QUOTA.replace("[[listen]]", "[[lisen]]").replace("tags: [信頼]", "tags: [信頼]\ntoch: true");
    editor.open(FILE, &text);
    let mut fixes = |before: &str| {
        let offset = text.find(before).expect("it is there") + before.len();
        let (line, character) = position(&text, offset);
        let at = json!({ "line": line, "character": character });
        let params = json!({
            "textDocument": { "uri": editor.uri(FILE) },
            "range": { "start": at, "end": at },
            "context": { "diagnostics": [] },
        });
        let uri = editor.uri(FILE);
        let answer = editor.ask("textDocument/codeAction", params);
        let actions = answer.as_array().cloned().unwrap_or_default();
        actions
            .iter()
            .map(|action| {
                (action["title"].as_str().unwrap_or("").to_owned(), edited(&text, &action["edit"]["changes"][&uri]))
            })
            .collect::<Vec<_>>()
    };
    let link = fixes("[[lis");
    assert_eq!(link[0].0, "直す: listen");
    assert!(link[0].1.contains("🍣を[[listen]]、"), "{}", link[0].1);
    let field = fixes("\nto");
    assert_eq!((field[0].0.as_str(), field[0].1.contains("\ntoc: true\n")), ("直す: toc", true));
    let list = fixes("\n1");
    assert_eq!(list[0].0, "自動で直す");
    assert!(list[0].1.ends_with("\n1. 聴く。\n"), "{}", list[0].1);
    let all = fixes("𠮷");
    assert_eq!(all.len(), 1, "all that can be mended in the file");
    assert!(all[0].1.ends_with("\n1. 聴く。\n"));
}

#[test]
fn a_site_is_found_from_the_first_file_that_is_opened() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let site = folder.path().join("my course");
    fs::create_dir_all(site.join("content")).expect("it can be made");
    fs::write(site.join("site.toml"), SITE).expect("it can be written");
    fs::write(site.join("content/about.md"), "---\ntitle: x\n---\n").expect("it can be written");
    let mut editor = Editor::start();
    let (ours, theirs) = Connection::memory();
    let options = Options { root: None, lang: None, default_lang: Lang::En };
    let server = std::thread::spawn(move || lsp::run(&theirs, &options).expect("it ends well"));
    let old = std::mem::replace(&mut editor.connection, ours);
    let old_server = editor.server.replace(server);
    editor.next = 0;
    editor.ask("initialize", json!({ "processId": null, "capabilities": {}, "locale": "ja" }));
    editor.tell("initialized", json!({}));
    let uri = format!("file://{}", site.canonicalize().expect("it is there").join("content/about.md").display())
        .replace(' ', "%20");
    let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": "---\ntitel: x\n---\n" });
    editor.tell("textDocument/didOpen", json!({ "textDocument": document }));
    editor.codes("x");
    let told: Vec<_> = editor.told.iter().filter(|(known, _)| *known == uri).collect();
    assert!(
        told[0].1[0]["message"].as_str().is_some_and(|words| words.contains('が')),
        "the editor's language: {told:?}"
    );
    // The first server says goodbye as well.
    let end = |connection: &Connection| {
        let _ = connection.sender.send(Message::Request(Request::new(99.into(), "shutdown".to_owned(), Value::Null)));
        let _ = connection.sender.send(Message::Notification(Notification::new("exit".to_owned(), Value::Null)));
    };
    end(&old);
    old_server.expect("it ran").join().expect("it ends well");
}

#[test]
fn questions_that_are_not_understood_are_answered_too() {
    let mut editor = Editor::start();
    assert!(editor.ask("textDocument/hover", json!({ "nonsense": 1 }))["error"].is_string());
    assert!(editor.ask("textDocument/nonsense", json!({}))["error"].is_string());
    let outside = Path::new("/elsewhere/a.md");
    let uri = format!("file://{}", outside.display());
    let at = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } });
    assert_eq!(editor.ask("textDocument/hover", at), Value::Null);
}
