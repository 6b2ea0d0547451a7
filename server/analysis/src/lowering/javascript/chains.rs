//! Chains of members and calls: `a.b?.c(d).then(e)`. Owns their order and the branches of `?.`; must not
//! know statements.

use smallvec::smallvec;
use tree_sitter::Node;

use super::lowerer::{Fate, Lowerer};
use super::names::{Operand, extended, push_written};
use super::promises::{PromiseLink, link_behind};
use super::syntax::{first_named, has_token, is_function_value, is_inert, span, string_text, stripped, unwrap};
use crate::lowering::builder::Frontier;
use crate::lowering::grammar::Named;
use crate::lowering::{BodyId, Condition, Handling, Name, NodeId, Path, Relation, Root, Segment, Step, Value};

/// What a step of a chain does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkKind {
    /// `.name`
    Member,
    /// `[index]`
    Index,
    /// `(arguments)` or a template
    Call,
}

/// One step of a chain behind its base.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link<'t> {
    pub(super) kind: LinkKind,
    pub(super) node: Node<'t>,
    /// What the step is taken from.
    subject: Node<'t>,
}

impl<'t> Link<'t> {
    fn of(node: Node<'t>) -> Option<Self> {
        let (kind, field) = match node.kind_name() {
            "member_expression" => (LinkKind::Member, "object"),
            "subscript_expression" => (LinkKind::Index, "object"),
            "call_expression" => (LinkKind::Call, "function"),
            _ => return None,
        };
        // It comes first, unless something unreadable does.
        let subject = if node.has_error() { node.field(field) } else { node.child(0) };
        Some(Self { kind, node, subject: subject? })
    }

    /// Whether `?.` stands behind the subject; what stands there is asked of the text, which costs less than
    /// the tree.
    fn is_optional(self, source: &str) -> bool {
        let behind = source.get(self.subject.end_byte()..self.node.end_byte()).unwrap_or_default().trim_start();
        match behind.as_bytes() {
            [b'?', b'.', ..] => true,
            // A comment comes first.
            [b'/', ..] => has_token(self.node, "optional_chain") || has_token(self.node, "?."),
            _ => false,
        }
    }
}

/// A chain's base and its steps in order.
pub(super) fn chain_of(node: Node<'_>) -> (Node<'_>, Vec<Link<'_>>) {
    let mut links = Vec::new();
    let mut base = unwrap(node);
    while let Some(link) = Link::of(base) {
        links.push(link);
        base = unwrap(link.subject);
    }
    links.reverse();
    (base, links)
}

/// How far the lowering of a chain has come.
pub(super) struct Chain {
    pub(super) operand: Operand,
    /// What the last member was read of.
    pub(super) receiver: Option<Operand>,
    pub(super) written: Vec<Name>,
    pub(super) optional: bool,
    /// Where control stands when a `?.` found nothing.
    pub(super) skipped: Frontier,
    /// An `async` function called in place, whose rejection the promise chain behind it handles.
    pub(super) started: Option<BodyId>,
}

impl<'t> Lowerer<'t> {
    /// Lowers a chain; where a `?.` finds nothing, control joins behind it.
    pub(super) fn chain(&mut self, node: Node<'t>, fate: Fate) -> Value {
        let chain = self.open_chain(node, fate);
        self.flow.graph.join(chain.skipped);
        chain.operand.value
    }

    /// Lowers a chain up to its end, and leaves what was skipped to the caller.
    pub(super) fn open_chain(&mut self, node: Node<'t>, fate: Fate) -> Chain {
        let (base, links) = chain_of(node);
        let promises = self.promise_links(&links);
        let mut chain = self.base(base, links.is_empty(), run_at(&promises, 0), fate);
        // A `?.` is a branch only if a call stands behind it.
        let last_call = links.iter().rposition(|link| link.kind == LinkKind::Call);
        let guards_a_call = |index: usize| last_call.is_some_and(|last| index <= last);
        let mut index = 0;
        while let Some(link) = links.get(index).copied() {
            let run = run_at(&promises, index);
            if !run.is_empty() {
                self.branch_if_optional(link, guards_a_call(index), &mut chain);
                index += run.len() * 2;
                let fate = if index == links.len() { fate } else { Fate::USED };
                self.promise_chain(node, run, fate, &mut chain);
                continue;
            }
            self.branch_if_optional(link, guards_a_call(index), &mut chain);
            match link.kind {
                LinkKind::Member => self.member_link(link.node, &mut chain),
                LinkKind::Index => self.index_link(link.node, &mut chain),
                LinkKind::Call => {
                    let is_last = index + 1 == links.len();
                    let fate = if is_last { fate } else { chained_fate(run_at(&promises, index + 1)) };
                    index += self.call_link(link.node, base, &links, index, fate, &mut chain);
                }
            }
            index += 1;
        }
        chain
    }

