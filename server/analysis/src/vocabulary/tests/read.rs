//! Native files as their readers and the shared lowering give them: what each step, condition and callback
//! of real code means.

use crate::lowering::{Body, BodyUse, LoweredFile, Node, Step, lower};
use crate::source::Language;
use crate::vocabulary::{ConditionMeaning, FileView, Platform, Runs, Vocabulary};

/// A file that was read, and what the vocabulary says of it.
pub(super) struct Read {
    text: &'static str,
    lowered: LoweredFile,
    platform: Platform,
}

impl Read {
    pub(super) fn of(language: Language, text: &'static str) -> Self {
        let tree = crate::syntax::parse(language, text).unwrap();
        Self { text, lowered: lower(language, text, &tree), platform: Platform::of_language(language).unwrap() }
    }

    fn view(&self) -> FileView<'_> {
        FileView { path: "app/Session", text: self.text, lowered: &self.lowered, platform: self.platform }
    }

    fn steps(&self) -> impl Iterator<Item = (&Body, &Node)> {
        self.lowered.bodies().flat_map(|(_, body)| body.code().nodes.iter().map(move |node| (body, node)))
    }

    /// What the calls and assignments of each line mean: the lines that mean something, with their meanings
    /// in order.
    fn meanings(&self) -> Vec<(usize, String)> {
        let mut found: Vec<(usize, String)> = Vec::new();
        for (body, node) in self.steps() {
            let meaning = super::summary(&Vocabulary::builtin().step(&self.view(), body, node));
            if !meaning.is_empty() {
                found.push((self.line(node), meaning));
            }
        }
        found.sort_by_key(|(line, _)| *line);
        found
    }

    fn line(&self, node: &Node) -> usize {
        self.text[..node.span.start as usize].matches('\n').count()
    }

    /// Checks that each line means what its comment says behind `//=`, and a line without one nothing.
    pub(super) fn check_meanings(&self) {
        let found = self.meanings();
        let wrong: Vec<String> = self
            .text
            .lines()
            .enumerate()
            .filter_map(|(number, line)| {
                let wanted = line.split_once("//=").map(|(_, wanted)| wanted.trim()).unwrap_or_default();
                let of_line = found.iter().filter(|(line, _)| *line == number).map(|(_, meaning)| meaning.as_str());
                let meant = of_line.collect::<Vec<_>>().join(", ");
                (meant != wanted).then(|| format!("{}: wanted `{wanted}`, found `{meant}`", line.trim()))
            })
            .collect();
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    /// Each condition that means something, as written, with what it means where it holds.
    pub(super) fn conditions(&self) -> Vec<(String, ConditionMeaning)> {
        let vocabulary = Vocabulary::builtin();
        let mut found = Vec::new();
        for (_, node) in self.steps() {
            let Step::Assume { condition, holds: true } = &node.step else { continue };
            let pair =
                (condition.text.to_string(), vocabulary.asked(&self.view(), condition).in_project(condition, &[]));
            if pair.1 != ConditionMeaning::Other && !found.contains(&pair) {
                found.push(pair);
            }
        }
        found
    }

    /// When each closure runs, by what it is handed to.
    pub(super) fn callbacks(&self) -> Vec<(String, Runs)> {
        let vocabulary = Vocabulary::builtin();
        let used = self.lowered.bodies.iter().filter_map(|body| {
            let handed = match &body.used_as {
                BodyUse::Argument { written, key, .. } => {
                    let key = key.as_deref().map(|key| format!(" {key}:")).unwrap_or_default();
                    format!("{}{key}", written.iter().map(|name| &**name).collect::<Vec<_>>().join("."))
                }
                BodyUse::Attribute { element, attribute } => format!("<{element} {attribute}>"),
                _ => return None,
            };
            Some((handed, vocabulary.runs(&self.view(), &body.used_as)))
        });
        used.collect()
    }
}
