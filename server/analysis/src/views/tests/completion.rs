//! What is offered while somebody types.

use std::path::Path;
use std::sync::Arc;

use crate::database::{Database, Manifest, Project, Settings, SourceFile, lowered};
use crate::fixes::{Edit, apply};
use crate::judge::report;
use crate::rules::Severity;
use crate::source::{FileRole, Language};
use crate::views::{Completion, SnippetPart, completions};
use crate::vocabulary::Platform;

/// A file of a project whose manifest declares the SDK, with the caret at the first `|`.
fn offered_with(path: &str, platform: &str, text: &str) -> (String, Vec<Completion>) {
    let offset = text.find('|').unwrap() as u32;
    let text = text.replacen('|', "", 1);
    let (db, file) = open_as(path, platform, &text);
    (text, completions(&db, file, offset))
}

pub(super) fn open_as(path: &str, platform: &str, text: &str) -> (Database, SourceFile) {
    let db = Database::default();
    let platform = Some(Platform::of_name(platform).unwrap());
    let manifest = Manifest { platform, declares_sdk: true, declares_package: true, ..Manifest::default() };
    let project = Project::new(&db, manifest, Settings::default(), Vec::new(), None);
    let language = Language::of_path(Path::new(path)).unwrap();
    let file = SourceFile::new(&db, Arc::from(path), language, FileRole::Product, Arc::from(text), None, project);
    (db, file)
}

fn offered(path: &str, platform: &str, text: &str) -> Vec<Completion> {
    offered_with(path, platform, text).1
}

fn labels(path: &str, platform: &str, text: &str) -> Vec<String> {
    offered(path, platform, text).into_iter().map(|it| it.label).collect()
}

pub(super) fn plain(code: &[SnippetPart]) -> String {
    let text = |part: &SnippetPart| match part {
        SnippetPart::Text(text) | SnippetPart::Stop(_, text) => text.clone(),
    };
    code.iter().map(text).collect()
}

/// The text when the first completion with such a label is taken.
fn taken(path: &str, platform: &str, text: &str, label: &str) -> String {
    let (text, offered) = offered_with(path, platform, text);
    let labels: Vec<&str> = offered.iter().map(|it| &*it.label).collect();
    let chosen = offered.iter().find(|it| it.label.contains(label)).unwrap_or_else(|| panic!("{labels:?}"));
    let mut edits = chosen.imports.clone();
    edits.push(Edit { path: Arc::from(path), span: chosen.span, text: plain(&chosen.code) });
    apply(&text, &edits)
}

const JS: &str = "import { FullStory } from '@fullstory/browser';\nexport async function logout() {\n  |\n}\n";

fn js(typed: &str) -> String {
    JS.replace('|', &format!("{typed}|"))
}

#[test]
fn the_calls_are_offered_in_the_files_own_form() {
    let calls = [
        "FullStory('setIdentity', { anonymous: true })",
        "FullStory('setIdentity', { uid: user.id })",
        "FullStory('trackEvent', { name: 'Logout', properties: {} })",
        "logout flow",
    ];
    for typed in ["FS", "fs", "Full", "FullStory"] {
        assert_eq!(labels("a.ts", "web", &js(typed)), calls, "{typed}");
    }
    assert_eq!(labels("a.ts", "web", &js("anon")), calls[..1]);
    assert_eq!(labels("a.ts", "web", &js("trackE")), calls[2..3]);
    assert_eq!(labels("a.ts", "web", &js("logo")), calls[3..]);
    for nothing in ["", "F", "x", "anonymizes", "12"] {
        assert_eq!(labels("a.ts", "web", &js(nothing)), [] as [&str; 0], "{nothing}");
    }
    assert_eq!(
        taken("a.ts", "web", &js("anon"), "anonymous"),
        js("FullStory('setIdentity', { anonymous: true });").replace('|', "")
    );
    // Its own style: double quotes, no semicolons.
    let own = "import { FullStory } from \"@fullstory/browser\"\nexport function bye() {\n  ev|\n}\n";
    let event = "FullStory(\"trackEvent\", { name: \"Logout\", properties: {} })";
    assert_eq!(taken("a.ts", "web", own, "trackEvent"), own.replace("ev|", event));
}

