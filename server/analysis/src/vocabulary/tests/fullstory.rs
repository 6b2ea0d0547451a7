//! Fullstory's own calls: every row of the API's tables, on each platform.

use super::{REACT_NATIVE, Reader, WEB, WEB_V1, check, check_assigned, check_on, meaning, meaning_on, summary};
use crate::lowering::{Import, ImportName};
use crate::source::Span;
use crate::vocabulary::{Effect, Fault, FileView, Platform, Vocabulary};

#[test]
fn options_of_set_identity() {
    check(&[
        ("FS('setIdentity', { anonymous: true })", "anonymize"),
        ("FS('setIdentityAsync', { anonymous: true })", "anonymize"),
        ("FS('setIdentity', { anonymous: true }, 'segment-browser-actions')", "anonymize"),
        ("FS('setIdentity', { anonymous: true, consent: false })", "anonymize"),
        ("FS('setIdentity', { uid: user.id })", "identify"),
        ("FS('setIdentity', { uid: 'user-1', properties: p })", "identify"),
        ("FS('setIdentity', { uid: user.id, consent: true })", "identify"),
        ("FS('setIdentity', { uid })", "identify"),
        ("FS('setIdentity', { uid: user.id, anonymous: false })", "identify"),
        ("FS('setIdentity', { uid: user.id, anonymous: undefined })", "identify"),
        ("FS('setIdentity', { consent: true })", ""),
        ("FS('setIdentity', { consent: false })", "lookalike"),
        ("FS('setIdentity', { consent: c })", ""),
        ("FS('setIdentity', { uid: null })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: undefined })", "anonymize:syntax"),
        ("FS('setIdentity', {})", "anonymize:syntax"),
        ("FS('setIdentity')", "anonymize:syntax"),
        ("FS('setIdentity', undefined)", "anonymize:syntax"),
        ("FS('setIdentity', { uid: '' })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: ' ' })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: 'anonymous' })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: 'Anonymous' })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: 'guest' })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: 'anon' })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: 'logged-out' })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: 'undefined' })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: 'null' })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: '0' })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: '-1' })", "anonymize:syntax"),
        ("FS('setIdentity', { uid: false })", "anonymize:deprecated"),
        ("FS('setIdentity', false)", "anonymize:deprecated"),
        ("FS('setIdentity', null)", "anonymize:syntax"),
        ("FS('setIdentity', 'user-1')", "identify"),
        ("FS('setIdentity', true)", ""),
        ("FS('setIdentity', { anonymous: false })", "anonymize:syntax"),
        ("FS('setIdentity', { anonymous: false, consent: true })", "lookalike"),
        ("FS('setIdentity', { anonymous: true, uid: 'x' })", "anonymize:syntax"),
        ("FS('setIdentity', { anonymous: true, uid: undefined })", "anonymize"),
        ("FS('setIdentity', { anonymous: 'true' })", "anonymize:syntax"),
        ("FS('setIdentity', { anonymous: 1 })", "anonymize:syntax"),
        ("FS('setIdentity', { anonymize: true })", "anonymize:syntax"),
        ("FS('setIdentity', { anon: true })", "anonymize:syntax"),
        ("FS('setIdentity', { anonymus: true })", "anonymize:syntax"),
        ("FS('setIdentity', { properties: p })", ""),
        ("FS('setIdentity', { ...rest })", "?"),
        ("FS('setIdentity', { ...rest, anonymous: true })", "anonymize"),
        ("FS('setIdentity', { anonymous: isGuest })", "?"),
        ("FS('setIdentity', payload)", "?"),
        ("FS('setIdentity', ...rest)", "?"),
        ("FS(...rest)", "?"),
        ("FS(operation, { anonymous: true })", "?"),
        ("FS('setIdentity', { anonymous: true } | { anonymous: true })", "anonymize"),
        ("FS('setIdentity', { anonymous: true } | { uid: user.id })", "identify ?"),
    ]);
}

#[test]
fn a_fake_user_beside_a_real_one_is_a_fallback() {
    check(&[
        ("FS('setIdentity', { uid: user.id | 'anonymous' })", "identify:fallback"),
        ("FS('setIdentity', { uid: user.id | '' })", "identify:fallback"),
        ("FS('setIdentity', { uid: user.id | null })", "identify:fallback"),
        ("FS('setIdentity', { uid: user.id | user.email })", "identify"),
        ("FS('setIdentity', { uid: user.id | undefined })", "identify"),
        ("FS('setIdentity', { uid: 'guest' | 'anonymous' })", "anonymize:syntax"),
        ("FS.identify(user.id | 'guest')", "identify:fallback"),
    ]);
}

