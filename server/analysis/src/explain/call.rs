//! The hover of a Fullstory call. Owns its order: what it does, this platform's syntax, limits, advice,
//! mistakes, the other platforms; the sentences are the vocabulary's.

use super::{Hover, Page};
use crate::source::Span;
use crate::vocabulary::{Apple, CallTexts, Jvm, Platform, PlatformTexts, call_texts, other_platforms};

/// What a call is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallKind<'a> {
    /// It releases the identity, or means to.
    Anonymize,
    /// It sets the identity, or means to.
    Identify,
    /// It tracks an event.
    Event,
    /// It sets properties of the user.
    UserProperty,
    /// It looks like an anonymize and is none; the sentence says what it does.
    Lookalike(&'a str),
}

/// What is known of a call.
#[derive(Clone, Copy, Debug)]
pub struct CallFacts<'a> {
    /// The call's bytes.
    pub span: Span,
    /// What it is about.
    pub kind: CallKind<'a>,
    /// Whether it is an `…Async` operation.
    pub asynchronous: bool,
    /// What it is called on, as written in the file: `FS`, `window.FS`, an import's name.
    pub callable: &'a str,
    /// What is wrong with it, or why it is deprecated: a whole sentence.
    pub problem: Option<&'a str>,
    /// Where the file's code runs.
    pub platform: Platform,
    /// That platform's texts.
    pub texts: &'a PlatformTexts,
}

/// The hover of a Fullstory call.
pub fn hover_call(facts: &CallFacts<'_>) -> Hover {
    let texts = facts.texts;
    let about = call_texts(facts.kind.table_name());
    let mut page = Page::default();
    let title = about.map_or("", |about| &about.title);
    page.paragraph(&format!("**Fullstory** · {title} · {}", texts.display_name));
    if let Some(problem) = facts.problem {
        page.paragraph(&format!("⚠ {problem}"));
    }
    page.paragraph(&what_it_does(facts, about));
    page.paragraph(&format!("```{}\n{}\n```", fence(facts.platform), syntax(facts)));
    page.paragraph(&cautions(facts));
    let (order, mistakes) = advice(facts, about);
    page.section("Order", order.iter().cloned());
    page.section("Common mistakes", mistakes.iter().cloned());
    let syntax_name = facts.kind.syntax_name();
    let others = other_platforms(facts.platform).map(|other| match other.call(syntax_name) {
        Some(call) => format!("{}: `{call}`", other.title),
        None => format!("{}: {}", other.title, other.same_as),
    });
    page.section("On other platforms", others);
    page.paragraph(&links(facts));
    page.hover(facts.span)
}

impl CallKind<'_> {
    fn table_name(self) -> &'static str {
        match self {
            CallKind::Lookalike(_) => "lookalike",
            _ => self.syntax_name(),
        }
    }

    /// The call whose syntax is shown: for a lookalike the one that should stand there.
    fn syntax_name(self) -> &'static str {
        match self {
            CallKind::Anonymize | CallKind::Lookalike(_) => "anonymize",
            CallKind::Identify => "identify",
            CallKind::Event => "event",
            CallKind::UserProperty => "user-property",
        }
    }
}

fn what_it_does(facts: &CallFacts<'_>, about: Option<&CallTexts>) -> String {
    match facts.kind {
        CallKind::Anonymize => facts.texts.does.clone(),
        CallKind::Lookalike(message) => format!("{message} This one does:"),
        _ => about.map(|about| about.does.clone()).unwrap_or_default(),
    }
}

fn fence(platform: Platform) -> &'static str {
    match platform {
        Platform::Web(_) | Platform::ReactNative => "ts",
        Platform::Ios(Apple::Swift) => "swift",
        Platform::Ios(Apple::ObjectiveC) => "objc",
        Platform::Android(Jvm::Kotlin) => "kotlin",
        Platform::Android(Jvm::Java) => "java",
        Platform::Flutter => "dart",
    }
}

fn syntax(facts: &CallFacts<'_>) -> String {
    let texts = facts.texts;
    let template = match facts.kind {
        CallKind::Anonymize | CallKind::Lookalike(_) => match &texts.anonymize_async {
            Some(asynchronous) if facts.asynchronous => asynchronous,
            _ => &texts.anonymize,
        },
        CallKind::Identify => &texts.identify,
        CallKind::Event => &texts.event,
        CallKind::UserProperty => &texts.user_properties,
    };
    let callable = if facts.callable.is_empty() { &texts.callable } else { facts.callable };
    let call = template
        .replace("{callable}", callable)
        .replace("{uid}", "user.id")
        .replace("{name}", "Logout")
        .replace("{properties}", "properties")
        .replace("{q}", "'");
    let call = format!("{call}{}", texts.statement_end);
    // The import is told only where the file calls what it binds: a snippet's global needs none.
    let import = match (&texts.import_line, facts.platform) {
        (Some(import), Platform::Web(_) | Platform::ReactNative) => {
            let mut words = import.split(|c: char| !c.is_alphanumeric());
            words.any(|word| word == callable).then(|| format!("{import};"))
        }
        (Some(import), _) => (*callable == texts.callable).then(|| import.clone()),
        (None, _) => None,
    };
    match import {
        Some(import) => format!("{import}\n{call}"),
        None => call,
    }
}

/// How often it may be called, and that its promise has to be guarded.
fn cautions(facts: &CallFacts<'_>) -> String {
    let texts = facts.texts;
    let limit = match facts.kind {
        CallKind::Event => format!("At most {} events a minute.", texts.events_a_minute),
        _ => format!(
            "At most {} calls a minute and {} a second, of identify, anonymize and user properties together.",
            texts.calls_a_minute, texts.calls_a_second
        ),
    };
    if !facts.asynchronous {
        return limit;
    }
    format!(
        "{limit} Its promise settles once capture runs, and may reject or never settle: `await` it in `try` with a time-out."
    )
}

/// Advice on the order of steps, and common mistakes.
fn advice<'a>(facts: &CallFacts<'a>, about: Option<&'a CallTexts>) -> (&'a [String], &'a [String]) {
    match (facts.kind, about) {
        (CallKind::Anonymize, _) => (&facts.texts.order, &facts.texts.mistakes),
        (_, Some(about)) => (&about.advice, &about.mistakes),
        (_, None) => (&[], &[]),
    }
}

fn links(facts: &CallFacts<'_>) -> String {
    let texts = facts.texts;
    let main = match facts.kind {
        CallKind::Anonymize | CallKind::Lookalike(_) => &texts.anonymize_url,
        CallKind::Identify | CallKind::UserProperty => &texts.identify_url,
        CallKind::Event => &texts.event_url,
    };
    let mut links = vec![format!("[Documentation]({main})")];
    if let Some(url) = texts.async_url.as_ref().filter(|_| facts.asynchronous) {
        links.push(format!("[Asynchronous calls]({url})"));
    }
    links.join(" · ")
}
