//! `--help` and usage errors in the reader's language: the commands of `args` with words put in, and clap's errors as
//! sentences.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory as _};

use super::args::Typed;
use super::failure::Failure;
use super::words::{self, Say};
use crate::diag::Lang;

/// What each command does, and its examples.
const COMMANDS: &[(&str, Say, Say)] = &[
    (
        "hiketsu",
        Say::new(
            "Markdown の連載を、順番に読めるサイトにします。",
            "Turns a folder of Markdown lessons into a site that is read in order.",
        ),
        Say::new(
            "例：\n  hiketsu init my-course      新しいサイトを作る\n  hiketsu serve               書きながらブラウザーで見る\n  hiketsu build               public/ に書き出す\n  hiketsu check --format github   CI で誤りを知らせる\n\nコマンドごとの説明：hiketsu <コマンド> --help\n終了コード：0 成功、1 原稿に誤り、2 使い方か site.toml に誤り、3 安全のため中止、4 読み書きの失敗",
            "Examples:\n  hiketsu init my-course      make a new site\n  hiketsu serve               see it in the browser while writing\n  hiketsu build               write it to public/\n  hiketsu check --format github   report faults in CI\n\nMore about a command: hiketsu <COMMAND> --help\nExit codes: 0 done, 1 faults in the content, 2 usage or site.toml, 3 refused for safety, 4 input/output",
        ),
    ),
    (
        "init",
        Say::new("小さな見本のサイトを作ります。", "Makes a small, complete site to start from."),
        Say::new(
            "例：\n  hiketsu init my-course\n  hiketsu init my-course --lang en   英語の見本",
            "Examples:\n  hiketsu init my-course\n  hiketsu init my-course --lang ja   a Japanese sample",
        ),
    ),
    (
        "new",
        Say::new(
            "新しい話のファイルを作ります。番号は、省くと最初の空き番号です。",
            "Makes the file of a new lesson, under the first free number unless told otherwise.",
        ),
        Say::new(
            "例：\n  hiketsu new \"断られた後\" --id after-a-no\n  hiketsu new \"断られた後\" --at 12 --edit   12 番に作り、エディターで開く\n\n原稿のひな形は archetypes/連載名.md か archetypes/lesson.md に置けます。\n{{ title }} {{ id }} {{ number }} {{ date }} {{ series }} {{ part }} が置き換わります。",
            "Examples:\n  hiketsu new \"After a no\"\n  hiketsu new \"After a no\" --id after-a-no --at 12 --edit   as lesson 12, opened in the editor\n\nIt is made from archetypes/SERIES.md or archetypes/lesson.md, where the site has one;\n{{ title }} {{ id }} {{ number }} {{ date }} {{ series }} {{ part }} are replaced.",
        ),
    ),
    (
        "build",
        Say::new(
            "サイトを書き出します。誤りが一つでもあれば、何も書き込みません。",
            "Writes the site. If there is a single error, nothing is written.",
        ),
        Say::new(
            "例：\n  hiketsu build\n  hiketsu build --output docs\n  hiketsu build --at \"2026-12-01 09:00\"   その時刻に公開される内容で\n  hiketsu build --strict                  警告もエラーにする",
            "Examples:\n  hiketsu build\n  hiketsu build --output docs\n  hiketsu build --at \"2026-12-01 09:00\"   as it will be published then\n  hiketsu build --strict                  warnings are errors",
        ),
    ),
    (
        "check",
        Say::new(
            "誤りをすべて調べます。`--fix` を付けなければ、何も書き込みません。",
            "Reports every fault; without `--fix` it writes nothing.",
        ),
        Say::new(
            "例：\n  hiketsu check\n  hiketsu check --drafts --strict\n  hiketsu check --fix            直せるものを、確かめてから直す\n  hiketsu check --external       ほかのサイトへのリンクも確かめる\n  hiketsu check --format json    一行に一件の JSON",
            "Examples:\n  hiketsu check\n  hiketsu check --drafts --strict\n  hiketsu check --fix            show what can be mended, ask, mend it\n  hiketsu check --external       links to other sites as well\n  hiketsu check --format json    one JSON object a line",
        ),
    ),
    (
        "list",
        Say::new("話の一覧を表示します。", "Lists the lessons."),
        Say::new(
            "例：\n  hiketsu list\n  hiketsu list --state draft,scheduled\n  hiketsu list --tag 信頼 --part 営業の本質\n  hiketsu list --state planned --columns number,part   まだ書いていない番号\n  hiketsu list --state draft --columns file | xargs grep -l TODO\n  hiketsu list --json --columns number,title,url",
            "Examples:\n  hiketsu list\n  hiketsu list --state draft,scheduled\n  hiketsu list --tag trust --part Basics\n  hiketsu list --state planned --columns number,part   numbers that are not written yet\n  hiketsu list --state draft --columns file | xargs grep -l TODO\n  hiketsu list --json --columns number,title,url",
        ),
    ),
    (
        "stats",
        Say::new(
            "どこまで書けたか、タグの広がり、だれもリンクしていない話、これからの公開を表示します。",
            "Shows how far the site has come, how tags are spread, what nothing links to, and what is due.",
        ),
        Say::new(
            "例：\n  hiketsu stats\n  hiketsu stats --json | jq -r '.next_rebuild.at // empty'   次に作り直す時刻（cron 用）",
            "Examples:\n  hiketsu stats\n  hiketsu stats --json | jq -r '.next_rebuild.at // empty'   when to build again, for cron",
        ),
    ),
    (
        "explain",
        Say::new(
            "ファイルや URL が、何からどう作られるのか、誤りの番号が何を意味するのかを説明します。",
            "Explains what a file or URL is made from and how, or what the code of a fault means.",
        ),
        Say::new(
            "例：\n  hiketsu explain content/secrets/012-forget-the-quota.md\n  hiketsu explain /secrets/forget-the-quota/\n  hiketsu explain E0520",
            "Examples:\n  hiketsu explain content/secrets/012-forget-the-quota.md\n  hiketsu explain /secrets/forget-the-quota/\n  hiketsu explain E0520",
        ),
    ),
    (
        "move",
        Say::new(
            "話の番号を変えます。間の話の番号も、リンクも、「第12回」という言葉も合わせます。",
            "Gives a lesson another number; those between, links and words like “第12回” follow.",
        ),
        Say::new(
            "例：\n  hiketsu move 12 30\n  hiketsu move 30 12 --part 営業の本質   章の境目では、どちらの章に入れるか\n  hiketsu undo                        元に戻す",
            "Examples:\n  hiketsu move 12 30\n  hiketsu move 30 12 --part Basics   where two parts meet, into which of them\n  hiketsu undo                       take it back",
        ),
    ),
    (
        "insert",
        Say::new(
            "話と話の間に新しい話を入れ、後ろの番号をずらします。",
            "Puts a new lesson between others, whose numbers make room.",
        ),
        Say::new(
            "例：\n  hiketsu insert 12 \"断られた後\" --id after-a-no\n  hiketsu insert 12 \"断られた後\" --fill   次の空き番号までしかずらさず、全体の回数も変えない",
            "Examples:\n  hiketsu insert 12 \"After a no\"\n  hiketsu insert 12 \"After a no\" --fill   only up to the next free number; no more lessons are planned",
        ),
    ),
    (
        "remove",
        Say::new(
            "話を外し、後ろの番号を詰めます。ファイルは .hiketsu/removed に残ります。",
            "Takes a lesson out and closes the gap; its file is kept in .hiketsu/removed.",
        ),
        Say::new(
            "例：\n  hiketsu remove 12\n  hiketsu remove 12 --leave-gap   番号は空けたままにする",
            "Examples:\n  hiketsu remove 12\n  hiketsu remove 12 --leave-gap   the number stays free",
        ),
    ),
    (
        "rename",
        Say::new(
            "話の ID を変えます。リンクも先に読む話も合わせ、前の URL からは転送します。",
            "Gives a lesson another id; links follow, and the old address leads to the new one.",
        ),
        Say::new(
            "例：\n  hiketsu rename after-a-no after-a-refusal\n  hiketsu rename secrets/listen hear --no-alias   前の URL を残さない",
            "Examples:\n  hiketsu rename after-a-no after-a-refusal\n  hiketsu rename secrets/listen hear --no-alias   leave no old address behind",
        ),
    ),
    (
        "tag",
        Say::new(
            "タグの名前を変えるか、二つのタグを一つにします。原稿と site.toml を書き換えます。",
            "Renames a tag, or makes one of two: in all lessons and in site.toml.",
        ),
        Say::new(
            "例：\n  hiketsu tag rename 聴く 傾聴\n  hiketsu tag merge 傾聴 聴く          傾聴の話を、聴くに移す\n  hiketsu tag rename 戦術 営業戦術 --taxonomy categories",
            "Examples:\n  hiketsu tag rename hearing listening\n  hiketsu tag merge hearing listening   lessons with hearing have listening instead\n  hiketsu tag rename tactic tactics --taxonomy categories",
        ),
    ),
    (
        "undo",
        Say::new(
            "move、insert、remove、rename、tag、new の最後の一回を元に戻します。",
            "Takes back the last move, insert, remove, rename, tag or new.",
        ),
        Say::new("例：\n  hiketsu undo", "Example:\n  hiketsu undo"),
    ),
    (
        "serve",
        Say::new(
            "ブラウザーで見ながら書けます。保存すると、開いているページが新しくなります。",
            "Shows the site in the browser while you write; saving renews the open page.",
        ),
        Say::new(
            "例：\n  hiketsu serve --open\n  hiketsu serve --follow          保存した原稿のページへ移る\n  hiketsu serve --published       下書きを除いて見る\n  hiketsu serve --host 0.0.0.0    同じネットワークのスマートフォンで見る",
            "Examples:\n  hiketsu serve --open\n  hiketsu serve --follow          go to the page whose text was saved\n  hiketsu serve --published       see it without drafts\n  hiketsu serve --host 0.0.0.0    see it on a phone in the same network",
        ),
    ),
    (
        "theme",
        Say::new(
            "テーマのファイルを一覧にするか、その一つをサイトに写して書き換えられるようにします。",
            "Lists the files of the theme, or copies one of them into the site, to be changed.",
        ),
        Say::new(
            "例：\n  hiketsu theme list\n  hiketsu theme eject lesson.html             templates/lesson.html を作る\n  hiketsu theme eject partials/footer.html style.css",
            "Examples:\n  hiketsu theme list\n  hiketsu theme eject lesson.html             makes templates/lesson.html\n  hiketsu theme eject partials/footer.html style.css",
        ),
    ),
    (
        "schema",
        Say::new(
            "原稿の項目（front-matter）か site.toml（site）の JSON Schema を出力します。エディターが項目を補い、誤りを示せるようになります。サイトの中では、そのサイトのタグなども含みます。",
            "Prints a JSON Schema of front matter or of site.toml, with which editors complete and check fields. Within a site it knows the site's own terms.",
        ),
        Say::new(
            "例：\n  hiketsu schema site > site.schema.json\n  hiketsu schema front-matter > front-matter.schema.json",
            "Examples:\n  hiketsu schema site > site.schema.json\n  hiketsu schema front-matter > front-matter.schema.json",
        ),
    ),
    (
        "lsp",
        Say::new(
            "エディターのための言語サーバーです。エディターが起動し、標準入出力で話します。",
            "The language server for editors, which start it and talk to it over standard input and output.",
        ),
        Say::new(
            "例：Helix の languages.toml\n  [language-server.hiketsu]\n  command = \"hiketsu\"\n  args = [\"lsp\"]",
            "Example (languages.toml of Helix):\n  [language-server.hiketsu]\n  command = \"hiketsu\"\n  args = [\"lsp\"]",
        ),
    ),
    (
        "completions",
        Say::new("シェルの補完スクリプトを出力します。", "Prints a completion script for a shell."),
        Say::new(
            "例：\n  hiketsu completions bash > ~/.local/share/bash-completion/completions/hiketsu\n  hiketsu completions zsh > ~/.zfunc/_hiketsu\n  hiketsu completions fish > ~/.config/fish/completions/hiketsu.fish",
            "Examples:\n  hiketsu completions bash > ~/.local/share/bash-completion/completions/hiketsu\n  hiketsu completions zsh > ~/.zfunc/_hiketsu\n  hiketsu completions fish > ~/.config/fish/completions/hiketsu.fish",
        ),
    ),
    (
        "help",
        Say::new("使い方を表示します。", "Shows how a command is used."),
        Say::new("例：\n  hiketsu help build", "Example:\n  hiketsu help build"),
    ),
];

