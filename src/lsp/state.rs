//! What the server knows: the site as it was last built, and the texts that the editor holds.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lsp_types::{DiagnosticRelatedInformation, DiagnosticSeverity, InitializeParams, Location, NumberOrString, Uri};

use super::Options;
use super::place::{self, Places};
use crate::build::{self, Built, Memos, Silent, Survey, build};
use crate::config;
use crate::content::{FrontMatter, TextOptions};
use crate::decode::decode;
use crate::diag::catalogue::site::UNPUBLISHED_LINK;
use crate::diag::{self, Diagnostic, Lang, Severity, fill};
use crate::path::SourcePath;
use crate::site::{SiteModel, TextNode};
use crate::text::Span;
use crate::world::disk::DiskWorld;
use crate::world::overlay::Overlay;
use crate::world::{Data, Snapshot, World as _};

/// Drafts are written in editors, so they are part of what is built.
const BUILD: build::Options = build::Options { drafts: true };

pub(super) struct State {
    pub(super) lang: Lang,
    site: Option<Open>,
    /// Texts that came before the site was found.
    waiting: Vec<(Uri, String)>,
    /// Whether the editor can rename files when it is told to.
    pub(super) renames_files: bool,
    /// Files of which something was said.
    told: BTreeSet<SourcePath>,
}

/// A site.
pub(super) struct Open {
    world: Overlay<DiskWorld>,
    memos: Memos,
    dirty: bool,
    last: Option<Last>,
}

