//! Syntax trees. Owns which grammar reads which language and the bounds of a parse; must not know what
//! a tree means.

mod closing;
mod edit;
mod heads;
mod hostile;
mod kept;
mod mask;

use std::borrow::Cow;
use std::ops::ControlFlow;
use std::sync::Arc;

use memchr::memchr;
use tree_sitter::{Node, ParseOptions, ParseState, Parser, Tree, TreeCursor};

pub use edit::difference;
pub use kept::SyntaxTree;

use self::closing::Closed;
use self::heads::LeftOut;
use crate::source::{Language, Regions, Span, regions};

/// How many bytes of text a parser may take for each time that it calls back, before it is stopped: hostile
/// input makes a parser run away, and the engine has no clock. The parser calls back about every hundred
/// steps, and real code takes more than twenty bytes for each call: this leaves room for dense code.
const BYTES_PER_CALL: usize = 6;
/// How many times it may call back however short the text is.
const CALLS_AT_LEAST: usize = 4_000;

/// A text that was parsed. A clone is cheap.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The tree. Its places are those of the text, in bytes.
    pub tree: Tree,
    /// What the grammar saw: the text itself, what its mask left of it, or one of these with what was left open
    /// closed. Two trees of the same are the same.
    pub seen: Arc<str>,
    /// Where brackets were put in that close what the text leaves open, in order: what they end is half typed.
    pub closed: Arc<[u32]>,
    /// The head of a declaration that is left out because it has no block yet.
    pub left_out: Option<Span>,
    /// What of the text is code, where it is markup; empty else.
    pub regions: Arc<Regions>,
    /// The text of a markup file with all else blanked out; the text itself of any other file.
    pub code: Arc<str>,
    has_jsx: bool,
}

impl Parsed {
    /// How many places of the text the parser could not read, and how many things are left out or open.
    pub fn errors(&self) -> usize {
        errors(&self.tree) + self.closed.len() + usize::from(self.left_out.is_some())
    }

    /// The tree as that of what an edit made of the text: one that is parsed from it takes over what it can.
    fn edited(&self, seen: &str) -> Tree {
        let mut tree = self.tree.clone();
        if let Some(edit) = edit::between(&self.seen, seen) {
            tree.edit(&edit);
        }
        tree
    }
}

/// Parses a text; `None` where it is hostile, or none that a parser should see.
pub fn parse(language: Language, text: &str) -> Option<Parsed> {
    parse_again(language, &Arc::from(text), None)
}

/// Parses a text as [`parse`] does, with what an older text of the same document was parsed to: of its tree
/// everything is used again that the edits between the two left alone.
fn parse_again(language: Language, text: &Arc<str>, old: Option<&Parsed>) -> Option<Parsed> {
    let input = Input::of(language, text)?;
    let old = old.filter(|old| old.has_jsx == input.has_jsx);
    // Who types in an open block goes on with that.
    let was_open = old.is_some_and(|old| !old.closed.is_empty());
    if was_open && let Some(closed) = input.parse_closed(old) {
        return Some(closed);
    }
    let before = old.and_then(|old| old.left_out);
    if let Some(left_out) = before.and_then(|before| LeftOut::again(language, &input.seen, before))
        && let Some(parsed) = input.parse_without(left_out, old)
        && !parsed.tree.root_node().has_error()
    {
        return Some(parsed);
    }
    let parsed = input.parse(&input.seen, old, &[])?;
    if !parsed.tree.root_node().has_error() {
        return Some(parsed);
    }
    if !was_open && let Some(closed) = input.parse_closed(old.or(Some(&parsed))) {
        return Some(closed);
    }
    let left_out = LeftOut::at_error(language, &input.seen, &parsed);
    let without = left_out.and_then(|left_out| input.parse_without(left_out, old.or(Some(&parsed))));
    Some(without.filter(|without| heads::fits(without, &parsed)).unwrap_or(parsed))
}

/// How many places of a text its parser could not read, and how many things it took to be left out.
fn errors(tree: &Tree) -> usize {
    error_nodes(tree).count()
}

