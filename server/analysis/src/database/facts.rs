//! Facts of a project as a whole: whether identity is set anywhere, what guards it, and what releases it
//! when the user is gone. Each file's part is a query of its own, so that an edit which leaves it equal
//! stops there.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{
    Db, DeclarativeLogout, Meanings, Project, ProjectFacts, SourceFile, context, lowered, meanings, vocabulary,
};
use crate::identity::{BodyAt, BodyKey, Deeds, Identity, deeds, linked, walk};
use crate::lowering::{
    BindingKind, Body, BodyId, Condition, LoweredFile, Name, NameHash, Node, NodeId, Root, Segment, Step,
};
use crate::source::{FileRole, LineIndex};
use crate::vocabulary::{ConditionMeaning, Effect, FileView, Runs};

/// What one file says about its project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileFacts {
    /// Whether it identifies or anonymizes.
    pub sets_identity: bool,
    /// Whether it imports an SDK.
    pub imports_sdk: bool,
    /// The texts of switches that guard an identify in it.
    pub identify_guards: Vec<Name>,
    /// The names of functions in it that release the identity, themselves or by each other.
    pub releasing: Vec<Name>,
}

/// What a file says about its project. A file in which no word of the SDK occurs is not even parsed.
#[salsa::tracked(returns(ref))]
pub fn file_facts(db: &dyn Db, file: SourceFile) -> FileFacts {
    if let Some(known) = file.known(db) {
        return known.facts.clone();
    }
    let vocabulary = vocabulary(db, file.project(db));
    if file.role(db) == FileRole::Test || !mentions_identity(db, file) {
        return FileFacts::default();
    }
    let lowered = lowered(db, file);
    let platform = context(db, file).platform;
    let view = FileView { path: file.path(db), text: file.text(db), lowered, platform };
    let mut facts = FileFacts { imports_sdk: vocabulary.platform_by_import(lowered).is_some(), ..FileFacts::default() };
    let meanings = meanings(db, file);
    for (id, body) in lowered.bodies() {
        for (node, meaning) in meanings.nodes(id) {
            for effect in &meaning.effects {
                match effect {
                    Effect::Identify(_) => {
                        facts.sets_identity = true;
                        facts.identify_guards.extend(guards(meanings, &view, (id, body), *node));
                    }
                    Effect::Anonymize(_) => facts.sets_identity = true,
                    _ => {}
                }
            }
        }
    }
    facts.identify_guards.sort_unstable();
    facts.identify_guards.dedup();
    facts.releasing = releasing(lowered, meanings);
    facts
}

/// Whether a file holds one of the words without which it neither identifies nor anonymizes. A query of its own: to
/// search a long text takes as long as all else that asks for it.
#[salsa::tracked(returns(copy))]
pub(crate) fn mentions_identity(db: &dyn Db, file: SourceFile) -> bool {
    match file.known(db) {
        Some(known) => known.mentions_identity,
        None => vocabulary(db, file.project(db)).mentions_identity(file.text(db)),
    }
}

/// The names of functions of a file that release the identity, or call by name one of the file that does.
fn releasing(lowered: &LoweredFile, meanings: &Meanings) -> Vec<Name> {
    let mut names: BTreeSet<Name> = BTreeSet::new();
    // A closure releases in the name of the function around it.
    let name_of = |body: BodyId| {
        let around = std::iter::successors(Some(body), |id| lowered.body(*id).parent).take(lowered.bodies.len());
        around.filter_map(|id| lowered.body(id).name.clone()).next()
    };
    for (id, _) in lowered.bodies() {
        let releases = |effect: &Effect| matches!(effect, Effect::Anonymize(_));
        if meanings.nodes(id).any(|(_, meaning)| meaning.effects.iter().any(releases)) {
            names.extend(name_of(id));
        }
    }
    let mut known = 0;
    while names.len() > known {
        known = names.len();
        let hashes: FxHashSet<NameHash> = names.iter().map(|name| NameHash::of(name)).collect();
        for (id, body) in lowered.bodies() {
            let mut calls = body.code_anywhere().nodes.iter().filter_map(Node::call);
            let calls_one = body.called().iter().any(|name| hashes.contains(name))
                && calls.any(|call| call.written.last().is_some_and(|last| names.contains(last)));
            if calls_one {
                names.extend(name_of(id));
            }
        }
    }
    names.into_iter().collect()
}

/// The names of a project's functions that release the identity.
#[salsa::tracked(returns(ref))]
fn release_names(db: &dyn Db, project: Project) -> Arc<BTreeSet<Name>> {
    let names = project.files(db).iter().flat_map(|file| file_facts(db, *file).releasing.iter().cloned());
    Arc::new(names.collect())
}

