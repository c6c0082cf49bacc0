//! The YAML between `---` at the head of a lesson → [`FrontMatter`].
//!
//! It never fails: what is wrong becomes a fault, all of them in one pass, and a usable value takes its place. Which
//! terms, ids and files exist is not known here.

mod block;
mod dates;
mod syntax;
mod yaml;

use super::{Date, FrontMatter, Instant, PartMatter, Role, SeriesMatter, TextOptions};
use crate::diag::Fault;
use crate::diag::catalogue::front_matter as codes;
use crate::fields::shape::Field;
use crate::fields::{Reader, Source, Syntax, snippet};
use crate::path::percent_decode;
use crate::slug::check_name;
use crate::text::Located;

use dates::Unread;

/// The greatest number that a lesson can have.
const MAX_NUMBER: u32 = 100_000;

/// Fields that only an `_index.md` has.
const INDEX_ONLY: &[&str] = &["kind", "planned", "parts"];

/// Names that other generators and other languages have for fields of ours.
const FOREIGN: &[(&str, &str)] = &[
    ("タイトル", "title"),
    ("題名", "title"),
    ("題", "title"),
    ("説明", "description"),
    ("概要", "description"),
    ("summary", "description"),
    ("excerpt", "description"),
    ("日付", "date"),
    ("公開日", "date"),
    ("created", "date"),
    ("pubdate", "date"),
    ("更新日", "updated"),
    ("lastmod", "updated"),
    ("modified", "updated"),
    ("last_modified", "updated"),
    ("last_modified_at", "updated"),
    ("publishdate", "publish"),
    ("expirydate", "expire"),
    ("下書き", "draft"),
    ("author", "authors"),
    ("著者", "authors"),
    ("category", "categories"),
    ("カテゴリー", "categories"),
    ("カテゴリ", "categories"),
    ("tag", "tags"),
    ("タグ", "tags"),
    ("topics", "tags"),
    ("redirect_from", "aliases"),
    ("cover", "image"),
    ("thumbnail", "image"),
    ("画像", "image"),
    ("layout", "template"),
    ("furigana", "yomi"),
    ("reading", "yomi"),
    ("読み", "yomi"),
    ("よみ", "yomi"),
    ("目次", "toc"),
    ("type", "kind"),
    ("params", "extra"),
];

/// Reads the head of `text`, which has no byte order mark and only LF line ends: the fields, where the body begins,
/// and what is wrong. Spans and the body's place are byte offsets into `text`.
pub fn parse(text: &str, role: Role, options: &TextOptions) -> (FrontMatter, usize, Vec<Fault>) {
    let block = block::find(text);
    let body = block.span.end as usize;
    let mut faults: Vec<Fault> = block.fault.into_iter().collect();
    let Some(inner) = block.inner else {
        let title = Located::new(String::new(), block.opening);
        return (FrontMatter { span: block.span, title, ..FrontMatter::default() }, body, faults);
    };
    let entries = yaml::parse(text, inner, &mut faults);
    let source = Source { text, syntax: Syntax::Yaml };
    let mut reader = Reader::new(source, &entries, block.opening, &mut faults).knows_as(FOREIGN);
    let mut front = fields(&mut reader, options);
    front.span = block.span;
    front.series = series(&mut reader, role);
    reader.finish();
    faults.sort_by(|a, b| (a.span, a.code.id).cmp(&(b.span, b.code.id)));
    (front, body, faults)
}

/// The fields of a text's head, as [`parse`] reads them in a text of this role.
pub fn shape(role: Role, options: &TextOptions) -> Vec<Field> {
    let (mut described, mut faults) = (Vec::new(), Vec::new());
    let source = Source { text: "", syntax: Syntax::Yaml };
    let mut reader = Reader::describing(source, &mut described, &mut faults);
    fields(&mut reader, options);
    series(&mut reader, role);
    reader.finish();
    described
}

