//! `sitemap.xml` (sitemaps.org 0.9) and `robots.txt` (RFC 9309).

use std::fmt::Write as _;

/// URLs in one sitemap, by the protocol.
const LIMIT: usize = 50_000;

/// The sitemap files: one, or an index and its parts where there are more URLs than one may hold. Each URL is
/// percent-encoded and comes with the day of its last change, where that is known.
pub fn sitemaps(base_url: &str, urls: &[(String, Option<String>)]) -> Vec<(String, String)> {
    if urls.len() <= LIMIT {
        return vec![("sitemap.xml".to_owned(), urlset(urls))];
    }
    let mut files = Vec::new();
    let mut index = head("sitemapindex");
    for (at, part) in urls.chunks(LIMIT).enumerate() {
        let name = format!("sitemap-{}.xml", at + 1);
        let _ = writeln!(index, "<sitemap><loc>{}{name}</loc></sitemap>", escape(base_url));
        files.push((name, urlset(part)));
    }
    index.push_str("</sitemapindex>\n");
    files.push(("sitemap.xml".to_owned(), index));
    files
}

fn head(root: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    )
}

fn urlset(urls: &[(String, Option<String>)]) -> String {
    let mut text = head("urlset");
    for (url, day) in urls {
        let _ = write!(text, "<url><loc>{}</loc>", escape(url));
        if let Some(day) = day {
            let _ = write!(text, "<lastmod>{day}</lastmod>");
        }
        text.push_str("</url>\n");
    }
    text.push_str("</urlset>\n");
    text
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&apos;").replace('"', "&quot;")
}

/// `robots.txt`: everything may be read; where the sitemap is.
pub fn robots(base_url: &str) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n")
}

#[cfg(test)]
mod tests {
    use super::sitemaps;

    #[test]
    fn more_urls_than_one_file_may_hold_are_split() {
        let urls: Vec<_> = (0..50_001).map(|n| (format!("https://example.com/{n}/"), None)).collect();
        let files = sitemaps("https://example.com/", &urls);
        let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
        assert_eq!(files[0].1.matches("<url>").count(), 50_000);
        assert_eq!(files[1].1.matches("<url>").count(), 1);
        assert!(files[2].1.contains("https://example.com/sitemap-2.xml"));
    }
}
