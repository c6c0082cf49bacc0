//! One JSON object a diagnostic, for editors and programs. Fields are only ever added.

use serde::Serialize;

use super::{Place, Setting, place};
use crate::diag::{Diagnostic, Severity, fill};

#[derive(Serialize)]
struct Line<'a> {
    code: &'a str,
    severity: &'a str,
    file: String,
    #[serde(flatten)]
    place: Place,
    message: String,
    help: String,
    related: Vec<Related>,
}

#[derive(Serialize)]
struct Related {
    file: String,
    #[serde(flatten)]
    place: Place,
    message: String,
}

/// `diagnostic` as one line of JSON, without a line end. Lines and columns count from 1, columns in characters.
///
/// # Panics
/// Never: a diagnostic is texts and numbers.
pub fn line(diagnostic: &Diagnostic, setting: &Setting<'_>) -> String {
    let label = fill(diagnostic.code.words(setting.lang).related, &diagnostic.args);
    let related = diagnostic.related.iter().map(|(file, span)| Related {
        file: setting.path(file),
        place: place(setting, file, *span),
        message: label.clone(),
    });
    let line = Line {
        code: diagnostic.code.id,
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        },
        file: setting.path(&diagnostic.file),
        place: place(setting, &diagnostic.file, diagnostic.span),
        message: diagnostic.message(setting.lang),
        help: diagnostic.help(setting.lang),
        related: related.collect(),
    };
    serde_json::to_string(&line).expect("texts and numbers serialise")
}
