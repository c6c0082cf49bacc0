//! For people: the message, the line with a caret under the words that are meant, and what to do.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{Place, Setting, Source};
use crate::diag::pages::in_general;
use crate::diag::{Code, Diagnostic, Lang, Severity, fill};
use crate::path::SourcePath;
use crate::text::Span;
use crate::text::wrap;

/// How it is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// ANSI colours.
    pub color: bool,
    /// Columns of the terminal; longer lines of the source are cut around the caret.
    pub width: usize,
    /// Whether that is known: what is longer is then wrapped.
    pub wrap: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { color: false, width: 100, wrap: false }
    }
}

/// `diagnostic` as a few lines, with a line end at the end.
pub fn render(diagnostic: &Diagnostic, setting: &Setting<'_>, look: Look) -> String {
    let words = diagnostic.code.words(setting.lang);
    let label = fill(words.related, &diagnostic.args);
    let title = level(diagnostic.severity, setting.lang).primary_title(diagnostic.message(setting.lang));
    let mut group = title.id(diagnostic.code.id).element(picture(
        setting,
        &diagnostic.file,
        diagnostic.span,
        AnnotationKind::Primary,
        "",
    ));
    for (file, span) in &diagnostic.related {
        group = group.element(picture(setting, file, *span, AnnotationKind::Context, &label));
    }
    let help = diagnostic.help(setting.lang);
    if !help.is_empty() {
        let name = match setting.lang {
            Lang::Ja => "ヒント",
            Lang::En => "help",
        };
        // Beside it stand the line's number, ` = ` and its name.
        let room = look.width.saturating_sub(wrap::columns(name) + 10);
        let help = if look.wrap { wrap::fill(&help, room, "") } else { help };
        group = group.element(Level::HELP.with_name(name).message(help));
    }
    let renderer = if look.color { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    let groups: &[Group<'_>] = &[group];
    let mut text = renderer.term_width(look.width).decor_style(DecorStyle::Ascii).render(groups);
    text.push('\n');
    text
}

/// Of one kind that people are shown at once.
pub const MANY: usize = 10;

/// `count` more of a kind, in a line.
pub fn more(code: &Code, count: usize, lang: Lang) -> String {
    let what = in_general(code.words(lang).message);
    match lang {
        Lang::Ja => format!("…ほか {count} 件：{}［{}］", what, code.id),
        Lang::En => format!("… and {count} more: {} [{}]", what, code.id),
    }
}

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    match (severity, lang) {
        (Severity::Error, Lang::Ja) => Level::ERROR.with_name("エラー"),
        (Severity::Warning, Lang::Ja) => Level::WARNING.with_name("警告"),
        (Severity::Info, Lang::Ja) => Level::INFO.with_name("お知らせ"),
        (Severity::Error, Lang::En) => Level::ERROR,
        (Severity::Warning, Lang::En) => Level::WARNING,
        (Severity::Info, Lang::En) => Level::INFO,
    }
}

/// One place: its line with a mark, or its name alone where the text is not held or the file as a whole is meant.
fn picture(
    setting: &Setting<'_>,
    file: &SourcePath,
    span: Span,
    kind: AnnotationKind,
    label: &str,
) -> Element<'static> {
    let path = setting.path(file);
    let source = Source::find(setting, file, span).filter(|_| span != Span::default());
    let Some(source) = source else {
        return Origin::path(path).line(Place::HEAD.line).char_column(Place::HEAD.column).into();
    };
    let number = source.line;
    let (line, marked) = first_line(source);
    let mut annotation = kind.span(marked);
    if !label.is_empty() {
        annotation = annotation.label(label.to_owned());
    }
    Snippet::source(line).line_start(number).path(path).annotation(annotation).into()
}

