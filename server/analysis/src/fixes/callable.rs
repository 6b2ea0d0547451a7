//! What a Fullstory call is called on in this file. Owns the choice between an import, an alias, a global
//! and a hook's value; must not know where the call goes.

use tree_sitter::Node;

use super::file::{FileText, named_children, walk};
use super::imports::ImportNeed;
use super::remove::is_pure;
use super::scope::{in_scope, is_free, root_name};
use crate::lowering::{BodyId, Import, ImportName, Step};
use crate::vocabulary::{ApiForm, CallStyle, Effect, ImportShape, PlatformForm, is_call_name};

/// What to write in front of a call's arguments or method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Callable {
    /// The expression: `FS`, `window.FS`, an import's name. Empty where the methods are imported by name.
    pub(super) text: String,
    /// Whether the file asks for it at each call: `FS?.(…)`.
    pub(super) optional: bool,
    /// What has to be imported for it.
    pub(super) import: Option<ImportNeed>,
}

/// The callable for a call that is written at a byte offset in a body. `own` is the one of the call that
/// is replaced, which is kept if it can be. `method` is the method's name, for files that import methods
/// by their names.
pub(super) fn choose(
    file: &FileText<'_>,
    form: &PlatformForm,
    body: BodyId,
    offset: usize,
    own: Option<&Used>,
    method: &str,
) -> Option<Callable> {
    choose_anywhere(file, form, body, offset, own, method)
        .filter(|callable| callable.import.is_some() || file.may_name(root_name(&callable.text), offset))
}

fn choose_anywhere(
    file: &FileText<'_>,
    form: &PlatformForm,
    body: BodyId,
    offset: usize,
    own: Option<&Used>,
    method: &str,
) -> Option<Callable> {
    if let Some(own) = own.filter(|own| fits_platform(file, form, own)) {
        return Some(Callable { text: own.text.clone(), optional: own.optional, import: None });
    }
    if let Some(imported) = imported(file, form, offset, method) {
        return Some(imported);
    }
    let fits = |used: &Used| {
        let callable_so = used.style == form.style || is_the_sdk(file, &used.text);
        callable_so
            && fits_platform(file, form, used)
            && sees_import(file, root_name(&used.text), offset)
            && in_scope(file, &used.text, (used.body, used.offset), (body, offset))
    };
    if let Some(used) = most_used(used_callables(file).into_iter().filter(fits).collect()) {
        return Some(Callable { text: used.text, optional: used.optional, import: None });
    }
    let plain = |text: &str| Some(Callable { text: text.to_owned(), optional: false, import: None });
    if let (Some(namespace), Some(_)) = (file.namespace, &form.global) {
        return plain(namespace);
    }
    match &form.global {
        Some(global) => match sign_of_global(file, global) {
            Some(text) => plain(&text),
            None if file.declares_package && is_module(file, offset) => fresh_import(file, form, offset),
            None => plain(global),
        },
        None => fresh_import(file, form, offset),
    }
}

/// A callable as some call of the file uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Used {
    /// Its text.
    pub(super) text: String,
    /// Whether it is called through `?.`.
    pub(super) optional: bool,
    /// How it is called.
    pub(super) style: CallStyle,
    body: BodyId,
    offset: usize,
}

/// The callable of a call, or `None` for a call of a bare method: `anonymize()`.
pub(super) fn used_by(file: &FileText<'_>, call: Node<'_>, body: BodyId) -> Option<Used> {
    let function = call.child_by_field_name("function")?;
    if !is_pure(function) {
        return None;
    }
    let offset = call.start_byte();
    let mut cursor = call.walk();
    let optional_call =
        call.children(&mut cursor).any(|child| child.kind() == "optional_chain" || child.kind() == "?.");
    let first = named_children(call.child_by_field_name("arguments")?).into_iter().next();
    let is_operation = first.is_some_and(|first| matches!(first.kind(), "string" | "identifier"))
        && !is_method_of_style(file, function);
    if is_operation {
        let text = file.of(function).to_owned();
        return Some(Used { text, optional: optional_call, style: CallStyle::Operation, body, offset });
    }
    if function.kind() != "member_expression" {
        return None;
    }
    let object = function.child_by_field_name("object")?;
    let mut cursor = function.walk();
    let optional = function.children(&mut cursor).any(|child| child.kind() == "optional_chain");
    Some(Used { text: file.of(object).to_owned(), optional, style: CallStyle::Method, body, offset })
}

/// Whether a callee ends in the name of a method of the SDK, so that its first argument is no operation.
fn is_method_of_style(file: &FileText<'_>, function: Node<'_>) -> bool {
    function.kind() == "member_expression"
        && function.child_by_field_name("property").is_some_and(|name| is_call_name(CallStyle::Method, file.of(name)))
}

fn used_callables(file: &FileText<'_>) -> Vec<Used> {
    let mut found = Vec::new();
    for (body_id, body) in file.lowered.bodies() {
        for (node_id, node) in body.nodes() {
            if !matches!(node.step, Step::Call(_)) {
                continue;
            }
            let meaning = (file.meaning)(body_id, node_id);
            let is_own = meaning.effects.iter().any(|effect| match effect {
                Effect::Anonymize(anonymize) => anonymize.form != ApiForm::Wrapper,
                Effect::Identify(identify) => identify.form != ApiForm::Wrapper,
                Effect::Track | Effect::UserProperty => true,
                _ => false,
            });
            let call = file.node_of(body_id, node_id).filter(|call| is_own && call.kind() == "call_expression");
            found.extend(call.and_then(|call| used_by(file, call, body_id)));
        }
    }
    found
}

fn most_used(used: Vec<Used>) -> Option<Used> {
    let count =
        |one: &Used| used.iter().filter(|other| other.text == one.text && other.optional == one.optional).count();
    let most = used.iter().map(count).max()?;
    used.iter().find(|one| count(one) == most).cloned()
}

