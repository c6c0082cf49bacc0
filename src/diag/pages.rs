//! One page a code: what it means, an example that causes it, and the same example mended.
//!
//! The pages stand beside this file as text, one file a stage, in the order of the codes. `# E0101` begins one; then come
//! a paragraph in Japanese and one in English, the example's files as fenced blocks, a line `→`, and the mended files.
//! A test builds each example and sees that code and no other, and each mended one and sees nothing.
//!
//! The info string of a block says what is in it: `md PATH` is a whole file, `md` the body of a lesson, `yaml` the head of
//! one (of the file at PATH, where one is named), `toml` lines of `site.toml`, `link PATH` a symbolic link, and anything
//! else with a path that file. `⟨E3 81⟩` stands for bytes, `⟨U+200B⟩` for a character, `⟨80× あ⟩` for so many times a text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Code, Lang, Severity, catalogue};

const TEXTS: [&str; 9] = [
    include_str!("pages/reading.md"),
    include_str!("pages/config.md"),
    include_str!("pages/fields.md"),
    include_str!("pages/front_matter.md"),
    include_str!("pages/markdown.md"),
    include_str!("pages/site.md"),
    include_str!("pages/theme.md"),
    include_str!("pages/lint.md"),
    include_str!("pages/external.md"),
];

/// The lesson that a block without a path is a part of.
pub const LESSON: &str = "content/secrets/001-a.md";

/// What is told of a code at more length than where it is found.
#[derive(Debug, Clone)]
pub struct Page {
    /// Of which code.
    pub code: &'static Code,
    /// What it means, in Japanese.
    ja: &'static str,
    /// The same in English.
    en: &'static str,
    /// Files that cause it.
    pub bad: Vec<Block>,
    /// The same files, mended.
    pub good: Vec<Block>,
}

/// A file of an example, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// `md`, `yaml`, `toml`, `link`, ….
    pub kind: &'static str,
    /// The file, where one is named.
    pub path: Option<&'static str>,
    /// What is in it, with its line end.
    pub text: String,
}

impl Block {
    /// The file that it is shown as.
    pub fn shown_path(&self) -> Option<&'static str> {
        match (self.path, self.kind) {
            (Some(path), _) => Some(path),
            (None, "toml") => Some("site.toml"),
            (None, "yaml") => Some(LESSON),
            _ => None,
        }
    }

    /// What is shown of it.
    pub fn shown(&self) -> String {
        match self.kind {
            "yaml" => format!("---\n{}---\n", self.text),
            "link" => format!("→ {}", self.text),
            _ => self.text.clone(),
        }
    }
}

impl Page {
    /// What the code means.
    pub fn meaning(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.ja,
            Lang::En => self.en,
        }
    }

    /// The code's message, with `…` for what differs from case to case.
    pub fn message(&self, lang: Lang) -> String {
        in_general(self.code.words(lang).message)
    }

    /// How to mend it, in the same way.
    pub fn help(&self, lang: Lang) -> String {
        in_general(self.code.words(lang).help)
    }
}

/// All pages, sorted by code.
pub fn all() -> Vec<Page> {
    let mut pages: BTreeMap<&str, Page> = BTreeMap::new();
    for text in TEXTS {
        let mut sections = Vec::new();
        let mut start = None;
        let mut offset = 0;
        for line in text.split_inclusive('\n') {
            if line.starts_with("# E0") {
                sections.extend(start.map(|start| (start, offset)));
                start = Some(offset);
            }
            offset += line.len();
        }
        sections.extend(start.map(|start| (start, offset)));
        for (start, end) in sections {
            if let Some(page) = text.get(start..end).and_then(read) {
                pages.insert(page.code.id, page);
            }
        }
    }
    pages.into_values().collect()
}

/// The page of the code with this id, in whatever case it is typed.
pub fn find(id: &str) -> Option<Page> {
    let id = id.to_ascii_uppercase();
    all().into_iter().find(|page| page.code.id == id)
}

fn read(text: &'static str) -> Option<Page> {
    let (head, rest) = text.split_once('\n')?;
    let code = catalogue::by_id(head.strip_prefix("# ")?.trim())?;
    let mut paragraphs = rest.trim_start().splitn(3, "\n\n");
    let (ja, en) = (paragraphs.next()?.trim(), paragraphs.next()?.trim());
    let mut page = Page { code, ja, en, bad: Vec::new(), good: Vec::new() };
    let mut mended = false;
    let mut open: Option<(&str, Block)> = None;
    for line in paragraphs.next()?.split_inclusive('\n') {
        let bare = line.trim_end();
        match &mut open {
            Some((fence, _)) if *fence == bare => {
                let (_, block) = open.take()?;
                if mended { &mut page.good } else { &mut page.bad }.push(block);
            }
            Some((_, block)) => block.text.push_str(line),
            None if bare == "→" => mended = true,
            None if bare.starts_with("```") => {
                let info = bare.trim_start_matches('`');
                let fence = bare.strip_suffix(info)?;
                let (kind, path) = info.split_once(' ').map_or((info, None), |(kind, path)| (kind, Some(path)));
                open = Some((fence, Block { kind, path, text: String::new() }));
            }
            None => {}
        }
    }
    Some(page)
}

