//! From a remedy's actions to a plan of edits. Owns which part writes which action; must not know how.

use super::calls::{self, Parts};
use super::file::FileText;
use super::piece::Piece;
use super::plan::Plan;
use super::replace::callable_at;
use super::{Edit, moves, native};
use super::{after, branch, relocate, remove, replace, timeout};
use crate::lowering::{BodyId, BodyKind};
use crate::rules::{Remedy, RemedyAction};
use crate::vocabulary::{CallMeaning, platform_form};

/// The edits of one remedy, unproved: sorted, none overlapping another. `None` where no correct edit can
/// be written.
pub fn write(file: &FileText<'_>, remedy: &Remedy) -> Option<Vec<Edit>> {
    if let Some(grammar) = native::Grammar::of(file.language) {
        return native::write(file, grammar, remedy);
    }
    let mut plan = Plan::new(*file);
    if let Some(quote) = file.quote_within(remedy) {
        plan.style.quote = quote;
    }
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
    plan.finish(file.path).filter(|edits| file.keep_markup(edits))
}

fn act(plan: &mut Plan<'_>, action: &RemedyAction) -> Option<()> {
    let file = plan.file;
    match action {
        RemedyAction::AnonymizeBefore { body, node } => {
            let call =
                sdk_call(plan, *body, file.node_of(*body, *node)?.start_byte(), CallMeaning::Anonymize, &Parts::new())?;
            plan.put_before(file.node_of(*body, *node)?, Piece::expression(call))
        }
        RemedyAction::AnonymizeAtEnd { body } => {
            let whole = file.lowered.bodies.get(body.0 as usize)?;
            let last = file.last_statement(whole).filter(|_| file.is_markup() && whole.kind == BodyKind::TopLevel);
            let end = last.map_or(whole.inner.end as usize, |last| last.start_byte());
            let call = sdk_call(plan, *body, end, CallMeaning::Anonymize, &Parts::new())?;
            after::put_at_end(plan, file.lowered.bodies.get(body.0 as usize)?, Piece::expression(call))
        }
        RemedyAction::EventBefore { body, node, event } => {
            let parts = vec![("name".to_owned(), plan.style.quoted(event))];
            let call = sdk_call(plan, *body, file.node_of(*body, *node)?.start_byte(), CallMeaning::Event, &parts)?;
            plan.put_before(file.node_of(*body, *node)?, Piece::expression(call))
        }
        RemedyAction::CallBefore { body, node, callee } => {
            plan.put_before(file.node_of(*body, *node)?, Piece::expression(format!("{callee}()")))
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
        RemedyAction::AwaitWithTimeout { body, node } => timeout::await_with_timeout(plan, *body, *node),
        RemedyAction::Remove { body, node } => remove::call(plan, file.node_of(*body, *node)?),
        RemedyAction::Replace { span, text } => {
            plan.replace(span.start as usize, span.end as usize, text.clone());
            Some(())
        }
        RemedyAction::RemoveComment { span } => {
            remove::comment(plan, span.start as usize, span.end as usize);
            Some(())
        }
    }
}

/// A call of the platform's SDK for a byte offset of a body; what it needs is imported.
fn sdk_call(plan: &mut Plan<'_>, body: BodyId, offset: usize, means: CallMeaning, parts: &Parts) -> Option<String> {
    let form = platform_form(plan.file.platform)?;
    let callable = callable_at(plan, form, body, offset, None, means)?;
    calls::render(&plan.style, form, &callable, means, parts)
}
