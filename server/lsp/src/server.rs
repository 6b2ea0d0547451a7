//! The language server's front: it hands each message to its file under `requests` or `notifications`.
//! Owns nothing but the way there. A notification is handed over before the first await, so that the
//! order of the messages is the order of their effects; a handler never waits for the client.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;
use tokio::sync::oneshot;
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp_server::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, CodeAction, CodeActionParams, CodeActionResponse,
    CodeLens, CodeLensParams, CompletionParams, CompletionResponse, CreateFilesParams, DeleteFilesParams,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentHighlight, DocumentHighlightParams,
    DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, Hover, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, InlayHint, InlayHintParams, RenameFilesParams, SetTraceParams, Uri,
    WorkDoneProgressCancelParams, WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};
use tower_lsp_server::{Client, LanguageServer};

use crate::log::LOG;
use crate::map::DrawMap;
use crate::requests::execute_command::{Command, format_of};
use crate::state::{Documents, Events, Failure, JobControl, Publisher, Snapshot, State, catch_over, start};
use crate::transport::Sent;
use crate::{from_proto, notifications, requests, to_proto};

/// How often a request is computed at most while no document changes.
const ATTEMPTS: usize = 16;

/// The server as its protocol library sees it.
pub(crate) struct Server {
    events: Events,
    draw_map: DrawMap,
}

impl Server {
    /// Starts the writer and the publisher. Must be called inside the runtime.
    pub(crate) fn new(client: Client, sent: Sent, draw_map: DrawMap) -> Self {
        LOG.connect(client.clone());
        let documents = Documents::default();
        let publisher = Publisher::default();
        tokio::spawn(publisher.clone().run(client.clone(), documents.clone()));
        Self { draw_map, events: start(client, documents, publisher, sent, tokio::runtime::Handle::current()) }
    }

    /// `$/setTrace`, which the protocol library leaves to its user.
    pub(crate) async fn set_trace(&self, params: SetTraceParams) {
        notifications::set_trace::run(&params);
    }

    /// `window/workDoneProgress/cancel`, likewise.
    pub(crate) async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.tell("workDoneProgress/cancel", notifications::cancel_progress::run, params);
    }

    fn tell<P: Send + 'static>(&self, name: &'static str, run: fn(&mut State, P), params: P) {
        self.events.tell(name, move |state| run(state, params));
    }

    /// The answer to a request that waits in the state, which drops it when nothing comes of it any more.
    async fn wait<P, T>(
        &self,
        name: &'static str,
        run: fn(&mut State, P, oneshot::Sender<T>),
        params: P,
    ) -> std::result::Result<T, Failure>
    where
        P: Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.events.tell(name, move |state| run(state, params, reply));
        answer.await.map_err(|_| Failure::Cancelled)
    }

    /// The answer to a request about a document, computed over a snapshot.
    async fn ask<P, T>(&self, name: &'static str, uri: Uri, run: fn(&Snapshot, P) -> T, params: P) -> Result<T>
    where
        P: Clone + Send + 'static,
        T: Send + 'static,
    {
        let key = from_proto::key(&uri);
        let text = key.clone();
        let version = move |snapshot: &Snapshot| snapshot.documents.get(&text).map(|document| document.version);
        self.ask_about(name, key, version, run, params).await
    }

    /// The answer to a request about all files.
    async fn ask_about_all<P, T>(&self, name: &'static str, run: fn(&Snapshot, P) -> T, params: P) -> Result<T>
    where
        P: Clone + Send + 'static,
        T: Send + 'static,
    {
        self.ask_about(name, "the workspace", |_| None, run, params).await
    }

    /// The answer to a request about `subject`, which the log names where it fails. What happens to anything else
    /// meanwhile (a file is read, another document opened) makes it compute again; another `version` of the subject
    /// makes the request outdated.
    async fn ask_about<S, V, P, T>(
        &self,
        name: &'static str,
        subject: S,
        version: V,
        run: fn(&Snapshot, P) -> T,
        params: P,
    ) -> Result<T>
    where
        S: fmt::Display + Clone + Send + 'static,
        V: Fn(&Snapshot) -> Option<i32> + Clone + Send + 'static,
        P: Clone + Send + 'static,
        T: Send + 'static,
    {
        let mut asked_at = None;
        for _ in 0..ATTEMPTS {
            let (subject, version, params) = (subject.clone(), version.clone(), params.clone());
            let compute = move |snapshot: &Snapshot| {
                let version = version(snapshot);
                let is_same = asked_at.is_none_or(|asked_at| asked_at == version);
                let run = || catch_over(&snapshot.db, &subject, || run(snapshot, params));
                (version, if is_same { run() } else { Err(Failure::Superseded) })
            };
            let Some((version, result)) = self.attempt(name, compute).await else {
                return Err(Error::internal_error());
            };
            match result {
                Err(Failure::Superseded) if *asked_at.get_or_insert(version) == version => {}
                result => return result.map_err(to_proto::error),
            }
        }
        Err(to_proto::error(Failure::Superseded))
    }

    /// One attempt to compute something. `None` where there is no result at all.
    async fn attempt<T: Send + 'static>(
        &self,
        name: &'static str,
        compute: impl FnOnce(&Snapshot) -> T + Send + 'static,
    ) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        let control = Arc::new(JobControl::default());
        let _cancel_when_dropped = CancelWhenDropped(Arc::clone(&control));
        self.events.ask(name, control, move |snapshot| {
            let result = compute(&snapshot);
            // A write waits until the snapshot is gone.
            drop(snapshot);
            // Nobody listens where the request was cancelled.
            let _ = reply.send(result);
        });
        answer.await.ok()
    }
}

