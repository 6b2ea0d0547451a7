//! Guesses by words. Owns what a call of an unknown callee may mean by its name: clearing auth state,
//! releasing an identity out of sight; must not know which words those are.

use super::argument::{is_empty, text_of};
use super::lists::Names;
use super::view::{FileView, PathView, RootView, view};
use super::words::Tokens;
use super::{Effect, FlowKind, Reach, StepMeaning, Vocabulary};
use crate::lowering::{Argument, Call, Handling, Name, Path, Root, Segment, Value};

impl Vocabulary {
    /// What a call may mean that no table names.
    pub(super) fn guess(&self, file: &FileView<'_>, call: &Call, callee: &PathView<'_>) -> StepMeaning {
        let Some(last) = call.written.last() else {
            return StepMeaning::default();
        };
        // An instance that is made does nothing yet, whatever its name.
        let makes_instance = callee.is_native && last.starts_with(char::is_uppercase);
        if call.construct || makes_instance {
            return StepMeaning::default();
        }
        let names = &self.table.names;
        // `put` and `commit` are other things there.
        let is_sender = !callee.is_native || names.message_senders.contains(&**last);
        if names.dispatchers.contains(&**last) && is_sender {
            return self.dispatch(file, call);
        }
        if names.committers.contains(&**last) && !callee.is_native {
            return self.commit(call);
        }
        let tokens = Tokens::of(last);
        if let Some(meaning) = self.state_change(call, callee, last, &tokens) {
            return meaning;
        }
        let receiver = self.receiver(&call.written);
        let clears = self.clears_auth(&tokens, receiver) || callee.is_native && self.empties_a_store(&tokens, receiver);
        let own_body = callee.is_own_body();
        let known_package = match callee.root {
            RootView::Import { module, .. } if callee.is_native => self.is_platform_module(module),
            RootView::Import { module, .. } => !self.is_project_module(module),
            _ => false,
        };
        // A value that is used is rather an action's than a deed's: `dispatch(clearUser())`.
        let is_value = call.handling == Handling::Used;
        let mut effects = if clears && !known_package && !is_value { vec![Effect::ClearAuth] } else { Vec::new() };
        // So is one that asks for a login's data: `val answer = repository.startLoginFlow(url)`.
        if callee.is_native && !own_body && !known_package && !is_value && self.navigates_to_login(&tokens) {
            effects.push(Effect::Navigate(Reach::InApp));
        }
        let is_action = call.written.iter().rev().skip(1).any(|name| names.action_objects.contains(&**name));
        let named = self.releases_by_word(&tokens) || (!is_value && self.releases_by_verb(&tokens, receiver));
        let hands_on = callee.is_native && self.hands_a_logout_on(call, last);
        let may_release = !own_body && (named && !is_action || hands_on);
        StepMeaning { effects, never_throws: false, may_release }
    }

