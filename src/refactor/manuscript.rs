//! All texts of a site and how they hang together, whether they are published or not; and edits of them, collected.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::places::{self, Form};
use super::{Plan, Problem, Remark};
use crate::commit::FileChange;
use crate::config::{self, Config};
use crate::content::{Text, TextOptions};
use crate::decode::{decode, encode};
use crate::diag::catalogue::reading::NOT_UTF8;
use crate::markdown::{self, LinkKind};
use crate::path::{Route, SourcePath};
use crate::site::{self, AssetInput, Lesson, Moment, Series, SiteModel, Target, TextInput};
use crate::slug::nfc;
use crate::text::Located;
use crate::text::edit::{self, Edit};
use crate::time::Instant;
use crate::world::{Data, Snapshot};

/// A site that is to be changed.
pub struct Manuscript<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) config: Arc<Config>,
    options: &'a TextOptions,
    /// As if everything were published, so that what a draft says counts as well.
    pub(super) model: SiteModel,
    /// Lessons by their pages; only looked up in.
    routes: HashMap<Route, usize>,
    /// For each of the model's texts, the lesson that it is.
    lessons: Vec<Option<usize>>,
}

/// Edits of the files of a manuscript.
#[derive(Debug, Default)]
pub(super) struct Edits {
    texts: BTreeMap<SourcePath, Vec<Edit>>,
}

impl Edits {
    pub(super) fn add(&mut self, file: &SourcePath, edit: Edit) {
        self.texts.entry(file.clone()).or_default().push(edit);
    }
}

impl<'a> Manuscript<'a> {
    /// `texts` and `assets` are what a survey of `snapshot` found; `options` are those that it was read with.
    pub fn new(
        snapshot: &'a Snapshot,
        config: &Arc<Config>,
        options: &'a TextOptions,
        texts: &[TextInput],
        assets: &[AssetInput],
    ) -> Self {
        let open: Vec<TextInput> = texts.iter().map(opened).collect();
        let moment = Moment { now: Instant(0), drafts: true };
        let model = site::relate(config, &open, assets, &moment).value;
        let lessons = model.lessons.iter().enumerate();
        let routes = lessons.map(|(at, lesson)| (model.texts[lesson.text].route.clone(), at)).collect();
        let mut of_texts = vec![None; model.texts.len()];
        for (at, lesson) in model.lessons.iter().enumerate() {
            of_texts[lesson.text] = Some(at);
        }
        Self { snapshot, config: Arc::clone(config), options, model, routes, lessons: of_texts }
    }

    /// The series that is meant: by its folder or its title, or the only one.
    pub fn series(&self, named: Option<&str>) -> Result<usize, Problem> {
        let all = || self.model.series.iter().map(|series| series.id.clone()).collect::<Vec<_>>();
        let Some(named) = named else {
            return match self.model.series.len() {
                0 => Err(Problem::NoSeries),
                1 => Ok(0),
                _ => Err(Problem::WhichSeries(all())),
            };
        };
        let wanted = nfc(named);
        let found = self.model.series.iter().position(|series| {
            series.id == wanted || nfc(&self.model.texts[series.index].text.front.title.value) == wanted
        });
        found.ok_or_else(|| Problem::UnknownSeries(named.to_owned(), all()))
    }

    /// Its title.
    pub fn series_title(&self, series: usize) -> &str {
        &self.model.texts[self.model.series[series].index].text.front.title.value
    }

    /// Its folder below `content/`.
    pub fn series_id(&self, series: usize) -> &str {
        &self.model.series[series].id
    }

    /// The title of the part in which a number of the series stands.
    pub fn part_title(&self, series: usize, number: u32) -> Option<&str> {
        let parts = &self.model.series[series].parts;
        let part = parts.iter().rev().find(|part| part.from <= number)?;
        (!part.title.is_empty()).then_some(&*part.title)
    }

    pub(super) fn own_lessons(&self, series: &Series) -> &[Lesson] {
        self.model.lessons.get(series.lessons.clone()).unwrap_or_default()
    }

    pub(super) fn file(&self, lesson: &Lesson) -> &SourcePath {
        &self.model.texts[lesson.text].source
    }

    pub(super) fn text(&self, lesson: &Lesson) -> &Text {
        &self.model.texts[lesson.text].text
    }

