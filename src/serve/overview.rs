//! `/_hiketsu/`: what an author wants to see of the whole site while writing it. How far each series has come, what is
//! wrong and where, what comes next by itself, which tags are used how often, which lessons lead to which.
//!
//! It is a page of the server, no part of the site; [`crate::report`] says what is in it.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::diag::{Diagnostic, Lang, Severity};
use crate::markdown::escape::attribute;
use crate::report::{Report, Row, Standing, Stats, What};
use crate::site::{SiteModel, TextInput};
use crate::time::Instant;

/// Its stylesheet.
pub(super) const STYLE: &str = include_str!("overview.css");

/// Of a series that is longer, no picture of its links is drawn: nobody could read it.
const LONGEST_PICTURE: usize = 400;

/// Of a list that may be long, so many are shown; `hiketsu stats` and `hiketsu check` have all.
pub(super) const SHOWN: usize = 50;

/// Everything that the page is made of. It is made when somebody looks at it, not at every build.
pub(super) struct Overview {
    pub(super) site: Arc<SiteModel>,
    pub(super) texts: Vec<TextInput>,
    pub(super) now: Instant,
    /// The first of them, as many as are shown: putting one into words takes time at every build.
    pub(super) faults: Vec<Told>,
    /// How many there are.
    pub(super) total: usize,
}

/// A fault in words.
pub(super) struct Told {
    severity: Severity,
    /// With its place and the lines it stands in.
    text: String,
    /// Opens the place in an editor.
    link: Option<String>,
}

impl Told {
    pub(super) fn new(diagnostic: &Diagnostic, text: String, link: Option<String>) -> Self {
        Self { severity: diagnostic.severity, text, link }
    }
}

/// The page's own words.
struct Words {
    language: &'static str,
    title: &'static str,
    to_site: &'static str,
    faults: &'static str,
    no_faults: &'static str,
    open: &'static str,
    more: &'static str,
    of: &'static str,
    length: &'static str,
    upcoming: &'static str,
    nothing_comes: &'static str,
    next_rebuild: &'static str,
    comes: &'static str,
    goes: &'static str,
    tags: &'static str,
    without: &'static str,
    links: &'static str,
    links_help: &'static str,
    unlinked: &'static str,
    orphans: &'static str,
    states: [&'static str; 5],
}

const JA: Words = Words {
    language: "ja",
    title: "書き手の机",
    to_site: "サイトを見る",
    faults: "直すところ",
    no_faults: "誤りも警告もありません。",
    open: "エディターで開く",
    more: "ほか {n} 件（`hiketsu check --all`）",
    of: "{total} 話のうち {written} 話を書きました",
    length: "{characters} 字、読むのに {minutes} 分",
    upcoming: "これから変わること",
    nothing_comes: "日時を決めた公開も、取り下げもありません。",
    next_rebuild: "次に作り直すのは {at}",
    comes: "公開",
    goes: "取り下げ",
    tags: "の広がり",
    without: "どれも付いていない話：{n}",
    links: "話どうしのつながり",
    links_help: "左から順に、線の上は先の話へ、下は前の話へのリンクです。番号に触れると題名が出ます。",
    unlinked: "どこからもリンクされていない話",
    orphans: "どこからもたどれないページ",
    states: ["公開", "予約", "下書き", "取り下げ", "これから"],
};

const EN: Words = Words {
    language: "en",
    title: "Author's desk",
    to_site: "See the site",
    faults: "To be mended",
    no_faults: "No errors and no warnings.",
    open: "Open in the editor",
    more: "and {n} more (`hiketsu check --all`)",
    of: "{written} of {total} lessons are written",
    length: "{characters} characters, {minutes} minutes to read",
    upcoming: "What changes by itself",
    nothing_comes: "Nothing is to be published or withdrawn at a time.",
    next_rebuild: "To be built again at {at}",
    comes: "published",
    goes: "withdrawn",
    tags: ": how they are spread",
    without: "Lessons without any: {n}",
    links: "Which lessons lead to which",
    links_help: "From left to right; above the line are links to later lessons, below it to earlier ones. A number shows its title.",
    unlinked: "Lessons that nothing links to",
    orphans: "Pages that nothing leads to",
    states: ["published", "scheduled", "draft", "withdrawn", "planned"],
};

/// The page. `base` is the path of the site, `head` what the server puts into every page.
pub(super) fn page(overview: &Overview, base: &str, head: &str, lang: Lang) -> String {
    let report = Report::of(&overview.site, &overview.texts, overview.now);
    let words = match lang {
        Lang::Ja => &JA,
        Lang::En => &EN,
    };
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src data:\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <link rel=\"stylesheet\" href=\"overview.css\">\n<title>{} · {}</title>\n{head}\n</head>\n<body>\n\
         <header><h1>{}</h1><p>{} · <a href=\"{}\">{}</a></p></header>\n<main>\n",
        words.language,
        words.title,
        escape(&report.title),
        words.title,
        escape(&report.title),
        escape(base),
        words.to_site,
    );
    let page = &mut Page { out: &mut out, words, base };
    page.faults(&overview.faults, overview.total);
    page.series(&report);
    page.upcoming(&report.stats);
    page.terms(&report.stats);
    page.links(&report);
    page.pages(words.unlinked, &report.stats.unlinked);
    page.pages(words.orphans, &report.stats.orphans);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

struct Page<'a> {
    out: &'a mut String,
    words: &'a Words,
    base: &'a str,
}

