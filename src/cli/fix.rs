//! `hiketsu check --fix`: shows what the lints can mend, asks, and lets the write door mend it.

use similar::TextDiff;

use super::Session;
use super::failure::{Exit, Failure};
use super::words;
use crate::build;
use crate::commit::{self, Change, KEPT, STORE};
use crate::config;
use crate::content::discover::discover;
use crate::decode::{decode, encode};
use crate::diag::catalogue::reading::NOT_UTF8;
use crate::lint;
use crate::par;
use crate::path::SourcePath;
use crate::world::disk::DiskWorld;
use crate::world::{Data, Snapshot, World as _};

/// A text that can be mended.
struct Mended {
    change: Change,
    diff: String,
}

/// Mends what can be. Where the user says no, nothing happens; where there is nobody to ask, that is an error.
pub(super) fn fix(session: &mut Session<'_>, world: &DiskWorld, yes: bool) -> Result<(), Failure> {
    let lang = session.ui.lang;
    let snapshot = world.snapshot().map_err(|error| Failure::world(&error, lang))?;
    let mended = mend(&snapshot, &session.ui.path(&SourcePath::new("")));
    if mended.is_empty() {
        return Ok(session.ui.note(words::FIX_NOTHING.in_lang(lang))?);
    }
    for file in &mended {
        session.ui.diff(&file.diff)?;
    }
    let files = mended.len();
    if !yes && !session.environment.stdin_terminal {
        let message = words::FIX_NOBODY.with(lang, &[("files", &files)]);
        return Err(Failure::told(Exit::Content, message, words::FIX_NOBODY_HELP.in_lang(lang).to_owned()));
    }
    if !yes && !session.ui.ask(&words::FIX_ASK.with(lang, &[("files", &files)]))? {
        return Ok(session.ui.note(words::FIX_LEFT.in_lang(lang))?);
    }
    let changes: Vec<Change> = mended.into_iter().map(|file| file.change).collect();
    commit::replace(world.root(), &changes).map_err(|error| Failure::commit(&error, lang))?;
    let kept = session.ui.path(&SourcePath::new(format!("{STORE}/{KEPT}")));
    Ok(session.ui.note(&words::FIXED.with(lang, &[("files", &files), ("kept", &kept)]))?)
}

/// Every text that can be mended, sorted by path; `prefix` leads to the site's folder.
fn mend(snapshot: &Snapshot, prefix: &str) -> Vec<Mended> {
    let settings = match snapshot.files.get(&SourcePath::new(config::FILE)).map(|file| &file.data) {
        Some(Data::Held(bytes)) => decode(bytes).value.into_owned(),
        _ => String::new(),
    };
    let config = config::parse(&settings).value;
    let options = build::text_options(&config);
    let mended = par::map(&discover(snapshot).texts, |text| {
        let Data::Held(bytes) = &text.file.data else { return None };
        let before = decode(bytes);
        // What cannot be read to its end is not written.
        if before.faults.iter().any(|fault| fault.code == &NOT_UTF8) {
            return None;
        }
        let after = lint::mend(&before.value, text.role, &options, &config.lint)?;
        let name = format!("{prefix}{}", text.path);
        let diff = TextDiff::from_lines(&*before.value, after.as_str()).unified_diff().header(&name, &name).to_string();
        let change = Change { path: text.path.clone(), before: text.file.hash, after: encode(&after, bytes) };
        Some(Mended { change, diff })
    });
    mended.into_iter().flatten().collect()
}
