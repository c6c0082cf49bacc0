//! What theme authors are told: `hiketsu theme`, and `docs/theme-context.md`, which is made of the types that are serialised for
//! templates, and so is what a template sees. `UPDATE_DOCS=1 cargo test --test theme` writes it.
#![expect(clippy::disallowed_methods, reason = "the test lays out a site on a disk, and reads the sources")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs a command in a folder; its exit code, what it prints, and what it says.
fn hiketsu(folder: &Path, lang: &str, args: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hiketsu"));
    command.current_dir(folder).args(args).args(["--lang", lang]);
    let Output { status, stdout, stderr } = command.output().expect("the program can be run");
    let text = |bytes| String::from_utf8(bytes).expect("it prints UTF-8");
    (status.code().unwrap_or(-1), text(stdout), text(stderr))
}

#[test]
fn a_file_of_the_theme_is_listed_and_copied_and_never_written_over() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let root = folder.path();
    let run = |args: &[&str]| hiketsu(root, "ja", args);
    assert_eq!(run(&["init", "."]).0, 0);
    let from = |path: &str| {
        let (code, list, _) = run(&["theme", "list"]);
        assert_eq!(code, 0);
        let line =
            list.lines().find(|line| line.split_whitespace().next() == Some(path)).unwrap_or_default().to_owned();
        line.split_whitespace().last().unwrap_or_default().to_owned()
    };
    assert_eq!((from("templates/lesson.html"), from("i18n/ja.toml")), ("standard".to_owned(), "standard".to_owned()));
    let (code, made, _) = run(&["theme", "eject", "lesson.html", "assets/style.css"]);
    assert_eq!((code, made.as_str()), (0, "templates/lesson.html を作りました\nassets/style.css を作りました\n"));
    let template = root.join("templates/lesson.html");
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/standard/templates/lesson.html");
    assert_eq!(fs::read(&template).expect("it is there"), fs::read(theme).expect("it is there"));
    assert_eq!(from("templates/lesson.html"), "このサイトで置き換え");
    assert_eq!(run(&["build", "--quiet"]).0, 0);
    fs::write(&template, "mine").expect("it can be written");
    let (code, _, refused) = hiketsu(root, "en", &["theme", "eject", "page.html", "lesson.html"]);
    assert!(code == 3 && refused.contains("templates/lesson.html") && refused.contains("delete it"), "{refused}");
    assert_eq!(fs::read_to_string(&template).expect("it is there"), "mine");
    assert!(!root.join("templates/page.html").exists(), "all of them, or none");
    let (code, _, unknown) = run(&["theme", "eject", "leson.html"]);
    assert!(code == 2 && unknown.contains("「lesson.html」ではありませんか"), "{unknown}");
    let (code, _, missing) = run(&["theme", "eject"]);
    assert!(code == 2 && missing.contains("<FILE>"), "{missing}");
    assert_eq!(run(&["theme", "list", "x"]).0, 2);
}

/// A type that templates see: its documentation, and its fields or words.
struct Shape {
    doc: String,
    fields: Vec<(String, String, String)>,
}

