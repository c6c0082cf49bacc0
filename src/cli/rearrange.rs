//! Changes that reach over many files: the whole plan is shown, then asked for, then carried out; and taken back.

use similar::TextDiff;

use super::Session;
use super::args;
use super::build::Work;
use super::failure::{Exit, Failure};
use super::ui::held;
use super::words;
use crate::build::{Survey, text_options};
use crate::commit::{self, FileChange, LastChange, REMOVED, STORE};
use crate::content::TextOptions;
use crate::decode::decode;
use crate::diag::{Diagnostic, Lang};
use crate::path::SourcePath;
use crate::refactor::{Manuscript, Plan, Problem};
use crate::text::lines::LineIndex;
use crate::world::disk::DiskWorld;
use crate::world::{Data, Snapshot};

/// A site that was read in order to be changed.
pub(super) struct Desk {
    pub(super) world: DiskWorld,
    work: Work,
    survey: Survey,
    options: TextOptions,
}

impl Desk {
    pub(super) fn read(session: &mut Session<'_>) -> Result<Self, Failure> {
        let world = session.world(None)?;
        let work = Work::read(&world).map_err(|error| Failure::world(&error, session.ui.lang))?;
        let survey = work.survey();
        let options = text_options(&survey.config);
        Ok(Self { world, work, survey, options })
    }

    pub(super) fn snapshot(&self) -> &Snapshot {
        self.work.snapshot()
    }

