//! Writing a call anew in its place. Owns what around the call goes with it (`await`, `void`, a `.catch`);
//! must not know where the decision came from.

use tree_sitter::Node;

use super::callable::{self, Callable, Used, used_by};
use super::calls::{self, Parts};
use super::file::{FileText, named_children};
use super::imports;
use super::place::stand_of;
use super::plan::Plan;
use crate::lowering::{BodyId, NodeId};
use crate::vocabulary::{ASYNCHRONOUS, CallMeaning, CallStyle, Effect, PlatformForm, call_form, platform_form};

/// A call of the SDK as it stands in the file.
pub(super) struct Existing<'t> {
    /// The call.
    pub(super) call: Node<'t>,
    /// What it is called on, unless it is a bare method.
    pub(super) used: Option<Used>,
    /// Whether its operation returns a promise.
    pub(super) asynchronous: bool,
}

impl<'t> Existing<'t> {
    /// The call of a step, also where the step is the `await` of it.
    pub(super) fn of(file: &FileText<'t>, body: BodyId, node: NodeId) -> Option<Self> {
        let mut call = file.node_of(body, node)?;
        while matches!(call.kind(), "await_expression" | "parenthesized_expression") {
            call = call.named_child(0)?;
        }
        if call.kind() != "call_expression" {
            return None;
        }
        let first =
            call.child_by_field_name("arguments").and_then(|arguments| named_children(arguments).into_iter().next());
        let name =
            first.filter(|first| first.kind() == "string").map(|first| file.of(first).trim_matches(['\'', '"', '`']));
        let asynchronous = name.is_some_and(|name| name.ends_with(ASYNCHRONOUS));
        Some(Self { call, used: used_by(file, call, body), asynchronous })
    }

    /// The callable that a call in its place is written with, its import added.
    pub(super) fn callable(
        &self,
        plan: &mut Plan<'_>,
        form: &PlatformForm,
        body: BodyId,
        means: CallMeaning,
    ) -> Option<Callable> {
        callable_at(plan, form, body, self.call.start_byte(), self.used.as_ref(), means)
    }
}

/// The callable for a call that is written at a byte offset of a body; what it needs is imported.
pub(super) fn callable_at(
    plan: &mut Plan<'_>,
    form: &PlatformForm,
    body: BodyId,
    offset: usize,
    own: Option<&Used>,
    means: CallMeaning,
) -> Option<Callable> {
    let method = &call_form(form.style, means)?.name;
    let callable = callable::choose(&plan.file, form, body, offset, own, method)?;
    if let Some(need) = &callable.import {
        imports::add(plan, form, need)?;
    }
    Some(callable)
}

/// Writes the platform's anonymize call in the place of a call.
pub(super) fn with_anonymize(plan: &mut Plan<'_>, body: BodyId, node: NodeId) -> Option<()> {
    let form = platform_form(plan.file.platform)?;
    let existing = Existing::of(&plan.file, body, node)?;
    let callable = existing.callable(plan, form, body, CallMeaning::Anonymize)?;
    let (mut outer, mut keeps_promise) = without_waiting(&plan.file, existing.call);
    if let Some(race) = race_against_time(&plan.file, existing.call) {
        (outer, keeps_promise) = (race, false);
    }
    if keeps_promise {
        // What is chained to the promise needs one.
        if !existing.asynchronous {
            return None;
        }
        let text = calls::render_asynchronous(&plan.style, form, &callable)?;
        plan.replace(existing.call.start_byte(), existing.call.end_byte(), text);
        return Some(());
    }
    let text = calls::render(&plan.style, form, &callable, CallMeaning::Anonymize, &Parts::new())?;
    put_in_place(plan, outer, text);
    Some(())
}

/// Writes the platform's own form of a call in its place.
pub(super) fn with_platform_form(plan: &mut Plan<'_>, body: BodyId, node: NodeId) -> Option<()> {
    let meaning = (plan.file.meaning)(body, node);
    let means = meaning.effects.iter().find_map(|effect| match effect {
        Effect::Anonymize(_) => Some(CallMeaning::Anonymize),
        Effect::Identify(_) => Some(CallMeaning::Identify),
        Effect::Track => Some(CallMeaning::Event),
        Effect::UserProperty => Some(CallMeaning::UserProperty),
        _ => None,
    })?;
    if means == CallMeaning::Anonymize {
        return with_anonymize(plan, body, node);
    }
    let form = platform_form(plan.file.platform)?;
    let existing = Existing::of(&plan.file, body, node)?;
    let style = existing.used.as_ref().map_or(CallStyle::Method, |used| used.style);
    let parts = calls::read(&plan.file, existing.call, style, means)?;
    let callable = existing.callable(plan, form, body, means)?;
    let (outer, keeps_promise) = without_waiting(&plan.file, existing.call);
    if keeps_promise {
        return None;
    }
    let text = calls::render(&plan.style, form, &callable, means, &parts)?;
    put_in_place(plan, outer, text);
    Some(())
}

/// The expression around a call that only waits for its promise, which the plain call has no use for;
/// and whether something else needs that promise.
fn without_waiting<'t>(file: &FileText<'_>, call: Node<'t>) -> (Node<'t>, bool) {
    let mut outer = call;
    while let Some(parent) = outer.parent() {
        outer = match parent.kind() {
            "await_expression" => parent,
            "unary_expression" if file.of(parent).starts_with("void") => parent,
            "parenthesized_expression" if outer.kind() == "await_expression" => parent,
            "member_expression" => {
                let property = parent.child_by_field_name("property").map(|property| file.of(property));
                match (property, parent.parent()) {
                    (Some("catch"), Some(chain)) if chain.kind() == "call_expression" => chain,
                    _ => return (call, true),
                }
            }
            "array" => return (call, true),
            _ => break,
        };
    }
    (outer, false)
}

/// The statement's expression that only bounds the wait for a call: `await Promise.race([call, wait(1000)])`.
fn race_against_time<'t>(file: &FileText<'_>, call: Node<'t>) -> Option<Node<'t>> {
    let list = call.parent().filter(|parent| parent.kind() == "array")?;
    let race = list.parent().filter(|parent| parent.kind() == "arguments")?.parent()?;
    let only_time = named_children(list).iter().all(|other| other.id() == call.id() || is_timer(file, *other));
    let awaited = race.parent().filter(|parent| parent.kind() == "await_expression")?;
    let is_statement = awaited.parent().is_some_and(|parent| parent.kind() == "expression_statement");
    (only_time && is_statement && named_children(list).len() > 1).then_some(awaited)
}

/// Whether an expression is a promise that nothing but time settles: it sets a timer itself, or is a call
/// with nothing but a number.
fn is_timer(file: &FileText<'_>, promise: Node<'_>) -> bool {
    if promise.kind() == "new_expression" {
        return file.of(promise).contains("setTimeout");
    }
    let arguments = promise.child_by_field_name("arguments").map(named_children).unwrap_or_default();
    promise.kind() == "call_expression" && matches!(arguments.as_slice(), [only] if only.kind() == "number")
}

fn put_in_place(plan: &mut Plan<'_>, outer: Node<'_>, text: String) {
    let is_statement = outer.parent().is_some_and(|parent| parent.kind() == "expression_statement");
    let needs_break = is_statement && !plan.style.semicolons && super::style::continues_the_line_above(&text);
    let starts_so_already = plan.file.of(outer).starts_with('(');
    let prefix = if needs_break && !starts_so_already && stand_of(outer).is_some() { ";" } else { "" };
    plan.replace(outer.start_byte(), outer.end_byte(), format!("{prefix}{text}"));
}
