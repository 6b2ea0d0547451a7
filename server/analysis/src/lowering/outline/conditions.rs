//! Conditions as control flow. Owns taking `&&`, `||`, `!`, bindings and comparisons apart; must not know
//! statements.

use super::lowerer::Lowerer;
use super::scope::part_of;
use super::{Bind, Compare, Comparison, Expression, Form};
use crate::lowering::builder::Frontier;
use crate::lowering::operand::copied;
use crate::lowering::{Condition, Handling, Name, Relation, Value};
use crate::source::Span;
use smallvec::smallvec;

/// Where control stands after a condition.
#[derive(Debug, Default)]
pub(super) struct Branches {
    pub(super) holds: Frontier,
    pub(super) fails: Frontier,
}

impl Branches {
    fn negated(self) -> Self {
        Self { holds: self.fails, fails: self.holds }
    }
}

impl<'o> Lowerer<'o> {
    /// Lowers a condition. The frontier is empty afterwards: control stands at the branches. Names that it
    /// binds are in scope from then on.
    pub(super) fn condition(&mut self, condition: &'o Expression) -> Branches {
        match &condition.form {
            Form::Boolean(true) => Branches { holds: self.flow.graph.take(), ..Branches::default() },
            Form::Boolean(false) => Branches { fails: self.flow.graph.take(), ..Branches::default() },
            Form::Not(inner) => self.condition(inner).negated(),
            Form::And(..) | Form::Or(..) => self.junction(condition),
            Form::Bind(bind) => self.binding(bind),
            Form::Compare(compare) => self.comparison(condition.span, compare),
            Form::Try(inner) => {
                let outer = std::mem::replace(&mut self.flow.throws, true);
                let branches = self.condition(inner);
                self.flow.throws = outer;
                branches
            }
            _ => self.truthy(condition),
        }
    }

    /// `a && b && c` in a flat loop: chains of operators may be long.
    fn junction(&mut self, whole: &'o Expression) -> Branches {
        let is_and = matches!(whole.form, Form::And(..));
        let mut operands = Vec::new();
        let mut here = whole;
        loop {
            match &here.form {
                Form::And(left, right) if is_and => {
                    operands.push(&**right);
                    here = left;
                }
                Form::Or(left, right) if !is_and => {
                    operands.push(&**right);
                    here = left;
                }
                _ => break,
            }
        }
        operands.push(here);
        let mut branches = Branches::default();
        let last = operands.len() - 1;
        for (index, operand) in operands.into_iter().rev().enumerate() {
            let part = self.condition(operand);
            let goes_on = if is_and {
                branches.fails.extend(part.fails);
                branches.holds = part.holds;
                &mut branches.holds
            } else {
                branches.holds.extend(part.holds);
                branches.fails = part.fails;
                &mut branches.fails
            };
            if index < last {
                let goes_on = std::mem::take(goes_on);
                self.flow.graph.resume(goes_on);
            }
        }
        branches
    }

    /// `if let name = value`.
    fn binding(&mut self, bind: &'o Bind) -> Branches {
        let chain = self.open_chain(&bind.value, Handling::Used);
        let mut branches = if bind.asks_presence {
            self.present(bind.value.span, &chain.operand.value, chain.written)
        } else {
            self.ask(Condition {
                subject: copied(&chain.operand.value),
                written: chain.written,
                relation: Relation::Other,
                span: bind.value.span,
                text: self.stripped(bind.value.span).into(),
            })
        };
        branches.fails.extend(chain.skipped);
        if let Some(scope) = self.declared.scope_of.get(&part_of(bind)) {
            self.flow.scope = *scope;
        }
        branches
    }

    fn comparison(&mut self, span: Span, compare: &'o Compare) -> Branches {
        let left = self.open_chain(&compare.left, Handling::Used);
        let right = self.expression(&compare.right, Handling::Used).value;
        let is_turned = is_constant(&compare.left.form) && !is_constant(&compare.right.form);
        let (subject, value, asked) = match is_turned {
            true => (right, left.operand.value, &compare.right),
            false => (left.operand.value, right, &compare.left),
        };
        let relation = match compare.relation {
            Comparison::Other => Relation::Other,
            _ => Relation::Equals(value),
        };
        let text = match compare.relation {
            Comparison::Other => self.stripped(span),
            _ => format!("{}=={}", self.stripped(compare.left.span), self.stripped(compare.right.span)),
        };
        let subject = self.subject_of(asked, subject);
        let written = self.written(asked);
        let asks_nothing = matches!(relation, Relation::Equals(Value::Null));
        let mut branches = self.ask(Condition { subject, written, relation, span, text: text.into() });
        // What a `?.` found nothing of equals null, and nothing else.
        match asks_nothing {
            true => branches.holds.extend(left.skipped),
            false => branches.fails.extend(left.skipped),
        }
        if compare.relation == Comparison::Different { branches.negated() } else { branches }
    }

    /// Asks whether an expression is true. What a `?.` in it skipped is not.
    fn truthy(&mut self, condition: &'o Expression) -> Branches {
        let chain = self.open_chain(condition, Handling::Used);
        let condition = Condition {
            subject: self.subject_of(condition, chain.operand.value),
            written: chain.written,
            relation: Relation::Truthy,
            span: condition.span,
            text: self.stripped(condition.span).into(),
        };
        let mut branches = self.ask(condition);
        branches.fails.extend(chain.skipped);
        branches
    }

    /// What a condition asks about: a name keeps its own path where its value is a mere constant, for a
    /// switch that is off today is a switch all the same.
    pub(super) fn subject_of(&mut self, expression: &'o Expression, value: Value) -> Value {
        let is_constant = !matches!(value, Value::Path(_) | Value::Call { .. } | Value::Unknown);
        match &expression.form {
            Form::Name(name) if is_constant => Value::Path(self.target_of_name(name)),
            _ => copied(&value),
        }
    }

    /// Adds both outcomes of a condition.
    pub(super) fn ask(&mut self, condition: Condition) -> Branches {
        let (holds, fails) = self.assume_both(condition);
        Branches { holds: smallvec![holds], fails: smallvec![fails] }
    }

    /// Asks whether a value is there.
    pub(super) fn present(&mut self, span: Span, value: &Value, written: Vec<Name>) -> Branches {
        let text = format!("{}!=null", self.stripped(span)).into();
        self.ask(Condition { subject: copied(value), written, relation: Relation::Present, span, text })
    }

    /// Asks whether a subject equals a case's value.
    pub(super) fn equals(
        &mut self,
        subject: &Value,
        asked: Option<&'o Expression>,
        value: Value,
        span: Span,
    ) -> Branches {
        let written = asked.map(|asked| self.written(asked)).unwrap_or_default();
        let asked = asked.map(|asked| self.stripped(asked.span)).unwrap_or_default();
        let text = format!("{asked}=={}", self.stripped(span)).into();
        self.ask(Condition { subject: subject.clone(), written, relation: Relation::Equals(value), span, text })
    }

    /// Asks something of which nothing is known.
    pub(super) fn ask_other(&mut self, subject: Value, written: Vec<Name>, span: Span) -> Branches {
        let text = self.stripped(span).into();
        self.ask(Condition { subject, written, relation: Relation::Other, span, text })
    }
}

fn is_constant(form: &Form) -> bool {
    matches!(form, Form::Null | Form::Boolean(_) | Form::Number(_) | Form::Text(_) | Form::Template(..))
        || matches!(form, Form::Member(member) if member.object.is_none())
}
