//! Components that are written as an object of options (Vue's options API). Owns which of an object's
//! functions are the component's members, and what runs when a watched thing changes; must not know graphs.

use tree_sitter::Node;

use super::declare::Walk;
use super::scope::MemberFacts;
use super::syntax::{first_named, is_function, is_function_value, key_name, named_children, string_text, text, unwrap};
use crate::lowering::grammar::Named;
use crate::lowering::{ClassId, Name};
use crate::source::ScriptKind;

/// Options whose entries are members of the component.
const MEMBERS: [&str; 2] = ["methods", "computed"];
/// The option whose entries run when what they are named for has changed.
const WATCH: &str = "watch";
/// The option whose function returns members.
const SETUP: &str = "setup";
/// The function of a watcher, or of a computed member, that is written as an object.
const ACCESSORS: [&str; 3] = ["handler", "get", "set"];
/// The last names of calls that make a component of their options.
const MAKERS: [&str; 7] =
    ["defineComponent", "defineNuxtComponent", "defineCustomElement", "extend", "createApp", "mixin", "Vue"];

impl<'t> Walk<'t> {
    /// Whether an object literal holds the options of a component.
    pub(super) fn is_component(&self, object: Node<'t>) -> bool {
        let mut around = self.ancestors.iter().rev().copied().skip_while(|node| {
            matches!(node.kind_name(), "as_expression" | "satisfies_expression" | "parenthesized_expression")
        });
        let (parent, outer) = (around.next(), around.next());
        match parent.map(|parent| parent.kind_name()) {
            Some("export_statement") if self.is_in_component() => true,
            Some("arguments") => outer.is_some_and(|call| self.makes_component(call)),
            Some("export_statement" | "variable_declarator") => {
                named_children(object).into_iter().any(|pair| self.is_option(pair, &MEMBERS))
            }
            _ => false,
        }
    }

    fn is_in_component(&self) -> bool {
        self.regions.scripts.iter().any(|script| script.kind == ScriptKind::Component)
    }

    fn makes_component(&self, call: Node<'t>) -> bool {
        let callee = call.field("function").or_else(|| call.field("constructor"));
        let callee = callee.map(|callee| callee.field("property").unwrap_or(callee));
        callee.is_some_and(|callee| MAKERS.contains(&text(self.source, callee)))
    }

    fn is_option(&self, pair: Node<'t>, names: &[&str]) -> bool {
        let key = pair.field("key").and_then(|key| key_name(self.source, key));
        key.is_some_and(|key| names.contains(&&*key)) && pair.field("value").is_some_and(|it| is_object(unwrap(it)))
    }

    /// The name that the options give the component.
    pub(super) fn component_name(&self, object: Node<'t>) -> Option<Name> {
        let mut options = named_children(object).into_iter();
        let value = options.find_map(|pair| {
            let key = pair.field("key").and_then(|key| key_name(self.source, key))?;
            pair.field("value").filter(|value| &*key == "name" && value.kind_name() == "string")
        })?;
        Some(string_text(self.source, value))
    }

    /// Takes the members out of a component's options, and takes note of its watchers.
    pub(super) fn component(&mut self, object: Node<'t>, id: ClassId, members: &mut Vec<MemberFacts<'t>>) {
        self.out.components.insert(id);
        if !self.regions.scripts.is_empty() {
            self.out.component.get_or_insert(id);
        }
        for option in named_children(object) {
            let key = option.field("key").or_else(|| option.field("name"));
            let Some(key) = key.and_then(|key| key_name(self.source, key)) else { continue };
            let value = option.field("value").map_or(option, unwrap);
            if MEMBERS.contains(&&*key) && is_object(value) {
                self.out.class_of.insert(value.id(), id);
                members.extend(self.properties(value, None));
                self.accessors(value, id);
            } else if &*key == WATCH && is_object(value) {
                self.out.class_of.insert(value.id(), id);
                self.accessors(value, id);
                self.watchers(value);
            } else if &*key == SETUP
                && let Some(returned) = returned_object(value)
            {
                members.extend(self.properties(returned, Some(value)));
            }
        }
    }

    /// Entries that are objects of functions: `{ handler() { … }, immediate: true }`.
    fn accessors(&mut self, entries: Node<'t>, id: ClassId) {
        for entry in named_children(entries) {
            if let Some(value) = entry.field("value").map(unwrap).filter(|value| is_object(*value)) {
                self.out.class_of.insert(value.id(), id);
            }
        }
    }

    fn watchers(&mut self, entries: Node<'t>) {
        for entry in named_children(entries) {
            let key = entry.field("key").or_else(|| entry.field("name"));
            let Some(watched) = key.and_then(|key| key_name(self.source, key)) else { continue };
            for function in functions_of(self.source, entry) {
                self.out.watched.insert(function.id(), watched.clone());
            }
        }
    }
}

/// The functions of a watcher: itself, or those of the object that it is.
fn functions_of<'t>(source: &str, entry: Node<'t>) -> Vec<Node<'t>> {
    if is_function(entry) {
        return vec![entry];
    }
    let Some(value) = entry.field("value").map(unwrap) else { return Vec::new() };
    if is_function_value(value) {
        return vec![value];
    }
    let inner = named_children(value).into_iter().filter(|_| is_object(value)).filter_map(|part| {
        let key = part.field("key").or_else(|| part.field("name")).and_then(|key| key_name(source, key))?;
        let function = part.field("value").map_or(part, unwrap);
        (ACCESSORS.contains(&&*key) && is_function(function)).then_some(function)
    });
    inner.collect()
}

/// The object that a function returns in the end.
fn returned_object(function: Node<'_>) -> Option<Node<'_>> {
    let body = function.field("body").filter(|_| is_function(function))?;
    let value = match body.kind_name() {
        "statement_block" => {
            let last = named_children(body).into_iter().rev().find(|it| it.kind_name() == "return_statement");
            last.and_then(first_named)
        }
        _ => Some(body),
    };
    value.map(unwrap).filter(|value| is_object(*value))
}

fn is_object(node: Node) -> bool {
    node.kind_name() == "object"
}
