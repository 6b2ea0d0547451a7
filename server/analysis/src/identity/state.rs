//! The lattice: what is known of identity on one path. Owns the path state and how effects change it;
//! must not know names or rules.

use crate::database::SourceFile;
use crate::lowering::{BodyId, NodeId};
use crate::vocabulary::Reach;

/// A node of a body of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Site {
    /// The file.
    pub file: SourceFile,
    /// The body.
    pub body: BodyId,
    /// The node.
    pub node: NodeId,
}

/// Whose session Fullstory records, as far as one path shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Identity {
    /// Nothing has happened yet on this path: whoever was identified still is.
    #[default]
    Unknown,
    /// This path identified somebody.
    Identified,
    /// This path released the identity.
    Released,
    /// A condition on this path says that nobody is signed in.
    Nobody,
    /// Something on this path may have released it out of sight.
    Uncertain,
    /// This path meant to release it, by a call that is a finding of its own.
    Attempted,
    /// This path released the identity and then identified somebody.
    Reidentified,
}

impl Identity {
    /// Whether whoever was identified before certainly still is.
    pub const fn is_kept(self) -> bool {
        matches!(self, Identity::Unknown | Identity::Identified)
    }
}

/// Which steps of a logout have happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Steps {
    /// Any: a sign-out, cleared auth, another tool's reset, a navigation.
    pub any: bool,
    /// Auth state was cleared.
    pub cleared: bool,
    /// A session was ended: by an auth library's sign-out, or by a flow that was called.
    pub ended: bool,
}

/// Whether there are states, and identity is the given one in all of them.
pub fn all_are<'s>(states: impl IntoIterator<Item = &'s PathState>, identity: Identity) -> bool {
    let mut states = states.into_iter().peekable();
    states.peek().is_some() && states.all(|state| state.identity == identity)
}

/// What is known at one point of one path. A body's states at a node are the set of these over all
/// paths to it, so that facts which belong together stay together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PathState {
    /// Whose session it is.
    pub identity: Identity,
    /// The farthest navigation that has begun.
    pub navigated: Option<Reach>,
    /// The first navigation that left while the identity was kept, until it is released after all.
    pub left_at: Option<Site>,
    /// The steps of a logout.
    pub steps: Steps,
    /// The steps before a call whose promise has not settled: if it is rejected, it has done nothing.
    pub unsettled: Option<Steps>,
    /// Whether an event was tracked.
    pub event: bool,
    /// An `…Async` anonymize behind which no navigation has come yet: one that nobody waits for, or one
    /// that is awaited without a guard.
    pub asynchronous: Option<Site>,
    /// What this body's repeated conditions were found to be on this path: two bits for each.
    pub assumed: u32,
    /// Which of this body's later callbacks are still to run: one bit for each.
    pub pending: u32,
    /// Which of this body's parameters the caller gave nobody for (`setUser(null)`): one bit for each.
    pub arguments: Arguments,
}

/// What is known of a call's first eight arguments, by their positions: one bit for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Arguments {
    /// Those that are nobody: `null`, `undefined`, `false`.
    pub absent: u8,
    /// The callbacks that the call itself runs when its callee is done: in the callee they do nothing more.
    pub callbacks: u8,
}

impl Arguments {
    /// Whether the argument at a position is nobody.
    pub const fn is_absent(self, position: u32) -> bool {
        position < 8 && self.absent & (1 << position) != 0
    }

    /// Whether the argument at a position is a callback that the call itself runs.
    pub const fn is_callback(self, position: u32) -> bool {
        position < 8 && self.callbacks & (1 << position) != 0
    }
}

impl PathState {
    /// The state as a callee sees it on entry: the caller's conditions and callbacks are no concern of it.
    /// `arguments` tells what is known of what it is given.
    pub const fn entering(mut self, arguments: Arguments) -> Self {
        self.assumed = 0;
        self.pending = 0;
        self.arguments = arguments;
        self
    }

    /// The callee's state at its exit as the caller goes on with it.
    pub const fn returning_to(mut self, caller: PathState) -> Self {
        self.assumed = caller.assumed;
        self.pending = caller.pending;
        self.arguments = caller.arguments;
        self
    }

    /// Whether a path may have come here from where a body that it started waits: what the body did before
    /// it waited has been done.
    pub fn may_come_from(self, waited: &PathState) -> bool {
        let keeps = self.identity.is_kept() && !waited.identity.is_kept();
        !keeps && waited.event <= self.event && waited.navigated <= self.navigated
    }

    /// Puts off what a node starts, by its number, until this body waits or ends.
    pub const fn put_off(mut self, number: u32) -> Self {
        self.pending |= 1 << number;
        self
    }

    /// Releases the identity.
    pub const fn release(mut self) -> Self {
        self.identity = Identity::Released;
        self.left_at = None;
        self
    }

    /// Identifies somebody.
    pub const fn identify(mut self) -> Self {
        self.identity = match self.identity {
            Identity::Unknown | Identity::Identified => Identity::Identified,
            _ => Identity::Reidentified,
        };
        self
    }

    /// Navigates at a site.
    pub fn navigate(mut self, reach: Reach, site: Site) -> Self {
        if self.navigated.is_none() && self.identity.is_kept() {
            self.left_at = Some(site);
        }
        self.navigated = self.navigated.max(Some(reach));
        self.steps.any = true;
        self
    }

    /// Meets something that may have released the identity out of sight. What left before it has left
    /// with the identity all the same.
    pub const fn perhaps_release(mut self) -> Self {
        if self.identity.is_kept() {
            self.identity = Identity::Uncertain;
        }
        self
    }

    /// Meets something that means to release the identity.
    pub const fn attempt(mut self) -> Self {
        if self.identity.is_kept() {
            self.identity = Identity::Attempted;
        }
        self.left_at = None;
        self
    }

    /// Learns that whoever meant to leave has not: what comes is no part of a logout.
    pub const fn stays(mut self) -> Self {
        self.steps = Steps { any: false, cleared: false, ended: false };
        self
    }

    /// Goes on behind a call whose promise has yet to settle. `before` is the state before the call.
    pub const fn awaiting(mut self, before: PathState) -> Self {
        if self.unsettled.is_none() {
            self.unsettled = Some(before.steps);
        }
        self
    }

    /// The promise that was waited for is fulfilled.
    pub const fn fulfilled(mut self) -> Self {
        self.unsettled = None;
        self
    }

    /// The promise that was waited for is rejected.
    pub const fn rejected(mut self) -> Self {
        if let Some(before) = self.unsettled {
            self.steps = before;
        }
        self.fulfilled()
    }

    /// Learns that nobody is signed in.
    pub const fn nobody(mut self) -> Self {
        if self.identity.is_kept() {
            self.identity = Identity::Nobody;
        }
        self
    }

    /// Meets a condition that this body asks more than once, by its number. `None` where this path has
    /// found the opposite before, so that it cannot go on here.
    pub const fn assume(mut self, number: u32, holds: bool) -> Option<Self> {
        let known = 1 << (2 * number);
        let value = 2 << (2 * number);
        if self.assumed & known != 0 {
            let held = self.assumed & value != 0;
            return if held == holds { Some(self) } else { None };
        }
        self.assumed |= known;
        if holds {
            self.assumed |= value;
        }
        Some(self)
    }

    /// Forgets what a condition was found to be: something that it asks about was assigned.
    pub const fn forget(mut self, number: u32) -> Self {
        self.assumed &= !(3 << (2 * number));
        self
    }
}
