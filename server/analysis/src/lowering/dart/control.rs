//! Statements that branch, loop, or catch. Must not know what an expression is made of.

use tree_sitter::Node;

use super::operators::is_plain;
use super::reader::{Reader, at};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{
    Attempt, Block, Case, Catch, Expression, Form, If, Loop, Pattern, Statement, Switch, Variable,
};
use crate::lowering::tree::{all_children, child_of_kind, has_child, named_children, span};
use crate::source::Span;

/// How many rungs of an `else if` ladder are kept as conditions inside each other. Longer ones are a switch
/// of conditions, which is no deeper than one of them.
const RUNGS: usize = 12;

impl<'t> Reader<'_> {
    /// `if`, with the whole of its `else if` ladder.
    pub(super) fn if_statement(&mut self, node: Node<'t>) -> Form {
        let (mut rungs, mut rung) = (Vec::new(), node);
        let last = loop {
            let condition = self.if_condition(rung);
            let then = self.branch(rung.field("consequence"), rung);
            rungs.push((span(rung), condition, then));
            match rung.field("alternative") {
                Some(alternative) if alternative.kind_name() == "if_statement" => rung = alternative,
                Some(alternative) => break Some(self.branch(Some(alternative), rung)),
                None => break None,
            }
        };
        ladder(rungs, last).map_or(Form::Broken, |whole| whole.form)
    }

    /// What an `if` asks: a condition, or whether a value fits a pattern.
    pub(super) fn if_condition(&mut self, node: Node<'t>) -> Expression {
        let condition = self.field(node, "condition");
        if !has_child(node, "case") {
            return condition;
        }
        let asked = self.fits(condition, &self.pattern_parts(node));
        match node.field("guard") {
            Some(guard) => {
                let guard = self.expression(guard);
                let span = super::reader::between(asked.span, guard.span);
                Expression { span, form: Form::And(Box::new(asked), Box::new(guard)) }
            }
            None => asked,
        }
    }

