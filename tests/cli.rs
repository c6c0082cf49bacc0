//! The commands as typed: what they print, what they write, and their exit codes.

mod typed;

use snapbox::cmd::{Command, cargo_bin};
use typed::{folder, hiketsu, site, stderr, stdout};

#[test]
fn a_new_site_is_made_and_built_in_two_commands() {
    let folder = folder();
    let done = hiketsu(folder.path(), "ja_JP.UTF-8", &["init", "my course"]).success();
    assert_eq!(stdout(&done), "my course に新しいサイトを作りました。次は：\n  cd 'my course'\n  hiketsu serve\n");
    let root = folder.path().join("my course");
    for file in ["site.toml", ".gitignore", "content/about.md", "content/lessons/_index.md"] {
        assert!(root.join(file).is_file(), "{file}");
    }
    let done = hiketsu(&root, "ja_JP.UTF-8", &["build", "--strict"]).success();
    assert!(stdout(&done).starts_with("public に書き出しました（"), "{}", stdout(&done));
    assert_eq!(stderr(&done), "", "a new site has no faults");
    assert!(root.join("public/index.html").is_file());
}

#[test]
fn init_speaks_the_users_language_and_overwrites_nothing() {
    let folder = folder();
    let done = hiketsu(folder.path(), "C", &["init", "course", "--lang", "en"]).success();
    assert_eq!(stdout(&done), "made a new site in course. Next:\n  cd course\n  hiketsu serve\n");
    let done = hiketsu(&folder.path().join("course"), "en_GB.UTF-8", &["check", "--strict"]).success();
    assert!(stdout(&done).starts_with("all is well: "), "{}", stdout(&done));
    let done = hiketsu(folder.path(), "C", &["init", "course"]).code(3);
    assert!(stderr(&done).starts_with("エラー: course にはもう site.toml があります\n"), "{}", stderr(&done));
}

#[test]
fn the_site_is_found_upward() {
    let site = site("ja_JP.UTF-8");
    hiketsu(&site.path().join("content/lessons"), "ja_JP.UTF-8", &["check"]).success();
    let elsewhere = folder();
    let root = site.path().to_string_lossy();
    hiketsu(elsewhere.path(), "ja_JP.UTF-8", &["check", "--root", &root]).success();
    let done = hiketsu(elsewhere.path(), "en", &["check"]).code(2);
    assert!(stderr(&done).starts_with("error: no site found"), "{}", stderr(&done));
    let done = hiketsu(elsewhere.path(), "en", &["check", "--root", "nowhere"]).code(2);
    assert!(stderr(&done).contains("nowhere"), "{}", stderr(&done));
}

#[test]
fn the_language_is_the_options_then_the_locales_then_the_sites() {
    let english = site("en");
    let check = |lang: &str, args: &[&str]| stdout(&hiketsu(english.path(), lang, args).success());
    assert!(check("ja_JP.UTF-8", &["check"]).starts_with("問題"));
    assert!(check("ja_JP.UTF-8", &["check", "--lang=en"]).starts_with("all is well"));
    assert!(check("C", &["check"]).starts_with("all is well"), "the site is English");
    assert!(check("de_DE.UTF-8", &["check"]).starts_with("all is well"));
    assert!(check("C", &["--help"]).contains("Usage: hiketsu"));
    assert!(stdout(&hiketsu(folder().path(), "C", &["--help"]).success()).contains("使い方：hiketsu"));
}

