//! Calls. Owns what a call means by the tables, and which guess stands where they say nothing; must not
//! know the words behind a guess.

use std::sync::Arc;

use super::argument::{all_hold, none_holds};
use super::index::Named;
use super::pattern::Pattern;
use super::tables::CallEntry;
use super::tail::Tail;
use super::view::{FileView, PathView, RootView, view};
use super::{Anonymize, ApiForm, Effect, Identify, Lookalike, Platform, StepMeaning, Vocabulary};
use crate::lowering::{Body, BodyUse, Call, ImportName, Name, Node, Path, Root, Segment, Step, Value};

impl Named for CallEntry {
    fn paths(&self) -> &[Pattern] {
        &self.paths
    }

    fn tails(&self) -> &[Tail] {
        &self.tails
    }
}

impl Vocabulary {
    /// What a node's step means. Only calls, assignments and returned elements mean anything.
    pub fn step(&self, file: &FileView<'_>, body: &Body, node: &Node) -> StepMeaning {
        match &node.step {
            Step::Call(call) => match self.behind_an_editor(file, body, call) {
                Some(edit) => self.call(file, &edit),
                None => self.call(file, call),
            },
            Step::Assign(it) => self.assignment(file, &it.target, &it.written, &it.value),
            Step::Return(value) => match &**value {
                Value::Element { name } => self.returned_element(name),
                _ => StepMeaning::default(),
            },
            _ => StepMeaning::default(),
        }
    }

    /// A call inside an editor's closure, as if it stood behind the call of the editor: `clear()` in
    /// `prefs.edit { clear() }` is `prefs.edit().clear()`. `None` for all others.
    fn behind_an_editor(&self, file: &FileView<'_>, body: &Body, call: &Call) -> Option<Call> {
        let BodyUse::Argument { callee, written, .. } = &body.used_as else { return None };
        let opens = written.last().is_some_and(|last| self.table.names.editor_scopes.contains(&**last));
        if !opens || !file.platform.is_native() {
            return None;
        }
        let of_edited = match &call.callee.root {
            Root::Local(id) => body.parameters.contains(id),
            Root::Global(_) => call.callee.segments.is_empty(),
            _ => false,
        };
        let method = call.written.last().filter(|_| of_edited)?;
        let callee = callee.clone().then(Segment::Call).then(Segment::Member(method.clone()));
        let written = written.iter().cloned().chain([method.clone()]).collect();
        Some(Call { callee, written, ..call.clone() })
    }

    /// What a call means.
    pub fn call(&self, file: &FileView<'_>, call: &Call) -> StepMeaning {
        let names = &self.table.names;
        let callee = view(file, names, &call.callee);
        if let Some(meaning) = self.fullstory_call(file, call, &callee) {
            return meaning;
        }
        let fits = |entry: &CallEntry| {
            entry.construct == call.construct
                && on_platform(&entry.platforms, file.platform)
                && all_hold(&entry.when, &call.arguments, names, file)
                && none_holds(&entry.unless, &call.arguments, names, file)
        };
        let found =
            self.calls.find(&self.table.call, &callee, &call.written, |module| self.is_project_module(module), fits);
        match found {
            Some((CallEntry { calls: Some(position), .. }, _)) => match called(call, *position as usize) {
                Some(inner) => self.call(file, &inner),
                None => StepMeaning::default(),
            },
            Some((entry, by_tail)) => {
                let mut meaning = self.meaning_of(entry, file, call);
                if by_tail && may_be_the_projects_own(&callee) && !meaning.effects.is_empty() {
                    meaning.may_release |= meaning.effects.iter().any(ends_a_session);
                }
                meaning
            }
            None => self.guess(file, call, &callee),
        }
    }

    /// Whether a module belongs to the project itself, as far as its name tells.
    pub(super) fn is_project_module(&self, module: &str) -> bool {
        let names = &self.table.names;
        let is_unscoped = !module.starts_with('@');
        names.project_modules.iter().any(|start| module.starts_with(&**start))
            || module == "."
            || (is_unscoped && module.split('/').nth(1).is_some_and(|folder| names.project_folders.contains(folder)))
    }

