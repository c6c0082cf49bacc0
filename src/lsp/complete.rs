//! What can stand where the author is typing: ids of lessons, terms, boxes, fields, files, headings.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionTextEdit, Documentation, MarkupContent, MarkupKind,
    TextEdit,
};

use super::place::Places;
use super::state::{Last, State};
use crate::content::{Role, front_matter};
use crate::fields::shape::Shape;
use crate::markdown;
use crate::path::SourcePath;
use crate::schema::reference;
use crate::text::Span;

/// What is asked, and what is put in the place of what is typed so far.
struct Typing<'a> {
    state: &'a State,
    last: &'a Last,
    path: SourcePath,
    places: Places<'a>,
    offset: usize,
    items: Vec<CompletionItem>,
}

pub(super) fn complete(state: &State, asked: &CompletionParams) -> Option<Vec<CompletionItem>> {
    let asked = &asked.text_document_position;
    let last = state.last()?;
    let path = state.source(&asked.text_document.uri)?;
    let text = state.text_now(&path)?;
    let places = Places::new(&text);
    let offset = places.offset(asked.position);
    let mut typing = Typing { state, last, path, places, offset, items: Vec::new() };
    if typing.path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md")) {
        match head(&text) {
            Some(head) if head.start <= offset && offset <= head.end => typing.front_matter(head.start),
            _ => typing.body(),
        }
    }
    Some(typing.items)
}

/// What lies between the `---` lines, or is being typed there.
fn head(text: &str) -> Option<std::ops::Range<usize>> {
    let start = text.strip_prefix("---\n").map(|_| 4)?;
    let rest = text.get(start..)?;
    let mut offset = start;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Some(start..offset);
        }
        offset += line.len();
    }
    Some(start..text.len())
}

