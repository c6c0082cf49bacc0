//! A bar on standard error, once a build has taken longer than a second.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::words;
use crate::build::{Progress, Stage};
use crate::diag::Lang;
use crate::world::disk::Stopwatch;

const PATIENCE: Duration = Duration::from_secs(1);

/// The bar.
pub(super) struct Bar {
    drawn: ProgressBar,
    since: Stopwatch,
    wanted: bool,
    shown: AtomicBool,
    lang: Lang,
}

impl Bar {
    /// A bar that shows itself in time, or never where it is not `wanted`.
    pub(super) fn new(wanted: bool, lang: Lang) -> Self {
        let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}").expect("the template is well-formed");
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_style(style);
        Self { drawn: bar, since: Stopwatch::start(), wanted, shown: AtomicBool::new(false), lang }
    }

    /// Takes it away.
    pub(super) fn finish(&self) {
        self.drawn.finish_and_clear();
    }

    fn show_in_time(&self) {
        let due = self.wanted && !self.shown.load(Ordering::Relaxed) && self.since.elapsed() > PATIENCE;
        if due && !self.shown.swap(true, Ordering::Relaxed) {
            self.drawn.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Progress for Bar {
    fn begin(&self, stage: Stage, total: usize) {
        if !self.wanted {
            return;
        }
        let name = match stage {
            Stage::Read => words::STAGE_READ,
            Stage::Render => words::STAGE_RENDER,
        };
        self.drawn.set_message(name.in_lang(self.lang));
        self.drawn.set_length(total as u64);
        self.drawn.set_position(0);
        self.show_in_time();
    }

    fn step(&self) {
        if self.wanted {
            self.drawn.inc(1);
            self.show_in_time();
        }
    }
}
