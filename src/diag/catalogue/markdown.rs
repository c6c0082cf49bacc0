//! `E04`: what is wrong in the Markdown of one text.

super::codes! {
    /// `[!WORD]` at the head of a quote, with a word that is no box.
    BOX_UNKNOWN = "E0401" Error {
        ja: "[!{type}] という囲みはありません", "⟦[!{nearest}] ではありませんか。⟧使えるのは まとめ（SUMMARY）、ポイント（POINT）、会話（DIALOGUE）、良い例（GOOD）、悪い例（BAD）、チェック（CHECK）、手順（STEPS）、補足（DETAILS）、NOTE、TIP、IMPORTANT、WARNING、CAUTION です";
        en: "there is no box [!{type}]", "⟦did you mean [!{nearest}]? ⟧the boxes are SUMMARY, POINT, DIALOGUE, GOOD, BAD, CHECK, STEPS, DETAILS, NOTE, TIP, IMPORTANT, WARNING and CAUTION"
    }
    /// A box whose first line Markdown reads as something else.
    BOX_LOST = "E0402" Error {
        ja: "[!{type}] の行が囲みの見出しとして読めません", "[!{type}] の直後に「:」を書かず、次の行を「>」だけの空行にしてください";
        en: "this line does not read as the head of box [!{type}]", "put no “:” after [!{type}], and leave the next line an empty “>”"
    }
    /// A table, or a list that does not begin with 1, directly under the title of a box.
    BOX_NO_BREAK = "E0403" Warning {
        ja: "囲みの見出しのすぐ下の表や番号リストは、表やリストとして読まれません", "見出しの次の行を「>」だけの空行にしてください";
        en: "a table or list directly under the title of a box is read as plain text", "leave the line after the title an empty “>”"
    }
    /// Two headings with one `{#id}`, or raw HTML with an id that is in use.
    ID_TWICE = "E0404" Error {
        ja: "ID「{id}」が二度使われています", "どちらかの {#…}（HTML では id=\"…\"）を変えてください", "最初に使われている場所";
        en: "the id “{id}” is used twice", "change one of the two {#…}, or id=\"…\" in HTML", "first used here"
    }
    /// An id with a prefix that is not the author's.
    ID_RESERVED = "E0405" Error {
        ja: "ID「{id}」は使えません", "「_」「fn-」「fnref-」で始まる ID は、ページの枠や脚注のために取ってあります。別の名前にしてください";
        en: "the id “{id}” is reserved", "ids that begin with “_”, “fn-” or “fnref-” belong to templates and footnotes; choose another"
    }
    /// A level 1 heading in a body.
    HEADING_ONE = "E0406" Warning {
        ja: "本文に大見出し（#、または下に「====」を引いた行）があります", "題名がすでにページの大見出しです。本文の見出しは ## から始めてください。見出しのつもりでなければ「====」の前に空行を入れてください";
        en: "there is a level 1 heading in the body", "the title already is the page's level 1 heading: begin with ##; if no heading is meant, put an empty line before “====”"
    }
    /// `{#id .class key=value}`: the last of these.
    HEADING_ATTRIBUTE = "E0407" Warning {
        ja: "見出しの属性「{attribute}」は使われません", "見出しの後に書けるのは #id と .class だけです";
        en: "the heading attribute “{attribute}” is not used", "a heading takes only #id and .class"
    }
    /// A link with a scheme that could run a program.
    LINK_SCHEME = "E0408" Error {
        ja: "「{scheme}:」で始まるリンクは使えません", "使えるのは http、https、mailto、tel と、サイトの中のファイルやパスです";
        en: "links that begin with “{scheme}:” are not allowed", "use http, https, mailto, tel, or a file or path of the site"
    }
    /// An image without a text that stands for it.
    ALT_MISSING = "E0409" Warning {
        ja: "画像に代替テキストがありません", "![ここに画像の内容を短く](…) のように書いてください。読み上げや、画像が表示されないときに使われます";
        en: "this image has no alternative text", "write ![what it shows](…): it is read aloud, and shown where the image is not"
    }
    /// Raw HTML that is shown, not obeyed.
    RAW_HTML = "E0410" Warning {
        ja: "HTML のタグ {tag} は、そのまま文字として表示されます", "Markdown の書き方を使うか、site.toml の [markdown] の html = \"escape\" を \"safe\" に変えてください";
        en: "the HTML tag {tag} is shown as text", "use Markdown, or change html = \"escape\" under [markdown] in site.toml to \"safe\""
    }
    /// Containers within containers.
    NESTING = "E0411" Error {
        ja: "引用・リスト・強調などの入れ子が {limit} 段を超えています", "ここから先の記号は無視されます。入れ子を減らしてください";
        en: "quotes, lists or emphasis are nested more than {limit} deep", "from here on their marks are ignored; nest less"
    }
    /// A code block in a language that is not known.
    CODE_LANGUAGE = "E0412" Warning {
        ja: "「{language}」という言語は知らないので、コードに色を付けません", "⟦{nearest} ではありませんか。⟧色が要らなければ text と書いてください";
        en: "the language “{language}” is not known, so the code is not highlighted", "⟦did you mean {nearest}? ⟧write text where no highlighting is wanted"
    }
    /// A code block that is too long to be highlighted.
    CODE_TOO_LONG = "E0413" Warning {
        ja: "コードが長すぎるので色を付けません", "5 KB を超える行があるか、全体が 200 KB を超えています。分けるか、ファイルとして置いてリンクしてください";
        en: "this code is too long to be highlighted", "a line is over 5 KB, or the block over 200 KB: split it, or link to it as a file"
    }
    /// A word in an info string that means nothing.
    CODE_ATTRIBUTE = "E0414" Warning {
        ja: "コードブロックの指定「{attribute}」は使われません", "書けるのは title=\"…\"、linenos、{1,3-5}（目立たせる行）です";
        en: "“{attribute}” after the code fence is not used", "there are title=\"…\", linenos, and {1,3-5} for marked lines"
    }
    /// A footnote that nothing refers to.
    NOTE_UNUSED = "E0415" Warning {
        ja: "脚注「{label}」はどこからも参照されていないので、表示されません", "本文に [^{label}] を書くか、脚注を消してください";
        en: "nothing refers to the footnote “{label}”, so it is not shown", "write [^{label}] in the text, or remove it"
    }
    /// Two footnotes with one label.
    NOTE_TWICE = "E0416" Error {
        ja: "脚注「{label}」が二度書かれています", "どちらかの名前を変えてください", "最初の脚注";
        en: "the footnote “{label}” is written twice", "rename one of them", "the first one"
    }
    /// `[^label]` without its footnote.
    NOTE_MISSING = "E0417" Warning {
        ja: "[^{label}] に当たる脚注がありません", "「[^{label}]: 説明」という行を書いてください。文字として書きたければ \\[^{label}] とします";
        en: "there is no footnote for [^{label}]", "add a line “[^{label}]: …”, or write \\[^{label}] where the text itself is meant"
    }
    /// A dialogue without turns.
    DIALOGUE_EMPTY = "E0418" Warning {
        ja: "会話の囲みに、発言が一つもありません", "発言は行の初めから「名前「…」」か「名前：…」のように書きます";
        en: "this dialogue has no turns", "write a turn at the start of a line: 名前「…」 or name: …"
    }
    /// A bracket that is never closed.
    TURN_OPEN = "E0419" Warning {
        ja: "{name}の発言の「 が閉じられていません", "発言の終わりに 」 を書いてください";
        en: "the 「 of {name}'s turn is never closed", "write 」 at the end of the turn"
    }
    /// `{東京|と|う|きょう}`: readings for each character, but not as many as there are characters.
    RUBY_COUNT = "E0420" Error {
        ja: "「{base}」は{characters}文字ですが、読みが{readings}個あります", "読みは一文字に一つずつ {東京|とう|きょう}、または全体に一つ {東京|とうきょう} と書きます。ルビでなければ \\{ と書いてください";
        en: "“{base}” has {characters} characters, but {readings} readings", "give one reading for each character, {東京|とう|きょう}, or one for all, {東京|とうきょう}; write \\{ where no ruby is meant"
    }
    /// `:::word`, with a word that is no box.
    CONTAINER_UNKNOWN = "E0421" Error {
        ja: "「:::{type}」という囲みはありません", "⟦「:::{nearest}」ではありませんか。⟧使えるのは summary（まとめ）、point、dialogue（会話）、good（良い例）、bad（悪い例）、check、steps、details、note（message）、tip、important、warning、caution です。囲みでなければ \\::: と書いてください";
        en: "there is no box “:::{type}”", "⟦did you mean “:::{nearest}”? ⟧the boxes are summary, point, dialogue, good, bad, check, steps, details, note (message), tip, important, warning and caution; write \\::: where no box is meant"
    }
    /// `:::note` that is never closed.
    CONTAINER_OPEN = "E0422" Error {
        ja: "「:::{type}」の囲みが閉じられていません", "囲みの終わりに、コロンだけの行「{colons}」を書いてください。引用やリストの中で始めた囲みは、その中で閉じます";
        en: "the box “:::{type}” is never closed", "write a line of nothing but “{colons}” at its end; a box that begins in a quote or list ends in it"
    }
    /// `:::` that closes nothing.
    CONTAINER_CLOSE = "E0423" Error {
        ja: "コロンだけの行がありますが、閉じる囲みがありません", "囲みは「:::note 題」のような行で始めます。コロンの数は、始まりの行と同じにしてください。文字として書きたければ \\::: とします";
        en: "this line of colons closes no box", "a box begins with a line like “:::note title”, with as many colons as the line that ends it; write \\::: where the text itself is meant"
    }
    /// A speaker whom `site.toml`, which declares speakers, does not know.
    SPEAKER_UNKNOWN = "E0440" Info {
        ja: "話し手「{name}」は site.toml にありません", "⟦「{nearest}」ではありませんか。⟧このままでも会話になります。左右や顔を決めるには、site.toml に [[speakers]] と name = \"{name}\" を書いてください";
        en: "the speaker “{name}” is not in site.toml", "⟦did you mean “{nearest}”? ⟧the dialogue works as it is; to choose a side or a face, add [[speakers]] with name = \"{name}\" to site.toml"
    }
    /// A speaker's face that is not there.
    FACE_MISSING = "E0441" Error {
        ja: "話し手「{name}」の画像「{found}」がありません", "⟦「{nearest}」ではありませんか。⟧content/ の中にある画像のパスを face = \"images/face.png\" のように書いてください（この場合 content/images/face.png）";
        en: "the face of speaker “{name}”, “{found}”, is not there", "⟦did you mean “{nearest}”? ⟧write the path of an image below content/: face = \"images/face.png\" is content/images/face.png"
    }
    /// A speaker's face that is another kind of file.
    FACE_NOT_IMAGE = "E0442" Error {
        ja: "話し手「{name}」の face「{found}」は画像ではありません", "PNG、JPEG、GIF、WebP、AVIF、SVG のどれかにしてください";
        en: "the face of speaker “{name}”, “{found}”, is no image", "use PNG, JPEG, GIF, WebP, AVIF or SVG"
    }
    /// A formula with a command, an environment or a colour that is not known.
    MATH_UNKNOWN = "E0430" Warning {
        ja: "数式の「{name}」が分からないので、数式を書かれたまま表示します", "綴りを確かめてください。数式でなければ、ドル記号を \\$ と書いてください";
        en: "“{name}” is not known, so the formula is shown as it was typed", "check the spelling; write \\$ where no formula is meant"
    }
    /// A formula that cannot be read.
    MATH_SYNTAX = "E0431" Warning {
        ja: "数式がここで読めないので、書かれたまま表示します（{reason}）", "TeX の書き方を確かめてください。数式でなければ、ドル記号を \\$ と書いてください";
        en: "the formula cannot be read here, so it is shown as it was typed ({reason})", "check the TeX; write \\$ where no formula is meant"
    }
    /// A formula that is too long.
    MATH_LONG = "E0432" Warning {
        ja: "数式が長すぎるので、書かれたまま表示します", "一つの数式は {limit} KB、命令と入れ子は合わせて {marks} 個までです。分けてください";
        en: "the formula is too long, so it is shown as it was typed", "one formula has at most {limit} KB, and {marks} commands and nested braces; divide it"
    }
    /// An element of raw HTML that a lesson may not have.
    HTML_TAG = "E0433" Warning {
        ja: "HTML の <{tag}> は使えないので、取り除きました", "Markdown か、文章のための HTML の要素を使ってください。書き手を全員信頼できるなら、site.toml の [markdown] に html = \"trusted\" と書くとそのまま使われます";
        en: "<{tag}> is not allowed here and was removed", "use Markdown, or the elements of HTML that are for text; where you trust all authors, html = \"trusted\" under [markdown] in site.toml leaves it as it is"
    }
    /// An attribute of raw HTML that a lesson may not have.
    HTML_ATTRIBUTE = "E0434" Warning {
        ja: "<{tag}> の属性「{attribute}」は使えないので、取り除きました", "属性を消してください（見た目は class で変えます）。書き手を全員信頼できるなら、site.toml の [markdown] に html = \"trusted\" と書くとそのまま使われます";
        en: "the attribute “{attribute}” of <{tag}> is not allowed here and was removed", "remove it (looks are changed by a class); where you trust all authors, html = \"trusted\" under [markdown] in site.toml leaves it as it is"
    }
    /// An element of raw HTML that is never closed where it was opened.
    HTML_OPEN = "E0435" Warning {
        ja: "<{tag}> が閉じられていないので、段落や囲みの終わりで閉じました", "同じ段落（ブロックの HTML なら同じ引用・リスト項目・囲み）の中に </{tag}> を書いてください";
        en: "<{tag}> is never closed, so it was closed where its paragraph or box ends", "write </{tag}> in the same paragraph, or for a block in the same quote, list item or box"
    }
    /// An end tag of raw HTML without its start tag.
    HTML_CLOSE = "E0436" Warning {
        ja: "</{tag}> がありますが、閉じる <{tag}> がここにないので、取り除きました", "始まりのタグを、同じ段落や囲みの中に書いてください。要らなければ消してください";
        en: "</{tag}> closes nothing here and was removed", "write the start tag in the same paragraph or box, or remove this one"
    }
    /// An element of raw HTML in a place where HTML does not allow it.
    HTML_PLACE = "E0437" Warning {
        ja: "<{tag}> はこの場所では使えないので、取り除きました", "段落の中に置けない要素は、前後を空行で区切って行の初めから書きます。表・リスト・ルビの部品は、それぞれの親の要素のすぐ内側に書き、リンクの中にリンクは書きません";
        en: "<{tag}> cannot stand here and was removed", "what cannot stand in a paragraph begins a line, with empty lines around; parts of tables, lists and ruby stand directly in their parents, and no link stands in a link"
    }
    /// A tag of raw HTML without its `>`.
    HTML_CUT = "E0438" Warning {
        ja: "HTML のタグが途中で終わっているので、ここから先を取り除きました: {tag}", "「>」を書いてタグを閉じてください。引用符の閉じ忘れも確かめてください";
        en: "this HTML tag never ends, and was removed with all that follows it in the block: {tag}", "write its “>”; look for a quotation mark that is not closed"
    }
    /// `![[file]]`, by which other programs show one file in another.
    EMBED = "E0450" Warning {
        ja: "「![[…]]」は使えません。このまま文字として表示されます", "画像は ![説明](ファイル名.png) と書きます。話へのリンクなら「!」を外すか、\\! と書いてください";
        en: "“![[…]]” is not known and is shown as text", "an image is ![what it shows](file.png); for a link to a lesson, leave the “!” out or write \\!"
    }
}
