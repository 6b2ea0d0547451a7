//! What makes a missing release convincing: a lookalike in the flow, or other tools that are reset in it.
//! Owns those sentences; must not know any one rule.

use super::judged::Judged;
use crate::identity::BodyAt;
use crate::vocabulary::Effect;

/// Sentences that a finding on a flow adds, each with a space before it; empty where there are none.
pub(super) fn evidence(judged: &Judged<'_>, root: BodyAt) -> String {
    let mut lookalikes: Vec<&str> = Vec::new();
    let mut tools: Vec<&str> = Vec::new();
    for at in judged.bodies_under(root) {
        for (_, link) in crate::identity::linked(judged.db, at.file).nodes(at.body) {
            for effect in &link.meaning.effects {
                match effect {
                    Effect::Lookalike(lookalike) => lookalikes.push(&lookalike.message),
                    Effect::ResetsOther(tool) => tools.push(tool),
                    _ => {}
                }
            }
        }
    }
    tools.sort_unstable();
    tools.dedup();
    let mut text = String::new();
    if let Some(first) = lookalikes.first() {
        text.push(' ');
        text.push_str(first);
    }
    if !tools.is_empty() {
        text.push_str(&format!(" It resets {}, but not Fullstory.", tools.join(", ")));
    }
    text
}
