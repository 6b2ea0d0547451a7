//! What the parser could not read. Owns what is saved of it: the declarations inside, so that a half-typed
//! method costs no other one; must not know why it could not be read.

use tree_sitter::Node;

use super::classes::is_class;
use super::reader::{Reader, broken_at, expression_at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{ClassForm, ClassKind, Expression, Form, MemberForm, Statement};
use crate::lowering::tree::{all_children, named_children, span};

impl Reader<'_> {
    /// An unreadable part of a body, and what in it could be read.
    pub(super) fn unreadable(&mut self, node: Node) -> Form {
        if lacks_semicolon(node) {
            return Form::All(self.readable_children(node));
        }
        let mut parts = vec![broken_at(span(node))];
        parts.extend(self.readable_children(node));
        Form::All(parts)
    }

    /// The children of a node that say something by themselves, in their order.
    pub(super) fn readable_children(&mut self, node: Node) -> Vec<Expression> {
        let mut parts = Vec::new();
        for child in named_children(node) {
            let kind = child.kind_name();
            if kind == "ERROR" {
                let form = self.deeper(1, |reader| reader.unreadable(child)).unwrap_or(Form::Broken);
                parts.push(expression_at(span(child), form));
            } else if is_statement(kind) || is_class(child) {
                parts.extend(self.statement(child).map(|it| it.does));
            } else if kind.ends_with("_expression") || is_primary(kind) {
                parts.push(self.expression(child));
            }
        }
        parts
    }

    /// What is declared in an unreadable part of the top level. A class whose head alone could be read,
    /// because its end is missing, has the members behind that head.
    pub(super) fn declarations_in_error(&mut self, node: Node) -> Vec<Statement> {
        let mut found = vec![Statement { span: span(node), does: broken_at(span(node)) }];
        found.extend(self.declared_in_error(node).into_iter().map(|form| {
            let at = match &form {
                Form::Class(class) => class.span,
                Form::Function(function) => function.span,
                _ => span(node),
            };
            Statement { span: at, does: expression_at(at, form) }
        }));
        found
    }

    /// What is declared in an unreadable part of a class.
    pub(super) fn members_in_error(&mut self, node: Node) -> Vec<MemberForm> {
        let forms = self.declared_in_error(node).into_iter();
        forms
            .filter_map(|form| match form {
                Form::Class(class) => Some(MemberForm::Class(*class)),
                Form::Function(function) => Some(MemberForm::Function(*function)),
                _ => None,
            })
            .collect()
    }

    fn declared_in_error(&mut self, node: Node) -> Vec<Form> {
        let children = all_children(node);
        let mut found = Vec::new();
        for (index, child) in children.iter().enumerate() {
            if is_class(*child) {
                found.extend(self.class(*child).map(|it| Form::Class(Box::new(it))));
            } else if child.kind_name() == "method_declaration" {
                found.extend(self.method(*child).map(|it| Form::Function(Box::new(it))));
            } else if child.kind_name() == "ERROR" {
                let inside = self.deeper(1, |reader| reader.declared_in_error(*child));
                found.extend(inside.unwrap_or_default());
            } else if let Some(kind) = head(*child) {
                let name = children.get(index + 1).filter(|it| it.kind_name() == "identifier");
                let Some(name) = name else { continue };
                let rest = children.get(index + 2..).unwrap_or_default();
                let class = self.unfinished_class(kind, *name, rest);
                found.push(Form::Class(Box::new(class)));
                break;
            }
        }
        found
    }

    /// A class without an end: what follows its head are its members.
    fn unfinished_class(&mut self, kind: ClassKind, name: Node, rest: &[Node]) -> ClassForm {
        let class_name = self.name(name);
        self.classes.push(Some(class_name.clone()));
        let (mut parents, mut members) = (Vec::new(), Vec::new());
        for node in rest {
            match node.kind_name() {
                "superclass" => parents.extend(node.named_child(0).and_then(|it| self.type_name(it))),
                "super_interfaces" | "extends_interfaces" => parents.extend(self.type_list(Some(*node))),
                // A block here is the body of a method whose head could not be read.
                "block" => {}
                _ => {
                    self.deeper(1, |reader| reader.member_into(*node, &mut members));
                }
            }
        }
        self.classes.pop();
        let end = rest.last().map_or_else(|| span(name).end, |it| span(*it).end);
        ClassForm {
            kind,
            name: Some(class_name),
            name_span: span(name),
            parents,
            parent_arguments: Vec::new(),
            parameters: Vec::new(),
            members,
            annotations: Vec::new(),
            span: crate::source::Span::new(span(name).start, end),
        }
    }
}

/// Whether nothing is wrong but that a call or an assignment has no semicolon.
pub(super) fn lacks_semicolon(node: Node) -> bool {
    node.is_error()
        && node.child_count() == 1
        && node.child(0).is_some_and(|it| {
            matches!(it.kind_name(), "method_invocation" | "assignment_expression") && !it.has_error()
        })
}

/// What a keyword that opens a class opens.
fn head(node: Node) -> Option<ClassKind> {
    match node.kind_name() {
        "class" | "enum" | "record" => Some(ClassKind::Class),
        "interface" => Some(ClassKind::Interface),
        _ => None,
    }
}

fn is_statement(kind: &str) -> bool {
    kind.ends_with("_statement") || matches!(kind, "local_variable_declaration" | "block")
}

fn is_primary(kind: &str) -> bool {
    matches!(kind, "method_invocation" | "method_reference" | "field_access" | "array_access")
}
