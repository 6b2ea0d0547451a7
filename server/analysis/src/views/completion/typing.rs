//! One offer at one place: its code, what it is compared with, what it takes along. Must not know when anything is
//! offered.

use super::word::Word;
use super::{Completion, SnippetPart, snippet};
use crate::fixes::{Edit, FileText, Part, Typed, Wanted, typed};
use crate::lowering::BodyId;
use crate::source::Span;
use crate::vocabulary::{
    CallMeaning, OfferedCall, PlatformTexts, TypedPlace, about_flows, offered_flow, platform_form,
};

/// What is being typed, and where.
pub(super) struct Typing<'a> {
    pub(super) file: FileText<'a>,
    pub(super) body: BodyId,
    pub(super) word: Word<'a>,
    pub(super) place: TypedPlace,
    pub(super) texts: &'a PlatformTexts,
}

impl Typing<'_> {
    /// A call that is offered; `None` where it cannot stand, or is not meant.
    pub(super) fn call(&self, offer: &OfferedCall) -> Option<Completion> {
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

    /// The whole logout that is offered; `None` where none can stand, or is not meant.
    pub(super) fn flow(&self) -> Option<Completion> {
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