    /// The object before the last name, without what only leads to it: `useStore.getState().clear`.
    fn receiver<'w>(&self, written: &'w [Name]) -> Option<&'w Name> {
        written.iter().rev().skip(1).find(|name| !self.table.names.pass_through.contains(&***name))
    }

    /// `setUser(null)`, `user$.next(null)`, `setState({ user: null })`: what says who is signed in is
    /// emptied. `None` where the call sets nothing.
    fn state_change(&self, call: &Call, callee: &PathView<'_>, last: &Name, tokens: &Tokens) -> Option<StepMeaning> {
        let names = &self.table.names;
        let verb = tokens.iter().next()?;
        let is_setter = tokens.len() > 1 && names.setter_verbs.contains(verb);
        let is_holder = names.holder_setters.contains(&**last)
            || callee.is_native && names.native_holders.contains(&**last) && self.empties_first(call);
        let is_patcher = names.state_patchers.contains(&**last);
        if !is_setter && !is_holder && !is_patcher {
            return None;
        }
        let receiver = self.receiver(&call.written);
        let first = call.arguments.first().filter(|argument| !argument.spread).map(|argument| &argument.value);
        let to_nobody = callee.is_native && first.is_some_and(|value| self.is_nobody_case(value));
        let emptied = to_nobody || first.is_some_and(is_empty);
        let named: Vec<&str> = tokens.iter().skip(1).collect();
        let clears = (is_setter && emptied && self.is_state_name(&named))
            || (is_holder && to_nobody)
            || (callee.is_native
                && is_patcher
                && call.arguments.iter().any(|argument| self.empties_labelled(argument)))
            || (is_holder && emptied && receiver.is_some_and(|name| self.is_state_name(&Tokens::of(name).list())))
            || (is_patcher && call.arguments.iter().any(|argument| self.empties_state(&argument.value)));
        let of_tracking = |name: &Name| Tokens::of(name).iter().any(|word| names.tracking_words.contains(word));
        let may_release = self.releases_by_word(tokens)
            || tokens.iter().any(|word| names.tracking_words.contains(word))
            || receiver.is_some_and(of_tracking);
        let may_release = may_release || callee.is_native && self.hands_a_logout_on(call, last);
        Some(StepMeaning {
            effects: if clears && !callee.is_own_body() { vec![Effect::ClearAuth] } else { Vec::new() },
            never_throws: call.written.len() == 1 && names.plain_setters.contains(verb),
            may_release: may_release && !callee.is_own_body(),
        })
    }

    /// Whether a call's first argument is nothing, or a state in which nobody is signed in.
    fn empties_first(&self, call: &Call) -> bool {
        let first = call.arguments.first().filter(|argument| !argument.spread);
        first.is_some_and(|argument| is_empty(&argument.value) || self.is_nobody_case(&argument.value))
    }

    /// Whether an argument's label names who is signed in and its value says nobody: `copy(user = null)`. A
    /// `session` alone may be a file transfer's.
    fn empties_labelled(&self, argument: &Argument) -> bool {
        let is_vague = |words: &[&str]| words.iter().all(|word| self.table.names.vague_subjects.contains(*word));
        let names_state = |label: &Name| {
            let tokens = Tokens::of(label);
            let words = tokens.list();
            self.is_state_name(&words) && !is_vague(&words)
        };
        argument.label.as_ref().is_some_and(names_state)
            && (is_empty(&argument.value) || self.is_nobody_case(&argument.value))
    }

    /// Whether a value is the case or class of a state in which nobody is signed in: `.signedOut`,
    /// `AuthState.Unauthenticated`, `Unauthenticated()`.
    pub fn is_nobody_case(&self, value: &Value) -> bool {
        let named = |path: &Path| path.last_member().cloned().or_else(|| root_name(path));
        let case = match value {
            Value::Path(path) => named(path),
            Value::Call { callee, .. } => named(callee),
            _ => None,
        };
        case.is_some_and(|case| self.table.names.nobody_cases.contains(&*case))
    }

    /// Whether a name says that the login or another screen for nobody comes up: `showLoginScreen`.
    pub(super) fn navigates_to_login(&self, tokens: &Tokens) -> bool {
        let names = &self.table.names;
        let rest: Vec<&str> = tokens.iter().skip(1).collect();
        let pairs = || rest.windows(2).map(|pair| pair.join(" "));
        tokens.iter().next().is_some_and(|verb| names.navigation_verbs.contains(verb))
            && !pairs().any(|pair| names.navigation_refusals.contains(&*pair))
            && only_from(&rest, &names.navigation_targets, &names.navigation_modifiers)
    }

    /// Whether a call of the project's own setter says that nobody is signed in: `setUser(null)`.
    pub fn sets_nobody(&self, call: &Call) -> bool {
        let Some(last) = call.written.last().filter(|_| !call.construct) else { return false };
        let tokens = Tokens::of(last);
        let is_setter = tokens.iter().next().is_some_and(|verb| self.table.names.setter_verbs.contains(verb));
        let named: Vec<&str> = tokens.iter().skip(1).collect();
        let emptied = call.arguments.first().is_some_and(|argument| !argument.spread && is_empty(&argument.value));
        is_setter && emptied && self.is_state_name(&named)
    }

    /// Whether an object literal empties what says who is signed in: `{ user: null, isLoggedIn: false }`.
    fn empties_state(&self, value: &Value) -> bool {
        let Value::Object { properties, .. } = value else {
            return false;
        };
        properties
            .iter()
            .any(|property| is_empty(&property.value) && self.is_state_name(&Tokens::of(&property.key).list()))
    }

    /// `dispatch(…)`: an action by its type or its creator's name. A thunk of another file may do anything
    /// that its name says.
    fn dispatch(&self, file: &FileView<'_>, call: &Call) -> StepMeaning {
        let Some(argument) = call.arguments.first() else {
            return StepMeaning::default();
        };
        match &argument.value {
            Value::Object { .. } => {
                self.by_action_type(argument.value.property("type").map(|found| &found.value), false)
            }
            Value::Text(_) => self.by_action_type(Some(&argument.value), true),
            Value::Call { callee, .. } => self.by_creator(file, callee),
            Value::Path(path) => self.by_creator(file, path),
            _ => StepMeaning::default(),
        }
    }

    /// `commit('CLEAR_USER')`: a mutation, which only changes state.
    fn commit(&self, call: &Call) -> StepMeaning {
        let first = call.arguments.first().map(|argument| &argument.value);
        match first {
            Some(Value::Object { .. }) => {
                self.by_action_type(first.and_then(|v| v.property("type")).map(|p| &p.value), false)
            }
            other => self.by_action_type(other, false),
        }
    }

    fn by_action_type(&self, action_type: Option<&Value>, runs_project_code: bool) -> StepMeaning {
        let names_of_type = match action_type {
            Some(Value::Path(path)) => path.last_member().cloned().or_else(|| root_name(path)),
            Some(other) => text_of(other).map(Name::from),
            None => None,
        };
        let Some(name) = names_of_type else {
            return StepMeaning::default();
        };
        let last = name.rsplit('/').next().unwrap_or_default();
        let tokens = Tokens::of(last);
        let logout = self.releases_by_word(&tokens);
        let clears = self.action_clears(&tokens);
        StepMeaning {
            effects: if clears { vec![Effect::ClearAuth] } else { Vec::new() },
            never_throws: false,
            may_release: runs_project_code && logout,
        }
    }

    fn by_creator(&self, file: &FileView<'_>, creator: &Path) -> StepMeaning {
        let path = view(file, &self.table.names, creator);
        let Some(name) = path.key() else {
            return StepMeaning::default();
        };
        if path.is_own_body() {
            return StepMeaning::default();
        }
        let tokens = Tokens::of(name);
        let logout = self.releases_by_word(&tokens);
        let clears = self.action_clears(&tokens);
        let plain_action = path.segments.iter().any(
            |segment| matches!(segment, Segment::Member(name) if self.table.names.action_objects.contains(&**name)),
        );
        StepMeaning {
            effects: if clears { vec![Effect::ClearAuth] } else { Vec::new() },
            never_throws: false,
            may_release: logout && !plain_action,
        }
    }

    /// Whether a name says that auth state is cleared: `clearTokens`, `purgeAuth`, or `clear` of a
    /// receiver that holds it.
    pub(super) fn clears_auth(&self, tokens: &Tokens, receiver: Option<&Name>) -> bool {
        let names = &self.table.names;
        let mut words = tokens.iter();
        let Some(verb) = words.next() else {
            return false;
        };
        if tokens.len() == 1 {
            return names.receiver_clear_verbs.contains(verb) && receiver.is_some_and(|name| self.holds_auth(name));
        }
        let rest: Vec<&str> = words.collect();
        names.clear_verbs.contains(verb)
            && only_from(&rest, &names.auth_subjects, &names.auth_modifiers)
            && !self.manages_people(tokens, &rest)
    }

    /// `deleteUser` and `removeUser` manage people; they forget nobody.
    fn manages_people(&self, tokens: &Tokens, rest: &[&str]) -> bool {
        let names = &self.table.names;
        tokens.iter().next().is_some_and(|verb| names.managing_verbs.contains(verb))
            && !rest.is_empty()
            && rest.iter().all(|word| names.managed_people.contains(*word))
    }

    fn holds_auth(&self, receiver: &str) -> bool {
        let names = &self.table.names;
        let tokens = Tokens::of(receiver);
        only_from(&tokens.list(), &names.auth_subjects, &names.receiver_suffixes)
    }

    /// Whether written identifiers name who is signed in: `user.value`, `state.token`, `isLoggedIn`.
    pub(super) fn names_state(&self, written: &[Name]) -> bool {
        let names = &self.table.names;
        let last = written.iter().rev().find(|name| !names.box_members.contains(&***name));
        last.is_some_and(|name| self.is_state_name(&Tokens::of(name).list()))
    }

    /// Whether written identifiers name a session and nothing that says whose: `activeSession`.
    pub fn holds_a_session(&self, written: &[Name]) -> bool {
        let names = &self.table.names;
        let last = written.iter().rev().find(|name| !names.box_members.contains(&***name));
        last.is_some_and(|name| only_from(&Tokens::of(name).list(), &names.vague_subjects, &names.session_modifiers))
    }

    /// Whether a call only stops a session that may be anything's: `session.invalidate()`.
    pub fn stops_a_session(&self, written: &[Name]) -> bool {
        let Some((last, receiver)) = written.split_last() else { return false };
        self.table.names.session_stoppers.contains(&**last) && self.holds_a_session(receiver)
    }

    /// Whether a name speaks of a session, which may be anything's, and of no user: `finishSession`.
    pub fn names_a_session(&self, name: &str) -> bool {
        let names = &self.table.names;
        let tokens = Tokens::of(name);
        let words = tokens.list();
        words.iter().any(|word| names.vague_subjects.contains(*word))
            && !words.iter().any(|word| names.session_owners.contains(*word))
    }

    fn is_state_name(&self, words: &[&str]) -> bool {
        let names = &self.table.names;
        only_from(words, &names.state_subjects, &names.state_modifiers)
    }

    /// Whether a verb and what it is done to mean that an identity may be released: `trackers.resetUser()`.
    fn releases_by_verb(&self, tokens: &Tokens, receiver: Option<&Name>) -> bool {
        let names = &self.table.names;
        let releases = tokens.iter().next().is_some_and(|verb| names.release_verbs.contains(verb));
        let rest: Vec<&str> = tokens.iter().skip(1).collect();
        if !releases || self.manages_people(tokens, &rest) {
            return false;
        }
        let of_name = rest.iter().any(|word| names.release_subjects.contains(*word));
        let of_receiver = || {
            tokens.len() == 1
                && receiver.is_some_and(|name| {
                    let words = Tokens::of(name);
                    let only_stores = words.list().last().is_some_and(|word| names.inert_stores.contains(*word));
                    !only_stores && words.iter().any(|word| names.release_subjects.contains(word))
                })
        };
        of_name || of_receiver()
    }

    /// Whether something is removed from what holds nothing but a login: `keychainController.removeTokenFor`.
    fn empties_a_store(&self, tokens: &Tokens, receiver: Option<&Name>) -> bool {
        let names = &self.table.names;
        let is_store = |name: &Name| Tokens::of(name).iter().any(|word| names.auth_stores.contains(word));
        tokens.iter().next().is_some_and(|verb| names.clear_verbs.contains(verb)) && receiver.is_some_and(is_store)
    }

    /// `bloc.add(LogoutRequested())`, `actions.send(.signOut)`: who takes the message may release the identity.
    fn hands_a_logout_on(&self, call: &Call, last: &str) -> bool {
        let names_it = |value: &Value| {
            let path = match value {
                Value::Path(path) | Value::Call { callee: path, .. } => path,
                Value::Text(text) => return self.releases_by_word(&Tokens::of(text)),
                _ => return false,
            };
            let name = path.last_member().cloned().or_else(|| root_name(path));
            name.is_some_and(|name| self.releases_by_word(&Tokens::of(&name)))
        };
        // `UserEventSignOut().send()` sends itself.
        let message = call.written.iter().rev().nth(1).filter(|name| name.starts_with(char::is_uppercase));
        self.table.names.message_senders.contains(last)
            && (call.arguments.iter().any(|argument| names_it(&argument.value))
                || message.is_some_and(|message| self.releases_by_word(&Tokens::of(message))))
    }

    /// Whether a name holds a logout, or another word that means a release by itself, wherever it stands.
    fn releases_by_word(&self, tokens: &Tokens) -> bool {
        let words = tokens.list();
        if words.iter().any(|word| self.table.names.inert_words.contains(*word)) || self.only_reports(&words) {
            return false;
        }
        self.releases.find(&words).is_some()
            || self.flows.find(&words).is_some_and(|kind| kind != FlowKind::ContextSwitch)
    }

    /// Whether a name says that a logout is written down somewhere: `logSignOutAction`, not `logOutNow`.
    fn only_reports(&self, words: &[&str]) -> bool {
        words.first().is_some_and(|word| self.table.names.report_verbs.contains(*word))
            && self.flows.at(words, 0).next().is_none()
            && self.releases.at(words, 0).next().is_none()
    }

    /// Whether a store's action says that who is signed in is forgotten.
    fn action_clears(&self, tokens: &Tokens) -> bool {
        let ends = matches!(self.flow_of(&tokens.list()), Some(kind) if !matches!(kind, FlowKind::Switch | FlowKind::ContextSwitch));
        ends || self.clears_auth(tokens, None)
    }
}

/// Whether words are all from two lists, and one at least from the first.
pub(super) fn only_from(words: &[&str], subjects: &Names, modifiers: &Names) -> bool {
    words.iter().any(|word| subjects.contains(*word))
        && words.iter().all(|word| subjects.contains(*word) || modifiers.contains(*word))
}

fn root_name(path: &Path) -> Option<Name> {
    match &path.root {
        Root::Global(name) => Some(name.clone()),
        Root::Import { name: crate::lowering::ImportName::Named(name), .. } => Some(name.clone()),
        _ => None,
    }
}
