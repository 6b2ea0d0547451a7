//! What options and uids come to: whether they anonymize, identify or do neither. Owns the classification;
//! must not know how the call was found or what is said of it.
//! Facts: <https://developer.fullstory.com/browser/identification/identify-users/>.

use super::Vocabulary;
use super::recognise::is_slip;
use crate::lowering::{Property, Value};
use crate::source::Span;

/// What options or a uid come to.
pub(super) enum Verdict {
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
    /// What the options of `setIdentity` come to. `text` is the file's, `span` the options' bytes.
    pub(super) fn options(&self, text: &str, options: &Value, span: Span) -> Verdict {
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

    pub(super) fn uid(&self, uid: &Value, span: Span) -> Verdict {
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
pub(super) fn value_span(text: &str, property: &Property) -> Span {
    let behind_key = Span::new(property.key_span.end.min(property.span.end), property.span.end).text(text);
    let Some(value) = behind_key.find(':').and_then(|at| behind_key.get(at + 1..)) else {
        return property.span;
    };
    Span::new(property.span.end - value.trim_start().len() as u32, property.span.end)
}
