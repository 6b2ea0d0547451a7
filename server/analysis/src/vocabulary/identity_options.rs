//! What `setIdentity` and its older kin do by their options. Owns the classification of options and uids;
//! must not know how the call was found.
//! Facts: <https://developer.fullstory.com/browser/identification/identify-users/>.

use std::sync::Arc;

use super::calls::lookalike;
use super::fullstory::{FullstoryCall, Known, WrittenForm, is_slip};
use super::view::FileView;
use super::{Anonymize, ApiForm, Effect, Fault, Generation, Identify, Platform, StepMeaning, Vocabulary};
use crate::lowering::{Argument, Call, Property, Value};
use crate::source::Span;

/// What options or a uid come to.
enum Verdict {
    /// It anonymizes. A message where it is an older way to say so.
    Releases { deprecated: Option<&'static str> },
    /// It means to anonymize, or names nobody, and does not release: the message, and the bytes.
    Wrong { message: &'static str, span: Span, contradictory: bool },
    /// It identifies. A span where the user may be a fake one.
    Identifies { uid: Value, span: Span, fallback: Option<Span> },
    /// It identifies on some ways and may release on others.
    MayIdentify { uid: Value, span: Span },
    /// It does nothing to the identity, though it may look so.
    Lookalike(&'static str),
    /// Nothing to the identity.
    Nothing,
    /// Nobody knows.
    Unknown,
}

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
            Some(argument) => self.options(file.text, &argument.value, argument.span),
            None => Verdict::Wrong { message: "no-options", span: call.callee_span, contradictory: false },
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
        let verdict = match call.arguments.get(position) {
            Some(Argument { spread: true, .. }) => Verdict::Unknown,
            Some(argument) => match self.uid(&argument.value, argument.span) {
                Verdict::Releases { .. } if found.platform == Platform::ReactNative => {
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

    fn options(&self, text: &str, options: &Value, span: Span) -> Verdict {
        match options {
            Value::Object { properties, open } => self.option_object(text, options, properties, *open, span),
            Value::Boolean(false) => Verdict::Releases { deprecated: Some("deprecated-false") },
            Value::Undefined => Verdict::Wrong { message: "no-options", span, contradictory: false },
            Value::Null => Verdict::Wrong { message: "null-options", span, contradictory: false },
            Value::Text(_) => self.uid(options, span),
            Value::Either(values) => self.either_options(text, values, span),
            Value::Boolean(true) | Value::Number(_) | Value::Array(_) | Value::Closure(_) => Verdict::Nothing,
            _ => Verdict::Unknown,
        }
    }

    /// `user ? { uid: user.id } : { anonymous: true }`: what all of them come to, or nobody knows.
    fn either_options(&self, text: &str, values: &[Value], span: Span) -> Verdict {
        let mut verdicts: Vec<Verdict> = values.iter().map(|value| self.options(text, value, span)).collect();
        if !verdicts.is_empty() && verdicts.iter().all(|verdict| matches!(verdict, Verdict::Releases { .. })) {
            return Verdict::Releases { deprecated: None };
        }
        let identifies = verdicts.iter().position(|verdict| matches!(verdict, Verdict::Identifies { .. }));
        if let Some(Verdict::Identifies { uid, span, .. }) = identifies.map(|at| verdicts.swap_remove(at)) {
            return Verdict::MayIdentify { uid, span };
        }
        Verdict::Unknown
    }

    fn option_object(&self, text: &str, options: &Value, properties: &[Property], open: bool, span: Span) -> Verdict {
        let anonymous = options.property("anonymous");
        let uid = options.property("uid");
        if let Some(anonymous) = anonymous {
            return self.anonymous_option(text, anonymous, uid, properties);
        }
        if let Some(uid) = uid {
            return self.uid(&uid.value, value_span(text, uid));
        }
        if let Some(wrong) = properties.iter().rev().find(|property| self.is_misspelt_anonymous(&property.key)) {
            return Verdict::Wrong { message: "misspelt-key", span: wrong.key_span, contradictory: false };
        }
        if open {
            return Verdict::Unknown;
        }
        if properties.is_empty() {
            return Verdict::Wrong { message: "empty-options", span, contradictory: false };
        }
        match options.property("consent").map(|consent| &consent.value) {
            Some(Value::Boolean(false)) => Verdict::Lookalike("consent-only"),
            _ => Verdict::Nothing,
        }
    }

    fn anonymous_option(
        &self,
        text: &str,
        anonymous: &Property,
        uid: Option<&Property>,
        properties: &[Property],
    ) -> Verdict {
        let uid = uid.filter(|uid| uid.value != Value::Undefined);
        let wrong = |message| Verdict::Wrong { message, span: anonymous.span, contradictory: false };
        match (&anonymous.value, uid) {
            (Value::Boolean(true), Some(_)) => {
                Verdict::Wrong { message: "anonymous-with-uid", span: anonymous.span, contradictory: true }
            }
            (Value::Boolean(true), None) => Verdict::Releases { deprecated: None },
            (Value::Boolean(false) | Value::Undefined | Value::Null, Some(uid)) => {
                self.uid(&uid.value, value_span(text, uid))
            }
            (Value::Boolean(false), None) if properties.len() > 1 => Verdict::Lookalike("anonymous-false-with-others"),
            (Value::Boolean(false) | Value::Undefined | Value::Null, None) => wrong("anonymous-false"),
            (Value::Text(_) | Value::Number(_) | Value::Object { .. } | Value::Array(_), _) => {
                wrong("anonymous-not-true")
            }
            _ => Verdict::Unknown,
        }
    }

    fn is_misspelt_anonymous(&self, key: &str) -> bool {
        let names = &self.table.names;
        !names.identity_options.contains(key)
            && (names.misspelt_anonymous.contains(key) || is_slip(key, "anonymous") || is_slip(key, "anonymize"))
    }

    fn uid(&self, uid: &Value, span: Span) -> Verdict {
        let wrong = |message| Verdict::Wrong { message, span, contradictory: false };
        match uid {
            Value::Null => wrong("uid-null"),
            Value::Undefined => wrong("uid-undefined"),
            Value::Boolean(false) => Verdict::Releases { deprecated: Some("deprecated-uid-false") },
            Value::Text(text) if text.trim().is_empty() => wrong("uid-empty"),
            Value::Text(text) | Value::Number(text) if self.is_fake_user(text) => wrong("uid-fake"),
            Value::Either(values) => {
                let fallback = values.iter().any(|value| self.is_nobody(value));
                let all = values.iter().all(|value| self.is_nobody(value));
                match (fallback, all) {
                    (true, true) => wrong("uid-fake"),
                    (true, false) => Verdict::Identifies {
                        uid: real_one(values, |value| self.is_nobody(value)),
                        span,
                        fallback: Some(span),
                    },
                    (false, _) => Verdict::Identifies { uid: uid.clone(), span, fallback: None },
                }
            }
            other => Verdict::Identifies { uid: other.clone(), span, fallback: None },
        }
    }

    fn is_nobody(&self, value: &Value) -> bool {
        match value {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty() || self.is_fake_user(text),
            _ => false,
        }
    }

    fn is_fake_user(&self, uid: &str) -> bool {
        self.table.names.fake_users.contains(&*uid.trim().to_ascii_lowercase())
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
            Effect::Anonymize(Anonymize { form, asynchronous, fault, deprecated, callable: found.callable.clone() })
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
                meaning.effects.push(Effect::Identify(Identify {
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
                meaning.effects.push(Effect::Identify(identify));
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

/// The real user of a choice between one and a fake one.
fn real_one(values: &[Value], is_nobody: impl Fn(&Value) -> bool) -> Value {
    let mut real = values.iter().filter(|value| !is_nobody(value));
    match (real.next(), real.next()) {
        (Some(one), None) => one.clone(),
        _ => Value::Either(values.iter().filter(|value| !is_nobody(value)).cloned().collect()),
    }
}

/// The bytes of a property's value; the key's where it is both.
fn value_span(text: &str, property: &Property) -> Span {
    let behind_key = Span::new(property.key_span.end.min(property.span.end), property.span.end).text(text);
    let Some(value) = behind_key.find(':').and_then(|at| behind_key.get(at + 1..)) else {
        return property.span;
    };
    Span::new(property.span.end - value.trim_start().len() as u32, property.span.end)
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
