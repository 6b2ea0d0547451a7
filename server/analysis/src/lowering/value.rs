//! Names and constants as lowering follows them. Owns paths (`window.FS`, `useRouter().push`) resolved
//! through the file's bindings; must not know what any name means.

use std::sync::Arc;

use super::{BindingId, BodyId, ClassId, ImportName};
use crate::source::Span;

/// An identifier's or a key's text.
pub type Name = Arc<str>;

/// Where a path starts, after the file's constant bindings were followed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Root {
    /// A name that this file does not declare: `FS`, `window`, `fetch`.
    Global(Name),
    /// A name that an import binds. A namespace's member is already joined in: `ns.logout` of
    /// `import * as ns` has the name `logout`.
    Import {
        /// The module as written: `next/navigation`, `./auth`.
        module: Name,
        /// What is imported from it.
        name: ImportName,
    },
    /// A declaration of this file that is no constant alias of something else: a function, a parameter,
    /// a variable assigned twice, an object literal.
    Local(BindingId),
    /// The receiver inside a class or object; the class where one encloses it.
    This(Option<ClassId>),
    /// The parent class's receiver.
    Super,
    /// Any other expression: `(a || b).c`, a literal's method.
    Unknown,
}

/// One step of a path behind its root.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Segment {
    /// `.name`, `?.name` or `['name']`.
    Member(Name),
    /// The result of calling what stands before: `useRouter()`.
    Call,
    /// An instance of the class that stands before: `new Auth()`, or a binding declared with that type.
    Instance,
    /// The settled value of a promise: `(await import('x'))`.
    Awaited,
    /// `[expression]` or another step that is not a constant.
    Computed,
}

/// A resolved name: a root and what is read or called behind it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// Where it starts.
    pub root: Root,
    /// The steps behind the root, in order.
    pub segments: Vec<Segment>,
}

impl Path {
    /// A path of a root alone.
    pub fn root(root: Root) -> Self {
        Self { root, segments: Vec::new() }
    }

    /// The same path with one more step.
    pub fn then(mut self, segment: Segment) -> Self {
        self.segments.push(segment);
        self
    }

    /// The last member's name, or `None` where the path ends in something else.
    pub fn last_member(&self) -> Option<&Name> {
        match self.segments.last()? {
            Segment::Member(name) => Some(name),
            _ => None,
        }
    }
}

/// What an expression is known to be. Constants are followed through `const` and never-reassigned
/// bindings, so `const GUEST = 'guest'; f(GUEST)` has the value `Text("guest")`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// `undefined`, `void 0`.
    Undefined,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as written.
    Number(Name),
    /// A string, or a template without holes, unescaped.
    Text(Name),
    /// A template with holes: the text before the first hole.
    Template(Name),
    /// An object literal. `open` says that a spread or a computed key may add more.
    Object {
        /// Its properties in source order.
        properties: Vec<Property>,
        /// Whether there may be properties that are not listed.
        open: bool,
    },
    /// An array literal.
    Array(Vec<Value>),
    /// A name or a member that is no constant.
    Path(Path),
    /// The result of a call that is no constant: the callee, and its arguments' values.
    Call {
        /// What is called.
        callee: Path,
        /// The arguments, in order.
        arguments: Vec<Value>,
    },
    /// A function written in place.
    Closure(BodyId),
    /// One of several: `a ? b : c`, `a || b`, `a ?? b`.
    Either(Vec<Value>),
    /// A JSX element; its name, and the text directly inside it.
    Element {
        /// The element's name as written: `Navigate`, `Redirect`.
        name: Name,
    },
    /// Anything else.
    Unknown,
}

impl Value {
    /// The text of a string constant.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The property of an object literal; the last of that name wins, as at run time.
    pub fn property(&self, key: &str) -> Option<&Property> {
        match self {
            Self::Object { properties, .. } => properties.iter().rev().find(|property| &*property.key == key),
            _ => None,
        }
    }

    /// The path of a name, a member, or of a call's result.
    pub fn path(&self) -> Option<Path> {
        match self {
            Self::Path(path) => Some(path.clone()),
            Self::Call { callee, .. } => Some(callee.clone().then(Segment::Call)),
            _ => None,
        }
    }
}

/// One property of an object literal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Property {
    /// The key, unquoted.
    pub key: Name,
    /// Its value.
    pub value: Value,
    /// The key's bytes.
    pub key_span: Span,
    /// The whole property's bytes.
    pub span: Span,
}

/// One argument of a call.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Argument {
    /// What is passed.
    pub value: Value,
    /// The argument's bytes.
    pub span: Span,
    /// The label, in languages that have them (Swift, Kotlin, Dart).
    pub label: Option<Name>,
    /// Whether it is a spread (`...rest`), so that later positions are not known.
    pub spread: bool,
}
