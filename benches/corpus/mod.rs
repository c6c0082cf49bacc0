//! The corpus of the benchmarks: an ordered Japanese lesson series of any length, made from nothing.
//!
//! The same call writes the same bytes on any machine and on any day: no clock, no environment, no hash map.
//! The same lessons can be written as a Hiketsu site, a Hugo site or a Zola site. The peers get templates that
//! make the same pages as ours, written the way their own documentation advises for speed (shared parts cached,
//! neighbours from the section's own order, counts from the configuration), so that nothing is slow on purpose.

mod lesson;
mod random;
mod sites;
mod words;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use lesson::Lesson;
pub(crate) use words::TAGS;

/// Which generator the site is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// `site.toml`, `content/secrets/NNN-id.md` with YAML front matter.
    Hiketsu,
    /// `hugo.toml`, YAML front matter with weight and slug, Go templates.
    Hugo,
    /// `config.toml`, TOML front matter, Tera 1 templates.
    Zola,
}

impl Flavour {
    /// The flavour of that name in lower case, as typed on a command line.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name {
            "hiketsu" => Some(Self::Hiketsu),
            "hugo" => Some(Self::Hugo),
            "zola" => Some(Self::Zola),
            _ => None,
        }
    }

    /// A link to lesson `number`, in the form that the generator itself checks and resolves.
    fn link(self, number: u32, width: usize, text: &str) -> String {
        let file = file_name(number, width);
        match self {
            Self::Hiketsu | Self::Hugo => format!("[{text}]({file})"),
            Self::Zola => format!("[{text}](@/secrets/{file})"),
        }
    }

    // Zola 0.17 has no callout quotes: there the boxes are quotes with a bold first line.
    fn bad_box(self) -> &'static str {
        match self {
            Self::Hiketsu | Self::Hugo => "> [!BAD] ダメなトーク\n",
            Self::Zola => "> **✖ 悪い例 ダメなトーク**\n",
        }
    }

    fn summary_box(self) -> &'static str {
        match self {
            Self::Hiketsu | Self::Hugo => "> [!SUMMARY]\n",
            Self::Zola => "> **まとめ**\n",
        }
    }

    fn front_matter(self, lesson: &Lesson) -> String {
        let (year, month, day) = lesson.date;
        let date = format!("{year:04}-{month:02}-{day:02}");
        let Lesson { number, id, title, description, category, .. } = lesson;
        let tags = lesson.tags.join(", ");
        let quoted = lesson.tags.iter().map(|tag| format!("\"{tag}\"")).collect::<Vec<_>>().join(", ");
        match self {
            Self::Hiketsu => format!(
                "---\ntitle: \"{title}\"\ndescription: \"{description}\"\ndate: {date}\ncategories: [{category}]\ntags: [{tags}]\n---\n\n"
            ),
            Self::Hugo => format!(
                "---\ntitle: \"{title}\"\ndescription: \"{description}\"\ndate: {date}\nslug: {id}\nweight: {number}\ncategories: [{category}]\ntags: [{tags}]\n---\n\n"
            ),
            Self::Zola => format!(
                "+++\ntitle = \"{title}\"\ndescription = \"{description}\"\ndate = {date}\nslug = \"{id}\"\nweight = {number}\n[taxonomies]\ncategories = [\"{category}\"]\ntags = [{quoted}]\n[extra]\nnumber = {number}\n+++\n\n"
            ),
        }
    }
}

/// Writes a site of `lessons` lessons into `dir`, which is created when missing.
///
/// # Errors
/// Whatever the file system refuses.
pub(crate) fn write(dir: &Path, lessons: u32, flavour: Flavour) -> io::Result<()> {
    let secrets = dir.join("content").join("secrets");
    fs::create_dir_all(&secrets)?;
    for (path, text) in sites::files(lessons, flavour) {
        let path = dir.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    let width = width(lessons);
    for number in 1..=lessons {
        let lesson = Lesson::new(number);
        let mut text = flavour.front_matter(&lesson);
        text.push_str(&lesson.body(flavour, width));
        fs::write(secrets.join(file_name(number, width)), text)?;
    }
    Ok(())
}

/// The Markdown of lesson `number` below its front matter, in a series of at most 999.
pub(crate) fn body(number: u32, flavour: Flavour) -> String {
    Lesson::new(number).body(flavour, 3)
}

/// Tells our site at `dir` to make no search index.
///
/// # Errors
/// Whatever the file system refuses.
pub(crate) fn without_search(dir: &Path) -> io::Result<()> {
    let path = dir.join("site.toml");
    let text = fs::read_to_string(&path)?;
    fs::write(path, text + "\n[search]\nenabled = false\n")
}

/// Adds a paragraph to the body of lesson `number`, another one for each `revision`, as an author would.
///
/// # Errors
/// Whatever the file system refuses, or a lesson that [`write`] did not make.
pub(crate) fn edit(dir: &Path, lessons: u32, number: u32, revision: u32) -> io::Result<()> {
    let path = lesson_path(dir, lessons, number);
    let mut text = fs::read_to_string(&path)?;
    write!(text, "\n{revision}回目の見直しで、この段落を書き足しました。\n").expect("writing to a String cannot fail");
    fs::write(path, text)
}

/// The file of lesson `number` in a site of `lessons` lessons at `dir`.
pub(crate) fn lesson_path(dir: &Path, lessons: u32, number: u32) -> PathBuf {
    dir.join("content").join("secrets").join(file_name(number, width(lessons)))
}

fn file_name(number: u32, width: usize) -> String {
    format!("{number:0width$}-{}.md", lesson::id(number))
}

/// Numbers are padded to one width within a site, three digits at least, so that folders list in order.
fn width(lessons: u32) -> usize {
    lessons.to_string().len().max(3)
}
