//! The command line: what can be asked for, in the words that `--help` shows.

mod check;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use farewell_analysis::vocabulary::Platform;
use farewell_project::{DEFAULT_MAX_SIZE, ScanOptions, unknown_word};

pub(crate) use check::{Check, Format, Level, RuleChoice};

/// Each thread takes memory of its own.
const MOST_THREADS: i64 = 256;

/// Finds the ways out of an app (log out, time out, switch, delete) that keep Fullstory's identity.
///
/// Farewell follows Fullstory's identity along the program's order of execution, and reports a logout
/// path that does not release it, or releases it too late, twice, wrongly or by the wrong API.
#[derive(Debug, Parser)]
#[command(name = "farewell", version, arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check files and folders, and mend what can be mended
    ///
    /// Ignore files are respected and hidden files left out; what is ignored is checked where it is named.
    /// A file is judged with its whole project: the nearest package.json's folder and the workspace
    /// packages that it depends on are read for whether they identify users at all.
    #[command(
        after_help = "Exit code: 0 nothing of warning or above (see --fail-on), 1 findings of it, 2 usage or configuration error."
    )]
    Check(Box<Check>),
    /// Draw the logout map: every way out of the app, and what becomes of the identity on each
    ///
    /// Each flow from where it starts, through its calls, to each way out, by kind and platform; and the
    /// kinds of which none was found. Files are read as `check` reads them.
    #[command(
        after_help = "Exit code: 0 nothing of warning or above, 1 findings of warning or above, 2 usage or configuration error."
    )]
    Audit(Audit),
    /// Keep the findings of now in a file, which `check --baseline` leaves out
    Baseline {
        #[command(subcommand)]
        command: BaselineCommand,
    },
    /// Join the JSON reports of the parts of one `check --shard`, into what one run says
    ///
    /// The reports are those of `check --format json`. In every format they become what one run would have printed,
    /// save for the time that it took, which is that of the slowest part. The code itself is not needed.
    Merge(Merge),
    /// Print a rule's page: what it reports, why, and what to write instead
    Explain {
        /// The rule's name, as in a finding: missing-anonymize
        rule: String,

        /// Only the examples of this platform, and how the calls are written there
        #[arg(long, value_name = "PLATFORM", value_parser = platform)]
        platform: Option<Platform>,
    },
    /// List every rule with its default severity
    Rules {
        /// How to list them
        #[arg(long, value_enum, default_value_t = ListFormat::Text)]
        format: ListFormat,
    },
    /// Tell what an editor would show at a place: about a call, a flow, a redirect, a finding
    Hover {
        /// The place, with line and column from 1: src/auth.ts:12:3
        #[arg(value_name = "FILE:LINE:COLUMN")]
        place: String,
    },
    /// Write a farewell.toml with comments, from what is found in the project
    Init {
        /// The folder to write it into
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
    /// Show the settings that hold for a file or folder, and where each comes from
    Config {
        /// The file or folder
        #[arg(default_value = ".")]
        path: PathBuf,
    },
    /// Tell what Farewell sees: its version, the editors, the projects and platforms, the files that are skipped
    Doctor {
        #[command(flatten)]
        reading: Reading,
    },
    /// Print a shell's completions: `source <(farewell completions bash)`
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page: `farewell man | man -l -`
    Man,
    /// Print the set-up for an editor, or write it
    Editor(Editor),
    /// Run the language server on standard input and output, for an editor
    Lsp,
    /// Run a Model Context Protocol server on standard input and output, for a coding agent
    ///
    /// Its tools check a path or a text, list logout flows, explain a rule, give the calls of a platform, and
    /// preview a fix. Paths are held inside the folder, and nothing is written to disk.
    Mcp {
        /// The folder to serve
        #[arg(default_value = ".")]
        folder: PathBuf,
    },
}

/// What is read, and how, by every command that reads a project.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Files and folders to look at
    #[arg(default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,

    /// Skip larger files; in bytes, or with K, M or G behind the number
    #[arg(long, value_name = "SIZE", default_value_t = DEFAULT_MAX_SIZE, value_parser = size, hide_default_value = true, long_help = "Skip larger files; in bytes, or with K, M or G behind the number [default: 1M]")]
    pub(crate) max_size: u64,

    /// How many threads to use; 0 for one a core
    #[arg(long, value_name = "COUNT", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=MOST_THREADS))]
    pub(crate) threads: u16,
}

impl Reading {
    /// What the project's loader is told.
    pub(crate) fn options(&self) -> ScanOptions {
        ScanOptions { max_size: self.max_size, is_edited: false, ..ScanOptions::default() }
    }
}

