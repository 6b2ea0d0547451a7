//! Attributes that hold code which runs when something happens. Owns how each language writes them; must
//! not know what an event means.

use super::attributes::{Attribute, Delimiter, Value};
use super::balance::{Brackets, is_whole};
use super::tokens::{Token, Tokens};
use super::{Handler, HandlerForm, Regions, labels};
use crate::source::{Language, Span};

/// Signs of a template of the server inside code: what stands there is no script yet.
const TEMPLATE_SIGNS: [&str; 4] = ["<%", "<?", "{%", "{{"];

/// What a link starts with that runs code.
const SCRIPT_LINK: &str = "javascript:";

/// The modifiers of an event that say how it is listened to. All others name a key or a button.
const MODIFIERS: [&str; 11] = [
    "stop",
    "prevent",
    "capture",
    "self",
    "once",
    "passive",
    "native",
    "stopPropagation",
    "preventDefault",
    "trusted",
    "nonpassive",
];

pub(super) fn find(language: Language, text: &str, tokens: &Tokens, regions: &mut Regions) {
    for (place, token) in tokens.list.iter().enumerate() {
        let Token::Tag(tag) = token else { continue };
        // A script's own events tell of its loading.
        if tag.content.is_some() {
            continue;
        }
        let mut label = None;
        for attribute in &tag.attributes {
            let Some((event, value)) = event_of(language, text, attribute) else { continue };
            let written = value.span.text(text);
            if written.trim().is_empty() {
                continue;
            }
            if !is_whole(written.as_bytes()) || TEMPLATE_SIGNS.iter().any(|sign| written.contains(sign)) {
                regions.unreadable.push(value.span);
                continue;
            }
            let Some(form) = form(&event, written) else { continue };
            let label = label.get_or_insert_with(|| labels::of_element(language, text, &tokens.list, place));
            regions.handlers.push(Handler {
                code: value.span,
                form,
                quote: match value.delimiter {
                    Delimiter::Quote(quote) => Some(quote),
                    Delimiter::Brace => None,
                    // Any white space would end it.
                    Delimiter::None => Some(' '),
                },
                name: attribute.name,
                element: tag.name.text(text).to_owned(),
                attribute: event.attribute,
                label: label.clone(),
                is_sheltered: language == Language::Vue,
            });
        }
    }
}

/// Whether an attribute of this name holds a handler.
pub(super) fn is_handler_name(language: Language, name: &str) -> bool {
    event_name(language, name).is_some()
}

/// What a value of the attribute is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    /// Statements that run, and nothing else.
    Statements,
    /// Statements, a function, or the name of one.
    Either,
    /// A function, or the name of one: an expression that is evaluated at once.
    Value,
}

struct Event {
    attribute: String,
    takes: Takes,
}

fn event_of(language: Language, text: &str, attribute: &Attribute) -> Option<(Event, Value)> {
    let value = attribute.value?;
    let name = attribute.name.text(text);
    let written = value.span.text(text);
    if let Some(link) = written.trim_start().strip_prefix(SCRIPT_LINK).filter(|_| name == "href") {
        let is_markup = matches!(language, Language::Html | Language::Astro | Language::Vue);
        let span = Span::new(value.span.end - link.len() as u32, value.span.end);
        let event = Event { attribute: name.to_owned(), takes: Takes::Statements };
        return is_markup.then_some((event, Value { span, ..value }));
    }
    let mut event = event_name(language, name)?;
    let is_expression = value.delimiter == Delimiter::Brace;
    match language {
        // What Astro computes runs on the server, and nothing of it is left when the event comes.
        Language::Astro if is_expression || value.delimiter == Delimiter::Quote('`') => None,
        Language::Svelte if is_expression => {
            event.takes = Takes::Value;
            Some((event, value))
        }
        Language::Svelte => {
            // `on:click="{logout}"`.
            let inside = written.strip_prefix('{').and_then(|inside| inside.strip_suffix('}'));
            match inside {
                Some(_) => {
                    let span = Span::new(value.span.start + 1, value.span.end - 1);
                    event.takes = Takes::Value;
                    Some((event, Value { span, delimiter: Delimiter::Brace }))
                }
                None => (!written.contains('{')).then_some((event, value)),
            }
        }
        _ => Some((event, value)),
    }
}

