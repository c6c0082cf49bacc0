//! The pages beside the reading: plain pages, terms, search, 404, redirects.

use super::shared::{taxonomy_link, term_link, text_link};
use super::views::{Data, View, Views};
use super::{Course, Link, Paging, SearchGroup, Taxonomy, Term, TermLesson};
use crate::path::{Route, base_path};
use crate::site::TODAY;

impl Views<'_> {
    pub(super) fn page(&self, text: usize) -> View {
        let node = &self.model.texts[text];
        let title = node.text.front.title.value.clone();
        let mut page = self.blank("page", &node.route, title.clone());
        let mut template = "page.html".to_owned();
        self.dress(&mut page, text, &mut template);
        page.breadcrumb = self.trail(vec![(title, None)]);
        View::new(node.route.clone(), &template, page, Data::None {}, Some(text))
    }

    pub(super) fn taxonomy(&self, at: usize) -> View {
        let taxonomy = &self.model.taxonomies[at];
        let mut page = self.blank("taxonomy", &taxonomy.route, taxonomy.label.clone());
        page.breadcrumb = self.trail(vec![(taxonomy.label.clone(), None)]);
        page.description = self.word_with("taxonomy_description", &[("title", taxonomy.label.clone())]);
        let terms = taxonomy.terms.iter().map(term_link).collect();
        let data =
            Data::Taxonomy { taxonomy: Taxonomy { key: taxonomy.key.clone(), title: taxonomy.label.clone(), terms } };
        View::new(taxonomy.route.clone(), "taxonomy.html", page, data, None)
    }

    pub(super) fn term(&self, at: usize, term: usize, number: u32) -> View {
        let model = self.model;
        let taxonomy = &model.taxonomies[at];
        let found = &taxonomy.terms[term];
        let per_page = model.config.per_page;
        let pages = found.pages(per_page);
        let route = found.page_route(number);
        let mut page = self.blank("term", &route, found.label.clone());
        page.breadcrumb =
            self.trail(vec![(taxonomy.label.clone(), Some(&taxonomy.route)), (found.label.clone(), None)]);
        page.description = if found.description.is_empty() {
            self.word_with("term_description", &[("title", found.label.clone())])
        } else {
            found.description.clone()
        };
        if number > 1 {
            let title = [("title", found.label.clone()), ("n", number.to_string())];
            page.head_title = format!("{} | {}", self.word_with("page_of", &title), model.config.short_title);
        }
        let start = (number - 1) as usize * per_page as usize;
        let lessons = found.lessons.iter().skip(start).take(per_page as usize);
        let several = model.series.len() > 1;
        let lessons = lessons.map(|at| TermLesson {
            lesson: self.cards[*at].clone(),
            series: several.then(|| self.series[model.lessons[*at].series].title.clone()),
        });
        let data = Term {
            taxonomy: taxonomy_link(taxonomy),
            title: found.label.clone(),
            description: found.description.clone(),
            count: u32::try_from(found.lessons.len()).unwrap_or(u32::MAX),
            lessons: lessons.collect(),
            related: self.related[at][term].clone(),
            paging: Paging {
                page: number,
                pages,
                previous: (number > 1).then(|| found.page_route(number - 1).encoded()),
                next: (number < pages).then(|| found.page_route(number + 1).encoded()),
            },
        };
        View::new(route, "term.html", page, Data::Term { term: Box::new(data) }, None)
    }

    pub(super) fn today(&self) -> View {
        let model = self.model;
        let route = Route::new(TODAY);
        let title = self.word("today");
        let mut page = self.blank("today", &route, title.clone());
        page.breadcrumb = self.trail(vec![(title, None)]);
        page.description = self.word("today_description");
        page.noindex = true;
        let courses = model.series.iter().zip(&self.series);
        let courses = courses.filter(|(series, _)| !series.lessons.is_empty());
        let courses = courses
            .map(|(series, link)| Course { link: link.clone(), lessons: self.cards[series.lessons.clone()].to_vec() })
            .collect();
        View::new(route, "today.html", page, Data::Today { courses }, None)
    }

    pub(super) fn search(&self) -> View {
        let model = self.model;
        let route = Route::new("search/");
        let title = self.word("search");
        let mut page = self.blank("search", &route, title.clone());
        page.breadcrumb = self.trail(vec![(title, None)]);
        page.description = self.word_with("search_description", &[("title", model.config.title.clone())]);
        let mut groups: Vec<SearchGroup> = model
            .series
            .iter()
            .enumerate()
            .map(|(at, series)| SearchGroup {
                title: self.series[at].title.clone(),
                lessons: self.cards[series.lessons.clone()].to_vec(),
                pages: Vec::new(),
            })
            .collect();
        let pages: Vec<Link> = model.pages.iter().map(|text| text_link(model, *text)).collect();
        if !pages.is_empty() {
            groups.push(SearchGroup { title: String::new(), lessons: Vec::new(), pages });
        }
        View::new(route, "search.html", page, Data::Search { groups }, None)
    }

    pub(super) fn not_found(&self) -> View {
        let route = Route::new("404.html");
        let mut page = self.blank("404", &route, self.word("not_found"));
        page.noindex = true;
        let mut view = View::new(route, "404.html", page, Data::None {}, None);
        // A host shows this page at any depth, so its links cannot be relative.
        base_path(&self.model.config.base_url).clone_into(&mut view.root);
        view
    }

    pub(super) fn redirect(&self, at: usize) -> View {
        let redirect = &self.model.redirects[at];
        let mut page = self.blank("redirect", &redirect.to, String::new());
        page.noindex = true;
        let data =
            Data::Redirect { target: page.canonical.clone(), target_path: redirect.to.href_from(&redirect.from) };
        View::new(redirect.from.clone(), "redirect.html", page, data, None)
    }
}
