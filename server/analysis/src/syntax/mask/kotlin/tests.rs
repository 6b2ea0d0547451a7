//! What is masked in Kotlin, and what is left alone.

use super::masked;

fn mask(text: &str) -> String {
    let out = masked(text).into_owned();
    assert_eq!(out.len(), text.len());
    let breaks = |text: &str| text.match_indices('\n').map(|(at, _)| at).collect::<Vec<_>>();
    assert_eq!(breaks(&out), breaks(text));
    out
}

#[test]
fn annotations_at_function_types_are_blanked() {
    assert_eq!(mask("fun f(c: @Composable () -> Unit)"), "fun f(c:             () -> Unit)");
    assert_eq!(mask("fun f(c: (@Composable () -> Unit)?)"), "fun f(c: (            () -> Unit)?)");
    assert_eq!(mask("f(c: @Composable RowScope.(A) -> U)"), "f(c:             RowScope.(A) -> U)");
    assert_eq!(mask("typealias X = @A @B suspend () -> U"), "typealias X =       suspend () -> U");
    assert_eq!(mask("fun f(@Named(\"a\") b: B, @IdRes c: C)"), "fun f(@Named(\"a\") b: B, @IdRes c: C)");
    assert_eq!(mask("@Composable\nfun f() {}"), "@Composable\nfun f() {}");
    assert_eq!(mask("g(a, @Composable { b() })"), "g(a, @Composable { b() })");
}

#[test]
fn a_parenthesis_that_begins_a_line_begins_a_statement() {
    assert_eq!(mask("{\n  a = b\n  (c as? D)?.e = f\n}"), "{\n  a = b\n ;(c as? D)?.e = f\n}");
    assert_eq!(mask("{\n  a ?: return\n  (b as C).d()\n}"), "{\n  a ?: return\n ;(b as C).d()\n}");
    assert_eq!(mask("{\n  a()\n  // b\n  (c).d()\n}"), "{\n  a()\n ;// b\n  (c).d()\n}");
    assert_eq!(mask("{\n  a() // b\n  (c).d()\n}"), "{\n  a();// b\n  (c).d()\n}");
    for same in [
        "{\n  if (a)\n    (b as C).d()\n}",
        "{\n  a(b,\n    (c))\n}",
        "{\n  a = b +\n    (c)\n}",
        "{\n  x ->\n    (c)\n}",
        "{\n  a with\n    (c)\n}",
        "{\n  @Suppress(\"x\")\n    (c).d()\n}",
        "{\n  a // (\n  b\n}",
        "class A\n  (val b: C)",
    ] {
        assert_eq!(mask(same), same);
    }
}

#[test]
fn a_class_on_one_line_gets_its_semicolon() {
    assert_eq!(mask("object A { val b = 1 }"), "object A { val b = 1;}");
    assert_eq!(mask("f(object : A { override fun b() {} })"), "f(object : A { override fun b() {};})");
    for same in ["f(A::class) { b }", "class A { }", "class A {\n  val b = 1 }", "\"${ class A { b } }\" { c }"] {
        if same.starts_with('"') {
            mask(same);
        } else {
            assert_eq!(mask(same), same);
        }
    }
}

#[test]
fn strings_and_comments_are_no_code() {
    for same in [
        "val a = \"x: @Composable () -> Unit\"",
        "val a = \"\"\"\n  a\n  (b)\n\"\"\"",
        "// c: @Composable () -> Unit",
        "/* /* c: @Composable () */ -> Unit */",
        "val a = 'x'\nval b = '\\''",
        "val a = \"${b(\"c: @A () \")} @A ()\"",
    ] {
        assert_eq!(mask(same), same);
    }
}

#[test]
fn whatever_the_bytes_it_ends() {
    for text in
        ["\"", "\"${", "'", "'\\", "/*", "@", "@A", "@A ", "}}}", "(((", "\"\"\"$", "\"\\", "`", "ä: @Ö (", "\u{0}"]
    {
        mask(text);
    }
    mask(&"{(".repeat(50_000));
    mask(&"x: @A ".repeat(50_000));
}