/// How often a command is tried whose files change meanwhile: nobody asks for it again.
const TRIES: usize = 50;

impl Server {
    /// The answer to a command about all files, which waits for a scan that is under way.
    async fn ask_for_all<P, T>(&self, name: &'static str, run: fn(&Snapshot, P) -> T, params: P) -> Result<T>
    where
        P: Copy + Send + 'static,
        T: Send + 'static,
    {
        self.wait(name, |state, (), reply| state.when_scanned(reply), ()).await.map_err(to_proto::error)?;
        let mut answer = self.ask_about_all(name, run, params).await;
        for _ in 1..TRIES {
            match answer {
                Err(error) if error.code == ErrorCode::ContentModified => {
                    answer = self.ask_about_all(name, run, params).await;
                }
                answer => return answer,
            }
        }
        answer
    }
}

/// The protocol library drops a handler whose request the client cancels.
struct CancelWhenDropped(Arc<JobControl>);

impl Drop for CancelWhenDropped {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let (session, result) = requests::initialize::answer(&params);
        self.tell("initialize", requests::initialize::run, (session, params));
        Ok(result)
    }

    async fn initialized(&self, _: InitializedParams) {
        self.tell("initialized", notifications::initialized::run, ());
    }

    async fn shutdown(&self) -> Result<()> {
        self.tell("shutdown", requests::shutdown::run, ());
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.tell("didOpen", notifications::did_open::run, params);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.tell("didChange", notifications::did_change::run, params);
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.tell("didSave", notifications::did_save::run, params);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell("didClose", notifications::did_close::run, params);
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.tell("didChangeConfiguration", notifications::did_change_configuration::run, params);
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        self.tell("didChangeWatchedFiles", notifications::did_change_watched_files::run, params);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.tell("didChangeWorkspaceFolders", notifications::did_change_workspace_folders::run, params);
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        self.tell("didCreateFiles", notifications::did_create_files::run, params);
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        self.tell("didDeleteFiles", notifications::did_delete_files::run, params);
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        self.tell("didRenameFiles", notifications::did_rename_files::run, params);
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.ask("hover", uri, requests::hover::run, params).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let answer = self.wait("diagnostic", requests::diagnostic::run, params).await;
        answer.flatten().map(to_proto::document_report).map_err(to_proto::pull_error)
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let answer = self.wait("workspaceDiagnostic", requests::workspace_diagnostic::run, params).await;
        answer.map(to_proto::workspace_report).map_err(to_proto::pull_error)
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        match Command::asked_for(&params).map_err(Error::invalid_params)? {
            Command::ShowAudit => {
                let format = format_of(&params.arguments).map_err(Error::invalid_params)?;
                let map = self.ask_for_all("showAudit", requests::show_audit::run, (self.draw_map, format)).await?;
                Ok(Some(to_proto::logout_map(map, format)))
            }
            Command::Restart => {
                self.tell("restart", |state, ()| state.restart(), ());
                Ok(None)
            }
            Command::CopyDebugInfo => {
                let text = self.ask_for_all("copyDebugInfo", requests::debug_info::run, ()).await?;
                Ok(Some(Value::String(text)))
            }
        }
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let uri = params.text_document.uri.clone();
        self.ask("codeLens", uri, requests::code_lens::run, params).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let uri = params.text_document_position.text_document.uri.clone();
        self.ask("completion", uri, requests::completion::run, params).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.ask("documentHighlight", uri, requests::document_highlight::run, params).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let uri = params.text_document.uri.clone();
        self.ask("inlayHint", uri, requests::inlay_hint::run, params).await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<CallHierarchyItem>>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.ask("prepareCallHierarchy", uri, requests::call_hierarchy::prepare, params).await
    }

    async fn incoming_calls(
        &self,
        params: CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let uri = params.item.uri.clone();
        self.ask("incomingCalls", uri, requests::call_hierarchy::incoming, params).await
    }

    async fn outgoing_calls(
        &self,
        params: CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let uri = params.item.uri.clone();
        self.ask("outgoingCalls", uri, requests::call_hierarchy::outgoing, params).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let uri = params.text_document.uri.clone();
        self.ask("documentSymbol", uri, requests::document_symbol::run, params).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        self.ask_about_all("workspace/symbol", requests::workspace_symbol::run, params).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.ask("codeAction", uri, requests::code_action::run, params).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let Some(data) = action.data.clone() else { return Ok(action) };
        let data = from_proto::action_data(data).ok_or_else(|| Error::invalid_params("no data of an action"))?;
        let run = requests::code_action_resolve::run;
        self.ask("codeAction/resolve", data.uri.clone(), run, (action, data)).await?.map_err(to_proto::error)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Server").finish_non_exhaustive()
    }
}
