//! What is offered while somebody types: the platform's calls, and a whole logout. Owns when; the code is
//! written by the fixes, the words are data. It asks nothing of other files that an edit could make anew, so
//! that no keystroke waits.

mod place;
mod snippet;
mod typing;
mod word;

pub use snippet::SnippetPart;

use crate::database::{
    Db, SourceFile, context, lowered, meanings, mentions_identity, project_facts, syntax_tree, vocabulary,
};
use crate::fixes::{Edit, FileText, KnownStyle};
use crate::identity::on_server;
use crate::judge::declared_elsewhere;
use crate::lowering::{BodyId, LoweredFile};
use crate::source::{FileRole, Regions, Span};
use crate::vocabulary::{CallStyle, Platform, ServerScope, TypedPlace, about_flows, offered_calls, platform_form};
use typing::Typing;
use word::{Word, word_at};

/// Something that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What a person reads in the list.
    pub label: String,
    /// What it does, in a few words.
    pub detail: String,
    /// What it does, in a sentence or two.
    pub documentation: String,
    /// What an editor compares the typed text with: it starts with it.
    pub filter: String,
    /// The bytes that it takes the place of.
    pub span: Span,
    /// The code, with line feeds between its lines and no indentation before the first level.
    pub code: Vec<SnippetPart>,
    /// The white space that its later lines need besides, where the editor does not add it.
    pub indentation: String,
    /// Edits elsewhere in the file that go with it: an import.
    pub imports: Vec<Edit>,
    /// Whether it is a whole logout.
    pub is_flow: bool,
}

/// Whether more letters may bring more at a byte offset of a file: too few are typed to offer anything.
pub fn may_offer_more(db: &dyn Db, file: SourceFile, offset: u32) -> bool {
    let before = file.text(db).get(..offset as usize).unwrap_or_default();
    let typed: Vec<char> = before.chars().rev().take_while(|letter| letter.is_alphanumeric()).take(LETTERS).collect();
    typed.len() < LETTERS && !before.ends_with('.')
}

/// How many letters have to be typed before anything is offered.
const LETTERS: usize = 2;

/// What is offered at a byte offset of a file, in a fixed order; nothing in texts and comments, where no code can
/// stand, and in a project of which it is known that Fullstory is not in it.
pub fn completions(db: &dyn Db, file: SourceFile, offset: u32) -> Vec<Completion> {
    offered(db, file, offset as usize).unwrap_or_default()
}

fn offered(db: &dyn Db, file: SourceFile, offset: usize) -> Option<Vec<Completion>> {
    if file.role(db) != FileRole::Product {
        return None;
    }
    let text: &str = file.text(db);
    let project = file.project(db);
    let namespace = project.settings(db).namespace.as_deref();
    let own_form = Platform::of_language(file.language(db)).and_then(platform_form);
    let word = word_at(text, offset, own_form.is_some_and(|form| form.style == CallStyle::Message))?;
    // The word alone tells most keystrokes that nothing is meant.
    if !is_asked(&word, namespace) || !is_used(db, file) {
        return None;
    }
    let context = context(db, file);
    let form = platform_form(context.platform)?;
    let is_sdk = |name: &str| name == form.binding || form.global.as_deref() == Some(name) || namespace == Some(name);
    if word.typed.is_empty() && !word.receiver.rsplit('.').next().is_some_and(is_sdk) {
        return None;
    }
    let parsed = syntax_tree(db, file)?;
    let lowered = lowered(db, file);
    let body = body_at(lowered, offset);
    let vocabulary = vocabulary(db, project);
    if context.server == ServerScope::WholeFile || on_server(vocabulary, lowered, &context.server, body) {
        return None;
    }
    let meanings = meanings(db, file);
    let whole = FileText {
        path: file.path(db),
        language: file.language(db),
        text,
        tree: &parsed.tree,
        regions: &parsed.regions,
        lowered,
        platform: context.platform,
        namespace,
        declares_package: project.manifest(db).declares_package,
        declared_elsewhere: &|name| declared_elsewhere(db, file, name),
        vocabulary,
        style: &KnownStyle::default(),
        meaning: &|body, node| meanings.of(body, node).cloned().unwrap_or_default(),
    };
    let place =
        whole.typed_place(offset, |from| place::place_of(file.language(db), text, &parsed.tree, &word, from))?;
    let typing = Typing { file: whole, body, word, place, texts: vocabulary.texts(context.platform) };
    let calls = offered_calls().iter().filter_map(|call| typing.call(call));
    Some(calls.chain(typing.flow()).collect())
}

/// Whether the SDK may be used in a file: it is spoken to there or elsewhere in the project, or nothing is known
/// of the project.
fn is_used(db: &dyn Db, file: SourceFile) -> bool {
    let project = file.project(db);
    let manifest = project.manifest(db);
    manifest.platform.is_none()
        || manifest.declares_sdk
        || project.settings(db).assume_fullstory
        || mentions_identity(db, file)
        || project_facts(db, project).sdk_is_there
}

/// Whether a word may be the beginning of anything that is offered.
fn is_asked(word: &Word<'_>, namespace: Option<&str>) -> bool {
    let words = offered_calls().iter().flat_map(|call| &call.words).chain(&about_flows().words);
    word.of(words).is_some() || namespace.is_some_and(|name| word.begins(name))
}

impl Word<'_> {
    fn begins(&self, other: &str) -> bool {
        let is_long = self.typed.chars().count() >= LETTERS || !self.receiver.is_empty();
        is_long && other.get(..self.typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(self.typed))
    }

    /// The first of some words that the typed one is the beginning of.
    fn of<'w>(&self, words: impl IntoIterator<Item = &'w String>) -> Option<&'w str> {
        words.into_iter().map(String::as_str).find(|word| self.begins(word))
    }
}

/// The innermost body at a byte offset.
fn body_at(lowered: &LoweredFile, offset: usize) -> BodyId {
    let around = lowered.bodies().filter(|(_, body)| body.span.touches(offset as u32));
    around.min_by_key(|(_, body)| body.span.len()).map_or(BodyId(0), |(id, _)| id)
}

impl FileText<'_> {
    /// Where something is typed. In markup only scripts and handlers hold code; a handler's is an expression.
    fn typed_place(&self, offset: usize, in_code: impl FnOnce(usize) -> Option<TypedPlace>) -> Option<TypedPlace> {
        let at = u32::try_from(offset).ok()?;
        if *self.regions == Regions::default() {
            return in_code(0);
        }
        if let Some(handler) = self.regions.handler_at(at) {
            return in_code(handler.code.start as usize).map(|_| TypedPlace::Expression);
        }
        self.regions.script_at(at).and_then(|script| in_code(script.code.start as usize))
    }
}
