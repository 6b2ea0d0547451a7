//! Markup with scripts inside it: Vue, Svelte, Astro, HTML. Owns where the scripts and the handlers are,
//! what a person reads on the elements that have them, and the text that a script's grammar reads in the
//! place of the whole. It must not know what code means.
//!
//! A region's script is never cut out, so that every offset is the outer file's: all else is blanked out.

mod attributes;
mod balance;
mod entities;
mod handlers;
mod labels;
mod mask;
mod names;
mod scripts;
mod tokens;

use super::{Language, Span};

pub use entities::{decode, decode_all};

/// What of a markup file is code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regions {
    /// The scripts, in order.
    pub scripts: Vec<Script>,
    /// The code in attributes that runs when something happens, in order.
    pub handlers: Vec<Handler>,
    /// The markup's own comments, in order.
    pub comments: Vec<Span>,
    /// Code in attributes that cannot be read: it is half-typed, or a template of another language.
    pub unreadable: Vec<Span>,
}

/// A script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Script {
    /// Its code's bytes.
    pub code: Span,
    /// What it is.
    pub kind: ScriptKind,
    /// Its dialect.
    pub dialect: Dialect,
    /// Whether its end tag is there. The code of one that is being typed reaches to the file's end.
    pub closed: bool,
}

/// The dialect of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// JavaScript, which may hold JSX.
    JavaScript,
    /// TypeScript without JSX.
    TypeScript,
    /// TypeScript with JSX.
    Tsx,
}

/// What a script is, which decides who sees its names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScriptKind {
    /// It shares its names with the file's other scripts of this kind, and imports nothing: a classic
    /// script of a page.
    Classic,
    /// It shares its names with the file's other scripts and its markup: a component's.
    Component,
    /// A component's script that runs once for each instance: Vue's `<script setup>`, Svelte's script
    /// without `module`.
    Instance,
    /// Its names are its own: a `<script type="module">`, a script that Astro bundles.
    Module,
    /// It runs on the server, and its names are its own: Astro's frontmatter.
    Server,
}

impl Script {
    /// Whether nothing outside sees the script's names.
    pub const fn is_apart(&self) -> bool {
        self.closed && matches!(self.kind, ScriptKind::Module | ScriptKind::Server)
    }

    /// Whether the script can import a module.
    pub const fn may_import(&self) -> bool {
        !matches!(self.kind, ScriptKind::Classic)
    }
}

/// Code in an attribute that runs when something happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    /// Its code's bytes: the attribute's value without quotes or braces.
    pub code: Span,
    /// How its code is written.
    pub form: HandlerForm,
    /// The byte behind which the attribute's value ends, which the code must not hold; `None` where the
    /// value has none, or braces.
    pub quote: Option<char>,
    /// The attribute's bytes without its value.
    pub name: Span,
    /// The element's name as written.
    pub element: String,
    /// The attribute's name in HTML's spelling: `onclick` for `@click` and `on:click`.
    pub attribute: String,
    /// What a person reads on the element.
    pub label: Option<String>,
    /// Whether the code sees only what the component gives it, and no global.
    pub is_sheltered: bool,
}

/// How the code of a handler is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HandlerForm {
    /// Statements, or an expression for its effects: `@click="logout()"`.
    Statements,
    /// The function that is called: `@click="() => logout()"`.
    Function,
    /// The name of what is called: `@click="logout"`.
    Reference,
}

impl Handler {
    /// Where the function that is made of it begins in the masked text.
    pub fn masked_start(&self) -> u32 {
        self.code.start - mask::opening(self).len() as u32
    }
}

/// Finds the code of a markup file; nothing in a file of any other language. The time is linear in the
/// text's length, whatever the text is.
pub fn regions(language: Language, text: &str) -> Regions {
    if !language.is_embedding() {
        return Regions::default();
    }
    let tokens = tokens::read(language, text);
    let mut regions = Regions { comments: tokens.comments.clone(), ..Regions::default() };
    scripts::find(language, text, &tokens, &mut regions);
    handlers::find(language, text, &tokens, &mut regions);
    mask::settle(text, &mut regions);
    regions
}

/// Whether a byte offset of a markup file stands between its tags: in no tag, comment, script, style or
/// expression.
pub(crate) fn is_between_tags(language: Language, text: &str, offset: usize) -> bool {
    tokens::is_between(language, text, offset)
}

/// The script of a markup file that runs on the server, if it has one.
pub(crate) fn server_script(language: Language, text: &str) -> Option<Script> {
    // Only Astro has them, and to find them is to read the whole text.
    if language != Language::Astro {
        return None;
    }
    regions(language, text).server_script().copied()
}

impl Regions {
    /// The text as the script's grammar reads it: of the same length, with the same line breaks; scripts
    /// stand as they are, each handler is a function, all else is blank.
    pub fn masked(&self, text: &str) -> String {
        mask::masked(text, self)
    }

    /// Whether the scripts may hold JSX, so that the grammar has to know it.
    pub fn may_hold_jsx(&self) -> bool {
        let all_are = |dialect| self.scripts.iter().all(|script| script.dialect == dialect);
        all_are(Dialect::JavaScript) || self.scripts.iter().any(|script| script.dialect == Dialect::Tsx)
    }

    /// The handler whose attribute holds a byte offset.
    pub fn handler_at(&self, offset: u32) -> Option<&Handler> {
        let index = self.handlers.partition_point(|handler| handler.name.start <= offset).checked_sub(1)?;
        self.handlers.get(index).filter(|handler| offset <= handler.code.end)
    }

    /// The script that holds a byte offset.
    pub fn script_at(&self, offset: u32) -> Option<&Script> {
        self.scripts.iter().find(|script| script.code.touches(offset))
    }

    /// The script that runs on the server.
    pub fn server_script(&self) -> Option<&Script> {
        self.scripts.iter().find(|script| script.kind == ScriptKind::Server)
    }
}

#[cfg(test)]
mod tests;
