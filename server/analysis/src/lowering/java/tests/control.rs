//! Branches, switches, loops and exceptions.

use super::body;

#[test]
fn branches() {
    assert_eq!(body("if (a) b(); else if (c) { d(); } else ;"), "if a ~{ b() } else ~{ if c { d() } else ~{  } }");
    assert_eq!(body("if (!(o instanceof User u)) return; u.x();"), "if behind !bind(u:User = o) ~{ return() } u.x()");
    assert_eq!(
        body("synchronized (lock()) { a(); } assert ok() : b(); { c(); }"),
        "all(lock(), { a() }) all(ok(), b()) { c() }"
    );
}

#[test]
fn loops() {
    assert_eq!(
        body("for (int i = 0, k = 1; i < 2; i++, k--) { a(); }"),
        "loop start let i:int = 0, let k:int = 1 while (i ? 2) update i += 1, k += 1 { a() }"
    );
    assert_eq!(body("for (;;) break; for (i = 0, j = 1;;) ;"), "loop ~{ break() } loop start i = 0, j = 1 ~{  }");
    assert_eq!(
        body("for (final Account a : accounts()) remove(a);"),
        "loop each a:Account in accounts() ~{ remove(a) }"
    );
    assert_eq!(body("while (x) y(); do { z(); } while (b);"), "loop while x ~{ y() } do while b { z() }");
    assert_eq!(
        body("outer: while (a) { while (b) { if (c) continue outer; break outer; } }"),
        "outer: loop while a { loop while b { if c ~{ continue(outer) } break(outer) } }"
    );
}

#[test]
fn exceptions() {
    assert_eq!(
        body(
            "try { a(); } catch (IOException | Refused e) { b(); } catch (final Exception e) { throw e; } finally { c(); }"
        ),
        "try { a() } catch e { b() } catch all e:Exception { throw(e) } finally { c() }"
    );
    assert_eq!(body("try (Db db = open(); other) { a(); }"), "try with let db:Db = open() other { a() }");
}

#[test]
fn the_old_switch_falls_through() {
    assert_eq!(
        body("switch (item.id()) { case R.id.out: case 2: out(); break; case 3: { a(); return; } default: b(); }"),
        "switch item.id() { case(R.id.out) {  } falls; case(2) { out() break() } falls; \
         case(3) { { a() return() } } falls; case() { b() } falls }"
    );
}

#[test]
fn the_arrow_switch_does_not() {
    assert_eq!(
        body("switch (state) { case OUT, EXPIRED -> out(); case IN -> { } default -> throw new E(); }"),
        "switch state { case(OUT, EXPIRED) ~{ out() }; case(IN) {  }; case() ~{ throw(new E()) } }"
    );
    assert_eq!(
        body("switch (o) { case User u when u.ok() -> a(); case P(int x, var y) -> b(); case null, default -> c(); }"),
        "switch whole o { case(other(u:User)) when u.ok() ~{ a() }; case(other(x:int, y)) ~{ b() }; case() ~{ c() } }"
    );
}

#[test]
fn a_switch_has_a_value() {
    assert_eq!(
        body("x = switch (a) { case 1 -> f(); default -> { g(); yield 2; } };"),
        "x = switch whole a { case(1) ~{ f() }; case() { g() all(2, break()) } }"
    );
    assert_eq!(
        body("return switch (a) { case 1: yield f(); default: yield 2; };"),
        "return(switch whole a { case(1) { all(f(), break()) } falls; case() { all(2, break()) } falls })"
    );
    assert_eq!(
        body("x = switch (a) { default -> { for (;;) { yield 2; } } };"),
        "x = switch 0: switch whole a { case() { loop { all(2, break(switch 0)) } } }"
    );
}
