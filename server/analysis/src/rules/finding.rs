//! Findings. Owns what a rule says and what it would have edited; must not know how an edit is written.

use std::sync::Arc;

use super::Rule;
use crate::lowering::{BodyId, NodeId};
use crate::source::Span;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Hint,
    /// Worth a look.
    Information,
    /// A fault on some path.
    Warning,
    /// A fault on every path.
    Error,
}

impl Severity {
    /// Every severity, the mildest first.
    pub const ALL: [Severity; 4] = [Severity::Hint, Severity::Information, Severity::Warning, Severity::Error];

    /// The severity's name in output and configuration.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Information => "information",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// The severity of a name, or `None` where there is none of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }
}

/// How an editor may show a finding's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// Struck through.
    Deprecated,
    /// Faded.
    Unnecessary,
}

/// One fault at one place of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that found it.
    pub rule: Rule,
    /// How grave it is, after the configuration.
    pub severity: Severity,
    /// Where, in bytes of the file that it was asked for.
    pub span: Span,
    /// What is wrong, in one or two sentences.
    pub message: String,
    /// What to do about it, in one sentence.
    pub help: String,
    /// The path that leads there, told step by step.
    pub related: Vec<Related>,
    /// How an editor may show it.
    pub tag: Option<Tag>,
    /// What would mend it, the preferred way first. None of it is proved yet: [`crate::fixes`] does that.
    pub remedies: Vec<Remedy>,
}

/// A place that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The file, by its path as given to the database.
    pub path: Arc<str>,
    /// Where in that file, in bytes.
    pub span: Span,
    /// What happens there: "the logout starts here", "leaves the page here".
    pub message: String,
}

/// Whether an edit can change what the program does beyond the fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Safety {
    /// It cannot: it may be applied without a look.
    Safe,
    /// It may: a person decides.
    Suggestion,
}

impl Safety {
    /// The safety's name in output.
    pub const fn name(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Suggestion => "suggestion",
        }
    }
}

/// A way to mend a finding, before it is written as edits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// What the user reads: "Anonymize before leaving the page".
    pub title: String,
    /// Whether it may be applied without a look.
    pub safety: Safety,
    /// What to do, in order.
    pub actions: Vec<RemedyAction>,
}

/// One edit of a remedy, in terms of bodies and nodes of the finding's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemedyAction {
    /// Write the platform's anonymize call as a statement before the statement of a node.
    AnonymizeBefore {
        /// The body.
        body: BodyId,
        /// The node.
        node: NodeId,
    },
    /// Write the platform's anonymize call as the last statement of a body.
    AnonymizeAtEnd {
        /// The body.
        body: BodyId,
    },
    /// Write the platform's event call, named for the flow, as a statement before the statement of a node.
    EventBefore {
        /// The body.
        body: BodyId,
        /// The node.
        node: NodeId,
        /// The event's name: `Logout`.
        event: String,
    },
    /// Write a call of the project's own wrapper as a statement before the statement of a node.
    CallBefore {
        /// The body.
        body: BodyId,
        /// The node.
        node: NodeId,
        /// The callee as it is written in this file: `this.clear`.
        callee: String,
    },
    /// Move the statement of a node before the statement of another one, of the same body or one around it. A
    /// condition around the moved call that only asks for the SDK moves with it.
    MoveBefore {
        /// The body.
        body: BodyId,
        /// The node whose statement moves.
        node: NodeId,
        /// The body and the node before whose statement it goes.
        before: (BodyId, NodeId),
    },
    /// Move the statement of a node behind a loop, given by its bytes.
    MoveBehind {
        /// The body.
        body: BodyId,
        /// The node whose statement moves.
        node: NodeId,
        /// The loop's bytes.
        behind: Span,
    },
    /// Write the platform's anonymize call in the place of a node's call (with its `await`).
    ReplaceWithAnonymize {
        /// The body.
        body: BodyId,
        /// The node.
        node: NodeId,
    },
    /// Write the platform's own form of a call in its place: an identify stays an identify, an event an event.
    ReplaceWithPlatformForm {
        /// The body.
        body: BodyId,
        /// The node.
        node: NodeId,
    },
    /// Make a branch of a call that names a fake user beside a real one: identify if there is a user,
    /// anonymize else.
    BranchOnUser {
        /// The body.
        body: BodyId,
        /// The node.
        node: NodeId,
    },
    /// Put a call of an `…Async` anonymize into `try` with a time-out, and await it.
    AwaitWithTimeout {
        /// The body.
        body: BodyId,
        /// The node of the call.
        node: NodeId,
    },
    /// Remove a node's call, with its statement where that leaves it empty.
    Remove {
        /// The body.
        body: BodyId,
        /// The node.
        node: NodeId,
    },
    /// Replace bytes by a text: an import's name, a suppression's reason.
    Replace {
        /// The bytes.
        span: Span,
        /// The text.
        text: String,
    },
    /// Remove a comment, with its line where that leaves it empty.
    RemoveComment {
        /// The comment's bytes.
        span: Span,
    },
}
