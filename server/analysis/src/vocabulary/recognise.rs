//! Recognising Fullstory's own calls. Owns how a call is known to be one and in which form it is written;
//! must not know what the call does.

use std::sync::Arc;

use super::fullstory_table::{ApiClass, MethodEntry, OperationEntry};
use super::view::{FileView, PathView, RootView};
use super::{ApiForm, Generation, Platform, Vocabulary};
use crate::lowering::{Call, ImportName, Segment};

const ASYNC: &str = "Async";

/// How a Fullstory call is written.
#[derive(Clone, Debug)]
pub(super) struct FullstoryCall<'a> {
    /// The platform whose API the callee belongs to.
    pub(super) platform: Platform,
    /// The callable as written, to write it again.
    pub(super) callable: Arc<str>,
    /// The operation or method.
    pub(super) form: WrittenForm<'a>,
    /// Whether only its shape says that it is one: a parameter called with `'setIdentity'`.
    pub(super) by_shape: bool,
    /// Whether the window is named: `window.FS`, which in React Native is the web's part of a universal app.
    pub(super) through_window: bool,
    /// Whether the method is imported by its name or through a namespace, which the second generation has not.
    pub(super) imported_method: bool,
    /// Whether the callee comes from an SDK's module, so that it can be nothing else.
    pub(super) through_import: bool,
    /// Whether it is called on another platform's object: `FullStory` in a native language.
    pub(super) on_wrong_object: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum WrittenForm<'a> {
    /// `FS('operation')`, without `Async`; `None` where the operation is no constant.
    Operation { name: Option<&'a str>, asynchronous: bool },
    /// `FS.method()`.
    Method(&'a str),
}

/// What an operation or a method is, after misspellings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'t> {
    pub(super) class: ApiClass,
    /// The right name, where it is misspelt; for a missing method its own name.
    pub(super) wrong: Option<&'t str>,
    pub(super) lookalike: Option<&'t str>,
}

