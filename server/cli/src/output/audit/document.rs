//! The logout map as it is shown, and its JSON contract, version 1: paths from the working directory, lines
//! and columns from 1. Owns its shape, which is kept: fields may be added, none is renamed, removed or given
//! another meaning. The schema in `schema/audit-v1.json` is made from these types.

use schemars::JsonSchema;
use serde::Serialize;

use crate::output::document::{Range, Severity};

pub(crate) const VERSION: u32 = 1;

/// What `farewell audit --format json` prints.
#[derive(Serialize, JsonSchema)]
#[schemars(title = "Farewell logout map, version 1")]
pub(crate) struct Document {
    /// The contract's version: 1.
    #[schemars(extend("const" = 1))]
    pub(crate) version: u32,
    /// The flows that no other flow calls, sorted by kind, path and position.
    pub(crate) flows: Vec<Flow>,
    /// The kinds of which no flow was found.
    pub(crate) missing_kinds: Vec<Kind>,
    /// The findings that belong to no flow, sorted by path and position.
    pub(crate) other_findings: Vec<Finding>,
    /// The suppression comments, sorted by path and position.
    pub(crate) suppressions: Vec<Suppression>,
    /// The projects, sorted by folder.
    pub(crate) projects: Vec<Project>,
    /// Counts over all flows.
    pub(crate) totals: Totals,
    /// Counts by kind, for the kinds that were found.
    pub(crate) by_kind: Vec<KindTotals>,
    /// Counts by platform, for the platforms that were found.
    pub(crate) by_platform: Vec<PlatformTotals>,
    /// What was looked at.
    pub(crate) summary: Seen,
}

/// A flow that no other flow calls.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Flow {
    /// What a person would call it: its name, with its class, or its label.
    pub(crate) title: String,
    /// Why the user leaves.
    pub(crate) kind: Kind,
    /// Where its code runs: web, web-v1, react-native, ios, ios-objc, android, android-java or flutter.
    pub(crate) platform: &'static str,
    /// Its name's place.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// What runs it, where it says so itself: `<button onClick>`.
    pub(crate) trigger: Option<String>,
    /// The worst that becomes of the identity on its ways out; null where no way out was found.
    pub(crate) verdict: Option<Verdict>,
    /// Each way out, in the order of the code.
    pub(crate) ways_out: Vec<WayOut>,
    /// What calls it, sorted by path and position.
    pub(crate) callers: Vec<Call>,
    /// The listener or effect that releases the identity in its stead when the user is gone.
    pub(crate) covered_by: Option<Place>,
    /// The findings in what it runs, sorted by path and position.
    pub(crate) findings: Vec<Finding>,
}

/// A way out of a flow.
#[derive(Serialize, JsonSchema)]
pub(crate) struct WayOut {
    /// The navigation's place; the flow's last character where it just ends.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// What happens there.
    pub(crate) leaves: Leaves,
    /// Why the user leaves there: the kind of the innermost flow on the way.
    pub(crate) kind: Kind,
    /// The navigation's code on one line; empty where the flow just ends.
    pub(crate) code: String,
    /// The calls through which the flow comes to it, the outermost first.
    pub(crate) calls: Vec<Call>,
    /// What becomes of the identity.
    pub(crate) verdict: Verdict,
    /// Why it was not judged, where it was not.
    pub(crate) unjudged: Option<&'static str>,
    /// Why it may keep the identity, where a suppression says so.
    pub(crate) accepted: Option<String>,
}

/// A call, at the callee as it is written.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Call {
    /// Its place.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// On the way to a way out what is called; of a caller what calls.
    pub(crate) title: String,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Place {
    /// The file, relative to the working directory, with forward slashes.
    pub(crate) path: String,
    /// Where in the file.
    pub(crate) range: Range,
}

/// Why a user leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    UserInitiated,
    SessionTimeout,
    TokenExpiry,
    Forced,
    AccountDeletion,
    Switch,
    ContextSwitch,
}

/// What happens at a way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Leaves {
    /// The page or process goes away.
    Page,
    /// Another screen is shown.
    Screen,
    /// The flow ends without a navigation of its own.
    End,
}

/// What becomes of the identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    /// It is released before.
    Released,
    /// Nobody is signed in there.
    NobodySignedIn,
    /// It is kept there, and a listener or effect releases it when the user is gone.
    Covered,
    /// It was not judged.
    NotJudged,
    /// It cannot be told.
    Uncertain,
    /// A call means to release it, and does not.
    Attempted,
    /// It is released behind the navigation, which may be too late.
    TooLate,
    /// It is kept.
    Kept,
}

/// A finding, as its rule reports it.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Finding {
    /// The rule's name.
    pub(crate) rule: &'static str,
    /// How grave it is.
    pub(crate) severity: Severity,
    /// Its place.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// What is wrong.
    pub(crate) message: String,
}

/// A suppression comment.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Suppression {
    /// Its place.
    #[serde(flatten)]
    pub(crate) place: Place,
    /// The rules that it names, as written.
    pub(crate) rules: Vec<String>,
    /// Why; without a reason it suppresses nothing.
    pub(crate) reason: Option<String>,
    /// Whether it speaks for the whole file.
    pub(crate) whole_file: bool,
    /// Whether it suppresses anything.
    pub(crate) in_use: bool,
}

/// A project: a manifest's folder.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Project {
    /// Its folder, relative to the working directory, with forward slashes.
    pub(crate) path: String,
    /// Whether it identifies users.
    pub(crate) identity_is_set: bool,
    /// How that is known.
    pub(crate) because: Because,
    /// The call that identifies or anonymizes, where that is how it is known.
    pub(crate) call: Option<Place>,
    /// How many flows it holds.
    pub(crate) flows: usize,
}

/// How it is known whether a project identifies users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Because {
    /// A call identifies or anonymizes.
    Call,
    /// The configuration says so.
    Assumed,
    /// An SDK is there, and nothing identifies a user.
    OnlySdk,
    /// There is no trace of Fullstory.
    Nothing,
}

/// Counts over some flows.
#[derive(Clone, Copy, Default, Serialize, JsonSchema)]
pub(crate) struct Totals {
    /// The flows.
    pub(crate) flows: usize,
    /// Those that keep the identity on a way out.
    pub(crate) flows_kept: usize,
    /// Their ways out.
    pub(crate) ways_out: usize,
    /// Those on which the identity is released, or nobody is signed in, or a listener releases it.
    pub(crate) safe: usize,
    /// Those on which it is kept, released too late, or not by the call that means to.
    pub(crate) kept: usize,
    /// Those of which it cannot be told.
    pub(crate) uncertain: usize,
    /// Those that were not judged.
    pub(crate) unjudged: usize,
}

/// Counts of a kind.
#[derive(Serialize, JsonSchema)]
pub(crate) struct KindTotals {
    pub(crate) kind: Kind,
    #[serde(flatten)]
    pub(crate) totals: Totals,
}

/// Counts of a platform.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PlatformTotals {
    pub(crate) platform: &'static str,
    #[serde(flatten)]
    pub(crate) totals: Totals,
}

/// What was looked at.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub(crate) struct Seen {
    /// How many source files were asked for.
    pub(crate) files_seen: usize,
    /// How many of them were parsed; in the others nothing of the vocabulary occurs.
    pub(crate) files_parsed: usize,
    /// How many bytes they hold.
    pub(crate) bytes_seen: u64,
    /// How long it took, in milliseconds.
    pub(crate) elapsed_ms: u64,
}