/// The line on which the mark begins, and the marked bytes of it. A mark over several lines ends with the first.
fn first_line(source: Source) -> (String, Range<usize>) {
    let Source { mut text, start, end, .. } = source;
    text.truncate(text.find('\n').unwrap_or(text.len()));
    if text.ends_with('\r') {
        text.pop();
    }
    let length = text.len();
    (text, start.min(length)..end.min(length))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Look, render};
    use crate::diag::catalogue::reading;
    use crate::diag::render::{Setting, Sources, github, json};
    use crate::diag::{Diagnostic, Fault, Lang};
    use crate::path::SourcePath;
    use crate::text::Span;

    fn setting(lang: Lang, sources: Sources<'_>) -> Setting<'_> {
        Setting { lang, sources, prefix: "" }
    }

    fn fault(text: &str, marked: &str) -> Diagnostic {
        let at = text.find(marked).expect("the text holds what is marked");
        Fault::new(&reading::INVISIBLE, Span::new(at..at + marked.len()))
            .arg("character", "U+200B")
            .in_file(&SourcePath::new("content/a.md"))
    }

    fn held(text: &str) -> impl Fn(&SourcePath) -> Option<Arc<[u8]>> {
        let bytes: Arc<[u8]> = text.as_bytes().into();
        move |_| Some(bytes.clone())
    }

    #[test]
    fn the_caret_stands_under_full_width_text() {
        let text = "# 題\n\nお客様の「本音」を聞く\n";
        let sources = held(text);
        let shown = render(&fault(text, "本音"), &setting(Lang::Ja, &sources), Look::default());
        insta::assert_snapshot!(shown, @r###"
        警告[E0107]: 目に見えない制御文字 U+200B が含まれています
         --> content/a.md:3:6
          |
        3 | お客様の「本音」を聞く
          |           ^^^^
          |
          = ヒント: 意図したものでなければ取り除いてください。文字の並びが見た目と変わることがあります
        "###);
    }

    #[test]
    fn related_places_and_other_files_are_shown_too() {
        let text = "一行目\n二行目\n";
        let sources = held(text);
        let diagnostic = fault(text, "一行").also(&SourcePath::new("content/b.md"), Span::new(10..19));
        insta::assert_snapshot!(render(&diagnostic, &setting(Lang::En, &sources), Look::default()), @r###"
        warning[E0107]: this text holds the invisible character U+200B
         --> content/a.md:1:1
          |
        1 | 一行目
          | ^^^^
          |
         ::: content/b.md:2:1
          |
        2 | 二行目
          | ------
          |
          = help: remove it unless it is meant: it can make text look different from what it is
        "###);
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let text = format!("{}ここ{}", "あ".repeat(3000), "い".repeat(3000));
        let sources = held(&text);
        let shown =
            render(&fault(&text, "ここ"), &setting(Lang::Ja, &sources), Look { color: false, width: 60, wrap: false });
        insta::assert_snapshot!(shown, @r###"
        警告[E0107]: 目に見えない制御文字 U+200B が含まれています
         --> content/a.md:1:3001
          |
        1 | ... あああああああああああここいいいいいいいいいいい...
          |                           ^^^^
          |
          = ヒント: 意図したものでなければ取り除いてください。文字の並びが見た目と変わることがあります
        "###);
    }

    #[test]
    fn a_file_that_is_not_held_or_not_utf8_is_still_named() {
        let diagnostic = fault("本", "本");
        let missing = |_: &SourcePath| None;
        let shown = render(&diagnostic, &setting(Lang::En, &missing), Look::default());
        assert!(shown.contains("content/a.md:1:1"), "{shown}");

        let broken: Arc<[u8]> = b"ok\n\x82\xa0 x".as_slice().into();
        let sources = move |_: &SourcePath| Some(broken.clone());
        let diagnostic = Fault::new(&reading::NOT_UTF8, Span::at(3)).arg("offset", 3).in_file(&SourcePath::new("a.md"));
        let shown = render(&diagnostic, &setting(Lang::Ja, &sources), Look::default());
        assert!(shown.contains("a.md:2:1"), "{shown}");
        // Offsets beyond the end are the end.
        let diagnostic =
            Fault::new(&reading::NOT_UTF8, Span::at(99)).arg("offset", 3).in_file(&SourcePath::new("a.md"));
        assert!(render(&diagnostic, &setting(Lang::Ja, &sources), Look::default()).contains("a.md:2:5"));
    }

    #[test]
    fn only_asked_for_colours() {
        let text = "本音\n";
        let sources = held(text);
        let plain = render(&fault(text, "本音"), &setting(Lang::Ja, &sources), Look::default());
        let styled =
            render(&fault(text, "本音"), &setting(Lang::Ja, &sources), Look { color: true, width: 80, wrap: false });
        assert!(!plain.contains('\u{1b}') && styled.contains('\u{1b}'));
    }

    #[test]
    fn json_has_a_line_with_all_places() {
        let text = "一\n秘訣です\n";
        let sources = held(text);
        let diagnostic = fault(text, "です").also(&SourcePath::new("content/b.md"), Span::new(0..3));
        let setting = Setting { lang: Lang::En, sources: &sources, prefix: "course/" };
        insta::assert_snapshot!(json::line(&diagnostic, &setting), @r###"{"code":"E0107","severity":"warning","file":"course/content/a.md","line":2,"column":3,"end_line":2,"end_column":5,"message":"this text holds the invisible character U+200B","help":"remove it unless it is meant: it can make text look different from what it is","related":[{"file":"course/content/b.md","line":1,"column":1,"end_line":1,"end_column":2,"message":""}]}"###);
    }

    #[test]
    fn github_properties_are_escaped() {
        let text = "一\n秘訣です\n";
        let sources = held(text);
        let mut diagnostic = fault(text, "です");
        diagnostic.file = SourcePath::new("content/a,b:100%.md");
        insta::assert_snapshot!(github::line(&diagnostic, &setting(Lang::En, &sources)), @r###"::warning file=content/a%2Cb%3A100%25.md,line=2,endLine=2,col=3,endColumn=5,title=E0107::this text holds the invisible character U+200B%0Aremove it unless it is meant: it can make text look different from what it is"###);
    }
}
