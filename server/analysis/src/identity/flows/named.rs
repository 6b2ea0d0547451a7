//! What a body is called: by its own name, its class, its label, or the hook or page that it stands in. Must not know
//! what it does.

use super::super::does::Deeds;
use super::super::links::is_hook;
use super::own::Finder;
use crate::database::SourceFile;
use crate::linking::{Asked, BodyAt, Target, targets_of_value};
use crate::lowering::{Body, BodyId, BodyKind, BodyUse, Name, Path, Value};
use crate::vocabulary::{FlowName, Runs};

impl Finder<'_> {
    pub(super) fn named(&self, id: BodyId, body: &Body) -> Option<FlowName> {
        if body.kind == BodyKind::TopLevel || is_hook(body) {
            return None;
        }
        self.meanings.flow_names(id).any.or_else(|| self.of_hook(id, body))
    }

    /// The function that a hook named for a logout gives away, or the effect that it runs, is the flow.
    fn of_hook(&self, id: BodyId, body: &Body) -> Option<FlowName> {
        let hook = self.lowered.body(body.parent?);
        if body.used_as == BodyUse::Returned && !hook.returns_markup && !is_hook(hook) {
            // A thunk: what an action creator gives away is the action.
            return self.vocabulary.flow_name(hook.name.as_deref()?);
        }
        if !is_hook(hook) || body.name.is_some() && !self.is_returned(id, hook) {
            return None;
        }
        let runs = self.links.runs(id);
        if !matches!(runs, Runs::Wrapped | Runs::OnMount | Runs::Unknown | Runs::OnEvent | Runs::Later) {
            return None;
        }
        self.vocabulary.flow_name(hook.name.as_deref()?.strip_prefix("use")?)
    }

    /// What a logout page does as it comes up is the flow, where it ends the session or asks the server for
    /// that and leaves.
    pub(super) fn of_page(&self, id: BodyId, body: &Body, done: Deeds) -> Option<FlowName> {
        let page = self.lowered.body(body.parent?);
        let leaves = done.any(Deeds::LEAVES_DOCUMENT.and(Deeds::LEAVES_SCREEN));
        let ends = done.any(Deeds::SIGNS_OUT.and(Deeds::CLEARS_AUTH)) || leaves && done.any(Deeds::REQUESTS);
        if !ends || !page.returns_markup || self.links.runs(id) != Runs::OnMount {
            return None;
        }
        self.vocabulary.flow_page(page.name.as_deref()?)
    }

    fn is_returned(&self, id: BodyId, hook: &Body) -> bool {
        let mut values: Vec<&Value> = hook.code_anywhere().returns.iter().collect();
        while let Some(value) = values.pop() {
            match value {
                Value::Closure(body) if *body == id => return true,
                Value::Object { properties, .. } => {
                    values.extend(properties.iter().map(|property| &property.value));
                }
                Value::Array(items) => values.extend(items),
                other => {
                    let is_wrapper = |_: SourceFile, _: &Path, _: u32| true;
                    let targets = targets_of_value(self.db, self.file, other, &is_wrapper, &Asked::default());
                    if targets.contains(&Target::Body(self.at(id), false)) {
                        return true;
                    }
                }
            }
        }
        false
    }

    pub(super) fn is_named(&self, at: BodyAt) -> bool {
        let other = (at.file != self.file).then(|| Finder::new(self.db, at.file));
        let finder = other.as_ref().unwrap_or(self);
        finder.named(at.body, finder.lowered.body(at.body)).is_some()
    }

    /// The text on what runs the body, its own name, or where it stands.
    pub(super) fn title(&self, id: BodyId) -> Name {
        let body = self.lowered.body(id);
        let named = self.meanings.flow_names(id).own.is_some();
        // A translation's key is no text that a person reads, and neither is what a text is taken from.
        let is_text = |label: &Name| {
            let is_written = label.contains(' ') || label.starts_with(char::is_uppercase);
            is_written || !label.contains(['.', '_', ':']) && self.vocabulary.flow_label(label).is_some()
        };
        let label = body.label.clone().filter(|label| !named && is_text(label));
        // `const timer = setInterval(() => …)` names the timer.
        let is_own = matches!(self.links.runs(id), Runs::Wrapped | Runs::Unknown);
        let named_itself = named || is_own || !matches!(body.used_as, BodyUse::Argument { .. });
        if let Some(title) = label.or_else(|| body.name.clone().filter(|_| named_itself)) {
            return title;
        }
        match &body.used_as {
            BodyUse::Argument { written, .. } if !written.is_empty() => {
                Name::from(format!("{}(…)", written.iter().map(|name| &**name).collect::<Vec<_>>().join(".")))
            }
            BodyUse::Attribute { element, attribute } => Name::from(format!("<{element} {attribute}>")),
            _ => match body.parent.filter(|_| body.kind != BodyKind::TopLevel) {
                Some(parent) => self.title(parent),
                None => Name::from("this script"),
            },
        }
    }
}
