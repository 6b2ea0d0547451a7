//! What lowering makes of a file: its bodies and its declarations. Owns the shapes that every language lowers into;
//! must not know any one grammar.

use std::sync::Arc;

use super::{Body, BodyId, BodyKind, Name, Path, Value};
use crate::source::Span;

/// A binding's place in [`LoweredFile::bindings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BindingId(pub u32);

/// A class's place in [`LoweredFile::classes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub u32);

/// One file, lowered. Lowering cannot fail: what could not be read is in `broken`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoweredFile {
    /// Every body, the top level first, a body before those inside it.
    pub bodies: Vec<Arc<Body>>,
    /// Every import, `require` and dynamic import.
    pub imports: Vec<Import>,
    /// Every declaration that a path can start at.
    pub bindings: Vec<Binding>,
    /// Classes, and object literals with methods.
    pub classes: Vec<Class>,
    /// Every comment, in order.
    pub comments: Vec<Comment>,
    /// Exported names and what they are bound to; the default export's name is `default`.
    pub exports: Vec<(Name, Value)>,
    /// What the parser could not read (zero-width omissions that do no harm are left out).
    pub broken: Vec<Span>,
    /// Directive prologues of the file: `use client`, `use server`.
    pub directives: Vec<Name>,
}

impl LoweredFile {
    /// A file that could not be read: one top level that does nothing.
    pub fn unread() -> Self {
        Self { bodies: vec![Arc::new(Body::empty(BodyKind::TopLevel, Span::default()))], ..Self::default() }
    }

    /// Gives back the memory that the lists took while they grew: most files are kept and never touched again.
    pub(super) fn shrunk(mut self) -> Self {
        self.bodies.shrink_to_fit();
        self.imports.shrink_to_fit();
        self.bindings.shrink_to_fit();
        self.classes.shrink_to_fit();
        self.comments.shrink_to_fit();
        self
    }

    /// A body by its place.
    pub fn body(&self, id: BodyId) -> &Body {
        &self.bodies[id.0 as usize]
    }

    /// A binding by its place.
    pub fn binding(&self, id: BindingId) -> &Binding {
        &self.bindings[id.0 as usize]
    }

    /// A class by its place.
    pub fn class(&self, id: ClassId) -> &Class {
        &self.classes[id.0 as usize]
    }

    /// The bodies with their places.
    pub fn bodies(&self) -> impl Iterator<Item = (BodyId, &Body)> {
        self.bodies.iter().enumerate().map(|(index, body)| (BodyId(index as u32), &**body))
    }
}

/// An import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The module as written.
    pub module: Name,
    /// What is imported; `None` for an import for its effects.
    pub name: Option<ImportName>,
    /// The name that it is bound to in this file.
    pub local: Option<Name>,
    /// The bytes of this one name in its clause; the statement's where it has none.
    pub name_span: Span,
    /// The whole statement's bytes.
    pub span: Span,
    /// Whether it is a type only.
    pub type_only: bool,
}

/// What an import takes from its module.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ImportName {
    /// A named export.
    Named(Name),
    /// The default export; `require('x')` itself too.
    Default,
    /// Everything, as one object.
    Namespace,
}

/// A declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// Its name.
    pub name: Name,
    /// What declared it.
    pub kind: BindingKind,
    /// What it is bound to, where it is never assigned again; [`Value::Unknown`] else.
    pub value: Value,
    /// The path of its declared type, where it has one.
    pub declared_type: Option<Path>,
    /// The class that it names, or the class or object literal that it holds.
    pub class: Option<ClassId>,
    /// The body that it belongs to.
    pub body: BodyId,
    /// The name's bytes.
    pub span: Span,
}

/// What declared a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BindingKind {
    /// `const`, `let`, `var`.
    Variable,
    /// A parameter, or a name of a parameter's pattern.
    Parameter,
    /// A function declaration.
    Function,
    /// A class.
    Class,
    /// A `catch` parameter or a loop's variable.
    Other,
}

/// A class, or an object literal with members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// Its name, or the name of the variable that it is bound to.
    pub name: Option<Name>,
    /// What it is.
    pub kind: ClassKind,
    /// Its parent, resolved: the class that it extends, where one can be told.
    pub parent: Option<Path>,
    /// The interfaces that it implements, resolved, and whatever else it is declared to be.
    pub interfaces: Vec<Path>,
    /// Its members.
    pub members: Vec<Member>,
    /// Its bytes.
    pub span: Span,
    /// Its decorators' names, as written.
    pub decorators: Vec<Name>,
}

/// What a class is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClassKind {
    /// A class, or an object with one instance.
    Class,
    /// An interface or protocol: its members without a body are done by whoever implements it.
    Interface,
    /// More members of a class that this file does not declare.
    Extension,
    /// An object literal.
    Literal,
}

/// A member of a class or object literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// What it holds: a closure for a method, a value for a field; for a constructor parameter property
    /// or a typed field the instance path of the declared type.
    pub value: Value,
    /// Whether it is static.
    pub is_static: bool,
    /// Whether it is private or protected.
    pub is_private: bool,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its bytes, markers included.
    pub span: Span,
    /// Its text without the markers, trimmed.
    pub text: Arc<str>,
}
