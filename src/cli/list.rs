//! `hiketsu list`: the lessons as a table, or as JSON.

use serde_json::Value;

use super::args::{self, Column, StateName};
use super::failure::Failure;
use super::survey::survey;
use super::table::{Align, aligned, tabbed};
use super::{Session, words};
use crate::diag::{Lang, nearest};
use crate::report::{Report, Row, Standing};

/// What is shown where nobody asks for more.
const COLUMNS: [Column; 7] =
    [Column::Number, Column::Id, Column::Title, Column::Date, Column::State, Column::Tags, Column::File];

/// `hiketsu list`.
pub(super) fn list(session: &mut Session<'_>, typed: &args::List) -> Result<(), Failure> {
    let lang = session.ui.lang;
    let survey = survey(session, typed.at.as_deref())?;
    let report = Report::of(&survey.site, &survey.texts, survey.now);
    let rows = chosen(report.lessons, typed, lang)?;
    let columns = if typed.columns.is_empty() { &COLUMNS[..] } else { &typed.columns };
    let terminal = session.environment.stdout_terminal;
    if typed.json {
        let json = json(&rows, &typed.columns);
        session.ui.print(&format!("{json}\n"))?;
    } else if rows.is_empty() {
        session.ui.note(if is_filtered(typed) { words::NO_SUCH_LESSONS } else { words::NO_LESSONS }.in_lang(lang))?;
    } else if !terminal && !typed.columns.is_empty() {
        // Who names columns and reads them by a program wants nothing else.
        let lines: Vec<Vec<String>> = rows.iter().map(|row| cells(row, columns, lang)).collect();
        session.ui.print(&tabbed(&lines))?;
    } else {
        let room = session.environment.width.filter(|_| terminal);
        session.ui.print(&table(&rows, columns, room, lang))?;
    }
    super::survey::warn(session, &survey)
}

fn is_filtered(typed: &args::List) -> bool {
    !typed.state.is_empty() || !typed.tag.is_empty() || typed.part.is_some() || typed.series.is_some()
}

/// The lessons that were asked for; numbers that are only planned are there where they were.
fn chosen(mut rows: Vec<Row>, typed: &args::List, lang: Lang) -> Result<Vec<Row>, Failure> {
    known("--tag", &typed.tag, rows.iter().flat_map(|row| row.tags.iter().map(String::as_str)), lang)?;
    known("--series", typed.series.as_slice(), rows.iter().flat_map(|row| [&*row.series_id, &*row.series]), lang)?;
    if let Some(series) = &typed.series {
        rows.retain(|row| row.series_id == *series || row.series == *series);
    }
    known("--part", typed.part.as_slice(), rows.iter().filter_map(|row| row.part.as_deref()), lang)?;
    rows.retain(|row| {
        let state = if typed.state.is_empty() {
            row.state != Standing::Planned
        } else {
            typed.state.iter().any(|state| *state == StateName::All || state.standing() == Some(row.state))
        };
        let tag = typed.tag.is_empty() || typed.tag.iter().any(|tag| row.tags.contains(tag));
        state && tag && typed.part.as_ref().is_none_or(|part| row.part.as_ref() == Some(part))
    });
    Ok(rows)
}

/// Reports the first of `typed` that is not among `known`.
fn known<'a>(
    option: &str,
    typed: &[String],
    known: impl Iterator<Item = &'a str> + Clone,
    lang: Lang,
) -> Result<(), Failure> {
    let Some(unknown) = typed.iter().find(|typed| !known.clone().any(|known| known == *typed)) else { return Ok(()) };
    let message = words::BAD_VALUE.with(lang, &[("arg", &option), ("value", unknown)]);
    let mut names: Vec<&str> = known.filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    let help = match nearest(unknown, names.iter().copied()) {
        Some(name) => words::DID_YOU_MEAN.with(lang, &[("name", &name)]),
        None if names.is_empty() => words::NONE_THERE.in_lang(lang).to_owned(),
        None => words::VALUES.with(lang, &[("values", &names.join(", "))]),
    };
    Err(Failure::usage(message, help))
}

/// A JSON array; of each row all that is known, or the columns that were named.
fn json(rows: &[Row], columns: &[Column]) -> String {
    let objects = rows.iter().map(|row| {
        let mut object = serde_json::to_value(row).expect("texts and numbers serialise");
        if let (Value::Object(fields), false) = (&mut object, columns.is_empty()) {
            fields.retain(|key, _| columns.iter().any(|column| column.key() == key));
        }
        object
    });
    serde_json::to_string_pretty(&Value::Array(objects.collect())).expect("texts and numbers serialise")
}