/// What `farewell merge` may be told.
#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// The reports
    #[arg(required = true)]
    pub(crate) reports: Vec<PathBuf>,

    /// How to print the findings
    #[arg(long, value_enum, default_value_t = Format::Json)]
    pub(crate) format: Format,

    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// The mildest findings for which the exit code is 1
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Level::Warning)]
    pub(crate) fail_on: Level,

    /// When to colour the output; NO_COLOR is respected
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

/// What can be done with a baseline.
#[derive(Debug, Subcommand)]
pub(crate) enum BaselineCommand {
    /// Write the findings of now into it; those of files that are not looked at stay
    Update {
        #[command(flatten)]
        reading: Reading,

        /// The file
        #[arg(long, value_name = "FILE", default_value = "farewell-baseline.json")]
        baseline: PathBuf,

        #[command(flatten)]
        rules: RuleChoice,
    },
}

/// What `farewell audit` may be told.
#[derive(Debug, Args)]
pub(crate) struct Audit {
    #[command(flatten)]
    pub(crate) reading: Reading,

    /// How to draw the map [default: by the name of --output, else text]
    #[arg(long, value_enum)]
    pub(crate) format: Option<MapFormat>,

    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Where links of the HTML or Markdown page lead, with {path} (absolute), {relative}, {line} and {column}:
    /// 'vscode://file/{path}:{line}' [default: the files, as seen from the page]
    #[arg(long, value_name = "TEMPLATE", value_parser = link_template)]
    pub(crate) link_template: Option<String>,

    /// When to colour the text; NO_COLOR is respected
    #[arg(long, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

/// What `farewell editor` may be told.
#[derive(Debug, Args)]
pub(crate) struct Editor {
    /// The editor
    #[arg(value_enum)]
    pub(crate) name: EditorName,

    /// Write the files where the editor looks for them; a file that is there and is another is left alone
    #[arg(long)]
    pub(crate) install: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum EditorName {
    /// Neovim 0.11 and later: the plugin
    Neovim,
    /// Helix: languages.toml
    Helix,
    /// Vim with ALE
    Vim,
    /// Emacs with eglot
    Emacs,
    /// Kakoune with kak-lsp
    Kakoune,
    /// Zed
    Zed,
    /// Sublime Text with its package LSP
    Sublime,
    /// JetBrains' editors with LSP4IJ
    Jetbrains,
    /// VS Code: the extension
    Vscode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MapFormat {
    /// For a terminal: a tree from each flow through its calls to each way out
    Text,
    /// For a wiki or a pull request: tables with links
    Markdown,
    /// For programs: one JSON document, version 1 (server/cli/schema/audit-v1.json)
    Json,
    /// For people: one self-contained page with a drawing of each flow
    Html,
}

/// How rules are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a terminal: a line for each rule
    Text,
    /// For programs: a JSON array with each rule's name, severity, summary, address and page
    Json,
    /// For a wiki: a table, and every page
    Markdown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn platform(name: &str) -> Result<Platform, String> {
    Platform::of_name(name).ok_or_else(|| unknown_word("platform", name, &Platform::ALL.map(Platform::name)))
}

/// A number of bytes: `1048576`, `512K`, `1M`, `1MiB`.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let number: u64 = digits.parse().map_err(|_| "a number is wanted, such as 500000 or 2M".to_owned())?;
    let factor = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        unit => return Err(format!("`{unit}` is no unit; there are K, M and G")),
    };
    // The engine counts bytes in 32 bits.
    number
        .checked_mul(factor)
        .filter(|bytes| *bytes < u64::from(u32::MAX))
        .ok_or_else(|| "too large: at most 4095M".to_owned())
}

/// Where links lead. A page of somebody's code runs none: a scheme that would is refused.
fn link_template(text: &str) -> Result<String, String> {
    if !text.contains("{path}") && !text.contains("{relative}") {
        return Err("{path} or {relative} is wanted in it".to_owned());
    }
    let scheme = text.split(':').next().unwrap_or_default().trim().to_ascii_lowercase();
    if matches!(scheme.as_str(), "javascript" | "vbscript" | "data") {
        return Err(format!("`{scheme}:` leads to no file"));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::{Arguments, link_template, size};

    #[test]
    fn link_templates_lead_to_files() {
        assert!(link_template("vscode://file/{path}:{line}").is_ok());
        assert!(link_template("https://example.com/blob/main/{relative}#L{line}").is_ok());
        for wrong in ["", "vscode://file/", "javascript:alert('{path}')", " JavaScript:{relative}"] {
            assert!(link_template(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn sizes_are_read_with_their_units() {
        assert_eq!(size("12"), Ok(12));
        assert_eq!(size("2M"), Ok(2 << 20));
        assert_eq!(size("3kib"), Ok(3 << 10));
        for wrong in ["", "M", "-1", "1T", "5G", "99999999999999999999"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
