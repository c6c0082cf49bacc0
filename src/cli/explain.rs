//! `hiketsu explain WHAT`: what stands behind something that Hiketsu said or made.

use super::build::{OUTPUT, Work};
use super::failure::Failure;
use super::{Session, args, code, list, words};
use crate::build::{self, Anatomy, Built, Input, Memos, Why};
use crate::config;
use crate::diag::{Lang, nearest};
use crate::output::Content;
use crate::output::manifest::{self, Manifest};
use crate::path::{OutPath, Route, SourcePath, percent_decode};
use crate::report::Standing;
use crate::site::{SiteModel, State, Target};
use crate::slug::nfc;
use crate::view::PageId;
use crate::world::disk::DiskWorld;
use crate::world::{Snapshot, World as _};

/// Of a long list, so many are named.
const NAMED: usize = 12;

/// `hiketsu explain`.
pub(super) fn explain(session: &mut Session<'_>, typed: &args::Explain) -> Result<(), Failure> {
    if code::is_code(&typed.what) {
        return code::explain(session, &typed.what);
    }
    let lang = session.ui.lang;
    let world = session.world(None)?;
    let work = Work::read(&world).map_err(|error| Failure::world(&error, lang))?;
    let snapshot = work.snapshot().clone();
    // What the last build left behind; the build that is asked here writes nothing.
    let record = world.read(&SourcePath::new(format!("{OUTPUT}/{}", manifest::FILE))).unwrap_or_default();
    let mut records = Manifest::from_text(&String::from_utf8_lossy(&record)).unwrap_or_default().files;
    records.retain(|path, _| world.root().join(OUTPUT).join(path.as_str()).is_file());
    let (built, memos) = work.build(session, false, &records);
    let case = Case { snapshot: &snapshot, built: &built, memos: &memos, world: &world, lang };
    let Some(text) = case.told(session, &typed.what) else {
        let message = words::NOTHING_TO_EXPLAIN.with(lang, &[("what", &typed.what)]);
        let known: Vec<&str> = snapshot.files.keys().map(SourcePath::as_str).collect();
        let help = nearest(&typed.what, known).map_or_else(
            || words::EXPLAIN_HELP.in_lang(lang).to_owned(),
            |name| words::DID_YOU_MEAN.with(lang, &[("name", &name)]),
        );
        return Err(Failure::usage(message, help));
    };
    session.ui.print(&text)?;
    Ok(())
}

/// A site, built, and what it was built from.
struct Case<'a> {
    snapshot: &'a Snapshot,
    built: &'a Built,
    memos: &'a Memos,
    world: &'a DiskWorld,
    lang: Lang,
}

