//! Open documents. Owns a document's text and syntax tree and how an editor's changes come into the text;
//! must not know files, projects or LSP's types.

use std::sync::Arc;

use farewell_analysis::source::Language;
use farewell_analysis::syntax::{self, SyntaxTree};
use ropey::Rope;
use tower_lsp_server::ls_types::Uri;

use crate::encoding::{Encoding, Place};

/// A document that the editor holds open. A clone is cheap: text and tree are shared.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// Its address, as the client writes it.
    pub(crate) uri: Uri,
    /// The client's number of this text.
    pub(crate) version: i32,
    /// Its language.
    pub(crate) language: Language,
    /// Its text.
    pub(crate) text: Rope,
    /// How often it was opened before.
    pub(crate) opening: u32,
    /// The tree of the text that was read last: what the next one is parsed from.
    tree: Option<SyntaxTree>,
}

/// One change by an editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// What goes away; `None` for the whole text. The ends may come in either order and lie anywhere.
    pub(crate) range: Option<(Place, Place)>,
    /// What comes in its place.
    pub(crate) text: String,
}

/// Bytes of a text that others took the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Replaced {
    /// Where they began.
    pub(crate) start: usize,
    /// Where they ended.
    pub(crate) end: usize,
    /// How many bytes stand in their place.
    pub(crate) new_len: usize,
}

impl Document {
    /// A document that was opened just now.
    pub(crate) fn new(uri: Uri, version: i32, language: Language, text: &str) -> Self {
        Self { uri, version, language, text: Rope::from_str(text), opening: 0, tree: None }
    }

    /// Applies changes, each to the text that the one before it left, and says what they replaced. A new
    /// whole text replaces what differs.
    pub(crate) fn apply(&mut self, changes: &[Change], encoding: Encoding) -> Vec<Replaced> {
        let mut replaced = Vec::with_capacity(changes.len());
        for change in changes {
            let (start, end, new) = match change.range {
                Some((one, other)) => {
                    let one = encoding.offset(&self.text, one);
                    let other = encoding.offset(&self.text, other);
                    (one.min(other), one.max(other), &*change.text)
                }
                None => difference(&self.text.to_string(), &change.text),
            };
            self.replace(start, end, new);
            replaced.push(Replaced { start, end, new_len: new.len() });
        }
        replaced
    }

    /// The text with its tree, which is parsed when somebody asks for it.
    pub(crate) fn read(&mut self) -> (Arc<str>, SyntaxTree) {
        let text: Arc<str> = self.text.to_string().into();
        let tree = match &self.tree {
            Some(last) => last.edited(&text),
            None => SyntaxTree::new(self.language, &text),
        };
        self.tree = Some(tree.clone());
        (text, tree)
    }

    /// Replaces the bytes from `start` to `end`, which are bounds of characters in the text.
    fn replace(&mut self, start: usize, end: usize, new: &str) {
        let start_char = self.text.byte_to_char(start);
        self.text.remove(start_char..self.text.byte_to_char(end));
        self.text.insert(start_char, new);
    }
}

/// What differs between two texts: the bytes of the old one from `start` to `end`, and what stands in
/// their place. All bounds are bounds of characters.
pub(crate) fn difference<'n>(old: &str, new: &'n str) -> (usize, usize, &'n str) {
    match syntax::difference(old, new) {
        Some((start, old_end, new_end)) => (start, old_end, new.get(start..new_end).unwrap_or_default()),
        None => (old.len(), old.len(), ""),
    }
}

#[cfg(test)]
mod tests {
    use farewell_analysis::source::Language;
    use farewell_analysis::syntax;
    use tree_sitter::Node;

    use super::{Change, Document, Replaced};
    use crate::encoding::{Encoding, Place};
    use crate::random::Random;

    fn document(text: &str) -> Document {
        document_of(Language::TypeScript, text)
    }

    fn document_of(language: Language, text: &str) -> Document {
        Document::new("file:///a".parse().unwrap(), 1, language, text)
    }

    fn change(from: (u32, u32), to: (u32, u32), text: &str) -> Change {
        let place = |(line, column)| Place { line, column };
        Change { range: Some((place(from), place(to))), text: text.to_owned() }
    }

    /// Every node's kind and place.
    fn shape(node: Node<'_>, into: &mut Vec<String>) {
        let (start, end) = (node.start_position(), node.end_position());
        into.push(format!("{} {:?} {start} {end} {}", node.kind(), node.byte_range(), node.is_missing()));
        let mut cursor = node.walk();
        for child in node.children(&mut cursor) {
            shape(child, into);
        }
    }

    fn assert_tree_is_fresh(document: &mut Document) {
        let (text, tree) = document.read();
        let fresh = syntax::parse(document.language, &text);
        let [mut kept, mut wanted] = [Vec::new(), Vec::new()];
        shape(tree.parsed().unwrap().tree.root_node(), &mut kept);
        shape(fresh.unwrap().tree.root_node(), &mut wanted);
        assert_eq!(kept, wanted, "{text:?}");
    }

    #[test]
    fn changes_apply_one_after_the_other() {
        let mut document = document("let a = 1;\n");
        let changes = [change((0, 8), (0, 9), "\u{1F600}"), change((0, 10), (0, 10), "2"), change((9, 9), (9, 9), "!")];
        document.apply(&changes, Encoding::Utf16);
        assert_eq!(document.text, "let a = \u{1F600}2;\n!");
    }

