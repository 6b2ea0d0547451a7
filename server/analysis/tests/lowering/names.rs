//! Names and constants.

use crate::support::calls;

#[test]
fn imports_are_followed() {
    assert_eq!(calls("import { logout as out } from './auth'; out();", "out"), ["./auth#logout()"]);
    assert_eq!(calls("import auth from './auth'; auth.logout();", "auth.logout"), ["./auth#default.logout()"]);
    assert_eq!(calls("import * as auth from './auth'; auth.logout();", "auth.logout"), ["./auth#logout()"]);
    assert_eq!(
        calls("const { FullStory: F } = require('@fullstory/browser'); F('x');", "F"),
        ["@fullstory/browser#FullStory('x')"]
    );
    assert_eq!(calls("const fs = require('fs'); fs.read();", "fs.read"), ["fs#read()"]);
    assert_eq!(calls("const app = require('express'); app();", "app"), ["express#default()"]);
    assert_eq!(calls("const m = await import('./auth'); m.logout();", "m.logout"), ["./auth#logout()"]);
    assert_eq!(calls("const { logout } = await import('./auth'); logout();", "logout"), ["./auth#logout()"]);
    assert_eq!(calls("(await import('./auth')).default();", "default"), ["./auth#default()"]);
    assert_eq!(calls("import('./auth').then(m => m.logout());", "m.logout"), ["./auth#logout() returned"]);
    assert_eq!(calls("import('./auth').then(({ logout }) => { logout(); });", "logout"), ["./auth#logout()"]);
}

#[test]
fn globals_keep_their_prefix() {
    assert_eq!(calls("window.FS('x');", "FS"), ["window.FS('x')"]);
    assert_eq!(calls("(window as any).FS('x');", "FS"), ["window.FS('x')"]);
    assert_eq!(calls("window['FS']('x');", "FS"), ["window.FS('x')"]);
    assert_eq!(calls("const fs = window.FS; fs?.('x');", "fs"), ["window.FS('x') optional"]);
    assert_eq!(calls("const { FS } = window; FS('x');", "FS"), ["window.FS('x')"]);
    assert_eq!(calls("declare const FS: any; FS('x');", "FS"), ["FS('x')"]);
    assert_eq!(calls("window.FS?.anonymize();", "FS.anonymize"), ["window.FS.anonymize() optional"]);
}

#[test]
fn aliases_are_followed_to_their_value() {
    let push = "import { useRouter } from 'next/navigation'; function C() { ";
    assert_eq!(
        calls(&format!("{push} const {{ push }} = useRouter(); push('/'); }}"), "push"),
        ["next/navigation#useRouter().push('/')"]
    );
    assert_eq!(
        calls(&format!("{push} const router = useRouter(); router.push('/'); }}"), "router.push"),
        ["next/navigation#useRouter().push('/')"]
    );
    assert_eq!(
        calls(&format!("{push} useRouter().push('/'); }}"), "useRouter.push"),
        ["next/navigation#useRouter().push('/')"]
    );
    assert_eq!(
        calls("import { useState } from 'react'; const [user, setUser] = useState(null); setUser(null);", "setUser"),
        ["react#useState()[](null)"]
    );
    assert_eq!(calls("const { push = noop } = useRouter(); function noop() {} push();", "push"), ["local:push()"]);
    assert_eq!(calls("let go = a; go = b; go();", "go"), ["local:go()"]);
    assert_eq!(calls("const go = a; { const go = b; go(); }", "go"), ["b()"]);
    assert_eq!(calls("f(); function f() {}", "f"), ["local:f()"]);
    assert_eq!(calls("const out = useCallback(() => {}, []); out();", "out"), ["local:out()"]);
    assert_eq!(calls("const a = b; const b = a; a();", "a"), ["local:a()"]);
}

