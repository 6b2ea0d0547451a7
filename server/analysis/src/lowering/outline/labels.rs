//! The text that a person reads on what runs a closure: `Button("Sign Out") { … }`, `ListTile(title:
//! Text('Log out'), onTap: …)`. Owns the search for it; must not know what a text means.

use super::lowerer::Lowerer;
use super::{ArgumentForm, CallForm, Expression, Form, FunctionBody};
use crate::lowering::{Argument, BodyId, Name, Path, Root, Segment, Value};

/// Labels of arguments that show a text, the most telling first.
const TEXT_LABELS: [&str; 7] = ["title", "text", "label", "child", "content", "name", "titleKey"];
/// Labels of closures that build what is shown, and run nothing when it is chosen.
const CONTENT_LABELS: [&str; 6] = ["label", "content", "builder", "child", "icon", "itemBuilder"];
/// Setters of buttons whose first argument is the text.
const TEXT_SETTERS: [&str; 6] =
    ["setPositiveButton", "setNegativeButton", "setNeutralButton", "setAction", "addAction", "actionWithTitle"];
/// What hands a closure to something that is shown, whose own text or name tells what it does.
const TAP_SETTERS: [&str; 8] = [
    "setOnClickListener",
    "setOnLongClickListener",
    "setOnMenuItemClickListener",
    "onTapGesture",
    "addTarget",
    "setOnPreferenceClickListener",
    "doOnClick",
    "clickable",
];
/// Words of a view's name that say what it is and not what it is for.
const VIEW_WORDS: [&str; 17] = [
    "button",
    "btn",
    "view",
    "item",
    "row",
    "cell",
    "link",
    "text",
    "label",
    "image",
    "img",
    "tv",
    "iv",
    "layout",
    "container",
    "tile",
    "preference",
];
/// How deep a text is looked for, and how long it may be.
const DEPTH: u32 = 4;
const LENGTH: usize = 80;
/// How many texts one function is remembered with: more than one make none of them its label.
const LABELS: usize = 2;

impl<'o> Lowerer<'o> {
    /// Takes note of the text beside each closure among a call's arguments.
    pub(super) fn label_arguments(&mut self, call: &'o CallForm, written: &[Name], arguments: &[Argument]) {
        if self.is_muted() {
            return;
        }
        let holds_function = |argument: &Argument| !matches!(argument.value, Value::Text(_) | Value::Number(_));
        let Some(label) = arguments.iter().any(holds_function).then(|| label_of(call, written)).flatten() else {
            return;
        };
        for argument in arguments {
            let is_content = argument.label.as_deref().is_some_and(|label| CONTENT_LABELS.contains(&label));
            if is_content {
                continue;
            }
            match &argument.value {
                Value::Closure(body) => self.label(*body, &label),
                // `onPressed: busy ? null : () { … }`.
                Value::Either(values) => {
                    for value in values {
                        if let Value::Closure(body) = value {
                            self.label(*body, &label);
                        }
                    }
                }
                Value::Object { properties, .. } => {
                    for property in properties {
                        if let Value::Closure(body) = property.value {
                            self.label(body, &label);
                        }
                    }
                }
                Value::Path(path) => {
                    if let Some(body) = self.referred(path) {
                        self.label(body, &label);
                    }
                }
                _ => {}
            }
        }
    }

    fn label(&mut self, body: BodyId, label: &Name) {
        self.told.push((self.flow.body, body));
        let labels = self.handler_labels.entry(body).or_default();
        if labels.len() < LABELS && !labels.contains(label) {
            labels.push(label.clone());
        }
    }

    /// The function of this file that a path names.
    fn referred(&self, path: &Path) -> Option<BodyId> {
        match (&path.root, path.segments.as_slice()) {
            (Root::Local(id), []) => match self.read_constant(*id)? {
                Value::Closure(body) => Some(*body),
                _ => None,
            },
            (Root::This(Some(class)), [Segment::Member(name)]) => {
                let facts = self.declared.class_facts.get(class.0 as usize)?;
                facts.members.get(*facts.by_name.get(name)?)?.body
            }
            _ => None,
        }
    }

