//! What the tests of fixes need: a file from its text, steps by their text, and the text after a remedy.

use std::sync::Arc;

use tree_sitter::Node;

use crate::fixes::file::walk;
use crate::fixes::place::is_function;
use crate::fixes::{FileText, apply, write};
use crate::lowering::{
    Binding, BindingKind, Body, BodyId, BodyKind, BodyUse, Call, Handling, Import, ImportName, LoweredFile, NodeId,
    Path, Root, Step, Value,
};
use crate::rules::{Remedy, RemedyAction, Safety};
use crate::source::{Language, Span};
use crate::syntax::parse;
use crate::vocabulary::{Anonymize, ApiForm, Effect, Generation, Identify, Platform, StepMeaning};

pub(super) const WEB: Platform = Platform::Web(Generation::V2);
pub(super) const V1: Platform = Platform::Web(Generation::V1);
pub(super) const RN: Platform = Platform::ReactNative;

/// A case: a text, where it runs, and what is to be done.
pub(super) struct Case<'a> {
    pub(super) text: &'a str,
    pub(super) platform: Platform,
    pub(super) namespace: Option<&'a str>,
    pub(super) declares_package: bool,
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
                if node.span == wanted && node.step != Step::Nothing {
                    return (body_id, node_id);
                }
            }
        }
        panic!("no step is `{code}`");
    }

    /// Every step with another one of the same body.
    pub(super) fn steps(&self) -> Vec<(BodyId, NodeId, NodeId)> {
        let mut steps = Vec::new();
        for (body_id, body) in self.lowered.bodies() {
            let of_body: Vec<NodeId> = body.nodes().map(|(id, _)| id).collect();
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
    Case { text, platform: WEB, namespace: None, declares_package: false }
}

pub(super) fn v1(text: &str) -> Case<'_> {
    Case { platform: V1, ..web(text) }
}

pub(super) fn native(text: &str) -> Case<'_> {
    Case { platform: RN, ..web(text) }
}

impl Case<'_> {
    /// The text after the actions, or `None` where no edit can be written. The result must parse.
    pub(super) fn after(&self, actions: impl FnOnce(&Places<'_>) -> Vec<RemedyAction>) -> Option<String> {
        let tree = parse(Language::Tsx, self.text, None, &|| false).unwrap();
        let lowered = lower(self.text, tree.root_node());
        let places = Places { text: self.text, lowered: &lowered };
        let actions = actions(&places);
        let remedy = Remedy { title: String::new(), safety: Safety::Safe, actions };
        let path: Arc<str> = "src/a.tsx".into();
        let meaning = |body: BodyId, node: NodeId| meaning(self.text, lowered.body(body).node(node).span);
        let file = FileText {
            path: &path,
            text: self.text,
            tree: &tree,
            lowered: &lowered,
            platform: self.platform,
            namespace: self.namespace,
            declares_package: self.declares_package,
            meaning: &meaning,
        };
        let edits = write(&file, &remedy)?;
        assert!(!tree.root_node().has_error(), "the text does not parse:\n{}", tree.root_node());
        assert!(edits.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "sorted and apart: {edits:?}");
        let after = apply(self.text, &edits);
        let again = parse(Language::Tsx, &after, None, &|| false).unwrap();
        assert!(!again.root_node().has_error(), "{:?} does not parse:\n{after}", remedy.actions);
        Some(after)
    }
}

pub(super) fn anonymize_before((body, node): (BodyId, NodeId)) -> Vec<RemedyAction> {
    vec![RemedyAction::AnonymizeBefore { body, node }]
}

fn meaning(text: &str, span: Span) -> StepMeaning {
    let code = span.text(text);
    let callee = code.split('(').next().unwrap_or_default();
    let callable: Arc<str> = callee.into();
    let operation = code.contains("('set") || code.contains("(\"set") || code.contains("('track");
    let form = if operation { ApiForm::Operation } else { ApiForm::Method };
    let is_sdk = code.starts_with("FS")
        || code.starts_with("Rec")
        || code.starts_with("FullStory")
        || code.contains("FS")
        || code.starts_with("fs");
    let mut effects = Vec::new();
    if is_sdk && !code.starts_with("await") && span.len() < 200 && !code.contains("=>") {
        if code.contains("nonym") && !code.contains("??") && !code.contains(" ? ") {
            effects.push(Effect::Anonymize(Anonymize {
                form,
                asynchronous: false,
                fault: None,
                deprecated: None,
                callable,
            }));
        } else if code.contains("dentif") || code.contains("setIdentity") {
            effects.push(Effect::Identify(Identify {
                uid: Value::Unknown,
                uid_span: None,
                asynchronous: false,
                fault: None,
                form,
                callable,
            }));
        } else if code.contains("trackEvent") || code.contains("event(") {
            effects.push(Effect::Track);
        } else if code.contains("setProperties") || code.contains("setUserVars") {
            effects.push(Effect::UserProperty);
        }
    }
    StepMeaning { effects, ..StepMeaning::default() }
}

