//! What was lowered of one text, as it is in another one in which the same code stands elsewhere. Owns what a
//! place and a number in the one are in the other; must not know why the code is the same, or any grammar.

use std::sync::Arc;

use super::{
    Argument, Assign, Binding, BindingId, Body, BodyId, BodyUse, Call, Class, ClassId, Code, Comment, Condition,
    Import, Inside, Member, Node, Path, Property, Relation, Root, Statement, Step, Value,
};
use crate::source::Span;

/// A piece of a text in whose place another one stands now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    /// Where it begins in both texts.
    pub(super) start: u32,
    /// Where it ended.
    pub(super) old_end: u32,
    /// Where what took its place ends.
    pub(super) new_end: u32,
}

impl Change {
    /// Where a span of the old text is now; `None` where it was touched, or where that cannot be told.
    pub(super) fn span(self, span: Span) -> Option<Span> {
        if span.end <= self.start && !(span.is_empty() && span.end == self.old_end) {
            return Some(span);
        }
        (span.start >= self.old_end && !(span.is_empty() && span.start == self.start)).then(|| self.behind(span))
    }

    /// Whether bytes of the new text were there before.
    pub(super) fn spares(self, now: Span) -> bool {
        now.end < self.start || now.start > self.new_end
    }

    /// Where a span inside of code that was not touched is now: the code's bounds may be those of the change.
    pub(super) fn within(self, untouched: Span, span: Span) -> Span {
        if untouched.end <= self.start { span } else { self.behind(span) }
    }

    /// The part of the old text, before the change or behind it, in which untouched code stands, and how far that part
    /// has moved.
    pub(super) fn side(self, untouched: Span) -> (Span, Shift) {
        if untouched.end <= self.start {
            (Span::new(0, self.start), Shift::default())
        } else {
            (Span::new(self.old_end, u32::MAX), Shift(self.new_end.wrapping_sub(self.old_end)))
        }
    }

    /// A span that lies behind the change, or begins with its end.
    fn behind(self, span: Span) -> Span {
        let at = |place: u32| (place - self.old_end) + self.new_end;
        Span::new(at(span.start), at(span.end))
    }
}

/// What places and numbers of one lowering are in another. Where nothing else is said, numbers are what they were.
pub(super) trait Moves {
    /// Where a span is now; `None` where that cannot be told.
    fn span(&self, span: Span) -> Option<Span>;
    /// What a body's number is now; `None` for what has no equal in the new lowering, as below.
    fn body(&self, id: BodyId) -> Option<BodyId> {
        Some(id)
    }
    /// What a binding's number is now.
    fn binding(&self, id: BindingId) -> Option<BindingId> {
        Some(id)
    }
    /// What a class's number is now.
    fn class(&self, id: ClassId) -> Option<ClassId> {
        Some(id)
    }
}

/// All places lie so many bytes further on, counted round the end of the numbers, and all numbers are what they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shift(pub(super) u32);

impl Shift {
    /// One shift behind another.
    pub(super) fn then(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }
}

impl Moves for Shift {
    fn span(&self, span: Span) -> Option<Span> {
        Some(Span::new(span.start.wrapping_add(self.0), span.end.wrapping_add(self.0)))
    }
}

/// Numbers that are others, and places behind a change.
#[derive(Debug)]
pub(super) struct Renumbered {
    pub(super) change: Change,
    /// Code that was not touched, whose spans all move alike: its own bounds may be those of the change.
    pub(super) home: Option<Span>,
    /// By the old number.
    pub(super) bodies: Vec<Option<BodyId>>,
    pub(super) bindings: Vec<Option<BindingId>>,
    pub(super) classes: Vec<Option<ClassId>>,
}

