//! Scripts inside markup. Owns what the markup adds to a program: handlers in attributes, scripts whose
//! names are their own, statements that run again when something changes; must not know where they are.

use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::declare_bodies::inner_span;
use super::lowerer::{Fate, Lowerer};
use super::names::Operand;
use super::syntax::{first_named, named_children, span, text};
use super::usage::Usage;
use crate::lowering::grammar::Named;
use crate::lowering::{BodyId, BodyKind, BodyUse, Call, Comment, Handling, Path, Placement, Root, Step};
use crate::source::{HandlerForm, ScriptKind, Span};

/// The label of a statement that runs again when what it reads has changed.
const REACTIVE: &str = "$";

/// Whether a node may be a statement of the top level that is a body of its own.
pub(super) fn is_statement_of_markup(node: Node) -> bool {
    matches!(node.kind_name(), "statement_block" | "labeled_statement")
}

impl<'t> Walk<'t> {
    /// Whether a block of the top level is a script whose names are its own.
    pub(super) fn is_apart(&self, block: Node<'t>) -> bool {
        self.script_of(block).is_some()
    }

    fn script_of(&self, block: Node<'t>) -> Option<ScriptKind> {
        let start = block.start_byte() as u32 + 1;
        let script = self.regions.scripts.iter().find(|script| script.code.start == start)?;
        script.is_apart().then_some(script.kind)
    }

    pub(super) fn script_apart(&mut self, block: Node<'t>, context: Context) -> Context {
        if self.script_of(block) == Some(ScriptKind::Server) {
            return self.statement_as_body(block, inner_span(block), BodyUse::Other, context);
        }
        let inside = self.block(block, context);
        Context { variables: inside.scope, ..inside }
    }

    /// Whether a labelled statement of the top level runs again when something changes.
    pub(super) fn is_reactive(&self, statement: Node<'t>) -> bool {
        let is_marked = statement.field("label").is_some_and(|label| text(self.source, label) == REACTIVE);
        let script = self.regions.script_at(statement.start_byte() as u32);
        is_marked && script.is_some_and(|script| script.kind == ScriptKind::Instance)
    }

    pub(super) fn reactive(&mut self, statement: Node<'t>, context: Context) -> Context {
        let inner = statement.field("body").map_or(span(statement), inner_span);
        self.statement_as_body(statement, inner, BodyUse::Reaction { to: None }, context)
    }

    fn statement_as_body(&mut self, node: Node<'t>, inner: Span, used_as: BodyUse, context: Context) -> Context {
        let scope = self.out.add_scope(Some(context.scope), span(node));
        self.out.scope_of.insert(node.id(), scope);
        let parent = Some(context.body);
        let id = self.add_body(node, BodyKind::Closure, parent, scope, None, Usage::none(used_as), inner);
        if let Some(body) = self.out.bodies.get_mut(id.0 as usize) {
            body.is_async = true;
        }
        Context { scope, variables: scope, body: id, this_class: None, ..context }
    }

    /// The handler that a function was made of, by its place in the regions' list.
    pub(super) fn handler(&self, function: Node<'t>) -> Option<usize> {
        let handlers = &self.regions.handlers;
        let (start, form) = match self.ancestors.as_slice() {
            _ if handlers.is_empty() => return None,
            [_, _] => (function.start_byte(), None),
            [_, _, parentheses] => (parentheses.start_byte(), Some(HandlerForm::Function)),
            _ => return None,
        };
        let index = handlers.partition_point(|handler| handler.code.start as usize <= start);
        let handler = handlers.get(index)?;
        let is_function = handler.form == HandlerForm::Function;
        (handler.masked_start() as usize == start && is_function == form.is_some()).then_some(index)
    }

