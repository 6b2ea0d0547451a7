//! Labels of named functions: `<button onClick={handleClick}>Log out</button>`. Owns finding the function
//! that an attribute or property refers to; must not know what a label says.

use tree_sitter::Node;

use super::labels;
use super::lowerer::Lowerer;
use crate::lowering::{BodyId, ClassId, Name, Path, Root, Segment, Value};

/// Keys beside a text that hold what is run when it is chosen.
const HANDLER_KEYS: [&str; 4] = ["action", "callback", "command", "handler"];

/// How many texts one function is remembered with: more than one make none of them its label.
const LABELS: usize = 2;

impl<'t> Lowerer<'t> {
    /// Takes note of a function that an element's attribute refers to.
    pub(super) fn attribute_handler(&mut self, name: &str, value: &Value, tag: Node<'t>, element: Node<'t>) {
        if self.is_muted() || !is_handler(name) {
            return;
        }
        let Some(body) = self.referred(value) else { return };
        if let Some(label) = labels::of_element(self.source, tag, Some(element)) {
            self.label(body, label);
        }
    }

    /// Takes note of a function that a property of an object literal refers to.
    pub(super) fn property_handler(&mut self, name: &str, value: &Value, object: Node<'t>) {
        if self.is_muted() || !is_handler(name) {
            return;
        }
        let Some(body) = self.referred(value) else { return };
        if let Some(label) = labels::of_object(self.source, object) {
            self.label(body, label);
        }
    }

    /// Takes note of a function that an attribute in markup refers to. Whether there is one in this file.
    pub(super) fn markup_handler(&mut self, value: &Value, label: Option<&str>) -> bool {
        let Some(body) = self.referred(value) else { return false };
        if let Some(label) = label {
            self.label(body, label.into());
        }
        true
    }

    fn label(&mut self, body: BodyId, label: Name) {
        self.told.push((self.flow.body, body));
        let labels = self.handler_labels.entry(body).or_default();
        if labels.len() < LABELS && !labels.contains(&label) {
            labels.push(label);
        }
    }

    /// The function of this file that a value refers to by its name.
    fn referred(&self, value: &Value) -> Option<BodyId> {
        let Value::Path(Path { root, segments }) = value else { return None };
        match (root, segments.as_slice()) {
            (Root::Local(id), []) => match self.read_constant(*id)? {
                Value::Closure(body) => Some(*body),
                Value::Call { arguments, .. } => arguments.iter().find_map(|argument| match argument {
                    Value::Closure(body) => Some(*body),
                    _ => None,
                }),
                _ => None,
            },
            (Root::This(Some(class)), [Segment::Member(name)]) => self.method(*class, name),
            _ => None,
        }
    }

    fn method(&self, class: ClassId, name: &Name) -> Option<BodyId> {
        let facts = self.declared.class_facts.get(class.0 as usize)?;
        let value = facts.members.get(*facts.by_name.get(name)?)?.value?;
        self.declared.body_of.get(&value.id()).copied()
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

fn is_handler(name: &str) -> bool {
    let is_event = name.strip_prefix("on").is_some_and(|rest| rest.starts_with(|first: char| !first.is_lowercase()));
    is_event || HANDLER_KEYS.contains(&name)
}
