//! `hiketsu stats`: how far the site has come, for people and as JSON.

use super::args;
use super::failure::Failure;
use super::survey::{survey, warn};
use super::table::{Align, aligned};
use super::words::{self, Say};
use super::{Session, list};
use crate::diag::Lang;
use crate::report::{Due, Page, Report, SeriesStats, Standing, Stats, TaxonomySpread, What};

/// The longest bar.
const BAR: usize = 24;

/// Of a list that may be long, so many are shown; `--json` has all.
const SHOWN: usize = 20;

/// `hiketsu stats`.
pub(super) fn stats(session: &mut Session<'_>, typed: &args::Stats) -> Result<(), Failure> {
    let survey = survey(session, typed.at.as_deref())?;
    let stats = Report::of(&survey.site, &survey.texts, survey.now).stats;
    let text = if typed.json {
        let json = serde_json::to_string_pretty(&stats).expect("texts and numbers serialise");
        format!("{json}\n")
    } else {
        let room = session.environment.width.filter(|_| session.environment.stdout_terminal);
        shown(&stats, room, session.ui.lang)
    };
    session.ui.print(&text)?;
    warn(session, &survey)
}

fn shown(stats: &Stats, room: Option<usize>, lang: Lang) -> String {
    let mut paragraphs: Vec<String> = Vec::new();
    if stats.series.is_empty() {
        paragraphs.push(format!("{}\n", words::NO_LESSONS.in_lang(lang)));
    }
    paragraphs.extend(stats.series.iter().map(|series| of_series(series, room, lang)));
    paragraphs.extend(stats.taxonomies.iter().map(|taxonomy| of_taxonomy(taxonomy, room, lang)));
    paragraphs.extend(of_pages(&stats.unlinked, words::UNLINKED, room, lang));
    paragraphs.extend(of_pages(&stats.orphans, words::ORPHANS, room, lang));
    paragraphs.push(of_upcoming(&stats.upcoming, room, lang));
    paragraphs.join("\n")
}

fn of_series(series: &SeriesStats, room: Option<usize>, lang: Lang) -> String {
    let percent = (series.written * 100).checked_div(series.total).unwrap_or(0);
    let figures: &[(&'static str, &dyn std::fmt::Display)] =
        &[("title", &series.title), ("written", &series.written), ("total", &series.total), ("percent", &percent)];
    let states = [
        (Standing::Published, series.published),
        (Standing::Scheduled, series.scheduled),
        (Standing::Draft, series.drafts),
        (Standing::Expired, series.expired),
        (Standing::Planned, series.planned),
    ];
    let states: Vec<String> = states
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| format!("{} {count}", list::state(state).in_lang(lang)))
        .collect();
    let (characters, time) = (grouped(series.characters), reading(series.minutes, lang));
    let mut out = format!(
        "{}\n  {}\n  {}\n",
        words::STATS_SERIES.with(lang, figures),
        states.join(" · "),
        words::STATS_LENGTH.with(lang, &[("characters", &characters), ("time", &time)]),
    );
    let named = series.parts.iter().any(|part| !part.title.is_empty());
    if named {
        let lines: Vec<Vec<String>> = series
            .parts
            .iter()
            .map(|part| {
                let total = (part.to + 1).saturating_sub(part.from) as usize;
                let numbers = format!("{}–{}", part.from, part.to);
                let title = if part.title.is_empty() { "-".to_owned() } else { part.title.clone() };
                vec![numbers, title, format!("{}/{total}", part.written), bar(part.written, total)]
            })
            .collect();
        push(&mut out, &lines, &[Align::Right, Align::Cut, Align::Right, Align::Left], room);
    }
    out
}

fn of_taxonomy(taxonomy: &TaxonomySpread, room: Option<usize>, lang: Lang) -> String {
    let mut out = words::STATS_TERMS.with(lang, &[("label", &taxonomy.label), ("terms", &taxonomy.terms.len())]);
    if taxonomy.without > 0 {
        out.push_str(&words::STATS_WITHOUT.with(lang, &[("without", &taxonomy.without)]));
    }
    out.push('\n');
    let most = taxonomy.terms.iter().map(|term| term.lessons).max().unwrap_or(0);
    let lines: Vec<Vec<String>> = taxonomy
        .terms
        .iter()
        .map(|term| vec![term.name.clone(), term.lessons.to_string(), bar(term.lessons, most)])
        .collect();
    push(&mut out, &lines, &[Align::Cut, Align::Right, Align::Left], room);
    out
}

fn of_pages(pages: &[Page], say: Say, room: Option<usize>, lang: Lang) -> Option<String> {
    if pages.is_empty() {
        return None;
    }
    let mut out = say.with(lang, &[("count", &pages.len())]);
    out.push('\n');
    let lines: Vec<Vec<String>> = pages
        .iter()
        .take(SHOWN)
        .map(|page| {
            let number = page.number.map_or_else(|| "-".to_owned(), |number| number.to_string());
            vec![number, page.title.clone(), page.file.clone()]
        })
        .collect();
    push(&mut out, &lines, &[Align::Right, Align::Cut, Align::Left], room);
    more(&mut out, pages.len(), lang);
    Some(out)
}

fn of_upcoming(upcoming: &[Due], room: Option<usize>, lang: Lang) -> String {
    let Some(first) = upcoming.first() else { return format!("{}\n", words::NOTHING_DUE.in_lang(lang)) };
    let mut out = format!("{}\n", words::UPCOMING.in_lang(lang));
    let lines: Vec<Vec<String>> = upcoming
        .iter()
        .take(SHOWN)
        .map(|due| {
            let what = match due.what {
                What::Appears => words::APPEARS,
                What::Disappears => words::DISAPPEARS,
            };
            vec![due.at.clone(), what.in_lang(lang).to_owned(), due.title.clone(), due.file.clone()]
        })
        .collect();
    push(&mut out, &lines, &[Align::Left, Align::Left, Align::Cut, Align::Left], room);
    more(&mut out, upcoming.len(), lang);
    out.push_str(&words::NEXT_REBUILD.with(lang, &[("at", &first.at)]));
    out.push('\n');
    out
}

fn push(out: &mut String, lines: &[Vec<String>], columns: &[Align], room: Option<usize>) {
    for line in aligned(lines, columns, room.map(|room| room.saturating_sub(2))) {
        out.extend(["  ", &*line, "\n"]);
    }
}

fn more(out: &mut String, count: usize, lang: Lang) {
    if count > SHOWN {
        out.extend(["  ", &*words::AND_MORE.with(lang, &[("count", &(count - SHOWN))]), "\n"]);
    }
}

/// A bar as long as `part` of `whole`; the least is one cell, so that one lesson is seen beside a hundred.
fn bar(part: usize, whole: usize) -> String {
    let cells = (part * BAR).checked_div(whole).unwrap_or(0);
    "█".repeat(if part > 0 { cells.max(1) } else { 0 })
}

/// `84210` as `84,210`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Minutes as people say them.
fn reading(minutes: u64, lang: Lang) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, lang) {
        (0, Lang::Ja) => format!("{rest} 分"),
        (0, Lang::En) => format!("{rest} min"),
        (_, Lang::Ja) => format!("{hours} 時間 {rest} 分"),
        (_, Lang::En) => format!("{hours} h {rest} min"),
    }
}