    /// Gives each function without a label the one text that it is the handler of.
    pub(super) fn label_handlers(&mut self) {
        for (body, labels) in std::mem::take(&mut self.handler_labels) {
            let Some(body) = self.declared.bodies.get_mut(body.0 as usize) else { continue };
            if let ([only], None) = (labels.as_slice(), &body.label) {
                body.label = Some(only.clone());
            }
        }
    }
}

/// The text that a call shows on what it makes, or on what it is called on.
fn label_of(call: &CallForm, written: &[Name]) -> Option<Name> {
    let last = written.last()?;
    if TAP_SETTERS.contains(&&**last) {
        let object = match &call.callee.form {
            Form::Member(member) => member.object.as_ref()?,
            _ => return None,
        };
        let view = written.len().checked_sub(2).and_then(|index| written.get(index));
        return shown(object, DEPTH).or_else(|| view.and_then(|name| without_view_words(name)));
    }
    let makes_view = last.starts_with(char::is_uppercase) && !last.contains('.');
    if !makes_view && !TEXT_SETTERS.contains(&&**last) {
        return None;
    }
    text_in(call, DEPTH)
}

/// The text among a call's arguments: the first one without a label, else one whose label says that it is
/// shown, else what a closure without a label builds.
fn text_in(call: &CallForm, depth: u32) -> Option<Name> {
    let is_closure = |argument: &&ArgumentForm| matches!(argument.value.form, Form::Closure(_));
    let mut plain = call.arguments.iter().filter(|argument| argument.label.is_none());
    let first = plain.clone().find(|argument| !is_closure(argument));
    let labelled = |wanted: &&str| {
        call.arguments
            .iter()
            .find(|argument| argument.label.as_deref() == Some(*wanted))
            .and_then(|it| shown(&it.value, depth))
    };
    first
        .and_then(|argument| shown(&argument.value, depth))
        .or_else(|| TEXT_LABELS.iter().find_map(labelled))
        .or_else(|| plain.find(is_closure).and_then(|argument| shown(&argument.value, depth)))
}

/// The text that an expression shows: a string, a resource's name, what a widget or a builder holds.
fn shown(expression: &Expression, depth: u32) -> Option<Name> {
    let depth = depth.checked_sub(1)?;
    match &expression.form {
        Form::Text(text) => (!text.is_empty() && text.len() <= LENGTH).then(|| text.clone()),
        Form::Member(member) => Some(member.name.clone()),
        Form::Unwrap(inner) | Form::Reference(inner) | Form::Generic(inner, _) => shown(inner, depth),
        Form::Call(call) => text_in(call, depth).or_else(|| match &call.callee.form {
            Form::Member(member) => member.object.as_ref().and_then(|object| match &object.form {
                Form::Call(_) | Form::Text(_) => shown(object, depth),
                _ => None,
            }),
            _ => None,
        }),
        // A closure that builds shows what it makes; what one does when it is chosen shows nothing.
        Form::Closure(function) => {
            let built = match &function.body {
                FunctionBody::Block(block) => &block.statements.first()?.does,
                FunctionBody::Expression(value) => value,
                FunctionBody::None | FunctionBody::Kept(_) => return None,
            };
            makes_view(built).then(|| shown(built, depth)).flatten()
        }
        _ => None,
    }
}

/// Whether an expression is a text, or makes a piece of user interface: `Text("Log out").bold()`.
fn makes_view(expression: &Expression) -> bool {
    let (base, links) = super::spine::links_of(expression);
    match &base.form {
        Form::Name(name) => {
            name.starts_with(char::is_uppercase) && links.iter().any(|it| matches!(it.form, Form::Call(_)))
        }
        Form::Text(_) => true,
        _ => false,
    }
}

/// `logoutButton` is `logout`.
fn without_view_words(name: &str) -> Option<Name> {
    let mut words: Vec<String> = Vec::new();
    let mut was_upper = true;
    for character in name.chars() {
        if character == '_' {
            words.push(String::new());
            was_upper = true;
            continue;
        }
        if words.is_empty() || character.is_uppercase() && !was_upper {
            words.push(String::new());
        }
        was_upper = character.is_uppercase();
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty() && !VIEW_WORDS.contains(&word.as_str()));
    (!words.is_empty()).then(|| words.join(" ").into())
}
