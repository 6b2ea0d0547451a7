//! The lowering that the native languages share: order, branches, names and handlers, in whichever of
//! them says it shortest.

use farewell_analysis::source::Language;

use crate::support::{calls_of, lower_as, named, paths_in, throwing_paths_in, use_text};

fn kotlin(body: &str) -> Vec<String> {
    paths_in(Language::Kotlin, "f", &format!("fun f() {{\n{body}\n}}\n"))
}

fn java(body: &str) -> Vec<String> {
    paths_in(Language::Java, "f", &format!("class A {{ void f() {{ {body} }} }}"))
}

fn kotlin_calls(text: &str, written: &str) -> Vec<String> {
    calls_of(&lower_as(Language::Kotlin, text), written)
}

#[test]
fn branches_are_ways() {
    assert_eq!(kotlin("if (x && !y) a() else b()\nc()"), ["+x +y b c exit", "+x -y a c exit", "-x b c exit"]);
    assert_eq!(java("if (x) return; a();"), ["+x exit", "-x a exit"]);
    assert_eq!(
        java("if (x) a(); else if (y) b(); else c(); d();"),
        ["+x a d exit", "-x +y b d exit", "-x -y c d exit"]
    );
    assert_eq!(java("g(x == null ? a() : b());"), ["+x==null a g exit", "-x==null b g exit"]);
}

#[test]
fn an_optional_chain_skips_to_its_end_or_to_the_fallback() {
    assert_eq!(
        kotlin("x?.y?.a(b())\nc()"),
        ["+x!=null +x?.y!=null b x.y.a c exit", "+x!=null -x?.y!=null c exit", "-x!=null c exit"]
    );
    assert_eq!(kotlin("x?.a() ?: b()"), ["+x!=null x.a exit", "-x!=null b exit"]);
    assert_eq!(kotlin("val u = x ?: return\na()"), ["+x!=null a exit", "-x!=null exit"]);
    assert_eq!(kotlin("val u = x ?: throw E()\na()"), ["+x!=null a exit", "-x!=null E throw"]);
    assert_eq!(
        kotlin("if (x?.ok() == true) a()"),
        ["+x!=null x.ok +x?.ok()==true a exit", "+x!=null x.ok -x?.ok()==true exit", "-x!=null exit"]
    );
}

#[test]
fn scope_functions_run_where_they_stand() {
    assert_eq!(kotlin("x?.let { a(it) } ?: run { b() }\nc()"), ["+x!=null a c exit", "-x!=null b c exit"]);
    assert_eq!(kotlin("x.let {\n if (it) return\n a() }\nc()"), ["+it exit", "-it a c exit"]);
    assert_eq!(kotlin("x.let {\n if (it) return@let\n a() }\nc()"), ["+it c exit", "-it a c exit"]);
    assert_eq!(kotlin("runCatching { a() }.onFailure { b() }\nc()"), ["a c exit"]);
    let text = "fun f() {\nrunCatching { a() }.onFailure { b() }\nc()\n}";
    assert_eq!(
        throwing_paths_in(Language::Kotlin, "f", text),
        ["a c exit", "a c! throw", "a! b c exit", "a! b c! throw", "a! b! throw"]
    );
}

#[test]
fn a_receiver_that_is_left_out_is_the_scope_functions() {
    assert_eq!(
        kotlin_calls("fun f() { prefs.edit().apply { clear() } }", "prefs.edit.clear"),
        ["prefs.edit().clear()"]
    );
    assert_eq!(kotlin_calls("fun f() { with(auth) { signOut() } }", "auth.signOut"), ["auth.signOut()"]);
    // What stands in a closure inside runs elsewhere, and what starts with a capital is no member.
    assert_eq!(kotlin_calls("fun f() { view.apply { button.onTap { finish() } } }", "finish"), ["finish() returned"]);
    assert_eq!(kotlin_calls("fun f() { view.apply { FS.anonymize() } }", "FS.anonymize"), ["FS.anonymize()"]);
}

#[test]
fn switches_fall_through_only_where_the_language_does() {
    let cases = "switch (x) { case 1: a(); case 2: b(); break; default: c(); }";
    assert_eq!(java(cases), ["+x==1 a b exit", "-x==1 +x==2 b exit", "-x==1 -x==2 c exit"]);
    assert_eq!(java("switch (x) { case 1 -> a(); default -> c(); }"), ["+x==1 a exit", "-x==1 c exit"]);
    assert_eq!(
        kotlin("when (x) {\n 1, 2 -> a()\n else -> b()\n}"),
        ["+x==1 a exit", "-x==1 +x==2 a exit", "-x==1 -x==2 b exit"]
    );
    assert_eq!(
        kotlin("when {\n x -> a()\n y == null -> b()\n}"),
        ["+x a exit", "-x +y==null b exit", "-x -y==null exit"]
    );
}

