//! Calls, constructions and functions that are called where they are written. Owns arguments and what is
//! known of a call's result; must not know statements.

use tree_sitter::Node;

use super::chains::{Chain, LinkKind, chain_of};
use super::lowerer::{Fate, Lowerer};
use super::names::{Operand, copied, extended, push_written};
use super::syntax::{first_named, key_name, named_children, span, string_text, unwrap};
use crate::lowering::grammar::Named;
use crate::lowering::{Argument, BodyUse, Call, Handling, ImportName, Name, Path, Root, Segment, Step, Timing, Value};

/// How many wrappers of a chain's base are looked through for its name.
const WRAPPERS: usize = 4;

/// Functions of the language or of a framework whose result is known by their argument alone.
const PROMISE_COMBINATORS: [(&str, bool); 4] = [("all", false), ("allSettled", false), ("race", true), ("any", true)];
const INJECTORS: [(&str, &str); 1] = [("@angular/core", "inject")];

impl<'t> Lowerer<'t> {
    /// Lowers the call that a chain ends in so far.
    pub(super) fn call(&mut self, node: Node<'t>, fate: Fate, chain: &mut Chain) {
        let callee = chain.operand.place.clone();
        let combinator = self.combinator(&callee);
        let element = combinator.map(|raced| Fate { raced, ..fate });
        let arguments = self.arguments(node, element);
        if let Some(module) = required(&callee, &arguments) {
            chain.operand = Operand::of_path(module);
            return;
        }
        if let Some(receiver) = chain.receiver.take().filter(|_| self.binds(node, &arguments)) {
            chain.operand = receiver;
            return;
        }
        self.use_as_arguments(node, &callee, &chain.written);
        let values: Vec<Value> = arguments.iter().map(|argument| copied(&argument.value)).collect();
        if !self.is_muted() {
            let call = Call {
                callee: callee.clone(),
                written: chain.written.clone(),
                callee_span: node.field("function").map(span).unwrap_or_default(),
                arguments,
                handling: fate.handling,
                optional: chain.optional,
                construct: false,
                caught: fate.caught,
                raced: fate.raced,
                types: Vec::new(),
            };
            self.emit(Step::Call(Box::new(call)), node);
        }
        chain.operand = result(callee, values);
    }

    /// Whether a call is `function.bind(receiver)`, whose value is the function, and no event's `bind('click', …)`.
    fn binds(&self, node: Node<'t>, arguments: &[Argument]) -> bool {
        let property = node.field("function").and_then(|it| it.field("property"));
        let is_receiver = arguments.first().is_some_and(|first| first.value.as_text().is_none());
        is_receiver && property.is_some_and(|property| self.text(property) == "bind")
    }

    /// `Promise.all` and its kin; whether it is a race.
    fn combinator(&self, callee: &Path) -> Option<bool> {
        let Root::Global(name) = &callee.root else { return None };
        let [Segment::Member(member)] = callee.segments.as_slice() else { return None };
        let known = PROMISE_COMBINATORS.iter().find(|(name, _)| **name == **member)?;
        (&**name == "Promise").then_some(known.1)
    }

    /// Lowers a call's arguments in order. `element` is the fate of the elements of an array among them.
    fn arguments(&mut self, node: Node<'t>, element: Option<Fate>) -> Vec<Argument> {
        let Some(list) = node.field("arguments") else { return Vec::new() };
        if list.kind_name() == "template_string" {
            return self.template_arguments(list);
        }
        named_children(list).into_iter().map(|node| self.argument(node, element)).collect()
    }

    fn argument(&mut self, node: Node<'t>, element: Option<Fate>) -> Argument {
        let is_spread = node.kind_name() == "spread_element";
        let inner = if is_spread { node.named_child(0).unwrap_or(node) } else { node };
        let value = match element {
            Some(fate) if unwrap(inner).kind_name() == "array" => self.array(unwrap(inner), fate),
            _ => self.expression(inner, Fate::USED),
        };
        Argument { value, span: span(node), label: None, spread: is_spread }
    }

    /// A tagged template hands over its text and the values of its holes.
    fn template_arguments(&mut self, template: Node<'t>) -> Vec<Argument> {
        let mut holes = Vec::new();
        for part in named_children(template) {
            if part.kind_name() != "template_substitution" {
                continue;
            }
            for inner in named_children(part) {
                let value = self.expression(inner, Fate::USED);
                holes.push(Argument { value, span: span(inner), label: None, spread: false });
            }
        }
        let text = string_text(self.source, template);
        let value = match text.split_once("${") {
            Some((before, _)) if !holes.is_empty() => Value::Template(before.into()),
            _ => Value::Text(text),
        };
        let first = Argument { value, span: span(template), label: None, spread: false };
        std::iter::once(first).chain(holes).collect()
    }

    /// Tells the closures among a call's arguments what they are handed to.
    fn use_as_arguments(&mut self, node: Node<'t>, callee: &Path, written: &[Name]) {
        if self.is_muted() {
            return;
        }
        let Some(closures) = self.declared.argument_bodies.remove(&node.id()) else { return };
        for (id, position, key) in closures {
            let Some(body) = self.declared.bodies.get_mut(id.0 as usize) else { continue };
            if body.used_as == BodyUse::Other {
                body.used_as = BodyUse::Argument { callee: callee.clone(), written: written.to_vec(), position, key };
            }
        }
    }

