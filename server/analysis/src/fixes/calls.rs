//! Fullstory calls as text. Owns writing them in a platform's style and reading the parts of one that is
//! there; the names are in the vocabulary's table of forms.

use tree_sitter::Node;

use super::callable::Callable;
use super::file::{FileText, named_children};
use super::style::Style;
use crate::vocabulary::{ASYNCHRONOUS, CallForm, CallMeaning, CallStyle, PlatformForm, call_form, is_call_name};

/// The parts of a call, by name: `("uid", "user.id")`.
pub(super) type Parts = Vec<(String, String)>;

/// Writes a call. A part that the form needs and that is not given makes it `None`.
pub(super) fn render(
    style: &Style,
    form: &PlatformForm,
    callable: &Callable,
    means: CallMeaning,
    parts: &Parts,
) -> Option<String> {
    let call = call_form(form.style, means)?;
    let mut values: Vec<(&str, &str)> = Vec::new();
    for (index, name) in call.parts.iter().enumerate() {
        let given = parts.iter().find(|(part, _)| part == name).map(|(_, text)| text.as_str());
        let empty = call.required.contains(name).then_some(form.empty.as_str());
        match given.or(empty) {
            Some(text) => values.push((name, text)),
            None if index == 0 => return None,
            None => {}
        }
    }
    Some(match form.style {
        CallStyle::Operation => operation(style, callable, call, &values, ""),
        CallStyle::Method => method(callable, call, &values),
        CallStyle::Labelled => labelled(callable, call, &values),
        CallStyle::Message => message(callable, call, &values),
    })
}

/// The platform's anonymize call that returns a promise, where there is one.
pub(super) fn render_asynchronous(style: &Style, form: &PlatformForm, callable: &Callable) -> Option<String> {
    let call = call_form(form.style, CallMeaning::Anonymize)?;
    (form.style == CallStyle::Operation).then(|| operation(style, callable, call, &[], ASYNCHRONOUS))
}

fn operation(style: &Style, callable: &Callable, call: &CallForm, values: &[(&str, &str)], suffix: &str) -> String {
    let fixed = call.fixed.iter().map(|fixed| fixed.replace('\'', &style.quote.to_string()));
    let pairs = values.iter().map(|(name, text)| match name == text {
        true => (*name).to_owned(),
        false => format!("{name}: {text}"),
    });
    let options: Vec<String> = fixed.chain(pairs).collect();
    let name = style.quoted(&format!("{}{suffix}", call.name));
    let ask = if callable.optional { "?." } else { "" };
    format!("{}{ask}({name}, {{ {} }})", callable.text, options.join(", "))
}

fn method(callable: &Callable, call: &CallForm, values: &[(&str, &str)]) -> String {
    let arguments: Vec<&str> = values.iter().map(|(_, text)| *text).collect();
    let arguments = arguments.join(", ");
    if callable.text.is_empty() {
        return format!("{}({arguments})", call.name);
    }
    let dot = if callable.optional { "?." } else { "." };
    format!("{}{dot}{}({arguments})", callable.text, call.name)
}

fn labelled(callable: &Callable, call: &CallForm, values: &[(&str, &str)]) -> String {
    let argument = |(part, text): &(&str, &str)| match call.labels.get(*part) {
        Some(label) => format!("{label}: {text}"),
        None => (*text).to_owned(),
    };
    let arguments: Vec<String> = values.iter().map(argument).collect();
    format!("{}.{}({})", callable.text, call.name, arguments.join(", "))
}

fn message(callable: &Callable, call: &CallForm, values: &[(&str, &str)]) -> String {
    let mut text = format!("[{} {}", callable.text, call.name);
    for (index, (part, value)) in values.iter().enumerate() {
        match call.labels.get(*part) {
            Some(label) if index > 0 => text.push_str(&format!(" {label}:{value}")),
            _ => text.push_str(&format!(":{value}")),
        }
    }
    text.push(']');
    text
}

/// The parts of a call, whichever style it is written in; `None` where they cannot be told apart, or one
/// would be lost.
pub(super) fn read(file: &FileText<'_>, call: Node<'_>, style: CallStyle, means: CallMeaning) -> Option<Parts> {
    let arguments = named_children(call.child_by_field_name("arguments")?);
    if arguments.iter().any(|argument| argument.kind() == "spread_element") {
        return None;
    }
    let names_operation = match style {
        CallStyle::Operation => true,
        _ => {
            let property = call.child_by_field_name("function")?.child_by_field_name("property")?;
            is_call_name(CallStyle::Operation, file.of(property))
        }
    };
    let values = match style {
        CallStyle::Operation => arguments.get(1..).unwrap_or_default(),
        _ => &arguments[..],
    };
    match values.first() {
        Some(options) if names_operation && options.kind() == "object" => of_options(file, *options, means),
        Some(_) if names_operation && values.len() == 1 && means != CallMeaning::Identify => None,
        _ => {
            let names = &call_form(CallStyle::Method, means)?.parts;
            let pairs = names.iter().zip(values);
            Some(pairs.map(|(name, value)| (name.clone(), file.of(*value).to_owned())).collect())
        }
    }
}

fn of_options(file: &FileText<'_>, options: Node<'_>, means: CallMeaning) -> Option<Parts> {
    let form = call_form(CallStyle::Operation, means)?;
    let mut parts = Parts::new();
    for property in named_children(options) {
        let (key, value) = match property.kind() {
            "pair" => (property.child_by_field_name("key")?, property.child_by_field_name("value")?),
            "shorthand_property_identifier" => (property, property),
            _ => return None,
        };
        let key = file.of(key).trim_matches(['\'', '"']);
        let is_fixed = form.fixed.as_deref().is_some_and(|fixed| fixed.split(':').next() == Some(key));
        if form.parts.iter().any(|part| part == key) {
            parts.push((key.to_owned(), file.of(value).to_owned()));
        } else if !is_fixed && !form.lost.iter().any(|lost| lost == key) {
            return None;
        }
    }
    Some(parts)
}