#[test]
fn loops_go_round_and_jumps_leave_them() {
    assert_eq!(java("while (x) { if (y) break; a(); } b();"), ["+x +y b exit", "-x b exit"]);
    assert_eq!(java("out: for (;;) { for (A a : as) { if (x) break out; } } b();"), ["+as +x b exit"]);
    assert_eq!(java("do { a(); } while (x); b();"), ["a -x b exit"]);
}

#[test]
fn finally_runs_on_every_way_out() {
    assert_eq!(java("try { if (x) return; a(); } finally { b(); } c();"), ["+x b exit", "-x a b c exit"]);
    let text = "class A { void f() { try { a(); } catch (IOException e) { b(); } finally { c(); } d(); } }";
    let ways = throwing_paths_in(Language::Java, "f", text);
    assert!(ways.contains(&"a! b c d exit".to_owned()), "{ways:?}");
    assert!(ways.contains(&"a! throw c throw".to_owned()), "what no handler takes passes by: {ways:?}");
}

#[test]
fn names_are_members_of_the_class_around() {
    let text = "class A(private val auth: Auth) {\n val b = B()\n fun f() { auth.x(); b.y(); g(); this.g(); A.h(); Companion.h() }\n fun g() {}\n companion object { fun h() {} }\n}\nclass B { fun y() {} }";
    let file = lower_as(Language::Kotlin, text);
    let of = |written: &str| calls_of(&file, written);
    assert_eq!(of("auth.x"), ["Auth@.x()"]);
    assert_eq!(of("b.y"), ["local:B@.y()"]);
    assert_eq!(of("g"), ["this:A.g()", "this:A.g()"]);
    assert_eq!(of("A.h"), ["local:A.h()"]);
}

#[test]
fn constants_are_followed() {
    let text = "const val GUEST = \"guest\"\nclass A { companion object { const val NOBODY = GUEST }\n fun f() { a(GUEST); b(NOBODY); c(A.NOBODY) } }";
    let file = lower_as(Language::Kotlin, text);
    assert_eq!(calls_of(&file, "a"), ["a('guest')"]);
    assert_eq!(calls_of(&file, "b"), ["b('guest')"]);
    assert_eq!(calls_of(&file, "c"), ["c('guest')"]);
    assert_eq!(kotlin_calls("fun f() { var x = \"guest\"\n x = g()\n a(x) }", "a"), ["a(local:x)"]);
}

#[test]
fn imports_bind_names() {
    let text =
        "import com.acme.FS as Tracker\nimport com.fullstory.FS\nfun f() { FS.anonymize(); Tracker.anonymize() }";
    assert_eq!(kotlin_calls(text, "FS.anonymize"), ["com.fullstory#FS.anonymize()"]);
    assert_eq!(kotlin_calls(text, "Tracker.anonymize"), ["com.acme#FS.anonymize()"]);
}

#[test]
fn closures_know_what_they_are_handed_to_and_what_is_written_on_it() {
    let file = lower_as(Language::Kotlin, "fun f() { Button(onClick = { a() }) { Text(\"Log out\") } }");
    let (_, body) = file.bodies().find(|(_, body)| body.label.as_deref() == Some("Log out")).unwrap();
    assert_eq!(use_text(&file, &body.used_as), "argument Button 0 onClick");
    let text = "class A { void f() { logoutButton.setOnClickListener(new View.OnClickListener() { public void onClick(View v) { a(); } }); } }";
    let file = lower_as(Language::Java, text);
    let (_, body) = named(&file, "onClick");
    assert_eq!(body.label.as_deref(), Some("logout"));
    assert_eq!(use_text(&file, &body.used_as), "argument logoutButton.setOnClickListener 0 onClick");
}

#[test]
fn a_body_with_an_error_is_broken_and_its_neighbours_are_not() {
    let file = lower_as(Language::Java, "class A { void f() { a(; } void g() { b(); } }");
    assert!(named(&file, "f").1.broken);
    assert!(!named(&file, "g").1.broken);
}

#[test]
fn a_method_inside_a_scope_function_does_not_call_itself() {
    let text = "class A {\n fun signOut() { auth.run { signOut() } }\n fun leave() { auth.run { signOut() } }\n}";
    assert_eq!(kotlin_calls(text, "auth.signOut"), ["auth.signOut()"]);
}
