//! What a function is called and what is done with it, by the nodes around it. Owns the inference of
//! names and uses; must not know scopes or graphs.

use rustc_hash::FxHashMap;
use tree_sitter::Node;

use super::labels;
use super::promises::{Link, link_of};
use super::syntax::{is_wrapper, key_name, named_children, span, text};
use crate::lowering::grammar::Named;
use crate::lowering::{BodyUse, Name};
use crate::source::Span;

/// How many nodes around a function are asked.
const REACH: usize = 24;

/// What the surroundings say about a function.
#[derive(Clone, Debug)]
pub(super) struct Usage<'t> {
    pub(super) name: Option<(Name, Span)>,
    pub(super) label: Option<Name>,
    /// What is done with it; for an argument [`BodyUse::Other`], until the call is resolved.
    pub(super) used_as: BodyUse,
    /// The call that it is an argument of, its position and the object's key.
    pub(super) argument: Option<(Node<'t>, u32, Option<Name>)>,
    /// The object literal or class field that it is a member of.
    pub(super) member_of: Option<Node<'t>>,
    /// The `import(…)` whose module is its first parameter.
    pub(super) receives: Option<Node<'t>>,
}

impl Usage<'_> {
    /// Of a body that no function makes: the top level, an initialiser.
    pub(super) fn none(used_as: BodyUse) -> Self {
        Self { name: None, label: None, used_as, argument: None, member_of: None, receives: None }
    }
}

/// Where the arguments stand in each list of them that was asked: lists may be long, and are asked often.
#[derive(Debug, Default)]
pub(super) struct Positions(FxHashMap<usize, FxHashMap<usize, u32>>);

impl Positions {
    /// An argument's position in its list.
    fn of(&mut self, argument: Node, list: Node) -> u32 {
        let positions = self.0.entry(list.id()).or_insert_with(|| {
            named_children(list).into_iter().zip(0..).map(|(child, position)| (child.id(), position)).collect()
        });
        positions.get(&argument.id()).copied().unwrap_or_default()
    }
}

/// Reads the surroundings of a function. `ancestors` ends with its parent.
pub(super) fn usage_of<'t>(
    source: &str,
    function: Node<'t>,
    ancestors: &[Node<'t>],
    positions: &mut Positions,
) -> Usage<'t> {
    let mut reading =
        Reading { source, positions, usage: Usage::none(BodyUse::Other), key: None, naming: true, bound_call: false };
    let own_name = function.field("name");
    if function.kind_name() == "method_definition" {
        let in_class = ancestors.last().is_some_and(|parent| parent.kind_name() == "class_body");
        reading.name(own_name);
        if in_class {
            reading.usage.used_as = BodyUse::Bound;
            return reading.usage;
        }
        reading.member(ancestors.last().copied(), own_name);
    } else if matches!(function.kind_name(), "function_declaration" | "generator_function_declaration") {
        reading.name(own_name);
        reading.usage.used_as = BodyUse::Bound;
        return reading.usage;
    }
    let mut child = function;
    for depth in 0..ancestors.len().min(REACH) {
        let above = ancestors.len() - 1 - depth;
        let Some(parent) = ancestors.get(above).copied() else { break };
        let outer = above.checked_sub(1).and_then(|index| ancestors.get(index)).copied();
        let beyond = above.checked_sub(2).and_then(|index| ancestors.get(index)).copied();
        if !reading.step(child, parent, outer, beyond) {
            break;
        }
        child = parent;
    }
    if reading.key.is_some() {
        reading.used(BodyUse::Bound);
    }
    // A function expression's own name counts where nothing better names it.
    reading.naming = true;
    reading.name(own_name);
    reading.usage
}

struct Reading<'s, 't> {
    source: &'s str,
    positions: &'s mut Positions,
    usage: Usage<'t>,
    key: Option<Name>,
    naming: bool,
    /// Whether the next call is a `.bind(…)` of the function.
    bound_call: bool,
}

