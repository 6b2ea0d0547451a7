//! What conditions ask, and whose uid an expression is.

use std::sync::Arc;

use super::{Reader, WEB};
use crate::lowering::{Condition, Name, Relation, Value};
use crate::source::Span;
use crate::vocabulary::{ConditionMeaning, FileView, Vocabulary};

const SDK_FILE: &str = "import { FullStory, isInitialized } from '@fullstory/browser'";

fn meaning(subject: &str, relation: Relation, text: &str, guards: &[Arc<str>]) -> ConditionMeaning {
    let mut reader = Reader::new(subject);
    let value = reader.value();
    let (_, written) = reader.path(subject);
    let condition = Condition { subject: value, written, relation, span: Span::default(), text: Name::from(subject) };
    let view = FileView { path: "a.ts", text, lowered: &reader.lowered, platform: WEB };
    Vocabulary::builtin().asked(&view, &condition).in_project(&condition, guards)
}

fn check(rows: &[(&str, Relation, ConditionMeaning)]) {
    let mut wrong = Vec::new();
    for (subject, relation, wanted) in rows {
        let found = meaning(subject, relation.clone(), SDK_FILE, &[]);
        if found != *wanted {
            wrong.push(format!("{subject} {relation:?}: wanted {wanted:?}, found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn text(value: &str) -> Relation {
    Relation::Equals(Value::Text(value.into()))
}

#[test]
fn the_sdk() {
    use ConditionMeaning::{Other, SdkMissing, SdkPresent, Succeeded};
    check(&[
        ("FS", Relation::Truthy, SdkPresent),
        ("window.FS", Relation::Truthy, SdkPresent),
        ("window.FS", Relation::Present, SdkPresent),
        ("FS", Relation::TypeOf("undefined".into()), SdkMissing),
        ("FS", Relation::TypeOf("function".into()), SdkPresent),
        ("window.FS", Relation::Equals(Value::Undefined), SdkMissing),
        ("window.FS", Relation::Equals(Value::Null), SdkMissing),
        ("FS._v", Relation::Truthy, SdkPresent),
        ("window.FS.anonymize", Relation::Truthy, SdkPresent),
        ("@fullstory/browser#FullStory", Relation::Truthy, SdkPresent),
        ("@fullstory/browser#isInitialized()", Relation::Truthy, SdkPresent),
        ("isFsInitialized()", Relation::Truthy, SdkPresent),
        ("config.fullstoryEnabled", Relation::Truthy, SdkPresent),
        ("FULLSTORY_ORG_ID", Relation::Truthy, SdkPresent),
        ("this.initialized", Relation::Truthy, SdkPresent),
        ("window", Relation::TypeOf("undefined".into()), SdkMissing),
        ("window", Relation::Truthy, SdkPresent),
        ("__DEV__", Relation::Truthy, SdkMissing),
        ("process.env.NODE_ENV", text("production"), SdkPresent),
        ("process.env.NODE_ENV", text("development"), SdkMissing),
        ("process.env.NODE_ENV", text("test"), SdkMissing),
        ("process.env.FULLSTORY_ORG", Relation::Truthy, SdkPresent),
        ("import.meta.env.PROD", Relation::Truthy, SdkPresent),
        ("import.meta.env.DEV", Relation::Truthy, SdkMissing),
        ("flags.newLogout", Relation::Truthy, Other),
        ("options.redirect", Relation::Truthy, Other),
        ("response.ok", Relation::Truthy, Succeeded),
        ("./apollo#client", Relation::Truthy, Other),
    ]);
    assert_eq!(meaning("this.initialized", Relation::Truthy, "class A {}", &[]), Other);
}

#[test]
fn a_switch_that_guards_an_identify_asks_for_the_sdk() {
    let guards: [Arc<str>; 1] = ["flags.analytics".into()];
    assert_eq!(meaning("flags.analytics", Relation::Truthy, "", &guards), ConditionMeaning::SdkPresent);
    assert_eq!(meaning("flags.other", Relation::Truthy, "", &guards), ConditionMeaning::Other);
}

#[test]
fn who_is_signed_in() {
    use ConditionMeaning::{Failed, NobodySignedIn, Other, SomebodySignedIn};
    check(&[
        ("user", Relation::Truthy, SomebodySignedIn),
        ("user", Relation::Present, SomebodySignedIn),
        ("user", Relation::Equals(Value::Null), NobodySignedIn),
        ("user", Relation::Equals(Value::Undefined), NobodySignedIn),
        ("currentUser", Relation::Truthy, SomebodySignedIn),
        ("this.props.user", Relation::Truthy, SomebodySignedIn),
        ("~user", Relation::Truthy, SomebodySignedIn),
        ("user.id", Relation::Truthy, SomebodySignedIn),
        ("user.value", Relation::Truthy, SomebodySignedIn),
        ("session", Relation::Truthy, SomebodySignedIn),
        ("session.user", Relation::Truthy, SomebodySignedIn),
        ("token", Relation::Truthy, SomebodySignedIn),
        ("uid", Relation::Equals(Value::Text("".into())), NobodySignedIn),
        ("accessToken", Relation::Truthy, SomebodySignedIn),
        ("isAuthenticated", Relation::Truthy, SomebodySignedIn),
        ("isLoggedIn", Relation::Equals(Value::Boolean(false)), NobodySignedIn),
        ("isLoggedIn", Relation::Equals(Value::Boolean(true)), SomebodySignedIn),
        ("this.auth.isLoggedIn()", Relation::Truthy, SomebodySignedIn),
        ("getToken()", Relation::Truthy, SomebodySignedIn),
        ("status", text("unauthenticated"), NobodySignedIn),
        ("status", text("authenticated"), SomebodySignedIn),
        ("event", text("SIGNED_OUT"), NobodySignedIn),
        ("event", text("SIGNED_IN"), SomebodySignedIn),
        ("isGuest", Relation::Truthy, NobodySignedIn),
        ("user.isAnonymous", Relation::Truthy, NobodySignedIn),
        ("isLoggedOut", Relation::Truthy, NobodySignedIn),
        ("payload.event", text("signOut"), NobodySignedIn),
        ("key", text("signOut"), Other),
        ("error.code", text("UNAUTHENTICATED"), Other),
        ("error.code", text("unauthorized"), Other),
        ("error.response.status", Relation::Equals(Value::Number("401".into())), Other),
        ("newUser", Relation::Truthy, Other),
        ("user.isAdmin", Relation::Truthy, Other),
        ("user.name", Relation::Truthy, Other),
        ("users.length", Relation::Truthy, Other),
        ("csrfToken", Relation::Truthy, Other),
        ("pushToken", Relation::Truthy, Other),
        ("error", Relation::Truthy, Failed),
        ("status", text("loading"), Other),
        ("userMenuOpen", Relation::Truthy, Other),
    ]);
}

#[test]
fn whose_uid() {
    let current = |text: &str| {
        let mut reader = Reader::new(text);
        let value = reader.value();
        let view = FileView { path: "a.ts", text, lowered: &reader.lowered, platform: WEB };
        Vocabulary::builtin().is_current_user(&view, &value)
    };
    for text in [
        "currentUser.id",
        "firebase/auth#getAuth().currentUser.uid",
        "./auth#auth.currentUser.uid",
        "./useAuth#useAuth().user.id",
        "session.user.email",
        "./store#userStore.user.id",
        "this.user.id",
        "this.props.user.id",
        "./auth#useUser().id",
        "./store#authStore.user.id",
    ] {
        assert!(current(text), "{text}");
    }
    for text in [
        "~user.id",
        "~currentUser.id",
        "newUser.id",
        "response.user.id",
        "'user-1'",
        "data.id",
        "nextUser.uid",
        "account.id",
    ] {
        assert!(!current(text), "{text}");
    }
}
