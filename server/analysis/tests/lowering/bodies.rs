//! Bodies: their names, uses, labels, classes and order of running.

use farewell_analysis::lowering::{BodyKind, BodyUse, Placement};

use crate::support::{calls, lower, named, path_text, paths, paths_of, use_text, value_text};

/// `name label use` of each body but the top level.
fn bodies(text: &str) -> Vec<String> {
    let file = lower(text);
    file.bodies()
        .skip(1)
        .map(|(_, body)| {
            let name = body.name.as_deref().unwrap_or("-");
            let label = body.label.as_deref().map(|label| format!(" '{label}'")).unwrap_or_default();
            format!("{name}{label} {}", use_text(&file, &body.used_as))
        })
        .collect()
}

#[test]
fn functions_are_named_by_what_they_are_bound_to() {
    assert_eq!(bodies("function f() {}"), ["f bound"]);
    assert_eq!(bodies("const f = () => {};"), ["f bound"]);
    assert_eq!(bodies("const f = function g() {};"), ["f bound"]);
    assert_eq!(bodies("f = async () => {};"), ["f bound"]);
    assert_eq!(bodies("this.f = () => {};"), ["f bound"]);
    assert_eq!(bodies("exports.f = function () {};"), ["f bound"]);
    assert_eq!(bodies("X.prototype.logout = function () {};"), ["logout bound"]);
    assert_eq!(bodies("const x = { f: () => {}, g() {}, 'h': function () {} };"), ["f bound", "g bound", "h bound"]);
    assert_eq!(bodies("class A { f = () => {}; g() {} }"), ["f bound", "g bound"]);
    assert_eq!(bodies("return { logout: async () => {} };"), ["logout bound"]);
    assert_eq!(bodies("export default function () {}"), ["- bound"]);
    assert_eq!(bodies("export default () => {};"), ["- bound"]);
    assert_eq!(bodies("const f = (x as any)!(() => {});"), ["f argument x 0"]);
}

#[test]
fn wrapped_closures_take_the_variables_name() {
    assert_eq!(bodies("const logout = useCallback(async () => {}, []);"), ["logout argument useCallback 0"]);
    assert_eq!(bodies("const out = debounce(useCallback(() => {}), 3);"), ["out argument useCallback 0"]);
    assert_eq!(
        bodies("const out = createAsyncThunk('auth/out', async () => {});"),
        ["out argument createAsyncThunk 1"]
    );
    assert_eq!(bodies("class A { out = throttle(() => {}); }"), ["- in place", "out argument throttle 0"]);
    assert_eq!(bodies("const t = new Timer(() => {});"), ["- argument Timer 0"]);
    assert_eq!(bodies("const x = await p.then(() => {});"), ["- in place", "- in place"]);
    assert_eq!(bodies("const x = (() => {})();"), ["- in place"]);
}

#[test]
fn arguments_tell_their_position_and_key() {
    assert_eq!(bodies("setTimeout(() => {}, 3);"), ["- argument setTimeout 0"]);
    assert_eq!(bodies("a.on('x', function () {});"), ["- argument a.on 1"]);
    assert_eq!(
        bodies("useMutation({ onSuccess() {}, onError: () => {} });"),
        ["onSuccess argument useMutation 0 onSuccess", "onError argument useMutation 0 onError"]
    );
    assert_eq!(
        bodies("import { useEffect as e } from 'react'; e(() => () => {}, []);"),
        ["- argument react#useEffect 0", "- returned"]
    );
    assert_eq!(
        bodies("Alert.alert('Log out', '?', [{ text: 'Cancel' }, { text: 'Log out', onPress: () => {} }]);"),
        ["onPress 'Log out' argument Alert.alert 2 onPress"]
    );
    assert_eq!(bodies("x.bind('click', () => {});"), ["- argument x.bind 1"]);
    assert_eq!(bodies("const f = (function () {}).bind(this);"), ["f bound"]);
}

#[test]
fn promise_callbacks_run_in_place() {
    assert_eq!(
        bodies("p().then(() => {}, () => {}).catch(() => {}).finally(() => {});"),
        ["- in place", "- in place on error", "- in place on error", "- in place", "- in place"]
    );
}

