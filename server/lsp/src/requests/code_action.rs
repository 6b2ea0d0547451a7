//! `textDocument/codeAction`: what can be done about the findings in a range, and about all that a file's
//! findings allow without a look. Owns which actions are offered, and in which order.

use farewell_analysis::SourceFile;
use farewell_analysis::fixes::{Fix, IgnoreScope};
use farewell_analysis::rules::{Finding, Rule, Safety};
use tower_lsp_server::ls_types::{CodeAction, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Diagnostic};

use super::actions::{self, Deed, Place};
use crate::capabilities::ActionKind;
use crate::document::Document;
use crate::state::{DocumentKey, Snapshot};
use crate::{from_proto, to_proto};

/// About how many findings at once ignoring them is offered.
const MOST_IGNORED: usize = 10;

/// The actions that are wanted in a range; `None` where the document is not analysed.
pub(crate) fn run(snapshot: &Snapshot, params: CodeActionParams) -> Option<CodeActionResponse> {
    let key = from_proto::key(&params.text_document.uri);
    let mut offers = Offers::new(snapshot, &key)?;
    for kind in ActionKind::all() {
        if !kind.is_wanted(params.context.only.as_deref()) {
            continue;
        }
        match kind {
            ActionKind::QuickFix => offers.quick_fixes(&params),
            ActionKind::FixAll => offers.fix_all(),
        }
    }
    Some(offers.actions.into_iter().map(CodeActionOrCommand::CodeAction).collect())
}

/// The actions that are offered so far.
struct Offers<'s> {
    snapshot: &'s Snapshot,
    document: &'s Document,
    file: SourceFile,
    /// The findings that the user is told of, and that are there in the text as it stands: what is kept over
    /// half-typed code has no fix until it can be proved again.
    findings: Vec<Finding>,
    /// The diagnostic of each.
    diagnostics: Vec<Diagnostic>,
    actions: Vec<CodeAction>,
}

impl<'s> Offers<'s> {
    fn new(snapshot: &'s Snapshot, key: &DocumentKey) -> Option<Self> {
        let (document, file) = snapshot.analysed(key)?;
        let told = snapshot.findings(key);
        let diagnostics = to_proto::diagnostics(snapshot, &document.text, &told);
        let there = farewell_analysis::report(&snapshot.db, file);
        let is_there = |told: &Finding| there.findings.iter().any(|it| it.rule == told.rule && it.span == told.span);
        let (findings, diagnostics) = told.into_iter().zip(diagnostics).filter(|(told, _)| is_there(told)).unzip();
        Some(Self { snapshot, document, file, findings, diagnostics, actions: Vec::new() })
    }

    fn quick_fixes(&mut self, params: &CodeActionParams) {
        let asked = self.asked(params);
        let mut fixable: Vec<Rule> = Vec::new();
        for (finding, diagnostic) in &asked {
            let fixes = self.snapshot.proofs.fixes(&self.snapshot.db, self.file, finding);
            if fixes.iter().any(Fix::is_automatic) && !fixable.contains(&finding.rule) {
                fixable.push(finding.rule);
            }
            for (nth, fix) in fixes.iter().enumerate() {
                let action = CodeAction { is_preferred: Some(fix.is_automatic()), ..about(&fix.title, diagnostic) };
                self.offer(action, Deed::Fix { of: Place::of(finding), nth });
            }
            if fixes.is_empty() {
                self.explain(finding, diagnostic);
            }
        }
        for rule in fixable {
            // The others are proved when somebody wants it.
            let may_be_fixed = |finding: &&Finding| {
                finding.rule == rule && finding.remedies.first().is_some_and(|first| first.safety == Safety::Safe)
            };
            if self.findings.iter().filter(may_be_fixed).count() > 1 {
                let title = format!("Fix every {} in this file", rule.name());
                let kind = Some(ActionKind::QuickFix.kind());
                let rule = rule.name().to_owned();
                self.offer(CodeAction { title, kind, ..CodeAction::default() }, Deed::FixRule { rule });
            }
        }
        self.ignores(&asked);
    }

