//! Writing a call anew in its place. Owns what its parts are; must not know where the decision came from.

use super::callable;
use super::place::stand_of;
use super::plan::Plan;
use crate::fixes::calls::{self, Parts};
use crate::fixes::file::FileText;
use crate::lowering::{Argument, BodyId, Call, NodeId, Step, Value};
use crate::source::Span;
use crate::vocabulary::{CallMeaning, CallStyle, Effect, call_form, is_call_name, part_named, platform_form};

/// Writes the platform's anonymize call in the place of a call.
pub(super) fn with_anonymize(plan: &mut Plan<'_>, body: BodyId, node: NodeId) -> Option<()> {
    let (span, _) = existing(&plan.file, body, node)?;
    with(plan, span, CallMeaning::Anonymize, &Parts::new())
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
    let (span, call) = existing(&plan.file, body, node)?;
    let parts = if means == CallMeaning::Anonymize { Parts::new() } else { parts_of(&plan.file, call, means)? };
    with(plan, span, means, &parts)
}

fn with(plan: &mut Plan<'_>, span: Span, means: CallMeaning, parts: &Parts) -> Option<()> {
    // A constructor's call of another one is no expression.
    stand_of(plan.grammar, plan.file.node_at(span)?)?;
    let form = platform_form(plan.file.platform)?;
    let callable = callable::choose(plan, form)?;
    callable::import_empty(plan, form, means, parts)?;
    let text = calls::render(&plan.style, form, &callable, means, parts)?;
    plan.replace(span.start as usize, span.end as usize, text);
    Some(())
}

/// The call of a step and its bytes, also where the step is the `await` of it.
pub(super) fn existing<'a>(file: &FileText<'a>, body: BodyId, node: NodeId) -> Option<(Span, &'a Call)> {
    let body = file.lowered.bodies.get(body.0 as usize)?;
    let found = body.code().nodes.get(node.0 as usize)?;
    let in_it = |other: &&crate::lowering::Node| found.span.contains(other.span);
    let mut calls = std::iter::once(found).chain(body.code().nodes.iter().filter(in_it));
    calls.find_map(|node| match &node.step {
        Step::Call(call) => Some((node.span, &**call)),
        _ => None,
    })
}

/// The parts of a call; `None` where they cannot be told apart, or one would be lost.
fn parts_of(file: &FileText<'_>, call: &Call, means: CallMeaning) -> Option<Parts> {
    if call.arguments.iter().any(|argument| argument.spread) {
        return None;
    }
    let names_operation = |argument: &Argument| {
        argument.value.as_text().is_some_and(|text| is_call_name(CallStyle::Operation, text))
            && argument.label.is_none()
    };
    let values = match call.arguments.split_first() {
        Some((first, rest)) if names_operation(first) => rest,
        _ => &call.arguments[..],
    };
    if let ([options], true) = (values, values.len() < call.arguments.len()) {
        return of_options(file, options, means);
    }
    let names = &call_form(CallStyle::Method, means)?.parts;
    let mut parts = Parts::new();
    for argument in values {
        let text = value_text(file, argument);
        let part = match &argument.label {
            Some(label) => part_named(label)?,
            None => names.iter().find(|name| !parts.iter().any(|(given, _)| given == *name))?,
        };
        if !names.iter().any(|name| name == part) {
            return None;
        }
        parts.push((part.to_owned(), text.to_owned()));
    }
    Some(parts)
}

fn of_options(file: &FileText<'_>, options: &Argument, means: CallMeaning) -> Option<Parts> {
    let form = call_form(CallStyle::Operation, means)?;
    let Value::Object { properties, open: false } = &options.value else {
        return None;
    };
    let mut parts = Parts::new();
    for property in properties {
        let is_fixed = form.fixed.as_deref().is_some_and(|fixed| fixed.split(':').next() == Some(&*property.key));
        if form.parts.iter().any(|part| **part == *property.key) {
            let behind = Span::new(property.key_span.end, property.span.end).text(file.text);
            let value = behind.trim_start_matches(['"', '\'']).trim_start();
            let value = [":", "to ", ","].into_iter().find_map(|separator| value.strip_prefix(separator))?;
            parts.push((property.key.to_string(), value.trim().to_owned()));
        } else if !is_fixed && !form.lost.iter().any(|lost| **lost == *property.key) {
            return None;
        }
    }
    Some(parts)
}

/// An argument without its label.
pub(super) fn value_text<'a>(file: &FileText<'a>, argument: &Argument) -> &'a str {
    let text = argument.span.text(file.text);
    let Some(rest) = argument.label.as_deref().and_then(|label| text.strip_prefix(label)) else {
        return text;
    };
    match rest.trim_start().strip_prefix([':', '=']) {
        Some(value) => value.trim_start(),
        None => text,
    }
}
