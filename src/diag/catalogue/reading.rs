//! `E01`: what is wrong with a file before anything in it is understood.

super::codes! {
    /// Bytes that are not UTF-8.
    NOT_UTF8 = "E0101" Error {
        ja: "UTF-8 として読めない文字があります（{offset} バイト目）", "⟦{guess} で保存されているようです。⟧エディターで文字コードを UTF-8 にして保存し直してください";
        en: "this file is not UTF-8 (at byte {offset})", "⟦it looks like {guess}; ⟧save it again as UTF-8 in your editor"
    }
    /// A text file beyond the limit.
    TOO_LARGE = "E0102" Error {
        ja: "ファイルが大きすぎます（{size} MB）", "{limit} MB までにしてください。一つの話を分けるか、画像なら縮小してください";
        en: "this file is too large ({size} MB)", "keep it under {limit} MB: split the lesson, or scale the image down"
    }
    /// A file that is allowed but heavy for a phone.
    LARGE_FILE = "E0103" Warning {
        ja: "大きなファイルです（{size} MB）", "スマートフォンで読む人には重すぎるかもしれません。縮小を検討してください";
        en: "this is a large file ({size} MB)", "it may be too heavy for a reader on a phone; consider scaling it down"
    }
    /// A symbolic link that leaves the site's folder.
    LINK_OUTSIDE = "E0104" Error {
        ja: "シンボリックリンクがサイトのフォルダーの外を指しています", "ファイルをコピーして置くか、リンクを消してください";
        en: "this symbolic link leads out of the site's folder", "copy the file here, or remove the link"
    }
    /// A file name that is not Unicode.
    NAME_NOT_UNICODE = "E0105" Error {
        ja: "ファイル名が Unicode ではありません：{name}", "ファイル名を付け直してください";
        en: "this file name is not Unicode: {name}", "rename the file"
    }
    /// NUL characters.
    NUL = "E0106" Warning {
        ja: "NUL 文字（U+0000）が含まれています", "「�」に置き換えました。元のファイルから取り除いてください";
        en: "this text holds a NUL character (U+0000)", "it was replaced by U+FFFD; remove it from the file"
    }
    /// A file whose name begins with a dot.
    HIDDEN = "E0108" Warning {
        ja: "「{name}」は、名前が . で始まるので公開しません", "公開するものなら名前を変え、そうでなければ content/ やテーマの外に移してください";
        en: "“{name}” is not published, because its name begins with a dot", "rename it if it is to be published; otherwise move it out of content/ and the theme"
    }
    /// Characters that are not seen but change what is.
    INVISIBLE = "E0107" Warning {
        ja: "目に見えない制御文字 {character} が含まれています", "意図したものでなければ取り除いてください。文字の並びが見た目と変わることがあります";
        en: "this text holds the invisible character {character}", "remove it unless it is meant: it can make text look different from what it is"
    }
}
