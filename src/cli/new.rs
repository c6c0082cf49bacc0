//! `hiketsu new`: a lesson made from the site's archetype, under the next free number, opened in the author's editor.

use jiff::tz::TimeZone;

use super::args;
use super::failure::{Exit, Failure};
use super::rearrange::{Desk, problem};
use super::{Session, words};
use crate::path::SourcePath;
use crate::refactor::{Added, Manuscript, scalar};
use crate::slug::slugify;
use crate::world::World as _;

/// The folder of a site's archetypes.
const FOLDER: &str = "archetypes";

/// What a lesson is made from where the site has no archetype.
const BUILT_IN: [&str; 2] = [include_str!("new/lesson.ja.md"), include_str!("new/lesson.en.md")];

/// `hiketsu new`.
pub(super) fn new(session: &mut Session<'_>, typed: &args::New) -> Result<(), Failure> {
    let lang = session.ui.lang;
    let desk = Desk::read(session)?;
    let manuscript = desk.manuscript();
    let series = manuscript.series(typed.series.as_deref()).map_err(|found| problem(&found, session))?;
    let number = typed.at_number.unwrap_or_else(|| manuscript.free_number(series));
    // Before anything is asked.
    let none = Added { id: String::new(), bytes: Vec::new() };
    manuscript.add(series, number, none).map_err(|found| problem(&found, session))?;
    let title = match &typed.title_or_asked {
        Some(title) => title.clone(),
        None => ask_title(session)?,
    };
    let added = compose(session, &desk, &manuscript, series, number, &title, typed.lesson_id.as_deref())?;
    let plan = manuscript.add(series, number, added).map_err(|found| problem(&found, session))?;
    desk.write(session, &plan, &format!("new {title}"))?;
    let Some((path, _)) = plan.changes.first().and_then(|change| change.after.as_ref()) else { return Ok(()) };
    session.ui.say(&words::NEW_LESSON.with(lang, &[("file", &session.ui.path(path)), ("number", &number)]))?;
    desk.show_faults(session, &plan)?;
    if typed.edit { edit(session, &desk, path) } else { Ok(()) }
}

/// A title, where none was typed.
pub(super) fn ask_title(session: &mut Session<'_>) -> Result<String, Failure> {
    let lang = session.ui.lang;
    let missing = || Failure::usage(words::NO_TITLE.in_lang(lang).to_owned(), words::SEE_HELP.in_lang(lang).to_owned());
    if !session.environment.stdin_terminal {
        return Err(missing());
    }
    session.ui.ask_line(words::ASK_TITLE.in_lang(lang))?.ok_or_else(missing)
}

/// The new lesson `number`: its id, as typed or asked for, and its text by the archetype.
pub(super) fn compose(
    session: &mut Session<'_>,
    desk: &Desk,
    manuscript: &Manuscript<'_>,
    series: usize,
    number: u32,
    title: &str,
    id: Option<&str>,
) -> Result<Added, Failure> {
    let id = match id {
        Some(id) => {
            manuscript.check_id(series, id).map_err(|found| problem(&found, session))?;
            id.to_owned()
        }
        None => ask_id(session, manuscript, series, title)?,
    };
    let (language, timezone) = desk.place();
    let zone = jiff::tz::db().get(timezone).unwrap_or(TimeZone::UTC);
    let now = jiff::Timestamp::from_second(desk.snapshot().now.0).unwrap_or_default();
    let values = [
        ("title", title.to_owned()),
        ("id", id.clone()),
        ("number", number.to_string()),
        ("date", now.to_zoned_datetime(zone).date().to_string()),
        ("series", manuscript.series_title(series).to_owned()),
        ("part", manuscript.part_title(series, number).unwrap_or_default().to_owned()),
    ];
    let own = [format!("{FOLDER}/{}.md", manuscript.series_id(series)), format!("{FOLDER}/lesson.md")];
    let found = own.iter().find_map(|path| {
        let bytes = desk.world.read(&SourcePath::new(path.as_str())).ok()?;
        Some((path.as_str(), String::from_utf8_lossy(&bytes).into_owned()))
    });
    let built_in = BUILT_IN[usize::from(!language.starts_with("ja"))];
    let (path, archetype) = found.unwrap_or(("", built_in.to_owned()));
    let text = filled(&archetype, &values).map_err(|unknown| {
        let lang = session.ui.lang;
        let file = session.ui.path(&SourcePath::new(path));
        let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
        let message = words::PLACEHOLDER.with(lang, &[("file", &file), ("name", &unknown)]);
        Failure::told(Exit::Content, message, words::VALUES.with(lang, &[("values", &names.join(", "))]))
    })?;
    Ok(Added { id, bytes: text.into_bytes() })
}

