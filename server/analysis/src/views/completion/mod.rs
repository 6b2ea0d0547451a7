//! What is offered while somebody types: the platform's calls, and a whole logout. Owns when; the code is
//! written by the fixes, the words are data. It asks nothing of other files that an edit could make anew, so
//! that no keystroke waits.

mod place;
mod snippet;
mod word;

pub use snippet::SnippetPart;

use crate::database::{Db, SourceFile, context, lowered, meanings, project_facts, syntax_tree, vocabulary};
use crate::fixes::{Edit, FileText, Part, Typed, Wanted, typed};
use crate::identity::on_server;
use crate::judge::declared_elsewhere;
use crate::lowering::{BodyId, LoweredFile};
use crate::source::{FileRole, Span, regions};
use crate::vocabulary::{
    CallMeaning, CallStyle, OfferedCall, PlatformTexts, ServerScope, TypedPlace, about_flows, offered_calls,
    offered_flow, platform_form,
};
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
    let context = context(db, file);
    let form = platform_form(context.platform)?;
    let word = word_at(text, offset, form.style == CallStyle::Message)?;
    let project = file.project(db);
    // The words alone tell most keystrokes that nothing is meant.
    if !is_asked(&word, project.settings(db).namespace.as_deref()) || !is_used(db, file) {
        return None;
    }
    let tree = syntax_tree(db, file)?;
    let lowered = lowered(db, file);
    let regions = regions(file.language(db), text);
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
        tree: &tree,
        regions: &regions,
        lowered,
        platform: context.platform,
        namespace: project.settings(db).namespace.as_deref(),
        declares_package: project.manifest(db).declares_package,
        declared_elsewhere: &|name| declared_elsewhere(db, file, name),
        vocabulary,
        meaning: &|body, node| meanings.of(body, node).cloned().unwrap_or_default(),
    };
    let place = whole.typed_place(offset, || place::place_of(file.language(db), text, &tree, &word))?;
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
        || vocabulary(db, project).mentions_identity(file.text(db))
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

/// What is being typed, and where.
struct Typing<'a> {
    file: FileText<'a>,
    body: BodyId,
    word: Word<'a>,
    place: TypedPlace,
    texts: &'a PlatformTexts,
}

