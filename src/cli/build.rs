//! `hiketsu build` and `hiketsu check`: one function, of which `check` leaves out the writing.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::Session;
use super::args;
use super::failure::{Exit, Failure};
use super::progress::Bar;
use super::ui::{counts, time};
use super::words;
use crate::build::{self, Built, Memos, Survey};
use crate::commit::{self, Baseline, Guard};
use crate::config;
use crate::diag::{self, Diagnostic};
use crate::external::{self, Known};
use crate::par;
use crate::path::SourcePath;
use crate::world::disk::{DiskWorld, Stopwatch};
use crate::world::web::Http;
use crate::world::{Snapshot, World as _, WorldError};

/// The output folder where none is named.
pub(super) const OUTPUT: &str = "public";

/// Where what was computed by earlier builds is kept, in the site's folder.
const STATE: &str = commit::STORE;

/// The file in it.
const MEMOS: &str = "memos";

/// The file of what search needs of texts.
const SEARCH: &str = "search";

/// The file of what links to other sites led to.
const LINKS: &str = "links";

/// Between two questions to one server.
const PAUSE: Duration = Duration::from_millis(500);

/// `hiketsu build`.
pub(super) fn build(session: &mut Session<'_>, typed: &args::Build) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    let lang = session.ui.lang;
    session.ui.show_all(typed.selection.all);
    let world = session.world(typed.selection.at.as_deref())?;
    let output = match &typed.output {
        Some(output) => session.environment.cwd.join(output),
        None => world.root().join(OUTPUT),
    };
    let guard =
        Guard { site_root: world.root(), cwd: &session.environment.cwd, home: session.environment.home.as_deref() };
    let (baseline, work) = par::join(|| Baseline::open(&output, &guard), || Work::read(&world));
    let mut baseline = baseline.map_err(|error| Failure::commit(&error, lang))?;
    let work = work.map_err(|error| Failure::world(&error, lang))?;
    let (mut built, mut memos) = work.build(session, typed.selection.drafts, baseline.records());
    session.ui.diagnostics(&built.diagnostics, &|path| read_again(&world, path))?;
    refuse_faults(session, &built.diagnostics, typed.strict, words::ERRORS_BUILD)?;

    built.complete(&mut memos, || world.read(&SourcePath::new(format!("{STATE}/{SEARCH}"))).unwrap_or_default());
    let written = baseline.commit(&built.tree, &world).map_err(|error| Failure::commit(&error, lang))?;
    // Pages are the greater part of what a build holds, and the memos are about to be copied out.
    drop(std::mem::take(&mut built.tree));
    if !memos.are_stored() {
        // Without its memos the next build is slower, and just as right.
        if let Err(error) = commit::store(&world.root().join(STATE), MEMOS, &memos.save()) {
            session.ui.detail(&error.message(lang))?;
        }
    }
    if let Some(search) = memos.save_search()
        && let Err(error) = commit::store(&world.root().join(STATE), SEARCH, &search)
    {
        session.ui.detail(&error.message(lang))?;
    }
    let (_, warnings) = counts(&built.diagnostics);
    if warnings > 0 {
        session.ui.note(&words::WARNINGS.with(lang, &[("warnings", &warnings)]))?;
    }
    let output = shown(&output, &session.environment.cwd);
    let took = time(watch.elapsed(), lang);
    session.ui.say(&words::BUILT.with(lang, &[("output", &output.display()), ("time", &took)]))?;
    session.ui.say(&words::BUILT_COUNTS.with(
        lang,
        &[
            ("lessons", &built.counts.lessons),
            ("pages", &built.counts.pages),
            ("written", &written.written),
            ("removed", &written.removed),
            ("unchanged", &written.unchanged),
        ],
    ))?;
    // The process ends here: taking a large site apart piece by piece would only keep the user waiting.
    std::mem::forget((memos, built));
    Ok(())
}

/// `hiketsu check`.
pub(super) fn check(session: &mut Session<'_>, typed: &args::Check) -> Result<(), Failure> {
    let watch = Stopwatch::start();
    let lang = session.ui.lang;
    session.ui.show_all(typed.selection.all);
    let world = session.world(typed.selection.at.as_deref())?;
    if typed.mend.fix {
        super::fix::fix(session, &world, typed.mend.yes)?;
    }
    let work = Work::read(&world).map_err(|error| Failure::world(&error, lang))?;
    let survey = typed.external.then(|| work.survey());
    let (mut built, _) = work.build(session, typed.selection.drafts, &std::collections::BTreeMap::new());
    if let Some(survey) = survey {
        built.diagnostics.extend(external(session, &world, &survey)?);
        diag::sort(&mut built.diagnostics);
    }
    session.ui.diagnostics(&built.diagnostics, &|path| read_again(&world, path))?;
    refuse_faults(session, &built.diagnostics, typed.strict, words::ERRORS_CHECK)?;
    let (_, warnings) = counts(&built.diagnostics);
    let say = if warnings > 0 { words::CHECKED_WARNINGS } else { words::CHECKED };
    let took = time(watch.elapsed(), lang);
    session.ui.say(&say.with(
        lang,
        &[("lessons", &built.counts.lessons), ("pages", &built.counts.pages), ("warnings", &warnings), ("time", &took)],
    ))?;
    Ok(())
}

