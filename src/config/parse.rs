//! `site.toml` as typed → [`Config`].

use std::collections::BTreeMap;

use jiff::tz::TimeZoneDatabase;

use super::address::{self, Refused};
use super::{
    Breaks, Config, FRONT_MATTER_FIELDS, Feeds, MarkdownOptions, NavItem, Offline, RawHtml, Side, Speaker, Taxonomy,
    Term,
};
use super::{external, lint, security, theme};
use crate::diag::catalogue::config as codes;
use crate::diag::{Checked, Fault, nearest};
use crate::fields::shape::Field;
use crate::fields::{self, Kind, Node, Reader, Source, Syntax, Value, snippet};
use crate::slug::{NameFault, check_name, collision_key};
use crate::text::{Located, Span};

pub(super) const DEFAULT_THEME: &str = "standard";
const DEFAULT_LANGUAGE: &str = "ja";
const DEFAULT_TIMEZONE: &str = "Asia/Tokyo";
const DEFAULT_BASE_URL: &str = "https://example.com/";
const DEFAULT_FEED_LIMIT: u32 = 20;
const DEFAULT_PER_PAGE: u32 = 20;

/// Characters of a slug or a theme's name at most.
const MAX_NAME: usize = 80;

/// Names that other generators have for fields of ours.
const FOREIGN: &[(&str, &str)] = &[
    ("name", "title"),
    ("url", "base_url"),
    ("baseurl", "base_url"),
    ("site_url", "base_url"),
    ("site_name", "title"),
    ("subtitle", "tagline"),
    ("lang", "language"),
    ("locale", "language"),
    ("languagecode", "language"),
    ("default_language", "language"),
    ("tz", "timezone"),
    ("time_zone", "timezone"),
    ("nav", "navigation"),
    ("menu", "navigation"),
    ("authors", "author"),
    ("paginate", "paging"),
    ("params", "extra"),
    ("タイトル", "title"),
    ("題名", "title"),
    ("著者", "author"),
    ("言語", "language"),
    ("説明", "description"),
];

/// Reads the text of `site.toml`. Spans are offsets into it.
pub fn parse(text: &str) -> Checked<Config, Fault> {
    let Checked { value: entries, mut faults } = fields::toml::parse(text);
    let source = Source { text, syntax: Syntax::Toml };
    let mut reader = Reader::new(source, &entries, Span::at(0), &mut faults).knows_as(FOREIGN);
    let config = config(&mut reader);
    reader.finish();
    faults.sort_by_key(|fault| fault.span);
    Checked::new(config, faults)
}

/// The fields of `site.toml`, as [`parse`] reads them.
pub fn shape() -> Vec<Field> {
    let (mut fields, mut faults) = (Vec::new(), Vec::new());
    let source = Source { text: "", syntax: Syntax::Toml };
    config(&mut Reader::describing(source, &mut fields, &mut faults));
    fields
}

fn config(reader: &mut Reader<'_, '_>) -> Config {
    let title = text_or_empty(reader.required_line("title", "営業110の秘訣"));
    let short_title = reader.line("short_title").map_or_else(|| title.clone(), |text| text.value);
    let tagline = text_or_empty(reader.line("tagline"));
    let description = reader.line("description").map_or_else(|| tagline.clone(), |text| text.value);
    let base_url = base_url(reader);
    let language = language(reader);
    let timezone = timezone(reader);
    let author = reader.line("author").map(|text| text.value);
    let theme = theme::read(reader);
    let copyright = text_or_empty(reader.line("copyright"));
    let about = text_or_empty(reader.text("about"));
    let navigation = navigation(reader);
    let taxonomies = taxonomies(reader, &language);
    let speakers = speakers(reader);
    let markdown = markdown(reader);
    let lint = lint::read(reader);
    let external = external::read(reader);
    let search = search(reader);
    let feeds = feeds(reader);
    let per_page = per_page(reader);
    let security = security::read(reader);
    let offline = offline(reader);
    let extra = reader.free("extra");
    Config {
        title,
        short_title,
        tagline,
        description,
        base_url,
        language,
        timezone,
        author,
        theme,
        copyright,
        about,
        navigation,
        taxonomies,
        speakers,
        markdown,
        lint,
        external,
        search,
        feeds,
        per_page,
        security,
        offline,
        extra: if extra == Value::Null { Value::Map(Vec::new()) } else { extra },
    }
}

fn text_or_empty(text: Option<Located<String>>) -> String {
    text.map(|text| text.value).unwrap_or_default()
}

