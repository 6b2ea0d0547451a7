//! Statements that move.

use super::harness::{Places, web};
use crate::rules::RemedyAction;

const CALL: &str = "FS('setIdentity', { anonymous: true })";

fn move_before(before: &str) -> impl Fn(&Places<'_>) -> Vec<RemedyAction> {
    move |places| {
        let (body, node) = places.step(CALL);
        vec![RemedyAction::MoveBefore { body, node, before: places.step(before) }]
    }
}

#[test]
fn a_call_moves_with_its_comments() {
    let text = "\
function logout() {
  clear();

  // Off to the login page.
  window.location.href = '/login';
  /* Identity
     goes last. */
  FS('setIdentity', { anonymous: true }); // late
}
";
    assert_eq!(
        web(text).after(move_before("window.location.href = '/login'")).unwrap(),
        "\
function logout() {
  clear();

  /* Identity
     goes last. */
  FS('setIdentity', { anonymous: true }); // late
  // Off to the login page.
  window.location.href = '/login';
}
"
    );
}

#[test]
fn its_guard_moves_with_it() {
    for guarded in [
        "if (window.FS) {\n    FS('setIdentity', { anonymous: true });\n  }",
        "if (FS.isReady()) FS('setIdentity', { anonymous: true });",
        "window.FS && FS('setIdentity', { anonymous: true });",
        "try {\n    FS('setIdentity', { anonymous: true });\n  } catch {}",
    ] {
        let text = format!("function f() {{\n  leave();\n  {guarded}\n}}\n");
        let expected = format!("function f() {{\n  {guarded}\n  leave();\n}}\n");
        assert_eq!(web(&text).after(move_before("leave()")).unwrap(), expected);
    }
}

#[test]
fn into_a_branch_without_braces_and_out_of_a_block_that_holds_more() {
    let text = "\
async function f() {
\tif (done)
\t\tleave();
\tif (window.FS) {
\t\tlog();
\t\tFS('setIdentity', { anonymous: true });
\t}
}
";
    assert_eq!(
        web(text).after(move_before("leave()")).unwrap(),
        "\
async function f() {
\tif (done) {
\t\tFS('setIdentity', { anonymous: true });
\t\tleave();
\t}
\tif (window.FS) {
\t\tlog();
\t}
}
"
    );
}

#[test]
fn before_the_statement_that_holds_several_steps() {
    let text = "\
function f() {
  // Where to?
  if (sso) {
    a();
    leave('/sso');
  } else leave('/login');
  FS('setIdentity', { anonymous: true });
}
";
    let after = web(text).after(|places| {
        let (body, node) = places.step(CALL);
        ["leave('/sso')", "leave('/login')"]
            .map(|code| RemedyAction::MoveBefore { body, node, before: places.step(code) })
            .to_vec()
    });
    assert_eq!(
        after.unwrap(),
        "\
function f() {
  FS('setIdentity', { anonymous: true });
  // Where to?
  if (sso) {
    a();
    leave('/sso');
  } else leave('/login');
}
"
    );
}

#[test]
fn out_of_a_finally_that_has_nothing_else_to_do() {
    let text = "\
async function f() {
  // Bye.
  try {
    const answer = await end();

    if (answer.ok) leave();
  } finally {
    FS('setIdentity', { anonymous: true });
  }
}
";
    assert_eq!(
        web(text).after(move_before("leave()")).unwrap(),
        "\
async function f() {
  // Bye.
  const answer = await end();

  if (answer.ok) {
    FS('setIdentity', { anonymous: true });
    leave();
  }
}
"
    );
    let named_twice = text.replace("  // Bye.", "  const answer = 1;");
    let after = web(&named_twice).after(move_before("leave()")).unwrap();
    assert!(after.contains("  } finally {}\n"), "{after}");
    let parameter = text.replace("f()", "f(answer)");
    assert!(web(&parameter).after(move_before("leave()")).unwrap().contains("  } finally {}\n"));
}

#[test]
fn a_returned_call_becomes_a_statement() {
    let text = "function f() {\n  leave();\n  return FS('setIdentity', { anonymous: true });\n}\n";
    assert_eq!(
        web(text).after(move_before("leave()")).unwrap(),
        "function f() {\n  FS('setIdentity', { anonymous: true });\n  leave();\n}\n"
    );
}

#[test]
fn not_over_the_declaration_of_a_name_that_it_uses() {
    let event = "FS('trackEvent', { name: 'Logout', properties: { after } })";
    let text = format!("function f() {{\n  leave();\n  const after = Date.now();\n  {event};\n}}\n");
    let after = web(&text).after(|places| {
        let (body, node) = places.step(event);
        vec![RemedyAction::MoveBefore { body, node, before: places.step("leave()") }]
    });
    assert_eq!(after, None);
}

#[test]
fn behind_a_loop() {
    let text = "\
function f() {
  for (const key of keys) {
    remove(key);
    FS('setIdentity', { anonymous: true });
  }
  leave();
}
";
    let after = web(text).after(|places| {
        let (body, node) = places.step(CALL);
        let behind = places
            .span("for (const key of keys) {\n    remove(key);\n    FS('setIdentity', { anonymous: true });\n  }");
        vec![RemedyAction::MoveBehind { body, node, behind }]
    });
    assert_eq!(
        after.unwrap(),
        "\
function f() {
  for (const key of keys) {
    remove(key);
  }
  FS('setIdentity', { anonymous: true });
  leave();
}
"
    );
}

#[test]
fn behind_a_callback_that_is_run_for_each() {
    let text = "keys.forEach((key) => {\n  remove(key);\n  FS('setIdentity', { anonymous: true });\n});\nleave();\n";
    let after = web(text).after(|places| {
        let (body, node) = places.step(CALL);
        let behind =
            places.span("keys.forEach((key) => {\n  remove(key);\n  FS('setIdentity', { anonymous: true });\n})");
        vec![RemedyAction::MoveBehind { body, node, behind }]
    });
    assert_eq!(
        after.unwrap(),
        "keys.forEach((key) => {\n  remove(key);\n});\nFS('setIdentity', { anonymous: true });\nleave();\n"
    );
}

#[test]
fn a_template_string_keeps_its_white_space() {
    let event = "FS('trackEvent', { name: `Log\n  out`, properties: {} })";
    let text = format!("function f() {{\n  if (a) {{\n    leave();\n    if (b) {{\n      {event};\n    }}\n  }}\n}}\n");
    let after = web(&text).after(|places| {
        let (body, node) = places.step(event);
        vec![RemedyAction::MoveBefore { body, node, before: places.step("leave()") }]
    });
    assert_eq!(
        after.unwrap(),
        format!("function f() {{\n  if (a) {{\n    if (b) {{\n      {event};\n    }}\n    leave();\n  }}\n}}\n")
    );
}
