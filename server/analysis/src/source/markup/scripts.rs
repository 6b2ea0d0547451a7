//! Which of a markup file's scripts are code that can be read, and what each is. Must not know handlers.

use super::names::same;
use super::tokens::{Tag, Token, Tokens};
use super::{Dialect, Regions, Script, ScriptKind};
use crate::source::Language;

/// Values of `type` whose content is JavaScript or TypeScript. Source:
/// <https://mimesniff.spec.whatwg.org/#javascript-mime-type>.
const SCRIPT_TYPES: [&str; 11] = [
    "",
    "module",
    "text/javascript",
    "application/javascript",
    "application/x-javascript",
    "application/ecmascript",
    "text/ecmascript",
    "text/typescript",
    "application/typescript",
    "text/babel",
    "text/jsx",
];

/// Values of `lang` whose content is JavaScript or TypeScript.
const SCRIPT_LANGUAGES: [&str; 7] = ["", "js", "ts", "jsx", "tsx", "javascript", "typescript"];

pub(super) fn find(language: Language, text: &str, tokens: &Tokens, regions: &mut Regions) {
    if let Some(code) = tokens.frontmatter {
        let closed = (code.end as usize) < text.len();
        regions.scripts.push(Script { code, kind: ScriptKind::Server, dialect: Dialect::TypeScript, closed });
    }
    for token in &tokens.list {
        let Token::Tag(tag) = token else { continue };
        let Some((code, closed)) = tag.content.filter(|_| same(tag.name.text(text), "script")) else { continue };
        if !is_code(text, tag) || code.text(text).trim().is_empty() {
            continue;
        }
        let (lang, script_type) = (value(text, tag, "lang"), value(text, tag, "type"));
        let dialect = match &*lang {
            "tsx" => Dialect::Tsx,
            "ts" | "typescript" => Dialect::TypeScript,
            // What Astro bundles is TypeScript unless it says otherwise.
            "" if language == Language::Astro || script_type.ends_with("typescript") => Dialect::TypeScript,
            _ => Dialect::JavaScript,
        };
        regions.scripts.push(Script { code, kind: kind(language, text, tag), dialect, closed });
    }
}

fn value(text: &str, tag: &Tag, name: &str) -> String {
    tag.attribute(text, name).unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_code(text: &str, tag: &Tag) -> bool {
    let is_elsewhere = tag.attribute(text, "src").is_some();
    !is_elsewhere
        && SCRIPT_TYPES.contains(&&*value(text, tag, "type"))
        && SCRIPT_LANGUAGES.contains(&&*value(text, tag, "lang"))
}

fn kind(language: Language, text: &str, tag: &Tag) -> ScriptKind {
    let has = |name: &str| tag.attribute(text, name).is_some();
    match language {
        Language::Vue if has("setup") => ScriptKind::Instance,
        Language::Svelte if !has("module") && !has("context") => ScriptKind::Instance,
        Language::Vue | Language::Svelte => ScriptKind::Component,
        // Astro leaves a script with other attributes as it is.
        Language::Astro if tag.attributes.is_empty() || value(text, tag, "type") == "module" => ScriptKind::Module,
        Language::Html if value(text, tag, "type") == "module" => ScriptKind::Module,
        _ => ScriptKind::Classic,
    }
}