/// What each argument means. A name with a command in front is that command's alone.
const ARGUMENTS: &[(&str, Say)] = &[
    (
        "root",
        Say::new(
            "サイトのフォルダー（省くと、ここから上へたどって site.toml を探します）",
            "The site's folder (otherwise the nearest one upward with a site.toml)",
        ),
    ),
    (
        "lang",
        Say::new(
            "表示する言語（省くと LANG、次にサイトの言語）",
            "Language of messages (otherwise LANG, then the site's)",
        ),
    ),
    (
        "format",
        Say::new(
            "誤りの書式：human、json（一行に一件）、github",
            "How faults are written: human, json (one a line), github",
        ),
    ),
    (
        "color",
        Say::new(
            "色：auto、always、never（NO_COLOR にも従います）",
            "Colours: auto, always, never (NO_COLOR counts too)",
        ),
    ),
    ("quiet", Say::new("誤りのほかは表示しません", "Say nothing but faults")),
    ("verbose", Say::new("くわしく表示します", "Say more")),
    ("help", Say::new("使い方を表示します", "Show this help")),
    ("version", Say::new("バージョンを表示します", "Show the version")),
    ("dir", Say::new("作るフォルダー", "The folder to make")),
    ("output", Say::new("書き出すフォルダー（省くと public）", "The folder to write to (otherwise public)")),
    ("drafts", Say::new("下書きも含めます", "Include drafts")),
    (
        "at",
        Say::new(
            "この日時の時点として扱います：2026-12-01、\"2026-12-01 09:00\"、RFC 3339",
            "As of this time: 2026-12-01, \"2026-12-01 09:00\" or RFC 3339",
        ),
    ),
    (
        "fix",
        Say::new(
            "安全に直せるものを、違いを見せて確かめてから直します",
            "Mend what is safe to mend, after showing the changes and asking",
        ),
    ),
    (
        "external",
        Say::new(
            "ほかのサイトへのリンクの先も、ネットワークで確かめます",
            "Ask the network for what links to other sites lead to, too",
        ),
    ),
    ("yes", Say::new("`--fix` で、確かめずに直します", "With `--fix`: do not ask")),
    (
        "all",
        Say::new(
            "同じ種類の誤りも、すべて表示します（ふつうは種類ごとに 10 件まで）",
            "Show every fault (otherwise ten of a kind)",
        ),
    ),
    ("strict", Say::new("警告もエラーにします", "Take warnings for errors")),
    ("json", Say::new("JSON で出力します", "Print JSON")),
    (
        "state",
        Say::new(
            "この状態の話だけ：published、scheduled、draft、expired、planned（まだ書いていない番号）、all。カンマで区切れます",
            "Only lessons in this state: published, scheduled, draft, expired, planned (numbers without a file), all; several with commas",
        ),
    ),
    ("title_or_asked", Say::new("題名（省くと聞きます）", "The title (asked for otherwise)")),
    ("at_number", Say::new("番号（省くと最初の空き番号）", "The number (otherwise the first free one)")),
    (
        "lesson_id",
        Say::new("ID：URL の最後の部分（省くと聞きます）", "The id: the last part of the URL (asked for otherwise)"),
    ),
    ("edit", Say::new("できたファイルを VISUAL か EDITOR で開きます", "Open the new file in VISUAL or EDITOR")),
    ("from", Say::new("今の番号", "The number it has")),
    ("to", Say::new("新しい番号", "The number it is to have")),
    ("number", Say::new("番号", "A number")),
    (
        "into_part",
        Say::new(
            "番号が章の境目のとき、この題名の章に入れます",
            "Where two parts meet at the number: into the part of this title",
        ),
    ),
    (
        "fill",
        Say::new(
            "次の空き番号までしかずらさず、予定の回数も変えません",
            "Move lessons only up to the next free number, and plan no more than before",
        ),
    ),
    ("leave_gap", Say::new("番号を詰めず、空けたままにします", "Leave the number free")),
    ("go_on", Say::new("確かめずに実行します", "Do not ask")),
    ("old_id", Say::new("今の ID（連載/ID、ファイルでも）", "The id it has (or series/id, or its file)")),
    ("id_to_be", Say::new("新しい ID", "The id it is to have")),
    ("no_alias", Say::new("前の URL を残しません", "Leave no alias of the old address")),
    ("action", Say::new("rename（名前を変える）か merge（一つにする）", "rename, or merge into the other")),
    ("theme_action", Say::new("list（一覧）か eject（サイトに写す）", "list, or eject: copy into the site")),
    ("theme_file", Say::new("写すファイル（上書きはしません）", "The files to copy; nothing is overwritten")),
    ("old_term", Say::new("今の名前", "The name it has")),
    ("new_term", Say::new("新しい名前", "The name it is to have")),
    ("taxonomy", Say::new("分類（省くと tags）", "The taxonomy (otherwise tags)")),
    ("tag", Say::new("このタグの話だけ（何度でも）", "Only lessons with this tag (repeatable)")),
    ("part", Say::new("章の題名", "The title of a part")),
    ("series", Say::new("連載のフォルダー名か題名", "A series, by its folder or title")),
    (
        "columns",
        Say::new(
            "表示する列：series、part、number、id、title、date、updated、publish、expire、state、tags、requires、characters、minutes、file、url。プログラムに渡すと、タブ区切りで見出しなし",
            "What to show: series, part, number, id, title, date, updated, publish, expire, state, tags, requires, characters, minutes, file, url; to a program, with tabs and no heading",
        ),
    ),
    ("what", Say::new("ファイル、URL、誤りの番号（E0520）のどれか", "A file, a URL, or the code of a fault (E0520)")),
    (
        "port",
        Say::new("ポート番号（省くと 8110 から空きを探します）", "The port (otherwise the first free one from 8110)"),
    ),
    (
        "host",
        Say::new(
            "待ち受けるアドレス（省くと 127.0.0.1：この機械だけ）",
            "The address to listen on (otherwise 127.0.0.1: this machine only)",
        ),
    ),
    ("allow_host", Say::new("この名前での接続も許します（何度でも）", "Answer under this host name too (repeatable)")),
    ("open", Say::new("ブラウザーで開きます", "Open the site in the browser")),
    (
        "follow",
        Say::new("保存した原稿のページへ、ブラウザーが移ります", "The browser goes to the page whose text was saved"),
    ),
    (
        "editor",
        Say::new(
            "/_hiketsu/ から原稿を開くエディター：vscode、vscodium、cursor、zed、idea、textmate、none",
            "What opens a text from /_hiketsu/: vscode, vscodium, cursor, zed, idea, textmate, none",
        ),
    ),
    (
        "published",
        Say::new(
            "下書きと予約を除き、読者に見えるとおりにします",
            "Without drafts and scheduled texts: as readers see it",
        ),
    ),
    (
        "poll",
        Say::new(
            "変更の通知に頼らず、一秒ごとに調べます（ネットワークドライブ用）",
            "Look for changes every second (for network drives)",
        ),
    ),
    ("stdio", Say::new("標準入出力で話します（ふつうから）", "Talk over standard input and output (it always does)")),
    ("of", Say::new("front-matter か site", "front-matter or site")),
    ("shell", Say::new("bash、zsh、fish、elvish、powershell", "bash, zsh, fish, elvish, powershell")),
    ("command", Say::new("コマンドの名前", "The name of a command")),
];

