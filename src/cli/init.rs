//! `hiketsu init`: a small, complete site to start from.

use super::failure::{Exit, Failure};
use super::{Session, args, words};
use crate::commit;
use crate::config;
use crate::diag::Lang;

macro_rules! sample {
    ($lang:literal) => {
        &[
            ("site.toml", include_bytes!(concat!("init/", $lang, "/site.toml"))),
            (".gitignore", include_bytes!("init/gitignore")),
            ("content/_index.md", include_bytes!(concat!("init/", $lang, "/_index.md"))),
            ("content/about.md", include_bytes!(concat!("init/", $lang, "/about.md"))),
            ("content/lessons/_index.md", include_bytes!(concat!("init/", $lang, "/lessons/_index.md"))),
            (
                "content/lessons/001-first-step.md",
                include_bytes!(concat!("init/", $lang, "/lessons/001-first-step.md")),
            ),
            ("content/lessons/002-listen.md", include_bytes!(concat!("init/", $lang, "/lessons/002-listen.md"))),
        ]
    };
}

const JA: &[(&str, &[u8])] = sample!("ja");
const EN: &[(&str, &[u8])] = sample!("en");

/// `hiketsu init`.
pub(super) fn init(session: &mut Session<'_>, typed: &args::Init) -> Result<(), Failure> {
    let lang = session.ui.lang;
    let root = session.environment.cwd.join(&typed.dir);
    let name = typed.dir.display();
    if root.join(config::FILE).exists() {
        let message = words::SITE_EXISTS.with(lang, &[("folder", &name)]);
        return Err(Failure::told(Exit::Refused, message, words::SITE_EXISTS_HELP.in_lang(lang).to_owned()));
    }
    let files = match lang {
        Lang::Ja => JA,
        Lang::En => EN,
    };
    commit::create_new(&root, files).map_err(|error| Failure::commit(&error, lang))?;
    session.ui.say(&words::INITIATED.with(lang, &[("folder", &name)]))?;
    let here = root == session.environment.cwd || typed.dir.as_os_str() == ".";
    if !here {
        session.ui.say(&format!("  cd {}", quoted(&name.to_string())))?;
    }
    session.ui.say("  hiketsu serve")?;
    if here {
        session.ui.say("  hiketsu build")?;
    }
    Ok(())
}

/// `name` as a shell takes it for one word.
fn quoted(name: &str) -> String {
    let plain = name.chars().all(|character| character.is_alphanumeric() || "-_./~\\:".contains(character));
    if plain { name.to_owned() } else { format!("'{}'", name.replace('\'', "'\\''")) }
}