fn fields<'n>(reader: &mut Reader<'n, '_>, options: &'n TextOptions) -> FrontMatter {
    let place = reader.place();
    let title = reader.required_line("title", "…").unwrap_or_else(|| Located::new(String::new(), place));
    let description = reader.text("description");
    let date = date(reader, "date");
    let updated = date_after(reader, date.as_ref());
    let publish = instant(reader, "publish", options);
    let expire = instant_after(reader, publish.as_ref(), options);
    FrontMatter {
        title,
        description,
        date,
        updated,
        publish,
        expire,
        draft: reader.bool("draft").unwrap_or(false),
        authors: distinct(reader, "authors").into_iter().map(|author| author.value).collect(),
        terms: terms(reader, options),
        aliases: aliases(reader),
        image: reader.line("image"),
        requires: distinct(reader, "requires"),
        yomi: reader.line("yomi").map(|text| text.value),
        template: reader.line("template"),
        toc: reader.bool("toc"),
        extra: reader.free("extra"),
        ..FrontMatter::default()
    }
}

fn distinct<'n>(reader: &mut Reader<'n, '_>, name: &'n str) -> Vec<Located<String>> {
    let items = reader.lines_or_one(name);
    reader.without_repetitions(name, items)
}

fn terms<'n>(reader: &mut Reader<'n, '_>, options: &'n TextOptions) -> Vec<(String, Vec<Located<String>>)> {
    let mut terms = Vec::new();
    for key in &options.taxonomies {
        let present = reader.peek(key).is_some();
        let items = distinct(reader, key);
        if present {
            terms.push((key.clone(), items));
        }
    }
    terms
}

fn date<'n>(reader: &mut Reader<'n, '_>, name: &'n str) -> Option<Located<Date>> {
    let text = reader.line(name);
    reader.formed(name, dates::DATE);
    let text = text?;
    match dates::date(&text.value) {
        Ok(date) => Some(Located::new(date, text.span)),
        Err(unread) => {
            reader.report(date_fault(&codes::DATE, name, &text, unread, ""));
            None
        }
    }
}

fn date_after(reader: &mut Reader<'_, '_>, first: Option<&Located<Date>>) -> Option<Located<Date>> {
    let updated = date(reader, "updated")?;
    if let Some(first) = first.filter(|first| updated.value < first.value) {
        reader.report(Fault::new(&codes::UPDATED_FIRST, updated.span).also(first.span));
    }
    Some(updated)
}

fn instant<'n>(reader: &mut Reader<'n, '_>, name: &'n str, options: &TextOptions) -> Option<Located<Instant>> {
    let text = reader.line(name);
    reader.formed(name, dates::TIME);
    let text = text?;
    match dates::instant(&text.value, &options.timezone) {
        Ok(instant) => Some(Located::new(instant, text.span)),
        Err(unread) => {
            reader.report(date_fault(&codes::TIME, name, &text, unread, &options.timezone));
            None
        }
    }
}

fn instant_after(
    reader: &mut Reader<'_, '_>,
    publish: Option<&Located<Instant>>,
    options: &TextOptions,
) -> Option<Located<Instant>> {
    let expire = instant(reader, "expire", options)?;
    if let Some(publish) = publish.filter(|publish| expire.value <= publish.value) {
        reader.report(Fault::new(&codes::EXPIRES_FIRST, expire.span).also(publish.span));
    }
    Some(expire)
}

fn date_fault(
    form: &'static crate::diag::Code,
    name: &str,
    text: &Located<String>,
    unread: Unread,
    timezone: &str,
) -> Fault {
    let found = snippet(&text.value);
    match unread {
        Unread::Form(suggestion) => {
            Fault::new(form, text.span).arg("key", name).arg("found", found).arg_opt("suggestion", suggestion)
        }
        Unread::NoSuchDate(last) => {
            Fault::new(&codes::NO_SUCH_DATE, text.span).arg("found", found).arg_opt("last", last)
        }
        Unread::NoSuchTime(suggestion) => Fault::new(&codes::NO_SUCH_TIME, text.span)
            .arg("found", found)
            .arg("timezone", timezone)
            .arg("suggestion", suggestion),
    }
}

