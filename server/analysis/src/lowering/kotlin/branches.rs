//! `if`, `when` and `try`. Owns their conditions and cases; must not know what a condition means.

use tree_sitter::Node;

use super::Reader;
use super::expressions::type_value;
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{
    Attempt, Block, Case, Catch, Expression, Form, If, Pattern, Statement, Switch, TypeName, Variable,
};
use crate::lowering::tree::{all_children, child_of_kind, has_child, named_children, span};
use crate::source::Span;

/// How many branches an `else if` ladder may have before it is read as a `when` without a subject, which
/// nests nowhere.
const LADDER_LIMIT: usize = 12;

/// One branch of a ladder.
struct Rung<'t> {
    condition: Node<'t>,
    then: Option<Node<'t>>,
    whole: Node<'t>,
}

impl Reader<'_> {
    /// `if`, with every `else if` behind it.
    pub(super) fn if_form(&mut self, node: Node) -> Form {
        let (rungs, otherwise) = rungs(node);
        if rungs.len() > LADDER_LIMIT {
            return self.ladder(&rungs, otherwise);
        }
        let mut read: Vec<(Expression, Block, Node)> = Vec::new();
        for rung in &rungs {
            let condition = self.expression(rung.condition);
            read.push((condition, self.then(rung), rung.whole));
        }
        let mut otherwise = otherwise.map(|node| self.branch(node));
        while read.len() > 1 {
            let Some((condition, then, whole)) = read.pop() else { break };
            let span = self.trimmed(whole);
            let form = Form::If(Box::new(If { condition, then, otherwise, binds_behind: false }));
            let statement = Statement { span, does: Expression { span, form } };
            otherwise = Some(Block { statements: vec![statement], inner: span, braceless: true });
        }
        match read.pop() {
            Some((condition, then, _)) => Form::If(Box::new(If { condition, then, otherwise, binds_behind: false })),
            None => Form::Broken,
        }
    }

    fn then(&mut self, rung: &Rung) -> Block {
        match rung.then {
            Some(then) => self.branch(then),
            None => empty_block(rung.whole),
        }
    }

    fn ladder(&mut self, rungs: &[Rung], otherwise: Option<Node>) -> Form {
        let mut cases = Vec::new();
        for rung in rungs {
            let patterns = vec![Pattern::Holds(self.expression(rung.condition))];
            cases.push(Case { patterns, guard: None, body: self.then(rung), falls_through: false });
        }
        let exhaustive = otherwise.is_some();
        cases.extend(otherwise.map(|node| self.branch(node)).map(default_case));
        Form::Switch(Box::new(Switch { subject: None, name: None, cases, exhaustive }))
    }

    /// `when` as a statement.
    pub(super) fn when_statement(&mut self, node: Node) -> Form {
        self.when_form(node, false)
    }

    /// `when`; where its value is used, one of its cases always fits.
    pub(super) fn when_form(&mut self, node: Node, is_used: bool) -> Form {
        let subject = child_of_kind(node, "when_subject");
        let name = subject.and_then(|node| self.variable_of_subject(node));
        let subject = subject.and_then(|node| named_children(node).last().copied()).map(|node| self.expression(node));
        let has_subject = subject.is_some();
        let entries: Vec<Node> =
            named_children(node).into_iter().filter(|child| child.kind_name() == "when_entry").collect();
        let exhaustive = is_used || self.fits_always(&entries);
        let cases = entries.into_iter().map(|entry| self.case(entry, has_subject)).collect();
        Form::Switch(Box::new(Switch { subject, name, cases, exhaustive }))
    }

    fn variable_of_subject(&self, node: Node) -> Option<Variable> {
        self.variable(child_of_kind(node, "variable_declaration")?)
    }

    fn case(&mut self, entry: Node, has_subject: bool) -> Case {
        let (mut patterns, mut guard, mut body) = (Vec::new(), None, empty_block(entry));
        for child in named_children(entry) {
            match child.kind_name() {
                "when_condition" => patterns.push(self.pattern(child, has_subject)),
                "guard_condition" => guard = named_children(child).last().map(|node| self.expression(*node)),
                "control_structure_body" => body = self.branch(child),
                _ => {}
            }
        }
        Case { patterns, guard, body, falls_through: false }
    }

    fn pattern(&mut self, node: Node, has_subject: bool) -> Pattern {
        match named_children(node).first() {
            Some(test) if test.kind_name() == "type_test" => match self.tested_type(*test) {
                Some(type_name) => Pattern::Equals(type_value(type_name)),
                None => Pattern::Other(Vec::new()),
            },
            Some(test) if test.kind_name() == "range_test" => {
                for node in named_children(*test) {
                    self.expression(node);
                }
                Pattern::Other(Vec::new())
            }
            Some(condition) if has_subject => Pattern::Equals(self.expression(*condition)),
            Some(condition) => Pattern::Holds(self.expression(*condition)),
            None => Pattern::Other(Vec::new()),
        }
    }

    /// The type of `is Type`; `!is Type` fits nothing that has a name.
    fn tested_type(&self, test: Node) -> Option<TypeName> {
        let is_turned = has_child(test, "!");
        let node = named_children(test).into_iter().next().filter(|_| !is_turned)?;
        self.type_name(node)
    }

    /// Whether one of the cases fits whatever the subject: there is an `else`, both truths, or every case
    /// names a member of one type, of which the compiler wants all.
    fn fits_always(&self, entries: &[Node]) -> bool {
        if entries.iter().any(|entry| has_child(*entry, "else")) {
            return true;
        }
        let mut texts: Vec<Name> = Vec::new();
        for entry in entries {
            if has_child(*entry, "guard_condition") {
                continue;
            }
            for condition in named_children(*entry).into_iter().filter(|child| child.kind_name() == "when_condition") {
                let text = self.text(condition);
                texts.push(text.strip_prefix("is ").unwrap_or(text).trim().into());
            }
        }
        let both = ["true", "false"].iter().all(|truth| texts.iter().any(|text| &**text == *truth));
        let owners: Vec<Option<&str>> = texts.iter().map(|text| owner_of(text)).collect();
        both || (owners.len() > 1 && owners.iter().all(|owner| owner.is_some() && *owner == owners[0]))
    }

    /// `try`.
    pub(super) fn attempt(&mut self, node: Node) -> Form {
        let body = self.block(node, node.start_byte());
        let (mut catches, mut finally) = (Vec::new(), None);
        for child in named_children(node) {
            match child.kind_name() {
                "catch_block" => catches.push(self.catch(child)),
                "finally_block" => finally = Some(self.block(child, child.start_byte())),
                _ => {}
            }
        }
        Form::Attempt(Box::new(Attempt { resources: Vec::new(), body, catches, finally }))
    }

    fn catch(&mut self, node: Node) -> Catch {
        let variable = self.variable(node);
        let takes_all = variable.as_ref().and_then(|it| it.type_name.as_ref()).is_some_and(|type_name| {
            type_name.parts.last().is_some_and(|name| matches!(&**name, "Exception" | "Throwable"))
        });
        let names = variable.into_iter().filter(|variable| &*variable.name != "_").collect();
        Catch { names, takes_all, body: self.block(node, node.start_byte()) }
    }
}

