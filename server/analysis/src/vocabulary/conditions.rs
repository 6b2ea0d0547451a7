//! Conditions. Owns what a condition asks about the SDK or about who is signed in; must not know where
//! control goes from it.

use std::sync::Arc;

use memchr::memmem;

use super::argument::is_empty;
use super::guesses::only_from;
use super::view::{FileView, PathView, RootView, view};
use super::words::Tokens;
use super::{ConditionMeaning, Platform, Vocabulary};
use crate::lowering::{Condition, ImportName, Name, Relation, Root, Segment, Value};

/// How the native languages ask for a type.
const TYPE_QUESTIONS: [&str; 2] = [" is ", " instanceof "];

/// What a condition means by itself, when it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    meaning: ConditionMeaning,
    /// Whether it means something else where the project makes it a switch of the SDK.
    may_be_switch: bool,
}

impl Asked {
    /// What it means in a project. `identify_guards` are the texts (without white space) of conditions that guard an
    /// identify there: such a switch asks for the SDK.
    pub fn in_project(self, condition: &Condition, identify_guards: &[Arc<str>]) -> ConditionMeaning {
        let is_switch = self.may_be_switch && identify_guards.contains(&condition.text);
        if is_switch { ConditionMeaning::SdkPresent } else { self.meaning }
    }
}

impl Vocabulary {
    /// What a condition means by itself, when it holds.
    pub fn asked(&self, file: &FileView<'_>, condition: &Condition) -> Asked {
        match self.asked_of_sdk_or_user(file, condition) {
            Some(meaning) => Asked { meaning, may_be_switch: false },
            None => {
                let meaning = self.asks_for_outcome(file, condition).unwrap_or(ConditionMeaning::Other);
                Asked { meaning, may_be_switch: true }
            }
        }
    }

    fn asked_of_sdk_or_user(&self, file: &FileView<'_>, condition: &Condition) -> Option<ConditionMeaning> {
        if let Some(meaning) = self.build_switch(file, condition) {
            return Some(meaning);
        }
        if let Some(holds) = self.asks_for_sdk(file, condition) {
            return Some(if holds { ConditionMeaning::SdkPresent } else { ConditionMeaning::SdkMissing });
        }
        let somebody = self.asks_for_user(file, condition)?;
        Some(if somebody { ConditionMeaning::SomebodySignedIn } else { ConditionMeaning::NobodySignedIn })
    }

    /// `if (error)`, `if (!response.ok)`: whether the step before failed; `if (logoutUser)`: whether there is
    /// to be one.
    fn asks_for_outcome(&self, file: &FileView<'_>, condition: &Condition) -> Option<ConditionMeaning> {
        let names = &self.table.names;
        if let Some(case) = asked_case(file, condition) {
            let lower = case.to_ascii_lowercase();
            let failed = names.failure_subjects.contains(&*lower).then_some(ConditionMeaning::Failed);
            let succeeded = names.success_subjects.contains(&*lower).then_some(ConditionMeaning::Succeeded);
            return failed.or(succeeded);
        }
        let last = condition.written.last()?;
        let negated = match &condition.relation {
            Relation::Truthy | Relation::Present | Relation::Equals(Value::Boolean(true)) => false,
            Relation::Equals(value) if is_empty(value) => true,
            _ => return None,
        };
        if self.asks_for_logout(last) {
            return Some(if negated { ConditionMeaning::Staying } else { ConditionMeaning::Leaving });
        }
        if names.failure_subjects.contains(&**last) {
            return Some(if negated { ConditionMeaning::Succeeded } else { ConditionMeaning::Failed });
        }
        names.success_subjects.contains(&**last).then_some(if negated {
            ConditionMeaning::Failed
        } else {
            ConditionMeaning::Succeeded
        })
    }

    /// `__DEV__`, `process.env.NODE_ENV === 'production'`, `import.meta.env.PROD`.
    fn build_switch(&self, file: &FileView<'_>, condition: &Condition) -> Option<ConditionMeaning> {
        let names = &self.table.names;
        let path = condition.subject.path()?;
        let path = view(file, names, &path);
        let last = condition.written.last()?;
        let in_environment = condition.written.iter().any(|name| names.environment_objects.contains(&**name));
        let is_switch = names.development_switches.contains(&**last) || names.production_switches.contains(&**last);
        if !in_environment && (!is_switch || matches!(path.root, RootView::Local(_))) {
            return None;
        }
        let development =
            |holds: bool| Some(if holds { ConditionMeaning::SdkMissing } else { ConditionMeaning::SdkPresent });
        match &condition.relation {
            Relation::Equals(Value::Text(value)) => development(names.development_values.contains(&**value)),
            Relation::Equals(value) if is_empty(value) => development(!names.development_switches.contains(&**last)),
            Relation::Truthy | Relation::Present | Relation::Equals(Value::Boolean(true)) => {
                development(names.development_switches.contains(&**last))
            }
            _ => None,
        }
    }

