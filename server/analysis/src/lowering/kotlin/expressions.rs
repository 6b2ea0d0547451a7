//! Expressions by their kinds. Owns which form each kind of node has; chains, branches, loops and literals
//! are read beside it.

use tree_sitter::Node;

use super::Reader;
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Compare, Comparison, Expression, Form, TypeName};
use crate::lowering::tree::{all_children, child_of_kind, has_child, named_children, span};
use crate::source::Span;

impl Reader<'_> {
    /// Any expression, statement or declaration.
    pub(super) fn expression(&mut self, node: Node) -> Expression {
        let mut node = node;
        while node.kind_name() == "parenthesized_expression" || node.kind_name() == "interpolated_expression" {
            match &named_children(node)[..] {
                [inner] => node = *inner,
                _ => return self.broken(node),
            }
        }
        if node.is_error() || node.is_missing() {
            return self.broken(node);
        }
        if let Some(form) = self.leaf(node) {
            return Expression { span: span(node), form };
        }
        self.descend(node, |reader| reader.form(node))
    }

    /// What holds nothing else.
    fn leaf(&mut self, node: Node) -> Option<Form> {
        Some(match node.kind_name() {
            "simple_identifier" | "interpolated_identifier" => self.name_or_it(node),
            "null_literal" => Form::Null,
            "boolean_literal" => Form::Boolean(self.text(node) == "true"),
            "integer_literal" | "hex_literal" | "bin_literal" | "real_literal" | "long_literal"
            | "unsigned_literal" => Form::Number(self.text(node).into()),
            "character_literal" => Form::Text(self.text(node).trim_matches('\'').into()),
            "this_expression" => self.this(node),
            "super_expression" => Form::Super,
            "annotation" | "label" | "type_alias" | "user_type" => Form::Nothing,
            _ => return None,
        })
    }

    fn name_or_it(&mut self, node: Node) -> Form {
        let name = self.identifier(node);
        match &*name {
            "it" => self.use_it(),
            "this" if node.kind_name() == "interpolated_identifier" => return Form::This,
            _ => {}
        }
        Form::Name(name)
    }

    fn this(&self, node: Node) -> Form {
        let label = child_of_kind(node, "type_identifier").map(|label| self.identifier(label));
        if self.this_is_receiver(label.as_ref()) { Form::Receiver } else { Form::This }
    }

    fn form(&mut self, node: Node) -> Form {
        match node.kind_name() {
            "call_expression"
            | "navigation_expression"
            | "indexing_expression"
            | "infix_expression"
            | "callable_reference" => self.chain(node),
            "postfix_expression" if has_child(node, "!!") => self.chain(node),
            "postfix_expression" => self.count(node),
            "prefix_expression" => self.prefix(node),
            "as_expression" => self.cast(node),
            "spread_expression" => self.parts(node),
            "elvis_expression" => self.balanced(node, &Form::Fallback),
            "conjunction_expression" => self.balanced(node, &Form::And),
            "disjunction_expression" => self.balanced(node, &Form::Or),
            "equality_expression" | "comparison_expression" | "check_expression" => self.compare(node),
            "additive_expression" => self.sum(node),
            "multiplicative_expression" | "range_expression" => Form::All(self.operands(node)),
            "string_literal" => self.string(node),
            "collection_literal" => Form::List(self.all_of(&named_children(node))),
            "lambda_literal" => self.plain_lambda(node),
            "anonymous_function" => self.anonymous_function(node),
            "object_literal" => self.object_literal(node, None),
            "if_expression" => self.if_form(node),
            "when_expression" => self.when_form(node, true),
            "try_expression" => self.attempt(node),
            "jump_expression" => self.jump(node),
            "assignment" => self.assignment(node),
            "for_statement" => self.for_loop(node),
            "while_statement" | "do_while_statement" => self.while_loop(node),
            "property_declaration" | "destructuring_declaration" => self.declaration(node),
            "function_declaration" => self.local_function(node),
            "class_declaration" | "object_declaration" | "companion_object" => Form::Class(Box::new(self.class(node))),
            _ => self.parts(node),
        }
    }

    /// Reads several expressions in order.
    pub(super) fn all_of(&mut self, nodes: &[Node]) -> Vec<Expression> {
        nodes.iter().map(|node| self.expression(*node)).collect()
    }

    fn parts(&mut self, node: Node) -> Form {
        Form::All(self.all_of(&named_children(node)))
    }

    /// The operands of a chain of one operator. The tree nests to the left, as deep as the chain is long.
    fn operands(&mut self, node: Node) -> Vec<Expression> {
        let (kind, mut left, mut nodes) = (node.kind_name(), node, Vec::new());
        while left.kind_name() == kind {
            let mut children = named_children(left).into_iter();
            let Some(first) = children.next() else { break };
            nodes.extend(children.rev());
            left = first;
        }
        nodes.push(left);
        nodes.reverse();
        self.all_of(&nodes)
    }

    /// A chain of an operator that may be grouped in any way, grouped so that it is nowhere deep.
    fn balanced(&mut self, node: Node, join: &dyn Fn(Box<Expression>, Box<Expression>) -> Form) -> Form {
        let mut operands = self.operands(node);
        while operands.len() > 1 {
            let mut joined = Vec::with_capacity(operands.len().div_ceil(2));
            let mut rest = operands.into_iter();
            while let Some(left) = rest.next() {
                joined.push(match rest.next() {
                    Some(right) => Expression {
                        span: Span::new(left.span.start, right.span.end),
                        form: join(Box::new(left), Box::new(right)),
                    },
                    None => left,
                });
            }
            operands = joined;
        }
        operands.pop().map_or(Form::Broken, |whole| whole.form)
    }

    /// `a + b`: where it begins with a text, a text with holes.
    fn sum(&mut self, node: Node) -> Form {
        let mut operands = self.operands(node);
        if operands.is_empty() || !has_child(node, "+") {
            return Form::All(operands);
        }
        let rest = operands.split_off(1);
        match operands.pop() {
            Some(Expression { form: Form::Text(text), .. }) => Form::Template(text, rest),
            Some(Expression { form: Form::Template(text, mut holes), .. }) => {
                holes.extend(rest);
                Form::Template(text, holes)
            }
            first => Form::All(first.into_iter().chain(rest).collect()),
        }
    }

    fn compare(&mut self, node: Node) -> Form {
        let children = all_children(node);
        let (Some(left), Some(right)) = (children.first(), children.last()) else { return Form::Broken };
        let has = |token: &str| children.iter().any(|child| child.kind_name() == token);
        let relation = match node.kind_name() {
            "equality_expression" if has("==") || has("===") => Comparison::Equal,
            "equality_expression" => Comparison::Different,
            // `state is SignedOut` asks whether it is that case.
            _ if has("is") && has("!") => Comparison::Different,
            _ if has("is") => Comparison::Equal,
            _ => Comparison::Other,
        };
        let left = self.expression(*left);
        let right = match self.type_name(*right) {
            Some(type_name) => type_value(type_name),
            None => self.expression(*right),
        };
        Form::Compare(Box::new(Compare { left, right, relation }))
    }

    fn prefix(&mut self, node: Node) -> Form {
        let children = all_children(node);
        let (Some(operator), Some(operand)) = (children.first(), children.last()) else { return Form::Broken };
        match operator.kind_name() {
            "!" => Form::Not(Box::new(self.expression(*operand))),
            "++" | "--" => self.count(node),
            "-" if operand.kind_name().ends_with("literal") => Form::Number(self.text(node).into()),
            "label" => {
                let label: Name = self.text(*operator).trim_end_matches('@').into();
                Form::Labelled(label, Box::new(self.expression(*operand)))
            }
            "annotation" => self.expression(*operand).form,
            _ => Form::All(vec![self.expression(*operand)]),
        }
    }

    /// `i++`, `--i`.
    fn count(&mut self, node: Node) -> Form {
        let Some(target) = named_children(node).into_iter().next() else { return Form::Broken };
        let target = self.expression(target);
        let nothing = Expression { span: span(node), form: Form::All(Vec::new()) };
        Form::Assign(Box::new(target), Box::new(nothing), true)
    }

    /// `value as Type` is the value; of `value as? Type` nothing is known.
    fn cast(&mut self, node: Node) -> Form {
        let Some(value) = named_children(node).into_iter().next() else { return Form::Broken };
        let value = self.expression(value);
        if has_child(node, "as?") { Form::All(vec![value]) } else { value.form }
    }
}

/// A type as a value.
pub(super) fn type_value(type_name: TypeName) -> Expression {
    Expression { span: type_name.span, form: Form::Type(type_name) }
}
