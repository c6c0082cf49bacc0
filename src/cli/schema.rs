//! `hiketsu schema`: what editors need to complete and check front matter and `site.toml`.

use super::args::SchemaOf;
use super::failure::Failure;
use super::{Session, args, place};
use crate::build;
use crate::config;
use crate::path::SourcePath;
use crate::schema;
use crate::world::World as _;

/// `hiketsu schema`. It works outside of a site too, and then knows no terms.
pub(super) fn schema(session: &mut Session<'_>, typed: &args::Schema) -> Result<(), Failure> {
    let lang = session.ui.lang;
    let root = place::find(session.root.as_deref(), session.environment, lang);
    let root = if session.root.is_some() { Some(root?) } else { root.ok() };
    let settings = match root {
        Some(root) => place::open(&root, None, lang)?.read(&SourcePath::new(config::FILE)).ok(),
        None => None,
    };
    let config = config::parse(&String::from_utf8_lossy(&settings.unwrap_or_default())).value;
    let schema = match typed.of {
        SchemaOf::Site => schema::site(lang),
        SchemaOf::FrontMatter => schema::front_matter(lang, &build::text_options(&config), Some(&config)),
    };
    let text = serde_json::to_string_pretty(&schema).expect("a value is JSON");
    Ok(session.ui.print(&format!("{text}\n"))?)
}
