//! Calls of the SDK as somebody is typing them: in the platform's form and the file's style, on what the file
//! calls the SDK, with the import that they need. Must not know what is offered when.

use super::callable::Callable;
use super::calls::{self, Parts};
use super::file::FileText;
use super::plan::Plan;
use super::replace::callable_at;
use super::style::Style;
use super::{Edit, native};
use crate::lowering::BodyId;
use crate::vocabulary::{CallMeaning, PlatformForm, platform_form};

/// A part of a call.
pub(crate) enum Part<'a> {
    /// An expression.
    Code(&'a str),
    /// A text, which gets the file's quotes.
    Text(&'a str),
}

/// A call that is wanted: what it is for, and its parts by their names.
pub(crate) type Wanted<'a> = (CallMeaning, Vec<(&'a str, Part<'a>)>);

/// Calls with what they need.
pub(crate) struct Typed {
    /// The calls, as they were asked for. A call of an import that is compiled on a condition only is told with
    /// that condition, line by line.
    pub(crate) calls: Vec<String>,
    /// The edits that import what the calls need; none where everything is there.
    pub(crate) imports: Vec<Edit>,
    /// What ends a statement: `;`, or nothing.
    pub(crate) terminator: &'static str,
    /// The file's quote.
    pub(crate) quote: char,
    /// One level of indentation.
    pub(crate) unit: String,
    /// Whether each call gives a future.
    pub(crate) is_awaited: bool,
}

/// Writes calls that are typed at a byte offset in a body; `None` where one cannot be written there, as its name
/// means something else.
pub(crate) fn typed(file: &FileText<'_>, body: BodyId, offset: usize, wanted: &[Wanted<'_>]) -> Option<Typed> {
    let form = platform_form(file.platform)?;
    if let Some(grammar) = native::Grammar::of(file.language) {
        return native::typed(file, grammar, form, offset, wanted);
    }
    let mut plan = Plan::new(*file);
    if let Some(quote) = file.handler(offset).and_then(|handler| handler.quote) {
        plan.style.quote = if quote == '"' { '\'' } else { '"' };
    }
    let mut calls = Vec::with_capacity(wanted.len());
    for (means, parts) in wanted {
        let callable = callable_at(&mut plan, form, body, offset, None, *means)?;
        calls.push(call(&plan.style, form, &callable, *means, parts, "")?);
    }
    let style = plan.style.clone();
    let imports = plan.finish(file.path).unwrap_or_default();
    if !file.keep_markup(&imports) {
        return None;
    }
    let terminator = style.terminator();
    let Style { quote, unit, .. } = style;
    Some(Typed { calls, imports, terminator, quote, unit, is_awaited: form.awaited })
}

/// Writes one call; `text_prefix` stands before the quote of a text.
pub(super) fn call(
    style: &Style,
    form: &PlatformForm,
    callable: &Callable,
    means: CallMeaning,
    parts: &[(&str, Part<'_>)],
    text_prefix: &str,
) -> Option<String> {
    let written = |part: &Part<'_>| match part {
        Part::Code(code) => (*code).to_owned(),
        Part::Text(text) => format!("{text_prefix}{}", style.quoted(text)),
    };
    let parts: Parts = parts.iter().map(|(name, part)| ((*name).to_owned(), written(part))).collect();
    calls::render(style, form, callable, means, &parts)
}