impl<'t> Reading<'_, 't> {
    fn name(&mut self, node: Option<Node<'t>>) {
        if self.usage.name.is_some() || !self.naming {
            return;
        }
        let Some(node) = node else { return };
        if matches!(node.kind_name(), "object_pattern" | "array_pattern" | "computed_property_name") {
            return;
        }
        self.usage.name = key_name(self.source, node).map(|name| (name, span(node)));
    }

    /// It is the value of a key in an object literal.
    fn member(&mut self, object: Option<Node<'t>>, key: Option<Node<'t>>) {
        if self.key.is_none() {
            self.key = key.and_then(|key| key_name(self.source, key));
        }
        if self.usage.argument.is_none() {
            self.usage.member_of = self.usage.member_of.or(object);
        }
        if self.usage.label.is_none() {
            self.usage.label = object.and_then(|object| labels::of_object(self.source, object));
        }
    }

    fn used(&mut self, used_as: BodyUse) {
        if self.usage.argument.is_none() && self.usage.used_as == BodyUse::Other {
            self.usage.used_as = used_as;
        }
    }

    /// Takes one step outwards. Whether to go on.
    fn step(&mut self, child: Node<'t>, parent: Node<'t>, outer: Option<Node<'t>>, beyond: Option<Node<'t>>) -> bool {
        if is_wrapper(parent) {
            return true;
        }
        match parent.kind_name() {
            "arguments" => self.argument(child, parent, outer),
            "call_expression" => self.call(child, parent),
            "object" | "jsx_expression" => true,
            "member_expression" => self.receiver(parent),
            "array" => {
                self.naming = false;
                true
            }
            "pair" => {
                self.name(parent.field("key"));
                self.member(outer, parent.field("key"));
                true
            }
            "ternary_expression" => parent.field("condition") != Some(child),
            "binary_expression" => {
                parent.field("operator").is_some_and(|it| matches!(it.kind_name(), "&&" | "||" | "??"))
            }
            "variable_declarator" => {
                self.name(parent.field("name"));
                self.used(BodyUse::Bound);
                false
            }
            "assignment_expression" | "augmented_assignment_expression" => {
                self.assigned(parent);
                false
            }
            "public_field_definition" => {
                self.name(parent.field("name"));
                if self.key.is_none() {
                    self.usage.member_of = Some(parent);
                }
                self.used(BodyUse::Bound);
                false
            }
            "return_statement" | "arrow_function" => {
                self.used(if self.key.is_some() { BodyUse::Bound } else { BodyUse::Returned });
                false
            }
            "export_statement" => {
                self.used(BodyUse::Bound);
                false
            }
            "jsx_attribute" => {
                self.attribute(parent, outer, beyond);
                false
            }
            _ => false,
        }
    }

    fn assigned(&mut self, assignment: Node<'t>) {
        let target = assignment.field("left");
        match target.map(|target| (target, target.kind_name())) {
            Some((target, "identifier")) => self.name(Some(target)),
            Some((target, "member_expression")) => {
                let property = target.field("property");
                let is_module_exports = text(self.source, target) == "module.exports";
                self.name(property.filter(|_| !is_module_exports));
            }
            _ => {}
        }
        self.used(BodyUse::Bound);
    }

    /// It is an argument of the call or construction `outer`.
    fn argument(&mut self, child: Node<'t>, list: Node<'t>, outer: Option<Node<'t>>) -> bool {
        let Some(call) = outer else { return false };
        let position = self.positions.of(child, list);
        let link = (call.kind_name() == "call_expression").then(|| link_of(self.source, call)).flatten();
        if let Some(link) = link
            && self.key.is_none()
        {
            let on_error = match (link, position) {
                (Link::Then | Link::Finally, 0) => Some(false),
                (Link::Then, 1) | (Link::Catch, 0) => Some(true),
                _ => None,
            };
            if let Some(on_error) = on_error {
                self.naming = false;
                self.used(BodyUse::InPlace { on_error });
                if link == Link::Then && !on_error {
                    self.usage.receives = imported_module(call);
                }
                return false;
            }
        }
        if self.usage.argument.is_none() {
            self.usage.argument = Some((call, position, self.key.clone()));
        }
        call.kind_name() == "call_expression"
    }

    fn call(&mut self, child: Node<'t>, call: Node<'t>) -> bool {
        if std::mem::take(&mut self.bound_call) {
            return true;
        }
        if call.field("function") == Some(child) {
            self.naming = false;
            self.used(BodyUse::InPlace { on_error: false });
            return false;
        }
        // What a call makes of the closure is bound to the variable: `const logout = useCallback(…)`.
        true
    }

    /// `(function () {}).call(this)`, `(function () {}).bind(this)`.
    fn receiver(&mut self, member: Node<'t>) -> bool {
        let property = member.field("property").map(|property| text(self.source, property));
        match property {
            Some("bind") => {
                self.bound_call = true;
                true
            }
            Some("call" | "apply") => {
                self.naming = false;
                self.used(BodyUse::InPlace { on_error: false });
                false
            }
            _ => false,
        }
    }

    fn attribute(&mut self, attribute: Node<'t>, tag: Option<Node<'t>>, element: Option<Node<'t>>) {
        let Some(tag) = tag else { return };
        let written = attribute.named_child(0).map(|name| text(self.source, name)).unwrap_or_default();
        let element_name = tag.field("name").map(|name| text(self.source, name)).unwrap_or_default();
        let attribute = self.key.clone().unwrap_or_else(|| written.into());
        self.used(BodyUse::Attribute { element: element_name.into(), attribute });
        if self.usage.label.is_none() {
            self.usage.label =
                labels::of_element(self.source, tag, element.filter(|_| tag.kind_name() == "jsx_opening_element"));
        }
    }
}

/// The `import(…)` that a `.then` is called on.
fn imported_module(call: Node<'_>) -> Option<Node<'_>> {
    let object = call.field("function")?.field("object")?;
    let callee = object.field("function")?;
    (callee.kind_name() == "import").then_some(object)
}