#[test]
fn constants_are_values() {
    assert_eq!(calls("const GUEST = 'guest'; f(GUEST);", "f"), ["f('guest')"]);
    assert_eq!(calls("f(`/login`, '/a' + '/b', `/x${y}`, '/x' + y);", "f"), ["f('/login', '/a/b', `/x…`, `/x…`)"]);
    assert_eq!(calls("const BASE = '/app'; f(`${BASE}/login`);", "f"), ["f('/app/login')"]);
    assert_eq!(calls("const R = { a: { login: '/login' } } as const; f(R.a.login);", "f"), ["f('/login')"]);
    assert_eq!(calls("enum E { OUT = 'logout', B = 3, C } f(E.OUT, E.C);", "f"), ["f('logout', 4)"]);
    assert_eq!(calls("class P { static readonly LOGIN = '/login'; } f(P.LOGIN);", "f"), ["f('/login')"]);
    assert_eq!(
        calls("const o = { anonymous: true }; FS('setIdentity', o);", "FS"),
        ["FS('setIdentity', {anonymous: true})"]
    );
    assert_eq!(calls("const o = { a: 1 }; o.b = 2; f(o, o.a);", "f"), ["f(local:o, local:o.a)"]);
    assert_eq!(calls("const base = { a: 1 }; f({ ...base, b: 2 }, { ...c });", "f"), ["f({a: 1, b: 2}, {…})"]);
    assert_eq!(calls("let x; x = 1; f(x);", "f"), ["f(local:x)"]);
    assert_eq!(
        calls("f(user?.id ?? 'guest', void 0, !0, -1, undefined);", "f"),
        ["f(either(user.id, 'guest'), undefined, true, -1, undefined)"]
    );
    assert_eq!(calls("namespace N { export const x = 'a'; export function g() {} } f(N.x); N.g();", "f"), ["f('a')"]);
    assert_eq!(calls(r"f('it\'s \u0041\x42\u{43}\n');", "f"), ["f('it's ABC\n')"]);
    assert_eq!(calls("const R = Object.freeze({ login: '/login' }); f(R.login);", "f"), ["f('/login')"]);
}

#[test]
fn declared_types_and_classes_are_followed() {
    let text = "import { Router } from '@angular/router'; import { inject } from '@angular/core';
      class A { private third = inject(Router); second: Router; constructor(private router: Router) {}
        out(other: Router) { this.router.navigate(); this.second.go(); this.third.fly(); other.hop(); } }";
    assert_eq!(calls(text, "router.navigate"), ["@angular/router#Router@.navigate()"]);
    assert_eq!(calls(text, "second.go"), ["@angular/router#Router@.go()"]);
    assert_eq!(calls(text, "third.fly"), ["@angular/router#Router@.fly()"]);
    assert_eq!(calls(text, "other.hop"), ["@angular/router#Router@.hop()"]);
    let text = "class Auth { logout() { this.clear(); } clear() {} } const auth = new Auth(); auth.logout();
      class B { constructor(private auth: Auth) {} f() { const g = () => this.auth.logout2(); } }";
    assert_eq!(calls(text, "auth.logout"), ["local:Auth@.logout()"]);
    assert_eq!(calls(text, "clear"), ["this:Auth.clear()"]);
    assert_eq!(calls(text, "auth.logout2"), ["local:Auth@.logout2() returned"]);
    assert_eq!(calls(text, "Auth"), ["local:Auth() new"]);
    assert_eq!(calls("const a = { logout() { this.b(); }, b: () => 1 }; a.logout();", "b"), ["this:a.b()"]);
    assert_eq!(calls("const a = { logout() {} }; a.logout();", "a.logout"), ["local:a.logout()"]);
}

#[test]
fn written_names_leave_out_calls_and_receivers() {
    assert_eq!(calls("class A { f() { this.props.history.push('/'); super.g(); } }", "props.history.push").len(), 1);
    assert_eq!(calls("class A { f() { super.g(); } }", "super.g"), ["super.g()"]);
    assert_eq!(calls("(a || b).c();", "c"), ["?.c()"]);
}

