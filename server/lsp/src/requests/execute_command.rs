//! `workspace/executeCommand`: what the user can ask of the server by name.

use serde_json::Value;
use tower_lsp_server::ls_types::ExecuteCommandParams;

use crate::map::MapFormat;

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    /// The logout map of the workspace.
    ShowAudit,
    /// Everything is read again.
    Restart,
    /// What whoever looks into a fault wants to know first.
    CopyDebugInfo,
}

impl Command {
    /// Every command.
    pub(crate) const fn all() -> [Command; 3] {
        [Command::ShowAudit, Command::Restart, Command::CopyDebugInfo]
    }

    /// Its name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Command::ShowAudit => "farewell.showAudit",
            Command::Restart => "farewell.restart",
            Command::CopyDebugInfo => "farewell.copyDebugInfo",
        }
    }

    /// The command that is asked for.
    ///
    /// # Errors
    /// What there is, where it is none of that.
    pub(crate) fn asked_for(params: &ExecuteCommandParams) -> Result<Self, String> {
        let command = Command::all().into_iter().find(|command| command.name() == params.command);
        let all = Command::all().map(Command::name);
        command.ok_or_else(|| farewell_project::unknown_word("command", &params.command, &all))
    }
}

/// The format that [`Command::ShowAudit`] is asked for: its first argument, or the argument's field
/// `format`.
///
/// # Errors
/// What there is, where it is none of that.
pub(crate) fn format_of(arguments: &[Value]) -> Result<MapFormat, String> {
    let Some(argument) = arguments.first().filter(|argument| !argument.is_null()) else {
        return Ok(MapFormat::default());
    };
    let name = argument.get("format").unwrap_or(argument).as_str().unwrap_or_default();
    let format = MapFormat::NAMES.iter().find(|(known, _)| *known == name).map(|(_, format)| *format);
    format.ok_or_else(|| farewell_project::unknown_word("format", name, &MapFormat::NAMES.map(|(known, _)| known)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::format_of;
    use crate::map::MapFormat;

    #[test]
    fn the_format_is_the_argument_or_its_field() {
        assert_eq!(format_of(&[]), Ok(MapFormat::Markdown));
        assert_eq!(format_of(&[json!(null)]), Ok(MapFormat::Markdown));
        assert_eq!(format_of(&[json!("json")]), Ok(MapFormat::Json));
        assert_eq!(format_of(&[json!({"format": "json"}), json!(1)]), Ok(MapFormat::Json));
        for wrong in [json!("jsn"), json!(1), json!({"format": []}), json!([])] {
            assert!(format_of(&[wrong]).is_err());
        }
    }
}
