//! What is wrong with what the author wrote: never an error of the program, always a place, a code and a remedy.
//!
//! A [`Fault`] is found inside one file and knows only offsets, so that it can be memoised with that file's bytes; a
//! [`Diagnostic`] is a fault with its file. The words of both come from one [catalogue], by code.

pub mod catalogue;
pub mod pages;
pub mod render;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::path::SourcePath;
use crate::text::Span;

/// How grave a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written until it is mended.
    Error,
    /// The site is built all the same.
    Warning,
    /// Something worth knowing that may well be meant so: it is told, and never counts against anyone.
    Info,
}

/// The languages that messages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Japanese.
    #[default]
    Ja,
    /// English.
    En,
}

/// The words of one code in one language. `{name}` stands for an argument; a part in `⟦…⟧` is left out where one of
/// its arguments is missing.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// What is wrong.
    pub message: &'static str,
    /// How to mend it.
    pub help: &'static str,
    /// What the related places are; empty for codes that have none.
    pub related: &'static str,
}

/// One kind of fault.
#[derive(Debug)]
pub struct Code {
    /// Stable for ever: `E0301`.
    pub id: &'static str,
    /// How grave.
    pub severity: Severity,
    /// In Japanese.
    pub ja: Words,
    /// In English.
    pub en: Words,
}

impl Code {
    /// The words in `lang`.
    pub fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Ja => &self.ja,
            Lang::En => &self.en,
        }
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

/// Arguments of a message, by name.
pub type Args = Vec<(Cow<'static, str>, String)>;

/// A fault within one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Which kind.
    #[serde(serialize_with = "code_id", deserialize_with = "code_by_id")]
    pub code: &'static Code,
    /// Where.
    pub span: Span,
    /// What the words speak of.
    pub args: Args,
    /// Other places in the same file that belong to it.
    pub related: Vec<Span>,
}

impl Fault {
    /// A fault of kind `code` at `span`.
    pub fn new(code: &'static Code, span: Span) -> Self {
        Self { code, span, args: Vec::new(), related: Vec::new() }
    }

    /// Names an argument of the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Display) -> Self {
        self.args.push((name.into(), value.to_string()));
        self
    }

    /// Names an argument where there is a value for it.
    #[must_use]
    pub fn arg_opt(self, name: &'static str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.arg(name, value),
            None => self,
        }
    }

    /// Adds another place of the same file.
    #[must_use]
    pub fn also(mut self, span: Span) -> Self {
        self.related.push(span);
        self
    }

    /// The same fault in a text that has `by` more bytes in front.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        self.span = self.span.shifted(by);
        for span in &mut self.related {
            *span = span.shifted(by);
        }
        self
    }

    /// As a diagnostic of `file`.
    pub fn in_file(self, file: &SourcePath) -> Diagnostic {
        let related = self.related.into_iter().map(|span| (file.clone(), span)).collect();
        let severity = self.code.severity;
        Diagnostic { code: self.code, severity, file: file.clone(), span: self.span, args: self.args, related }
    }
}

/// A fault and its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind.
    pub code: &'static Code,
    /// How grave: what its code says, unless the site says otherwise of its rule.
    pub severity: Severity,
    /// The file that is to be mended.
    pub file: SourcePath,
    /// Where in it; empty at offset 0 where the file as a whole is meant.
    pub span: Span,
    /// What the words speak of.
    pub args: Args,
    /// Other places that belong to it.
    pub related: Vec<(SourcePath, Span)>,
}

impl Diagnostic {
    /// Adds another place.
    #[must_use]
    pub fn also(mut self, file: &SourcePath, span: Span) -> Self {
        self.related.push((file.clone(), span));
        self
    }

    /// Whether nothing may be written because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// What is wrong, in `lang`, without the place.
    pub fn message(&self, lang: Lang) -> String {
        fill(self.code.words(lang).message, &self.args)
    }

    /// How to mend it, in `lang`; may be empty.
    pub fn help(&self, lang: Lang) -> String {
        fill(self.code.words(lang).help, &self.args)
    }
}