impl Typing<'_> {
    fn call(&self, offer: &OfferedCall) -> Option<Completion> {
        if matches!(self.place, TypedPlace::Top | TypedPlace::Member) {
            return None;
        }
        let code = offer.code.iter().map(|(name, part)| (name.as_str(), Part::Code(part)));
        let text = offer.text.iter().map(|(name, part)| (name.as_str(), Part::Text(part)));
        let typed = self.typed(&[(offer.means, code.chain(text).collect())])?;
        let call = typed.calls.first()?.clone();
        let label = plain(&call);
        let label = label.lines().find(|line| !line.starts_with('#')).unwrap_or_default().to_owned();
        let is_conditional = call.contains('\n');
        let waits = typed.is_awaited && offer.means == CallMeaning::Anonymize && self.may_wait();
        let call = if waits && !is_conditional { format!("await {call}") } else { call };
        let ends = if self.ends_statement() && !is_conditional { typed.terminator } else { "" };
        let filter = self.filter(&offer.words)?;
        let documentation = if offer.means == CallMeaning::Anonymize { self.texts.does.clone() } else { String::new() };
        let (label, title) = (label.trim_end_matches(typed.terminator).to_owned(), &offer.title);
        Some(self.completion(label, title, documentation, filter, &format!("{call}{ends}"), typed.imports))
    }

    fn flow(&self) -> Option<Completion> {
        if !self.word.receiver.is_empty() {
            return None;
        }
        let flow = offered_flow(self.file.platform, self.place)?;
        let about = about_flows();
        let event = vec![("name", Part::Text(&about.event))];
        let typed = self.typed(&[(CallMeaning::Event, event), (CallMeaning::Anonymize, Vec::new())])?;
        let [event, anonymize] = &typed.calls[..] else { return None };
        let text = own_style(&flow.text, &typed);
        let inner = |call: &str| call.replace('\n', &format!("\n{}", typed.unit));
        let text = text.replace("{event}", &inner(event)).replace("{anonymize}", &inner(anonymize));
        let filter = self.filter(&about.words)?;
        let documentation = self.texts.order.first().cloned().unwrap_or_default();
        let mut completion =
            self.completion(about.label.clone(), &about.title, documentation, filter, &text, typed.imports);
        completion.is_flow = true;
        Some(completion)
    }

    /// The calls with what they need, if what is typed can be their beginning: the receiver, where there is one,
    /// is what they are called on.
    fn typed(&self, wanted: &[Wanted<'_>]) -> Option<Typed> {
        let typed = typed(&self.file, self.body, self.word.start, wanted)?;
        let form = platform_form(self.file.platform)?;
        let receiver = self.word.receiver;
        let written = typed.calls.iter().all(|call| {
            let on = call.trim_start_matches('[').strip_prefix(receiver);
            on.is_some_and(|rest| rest.starts_with(['.', '?', ' ', '(']))
        });
        let is_sdk =
            receiver.is_empty() || written || receiver == form.binding || form.global.as_deref() == Some(receiver);
        is_sdk.then_some(typed)
    }

    /// What is in the file already, then the rest of the word that is meant.
    fn filter(&self, words: &[String]) -> Option<String> {
        let namespace = self.file.namespace.filter(|name| self.word.begins(name));
        let word = self.word.of(words).or(namespace)?;
        let start = self.file.text.get(self.word.start..)?;
        let typed = start.get(..self.word_end() - self.word.start)?;
        Some(format!("{typed}{}", word.get(self.word.typed.len()..).unwrap_or_default()))
    }

    /// Where the caret is: the bracket of a message may stand behind it.
    fn word_end(&self) -> usize {
        let end = self.word.end;
        if self.file.text.get(..end).is_some_and(|text| text.ends_with(']')) { end - 1 } else { end }
    }

    /// The white space at the start of the word's line.
    fn indentation(&self) -> String {
        let before = self.file.text.get(..self.word.start).unwrap_or_default();
        let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
        line.chars().take_while(|letter| matches!(letter, ' ' | '\t')).collect()
    }

    /// Whether nothing stands behind the word on its line, so that the statement can end there.
    fn ends_statement(&self) -> bool {
        let rest = self.file.text.get(self.word.end..).unwrap_or_default();
        let rest = rest.split(['\n', '\r']).next().unwrap_or_default().trim();
        self.place == TypedPlace::Statement && (rest.is_empty() || rest.starts_with("//") || rest.starts_with('}'))
    }

    /// Whether a future can be awaited here, and is not yet.
    fn may_wait(&self) -> bool {
        let before = self.file.text.get(..self.word.start).unwrap_or_default().trim_end();
        self.place == TypedPlace::Statement && self.file.lowered.body(self.body).is_async && !before.ends_with("await")
    }

    fn completion(
        &self,
        label: String,
        title: &str,
        documentation: String,
        filter: String,
        code: &str,
        imports: Vec<Edit>,
    ) -> Completion {
        let span = Span::from(self.word.start..self.word.end);
        // An editor takes no edit that touches the code's own: what would stand right before it goes with it.
        let (own, imports): (Vec<Edit>, Vec<Edit>) =
            imports.into_iter().partition(|edit| edit.span.touches(span.start));
        let code = own.iter().map(|edit| edit.text.as_str()).chain([code]).collect::<String>();
        Completion {
            label,
            detail: format!("Fullstory: {title}"),
            documentation,
            filter,
            span,
            code: snippet::read(&code),
            indentation: self.indentation(),
            imports,
            is_flow: false,
        }
    }
}

/// A template with the file's own quotes, ends of statements and indentation.
fn own_style(template: &str, typed: &Typed) -> String {
    let lines = template.trim_start_matches('\n').lines().map(|line| match line.strip_suffix(';') {
        Some(statement) => format!("{statement}{}", typed.terminator),
        None => line.to_owned(),
    });
    let text = lines.collect::<Vec<_>>().join("\n").replace('\t', &typed.unit);
    if typed.quote == '"' { text.replace('\'', "\"") } else { text }
}

/// A template without its places.
fn plain(template: &str) -> String {
    let text = |part: SnippetPart| match part {
        SnippetPart::Text(text) | SnippetPart::Stop(_, text) => text,
    };
    snippet::read(template).into_iter().map(text).collect()
}

impl FileText<'_> {
    /// Where something is typed. In markup only scripts and handlers hold code; a handler's is an expression.
    fn typed_place(&self, offset: usize, in_code: impl FnOnce() -> Option<TypedPlace>) -> Option<TypedPlace> {
        let at = u32::try_from(offset).ok()?;
        if *self.regions == crate::source::Regions::default() {
            return in_code();
        }
        if self.regions.handler_at(at).is_some() {
            return in_code().map(|_| TypedPlace::Expression);
        }
        self.regions.script_at(at).and_then(|_| in_code())
    }
}
