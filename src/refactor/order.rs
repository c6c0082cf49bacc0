//! Another order of lessons: one moved, one put in, one taken out.
//!
//! A number changes in the names of files, in links by file name, in the words that speak of it (「第12回」), in where parts
//! begin and in how many lessons are planned. The addresses of lessons have no number in them, and stay.

use std::collections::BTreeMap;

use super::manuscript::{Edits, Manuscript};
use super::{Plan, Problem, Remark, places};
use crate::markdown::Seen;
use crate::path::SourcePath;
use crate::site::{Lesson, Series, lesson_name};
use crate::text::edit::Edit;
use crate::text::ordinals::{self, Claim};
use crate::text::{Located, Span};

/// On which side of the place where a part begins a lesson is put, for a number at which two parts meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edge {
    /// A lesson that is put in belongs to the part in which its number was before.
    Usual,
    /// In the part of this title.
    Part(String),
}

/// A lesson that is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// Its permanent id.
    pub id: String,
    /// The bytes of its file.
    pub bytes: Vec<u8>,
}

/// How the numbers of a series change.
struct Shift<'a> {
    lesson: &'a dyn Fn(u32) -> u32,
    /// Where a part begins.
    start: &'a dyn Fn(u32) -> u32,
    /// How many lessons are planned more, or less.
    planned: i64,
    /// The number of a lesson that goes.
    removed: Option<u32>,
    added: Option<(u32, Added)>,
}

