//! Tests of arguments. Owns the small conditions that a table puts on a call's arguments or an assigned
//! value; must not know what the call means.

use serde::Deserialize;

use super::lists::NameLists;
use super::view::FileView;
use super::words::Tokens;
use crate::lowering::{Argument, Binding, ImportName, Root, Segment, Value};
use crate::source::Span;

/// One condition on one argument.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct ArgumentTest {
    /// The argument's position, from 0.
    argument: usize,
    /// A key of that argument, an object; `a.b` for a key of a key.
    key: Option<Box<str>>,
    /// It is one of these constants.
    equals: Vec<toml::Value>,
    /// It is a text that starts so.
    starts: Vec<Box<str>>,
    /// It is of one of these sorts.
    sorts: Vec<Sort>,
    /// It is a text, or a name, with a word of this list (a name in `[names]`).
    words: Option<Box<str>>,
    /// It is a text that holds one of these, whatever the case.
    contains: Vec<Box<str>>,
    /// A word of this list is in a name or text anywhere in its source, or in that of the variable which it
    /// names. It stands alone; of an assignment it asks the value.
    pub(super) mentions: Option<Box<str>>,
}

/// What sort of value it is.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Sort {
    /// There is no such argument or key, and a spread cannot bring it.
    Absent,
    /// There is one.
    Present,
    /// `null`, `undefined`, `''`, `false`, `{}` or `[]`, or it is left out.
    Empty,
    /// A text or a template.
    Text,
    /// A number.
    Number,
    /// A number below nought.
    Negative,
    /// An object literal.
    Object,
    /// A function written in place.
    Function,
}

/// Whether every one of the conditions holds. The arguments are of `file`.
pub(super) fn all_hold(tests: &[ArgumentTest], arguments: &[Argument], names: &NameLists, file: &FileView<'_>) -> bool {
    tests.iter().all(|test| test.holds(arguments, names, file))
}

/// Whether none of the conditions holds. The arguments are of `file`.
pub(super) fn none_holds(
    tests: &[ArgumentTest],
    arguments: &[Argument],
    names: &NameLists,
    file: &FileView<'_>,
) -> bool {
    !tests.iter().any(|test| test.holds(arguments, names, file))
}

impl ArgumentTest {
    fn holds(&self, arguments: &[Argument], names: &NameLists, file: &FileView<'_>) -> bool {
        if arguments.iter().take(self.argument + 1).any(|argument| argument.spread) {
            return false;
        }
        // A name that stands for a call's result (`const user = ref(null)`) still says what it is, and so does
        // one of which nothing else is known.
        let tells = |argument: &&Argument| match argument.value {
            Value::Call { .. } => true,
            Value::Path(_) => file.platform.is_native(),
            _ => false,
        };
        let argument = arguments.get(self.argument).filter(tells);
        let written = argument.map(|argument| written_value(argument, file.text));
        if let Some(list) = self.mentions.as_deref() {
            let passed = arguments.get(self.argument);
            return passed.is_some_and(|argument| mentions(argument, list, names, file));
        }
        if let (Some(list), Some(written)) = (self.words.as_ref().and_then(|list| names.list(list)), written)
            && written
                .chars()
                .all(|character| character.is_alphanumeric() || matches!(character, '_' | '$' | '.' | '?' | '!'))
            && Tokens::of(written).iter().any(|token| list.contains(token))
        {
            return true;
        }
        self.holds_of(arguments.get(self.argument).map(|argument| &argument.value), names)
    }

    /// Whether the condition holds of a value; `None` where there is none.
    pub(super) fn holds_of(&self, value: Option<&Value>, names: &NameLists) -> bool {
        let mut value = value;
        for key in self.key.iter().flat_map(|key| key.split('.')) {
            if let Some(Value::Object { open: true, .. }) = value
                && value.is_some_and(|value| value.property(key).is_none())
            {
                return false;
            }
            value = match value {
                None | Some(Value::Object { .. }) => {
                    value.and_then(|value| value.property(key)).map(|property| &property.value)
                }
                Some(_) => return false,
            };
        }
        (self.equals.is_empty()
            || value.is_some_and(|value| self.equals.iter().any(|wanted| is_constant(value, wanted))))
            && (self.starts.is_empty() || value.and_then(text_of).is_some_and(|text| starts(text, &self.starts)))
            && (self.sorts.is_empty() || self.sorts.iter().any(|sort| sort.fits(value)))
            && (self.contains.is_empty() || value.and_then(text_of).is_some_and(|text| contains(text, &self.contains)))
            && self.words.as_deref().is_none_or(|list| value.is_some_and(|value| has_word(value, list, names)))
    }
}

