//! What rules say: the calls that they name, in the file's own words, and the places on the way. Owns the
//! words that several rules share; must not know any one rule.

use std::fmt::Display;
use std::sync::Arc;

use super::judged::{Judged, Unit};
use super::{Finding, Related, Rule, Severity};
use crate::database::SourceFile;
use crate::identity::{Flow, NodeAt, Seen};
use crate::source::Span;
use crate::vocabulary::{ApiForm, Effect, Fault, Reach, platform_form};

impl<'a> Judged<'a> {
    /// The call that releases the identity, as its fix would write it: on what the file calls the SDK by,
    /// or would.
    pub(super) fn anonymize_call(&self) -> String {
        self.written(&self.texts().anonymize)
    }

    /// A form of the platform's texts as a person would read it: on what the file calls the SDK by, or
    /// would, with names in the place of values.
    pub(super) fn written(&self, form: &str) -> String {
        let used = self.effects().find_map(|(_, effect)| {
            let (callable, fault, form) = match effect {
                Effect::Anonymize(it) => (&it.callable, &it.fault, it.form),
                Effect::Identify(it) => (&it.callable, &it.fault, it.form),
                _ => return None,
            };
            let is_the_sdk = form != ApiForm::Wrapper && !matches!(fault, Some(Fault::Platform { .. }));
            Some(&**callable).filter(|callable| is_the_sdk && !callable.is_empty())
        });
        let callable = used.or_else(|| self.callable_to_write()).unwrap_or(&self.texts().callable);
        let form = form.replace("{callable}", callable).replace("{uid}", "user.id").replace("{name}", "…");
        form.replace("{properties}", "properties")
    }

    /// What a file without a call of the SDK would call it by: its import, the configured global, or an
    /// import that is yet to be written.
    fn callable_to_write(&self) -> Option<&'a str> {
        let form = platform_form(self.platform())?;
        let imports = &self.lowered.imports;
        let mut own = imports.iter().filter(|import| *import.module == *form.module && !import.type_only);
        if let Some(local) = own.find_map(|import| import.local.as_deref()) {
            return Some(local);
        }
        let project = self.file.project(self.db);
        if let Some(namespace) = project.settings(self.db).namespace.as_deref() {
            return Some(namespace);
        }
        (project.manifest(self.db).declares_package && !imports.is_empty()).then_some(&*form.binding)
    }

    /// The import that binds the platform's callable; empty where it is a global.
    pub(super) fn import_line(&self) -> String {
        let texts = self.texts();
        let line = texts.import_line.as_deref().unwrap_or_default();
        line.replace("{callable}", &texts.callable).replace("{q}", "'")
    }

    /// How many calls about identity the platform takes.
    pub(super) fn identity_limit(&self) -> String {
        let texts = self.texts();
        format!("{} such calls a minute and {} a second", texts.calls_a_minute, texts.calls_a_second)
    }

    /// What a finding adds where the SDK is there and identifies nobody yet.
    pub(super) fn not_set_yet(&self) -> &'static str {
        if self.identity_is_set {
            ""
        } else {
            " (Fullstory is part of this project, and no call that identifies a user was found yet.)"
        }
    }

    /// Where something is, in words: "on line 12", or "in App.tsx on line 12" where it is another file. Only
    /// related locations are whole paths, as each front end shows paths its own way.
    pub(super) fn spoken_place(&self, path: &str, line: impl Display) -> String {
        if path == &**self.file.path(self.db) {
            return format!("on line {line}");
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        format!("in {name} on line {line}")
    }

    /// A related location at a node.
    pub(super) fn related(&self, at: NodeAt, message: impl Into<String>) -> Related {
        self.related_span(at.0.file, self.node(at).span, message)
    }

    pub(super) fn related_span(&self, file: SourceFile, span: Span, message: impl Into<String>) -> Related {
        Related { path: Arc::clone(file.path(self.db)), span, message: message.into() }
    }

    /// The path to what was seen, told step by step: where the flow starts, and the calls on the way.
    pub(super) fn story(&self, unit: &Unit<'_>, seen: &Seen, reported: NodeAt) -> Vec<Related> {
        let mut story = Vec::new();
        if let Some(flow) = unit.flow {
            let root = self.body(unit.root);
            story.push(self.related_span(unit.root.file, root.name_span, starts(flow)));
        }
        let calls = seen.chain.iter().filter(|link| **link != reported && self.call(**link).is_some());
        story.extend(calls.map(|link| self.related(*link, format!("calls `{}` here", self.callee_name(*link)))));
        story
    }

    /// The callee of a node as it is written.
    pub(super) fn callee_name(&self, at: NodeAt) -> String {
        let text = at.0.file.text(self.db);
        self.call(at).map(|call| call.callee_span.text(text).split_whitespace().collect()).unwrap_or_default()
    }

    /// "leaves the page here", in the words for how far a navigation goes.
    pub(super) fn leaves(&self, at: NodeAt) -> String {
        format!("{} here", self.leaves_what(self.reach(at)))
    }

    /// What a navigation of some reach leaves.
    pub(super) fn leaves_what(&self, reach: Option<Reach>) -> &'static str {
        match reach {
            Some(Reach::Document) => "leaves the page",
            _ if self.platform().is_web() => "leaves the view",
            _ => "leaves the screen",
        }
    }

    /// A finding with nothing but what every one has.
    pub(super) fn finding(&self, rule: Rule, severity: Severity, span: Span, message: String, help: String) -> Finding {
        Finding { rule, severity, span, message, help, related: Vec::new(), tag: None, remedies: Vec::new() }
    }
}

/// How a story begins.
fn starts(flow: &Flow) -> String {
    format!("{} `{}` starts here", flow.kind.describe(), flow.title)
}
