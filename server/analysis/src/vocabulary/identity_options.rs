//! What `setIdentity` and its older kin do. Owns turning a verdict on their options into effects and faults;
//! must not know how the call was found.
//! Facts: <https://developer.fullstory.com/browser/identification/identify-users/>.

use std::sync::Arc;

use super::calls::lookalike;
use super::recognise::{FullstoryCall, Known, WrittenForm};
use super::verdict::{Verdict, value_span};
use super::view::FileView;
use super::{Anonymize, ApiForm, Effect, Fault, Generation, Identify, Platform, StepMeaning, Vocabulary};
use crate::lowering::{Argument, Call, Property, Value};
use crate::source::Span;

/// The option that says whom to identify.
const UID: &str = "uid";

impl Vocabulary {
    /// `FS('setIdentity', …)`, or the method of that name, which no platform has.
    pub(super) fn identity(
        &self,
        file: &FileView<'_>,
        call: &Call,
        found: &FullstoryCall<'_>,
        known: &Known<'_>,
        meaning: &mut StepMeaning,
    ) {
        let position = match found.form {
            WrittenForm::Operation { .. } => 1,
            WrittenForm::Method(_) => 0,
        };
        if call.arguments.iter().take(position + 1).any(|argument| argument.spread) {
            meaning.may_release = true;
            return;
        }
        let verdict = match call.arguments.get(position) {
            Some(Argument { label: Some(_), span, .. }) => {
                let end = call.arguments.last().map_or(span.end, |last| last.span.end);
                self.options(file.text, &labelled(&call.arguments), Span::new(span.start, end))
            }
            Some(argument) => self.options(file.text, &argument.value, argument.span),
            None => Verdict::Wrong { message: "no-options", span: call.callee_span, contradictory: false },
        };
        let verdict = match (verdict, call.arguments.get(position)) {
            // What cannot be read is wrong by its form all the same.
            (Verdict::Unknown, Some(argument)) if found.platform.is_native() => {
                let span = argument.span;
                match span.text(file.text).contains(UID) {
                    true => Verdict::Identifies { uid: Value::Unknown, span, fallback: None },
                    false => Verdict::Releases { deprecated: None },
                }
            }
            (verdict, _) => verdict,
        };
        let wrong_name = known.wrong.map(|_| {
            let (message, span) = match found.form {
                WrittenForm::Operation { .. } => {
                    ("misspelt-operation", call.arguments.first().map_or(call.callee_span, |argument| argument.span))
                }
                WrittenForm::Method(_) => ("no-such-method", call.callee_span),
            };
            Fault::Syntax {
                message: self.message(message, found, found.written()),
                span,
                contradictory: false,
                fallback: false,
            }
        });
        self.apply(verdict, call, found, wrong_name, meaning);
    }

    /// `FS.identify(uid, …)`.
    pub(super) fn identify_method(
        &self,
        call: &Call,
        found: &FullstoryCall<'_>,
        known: &Known<'_>,
        meaning: &mut StepMeaning,
    ) {
        let position = usize::from(matches!(found.form, WrittenForm::Operation { .. }));
        let is_uid = |argument: &&Argument| {
            argument.label.as_deref().is_some_and(|label| self.table.names.uid_labels.contains(label))
        };
        let labelled_uid = call.arguments.iter().find(is_uid);
        let verdict = match labelled_uid.or_else(|| call.arguments.get(position)) {
            Some(Argument { spread: true, .. }) => Verdict::Unknown,
            Some(argument) => match self.uid(&argument.value, argument.span) {
                Verdict::Releases { .. } if found.platform.is_mobile() => {
                    Verdict::Wrong { message: "identify-false-on-mobile", span: argument.span, contradictory: false }
                }
                Verdict::Releases { .. } if found.platform == Platform::Web(Generation::V2) => {
                    Verdict::Releases { deprecated: Some("deprecated-identify-false") }
                }
                other => other,
            },
            None => Verdict::Wrong { message: "identify-nobody", span: call.callee_span, contradictory: false },
        };
        let wrong_name = known.wrong.map(|_| Fault::Syntax {
            message: self.message("identify-operation", found, found.written()),
            span: call.arguments.first().map_or(call.callee_span, |argument| argument.span),
            contradictory: false,
            fallback: false,
        });
        self.apply(verdict, call, found, wrong_name, meaning);
    }

    /// `FS('setProperties', { type: 'user', properties })`: a `uid` among them identifies.
    pub(super) fn properties(
        &self,
        file: &FileView<'_>,
        call: &Call,
        found: &FullstoryCall<'_>,
        meaning: &mut StepMeaning,
    ) {
        let position = usize::from(matches!(found.form, WrittenForm::Operation { .. }));
        let Some(options) = call.arguments.get(position).map(|argument| &argument.value) else {
            return;
        };
        if options.property("type").and_then(|kind| kind.value.as_text()) != Some("user") {
            return;
        }
        let uid = options.property("properties").and_then(|properties| properties.value.property("uid"));
        self.user_property(file, uid, call, found, meaning);
    }

