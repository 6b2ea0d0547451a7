//! Meanings. Owns what a step can mean to identity; must not know which names mean it.

use std::sync::Arc;

use super::Platform;
use crate::lowering::{Name, Value};
use crate::source::Span;

/// What one step means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepMeaning {
    /// Its effects, in the order in which they happen (`signOut({ callbackUrl })` signs out, then navigates).
    pub effects: Vec<Effect>,
    /// Whether the step is known never to throw: clearing storage, logging, a Fullstory call, a navigation.
    pub never_throws: bool,
    /// Whether an unknown callee may release identity out of sight (`trackers.resetUser()` of another
    /// file, a logout of an unresolved service), so that nothing behind it is certain.
    pub may_release: bool,
}

impl StepMeaning {
    /// Whether the step releases the identity, and does not only mean to.
    pub fn releases(&self) -> bool {
        self.effects.iter().any(|effect| matches!(effect, Effect::Anonymize(anonymize) if anonymize.fault.is_none()))
    }

    /// Whether it tells of places in its text, or of what has a number in its file.
    pub fn tells_places(&self) -> bool {
        self.effects.iter().any(|effect| match effect {
            Effect::Identify(_) => true,
            Effect::Anonymize(anonymize) => anonymize.fault.is_some(),
            _ => false,
        })
    }

    /// How far the step navigates; `None` where it does not.
    pub fn reach(&self) -> Option<Reach> {
        let reach = |effect: &Effect| match effect {
            Effect::Navigate(reach) => Some(*reach),
            _ => None,
        };
        self.effects.iter().filter_map(reach).max()
    }
}

/// One effect of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Releases the identity, or means to and does not (`fault`).
    Anonymize(Box<Anonymize>),
    /// Sets the identity, or means to.
    Identify(Box<Identify>),
    /// A Fullstory event.
    Track,
    /// A Fullstory user property.
    UserProperty,
    /// Leaves the page or screen.
    Navigate(Reach),
    /// The app's own auth library ends the session. The text names the library.
    SignOut(Name),
    /// Another vendor's session ends (`GoogleSignin.signOut`): not the app's logout.
    ThirdPartySignOut(Name),
    /// Tokens, cookies, storage or user state are cleared, or state flips to signed out.
    ClearAuth,
    /// Looks like an anonymize and is none.
    Lookalike(Lookalike),
    /// Another tool's identity is reset (`posthog.reset()`). The text names the tool.
    ResetsOther(Name),
    /// A request to the server.
    Request,
}

impl From<Anonymize> for Effect {
    fn from(anonymize: Anonymize) -> Self {
        Self::Anonymize(Box::new(anonymize))
    }
}

impl From<Identify> for Effect {
    fn from(identify: Identify) -> Self {
        Self::Identify(Box::new(identify))
    }
}

/// How far a navigation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// The program lives on: a router's push.
    InApp,
    /// The page or process goes away.
    Document,
}

/// In which form a Fullstory call is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ApiForm {
    /// `FS('operation', …)`.
    Operation,
    /// `FS.method(…)`.
    Method,
    /// A wrapper or another vendor's plugin that is known to do it.
    Wrapper,
}

/// A call that releases the identity or means to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anonymize {
    /// How it is written.
    pub form: ApiForm,
    /// Whether it is an `…Async` operation, whose promise settles later.
    pub asynchronous: bool,
    /// Why it does not release, where it does not.
    pub fault: Option<Fault>,
    /// A v1 form where the v2 API is there: the text says which, and what to write instead.
    pub deprecated: Option<Arc<str>>,
    /// The callable as written in the file, to write it again: `FS`, `window.FS`, `FullStory`.
    pub callable: Arc<str>,
}

/// A call that sets the identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identify {
    /// Who is identified.
    pub uid: Value,
    /// The bytes of that expression, for its text.
    pub uid_span: Option<Span>,
    /// Whether it is an `…Async` operation.
    pub asynchronous: bool,
    /// Why it is wrong, where it is.
    pub fault: Option<Fault>,
    /// How it is written.
    pub form: ApiForm,
    /// The callable as written in the file.
    pub callable: Arc<str>,
}

/// What is wrong with a Fullstory call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The call means to anonymize and does not, or names a fake user. `message` is a whole sentence.
    Syntax {
        /// What is wrong.
        message: Arc<str>,
        /// The bytes of the part that is wrong.
        span: Span,
        /// Whether the call holds both `anonymous` and `uid`, so that either may be kept.
        contradictory: bool,
        /// Whether the value is a fake user beside a real one (`user?.id ?? 'anonymous'`): the fix is a branch.
        fallback: bool,
    },
    /// The form of another platform or SDK generation.
    Platform {
        /// Whose form it is.
        written_for: Platform,
        /// What is wrong: a whole sentence.
        message: Arc<str>,
    },
}

/// Something that looks like an anonymize.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookalike {
    /// What it does instead, a whole sentence: "`FS('shutdown')` only stops capture; it does not release the identity."
    pub message: Arc<str>,
}

