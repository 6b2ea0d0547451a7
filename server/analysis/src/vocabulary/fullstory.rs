//! Fullstory's own calls. Owns how a call is known to be one, in which form it is written and what that
//! form is worth on the file's platform; what `setIdentity` does by its options is in `identity_options`.
//! Facts: <https://developer.fullstory.com/browser/identification/anonymize-users/> and its sisters.

use std::sync::Arc;

use super::calls::lookalike;
use super::tables::{ApiClass, MethodEntry, OperationEntry};
use super::view::{FileView, PathView, RootView};
use super::{Anonymize, ApiForm, Effect, Fault, Generation, Platform, StepMeaning, Vocabulary};
use crate::lowering::{Call, Import, ImportName, Segment, Value};

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
    through_window: bool,
    /// Whether the method is imported by its name or through a namespace, which the second generation has not.
    imported_method: bool,
    /// Whether the callee comes from an SDK's module, so that it can be nothing else.
    through_import: bool,
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
    /// What a call means, where it is one of Fullstory's; `None` where it is not.
    pub(super) fn fullstory_call(
        &self,
        file: &FileView<'_>,
        call: &Call,
        callee: &PathView<'_>,
    ) -> Option<StepMeaning> {
        let found = self.recognise(file, call, callee)?;
        let mut meaning = StepMeaning { effects: Vec::new(), never_throws: true, may_release: false };
        let Some(known) = self.known(&found) else {
            meaning.may_release = matches!(found.form, WrittenForm::Operation { name: None, .. });
            return Some(meaning);
        };
        match known.class {
            ApiClass::Identity => self.identity(file, call, &found, &known, &mut meaning),
            ApiClass::Anonymize => meaning.effects.push(self.anonymize(call, &found, &known)),
            ApiClass::Identify => self.identify_method(call, &found, &known, &mut meaning),
            ApiClass::Event => meaning.effects.push(Effect::Track),
            ApiClass::Properties => self.properties(file, call, &found, &mut meaning),
            ApiClass::UserVars => self.user_vars(file, call, &found, 0, &mut meaning),
            ApiClass::Vars => {
                if call.arguments.first().and_then(|argument| argument.value.as_text()) == Some("user") {
                    self.user_vars(file, call, &found, 1, &mut meaning);
                }
            }
            ApiClass::Consent => {
                let given = call.arguments.first().map(|argument| &argument.value);
                if given == Some(&Value::Boolean(false)) {
                    meaning.effects.extend(known.lookalike.map(|message| lookalike(message, &call.written)));
                }
            }
            ApiClass::Lookalike => {
                meaning.effects.extend(known.lookalike.map(|message| lookalike(message, &call.written)));
            }
            ApiClass::Other => {}
        }
        if found.by_shape && meaning.effects.iter().any(has_fault) {
            return Some(StepMeaning { effects: Vec::new(), never_throws: true, may_release: true });
        }
        Some(meaning)
    }

    /// Why a Fullstory call of any sort is wrong on the file's platform: also an event's or a property's,
    /// whose effects carry no fault. `None` for a right call and for any other call.
    pub fn call_fault(&self, file: &FileView<'_>, call: &Call) -> Option<Fault> {
        let callee = super::view::view(file, &self.table.names, &call.callee);
        let found = self.recognise(file, call, &callee)?;
        if found.by_shape {
            return None;
        }
        let meaning = self.fullstory_call(file, call, &callee)?;
        let of_effect = meaning.effects.into_iter().find_map(|effect| match effect {
            Effect::Anonymize(anonymize) => anonymize.fault,
            Effect::Identify(identify) => identify.fault,
            _ => None,
        });
        of_effect.or_else(|| self.platform_fault(&found)).or_else(|| self.method_fault(call, &found))
    }

    /// Why a method that is no anonymize and no identify is wrong: the platform's SDK has none of that name.
    fn method_fault(&self, call: &Call, found: &FullstoryCall<'_>) -> Option<Fault> {
        let WrittenForm::Method(name) = found.form else {
            return None;
        };
        let (entry, _) = self.method(name).filter(|_| found.through_import)?;
        if entry.missing {
            let message = self.message("no-such-method", found, name);
            return Some(Fault::Syntax { message, span: call.callee_span, contradictory: false, fallback: false });
        }
        if super::calls::on_platform(&entry.platforms, found.platform) {
            return None;
        }
        let written_for = match found.platform {
            Platform::Web(_) => Platform::ReactNative,
            Platform::ReactNative => Platform::Web(Generation::V2),
        };
        Some(Fault::Platform { written_for, message: self.message("no-such-method", found, name) })
    }

    /// Why an import from an SDK is wrong, where it is.
    pub fn import_fault(&self, file: &FileView<'_>, import: &Import) -> Option<Fault> {
        if import.type_only {
            return None;
        }
        let name = match import.name.as_ref()? {
            ImportName::Named(name) => &**name,
            // `require('x')` gives the module itself, which is no default export.
            ImportName::Default if !import.span.text(file.text).trim_start().starts_with("import") => return None,
            ImportName::Default => "default",
            ImportName::Namespace => "*",
        };
        let entry = self
            .table
            .fullstory
            .import_fault
            .iter()
            .find(|entry| entry.module.matches(&import.module) && entry.names.contains(name))?;
        let written_for = Platform::of_name(&entry.written_for)?;
        Some(Fault::Platform { written_for, message: entry.message.replace("{name}", name).into() })
    }

    /// How a call is written, where it is one of Fullstory's.
    fn recognise<'a>(&self, file: &FileView<'_>, call: &'a Call, callee: &PathView<'a>) -> Option<FullstoryCall<'a>> {
        if call.construct {
            return None;
        }
        if let Some(sdk) = self.callable(callee) {
            return Some(self.operation_call(file, call, callee, sdk, false));
        }
        if let Some((object, method)) = callee.split_last_member()
            && let Some(sdk) = self.callable(&object)
        {
            let platform = sdk.map_or(file.platform, |sdk| platform_of(sdk, file.platform));
            return Some(FullstoryCall {
                platform,
                callable: before_last_member(call.callee_span.text(file.text)).into(),
                form: WrittenForm::Method(method),
                by_shape: false,
                through_window: callee.through_global_object,
                imported_method: false,
                through_import: sdk.is_some(),
            });
        }
        if let Some(found) = self.imported_method(file, call, callee) {
            return Some(found);
        }
        self.call_by_shape(file, call, callee)
    }

    /// The SDK of a path that can be called as Fullstory's API: the outer `None` where it cannot be, the
    /// inner one where the file's platform says which SDK it is.
    fn callable(&self, path: &PathView<'_>) -> Option<Option<Platform>> {
        let entry = self
            .table
            .fullstory
            .callable
            .iter()
            .find(|entry| entry.paths.iter().any(|pattern| pattern.matches(path)))?;
        Some(entry.sdk.as_deref().and_then(Platform::of_name))
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
        let operation = call.arguments.first().and_then(|argument| argument.value.as_text())?;
        let name = operation.strip_suffix(ASYNC).unwrap_or(operation);
        let own =
            self.operation(name).is_some_and(|entry| entry.class == ApiClass::Identity && entry.instead_of.is_none());
        if !own {
            return None;
        }
        let by_namespace = callee.segments.last() == Some(&Segment::Computed);
        let handed = match callee.root {
            RootView::Local(_) => !callee.is_own_body(),
            RootView::This(_) | RootView::Unknown => !callee.is_own_body(),
            RootView::Global(_) => by_namespace,
            RootView::Import { .. } | RootView::Super => false,
        };
        (handed || by_namespace).then(|| self.operation_call(file, call, callee, None, !by_namespace))
    }

    fn known<'t>(&'t self, found: &FullstoryCall<'_>) -> Option<Known<'t>> {
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
    fn method(&self, name: &str) -> Option<(&MethodEntry, bool)> {
        let methods = &self.table.fullstory.method;
        if let Some(entry) = methods.iter().find(|entry| entry.names.contains(name)) {
            return Some((entry, false));
        }
        let anonymize = methods.iter().find(|entry| entry.class == ApiClass::Anonymize && !entry.missing)?;
        anonymize.names.iter().any(|right| is_slip(name, right)).then_some((anonymize, true))
    }

    fn anonymize(&self, call: &Call, found: &FullstoryCall<'_>, known: &Known<'_>) -> Effect {
        let (form, asynchronous) = found.api_form();
        let wrong = known.wrong.map(|_| {
            let message = match found.form {
                WrittenForm::Operation { .. } => self.message("wrong-operation", found, found.written()),
                WrittenForm::Method(_) => self.message("wrong-method", found, found.written()),
            };
            let span = match (found.form, call.arguments.first()) {
                (WrittenForm::Operation { .. }, Some(argument)) => argument.span,
                _ => call.callee_span,
            };
            Fault::Syntax { message, span, contradictory: false, fallback: false }
        });
        let fault = self.platform_fault(found).or(wrong);
        let is_v1_form = form == ApiForm::Method && found.platform == Platform::Web(Generation::V2);
        let deprecated =
            (is_v1_form && fault.is_none()).then(|| self.message("deprecated-method", found, found.written()));
        Effect::Anonymize(Anonymize { form, asynchronous, fault, deprecated, callable: found.callable.clone() })
    }

    /// Whether the form belongs to another platform or generation.
    pub(super) fn platform_fault(&self, found: &FullstoryCall<'_>) -> Option<Fault> {
        let is_operation = matches!(found.form, WrittenForm::Operation { .. });
        let (written_for, message) = match found.platform {
            Platform::ReactNative if is_operation && !found.through_window => {
                (Platform::Web(Generation::V2), "operation-on-react-native")
            }
            Platform::Web(Generation::V1) if is_operation => (Platform::Web(Generation::V2), "operation-on-v1"),
            Platform::Web(Generation::V2) if found.imported_method => {
                (Platform::Web(Generation::V1), "imported-method-on-v2")
            }
            _ => return None,
        };
        Some(Fault::Platform { written_for, message: self.message(message, found, found.written()) })
    }

    /// A sentence of the tables. `{callable}` is the callable as written, `{written}` what is named, `{right}`
    /// the platform's anonymize call.
    pub(super) fn message(&self, name: &str, found: &FullstoryCall<'_>, written: &str) -> Arc<str> {
        let message = self.table.fullstory.message.get(name).map(|message| &**message).unwrap_or_default();
        let texts = self.texts(found.platform);
        let callable = if found.api_form().0 == ApiForm::Operation || found.platform != Platform::ReactNative {
            &*found.callable
        } else {
            texts.callable.as_str()
        };
        message
            .replace("{right}", &texts.anonymize.replace("{callable}", callable))
            .replace("{callable}", callable)
            .replace("{written}", written)
            .into()
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
        (Platform::Web(_), Platform::Web(_)) => file,
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

fn has_fault(effect: &Effect) -> bool {
    match effect {
        Effect::Anonymize(anonymize) => anonymize.fault.is_some(),
        Effect::Identify(identify) => identify.fault.is_some(),
        _ => false,
    }
}
