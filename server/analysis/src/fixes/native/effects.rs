//! Closures without which the call that takes them does nothing. Owns which statement or link of a chain goes
//! with such a closure; must not know what the closure did.

use tree_sitter::Node;

use super::emptied::last_word;
use super::grammar::Role;
use super::plan::Plan;
use super::pure::arguments_are_pure;
use crate::fixes::file::span;
use crate::vocabulary::Runs;

/// The statement of an effect or a timer, for its function: without its function it does nothing.
pub(super) fn effect_statement<'t>(plan: &Plan<'_>, function: Node<'t>) -> Option<Node<'t>> {
    let runs = runs(plan, function);
    let by_itself = is_deferred(plan, function);
    if !matches!(runs, Runs::OnMount | Runs::Later) && !by_itself {
        return None;
    }
    let mut node = function;
    loop {
        let parent = node.parent()?;
        if plan.grammar.calls.contains(&parent.kind()) {
            let in_receiver = plan.file.between(function.end_byte(), parent.end_byte()).contains('.');
            let others_act = !arguments_are_pure(plan.grammar, parent, function);
            if in_receiver || others_act {
                return None;
            }
        }
        match plan.grammar.role(parent, node) {
            Some(Role::Statement) => return (!is_link(plan, function)).then_some(node),
            Some(_) => return None,
            None if plan.grammar.is_function(parent) => return None,
            None => node = parent,
        }
    }
}

/// Whether a closure's call is a link of a chain that makes something: `Text("a").onAppear { … }`.
fn is_link(plan: &Plan<'_>, closure: Node<'_>) -> bool {
    modifier_around(plan, closure).is_some()
}

/// The bytes of a link of a chain whose one closure is given, from its dot, where it hangs on another call.
pub(super) fn modifier_around(plan: &Plan<'_>, closure: Node<'_>) -> Option<(usize, usize)> {
    let (suffix_kind, member_kind) = plan.grammar.link?;
    let mut suffix = closure.parent()?;
    while suffix.byte_range() == closure.byte_range() && suffix.kind() != suffix_kind {
        suffix = suffix.parent()?;
    }
    let is_only = suffix.kind() == suffix_kind && suffix.named_child_count() == 1;
    let call = suffix.parent().filter(|call| is_only && plan.grammar.calls.contains(&call.kind()))?;
    let member = call.named_child(0).filter(|member| member.kind() == member_kind)?;
    let target = member.named_child(0).filter(|target| plan.grammar.calls.contains(&target.kind()))?;
    let name =
        plan.file.between(target.end_byte(), member.end_byte()).trim_start_matches(['?', '.', ' ', '\n', '\r', '\t']);
    let passes = plan.grammar.passing.contains(&name);
    (passes || matches!(runs(plan, closure), Runs::OnMount | Runs::Later)).then(|| (target.end_byte(), call.end_byte()))
}

/// Whether a closure is what `defer` runs, where the grammar takes that for a call.
fn is_deferred(plan: &Plan<'_>, closure: Node<'_>) -> bool {
    let before = plan.file.text.get(..closure.start_byte()).unwrap_or_default().trim_end();
    plan.grammar.deferring.is_some_and(|word| last_word(before) == word)
}

fn runs(plan: &Plan<'_>, function: Node<'_>) -> Runs {
    let file = &plan.file;
    let found = file.lowered.bodies.iter().find(|body| body.span == span(function));
    found.map_or(Runs::Unknown, |body| file.vocabulary.runs(&file.view(), &body.used_as))
}
