//! What bindings and class members are bound to. Owns reading each once, cycles included; must not know
//! control flow.

use tree_sitter::Node;

use super::lowerer::{Constant, Fate, Lowerer};
use super::names::{Operand, copied, extended};
use super::scope::{Origin, Projection, ScopeId, Symbol};
use super::syntax::{has_token, is_class, key_name, named_children, span, unwrap};
use crate::lowering::grammar::Named;
use crate::lowering::{BindingId, BodyId, ClassId, Property, Root, Segment, Value};

impl<'t> Lowerer<'t> {
    /// Reads every binding and every class member, so that chains of constants are never deep.
    pub(super) fn read_everything(&mut self) {
        for index in 0..self.declared.bindings.len() {
            self.constant(BindingId(index as u32));
        }
    }

    /// Reads a binding's constant, unless it was read before.
    pub(super) fn constant(&mut self, id: BindingId) {
        let index = id.0 as usize;
        if !matches!(self.constants.get(index), Some(Constant::Unread)) || !self.may_descend() {
            return;
        }
        self.constants[index] = Constant::Reading;
        let value = self.read(id);
        self.constants[index] = Constant::Read(value);
    }

    fn read(&mut self, id: BindingId) -> Value {
        let Some(facts) = self.declared.binding_facts.get(id.0 as usize) else { return Value::Unknown };
        if facts.reassigned {
            return Value::Unknown;
        }
        let (origin, scope, member_written) = (facts.origin.clone(), facts.scope, facts.member_written);
        let value = match origin {
            Origin::Unknown | Origin::Class => Value::Unknown,
            Origin::Undefined => Value::Undefined,
            Origin::Function(body) => Value::Closure(body),
            Origin::Initialiser { node, projection } => self.initialiser(id, node, scope, &projection),
            Origin::Enumeration(node) => self.enumeration(node, scope),
            Origin::Namespace(inside, names) => self.namespace(inside, &names),
        };
        if member_written { only_functions(value) } else { value }
    }