#[test]
fn jsx_handlers_have_the_elements_text_as_label() {
    assert_eq!(
        bodies("x = <button onClick={() => f()}>Log &amp; <b>out</b> {name}</button>;"),
        ["- 'Log & out' attribute button.onClick"]
    );
    assert_eq!(
        bodies("x = <Button title=\"Sign out\" onPress={() => f()} />;"),
        ["- 'Sign out' attribute Button.onPress"]
    );
    assert_eq!(
        bodies("x = <Button onPress={() => f()}>{t('auth.logout')}</Button>;"),
        ["- 'auth.logout' attribute Button.onPress"]
    );
    assert_eq!(
        bodies("x = <A.B onPress={useCallback(() => f(), [])} label={'Out'} />;"),
        ["- 'Out' argument useCallback 0"]
    );
    assert_eq!(bodies("x = <A options={{ right: () => f() }} />;"), ["right attribute A.right"]);
    assert_eq!(bodies("x = <A>{() => f()}</A>;"), ["- other"]);
    assert_eq!(bodies("x = <form>Log out <Field onChange={() => f()} /></form>;"), ["- attribute Field.onChange"]);
    assert_eq!(
        bodies("x = <div onClick={() => f()}>Menu <b onClick={() => g()}>Log out</b></div>;"),
        ["- 'Menu' attribute div.onClick", "- 'Log out' attribute b.onClick"]
    );
    assert_eq!(bodies("x = <A onClick={ok ? () => f() : undefined}>Go</A>;"), ["- 'Go' attribute A.onClick"]);
}

#[test]
fn markup_and_returns_are_noted() {
    let file = lower(
        "const A = () => cond && <B/>; function C() { if (x) return null; return <></>; } function d() { return 1; }",
    );
    assert!(named(&file, "A").1.returns_markup);
    assert!(named(&file, "C").1.returns_markup);
    assert!(!named(&file, "d").1.returns_markup);
    assert_eq!(named(&file, "C").1.code().returns.len(), 2);
    let file = lower("function f() { try { return a; } finally { b(); } }");
    assert_eq!(named(&file, "f").1.code().returns.len(), 1);
}

#[test]
fn classes_define_in_order() {
    assert_eq!(
        paths(
            "@Dec(d()) class A extends b() { @In(i()) x = g(); static s = h(); static { k(); } static t = () => l(); [m()]() {} } n();"
        ),
        ["d Dec b i In [h] [k] m n exit"]
    );
    assert_eq!(paths_of("constructor", "class A { x = g(); y = 1; constructor() { a(); } }"), ["[g] a exit"]);
    assert_eq!(paths("@Dec() export class A {} export default class { static { a(); } }"), ["Dec [a] exit"]);
}

#[test]
fn parameters_and_patterns_have_default_values() {
    assert_eq!(paths_of("f", "function f(a = g(), { b = h() } = {}) { i(); }").len(), 4);
    assert_eq!(paths("const { a = g(), b } = h();"), ["h +a===undefined g exit", "h -a===undefined exit"]);
    assert_eq!(
        paths("({ a, b: c.d = g() } = h());"),
        ["h a= +c.d===undefined g c.d= exit", "h a= -c.d===undefined c.d= exit"]
    );
}

#[test]
fn generators_yield_and_await() {
    assert_eq!(paths_of("saga", "function* saga() { yield call(a); b(); }"), ["call yield b exit"]);
    let file = lower("const o = { async *g() {} }; async function h() {}");
    assert!(named(&file, "g").1.is_async && named(&file, "g").1.is_generator);
    assert!(named(&file, "h").1.is_async && !named(&file, "h").1.is_generator);
}

#[test]
fn kinds_and_classes() {
    let file = lower(
        "class A { get a() { return 1 } set b(x) {} static c() {} constructor() {} d = () => {} } const e = { f() {} };",
    );
    let kind = |name: &str| named(&file, name).1.kind;
    assert_eq!(kind("a"), BodyKind::Getter);
    assert_eq!(kind("b"), BodyKind::Setter);
    assert_eq!(kind("c"), BodyKind::Method);
    assert_eq!(kind("constructor"), BodyKind::Constructor);
    assert_eq!(kind("d"), BodyKind::Closure);
    for (name, class) in [("a", "A"), ("c", "A"), ("d", "A"), ("f", "e")] {
        let class_id = named(&file, name).1.class.unwrap_or_else(|| panic!("{name} has no class"));
        assert_eq!(file.class(class_id).name.as_deref(), Some(class));
    }
}

#[test]
fn assignments_are_steps() {
    assert_eq!(paths("location.href = a(); delete x.y; i++; z += b();"), ["a location.href= x.y= i= b z= exit"]);
    assert_eq!(paths("a = b = c();"), ["c b= a= exit"]);
}

