//! Themes in layers: files in the site's own `templates/`, `assets/`, `i18n/` stand over those of `themes/NAME/`, and
//! these over the standard theme in the program, file by file; words key by key.

mod css;
mod settings;
mod tight;

use std::collections::BTreeMap;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest as _, Sha256};

use crate::config::Config;
use crate::decode::decode;
use crate::diag::catalogue::theme as codes;
use crate::diag::{Checked, Diagnostic, Fault, nearest};
use crate::memo::{Hash, KeyBuilder};
use crate::output::ASSETS;
use crate::path::{OutPath, SourcePath};
use crate::text::Span;
use crate::world::{Data, File, Snapshot};

/// The theme that is built in.
pub const STANDARD: &str = "standard";

/// All that a theme gives to a build.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    /// By name: `lesson.html`, `partials/header.html`.
    pub templates: BTreeMap<String, Template>,
    /// By name as typed: `style.css`.
    pub assets: BTreeMap<String, Asset>,
    /// Words in the site's language; English ones where it has none.
    pub strings: BTreeMap<String, String>,
    /// Of all this.
    pub fingerprint: Hash,
}

/// A template.
#[derive(Debug, Clone)]
pub struct Template {
    /// The file it comes from; one of the standard theme's is named as if it lay in the site.
    pub source: SourcePath,
    /// Its text.
    pub text: String,
    /// The text of the layer below that it stands over, which takes its place where it is faulty.
    pub below: Option<String>,
}

/// A file that pages refer to.
#[derive(Debug, Clone)]
pub struct Asset {
    /// The file it comes from.
    pub source: SourcePath,
    /// Where it is published: its name holds its hash.
    pub path: OutPath,
    /// Its bytes, length and hash.
    pub file: File,
}

impl Asset {
    /// For a style sheet or a script, what a browser can check its bytes by: `sha256-…` (Subresource Integrity,
    /// section 3.1); empty where they are not at hand.
    pub fn integrity(&self) -> Option<String> {
        let (_, extension) = self.path.as_str().rsplit_once('.')?;
        matches!(extension, "css" | "js").then(|| match &self.file.data {
            Data::Held(bytes) => format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes))),
            Data::Left => String::new(),
        })
    }
}

/// The files of one kind (`templates`, `assets`, `i18n`), the upper layers over the lower ones, by the path below
/// their folder.
fn layered<'a>(snapshot: &'a Snapshot, theme: &str, kind: &str) -> Vec<BTreeMap<String, (SourcePath, &'a File)>> {
    let below = |files: &'a BTreeMap<SourcePath, File>,
                 folder: &str,
                 shown: &str|
     -> BTreeMap<String, (SourcePath, &'a File)> {
        let named = files.iter().filter_map(|(path, file)| {
            let name = path.as_str().strip_prefix(folder)?;
            Some((name.to_owned(), (SourcePath::new(format!("{shown}{name}")), file)))
        });
        named.collect()
    };
    let embedded = format!("themes/{STANDARD}/{kind}/");
    let own = format!("themes/{theme}/{kind}/");
    let over = format!("{kind}/");
    vec![
        below(&snapshot.embedded, &over, &embedded),
        below(&snapshot.files, &own, &own),
        below(&snapshot.files, &over, &over),
    ]
}

/// Puts the layers of the site's theme together.
pub fn load(snapshot: &Snapshot, config: &Config) -> Checked<Theme> {
    let mut faults = Vec::new();
    let name = &config.theme.name.value;
    check_exists(snapshot, config, &mut faults);
    let mut templates = BTreeMap::new();
    for (name, (source, file)) in layered(snapshot, name, "templates").into_iter().flatten() {
        if let Some(text) = text_of(&source, file, &mut faults) {
            let below = templates.remove(&name).map(|below: Template| below.below.unwrap_or(below.text));
            templates.insert(name, Template { source, text, below });
        }
    }
    extended(snapshot, name, &mut templates);
    let assets = assets(snapshot, config, &mut faults);
    let strings = words(snapshot, config, &mut faults);
    let mut key = KeyBuilder::new("theme").value(&strings);
    for (name, template) in &templates {
        key = key.bytes(name.as_bytes()).bytes(template.text.as_bytes()).value(&template.below);
    }
    for (name, asset) in &assets {
        key = key.bytes(name.as_bytes()).hash(asset.file.hash);
    }
    Checked::new(Theme { templates, assets, strings, fingerprint: key.finish() }, faults)
}

/// A template that stands over another of its name can build on it: `{% extends "standard/lesson.html" %}` is the
/// standard theme's, `mine/lesson.html` that of the theme in use, whatever stands over them. Those that are asked for
/// become templates under these names.
fn extended(snapshot: &Snapshot, theme: &str, templates: &mut BTreeMap<String, Template>) {
    let layers = layered(snapshot, theme, "templates");
    // The upper layer first: what it builds on is asked for in turn.
    for (of, layer) in [STANDARD, theme].iter().zip(&layers).rev() {
        for (file, (source, held)) in layer {
            let name = format!("{of}/{file}");
            let asked = templates.values().any(|template| template.text.contains(&format!("\"{name}\"")));
            // A theme's own folder may happen to be named like a theme.
            if asked
                && !templates.contains_key(&name)
                && let Some(text) = text_of(source, held, &mut Vec::new())
            {
                templates.insert(name, Template { source: source.clone(), text, below: None });
            }
        }
    }
}

