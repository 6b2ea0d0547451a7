//! What the tests of fixes need: a file from its text, steps by their text, and the text after a remedy.

use std::borrow::Cow;
use std::sync::Arc;

use crate::fixes::{FileText, KnownStyle, apply, write};
use crate::lowering::{BodyId, LoweredFile, NodeId, Step, lower};
use crate::rules::{Remedy, RemedyAction, Safety};
use crate::source::{Language, Span, regions};
use crate::syntax::parse;
use crate::vocabulary::{Apple, FileView, Generation, Jvm, Platform, Vocabulary};

pub(super) const WEB: Platform = Platform::Web(Generation::V2);
pub(super) const V1: Platform = Platform::Web(Generation::V1);
pub(super) const RN: Platform = Platform::ReactNative;
pub(super) const SWIFT: Platform = Platform::Ios(Apple::Swift);
pub(super) const OBJECTIVE_C: Platform = Platform::Ios(Apple::ObjectiveC);
pub(super) const KOTLIN: Platform = Platform::Android(Jvm::Kotlin);
pub(super) const JAVA: Platform = Platform::Android(Jvm::Java);
pub(super) const DART: Platform = Platform::Flutter;

/// A case: a text, where it runs, and what is to be done.
pub(super) struct Case<'a> {
    pub(super) text: &'a str,
    pub(super) platform: Platform,
    pub(super) namespace: Option<&'a str>,
    pub(super) declares_package: bool,
    /// A name that another file of the project declares.
    pub(super) elsewhere: &'a str,
    /// The language, where the platform does not say it.
    pub(super) language: Option<Language>,
}

/// The places of a text, for the actions of a remedy.
pub(super) struct Places<'a> {
    text: &'a str,
    lowered: &'a LoweredFile,
}

impl Places<'_> {
    /// The step whose text starts at the first place of `code` and has its length, or just starts there.
    pub(super) fn step(&self, code: &str) -> (BodyId, NodeId) {
        self.nth(code, 0)
    }

    /// The same for a later place of `code`, from 0.
    pub(super) fn nth(&self, code: &str, index: usize) -> (BodyId, NodeId) {
        let (start, _) = self.text.match_indices(code).nth(index).expect("the code is in the text");
        let wanted = Span::from(start..start + code.len());
        for (body_id, body) in self.lowered.bodies() {
            for (node_id, node) in body.nodes() {
                if node.span == wanted && matches!(node.step, Step::Call(_) | Step::Assign(_)) {
                    return (body_id, node_id);
                }
            }
        }
        let steps: Vec<&str> = self
            .lowered
            .bodies()
            .flat_map(|(_, body)| &body.code().nodes)
            .map(|node| node.span.text(self.text))
            .collect();
        panic!("no step is `{code}`: {steps:#?}");
    }

    /// Every step with another one of the same body.
    pub(super) fn steps(&self) -> Vec<(BodyId, NodeId, NodeId)> {
        let mut steps = Vec::new();
        for (body_id, body) in self.lowered.bodies() {
            let happens =
                |node: &crate::lowering::Node| matches!(node.step, Step::Call(_) | Step::Assign(_) | Step::Await);
            let of_body: Vec<NodeId> = body.nodes().filter(|(_, node)| happens(node)).map(|(id, _)| id).collect();
            for node in &of_body {
                steps.extend(of_body.iter().map(|other| (body_id, *node, *other)));
            }
        }
        steps
    }

    /// The innermost body around `code`.
    pub(super) fn body(&self, code: &str) -> BodyId {
        let start = self.text.find(code).expect("the code is in the text") as u32;
        let around = self.lowered.bodies().filter(|(_, body)| body.span.start <= start && start < body.span.end);
        around.last().expect("the top level is around everything").0
    }

    pub(super) fn span(&self, code: &str) -> Span {
        let start = self.text.find(code).expect("the code is in the text");
        Span::from(start..start + code.len())
    }
}

pub(super) fn web(text: &str) -> Case<'_> {
    Case { text, platform: WEB, namespace: None, declares_package: false, elsewhere: "", language: None }
}

pub(super) fn v1(text: &str) -> Case<'_> {
    Case { platform: V1, ..web(text) }
}

pub(super) fn native(text: &str) -> Case<'_> {
    Case { platform: RN, ..web(text) }
}

/// A component or page of a web app that has the package.
pub(super) fn markup(language: Language, text: &str) -> Case<'_> {
    Case { language: Some(language), declares_package: true, ..web(text) }
}

/// A case of a platform whose language says it.
pub(super) fn on(platform: Platform, text: &str) -> Case<'_> {
    Case { platform, ..web(text) }
}

impl Case<'_> {
    fn language(&self) -> Language {
        let is_of = |language: &Language| Platform::of_language(*language) == Some(self.platform);
        self.language.unwrap_or_else(|| Language::ALL.into_iter().find(is_of).unwrap_or(Language::Tsx))
    }

    fn vocabulary(&self) -> Cow<'static, Vocabulary> {
        match self.namespace {
            Some(namespace) => Cow::Owned(Vocabulary::extended("", Some(namespace)).unwrap()),
            None => Cow::Borrowed(Vocabulary::builtin()),
        }
    }

    /// The text after the actions, or `None` where no edit can be written. The result must parse.
    pub(super) fn after(&self, actions: impl FnOnce(&Places<'_>) -> Vec<RemedyAction>) -> Option<String> {
        let language = self.language();
        let parsed = parse(language, self.text).unwrap();
        let lowered = lower(language, self.text, &parsed);
        let places = Places { text: self.text, lowered: &lowered };
        let actions = actions(&places);
        let remedy = Remedy { title: String::new(), safety: Safety::Safe, actions };
        let path: Arc<str> = "src/a.tsx".into();
        let vocabulary = self.vocabulary();
        let view = FileView { path: &path, text: self.text, lowered: &lowered, platform: self.platform };
        let file = FileText {
            path: &path,
            language,
            text: self.text,
            tree: &parsed.tree,
            regions: &regions(language, self.text),
            lowered: &lowered,
            platform: self.platform,
            namespace: self.namespace,
            declares_package: self.declares_package,
            declared_elsewhere: &|name| name == self.elsewhere,
            meaning: &|body, node| vocabulary.step(&view, lowered.body(body), lowered.body(body).node(node)),
            vocabulary: &vocabulary,
            style: &KnownStyle::default(),
        };
        let edits = write(&file, &remedy)?;
        assert_eq!(parsed.errors(), 0, "the text does not parse:\n{}", parsed.tree.root_node());
        assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "sorted and apart: {edits:?}");
        let after = apply(self.text, &edits);
        let again = parse(language, &after).unwrap();
        assert_eq!(again.errors(), 0, "{:?} does not parse:\n{after}", remedy.actions);
        Some(after)
    }
}

pub(super) fn anonymize_before((body, node): (BodyId, NodeId)) -> Vec<RemedyAction> {
    vec![RemedyAction::AnonymizeBefore { body, node }]
}
