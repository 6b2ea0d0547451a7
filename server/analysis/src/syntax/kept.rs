//! The syntax tree of a text that somebody edits, parsed by whoever asks for it first: who writes down a keystroke
//! need not wait, and who lowers the tree has it at hand. Owns what it is parsed from; must not know what it is for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Parsed, parse_again};
use crate::source::Language;

/// A text's syntax tree, now or later. A clone is the same one.
#[derive(Clone, Debug)]
pub struct SyntaxTree(Arc<Kept>);

#[derive(Debug)]
struct Kept {
    language: Language,
    text: Arc<str>,
    parsing: Mutex<Parsing>,
}

/// How far the text was parsed. What is not, or cannot be, is on its way to a text that is parsed from the last one
/// that could be.
#[derive(Debug)]
enum Parsing {
    Due(Option<Parsed>),
    Done(Parsed),
    Failed(Option<Parsed>),
}

impl SyntaxTree {
    /// The tree of a text that was not edited yet.
    pub fn new(language: Language, text: &Arc<str>) -> Self {
        Self::of(language, text, None)
    }

    /// The tree of a text that was not edited yet, which may have been parsed already.
    pub(crate) fn of(language: Language, text: &Arc<str>, parsed: Option<Parsed>) -> Self {
        Self::with(language, text, parsed.map_or(Parsing::Due(None), Parsing::Done))
    }

    /// The tree of the text that edits made of this one's.
    #[must_use]
    pub fn edited(&self, text: &Arc<str>) -> Self {
        let last = match &*self.parsing() {
            Parsing::Done(parsed) => Some(parsed.clone()),
            Parsing::Due(last) | Parsing::Failed(last) => last.clone(),
        };
        Self::with(self.0.language, text, Parsing::Due(last))
    }

    /// The tree; `None` where the text is none that a parser should see, or the parser gave up.
    pub fn parsed(&self) -> Option<Parsed> {
        let mut parsing = self.parsing();
        if let Parsing::Due(last) = &mut *parsing {
            let last = last.take();
            *parsing = match parse_again(self.0.language, &self.0.text, last.as_ref()) {
                Some(parsed) => Parsing::Done(parsed),
                None => Parsing::Failed(last),
            };
        }
        match &*parsing {
            Parsing::Done(parsed) => Some(parsed.clone()),
            Parsing::Due(_) | Parsing::Failed(_) => None,
        }
    }

    fn with(language: Language, text: &Arc<str>, parsing: Parsing) -> Self {
        Self(Arc::new(Kept { language, text: Arc::clone(text), parsing: Mutex::new(parsing) }))
    }

    /// What a panic leaves is whole: it is written at once.
    fn parsing(&self) -> MutexGuard<'_, Parsing> {
        self.0.parsing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Parsing, SyntaxTree};
    use crate::source::Language;

    fn text(text: &str) -> Arc<str> {
        Arc::from(text)
    }

    fn is_parsed(tree: &SyntaxTree) -> bool {
        matches!(&*tree.parsing(), Parsing::Done(_))
    }

    /// What a text that was not parsed yet, or could not be, is to be parsed from.
    fn last(tree: &SyntaxTree) -> Option<Arc<str>> {
        match &*tree.parsing() {
            Parsing::Due(last) | Parsing::Failed(last) => last.as_ref().map(|last| Arc::clone(&last.seen)),
            Parsing::Done(_) => None,
        }
    }

    #[test]
    fn a_text_is_parsed_when_somebody_asks() {
        let tree = SyntaxTree::new(Language::TypeScript, &text("one();"));
        assert!(!is_parsed(&tree));
        assert_eq!(tree.parsed().unwrap().tree.root_node().end_byte(), 6);
        assert!(is_parsed(&tree.clone()));
    }

    #[test]
    fn texts_that_nobody_asked_for_are_passed_over() {
        let first = SyntaxTree::new(Language::TypeScript, &text("one();"));
        first.parsed().unwrap();
        let second = first.edited(&text("one(2);"));
        let third = second.edited(&text("one(2, 3);"));
        assert!(!is_parsed(&second));
        assert_eq!(last(&third).as_deref(), Some("one();"));
        assert!(!third.parsed().unwrap().tree.root_node().has_error());
        assert_eq!(last(&third.edited(&text("one(2, 3, 4);"))).as_deref(), Some("one(2, 3);"));
    }

    #[test]
    fn a_text_that_cannot_be_parsed_is_passed_over() {
        let first = SyntaxTree::new(Language::TypeScript, &text("one();"));
        first.parsed().unwrap();
        let second = first.edited(&text("one(\0);"));
        assert!(second.parsed().is_none());
        assert!(second.parsed().is_none());
        assert_eq!(last(&second.edited(&text("one(2);"))).as_deref(), Some("one();"));
    }
}