impl Case<'_> {
    fn site(&self) -> &SiteModel {
        &self.built.site
    }

    fn told(&self, session: &Session<'_>, what: &str) -> Option<String> {
        if let Some(route) = self.route(what).filter(|route| self.is_page(route)) {
            return self.page(session, &route);
        }
        let file = self.file(session, what);
        if let Some(file) = &file {
            if let Some(node) = self.site().texts.iter().find(|node| node.source == *file) {
                return self.page(session, &node.route);
            }
            if let Some(below) = file.as_str().strip_prefix(&format!("{OUTPUT}/")) {
                return self.page(session, &OutPath::new(nfc(below)).route());
            }
            return self.other_file(session, file);
        }
        let id = nfc(what);
        let lesson = self.site().lessons.iter().find(|lesson| lesson.id == id)?;
        self.page(session, &self.site().texts[lesson.text].route)
    }

    /// The place of the site that an address means: `https://…`, or a path from its root.
    fn route(&self, what: &str) -> Option<Route> {
        let base = &self.built.config.base_url;
        let path = match what.strip_prefix(base.as_str()) {
            Some(below) => below,
            None if what.starts_with('/') => {
                let root = crate::path::base_path(base);
                what.strip_prefix(root).unwrap_or(what).trim_start_matches('/')
            }
            None => return None,
        };
        let path = path.split(['?', '#']).next().unwrap_or_default();
        let path = nfc(&percent_decode(path)?);
        let folder = path.strip_suffix("index.html").unwrap_or(&path);
        let whole = Route::new(folder);
        Some(if self.is_page(&whole) { whole } else { Route::new(format!("{folder}/")) })
    }

    fn is_page(&self, route: &Route) -> bool {
        self.built.tree.get(&route.out_path()).is_some()
    }

    /// A file of the site, as it is seen from where the user stands or from the site's folder.
    fn file(&self, session: &Session<'_>, what: &str) -> Option<SourcePath> {
        let seen = [session.environment.cwd.join(what), self.world.root().join(what)];
        let below = seen.iter().find_map(|path| {
            let path = path.canonicalize().ok().filter(|path| path.is_file())?;
            Some(path.strip_prefix(self.world.root()).ok()?.to_str()?.replace('\\', "/"))
        });
        // What lies in the program has no place on the disk.
        let built_in =
            || self.snapshot.embedded.keys().any(|known| what.ends_with(known.as_str())).then(|| what.to_owned());
        below.or_else(built_in).map(SourcePath::new)
    }

    fn page(&self, session: &Session<'_>, route: &Route) -> Option<String> {
        let Some(anatomy) = build::anatomy(self.snapshot, self.built, route) else {
            return self.published(session, route);
        };
        let lang = self.lang;
        let mut lines = Lines::new(session, lang);
        lines.head(&format!("/{route}"));
        lines.say(words::EXPLAIN_WHAT, &self.kind(&anatomy));
        lines.say(words::EXPLAIN_WRITTEN, &format!("{OUTPUT}/{}", route.out_path()));
        if let Some(source) = &anatomy.source {
            lines.files(words::EXPLAIN_TEXT, std::slice::from_ref(source));
        }
        lines.say(words::EXPLAIN_TEMPLATE, &anatomy.template);
        lines.files(words::EXPLAIN_TEMPLATES, &anatomy.templates);
        lines.files(words::EXPLAIN_SHOWS, &anatomy.shows);
        lines.files(words::EXPLAIN_LINKS, &anatomy.links);
        lines.files(words::EXPLAIN_SITE, &[SourcePath::new(config::FILE)]);
        let entry = self.built.tree.get(&route.out_path());
        let why = entry.and_then(|entry| self.memos.why(entry.key?));
        let kept = entry.is_some_and(|entry| entry.content == Content::Unchanged);
        if self.built.has_errors() {
            lines.say(words::EXPLAIN_NEXT, words::EXPLAIN_ERRORS.in_lang(lang));
        }
        if kept {
            lines.say(words::EXPLAIN_NEXT, words::EXPLAIN_KEPT.in_lang(lang));
            if let Some(why) = why {
                lines.say(words::EXPLAIN_LAST, &reason(why, lang));
            }
        } else if let Some(why) = why {
            lines.say(words::EXPLAIN_NEXT, &words::EXPLAIN_MADE.with(lang, &[("why", &reason(why, lang))]));
        }
        Some(lines.text)
    }

    /// A file of the output that is no page.
    fn published(&self, session: &Session<'_>, route: &Route) -> Option<String> {
        let asset = self.site().assets.iter().find(|asset| asset.route == *route);
        if let Some(asset) = asset {
            return self.other_file(session, &asset.source);
        }
        self.built.tree.get(&route.out_path())?;
        let mut lines = Lines::new(session, self.lang);
        lines.head(&format!("/{route}"));
        lines.say(words::EXPLAIN_WHAT, words::EXPLAIN_GENERATED.in_lang(self.lang));
        Some(lines.text)
    }

    /// A file that is no published text.
    fn other_file(&self, session: &Session<'_>, file: &SourcePath) -> Option<String> {
        let lang = self.lang;
        let mut lines = Lines::new(session, lang);
        lines.head(&session.ui.path(file));
        let hidden = self.built.texts.iter().find(|input| input.source == *file);
        if let Some(input) = hidden {
            let state = State::of(&input.text.front, self.built.now);
            let name = list::state(Standing::from(state)).in_lang(lang);
            let field = if state == State::Published { "_index.md" } else { state.field() };
            lines.say(words::EXPLAIN_WHAT, &words::EXPLAIN_HIDDEN.with(lang, &[("state", &name), ("field", &field)]));
            return Some(lines.text);
        }
        if let Some(asset) = self.site().assets.iter().find(|asset| asset.source == *file) {
            lines.say(words::EXPLAIN_WHAT, words::EXPLAIN_ASSET.in_lang(lang));
            lines.say(words::EXPLAIN_WRITTEN, &format!("{OUTPUT}/{}", asset.route.out_path()));
            let leads = |target: &Target| matches!(target, Target::Internal { route, .. } if *route == asset.route);
            let users = self.site().texts.iter().zip(&self.site().targets);
            let users = users.filter(|(_, targets)| targets.iter().any(leads));
            let users: Vec<SourcePath> = users.map(|(node, _)| node.source.clone()).collect();
            if users.is_empty() {
                lines.say(words::EXPLAIN_USED, words::EXPLAIN_NOWHERE.in_lang(lang));
            }
            lines.files(words::EXPLAIN_USED, &users);
            return Some(lines.text);
        }
        if file.as_str() == config::FILE {
            lines.say(words::EXPLAIN_WHAT, words::EXPLAIN_SETTINGS.in_lang(lang));
            return Some(lines.text);
        }
        let of_theme = self.snapshot.files.contains_key(file)
            || self.snapshot.embedded.keys().any(|known| file.as_str().ends_with(known.as_str()));
        if !of_theme {
            return None;
        }
        lines.say(words::EXPLAIN_WHAT, words::EXPLAIN_THEME.in_lang(lang));
        let pages = build::pages_with(self.snapshot, self.built, file);
        if !pages.is_empty() {
            lines.say(words::EXPLAIN_USED, &words::EXPLAIN_PAGES.with(lang, &[("count", &pages.len())]));
            lines.names(pages.iter().map(|route| format!("/{route}")).collect());
        }
        Some(lines.text)
    }

    fn kind(&self, anatomy: &Anatomy) -> String {
        let site = self.site();
        let title = |series: usize| site.texts[site.series[series].index].text.front.title.value.as_str();
        let lang = self.lang;
        match anatomy.id {
            PageId::Lesson(at) => {
                let lesson = &site.lessons[at];
                let series = title(lesson.series);
                words::KIND_LESSON.with(lang, &[("number", &lesson.number), ("series", &series)])
            }
            PageId::Series(at) => words::KIND_SERIES.with(lang, &[("series", &title(at))]),
            PageId::Takeaways(at) => words::KIND_TAKEAWAYS.with(lang, &[("series", &title(at))]),
            PageId::Taxonomy(at) => words::KIND_TAXONOMY.with(lang, &[("label", &site.taxonomies[at].label)]),
            PageId::Term(taxonomy, term, page) => {
                let label = &site.taxonomies[taxonomy].terms[term].label;
                words::KIND_TERM.with(lang, &[("label", label), ("page", &page)])
            }
            PageId::Redirect(at) => words::KIND_REDIRECT.with(lang, &[("to", &site.redirects[at].to)]),
            PageId::Home => words::KIND_HOME.in_lang(lang).to_owned(),
            PageId::Page(_) => words::KIND_PAGE.in_lang(lang).to_owned(),
            PageId::Today => words::KIND_TODAY.in_lang(lang).to_owned(),
            PageId::Search => words::KIND_SEARCH.in_lang(lang).to_owned(),
            PageId::NotFound => words::KIND_NOT_FOUND.in_lang(lang).to_owned(),
        }
    }
}

