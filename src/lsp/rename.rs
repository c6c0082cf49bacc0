//! Another id for a lesson, in every file that names it: [`crate::refactor`] plans, the editor does it.

use lsp_types::{
    DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, PrepareRenameResponse,
    RenameFile, RenameParams, ResourceOp, TextDocumentEdit, TextDocumentPositionParams, WorkspaceEdit,
};

use super::answer::Spot;
use super::mend::edits;
use super::place::Places;
use super::state::State;
use super::words::say;
use crate::decode::decode;
use crate::path::SourcePath;
use crate::refactor::{Manuscript, Problem};
use crate::site::lesson_name;
use crate::text::Span;

/// The lesson whose id stands at the place: that of a link, or the file itself.
fn lesson(spot: &Spot<'_>) -> Option<SourcePath> {
    let file = spot.leads().map_or_else(|| spot.path.clone(), |leads| leads.file);
    lesson_name(file.name()).map(|_| file)
}

/// What is renamed, and what it is called now.
pub(super) fn prepare(state: &State, asked: &TextDocumentPositionParams) -> Option<PrepareRenameResponse> {
    let spot = Spot::of(state, asked)?;
    let file = lesson(&spot)?;
    let (_, id) = lesson_name(file.name())?;
    let places = Places::new(&spot.text);
    let within = spot.leads().and_then(|leads| {
        let there = spot.text.get(leads.span.range())?;
        let at = leads.span.start as usize + there.rfind(&id)?;
        Some(Span::new(at..at + id.len()))
    });
    let span = within.or_else(|| Some(spot.last.front(&spot.path)?.title.span))?;
    Some(PrepareRenameResponse::RangeWithPlaceholder { range: places.range(span), placeholder: id })
}

pub(super) fn rename(state: &State, asked: &RenameParams) -> Result<WorkspaceEdit, String> {
    let lang = state.lang;
    let nothing = || say(lang, "ここには話の id がありません", "there is no lesson's id here").to_owned();
    let spot = Spot::of(state, &asked.text_document_position).ok_or_else(nothing)?;
    let file = lesson(&spot).ok_or_else(nothing)?;
    if !state.renames_files {
        let help = "このエディターはファイルの名前を変えられません。`hiketsu rename` を使ってください";
        return Err(say(lang, help, "this editor cannot rename files; use `hiketsu rename`").to_owned());
    }
    let last = spot.last;
    let survey = &last.survey;
    let manuscript = Manuscript::new(&last.snapshot, &survey.config, &last.options, &survey.texts, &survey.assets);
    let lesson = manuscript.lesson(file.as_str()).map_err(|problem| told(&problem, state))?;
    let plan = manuscript.rename(lesson, asked.new_name.trim(), true).map_err(|problem| told(&problem, state))?;
    let mut operations = Vec::new();
    let mut renamed = Vec::new();
    for change in &plan.changes {
        let (Some((before, _)), Some((after, bytes))) = (&change.before, &change.after) else { continue };
        let Some(uri) = state.uri(before) else { continue };
        let text = last.text(before).unwrap_or_default();
        let edits = edits(&text, &decode(bytes).value, &Places::new(&text));
        if !edits.is_empty() {
            operations.push(DocumentChangeOperation::Edit(TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: None },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            }));
        }
        if before != after
            && let Some(new_uri) = state.uri(after)
        {
            let rename = RenameFile { old_uri: uri, new_uri, options: None, annotation_id: None };
            renamed.push(DocumentChangeOperation::Op(ResourceOp::Rename(rename)));
        }
    }
    operations.extend(renamed);
    Ok(WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() })
}

fn told(problem: &Problem, state: &State) -> String {
    let lang = state.lang;
    match problem {
        Problem::BadId(id, _) => {
            format!("{}: {id}", say(lang, "URL やファイルの名前に使えません", "this cannot be a name in a URL"))
        }
        Problem::IdTaken(id, file) => {
            format!("{}: {id} ({file})", say(lang, "その id の話がもうあります", "another lesson has this id"))
        }
        Problem::Same(id) => format!("{}: {id}", say(lang, "今と同じ id です", "it has this id already")),
        Problem::Unreadable(file) => {
            format!("{}: {file}", say(lang, "UTF-8 として読めません", "this file is not UTF-8"))
        }
        _ => say(lang, "この話の id は変えられません", "the id of this lesson cannot be changed").to_owned(),
    }
}
