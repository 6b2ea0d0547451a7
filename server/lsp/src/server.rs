//! The language server's front: it hands each message to its file under `requests` or `notifications`.
//! Owns nothing but the way there. A notification is handed over before the first await, so that the
//! order of the messages is the order of their effects; a handler never waits for the client.

use std::fmt;
use std::sync::Arc;

use tokio::sync::oneshot;
use tower_lsp_server::jsonrpc::{Error, Result};
use tower_lsp_server::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, CodeActionParams, CodeActionResponse, CodeLens,
    CodeLensParams, CompletionParams, CompletionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentHighlight, DocumentHighlightParams,
    DocumentSymbolParams, DocumentSymbolResponse, Hover, HoverParams, InitializeParams, InitializeResult,
    InitializedParams, InlayHint, InlayHintParams, RenameFilesParams, Uri, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};
use tower_lsp_server::{Client, LanguageServer};

use crate::state::{Documents, Events, JobControl, Publisher, Snapshot, State, catch, start};
use crate::{from_proto, notifications, requests, to_proto};

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
        P: Send + 'static,
        T: Send + 'static,
    {
        self.ask_about(name, from_proto::key(&uri), run, params).await
    }

    /// The answer to a request about `subject`, which the log names where it fails.
    async fn ask_about<S, P, T>(
        &self,
        name: &'static str,
        subject: S,
        run: fn(&Snapshot, P) -> T,
        params: P,
    ) -> Result<T>
    where
        S: fmt::Display + Send + 'static,
        P: Send + 'static,
        T: Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let control = Arc::new(JobControl::default());
        let _cancel_when_dropped = CancelWhenDropped(Arc::clone(&control));
        self.events.ask(name, control, move |snapshot| {
            let result = catch(&subject, || run(&snapshot, params));
            // A write waits until the snapshot is gone.
            drop(snapshot);
            // Nobody listens where the request was cancelled.
            let _ = reply.send(result);
        });
        match answer.await {
            Ok(result) => result.map_err(to_proto::error),
            Err(_) => Err(Error::internal_error()),
        }
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
}

impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Server").finish_non_exhaustive()
    }
}
