//! `[theme]` of `site.toml`, laid over the theme's own style sheets: what is set there becomes custom properties at the end
//! of [`SHEET`], so that a page needs no further file for them.

use std::collections::BTreeMap;

use super::css::{self, Source};
use crate::config::{Colour, ThemeOptions};
use crate::diag::catalogue::{config as colours, theme as codes};
use crate::diag::{Diagnostic, Fault};
use crate::path::SourcePath;
use crate::text::Span;
use crate::world::{Data, File};

/// The style sheet that the settings end.
pub(super) const SHEET: &str = "style.css";

/// Keys whose colours are read on the colours of other keys.
const PAIRS: &[(&str, &str)] = &[
    ("text", "background"),
    ("text", "soft"),
    ("muted", "background"),
    ("link", "background"),
    ("visited", "background"),
    ("good", "good_background"),
    ("bad", "bad_background"),
    ("key", "key_background"),
    ("accent_text", "accent"),
];

/// The least contrast of text (WCAG 2.2, 1.4.3).
const LEAST: f64 = 4.5;

/// [`SHEET`] with the settings at its end; `None` where there are none, or no such sheet.
pub(super) fn sheet(options: &ThemeOptions, sources: &BTreeMap<String, Source<'_>>) -> Option<File> {
    let css = options.css();
    let (_, file) = sources.get(SHEET).filter(|_| !css.is_empty())?;
    let Data::Held(bytes) = &file.data else { return None };
    Some(File::held([bytes, b"\n".as_slice(), css.as_bytes()].concat()))
}

/// Reports settings that the theme does not look at, and colours that cannot be read on each other.
pub(super) fn check(options: &ThemeOptions, sources: &BTreeMap<String, Source<'_>>, faults: &mut Vec<Diagnostic>) {
    let sheets = sources.iter().filter(|(name, _)| css::is_style_sheet(name));
    let texts: Vec<&str> = sheets.filter_map(|(_, (_, file))| text(file)).collect();
    let place = SourcePath::new(crate::config::FILE);
    let mut unused = |key: &str, property: &str, span: Span| {
        let used = ["var({}", "var( {}"].iter().any(|form| {
            let wanted = form.replace("{}", property);
            let ends = |rest: &str| rest.starts_with([')', ',', ' ']);
            texts.iter().any(|text| {
                text.match_indices(&wanted).any(|(at, _)| ends(text.get(at + wanted.len()..).unwrap_or_default()))
            })
        });
        if !used {
            let fault = Fault::new(&codes::UNUSED_SETTING, span).arg("theme", &options.name.value).arg("key", key);
            faults.push(fault.arg("property", property).in_file(&place));
        }
    };
    for colour in &options.colours {
        unused(colour.key, colour.property, colour.span);
    }
    for setting in &options.settings {
        unused(setting.key, setting.property, setting.span);
    }
    let own = sources.get(SHEET).and_then(|(_, file)| text(file)).unwrap_or_default();
    for (key, other) in PAIRS {
        let set = |key: &str| options.colours.iter().find(|colour| colour.key == key);
        // Where both are the theme's, the theme answers for them.
        let Some(span) = set(key).or_else(|| set(other)).map(|colour| colour.span) else { continue };
        let (Some(front), Some(back)) = (value(set(key), key, own), value(set(other), other, own)) else { continue };
        for (scheme, front, back) in [("light", front[0], back[0]), ("dark", front[1], back[1])] {
            let found = contrast(front, back);
            if found < LEAST {
                let fault = Fault::new(&colours::CONTRAST, span).arg("key", key).arg("other", other);
                let fault = fault.arg("scheme", scheme).arg("ratio", format!("{found:.1}")).arg("colour", hex(back));
                faults.push(fault.arg_opt("better", better(front, back).map(hex)).in_file(&place));
                break;
            }
        }
    }
}

fn text(file: &File) -> Option<&str> {
    match &file.data {
        Data::Held(bytes) => std::str::from_utf8(bytes).ok(),
        Data::Left => None,
    }
}

/// The colours of a key: as set, or as the theme's sheet first gives them to its property.
fn value(set: Option<&Colour>, key: &str, sheet: &str) -> Option<[[u8; 3]; 2]> {
    if let Some(colour) = set {
        return Some(colour.values);
    }
    let (_, property) = crate::config::COLOURS.iter().find(|(known, _)| *known == key)?;
    let (_, rest) = sheet.split_once(&format!("{property}:"))?;
    let value = rest.split([';', '}']).next()?.trim();
    match value.strip_prefix("light-dark(").and_then(|inner| inner.strip_suffix(')')) {
        Some(both) => {
            let (day, night) = both.split_once(',')?;
            Some([crate::config::hex(day.trim())?, crate::config::hex(night.trim())?])
        }
        None => crate::config::hex(value).map(|one| [one, one]),
    }
}

/// Relative luminance (WCAG 2.2, definitions).
fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// `front`, as little nearer to black or to white as can be read on `back`.
fn better(front: [u8; 3], back: [u8; 3]) -> Option<[u8; 3]> {
    let towards = |end: u8| {
        move |step: u16| {
            front.map(|part| {
                let mixed = (u16::from(part) * (32 - step) + u16::from(end) * step) / 32;
                u8::try_from(mixed).unwrap_or(end)
            })
        }
    };
    let (dark, light) = (towards(0), towards(255));
    (1..=32).flat_map(|step| [dark(step), light(step)]).find(|colour| contrast(*colour, back) >= LEAST)
}

#[cfg(test)]
mod tests {
    use super::{better, contrast, value};

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
        assert!((contrast([0x77, 0x77, 0x77], [255, 255, 255]) - 4.478).abs() < 1e-3);
        let mended = better([0x77, 0x77, 0x77], [255, 255, 255]).expect("black is dark enough");
        assert!(contrast(mended, [255, 255, 255]) >= 4.5 && mended[0] > 0x60, "{mended:?}");
    }

    #[test]
    fn a_theme_says_its_own_colours() {
        let sheet = ":root { --bg: light-dark(#fff, #101010); --ai-fg:#123456}";
        assert_eq!(value(None, "background", sheet), Some([[255; 3], [16; 3]]));
        assert_eq!(value(None, "accent_text", sheet), Some([[0x12, 0x34, 0x56]; 2]));
        assert_eq!(value(None, "text", sheet), None);
    }
}
