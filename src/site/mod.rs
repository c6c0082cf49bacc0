//! site

/// PLACEHOLDER, replaced at the merge.
#[derive(Debug, Default)]
pub struct SiteModel;
