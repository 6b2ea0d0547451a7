//! Native files as their readers and the shared lowering give them: what each step, condition and callback
//! of real code means.

use crate::lowering::{Body, BodyUse, LoweredFile, Node, Step, lower};
use crate::source::Language;
use crate::vocabulary::{FileView, Platform, Runs, Vocabulary};

/// A file that was read, and what the vocabulary says of it.
pub(super) struct Read {
    text: &'static str,
    lowered: LoweredFile,
    platform: Platform,
}

impl Read {
    pub(super) fn of(language: Language, text: &'static str) -> Self {
        let tree = crate::syntax::parse(language, text, None, &|| false).unwrap();
        Self { text, lowered: lower(language, text, &tree), platform: Platform::of_language(language).unwrap() }
    }

    fn view(&self) -> FileView<'_> {
        FileView { path: "app/Session", text: self.text, lowered: &self.lowered, platform: self.platform }
    }

    fn steps(&self) -> impl Iterator<Item = (&Body, &Node)> {
        self.lowered.bodies.iter().flat_map(|body| body.nodes.iter().map(move |node| (body, node)))
    }

    /// Each call and assignment that means something, as written, with what it means.
    pub(super) fn meanings(&self) -> Vec<(String, String)> {
        let meaning = |(body, node): (&Body, &Node)| {
            let found = super::summary(&Vocabulary::builtin().step(&self.view(), body, node));
            let text: String = node.span.text(self.text).split_whitespace().collect();
            (!found.is_empty()).then_some((text, found))
        };
        self.steps().filter_map(meaning).collect()
    }

    /// Each condition that means something, as written, with what it means where it holds.
    pub(super) fn conditions(&self) -> Vec<(String, String)> {
        let vocabulary = Vocabulary::builtin();
        let mut found: Vec<(String, String)> = Vec::new();
        for (_, node) in self.steps() {
            let Step::Assume { condition, holds: true } = &node.step else { continue };
            let meaning = format!("{:?}", vocabulary.condition(&self.view(), condition, &[]));
            let pair = (condition.text.to_string(), meaning);
            if !found.contains(&pair) {
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

#[test]
fn dump() {
    let path = std::env::var("DUMP").unwrap_or_default();
    for path in path.split(':').filter(|path| !path.is_empty()) {
        let text: &'static str = Box::leak(std::fs::read_to_string(path).unwrap().into_boxed_str());
        let Some(language) = Language::of_path(std::path::Path::new(path)) else { continue };
        let read = Read::of(language, text);
        println!("== {path}");
        for body in &read.lowered.bodies {
            for node in &body.nodes {
                match &node.step {
                    Step::Call(call) => println!(
                        "  call {:?} {:?} {:?}",
                        call.callee,
                        call.written,
                        super::summary(&Vocabulary::builtin().step(&read.view(), body, node))
                    ),
                    Step::Assign { target, written, value } => println!(
                        "  assign {target:?} {written:?} {value:?} {:?}",
                        super::summary(&Vocabulary::builtin().step(&read.view(), body, node))
                    ),
                    Step::Assume { condition, holds } => println!(
                        "  assume {} {holds} {:?} {:?}",
                        condition.text,
                        condition.relation,
                        Vocabulary::builtin().condition(&read.view(), condition, &[])
                    ),
                    _ => {}
                }
            }
            println!(
                "  body {:?} {:?} used {:?} {:?}",
                body.name,
                body.label,
                body.used_as,
                Vocabulary::builtin().runs(&read.view(), &body.used_as)
            );
        }
    }
}