#[test]
fn usage_errors_say_what_was_meant() {
    let folder = folder();
    let said = |lang: &str, args: &[&str]| stderr(&hiketsu(folder.path(), lang, args).code(2));
    assert_eq!(said("ja", &["biuld"]), "エラー: 知らないコマンドです：biuld\nヒント: 「build」でしょうか\n");
    assert_eq!(
        said("en", &["build", "--drafs"]),
        "error: unexpected argument: --drafs\nhelp: did you mean '--drafts'?\n"
    );
    assert_eq!(
        said("en", &["list", "--format", "xml"]),
        "error: 'xml' is not a value for --format <human|json|github>\nhelp: it may be: human, json, github\n"
    );
    assert_eq!(
        said("ja", &["init"]),
        "エラー: 引数が足りません：<DIR>\nヒント: 使い方は `hiketsu --help` にあります\n"
    );
    assert!(said("ja", &["serve", "--port", "99999"]).contains("「99999」"));
    assert!(said("ja", &[]).contains("使い方："), "nothing typed: the help");
    let site = site("ja");
    let done = hiketsu(site.path(), "ja", &["check", "--at", "明日"]).code(2);
    assert!(stderr(&done).contains("`--at 明日` は日時として読めません"), "{}", stderr(&done));
}

#[test]
fn every_command_has_help_with_examples_in_both_languages() {
    let folder = folder();
    for command in [
        "init",
        "new",
        "build",
        "check",
        "list",
        "stats",
        "explain",
        "move",
        "insert",
        "remove",
        "rename",
        "tag",
        "undo",
        "serve",
        "theme",
        "schema",
        "lsp",
        "completions",
    ] {
        for (lang, words) in [("ja", "例："), ("en", "Example")] {
            let long = stdout(&hiketsu(folder.path(), lang, &[command, "--help"]).success());
            assert!(long.contains(words) && long.contains(&format!("hiketsu {command}")), "{long}");
            assert_eq!(stdout(&hiketsu(folder.path(), lang, &["help", command]).success()), long);
        }
    }
    let version = stdout(&hiketsu(folder.path(), "ja", &["--version"]).success());
    assert!(version.starts_with("hiketsu "), "{version}");
}

#[test]
fn completions_are_printed_for_every_shell() {
    let folder = folder();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = stdout(&hiketsu(folder.path(), "ja", &["completions", shell]).success());
        assert!(script.contains("hiketsu") && script.contains("serve"), "{shell}");
    }
}

#[test]
fn faults_in_the_settings_are_shown_in_every_format_and_nothing_is_written() {
    let site = site("ja");
    let file = site.path().join("site.toml");
    #[expect(clippy::disallowed_methods, reason = "a test breaks its own site")]
    let _ = std::fs::read_to_string(&file).and_then(|text| std::fs::write(&file, text.replace("tagline", "taglin")));

    let done = hiketsu(site.path(), "ja", &["build"]).code(2);
    let said = stderr(&done);
    assert!(said.contains("site.toml:5:1") && said.contains("何も書き込んでいません"), "{said}");
    assert!(!said.contains('\u{1b}'), "no colours where there is no terminal");
    assert!(!site.path().join("public").exists());
    assert!(stderr(&hiketsu(site.path(), "ja", &["build", "--color", "always"]).code(2)).contains('\u{1b}'));

    let done = hiketsu(site.path(), "en", &["check", "--format", "json"]).code(2);
    let lines = stdout(&done);
    let first = lines.lines().next().unwrap_or_default();
    let line: serde_json::Value = serde_json::from_str(first).expect("each line is JSON");
    assert_eq!((&line["severity"], &line["file"]), (&"error".into(), &"site.toml".into()));
    assert_eq!((&line["line"], &line["column"]), (&5.into(), &1.into()));

    let done = hiketsu(&site.path().join("content"), "en", &["check", "--format", "github"]).code(2);
    assert!(stdout(&done).starts_with("::error file=../site.toml,line=5,endLine=5,col=1,"), "{}", stdout(&done));
}

#[test]
fn check_writes_nothing() {
    let site = site("ja");
    hiketsu(site.path(), "ja", &["check"]).success();
    assert!(!site.path().join("public").exists() && !site.path().join(".hiketsu").exists());
}

#[test]
fn the_output_folder_is_the_users_choice() {
    let site = site("ja");
    hiketsu(&site.path().join("content"), "ja", &["build", "-o", "../docs", "--quiet"]).success().stdout_eq("");
    assert!(site.path().join("docs/index.html").is_file() && !site.path().join("public").exists());
}

