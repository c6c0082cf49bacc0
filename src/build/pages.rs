//! Views → rendered pages, each only where its key is new.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Context, Value};

use super::inputs::{Inputs, Why};
use super::links::{Origin, Places, places};
use super::memos::{Memos, PageMemo};
use super::{Bodies, Progress, Stage};
use crate::config::Layout;
use crate::diag::catalogue::theme as codes;
use crate::diag::{Diagnostic, Fault};
use crate::memo::{Hash, KeyBuilder};
use crate::output::manifest::Record;
use crate::output::{Content, Entry};
use crate::par;
use crate::path::{OutPath, Route};
use crate::render::{Renderer, phrases};
use crate::site::Base;
use crate::view::{Data, PageId, View, Views};

/// What is needed to make pages.
pub(super) struct Press<'a> {
    pub(super) views: &'a Views<'a>,
    pub(super) renderer: &'a Renderer,
    pub(super) bodies: &'a Bodies<'a>,
    pub(super) origin: Origin,
    pub(super) shared: Shared,
    pub(super) records: &'a BTreeMap<OutPath, Record>,
}

/// What all pages are made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared {
    /// The theme's fingerprint.
    pub(super) theme: Hash,
    /// Of what all pages show.
    pub(super) site: Hash,
}

/// A page that was made or remembered.
pub(super) struct Printed {
    pub(super) id: PageId,
    pub(super) route: Route,
    pub(super) entry: Entry,
    pub(super) places: Places,
    memo: Option<(Hash, PageMemo)>,
}

