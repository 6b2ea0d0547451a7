//! Lists of statements and the braces around them. Owns where a list begins and ends, and how a block on
//! one line is put on lines of its own; must not know what the statements do.

use tree_sitter::Node;

use super::grammar::{Grammar, Role};
use super::plan::Plan;
use crate::fixes::file::FileText;
use crate::fixes::piece::Piece;

/// A list of statements.
#[derive(Clone, Debug)]
pub(super) struct List<'t> {
    /// The list's node.
    pub(super) node: Node<'t>,
    /// The node that the braces belong to: an `if`, a function, a closure.
    pub(super) owner: Node<'t>,
    /// The offsets of its braces; none at the top level and behind a case's label.
    pub(super) braces: Option<(usize, usize)>,
    /// Its statements, without labels and comments.
    pub(super) items: Vec<Node<'t>>,
}

impl<'t> List<'t> {
    /// The list of a node that is one.
    pub(super) fn of(grammar: &Grammar, node: Node<'t>) -> Option<Self> {
        let mut cursor = node.walk();
        let is_item = |child: &Node<'t>| {
            let role = grammar.role(node, *child);
            let is_comment =
                child.is_extra() || child.kind().contains("comment") || grammar.directive == Some(child.kind());
            matches!(role, Some(Role::Statement | Role::CaseStatement))
                && !is_comment
                && !grammar.labels.contains(&child.kind())
        };
        let is_list = |row: &super::grammar::Row| {
            row.parent == node.kind() && matches!(row.role, Role::Statement | Role::CaseStatement)
        };
        if !grammar.rows.iter().any(is_list) {
            return None;
        }
        let items = node.named_children(&mut cursor).filter(is_item).collect();
        let is_case = grammar.rows.iter().any(|row| row.parent == node.kind() && row.role == Role::CaseStatement);
        let braces = match (is_case, grammar.bare_lists.contains(&node.kind())) {
            (true, _) => None,
            (false, true) => braces_beside(node),
            (false, false) => own_braces(node),
        };
        let owner = node.parent().unwrap_or(node);
        Some(Self { node, owner, braces, items })
    }

    /// The list that a statement stands in.
    pub(super) fn around(grammar: &Grammar, statement: Node<'t>) -> Option<Self> {
        Self::of(grammar, statement.parent()?)
    }

    /// Whether it stands behind a case's label.
    pub(super) fn is_case(&self, grammar: &Grammar) -> bool {
        let role_of_list = grammar.role(self.owner, self.node);
        let role_of_item = self.items.first().and_then(|item| grammar.role(self.node, *item));
        role_of_list == Some(Role::CaseStatement) || role_of_item == Some(Role::CaseStatement)
    }

    /// The place of a statement in the list.
    pub(super) fn position(&self, statement: Node<'_>) -> Option<usize> {
        self.items.iter().position(|item| item.id() == statement.id())
    }
}

fn own_braces(node: Node<'_>) -> Option<(usize, usize)> {
    let mut cursor = node.walk();
    let tokens: Vec<Node<'_>> = node.children(&mut cursor).filter(|child| !child.is_named()).collect();
    let open = tokens.iter().find(|token| token.kind() == "{")?;
    let close = tokens.iter().rfind(|token| token.kind() == "}")?;
    Some((open.start_byte(), close.start_byte()))
}

fn braces_beside(node: Node<'_>) -> Option<(usize, usize)> {
    let mut open = node.prev_sibling()?;
    while open.kind() != "{" {
        if open.kind() == ":" || open.kind() == "}" {
            return None;
        }
        open = open.prev_sibling()?;
    }
    let mut close = node.next_sibling()?;
    while close.kind() != "}" {
        close = close.next_sibling()?;
    }
    Some((open.start_byte(), close.start_byte()))
}

/// A block on one line, on lines of its own with pieces before one of its statements (behind all of them
/// for an index that none has): its bytes and their new text. `None` where it has several lines already,
/// holds a comment, or stands in another block on the same line.
pub(super) fn expanded(
    plan: &Plan<'_>,
    list: &List<'_>,
    index: usize,
    pieces: &[Piece],
    result: &str,
) -> Option<(usize, usize, String)> {
    let file = &plan.file;
    let (open, close) = list.braces?;
    if file.line_start(open) != file.line_start(close) || is_enclosed(file, close) || holds_comment(file, open, close) {
        return None;
    }
    let first = list.items.first()?;
    let header = file.between(open + 1, first.start_byte()).trim();
    let mut text = String::from("{");
    if !header.is_empty() {
        text.push(' ');
        text.push_str(header);
    }
    let inner = format!("{}{}", file.indentation(open), plan.style.unit);
    let lines = statements_with(plan, list, index, pieces, result)?;
    for line in lines {
        text.push_str(plan.style.line_end);
        text.push_str(&line.render(&plan.style, &inner, false));
    }
    text.push_str(plan.style.line_end);
    text.push_str(file.indentation(open));
    text.push('}');
    Some((open, close + 1, text))
}

