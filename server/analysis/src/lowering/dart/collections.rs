//! Lists, sets and maps, with the conditions and loops inside them. Those run where they stand.

use tree_sitter::Node;

use super::control::ladder;
use super::reader::{Reader, at, valued};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{Expression, Form};
use crate::lowering::tree::{has_child, named_children, span};

impl<'t> Reader<'_> {
    /// A list, set or map literal. One with a condition, a loop or a spread in it is the parts that run.
    pub(super) fn collection(&mut self, node: Node<'t>) -> Form {
        let elements: Vec<Node> =
            named_children(node).into_iter().filter(|child| child.kind_name() != "type_arguments").collect();
        let is = |kind: &str| elements.iter().all(|element| element.kind_name() == kind);
        if node.kind_name() == "set_or_map_literal" && is("map_element") {
            return Form::Map(elements.iter().map(|element| self.pair(*element)).collect());
        }
        let is_plain = !elements.iter().any(|element| element.kind_name().ends_with("_element"));
        let values = elements.into_iter().map(|element| self.element(element)).collect();
        if is_plain { Form::List(values) } else { Form::All(values) }
    }

    fn pair(&mut self, node: Node<'t>) -> (Expression, Expression) {
        let key = node.field("key");
        let value = node.field("value");
        let mut half = |part: Option<Node<'t>>| match part {
            Some(part) => self.lower(part),
            None => at(node, Form::Broken),
        };
        (half(key), half(value))
    }

    fn element(&mut self, node: Node<'t>) -> Expression {
        let form = match node.kind_name() {
            "map_element" | "null_aware_map_element" => {
                let (key, value) = self.pair(node);
                Form::All(vec![key, value])
            }
            "spread_element" => match node.field("value") {
                Some(value) => return self.lower(value),
                None => Form::Broken,
            },
            "null_aware_expression_element" => match named_children(node).first() {
                Some(value) => return self.lower(*value),
                None => Form::Broken,
            },
            "if_element" => return self.if_element(node),
            "for_element" => {
                let read = self.deeper(1, |reader| reader.for_element(node));
                read.unwrap_or(Form::Broken)
            }
            _ => return self.lower(node),
        };
        at(node, form)
    }

    /// An element's value: the literal around it is half a level.
    fn lower(&mut self, node: Node<'t>) -> Expression {
        self.expression_deeper(node, 1)
    }

    fn if_element(&mut self, node: Node<'t>) -> Expression {
        let read = self.deeper(1, |reader| {
            let (mut rungs, mut rung) = (Vec::new(), node);
            let last = loop {
                let condition = reader.if_condition(rung);
                let then = rung.field("consequence").map(|then| valued(reader.element(then)));
                rungs.push((span(rung), condition, then.unwrap_or_default()));
                match rung.field("alternative") {
                    Some(alternative) if alternative.kind_name() == "if_element" => rung = alternative,
                    Some(alternative) => break Some(valued(reader.element(alternative))),
                    None => break None,
                }
            };
            ladder(rungs, last)
        });
        read.flatten().unwrap_or_else(|| at(node, Form::Broken))
    }

    fn for_element(&mut self, node: Node<'t>) -> Form {
        let body = node.field("body").map(|body| valued(self.element(body)));
        self.for_loop(node, body.unwrap_or_default(), has_child(node, "await"))
    }
}