impl Press<'_> {
    /// Makes all pages.
    pub(super) fn print(
        &self,
        memos: &mut Memos,
        progress: &dyn Progress,
        faults: &mut Vec<Diagnostic>,
    ) -> Vec<Printed> {
        let pages = self.views.pages();
        progress.begin(Stage::Render, pages.len());
        let known = &*memos;
        let printed = par::map(&pages, |id| {
            let page = self.print_one(*id, known);
            progress.step();
            page
        });
        let mut used = Vec::with_capacity(printed.len());
        let mut made = Vec::with_capacity(printed.len());
        let mut failed = Vec::new();
        for page in printed {
            match page {
                Ok(mut page) => {
                    used.extend(page.memo.take());
                    made.push(page);
                }
                Err(fault) => failed.push(fault),
            }
        }
        // A template fails on all its pages alike: each place is told once, for the first page it failed on.
        failed.sort_by(|a: &Diagnostic, b| (&a.file, a.span, a.code.id).cmp(&(&b.file, b.span, b.code.id)));
        failed.dedup_by(|b, a| (&a.file, a.span, a.code) == (&b.file, b.span, b.code));
        faults.append(&mut failed);
        memos.keep_pages(used);
        made
    }

    fn print_one(&self, id: PageId, memos: &Memos) -> Result<Printed, Diagnostic> {
        let view = self.views.view(id);
        self.check_template(&view)?;
        let inputs = self.inputs(&view);
        let key = inputs.key();
        let path = view.route.out_path();
        if let Some(memo) = memos.page(key) {
            let content = match &memo.bytes {
                Some(bytes) => Some(Content::Bytes(Arc::clone(bytes))),
                None => self
                    .records
                    .get(&path)
                    .filter(|record| record.key == Some(key) && record.hash == memo.hash)
                    .map(|_| Content::Unchanged),
            };
            if let Some(content) = content {
                return Ok(printed(id, view.route, key, memo.clone(), content));
            }
        }
        let route = view.route.clone();
        let (html, body) = self.render(view)?;
        let Places { links, ids } = places(&html, &body, &route, &self.origin);
        let bytes: Arc<[u8]> = html.into_bytes().into();
        let kept = memos.are_serving().then(|| Arc::clone(&bytes));
        let (inputs, why) = (inputs.short(), self.why(&path, &inputs, memos));
        let memo = PageMemo { hash: Hash::of(&bytes), len: bytes.len() as u64, links, ids, inputs, why, bytes: kept };
        Ok(printed(id, route, key, memo, Content::Bytes(bytes)))
    }

    /// A template that a lesson chose must be there.
    fn check_template(&self, view: &View) -> Result<(), Diagnostic> {
        if self.renderer.has(&view.template) {
            return Ok(());
        }
        let node = view.body.map(|text| &self.bodies.site.texts[text]);
        let chosen = node.and_then(|node| Some((node.text.front.template.as_ref()?.span, node.source.clone())));
        let (span, source) =
            chosen.unwrap_or_else(|| (crate::text::Span::default(), crate::path::SourcePath::new("templates")));
        let fault = Fault::new(&codes::NO_TEMPLATE, span).arg("template", &view.template);
        Err(fault.arg_opt("nearest", self.renderer.nearest(&view.template)).in_file(&source))
    }

    /// All that a page is made from. The HTML of its texts is not made for it; their keys and what their links lead to
    /// stand for it.
    fn inputs(&self, view: &View) -> Inputs {
        let nothing = || KeyBuilder::new("nothing").finish();
        let template = KeyBuilder::new("template")
            .bytes(view.template.as_bytes())
            .bytes(view.root.as_bytes())
            .bytes(view.route.as_str().as_bytes());
        let texts = &self.bodies.site.texts;
        let takeaways = view.takeaways.iter().fold(KeyBuilder::new("takeaways"), |key, text| {
            self.bodies.targets(*text, key.value(&texts[*text].text.takeaways))
        });
        Inputs([
            self.shared.theme,
            self.shared.site,
            template.finish(),
            KeyBuilder::new("fields").value(&view.page).finish(),
            KeyBuilder::new("lists").value(&view.data).finish(),
            view.body.map_or_else(nothing, |text| texts[text].key),
            view.body.map_or_else(nothing, |text| self.bodies.targets(text, KeyBuilder::new("links")).finish()),
            takeaways.finish(),
        ])
    }

    /// Why a page is rendered: what changed since the one that the output folder holds.
    fn why(&self, path: &OutPath, inputs: &Inputs, memos: &Memos) -> Why {
        let Some(record) = self.records.get(path) else { return Why::Missing };
        let before = record.key.and_then(|key| memos.page(key));
        before.map_or(Why::Forgotten, |before| Why::between(&before.inputs, &inputs.short()))
    }

    /// Renders a page, whatever is remembered: its HTML, and the body in it.
    pub(super) fn render(&self, mut view: View) -> Result<(String, String), Diagnostic> {
        let base = Base::Page(&view.route);
        let mut body = view.body.map(|text| self.bodies.last_body(text, base)).unwrap_or_default();
        if self.bodies.site.config.language.starts_with("ja") {
            body = phrases::headings(&body);
        }
        if self.bodies.site.config.theme.layout == Layout::Tategaki && matches!(view.data, Data::Lesson { .. }) {
            body = phrases::upright(&body);
        }
        let mut context = self.renderer.context();
        context.insert("root", &view.root);
        // The body goes in as it is, once: not through serialisation, and marked as HTML.
        let mut page = Value::from_serializable(&view.page).into_map().unwrap_or_default();
        page.insert("content".into(), Value::safe_string(&body));
        context.insert_value("page", page.into());
        if let Data::Takeaways { takeaways, .. } = &mut view.data {
            for (takeaway, text) in takeaways.iter_mut().zip(&view.takeaways) {
                takeaway.content = self.bodies.takeaways(*text, base);
            }
        }
        insert(&mut context, &view.data);
        let html = self.renderer.render(&view.template, &context, &view.route)?;
        Ok((html, body))
    }
}

fn printed(id: PageId, route: Route, key: Hash, memo: PageMemo, content: Content) -> Printed {
    let entry = Entry { hash: memo.hash, len: memo.len, key: Some(key), content };
    Printed {
        id,
        route,
        entry,
        places: Places { links: Arc::clone(&memo.links), ids: Arc::clone(&memo.ids) },
        memo: Some((key, memo)),
    }
}

fn insert(context: &mut Context, data: &Data) {
    match data {
        Data::Home { contents, latest } => {
            context.insert("contents", contents);
            context.insert("latest", latest);
        }
        Data::Series { series } => context.insert("series", series),
        Data::Lesson { lesson } => context.insert("lesson", lesson),
        Data::Taxonomy { taxonomy } => context.insert("taxonomy", taxonomy),
        Data::Term { term } => context.insert("term", term),
        Data::Takeaways { series, takeaways } => {
            context.insert("series", series);
            context.insert("takeaways", takeaways);
        }
        Data::Today { courses } => context.insert("courses", courses),
        Data::Search { groups } => context.insert("groups", groups),
        Data::Redirect { target, target_path } => {
            context.insert("target", target);
            context.insert("target_path", target_path);
        }
        Data::None {} => {}
    }
}
