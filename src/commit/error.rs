//! Why a write was refused or failed, in words. It decides nothing.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::diag::Lang;
use crate::path::{OutPath, SourcePath};
use crate::world::WorldError;

/// Why nothing, or not everything, was written.
#[derive(Debug)]
pub enum CommitError {
    /// Writing could have destroyed something that is not ours. Nothing was written.
    Refused(Refusal),
    /// The file system refused.
    Write(WriteError),
    /// A file that is published as it is could not be read.
    Read(WorldError),
    /// A file that is published as it is has changed since the site was read.
    SourceChanged(SourcePath),
    /// These files were taken for unchanged, but the output folder does not hold them: they must be built.
    NotThere(Vec<OutPath>),
    /// A test asked for a stop here, as if the process had been killed.
    Stopped,
}

/// What would have been in danger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The output folder is, holds or lies in something that is not ours.
    Place {
        /// The output folder, resolved.
        output: PathBuf,
        /// How it lies to `other`.
        relation: Relation,
        /// What is in danger.
        danger: Danger,
        /// Where that is.
        other: PathBuf,
    },
    /// A file, or a link that leads nowhere, stands where a folder is needed.
    NotAFolder(PathBuf),
    /// The folder holds files and no manifest of ours; the first of them.
    NotOurs {
        /// The output folder.
        output: PathBuf,
        /// What it holds, sorted.
        files: Vec<String>,
    },
    /// The folder has a manifest that cannot be read.
    BadManifest(PathBuf),
    /// Files in our output folder that the last build did not write.
    Unknown {
        /// The output folder.
        output: PathBuf,
        /// Their paths below it, sorted.
        files: Vec<String>,
    },
    /// Files of ours that were changed by somebody else since.
    Changed {
        /// The output folder.
        output: PathBuf,
        /// Their paths below it, sorted.
        files: Vec<String>,
    },
    /// Another Hiketsu is writing to this folder.
    Locked {
        /// The output folder.
        output: PathBuf,
        /// Which process, where it is known.
        pid: Option<u32>,
    },
    /// Files that were to be created exist.
    Exists(Vec<PathBuf>),
    /// An author's file that was changed while it was being mended.
    Edited(PathBuf),
    /// A link, which cannot be renamed as the file that it leads to.
    Linked(PathBuf),
    /// A path that leads out of its folder, or that takes a name of our own files.
    BadPath(String),
}

/// How the output folder lies to something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// It is that very folder.
    Same,
    /// It lies in it.
    Inside,
    /// It holds it.
    Above,
}

/// What is in danger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Danger {
    /// The root of the file system.
    System,
    /// The site's folder.
    Site,
    /// Something that the site is read from, or the memo store.
    Input,
    /// The folder in which the command was called.
    Current,
    /// The user's home.
    Home,
    /// A repository's root or its database.
    Repository,
}

/// The file system refused.
#[derive(Debug)]
pub struct WriteError {
    /// Which file or folder.
    pub path: PathBuf,
    /// What was asked of it.
    pub doing: Doing,
    /// What it answered.
    pub source: io::Error,
    /// Whether the switch to the new site had begun: the next command finishes it. Otherwise nothing was changed.
    pub begun: bool,
}

/// What was asked of the file system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Look at or read it.
    Look,
    /// Write a file.
    Write,
    /// Make a folder.
    MakeFolder,
    /// Put a finished file in its place.
    Put,
    /// Remove it.
    Remove,
    /// Make it outlast a power cut.
    Sync,
    /// Lock the output folder.
    Lock,
}

impl WriteError {
    pub(super) fn at(path: &Path, doing: Doing) -> impl FnOnce(io::Error) -> CommitError + '_ {
        move |source| CommitError::Write(Self { path: path.to_owned(), doing, source, begun: false })
    }
}

