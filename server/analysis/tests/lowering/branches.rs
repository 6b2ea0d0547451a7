//! Control flow within one body.

use crate::support::{paths, paths_of, throwing_paths_of};

#[test]
fn statements_run_in_order() {
    assert_eq!(paths("a(); b(c());"), ["a c b exit"]);
}

#[test]
fn if_and_else_are_two_ways() {
    assert_eq!(paths("if (x) a(); else b(); c();"), ["+x a c exit", "-x b c exit"]);
    assert_eq!(paths("if (x) a(); c();"), ["+x a c exit", "-x c exit"]);
    assert_eq!(paths("if (x) { a() } else if (y) { b() } else { c() }"), ["+x a exit", "-x +y b exit", "-x -y c exit"]);
}

#[test]
fn conditions_are_taken_apart() {
    assert_eq!(paths("if (!(x && y)) a();"), ["+x +y exit", "+x -y a exit", "-x a exit"]);
    assert_eq!(paths("if (x || y) a();"), ["+x a exit", "-x +y a exit", "-x -y exit"]);
    assert_eq!(paths("if ((a(), x)) b();"), ["a +x b exit", "a -x exit"]);
    assert_eq!(paths("if (x !== null) b();"), ["+x===null exit", "-x===null b exit"]);
    assert_eq!(
        paths("if (typeof FS !== 'undefined') b();"),
        ["+typeofFS==='undefined' exit", "-typeofFS==='undefined' b exit"]
    );
    assert_eq!(paths("if (!!Boolean(x)) b();"), ["+x b exit", "-x exit"]);
    assert_eq!(paths("if (true) a(); while (true) b();"), [] as [&str; 0]);
    assert_eq!(paths("if (false) a(); b();"), ["b exit"]);
}

#[test]
fn expressions_branch_too() {
    assert_eq!(paths("x ? a() : b();"), ["+x a exit", "-x b exit"]);
    assert_eq!(paths("x && a();"), ["+x a exit", "-x exit"]);
    assert_eq!(paths("x || a();"), ["+x exit", "-x a exit"]);
    assert_eq!(paths("x ?? a();"), ["+x!=null exit", "-x!=null a exit"]);
    assert_eq!(paths("x ||= a();"), ["+x exit", "-x a x= exit"]);
    assert_eq!(paths("x.y ??= a();"), ["+x.y exit", "-x.y a x.y= exit"]);
    assert_eq!(paths("x?.y.a(b());"), ["+x!=null b x.y.a exit", "-x!=null exit"]);
    assert_eq!(paths("x?.a?.();"), ["+x!=null +x?.a!=null x.a exit", "+x!=null -x?.a!=null exit", "-x!=null exit"]);
    assert_eq!(
        paths("if (x?.a()) b();"),
        ["+x!=null x.a +x?.a() b exit", "+x!=null x.a -x?.a() exit", "-x!=null exit"]
    );
    assert_eq!(paths("const y = x?.z;"), ["exit"]);
}

#[test]
fn a_switch_falls_through() {
    let text = "switch (x) { case 1: a(); case 2: b(); break; default: c(); case 3: d(); }";
    assert_eq!(
        paths(text),
        ["+x===1 a b exit", "-x===1 +x===2 b exit", "-x===1 -x===2 +x===3 d exit", "-x===1 -x===2 -x===3 c d exit"]
    );
    assert_eq!(paths("switch (x) { case 1: a(); }"), ["+x===1 a exit", "-x===1 exit"]);
    assert_eq!(paths("switch (true) { case x && y: a(); }"), ["+x +y a exit", "+x -y exit", "-x exit"]);
}

#[test]
fn loops_come_back_and_leave() {
    assert_eq!(paths("while (x) { a(); } b();"), ["-x b exit"]);
    assert_eq!(paths("while (x) { a(); break; } b();"), ["+x a b exit", "-x b exit"]);
    assert_eq!(paths("do { a(); } while (x); b();"), ["a -x b exit"]);
    assert_eq!(paths("for (a(); x; b()) { c(); break; }"), ["a +x c exit", "a -x exit"]);
    assert_eq!(paths("for (;;) { a(); break; }"), ["a exit"]);
    assert_eq!(paths("for (const x of a()) { return; }"), ["a +a() exit", "a -a() exit"]);
    assert_eq!(paths("for await (const x of y) { a(); break; }"), ["await +y a exit", "await -y exit"]);
    assert_eq!(
        paths("outer: for (const x of y) { for (const z of w) { if (q) continue outer; break outer; } } a();"),
        ["+y +w -q a exit", "-y a exit"]
    );
    assert_eq!(paths("l: { a(); if (x) break l; b(); } c();"), ["a +x c exit", "a -x b c exit"]);
}