const OPTIONS: Say = Say::new("オプション", "Options");
const COMMON: Say = Say::new("共通のオプション", "Common options");
const ARGS: Say = Say::new("引数", "Arguments");
const COMMAND: Say = Say::new("コマンド", "Commands");
const USAGE: Say = Say::new("使い方：", "Usage: ");
const ANY_OPTIONS: Say = Say::new("[オプション]", "[OPTIONS]");
const ANY_COMMAND: Say = Say::new("<コマンド>", "<COMMAND>");

/// The whole command line with its words in `lang`.
pub(super) fn command(lang: Lang) -> Command {
    let command = Typed::command();
    let names: Vec<_> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let usage = format!("hiketsu {} {}", ANY_COMMAND.in_lang(lang), ANY_OPTIONS.in_lang(lang));
    // Lines are wrapped when they are printed: full-width text has no spaces to wrap at.
    let command = command.term_width(0);
    let mut command = worded(command, "hiketsu", usage, lang).subcommand_help_heading(COMMAND.in_lang(lang));
    for name in names {
        command = command.mut_subcommand(&name, |sub| {
            let mut usage = format!("hiketsu {name}");
            for positional in sub.get_positionals() {
                let value =
                    positional.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
                let (open, close) = if positional.is_required_set() { ('<', '>') } else { ('[', ']') };
                usage.extend([' ', open]);
                usage.push_str(value);
                usage.push(close);
            }
            usage.push(' ');
            usage.push_str(ANY_OPTIONS.in_lang(lang));
            worded(sub, &name, usage, lang)
        });
    }
    command
}

