//! Whatever the text, it is read and lowered: half-typed, cut, or made to be deep.

use tree_sitter::{Parser, Tree};

use super::super::read;
use crate::lowering::outline;
use crate::source::Language;
use crate::syntax::grammar;

const SAMPLE: &str = include_str!("sample.m");

/// The tree of a text, without what keeps hostile texts from the parser.
fn tree(source: &str) -> Tree {
    let mut parser = Parser::new();
    parser.set_language(&grammar(Language::ObjectiveC)).expect("the grammar");
    parser.parse(source, None).expect("a tree")
}

/// Reads and lowers a text, and gives the number of bodies.
fn lowered(source: &str) -> usize {
    outline::lower(source, &read(source, &tree(source), None)).bodies.len()
}

#[test]
fn the_sample_is_whole() {
    let tree = crate::syntax::parse(Language::ObjectiveC, SAMPLE).expect("a tree").tree;
    let outline = read(SAMPLE, &tree, None);
    assert_eq!(outline.broken, []);
    assert_eq!(outline.items.len(), 5);
}

#[test]
fn every_prefix_is_read() {
    for (end, _) in SAMPLE.char_indices().step_by(3) {
        lowered(&SAMPLE[..end]);
        lowered(&SAMPLE[end..]);
    }
}

#[test]
fn deletions_and_doublings_are_read() {
    let mut state = 0x9E37_79B9_u32;
    for _ in 0..400 {
        let mut text: Vec<char> = SAMPLE.chars().collect();
        for _ in 0..6 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = (state >> 8) as usize % text.len();
            let count = (state & 7) as usize + 1;
            let end = (at + count).min(text.len());
            if state & 128 == 0 {
                text.drain(at..end);
            } else {
                let piece: Vec<char> = text[at..end].to_vec();
                text.splice(at..at, piece);
            }
        }
        lowered(&text.into_iter().collect::<String>());
    }
}

#[test]
fn deep_texts_do_not_overflow_the_stack() {
    let nested = |open: &str, middle: &str, close: &str| {
        let body = format!("{}{middle}{}", open.repeat(5_000), close.repeat(5_000));
        assert!(lowered(&format!("@implementation A\n- (void)a {{ {body}; }}\n@end\n")) > 0);
    };
    nested("(", "a", ")");
    nested("[", "a", " b]");
    nested("{", "a();", "}");
    nested("[a b:", "c", "]");
    nested("[a b:^{ ", "[c d];", " }]");
    nested("if (a) ", "b();", "");
    nested("if (a) { } else ", "b();", "");
    nested("a ? b : ", "c", "");
    nested("a = ", "c", "");
    nested("!", "c", "");
    nested("@[", "c", "]");
    nested("@{@\"a\": ", "c", "}");
    nested("f(", "c", ")");
    nested("a: ", "b();", "");
    nested("for (;;) ", "b();", "");
    nested("@try { ", "b();", " } @finally { }");
    nested("\n#if A\n", "b();", "\n#endif\n");
}

#[test]
fn long_chains_are_read_in_a_loop() {
    for (head, link, tail) in [
        ("a", " + a", ""),
        ("a", " && a", ""),
        ("a", " || [a b]", ""),
        ("a", ".b", ""),
        ("a", ".b(c)", ""),
        ("a", "[b]", ""),
        ("a", ", a", ""),
        ("f(a", ", a", ")"),
        ("@\"a\"", " @\"a\"", ""),
        ("if (a) { b(); }", " else if (a) { b(); }", ""),
    ] {
        let body = format!("{head}{}{tail}", link.repeat(50_000 / link.len().min(5)));
        lowered(&format!("@implementation A\n- (void)a {{ {body}; }}\n@end\n"));
    }
}

#[test]
fn a_long_chain_keeps_its_calls_in_their_order() {
    let body = format!("{}a{};", "[".repeat(50), (0..50).map(|at| format!(" m{at}]")).collect::<String>());
    let source = format!("@implementation A\n- (void)a {{ {body} }}\n@end\n");
    let lowered = outline::lower(&source, &read(&source, &tree(&source), None));
    let names: Vec<String> = lowered
        .bodies
        .iter()
        .flat_map(|body| &body.code().nodes)
        .filter_map(|node| match &node.step {
            crate::lowering::Step::Call(call) => call.written.last().map(ToString::to_string),
            _ => None,
        })
        .collect();
    assert_eq!(names, (0..50).map(|at| format!("m{at}")).collect::<Vec<_>>());
}
