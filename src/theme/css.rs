//! Assets as they are published: `url(…)` of an asset in a style sheet leads to the name under which that asset is
//! published, and style sheets and scripts are made tight.

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::ops::Range;

use super::tight;
use crate::diag::catalogue::theme as codes;
use crate::diag::{Diagnostic, Fault, nearest};
use crate::path::SourcePath;
use crate::text::Span;
use crate::world::{Data, File};

/// The standard theme's own files.
const OURS: &str = "themes/standard/";

/// An asset before it has its published name.
pub(super) type Source<'a> = (SourcePath, &'a File);

/// Each asset with its bytes as they are published: in style sheets, each `url(…)` of another asset names that asset's
/// published file. What is not there is reported. `name` makes the published name of an asset of bytes.
pub(super) fn resolve<N: Clone + Display>(
    sources: &BTreeMap<String, Source<'_>>,
    name: &impl Fn(&str, &File) -> N,
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<String, (N, File)> {
    let mut done = BTreeMap::new();
    for asset in sources.keys() {
        finish(asset, sources, name, &mut Vec::new(), &mut done, faults);
    }
    done
}

fn finish<'a, N: Clone + Display>(
    asset: &'a str,
    sources: &'a BTreeMap<String, Source<'_>>,
    name: &impl Fn(&str, &File) -> N,
    open: &mut Vec<&'a str>,
    done: &mut BTreeMap<String, (N, File)>,
    faults: &mut Vec<Diagnostic>,
) -> Option<N> {
    if let Some((published, _)) = done.get(asset) {
        return Some(published.clone());
    }
    // Style sheets that import each other in a circle have no published name to give each other.
    if open.contains(&asset) {
        return None;
    }
    let (source, file) = sources.get(asset)?;
    // What an author wrote is published as she wrote it.
    let ours = source.as_str().starts_with(OURS);
    let mut file = File::clone(file);
    if let Some(text) = style_sheet(asset, &file) {
        open.push(asset);
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        for range in references(&text) {
            let typed = text.get(range.clone()).unwrap_or_default();
            let end = typed.find(['?', '#']).unwrap_or(typed.len());
            let (path, suffix) = typed.split_at(end);
            let target = SourcePath::new(asset).resolve(path);
            let key = target.as_ref().and_then(|target| sources.get_key_value(target.as_str())).map(|(key, _)| key);
            let published = key.and_then(|key| finish(key, sources, name, open, done, faults));
            let Some(published) = published else {
                let known = sources.keys().map(String::as_str);
                let fault = Fault::new(&codes::NO_ASSET, Span::new(range)).arg("target", path);
                faults.push(fault.arg_opt("nearest", nearest(path, known)).in_file(source));
                continue;
            };
            out.push_str(text.get(copied..range.start).unwrap_or_default());
            // From the folder of the style sheet up to that of all assets, then down.
            let up = "../".repeat(asset.matches('/').count() + 1);
            let _ = write!(out, "{up}{published}{suffix}");
            copied = range.end;
        }
        open.pop();
        out.push_str(text.get(copied..).unwrap_or_default());
        file = File::held(if ours { tight::style_sheet(&out) } else { out }.into_bytes());
    } else if let Some(text) = text_of(&file).filter(|_| ours && has_extension(asset, "js")) {
        file = File::held(tight::script(&text).into_bytes());
    }
    let published = name(asset, &file);
    done.insert(asset.to_owned(), (published.clone(), file));
    Some(published)
}

/// Whether an asset is a style sheet, by its name.
pub(super) fn is_style_sheet(asset: &str) -> bool {
    has_extension(asset, "css")
}

fn has_extension(asset: &str, wanted: &str) -> bool {
    asset.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case(wanted))
}

fn style_sheet(asset: &str, file: &File) -> Option<String> {
    text_of(file).filter(|_| is_style_sheet(asset))
}

fn text_of(file: &File) -> Option<String> {
    match &file.data {
        Data::Held(bytes) => String::from_utf8(bytes.to_vec()).ok(),
        Data::Left => None,
    }
}

/// The places of relative references in a style sheet: what stands in `url(…)`, without its quotation marks, where it
/// is no fragment, no path from the root and has no scheme. Comments are passed over (CSS Syntax 3, sections 4.3.2 and
/// 4.3.6).
fn references(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let next = [rest.find("/*"), rest.find("url(")].into_iter().flatten().min();
        let Some(start) = next.map(|next| at + next) else { break };
        if text.get(start..).is_some_and(|rest| rest.starts_with("/*")) {
            at = text.get(start..).and_then(|rest| rest.find("*/")).map_or(text.len(), |end| start + end + 2);
            continue;
        }
        let inside = text.get(start + 4..).unwrap_or_default();
        let begin = start + 4 + (inside.len() - inside.trim_start().len());
        let value = text.get(begin..).unwrap_or_default();
        let (begin, close): (usize, &[char]) = match value.chars().next() {
            Some('"') => (begin + 1, &['"', '\n']),
            Some('\'') => (begin + 1, &['\'', '\n']),
            _ => (begin, &[')', '\n']),
        };
        let value = text.get(begin..).unwrap_or_default();
        let value = value.get(..value.find(close).unwrap_or(value.len())).unwrap_or_default().trim_end();
        at = begin + value.len();
        let scheme = value.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
        if !value.is_empty() && !scheme && !value.starts_with(['/', '#']) {
            found.push(begin..at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::references;

    #[test]
    fn only_relative_references_are_found() {
        let css = "a{background:url(a.svg)} b{src:url( \"f/b.woff2?v=1\" )} /* url(no.svg) */ c{x:url('c.png')}\
                   d{x:url(data:image/png;base64,x)} e{x:url(#id)} f{x:url(/root.png)} g{x:url(https://e.com/x.png)} h{x:url(";
        let found: Vec<_> =
            references(css).into_iter().map(|range| css.get(range).expect("it is in the text")).collect();
        assert_eq!(found, ["a.svg", "f/b.woff2?v=1", "c.png"]);
    }
}