#[test]
fn what_an_editor_compares_starts_with_what_is_typed() {
    for typed in ["anon", "ANON", "fs", "FullStory.an", "FullStory."] {
        for offer in offered("a.ts", "web", &js(typed)) {
            assert!(offer.filter.starts_with(typed), "{typed}: {}", offer.filter);
        }
    }
    assert_eq!(offered("a.ts", "web", &js("anon"))[0].filter, "anonymize");
    assert_eq!(offered("a.ts", "web", &js("FullStory."))[0].filter, "FullStory.anonymize");
}

#[test]
fn a_call_that_is_begun_on_the_sdk_is_taken_whole() {
    let whole = js("FullStory('setIdentity', { anonymous: true });").replace('|', "");
    assert_eq!(taken("a.ts", "web", &js("FullStory.an"), "anonymous"), whole);
    assert_eq!(labels("a.ts", "web", &js("auth.an")), [] as [&str; 0]);
    assert_eq!(labels("a.ts", "web", &js("this.logo")), [] as [&str; 0]);
    let native = "#import <FullStory/FullStory.h>\n@implementation A\n- (void)bye {\n    [FS an|]\n}\n@end\n";
    assert_eq!(taken("A.m", "ios-objc", native, "anonymize"), native.replace("[FS an|]", "[FS anonymize];"));
}

#[test]
fn nothing_is_offered_where_no_statement_can_stand() {
    let places = [
        "// anon|",
        "/* anon| */",
        "const a = 'anon|';",
        "const a = `anon|`;",
        "const a = \"anon|",
        "call(anon|);",
        "const anon| = 1;",
        "function anon|",
        "function logo|() {}",
        "const x = { anon| };",
        "const x: logo|",
        "import { logo| } from 'x';",
        "class logo| {}",
        "f(/anon|/);",
        "const x = <p>logo|</p>;",
        "const x = <logo|",
        "let y = a ? logo| : 1;",
        "const s = `${anon|}`",
    ];
    for place in places {
        assert_eq!(labels("a.tsx", "web", place), [] as [&str; 0], "{place}");
    }
    // A class takes a whole method, and no statement.
    assert_eq!(labels("a.ts", "web", "class A {\n  logo|\n}"), ["logout flow"]);
    assert_eq!(labels("a.ts", "web", "class A {\n  anon|\n}"), [] as [&str; 0]);
    for place in ["const f = () => anon|", "await anon|", "if (x) anon|", "f(() => { anon| })", "{ anon|"] {
        assert_eq!(labels("a.ts", "web", place).len(), 1, "{place}");
    }
}

#[test]
fn nothing_is_offered_on_servers_in_tests_and_where_fullstory_is_not() {
    assert_eq!(labels("app/api/route.ts", "web", "export async function POST() {\n  anon|\n}"), [] as [&str; 0]);
    let (db, file) = open_as("a.ts", "web", "anon");
    assert_eq!(completions(&db, file, 4).len(), 1);
    let manifest = Manifest { platform: Some(Platform::of_name("web").unwrap()), ..Manifest::default() };
    let project = Project::new(&db, manifest, Settings::default(), Vec::new(), None);
    let other =
        |role| SourceFile::new(&db, Arc::from("b.ts"), Language::TypeScript, role, Arc::from("anon"), None, project);
    assert_eq!(completions(&db, other(FileRole::Product), 4), []);
    assert_eq!(completions(&db, other(FileRole::Test), 4), []);
    // Offsets that no caret has.
    for offset in [0, 1, 5, 999, u32::MAX] {
        assert_eq!(completions(&db, file, offset), []);
    }
}

