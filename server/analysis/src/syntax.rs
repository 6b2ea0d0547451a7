//! Syntax trees. Owns which grammar reads which language and the bounds of a parse; must not know what
//! a tree means.

use tree_sitter::{InputEdit, ParseOptions, ParseState, Parser, Tree};

use crate::source::Language;

/// How many times the parser may call back for each byte of text before it is stopped: hostile input
/// makes a parser run away, and the engine has no clock. The parser calls back about every hundred
/// steps, and real code stays under one call for each byte.
const FUEL_PER_BYTE: usize = 4;
const FUEL_AT_LEAST: usize = 100_000;

/// Parses a text. `old` is the tree before the edits, already edited by [`edit_tree`], or `None`.
/// `cancelled` is asked now and then; where it says yes, or the text is hostile, the answer is `None`.
pub fn parse(language: Language, text: &str, old: Option<&Tree>, cancelled: &dyn Fn() -> bool) -> Option<Tree> {
    if text.as_bytes().contains(&0) {
        return None;
    }
    let mut parser = Parser::new();
    parser.set_language(&grammar(language)).ok()?;
    let mut fuel = FUEL_AT_LEAST.max(text.len() * FUEL_PER_BYTE);
    let mut progress = |_: &ParseState| {
        fuel = fuel.saturating_sub(1);
        if fuel == 0 || cancelled() { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut progress);
    let bytes = text.as_bytes();
    parser.parse_with_options(&mut |offset, _| bytes.get(offset..).unwrap_or_default(), old, Some(options))
}

/// Tells a tree that bytes of its text were replaced, so that it can be the `old` tree of a new parse.
pub fn edit_tree(tree: &mut Tree, edit: &InputEdit) {
    tree.edit(edit);
}

/// The grammar that reads a language. JavaScript is read by the TSX grammar: the JavaScript grammar
/// takes JSX attributes named `class` or `for` for errors.
pub fn grammar(language: Language) -> tree_sitter::Language {
    match language {
        Language::TypeScript => tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
        Language::JavaScript | Language::Tsx => tree_sitter_typescript::LANGUAGE_TSX.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{grammar, parse};
    use crate::source::Language;

    /// Two crates for one grammar link silently and one wins: the state counts tell them apart.
    #[test]
    fn the_grammars_are_the_pinned_ones() {
        assert_eq!(grammar(Language::TypeScript).parse_state_count(), 5870);
        assert_eq!(grammar(Language::Tsx).parse_state_count(), 5986);
    }

    #[test]
    fn nul_bytes_are_refused() {
        assert!(parse(Language::TypeScript, "a\0b", None, &|| false).is_none());
        assert!(parse(Language::TypeScript, "const a = 1;", None, &|| false).is_some());
    }
}
