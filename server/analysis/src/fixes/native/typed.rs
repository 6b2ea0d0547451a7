//! Calls of the SDK as somebody is typing them. Must not know what is offered when.

use super::callable::{choose, condition_of, import_empty};
use super::grammar::Grammar;
use super::plan::Plan;
use crate::fixes::file::FileText;
use crate::fixes::style::Style;
use crate::fixes::typed::{Typed, Wanted, call};
use crate::vocabulary::PlatformForm;

/// Writes calls that are typed at a byte offset; `None` where one cannot be written there.
pub(in crate::fixes) fn typed(
    file: &FileText<'_>,
    grammar: &'static Grammar,
    form: &PlatformForm,
    offset: usize,
    wanted: &[Wanted<'_>],
) -> Option<Typed> {
    let mut plan = Plan::new(*file, grammar);
    let condition = condition_of(file, form, offset);
    let mut calls = Vec::with_capacity(wanted.len());
    for (means, parts) in wanted {
        let callable = choose(&mut plan, form)?;
        let given = parts.iter().map(|(name, _)| ((*name).to_owned(), String::new())).collect();
        import_empty(&mut plan, form, *means, &given)?;
        let text = call(&plan.style, form, &callable, *means, parts, grammar.manner.text_prefix)?;
        calls.push(match condition {
            Some(condition) => format!("{condition}\n{text}{}\n#endif", plan.style.terminator()),
            None => text,
        });
    }
    let style = plan.style.clone();
    let imports = plan.finish().unwrap_or_default();
    let terminator = style.terminator();
    let Style { quote, unit, .. } = style;
    Some(Typed { calls, imports, terminator, quote, unit, is_awaited: form.awaited })
}