/// What its parser could not read of a text, or took to be left out, in order.
fn error_nodes(tree: &Tree) -> impl Iterator<Item = Node<'_>> {
    let mut cursor = tree.walk();
    let mut next = Some(tree.root_node());
    std::iter::from_fn(move || {
        while let Some(node) = next {
            let goes_on =
                node.has_error() && cursor.goto_first_child() || cursor.goto_next_sibling() || goto_behind(&mut cursor);
            next = goes_on.then(|| cursor.node());
            if node.is_error() || node.is_missing() {
                return Some(node);
            }
        }
        None
    })
}

/// Goes on behind the nearest node above that has one behind it. Whether there is one.
fn goto_behind(cursor: &mut TreeCursor<'_>) -> bool {
    while cursor.goto_parent() {
        if cursor.goto_next_sibling() {
            return true;
        }
    }
    false
}

/// What a parser is given.
struct Input {
    language: Language,
    /// Whether scripts of markup may hold JSX, which they say themselves.
    has_jsx: bool,
    regions: Arc<Regions>,
    code: Arc<str>,
    seen: Arc<str>,
}

impl Input {
    /// `None` where the text is none that a parser should see.
    fn of(language: Language, text: &Arc<str>) -> Option<Self> {
        if memchr(0, text.as_bytes()).is_some() || hostile::is_hostile(language, text) {
            return None;
        }
        let regions = regions(language, text);
        let has_jsx = language.is_embedding() && regions.may_hold_jsx();
        let seen = match mask::masked(language, text, &regions) {
            Cow::Borrowed(_) => Arc::clone(text),
            Cow::Owned(masked) => masked.into(),
        };
        let code = Arc::clone(if language.is_embedding() { &seen } else { text });
        Some(Self { language, has_jsx, regions: Arc::new(regions), code, seen })
    }

    /// Parses the text with what is left open in it closed; `None` where that is not clear.
    fn parse_closed(&self, old: Option<&Parsed>) -> Option<Parsed> {
        let closed = Closed::of(self.language, &self.seen)?;
        let parsed = self.parse(&closed.text.into(), old, &closed.places)?;
        closing::fits(&parsed).then_some(parsed)
    }

    /// Parses the text without a head of a declaration.
    fn parse_without(&self, LeftOut { text, head }: LeftOut, old: Option<&Parsed>) -> Option<Parsed> {
        let parsed = self.parse(&text.into(), old, &[])?;
        Some(Parsed { left_out: Some(head), ..parsed })
    }

    fn parse(&self, seen: &Arc<str>, old: Option<&Parsed>, closed: &[u32]) -> Option<Parsed> {
        let mut parser = Parser::new();
        parser.set_language(&grammar(if self.has_jsx { Language::Tsx } else { self.language })).ok()?;
        let mut fuel = CALLS_AT_LEAST.max(seen.len() / BYTES_PER_CALL);
        let mut progress = |_: &ParseState| {
            fuel = fuel.saturating_sub(1);
            if fuel == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let options = ParseOptions::new().progress_callback(&mut progress);
        let mut read = |offset: usize, _| seen.as_bytes().get(offset..).unwrap_or_default();
        let old = old.map(|old| old.edited(seen));
        let tree = parser.parse_with_options(&mut read, old.as_ref(), Some(options))?;
        Some(Parsed {
            tree,
            seen: Arc::clone(seen),
            closed: closed.into(),
            left_out: None,
            regions: Arc::clone(&self.regions),
            code: Arc::clone(&self.code),
            has_jsx: self.has_jsx,
        })
    }
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
    fn what_cannot_be_read_and_what_is_left_out_are_errors() {
        let errors = |text| parse(Language::TypeScript, text).unwrap().errors();
        assert_eq!(errors("one();\ntwo(1, [2], { three: 3 });\n"), 0);
        assert_eq!(errors("one();\ntwo(;\n"), 1);
        assert_eq!(errors("if (one) { two();\n"), 1);
        assert_eq!(errors("one(;\ntwo();\nthree(;\n"), 2);
    }

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
        assert!(parse(Language::TypeScript, "a\0b").is_none());
        assert!(parse(Language::TypeScript, "const a = 1;").is_some());
    }
}