#[test]
fn quiet_says_nothing_and_list_is_for_programs_too() {
    let site = site("ja");
    hiketsu(site.path(), "ja", &["-q", "check"]).success().stdout_eq("").stderr_eq("");
    let json = stdout(&hiketsu(site.path(), "ja", &["list", "--json"]).success());
    assert!(serde_json::from_str::<Vec<serde_json::Value>>(&json).is_ok(), "{json}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test writes as an author does")]
fn what_can_be_mended_is_shown_and_mended_only_when_that_is_wanted() {
    let folder = site("en_GB.UTF-8");
    let path = folder.path().join("content/lessons/002-listen.md");
    let before = std::fs::read_to_string(&path).expect("it is there").replace('\n', "\r\n") + "\r\n1.item\r\n";
    std::fs::write(&path, &before).expect("it can be written");
    let asked = hiketsu(folder.path(), "en_GB.UTF-8", &["check", "--fix"]).code(1);
    let diff = "--- content/lessons/002-listen.md\n+++ content/lessons/002-listen.md\n";
    assert!(stdout(&asked).starts_with(diff) && stdout(&asked).contains("\n-1.item\n+1. item\n"), "{}", stdout(&asked));
    assert!(stderr(&asked).contains("add `--yes`"), "{}", stderr(&asked));
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), before);

    let done = hiketsu(folder.path(), "en_GB.UTF-8", &["check", "--fix", "--yes", "--strict"]).success();
    assert!(stdout(&done).contains("all is well: "), "{}", stdout(&done));
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), before.replace("1.item", "1. item"));
    let kept = folder.path().join(".hiketsu/before-fix/content/lessons/002-listen.md");
    assert_eq!(std::fs::read_to_string(kept).expect("it was kept"), before);
    let again = hiketsu(folder.path(), "en_GB.UTF-8", &["check", "--fix", "--yes"]).success();
    assert_eq!(stderr(&again), "there is nothing to mend\n");
    hiketsu(folder.path(), "en_GB.UTF-8", &["check", "--yes"]).code(2);
}

/// Writes lesson 3 of a site.
#[expect(clippy::disallowed_methods, reason = "the test writes as an author would")]
fn put(site: &tempfile::TempDir, text: &str) {
    std::fs::write(site.path().join("content/lessons/003-x.md"), text).expect("it can be written");
}

#[test]
fn a_code_is_explained_and_mentioned_once() {
    let site = site("ja");
    let said = stdout(&hiketsu(site.path(), "ja", &["explain", "e0401"]).success());
    assert!(said.starts_with("E0401 エラー: [!…] という囲みはありません\n\n"), "{said}");
    assert!(said.contains("\n例：\n\n    > [!まとめて]\n    >\n    > - まず聴く\n\n直し方："), "{said}");
    let english = stdout(&hiketsu(site.path(), "en", &["explain", "E0301"]).success());
    assert!(english.contains("  content/secrets/001-a.md\n    ---\n    title: "), "{english}");
    let narrow = Command::new(cargo_bin!("hiketsu"))
        .args(["explain", "E0201", "--lang", "ja"])
        .current_dir(site.path())
        .env("COLUMNS", "40")
        .assert()
        .success();
    let wide = |line: &&str| !line.starts_with("  ") && unicode_width::UnicodeWidthStr::width(*line) > 40;
    assert_eq!(stdout(&narrow).lines().find(wide), None);
    let unknown = stderr(&hiketsu(site.path(), "en", &["explain", "E0999"]).code(2));
    assert!(unknown.starts_with("error: there is no diagnostic E0999\nhelp: "), "{unknown}");

    put(&site, "---\ntitel: x\n---\n[x](y.md)\n");
    let faulty = stderr(&hiketsu(site.path(), "ja", &["check"]).code(1));
    assert_eq!(faulty.matches("hiketsu explain").count(), 1, "{faulty}");
    assert!(!stderr(&hiketsu(site.path(), "ja", &["check", "-q"]).code(1)).contains("explain"));
}

