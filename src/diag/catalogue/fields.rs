//! `E0201`–`E0220`: what is wrong with a field, in `site.toml`, in a theme's files and in front matter alike.

super::codes! {
    /// A key that nobody asks for.
    UNKNOWN_KEY = "E0201" Error {
        ja: "「{key}」という項目はありません", "⟦「{nearest}」の書き間違いではありませんか。⟧使える項目：{known}";
        en: "there is no field “{key}”", "⟦did you mean “{nearest}”? ⟧known fields: {known}"
    }
    /// A required field that is not there.
    MISSING = "E0202" Error {
        ja: "「{key}」がありません", "「{example}」のように書き足してください";
        en: "“{key}” is missing", "add it: `{example}`"
    }
    /// A field or an element that needs a value and has none.
    EMPTY = "E0203" Error {
        ja: "「{key}」に値がありません", "値を書いてください";
        en: "“{key}” has no value", "write a value"
    }
    /// An optional field without a value.
    NO_VALUE = "E0204" Warning {
        ja: "「{key}」に値がないので、書かれていないものとして扱います", "値を書くか、この行を消してください";
        en: "“{key}” has no value and is taken as absent", "write a value, or remove the line"
    }
    /// One key twice in a table.
    REPEATED = "E0205" Error {
        ja: "「{key}」が二度書かれています", "一つだけ残してください", "最初に書かれた場所";
        en: "“{key}” is written twice", "keep one of them", "first written here"
    }
    /// Something else where text is needed.
    NOT_TEXT = "E0206" Error {
        ja: "「{key}」には文字を書きます（書かれているもの：{found}）", "「{example}」のように書いてください";
        en: "“{key}” takes text, but this is `{found}`", "write it like this: `{example}`"
    }
    /// Something else where true or false is needed.
    NOT_BOOL = "E0207" Error {
        ja: "「{key}」に書けるのは true（はい）か false（いいえ）だけです（書かれているもの：{found}）", "「{example}」のように、引用符なしで書いてください";
        en: "“{key}” is either true or false, but this is `{found}`", "write it like this, without quotes: `{example}`"
    }
    /// Something else where a whole number is needed.
    NOT_INTEGER = "E0208" Error {
        ja: "「{key}」には整数を書きます（書かれているもの：{found}）", "「{example}」のように、半角の数字だけで、引用符なしで書いてください";
        en: "“{key}” takes a whole number, but this is `{found}`", "write it like this, in digits without quotes: `{example}`"
    }
    /// A number that is too small or too large.
    OUT_OF_RANGE = "E0209" Error {
        ja: "「{key}」の値 {found} は範囲の外です", "{min} から {max} までの整数を書いてください";
        en: "the value {found} of “{key}” is out of range", "write a whole number from {min} to {max}"
    }
    /// Something else where a list is needed.
    NOT_LIST = "E0210" Error {
        ja: "「{key}」には一覧を書きます（書かれているもの：{found}）", "「{example}」のように書いてください";
        en: "“{key}” takes a list, but this is `{found}`", "write it like this: `{example}`"
    }
    /// Something else where a table is needed.
    NOT_TABLE = "E0211" Error {
        ja: "「{key}」には項目の組を書きます（書かれているもの：{found}）", "「{example}」のように書いてください";
        en: "“{key}” takes a group of fields, but this is `{found}`", "write it like this: `{example}`"
    }
    /// A word that is none of the allowed ones.
    NOT_CHOICE = "E0212" Error {
        ja: "「{key}」に「{found}」とは書けません", "⟦「{nearest}」の書き間違いではありませんか。⟧書けるもの：{choices}";
        en: "“{key}” cannot be “{found}”", "⟦did you mean “{nearest}”? ⟧it can be: {choices}"
    }
    /// Line breaks or control characters in a one-line text.
    NOT_ONE_LINE = "E0213" Error {
        ja: "「{key}」に改行や制御文字は使えません", "一行で書いてください";
        en: "“{key}” cannot hold line breaks or control characters", "write it on one line"
    }
    /// The same element twice in a list.
    REPEATED_ITEM = "E0214" Warning {
        ja: "「{key}」に「{found}」が二度書かれています", "一つは消してください", "最初に書かれた場所";
        en: "“{key}” lists “{found}” twice", "remove one of them", "first written here"
    }
    /// TOML that cannot be read, for any other reason.
    TOML_SYNTAX = "E0215" Error {
        ja: "TOML として読めません（{detail}）", "「名前 = \"値\"」の形になっているか、引用符やかっこが閉じているかを確かめてください";
        en: "this is not TOML ({detail})", "check that it has the form `name = \"value\"`, and that quotes and brackets are closed"
    }
    /// A TOML text without quotes.
    TOML_UNQUOTED = "E0216" Error {
        ja: "文字の値が引用符で囲まれていません（{found}）", "半角の引用符で囲んでください：{example}";
        en: "this text is not in quotes (`{found}`)", "put it in straight quotes: `{example}`"
    }
    /// A TOML text or bracket that is not closed.
    TOML_UNCLOSED = "E0217" Error {
        ja: "「{opening}」が閉じられていません", "対になる「{closing}」を書いてください";
        en: "this `{opening}` is never closed", "write the matching `{closing}`"
    }
    /// A TOML key with other characters than ASCII letters and digits.
    TOML_KEY = "E0218" Error {
        ja: "「{found}」は項目の名前として書けません", "項目の名前は半角の英数字と - _ だけで書き、続けて半角の「=」を書いてください。ほかの文字を使う名前は \"…\" で囲みます";
        en: "`{found}` cannot be written as a name", "write names in letters, digits, - and _, followed by `=`; put any other name in quotes"
    }
    /// Something else where a number is needed.
    NOT_NUMBER = "E0219" Error {
        ja: "「{key}」には数を書きます（書かれているもの：{found}）", "「{example}」のように、半角で、引用符なしで書いてください";
        en: "“{key}” takes a number, but this is `{found}`", "write it like this, without quotes: `{example}`"
    }
    /// A number, perhaps with a fraction, that is too small or too large.
    NUMBER_RANGE = "E0220" Error {
        ja: "「{key}」の値 {found} は範囲の外です", "{min} から {max} までの数を書いてください";
        en: "the value {found} of “{key}” is out of range", "write a number from {min} to {max}"
    }
}
