//! The first walk's functions and classes: each function becomes a body, each class a table of members.
//! Must not know graphs.

use super::declare::{Context, Hint, Walk};
use super::scope::{BodyFacts, ClassFacts, MemberFacts, Origin, ScopeId, Source, part_of};
use super::{ClassForm, ClassKind, Expression, Field, Form, Function, FunctionBody, MemberForm, Parameter};
use crate::lowering::{Binding, BindingKind, Body, BodyId, BodyKind, BodyUse, Class, ClassId, Name, Value};
use crate::source::Span;

impl<'o> Walk<'o> {
    /// Adds a function's body and its name, without what is inside it.
    pub(super) fn hoist_function(&mut self, function: &'o Function, context: Context) {
        if matches!(function.body, FunctionBody::None) || self.out.body_of.contains_key(&part_of(function)) {
            return;
        }
        let id = self.add_function(function, None, context, Hint::used(BodyUse::Bound));
        let Some(name) = function.name.clone().filter(|_| function.extends.is_none()) else { return };
        self.bind_declared(name, function.name_span, BindingKind::Function, Origin::Function(id), None, context);
    }

    fn bind_declared(
        &mut self,
        name: Name,
        span: Span,
        kind: BindingKind,
        origin: Origin<'o>,
        class: Option<ClassId>,
        context: Context,
    ) {
        let binding =
            Binding { name, kind, value: Value::Unknown, declared_type: None, class, body: context.body, span };
        let facts = super::scope::BindingFacts {
            origin,
            scope: context.scope,
            this_class: context.this_class,
            reassigned: false,
            type_name: None,
        };
        self.out.add_binding(context.scope, binding, facts);
    }

    fn add_function(&mut self, function: &'o Function, class: Option<ClassId>, context: Context, hint: Hint) -> BodyId {
        let extended = function.extends.as_ref().map(|it| self.class_of_type(it.parts.last()));
        let this_class = class.or(extended).or(context.this_class);
        let scope = self.out.scope_for(part_of(function), context.scope);
        if let Some(scope) = self.out.scope_mut(scope) {
            scope.function = true;
            scope.class = extended;
        }
        let id = BodyId(self.out.bodies.len() as u32);
        let (name, name_span) = match (&function.name, hint.name) {
            (Some(name), _) => (Some(name.clone()), function.name_span),
            (None, Some((name, span))) => (Some(name), span),
            (None, None) => (None, function.name_span),
        };
        self.out.bodies.push(Body {
            name,
            name_span,
            class: class.or(extended),
            parent: Some(context.body),
            used_as: if hint.argument.is_some() { BodyUse::Other } else { hint.used },
            inner: function.inner,
            is_async: function.is_async,
            is_generator: function.is_generator,
            returns_markup: function.returns_markup,
            ..Body::without_graph(function.kind, function.span)
        });
        let constructs = class.filter(|_| function.kind == BodyKind::Constructor);
        let source = Source::Function(function);
        self.out.body_facts.push(BodyFacts { source, scope, this_class, constructs });
        self.out.body_of.insert(part_of(function), id);
        if let Some((call, position, key)) = hint.argument {
            self.out.argument_bodies.entry(call).or_default().push((id, position, key));
        }
        if let Some(class) = extended {
            self.add_member(class, function.name.clone(), Some(id), scope, function.is_static, function.is_private);
        }
        id
    }

    /// Walks a function. The answer is its body, unless it is only declared.
    pub(super) fn function(
        &mut self,
        function: &'o Function,
        class: Option<ClassId>,
        context: Context,
        hint: Hint,
    ) -> Option<BodyId> {
        if matches!(function.body, FunctionBody::None) {
            return None;
        }
        let known = self.out.body_of.get(&part_of(function)).copied();
        let id = known.unwrap_or_else(|| self.add_function(function, class, context, hint));
        let facts = self.out.body_facts.get(id.0 as usize)?;
        let inside = Context { scope: facts.scope, body: id, this_class: facts.this_class };
        let beginning = self.beginning();
        if !matches!(function.body, FunctionBody::Kept(_)) {
            self.parameters(&function.parameters, function.kind == BodyKind::Constructor, inside);
        }
        match &function.body {
            FunctionBody::None => {}
            FunctionBody::Block(block) => self.block(block, inside),
            FunctionBody::Expression(value) => self.expression(value, inside, Hint::used(BodyUse::Returned)),
            FunctionBody::Kept(kept) => self.take_over(*kept, function, context, inside),
        }
        self.piece(function, id, context, &beginning);
        Some(id)
    }

    fn parameters(&mut self, parameters: &'o [Parameter], constructs: bool, inside: Context) {
        let mut ids = Vec::new();
        for parameter in parameters {
            if let Some(default) = &parameter.default {
                self.expression(default, inside, Hint::NONE);
            }
            // `this.auth` initialises the member and is no name of its own in the body.
            if constructs && parameter.member.is_some() {
                continue;
            }
            ids.push(self.bind(&parameter.variable, BindingKind::Parameter, inside.scope, Origin::Unknown, inside));
        }
        if let Some(body) = self.out.bodies.get_mut(inside.body.0 as usize) {
            body.parameters = ids;
        }
    }

