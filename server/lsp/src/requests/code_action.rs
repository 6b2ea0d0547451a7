//! `textDocument/codeAction`: the fixes of the findings in a range, and of all that a file's findings
//! allow without a look.

use farewell_analysis::fixes::Fix;
use farewell_analysis::rules::Finding;
use farewell_analysis::{Scratch, SourceFile, fixes_of, report};
use salsa::Database;
use tower_lsp_server::ls_types::{CodeAction, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Diagnostic};

use super::fix_all;
use crate::capabilities::ActionKind;
use crate::document::Document;
use crate::state::Snapshot;
use crate::{from_proto, to_proto};

/// The actions that are wanted in a range; `None` where the document is not analysed.
pub(crate) fn run(snapshot: &Snapshot, params: CodeActionParams) -> Option<CodeActionResponse> {
    let key = from_proto::key(&params.text_document.uri);
    let (document, file) = snapshot.analysed(&key)?;
    let report = report(&snapshot.db, file);
    let mut actions = Vec::new();
    for kind in ActionKind::all() {
        if !kind.is_wanted(params.context.only.as_deref()) {
            continue;
        }
        match kind {
            ActionKind::QuickFix => quick_fixes(snapshot, document, file, &report.findings, &params, &mut actions),
            ActionKind::FixAll => actions.extend(fix_everything(snapshot, file, &report.findings)),
        }
    }
    Some(actions.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

fn quick_fixes(
    snapshot: &Snapshot,
    document: &Document,
    file: SourceFile,
    findings: &[Finding],
    params: &CodeActionParams,
    actions: &mut Vec<CodeAction>,
) {
    let asked = from_proto::span(params.range, &document.text, snapshot.session.encoding);
    let mut rules_with_safe_fixes = Vec::new();
    let mut scratch = Scratch::default();
    for finding in findings.iter().filter(|finding| finding.span.intersects(asked)) {
        // A proof may take long, and it knows nothing of this database's revisions.
        snapshot.db.unwind_if_revision_cancelled();
        let fixes = fixes_of(&snapshot.db, file, finding, &mut scratch);
        if fixes.iter().any(Fix::is_automatic) && !rules_with_safe_fixes.contains(&finding.rule) {
            rules_with_safe_fixes.push(finding.rule);
        }
        let diagnostic = diagnostic(snapshot, document, finding, &params.context.diagnostics);
        actions.extend(fixes.iter().filter_map(|fix| quick_fix(snapshot, fix, &diagnostic)));
    }
    for rule in rules_with_safe_fixes {
        let of_rule: Vec<&Finding> = findings.iter().filter(|finding| finding.rule == rule).collect();
        if of_rule.len() < 2 {
            continue;
        }
        let edits = fix_all::edits(snapshot, file, of_rule);
        actions.extend(to_proto::workspace_edit(snapshot, &edits).map(|edit| CodeAction {
            title: format!("Fix every {} in this file", rule.name()),
            kind: Some(ActionKind::QuickFix.kind()),
            edit: Some(edit),
            ..CodeAction::default()
        }));
    }
}

fn quick_fix(snapshot: &Snapshot, fix: &Fix, diagnostic: &Diagnostic) -> Option<CodeAction> {
    Some(CodeAction {
        title: fix.title.clone(),
        kind: Some(ActionKind::QuickFix.kind()),
        diagnostics: Some(vec![diagnostic.clone()]),
        edit: Some(to_proto::workspace_edit(snapshot, &fix.edits)?),
        is_preferred: Some(fix.preferred),
        ..CodeAction::default()
    })
}

fn fix_everything(snapshot: &Snapshot, file: SourceFile, findings: &[Finding]) -> Option<CodeAction> {
    let edits = fix_all::edits(snapshot, file, findings);
    if edits.is_empty() {
        return None;
    }
    Some(CodeAction {
        title: "Fix all that Farewell can fix safely".to_owned(),
        kind: Some(ActionKind::FixAll.kind()),
        edit: Some(to_proto::workspace_edit(snapshot, &edits)?),
        ..CodeAction::default()
    })
}

/// The finding's diagnostic as the client holds it, or a new one of the same content.
fn diagnostic(snapshot: &Snapshot, document: &Document, finding: &Finding, held: &[Diagnostic]) -> Diagnostic {
    let data = to_proto::finding_data(finding);
    let is_ours =
        |held: &&Diagnostic| held.source.as_deref() == Some(to_proto::SOURCE) && held.data.as_ref() == Some(&data);
    match held.iter().find(is_ours) {
        Some(held) => held.clone(),
        None => to_proto::diagnostic(snapshot, &document.text, finding),
    }
}