#[test]
fn operations() {
    check(&[
        ("FS('trackEvent', { name: 'Logout', properties: p })", "track"),
        ("FS('trackEventAsync', { name: 'Logout', properties: p })", "track"),
        ("FS('setProperties', { type: 'user', properties: p })", "user-property"),
        ("FS('setProperties', { type: 'user', properties: { uid: user.id } })", "user-property identify"),
        ("FS('setProperties', { type: 'page', properties: p })", ""),
        ("FS('shutdown')", "lookalike"),
        ("FS('restart')", ""),
        ("FS('log', { level: 'error', msg: 'x' })", ""),
        ("FS('observe', { type: 'start', callback: c })", ""),
        ("FS('getSession')", ""),
        ("FS('anonymize')", "anonymize:syntax"),
        ("FS('anonymise')", "anonymize:syntax"),
        ("FS('setAnonymous', true)", "anonymize:syntax"),
        ("FS('setidentity', { anonymous: true })", "anonymize:syntax"),
        ("FS('setIdentify', { anonymous: true })", "anonymize:syntax"),
        ("FS('setidentity', { uid: user.id })", "identify:syntax"),
        ("FS('identify', user.id)", "identify:syntax"),
        ("FS('event', 'Logout')", "track"),
        ("FS('setUserProperties', p)", ""),
        ("FS('somethingElse')", ""),
    ]);
}

#[test]
fn callables() {
    check(&[
        ("window.FS('setIdentity', { anonymous: true })", "anonymize"),
        ("globalThis.FS('setIdentity', { anonymous: true })", "anonymize"),
        ("self.FS?.('setIdentity', { anonymous: true })", "anonymize"),
        ("this.windowRef.nativeWindow.FS('setIdentity', { anonymous: true })", "anonymize"),
        ("~win.FS('setIdentity', { anonymous: true })", "anonymize"),
        ("@fullstory/browser#FullStory('setIdentity', { anonymous: true })", "anonymize"),
        ("@fullstory/browser#default.FullStory('setIdentity', { anonymous: true })", "anonymize"),
        ("fullstory-react#useFullstory()('setIdentity', { anonymous: true })", "anonymize"),
        ("FullStory('setIdentity', { anonymous: true })", "anonymize"),
        ("~fullstoryApi('setIdentity', { anonymous: true })", "anonymize"),
        ("~fullstoryApi('setIdentity', { uid: null })", "?"),
        ("this.api('setIdentity', { uid: user.id })", "identify"),
        ("window[_fs_namespace]('setIdentity', { anonymous: true })", "anonymize"),
        // A facade of the project is not the SDK, whatever its name.
        ("./fullstory#FS.anonymize()", "?"),
        ("@/lib/fullstory#FullStory('setIdentity', { anonymous: true })", "?"),
        ("services/fullstory#*.anonymize()", "?"),
        // Emscripten's file system.
        ("FS.writeFile('a', b)", ""),
        ("other('setIdentity', { anonymous: true })", ""),
    ]);
}

#[test]
fn methods_on_the_web() {
    check(&[
        ("FS.anonymize()", "anonymize:deprecated"),
        ("window.FS?.anonymize()", "anonymize:deprecated"),
        ("@fullstory/browser#FullStory.anonymize()", "anonymize:deprecated"),
        ("FS.identify(false)", "anonymize:deprecated"),
        ("FS.identify(null)", "anonymize:syntax"),
        ("FS.identify('')", "anonymize:syntax"),
        ("FS.identify()", "anonymize:syntax"),
        ("FS.identify('anonymous')", "anonymize:syntax"),
        ("FS.identify(user.id, vars)", "identify"),
        ("FS.event('Logout', {})", "track"),
        ("FS.setUserVars({ plan: 'pro' })", "user-property"),
        ("FS.setUserVars({ uid: user.id })", "user-property identify"),
        ("FS.setVars('user', { uid: user.id })", "user-property identify"),
        ("FS.setVars('page', p)", ""),
        ("FS.consent(false)", "lookalike"),
        ("FS.consent(true)", ""),
        ("FS.shutdown()", "lookalike"),
        ("FS.clearUserCookie()", "lookalike"),
        ("FS.setIdentity({ anonymous: true })", "anonymize:syntax"),
        ("FS.setIdentity({ uid: user.id })", "identify:syntax"),
        ("FS.setIdentityAsync({ anonymous: true })", "anonymize:syntax"),
        ("FS.trackEvent({ name: 'Logout' })", "track"),
        ("FS.anonymise()", "anonymize:syntax"),
        ("FS.setAnonymous()", "anonymize:syntax"),
        ("@fullstory/browser#anonymize()", "anonymize:platform"),
        ("@fullstory/browser#isInitialized()", ""),
    ]);
}