/// What stands behind a case's label on its line, on lines of its own with pieces before one of its
/// statements.
pub(super) fn expanded_case(
    plan: &Plan<'_>,
    list: &List<'_>,
    index: usize,
    pieces: &[Piece],
) -> Option<(usize, usize, String)> {
    let file = &plan.file;
    let (first, last) = (list.items.first()?, list.items.last()?);
    let on_one_line = file.line_start(list.owner.start_byte()) == file.line_start(last.end_byte());
    let alone = file.starts_line(list.owner.start_byte()) && file.ends_line(last.end_byte());
    if !on_one_line || !alone || holds_comment(file, first.start_byte(), last.end_byte()) {
        return None;
    }
    let inner = format!("{}{}", file.indentation(list.owner.start_byte()), plan.style.unit);
    let mut text = String::new();
    for line in statements_with(plan, list, index, pieces, "")? {
        text.push_str(plan.style.line_end);
        text.push_str(&line.render(&plan.style, &inner, false));
    }
    let label = file.between(list.owner.start_byte(), first.start_byte());
    Some((list.owner.start_byte() + label.trim_end().len(), last.end_byte(), text))
}

fn statements_with(
    plan: &Plan<'_>,
    list: &List<'_>,
    index: usize,
    pieces: &[Piece],
    result: &str,
) -> Option<Vec<Piece>> {
    let file = &plan.file;
    let mut lines = Vec::new();
    let mut end: Option<usize> = None;
    for (place, item) in list.items.iter().enumerate() {
        let separates = |text: &str| text.trim().trim_matches(';').trim().is_empty();
        if end.is_some_and(|end| !separates(file.between(end, item.start_byte()))) {
            return None;
        }
        end = Some(item.end_byte());
        if place == index {
            lines.extend(pieces.iter().cloned());
        }
        let piece = Piece::taken(file, item.start_byte(), item.end_byte(), true);
        lines.push(if place == index { piece.prefixed(result) } else { piece });
    }
    if index >= list.items.len() {
        lines.extend(pieces.iter().cloned());
    }
    Some(lines)
}

fn holds_comment(file: &FileText<'_>, start: usize, end: usize) -> bool {
    let inside = |at: u32| start <= at as usize && (at as usize) < end;
    file.lowered.comments.iter().any(|comment| inside(comment.span.start))
}

/// Whether a closing brace stands in another block that begins and ends on its line.
pub(super) fn is_enclosed(file: &FileText<'_>, close: usize) -> bool {
    let mut depth = 0_i32;
    for character in file.between(close + 1, file.line_end(close)).chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return true;
        }
    }
    false
}

/// The bytes of a statement with the conditional compilation around it alone: from its `#if` to its `#endif`.
pub(super) fn conditional_around(plan: &Plan<'_>, statement: Node<'_>) -> Option<(usize, usize)> {
    let (file, grammar) = (&plan.file, plan.grammar);
    let directive = |node: Option<Node<'_>>, word: &str| {
        let node = node.filter(|node| grammar.directive == Some(node.kind()) && file.of(*node).starts_with(word))?;
        Some(crate::fixes::file::span(node))
    };
    let before = directive(statement.prev_named_sibling(), "#if");
    let behind = directive(statement.next_named_sibling(), "#endif");
    if let (Some(before), Some(behind)) = (before, behind) {
        return Some((before.start as usize, behind.end as usize));
    }
    let whole = statement.parent().filter(|parent| grammar.conditionals.contains(&parent.kind()))?;
    let others = |child: &Node<'_>| child.kind().ends_with("statement") || child.kind().starts_with("preproc_el");
    let mut cursor = whole.walk();
    let alone = whole.named_children(&mut cursor).filter(others).count() == 1;
    alone.then(|| (whole.start_byte(), whole.start_byte() + file.of(whole).trim_end().len()))
}

/// The conditions of `#if` that hold at an offset, as their lines are written.
pub(super) fn conditions_at<'a>(file: &FileText<'a>, offset: usize) -> Vec<&'a str> {
    let mut open = Vec::new();
    for line in file.between(0, offset).lines().map(str::trim) {
        if line.starts_with("#if") {
            open.push(line);
        } else if line.starts_with("#endif") {
            open.pop();
        } else if line.starts_with("#el")
            && let Some(last) = open.last_mut()
        {
            *last = "";
        }
    }
    open
}
