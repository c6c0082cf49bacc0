//! A site for reading without a network: a service worker that keeps it, and a manifest by which it is installed.

use std::fmt::Write as _;

use serde_json::json;

use crate::config::Config;
use crate::output::{ASSETS, OutputTree};
use crate::path::OutPath;
use crate::search;

/// The worker. It lies at the site's root, for it keeps what lies below it.
pub const WORKER: &str = "sw.js";
/// What a browser installs the site by.
pub const MANIFEST: &str = "manifest.webmanifest";
/// The site's mark.
pub const ICON: &str = "icon.svg";

/// A picture above this is kept once it was seen, like everything else that is not kept beforehand: by nobody.
const LARGEST: u64 = 500_000;

const SCRIPT: &str = include_str!("offline/worker.js");

/// The worker that removes itself and all that was kept.
pub const REMOVER: &str = include_str!("offline/remove.js");

/// Whether these bytes are a worker of ours.
pub fn is_worker(bytes: &[u8]) -> bool {
    let line = SCRIPT.lines().next().unwrap_or_default();
    bytes.starts_with(line.as_bytes())
}

/// The worker for a site of these files. It keeps pages, styles, scripts and pictures; the search index as it is used.
pub fn worker(tree: &OutputTree) -> String {
    let mut files = String::from("{");
    for (path, entry) in tree.iter().filter(|(path, entry)| is_kept(path, entry.len)) {
        let route = path.route();
        let separator = if files.len() > 1 { "," } else { "" };
        let name = serde_json::Value::from(route.encoded());
        let _ = write!(files, "{separator}\n{name}:\"{}\"", entry.hash.short());
    }
    files.push('}');
    SCRIPT.replacen("const FILES = {};", &format!("const FILES = {files};"), 1)
}

fn is_kept(path: &OutPath, len: u64) -> bool {
    let name = path.as_str();
    if search::is_file(path) || name == "404.html" {
        return false;
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "html" => true,
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" => len <= LARGEST,
        _ => name.starts_with(ASSETS) && name.get(ASSETS.len()..).is_some_and(|rest| rest.starts_with('/')),
    }
}

/// A colour of `[theme.colors]` by day, or the usual one.
fn colour(config: &Config, key: &str, usual: &str) -> String {
    let set = config.theme.colours.iter().find(|colour| colour.key == key).map(|colour| colour.values[0]);
    set.map_or_else(|| usual.to_owned(), |[r, g, b]| format!("#{r:02x}{g:02x}{b:02x}"))
}

/// The manifest (Web Application Manifest, section 1).
pub fn manifest(config: &Config) -> String {
    let manifest = json!({
        "id": "./", "start_url": "./", "scope": "./", "display": "minimal-ui", "lang": config.language,
        "name": config.title, "short_name": config.short_title, "description": config.description,
        "background_color": colour(config, "background", "#fdfcfa"), "theme_color": colour(config, "accent", "#1f3a5f"),
        "icons": [{ "src": ICON, "sizes": "any", "type": "image/svg+xml", "purpose": "any" }],
    });
    format!("{manifest:#}\n")
}

/// The mark, in the site's own colours.
pub fn icon(config: &Config) -> String {
    let (ground, paper) = (colour(config, "accent", "#1f3a5f"), colour(config, "accent_text", "#fdfcfa"));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path fill=\"{ground}\" d=\"M0 0h16v16H0z\"/>\
         <path fill=\"{paper}\" d=\"M4 3h3v8H4zM11 2h.7v12H11zM11 4h2.5v.7H11zM11 7.7h2.5v.7H11zM11 11.3h2.5v.7H11z\"/></svg>\n"
    )
}
