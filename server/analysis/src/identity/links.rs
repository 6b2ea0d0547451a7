//! Bodies with meanings: for each node what it means, which bodies it runs and when. Owns the join of
//! vocabulary and linking; must not know states or rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::messages::reached_by;
use super::state::Arguments;
use crate::SortedMap;
use crate::database::{Db, Meanings, SourceFile, context, lowered, meanings, release_names, vocabulary};
use crate::linking::{BodyAt, Callee, Target, bodies_of, name_index, surface, targets_of_value};
use crate::lowering::{
    BindingKind, Body, BodyId, BodyKind, Call, ClassId, Condition, Handling, LoweredFile, Name, Node, NodeId, Path,
    Relation, Root, Segment, Step, Timing, Value,
};
use crate::vocabulary::{ConditionMeaning, Effect, FileView, Runs, StepMeaning, Vocabulary};

/// When a body that a node runs does run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// Here, once.
    Now,
    /// Here until it first waits, the rest when the caller has run to its end or waits.
    Started,
    /// Here, once for each of some elements.
    Each,
    /// Here or later, if at all: an unknown callee has it.
    Perhaps,
    /// When the caller has run to its end or waits.
    Afterwards,
}

/// A body that a node runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// The body.
    pub target: BodyAt,
    /// When.
    pub when: When,
    /// Whether it is called by name (else it is a callback, or part of the same promise chain).
    pub by_name: bool,
    /// Whether it is one of several implementations of what is called: a step happens if any of them does it.
    pub is_one_of_many: bool,
}

/// What a node means, and what it runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkedNode {
    /// Its own meaning. Nothing where it only runs bodies of the project.
    pub meaning: StepMeaning,
    /// The bodies that it runs.
    pub invocations: Vec<Invocation>,
    /// What its condition means, for [`Step::Assume`], when the condition holds.
    pub condition: Option<ConditionMeaning>,
    /// The number of its condition among those that this body asks more than once.
    pub condition_number: Option<u32>,
    /// The numbers of conditions that an assignment here makes unknown again.
    pub forgets: Vec<u32>,
    /// Its number among the nodes of this body that start something which runs afterwards.
    pub pending_number: Option<u32>,
    /// Whether it only hands an action to a store or a message to a bus: it ends no session by itself.
    pub emits: bool,
    /// What is known of its arguments.
    pub arguments: Arguments,
    /// The parameter that it calls, where it calls one.
    pub calls_parameter: Option<u32>,
    /// The parameter that its condition asks about, for [`Step::Assume`].
    pub asks_parameter: Option<u32>,
}

/// A file's bodies with their meanings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkedFile {
    bodies: Vec<SortedMap<NodeId, LinkedNode>>,
    runs: Vec<Runs>,
}

impl LinkedFile {
    /// A node that means or runs something, or asks something; `None` for all others.
    pub fn node(&self, body: BodyId, node: NodeId) -> Option<&LinkedNode> {
        self.bodies.get(body.0 as usize)?.get(&node)
    }

    /// The nodes of a body that mean, run or ask something, in order.
    pub fn nodes(&self, body: BodyId) -> impl Iterator<Item = (NodeId, &LinkedNode)> {
        self.bodies.get(body.0 as usize).into_iter().flat_map(SortedMap::iter).map(|(id, node)| (*id, node))
    }

    /// Whether a body neither means nor runs anything.
    pub fn is_idle(&self, body: BodyId) -> bool {
        let is_idle = |node: &LinkedNode| {
            node.meaning.effects.is_empty() && !node.meaning.may_release && node.invocations.is_empty()
        };
        self.nodes(body).all(|(_, node)| is_idle(node))
    }

    /// When a body runs by what is done with it where it stands.
    pub fn runs(&self, body: BodyId) -> Runs {
        self.runs.get(body.0 as usize).copied().unwrap_or(Runs::Unknown)
    }
}

/// How many repeated conditions and later callbacks a body's path states can hold.
const NUMBERS: u32 = 16;

