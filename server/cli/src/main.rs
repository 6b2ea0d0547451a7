//! The `farewell` program: reads arguments, calls a command, turns its answer into an exit code.

mod arguments;
mod baseline;
mod changed;
mod commands;
mod fingerprint;
mod fix;
mod kept;
mod mcp;
mod memory;
mod output;
mod pages;
mod progress;
mod scan;
mod sources;
mod watch;
mod whole;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use arguments::{Arguments, BaselineCommand, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The exit code of a usage or configuration error.
const USAGE_ERROR: u8 = 2;

fn main() -> ExitCode {
    memory::use_small_pages();
    let arguments = Arguments::parse();
    if !matches!(arguments.command, Command::Lsp) {
        log_to_stderr();
    }
    let answer = match arguments.command {
        Command::Check(check) => {
            memory::bound();
            commands::check::run(&check)
        }
        Command::Audit(audit) => {
            memory::bound();
            commands::audit::run(&audit)
        }
        Command::Baseline { command: BaselineCommand::Update { reading, baseline, rules } } => {
            memory::bound();
            commands::baseline::update(&reading, &baseline, &rules)
        }
        Command::Merge(merge) => commands::merge::run(&merge),
        Command::Explain { rule, platform } => commands::explain::run(&rule, platform),
        Command::Rules { format } => commands::rules::run(format),
        Command::Hover { place } => commands::hover::run(&place),
        Command::Init { folder } => commands::init::run(&folder),
        Command::Config { path } => commands::config::run(&path),
        Command::Doctor { reading } => commands::doctor::run(&reading),
        Command::Completions { shell } => commands::shell::completions(shell),
        Command::Man => commands::shell::manual(),
        Command::Editor(editor) => commands::editor::run(&editor),
        Command::Lsp => Ok(commands::lsp::run()),
        Command::Mcp { folder } => {
            memory::bound();
            mcp::run(&folder)
        }
    };
    match answer {
        Ok(code) => code,
        // Whoever reads the output has seen enough: `farewell check | head`.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr().lock(), "error: {error:#}");
            ExitCode::from(USAGE_ERROR)
        }
    }
}

/// Standard output is the report's: the log goes to standard error, and says nothing
/// but errors unless `FAREWELL_LOG` asks for more. The language server has a log of its own.
fn log_to_stderr() {
    let filter = EnvFilter::try_from_env("FAREWELL_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(false).init();
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
