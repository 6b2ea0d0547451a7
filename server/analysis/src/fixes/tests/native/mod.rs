//! The native languages. In a text `«` and `»` stand around the step that an action is about, and `‹` and
//! `›` around another one.

mod cases;
mod names;
mod sweep;

use super::harness::{Case, Places, on};
use crate::lowering::{BodyId, NodeId};
use crate::rules::RemedyAction;
use crate::vocabulary::Platform;

/// The text after an action at the marked step; `None` where it cannot be written.
fn after(
    platform: Platform,
    marked: &str,
    action: impl Fn(BodyId, NodeId, &Places<'_>) -> Vec<RemedyAction>,
) -> Option<String> {
    let text: String = marked.chars().filter(|character| !"«»‹›".contains(*character)).collect();
    let (code, index) = step_in(marked, '«', '»');
    let case: Case<'_> = on(platform, &text);
    case.after(|places| {
        let (body, node) = places.nth(&code, index);
        action(body, node, places)
    })
}

/// The marked code, and which of its occurrences in the text without marks it is.
fn step_in(marked: &str, open: char, close: char) -> (String, usize) {
    let plain = |text: &str| text.chars().filter(|character| !"«»‹›".contains(*character)).collect::<String>();
    let (before, rest) = marked.split_once(open).expect("a step is marked");
    let code = plain(rest.split_once(close).expect("the mark is closed").0);
    let whole = plain(marked);
    let start = plain(before).len();
    let index = whole.match_indices(&code).position(|(at, _)| at == start).expect("the step is in the text");
    (code, index)
}

fn anonymize(platform: Platform, marked: &str) -> Option<String> {
    after(platform, marked, |body, node, _| vec![RemedyAction::AnonymizeBefore { body, node }])
}

fn at_end(platform: Platform, marked: &str) -> Option<String> {
    after(platform, marked, |body, _, _| vec![RemedyAction::AnonymizeAtEnd { body }])
}

fn event(platform: Platform, marked: &str) -> Option<String> {
    after(platform, marked, |body, node, _| vec![RemedyAction::EventBefore { body, node, event: "Logout".to_owned() }])
}

fn remove(platform: Platform, marked: &str) -> Option<String> {
    after(platform, marked, |body, node, _| vec![RemedyAction::Remove { body, node }])
}

fn with_anonymize(platform: Platform, marked: &str) -> Option<String> {
    after(platform, marked, |body, node, _| vec![RemedyAction::ReplaceWithAnonymize { body, node }])
}

fn platform_form(platform: Platform, marked: &str) -> Option<String> {
    after(platform, marked, |body, node, _| vec![RemedyAction::ReplaceWithPlatformForm { body, node }])
}

fn branch(platform: Platform, marked: &str) -> Option<String> {
    after(platform, marked, |body, node, _| vec![RemedyAction::BranchOnUser { body, node }])
}

/// Moves the marked step before the other one.
fn moved(platform: Platform, marked: &str) -> Option<String> {
    let (other, index) = step_in(marked, '‹', '›');
    after(platform, marked, |body, node, places| {
        let before = places.nth(&other, index);
        vec![RemedyAction::MoveBefore { body, node, before }]
    })
}

/// Moves the marked step behind the marked loop.
fn behind(platform: Platform, marked: &str) -> Option<String> {
    let (looping, _) = step_in(marked, '‹', '›');
    after(platform, marked, |body, node, places| {
        vec![RemedyAction::MoveBehind { body, node, behind: places.span(&looping) }]
    })
}