fn base_url(reader: &mut Reader<'_, '_>) -> String {
    let typed = reader.required_line("base_url", DEFAULT_BASE_URL);
    reader.formed("base_url", "^ *[Hh][Tt][Tt][Pp][Ss]?://[^?#]+$");
    let Some(typed) = typed else {
        return DEFAULT_BASE_URL.to_owned();
    };
    match address::normalise(&typed.value) {
        Ok(url) => url,
        Err(Refused::Form(guess)) => {
            let fault = Fault::new(&codes::BASE_URL, typed.span)
                .arg("found", snippet(&typed.value))
                .arg("example", guess.as_deref().unwrap_or("https://example.com/course/"));
            reader.report(fault);
            guess.unwrap_or_else(|| DEFAULT_BASE_URL.to_owned())
        }
        Err(Refused::Extra(part, url)) => {
            let fault = Fault::new(&codes::BASE_URL_EXTRA, typed.span).arg("part", snippet(&part)).arg("example", &url);
            reader.report(fault);
            url
        }
    }
}

/// A language tag by its shape (RFC 5646 section 2.1): a primary language of two or three letters, then subtags.
fn language(reader: &mut Reader<'_, '_>) -> String {
    let Some(typed) = reader.line("language") else { return DEFAULT_LANGUAGE.to_owned() };
    let tag = typed.value.as_str();
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or("");
    let good_primary = matches!(primary.len(), 2 | 3) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    let good_rest = parts.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    // Codes of countries that are often taken for those of their languages.
    let meant = match tag.to_lowercase().as_str() {
        "jp" | "japanese" | "日本語" => Some("ja".to_owned()),
        "english" | "英語" | "eng" | "us" | "uk" => Some("en".to_owned()),
        "kr" | "korean" => Some("ko".to_owned()),
        "cn" | "chinese" => Some("zh".to_owned()),
        lower if lower.contains('_') => Some(tag.split(['.', '@']).next().unwrap_or(tag).replace('_', "-")),
        _ => None,
    };
    let known_mistake = meant.is_some() && tag != "uk";
    if good_primary && good_rest && !known_mistake {
        return canonical_tag(tag);
    }
    let fault = Fault::new(&codes::LANGUAGE, typed.span).arg("found", snippet(tag)).arg_opt("nearest", meant.as_ref());
    reader.report(fault);
    meant.unwrap_or_else(|| DEFAULT_LANGUAGE.to_owned())
}

/// Case as RFC 5646 section 2.1.1 recommends it: `ja-JP`, `zh-Hant-TW`.
fn canonical_tag(tag: &str) -> String {
    let parts = tag.split('-').enumerate().map(|(index, part)| {
        let lower = part.to_ascii_lowercase();
        match (index, lower.len()) {
            (0, _) => lower,
            (_, 2) => lower.to_ascii_uppercase(),
            (_, 4) => lower.chars().enumerate().map(|(i, c)| if i == 0 { c.to_ascii_uppercase() } else { c }).collect(),
            _ => lower,
        }
    });
    parts.collect::<Vec<_>>().join("-")
}

fn timezone(reader: &mut Reader<'_, '_>) -> String {
    let Some(typed) = reader.line("timezone") else { return DEFAULT_TIMEZONE.to_owned() };
    let database = TimeZoneDatabase::bundled();
    if let Some(name) = database.get(&typed.value).ok().as_ref().and_then(|zone| zone.iana_name()) {
        return name.to_owned();
    }
    let names: Vec<String> = database.available().map(|name| name.as_str().to_owned()).collect();
    let city = format!("/{}", typed.value.to_lowercase().replace(' ', "_"));
    let meant = match typed.value.to_uppercase().as_str() {
        "JST" | "JST-9" | "+09:00" | "UTC+9" | "GMT+9" | "日本" | "東京" => Some(DEFAULT_TIMEZONE),
        _ => names
            .iter()
            .map(String::as_str)
            .find(|name| name.to_lowercase().ends_with(&city))
            .or_else(|| nearest(&snippet(&typed.value), names.iter().map(String::as_str))),
    };
    let fault = Fault::new(&codes::TIMEZONE, typed.span).arg("found", snippet(&typed.value)).arg_opt("nearest", meant);
    reader.report(fault);
    meant.unwrap_or(DEFAULT_TIMEZONE).to_owned()
}

/// Whether `name` can be a folder that every host serves; reports why not.
pub(super) fn legal(reader: &mut Reader<'_, '_>, key: &str, name: &Located<String>) -> bool {
    let length = name.value.chars().count();
    let fault = match check_name(&name.value) {
        Err(NameFault::Character(c)) => Fault::new(&codes::NAME_CHARACTER, name.span).arg("character", shown(c)),
        Ok(()) | Err(NameFault::Long) if length > MAX_NAME => {
            Fault::new(&codes::NAME_LONG, name.span).arg("length", length).arg("limit", MAX_NAME)
        }
        // Hidden folders are left out by some hosts.
        Ok(()) if !name.value.starts_with('.') => return true,
        _ => Fault::new(&codes::NAME_RESERVED, name.span),
    };
    reader.report(fault.arg("key", key).arg("found", snippet(&name.value)));
    false
}

