//! An expression as the sequence that is written: operands with what is chained behind them, and the
//! operators between. The grammar nests operators by rules that are not Swift's (`a == b || c` becomes
//! `a == (b || c)`, and `!a.b()` a call of `!a.b`), but it keeps every parenthesis, so that the written
//! order tells all. Owns making the sequence; must not know what operators mean.

use tree_sitter::Node;

use super::reader::{Reader, across, is_empty, kind};
use crate::lowering::grammar::Named;
use crate::lowering::tree::{all_children, span};
use crate::source::Span;

/// A part of the sequence, with its bytes.
#[derive(Debug)]
pub(super) struct Item<'t> {
    pub(super) span: Span,
    pub(super) is: Is<'t>,
}

/// What a part of the sequence is.
#[derive(Debug)]
pub(super) enum Is<'t> {
    Prefix(Prefix),
    Operand(Operand<'t>),
    /// An operator between two operands.
    Infix(&'t str),
    /// `? middle :`.
    Ternary(Node<'t>),
    /// `as Type`, `as? Type`, `as! Type`; whether it is the one that asks.
    As(bool),
    /// `is Type`.
    Test(Node<'t>),
    /// What the parser could not read.
    Broken,
}

/// An operator in front of an operand, or of all that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prefix {
    Not,
    Try,
    TryOptional,
    Await,
    /// The dot of an implicit member.
    Dot,
    /// Any other.
    Other,
}

/// An operand: a first part, and what is chained behind it.
#[derive(Debug)]
pub(super) struct Operand<'t> {
    /// `None` for the first part of a chain that goes on behind a directive.
    pub(super) head: Option<Node<'t>>,
    /// Whether a dot stands before it: `.login`.
    pub(super) implicit: bool,
    pub(super) links: Vec<Link<'t>>,
}

/// One link of a chain, and where it ends.
#[derive(Debug)]
pub(super) struct Link<'t> {
    pub(super) end: Span,
    pub(super) does: Does<'t>,
}

