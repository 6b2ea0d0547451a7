//! Hover texts, whole.

use super::{CallFacts, CallKind, FlowFacts, RedirectFacts, Release, WayOut, hover_call, hover_flow, hover_redirect};
use crate::source::Span;
use crate::vocabulary::{FlowKind, Generation, Platform, PlatformTexts, Reach, Vocabulary};

fn texts() -> &'static PlatformTexts {
    Vocabulary::builtin().texts(Platform::Web(Generation::V2))
}

fn facts<'a>(kind: CallKind<'a>, texts: &'a PlatformTexts) -> CallFacts<'a> {
    CallFacts {
        span: Span::new(1, 2),
        kind,
        asynchronous: false,
        callable: "window.FS",
        problem: None,
        platform: Platform::Web(Generation::V2),
        texts,
    }
}

#[test]
fn an_anonymize_call() {
    let texts = texts();
    assert_eq!(
        hover_call(&facts(CallKind::Anonymize, texts)).markdown,
        "\
**Fullstory** · releases the identity · Web

Releases the current user and starts a new anonymous session.

```ts
window.FS('setIdentity', { anonymous: true })
```

At most 30 calls a minute and 10 a second, of identify, anonymize and user properties together.

**Order**

- Track the last events first, then end the app's session, then anonymize, then leave the page: an event behind the anonymize belongs to the new anonymous user.
- The plain call is queued in order and needs no `await`. Where `setIdentityAsync` is awaited, guard it with `try` and a time-out: an ad blocker makes it reject, and it may never settle.
- Call it once, on every way out: the button, the time-out, the expired token, the forced logout and the deleted account.

**Common mistakes**

- `{ uid: null }`, `{ uid: '' }` and `{}` do not anonymize.
- `{ uid: 'anonymous' }` makes a real user of that name, on whom everybody who is signed out piles up.
- `FS('shutdown')`, consent and deleting cookies do not release the identity.
- Operations are case-sensitive, and a misspelt one is queued without a word.

**On other platforms**

- Web, snippet or `@fullstory/browser` 1: `FS.anonymize()`
- React Native: `FullStory.anonymize()`
- iOS: `FS.anonymize()`
- Android: `FS.anonymize()`
- Flutter: `await FS.anonymize();`
- Cordova, Capacitor: the web's calls, inside the web view

[Documentation](https://developer.fullstory.com/browser/identification/anonymize-users/)"
    );
}

#[test]
fn a_wrong_asynchronous_call_and_a_lookalike() {
    let texts = texts();
    let wrong = CallFacts {
        asynchronous: true,
        problem: Some("`uid: null` releases nobody."),
        ..facts(CallKind::Anonymize, texts)
    };
    let markdown = hover_call(&wrong).markdown;
    assert!(markdown.contains("\n\n⚠ `uid: null` releases nobody.\n\n"), "{markdown}");
    assert!(markdown.contains("window.FS('setIdentityAsync', { anonymous: true })"), "{markdown}");
    assert!(
        markdown.ends_with("· [Asynchronous calls](https://developer.fullstory.com/browser/asynchronous-methods/)")
    );
    let lookalike = hover_call(&facts(CallKind::Lookalike("`FS('shutdown')` only stops capture."), texts)).markdown;
    assert!(lookalike.starts_with("**Fullstory** · does not release the identity · Web\n\n`FS('shutdown')` only stops capture. This one does:\n\n```ts\nwindow.FS('setIdentity', { anonymous: true })\n```"), "{lookalike}");
}

#[test]
fn an_import_is_told_where_it_binds_what_is_called() {
    let texts = Vocabulary::builtin().texts(Platform::ReactNative);
    let native = CallFacts { callable: "FullStory", platform: Platform::ReactNative, ..facts(CallKind::Event, texts) };
    let markdown = hover_call(&native).markdown;
    let code = "```ts\nimport FullStory from '@fullstory/react-native';\nFullStory.event('Logout', {})\n```";
    assert!(markdown.contains(code), "{markdown}");
    assert!(markdown.contains("- Flutter: `await FS.event(name, properties);`"), "{markdown}");
    assert!(!markdown.contains("- React Native"), "{markdown}");
}

#[test]
fn every_native_platform_is_told_in_its_own_syntax() {
    let hover = |platform: Platform, kind| {
        let texts = Vocabulary::builtin().texts(platform);
        hover_call(&CallFacts { callable: "FS", platform, ..facts(kind, texts) }).markdown
    };
    let code = |platform: &str, kind, wanted: &str| {
        let markdown = hover(Platform::of_name(platform).unwrap(), kind);
        assert!(markdown.contains(wanted), "{markdown}");
        assert!(markdown.contains("At most 12 calls a minute and 5 a second") || kind == CallKind::Event, "{markdown}");
    };
    code("ios", CallKind::Anonymize, "```swift\nimport FullStory\nFS.anonymize()\n```");
    code("ios", CallKind::Event, "```swift\nimport FullStory\nFS.event(\"Logout\", properties: [:])\n```");
    code("ios-objc", CallKind::Identify, "```objc\n#import <FullStory/FullStory.h>\n[FS identify:user.id];\n```");
    code("android", CallKind::Anonymize, "```kotlin\nimport com.fullstory.FS\nFS.anonymize()\n```");
    code("android-java", CallKind::UserProperty, "```java\nimport com.fullstory.FS;\nFS.setUserVars(properties);\n```");
    code(
        "flutter",
        CallKind::Event,
        "```dart\nimport 'package:fullstory_flutter/fs.dart';\nFS.event('Logout', {});\n```",
    );
}

#[test]
fn a_native_file_is_told_the_other_families_alone() {
    let texts = Vocabulary::builtin().texts(Platform::of_name("android-java").unwrap());
    let java = CallFacts {
        callable: "FS",
        platform: Platform::of_name("android-java").unwrap(),
        ..facts(CallKind::Anonymize, texts)
    };
    let markdown = hover_call(&java).markdown;
    let (_, others) = markdown.split_once("**On other platforms**\n\n").unwrap();
    assert_eq!(
        others,
        "\
- Web, snippet or `@fullstory/browser` 2: `FS('setIdentity', { anonymous: true })`
- React Native: `FullStory.anonymize()`
- iOS: `FS.anonymize()`
- Flutter: `await FS.anonymize();`
- Cordova, Capacitor: the web's calls, inside the web view

[Documentation](https://developer.fullstory.com/mobile/android/identification/anonymize-users/)"
    );
}

#[test]
fn every_hover_of_a_call_is_compact() {
    let kinds =
        [CallKind::Anonymize, CallKind::Identify, CallKind::Event, CallKind::UserProperty, CallKind::Lookalike("x.")];
    for (kind, platform) in kinds.into_iter().flat_map(|kind| Platform::ALL.map(|platform| (kind, platform))) {
        let texts = Vocabulary::builtin().texts(platform);
        let markdown = hover_call(&CallFacts { asynchronous: true, platform, ..facts(kind, texts) }).markdown;
        assert!(markdown.lines().count() <= 40, "{markdown}");
        for hole in ["{q}", "{callable}", "{uid}", "{name}", "{properties}"] {
            assert!(!markdown.contains(hole), "{markdown}");
        }
        assert!(!markdown.contains("\n\n\n"), "{markdown}");
    }
}

#[test]
fn a_flow() {
    let way = |line, what: &str, released| WayOut { path: None, line, what: what.to_owned(), released };
    let mut flow = FlowFacts {
        name: "handleLogout".to_owned(),
        kind: FlowKind::UserInitiated,
        ways_out: vec![
            way(12, "leaves the page", Release::Released),
            WayOut { path: Some("src/auth.ts".to_owned()), ..way(20, "goes to the login screen", Release::Kept) },
        ],
        judged_elsewhere: None,
        callers: (1..=7).map(|line| ("src/Menu.tsx".to_owned(), line)).collect(),
        covered_by: Some(("src/App.tsx".to_owned(), 30)),
    };
    assert_eq!(
        hover_flow(&flow, Span::new(0, 1)).markdown,
        "\
**Logout flow** `handleLogout` · the user asks for it

✗ The identity is kept on 1 of 2 ways out.

- ✓ line 12: leaves the page, identity released
- ✗ `src/auth.ts:20`: goes to the login screen, identity kept

Called from `src/Menu.tsx:1`, `src/Menu.tsx:2`, `src/Menu.tsx:3`, `src/Menu.tsx:4`, `src/Menu.tsx:5` and 2 more.

Covered by `src/App.tsx:30`, which releases the identity when the user is gone."
    );
    flow.ways_out = (1..=30).map(|line| way(line, "leaves the page", Release::Released)).collect();
    let markdown = hover_flow(&flow, Span::new(0, 1)).markdown;
    assert!(markdown.contains("✓ The identity is released on all 30 ways out."));
    assert!(markdown.contains("- and 18 more"));
    assert!(markdown.lines().count() <= 40);
    flow.ways_out = Vec::new();
    assert!(hover_flow(&flow, Span::new(0, 1)).markdown.contains("No way out was found in it."));
}

#[test]
fn a_redirect() {
    let facts = RedirectFacts {
        reach: Reach::Document,
        flow: "logout".to_owned(),
        released: Release::Kept,
        anonymize: "FS('setIdentity', { anonymous: true })".to_owned(),
    };
    assert_eq!(
        hover_redirect(&facts, Span::new(0, 1)).markdown,
        "\
**Leaves the page.** The document goes away with it: what stands behind it may never run, and an `…Async` call that nobody waits for is lost.

✗ In `logout` the identity is not released before it: write `FS('setIdentity', { anonymous: true })` first."
    );
}
