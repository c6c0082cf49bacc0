//! What stands at a place: a lesson that is linked to, a field, a fault; where it leads, and who else leads there.

use std::fmt::Write as _;

use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, GotoDefinitionParams, Hover, HoverContents, HoverParams, Location,
    MarkupContent, MarkupKind, ReferenceParams, SymbolKind, TextDocumentPositionParams,
};

use super::place::Places;
use super::state::{Last, State};
use super::words::say;
use crate::diag::pages;
use crate::markdown::{Heading, LinkKind};
use crate::path::{SourcePath, percent_decode};
use crate::schema::reference;
use crate::site::Target;
use crate::text::Span;

/// A place in a file of the site that was built.
pub(super) struct Spot<'a> {
    pub(super) last: &'a Last,
    pub(super) path: SourcePath,
    pub(super) text: String,
    pub(super) offset: usize,
}

/// What a link or a requirement leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leads {
    /// Where it stands.
    pub(super) span: Span,
    /// The file.
    pub(super) file: SourcePath,
    /// The id of a heading in it.
    anchor: Option<String>,
}

impl<'a> Spot<'a> {
    pub(super) fn of(state: &'a State, asked: &TextDocumentPositionParams) -> Option<Self> {
        let last = state.last()?;
        let path = state.source(&asked.text_document.uri)?;
        let text = last.text(&path)?.into_owned();
        let offset = Places::new(&text).offset(asked.position);
        Some(Self { last, path, text, offset })
    }

    fn holds(&self, span: Span) -> bool {
        let range = span.range();
        range.start <= self.offset && self.offset <= range.end && !range.is_empty()
    }

    /// What the link or the requirement at the place leads to.
    pub(super) fn leads(&self) -> Option<Leads> {
        leads(self.last, &self.path).into_iter().find(|leads| self.holds(leads.span))
    }
}

/// Everything in a file that leads to a file of the site.
pub(super) fn leads(last: &Last, path: &SourcePath) -> Vec<Leads> {
    let model = last.model();
    let Some((at, node)) = last.node(path) else { return Vec::new() };
    let links = node.text.facts.links.iter().zip(&model.targets[at]).filter(|(link, _)| link.kind != LinkKind::Face);
    let mut all: Vec<Leads> = links
        .filter_map(|(link, target)| {
            let Target::Internal { route, suffix, .. } = target else { return None };
            let text = model.texts.iter().find(|node| node.route == *route).map(|node| &node.source);
            let file =
                text.or_else(|| model.assets.iter().find(|asset| asset.route == *route).map(|asset| &asset.source))?;
            let anchor = suffix.split_once('#').and_then(|(_, anchor)| percent_decode(anchor));
            Some(Leads { span: link.target.span, file: file.clone(), anchor })
        })
        .collect();
    let series = model.lessons.iter().find(|lesson| lesson.text == at).map(|lesson| lesson.series);
    for required in &node.text.front.requires {
        let lesson = model.lessons.iter().find(|lesson| Some(lesson.series) == series && lesson.id == required.value);
        if let Some(lesson) = lesson {
            let file = model.texts[lesson.text].source.clone();
            all.push(Leads { span: required.span, file, anchor: None });
        }
    }
    all.sort_by_key(|leads| leads.span);
    all
}

/// Where a file begins for those who are led to it: its title, or the heading.
fn place(state: &State, last: &Last, leads: &Leads) -> Option<Location> {
    let node = last.node(&leads.file).map(|(_, node)| node);
    let heading = node
        .zip(leads.anchor.as_ref())
        .and_then(|(node, anchor)| node.text.facts.headings.iter().find(|heading| heading.id == *anchor));
    let span = heading.map(|heading| heading.span).or_else(|| node.map(|node| node.text.front.title.span));
    state.location(&leads.file, span.unwrap_or_default())
}

pub(super) fn definition(state: &State, asked: &GotoDefinitionParams) -> Option<Location> {
    let spot = Spot::of(state, &asked.text_document_position_params)?;
    place(state, spot.last, &spot.leads()?)
}

/// Every link to the lesson that the link at the place leads to; elsewhere, to the file itself.
pub(super) fn references(state: &State, asked: &ReferenceParams) -> Option<Vec<Location>> {
    let spot = Spot::of(state, &asked.text_document_position)?;
    let target = spot.leads().map_or_else(|| spot.path.clone(), |leads| leads.file);
    let mut found = Vec::new();
    if asked.context.include_declaration {
        let itself = Leads { span: Span::default(), file: target.clone(), anchor: None };
        found.extend(place(state, spot.last, &itself));
    }
    for node in &spot.last.model().texts {
        let here = leads(spot.last, &node.source).into_iter().filter(|leads| leads.file == target);
        found.extend(here.filter_map(|leads| state.location(&node.source, leads.span)));
    }
    Some(found)
}

