//! Files as wholes. Owns what a file's path, imports and text say about where its code runs, and the words
//! without which a file holds nothing; must not know steps.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::argument::{sources, text_of};
use super::view::FileView;
use super::words::Tokens;
use super::{FlowKind, Generation, Platform, Vocabulary};
use crate::lowering::{self, Body, Import, ImportName, LoweredFile, Name, Node, Root, Segment, Step, Value};
use crate::source::{Language, Span};

/// Which part of a file runs on a server, where Fullstory's client SDK cannot be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerScope {
    /// None of it.
    None,
    /// All of it.
    WholeFile,
    /// These exports.
    Exports(Vec<Name>),
    /// What stands in these bytes: Astro's frontmatter.
    Within(Span),
}

impl Vocabulary {
    /// Which part of a file runs on a server, by its path, directives and imports. A body's own directives
    /// and parameters are asked by [`Vocabulary::is_server_body`].
    pub fn server_scope(&self, path: &str, lowered: &LoweredFile) -> ServerScope {
        let server = &self.table.server;
        if lowered.directives.iter().any(|directive| &**directive == "use client") {
            return ServerScope::None;
        }
        if lowered.directives.iter().any(|directive| self.table.names.server_directives.contains(&**directive)) {
            return ServerScope::WholeFile;
        }
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let is_native = Language::of_path(Path::new(path)).is_some_and(|language| !language.is_script());
        let files = if is_native { &server.native_files } else { &server.files };
        let parts: Vec<&str> = stem.split('/').collect();
        if files.iter().any(|pattern| pattern.matches(&parts)) {
            return ServerScope::WholeFile;
        }
        let imports = |modules: &[super::pattern::ModulePattern]| {
            lowered
                .imports
                .iter()
                .any(|import| !import.type_only && modules.iter().any(|module| module.matches(&import.module)))
        };
        if imports(&server.modules) {
            return ServerScope::WholeFile;
        }
        let mixed = imports(&server.mixed_modules);
        let exports: Vec<Name> = lowered
            .exports
            .iter()
            .map(|(name, _)| name)
            .filter(|name| server.exports.contains(&***name) || (mixed && server.mixed_exports.contains(&***name)))
            .cloned()
            .collect();
        if exports.is_empty() { ServerScope::None } else { ServerScope::Exports(exports) }
    }

    /// Whether a body is server code by itself: it says `'use server'`, or takes a request and a response.
    pub fn is_server_body(&self, lowered: &LoweredFile, body: &Body) -> bool {
        if body.directives.iter().any(|directive| self.table.names.server_directives.contains(&**directive)) {
            return true;
        }
        self.table.server.handler_parameters.iter().any(|wanted| {
            let names = body.parameters.iter().map(|id| &lowered.binding(*id).name);
            body.parameters.len() >= wanted.len() && wanted.iter().zip(names).all(|(wanted, name)| **wanted == **name)
        })
    }

    /// The platform by an SDK that the file imports, or `None` where the imports do not tell it.
    pub fn platform_by_import(&self, lowered: &LoweredFile) -> Option<Platform> {
        let mut found = None;
        for import in lowered.imports.iter().filter(|import| !import.type_only) {
            match self.platform_of_import(import) {
                // The callable itself says more than a helper beside it.
                Some(Platform::Web(Generation::V2)) => return Some(Platform::Web(Generation::V2)),
                Some(platform) => found = found.or(Some(platform)),
                None => {}
            }
        }
        found
    }

    fn platform_of_import(&self, import: &Import) -> Option<Platform> {
        let entry = self.table.fullstory.module.iter().find(|entry| entry.module.matches(&import.module))?;
        let sdk = Platform::of_name(&entry.sdk)?;
        if entry.first_generation.is_empty() && entry.second_generation.is_empty() {
            return Some(sdk);
        }
        match import.name.as_ref()? {
            ImportName::Named(name) if entry.second_generation.contains(&**name) => Some(Platform::Web(Generation::V2)),
            ImportName::Named(name) if entry.first_generation.contains(&**name) => Some(Platform::Web(Generation::V1)),
            ImportName::Namespace => Some(Platform::Web(Generation::V1)),
            _ => None,
        }
    }