/// Each platform's file with a place for a statement, and one for a declaration.
const FILES: [(&str, &str, &str, &str); 8] = [
    ("a.ts", "web", "export function bye() {\n  |\n}\n", "export const a = 1;\n|\n"),
    (
        "a.js",
        "web-v1",
        "import * as FullStory from '@fullstory/browser';\nexport function bye() {\n  |\n}\n",
        "import * as FullStory from '@fullstory/browser';\nclass A {\n  |\n}\n",
    ),
    (
        "a.tsx",
        "react-native",
        "import { View } from 'react-native';\nconst bye = () => {\n  |\n};\n",
        "import { View } from 'react-native';\n|\n",
    ),
    (
        "A.swift",
        "ios",
        "import UIKit\n\nclass A {\n    func bye() {\n        |\n    }\n}\n",
        "import UIKit\n\nclass A {\n    |\n}\n",
    ),
    (
        "A.m",
        "ios-objc",
        "#import \"A.h\"\n\n@implementation A\n- (void)bye {\n    |\n}\n@end\n",
        "#import \"A.h\"\n\n@implementation A\n|\n@end\n",
    ),
    (
        "A.kt",
        "android",
        "package a\n\nimport b.C\n\nclass A {\n    fun bye() {\n        |\n    }\n}\n",
        "package a\n\nimport b.C\n\nclass A {\n    |\n}\n",
    ),
    (
        "A.java",
        "android-java",
        "package a;\n\nimport b.C;\n\nclass A {\n    void bye() {\n        |\n        other();\n    }\n}\n",
        "package a;\n\nimport b.C;\n\nclass A {\n    |\n}\n",
    ),
    (
        "a.dart",
        "flutter",
        "import 'package:b/c.dart';\n\nvoid bye() {\n  |\n  other();\n}\n",
        "import 'package:b/c.dart';\n\nclass A {\n  |\n}\n",
    ),
];

#[test]
fn every_platform_writes_its_own_calls_and_whole_logout() {
    for (path, platform, statement, declaration) in FILES {
        let calls = labels(path, platform, &statement.replace('|', "FS|"));
        assert!(calls.len() >= 3, "{platform}: {calls:?}");
        let mut texts: Vec<String> =
            calls.iter().take(3).map(|label| taken(path, platform, &statement.replace('|', "FS|"), label)).collect();
        let flow = taken(path, platform, &declaration.replace('|', "logo|"), "logout flow");
        texts.push(flow);
        for text in texts {
            let (db, file) = open_as(path, platform, &text);
            assert!(lowered(&db, file).broken.is_empty(), "{platform}:\n{text}");
            let report = report(&db, file);
            let grave: Vec<_> =
                report.findings.iter().filter(|finding| finding.severity >= Severity::Warning).collect();
            assert!(grave.is_empty(), "{platform}: {grave:?}\n{text}");
        }
    }
}

#[test]
fn an_import_on_a_condition_puts_the_call_on_it_too() {
    let text =
        "#if canImport(FullStory)\nimport FullStory\n#endif\n\nclass A {\n    func bye() {\n        an|\n    }\n}\n";
    let found = taken("A.swift", "ios", text, "FS.anonymize()");
    assert_eq!(found, text.replace("an|", "#if canImport(FullStory)\nFS.anonymize()\n#endif"));
}

#[test]
fn in_markup_only_scripts_and_handlers_take_code() {
    let script = |inner: &str, template: &str| {
        format!(
            "<script setup lang=\"ts\">\nimport {{ ref }} from 'vue';\n{inner}\n</script>\n<template>\n{template}\n</template>\n"
        )
    };
    let call = "FS('setIdentity', { anonymous: true })";
    assert_eq!(labels("A.vue", "web", &script("function bye() {\n  anon|\n}", "<p />")).len(), 1);
    assert_eq!(labels("A.vue", "web", &script("logo|", "<p />")), ["logout flow"]);
    let handler = offered("A.vue", "web", &script("const a = ref(1);", "<button @click=\"anon|\">Log out</button>"));
    // What a sheltered template may name is what its setup declares.
    assert!(handler.iter().all(|it| it.imports.len() <= 1 && it.label.contains("anonymous")), "{handler:?}");
    for template in ["<p>anon|</p>", "<p title=\"anon|\" />", "<anon| />", "<!-- anon| -->"] {
        assert_eq!(labels("A.vue", "web", &script("const a = ref(1);", template)), [] as [&str; 0], "{template}");
    }
    let page = "<button onclick=\"anon|\">Log out</button>";
    assert_eq!(labels("a.html", "web", page), [call]);
    assert_eq!(taken("a.html", "web", page, "anonymous"), page.replace("anon|", call));
}
