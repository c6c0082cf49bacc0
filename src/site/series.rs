//! Series: which folders are one, their lessons in order, their parts, and what is held back.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{HeldBack, Lesson, Moment, SiteModel, State, TextInput, names};
use crate::content::Role;
use crate::diag::catalogue::site as codes;
use crate::diag::{Diagnostic, Fault, nearest};
use crate::path::{Route, SourcePath};
use crate::slug::nfc;
use crate::text::{Located, Span};

/// A published series.
#[derive(Debug, Clone)]
pub struct Series {
    /// Its folder's path below `content/`, in NFC: `secrets`.
    pub id: String,
    /// Index into [`SiteModel::texts`]: its `_index.md`.
    pub index: usize,
    /// Its lessons: a run of [`SiteModel::lessons`].
    pub lessons: Range<usize>,
    /// Its planned length, or its highest number where that is more.
    pub total: u32,
    /// Its parts, in order. Lessons before the first part stand in one without a title.
    pub parts: Vec<Part>,
    /// Its contents page.
    pub route: Route,
    /// Its page of takeaways, where any lesson has them.
    pub takeaways: Option<Route>,
}

/// A named run of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Empty for lessons before the first named part.
    pub title: String,
    /// May be empty.
    pub description: String,
    /// First and last number.
    pub from: u32,
    /// The last number, planned ones included.
    pub to: u32,
}

/// A text that is shown, and where.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) route: Route,
    pub(super) state: State,
}

/// A series before its texts have their place in the model.
#[derive(Debug)]
pub(super) struct Draft {
    id: String,
    index: usize,
    /// Shown lessons by number: id and file.
    lessons: Vec<(u32, String, usize)>,
    highest: u32,
}

/// A text that is not shown.
#[derive(Debug)]
pub(super) struct Hidden {
    pub(super) source: SourcePath,
    /// Where it would lie.
    pub(super) route: Route,
    pub(super) state: State,
}

/// All texts, sorted out.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    /// Shown texts, by index into the input, ascending.
    pub(super) placed: Vec<(usize, Placed)>,
    pub(super) series: Vec<Draft>,
    pub(super) held_back: Vec<HeldBack>,
    /// Texts that are not shown.
    pub(super) hidden: Vec<Hidden>,
    /// Ids of held back lessons, by series.
    pub(super) hidden_ids: HiddenIds,
}

/// Held back lessons by series: id, number, and why.
pub(super) type HiddenIds = BTreeMap<String, Vec<(String, u32, State)>>;

/// Sorts `texts` into series, lessons and pages, shown and hidden.
pub(super) fn sort(texts: &[TextInput], moment: &Moment, faults: &mut Vec<Diagnostic>) -> Sorted {
    let folders: BTreeMap<&str, usize> = texts
        .iter()
        .enumerate()
        .filter(|(_, input)| input.role == Role::Index && input.text.front.series.is_some())
        .map(|(at, input)| (input.source.folder(), at))
        .collect();
    let mut members: BTreeMap<usize, Vec<usize>> = folders.values().map(|index| (*index, Vec::new())).collect();
    let mut sorted = Sorted::default();
    for (at, input) in texts.iter().enumerate() {
        let folder = input.source.folder();
        let is_index = folders.get(folder) == Some(&at);
        let above = ancestors(folder).find_map(|above| folders.get(above));
        match (above, is_index) {
            (Some(outer), true) => faults.push(
                Fault::new(&codes::NESTED_SERIES, Span::default())
                    .arg("series", texts[*outer].source.folder())
                    .in_file(&input.source),
            ),
            (Some(outer), false) if !folders.contains_key(folder) => faults.push(
                Fault::new(&codes::NESTED_LESSON, Span::default())
                    .arg("series", texts[*outer].source.folder())
                    .in_file(&input.source),
            ),
            (None, true) => {}
            _ => match folders.get(folder) {
                Some(index) => members.entry(*index).or_default().push(at),
                None => sort_page(at, input, moment, &mut sorted, faults),
            },
        }
    }
    numbered_without_series(texts, &folders, faults);
    for (index, lessons) in members {
        sort_series(texts, index, &lessons, moment, &mut sorted, faults);
    }
    sorted.placed.sort_by_key(|(file, _)| *file);
    sorted
}

/// Reports each folder whose files are named like lessons (`001-…`) but that is no series: the line that makes it one
/// was forgotten.
fn numbered_without_series(texts: &[TextInput], series: &BTreeMap<&str, usize>, faults: &mut Vec<Diagnostic>) {
    let mut reported = None;
    for input in texts {
        let folder = input.source.folder();
        let numbered = input.source.name().starts_with('0') && names::lesson_name(input.source.name()).is_some();
        let inside = series.contains_key(folder) || ancestors(folder).any(|above| series.contains_key(above));
        if numbered && !inside && reported != Some(folder) {
            reported = Some(folder);
            faults.push(Fault::new(&codes::NO_SERIES, Span::default()).arg("folder", folder).in_file(&input.source));
        }
    }
}

