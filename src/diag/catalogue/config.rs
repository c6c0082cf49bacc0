//! `E0221`–`E0240`: what is wrong with `site.toml` beyond its fields' types.

super::codes! {
    /// A base URL that is not an absolute http(s) address.
    BASE_URL = "E0221" Error {
        ja: "「{found}」は公開先の URL として使えません", "https:// から始めて、フォルダーまでの URL を書いてください：{example}";
        en: "“{found}” cannot be the address of the site", "write it from https:// to the folder: `{example}`"
    }
    /// A base URL with more than scheme, host and path.
    BASE_URL_EXTRA = "E0222" Error {
        ja: "base_url に {part} は書けません", "「{example}」と書いてください";
        en: "base_url cannot hold `{part}`", "write `{example}`"
    }
    /// A language tag of no known shape.
    LANGUAGE = "E0223" Error {
        ja: "「{found}」という言語はありません", "⟦「{nearest}」ではありませんか。⟧日本語は ja、英語は en と書きます";
        en: "there is no language “{found}”", "⟦did you mean “{nearest}”? ⟧write `ja` for Japanese, `en` for English"
    }
    /// A time zone that does not exist.
    TIMEZONE = "E0224" Error {
        ja: "「{found}」という時間帯はありません", "⟦「{nearest}」ではありませんか。⟧「Asia/Tokyo」のように「地域/都市」で書いてください";
        en: "there is no time zone “{found}”", "⟦did you mean “{nearest}”? ⟧write it as Area/City, like `Asia/Tokyo`"
    }
    /// A character that no folder name of a site holds.
    NAME_CHARACTER = "E0225" Error {
        ja: "「{found}」は「{key}」に使えません：文字 {character} が含まれています", "フォルダーの名前になるので、/ \\ : * ? \" < > | # % と制御文字は使えません";
        en: "“{found}” cannot be “{key}”: it holds {character}", "it becomes the name of a folder, so / \\ : * ? \" < > | # % and control characters are not allowed"
    }
    /// A name that means something else to file systems or hosts.
    NAME_RESERVED = "E0226" Error {
        ja: "「{found}」は「{key}」に使えません", "フォルダーの名前になるので、点（.）で始まる名前、点や空白で終わる名前、Windows が予約している名前（CON、NUL、COM1 など）は避けてください";
        en: "“{found}” cannot be “{key}”", "it becomes the name of a folder: it must not begin with a dot, end with a dot or a space, or be reserved by Windows (CON, NUL, COM1 …)"
    }
    /// A name beyond the limit.
    NAME_LONG = "E0227" Error {
        ja: "「{key}」が長すぎます（{length} 文字）", "{limit} 文字までにしてください";
        en: "“{key}” is too long ({length} characters)", "keep it within {limit} characters"
    }
    /// One value for two things that must differ.
    DUPLICATE = "E0228" Error {
        ja: "「{key}」の「{found}」が重なっています", "それぞれ別のものにしてください（大文字と小文字の違いだけでは区別されません）", "先に書かれた場所";
        en: "two have the same “{key}”: “{found}”", "give each its own (they must differ by more than upper and lower case)", "the other one"
    }
    /// A taxonomy that bears the name of a front matter field.
    TAXONOMY_KEY = "E0229" Error {
        ja: "「{found}」は原稿の項目の名前なので、分類の名前に使えません", "別の名前にしてください";
        en: "“{found}” is a field of front matter and cannot name a taxonomy", "choose another name"
    }
    /// A link of a kind that readers should not be sent to.
    LINK_SCHEME = "E0230" Error {
        ja: "「{found}」へのリンクは使えません", "サイトの中は「/secrets/」のように、外は https:// から書いてください";
        en: "links to “{found}” are not allowed", "write `/secrets/` for a page of the site, or an address that begins with https://"
    }
    /// What is allowed beside the site itself is no origin.
    ORIGIN = "E0231" Error {
        ja: "「{found}」は、ほかのサイトの名前として読めません", "https:// から始めて、サイトの名前までを書いてください：\"{example}\"";
        en: "“{found}” is not the name of another site", "write it from https:// to the end of the name: `\"{example}\"`"
    }
    /// A colour of no known form.
    COLOUR = "E0232" Error {
        ja: "「{key}」の色「{found}」を読めません", "⟦「{nearest}」ではありませんか。⟧「#0a4a94」のように、# と六桁の十六進数で書いてください。昼と夜で変えるなら [\"#0a4a94\", \"#8fbcff\"] です";
        en: "the colour “{found}” of “{key}” cannot be read", "⟦did you mean “{nearest}”? ⟧write # and six hexadecimal digits, `#0a4a94`; for day and night, `[\"#0a4a94\", \"#8fbcff\"]`"
    }
    /// Two colours that cannot be read on each other.
    CONTRAST = "E0233" Warning {
        ja: "「{key}」の色が、「{other}」の上で読みにくくなっています（{scheme} の配色、明暗の比 {ratio}）", "明暗の比が 4.5 以上になるようにしてください⟦。{colour} の上では、たとえば {better} です⟧";
        en: "“{key}” is hard to read on “{other}” (in the {scheme} scheme: contrast {ratio})", "the contrast should be 4.5 or more⟦; on {colour}, {better} would do⟧"
    }
}
