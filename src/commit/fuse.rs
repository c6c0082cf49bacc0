//! How a test kills a commit at any step of it, without timing.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::error::CommitError;

/// Burns down by one at each step of a commit; at the end the commit stops dead, cleaning nothing up.
#[derive(Debug)]
pub(super) struct Fuse(Option<AtomicUsize>);

impl Fuse {
    /// Lets `steps` steps pass; all of them for `None`.
    pub(super) fn of(steps: Option<usize>) -> Self {
        Self(steps.map(AtomicUsize::new))
    }

    /// Called before each step.
    pub(super) fn burn(&self) -> Result<(), CommitError> {
        let Some(left) = &self.0 else { return Ok(()) };
        let step = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        step.map(drop).map_err(|_| CommitError::Stopped)
    }
}
