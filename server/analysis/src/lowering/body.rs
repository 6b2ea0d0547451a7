//! What lowering makes of a file: bodies, each with a control-flow graph of steps, and the file's
//! declarations. Owns the shapes that every language lowers into; must not know any one grammar.

use std::sync::Arc;

use smallvec::{SmallVec, smallvec};

use super::{Argument, Name, Path, Value};
use crate::source::Span;

/// A body's place in [`LoweredFile::bodies`]. The first one is the file's top level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BodyId(pub u32);

/// A node's place in [`Body::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// A binding's place in [`LoweredFile::bindings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BindingId(pub u32);

/// A class's place in [`LoweredFile::classes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub u32);

/// A statement's place in [`Body::statements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatementId(pub u32);

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
    /// What it returns, one value for each `return` (an arrow's expression too).
    pub returns: Vec<Value>,
    /// Its control-flow graph. Node 0 is the entry, node 1 the exit; both are [`Step::Nothing`].
    pub nodes: Vec<Node>,
    /// The statements that the nodes stand in.
    pub statements: Vec<Statement>,
}

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
        Self { nodes: vec![node(smallvec![Self::EXIT]), node(Successors::new())], ..Self::without_graph(kind, span) }
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
            returns: Vec::new(),
            nodes: Vec::new(),
            statements: Vec::new(),
        }
    }

    /// The body in its final form, for its file's list: with no more memory than it takes.
    pub(super) fn kept(mut self) -> Arc<Self> {
        self.returns.shrink_to_fit();
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
        Self {
            returns_markup: other.returns_markup,
            returns: other.returns,
            nodes: other.nodes,
            statements: other.statements,
            ..self
        }
    }

    /// A node by its place.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The statement that a node stands in.
    pub fn statement(&self, id: StatementId) -> &Statement {
        &self.statements[id.0 as usize]
    }

    /// The nodes with their places.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().enumerate().map(|(index, node)| (NodeId(index as u32), node))
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

/// The nodes that come next: seldom more than two.
pub type Successors = SmallVec<[NodeId; 4]>;

/// One step and where control goes from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What happens.
    pub step: Step,
    /// The bytes of the expression or statement that it was lowered from.
    pub span: Span,
    /// The statement that it stands in.
    pub statement: Option<StatementId>,
    /// Where control goes when the step completes; several after a branch.
    pub next: Successors,
    /// Where control goes when the step throws; `None` leaves the body by the exception.
    pub handler: Option<NodeId>,
    /// Whether it stands in a `catch` clause.
    pub in_catch: bool,
    /// The innermost loop statement around it in this body.
    pub in_loop: Option<Span>,
}

/// What a node does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing: an entry, an exit, a place where paths meet.
    Nothing,
    /// A call. Its arguments' own steps come before it.
    Call(Box<Call>),
    /// An assignment to a member or a variable: `location.href = '/login'`.
    Assign(Box<Assign>),
    /// A condition that holds, or does not, on the way on from here.
    Assume {
        /// What was asked.
        condition: Box<Condition>,
        /// Whether it holds here.
        holds: bool,
    },
    /// The body waits for a promise; a rejection goes to the handler.
    Await,
    /// A generator gives a value away; it may never be resumed.
    Yield,
    /// Another body of this file runs.
    Run {
        /// The body.
        body: BodyId,
        /// When.
        timing: Timing,
    },
    /// A value is returned; control goes to the exit (through `finally`).
    Return(Box<Value>),
    /// An exception is thrown; control goes to the handler.
    Throw,
    /// Something that the parser could not read stands here.
    Broken,
}

/// When a body that a step runs does run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timing {
    /// Here, once, before control goes on.
    Now,
    /// Here until it first waits, the rest when this body has run to its end or waits: an `async` function
    /// that nobody awaits.
    Started,
    /// Once, when this body has run to its end or waits: the callbacks of a promise chain that nobody
    /// awaits.
    Afterwards,
}

/// An assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assign {
    /// What is assigned to, resolved.
    pub target: Path,
    /// The target's identifiers as written.
    pub written: Vec<Name>,
    /// The new value.
    pub value: Value,
}

/// A call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// What is called, resolved through the file's bindings.
    pub callee: Path,
    /// The callee's identifiers as written, without calls and `this`: `["router", "push"]`.
    pub written: Vec<Name>,
    /// The callee's bytes.
    pub callee_span: Span,
    /// The arguments.
    pub arguments: Vec<Argument>,
    /// What is done with the result.
    pub handling: Handling,
    /// Whether it is an optional call or stands behind `?.`.
    pub optional: bool,
    /// Whether it constructs: `new X()`.
    pub construct: bool,
    /// Whether a rejection of its promise is caught by a `.catch` (or second `.then` argument) in its own chain.
    pub caught: bool,
    /// Whether it is one of several in `Promise.race([…])` and its kin.
    pub raced: bool,
    /// The types that it is called with, in languages whose calls say so: `on<LogoutRequested>(…)`.
    pub types: Vec<Path>,
}

/// What is done with a call's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Handling {
    /// The call is a statement of its own.
    Discarded,
    /// `void call()`.
    Voided,
    /// `await call()`, directly or through `Promise.all`.
    Awaited,
    /// `return call()`, or an arrow's expression.
    Returned,
    /// `call().then(…)`.
    Chained,
    /// Its value is used otherwise.
    Used,
}

/// A condition of a branch. `&&`, `||` and `!` are control flow already: this is one operand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What is asked about; for a call its result.
    pub subject: Value,
    /// The subject's identifiers as written.
    pub written: Vec<Name>,
    /// What is asked.
    pub relation: Relation,
    /// The condition's bytes.
    pub span: Span,
    /// The condition's text without white space: two conditions of one text ask the same.
    pub text: Name,
}

/// What a condition asks about its subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Whether it is truthy.
    Truthy,
    /// Whether it equals a value (`===`, `==`, a `case`); `!==` is this with `holds` turned round.
    Equals(Value),
    /// Whether its `typeof` is this text.
    TypeOf(Name),
    /// Whether it is neither `null` nor `undefined`: what `?.` and `??` ask.
    Present,
    /// Anything else: `a < b`, `x in y`, another element in a loop.
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
