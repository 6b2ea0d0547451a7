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
use crate::lowering::{BodyId, BodyKind};
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
                    let befores: Option<Vec<_>> = befores.iter().map(|before| file.node_of(*body, *before)).collect();
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
            let before = file.node_of(*body, *node)?;
            let waits = function_around(plan.grammar, before).is_some_and(is_async);
            let call = sdk_call(plan, CallMeaning::Anonymize, &Parts::new(), waits)?;
            plan.put_before(before, call)
        }
        RemedyAction::AnonymizeAtEnd { body } => {
            let waits = is_async_body(&file, *body);
            let call = sdk_call(plan, CallMeaning::Anonymize, &Parts::new(), waits)?;
            after::put_at_end(plan, file.lowered.bodies.get(body.0 as usize)?, &call)
        }
        RemedyAction::EventBefore { body, node, event } => {
            let before = file.node_of(*body, *node)?;
            let name = format!("{}{}", plan.grammar.manner.text_prefix, plan.style.quoted(event));
            let waits = function_around(plan.grammar, before).is_some_and(is_async);
            let call = sdk_call(plan, CallMeaning::Event, &vec![("name".to_owned(), name)], waits)?;
            plan.put_before(before, call)
        }
        RemedyAction::CallBefore { body, node, callee } => {
            let call = own_call(plan, callee);
            plan.put_before(file.node_of(*body, *node)?, Piece::expression(call))
        }
        RemedyAction::MoveBefore { body, node, before } => {
            relocate::move_before(plan, file.node_of(*body, *node)?, &[file.node_of(*body, *before)?])
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

/// A call of the platform's SDK as a statement; what it needs is imported.
fn sdk_call(plan: &mut Plan<'_>, means: CallMeaning, parts: &Parts, waits: bool) -> Option<Piece> {
    let form = platform_form(plan.file.platform)?;
    let callable = callable::choose(plan, form)?;
    callable::import_empty(plan, form, means, parts)?;
    let text = calls::render(&plan.style, form, &callable, means, parts)?;
    Some(Piece::expression(if form.awaited && waits { format!("await {text}") } else { text }))
}

/// A call of the project's own function or method without arguments.
fn own_call(plan: &Plan<'_>, callee: &str) -> String {
    let is_message = platform_form(plan.file.platform).is_some_and(|form| form.style == CallStyle::Message);
    match callee.strip_prefix("this.").or_else(|| callee.strip_prefix("self.")) {
        Some(name) if is_message => format!("[self {name}]"),
        Some(name) => format!("{}{name}()", plan.grammar.manner.own_member),
        None => format!("{callee}()"),
    }
}

fn is_async_body(file: &FileText<'_>, body: BodyId) -> bool {
    let found = file.lowered.bodies.get(body.0 as usize);
    found.is_some_and(|body| body.is_async && body.kind != BodyKind::TopLevel)
}