impl Page<'_> {
    fn add(&mut self, text: std::fmt::Arguments<'_>) {
        self.out.write_fmt(text).expect("writing to a String cannot fail");
    }

    fn heading(&mut self, text: &str) {
        self.add(format_args!("<h2>{}</h2>\n", escape(text)));
    }

    fn faults(&mut self, faults: &[Told], total: usize) {
        let words = self.words;
        self.out.push_str("<section class=\"faults\">\n");
        self.heading(words.faults);
        if faults.is_empty() {
            self.add(format_args!("<p>{}</p>\n", words.no_faults));
        }
        for fault in faults {
            let class = match fault.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "info",
            };
            self.add(format_args!("<div class=\"fault {class}\"><pre>{}</pre>", escape(&fault.text)));
            if let Some(link) = &fault.link {
                self.add(format_args!("<p><a href=\"{}\">{}</a></p>", escape(link), words.open));
            }
            self.out.push_str("</div>\n");
        }
        if total > faults.len() {
            let more = words.more.replace("{n}", &(total - faults.len()).to_string());
            self.add(format_args!("<p>{}</p>\n", escape(&more)));
        }
        self.out.push_str("</section>\n");
    }

    fn series(&mut self, report: &Report) {
        let words = self.words;
        for series in &report.stats.series {
            let rows: Vec<&Row> = report.lessons.iter().filter(|row| row.series_id == series.id).collect();
            self.out.push_str("<section class=\"series\">\n");
            self.heading(&series.title);
            let of = words
                .of
                .replace("{total}", &series.total.to_string())
                .replace("{written}", &series.written.to_string());
            let length = words
                .length
                .replace("{characters}", &series.characters.to_string())
                .replace("{minutes}", &series.minutes.to_string());
            self.add(format_args!("<p>{of}<br>{length}</p>\n<ul class=\"key\">"));
            let counts = [series.published, series.scheduled, series.drafts, series.expired, series.planned];
            for (state, count) in STATES.into_iter().zip(counts).filter(|(_, count)| *count > 0) {
                self.add(format_args!("<li class=\"{}\">{} {count}</li>", class(state), self.state(state)));
            }
            self.out.push_str("</ul>\n");
            for part in rows.chunk_by(|a, b| a.part == b.part) {
                if let Some(title) = part.first().and_then(|row| row.part.as_deref()) {
                    self.add(format_args!("<h3>{}</h3>\n", escape(title)));
                }
                self.out.push_str("<ol class=\"grid\">");
                for row in part {
                    self.cell(row);
                }
                self.out.push_str("</ol>\n");
            }
            self.out.push_str("</section>\n");
        }
    }

    fn cell(&mut self, row: &Row) {
        let state = self.state(row.state);
        let title = row.title.as_deref().unwrap_or_default();
        let said = format!("{} {title} ({state})", row.number);
        let class = class(row.state);
        match &row.url {
            Some(url) => self.add(format_args!(
                "<li class=\"{class}\"><a href=\"{}{}\" title=\"{}\">{}</a></li>",
                escape(self.base),
                escape(url),
                escape(&said),
                row.number
            )),
            None => self.add(format_args!("<li class=\"{class}\" title=\"{}\">{}</li>", escape(&said), row.number)),
        }
    }

    fn state(&self, state: Standing) -> &'static str {
        STATES.iter().position(|known| *known == state).map_or("", |at| self.words.states[at])
    }

    fn upcoming(&mut self, stats: &Stats) {
        let words = self.words;
        self.out.push_str("<section>\n");
        self.heading(words.upcoming);
        if let Some(next) = &stats.next_rebuild {
            self.add(format_args!("<p>{}</p>\n<ul>", escape(&words.next_rebuild.replace("{at}", &next.at))));
            for due in stats.upcoming.iter().take(SHOWN) {
                let what = match due.what {
                    What::Appears => words.comes,
                    What::Disappears => words.goes,
                };
                self.add(format_args!("<li>{} {what} {}</li>", escape(&due.at), escape(&due.title)));
            }
            self.out.push_str("</ul>\n");
        } else {
            self.add(format_args!("<p>{}</p>\n", words.nothing_comes));
        }
        self.out.push_str("</section>\n");
    }

    fn terms(&mut self, stats: &Stats) {
        for taxonomy in stats.taxonomies.iter().filter(|taxonomy| !taxonomy.terms.is_empty()) {
            let most = taxonomy.terms.iter().map(|term| term.lessons).max().unwrap_or(1).max(1);
            self.out.push_str("<section>\n");
            self.heading(&format!("{}{}", taxonomy.label, self.words.tags));
            self.out.push_str("<table class=\"spread\">\n");
            for term in &taxonomy.terms {
                let name = match &term.url {
                    Some(url) => {
                        format!("<a href=\"{}{}\">{}</a>", escape(self.base), escape(url), escape(&term.label))
                    }
                    None => escape(&term.label),
                };
                self.add(format_args!(
                    "<tr><th scope=\"row\">{name}</th><td><meter max=\"{most}\" value=\"{0}\">{0}</meter></td><td>{0}</td></tr>\n",
                    term.lessons
                ));
            }
            self.out.push_str("</table>\n");
            if taxonomy.without > 0 {
                let without = self.words.without.replace("{n}", &taxonomy.without.to_string());
                self.add(format_args!("<p>{without}</p>\n"));
            }
            self.out.push_str("</section>\n");
        }
    }

    /// Arcs between the lessons of each series, which stand in a row.
    fn links(&mut self, report: &Report) {
        for series in &report.stats.series {
            let rows: Vec<&Row> =
                report.lessons.iter().filter(|row| row.series_id == series.id && row.id.is_some()).collect();
            if rows.len() < 2 || rows.len() > LONGEST_PICTURE {
                continue;
            }
            let place = |name: &str| {
                let id = name.strip_prefix(&series.id)?.strip_prefix('/')?;
                rows.iter().position(|row| row.id.as_deref() == Some(id))
            };
            let pairs =
                report.links.iter().filter_map(|link| Some((place(&link.from)?, place(&link.to)?, link.required)));
            let mut pairs: Vec<(usize, usize, bool)> = pairs.collect();
            pairs.sort_unstable();
            let step = 12;
            let reach = pairs.iter().map(|(from, to, _)| from.abs_diff(*to)).max().unwrap_or(1);
            let half = reach * step / 2 + 14;
            self.out.push_str("<section>\n");
            self.heading(&format!("{}：{}", series.title, self.words.links));
            let (width, height) = (rows.len() * step + step, half * 2);
            let (help, label) = (self.words.links_help, self.words.links);
            self.add(format_args!(
                "<p>{help}</p>\n<div class=\"picture\"><svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
                 height=\"{height}\" role=\"img\" aria-label=\"{label}\">"
            ));
            for (from, to, required) in pairs {
                let (a, b) = (step + from * step, step + to * step);
                let radius = a.abs_diff(b) / 2;
                // Clockwise: over the row towards later lessons, under it towards earlier ones.
                let class = if required { " class=\"required\"" } else { "" };
                self.add(format_args!("<path{class} d=\"M{a} {half}A{radius} {radius} 0 0 1 {b} {half}\"/>"));
            }
            for (at, row) in rows.iter().enumerate() {
                let x = step + at * step;
                self.add(format_args!(
                    "<a href=\"{}{}\"><title>{} {}</title><circle cx=\"{x}\" cy=\"{half}\" r=\"4\" class=\"{}\"/></a>",
                    escape(self.base),
                    escape(row.url.as_deref().unwrap_or_default()),
                    row.number,
                    escape(row.title.as_deref().unwrap_or_default()),
                    class(row.state),
                ));
            }
            self.out.push_str("</svg></div>\n</section>\n");
        }
    }

    fn pages(&mut self, heading: &str, pages: &[crate::report::Page]) {
        if pages.is_empty() {
            return;
        }
        self.out.push_str("<section>\n");
        self.heading(heading);
        self.out.push_str("<ul>\n");
        for page in pages.iter().take(SHOWN) {
            let number = page.number.map(|number| format!("{number} ")).unwrap_or_default();
            self.add(format_args!(
                "<li><a href=\"{}{}\">{number}{}</a></li>\n",
                escape(self.base),
                escape(&page.url),
                escape(&page.title)
            ));
        }
        if pages.len() > SHOWN {
            self.add(format_args!("<li>… {}</li>\n", pages.len() - SHOWN));
        }
        self.out.push_str("</ul>\n</section>\n");
    }
}

const STATES: [Standing; 5] =
    [Standing::Published, Standing::Scheduled, Standing::Draft, Standing::Expired, Standing::Planned];

fn class(state: Standing) -> &'static str {
    match state {
        Standing::Published => "published",
        Standing::Scheduled => "scheduled",
        Standing::Draft => "draft",
        Standing::Expired => "expired",
        Standing::Planned => "planned",
    }
}

/// `text` as it may stand between tags and in attributes.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    attribute(&mut out, text);
    out
}
