//! Statements before another statement. Owns what has to be written around them: a line of their own,
//! braces, a block with `return`, an `if` in the place of `&&`; must not know what the statements do.

use tree_sitter::Node;

use super::comments::start_with_comments;
use super::file::{FileText, span};
use super::piece::{Piece, braced, braced_inline};
use super::place::{Branch, Place, gives_nothing_back, without_parentheses};
use super::style::{Style, continues_the_line_above};
use crate::source::Span;

/// Pieces that go before one statement.
pub(super) struct Group<'a> {
    /// The statement's place.
    pub(super) place: Place<'a>,
    /// For each step that a piece was asked for, what makes that step happen only sometimes.
    pub(super) branches: Vec<Option<Branch<'a>>>,
    /// The pieces, in order.
    pub(super) pieces: Vec<Piece>,
}

/// The edit that puts a group's pieces before its statement.
pub(super) fn write(file: &FileText<'_>, style: &Style, group: &Group<'_>) -> Option<(Span, String)> {
    let only_sometimes = only_branch(&group.branches)?;
    match (group.place, only_sometimes) {
        (Place::Block(statement), None) => in_block(file, style, statement, &group.pieces),
        (Place::Braceless(statement), None) => braceless(file, style, statement, &group.pieces),
        (Place::Expression { arrow, body }, None) => {
            let body_pieces = expression_as_statement(file, arrow, body);
            expression(file, style, arrow, body, [group.pieces.clone(), vec![body_pieces]].concat())
        }
        (Place::Block(statement), Some(branch)) => {
            let inner = statement.named_child(0).filter(|_| statement.kind() == "expression_statement")?;
            let branching = Branching::of(file, without_parentheses(inner), branch, &group.pieces)?;
            let text = if file.starts_line(statement.start_byte()) {
                branching.render(style, file.indentation(statement.start_byte()))
            } else {
                branching.render_inline(style)?
            };
            Some((span(statement), text))
        }
        (Place::Expression { arrow, body }, Some(branch)) if gives_nothing_back(arrow) => {
            let branching = Branching::of(file, without_parentheses(body), branch, &group.pieces)?;
            let lines = branching.render(style, "").lines().map(str::to_owned).collect();
            expression(file, style, arrow, body, vec![Piece::lines(lines)])
        }
        _ => None,
    }
}

/// `Some(None)` where the pieces may stand before the whole statement, `Some(Some(_))` where they have
/// to go into one branch of it, `None` where neither is right.
fn only_branch<'a>(branches: &[Option<Branch<'a>>]) -> Option<Option<Branch<'a>>> {
    let mut found: Option<Branch<'a>> = None;
    for branch in branches {
        let Some(branch) = branch else {
            return Some(None);
        };
        match found {
            None => found = Some(*branch),
            Some(known) if known == *branch => {}
            // Both sides of `a ? b : c`: one of them happens in any case.
            Some(known) if known.expression == branch.expression => return Some(None),
            Some(_) => return None,
        }
    }
    Some(found)
}

fn in_block(file: &FileText<'_>, style: &Style, statement: Node<'_>, pieces: &[Piece]) -> Option<(Span, String)> {
    let start = statement.start_byte();
    let indentation = file.indentation(start);
    // `;(a || b)()` brings its own semicolon, which stays with it.
    let brings_semicolon = file.between(file.line_start(start), start).trim() == ";";
    if !file.starts_line(start) && !brings_semicolon {
        let text: Option<String> =
            pieces.iter().map(|piece| piece.render_inline(style).map(|text| text + " ")).collect();
        return Some((Span::at(start as u32), text?));
    }
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        let next = pieces.get(index + 1).map_or(if brings_semicolon { ";" } else { file.of(statement) }, Piece::start);
        let rendered = piece.render(style, indentation, continues_the_line_above(next));
        if !style.semicolons && continues_the_line_above(piece.start()) {
            text.push_str(&rendered.replacen(piece.start(), &format!(";{}", piece.start()), 1));
        } else {
            text.push_str(&rendered);
        }
        text.push_str(style.line_end);
    }
    let at = file.line_start(start_with_comments(file, statement.start_byte()));
    Some((Span::at(at as u32), text))
}

fn braceless(file: &FileText<'_>, style: &Style, statement: Node<'_>, pieces: &[Piece]) -> Option<(Span, String)> {
    let head = statement.parent()?;
    let mut before = statement.prev_sibling()?;
    while before.kind() == "comment" {
        before = before.prev_sibling()?;
    }
    let head_end = before.end_byte();
    let mut inside = pieces.to_vec();
    let prefix = file.between(file.line_start(head.start_byte()), head.start_byte()).trim();
    if !matches!(prefix, "" | "}" | "else" | "} else") {
        inside.push(Piece::taken(file, statement.start_byte(), file.end_of(statement), true));
        let between = file.between(head_end, statement.start_byte());
        if !between.trim().is_empty() {
            return None;
        }
        let text = format!(" {}", braced_inline(&inside, style)?);
        return Some((Span::from(head_end..file.end_of(statement)), text));
    }
    let comments = file.between(head_end, statement.start_byte());
    let (same_line, own_lines) = comments.split_once('\n').unwrap_or((comments, ""));
    let own_lines: Vec<Piece> = own_lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| Piece::lines(vec![line.to_owned()]))
        .collect();
    inside.splice(0..0, own_lines);
    let mut end = file.behind_trailing_comment(file.end_of(statement));
    inside.push(Piece::taken(file, statement.start_byte(), end, true));
    let indentation = file.indentation(head.start_byte());
    let mut block = braced(&inside, style, indentation);
    if !same_line.trim().is_empty() {
        block.insert_str(1, &format!(" {}", same_line.trim()));
    }
    let mut text = format!(" {block}");
    // `}` and what follows it belong on one line: `} else`, `} while`.
    let mut next = statement.next_sibling();
    while let Some(comment) = next.filter(|next| next.kind() == "comment") {
        next = comment.next_sibling();
    }
    let follows = next.filter(|next| matches!(next.kind(), "else_clause" | "while"));
    if let Some(next) = follows.filter(|next| file.between(end, next.start_byte()).trim().is_empty()) {
        end = next.start_byte();
        text.push(' ');
    }
    Some((Span::from(head_end..end), text))
}