impl Vocabulary {
    /// How a call is written, where it is one of Fullstory's.
    pub(super) fn recognise<'a>(
        &self,
        file: &FileView<'_>,
        call: &'a Call,
        callee: &PathView<'a>,
    ) -> Option<FullstoryCall<'a>> {
        if call.construct {
            return None;
        }
        if self.is_namespace(callee) {
            // A namespace import is the first generation's package, which is no function.
            return Some(self.operation_call(file, call, callee, Some(Platform::Web(Generation::V1)), false));
        }
        if let Some(sdk) = self.callable(callee) {
            return Some(self.operation_call(file, call, callee, sdk, false));
        }
        if let Some((object, method)) = callee.split_last_member()
            && let Some(sdk) = self.callable(&object)
        {
            let platform = sdk.map_or(file.platform, |sdk| platform_of(sdk, file.platform));
            let on_wrong_object = sdk.is_none() && self.is_foreign_object(file, &object);
            return Some(FullstoryCall {
                platform,
                callable: self.object_as_written(file, call, on_wrong_object),
                form: WrittenForm::Method(method),
                by_shape: false,
                through_window: callee.through_global_object,
                imported_method: false,
                through_import: sdk.is_some() || file.platform.is_native() && self.imports_sdk(file),
                on_wrong_object,
            });
        }
        if let Some(found) = self.imported_method(file, call, callee) {
            return Some(found);
        }
        self.call_by_shape(file, call, callee)
    }

    /// The SDK of a path that can be called as Fullstory's API: the outer `None` where it cannot be, the
    /// inner one where the file's platform says which SDK it is.
    pub(super) fn callable(&self, path: &PathView<'_>) -> Option<Option<Platform>> {
        if !self.may_be_callable(path) {
            return None;
        }
        let entries = &self.table.fullstory.callable;
        let entry = entries.iter().find(|entry| entry.paths.iter().any(|pattern| pattern.matches_exactly(path)))?;
        Some(entry.sdk.as_deref().and_then(Platform::of_name))
    }

    /// Whether a path may begin with a callable, as its root tells: most do not.
    fn may_be_callable(&self, path: &PathView<'_>) -> bool {
        match path.root {
            RootView::Global(name) => self.callable_names.contains(name),
            RootView::Import { .. } => true,
            _ => false,
        }
    }

    /// Whether a callable is another platform's object: `FullStory` where the class is `FS`.
    fn is_foreign_object(&self, file: &FileView<'_>, path: &PathView<'_>) -> bool {
        let own = &self.texts(file.platform).callable;
        file.platform.is_native() && matches!(path.root, RootView::Global(name) if name != own)
    }

    /// Whether a file imports an SDK of Fullstory's.
    fn imports_sdk(&self, file: &FileView<'_>) -> bool {
        let modules = &self.table.fullstory.module;
        let imports = &file.lowered.imports;
        imports.iter().any(|import| modules.iter().any(|entry| entry.module.matches(&import.module)))
    }

    /// What a method is called on, to write it again.
    fn object_as_written(&self, file: &FileView<'_>, call: &Call, on_wrong_object: bool) -> Arc<str> {
        let own = self.texts(file.platform).callable.as_str();
        let written = before_last_member(call.callee_span.text(file.text));
        // A message is written around its object.
        let is_name = written.chars().all(|character| character.is_alphanumeric() || "._$".contains(character));
        if file.platform.is_native() && (on_wrong_object || !is_name) { own.into() } else { written.into() }
    }

    /// Whether a path is everything that a module of the web's first generation exports.
    fn is_namespace(&self, path: &PathView<'_>) -> bool {
        let RootView::Import { module, name: ImportName::Namespace } = path.root else { return false };
        let modules = &self.table.fullstory.module;
        path.segments.is_empty()
            && modules.iter().any(|entry| !entry.first_generation.is_empty() && entry.module.matches(module))
    }

    fn operation_call<'a>(
        &self,
        file: &FileView<'_>,
        call: &'a Call,
        callee: &PathView<'a>,
        sdk: Option<Platform>,
        by_shape: bool,
    ) -> FullstoryCall<'a> {
        let first = call.arguments.first().filter(|argument| !argument.spread);
        let operation = first.and_then(|argument| argument.value.as_text());
        let (name, asynchronous) = match operation.and_then(|operation| operation.strip_suffix(ASYNC)) {
            Some(name) if !name.is_empty() => (Some(name), true),
            _ => (operation, false),
        };
        FullstoryCall {
            platform: sdk.map_or(file.platform, |sdk| platform_of(sdk, file.platform)),
            callable: call.callee_span.text(file.text).trim().trim_end_matches("?.").into(),
            form: WrittenForm::Operation { name, asynchronous },
            by_shape,
            through_window: callee.through_global_object,
            imported_method: false,
            through_import: sdk.is_some(),
            on_wrong_object: false,
        }
    }

    /// `import { anonymize } from '@fullstory/browser'`, or a namespace's member.
    fn imported_method<'a>(
        &self,
        file: &FileView<'_>,
        call: &Call,
        callee: &PathView<'a>,
    ) -> Option<FullstoryCall<'a>> {
        let RootView::Import { module, name: ImportName::Named(method) } = callee.root else {
            return None;
        };
        if !callee.segments.is_empty() {
            return None;
        }
        let entry = self.table.fullstory.module.iter().find(|entry| entry.module.matches(module))?;
        let sdk = Platform::of_name(&entry.sdk)?;
        let text = call.callee_span.text(file.text);
        let object = before_last_member(text);
        Some(FullstoryCall {
            platform: platform_of(sdk, file.platform),
            callable: if object == text { self.texts(sdk).callable.as_str().into() } else { object.into() },
            form: WrittenForm::Method(method),
            by_shape: false,
            through_window: false,
            imported_method: true,
            through_import: true,
            on_wrong_object: false,
        })
    }

    /// The API handed around as a parameter, or under a name that is known at run time only: `setIdentity`
    /// is nobody else's operation.
    fn call_by_shape<'a>(
        &self,
        file: &FileView<'_>,
        call: &'a Call,
        callee: &PathView<'a>,
    ) -> Option<FullstoryCall<'a>> {
        if file.platform.is_native() {
            return None;
        }
        let operation = call.arguments.first().and_then(|argument| argument.value.as_text())?;
        let name = operation.strip_suffix(ASYNC).unwrap_or(operation);
        let operations = &self.table.fullstory.operation;
        let own = operations
            .iter()
            .any(|entry| entry.class == ApiClass::Identity && entry.instead_of.is_none() && entry.names.contains(name));
        if !own {
            return None;
        }
        let by_namespace = callee.segments.last() == Some(&Segment::Computed);
        let handed = match callee.root {
            RootView::Local(_) | RootView::This(_) | RootView::Unknown => !callee.is_own_body(),
            RootView::Global(_) => by_namespace,
            RootView::Import { .. } | RootView::Super => false,
        };
        (handed || by_namespace).then(|| self.operation_call(file, call, callee, None, !by_namespace))
    }

    pub(super) fn known<'t>(&'t self, found: &FullstoryCall<'_>) -> Option<Known<'t>> {
        match found.form {
            WrittenForm::Operation { name, .. } => {
                let entry = self.operation(name?)?;
                Some(Known {
                    class: entry.class,
                    wrong: entry.instead_of.as_deref(),
                    lookalike: entry.lookalike.as_deref(),
                })
            }
            WrittenForm::Method(name) => {
                let (entry, misspelt) = self.method(name)?;
                let right = entry.names.iter().min().map(|name| &**name);
                let wrong = if misspelt || entry.missing { right } else { None };
                Some(Known { class: entry.class, wrong, lookalike: entry.lookalike.as_deref() })
            }
        }
    }

    /// An operation by its name, or by one that is near enough to be a slip of the pen.
    fn operation(&self, name: &str) -> Option<&OperationEntry> {
        let operations = &self.table.fullstory.operation;
        operations.iter().find(|entry| entry.names.contains(name)).or_else(|| {
            operations
                .iter()
                .filter(|entry| entry.instead_of.is_some())
                .find(|entry| entry.instead_of.as_deref().is_some_and(|right| is_slip(name, right)))
        })
    }

    /// A method by its name, or by one that is near enough; the flag says which.
    pub(super) fn method(&self, name: &str) -> Option<(&MethodEntry, bool)> {
        let methods = &self.table.fullstory.method;
        if let Some(entry) = methods.iter().find(|entry| entry.names.contains(name)) {
            return Some((entry, false));
        }
        let anonymize = methods.iter().find(|entry| entry.class == ApiClass::Anonymize && !entry.missing)?;
        anonymize.names.iter().any(|right| is_slip(name, right)).then_some((anonymize, true))
    }
}

