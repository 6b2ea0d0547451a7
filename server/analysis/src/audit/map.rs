//! The logout map as plain data. Owns its shape and what can be counted in it; must not know how it is
//! found. Paths are those given to the database, spans are bytes of those files.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::database::DeclarativeLogout;
use crate::lowering::Name;
use crate::rules::{Rule, Severity};
use crate::source::Span;
use crate::vocabulary::{FlowKind, Platform};

/// Every way out of an app.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// The roots of flows, sorted by kind, path and place.
    pub flows: Vec<AuditedFlow>,
    /// The kinds of which no flow was found, in the order of [`FlowKind::ALL`]. A switch of context is not
    /// asked for.
    pub missing_kinds: Vec<FlowKind>,
    /// The findings that belong to no flow.
    pub other_findings: Vec<AuditedFinding>,
    /// The suppression comments, sorted by path and place.
    pub suppressions: Vec<AuditedSuppression>,
    /// The projects of the files, sorted by folder.
    pub projects: Vec<AuditedProject>,
}

/// A root of a flow: a flow that no other flow calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditedFlow {
    /// What a person would call it: its name, with its class, or its label.
    pub title: String,
    /// Why the user leaves.
    pub kind: FlowKind,
    /// Where its code runs.
    pub platform: Platform,
    /// Its file.
    pub path: Arc<str>,
    /// Its name, or its first token where it has none.
    pub span: Span,
    /// What runs it, where it says so itself: `<button onClick>`, `api.interceptors.response.use(…)`.
    pub trigger: Option<String>,
    /// Each way out, in the order of the code.
    pub ways_out: Vec<AuditedWayOut>,
    /// The bodies that call it, sorted by path and place.
    pub callers: Vec<AuditedCaller>,
    /// The listener or effect that releases the identity in its stead when the user is gone.
    pub covered_by: Option<DeclarativeLogout>,
    /// The files of what it runs, its own among them.
    pub files: BTreeSet<Arc<str>>,
    /// The findings in what it runs, sorted by path and place.
    pub findings: Vec<AuditedFinding>,
}

/// A way out of a flow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditedWayOut {
    /// Its file.
    pub path: Arc<str>,
    /// The navigation; the flow's last byte where it just ends.
    pub span: Span,
    /// What happens there.
    pub leaves: Leaves,
    /// Why the user leaves there: by the innermost flow on the way. A logout whose request is refused ends as
    /// an expired session does.
    pub kind: FlowKind,
    /// The navigation's code on one line, not cut; empty where the flow just ends.
    pub code: String,
    /// The calls through which the flow comes to it, the outermost first.
    pub calls: Vec<AuditedCall>,
    /// What becomes of the identity.
    pub verdict: Verdict,
    /// Why that is accepted, where a suppression says so.
    pub accepted: Option<String>,
}

/// What happens at a way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Leaves {
    /// The page or process goes away.
    Document,
    /// Another screen is shown.
    Screen,
    /// The flow ends without a navigation of its own.
    End,
}

/// A call on the way from a flow to where it is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditedCall {
    /// The caller's file.
    pub path: Arc<str>,
    /// The callee as it is written.
    pub span: Span,
    /// What is called: its name, with its class, or its label.
    pub title: String,
}

/// What becomes of the identity on a way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is released before.
    Released,
    /// Nobody is signed in there.
    NobodySignedIn,
    /// It is kept there, and a listener or effect releases it when the user is gone.
    Covered(DeclarativeLogout),
    /// It is kept.
    Kept,
    /// It is released behind the navigation, which may be too late.
    Late,
    /// A call means to release it, and does not.
    Attempted,
    /// It cannot be told.
    Uncertain,
    /// It was not judged.
    Unjudged(Unjudged),
}

/// Why a way out was not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unjudged {
    /// Nothing in the project identifies a user.
    IdentityNotSet,
    /// The person stays: only the organisation or server changes.
    PersonStays,
    /// The parser could not read a part of the flow.
    Broken,
}

impl Verdict {
    /// Whether the next person is not recorded as this one.
    pub const fn is_safe(&self) -> bool {
        matches!(self, Verdict::Released | Verdict::NobodySignedIn | Verdict::Covered(_))
    }

    /// Whether the next person is, or may be for a moment, recorded as this one.
    pub const fn is_kept(&self) -> bool {
        matches!(self, Verdict::Kept | Verdict::Late | Verdict::Attempted)
    }
}

