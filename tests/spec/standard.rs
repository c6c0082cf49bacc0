//! Our HTML as the HTML that specifications print: what Hiketsu adds by design is taken away, each thing by its name and
//! nothing else, so that the rest can be compared byte by byte.

use std::fmt::Write as _;

use hiketsu::config::{Breaks, RawHtml};
use hiketsu::highlight::Highlighter;
use hiketsu::markdown::{self, Fragment, HoleKind, Options, Parsed};

/// `text` by the rules of GitHub alone: HTML as it is, line breaks as they are, no links that the site would make.
pub(crate) fn html(text: &str, autolinks: bool) -> String {
    let options = Options {
        breaks: Breaks::Space,
        html: RawHtml::Trusted,
        math: false,
        autolinks,
        language: "en",
        speakers: &[],
        sections: false,
    };
    // Who reads a file takes NUL out of it, as section "Insecure characters" asks.
    let parsed = markdown::parse(&text.replace('\0', "\u{FFFD}"), 0, &options, &Highlighter::new());
    reduced(&filled(&parsed.body.main, &parsed, text))
}

/// The fragment with its links percent-encoded, as the printed examples have them. The sizes of images, which a printed
/// example cannot know, are left out.
///
/// A link that is written in HTML is one like any other, and its URL is the site's to write. It is left as typed here.
fn filled(fragment: &Fragment, parsed: &Parsed, text: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for hole in &fragment.holes {
        let at = hole.at as usize;
        out.push_str(fragment.html.get(done..at).expect("holes ascend, and stand between characters"));
        if hole.kind == HoleKind::Url {
            let target = &parsed.facts.links[hole.link as usize].target;
            let span = target.span.range();
            let before = text.get(..span.start).unwrap_or_default().trim_end_matches(['"', '\'']);
            match text.get(span) {
                Some(typed) if before.ends_with('=') => out.push_str(typed),
                _ => url(&target.value, &mut out),
            }
        }
        done = at;
    }
    out + fragment.html.get(done..).expect("the last hole stands between characters")
}

fn url(target: &str, out: &mut String) {
    for byte in target.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            byte if byte.is_ascii_alphanumeric() || b"-_.+!*(),%#@?=;:/$~".contains(&byte) => {
                out.push(char::from(byte));
            }
            byte => write!(out, "%{byte:02X}").expect("memory does not fail"),
        }
    }
}

/// What Hiketsu adds, taken away.
fn reduced(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    let mut in_code = false;
    while let Some((before, tail)) = rest.split_once('<') {
        out.push_str(before);
        let Some((tag, after)) = tail.split_once('>') else {
            rest = html.get(html.len() - tail.len() - 1..).unwrap_or_default();
            break;
        };
        rest = after;
        let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        let tag = match name.as_str() {
            // Ids, so that every heading can be linked to.
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if tag.contains(" id=\"") => name,
            // The page that a link opens learns nothing of this one.
            "a" => tag.replace(" rel=\"noopener\"", ""),
            // Images load when they come near.
            "img" => tag.replace(" loading=\"lazy\" decoding=\"async\"", ""),
            // An image that stands alone and has a title is a figure, and the title its caption.
            "figure" => "p".to_owned(),
            "/figure" => "/p".to_owned(),
            "figcaption" => {
                let (title, after) = rest.split_once("</figcaption>").expect("it ends");
                rest = after;
                assert_eq!(out.pop(), Some('>'), "a caption stands after its image");
                format!("{} title=\"{title}\"", out.split_off(out.rfind('<').expect("it begins")).split_off(1))
            }
            // Code may scroll, and is coloured.
            "pre" if tag == "pre class=\"code\" tabindex=\"0\"" => {
                in_code = true;
                name
            }
            "/pre" => {
                in_code = false;
                name
            }
            "span" | "/span" if in_code => continue,
            // Tables may scroll, their headings say what they are for, and their styles stand in the stylesheet. A
            // cell at their head that heads nothing is an ordinary one.
            "div" if tag.starts_with("div class=\"table\"") => continue,
            "/div" if out.ends_with("</table>") => continue,
            "th" | "td" => {
                let tag = tag.replace(" scope=\"col\"", "").replace("class=\"ta-l\"", "align=\"left\"");
                tag.replace("class=\"ta-c\"", "align=\"center\"").replace("class=\"ta-r\"", "align=\"right\"")
            }
            // A task's words are the label of its box.
            "li" => tag.replace(" class=\"task\"", ""),
            "label" | "/label" => continue,
            "input" => {
                let done = if tag.ends_with(" checked") { "checked=\"\" " } else { "" };
                format!("input {done}disabled=\"\" type=\"checkbox\"")
            }
            _ => tag.to_owned(),
        };
        write!(out, "<{tag}>").expect("memory does not fail");
    }
    out.push_str(rest);
    respelled(&out)
}

/// A printed example as we spell it.
pub(crate) fn printed(html: &str) -> String {
    let mut parts = html.split("<a href=\"");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (target, after) = part.split_once('"').expect("the attribute ends");
        let in_scheme = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
        let scheme = target.split_once(':').map_or("", |(scheme, _)| scheme);
        let scheme = if scheme.chars().all(in_scheme) { scheme } else { "" };
        // A link with a scheme that is not allowed is a fault, and leads nowhere.
        let allowed = ["", "http", "https", "mailto"].contains(&scheme.to_lowercase().as_str());
        write!(out, "<a href=\"{}\"{after}", if allowed { target } else { "" }).expect("memory does not fail");
    }
    respelled(&out)
}

/// Spelled in one way where specifications and we do so in two: void elements, quotation marks, line breaks in tables.
fn respelled(html: &str) -> String {
    let mut html = html.replace("&quot;", "\"").replace("<br />", "<br>").replace("<hr />", "<hr>");
    for void in ["<img ", "<input "] {
        let mut parts = html.split(void);
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (tag, after) = part.split_once('>').expect("the tag ends");
            write!(out, "{void}{}>{after}", tag.trim_end_matches(" /")).expect("memory does not fail");
        }
        html = out;
    }
    for tag in ["<thead>", "</thead>", "<tbody>", "</tbody>", "<tr>", "</tr>", "</th>", "</td>"] {
        html = html.replace(&format!("{tag}\n"), tag);
    }
    html.replace("<table>\n<thead>", "<table><thead>").replace("<tbody></tbody>", "")
}
