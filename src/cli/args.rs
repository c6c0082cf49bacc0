//! Arguments as typed. What they say in `--help` is in `help`, by the same names.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::report::Standing;

#[derive(Debug, Parser)]
#[command(
    name = "hiketsu",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub(super) struct Typed {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Args)]
pub(super) struct Global {
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) root: Option<PathBuf>,
    #[arg(long, global = true, value_enum, value_name = "ja|en")]
    pub(super) lang: Option<LangName>,
    #[arg(long, global = true, value_enum, value_name = "human|json|github", default_value = "human")]
    pub(super) format: Format,
    #[arg(long, global = true, value_enum, value_name = "auto|always|never", default_value = "auto")]
    pub(super) color: When,
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Init(Init),
    New(New),
    Build(Build),
    Check(Check),
    List(List),
    Stats(Stats),
    Explain(Explain),
    Move(Move),
    Insert(Insert),
    Remove(Remove),
    Rename(Rename),
    Tag(Tag),
    Undo(Undo),
    Serve(Serve),
    Theme(Theme),
    Schema(Schema),
    Lsp(Lsp),
    Completions(Completions),
    Help(Help),
}

#[derive(Debug, Args)]
pub(super) struct Init {
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct New {
    #[arg(value_name = "TITLE")]
    pub(super) title_or_asked: Option<String>,
    #[arg(long = "at", value_name = "N")]
    pub(super) at_number: Option<u32>,
    #[arg(long = "id", value_name = "ID")]
    pub(super) lesson_id: Option<String>,
    #[arg(long, value_name = "SERIES")]
    pub(super) series: Option<String>,
    #[arg(long)]
    pub(super) edit: bool,
}

#[derive(Debug, Args)]
pub(super) struct Move {
    #[arg(value_name = "FROM")]
    pub(super) from: u32,
    #[arg(value_name = "TO")]
    pub(super) to: u32,
    #[arg(long, value_name = "SERIES")]
    pub(super) series: Option<String>,
    #[arg(long = "part", value_name = "TITLE")]
    pub(super) into_part: Option<String>,
    #[arg(long = "yes")]
    pub(super) go_on: bool,
}

#[derive(Debug, Args)]
pub(super) struct Insert {
    #[arg(value_name = "N")]
    pub(super) number: u32,
    #[arg(value_name = "TITLE")]
    pub(super) title_or_asked: Option<String>,
    #[arg(long = "id", value_name = "ID")]
    pub(super) lesson_id: Option<String>,
    #[arg(long)]
    pub(super) fill: bool,
    #[arg(long, value_name = "SERIES")]
    pub(super) series: Option<String>,
    #[arg(long = "part", value_name = "TITLE")]
    pub(super) into_part: Option<String>,
    #[arg(long)]
    pub(super) edit: bool,
    #[arg(long = "yes")]
    pub(super) go_on: bool,
}

#[derive(Debug, Args)]
pub(super) struct Remove {
    #[arg(value_name = "N")]
    pub(super) number: u32,
    #[arg(long)]
    pub(super) leave_gap: bool,
    #[arg(long, value_name = "SERIES")]
    pub(super) series: Option<String>,
    #[arg(long = "yes")]
    pub(super) go_on: bool,
}

#[derive(Debug, Args)]
pub(super) struct Rename {
    #[arg(value_name = "ID")]
    pub(super) old_id: String,
    #[arg(value_name = "NEW")]
    pub(super) id_to_be: String,
    #[arg(long)]
    pub(super) no_alias: bool,
    #[arg(long = "yes")]
    pub(super) go_on: bool,
}

#[derive(Debug, Args)]
pub(super) struct Tag {
    #[arg(value_enum, value_name = "rename|merge")]
    pub(super) action: TagAction,
    #[arg(value_name = "OLD")]
    pub(super) old_term: String,
    #[arg(value_name = "NEW")]
    pub(super) new_term: String,
    #[arg(long, value_name = "KEY", default_value = "tags")]
    pub(super) taxonomy: String,
    #[arg(long = "yes")]
    pub(super) go_on: bool,
}

/// What is done to a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TagAction {
    Rename,
    Merge,
}

#[derive(Debug, Args)]
pub(super) struct Undo {
    #[arg(long = "yes")]
    pub(super) go_on: bool,
}

/// Which lessons are there, and how many of their faults are shown.
#[derive(Debug, Args)]
pub(super) struct Selection {
    #[arg(long)]
    pub(super) all: bool,
    #[arg(long)]
    pub(super) drafts: bool,
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Build {
    #[arg(short, long, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    #[command(flatten)]
    pub(super) selection: Selection,
    #[arg(long)]
    pub(super) strict: bool,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) selection: Selection,
    #[arg(long)]
    pub(super) strict: bool,
    #[arg(long)]
    pub(super) external: bool,
    #[command(flatten)]
    pub(super) mend: Mend,
}

