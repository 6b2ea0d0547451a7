//! The list of tools: what each is called, what an agent reads of it, and what answers it.

use std::sync::Arc;

use anyhow::Context;
use rmcp::handler::server::tool::schema_for_input;
use rmcp::model::{JsonObject, Tool as Description, ToolAnnotations};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::arguments::{CallSyntax, CheckPath, CheckText, ExplainRule, ListFlows, PreviewFix};
use super::folder::Folder;
use super::{check, explain, fixes, flows, syntax};

/// What a client is told of the server when it connects.
pub(super) const INSTRUCTIONS: &str = "\
Farewell finds the ways out of an app (logout, session time-out, account switch, account deletion) on which \
Fullstory's identity is not released, so that the next person on the device is recorded as the last one. \
After you write or change code that signs a user out, run check_path on the file (check_text before it is saved), \
mend what it says from the top, and run it again until it says that there is nothing to do. \
preview_fix shows the change that is known to be right; apply it yourself, as nothing here writes a file. \
Ask call_syntax before you write a Fullstory call: it differs by platform. Paths are relative to the served folder.";

/// A tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    CheckPath,
    CheckText,
    ListFlows,
    ExplainRule,
    CallSyntax,
    PreviewFix,
}

impl Tool {
    /// Every tool, in the order in which they are told.
    pub(super) const ALL: [Tool; 6] =
        [Tool::CheckPath, Tool::CheckText, Tool::PreviewFix, Tool::ListFlows, Tool::CallSyntax, Tool::ExplainRule];

    /// The tool of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.name() == name)
    }

    /// Its name.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Tool::CheckPath => "check_path",
            Tool::CheckText => "check_text",
            Tool::ListFlows => "list_flows",
            Tool::ExplainRule => "explain_rule",
            Tool::CallSyntax => "call_syntax",
            Tool::PreviewFix => "preview_fix",
        }
    }

    /// What a client lists.
    pub(super) fn description(self) -> Description {
        let (title, words, schema) = match self {
            Tool::CheckPath => (
                "Check files",
                "Check a file or folder on disk for logout paths that keep Fullstory's identity, or release it too \
                 late, twice, wrongly or by another platform's API. Answers with a numbered list, the first to do \
                 first: place, rule, what is wrong, the steps that lead there, and what to do. [auto] marks what \
                 preview_fix mends. A file is judged with its whole project, and calls into other files are followed.",
                schema_for_input::<CheckPath>(),
            ),
            Tool::CheckText => (
                "Check a text",
                "Check code that is not saved yet, as the file of a name in its project: the same answer as check_path, \
                 for the text instead of what is on disk. The other files of the project are read from disk.",
                schema_for_input::<CheckText>(),
            ),
            Tool::ListFlows => (
                "List logout flows",
                "List the ways out of the app (logouts, time-outs, expired tokens, account switches and deletions) \
                 with what becomes of Fullstory's identity on each way out: kept, released, or not to be told. Those \
                 that keep it come first. Use it to find where a sign-out happens, and which kinds the app lacks.",
                schema_for_input::<ListFlows>(),
            ),
            Tool::ExplainRule => (
                "Explain a rule",
                "Explain a rule: what it reports, why that matters, an example of the fault, and what to write instead.",
                schema_for_input::<ExplainRule>(),
            ),
            Tool::CallSyntax => (
                "Fullstory's syntax",
                "Give the exact Fullstory calls of a platform: release the identity (anonymize), set it (identify), \
                 track an event, and the import; with the order of steps in a logout and the common mistakes. Name \
                 the platform, or a file whose project tells it; with neither, every platform's calls are listed.",
                schema_for_input::<CallSyntax>(),
            ),
            Tool::PreviewFix => (
                "Preview fixes",
                "Show, as a unified diff, what mends the findings of a file or folder (or of a text that is not saved \
                 yet). Every fix is proved: the file is analysed again with it. Nothing is written; apply the diff.",
                schema_for_input::<PreviewFix>(),
            ),
        };
        // A schema that cannot be made leaves the tool without one; a test makes each.
        let schema = schema.unwrap_or_else(|_| Arc::new(JsonObject::new()));
        let harmless = ToolAnnotations::new().read_only(true).destructive(false).idempotent(true).open_world(false);
        Description::new(self.name(), words, schema).with_title(title).with_annotations(harmless)
    }

    /// Answers a call; what the answer says is for the agent, an error too.
    ///
    /// # Errors
    /// The arguments are wrong, or there is nothing to look at.
    pub(super) fn call(self, folder: &Folder, arguments: JsonObject) -> anyhow::Result<String> {
        match self {
            Tool::CheckPath => check::path(folder, &self.read(arguments)?),
            Tool::CheckText => check::text(folder, &self.read(arguments)?),
            Tool::ListFlows => flows::list(folder, &self.read(arguments)?),
            Tool::ExplainRule => explain::rule(&self.read(arguments)?),
            Tool::CallSyntax => syntax::calls(folder, &self.read(arguments)?),
            Tool::PreviewFix => fixes::preview(folder, &self.read(arguments)?),
        }
    }

    fn read<Arguments: DeserializeOwned>(self, arguments: JsonObject) -> anyhow::Result<Arguments> {
        serde_json::from_value(Value::Object(arguments))
            .with_context(|| format!("the arguments of {} are wrong", self.name()))
    }
}

#[cfg(test)]
mod tests {
    use super::Tool;

    #[test]
    fn every_tool_says_what_it_takes() {
        for tool in Tool::ALL {
            let described = tool.description();
            assert_eq!(Tool::named(&described.name), Some(tool));
            assert!(described.description.is_some_and(|words| words.len() > 80), "{tool:?}");
            let schema = serde_json::Value::Object((*described.input_schema).clone());
            assert_eq!(schema["type"], "object", "{tool:?}");
            assert_eq!(schema["additionalProperties"], false, "{tool:?}");
            let properties = schema["properties"].as_object().unwrap();
            assert!(!properties.is_empty());
            for (name, property) in properties {
                assert!(property["description"].is_string(), "{tool:?} {name}");
            }
        }
        assert_eq!(Tool::named("rm"), None);
    }
}
