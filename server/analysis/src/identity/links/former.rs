//! What the bodies of a file ran last, and which of that holds in its next text. Owns on what a body's links rest
//! beside the body; must not know what they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::uses::Uses;
use super::{LinkedBody, LinkedFile, Linker};
use crate::database::{Db, Meanings, SourceFile, context, lowered, releases_called};
use crate::linking::{NameIndex, exports_alike, is_alike, name_index, surface};
use crate::lowering::{Body, BodyId, LoweredFile, Name};
use crate::source::Language;
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
    /// Whether the whole project was asked about it, and not only for its names.
    asks_all: bool,
}

/// What the links of a file rest on, beside itself.
#[derive(Debug)]
struct Ground {
    guards: Vec<Name>,
    releases: Arc<BTreeSet<Name>>,
    modules: BTreeMap<Name, Vec<SourceFile>>,
    /// What the project's files declare for all to see, where that was asked.
    names: Option<Arc<NameIndex>>,
    libraries: Vec<Name>,
    others: Vec<Other>,
}

/// A file that was asked what it declares.
#[derive(Debug)]
struct Other {
    file: SourceFile,
    surface: Arc<LoweredFile>,
    modules: BTreeMap<Name, Vec<SourceFile>>,
    platform: Platform,
    libraries: Vec<Name>,
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
        let before = self.former.map(|former| former.ground);
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
    /// What links rest on, those that are kept too, which rested on `before`.
    fn of(linker: &Linker<'_>, before: Option<Self>) -> Self {
        let (db, file) = (linker.db, linker.file);
        let asks_names = linker.asked.asks_names() || before.as_ref().is_some_and(|before| before.names.is_some());
        let mut others = before.map(|before| before.others).unwrap_or_default();
        for other in linker.asked.files() {
            if others.iter().all(|it| it.file != other) {
                others.push(Other::of(linker, other));
            }
        }
        Self {
            guards: linker.guards.to_vec(),
            releases: Arc::clone(releases_called(db, file)),
            modules: file.modules(db).clone(),
            names: asks_names.then(|| Arc::clone(names(linker))),
            libraries: libraries(db, file),
            others,
        }
    }

    fn holds(&self, linker: &Linker<'_>) -> bool {
        let (db, file) = (linker.db, linker.file);
        let mut others = self.others.iter();
        self.guards == linker.guards
            && self.releases == *releases_called(db, file)
            && self.modules == *file.modules(db)
            && self.names.as_ref().is_none_or(|it| Arc::ptr_eq(it, names(linker)) || it == names(linker))
            && self.libraries == libraries(db, file)
            && others.all(|other| {
                Arc::ptr_eq(&other.surface, surface(db, other.file))
                    && other.modules == *other.file.modules(db)
                    && other.platform == context(db, other.file).platform
                    && other.libraries == libraries(db, other.file)
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
            libraries: libraries(*db, file),
        }
    }
}

fn names<'a>(Linker { db, file, .. }: &Linker<'a>) -> &'a Arc<NameIndex> {
    name_index(*db, file.project(*db), file.language(*db))
}

/// The libraries that a file imports, in the language where an import binds no names but says whose are meant.
fn libraries(db: &dyn Db, file: SourceFile) -> Vec<Name> {
    let is_asked = file.language(db) == Language::Dart;
    let imports = is_asked.then(|| lowered(db, file).imports.iter());
    imports.into_iter().flatten().map(|import| Name::clone(&import.module)).collect()
}