    /// The class of a type's name: the file's own, or a new one that only its extensions are known of.
    fn class_of_type(&mut self, name: Option<&Name>) -> ClassId {
        let known = name.and_then(|name| self.out.class_named.get(name)).copied();
        known.unwrap_or_else(|| self.add_class(name.cloned(), ClassKind::Extension, Span::default(), &[]))
    }

    fn add_class(&mut self, name: Option<Name>, kind: ClassKind, span: Span, annotations: &[Name]) -> ClassId {
        let id = ClassId(self.out.classes.len() as u32);
        if let Some(name) = &name {
            self.out.class_named.entry(name.clone()).or_insert(id);
        }
        self.out.classes.push(Class {
            name,
            kind: match kind {
                ClassKind::Interface => crate::lowering::ClassKind::Interface,
                ClassKind::Extension => crate::lowering::ClassKind::Extension,
                ClassKind::Class | ClassKind::Object | ClassKind::Anonymous => crate::lowering::ClassKind::Class,
            },
            parent: None,
            interfaces: Vec::new(),
            members: Vec::new(),
            span,
            decorators: annotations.to_vec(),
        });
        self.out.class_facts.push(ClassFacts {
            kind,
            forms: Vec::new(),
            members: Vec::new(),
            by_name: Default::default(),
        });
        id
    }

    /// Adds a class and its name, without what is inside it.
    pub(super) fn hoist_class(&mut self, class: &'o ClassForm, context: Context) {
        let is_new = !matches!(class.kind, ClassKind::Extension | ClassKind::Anonymous);
        let Some(name) = class.name.clone().filter(|_| is_new) else { return };
        if self.out.class_of.contains_key(&part_of(class)) {
            return;
        }
        let id = self.add_class(Some(name.clone()), class.kind.clone(), class.span, &class.annotations);
        self.out.class_of.insert(part_of(class), id);
        self.bind_declared(name, class.name_span, BindingKind::Class, Origin::Unknown, Some(id), context);
    }

    pub(super) fn class(&mut self, class: &'o ClassForm, context: Context, hint: &Hint) {
        let id = match self.out.class_of.get(&part_of(class)) {
            Some(id) => *id,
            None if class.kind == ClassKind::Extension => self.class_of_type(class.name.as_ref()),
            None => self.add_class(class.name.clone(), class.kind.clone(), class.span, &class.annotations),
        };
        self.out.class_of.insert(part_of(class), id);
        self.class_parts(class, id, context, hint);
    }

    /// Walks a class's parts into its table of members; a companion's go to the class around it.
    fn class_parts(&mut self, class: &'o ClassForm, id: ClassId, context: Context, hint: &Hint) {
        let scope = self.out.scope_for(part_of(class), context.scope);
        if let Some(scope) = self.out.scope_mut(scope) {
            scope.class = Some(id);
        }
        if let Some(facts) = self.out.class_facts.get_mut(id.0 as usize) {
            facts.forms.push((class, scope));
        }
        for (position, argument) in class.parent_arguments.iter().enumerate() {
            self.argument(argument, part_of(class), position as u32, context);
        }
        let inside = Context { scope, body: context.body, this_class: Some(id) };
        self.declare_members(class, id, inside, hint);
        let construction = self.construction(class, id, inside);
        let inside = Context { body: construction.unwrap_or(context.body), ..inside };
        for parameter in &class.parameters {
            if let Some(default) = &parameter.default {
                self.expression(default, inside, Hint::NONE);
            }
        }
        for member in &class.members {
            match member {
                MemberForm::Function(function) => {
                    self.function(function, Some(id), inside, Hint::NONE);
                }
                MemberForm::Field(field) => self.field(field, id, inside),
                MemberForm::Initialiser(block, _) => self.block(block, inside),
                MemberForm::Class(inner) if is_companion(inner) => {
                    self.class_parts(inner, id, Context { body: context.body, ..inside }, &Hint::NONE);
                }
                MemberForm::Class(inner) => self.class(inner, Context { body: context.body, ..inside }, &Hint::NONE),
                MemberForm::Case(_) => {}
            }
        }
    }

    /// Makes every member's name known before any body is walked.
    fn declare_members(&mut self, class: &'o ClassForm, id: ClassId, inside: Context, hint: &Hint) {
        for parameter in &class.parameters {
            match &parameter.member {
                Some(name) => {
                    let member = self.add_member(id, Some(name.clone()), None, inside.scope, false, false);
                    if let Some(member) = member {
                        member.type_name = parameter.variable.type_name.as_ref();
                    }
                }
                None => {
                    self.bind(&parameter.variable, BindingKind::Parameter, inside.scope, Origin::Unknown, inside);
                }
            }
        }
        for member in &class.members {
            match member {
                MemberForm::Function(function) if function.kind == BodyKind::Constructor => {
                    self.add_method(function, id, inside, hint);
                }
                MemberForm::Function(function) => {
                    let body = self.add_method(function, id, inside, hint);
                    let (is_static, is_private) = (function.is_static, function.is_private);
                    self.add_member(id, function.name.clone(), body, inside.scope, is_static, is_private);
                }
                MemberForm::Field(field) => {
                    let name = Some(field.variable.name.clone());
                    let added = self.add_member(id, name, None, inside.scope, field.is_static, field.is_private);
                    if let Some(member) = added {
                        member.value = field.value.as_ref();
                        member.type_name = field.variable.type_name.as_ref();
                    }
                }
                MemberForm::Case(variable) => {
                    self.add_member(id, Some(variable.name.clone()), None, inside.scope, true, false);
                }
                MemberForm::Class(inner) if !is_companion(inner) => self.hoist_class(inner, inside),
                MemberForm::Class(_) | MemberForm::Initialiser(..) => {}
            }
        }
    }

