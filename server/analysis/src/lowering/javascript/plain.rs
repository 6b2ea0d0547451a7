//! Expressions in which nothing is declared, told by their text. Owns the few marks without which there is
//! no function, class, object, assignment, comment or module in them; must not know what those mean.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use tree_sitter::Node;

use super::syntax::text;
use crate::lowering::grammar::KindSet;

/// Kinds of nodes that are often short and plain.
pub(super) static EXPRESSIONS: KindSet = KindSet::new(&[
    "arguments",
    "array",
    "await_expression",
    "binary_expression",
    "call_expression",
    "expression_statement",
    "member_expression",
    "new_expression",
    "parenthesized_expression",
    "return_statement",
    "subscript_expression",
    "template_string",
    "ternary_expression",
    "throw_statement",
]);

/// What stands in every function, class, object, element, assignment, comment, `require`, `import(…)`,
/// `delete` and `Object.assign`.
const MARKS: [&str; 9] = ["{", "=", "/", "++", "--", "require", "import", "delete", ".assign"];

/// How many bytes are searched: a longer text is walked through, so that none is searched many times.
const LONGEST: usize = 300;

static SEARCH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(MARKS).ok());

/// Whether nothing is declared, and nothing unreadable stands, in a node of [`EXPRESSIONS`].
pub(super) fn is_plain(source: &str, node: Node) -> bool {
    node.byte_range().len() <= LONGEST
        && !node.has_error()
        && SEARCH.as_ref().is_some_and(|search| !search.is_match(text(source, node)))
}