#[test]
fn the_first_generation() {
    check_on(
        WEB_V1,
        &[
            ("FS.anonymize()", "anonymize"),
            ("@fullstory/browser#anonymize()", "anonymize"),
            ("FS.identify(false)", "anonymize"),
            ("FS.identify(user.id)", "identify"),
            ("FS.identify(null)", "anonymize:syntax"),
            ("FS('setIdentity', { anonymous: true })", "anonymize:platform"),
            ("FS('setIdentity', { uid: user.id })", "identify:platform"),
            ("@fullstory/browser#FullStory('setIdentity', { anonymous: true })", "anonymize:platform"),
            ("react-fullstory#identify(false)", "anonymize"),
        ],
    );
}

#[test]
fn react_native() {
    check_on(
        REACT_NATIVE,
        &[
            ("@fullstory/react-native#default.anonymize()", "anonymize"),
            ("FullStory.anonymize()", "anonymize"),
            ("@fullstory/react-native#FullStory.anonymize()", "anonymize"),
            ("@fullstory/react-native#default.identify(user.id)", "identify"),
            ("@fullstory/react-native#default.identify('')", "anonymize:syntax"),
            ("@fullstory/react-native#default.identify('anonymous')", "anonymize:syntax"),
            ("@fullstory/react-native#default.identify(null)", "anonymize:syntax"),
            ("@fullstory/react-native#default.identify(undefined)", "anonymize:syntax"),
            ("@fullstory/react-native#default.identify(false)", "anonymize:syntax"),
            ("@fullstory/react-native#default('setIdentity', { anonymous: true })", "anonymize:platform"),
            ("@fullstory/react-native#default('setIdentity', { uid: user.id })", "identify:platform"),
            ("FS('setIdentity', { anonymous: true })", "anonymize:platform"),
            ("@fullstory/react-native#default.setIdentity({ anonymous: true })", "anonymize:syntax"),
            ("@fullstory/react-native#default.event('x', {})", "track"),
            ("@fullstory/react-native#default.setUserVars(v)", "user-property"),
            ("@fullstory/react-native#default.shutdown()", "lookalike"),
            ("@fullstory/react-native#default.consent(false)", "lookalike"),
            // A universal app's web part: the import, or the window, says so.
            ("@fullstory/browser#FullStory('setIdentity', { anonymous: true })", "anonymize"),
            ("window.FS('setIdentity', { anonymous: true })", "anonymize"),
        ],
    );
}

