//! The forms of control flow: branches, switches, loops, handlers of exceptions. Must not know any one
//! grammar, nor how a graph is built from them.

use super::{Block, Expression, Statement, Variable};

/// `if`.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct If {
    /// The condition.
    pub(in crate::lowering) condition: Expression,
    /// Where it holds.
    pub(in crate::lowering) then: Block,
    /// Where it does not.
    pub(in crate::lowering) otherwise: Option<Block>,
    /// Whether the names that the condition binds stay in scope behind it: `guard`.
    pub(in crate::lowering) binds_behind: bool,
}

/// `switch`, `when`.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Switch {
    /// What is asked about; without one each case is a condition.
    pub(in crate::lowering) subject: Option<Expression>,
    /// A name that is bound to the subject: `when (val x = f())`.
    pub(in crate::lowering) name: Option<Variable>,
    /// The cases.
    pub(in crate::lowering) cases: Vec<Case>,
    /// Whether one of the cases always fits, a default or not: an exhaustive one.
    pub(in crate::lowering) exhaustive: bool,
}

/// One case.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Case {
    /// What fits it, any of them; none for a default.
    pub(in crate::lowering) patterns: Vec<Pattern>,
    /// A further condition: `where`, `when`.
    pub(in crate::lowering) guard: Option<Expression>,
    /// What runs.
    pub(in crate::lowering) body: Block,
    /// Whether control goes on into the next case at its end: C's way.
    pub(in crate::lowering) falls_through: bool,
}

/// What fits a case.
#[derive(Clone, Debug)]
pub(in crate::lowering) enum Pattern {
    /// The subject equals this value: a constant, an enumeration's case (`.signedOut`).
    Equals(Expression),
    /// A condition by itself, without a subject.
    Holds(Expression),
    /// Anything else, with the names that it binds: `is User`, `case let .user(user)`.
    Other(Vec<Variable>),
}

/// A loop.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Loop {
    /// What runs once before it: C's `for`.
    pub(in crate::lowering) start: Vec<Expression>,
    /// The names that each element has.
    pub(in crate::lowering) names: Vec<Variable>,
    /// What is gone through: `for x in elements`.
    pub(in crate::lowering) elements: Option<Expression>,
    /// What is asked before each round; behind it where `asks_behind`.
    pub(in crate::lowering) condition: Option<Expression>,
    /// Whether it is a `do … while`.
    pub(in crate::lowering) asks_behind: bool,
    /// What runs behind each round.
    pub(in crate::lowering) update: Vec<Expression>,
    /// The body.
    pub(in crate::lowering) body: Block,
    /// Whether each round waits: `for await`.
    pub(in crate::lowering) awaits: bool,
}

/// `try` with handlers.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Attempt {
    /// Resources that are opened first.
    pub(in crate::lowering) resources: Vec<Statement>,
    /// What is tried.
    pub(in crate::lowering) body: Block,
    /// The handlers, in order.
    pub(in crate::lowering) catches: Vec<Catch>,
    /// What runs on every way out.
    pub(in crate::lowering) finally: Option<Block>,
}

/// A handler of exceptions.
#[derive(Clone, Debug)]
pub(in crate::lowering) struct Catch {
    /// The exception's name.
    pub(in crate::lowering) names: Vec<Variable>,
    /// Whether it takes every exception; else some pass it by.
    pub(in crate::lowering) takes_all: bool,
    /// What runs.
    pub(in crate::lowering) body: Block,
}
