//! Members of classes: methods, properties and instance variables. Must not know how a class is put
//! together of its interfaces.

use tree_sitter::Node;

use super::Reader;
use super::items::{is_alternative, is_conditional};
use super::tree::{DEPTH_LIMIT, child_of_kind, named_children, span};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Field, Function, MemberForm, Statement, Variable};

impl Reader<'_> {
    /// The methods and instance variables of an implementation. Its functions and constants go to the file.
    pub(super) fn members_among(
        &mut self,
        nodes: &[Node],
        depth: u32,
        members: &mut Vec<MemberForm>,
        items: &mut Vec<Statement>,
    ) {
        if depth > DEPTH_LIMIT {
            return;
        }
        for node in nodes {
            match node.kind_name() {
                "method_definition" => members.extend(self.method(*node, 0).map(MemberForm::Function)),
                "instance_variables" => {
                    let fields = self.instance_variables(*node);
                    members.extend(fields.into_iter().map(MemberForm::Field));
                }
                "implementation_definition" | "ERROR" => {
                    self.members_among(&named_children(*node), depth + 1, members, items);
                }
                kind if is_conditional(kind) || is_alternative(kind) => {
                    self.members_among(&named_children(*node), depth + 1, members, items);
                }
                _ => self.plain_item(*node, items),
            }
        }
    }

    /// The properties and instance variables of an interface or a protocol.
    pub(super) fn fields_of(&self, node: Node) -> Vec<Field> {
        let mut fields = Vec::new();
        self.fields_among(node, 0, &mut fields);
        fields
    }

    fn fields_among(&self, node: Node, depth: u32, fields: &mut Vec<Field>) {
        for child in named_children(node) {
            match child.kind_name() {
                "property_declaration" => self.property(child, fields),
                "instance_variables" => fields.extend(self.instance_variables(child)),
                kind if depth < DEPTH_LIMIT && (is_conditional(kind) || is_alternative(kind) || is_section(kind)) => {
                    self.fields_among(child, depth + 1, fields);
                }
                _ => {}
            }
        }
    }

    /// The methods that an interface or a protocol declares.
    pub(super) fn declared_methods(&mut self, node: Node) -> Vec<MemberForm> {
        let mut methods = Vec::new();
        self.methods_among(node, 0, &mut methods);
        methods.into_iter().map(MemberForm::Function).collect()
    }

    fn methods_among(&mut self, node: Node, depth: u32, methods: &mut Vec<Function>) {
        for child in named_children(node) {
            match child.kind_name() {
                "method_declaration" => methods.extend(self.method(child, 0)),
                kind if depth < DEPTH_LIMIT && (is_conditional(kind) || is_alternative(kind) || is_section(kind)) => {
                    self.methods_among(child, depth + 1, methods);
                }
                _ => {}
            }
        }
    }

    /// A property, and the instance variable behind it, whose name has an underscore.
    fn property(&self, node: Node, fields: &mut Vec<Field>) {
        let written = child_of_kind(node, "property_attributes_declaration").map_or("", |list| self.text(list));
        let has = |attribute: &str| written.split([',', '(', ')']).any(|part| part.trim() == attribute);
        let Some(declaration) = child_of_kind(node, "struct_declaration") else { return };
        for variable in self.struct_variables(declaration) {
            let variable_behind = Variable { name: format!("_{}", variable.name).into(), ..variable.clone() };
            let mut field = field(variable, node);
            field.is_static = has("class");
            field.is_mutable = !has("readonly");
            let mut behind = Field { variable: variable_behind, ..field.clone() };
            behind.is_mutable = true;
            behind.is_private = true;
            fields.extend([field, behind]);
        }
    }

    fn instance_variables(&self, node: Node) -> Vec<Field> {
        let declared = named_children(node).into_iter().filter_map(|part| child_of_kind(part, "struct_declaration"));
        let variables = declared.flat_map(|declaration| {
            self.struct_variables(declaration).into_iter().map(move |variable| (variable, declaration))
        });
        variables
            .map(|(variable, declaration)| {
                let mut field = field(variable, declaration);
                field.is_private = true;
                field
            })
            .collect()
    }

    /// The names of a `Type *one, *other;`.
    fn struct_variables(&self, node: Node) -> Vec<Variable> {
        let (declarators, types): (Vec<Node>, Vec<Node>) =
            named_children(node).into_iter().partition(|child| child.kind_name() == "struct_declarator");
        let type_name = self.type_among(&types);
        declarators
            .into_iter()
            .filter_map(|declarator| {
                let inner = named_children(declarator).into_iter().next()?;
                self.variable(inner, type_name.clone())
            })
            .collect()
    }
}

/// Whether a node is a part of a protocol: what is behind `@optional`.
fn is_section(kind: &str) -> bool {
    kind == "qualified_protocol_interface_declaration"
}

fn field(variable: Variable, node: Node) -> Field {
    Field {
        variable,
        value: None,
        lazy: false,
        accessors: Vec::new(),
        is_static: false,
        is_private: false,
        is_mutable: true,
        annotations: Vec::new(),
        span: span(node),
    }
}