    fn ignores(&mut self, asked: &[(Finding, Diagnostic)]) {
        // Whoever asks about that many at once would not find the one that he means.
        if asked.len() > MOST_IGNORED {
            return;
        }
        let mut offered: Vec<String> = Vec::new();
        for scope in IgnoreScope::ALL {
            for (finding, diagnostic) in asked {
                let ignores = self.snapshot.proofs.ignores(&self.snapshot.db, self.file, finding);
                let Some(ignore) = ignores.iter().find(|ignore| ignore.scope == scope) else { continue };
                // One comment speaks for all of the line's or the file's.
                let title = match scope {
                    IgnoreScope::Line => format!("{}:{}", diagnostic.range.start.line, ignore.title),
                    IgnoreScope::File => ignore.title.clone(),
                };
                if offered.contains(&title) {
                    continue;
                }
                offered.push(title);
                let of = Place::of(finding);
                let deed = match scope {
                    IgnoreScope::Line => Deed::IgnoreLine { of },
                    IgnoreScope::File => Deed::IgnoreFile { of },
                };
                self.offer(about(&ignore.title, diagnostic), deed);
            }
        }
    }

    fn fix_all(&mut self) {
        // One that can be made is enough to offer all.
        let is_fixable = |finding: &Finding| {
            self.snapshot.proofs.fixes(&self.snapshot.db, self.file, finding).iter().any(Fix::is_automatic)
        };
        if self.findings.iter().any(is_fixable) {
            let title = "Fix all that Farewell can fix safely".to_owned();
            let kind = Some(ActionKind::FixAll.kind());
            self.offer(CodeAction { title, kind, ..CodeAction::default() }, Deed::FixAll);
        }
    }

    /// Says why a finding has no fix, where the client shows that.
    fn explain(&mut self, finding: &Finding, diagnostic: &Diagnostic) {
        if !self.snapshot.session.client.disabled_actions {
            return;
        }
        let title = finding.remedies.first().map_or_else(|| finding.rule.name(), |remedy| &remedy.title).to_owned();
        let disabled = Some(to_proto::no_single_edit(self.snapshot, finding));
        self.actions.push(CodeAction { disabled, ..about(&title, diagnostic) });
    }

    /// Adds an action: whole, or to be resolved where the client does that.
    fn offer(&mut self, mut action: CodeAction, deed: Deed) {
        if self.snapshot.session.client.resolves_edits {
            action.data = to_proto::action_data(self.document, deed);
        } else {
            let edits = actions::edits(self.snapshot, self.file, &self.findings, &deed);
            action.edit = edits.and_then(|edits| to_proto::workspace_edit(self.snapshot, &edits));
            if action.edit.is_none() {
                return;
            }
        }
        self.actions.push(action);
    }

    /// The findings that are asked about: those in the range and, where the client sends any of ours, among
    /// its diagnostics. Each with its diagnostic as the client holds it, else as it is.
    fn asked(&self, params: &CodeActionParams) -> Vec<(Finding, Diagnostic)> {
        let of_range = |range| from_proto::span(range, &self.document.text, self.snapshot.session.encoding);
        let asked = of_range(params.range);
        let is_ours = |held: &&Diagnostic| held.source.as_deref() == Some(to_proto::SOURCE);
        let ours: Vec<&Diagnostic> = params.context.diagnostics.iter().filter(is_ours).collect();
        let wanted = |(finding, diagnostic): (&Finding, &Diagnostic)| {
            // One that is held from an earlier text stands where it stood then.
            let held = ours.iter().find(|held| held.data == diagnostic.data);
            let is_near = finding.span.intersects(asked)
                || held.is_some_and(|held| held.range != diagnostic.range && of_range(held.range).intersects(asked));
            match held {
                Some(held) => is_near.then(|| (finding.clone(), (*held).clone())),
                None => (is_near && ours.is_empty()).then(|| (finding.clone(), diagnostic.clone())),
            }
        };
        self.findings.iter().zip(&self.diagnostics).filter_map(wanted).collect()
    }
}

/// A quick fix for a finding, which is never the preferred one unless that is said.
fn about(title: &str, diagnostic: &Diagnostic) -> CodeAction {
    CodeAction {
        title: title.to_owned(),
        kind: Some(ActionKind::QuickFix.kind()),
        diagnostics: Some(vec![diagnostic.clone()]),
        ..CodeAction::default()
    }
}
