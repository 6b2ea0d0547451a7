//! A file as the native languages have it in common: declarations, statements and expressions without a
//! grammar. Owns the shape that each language's reader makes of its tree; must not know any one grammar,
//! nor how a graph is built from it.
//!
//! A reader keeps every part that runs, in the order in which it is written, and says of each what it is
//! in these terms. What it has no form for it gives as [`Form::All`] of the parts inside, so that nothing
//! that runs is lost; what the parser could not read as [`Form::Broken`].

use super::{Attempt, ClassForm, Declaration, Function, If, Loop, Switch, TypeName, Variable};
use crate::lowering::{Comment, Import, Name};
use crate::source::Span;

/// One file.
#[derive(Clone, Debug, Default)]
pub(in crate::lowering) struct Outline {
    /// The file's bytes.
    pub(in crate::lowering) whole: Span,
    /// Imports, in order. A language whose imports bind no name (Swift, Objective-C, Dart without `as`)
    /// gives [`Import::name`] and [`Import::local`] as `None`.
    pub(in crate::lowering) imports: Vec<Import>,
    /// Declarations and, where the language has them, statements of the top level.
    pub(in crate::lowering) items: Vec<Statement>,
    /// Every comment, in order.
    pub(in crate::lowering) comments: Vec<Comment>,
    /// What the parser could not read, zero-width omissions that do no harm left out.
    pub(in crate::lowering) broken: Vec<Span>,
    /// Whether only what is marked can throw: Swift's `try`. Else every call can.
    pub(in crate::lowering) marks_throws: bool,
    /// What reading a function rests on in the rest of the file.
    pub(in crate::lowering) rests_on: Vec<Name>,
}

/// A list of statements.
#[derive(Clone, Debug, Default)]
pub(in crate::lowering) struct Block {
    /// The statements.
    pub(in crate::lowering) statements: Vec<Statement>,
    /// The bytes between the braces, or of the one statement that has none.
    pub(in crate::lowering) inner: Span,
    /// Whether there are no braces around it: a branch's or a loop's single statement.
    pub(in crate::lowering) braceless: bool,
}

/// A statement, as an edit sees it.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Statement {
    /// Its bytes, with its terminator where it has one. No comment is part of it.
    pub(in crate::lowering) span: Span,
    /// What it does.
    pub(in crate::lowering) does: Expression,
}

/// An expression, a statement or a declaration: in most of these languages one can stand for the other.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Expression {
    /// Its bytes, without parentheses around it.
    pub(in crate::lowering) span: Span,
    /// What it is.
    pub(in crate::lowering) form: Form,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub(in crate::lowering) enum Form {
    /// `nil`, `null`.
    Null,
    /// `true`, `false`, `YES`, `NO`.
    Boolean(bool),
    /// A number, as written.
    Number(Name),
    /// A string without holes, unescaped.
    Text(Name),
    /// A string with holes: the text before the first one, and the holes' expressions.
    Template(Name, Vec<Expression>),
    /// An identifier.
    Name(Name),
    /// `self`, `this`.
    This,
    /// `super`.
    Super,
    /// The receiver of the cascade or scope function around it: Dart's `..`, Kotlin's `this` in `apply`.
    Receiver,
    /// `object.name`; without an object Swift's implicit member `.login`.
    Member(Box<Member>),
    /// `object[index]`.
    Index(Box<Expression>, Box<Expression>),
    /// A call, a construction, or a message.
    Call(Box<CallForm>),
    /// What is called, with the types that it is called with: `on<LogoutRequested>(…)`, `read<Auth>()`.
    Generic(Box<Expression>, Vec<TypeName>),
    /// A map or dictionary: keys (a bare name is a text) and values.
    Map(Vec<(Expression, Expression)>),
    /// A list, an array or a set.
    List(Vec<Expression>),
    /// A closure, lambda, block, or a local function's expression.
    Closure(Box<Function>),
    /// A reference to a function or a member that is not called: `::logout`, `#selector(logout)`.
    Reference(Box<Expression>),
    /// A type as a value: `LoginActivity::class.java`, `LoginViewController.self`.
    Type(TypeName),
    /// `!value`.
    Not(Box<Expression>),
    /// `left && right`; Swift's comma between conditions.
    And(Box<Expression>, Box<Expression>),
    /// `left || right`.
    Or(Box<Expression>, Box<Expression>),
    /// `left ?? right`, `left ?: right`: the right side runs where the left one is null.
    Fallback(Box<Expression>, Box<Expression>),
    /// A comparison.
    Compare(Box<Compare>),
    /// `if let name = value`, `guard let`: asks whether a value is there, and binds it. Swift's `if case`
    /// with a pattern that takes a value apart is this too.
    Bind(Box<Bind>),
    /// `value = …`, `value += …`; the flag says that it is compound.
    Assign(Box<Expression>, Box<Expression>, bool),
    /// `await value`.
    Await(Box<Expression>),
    /// `try value`, `try! value`: what can throw, where the outline says that throws are marked.
    Try(Box<Expression>),
    /// `try? value`: what it throws is swallowed, and its value is null then.
    TryOptional(Box<Expression>),
    /// `value!`, `value!!`.
    Unwrap(Box<Expression>),
    /// Dart's cascade: the receiver, and what is done with it (each through [`Form::Receiver`]). The flag
    /// says that it is null-aware. The value is the receiver.
    Cascade(Box<Expression>, Vec<Expression>, bool),
    /// A scope function that runs its lambda where it stands: Kotlin's `let`, `run`, `with`, `apply`.
    Scoped(Box<Scoped>),
    /// A chain of callbacks behind a future: Dart's `.then`, `.catchError`, `.whenComplete`.
    Chain(Box<Chain>),
    /// Several parts that run in this order; nothing is known of the value: `a + b`, a cast's parts.
    All(Vec<Expression>),
    /// What stands in a branch's block and is no statement: one of several values, an element of a list. No
    /// statement can be put beside it.
    Part(Box<Expression>),

    /// A block that opens a scope.
    Block(Block),
    /// `if`; as an expression too, and `a ? b : c`. Swift's `guard` is an `if` on the negated condition
    /// whose names stay in scope behind it.
    If(Box<If>),
    /// `switch`, `when`.
    Switch(Box<Switch>),
    /// A loop.
    Loop(Box<Loop>),
    /// `label: statement`.
    Labelled(Name, Box<Expression>),
    /// `try` with its handlers; Swift's `do`.
    Attempt(Box<Attempt>),
    /// `defer { … }`: runs when control leaves the block around it.
    Defer(Block),
    /// `return`, with what is returned and the label that it returns to.
    Return(Option<Box<Expression>>, Option<Name>),
    /// `throw`.
    Throw(Option<Box<Expression>>),
    /// `break`, with its label. Java's `yield` in a switch is this behind [`Form::All`].
    Break(Option<Name>),
    /// `continue`, with its label.
    Continue(Option<Name>),
    /// Swift's `fallthrough`.
    FallThrough,
    /// A generator gives a value away.
    Yield(Option<Box<Expression>>),

    /// Variables and constants.
    Declare(Vec<Declaration>),
    /// A function declared by its name.
    Function(Box<Function>),
    /// A class, or what is like one.
    Class(Box<ClassForm>),

    /// Nothing that runs.
    Nothing,
    /// What the parser could not read.
    Broken,
}

