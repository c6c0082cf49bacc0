//! `hiketsu theme list` and `hiketsu theme eject FILE`: what a theme is made of, and a file of it to be changed.

use super::failure::{Exit, Failure};
use super::{Session, args, words};
use crate::commit;
use crate::config;
use crate::decode::decode;
use crate::diag::nearest;
use crate::path::SourcePath;
use crate::theme::{self, Part, STANDARD};
use crate::world::{Data, Snapshot, World as _};

/// `hiketsu theme`.
pub(super) fn theme(session: &mut Session<'_>, typed: &args::Theme) -> Result<(), Failure> {
    let world = session.world(None)?;
    let lang = session.ui.lang;
    let snapshot = world.snapshot().map_err(|error| Failure::world(&error, lang))?;
    let name = chosen(&snapshot);
    let parts = theme::parts(&snapshot, &name);
    match (typed.theme_action, &typed.theme_file[..]) {
        (args::ThemeAction::List, []) => list(session, &name, &parts),
        (args::ThemeAction::List, [extra, ..]) => {
            let message = words::UNKNOWN_ARGUMENT.with(lang, &[("arg", extra)]);
            Err(Failure::usage(message, words::SEE_HELP.in_lang(lang).to_owned()))
        }
        (args::ThemeAction::Eject, []) => {
            let message = words::MISSING_ARGUMENT.with(lang, &[("arg", &"<FILE>")]);
            Err(Failure::usage(message, words::NO_THEME_FILE_HELP.in_lang(lang).to_owned()))
        }
        (args::ThemeAction::Eject, typed) => {
            let mut files = Vec::with_capacity(typed.len());
            for file in typed {
                files.push(find(session, &name, &parts, file)?);
            }
            eject(session, world.root(), &files)
        }
    }
}

/// Writes the files into the site's folder, all or none, and never over one that is there.
fn eject(session: &mut Session<'_>, root: &std::path::Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    let lang = session.ui.lang;
    commit::create_new(root, files).map_err(|error| match &error {
        commit::CommitError::Refused(commit::Refusal::Exists(_)) => {
            let help = words::EJECT_EXISTS_HELP.in_lang(lang).to_owned();
            Failure::told(Exit::Refused, error.message(lang), help)
        }
        _ => Failure::commit(&error, lang),
    })?;
    for (path, _) in files {
        session.ui.say(&words::EJECTED.with(lang, &[("file", path)]))?;
    }
    Ok(())
}

/// The theme that `site.toml` names; faults in it are for `check` to tell.
fn chosen(snapshot: &Snapshot) -> String {
    let file = snapshot.files.get(&SourcePath::new(config::FILE)).map(|file| &file.data);
    let Some(Data::Held(bytes)) = file else { return STANDARD.to_owned() };
    config::parse(&decode(bytes).value).value.theme.name.value
}

/// Each file with the layer that it is taken from.
fn list(session: &mut Session<'_>, name: &str, parts: &[Part]) -> Result<(), Failure> {
    let lang = session.ui.lang;
    let width = parts.iter().map(|part| part.path.chars().count()).max().unwrap_or(0);
    for part in parts {
        let from = match part.sources.first().map(SourcePath::as_str) {
            Some(source) if source == part.path && part.sources.len() > 1 => {
                words::THEME_OVERRIDES.in_lang(lang).to_owned()
            }
            Some(source) if source == part.path => words::THEME_ADDS.in_lang(lang).to_owned(),
            Some(source) if source.starts_with(&format!("themes/{name}/")) => name.to_owned(),
            _ => STANDARD.to_owned(),
        };
        session.ui.print(&format!("{:width$}  {from}\n", part.path))?;
    }
    Ok(())
}

/// The file that `typed` names: by its path, or its name alone.
fn find(session: &Session<'_>, name: &str, parts: &[Part], typed: &str) -> Result<(String, Vec<u8>), Failure> {
    let lang = session.ui.lang;
    let wanted = typed.replace('\\', "/");
    let wanted = wanted.trim_start_matches("./");
    let there = |part: &&Part| part.below.is_some();
    let exact = parts.iter().filter(there).find(|part| part.path == wanted);
    let ends = format!("/{wanted}");
    let found = exact.or_else(|| parts.iter().filter(there).find(|part| part.path.ends_with(&ends)));
    if let Some(Part { path, below: Some(bytes), .. }) = found {
        return Ok((path.clone(), bytes.to_vec()));
    }
    let known = parts.iter().filter(there).flat_map(|part| {
        let (_, short) = part.path.split_once('/').unwrap_or(("", &part.path));
        [part.path.as_str(), short]
    });
    let message = words::NO_THEME_FILE.with(lang, &[("theme", &name), ("file", &typed)]);
    let help = match nearest(wanted, known) {
        Some(near) => words::NO_THEME_FILE_NEAR.with(lang, &[("nearest", &near)]),
        None => words::NO_THEME_FILE_HELP.in_lang(lang).to_owned(),
    };
    Err(Failure::usage(message, help))
}
