//! `E07`: what is most likely not meant as it is written, and the names by which `site.toml` speaks of these rules.

use super::markdown::ALT_MISSING;
use crate::diag::Code;

super::codes! {
    /// A delimiter that readers see.
    LEAKED_MARKUP = "E0701" Warning {
        ja: "記号「{mark}」が、そのまま文字として表示されます", "記号の内側の空白を除くか、対になる記号を書いてください。文字として見せたければ {escaped} とします";
        en: "“{mark}” is shown to readers as it is", "remove the space inside the marks, or write the one that is missing; where the characters are meant, write {escaped}"
    }
    /// `1.項目`, `##見出し`.
    MISSING_SPACE = "E0702" Warning {
        ja: "「{mark}」の後ろに空白がないので、リストや見出しになりません", "「{mark}」の後ろに半角の空白を入れてください。文字として見せたければ {escaped} とします";
        en: "there is no space after “{mark}”, so this is neither a list nor a heading", "put a space after “{mark}”; where the characters are meant, write {escaped}"
    }
    /// `====まとめ====`.
    TYPED_HEADING = "E0703" Warning {
        ja: "「====」で作った見出しは、そのまま文字として表示されます", "まとめなら、「> [!まとめ]」で始まる囲みにしてください。ほかの見出しは「## 」で始めます";
        en: "a heading made of “====” is shown as it is", "make it a box that begins with “> [!SUMMARY]”, or a heading that begins with “## ”"
    }
    /// A line of nothing but `=`.
    TYPED_RULE = "E0704" Warning {
        ja: "「====」の線が、そのまま文字として表示されます", "消してください。区切りの線は、前後に空の行を入れて「---」と書きます";
        en: "this line of “=” is shown as it is", "remove it; a line across the page is “---” between empty lines"
    }
    /// `👉前回ページ`.
    TYPED_NAVIGATION = "E0705" Warning {
        ja: "「{line}」は手で書いた案内です", "消してください。前後の話、目次、トップページへのリンクは、すべてのページに自動で付きます";
        en: "“{line}” is navigation written by hand", "remove it: links to the lessons before and after, to the contents and to the home page are on every page"
    }
    /// `[第12回](…)` that leads to another number.
    ORDINAL_LINK = "E0706" Warning {
        ja: "「第{said}回」と書かれたリンクが、第{number}回「{title}」を開きます", "番号かリンク先のどちらかを直してください", "リンク先の話";
        en: "a link that says lesson {said} leads to lesson {number}, “{title}”", "mend the number or the link", "where it leads"
    }
    /// `[前回](…)` that leads to another lesson.
    NEIGHBOUR_LINK = "E0707" Warning {
        ja: "「{said}」と書かれたリンクが、第{number}回「{title}」を開きます", "⟦正しくは第{right}回です。⟧言葉かリンク先のどちらかを直してください", "リンク先の話";
        en: "a link that says “{said}” leads to lesson {number}, “{title}”, which is another one", "⟦it should be lesson {right}; ⟧mend the words or the link", "where it leads"
    }
    /// `全100回` in a series of 110.
    WRONG_TOTAL = "E0708" Warning {
        ja: "「全{said}回」とありますが、この連載は全{total}回の予定です", "ここの数か、_index.md の planned を直してください";
        en: "this says that there are {said} lessons, but {total} are planned", "mend the number, or planned in _index.md"
    }
    /// `今回は第13回` in lesson 12.
    OWN_NUMBER = "E0709" Warning {
        ja: "この話を「第{said}回」と呼んでいますが、ファイル名では第{number}回です", "番号を直してください。番号はページに自動で表示されるので、書かなくても構いません";
        en: "this calls itself lesson {said}, but by its file's name it is lesson {number}", "mend the number, or leave it out: the page shows it"
    }
    /// `第999回` in a series of 110.
    UNKNOWN_NUMBER = "E0710" Warning {
        ja: "第{said}回はありません（この連載は全{total}回です）", "番号を直してください";
        en: "there is no lesson {said}: this series has {total}", "mend the number"
    }
    /// A word that the site wants written in another way.
    PREFERRED_TERM = "E0711" Warning {
        ja: "「{found}」は「{preferred}」と書くことになっています", "「{preferred}」に直してください（site.toml の [lint.terms]）", "ここにも";
        en: "“{found}” is to be written “{preferred}”", "write “{preferred}”, as [lint.terms] in site.toml says", "here too"
    }
    /// A word that the site writes in several ways.
    MIXED_SPELLING = "E0712" Warning {
        ja: "「{found}」と「{preferred}」が混ざっています（サイト全体で{count}か所と{others}か所）", "どちらかにそろえてください。site.toml の [lint.terms] に \"{preferred}\" = [\"{found}\"] と書くと、hiketsu check --fix でまとめて直せます", "ここにも";
        en: "both “{found}” and “{preferred}” are written ({count} and {others} times in the site)", "keep to one; with \"{preferred}\" = [\"{found}\"] under [lint.terms] in site.toml, hiketsu check --fix mends them all", "here too"
    }
    /// `##` then `####`.
    HEADING_JUMP = "E0713" Warning {
        ja: "見出しの段が {from} から {to} に飛んでいます", "「{marks}」で始めてください。見出しは一段ずつ下げます";
        en: "the headings jump from level {from} to level {to}", "begin this one with “{marks}”: levels go down one by one"
    }
    /// A heading with nothing under it.
    EMPTY_SECTION = "E0714" Warning {
        ja: "見出し「{heading}」の下に何もありません", "本文を書くか、見出しを消してください";
        en: "there is nothing under the heading “{heading}”", "write something, or remove the heading"
    }
    /// A title that no list has room for.
    LONG_TITLE = "E0715" Warning {
        ja: "題名が{length}文字あります", "一覧や検索結果で途中で切れないよう、{limit}文字以内にしてください";
        en: "the title has {length} characters", "keep it within {limit}: longer ones are cut off in lists and search results"
    }
    /// Two texts with one title.
    DUPLICATE_TITLE = "E0716" Warning {
        ja: "題名「{title}」がほかの話と同じです", "一覧で見分けられるように、どちらかの題名を変えてください", "同じ題名";
        en: "another text has the title “{title}” as well", "change one of them, so that readers can tell them apart in lists", "the same title"
    }
    /// A lesson without a まとめ.
    MISSING_SUMMARY = "E0717" Info {
        ja: "この話には、まとめの囲みがありません", "「> [!まとめ]」で始まる囲みに、持ち帰ってほしいことを書くと、まとめ集に並びます";
        en: "this lesson has no summary box", "write what readers should take away in a box that begins with “> [!SUMMARY]”: all of them are collected on one page"
    }
    /// Two terms that look alike.
    SIMILAR_TERMS = "E0718" Warning {
        ja: "{taxonomy}の「{term}」と「{other}」は、仮名や幅、大文字と小文字だけが違います", "どちらかにそろえてください", "もう一方";
        en: "“{term}” and “{other}” of the {taxonomy} differ only in kana, width or case", "keep to one of them", "the other one"
    }
}

