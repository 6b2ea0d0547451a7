//! What a Fullstory call is called on in this file. Owns the choice between an import's own name, an alias
//! and an import that is yet to be added; must not know where the call goes.

use super::block::conditions_at;
use super::imports;
use super::plan::Plan;
use crate::fixes::callable::Callable;
use crate::fixes::calls::Parts;
use crate::fixes::file::FileText;
use crate::lowering::{Import, ImportName, Step};
use crate::vocabulary::{ApiForm, CallMeaning, Effect, PlatformForm, call_form};

/// The callable for a call in this file; what it needs is imported. `None` where its name is taken by
/// something else.
pub(super) fn choose(plan: &mut Plan<'_>, form: &PlatformForm) -> Option<Callable> {
    let file = plan.file;
    let callable = |text: String| Some(Callable { text, optional: false, import: None });
    let mut own = file.lowered.imports.iter().filter(|import| is_sdk(form, import) && !hides(&file, form, import));
    let first = own.next();
    if let Some(import) = own.find(|import| import.local.is_none()).or(first) {
        return callable(name_through(form, import));
    }
    if is_taken(&file, form) {
        return None;
    }
    if uses_sdk(&file, form) {
        return callable(form.binding.clone());
    }
    if (file.declared_elsewhere)(&form.binding) {
        return None;
    }
    imports::add(plan, &form.lines)?;
    callable(form.binding.clone())
}

/// Imports what an empty set of properties needs, where a call of these parts has one.
pub(super) fn import_empty(plan: &mut Plan<'_>, form: &PlatformForm, means: CallMeaning, parts: &Parts) -> Option<()> {
    let call = call_form(form.style, means)?;
    let is_given = |part: &String| parts.iter().any(|(given, _)| given == part);
    if form.empty_lines.is_empty() || call.required.iter().all(is_given) {
        return Some(());
    }
    imports::add(plan, &form.empty_lines)
}

/// The condition on which the SDK's import is compiled, as its line is written, where that is not the
/// condition of the code at an offset already.
pub(super) fn condition_of<'a>(file: &FileText<'a>, form: &PlatformForm, offset: usize) -> Option<&'a str> {
    let import = file.lowered.imports.iter().find(|import| is_sdk(form, import))?;
    let condition = *conditions_at(file, import.span.start as usize).last()?;
    let holds = condition.is_empty() || conditions_at(file, offset).contains(&condition);
    (!holds).then_some(condition)
}

fn is_sdk(form: &PlatformForm, import: &Import) -> bool {
    let module: &str = &import.module;
    let whole = format!("{}.{}", form.module, form.binding);
    let names_binding = match &import.name {
        Some(ImportName::Named(name)) => **name == *form.binding,
        _ => true,
    };
    let known = module == form.module || form.modules.iter().any(|known| known == module);
    (known && names_binding) || module == whole || module.strip_suffix(".*") == Some(&form.module)
}

/// Whether an import says that it does not bring the SDK's name: `show Other`, `hide FS`.
fn hides(file: &FileText<'_>, form: &PlatformForm, import: &Import) -> bool {
    let text = import.span.text(file.text);
    let names = |word: &str| {
        let rest = text.split_once(word)?.1;
        Some(rest.split(|next: char| !next.is_alphanumeric() && next != '_').any(|name| name == form.binding))
    };
    names(" show ") == Some(false) || names(" hide ") == Some(true)
}

/// The SDK's name as an import brings it.
fn name_through(form: &PlatformForm, import: &Import) -> String {
    match (&import.local, &import.name) {
        (Some(local), Some(ImportName::Named(_))) => local.to_string(),
        (Some(prefix), _) if **prefix != *form.binding && **prefix != *form.module => {
            format!("{prefix}.{}", form.binding)
        }
        _ => form.binding.clone(),
    }
}

/// Whether this file means something else by the SDK's name.
fn is_taken(file: &FileText<'_>, form: &PlatformForm) -> bool {
    let is_name = |name: &str| name == form.binding;
    file.lowered.bindings.iter().any(|binding| is_name(&binding.name))
        || file.lowered.classes.iter().any(|class| class.name.as_deref().is_some_and(is_name))
        || file.lowered.imports.iter().any(|import| import.local.as_deref().is_some_and(is_name))
}

/// Whether some call of the file uses the SDK by its name, so that it is known here without an import.
fn uses_sdk(file: &FileText<'_>, form: &PlatformForm) -> bool {
    file.lowered.bodies().any(|(id, body)| {
        body.nodes().any(|(node, found)| {
            let Step::Call(call) = &found.step else { return false };
            let by_name = call.written.first().is_some_and(|name| **name == *form.binding);
            by_name
                && (file.meaning)(id, node).effects.iter().any(|effect| match effect {
                    Effect::Anonymize(anonymize) => anonymize.form != ApiForm::Wrapper,
                    Effect::Identify(identify) => identify.form != ApiForm::Wrapper,
                    Effect::Track | Effect::UserProperty => true,
                    _ => false,
                })
        })
    })
}
