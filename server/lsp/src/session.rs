//! What was agreed with the client at `initialize`. Owns the client's capabilities, read once, the
//! position encoding and the user's preferences; must not know documents.

use std::path::PathBuf;

use farewell_project::ScanOptions;
use tower_lsp_server::ls_types::{
    ClientCapabilities, ClientDiagnosticsTagOptions, DiagnosticTag, InitializeParams, InsertTextMode, MarkupKind,
};

use crate::encoding::Encoding;
use crate::from_proto;
use crate::preferences::Preferences;
use crate::state::DocumentKey;

/// Neovim 0.12, when it is to ask again, asks for the workspace's diagnostics alone where it can, and drops
/// what it then hears of open documents: those would stay as they were before the workspace was read.
const ASKS_AGAIN_FOR_ONE_KIND: &str = "Neovim";

/// What was agreed with the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// In which unit the client counts columns.
    pub(crate) encoding: Encoding,
    /// What the client calls itself.
    pub(crate) client_name: Option<String>,
    /// What the client can do.
    pub(crate) client: Client,
    /// What the user set.
    pub(crate) preferences: Preferences,
    /// What holds instead of that in some folders (absolute paths).
    pub(crate) in_folders: Vec<(PathBuf, Preferences)>,
}

/// What the client can do, as far as the server cares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Client {
    /// It takes edits with document versions.
    pub(crate) versioned_edits: bool,
    /// It shows hover texts as plain text only.
    pub(crate) plain_hover: bool,
    /// It shows places that belong to a diagnostic.
    pub(crate) related_information: bool,
    /// The diagnostic tags that it shows.
    pub(crate) tags: Vec<DiagnosticTag>,
    /// It asks for the edits of a code action when it wants them.
    pub(crate) resolves_edits: bool,
    /// It shows code actions that cannot be done, and why.
    pub(crate) disabled_actions: bool,
    /// It lets the server say which files to watch.
    pub(crate) watchers: bool,
    /// It takes code with places to go to.
    pub(crate) snippets: bool,
    /// It indents the lines of what is put in.
    pub(crate) adjusts_indentation: bool,
    /// It shows symbols inside of each other.
    pub(crate) nested_symbols: bool,
    /// It can be asked what the user set.
    pub(crate) configuration: bool,
    /// It lets the server say that it wants to hear of changed settings.
    pub(crate) configuration_changes: bool,
    /// It shows the progress of what the server does.
    pub(crate) progress: bool,
    /// It asks for diagnostics, so that none are sent unasked, and hears of it when its answers are outdated.
    pub(crate) pulls: bool,
    /// It may be told that it can ask for a whole workspace's diagnostics, too.
    pub(crate) pulls_workspace: bool,
    /// It takes the reports of other documents with the one that it asks for.
    pub(crate) related_documents: bool,
    /// What it asks for again when the server says that it has changed.
    pub(crate) refreshes: Refreshes,
}

/// What a client asks for again when the server says that it has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refreshes {
    /// Diagnostics.
    pub(crate) diagnostics: bool,
    /// Code lenses.
    pub(crate) code_lenses: bool,
    /// Inlay hints.
    pub(crate) inlay_hints: bool,
}

impl Session {
    /// Reads what the client says at `initialize`.
    pub(crate) fn new(params: &InitializeParams) -> Self {
        let mut preferences = Preferences::default();
        if let Some(settings) = &params.initialization_options {
            // What is wrong with them is told when the client listens.
            let _ = preferences.set(settings);
        }
        let general = params.capabilities.general.as_ref();
        Self {
            encoding: from_proto::encoding(general.and_then(|general| general.position_encodings.as_deref())),
            client_name: params.client_info.as_ref().map(|info| {
                let version = info.version.as_deref().unwrap_or_default();
                format!("{} {version}", info.name).trim_end().to_owned()
            }),
            client: Client::new(&params.capabilities, params.client_info.as_ref().map(|info| info.name.as_str())),
            preferences,
            in_folders: Vec::new(),
        }
    }

    /// What the user set for a document: the innermost folder around it counts.
    pub(crate) fn preferences_of(&self, key: &DocumentKey) -> &Preferences {
        let around =
            self.in_folders.iter().filter(|(folder, _)| key.path().is_some_and(|path| path.starts_with(folder)));
        around.max_by_key(|(folder, _)| folder.as_os_str().len()).map_or(&self.preferences, |(_, its)| its)
    }

    /// How the workspace is scanned.
    pub(crate) fn scan_options(&self) -> ScanOptions {
        // Where the folders differ in other settings alone, their projects need not be told apart.
        let differ = self.in_folders.iter().any(|(_, its)| its.severities != self.preferences.severities);
        let in_folders = if differ { &*self.in_folders } else { &[] };
        let limits = self.in_folders.iter().map(|(_, preferences)| preferences.size_limit);
        ScanOptions {
            max_size: limits.fold(self.preferences.size_limit, usize::max) as u64,
            severities: self.preferences.severities.clone(),
            severities_in: in_folders.iter().map(|(folder, its)| (folder.clone(), its.severities.clone())).collect(),
            ..ScanOptions::default()
        }
    }
}

impl Default for Session {
    fn default() -> Self {
        Self::new(&InitializeParams::default())
    }
}

