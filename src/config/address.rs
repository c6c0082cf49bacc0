//! The base URL: an absolute http(s) address that ends in `/`.

use crate::path::percent_encode;

/// Why a base URL cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is no absolute http(s) address; what it should perhaps be.
    Form(Option<String>),
    /// It holds a part that a base URL has not; what it should be.
    Extra(String, String),
}

/// Brings `typed` into the form in which it stands before routes: scheme and host in lower case, the path encoded and
/// with a trailing `/` (RFC 3986 sections 3 and 6.2.2).
pub(super) fn normalise(typed: &str) -> Result<String, Refused> {
    let Some((scheme, rest)) = typed.split_once("://") else {
        let looks_like_host = typed.split('/').next().is_some_and(|host| host.contains('.') && good_host(host));
        let guess = looks_like_host.then(|| normalise(&format!("https://{typed}")).ok()).flatten();
        return Err(Refused::Form(guess));
    };
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return Err(Refused::Form(None));
    }
    let cut = rest.find(['?', '#']).unwrap_or(rest.len());
    let (plain, extra) = rest.split_at_checked(cut).unwrap_or((rest, ""));
    let (authority, path) = plain.split_once('/').unwrap_or((plain, ""));
    let (user, host) = authority.rsplit_once('@').map_or(("", authority), |(user, host)| (user, host));
    let host = host.to_ascii_lowercase();
    let path = path.trim_end_matches('/');
    let bad_part = |part: &str| part.is_empty() || part == "." || part == "..";
    let bad_path = path.contains(|c: char| c.is_control() || c.is_whitespace() || "\\<>\"{}|^`".contains(c));
    if !good_host(&host) || bad_path || (!path.is_empty() && path.split('/').any(bad_part)) {
        return Err(Refused::Form(None));
    }
    let mut url = format!("{scheme}://{host}/");
    if !path.is_empty() {
        // Encoded parts stay as they are; everything else is encoded as routes are.
        let parts = path.split('%').map(percent_encode).collect::<Vec<_>>();
        url.push_str(&parts.join("%"));
        url.push('/');
    }
    if !extra.is_empty() {
        return Err(Refused::Extra(extra.to_owned(), url));
    }
    if !user.is_empty() {
        return Err(Refused::Extra(format!("{user}@"), url));
    }
    Ok(url)
}

/// Host and port in ASCII; names in other scripts are written in their `xn--` form.
fn good_host(host: &str) -> bool {
    if let Some(rest) = host.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else { return false };
        return address.parse::<std::net::Ipv6Addr>().is_ok()
            && (port.is_empty() || port.strip_prefix(':').is_some_and(good_port));
    }
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let name = name.strip_suffix('.').unwrap_or(name);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    name.split('.').all(label) && port.is_none_or(good_port)
}

fn good_port(port: &str) -> bool {
    port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_addresses_get_one_form() {
        for (typed, url) in [
            ("https://example.com", "https://example.com/"),
            ("HTTPS://Example.com/Course", "https://example.com/Course/"),
            ("http://localhost:8080/a/b//", "http://localhost:8080/a/b/"),
            ("https://user.github.io/営業", "https://user.github.io/%E5%96%B6%E6%A5%AD/"),
            ("https://example.com/%E5%96%B6/", "https://example.com/%E5%96%B6/"),
            ("http://[::1]:80/", "http://[::1]:80/"),
        ] {
            assert_eq!(normalise(typed), Ok(url.to_owned()), "{typed}");
        }
    }

    #[test]
    fn bad_addresses_are_refused() {
        for typed in [
            "",
            "/",
            "https://",
            "https:///a",
            "ftp://example.com/",
            "https://exa mple.com",
            "https://例え.jp/",
            "https://example.com/a/../b",
            "https://example.com//a",
            "https://example.com:99999/",
            "javascript://x/%0a",
            "https://example.com/a b",
            "mailto:a@example.com",
        ] {
            assert!(matches!(normalise(typed), Err(Refused::Form(_))), "{typed}");
        }
        assert_eq!(normalise("example.com/course"), Err(Refused::Form(Some("https://example.com/course/".to_owned()))));
        assert_eq!(
            normalise("https://example.com/?a=1"),
            Err(Refused::Extra("?a=1".to_owned(), "https://example.com/".to_owned()))
        );
        assert!(matches!(normalise("https://me:pw@example.com/"), Err(Refused::Extra(..))));
    }
}