#[test]
fn return_and_throw_leave() {
    assert_eq!(
        paths_of("f", "function f() { if (x) return a(); b(); throw c(); d(); }"),
        ["+x a exit", "-x b c throw"]
    );
}

#[test]
fn catch_gets_what_throws() {
    let text = "function f() { try { a(); b(); } catch (e) { c(); } d(); }";
    assert_eq!(paths_of("f", text), ["a b d exit"]);
    assert_eq!(
        throwing_paths_of("f", text),
        [
            "a b d exit",
            "a b d! throw",
            "a b! c d exit",
            "a b! c d! throw",
            "a b! c! throw",
            "a! c d exit",
            "a! c d! throw",
            "a! c! throw"
        ]
    );
    assert_eq!(paths_of("f", "function f() { try { throw a(); } catch { b(); } c(); }"), ["a throw b c exit"]);
}

#[test]
fn finally_runs_on_every_way() {
    assert_eq!(paths_of("f", "function f() { try { a(); } finally { b(); } c(); }"), ["a b c exit"]);
    assert_eq!(throwing_paths_of("f", "function f() { try { a(); } finally { } }"), ["a exit", "a! throw"]);
    assert_eq!(
        paths_of("f", "function f() { try { if (x) return a(); b(); } finally { c(); } d(); }"),
        ["+x a c exit", "-x b c d exit"]
    );
    assert_eq!(
        paths_of(
            "f",
            "function f() { for (;;) { try { if (x) break; if (y) continue; return; } finally { c(); } } d(); }"
        ),
        ["+x c d exit", "-x -y c exit"]
    );
    assert_eq!(
        paths_of("f", "function f() { try { try { return a(); } finally { b(); } } finally { c(); } }"),
        ["a b c exit"]
    );
    assert_eq!(
        paths_of("f", "function f() { try { throw a(); } catch (e) { return b(); } finally { c(); } }"),
        ["a throw b c exit"]
    );
    assert_eq!(paths_of("f", "function f() { try { throw a(); } finally { c(); } }"), ["a throw c throw"]);
}

#[test]
fn nested_finally_blocks_stay_small() {
    let mut text = String::from("a();");
    for _ in 0..12 {
        text = format!("try {{ b(); return; }} finally {{ {text} }}");
    }
    let file = crate::support::lower(&format!("function f() {{ {text} }}"));
    let (_, body) = crate::support::named(&file, "f");
    assert!(body.code().nodes.len() < 2_000, "{} nodes", body.code().nodes.len());
}

#[test]
fn other_forms_run_in_order() {
    assert_eq!(paths("namespace N { a(); } enum E { X = b() } c();"), ["a b c exit"]);
    assert_eq!(paths("`x${a()}y${b()}`; tag`z${c()}`;"), ["a b c tag exit"]);
    assert_eq!(paths("x = { [a()]: b(), ...c(), d: e() };"), ["a b c e x= exit"]);
    assert_eq!(paths("f(...a(), [b()], new C(d()));"), ["a b d C f exit"]);
    assert_eq!(paths("x[a()].b = c();"), ["a c x.b= exit"]);
    assert_eq!(paths("<A b={c()} {...d()}><B e={f()}/>{g()}</A>;"), ["c d f g exit"]);
    assert_eq!(paths("with (a()) { b(); }"), ["a b exit"]);
    assert_eq!(paths("void a(), typeof b(), !c(), -d();"), ["a b c d exit"]);
    assert_eq!(paths("const m = await import('x'); a();"), ["await a exit"]);
    assert_eq!(paths("a(b ? c() : d());"), ["+b c a exit", "-b d a exit"]);
    assert_eq!(paths("if (a ? b : c) d();"), ["+a +b d exit", "+a -b exit", "-a +c d exit", "-a -c exit"]);
    assert_eq!(paths("if ('FS' in window) a();"), ["+'FS'inwindow a exit", "-'FS'inwindow exit"]);
    assert_eq!(paths("if (a < b() || c instanceof D) e();").len(), 3);
    assert_eq!(paths("outer: { inner: for (;;) { break outer; } a(); } b();"), ["b exit"]);
}

#[test]
fn code_behind_a_return_is_there_and_unreached() {
    let file = crate::support::lower("function f() { return; a(); }");
    let (_, body) = crate::support::named(&file, "f");
    assert_eq!(body.code().nodes.len(), 4);
    assert_eq!(paths_of("f", "function f() { return; a(); }"), ["exit"]);
}
