//! A site as it is, for commands that ask about it and show none of its pages.

use super::Session;
use super::build::Work;
use super::failure::Failure;
use super::ui::counts;
use super::words;
use crate::build::Survey;

/// Reads and relates the site, drafts and scheduled texts included.
pub(super) fn survey(session: &mut Session<'_>, at: Option<&str>) -> Result<Survey, Failure> {
    let world = session.world(at)?;
    let work = Work::read(&world).map_err(|error| Failure::world(&error, session.ui.lang))?;
    Ok(work.survey())
}

/// Says that there are errors, which `hiketsu check` shows: what was told of the site may be wrong because of them.
pub(super) fn warn(session: &mut Session<'_>, survey: &Survey) -> Result<(), Failure> {
    let (errors, warnings) = counts(&survey.diagnostics);
    if errors > 0 {
        let lang = session.ui.lang;
        session.ui.warn(&words::ERRORS_CHECK.with(lang, &[("errors", &errors), ("warnings", &warnings)]))?;
    }
    Ok(())
}