    /// Whether a module of a native language is the platform's or the language's own.
    pub fn is_platform_module(&self, module: &str) -> bool {
        self.table.names.platform_modules.iter().any(|start| module.starts_with(&**start))
    }

    fn meaning_of(&self, entry: &CallEntry, file: &FileView<'_>, call: &Call) -> StepMeaning {
        let names = &self.table.names;
        let mut effects = Vec::new();
        if let Some(position) = entry.identify {
            let argument = call.arguments.get(position as usize);
            effects.push(Effect::from(Identify {
                uid: argument.map_or(Value::Unknown, |argument| argument.value.clone()),
                uid_span: argument.map(|argument| argument.span),
                asynchronous: false,
                fault: None,
                form: ApiForm::Wrapper,
                callable: call.callee_span.text(file.text).into(),
            }));
        }
        if entry.anonymize {
            effects.push(Effect::from(Anonymize {
                form: ApiForm::Wrapper,
                asynchronous: false,
                fault: None,
                deprecated: None,
                callable: call.callee_span.text(file.text).into(),
            }));
        }
        effects.extend(entry.sign_out.as_deref().map(|library| Effect::SignOut(library.into())));
        effects.extend(entry.third_party.as_deref().map(|vendor| Effect::ThirdPartySignOut(vendor.into())));
        effects.extend(entry.resets.as_deref().map(|tool| Effect::ResetsOther(tool.into())));
        effects.extend(entry.clear_auth.then_some(Effect::ClearAuth));
        effects.extend(entry.lookalike.as_deref().map(|message| lookalike(message, &call.written)));
        effects.extend(entry.request.then_some(Effect::Request));
        if let Some(reach) = entry.navigate
            && all_hold(&entry.navigate_when, &call.arguments, names, file)
            && none_holds(&entry.navigate_unless, &call.arguments, names, file)
        {
            effects.push(Effect::Navigate(reach));
        }
        StepMeaning { effects, never_throws: entry.never_throws, may_release: entry.may_release }
    }
}

/// The call that a call makes of one of its arguments: a name, or an object and its method in an array.
/// Each one has fewer arguments than the one before, so that this ends.
fn called(call: &Call, position: usize) -> Option<Call> {
    let callee = match &call.arguments.get(position)?.value {
        Value::Path(path) => path,
        Value::Array(values) => match values.as_slice() {
            [_, Value::Path(path)] => path,
            _ => return None,
        },
        _ => return None,
    };
    Some(Call {
        callee: callee.clone(),
        written: names_along(callee),
        arguments: call.arguments.get(position + 1..).unwrap_or_default().to_vec(),
        ..call.clone()
    })
}

fn names_along(path: &Path) -> Vec<Name> {
    let root = match &path.root {
        Root::Global(name) | Root::Import { name: ImportName::Named(name), .. } => Some(name.clone()),
        Root::Import { module, .. } => module.rsplit('/').next().map(Name::from),
        _ => None,
    };
    let members = path.segments.iter().filter_map(|segment| match segment {
        Segment::Member(name) => Some(name.clone()),
        _ => None,
    });
    root.into_iter().chain(members).collect()
}

/// A lookalike by a table's sentence.
pub(super) fn lookalike(message: &str, written: &[Name]) -> Effect {
    let message: Arc<str> = message.replace("{written}", &written.join(".")).into();
    Effect::Lookalike(Lookalike { message })
}

/// Whether a table's platforms hold a file's; a table without platforms holds for all.
pub(super) fn on_platform(platforms: &[Box<str>], platform: Platform) -> bool {
    platforms.is_empty() || platforms.iter().any(|family| &**family == platform.family())
}

/// An object of a project's own class, or what a project's own hook gives, may do more than it is named for.
/// In a native language such a class may need no import.
fn may_be_the_projects_own(callee: &PathView<'_>) -> bool {
    let of_instance = callee.segments.contains(&Segment::Instance);
    match callee.root {
        RootView::Import { .. } | RootView::Local(_) => of_instance || callee.segments.contains(&Segment::Call),
        RootView::Global(_) => callee.is_native && of_instance,
        _ => false,
    }
}

fn ends_a_session(effect: &Effect) -> bool {
    matches!(effect, Effect::SignOut(_) | Effect::Lookalike(_))
}
