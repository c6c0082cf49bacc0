//! The first half of the build, for those who ask about a site and show none of its pages.

use std::sync::Arc;

use super::{Memos, Options, Silent, read_config, read_content, text_options};
use crate::config::Config;
use crate::diag::{self, Diagnostic};
use crate::highlight::Highlighter;
use crate::lint;
use crate::site::{self, AssetInput, Moment, SiteModel, TextInput};
use crate::time::Instant;
use crate::world::Snapshot;

/// What a build knows of a site before it makes the first page.
#[derive(Debug, Clone)]
pub struct Survey {
    /// `site.toml`.
    pub config: Arc<Config>,
    /// All texts, sorted by source path.
    pub texts: Vec<TextInput>,
    /// Files that are published as they are, sorted by source path.
    pub assets: Vec<AssetInput>,
    /// The relations.
    pub site: Arc<SiteModel>,
    /// When that was so.
    pub now: Instant,
    /// Everything that is wrong so far, sorted: not what is wrong with themes.
    pub diagnostics: Vec<Diagnostic>,
}

impl Survey {
    /// Reads and relates.
    pub fn of(snapshot: &Snapshot, options: &Options, memos: &Memos) -> Self {
        let mut faults = snapshot.faults.clone();
        let config = Arc::new(read_config(snapshot, &mut faults));
        let highlighter = Highlighter::with(memos.highlights());
        let text_options = text_options(&config);
        let (texts, _, assets) = read_content(snapshot, &text_options, false, memos, &highlighter, &Silent);
        for input in &texts {
            faults.extend(input.text.faults.iter().map(|fault| fault.clone().in_file(&input.source)));
        }
        let moment = Moment { now: snapshot.now, drafts: options.drafts };
        let site = Arc::new(site::relate(&config, &texts, &assets, &moment).drain_into(&mut faults));
        lint::judge(&texts, &site, &text_options.spellings, &mut faults);
        config.lint.apply(&mut faults);
        diag::sort(&mut faults);
        Self { config, texts, assets, site, now: snapshot.now, diagnostics: faults }
    }
}
