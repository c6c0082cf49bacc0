//! `E05`: how files relate: numbers, ids, URLs, links, terms.

super::codes! {
    /// Two lessons with one number.
    DUPLICATE_NUMBER = "E0501" Error {
        ja: "第{number}回が二つあります", "どちらかのファイル名の番号を変えてください", "同じ番号のファイル";
        en: "there are two lessons {number}", "change the number at the head of one of the file names", "the other file with this number"
    }
    /// Two lessons with one id.
    DUPLICATE_ID = "E0502" Error {
        ja: "「{id}」という id の話が二つあります", "どちらかのファイル名の、番号の後ろの部分を変えてください", "同じ id のファイル";
        en: "there are two lessons with the id “{id}”", "change what follows the number in one of the file names", "the other file with this id"
    }
    /// Two outputs at one URL.
    COLLISION = "E0503" Error {
        ja: "URL「/{url}」が {other} と重なっています", "どちらかの名前を変えてください。大文字と小文字、全角と半角だけの違いは区別されません", "もう一方";
        en: "the URL “/{url}” is taken by {other} as well", "rename one of the two; upper and lower case, full and half width make no difference", "the other one"
    }
    /// A file in a series whose name does not begin with a number.
    NOT_NUMBERED = "E0504" Error {
        ja: "連載のフォルダーにあるファイルの名前が「番号-id.md」の形になっていません", "「012-forget-the-quota.md」のように、番号・ハイフン・id の順で付けてください";
        en: "a file in a series is not named NUMBER-ID.md", "name it like “012-forget-the-quota.md”: the number, a hyphen, the id"
    }
    /// A name that some host refuses.
    BAD_NAME = "E0505" Error {
        ja: "「{name}」は URL やファイルの名前に使えません（{reason}）", "「{suggestion}」ではいかがでしょうか";
        en: "“{name}” cannot be used as a name in a URL ({reason})", "how about “{suggestion}”?"
    }
    /// A number beyond the planned length.
    BEYOND_PLANNED = "E0506" Warning {
        ja: "第{number}回は、予定の全{planned}回を超えています", "_index.md の planned を {number} 以上にしてください";
        en: "lesson {number} is beyond the planned {planned}", "set planned in _index.md to {number} or more"
    }
    /// Lessons in a folder below the series.
    NESTED_LESSON = "E0507" Error {
        ja: "連載の中のフォルダーに Markdown ファイルがあります", "「{series}」の直下に移してください。画像などは、フォルダーに入れたままで構いません";
        en: "a Markdown file lies in a folder below a series", "move it directly into “{series}”; images and other files may stay in folders"
    }
    /// A term that `site.toml` does not list.
    UNKNOWN_TERM = "E0510" Error {
        ja: "{taxonomy}に「{term}」はありません", "⟦「{nearest}」の書き間違いではありませんか。⟧新しく使うなら site.toml の [[taxonomies.{key}.terms]] に加えてください";
        en: "“{term}” is not among the {taxonomy}", "⟦did you mean “{nearest}”? ⟧to use it as a new one, add it to [[taxonomies.{key}.terms]] in site.toml"
    }
    /// A required lesson that does not exist.
    UNKNOWN_REQUIRED = "E0511" Error {
        ja: "requires の「{id}」という id の話はありません", "⟦「{nearest}」ではありませんか。⟧id は、ファイル名の番号の後ろの部分です";
        en: "requires names “{id}”, but there is no lesson with that id", "⟦did you mean “{nearest}”? ⟧the id is what follows the number in the file name"
    }
    /// A required lesson that comes later.
    REQUIRED_LATER = "E0512" Error {
        ja: "requires の「{id}」（第{other}回）は、この話（第{number}回）より前の話ではありません", "前の話の id にするか、順番を変えてください", "その話";
        en: "requires names “{id}” (lesson {other}), which does not come before this one (lesson {number})", "name an earlier lesson, or change the order", "that lesson"
    }
    /// A field that only lessons have, in another file.
    ONLY_FOR_LESSONS = "E0513" Warning {
        ja: "「{field}」は連載の話だけの項目なので、ここでは効きません", "この行を消すか、ファイルを連載のフォルダーに移してください";
        en: "“{field}” is for lessons of a series and does nothing here", "remove it, or move the file into a series"
    }
    /// A link that leads nowhere.
    BROKEN_LINK = "E0520" Error {
        ja: "リンク先「{target}」が見つかりません", "⟦「{nearest}」ではありませんか。⟧ほかの話へは「011-listen.md」のように、このファイルから見たファイル名で書けます";
        en: "the link “{target}” leads nowhere", "⟦did you mean “{nearest}”? ⟧link to another lesson by its file, as seen from this one: “011-listen.md”"
    }
    /// A link to a heading that is not there.
    BROKEN_ANCHOR = "E0521" Error {
        ja: "「{page}」に見出し「#{anchor}」がありません", "⟦「#{nearest}」ではありませんか。⟧見出しの文字をそのまま「#」の後ろに書きます";
        en: "there is no “#{anchor}” in {page}", "⟦did you mean “#{nearest}”? ⟧write the heading's words after “#”"
    }
    /// A link to a text that is not published, or a requirement of it.
    UNPUBLISHED_LINK = "E0522" Error {
        ja: "「{target}」は、その {field} の項目のために公開されていません", "公開されるまで外しておくか、そちらの {field} を直してください。--drafts を付けると、下書きと公開前の話も含めて確かめられます";
        en: "“{target}” is not published, because of its “{field}”", "leave it out until it is, or change “{field}” there; --drafts builds with drafts and what is scheduled"
    }
    /// An image file that is not there.
    MISSING_IMAGE = "E0523" Error {
        ja: "画像「{target}」が見つかりません", "⟦「{nearest}」ではありませんか。⟧画像は、このファイルと同じフォルダーに置けます";
        en: "the image “{target}” is not there", "⟦did you mean “{nearest}”? ⟧put the image beside this file"
    }
    /// An alias that is no path.
    BAD_ALIAS = "E0524" Error {
        ja: "aliases の「{alias}」は URL のパスとして使えません（{reason}）", "「/old/quota/」のように、/ で始まる古い URL のパスを書いてください";
        en: "aliases: “{alias}” cannot be a path of a URL ({reason})", "write the old path, beginning with “/”: “/old/quota/”"
    }
    /// A link in the navigation of `site.toml` that leads nowhere.
    BROKEN_NAVIGATION = "E0525" Error {
        ja: "ナビゲーションの「{label}」のリンク先「{target}」が見つかりません", "⟦「{nearest}」ではありませんか。⟧「/secrets/」のようなサイト内のパスか、content/ のファイル名、または https:// で始まる URL を書いてください";
        en: "the navigation link “{label}” leads to “{target}”, which is not there", "⟦did you mean “{nearest}”? ⟧write a path of this site (“/secrets/”), a file of content/, or a URL that begins with https://"
    }
    /// `[[id]]` with an id that no lesson has.
    UNKNOWN_ID = "E0526" Error {
        ja: "「{id}」という id の話はありません", "⟦[[{nearest}]] ではありませんか。⟧id は、ファイル名の番号の後ろの部分です。話でないページへは [文字](about.md) のように書きます。括弧を文字として書きたければ \\[[ とします";
        en: "there is no lesson with the id “{id}”", "⟦did you mean [[{nearest}]]? ⟧the id is what follows the number in the file name; link to a page that is no lesson as [text](about.md), and write \\[[ where brackets are meant"
    }
    /// `[[id]]` with an id that lessons of several series have.
    AMBIGUOUS_ID = "E0527" Error {
        ja: "「{id}」という id の話が、いくつかの連載にあります", "どの連載の話かを書いてください: {choices}", "その一つ";
        en: "lessons of several series have the id “{id}”", "name the series as well: {choices}", "one of them"
    }
    /// A series in another series.
    NESTED_SERIES = "E0530" Error {
        ja: "連載の中に、別の連載のフォルダーがあります", "「{series}」の外に移してください";
        en: "a series lies inside another series", "move it out of “{series}”"
    }
    /// A part that begins after the last lesson.
    PART_BEYOND = "E0531" Warning {
        ja: "「{part}」は第{start}回から始まりますが、連載は全{total}回です", "planned を増やすか、start を見直してください";
        en: "the part “{part}” begins at lesson {start}, but the series has {total}", "raise planned, or change start"
    }
    /// No lesson at all.
    EMPTY_SERIES = "E0532" Warning {
        ja: "公開されている話が一つもありません", "「001-hello.md」のような名前で、最初の話を書いてみましょう";
        en: "no lesson of this series is published", "write the first one, named like “001-hello.md”"
    }
    /// Numbered files in a folder that is no series.
    NO_SERIES = "E0533" Warning {
        ja: "番号の付いたファイルがありますが、フォルダー「{folder}」は連載になっていません", "「{folder}/_index.md」の先頭に、title と kind: series を書いてください。そうすると番号の順に並び、前後の話へのリンクが付きます";
        en: "there are numbered files, but the folder “{folder}” is no series", "write title and kind: series at the head of “{folder}/_index.md”: then they are read in the order of their numbers"
    }
    /// A link in a rendered page, written by a template, that leads nowhere.
    BROKEN_TEMPLATE_LINK = "E0540" Error {
        ja: "テンプレート {template} が書いたリンク「{target}」の先がありません（/{page} で見つかりました）", "テンプレートのリンクを直してください。サイト内のリンクは root から始めます";
        en: "the template {template} wrote the link “{target}”, which leads nowhere (seen on /{page})", "mend the link in the template; links within the site begin with root"
    }
}
