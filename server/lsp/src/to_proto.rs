//! From the server's own types to LSP's. With `from_proto` the only place that converts; must not decide
//! what is sent.

mod call_hierarchy;
mod completion;
mod reports;
mod views;
mod window;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use farewell_analysis::explain::Hover;
use farewell_analysis::fixes::Edit;
use farewell_analysis::rules::{Finding, Related, Rule, Severity, Tag};
use farewell_analysis::source::Span;
use ropey::Rope;
use serde_json::{Value, json};
use tower_lsp_server::jsonrpc::{Error, ErrorCode};
use tower_lsp_server::ls_types::{
    self as lsp, CodeActionDisabled, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DiagnosticTag, DocumentChangeOperation, DocumentChanges, HoverContents, Location, MarkupContent, MarkupKind,
    NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, Position, PositionEncodingKind, TextDocumentEdit,
    TextEdit, Uri, WorkspaceEdit,
};

use crate::document::Document;
use crate::encoding::Encoding;
use crate::from_proto::ActionData;
use crate::plain_text::plain_text;
use crate::requests::actions::Deed;
use crate::session::Session;
use crate::state::{Failure, Snapshot};

pub(crate) use reports::{
    PartialWorkspaceReport, document_report, partial_workspace_report, pull_error, workspace_report,
};

pub(crate) use call_hierarchy::{call_item, incoming_call, outgoing_call};
pub(crate) use completion::completion;
pub(crate) use views::{Texts, code_lens, document_symbols, flow_symbol, highlight, inlay_hint};
pub(crate) use window::{StatusNotification, configuration_items, log_trace, logout_map, message_type, status};

/// Who reports the diagnostics.
pub(crate) const SOURCE: &str = "farewell";

/// The name of an encoding.
pub(crate) fn encoding(encoding: Encoding) -> PositionEncodingKind {
    match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    }
}

/// The address of a file, by its absolute path.
pub(crate) fn file_uri(path: &Path) -> Option<Uri> {
    path.is_absolute().then(|| Uri::from_file_path(path)).flatten()
}

/// The error of a request that has no result.
pub(crate) fn error(failure: Failure) -> Error {
    match failure {
        Failure::Superseded => Error::content_modified(),
        Failure::Cancelled => Error::request_cancelled(),
        Failure::Panicked => Error {
            code: ErrorCode::InternalError,
            message: "The analysis of this file failed; the server's log says where.".into(),
            data: None,
        },
    }
}

/// The range of bytes in a text, clamped.
pub(crate) fn range(span: Span, text: &Rope, encoding: Encoding) -> lsp::Range {
    let position = |offset: u32| {
        let place = encoding.place(text, offset as usize);
        Position::new(place.line, place.column)
    };
    lsp::Range::new(position(span.start), position(span.end))
}

/// The diagnostics of an open document's findings, in their order.
pub(crate) fn diagnostics(snapshot: &Snapshot, text: &Rope, findings: &[Finding]) -> Vec<Diagnostic> {
    let marks = marks(text, findings);
    findings.iter().zip(marks).map(|(finding, mark)| diagnostic(snapshot, text, finding, mark)).collect()
}

fn diagnostic(snapshot: &Snapshot, text: &Rope, finding: &Finding, mark: Value) -> Diagnostic {
    let client = &snapshot.session.client;
    let related = || finding.related.iter().filter_map(|related| related_information(snapshot, related)).collect();
    let message = match finding.help.as_str() {
        "" => finding.message.clone(),
        help => format!("{}\n{help}", finding.message),
    };
    Diagnostic {
        range: range(finding.span, text, snapshot.session.encoding),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.name().to_owned())),
        code_description: page(finding.rule).map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message,
        related_information: (client.related_information && !finding.related.is_empty()).then(related),
        tags: finding.tag.map(tag).filter(|tag| client.tags.contains(tag)).map(|tag| vec![tag]),
        data: Some(mark),
    }
}

/// What each diagnostic carries so that its finding is found again, wherever the text has moved it since: its
/// rule, its code, and how many of the same stand before it.
fn marks(text: &Rope, findings: &[Finding]) -> Vec<Value> {
    let mut seen: HashMap<(Rule, u64), usize> = HashMap::new();
    let mark = |finding: &Finding| {
        let mut hasher = DefaultHasher::new();
        let range = finding.span.start as usize..finding.span.end as usize;
        // The pieces of a text may be cut anywhere, so each byte is hashed by itself.
        let code = text.get_byte_slice(range);
        code.iter().flat_map(|code| code.bytes()).for_each(|byte| hasher.write_u8(byte));
        let code = hasher.finish();
        let before = seen.entry((finding.rule, code)).or_default();
        *before += 1;
        // As a text: not every client keeps such large numbers.
        json!({"rule": finding.rule.name(), "code": format!("{code:016x}"), "nth": *before})
    };
    findings.iter().map(mark).collect()
}