/// Links a file.
#[salsa::tracked(returns(ref))]
pub fn linked(db: &dyn Db, file: SourceFile) -> Arc<LinkedFile> {
    let lowered = lowered(db, file);
    let vocabulary = vocabulary(db, file.project(db));
    let context = context(db, file);
    let view = FileView { path: file.path(db), text: file.text(db), lowered, platform: context.platform };
    let guards = crate::database::identify_guards(db, file.project(db));
    let meanings = meanings(db, file);
    let mut linker = Linker { db, file, lowered, vocabulary, view, guards, meanings, runs: Vec::new() };
    linker.runs = lowered.bodies.iter().map(|body| linker.own_runs(body)).collect();
    linker.runs = linker.runs_by_use();
    let bodies = lowered.bodies().map(|(id, body)| linker.body(id, body)).collect();
    Arc::new(LinkedFile { bodies, runs: linker.runs })
}

/// A call that is given callbacks.
#[derive(Clone, Copy)]
struct CallbackContext<'a> {
    call: &'a Call,
    /// Whether it stands where things are only defined: a script's top level, a component.
    defines: bool,
    /// Whether it ends the session.
    ends: bool,
    /// Whether the callback stands in a list of what is given.
    is_listed: bool,
}

struct Linker<'a> {
    db: &'a dyn Db,
    file: SourceFile,
    lowered: &'a LoweredFile,
    vocabulary: &'a Vocabulary,
    view: FileView<'a>,
    guards: &'a [Arc<str>],
    meanings: &'a Meanings,
    runs: Vec<Runs>,
}

