//! The three kinds of path, which are never mixed: where a file lies in the site's folder, where a file lies in the
//! output folder, and what a browser asks for.

use std::fmt;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

macro_rules! path_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The path as text, `/` between its parts.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
    };
}

path_type! {
    /// A file of the site's folder, relative to it, as the file system spells it, `/` between its parts:
    /// `content/secrets/012-forget-the-quota.md`.
    SourcePath
}

path_type! {
    /// A file of the output, relative to the output folder, in NFC: `secrets/forget-the-quota/index.html`.
    OutPath
}

path_type! {
    /// What a browser asks for, relative to the site's base URL, not percent-encoded, in NFC: `secrets/forget-the-quota/`,
    /// `feed.xml`, and the empty string for the home page.
    Route
}

impl SourcePath {
    /// `path`, which is relative and uses `/`.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The name after the last `/`.
    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// What stands before the last `/`, or the empty string.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The part of the name after its last dot, where there is one.
    pub fn extension(&self) -> Option<&str> {
        self.name().rsplit_once('.').map(|(_, extension)| extension)
    }

    /// The file that `relative` names when it is written in this file; `..` is resolved here, without looking at any
    /// disk. `None` where it climbs out of the site's folder.
    pub fn resolve(&self, relative: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.folder().split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self::new(parts.join("/")))
    }
}

impl OutPath {
    /// `path`, which is relative, in NFC, and uses `/`.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The route under which a static host serves this file.
    pub fn route(&self) -> Route {
        let path = self.0.strip_suffix("index.html").filter(|rest| rest.is_empty() || rest.ends_with('/'));
        Route::new(path.unwrap_or(&self.0))
    }
}

/// What must be encoded in a path of a URL: everything but RFC 3986's unreserved characters, the sub-delimiters that
/// no shell or mail program trips over, `:`, `@` and `/`.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b'@')
    .remove(b'+')
    .remove(b',')
    .remove(b'=');

/// Percent-encodes one path or fragment for an `href`: UTF-8, then RFC 3986 section 2.1.
pub fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, PATH).to_string()
}

/// Decodes `%XX` once; `None` where the result is not UTF-8 or holds NUL.
pub fn percent_decode(text: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8().ok()?;
    (!decoded.contains('\0')).then(|| decoded.into_owned())
}

/// The path of a site's absolute base URL, with its slashes: `/`, or `/course/`.
pub fn base_path(base_url: &str) -> &str {
    let host = base_url.split_once("://").map_or(base_url, |(_, host)| host);
    host.find('/').and_then(|at| host.get(at..)).unwrap_or("/")
}

impl Route {
    /// `path` without a leading `/`.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The home page.
    pub fn home() -> Self {
        Self::new("")
    }

    /// The file that answers for this route.
    pub fn out_path(&self) -> OutPath {
        if self.0.is_empty() || self.0.ends_with('/') {
            OutPath::new(format!("{}index.html", self.0))
        } else {
            OutPath::new(self.0.clone())
        }
    }

    /// What leads from a page at this route to the site's root: `./`, `../`, `../../`.
    pub fn root(&self) -> String {
        match self.0.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }

    /// Percent-encoded, still relative to the site's root: the form that templates get.
    pub fn encoded(&self) -> String {
        percent_encode(&self.0)
    }

    /// A relative `href` from a page at `from` to this route.
    pub fn href_from(&self, from: &Self) -> String {
        format!("{}{}", from.root(), self.encoded())
    }
}
