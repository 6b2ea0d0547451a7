//! Declarations of files and classes.

use super::{file, read};
use crate::lowering::ImportName;

#[track_caller]
fn check(code: &str, expected: &[&str]) {
    assert!(read(code).broken.is_empty(), "{code} does not parse");
    assert_eq!(file(code), expected.join("\n"), "{code}");
}

#[track_caller]
fn members(code: &str, expected: &[&str]) {
    let expected: String = expected.iter().map(|line| format!("\n  {line}")).collect();
    check(&format!("class A {{ {code} }}"), &[&format!("Class A{expected}")]);
}

#[test]
fn only_a_prefix_binds_a_name() {
    let outline = read(
        "import 'package:a/a.dart';\nimport 'b.dart' as b show B;\nimport 'c.dart' if (dart.library.io) 'd.dart' deferred as c;\nexport 'e.dart';",
    );
    let imports: Vec<_> =
        outline.imports.iter().map(|it| (&*it.module, it.name.clone(), it.local.as_deref())).collect();
    let namespace = Some(ImportName::Namespace);
    assert_eq!(
        imports,
        [
            ("package:a/a.dart", None, None),
            ("b.dart", namespace.clone(), Some("b")),
            ("c.dart", namespace.clone(), Some("c")),
            ("d.dart", namespace, Some("c")),
        ]
    );
}

#[test]
fn classes_name_their_parents_in_order() {
    check("@foo class A<T> extends B<C> with D, M<X> implements E, p.F {}", &["Class A @foo < B, D, M, E, p.F"]);
    check("mixin M on A, Q implements B {}", &["Class M < A, Q, B"]);
    check("class N = A with B implements C;", &["Class N < A, B, C"]);
    check("class P(final int a, {this.b}) extends Q;", &["Class P(a: int, this.b) < Q"]);
    check("extension type Id(int id) { int get a => id; }", &["Class Id\n  getter a(): int => id"]);
}

#[test]
fn extensions_are_their_types() {
    check("extension X<T> on BuildContext { void lo() {} }", &["Extension BuildContext\n  method lo() {}"]);
    check("extension on p.Foo<int>? { int get a => 1; }", &["Extension Foo\n  getter a(): int => 1"]);
}

#[test]
fn an_abstract_class_that_does_nothing_is_an_interface() {
    check("abstract class A { void x(); A(); }", &["Interface A\n  method x()\n  constructor()"]);
    check("abstract class A { void x(); void y() {} }", &["Class A\n  method x()\n  method y() {}"]);
    check("sealed class S {}", &["Class S"]);
}

#[test]
fn enumerations() {
    check(
        "enum E with M implements I { a(1), b.c(2), d; final int v; const E(this.v); void m() {} }",
        &[
            "Class E < M, I",
            "  case a",
            "  case b",
            "  case d",
            "  field v: int",
            "  constructor(this.v) {}",
            "  method m() {}",
        ],
    );
}

#[test]
fn fields() {
    members("late final x = 1, y = f();", &["field lazy x = 1", "field lazy y = f()"]);
    members("static const z = 3; static final A i = A._();", &["field static z = 3", "field static i: A = A._()"]);
    members(
        "final Auth? auth; int? n, m = 2; var _p;",
        &["field auth: Auth", "field mutable n: int", "field mutable m: int = 2", "field private mutable _p"],
    );
}

#[test]
fn constructors_run_what_stands_before_their_body() {
    members(
        "A(this.auth, {super.key, required int c, this.d = 2, void onDone()?});",
        &["constructor(this.auth, key, c: int, this.d = 2, onDone) {}"],
    );
    members(
        "A(c) : _e = c, this.q = c, assert(c), super(1) { on<Foo>(_bar); }",
        &["constructor(c) {all(this._e = c, this.q = c, all(c), super(1)); on<Foo>(_bar)}"],
    );
    members(
        "A() : super.named(1); A.x() : this._(a); const A.y(); A._();",
        &[
            "constructor() {all(super.named(1))}",
            "constructor x() {this._(a)}",
            "constructor y()",
            "constructor private _()",
        ],
    );
    members(
        "factory A.make() => A(1); factory A.go() = B.foo; factory A() { return B(); }",
        &["constructor static make() => A(1)", "constructor static go()", "constructor static() {return B()}"],
    );
}

#[test]
fn methods() {
    members(
        "@override Future<void> logout([String? why = 'a', int b]) async { f(); }",
        &["method async @override logout(why: String = \"a\", b: int): Future {f()}"],
    );
    members(
        "static Stream<int> s() async* { yield 1; } Iterable<int> t() sync* {}",
        &["method static async generator s(): Stream {yield 1}", "method generator t(): Iterable {}"],
    );
    members(
        "void abs(); external int ff(); int _p() => 1;",
        &["method abs()", "method ff(): int", "method private _p(): int => 1"],
    );
    members(
        "int get foo => 1; set foo(int v) { this._x = v; } static A get i => _i;",
        &["getter foo(): int => 1", "setter foo(v: int) {this._x = v}", "getter static i(): A => _i"],
    );
    members("operator ==(o) => super == o;", &["method(o) => (super == o)"]);
}

#[test]
fn a_method_needs_no_return_type() {
    members(
        "logout() async { f(); } _tap(int a) => b; abs(); A() {}",
        &["method async logout() {f()}", "method private _tap(a: int) => b", "method abs()", "constructor() {}"],
    );
}

#[test]
fn widgets_are_markup() {
    members(
        "Widget build(BuildContext context) => x; List<Widget> _actions() => [];",
        &["method markup build(context: BuildContext): Widget => x", "method private markup _actions(): List => []"],
    );
    members(
        "build(context) => x; AuthState build() => x;",
        &["method markup build(context) => x", "method build(): AuthState => x"],
    );
}

#[test]
fn top_level_declarations() {
    check(
        "final repo = Repo(), _z = 1; late final w = f(); const k = 'a'; String? u;",
        &["let repo = Repo(), let _z = 1", "let lazy w = f()", "let k = \"a\"", "let u: String"],
    );
    check(
        "typedef F = void Function(); external void ext(); get g => 1; set h(v) {}",
        &["function ext()", "getter g() => 1", "setter h(v) {}"],
    );
    check(
        "void main() async => runApp(const App()); Future<T> gen<T>(T a) { return a; }",
        &["function async main() => runApp(new App())", "function gen(a: T): Future {return a}"],
    );
}
