//! Expressions: chains, closures, operators, literals.

use super::body;

#[test]
fn calls_members_and_indices() {
    assert_eq!(body("auth.session().tokens[0].revoke(a, \"b\");"), "auth.session().tokens[0].revoke(a, \"b\")");
    assert_eq!(body("com.fullstory.FS.anonymize();"), "com.fullstory.FS.anonymize()");
    assert_eq!(
        body("logout(); this.logout(); super.logout(); this.<String>go();"),
        "logout() this.logout() super.logout() this.go()"
    );
    assert_eq!(body("((Button) find(R.id.out)).setText((String) null);"), "find(R.id.out).setText(null)");
}

#[test]
fn maps_that_are_made_of_arguments() {
    assert_eq!(body("f(Map.of(\"a\", b(), \"c\", 1));"), "f(map(\"a\": b(), \"c\": 1))");
    assert_eq!(body("f(Collections.emptyMap(), List.of(1), Map.of(x));"), "f(map(), List.of(1), Map.of(x))");
}

#[test]
fn a_qualified_this_is_the_instance_around() {
    assert_eq!(
        body("start(new Intent(A.this, Login.class)); A.this.end();"),
        "start(new Intent(this, type(Login))) this.end()"
    );
    let inner = body("run(new Runnable() { public void run() { A.this.end(); this.stop(); Api.super.x(); } });");
    assert_eq!(inner, "run(anonymous : Runnable { method run() { end() this.stop() super.x() } })");
}

#[test]
fn constructions_and_anonymous_classes() {
    assert_eq!(
        body("new ArrayList<String>(3); outer.new Inner(1); new View.Foo<>();"),
        "new ArrayList(3) new outer.Inner(1) new View.Foo()"
    );
    assert_eq!(
        body(
            "b.setOnClickListener(new View.OnClickListener() { @Override public void onClick(View v) { logout(); } });"
        ),
        "b.setOnClickListener(anonymous : View.OnClickListener { @Override method onClick(v:View) { logout() } })"
    );
    assert_eq!(
        body("new Thread(\"x\") { int n = 1; { go(); } }.start();"),
        "anonymous : Thread(\"x\") { mutable field n:int = 1; init { go() } }.start()"
    );
    assert_eq!(
        body("x = new int[] { a(), 2 }; y = new int[n()][]; int[] z = { 1 };"),
        "x = list(a(), 2) y = all(n()) let z = list(1)"
    );
}

#[test]
fn lambdas_and_references() {
    assert_eq!(body("post(() -> logout());"), "post(closure() = logout())");
    assert_eq!(body("post((dialog, which) -> { out(); return; });"), "post(closure(dialog, which) { out() return() })");
    assert_eq!(
        body("post(it -> it.x(), (final User u) -> null);"),
        "post(closure(it) = it.x(), closure(u:User) = null)"
    );
    assert_eq!(
        body("post(this::logout, Session::end, super::x, Task::new, a.b()::c, List<String>::size);"),
        "post(reference(this.logout), reference(Session.end), reference(super.x), type(Task), reference(a.b().c), reference(List.size))"
    );
}

#[test]
fn conditions_keep_their_order() {
    assert_eq!(body("x = a && b && c || !d;"), "x = (((a && b) && c) || !d)");
    assert_eq!(body("x = a && b && c && d;"), "x = ((a && b) && (c && d))");
    assert_eq!(body("x = user == null; x = a != b(); x = i < 3;"), "x = (user == null) x = (a != b()) x = (i ? 3)");
    assert_eq!(
        body("x = o instanceof User; x = o instanceof User u; x = o instanceof P(int a, Q(var b));"),
        "x = (o ? type(User)) x = bind(u:User = o) x = bind(a:int, b = o)"
    );
    assert_eq!(body("x = a ? b() : c();"), "x = if a ~{ b() } else ~{ c() }");
}

#[test]
fn texts_are_put_together() {
    assert_eq!(body("x = \"a\" + 1 + 'c' + true;"), "x = \"a1ctrue\"");
    assert_eq!(body("x = \"user/\" + id + \"/x\" + end();"), "x = template(\"user/\", id, end())");
    assert_eq!(body("x = a + b * c() - 2; x = -1; x = ~y;"), "x = all(a, all(b, c()), 2) x = -1 x = all(y)");
    assert_eq!(body("x = \"q\\\"\\u0041\\n\"; x = \"\";"), "x = \"q\\\"A\\n\" x = \"\"");
    assert_eq!(
        body("x = \"\"\"\n      select *\n        from \"t\"\n      \"\"\";"),
        "x = \"select *\\n  from \\\"t\\\"\\n\""
    );
}

#[test]
fn assignments_and_declarations() {
    assert_eq!(
        body("i++; --i; x += f(); this.user = null; a = b = c;"),
        "i += 1 i += 1 x += f() this.user = null a = b = c"
    );
    assert_eq!(
        body("final User u = get(), v; var w = new Foo(); String[] s = t;"),
        "let u:User = get(), let v:User =  let w = new Foo() let s = t"
    );
    assert_eq!(
        body("Object o = null; long l = 10L; double d = 1.5e3; int h = 0xFF;"),
        "let o:Object = null let l:long = 10L let d:double = 1.5e3 let h:int = 0xFF"
    );
}