/// `object.name`.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Member {
    /// What it is a member of.
    pub(in crate::lowering) object: Option<Expression>,
    /// The member's name.
    pub(in crate::lowering) name: Name,
    /// Whether it is `?.`.
    pub(in crate::lowering) optional: bool,
}

/// A call.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct CallForm {
    /// What is called. A message `[object part:… other:…]` calls the member that its first part names.
    pub(in crate::lowering) callee: Expression,
    /// The arguments; trailing closures, builders and a message's further parts with their labels too.
    pub(in crate::lowering) arguments: Vec<ArgumentForm>,
    /// Whether it certainly constructs: `new X()`, `[[X alloc] init]`.
    pub(in crate::lowering) construct: bool,
    /// Whether the callee itself may be absent: `completion?()`.
    pub(in crate::lowering) optional: bool,
}

/// One argument.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct ArgumentForm {
    /// Its label or name, where it has one.
    pub(in crate::lowering) label: Option<Name>,
    /// What is passed.
    pub(in crate::lowering) value: Expression,
    /// Its bytes, its label included.
    pub(in crate::lowering) span: Span,
    /// Whether it is spread: `*values`, `...values`.
    pub(in crate::lowering) spread: bool,
}

/// A comparison.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Compare {
    /// The left side.
    pub(in crate::lowering) left: Expression,
    /// The right side.
    pub(in crate::lowering) right: Expression,
    /// How they are compared.
    pub(in crate::lowering) relation: Comparison,
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lowering) enum Comparison {
    /// `==`, `===`, `isEqual:`.
    Equal,
    /// `!=`, `!==`.
    Different,
    /// `<`, `in`, `is` and all others.
    Other,
}

/// `if let name = value`.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Bind {
    /// The names that it binds.
    pub(in crate::lowering) names: Vec<Variable>,
    /// The value that is asked for.
    pub(in crate::lowering) value: Expression,
    /// Whether it holds exactly where the value is there; else it asks something unknown.
    pub(in crate::lowering) asks_presence: bool,
}

/// A scope function.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Scoped {
    /// What it is called on; evaluated first.
    pub(in crate::lowering) receiver: Option<Expression>,
    /// Whether it runs only where the receiver is there: `?.let`.
    pub(in crate::lowering) optional: bool,
    /// The name that the receiver has inside: `it`, `user`.
    pub(in crate::lowering) name: Option<Variable>,
    /// Whether the receiver is the implicit one inside: `apply`, `run`, `with`.
    pub(in crate::lowering) implicit: bool,
    /// The label that `return@let` names.
    pub(in crate::lowering) label: Option<Name>,
    /// How often it runs: `forEach` and `repeat` loop.
    pub(in crate::lowering) repeats: bool,
    /// Whether its value is the receiver's, not the body's: `also`, `apply`.
    pub(in crate::lowering) gives_receiver: bool,
    /// What runs.
    pub(in crate::lowering) body: Block,
    /// The bytes of the whole call.
    pub(in crate::lowering) span: Span,
}

/// Callbacks behind a future.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Chain {
    /// The future.
    pub(in crate::lowering) head: Expression,
    /// The links in their order.
    pub(in crate::lowering) links: Vec<ChainLink>,
}

/// One link of a chain.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct ChainLink {
    /// When the callback runs.
    pub(in crate::lowering) kind: LinkKind,
    /// The callback: a closure or a reference.
    pub(in crate::lowering) callback: Expression,
    /// A second callback for an error: `.then(f, onError: g)`.
    pub(in crate::lowering) on_error: Option<Expression>,
    /// The link's bytes, from its dot.
    pub(in crate::lowering) span: Span,
}

/// When a chain's callback runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lowering) enum LinkKind {
    /// Where what is before it succeeded.
    Then,
    /// Where it failed.
    Catch,
    /// Both.
    Finally,
}
