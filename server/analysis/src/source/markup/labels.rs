//! The text that a person reads on an element. Must not know what a text means.

use super::attributes::Delimiter;
use super::entities::decode_all;
use super::handlers::is_handler_name;
use super::tokens::{Tag, Token};
use crate::source::Language;

/// Attributes whose text is shown on an element that has none inside, the most telling first.
const TEXT_ATTRIBUTES: [&str; 6] = ["label", "title", "text", "aria-label", "value", "tooltip"];

/// How many parts of an element are looked at, and how long a label may be.
const PART_LIMIT: usize = 120;
const LENGTH_LIMIT: usize = 160;

/// The text of the element whose start tag stands at a place of the list: what stands inside it, else a
/// telling attribute.
pub(super) fn of_element(language: Language, text: &str, list: &[Token], place: usize) -> Option<String> {
    let Some(Token::Tag(tag)) = list.get(place) else { return None };
    let inside = if tag.is_empty { String::new() } else { content(language, text, list, place) };
    if !inside.is_empty() {
        return Some(inside);
    }
    TEXT_ATTRIBUTES.iter().find_map(|wanted| of_attribute(text, tag, wanted)).filter(|label| !label.is_empty())
}

fn content(language: Language, text: &str, list: &[Token], place: usize) -> String {
    let mut words = String::new();
    let mut depth = 0_u32;
    // The depth at which an element with a handler of its own began: that tells what that one does.
    let mut hidden = None;
    for token in list.iter().skip(place + 1).take(PART_LIMIT) {
        match token {
            Token::Tag(tag) if tag.is_empty || tag.content.is_some() => {}
            Token::Tag(tag) => {
                depth += 1;
                if hidden.is_none() && has_handler(language, text, tag) {
                    hidden = Some(depth);
                }
            }
            Token::End => {
                let Some(outer) = depth.checked_sub(1) else { break };
                if hidden == Some(depth) {
                    hidden = None;
                }
                depth = outer;
            }
            _ if hidden.is_some() => {}
            Token::Text(span) => words.push_str(&decode_all(span.text(text))),
            Token::Hole(span) => {
                words.push(' ');
                words.push_str(first_string(span.text(text)).unwrap_or_default());
                words.push(' ');
            }
        }
        if words.len() > LENGTH_LIMIT {
            break;
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn has_handler(language: Language, text: &str, tag: &Tag) -> bool {
    tag.attributes.iter().any(|attribute| is_handler_name(language, attribute.name.text(text)))
}

/// The text of an attribute; of one that is bound to an expression, the first string in it.
fn of_attribute(text: &str, tag: &Tag, wanted: &str) -> Option<String> {
    tag.attributes.iter().find_map(|attribute| {
        let written = attribute.name.text(text);
        let bound = written.strip_prefix("v-bind:").or_else(|| written.strip_prefix(':'));
        let value = attribute.value.filter(|_| bound.unwrap_or(written) == wanted)?;
        let inside = value.span.text(text);
        let is_expression = bound.is_some() || value.delimiter == Delimiter::Brace;
        if !is_expression {
            return Some(decode_all(inside.trim()).into_owned());
        }
        first_string(inside).map(str::to_owned)
    })
}

/// The first string of an expression: `$t('auth.logout')` shows what that key stands for.
fn first_string(expression: &str) -> Option<&str> {
    let start = expression.find(['\'', '"', '`'])?;
    let rest = expression.get(start..)?;
    let quote = rest.chars().next()?;
    let inside = rest.get(1..)?;
    inside.split_once(quote).map(|(inside, _)| inside).filter(|inside| !inside.contains("${"))
}
