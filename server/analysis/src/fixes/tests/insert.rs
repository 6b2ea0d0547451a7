//! Statements that are put somewhere.

use super::harness::{anonymize_before, native, v1, web};
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
fn an_arrow_keeps_its_value_unless_it_is_a_handler() {
    let text = "\
const logout = () => signOut().then(() => navigate('/login'));
const Menu = () => <button onClick={() => leave('/x')}>Log out 😀</button>;
";
    let after = web(text).after(|places| {
        [anonymize_before(places.step("navigate('/login')")), anonymize_before(places.step("leave('/x')"))].concat()
    });
    assert_eq!(
        after.unwrap(),
        "\
const logout = () => signOut().then(() => {
  FS('setIdentity', { anonymous: true });
  return navigate('/login');
});
const Menu = () => <button onClick={() => {
  FS('setIdentity', { anonymous: true });
  leave('/x');
}}>Log out 😀</button>;
"
    );
}

#[test]
fn an_arrow_of_an_object_or_an_assignment_loses_its_parentheses() {
    let text = "\
const state = () => ({
  ok: leave(),
});
const out = async () => (window.location.href = '/login');
";
    let after = web(text).after(|places| {
        [anonymize_before(places.step("leave()")), anonymize_before(places.step("window.location.href = '/login'"))]
            .concat()
    });
    assert_eq!(
        after.unwrap(),
        "\
const state = () => {
  FS('setIdentity', { anonymous: true });
  return {
    ok: leave(),
  };
};
const out = async () => {
  FS('setIdentity', { anonymous: true });
  window.location.href = '/login';
};
"
    );
}

#[test]
fn an_expression_that_branches_becomes_an_if() {
    let text = "\
function f() {
  expired && navigate('/login');
  ok() || leave();
  admin ? go('/a') : stay();
}
";
    let after = web(text).after(|places| {
        [
            anonymize_before(places.step("navigate('/login')")),
            anonymize_before(places.step("leave()")),
            anonymize_before(places.step("go('/a')")),
        ]
        .concat()
    });
    assert_eq!(
        after.unwrap(),
        "\
function f() {
  if (expired) {
    FS('setIdentity', { anonymous: true });
    navigate('/login');
  }
  if (!ok()) {
    FS('setIdentity', { anonymous: true });
    leave();
  }
  if (admin) {
    FS('setIdentity', { anonymous: true });
    go('/a');
  } else {
    stay();
  }
}
"
    );
}

#[test]
fn both_branches_of_a_ternary_take_one_call_before_it() {
    let text = "function f() {\n  return admin ? go('/a') : go('/b');\n}\n";
    let after = web(text).after(|places| {
        [anonymize_before(places.step("go('/a')")), anonymize_before(places.step("go('/b')"))].concat()
    });
    assert_eq!(
        after.unwrap(),
        "function f() {\n  FS('setIdentity', { anonymous: true });\n  return admin ? go('/a') : go('/b');\n}\n"
    );
    assert_eq!(web(text).after(|places| anonymize_before(places.step("go('/a')"))), None);
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

#[test]
fn the_files_own_callable() {
    let cases = [
        (
            "import { FullStory as Rec } from '@fullstory/browser';\nleave();\n",
            "Rec('setIdentity', { anonymous: true });\n",
        ),
        (
            "window.FS?.('trackEvent', { name: 'a', properties: {} });\nleave();\n",
            "window.FS?.('setIdentity', { anonymous: true });\n",
        ),
        ("if (window.FS) ready();\nleave();\n", "window.FS('setIdentity', { anonymous: true });\n"),
        ("leave();\n", "FS('setIdentity', { anonymous: true });\n"),
    ];
    for (text, call) in cases {
        let after = web(text).after(|places| anonymize_before(places.step("leave()"))).unwrap();
        assert_eq!(after, text.replace("leave();", &format!("{call}leave();")));
    }
}

#[test]
fn a_hooks_value_only_where_it_is_in_scope() {
    let text = "\
function useLogout() {
  const fs = useFullstory();
  fs('trackEvent', { name: 'FS', properties: {} });
  return () => {
    leave();
  };
}
function other() {
  go();
}
";
    let after = web(text)
        .after(|places| [anonymize_before(places.step("leave()")), anonymize_before(places.step("go()"))].concat());
    let after = after.unwrap();
    assert!(after.contains("    fs('setIdentity', { anonymous: true });\n    leave();"), "{after}");
    assert!(after.contains("  FS('setIdentity', { anonymous: true });\n  go();"), "{after}");
}

#[test]
fn the_configured_namespace() {
    let case = super::harness::Case { namespace: Some("Rec"), ..web("leave();\n") };
    let after = case.after(|places| anonymize_before(places.step("leave()")));
    assert_eq!(after.unwrap(), "Rec('setIdentity', { anonymous: true });\nleave();\n");
}