    /// The platform by a file's suffix (`.native.ts`, `.ios.tsx`, `.web.js`), or `None`.
    pub fn platform_by_suffix(&self, path: &str) -> Option<Platform> {
        let name = path.rsplit('/').next()?;
        let (stem, _) = name.rsplit_once('.')?;
        let (_, suffix) = stem.rsplit_once('.')?;
        self.table
            .platform
            .iter()
            .find(|texts| texts.file_suffixes.iter().any(|known| known == suffix))
            .and_then(|texts| Platform::of_name(&texts.name))
    }

    /// The web SDK's generation by the snippet in a text, or `None` where there is none that tells it.
    pub fn generation_hint(&self, text: &str) -> Option<Generation> {
        self.table.fullstory.snippet.iter().find(|entry| text.contains(&*entry.text)).map(|entry| entry.generation)
    }

    /// Words in lower case one of which is in every file that holds a flow, a Fullstory call or a fact
    /// about identity, whatever the case there; else it holds one of [`Self::keyed_words`].
    pub fn prefilter_words(&self) -> Vec<&str> {
        self.prefilter.get_or_init(|| self.gathered_words()).iter().map(|word| &**word).collect()
    }

    /// A switch of context matters only where it identifies somebody, which has words of its own. A word
    /// that holds another one is left out.
    fn gathered_words(&self) -> Vec<Box<str>> {
        let names = &self.table.names;
        let mut words: Vec<String> = names.prefilter.iter().chain(&names.identity).map(ToString::to_string).collect();
        let phrases = self.flows.iter().filter(|(_, kind)| *kind != FlowKind::ContextSwitch);
        words.extend(phrases.flat_map(|(phrase, _)| ["", "_", "-", " "].map(|joint| phrase.join(joint))));
        words.sort_by(|left, right| (left.len(), left).cmp(&(right.len(), right)));
        let mut kept: Vec<Box<str>> = Vec::new();
        let mut by_head = Heads::default();
        for word in &words {
            let bytes = word.as_bytes();
            let holds_another = (0..bytes.len()).any(|start| begins_with_one(&by_head, bytes.get(start..)));
            if !holds_another {
                by_head.entry(bytes.get(..HEAD).unwrap_or(bytes)).or_default().push(bytes);
                kept.push(word.as_str().into());
            }
        }
        kept
    }

