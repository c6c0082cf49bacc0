//! Another id for a lesson: its file, every link to it, every `requires`; its old address leads to the new one.

use std::collections::BTreeMap;

use super::manuscript::{Edits, Manuscript};
use super::{Plan, Problem, places, yaml};
use crate::diag::nearest;
use crate::markdown::LinkKind;
use crate::path::{Route, SourcePath};
use crate::site::Lesson;
use crate::slug::{NameFault, check_name, nfc};
use crate::text::edit::Edit;

impl Manuscript<'_> {
    /// The lesson that is meant by `typed`: its id, `series/id`, or its file.
    pub fn lesson(&self, typed: &str) -> Result<usize, Problem> {
        let wanted = nfc(typed.trim_end_matches('/'));
        let by_file = |lesson: &Lesson| {
            let file = nfc(self.file(lesson).as_str());
            file == wanted || file.strip_prefix("content/") == Some(&wanted) || file.ends_with(&format!("/{wanted}"))
        };
        let named = |lesson: &Lesson| lesson.id == wanted || self.key(lesson) == wanted || by_file(lesson);
        let lessons = &self.model.lessons;
        let found: Vec<usize> = (0..lessons.len()).filter(|at| named(&lessons[*at])).collect();
        match found[..] {
            [lesson] => Ok(lesson),
            [] => {
                let near = nearest(&wanted, lessons.iter().map(|lesson| lesson.id.as_str()));
                Err(Problem::UnknownId(typed.to_owned(), near.map(str::to_owned)))
            }
            _ => Err(Problem::SeveralIds(found.iter().map(|at| self.key(&lessons[*at])).collect())),
        }
    }

    /// `series/id`.
    pub(super) fn key(&self, lesson: &Lesson) -> String {
        let series = &self.model.series[lesson.series].id;
        if series.is_empty() { lesson.id.clone() } else { format!("{series}/{}", lesson.id) }
    }

    /// Whether `id` can be that of a new lesson of the series.
    pub fn check_id(&self, series: usize, id: &str) -> Result<(), Problem> {
        check_name(id).map_err(|fault| Problem::BadId(id.to_owned(), fault))?;
        // Links by file name would have to be written with %20.
        if let Some(space) = id.chars().find(|c| c.is_whitespace()) {
            return Err(Problem::BadId(id.to_owned(), NameFault::Character(space)));
        }
        let wanted = nfc(id);
        let other = self.own_lessons(&self.model.series[series]).iter().find(|lesson| lesson.id == wanted);
        other.map_or(Ok(()), |other| Err(Problem::IdTaken(id.to_owned(), self.file(other).clone())))
    }

    /// Calls a lesson `new`. Where `alias`, its old address is left behind in its front matter.
    pub fn rename(&self, lesson: usize, new: &str, alias: bool) -> Result<Plan, Problem> {
        let renamed = &self.model.lessons[lesson];
        let new = nfc(new);
        if renamed.id == new {
            return Err(Problem::Same(new));
        }
        self.check_id(renamed.series, &new)?;
        let file = self.file(renamed);
        let digits = file.name().split_once('-').map_or("", |(digits, _)| digits);
        let extension = file.extension().unwrap_or("md");
        let name = format!("{digits}-{new}.{extension}");
        let path = SourcePath::new(format!("{}/{name}", file.folder()));
        let (old_name, old_id) = (nfc(file.name()), renamed.id.clone());
        let mut edits = Edits::default();
        let another = |old: &str| {
            if old == old_name { Some(name.clone()) } else { (old == old_id).then(|| new.clone()) }
        };
        for text in 0..self.model.texts.len() {
            let wanted = |link: usize, old: &str| another(old).filter(|_| self.linked(text, link) == Some(lesson));
            self.edit_targets(text, &wanted, &mut edits)?;
            self.edit_ids(text, lesson, &new, &mut edits)?;
        }
        let wanted = |item: usize, old: &str| {
            let leads = self.navigated(item).and_then(|(_, lesson)| lesson) == Some(lesson);
            another(old).filter(|_| leads)
        };
        self.edit_navigation(&wanted, &mut edits)?;
        self.edit_requires(renamed, &new, &mut edits)?;
        self.edit_aliases(renamed, &new, alias, &mut edits)?;
        self.plan(edits, &BTreeMap::from([(file.clone(), path)]), None, None, Vec::new())
    }

    /// `[[id]]` in a text.
    fn edit_ids(&self, text: usize, lesson: usize, new: &str, edits: &mut Edits) -> Result<(), Problem> {
        let node = &self.model.texts[text];
        let renamed = &self.model.lessons[lesson];
        let series = &self.model.series[renamed.series];
        let own = node.source.folder() == self.file(renamed).folder();
        // Elsewhere the bare id would mean the lesson of that series, or nobody could tell.
        let clash = self.model.lessons.iter().any(|other| other.id == new && other.series != renamed.series);
        for (at, link) in node.text.facts.links.iter().enumerate() {
            let written = link.target.value.trim();
            if link.kind != LinkKind::Lesson || written.is_empty() || self.linked(text, at) != Some(lesson) {
                continue;
            }
            let source = self.source(&node.source)?;
            let there = source.get(link.target.span.range()).unwrap_or_default();
            if let Some(place) = places::id(there) {
                let start = link.target.span.start as usize;
                let whole = clash && !own && !written.contains('/') && !series.id.is_empty();
                let with = if whole { format!("{}/{new}", series.id) } else { new.to_owned() };
                edits.add(&node.source, Edit::new(start + place.start..start + place.end, with));
            }
        }
        Ok(())
    }

    fn edit_requires(&self, renamed: &Lesson, new: &str, edits: &mut Edits) -> Result<(), Problem> {
        let series = &self.model.series[renamed.series];
        for lesson in self.own_lessons(series) {
            let file = self.file(lesson);
            for required in self.text(lesson).front.requires.iter().filter(|id| nfc(&id.value) == renamed.id) {
                let source = self.source(file)?;
                let old = source.get(required.span.range()).unwrap_or_default();
                edits.add(file, Edit::new(required.span.range(), yaml::scalar_like(old, new)));
            }
        }
        Ok(())
    }

    fn edit_aliases(&self, renamed: &Lesson, new: &str, alias: bool, edits: &mut Edits) -> Result<(), Problem> {
        let front = &self.text(renamed).front;
        let file = self.file(renamed);
        let source = self.source(file)?;
        let series = &self.model.series[renamed.series].route;
        let address = |id: &str| Route::new(format!("{series}{id}/"));
        let is = |written: &str, id: &str| nfc(written).trim_matches('/') == address(id).as_str().trim_matches('/');
        // An address that the lesson had once before, and now has again, leads nowhere else.
        let again = front.aliases.iter().find(|old| is(&old.value, new));
        let known = front.aliases.iter().any(|old| is(&old.value, &renamed.id));
        let value = format!("/{}", address(&renamed.id));
        match again {
            Some(again) if alias && !known => {
                let old = source.get(again.span.range()).unwrap_or_default();
                edits.add(file, Edit::new(again.span.range(), yaml::scalar_like(old, &value)));
            }
            Some(again) => {
                edits.add(file, yaml::without(&source, again.span, front.aliases.len() == 1));
            }
            None if alias && !known => {
                let last = front.aliases.last().map(|alias| alias.span);
                edits.add(file, yaml::with_item(&source, front.span, "aliases", last, &value));
            }
            None => {}
        }
        Ok(())
    }
}
