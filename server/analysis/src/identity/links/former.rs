//! What the bodies of a file ran last, and which of that holds in its next text. Owns on what a body's links rest
//! beside the body; must not know what they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::uses::Uses;
use super::{LinkedBody, LinkedFile, Linker};
use crate::database::{Meanings, SourceFile, context, release_names};
use crate::linking::{exports_alike, is_alike, surface};
use crate::lowering::{Body, BodyId, LoweredFile, Name};
use crate::vocabulary::{Platform, Runs};

/// What the bodies of a file ran last, and of what that was told.
#[derive(Debug)]
pub struct FormerLinks {
    lowered: Arc<LoweredFile>,
    meanings: Arc<Meanings>,
    linked: Arc<LinkedFile>,
    bodies: Vec<FormerBody>,
    ground: Ground,
}

/// What a body was told to run, by itself.
#[derive(Clone, Debug)]
struct FormerBody {
    uses: Arc<Uses>,
    /// Whether the whole project was asked about it.
    asks_all: bool,
}

/// What the links of a file rest on, beside itself.
#[derive(Debug)]
struct Ground {
    guards: Vec<Name>,
    releases: Arc<BTreeSet<Name>>,
    modules: BTreeMap<Name, Vec<SourceFile>>,
    others: Vec<Other>,
}

/// A file that was asked what it declares.
#[derive(Debug)]
struct Other {
    file: SourceFile,
    surface: Arc<LoweredFile>,
    modules: BTreeMap<Name, Vec<SourceFile>>,
    platform: Platform,
}

/// Which links of a former text hold.
pub(super) struct Kept {
    former: Option<FormerLinks>,
    is_same: Vec<bool>,
}

impl Kept {
    /// All that holds of the links of a file's last text, and none where nobody edits it. Whatever they rest on is
    /// asked for again.
    pub(super) fn of(linker: &Linker<'_>) -> Self {
        let (db, file) = (linker.db, linker.file);
        let former = file.tree(db).as_ref().and_then(|_| file.former_links(db).take());
        let former = former.filter(|former| former.ground.holds(linker));
        let mut is_same = Vec::new();
        if let Some(former) = &former {
            let (old, now) = (&former.lowered, linker.lowered);
            let same = |(place, body): (usize, &Arc<Body>)| former.is_same(linker, place, body);
            is_same = now.bodies.iter().enumerate().map(same).collect();
            let is_same_body = |place: usize| is_same.get(place) == Some(&true);
            // Who asks other files may come back by what this one exports.
            if !is_alike(old, now, &is_same_body) || !former.ground.others.is_empty() && !exports_alike(old, now) {
                is_same.clear();
            }
            for (is_same, former) in is_same.iter_mut().zip(&former.bodies) {
                *is_same &= !former.asks_all;
            }
        }
        Self { former, is_same }
    }

    /// What a body was told to be used for.
    pub(super) fn uses(&self, body: BodyId) -> Option<Arc<Uses>> {
        let former = self.former.as_ref().filter(|_| self.holds(body))?;
        former.bodies.get(body.0 as usize).map(|body| Arc::clone(&body.uses))
    }

    /// What a body that runs so was linked to.
    pub(super) fn links(&self, body: BodyId, runs: Option<&Runs>) -> Option<Arc<LinkedBody>> {
        let former = self.former.as_ref().filter(|_| self.holds(body))?;
        let place = body.0 as usize;
        let is_run_alike = former.linked.runs.get(place) == runs;
        former.linked.bodies.get(place).filter(|_| is_run_alike).cloned()
    }

    fn holds(&self, body: BodyId) -> bool {
        self.is_same.get(body.0 as usize) == Some(&true)
    }

    /// Puts down what the next text may keep.
    pub(super) fn put(self, linker: &Linker<'_>, linked: &Arc<LinkedFile>, uses: Vec<Arc<Uses>>, asks: &[bool]) {
        let (db, file) = (linker.db, linker.file);
        if file.tree(db).is_none() {
            return;
        }
        let before = self.former.map(|former| former.ground.others).unwrap_or_default();
        let bodies = uses.into_iter().zip(asks).map(|(uses, asks)| FormerBody { uses, asks_all: *asks });
        file.former_links(db).put(Some(FormerLinks {
            lowered: Arc::clone(linker.lowered),
            meanings: Arc::clone(linker.meanings),
            linked: Arc::clone(linked),
            bodies: bodies.collect(),
            ground: Ground::of(linker, before),
        }));
    }
}

impl FormerLinks {
    /// Whether a body is the same code with the same meaning, at the same place.
    fn is_same(&self, linker: &Linker<'_>, place: usize, body: &Body) -> bool {
        let former = self.lowered.bodies.get(place);
        former.is_some_and(|former| {
            former.made.is_of(body.made)
                && (former.kind, former.class, former.parent, &former.label)
                    == (body.kind, body.class, body.parent, &body.label)
                && former.name == body.name
                && former.parameters == body.parameters
                && self.meanings.is_same(linker.meanings, BodyId(place as u32))
        })
    }
}

impl Ground {
    fn of(linker: &Linker<'_>, before: Vec<Other>) -> Self {
        let (db, file) = (linker.db, linker.file);
        let mut others = before;
        for other in linker.asked.files() {
            if others.iter().all(|it| it.file != other) {
                others.push(Other::of(linker, other));
            }
        }
        Self {
            guards: linker.guards.to_vec(),
            releases: Arc::clone(release_names(db, file.project(db))),
            modules: file.modules(db).clone(),
            others,
        }
    }

    fn holds(&self, linker: &Linker<'_>) -> bool {
        let (db, file) = (linker.db, linker.file);
        let mut others = self.others.iter();
        self.guards == linker.guards
            && self.releases == *release_names(db, file.project(db))
            && self.modules == *file.modules(db)
            && others.all(|other| {
                Arc::ptr_eq(&other.surface, surface(db, other.file))
                    && other.modules == *other.file.modules(db)
                    && other.platform == context(db, other.file).platform
            })
    }
}

impl Other {
    fn of(Linker { db, .. }: &Linker<'_>, file: SourceFile) -> Self {
        Self {
            file,
            surface: Arc::clone(surface(*db, file)),
            modules: file.modules(*db).clone(),
            platform: context(*db, file).platform,
        }
    }
}
