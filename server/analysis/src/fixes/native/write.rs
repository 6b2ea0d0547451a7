//! From a remedy's actions to a plan of edits. Owns which part writes which action; must not know how.

use super::grammar::Grammar;
use super::place::function_around;
use super::plan::Plan;
use super::results::is_async;
use super::{after, branch, callable, relocate, remove, replace};
use crate::fixes::calls::{self, Parts};
use crate::fixes::file::FileText;
use crate::fixes::lines;
use crate::fixes::piece::Piece;
use crate::fixes::{Edit, moves};
use crate::lowering::{Body, BodyId, BodyKind, NodeId};
use crate::rules::{Remedy, RemedyAction};
use crate::vocabulary::{CallMeaning, CallStyle, platform_form};

/// The edits of one remedy, unproved: sorted, none overlapping another. `None` where no correct edit can
/// be written.
pub(in crate::fixes) fn write(file: &FileText<'_>, grammar: &'static Grammar, remedy: &Remedy) -> Option<Vec<Edit>> {
    let mut plan = Plan::new(*file, grammar);
    for (index, action) in remedy.actions.iter().enumerate() {
        match action {
            RemedyAction::MoveBefore { body, node, .. } => {
                // A statement moves once, whatever the number of steps that it has to come before.
                if moves::of(&remedy.actions[..index], *body, *node).is_empty() {
                    let befores = moves::of(&remedy.actions[index..], *body, *node);
                    let befores: Option<Vec<_>> =
                        befores.iter().map(|(body, before)| file.node_of(*body, *before)).collect();
                    relocate::move_before(&mut plan, file.node_of(*body, *node)?, &befores?)?;
                }
            }
            _ => act(&mut plan, action)?,
        }
    }
    plan.finish()
}

fn act(plan: &mut Plan<'_>, action: &RemedyAction) -> Option<()> {
    let file = plan.file;
    match action {
        RemedyAction::AnonymizeBefore { body, node } => {
            let offset = file.node_of(*body, *node)?.start_byte();
            let waits = waits_at(plan, *body, *node);
            let call = sdk_call(plan, CallMeaning::Anonymize, &Parts::new(), offset, waits)?;
            put_before(plan, *body, *node, call)
        }
        RemedyAction::AnonymizeAtEnd { body } => {
            let body = file.lowered.bodies.get(body.0 as usize)?;
            let waits = body.is_async && body.kind != BodyKind::TopLevel;
            let call = sdk_call(plan, CallMeaning::Anonymize, &Parts::new(), body.inner.start as usize, waits)?;
            after::put_at_end(plan, body, &call)
        }
        RemedyAction::EventBefore { body, node, event } => {
            let offset = file.node_of(*body, *node)?.start_byte();
            let name = format!("{}{}", plan.grammar.manner.text_prefix, plan.style.quoted(event));
            let parts = vec![("name".to_owned(), name)];
            let call = sdk_call(plan, CallMeaning::Event, &parts, offset, false)?;
            put_before(plan, *body, *node, call)
        }
        RemedyAction::CallBefore { body, node, callee } => {
            let call = own_call(plan, callee);
            put_before(plan, *body, *node, Piece::expression(call))
        }
        RemedyAction::MoveBefore { body, node, before } => {
            relocate::move_before(plan, file.node_of(*body, *node)?, &[file.node_of(before.0, before.1)?])
        }
        RemedyAction::MoveBehind { body, node, behind } => {
            relocate::move_behind(plan, file.node_of(*body, *node)?, file.node_at(*behind)?)
        }
        RemedyAction::ReplaceWithAnonymize { body, node } => replace::with_anonymize(plan, *body, *node),
        RemedyAction::ReplaceWithPlatformForm { body, node } => replace::with_platform_form(plan, *body, *node),
        RemedyAction::BranchOnUser { body, node } => branch::on_user(plan, *body, *node),
        RemedyAction::Remove { body, node } => remove::call(plan, file.node_of(*body, *node)?),
        RemedyAction::Replace { span, text } => {
            plan.replace(span.start as usize, span.end as usize, text.clone());
            Some(())
        }
        RemedyAction::RemoveComment { span } => {
            let (start, end) = lines::of_comment(&file, span.start as usize, span.end as usize);
            plan.replace(start, end, "");
            Some(())
        }
        // No native SDK has a call whose wait could stop the logout.
        RemedyAction::AwaitWithTimeout { .. } => None,
    }
}

/// Puts a piece before the statement of a step; at a body's end where that is the step.
fn put_before(plan: &mut Plan<'_>, body: BodyId, node: NodeId, piece: Piece) -> Option<()> {
    let file = plan.file;
    if node == Body::EXIT {
        return after::put_at_end(plan, file.lowered.bodies.get(body.0 as usize)?, &piece);
    }
    plan.put_before(file.node_of(body, node)?, piece)
}

/// Whether a future can be awaited where a step stands.
fn waits_at(plan: &Plan<'_>, body: BodyId, node: NodeId) -> bool {
    if node == Body::EXIT {
        return plan.file.lowered.bodies.get(body.0 as usize).is_some_and(|body| body.is_async);
    }
    let found = plan.file.node_of(body, node);
    found.and_then(|node| function_around(plan.grammar, node)).is_some_and(is_async)
}

/// A call of the platform's SDK as a statement at a byte offset; what it needs is imported. Where the SDK's
/// import is compiled only on a condition, so is the call.
fn sdk_call(plan: &mut Plan<'_>, means: CallMeaning, parts: &Parts, offset: usize, waits: bool) -> Option<Piece> {
    let form = platform_form(plan.file.platform)?;
    let callable = callable::choose(plan, form)?;
    callable::import_empty(plan, form, means, parts)?;
    let text = calls::render(&plan.style, form, &callable, means, parts)?;
    let text = if form.awaited && waits { format!("await {text}") } else { text };
    match callable::condition_of(&plan.file, form, offset) {
        Some(condition) => {
            let statement = format!("{text}{}", plan.style.terminator());
            Some(Piece::lines(vec![condition.to_owned(), statement, "#endif".to_owned()]))
        }
        None => Some(Piece::expression(text)),
    }
}

/// A call of the project's own function or method without arguments.
fn own_call(plan: &Plan<'_>, callee: &str) -> String {
    let is_message = platform_form(plan.file.platform).is_some_and(|form| form.style == CallStyle::Message);
    match callee.strip_prefix("self.") {
        Some(name) if is_message => format!("[self {name}]"),
        _ => format!("{callee}()"),
    }
}