fn doc(attributes: &[syn::Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join(" ").replace('|', "\\|").replace("[`", "`").replace("`]", "`")
}

/// A type as a theme author reads it: `list of Card`, `text, or none`.
fn shown(kind: &syn::Type) -> String {
    let syn::Type::Path(path) = kind else { return "text".to_owned() };
    let last = path.path.segments.last().expect("a type has a name");
    let inner: Vec<String> = match &last.arguments {
        syn::PathArguments::AngleBracketed(generic) => generic
            .args
            .iter()
            .filter_map(|arg| if let syn::GenericArgument::Type(kind) = arg { Some(shown(kind)) } else { None })
            .collect(),
        _ => Vec::new(),
    };
    match (last.ident.to_string().as_str(), &inner[..]) {
        ("bool", _) => "true or false".to_owned(),
        ("u32" | "i64" | "usize", _) => "number".to_owned(),
        ("Extra", _) => "any value".to_owned(),
        ("Option", [of]) => format!("{of}, or none"),
        ("Vec", [of]) => format!("list of {of}"),
        ("Box", [of]) => of.clone(),
        ("Strings" | "Assets" | "BTreeMap", _) => "texts by name".to_owned(),
        ("String" | "Paragraph" | "Layout" | "Face", _) => "text".to_owned(),
        (name, _) => format!("[{name}](#{})", name.to_lowercase()),
    }
}

fn fields(fields: &syn::Fields) -> Vec<(String, String, String)> {
    let named = fields.iter().filter(|field| field.ident.is_some());
    named
        .map(|field| (field.ident.as_ref().expect("it is named").to_string(), shown(&field.ty), doc(&field.attrs)))
        .collect()
}

fn parse(file: &str) -> syn::File {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    syn::parse_file(&fs::read_to_string(path).expect("it is there")).expect("it compiles")
}

/// What `view` serialises for templates.
fn document() -> String {
    let mut shapes: BTreeMap<String, Shape> = BTreeMap::new();
    for item in parse("src/view/mod.rs").items {
        if let syn::Item::Struct(item) = item {
            shapes.insert(item.ident.to_string(), Shape { doc: doc(&item.attrs), fields: fields(&item.fields) });
        }
    }
    let mut out = String::from(
        "# What a template sees\n\nMade of the types of `src/view`: `UPDATE_DOCS=1 cargo test --test theme` writes this page, and the tests fail where it \
         is not up to date.\n\n\
         A template is [Tera](https://keats.github.io/tera/) 2. `path` in any of these is percent-encoded and begins at the site's root: \
         `href=\"{{ root }}{{ link.path }}\"`.\nWhat may be none is asked for first: `{% if lesson.next %}`.\n\n\
         - `hiketsu theme list` shows the files of the theme, `hiketsu theme eject lesson.html` copies one into the site.\n\
         - One block is changed by a file of the same name that begins with `{% extends \"standard/lesson.html\" %}`; `standard/` names the standard\n  \
         theme's, and so does the name of the theme in use. `themes/plain` is a whole theme in less than 150 lines.\n\
         - Custom properties that `[theme]` in `site.toml` sets: `--bg`, `--fg`, `--muted`, `--soft`, `--line`, `--link`, `--visited`, `--good`, `--good-bg`, `--bad`,\n  \
         `--bad-bg`, `--key`, `--key-bg`, `--ai` (accent), `--ai-fg`, `--sans`, `--mincho`, `--mono`, `--measure`, `--leading`, `--scale` (size), `--tracking`.\n\n\
         ## In every template\n\n| name | what | |\n| --- | --- | --- |\n\
         | `site` | [Site](#site) | What all pages share. |\n| `page` | [Page](#page) | This page. |\n\
         | `root` | text | The path from this page to the site's root. |\n\
         | `assets` | texts by name | The theme's assets: `assets[\"style.css\"]` is a path. |\n\
         | `integrity` | texts by name | What their bytes are checked by, for `integrity=\"…\"`; style sheets and scripts only. |\n\
         | `t` | texts by name | The theme's words in the site's language. |\n| `lang` | text | The site's language. |\n\n\
         ## By the kind of page\n\n| template | name | what |\n| --- | --- | --- |\n",
    );
    for item in parse("src/view/views.rs").items {
        let syn::Item::Enum(item) = item else { continue };
        for variant in item.variants.iter().filter(|_| item.ident == "Data") {
            for (name, kind, _) in fields(&variant.fields) {
                let _ = writeln!(out, "| {}.html | `{name}` | {kind} |", variant.ident.to_string().to_lowercase());
            }
        }
    }
    for (name, Shape { doc, fields }) in &shapes {
        if name == "Extra" || fields.is_empty() {
            continue;
        }
        let _ = write!(out, "\n## {name}\n\n{doc}\n\n| field | what | |\n| --- | --- | --- |\n");
        for (field, kind, doc) in fields {
            let _ = writeln!(out, "| `{field}` | {kind} | {doc} |");
        }
    }
    out
}

#[test]
fn the_documented_context_is_what_templates_see() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/theme-context.md");
    let found = document();
    if std::env::var_os("UPDATE_DOCS").is_some_and(|value| value == "1") {
        fs::write(&path, &found).expect("it can be written");
    }
    let said = fs::read_to_string(&path).unwrap_or_default();
    assert!(said == found, "docs/theme-context.md is not up to date: UPDATE_DOCS=1 cargo test --test theme");
    let theme = include_str!("../src/config/theme.rs");
    for property in found
        .lines()
        .filter(|line| line.contains("`--"))
        .flat_map(|line| line.split('`'))
        .filter(|word| word.starts_with("--"))
    {
        assert!(theme.contains(&format!("\"{property}\"")), "{property}");
    }
    assert!(
        found.contains("| `number` | number |") && found.contains("| lesson.html | `lesson` | [Lesson](#lesson) |")
    );
}
