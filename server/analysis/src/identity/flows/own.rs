//! The flows of one file by its own names and deeds. Owns the definition of a flow; must not know rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::deeds::{deeds, deeds_of};
use super::super::does::{Deeds, callees, own_deeds, parts};
use super::super::links::{Invocation, LinkedFile, When, is_hook, linked};
use super::{Flow, ToldBy};
use crate::database::{Db, SourceFile, context, lowered, vocabulary};
use crate::linking::{BodyAt, Target, targets_of_value};
use crate::lowering::{
    BindingId, Body, BodyId, BodyKind, BodyUse, ImportName, LoweredFile, Name, NodeId, Path, Root, Step, Value,
};
use crate::vocabulary::{Effect, FileView, FlowKind, FlowName, Runs, ServerScope, Vocabulary};

/// The flows of a file by its own names and deeds, and which bodies are parts of others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OwnFlows {
    pub(super) flows: BTreeMap<BodyId, Flow>,
    pub(super) part_of: BTreeMap<BodyId, BodyId>,
}

/// Finds the flows of a file that are told by their own names or deeds.
#[salsa::tracked(returns(ref))]
pub(super) fn own_flows(db: &dyn Db, file: SourceFile) -> Arc<OwnFlows> {
    let finder = Finder::new(db, file);
    let mut found = OwnFlows::default();
    for (id, _) in finder.lowered.bodies() {
        for part in parts(finder.links, id) {
            found.part_of.entry(part.body).or_insert(id);
        }
    }
    finder.by_name_and_deed(&mut found);
    Arc::new(found)
}

/// How many callbacks in callbacks are looked into.
const PARTS: u32 = 8;

pub(super) struct Finder<'a> {
    db: &'a dyn Db,
    file: SourceFile,
    pub(super) lowered: &'a LoweredFile,
    pub(super) links: &'a LinkedFile,
    vocabulary: &'a Vocabulary,
    view: FileView<'a>,
    server: &'a ServerScope,
}

impl<'a> Finder<'a> {
    pub(super) fn new(db: &'a dyn Db, file: SourceFile) -> Self {
        let (lowered, context) = (lowered(db, file), context(db, file));
        Self {
            db,
            file,
            lowered,
            links: linked(db, file),
            vocabulary: vocabulary(db, file.project(db)),
            view: FileView { path: file.path(db), text: file.text(db), lowered, platform: context.platform },
            server: &context.server,
        }
    }

    fn at(&self, body: BodyId) -> BodyAt {
        BodyAt { file: self.file, body }
    }

    fn by_name_and_deed(&self, found: &mut OwnFlows) {
        let deeds = deeds_of(self.db, self.file);
        for ((id, body), done) in self.lowered.bodies().zip(deeds.iter().copied()) {
            if self.links.is_idle(id) || !self.may_be_flow(id, body) || self.is_social(body) {
                continue;
            }
            if self.only_reduces(id, body) || self.only_links(id, done) {
                continue;
            }
            let named = self.named(id, body).or_else(|| self.of_page(id, body, done));
            if let Some(named) = &named
                && done.any(Deeds::LOGOUT_STEP.and(Deeds::REQUESTS).and(Deeds::MAY_RELEASE).and(Deeds::ANONYMIZES))
                && !self.only_sends(id, body, done)
                && !self.only_hears_of_nobody(body, done)
                && !self.deletes_a_thing(id, body, named.kind)
                && !self.only_drops_a_session(id, body, done)
            {
                let is_certain = !self.of_some_device(body);
                found.flows.insert(id, Flow { is_certain, ..self.flow(id, named.kind, ToldBy::Name) });
                continue;
            }
            // A part's deeds are its whole's: the flow is the body that a caller would name.
            if found.part_of.contains_key(&id) {
                continue;
            }
            let own = self.deeds_with_parts(id);
            let kind = named.map_or(FlowKind::UserInitiated, |named| named.kind);
            if self.arrives(&body.name) {
                continue;
            }
            let clears = (own.any(Deeds::CLEARS_AUTH) || self.helper_clears(id, body)) && !self.in_arrival(body);
            if own.any(Deeds::SIGNS_OUT) || clears && self.goes_to_login(id) {
                found.flows.insert(id, self.flow(id, kind, ToldBy::Deed));
            }
        }
    }

