//! Statements before a step that stands in an expression.

use super::harness::{anonymize_before, web};

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