impl Renumbered {
    /// Whether every number is what it was, of what still has one.
    pub(super) fn are_in_place(&self) -> bool {
        let stays = |(old, now): (usize, Option<u32>)| now.is_none_or(|now| now as usize == old);
        self.bodies.iter().map(|now| now.map(|id| id.0)).enumerate().all(stays)
            && self.bindings.iter().map(|now| now.map(|id| id.0)).enumerate().all(stays)
            && self.classes.iter().map(|now| now.map(|id| id.0)).enumerate().all(stays)
    }
}

impl Moves for Renumbered {
    fn span(&self, span: Span) -> Option<Span> {
        match self.home {
            Some(home) if home.contains(span) => Some(self.change.within(home, span)),
            _ => self.change.span(span),
        }
    }

    fn body(&self, id: BodyId) -> Option<BodyId> {
        self.bodies.get(id.0 as usize).copied().flatten()
    }

    fn binding(&self, id: BindingId) -> Option<BindingId> {
        self.bindings.get(id.0 as usize).copied().flatten()
    }

    fn class(&self, id: ClassId) -> Option<ClassId> {
        self.classes.get(id.0 as usize).copied().flatten()
    }
}

/// Something that was lowered, and can stand elsewhere.
pub(super) trait Moved: Sized {
    /// The same in the new lowering; `None` where it rests on what has no equal there.
    fn moved(&self, moves: &impl Moves) -> Option<Self>;
}

impl<T: Moved> Moved for Vec<T> {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        self.iter().map(|it| it.moved(moves)).collect()
    }
}

impl<T: Moved> Moved for Box<T> {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        T::moved(self, moves).map(Box::new)
    }
}

/// `Some(None)` where there is nothing to move.
fn optional<T, R>(it: Option<T>, moved: impl FnOnce(T) -> Option<R>) -> Option<Option<R>> {
    match it {
        Some(it) => moved(it).map(Some),
        None => Some(None),
    }
}

impl Moved for Span {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        moves.span(*self)
    }
}

impl Moved for BindingId {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        moves.binding(*self)
    }
}

impl Moved for Body {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        self.placed(moves, self.code().moved(moves)?.into())
    }
}

impl Body {
    /// The same body further on.
    pub(super) fn shifted(&self, by: Shift) -> Option<Self> {
        self.placed(&by, self.inside.shifted(by))
    }

    fn placed(&self, moves: &impl Moves, inside: Inside) -> Option<Self> {
        Some(Self {
            kind: self.kind,
            name: self.name.clone(),
            name_span: self.name_span.moved(moves)?,
            label: self.label.clone(),
            class: optional(self.class, |class| moves.class(class))?,
            parent: optional(self.parent, |parent| moves.body(parent))?,
            used_as: self.used_as.moved(moves)?,
            parameters: self.parameters.moved(moves)?,
            span: self.span.moved(moves)?,
            inner: self.inner.moved(moves)?,
            is_async: self.is_async,
            is_generator: self.is_generator,
            returns_markup: self.returns_markup,
            broken: self.broken,
            directives: self.directives.clone(),
            inside,
            made: self.made,
        })
    }
}

impl Moved for Code {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self {
            nodes: self.nodes.moved(moves)?,
            statements: self.statements.moved(moves)?,
            returns: self.returns.moved(moves)?,
        })
    }
}

impl Moved for BodyUse {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(match self {
            Self::Argument { callee, written, position, key } => Self::Argument {
                callee: callee.moved(moves)?,
                written: written.clone(),
                position: *position,
                key: key.clone(),
            },
            other => other.clone(),
        })
    }
}

impl Moved for Statement {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self { span: self.span.moved(moves)?, placement: self.placement })
    }
}

impl Moved for Node {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self {
            step: self.step.moved(moves)?,
            span: self.span.moved(moves)?,
            statement: self.statement,
            next: self.next.clone(),
            handler: self.handler,
            in_catch: self.in_catch,
            in_loop: optional(self.in_loop, |span| span.moved(moves))?,
        })
    }
}