/// What an action carries until it is resolved.
pub(crate) fn action_data(document: &Document, deed: Deed) -> Option<Value> {
    serde_json::to_value(ActionData { uri: document.uri.clone(), version: document.version, deed }).ok()
}

/// Why no fix of a finding is offered, and the places that it is about.
pub(crate) fn no_single_edit(snapshot: &Snapshot, finding: &Finding) -> CodeActionDisabled {
    let place = |related: &Related| {
        let located = snapshot.locate(&related.path)?;
        let line = range(related.span, &located.text, snapshot.session.encoding).start.line + 1;
        Some(format!("{}:{line}: {}", related.path, related.message))
    };
    let mut reason = "No single edit mends this and leaves code that compiles.".to_owned();
    let lines = std::iter::once(finding.help.clone()).chain(finding.related.iter().filter_map(place));
    for line in lines.filter(|line| !line.is_empty()) {
        reason.push('\n');
        reason.push_str(&line);
    }
    CodeActionDisabled { reason }
}

/// The edits of a fix as one workspace edit, with the documents' versions where the client takes them.
/// `None` where one of the files is not known.
pub(crate) fn workspace_edit(snapshot: &Snapshot, edits: &[Edit]) -> Option<WorkspaceEdit> {
    let mut documents: Vec<(OptionalVersionedTextDocumentIdentifier, Vec<TextEdit>)> = Vec::new();
    for edit in edits {
        let located = snapshot.locate(&edit.path)?;
        let edit = TextEdit::new(range(edit.span, &located.text, snapshot.session.encoding), edit.text.clone());
        match documents.iter_mut().find(|(document, _)| document.uri == located.uri) {
            Some((_, edits)) => edits.push(edit),
            None => {
                let (uri, version) = (located.uri, located.version);
                documents.push((OptionalVersionedTextDocumentIdentifier { uri, version }, vec![edit]));
            }
        }
    }
    if !snapshot.session.client.versioned_edits {
        let changes: HashMap<Uri, Vec<TextEdit>> =
            documents.into_iter().map(|(document, edits)| (document.uri, edits)).collect();
        return Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() });
    }
    let operation = |(text_document, edits): (_, Vec<TextEdit>)| {
        let edits = edits.into_iter().map(OneOf::Left).collect();
        DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits })
    };
    let operations = documents.into_iter().map(operation).collect();
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() })
}

/// A hover text.
pub(crate) fn hover(hover: &Hover, text: &Rope, session: &Session) -> lsp::Hover {
    let contents = if session.client.plain_hover {
        MarkupContent { kind: MarkupKind::PlainText, value: plain_text(&hover.markdown) }
    } else {
        MarkupContent { kind: MarkupKind::Markdown, value: hover.markdown.clone() }
    };
    let range = range(hover.span, text, session.encoding);
    lsp::Hover { contents: HoverContents::Markup(contents), range: Some(range) }
}

fn related_information(snapshot: &Snapshot, related: &Related) -> Option<DiagnosticRelatedInformation> {
    let located = snapshot.locate(&related.path)?;
    let range = range(related.span, &located.text, snapshot.session.encoding);
    let location = Location::new(located.uri, range);
    Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Information => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

fn tag(tag: Tag) -> DiagnosticTag {
    match tag {
        Tag::Deprecated => DiagnosticTag::DEPRECATED,
        Tag::Unnecessary => DiagnosticTag::UNNECESSARY,
    }
}

/// The address of a rule's page.
fn page(rule: Rule) -> Option<Uri> {
    rule.address().parse().ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use farewell_analysis::rules::Rule;

    use super::page;

    #[test]
    fn every_rule_has_a_page_where_its_link_points() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../analysis/src/rules");
        for rule in Rule::ALL {
            let link = page(rule).unwrap();
            let name = link.as_str().rsplit('/').next().unwrap().to_owned();
            assert!(folder.join(&name).is_file(), "{name}");
        }
    }
}