/// The branches of an `if`, and its `else`.
fn rungs(node: Node<'_>) -> (Vec<Rung<'_>>, Option<Node<'_>>) {
    let (mut node, mut rungs) = (node, Vec::new());
    loop {
        let Some(condition) = node.field("condition").or_else(|| condition_of(node)) else {
            return (rungs, None);
        };
        let (mut then, mut otherwise, mut is_else) = (None, None, false);
        for child in all_children(node) {
            match child.kind_name() {
                "else" => is_else = true,
                "control_structure_body" if is_else => otherwise = Some(child),
                "control_structure_body" => then = Some(child),
                _ => {}
            }
        }
        rungs.push(Rung { condition, then, whole: node });
        let next = otherwise.map(named_children);
        match next.as_deref() {
            Some([only]) if only.kind_name() == "if_expression" && !otherwise.is_some_and(|it| has_child(it, "{")) => {
                node = *only;
            }
            _ => return (rungs, otherwise),
        }
    }
}

fn condition_of(node: Node<'_>) -> Option<Node<'_>> {
    named_children(node).into_iter().find(|child| child.kind_name() != "control_structure_body")
}

/// The type that a qualified name is a member of: `Event` of `Event.LoggedOut`.
fn owner_of(text: &str) -> Option<&str> {
    let is_name = text.chars().all(|character| character.is_alphanumeric() || matches!(character, '.' | '_'));
    let (owner, member) = text.rsplit_once('.')?;
    let begins_upper = |part: &str| part.chars().next().is_some_and(char::is_uppercase);
    (is_name && begins_upper(member) && owner.rsplit('.').next().is_some_and(begins_upper)).then_some(owner)
}

fn default_case(body: Block) -> Case {
    Case { patterns: Vec::new(), guard: None, body, falls_through: false }
}

/// A branch that is not there.
pub(super) fn empty_block(node: Node) -> Block {
    Block { statements: Vec::new(), inner: Span::at(span(node).end), braceless: true }
}