#[test]
fn the_callable_is_kept_as_written() {
    let callable = |text: &str| match meaning(text).effects.first() {
        Some(Effect::Anonymize(anonymize)) => anonymize.callable.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(callable("window.FS('setIdentity', { anonymous: true })"), "window.FS");
    assert_eq!(callable("window.FS?.('setIdentity', { anonymous: true })"), "window.FS");
    assert_eq!(callable("window.FS?.anonymize()"), "window.FS");
    assert_eq!(callable("FS.anonymize()"), "FS");
}

#[test]
fn asynchronous_operations_say_so() {
    let asynchronous = |text: &str| match meaning(text).effects.first() {
        Some(Effect::Anonymize(anonymize)) => anonymize.asynchronous,
        other => panic!("{other:?}"),
    };
    assert!(asynchronous("FS('setIdentityAsync', { anonymous: true })"));
    assert!(!asynchronous("FS('setIdentity', { anonymous: true })"));
}

#[test]
fn a_fault_names_the_wrong_part_and_the_right_form() {
    let text = "window.FS('setIdentity', { uid: 'guest', properties: {} })";
    let Some(Effect::Anonymize(anonymize)) = meaning(text).effects.into_iter().next() else { panic!() };
    let Some(Fault::Syntax { message, span, contradictory, fallback }) = anonymize.fault else { panic!() };
    assert_eq!(span.text(text), "'guest'");
    assert!(message.contains("`guest`"), "{message}");
    assert!(message.contains("`window.FS('setIdentity', { anonymous: true })`"), "{message}");
    assert!(!contradictory && !fallback);

    let text = "FS('setIdentity', { anonymize: true })";
    let Some(Effect::Anonymize(anonymize)) = meaning(text).effects.into_iter().next() else { panic!() };
    let Some(Fault::Syntax { message, span, .. }) = anonymize.fault else { panic!() };
    assert_eq!(span.text(text), "anonymize");
    assert!(message.contains("no option `anonymize`"), "{message}");

    let text = "FS('setIdentity', { anonymous: true, uid: 'x' })";
    let Some(Effect::Anonymize(anonymize)) = meaning(text).effects.into_iter().next() else { panic!() };
    assert!(matches!(anonymize.fault, Some(Fault::Syntax { contradictory: true, .. })));
}

#[test]
fn the_uid_has_its_own_bytes() {
    let text = "FS('setIdentity', { uid: user.id, properties: {} })";
    let Some(Effect::Identify(identify)) = meaning(text).effects.into_iter().next() else { panic!() };
    assert_eq!(identify.uid_span.map(|span| span.text(text)), Some("user.id"));
}

#[test]
fn platform_faults_say_whose_form_it_is() {
    let text = "@fullstory/react-native#default('setIdentity', { anonymous: true })";
    let Some(Effect::Anonymize(anonymize)) = meaning_on(REACT_NATIVE, text).effects.into_iter().next() else {
        panic!()
    };
    assert!(matches!(anonymize.fault, Some(Fault::Platform { written_for: WEB, .. })));
}

#[test]
fn a_definition_is_no_call() {
    check_assigned(&[
        ("FS.anonymize = ()=>x", ""),
        ("window.FS.identify = ()=>x", ""),
        ("window._fs_identity = ()=>x", "identify"),
    ]);
}

#[test]
fn no_fullstory_call_throws() {
    assert!(meaning("FS('setIdentity', { anonymous: true })").never_throws);
    assert!(meaning("FS('trackEvent', { name: 'x' })").never_throws);
}

#[test]
fn a_configured_namespace_is_callable() {
    let vocabulary = Vocabulary::extended("", Some("FSTORY")).unwrap();
    let text = "FSTORY('setIdentity', { anonymous: true })";
    let mut reader = Reader::new(text);
    let call = reader.call();
    let view = FileView { path: "a.ts", text, lowered: &reader.lowered, platform: WEB };
    assert_eq!(summary(&vocabulary.call(&view, &call)), "anonymize");
    assert_eq!(summary(&Vocabulary::builtin().call(&view, &call)), "");
    assert!(vocabulary.identity_words().contains(&"fstory("));
}

#[test]
fn a_users_table_goes_first() {
    let table = "[[call]]\npaths = ['./tracking#forget', '*/tracking#forget']\nanonymize = true\n";
    let vocabulary = Vocabulary::extended(table, None).unwrap();
    for text in ["./tracking#forget()", "../lib/tracking#forget()"] {
        let mut reader = Reader::new(text);
        let call = reader.call();
        let view = FileView { path: "a.ts", text, lowered: &reader.lowered, platform: WEB };
        assert_eq!(summary(&vocabulary.call(&view, &call)), "anonymize");
    }
}

#[test]
fn faults_of_other_calls() {
    let fault = |platform: Platform, text: &str| {
        let mut reader = Reader::new(text);
        let call = reader.call();
        let view = FileView { path: "a.ts", text, lowered: &reader.lowered, platform };
        Vocabulary::builtin().call_fault(&view, &call)
    };
    let native = "@fullstory/react-native#default";
    for method in ["setPage('x')", "init({})", "setConsent(true)", "onSession(f)", "trackEvent({})"] {
        assert!(fault(REACT_NATIVE, &format!("{native}.{method}")).is_some(), "{method}");
    }
    assert!(matches!(fault(REACT_NATIVE, &format!("{native}('trackEvent', {{}})")), Some(Fault::Platform { .. })));
    for method in ["event('x', {})", "onReady()", "log(1, 'x')", "resetIdleTimer()"] {
        assert_eq!(fault(REACT_NATIVE, &format!("{native}.{method}")), None, "{method}");
    }
    assert_eq!(fault(WEB, "FS('trackEvent', { name: 'x' })"), None);
    assert_eq!(fault(WEB, "FS.start()"), None);
    assert_eq!(fault(WEB, "fetch('/x')"), None);
}

#[test]
fn imports() {
    let fault = |text: &str, module: &str, name: ImportName| {
        let import = Import {
            module: module.into(),
            name: Some(name),
            local: Some("FullStory".into()),
            name_span: Span::default(),
            span: Span::new(0, text.len() as u32),
            type_only: false,
        };
        let lowered = crate::lowering::LoweredFile::default();
        let view = FileView { path: "a.ts", text, lowered: &lowered, platform: REACT_NATIVE };
        Vocabulary::builtin().import_fault(&view, &import)
    };
    let native = "@fullstory/react-native";
    assert!(fault("import { FullStory } from 'x'", native, ImportName::Named("FullStory".into())).is_some());
    assert!(fault("import * as F from 'x'", native, ImportName::Namespace).is_some());
    assert!(fault("import { FSPage } from 'x'", native, ImportName::Named("FSPage".into())).is_none());
    assert!(fault("import FullStory from 'x'", native, ImportName::Default).is_none());
    assert!(fault("import FullStory from 'x'", "@fullstory/browser", ImportName::Default).is_some());
    assert!(fault("const F = require('x')", "@fullstory/browser", ImportName::Default).is_none());
    assert!(
        fault("import { FullStory } from 'x'", "@fullstory/browser", ImportName::Named("FullStory".into())).is_none()
    );
}