    /// Words in lower case of calls that clear a login where they are given its key: what they do without it is no
    /// part of a flow. Such a file names a login ([`Self::names_a_login`]).
    pub fn keyed_words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.table.names.keyed.iter().map(|word| &**word).collect();
        words.sort_unstable();
        words
    }

    /// Words in lower case without which a file is not even parsed, save those of [`Self::identity_words`].
    pub fn searched_words(&self) -> Vec<&str> {
        [self.prefilter_words(), self.keyed_words()].concat()
    }

    /// Whether a word of the prefilter, in lower case, may be the code of an error and no name.
    pub fn may_be_error_code(&self, word: &str) -> bool {
        self.table.names.error_codes.contains(word)
    }

    /// Whether a type holds codes of errors, by its name: `HttpStatus`.
    pub fn holds_error_codes(&self, name: &str) -> bool {
        Tokens::of(name).iter().next_back().is_some_and(|last| self.table.names.error_types.contains(last))
    }

    /// Whether a word of a login's keys stands anywhere in a text: in a name, a string or a comment.
    pub fn names_a_login(&self, text: &str) -> bool {
        Tokens::of(text).iter().any(|token| self.table.names.auth_keys.contains(token))
    }

    /// Words in lower case one of which is in every file that identifies or anonymizes, whatever the case there.
    pub fn identity_words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = self.table.names.identity.iter().map(|word| &**word).collect();
        words.sort_unstable();
        words
    }

    /// Whether a text holds one of the words without which a file neither identifies nor anonymizes.
    pub fn mentions_identity(&self, text: &str) -> bool {
        self.identity_search.is_match(text)
    }

    /// Whether a file is one screen or page, by its folder or the last word of its name. The project's
    /// own frame (`_app`, `layout`, `App`) is none.
    pub fn is_screen(&self, path: &str) -> bool {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = name.split('.').next().unwrap_or_default();
        if stem.starts_with('_') || self.table.names.frames.contains(stem) {
            return false;
        }
        let words = Tokens::of(stem);
        let is_native = Language::of_path(Path::new(path)).is_some_and(|language| !language.is_script());
        if is_native && words.list().ends_with(&["view", "controller"]) {
            return true;
        }
        let names = &self.table.names;
        let suffixes = if is_native { &names.native_screens } else { &names.page_suffixes };
        folders.split('/').any(|folder| names.screen_folders.contains(folder))
            || words.iter().last().is_some_and(|word| suffixes.contains(word))
    }

    /// Whether a step stops a timer or a subscription.
    pub fn stops_timer(&self, node: &Node) -> bool {
        let Step::Call(call) = &node.step else { return false };
        call.written.last().is_some_and(|name| self.table.names.timer_stoppers.contains(&**name))
    }

    /// Whether a navigation goes to a login or landing screen: `'/login'`, `ROUTES.SIGN_IN`, `'/'`.
    pub fn goes_to_login(&self, file: &FileView<'_>, node: &Node) -> bool {
        match &node.step {
            Step::Call(call) => {
                let named = || call.written.last().is_some_and(|last| self.navigates_to_login(&Tokens::of(last)));
                let types = || call.types.iter().any(|path| self.is_login(file, &Value::Path(path.clone())));
                let told = || call.arguments.iter().any(|it| self.source_names_login(file, it.span));
                call.arguments.iter().any(|argument| self.is_login(file, &argument.value))
                    || types()
                    || file.platform.is_native() && (named() || told())
            }
            Step::Assign(assign) => {
                let source = node.span.text(file.text).split_once('=').map_or(0, |(_, value)| value.len());
                let span = Span::new(node.span.end - source as u32, node.span.end);
                self.is_login(file, &assign.value) || file.platform.is_native() && self.source_names_login(file, span)
            }
            _ => false,
        }
    }

    /// Whether an expression of a native language names a screen for nobody in its source.
    fn source_names_login(&self, file: &FileView<'_>, span: Span) -> bool {
        let screens = &self.table.names.signed_out_screens;
        sources(file, span.text(file.text).trim(), span).into_iter().any(|text| {
            let tokens = Tokens::of(text);
            let words = tokens.list();
            let phrases = [["log", "in"], ["sign", "in"], ["log", "on"]];
            words.iter().any(|word| screens.contains(*word))
                || words.windows(2).any(|pair| phrases.iter().any(|it| it == pair))
        })
    }

    /// Whether a step that navigates goes to the page on which the logout is: `navigate('/logout')`.
    pub fn goes_to_logout_page(&self, node: &Node) -> bool {
        let Step::Call(call) = &node.step else { return false };
        call.arguments.iter().any(|argument| self.is_logout_page(&argument.value))
    }

    fn is_logout_page(&self, value: &Value) -> bool {
        let names_it = |name: &str| {
            let route = name.split(['?', '#']).next().unwrap_or_default();
            route.rsplit('/').find(|part| !part.is_empty()).is_some_and(|part| self.flow_name(part).is_some())
        };
        match value {
            Value::Text(_) | Value::Template(_) => text_of(value).is_some_and(names_it),
            Value::Path(path) => names_in(path).into_iter().any(names_it),
            Value::Object { properties, .. } => properties.iter().any(|property| self.is_logout_page(&property.value)),
            _ => false,
        }
    }

    fn is_login(&self, file: &FileView<'_>, value: &Value) -> bool {
        let in_text = |text: &str| {
            self.table.names.landing_paths.contains(text)
                || Tokens::of(text).iter().any(|word| self.table.names.login_words.contains(word))
        };
        match value {
            Value::Text(_) | Value::Template(_) => text_of(value).is_some_and(in_text),
            Value::Path(path) => names_in(path).into_iter().any(in_text),
            Value::Call { callee, arguments } => {
                names_in(callee).into_iter().any(in_text) || arguments.iter().any(|value| self.is_login(file, value))
            }
            Value::Array(values) | Value::Either(values) => values.iter().any(|value| self.is_login(file, value)),
            Value::Object { properties, .. } => properties.iter().any(|property| self.is_login(file, &property.value)),
            // A route's builder gives the screen.
            Value::Closure(id) if file.platform.is_native() => {
                let returns =
                    file.lowered.bodies.get(id.0 as usize).map(|body| body.code_anywhere().returns.as_slice());
                let plain = |value: &&Value| !matches!(value, Value::Closure(_));
                returns.unwrap_or_default().iter().filter(plain).any(|value| self.is_login(file, value))
            }
            _ => false,
        }
    }
}

