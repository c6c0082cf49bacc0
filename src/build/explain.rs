//! What stands behind a page: its template and everything that it is made from, by name.

use std::collections::BTreeSet;

use super::Built;
use crate::path::{Route, SourcePath};
use crate::site::{SiteModel, Target};
use crate::theme::{self, Theme};
use crate::view::{PageId, Views};
use crate::world::Snapshot;

/// A page and what it is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anatomy {
    /// What kind of page.
    pub id: PageId,
    /// Where it lies.
    pub route: Route,
    /// The file of its body, where it has one.
    pub source: Option<SourcePath>,
    /// The name of its template.
    pub template: String,
    /// The files of that template and of all that it extends and includes, the template itself first.
    pub templates: Vec<SourcePath>,
    /// Files of which it shows something beside its body: neighbours, the members of its list.
    pub shows: Vec<SourcePath>,
    /// Files to which its body links, and images that stand in it.
    pub links: Vec<SourcePath>,
}

/// Takes apart the page at `route` of what was built from `snapshot`; `None` where there is no such page.
pub fn anatomy(snapshot: &Snapshot, built: &Built, route: &Route) -> Option<Anatomy> {
    let site = &built.site;
    let theme = theme::load(snapshot, &built.config).value;
    let views = Views::new(site, &theme.strings);
    let (id, view) = views.pages().into_iter().map(|id| (id, views.view(id))).find(|(_, view)| view.route == *route)?;
    let source = |text: usize| site.texts[text].source.clone();
    let mut shows: BTreeSet<SourcePath> = shown(site, id).into_iter().map(source).collect();
    shows.extend(view.takeaways.iter().map(|text| source(*text)));
    let own = view.body.map(source);
    if let Some(own) = &own {
        shows.remove(own);
    }
    Some(Anatomy {
        id,
        templates: templates(&theme, &view.template),
        template: view.template,
        shows: shows.into_iter().collect(),
        links: view.body.map(|text| linked(site, text)).unwrap_or_default(),
        source: own,
        route: view.route,
    })
}

/// How many pages have a template of `file`, extended and included ones counted; the routes of the first few.
pub fn pages_with(snapshot: &Snapshot, built: &Built, file: &SourcePath) -> Vec<Route> {
    let theme = theme::load(snapshot, &built.config).value;
    let views = Views::new(&built.site, &theme.strings);
    let views = views.pages().into_iter().map(|id| views.view(id));
    views.filter(|view| templates(&theme, &view.template).contains(file)).map(|view| view.route).collect()
}

/// Texts of which a page shows something.
fn shown(site: &SiteModel, id: PageId) -> Vec<usize> {
    let text = |lesson: &usize| site.lessons[*lesson].text;
    match id {
        PageId::Today => site.lessons.iter().map(|lesson| lesson.text).collect(),
        PageId::Home => site.lessons.iter().map(|lesson| lesson.text).chain(site.home).collect(),
        PageId::Series(at) | PageId::Takeaways(at) => {
            let series = &site.series[at];
            series.lessons.clone().map(|lesson| text(&lesson)).chain([series.index]).collect()
        }
        PageId::Lesson(at) => {
            let lesson = &site.lessons[at];
            let series = &site.series[lesson.series];
            let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
            let beside = beside.filter(|other| series.lessons.contains(other));
            beside.chain(lesson.requires.iter().copied()).map(|lesson| text(&lesson)).chain([series.index]).collect()
        }
        PageId::Term(taxonomy, term, _) => site.taxonomies[taxonomy].terms[term].lessons.iter().map(text).collect(),
        PageId::Taxonomy(taxonomy) => {
            site.taxonomies[taxonomy].terms.iter().flat_map(|term| &term.lessons).map(text).collect()
        }
        PageId::Redirect(at) => {
            let to = &site.redirects[at].to;
            site.texts.iter().position(|node| node.route == *to).into_iter().collect()
        }
        PageId::Page(_) | PageId::Search | PageId::NotFound => Vec::new(),
    }
}

/// The files to which the links and images of a text lead.
fn linked(site: &SiteModel, text: usize) -> Vec<SourcePath> {
    let routes: BTreeSet<&Route> = site.targets[text]
        .iter()
        .filter_map(|target| match target {
            Target::Internal { route, .. } => Some(route),
            _ => None,
        })
        .collect();
    let texts = site.texts.iter().enumerate().filter(|(at, _)| *at != text);
    let texts = texts.filter(|(_, node)| routes.contains(&node.route)).map(|(_, node)| node.source.clone());
    let assets = site.assets.iter().filter(|asset| routes.contains(&asset.route)).map(|asset| asset.source.clone());
    texts.chain(assets).collect()
}

/// The files of a template and of those that it names, each once.
fn templates(theme: &Theme, name: &str) -> Vec<SourcePath> {
    let mut names = vec![name.to_owned()];
    let mut files = Vec::new();
    let mut at = 0;
    while let Some(template) = names.get(at).cloned() {
        at += 1;
        let Some(template) = theme.templates.get(&template) else { continue };
        files.push(template.source.clone());
        for tag in template.text.split("{%").skip(1) {
            let tag = tag.split("%}").next().unwrap_or_default().trim_start_matches('-').trim_start();
            let takes = ["extends", "include", "import"].iter().any(|word| tag.starts_with(word));
            let other = tag.split('"').nth(1).filter(|_| takes);
            if let Some(other) = other.filter(|other| !names.iter().any(|known| known == other)) {
                names.push(other.to_owned());
            }
        }
    }
    files
}