#[test]
fn of_many_faults_of_a_kind_ten_are_shown_and_the_rest_counted() {
    let site = site("ja");
    let body = "[x](nowhere.md)\n\n".repeat(47);
    put(&site, &format!("---\ntitle: x\n---\n{body}"));
    let said = stderr(&hiketsu(site.path(), "ja", &["check"]).code(1));
    assert_eq!(said.matches("エラー[E0520]").count(), 10, "{said}");
    assert!(said.contains("…ほか 37 件：リンク先「…」が見つかりません［E0520］\nすべて見るには `--all`"), "{said}");
    assert!(said.contains("エラーが 47 件"), "{said}");
    let all = stderr(&hiketsu(site.path(), "ja", &["check", "--all"]).code(1));
    assert_eq!(all.matches("エラー[E0520]").count(), 47);
    assert!(!all.contains("…ほか"), "{all}");
    let json = stdout(&hiketsu(site.path(), "ja", &["check", "--format", "json"]).code(1));
    assert_eq!(json.lines().count(), 47, "programs are told everything");
}

/// What a command prints where the environment says more.
fn surrounded(args: &[&str], variables: &[(&str, &str)]) -> (String, String) {
    let site = site("ja");
    put(&site, "---\ntitle: x\n---\n## 見出し\n\n1.項目\n");
    let mut command = Command::new(cargo_bin!("hiketsu")).args(args).current_dir(site.path()).env("LC_ALL", "ja");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command = command.env_remove(name);
    }
    let done = variables.iter().fold(command, |command, (name, value)| command.env(name, value)).assert();
    (stdout(&done), stderr(&done))
}

#[test]
fn colours_are_where_they_are_asked_for() {
    let painted = |args: &[&str], variables: &[(&str, &str)]| surrounded(args, variables).1.contains('\u{1b}');
    assert!(!painted(&["check"], &[]), "nobody sees colours in a pipe");
    assert!(painted(&["check"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!painted(&["check"], &[("CLICOLOR_FORCE", "0")]));
    assert!(!painted(&["check"], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(painted(&["check", "--color", "always"], &[("NO_COLOR", "1")]), "what is typed counts most");
    assert!(!painted(&["check", "--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    let (diff, _) = surrounded(&["check", "--fix"], &[]);
    assert!(diff.contains("+1. 項目") && !diff.contains('\u{1b}'), "{diff}");
    assert!(surrounded(&["check", "--fix"], &[("CLICOLOR_FORCE", "1")]).0.contains("\u{1b}[32m+1. 項目"));
}

#[test]
fn help_and_hints_fit_the_terminal() {
    let too_wide = |text: &str| {
        let wide = text.lines().find(|line| unicode_width::UnicodeWidthStr::width(*line) > 60);
        wide.map(str::to_owned)
    };
    for command in ["build", "check", "serve", "list", "schema", "explain", "new", "move"] {
        for lang in ["ja", "en"] {
            let (help, _) = surrounded(&[command, "--help", "--lang", lang], &[("COLUMNS", "60")]);
            assert!(help.contains("hiketsu"), "{command}");
            // A command to be typed is not cut.
            let wide = help.lines().filter(|line| !line.contains("hiketsu ")).collect::<Vec<_>>().join("\n");
            assert_eq!(too_wide(&wide), None, "{command}\n{help}");
        }
    }
    let (_, said) = surrounded(&["check"], &[("COLUMNS", "60")]);
    assert!(said.contains("ヒント: ") && said.contains("E0702"), "{said}");
    let hints = said.lines().skip_while(|line| !line.contains("ヒント")).take_while(|line| !line.is_empty());
    assert_eq!(too_wide(&hints.collect::<Vec<_>>().join("\n")), None, "{said}");
}
