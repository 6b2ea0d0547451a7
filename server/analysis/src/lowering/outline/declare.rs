//! The first walk over an outline. Owns finding every scope, declaration, body and class before any step
//! is lowered; must not know graphs or values.

use std::ops::Range;

use super::former::Taking;
use super::scope::{BindingFacts, BodyFacts, Declarations, Origin, Part, Resolved, ScopeId, Source, Symbol, part_of};
use super::spine::links_of;
use super::{ArgumentForm, Block, CallForm, Declaration, Expression, Form, Outline, Scoped, Statement, Variable};
use crate::lowering::{
    Binding, BindingId, BindingKind, Body, BodyId, BodyKind, BodyUse, ClassId, ImportName, Name, Path, Root, Value,
};
use crate::source::Span;

/// What surrounds a part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub(super) scope: ScopeId,
    pub(super) body: BodyId,
    pub(super) this_class: Option<ClassId>,
}

/// What is done with the value of an expression, for the closures in it.
#[derive(Clone, Debug)]
pub(super) struct Hint {
    pub(super) name: Option<(Name, Span)>,
    pub(super) used: BodyUse,
    /// The call that it is an argument of, its position and its key.
    pub(super) argument: Option<(Part, u32, Option<Name>)>,
}

impl Hint {
    pub(super) const fn used(used: BodyUse) -> Self {
        Self { name: None, used, argument: None }
    }

    pub(super) const NONE: Self = Self::used(BodyUse::Other);

    fn bound(variable: &Variable) -> Self {
        Self { name: Some((variable.name.clone(), variable.span)), used: BodyUse::Bound, argument: None }
    }
}

/// Walks over an outline and collects what it declares.
///
/// With what may be taken over of a former lowering: `None` where what was taken over does not fit.
pub(super) fn declare<'o>(outline: &'o Outline, taking: Option<&'o Taking<'o>>) -> Option<Declarations<'o>> {
    let mut walk = Walk { out: Declarations::default(), writes: Vec::new(), taking, written: Vec::new(), is_fit: true };
    let scope = walk.out.add_scope(None);
    let top = Body { inner: outline.whole, ..Body::without_graph(BodyKind::TopLevel, outline.whole) };
    walk.out.bodies.push(top);
    walk.out.body_facts.push(BodyFacts {
        source: Source::TopLevel(&outline.items),
        scope,
        this_class: None,
        constructs: None,
    });
    for import in &outline.imports {
        let (Some(local), Some(name)) = (&import.local, &import.name) else { continue };
        let path = Path::root(Root::Import { module: import.module.clone(), name: ImportName::clone(name) });
        if let Some(scope) = walk.out.scope_mut(scope) {
            scope.values.insert(local.clone(), Symbol::Import(path));
        }
    }
    walk.statements(&outline.items, Context { scope, body: BodyId(0), this_class: None });
    walk.note_writes();
    walk.settle_writes();
    walk.mark_broken(&outline.broken);
    walk.is_fit.then_some(walk.out)
}

pub(super) struct Walk<'o> {
    pub(super) out: Declarations<'o>,
    /// Assignments to names, with the scopes that they stand in, and to members.
    pub(super) writes: Vec<(Option<ScopeId>, Name)>,
    pub(super) taking: Option<&'o Taking<'o>>,
    /// By piece: its assignments.
    pub(super) written: Vec<Range<usize>>,
    /// Whether what was taken over stands where such may.
    pub(super) is_fit: bool,
}

impl<'o> Walk<'o> {
    pub(super) fn statements(&mut self, statements: &'o [Statement], context: Context) {
        for statement in statements {
            self.hoist(&statement.does, context);
        }
        let mut context = context;
        for statement in statements {
            context = match &statement.does.form {
                Form::If(form) if form.binds_behind => self.branch(form, context, &Hint::NONE),
                _ => {
                    self.expression(&statement.does, context, Hint::NONE);
                    context
                }
            };
        }
    }

    /// Makes functions and classes known before what stands above them is read.
    fn hoist(&mut self, item: &'o Expression, context: Context) {
        match &item.form {
            Form::Function(function) => self.hoist_function(function, context),
            Form::Class(class) => self.hoist_class(class, context),
            _ => {}
        }
    }