/// The folders above `folder`, the nearest first.
fn ancestors(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(folder.rsplit_once('/').map(|(above, _)| above), |above| {
        above.rsplit_once('/').map(|(above, _)| above)
    })
}

fn sort_page(at: usize, input: &TextInput, moment: &Moment, sorted: &mut Sorted, faults: &mut Vec<Diagnostic>) {
    only_for_lessons(input, faults);
    let route = names::page_route(&input.source, faults);
    let state = State::of(&input.text.front, moment.now);
    if state.shown(moment.drafts) {
        sorted.placed.push((at, Placed { route, state }));
    } else {
        sorted.hidden.push(Hidden { source: input.source.clone(), route, state });
    }
}

/// Reports fields that only lessons have.
fn only_for_lessons(input: &TextInput, faults: &mut Vec<Diagnostic>) {
    let front = &input.text.front;
    let mut report = |field: &str, span| {
        faults.push(Fault::new(&codes::ONLY_FOR_LESSONS, span).arg("field", field).in_file(&input.source));
    };
    for (key, terms) in &front.terms {
        if let Some(first) = terms.first() {
            report(key, first.span);
        }
    }
    if let Some(first) = front.requires.first() {
        report("requires", first.span);
    }
}

fn sort_series(
    texts: &[TextInput],
    index: usize,
    files: &[usize],
    moment: &Moment,
    sorted: &mut Sorted,
    faults: &mut Vec<Diagnostic>,
) {
    let input = &texts[index];
    only_for_lessons(input, faults);
    let id = names::folder_route(&input.source, faults).trim_end_matches('/').to_owned();
    let own = State::of(&input.text.front, moment.now);
    let mut lessons = Vec::new();
    for at in files {
        let input = &texts[*at];
        match names::lesson_name(input.source.name()) {
            Some((number, lesson)) => {
                names::check(&lesson, &input.source, faults);
                lessons.push((number, lesson, *at));
            }
            None => faults.push(Fault::new(&codes::NOT_NUMBERED, Span::default()).in_file(&input.source)),
        }
    }
    lessons.sort();
    duplicates(texts, &mut lessons, faults);
    let highest = lessons.last().map_or(0, |(number, ..)| *number);
    planned(input, &lessons, texts, faults);
    let title = &input.text.front.title.value;
    let mut shown = Vec::with_capacity(lessons.len());
    for (number, lesson, at) in lessons {
        let input = &texts[at];
        // A series that is not published hides its lessons.
        let state = match own {
            State::Published => State::of(&input.text.front, moment.now),
            own => own,
        };
        let route = Route::new(if id.is_empty() { format!("{lesson}/") } else { format!("{id}/{lesson}/") });
        if state.shown(moment.drafts) {
            sorted.placed.push((at, Placed { route, state }));
            shown.push((number, lesson, at));
            continue;
        }
        sorted.hidden.push(Hidden { source: input.source.clone(), route, state });
        sorted.hidden_ids.entry(id.clone()).or_default().push((lesson.clone(), number, state));
        sorted.held_back.push(HeldBack {
            source: input.source.clone(),
            text: input.text.clone(),
            series: title.clone(),
            number,
            id: lesson,
            state,
        });
    }
    let route = names::page_route(&input.source, &mut Vec::new());
    if !own.shown(moment.drafts) {
        sorted.hidden.push(Hidden { source: input.source.clone(), route, state: own });
        return;
    }
    if shown.is_empty() {
        faults.push(Fault::new(&codes::EMPTY_SERIES, Span::default()).in_file(&input.source));
    }
    sorted.placed.push((index, Placed { route, state: own }));
    sorted.series.push(Draft { id, index, lessons: shown, highest });
}

/// Reports lessons with one number or one id; the later of two by file name is left out.
fn duplicates(texts: &[TextInput], lessons: &mut Vec<(u32, String, usize)>, faults: &mut Vec<Diagnostic>) {
    let mut numbers: BTreeMap<u32, usize> = BTreeMap::new();
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    lessons.retain(|(number, id, at)| {
        let source = &texts[*at].source;
        let mut report = |fault: Fault, other: usize| {
            faults.push(fault.in_file(source).also(&texts[other].source, Span::default()));
            false
        };
        if let Some(other) = numbers.get(number) {
            return report(Fault::new(&codes::DUPLICATE_NUMBER, Span::default()).arg("number", number), *other);
        }
        if let Some(other) = ids.get(id) {
            return report(Fault::new(&codes::DUPLICATE_ID, Span::default()).arg("id", id), *other);
        }
        numbers.insert(*number, *at);
        ids.insert(id.clone(), *at);
        true
    });
}

fn planned(index: &TextInput, lessons: &[(u32, String, usize)], texts: &[TextInput], faults: &mut Vec<Diagnostic>) {
    let Some(series) = &index.text.front.series else { return };
    let Some(planned) = &series.planned else { return };
    // One report is enough: the number to set is the highest.
    if let Some((number, _, at)) = lessons.last().filter(|(number, ..)| *number > planned.value) {
        faults.push(
            Fault::new(&codes::BEYOND_PLANNED, planned.span)
                .arg("number", number)
                .arg("planned", planned.value)
                .in_file(&index.source)
                .also(&texts[*at].source, Span::default()),
        );
    }
}

