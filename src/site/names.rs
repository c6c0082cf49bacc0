//! Where a file is published, from its name.

use crate::diag::catalogue::site as codes;
use crate::diag::{Diagnostic, Fault};
use crate::path::{Route, SourcePath};
use crate::slug::{NameFault, check_name, nfc, slugify};
use crate::text::Span;

/// A lesson's file name, taken apart: `012-forget-the-quota.md` → 12 and `forget-the-quota` (in NFC). `None` where it
/// has another form or the number is 0 or beyond `u32`.
pub fn lesson_name(name: &str) -> Option<(u32, String)> {
    let (stem, _) = name.rsplit_once('.')?;
    let (number, id) = stem.split_once('-')?;
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) || id.is_empty() {
        return None;
    }
    let number = number.parse().ok().filter(|number| *number > 0)?;
    Some((number, nfc(id)))
}

/// The path below `content/` without the file's name, as a route with a trailing `/`, or the empty one; reports folder
/// names that some host refuses.
pub(super) fn folder_route(source: &SourcePath, faults: &mut Vec<Diagnostic>) -> String {
    let folder = source.folder().strip_prefix("content").unwrap_or_default().trim_start_matches('/');
    let mut route = String::new();
    for name in folder.split('/').filter(|name| !name.is_empty()) {
        let name = nfc(name);
        check(&name, source, faults);
        route.push_str(&name);
        route.push('/');
    }
    route
}

/// The route of a text outside any series.
pub(super) fn page_route(source: &SourcePath, faults: &mut Vec<Diagnostic>) -> Route {
    let folder = folder_route(source, faults);
    let stem = source.name().rsplit_once('.').map_or(source.name(), |(stem, _)| stem);
    if stem.eq_ignore_ascii_case("_index") || stem.eq_ignore_ascii_case("index") {
        return Route::new(folder);
    }
    let stem = nfc(stem);
    check(&stem, source, faults);
    Route::new(format!("{folder}{stem}/"))
}

/// The route of a file that is published as it is; `None` where its name is refused.
pub(super) fn asset_route(source: &SourcePath, faults: &mut Vec<Diagnostic>) -> Option<Route> {
    let folder = folder_route(source, faults);
    let name = nfc(source.name());
    check(&name, source, faults).then(|| Route::new(format!("{folder}{name}")))
}

/// Reports a name that some host refuses.
pub(super) fn check(name: &str, source: &SourcePath, faults: &mut Vec<Diagnostic>) -> bool {
    let Err(fault) = check_name(name) else { return true };
    let reason = match fault {
        NameFault::Empty => "empty".to_owned(),
        NameFault::Character(c) if c.is_control() => format!("U+{:04X}", u32::from(c)),
        NameFault::Character(c) => c.to_string(),
        NameFault::Ending => format!("“{}”", name.chars().last().unwrap_or_default()),
        NameFault::Device => "Windows".to_owned(),
        NameFault::Long => format!("{} > {} bytes", name.len(), crate::slug::MAX_NAME),
    };
    let suggestion = match name.rsplit_once('.') {
        Some((stem, extension)) if !extension.is_empty() && extension.is_ascii() => {
            format!("{}.{}", slugify(stem), slugify(extension))
        }
        _ => slugify(name),
    };
    faults.push(
        Fault::new(&codes::BAD_NAME, Span::default())
            .arg("name", name)
            .arg("reason", reason)
            .arg("suggestion", suggestion)
            .in_file(source),
    );
    false
}

/// The route of an alias: `/old/quota/` and `/old/quota` are a folder's page, `/old/12.html` a file.
///
/// # Errors
/// What is wrong with it, as a short text.
pub(super) fn alias_route(alias: &str) -> Result<Route, String> {
    let path = alias.strip_prefix('/').ok_or_else(|| "/".to_owned())?;
    let path = crate::path::percent_decode(path).ok_or_else(|| "%".to_owned())?;
    let path = nfc(path.trim_end_matches('/'));
    if path.is_empty() {
        return Err("/".to_owned());
    }
    for name in path.split('/') {
        if name == "." || name == ".." {
            return Err(name.to_owned());
        }
        if let Err(fault) = check_name(name) {
            return Err(match fault {
                NameFault::Character(c) => c.to_string(),
                _ => name.to_owned(),
            });
        }
    }
    let is_file = std::path::Path::new(&path).extension().is_some_and(|extension| {
        ["html", "htm", "php", "asp", "aspx", "xml"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    });
    Ok(Route::new(if is_file { path } else { format!("{path}/") }))
}

#[cfg(test)]
mod tests {
    use super::{alias_route, lesson_name};

    #[test]
    fn a_lesson_is_a_number_a_hyphen_and_an_id() {
        assert_eq!(lesson_name("012-forget-the-quota.md"), Some((12, "forget-the-quota".to_owned())));
        assert_eq!(lesson_name("7-聴く.md"), Some((7, "聴く".to_owned())));
        for bad in ["about.md", "012.md", "012-.md", "-x.md", "0-x.md", "１２-x.md", "99999999999-x.md", "+1-x.md"] {
            assert_eq!(lesson_name(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_alias_is_a_folder_unless_it_names_a_page() {
        assert_eq!(alias_route("/old/quota").map(|route| route.to_string()), Ok("old/quota/".to_owned()));
        assert_eq!(alias_route("/%E5%8F%A4/").map(|route| route.to_string()), Ok("古/".to_owned()));
        assert_eq!(alias_route("/archives/12.html").map(|route| route.to_string()), Ok("archives/12.html".to_owned()));
        for bad in ["old/", "/", "/../x", "/?p=1", "/a//b", "/a#b"] {
            assert!(alias_route(bad).is_err(), "{bad}");
        }
    }
}