impl FullstoryCall<'_> {
    pub(super) fn api_form(&self) -> (ApiForm, bool) {
        match self.form {
            WrittenForm::Operation { asynchronous, .. } => (ApiForm::Operation, asynchronous),
            WrittenForm::Method(name) => (ApiForm::Method, name.ends_with(ASYNC)),
        }
    }

    pub(super) fn written(&self) -> &str {
        match self.form {
            WrittenForm::Operation { name, .. } => name.unwrap_or_default(),
            WrittenForm::Method(name) => name,
        }
    }
}

/// The platform of a call through a binding of an SDK: the file's own, where that is of the same family.
fn platform_of(sdk: Platform, file: Platform) -> Platform {
    match (sdk, file) {
        (sdk, file) if sdk.family() == file.family() => file,
        _ => sdk,
    }
}

/// `window.FS` of `window.FS.anonymize`, `window.FS?.anonymize` and `window.FS['anonymize']`.
fn before_last_member(callee: &str) -> &str {
    let callee = callee.trim().trim_end_matches("?.").trim_end();
    let end = match callee.ends_with(']') {
        true => callee.rfind('['),
        false => callee.rfind('.'),
    };
    match end.and_then(|end| callee.get(..end)) {
        Some(object) => object.trim_end().trim_end_matches(['?', '.']).trim_end(),
        None => callee,
    }
}

/// Whether a name is another one with a slip of the pen: the case, or up to two letters of a long name.
pub(super) fn is_slip(name: &str, right: &str) -> bool {
    if name == right || name.len() < 6 {
        return false;
    }
    let (name, right) = (name.to_ascii_lowercase().replace(['_', '-'], ""), right.to_ascii_lowercase());
    name == right || strsim::damerau_levenshtein(&name, &right) <= 2
}
