use super::one;

#[test]
fn operators_bind_as_swift_says() {
    assert_eq!(one("a == nil || b == c && d"), "or(equal(a, nil), and(equal(b, c), d))");
    assert_eq!(one("a != nil && b"), "and(different(a, nil), b)");
    assert_eq!(one("a < b && c > d"), "and(compare(a, b), compare(c, d))");
    assert_eq!(one("x ?? y == z"), "equal(fallback(x, y), z)");
    assert_eq!(one("a as? B == nil"), "equal(a, nil)");
    assert_eq!(one("x = a ? b : c ? d : e"), "x = if a {b} else {if c {d} else {e}}");
    assert_eq!(one("x is Foo"), "compare(x, type(Foo))");
    assert_eq!(one("x.y as? Z ?? w"), "fallback(x.y, w)");
    assert_eq!(one("\"a\" + b + \"c\""), "all(\"a\", b, \"c\")");
    assert_eq!(one("(a || b) && c"), "and(or(a, b), c)");
    assert_eq!(one("a && b && c"), "and(and(a, b), c)");
}

#[test]
fn a_prefix_belongs_to_the_whole_chain() {
    assert_eq!(one("!a.b.c()"), "not(a.b.c())");
    assert_eq!(one("!(a && b)"), "not(and(a, b))");
    assert_eq!(one("!(a || b).c"), "not(or(a, b).c)");
    assert_eq!(one("!a ?? b"), "fallback(not(a), b)");
    assert_eq!(one("!a == b"), "equal(not(a), b)");
    assert_eq!(one("!a.b(c).d"), "not(a.b(c).d)");
    assert_eq!(one("-1"), "1");
    assert_eq!(one("foo(&x)"), "foo(x)");
}

#[test]
fn marks_hold_for_all_behind_them() {
    assert_eq!(one("try await a.b().c"), "try(await(a.b().c))");
    assert_eq!(one("try? foo() ?? bar()"), "try?(fallback(foo(), bar()))");
    assert_eq!(one("let x = try! y()"), "let x = try(y())");
    assert_eq!(one("x = try await y()"), "x = try(await(y()))");
    assert_eq!(one("try x.y = z()"), "x.y = try(z())");
    assert_eq!(one("_ = try? await foo()"), "try?(await(foo()))");
    assert_eq!(one("foo(await x(), try y())"), "foo(await(x()), try(y()))");
    assert_eq!(one("try await x().y == nil"), "try(await(equal(x().y, nil)))");
}

#[test]
fn chains_keep_their_links() {
    assert_eq!(one("x = a?.b()?.c!.d()"), "x = a?.b()?.c!.d()");
    assert_eq!(one("x = completion?()"), "x = completion?()");
    assert_eq!(one("x = a[0]?.b[\"x\"]"), "x = a[0]?.b[\"x\"]");
    assert_eq!(
        one("(UIApplication.shared.delegate as? AppDelegate)?.logout()"),
        "UIApplication.shared.delegate.logout()"
    );
    assert_eq!(one("a\n  .b()\n  // why\n  .c { x() }"), "a.b().c(closure result() {x()})");
    assert_eq!(one("Text(\"a\") + Text(\"b\")"), "all(Text(\"a\"), Text(\"b\"))");
    assert_eq!(one("self?.foo()"), "this.foo()");
    assert_eq!(one("super.viewDidLoad()"), "super.viewDidLoad()");
    assert_eq!(one("Self.shared.reset()"), "this.shared.reset()");
}

#[test]
fn an_optional_chain_that_is_a_statement_counts_as_run() {
    assert_eq!(
        one("navigationController?.popToRootViewController(animated: true)"),
        "navigationController.popToRootViewController(animated: true)"
    );
    assert_eq!(one("window?.rootViewController = a?.b()"), "window.rootViewController = a?.b()");
    assert_eq!(one("try? await session?.end()?.close()"), "try?(await(session.end().close()))");
    assert_eq!(one("completion?()"), "completion()");
    assert_eq!(one("foo { delegate?.didLogout() }"), "foo(closure result() {delegate.didLogout()})");
}

#[test]
fn implicit_members_have_no_object() {
    assert_eq!(one("state = .login"), "state = .login");
    assert_eq!(one("go(.login(from: x))"), "go(.login(from: x))");
    assert_eq!(one("x(.now() + 1)"), "x(all(.now(), 1))");
    assert_eq!(one("let v: State = .a.b(c)"), "let v:State = .a.b(c)");
}