/// Words by their first bytes, of which so many tell them apart well enough, or by all where they are shorter: there are
/// too many to look for each in each.
type Heads<'w> = FxHashMap<&'w [u8], Vec<&'w [u8]>>;
const HEAD: usize = 3;

/// Whether a text begins with one of some words.
fn begins_with_one(words: &Heads<'_>, text: Option<&[u8]>) -> bool {
    let text = text.unwrap_or_default();
    (1..=HEAD.min(text.len())).any(|length| {
        let words = text.get(..length).and_then(|head| words.get(head));
        words.is_some_and(|words| words.iter().any(|word| text.starts_with(word)))
    })
}

fn names_in(path: &lowering::Path) -> Vec<&str> {
    let root = match &path.root {
        Root::Global(name) | Root::Import { name: ImportName::Named(name), .. } => Some(&**name),
        _ => None,
    };
    let members = path.segments.iter().filter_map(|segment| match segment {
        Segment::Member(name) => Some(&**name),
        _ => None,
    });
    root.into_iter().chain(members).collect()
}

/// A pattern of paths, parted into folders: `**` stands for any folders, `*` for any text within a name.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
pub(super) struct Glob(Box<[Box<str>]>);

impl From<String> for Glob {
    fn from(pattern: String) -> Self {
        Self(pattern.split('/').map(Box::from).collect())
    }
}

impl Glob {
    /// Whether the pattern stands for a path, which is parted in the same way.
    fn matches(&self, path: &[&str]) -> bool {
        // The name tells most paths from most patterns at once.
        match (self.0.last(), path.last()) {
            (Some(last), Some(name)) if &**last != "**" && !matches_name(last, name) => false,
            _ => matches_folders(&self.0, path),
        }
    }
}

fn matches_folders(pattern: &[Box<str>], path: &[&str]) -> bool {
    match pattern {
        [] => path.is_empty(),
        [any, rest @ ..] if &**any == "**" => {
            rest.is_empty()
                || (0..=path.len()).any(|skipped| matches_folders(rest, path.get(skipped..).unwrap_or_default()))
        }
        [first, rest @ ..] => {
            path.split_first().is_some_and(|(name, names)| matches_name(first, name) && matches_folders(rest, names))
        }
    }
}

fn matches_name(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, end)) => name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end),
    }
}

#[cfg(test)]
mod tests {
    use super::Glob;

    fn matches_glob(pattern: &str, path: &str) -> bool {
        Glob::from(pattern.to_owned()).matches(&path.split('/').collect::<Vec<_>>())
    }

    #[test]
    fn globs() {
        assert!(matches_glob("**/app/**/route", "src/app/signout/route"));
        assert!(matches_glob("**/app/**/route", "app/route"));
        assert!(matches_glob("**/*.server", "app/session.server"));
        assert!(matches_glob("server/**", "server/api/logout"));
        assert!(!matches_glob("server/**", "src/server/api/logout"));
        assert!(!matches_glob("**/app/**/route", "src/app/router"));
    }
}