    /// Whether a body is told by its parameter's type that nobody is signed in, and only shows a screen then:
    /// `handleUnauthenticated(Unauthenticated state)`.
    fn only_hears_of_nobody(&self, body: &Body, done: Deeds) -> bool {
        let is_nobody = |binding: &BindingId| {
            let declared = self.lowered.binding(*binding).declared_type.clone();
            declared.is_some_and(|path| self.vocabulary.is_nobody_case(&Value::Path(path)))
        };
        !done.any(Deeds::SIGNS_OUT.and(Deeds::CLEARS_AUTH)) && body.parameters.iter().any(is_nobody)
    }

    fn arrives(&self, name: &Option<Name>) -> bool {
        name.as_deref().is_some_and(|name| self.vocabulary.is_arrival(name))
    }

    /// Whether a body stands in what lets somebody in: a login form, a page to reset a password.
    fn in_arrival(&self, body: &Body) -> bool {
        let is_arrival = |name: &Name| self.vocabulary.is_arrival(name) || self.vocabulary.is_arrival_screen(name);
        self.around(body).any(|body| {
            let class = body.class.and_then(|class| self.lowered.class(class).name.as_ref());
            self.arrives(&body.name) || class.is_some_and(is_arrival)
        })
    }

    /// Whether an account that is deleted is one of many, as a bank account is: the body is told which, and
    /// nobody is signed out.
    fn deletes_a_thing(&self, id: BodyId, body: &Body, kind: FlowKind) -> bool {
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
    fn of_some_device(&self, body: &Body) -> bool {
        body.parameters.iter().any(|it| self.vocabulary.names_a_device(&self.lowered.binding(*it).name))
    }

    /// Whether a body stands in a class that keeps a social network's session, by its name or by what it is
    /// declared to be.
    fn is_social(&self, body: &Body) -> bool {
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
    fn only_drops_a_session(&self, id: BodyId, body: &Body, done: Deeds) -> bool {
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
                let drops = match &lowered.node(node).step {
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

    /// Whether a helper that a body calls clears auth state.
    fn helper_clears(&self, id: BodyId, body: &Body) -> bool {
        if body.kind == BodyKind::TopLevel || is_hook(body) {
            return false;
        }
        let clears = |helper: BodyAt| {
            let finder = Finder::new(self.db, helper.file);
            // A helper that is a flow of its own tells more than its deeds do.
            finder.deeds_with_parts(helper.body).any(Deeds::CLEARS_AUTH)
                && finder.named(helper.body, finder.lowered.body(helper.body)).is_none()
                && !finder.goes_to_login(helper.body)
        };
        self.with_parts(id).into_iter().flat_map(|part| callees(self.links, part)).any(clears)
    }

    /// A body with the callbacks and chains written in it.
    fn with_parts(&self, id: BodyId) -> BTreeSet<BodyId> {
        let mut all = BTreeSet::new();
        let mut work = vec![id];
        while let Some(body) = work.pop() {
            if all.insert(body) {
                work.extend(parts(self.links, body).iter().map(|part| part.body));
            }
        }
        all
    }

    /// What a body does itself or in callbacks and chains written in it.
    fn deeds_with_parts(&self, id: BodyId) -> Deeds {
        let own = self.with_parts(id).into_iter().map(|body| own_deeds(self.links, body));
        own.fold(Deeds::default(), Deeds::and)
    }

    /// A body that calls a flow is one itself: what it calls weighs more than what it is called. That holds for
    /// what certainly leads to a logout: every request to a server may end in one.
    pub(super) fn by_callee<'f>(&self, id: BodyId, certain: &dyn Fn(BodyAt) -> Option<&'f Flow>) -> Option<Flow> {
        let body = self.lowered.body(id);
        if !self.may_be_flow(id, body) {
            return None;
        }
        let named = self.named(id, body);
        if named.is_none() && (self.arrives(&body.name) || self.in_arrival(body)) {
            return None;
        }
        let targets = self.with_parts(id).into_iter().flat_map(|part| callees(self.links, part));
        let callee = targets.filter(|target| *target != self.at(id)).find_map(certain)?;
        let kind = named.as_ref().map_or(callee.kind, |named| named.kind);
        if named.is_some() {
            return Some(self.flow(id, kind, ToldBy::Name));
        }
        Some(Flow { is_certain: self.ends_always(id, certain, PARTS), ..self.flow(id, kind, ToldBy::Callee) })
    }

    /// Whether every way through a body, but for exceptions, calls a flow.
    fn ends_always<'f>(&self, id: BodyId, certain: &dyn Fn(BodyAt) -> Option<&'f Flow>, depth: u32) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let ends = |invocation: &Invocation| match invocation.by_name {
            true => certain(invocation.target).is_some(),
            false => {
                matches!(invocation.when, When::Now | When::Started | When::Afterwards)
                    && self.ends_always(invocation.target.body, certain, depth)
            }
        };
        let body = self.lowered.body(id);
        let mut seen = BTreeSet::new();
        let mut work = vec![Body::ENTRY];
        while let Some(node) = work.pop() {
            let link = self.links.node(id, node);
            if !seen.insert(node) || link.is_some_and(|link| link.invocations.iter().any(ends)) {
                continue;
            }
            if node == Body::EXIT {
                return false;
            }
            work.extend(body.node(node).next.iter().copied());
        }
        true
    }

    fn flow(&self, id: BodyId, kind: FlowKind, told_by: ToldBy) -> Flow {
        Flow { at: self.at(id), kind, title: self.title(id), told_by, is_certain: true }
    }

    /// The text on what runs the body, its own name, or where it stands.
    fn title(&self, id: BodyId) -> Name {
        let body = self.lowered.body(id);
        let named = body.name.as_deref().is_some_and(|name| self.vocabulary.flow_name(name).is_some());
        // A translation's key is no text that a person reads, and neither is what a text is taken from.
        let is_text = |label: &Name| {
            let is_written = label.contains(' ') || label.starts_with(char::is_uppercase);
            is_written || !label.contains(['.', '_', ':']) && self.vocabulary.flow_label(label).is_some()
        };
        let label = body.label.clone().filter(|label| !named && is_text(label));
        // `const timer = setInterval(() => …)` names the timer.
        let is_own = matches!(self.links.runs(id), Runs::Wrapped | Runs::Unknown);
        let named_itself = named || is_own || !matches!(body.used_as, BodyUse::Argument { .. });
        if let Some(title) = label.or_else(|| body.name.clone().filter(|_| named_itself)) {
            return title;
        }
        match &body.used_as {
            BodyUse::Argument { written, .. } if !written.is_empty() => {
                Name::from(format!("{}(…)", written.iter().map(|name| &**name).collect::<Vec<_>>().join(".")))
            }
            BodyUse::Attribute { element, attribute } => Name::from(format!("<{element} {attribute}>")),
            _ => match body.parent.filter(|_| body.kind != BodyKind::TopLevel) {
                Some(parent) => self.title(parent),
                None => Name::from("this script"),
            },
        }
    }

    /// Whether a body can be a flow at all.
    fn may_be_flow(&self, id: BodyId, body: &Body) -> bool {
        if body.broken || body.returns_markup || body.kind == BodyKind::Getter || body.kind == BodyKind::Continuation {
            return false;
        }
        !self.on_server(id)
    }

    fn on_server(&self, id: BodyId) -> bool {
        super::super::on_server(self.vocabulary, self.lowered, self.server, id)
    }

    fn named(&self, id: BodyId, body: &Body) -> Option<FlowName> {
        if body.kind == BodyKind::TopLevel || is_hook(body) {
            return None;
        }
        let class = body.class.and_then(|class| self.lowered.class(class).name.clone());
        let by_class = || {
            let (class, member) = (class.as_deref()?, body.name.as_deref()?);
            self.vocabulary.flow_class(class, member)
        };
        let by_label = || self.vocabulary.flow_label(body.label.as_deref()?);
        let by_hook = || self.of_hook(id, body);
        let name = body.name.as_deref();
        name.and_then(|name| self.vocabulary.flow_name(name)).or_else(by_class).or_else(by_label).or_else(by_hook)
    }

    /// The function that a hook named for a logout gives away, or the effect that it runs, is the flow.
    fn of_hook(&self, id: BodyId, body: &Body) -> Option<FlowName> {
        let hook = self.lowered.body(body.parent?);
        if body.used_as == BodyUse::Returned && !hook.returns_markup && !is_hook(hook) {
            // A thunk: what an action creator gives away is the action.
            return self.vocabulary.flow_name(hook.name.as_deref()?);
        }
        if !is_hook(hook) || body.name.is_some() && !self.is_returned(id, hook) {
            return None;
        }
        let runs = self.links.runs(id);
        if !matches!(runs, Runs::Wrapped | Runs::OnMount | Runs::Unknown | Runs::OnEvent | Runs::Later) {
            return None;
        }
        self.vocabulary.flow_name(hook.name.as_deref()?.strip_prefix("use")?)
    }

    /// What a logout page does as it comes up is the flow, where it ends the session or asks the server for
    /// that and leaves.
    fn of_page(&self, id: BodyId, body: &Body, done: Deeds) -> Option<FlowName> {
        let page = self.lowered.body(body.parent?);
        let leaves = done.any(Deeds::LEAVES_DOCUMENT.and(Deeds::LEAVES_SCREEN));
        let ends = done.any(Deeds::SIGNS_OUT.and(Deeds::CLEARS_AUTH)) || leaves && done.any(Deeds::REQUESTS);
        if !ends || !page.returns_markup || self.links.runs(id) != Runs::OnMount {
            return None;
        }
        self.vocabulary.flow_page(page.name.as_deref()?)
    }

    fn is_returned(&self, id: BodyId, hook: &Body) -> bool {
        let mut values: Vec<&Value> = hook.returns.iter().collect();
        while let Some(value) = values.pop() {
            match value {
                Value::Closure(body) if *body == id => return true,
                Value::Object { properties, .. } => {
                    values.extend(properties.iter().map(|property| &property.value));
                }
                Value::Array(items) => values.extend(items),
                other => {
                    let is_wrapper = |_: SourceFile, _: &Path, _: u32| true;
                    let targets = targets_of_value(self.db, self.file, other, &is_wrapper);
                    if targets.contains(&Target::Body(self.at(id), false)) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Whether a body only computes the next state: a reducer, or a mutation of its first parameter.
    fn only_reduces(&self, id: BodyId, body: &Body) -> bool {
        if self.vocabulary.is_reducer(&body.used_as) {
            return true;
        }
        let Some(state) = body.parameters.first() else { return false };
        let mut clears = self
            .links
            .nodes(id)
            .filter(|(_, node)| !node.meaning.effects.is_empty() || !node.invocations.is_empty())
            .peekable();
        let of_state = |node: NodeId| match &body.node(node).step {
            Step::Assign(it) => it.target.root == Root::Local(*state) && !it.target.segments.is_empty(),
            _ => false,
        };
        clears.peek().is_some() && clears.all(|(node, _)| of_state(node))
    }

    /// Whether a body only goes to some screen that is no login: a link to the page where the logout is.
    fn only_links(&self, id: BodyId, done: Deeds) -> bool {
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
    fn only_sends(&self, id: BodyId, body: &Body, done: Deeds) -> bool {
        if done.any(Deeds::LOGOUT_STEP.and(Deeds::ANONYMIZES).and(Deeds::IDENTIFIES).and(Deeds::TRACKS)) {
            return false;
        }
        let calls = body.nodes.iter().filter(|node| matches!(node.step, Step::Call(_))).count();
        let returns = body.nodes.iter().any(|node| matches!(node.step, Step::Return(_)));
        let branches = body.nodes.iter().any(|node| matches!(node.step, Step::Assume { .. }) || node.in_catch);
        let links = self.links;
        let sends = links.nodes(id).any(|(_, node)| !node.meaning.effects.is_empty());
        let may_release = done.any(Deeds::MAY_RELEASE);
        (sends || may_release) && !branches && (calls <= 1 || calls <= 4 && returns && !may_release)
    }

    fn goes_to_login(&self, id: BodyId) -> bool {
        let mut work = vec![self.at(id)];
        let mut seen = BTreeSet::new();
        while let Some(at) = work.pop() {
            if !seen.insert(at) {
                continue;
            }
            let other = (at.file != self.file).then(|| Finder::new(self.db, at.file));
            let finder = other.as_ref().unwrap_or(self);
            if finder.shows_login(at.body) {
                return true;
            }
            work.extend(parts(finder.links, at.body));
            // Where a flow goes is that flow's concern.
            work.extend(callees(finder.links, at.body).into_iter().filter(|callee| !self.is_named(*callee)));
        }
        false
    }

    /// Whether a node of a body goes to a login.
    fn shows_login(&self, id: BodyId) -> bool {
        let body = self.lowered.body(id);
        self.links.nodes(id).any(|(node, link)| {
            link.meaning.reach().is_some() && self.vocabulary.goes_to_login(&self.view, body.node(node))
        })
    }

    fn is_named(&self, at: BodyAt) -> bool {
        let other = (at.file != self.file).then(|| Finder::new(self.db, at.file));
        let finder = other.as_ref().unwrap_or(self);
        finder.named(at.body, finder.lowered.body(at.body)).is_some()
    }
}
