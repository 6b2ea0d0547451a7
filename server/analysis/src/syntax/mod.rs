//! Syntax trees. Owns which grammar reads which language and the bounds of a parse; must not know what
//! a tree means.

mod hostile;
mod mask;

use tree_sitter::{InputEdit, ParseOptions, ParseState, Parser, Tree};

use crate::source::{Language, regions};

/// How many bytes of text a parser may take for each time that it calls back, before it is stopped: hostile
/// input makes a parser run away, and the engine has no clock. The parser calls back about every hundred
/// steps, and real code takes more than twenty bytes for each call: this leaves room for dense code.
const BYTES_PER_CALL: usize = 6;
/// How many times it may call back however short the text is.
const CALLS_AT_LEAST: usize = 4_000;

/// Parses a text. `old` is the tree before the edits, already edited by [`edit_tree`], or `None`.
/// `cancelled` is asked now and then; where it says yes, or the text is hostile, the answer is `None`.
pub fn parse(language: Language, text: &str, old: Option<&Tree>, cancelled: &dyn Fn() -> bool) -> Option<Tree> {
    if text.as_bytes().contains(&0) || hostile::is_hostile(language, text) {
        return None;
    }
    let mut parser = Parser::new();
    let regions = regions(language, text);
    // Scripts say themselves whether they may hold JSX.
    let has_jsx = language.is_embedding() && regions.may_hold_jsx();
    parser.set_language(&grammar(if has_jsx { Language::Tsx } else { language })).ok()?;
    let mut fuel = CALLS_AT_LEAST.max(text.len() / BYTES_PER_CALL);
    let mut progress = |_: &ParseState| {
        fuel = fuel.saturating_sub(1);
        if fuel == 0 || cancelled() { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    };
    let options = ParseOptions::new().progress_callback(&mut progress);
    let masked = mask::masked(language, text, &regions);
    let old = old.filter(|_| !mask::is_masked(language));
    let bytes = masked.as_bytes();
    parser.parse_with_options(&mut |offset, _| bytes.get(offset..).unwrap_or_default(), old, Some(options))
}

/// Tells a tree that bytes of its text were replaced, so that it can be the `old` tree of a new parse.
pub fn edit_tree(tree: &mut Tree, edit: &InputEdit) {
    tree.edit(edit);
}

/// The grammar that reads a language. JavaScript is read by the TSX grammar: the JavaScript grammar
/// takes JSX attributes named `class` or `for` for errors. Of markup the scripts are read, and the markup
/// around them by [`regions`]: no grammar of markup ends in time on a long row of braces.
pub fn grammar(language: Language) -> tree_sitter::Language {
    match language {
        Language::TypeScript | Language::Vue | Language::Svelte | Language::Astro | Language::Html => {
            tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into()
        }
        Language::JavaScript | Language::Tsx => tree_sitter_typescript::LANGUAGE_TSX.into(),
        Language::Swift => tree_sitter_swift::LANGUAGE.into(),
        Language::ObjectiveC => tree_sitter_objc::LANGUAGE.into(),
        Language::Kotlin => tree_sitter_kotlin_sg::LANGUAGE.into(),
        Language::Java => tree_sitter_java::LANGUAGE.into(),
        Language::Dart => tree_sitter_dart::LANGUAGE.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{grammar, parse};
    use crate::source::Language;

    /// Two crates for one grammar link silently and one wins: the state counts tell them apart.
    #[test]
    fn the_grammars_are_the_pinned_ones() {
        let counts = [
            (Language::TypeScript, 5_870),
            (Language::Tsx, 5_986),
            (Language::Swift, 11_522),
            (Language::ObjectiveC, 6_799),
            (Language::Kotlin, 10_180),
            (Language::Java, 1_385),
            (Language::Dart, 4_522),
        ];
        for (language, count) in counts {
            assert_eq!(grammar(language).parse_state_count(), count, "{language:?}");
        }
    }

    #[test]
    fn nul_bytes_are_refused() {
        assert!(parse(Language::TypeScript, "a\0b", None, &|| false).is_none());
        assert!(parse(Language::TypeScript, "const a = 1;", None, &|| false).is_some());
    }
}
