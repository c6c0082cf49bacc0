//! Lessons by their ids, for links that name no file.

use std::collections::HashMap;

use super::links::Miss;
use super::series::HiddenIds;
use super::{SiteModel, State, names};
use crate::diag::nearest;
use crate::path::SourcePath;
use crate::slug::nfc;

/// Which lessons have which id.
#[derive(Debug, Clone, Default)]
pub(super) struct Ids {
    known: HashMap<String, Vec<Known>>,
}

/// A lesson.
#[derive(Debug, Clone)]
struct Known {
    /// Its series.
    series: String,
    /// The index of its text, or why it is not published.
    text: Result<usize, State>,
}

impl Ids {
    pub(super) fn new(model: &SiteModel, hidden: &HiddenIds) -> Self {
        let mut ids = Self::default();
        for lesson in &model.lessons {
            let series = model.series[lesson.series].id.clone();
            ids.known.entry(lesson.id.clone()).or_default().push(Known { series, text: Ok(lesson.text) });
        }
        for (series, lessons) in hidden {
            for (id, _, state) in lessons {
                let known = Known { series: series.clone(), text: Err(*state) };
                ids.known.entry(id.clone()).or_default().push(known);
            }
        }
        ids
    }

    /// The text that `typed` means in the text at `from`: `id`, of its own series if that has one, else of any other;
    /// or `series/id`.
    pub(super) fn find(&self, model: &SiteModel, from: usize, typed: &str) -> Result<usize, Miss> {
        let typed = nfc(typed);
        let (series, id) = typed.rsplit_once('/').map_or((None, &*typed), |(series, id)| (Some(series), id));
        let known = self.known.get(id).map_or(&[][..], Vec::as_slice);
        let own = series_of(&model.texts[from].source);
        let wanted = series.map_or(own.as_str(), |series| series);
        if let Some(known) = known.iter().find(|known| known.series == wanted) {
            return known.text.map_err(Miss::Hidden);
        }
        let others = if series.is_none() { known } else { &[] };
        let mut shown = others.iter().filter_map(|known| Some((known.series.as_str(), known.text.ok()?)));
        match (shown.next(), shown.next()) {
            (Some((_, text)), None) => Ok(text),
            (None, _) => {
                if let Some(Known { text: Err(state), .. }) = others.first() {
                    return Err(Miss::Hidden(*state));
                }
                let there = series.and_then(|series| self.suggest_in(series, id));
                let typed = if series.is_some() { id } else { &typed };
                Err(Miss::NoId { nearest: there.or_else(|| self.suggest(model, &own, typed)) })
            }
            (Some(first), Some(second)) => {
                let all = [first, second].into_iter().chain(shown);
                Err(Miss::Several(all.map(|(series, text)| (format!("{series}/{id}"), text)).collect()))
            }
        }
    }

    /// What was meant by `series/id`: an id of that series spelled wrong.
    fn suggest_in(&self, series: &str, id: &str) -> Option<String> {
        let there = |known: &[Known]| known.iter().any(|known| known.series == series);
        let mut known: Vec<&str> =
            self.known.iter().filter(|(_, known)| there(known)).map(|(id, _)| id.as_str()).collect();
        known.sort_unstable();
        nearest(id, known).map(|id| format!("{series}/{id}"))
    }

    /// What was meant by `typed`: a lesson's number, file name or title in place of its id, or an id spelled wrong.
    fn suggest(&self, model: &SiteModel, own: &str, typed: &str) -> Option<String> {
        let stem = typed.strip_suffix(".md").unwrap_or(typed);
        let stem = names::lesson_name(&format!("{stem}.md")).map_or_else(|| stem.to_owned(), |(_, id)| id);
        if self.known.contains_key(&stem) {
            return Some(stem);
        }
        let number: Option<u32> = typed.parse().ok();
        let meant = model.lessons.iter().find(|lesson| {
            let series = &model.series[lesson.series].id;
            (series == own && Some(lesson.number) == number) || model.texts[lesson.text].text.front.title.value == typed
        });
        if let Some(lesson) = meant {
            return Some(lesson.id.clone());
        }
        let mut known: Vec<&str> = self.known.keys().map(String::as_str).collect();
        known.sort_unstable();
        nearest(&stem, known).map(str::to_owned)
    }
}

/// The series whose folder holds `source`, whether or not it is one.
fn series_of(source: &SourcePath) -> String {
    nfc(source.folder().strip_prefix("content").unwrap_or_default().trim_start_matches('/'))
}
