//! `hiketsu move`, `insert`, `remove`, `rename` and `tag`: from what was typed to a plan.

use super::args::{self, TagAction};
use super::failure::Failure;
use super::rearrange::{Desk, problem};
use super::{Session, new, words};
use crate::path::SourcePath;
use crate::refactor::Edge;

fn edge(part: Option<&String>) -> Edge {
    part.map_or(Edge::Usual, |part| Edge::Part(part.clone()))
}

/// `hiketsu move`.
pub(super) fn move_lesson(session: &mut Session<'_>, typed: &args::Move) -> Result<(), Failure> {
    let desk = Desk::read(session)?;
    let manuscript = desk.manuscript();
    let plan = manuscript
        .series(typed.series.as_deref())
        .and_then(|series| manuscript.move_to(series, typed.from, typed.to, &edge(typed.into_part.as_ref())))
        .map_err(|found| problem(&found, session))?;
    desk.carry_out(session, &plan, &format!("move {} {}", typed.from, typed.to), typed.go_on)?;
    Ok(())
}

/// `hiketsu insert`.
pub(super) fn insert(session: &mut Session<'_>, typed: &args::Insert) -> Result<(), Failure> {
    let desk = Desk::read(session)?;
    let manuscript = desk.manuscript();
    let series = manuscript.series(typed.series.as_deref()).map_err(|found| problem(&found, session))?;
    let title = match &typed.title_or_asked {
        Some(title) => title.clone(),
        None => new::ask_title(session)?,
    };
    let added = new::compose(session, &desk, &manuscript, series, typed.number, &title, typed.lesson_id.as_deref())?;
    let plan = manuscript
        .insert(series, typed.number, added, typed.fill, &edge(typed.into_part.as_ref()))
        .map_err(|found| problem(&found, session))?;
    let done = desk.carry_out(session, &plan, &format!("insert {}", typed.number), typed.go_on)?;
    let made = plan.changes.iter().find(|change| change.before.is_none());
    if let Some((path, _)) = made.and_then(|change| change.after.as_ref()).filter(|_| done && typed.edit) {
        new::edit(session, &desk, path)?;
    }
    Ok(())
}

/// `hiketsu remove`.
pub(super) fn remove(session: &mut Session<'_>, typed: &args::Remove) -> Result<(), Failure> {
    let desk = Desk::read(session)?;
    let manuscript = desk.manuscript();
    let plan = manuscript
        .series(typed.series.as_deref())
        .and_then(|series| manuscript.remove(series, typed.number, typed.leave_gap))
        .map_err(|found| problem(&found, session))?;
    desk.carry_out(session, &plan, &format!("remove {}", typed.number), typed.go_on)?;
    Ok(())
}

/// `hiketsu rename`.
pub(super) fn rename(session: &mut Session<'_>, typed: &args::Rename) -> Result<(), Failure> {
    let desk = Desk::read(session)?;
    let manuscript = desk.manuscript();
    // A file may be named as it is seen from here.
    let old = desk.seen(session, &typed.old_id).unwrap_or_else(|| typed.old_id.clone());
    let plan = manuscript
        .lesson(&old)
        .and_then(|lesson| manuscript.rename(lesson, &typed.id_to_be, !typed.no_alias))
        .map_err(|found| problem(&found, session))?;
    desk.carry_out(session, &plan, &format!("rename {} {}", typed.old_id, typed.id_to_be), typed.go_on)?;
    Ok(())
}

/// `hiketsu tag`.
pub(super) fn tag(session: &mut Session<'_>, typed: &args::Tag) -> Result<(), Failure> {
    let desk = Desk::read(session)?;
    let manuscript = desk.manuscript();
    let (key, old, new) = (&typed.taxonomy, &typed.old_term, &typed.new_term);
    let (plan, verb) = match typed.action {
        TagAction::Rename => (manuscript.rename_term(key, old, new), "rename"),
        TagAction::Merge => (manuscript.merge_terms(key, old, new), "merge"),
    };
    let plan = plan.map_err(|found| problem(&found, session))?;
    let done = desk.carry_out(session, &plan, &format!("tag {verb} {old} {new}"), typed.go_on)?;
    if done && !(typed.action == TagAction::Rename && manuscript.keeps_address(key, old)) {
        session.ui.note(words::TERM_ADDRESS.in_lang(session.ui.lang))?;
    }
    Ok(())
}

impl Desk {
    /// A file of the site by its path from where the user stands.
    pub(super) fn seen(&self, session: &Session<'_>, typed: &str) -> Option<String> {
        let full = session.environment.cwd.join(typed).canonicalize().ok()?;
        let below = full.strip_prefix(self.world.root()).ok()?.to_str()?.replace('\\', "/");
        self.snapshot().files.contains_key(&SourcePath::new(&*below)).then_some(below)
    }
}
