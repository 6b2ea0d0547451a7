//! From an expression's sequence to its form, by Swift's own precedence. Owns what operators mean; must
//! not know operands.

use tree_sitter::Node;

use super::reader::{Reader, across, broken, expression};
use super::sequence::{Is, Item, Prefix};
use crate::lowering::outline::{Block, Compare, Comparison, Expression, Form, If, Statement};
use crate::source::Span;

/// How many operators that nest to one side are read in one expression; more are only parts.
const NESTING_LIMIT: usize = 24;

/// Precedence, the loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Assignment,
    Ternary,
    Custom,
    Or,
    And,
    Comparison,
    Fallback,
    Arithmetic,
}

impl<'t> Reader<'t> {
    /// Reads an expression.
    pub(super) fn expression(&mut self, node: Node<'t>) -> Expression {
        let bytes = Span::from(node.byte_range());
        self.descend(|reader| {
            let items = reader.sequence(node);
            reader.fold(&items, bytes)
        })
        .unwrap_or_else(|| broken(bytes))
    }

    fn fold(&mut self, items: &[Item<'t>], whole: Span) -> Expression {
        let (Some(first), Some(last)) = (items.first(), items.last()) else { return expression(whole, Form::Nothing) };
        let bytes = across(first.span, last.span);
        if let Is::Prefix(prefix @ (Prefix::Try | Prefix::TryOptional | Prefix::Await)) = first.is {
            return self.fold_marked(prefix, items, bytes);
        }
        let Some(level) = items.iter().filter_map(level_of).min() else { return self.fold_operand(items, bytes) };
        let segments: Vec<&[Item<'t>]> = items.split(|item| level_of(item) == Some(level)).collect();
        match level {
            Level::Assignment => self.fold_assignment(items, &segments, bytes),
            Level::Ternary => self.fold_ternary(items, &segments, bytes),
            Level::Or | Level::And | Level::Fallback => {
                let operands = segments.into_iter().map(|segment| self.fold(segment, bytes)).collect();
                balanced(operands, bytes, |left, right| match level {
                    Level::Or => Form::Or(left, right),
                    Level::And => Form::And(left, right),
                    _ => Form::Fallback(left, right),
                })
            }
            Level::Comparison => self.fold_comparison(items, &segments, bytes),
            Level::Custom | Level::Arithmetic => {
                let parts = segments.into_iter().map(|segment| self.fold(segment, bytes)).collect();
                expression(bytes, Form::All(parts))
            }
        }
    }

    /// `try`, `await`: they hold for everything behind them.
    fn fold_marked(&mut self, prefix: Prefix, items: &[Item<'t>], bytes: Span) -> Expression {
        // One mark behind another says nothing new.
        let rest = items.iter().position(|item| !matches!(&item.is, Is::Prefix(next) if *next == prefix));
        let (_, rest) = items.split_at(rest.unwrap_or(items.len()));
        self.facts.awaits |= prefix == Prefix::Await;
        let inner = self.descend(|reader| reader.fold(rest, bytes)).unwrap_or_else(|| broken(bytes));
        // A value that is assigned is what is marked: the assignment itself neither throws nor waits.
        let (inner, around) = match inner.form {
            Form::Assign(target, value, compound) => (*value, Some((target, compound))),
            _ => (inner, None),
        };
        let span = if around.is_some() { inner.span } else { bytes };
        let inner = Box::new(inner);
        let marked = expression(
            span,
            match prefix {
                Prefix::Await => Form::Await(inner),
                Prefix::TryOptional => Form::TryOptional(inner),
                _ => Form::Try(inner),
            },
        );
        match around {
            Some((target, compound)) => expression(bytes, Form::Assign(target, Box::new(marked), compound)),
            None => marked,
        }
    }

    fn fold_assignment(&mut self, items: &[Item<'t>], segments: &[&[Item<'t>]], bytes: Span) -> Expression {
        let [target, value] = segments else {
            let parts = segments.iter().map(|segment| self.fold(segment, bytes)).collect();
            return expression(bytes, Form::All(parts));
        };
        let is_compound = !items.iter().any(|item| matches!(item.is, Is::Infix("=")));
        let (target, value) = (self.fold(target, bytes), self.fold(value, bytes));
        // `_ = f()` only says that the value is not used.
        if matches!(&target.form, Form::Name(name) if &**name == "_") {
            return value;
        }
        expression(bytes, Form::Assign(Box::new(target), Box::new(value), is_compound))
    }

    /// `a ? b : c ? d : e`, from its end.
    fn fold_ternary(&mut self, items: &[Item<'t>], segments: &[&[Item<'t>]], bytes: Span) -> Expression {
        let middles: Vec<Node<'t>> = items
            .iter()
            .filter_map(|item| match item.is {
                Is::Ternary(middle) => Some(middle),
                _ => None,
            })
            .collect();
        let mut parts: Vec<Expression> = segments.iter().map(|segment| self.fold(segment, bytes)).collect();
        let middles: Vec<Expression> = middles.into_iter().map(|middle| self.expression(middle)).collect();
        if middles.len() > NESTING_LIMIT {
            parts.extend(middles);
            return expression(bytes, Form::All(parts));
        }
        let Some(mut value) = parts.pop() else { return expression(bytes, Form::Nothing) };
        for (condition, middle) in parts.into_iter().zip(middles).rev() {
            let span = across(condition.span, value.span);
            let choice = If { condition, then: single(middle), otherwise: Some(single(value)), binds_behind: false };
            value = expression(span, Form::If(Box::new(choice)));
        }
        value
    }

    fn fold_comparison(&mut self, items: &[Item<'t>], segments: &[&[Item<'t>]], bytes: Span) -> Expression {
        let mut parts: Vec<Expression> = segments.iter().map(|segment| self.fold(segment, bytes)).collect();
        let operator = items.iter().find(|item| level_of(item) == Some(Level::Comparison)).map(|item| &item.is);
        let relation = match operator {
            Some(Is::Infix("==" | "===")) => Comparison::Equal,
            Some(Is::Infix("!=" | "!==")) => Comparison::Different,
            _ => Comparison::Other,
        };
        match (parts.pop(), parts.pop(), parts.is_empty()) {
            (Some(right), Some(left), true) => {
                expression(bytes, Form::Compare(Box::new(Compare { left, right, relation })))
            }
            (right, left, _) => {
                parts.extend(left);
                parts.extend(right);
                expression(bytes, Form::All(parts))
            }
        }
    }

