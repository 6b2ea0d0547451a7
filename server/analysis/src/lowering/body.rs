//! What lowering makes of a function, of a field's initialiser or of a file's own statements: a body, which is a
//! control-flow graph of steps and what stands around it. Must not know any one grammar.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use smallvec::smallvec;

use super::{BindingId, ClassId, Code, Inside, Name, NameHash, Node, NodeId, Path, Step, Successors};
use crate::source::Span;

/// A body's place in [`LoweredFile::bodies`]. The first one is the file's top level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyId(pub u32);

/// A statement's place in [`Code::statements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId(pub u32);

/// A function, method, closure, accessor, initialiser, a script's top level, or the part of a promise
/// chain behind its first call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// What sort of body it is.
    pub kind: BodyKind,
    /// Its declared name, or the name of the variable, property or member that it is bound to. For a
    /// closure handed to a wrapper (`const logout = useCallback(() => …)`) the variable's name.
    pub name: Option<Name>,
    /// The bytes of that name; the body's first token where it has none.
    pub name_span: Span,
    /// The text that a person reads on what runs this body: `Log out` of `<button onClick={…}>Log
    /// out</button>`, or of `text: 'Log out'` beside it.
    pub label: Option<Name>,
    /// The class or object that it is a member of.
    pub class: Option<ClassId>,
    /// The body that encloses it.
    pub parent: Option<BodyId>,
    /// What is done with it where it stands.
    pub used_as: BodyUse,
    /// Its parameters' bindings, in order; a destructured one gives every name of the pattern.
    pub parameters: Vec<BindingId>,
    /// Its bytes, from its first modifier to its closing brace.
    pub span: Span,
    /// The bytes between its braces, or its expression; for the top level the file.
    pub inner: Span,
    /// Whether it is `async`.
    pub is_async: bool,
    /// Whether it is a generator.
    pub is_generator: bool,
    /// Whether it returns markup (JSX), on any path.
    pub returns_markup: bool,
    /// Whether the parser met an error inside it (nested bodies not counted).
    pub broken: bool,
    /// Directive prologues of this body: `use server`.
    pub directives: Vec<Name>,
    /// What it does.
    pub inside: Inside,
    /// By which lowering all that is inside was made.
    pub made: Made,
}

/// A mark of what was made of a body's inside. Where two bodies have the same one, they are the same code, wherever
/// that stands and whatever the numbers are of what it names. It is nothing by which bodies differ.
#[derive(Clone, Copy, Default)]
pub struct Made(u64);

impl Made {
    fn now() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }

    /// Whether both are of the same code; what has no mark is the same as nothing.
    pub fn is_of(self, other: Self) -> bool {
        self.0 != 0 && self.0 == other.0
    }
}

impl fmt::Debug for Made {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Made")
    }
}

impl PartialEq for Made {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Made {}

impl Body {
    /// Where control comes in.
    pub const ENTRY: NodeId = NodeId(0);
    /// Where control leaves other than by an exception.
    pub const EXIT: NodeId = NodeId(1);

    /// A body with an entry that leads to its exit.
    pub fn empty(kind: BodyKind, span: Span) -> Self {
        let node = |next: Successors| Node {
            step: Step::Nothing,
            span: Span::at(span.start),
            statement: None,
            next,
            handler: None,
            in_catch: false,
            in_loop: None,
        };
        let nodes = vec![node(smallvec![Self::EXIT]), node(Successors::new())];
        Self { inside: Code { nodes, ..Code::default() }.into(), ..Self::without_graph(kind, span) }
    }

    /// A body of which nothing but its sort and its place is known yet.
    pub fn without_graph(kind: BodyKind, span: Span) -> Self {
        Self {
            kind,
            name: None,
            name_span: Span::at(span.start),
            label: None,
            class: None,
            parent: None,
            used_as: BodyUse::Other,
            parameters: Vec::new(),
            span,
            inner: span,
            is_async: false,
            is_generator: false,
            returns_markup: false,
            broken: false,
            directives: Vec::new(),
            inside: Inside::default(),
            made: Made::default(),
        }
    }

    /// The body in its final form, for its file's list: with a mark of its own, and no more memory than it takes.
    pub(super) fn kept(mut self) -> Arc<Self> {
        self.made = Made::now();
        self.inside.shrink();
        self.parameters.shrink_to_fit();
        Arc::new(self)
    }