fn worded(command: Command, name: &str, usage: String, lang: Lang) -> Command {
    let (_, about, examples) =
        COMMANDS.iter().find(|(key, ..)| *key == name).expect("every command has words: a test looks");
    let template = format!("{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}", USAGE.in_lang(lang));
    command
        .about(about.in_lang(lang))
        .after_help(examples.in_lang(lang))
        .override_usage(usage)
        .help_template(template)
        .mut_args(|arg| worded_arg(arg, lang))
}

fn worded_arg(arg: Arg, lang: Lang) -> Arg {
    let (_, words) =
        ARGUMENTS.iter().find(|(key, _)| arg.get_id() == key).expect("every argument has words: a test looks");
    let heading = if arg.is_positional() {
        ARGS
    } else if arg.is_global_set() || arg.get_id() == "version" {
        COMMON
    } else {
        OPTIONS
    };
    let help = words.in_lang(lang);
    let takes_value = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    let arg = arg.help(help).help_heading(heading.in_lang(lang));
    // Both are in the words.
    if takes_value { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
}

/// What clap found wrong, as a sentence and a remedy.
pub(super) fn usage_failure(error: &clap::Error, lang: Lang) -> Failure {
    let text = |kind| error.get(kind).map(shown).unwrap_or_default();
    let arg = text(ContextKind::InvalidArg);
    let value = text(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::UnknownArgument => words::UNKNOWN_ARGUMENT.with(lang, &[("arg", &arg)]),
        ErrorKind::InvalidSubcommand => {
            words::UNKNOWN_COMMAND.with(lang, &[("arg", &text(ContextKind::InvalidSubcommand))])
        }
        ErrorKind::MissingRequiredArgument => words::MISSING_ARGUMENT.with(lang, &[("arg", &arg)]),
        ErrorKind::MissingSubcommand => words::MISSING_COMMAND.in_lang(lang).to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => words::NO_VALUE.with(lang, &[("arg", &arg)]),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            words::BAD_VALUE.with(lang, &[("arg", &arg), ("value", &value)])
        }
        ErrorKind::ArgumentConflict if text(ContextKind::PriorArg) == arg => {
            words::REPEATED.with(lang, &[("arg", &arg)])
        }
        _ => {
            let rendered = error.to_string();
            let first = rendered.lines().next().unwrap_or_default();
            words::BAD_USAGE.with(lang, &[("reason", &first.trim_start_matches("error: "))])
        }
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .map(text)
        .find(|name| !name.is_empty());
    let values = text(ContextKind::ValidValue);
    let help = match near {
        Some(name) => words::DID_YOU_MEAN.with(lang, &[("name", &name)]),
        None if !values.is_empty() => words::VALUES.with(lang, &[("values", &values)]),
        None => words::SEE_HELP.in_lang(lang).to_owned(),
    };
    Failure::usage(message, help)
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::{ARGUMENTS, COMMANDS, command};
    use crate::cli::args::Typed;
    use crate::diag::Lang;

    #[test]
    fn every_command_and_argument_has_words_and_no_words_are_left_over() {
        command(Lang::Ja).debug_assert();
        let root = Typed::command();
        let mut arguments: Vec<_> = root.get_arguments().map(|arg| arg.get_id().to_string()).collect();
        let mut commands = vec!["hiketsu".to_owned()];
        for sub in root.get_subcommands() {
            commands.push(sub.get_name().to_owned());
            arguments.extend(sub.get_arguments().map(|arg| arg.get_id().to_string()));
        }
        assert!(COMMANDS.iter().all(|(name, ..)| commands.iter().any(|known| known == name)));
        assert!(ARGUMENTS.iter().all(|(name, _)| arguments.iter().any(|known| known == name)));
    }

    #[test]
    fn japanese_help_has_no_english_headings() {
        let mut japanese = command(Lang::Ja);
        japanese.build();
        for sub in japanese.get_subcommands_mut() {
            let help = sub.render_help().to_string();
            for english in ["Usage", "Options", "Arguments", "Print", "[default", "possible values", "[OPTIONS]"] {
                assert!(!help.contains(english), "{english} in\n{help}");
            }
        }
    }
}