impl Typing<'_> {
    /// The line up to the place.
    fn line(&self) -> &str {
        let before = self.places.text.get(..self.offset).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default()
    }

    /// Offers `label`, in the place of the last `typed` bytes.
    fn offer(&mut self, label: &str, new: String, typed: usize, kind: CompletionItemKind) -> &mut CompletionItem {
        let range = self.places.range(Span::new(self.offset - typed..self.offset));
        let order = format!("{:05}", self.items.len());
        self.items.push(CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            sort_text: Some(order),
            filter_text: Some(new.clone()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: new })),
            ..CompletionItem::default()
        });
        let at = self.items.len() - 1;
        &mut self.items[at]
    }

    fn front_matter(&mut self, start: usize) {
        let line = self.line().to_owned();
        let key = line.split_once(':').map(|(key, _)| key.to_owned());
        if let Some(key) = key.filter(|key| !key.starts_with([' ', '-'])) {
            let value = line.split_once(':').map_or("", |(_, value)| value);
            self.value(&key, last_item(value));
            return;
        }
        if line.trim_start().starts_with('-') {
            // An element of the list of the field above.
            let before = self.places.text.get(start..self.offset).unwrap_or_default();
            let above = before.lines().rev().skip(1).find(|line| !line.trim_start().starts_with('-'));
            if let Some(key) = above.and_then(|line| line.strip_suffix(':')).map(str::to_owned) {
                let typed = line.trim_start().trim_start_matches('-').trim_start().len();
                self.value(&key, typed);
            }
            return;
        }
        if line.starts_with(char::is_whitespace) {
            return;
        }
        let role = Role::of(&self.path);
        let present: Vec<String> = self
            .places
            .text
            .get(start..)
            .unwrap_or_default()
            .lines()
            .take_while(|line| *line != "---")
            .filter_map(|line| line.split_once(':').map(|(key, _)| key.to_owned()))
            .collect();
        for field in front_matter::shape(role, &self.last.options) {
            if present.contains(&field.name) {
                continue;
            }
            let lang = self.state.lang;
            let words = reference::words(reference::Of::FrontMatter, &field.name, lang);
            let new = match field.shape {
                Shape::Lines { .. } => format!("{}: []", field.name),
                _ => format!("{}: ", field.name),
            };
            let item = self.offer(&field.name, new, line.len(), CompletionItemKind::FIELD);
            item.documentation =
                words.map(|value| Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }));
        }
    }

    /// Values of the field `key`, of which `typed` bytes are typed.
    fn value(&mut self, key: &str, typed: usize) {
        let last = self.last;
        if last.options.taxonomies.iter().any(|known| known == key) {
            let declared = last.built.config.taxonomies.iter().find(|taxonomy| taxonomy.key == key);
            let mut terms: Vec<String> = declared
                .map(|taxonomy| taxonomy.terms.iter().map(|term| term.name.value.clone()).collect())
                .unwrap_or_default();
            if terms.is_empty() {
                let used = last.survey.texts.iter().flat_map(|input| &input.text.front.terms);
                terms = used
                    .filter(|(known, _)| known == key)
                    .flat_map(|(_, terms)| terms)
                    .map(|term| term.value.clone())
                    .collect();
                terms.sort();
                terms.dedup();
            }
            for term in terms {
                self.offer(&term, crate::refactor::scalar(&term), typed, CompletionItemKind::ENUM_MEMBER);
            }
            return;
        }
        if key == "requires" {
            self.lessons(typed, true);
            return;
        }
        let fields = front_matter::shape(Role::of(&self.path), &last.options);
        let words = match fields.into_iter().find(|field| field.name == key).map(|field| field.shape) {
            Some(Shape::Bool) => vec!["true".to_owned(), "false".to_owned()],
            Some(Shape::Choice(words)) => words,
            _ => return,
        };
        for word in words {
            self.offer(&word.clone(), word, typed, CompletionItemKind::VALUE);
        }
    }

    /// Ids of lessons; `earlier` for those before this one in its series alone.
    fn lessons(&mut self, typed: usize, earlier: bool) {
        let model = self.last.model();
        let own = model.lessons.iter().find(|lesson| model.texts[lesson.text].source == self.path);
        let own = own.map(|lesson| (lesson.series, lesson.number));
        let mut found: Vec<(String, u32, String, String)> = Vec::new();
        for lesson in &model.lessons {
            let same = own.is_none_or(|(series, _)| series == lesson.series);
            if earlier && !own.is_some_and(|(series, number)| series == lesson.series && lesson.number < number) {
                continue;
            }
            let twice = model.lessons.iter().filter(|other| other.id == lesson.id).count() > 1;
            let id = if !same && twice {
                format!("{}/{}", model.series[lesson.series].id, lesson.id)
            } else {
                lesson.id.clone()
            };
            let text = &model.texts[lesson.text].text;
            found.push((id, lesson.number, text.front.title.value.clone(), text.facts.summary.clone()));
        }
        for (id, number, title, summary) in found {
            let item = self.offer(&id, id.clone(), typed, CompletionItemKind::REFERENCE);
            item.detail = Some(format!("{number}. {title}"));
            // A title is what an author remembers.
            item.filter_text = Some(format!("{id} {title}"));
            item.documentation = Some(Documentation::String(summary)).filter(|_| !earlier);
        }
    }

    fn body(&mut self) {
        let line = self.line().to_owned();
        if let Some((_, inside)) =
            line.rsplit_once("[[").filter(|(_, inside)| !inside.contains("]]") && !inside.contains('|'))
        {
            match inside.split_once('#') {
                Some((id, typed)) => {
                    let model = self.last.model();
                    let lesson = model.lessons.iter().find(|lesson| lesson.id == id);
                    let file = if id.is_empty() {
                        Some(self.path.clone())
                    } else {
                        lesson.map(|lesson| model.texts[lesson.text].source.clone())
                    };
                    self.headings(file, typed.len());
                }
                None => self.lessons(inside.len(), false),
            }
            return;
        }
        let quote = line.trim_start().trim_start_matches(['>', ' ']);
        if let Some(typed) = quote.strip_prefix("[!").filter(|typed| !typed.contains(']')) {
            self.boxes(typed.len());
            return;
        }
        if let Some(typed) = quote.strip_prefix(":::").filter(|typed| !typed.contains(' ')) {
            self.boxes(typed.trim_start_matches(':').len());
            return;
        }
        if let Some((_, typed)) = line.rsplit_once("](").filter(|(_, typed)| !typed.contains(')')) {
            match typed.split_once('#') {
                Some((file, typed)) => {
                    let file = if file.is_empty() { Some(self.path.clone()) } else { self.path.resolve(file) };
                    self.headings(file, typed.len());
                }
                None => self.files(typed.len()),
            }
        }
    }

    fn boxes(&mut self, typed: usize) {
        for name in markdown::box_names() {
            self.offer(name, name.to_owned(), typed, CompletionItemKind::KEYWORD);
        }
    }

    /// Files beside this one.
    fn files(&mut self, typed: usize) {
        let folder = self.path.folder().to_owned();
        let beside = self.last.snapshot.files.keys().filter(|file| file.folder() == folder && **file != self.path);
        let files: Vec<SourcePath> = beside.cloned().collect();
        for file in files {
            let title = self.last.front(&file).map(|front| front.title.value.clone());
            let item = self.offer(file.name(), file.name().to_owned(), typed, CompletionItemKind::FILE);
            if let Some(title) = title {
                item.filter_text = Some(format!("{} {title}", file.name()));
                item.detail = Some(title);
            }
        }
    }

    fn headings(&mut self, file: Option<SourcePath>, typed: usize) {
        let input = file.and_then(|file| self.last.survey.texts.iter().find(|input| input.source == file));
        let headings = input.map(|input| input.text.facts.headings.clone()).unwrap_or_default();
        for heading in headings {
            self.offer(&heading.text, heading.id.clone(), typed, CompletionItemKind::REFERENCE).filter_text =
                Some(format!("{} {}", heading.id, heading.text));
        }
    }
}

/// Bytes of the last element of a list that is being typed: ` [信頼, 準` has one of three.
fn last_item(value: &str) -> usize {
    value.rsplit([',', '[']).next().unwrap_or_default().trim_start().len()
}
