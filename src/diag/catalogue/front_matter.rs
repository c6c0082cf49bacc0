//! `E0301`–`E0340`: what is wrong with the head of a lesson.

super::codes! {
    /// No `---` block at all.
    NONE = "E0301" Error {
        ja: "題名（title）がありません。ファイルの先頭に「---」で囲んだ欄が必要です", "先頭に「---」の行、「title: 題名」の行、「---」の行の三行を書き足してください";
        en: "there is no title: the file does not begin with a `---` block", "add three lines at the top: `---`, then `title: …`, then `---`"
    }
    /// An opening `---` without a closing one.
    UNCLOSED = "E0302" Error {
        ja: "先頭の「---」が閉じられていません", "項目を書き終えた次の行に「---」だけの行を書いてください";
        en: "the `---` block at the top is never closed", "write a line of just `---` after the last field"
    }
    /// A block that is not at the very top.
    NOT_FIRST = "E0303" Error {
        ja: "「---」の欄の前に空の行があります", "「---」をファイルの一行目に置いてください";
        en: "there are empty lines before the `---` block", "make `---` the first line of the file"
    }
    /// TOML front matter.
    TOML_BLOCK = "E0304" Error {
        ja: "「+++」（TOML）の欄は使えません", "「---」で囲み、「title: 題名」のように YAML で書いてください";
        en: "`+++` (TOML) front matter is not supported", "put the fields between `---` lines, written as `title: …`"
    }
    /// A block beyond the limit.
    TOO_LONG = "E0305" Error {
        ja: "「---」の欄が長すぎます（{size} KB）", "{limit} KB までにしてください。閉じる「---」の位置を確かめてください";
        en: "the `---` block is too long ({size} KB)", "keep it under {limit} KB; check where its closing `---` stands"
    }
    /// Lists and tables in each other beyond the limit.
    TOO_DEEP = "E0306" Error {
        ja: "一覧や組の入れ子が深すぎます", "{limit} 段までにしてください";
        en: "lists and groups are nested too deeply here", "keep them within {limit} levels"
    }
    /// Anchors, aliases and tags of YAML.
    SPECIAL = "E0307" Error {
        ja: "「{found}」は YAML の特別な記号として読まれます", "文字として書くなら、全体を '…' で囲んでください⟦：{example}⟧";
        en: "YAML takes `{found}` for something special", "to write it as text, put the whole value in '…'⟦: `{example}`⟧"
    }
    /// A key that is no text.
    KEY_NOT_TEXT = "E0308" Error {
        ja: "項目の名前として読めません（{found}）", "「名前: 値」の形で書いてください";
        en: "`{found}` cannot be the name of a field", "write it as `name: value`"
    }
    /// A colon followed by a space within a value.
    COLON = "E0309" Error {
        ja: "値の中に「: 」（コロンと空白）があるので読めません", "値全体を '…' で囲んでください⟦：{example}⟧";
        en: "this value holds a colon and a space, which YAML cannot read", "put the whole value in '…'⟦: `{example}`⟧"
    }
    /// A value that begins with a character of YAML's own.
    START = "E0310" Error {
        ja: "値を「{character}」で始めることはできません", "値全体を '…' で囲んでください⟦：{example}⟧";
        en: "a value cannot begin with `{character}`", "put the whole value in '…'⟦: `{example}`⟧"
    }
    /// Quotes that are not closed, or that end before the value does.
    QUOTES = "E0311" Error {
        ja: "引用符が閉じていないか、引用符の後に文字が続いています", "値全体を '…' で囲んでください⟦：{example}⟧";
        en: "quotes are not closed here, or text follows them", "put the whole value in '…'⟦: `{example}`⟧"
    }
    /// Brackets that are not closed, or that end before the value does.
    BRACKETS = "E0312" Error {
        ja: "かっこが閉じていないか、かっこの後に文字が続いています", "一覧なら [ ] を対にし、文字なら全体を '…' で囲んでください⟦：{example}⟧";
        en: "brackets are not closed here, or text follows them", "close the list with ], or put text in '…'⟦: `{example}`⟧"
    }
    /// A tab where only spaces are read.
    TAB = "E0313" Error {
        ja: "タブは使えません", "タブを半角の空白に替えるか、値全体を '…' で囲んでください⟦：{example}⟧";
        en: "a tab cannot stand here", "use spaces instead, or put the whole value in '…'⟦: `{example}`⟧"
    }
    /// A full-width space or colon where only ASCII is read.
    WIDE = "E0314" Error {
        ja: "全角の{what}が使われています", "半角で書いてください⟦：{example}⟧";
        en: "this is full-width: {what}", "use the ASCII one⟦: `{example}`⟧"
    }
    /// No space after a colon.
    NO_SPACE = "E0315" Error {
        ja: "「:」の後に半角の空白がありません", "「{example}」のように書いてください";
        en: "there is no space after the colon", "write `{example}`"
    }
    /// A line that is no field.
    NOT_FIELD = "E0316" Error {
        ja: "「名前: 値」の形になっていません（{found}）", "「title: 題名」のように書いてください";
        en: "this is not a field (`{found}`)", "write it as `name: value`"
    }
    /// YAML that cannot be read, for any other reason.
    YAML = "E0317" Error {
        ja: "YAML として読めません（{detail}）", "字下げがそろっているかを確かめ、記号を含む値は '…' で囲んでください⟦：{example}⟧";
        en: "this is not YAML ({detail})", "check that lines are indented alike, and put values with signs in '…'⟦: `{example}`⟧"
    }
    /// A date in another form.
    DATE = "E0321" Error {
        ja: "「{key}」の日付が読めません（{found}）", "⟦「{suggestion}」と書いてください。⟧日付は 2026-01-05 のように 年-月-日 の半角数字で書きます";
        en: "the date of “{key}” cannot be read (`{found}`)", "⟦write `{suggestion}`; ⟧dates are written year-month-day: 2026-01-05"
    }
    /// A date that the calendar has not.
    NO_SUCH_DATE = "E0322" Error {
        ja: "{found} という日はありません", "⟦その月の最後の日は {last} です。⟧日付を確かめてください";
        en: "there is no such day: {found}", "⟦the last day of that month is {last}; ⟧check the date"
    }
    /// A time in another form.
    TIME = "E0323" Error {
        ja: "「{key}」の日時が読めません（{found}）", "⟦「{suggestion}」と書いてください。⟧2026-01-05、2026-01-05 09:00、2026-01-05T09:00:00+09:00 のどれかの形で書きます";
        en: "the time of “{key}” cannot be read (`{found}`)", "⟦write `{suggestion}`; ⟧it has one of the forms 2026-01-05, 2026-01-05 09:00, 2026-01-05T09:00:00+09:00"
    }
    /// A local time that is skipped when clocks go forward.
    NO_SUCH_TIME = "E0324" Error {
        ja: "{found} という時刻は {timezone} にはありません（夏時間の始まりで飛ばされます）", "別の時刻にするか、「{suggestion}」のように時差を付けて書いてください";
        en: "there is no {found} in {timezone}: clocks go forward over it", "choose another time, or give the offset: `{suggestion}`"
    }
    /// An end that does not come after the beginning.
    EXPIRES_FIRST = "E0325" Error {
        ja: "「expire」（公開終了）が「publish」（公開開始）より後になっていません", "公開終了を後の日時にしてください", "公開開始";
        en: "“expire” does not come after “publish”", "let it expire later than it is published", "published here"
    }
    /// An update before the first publication.
    UPDATED_FIRST = "E0326" Warning {
        ja: "「updated」（更新日）が「date」（公開日）より前です", "日付を確かめてください", "公開日";
        en: "“updated” is before “date”", "check the dates", "first published here"
    }
    /// An old path that is no path of the site.
    ALIAS = "E0327" Error {
        ja: "「{found}」は古い URL として使えません", "「{example}」のように、/ から始まるサイトの中のパスだけを書いてください（? や # や .. は使えません）";
        en: "“{found}” cannot be an old address", "write just the path within the site, from its /: `{example}` (without ?, # or ..)"
    }
    /// A field of series elsewhere.
    ONLY_IN_INDEX = "E0328" Error {
        ja: "「{key}」を書けるのは _index.md だけです", "連載のフォルダーの _index.md に移してください";
        en: "“{key}” is for _index.md only", "move it to the _index.md of the series' folder"
    }
    /// Fields of a series without the word that makes it one.
    NEEDS_KIND = "E0329" Error {
        ja: "「{key}」は連載だけの項目です", "連載にするなら「kind: series」の行を書き足してください";
        en: "“{key}” is for series only", "add the line `kind: series` if this folder is a series"
    }
    /// Parts whose first numbers do not rise.
    PART_ORDER = "E0330" Error {
        ja: "「start」の番号 {found} が、前の章の番号 {previous} より大きくありません", "章は始まりの番号の小さい順に並べてください", "前の章の番号";
        en: "this part starts at {found}, which is not after the part before ({previous})", "list parts by rising first numbers", "the part before starts here"
    }
    /// A part that begins after the last lesson.
    PART_BEYOND = "E0331" Error {
        ja: "「start」の番号 {found} が、予定の話数 {planned} を超えています", "番号か「planned」を直してください", "予定の話数";
        en: "this part starts at {found}, after the last planned lesson ({planned})", "correct the number, or `planned`", "planned here"
    }
}
