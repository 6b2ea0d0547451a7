//! The text that a person reads on what runs a closure. Owns the search for it in JSX and in object
//! literals; must not know what a text means.

use std::sync::Arc;

use tree_sitter::Node;

use super::syntax::{first_named, is_loose_ampersand, key_name, named_children, string_text, text, unwrap};
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::source::{decode, decode_all};

/// Attributes whose string is shown on an element that has no text inside, the most telling first.
const TEXT_ATTRIBUTES: [&str; 6] = ["label", "title", "text", "aria-label", "accessibilityLabel", "children"];

/// Keys of an object literal whose string is shown for the closures beside it, the most telling first.
const TEXT_KEYS: [&str; 4] = ["text", "label", "title", "name"];

/// How many nodes of an element are looked at, and how long a label may be.
const NODE_LIMIT: usize = 120;
const LENGTH_LIMIT: usize = 160;

/// The text of an element: what stands inside it, else a telling attribute.
pub(super) fn of_element(source: &str, tag: Node, element: Option<Node>) -> Option<Name> {
    let inside = element.filter(|element| element.kind_name() == "jsx_element").map(|element| content(source, element));
    if let Some(content) = inside.filter(|content| !content.is_empty()) {
        return Some(Arc::from(content));
    }
    let attributes: Vec<(&str, Name)> = named_children(tag)
        .into_iter()
        .filter(|child| child.kind_name() == "jsx_attribute")
        .take(NODE_LIMIT)
        .filter_map(|attribute| {
            let parts = named_children(attribute);
            Some((text(source, *parts.first()?), shown(source, *parts.get(1)?)?))
        })
        .collect();
    TEXT_ATTRIBUTES
        .iter()
        .find_map(|wanted| attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone()))
}

/// The text beside a closure in an object literal: `{ text: 'Log out', onPress: () => … }`.
pub(super) fn of_object(source: &str, object: Node) -> Option<Name> {
    let mut cursor = object.walk();
    let texts: Vec<(Name, Name)> = object
        .named_children(&mut cursor)
        .take(NODE_LIMIT)
        .filter(|child| child.kind_name() == "pair")
        .filter_map(|pair| {
            let key = key_name(source, pair.field("key")?)?;
            TEXT_KEYS.contains(&&*key).then_some(())?;
            Some((key, shown(source, pair.field("value")?)?))
        })
        .collect();
    TEXT_KEYS.iter().find_map(|wanted| texts.iter().find(|(key, _)| &**key == *wanted).map(|(_, value)| value.clone()))
}

/// The text of a node that shows one: a string, a template without holes, or the first text that is
/// handed to a call (`t('auth.logout')`).
fn shown(source: &str, node: Node) -> Option<Name> {
    let node = if node.kind_name() == "jsx_expression" { first_named(node)? } else { node };
    let node = unwrap(node);
    match node.kind_name() {
        "string" => Some(Arc::from(decode_all(&string_text(source, node)))),
        "template_string" => {
            let parts = named_children(node);
            parts.iter().all(|part| part.kind_name() != "template_substitution").then(|| string_text(source, node))
        }
        "call_expression" => {
            let first = unwrap(first_named(node.field("arguments")?)?);
            (first.kind_name() == "string").then(|| string_text(source, first))
        }
        _ => None,
    }
}

/// The text inside an element, nested elements included, with white space collapsed.
fn content(source: &str, element: Node) -> String {
    let mut words = String::new();
    let mut pending: Vec<Node> = vec![element];
    let mut seen = 0;
    while let Some(node) = pending.pop() {
        seen += 1;
        if seen > NODE_LIMIT || words.len() > LENGTH_LIMIT {
            break;
        }
        match node.kind_name() {
            "jsx_text" => words.push_str(text(source, node)),
            "ERROR" if is_loose_ampersand(source, node) => words.push_str(text(source, node)),
            "html_character_reference" => words.push_str(&decode(text(source, node))),
            "jsx_expression" => {
                words.push(' ');
                words.push_str(shown(source, node).as_deref().unwrap_or_default());
                words.push(' ');
            }
            // What has a handler of its own tells what that one does.
            "jsx_element" if node.id() != element.id() && has_handler(source, node) => {}
            "jsx_element" => {
                let mut cursor = node.walk();
                let children: Vec<Node> = node.named_children(&mut cursor).take(NODE_LIMIT).collect();
                pending.extend(
                    children
                        .into_iter()
                        .rev()
                        .filter(|child| !matches!(child.kind_name(), "jsx_opening_element" | "jsx_closing_element")),
                );
            }
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an element has an attribute such as `onClick`.
fn has_handler(source: &str, element: Node) -> bool {
    let attributes = element.field("open_tag").map(named_children).unwrap_or_default();
    attributes.iter().take(NODE_LIMIT).filter(|it| it.kind_name() == "jsx_attribute").any(|attribute| {
        let name = first_named(*attribute).map(|name| text(source, name)).unwrap_or_default();
        name.strip_prefix("on").is_some_and(|event| event.starts_with(char::is_uppercase))
    })
}
