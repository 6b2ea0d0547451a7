//! Markup as tags, texts and comments. Owns where each begins and ends in every one of the languages; must
//! not know what is code. It reads any text, in time that is linear in the text's length.

use memchr::memmem;

use super::attributes::Attribute;
use super::balance::closing_brace;
use super::names::{is_void, same};
use crate::source::{Language, Span};

/// How many bytes all searches for closing braces that are not there may cost, for each byte of the text.
const SEARCH_PER_BYTE: usize = 8;
const SEARCH_AT_LEAST: usize = 1_000_000;

/// A markup text, taken apart.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// Tags, end tags, texts and holes, in order.
    pub(super) list: Vec<Token>,
    /// Comments, in order.
    pub(super) comments: Vec<Span>,
    /// The code between the fences at a file's start.
    pub(super) frontmatter: Option<Span>,
}

/// A part of a markup text.
#[derive(Debug)]
pub(super) enum Token {
    /// A start tag.
    Tag(Tag),
    /// An end tag.
    End,
    /// Text.
    Text(Span),
    /// An expression in the place of text: `{{ user.name }}`, `{user.name}`.
    Hole(Span),
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Tag {
    /// The element's name.
    pub(super) name: Span,
    /// Its attributes.
    pub(super) attributes: Vec<Attribute>,
    /// Whether it has no content and no end tag.
    pub(super) is_empty: bool,
    /// Its content, where that is no markup, and whether its end tag is there.
    pub(super) content: Option<(Span, bool)>,
    /// Whether it stands outside of every template: a block of a component.
    pub(super) is_block: bool,
}

impl Tag {
    /// The value of an attribute without its delimiters; empty where it has none, `None` without the attribute.
    pub(super) fn attribute<'t>(&self, text: &'t str, name: &str) -> Option<&'t str> {
        let found = self.attributes.iter().find(|attribute| attribute.name.text(text).eq_ignore_ascii_case(name))?;
        Some(found.value.map_or("", |value| value.span.text(text)))
    }
}

/// Takes a markup text apart.
pub(super) fn read(language: Language, text: &str) -> Tokens {
    let mut reader = Reader::new(language, text);
    reader.run();
    reader.out
}

/// Whether a byte offset stands in no tag, comment, hole or content that is no markup.
pub(super) fn is_between(language: Language, text: &str, offset: usize) -> bool {
    let mut reader = Reader::new(language, text);
    if language == Language::Astro {
        reader.frontmatter();
    }
    while reader.at < offset {
        let before = reader.at;
        if reader.token().is_none() {
            reader.at = before + 1;
        }
    }
    reader.at == offset
}

pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) language: Language,
    pub(super) at: usize,
    /// How many `<template>` elements are open.
    templates: u32,
    /// The next line that begins with a tag, as far as it is known: no value reaches over it.
    pub(super) barrier: usize,
    /// How many bytes may still be looked at in vain.
    pub(super) fuel: usize,
    out: Tokens,
}

impl<'t> Reader<'t> {
    fn new(language: Language, text: &'t str) -> Self {
        let fuel = SEARCH_AT_LEAST.max(text.len() * SEARCH_PER_BYTE);
        let bytes = text.as_bytes();
        Self { text, bytes, language, at: 0, templates: 0, barrier: 0, fuel, out: Tokens::default() }
    }
}