#[test]
fn a_chains_base_names_it_too() {
    assert_eq!(calls("(await getAuth()).signOut();", "getAuth.signOut"), ["getAuth()~.signOut()"]);
    assert_eq!(calls("new Auth().logout();", "Auth.logout"), ["Auth@.logout()"]);
    assert_eq!(calls("var _a = require('./a'); (0, _a.logout)();", "_a.logout"), ["./a#logout()"]);
}

#[test]
fn declarations_without_bodies_hide_nothing() {
    assert_eq!(calls("function f(a: string): void; function f(a: any) {} f(1);", "f"), ["local:f(1)"]);
    assert_eq!(calls("declare function FS(a: string): void; FS('x');", "FS"), ["FS('x')"]);
    assert_eq!(calls("declare global { interface Window { FS: any } } FS('x');", "FS"), ["FS('x')"]);
    assert_eq!(calls("interface FS { a(): void } const f: FS = window.FS; f.a();", "f.a"), ["window.FS.a()"]);
    assert_eq!(calls("type FS = {}; FS('x');", "FS"), ["FS('x')"]);
    assert_eq!(calls("import type { FS } from 'x'; declare const y: FS; y.a();", "y.a"), ["y.a()"]);
}

#[test]
fn types_are_looked_through() {
    let text = "import { R } from 'r'; function f(a: R | null, b: ns.X, c: ReturnType<typeof R>) { a.x(); c.y(); }";
    assert_eq!(calls(text, "a.x"), ["r#R@.x()"]);
    assert_eq!(calls(text, "c.y"), ["r#R().y()"]);
    let text = "import { R } from 'r'; class A { f() { const r: R = this.injector.get(R); r.x(); } }";
    assert_eq!(calls(text, "r.x"), ["r#R@.x()"]);
    assert_eq!(calls("class A { static b() {} } namespace A { export const c = 1; } A.b();", "A.b"), ["local:A.b()"]);
    assert_eq!(calls("import * as ns from 'n'; function f(a: ns.X) { a.x(); }", "a.x"), ["n#X@.x()"]);
    assert_eq!(calls("interface I { x(): void } function f(a: I) { a.x(); }", "a.x"), ["local:a.x()"]);
    assert_eq!(calls("import { R } from 'r'; let a: R; a = b(); a.x();", "a.x"), ["r#R@.x()"]);
}

#[test]
fn receivers_are_those_of_the_method() {
    assert_eq!(calls("class A { f() { [1].map(() => this.g()); } }", "g"), ["this:A.g() returned"]);
    assert_eq!(calls("class A { f() { return function () { this.g(); }; } }", "g"), ["this.g()"]);
    assert_eq!(calls("class A { f() { const self = this; x(function () { self.g(); }); } }", "self.g"), ["this:A.g()"]);
    assert_eq!(calls("class A { readonly url = '/login'; f() { go(this.url); } }", "go"), ["go('/login')"]);
    assert_eq!(
        calls("class A { list = ['a']; f() { this.list.includes(1); } }", "list.includes"),
        ["this:A.list.includes(1)"]
    );
    assert_eq!(calls("const a = (b || c).map(d); a.e();", "a.e"), ["local:a.e()"]);
    assert_eq!(calls("class A { url = '/login'; f() { this.url = x; go(this.url); } }", "go"), ["go(this:A.url)"]);
    assert_eq!(calls("export default { methods: { out() { this.$router.push('/'); } } };", "$router.push").len(), 1);
}

#[test]
fn type_syntax_changes_nothing() {
    let text = "const f = <any>window; (<any>f).FS('x' as const, y!, z satisfies Z); f2<string>('a');";
    let file = crate::support::lower_as(farewell_analysis::source::Language::TypeScript, text);
    assert_eq!(file.broken, []);
    let callees: Vec<String> = file.bodies[0]
        .code()
        .nodes
        .iter()
        .filter_map(|node| match &node.step {
            farewell_analysis::lowering::Step::Call(call) => Some(crate::support::path_text(&file, &call.callee)),
            _ => None,
        })
        .collect();
    assert_eq!(callees, ["window.FS", "f2"]);
}
