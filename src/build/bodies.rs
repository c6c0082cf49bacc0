//! The HTML of texts, with their links filled in.
//!
//! A text's HTML comes out of its parse, which is wanted for its facts anyway. A build that ends when its pages are
//! written lets go of it as soon as the page that shows it is rendered, which is half of what a large site would
//! otherwise hold; while serving, the memos keep it.

use std::sync::{Arc, Mutex, PoisonError};

use crate::content::{Role, TextOptions, parse};
use crate::highlight::Highlighter;
use crate::markdown::Fragment;
use crate::memo::{Hash, KeyBuilder};
use crate::path::SourcePath;
use crate::site::{self, Base, SiteModel, TextInput};
use crate::world::Snapshot;

/// The HTML of a site's texts.
#[derive(Debug)]
pub(super) struct Bodies<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) options: TextOptions,
    pub(super) highlighter: &'a Highlighter,
    pub(super) site: &'a SiteModel,
    /// For each text file, its HTML where it was parsed in this build or is remembered.
    pub(super) parsed: Parsed,
}

/// The HTML of text files, by their index.
#[derive(Debug)]
pub(super) struct Parsed {
    cells: Vec<Mutex<Option<Arc<Fragment>>>>,
    keep: bool,
}

impl Parsed {
    /// `keep`: whether a body is wanted again after its page was rendered.
    pub(super) fn new(bodies: Vec<Option<Arc<Fragment>>>, keep: bool) -> Self {
        Self { cells: bodies.into_iter().map(Mutex::new).collect(), keep }
    }

    fn look(&self, file: usize) -> Option<Arc<Fragment>> {
        self.cells.get(file)?.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn last_look(&self, file: usize) -> Option<Arc<Fragment>> {
        let mut cell = self.cells.get(file)?.lock().unwrap_or_else(PoisonError::into_inner);
        if self.keep { cell.clone() } else { cell.take() }
    }

    /// Those that are here, with their keys.
    pub(super) fn kept<'t>(&'t self, texts: &'t [TextInput]) -> impl Iterator<Item = (Hash, Arc<Fragment>)> + 't {
        texts.iter().enumerate().filter_map(|(file, input)| Some((input.key, self.look(file)?)))
    }
}

impl Bodies<'_> {
    /// The body of a text as seen from `base`.
    pub(super) fn body(&self, text: usize, base: Base<'_>) -> String {
        self.filled(text, base, self.parsed.look(self.site.texts[text].file))
    }

    /// The same for the page that is the last to show it.
    pub(super) fn last_body(&self, text: usize, base: Base<'_>) -> String {
        self.filled(text, base, self.parsed.last_look(self.site.texts[text].file))
    }

    fn filled(&self, text: usize, base: Base<'_>, parsed: Option<Arc<Fragment>>) -> String {
        // The disk keeps what is known of a text, not its HTML: made again from the same bytes, it is the same.
        let node = &self.site.texts[text];
        let body = parsed.unwrap_or_else(|| Arc::new(self.again(&node.source)));
        site::fill(&body, &node.route, &self.site.targets[text], base)
    }

    fn again(&self, source: &SourcePath) -> Fragment {
        let role = Role::of(source);
        let file = self.snapshot.files.get(source);
        file.map(|file| parse::parse(file, role, &self.options, false, self.highlighter).1).unwrap_or_default()
    }

    /// The contents of a text's まとめ boxes as seen from `base`.
    pub(super) fn takeaways(&self, text: usize, base: Base<'_>) -> String {
        let (node, targets) = (&self.site.texts[text], &self.site.targets[text]);
        node.text.takeaways.iter().map(|fragment| site::fill(fragment, &node.route, targets, base)).collect()
    }

    /// What the links of a text lead to, as part of a key.
    pub(super) fn targets(&self, text: usize, key: KeyBuilder) -> KeyBuilder {
        self.site.targets[text].iter().fold(key, |key, target| {
            let shown = match target {
                site::Target::Internal { pixels, title, .. } => (*pixels, title.as_deref()),
                _ => (None, None),
            };
            key.bytes(target.href(&Base::Absolute("")).as_bytes()).value(&shown)
        })
    }
}
