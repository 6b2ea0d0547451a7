//! Properties and variables. Owns their names, values and accessors; must not know where they stand.

use tree_sitter::Node;

use super::functions::Head;
use super::reader::{Reader, children, expression, kind};
use crate::lowering::BodyKind;
use crate::lowering::outline::{Declaration, Expression, Field, Form, Function, Variable};
use crate::lowering::tree::{all_children, named_children, span};

/// One of the patterns that a declaration declares.
struct Declared {
    names: Vec<Variable>,
    value: Option<Expression>,
    accessors: Vec<Function>,
}

impl<'t> Reader<'t> {
    /// The fields that a property declaration of a type makes.
    pub(super) fn property_fields(&mut self, node: Node<'t>) -> Vec<Field> {
        let (head, is_mutable, declared) = self.declared(node);
        let mut fields = Vec::new();
        for Declared { names, mut value, accessors } in declared {
            let is_single = names.len() == 1;
            for variable in names {
                let value = match value.take() {
                    // Nothing is known of the parts of a value that is taken apart.
                    Some(value) if !is_single => Some(expression(value.span, Form::All(vec![value]))),
                    value => value,
                };
                fields.push(Field {
                    variable,
                    value,
                    lazy: head.modifiers.is_lazy,
                    accessors: accessors.clone(),
                    is_static: head.modifiers.is_static,
                    is_private: head.modifiers.is_private,
                    is_mutable,
                    span: span(node),
                });
            }
        }
        fields
    }

    /// A property declaration among statements: the variables, and the accessors of those that compute.
    pub(super) fn local_property(&mut self, node: Node<'t>) -> Expression {
        let (head, _, declared) = self.declared(node);
        let mut declarations = Vec::new();
        let mut accessors = Vec::new();
        for declared in declared {
            let is_computed = declared.accessors.iter().any(|accessor| accessor.kind == BodyKind::Getter);
            accessors.extend(declared.accessors);
            if !is_computed {
                let (names, value) = (declared.names, declared.value);
                declarations.push(Declaration { names, value, lazy: head.modifiers.is_lazy });
            }
        }
        let bytes = span(node);
        let declares = expression(bytes, Form::Declare(declarations));
        if accessors.is_empty() {
            return declares;
        }
        let functions =
            accessors.into_iter().map(|accessor| expression(accessor.span, Form::Function(Box::new(accessor))));
        expression(bytes, Form::All(std::iter::once(declares).chain(functions).collect()))
    }

    fn declared(&mut self, node: Node<'t>) -> (Head<'t>, bool, Vec<Declared>) {
        let mut head = Head::default();
        let mut is_mutable = false;
        let mut declared: Vec<Declared> = Vec::new();
        for (child, field) in children(node) {
            match (kind(child), field) {
                ("value_binding_pattern", _) => is_mutable = self.text(child).starts_with("var"),
                (_, Some("name")) => {
                    let names = self.bound_names(&[child], true);
                    declared.push(Declared { names, value: None, accessors: Vec::new() });
                    head.returns = None;
                }
                ("type_annotation", _) => {
                    head.returns = Some(child);
                    let type_name = self.type_name(child);
                    if let Some(Declared { names, .. }) = declared.last_mut()
                        && let [only] = names.as_mut_slice()
                    {
                        only.type_name = type_name;
                    }
                }
                (_, Some("value")) if child.is_named() => {
                    let value = self.expression(child);
                    if let Some(last) = declared.last_mut() {
                        last.value = Some(value);
                    }
                }
                ("computed_property" | "willset_didset_block", _) => {
                    let Some(name) = declared.last().and_then(|last| last.names.first()).cloned() else { continue };
                    let accessors = self.accessors(child, &name, &head);
                    if let Some(last) = declared.last_mut() {
                        last.accessors = accessors;
                    }
                }
                ("protocol_property_requirements", _) => is_mutable |= self.text(child).contains("set"),
                _ => self.read_modifier(child, &mut head.modifiers),
            }
        }
        (head, is_mutable, declared)
    }

    /// The accessors in a computed property's braces, or the observers of a stored one.
    pub(super) fn accessors(&mut self, node: Node<'t>, name: &Variable, head: &Head<'t>) -> Vec<Function> {
        let mut accessors = Vec::new();
        for child in named_children(node) {
            let function_kind = match kind(child) {
                "computed_getter" => BodyKind::Getter,
                "computed_setter" | "computed_modify" | "willset_clause" | "didset_clause" => BodyKind::Setter,
                _ => continue,
            };
            accessors.push(self.accessor(child, function_kind, name, head));
        }
        if accessors.is_empty() && kind(node) == "computed_property" && !all_children(node).is_empty() {
            accessors.push(self.accessor(node, BodyKind::Getter, name, head));
        }
        accessors
    }
}
