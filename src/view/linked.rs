//! What a page says to programs about itself: JSON-LD with the words of schema.org.

use serde_json::{Value, json};

use super::views::{Data, View, Views};
use super::{Contents, Lesson, Page};

/// The JSON-LD of a page, ready to stand in a `<script type="application/ld+json">`; empty where the page is not for
/// search engines. It is data: nothing runs it, so a strict policy lets it be.
pub(super) fn json_ld(views: &Views<'_>, view: &View) -> String {
    let (page, site) = (&view.page, views.site());
    if page.noindex {
        return String::new();
    }
    let mut graph = Vec::new();
    match &view.data {
        Data::Home { .. } => graph.push(json!({
            "@type": "WebSite", "@id": site.base_url, "url": site.base_url, "name": site.title,
            "description": page.description, "inLanguage": site.language,
        })),
        Data::Series { series } => graph.push(course(views, page, series)),
        Data::Lesson { lesson } => graph.push(resource(views, page, lesson)),
        _ => {}
    }
    if page.breadcrumb.len() > 1 {
        let items = page.breadcrumb.iter().enumerate().map(|(at, crumb)| {
            let mut item = json!({ "@type": "ListItem", "position": at + 1, "name": crumb.title });
            // The last is the page itself.
            let url = crumb.path.as_ref().map(|path| format!("{}{path}", site.base_url));
            item["item"] = json!(url.unwrap_or_else(|| page.canonical.clone()));
            item
        });
        graph.push(json!({ "@type": "BreadcrumbList", "itemListElement": items.collect::<Vec<_>>() }));
    }
    if graph.is_empty() {
        return String::new();
    }
    for node in &mut graph {
        if let Value::Object(fields) = node {
            fields.retain(|_, value| !value.is_null() && value != "");
        }
    }
    escape(&json!({ "@context": "https://schema.org", "@graph": graph }).to_string())
}

/// No text ends the element or begins a comment in it (HTML, 4.12.1.3).
fn escape(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

fn course(views: &Views<'_>, page: &Page, series: &Contents) -> Value {
    let site = views.site();
    let lessons = series.parts.iter().flat_map(|part| &part.entries).filter_map(|entry| entry.lesson.as_ref());
    let minutes: u32 = lessons.map(|card| card.minutes).sum();
    let provider = if site.author.is_empty() { &site.title } else { &site.author };
    json!({
        "@type": "Course", "@id": page.canonical, "url": page.canonical, "name": page.title,
        "description": if page.description.is_empty() { &site.description } else { &page.description },
        "inLanguage": site.language, "image": page.image,
        "provider": { "@type": "Organization", "name": provider, "url": site.base_url },
        "hasCourseInstance": { "@type": "CourseInstance", "courseMode": "Online", "courseWorkload": format!("PT{minutes}M") },
    })
}

fn resource(views: &Views<'_>, page: &Page, lesson: &Lesson) -> Value {
    let site = views.site();
    let authors = lesson.authors.iter().map(|name| json!({ "@type": "Person", "name": name }));
    let changed = lesson.updated.as_ref().or(lesson.date.as_ref());
    let words = lesson.terms.iter().flat_map(|group| &group.terms).map(|term| term.title.as_str());
    let words = words.collect::<Vec<_>>().join(", ");
    json!({
        "@type": "LearningResource", "@id": page.canonical, "url": page.canonical, "name": page.title,
        "description": page.description, "inLanguage": site.language, "learningResourceType": "Lesson",
        "position": lesson.number, "timeRequired": format!("PT{}M", lesson.minutes), "image": page.image,
        "keywords": words,
        "author": authors.collect::<Vec<_>>(),
        "datePublished": lesson.date.as_ref().map(|day| &day.iso),
        "dateModified": changed.map(|day| &day.iso),
        "isPartOf": { "@type": "Course", "@id": format!("{}{}", site.base_url, lesson.series.path), "name": lesson.series.title },
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_ends_the_element() {
        assert_eq!(super::escape("{\"a\":\"</script><!--&\"}"), "{\"a\":\"\\u003c/script\\u003e\\u003c!--\\u0026\"}");
    }
}