impl Linker<'_> {
    /// The functions of this file that a value is, through names and wrappers.
    fn bodies_in(&self, value: &Value) -> Vec<BodyId> {
        let own = |at: BodyAt| (at.file == self.file).then_some(at.body);
        self.all_bodies_in(value).into_iter().filter_map(own).collect()
    }

    /// The functions of the project that a value is, through names and wrappers.
    fn all_bodies_in(&self, value: &Value) -> Vec<BodyAt> {
        let is_wrapper = |file: SourceFile, callee: &Path, position: u32| self.is_wrapper(file, callee, position);
        let targets = targets_of_value(self.db, self.file, value, &is_wrapper);
        targets
            .into_iter()
            .filter_map(|target| match target {
                Target::Body(at, _) => Some(at),
                _ => None,
            })
            .collect()
    }

    /// When bodies run that are handed over by a name or behind a wrapper (`useFocusEffect(useCallback(…))`,
    /// `addEventListener('scroll', onScroll)`), or assigned to a property that is a handler.
    fn runs_by_use(&self) -> Vec<Runs> {
        let mut runs = self.runs.clone();
        let mut set = |bodies: Vec<BodyId>, when: Runs| {
            for body in bodies {
                let own = &mut runs[body.0 as usize];
                if matches!(own, Runs::Unknown | Runs::Wrapped) {
                    *own = when;
                }
            }
        };
        for call in calls(self.lowered) {
            for (position, argument) in call.arguments.iter().enumerate() {
                if !matches!(argument.value, Value::Path(_) | Value::Call { .. }) {
                    continue;
                }
                let bodies = self.bodies_in(&argument.value);
                if bodies.is_empty() {
                    continue;
                }
                let (callee, written, arguments) = (&call.callee, &call.written, &call.arguments);
                let when = self.vocabulary.runs_argument(&self.view, callee, written, arguments, position as u32, None);
                if matches!(when, Runs::OnMount | Runs::Repeatedly | Runs::OnError | Runs::OnAuthChange | Runs::OnEvent)
                {
                    set(bodies, when);
                }
            }
        }
        for node in self.lowered.bodies.iter().flat_map(|body| &body.nodes) {
            let Step::Assign(assign) = &node.step else { continue };
            let Some(last) = assign.written.last() else { continue };
            match self.vocabulary.runs_attribute(&self.view, "", last) {
                Runs::Unknown => {}
                when => set(self.bodies_in(&assign.value), when),
            }
        }
        runs
    }

    fn own_runs(&self, body: &Body) -> Runs {
        let is_member = matches!(body.kind, BodyKind::Method | BodyKind::Constructor);
        let member = body.class.zip(body.name.as_deref()).filter(|_| is_member);
        let lifecycle =
            member.and_then(|(class, name)| self.vocabulary.lifecycle(&self.view, self.lowered.class(class), name));
        lifecycle.unwrap_or_else(|| self.vocabulary.runs(&self.view, &body.used_as))
    }

    fn body(&self, body_id: BodyId, body: &Body) -> SortedMap<NodeId, LinkedNode> {
        let mut nodes = Vec::new();
        let mut pending = 0;
        for (id, node) in body.nodes() {
            let Some(mut linked) = self.node((body_id, id), body, node) else { continue };
            let put_off = |invocation: &Invocation| matches!(invocation.when, When::Started | When::Afterwards);
            if pending < NUMBERS && linked.invocations.iter().any(put_off) {
                linked.pending_number = Some(pending);
                pending += 1;
            }
            nodes.push((id, linked));
        }
        take_own_guards(body, &mut nodes);
        number_conditions(body, &mut nodes);
        // Most calls mean nothing: what is not told of them is kept by nobody.
        nodes.retain(|(_, node)| *node != LinkedNode::default());
        nodes.into_iter().collect()
    }

    fn node(&self, at: (BodyId, NodeId), body: &Body, node: &Node) -> Option<LinkedNode> {
        let linked = match &node.step {
            Step::Call(call) => self.call(at, body, call),
            Step::Assign(_) => LinkedNode { meaning: self.meaning(at), ..Default::default() },
            Step::Assume { condition, .. } => LinkedNode {
                condition: Some(self.condition(at.0, body, condition)),
                asks_parameter: asked_parameter(body, condition),
                ..Default::default()
            },
            Step::Run { body, timing } => {
                let when = match timing {
                    Timing::Now => When::Now,
                    Timing::Started => When::Started,
                    Timing::Afterwards => When::Afterwards,
                };
                LinkedNode { invocations: vec![self.invocation(*body, when, false)], ..Default::default() }
            }
            _ => return None,
        };
        Some(linked)
    }

    /// What a condition means. In a listener for auth state the parameters are who is signed in.
    fn condition(&self, id: BodyId, body: &Body, condition: &Condition) -> ConditionMeaning {
        let meaning = self.vocabulary.condition(&self.view, condition, self.guards);
        let listens = self.runs.get(id.0 as usize) == Some(&Runs::OnAuthChange);
        if meaning != ConditionMeaning::Other || !listens || asked_parameter(body, condition).is_none() {
            return meaning;
        }
        match &condition.relation {
            Relation::Truthy | Relation::Present => ConditionMeaning::SomebodySignedIn,
            Relation::Equals(Value::Null | Value::Undefined | Value::Boolean(false)) => {
                ConditionMeaning::NobodySignedIn
            }
            _ => meaning,
        }
    }

    /// The bodies of the project that a call of a path may run, in a class.
    fn callees(&self, class: Option<ClassId>, path: &Path) -> Vec<Callee> {
        let is_wrapper = |file: SourceFile, callee: &Path, position: u32| self.is_wrapper(file, callee, position);
        bodies_of(self.db, self.file, class, path, &is_wrapper)
    }

    /// What a node's step means by the vocabulary.
    fn meaning(&self, (body, node): (BodyId, NodeId)) -> StepMeaning {
        self.meanings.of(body, node).cloned().unwrap_or_default()
    }

    fn call(&self, at: (BodyId, NodeId), body: &Body, call: &Call) -> LinkedNode {
        let mut direct = self.callees(body.class, &call.callee);
        if direct.is_empty()
            && let Some(selected) = self.selected(call)
        {
            direct = self.callees(body.class, &selected);
        }
        let mut linked = LinkedNode { emits: self.vocabulary.is_emitter(call), ..LinkedNode::default() };
        linked.calls_parameter = called_parameter(self.lowered, body, call);
        for (position, argument) in call.arguments.iter().enumerate().take(8) {
            if matches!(argument.value, Value::Null | Value::Undefined | Value::Boolean(false)) {
                linked.arguments.absent |= 1 << position;
            }
        }
        if direct.is_empty() {
            linked.meaning = self.meaning(at);
            linked.meaning.may_release |= linked.meaning.effects.is_empty() && self.may_be_a_release(call);
        } else {
            linked.meaning.never_throws = true;
            if self.vocabulary.sets_nobody(call) {
                linked.meaning.effects.push(Effect::ClearAuth);
            }
        }
        for Callee { at, is_one_of_many } in direct {
            let when = self.when_called(at, call.handling);
            linked.invocations.push(Invocation { target: at, when, by_name: true, is_one_of_many });
        }
        let known = linked.invocations.len();
        let defines = body.kind == BodyKind::TopLevel || body.returns_markup || is_hook(body);
        if linked
            .meaning
            .effects
            .iter()
            .all(|effect| matches!(effect, Effect::SignOut(_) | Effect::Request | Effect::ClearAuth))
        {
            // What a sign-out is given is told of its end, whatever it is called: `onSignOut`.
            let ends = linked.meaning.effects.iter().any(|effect| matches!(effect, Effect::SignOut(_)));
            let context = CallbackContext { call, defines, ends, is_listed: false };
            for (position, argument) in call.arguments.iter().enumerate() {
                let before = linked.invocations.len();
                self.callbacks(context, position as u32, None, &argument.value, &mut linked.invocations);
                if linked.invocations.len() > before && position < 8 {
                    linked.arguments.callbacks |= 1 << position;
                }
            }
        }
        // A callee that is known to wait runs its callbacks when it is done.
        if linked.invocations.iter().take(known).any(|invocation| invocation.when == When::Started) {
            for callback in linked.invocations.iter_mut().skip(known).filter(|it| it.when == When::Perhaps) {
                callback.when = When::Afterwards;
            }
        }
        let sent = reached_by(self.db, self.file, call).unwrap_or_default();
        // What is handed to a store, or heard by a known handler, does what that does and no more.
        let is_known =
            linked.emits && (!linked.invocations.is_empty() || self.hands_on_a_thunk(call)) || !sent.bodies.is_empty();
        if is_known {
            linked.meaning.may_release = false;
            linked.meaning.effects.retain(|effect| *effect != Effect::ClearAuth);
        }
        linked.meaning.may_release |= sent.perhaps_more;
        for target in sent.bodies {
            let when = self.when_called(target, call.handling);
            linked.invocations.push(Invocation { target, when, by_name: true, is_one_of_many: true });
        }
        linked
    }

    /// What a call is made on, where a function has chosen it from what another one gives: `logout()` of
    /// `const logout = useSession((state) => state.logout)`.
    fn selected(&self, call: &Call) -> Option<Path> {
        let Root::Local(binding) = &call.callee.root else { return None };
        let Value::Call { callee, arguments } = &self.lowered.binding(*binding).value else { return None };
        let Some(Value::Closure(choose)) = arguments.first() else { return None };
        let choose = self.lowered.body(*choose);
        let [Value::Path(chosen)] = &choose.returns[..] else { return None };
        let is_given = matches!(chosen.root, Root::Local(id) if choose.parameters.first() == Some(&id));
        let is_member = |segment: &Segment| matches!(segment, Segment::Member(_));
        if !is_given || chosen.segments.is_empty() || !chosen.segments.iter().all(is_member) {
            return None;
        }
        let mut selected = callee.clone().then(Segment::Call);
        selected.segments.extend(chosen.segments.iter().chain(&call.callee.segments).cloned());
        Some(selected)
    }

    /// Whether a call is given what a known `async` function has made: `dispatch(deleteAccount())`, where the
    /// function runs once what it makes is dispatched.
    fn hands_on_a_thunk(&self, call: &Call) -> bool {
        let Some(Value::Call { callee, .. }) = call.arguments.first().map(|argument| &argument.value) else {
            return false;
        };
        let made_by = self.callees(None, callee);
        let is_async = |at: BodyAt| surface(self.db, at.file).body(at.body).is_async;
        !made_by.is_empty() && made_by.iter().all(|callee| is_async(callee.at))
    }

    /// Whether a call of nobody knows what may be one of a function of the project that releases the identity.
    fn may_be_a_release(&self, call: &Call) -> bool {
        let Some(last) = call.written.last().filter(|_| call.written.len() > 1) else { return false };
        let project = self.file.project(self.db);
        if !release_names(self.db, project).contains(last) {
            return false;
        }
        match &call.callee.root {
            Root::Local(binding) => {
                let binding = self.lowered.binding(*binding);
                let is_open = matches!(binding.kind, BindingKind::Parameter | BindingKind::Other);
                is_open && binding.declared_type.is_none()
            }
            Root::Global(name) => {
                let language = self.file.language(self.db);
                !language.is_script() && name_index(self.db, project, language).classes(name).len() > 1
            }
            Root::This(_) | Root::Unknown => true,
            Root::Import { .. } | Root::Super => false,
        }
    }

    /// An `async` callee that nobody awaits runs on behind the caller, once it has waited for something.
    fn when_called(&self, target: BodyAt, handling: Handling) -> When {
        let declared = if target.file == self.file { self.lowered } else { surface(self.db, target.file) };
        let callee = declared.body(target.body);
        let unawaited = matches!(handling, Handling::Discarded | Handling::Voided);
        let waits = callee.is_async && callee.nodes.iter().any(|node| matches!(node.step, Step::Await));
        if unawaited && waits { When::Started } else { When::Now }
    }

    fn callbacks(
        &self,
        context: CallbackContext<'_>,
        position: u32,
        key: Option<&Name>,
        value: &Value,
        invocations: &mut Vec<Invocation>,
    ) {
        let CallbackContext { call, defines, ends, is_listed } = context;
        match value {
            Value::Object { properties, .. } => {
                for property in properties {
                    self.callbacks(context, position, Some(&property.key), &property.value, invocations);
                }
            }
            Value::Array(values) => {
                let context = CallbackContext { is_listed: true, ..context };
                for value in values {
                    self.callbacks(context, position, key, value, invocations);
                }
            }
            Value::Closure(_) | Value::Path(_) | Value::Call { .. } => {
                let runs = self.vocabulary.runs_argument(
                    &self.view,
                    &call.callee,
                    &call.written,
                    &call.arguments,
                    position,
                    key.map(|key| &**key),
                );
                let written_here = matches!(value, Value::Closure(_));
                // One of several things to choose from, with a text to read: it runs when it is chosen, if ever.
                let is_choice =
                    is_listed && matches!(value, Value::Closure(body) if self.lowered.body(*body).label.is_some());
                let when = match runs {
                    Runs::Now => When::Now,
                    Runs::Each => When::Each,
                    Runs::Later if !defines => When::Afterwards,
                    Runs::OnEvent if ends && !defines => When::Afterwards,
                    Runs::Unknown if written_here && !defines && !is_choice => When::Perhaps,
                    _ => return,
                };
                for target in self.all_bodies_in(value) {
                    let by_name = !written_here;
                    invocations.push(Invocation { target, when, by_name, is_one_of_many: false });
                }
            }
            _ => {}
        }
    }

    fn is_wrapper(&self, file: SourceFile, callee: &Path, position: u32) -> bool {
        if file == self.file {
            return self.vocabulary.runs_argument(&self.view, callee, &[], &[], position, None) == Runs::Wrapped;
        }
        is_wrapper(self.db, self.file, file, callee, position)
    }

    fn invocation(&self, body: BodyId, when: When, by_name: bool) -> Invocation {
        Invocation { target: BodyAt { file: self.file, body }, when, by_name, is_one_of_many: false }
    }
}

