//! Quick fixes: what the lints can mend, and the name that was probably meant.

use std::collections::HashMap;

use lsp_types::{CodeAction, CodeActionKind, CodeActionParams, NumberOrString, Range, TextEdit, Uri, WorkspaceEdit};
use similar::{DiffTag, TextDiff};

use super::place::Places;
use super::state::{Last, State};
use super::words::say;
use crate::content::Role;
use crate::diag::Diagnostic;
use crate::lint;
use crate::path::SourcePath;
use crate::text::Span;

/// Arguments that hold what was typed, where another holds the nearest name.
const TYPED: [&str; 12] =
    ["key", "found", "term", "id", "target", "anchor", "type", "language", "template", "theme", "name", "attribute"];

pub(super) fn actions(state: &State, asked: &CodeActionParams) -> Option<Vec<CodeAction>> {
    let uri = &asked.text_document.uri;
    let path = state.source(uri)?;
    let last = state.last()?;
    let text = last.text(&path)?.into_owned();
    let places = Places::new(&text);
    let only = asked.context.only.as_deref();
    let wanted = |kind: &CodeActionKind| {
        only.is_none_or(|only| only.iter().any(|only| kind.as_str().starts_with(only.as_str())))
    };
    let mut actions = Vec::new();
    let here = |found: &&Diagnostic| found.file == path && touches(places.range(found.span), asked.range);
    let hunks = mended(last, &path, &text, &places);
    if wanted(&CodeActionKind::QUICKFIX) {
        for found in last.diagnostics.iter().filter(here) {
            if let Some((span, near)) = meant(found, &text) {
                let title = format!("{}: {near}", say(state.lang, "直す", "Change to"));
                let edit = TextEdit { range: places.range(span), new_text: near };
                actions.push(action(title, CodeActionKind::QUICKFIX, uri, vec![edit], matching(asked, found)));
            }
            let line = places.position(found.span.start as usize).line;
            let hunk = hunks.iter().find(|hunk| hunk.range.start.line <= line && line <= hunk.range.end.line);
            if let Some(hunk) = hunk.filter(|_| lint::mends(found.code)) {
                let title = say(state.lang, "自動で直す", "Mend this").to_owned();
                let told = matching(asked, found);
                if !actions.iter().any(|known: &CodeAction| known.title == title) {
                    actions.push(action(title, CodeActionKind::QUICKFIX, uri, vec![hunk.clone()], told));
                }
            }
        }
    }
    if !hunks.is_empty() && wanted(&CodeActionKind::SOURCE_FIX_ALL) {
        let title = say(state.lang, "このファイルで直せるものをすべて直す", "Mend all that can be in this file");
        actions.push(action(title.to_owned(), CodeActionKind::SOURCE_FIX_ALL, uri, hunks, Vec::new()));
    }
    Some(actions)
}

fn action(
    title: String,
    kind: CodeActionKind,
    uri: &Uri,
    edits: Vec<TextEdit>,
    told: Vec<lsp_types::Diagnostic>,
) -> CodeAction {
    #[expect(clippy::mutable_key_type, reason = "the protocol's own type; it is not changed")]
    let changes = HashMap::from([(uri.clone(), edits)]);
    CodeAction {
        title,
        kind: Some(kind),
        diagnostics: Some(told).filter(|told| !told.is_empty()),
        edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
        ..CodeAction::default()
    }
}

/// The editor's own diagnostics that are this one.
fn matching(asked: &CodeActionParams, found: &Diagnostic) -> Vec<lsp_types::Diagnostic> {
    let id = NumberOrString::String(found.code.id.to_owned());
    let told = asked.context.diagnostics.iter();
    told.filter(|told| told.code.as_ref() == Some(&id) && touches(told.range, asked.range)).cloned().collect()
}

fn touches(a: Range, b: Range) -> bool {
    let before = |a: lsp_types::Position, b: lsp_types::Position| (a.line, a.character) <= (b.line, b.character);
    before(a.start, b.end) && before(b.start, a.end)
}

/// Where what was typed stands, and what was probably meant.
fn meant(found: &Diagnostic, text: &str) -> Option<(Span, String)> {
    let arg = |name: &str| found.args.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let near = arg("nearest")?;
    let start = found.span.start as usize;
    let there = text.get(found.span.range())?;
    // The target of a link stands behind its words, so the last is meant.
    let (at, typed) = TYPED.iter().filter_map(|name| arg(name)).find_map(|typed| Some((there.rfind(typed)?, typed)))?;
    Some((Span::new(start + at..start + at + typed.len()), near.to_owned()))
}

/// What the lints change, as edits of whole lines.
fn mended(last: &Last, path: &SourcePath, text: &str, places: &Places<'_>) -> Vec<TextEdit> {
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md")) {
        return Vec::new();
    }
    match lint::mend(text, Role::of(path), &last.options, &last.built.config.lint) {
        Some(after) => edits(text, &after, places),
        None => Vec::new(),
    }
}

/// From one text to the other, line by line.
pub(super) fn edits(before: &str, after: &str, places: &Places<'_>) -> Vec<TextEdit> {
    let diff = TextDiff::from_lines(before, after);
    let mut starts: Vec<usize> = vec![0];
    for line in before.split_inclusive('\n') {
        starts.push(starts.last().copied().unwrap_or(0) + line.len());
    }
    let start_of = |line: usize| starts.get(line).copied().unwrap_or(before.len());
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let changed = diff.ops().iter().filter(|operation| operation.tag() != DiffTag::Equal);
    changed
        .map(|operation| {
            let old = operation.old_range();
            let span = Span::new(start_of(old.start)..start_of(old.end));
            let lines = new.get(operation.new_range()).unwrap_or_default();
            TextEdit { range: places.range(span), new_text: lines.concat() }
        })
        .collect()
}
