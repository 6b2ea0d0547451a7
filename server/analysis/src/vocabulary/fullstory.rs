//! Fullstory's own calls. Owns what each operation and method does, and what its form is worth on the file's
//! platform; what `setIdentity` does by its options is in `verdict`.
//! Facts: <https://developer.fullstory.com/browser/identification/anonymize-users/> and its sisters.

use std::sync::Arc;

use super::calls::lookalike;
use super::fullstory_table::ApiClass;
use super::recognise::{FullstoryCall, Known, WrittenForm};
use super::view::{FileView, PathView};
use super::{Anonymize, ApiForm, Effect, Fault, Generation, Platform, StepMeaning, Vocabulary};
use crate::lowering::{Call, Import, ImportName, Value};

/// What the name of a sentence ends with that stands in the place of another one on the native platforms.
pub(super) const ON_NATIVE: &str = "-on-native";

impl Vocabulary {
    /// What a call means, where it is one of Fullstory's; `None` where it is not.
    pub(super) fn fullstory_call(
        &self,
        file: &FileView<'_>,
        call: &Call,
        callee: &PathView<'_>,
    ) -> Option<StepMeaning> {
        let found = self.recognise(file, call, callee)?;
        Some(self.recognised(file, call, &found))
    }

    /// What a Fullstory call means.
    fn recognised(&self, file: &FileView<'_>, call: &Call, found: &FullstoryCall<'_>) -> StepMeaning {
        let mut meaning = StepMeaning { effects: Vec::new(), never_throws: true, may_release: false };
        let Some(known) = self.known(found) else {
            meaning.may_release = matches!(found.form, WrittenForm::Operation { name: None, .. });
            return meaning;
        };
        match known.class {
            ApiClass::Identity => self.identity(file, call, found, &known, &mut meaning),
            ApiClass::Anonymize => meaning.effects.push(self.anonymize(call, found, &known)),
            ApiClass::Identify => self.identify_method(call, found, &known, &mut meaning),
            ApiClass::Event => meaning.effects.push(Effect::Track),
            ApiClass::Properties => self.properties(file, call, found, &mut meaning),
            ApiClass::UserVars => self.user_vars(file, call, found, 0, &mut meaning),
            ApiClass::Vars => {
                if call.arguments.first().and_then(|argument| argument.value.as_text()) == Some("user") {
                    self.user_vars(file, call, found, 1, &mut meaning);
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
            return StepMeaning { effects: Vec::new(), never_throws: true, may_release: true };
        }
        meaning
    }

    /// Why a Fullstory call of any sort is wrong on the file's platform: also an event's or a property's,
    /// whose effects carry no fault. `None` for a right call and for any other call.
    pub fn call_fault(&self, file: &FileView<'_>, call: &Call) -> Option<Fault> {
        let callee = super::view::view(file, &self.table.names, &call.callee);
        let found = self.recognise(file, call, &callee)?;
        if found.by_shape {
            return None;
        }
        let of_effect = self.recognised(file, call, &found).effects.into_iter().find_map(|effect| match effect {
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
        // Published guidance names methods that the native SDKs have not: the compiler tells them.
        if found.platform.is_native() && entry.class != ApiClass::Identity {
            return None;
        }
        if entry.missing {
            let message = self.message("no-such-method", found, name);
            return Some(Fault::Syntax { message, span: call.callee_span, contradictory: false, fallback: false });
        }
        if super::calls::on_platform(&entry.platforms, found.platform) {
            return None;
        }
        let written_for = match found.platform {
            Platform::Web(_) => Platform::ReactNative,
            _ => Platform::Web(Generation::V2),
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
        Effect::from(Anonymize { form, asynchronous, fault, deprecated, callable: found.callable.clone() })
    }

    /// Whether the form belongs to another platform or generation.
    pub(super) fn platform_fault(&self, found: &FullstoryCall<'_>) -> Option<Fault> {
        let is_operation = matches!(found.form, WrittenForm::Operation { .. });
        let (written_for, message) = match found.platform {
            Platform::ReactNative if is_operation && !found.through_window => {
                (Platform::Web(Generation::V2), "operation-on-react-native")
            }
            platform if platform.is_native() && is_operation => (Platform::Web(Generation::V2), "operation-on-native"),
            platform if platform.is_native() && found.on_wrong_object => {
                (Platform::ReactNative, "wrong-object-on-native")
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
        let messages = &self.table.fullstory.message;
        let of_native = || messages.get(&*format!("{name}{ON_NATIVE}"));
        let own = found.platform.is_native().then(of_native).flatten();
        let message = own.or_else(|| messages.get(name)).map(|message| &**message).unwrap_or_default();
        let texts = self.texts(found.platform);
        let is_operation = found.api_form().0 == ApiForm::Operation;
        let callable = if found.platform.is_web() || is_operation && !found.platform.is_native() {
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

fn has_fault(effect: &Effect) -> bool {
    match effect {
        Effect::Anonymize(anonymize) => anonymize.fault.is_some(),
        Effect::Identify(identify) => identify.fault.is_some(),
        _ => false,
    }
}
