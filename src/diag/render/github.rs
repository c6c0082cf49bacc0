//! GitHub's workflow commands, which become annotations on the lines of a pull request:
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use super::{Setting, place};
use crate::diag::{Diagnostic, Severity};

/// `diagnostic` as one workflow command, without a line end.
pub fn line(diagnostic: &Diagnostic, setting: &Setting<'_>) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let at = place(setting, &diagnostic.file, diagnostic.span);
    let file = property(&setting.path(&diagnostic.file));
    // GitHub refuses an end column on another line than the column's.
    let end = if at.line == at.end_line && at.end_column > at.column {
        format!(",endColumn={}", at.end_column)
    } else {
        String::new()
    };
    let mut message = diagnostic.message(setting.lang);
    let help = diagnostic.help(setting.lang);
    if !help.is_empty() {
        message.push('\n');
        message.push_str(&help);
    }
    format!(
        "::{command} file={file},line={},endLine={},col={}{end},title={}::{}",
        at.line,
        at.end_line,
        at.column,
        property(diagnostic.code.id),
        data(&message),
    )
}

/// What follows `::`, escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value between `=` and `,`, escaped.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
