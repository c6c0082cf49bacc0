//! `[theme]`: which theme, and what of it a site sets: colours, type, measure.

use serde::Serialize;

use super::parse::{DEFAULT_THEME, legal};
use crate::diag::Fault;
use crate::diag::catalogue::{config as codes, fields};
use crate::fields::{Kind, Node, Reader, snippet};
use crate::text::{Located, Span};

/// The `[theme]` table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeOptions {
    /// The theme's folder under `themes/`; `standard` is built in.
    pub name: Located<String>,
    /// How paragraphs are told apart.
    pub paragraph: Paragraph,
    /// Which way lessons are set.
    pub layout: Layout,
    /// The typeface of the text until a reader chooses another.
    pub face: Face,
    /// Numbers and typefaces that are set, in a fixed order.
    pub settings: Vec<Setting>,
    /// Colours that are set, in the order of [`COLOURS`].
    pub colours: Vec<Colour>,
}

/// How paragraphs are told apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Paragraph {
    /// By space between them.
    #[default]
    Space,
    /// By the space of one character at their beginning (字下げ).
    Indent,
}

/// Which way lessons are set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// In lines from left to right (横組み).
    #[default]
    Yokogaki,
    /// In lines from top to bottom, from right to left (縦組み).
    Tategaki,
}

/// A typeface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Face {
    /// ゴシック体.
    #[default]
    Gothic,
    /// 明朝体.
    Mincho,
}

/// A number or a typeface that is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// Its key in `site.toml`.
    pub key: &'static str,
    /// The custom property that it becomes: `--measure`.
    pub property: &'static str,
    /// The property's value: `38rem`.
    pub value: String,
    /// Where it was written.
    pub span: Span,
}

/// A colour that is set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Colour {
    /// Its key in `site.toml`.
    pub key: &'static str,
    /// The custom property that it becomes: `--bg`.
    pub property: &'static str,
    /// Red, green and blue by day and by night.
    pub values: [[u8; 3]; 2],
    /// Where it was written.
    pub span: Span,
}

/// The keys of `[theme.colors]` with their custom properties.
pub const COLOURS: &[(&str, &str)] = &[
    ("background", "--bg"),
    ("text", "--fg"),
    ("muted", "--muted"),
    ("soft", "--soft"),
    ("line", "--line"),
    ("link", "--link"),
    ("visited", "--visited"),
    ("good", "--good"),
    ("good_background", "--good-bg"),
    ("bad", "--bad"),
    ("bad_background", "--bad-bg"),
    ("key", "--key"),
    ("key_background", "--key-bg"),
    ("accent", "--ai"),
    ("accent_text", "--ai-fg"),
];

/// The keys of `[theme.fonts]` with their custom properties.
const FONTS: &[(&str, &str)] = &[("gothic", "--sans"), ("mincho", "--mincho"), ("mono", "--mono")];

/// Families that a browser knows by these very words (CSS Fonts 4, section 2.1.3).
const GENERIC: &[&str] =
    &["serif", "sans-serif", "monospace", "system-ui", "ui-monospace", "ui-serif", "ui-sans-serif"];

impl Default for ThemeOptions {
    fn default() -> Self {
        Self {
            name: Located::new(DEFAULT_THEME.to_owned(), Span::default()),
            paragraph: Paragraph::default(),
            layout: Layout::default(),
            face: Face::default(),
            settings: Vec::new(),
            colours: Vec::new(),
        }
    }
}

/// Reads `theme = "NAME"`, or the table.
pub(super) fn read(reader: &mut Reader<'_, '_>) -> ThemeOptions {
    let mut options = ThemeOptions::default();
    let text = matches!(reader.peek("theme"), Some((_, Node { kind: Kind::Text(_), .. })));
    if text {
        if let Some(name) = reader.line("theme").filter(|name| legal(reader, "theme", name)) {
            options.name = name;
        }
        return options;
    }
    reader.or_line("theme");
    let Some(mut inner) = reader.table("theme") else { return options };
    if let Some(name) = inner.line("name").filter(|name| legal(&mut inner, "name", name)) {
        options.name = name;
    }
    let paragraphs = [("space", Paragraph::Space), ("indent", Paragraph::Indent)];
    options.paragraph = inner.choice("paragraph", &paragraphs).unwrap_or_default();
    let layouts = [("yokogaki", Layout::Yokogaki), ("tategaki", Layout::Tategaki)];
    options.layout = inner.choice("layout", &layouts).unwrap_or_default();
    options.face = inner.choice("face", &[("gothic", Face::Gothic), ("mincho", Face::Mincho)]).unwrap_or_default();
    if let Some(measure) = inner.integer("measure", 20..=60) {
        let value = format!("{}rem", measure.value);
        options.settings.push(Setting { key: "measure", property: "--measure", value, span: measure.span });
    }
    for (key, property, range) in
        [("leading", "--leading", 1.2..=3.0), ("size", "--scale", 0.8..=1.5), ("tracking", "--tracking", 0.0..=0.2)]
    {
        if let Some(number) = inner.number(key, range) {
            let unit = if key == "tracking" { "em" } else { "" };
            let value = format!("{}{unit}", number.value);
            options.settings.push(Setting { key, property, value, span: number.span });
        }
    }
    if let Some(mut fonts) = inner.table("fonts") {
        for (key, property) in FONTS {
            let names = fonts.lines_or_one(key);
            let Some(first) = names.first() else { continue };
            let value = names.iter().map(|name| family(&name.value)).collect::<Vec<_>>().join(", ");
            options.settings.push(Setting { key, property, value, span: first.span });
        }
        fonts.finish();
    }
    if let Some(mut colours) = inner.table("colors") {
        for (key, property) in COLOURS {
            options.colours.extend(colour(&mut colours, key, property));
        }
        colours.finish();
    }
    inner.finish();
    options
}

