//! What the bodies of a file meant last, and which of that holds in its next text. Owns on what a body's meaning rests
//! beside the body; must not know what any of it means.

use std::sync::Arc;

use memchr::memmem;
use rustc_hash::{FxBuildHasher, FxHashSet};

use super::{BodyMeaning, Meanings, Reader};
use crate::database::Settings;
use crate::lowering::{Body, BodyId, BodyUse, Class, LoweredFile, Name, Value};
use crate::vocabulary::Platform;

/// What a file's steps meant last, and of what that was told.
#[derive(Debug)]
pub struct FormerMeanings {
    pub(super) lowered: Arc<LoweredFile>,
    pub(super) meanings: Arc<Meanings>,
    pub(super) ground: Ground,
}

/// What the meaning of each body of a file rests on, beside its code, the classes and what that is bound to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ground {
    platform: Platform,
    /// The project's own tables, and its name for the SDK.
    tables: Option<Arc<str>>,
    namespace: Option<Arc<str>>,
    speaks_of_sdk: bool,
    /// The names that are only declared to be there.
    ambient: Vec<Name>,
    /// The imports as written.
    imports: Vec<Box<str>>,
    directives: Vec<Name>,
}

impl Ground {
    pub(super) fn of(reader: &Reader<'_>, settings: &Settings) -> Self {
        let view = &reader.view;
        let may_declare = memmem::find(view.text.as_bytes(), b"declare").is_some();
        let ambient = view.lowered.bindings.iter().filter(|binding| may_declare && view.is_ambient(binding));
        Self {
            platform: view.platform,
            tables: settings.vocabulary.clone(),
            namespace: settings.namespace.clone(),
            speaks_of_sdk: reader.vocabulary.speaks_of_sdk(view.text),
            ambient: ambient.map(|binding| binding.name.clone()).collect(),
            imports: view.lowered.imports.iter().map(|import| import.span.text(view.text).into()).collect(),
            directives: view.lowered.directives.clone(),
        }
    }
}

impl FormerMeanings {
    /// By body: what it means still. The same code with the same names means the same, where it is used in the same
    /// way, is called the same, and hands over no name that something else may have been bound to.
    pub(super) fn kept(&self, lowered: &LoweredFile, ground: &Ground) -> Vec<Option<Arc<BodyMeaning>>> {
        let (old, now) = (&*self.lowered, lowered);
        let has_same_classes =
            old.classes.len() == now.classes.len() && old.classes.iter().zip(&now.classes).all(is_same_class);
        if self.ground != *ground || !has_same_classes {
            return Vec::new();
        }
        let mut kept: Vec<Option<Arc<BodyMeaning>>> = Vec::with_capacity(now.bodies.len());
        let mut standing = FxHashSet::with_capacity_and_hasher(now.bodies.len(), FxBuildHasher);
        for (place, body) in now.bodies.iter().enumerate() {
            // What comes behind an edit is told from the end.
            let from_end = (place + old.bodies.len()).checked_sub(now.bodies.len());
            let former = [Some(place), from_end].into_iter().flatten().find(|place| {
                let former = old.bodies.get(*place);
                former.is_some_and(|former| former.made.is_of(body.made) && is_same_head(former, body))
            });
            let is_same_argument = |parent: BodyId| matches!(kept.get(parent.0 as usize), Some(Some(_)));
            let former = former.filter(|_| {
                !matches!(body.used_as, BodyUse::Argument { .. }) || body.parent.is_some_and(is_same_argument)
            });
            standing.extend(former);
            let meaning = former.and_then(|place| {
                let meaning = self.meanings.bodies.get(place)?;
                let has_moved = !old.bodies.get(place).is_some_and(|old| Arc::ptr_eq(old, body));
                let tells_places = meaning.steps.iter().any(|(_, step)| step.tells_places());
                Some(meaning).filter(|_| !(has_moved && tells_places)).cloned()
            });
            kept.push(meaning);
        }
        if kept.iter().flatten().any(|meaning| !meaning.passes.is_empty()) {
            let may_differ = self.may_differ(now, &kept, &standing);
            for meaning in &mut kept {
                if meaning.as_ref().is_some_and(|it| it.passes.iter().any(|name| may_differ.contains(&**name))) {
                    *meaning = None;
                }
            }
        }
        kept
    }

    /// The names that are, or were, bound outside of the bodies that are the same.
    fn may_differ<'n>(
        &'n self,
        now: &'n LoweredFile,
        kept: &[Option<Arc<BodyMeaning>>],
        standing: &FxHashSet<usize>,
    ) -> FxHashSet<&'n str> {
        let is_gone = |body: BodyId| !standing.contains(&(body.0 as usize));
        let is_new = |body: BodyId| kept.get(body.0 as usize).is_none_or(Option::is_none);
        let gone = self.lowered.bindings.iter().filter(|binding| is_gone(binding.body));
        let new = now.bindings.iter().filter(|binding| is_new(binding.body));
        gone.chain(new).map(|binding| &*binding.name).collect()
    }
}

/// Whether what stands around a body says the same of it, but for the places.
fn is_same_head(old: &Body, now: &Body) -> bool {
    (old.kind, &old.name, &old.label, old.class, &old.used_as)
        == (now.kind, &now.name, &now.label, now.class, &now.used_as)
}

/// Whether classes are called the same, extend the same and have the same methods.
fn is_same_class((old, now): (&Class, &Class)) -> bool {
    let is_method = |value: &Value| matches!(value, Value::Closure(_));
    let mut members = old.members.iter().zip(&now.members);
    (old.kind, &old.name, &old.parent, &old.interfaces, &old.decorators)
        == (now.kind, &now.name, &now.parent, &now.interfaces, &now.decorators)
        && old.members.len() == now.members.len()
        && members.all(|(old, now)| old.name == now.name && is_method(&old.value) == is_method(&now.value))
}