/// Every call of a file.
pub(super) fn calls(file: &LoweredFile) -> impl Iterator<Item = &Call> {
    file.bodies.iter().flat_map(|body| &body.nodes).filter_map(|node| match &node.step {
        Step::Call(call) => Some(&**call),
        _ => None,
    })
}

/// Whether a call of a path in a file hands back the callback at a position. Of another file than the asking
/// one no more than its surface is asked.
pub(super) fn is_wrapper(db: &dyn Db, own: SourceFile, file: SourceFile, callee: &Path, position: u32) -> bool {
    let declared = if file == own { lowered(db, file) } else { surface(db, file) };
    let text = if file == own { file.text(db) } else { "" };
    let view = FileView { path: file.path(db), text, lowered: declared, platform: context(db, file).platform };
    vocabulary(db, own.project(db)).runs_argument(&view, callee, &[], &[], position, None) == Runs::Wrapped
}

/// The position of the parameter that a condition asks about, itself or a member of it.
fn asked_parameter(body: &Body, condition: &Condition) -> Option<u32> {
    let Root::Local(binding) = condition.subject.path()?.root else { return None };
    body.parameters.iter().position(|parameter| *parameter == binding).map(|position| position as u32)
}

/// The position of the parameter that a call is one of, or is made on: `onDone()`, `listener.onLoggedOut()`.
fn called_parameter(lowered: &LoweredFile, body: &Body, call: &Call) -> Option<u32> {
    let first = call.written.first()?;
    let position = body.parameters.iter().position(|parameter| lowered.binding(*parameter).name == *first);
    position.map(|position| position as u32)
}