#[test]
fn statements_tell_where_they_stand() {
    let text = "if (a()) b(); else { c(); }\nconst f = () => d();\nexport const x = e();\nswitch (1) { case 2: g(); }";
    let file = lower(text);
    let place = |call: &str| {
        file.bodies()
            .flat_map(|(_, body)| body.code().nodes.iter().map(move |node| (body, node)))
            .find(|(_, node)| node.span.text(text) == call)
            .and_then(|(body, node)| node.statement.map(|id| *body.statement(id)))
            .map(|statement| (statement.span.text(text).to_owned(), statement.placement))
            .unwrap_or_else(|| panic!("{call} stands in no statement"))
    };
    assert_eq!(place("a()"), ("if (a()) b(); else { c(); }".into(), Placement::Block));
    assert_eq!(place("b()"), ("b();".into(), Placement::Braceless));
    assert_eq!(place("c()"), ("c();".into(), Placement::Block));
    assert_eq!(place("d()"), ("d()".into(), Placement::Expression));
    assert_eq!(place("e()"), ("export const x = e();".into(), Placement::Block));
    assert_eq!(place("g()"), ("g();".into(), Placement::Block));
}

#[test]
fn loops_and_catches_are_stamped() {
    let text = "try { a(); } catch { b(); [1].map(() => c()); } for (const x of d()) { e(); }";
    let file = lower(text);
    let stamp = |call: &str| {
        let node =
            file.bodies().flat_map(|(_, body)| &body.code().nodes).find(|node| node.span.text(text) == call).unwrap();
        (node.handler.is_some(), node.in_catch, node.in_loop.is_some())
    };
    assert_eq!(stamp("a()"), (true, false, false));
    assert_eq!(stamp("b()"), (false, true, false));
    assert_eq!(stamp("c()"), (false, false, false));
    assert_eq!(stamp("d()"), (false, false, false));
    assert_eq!(stamp("e()"), (false, false, true));
}

#[test]
fn spans_are_those_of_the_text() {
    let text = "const a = async () => { b(); };";
    let file = lower(text);
    let (_, body) = named(&file, "a");
    assert_eq!(body.span.text(text), "async () => { b(); }");
    assert_eq!(body.inner.text(text), " b(); ");
    assert_eq!(body.name_span.text(text), "a");
    assert_eq!(file.bodies[0].inner.text(text), text);
}

#[test]
fn the_file_lists_what_it_has() {
    let text = "'use client';\n// farewell-ignore x: y\n/* a\n * b */\nimport a, { b as c } from 'm'; import 'e'; import type { T } from 't';\nconst { d } = require('r');\nexport const f = () => {}, g = 'text'; export default f; export { c as h }; export * from './all'; export { i } from './one';\nexports.j = 1;\nx = <a>{/* note */}</a>; function k() { 'use server'; }";
    let file = lower(text);
    assert_eq!(file.directives.iter().map(|it| &**it).collect::<Vec<_>>(), ["use client"]);
    assert_eq!(named(&file, "k").1.directives.iter().map(|it| &**it).collect::<Vec<_>>(), ["use server"]);
    assert_eq!(file.comments.iter().map(|it| &*it.text).collect::<Vec<_>>(), ["farewell-ignore x: y", "a\nb", "note"]);
    let imports: Vec<String> = file
        .imports
        .iter()
        .map(|import| format!("{} {:?} {:?} {}", import.module, import.name, import.local, import.type_only))
        .collect();
    assert_eq!(
        imports,
        [
            r#"m Some(Default) Some("a") false"#,
            r#"m Some(Named("b")) Some("c") false"#,
            "e None None false",
            r#"t Some(Named("T")) Some("T") true"#,
            r#"r Some(Named("d")) Some("d") false"#,
            "./all Some(Namespace) None false",
            r#"./one Some(Named("i")) None false"#,
        ]
    );
    let exports: Vec<String> =
        file.exports.iter().map(|(name, value)| format!("{name} = {}", value_text(&file, value))).collect();
    assert_eq!(
        exports,
        ["f = local:f", "g = 'text'", "default = local:f", "h = m#b", "* = ./all#*", "i = ./one#i", "j = 1"]
    );
}

#[test]
fn classes_list_their_members() {
    let text = "import { R } from 'r'; class A extends R { static x = 1; private y: R; z() {} constructor(public w: R) { super(); } }
      const o = { a: () => {}, b: 'c', d };";
    let file = lower(text);
    let members = |index: usize| -> Vec<String> {
        let class = &file.classes[index];
        class.members.iter().map(|it| format!("{}: {}", it.name, value_text(&file, &it.value))).collect()
    };
    assert_eq!(members(0), ["x: 1", "y: r#R@", "z: closure:z", "constructor: closure:constructor", "w: r#R@"]);
    assert_eq!(file.classes[0].parent.as_ref().map(|path| path_text(&file, path)).as_deref(), Some("r#R"));
    assert!(file.classes[0].members[1].is_private && file.classes[0].members[0].is_static);
    assert_eq!(members(1), ["a: closure:a", "b: 'c'", "d: d"]);
    assert_eq!(file.classes[1].name.as_deref(), Some("o"));
    assert!(file.classes[1].kind == farewell_analysis::lowering::ClassKind::Literal);
}

