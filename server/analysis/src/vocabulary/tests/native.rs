//! The native platforms: the SDK's calls in their forms, and what their own libraries' calls mean.

use super::{assigned_on, class_of, native_meaning, summary};
use crate::vocabulary::{Effect, Fault, FileView, Platform, Runs, ServerScope, Vocabulary};

const SDK_IMPORTS: [&str; 3] = ["FullStory", "com.fullstory", "package:fullstory_flutter/fs.dart"];

/// Checks a table of calls on a native platform, in a file that imports the SDK.
fn check(platform: &str, rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, wanted)| {
            let found = summary(&native_meaning(platform, &SDK_IMPORTS, text));
            (found != *wanted).then(|| format!("{text}: wanted `{wanted}`, found `{found}`"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn check_assigned(platform: &str, rows: &[(&str, &str)]) {
    let platform = Platform::of_name(platform).unwrap();
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, wanted)| {
            let found = summary(&assigned_on(platform, text));
            (found != *wanted).then(|| format!("{text}: wanted `{wanted}`, found `{found}`"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_sdk_in_every_native_language() {
    for (platform, fs) in [
        ("ios", "FS"),
        ("ios", "FullStory.FS"),
        ("ios-objc", "FS"),
        ("android", "com.fullstory#FS"),
        ("android", "com.fullstory.FS"),
        ("android-java", "com.fullstory#FS"),
        ("flutter", "FS"),
        ("flutter", "package:fullstory_flutter/fs.dart#FS"),
    ] {
        let rows = [
            ("anonymize()", "anonymize"),
            ("identify(user.id)", "identify"),
            ("identify(user.id, userVars: vars)", "identify"),
            ("identify(uid: user.id, userVars: vars)", "identify"),
            ("identify(userVars: vars, uid: user.id)", "identify"),
            ("identify('')", "anonymize:syntax"),
            ("identify('anonymous')", "anonymize:syntax"),
            ("identify(null)", "anonymize:syntax"),
            ("identify(false)", "anonymize:syntax"),
            ("identify(uid: 'guest')", "anonymize:syntax"),
            ("identify(user.id | 'anonymous')", "identify:fallback"),
            ("event('Logout', properties: p)", "track"),
            ("event(name: 'Logout', properties: p)", "track"),
            ("setUserVars(vars)", "user-property"),
            ("setUserVars({ uid: user.id })", "user-property identify"),
            ("shutdown()", "lookalike"),
            ("consent(false)", "lookalike"),
            ("consent(true)", ""),
            ("restart()", ""),
            ("log('x')", ""),
            ("page('Home')", ""),
            ("resetIdleTimer()", ""),
            ("anonymise()", "anonymize:syntax"),
            ("setIdentity(anonymous: true)", "anonymize:syntax"),
            ("setIdentity({ anonymous: true })", "anonymize:syntax"),
            ("setIdentity({ uid: user.id })", "identify:syntax"),
        ];
        for (call, wanted) in rows {
            check(platform, &[(&format!("{fs}.{call}"), wanted)]);
        }
        check(
            platform,
            &[
                (&format!("{fs}('setIdentity', {{ anonymous: true }})"), "anonymize:platform"),
                (&format!("{fs}('setIdentity', {{ uid: user.id }})"), "identify:platform"),
            ],
        );
    }
}

#[test]
fn another_platforms_object_is_wrong() {
    for platform in ["ios", "android", "android-java", "flutter"] {
        check(
            platform,
            &[("FullStory.anonymize()", "anonymize:platform"), ("FullStory.identify(user.id)", "identify:platform")],
        );
    }
    let meaning = native_meaning("android", &SDK_IMPORTS, "FullStory.anonymize()");
    let Some(Effect::Anonymize(anonymize)) = meaning.effects.first() else { panic!() };
    let Some(Fault::Platform { written_for, message }) = &anonymize.fault else { panic!() };
    assert_eq!(*written_for, Platform::ReactNative);
    assert_eq!(&**message, "`FullStory.anonymize` is React Native's form; here the class is `FS`.");
    assert_eq!(&*anonymize.callable, "FS");
}

#[test]
fn a_projects_own_object_is_not_the_sdk() {
    check(
        "android",
        &[("com.acme.analytics#FS.anonymize()", "?"), ("com.acme.analytics#FullStory.identify(user.id)", "")],
    );
    check("flutter", &[("package:acme/analytics.dart#FS.event('x')", "")]);
    // What is handed around is nobody's operation here.
    check("flutter", &[("~channel('setIdentity', { uid: null })", "")]);
}

#[test]
fn faults_are_told_in_the_platforms_words() {
    let message = |platform: &str, text: &str| {
        let meaning = native_meaning(platform, &SDK_IMPORTS, text);
        match meaning.effects.first() {
            Some(Effect::Anonymize(anonymize)) => match &anonymize.fault {
                Some(Fault::Syntax { message, .. } | Fault::Platform { message, .. }) => message.to_string(),
                None => panic!("{text}"),
            },
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(
        message("ios-objc", "FS.identify(null)"),
        "Without a uid nothing is anonymized; the identity stays. Write `[FS anonymize]`."
    );
    assert_eq!(
        message("ios", "FS.anonymise()"),
        "`FS` has no method `anonymise`; the call does not compile. Write `FS.anonymize()`."
    );
    assert_eq!(
        message("android", "com.fullstory#FS('setIdentity', { anonymous: true })"),
        "`FS('setIdentity', …)` is the browser's form; here `FS` is a class, and the call does not compile."
    );
}

#[test]
fn rows_of_one_platform_say_nothing_of_another() {
    // Names of the web's and React Native's tables.
    check("ios", &[("~items.push('x')", ""), ("navigate('/login')", ""), ("~router.back()", "")]);
    check("flutter", &[("~list.reset()", ""), ("localStorage.clear()", "clear")]);
    check("android", &[("~finishers.finish()", ""), ("redirect('/login')", ""), ("location.reload()", "")]);
    super::check(&[("startActivity(intent)", ""), ("exit(0)", ""), ("context.go('/login')", "")]);
    check_assigned("ios", &[("location.href = '/login'", ""), ("window.location = '/login'", "")]);
}

#[test]
fn screens_frames_and_starts() {
    let vocabulary = Vocabulary::builtin();
    for path in [
        "app/LoginActivity.kt",
        "App/SettingsViewController.swift",
        "lib/home_page.dart",
        "App/ProfileView.swift",
        "lib/screens/x.dart",
    ] {
        assert!(vocabulary.is_screen(path), "{path}");
    }
    for path in [
        "app/MainActivity.kt",
        "App/ContentView.swift",
        "App/AppDelegate.swift",
        "lib/auth_controller.dart",
        "lib/auth_wrapper.dart",
        "app/SessionManager.java",
        "lib/main.dart",
    ] {
        assert!(!vocabulary.is_screen(path), "{path}");
    }
    let lowered = crate::lowering::LoweredFile::unread();
    let view = FileView { path: "a.kt", text: "", lowered: &lowered, platform: Platform::of_name("android").unwrap() };
    let when = |parent: &str| vocabulary.lifecycle(&view, &class_of(Some(parent)), "onCreate");
    assert_eq!(when("AppCompatActivity"), Some(Runs::OnMount));
    assert_eq!((when("Application"), when("Service")), (None, None));
}

#[test]
fn servers_of_native_languages() {
    let scope = |path: &str, module: &str| {
        let mut lowered = crate::lowering::LoweredFile::unread();
        lowered.imports.push(crate::lowering::Import {
            module: module.into(),
            name: None,
            local: None,
            name_span: Default::default(),
            span: Default::default(),
            type_only: false,
        });
        Vocabulary::builtin().server_scope(path, &lowered)
    };
    for module in
        ["org.springframework.web.bind.annotation", "io.ktor.server.routing", "Vapor", "package:shelf/shelf.dart"]
    {
        assert_eq!(scope("src/Auth.kt", module), ServerScope::WholeFile, "{module}");
    }
    for path in ["lib/app/route.dart", "lib/pages/api/x.dart", "App/Session.swift"] {
        assert_eq!(scope(path, "io.ktor.client"), ServerScope::None, "{path}");
    }
}