/// When a callback runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Runs {
    /// Here, once, before the call returns (or its awaited promise settles): `Promise`'s executor,
    /// `batch(() => …)`, `startTransition`, `runInAction`.
    Now,
    /// Here, any number of times: `forEach`.
    Each,
    /// Once, later: `setTimeout`, `requestAnimationFrame`, `onSuccess` of a mutation.
    Later,
    /// Again and again: `setInterval`, a scroll or input listener.
    Repeatedly,
    /// When something failed: `onError`, an error boundary, `window.onerror`, an axios response interceptor's second.
    OnError,
    /// When the component or screen comes up, or on each change of its dependencies: `useEffect`, `onMounted`.
    OnMount,
    /// When auth state changes: `onAuthStateChanged`, `watch(user, …)`.
    OnAuthChange,
    /// The call's value is the callback: `useCallback`, `debounce`, `memo`.
    Wrapped,
    /// When a person or the system does something, if ever: `addEventListener('click', …)`, `onPress`.
    OnEvent,
    /// When a message comes for which it is registered: `takeLatest(LOGOUT, …)`. Sending that runs it.
    Dispatched,
    /// Nobody knows.
    #[default]
    Unknown,
}

/// What a condition asks, when it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConditionMeaning {
    /// The SDK is there or ready; so does a build, flag or consent switch, if it also guards the identify.
    SdkPresent,
    /// The SDK is missing or not ready: the opposite.
    SdkMissing,
    /// Nobody is signed in.
    NobodySignedIn,
    /// Somebody is signed in.
    SomebodySignedIn,
    /// The step before failed, so that nobody has left.
    Failed,
    /// The step before went well.
    Succeeded,
    /// Somebody is to be signed out: `if (logoutUser)`, `if (shouldSignOut)`.
    Leaving,
    /// Nobody is to be signed out.
    Staying,
    /// Anything else.
    Other,
}

/// Why a user leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlowKind {
    /// The user asked for it.
    UserInitiated,
    /// The session timed out by idleness.
    SessionTimeout,
    /// A token expired, or the server answered that the user is not authorised.
    TokenExpiry,
    /// An administrator or the app forced it.
    Forced,
    /// The account is deleted.
    AccountDeletion,
    /// Another person takes over: account, user, profile, impersonation.
    Switch,
    /// The organisation, company, workspace, tenant, team or server changes; the person stays.
    ContextSwitch,
}

impl FlowKind {
    /// Every kind, in the order of a report.
    pub const ALL: [FlowKind; 7] = [
        FlowKind::UserInitiated,
        FlowKind::SessionTimeout,
        FlowKind::TokenExpiry,
        FlowKind::Forced,
        FlowKind::AccountDeletion,
        FlowKind::Switch,
        FlowKind::ContextSwitch,
    ];

    /// The kind's name in tables and in output for programs.
    pub const fn name(self) -> &'static str {
        match self {
            FlowKind::UserInitiated => "user-initiated",
            FlowKind::SessionTimeout => "session-timeout",
            FlowKind::TokenExpiry => "token-expiry",
            FlowKind::Forced => "forced",
            FlowKind::AccountDeletion => "account-deletion",
            FlowKind::Switch => "switch",
            FlowKind::ContextSwitch => "context-switch",
        }
    }

    /// What a person calls such flows as a heading.
    pub const fn heading(self) -> &'static str {
        match self {
            FlowKind::UserInitiated => "Logout by the user",
            FlowKind::SessionTimeout => "Session time-out",
            FlowKind::TokenExpiry => "Expired token or refused request",
            FlowKind::Forced => "Forced logout",
            FlowKind::AccountDeletion => "Account deletion",
            FlowKind::Switch => "Switch to another person",
            FlowKind::ContextSwitch => "Switch of organisation or server",
        }
    }

    /// What a person calls such a flow, at the start of a sentence.
    pub const fn describe(self) -> &'static str {
        match self {
            FlowKind::UserInitiated => "The logout",
            FlowKind::SessionTimeout => "The session time-out",
            FlowKind::TokenExpiry => "The end of an expired session",
            FlowKind::Forced => "The forced logout",
            FlowKind::AccountDeletion => "The account deletion",
            FlowKind::Switch => "The switch to another person",
            FlowKind::ContextSwitch => "The switch to another context",
        }
    }

    /// The event's name that a fix writes for such a flow.
    pub const fn event_name(self) -> &'static str {
        match self {
            FlowKind::UserInitiated => "Logout",
            FlowKind::SessionTimeout => "Session Timed Out",
            FlowKind::TokenExpiry => "Session Expired",
            FlowKind::Forced => "Forced Logout",
            FlowKind::AccountDeletion => "Account Deleted",
            FlowKind::Switch => "Account Switched",
            FlowKind::ContextSwitch => "Context Switched",
        }
    }
}

/// What a name says about a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlowName {
    /// Which way out it names.
    pub kind: FlowKind,
}