impl Moved for Step {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(match self {
            Self::Call(call) => Self::Call(call.moved(moves)?),
            Self::Assign(assign) => Self::Assign(assign.moved(moves)?),
            Self::Assume { condition, holds } => Self::Assume { condition: condition.moved(moves)?, holds: *holds },
            Self::Run { body, timing } => Self::Run { body: moves.body(*body)?, timing: *timing },
            Self::Return(value) => Self::Return(value.moved(moves)?),
            Self::Nothing => Self::Nothing,
            Self::Await => Self::Await,
            Self::Yield => Self::Yield,
            Self::Throw => Self::Throw,
            Self::Broken => Self::Broken,
        })
    }
}

impl Moved for Call {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self {
            callee: self.callee.moved(moves)?,
            written: self.written.clone(),
            callee_span: self.callee_span.moved(moves)?,
            arguments: self.arguments.moved(moves)?,
            types: self.types.moved(moves)?,
            ..*self
        })
    }
}

impl Moved for Argument {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self {
            value: self.value.moved(moves)?,
            span: self.span.moved(moves)?,
            label: self.label.clone(),
            spread: self.spread,
        })
    }
}

impl Moved for Assign {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self { target: self.target.moved(moves)?, written: self.written.clone(), value: self.value.moved(moves)? })
    }
}

impl Moved for Condition {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        let relation = match &self.relation {
            Relation::Equals(value) => Relation::Equals(value.moved(moves)?),
            other => other.clone(),
        };
        Some(Self {
            subject: self.subject.moved(moves)?,
            written: self.written.clone(),
            relation,
            span: self.span.moved(moves)?,
            text: self.text.clone(),
        })
    }
}

impl Moved for Path {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        let root = match &self.root {
            Root::Local(id) => Root::Local(moves.binding(*id)?),
            Root::This(class) => Root::This(optional(*class, |class| moves.class(class))?),
            other => other.clone(),
        };
        Some(Self { root, segments: self.segments.clone() })
    }
}

impl Moved for Value {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(match self {
            Self::Object { properties, open } => Self::Object { properties: properties.moved(moves)?, open: *open },
            Self::Array(values) => Self::Array(values.moved(moves)?),
            Self::Either(values) => Self::Either(values.moved(moves)?),
            Self::Path(path) => Self::Path(path.moved(moves)?),
            Self::Call { callee, arguments } => {
                Self::Call { callee: callee.moved(moves)?, arguments: arguments.moved(moves)? }
            }
            Self::Closure(body) => Self::Closure(moves.body(*body)?),
            other => other.clone(),
        })
    }
}

impl Moved for Property {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self {
            key: self.key.clone(),
            value: self.value.moved(moves)?,
            key_span: self.key_span.moved(moves)?,
            span: self.span.moved(moves)?,
        })
    }
}

impl Moved for Binding {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self {
            name: self.name.clone(),
            kind: self.kind,
            value: self.value.moved(moves)?,
            declared_type: optional(self.declared_type.as_ref(), |path| path.moved(moves))?,
            class: optional(self.class, |class| moves.class(class))?,
            body: moves.body(self.body)?,
            span: self.span.moved(moves)?,
        })
    }
}

impl Moved for Class {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self {
            name: self.name.clone(),
            kind: self.kind,
            parent: optional(self.parent.as_ref(), |path| path.moved(moves))?,
            interfaces: self.interfaces.moved(moves)?,
            members: self.members.moved(moves)?,
            span: self.span.moved(moves)?,
            decorators: self.decorators.clone(),
        })
    }
}

impl Moved for Member {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self {
            name: self.name.clone(),
            value: self.value.moved(moves)?,
            is_static: self.is_static,
            is_private: self.is_private,
        })
    }
}

impl Moved for Import {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self { name_span: self.name_span.moved(moves)?, span: self.span.moved(moves)?, ..self.clone() })
    }
}

impl Moved for Comment {
    fn moved(&self, moves: &impl Moves) -> Option<Self> {
        Some(Self { span: self.span.moved(moves)?, text: Arc::clone(&self.text) })
    }
}