/// An id for a lesson of this title. A Japanese title has none that could be guessed.
fn ask_id(
    session: &mut Session<'_>,
    manuscript: &Manuscript<'_>,
    series: usize,
    title: &str,
) -> Result<String, Failure> {
    let lang = session.ui.lang;
    let usual = title.is_ascii().then(|| slugify(title)).filter(|id| manuscript.check_id(series, id).is_ok());
    if !session.environment.stdin_terminal {
        return usual.ok_or_else(|| {
            Failure::usage(words::NO_NEW_ID.in_lang(lang).to_owned(), words::NO_NEW_ID_HELP.in_lang(lang).to_owned())
        });
    }
    let shown = usual.as_ref().map(|id| format!(" [{id}]")).unwrap_or_default();
    loop {
        let question = words::ASK_ID.with(lang, &[("usual", &shown)]);
        let Some(id) = session.ui.ask_line(&question)?.or_else(|| usual.clone()) else {
            return Err(Failure::usage(
                words::NO_NEW_ID.in_lang(lang).to_owned(),
                words::NO_NEW_ID_HELP.in_lang(lang).to_owned(),
            ));
        };
        match manuscript.check_id(series, &id) {
            Ok(()) => return Ok(id),
            Err(found) => {
                session.ui.failure(&problem(&found, session));
            }
        }
    }
}

/// An archetype with `{{ name }}` replaced; the first name that is unknown.
///
/// A value that stands alone in the front matter is quoted where YAML needs that, and in quotes it is escaped.
fn filled(archetype: &str, values: &[(&str, String)]) -> Result<String, String> {
    let mut out = String::with_capacity(archetype.len() + 64);
    let head = archetype.starts_with("---").then(|| archetype.match_indices("\n---").next()).flatten();
    let head_end = head.map_or(0, |(at, _)| at + 1);
    let mut rest = archetype;
    while let Some((before, tail)) = rest.split_once("{{") {
        out.push_str(before);
        let name = tail.split_once("}}").map(|(name, after)| (name.trim(), after));
        let Some((name, after)) = name.filter(|(name, _)| is_name(name)) else {
            out.push_str("{{");
            rest = tail;
            continue;
        };
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else { return Err(name.to_owned()) };
        let at = archetype.len() - tail.len();
        if at < head_end {
            let line = out.rsplit('\n').next().unwrap_or_default();
            let alone = line.trim_end().ends_with([':', '-', '[', ',']);
            let ends = after.trim_start_matches([' ', '\t']).starts_with(['\n', '\r', ']', ',', '#']);
            if alone && ends {
                out.push_str(&scalar(value));
            } else if line.matches('"').count() % 2 == 1 {
                out.push_str(&value.replace('\\', "\\\\").replace('"', "\\\""));
            } else if line.matches('\'').count() % 2 == 1 {
                out.push_str(&value.replace('\'', "''"));
            } else {
                out.push_str(value);
            }
        } else {
            out.push_str(value);
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Opens a file of the site in the author's editor, and waits.
pub(super) fn edit(session: &mut Session<'_>, desk: &Desk, path: &SourcePath) -> Result<(), Failure> {
    let lang = session.ui.lang;
    let Some(editor) = session.environment.editor.clone() else {
        let message = words::NO_EDITOR.with(lang, &[("file", &session.ui.path(path))]);
        return Err(Failure::usage(message, words::NO_EDITOR_HELP.in_lang(lang).to_owned()));
    };
    // `code --wait` is a program and its argument.
    let mut parts = editor.split_whitespace();
    let program = parts.next().unwrap_or_default();
    let run = std::process::Command::new(program).args(parts).arg(desk.world.root().join(path.as_str())).status();
    let reason = match run {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => status.to_string(),
        Err(error) => error.to_string(),
    };
    let message = words::EDITOR_FAILED.with(lang, &[("editor", &editor), ("reason", &reason)]);
    let help = words::EDITOR_FAILED_HELP.with(lang, &[("file", &session.ui.path(path))]);
    Err(Failure::told(Exit::Io, message, help))
}

#[cfg(test)]
mod tests {
    use super::{BUILT_IN, filled};

    fn values(title: &str) -> [(&'static str, String); 2] {
        [("title", title.to_owned()), ("date", "2026-11-25".to_owned())]
    }

    #[test]
    fn values_are_quoted_where_yaml_needs_it() {
        let archetype =
            "---\ntitle: {{ title }}\nyomi: \"{{title}}\"\ntags: [{{ title }}]\n---\n# {{ title }} {{x y}}\n";
        assert_eq!(
            filled(archetype, &values("注意：\"聴く\"")).expect("all names are known"),
            "---\ntitle: \"注意：\\\"聴く\\\"\"\nyomi: \"注意：\\\"聴く\\\"\"\ntags: [\"注意：\\\"聴く\\\"\"]\n---\n# 注意：\"聴く\" {{x y}}\n"
        );
        assert_eq!(filled("{{ titel }}", &values("a")), Err("titel".to_owned()));
    }

    #[test]
    fn the_built_in_archetypes_have_only_known_names() {
        for archetype in BUILT_IN {
            let text = filled(archetype, &values("聴く")).expect("all names are known");
            assert!(text.contains("title: 聴く\ndate: 2026-11-25\ndraft: true\n") && !text.contains("{{"), "{text}");
        }
    }
}