    /// Whether a condition that holds says that the SDK is there (`true`) or missing (`false`).
    fn asks_for_sdk(&self, file: &FileView<'_>, condition: &Condition) -> Option<bool> {
        let names = &self.table.names;
        let subject = condition.subject.path();
        let about_sdk = subject.as_ref().is_some_and(|path| self.is_about_sdk(&view(file, names, path)))
            || self.is_sdk_flag(file, &condition.written);
        let about_window = || {
            subject.as_ref().is_some_and(|path| match &path.root {
                Root::Global(name) if path.segments.is_empty() => {
                    names.global_objects.contains(&**name) || &**name == "document"
                }
                _ => false,
            })
        };
        if !about_sdk && !about_window() {
            return None;
        }
        match &condition.relation {
            Relation::Truthy | Relation::Present => Some(true),
            Relation::TypeOf(kind) => Some(&**kind != "undefined"),
            Relation::Equals(value) if is_empty(value) => Some(false),
            Relation::Equals(Value::Boolean(true)) => Some(true),
            _ => None,
        }
    }

    /// The callable itself, a method or field of it, or a function of the SDK: `FS`, `FS._v`, `isInitialized()`.
    fn is_about_sdk(&self, path: &PathView<'_>) -> bool {
        let is_module = |module: &str| self.table.fullstory.module.iter().any(|entry| entry.module.matches(module));
        let mut segments = path.segments;
        loop {
            let shorter = PathView { segments, ..*path };
            if self.callable(&shorter).is_some() {
                return true;
            }
            match segments {
                [before @ .., _] => segments = before,
                [] => break,
            }
        }
        matches!(path.root, RootView::Import { module, name: ImportName::Named(_) } if is_module(module))
    }

    /// A flag whose name speaks of the SDK, or of readiness in a file that speaks of the SDK.
    fn is_sdk_flag(&self, file: &FileView<'_>, written: &[Name]) -> bool {
        let names = &self.table.names;
        let speaks = written.iter().any(|name| {
            let tokens = Tokens::of(name);
            let words = tokens.list();
            words.iter().any(|word| names.sdk_words.contains(*word))
                || words.windows(2).any(|pair| pair == ["full", "story"])
        });
        speaks
            || written.last().is_some_and(|last| names.ready_names.contains(&**last)) && self.speaks_of_sdk(file.text)
    }

    /// Whether a text speaks of the SDK, so that what is ready in it is most likely that.
    pub fn speaks_of_sdk(&self, text: &str) -> bool {
        self.table.names.sdk_marks.iter().any(|mark| memmem::find(text.as_bytes(), mark.as_bytes()).is_some())
    }

    /// Whether a condition that holds says that somebody is signed in (`true`) or nobody (`false`).
    fn asks_for_user(&self, file: &FileView<'_>, condition: &Condition) -> Option<bool> {
        let names = &self.table.names;
        if let Some(case) = asked_case(file, condition) {
            let nobody = names.nobody_cases.contains(case).then_some(false);
            return nobody.or_else(|| names.somebody_cases.contains(case).then_some(true));
        }
        if let Relation::Equals(Value::Text(value)) = &condition.relation
            && !value.is_empty()
        {
            let of_event = condition.written.last().is_some_and(|last| names.event_subjects.contains(&**last));
            let nobody = names.nobody_values.contains(&**value) || of_event && names.nobody_events.contains(&**value);
            return if nobody { Some(false) } else { names.somebody_values.contains(&**value).then_some(true) };
        }
        // A key of a dictionary, and what a notification carries, is nobody.
        let is_ios = matches!(file.platform, Platform::Ios(_));
        let carried = |name: &Name| is_ios && names.notification_members.contains(&**name);
        let of_key = file.platform.is_native()
            && matches!(&condition.subject, Value::Path(path) if path.segments.last() == Some(&Segment::Computed));
        if of_key || condition.written.last().is_some_and(carried) {
            return None;
        }
        let subject = condition.written_subject(self);
        let words = subject.as_ref().map(Tokens::list).unwrap_or_default();
        let about = |subjects| !words.is_empty() && only_from(&words, subjects, &names.user_modifiers);
        let of_user = about(&names.user_subjects);
        let of_nobody = !of_user && about(&names.nobody_subjects);
        if !of_user && !of_nobody {
            return None;
        }
        match &condition.relation {
            Relation::Truthy | Relation::Present | Relation::Equals(Value::Boolean(true)) => Some(of_user),
            Relation::Equals(value) if is_empty(value) => Some(!of_user),
            _ => None,
        }
    }

