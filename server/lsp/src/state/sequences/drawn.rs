//! Sequences of edits at random. Owns which edits are tried; must not know what they are tried on.

use super::edits::{PIECES, Step, fit, replace};
use crate::random::Random;

/// A sequence over some texts, which it leaves as they were.
pub(super) fn sequence(random: &mut Random, texts: &[(String, String)]) -> Vec<Step> {
    let mut now: Vec<String> = texts.iter().map(|(_, text)| text.clone()).collect();
    let mut steps = Vec::new();
    for _ in 0..2 + random.below(6) {
        let document = random.below(now.len());
        let mut changes = Vec::new();
        for _ in 0..1 + random.below(3) {
            let (range, new) = change(random, &now[document], &texts[document].1);
            replace(&mut now[document], range, &new);
            changes.push((range, new));
        }
        let (reopens, rests, is_compared) = (random.once_in(12), !random.once_in(4), random.once_in(3));
        steps.push(Step { document, changes, reopens, rests, is_compared });
    }
    // Nearly what it was, then exactly: both may be the first text that can be read again.
    for (document, (_, text)) in texts.iter().enumerate() {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let gone = random.below(lines.len().max(1));
        let nearly: String =
            lines.iter().enumerate().filter(|(line, _)| *line != gone).map(|(_, line)| *line).collect();
        for target in [nearly, text.clone()] {
            let change = back(random, &now[document], &target);
            now[document].clone_from(&target);
            let is_sample = target == *text;
            let is_compared = is_sample || random.once_in(3);
            steps.push(Step { document, changes: vec![change], reopens: false, rests: true, is_compared });
        }
    }
    steps
}

type Change = (Option<(usize, usize)>, String);

fn change(random: &mut Random, now: &str, original: &str) -> Change {
    let at = offset(random, now);
    match random.below(10) {
        0..=3 => (Some((at, at)), (*random.one_of(&PIECES)).to_owned()),
        4 => (Some((at, fit(now, at + 1 + random.below(6)))), String::new()),
        5 => (Some((at, fit(now, at + random.below(40)))), (*random.one_of(&PIECES)).to_owned()),
        // A line goes, or comes twice.
        6 => (Some(line_at(now, at)), String::new()),
        7 => {
            let (start, end) = line_at(now, at);
            let other = offset(random, now);
            let place = line_at(now, other).0;
            (Some((place, place)), now[start..end].to_owned())
        }
        8 => back(random, now, original),
        _ => (Some((0, fit(now, random.below(30)))), format!("{}\n", random.one_of(&PIECES))),
    }
}

/// What makes one text another: by the whole, or by what differs.
fn back(random: &mut Random, now: &str, target: &str) -> Change {
    if random.once_in(2) {
        return (None, target.to_owned());
    }
    let same = now.bytes().zip(target.bytes()).take_while(|(one, other)| one == other).count();
    let start = (0..=same).rev().find(|at| now.is_char_boundary(*at) && target.is_char_boundary(*at)).unwrap_or(0);
    (Some((start, now.len())), target[start..].to_owned())
}

fn offset(random: &mut Random, text: &str) -> usize {
    fit(text, random.below(text.len() + 1))
}

fn line_at(text: &str, at: usize) -> (usize, usize) {
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let end = text[at..].find('\n').map_or(text.len(), |behind| at + behind + 1);
    (start, end)
}