    /// Adds a method's body. The methods of an anonymous class that is an argument are handed over with it.
    fn add_method(&mut self, method: &'o Function, class: ClassId, inside: Context, hint: &Hint) -> Option<BodyId> {
        if matches!(method.body, FunctionBody::None) {
            return None;
        }
        let hint = match &hint.argument {
            Some((call, position, _)) => Hint { argument: Some((*call, *position, method.name.clone())), ..Hint::NONE },
            None => Hint::used(BodyUse::Bound),
        };
        Some(self.add_function(method, Some(class), inside, hint))
    }

    fn add_member(
        &mut self,
        class: ClassId,
        name: Option<Name>,
        body: Option<BodyId>,
        scope: ScopeId,
        is_static: bool,
        is_private: bool,
    ) -> Option<&mut MemberFacts<'o>> {
        let (facts, name) = (self.out.class_facts.get_mut(class.0 as usize)?, name?);
        let index = facts.members.len();
        facts.by_name.entry(name.clone()).or_insert(index);
        facts.members.push(MemberFacts {
            name,
            body,
            value: None,
            type_name: None,
            scope,
            observers: Vec::new(),
            is_static,
            is_private,
        });
        facts.members.last_mut()
    }

    /// Adds the body that makes an instance where the class has no constructor of its own but something
    /// that runs.
    fn construction(&mut self, class: &'o ClassForm, id: ClassId, inside: Context) -> Option<BodyId> {
        if !matches!(class.kind, ClassKind::Class | ClassKind::Object | ClassKind::Anonymous) {
            return None;
        }
        let is_constructor = |member: &MemberForm| matches!(member, MemberForm::Function(function) if function.kind == BodyKind::Constructor);
        let runs = |member: &MemberForm| match member {
            MemberForm::Field(field) => !field.is_static && field.value.as_ref().is_some_and(may_run),
            MemberForm::Initialiser(_, is_static) => !is_static,
            _ => false,
        };
        if class.members.iter().any(is_constructor) || !class.members.iter().any(runs) {
            return None;
        }
        let body = BodyId(self.out.bodies.len() as u32);
        let (name, span) = (class.name.clone(), class.name_span);
        self.out.bodies.push(Body {
            name,
            name_span: span,
            class: Some(id),
            parent: Some(inside.body),
            used_as: BodyUse::Bound,
            inner: Span::at(class.span.end),
            ..Body::without_graph(BodyKind::Constructor, class.span)
        });
        let facts =
            BodyFacts { source: Source::Construction, scope: inside.scope, this_class: Some(id), constructs: Some(id) };
        self.out.body_facts.push(facts);
        Some(body)
    }

    fn field(&mut self, field: &'o Field, class: ClassId, inside: Context) {
        if let Some(value) = &field.value {
            let name = Some((field.variable.name.clone(), field.variable.span));
            self.expression(value, inside, Hint { name, ..Hint::used(BodyUse::Bound) });
        }
        let is_stored = field.accessors.iter().all(|accessor| accessor.kind != BodyKind::Getter);
        for accessor in &field.accessors {
            let outer = Context { body: inside.body, ..inside };
            // What runs where a stored property is assigned watches it.
            let used = match accessor.kind {
                BodyKind::Setter if is_stored => BodyUse::Reaction { to: Some(field.variable.name.clone()) },
                _ => BodyUse::Bound,
            };
            let Some(body) = self.function(accessor, Some(class), outer, Hint::used(used)) else { continue };
            if let Some(facts) = self.out.class_facts.get_mut(class.0 as usize)
                && let Some(index) = facts.by_name.get(&field.variable.name).copied()
                && let Some(member) = facts.members.get_mut(index)
            {
                match accessor.kind {
                    BodyKind::Getter => member.body = member.body.or(Some(body)),
                    _ => member.observers.push(body),
                }
            }
        }
    }
}

/// Whether a class inside another one only holds that one's static members.
fn is_companion(class: &ClassForm) -> bool {
    class.kind == ClassKind::Object && class.name.is_none()
}

/// Whether evaluating an expression may run anything.
fn may_run(value: &Expression) -> bool {
    !matches!(
        value.form,
        Form::Null
            | Form::Boolean(_)
            | Form::Number(_)
            | Form::Text(_)
            | Form::Name(_)
            | Form::Type(_)
            | Form::Closure(_)
    )
}
