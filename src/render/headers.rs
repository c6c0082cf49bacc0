//! `_headers`: what hosts that read it (Netlify, Cloudflare Pages) are to say of the site's files.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::path::{OutPath, base_path, percent_encode};

/// The file's name.
pub const FILE: &str = "_headers";

/// What every answer says besides the policy.
const ALWAYS: &str = "  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n";

/// The text of [`FILE`]. Assets have their hash in their names, so browsers may keep them for ever; everything else is
/// asked for again. `policy` is the one that stands in the pages, or empty.
pub fn headers<'a>(base_url: &str, policy: &str, assets: impl Iterator<Item = &'a OutPath>) -> String {
    let base = base_path(base_url);
    let mut text = format!("{base}*\n");
    if !policy.is_empty() {
        // Framing is the one thing that a page cannot forbid by itself; here nobody opens pages by double-click.
        let policy = policy.replace(" file:", "");
        let _ = writeln!(text, "  Content-Security-Policy: {policy}; frame-ancestors 'self'");
    }
    text.push_str(ALWAYS);
    // One rule for each folder: the search index, whose root keeps its name, lies in one of its own.
    let folders: BTreeSet<&str> = assets.filter_map(|path| Some(path.as_str().rsplit_once('/')?.0)).collect();
    for folder in folders {
        let folder = percent_encode(folder);
        let _ = write!(text, "\n{base}{folder}/:asset\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{OutPath, headers};

    #[test]
    fn each_folder_of_assets_is_kept_for_ever() {
        let assets = ["_/style.1.css", "_/main.2.js", "_/img/紙.3.svg"].map(OutPath::new);
        let text = headers("https://example.com/course/", "default-src 'none'; img-src 'self' file:", assets.iter());
        insta::assert_snapshot!(text, @"
        /course/*
          Content-Security-Policy: default-src 'none'; img-src 'self'; frame-ancestors 'self'
          X-Content-Type-Options: nosniff
          Referrer-Policy: strict-origin-when-cross-origin

        /course/_/:asset
          Cache-Control: public, max-age=31536000, immutable

        /course/_/img/:asset
          Cache-Control: public, max-age=31536000, immutable
        ");
        assert!(!headers("https://example.com/", "", [].iter()).contains("Policy: d"));
    }
}
