//! The language server's front: it hands each message to its file under `requests` or `notifications`.
//! Owns nothing but the way there. A notification is handed over before the first await, so that the
//! order of the messages is the order of their effects; a handler never waits for the client.

use std::fmt;
use std::sync::Arc;

use tokio::sync::oneshot;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, CodeAction, CodeActionParams, CodeActionResponse,
    CodeLens, CodeLensParams, CompletionParams, CompletionResponse, DidChangeConfigurationParams,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentHighlight,
    DocumentHighlightParams, DocumentSymbolParams, DocumentSymbolResponse, Hover, HoverParams, InitializeParams,
    InitializeResult, InitializedParams, InlayHint, InlayHintParams, RenameFilesParams, Uri, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};
use tower_lsp_server::{Client, LanguageServer};

use crate::state::{Documents, Events, Failure, JobControl, Publisher, Snapshot, State, catch_over, start};
use crate::{from_proto, notifications, requests, to_proto};

/// How often a request is computed at most while no document changes.
const ATTEMPTS: usize = 16;

/// The server as its protocol library sees it.
pub(crate) struct Server {
    events: Events,
}

impl Server {
    /// Starts the writer and the publisher. Must be called inside the runtime.
    pub(crate) fn new(client: Client) -> Self {
        let documents = Documents::default();
        let publisher = Publisher::default();
        tokio::spawn(publisher.clone().run(client.clone(), documents.clone()));
        Self { events: start(client, documents, publisher, tokio::runtime::Handle::current()) }
    }

    fn tell<P: Send + 'static>(&self, name: &'static str, run: fn(&mut State, P), params: P) {
        self.events.tell(name, move |state| run(state, params));
    }

    /// The answer to a request about a document, computed over a snapshot.
    async fn ask<P, T>(&self, name: &'static str, uri: Uri, run: fn(&Snapshot, P) -> T, params: P) -> Result<T>
    where
        P: Clone + Send + 'static,
        T: Send + 'static,
    {
        self.ask_about(name, from_proto::key(&uri), run, params).await
    }

    /// The answer to a request about `subject`, which the log names where it fails. What the server itself learns
    /// meanwhile (a file is read, a call is followed) makes it compute again; an edit makes the request outdated.
    async fn ask_about<S, P, T>(
        &self,
        name: &'static str,
        subject: S,
        run: fn(&Snapshot, P) -> T,
        params: P,
    ) -> Result<T>
    where
        S: fmt::Display + Clone + Send + 'static,
        P: Clone + Send + 'static,
        T: Send + 'static,
    {
        let mut asked_at = None;
        for _ in 0..ATTEMPTS {
            let (subject, params) = (subject.clone(), params.clone());
            let compute = move |snapshot: &Snapshot| catch_over(&snapshot.db, &subject, || run(snapshot, params));
            let Some((edition, result)) = self.attempt(name, asked_at, compute).await else {
                return Err(Error::internal_error());
            };
            match result {
                Err(Failure::Superseded) if *asked_at.get_or_insert(edition) == edition => {}
                result => return result.map_err(to_proto::error),
            }
        }
        Err(to_proto::error(Failure::Superseded))
    }

    /// One attempt to compute something, where the documents are still those of an edition, and the edition that
    /// they are of. `None` where there is no result at all.
    async fn attempt<T: Send + 'static>(
        &self,
        name: &'static str,
        asked_at: Option<u64>,
        compute: impl FnOnce(&Snapshot) -> std::result::Result<T, Failure> + Send + 'static,
    ) -> Option<(u64, std::result::Result<T, Failure>)> {
        let (reply, answer) = oneshot::channel();
        let control = Arc::new(JobControl::default());
        let _cancel_when_dropped = CancelWhenDropped(Arc::clone(&control));
        self.events.ask(name, control, move |snapshot| {
            let edition = snapshot.edition;
            let is_same = asked_at.is_none_or(|asked_at| asked_at == edition);
            let result = if is_same { compute(&snapshot) } else { Err(Failure::Superseded) };
            // A write waits until the snapshot is gone.
            drop(snapshot);
            // Nobody listens where the request was cancelled.
            let _ = reply.send((edition, result));
        });
        answer.await.ok()
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

    async fn did_rename_files(&self, params: RenameFilesParams) {
        self.tell("didRenameFiles", notifications::did_rename_files::run, params);
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let uri = params.text_document_position_params.text_document.uri.clone();
        self.ask("hover", uri, requests::hover::run, params).await
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
        self.ask_about("workspace/symbol", "the workspace's symbols", requests::workspace_symbol::run, params).await
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
