//! Whatever stands in a file, the reader makes something of it, in bounded depth.

use std::fmt::Write;

use super::{body, file, read};
use crate::lowering::lower;
use crate::source::Language;
use crate::syntax::parse;

const REALISTIC: &str = include_str!("realistic.dart");

/// Reads and lowers a text: nothing is compared, it only has to end.
fn survives(text: &str) {
    if let Some(tree) = parse(Language::Dart, text) {
        lower(Language::Dart, text, &tree);
    }
}

#[test]
fn a_realistic_file_is_read_whole() {
    let outline = read(REALISTIC);
    assert!(outline.broken.is_empty());
    assert!(!file(REALISTIC).contains("broken"));
}

#[test]
fn every_prefix_is_read() {
    // Inside a word, prefixes differ in nothing but the word.
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = REALISTIC.as_bytes();
    for end in (1..bytes.len()).filter(|end| !is_word(bytes.get(*end)) || !is_word(bytes.get(end - 1))) {
        if let Some(prefix) = REALISTIC.get(..end) {
            survives(prefix);
        }
    }
}

#[test]
fn random_deletions_are_read() {
    let mut random: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    for _ in 0..300 {
        let mut text = REALISTIC.to_owned();
        for _ in 0..=next(4) {
            let start = next(text.len());
            let end = (start + 1 + next(40)).min(text.len());
            if text.is_char_boundary(start) && text.is_char_boundary(end) {
                text.replace_range(start..end, "");
            }
        }
        survives(&text);
    }
}

#[test]
fn what_is_around_an_error_is_kept() {
    let text = "class A {\n  void logout() { FS.anonymize(); }\n  void broken() { foo.bar(; }\n  void end() { done(); }\n}\nvoid last() { g(); }";
    let outline = read(text);
    assert!(!outline.broken.is_empty());
    let shape = file(text);
    for kept in ["method logout() {FS.anonymize()}", "end()", "done()", "function last() {g()}"] {
        assert!(shape.contains(kept), "{kept} is lost in\n{shape}");
    }
}

#[test]
fn deep_nesting_is_bounded() {
    let repeated = |open: &str, middle: &str, close: &str| {
        format!("void f() {{ {}{middle}{}; }}", open.repeat(5_000), close.repeat(5_000))
    };
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{1: ", "}"),
        ("f(", ")"),
        ("f(a: ", ")"),
        ("W(child: W(children: [", "]))"),
        ("() => ", ""),
        ("!", ""),
        ("await ", ""),
        ("a = ", ""),
        ("a ??= ", ""),
        ("a[", "]"),
        ("a..b = (", ")"),
        ("x.then((_) => ", ")"),
        ("switch (a) { _ => ", "}"),
        ("[if (a) ", "]"),
        ("[for (;;) ", "]"),
        ("'${", "}'"),
        ("throw ", ""),
        ("() { return ", "; }"),
        ("(a, ", ")"),
        ("a is B ? ", " : c"),
        ("if (a) ", ""),
        ("if (a case 1 when ", ") b"),
        ("while (a) ", ""),
        ("{ ", "}"),
        ("l: ", ""),
        ("try { ", "} finally {}"),
        ("void g() { ", "}"),
        ("switch (a) { case 1: ", "}"),
        ("-", ""),
        ("a + (", ")"),
    ] {
        survives(&repeated(open, "x", close));
        survives(&format!("void f() {{ {}", open.repeat(5_000)));
    }
    survives(&"class A { ".repeat(5_000));
    survives(&format!("f({}) {{}}", "void g(".repeat(5_000)));
}

#[test]
fn long_chains_cost_no_depth() {
    for (head, link) in [
        ("a", ".b()"),
        ("a", ".b"),
        ("a", "?.b(c)"),
        ("a", "!"),
        ("a", "[0]"),
        ("a", ".then((x) => x)"),
        ("a", ".then((x) => x).timeout(t)"),
        ("a", "..b()"),
        ("a", " + b"),
        ("a", " + b * c"),
        ("'a'", " + b"),
        ("a", " && b"),
        ("a", " || b"),
        ("a", " ?? b"),
        ("a", " as B"),
        ("'a'", " 'b'"),
    ] {
        let length = if matches!(link, ".b()" | " + b" | " && b" | ".then((x) => x)") { 50_000 } else { 5_000 };
        survives(&format!("void f() {{ {head}{}; }}", link.repeat(length)));
    }
    survives(&format!("void f() {{ if (a) b(); {} }}", " else if (c) d();".repeat(5_000)));
    survives(&format!("void f() {{ x = {} d; }}", "a ? b : ".repeat(5_000)));
    survives(&format!("void f() {{ x = [{} d]; }}", "if (a) b else ".repeat(5_000)));
}

#[test]
fn the_last_selectors_of_a_long_chain_are_known() {
    let shape = body(&format!("a{}.logout(last);", ".b(c)".repeat(1_000)));
    assert!(shape.starts_with("all(a, c, c"), "{}", &shape[..40]);
    assert!(shape.ends_with(".b(c).logout(last)"));
}

#[test]
fn real_widget_trees_are_no_deep_nesting() {
    let mut text = String::from("Widget build(BuildContext context) => ");
    for _ in 0..30 {
        text.push_str("Expanded(child: Column(children: [if (open) ");
    }
    text.push_str("Button(onTap: () { logout(); })");
    for _ in 0..30 {
        text.push_str("]))");
    }
    text.push(';');
    let shape = file(&text);
    assert!(!shape.contains("broken"));
    assert!(shape.contains("logout()"));

    let mut builders = String::from("Widget build(BuildContext context) { return ");
    for _ in 0..20 {
        builders.push_str("Builder(builder: (context) { return Padding(child: ");
    }
    let _ = write!(builders, "Button(onTap: logout){}; }}", "); })".repeat(20));
    assert!(file(&builders).contains("onTap: logout"), "builders are cut");
}