    pub(super) fn block(&mut self, block: &'o Block, context: Context) {
        let scope = self.out.block_scope(block, context.scope);
        self.statements(&block.statements, Context { scope, ..context });
    }

    /// A branch. What is done with the whole is done with a branch that is one of its values.
    pub(super) fn arm(&mut self, block: &'o Block, context: Context, hint: &Hint) {
        let scope = self.out.block_scope(block, context.scope);
        let context = Context { scope, ..context };
        match block.statements.as_slice() {
            [Statement { does: Expression { form: Form::Part(inner), .. }, .. }] => {
                self.expression(inner, context, hint.clone());
            }
            statements => self.statements(statements, context),
        }
    }

    pub(super) fn all(&mut self, parts: &'o [Expression], context: Context) {
        for part in parts {
            self.expression(part, context, Hint::NONE);
        }
    }

    pub(super) fn expression(&mut self, expression: &'o Expression, context: Context, hint: Hint) {
        match &expression.form {
            Form::Member(_) | Form::Index(..) | Form::Call(_) | Form::Unwrap(_) | Form::Generic(..) => {
                self.spine(expression, context, hint)
            }
            Form::Template(_, holes) => self.all(holes, context),
            Form::List(parts) | Form::All(parts) => self.all(parts, context),
            Form::Map(pairs) => {
                for (key, value) in pairs {
                    self.expression(key, context, Hint::NONE);
                    self.expression(value, context, Hint::NONE);
                }
            }
            Form::Closure(function) => {
                self.function(function, None, context, hint);
            }
            Form::Function(function) => {
                self.function(function, None, context, Hint::used(BodyUse::Bound));
            }
            Form::Class(class) => self.class(class, context, &hint),
            Form::Reference(inner)
            | Form::Not(inner)
            | Form::Await(inner)
            | Form::Part(inner)
            | Form::Try(inner)
            | Form::TryOptional(inner) => {
                self.expression(inner, context, hint);
            }
            Form::And(..) | Form::Bind(_) => {
                self.condition(expression, context);
            }
            Form::Or(left, right) => {
                self.expression(left, context, Hint::NONE);
                self.expression(right, context, Hint::NONE);
            }
            Form::Fallback(left, right) => {
                self.expression(left, context, hint.clone());
                self.expression(right, context, hint);
            }
            Form::Compare(compare) => {
                self.expression(&compare.left, context, Hint::NONE);
                self.expression(&compare.right, context, Hint::NONE);
            }
            Form::Assign(target, value, _) => self.assignment(target, value, context),
            Form::Cascade(receiver, sections, _) => {
                self.expression(receiver, context, hint);
                self.all(sections, context);
            }
            Form::Scoped(scoped) => self.scoped(scoped, context),
            Form::Chain(chain) => {
                self.expression(&chain.head, context, Hint::NONE);
                for link in &chain.links {
                    let is_catch = link.kind == super::LinkKind::Catch;
                    self.expression(&link.callback, context, Hint::used(BodyUse::InPlace { on_error: is_catch }));
                    if let Some(on_error) = &link.on_error {
                        self.expression(on_error, context, Hint::used(BodyUse::InPlace { on_error: true }));
                    }
                }
            }
            Form::Block(block) | Form::Defer(block) => self.block(block, context),
            Form::If(form) => {
                self.branch(form, context, &hint);
            }
            Form::Switch(switch) => self.switch(switch, context, &hint),
            Form::Loop(form) => self.loops(form, context),
            Form::Labelled(_, inner) => self.expression(inner, context, Hint::NONE),
            Form::Attempt(attempt) => self.attempt(attempt, context),
            Form::Return(Some(value), _) => self.expression(value, context, Hint::used(BodyUse::Returned)),
            Form::Throw(Some(value)) | Form::Yield(Some(value)) => self.expression(value, context, Hint::NONE),
            Form::Declare(declarations) => self.declarations(declarations, context),
            _ => {}
        }
    }

    /// Members, calls and indices from the base outwards: chains may be long.
    fn spine(&mut self, expression: &'o Expression, context: Context, hint: Hint) {
        let (base, links) = links_of(expression);
        let is_called = links.first().is_some_and(|link| matches!(link.form, Form::Call(_)));
        let is_whole = links.iter().all(|link| matches!(link.form, Form::Unwrap(_)));
        let base_hint = match (is_called, is_whole) {
            (true, _) => Hint::used(BodyUse::InPlace { on_error: false }),
            (_, true) => hint,
            _ => Hint::NONE,
        };
        if !matches!(base.form, Form::Member(_)) {
            self.expression(base, context, base_hint);
        }
        for link in links {
            match &link.form {
                Form::Index(_, index) => self.expression(index, context, Hint::NONE),
                Form::Call(call) => self.arguments(call, context),
                _ => {}
            }
        }
    }

