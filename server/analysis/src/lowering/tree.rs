//! Small questions to the trees of the native languages' grammars, which every reader asks: text, children,
//! comments, what could not be read. Must not know any one grammar.

use std::sync::Arc;

use memchr::memchr_iter;
use tree_sitter::Node;

use super::{Comment, Name};
use crate::lowering::grammar::Named;
use crate::source::Span;

/// How many levels of a tree a reader goes down before the rest counts as unreadable. Each level takes
/// some kilobytes of stack here and behind it, and a thread may have two megabytes in all.
pub(super) const DEPTH_LIMIT: u32 = 100;

/// How deep the search for comments and errors goes. It takes no stack.
const WALK_DEPTH_LIMIT: usize = 4_000;

/// A node's bytes.
pub(super) fn span(node: Node) -> Span {
    Span::from(node.byte_range())
}

/// A node's text.
pub(super) fn text<'t>(source: &'t str, node: Node) -> &'t str {
    source.get(node.byte_range()).unwrap_or_default()
}

/// A node's text as a name.
pub(super) fn name(source: &str, node: Node) -> Name {
    Arc::from(text(source, node))
}

/// Up to how many children are asked one by one: a cursor costs an allocation.
const FEW_CHILDREN: u32 = 4;

/// A node's children that fulfil a condition.
fn children_where<'t>(node: Node<'t>, is_wanted: impl Fn(Node<'t>) -> bool) -> Vec<Node<'t>> {
    let count = node.child_count();
    if count <= FEW_CHILDREN {
        return (0..count).filter_map(|index| node.child(index)).filter(|child| is_wanted(*child)).collect();
    }
    let mut cursor = node.walk();
    let mut children = Vec::with_capacity(count as usize);
    children.extend(node.children(&mut cursor).filter(|child| is_wanted(*child)));
    children
}

/// A node's named children without comments; errors are among them.
pub(super) fn named_children(node: Node<'_>) -> Vec<Node<'_>> {
    let is_wanted = |child: &Node| !child.is_extra() || child.is_error();
    let count = node.named_child_count();
    if count <= FEW_CHILDREN as usize {
        return (0..count as u32).filter_map(|index| node.named_child(index)).filter(is_wanted).collect();
    }
    let mut cursor = node.walk();
    let mut children = Vec::with_capacity(count);
    children.extend(node.named_children(&mut cursor).filter(is_wanted));
    children
}

/// All of a node's children without comments, tokens included.
pub(super) fn all_children(node: Node<'_>) -> Vec<Node<'_>> {
    children_where(node, |child| !child.is_extra() || child.is_error())
}

/// A node's first child of a kind.
pub(super) fn child_of_kind<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let count = node.child_count();
    if count <= FEW_CHILDREN {
        return (0..count).filter_map(|index| node.child(index)).find(|child| child.kind_name() == kind);
    }
    let mut cursor = node.walk();
    node.children(&mut cursor).find(|child| child.kind_name() == kind)
}

/// Whether a node has a child of a kind, a token too: `?.`, `static`.
pub(super) fn has_child(node: Node, kind: &str) -> bool {
    child_of_kind(node, kind).is_some()
}

/// Every comment of a tree and every place that the parser could not read, in order. `is_harmless` says of
/// an error or an omission that it changes nothing.
pub(super) fn comments_and_errors(
    source: &str,
    root: Node,
    is_comment: impl Fn(Node) -> bool,
    is_harmless: impl Fn(Node) -> bool,
) -> (Vec<Comment>, Vec<Span>) {
    let (mut comments, mut broken) = (Vec::new(), Vec::new());
    let starts = comment_starts(source);
    let may_hold_comment = |node: Node| {
        let first = starts.partition_point(|start| *start < node.start_byte());
        starts.get(first).is_some_and(|start| *start < node.end_byte())
    };
    let mut cursor = root.walk();
    let mut depth = 0;
    loop {
        let node = cursor.node();
        if is_comment(node) {
            comments.push(comment(source, node));
        } else if (node.is_error() || node.is_missing()) && !is_harmless(node) {
            broken.push(span(node));
        }
        // Most of a tree holds neither, and is passed over.
        let is_worth_it = node.has_error() || may_hold_comment(node) && !is_comment(node);
        if is_worth_it && depth < WALK_DEPTH_LIMIT && cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return (comments, broken);
            }
            depth -= 1;
        }
    }
}

/// Where a comment may start: each `//` and `/*`, those in strings too.
fn comment_starts(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    memchr_iter(b'/', bytes).filter(|start| matches!(bytes.get(start + 1), Some(b'/' | b'*'))).collect()
}

/// Reads a comment: its text without the markers.
pub(super) fn comment(source: &str, node: Node) -> Comment {
    let raw = text(source, node);
    let inner = match (raw.strip_prefix("//"), raw.strip_prefix("/*")) {
        (Some(line), _) => line.trim_start_matches('/').trim().to_owned(),
        (None, Some(block)) => {
            let block = block.strip_suffix("*/").unwrap_or(block);
            let lines: Vec<&str> = block.lines().map(|line| line.trim().trim_start_matches('*').trim()).collect();
            lines.join("\n").trim().to_owned()
        }
        _ => raw.trim_start_matches("<!--").trim_end_matches("-->").trim().to_owned(),
    };
    Comment { span: span(node), text: Arc::from(inner) }
}

/// The text of a string's content with the escapes that these languages share undone.
pub(super) fn unescaped(raw: &str) -> Name {
    if !raw.contains('\\') {
        return Arc::from(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw.chars();
    while let Some(character) = rest.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match rest.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('0') => out.push('\0'),
            Some('u') => {
                let digits: String =
                    rest.clone().skip_while(|it| *it == '{').take_while(char::is_ascii_hexdigit).take(6).collect();
                let is_braced = rest.clone().next() == Some('{');
                let digits = if is_braced { digits.as_str() } else { digits.get(..4).unwrap_or(&digits) };
                let used = digits.len() + if is_braced { 2 } else { 0 };
                out.extend(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32));
                for _ in 0..used {
                    rest.next();
                }
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    Arc::from(out)
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn escapes_are_undone() {
        assert_eq!(&*unescaped(r#"a\n\"b\" \u0041\u{1F600}!"#), "a\n\"b\" A😀!");
        assert_eq!(&*unescaped("plain"), "plain");
    }
}