impl Manuscript<'_> {
    /// The first number from 1 on that has no file.
    pub fn free_number(&self, series: usize) -> u32 {
        let lessons = self.own_lessons(&self.model.series[series]);
        free(lessons, 1)
    }

    /// The new lesson `number` is put where no lesson is.
    ///
    /// # Errors
    /// [`Problem::Taken`] where there is one.
    pub fn add(&self, series: usize, number: u32, added: Added) -> Result<Plan, Problem> {
        let series = self.sound(series, &[number])?;
        if let Some(lesson) = self.own_lessons(series).iter().find(|lesson| lesson.number == number) {
            let title = self.text(lesson).front.title.value.clone();
            return Err(Problem::Taken(number, title, self.file(lesson).clone()));
        }
        let same = |number| number;
        let shift = Shift { lesson: &same, start: &same, planned: 0, removed: None, added: Some((number, added)) };
        self.shifted(series, &shift)
    }

    /// Lesson `from` becomes lesson `to`; those between make room for it and close the gap.
    pub fn move_to(&self, series: usize, from: u32, to: u32, edge: &Edge) -> Result<Plan, Problem> {
        let series = self.sound(series, &[from, to])?;
        if !self.own_lessons(series).iter().any(|lesson| lesson.number == from) {
            return Err(Problem::NoLesson(from));
        }
        if from == to {
            return Ok(Plan::default());
        }
        let lesson = |number: u32| match number {
            number if number == from => to,
            number if from < number && number <= to => number - 1,
            number if to <= number && number < from => number + 1,
            number => number,
        };
        // The part that the number was in: going up, the lesson passes those that are in it.
        let before = before_edge(series, to, from < to, edge, |start| start - u32::from(start > from))?;
        let start = |start: u32| {
            let closed = start - u32::from(start > from);
            closed + u32::from(closed > to || (closed == to && before))
        };
        self.shifted(series, &Shift { lesson: &lesson, start: &start, planned: 0, removed: None, added: None })
    }

    /// A new lesson becomes lesson `at`, and those from there on make room. Where `fill`, only as far as the next number
    /// without a file, and no more lessons are planned than before. Where the number is free, nothing moves.
    pub fn insert(&self, series: usize, at: u32, added: Added, fill: bool, edge: &Edge) -> Result<Plan, Problem> {
        let found = self.sound(series, &[at])?;
        let room = free(self.own_lessons(found), at);
        if room == at {
            return self.add(series, at, added);
        }
        let room = if fill { room } else { u32::MAX };
        let before = before_edge(found, at, false, edge, |start| start)?;
        let lesson = |number: u32| number + u32::from(at <= number && number < room);
        let start = |start: u32| start + u32::from((start > at || (start == at && before)) && start <= room);
        let planned = i64::from(!fill);
        self.shifted(found, &Shift { lesson: &lesson, start: &start, planned, removed: None, added: Some((at, added)) })
    }

    /// Lesson `number` goes, and those after it close the gap, unless it is to be left.
    pub fn remove(&self, series: usize, number: u32, leave_gap: bool) -> Result<Plan, Problem> {
        let series = self.sound(series, &[number])?;
        if !self.own_lessons(series).iter().any(|lesson| lesson.number == number) {
            return Err(Problem::NoLesson(number));
        }
        let close = |other: u32| other - u32::from(other > number && !leave_gap);
        let planned = if leave_gap { 0 } else { -1 };
        self.shifted(series, &Shift { lesson: &close, start: &close, planned, removed: Some(number), added: None })
    }

    /// The series, if its numbers are such that an order can be spoken of.
    fn sound(&self, series: usize, numbers: &[u32]) -> Result<&Series, Problem> {
        if numbers.contains(&0) {
            return Err(Problem::Zero);
        }
        let series = &self.model.series[series];
        let folder = self.model.texts[series.index].source.folder();
        let mut seen: BTreeMap<u32, &SourcePath> = BTreeMap::new();
        for path in self.snapshot.files.keys().filter(|path| path.folder() == folder) {
            let is_text = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
            let Some((number, _)) = lesson_name(path.name()).filter(|_| is_text) else { continue };
            if let Some(other) = seen.insert(number, path) {
                return Err(Problem::Twice(number, [other.clone(), path.clone()]));
            }
        }
        Ok(series)
    }

    fn shifted(&self, series: &Series, shift: &Shift<'_>) -> Result<Plan, Problem> {
        let lessons = self.own_lessons(series);
        let width = Width::of(lessons.iter().map(|lesson| self.file(lesson).name()));
        let mut renamed: BTreeMap<SourcePath, SourcePath> = BTreeMap::new();
        for lesson in lessons.iter().filter(|lesson| Some(lesson.number) != shift.removed) {
            let (file, number) = (self.file(lesson), (shift.lesson)(lesson.number));
            if number != lesson.number {
                renamed
                    .insert(file.clone(), SourcePath::new(format!("{}/{}", file.folder(), width.name(file, number))));
            }
        }
        let removed = lessons.iter().find(|lesson| Some(lesson.number) == shift.removed);
        let (mut edits, mut remarks) = (Edits::default(), Vec::new());
        let gone = removed.map(|lesson| lesson.text);
        for text in (0..self.model.texts.len()).filter(|text| Some(*text) != gone) {
            self.edit_file_links(text, &renamed, &mut edits)?;
            self.edit_claims(text, series, shift, &mut edits, &mut remarks)?;
        }
        let new_name = |lesson: usize| renamed.get(self.file(&self.model.lessons[lesson]));
        let wanted = |item: usize, name: &str| {
            let lesson = self.navigated(item)?.1?;
            let old = self.file(&self.model.lessons[lesson]);
            (name == crate::slug::nfc(old.name())).then(|| new_name(lesson).map(|path| path.name().to_owned()))?
        };
        self.edit_navigation(&wanted, &mut edits)?;
        self.edit_index(series, shift, &mut edits)?;
        let folder = self.model.texts[series.index].source.folder();
        let added = shift.added.as_ref().map(|(number, added)| {
            let name = format!("{}-{}.md", width.digits(*number), added.id);
            (SourcePath::new(format!("{folder}/{name}")), added.bytes.clone())
        });
        self.plan(edits, &renamed, removed.map(|lesson| self.file(lesson)), added, remarks)
    }

    /// Links by file name to lessons that are renamed.
    fn edit_file_links(
        &self,
        text: usize,
        renamed: &BTreeMap<SourcePath, SourcePath>,
        edits: &mut Edits,
    ) -> Result<(), Problem> {
        let wanted = |link: usize, name: &str| {
            let old = self.file(&self.model.lessons[self.linked(text, link)?]);
            let new = renamed.get(old)?;
            (name == crate::slug::nfc(old.name())).then(|| new.name().to_owned())
        };
        self.edit_targets(text, &wanted, edits)
    }

    /// Words that speak of a number, where what they say is true now.
    fn edit_claims(
        &self,
        text: usize,
        series: &Series,
        shift: &Shift<'_>,
        edits: &mut Edits,
        remarks: &mut Vec<Remark>,
    ) -> Result<(), Problem> {
        let node = &self.model.texts[text];
        let own_series = self.speaks_of(text).map(|at| &self.model.series[at].id) == Some(&series.id);
        let own = self.lesson_of(text).filter(|_| own_series).map(|lesson| lesson.number);
        let count = (series.total, u32::try_from(i64::from(series.total) + shift.planned).unwrap_or(series.total));
        // What is said, and where.
        let mut claims: Vec<(Span, u32)> = Vec::new();
        for seen in &node.text.facts.observations {
            match seen.seen {
                Seen::Prose(Claim::Exists(said)) if own_series && said <= series.total => {
                    claims.push((seen.span, said));
                }
                Seen::Prose(Claim::Own(said)) if own == Some(said) => claims.push((seen.span, said)),
                Seen::Prose(Claim::Total(said)) if own_series => self.recount(text, seen.span, said, count, edits)?,
                _ => {}
            }
        }
        let title = &node.text.front.title;
        if own.is_some() && ordinals::of_title(&title.value) == own {
            claims.extend(own.map(|said| (title.span, said)));
        }
        let source = self.source(&node.source)?;
        if let Some(Located { span, .. }) = node.text.front.description.as_ref().filter(|_| own_series) {
            let start = span.start as usize;
            for (place, claim) in ordinals::in_prose(source.get(span.range()).unwrap_or_default()) {
                let span = Span::new(start + place.start..start + place.end);
                match claim {
                    Claim::Exists(said) if said <= series.total => claims.push((span, said)),
                    Claim::Own(said) if own == Some(said) => claims.push((span, said)),
                    Claim::Total(said) => self.recount(text, span, said, count, edits)?,
                    _ => {}
                }
            }
        }
        // Whatever else a link says: where it calls the lesson that it leads to by its number, it speaks of the lesson.
        for (at, link) in node.text.facts.links.iter().enumerate() {
            let lesson = self.linked(text, at).map(|lesson| &self.model.lessons[lesson]);
            let Some(lesson) = lesson.filter(|lesson| self.model.series[lesson.series].id == series.id) else {
                continue;
            };
            let words = places::words(&source, link.target.span);
            let said = source.get(words.range()).unwrap_or_default();
            if ordinals::renumbered(said, lesson.number, lesson.number).is_some() {
                claims.push((words, lesson.number));
            }
        }
        let claimed = |place: &std::ops::Range<usize>| {
            claims.iter().any(|(span, _)| span.range().start <= place.start && place.end <= span.range().end)
        };
        for (place, said) in ordinals::all(&source).filter(|_| own_series) {
            let is_lesson = self.own_lessons(series).binary_search_by_key(&said, |lesson| lesson.number).is_ok();
            let becomes = (shift.removed != Some(said)).then(|| (shift.lesson)(said));
            if is_lesson && becomes != Some(said) && !claimed(&place) {
                let words = source.get(place.clone()).unwrap_or_default().to_owned();
                remarks.push(Remark { file: node.source.clone(), span: Span::new(place), words, becomes });
            }
        }
        for (span, said) in claims {
            if shift.removed == Some(said) {
                let words = source.get(span.range()).unwrap_or_default().to_owned();
                remarks.push(Remark { file: node.source.clone(), span, words, becomes: None });
            } else {
                self.renumber(&node.source, span, (said, (shift.lesson)(said)), edits)?;
            }
        }
        remarks.sort_by(|a, b| (&a.file, a.span).cmp(&(&b.file, b.span)));
        Ok(())
    }

    /// 「全110回」, where that is how many there are.
    fn recount(
        &self,
        text: usize,
        span: Span,
        said: u32,
        (total, new): (u32, u32),
        edits: &mut Edits,
    ) -> Result<(), Problem> {
        if said != total {
            return Ok(());
        }
        self.renumber(&self.model.texts[text].source, span, (said, new), edits)
    }

    /// Writes another number where one is said.
    fn renumber(
        &self,
        file: &SourcePath,
        span: Span,
        (from, to): (u32, u32),
        edits: &mut Edits,
    ) -> Result<(), Problem> {
        if from == to {
            return Ok(());
        }
        let source = self.source(file)?;
        let words = source.get(span.range()).unwrap_or_default();
        if let Some((place, with)) = ordinals::renumbered(words, from, to) {
            let start = span.start as usize;
            edits.add(file, Edit::new(start + place.start..start + place.end, with));
        }
        Ok(())
    }

    /// Where parts begin, and how many lessons are planned.
    fn edit_index(&self, series: &Series, shift: &Shift<'_>, edits: &mut Edits) -> Result<(), Problem> {
        let node = &self.model.texts[series.index];
        let Some(matter) = &node.text.front.series else { return Ok(()) };
        let starts = matter.parts.iter().map(|part| (&part.start, (shift.start)(part.start.value)));
        let planned = matter.planned.iter().map(|planned| {
            let new = i64::from(planned.value) + shift.planned;
            (planned, u32::try_from(new).unwrap_or(0).max(1))
        });
        let changed: Vec<_> = starts.chain(planned).filter(|(old, new)| old.value != *new).collect();
        if changed.is_empty() {
            return Ok(());
        }
        let source = self.source(&node.source)?;
        for (Located { value, span }, new) in changed {
            let there = source.get(span.range()).unwrap_or_default();
            let old = value.to_string();
            if let Some(at) = there.find(&old) {
                let start = span.start as usize + at;
                edits.add(&node.source, Edit::new(start..start + old.len(), new.to_string()));
            }
        }
        Ok(())
    }
}