/// Asks the web for every link to another site; what is there is remembered beside the memos.
fn external(session: &mut Session<'_>, world: &DiskWorld, survey: &Survey) -> Result<Vec<Diagnostic>, Failure> {
    let lang = session.ui.lang;
    let path = SourcePath::new(format!("{STATE}/{LINKS}"));
    let mut known = Known::load(&world.read(&path).unwrap_or_default());
    let timeout = Duration::from_secs(survey.config.external.timeout.into());
    let web = Http::new(timeout, PAUSE);
    let checked = external::check(&survey.site, &survey.texts, survey.now, &mut known, &web);
    if checked.offline {
        session.ui.note(&words::EXTERNAL_OFFLINE.with(lang, &[("links", &checked.links)]))?;
        return Ok(Vec::new());
    }
    // Without it, the next check takes longer and says the same.
    if let Err(error) = commit::store(&world.root().join(STATE), LINKS, &known.save()) {
        session.ui.detail(&error.message(lang))?;
    }
    let counts: [(&'static str, &dyn std::fmt::Display); 2] = [("links", &checked.links), ("asked", &checked.asked)];
    session.ui.note(&words::EXTERNAL_DONE.with(lang, &counts))?;
    Ok(checked.diagnostics)
}

/// What a build needs that has been read.
pub(super) struct Work {
    snapshot: Snapshot,
    memos: Memos,
}

impl Work {
    /// Reads the site and what earlier builds remember of it, at the same time.
    pub(super) fn read(world: &DiskWorld) -> Result<Self, WorldError> {
        let path = SourcePath::new(format!("{STATE}/{MEMOS}"));
        let (snapshot, memos) = par::join(|| world.snapshot(), || Memos::load(&world.read(&path).unwrap_or_default()));
        Ok(Self { snapshot: snapshot?, memos })
    }

    /// What was read.
    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Looks at the site as it would be if `snapshot` had been read.
    pub(super) fn survey_of(&self, snapshot: &Snapshot) -> Survey {
        Survey::of(snapshot, &build::Options { drafts: true }, &self.memos)
    }

    /// Looks at the site without making a page, drafts and scheduled texts included.
    pub(super) fn survey(&self) -> Survey {
        self.survey_of(&self.snapshot)
    }

    /// Builds once; what is remembered afterwards comes with it.
    pub(super) fn build(
        mut self,
        session: &Session<'_>,
        drafts: bool,
        records: &std::collections::BTreeMap<crate::path::OutPath, crate::output::manifest::Record>,
    ) -> (Built, Memos) {
        let bar = Bar::new(session.ui.wants_progress(), session.ui.lang);
        let built = build::build(self.snapshot, &build::Options { drafts }, &mut self.memos, records, &bar);
        bar.finish();
        (built, self.memos)
    }
}

/// The bytes of a file that a diagnostic speaks of. A build does not hold on to them.
fn read_again(world: &DiskWorld, path: &SourcePath) -> Option<Arc<[u8]>> {
    world.read(path).ok().map(Arc::from)
}

/// Ends the command where there are errors, or warnings that count as such.
fn refuse_faults(
    session: &mut Session<'_>,
    diagnostics: &[Diagnostic],
    strict: bool,
    say: words::Say,
) -> Result<(), Failure> {
    let (errors, warnings) = counts(diagnostics);
    if errors == 0 && !(strict && warnings > 0) {
        return Ok(());
    }
    let lang = session.ui.lang;
    session.ui.error(&say.with(lang, &[("errors", &errors), ("warnings", &warnings)]))?;
    if errors == 0 {
        session.ui.note(words::STRICT.in_lang(lang))?;
    }
    let in_config =
        diagnostics.iter().any(|diagnostic| diagnostic.is_error() && diagnostic.file.as_str() == config::FILE);
    Err(Failure::Shown(if in_config { Exit::Usage } else { Exit::Content }))
}

/// `path` as it is seen from `cwd`.
fn shown(path: &Path, cwd: &Path) -> PathBuf {
    path.strip_prefix(cwd).map_or_else(|_| path.to_owned(), Path::to_owned)
}
