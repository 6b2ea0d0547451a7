//! What was agreed with the client at `initialize`. Owns the client's capabilities, read once, the
//! position encoding and the user's preferences; must not know documents.

use serde_json::Value;
use tower_lsp_server::ls_types::{ClientCapabilities, DiagnosticTag, InitializeParams, InsertTextMode, MarkupKind};
use tracing::error;

use crate::encoding::Encoding;
use crate::from_proto;

/// The largest text that is analysed, in bytes, unless the user says otherwise.
const DEFAULT_SIZE_LIMIT: usize = 1024 * 1024;
/// The command of a code lens, unless the client names another one of its own.
const DEFAULT_LENS_COMMAND: &str = "farewell.showWays";

/// What was agreed with the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// In which unit the client counts columns.
    pub(crate) encoding: Encoding,
    /// What the client can do.
    pub(crate) client: Client,
    /// What the user set.
    pub(crate) preferences: Preferences,
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
}

/// What the user set, in `initializationOptions` or `workspace/didChangeConfiguration`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Preferences {
    /// The largest text that is analysed, in bytes.
    pub(crate) size_limit: usize,
    /// The client's command that a code lens runs; empty where it has none.
    pub(crate) lens_command: String,
    /// Whether identity is shown behind each step that changes it.
    pub(crate) inlay_hints: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { size_limit: DEFAULT_SIZE_LIMIT, lens_command: DEFAULT_LENS_COMMAND.to_owned(), inlay_hints: false }
    }
}

impl Session {
    /// Reads what the client says at `initialize`.
    pub(crate) fn new(params: &InitializeParams) -> Self {
        let general = params.capabilities.general.as_ref();
        Self {
            encoding: from_proto::encoding(general.and_then(|general| general.position_encodings.as_deref())),
            client: Client::new(&params.capabilities),
            preferences: params.initialization_options.as_ref().map(Preferences::new).unwrap_or_default(),
        }
    }
}

impl Default for Session {
    fn default() -> Self {
        Self::new(&InitializeParams::default())
    }
}

impl Client {
    fn new(capabilities: &ClientCapabilities) -> Self {
        let workspace = capabilities.workspace.as_ref();
        let text = capabilities.text_document.as_ref();
        let edit = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let hover = text.and_then(|text| text.hover.as_ref()).and_then(|hover| hover.content_format.as_deref());
        let diagnostics = text.and_then(|text| text.publish_diagnostics.as_ref());
        let completion = text.and_then(|text| text.completion.as_ref()?.completion_item.as_ref());
        let symbols = text.and_then(|text| text.document_symbol.as_ref());
        let actions = text.and_then(|text| text.code_action.as_ref());
        let resolved = actions.and_then(|actions| actions.resolve_support.as_ref());
        let keeps_data = actions.and_then(|actions| actions.data_support).unwrap_or(false);
        Self {
            versioned_edits: edit.and_then(|edit| edit.document_changes).unwrap_or(false),
            plain_hover: hover.and_then(<[_]>::first) == Some(&MarkupKind::PlainText),
            related_information: diagnostics.and_then(|diagnostics| diagnostics.related_information).unwrap_or(false),
            tags: diagnostics
                .and_then(|diagnostics| diagnostics.tag_support.as_ref())
                .map(|support| support.value_set.clone())
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
        }
    }
}

impl Preferences {
    /// Reads settings, at the top or under `farewell`. What is unknown or of the wrong kind is logged and
    /// ignored.
    pub(crate) fn new(settings: &Value) -> Self {
        let mut preferences = Self::default();
        let settings = settings.get("farewell").unwrap_or(settings);
        let Some(settings) = settings.as_object() else {
            return preferences;
        };
        for (name, value) in settings {
            match (name.as_str(), value) {
                ("maxFileSize", value) => match value.as_u64().and_then(|bytes| usize::try_from(bytes).ok()) {
                    Some(bytes) => preferences.size_limit = bytes,
                    None => error!("the setting maxFileSize wants a number of bytes, not {value}"),
                },
                ("lensCommand", Value::String(command)) => preferences.lens_command.clone_from(command),
                ("lensCommand", _) => error!("the setting lensCommand wants the name of a command, not {value}"),
                ("inlayHints", Value::Bool(wanted)) => preferences.inlay_hints = *wanted,
                ("inlayHints", _) => error!("the setting inlayHints wants true or false, not {value}"),
                _ => error!("the setting {name} is unknown and ignored"),
            }
        }
        preferences
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tower_lsp_server::ls_types::DiagnosticTag;

    use super::{Client, Preferences, Session};
    use crate::encoding::Encoding;

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
        let client = Client::new(&serde_json::from_value(capabilities).unwrap());
        assert!(client.versioned_edits && client.plain_hover && client.related_information && client.watchers);
        assert!(client.resolves_edits && client.disabled_actions);
        assert_eq!(client.tags, [DiagnosticTag::UNNECESSARY]);
    }

    #[test]
    fn settings_are_read_and_unknown_ones_ignored() {
        assert_eq!(Preferences::new(&json!({"farewell": {"maxFileSize": 5, "colour": 1}})).size_limit, 5);
        assert_eq!(Preferences::new(&json!({"maxFileSize": 6})).size_limit, 6);
        let shown = Preferences::new(&json!({"inlayHints": true, "lensCommand": "editor.action.showReferences"}));
        assert!(shown.inlay_hints && shown.lens_command == "editor.action.showReferences");
        for nonsense in
            [json!(null), json!([1]), json!({"maxFileSize": "x"}), json!({"inlayHints": 1, "lensCommand": 2})]
        {
            assert_eq!(Preferences::new(&nonsense), Preferences::default());
        }
    }
}