#[test]
fn types_references_and_constructions_are_told() {
    assert_eq!(one("x(LoginVC.self)"), "x(type(LoginVC))");
    assert_eq!(one("#selector(logout(_:))"), "ref(logout)");
    assert_eq!(one("#selector(self.logout)"), "ref(this.logout)");
    assert_eq!(one("x(action: foo(_:bar:))"), "x(action: ref(foo))");
    assert_eq!(one("x(\\.dismiss)"), "x(ref(all().dismiss))");
    assert_eq!(one("x(\\User.name)"), "x(ref(User.name))");
    assert_eq!(one("AuthManager.init(a: b)"), "new AuthManager(a: b)");
    assert_eq!(one("let x = Foo<Bar>(a: b)"), "let x = Foo(a: b)");
    assert_eq!(one("Task<Void, Never> { x() }"), "Task(closure result() {x()})");
}

#[test]
fn closures_have_their_parameters() {
    assert_eq!(one("foo { $0.x + $1 }"), "foo(closure result($0, $1) {all($0.x, $1)})");
    assert_eq!(one("foo { $1 }"), "foo(closure result($0, $1) {$1})");
    assert_eq!(one("foo { [weak self] (x: Int, y) in self?.z() }"), "foo(closure result(x:Int, y) {this.z()})");
    assert_eq!(one("foo { [weak v = self.view] in v?.z() }"), "foo(closure result() {let v = this.view; v.z()})");
    assert_eq!(one("foo { a, b -> Int in return 1 }"), "foo(closure result(a, b) -> Int {return(1)})");
    assert_eq!(one("Task { @MainActor in await x() }"), "Task(closure async result @MainActor() {await(x())})");
    assert_eq!(one("foo { a { await b() } }"), "foo(closure result() {a(closure async result() {await(b())})})");
}

#[test]
fn trailing_closures_keep_their_labels() {
    assert_eq!(
        one("UIView.animate(withDuration: 0.3) { a() } completion: { _ in b() }"),
        "UIView.animate(withDuration: 0.3, closure result() {a()}, completion: closure result(_) {b()})"
    );
    assert_eq!(
        one("Button { x() } label: { Text(\"Log out\") }.foo()"),
        "Button(closure result() {x()}, label: closure result() {Text(\"Log out\")}).foo()"
    );
    assert_eq!(
        one("p.sink(receiveCompletion: { print($0) }, receiveValue: { v in go() }).store(in: &c)"),
        "p.sink(receiveCompletion: closure result($0) {print($0)}, receiveValue: closure result(v) {go()}).store(in: c)"
    );
}

#[test]
fn literals_have_their_values() {
    assert_eq!(one("x = \"a\\n\\u{41}\""), "x = \"a\\nA\"");
    assert_eq!(one("x = \"hi \\(name) x\""), "x = template(\"hi \", name)");
    assert_eq!(one("x = \"\\(a, privacy: .public)\""), "x = template(\"\", a, .public)");
    assert_eq!(one("x = #\"raw\\n\"#"), "x = \"raw\\\\n\"");
    assert_eq!(one("x = \"\"\"\n  two\n  lines\n  \"\"\""), "x = \"two\\nlines\"");
    assert_eq!(one("x = [\"a\": 1, \"b\": nil]"), "x = map[\"a\": 1, \"b\": nil]");
    assert_eq!(one("x = [a, true]"), "x = [a, true]");
    assert_eq!(one("x = /ab+c/"), "x = all()");
    assert_eq!(one("let t = (a: f(), 2)"), "let t = all(f(), 2)");
    assert_eq!(one("[a].forEach { $0() }"), "[a].forEach(closure result($0) {$0()})");
}

#[test]
fn a_closure_behind_long_arguments_is_their_calls() {
    assert_eq!(
        one("let a = Row(title: tr(\"A\"), icon: Icon(name: \"b\")?.tinted(.red), id: nil) { _ in run() }"),
        "let a = Row(title: tr(\"A\"), icon: Icon(name: \"b\")?.tinted(.red), id: nil, closure result(_) {run()})"
    );
    assert_eq!(
        one("x = c.on(name: .gone, queue: .main) { run() }"),
        "x = c.on(name: .gone, queue: .main, closure result() {run()})"
    );
    assert_eq!(one("x = make()() { run() }"), "x = make()(closure result() {run()})");
}