    /// Lets the markup and a component's options say what is done with a function.
    pub(super) fn use_in_markup(&self, function: Node<'t>, handler: Option<usize>, usage: &mut Usage<'t>) {
        if let Some(handler) = handler.and_then(|index| self.regions.handlers.get(index)) {
            let (element, attribute) = (handler.element.as_str().into(), handler.attribute.as_str().into());
            usage.used_as = BodyUse::Attribute { element, attribute };
            usage.label = handler.label.as_deref().map(Into::into);
            return;
        }
        let of_component = usage.member_of.and_then(|object| self.out.class_of.get(&object.id()));
        if let Some(to) = self.out.watched.get(&function.id()) {
            usage.used_as = BodyUse::Reaction { to: Some(to.clone()) };
            usage.argument = None;
        } else if of_component.is_some_and(|class| self.out.components.contains(class)) {
            usage.used_as = BodyUse::Bound;
            usage.argument = None;
        }
    }

    /// Takes note of the body that was made of a handler.
    pub(super) fn add_handler(&mut self, id: BodyId, index: usize) {
        let Some(handler) = self.regions.handlers.get(index) else { return };
        self.out.handler_of.insert(id, index);
        if handler.form == HandlerForm::Function {
            return;
        }
        if let Some(body) = self.out.bodies.get_mut(id.0 as usize) {
            body.span = handler.code;
            body.inner = handler.code;
            body.name_span = handler.name;
        }
    }

    /// Adds the markup's own comments, and the code in it that cannot be read.
    pub(super) fn add_markup(&mut self) {
        self.out.broken.extend(&self.regions.unreadable);
        if self.regions.comments.is_empty() {
            return;
        }
        let comments = self.regions.comments.iter().map(|span| Comment { span: *span, text: "".into() });
        self.out.comments.extend(comments);
        self.out.comments.sort_by_key(|comment| comment.span);
    }
}

impl<'t> Lowerer<'t> {
    /// Lowers a statement that is a body of its own.
    pub(super) fn markup_statement(&mut self, node: Node<'t>) {
        match node.field("body") {
            Some(body) => self.statement(body, Placement::Block),
            None => self.statements(named_children(node)),
        }
    }

    /// Whether a body was made of a handler that only names what is called.
    pub(super) fn is_reference(&self, body: BodyId) -> bool {
        let handler = self.declared.handler_of.get(&body).and_then(|index| self.regions.handlers.get(*index));
        handler.is_some_and(|handler| handler.form == HandlerForm::Reference)
    }

    /// A handler that names what is called. Of a function of this file it tells what a person reads on what
    /// runs it; of anything else it is a call.
    pub(super) fn reference(&mut self, id: BodyId, function: Node<'t>) {
        let statement = function.field("body").and_then(first_named);
        let Some((statement, expression)) = statement.and_then(|it| Some((it, first_named(it)?))) else { return };
        let handler = self.declared.handler_of.get(&id).and_then(|index| self.regions.handlers.get(*index));
        let label = handler.and_then(|handler| handler.label.as_deref());
        self.in_statement(statement, span(statement), Placement::Expression, |lowerer| {
            let chain = lowerer.open_chain(expression, Fate::USED);
            if !lowerer.markup_handler(&chain.operand.value, label) {
                let call = Call {
                    callee: chain.operand.place,
                    written: chain.written,
                    callee_span: span(expression),
                    arguments: Vec::new(),
                    handling: Handling::Discarded,
                    optional: chain.optional,
                    construct: false,
                    caught: false,
                    raced: false,
                    types: Vec::new(),
                };
                lowerer.emit(Step::Call(Box::new(call)), expression);
            }
            lowerer.flow.graph.join(chain.skipped);
        });
    }

    /// Whether a name that is declared nowhere is the component's: it stands in the markup.
    pub(super) fn is_of_component(&self, node: Node<'t>, name: &str) -> bool {
        let Some(component) = self.declared.component else { return false };
        let facts = self.declared.class_facts.get(component.0 as usize);
        facts.is_some_and(|facts| facts.by_name.contains_key(name))
            && self.regions.handler_at(node.start_byte() as u32).is_some()
    }

    /// What a member of the component stands for.
    pub(super) fn of_component(&mut self, name: &str) -> Operand {
        let component = Operand::of_path(Path::root(Root::This(self.declared.component)));
        self.member(&component, name)
    }
}
