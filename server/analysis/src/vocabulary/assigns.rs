//! Assignments and rendered elements. Owns what they mean by the tables and by the words of the target's
//! name; must not know calls.

use super::argument::{ArgumentTest, is_empty};
use super::calls::{lookalike, on_platform};
use super::index::Named;
use super::lists::NameLists;
use super::pattern::Pattern;
use super::tables::AssignEntry;
use super::tail::Tail;
use super::view::{FileView, PathView, RootView, view};
use super::words::Tokens;
use super::{ApiForm, Effect, Identify, Reach, StepMeaning, Vocabulary};
use crate::lowering::{ImportName, Name, Path, Root, Segment, Value};

impl Named for AssignEntry {
    fn paths(&self) -> &[Pattern] {
        &self.paths
    }

    fn tails(&self) -> &[Tail] {
        &self.tails
    }
}

impl Vocabulary {
    /// How far an element goes by being rendered: `<Navigate/>`, or `None` for any other element.
    pub fn element(&self, name: &str) -> Option<Reach> {
        let entry = self.table.element.iter().find(|entry| entry.names.contains(name))?;
        Some(entry.navigate)
    }

    pub(super) fn returned_element(&self, name: &str) -> StepMeaning {
        StepMeaning {
            effects: self.element(name).map(Effect::Navigate).into_iter().collect(),
            never_throws: true,
            may_release: false,
        }
    }

    /// What an assignment means. An assignment never throws, and one of a function is a definition.
    pub(super) fn assignment(
        &self,
        file: &FileView<'_>,
        target: &Path,
        written: &[Name],
        value: &Value,
    ) -> StepMeaning {
        let names = &self.table.names;
        let path = view(file, names, target);
        let fits = |entry: &AssignEntry| {
            let holds = |test: &ArgumentTest| match &test.mentions {
                Some(list) => mentions_value(value, list, names),
                None => test.holds_of(Some(value), names),
            };
            on_platform(&entry.platforms, file.platform)
                && entry.when.iter().all(holds)
                && !entry.unless.iter().any(holds)
        };
        let found =
            self.assigns.find(&self.table.assign, &path, written, |module| self.is_project_module(module), fits);
        let effects = match found {
            Some((entry, _)) => effects_of(entry, value, written),
            None if is_empty(value) && self.is_state(&path, written) => vec![Effect::ClearAuth],
            // The name of what holds the state may say little: `route = .login`, `state = .signedOut`.
            None if path.is_native && self.is_nobody_case(value) && is_seen_outside(&path) => vec![Effect::ClearAuth],
            None => Vec::new(),
        };
        StepMeaning { effects, never_throws: true, may_release: false }
    }

    /// Whether a target holds who is signed in, seen from outside the body: `user.value`, `this.token`.
    fn is_state(&self, path: &PathView<'_>, written: &[Name]) -> bool {
        is_seen_outside(path) && self.names_state(written)
    }
}

/// Whether what is assigned to outlives the body.
fn is_seen_outside(path: &PathView<'_>) -> bool {
    match path.root {
        RootView::Local(_) => !path.segments.is_empty() || path.is_top_level_variable(),
        RootView::Unknown => false,
        _ => true,
    }
}

/// Whether a word of a list is in the last name of what is assigned.
fn mentions_value(value: &Value, list: &str, names: &NameLists) -> bool {
    let path = match value {
        Value::Path(path) | Value::Call { callee: path, .. } => path,
        _ => return false,
    };
    let name = match (path.segments.iter().rev().find_map(member), &path.root) {
        (Some(name), _) => name,
        (None, Root::Global(name) | Root::Import { name: ImportName::Named(name), .. }) => name,
        _ => return false,
    };
    names.list(list).is_some_and(|words| Tokens::of(name).iter().any(|word| words.contains(word)))
}

fn member(segment: &Segment) -> Option<&Name> {
    match segment {
        Segment::Member(name) => Some(name),
        _ => None,
    }
}

fn effects_of(entry: &AssignEntry, value: &Value, written: &[Name]) -> Vec<Effect> {
    let mut effects = Vec::new();
    if entry.identify {
        effects.push(Effect::from(Identify {
            uid: match value {
                Value::Closure(_) => Value::Unknown,
                other => other.clone(),
            },
            uid_span: None,
            asynchronous: false,
            fault: None,
            form: ApiForm::Wrapper,
            callable: written.join(".").into(),
        }));
    }
    effects.extend(entry.clear_auth.then_some(Effect::ClearAuth));
    effects.extend(entry.lookalike.as_deref().map(|message| lookalike(message, written)));
    effects.extend(entry.navigate.map(Effect::Navigate));
    effects
}