/// Gives the series and their lessons their place in the model, whose texts are complete.
pub(super) fn place(model: &mut SiteModel, drafts: Vec<Draft>, hidden: &HiddenIds, faults: &mut Vec<Diagnostic>) {
    let by_file: BTreeMap<usize, usize> = model.texts.iter().enumerate().map(|(at, node)| (node.file, at)).collect();
    let mut in_series = vec![false; model.texts.len()];
    for draft in drafts {
        let index = by_file[&draft.index];
        let start = model.lessons.len();
        for (number, id, file) in draft.lessons {
            let text = by_file[&file];
            in_series[text] = true;
            model.lessons.push(Lesson { text, series: model.series.len(), number, id, requires: Vec::new() });
        }
        in_series[index] = true;
        require(model, start, hidden.get(&draft.id).map_or(&[], Vec::as_slice), faults);
        let node = &model.texts[index];
        let matter = node.text.front.series.clone().unwrap_or_default();
        let total = matter.planned.as_ref().map_or(0, |planned| planned.value).max(draft.highest);
        let mut parts: Vec<Part> = Vec::new();
        for part in &matter.parts {
            if part.start.value > total {
                // Where a length is planned, the head of the file was told already.
                if matter.planned.is_none() {
                    faults.push(
                        Fault::new(&codes::PART_BEYOND, part.start.span)
                            .arg("part", &part.title)
                            .arg("start", part.start.value)
                            .arg("total", total)
                            .in_file(&node.source),
                    );
                }
                continue;
            }
            parts.push(Part {
                title: part.title.clone(),
                description: part.description.clone(),
                from: part.start.value,
                to: total,
            });
        }
        parts.sort_by_key(|part| part.from);
        if parts.first().is_none_or(|first| first.from > 1) && total > 0 {
            parts.insert(0, Part { title: String::new(), description: String::new(), from: 1, to: total });
        }
        for at in 1..parts.len() {
            parts[at - 1].to = parts[at].from.saturating_sub(1);
        }
        let lessons = start..model.lessons.len();
        let taught =
            model.lessons[lessons.clone()].iter().any(|lesson| !model.texts[lesson.text].text.takeaways.is_empty());
        model.series.push(Series {
            index,
            lessons,
            total,
            parts,
            takeaways: taught.then(|| Route::new(format!("{}takeaways/", node.route))),
            route: node.route.clone(),
            id: draft.id,
        });
    }
    for (at, node) in model.texts.iter().enumerate() {
        if node.route == Route::home() && !in_series[at] {
            model.home = Some(at);
        } else if !in_series[at] {
            model.pages.push(at);
        }
    }
}

/// Resolves `requires` of the lessons from `start` on, which are one series.
fn require(model: &mut SiteModel, start: usize, hidden: &[(String, u32, State)], faults: &mut Vec<Diagnostic>) {
    let ids: BTreeMap<String, usize> =
        model.lessons.iter().enumerate().skip(start).map(|(at, lesson)| (lesson.id.clone(), at)).collect();
    for at in start..model.lessons.len() {
        let lesson = &model.lessons[at];
        let node = &model.texts[lesson.text];
        let mut requires = Vec::new();
        for required in &node.text.front.requires {
            let later = |other: u32| {
                Fault::new(&codes::REQUIRED_LATER, required.span)
                    .arg("id", &required.value)
                    .arg("other", other)
                    .arg("number", lesson.number)
                    .in_file(&node.source)
            };
            let id = nfc(&required.value);
            match ids.get(&id) {
                Some(other) if *other < at => requires.push(*other),
                Some(other) => {
                    let other = &model.lessons[*other];
                    faults.push(later(other.number).also(&model.texts[other.text].source, Span::default()));
                }
                None => match hidden.iter().find(|(hidden, ..)| *hidden == id) {
                    Some((_, number, _)) if *number >= lesson.number => faults.push(later(*number)),
                    Some((_, _, state)) => faults.push(unpublished(required, *state, &node.source)),
                    None => faults.push(unknown(required, ids.keys(), &node.source)),
                },
            }
        }
        model.lessons[at].requires = requires;
    }
}

fn unpublished(required: &Located<String>, state: State, source: &SourcePath) -> Diagnostic {
    Fault::new(&codes::UNPUBLISHED_LINK, required.span)
        .arg("target", &required.value)
        .arg("field", state.field())
        .in_file(source)
}

fn unknown<'a>(required: &Located<String>, known: impl Iterator<Item = &'a String>, source: &SourcePath) -> Diagnostic {
    Fault::new(&codes::UNKNOWN_REQUIRED, required.span)
        .arg("id", &required.value)
        .arg_opt("nearest", nearest(&required.value, known.map(String::as_str)))
        .in_file(source)
}
