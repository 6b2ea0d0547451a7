//! Strings, records, and what constructs a value by its type's name.

use tree_sitter::Node;

use super::reader::{Reader, at, between};
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{CallForm, Expression, Form, Member};
use crate::lowering::tree::{child_of_kind, has_child, named_children, span, unescaped};

impl<'t> Reader<'_> {
    /// A string: adjacent literals are one.
    pub(super) fn string(&mut self, node: Node<'t>) -> Form {
        let (mut begins, mut holes) = (String::new(), Vec::new());
        for literal in named_children(node) {
            let inside = named_children(literal);
            let substitutions: Vec<&Node> =
                inside.iter().filter(|child| child.kind_name() == "template_substitution").collect();
            if holes.is_empty() {
                let end = substitutions.first().map(|first| first.start_byte());
                begins.push_str(&self.content(literal, end));
            }
            for substitution in substitutions {
                let hole = named_children(*substitution).into_iter().next();
                holes.push(match hole {
                    Some(hole) => self.expression(hole),
                    None => self.operand(*substitution, 0),
                });
            }
        }
        let begins = Name::from(begins);
        if holes.is_empty() { Form::Text(begins) } else { Form::Template(begins, holes) }
    }

    /// The text of a string that has no holes: an import's.
    pub(super) fn plain_text(&self, node: Node) -> Name {
        let literals = named_children(node);
        Name::from(literals.into_iter().map(|literal| self.content(literal, None)).collect::<String>())
    }

    /// What stands between a literal's quotes, or before its first hole, unescaped.
    fn content(&self, literal: Node, end: Option<usize>) -> String {
        let quote = literal.child(0).map_or("", |quote| self.text(quote));
        let closing = literal.child(literal.child_count().saturating_sub(1));
        let closing = closing.filter(|token| token.start_byte() > literal.start_byte() && !token.is_named());
        let start = literal.start_byte() + quote.len();
        let end = end.or_else(|| closing.map(|token| token.start_byte())).unwrap_or_else(|| literal.end_byte());
        let raw = self.source.get(start..end.max(start)).unwrap_or_default();
        if quote.starts_with('r') { raw.to_owned() } else { unescaped(raw).to_string() }
    }

    /// `(a, b)` is a list, `(a: 1, b: 2)` a map; of another record only the parts are known.
    pub(super) fn record(&mut self, node: Node<'t>) -> Form {
        let (mut positional, mut named) = (Vec::new(), Vec::new());
        let mut label = None;
        for child in named_children(node) {
            match child.kind_name() {
                "label" => label = child_of_kind(child, "identifier"),
                "record_field" => {
                    let label = child_of_kind(child, "label").and_then(|label| child_of_kind(label, "identifier"));
                    let value = named_children(child).into_iter().next_back();
                    let value = value.map_or_else(|| at(child, Form::Broken), |value| self.expression(value));
                    match label {
                        Some(label) => named.push((at(label, Form::Text(self.name(label))), value)),
                        None => positional.push(value),
                    }
                }
                _ => {
                    let value = self.expression(child);
                    match label.take() {
                        Some(label) => named.push((at(label, Form::Text(self.name(label))), value)),
                        None => positional.push(value),
                    }
                }
            }
        }
        match (positional.is_empty(), named.is_empty()) {
            (_, true) => Form::List(positional),
            (true, false) => Form::Map(named),
            (false, false) => {
                positional.extend(named.into_iter().map(|(_, value)| value));
                Form::All(positional)
            }
        }
    }

    /// `new X(…)`, `const X(…)`, `X<int>.named(…)`, `X.new(…)`. A named constructor is called like a static
    /// method, with `new` before it or without.
    pub(super) fn construction(&mut self, node: Node<'t>) -> Form {
        let types = child_of_kind(node, "type").unwrap_or(node);
        let names = named_children(types).into_iter().filter(|child| child.kind_name() == "type_identifier");
        let constructor = node.field("constructor").filter(|name| name.kind_name() == "identifier");
        let mut names = names.chain(constructor);
        let Some(first) = names.next() else { return self.parts(node) };
        let mut callee = at(first, Form::Name(self.name(first)));
        let mut construct = true;
        for part in names {
            // A library's prefix and a named constructor are written alike: types are capitalised.
            construct = self.text(part).trim_start_matches('_').starts_with(char::is_uppercase);
            let span = between(callee.span, span(part));
            let member = Member { object: Some(callee), name: self.name(part), optional: false };
            callee = Expression { span, form: Form::Member(Box::new(member)) };
        }
        let arguments = self.arguments(node.field("arguments"));
        Form::Call(Box::new(CallForm { callee, arguments, construct, optional: false }))
    }

    /// `X.new` as a value.
    pub(super) fn constructor_tear_off(&mut self, node: Node<'t>) -> Form {
        match self.type_name(node) {
            Some(name) => Form::Reference(Box::new(Expression { span: name.span, form: Form::Type(name) })),
            None => Form::All(Vec::new()),
        }
    }

    /// `.name`, `.new`, `const .name(…)`: a member of the type that is expected.
    pub(super) fn shorthand(&mut self, node: Node<'t>) -> Form {
        let name = child_of_kind(node, "identifier").or_else(|| child_of_kind(node, "new"));
        let Some(name) = name else { return self.parts(node) };
        let member = Form::Member(Box::new(Member { object: None, name: self.name(name), optional: false }));
        if !has_child(node, "const") {
            return member;
        }
        let arguments = self.arguments(child_of_kind(node, "arguments"));
        Form::Call(Box::new(CallForm { callee: at(name, member), arguments, construct: false, optional: false }))
    }
}
