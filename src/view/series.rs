//! The pages on which a series is read: home, contents, lesson, takeaways.

use super::dates::day;
use super::shared::authors_of;
use super::views::{Data, View, Views};
use super::{Contents, Crumb, Entry, Lesson, Part, Takeaway};
use crate::path::Route;
use crate::site::{self, State, part_anchor};

/// Lessons on the home page; where a series has more, only its parts are listed there.
const HOME_LIMIT: usize = 150;
/// Newest lessons on the home page.
const LATEST: usize = 5;

impl Views<'_> {
    pub(super) fn home(&self) -> View {
        let model = self.model;
        let mut page = self.blank("home", &Route::home(), model.config.title.clone());
        page.head_title.clone_from(&model.config.title);
        let mut template = "home.html".to_owned();
        // A series in `content/` itself has the home page for its introduction.
        let body = model
            .home
            .or_else(|| model.series.iter().find(|series| series.route == Route::home()).map(|series| series.index));
        if let Some(text) = body {
            self.dress(&mut page, text, &mut template);
        }
        let described = body.is_some_and(|text| model.texts[text].text.front.description.is_some());
        if !described {
            page.description.clone_from(&model.config.description);
        }
        let contents = (0..model.series.len())
            .map(|at| {
                let shortened = model.series[at].lessons.len() > HOME_LIMIT && model.series[at].route != Route::home();
                self.contents(at, shortened)
            })
            .collect();
        let latest = self.newest.iter().take(LATEST).map(|at| self.cards[*at].clone()).collect();
        View::new(Route::home(), &template, page, Data::Home { contents, latest }, body)
    }

    pub(super) fn series(&self, at: usize) -> View {
        let series = &self.model.series[at];
        let title = self.series[at].title.clone();
        let mut page = self.blank("series", &series.route, title.clone());
        let mut template = "series.html".to_owned();
        self.dress(&mut page, series.index, &mut template);
        page.breadcrumb = self.trail(vec![(title, None)]);
        let data = Data::Series { series: self.contents(at, false) };
        View::new(series.route.clone(), &template, page, data, Some(series.index))
    }

    fn contents(&self, at: usize, shortened: bool) -> Contents {
        let series = &self.model.series[at];
        let description = &self.model.texts[series.index].text.front.description;
        Contents {
            link: self.series[at].clone(),
            description: description.as_ref().map(|description| description.value.clone()).unwrap_or_default(),
            parts: series.parts.iter().map(|part| self.part(series, part, shortened)).collect(),
            shortened,
        }
    }

    fn part(&self, series: &site::Series, part: &site::Part, shortened: bool) -> Part {
        let lessons = &self.model.lessons[series.lessons.clone()];
        let first = lessons.partition_point(|lesson| lesson.number < part.from);
        let last = lessons.partition_point(|lesson| lesson.number <= part.to);
        let mut entries = Vec::new();
        let mut expected = part.from;
        let gap = |entries: &mut Vec<Entry>, from: u32, to: u32| {
            if from <= to {
                entries.push(Entry { lesson: None, from, to });
            }
        };
        if !shortened {
            for (offset, lesson) in lessons[first..last].iter().enumerate() {
                gap(&mut entries, expected, lesson.number - 1);
                let card = self.cards[series.lessons.start + first + offset].clone();
                entries.push(Entry { lesson: Some(card), from: lesson.number, to: lesson.number });
                expected = lesson.number + 1;
            }
            gap(&mut entries, expected, part.to);
        }
        Part {
            title: part.title.clone(),
            anchor: part_anchor(part.from),
            description: part.description.clone(),
            from: part.from,
            to: part.to,
            count: u32::try_from(last - first).unwrap_or(u32::MAX),
            entries,
        }
    }

    pub(super) fn lesson(&self, at: usize) -> View {
        let model = self.model;
        let lesson = &model.lessons[at];
        let series = &model.series[lesson.series];
        let node = &model.texts[lesson.text];
        let front = &node.text.front;
        let part = series
            .parts
            .iter()
            .find(|part| part.from <= lesson.number && lesson.number <= part.to && !part.title.is_empty());
        let mut page = self.blank("lesson", &node.route, front.title.value.clone());
        let mut template = "lesson.html".to_owned();
        self.dress(&mut page, lesson.text, &mut template);
        let link = &self.series[lesson.series];
        page.breadcrumb = self.trail(vec![(link.title.clone(), Some(&series.route))]);
        if let Some(part) = part {
            let path = format!("{}#{}", series.route.encoded(), part_anchor(part.from));
            page.breadcrumb.push(Crumb { title: part.title.clone(), path: Some(path) });
        }
        page.breadcrumb
            .push(Crumb { title: self.word_with("lesson_n", &[("n", lesson.number.to_string())]), path: None });
        let card = |at: Option<usize>| at.filter(|at| series.lessons.contains(at)).map(|at| self.cards[at].clone());
        let data = Lesson {
            number: lesson.number,
            id: lesson.id.clone(),
            series: link.clone(),
            part: part.map(|part| part.title.clone()),
            previous: card(at.checked_sub(1)),
            next: card(Some(at + 1)),
            date: self.cards[at].date.clone(),
            updated: front.updated.as_ref().map(|updated| day(updated.value, self.words)),
            minutes: node.text.facts.minutes,
            authors: authors_of(front, &model.config),
            terms: self.terms[at].clone(),
            requires: lesson.requires.iter().map(|at| self.cards[*at].clone()).collect(),
            unpublished: node.state != State::Published,
            checks: node.text.facts.checks,
        };
        View::new(node.route.clone(), &template, page, Data::Lesson { lesson: Box::new(data) }, Some(lesson.text))
    }

    pub(super) fn takeaways(&self, at: usize) -> View {
        let model = self.model;
        let series = &model.series[at];
        let route = series.takeaways.clone().unwrap_or_else(Route::home);
        let title = self.word("takeaways");
        let mut page = self.blank("takeaways", &route, title.clone());
        page.description = self.word_with("takeaways_description", &[("title", self.series[at].title.clone())]);
        page.breadcrumb = self.trail(vec![(self.series[at].title.clone(), Some(&series.route)), (title, None)]);
        let mut texts = Vec::new();
        let mut takeaways = Vec::new();
        for lesson in series.lessons.clone() {
            let text = model.lessons[lesson].text;
            if !model.texts[text].text.takeaways.is_empty() {
                texts.push(text);
                takeaways.push(Takeaway { lesson: self.cards[lesson].clone(), content: String::new() });
            }
        }
        let data = Data::Takeaways { series: self.series[at].clone(), takeaways };
        let mut view = View::new(route, "takeaways.html", page, data, None);
        view.takeaways = texts;
        view
    }
}
