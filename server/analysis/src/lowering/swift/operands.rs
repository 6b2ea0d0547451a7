//! Operands: a first part and the chain of members, calls and indexes behind it. Owns reading the chain in
//! a loop; must not know operators.

use tree_sitter::Node;

use super::reader::{Reader, broken, children, expression, is_empty, kind};
use super::sequence::{Does, Operand};
use crate::lowering::Name;
use crate::lowering::outline::{Expression, Form, Member, TypeName};
use crate::lowering::tree::{named_children, span};
use crate::source::Span;

/// How many links of one chain are read as a chain: more are only parts that run.
const CHAIN_LIMIT: usize = 250;

impl<'t> Reader<'t> {
    /// Reads an operand.
    pub(super) fn operand(&mut self, operand: &Operand<'t>, whole: Span) -> Expression {
        let mut value = match operand.head {
            Some(head) if operand.implicit => {
                let name = self.name(head);
                let span = Span::new(whole.start, head.end_byte() as u32);
                expression(span, Form::Member(Box::new(Member { object: None, name, optional: false })))
            }
            Some(head) => self.head(head),
            None => expression(Span::at(whole.start), Form::Nothing),
        };
        let is_long = operand.links.len() > CHAIN_LIMIT;
        let mut parts = Vec::new();
        let mut links = operand.links.iter().peekable();
        while let Some(link) = links.next() {
            // In parentheses the first part begins before its own bytes.
            let span = Span::new(whole.start, link.end.end);
            match &link.does {
                Does::Member(name, _) if self.text(*name) == "self" => value = self.itself(value, span),
                Does::Member(name, _) if self.text(*name) == "init" && makes_instance(&value) => {
                    if let Some(Does::Suffix(suffix, optional)) = links.peek().map(|next| &next.does) {
                        let span = Span::new(whole.start, suffix.end_byte() as u32);
                        value = self.suffix(value, *suffix, *optional, span);
                        if let Form::Call(call) = &mut value.form {
                            call.construct = true;
                        }
                        links.next();
                    }
                }
                Does::Member(name, optional) => {
                    let optional = *optional && !matches!(value.form, Form::This);
                    let member = Member { name: self.name(*name), object: Some(value), optional };
                    value = expression(span, Form::Member(Box::new(member)));
                }
                // A closure behind a macro's arguments is not known to run: `#Preview("dark") { … }`.
                Does::Suffix(..) if operand.head.map(kind) == Some("macro_invocation") => {}
                Does::Suffix(suffix, optional) => value = self.suffix(value, *suffix, *optional, span),
                Does::Unwrap => value = expression(span, Form::Unwrap(Box::new(value))),
            }
            if is_long {
                self.flatten(&mut value, &mut parts);
            }
        }
        if is_long {
            return expression(whole, Form::All(parts));
        }
        match operand.head.map(kind) {
            Some("key_path_expression") => expression(whole, Form::Reference(Box::new(value))),
            _ => value,
        }
    }

    /// Takes what runs out of a link of a chain that is too long, and leaves nothing to chain on.
    fn flatten(&self, value: &mut Expression, parts: &mut Vec<Expression>) {
        let span = value.span;
        let taken = std::mem::replace(value, expression(Span::at(span.start), Form::Nothing));
        match taken.form {
            Form::Member(_) | Form::Unwrap(_) => {}
            Form::Call(call) => parts.extend(call.arguments.into_iter().map(|argument| argument.value)),
            Form::Index(_, index) => parts.push(*index),
            _ => parts.push(taken),
        }
    }

    /// `Type.self`, which is the type, or `value.self`, which is the value.
    fn itself(&self, value: Expression, span: Span) -> Expression {
        match type_of(&value) {
            Some(parts) => expression(span, Form::Type(TypeName { parts, span: value.span })),
            None => value,
        }
    }