/// Whether a body is a hook by the naming convention that React itself relies on: its callbacks are
/// definitions, and run when what it returns is used.
pub(super) fn is_hook(body: &Body) -> bool {
    let Some(rest) = body.name.as_deref().and_then(|name| name.strip_prefix("use")) else { return false };
    rest.chars().next().is_some_and(char::is_uppercase)
}

/// A node of a body among those that are linked, which stand in their order.
fn linked_at(nodes: &mut [(NodeId, LinkedNode)], id: NodeId) -> Option<&mut LinkedNode> {
    let place = nodes.binary_search_by_key(&id, |(id, _)| *id).ok()?;
    nodes.get_mut(place).map(|(_, linked)| linked)
}

/// A condition that only asks whether what a call is made on is there (`tracker?.reset()`,
/// `if (onLogout) onLogout()`) guards that call alone: where the call may release the identity, it counts
/// as made. So does a way out behind `?.`: without a navigator there is no app to be in.
fn take_own_guards(body: &Body, nodes: &mut [(NodeId, LinkedNode)]) {
    let releases = |node: &LinkedNode| {
        node.meaning.may_release
            || node.meaning.effects.iter().any(|effect| matches!(effect, Effect::Anonymize(_)))
            || node.invocations.iter().any(|invocation| invocation.by_name)
    };
    let mut callees: Vec<&[Name]> = Vec::new();
    let leaves = |node: &LinkedNode| node.meaning.effects.iter().any(|effect| matches!(effect, Effect::Navigate(_)));
    for (id, node) in body.nodes() {
        if let Step::Call(call) = &node.step
            && linked_at(nodes, id).is_some_and(|node| releases(node) || (call.optional && leaves(node)))
        {
            callees.push(&call.written);
        }
    }
    for (id, node) in body.nodes() {
        let Step::Assume { condition, .. } = &node.step else { continue };
        let Some(linked) = linked_at(nodes, id) else { continue };
        let asks = matches!(condition.relation, Relation::Truthy | Relation::Present);
        let written = &condition.written;
        if asks
            && !written.is_empty()
            && linked.condition == Some(ConditionMeaning::Other)
            && callees.iter().any(|callee| callee.starts_with(written))
        {
            linked.condition = Some(ConditionMeaning::SdkPresent);
        }
    }
}