/// A file of the theme, and where it is taken from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// By its path below the site's folder, if it were there: `templates/lesson.html`.
    pub path: String,
    /// Where it is, the layer that wins first: the site's own, `themes/NAME/…`, the standard theme's.
    pub sources: Vec<SourcePath>,
    /// The bytes of the layer below the site's own; `None` where there is none.
    pub below: Option<std::sync::Arc<[u8]>>,
}

/// All files of the theme `name`, by path.
pub fn parts(snapshot: &Snapshot, name: &str) -> Vec<Part> {
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    for kind in ["templates", "assets", "i18n"] {
        for (at, layer) in layered(snapshot, name, kind).into_iter().enumerate() {
            for (file, (source, held)) in layer {
                let path = format!("{kind}/{file}");
                let part = parts.entry(path.clone()).or_insert(Part { path, sources: Vec::new(), below: None });
                part.sources.insert(0, source);
                if let (Data::Held(bytes), true) = (&held.data, at < 2) {
                    part.below = Some(bytes.clone());
                }
            }
        }
    }
    parts.into_values().collect()
}

/// The assets of all layers, under names that hold their hashes.
fn assets(snapshot: &Snapshot, config: &Config, faults: &mut Vec<Diagnostic>) -> BTreeMap<String, Asset> {
    let layers = layered(snapshot, &config.theme.name.value, "assets");
    let mut sources: BTreeMap<_, _> = layers.into_iter().flatten().collect();
    settings::check(&config.theme, &sources, faults);
    let ended = settings::sheet(&config.theme, &sources);
    if let (Some(ended), Some((_, file))) = (&ended, sources.get_mut(settings::SHEET)) {
        *file = ended;
    }
    let resolved = css::resolve(&sources, &|name, file| hashed_name(name, file.hash), faults);
    let published = resolved.into_iter().zip(sources.into_values());
    published.map(|((name, (path, file)), (source, _))| (name, Asset { source, path, file })).collect()
}

fn check_exists(snapshot: &Snapshot, config: &Config, faults: &mut Vec<Diagnostic>) {
    let name = config.theme.name.value.as_str();
    let mut known: Vec<&str> = snapshot
        .files
        .keys()
        .filter_map(|path| path.as_str().strip_prefix("themes/")?.split_once('/').map(|(name, _)| name))
        .chain([STANDARD])
        .collect();
    known.dedup();
    if !known.contains(&name) {
        let fault = Fault::new(&codes::NO_THEME, config.theme.name.span)
            .arg("theme", name)
            .arg_opt("nearest", nearest(name, known));
        faults.push(fault.in_file(&SourcePath::new(crate::config::FILE)));
    }
}

fn text_of(source: &SourcePath, file: &File, faults: &mut Vec<Diagnostic>) -> Option<String> {
    let Data::Held(bytes) = &file.data else { return None };
    let decoded = decode(bytes);
    faults.extend(decoded.faults.into_iter().map(|fault| fault.in_file(source)));
    Some(decoded.value.into_owned())
}

/// `_/style.1a2b3c4d5e.css`.
fn hashed_name(name: &str, hash: Hash) -> OutPath {
    let short = hash.short();
    let (folder, file) =
        name.rsplit_once('/').map_or((String::new(), name), |(folder, file)| (format!("{folder}/"), file));
    OutPath::new(match file.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("{ASSETS}/{folder}{stem}.{short}.{extension}"),
        _ => format!("{ASSETS}/{folder}{file}.{short}"),
    })
}

/// English words, then those of the site's language over them, layer by layer.
fn words(snapshot: &Snapshot, config: &Config, faults: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let base = config.language.split('-').next().unwrap_or_default();
    let layers = layered(snapshot, &config.theme.name.value, "i18n");
    let mut words = BTreeMap::new();
    for language in ["en", base] {
        for layer in &layers {
            let Some((source, file)) = layer.get(&format!("{language}.toml")) else { continue };
            let Some(text) = text_of(source, file, faults) else { continue };
            read_words(source, &text, &mut words, faults);
        }
    }
    words
}

fn read_words(source: &SourcePath, text: &str, words: &mut BTreeMap<String, String>, faults: &mut Vec<Diagnostic>) {
    let (table, errors) = toml::de::DeTable::parse_recoverable(text);
    for error in errors {
        let span = error.span().map_or(Span::default(), Span::new);
        faults.push(Fault::new(&codes::BAD_WORDS, span).arg("detail", error.message()).in_file(source));
    }
    for (key, value) in table.get_ref() {
        match value.get_ref().as_str() {
            Some(text) => {
                words.insert(key.get_ref().to_string(), text.to_owned());
            }
            None => faults.push(
                Fault::new(&codes::WORD_NOT_TEXT, Span::new(value.span())).arg("key", key.get_ref()).in_file(source),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_stands_before_the_extension() {
        let hash = Hash::of(b"x");
        let short = hash.short();
        assert_eq!(hashed_name("style.css", hash).as_str(), format!("_/style.{short}.css"));
        assert_eq!(hashed_name("img/a.b.svg", hash).as_str(), format!("_/img/a.b.{short}.svg"));
        assert_eq!(hashed_name("LICENSE", hash).as_str(), format!("_/LICENSE.{short}"));
    }
}