/// A family's name as a style sheet writes it. Nothing in quotes can end them (CSS Syntax 3, section 4.3.5).
fn family(name: &str) -> String {
    if GENERIC.contains(&name) {
        return name.to_owned();
    }
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// One colour, or two: by day and by night.
fn colour<'n>(reader: &mut Reader<'n, '_>, key: &'n str, property: &'static str) -> Option<Colour> {
    reader.formed_lines(key, 2, "^ *#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}) *$");
    let key_static = COLOURS.iter().find(|(known, _)| *known == key)?.0;
    let node = reader.node(key)?;
    let typed = match &node.kind {
        Kind::List(items) => items.iter().map(|item| reader.full_line_of(key, item)).collect::<Option<Vec<_>>>()?,
        _ => vec![reader.full_line_of(key, node)?],
    };
    let mut values = Vec::with_capacity(2);
    for text in &typed {
        let Some(value) = hex(&text.value) else {
            let fault = Fault::new(&codes::COLOUR, text.span).arg("key", key).arg("found", snippet(&text.value));
            reader.report(fault.arg_opt("nearest", meant(&text.value)));
            return None;
        };
        values.push(value);
    }
    let values = match values[..] {
        [one] => [one, one],
        [day, night] => [day, night],
        _ => {
            let example = reader.source().field(key, "[\"#0a4a94\", \"#8fbcff\"]");
            let found = reader.source().snippet(node.span);
            let fault = Fault::new(&fields::NOT_LIST, node.span).arg("key", key).arg("found", found);
            reader.report(fault.arg("example", example));
            return None;
        }
    };
    Some(Colour { key: key_static, property, values, span: node.span })
}

/// A colour as `#0a4a94` or `#fff` (CSS Color 4, section 5.2).
pub fn hex(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#')?.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()));
    let digits: Vec<u8> = digits.collect::<Option<_>>()?;
    match digits.len() {
        3 => Some([digits[0] * 17, digits[1] * 17, digits[2] * 17]),
        6 => Some([0, 2, 4].map(|at| digits[at] * 16 + digits[at + 1])),
        _ => None,
    }
}

/// What was meant by a colour without its `#`, or in full-width letters.
fn meant(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '#' | '＃' | ' '))
        .map(|c| match u32::from(c) {
            wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .collect();
    let full = format!("#{plain}");
    hex(&full).map(|_| full)
}

impl ThemeOptions {
    /// What the site sets, as CSS that stands behind the theme's own; empty where it sets nothing.
    pub fn css(&self) -> String {
        let write = |[r, g, b]: [u8; 3]| format!("#{r:02x}{g:02x}{b:02x}");
        let colours = self.colours.iter().map(|colour| match colour.values {
            [day, night] if day == night => format!("{}: {}", colour.property, write(day)),
            [day, night] => format!("{}: light-dark({}, {})", colour.property, write(day), write(night)),
        });
        let settings = self.settings.iter().map(|setting| format!("{}: {}", setting.property, setting.value));
        let all: Vec<String> = colours.chain(settings).collect();
        // Twice the root: it counts as much as a theme's own rule for one language.
        if all.is_empty() { String::new() } else { format!(":root:root {{ {} }}\n", all.join("; ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::{family, hex, meant};

    #[test]
    fn colours_are_hexadecimal() {
        assert_eq!(hex("#0a4A94"), Some([10, 74, 148]));
        assert_eq!(hex("#fff"), Some([255, 255, 255]));
        for bad in ["red", "#ff", "#fffffff", "fff", "#ＦＦＦ", "rgb(0,0,0)", "#ffff"] {
            assert_eq!(hex(bad), None, "{bad}");
        }
        assert_eq!(meant("＃ｆｆ００００").as_deref(), Some("#ff0000"));
        assert_eq!(meant("red"), None);
    }

    #[test]
    fn no_name_of_a_font_ends_its_quotes() {
        assert_eq!(family("BIZ UDPGothic"), "\"BIZ UDPGothic\"");
        assert_eq!(family("serif"), "serif");
        assert_eq!(family("a\"; } body { x: \\"), "\"a\\\"; } body { x: \\\\\"");
    }
}
