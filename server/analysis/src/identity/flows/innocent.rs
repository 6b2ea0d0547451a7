//! What looks like a logout and is none: what deletes one of many things, ends somebody else's session, only links to a
//! page or computes the next state. Owns what speaks against a flow; must not know what speaks for one.

use std::collections::BTreeSet;

use super::super::deeds::deeds;
use super::super::does::Deeds;
use super::own::Finder;
use crate::linking::BodyAt;
use crate::lowering::{BindingId, Body, BodyId, ImportName, Name, NodeId, Path, Root, Step, Value};
use crate::vocabulary::{Effect, FlowKind};

impl Finder<'_> {
    /// Whether a body is told by its parameter's type that nobody is signed in, and only shows a screen then:
    /// `handleUnauthenticated(Unauthenticated state)`.
    pub(super) fn only_hears_of_nobody(&self, body: &Body, done: Deeds) -> bool {
        let is_nobody = |binding: &BindingId| {
            let declared = self.lowered.binding(*binding).declared_type.clone();
            declared.is_some_and(|path| self.vocabulary.is_nobody_case(&Value::Path(path)))
        };
        !done.any(Deeds::SIGNS_OUT.and(Deeds::CLEARS_AUTH)) && body.parameters.iter().any(is_nobody)
    }

    pub(super) fn arrives(&self, name: &Option<Name>) -> bool {
        name.as_deref().is_some_and(|name| self.vocabulary.is_arrival(name))
    }

    /// Whether a body stands in what lets somebody in: a login form, a page to reset a password.
    pub(super) fn in_arrival(&self, body: &Body) -> bool {
        let is_arrival = |name: &Name| self.vocabulary.is_arrival(name) || self.vocabulary.is_arrival_screen(name);
        self.around(body).any(|body| {
            let class = body.class.and_then(|class| self.lowered.class(class).name.as_ref());
            self.arrives(&body.name) || class.is_some_and(is_arrival)
        })
    }

    /// Whether an account that is deleted is one of many, as a bank account is: the body is told which, and
    /// nobody is signed out.
    pub(super) fn deletes_a_thing(&self, id: BodyId, body: &Body, kind: FlowKind) -> bool {
        if kind != FlowKind::AccountDeletion || body.parameters.is_empty() {
            return false;
        }
        let done = deeds(self.db, self.at(id));
        let signs_out = Deeds::SIGNS_OUT
            .and(Deeds::CLEARS_AUTH)
            .and(Deeds::RESETS_OTHERS)
            .and(Deeds::MAY_RELEASE)
            .and(Deeds::ANONYMIZES);
        let told_which =
            body.parameters.iter().any(|it| self.vocabulary.names_a_thing(&self.lowered.binding(*it).name));
        told_which && !done.any(signs_out) && !self.goes_to_login(id)
    }

    /// Whether a body is told which device is meant: who calls it need not sign out the user of this one.
    pub(super) fn of_some_device(&self, body: &Body) -> bool {
        body.parameters.iter().any(|it| self.vocabulary.names_a_device(&self.lowered.binding(*it).name))
    }

    /// Whether a body stands in a class that keeps a social network's session, by its name or by what it is
    /// declared to be.
    pub(super) fn is_social(&self, body: &Body) -> bool {
        let is_declared_so = |path: &Path| match (&path.root, path.last_member()) {
            (_, Some(name)) | (Root::Global(name) | Root::Import { name: ImportName::Named(name), .. }, None) => {
                self.vocabulary.is_social(name)
            }
            (Root::Local(binding), None) => self.vocabulary.is_social(&self.lowered.binding(*binding).name),
            _ => false,
        };
        self.around(body).filter_map(|body| body.class).map(|class| self.lowered.class(class)).any(|class| {
            class.name.as_ref().is_some_and(|name| self.vocabulary.is_social(name))
                || class.parent.iter().chain(&class.interfaces).any(is_declared_so)
        })
    }

    /// A body and those around it, the innermost first.
    fn around<'b>(&'b self, body: &'b Body) -> impl Iterator<Item = &'b Body> {
        std::iter::successors(Some(body), |body| body.parent.map(|parent| self.lowered.body(parent)))
    }

    /// Whether a body that only a session's end names does nothing but let go of a session, as what measures
    /// a visit does: `finishSession` with `activeSession = null`.
    pub(super) fn only_drops_a_session(&self, id: BodyId, body: &Body, done: Deeds) -> bool {
        let others = Deeds::LOGOUT_STEP.and(Deeds::MAY_RELEASE).and(Deeds::ANONYMIZES).without(Deeds::CLEARS_AUTH);
        let names_session = |name: &Name| self.vocabulary.names_a_session(name);
        if !self.view.platform.is_native()
            || done.any(others)
            || !body.name.as_ref().is_some_and(names_session)
            || !done.any(Deeds::CLEARS_AUTH)
        {
            return false;
        }
        let mut seen = BTreeSet::new();
        let mut work = vec![id];
        while let Some(here) = work.pop() {
            if !seen.insert(here) {
                continue;
            }
            let lowered = self.lowered.body(here);
            for (node, linked) in self.links.nodes(here) {
                let drops = match &lowered.code_anywhere().node(node).step {
                    Step::Assign(assign) => self.vocabulary.holds_a_session(&assign.written),
                    Step::Call(call) => self.vocabulary.stops_a_session(&call.written),
                    _ => false,
                };
                if linked.meaning.effects.contains(&Effect::ClearAuth) && !drops {
                    return false;
                }
                let targets = || linked.invocations.iter().map(|invocation| invocation.target);
                let (here, elsewhere): (Vec<BodyAt>, Vec<BodyAt>) =
                    targets().partition(|target| target.file == self.file);
                // What another file's body does to the session was not looked at.
                if elsewhere.into_iter().any(|target| deeds(self.db, target).any(Deeds::CLEARS_AUTH)) {
                    return false;
                }
                work.extend(here.into_iter().map(|target| target.body));
            }
        }
        true
    }

    /// Whether a body only computes the next state: a reducer, or a mutation of its first parameter.
    pub(super) fn only_reduces(&self, id: BodyId, body: &Body) -> bool {
        if self.vocabulary.is_reducer(&body.used_as) {
            return true;
        }
        let Some(state) = body.parameters.first() else { return false };
        let mut clears = self
            .links
            .nodes(id)
            .filter(|(_, node)| !node.meaning.effects.is_empty() || !node.invocations.is_empty())
            .peekable();
        let of_state = |node: NodeId| match &body.code_anywhere().node(node).step {
            Step::Assign(it) => it.target.root == Root::Local(*state) && !it.target.segments.is_empty(),
            _ => false,
        };
        clears.peek().is_some() && clears.all(|(node, _)| of_state(node))
    }

    /// Whether a body only goes to some screen that is no login: a link to the page where the logout is.
    pub(super) fn only_links(&self, id: BodyId, done: Deeds) -> bool {
        let does_more = Deeds::LEAVES_DOCUMENT
            .and(Deeds::SIGNS_OUT)
            .and(Deeds::CLEARS_AUTH)
            .and(Deeds::REQUESTS)
            .and(Deeds::ANONYMIZES)
            .and(Deeds::IDENTIFIES)
            .and(Deeds::MAY_RELEASE);
        done.any(Deeds::LEAVES_SCREEN)
            && !done.any(does_more)
            && (!self.goes_to_login(id) || self.goes_to_logout_page(id))
    }

    fn goes_to_logout_page(&self, id: BodyId) -> bool {
        let body = self.lowered.body(id);
        self.links
            .nodes(id)
            .any(|(node, link)| link.meaning.reach().is_some() && self.vocabulary.goes_to_logout_page(body.node(node)))
    }

    /// Whether a body is a thin client of the server: it sends the request, hands the answer back, and
    /// does nothing else.
    pub(super) fn only_sends(&self, id: BodyId, body: &Body, done: Deeds) -> bool {
        if done.any(Deeds::LOGOUT_STEP.and(Deeds::ANONYMIZES).and(Deeds::IDENTIFIES).and(Deeds::TRACKS)) {
            return false;
        }
        let nodes = &body.code_anywhere().nodes;
        let calls = nodes.iter().filter(|node| matches!(node.step, Step::Call(_))).count();
        let returns = nodes.iter().any(|node| matches!(node.step, Step::Return(_)));
        let branches = nodes.iter().any(|node| matches!(node.step, Step::Assume { .. }) || node.in_catch);
        let links = self.links;
        let sends = links.nodes(id).any(|(_, node)| !node.meaning.effects.is_empty());
        let may_release = done.any(Deeds::MAY_RELEASE);
        (sends || may_release) && !branches && (calls <= 1 || calls <= 4 && returns && !may_release)
    }
}