/// A character as a message shows it.
fn shown(c: char) -> String {
    if c.is_control() { format!("U+{:04X}", u32::from(c)) } else { c.to_string() }
}

fn navigation(reader: &mut Reader<'_, '_>) -> Vec<NavItem> {
    let mut items = Vec::new();
    for node in reader.list("navigation") {
        let Some(mut inner) = reader.within("[navigation]", node) else { continue };
        let label = inner.required_line("label", "目次");
        let link = inner.required_line("link", "/secrets/");
        if let Some(link) = &link
            && let Some(scheme) = scheme(&link.value)
            && !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "mailto" | "tel")
        {
            inner.report(Fault::new(&codes::LINK_SCHEME, link.span).arg("found", snippet(&link.value)));
        } else if let (Some(label), Some(link)) = (label, link) {
            items.push(NavItem { label: label.value, link });
        }
        inner.finish();
    }
    items
}

/// What stands before the colon of an absolute URL (RFC 3986 section 3.1).
fn scheme(link: &str) -> Option<&str> {
    let (scheme, _) = link.split_once(':')?;
    let good = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    (good && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

/// Values that must differ from each other, each with its place.
#[derive(Default)]
pub(super) struct Distinct {
    seen: BTreeMap<String, Span>,
    /// Whether values that differ only in case or width are two.
    exact: bool,
}

impl Distinct {
    /// For values whose case and width matter.
    pub(super) fn exact() -> Self {
        Self { exact: true, ..Self::default() }
    }

    /// Whether `value` is the first of its kind; reports it where not.
    pub(super) fn add(&mut self, reader: &mut Reader<'_, '_>, key: &str, value: &Located<String>) -> bool {
        let name = if self.exact { value.value.trim().to_owned() } else { collision_key(&value.value) };
        if let Some(earlier) = self.seen.get(&name) {
            let fault = Fault::new(&codes::DUPLICATE, value.span)
                .arg("key", key)
                .arg("found", snippet(&value.value))
                .also(*earlier);
            reader.report(fault);
            return false;
        }
        self.seen.insert(name, value.span);
        true
    }
}

fn taxonomies(reader: &mut Reader<'_, '_>, language: &str) -> Vec<Taxonomy> {
    let mut taxonomies: Vec<Taxonomy> = Vec::new();
    if let Some(mut table) = reader.table("taxonomies") {
        let mut slugs = Distinct::default();
        for (key, node) in table.entries() {
            if FRONT_MATTER_FIELDS.contains(&key.value.as_str()) {
                table.report(Fault::new(&codes::TAXONOMY_KEY, key.span).arg("found", &key.value));
                continue;
            }
            let Some(mut inner) = table.within(&format!("taxonomies.{}", key.value), node) else { continue };
            let taxonomy = taxonomy(&mut inner, key, language);
            inner.finish();
            if slugs.add(&mut table, "slug", &taxonomy.slug) {
                taxonomies.push(taxonomy);
            }
        }
    }
    for key in ["categories", "tags"] {
        if !taxonomies.iter().any(|taxonomy| taxonomy.key == key) {
            taxonomies.push(Taxonomy {
                key: key.to_owned(),
                label: default_label(key, language),
                slug: Located::new(key.to_owned(), Span::default()),
                terms: Vec::new(),
            });
        }
    }
    taxonomies
}

fn default_label(key: &str, language: &str) -> String {
    let japanese = language == "ja" || language.starts_with("ja-");
    match (key, japanese) {
        ("categories", true) => "カテゴリー",
        ("categories", false) => "Categories",
        ("tags", true) => "タグ",
        ("tags", false) => "Tags",
        _ => key,
    }
    .to_owned()
}

fn taxonomy(reader: &mut Reader<'_, '_>, key: &Located<String>, language: &str) -> Taxonomy {
    let label = reader.line("label").map_or_else(|| default_label(&key.value, language), |text| text.value);
    let slug = match reader.line("slug") {
        Some(slug) => legal(reader, "slug", &slug).then_some(slug),
        None => legal(reader, "taxonomies", key).then(|| key.clone()),
    };
    let mut seen = TermNames::default();
    let mut terms = Vec::new();
    for node in reader.list("terms") {
        let Some(term) = term(reader, node, &mut seen) else { continue };
        terms.push(term);
    }
    let slug = slug.unwrap_or_else(|| Located::new("taxonomy".to_owned(), key.span));
    Taxonomy { key: key.value.clone(), label, slug, terms }
}

#[derive(Default)]
struct TermNames {
    names: Distinct,
    labels: Distinct,
    slugs: Distinct,
}

/// A term as a table, or its name alone.
fn term<'n>(reader: &mut Reader<'n, '_>, node: &'n Node, seen: &mut TermNames) -> Option<Term> {
    if !matches!(node.kind, Kind::Map(_)) {
        let name = reader.full_line_of("terms", node)?;
        let new = seen.names.add(reader, "name", &name) && seen.labels.add(reader, "label", &name);
        return new.then(|| Term { label: name.value.clone(), name, slug: None, description: String::new() });
    }
    let mut inner = reader.within("[taxonomies.….terms]", node)?;
    let name = inner.required_line("name", "営業の本質");
    let label = inner.line("label");
    let slug = inner.line("slug").filter(|slug| legal(&mut inner, "slug", slug));
    let description = text_or_empty(inner.text("description"));
    let mut new = true;
    if let Some(name) = &name {
        new &= seen.names.add(&mut inner, "name", name);
        // Where the name was refused, its label would only be refused for the same reason.
        new = new && seen.labels.add(&mut inner, "label", label.as_ref().unwrap_or(name));
    }
    if let Some(slug) = &slug {
        new &= seen.slugs.add(&mut inner, "slug", slug);
    }
    inner.finish();
    let name = name.filter(|_| new)?;
    let label = label.map_or_else(|| name.value.clone(), |label| label.value);
    Some(Term { name, label, slug, description })
}

fn speakers(reader: &mut Reader<'_, '_>) -> Vec<Speaker> {
    let mut names = Distinct::default();
    let mut speakers = Vec::new();
    for node in reader.list("speakers") {
        let Some(mut inner) = reader.within("[speakers]", node) else { continue };
        let name = inner.required_line("name", "お客様");
        let side = inner.choice("side", &[("left", Side::Left), ("right", Side::Right)]).unwrap_or(Side::Left);
        let face = inner.line("face");
        if let Some(name) = name
            && names.add(&mut inner, "name", &name)
        {
            speakers.push(Speaker { name: name.value, side, face });
        }
        inner.finish();
    }
    speakers
}

fn markdown(reader: &mut Reader<'_, '_>) -> MarkdownOptions {
    let mut options = MarkdownOptions::default();
    if let Some(mut inner) = reader.table("markdown") {
        let breaks = [("join", Breaks::Join), ("space", Breaks::Space), ("br", Breaks::Br)];
        options.breaks = inner.choice("breaks", &breaks).unwrap_or_default();
        let html = [("safe", RawHtml::Safe), ("escape", RawHtml::Escape), ("trusted", RawHtml::Trusted)];
        options.html = inner.choice("html", &html).unwrap_or_default();
        options.math = inner.bool("math").unwrap_or(true);
        options.autolinks = inner.bool("autolinks").unwrap_or(true);
        inner.finish();
    }
    options
}

fn search(reader: &mut Reader<'_, '_>) -> bool {
    let Some(mut inner) = reader.table("search") else { return true };
    let enabled = inner.bool("enabled").unwrap_or(true);
    inner.finish();
    enabled
}

/// `true`, `false` or `"remove"`.
fn offline(reader: &mut Reader<'_, '_>) -> Offline {
    if matches!(reader.peek("offline"), Some((_, Node { kind: Kind::Text(_), .. }))) {
        return reader.choice("offline", &[("remove", Offline::Remove)]).unwrap_or_default();
    }
    if reader.bool("offline").unwrap_or(false) { Offline::On } else { Offline::Off }
}

fn feeds(reader: &mut Reader<'_, '_>) -> Feeds {
    let mut feeds = Feeds { atom: true, json: true, limit: DEFAULT_FEED_LIMIT, full: true };
    if let Some(mut inner) = reader.table("feeds") {
        feeds.atom = inner.bool("atom").unwrap_or(true);
        feeds.json = inner.bool("json").unwrap_or(true);
        feeds.limit = inner.integer("limit", 1..=1000).map_or(DEFAULT_FEED_LIMIT, |limit| limit.value);
        feeds.full = inner.choice("content", &[("full", true), ("summary", false)]).unwrap_or(true);
        inner.finish();
    }
    feeds
}

fn per_page(reader: &mut Reader<'_, '_>) -> u32 {
    let Some(mut inner) = reader.table("paging") else { return DEFAULT_PER_PAGE };
    let per_page = inner.integer("per_page", 1..=1000).map_or(DEFAULT_PER_PAGE, |number| number.value);
    inner.finish();
    per_page
}
