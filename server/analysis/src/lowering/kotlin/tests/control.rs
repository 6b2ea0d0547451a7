//! `if`, `when`, `try`, loops and jumps.

use super::{items, one, outline, show};

#[test]
fn an_if_is_a_statement_and_an_expression() {
    assert_eq!(one("if (a) b() else c()"), "if a {b()} else {c()}");
    assert_eq!(one("val x = if (a) b else { c }"), "let x = if a {b} else {c}");
    assert_eq!(one("if (a) { b() } else if (c) d() else { e() }"), "if a {b()} else {if c {d()} else {e()}}");
    assert_eq!(one("if (a) ; else b()"), "if a {} else {b()}");
    assert_eq!(
        one("if (!a && b == null || c) return"),
        "if or(and(not(a), equal(b, null)), c) {return()}".replace("null", "nil")
    );
}

#[test]
fn a_branch_without_braces_is_told() {
    let outline = outline("fun f() { if (a) b() }");
    let shown = format!("{:?}", outline.items);
    assert!(shown.contains("braceless: true"), "{shown}");
}

#[test]
fn a_when_asks_its_subject_or_conditions() {
    assert_eq!(
        one("when (val u = user) { null -> a(); E.A, \"x\" -> b(); is Foo, in 1..2 -> c(); else -> d() }"),
        "switch user case nil {a()} case E.A|\"x\" {b()} case type(Foo)|other() {c()} case default {d()}"
    );
    assert_eq!(one("when { a && b -> c(); else -> d() }"), "switch  case holds and(a, b) {c()} case default {d()}");
    assert_eq!(one("when (a) { B.C if d -> e() }"), "switch a case B.C where d {e()}");
}

#[test]
fn a_when_is_exhaustive_where_one_case_always_fits() {
    let exhaustive = |text: &str| format!("{:?}", outline(text).items).contains("exhaustive: true");
    assert!(exhaustive("fun f() { when (a) { 1 -> b(); else -> c() } }"));
    assert!(exhaustive("fun f() { when (a) { E.A -> b(); E.B -> c() } }"));
    assert!(exhaustive("fun f() { when (a) { is E.A -> b(); E.B -> c() } }"));
    assert!(exhaustive("fun f() { when (a) { true -> b(); false -> c() } }"));
    assert!(exhaustive("fun f() = when (a) { is B -> 1; is C -> 2 }"));
    assert!(!exhaustive("fun f() { when (a) { 1 -> b(); 2 -> c() } }"));
    assert!(!exhaustive("fun f() { when (a) { is B -> b(); is C -> c() } }"));
    assert!(!exhaustive("fun f() { when (a) { E.A -> b() } }"));
    assert!(!exhaustive("fun f() { when (a) { E.A if x -> b(); E.B -> c() } }"));
}

#[test]
fn a_try_gives_a_value_and_says_what_its_handlers_take() {
    assert_eq!(
        one("val x = try { a() } catch (e: IOException) { b() } catch (e: Exception) { null } finally { c() }"),
        "let x = do {a()} catch some e:IOException {b()} catch e:Exception {nil} finally {c()}"
    );
}

#[test]
fn loops_and_labels() {
    assert_eq!(one("for (x in xs) a(x)"), "loop x in xs {a(x)}");
    assert_eq!(one("for ((k, _) in map) { }"), "loop k in map {}");
    assert_eq!(one("while (a) { b() }"), "loop  while a {b()}");
    assert_eq!(one("do { a() } while (b)"), "repeat  while b {a()}");
    assert_eq!(one("outer@ for (x in xs) { continue@outer }"), "outer: loop x in xs {continue(outer)}");
    assert_eq!(one("while (true) { break }"), "loop  while true {break()}");
}

#[test]
fn jumps_stand_anywhere() {
    assert_eq!(one("val x = a ?: return"), "let x = fallback(a, return())");
    assert_eq!(one("val x = a ?: throw B()"), "let x = fallback(a, throw(B()))");
    assert_eq!(one("return if (a) b else c"), "return(if a {b} else {c})");
    assert_eq!(items("fun f() = throw A()"), "function f() throw(A())");
}

#[test]
fn a_long_ladder_nests_nowhere() {
    let ladder: String = (0..100).map(|index| format!("if (a == {index}) b({index}) else ")).collect();
    let shown = one(&format!("{ladder}c()"));
    assert!(shown.starts_with("switch  case holds equal(a, 0) {b(0)} case holds"), "{shown}");
    assert!(shown.ends_with("case default {c()}"), "{shown}");
}

#[test]
fn a_statement_keeps_its_bytes() {
    let text = "fun f() {\n  l@ for (x in y) { z() }; b() ;\n  c()\n}";
    let outline = outline(text);
    let crate::lowering::outline::Form::Function(function) = &outline.items[0].does.form else { panic!("no function") };
    let crate::lowering::outline::FunctionBody::Block(block) = &function.body else { panic!("no block") };
    let texts: Vec<&str> = block.statements.iter().map(|it| it.span.text(text)).collect();
    assert_eq!(texts, ["l@ for (x in y) { z() };", "b() ;", "c()"]);
    assert_eq!(block.inner.text(text), &text[9..text.len() - 1]);
    assert_eq!(show::statements(&block.statements)[0], "l: loop x in y {z()}");
}
