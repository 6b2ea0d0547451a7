//! From the engine's map to the one that is shown. Owns where its byte offsets become lines and columns;
//! must not know how it is drawn.

use std::path::Path;
use std::sync::Arc;

use farewell_analysis::source::Span;
use farewell_analysis::vocabulary::FlowKind;
use farewell_analysis::{
    Audit, AuditedCall, AuditedCaller, AuditedFinding, AuditedFlow, AuditedProject, AuditedSuppression, AuditedWayOut,
    DeclarativeLogout, IdentityFact, Unjudged,
};

use super::document::{
    Because, Call, Document, Finding, Flow, Kind, KindTotals, Leaves, Place, PlatformTotals, Project, Seen,
    Suppression, Totals, VERSION, Verdict, WayOut,
};
use crate::output::convert::range;
use crate::sources::Sources;

/// The engine's paths that a map speaks of.
pub(crate) fn paths(audit: &Audit) -> impl Iterator<Item = Arc<str>> + '_ {
    let of_flow = |flow: &AuditedFlow| {
        let ways = flow
            .ways_out
            .iter()
            .flat_map(|way| std::iter::once(way.path.clone()).chain(way.calls.iter().map(|call| call.path.clone())));
        let callers = flow.callers.iter().map(|caller| caller.path.clone());
        let covering = flow.covered_by.iter().map(|logout| logout.path.clone());
        std::iter::once(flow.path.clone()).chain(ways).chain(callers).chain(covering).collect::<Vec<_>>()
    };
    let findings = audit.findings().into_iter().map(|finding| finding.path.clone());
    let suppressions = audit.suppressions.iter().map(|it| it.path.clone());
    let identity = audit.projects.iter().filter_map(|project| match &project.identity {
        IdentityFact::Call { path, .. } => Some(path.clone()),
        _ => None,
    });
    audit.flows.iter().flat_map(of_flow).chain(findings).chain(suppressions).chain(identity)
}

/// The map as it is shown. `shown_folder` gives the shown path of a folder of the engine.
pub(crate) fn document(
    audit: &Audit,
    sources: &Sources,
    seen: Seen,
    shown_folder: &dyn Fn(&Path) -> String,
) -> Document {
    let converter = Converter { sources, shown_folder };
    Document {
        version: VERSION,
        flows: audit.flows.iter().map(|it| converter.flow(it)).collect(),
        missing_kinds: audit.missing_kinds.iter().map(|it| (*it).into()).collect(),
        other_findings: audit.other_findings.iter().map(|it| converter.finding(it)).collect(),
        suppressions: audit.suppressions.iter().map(|it| converter.suppression(it)).collect(),
        projects: audit.projects.iter().map(|it| converter.project(it)).collect(),
        totals: audit.totals().into(),
        by_kind: audit
            .by_kind()
            .into_iter()
            .map(|(kind, it)| KindTotals { kind: kind.into(), totals: it.into() })
            .collect(),
        by_platform: audit
            .by_platform()
            .into_iter()
            .map(|(platform, it)| PlatformTotals { platform: platform.name(), totals: it.into() })
            .collect(),
        summary: seen,
    }
}

struct Converter<'a> {
    sources: &'a Sources,
    shown_folder: &'a dyn Fn(&Path) -> String,
}

