use std::time::Instant;

use super::{outline, statements};

/// A thread of a language server has two megabytes of stack.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(run).unwrap().join().unwrap();
}

const FILE: &str = include_str!("sample.swift");

#[test]
fn the_sample_is_read_without_errors() {
    let outline = outline(FILE);
    assert_eq!(outline.broken, []);
    assert!(!format!("{outline:?}").contains("Broken"));
}

#[test]
fn every_prefix_is_read() {
    on_a_small_stack(|| {
        for end in (0..FILE.len()).step_by(3) {
            if FILE.is_char_boundary(end) {
                outline(&FILE[..end]);
            }
        }
    });
}

#[test]
fn deletions_are_read() {
    on_a_small_stack(|| {
        let mut state = 7_u32;
        for _ in 0..150 {
            let mut text = FILE.to_owned();
            for _ in 0..3 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let start = (state >> 8) as usize % text.len();
                let end = (start + 1 + (state >> 4) as usize % 12).min(text.len());
                if text.is_char_boundary(start) && text.is_char_boundary(end) {
                    text.replace_range(start..end, "");
                }
            }
            outline(&text);
        }
    });
}

#[test]
fn deep_nesting_is_unreadable_and_no_more() {
    on_a_small_stack(|| {
        for (open, close) in [
            ("(", ")"),
            ("[", "]"),
            ("{", "}"),
            ("f(", ")"),
            ("f {", "}"),
            ("if x {", "}"),
            ("class A {", "}"),
            ("!", ""),
        ] {
            let text = format!("{}x{}", open.repeat(5_000), close.repeat(5_000));
            outline(&text);
            statements(&text);
        }
        outline(&"#if X\n".repeat(5_000));
        outline(&"switch x { case .a: ".repeat(5_000));
        outline(&"a ? b : ".repeat(5_000));
    });
}

#[test]
fn long_chains_are_read_in_linear_time() {
    on_a_small_stack(|| {
        for (first, link, last) in [
            ("a", ".b()", ""),
            ("a", ".b { x() }", ""),
            ("x = a", " + a", ""),
            ("if a", " && a", " { b() }"),
            ("a", "!", ""),
            ("a", "[0]", ""),
            ("x = a", " ?? a", ""),
            ("if a { b() }", " else if a { b() }", ""),
            ("f()", "; f()", ""),
            ("f(a", ", a", ")"),
            ("switch x { ", "case .a: f()\n", "}"),
        ] {
            let read = |links: usize| {
                let text = format!("func f() {{ {first}{}{last} }}", link.repeat(links));
                let start = Instant::now();
                outline(&text);
                start.elapsed()
            };
            // Four times as long a chain takes four times as long, and not sixteen times; a machine may be busy with
            // something else meanwhile.
            let is_linear = || read(50_000) < read(12_500) * 10;
            assert!((0..3).any(|_| is_linear()), "{link}");
        }
    });
}

#[test]
fn one_bad_body_costs_no_other() {
    let outline = outline("class A {\n func a() { x( }\n func b() { y() }\n}\nclass B { func c() { z() } }");
    let shown = super::show::statements(&outline.items).join("; ");
    assert!(shown.contains("method b() {y()}") && shown.contains("method c() {z()}"), "{shown}");
    assert!(!outline.broken.is_empty());
}