/// Those of them that a file calls by their names. Where the others come and go nothing changes for the file.
#[salsa::tracked(returns(ref))]
pub fn releases_called(db: &dyn Db, file: SourceFile) -> Arc<BTreeSet<Name>> {
    let names = release_names(db, file.project(db));
    let lowered = lowered(db, file);
    let is_called = |name: &&Name| {
        let hash = NameHash::of(name);
        lowered.bodies().any(|(_, body)| body.called().binary_search(&hash).is_ok())
    };
    Arc::new(names.iter().filter(is_called).cloned().collect())
}

/// The switches without which a node of a body is not reached.
fn guards(meanings: &Meanings, view: &FileView<'_>, (at, body): (BodyId, &Body), to: NodeId) -> Vec<Name> {
    let mut texts = Vec::new();
    for (id, node) in body.code_anywhere().nodes() {
        let Step::Assume { condition, holds: true } = &node.step else { continue };
        if meanings.asked(at, id).is_some_and(|asked| asked.in_project(condition, &[]) == ConditionMeaning::Other)
            && is_switch(view, condition)
            && !reaches(body, Body::ENTRY, to, id)
        {
            texts.push(condition.text.clone());
        }
    }
    texts
}

/// Whether a condition asks something that was there before the body ran, not an answer that it got.
fn is_switch(view: &FileView<'_>, condition: &Condition) -> bool {
    let Some(path) = condition.subject.path() else {
        // A member that is a constant today is a switch all the same.
        return condition.text.starts_with("this.");
    };
    let settled = path.segments.iter().any(|segment| matches!(segment, Segment::Awaited | Segment::Computed));
    let was_there = match path.root {
        Root::Global(_) | Root::Import { .. } | Root::This(_) => true,
        // A variable of the file's top level.
        Root::Local(binding) => {
            let binding = view.lowered.binding(binding);
            binding.body == BodyId(0) && binding.kind != BindingKind::Parameter
        }
        _ => false,
    };
    !settled && was_there
}

/// Whether control can come from one node to another without passing a third.
fn reaches(body: &Body, from: NodeId, to: NodeId, without: NodeId) -> bool {
    let mut seen = BTreeSet::from([without]);
    let mut work = vec![from];
    while let Some(id) = work.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            let node = body.code_anywhere().node(id);
            work.extend(node.next.iter().copied());
            work.extend(node.handler);
        }
    }
    false
}

/// What is known of a project from all its files.
#[salsa::tracked(returns(ref))]
pub fn project_facts(db: &dyn Db, project: Project) -> Arc<ProjectFacts> {
    if let Some(known) = project.known(db) {
        return known.clone();
    }
    let mut facts = ProjectFacts {
        identity_is_set: project.settings(db).assume_fullstory,
        sdk_is_there: project.manifest(db).declares_sdk,
        ..ProjectFacts::default()
    };
    for file in project.files(db) {
        let part = file_facts(db, *file);
        facts.identity_is_set |= part.sets_identity;
        facts.sdk_is_there |= part.imports_sdk;
        facts.identify_guards.extend(part.identify_guards.iter().cloned());
    }
    facts.sdk_is_there |= facts.identity_is_set;
    facts.identify_guards.sort_unstable();
    facts.identify_guards.dedup();
    Arc::new(facts)
}

/// The texts of switches that guard an identify anywhere in a project.
pub fn identify_guards(db: &dyn Db, project: Project) -> &[Name] {
    &project_facts(db, project).identify_guards
}

/// Whether a file releases the identity, itself or by a function of the project, as far as its text tells.
fn may_release(db: &dyn Db, file: SourceFile) -> bool {
    let text = file.text(db);
    mentions_identity(db, file) || release_names(db, file.project(db)).iter().any(|name| text.contains(&**name))
}

/// The listeners and effects of a file that anonymize when the user is gone.
#[salsa::tracked(returns(ref))]
pub fn declarative_logouts(db: &dyn Db, file: SourceFile) -> Vec<DeclarativeLogout> {
    if file.role(db) == FileRole::Test || !may_release(db, file) {
        return Vec::new();
    }
    let links = linked(db, file);
    let lowered = lowered(db, file);
    let mut found = Vec::new();
    for (id, _) in lowered.bodies() {
        let body = BodyAt { file, body: id };
        let listens = matches!(links.runs(id), Runs::OnMount | Runs::OnAuthChange);
        if !listens || !deeds(db, body).any(Deeds::ANONYMIZES) {
            continue;
        }
        let walk = walk(db, BodyKey::new(db, body));
        for ((at, node), seen) in walk.seen.iter() {
            let releases = linked(db, at.file).node(at.body, *node).is_some_and(|node| node.meaning.releases());
            let when_gone = seen.states.iter().any(|state| state.identity == Identity::Nobody);
            if releases && when_gone {
                let place = seen.chain.first().copied().unwrap_or((*at, *node));
                let span = lowered.body(place.0.body).node(place.1).span;
                let line = LineIndex::new(file.text(db)).line(span.start) as u32 + 1;
                found.push(DeclarativeLogout { path: file.path(db).clone(), span, line });
            }
        }
    }
    found.sort_by_key(|logout| logout.span);
    found.dedup();
    found
}