/// Numbers the conditions that a body asks more than once, so that a path which found one to hold is not
/// followed to where it does not.
fn number_conditions(body: &Body, nodes: &mut [(NodeId, LinkedNode)]) {
    let mut asked: BTreeMap<&Name, Vec<NodeId>> = BTreeMap::new();
    for (id, node) in body.nodes() {
        if let Step::Assume { condition, .. } = &node.step {
            asked.entry(&condition.text).or_default().push(id);
        }
    }
    let repeated = asked.iter().filter(|(_, places)| places.len() > 2);
    let numbered: Vec<(&Name, u32)> = repeated.map(|(text, _)| *text).zip(0..NUMBERS).collect();
    for (text, number) in &numbered {
        for id in &asked[text] {
            if let Some(node) = linked_at(nodes, *id) {
                node.condition_number = Some(*number);
            }
        }
    }
    if numbered.is_empty() {
        return;
    }
    for (id, node) in body.nodes() {
        let Step::Assign(assign) = &node.step else { continue };
        let Some(first) = assign.written.first() else { continue };
        let forgotten = numbered.iter().filter(|(text, _)| mentions(text, first)).map(|(_, number)| *number);
        if let Some(node) = linked_at(nodes, id) {
            node.forgets.extend(forgotten);
        }
    }
}

/// Whether an identifier occurs in a condition's text as a whole word.
fn mentions(text: &str, identifier: &str) -> bool {
    text.split(|character: char| !character.is_alphanumeric() && character != '_' && character != '$')
        .any(|word| word == identifier)
}