impl Sort {
    fn fits(self, value: Option<&Value>) -> bool {
        match self {
            Sort::Absent => value.is_none(),
            Sort::Present => value.is_some(),
            Sort::Empty => value.is_none_or(is_empty),
            Sort::Text => value.and_then(text_of).is_some(),
            Sort::Number => matches!(value, Some(Value::Number(_))),
            Sort::Negative => matches!(value, Some(Value::Number(number)) if number.starts_with('-')),
            Sort::Object => matches!(value, Some(Value::Object { .. })),
            Sort::Function => matches!(value, Some(Value::Closure(_))),
        }
    }
}

/// Whether a value is nothing: `null`, `undefined`, `''`, `false`, `{}`, `[]`, or every way it may be is.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Undefined | Value::Null | Value::Boolean(false) => true,
        Value::Text(text) => text.is_empty(),
        Value::Object { properties, open } => properties.is_empty() && !open,
        Value::Array(items) => items.is_empty(),
        Value::Either(values) => !values.is_empty() && values.iter().all(is_empty),
        _ => false,
    }
}

/// The text of a string, or the start of a template.
pub(super) fn text_of(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) | Value::Template(text) => Some(text),
        _ => None,
    }
}

fn is_constant(value: &Value, wanted: &toml::Value) -> bool {
    match (value, wanted) {
        (Value::Text(text), toml::Value::String(wanted)) => **text == **wanted,
        (Value::Boolean(boolean), toml::Value::Boolean(wanted)) => boolean == wanted,
        (Value::Number(number), toml::Value::Integer(wanted)) => number.parse() == Ok(*wanted),
        _ => false,
    }
}

fn starts(text: &str, starts: &[Box<str>]) -> bool {
    starts.iter().any(|start| text.starts_with(&**start))
}

fn contains(text: &str, parts: &[Box<str>]) -> bool {
    let lower = text.to_ascii_lowercase();
    parts.iter().any(|part| lower.contains(&**part))
}

/// Whether a text, a name or an element of an array has a word of a list.
fn has_word(value: &Value, list: &str, names: &NameLists) -> bool {
    let Some(words) = names.list(list) else {
        return false;
    };
    let in_text = |text: &str| Tokens::of(text).iter().any(|token| words.contains(token));
    match value {
        Value::Text(text) | Value::Template(text) => in_text(text),
        Value::Array(values) | Value::Either(values) => values.iter().any(|value| has_word(value, list, names)),
        Value::Path(path) => {
            path.segments.iter().any(|segment| match segment {
                Segment::Member(name) => in_text(name),
                _ => false,
            }) || matches!(&path.root, Root::Import { name: ImportName::Named(name), .. } if in_text(name))
        }
        _ => false,
    }
}

/// What an argument passes, as written, without its label.
fn written_value<'t>(argument: &Argument, text: &'t str) -> &'t str {
    let written = argument.span.text(text);
    match &argument.label {
        Some(label) => written.strip_prefix(&**label).map_or(written, |rest| rest.trim_start_matches([':', '=', ' '])),
        None => written,
    }
}

/// Whether a word of a list is in a name or text anywhere in what is passed: in its source, and in that of the
/// variable that it names.
fn mentions(argument: &Argument, list: &str, names: &NameLists, file: &FileView<'_>) -> bool {
    let Some(words) = names.list(list) else {
        return false;
    };
    let in_text = |text: &str| Tokens::of(text).iter().any(|token| words.contains(token));
    let in_constant = text_of(&argument.value).is_some_and(in_text);
    in_constant || sources(file, written_value(argument, file.text), argument.span).into_iter().any(in_text)
}

/// The source of an expression, and that of the statement which declares the variable that it is: as much of it as
/// stands before the expression.
pub(super) fn sources<'t>(file: &FileView<'t>, written: &'t str, span: Span) -> Vec<&'t str> {
    let mut found = vec![written];
    let is_name = is_name(written);
    let mut bindings = file.lowered.bindings.iter().rev();
    let declares = |binding: &&Binding| is_name && *binding.name == *written && binding.span.end <= span.start;
    if let Some(binding) = bindings.find(declares) {
        let statements = file.lowered.bodies.iter().flat_map(|body| &body.code().statements);
        let around = statements.filter(|statement| statement.span.contains(binding.span));
        let narrowest = around.min_by_key(|statement| statement.span.len());
        let before = |declaring: Span| Span::new(declaring.start, declaring.end.min(span.start));
        let text = narrowest.map(|statement| before(statement.span).text(file.text)).unwrap_or_default();
        found.extend(text.split_once('=').map(|(_, value)| value));
    }
    found
}

/// Whether an expression is a name alone, whose declaration is looked for in what is written before it.
pub(crate) fn is_name(written: &str) -> bool {
    written.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && written.chars().all(|character| character.is_alphanumeric() || character == '_')
}
