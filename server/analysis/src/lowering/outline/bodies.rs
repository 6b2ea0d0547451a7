//! From declared bodies to graphs, and the lowered file. Owns what runs first in a body; must not know
//! single statements.

use super::former::Notes;
use super::lowerer::{Constant, Flow, Lowerer};
use super::scope::{BodyFacts, Part, ScopeId, Source, part_of};
use super::{ClassForm, ClassKind, Function, FunctionBody, MemberForm};
use crate::lowering::again::completed;
use crate::lowering::builder::GraphBuilder;
use crate::lowering::frames::{Jump, Unwinds};
use crate::lowering::{
    BindingId, Body, BodyId, BodyKind, ClassId, Code, Handling, LoweredFile, Member, Name, Placement, Step, Value,
};
use crate::source::Span;

impl<'o> Lowerer<'o> {
    /// Builds the graph of every body that was declared. Chains of futures add bodies behind them.
    pub(super) fn build_graphs(&mut self) {
        for index in 0..self.declared.bodies.len() {
            if !self.keeps_graph(BodyId(index as u32)) {
                self.build_graph(BodyId(index as u32));
            }
        }
    }

    /// Whether a body's graph was taken over. Its chains of futures get the numbers behind all others.
    fn keeps_graph(&mut self, id: BodyId) -> bool {
        let next = self.declared.bodies.len();
        let Some(chains) = self.again.as_mut().and_then(|again| again.keep(id, next)) else { return false };
        for _ in 0..chains {
            let body = Body::without_graph(BodyKind::Continuation, Span::at(0));
            self.declared.bodies.push(Body { parent: Some(id), ..body });
            let (scope, this_class) = (ScopeId(0), None);
            self.declared.body_facts.push(BodyFacts { source: Source::Done, scope, this_class, constructs: None });
        }
        true
    }

    fn build_graph(&mut self, id: BodyId) {
        let Some(facts) = self.declared.body_facts.get(id.0 as usize) else { return };
        let Some(body) = self.declared.bodies.get(id.0 as usize) else { return };
        let (source, constructs) = (facts.source, facts.constructs);
        self.flow = Flow::new(GraphBuilder::new(body.inner), facts.scope, id, facts.this_class);
        self.flow.throws = !self.outline.marks_throws;
        if let Some(class) = constructs {
            self.construct(class);
        }
        match source {
            Source::TopLevel(items) => {
                self.statements(items, Placement::Block, Handling::Discarded);
            }
            Source::Function(function) => self.function_body(function),
            Source::Construction => {}
            Source::Done => return,
        }
        self.flow.graph.close();
        let flow = Flow::new(GraphBuilder::muted(), self.flow.scope, id, None);
        let done = std::mem::replace(&mut self.flow, flow);
        let (nodes, statements) = done.graph.finish();
        if let Some(body) = self.declared.bodies.get_mut(id.0 as usize) {
            body.inside = Code { nodes, statements, returns: done.returns }.into();
        }
    }

    fn function_body(&mut self, function: &'o Function) {
        for parameter in &function.parameters {
            if let Some(default) = &parameter.default {
                self.expression(default, Handling::Used);
            }
        }
        match &function.body {
            FunctionBody::None | FunctionBody::Kept(_) => {}
            FunctionBody::Block(block) if function.last_is_result => {
                let value = self.block(block, Handling::Returned);
                self.flow.returns.push(value);
            }
            FunctionBody::Block(block) => {
                self.block(block, Handling::Discarded);
            }
            FunctionBody::Expression(value) => {
                self.in_statement(part_of(value), value.span, Placement::Expression, |lowerer| {
                    let result = lowerer.expression(value, Handling::Returned);
                    lowerer.give_back(part_of(value), value.span, result.value);
                    lowerer.jump(Jump::Return);
                });
            }
        }
    }

    /// Notes what a body returns; copies of a `finally` return the same.
    pub(super) fn give_back(&mut self, part: Part, span: Span, value: Value) {
        self.emit(Step::Return(Box::new(value.clone())), span);
        if self.flow.returned.insert(part, Value::Unknown).is_none() {
            self.flow.returns.push(value);
        }
    }

