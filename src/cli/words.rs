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
    SERIES { "シリーズ", "series" }
    PART { "部", "part" }
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

    // explain.
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
