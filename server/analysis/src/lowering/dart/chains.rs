//! What follows a value: members, calls, indices, `!`, cascades, and the callbacks of a future. A chain is
//! read in a loop from its head; what is too long to be kept whole loses its head's name, not its parts.

use tree_sitter::Node;

use super::expressions::without_parentheses;
use super::operators::assigned;
use super::reader::{Reader, at, between};
use crate::lowering::grammar::Named;
use crate::lowering::outline::{
    ArgumentForm, CallForm, Chain, ChainLink, Expression, Form, LinkKind, Member, TypeName,
};
use crate::lowering::tree::{all_children, child_of_kind, has_child, named_children, span};
use crate::source::Span;

/// One thing that follows a value.
struct Selector<'t> {
    node: Node<'t>,
    kind: SelectorKind<'t>,
}

enum SelectorKind<'t> {
    Member(Node<'t>, bool),
    Index(Option<Node<'t>>),
    Call(Option<Node<'t>>, Option<Node<'t>>),
    Unwrap,
}

impl<'t> Reader<'_> {
    /// A chain of selectors behind a value, or the value of one that has none.
    pub(super) fn chain(&mut self, node: Node<'t>) -> Expression {
        let (head, selectors) = unwound(node);
        self.followed(head, selectors)
    }

    /// `receiver..first()..second = value`.
    pub(super) fn cascade(&mut self, node: Node<'t>) -> Form {
        let receiver = self.operand(node, 0);
        let (mut sections, mut is_optional) = (Vec::new(), false);
        for child in named_children(node) {
            if child.kind_name() == "cascade_section" {
                is_optional |= has_child(child, "?..");
                sections.push(self.section(child));
            }
        }
        Form::Cascade(Box::new(receiver), sections, is_optional)
    }

    fn section(&mut self, node: Node<'t>) -> Expression {
        let children = all_children(node);
        let Some(target) = children.iter().find(|child| child.kind_name().starts_with("cascade_")) else {
            return at(node, Form::Broken);
        };
        let left = self.chain(*target);
        let behind = children.iter().skip_while(|child| *child != target).skip(1).collect::<Vec<_>>();
        let [operator, value] = behind.as_slice() else { return left };
        let operator = self.text(**operator);
        let right = self.expression(**value);
        let span = between(left.span, right.span);
        Expression { span, form: assigned(left, right, operator) }
    }

    fn followed(&mut self, head: Head<'t>, mut selectors: Vec<Selector<'t>>) -> Expression {
        // The outer selectors are the last ones: `selectors` begins at the end of the text.
        let kept = selectors.len().min(self.room() as usize / 2);
        let mut cut = selectors.split_off(kept);
        let down = |place: usize| place as u32 + 2;
        let mut value = match head {
            Head::Value(node) if selectors.is_empty() && cut.is_empty() => return self.head(node, 2),
            Head::Value(node) => self.head(node, down(kept)),
            Head::Receiver(span) => Expression { span, form: Form::Receiver },
        };
        if !cut.is_empty() {
            let mut parts = vec![value];
            while let Some(selector) = cut.pop() {
                self.parts_of(&selector, down(kept), &mut parts);
            }
            let span = parts.first().map_or(Span::default(), |first| first.span);
            value = Expression { span, form: Form::All(parts) };
        }
        let mut dot = value.span.end;
        while let Some(selector) = selectors.pop() {
            if let Some(token) = child_of_kind(selector.node, ".").or_else(|| child_of_kind(selector.node, "?.")) {
                dot = span(token).start;
            }
            value = self.selected(value, &selector, dot, down(selectors.len()));
        }
        value
    }

    fn head(&mut self, node: Node<'t>, halves: u32) -> Expression {
        match node.kind_name() {
            // A chain's last link to a plain name: `assignable_expression` around an identifier.
            "identifier" => at(node, Form::Name(self.name(node))),
            // A selector that stands behind nothing: the tree is broken there.
            "call_expression" | "instantiation_expression" | "assignable_expression" => {
                let form = self.parts(node);
                at(node, form)
            }
            kind if kind.starts_with("cascade_") => at(node, Form::Broken),
            _ => self.expression_deeper(node, halves),
        }
    }

    fn selected(&mut self, value: Expression, selector: &Selector<'t>, dot: u32, halves: u32) -> Expression {
        let span = Span::new(value.span.start, span(selector.node).end.max(value.span.start));
        let form = match selector.kind {
            SelectorKind::Member(name, optional) => {
                Form::Member(Box::new(Member { object: Some(value), name: self.name(name), optional }))
            }
            SelectorKind::Index(Some(index)) => {
                let index = self.expression_deeper(index, halves);
                Form::Index(Box::new(value), Box::new(index))
            }
            SelectorKind::Index(None) => Form::All(vec![value]),
            SelectorKind::Unwrap => Form::Unwrap(Box::new(value)),
            SelectorKind::Call(types, arguments) => {
                let types = types.map(|node| self.type_arguments(node)).unwrap_or_default();
                let arguments = self.deeper(halves.saturating_sub(2), |reader| reader.arguments(arguments));
                called(value, types, arguments.unwrap_or_default(), Span::new(dot.min(span.end), span.end))
            }
        };
        Expression { span, form }
    }

    fn parts_of(&mut self, selector: &Selector<'t>, halves: u32, parts: &mut Vec<Expression>) {
        match selector.kind {
            SelectorKind::Index(Some(index)) => parts.push(self.expression_deeper(index, halves)),
            SelectorKind::Call(_, arguments) => {
                let arguments = self.deeper(halves.saturating_sub(2), |reader| reader.arguments(arguments));
                parts.extend(arguments.unwrap_or_default().into_iter().map(|argument| argument.value));
            }
            _ => {}
        }
    }

    /// The arguments between parentheses.
    pub(super) fn arguments(&mut self, node: Option<Node<'t>>) -> Vec<ArgumentForm> {
        let Some(node) = node else { return Vec::new() };
        named_children(node).into_iter().map(|child| self.argument(child)).collect()
    }

    fn argument(&mut self, node: Node<'t>) -> ArgumentForm {
        let (label, mut value) = match child_of_kind(node, "label").filter(|_| node.kind_name() == "named_argument") {
            Some(label) => {
                let label = child_of_kind(label, "identifier").map(|label| self.name(label));
                (label, self.operand(node, 1))
            }
            None => (None, self.expression(node)),
        };
        // Flutter's word for a callback that makes a part of the screen.
        if label.as_ref().is_some_and(|label| label.ends_with("uilder"))
            && let Form::Closure(function) = &mut value.form
        {
            function.returns_markup = true;
        }
        ArgumentForm { label, value, span: span(node), spread: false }
    }
}

/// Where a chain starts.
enum Head<'t> {
    Value(Node<'t>),
    /// A cascade's receiver.
    Receiver(Span),
}

/// Takes a chain apart: its head, and its selectors from the last to the first.
fn unwound<'t>(node: Node<'t>) -> (Head<'t>, Vec<Selector<'t>>) {
    let (mut node, mut selectors) = (node, Vec::new());
    loop {
        let object = node.field("object");
        let property = node.field("property");
        let (kind, next) = match node.kind_name().trim_start_matches("cascade_") {
            "call_expression" => {
                let function = node.field("function");
                let arguments = node.field("arguments");
                let own = node.field("type_arguments");
                let (types, next) = match function {
                    Some(function) if function.kind_name() == "instantiation_expression" => {
                        let types = function.field("type_arguments");
                        (types, function.field("function"))
                    }
                    other => (own, other),
                };
                selectors.push(Selector { node, kind: SelectorKind::Call(types, arguments) });
                if let (None, Some(property)) = (next, property) {
                    selectors.push(Selector { node: property, kind: SelectorKind::Member(property, false) });
                    return (Head::Receiver(Span::at(span(property).start)), selectors);
                }
                match next {
                    Some(next) => node = without_parentheses(next),
                    None => return (Head::Value(node), Vec::new()),
                }
                continue;
            }
            "instantiation_expression" => match node.field("function") {
                Some(function) => {
                    node = without_parentheses(function);
                    continue;
                }
                None => return (Head::Value(node), selectors),
            },
            "selector" => {
                let receiver = Head::Receiver(Span::at(span(node).start));
                let kind = match child_of_kind(node, "identifier").filter(|_| !has_child(node, "[")) {
                    Some(name) => SelectorKind::Member(name, false),
                    None => SelectorKind::Index(named_children(node).first().copied()),
                };
                selectors.push(Selector { node, kind });
                return (receiver, selectors);
            }
            "member_expression" => (property.map(|name| SelectorKind::Member(name, false)), object),
            "null_aware_member_expression" => (property.map(|name| SelectorKind::Member(name, true)), object),
            "index_expression" | "null_aware_index_expression" => {
                (Some(SelectorKind::Index(node.field("index"))), object)
            }
            "null_assertion_expression" => (Some(SelectorKind::Unwrap), node.field("value")),
            "assignable_expression" => match (object, property) {
                (Some(_), Some(name)) => (Some(SelectorKind::Member(name, has_child(node, "?."))), object),
                (Some(_), None) => (Some(SelectorKind::Index(node.field("index"))), object),
                (None, _) => match child_of_kind(node, "identifier") {
                    Some(name) => return (Head::Value(name), selectors),
                    None => return (Head::Value(node), selectors),
                },
            },
            _ => return (Head::Value(node), selectors),
        };
        let (Some(kind), Some(next)) = (kind, next) else { return (Head::Value(node), selectors) };
        selectors.push(Selector { node, kind });
        node = without_parentheses(next);
    }
}