    /// The text of a file, as its spans count it.
    pub(super) fn source(&self, file: &SourcePath) -> Result<Cow<'a, str>, Problem> {
        match self.snapshot.files.get(file).map(|file| &file.data) {
            Some(Data::Held(bytes)) => {
                let decoded = decode(bytes);
                if decoded.faults.iter().any(|fault| fault.code == &NOT_UTF8) {
                    return Err(Problem::Unreadable(file.clone()));
                }
                Ok(decoded.value)
            }
            _ => Err(Problem::Unreadable(file.clone())),
        }
    }

    /// The lesson to whose page link `link` of text `text` leads, by its index.
    pub(super) fn linked(&self, text: usize, link: usize) -> Option<usize> {
        self.routes.get(self.led_to(text, link)?).copied()
    }

    /// The page to which link `link` of text `text` leads.
    pub(super) fn led_to(&self, text: usize, link: usize) -> Option<&Route> {
        match self.model.targets.get(text)?.get(link)? {
            Target::Internal { route, .. } => Some(route),
            _ => None,
        }
    }

    /// The lesson to which a link of the navigation leads, and its page.
    pub(super) fn navigated(&self, item: usize) -> Option<(&Route, Option<usize>)> {
        match self.model.navigation.get(item)? {
            Target::Internal { route, .. } => Some((route, self.routes.get(route).copied())),
            _ => None,
        }
    }

    /// The lesson that text `text` is.
    pub(super) fn lesson_of(&self, text: usize) -> Option<&Lesson> {
        self.lessons.get(text).copied().flatten().map(|at| &self.model.lessons[at])
    }

    /// The series that text `text` speaks of: its own, or the only one that there is.
    pub(super) fn speaks_of(&self, text: usize) -> Option<usize> {
        let own = self.lesson_of(text).map(|lesson| lesson.series);
        let index = || self.model.series.iter().position(|series| series.index == text);
        own.or_else(index).or_else(|| (self.model.series.len() == 1).then_some(0))
    }

    /// Edits a name in the target of every link of a text for which `wanted` gives one: of the link's index and the name
    /// as it stands, decoded, the name that it is to have.
    pub(super) fn edit_targets(
        &self,
        text: usize,
        wanted: &dyn Fn(usize, &str) -> Option<String>,
        edits: &mut Edits,
    ) -> Result<(), Problem> {
        let node = &self.model.texts[text];
        let links = &node.text.facts.links;
        let is_wanted = |at: usize, typed: &str| {
            let path = typed.split('?').next().unwrap_or_default();
            path.split('/').any(|name| {
                let decoded = crate::path::percent_decode(name).unwrap_or_else(|| name.to_owned());
                wanted(at, &nfc(&decoded)).is_some()
            })
        };
        let found: Vec<usize> = (0..links.len())
            .filter(|at| links[*at].kind == LinkKind::Link && is_wanted(*at, &links[*at].target.value))
            .collect();
        if found.is_empty() {
            return Ok(());
        }
        let source = self.source(&node.source)?;
        let body_at = node.text.front.span.end as usize;
        let speakers = &self.options.speakers;
        let options = markdown::Options {
            breaks: self.options.markdown.breaks,
            html: self.options.markdown.html,
            math: self.options.markdown.math,
            autolinks: self.options.markdown.autolinks,
            language: &self.options.language,
            speakers,
            sections: false,
        };
        let definitions = markdown::definitions(source.get(body_at..).unwrap_or_default(), body_at, &options);
        for at in found {
            let Located { value: typed, span } = &links[at].target;
            let mut places = vec![(*span, Form::Inline), (*span, Form::Value)];
            let same = definitions.iter().filter(|definition| without_anchor(&definition.value) == typed);
            places.extend(same.map(|definition| (definition.span, Form::Definition)));
            for (span, form) in places {
                let there = source.get(span.range()).unwrap_or_default();
                let is = |name: &str| wanted(at, name).is_some();
                // A link by reference has no target of its own, and raw HTML has nothing else.
                if form == Form::Value && there.starts_with(['[', '!', '<']) {
                    continue;
                }
                let Some(place) = places::name(there, form, typed, is) else { continue };
                let start = span.start as usize;
                let old = there.get(place.clone()).unwrap_or_default();
                let decoded = crate::path::percent_decode(old).unwrap_or_else(|| old.to_owned());
                if let Some(new) = wanted(at, &nfc(&decoded)) {
                    let new = respelled(old, &decoded, &new);
                    edits.add(&node.source, Edit::new(start + place.start..start + place.end, new));
                    if form == Form::Inline {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// The same for the links of `site.toml`'s navigation.
    pub(super) fn edit_navigation(
        &self,
        wanted: &dyn Fn(usize, &str) -> Option<String>,
        edits: &mut Edits,
    ) -> Result<(), Problem> {
        let file = SourcePath::new(config::FILE);
        for (at, item) in self.config.navigation.iter().enumerate() {
            let Located { value: typed, span } = &item.link;
            let source = self.source(&file)?;
            let there = source.get(span.range()).unwrap_or_default();
            let is = |name: &str| wanted(at, name).is_some();
            let Some(place) = places::name(there, Form::Value, typed, is) else { continue };
            let old = there.get(place.clone()).unwrap_or_default();
            let decoded = crate::path::percent_decode(old).unwrap_or_else(|| old.to_owned());
            if let Some(new) = wanted(at, &nfc(&decoded)) {
                let start = span.start as usize;
                let range = start + place.start..start + place.end;
                edits.add(&file, Edit::new(range, respelled(old, &decoded, &new)));
            }
        }
        Ok(())
    }

    /// The plan of `edits`, of `renamed` files, and of files that come and go.
    pub(super) fn plan(
        &self,
        mut edits: Edits,
        renamed: &BTreeMap<SourcePath, SourcePath>,
        removed: Option<&SourcePath>,
        added: Option<(SourcePath, Vec<u8>)>,
        remarks: Vec<Remark>,
    ) -> Result<Plan, Problem> {
        let mut changes = Vec::new();
        for path in renamed.keys() {
            edits.texts.entry(path.clone()).or_default();
        }
        for (path, edits) in edits.texts {
            let Some(file) = self.snapshot.files.get(&path) else { continue };
            if removed == Some(&path) {
                continue;
            }
            let Data::Held(bytes) = &file.data else { return Err(Problem::Unreadable(path)) };
            let after = if edits.is_empty() {
                bytes.to_vec()
            } else {
                encode(&edit::apply(&self.source(&path)?, edits), bytes)
            };
            let to = renamed.get(&path).unwrap_or(&path);
            if *to != path || after != **bytes {
                changes.push(FileChange { after: Some((to.clone(), after)), before: Some((path, file.hash)) });
            }
        }
        if let Some((path, file)) = removed.and_then(|path| Some((path, self.snapshot.files.get(path)?))) {
            changes.push(FileChange { before: Some((path.clone(), file.hash)), after: None });
        }
        changes.sort_by(|a, b| a.before.cmp(&b.before));
        changes.extend(added.map(|added| FileChange { before: None, after: Some(added) }));
        Ok(Plan { changes, remarks })
    }
}

/// `new` in the place of `old`, which reads `decoded`. Where only the head of the name changes, as a number does, the rest
/// keeps its spelling.
fn respelled(old: &str, decoded: &str, new: &str) -> String {
    if let (Some((head, tail)), Some((number, rest))) = (old.split_once('-'), new.split_once('-'))
        && head.bytes().all(|byte| byte.is_ascii_digit())
        && nfc(decoded).split_once('-').is_some_and(|(_, was)| was == nfc(rest))
    {
        return format!("{number}-{tail}");
    }
    places::spelled_like(old, new)
}

/// A text as if it were published, and as if every heading that it links to were there: a link whose anchor is wrong still
/// leads to a lesson.
fn opened(input: &TextInput) -> TextInput {
    let front = &input.text.front;
    let anchored = input.text.facts.links.iter().any(|link| link.target.value.contains('#'));
    if !anchored && !front.draft && front.publish.is_none() && front.expire.is_none() {
        return input.clone();
    }
    let mut text = (*input.text).clone();
    (text.front.draft, text.front.publish, text.front.expire) = (false, None, None);
    for link in &mut text.facts.links {
        link.target.value = without_anchor(&link.target.value).to_owned();
    }
    TextInput { text: Arc::new(text), ..input.clone() }
}

fn without_anchor(target: &str) -> &str {
    target.split('#').next().unwrap_or(target)
}
