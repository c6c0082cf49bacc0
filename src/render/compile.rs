//! Templates → a compiled set. A faulty template is reported and left out, so that it alone is blamed: what it stands
//! over takes its place.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, Tera};

use crate::diag::catalogue::theme as codes;
use crate::diag::{Diagnostic, Fault, nearest};
use crate::path::SourcePath;
use crate::text::Span;
use crate::theme::Theme;

/// What Tera checks, in its order. Faults of a later kind may only follow from those of an earlier one, so the first
/// kind that has any is the last to be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Syntax,
    Lineage,
    References,
}

/// A fault of the template with this name.
type Found = (String, Diagnostic);

/// Compiles the templates of `theme` with `engine`.
pub(super) fn compile(theme: &Theme, engine: impl Fn() -> Tera, faults: &mut Vec<Diagnostic>) -> Tera {
    let mut texts: BTreeMap<&str, &str> =
        theme.templates.iter().map(|(name, template)| (name.as_str(), template.text.as_str())).collect();
    let mut left_out: BTreeSet<String> = BTreeSet::new();
    let mut first = None;
    loop {
        let mut tera = engine();
        let Err(error) = tera.add_raw_templates(texts.iter().map(|(name, text)| (*name, *text))) else { return tera };
        let (phase, found) = faults_of(theme, &texts, &engine, &error);
        let report = *first.get_or_insert(phase) == phase;
        let names: BTreeSet<String> = found.iter().map(|(name, _)| name.clone()).collect();
        faults.extend(found.into_iter().filter(|(name, _)| report && !left_out.contains(name)).map(|(_, fault)| fault));
        let mut progress = false;
        for name in names {
            let below = theme.templates.get(&name).and_then(|template| template.below.as_deref()).unwrap_or("");
            if let Some(text) = texts.get_mut(name.as_str()) {
                let other = if left_out.insert(name) { below } else { "" };
                progress |= *text != other;
                *text = other;
            }
        }
        if !progress {
            return engine();
        }
    }
}

fn faults_of(
    theme: &Theme,
    texts: &BTreeMap<&str, &str>,
    engine: &impl Fn() -> Tera,
    error: &tera::Error,
) -> (Phase, Vec<Found>) {
    let at = |name: &str, fault: Fault| {
        let unknown = SourcePath::new("templates");
        let source = theme.templates.get(name).map_or(&unknown, |template| &template.source);
        (name.to_owned(), fault.in_file(source))
    };
    let circle = |name: &String, chain: &[String]| {
        at(name, Fault::new(&codes::TEMPLATE_CIRCLE, Span::default()).arg("detail", chain.join(" → ")))
    };
    match error.kind() {
        ErrorKind::SyntaxError(_) => {
            (Phase::Syntax, syntax(texts, engine).map(|(name, fault)| at(name, fault)).collect())
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => (Phase::Lineage, vec![circle(tpl, inheritance_chain)]),
        ErrorKind::CircularInclude { tpl, include_chain } => (Phase::Lineage, vec![circle(tpl, include_chain)]),
        ErrorKind::MissingParent { current, parent } => {
            let text = texts.get(current.as_str()).copied().unwrap_or_default();
            let place = text.find(parent.as_str()).map_or(Span::default(), |at| Span::new(at..at + parent.len()));
            (Phase::Lineage, vec![at(current, missing(theme, parent, place))])
        }
        _ => (
            Phase::References,
            references(theme, texts, &error.to_string()).map(|(name, fault)| at(name, fault)).collect(),
        ),
    }
}

/// Every template that cannot be parsed on its own.
fn syntax<'a>(
    texts: &'a BTreeMap<&str, &str>,
    engine: &'a impl Fn() -> Tera,
) -> impl Iterator<Item = (&'a str, Fault)> {
    texts.iter().filter_map(move |(name, text)| match engine().add_raw_template(name, text).err()?.kind() {
        ErrorKind::SyntaxError(report) => {
            let span = Span::new(report.span().range.clone());
            Some((*name, Fault::new(&codes::TEMPLATE_SYNTAX, span).arg("detail", super::first_line(report.message()))))
        }
        _ => None,
    })
}

/// Tera gives what is named and not there as one text: for each an `error:` line, and one with `--> name:line:column`.
fn references<'a>(
    theme: &'a Theme,
    texts: &'a BTreeMap<&str, &str>,
    report: &'a str,
) -> impl Iterator<Item = (&'a str, Fault)> {
    let mut lines = report.lines();
    std::iter::from_fn(move || {
        let message = lines.by_ref().find_map(|line| line.strip_prefix("error: "))?;
        let place = lines.by_ref().find_map(|line| line.trim_start().strip_prefix("--> "))?;
        let mut parts = place.rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let (name, text) = texts.get_key_value(parts.next()?)?;
        let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
        let inside = text.get(start..)?.chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
        let span = Span::at(start + inside);
        let unknown = message.strip_prefix("Unknown template `").and_then(|rest| rest.strip_suffix('`'));
        Some((
            *name,
            match unknown {
                Some(template) => missing(theme, template, span),
                None => Fault::new(&codes::TEMPLATE_SYNTAX, span).arg("detail", message),
            },
        ))
    })
}

fn missing(theme: &Theme, template: &str, span: Span) -> Fault {
    let known = theme.templates.keys().map(String::as_str);
    Fault::new(&codes::NO_TEMPLATE, span).arg("template", template).arg_opt("nearest", nearest(template, known))
}