/// The event that an attribute's name tells, in HTML's spelling.
fn event_name(language: Language, name: &str) -> Option<Event> {
    let is_identifier = |event: &str| event.starts_with(|first: char| first.is_ascii_alphabetic());
    let listened = match language {
        Language::Svelte => name.strip_prefix("on:"),
        // Pages are written for libraries that listen as Vue does.
        _ => ["@", "v-on:", "x-on:"].iter().find_map(|prefix| name.strip_prefix(prefix)),
    };
    if let Some(event) = listened {
        let takes = if language == Language::Svelte { Takes::Value } else { Takes::Either };
        return is_identifier(event).then(|| Event { attribute: with_keys(event), takes });
    }
    if language == Language::Vue
        && let Some(bound) = name.strip_prefix(':').or_else(|| name.strip_prefix("v-bind:"))
    {
        let event = bound.strip_prefix("on").filter(|rest| rest.starts_with(|c: char| c == '-' || c.is_uppercase()))?;
        let attribute = format!("on{}", event.trim_start_matches('-'));
        return Some(Event { attribute, takes: Takes::Value });
    }
    let rest = name.strip_prefix("on").filter(|rest| is_identifier(rest))?;
    let is_word = rest.chars().all(|character| character.is_ascii_alphanumeric());
    is_word.then(|| Event { attribute: name.to_owned(), takes: Takes::Statements })
}

/// `click.prevent` is `onclick`, `keyup.enter` is `onkeyup.enter`.
fn with_keys(event: &str) -> String {
    let mut parts = event.split(['.', '|']);
    let mut attribute = format!("on{}", parts.next().unwrap_or_default());
    for key in parts.filter(|part| !MODIFIERS.contains(part)) {
        attribute.push('.');
        attribute.push_str(key);
    }
    attribute
}

fn form(event: &Event, code: &str) -> Option<HandlerForm> {
    match event.takes {
        Takes::Statements => Some(HandlerForm::Statements),
        _ if is_function(code) => Some(HandlerForm::Function),
        _ if is_reference(code) => Some(HandlerForm::Reference),
        Takes::Either | Takes::Value => Some(HandlerForm::Statements),
    }
}

/// Whether code is a function: `() => …`, `async event => …`, `function () { … }`.
fn is_function(code: &str) -> bool {
    let code = code.trim();
    let code = match code.strip_prefix("async") {
        Some(rest) if rest.starts_with(|first: char| first.is_whitespace() || first == '(') => rest.trim_start(),
        _ => code,
    };
    let named = code.strip_prefix("function");
    if named.is_some_and(|rest| rest.starts_with(|first: char| first.is_whitespace() || matches!(first, '(' | '*'))) {
        return true;
    }
    let behind = match code.strip_prefix('(') {
        Some(_) => {
            let mut depth = 0_u32;
            let closing = Brackets::of(code.as_bytes()).find(|(_, bracket)| {
                match bracket {
                    b'(' => depth += 1,
                    b')' => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0
            });
            closing.and_then(|(place, _)| code.get(place + 1..)).unwrap_or_default()
        }
        None => code.trim_start_matches(is_word),
    };
    let behind = behind.trim_start();
    // The type of what it returns may stand between: `(): void => …`.
    behind.starts_with("=>")
        || behind.strip_prefix(':').is_some_and(|rest| rest.split_once("=>").is_some_and(|(it, _)| !it.contains('?')))
}

/// Whether code is a name, or a member of one.
fn is_reference(code: &str) -> bool {
    let code = code.trim();
    let is_name = |part: &str| {
        part.starts_with(|first: char| is_word(first) && !first.is_ascii_digit()) && part.chars().all(is_word)
    };
    !matches!(code, "true" | "false" | "null" | "undefined") && code.replace("?.", ".").split('.').all(is_name)
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}
