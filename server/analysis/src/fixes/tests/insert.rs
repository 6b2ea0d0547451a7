//! Statements that are put somewhere.

use super::harness::{anonymize_before, v1, web};
use crate::rules::RemedyAction;

#[test]
fn on_a_line_of_its_own_above_the_comment_that_describes_the_statement() {
    let text = "\
async function logout() {
  await api.post('/logout');

  // Back to the start.
  window.location.href = '/login';
}
";
    let after = web(text).after(|places| anonymize_before(places.step("window.location.href = '/login'")));
    assert_eq!(
        after.unwrap(),
        "\
async function logout() {
  await api.post('/logout');

  FS('setIdentity', { anonymous: true });
  // Back to the start.
  window.location.href = '/login';
}
"
    );
}

#[test]
fn not_above_a_trailing_comment_or_a_marker_of_the_line_before() {
    let text = "\
function logout() {
  clear(); // everything
  router.push('/login');
  //~^ missing-anonymize
  router.replace('/x');
}
";
    let after = web(text).after(|places| {
        [anonymize_before(places.step("router.push('/login')")), anonymize_before(places.step("router.replace('/x')"))]
            .concat()
    });
    assert_eq!(
        after.unwrap(),
        "\
function logout() {
  clear(); // everything
  FS('setIdentity', { anonymous: true });
  router.push('/login');
  //~^ missing-anonymize
  FS('setIdentity', { anonymous: true });
  router.replace('/x');
}
"
    );
}

#[test]
fn tabs_double_quotes_no_semicolons_and_crlf_are_kept() {
    let text = "export function logout() {\r\n\tclear(\"a\")\r\n\tnavigate(\"/login\")\r\n}\r\n";
    let after = web(text).after(|places| anonymize_before(places.step("navigate(\"/login\")")));
    assert_eq!(
        after.unwrap(),
        "export function logout() {\r\n\tclear(\"a\")\r\n\tFS(\"setIdentity\", { anonymous: true })\r\n\tnavigate(\"/login\")\r\n}\r\n"
    );
}

#[test]
fn without_semicolons_a_following_parenthesis_needs_one() {
    let text = "function logout() {\n  clear()\n  ;(a || b).leave()\n  ;[1].map(go)\n}\n";
    let after = web(text).after(|places| anonymize_before(places.step("(a || b).leave()")));
    assert_eq!(
        after.unwrap(),
        "function logout() {\n  clear()\n  FS('setIdentity', { anonymous: true })\n  ;(a || b).leave()\n  ;[1].map(go)\n}\n"
    );
}

#[test]
fn the_whole_return_and_braces_where_there_are_none() {
    let text = "\
function guard() {
  if (expired) return router.push('/login'); // gone
  else stay();
  if (idle)
    leave();
  else
    stay();
}
";
    let after = web(text).after(|places| {
        [anonymize_before(places.step("router.push('/login')")), anonymize_before(places.step("leave()"))].concat()
    });
    assert_eq!(
        after.unwrap(),
        "\
function guard() {
  if (expired) {
    FS('setIdentity', { anonymous: true });
    return router.push('/login'); // gone
  } else stay();
  if (idle) {
    FS('setIdentity', { anonymous: true });
    leave();
  } else
    stay();
}
"
    );
}

#[test]
fn else_without_braces() {
    let text = "function f() {\n  if (a) {\n    b();\n  } else leave();\n}\n";
    let after = web(text).after(|places| anonymize_before(places.step("leave()")));
    assert_eq!(
        after.unwrap(),
        "function f() {\n  if (a) {\n    b();\n  } else {\n    FS('setIdentity', { anonymous: true });\n    leave();\n  }\n}\n"
    );
}

#[test]
fn several_statements_on_one_line_and_cases() {
    let text = "function f() { if (x) { a(); leave(); } }\nswitch (k) {\n  case 'out': go(); break;\n}\n";
    let after = web(text)
        .after(|places| [anonymize_before(places.step("leave()")), anonymize_before(places.step("go()"))].concat());
    assert_eq!(
        after.unwrap(),
        "function f() { if (x) { a(); FS('setIdentity', { anonymous: true }); leave(); } }\nswitch (k) {\n  case 'out': FS('setIdentity', { anonymous: true }); go(); break;\n}\n"
    );
}

#[test]
fn braceless_in_the_middle_of_a_line() {
    let text = "function f() { if (x) leave(); }\n";
    let after = web(text).after(|places| anonymize_before(places.step("leave()")));
    assert_eq!(after.unwrap(), "function f() { if (x) { FS('setIdentity', { anonymous: true }); leave(); } }\n");
}

#[test]
fn no_edit_where_no_statement_can_stand() {
    let text = "for (leave(); ok; ) {}\nclass A { x = leave2(); }\nfunction f(a = leave3()) {}\nwhile (leave4()) {}\n";
    for code in ["leave()", "leave2()", "leave3()", "leave4()"] {
        assert_eq!(web(text).after(|places| anonymize_before(places.step(code))), None, "{code}");
    }
}

#[test]
fn at_the_end_of_a_body() {
    let text = "\
const a = () => {
  clear(); // all of it
};
function b() {
  clear2();
  return true;
}
function c() {}
class D {
  @bound
  logout() { clear3() }
}
const e = () => clear4();
";
    let after = web(text).after(|places| {
        ["clear()", "clear2()", "clear3()", "clear4()"]
            .map(|code| RemedyAction::AnonymizeAtEnd { body: places.body(code) })
            .into_iter()
            .chain([RemedyAction::AnonymizeAtEnd { body: places.body("{}\nclass") }])
            .collect()
    });
    assert_eq!(
        after.unwrap(),
        "\
const a = () => {
  clear(); // all of it
  FS('setIdentity', { anonymous: true });
};
function b() {
  clear2();
  FS('setIdentity', { anonymous: true });
  return true;
}
function c() {
  FS('setIdentity', { anonymous: true });
}
class D {
  @bound
  logout() { clear3(); FS('setIdentity', { anonymous: true }); }
}
const e = () => {
  FS('setIdentity', { anonymous: true });
  return clear4();
};
"
    );
}

#[test]
fn an_event_an_anonymize_and_a_wrapper_in_order() {
    let text = "function logout() {\n  leave();\n}\n";
    let actions = |places: &super::harness::Places<'_>| {
        let (body, node) = places.step("leave()");
        vec![
            RemedyAction::EventBefore { body, node, event: "Logout".to_owned() },
            RemedyAction::AnonymizeBefore { body, node },
            RemedyAction::CallBefore { body, node, callee: "this.clear".to_owned() },
        ]
    };
    assert_eq!(
        web(text).after(actions).unwrap(),
        "\
function logout() {
  FS('trackEvent', { name: 'Logout', properties: {} });
  FS('setIdentity', { anonymous: true });
  this.clear();
  leave();
}
"
    );
    assert_eq!(
        v1(text).after(actions).unwrap(),
        "function logout() {\n  FS.event('Logout', {});\n  FS.anonymize();\n  this.clear();\n  leave();\n}\n"
    );
}