/// Sorts by file, place, code and words, and drops repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (&a.file, a.span, a.code.id, &a.args).cmp(&(&b.file, b.span, b.code.id, &b.args)));
    diagnostics.dedup();
}

/// The first `limit` of each code, in their order, and how many more there are of which: what people are shown, who
/// learn no more from the hundredth of a kind.
pub fn capped(diagnostics: &[Diagnostic], limit: usize) -> (Vec<&Diagnostic>, Vec<(&'static Code, usize)>) {
    let mut counts: BTreeMap<&str, (&'static Code, usize)> = BTreeMap::new();
    let mut shown = Vec::new();
    for diagnostic in diagnostics {
        let (_, count) = counts.entry(diagnostic.code.id).or_insert((diagnostic.code, 0));
        *count += 1;
        if *count <= limit {
            shown.push(diagnostic);
        }
    }
    let more = counts.into_values().filter(|(_, count)| *count > limit).map(|(code, count)| (code, count - limit));
    (shown, more.collect())
}

/// A usable value, and what is wrong with what it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked<T, F = Diagnostic> {
    /// The value, whatever the faults.
    pub value: T,
    /// The faults, in the order in which they were found.
    pub faults: Vec<F>,
}

impl<T, F> Checked<T, F> {
    /// A value with its faults.
    pub fn new(value: T, faults: Vec<F>) -> Self {
        Self { value, faults }
    }

    /// The value; its faults go to `sink`.
    pub fn drain_into(self, sink: &mut Vec<F>) -> T {
        sink.extend(self.faults);
        self.value
    }
}

/// Puts `args` into `words`: `{name}` is replaced, `⟦…⟧` is dropped where one of its arguments is missing.
pub fn fill(words: &str, args: &[(Cow<'static, str>, String)]) -> String {
    let mut out = String::with_capacity(words.len() + 32);
    let mut rest = words;
    while let Some((before, tail)) = rest.split_once('⟦') {
        fill_plain(before, args, &mut out);
        let Some((optional, after)) = tail.split_once('⟧') else {
            rest = tail;
            break;
        };
        let mut part = String::new();
        if fill_plain(optional, args, &mut part) {
            out.push_str(&part);
        }
        rest = after;
    }
    fill_plain(rest, args, &mut out);
    out
}

/// Replaces each `{name}`; false where one had no value (it then stays as it is).
fn fill_plain(words: &str, args: &[(Cow<'static, str>, String)], out: &mut String) -> bool {
    let mut complete = true;
    let mut rest = words;
    while let Some((before, tail)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = tail.split_once('}') else {
            out.push('{');
            rest = tail;
            continue;
        };
        if let Some((_, value)) = args.iter().find(|(key, _)| key == name) {
            out.push_str(value);
        } else {
            complete = false;
            out.push('{');
            out.push_str(name);
            out.push('}');
        }
        rest = after;
    }
    out.push_str(rest);
    complete
}

/// The known name nearest to `typed`, where one is near enough to be what was meant.
///
/// Nearness is Damerau–Levenshtein distance over characters, at most a third of the longer name, two at least for
/// names of four characters and more.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = typed.chars().count();
    known
        .into_iter()
        .filter_map(|name| {
            let longer = length.max(name.chars().count());
            let limit = if longer >= 4 { (longer / 3).max(2) } else { 1 };
            let distance = strsim::damerau_levenshtein(&typed.to_lowercase(), &name.to_lowercase());
            (distance <= limit && distance < longer).then_some((distance, name))
        })
        .min()
        .map(|(_, name)| name)
}

/// `known`, the nearest to `typed` first, names that are as near in their own order.
pub fn by_nearness<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = typed.to_lowercase();
    let mut known: Vec<_> = known.into_iter().collect();
    known.sort_by_cached_key(|name| strsim::damerau_levenshtein(&typed, &name.to_lowercase()));
    known
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out a reference to the field")]
fn code_id<S: Serializer>(code: &&'static Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.id)
}

fn code_by_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static Code, D::Error> {
    let id = <Cow<'de, str>>::deserialize(deserializer)?;
    catalogue::by_id(&id).ok_or_else(|| serde::de::Error::custom("unknown diagnostic code"))
}