impl Client {
    fn new(capabilities: &ClientCapabilities, name: Option<&str>) -> Self {
        let workspace = capabilities.workspace.as_ref();
        let text = capabilities.text_document.as_ref();
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let hover = text.and_then(|text| text.hover.as_ref()).and_then(|hover| hover.content_format.as_deref());
        let diagnostics = text.and_then(|text| text.publish_diagnostics.as_ref());
        let pull = text.and_then(|text| text.diagnostic.as_ref());
        let pulled_related = pull.and_then(|pull| pull.related_information);
        let related_documents = pull.and_then(|pull| pull.related_document_support).unwrap_or(false);
        let asks_again = workspace.and_then(|it| it.diagnostics.as_ref()?.refresh_support).unwrap_or(false);
        // A client that cannot be asked to ask again would keep what it was answered before the workspace was read,
        // or before an edit elsewhere (Neovim 0.11, Helix 25.07).
        let pulls = pull.is_some() && asks_again;
        let completion = text.and_then(|text| text.completion.as_ref()?.completion_item.as_ref());
        let symbols = text.and_then(|text| text.document_symbol.as_ref());
        let actions = text.and_then(|text| text.code_action.as_ref());
        let resolved = actions.and_then(|actions| actions.resolve_support.as_ref());
        let keeps_data = actions.and_then(|actions| actions.data_support).unwrap_or(false);
        Self {
            versioned_edits: edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            plain_hover: hover.and_then(<[_]>::first) == Some(&MarkupKind::PlainText),
            // A client that asks for diagnostics may say what it shows of them in either place.
            related_information: pulled_related
                .or(diagnostics.and_then(|diagnostics| diagnostics.related_information))
                .unwrap_or(false),
            tags: diagnostics
                .and_then(|diagnostics| diagnostics.tag_support.as_ref())
                .map(|support| support.value_set.clone())
                .or_else(|| pulled_tags(pull?.tag_support.as_ref()?))
                .unwrap_or_default(),
            snippets: completion.and_then(|item| item.snippet_support).unwrap_or(false),
            adjusts_indentation: completion
                .and_then(|item| item.insert_text_mode_support.as_ref())
                .is_some_and(|support| support.value_set.contains(&InsertTextMode::ADJUST_INDENTATION)),
            nested_symbols: symbols.and_then(|it| it.hierarchical_document_symbol_support).unwrap_or(false),
            resolves_edits: keeps_data
                && resolved.is_some_and(|resolved| resolved.properties.iter().any(|property| property == "edit")),
            disabled_actions: actions.and_then(|actions| actions.disabled_support).unwrap_or(false),
            watchers: watched.and_then(|watched| watched.dynamic_registration).unwrap_or(false),
            configuration: workspace.and_then(|workspace| workspace.configuration).unwrap_or(false),
            configuration_changes: workspace
                .and_then(|workspace| workspace.did_change_configuration?.dynamic_registration)
                .unwrap_or(false),
            progress: capabilities.window.as_ref().and_then(|window| window.work_done_progress).unwrap_or(false),
            pulls,
            pulls_workspace: pulls && name != Some(ASKS_AGAIN_FOR_ONE_KIND),
            related_documents,
            refreshes: Refreshes {
                diagnostics: asks_again,
                code_lenses: workspace.and_then(|it| it.code_lens.as_ref()?.refresh_support).unwrap_or(false),
                inlay_hints: workspace.and_then(|it| it.inlay_hint.as_ref()?.refresh_support).unwrap_or(false),
            },
        }
    }
}

/// The tags in a structure whose field the protocol library keeps to itself.
fn pulled_tags(options: &ClientDiagnosticsTagOptions) -> Option<Vec<DiagnosticTag>> {
    serde_json::from_value(serde_json::to_value(options).ok()?.get("valueSet")?.clone()).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tower_lsp_server::ls_types::DiagnosticTag;

    use super::{Client, Session};
    use crate::encoding::Encoding;
    use crate::preferences::Preferences;
    use crate::state::DocumentKey;

    #[test]
    fn a_client_that_says_nothing_gets_the_least() {
        let session = Session::default();
        assert_eq!(session.encoding, Encoding::Utf16);
        assert_eq!(session.client, Client::default());
    }

    #[test]
    fn capabilities_are_read() {
        let capabilities = json!({
            "workspace": {
                "workspaceEdit": {"documentChanges": true},
                "didChangeWatchedFiles": {"dynamicRegistration": true}
            },
            "textDocument": {
                "codeAction": {
                    "dataSupport": true, "disabledSupport": true, "resolveSupport": {"properties": ["edit"]}
                },
                "hover": {"contentFormat": ["plaintext", "markdown"]},
                "publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1]}}
            }
        });
        let client = Client::new(&serde_json::from_value(capabilities).unwrap(), None);
        assert!(client.versioned_edits && client.plain_hover && client.related_information && client.watchers);
        assert!(client.resolves_edits && client.disabled_actions);
        assert_eq!(client.tags, [DiagnosticTag::UNNECESSARY]);
    }

    #[test]
    fn the_innermost_folder_counts() {
        let with_limit = |size_limit| Preferences { size_limit, ..Preferences::default() };
        let session = Session {
            preferences: with_limit(1),
            in_folders: vec![("/a/b".into(), with_limit(3)), ("/a".into(), with_limit(2))],
            ..Session::default()
        };
        let limit = |path: &str| session.preferences_of(&DocumentKey::File(path.into())).size_limit;
        assert_eq!(["/a/b/c.ts", "/a/c.ts", "/c.ts", "/ab.ts"].map(limit), [3, 2, 1, 1]);
        assert_eq!(session.preferences_of(&DocumentKey::Other("untitled:a".into())).size_limit, 1);
        assert_eq!(session.scan_options().max_size, 3);
        assert!(session.scan_options().severities_in.is_empty(), "they are the same everywhere");
    }
}
