//! Attributes: their names, and values in quotes, in braces or bare. Must not know what is code.

use super::tokens::{Reader, is_space};
use crate::source::{Language, Span};

/// An attribute.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attribute {
    /// Its name as written.
    pub(super) name: Span,
    /// Its value.
    pub(super) value: Option<Value>,
}

/// An attribute's value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    /// Its bytes without quotes or braces.
    pub(super) span: Span,
    /// What it stands in.
    pub(super) delimiter: Delimiter,
}

/// What an attribute's value stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delimiter {
    /// Nothing.
    None,
    /// Quotes of this sort.
    Quote(char),
    /// Braces.
    Brace,
}

impl Reader<'_> {
    /// Reads the attribute that begins here.
    pub(super) fn attribute(&mut self) -> Attribute {
        let start = self.at;
        if self.bytes.get(start) == Some(&b'{') && self.has_expressions() {
            // `{...rest}`, `{name}`.
            self.at = self.braces(start).map_or(start + 1, |inside| inside.end as usize + 1);
            return Attribute { name: Span::from(start..self.at), value: None };
        }
        // An attribute's first byte may be anything: `=` too.
        self.at += 1;
        let ends_name = |byte: u8| is_space(byte) || matches!(byte, b'=' | b'>' | b'<');
        while let Some(byte) = self.bytes.get(self.at).copied() {
            if ends_name(byte) || byte == b'/' && self.closes_tag() {
                break;
            }
            self.at += 1;
        }
        let name = Span::from(start..self.at);
        let mut value_at = self.at;
        while self.bytes.get(value_at).is_some_and(|byte| is_space(*byte)) {
            value_at += 1;
        }
        if self.bytes.get(value_at) != Some(&b'=') {
            return Attribute { name, value: None };
        }
        value_at += 1;
        while self.bytes.get(value_at).is_some_and(|byte| is_space(*byte)) {
            value_at += 1;
        }
        self.at = value_at;
        Attribute { name, value: self.value() }
    }

    fn closes_tag(&self) -> bool {
        self.bytes.get(self.at + 1) == Some(&b'>')
    }

    fn has_expressions(&self) -> bool {
        matches!(self.language, Language::Svelte | Language::Astro)
    }

    fn value(&mut self) -> Option<Value> {
        let start = self.at;
        match self.bytes.get(start)? {
            quote @ (b'"' | b'\'') => Some(self.quoted(*quote)),
            b'`' if self.language == Language::Astro => Some(self.quoted(b'`')),
            b'{' if self.has_expressions() => {
                let inside = self.braces(start);
                match inside {
                    Some(span) => {
                        self.at = span.end as usize + 1;
                        Some(Value { span, delimiter: Delimiter::Brace })
                    }
                    None => {
                        self.at = self.line_end(start);
                        None
                    }
                }
            }
            _ => {
                let rest = self.rest();
                let length = rest.iter().position(|byte| is_space(*byte) || *byte == b'>').unwrap_or(rest.len());
                self.at += length;
                Some(Value { span: Span::from(start..self.at), delimiter: Delimiter::None })
            }
        }
    }

    fn quoted(&mut self, quote: u8) -> Value {
        let open = self.at;
        let barrier = self.next_barrier();
        let mut at = open + 1;
        while let Some(byte) = self.bytes.get(at).copied().filter(|_| at < barrier) {
            if byte == quote {
                self.at = at + 1;
                return Value { span: Span::from(open + 1..at), delimiter: Delimiter::Quote(quote.into()) };
            }
            // Svelte's expressions stand inside quotes too, with quotes of their own.
            let inside = (byte == b'{' && self.language == Language::Svelte).then(|| self.braces(at)).flatten();
            at = inside.map_or(at + 1, |inside| inside.end as usize + 1);
        }
        // It has no end: it is being typed, and takes what is left of its line.
        self.fuel = self.fuel.saturating_sub(barrier - open);
        self.at = if self.fuel == 0 { barrier } else { self.line_end(open) };
        Value { span: Span::from(self.at..self.at), delimiter: Delimiter::None }
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
    }
}
