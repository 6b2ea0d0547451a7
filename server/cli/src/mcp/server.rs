//! The protocol's side: which tools there are, and how a call becomes an answer. Owns that one call's failure, a
//! panic too, is that call's answer; must not know what a tool does.

use std::sync::Arc;

use rmcp::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig,
};
use rmcp::service::{RequestContext, RoleServer};
use tokio::sync::Mutex;

use super::folder::Folder;
use super::tools::{INSTRUCTIONS, Tool};

/// The server.
pub(super) struct Server {
    folder: Folder,
    /// Every call uses all cores, and takes the memory of a scan: they are made one after another.
    turn: Arc<Mutex<()>>,
}

impl Server {
    pub(super) fn new(folder: Folder) -> Self {
        Self { folder, turn: Arc::default() }
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let name = Implementation::new("farewell", env!("CARGO_PKG_VERSION")).with_title("Farewell");
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(name)
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(Tool::ALL.map(Tool::description).to_vec()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let Some(tool) = Tool::named(&request.name) else {
            let names = Tool::ALL.map(Tool::name).join(", ");
            return Err(ErrorData::invalid_params(
                format!("there is no tool `{}`; there are {names}", request.name),
                None,
            ));
        };
        let turn = Arc::clone(&self.turn).lock_owned().await;
        if context.ct.is_cancelled() {
            return Err(ErrorData::internal_error("the call was cancelled", None));
        }
        let (folder, arguments) = (self.folder.clone(), request.arguments.unwrap_or_default());
        let answer = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            tool.call(&folder, arguments)
        });
        let result = match answer.await {
            Ok(Ok(text)) => CallToolResult::success(vec![ContentBlock::text(text)]),
            Ok(Err(error)) => CallToolResult::error(vec![ContentBlock::text(format!("{error:#}"))]),
            Err(failure) => CallToolResult::error(vec![ContentBlock::text(format!(
                "{} failed, which is a fault of Farewell: {failure}; ask for less at once, one file say",
                tool.name()
            ))]),
        };
        Ok(result.into())
    }
}