/// A site as it was built.
pub(super) struct Last {
    pub(super) snapshot: Snapshot,
    pub(super) built: Built,
    pub(super) survey: Survey,
    pub(super) options: TextOptions,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl State {
    pub(super) fn new(options: &Options, params: &InitializeParams) -> Self {
        let editors = params.locale.as_deref().map(|locale| if locale.starts_with("ja") { Lang::Ja } else { Lang::En });
        let workspace = params.capabilities.workspace.as_ref();
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let operations = edits.and_then(|edits| edits.resource_operations.as_deref()).unwrap_or_default();
        let mut state = Self {
            lang: options.lang.or(editors).unwrap_or(options.default_lang),
            site: None,
            waiting: Vec::new(),
            renames_files: operations.contains(&lsp_types::ResourceOperationKind::Rename),
            told: BTreeSet::new(),
        };
        #[expect(deprecated, reason = "editors that know no workspace folders still send it")]
        let root = params.root_uri.as_ref();
        let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
        let folders: Vec<PathBuf> = folders.chain(root).filter_map(place::path).collect();
        for folder in options.root.iter().chain(&folders) {
            state.adopt(folder);
        }
        state
    }

    /// Takes the site in `folder`, or in a folder above it, where there is none yet.
    fn adopt(&mut self, folder: &Path) {
        if self.site.is_some() {
            return;
        }
        let found = folder.ancestors().find_map(|folder| DiskWorld::open(folder, None).ok());
        if let Some(world) = found {
            self.site = Some(Open { world: Overlay::new(world), memos: Memos::serving(), dirty: true, last: None });
            for (uri, text) in std::mem::take(&mut self.waiting) {
                self.open(&uri, &text);
            }
        }
    }

    /// The editor holds `text` as what is at `uri`.
    pub(super) fn open(&mut self, uri: &Uri, text: &str) {
        if let Some(folder) = place::path(uri).as_deref().and_then(Path::parent) {
            self.adopt(folder);
        }
        let path = self.source(uri);
        match (&mut self.site, path) {
            (Some(site), Some(path)) => {
                site.world.lay(path, text);
                site.dirty = true;
            }
            (None, _) => self.waiting.push((uri.clone(), text.to_owned())),
            _ => {}
        }
    }

    /// The editor lets go of it: what is on disk counts again.
    pub(super) fn close(&mut self, uri: &Uri) {
        self.waiting.retain(|(waiting, _)| waiting != uri);
        if let (Some(path), Some(site)) = (self.source(uri), &mut self.site) {
            site.world.lift(&path);
            site.dirty = true;
        }
    }

    /// Something changed on disk.
    pub(super) fn touch(&mut self) {
        if let Some(site) = &mut self.site {
            site.dirty = true;
        }
    }

    pub(super) fn is_dirty(&self) -> bool {
        self.site.as_ref().is_some_and(|site| site.dirty)
    }

    /// The file of the site that a URI names.
    pub(super) fn source(&self, uri: &Uri) -> Option<SourcePath> {
        let site = self.site.as_ref()?;
        let path = place::path(uri)?;
        let root = site.world.below.root();
        let below = path.strip_prefix(root).map(Path::to_owned).or_else(|_| {
            // The editor may name the folder through a link; only folders that exist can be resolved.
            let folder = path.parent().and_then(|folder| folder.canonicalize().ok()).unwrap_or_default();
            folder.join(path.file_name().unwrap_or_default()).strip_prefix(root).map(Path::to_owned)
        });
        Some(SourcePath::new(below.ok()?.to_str()?.replace('\\', "/")))
    }

    /// Where a file of the site is.
    pub(super) fn uri(&self, path: &SourcePath) -> Option<Uri> {
        place::uri(&self.site.as_ref()?.world.below.root().join(path.as_str()))
    }

    /// The site as it was last built.
    pub(super) fn last(&self) -> Option<&Last> {
        self.site.as_ref()?.last.as_ref()
    }

    /// The text of a file as it is now: as the editor holds it.
    pub(super) fn text_now(&self, path: &SourcePath) -> Option<String> {
        let bytes = self.site.as_ref()?.world.read(path).ok()?;
        Some(decode(&bytes).value.into_owned())
    }

    /// Builds, and sorts what is wrong by file: all files that have something, and those that have nothing any more.
    pub(super) fn diagnose(&mut self) -> Vec<(Uri, Vec<lsp_types::Diagnostic>)> {
        let Some(site) = &mut self.site else { return Vec::new() };
        site.dirty = false;
        // A disk that cannot be read now is asked again at the next change.
        let Ok(snapshot) = site.world.snapshot() else { return Vec::new() };
        let built = build(snapshot.clone(), &BUILD, &mut site.memos, &BTreeMap::new(), &Silent);
        let survey = Survey::of(&snapshot, &BUILD, &site.memos);
        let mut diagnostics = built.diagnostics.clone();
        // What readers would miss is only seen without drafts.
        let published = Survey::of(&snapshot, &build::Options::default(), &site.memos);
        diagnostics.extend(published.diagnostics.into_iter().filter(|found| found.code == &UNPUBLISHED_LINK));
        diag::sort(&mut diagnostics);
        let options = build::text_options(&built.config);
        site.last = Some(Last { snapshot, built, survey, options, diagnostics });
        let last = self.last().map_or(&[][..], |last| &last.diagnostics);
        let mut files: BTreeMap<SourcePath, Vec<lsp_types::Diagnostic>> =
            self.told.iter().map(|path| (path.clone(), Vec::new())).collect();
        for diagnostic in last {
            let file = self.home(&diagnostic.file);
            files.entry(file).or_default().push(self.told_of(diagnostic));
        }
        let published = files.iter().filter_map(|(path, found)| Some((self.uri(path)?, found.clone()))).collect();
        self.told = files.into_iter().filter(|(_, found)| !found.is_empty()).map(|(path, _)| path).collect();
        published
    }

    /// Where a diagnostic of `file` is shown: a file of the program's own theme is none that could be opened.
    fn home(&self, file: &SourcePath) -> SourcePath {
        let known = self.last().is_some_and(|last| last.snapshot.files.contains_key(file));
        if known { file.clone() } else { SourcePath::new(config::FILE) }
    }

    fn told_of(&self, diagnostic: &Diagnostic) -> lsp_types::Diagnostic {
        let label = fill(diagnostic.code.words(self.lang).related, &diagnostic.args);
        let related = diagnostic.related.iter().filter_map(|(file, span)| {
            let location = self.location(file, *span)?;
            Some(DiagnosticRelatedInformation { location, message: label.clone() })
        });
        let help = diagnostic.help(self.lang);
        let message = diagnostic.message(self.lang);
        lsp_types::Diagnostic {
            range: self.location(&diagnostic.file, diagnostic.span).map(|location| location.range).unwrap_or_default(),
            severity: Some(match diagnostic.severity {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
                Severity::Info => DiagnosticSeverity::INFORMATION,
            }),
            code: Some(NumberOrString::String(diagnostic.code.id.to_owned())),
            source: Some("hiketsu".to_owned()),
            message: if help.is_empty() { message } else { format!("{message}\n{help}") },
            related_information: Some(related.collect::<Vec<_>>()).filter(|related| !related.is_empty()),
            ..lsp_types::Diagnostic::default()
        }
    }

    /// A place in a file, as it was built.
    pub(super) fn location(&self, file: &SourcePath, span: Span) -> Option<Location> {
        let text = self.last()?.text(file).unwrap_or_default();
        Some(Location { uri: self.uri(file)?, range: Places::new(&text).range(span) })
    }
}

impl Last {
    pub(super) fn model(&self) -> &SiteModel {
        &self.built.site
    }

    /// The text of a file, as it was built.
    pub(super) fn text(&self, path: &SourcePath) -> Option<Cow<'_, str>> {
        match &self.snapshot.files.get(path)?.data {
            Data::Held(bytes) => Some(decode(bytes).value),
            Data::Left => None,
        }
    }

    /// A published text or a draft, by its file; and its index.
    pub(super) fn node(&self, path: &SourcePath) -> Option<(usize, &TextNode)> {
        self.model().texts.iter().enumerate().find(|(_, node)| node.source == *path)
    }

    /// The head of any text.
    pub(super) fn front(&self, path: &SourcePath) -> Option<&FrontMatter> {
        let input = self.survey.texts.iter().find(|input| input.source == *path)?;
        Some(&input.text.front)
    }
}