/// Why a page was or would be made anew.
fn reason(why: Why, lang: Lang) -> String {
    match why {
        Why::Missing => words::WHY_MISSING.in_lang(lang).to_owned(),
        Why::Forgotten => words::WHY_FORGOTTEN.in_lang(lang).to_owned(),
        Why::Changed(_) => {
            let names = why.changed().into_iter().map(|input| {
                let say = match input {
                    Input::Theme => words::INPUT_THEME,
                    Input::Site => words::INPUT_SITE,
                    Input::Template => words::INPUT_TEMPLATE,
                    Input::Page => words::INPUT_PAGE,
                    Input::Lists => words::INPUT_LISTS,
                    Input::Text => words::INPUT_TEXT,
                    Input::Links => words::INPUT_LINKS,
                    Input::Takeaways => words::INPUT_TAKEAWAYS,
                };
                say.in_lang(lang)
            });
            let names: Vec<&str> = names.collect();
            words::WHY_CHANGED.with(lang, &[("inputs", &names.join(if lang == Lang::Ja { "、" } else { ", " }))])
        }
    }
}

/// Lines of an explanation.
struct Lines<'s> {
    text: String,
    prefix: Box<dyn Fn(&SourcePath) -> String + 's>,
    lang: Lang,
}

impl<'s> Lines<'s> {
    fn new(session: &'s Session<'_>, lang: Lang) -> Self {
        Self { text: String::new(), prefix: Box::new(|path| session.ui.path(path)), lang }
    }

    fn head(&mut self, what: &str) {
        self.text.push_str(what);
        self.text.push('\n');
    }

    fn say(&mut self, what: words::Say, said: &str) {
        let name = what.in_lang(self.lang);
        let colon = if self.lang == Lang::Ja { "：" } else { ": " };
        self.text.extend(["  ", name, colon, said, "\n"]);
    }

    /// Files, one on the same line, several below it.
    fn files(&mut self, what: words::Say, files: &[SourcePath]) {
        let names: Vec<String> = files.iter().map(|file| (self.prefix)(file)).collect();
        match &names[..] {
            [] => {}
            [one] => self.say(what, one),
            _ => {
                self.say(what, &words::EXPLAIN_FILES.with(self.lang, &[("count", &names.len())]));
                self.names(names);
            }
        }
    }

    fn names(&mut self, names: Vec<String>) {
        let more = names.len().saturating_sub(NAMED);
        for name in names.into_iter().take(NAMED) {
            self.text.extend(["    ", &*name, "\n"]);
        }
        if more > 0 {
            self.text.extend(["    ", &*words::EXPLAIN_MORE.with(self.lang, &[("count", &more)]), "\n"]);
        }
    }
}
