//! What a body does, with everything that it runs: the coarse summary from which flows are told. Owns
//! the set of deeds; must not know paths through a body.

use super::links::{Invocation, LinkedNode};
use crate::linking::BodyAt;
use crate::lowering::NodeId;
use crate::vocabulary::{Effect, Reach};

/// A set of deeds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Deeds(u16);

impl Deeds {
    /// It leaves the page or process.
    pub const LEAVES_DOCUMENT: Deeds = Deeds(1);
    /// It leaves the screen.
    pub const LEAVES_SCREEN: Deeds = Deeds(1 << 1);
    /// It ends the session of the app's own auth library.
    pub const SIGNS_OUT: Deeds = Deeds(1 << 2);
    /// It clears auth state.
    pub const CLEARS_AUTH: Deeds = Deeds(1 << 3);
    /// It sends a request.
    pub const REQUESTS: Deeds = Deeds(1 << 4);
    /// It releases the identity, or means to.
    pub const ANONYMIZES: Deeds = Deeds(1 << 5);
    /// It identifies somebody.
    pub const IDENTIFIES: Deeds = Deeds(1 << 6);
    /// It tracks an event or sets a user property.
    pub const TRACKS: Deeds = Deeds(1 << 7);
    /// It calls something out of sight that may release the identity.
    pub const MAY_RELEASE: Deeds = Deeds(1 << 8);
    /// It resets another tool's identity, as a logout does.
    pub const RESETS_OTHERS: Deeds = Deeds(1 << 9);

    /// What makes a path of a logout one that has to release the identity.
    pub const LOGOUT_STEP: Deeds = Deeds::LEAVES_DOCUMENT
        .and(Deeds::LEAVES_SCREEN)
        .and(Deeds::SIGNS_OUT)
        .and(Deeds::CLEARS_AUTH)
        .and(Deeds::RESETS_OTHERS);

    /// Whether any of the given deeds is among these.
    pub const fn any(self, of: Deeds) -> bool {
        self.0 & of.0 != 0
    }

    /// These and the given ones.
    pub const fn and(self, other: Deeds) -> Deeds {
        Deeds(self.0 | other.0)
    }

    /// These without the given ones.
    pub const fn without(self, other: Deeds) -> Deeds {
        Deeds(self.0 & !other.0)
    }

    fn of(effect: &Effect) -> Deeds {
        match effect {
            Effect::Anonymize(_) => Deeds::ANONYMIZES,
            Effect::Identify(_) => Deeds::IDENTIFIES,
            Effect::Track | Effect::UserProperty => Deeds::TRACKS,
            Effect::Navigate(Reach::Document) => Deeds::LEAVES_DOCUMENT,
            Effect::Navigate(Reach::InApp) => Deeds::LEAVES_SCREEN,
            Effect::SignOut(_) => Deeds::SIGNS_OUT,
            Effect::ClearAuth => Deeds::CLEARS_AUTH,
            Effect::Request => Deeds::REQUESTS,
            Effect::ResetsOther(_) => Deeds::RESETS_OTHERS,
            Effect::Lookalike(_) | Effect::ThirdPartySignOut(_) => Deeds::default(),
        }
    }
}

/// What a body does by itself, and which bodies it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Does {
    /// What it does itself, without what it runs.
    pub(super) deeds: Deeds,
    /// The bodies that it runs in its own name: callbacks and promise chains written in it.
    pub(super) parts: Box<[BodyAt]>,
    /// The bodies that it runs where they are called by name: what a reader would call its callees.
    pub(super) callees: Box<[BodyAt]>,
}

impl Does {
    /// What a body does in its nodes.
    pub(super) fn of(nodes: &[(NodeId, LinkedNode)]) -> Self {
        let nodes = || nodes.iter().map(|(_, node)| node);
        let of_node = |deeds: Deeds, node: &LinkedNode| {
            let deeds = node.meaning.effects.iter().fold(deeds, |deeds, effect| deeds.and(Deeds::of(effect)));
            if node.meaning.may_release { deeds.and(Deeds::MAY_RELEASE) } else { deeds }
        };
        let runs = |is_one: fn(&Invocation) -> bool| {
            let invocations = nodes().flat_map(|node| &node.invocations).filter(|invocation| is_one(invocation));
            let mut targets: Vec<BodyAt> = invocations.map(|invocation| invocation.target).collect();
            targets.sort_unstable();
            targets.dedup();
            targets.into_boxed_slice()
        };
        Self {
            deeds: nodes().fold(Deeds::default(), of_node),
            parts: runs(Invocation::is_part),
            callees: runs(|invocation| invocation.by_name),
        }
    }
}
