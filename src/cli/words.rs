//! Every word that the commands say, once: in Japanese and in English. `{name}` stands for an argument.
//!
//! The words of diagnostics are not here but in [`crate::diag::catalogue`]; those of `--help` are in `help`.

use std::fmt::Display;

use crate::diag::{Lang, fill};

/// A sentence in both languages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Say {
    ja: &'static str,
    en: &'static str,
}

impl Say {
    pub(super) const fn new(ja: &'static str, en: &'static str) -> Self {
        Self { ja, en }
    }

    /// As it stands.
    pub(super) fn in_lang(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.ja,
            Lang::En => self.en,
        }
    }

    /// With `{name}` replaced.
    pub(super) fn with(&self, lang: Lang, args: &[(&'static str, &dyn Display)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, value)| ((*name).into(), value.to_string())).collect();
        fill(self.in_lang(lang), &args)
    }
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $ja:literal, $en:literal })*) => {
        $($(#[$doc])* pub(super) const $name: Say = Say::new($ja, $en);)*
        #[cfg(test)]
        const ALL: &[(&str, Say)] = &[$((stringify!($name), $name)),*];
    };
}

words! {
    ERROR { "エラー", "error" }
    WARNING { "警告", "warning" }
    HINT { "ヒント", "help" }

    // Finding the site.
    NO_SITE {
        "サイトが見つかりません：{folder} にも、その上のどのフォルダーにも site.toml がありません",
        "no site found: there is no site.toml in {folder} or in any folder above it"
    }
    NO_SITE_HELP {
        "サイトのフォルダーの中で実行するか、`--root フォルダー` で場所を指定してください。新しく始めるなら `hiketsu init フォルダー` です",
        "run this inside a site, or say where it is with `--root DIR`; to begin a new one: `hiketsu init DIR`"
    }
    NO_SITE_AT {
        "{folder} に site.toml がありません",
        "there is no site.toml in {folder}"
    }
    CANNOT_READ { "{path} を読めません：{reason}", "cannot read {path}: {reason}" }
    CANNOT_READ_HELP {
        "ファイルの権限と、ほかのプログラムが使っていないかを確かめてください",
        "look at the file's permissions, and whether another program holds it"
    }
    CANNOT_LIST { "フォルダー {path} の中を読めません：{reason}", "cannot list the folder {path}: {reason}" }
    NO_CWD { "作業フォルダーが分かりません：{reason}", "the working directory cannot be found: {reason}" }
    BAD_TIME {
        "`--at {typed}` は日時として読めません",
        "`--at {typed}` is not a time"
    }
    BAD_TIME_HELP {
        "2026-12-01、\"2026-12-01 09:00\"、2026-12-01T09:00:00+09:00 のように書いてください",
        "write it like 2026-12-01, \"2026-12-01 09:00\" or 2026-12-01T09:00:00+09:00"
    }

    DESK { "  全体の様子（進み具合、誤り、つながり）は {url}", "  how far it is, what is wrong, what leads where: {url}" }
    CANNOT_OPEN {
        "ブラウザーを開けません（{reason}）。{url} をブラウザーで開いてください",
        "cannot open a browser ({reason}); please open {url} in one"
    }

    // build and check.
    BUILT {
        "{output} に書き出しました（{time}）",
        "built {output} in {time}"
    }
    BUILT_COUNTS {
        "  {lessons} 話 · {pages} ページ · 書き込み {written} · 削除 {removed} · 変更なし {unchanged}",
        "  {lessons} lessons · {pages} pages · {written} files written · {removed} removed · {unchanged} unchanged"
    }
    CHECKED {
        "問題はありません：{lessons} 話 · {pages} ページ（{time}）",
        "all is well: {lessons} lessons · {pages} pages ({time})"
    }
    CHECKED_WARNINGS {
        "警告が {warnings} 件あります：{lessons} 話 · {pages} ページ（{time}）",
        "{warnings} warnings: {lessons} lessons · {pages} pages ({time})"
    }
    WARNINGS { "警告が {warnings} 件あります", "warnings: {warnings}" }
    ERRORS_BUILD {
        "エラーが {errors} 件、警告が {warnings} 件あります。何も書き込んでいません（前回のサイトはそのままです）",
        "errors: {errors}, warnings: {warnings}. Nothing was written; the last site is as it was"
    }
    ERRORS_CHECK {
        "エラーが {errors} 件、警告が {warnings} 件あります",
        "errors: {errors}, warnings: {warnings}"
    }
    STRICT {
        "`--strict` なので、警告もエラーとして扱いました",
        "with `--strict`, warnings count as errors"
    }

    SEE_ALL { "すべて見るには `--all` を付けてください", "to see all of them, add `--all`" }
    EXPLAIN {
        "くわしい説明と例：`hiketsu explain {code}`",
        "what it means, with an example: `hiketsu explain {code}`"
    }

    // explain.
    UNKNOWN_CODE { "「{typed}」という番号の診断はありません", "there is no diagnostic {typed}" }
    UNKNOWN_CODE_HELP {
        "番号は E0401 のように、誤りの知らせの始めに出ます。一覧は docs/codes.ja.md にあります",
        "its number stands at the head of each message, like E0401; docs/codes.md lists all of them"
    }
    EXAMPLE { "例：", "Example:" }
    TO_MEND { "直し方：", "To mend it: " }

    // lsp.
    LSP_FAILED { "エディターとの接続が切れました：{reason}", "the connection to the editor was lost: {reason}" }
    LSP_TERMINAL {
        "言語サーバーはエディターが起動します。設定は README の「エディター」にあります",
        "editors start the language server: see Editors in the README"
    }

    // check --external.
    EXTERNAL_OFFLINE {
        "ネットワークにつながっていないので、ほかのサイトへのリンク（{links} 件）は確かめていません",
        "there is no network, so links to other sites ({links}) were not looked at"
    }
    EXTERNAL_DONE {
        "ほかのサイトへのリンクを {links} 件確かめました（今回尋ねたもの {asked} 件）",
        "looked at {links} links to other sites; {asked} of them were asked for now"
    }

    // check --fix.
    FIX_NOTHING { "自動で直せるものはありません", "there is nothing to mend" }
    FIX_ASK {
        "この {files} 個のファイルを書き換えますか？ [y/N] ",
        "change these {files} files? [y/N] "
    }
    FIX_LEFT { "何も書き換えていません", "nothing was changed" }
    FIX_NOBODY {
        "{files} 個のファイルを直せますが、何も書き換えていません",
        "{files} files can be mended; nothing was changed"
    }
    FIX_NOBODY_HELP {
        "確かめる相手がいないので、書き換えるには `--yes` を付けてください",
        "there is nobody to ask here: to change them, add `--yes`"
    }
    FIXED {
        "{files} 個のファイルを直しました（元のファイルは {kept} にあります）",
        "mended {files} files; the old ones are in {kept}"
    }
    STAGE_READ { "原稿を読んでいます", "reading" }
    STAGE_RENDER { "ページを作っています", "rendering" }

    // list.
    NUMBER { "番号", "no." }
    ID { "ID", "id" }
    TITLE { "題名", "title" }
    DATE { "日付", "date" }
    STATE { "状態", "state" }
    TAGS { "タグ", "tags" }
    FILE { "ファイル", "file" }
    PUBLISHED { "公開", "published" }
    DRAFT { "下書き", "draft" }
    SCHEDULED { "予約", "scheduled" }
    EXPIRED { "終了", "expired" }
    PLANNED { "予定", "planned" }
    SERIES { "連載", "series" }
    PART { "章", "part" }
    UPDATED { "更新", "updated" }
    PUBLISH { "公開予定", "publish" }
    EXPIRE { "終了予定", "expire" }
    REQUIRES { "先に読む話", "requires" }
    CHARACTERS { "文字数", "characters" }
    MINUTES { "分", "minutes" }
    URL { "URL", "url" }
    NO_SUCH_LESSONS { "当てはまる話はありません", "there are no such lessons" }
    NONE_THERE { "このサイトには一つもありません", "this site has none at all" }
    NO_LESSONS { "話はまだありません", "there are no lessons yet" }

    // stats.
    STATS_SERIES { "{title}：{total} 話のうち {written} 話（{percent}%）", "{title}: {written} of {total} lessons ({percent}%)" }
    STATS_LENGTH { "{characters} 文字、読むのに {time}", "{characters} characters, {time} to read" }
    STATS_TERMS { "{label}（{terms}）", "{label} ({terms})" }
    STATS_WITHOUT { "：付いていない話 {without}", ": {without} lessons without" }
    UNLINKED { "どこからもリンクされていない話（{count}）", "lessons that nothing links to ({count})" }
    ORPHANS { "どこからも行けないページ（{count}）", "pages that nothing leads to ({count})" }
    UPCOMING { "これからの公開と終了", "coming and going" }
    APPEARS { "公開", "appears" }
    DISAPPEARS { "終了", "disappears" }
    NEXT_REBUILD { "次に作り直す時刻：{at}", "next rebuild at {at}" }
    NOTHING_DUE { "日時を待っている原稿はありません", "nothing waits for a time" }
    AND_MORE { "ほか {count} 件（すべては --json で）", "and {count} more (--json has all)" }

    // move, insert, remove, rename, tag, undo.
    CUT { "前の変更が途中で止まっています", "an earlier change was cut off in the midst" }
    CUT_HELP {
        "`hiketsu undo` で元に戻してから、もう一度実行してください",
        "`hiketsu undo` takes it back; then run this again"
    }
    PLAN_EMPTY { "変えるところはありません", "there is nothing to change" }
    PLAN_ASK { "この {files} 個のファイルを変えますか？ [y/N] ", "change these {files} files? [y/N] " }
    PLAN_NOBODY {
        "{files} 個のファイルが変わりますが、まだ何も変えていません",
        "{files} files would change; nothing was changed"
    }
    PLAN_NOBODY_HELP {
        "確かめる相手がいないので、実行するには `--yes` を付けてください",
        "there is nobody to ask here: to go on, add `--yes`"
    }
    PLAN_DONE {
        "{files} 個のファイルを変えました。元に戻すには `hiketsu undo`",
        "changed {files} files; `hiketsu undo` takes it back"
    }
    PLAN_FAULTS {
        "この変更の後には、次の指摘が新しく出ます（{count} 件）",
        "after this change, these are new ({count})"
    }
    PLAN_REMARK {
        "{place}：「{words}」は、なくなる話を指しています",
        "{place}: '{words}' speaks of the lesson that goes"
    }
    PLAN_UNSURE {
        "{place}：「{words}」はそのままです。話の番号なら、{number} に直してください",
        "{place}: '{words}' stays as it is; if it means the lesson, that is {number} now"
    }
    PLAN_REMOVED { "{file} → {kept} に移します", "{file} → kept as {kept}" }
    UNDO_NOTHING { "元に戻せる変更はありません", "there is nothing to undo" }
    UNDO_WHAT { "`hiketsu {what}` を元に戻します（{files} 個のファイル）", "undoing `hiketsu {what}` ({files} files)" }
    UNDO_CUT {
        "途中で止まった `hiketsu {what}` を元に戻します（{files} 個のファイル）",
        "taking back `hiketsu {what}`, which was cut off ({files} files)"
    }
    UNDO_NEW { "  {file}（なくなります）", "  {file} (goes)" }
    UNDO_NOBODY { "まだ何も戻していません", "nothing was undone" }
    UNDO_ASK { "元に戻しますか？ [y/N] ", "go on? [y/N] " }
    UNDONE { "元に戻しました", "undone" }
    NO_SERIES { "このサイトにはまだ連載がありません", "this site has no series yet" }
    NO_SERIES_HELP {
        "content/ の下にフォルダーを作り、`kind: series` と書いた _index.md を置いてください",
        "make a folder below content/, and in it an _index.md that says `kind: series`"
    }
    WHICH_SERIES { "連載がいくつかあります", "there are several series" }
    WHICH_SERIES_HELP { "`--series` で選んでください：{names}", "choose one with `--series`: {names}" }
    NO_LESSON { "{number} 番の話はありません", "there is no lesson {number}" }
    ZERO { "番号は 1 からです", "numbers begin with 1" }
    SEE_LIST { "`hiketsu list` で確かめられます", "`hiketsu list` shows what there is" }
    SEE_STATS { "`hiketsu stats` で確かめられます", "`hiketsu stats` shows what there is" }
    TWICE {
        "{number} 番の話が二つあります：{one} と {other}",
        "there are two lessons {number}: {one} and {other}"
    }
    TWICE_HELP {
        "どちらかのファイルに、空いている番号を付けてから実行してください",
        "give one of the files a free number first"
    }
    TAKEN { "{number} 番は「{title}」です（{file}）", "{number} is taken by '{title}' ({file})" }
    TAKEN_HELP {
        "`hiketsu insert {number} 題名` なら、後ろの話をずらして間に入れます",
        "`hiketsu insert {number} TITLE` moves the later ones on and puts the new one between"
    }
    NO_ID { "「{id}」という ID の話はありません", "no lesson has the id '{id}'" }
    SEVERAL_IDS { "その ID の話が、いくつかの連載にあります", "lessons of several series have that id" }
    BAD_ID { "「{id}」は ID に使えません", "'{id}' cannot be an id" }
    BAD_ID_HELP {
        "URL とファイル名に使える名前にしてください。たとえば：{example}",
        "it must do as part of a URL and of a file name, for example: {example}"
    }
    ID_TAKEN { "ID「{id}」はもう使われています（{file}）", "the id '{id}' is taken ({file})" }
    ID_TAKEN_HELP { "別の ID にしてください", "choose another id" }
    NO_TERM { "「{term}」はどの話にも付いていません", "no lesson has '{term}'" }
    TERM_TAKEN { "「{term}」はもうあります", "there is a '{term}' already" }
    TERM_TAKEN_HELP {
        "二つを一つにするなら `hiketsu tag merge` を使ってください",
        "to make one of the two, use `hiketsu tag merge`"
    }
    TERM_ADDRESS {
        "タグのページの URL が変わっているかもしれません。`site.toml` の slug で、元の URL に固定できます",
        "the address of the tag's page may be another now; `slug` in `site.toml` sets it"
    }
    SAME_NAME { "もう「{name}」です", "it is called '{name}' already" }
    UNREADABLE {
        "{file} は UTF-8 のテキストではないので、書き換えられません",
        "{file} is no UTF-8 text and cannot be changed"
    }
    UNREADABLE_HELP {
        "UTF-8 で保存し直してから実行してください（`hiketsu check` で場所が分かります）",
        "save it as UTF-8 first; `hiketsu check` shows the place"
    }

    // new.
    NEW_LESSON { "{file} を作りました（{number} 番）", "made {file}, lesson {number}" }
    NO_TITLE { "題名がありません", "a title is missing" }
    ASK_TITLE { "題名：", "title: " }
    NO_NEW_ID { "ID がありません", "an id is missing" }
    NO_NEW_ID_HELP {
        "ID は URL の最後の部分で、後から変わりません。`--id forget-the-quota` のように指定してください",
        "the id is the last part of the URL and stays for good: say it like `--id forget-the-quota`"
    }
    ASK_ID {
        "ID（URL の最後の部分。例：forget-the-quota）{usual}：",
        "id (the last part of the URL, such as forget-the-quota){usual}: "
    }
    PLACEHOLDER {
        "{file} の中の {name} は知りません",
        "{file} has an unknown placeholder: {name}"
    }
    NO_EDITOR { "開くエディターが分かりません：{file}", "no editor to open {file} with" }
    NO_EDITOR_HELP {
        "環境変数 EDITOR に、エディターの名前を入れてください（例：EDITOR=\"code --wait\"）",
        "name one in the environment variable EDITOR, such as EDITOR=\"code --wait\""
    }
    EDITOR_FAILED { "エディター {editor} を使えません：{reason}", "the editor {editor} failed: {reason}" }
    EDITOR_FAILED_HELP { "{file} はできています", "{file} is there all the same" }

    // explain.
    EXPLAIN_HELP {
        "原稿や画像のファイル、/ で始まる URL、話の ID、誤りの番号（E0520）のどれかを指定してください",
        "name a file of the site, a URL that begins with /, a lesson's id, or the code of a fault (E0520)"
    }
    EXPLAIN_WHAT { "種類", "what it is" }
    EXPLAIN_WRITTEN { "書き出す先", "written to" }
    EXPLAIN_TEXT { "本文", "its text" }
    EXPLAIN_TEMPLATE { "テンプレート", "template" }
    EXPLAIN_TEMPLATES { "テンプレートのファイル", "files of the template" }
    EXPLAIN_SHOWS { "題名などを載せる原稿", "shows something of" }
    EXPLAIN_LINKS { "本文のリンク先と画像", "links to" }
    EXPLAIN_SITE { "全ページに共通の設定", "settings of all pages" }
    EXPLAIN_NEXT { "次のビルドでは", "the next build" }
    EXPLAIN_LAST { "前に作ったときの理由", "last made because" }
    EXPLAIN_KEPT { "前のビルドのものをそのまま使います", "leaves it as it is: nothing that it is made from has changed" }
    EXPLAIN_MADE { "作り直します。{why}", "makes it anew: {why}" }
    EXPLAIN_ERRORS { "エラーがあるので、何も書き出しません（`hiketsu check`）", "writes nothing: there are errors (`hiketsu check`)" }
    EXPLAIN_HIDDEN {
        "公開していない原稿です（{state}）。理由は {field} にあります",
        "a text that is not published ({state}), because of {field}"
    }
    EXPLAIN_ASSET { "そのまま公開するファイルです", "a file that is published as it is" }
    EXPLAIN_GENERATED { "サイト全体から作るファイルです", "a file that is made from the whole site" }
    EXPLAIN_SETTINGS {
        "サイトの設定です。題名や案内など、全ページに出るものを変えると、全ページを作り直します",
        "the settings; a change to what all pages show makes all pages anew"
    }
    EXPLAIN_THEME {
        "テーマのファイルです。変えると、全ページを作り直します",
        "a file of the theme; a change to it makes all pages anew"
    }
    EXPLAIN_USED { "使っているところ", "used by" }
    EXPLAIN_NOWHERE { "ありません", "nothing" }
    EXPLAIN_PAGES { "{count} ページ", "{count} pages" }
    EXPLAIN_FILES { "{count} 個", "{count} files" }
    EXPLAIN_MORE { "ほか {count}", "and {count} more" }
    KIND_LESSON { "「{series}」の第{number}回", "lesson {number} of “{series}”" }
    KIND_SERIES { "「{series}」の目次", "the contents of “{series}”" }
    KIND_TAKEAWAYS { "「{series}」のまとめ一覧", "the takeaways of “{series}”" }
    KIND_TAXONOMY { "{label}の一覧", "the list of {label}" }
    KIND_TERM { "「{label}」の話の一覧（{page} ページ目）", "lessons with “{label}”, page {page}" }
    KIND_REDIRECT { "前の URL から /{to} への転送", "an old address that leads to /{to}" }
    KIND_HOME { "トップページ", "the home page" }
    KIND_PAGE { "連載の外のページ", "a page outside any series" }
    KIND_TODAY { "今日の一話のページ", "the page of the day's lesson" }
    KIND_SEARCH { "検索ページ", "the search page" }
    KIND_NOT_FOUND { "404 ページ", "the 404 page" }
    WHY_MISSING { "書き出したものがありません", "it is not in the output folder" }
    WHY_FORGOTTEN {
        "前に何から作ったかの記録がありません（Hiketsu が新しくなったときなど）",
        "what it was made from is not remembered, as after an update of Hiketsu"
    }
    WHY_CHANGED { "変わったもの：{inputs}", "changed: {inputs}" }
    INPUT_THEME { "テーマ", "the theme" }
    INPUT_SITE { "サイト全体の設定", "what all pages show" }
    INPUT_TEMPLATE { "テンプレートの選び方", "its choice of template" }
    INPUT_PAGE { "題名や日付などの項目", "its title, dates and other fields" }
    INPUT_LISTS { "前後の話や一覧", "neighbours and lists" }
    INPUT_TEXT { "原稿", "its file" }
    INPUT_LINKS { "リンク先の題名や画像の大きさ", "titles that links show, and sizes of images" }
    INPUT_TAKEAWAYS { "集めたまとめ", "the takeaways that it collects" }
    NOTHING_TO_EXPLAIN {
        "「{what}」は、このサイトのファイルでも URL でも、誤りの番号でもありません",
        "'{what}' is no file and no URL of this site, and no code of a fault"
    }

    // init.
    SITE_EXISTS {
        "{folder} にはもう site.toml があります",
        "there is a site.toml in {folder} already"
    }
    SITE_EXISTS_HELP {
        "別のフォルダー名を指定してください",
        "name another folder"
    }
    INITIATED { "{folder} に新しいサイトを作りました。次は：", "made a new site in {folder}. Next:" }

    // serve.
    READY { "{url} で見られます（止めるには Ctrl-C）", "serving at {url} (Ctrl-C stops)" }
    OPEN_TO_NETWORK {
        "このサーバーは同じネットワークのだれからでも見えます：{url}",
        "anyone in this network can see this server: {url}"
    }
    REBUILT { "作り直しました（{time}、変わったファイル {changed}）", "rebuilt in {time}, {changed} files changed" }
    FAULTS_OLD {
        "エラーが {errors} 件あります。直すまで、前の内容を表示しています",
        "errors: {errors}. The last good pages are shown until they are mended"
    }
    FAULTS_FIRST {
        "エラーが {errors} 件あります。直すとページが表示されます",
        "errors: {errors}. The pages appear as soon as they are mended"
    }
    MENDED { "エラーはなくなりました", "no errors any more" }
    POLLING {
        "変更の通知を受け取れないため、一秒ごとに調べます（{reason}）",
        "changes are not reported by the system, so they are looked for every second ({reason})"
    }
    POLLING_LIMIT {
        "Linux では fs.inotify.max_user_watches を増やすと通知が使えます：sudo sysctl fs.inotify.max_user_watches=524288",
        "on Linux, raise fs.inotify.max_user_watches to be notified: sudo sysctl fs.inotify.max_user_watches=524288"
    }
    REBUILD_CRASHED {
        "作り直しの途中で内部エラーが起きました。前の内容を表示しています",
        "an internal error cut the rebuild short; the last pages are shown"
    }
    STOPPED { "止めました", "stopped" }
    PORT_TAKEN { "ポート {port} はもう使われています", "port {port} is in use" }
    PORT_TAKEN_HELP {
        "`--port` でほかの番号を指定するか、`--port` を省いてください（空いている番号を探します）",
        "name another with `--port`, or leave `--port` out: a free one is looked for"
    }
    CANNOT_LISTEN { "{address} で待ち受けられません：{reason}", "cannot listen on {address}: {reason}" }
    CANNOT_START { "サーバーを始められません：{reason}", "the server cannot start: {reason}" }

    // Usage errors, in place of clap's English.
    UNKNOWN_ARGUMENT { "知らない引数です：{arg}", "unexpected argument: {arg}" }
    UNKNOWN_COMMAND { "知らないコマンドです：{arg}", "unrecognised command: {arg}" }
    MISSING_ARGUMENT { "引数が足りません：{arg}", "missing argument: {arg}" }
    MISSING_COMMAND { "コマンドを指定してください", "a command is needed" }
    BAD_VALUE { "{arg} に「{value}」は使えません", "'{value}' is not a value for {arg}" }
    NO_VALUE { "{arg} には値が要ります", "{arg} needs a value" }
    REPEATED { "{arg} が二回書かれています", "{arg} is given twice" }
    VALUES { "使える値：{values}", "it may be: {values}" }
    DID_YOU_MEAN { "「{name}」でしょうか", "did you mean '{name}'?" }
    SEE_HELP { "使い方は `hiketsu --help` にあります", "see `hiketsu --help`" }
    BAD_USAGE { "引数を読めません：{reason}", "the arguments cannot be read: {reason}" }

    // theme.
    THEME_OVERRIDES { "このサイトで置き換え", "replaced by this site" }
    THEME_ADDS { "このサイトだけのもの", "this site's own" }
    EJECTED { "{file} を作りました", "made {file}" }
    EJECT_EXISTS_HELP {
        "置き換え済みのファイルです。元に戻すには、それを消します。何も書き込んでいません",
        "it is replaced already; to go back to the theme's, delete it; nothing was written"
    }
    NO_THEME_FILE { "テーマ「{theme}」に「{file}」というファイルはありません", "the theme “{theme}” has no file “{file}”" }
    NO_THEME_FILE_NEAR { "「{nearest}」ではありませんか", "did you mean “{nearest}”?" }
    NO_THEME_FILE_HELP { "`hiketsu theme list` が、ファイルの一覧を表示します", "`hiketsu theme list` shows its files" }

    CANNOT_PRINT { "出力できません：{reason}", "cannot write the output: {reason}" }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    fn placeholders(words: &str) -> BTreeSet<&str> {
        words.split('{').skip(1).filter_map(|tail| tail.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn both_languages_say_the_same() {
        for (name, say) in super::ALL {
            assert!(!say.ja.is_empty() && !say.en.is_empty(), "{name}");
            assert_eq!(placeholders(say.ja), placeholders(say.en), "{name}");
        }
    }
}