impl Converter<'_> {
    /// A place; in a file that is not known it is the file's start.
    fn place(&self, path: &str, span: Span) -> Place {
        match self.sources.get(path) {
            Some(source) => Place { path: source.path.clone(), range: range(source.places(span)) },
            None => {
                let start = farewell_analysis::source::LineColumn { line: 1, column: 1 };
                Place { path: path.to_owned(), range: range((start, start)) }
            }
        }
    }

    fn covering(&self, logout: &DeclarativeLogout) -> Place {
        self.place(&logout.path, logout.span)
    }

    fn flow(&self, flow: &AuditedFlow) -> Flow {
        let ways_out: Vec<WayOut> = flow.ways_out.iter().map(|it| self.way_out(it)).collect();
        Flow {
            title: flow.title.clone(),
            kind: flow.kind.into(),
            platform: flow.platform.name(),
            place: self.place(&flow.path, flow.span),
            trigger: flow.trigger.clone(),
            verdict: ways_out.iter().map(|way| way.verdict).max(),
            ways_out,
            callers: flow.callers.iter().map(|it| self.caller(it)).collect(),
            covered_by: flow.covered_by.as_ref().map(|it| self.covering(it)),
            findings: flow.findings.iter().map(|it| self.finding(it)).collect(),
        }
    }

    fn way_out(&self, way: &AuditedWayOut) -> WayOut {
        WayOut {
            place: self.place(&way.path, way.span),
            leaves: match way.leaves {
                farewell_analysis::Leaves::Document => Leaves::Page,
                farewell_analysis::Leaves::Screen => Leaves::Screen,
                farewell_analysis::Leaves::End => Leaves::End,
            },
            kind: way.kind.into(),
            code: way.code.clone(),
            calls: way.calls.iter().map(|it| self.call(it)).collect(),
            verdict: (&way.verdict).into(),
            unjudged: match way.verdict {
                farewell_analysis::Verdict::Unjudged(why) => Some(why_unjudged(why)),
                _ => None,
            },
            accepted: way.accepted.clone(),
        }
    }

    fn call(&self, call: &AuditedCall) -> Call {
        Call { place: self.place(&call.path, call.span), title: call.title.clone() }
    }

    fn caller(&self, caller: &AuditedCaller) -> Call {
        Call { place: self.place(&caller.path, caller.span), title: caller.title.clone() }
    }

    fn finding(&self, finding: &AuditedFinding) -> Finding {
        Finding {
            rule: finding.rule.name(),
            severity: finding.severity.into(),
            place: self.place(&finding.path, finding.span),
            message: finding.message.clone(),
        }
    }

    fn suppression(&self, suppression: &AuditedSuppression) -> Suppression {
        Suppression {
            place: self.place(&suppression.path, suppression.span),
            rules: suppression.rules.iter().map(|rule| rule.to_string()).collect(),
            reason: suppression.reason.clone(),
            whole_file: suppression.whole_file,
            in_use: suppression.in_use,
        }
    }

    fn project(&self, project: &AuditedProject) -> Project {
        let (because, call) = match &project.identity {
            IdentityFact::Call { path, span } => (Because::Call, Some(self.place(path, *span))),
            IdentityFact::Assumed => (Because::Assumed, None),
            IdentityFact::OnlySdk => (Because::OnlySdk, None),
            IdentityFact::Nothing => (Because::Nothing, None),
        };
        Project {
            path: (self.shown_folder)(Path::new(&*project.folder)),
            identity_is_set: project.identity.is_set(),
            because,
            call,
            flows: project.flows,
        }
    }
}

const fn why_unjudged(why: Unjudged) -> &'static str {
    match why {
        Unjudged::IdentityNotSet => "nothing in its project identifies a user",
        Unjudged::PersonStays => "the person stays",
        Unjudged::Broken => "a part of it could not be read",
    }
}

impl From<FlowKind> for Kind {
    fn from(kind: FlowKind) -> Self {
        match kind {
            FlowKind::UserInitiated => Kind::UserInitiated,
            FlowKind::SessionTimeout => Kind::SessionTimeout,
            FlowKind::TokenExpiry => Kind::TokenExpiry,
            FlowKind::Forced => Kind::Forced,
            FlowKind::AccountDeletion => Kind::AccountDeletion,
            FlowKind::Switch => Kind::Switch,
            FlowKind::ContextSwitch => Kind::ContextSwitch,
        }
    }
}

impl From<Kind> for FlowKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::UserInitiated => FlowKind::UserInitiated,
            Kind::SessionTimeout => FlowKind::SessionTimeout,
            Kind::TokenExpiry => FlowKind::TokenExpiry,
            Kind::Forced => FlowKind::Forced,
            Kind::AccountDeletion => FlowKind::AccountDeletion,
            Kind::Switch => FlowKind::Switch,
            Kind::ContextSwitch => FlowKind::ContextSwitch,
        }
    }
}

impl From<&farewell_analysis::Verdict> for Verdict {
    fn from(verdict: &farewell_analysis::Verdict) -> Self {
        match verdict {
            farewell_analysis::Verdict::Released => Verdict::Released,
            farewell_analysis::Verdict::NobodySignedIn => Verdict::NobodySignedIn,
            farewell_analysis::Verdict::Covered(_) => Verdict::Covered,
            farewell_analysis::Verdict::Kept => Verdict::Kept,
            farewell_analysis::Verdict::Late => Verdict::TooLate,
            farewell_analysis::Verdict::Attempted => Verdict::Attempted,
            farewell_analysis::Verdict::Uncertain => Verdict::Uncertain,
            farewell_analysis::Verdict::Unjudged(_) => Verdict::NotJudged,
        }
    }
}

impl From<farewell_analysis::Totals> for Totals {
    fn from(totals: farewell_analysis::Totals) -> Self {
        let farewell_analysis::Totals { flows, flows_kept, ways_out, safe, kept, uncertain, unjudged } = totals;
        Totals { flows, flows_kept, ways_out, safe, kept, uncertain, unjudged }
    }
}
