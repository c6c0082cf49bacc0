//! `E06`: themes: templates, words, assets.

super::codes! {
    /// No such theme.
    NO_THEME = "E0601" Error {
        ja: "テーマ「{theme}」のフォルダー（themes/{theme}）がありません", "⟦「{nearest}」ではありませんか。⟧内蔵のテーマを使うなら theme = \"standard\" と書きます";
        en: "there is no theme “{theme}” (no folder themes/{theme})", "⟦did you mean “{nearest}”? ⟧theme = \"standard\" is built in"
    }
    /// A template that cannot be parsed.
    TEMPLATE_SYNTAX = "E0602" Error {
        ja: "テンプレートの書き方に誤りがあります：{detail}", "テンプレートは Tera 2 の書き方で書きます";
        en: "this template cannot be parsed: {detail}", "templates are written in Tera 2"
    }
    /// A template that fails on a page.
    TEMPLATE_FAILED = "E0603" Error {
        ja: "テンプレートの処理が失敗しました：{detail}（ページ /{page}）", "ここで使える変数：{known}";
        en: "this template failed: {detail} (on page /{page})", "variables that exist here: {known}"
    }
    /// A template that is not there.
    NO_TEMPLATE = "E0604" Error {
        ja: "テンプレート「{template}」がありません", "⟦「{nearest}」ではありませんか。⟧templates/ に置くか、名前を直してください";
        en: "there is no template “{template}”", "⟦did you mean “{nearest}”? ⟧put it into templates/, or mend the name"
    }
    /// A file of words that cannot be read.
    BAD_WORDS = "E0605" Error {
        ja: "ことばのファイルを読めません：{detail}", "「キー = \"ことば\"」の形で、一行に一つずつ書きます";
        en: "this file of words cannot be read: {detail}", "write one `key = \"words\"` on each line"
    }
    /// A word that is no text.
    WORD_NOT_TEXT = "E0606" Error {
        ja: "「{key}」の値が文字列ではありません", "値を \"…\" で囲んでください";
        en: "the value of “{key}” is not text", "put it into quotation marks"
    }
    /// A style sheet refers to an asset that is not there.
    NO_ASSET = "E0608" Error {
        ja: "スタイルシートの url() が指す「{target}」が assets/ にありません", "⟦「{nearest}」ではありませんか。⟧パスは、このスタイルシートから見て書きます";
        en: "url() in this style sheet names “{target}”, which is not in assets/", "⟦did you mean “{nearest}”? ⟧the path is as seen from the style sheet"
    }
    /// Templates that include or extend each other in a circle.
    TEMPLATE_CIRCLE = "E0607" Error {
        ja: "テンプレートどうしの extends や include が輪になっています：{detail}", "extends と include の先を見直してください";
        en: "templates extend or include each other in a circle: {detail}", "look at what they extend and include"
    }
    /// A variable that is not there.
    NO_VARIABLE = "E0609" Error {
        ja: "テンプレートのここに「{name}」という変数はありません（ページ /{page}）", "⟦「{nearest}」ではありませんか。⟧ここで使える変数：{known}";
        en: "there is no variable “{name}” here (on page /{page})", "⟦did you mean “{nearest}”? ⟧variables that exist here: {known}"
    }
    /// A field that its value has not.
    NO_FIELD = "E0610" Error {
        ja: "この値に「{name}」という項目はありません（ページ /{page}）", "⟦「{nearest}」ではありませんか。⟧⟦この値の項目：{known}。⟧あるとは限らない項目は {% if … %} で確かめてから使います";
        en: "this value has no field “{name}” (on page /{page})", "⟦did you mean “{nearest}”? ⟧⟦its fields: {known}; ⟧ask for what may be absent with {% if … %}"
    }
    /// A setting that the theme does not look at.
    UNUSED_SETTING = "E0611" Warning {
        ja: "テーマ「{theme}」は「{key}」の設定を使いません", "消してください。テーマのスタイルシートで var({property}) と書けば使えます";
        en: "the theme “{theme}” does not use the setting “{key}”", "remove it, or write var({property}) in the theme's style sheet"
    }
}