fn expression(
    file: &FileText<'_>,
    style: &Style,
    arrow: Node<'_>,
    body: Node<'_>,
    mut pieces: Vec<Piece>,
) -> Option<(Span, String)> {
    let mut cursor = arrow.walk();
    let token = arrow.children(&mut cursor).find(|child| child.kind() == "=>")?;
    let comments = file.between(token.end_byte(), body.start_byte()).lines().map(str::trim);
    let comments = comments.filter(|line| !line.is_empty()).map(|line| Piece::lines(vec![line.to_owned()]));
    pieces.splice(0..0, comments);
    let text = format!(" {}", braced(&pieces, style, file.indentation(token.start_byte())));
    Some((Span::from(token.end_byte()..body.end_byte()), text))
}

/// An arrow's expression as a statement: with `return`, unless nobody can use its value.
fn expression_as_statement(file: &FileText<'_>, arrow: Node<'_>, body: Node<'_>) -> Piece {
    let inner = without_parentheses(body);
    let needs_return = matches!(inner.kind(), "object" | "function_expression" | "class");
    let is_assignment = matches!(inner.kind(), "assignment_expression" | "augmented_assignment_expression");
    let is_void = inner.kind() == "unary_expression" && file.of(inner).starts_with("void");
    let bare = if needs_return || is_assignment { inner } else { body };
    let piece = Piece::taken(file, bare.start_byte(), bare.end_byte(), false);
    if is_assignment || is_void || (gives_nothing_back(arrow) && !needs_return) {
        piece
    } else {
        piece.prefixed("return ")
    }
}

/// An expression that branches, as an `if` statement.
struct Branching {
    condition: String,
    then: Vec<Piece>,
    otherwise: Option<Vec<Piece>>,
}

impl Branching {
    fn of(file: &FileText<'_>, expression: Node<'_>, branch: Branch<'_>, pieces: &[Piece]) -> Option<Self> {
        if expression != branch.expression {
            return None;
        }
        let taken = |node: Node<'_>| Piece::taken(file, node.start_byte(), node.end_byte(), false);
        if expression.kind() == "ternary_expression" {
            let condition = without_parentheses(expression.child_by_field_name("condition")?);
            let mut then = vec![taken(expression.child_by_field_name("consequence")?)];
            let mut otherwise = vec![taken(expression.child_by_field_name("alternative")?)];
            let side = if branch.last { &mut otherwise } else { &mut then };
            side.splice(0..0, pieces.iter().cloned());
            return Some(Self { condition: file.of(condition).to_owned(), then, otherwise: Some(otherwise) });
        }
        let left = expression.child_by_field_name("left")?;
        let right = expression.child_by_field_name("right")?;
        let condition = match expression.child_by_field_name("operator")?.kind() {
            "&&" => file.of(without_parentheses(left)).to_owned(),
            "||" => negated(file, left),
            _ => return None,
        };
        Some(Self {
            condition,
            then: [pieces.to_vec(), vec![taken(without_parentheses(right))]].concat(),
            otherwise: None,
        })
    }

    fn render(&self, style: &Style, indentation: &str) -> String {
        let then = braced(&self.then, style, indentation);
        let mut text = format!("if ({}) {then}", self.condition);
        if let Some(otherwise) = &self.otherwise {
            text.push_str(" else ");
            text.push_str(&braced(otherwise, style, indentation));
        }
        text
    }

    fn render_inline(&self, style: &Style) -> Option<String> {
        let mut text = format!("if ({}) {}", self.condition, braced_inline(&self.then, style)?);
        if let Some(otherwise) = &self.otherwise {
            text.push_str(" else ");
            text.push_str(&braced_inline(otherwise, style)?);
        }
        Some(text)
    }
}

/// A condition turned round.
pub(super) fn negated(file: &FileText<'_>, condition: Node<'_>) -> String {
    let condition = without_parentheses(condition);
    let text = file.of(condition);
    if let Some(positive) = text.strip_prefix('!').filter(|_| condition.kind() == "unary_expression") {
        return positive.to_owned();
    }
    let binds_tightly =
        matches!(condition.kind(), "identifier" | "member_expression" | "call_expression" | "subscript_expression");
    if binds_tightly { format!("!{text}") } else { format!("!({text})") }
}
