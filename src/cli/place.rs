//! Which site a command works on: its folder, and the two settings that are needed before it is built.

use std::path::{Path, PathBuf};

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::environment::Environment;
use super::failure::Failure;
use super::words;
use crate::config;
use crate::content::Instant;
use crate::diag::Lang;
use crate::path::SourcePath;
use crate::world::World as _;
use crate::world::disk::DiskWorld;

/// The site's folder: `root` where it is given, else the nearest one upward from the working directory.
pub(super) fn find(root: Option<&Path>, environment: &Environment, lang: Lang) -> Result<PathBuf, Failure> {
    let holds_site = |folder: &Path| folder.join(config::FILE).is_file();
    if let Some(root) = root {
        let root = environment.cwd.join(root);
        if holds_site(&root) {
            return Ok(root);
        }
        let message = words::NO_SITE_AT.with(lang, &[("folder", &root.display())]);
        return Err(Failure::usage(message, words::NO_SITE_HELP.in_lang(lang).to_owned()));
    }
    environment.cwd.ancestors().find(|folder| holds_site(folder)).map(Path::to_owned).ok_or_else(|| {
        let message = words::NO_SITE.with(lang, &[("folder", &environment.cwd.display())]);
        Failure::usage(message, words::NO_SITE_HELP.in_lang(lang).to_owned())
    })
}

/// The site in `root`, at the time that was typed.
pub(super) fn open(root: &Path, at: Option<&str>, lang: Lang) -> Result<DiskWorld, Failure> {
    let world = DiskWorld::open(root, None).map_err(|error| Failure::world(&error, lang))?;
    let Some(typed) = at else { return Ok(world) };
    let timezone = settings(&world).map_or_else(|| "UTC".to_owned(), |config| config.timezone);
    let at = instant(typed, &timezone).ok_or_else(|| {
        let message = words::BAD_TIME.with(lang, &[("typed", &typed)]);
        Failure::usage(message, words::BAD_TIME_HELP.in_lang(lang).to_owned())
    })?;
    DiskWorld::open(root, Some(at)).map_err(|error| Failure::world(&error, lang))
}

/// The site's own language, for those whose locale asks for none.
pub(super) fn language(root: &Path) -> Option<Lang> {
    let world = DiskWorld::open(root, None).ok()?;
    let language = settings(&world)?.language;
    Some(if language.starts_with("ja") { Lang::Ja } else { Lang::En })
}

/// `site.toml` as it is now; its faults are reported by the build.
fn settings(world: &DiskWorld) -> Option<config::Config> {
    let bytes = world.read(&SourcePath::new(config::FILE)).ok()?;
    Some(config::parse(&String::from_utf8_lossy(&bytes)).value)
}

/// A time as typed: RFC 3339 with an offset, else a date or a date and time in `timezone`.
fn instant(typed: &str, timezone: &str) -> Option<Instant> {
    let typed = typed.trim();
    if let Ok(at) = typed.parse::<jiff::Timestamp>() {
        return Some(Instant(at.as_second()));
    }
    let local = typed.parse::<DateTime>().ok().or_else(|| Some(typed.parse::<Date>().ok()?.at(0, 0, 0, 0)))?;
    let zone = TimeZone::get(timezone).unwrap_or(TimeZone::UTC);
    Some(Instant(zone.to_timestamp(local).ok()?.as_second()))
}

/// What leads from `cwd` to the site's folder, with `/` at its end; empty where they are one.
pub(super) fn prefix(cwd: &Path, root: &Path) -> String {
    let cwd = cwd.canonicalize().unwrap_or_else(|_| cwd.to_owned());
    let slashed = |path: &Path| path.to_string_lossy().replace('\\', "/");
    if let Ok(below) = root.strip_prefix(&cwd) {
        let below = slashed(below);
        return if below.is_empty() { below } else { below + "/" };
    }
    if let Ok(deeper) = cwd.strip_prefix(root) {
        return "../".repeat(deeper.components().count());
    }
    slashed(root) + "/"
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{instant, prefix};

    #[test]
    fn a_time_without_an_offset_is_the_sites_own() {
        let tokyo = |typed| instant(typed, "Asia/Tokyo").map(|at| at.0);
        assert_eq!(tokyo("2026-12-01"), Some(1_796_050_800));
        assert_eq!(tokyo("2026-12-01 09:00"), Some(1_796_083_200));
        assert_eq!(tokyo("2026-12-01T09:00"), tokyo("2026-12-01 09:00"));
        assert_eq!(tokyo("2026-12-01T00:00:00Z"), Some(1_796_083_200));
        assert_eq!(tokyo("2026-12-01T09:00:00+09:00"), Some(1_796_083_200));
        for wrong in ["", "明日", "2026-13-01", "2026-02-30", "12/01", "2026-12-01 25:00"] {
            assert_eq!(tokyo(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn paths_are_shown_from_where_the_user_stands() {
        assert_eq!(prefix(Path::new("/no/such"), Path::new("/no/such")), "");
        assert_eq!(prefix(Path::new("/no/such"), Path::new("/no/such/site")), "site/");
        assert_eq!(prefix(Path::new("/no/such/content/a"), Path::new("/no/such")), "../../");
        assert_eq!(prefix(Path::new("/no/other"), Path::new("/no/such")), "/no/such/");
    }
}
