//! Object, array and template literals, and JSX elements. Owns their values and the order of what is
//! evaluated inside them; must not know statements.

use tree_sitter::Node;

use super::lowerer::{Fate, Lowerer};
use super::syntax::{first_named, is_loose_ampersand, key_name, named_children, span, text, unescape};
use crate::lowering::grammar::Named;
use crate::lowering::{Property, Value};

/// How many bytes a text may have that is known. No address and no name is as long, and texts that are
/// joined from themselves again and again would fill the memory.
pub(super) const LONGEST_TEXT: usize = 4096;

impl<'t> Lowerer<'t> {
    pub(super) fn object(&mut self, node: Node<'t>) -> Value {
        let mut properties = Vec::new();
        let mut open = false;
        for child in named_children(node) {
            match child.kind_name() {
                "pair" => open |= !self.pair(node, child, &mut properties),
                "shorthand_property_identifier" => {
                    let value = self.expression(child, Fate::USED);
                    let key = self.text(child).into();
                    properties.push(Property { key, value, key_span: span(child), span: span(child) });
                }
                "method_definition" => open |= !self.method_property(child, &mut properties),
                "spread_element" => open |= !self.spread(child, &mut properties),
                _ => {
                    self.expression(child, Fate::USED);
                    open = true;
                }
            }
        }
        properties.shrink_to_fit();
        Value::Object { properties, open }
    }

    /// Adds a property. Whether its key is known.
    fn pair(&mut self, object: Node<'t>, node: Node<'t>, properties: &mut Vec<Property>) -> bool {
        let (Some(key), Some(value)) = (node.field("key"), node.field("value")) else {
            return false;
        };
        let name = self.property_key(key);
        let value = self.expression(value, Fate::USED);
        let Some(name) = name else { return false };
        self.property_handler(&name, &value, object);
        properties.push(Property { key: name, value, key_span: span(key), span: span(node) });
        true
    }

    /// The name of a key; a computed one is evaluated, and may be a constant.
    fn property_key(&mut self, key: Node<'t>) -> Option<crate::lowering::Name> {
        if key.kind_name() != "computed_property_name" {
            return key_name(self.source, key);
        }
        match self.expression(key, Fate::USED) {
            Value::Text(name) => Some(name),
            _ => None,
        }
    }

    fn method_property(&mut self, node: Node<'t>, properties: &mut Vec<Property>) -> bool {
        let Some(name) = node.field("name") else { return false };
        let Some(key) = self.property_key(name) else { return false };
        let value = match self.declared.body_of.get(&node.id()) {
            Some(id) if !self.is_accessor(node) => Value::Closure(*id),
            _ => Value::Unknown,
        };
        properties.push(Property { key, value, key_span: span(name), span: span(node) });
        true
    }

    /// Adds what is spread, where it is a known object.
    fn spread(&mut self, node: Node<'t>, properties: &mut Vec<Property>) -> bool {
        let value = first_named(node).map(|inner| self.expression(inner, Fate::USED));
        let Some(Value::Object { properties: spread, open: false }) = value else { return false };
        let bytes = span(node);
        properties.extend(spread.into_iter().map(|property| Property { key_span: bytes, span: bytes, ..property }));
        true
    }

    /// Lowers an array literal; each element has the fate given.
    pub(super) fn array(&mut self, node: Node<'t>, fate: Fate) -> Value {
        let elements = named_children(node).into_iter().map(|element| {
            let value = self.expression(element, fate);
            if element.kind_name() == "spread_element" { Value::Unknown } else { value }
        });
        Value::Array(elements.collect())
    }

    pub(super) fn template(&mut self, node: Node<'t>) -> Value {
        let mut known = String::new();
        let mut is_whole = true;
        for part in named_children(node) {
            let value = match part.kind_name() {
                "template_substitution" => self.expression(part, Fate::USED),
                "escape_sequence" => Value::Text(unescape(text(self.source, part)).into()),
                _ => Value::Text(text(self.source, part).into()),
            };
            match value {
                Value::Text(part) | Value::Number(part) if is_whole => is_whole = joined(&mut known, &part),
                _ => is_whole = false,
            }
        }
        if is_whole { Value::Text(known.into()) } else { Value::Template(known.into()) }
    }

    /// Lowers a JSX element: its attributes, then what stands inside it.
    pub(super) fn element(&mut self, node: Node<'t>) -> Value {
        let tag = node.field("open_tag").unwrap_or(node);
        let name = tag.field("name").map(|name| self.text(name)).unwrap_or_default();
        for attribute in named_children(tag) {
            match attribute.kind_name() {
                "jsx_attribute" => {
                    let value = named_children(attribute).into_iter().nth(1);
                    if let Some(value) = value.filter(|value| value.kind_name() != "string") {
                        let value = self.expression(value, Fate::USED);
                        let name = first_named(attribute).map(|name| self.text(name)).unwrap_or_default();
                        self.attribute_handler(name, &value, tag, node);
                    }
                }
                "jsx_expression" => {
                    self.expression(attribute, Fate::USED);
                }
                _ => {}
            }
        }
        if tag.id() != node.id() {
            for child in named_children(node) {
                let is_read = matches!(
                    child.kind_name(),
                    "jsx_expression" | "jsx_element" | "jsx_self_closing_element" | "ERROR"
                );
                if is_read && !is_loose_ampersand(self.source, child) {
                    self.expression(child, Fate::USED);
                }
            }
        }
        Value::Element { name: name.into() }
    }

    /// Whether a value is markup, on any of its ways.
    pub(super) fn is_markup(value: &Value) -> bool {
        match value {
            Value::Element { .. } => true,
            Value::Either(values) | Value::Array(values) => values.iter().any(Self::is_markup),
            _ => false,
        }
    }
}

/// Joins a part to a known text; `false`, and nothing is joined, where it would be too long.
pub(super) fn joined(known: &mut String, part: &str) -> bool {
    let fits = known.len() + part.len() <= LONGEST_TEXT;
    if fits {
        known.push_str(part);
    }
    fits
}