    /// Whether what stands around a body says the same of it as of another one.
    pub(super) fn has_head_of(&self, other: &Self) -> bool {
        self.kind == other.kind
            && (self.name_span, self.span, self.inner) == (other.name_span, other.span, other.inner)
            && (self.class, self.parent) == (other.class, other.parent)
            && (self.is_async, self.is_generator, self.broken) == (other.is_async, other.is_generator, other.broken)
            && (&self.name, &self.label) == (&other.name, &other.label)
            && self.used_as == other.used_as
            && self.parameters == other.parameters
            && self.directives == other.directives
    }

    /// The body with what another one does.
    pub(super) fn with_inside_of(self, other: Self) -> Self {
        Self { returns_markup: other.returns_markup, inside: other.inside, made: other.made, ..self }
    }

    /// What it does, at its places in the text.
    pub fn code(&self) -> &Code {
        self.inside.code()
    }

    /// What it does, at places where it may have stood in a former text: for who asks for none, which costs less. The
    /// vocabulary may read what is written at an argument's place.
    pub fn code_anywhere(&self) -> &Code {
        self.inside.code_anywhere()
    }

    /// The names that its calls end with, each once.
    pub fn called(&self) -> &[NameHash] {
        self.inside.called()
    }

    /// What it does, to be changed.
    pub(crate) fn code_mut(&mut self) -> &mut Code {
        self.inside.code_mut()
    }

    /// Whether it waits for something, on any path.
    pub fn waits(&self) -> bool {
        self.code_anywhere().nodes.iter().any(|node| matches!(node.step, Step::Await))
    }

    /// A node by its place.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.code().nodes[id.0 as usize]
    }

    /// The statement that a node stands in.
    pub fn statement(&self, id: StatementId) -> &Statement {
        &self.code().statements[id.0 as usize]
    }

    /// The nodes with their places.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.code().nodes()
    }
}

/// What sort of body it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BodyKind {
    /// The file's own statements.
    TopLevel,
    /// A function declaration or expression.
    Function,
    /// An arrow function or closure.
    Closure,
    /// A method of a class or an object literal.
    Method,
    /// A constructor.
    Constructor,
    /// A getter.
    Getter,
    /// A setter.
    Setter,
    /// A field's initialiser or a static block.
    Initialiser,
    /// The callbacks of a promise chain behind its first call, in their order.
    Continuation,
}

/// What is done with a body where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BodyUse {
    /// It is declared, or bound to a variable or member: it runs where its name is called.
    Bound,
    /// It is an argument, or a property of an object argument (`logout({ onSuccess() {} })`).
    Argument {
        /// What is called.
        callee: Path,
        /// The callee's identifiers as written, without calls: `["router", "push"]`.
        written: Vec<Name>,
        /// The argument's position, from 0.
        position: u32,
        /// The property's name, where it is a property of an object argument.
        key: Option<Name>,
    },
    /// It is the value of an attribute, in JSX or in markup.
    Attribute {
        /// The element's name as written.
        element: Name,
        /// The attribute's name: `onClick`; in markup as HTML spells it: `onclick`.
        attribute: Name,
    },
    /// It runs where it stands: an immediately invoked function, a promise chain's callback.
    InPlace {
        /// Whether it runs because something failed: `.catch(…)`, the second argument of `.then`.
        on_error: bool,
    },
    /// It is returned.
    Returned,
    /// It runs when what it asks for has changed: an entry of a component's `watch`, a reactive statement.
    Reaction {
        /// The name of what is watched; `None` for whatever is read in it.
        to: Option<Name>,
    },
    /// Anything else: an element of an array, a default value.
    Other,
}

/// A statement, as an edit needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its bytes, with its terminator where it has one.
    pub span: Span,
    /// Where it stands.
    pub placement: Placement,
}

/// Where a statement stands, which decides how another one is put beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Placement {
    /// In a block, a `case` or at the top level: another statement may stand before or behind it.
    Block,
    /// It is a branch or loop body without braces: they have to be added.
    Braceless,
    /// It is an arrow's or closure's expression: a block with `return` has to be made of it.
    Expression,
}