fn aliases(reader: &mut Reader<'_, '_>) -> Vec<Located<String>> {
    let mut aliases = distinct(reader, "aliases");
    aliases.retain_mut(|alias| match path(&alias.value) {
        Ok(path) => {
            alias.value = path;
            true
        }
        Err(example) => {
            let fault = Fault::new(&codes::ALIAS, alias.span)
                .arg("found", snippet(&alias.value))
                .arg("example", example.as_deref().unwrap_or("/old/quota/"));
            reader.report(fault);
            false
        }
    });
    aliases
}

/// An old path of the site, decoded; or what should perhaps be written instead.
fn path(typed: &str) -> Result<String, Option<String>> {
    let good = |path: &str| {
        let inner = path.strip_prefix('/')?;
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let decoded = percent_decode(path)?;
        let legal = |path: &str| path.split('/').all(|part| check_name(part).is_ok());
        let decoded_inner = percent_decode(inner)?;
        let clean = !path.contains(['?', '#']) && (inner.is_empty() || legal(&decoded_inner));
        (clean && !path.starts_with("//")).then_some(decoded)
    };
    if let Some(path) = good(typed) {
        return Ok(path);
    }
    let cut = typed.split(['?', '#']).next().unwrap_or(typed);
    let local = match cut.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or_else(|| "/".to_owned(), |(_, path)| format!("/{path}")),
        None => format!("/{}", cut.trim_start_matches('/')),
    };
    Err(good(&local).filter(|path| path != "/"))
}

/// What makes an `_index.md` a series; elsewhere a fault for each of its fields.
fn series(reader: &mut Reader<'_, '_>, role: Role) -> Option<SeriesMatter> {
    if role == Role::Text {
        for name in INDEX_ONLY {
            if let Some((key, _)) = reader.elsewhere(name) {
                reader.report(Fault::new(&codes::ONLY_IN_INDEX, key.span).arg("key", name));
            }
        }
        return None;
    }
    let kind = reader.choice("kind", &[("series", ())]);
    let planned = reader.integer("planned", 1..=MAX_NUMBER);
    let parts = parts(reader, planned.as_ref());
    if kind.is_none() && reader.peek("kind").is_none() {
        for name in ["planned", "parts"] {
            if let Some((key, _)) = reader.peek(name) {
                reader.report(Fault::new(&codes::NEEDS_KIND, key.span).arg("key", name));
            }
        }
    }
    kind.map(|()| SeriesMatter { planned, parts })
}

fn parts(reader: &mut Reader<'_, '_>, planned: Option<&Located<u32>>) -> Vec<PartMatter> {
    let mut parts: Vec<PartMatter> = Vec::new();
    let mut before: Option<Located<u32>> = None;
    for node in reader.list("parts") {
        let Some(mut inner) = reader.within("parts", node) else { continue };
        let title = inner.required_line("title", "…");
        let start = inner.required_integer("start", 1..=MAX_NUMBER);
        let description = inner.text("description").map(|text| text.value).unwrap_or_default();
        inner.finish();
        let Some(start) = start else { continue };
        if let Some(previous) = before.as_ref().filter(|previous| previous.value >= start.value) {
            let fault = Fault::new(&codes::PART_ORDER, start.span)
                .arg("found", start.value)
                .arg("previous", previous.value)
                .also(previous.span);
            reader.report(fault);
            continue;
        }
        if let Some(planned) = planned.filter(|planned| planned.value < start.value) {
            let fault = Fault::new(&codes::PART_BEYOND, start.span)
                .arg("found", start.value)
                .arg("planned", planned.value)
                .also(planned.span);
            reader.report(fault);
        }
        before = Some(start.clone());
        let title = title.map_or_else(String::new, |title| title.value);
        parts.push(PartMatter { title, start, description });
    }
    parts
}