impl CommitError {
    /// What the process ends with: 3 where something was protected, 4 where the file system refused.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(_) => 3,
            _ => 4,
        }
    }

    /// What is wrong.
    pub fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Refused(refusal), _) => refusal.message(lang),
            (Self::Write(error), _) => error.message(lang),
            (Self::Read(error), Lang::Ja) => {
                format!("{} を読めません：{}", error.path.display(), reason(&error.source, lang))
            }
            (Self::Read(error), Lang::En) => {
                format!("cannot read {}: {}", error.path.display(), reason(&error.source, lang))
            }
            (Self::SourceChanged(path), Lang::Ja) => format!("ビルドの途中で {path} が書き換えられました"),
            (Self::SourceChanged(path), Lang::En) => format!("{path} was changed during the build"),
            (Self::NotThere(paths), Lang::Ja) => {
                format!("出力フォルダーから消えたファイルがあります：{}", list(paths, lang))
            }
            (Self::NotThere(paths), Lang::En) => format!("the output folder has lost {}", list(paths, lang)),
            (Self::Stopped, _) => "stopped by a test".to_owned(),
        }
    }

    /// How to go on.
    pub fn help(&self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Refused(refusal), _) => refusal.help(lang),
            (Self::Write(error), _) => error.help(lang),
            (Self::Read(_) | Self::SourceChanged(_) | Self::NotThere(_), Lang::Ja) => {
                "もう一度実行してください。前のサイトはそのまま残っています"
            }
            (Self::Read(_) | Self::SourceChanged(_) | Self::NotThere(_), Lang::En) => {
                "run the command again; the site of the last build is as it was"
            }
            (Self::Stopped, _) => "",
        }
    }
}

impl WriteError {
    fn message(&self, lang: Lang) -> String {
        let (path, reason) = (self.path.display(), reason(&self.source, lang));
        match (self.doing, lang) {
            (Doing::Look, Lang::Ja) => format!("{path} を調べられません：{reason}"),
            (Doing::Look, Lang::En) => format!("cannot look at {path}: {reason}"),
            (Doing::Write | Doing::Put, Lang::Ja) => format!("{path} を書き込めません：{reason}"),
            (Doing::Write | Doing::Put, Lang::En) => format!("cannot write {path}: {reason}"),
            (Doing::MakeFolder, Lang::Ja) => format!("フォルダー {path} を作れません：{reason}"),
            (Doing::MakeFolder, Lang::En) => format!("cannot make the folder {path}: {reason}"),
            (Doing::Remove, Lang::Ja) => format!("{path} を削除できません：{reason}"),
            (Doing::Remove, Lang::En) => format!("cannot remove {path}: {reason}"),
            (Doing::Sync, Lang::Ja) => format!("{path} をディスクに確定できません：{reason}"),
            (Doing::Sync, Lang::En) => format!("cannot make {path} safe on the disk: {reason}"),
            (Doing::Lock, Lang::Ja) => format!("{path} でロックを取れません：{reason}"),
            (Doing::Lock, Lang::En) => format!("cannot lock {path}: {reason}"),
        }
    }

    fn help(&self, lang: Lang) -> &'static str {
        match (self.begun, lang) {
            (false, Lang::Ja) => "原因を取り除いて、もう一度実行してください。前のサイトはそのまま残っています",
            (false, Lang::En) => "mend the cause and run again; the site of the last build is as it was",
            (true, Lang::Ja) => {
                "原因を取り除いて、もう一度実行してください。新しいサイトへの切り替えの続きから始まります"
            }
            (true, Lang::En) => "mend the cause and run again: the switch to the new site goes on where it stopped",
        }
    }
}

