//! Moving a call's statement. Owns what moves with it (its comments, a guard around it alone) and what
//! forbids the move; must not know Fullstory.

use rustc_hash::FxHashSet;
use tree_sitter::Node;

use super::after::put_behind;
use super::comments::start_with_comments;
use super::file::{FileText, named_children, walk};
use super::lines::Comments;
use super::piece::Piece;
use super::place::{Place, stand_of};
use super::plan::Plan;
use super::remove::{self, acts};

/// Moves the statement of a call before the statement of another step; of several, before the statement
/// that holds them all.
pub(super) fn move_before<'a>(plan: &mut Plan<'a>, call: Node<'a>, befores: &[Node<'a>]) -> Option<()> {
    let before = first_common(befores)?;
    let unit = Unit::of(&plan.file, call, before)?;
    let target = stand_of(before)?.place.node();
    // Into itself, or towards the end, is no move that a fix asks for.
    let is_forward = unit.whole.start_byte() <= target.start_byte();
    if is_forward || declares_between(&plan.file, unit.whole, target.start_byte(), unit.whole.start_byte()) {
        return None;
    }
    plan.put_before(before, unit.piece)?;
    remove::statement(plan, unit.whole, Comments::All)
}

/// The innermost node around all of several; where that is a list of statements, the first of them in it.
fn first_common<'a>(nodes: &[Node<'a>]) -> Option<Node<'a>> {
    let start = nodes.iter().map(Node::start_byte).min()?;
    let end = nodes.iter().map(Node::end_byte).max()?;
    let first = nodes.iter().min_by_key(|node| node.start_byte())?;
    let mut common = *first;
    let mut inside = common;
    while common.start_byte() > start || common.end_byte() < end {
        inside = common;
        common = common.parent()?;
    }
    let is_list = matches!(common.kind(), "program" | "statement_block" | "switch_case" | "switch_default");
    Some(if is_list { inside } else { common })
}

/// Moves the statement of a call behind a loop.
pub(super) fn move_behind<'a>(plan: &mut Plan<'a>, call: Node<'a>, looping: Node<'a>) -> Option<()> {
    let unit = Unit::of(&plan.file, call, looping)?;
    let Place::Block(statement) = stand_of(looping)?.place else {
        return None;
    };
    if declares_between(&plan.file, unit.whole, statement.start_byte(), statement.end_byte()) {
        return None;
    }
    put_behind(plan, statement, &unit.piece)?;
    remove::statement(plan, unit.whole, Comments::All)
}

/// What moves.
struct Unit<'t> {
    whole: Node<'t>,
    piece: Piece,
}

impl<'t> Unit<'t> {
    fn of(file: &FileText<'_>, call: Node<'t>, target: Node<'_>) -> Option<Self> {
        let (statement, returned) = statement_of(file, call)?;
        if let Some(value) = returned {
            let piece = Piece::taken(file, value.start_byte(), value.end_byte(), false);
            return Some(Self { whole: statement, piece });
        }
        let mut whole = statement;
        while let Some(wider) = guard_around(whole) {
            let holds_target = wider.start_byte() <= target.start_byte() && target.end_byte() <= wider.end_byte();
            if holds_target {
                break;
            }
            whole = wider;
        }
        let start = start_with_comments(file, whole.start_byte());
        let end = if file.starts_line(whole.start_byte()) {
            file.behind_trailing_comment(file.end_of(whole))
        } else {
            file.end_of(whole)
        };
        Some(Self { whole, piece: Piece::taken(file, start, end, true) })
    }
}

/// The statement that does nothing but a call, and the call's expression where it is returned.
fn statement_of<'t>(file: &FileText<'_>, call: Node<'t>) -> Option<(Node<'t>, Option<Node<'t>>)> {
    let mut node = call;
    loop {
        let parent = node.parent()?;
        let is_right = parent.child_by_field_name("right").is_some_and(|right| right.id() == node.id());
        match parent.kind() {
            "parenthesized_expression" | "await_expression" | "as_expression" | "non_null_expression" => node = parent,
            "unary_expression" if file.of(parent).starts_with("void") => node = parent,
            "member_expression"
                if parent.child_by_field_name("property").is_some_and(|name| file.of(name) == "catch") =>
            {
                node = parent.parent().filter(|chain| chain.kind() == "call_expression")?;
            }
            "binary_expression" if is_right => node = parent,
            "expression_statement" => return Some((parent, None)),
            "return_statement" => return Some((parent, Some(node))),
            _ => return None,
        }
    }
}

/// The statement around another one that holds nothing else and only guards it: `if (window.FS) …`, or
/// `try` with an empty `catch`.
fn guard_around(statement: Node<'_>) -> Option<Node<'_>> {
    let parent = statement.parent()?;
    let (inner, guard) = if parent.kind() == "statement_block" {
        if named_children(parent).len() != 1 {
            return None;
        }
        (parent, parent.parent()?)
    } else {
        (statement, parent)
    };
    let field = |name: &str| guard.child_by_field_name(name);
    match guard.kind() {
        "if_statement" => {
            let is_then = field("consequence")?.id() == inner.id();
            let only_asks = only_asks(field("condition")?);
            (is_then && field("alternative").is_none() && only_asks && !is_else_if(guard)).then_some(guard)
        }
        "try_statement" => {
            let is_body = field("body")?.id() == inner.id();
            let handles_nothing = named_children(field("handler")?.child_by_field_name("body")?).is_empty();
            (is_body && handles_nothing && field("finalizer").is_none()).then_some(guard)
        }
        _ => None,
    }
}

fn is_else_if(statement: Node<'_>) -> bool {
    statement.parent().is_some_and(|parent| parent.kind() == "else_clause")
}

/// Whether a condition does nothing but ask: it reads names, or calls without arguments.
fn only_asks(condition: Node<'_>) -> bool {
    let mut asks = true;
    walk(condition, &mut |node| {
        asks &= match node.kind() {
            "call_expression" => {
                node.child_by_field_name("arguments").is_some_and(|arguments| arguments.named_child_count() == 0)
            }
            _ => !acts(node),
        };
        asks
    });
    asks
}

/// Whether a subtree uses a name that is declared between two byte offsets, so that it cannot leave.
fn declares_between(file: &FileText<'_>, used_by: Node<'_>, start: usize, end: usize) -> bool {
    let mut used = FxHashSet::default();
    walk(used_by, &mut |node| {
        if matches!(node.kind(), "identifier" | "shorthand_property_identifier") {
            used.insert(file.of(node));
        }
        true
    });
    let mut declares = false;
    walk(file.tree.root_node(), &mut |node| {
        if node.end_byte() <= start || node.start_byte() >= end || declares {
            return false;
        }
        let pattern = match node.kind() {
            "variable_declarator" => node.child_by_field_name("name"),
            "catch_clause" => node.child_by_field_name("parameter"),
            "for_in_statement" => node.child_by_field_name("left"),
            _ => None,
        };
        let Some(pattern) = pattern.filter(|pattern| pattern.start_byte() >= start && pattern.start_byte() < end)
        else {
            return true;
        };
        let holds_user = used_by.start_byte() <= pattern.start_byte() && pattern.end_byte() <= used_by.end_byte();
        walk(pattern, &mut |name| {
            let is_name = matches!(name.kind(), "identifier" | "shorthand_property_identifier_pattern");
            declares |= is_name && !holds_user && used.contains(file.of(name));
            true
        });
        true
    });
    declares
}
