//! Properties and variables. Owns their values, delegates and accessors; must not know classes.

use tree_sitter::Node;

use super::Reader;
use super::functions::extended;
use super::names::Modifiers;
use super::scopes::Shape;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Declaration, Expression, Field, Form, Function, Scoped, Statement, Variable};
use crate::lowering::tree::{all_children, child_of_kind, named_children};

/// What a property is made of.
struct Parts {
    names: Vec<Variable>,
    value: Option<Expression>,
    lazy: bool,
}

impl Reader<'_> {
    /// A variable among statements or at the top level.
    pub(super) fn declaration(&mut self, node: Node) -> Form {
        let Parts { names, value, lazy } = self.parts_of_property(node);
        Form::Declare(vec![Declaration { names, value, lazy }])
    }

    /// The getters and setters of a property that is no member, as functions beside it.
    pub(super) fn top_level_accessors(&mut self, node: Node) -> Vec<Statement> {
        if node.kind_name() != "property_declaration" {
            return Vec::new();
        }
        let accessors =
            named_children(node).into_iter().filter(|child| matches!(child.kind_name(), "getter" | "setter"));
        accessors.collect::<Vec<_>>().into_iter().filter_map(|child| self.accessor_beside(child, node)).collect()
    }

    /// A getter or setter that the grammar puts behind its property.
    pub(super) fn loose_accessor(&mut self, node: Node) -> Option<Statement> {
        let mut property = node.prev_named_sibling()?;
        while matches!(property.kind_name(), "getter" | "setter") || property.is_extra() {
            property = property.prev_named_sibling()?;
        }
        self.accessor_beside(node, property)
    }

    fn accessor_beside(&mut self, node: Node, property: Node) -> Option<Statement> {
        let variable = self.variable(child_of_kind(property, "variable_declaration")?)?;
        let modifiers = self.modifiers(property);
        let mut accessor = self.accessor(node, &variable, &modifiers)?;
        accessor.extends = self.receiver_type(property);
        let span = accessor.span;
        Some(Statement { span, does: Expression { span, form: Form::Function(Box::new(accessor)) } })
    }

    /// A property of a class.
    pub(super) fn field(&mut self, node: Node) -> Vec<Field> {
        let modifiers = self.modifiers(node);
        let Parts { names, value, lazy } = self.parts_of_property(node);
        let mut accessors: Vec<Function> = Vec::new();
        if let [only] = &names[..] {
            for child in named_children(node) {
                if matches!(child.kind_name(), "getter" | "setter") {
                    accessors.extend(self.accessor(child, only, &modifiers));
                }
            }
        }
        for accessor in &mut accessors {
            accessor.extends = self.receiver_type(node);
        }
        let is_mutable = child_of_kind(node, "binding_pattern_kind").is_some_and(|kind| self.text(kind) == "var");
        let span = extended(self.trimmed(node), accessors.last().map(|accessor| accessor.span));
        let (mut value, mut accessors) = (value, Some(accessors));
        let fields = names.into_iter().map(|variable| Field {
            variable,
            value: value.take(),
            lazy,
            accessors: accessors.take().unwrap_or_default(),
            is_static: false,
            is_private: modifiers.is_private(),
            is_mutable,
            annotations: modifiers.annotations.clone(),
            span,
        });
        fields.collect()
    }

    /// Adds a getter or setter that the grammar puts behind its property.
    pub(super) fn add_accessor(&mut self, node: Node, field: &mut Field) {
        let head = Modifiers::default();
        let accessor = self.accessor(node, &field.variable.clone(), &head);
        field.span = extended(field.span, Some(self.trimmed(node)));
        field.accessors.extend(accessor.map(|accessor| Function { is_private: field.is_private, ..accessor }));
    }

    fn parts_of_property(&mut self, node: Node) -> Parts {
        let mut parts = Parts { names: Vec::new(), value: None, lazy: false };
        let mut is_value = false;
        for child in all_children(node) {
            match child.kind_name() {
                "variable_declaration" => parts.names.extend(self.variable(child)),
                "multi_variable_declaration" => parts.names = self.variables(child),
                "property_delegate" => self.delegate(child, &mut parts),
                "getter" | "setter" => break,
                "=" => is_value = true,
                _ if is_value && (child.is_named() || child.is_error()) => {
                    parts.value = Some(self.expression(child));
                    is_value = false;
                }
                _ => {}
            }
        }
        parts
    }

    /// `by lazy { … }`, `by viewModels()`: of another delegate's value only the type is known.
    fn delegate(&mut self, node: Node, parts: &mut Parts) {
        let Some(value) = named_children(node).into_iter().next() else { return };
        if let Some(suffix) = child_of_kind(value, "call_suffix") {
            if let ([only], [written]) = (&mut parts.names[..], &self.type_arguments(suffix)[..]) {
                only.type_name.get_or_insert_with(|| written.clone());
            }
            let callee = all_children(value).first().map(|callee| self.text(*callee));
            if callee == Some("lazy")
                && let Some(scoped) = self.lazy_value(value, suffix)
            {
                parts.value = Some(scoped);
                parts.lazy = true;
                return;
            }
        }
        let value = self.expression(value);
        let span = value.span;
        parts.value = Some(Expression { span, form: Form::All(vec![value]) });
    }

    /// The value of `lazy { … }`: its one expression, or what its lambda ends with.
    fn lazy_value(&mut self, call: Node, suffix: Node) -> Option<Expression> {
        let name = all_children(call).into_iter().next()?;
        let found = self.find_outcome(name, &(super::links::Link::Call(suffix), call.end_byte()))?;
        let span = self.trimmed(call);
        let mut scoped: Scoped = self.lambda_in_place(&found, 0, Shape::PLAIN, span);
        if scoped.body.statements.len() == 1 {
            return scoped.body.statements.pop().map(|statement| statement.does);
        }
        Some(Expression { span, form: Form::Scoped(Box::new(scoped)) })
    }
}