/// Whether a lesson that is put in at `at` stands before a part that begins there after `close`, the closing of the gap
/// that it left.
fn before_edge(
    series: &Series,
    at: u32,
    usual: bool,
    edge: &Edge,
    close: impl Fn(u32) -> u32,
) -> Result<bool, Problem> {
    let Edge::Part(title) = edge else { return Ok(usual) };
    let parts = &series.parts;
    let later = parts.iter().position(|part| close(part.from) == at);
    let around = match later {
        Some(later) => vec![later.checked_sub(1), Some(later)],
        None => vec![parts.iter().rposition(|part| close(part.from) <= at)],
    };
    let titles = |at: &Option<usize>| at.and_then(|at| parts.get(at)).map(|part| part.title.clone());
    match around.iter().position(|at| titles(at).as_ref() == Some(title)) {
        Some(0) if later.is_some() => Ok(true),
        Some(_) => Ok(false),
        None => Err(Problem::WrongPart(title.clone(), around.iter().filter_map(titles).collect())),
    }
}

/// The first number from `from` on that none of `lessons`, which are sorted by number, has.
fn free(lessons: &[Lesson], from: u32) -> u32 {
    let taken = lessons.iter().map(|lesson| lesson.number).filter(|number| *number >= from);
    taken.zip(from..).take_while(|(number, wanted)| number == wanted).last().map_or(from, |(number, _)| number + 1)
}

/// How many digits the numbers of a series have in the names of its files.
struct Width(usize);

impl Width {
    /// What the names show: how far numbers are filled with zeros, or that they are not.
    fn of<'n>(names: impl Iterator<Item = &'n str>) -> Self {
        let digits: Vec<&str> = names.map(|name| name.split('-').next().unwrap_or_default()).collect();
        let filled = digits.iter().filter(|digits| digits.starts_with('0')).map(|digits| digits.len()).max();
        let bare = digits.iter().any(|digits| digits.len() < USUAL);
        Self(filled.unwrap_or(if bare { 1 } else { USUAL }))
    }

    fn digits(&self, number: u32) -> String {
        let width = self.0;
        format!("{number:0width$}")
    }

    /// The name of `file` with another number. One that has fewer digits than the others keeps so many.
    fn name(&self, file: &SourcePath, number: u32) -> String {
        let (digits, rest) = file.name().split_once('-').unwrap_or((file.name(), ""));
        let width = digits.len().min(self.0);
        format!("{number:0width$}-{rest}")
    }
}

/// Digits of numbers in a series that has none yet.
const USUAL: usize = 3;
