//! Findings made by hand, for the tests of what they look like.

use std::sync::Arc;

use farewell_analysis::fixes::{Edit, Fix};
use farewell_analysis::rules::{Finding, Related, Rule, Safety, Severity};
use farewell_analysis::source::Span;

use super::convert::finding;
use super::document::{Document, Totals, VERSION};
use crate::scan::Found;
use crate::sources::Sources;

pub(crate) const AUTH: &str = "import { clear } from './store';\n\nexport async function logout() {\n  await clear();\n  /* \u{1F600} */ location.href = '/login';\n  FS('setIdentity', { anonymous: true });\n}\n";
pub(crate) const STORE: &str = "export async function clear() {\n  localStorage.clear();\n}\n";

/// Two texts, by the engine's paths `src/auth.ts` and `src/store.ts`.
pub(crate) fn sources() -> Sources {
    let mut sources = Sources::default();
    sources.add("src/auth.ts".into(), "app/src/auth.ts".into(), AUTH.into());
    sources.add("src/store.ts".into(), "app/src/store.ts".into(), STORE.into());
    sources
}

/// A late anonymize with a path through two files and two fixes.
pub(crate) fn late_anonymize() -> Found {
    let call = span(AUTH, "FS('setIdentity', { anonymous: true })");
    let redirect = span(AUTH, "location.href = '/login'");
    let related = |path: &str, span, message: &str| Related { path: path.into(), span, message: message.into() };
    let finding = Finding {
        rule: Rule::AnonymizeAfterRedirect,
        severity: Severity::Error,
        span: call,
        message: "The identity is released after the page was left.".into(),
        help: "Anonymize before the redirect.".into(),
        related: vec![
            related("src/store.ts", span(STORE, "localStorage.clear()"), "the logout starts here"),
            related("src/auth.ts", redirect, "leaves the page here"),
        ],
        tag: None,
        remedies: Vec::new(),
    };
    let path: Arc<str> = "src/auth.ts".into();
    let insertion = "FS('setIdentity', { anonymous: true });\n  ".to_owned();
    let edits = vec![
        Edit { path: path.clone(), span: Span::at(redirect.start), text: insertion },
        Edit { path, span: call, text: String::new() },
    ];
    let preferred = Fix { title: "Move it".into(), preferred: true, safety: Safety::Safe, edits: edits.clone() };
    let other = Fix { title: "Ignore it".into(), preferred: false, safety: Safety::Suggestion, edits };
    Found { finding, fixes: vec![preferred, other], fingerprint: "00000000000000a1".into() }
}

/// A hint without a path.
pub(crate) fn hint() -> Found {
    let finding = Finding {
        rule: Rule::MissingLogoutEvent,
        severity: Severity::Hint,
        span: span(AUTH, "export async function logout() {\n  await clear();"),
        message: "No event tells of this logout.".into(),
        help: String::new(),
        related: Vec::new(),
        tag: None,
        remedies: Vec::new(),
    };
    Found { finding, fixes: Vec::new(), fingerprint: "00000000000000b2".into() }
}

/// A document of both findings, in three files.
pub(crate) fn document() -> Document {
    let sources = sources();
    let auth = sources.get("src/auth.ts").unwrap();
    let findings = [hint(), late_anonymize()].iter().map(|found| finding(&sources, auth, found)).collect();
    let summary =
        Totals { files_seen: 3, files_parsed: 2, bytes_seen: 400, flows: 1, elapsed_ms: 7, ..Totals::default() };
    Document { version: VERSION, findings, summary }
}

fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::from(start..start + part.len())
}