/// What a link does.
#[derive(Debug)]
pub(super) enum Does<'t> {
    /// `.name`, or `?.name`.
    Member(Node<'t>, bool),
    /// Arguments, an index, trailing closures; whether there is a `?` before them.
    Suffix(Node<'t>, bool),
    /// `!`.
    Unwrap,
}

enum Work<'t> {
    Visit(Node<'t>),
    Emit(Item<'t>),
    Link(Link<'t>),
}

impl<'t> Reader<'t> {
    /// An expression's sequence. It takes no stack, however deep the operators are nested.
    pub(super) fn sequence(&self, node: Node<'t>) -> Vec<Item<'t>> {
        let mut items: Vec<Item<'t>> = Vec::new();
        let mut work = vec![Work::Visit(node)];
        while let Some(next) = work.pop() {
            match next {
                Work::Visit(node) => self.visit(node, &mut work, &mut items),
                Work::Emit(item) => items.push(item),
                Work::Link(link) => chain(&mut items, link),
            }
        }
        items
    }

    fn visit(&self, node: Node<'t>, work: &mut Vec<Work<'t>>, items: &mut Vec<Item<'t>>) {
        let mut later = Vec::new();
        match kind(node) {
            "additive_expression"
            | "multiplicative_expression"
            | "comparison_expression"
            | "equality_expression"
            | "conjunction_expression"
            | "disjunction_expression"
            | "infix_expression"
            | "bitwise_operation"
            | "nil_coalescing_expression"
            | "range_expression"
            | "assignment" => {
                for child in all_children(node) {
                    match kind(child) {
                        "custom_operator" => later.push(emit(child, Is::Infix(self.text(child)))),
                        "directly_assignable_expression" => {
                            later.extend(all_children(child).into_iter().map(Work::Visit))
                        }
                        _ if !child.is_named() => later.push(emit(child, Is::Infix(self.text(child)))),
                        _ => later.push(Work::Visit(child)),
                    }
                }
            }
            "ternary_expression" => {
                let part = |field| node.fields(field).into_iter().find(|part| part.is_named());
                later.extend(part("condition").map(Work::Visit));
                if let Some(middle) = part("if_true") {
                    later.push(emit(middle, Is::Ternary(middle)));
                }
                later.extend(part("if_false").map(Work::Visit));
            }
            "prefix_expression" | "try_expression" | "await_expression" | "consume_expression"
            | "unsafe_expression" => {
                let mut parts = all_children(node).into_iter();
                if let Some(operator) = parts.next() {
                    later.push(emit(operator, Is::Prefix(self.prefix(operator))));
                }
                later.extend(parts.map(Work::Visit));
            }
            "call_expression" | "constructor_expression" => self.visit_call(node, &mut later),
            "navigation_expression" => self.visit_member(node, &mut later),
            "postfix_expression" => {
                for child in all_children(node) {
                    match kind(child) {
                        "bang" => later.push(Work::Link(Link { end: span(child), does: Does::Unwrap })),
                        _ if child.is_named() => later.push(Work::Visit(child)),
                        _ => {}
                    }
                }
            }
            "as_expression" => {
                let type_start = node.field("name").map_or(node.end_byte(), |name| name.start_byte());
                for child in all_children(node) {
                    match kind(child) {
                        "as_operator" => {
                            later.push(Work::Emit(Item {
                                span: across(span(child), span(node)),
                                is: Is::As(self.text(child) == "as?"),
                            }));
                        }
                        _ if child.start_byte() < type_start || child.is_error() => later.push(Work::Visit(child)),
                        _ => {}
                    }
                }
            }
            "check_expression" => {
                later.extend(node.fields("target").into_iter().filter(|it| it.is_named()).map(Work::Visit));
                if let Some(name) = node.field("name") {
                    later.push(emit(name, Is::Test(name)));
                }
            }
            "ERROR" if is_empty(node) => {}
            "ERROR" => items.push(Item { span: span(node), is: Is::Broken }),
            _ => {
                let head = (kind(node) != "directive").then_some(node);
                push_operand(items, span(node), head);
            }
        }
        work.extend(later.into_iter().rev());
    }

    fn visit_call(&self, node: Node<'t>, later: &mut Vec<Work<'t>>) {
        let mut is_optional = false;
        for (index, child) in all_children(node).into_iter().enumerate() {
            match kind(child) {
                "call_suffix" | "constructor_suffix" => {
                    later.push(Work::Link(Link { end: span(child), does: Does::Suffix(child, is_optional) }));
                }
                "?" => is_optional = true,
                // `!(a && b)` is a call of `!` to the grammar.
                "bang" if index == 0 => later.push(emit(child, Is::Prefix(Prefix::Not))),
                _ if child.is_named() => later.push(Work::Visit(child)),
                _ if index == 0 => later.push(emit(child, Is::Prefix(Prefix::Other))),
                _ => {}
            }
        }
    }

    fn visit_member(&self, node: Node<'t>, later: &mut Vec<Work<'t>>) {
        let mut is_optional = false;
        for child in all_children(node) {
            match kind(child) {
                "?" => is_optional = true,
                "navigation_suffix" => {
                    let name = child.field("suffix").unwrap_or(child);
                    later.push(Work::Link(Link { end: span(child), does: Does::Member(name, is_optional) }));
                }
                _ if child.is_named() => later.push(Work::Visit(child)),
                _ => {}
            }
        }
    }

    fn prefix(&self, operator: Node<'t>) -> Prefix {
        match self.text(operator).trim_end() {
            "!" => Prefix::Not,
            "." => Prefix::Dot,
            "await" => Prefix::Await,
            text if text.starts_with("try") && text.ends_with('?') => Prefix::TryOptional,
            text if text.starts_with("try") => Prefix::Try,
            _ => Prefix::Other,
        }
    }
}

fn emit<'t>(node: Node<'t>, is: Is<'t>) -> Work<'t> {
    Work::Emit(Item { span: span(node), is })
}

/// Adds an operand; a dot before it becomes part of it.
fn push_operand<'t>(items: &mut Vec<Item<'t>>, bytes: Span, head: Option<Node<'t>>) {
    let dot = items.pop_if(|item| matches!(item.is, Is::Prefix(Prefix::Dot)));
    let span = dot.as_ref().map_or(bytes, |dot| across(dot.span, bytes));
    items.push(Item { span, is: Is::Operand(Operand { head, implicit: dot.is_some(), links: Vec::new() }) });
}

/// Puts a link behind the last operand: in the written order that is where it belongs.
fn chain<'t>(items: &mut Vec<Item<'t>>, link: Link<'t>) {
    if let Some(Item { span, is: Is::Operand(operand) }) = items.last_mut() {
        *span = across(*span, link.end);
        operand.links.push(link);
        return;
    }
    // Behind an operator the arguments are an operand in parentheses.
    let (end, head) = match link.does {
        Does::Suffix(node, _) => (span(node), Some(node)),
        Does::Member(name, _) => (link.end, Some(name)),
        Does::Unwrap => return,
    };
    push_operand(items, end, head);
}
