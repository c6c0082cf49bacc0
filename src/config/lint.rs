//! `[lint]`: how grave each rule is, and how the site writes its words.

use std::collections::BTreeMap;

use serde::Serialize;

use super::parse::Distinct;
use crate::diag::catalogue::lint::RULES;
use crate::diag::{Diagnostic, Severity};
use crate::fields::Reader;

/// The `[lint]` table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Lint {
    /// Rules by name whose level the site sets to another than the usual one.
    pub levels: BTreeMap<&'static str, Level>,
    /// How words are written: `[lint.terms]`.
    pub terms: Vec<Preferred>,
}

/// How grave a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Level {
    /// Nothing is reported.
    Off,
    /// See [`Severity::Info`].
    Info,
    /// See [`Severity::Warning`].
    Warning,
    /// See [`Severity::Error`].
    Error,
}

/// A word as the site writes it, and as it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preferred {
    /// `お客様`.
    pub preferred: String,
    /// `お客さま`, `おきゃくさま`.
    pub others: Vec<String>,
}

impl Level {
    fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }
}

const LEVELS: &[(&str, Level)] =
    &[("off", Level::Off), ("info", Level::Info), ("warning", Level::Warning), ("error", Level::Error)];

impl Lint {
    /// Gives each diagnostic of a rule the level that the site set, and drops those of rules that are off.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        for rule in RULES {
            let severity = match self.levels.get(rule.name) {
                None => continue,
                Some(Level::Off) => {
                    diagnostics.retain(|diagnostic| !rule.codes.contains(&diagnostic.code));
                    continue;
                }
                Some(Level::Info) => Severity::Info,
                Some(Level::Warning) => Severity::Warning,
                Some(Level::Error) => Severity::Error,
            };
            for diagnostic in diagnostics.iter_mut().filter(|diagnostic| rule.codes.contains(&diagnostic.code)) {
                diagnostic.severity = severity;
            }
        }
    }

    /// Whether anybody hears of the rule `name`.
    pub fn is_on(&self, name: &str) -> bool {
        self.levels.get(name) != Some(&Level::Off)
    }

    /// Whether the site wants more of the rule `name` than is usual, or less.
    pub fn is_set(&self, name: &str) -> bool {
        self.levels.contains_key(name)
    }
}

/// Reads the table.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> Lint {
    let mut lint = Lint::default();
    let Some(mut inner) = reader.table("lint") else { return lint };
    for rule in RULES {
        let usual = rule.codes.first().map(|code| Level::of(code.severity));
        if let Some(level) = inner.choice(rule.name, LEVELS).filter(|level| Some(*level) != usual) {
            lint.levels.insert(rule.name, level);
        }
    }
    if let Some(mut table) = inner.table("terms") {
        let mut words = Distinct::exact();
        for (key, _) in table.entries() {
            let mut others = table.lines_or_one(&key.value);
            if key.value.trim().is_empty() || !words.add(&mut table, "lint.terms", key) {
                continue;
            }
            others.retain(|other| words.add(&mut table, "lint.terms", other));
            if !others.is_empty() {
                let others = others.into_iter().map(|other| other.value).collect();
                lint.terms.push(Preferred { preferred: key.value.trim().to_owned(), others });
            }
        }
        table.finish();
    }
    inner.finish();
    lint
}