    /// `FS.setUserVars(vars)`: a `uid` among them identifies.
    pub(super) fn user_vars(
        &self,
        file: &FileView<'_>,
        call: &Call,
        found: &FullstoryCall<'_>,
        position: usize,
        meaning: &mut StepMeaning,
    ) {
        let uid = call.arguments.get(position).and_then(|argument| argument.value.property("uid"));
        self.user_property(file, uid, call, found, meaning);
    }

    fn user_property(
        &self,
        file: &FileView<'_>,
        uid: Option<&Property>,
        call: &Call,
        found: &FullstoryCall<'_>,
        meaning: &mut StepMeaning,
    ) {
        meaning.effects.push(Effect::UserProperty);
        if let Some(uid) = uid {
            let verdict = self.uid(&uid.value, value_span(file.text, uid));
            if matches!(verdict, Verdict::Identifies { .. }) {
                self.apply(verdict, call, found, None, meaning);
            }
        }
    }

    /// Writes a verdict as effects. The form's own fault goes before that of the options.
    fn apply(
        &self,
        verdict: Verdict,
        call: &Call,
        found: &FullstoryCall<'_>,
        wrong_name: Option<Fault>,
        meaning: &mut StepMeaning,
    ) {
        let (form, asynchronous) = found.api_form();
        let of_form = self.platform_fault(found).or(wrong_name);
        let anonymize = |fault: Option<Fault>, deprecated: Option<Arc<str>>| {
            let deprecated = deprecated.filter(|_| fault.is_none());
            Effect::from(Anonymize { form, asynchronous, fault, deprecated, callable: found.callable.clone() })
        };
        match verdict {
            Verdict::Releases { deprecated } => {
                let deprecated = deprecated
                    .filter(|_| found.platform == Platform::Web(Generation::V2))
                    .map(|message| self.message(message, found, found.written()));
                meaning.effects.push(anonymize(of_form, deprecated));
            }
            Verdict::Wrong { message, span, contradictory } => {
                let message = self.message(message, found, &written_part(call, span));
                let fault = Fault::Syntax { message, span, contradictory, fallback: false };
                meaning.effects.push(anonymize(of_form.or(Some(fault)), None));
            }
            Verdict::Identifies { uid, span, fallback } => {
                let of_uid = fallback.map(|span| Fault::Syntax {
                    message: self.message("uid-fallback", found, ""),
                    span,
                    contradictory: false,
                    fallback: true,
                });
                meaning.effects.push(Effect::from(Identify {
                    uid,
                    uid_span: Some(span),
                    asynchronous,
                    fault: of_form.or(of_uid),
                    form,
                    callable: found.callable.clone(),
                }));
            }
            Verdict::MayIdentify { uid, span } => {
                meaning.may_release = true;
                let (uid_span, callable) = (Some(span), found.callable.clone());
                let identify = Identify { uid, uid_span, asynchronous, fault: of_form, form, callable };
                meaning.effects.push(identify.into());
            }
            Verdict::Lookalike(message) => {
                let message = self.message(message, found, found.written());
                meaning.effects.push(lookalike(&message, &call.written));
            }
            Verdict::Nothing => {}
            Verdict::Unknown => meaning.may_release = true,
        }
        debug_assert!(form != ApiForm::Wrapper);
    }
}

/// Labelled arguments as the options that they stand for: `setIdentity(anonymous: true)`.
fn labelled(arguments: &[Argument]) -> Value {
    let properties = arguments.iter().filter_map(|argument| {
        let (key, value) = (argument.label.clone()?, argument.value.clone());
        Some(Property { key, value, key_span: argument.span, span: argument.span })
    });
    let properties: Vec<Property> = properties.collect();
    Value::Object { open: properties.len() < arguments.len(), properties }
}

/// What a message may quote of the arguments: the wrong key, or the fake uid.
fn written_part(call: &Call, span: Span) -> String {
    for argument in &call.arguments {
        if let Some(found) = quoted(&argument.value, argument.span, span) {
            return found;
        }
    }
    String::new()
}

fn quoted(value: &Value, of: Span, span: Span) -> Option<String> {
    match value {
        Value::Object { properties, .. } => properties.iter().find_map(|property| {
            if property.key_span == span {
                return Some(property.key.to_string());
            }
            let value = Span::new(span.start.max(property.span.start), property.span.end);
            quoted(&property.value, value, span)
        }),
        Value::Text(text) if of == span => Some(text.to_string()),
        Value::Number(number) if of == span => Some(number.to_string()),
        _ => None,
    }
}
