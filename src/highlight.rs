//! Code to HTML with classes: (language, code) → HTML, each distinct block once.
use crate::memo::Hash;
use std::sync::Arc;
/// x
#[derive(Debug)]
pub struct Highlighter;
impl Highlighter {
    /// x
    pub fn with(_: Vec<(Hash, Arc<str>)>) -> Self {
        Self
    }
    /// x
    pub fn entries(&self) -> Vec<(Hash, Arc<str>)> {
        Vec::new()
    }
}