/// A rule that a site may set the level of.
#[derive(Debug)]
pub struct Rule {
    /// Its name under `[lint]`.
    pub name: &'static str,
    /// What it reports.
    pub codes: &'static [&'static Code],
}

/// All rules, in the order of the documentation.
pub static RULES: &[Rule] = &[
    Rule { name: "leaked-markup", codes: &[&LEAKED_MARKUP] },
    Rule { name: "missing-space", codes: &[&MISSING_SPACE] },
    Rule { name: "typed-heading", codes: &[&TYPED_HEADING, &TYPED_RULE] },
    Rule { name: "typed-navigation", codes: &[&TYPED_NAVIGATION] },
    Rule { name: "ordinal-link", codes: &[&ORDINAL_LINK] },
    Rule { name: "neighbour-link", codes: &[&NEIGHBOUR_LINK] },
    Rule { name: "wrong-total", codes: &[&WRONG_TOTAL] },
    Rule { name: "own-number", codes: &[&OWN_NUMBER] },
    Rule { name: "unknown-number", codes: &[&UNKNOWN_NUMBER] },
    Rule { name: "preferred-term", codes: &[&PREFERRED_TERM] },
    Rule { name: "mixed-spelling", codes: &[&MIXED_SPELLING] },
    Rule { name: "heading-jump", codes: &[&HEADING_JUMP] },
    Rule { name: "empty-section", codes: &[&EMPTY_SECTION] },
    Rule { name: "long-title", codes: &[&LONG_TITLE] },
    Rule { name: "duplicate-title", codes: &[&DUPLICATE_TITLE] },
    Rule { name: "missing-summary", codes: &[&MISSING_SUMMARY] },
    Rule { name: "similar-terms", codes: &[&SIMILAR_TERMS] },
    Rule { name: "missing-alt", codes: &[&ALT_MISSING] },
];
