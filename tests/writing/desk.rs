//! A site on a real disk, and what stands in its output folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use hiketsu::commit::{Baseline, CommitError, Guard, Refusal, Trial, Written};
use hiketsu::diag::Lang;
use hiketsu::output::manifest::{self, Manifest};
use hiketsu::output::{Content, Entry, OutputTree};
use hiketsu::path::OutPath;
use hiketsu::world::memory::MemoryWorld;

/// A folder `home/work/site` with a site in it.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let desk = Self { folder };
        for (path, text) in [("site.toml", "title = 1"), ("content/a.md", "# A"), ("themes/t/base.html", "x")] {
            let path = desk.site().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        desk
    }

    pub(crate) fn top(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    pub(crate) fn site(&self) -> PathBuf {
        self.top().join("home/work/site")
    }

    pub(crate) fn public(&self) -> PathBuf {
        self.site().join("public")
    }

    pub(crate) fn open(&self, output: impl AsRef<Path>) -> Result<Baseline, CommitError> {
        self.open_with(output, Duration::from_secs(5), None)
    }

    pub(crate) fn open_with(
        &self,
        output: impl AsRef<Path>,
        wait: Duration,
        steps: Option<usize>,
    ) -> Result<Baseline, CommitError> {
        let (site, home) = (self.site(), self.top().join("home"));
        let guard = Guard { site_root: &site, cwd: &site, home: Some(&home) };
        Baseline::open_with(output.as_ref(), &guard, Trial { wait, steps })
    }

    pub(crate) fn commit(&self, tree: &OutputTree) -> Result<Written, CommitError> {
        self.open("public")?.commit(tree, &MemoryWorld::default())
    }

    /// Opens and commits, stopped dead after so many steps.
    pub(crate) fn cut(&self, tree: &OutputTree, steps: usize) -> Result<Written, CommitError> {
        let mut baseline = self.open_with("public", Duration::ZERO, Some(steps))?;
        baseline.commit(tree, &MemoryWorld::default())
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.site().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Every file of the whole desk.
    pub(crate) fn everything(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.top())
    }

    /// That the output folder is `tree`, its manifest, and nothing else, and that nothing lies beside it.
    pub(crate) fn assert_holds(&self, tree: &OutputTree) {
        let mut expected: BTreeMap<String, Vec<u8>> = tree
            .iter()
            .map(|(path, entry)| match &entry.content {
                Content::Bytes(bytes) => (path.to_string(), bytes.to_vec()),
                other => panic!("{other:?}"),
            })
            .collect();
        expected.insert(manifest::FILE.to_owned(), Manifest::of(tree).to_text().into_bytes());
        let found = files(&self.public());
        assert_eq!(expected.keys().collect::<Vec<_>>(), found.keys().collect::<Vec<_>>());
        assert!(expected == found, "bytes differ");
        assert_eq!(empty_folders(&self.public()), Vec::<PathBuf>::new());
        assert_eq!(self.beside(), Vec::<String>::new());
    }

    /// What we left beside the output folder.
    pub(crate) fn beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.site()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains("hiketsu")).collect()
    }
}

pub(crate) fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| !entry.file_type().is_dir());
    let pair = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        (name, fs::read(entry.path()).unwrap_or_default())
    };
    files.map(pair).collect()
}

pub(crate) fn empty_folders(root: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(Result::unwrap);
    let folders = entries.filter(|entry| entry.file_type().is_dir()).map(walkdir::DirEntry::into_path);
    folders.filter(|folder| fs::read_dir(folder).unwrap().next().is_none()).collect()
}

pub(crate) fn tree<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> OutputTree {
    files.into_iter().map(|(path, text)| (OutPath::new(path), Entry::bytes(text.as_bytes()))).collect()
}

pub(crate) fn small() -> OutputTree {
    tree([("index.html", "home"), ("secrets/a/index.html", "a"), ("style-1.css", "css"), ("secrets/a/図.svg", "svg")])
}

pub(crate) fn refusal(result: Result<impl Sized, CommitError>) -> Refusal {
    match result {
        Ok(_) => panic!("was not refused"),
        Err(error) => {
            for lang in [Lang::Ja, Lang::En] {
                assert!(!error.message(lang).is_empty() && !error.help(lang).is_empty());
            }
            match error {
                CommitError::Refused(refusal) => refusal,
                error => panic!("{error:?}"),
            }
        }
    }
}
