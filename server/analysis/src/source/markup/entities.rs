//! HTML's character references. Owns decoding those that occur in what a person reads; must not know markup.

use std::borrow::Cow;

/// A text with its character references decoded.
pub fn decode_all(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, from)) = rest.split_once('&') {
        out.push_str(before);
        match from.split_once(';').filter(|(name, _)| name.len() <= 8 && !name.contains(char::is_whitespace)) {
            Some((name, after)) => {
                out.push_str(&decode(&format!("&{name};")));
                rest = after;
            }
            None => {
                out.push('&');
                rest = from;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Decodes one character reference; one that nobody knows stays as it is.
pub fn decode(reference: &str) -> String {
    let name = reference.trim_start_matches('&').trim_end_matches(';');
    let code = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => number.parse().ok(),
        },
        None => NAMED_REFERENCES.iter().find(|(known, _)| *known == name).map(|(_, character)| *character as u32),
    };
    code.and_then(char::from_u32).map_or_else(|| reference.to_owned(), String::from)
}

const NAMED_REFERENCES: [(&str, char); 14] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("hellip", '…'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("rarr", '→'),
    ("larr", '←'),
    ("raquo", '»'),
    ("laquo", '«'),
    ("times", '×'),
];
