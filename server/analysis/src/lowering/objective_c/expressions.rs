//! Expressions. Owns which form each of the grammar's expressions has; must not know statements or
//! declarations.

use tree_sitter::Node;

use super::tree::{DEPTH_LIMIT, child_of_kind, named_children, span};
use super::{Reader, expression_at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Block, Expression, Form, If, Member, Statement};

impl Reader<'_> {
    /// Reads an expression that lies this deep in the outline.
    pub(super) fn expression(&mut self, node: Node, depth: u32) -> Expression {
        let node = stripped(node);
        if depth > DEPTH_LIMIT {
            return expression_at(node, Form::Broken);
        }
        let form = match node.kind_name() {
            "identifier" | "true" | "false" | "null" => self.identifier(node),
            "number_literal" => return self.number(node),
            "string_literal" => self.text_literal(node),
            "concatenated_string" => self.joined_texts(node),
            "char_literal" | "available_expression" | "encode_expression" | "sizeof_expression" => {
                Form::All(Vec::new())
            }
            "dictionary_literal" => self.dictionary(node, depth),
            "array_literal" => self.array(node, depth),
            "at_expression" => self.boxed(node, depth),
            "initializer_list" => self.initialiser_list(node, depth),
            "message_expression" | "field_expression" | "call_expression" | "subscript_expression" => {
                return self.chain(node, depth);
            }
            "generic_specifier" | "type_identifier" | "typedefed_specifier" => {
                self.type_name(node).and_then(|it| it.parts.first().cloned()).map_or(Form::All(Vec::new()), Form::Name)
            }
            "binary_expression" => self.binary(node, depth),
            "comma_expression" => self.sequence(node, depth),
            "conditional_expression" => self.conditional(node, depth),
            "unary_expression" => self.unary(node, depth),
            "pointer_expression" => self.pointer(node, depth),
            "assignment_expression" => self.assignment(node, depth),
            "update_expression" => self.update(node, depth),
            "selector_expression" => self.selector(node),
            "block_literal" => Form::Closure(Box::new(self.block_literal(node, depth))),
            "compound_literal_expression" => match node.field("value") {
                Some(value) => self.initialiser_list(value, depth),
                None => Form::Broken,
            },
            "compound_statement" => Form::Block(self.block(node, depth)),
            "type_descriptor" | "typeof_specifier" | "parameterized_arguments" | "preproc_arg" => Form::All(Vec::new()),
            "system_lib_string" => Form::Text(self.text(node).trim_matches(['<', '>']).into()),
            "ERROR" => Form::Broken,
            _ if node.is_missing() => Form::Broken,
            _ => self.parts(node, depth),
        };
        expression_at(node, form)
    }

    /// Reads a condition: what C takes for true or false is that.
    pub(super) fn condition(&mut self, node: Node, depth: u32) -> Expression {
        let mut condition = self.expression(node, depth);
        if let Form::Number(written) = &condition.form {
            match &**written {
                "0" => condition.form = Form::Boolean(false),
                "1" => condition.form = Form::Boolean(true),
                _ => {}
            }
        }
        condition
    }

    /// `a ? b : c`, and `a ?: c`, which is a where it is there.
    fn conditional(&mut self, node: Node, depth: u32) -> Form {
        let (Some(condition), Some(alternative)) = (node.field("condition"), node.field("alternative")) else {
            return Form::Broken;
        };
        let Some(consequence) = node.field("consequence") else {
            let left = self.expression(condition, depth + 1);
            let right = self.expression(alternative, depth + 1);
            return Form::Fallback(Box::new(left), Box::new(right));
        };
        Form::If(Box::new(If {
            condition: self.condition(condition, depth + 1),
            then: self.operand(consequence, depth + 1),
            otherwise: Some(self.operand(alternative, depth + 1)),
            binds_behind: false,
        }))
    }

    /// An expression as a branch.
    fn operand(&mut self, node: Node, depth: u32) -> Block {
        let does = self.expression(node, depth);
        let bytes = span(node);
        Block { statements: vec![Statement { span: bytes, does }], inner: bytes, braceless: true }
    }

    fn unary(&mut self, node: Node, depth: u32) -> Form {
        let Some(argument) = node.field("argument") else { return Form::Broken };
        let is_not = node.field("operator").is_some_and(|operator| operator.kind_name() == "!");
        if is_not {
            return Form::Not(Box::new(self.condition(argument, depth + 1)));
        }
        Form::All(vec![self.expression(argument, depth + 1)])
    }

    /// `*place`, `&place` and `&function`. Whoever gets a variable's address may write to it.
    fn pointer(&mut self, node: Node, depth: u32) -> Form {
        let Some(argument) = node.field("argument") else { return Form::Broken };
        let inner = self.expression(argument, depth + 1);
        let takes_address = node.field("operator").is_some_and(|operator| operator.kind_name() == "&");
        if takes_address && matches!(&inner.form, Form::Name(name) if self.interfaces.has_function(name)) {
            return Form::Reference(Box::new(inner));
        }
        if takes_address && matches!(inner.form, Form::Name(_)) {
            let written = expression_at(node, Form::All(Vec::new()));
            let assigned = Form::Assign(Box::new(inner), Box::new(written), true);
            return Form::All(vec![expression_at(node, assigned)]);
        }
        Form::All(vec![inner])
    }

    fn assignment(&mut self, node: Node, depth: u32) -> Form {
        let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else {
            return Form::Broken;
        };
        let is_plain = node.field("operator").is_some_and(|operator| operator.kind_name() == "=");
        let target = self.expression(left, depth + 1);
        let value = self.expression(right, depth + 1);
        Form::Assign(Box::new(target), Box::new(value), !is_plain)
    }

    /// `count++`.
    fn update(&mut self, node: Node, depth: u32) -> Form {
        let Some(argument) = node.field("argument") else { return Form::Broken };
        let target = self.expression(argument, depth + 1);
        let one = expression_at(node, Form::Number("1".into()));
        Form::Assign(Box::new(target), Box::new(one), true)
    }

    /// `@selector(logout:)`: a method that is not called here.
    fn selector(&self, node: Node) -> Form {
        let written = self.text(node).trim_start_matches("@selector").trim_matches(['(', ')', ' ']);
        let name = self.first_selector_part(written);
        Form::Reference(Box::new(expression_at(node, Form::Name(name))))
    }

    /// A property's path without calls, for the conditions of `#if`.
    pub(super) fn member_of(&self, object: Expression, field: Node) -> Form {
        Form::Member(Box::new(Member { object: Some(object), name: self.name(field), optional: false }))
    }
}

/// An expression without the parentheses and casts around it.
pub(super) fn stripped(node: Node) -> Node {
    let mut node = node;
    loop {
        let inner = match node.kind_name() {
            "parenthesized_expression" => match child_of_kind(node, "compound_statement") {
                Some(block) => Some(block),
                None => single(node),
            },
            "cast_expression" => node.field("value"),
            "extension_expression" | "preproc_defined" => single(node),
            _ => None,
        };
        match inner {
            Some(inner) => node = inner,
            None => return node,
        }
    }
}

/// A node's only part.
fn single(node: Node) -> Option<Node> {
    match named_children(node).as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}
