//! `hiketsu lsp`: the site as an editor asks about it, over the Language Server Protocol 3.17.
//!
//! It builds as everything else does, by the one [`crate::build::build`] with warm memos, from the disk with the editor's
//! unsaved texts laid over it. It writes nothing: what is to change, the editor changes.
//!
//! One thread: messages are handled in their order, and the site is built when none is waiting.

mod answer;
mod complete;
mod mend;
mod place;
mod rename;
mod state;
mod words;

use std::path::PathBuf;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions, DidChangeTextDocumentParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, HoverProviderCapability, InitializeParams, OneOf,
    PublishDiagnosticsParams, RenameOptions, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diag::Lang;
use state::State;

/// How the server begins.
#[derive(Debug, Clone)]
pub struct Options {
    /// The site's folder, where it is given; else the editor's folders are looked through.
    pub root: Option<PathBuf>,
    /// The language of messages, where the user chose one; else the editor's.
    pub lang: Option<Lang>,
    /// The language where neither says.
    pub default_lang: Lang,
}

/// The connection was lost, or what came over it is not the protocol.
#[derive(Debug)]
pub struct LspError(pub String);

/// Serves until the editor says goodbye.
///
/// # Errors
/// Where the connection is cut, or no editor is at its other end.
pub fn run(connection: &Connection, options: &Options) -> Result<(), LspError> {
    let (id, params) = connection.initialize_start().map_err(|error| LspError(error.to_string()))?;
    let params: InitializeParams = serde_json::from_value(params).map_err(|error| LspError(error.to_string()))?;
    let answer = serde_json::json!({
        "capabilities": capabilities(),
        "serverInfo": { "name": "hiketsu", "version": env!("CARGO_PKG_VERSION") },
    });
    connection.initialize_finish(id, answer).map_err(|error| LspError(error.to_string()))?;
    let mut server = Server { connection, state: State::new(options, &params), asked: 0 };
    server.watch(&params);
    server.serve()
}

fn capabilities() -> ServerCapabilities {
    let trigger = |characters: &[&str]| Some(characters.iter().map(|c| (*c).to_owned()).collect());
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::FULL),
            save: Some(TextDocumentSyncSaveOptions::Supported(true)),
            ..TextDocumentSyncOptions::default()
        })),
        completion_provider: Some(CompletionOptions {
            trigger_characters: trigger(&["[", "!", ":", "#", "(", ",", " ", "/"]),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: lsp_types::WorkDoneProgressOptions::default(),
        })),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::SOURCE_FIX_ALL]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}

struct Server<'a> {
    connection: &'a Connection,
    state: State,
    /// Requests that were sent to the editor.
    asked: i32,
}

impl Server<'_> {
    fn serve(&mut self) -> Result<(), LspError> {
        loop {
            if self.state.is_dirty() && self.connection.receiver.is_empty() {
                self.publish();
            }
            let Ok(message) = self.connection.receiver.recv() else { return Ok(()) };
            match message {
                Message::Request(request) => {
                    if self.connection.handle_shutdown(&request).map_err(|error| LspError(error.to_string()))? {
                        return Ok(());
                    }
                    let response = self.answer(request);
                    self.send(Message::Response(response));
                }
                Message::Notification(notification) => self.hear(notification),
                Message::Response(_) => {}
            }
        }
    }

    /// A connection that is gone is noticed when the next message is read.
    fn send(&self, message: Message) {
        let _ = self.connection.sender.send(message);
    }

    /// Asks to be told of changes on disk, where the editor can.
    fn watch(&mut self, params: &InitializeParams) {
        let workspace = params.capabilities.workspace.as_ref();
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        if watched.and_then(|watched| watched.dynamic_registration) != Some(true) {
            return;
        }
        let globs = ["**/site.toml", "**/content/**", "**/{templates,assets,i18n,themes}/**"];
        let watchers: Vec<_> = globs.iter().map(|glob| serde_json::json!({ "globPattern": glob })).collect();
        let registration = serde_json::json!({ "registrations": [{
            "id": "files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        }] });
        self.asked += 1;
        let request = Request::new(self.asked.into(), "client/registerCapability".to_owned(), registration);
        self.send(Message::Request(request));
    }

    fn hear(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "textDocument/didOpen" => {
                if let Some(DidOpenTextDocumentParams { text_document }) = read(params) {
                    self.state.open(&text_document.uri, &text_document.text);
                }
            }
            "textDocument/didChange" => {
                if let Some(DidChangeTextDocumentParams { text_document, mut content_changes }) = read(params)
                    && let Some(change) = content_changes.pop()
                {
                    self.state.open(&text_document.uri, &change.text);
                }
            }
            "textDocument/didClose" => {
                if let Some(DidCloseTextDocumentParams { text_document }) = read(params) {
                    self.state.close(&text_document.uri);
                }
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => self.state.touch(),
            _ => {}
        }
    }

    /// Builds, and says what is wrong in each file: nothing any more, too.
    fn publish(&mut self) {
        for (uri, diagnostics) in self.state.diagnose() {
            let params = PublishDiagnosticsParams { uri, diagnostics, version: None };
            self.send(Message::Notification(Notification::new("textDocument/publishDiagnostics".to_owned(), params)));
        }
    }

    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        // What is typed is completed from the site as it was before: it must not wait for a build.
        let hurry = method == "textDocument/completion" && self.state.last().is_some();
        if self.state.is_dirty() && !hurry {
            self.publish();
        }
        let state = &self.state;
        let result = match method.as_str() {
            "textDocument/completion" => ask(params, |asked| complete::complete(state, &asked)),
            "textDocument/hover" => ask(params, |asked| answer::hover(state, &asked)),
            "textDocument/definition" => ask(params, |asked| answer::definition(state, &asked)),
            "textDocument/references" => ask(params, |asked| answer::references(state, &asked)),
            "textDocument/documentSymbol" => ask(params, |asked| answer::symbols(state, &asked)),
            "textDocument/codeAction" => ask(params, |asked| mend::actions(state, &asked)),
            "textDocument/prepareRename" => ask(params, |asked| rename::prepare(state, &asked)),
            "textDocument/rename" => match read(params) {
                Some(asked) => match rename::rename(state, &asked) {
                    Ok(edit) => Some(serde_json::to_value(edit).unwrap_or_default()),
                    Err(message) => return Response::new_err(id, ErrorCode::RequestFailed as i32, message),
                },
                None => None,
            },
            _ => {
                let message = format!("{method} is not known here");
                return Response::new_err(id, ErrorCode::MethodNotFound as i32, message);
            }
        };
        match result {
            Some(result) => Response::new_ok(id, result),
            None => Response::new_err(id, ErrorCode::InvalidParams as i32, format!("{method}: not understood")),
        }
    }
}

fn read<P: DeserializeOwned>(params: serde_json::Value) -> Option<P> {
    serde_json::from_value(params).ok()
}

/// The answer as JSON; `None` where the question is not understood.
fn ask<P: DeserializeOwned, R: Serialize>(
    params: serde_json::Value,
    answer: impl FnOnce(P) -> R,
) -> Option<serde_json::Value> {
    serde_json::to_value(answer(read(params)?)).ok()
}
