//! A flow in a few words: what stands over it in an editor. Owns the words, which are the map's and the
//! hover's; must not know how a flow was judged.

use std::sync::Arc;

use crate::audit::{AuditedWayOut, Verdict};
use crate::database::DeclarativeLogout;
use crate::views::{Judgement, Ways};

/// What becomes of the identity in a flow of a file; `None` where nothing can be said.
pub(crate) fn flow_sum(judgement: &Judgement, path: &Arc<str>) -> Option<String> {
    match judgement {
        Judgement::WaysOut(ways) => Some(of_ways(ways, path)),
        Judgement::ReleasedByCallers(names) => Some(match &names[..] {
            [name] => format!("✓ released by {name}, which runs it"),
            _ => format!("✓ released by each of the {} flows that run it", names.len()),
        }),
        Judgement::PartOf(names) => Some(match &names[..] {
            [name] => format!("judged as a part of {name}"),
            _ => format!("judged as a part of the {} flows that run it", names.len()),
        }),
        Judgement::Nothing => None,
    }
}

fn of_ways(ways: &Ways, path: &Arc<str>) -> String {
    let all = ways.len();
    let ways = || ways.iter().map(|(_, way)| way);
    let kept: Vec<&AuditedWayOut> = ways().filter(|way| way.verdict.is_kept()).collect();
    let open = kept.iter().filter(|way| way.accepted.is_none()).count();
    if open > 0 {
        return format!("✗ {}", keeping(open, all));
    }
    let unknown = ways().filter(|way| way.verdict == Verdict::Uncertain).count();
    if unknown > 0 {
        return format!("? cannot be told on {}", share(unknown, all));
    }
    if let Some(reason) = kept.first().and_then(|way| way.accepted.as_deref()) {
        return format!("– {}, accepted: {reason}", keeping(kept.len(), all));
    }
    let covering = ways().find_map(|way| match &way.verdict {
        Verdict::Covered(logout) => Some(logout),
        _ => None,
    });
    let covered = ways().filter(|way| matches!(way.verdict, Verdict::Covered(_))).count();
    match covering {
        None => format!("✓ released on {}", share(all, all)),
        Some(logout) if covered == all => format!("✓ covered by {} on {}", place(logout, path), share(all, all)),
        Some(logout) => {
            format!("✓ released on {}, covered by {} on the rest", share(all - covered, all), place(logout, path))
        }
    }
}

fn share(some: usize, all: usize) -> String {
    match (some, all) {
        (_, 1) => "its one way out".to_owned(),
        (2, 2) => "both ways out".to_owned(),
        _ if some == all => format!("all {all} ways out"),
        _ => format!("{some} of {all} ways out"),
    }
}

fn keeping(some: usize, all: usize) -> String {
    let verb = if some == 1 { "keeps" } else { "keep" };
    format!("{} {verb} the identity", share(some, all))
}

/// The listener or effect that covers, told from a file.
fn place(logout: &DeclarativeLogout, from: &Arc<str>) -> String {
    if logout.path == *from { format!("line {}", logout.line) } else { format!("{}:{}", logout.path, logout.line) }
}
