//! Hover texts, whole.

use super::{CallFacts, CallKind, FlowFacts, RedirectFacts, Release, WayOut, hover_call, hover_flow, hover_redirect};
use crate::source::Span;
use crate::vocabulary::{FlowKind, Generation, Platform, PlatformTexts, Reach};

fn texts() -> PlatformTexts {
    PlatformTexts {
        name: "web".to_owned(),
        display_name: "Web (API v2)".to_owned(),
        callable: "FS".to_owned(),
        anonymize: "{callable}({q}setIdentity{q}, { anonymous: true })".to_owned(),
        anonymize_async: Some("await {callable}({q}setIdentityAsync{q}, { anonymous: true })".to_owned()),
        identify: "{callable}({q}setIdentity{q}, { uid: {uid} })".to_owned(),
        event: "{callable}({q}trackEvent{q}, { name: {q}{name}{q}, properties: {} })".to_owned(),
        user_properties: "{callable}({q}setProperties{q}, { type: {q}user{q}, properties: {properties} })".to_owned(),
        does: "Releases the current user and starts a new anonymous session.".to_owned(),
        calls_a_minute: 30,
        calls_a_second: 10,
        events_a_minute: 60,
        order: vec!["Event, then sign-out, then this, then leave.".to_owned()],
        mistakes: vec!["`{ uid: null }` releases nobody.".to_owned()],
        anonymize_url: "https://developer.fullstory.com/browser/identification/anonymize-users/".to_owned(),
        identify_url: "https://developer.fullstory.com/browser/identification/identify-users/".to_owned(),
        event_url: "https://developer.fullstory.com/browser/capture-events/analytics-events/".to_owned(),
        async_url: Some("https://developer.fullstory.com/browser/asynchronous-methods/".to_owned()),
        ..PlatformTexts::default()
    }
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
        hover_call(&facts(CallKind::Anonymize, &texts)).markdown,
        "\
**Fullstory** · releases the identity · Web (API v2)

Releases the current user and starts a new anonymous session.

```ts
window.FS('setIdentity', { anonymous: true })
```

- **Limit:** 30 calls a minute, 10 a second, of identify, anonymize and user properties together.
- **Order:** Event, then sign-out, then this, then leave.
- **Mistake:** `{ uid: null }` releases nobody.

On other platforms:

- Web, snippet or `@fullstory/browser` 1: `FS.anonymize()`
- React Native: `FullStory.anonymize()`
- iOS, Swift: `FS.anonymize()`
- iOS, Objective-C: `[FS anonymize];`
- Android, Kotlin and Java: `FS.anonymize()`
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
        ..facts(CallKind::Anonymize, &texts)
    };
    let markdown = hover_call(&wrong).markdown;
    assert!(markdown.contains("\n\n⚠ `uid: null` releases nobody.\n\n"), "{markdown}");
    assert!(markdown.contains("await window.FS('setIdentityAsync', { anonymous: true })"), "{markdown}");
    assert!(
        markdown.ends_with("· [Asynchronous calls](https://developer.fullstory.com/browser/asynchronous-methods/)")
    );
    let lookalike = hover_call(&facts(CallKind::Lookalike("`FS('shutdown')` only stops capture."), &texts)).markdown;
    assert!(lookalike.starts_with("**Fullstory** · does not release the identity · Web (API v2)\n\n`FS('shutdown')` only stops capture. This one does:\n\n```ts\nwindow.FS('setIdentity', { anonymous: true })\n```"), "{lookalike}");
}

#[test]
fn every_hover_of_a_call_is_compact() {
    let texts = texts();
    for kind in
        [CallKind::Anonymize, CallKind::Identify, CallKind::Event, CallKind::UserProperty, CallKind::Lookalike("x.")]
    {
        let markdown = hover_call(&CallFacts { asynchronous: true, ..facts(kind, &texts) }).markdown;
        assert!(markdown.lines().count() <= 40, "{markdown}");
        assert!(!markdown.contains(['{', '}']) || !markdown.contains("{q}"), "{markdown}");
        assert!(!markdown.contains("\n\n\n"), "{markdown}");
    }
}

#[test]
fn a_flow() {
    let way = |line, what: &str, released| WayOut { line, what: what.to_owned(), released };
    let mut flow = FlowFacts {
        name: "handleLogout".to_owned(),
        kind: FlowKind::UserInitiated,
        ways_out: vec![
            way(12, "leaves the page", Release::Released),
            way(20, "goes to the login screen", Release::Kept),
        ],
        callers: (1..=7).map(|line| ("src/Menu.tsx".to_owned(), line)).collect(),
        covered_by: Some(("src/App.tsx".to_owned(), 30)),
    };
    assert_eq!(
        hover_flow(&flow, Span::new(0, 1)).markdown,
        "\
**Logout flow** `handleLogout` · the user asks for it

✗ The identity is kept on 1 of 2 ways out.

- ✓ line 12: leaves the page, identity released
- ✗ line 20: goes to the login screen, identity kept

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