    /// The first part of an operand.
    fn head(&mut self, node: Node<'t>) -> Expression {
        let bytes = span(node);
        let form = match kind(node) {
            "simple_identifier" | "type_identifier" => match self.text(node) {
                "Self" | "self" => Form::This,
                "nil" => Form::Null,
                text => {
                    self.note_shorthand(text, bytes);
                    Form::Name(self.name(node))
                }
            },
            "self_expression" => Form::This,
            "super_expression" => Form::Super,
            "nil_literal" => Form::Null,
            "boolean_literal" => Form::Boolean(self.text(node) == "true"),
            "integer_literal" | "real_literal" | "hex_literal" | "oct_literal" | "bin_literal" => {
                Form::Number(self.name(node))
            }
            "line_string_literal" | "multi_line_string_literal" | "raw_string_literal" => self.string(node),
            "array_literal" => Form::List(self.each(node)),
            "dictionary_literal" => self.dictionary(node),
            "tuple_expression" | "call_suffix" | "constructor_suffix" => return self.parenthesised(node),
            "lambda_literal" => Form::Closure(Box::new(self.closure(node))),
            "selector_expression" => {
                let inner = named_children(node).first().map(|inner| self.expression(*inner));
                match inner {
                    Some(Expression { form: form @ Form::Reference(_), .. }) => form,
                    Some(inner) => Form::Reference(Box::new(inner)),
                    None => Form::Nothing,
                }
            }
            "key_path_expression" => match named_children(node).first().and_then(|name| self.type_name(*name)) {
                Some(name) => return self.path(name),
                None => Form::All(Vec::new()),
            },
            "user_type" => match self.type_name(node) {
                Some(name) => return self.path(name),
                None => Form::Nothing,
            },
            // `[name].forEach` is read as a list's type.
            "array_type" => {
                let names = named_children(node).into_iter().filter_map(|name| self.type_name(name));
                Form::List(names.collect::<Vec<_>>().into_iter().map(|name| self.path(name)).collect())
            }
            "macro_invocation" => self.macro_parts(node),
            "ERROR" => Form::Broken,
            "if_statement" | "switch_statement" | "do_statement" => return self.statement_form(node),
            "bang"
            | "regex_literal"
            | "special_literal"
            | "diagnostic"
            | "directive"
            | "wildcard_pattern"
            | "dictionary_type"
            | "function_type"
            | "tuple_type"
            | "metatype"
            | "existential_type"
            | "opaque_type"
            | "optional_type"
            | "key_path_string_expression" => Form::All(Vec::new()),
            _ => Form::All(self.each(node)),
        };
        expression(bytes, form)
    }

    /// Every expression directly inside a node, in order.
    pub(super) fn each(&mut self, node: Node<'t>) -> Vec<Expression> {
        named_children(node).into_iter().filter(|child| !is_empty(*child)).map(|child| self.expression(child)).collect()
    }

    fn dictionary(&mut self, node: Node<'t>) -> Form {
        let mut entries = Vec::new();
        let mut key = None;
        for (child, field) in children(node) {
            match field {
                Some("key") if child.is_named() => key = Some(self.expression(child)),
                Some("value") if child.is_named() => {
                    let value = self.expression(child);
                    entries.push((key.take().unwrap_or_else(|| expression(value.span, Form::Nothing)), value));
                }
                _ if child.is_error() && !is_empty(child) => {
                    let error = broken(span(child));
                    entries.push((error.clone(), error));
                }
                _ => {}
            }
        }
        Form::Map(entries)
    }

    /// An expression in parentheses, or a tuple.
    fn parenthesised(&mut self, node: Node<'t>) -> Expression {
        if kind(node) != "tuple_expression" {
            let mut arguments = Vec::new();
            for child in named_children(node) {
                if kind(child) == "value_arguments" {
                    self.arguments(child, &mut arguments);
                }
            }
            let mut values: Vec<Expression> = arguments.into_iter().map(|argument| argument.value).collect();
            return match values.len() {
                1 => values.remove(0),
                _ => expression(span(node), Form::All(values)),
            };
        }
        let mut values = Vec::new();
        for (child, field) in children(node) {
            if child.is_named() && field != Some("name") && !is_empty(child) {
                values.push(self.expression(child));
            }
        }
        match values.len() {
            1 => values.remove(0),
            _ => expression(span(node), Form::All(values)),
        }
    }

    /// What a macro is given; its closures are not known to run.
    fn macro_parts(&mut self, node: Node<'t>) -> Form {
        let mut arguments = Vec::new();
        for suffix in named_children(node).into_iter().filter(|child| kind(*child) == "call_suffix") {
            for part in named_children(suffix).into_iter().filter(|part| kind(*part) == "value_arguments") {
                self.arguments(part, &mut arguments);
            }
        }
        let values = arguments.into_iter().map(|argument| argument.value);
        Form::All(values.filter(|value| !matches!(value.form, Form::Closure(_))).collect())
    }

    /// A type's name as an expression.
    pub(super) fn path(&self, name: TypeName) -> Expression {
        let mut parts = name.parts.into_iter();
        let Some(first) = parts.next() else { return expression(name.span, Form::Nothing) };
        let first = expression(name.span, if &*first == "Self" { Form::This } else { Form::Name(first) });
        parts.take(CHAIN_LIMIT).fold(first, |object, part| {
            let member = Member { object: Some(object), name: part, optional: false };
            expression(name.span, Form::Member(Box::new(member)))
        })
    }
}

/// The parts of a name that can be a type's: `LoginViewController`, `Auth.State`.
fn type_of(value: &Expression) -> Option<Vec<Name>> {
    let mut parts = Vec::new();
    let mut value = value;
    loop {
        match &value.form {
            Form::Name(name) => {
                parts.push(name.clone());
                break;
            }
            Form::Member(member) => {
                parts.push(member.name.clone());
                value = member.object.as_ref()?;
            }
            _ => return None,
        }
    }
    parts.reverse();
    parts.last()?.starts_with(char::is_uppercase).then_some(parts)
}

/// Whether `.init` behind a value makes an instance of it: not `self.init` and `super.init`.
fn makes_instance(value: &Expression) -> bool {
    matches!(value.form, Form::Name(_) | Form::Member(_))
}