    #[test]
    fn reversed_and_wild_ranges_are_clamped() {
        let mut document = document("one\r\ntwo\r\n");
        document.apply(&[change((1, 3), (1, 0), "2")], Encoding::Utf16);
        assert_eq!(document.text, "one\r\n2\r\n");
        document.apply(&[change((0, 99), (0, 99), "!")], Encoding::Utf16);
        assert_eq!(document.text, "one!\r\n2\r\n");
        document.apply(&[change((7, 7), (u32::MAX, u32::MAX), "end")], Encoding::Utf16);
        assert_eq!(document.text, "one!\r\n2\r\nend");
    }

    #[test]
    fn a_change_without_a_range_is_the_whole_text() {
        let mut document = document("old");
        document.read().1.parsed();
        let mut now = |text: &str| {
            let change = Change { range: None, text: text.into() };
            let replaced = document.apply(&[change], Encoding::Utf16);
            assert_eq!(document.text, text);
            assert_tree_is_fresh(&mut document);
            replaced
        };
        assert_eq!(now("const é = 1;"), [Replaced { start: 0, end: 3, new_len: 13 }]);
        assert_eq!(now("const è = 1;"), [Replaced { start: 6, end: 8, new_len: 2 }]);
        assert_eq!(now("const è = 11;"), [Replaced { start: 12, end: 12, new_len: 1 }]);
        assert_eq!(now("const è = 11;"), [Replaced { start: 14, end: 14, new_len: 0 }]);
        assert_eq!(now(""), [Replaced { start: 0, end: 14, new_len: 0 }]);
    }

    /// The rope against a plain string, and the tree kept by edits against a fresh one. Where an edit
    /// breaks the code the parser may mend it in another way, so the trees are compared where the text
    /// has no error.
    #[test]
    fn text_and_tree_kept_by_edits_equal_fresh_ones() {
        for (language, text, piece) in SAMPLES {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                edit_at_random(document_of(language, text), encoding, piece);
            }
        }
    }

    /// A text of each language, and a piece that may stand at many places in it. All but the scripts' are masked
    /// before the parser sees them.
    const SAMPLES: [(Language, &str, &str); 7] = [
        (
            Language::TypeScript,
            "// one \u{1F600}\r\nasync function logout() {\n  await api();\n}\n/* two */\nlogout();\n",
            "foo();\n",
        ),
        (
            Language::Vue,
            "<template>\n <a @click=\"logout()\">\u{1F600}</a>\n</template>\n<script setup>\nfunction logout() {\n  api();\n}\n</script>\n",
            "<b @click=\"api()\"/>",
        ),
        (Language::Html, "<script>\nfoo();\n</script>\n<p>\u{1F600}</p>\n<script>\nbar();\n</script>\n", "<script>"),
        (
            Language::Swift,
            "func one() {\n    // \u{1F600}\n    #if DEBUG\n    two()\n    #endif\n    three()\n}\n",
            "foo()\n",
        ),
        (
            Language::Kotlin,
            "fun one(a: @Composable () -> Unit) {\n    // \u{1F600}\n    two()\n    a()\n}\n",
            "@Composable ",
        ),
        (
            Language::ObjectiveC,
            "NS_ASSUME_NONNULL_BEGIN\n@implementation A\n- (void)one {\n    [self two];\n}\n@end\nNS_ASSUME_NONNULL_END\n",
            "[self foo];\n",
        ),
        (Language::Dart, "void one() async {\n  // \u{1F600}\n  await two();\n}\n", "foo();\n"),
    ];

    fn edit_at_random(mut document: Document, encoding: Encoding, piece: &'static str) {
        let pieces = ["x", "\n", "\r\n", "\u{1F600}", " ", piece, "é", ""];
        let mut random = Random::new(7);
        document.read().1.parsed();
        for _ in 0..200 {
            let place = |random: &mut Random| (random.below(9) as u32, random.below(30) as u32);
            let from = place(&mut random);
            let to = if random.once_in(3) { place(&mut random) } else { from };
            let change = change(from, to, random.one_of::<&str>(&pieces));
            let mut wanted = document.text.to_string();
            let ends = change.range.map(|(a, b)| {
                let offsets = [encoding.offset(&document.text, a), encoding.offset(&document.text, b)];
                (offsets[0].min(offsets[1]), offsets[0].max(offsets[1]))
            });
            wanted.replace_range(ends.unwrap().0..ends.unwrap().1, &change.text);
            document.apply(&[change], encoding);
            assert_eq!(document.text, wanted);
            let fresh = syntax::parse(document.language, &wanted).unwrap();
            if fresh.errors() == 0 {
                assert_tree_is_fresh(&mut document);
            }
        }
    }

    #[test]
    fn comments_typed_piecemeal_keep_the_tree_right() {
        let mut document = document("a();\nb();\n");
        document.read().1.parsed();
        for (column, text) in ["/", "*", "*", "/"].into_iter().enumerate() {
            let column = column as u32;
            document.apply(&[change((1, column), (1, column), text)], Encoding::Utf16);
            document.read().1.parsed();
        }
        assert_tree_is_fresh(&mut document);
    }
}
