//! From contexts to bytes: pages by Tera, feeds and sitemap by code.
//!
//! A template reads nothing but its context; it has two filters of ours, `fill` and `phrases`.

mod compile;
pub mod feed;
pub mod headers;
pub mod offline;
pub mod phrases;
pub mod scan;
pub mod sitemap;
mod unknown;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use crate::diag::catalogue::theme as codes;
use crate::diag::{Checked, Diagnostic, Fault, nearest};
use crate::path::{Route, SourcePath};
use crate::text::Span;
use crate::theme::Theme;
use unknown::Unknown;

/// A theme, compiled.
#[derive(Debug)]
pub struct Renderer {
    tera: Tera,
    sources: BTreeMap<String, SourcePath>,
    /// By the same names.
    texts: BTreeMap<String, String>,
    /// What every page's context holds, converted once.
    shared: Vec<(&'static str, Value)>,
}

impl Renderer {
    /// Compiles the templates of `theme`. Faulty ones are reported; the standard theme's stand in for them.
    pub fn new(theme: &Theme) -> Checked<Self> {
        let mut faults = Vec::new();
        let tera = compile::compile(theme, engine, &mut faults);
        let sources = theme.templates.iter().map(|(name, template)| (name.clone(), template.source.clone())).collect();
        let texts = theme.templates.iter().map(|(name, template)| (name.clone(), template.text.clone())).collect();
        Checked::new(Self { tera, sources, texts, shared: Vec::new() }, faults)
    }

    /// Gives every page `value` as `name`. It is converted here, once.
    pub fn share<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.shared.push((name, Value::from_serializable(value)));
    }

    /// A context that holds what is shared.
    pub fn context(&self) -> Context {
        let mut context = Context::new();
        for (name, value) in &self.shared {
            context.insert_value(*name, value.clone());
        }
        context
    }

    /// Whether the theme has a template of this name.
    pub fn has(&self, template: &str) -> bool {
        self.sources.contains_key(template)
    }

    /// The template's name nearest to `typed`.
    pub fn nearest(&self, typed: &str) -> Option<&str> {
        nearest(typed, self.sources.keys().map(String::as_str))
    }

    /// The file of a template.
    pub fn source(&self, template: &str) -> Option<&SourcePath> {
        self.sources.get(template)
    }

    /// Renders one page. Where the template fails, the fault is reported at its place in the template.
    pub fn render(&self, template: &str, context: &Context, page: &Route) -> Result<String, Diagnostic> {
        self.tera.render(template, context).map_err(|error| self.failure(&error, template, context, page))
    }

    fn failure(&self, error: &tera::Error, template: &str, context: &Context, page: &Route) -> Diagnostic {
        let unknown = SourcePath::new(format!("templates/{template}"));
        let (file, span, detail) = match error.kind() {
            ErrorKind::RenderingError(report) | ErrorKind::SyntaxError(report) => {
                let file = self.sources.get(report.filename()).unwrap_or(&unknown);
                (file, Span::new(report.span().range.clone()), first_line(report.message()))
            }
            _ => (self.sources.get(template).unwrap_or(&unknown), Span::default(), first_line(&error.to_string())),
        };
        let fault = match Unknown::read(&detail) {
            Some(mut unknown) => {
                let text = self.sources.values().zip(self.texts.values()).find(|(source, _)| *source == file);
                unknown.add_loops(text.map_or("", |(_, text)| text), span);
                unknown.fault(span)
            }
            None => {
                Fault::new(&codes::TEMPLATE_FAILED, span).arg("detail", detail).arg("known", known_variables(context))
            }
        };
        fault.arg("page", page).in_file(file)
    }
}

fn engine() -> Tera {
    let mut tera = Tera::new();
    // `.atom` and the like are not among Tera's defaults, and a template of a theme may make any kind of text.
    tera.autoescape_on([".html", ".htm", ".xml", ".atom", ".json", ".txt", ".svg"]);
    tera.register_filter("fill", fill);
    // A title stands on many pages, and where its phrases end takes longer to find than to remember.
    let known: Mutex<HashMap<(String, bool), String>> = Mutex::default();
    tera.register_filter("phrases", move |text: &str, kwargs: Kwargs, _: &State<'_>| -> TeraResult<Value> {
        let upright = kwargs.get::<bool>("upright")?.unwrap_or_default();
        let key = (text.to_owned(), upright);
        let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
        let html = known.entry(key).or_insert_with(|| phrases::title(text, upright));
        Ok(Value::safe_string(html))
    });
    tera
}

/// `{{ t.lesson_of | fill(n=12, total=110) }}`: replaces `{n}` and `{total}` in the text.
#[expect(clippy::needless_pass_by_value, reason = "the signature that Tera asks of a filter")]
fn fill(text: &str, kwargs: Kwargs, _: &State<'_>) -> String {
    let mut filled = text.to_owned();
    for (name, value) in kwargs.iter() {
        filled = filled.replace(&format!("{{{name}}}"), &value.to_string());
    }
    filled
}

fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_owned()
}

/// The names at the top of the context, for the hint of a misspelt one.
fn known_variables(context: &Context) -> String {
    const NAMES: [&str; 20] = [
        "assets",
        "contents",
        "courses",
        "groups",
        "integrity",
        "latest",
        "lesson",
        "page",
        "root",
        "series",
        "site",
        "t",
        "takeaways",
        "target",
        "target_path",
        "taxonomy",
        "term",
        "lang",
        "paging",
        "words",
    ];
    let known: BTreeSet<&str> = NAMES.into_iter().filter(|name| context.contains_key(name)).collect();
    known.into_iter().collect::<Vec<_>>().join(", ")
}
