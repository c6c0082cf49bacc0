//! `[external]`: how `hiketsu check --external` asks for links to other sites.

use serde::Serialize;

use crate::fields::Reader;

/// The `[external]` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct External {
    /// Beginnings of URLs that are not asked for; `*` stands for anything.
    pub ignore: Vec<String>,
    /// Seconds that an answer may take; 20 where not given.
    pub timeout: u32,
    /// Days for which what was there is believed; 7 where not given, 0 for none.
    pub days: u32,
    /// Whether places in pages (`#heading`) are looked for; not unless asked for.
    pub anchors: bool,
}

impl Default for External {
    fn default() -> Self {
        Self { ignore: Vec::new(), timeout: 20, days: 7, anchors: false }
    }
}

/// Reads the table.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> External {
    let mut external = External::default();
    let Some(mut inner) = reader.table("external") else { return external };
    external.ignore = inner.lines("ignore").into_iter().map(|line| line.value).collect();
    external.timeout = inner.integer("timeout", 1..=120).map_or(external.timeout, |seconds| seconds.value);
    external.days = inner.integer("days", 0..=365).map_or(external.days, |days| days.value);
    external.anchors = inner.bool("anchors").unwrap_or(false);
    inner.finish();
    external
}