    fn initialiser(&mut self, id: BindingId, node: Node<'t>, scope: ScopeId, projection: &[Projection<'t>]) -> Value {
        if is_class(unwrap(node)) {
            return Value::Unknown;
        }
        let body = self.declared.bindings.get(id.0 as usize).map_or(BodyId(0), |binding| binding.body);
        let this_class = self.declared.body_facts.get(body.0 as usize).and_then(|facts| facts.this_class);
        if projection.is_empty() {
            return self.muted(scope, body, this_class, |lowerer| lowerer.expression(node, Fate::USED));
        }
        let whole = match self.taken_apart.get(&node.id()) {
            Some(value) => value.clone(),
            None => {
                let value = self.muted(scope, body, this_class, |lowerer| lowerer.expression(node, Fate::USED));
                let value = copied_or_path(value);
                self.taken_apart.insert(node.id(), value.clone());
                value
            }
        };
        self.muted(scope, body, this_class, |lowerer| lowerer.projected(whole, projection))
    }

    /// What a pattern takes out of a value.
    fn projected(&mut self, value: Value, projection: &[Projection<'t>]) -> Value {
        let mut operand = Operand::of_value(value);
        for step in projection {
            operand = match step {
                Projection::Member(name) => self.member(&operand, name),
                Projection::Element(index) => match &operand.value {
                    Value::Array(values) => Operand::of_value(values.get(*index).map(copied).unwrap_or(Value::Unknown)),
                    _ => Operand::of_path(extended(operand.place, Segment::Computed)),
                },
                Projection::Default(node) => {
                    let fallback = self.expression(*node, Fate::USED);
                    match operand.value {
                        Value::Undefined => Operand::of_value(fallback),
                        // A fallback that does nothing hides no alias: `const { push = noop } = useRouter()`.
                        value if matches!(fallback, Value::Closure(_)) => Operand::of_value(value),
                        value => Operand::of_value(Value::Either(vec![value, copied(&fallback)])),
                    }
                }
                Projection::Unknown => return Value::Unknown,
            };
            if operand.place.root == Root::Unknown && matches!(operand.value, Value::Path(_)) {
                return Value::Unknown;
            }
        }
        operand.value
    }

    fn enumeration(&mut self, node: Node<'t>, scope: ScopeId) -> Value {
        let mut properties = Vec::new();
        let mut next = Some(0_i64);
        for child in node.field("body").map(named_children).unwrap_or_default() {
            let (name, value) = match child.kind_name() {
                "enum_assignment" => (child.field("name"), child.field("value")),
                _ => (Some(child), None),
            };
            let Some((name, key)) = name.and_then(|name| Some((name, key_name(self.source, name)?))) else { continue };
            let body = self.flow.body;
            let value = match value {
                Some(value) => self.muted(scope, body, None, |lowerer| lowerer.expression(value, Fate::USED)),
                None => next.map_or(Value::Unknown, |number| Value::Number(number.to_string().into())),
            };
            next = match &value {
                Value::Number(number) => number.parse::<i64>().ok().and_then(|number| number.checked_add(1)),
                _ => None,
            };
            properties.push(Property { key, value, key_span: span(name), span: span(child) });
        }
        Value::Object { properties, open: false }
    }

    fn namespace(&mut self, scope: ScopeId, names: &[&'t str]) -> Value {
        let mut properties = Vec::new();
        for name in names {
            let Some(Symbol::Binding(id)) = self.declared.resolve(scope, name).cloned() else { continue };
            let operand = self.bound(id);
            let place = self.declared.bindings.get(id.0 as usize).map(|binding| binding.span).unwrap_or_default();
            properties.push(Property { key: (*name).into(), value: operand.value, key_span: place, span: place });
        }
        Value::Object { properties, open: false }
    }

    /// Reads a class's member, unless it was read before.
    pub(super) fn read_member(&mut self, class: ClassId, index: usize) {
        if self.members.contains_key(&(class, index)) || !self.may_descend() {
            return;
        }
        self.members.insert((class, index), Constant::Reading);
        let value = self.member_value(class, index);
        self.members.insert((class, index), Constant::Read(value));
    }

    /// What a class's member that was read holds.
    pub(super) fn member_constant(&self, class: ClassId, index: usize) -> Option<&Value> {
        match self.members.get(&(class, index)) {
            Some(Constant::Read(value)) => Some(value),
            _ => None,
        }
    }

    /// A closure, a constant, or the instance path of the member's declared type.
    fn member_value(&mut self, class: ClassId, index: usize) -> Value {
        let Some(facts) = self.declared.class_facts.get(class.0 as usize) else { return Value::Unknown };
        let Some(member) = facts.members.get(index) else { return Value::Unknown };
        let (mut scope, mut body, type_node, value) = (facts.scope, facts.body, member.type_node, member.value);
        if let Some(function) = member.within {
            scope = self.declared.scope_of.get(&function.id()).copied().unwrap_or(scope);
            body = self.declared.body_of.get(&function.id()).copied().unwrap_or(body);
        }
        let is_literal = facts.node.kind_name() == "object";
        let this_class = match is_literal {
            true => self.declared.body_facts.get(body.0 as usize).and_then(|facts| facts.this_class),
            false => Some(class),
        };
        if let Some(value) = value {
            if let Some(id) = self.declared.body_of.get(&unwrap(value).id()) {
                return Value::Closure(*id);
            }
            if value.kind_name() == "shorthand_property_identifier" {
                return self.muted(scope, body, this_class, |lowerer| lowerer.identifier(value).value);
            }
        }
        if let Some(instance) = type_node.and_then(|node| self.instance_of_type(node, scope)) {
            return Value::Path(instance);
        }
        let Some(value) = value.filter(|value| !is_class(unwrap(*value))) else { return Value::Unknown };
        self.muted(scope, body, this_class, |lowerer| lowerer.expression(value, Fate::USED))
    }

    /// Whether an object's member is computed when it is read or written.
    pub(super) fn is_accessor(&self, node: Node) -> bool {
        node.kind_name() == "method_definition" && (has_token(node, "get") || has_token(node, "set"))
    }
}

/// A value that is taken apart may be large, but its path is enough then.
fn copied_or_path(value: Value) -> Value {
    match value {
        Value::Call { ref callee, .. } => Value::Path(extended(callee.clone(), Segment::Call)),
        value => value,
    }
}

/// An object literal whose members are assigned to later keeps its functions alone.
fn only_functions(value: Value) -> Value {
    match value {
        Value::Object { properties, .. } => {
            let kept = properties.into_iter().map(|mut property| {
                if !matches!(property.value, Value::Closure(_)) {
                    property.value = Value::Unknown;
                }
                property
            });
            Value::Object { properties: kept.collect(), open: true }
        }
        value => value,
    }
}