    fn arguments(&mut self, call: &'o CallForm, context: Context) {
        for (position, argument) in call.arguments.iter().enumerate() {
            self.argument(argument, part_of(call), position as u32, context);
        }
    }

    pub(super) fn argument(&mut self, argument: &'o ArgumentForm, call: Part, position: u32, context: Context) {
        let argument_of = Some((call, position, argument.label.clone()));
        self.expression(&argument.value, context, Hint { argument: argument_of, ..Hint::NONE });
    }

    fn assignment(&mut self, target: &'o Expression, value: &'o Expression, context: Context) {
        let named = match &target.form {
            Form::Name(name) => {
                self.writes.push((Some(context.scope), name.clone()));
                Some(name)
            }
            Form::Member(member) => {
                self.writes.push((None, member.name.clone()));
                Some(&member.name)
            }
            _ => None,
        };
        self.expression(target, context, Hint::NONE);
        let name = named.map(|name| (name.clone(), target.span));
        self.expression(value, context, Hint { name, ..Hint::used(BodyUse::Bound) });
    }

    fn scoped(&mut self, scoped: &'o Scoped, context: Context) {
        if let Some(receiver) = &scoped.receiver {
            self.expression(receiver, context, Hint::NONE);
        }
        let scope = self.out.scope_for(part_of(scoped), context.scope);
        if let Some(name) = &scoped.name {
            let is_element = scoped.repeats;
            let origin = scoped.receiver.as_ref().filter(|_| !is_element).map_or(Origin::Unknown, Origin::Value);
            self.bind(name, BindingKind::Other, scope, origin, context);
        }
        if let Some(scope) = self.out.scope_mut(scope) {
            scope.receiver = scoped.implicit;
        }
        self.block(&scoped.body, Context { scope, ..context });
    }

    fn declarations(&mut self, declarations: &'o [Declaration], context: Context) {
        for declaration in declarations {
            let only = match declaration.names.as_slice() {
                [only] => Some(only),
                _ => None,
            };
            if let Some(value) = &declaration.value {
                self.expression(value, context, only.map_or(Hint::NONE, Hint::bound));
            }
            let origin = declaration.value.as_ref().filter(|_| only.is_some()).map_or(Origin::Unknown, Origin::Value);
            for name in &declaration.names {
                self.bind(name, BindingKind::Variable, context.scope, origin, context);
            }
        }
    }

    /// Declares a name in a scope. Its value is read in the context's scope.
    pub(super) fn bind(
        &mut self,
        variable: &'o Variable,
        kind: BindingKind,
        scope: ScopeId,
        origin: Origin<'o>,
        context: Context,
    ) -> BindingId {
        let binding = Binding {
            name: variable.name.clone(),
            kind,
            value: Value::Unknown,
            declared_type: None,
            class: None,
            body: context.body,
            span: variable.span,
        };
        let facts = BindingFacts {
            origin,
            scope: context.scope,
            this_class: context.this_class,
            reassigned: false,
            type_name: variable.type_name.as_ref(),
        };
        self.out.add_binding(scope, binding, facts)
    }

    fn settle_writes(&mut self) {
        for (scope, name) in std::mem::take(&mut self.writes) {
            match scope.map(|scope| self.out.resolve(scope, &name)) {
                Some(Resolved::Binding(id)) => {
                    if let Some(facts) = self.out.binding_facts.get_mut(id.0 as usize) {
                        facts.reassigned = true;
                    }
                }
                _ => {
                    self.out.written_members.insert(name);
                }
            }
        }
    }

    /// Tells the innermost body around each place that could not be read.
    fn mark_broken(&mut self, broken: &[Span]) {
        for span in broken {
            let around = self.out.bodies.iter_mut().filter(|body| body.span.contains(*span));
            if let Some(innermost) = around.min_by_key(|body| body.span.end - body.span.start) {
                innermost.broken = true;
            }
        }
    }
}