/// Aligned columns, under a heading. Where there are several series, each has a line with its name.
fn table(rows: &[Row], columns: &[Column], room: Option<usize>, lang: Lang) -> String {
    let mut lines: Vec<Vec<String>> =
        vec![columns.iter().map(|column| head(*column).in_lang(lang).to_owned()).collect()];
    lines.extend(rows.iter().map(|row| cells(row, columns, lang)));
    let aligns: Vec<Align> = columns
        .iter()
        .map(|column| match column {
            Column::Number | Column::Characters | Column::Minutes => Align::Right,
            Column::Title | Column::Tags | Column::Part | Column::Series => Align::Cut,
            _ => Align::Left,
        })
        .collect();
    let shown = aligned(&lines, &aligns, room);
    let several = rows.iter().any(|row| row.series_id != rows[0].series_id);
    let mut out = String::new();
    for (index, line) in shown.iter().enumerate() {
        if let Some(row) = index.checked_sub(1).map(|at| &rows[at]) {
            let first = index == 1 || rows[index - 2].series_id != row.series_id;
            if several && first {
                out.push_str(&row.series);
                out.push('\n');
            }
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn cells(row: &Row, columns: &[Column], lang: Lang) -> Vec<String> {
    columns.iter().map(|column| cell(row, *column, lang)).collect()
}

fn cell(row: &Row, column: Column, lang: Lang) -> String {
    let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let listed = |values: &[String]| values.join(if lang == Lang::Ja { "、" } else { ", " });
    let counted = |count: u32| if row.id.is_some() { count.to_string() } else { "-".to_owned() };
    match column {
        Column::Series => row.series.clone(),
        Column::Part => or_none(&row.part),
        Column::Number => row.number.to_string(),
        Column::Id => or_none(&row.id),
        Column::Title => or_none(&row.title),
        Column::Date => or_none(&row.date),
        Column::Updated => or_none(&row.updated),
        Column::Publish => or_none(&row.publish),
        Column::Expire => or_none(&row.expire),
        Column::State => state(row.state).in_lang(lang).to_owned(),
        Column::Tags => listed(&row.tags),
        Column::Requires => listed(&row.requires),
        Column::Characters => counted(row.characters),
        Column::Minutes => counted(row.minutes),
        Column::File => or_none(&row.file),
        Column::Url => or_none(&row.url),
    }
}

/// The name of a state.
pub(super) fn state(state: Standing) -> words::Say {
    match state {
        Standing::Published => words::PUBLISHED,
        Standing::Draft => words::DRAFT,
        Standing::Scheduled => words::SCHEDULED,
        Standing::Expired => words::EXPIRED,
        Standing::Planned => words::PLANNED,
    }
}

fn head(column: Column) -> words::Say {
    match column {
        Column::Series => words::SERIES,
        Column::Part => words::PART,
        Column::Number => words::NUMBER,
        Column::Id => words::ID,
        Column::Title => words::TITLE,
        Column::Date => words::DATE,
        Column::Updated => words::UPDATED,
        Column::Publish => words::PUBLISH,
        Column::Expire => words::EXPIRE,
        Column::State => words::STATE,
        Column::Tags => words::TAGS,
        Column::Requires => words::REQUIRES,
        Column::Characters => words::CHARACTERS,
        Column::Minutes => words::MINUTES,
        Column::File => words::FILE,
        Column::Url => words::URL,
    }
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, Column, table};
    use crate::diag::Lang;
    use crate::report::{Row, Standing};

    fn row(series: &str, number: u32, title: &str, state: Standing) -> Row {
        let written = |text: String| (state != Standing::Planned).then_some(text);
        Row {
            series: series.to_owned(),
            series_id: series.to_owned(),
            part: None,
            number,
            id: written(format!("id-{number}")),
            title: written(title.to_owned()),
            date: (number != 9).then(|| "2026-11-01".to_owned()),
            updated: None,
            publish: None,
            expire: None,
            state,
            tags: vec!["信頼".to_owned(), "a".to_owned()],
            terms: std::collections::BTreeMap::new(),
            requires: Vec::new(),
            characters: 1200,
            minutes: 3,
            file: written(format!("content/{series}/{number:03}-id-{number}.md")),
            url: written(format!("{series}/id-{number}/")),
        }
    }

    #[test]
    fn full_width_characters_count_two_columns() {
        let rows = [row("s", 9, "ノルマを忘れる", Standing::Published), row("s", 10, "Listen", Standing::Scheduled)];
        insta::assert_snapshot!(table(&rows, &COLUMNS, None, Lang::Ja), @r###"
        番号  ID     題名            日付        状態  タグ     ファイル
           9  id-9   ノルマを忘れる  -           公開  信頼、a  content/s/009-id-9.md
          10  id-10  Listen          2026-11-01  予約  信頼、a  content/s/010-id-10.md
        "###);
    }

    #[test]
    fn several_series_are_named() {
        let rows = [row("a", 1, "One", Standing::Draft), row("b", 1, "二", Standing::Expired)];
        insta::assert_snapshot!(table(&rows, &COLUMNS, None, Lang::En), @r###"
        no.  id    title  date        state    tags     file
        a
          1  id-1  One    2026-11-01  draft    信頼, a  content/a/001-id-1.md
        b
          1  id-1  二     2026-11-01  expired  信頼, a  content/b/001-id-1.md
        "###);
    }

    #[test]
    fn a_planned_lesson_has_a_number_and_nothing_else() {
        let rows = [row("s", 8, "八", Standing::Published), row("s", 110, "", Standing::Planned)];
        let columns = [Column::Number, Column::Title, Column::State, Column::Characters, Column::File];
        insta::assert_snapshot!(table(&rows, &columns, None, Lang::Ja), @r###"
        番号  題名  状態  文字数  ファイル
           8  八    公開    1200  content/s/008-id-8.md
         110  -     予定       -  -
        "###);
    }
}