    /// A function that is called where it is written.
    pub(super) fn run_in_place(&mut self, call: Node<'t>, function: Node<'t>, fate: Fate, chain: &mut Chain) {
        let arguments = self.arguments(call, None);
        drop(arguments);
        chain.operand = Operand::of_value(Value::Unknown);
        let Some(id) = self.declared.body_of.get(&function.id()).copied() else { return };
        let is_async = self.declared.bodies.get(id.0 as usize).is_some_and(|body| body.is_async);
        if is_async && fate.handling == Handling::Chained {
            chain.started = Some(id);
            return;
        }
        let is_left_alone = is_async && matches!(fate.handling, Handling::Discarded | Handling::Voided);
        let timing = if is_left_alone { Timing::Started } else { Timing::Now };
        let node = self.emit(Step::Run { body: id, timing }, call);
        // A rejection that nobody waits for reaches no handler here.
        if is_async
            && fate.handling != Handling::Awaited
            && let Some(node) = self.flow.graph.node_mut(node)
        {
            node.handler = None;
        }
    }

    /// `new X(…)`.
    pub(super) fn construction(&mut self, node: Node<'t>, fate: Fate) -> Value {
        let Some(constructor) = node.field("constructor") else { return Value::Unknown };
        let chain = self.open_chain(constructor, Fate::USED);
        self.flow.graph.join(chain.skipped);
        let arguments = self.arguments(node, None);
        self.use_as_arguments(node, &chain.operand.place, &chain.written);
        let callee = chain.operand.place;
        if !self.is_muted() {
            let call = Call {
                callee: callee.clone(),
                written: chain.written,
                callee_span: span(constructor),
                arguments,
                handling: fate.handling,
                optional: false,
                construct: true,
                caught: fate.caught,
                raced: fate.raced,
                types: Vec::new(),
            };
            self.emit(Step::Call(Box::new(call)), node);
        }
        Value::Path(extended(callee, Segment::Instance))
    }

    /// The identifiers that a chain's base starts with.
    pub(super) fn base_written(&self, base: Node<'t>) -> Vec<Name> {
        let mut written = Vec::new();
        let mut base = base;
        for _ in 0..WRAPPERS {
            let inner = match base.kind_name() {
                "identifier" | "shorthand_property_identifier" => {
                    push_written(&mut written, self.text(base));
                    break;
                }
                "super" => {
                    push_written(&mut written, "super");
                    break;
                }
                "new_expression" => base.field("constructor"),
                "await_expression" => first_named(base),
                // Compilers write `(0, module.name)()`.
                "sequence_expression" => named_children(base).pop(),
                "member_expression" | "subscript_expression" | "call_expression" => return self.written(base),
                _ => break,
            };
            let Some(inner) = inner else { break };
            base = unwrap(inner);
        }
        written
    }

    /// The identifiers of an expression as written: no calls, no `this`, no global object.
    pub(super) fn written(&self, node: Node<'t>) -> Vec<Name> {
        let (base, links) = chain_of(node);
        let mut written = self.base_written(base);
        let is_call = links.last().is_some_and(|link| link.kind == LinkKind::Call);
        for link in links {
            let name = match link.kind {
                LinkKind::Member => link.node.field("property").and_then(|it| key_name(self.source, it)),
                LinkKind::Index => {
                    let index = link.node.field("index").filter(|index| index.kind_name() == "string");
                    index.map(|index| string_text(self.source, index))
                }
                LinkKind::Call => None,
            };
            if let Some(name) = name {
                push_written(&mut written, &name);
            }
        }
        // `logout.bind(this)` is `logout`.
        if is_call && written.last().is_some_and(|last| &**last == "bind") {
            written.pop();
        }
        written
    }
}

/// The module that a `require('x')` gives.
fn required(callee: &Path, arguments: &[Argument]) -> Option<Path> {
    let Root::Global(name) = &callee.root else { return None };
    let (true, [Argument { value: Value::Text(module), .. }]) = (&**name == "require", arguments) else { return None };
    callee.segments.is_empty().then(|| Path::root(Root::Import { module: module.clone(), name: ImportName::Default }))
}

/// What is known of a call's result.
fn result(callee: Path, arguments: Vec<Value>) -> Operand {
    if let Root::Import { module, name: ImportName::Named(name) } = &callee.root
        && callee.segments.is_empty()
        && INJECTORS.iter().any(|(from, injector)| *from == &**module && *injector == &**name)
        && let Some(Value::Path(class)) = arguments.first()
    {
        return Operand::of_path(extended(class.clone(), Segment::Instance));
    }
    if let (Root::Global(name), [Segment::Member(member)], [value @ Value::Object { .. }]) =
        (&callee.root, callee.segments.as_slice(), arguments.as_slice())
        && (&**name, &**member) == ("Object", "freeze")
    {
        return Operand::of_value(value.clone());
    }
    let place = extended(callee.clone(), Segment::Call);
    Operand { value: Value::Call { callee, arguments }, place }
}
