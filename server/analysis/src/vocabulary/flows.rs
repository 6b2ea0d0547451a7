//! Names of ways out. Owns how a body's name, a button's text or a class's name is read as one: the words
//! end the name, or only words follow that keep its sense; must not know what bodies do.

use super::words::Tokens;
use super::{FlowKind, FlowName, Vocabulary};

/// How many words a text on a button may have.
const LABEL_WORDS: usize = 8;

impl Vocabulary {
    /// Which way out an identifier names: `handleLogOut`, `SIGN_OUT`, `useLogout`; `None` for all others.
    pub fn flow_name(&self, name: &str) -> Option<FlowName> {
        let tokens = Tokens::of(name);
        self.flow_of(&tokens.list()).map(|kind| FlowName { kind })
    }

    /// Which way out a text on a button names: `Log out`, `Delete my account`.
    pub fn flow_label(&self, label: &str) -> Option<FlowName> {
        let tokens = Tokens::of(label);
        if tokens.len() > LABEL_WORDS {
            return None;
        }
        let names = &self.table.names;
        let words = tokens.list();
        if words.iter().any(|word| names.never.contains(*word)) {
            return None;
        }
        let (place, length, kind) = self.phrases(&words).find(|(place, length, _)| {
            let before = words.get(..*place).unwrap_or_default();
            let after = words.get(place + length..).unwrap_or_default();
            let mut after = after.iter().take_while(|word| !names.label_joints.contains(**word));
            before.iter().all(|word| names.label_before.contains(*word))
                && after.all(|word| names.label_after.contains(*word))
        })?;
        debug_assert!(place + length <= words.len());
        Some(FlowName { kind: self.refined(kind, &words) })
    }

    /// Whether a name is that of what lets somebody in: `handleLogin`, `SignUpPage`, `resetPassword`.
    pub fn is_arrival(&self, name: &str) -> bool {
        let names = &self.table.names;
        let tokens = Tokens::of(name);
        let words = tokens.list();
        let start = words.iter().take_while(|word| names.arrival_starts.contains(**word)).count();
        let rest = words.get(start..).unwrap_or_default();
        let starts = (1..=2).filter_map(|length| rest.get(..length)).any(|it| names.arrivals.contains(&*it.join(" ")));
        starts && !words.iter().any(|word| names.arrival_refusals.contains(*word))
    }

    /// Whether a class is by its name the screen on which somebody comes in: `AccountLoginViewController`.
    pub fn is_arrival_screen(&self, class: &str) -> bool {
        let names = &self.table.names;
        let tokens = Tokens::of(class);
        let mut words = tokens.list();
        let whole = words.len();
        while words.last().is_some_and(|word| names.screen_suffixes.contains(*word)) {
            words.pop();
        }
        let is_screen = words.len() < whole;
        let ends = |length: usize| Some(words.get(words.len().checked_sub(length)?..)?.join(" "));
        is_screen && (1..=2).filter_map(ends).any(|end| names.arrivals.contains(&*end))
    }

    /// Which way out a member of a class names, where the class has that one job: `LogoutUseCase.execute`.
    pub fn flow_class(&self, class: &str, member: &str) -> Option<FlowName> {
        if !self.table.names.class_members.contains(member) {
            return None;
        }
        self.without_suffixes(class, |word| {
            self.table.names.class_suffixes.contains(word) || self.table.names.page_suffixes.contains(word)
        })
    }

    /// Which way out a page, screen, scene or component names: `Logout`, `SignOutPage`. Its hooks and
    /// effects do what it is named for.
    pub fn flow_page(&self, component: &str) -> Option<FlowName> {
        self.without_suffixes(component, |word| self.table.names.page_suffixes.contains(word))
    }

    /// Whether a flag's name asks for somebody to be signed out: `logoutUser`, `shouldSignOut`.
    pub(super) fn asks_for_logout(&self, flag: &str) -> bool {
        let wishes = &self.table.names.wish_words;
        let tokens = Tokens::of(flag);
        let words = tokens.list();
        let mut phrases = self.phrases(&words).filter(|(_, _, kind)| *kind == FlowKind::UserInitiated);
        phrases.any(|(place, length, _)| {
            let mut others = words.iter().take(place).chain(words.iter().skip(place + length)).peekable();
            others.peek().is_some() && others.all(|word| wishes.contains(*word))
        })
    }

    /// Whether a parameter's name tells which device is meant: `deviceId`. Its session is one of many.
    pub fn names_a_device(&self, parameter: &str) -> bool {
        let devices = &self.table.names.devices;
        Tokens::of(parameter).iter().any(|word| devices.contains(word))
    }

    /// Whether a class's name says that it keeps a social network's session: `SocialLogin`.
    pub fn is_social(&self, class: &str) -> bool {
        let words = &self.table.names.social_words;
        Tokens::of(class).iter().any(|word| words.contains(word))
    }

    /// Whether a parameter's name says which one of many is meant: `accountId`, `id`, `account`.
    pub fn names_a_thing(&self, parameter: &str) -> bool {
        Tokens::of(parameter).list().last().is_some_and(|word| self.table.names.things.contains(*word))
    }

    /// Why a user leaves, by the words anywhere in a name or text: `logoutDueToInactivity`,
    /// `session_expired`; `None` where none of them is there.
    pub fn kind_words(&self, text: &str) -> Option<FlowKind> {
        self.reasons.find(&Tokens::of(text).list())
    }

    fn without_suffixes(&self, name: &str, is_suffix: impl Fn(&str) -> bool) -> Option<FlowName> {
        let tokens = Tokens::of(name);
        let mut words = tokens.list();
        while words.len() > 1 && words.last().is_some_and(|word| is_suffix(word)) {
            words.pop();
        }
        self.flow_of(&words).map(|kind| FlowName { kind })
    }

    /// Which way out the words of an identifier name.
    pub(super) fn flow_of(&self, words: &[&str]) -> Option<FlowKind> {
        let names = &self.table.names;
        if words.iter().any(|word| names.never.contains(*word)) {
            return None;
        }
        let pressed = words.iter().any(|word| names.press_words.contains(*word));
        let handled = words.first().is_some_and(|word| names.handle_words.contains(*word));
        let is_thing = |word: &str| {
            (pressed && names.pressed_things.contains(word)) || (handled && names.handled_things.contains(word))
        };
        let fits_before = |before: &[&str]| {
            for word in before.iter().rev() {
                if names.joints.contains(*word) {
                    return true;
                }
                if !names.before.contains(*word) && !is_thing(word) {
                    return false;
                }
            }
            true
        };
        let fits_after = |after: &[&str]| {
            for word in after {
                if names.joints.contains(*word) {
                    return true;
                }
                if !names.after.contains(*word) && !is_thing(word) && !is_number(word) {
                    return false;
                }
            }
            true
        };
        let (_, _, kind) = self.phrases(words).find(|(place, length, _)| {
            fits_before(words.get(..*place).unwrap_or_default())
                && fits_after(words.get(place + length..).unwrap_or_default())
        })?;
        Some(self.refined(kind, words))
    }

    fn phrases<'a>(&'a self, words: &'a [&'a str]) -> impl Iterator<Item = (usize, usize, FlowKind)> + 'a {
        (0..words.len())
            .flat_map(move |place| self.flows.at(words, place).map(move |(length, kind)| (place, length, kind)))
    }

    /// A logout that says why it happens is of that kind.
    fn refined(&self, kind: FlowKind, words: &[&str]) -> FlowKind {
        match kind {
            FlowKind::UserInitiated => self.reasons.find(words).unwrap_or(kind),
            other => other,
        }
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