impl Refusal {
    fn message(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Place { output, relation, danger, other }, Lang::Ja) => {
                let other = format!("{}（{}）", danger.name(lang), other.display());
                let output = output.display();
                match relation {
                    Relation::Same => format!("出力先 {output} は、{other}そのものです"),
                    Relation::Inside => format!("出力先 {output} は、{other}の中にあります"),
                    Relation::Above => format!("出力先 {output} の中に、{other}があります"),
                }
            }
            (Self::Place { output, relation, danger, other }, Lang::En) => {
                let relation = match relation {
                    Relation::Same => "is",
                    Relation::Inside => "lies in",
                    Relation::Above => "holds",
                };
                let danger = danger.name(lang);
                format!("the output folder {} {relation} {danger} ({})", output.display(), other.display())
            }
            (Self::NotAFolder(path), Lang::Ja) => format!("{} はフォルダーではありません", path.display()),
            (Self::NotAFolder(path), Lang::En) => format!("{} is not a folder", path.display()),
            (Self::NotOurs { output, files }, Lang::Ja) => format!(
                "出力先 {} に、Hiketsu が作ったのではないファイルがあります：{}",
                output.display(),
                list(files, lang)
            ),
            (Self::NotOurs { output, files }, Lang::En) => {
                format!(
                    "the output folder {} was not made by Hiketsu: it holds {}",
                    output.display(),
                    list(files, lang)
                )
            }
            (Self::BadManifest(path), Lang::Ja) => format!("出力の記録 {} が壊れています", path.display()),
            (Self::BadManifest(path), Lang::En) => format!("the record of the output, {}, is damaged", path.display()),
            (Self::Unknown { output, files }, Lang::Ja) => format!(
                "出力先 {} に、前のビルドが作ったのではないファイルがあります：{}",
                output.display(),
                list(files, lang)
            ),
            (Self::Unknown { output, files }, Lang::En) => format!(
                "the output folder {} holds files that the last build did not write: {}",
                output.display(),
                list(files, lang)
            ),
            (Self::Changed { output, files }, Lang::Ja) => format!(
                "出力先 {} のファイルが、ビルドの後で書き換えられています：{}",
                output.display(),
                list(files, lang)
            ),
            (Self::Changed { output, files }, Lang::En) => format!(
                "files in the output folder {} were changed after the build: {}",
                output.display(),
                list(files, lang)
            ),
            (Self::Locked { output, pid }, Lang::Ja) => {
                let pid = pid.map_or_else(String::new, |pid| format!("（プロセス {pid}）"));
                format!("別の Hiketsu{pid}が {} に書き込んでいます", output.display())
            }
            (Self::Locked { output, pid }, Lang::En) => {
                let pid = pid.map_or_else(String::new, |pid| format!(" (process {pid})"));
                format!("another Hiketsu{pid} is writing to {}", output.display())
            }
            (Self::Edited(path), Lang::Ja) => format!("{} は、その間に書き換えられました", path.display()),
            (Self::Edited(path), Lang::En) => format!("{} was changed meanwhile", path.display()),
            (Self::Linked(path), Lang::Ja) => format!("{} はリンクなので、名前を変えられません", path.display()),
            (Self::Linked(path), Lang::En) => format!("{} is a link, and cannot be renamed", path.display()),
            (Self::Exists(files), Lang::Ja) => format!("もうあるファイルです：{}", list_paths(files, lang)),
            (Self::Exists(files), Lang::En) => format!("already there: {}", list_paths(files, lang)),
            (Self::BadPath(path), Lang::Ja) => format!("{path:?} という名前では書き込めません"),
            (Self::BadPath(path), Lang::En) => format!("{path:?} is not a name to write to"),
        }
    }

    fn help(&self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Place { .. } | Self::NotAFolder(_) | Self::NotOurs { .. }, Lang::Ja) => {
                "`public` のような、専用の新しいフォルダーを出力先にしてください。何も書き換えていません"
            }
            (Self::Place { .. } | Self::NotAFolder(_) | Self::NotOurs { .. }, Lang::En) => {
                "choose a new folder of its own, such as `public`; nothing was changed"
            }
            (Self::BadManifest(_), Lang::Ja) => {
                "出力フォルダーの中身を確かめ、フォルダーごと削除してから、もう一度実行してください"
            }
            (Self::BadManifest(_), Lang::En) => "look through the output folder, remove it as a whole, and run again",
            (Self::Unknown { .. }, Lang::Ja) => {
                "公開したいファイル（CNAME など）は content/ に移し、いらないものは削除してください。何も書き換えていません"
            }
            (Self::Unknown { .. }, Lang::En) => {
                "move what is to be published (CNAME …) into content/, remove the rest; nothing was changed"
            }
            (Self::Changed { .. }, Lang::Ja) => {
                "残したい変更は content/ かテーマに移し、書き換えたファイルを削除すると、次のビルドで作り直されます"
            }
            (Self::Changed { .. }, Lang::En) => {
                "move the changes you want to keep into content/ or the theme, and remove the changed files: \
                 the next build makes them anew"
            }
            (Self::Locked { .. }, Lang::Ja) => "そちらが終わってから、もう一度実行してください",
            (Self::Locked { .. }, Lang::En) => "run again when it has finished",
            (Self::Edited(_), Lang::Ja) => "もう一度実行してください。何も書き換えていません",
            (Self::Edited(_), Lang::En) => "run the command again; nothing was changed",
            (Self::Linked(_), Lang::Ja) => {
                "リンクをファイルに置き換えてから、もう一度実行してください。何も書き換えていません"
            }
            (Self::Linked(_), Lang::En) => "put a file in the place of the link, and run again; nothing was changed",
            (Self::Exists(_), Lang::Ja) => "別のフォルダーを選んでください。何も書き込んでいません",
            (Self::Exists(_), Lang::En) => "choose another folder; nothing was written",
            (Self::BadPath(_), Lang::Ja) => "プログラムの不具合です。報告してください",
            (Self::BadPath(_), Lang::En) => "this is a fault of the program: please report it",
        }
    }
}