/// A call of a value: a future's callback, whose link has these bytes, `callback?.call()`, or a plain call.
fn called(callee: Expression, types: Vec<TypeName>, arguments: Vec<ArgumentForm>, link: Span) -> Form {
    let callee = match callee.form {
        Form::Member(member) => match link_kind(&member).filter(|_| has_callback(&arguments)) {
            Some(kind) => return linked(*member, kind, arguments, link),
            None if &*member.name == "call" && member.optional => match member.object {
                Some(object) => {
                    return Form::Call(Box::new(CallForm {
                        callee: object,
                        arguments,
                        construct: false,
                        optional: true,
                    }));
                }
                None => return Form::Broken,
            },
            None => Expression { span: callee.span, form: Form::Member(member) },
        },
        form => Expression { span: callee.span, form },
    };
    let callee = match types.is_empty() {
        true => callee,
        false => Expression { span: callee.span, form: Form::Generic(Box::new(callee), types) },
    };
    Form::Call(Box::new(CallForm { callee, arguments, construct: false, optional: false }))
}

/// What a member does where it is a future's own.
fn link_kind(member: &Member) -> Option<LinkKind> {
    match &*member.name {
        "then" => Some(LinkKind::Then),
        "catchError" | "onError" => Some(LinkKind::Catch),
        "whenComplete" => Some(LinkKind::Finally),
        _ => None,
    }
}

/// Whether the first argument is a function, or a name that can be one.
fn has_callback(arguments: &[ArgumentForm]) -> bool {
    arguments.first().is_some_and(|first| {
        first.label.is_none() && matches!(first.value.form, Form::Closure(_) | Form::Name(_) | Form::Member(_))
    })
}

/// A future with one more callback behind it.
fn linked(member: Member, kind: LinkKind, arguments: Vec<ArgumentForm>, span: Span) -> Form {
    let Some(object) = member.object else { return Form::Broken };
    let mut arguments = arguments.into_iter();
    let Some(first) = arguments.next() else { return Form::Broken };
    let on_error = arguments.find(|argument| argument.label.as_deref() == Some("onError"));
    let link = ChainLink { kind, callback: first.value, on_error: on_error.map(|argument| argument.value), span };
    match object.form {
        Form::Chain(mut chain) => {
            chain.links.push(link);
            Form::Chain(chain)
        }
        form => {
            let head = Expression { span: object.span, form };
            Form::Chain(Box::new(Chain { head, links: vec![link] }))
        }
    }
}
