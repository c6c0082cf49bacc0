//! `E08`: links to other sites, as `hiketsu check --external` found them.

super::codes! {
    /// The server says that there is nothing.
    GONE = "E0801" Warning {
        ja: "リンク先「{url}」がありません（HTTP {status}）", "アドレスを確かめてください。なくなったページなら、https://web.archive.org/ に写しがあるかもしれません";
        en: "“{url}” is not there (HTTP {status})", "check the address; of a page that is gone there may be a copy at https://web.archive.org/"
    }
    /// No server, or no answer that says anything.
    UNREACHABLE = "E0802" Warning {
        ja: "リンク先「{url}」を確かめられません（{reason}）", "ブラウザーで開いてみてください。開けるのに知らされるなら、site.toml の [external] の ignore に加えてください";
        en: "“{url}” cannot be reached ({reason})", "open it in a browser; if it works there, add it to ignore under [external] in site.toml"
    }
    /// It is elsewhere now.
    MOVED = "E0803" Info {
        ja: "リンク先「{url}」は移りました", "新しいアドレスに書き換えてください：{to}";
        en: "“{url}” has moved", "write its new address: {to}"
    }
    /// The page is there, the heading is not.
    NO_ANCHOR = "E0804" Warning {
        ja: "リンク先「{url}」のページに、その見出し（# の後ろ）がありません", "ページの中の見出しを確かめるか、# から後ろを消してください";
        en: "the page of “{url}” has no such place (what follows #)", "look for the heading on that page, or leave out what follows #"
    }
}