pub(super) fn hover(state: &State, asked: &HoverParams) -> Option<Hover> {
    let spot = Spot::of(state, &asked.text_document_position_params)?;
    let mut words = String::new();
    let mut span = None;
    if let Some(leads) = spot.leads() {
        about(&spot, &leads.file, state, &mut words);
        span = Some(leads.span);
    } else if let Some((key, meaning)) = field(&spot, state) {
        words = meaning;
        span = Some(key);
    }
    for fault in &spot.last.diagnostics {
        if fault.file == spot.path && spot.holds(fault.span) && !words.contains(fault.code.id) {
            let Some(page) = pages::find(fault.code.id) else { continue };
            let separator = if words.is_empty() { "" } else { "\n\n---\n\n" };
            let _ = write!(words, "{separator}**{}** {}", fault.code.id, page.meaning(state.lang));
            span = span.or(Some(fault.span));
        }
    }
    let range = Places::new(&spot.text).range(span?);
    let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value: words });
    Some(Hover { contents, range: Some(range) })
}

/// The title of a text, its place in its series, and what it says.
fn about(spot: &Spot<'_>, file: &SourcePath, state: &State, out: &mut String) {
    let model = spot.last.model();
    let Some((at, node)) = spot.last.node(file) else {
        let _ = write!(out, "`{file}`");
        return;
    };
    let front = &node.text.front;
    let _ = write!(out, "**{}**", front.title.value);
    if let Some(lesson) = model.lessons.iter().find(|lesson| lesson.text == at) {
        let total = model.series[lesson.series].total;
        let number = lesson.number;
        let place = match state.lang {
            crate::diag::Lang::Ja => format!("第{number}回（全{total}回）"),
            crate::diag::Lang::En => format!("lesson {number} of {total}"),
        };
        let draft = if front.draft { say(state.lang, "・下書き", ", draft") } else { "" };
        let _ = write!(out, "  \n{place}{draft} · `{file}`");
    } else {
        let _ = write!(out, "  \n`{file}`");
    }
    let summary = front.description.as_ref().map_or(&node.text.facts.summary, |description| &description.value);
    if !summary.is_empty() {
        let _ = write!(out, "\n\n{summary}");
    }
}

/// The field of front matter whose name stands at the place, and what it means.
fn field(spot: &Spot<'_>, state: &State) -> Option<(Span, String)> {
    let front = spot.last.front(&spot.path)?;
    if !spot.holds(front.span) {
        return None;
    }
    let start = spot.text.get(..spot.offset)?.rfind('\n').map_or(0, |at| at + 1);
    let line = spot.text.get(start..)?.lines().next()?;
    let (name, _) = line.split_once(':')?;
    let indent = name.len() - name.trim_start_matches(['-', ' ']).len();
    let bare = name.trim_start_matches(['-', ' ']).trim_end();
    let span = Span::new(start + indent..start + indent + bare.len());
    if !spot.holds(span) {
        return None;
    }
    let names = if indent == 0 { vec![bare.to_owned()] } else { vec![format!("parts.{bare}")] };
    let taxonomy = spot.last.options.taxonomies.iter().any(|key| key == bare).then(|| "tags".to_owned());
    let mut names = names.into_iter().chain(taxonomy);
    let meaning = names.find_map(|name| reference::words(reference::Of::FrontMatter, &name, state.lang))?;
    Some((span, format!("**{bare}** — {meaning}")))
}

pub(super) fn symbols(state: &State, asked: &DocumentSymbolParams) -> Option<Vec<DocumentSymbol>> {
    let path = state.source(&asked.text_document.uri)?;
    let last = state.last()?;
    let text = last.text(&path)?.into_owned();
    let input = last.survey.texts.iter().find(|input| input.source == path)?;
    let places = Places::new(&text);
    Some(outline(&input.text.facts.headings, &places, text.len()))
}

/// Headings with those of lower levels in them. A section ends where the next of its level or a higher one begins.
fn outline(headings: &[Heading], places: &Places<'_>, end: usize) -> Vec<DocumentSymbol> {
    let mut symbols = Vec::new();
    let mut rest = headings;
    while let Some((first, after)) = rest.split_first() {
        let inner = after.iter().take_while(|heading| heading.level > first.level).count();
        let (inside, others) = after.split_at(inner);
        let until = others.first().map_or(end, |next| next.span.start as usize);
        #[expect(deprecated, reason = "the type has no other constructor")]
        symbols.push(DocumentSymbol {
            name: if first.text.is_empty() { "#".to_owned() } else { first.text.clone() },
            detail: None,
            kind: SymbolKind::STRING,
            tags: None,
            deprecated: None,
            range: places.range(Span::new(first.span.start as usize..until)),
            selection_range: places.range(first.span),
            children: Some(outline(inside, places, until)).filter(|inner| !inner.is_empty()),
        });
        rest = others;
    }
    symbols
}
