//! `hiketsu list`: the lessons as a table, or as JSON.

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::args;
use super::build::Work;
use super::failure::Failure;
use super::ui::counts;
use super::{Session, words};
use crate::build::Built;
use crate::content::Text;
use crate::diag::Lang;
use crate::path::SourcePath;
use crate::site::State;

/// One lesson.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Row {
    pub(super) series: String,
    pub(super) number: u32,
    pub(super) id: String,
    pub(super) title: String,
    /// `2026-11-01`.
    pub(super) date: Option<String>,
    pub(super) state: State,
    pub(super) tags: Vec<String>,
    /// From the site's folder.
    pub(super) file: String,
}

/// `hiketsu list`.
pub(super) fn list(session: &mut Session<'_>, typed: &args::List) -> Result<(), Failure> {
    let world = session.world(typed.at.as_deref())?;
    let lang = session.ui.lang;
    let work = Work::read(&world).map_err(|error| Failure::world(&error, lang))?;
    let (built, _) = work.build(session, true, &std::collections::BTreeMap::new());
    let rows = rows(&built);
    if typed.json {
        let json = serde_json::to_string_pretty(&rows).expect("texts and numbers serialise");
        session.ui.print(&format!("{json}\n"))?;
    } else if rows.is_empty() {
        session.ui.note(words::NO_LESSONS.in_lang(lang))?;
    } else {
        session.ui.print(&table(&rows, lang))?;
    }
    let (errors, warnings) = counts(&built.diagnostics);
    if errors > 0 {
        session.ui.warn(&words::ERRORS_CHECK.with(lang, &[("errors", &errors), ("warnings", &warnings)]))?;
    }
    Ok(())
}

/// All lessons of the site, series by series, in their order.
fn rows(built: &Built) -> Vec<Row> {
    let site = &built.site;
    let shown = site.lessons.iter().map(|lesson| {
        let node = &site.texts[lesson.text];
        let series = &site.texts[site.series[lesson.series].index].text.front.title.value;
        row(series, lesson.number, &lesson.id, &node.source, &node.text, node.state)
    });
    let held = site
        .held_back
        .iter()
        .map(|lesson| row(&lesson.series, lesson.number, &lesson.id, &lesson.source, &lesson.text, lesson.state));
    let mut rows: Vec<Row> = shown.chain(held).collect();
    // A file's folder is its series.
    rows.sort_by(|a, b| (folder(&a.file), a.number).cmp(&(folder(&b.file), b.number)));
    rows
}

fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn row(series: &str, number: u32, id: &str, source: &SourcePath, text: &Text, state: State) -> Row {
    let front = &text.front;
    let tags = front.terms.iter().filter(|(key, _)| key == "tags").flat_map(|(_, terms)| terms);
    Row {
        series: series.to_owned(),
        number,
        id: id.to_owned(),
        title: front.title.value.clone(),
        date: front.date.as_ref().map(|date| date.value.iso()),
        state,
        tags: tags.map(|term| term.value.clone()).collect(),
        file: source.to_string(),
    }
}

/// Aligned columns, under a heading; full-width characters count two. Where there are several series, each has a line
/// with its name.
fn table(rows: &[Row], lang: Lang) -> String {
    let heads = [words::NUMBER, words::ID, words::TITLE, words::DATE, words::STATE, words::TAGS, words::FILE];
    let mut lines = vec![heads.map(|head| head.in_lang(lang).to_owned())];
    lines.extend(rows.iter().map(|row| {
        let state = match row.state {
            State::Published => words::PUBLISHED,
            State::Draft => words::DRAFT,
            State::Scheduled => words::SCHEDULED,
            State::Expired => words::EXPIRED,
        };
        [
            row.number.to_string(),
            row.id.clone(),
            row.title.clone(),
            row.date.clone().unwrap_or_else(|| "-".to_owned()),
            state.in_lang(lang).to_owned(),
            row.tags.join(if lang == Lang::Ja { "、" } else { ", " }),
            row.file.clone(),
        ]
    }));
    let widths: Vec<usize> =
        (0..heads.len()).map(|column| lines.iter().map(|line| line[column].width()).max().unwrap_or(0)).collect();
    let several = rows.iter().any(|row| row.series != rows[0].series);
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        if let Some(row) = index.checked_sub(1).map(|at| &rows[at]) {
            let first = index == 1 || rows[index - 2].series != row.series;
            if several && first {
                out.push_str(&row.series);
                out.push('\n');
            }
        }
        let mut text = String::new();
        for (column, cell) in line.iter().enumerate() {
            let gap = " ".repeat(widths[column] - cell.width());
            // Numbers are aligned at their last digit.
            if column == 0 {
                text.push_str(&gap);
                text.push_str(cell);
            } else {
                text.push_str("  ");
                text.push_str(cell);
                text.push_str(&gap);
            }
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Row, table};
    use crate::diag::Lang;
    use crate::site::State;

    fn row(series: &str, number: u32, title: &str, state: State) -> Row {
        Row {
            series: series.to_owned(),
            number,
            id: format!("id-{number}"),
            title: title.to_owned(),
            date: (number != 9).then(|| "2026-11-01".to_owned()),
            state,
            tags: vec!["信頼".to_owned(), "a".to_owned()],
            file: format!("content/{series}/{number:03}-id-{number}.md"),
        }
    }

    #[test]
    fn full_width_characters_count_two_columns() {
        let rows = [row("s", 9, "ノルマを忘れる", State::Published), row("s", 10, "Listen", State::Scheduled)];
        insta::assert_snapshot!(table(&rows, Lang::Ja), @r###"
        番号  ID     題名            日付        状態  タグ     ファイル
           9  id-9   ノルマを忘れる  -           公開  信頼、a  content/s/009-id-9.md
          10  id-10  Listen          2026-11-01  予約  信頼、a  content/s/010-id-10.md
        "###);
    }

    #[test]
    fn several_series_are_named() {
        let rows = [row("a", 1, "One", State::Draft), row("b", 1, "二", State::Expired)];
        insta::assert_snapshot!(table(&rows, Lang::En), @r###"
        no.  id    title  date        state    tags     file
        a
          1  id-1  One    2026-11-01  draft    信頼, a  content/a/001-id-1.md
        b
          1  id-1  二     2026-11-01  expired  信頼, a  content/b/001-id-1.md
        "###);
    }
}
