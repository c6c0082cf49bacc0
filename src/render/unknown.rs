//! A name in a template that is not there: what Tera says of it, and which names there are.

use crate::diag::catalogue::theme as codes;
use crate::diag::{Fault, by_nearness, nearest};
use crate::text::Span;

/// What Tera says: ``Variable `pgae` is not defined. Available variables: lang, page``, ``Field `titel` is not defined.``
pub(super) struct Unknown<'a> {
    field: bool,
    name: &'a str,
    known: Vec<&'a str>,
}

impl<'a> Unknown<'a> {
    pub(super) fn read(message: &'a str) -> Option<Self> {
        let (kind, rest) = message.split_once(" `")?;
        let (name, rest) = rest.split_once("` is not defined")?;
        let field = match kind {
            "Variable" => false,
            "Field" => true,
            _ => return None,
        };
        let known = rest.split_once(": ").map_or("", |(_, known)| known);
        Some(Self { field, name, known: known.split(", ").filter(|name| !name.is_empty()).collect() })
    }

    /// Adds the variables of the loops around `span`, which Tera does not name.
    pub(super) fn add_loops(&mut self, template: &'a str, span: Span) {
        if self.field {
            return;
        }
        let mut loops: Vec<Vec<&str>> = Vec::new();
        let before = template.get(..span.start as usize).unwrap_or_default();
        for tag in before.split("{%").skip(1) {
            let tag = tag.trim_start_matches(['-', ' ', '\n', '\t']);
            if tag.starts_with("endfor") {
                loops.pop();
            } else if let Some((names, _)) = tag.strip_prefix("for ").and_then(|rest| rest.split_once(" in ")) {
                loops.push(names.split(',').map(str::trim).collect());
            }
        }
        for name in loops.into_iter().flatten() {
            if !self.known.contains(&name) {
                self.known.push(name);
            }
        }
    }

    pub(super) fn fault(&self, span: Span) -> Fault {
        let known = by_nearness(self.name, self.known.iter().copied()).join(", ");
        let code = if self.field { &codes::NO_FIELD } else { &codes::NO_VARIABLE };
        Fault::new(code, span)
            .arg("name", self.name)
            .arg_opt("nearest", nearest(self.name, self.known.iter().copied()))
            .arg_opt("known", (!known.is_empty()).then_some(known))
    }
}