    fn base(&mut self, base: Node<'t>, is_alone: bool, run: &[PromiseLink<'t>], fate: Fate) -> Chain {
        let written = self.base_written(base);
        let operand = match base.kind_name() {
            "identifier" => self.identifier(base),
            "this" => Operand::of_path(Path::root(Root::This(self.flow.this_class))),
            "super" => Operand::of_path(Path::root(Root::Super)),
            "meta_property" => Operand::of_path(Path::root(Root::Global(self.text(base).into()))),
            "import" => Operand::of_path(Path::root(Root::Unknown)),
            _ => {
                let fate = if is_alone { fate } else { chained_fate(run) };
                Operand::of_value(self.expression(base, fate))
            }
        };
        Chain { operand, receiver: None, written, optional: false, skipped: Frontier::new(), started: None }
    }

    /// The links of a chain that are a promise's, each a member and its call.
    fn promise_links(&self, links: &[Link<'t>]) -> Vec<PromiseLink<'t>> {
        let pairs = links.iter().zip(links.iter().skip(1)).enumerate();
        let found = pairs.filter_map(|(index, pair)| match pair {
            (Link { kind: LinkKind::Member, node: member, .. }, Link { kind: LinkKind::Call, node: call, .. }) => {
                Some(PromiseLink { kind: link_behind(self.source, *member, *call)?, call: *call, index })
            }
            _ => None,
        });
        found.collect()
    }

    /// A `?.` is a branch if a call stands behind it.
    fn branch_if_optional(&mut self, link: Link<'t>, guards_a_call: bool, chain: &mut Chain) {
        if !link.is_optional(self.source) {
            return;
        }
        chain.optional = true;
        if !guards_a_call || self.is_muted() {
            return;
        }
        let condition = Condition {
            subject: chain.operand.value.clone(),
            written: chain.written.clone(),
            relation: Relation::Present,
            span: span(link.subject),
            text: format!("{}!=null", stripped(self.source, link.subject)).into(),
        };
        let (present, absent) = self.assume_both(condition);
        chain.skipped.push(absent);
        self.flow.graph.resume(smallvec![present]);
    }

    /// Adds both outcomes of a condition behind the frontier, and takes the frontier away.
    pub(super) fn assume_both(&mut self, condition: Condition) -> (NodeId, NodeId) {
        let bytes = condition.span;
        let from = self.flow.graph.frontier();
        let holds = Step::Assume { condition: Box::new(condition.clone()), holds: true };
        let holds = self.flow.graph.emit(holds, bytes);
        self.flow.graph.resume(from);
        let fails = Step::Assume { condition: Box::new(condition), holds: false };
        let fails = self.flow.graph.emit(fails, bytes);
        self.flow.graph.take();
        (holds, fails)
    }

    fn member_link(&mut self, node: Node<'t>, chain: &mut Chain) {
        let Some(property) = node.field("property") else { return };
        let name = self.text(property);
        let member = self.member(&chain.operand, name);
        chain.receiver = Some(std::mem::replace(&mut chain.operand, member));
        push_written(&mut chain.written, name);
    }

    fn index_link(&mut self, node: Node<'t>, chain: &mut Chain) {
        let Some(index) = node.field("index") else { return };
        let key = self.expression(index, Fate::USED);
        match key {
            Value::Text(name) => {
                chain.operand = self.member(&chain.operand, &name);
                push_written(&mut chain.written, &name);
            }
            Value::Number(number) => {
                let element = match &chain.operand.value {
                    Value::Array(values) => number.parse::<usize>().ok().and_then(|index| values.get(index)).cloned(),
                    _ => None,
                };
                let place = extended(chain.operand.place.clone(), Segment::Computed);
                chain.operand = element.map_or_else(|| Operand::of_path(place), Operand::of_value);
            }
            _ => chain.operand = Operand::of_path(extended(chain.operand.place.clone(), Segment::Computed)),
        }
    }

    /// Lowers a call of a chain. Some take more than one link: the answer is how many more.
    fn call_link(
        &mut self,
        call: Node<'t>,
        base: Node<'t>,
        links: &[Link<'t>],
        index: usize,
        fate: Fate,
        chain: &mut Chain,
    ) -> usize {
        if base.kind_name() == "import" && index == 0 {
            self.module_import(call, chain);
            return 0;
        }
        let is_in_place = match links.get(..index).unwrap_or_default() {
            [] => true,
            [Link { kind: LinkKind::Member, node, .. }] => {
                let property = node.field("property").map(|property| self.text(property));
                matches!(property, Some("call" | "apply"))
            }
            _ => false,
        };
        if is_in_place && is_function_value(base) {
            self.run_in_place(call, base, fate, chain);
            return 0;
        }
        self.call(call, fate, chain);
        0
    }

    fn module_import(&mut self, call: Node<'t>, chain: &mut Chain) {
        let argument = call.field("arguments").and_then(first_named).map(unwrap);
        if let Some(argument) = argument.filter(|argument| argument.kind_name() == "string") {
            let module = string_text(self.source, argument);
            let name = crate::lowering::ImportName::Namespace;
            chain.operand = Operand::of_path(Path::root(Root::Import { module, name }));
        } else if let Some(argument) = argument
            && !is_inert(argument)
        {
            self.expression(argument, Fate::USED);
        }
    }
}

/// The links of a promise that follow each other from an index of their chain on.
fn run_at<'p, 't>(promises: &'p [PromiseLink<'t>], index: usize) -> &'p [PromiseLink<'t>] {
    let start = promises.partition_point(|link| link.index < index);
    let behind = promises.get(start..).unwrap_or_default();
    let length = behind.iter().zip((index..).step_by(2)).take_while(|(link, at)| link.index == *at).count();
    behind.get(..length).unwrap_or_default()
}

/// What the links of a promise chain do with the call in front of them.
fn chained_fate(run: &[PromiseLink]) -> Fate {
    if run.is_empty() {
        return Fate::USED;
    }
    Fate { handling: Handling::Chained, caught: run.iter().any(PromiseLink::catches), raced: false }
}
