//! A `try` that has nothing left to do. Owns when its statements can stand without it, and how they are
//! written there; must not know why it is empty.

use rustc_hash::FxHashSet;
use tree_sitter::Node;

use super::Edit;
use super::apply;
use super::file::{FileText, walk};
use super::place::function_around;
use crate::source::Span;

/// A `try` whose statements take its place.
pub(super) struct Unwrapped {
    whole: Span,
    inner: Span,
    outer_indentation: String,
    inner_indentation: String,
}

impl Unwrapped {
    /// A `try` statement of several lines, with no `catch`, whose `finally` goes away. `None` where its
    /// statements cannot stand in its place: a name of theirs means something else outside, or a template
    /// string would be indented otherwise.
    pub(super) fn of(file: &FileText<'_>, whole: Node<'_>) -> Option<Self> {
        let body = whole.child_by_field_name("body")?;
        let first = body.named_child(0)?;
        let parent = whole.parent()?;
        let in_list = matches!(parent.kind(), "program" | "statement_block" | "switch_case" | "switch_default");
        let on_own_lines = [whole.start_byte(), first.start_byte(), body.end_byte() - 1];
        let blocked = !in_list
            || whole.child_by_field_name("handler").is_some()
            || !on_own_lines.iter().all(|offset| file.starts_line(*offset))
            || holds_template(body)
            || declares_a_name_of_outside(file, whole, body);
        if blocked {
            return None;
        }
        Some(Self {
            whole: Span::from(whole.start_byte()..file.end_of(whole)),
            inner: Span::from(file.line_start(first.start_byte())..file.line_start(body.end_byte() - 1)),
            outer_indentation: file.indentation(whole.start_byte()).to_owned(),
            inner_indentation: file.indentation(first.start_byte()).to_owned(),
        })
    }

    /// Takes the edits inside the statement out of a list and puts one edit of the whole in their place.
    pub(super) fn gather(&self, file: &FileText<'_>, edits: &mut Vec<(Span, String)>) {
        let path = std::sync::Arc::clone(file.path);
        let (mut inside, mut rest) = (Vec::new(), Vec::new());
        for (span, text) in edits.drain(..) {
            if self.inner.contains(span) {
                let from = span.start - self.inner.start;
                let span = Span::new(from, from + span.len());
                inside.push(Edit { path: std::sync::Arc::clone(&path), span, text });
            } else if !self.whole.contains(span) {
                rest.push((span, text));
            }
        }
        let written = apply(self.inner.text(file.text), &inside);
        let lines = written.split_inclusive('\n').map(|line| match line.strip_prefix(&*self.inner_indentation) {
            Some(rest) => format!("{}{rest}", self.outer_indentation),
            None => line.to_owned(),
        });
        let text: String = lines.collect();
        let text = text.strip_prefix(&*self.outer_indentation).unwrap_or(&text);
        rest.push((self.whole, text.trim_end().to_owned()));
        *edits = rest;
    }
}

fn holds_template(body: Node<'_>) -> bool {
    let mut holds = false;
    walk(body, &mut |node| {
        holds |= node.kind() == "template_string" && node.start_position().row != node.end_position().row;
        !holds
    });
    holds
}

/// Whether a declaration right in the block has a name that its function uses outside the statement too.
fn declares_a_name_of_outside(file: &FileText<'_>, whole: Node<'_>, body: Node<'_>) -> bool {
    let mut declared = FxHashSet::default();
    let mut cursor = body.walk();
    for statement in body.named_children(&mut cursor).filter(|child| child.kind().ends_with("_declaration")) {
        let mut inside = statement.walk();
        let named = statement.named_children(&mut inside).chain([statement]);
        for name in named.filter_map(|declarator| declarator.child_by_field_name("name")) {
            declared.extend(names_in(file, name, None));
        }
    }
    let around = function_around(whole).unwrap_or_else(|| file.tree.root_node());
    !declared.is_disjoint(&names_in(file, around, Some(whole)))
}

/// The names in a subtree, without those of another one in it.
fn names_in<'a>(file: &FileText<'a>, root: Node<'_>, without: Option<Node<'_>>) -> FxHashSet<&'a str> {
    let mut names = FxHashSet::default();
    walk(root, &mut |node| {
        let is_name = matches!(
            node.kind(),
            "identifier"
                | "type_identifier"
                | "shorthand_property_identifier"
                | "shorthand_property_identifier_pattern"
        );
        if is_name {
            names.insert(file.of(node));
        }
        Some(node) != without
    });
    names
}
