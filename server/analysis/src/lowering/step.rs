//! The steps of a body, and where control goes from each. Must not know any one grammar.

use smallvec::SmallVec;

use super::{Argument, BodyId, Name, Path, StatementId, Value};
use crate::source::Span;

/// A node's place in [`Code::nodes`](super::Code::nodes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

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

impl Node {
    /// The call that it is, where it is one.
    pub fn call(&self) -> Option<&Call> {
        match &self.step {
            Step::Call(call) => Some(call),
            _ => None,
        }
    }
}

/// The nodes that come next: seldom more than two.
pub type Successors = SmallVec<[NodeId; 4]>;

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