/// A body that calls a flow and is none itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditedCaller {
    /// Its file.
    pub path: Arc<str>,
    /// The callee as it is written there.
    pub span: Span,
    /// What a person would call the caller.
    pub title: String,
}

/// A finding, as its rule reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditedFinding {
    /// The rule.
    pub rule: Rule,
    /// How grave it is.
    pub severity: Severity,
    /// Its file.
    pub path: Arc<str>,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
}

/// A suppression comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditedSuppression {
    /// Its file.
    pub path: Arc<str>,
    /// The comment.
    pub span: Span,
    /// The rules that it names, as written.
    pub rules: Vec<Name>,
    /// Why; without a reason it suppresses nothing.
    pub reason: Option<String>,
    /// Whether it speaks for the whole file.
    pub whole_file: bool,
    /// Whether it suppresses anything.
    pub in_use: bool,
}

/// A project: a manifest's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditedProject {
    /// Its folder relative to the workspace; empty for the workspace itself.
    pub folder: Arc<str>,
    /// Whether it identifies users, and how that is known.
    pub identity: IdentityFact,
    /// How many roots of flows it holds.
    pub flows: usize,
}

/// Whether a project identifies users, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdentityFact {
    /// A call identifies or anonymizes; the first one in the order of paths.
    Call {
        /// Its file.
        path: Arc<str>,
        /// The call.
        span: Span,
    },
    /// The configuration says so.
    Assumed,
    /// An SDK is there, and nothing identifies a user.
    OnlySdk,
    /// There is no trace of Fullstory.
    Nothing,
}

impl IdentityFact {
    /// Whether the project identifies users.
    pub const fn is_set(&self) -> bool {
        matches!(self, IdentityFact::Call { .. } | IdentityFact::Assumed)
    }
}

/// What can be counted over some flows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The roots of flows.
    pub flows: usize,
    /// Those that keep the identity on a way out.
    pub flows_kept: usize,
    /// Their ways out.
    pub ways_out: usize,
    /// Those on which the identity is released, or nobody is signed in, or a listener releases it.
    pub safe: usize,
    /// Those on which it is kept, released too late, or not by the call that means to.
    pub kept: usize,
    /// Those of which it cannot be told.
    pub uncertain: usize,
    /// Those that were not judged.
    pub unjudged: usize,
}

impl Totals {
    /// Counts over flows.
    pub fn of<'a>(flows: impl IntoIterator<Item = &'a AuditedFlow>) -> Self {
        let mut totals = Self::default();
        for flow in flows {
            totals.flows += 1;
            totals.flows_kept += usize::from(flow.ways_out.iter().any(|way| way.verdict.is_kept()));
            for way in &flow.ways_out {
                totals.ways_out += 1;
                match &way.verdict {
                    verdict if verdict.is_safe() => totals.safe += 1,
                    verdict if verdict.is_kept() => totals.kept += 1,
                    Verdict::Uncertain => totals.uncertain += 1,
                    _ => totals.unjudged += 1,
                }
            }
        }
        totals
    }
}

impl Audit {
    /// Counts over all flows.
    pub fn totals(&self) -> Totals {
        Totals::of(&self.flows)
    }

    /// Counts by kind, for the kinds that were found.
    pub fn by_kind(&self) -> Vec<(FlowKind, Totals)> {
        let of = |kind| Totals::of(self.flows.iter().filter(|flow| flow.kind == kind));
        FlowKind::ALL.into_iter().map(|kind| (kind, of(kind))).filter(|(_, totals)| totals.flows > 0).collect()
    }

    /// Counts by platform, for the platforms that were found.
    pub fn by_platform(&self) -> Vec<(Platform, Totals)> {
        let of = |platform| Totals::of(self.flows.iter().filter(|flow| flow.platform == platform));
        let all = Platform::ALL.into_iter().map(|platform| (platform, of(platform)));
        all.filter(|(_, totals)| totals.flows > 0).collect()
    }

    /// Every finding once, those of flows and the others, sorted by path, place and rule.
    pub fn findings(&self) -> Vec<&AuditedFinding> {
        let of_flows = self.flows.iter().flat_map(|flow| &flow.findings);
        let mut all: Vec<&AuditedFinding> = of_flows.chain(&self.other_findings).collect();
        all.sort_by_key(|it| (&it.path, it.span, it.rule));
        all.dedup_by_key(|it| (&it.path, it.span, it.rule));
        all
    }
}