impl Danger {
    fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::System, Lang::Ja) => "ファイルシステムの根",
            (Self::System, Lang::En) => "the root of the file system",
            (Self::Site, Lang::Ja) => "サイトのフォルダー",
            (Self::Site, Lang::En) => "the site's folder",
            (Self::Input, Lang::Ja) => "サイトの元になるファイル",
            (Self::Input, Lang::En) => "what the site is made from",
            (Self::Current, Lang::Ja) => "今いるフォルダー",
            (Self::Current, Lang::En) => "the current folder",
            (Self::Home, Lang::Ja) => "ホームフォルダー",
            (Self::Home, Lang::En) => "your home",
            (Self::Repository, Lang::Ja) => "バージョン管理のフォルダー",
            (Self::Repository, Lang::En) => "a repository",
        }
    }
}

/// The reason in words where it is one that a user can do something about; otherwise the system's own.
fn reason(error: &io::Error, lang: Lang) -> String {
    let (ja, en) = match error.kind() {
        ErrorKind::StorageFull => ("ディスクの空き容量が足りません", "the disk is full"),
        ErrorKind::QuotaExceeded => ("割り当てられた容量を使い切っています", "the disk quota is used up"),
        ErrorKind::ReadOnlyFilesystem => ("読み取り専用のディスクです", "the disk is read-only"),
        ErrorKind::PermissionDenied => ("権限がありません", "permission denied"),
        ErrorKind::NotFound => ("見つかりません", "not found"),
        ErrorKind::NotADirectory => ("途中にフォルダーでないものがあります", "part of the path is not a folder"),
        ErrorKind::IsADirectory => ("同じ名前のフォルダーがあります", "there is a folder of that name"),
        ErrorKind::AlreadyExists => ("もうあります", "already there"),
        ErrorKind::InvalidFilename => {
            ("名前が長すぎるか、使えない文字があります", "the name is too long or not allowed")
        }
        _ => return error.to_string(),
    };
    match lang {
        Lang::Ja => ja.to_owned(),
        Lang::En => en.to_owned(),
    }
}

fn list_paths(paths: &[PathBuf], lang: Lang) -> String {
    list(&paths.iter().map(|path| path.display()).collect::<Vec<_>>(), lang)
}

/// The first ten, and how many more.
fn list(items: &[impl fmt::Display], lang: Lang) -> String {
    const SHOWN: usize = 10;
    let separator = match lang {
        Lang::Ja => "、",
        Lang::En => ", ",
    };
    let mut text = items.iter().take(SHOWN).map(ToString::to_string).collect::<Vec<_>>().join(separator);
    let more = items.len().saturating_sub(SHOWN);
    match lang {
        _ if more == 0 => {}
        Lang::Ja => text += &[" ほか ", &more.to_string(), " 件"].concat(),
        Lang::En => text += &[" and ", &more.to_string(), " more"].concat(),
    }
    text
}

impl fmt::Display for CommitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for CommitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write(error) => Some(&error.source),
            Self::Read(error) => Some(error),
            _ => None,
        }
    }
}

impl From<Refusal> for CommitError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
