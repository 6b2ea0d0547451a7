//! Sequences of edits. Owns which edits are tried; must not know what they are tried on.

use std::ops::Range;

use crate::random::Random;

/// Edits of one document that come together.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Which document, from 0.
    pub(super) document: usize,
    /// The bytes that go away (`None` for all) and what comes in their place, each in the text that the one
    /// before it left.
    pub(super) changes: Vec<(Option<(usize, usize)>, String)>,
    /// Whether the document is closed and opened again before.
    pub(super) reopens: bool,
    /// Whether there is a pause behind them, in which something is found.
    pub(super) rests: bool,
    /// Whether what is found then is compared.
    pub(super) is_compared: bool,
}

/// What is typed: whole pieces, halves, and what opens or closes something far away.
const PIECES: [&str; 40] = [
    "x",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "'",
    "\"",
    "`",
    "${",
    "/*",
    "*/",
    "// ",
    "<!--",
    "-->",
    "<b>",
    "</",
    "=>",
    ";",
    ",",
    ".",
    "\u{1F600}",
    "é",
    "if (x",
    "if (x) {\n",
    "return",
    "return;\n",
    "await ",
    "throw e;\n",
    "FS('setIdentity', { anonymous: true });\n",
    "FS.anonymize();\n",
    "function f() {\n",
    "// farewell-ignore missing-anonymize: a test\n",
    "logout();\n",
];

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

/// The next place at or behind a byte offset at which an editor can edit: none is inside of a character or of a
/// line break.
fn fit(text: &str, offset: usize) -> usize {
    let is_place =
        |at: &usize| text.is_char_boundary(*at) && !(text[..*at].ends_with('\r') && text[*at..].starts_with('\n'));
    (offset.min(text.len())..=text.len()).find(is_place).unwrap_or(text.len())
}

/// Replaces bytes of a text, as near to them as it has places, or all of it; returns those that were meant.
pub(super) fn replace(text: &mut String, range: Option<(usize, usize)>, new: &str) -> Option<Range<usize>> {
    match range {
        Some((start, end)) => {
            let range = fit(text, start)..fit(text, end.max(start));
            text.replace_range(range.clone(), new);
            Some(range)
        }
        None => {
            new.clone_into(text);
            None
        }
    }
}
