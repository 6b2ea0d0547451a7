//! Expressions in which nothing is declared, told by their text. Owns the few marks without which there is
//! no function, class, object, assignment, comment or module in them; must not know what those mean.

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
    "formal_parameters",
    "member_expression",
    "method_signature",
    "new_expression",
    "parenthesized_expression",
    "property_signature",
    "return_statement",
    "subscript_expression",
    "template_string",
    "ternary_expression",
    "throw_statement",
]);

/// Words of modules, removals and copies, by which names are declared or written.
const WORDS: [&[u8]; 4] = [b"require", b"import", b"delete", b".assign"];

/// How many bytes are searched: a longer text is walked through, so that none is searched many times.
const LONGEST: usize = 400;

/// Whether nothing is declared, and nothing unreadable stands, in a node of [`EXPRESSIONS`].
pub(super) fn is_plain(source: &str, node: Node) -> bool {
    let length = node.byte_range().len();
    length <= LONGEST && !node.has_error() && !is_marked(text(source, node).as_bytes())
}

/// Whether nothing is taken note of inside of a type's declaration: no comment, no module, and nothing unreadable.
pub(super) fn is_bare_type(source: &str, node: Node) -> bool {
    let text = text(source, node);
    !node.has_error() && !["/", "import", "require"].into_iter().any(|mark| text.contains(mark))
}

/// Whether a text holds what stands in every function, class, object, element, assignment and comment, or
/// one of [`WORDS`]. A comparison and a template's hole are none.
fn is_marked(text: &[u8]) -> bool {
    let at = |index: Option<usize>| index.and_then(|index| text.get(index)).copied();
    let mut index = 0;
    while let Some(byte) = text.get(index).copied() {
        let (before, behind) = (at(index.checked_sub(1)), at(Some(index + 1)));
        let is_mark = match byte {
            b'{' => before != Some(b'$'),
            b'=' if behind == Some(b'=') => {
                index += 1;
                false
            }
            b'=' => !matches!(before, Some(b'=' | b'!')),
            b'/' => matches!(behind, Some(b'/' | b'*' | b'>')) || before == Some(b'<'),
            b'+' | b'-' => behind == Some(byte),
            b'r' | b'i' | b'd' | b'.' => {
                WORDS.iter().any(|word| text.get(index..).is_some_and(|it| it.starts_with(word)))
            }
            _ => false,
        };
        if is_mark {
            return true;
        }
        index += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_marked;

    #[test]
    fn what_declares_is_marked() {
        for text in [
            "() => a()",
            "function () {}",
            "class {}",
            "({ a })",
            "a = b",
            "a += b",
            "a >>= b",
            "a++",
            "--a",
            "a // b",
            "a /* b */",
            "<a></a>",
            "<a/>",
            "require('x')",
            "import('x')",
            "delete a.b",
            "Object.assign(a, b)",
            "`${{}}`",
        ] {
            assert!(is_marked(text.as_bytes()), "{text}");
        }
        for text in ["a.b(c)", "a === b && c !== d || e == f", "`/orders/${id}`", "a / b", "a + b - c", "a ? b : c"] {
            assert!(!is_marked(text.as_bytes()), "{text}");
        }
    }
}