/// What is done about faults that can be mended.
#[derive(Debug, Args)]
pub(super) struct Mend {
    #[arg(long)]
    pub(super) fix: bool,
    #[arg(long, requires = "fix")]
    pub(super) yes: bool,
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[arg(long, value_enum, value_name = "STATE", value_delimiter = ',')]
    pub(super) state: Vec<StateName>,
    #[arg(long, value_name = "TAG")]
    pub(super) tag: Vec<String>,
    #[arg(long, value_name = "TITLE")]
    pub(super) part: Option<String>,
    #[arg(long, value_name = "SERIES")]
    pub(super) series: Option<String>,
    #[arg(long, value_enum, value_name = "COLUMN", value_delimiter = ',')]
    pub(super) columns: Vec<Column>,
    #[arg(long)]
    pub(super) json: bool,
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Stats {
    #[arg(long)]
    pub(super) json: bool,
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    #[arg(value_name = "WHAT")]
    pub(super) what: String,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(super) struct Serve {
    #[arg(short, long, value_name = "N")]
    pub(super) port: Option<u16>,
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1", value_parser = address)]
    pub(super) host: IpAddr,
    #[arg(long, value_name = "NAME")]
    pub(super) allow_host: Vec<String>,
    #[arg(long)]
    pub(super) open: bool,
    #[arg(long)]
    pub(super) follow: bool,
    #[arg(long, value_enum, value_name = "EDITOR", default_value = "vscode")]
    pub(super) editor: Editor,
    #[arg(long)]
    pub(super) published: bool,
    #[arg(long)]
    pub(super) all: bool,
    #[arg(long, value_name = "TIME")]
    pub(super) at: Option<String>,
    #[arg(long)]
    pub(super) poll: bool,
}

#[derive(Debug, Args)]
pub(super) struct Theme {
    #[arg(value_enum, value_name = "list|eject")]
    pub(super) theme_action: ThemeAction,
    #[arg(value_name = "FILE")]
    pub(super) theme_file: Vec<String>,
}

/// What is done with a theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ThemeAction {
    List,
    Eject,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    #[arg(value_enum, value_name = "front-matter|site")]
    pub(super) of: SchemaOf,
}

#[derive(Debug, Args)]
pub(super) struct Lsp {
    /// Editors say so; there is no other way.
    #[arg(long, hide = true)]
    pub(super) stdio: bool,
}

/// Whose schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    FrontMatter,
    Site,
}

#[derive(Debug, Args)]
pub(super) struct Completions {
    #[arg(value_enum, value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Help {
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
}

/// `--editor`: what the links of the author's page open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Editor {
    Vscode,
    Vscodium,
    Cursor,
    Zed,
    Idea,
    Textmate,
    None,
}

impl Editor {
    /// The URL that opens a file below `folder` (encoded as in a URL), as the editor's own documentation has it.
    pub(super) fn url(self, folder: &str) -> Option<String> {
        let plain = |scheme: &str| Some(format!("{scheme}://file{folder}/{{path}}:{{line}}:{{column}}"));
        match self {
            Self::Vscode => plain("vscode"),
            Self::Vscodium => plain("vscodium"),
            Self::Cursor => plain("cursor"),
            Self::Zed => plain("zed"),
            Self::Idea => Some(format!("idea://open?file={folder}/{{path}}&line={{line}}&column={{column}}")),
            Self::Textmate => Some(format!("txmt://open?url=file://{folder}/{{path}}&line={{line}}&column={{column}}")),
            Self::None => None,
        }
    }
}

/// `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LangName {
    Ja,
    En,
}

/// `--state`: which lessons.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StateName {
    #[value(alias = "公開")]
    Published,
    #[value(alias = "予約")]
    Scheduled,
    #[value(alias = "下書き")]
    Draft,
    #[value(alias = "終了")]
    Expired,
    #[value(alias = "予定")]
    Planned,
    All,
}

impl StateName {
    /// The state that is meant; none for all of them.
    pub(super) fn standing(self) -> Option<Standing> {
        Some(match self {
            Self::Published => Standing::Published,
            Self::Scheduled => Standing::Scheduled,
            Self::Draft => Standing::Draft,
            Self::Expired => Standing::Expired,
            Self::Planned => Standing::Planned,
            Self::All => return None,
        })
    }
}

/// `--columns`: what is shown of a lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Column {
    Series,
    Part,
    Number,
    Id,
    Title,
    Date,
    Updated,
    Publish,
    Expire,
    State,
    Tags,
    Requires,
    Characters,
    Minutes,
    File,
    Url,
}

impl Column {
    /// Its name in JSON.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Series => "series",
            Self::Part => "part",
            Self::Number => "number",
            Self::Id => "id",
            Self::Title => "title",
            Self::Date => "date",
            Self::Updated => "updated",
            Self::Publish => "publish",
            Self::Expire => "expire",
            Self::State => "state",
            Self::Tags => "tags",
            Self::Requires => "requires",
            Self::Characters => "characters",
            Self::Minutes => "minutes",
            Self::File => "file",
            Self::Url => "url",
        }
    }
}

/// `--format`: how diagnostics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Human,
    Json,
    Github,
}

/// `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

fn address(typed: &str) -> Result<IpAddr, String> {
    if typed == "localhost" {
        return Ok(IpAddr::from([127, 0, 0, 1]));
    }
    typed.parse().map_err(|error: std::net::AddrParseError| error.to_string())
}
