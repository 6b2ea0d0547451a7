//! Reports of diagnostics that the client asked for, as LSP has them.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use tower_lsp_server::jsonrpc::{Error, ErrorCode};
use tower_lsp_server::ls_types::notification::{Notification, Progress};
use tower_lsp_server::ls_types::{
    DiagnosticServerCancellationData, DocumentDiagnosticReport, DocumentDiagnosticReportKind,
    DocumentDiagnosticReportResult, FullDocumentDiagnosticReport, ProgressToken, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri, WorkspaceDiagnosticReport,
    WorkspaceDiagnosticReportPartialResult, WorkspaceDiagnosticReportResult, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport,
};

use super::error;
use crate::state::{DocumentAnswer, Failure, FileReport, Report};

/// The protocol's code for a request that the server gave up.
const SERVER_CANCELLED: i64 = -32802;

/// The error of a request for diagnostics that has no result, with whether the client is to ask again.
pub(crate) fn pull_error(failure: Failure) -> Error {
    if failure == Failure::Panicked {
        return error(failure);
    }
    let data = DiagnosticServerCancellationData { retrigger_request: failure == Failure::Superseded };
    Error {
        code: ErrorCode::ServerError(SERVER_CANCELLED),
        message: "Server cancelled".into(),
        data: serde_json::to_value(data).ok(),
    }
}

/// The answer to a request for a document's diagnostics.
pub(crate) fn document_report(answer: DocumentAnswer) -> DocumentDiagnosticReportResult {
    let related: HashMap<Uri, DocumentDiagnosticReportKind> =
        answer.related.iter().map(|(uri, report)| (uri.clone(), full_report(report).into())).collect();
    let related_documents = (!related.is_empty()).then_some(related);
    let report = if answer.is_unchanged {
        let unchanged = UnchangedDocumentDiagnosticReport { result_id: answer.report.id().to_string() };
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents,
            unchanged_document_diagnostic_report: unchanged,
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents,
            full_document_diagnostic_report: full_report(&answer.report),
        })
    };
    report.into()
}

/// The answer to a request for a workspace's diagnostics.
pub(crate) fn workspace_report(files: Vec<FileReport>) -> WorkspaceDiagnosticReportResult {
    WorkspaceDiagnosticReport { items: workspace_items(files) }.into()
}

/// A part of that answer, ahead of it.
pub(crate) fn partial_workspace_report(token: ProgressToken, files: Vec<FileReport>) -> PartialWorkspaceReportParams {
    let value = WorkspaceDiagnosticReportPartialResult { items: workspace_items(files) };
    PartialWorkspaceReportParams { token, value }
}

/// The notification that carries a part of a workspace's diagnostics.
#[derive(Debug)]
pub(crate) enum PartialWorkspaceReport {}

impl Notification for PartialWorkspaceReport {
    type Params = PartialWorkspaceReportParams;
    const METHOD: &'static str = Progress::METHOD;
}

/// What it carries.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PartialWorkspaceReportParams {
    token: ProgressToken,
    value: WorkspaceDiagnosticReportPartialResult,
}

fn full_report(report: &Report) -> FullDocumentDiagnosticReport {
    FullDocumentDiagnosticReport { result_id: Some(report.id().to_string()), items: report.diagnostics.clone() }
}

fn workspace_items(files: Vec<FileReport>) -> Vec<WorkspaceDocumentDiagnosticReport> {
    let item = |file: FileReport| {
        WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
            uri: file.uri,
            version: file.report.version.map(i64::from),
            full_document_diagnostic_report: full_report(&file.report),
        })
    };
    files.into_iter().map(item).collect()
}
