//! The file that is edited: its text, tree and lowering together, and the questions about lines that
//! every edit asks. Owns nothing but those answers; must not know Fullstory.

use std::sync::Arc;

use tree_sitter::{Node, Tree};

use super::style::KnownStyle;
use crate::lowering::{BodyId, LoweredFile, NodeId};
use crate::source::{Language, Regions, Span};
use crate::vocabulary::{FileView, Platform, StepMeaning, Vocabulary};

/// A file as the writing of fixes needs it. Every part is of the same text.
#[derive(Clone, Copy)]
pub struct FileText<'a> {
    /// The file, by its path as given to the database.
    pub path: &'a Arc<str>,
    /// Its language.
    pub language: Language,
    /// Its text.
    pub text: &'a str,
    /// Its syntax tree.
    pub tree: &'a Tree,
    /// What of it is code, where it is markup; empty else.
    pub regions: &'a Regions,
    /// Its bodies, imports and bindings.
    pub lowered: &'a LoweredFile,
    /// Where its code runs.
    pub platform: Platform,
    /// The global name of the web SDK, where the configuration says one.
    pub namespace: Option<&'a str>,
    /// Whether the project's manifest declares the platform's npm package.
    pub declares_package: bool,
    /// Whether another file of the project declares a name so that this file sees it without an import.
    pub declared_elsewhere: &'a dyn Fn(&str) -> bool,
    /// What a node means.
    pub meaning: &'a dyn Fn(BodyId, NodeId) -> StepMeaning,
    /// What names mean.
    pub vocabulary: &'a Vocabulary,
    /// How it is written, as far as it was asked.
    pub style: &'a KnownStyle,
}

impl<'a> FileText<'a> {
    /// The text of a node.
    pub(super) fn of(&self, node: Node<'_>) -> &'a str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    /// The text between two byte offsets; empty where they do not fit.
    pub(super) fn between(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// The innermost syntax node that covers a span.
    pub(super) fn node_at(&self, span: Span) -> Option<Node<'a>> {
        self.tree.root_node().descendant_for_byte_range(span.start as usize, span.end as usize)
    }

    /// The syntax node of a step.
    pub(super) fn node_of(&self, body: BodyId, node: NodeId) -> Option<Node<'a>> {
        let body = self.lowered.bodies.get(body.0 as usize)?;
        let step = body.code().nodes.get(node.0 as usize)?;
        self.node_at(step.span).filter(|found| found.parent().is_some())
    }

    /// The file as the vocabulary looks at it.
    pub(super) fn view(&self) -> FileView<'a> {
        FileView { path: self.path, text: self.text, lowered: self.lowered, platform: self.platform }
    }

    /// Where the line of a byte offset starts.
    pub(super) fn line_start(&self, offset: usize) -> usize {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |position| position + 1)
    }

    /// Where the line of a byte offset ends, its line break left out.
    pub(super) fn line_end(&self, offset: usize) -> usize {
        let behind = self.text.as_bytes().get(offset..).unwrap_or_default();
        offset + behind.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(behind.len())
    }

    /// Where the next line starts, or the end of the text.
    pub(super) fn next_line(&self, offset: usize) -> usize {
        let end = self.line_end(offset);
        match self.text.as_bytes().get(end..) {
            Some([b'\r', b'\n', ..]) => end + 2,
            Some([_, ..]) => end + 1,
            _ => end,
        }
    }

    /// The white space that the line of a byte offset starts with.
    pub(super) fn indentation(&self, offset: usize) -> &'a str {
        let start = self.line_start(offset);
        let line = self.between(start, self.line_end(offset));
        let width = line.len() - line.trim_start_matches([' ', '\t']).len();
        &line[..width]
    }

    /// Whether only white space stands before a byte offset on its line.
    pub(super) fn starts_line(&self, offset: usize) -> bool {
        self.between(self.line_start(offset), offset).trim().is_empty()
    }

    /// Whether only white space stands behind a byte offset on its line.
    pub(super) fn ends_line(&self, offset: usize) -> bool {
        self.between(offset, self.line_end(offset)).trim().is_empty()
    }

    /// Where a statement ends. A semicolon that stands first on a later line (`;(a || b)()`) is the grammar's
    /// end of the statement above, but written for the one behind it.
    pub(super) fn end_of(&self, statement: Node<'_>) -> usize {
        let (text, end) = (self.of(statement), statement.end_byte());
        // In markup the end of a script may have been taken for its last statement's.
        if let Some(script) = self.script(statement.start_byte())
            && end > script.code.end as usize
        {
            let code = self.between(statement.start_byte(), script.code.end as usize);
            return statement.start_byte() + code.trim_end().len();
        }
        match text.strip_suffix(';') {
            Some(rest) if self.starts_line(end - 1) && !rest.trim_end().is_empty() => {
                statement.start_byte() + rest.trim_end().len()
            }
            _ => end,
        }
    }

    /// The end of a comment that stands behind a byte offset on its line, with nothing behind it; the
    /// offset itself where there is none.
    pub(super) fn behind_trailing_comment(&self, offset: usize) -> usize {
        let rest = self.between(offset, self.line_end(offset));
        let comment = rest.trim_start();
        let is_comment = comment.starts_with("//") || (comment.starts_with("/*") && comment.trim_end().ends_with("*/"));
        if is_comment { offset + rest.trim_end().len() } else { offset }
    }
}

/// The bytes of a node.
pub(super) fn span(node: Node<'_>) -> Span {
    Span::from(node.byte_range())
}

/// The named children of a node without comments.
pub(super) fn named_children(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).filter(|child| child.kind() != "comment").collect()
}

/// Calls `visit` with every node of a subtree, a node before its children, until `visit` says not to
/// look inside one.
pub(super) fn walk<'t>(root: Node<'t>, visit: &mut dyn FnMut(Node<'t>) -> bool) {
    let mut cursor = root.walk();
    loop {
        if visit(cursor.node()) && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
        }
    }
}
