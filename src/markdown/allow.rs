//! Which elements and attributes of raw HTML a lesson may have, and where.
//!
//! The list is what texts are made of. What runs, embeds, submits or styles is not on it, and never will be: whoever
//! needs that trusts all authors and says so in `site.toml`.

/// An element that is allowed.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: &'static str,
    /// Has no content and no end tag.
    pub(super) void: bool,
    /// May not stand in a paragraph or a heading.
    pub(super) block: bool,
    /// Its end tag may be left out.
    pub(super) optional_end: bool,
    /// What it must stand in directly; empty where that does not matter.
    pub(super) parents: &'static [&'static str],
    /// What its start tag ends, of elements whose end tag may be left out.
    pub(super) closes: &'static [&'static str],
    /// Its own attributes, besides [`is_global`].
    pub(super) attributes: &'static [&'static str],
}

const fn inline(name: &'static str, attributes: &'static [&'static str]) -> Element {
    Element { name, void: false, block: false, optional_end: false, parents: &[], closes: &[], attributes }
}

const fn block(name: &'static str, attributes: &'static [&'static str]) -> Element {
    Element { name, void: false, block: true, optional_end: false, parents: &[], closes: &[], attributes }
}

const fn void(name: &'static str, attributes: &'static [&'static str]) -> Element {
    Element { name, void: true, block: false, optional_end: false, parents: &[], closes: &[], attributes }
}

const fn part(
    name: &'static str,
    parents: &'static [&'static str],
    closes: &'static [&'static str],
    attributes: &'static [&'static str],
) -> Element {
    Element { name, void: false, block: true, optional_end: true, parents, closes, attributes }
}

const CELLS: &[&str] = &["td", "th"];
const ROWS: &[&str] = &["td", "th", "tr"];
const SECTIONS: &[&str] = &["td", "th", "tr", "thead", "tbody", "tfoot", "colgroup"];
const CELL: &[&str] = &["colspan", "rowspan", "headers", "scope"];
const MEDIA: &[&str] = &["src", "controls", "loop", "muted", "preload"];

/// In the order of their names.
static ELEMENTS: &[Element] = &[
    inline("a", &["href", "hreflang"]),
    inline("abbr", &[]),
    block("address", &[]),
    block("aside", &[]),
    inline("audio", MEDIA),
    inline("b", &[]),
    inline("bdi", &[]),
    inline("bdo", &[]),
    block("blockquote", &[]),
    void("br", &[]),
    Element { optional_end: false, ..part("caption", &["table"], &[], &[]) },
    inline("cite", &[]),
    inline("code", &[]),
    Element { void: true, ..part("col", &["colgroup", "table"], &[], &["span"]) },
    part("colgroup", &["table"], &[], &["span"]),
    inline("data", &["value"]),
    part("dd", &["dl", "div"], &["dd", "dt"], &[]),
    inline("del", &["datetime"]),
    block("details", &["open"]),
    inline("dfn", &[]),
    block("div", &[]),
    block("dl", &[]),
    part("dt", &["dl", "div"], &["dd", "dt"], &[]),
    inline("em", &[]),
    Element { parents: &["figure"], ..block("figcaption", &[]) },
    block("figure", &[]),
    block("h2", &[]),
    block("h3", &[]),
    block("h4", &[]),
    block("h5", &[]),
    block("h6", &[]),
    Element { block: true, ..void("hr", &[]) },
    inline("i", &[]),
    void("img", &["src", "alt", "width", "height", "loading", "decoding"]),
    inline("ins", &["datetime"]),
    inline("kbd", &[]),
    part("li", &["ul", "ol"], &["li"], &["value"]),
    inline("mark", &[]),
    block("ol", &["start", "reversed", "type"]),
    Element { optional_end: true, ..block("p", &[]) },
    block("pre", &[]),
    inline("q", &[]),
    Element { block: false, ..part("rb", &["ruby"], &["rb", "rp", "rt", "rtc"], &[]) },
    Element { block: false, ..part("rp", &["ruby", "rtc"], &["rb", "rp", "rt"], &[]) },
    Element { block: false, ..part("rt", &["ruby", "rtc"], &["rb", "rp", "rt"], &[]) },
    Element { block: false, ..part("rtc", &["ruby"], &["rb", "rp", "rt", "rtc"], &[]) },
    inline("ruby", &[]),
    inline("s", &[]),
    inline("samp", &[]),
    block("section", &[]),
    inline("small", &[]),
    Element { parents: &["audio", "video"], ..void("source", &["src", "type"]) },
    inline("span", &[]),
    inline("strong", &[]),
    inline("sub", &[]),
    Element { parents: &["details"], ..block("summary", &[]) },
    inline("sup", &[]),
    block("table", &[]),
    part("tbody", &["table"], SECTIONS, &[]),
    part("td", &["tr"], CELLS, CELL),
    part("tfoot", &["table"], SECTIONS, &[]),
    part("th", &["tr"], CELLS, CELL),
    part("thead", &["table"], SECTIONS, &[]),
    inline("time", &["datetime"]),
    part("tr", &["table", "thead", "tbody", "tfoot"], ROWS, &[]),
    inline("u", &[]),
    block("ul", &[]),
    inline("var", &[]),
    inline("video", &["src", "poster", "controls", "loop", "muted", "preload", "playsinline", "width", "height"]),
    void("wbr", &[]),
];

/// The element of this name, which is in lower case.
pub(super) fn find(name: &str) -> Option<&'static Element> {
    ELEMENTS.binary_search_by_key(&name, |element| element.name).ok().map(|at| &ELEMENTS[at])
}

/// Whether any element may have the attribute. `id` is not among them: it is no text of its own, but an anchor.
pub(super) fn is_global(attribute: &str) -> bool {
    let aria = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
    matches!(attribute, "class" | "lang" | "dir" | "title" | "role")
        || attribute.strip_prefix("aria-").is_some_and(aria)
}

/// Whether an attribute says something by being there.
pub(super) fn is_boolean(attribute: &str) -> bool {
    matches!(attribute, "controls" | "loop" | "muted" | "open" | "playsinline" | "reversed")
}

/// Elements that are not allowed, and whose content makes no sense without them.
pub(super) fn takes_content_along(name: &str) -> bool {
    super::tags::is_verbatim(name)
        || matches!(name, "svg" | "math" | "template" | "object" | "select" | "canvas" | "applet" | "map" | "frameset")
}

#[cfg(test)]
mod tests {
    use super::{ELEMENTS, find};

    #[test]
    fn the_list_is_in_order_and_holds_nothing_that_runs() {
        assert!(ELEMENTS.is_sorted_by(|a, b| a.name < b.name));
        for name in ["script", "style", "iframe", "form", "input", "svg", "math", "template", "noscript", "h1", "body"]
        {
            assert!(find(name).is_none(), "{name}");
        }
        for element in ELEMENTS {
            assert!(element.attributes.iter().all(|name| !name.starts_with("on") && *name != "style"));
            assert!(element.parents.iter().chain(element.closes).all(|name| find(name).is_some()), "{}", element.name);
        }
    }
}