/// As much of lowering as fixes ask of it: bodies, calls and assignments by their bytes, imports, bindings.
fn lower(text: &str, root: Node<'_>) -> LoweredFile {
    let mut file = LoweredFile::default();
    file.bodies.push(body(BodyKind::TopLevel, Span::from(0..text.len()), Span::from(0..text.len()), None));
    walk(root, &mut |node| {
        if is_function(node) {
            let inner = node.child_by_field_name("body").unwrap();
            let parent = around(&file, node.start_byte());
            file.bodies.push(body(
                BodyKind::Function,
                Span::from(node.byte_range()),
                Span::from(inner.byte_range()),
                Some(parent),
            ));
        }
        true
    });
    walk(root, &mut |node| {
        let of = |node: Node<'_>| text[node.byte_range()].to_owned();
        let id = around(&file, node.start_byte());
        match node.kind() {
            "call_expression" | "assignment_expression" | "await_expression" => {
                let step = if node.kind() == "call_expression" { call() } else { Step::Await };
                file.bodies[id.0 as usize].nodes.push(crate::lowering::Node {
                    step,
                    span: Span::from(node.byte_range()),
                    statement: None,
                    next: Vec::new(),
                    handler: None,
                    in_catch: false,
                    in_loop: None,
                });
            }
            "variable_declarator" => {
                let name = node.child_by_field_name("name").unwrap();
                let value = node.child_by_field_name("value").map(of).unwrap_or_default();
                if let Some(module) = value.strip_prefix("require('").and_then(|rest| rest.split('\'').next()) {
                    file.imports.push(Import {
                        module: module.into(),
                        name: Some(ImportName::Default),
                        local: Some(of(name).into()),
                        name_span: Span::from(name.byte_range()),
                        span: Span::from(node.byte_range()),
                        type_only: false,
                    });
                } else {
                    file.bindings.push(Binding {
                        name: of(name).into(),
                        kind: BindingKind::Variable,
                        value: Value::Unknown,
                        declared_type: None,
                        class: None,
                        body: id,
                        span: Span::from(name.byte_range()),
                    });
                }
            }
            "import_statement" => imports(text, node, &mut file.imports),
            _ => {}
        }
        true
    });
    file
}

fn imports(text: &str, statement: Node<'_>, imports: &mut Vec<Import>) {
    let of = |node: Node<'_>| &text[node.byte_range()];
    let module = of(statement.child_by_field_name("source").unwrap()).trim_matches(['\'', '"']);
    walk(statement, &mut |node| {
        let (name, local) = match node.kind() {
            "import_specifier" => {
                let name = node.child_by_field_name("name").unwrap();
                let local = node.child_by_field_name("alias").unwrap_or(name);
                (ImportName::Named(of(name).into()), local)
            }
            "namespace_import" => (ImportName::Namespace, node.named_child(0).unwrap()),
            "identifier" if node.parent().unwrap().kind() == "import_clause" => (ImportName::Default, node),
            _ => return true,
        };
        imports.push(Import {
            module: module.into(),
            name: Some(name),
            local: Some(of(local).into()),
            name_span: Span::from(node.byte_range()),
            span: Span::from(statement.byte_range()),
            type_only: false,
        });
        false
    });
}

fn around(file: &LoweredFile, offset: usize) -> BodyId {
    let offset = offset as u32;
    let inside = file.bodies().filter(|(_, body)| body.inner.start <= offset && offset < body.inner.end);
    inside.last().map_or(BodyId(0), |(id, _)| id)
}

fn call() -> Step {
    Step::Call(Box::new(Call {
        callee: Path::root(Root::Unknown),
        written: Vec::new(),
        callee_span: Span::default(),
        arguments: Vec::new(),
        handling: Handling::Discarded,
        optional: false,
        construct: false,
        caught: false,
        raced: false,
    }))
}

fn body(kind: BodyKind, span: Span, inner: Span, parent: Option<BodyId>) -> Body {
    Body {
        kind,
        name: None,
        name_span: span,
        label: None,
        class: None,
        parent,
        used_as: BodyUse::Bound,
        parameters: Vec::new(),
        span,
        inner,
        is_async: false,
        is_generator: false,
        returns_markup: false,
        broken: false,
        directives: Vec::new(),
        returns: Vec::new(),
        nodes: Vec::new(),
        statements: Vec::new(),
    }
}
