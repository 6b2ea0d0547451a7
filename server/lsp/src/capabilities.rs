//! What the server says that it can do. Owns the lists from which both the answer to `initialize` and
//! the dispatch are made, so that they cannot drift apart; must not know how anything is done.

use farewell_project::shaping_globs;
use serde_json::json;
use tower_lsp_server::ls_types::{
    CallHierarchyServerCapability, CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, DiagnosticOptions, DiagnosticServerCapabilities, DidChangeWatchedFilesRegistrationOptions,
    ExecuteCommandOptions, FileOperationFilter, FileOperationPattern, FileOperationRegistrationOptions,
    FileSystemWatcher, GlobPattern, HoverProviderCapability, OneOf, Registration, SaveOptions, ServerCapabilities,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WatchKind,
    WorkspaceFileOperationsServerCapabilities, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use crate::preferences::SECTION;
use crate::requests::execute_command::Command;
use crate::session::{Client, Session};
use crate::to_proto;

/// What the client is to watch on the disk beside what shapes projects: sources.
const SOURCES: &str = "**/*.{js,jsx,mjs,cjs,ts,mts,cts,tsx,swift,m,mm,kt,java,dart,vue,svelte,astro,html,htm}";
/// What else is to be told when it is deleted: a folder goes by its own name, and not by those in it.
const FOLDERS: &str = "**/*";

/// A kind of code action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ActionKind {
    /// Mends a finding.
    QuickFix,
    /// Mends everything in a file that can be mended without a look.
    FixAll,
}

impl ActionKind {
    /// Every kind.
    pub(crate) const fn all() -> [ActionKind; 2] {
        [ActionKind::QuickFix, ActionKind::FixAll]
    }

    /// LSP's name of it.
    pub(crate) fn kind(self) -> CodeActionKind {
        match self {
            ActionKind::QuickFix => CodeActionKind::QUICKFIX,
            ActionKind::FixAll => CodeActionKind::new("source.fixAll.farewell"),
        }
    }

    /// Whether a client that asks for `only` these kinds wants it. A kind includes those below it. An
    /// action upon the whole file wants to be asked for.
    pub(crate) fn is_wanted(self, only: Option<&[CodeActionKind]>) -> bool {
        let Some(only) = only else {
            return self == ActionKind::QuickFix;
        };
        let name = self.kind();
        let includes = |wanted: &CodeActionKind| match name.as_str().strip_prefix(wanted.as_str()) {
            Some(rest) => rest.is_empty() || rest.starts_with('.') || wanted.as_str().is_empty(),
            None => false,
        };
        only.iter().any(includes)
    }
}

/// The answer to `initialize`.
pub(crate) fn server_capabilities(session: &Session) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(to_proto::encoding(session.encoding)),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        })),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(vec![".".to_owned()]),
            ..CompletionOptions::default()
        }),
        document_highlight_provider: Some(OneOf::Left(true)),
        inlay_hint_provider: Some(OneOf::Left(true)),
        call_hierarchy_provider: Some(CallHierarchyServerCapability::Simple(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(ActionKind::all().map(ActionKind::kind).into()),
            resolve_provider: Some(session.client.resolves_edits),
            ..CodeActionOptions::default()
        })),
        diagnostic_provider: session.client.pulls.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some(to_proto::SOURCE.to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: session.client.pulls_workspace,
                ..DiagnosticOptions::default()
            })
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: Command::all().map(|command| command.name().to_owned()).into(),
            ..ExecuteCommandOptions::default()
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: Some(WorkspaceFileOperationsServerCapabilities {
                did_create: Some(every_file()),
                did_delete: Some(every_file()),
                did_rename: Some(every_file()),
                ..WorkspaceFileOperationsServerCapabilities::default()
            }),
        }),
        ..ServerCapabilities::default()
    }
}

/// What the client is asked to tell, as far as it lets itself be asked.
pub(crate) fn registrations(client: &Client) -> Vec<Registration> {
    let mut registrations = Vec::new();
    if client.watchers {
        registrations.push(watchers());
    }
    if client.configuration_changes {
        registrations.push(Registration {
            id: "farewell-settings".to_owned(),
            method: "workspace/didChangeConfiguration".to_owned(),
            register_options: Some(json!({"section": SECTION})),
        });
    }
    registrations
}

/// The registration of the files to watch.
fn watchers() -> Registration {
    let watcher = |glob: &str, kind| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind };
    let mut watchers = vec![watcher(SOURCES, None), watcher(FOLDERS, Some(WatchKind::Delete))];
    watchers.extend(shaping_globs().iter().map(|glob| watcher(glob, None)));
    let options = DidChangeWatchedFilesRegistrationOptions { watchers };
    Registration {
        id: "farewell-watched-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }
}

fn every_file() -> FileOperationRegistrationOptions {
    let pattern = FileOperationPattern { glob: "**".to_owned(), matches: None, options: None };
    FileOperationRegistrationOptions { filters: vec![FileOperationFilter { scheme: Some("file".to_owned()), pattern }] }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use farewell_analysis::source::Language;
    use tower_lsp_server::ls_types::CodeActionKind;

    use super::{ActionKind, SOURCES};

    #[test]
    fn a_kind_includes_those_below_it() {
        let wanted = |only: &[&'static str]| {
            let only: Vec<CodeActionKind> = only.iter().map(|name| CodeActionKind::new(name)).collect();
            ActionKind::all().map(|kind| kind.is_wanted(Some(&only)))
        };
        assert_eq!(wanted(&[]), [false, false]);
        assert_eq!(wanted(&["quickfix"]), [true, false]);
        assert_eq!(wanted(&["source"]), [false, true]);
        assert_eq!(wanted(&["source.fixAll"]), [false, true]);
        assert_eq!(wanted(&["source.fixAll.farewell"]), [false, true]);
        assert_eq!(wanted(&["source.fix", "source.fixAll.other", "refactor"]), [false, false]);
        assert_eq!(wanted(&[""]), [true, true]);
        assert_eq!(ActionKind::all().map(|kind| kind.is_wanted(None)), [true, false]);
    }

    #[test]
    fn every_language_is_watched() {
        let extensions = SOURCES.trim_start_matches("**/*.{").trim_end_matches('}').split(',');
        let languages: Vec<_> =
            extensions.filter_map(|extension| Language::of_path(Path::new(&format!("a.{extension}")))).collect();
        assert_eq!(languages.len(), 19);
        assert!(Language::ALL.iter().all(|language| languages.contains(language)));
    }
}