    /// What the site is, for those who plan.
    pub(super) fn manuscript(&self) -> Manuscript<'_> {
        let Survey { config, texts, assets, .. } = &self.survey;
        Manuscript::new(self.snapshot(), config, &self.options, texts, assets)
    }

    /// `site.toml`'s language and time zone.
    pub(super) fn place(&self) -> (&str, &str) {
        (&self.survey.config.language, &self.survey.config.timezone)
    }

    /// Shows `plan`, asks, and carries it out; whether that was done. `what` is what was typed.
    pub(super) fn carry_out(
        &self,
        session: &mut Session<'_>,
        plan: &Plan,
        what: &str,
        go_on: bool,
    ) -> Result<bool, Failure> {
        let lang = session.ui.lang;
        if plan.is_empty() {
            session.ui.note(words::PLAN_EMPTY.in_lang(lang))?;
            return Ok(false);
        }
        // Nobody is to judge the changes.
        if !(go_on && session.ui.is_quiet()) {
            self.show_changes(session, plan)?;
        }
        self.show_faults(session, plan)?;
        self.show_remarks(session, plan)?;
        let files = plan.changes.len();
        if !go_on && !session.environment.stdin_terminal {
            let message = words::PLAN_NOBODY.with(lang, &[("files", &files)]);
            return Err(Failure::told(Exit::Content, message, words::PLAN_NOBODY_HELP.in_lang(lang).to_owned()));
        }
        if !go_on && !session.ui.ask(&words::PLAN_ASK.with(lang, &[("files", &files)]))? {
            session.ui.note(words::FIX_LEFT.in_lang(lang))?;
            return Ok(false);
        }
        self.write(session, plan, what)?;
        session.ui.note(&words::PLAN_DONE.with(lang, &[("files", &files)]))?;
        Ok(true)
    }

    /// Carries `plan` out without asking.
    pub(super) fn write(&self, session: &Session<'_>, plan: &Plan, what: &str) -> Result<(), Failure> {
        commit::rearrange(self.world.root(), &plan.changes, what)
            .map_err(|error| Failure::commit(&error, session.ui.lang))
    }

    fn show_changes(&self, session: &mut Session<'_>, plan: &Plan) -> Result<(), Failure> {
        let lang = session.ui.lang;
        let mut moves = String::new();
        for change in &plan.changes {
            moves.push_str(&moved(change, session, lang));
        }
        session.ui.diff(&moves)?;
        for change in &plan.changes {
            let diff = self.diff(change, &session.ui.path(&SourcePath::new("")));
            session.ui.diff(&diff)?;
        }
        Ok(())
    }

    /// Shows the words that stay as they are, and may be wrong now.
    fn show_remarks(&self, session: &mut Session<'_>, plan: &Plan) -> Result<(), Failure> {
        let lang = session.ui.lang;
        for remark in &plan.remarks {
            let text = self.text(&remark.file);
            let (line, column) = LineIndex::new(&text).locate(&text, remark.span.start as usize);
            let place = format!("{}:{line}:{column}", session.ui.path(&remark.file));
            match remark.becomes {
                None => {
                    session.ui.warn(&words::PLAN_REMARK.with(lang, &[("place", &place), ("words", &remark.words)]))?;
                }
                Some(number) => {
                    let args: &[(&'static str, &dyn std::fmt::Display)] =
                        &[("place", &place), ("words", &remark.words), ("number", &number)];
                    session.ui.note(&words::PLAN_UNSURE.with(lang, args))?;
                }
            }
        }
        Ok(())
    }

    /// Shows the faults that a site has after `plan`, and had not before.
    pub(super) fn show_faults(&self, session: &mut Session<'_>, plan: &Plan) -> Result<(), Failure> {
        let snapshot = plan.applied(self.snapshot());
        let after = self.work.survey_of(&snapshot);
        let new: Vec<Diagnostic> =
            plan.new_faults(&self.survey.diagnostics, &after.diagnostics).into_iter().cloned().collect();
        if !new.is_empty() {
            session.ui.warn(&words::PLAN_FAULTS.with(session.ui.lang, &[("count", &new.len())]))?;
            session.ui.diagnostics(&new, &held(&snapshot))?;
        }
        Ok(())
    }

    /// What changes in a text, as a unified diff.
    fn diff(&self, change: &FileChange, prefix: &str) -> String {
        let name =
            |path: Option<&SourcePath>| path.map_or_else(|| "/dev/null".to_owned(), |path| format!("{prefix}{path}"));
        let Some((after, bytes)) = &change.after else { return String::new() };
        let before = change.before.as_ref().map(|(path, _)| path);
        let old = before.map(|path| self.text(path)).unwrap_or_default();
        let new = decode(bytes).value;
        if old == *new {
            return String::new();
        }
        TextDiff::from_lines(old.as_str(), &new).unified_diff().header(&name(before), &name(Some(after))).to_string()
    }

    fn text(&self, path: &SourcePath) -> String {
        match self.snapshot().files.get(path).map(|file| &file.data) {
            Some(Data::Held(bytes)) => decode(bytes).value.into_owned(),
            _ => String::new(),
        }
    }
}

/// A file that gets another name, or goes; nothing for others.
fn moved(change: &FileChange, session: &Session<'_>, lang: Lang) -> String {
    let path = |path: &SourcePath| session.ui.path(path);
    match (&change.before, &change.after) {
        (Some((old, _)), Some((new, _))) if old != new => format!("{} → {}\n", path(old), new.name()),
        (Some((old, _)), None) => {
            let kept = path(&SourcePath::new(format!("{STORE}/{REMOVED}/{old}")));
            words::PLAN_REMOVED.with(lang, &[("file", &path(old)), ("kept", &kept)]) + "\n"
        }
        _ => String::new(),
    }
}

/// `hiketsu undo`.
pub(super) fn undo(session: &mut Session<'_>, typed: &args::Undo) -> Result<(), Failure> {
    let lang = session.ui.lang;
    let world = session.world_even_cut(None)?;
    let Some(last) = commit::last_change(world.root()) else {
        session.ui.note(words::UNDO_NOTHING.in_lang(lang))?;
        return Ok(());
    };
    let LastChange { what, files, cut } = last;
    let say = if cut { words::UNDO_CUT } else { words::UNDO_WHAT };
    session.ui.note(&say.with(lang, &[("what", &what), ("files", &files.len())]))?;
    for (before, after) in &files {
        let name = |path: &SourcePath| session.ui.path(path);
        let line = match (before, after) {
            (Some(old), Some(new)) if old != new => format!("  {} → {}", name(new), old.name()),
            (Some(old), _) => format!("  {}", name(old)),
            (None, Some(new)) => words::UNDO_NEW.with(lang, &[("file", &name(new))]),
            (None, None) => continue,
        };
        session.ui.note(&line)?;
    }
    if !typed.go_on && !session.environment.stdin_terminal {
        let message = words::UNDO_NOBODY.in_lang(lang).to_owned();
        return Err(Failure::told(Exit::Content, message, words::PLAN_NOBODY_HELP.in_lang(lang).to_owned()));
    }
    if !typed.go_on && !session.ui.ask(words::UNDO_ASK.in_lang(lang))? {
        session.ui.note(words::FIX_LEFT.in_lang(lang))?;
        return Ok(());
    }
    commit::undo(world.root()).map_err(|error| Failure::commit(&error, lang))?;
    session.ui.note(words::UNDONE.in_lang(lang))?;
    Ok(())
}

/// Why there is no plan, and what to do.
pub(super) fn problem(problem: &Problem, session: &Session<'_>) -> Failure {
    let lang = session.ui.lang;
    let file = |path: &SourcePath| session.ui.path(path);
    let names = |all: &[String]| all.join(", ");
    let near = |near: &Option<String>| {
        near.as_ref().map_or_else(
            || words::SEE_LIST.in_lang(lang).to_owned(),
            |name| words::DID_YOU_MEAN.with(lang, &[("name", name)]),
        )
    };
    let values = |all: &[String]| words::VALUES.with(lang, &[("values", &names(all))]);
    let see_list = || words::SEE_LIST.in_lang(lang).to_owned();
    match problem {
        Problem::NoSeries => {
            Failure::usage(words::NO_SERIES.in_lang(lang).to_owned(), words::NO_SERIES_HELP.in_lang(lang).to_owned())
        }
        Problem::UnknownSeries(typed, all) => {
            Failure::usage(words::BAD_VALUE.with(lang, &[("arg", &"--series"), ("value", typed)]), values(all))
        }
        Problem::WhichSeries(all) => Failure::usage(
            words::WHICH_SERIES.in_lang(lang).to_owned(),
            words::WHICH_SERIES_HELP.with(lang, &[("names", &names(all))]),
        ),
        Problem::NoLesson(number) => Failure::usage(words::NO_LESSON.with(lang, &[("number", number)]), see_list()),
        Problem::Zero => Failure::usage(words::ZERO.in_lang(lang).to_owned(), see_list()),
        Problem::Twice(number, [one, other]) => {
            let message = words::TWICE.with(lang, &[("number", number), ("one", &file(one)), ("other", &file(other))]);
            Failure::told(Exit::Content, message, words::TWICE_HELP.in_lang(lang).to_owned())
        }
        Problem::Taken(number, title, path) => Failure::usage(
            words::TAKEN.with(lang, &[("number", number), ("title", title), ("file", &file(path))]),
            words::TAKEN_HELP.with(lang, &[("number", number)]),
        ),
        Problem::WrongPart(part, all) => {
            Failure::usage(words::BAD_VALUE.with(lang, &[("arg", &"--part"), ("value", part)]), values(all))
        }
        Problem::UnknownId(id, nearest) => Failure::usage(words::NO_ID.with(lang, &[("id", id)]), near(nearest)),
        Problem::SeveralIds(all) => Failure::usage(words::SEVERAL_IDS.in_lang(lang).to_owned(), values(all)),
        Problem::BadId(id, _) => Failure::usage(
            words::BAD_ID.with(lang, &[("id", id)]),
            words::BAD_ID_HELP.with(lang, &[("example", &crate::slug::slugify(id))]),
        ),
        Problem::IdTaken(id, path) => Failure::usage(
            words::ID_TAKEN.with(lang, &[("id", id), ("file", &file(path))]),
            words::ID_TAKEN_HELP.in_lang(lang).to_owned(),
        ),
        Problem::UnknownTaxonomy(key, all) => {
            Failure::usage(words::BAD_VALUE.with(lang, &[("arg", &"--taxonomy"), ("value", key)]), values(all))
        }
        Problem::UnknownTerm(term, nearest) => {
            let help = nearest.as_ref().map_or_else(
                || words::SEE_STATS.in_lang(lang).to_owned(),
                |name| words::DID_YOU_MEAN.with(lang, &[("name", name)]),
            );
            Failure::usage(words::NO_TERM.with(lang, &[("term", term)]), help)
        }
        Problem::TermTaken(term) => Failure::usage(
            words::TERM_TAKEN.with(lang, &[("term", term)]),
            words::TERM_TAKEN_HELP.in_lang(lang).to_owned(),
        ),
        Problem::Same(name) => Failure::usage(words::SAME_NAME.with(lang, &[("name", name)]), see_list()),
        Problem::Unreadable(path) => Failure::told(
            Exit::Content,
            words::UNREADABLE.with(lang, &[("file", &file(path))]),
            words::UNREADABLE_HELP.in_lang(lang).to_owned(),
        ),
    }
}
