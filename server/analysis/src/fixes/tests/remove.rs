//! Calls and comments that go away.

use super::harness::{Places, web};
use crate::rules::RemedyAction;

const CALL: &str = "FS('setIdentity', { anonymous: true })";

fn remove(places: &Places<'_>) -> Vec<RemedyAction> {
    let (body, node) = places.step(CALL);
    vec![RemedyAction::Remove { body, node }]
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(web(text).after(remove).as_deref(), Some(expected));
}

#[test]
fn the_statement_goes_with_its_line_and_its_own_comments() {
    check(
        "function f() {\n  a();\n\n  // Release.\n  FS('setIdentity', { anonymous: true }); // twice\n\n  b();\n}\n",
        "function f() {\n  a();\n\n  b();\n}\n",
    );
}

#[test]
fn a_comment_about_more_than_the_call_stays_and_an_instruction_goes() {
    check(
        "// Clear everything.\n// eslint-disable-next-line no-undef\nFS('setIdentity', { anonymous: true });\nclear();\n",
        "// Clear everything.\nclear();\n",
    );
}

#[test]
fn on_a_shared_line_only_the_statement_goes() {
    check("if (x) { a(); FS('setIdentity', { anonymous: true }); b(); }\n", "if (x) { a(); b(); }\n");
    check("if (x) { a(); FS('setIdentity', { anonymous: true }); }\n", "if (x) { a(); }\n");
}

#[test]
fn a_guard_goes_with_what_it_guards() {
    check("a();\nwindow.FS && FS('setIdentity', { anonymous: true });\nb();\n", "a();\nb();\n");
    check("a();\nif (window.FS) FS('setIdentity', { anonymous: true });\nb();\n", "a();\nb();\n");
    check("a();\nif (window.FS) {\n  // Bye.\n  FS('setIdentity', { anonymous: true });\n}\nb();\n", "a();\nb();\n");
    check("if (ready()) {\n  FS('setIdentity', { anonymous: true });\n}\n", "if (ready()) {}\n");
    check("if (a) {\n  b();\n} else {\n  FS('setIdentity', { anonymous: true });\n}\n", "if (a) {\n  b();\n}\n");
    check("if (a) FS('setIdentity', { anonymous: true });\nelse b();\n", "if (a) {}\nelse b();\n");
}

#[test]
fn a_semicolon_at_the_start_of_the_next_line_stays() {
    check("a()\nFS('setIdentity', { anonymous: true })\n;(b || c)()\n", "a()\n;(b || c)()\n");
}

#[test]
fn an_empty_catch_stays_and_an_effect_goes() {
    check(
        "try {\n  a();\n} catch (e) {\n  FS('setIdentity', { anonymous: true });\n}\n",
        "try {\n  a();\n} catch (e) {}\n",
    );
    check(
        "try {\n  a();\n} catch (e) {\n  b();\n} finally {\n  FS('setIdentity', { anonymous: true });\n}\n",
        "try {\n  a();\n} catch (e) {\n  b();\n}\n",
    );
    check(
        "const a = 1;\n\nuseEffect(() => {\n  FS('setIdentity', { anonymous: true });\n}, []);\n\nexport default a;\n",
        "const a = 1;\n\nexport default a;\n",
    );
    check("useEffect(() => FS('setIdentity', { anonymous: true }), []);\na();\n", "a();\n");
    check("onMounted(() => FS('setIdentity', { anonymous: true }));\na();\n", "a();\n");
    check("setTimeout(() => FS('setIdentity', { anonymous: true }), 0);\na();\n", "a();\n");
    check("later(() => FS('setIdentity', { anonymous: true }));\n", "later(() => {});\n");
    check("request().catch(() => FS('setIdentity', { anonymous: true }));\n", "request().catch(() => {});\n");
}

#[test]
fn a_call_in_an_expression() {
    check("a ? FS('setIdentity', { anonymous: true }) : b();\n", "a ? undefined : b();\n");
    check("(FS('setIdentity', { anonymous: true }), b());\n", "(b());\n");
    check("await Promise.all([a(), FS('setIdentity', { anonymous: true })]);\n", "await Promise.all([a()]);\n");
    check("void FS('setIdentity', { anonymous: true });\nb();\n", "b();\n");
    check("FS('setIdentity', { anonymous: true }).catch(() => {});\nb();\n", "b();\n");
    check("ready() && FS('setIdentity', { anonymous: true });\nb();\n", "ready();\nb();\n");
    check(
        "function f() {\n  if (a) {\n    return FS('setIdentity', { anonymous: true });\n  }\n  b();\n}\n",
        "function f() {\n  if (a) {\n    return;\n  }\n  b();\n}\n",
    );
    let used = "const x = FS('setIdentity', { anonymous: true });\n";
    assert_eq!(web(used).after(remove), None);
    let chained = "FS('setIdentity', { anonymous: true }).then(() => leave());\n";
    assert_eq!(web(chained).after(remove), None);
}

#[test]
fn comments_go_with_their_line_or_braces() {
    let text = "a(); // farewell-ignore x\n  // farewell-ignore y\nb();\nconst c = <p>{/* farewell-ignore z */}</p>;\n";
    let after = web(text).after(|places| {
        ["// farewell-ignore x", "// farewell-ignore y", "/* farewell-ignore z */"]
            .map(|comment| RemedyAction::RemoveComment { span: places.span(comment) })
            .to_vec()
    });
    assert_eq!(after.unwrap(), "a();\nb();\nconst c = <p></p>;\n");
}