    /// Runs the fields and initialisers of an instance, in their order.
    fn construct(&mut self, class: ClassId) {
        let forms: Vec<(&'o ClassForm, super::scope::ScopeId)> =
            self.declared.class_facts.get(class.0 as usize).map(|facts| facts.forms.clone()).unwrap_or_default();
        for (form, scope) in forms {
            let is_own = !(form.kind == ClassKind::Object && form.name.is_none());
            if is_own {
                let outer = std::mem::replace(&mut self.flow.scope, scope);
                self.run_members(form, false);
                self.flow.scope = outer;
            }
        }
    }

    /// Runs the static or the other fields and initialisers of a class.
    pub(super) fn run_members(&mut self, form: &'o ClassForm, statics: bool) {
        let is_companion = form.kind == ClassKind::Object && form.name.is_none();
        for member in &form.members {
            match member {
                MemberForm::Field(field) if (field.is_static || is_companion) == statics && !field.lazy => {
                    if let Some(value) = &field.value {
                        let fields = Placement::Block;
                        self.in_statement(part_of(field), field.span, fields, |lowerer| {
                            lowerer.expression(value, Handling::Used);
                        });
                    }
                }
                MemberForm::Initialiser(block, is_static) if (*is_static || is_companion) == statics => {
                    self.block(block, Handling::Discarded);
                }
                _ => {}
            }
        }
    }

    /// What is told of names and classes. To be asked when every binding was read.
    pub(super) fn complete(&mut self) {
        self.complete_bindings();
        self.complete_classes();
    }

    /// The lowered file, with what the next one of these has to know; `declared` is the number of bodies that were
    /// declared. `None` where what was taken over does not hold.
    pub(super) fn finish(mut self, declared: usize) -> Option<(LoweredFile, Notes)> {
        self.label_handlers();
        let notes = self.notes(declared);
        let mut declared = self.declared;
        let bodies = std::mem::take(&mut declared.bodies);
        let bodies = completed(self.again, bodies, &mut declared.bindings, &mut declared.classes)?;
        let lowered = LoweredFile {
            bodies,
            imports: self.outline.imports.clone(),
            bindings: declared.bindings,
            classes: declared.classes,
            comments: self.outline.comments.clone(),
            exports: Vec::new(),
            broken: self.outline.broken.clone(),
            directives: Vec::new(),
        };
        Some((lowered, notes))
    }

    fn complete_bindings(&mut self) {
        for index in 0..self.declared.bindings.len() {
            let Some(facts) = self.declared.binding_facts.get(index) else { continue };
            let (scope, type_name) = (facts.scope, facts.type_name);
            let declared_type = type_name.and_then(|name| self.type_path(name, scope));
            let value = match self.read_constant(BindingId(index as u32)) {
                Some(value) => value.clone(),
                None => Value::Unknown,
            };
            let Some(binding) = self.declared.bindings.get_mut(index) else { continue };
            binding.declared_type = declared_type;
            binding.value = value;
        }
    }

    fn complete_classes(&mut self) {
        for index in 0..self.declared.classes.len() {
            let id = ClassId(index as u32);
            let Some(facts) = self.declared.class_facts.get(index) else { continue };
            let parents: Vec<_> = facts
                .forms
                .iter()
                .flat_map(|(form, scope)| form.parents.iter().map(|parent| (parent, *scope)))
                .collect();
            let names: Vec<(Name, bool, bool)> =
                facts.members.iter().map(|it| (it.name.clone(), it.is_static, it.is_private)).collect();
            let paths: Vec<_> = parents.into_iter().filter_map(|(name, scope)| self.type_path(name, scope)).collect();
            let is_class = |path: &&crate::lowering::Path| {
                self.class_of(path).is_some_and(|(class, _)| {
                    self.declared.class_facts.get(class.0 as usize).is_some_and(|it| it.kind != ClassKind::Interface)
                })
            };
            let parent = paths.iter().find(is_class).or(paths.first()).cloned();
            let interfaces = paths.iter().filter(|path| Some(*path) != parent.as_ref()).cloned().collect();
            let members = names
                .into_iter()
                .enumerate()
                .map(|(member, (name, is_static, is_private))| {
                    self.read_member(id, member);
                    let value = match self.members.get(&(id, member)) {
                        Some(Constant::Read(value)) => value.clone(),
                        _ => Value::Unknown,
                    };
                    Member { name, value, is_static, is_private }
                })
                .collect();
            if let Some(class) = self.declared.classes.get_mut(index) {
                class.parent = parent;
                class.interfaces = interfaces;
                class.members = members;
            }
        }
    }
}
