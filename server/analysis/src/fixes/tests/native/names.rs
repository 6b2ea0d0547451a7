//! The SDK's name, where something else has it.

use super::super::harness::{Case, JAVA, KOTLIN, SWIFT, on};
use crate::rules::RemedyAction;

fn anonymized(case: &Case<'_>, code: &str) -> Option<String> {
    case.after(|places| {
        let (body, node) = places.step(code);
        vec![RemedyAction::AnonymizeBefore { body, node }]
    })
}

#[test]
fn nothing_is_imported_over_a_name_of_another_file() {
    let text = "func logout() {\n    toLogin()\n}\n";
    let case = on(SWIFT, text);
    assert!(anonymized(&case, "toLogin()").is_some_and(|after| after.starts_with("import FullStory\n")));
    assert_eq!(anonymized(&Case { elsewhere: "FS", ..case }, "toLogin()"), None);
    let java = on(JAVA, "class A {\n    void logout() {\n        toLogin();\n    }\n}\n");
    assert_eq!(anonymized(&Case { elsewhere: "FS", ..java }, "toLogin()"), None);
}

#[test]
fn an_import_that_is_there_is_used_whatever_another_file_declares() {
    let case = on(KOTLIN, "import com.fullstory.FS\n\nfun logout() {\n    toLogin()\n}\n");
    let after = anonymized(&Case { elsewhere: "FS", ..case }, "toLogin()");
    assert!(after.is_some_and(|after| after.contains("    FS.anonymize()\n    toLogin()\n")));
}

#[test]
fn nothing_is_imported_over_a_name_of_the_file() {
    for text in [
        "class FS {}\nfunc logout() {\n    toLogin()\n}\n",
        "func logout() {\n    let FS = files()\n    toLogin()\n}\n",
    ] {
        assert_eq!(anonymized(&on(SWIFT, text), "toLogin()"), None, "{text}");
    }
}

#[test]
fn what_the_file_calls_already_needs_no_import() {
    // The prefix header may bring it.
    let text = "func login() {\n    FS.identify(uid)\n}\nfunc logout() {\n    toLogin()\n}\n";
    let after = anonymized(&on(SWIFT, text), "toLogin()").unwrap();
    assert_eq!(after, text.replace("    toLogin()", "    FS.anonymize()\n    toLogin()"));
}

#[test]
fn a_wrapper_is_called_as_the_language_calls_a_method_of_its_own() {
    for (platform, text, callee, expected) in [
        (
            SWIFT,
            "class A {\n    func logout() {\n        toLogin()\n    }\n}\n",
            "self.clear",
            "        self.clear()\n",
        ),
        (KOTLIN, "class A {\n    fun logout() {\n        toLogin()\n    }\n}\n", "clear", "        clear()\n"),
    ] {
        let after = on(platform, text).after(|places| {
            let (body, node) = places.step("toLogin()");
            vec![RemedyAction::CallBefore { body, node, callee: callee.to_owned() }]
        });
        assert!(after.is_some_and(|after| after.contains(expected)), "{callee}");
    }
}
