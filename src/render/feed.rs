//! Atom (RFC 4287) and JSON Feed 1.1.

use atom_syndication::extension::Extension;
use atom_syndication::{Category, Content, Entry, Feed, FixedDateTime, Generator, Link, Person, Text};
use serde_json::{Map, Value, json};

use crate::view::{FeedEntry, FeedView};

/// What stands in for a date where no lesson has one: Atom demands one, and the clock may not give it.
const NO_DATE: &str = "1970-01-01T00:00:00Z";

/// `feed.xml`: named so, because hosts then say that it is XML, and a browser shows it by its style sheet. What they say of
/// `.atom` makes Chromium show the source.
pub fn atom(feed: &FeedView, path: &str) -> String {
    let updated = feed.entries.iter().map(|entry| date(&entry.updated)).max().unwrap_or_else(|| date(NO_DATE));
    let link = |rel: &str, href: String| Link { rel: rel.to_owned(), href, ..Link::default() };
    let person = |name: &String| Person { name: name.clone(), ..Person::default() };
    let atom = Feed {
        title: Text::plain(feed.title.as_str()),
        subtitle: (!feed.subtitle.is_empty()).then(|| Text::plain(feed.subtitle.as_str())),
        id: feed.base_url.clone(),
        updated,
        lang: Some(feed.language.clone()),
        // RFC 4287 section 4.1.1 demands one wherever an entry has none of its own.
        authors: vec![person(feed.author.as_ref().unwrap_or(&feed.title))],
        rights: (!feed.rights.is_empty()).then(|| Text::plain(feed.rights.as_str())),
        generator: Some(Generator { value: "Hiketsu".to_owned(), ..Generator::default() }),
        links: vec![link("self", format!("{}{path}", feed.base_url)), link("alternate", feed.base_url.clone())],
        namespaces: [("h".to_owned(), "http://www.w3.org/1999/xhtml".to_owned())].into(),
        entries: feed.entries.iter().map(|entry| atom_entry(entry, &link, &person)).collect(),
        ..Feed::default()
    };
    let mut text = atom.to_string();
    if let (Some(style), Some(end)) = (&feed.style, text.find("?>")) {
        text.insert_str(end + 2, &format!("<?xml-stylesheet type=\"text/css\" href=\"{style}\"?>"));
    }
    text.push('\n');
    text
}

fn atom_entry(entry: &FeedEntry, link: &impl Fn(&str, String) -> Link, person: &impl Fn(&String) -> Person) -> Entry {
    let anchor = Extension {
        name: "h:a".to_owned(),
        value: Some(entry.title.clone()),
        attrs: [("href".to_owned(), entry.url.clone())].into(),
        ..Extension::default()
    };
    Entry {
        title: Text::plain(entry.title.as_str()),
        id: entry.url.clone(),
        updated: date(&entry.updated),
        published: Some(date(&entry.published)),
        authors: entry.authors.iter().map(person).collect(),
        categories: entry
            .categories
            .iter()
            .map(|term| Category { term: term.clone(), ..Category::default() })
            .collect(),
        links: vec![link("alternate", entry.url.clone())],
        // What a style sheet makes of a feed cannot be clicked, but a link of HTML in it can. Feed readers pass over it
        // (RFC 4287 section 6.3).
        extensions: [("h".to_owned(), [("a".to_owned(), vec![anchor])].into())].into(),
        summary: (!entry.summary.is_empty()).then(|| Text::plain(entry.summary.as_str())),
        content: entry.content.clone().map(|html| Content {
            content_type: Some("html".to_owned()),
            value: Some(html),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

fn date(rfc3339: &str) -> FixedDateTime {
    rfc3339.parse().unwrap_or_default()
}

/// `feed.json`.
///
/// # Panics
/// Never: a JSON value serialises.
pub fn json(feed: &FeedView, path: &str) -> String {
    let authors = |names: &[String]| -> Vec<Value> { names.iter().map(|name| json!({ "name": name })).collect() };
    let items: Vec<Value> = feed
        .entries
        .iter()
        .map(|entry| {
            let mut item = Map::new();
            item.insert("id".into(), json!(entry.url));
            item.insert("url".into(), json!(entry.url));
            item.insert("title".into(), json!(entry.title));
            item.insert("summary".into(), json!(entry.summary));
            // Version 1.1 demands one of `content_html` and `content_text`.
            match &entry.content {
                Some(html) => item.insert("content_html".into(), json!(html)),
                None => item.insert("content_text".into(), json!(entry.summary)),
            };
            item.insert("date_published".into(), json!(entry.published));
            item.insert("date_modified".into(), json!(entry.updated));
            item.insert("authors".into(), json!(authors(&entry.authors)));
            item.insert("tags".into(), json!(entry.categories));
            Value::Object(item)
        })
        .collect();
    let whole = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.base_url,
        "feed_url": format!("{}{path}", feed.base_url),
        "language": feed.language,
        "authors": authors(feed.author.as_slice()),
        "items": items,
    });
    let mut text = serde_json::to_string_pretty(&whole).expect("a JSON value serialises");
    text.push('\n');
    text
}