/// Words without their arguments: `{name}` becomes `…`, and what is only said where there is an argument goes.
pub fn in_general(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, tail)) = rest.split_once('⟦') {
        out.push_str(before);
        rest = tail.split_once('⟧').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let mut general = String::with_capacity(out.len());
    let mut rest = out.as_str();
    while let Some((before, tail)) = rest.split_once('{') {
        general.push_str(before);
        rest = tail;
        match tail.split_once('}') {
            Some((name, after)) if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') => {
                general.push('…');
                rest = after;
            }
            _ => general.push('{'),
        }
    }
    general.push_str(rest);
    general
}

/// How grave a code is, in words.
pub fn severity(severity: Severity, lang: Lang) -> &'static str {
    match (severity, lang) {
        (Severity::Error, Lang::Ja) => "エラー",
        (Severity::Warning, Lang::Ja) => "警告",
        (Severity::Info, Lang::Ja) => "お知らせ",
        (Severity::Error, Lang::En) => "error",
        (Severity::Warning, Lang::En) => "warning",
        (Severity::Info, Lang::En) => "info",
    }
}

/// All pages as one document: `docs/codes.md`, `docs/codes.ja.md`.
pub fn document(lang: Lang) -> String {
    let (title, intro, example, mended, other) = match lang {
        Lang::Ja => (
            "診断の一覧",
            "hiketsu が知らせることを、番号の順に並べました。`hiketsu explain E0401` でも同じ説明を読めます。例の中の `⟨96 7B⟩` はバイト、\n`⟨U+200B⟩` は目に見えない文字、`⟨80× あ⟩` は文字の繰り返しを表します。",
            "例：",
            "直し方：",
            "[English](codes.md)",
        ),
        Lang::En => (
            "Diagnostics",
            "Everything that hiketsu reports, by number. `hiketsu explain E0401` shows the same. In the examples `⟨96 7B⟩` stands for\nbytes, `⟨U+200B⟩` for a character that cannot be seen, and `⟨80× あ⟩` for a text so many times.",
            "Example:",
            "To mend it:",
            "[日本語](codes.ja.md)",
        ),
    };
    let pages = all();
    let mut out = format!("# {title}\n\n{other}\n\n{intro}\n\n| | | |\n| --- | --- | --- |\n");
    for page in &pages {
        let id = page.code.id;
        let message = page.message(lang).replace('|', "\\|").replace('<', "&lt;");
        let _ = writeln!(
            out,
            "| [{id}](#{}) | {} | {message} |",
            id.to_ascii_lowercase(),
            severity(page.code.severity, lang)
        );
    }
    for page in &pages {
        let message = page.message(lang).replace('<', "\\<").replace("[[", "\\[[");
        let _ = write!(out, "\n## {}\n\n**{message}**\n\n{}\n\n{example}\n", page.code.id, page.meaning(lang));
        blocks(&page.bad, &mut out);
        let help = page.help(lang).replace('<', "\\<").replace("[[", "\\[[");
        let _ = write!(out, "\n{mended}{}{help}\n", if lang == Lang::Ja { "" } else { " " });
        blocks(&page.good, &mut out);
    }
    out
}

fn blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        if let Some(path) = block.shown_path() {
            let _ = write!(out, "\n`{path}`\n");
        }
        let text = block.shown();
        let fence = if text.contains("```") { "````" } else { "```" };
        let kind = if matches!(block.kind, "link" | "png" | "mp4" | "txt") { "text" } else { block.kind };
        let _ = write!(out, "\n{fence}{kind}\n{text}{fence}\n");
    }
}

#[cfg(test)]
mod tests {
    use super::{all, find, in_general};
    use crate::diag::{Lang, catalogue};

    #[test]
    fn every_code_has_a_page() {
        let pages = all();
        let missing: Vec<_> =
            catalogue::all().map(|code| code.id).filter(|id| !pages.iter().any(|page| page.code.id == *id)).collect();
        assert!(missing.is_empty(), "write a page in src/diag/pages for {missing:?}");
        for page in &pages {
            let id = page.code.id;
            assert!(!page.bad.is_empty() && !page.good.is_empty(), "{id} has no example");
            assert!(page.meaning(Lang::Ja).contains('。') && page.meaning(Lang::En).ends_with(['.', ')']), "{id}");
        }
    }

    #[test]
    fn words_are_shown_without_their_arguments() {
        assert_eq!(in_general("「{a}」が{b_c}個⟦（{d}）⟧"), "「…」が…個");
        assert_eq!(in_general("{1,3-5}と{#…}、{東京|とう|きょう}"), "{1,3-5}と{#…}、{東京|とう|きょう}");
        assert_eq!(find("e0401").map(|page| page.message(Lang::En)).as_deref(), Some("there is no box [!…]"));
    }
}