    /// Whether a uid is that of whoever is signed in now: `currentUser.id`, `useAuth().user.id`,
    /// `session.user`. A parameter's is not: it may be anybody's.
    pub fn is_current_user(&self, file: &FileView<'_>, uid: &Value) -> bool {
        let Some(path) = uid.path() else {
            return match uid {
                Value::Either(values) => {
                    !values.is_empty() && values.iter().all(|value| self.is_current_user(file, value))
                }
                _ => false,
            };
        };
        let seen = view(file, &self.table.names, &path);
        if seen.is_parameter() {
            return false;
        }
        self.are_current_user(&names_of(&seen))
    }

    /// Whether written names are those of whoever is signed in now, an id at their end or not: `this.user.uid`.
    pub fn are_current_user(&self, names: &[&str]) -> bool {
        let ids = &self.table.names.id_names;
        let end = names.iter().rposition(|name| !ids.contains(*name)).map_or(0, |at| at + 1);
        let names = names.get(..end).unwrap_or_default();
        self.table.names.current_users.iter().any(|wanted| ends_with_names(names, wanted))
    }
}

impl Condition {
    /// The words of what is asked about: of `session.user.value` those of `user`.
    fn written_subject(&self, vocabulary: &Vocabulary) -> Option<Tokens> {
        let names = &vocabulary.table.names;
        let last = self.written.iter().rev().find(|name| !names.box_members.contains(&***name))?;
        let is_id = self.written.len() > 1 && names.id_names.contains(&**last);
        let subject = if is_id {
            let at = self.written.iter().rposition(|name| name == last)?;
            self.written.get(at.checked_sub(1)?)?
        } else {
            last
        };
        Some(Tokens::of(subject))
    }
}

/// The case or class that a condition of a native language asks for: of `state == .signedOut` and of
/// `state is Unauthenticated`; `None` where it asks anything else.
fn asked_case<'c>(file: &FileView<'c>, condition: &'c Condition) -> Option<&'c str> {
    if !file.platform.is_native() {
        return None;
    }
    if condition.relation == Relation::Other {
        return asked_type(condition.span.text(file.text));
    }
    let path = match &condition.relation {
        Relation::Equals(Value::Path(path)) => path,
        Relation::Equals(Value::Call { callee, .. }) => callee,
        _ => return None,
    };
    match (path.segments.last(), &path.root) {
        (Some(Segment::Member(name)), _) => Some(name),
        (None, Root::Global(name) | Root::Import { name: ImportName::Named(name), .. }) => Some(name),
        _ => None,
    }
}

/// The class of a question for a type: `state is AuthState.Unauthenticated`, `state instanceof SignedOut`.
fn asked_type(condition: &str) -> Option<&str> {
    let (_, asked) = TYPE_QUESTIONS.iter().find_map(|word| condition.split_once(word))?;
    let name =
        asked.trim().split(|character: char| !character.is_alphanumeric() && !"_.".contains(character)).next()?;
    name.rsplit('.').next().filter(|name| !name.is_empty())
}

/// The names along a path; `this` for the receiver.
fn names_of<'a>(seen: &PathView<'a>) -> Vec<&'a str> {
    let root = match seen.root {
        RootView::This(_) => Some("this"),
        _ => seen.root_name(),
    };
    let members = seen.segments.iter().filter_map(|segment| match segment {
        Segment::Member(name) => Some(&**name),
        _ => None,
    });
    root.into_iter().chain(members).collect()
}

/// Whether names end with those of a notation: `*Store.user` and `currentUser`.
fn ends_with_names(names: &[&str], wanted: &str) -> bool {
    let wanted: Vec<&str> = wanted.split('.').collect();
    if names.len() < wanted.len() {
        return false;
    }
    let last = names.get(names.len() - wanted.len()..).unwrap_or_default();
    last.iter().zip(wanted).all(|(name, wanted)| match wanted.strip_prefix('*') {
        Some(end) => name.to_ascii_lowercase().ends_with(&end.to_ascii_lowercase()),
        None => *name == wanted,
    })
}
