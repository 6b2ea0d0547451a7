//! The index of declared names, for languages whose files see each other without an import of the file.
//! Owns which names a project's files declare, and who implements what; must not know paths.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::database::{Db, Project, SourceFile, lowered};
use crate::lowering::{BindingId, BindingKind, BodyId, ClassId, ClassKind, LoweredFile, Name, Path, Root, Segment};
use crate::source::{FileRole, Language};

/// A class of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassAt {
    /// The file.
    pub file: SourceFile,
    /// The class.
    pub class: ClassId,
}

/// What a file declares for all to see.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileNames {
    classes: Vec<(Name, ClassId)>,
    /// Functions, variables and constants of the top level.
    values: Vec<(Name, BindingId)>,
    /// Each class that has parents, under the simple name of each.
    children: Vec<(Name, ClassId)>,
    /// Each extension, under the name of each member that it adds.
    added: Vec<(Name, ClassId)>,
}

/// What a project's files declare for all to see, in the order of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameIndex {
    classes: BTreeMap<Name, Vec<ClassAt>>,
    values: BTreeMap<Name, Vec<(SourceFile, BindingId)>>,
    children: BTreeMap<Name, Vec<ClassAt>>,
    added: BTreeMap<Name, Vec<ClassAt>>,
}

impl NameIndex {
    /// The classes of a name, extensions of one among them.
    pub fn classes(&self, name: &str) -> &[ClassAt] {
        self.classes.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The functions, variables and constants of a name.
    pub fn values(&self, name: &str) -> &[(SourceFile, BindingId)] {
        self.values.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The classes that name another one as a parent or an interface.
    pub fn children(&self, name: &str) -> &[ClassAt] {
        self.children.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// The extensions that add a member of a name.
    pub fn extensions_with(&self, member: &str) -> &[ClassAt] {
        self.added.get(member).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Whether files of two languages see each other's names.
pub fn shares_names(one: Language, other: Language) -> bool {
    kin(one) == kin(other)
}

fn kin(language: Language) -> u8 {
    match language {
        Language::Swift | Language::ObjectiveC => 1,
        Language::Kotlin | Language::Java => 2,
        Language::Dart => 3,
        _ => 0,
    }
}

/// What a file declares for all to see.
#[salsa::tracked(returns(ref))]
pub fn file_names(db: &dyn Db, file: SourceFile) -> FileNames {
    let declared = lowered(db, file);
    let is_script = file.language(db).is_script();
    let mut names = FileNames::default();
    for (index, class) in declared.classes.iter().enumerate().filter(|(_, class)| class.kind != ClassKind::Literal) {
        let id = ClassId(index as u32);
        if let Some(name) = class.name.as_ref().filter(|_| !is_script) {
            names.classes.push((name.clone(), id));
        }
        if class.kind == ClassKind::Extension && !is_script {
            names.added.extend(class.members.iter().map(|member| (member.name.clone(), id)));
        }
        for parent in class.parent.iter().chain(&class.interfaces) {
            names.children.extend(simple_name(declared, parent).map(|name| (name, id)));
        }
    }
    let is_top = |body: BodyId| body == BodyId(0);
    for (index, binding) in declared.bindings.iter().enumerate().filter(|(_, it)| !is_script && is_top(it.body)) {
        if matches!(binding.kind, BindingKind::Function | BindingKind::Variable) {
            names.values.push((binding.name.clone(), BindingId(index as u32)));
        }
    }
    names
}

/// The last name of a type's path.
pub(super) fn simple_name(declared: &LoweredFile, path: &Path) -> Option<Name> {
    let member = path.segments.iter().rev().find_map(|segment| match segment {
        Segment::Member(name) => Some(name.clone()),
        _ => None,
    });
    member.or_else(|| match &path.root {
        Root::Global(name) => Some(name.clone()),
        Root::Import { name: crate::lowering::ImportName::Named(name), .. } => Some(name.clone()),
        Root::Local(id) => declared.bindings.get(id.0 as usize).map(|binding| binding.name.clone()),
        _ => None,
    })
}

/// What a project's files of a language's kin declare for all to see. Tests declare nothing.
#[salsa::tracked(returns(ref))]
pub fn name_index(db: &dyn Db, project: Project, language: Language) -> Arc<NameIndex> {
    let mut index = NameIndex::default();
    for file in project.files(db).iter().copied() {
        if !shares_names(file.language(db), language) || file.role(db) == FileRole::Test {
            continue;
        }
        let names = file_names(db, file);
        for (name, class) in &names.classes {
            index.classes.entry(name.clone()).or_default().push(ClassAt { file, class: *class });
        }
        for (name, binding) in &names.values {
            index.values.entry(name.clone()).or_default().push((file, *binding));
        }
        for (name, class) in &names.children {
            index.children.entry(name.clone()).or_default().push(ClassAt { file, class: *class });
        }
        for (name, class) in &names.added {
            index.added.entry(name.clone()).or_default().push(ClassAt { file, class: *class });
        }
    }
    Arc::new(index)
}