impl Reader<'_> {
    fn run(&mut self) {
        if self.language == Language::Astro {
            self.frontmatter();
        }
        let mut start = self.at;
        while self.at < self.bytes.len() {
            let before = self.at;
            let Some(token) = self.token() else {
                self.at = before + 1;
                continue;
            };
            self.text_between(start, before);
            start = self.at;
            self.out.list.extend(token);
        }
        self.text_between(start, self.bytes.len());
    }

    fn text_between(&mut self, start: usize, end: usize) {
        if self.bytes.get(start..end).is_some_and(|text| !text.trim_ascii().is_empty()) {
            self.out.list.push(Token::Text(Span::from(start..end)));
        }
    }

    pub(super) fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn starts_with(&self, what: &str) -> bool {
        self.rest().starts_with(what.as_bytes())
    }

    fn find(&mut self, what: &str, from: usize) -> Option<usize> {
        self.find_before(what, from, self.bytes.len())
    }

    /// The first place of a text behind `from`. What is looked at in vain is paid for.
    fn find_before(&mut self, what: &str, from: usize, limit: usize) -> Option<usize> {
        if self.fuel == 0 {
            return None;
        }
        let found = memmem::find(self.bytes.get(from..limit)?, what.as_bytes());
        if found.is_none() {
            self.fuel = self.fuel.saturating_sub(limit - from);
        }
        found.map(|place| from + place)
    }

    /// Reads what begins here and is no text. `Some(None)` for a comment.
    fn token(&mut self) -> Option<Option<Token>> {
        match self.bytes.get(self.at)? {
            b'<' if self.starts_with("<!--") => {
                let end = self.find("-->", self.at + 4).map_or(self.bytes.len(), |end| end + 3);
                self.out.comments.push(Span::from(self.at..end));
                self.at = end;
                Some(None)
            }
            b'<' if matches!(self.bytes.get(self.at + 1), Some(b'!' | b'?')) => {
                self.at = self.find(">", self.at)? + 1;
                Some(None)
            }
            b'<' if self.bytes.get(self.at + 1) == Some(&b'/') => self.end_tag().map(Some),
            b'<' if self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_alphabetic) => Some(Some(self.tag())),
            b'{' => self.hole(),
            _ => None,
        }
    }

    fn hole(&mut self) -> Option<Option<Token>> {
        let start = self.at;
        match self.language {
            Language::Vue | Language::Html if self.starts_with("{{") => {
                // A page may hold braces that open nothing: what they would swallow is markup.
                let barrier = self.next_barrier();
                let end = self.find_before("}}", start + 2, barrier)?;
                self.at = end + 2;
                Some(Some(Token::Hole(Span::from(start + 2..end))))
            }
            Language::Svelte => {
                let inside = self.braces(start)?;
                self.at = inside.end as usize + 1;
                Some(Some(Token::Hole(inside)))
            }
            // An expression of Astro holds markup. Only a comment has none.
            Language::Astro if self.rest().get(1..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"/*")) => {
                let barrier = self.next_barrier();
                let end = self.find_before("*/", start, barrier)?;
                let rest = self.bytes.get(end + 2..).unwrap_or_default();
                let close = end + 2 + rest.iter().position(|byte| !is_space(*byte))?;
                if self.bytes.get(close) != Some(&b'}') {
                    return None;
                }
                self.out.comments.push(Span::from(start..close + 1));
                self.at = close + 1;
                Some(None)
            }
            _ => None,
        }
    }

    /// The bytes inside braces that open at a place; `None` where nothing closes them.
    pub(super) fn braces(&mut self, open: usize) -> Option<Span> {
        if self.fuel == 0 {
            return None;
        }
        let barrier = self.next_barrier();
        let code = self.bytes.get(open + 1..barrier)?;
        match closing_brace(code) {
            Some(length) => Some(Span::from(open + 1..open + 1 + length)),
            None => {
                self.fuel = self.fuel.saturating_sub(code.len());
                None
            }
        }
    }

    /// The next line that begins with a tag, behind this place: while an attribute is being typed, its value
    /// must not swallow the blocks below.
    pub(super) fn next_barrier(&mut self) -> usize {
        if self.barrier <= self.at {
            let is_tag = |place: &usize| {
                let behind = self.bytes.get(place + 2);
                behind.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/')
            };
            let mut tags = memmem::find_iter(self.rest(), b"\n<").map(|place| self.at + place);
            self.barrier = tags.find(is_tag).unwrap_or(self.bytes.len());
        }
        self.barrier
    }

    fn end_tag(&mut self) -> Option<Token> {
        let start = self.at + 2;
        let is_name = self.bytes.get(start).is_some_and(u8::is_ascii_alphabetic);
        if !is_name {
            return None;
        }
        let end = self.name_end(start);
        let name = Span::from(start..end);
        let close = self.find(">", end)?;
        self.at = close + 1;
        if same(name.text(self.text), "template") {
            self.templates = self.templates.saturating_sub(1);
        }
        Some(Token::End)
    }

    fn name_end(&self, start: usize) -> usize {
        let rest = self.bytes.get(start..).unwrap_or_default();
        start + rest.iter().position(|byte| is_space(*byte) || matches!(byte, b'>' | b'/')).unwrap_or(rest.len())
    }

    fn tag(&mut self) -> Token {
        let start = self.at + 1;
        self.at = self.name_end(start);
        let name = Span::from(start..self.at);
        let mut tag = Tag {
            name,
            attributes: Vec::new(),
            is_empty: is_void(name.text(self.text)),
            content: None,
            is_block: self.templates == 0,
        };
        while let Some(byte) = self.bytes.get(self.at).copied() {
            match byte {
                b'>' => {
                    self.at += 1;
                    break;
                }
                b'/' => {
                    tag.is_empty |= self.bytes.get(self.at + 1) == Some(&b'>');
                    self.at += 1;
                }
                // The tag is being typed: here the next one begins.
                b'<' => break,
                _ if is_space(byte) => self.at += 1,
                _ => {
                    let attribute = self.attribute();
                    tag.attributes.push(attribute);
                }
            }
        }
        if !tag.is_empty {
            tag.content = self.raw_content(&tag);
            if tag.content.is_none() && same(name.text(self.text), "template") {
                self.templates += 1;
            }
        }
        Token::Tag(tag)
    }

    /// The content of an element that holds no markup.
    fn raw_content(&mut self, tag: &Tag) -> Option<(Span, bool)> {
        let name = tag.name.text(self.text);
        let is_template = same(name, "template");
        let is_raw = match self.language {
            _ if same(name, "script") || same(name, "style") => true,
            Language::Html if same(name, "textarea") || same(name, "title") || same(name, "xmp") => true,
            Language::Vue if is_template => {
                tag.is_block && tag.attribute(self.text, "lang").is_some_and(|lang| !lang.is_empty() && lang != "html")
            }
            // A block of another tool: documentation, texts of translations.
            Language::Vue => tag.is_block,
            _ => false,
        };
        if !is_raw {
            return None;
        }
        let start = self.at;
        let mut from = start;
        while let Some(place) = self.find("</", from) {
            let end = self.name_end(place + 2);
            if Span::from(place + 2..end).text(self.text).eq_ignore_ascii_case(name) {
                self.at = self.find(">", end).map_or(self.bytes.len(), |close| close + 1);
                return Some((Span::from(start..place), true));
            }
            from = place + 2;
        }
        self.at = self.bytes.len();
        Some((Span::from(start..self.at), false))
    }

    /// Astro's `---` fences, with nothing but white space and comments before them.
    fn frontmatter(&mut self) {
        let start = self.text.len() - self.text.trim_start().len();
        if !self.text.get(start..).is_some_and(|text| text.starts_with("---")) {
            return;
        }
        let code = start + 3;
        let end = self.find("---", code).map_or(self.bytes.len(), |end| self.fence(end));
        self.out.frontmatter = Some(Span::from(code..end));
        self.at = (end + 3).min(self.bytes.len());
    }

    /// The first fence from a place on that begins its line; the place itself where there is none.
    fn fence(&mut self, first: usize) -> usize {
        let mut place = first;
        loop {
            let before = self.bytes.get(..place).unwrap_or_default();
            let last = before.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t'));
            if matches!(last, None | Some(b'\n' | b'\r')) {
                return place;
            }
            match self.find("---", place + 3) {
                Some(next) => place = next,
                None => return first,
            }
        }
    }
}

/// Whether a byte is white space.
pub(super) fn is_space(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}