#[test]
fn broken_code_is_noted_in_its_own_body() {
    let file = lower("function f() { a(; } function g() { b(); }");
    assert!(named(&file, "f").1.broken);
    assert!(!named(&file, "g").1.broken);
    assert!(!file.broken.is_empty());
    assert_eq!(calls("function f() { a(; } function g() { b(); }", "b"), ["b()"]);
    assert_eq!(lower("const A = styled.div<P>`a`;").broken, []);
    // What can be read around a hole is read.
    let text = "function f() { FS('x'); window.location.\n} function g() { if (x\n this.clear(); a.b = '/'; }";
    assert_eq!(paths_of("f", text), ["FS broken exit"]);
    assert_eq!(calls(text, "clear"), ["this.clear()"]);
}

#[test]
fn every_body_is_used_somehow() {
    let file = lower("[() => {}]; f(...[() => {}]);");
    assert_eq!(file.bodies[1].used_as, BodyUse::Other);
}

#[test]
fn named_handlers_have_the_label_of_what_runs_them() {
    let label = |text: &str| named(&lower(text), "go").1.label.clone().map(|label| label.to_string());
    assert_eq!(
        label("function A() { const go = () => f(); return <b onClick={go}>Log out</b>; }").as_deref(),
        Some("Log out")
    );
    assert_eq!(
        label("function A() { const go = useCallback(() => f(), []); return <B title=\"Log out\" onPress={go}/>; }")
            .as_deref(),
        Some("Log out")
    );
    assert_eq!(
        label("class A { go() {} render() { return <b onClick={this.go}>Log out</b>; } }").as_deref(),
        Some("Log out")
    );
    assert_eq!(
        label("class A { go() {} render() { return <b onClick={this.go.bind(this)}>Out</b>; } }").as_deref(),
        Some("Out")
    );
    assert_eq!(label("function go() {} x = [{ text: 'Log out', onPress: go }];").as_deref(), Some("Log out"));
    assert_eq!(label("function go() {} x = <><b onClick={go}>Log out</b><b onClick={go}>Save</b></>;"), None);
    assert_eq!(label("function go() {} x = <b icon={go}>Log out</b>;"), None);
}

#[test]
fn exports_of_modules_are_read_where_they_stand() {
    let file = lower(
        "(function () { const a = 1; exports.b = a; })(); module.exports.c = () => {}; module.exports = { d() {}, e: 'f' };",
    );
    let exports: Vec<String> =
        file.exports.iter().map(|(name, value)| format!("{name} = {}", value_text(&file, value))).collect();
    assert_eq!(exports, ["b = 1", "c = closure:c", "d = closure:d", "e = 'f'", "default = {d: closure:d, e: 'f'}"]);
}

#[test]
fn modules_are_listed_however_they_are_got() {
    let imports = |text: &str| -> Vec<String> {
        let file = lower(text);
        file.imports
            .iter()
            .map(|it| format!("{} {:?} {:?} {}", it.module, it.name, it.local, it.span.text(text)))
            .collect()
    };
    assert_eq!(
        imports("const m = await import('./a');"),
        ["./a Some(Namespace) Some(\"m\") const m = await import('./a');"]
    );
    assert_eq!(imports("lazy(() => import('./b'));"), ["./b Some(Namespace) None import('./b')"]);
    assert_eq!(imports("require('c');"), ["c Some(Default) None require('c')"]);
    assert_eq!(imports("const x = require('d').e;"), ["d Some(Default) None require('d')"]);
    assert_eq!(imports("import F = require('f');"), ["f Some(Default) Some(\"F\") import F = require('f');"]);
    assert_eq!(imports("function g(require) { require('h'); }").len(), 0);
}

#[test]
fn continuations_stand_in_their_statement() {
    let text = "function f() { p().then(out); g(); }";
    let file = lower(text);
    let continuation = file.bodies.iter().find(|body| body.kind == BodyKind::Continuation).expect("a chain has one");
    assert_eq!(continuation.parent, Some(named(&file, "f").0));
    let call =
        continuation.code().nodes.iter().find(|node| node.span.text(text) == "out").expect("the callback is a call");
    let statement = continuation.statement(call.statement.expect("it stands in a statement"));
    assert_eq!(statement.span.text(text), "p().then(out);");
}