#[test]
fn react_native_imports_its_sdk() {
    let text =
        "import { View } from 'react-native'\nimport a from './a' // own\n\nexport const f = () => {\n  leave()\n}\n";
    let after = native(text).after(|places| anonymize_before(places.step("leave()")));
    assert_eq!(
        after.unwrap(),
        "\
import { View } from 'react-native'
import FullStory from '@fullstory/react-native'
import a from './a' // own

export const f = () => {
  FullStory.anonymize()
  leave()
}
"
    );
}

#[test]
fn an_import_goes_last_where_there_are_no_packages() {
    let text = "import a from '@/a';\nimport b from './b';\nleave();\n";
    let after = native(text).after(|places| anonymize_before(places.step("leave()"))).unwrap();
    assert!(after.starts_with("import a from '@/a';\nimport b from './b';\nimport FullStory from"), "{after}");
}

#[test]
fn an_import_at_the_top_stands_behind_directives_and_the_files_comment() {
    let text = "#!/usr/bin/env node\n/* Copyright */\n\n'use strict';\n\n// Leaves.\nleave();\n";
    let after = native(text).after(|places| anonymize_before(places.step("leave()")));
    assert_eq!(
        after.unwrap(),
        "\
#!/usr/bin/env node
/* Copyright */

'use strict';

import FullStory from '@fullstory/react-native';

FullStory.anonymize();
// Leaves.
leave();
"
    );
}

#[test]
fn an_import_at_the_top_leaves_documentation_where_it_is() {
    let call = "import FullStory from '@fullstory/react-native';\n";
    for (head, code) in [
        ("// src/out.ts\n", "export const f = () => {\n  leave();\n};\n"),
        ("", "/** Leaves. */\nexport const f = () => {\n  leave();\n};\n"),
        ("", "// eslint-disable-next-line\nexport const f = () => {\n  leave();\n};\n"),
    ] {
        let text = format!("{head}{code}");
        let after = native(&text).after(|places| anonymize_before(places.step("leave()"))).unwrap();
        let code = code.replace("  leave", "  FullStory.anonymize();\n  leave");
        assert_eq!(after, format!("{head}{call}\n{code}"));
    }
}

#[test]
fn common_js_requires() {
    let text = "'use strict';\nconst a = require('./a');\n\nfunction f() {\n  leave();\n}\n";
    let after = native(text).after(|places| anonymize_before(places.step("leave()")));
    assert_eq!(
        after.unwrap(),
        "'use strict';\nconst a = require('./a');\nconst FullStory = require('@fullstory/react-native').default;\n\nfunction f() {\n  FullStory.anonymize();\n  leave();\n}\n"
    );
}

#[test]
fn the_web_package_is_imported_only_where_it_is_declared_and_no_global_is_seen() {
    let case = super::harness::Case { declares_package: true, ..web("import a from \"a\";\nleave();\n") };
    assert_eq!(
        case.after(|places| anonymize_before(places.step("leave()"))).unwrap(),
        "import a from \"a\";\nimport { FullStory } from \"@fullstory/browser\";\nFullStory(\"setIdentity\", { anonymous: true });\nleave();\n"
    );
    let text = "import { init } from '@fullstory/browser';\nleave();\n";
    assert_eq!(
        web(text).after(|places| anonymize_before(places.step("leave()"))).unwrap(),
        "import { init, FullStory } from '@fullstory/browser';\nFullStory('setIdentity', { anonymous: true });\nleave();\n"
    );
}

#[test]
fn methods_imported_by_name() {
    let text = "import { identify } from '@fullstory/browser';\nleave();\n";
    assert_eq!(
        v1(text).after(|places| anonymize_before(places.step("leave()"))).unwrap(),
        "import { identify, anonymize } from '@fullstory/browser';\nanonymize();\nleave();\n"
    );
}

#[test]
fn a_name_that_is_something_else_here_is_not_the_global() {
    let text = "import FS from 'fs';\nleave();\n";
    let after = web(text).after(|places| anonymize_before(places.step("leave()"))).unwrap();
    assert_eq!(after, "import FS from 'fs';\nwindow.FS('setIdentity', { anonymous: true });\nleave();\n");
    let text = "import config from './config';\nuse(config.FS);\nleave();\n";
    let after = web(text).after(|places| anonymize_before(places.step("leave()"))).unwrap();
    assert!(after.contains("\nFS('setIdentity', { anonymous: true });\nleave();"), "{after}");
}

#[test]
fn a_member_only_where_this_is_the_same() {
    let text = "\
class A {
  track() {
    this.FS('setIdentity', { uid: user.id });
  }
  logout() {
    leave();
    later(() => go());
  }
}
class B {
  logout() {
    stay();
  }
}
";
    let after = web(text)
        .after(|places| ["leave()", "go()", "stay()"].map(|code| anonymize_before(places.step(code))).concat())
        .unwrap();
    assert!(after.contains("    this.FS('setIdentity', { anonymous: true });\n    leave();"), "{after}");
    assert!(after.contains("      this.FS('setIdentity', { anonymous: true });\n      return go();"), "{after}");
    assert!(after.contains("    FS('setIdentity', { anonymous: true });\n    stay();"), "{after}");
}