    /// An operand with the operators that belong to it alone.
    fn fold_operand(&mut self, items: &[Item<'t>], bytes: Span) -> Expression {
        let mut value: Option<Expression> = None;
        let mut others = Vec::new();
        let mut prefixes = Vec::new();
        for item in items {
            match &item.is {
                Is::Prefix(prefix) => prefixes.push((*prefix, item.span)),
                Is::Operand(operand) => {
                    let read = self.operand(operand, item.span);
                    let read = self.with_prefixes(std::mem::take(&mut prefixes), read);
                    others.extend(value.replace(read));
                }
                Is::Test(name) => {
                    let left = value.take().unwrap_or_else(|| expression(bytes, Form::Nothing));
                    let form = self.type_name(*name).map_or(Form::Nothing, Form::Type);
                    let (span, right) = (across(left.span, item.span), expression(item.span, form));
                    let compare = Compare { left, right, relation: Comparison::Other };
                    value = Some(expression(span, Form::Compare(Box::new(compare))));
                }
                Is::Broken => others.push(broken(item.span)),
                Is::As(_) | Is::Infix(_) | Is::Ternary(_) => {}
            }
        }
        match (value, others.is_empty()) {
            (Some(value), true) => value,
            (value, _) => {
                others.extend(value);
                expression(bytes, Form::All(others))
            }
        }
    }

    fn with_prefixes(&mut self, prefixes: Vec<(Prefix, Span)>, operand: Expression) -> Expression {
        let negations = prefixes.iter().filter(|(prefix, _)| *prefix == Prefix::Not).count();
        let Some((_, first)) = prefixes.first() else { return operand };
        let span = across(*first, operand.span);
        let mut value = operand;
        for mark in [Prefix::Await, Prefix::Try, Prefix::TryOptional] {
            if prefixes.iter().any(|(prefix, _)| *prefix == mark) {
                self.facts.awaits |= mark == Prefix::Await;
                let inner = Box::new(value);
                value = expression(
                    span,
                    match mark {
                        Prefix::Await => Form::Await(inner),
                        Prefix::Try => Form::Try(inner),
                        _ => Form::TryOptional(inner),
                    },
                );
            }
        }
        match (&value.form, prefixes.iter().any(|(prefix, _)| *prefix == Prefix::Other)) {
            // `-1` and `&name` are what they stand before.
            (Form::Number(_) | Form::Name(_) | Form::Member(_) | Form::Index(..), true) => {}
            (_, true) => value = expression(span, Form::All(vec![value])),
            _ => {}
        }
        if negations % 2 == 1 { expression(span, Form::Not(Box::new(value))) } else { value }
    }
}

/// Whether a sequence's value is there only where a cast succeeds.
pub(super) fn asks_type(items: &[Item]) -> bool {
    items.iter().any(|item| matches!(item.is, Is::As(true)))
}

/// An expression as the block of a branch.
fn single(value: Expression) -> Block {
    let inner = value.span;
    Block { statements: vec![Statement { span: inner, does: value }], inner, braceless: true }
}

/// Joins operands two by two, so that a long chain nests little.
pub(super) fn balanced(
    mut operands: Vec<Expression>,
    whole: Span,
    join: impl Fn(Box<Expression>, Box<Expression>) -> Form,
) -> Expression {
    while operands.len() > 1 {
        let mut joined = Vec::with_capacity(operands.len().div_ceil(2));
        let mut rest = operands.into_iter();
        while let Some(left) = rest.next() {
            joined.push(match rest.next() {
                Some(right) => expression(across(left.span, right.span), join(Box::new(left), Box::new(right))),
                None => left,
            });
        }
        operands = joined;
    }
    operands.pop().unwrap_or_else(|| expression(whole, Form::Nothing))
}

fn level_of(item: &Item) -> Option<Level> {
    let operator = match item.is {
        Is::Infix(operator) => operator,
        Is::Ternary(_) => return Some(Level::Ternary),
        _ => return None,
    };
    Some(match operator {
        "=" | "+=" | "-=" | "*=" | "/=" | "%=" | "&=" | "|=" | "^=" | "<<=" | ">>=" | "&&=" | "||=" => {
            Level::Assignment
        }
        "||" => Level::Or,
        "&&" => Level::And,
        "==" | "!=" | "===" | "!==" | "<" | ">" | "<=" | ">=" | "~=" => Level::Comparison,
        "??" => Level::Fallback,
        "+" | "-" | "*" | "/" | "%" | "..." | "..<" | "&" | "|" | "^" | "<<" | ">>" | "&+" | "&-" | "&*" => {
            Level::Arithmetic
        }
        _ => Level::Custom,
    })
}