    /// Whether a value fits a pattern.
    fn fits(&mut self, value: Expression, parts: &[Node<'t>]) -> Expression {
        let end = parts.last().map_or(value.span.end, |last| span(*last).end);
        let span = Span::new(value.span.start, end.max(value.span.start));
        let alternatives = self.patterns(parts);
        // A value that does something when it is read is read once.
        if (alternatives.len() == 1 || is_plain(&value))
            && alternatives.iter().all(|it| matches!(it, Pattern::Equals(_)))
            && !alternatives.is_empty()
        {
            let mut asked = Vec::new();
            for alternative in alternatives {
                let Pattern::Equals(right) = alternative else { continue };
                let compare = crate::lowering::outline::Compare {
                    left: value.clone(),
                    right,
                    relation: crate::lowering::outline::Comparison::Equal,
                };
                asked.push(Expression { span, form: Form::Compare(Box::new(compare)) });
            }
            let either = |left, right| Expression { span, form: Form::Or(Box::new(left), Box::new(right)) };
            return asked.into_iter().reduce(either).unwrap_or(value);
        }
        let names = self.bound_names(parts);
        let asks_presence = matches!(parts, [only] if is_presence(*only));
        let bind = crate::lowering::outline::Bind { names, value, asks_presence };
        Expression { span, form: Form::Bind(Box::new(bind)) }
    }

    /// `for` in all its forms, with what it repeats.
    pub(super) fn for_loop(&mut self, node: Node<'t>, body: Block, awaits: bool) -> Form {
        let mut made = Loop {
            start: Vec::new(),
            names: Vec::new(),
            elements: None,
            condition: None,
            asks_behind: false,
            update: Vec::new(),
            body,
            awaits,
        };
        if has_child(node, "in") {
            made.names = self.loop_names(node);
            made.elements = Some(self.field(node, "value"));
            return Form::Loop(Box::new(made));
        }
        for start in node.fields("init").into_iter().filter(Node::is_named) {
            made.start.push(match start.kind_name() {
                "local_variable_declaration" => {
                    let form = self.local_variables(start);
                    at(start, form)
                }
                _ => self.expression(start),
            });
        }
        made.condition = node.field("condition").map(|condition| self.expression(condition));
        for update in node.fields("update").into_iter().filter(Node::is_named) {
            made.update.push(self.expression(update));
        }
        Form::Loop(Box::new(made))
    }

    fn loop_names(&mut self, node: Node<'t>) -> Vec<Variable> {
        let type_name = self.declared_type(node);
        if let Some(name) = node.field("name") {
            return vec![Variable { name: self.name(name), span: span(name), type_name }];
        }
        let before: Vec<Node> = all_children(node).into_iter().take_while(|child| child.kind_name() != "in").collect();
        match before.last() {
            Some(name) if name.kind_name() == "identifier" => {
                vec![Variable { name: self.name(*name), span: span(*name), type_name }]
            }
            _ => self.bound_names(&before),
        }
    }

    /// `for (…) statement`.
    pub(super) fn for_statement(&mut self, node: Node<'t>) -> Form {
        let body = self.branch(node.field("body"), node);
        self.for_loop(node, body, has_child(node, "await"))
    }

    /// `while (…) …`, `do … while (…);`.
    pub(super) fn while_statement(&mut self, node: Node<'t>, asks_behind: bool) -> Form {
        let condition = Some(self.field(node, "condition"));
        let body = self.branch(node.field("body"), node);
        let (start, names, update) = (Vec::new(), Vec::new(), Vec::new());
        Form::Loop(Box::new(Loop { start, names, elements: None, condition, asks_behind, update, body, awaits: false }))
    }

    /// `try … on X catch (e, s) … finally …`.
    pub(super) fn try_statement(&mut self, node: Node<'t>) -> Form {
        let body = self.branch(node.field("body"), node);
        let mut made = Attempt { resources: Vec::new(), body, catches: Vec::new(), finally: None };
        let (mut names, mut takes_all) = (Vec::new(), true);
        let tried = node.field("body");
        for child in named_children(node).into_iter().filter(|child| Some(*child) != tried) {
            match child.kind_name() {
                "type" => takes_all = matches!(self.text(child), "Object" | "dynamic"),
                "catch_clause" => {
                    let bound = ["exception", "stack_trace"].map(|field| child.field(field));
                    let variable = |name| Variable { name: self.name(name), span: span(name), type_name: None };
                    names = bound.into_iter().flatten().map(variable).collect();
                }
                "block" => {
                    let body = self.branch(Some(child), node);
                    made.catches.push(Catch { names: std::mem::take(&mut names), takes_all, body });
                    takes_all = true;
                }
                "finally_clause" => made.finally = Some(self.branch(child_of_kind(child, "block"), child)),
                _ => {}
            }
        }
        Form::Attempt(Box::new(made))
    }
}

/// Whether a pattern fits exactly what is not null: `final user?`.
fn is_presence(node: Node) -> bool {
    let inner = named_children(node);
    node.kind_name() == "null_check_pattern"
        && matches!(inner.as_slice(), [only] if only.kind_name() == "variable_pattern" && !has_child(*only, "type"))
}

/// A ladder of conditions, each with the bytes of its rung, its condition and its branch.
pub(super) fn ladder(rungs: Vec<(Span, Expression, Block)>, last: Option<Block>) -> Option<Expression> {
    let whole = rungs.first()?.0;
    if rungs.len() > RUNGS {
        let exhaustive = last.is_some();
        let rung = |patterns, body| Case { patterns, guard: None, body, falls_through: false };
        let mut cases: Vec<Case> =
            rungs.into_iter().map(|(_, condition, body)| rung(vec![Pattern::Holds(condition)], body)).collect();
        cases.extend(last.map(|body| rung(Vec::new(), body)));
        let switch = Switch { subject: None, name: None, cases, exhaustive };
        return Some(Expression { span: whole, form: Form::Switch(Box::new(switch)) });
    }
    let (mut otherwise, mut made) = (last, None);
    for (span, condition, then) in rungs.into_iter().rev() {
        let choice = If { condition, then, otherwise, binds_behind: false };
        let does = Expression { span, form: Form::If(Box::new(choice)) };
        if span == whole {
            made = Some(does);
            break;
        }
        otherwise = Some(Block { statements: vec![Statement { span, does }], inner: span, braceless: true });
    }
    made
}