/// Whether a callable that the file uses can be called in the platform's style.
fn fits_platform(file: &FileText<'_>, form: &PlatformForm, used: &Used) -> bool {
    let root = root_name(&used.text);
    let import = file.lowered.imports.iter().find(|import| import.local.as_deref() == Some(root));
    if let Some(import) = import {
        let is_sdk = import.module.starts_with(SDK_SCOPE);
        let right_shape = import_fits(form, &import.name);
        return !is_sdk || (*import.module == *form.module && right_shape);
    }
    // A global is the web's snippet: nothing else makes one.
    let is_bound = file.lowered.bindings.iter().any(|binding| &*binding.name == root);
    is_bound || form.global.is_some()
}

/// The npm scope of Fullstory's own packages.
const SDK_SCOPE: &str = "@fullstory/";

fn import_fits(form: &PlatformForm, name: &Option<ImportName>) -> bool {
    match (form.import, name) {
        (ImportShape::Named, Some(ImportName::Named(name))) => **name == *form.binding,
        (ImportShape::Default, Some(ImportName::Default)) => true,
        (ImportShape::Namespace, Some(ImportName::Namespace | ImportName::Default)) => true,
        (ImportShape::Namespace, Some(ImportName::Named(name))) => **name == *form.binding,
        _ => false,
    }
}

/// Whether an expression is the SDK itself, which can be called in either style, and no object of the
/// project's own around it.
fn is_the_sdk(file: &FileText<'_>, text: &str) -> bool {
    let root = root_name(text);
    let import = file.lowered.imports.iter().find(|import| import.local.as_deref() == Some(root));
    match import {
        Some(import) => import.module.starts_with(SDK_SCOPE),
        None => is_free(file, root),
    }
}

/// The SDK as the file's imports bind it, or one more name in an import that is there already.
fn imported(file: &FileText<'_>, form: &PlatformForm, offset: usize, method: &str) -> Option<Callable> {
    let is_of_module = |import: &&Import| *import.module == *form.module && !import.type_only;
    let is_seen = |import: &&Import| file.sees(import.span.start as usize, offset);
    let of_module = || file.lowered.imports.iter().filter(is_of_module).filter(is_seen);
    if let Some(local) =
        of_module().filter(|import| import_fits(form, &import.name)).find_map(|import| import.local.clone())
    {
        return Some(Callable { text: local.to_string(), optional: false, import: None });
    }
    let named = of_module().find(|import| matches!(import.name, Some(ImportName::Named(_))))?;
    match form.import {
        ImportShape::Default => {
            // A named import of the default export's own name: the call is right once the import is.
            let local = named.local.clone().filter(|local| **local == *form.binding)?;
            Some(Callable { text: local.to_string(), optional: false, import: None })
        }
        ImportShape::Line => None,
        ImportShape::Named => {
            let need = ImportNeed::Name { beside: named.span, name: form.binding.clone() };
            Some(Callable { text: form.binding.clone(), optional: false, import: Some(need) })
        }
        ImportShape::Namespace => {
            let is_method =
                |name: &Option<ImportName>| matches!(name, Some(ImportName::Named(name)) if **name == *method);
            let import = (!of_module().any(|import| is_method(&import.name)))
                .then(|| ImportNeed::Name { beside: named.span, name: method.to_owned() });
            Some(Callable { text: String::new(), optional: false, import })
        }
    }
}

/// Whether a name is no import, or one that can be named at a byte offset.
fn sees_import(file: &FileText<'_>, root: &str, offset: usize) -> bool {
    let import = file.lowered.imports.iter().find(|import| import.local.as_deref() == Some(root));
    import.is_none_or(|import| file.sees(import.span.start as usize, offset))
}

/// Whether a file takes or gives something by name, so that an import can be added: a plain script breaks
/// by one, and finds the global that the package makes.
fn is_module(file: &FileText<'_>, offset: usize) -> bool {
    if file.is_markup() {
        return file.import_home(offset).is_some();
    }
    let top = named_children(file.tree.root_node());
    let has_statement = top.iter().any(|child| matches!(child.kind(), "import_statement" | "export_statement"));
    has_statement || !file.lowered.imports.is_empty()
}

fn fresh_import(file: &FileText<'_>, form: &PlatformForm, offset: usize) -> Option<Callable> {
    let taken = file.lowered.bindings.iter().any(|binding| *binding.name == *form.binding)
        || file.lowered.imports.iter().any(|import| {
            import.local.as_deref() == Some(&*form.binding) && file.sees(import.span.start as usize, offset)
        });
    if taken {
        return None;
    }
    Some(Callable { text: form.binding.clone(), optional: false, import: Some(ImportNeed::Package { offset }) })
}

/// The global as the file mentions it, where it does so other than in a call: `window.FS`, `FS`. Where the
/// name is something else in this file, only the window's member can be meant.
fn sign_of_global(file: &FileText<'_>, global: &str) -> Option<String> {
    if file.lowered.imports.iter().any(|import| import.local.as_deref() == Some(global)) {
        return Some(format!("window.{global}"));
    }
    if !file.text.contains(global) {
        return None;
    }
    let mut sign = None;
    walk(file.tree.root_node(), &mut |node| {
        if sign.is_some() {
            return false;
        }
        let is_named = |field: &str| node.child_by_field_name(field).is_some_and(|name| file.of(name) == global);
        if node.kind() == "member_expression" && is_named("property") && is_free(file, root_name(file.of(node))) {
            sign = Some(file.of(node).replace("?.", "."));
        } else if node.kind() == "identifier" && file.of(node) == global {
            sign = Some(global.to_owned());
        }
        true
    });
    sign
}
