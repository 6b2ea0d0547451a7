//! Callbacks. Owns when a function runs that is handed over: as an argument, an attribute of an element or
//! a method that a framework calls; must not know what it does.

use super::argument::all_hold;
use super::calls::on_platform;
use super::index::Named;
use super::pattern::Pattern;
use super::tables::CallbackEntry;
use super::tail::Tail;
use super::view::{FileView, view};
use super::words::Tokens;
use super::{Runs, Vocabulary};
use crate::lowering::{Argument, BodyId, BodyUse, Call, Class, ImportName, Name, Path, Root, Step, Value};

impl Named for CallbackEntry {
    fn paths(&self) -> &[Pattern] {
        &self.paths
    }

    fn tails(&self) -> &[Tail] {
        &self.tails
    }
}

impl Vocabulary {
    /// When a closure runs, by what is done with it where it stands. `used` is a body's of `file`.
    pub fn runs(&self, file: &FileView<'_>, used: &BodyUse) -> Runs {
        match used {
            BodyUse::Argument { callee, written, position, key } => {
                let call = || call_of(file, used);
                self.runs_handed(file, callee, written, *position, key.as_deref(), &call)
            }
            BodyUse::Attribute { element, attribute } => self.runs_attribute(file, element, attribute),
            BodyUse::InPlace { on_error: true } => Runs::OnError,
            BodyUse::InPlace { on_error: false } => Runs::Now,
            BodyUse::Reaction { to } => {
                let subjects = &self.table.names.state_subjects;
                let is_auth = to.as_deref().is_some_and(|to| Tokens::of(to).iter().any(|word| subjects.contains(word)));
                match is_auth {
                    true => Runs::OnAuthChange,
                    // A property's observer runs where it is assigned, not when a screen comes up.
                    false if file.platform.is_native() => Runs::Unknown,
                    false => Runs::OnMount,
                }
            }
            BodyUse::Bound | BodyUse::Returned | BodyUse::Other => Runs::Unknown,
        }
    }

    /// When a function runs that is an argument of a call, or the property `key` of an argument: for a name
    /// that is handed over instead of a closure.
    pub fn runs_argument(
        &self,
        file: &FileView<'_>,
        callee: &Path,
        written: &[Name],
        arguments: &[Argument],
        position: u32,
        key: Option<&str>,
    ) -> Runs {
        let label = || arguments.get(position as usize)?.label.as_deref();
        self.runs_handed(file, callee, written, position, key.or_else(label), &|| Some(arguments))
    }

    /// When a function runs that is an attribute of an element.
    pub fn runs_attribute(&self, file: &FileView<'_>, element: &str, attribute: &str) -> Runs {
        let entry = self.table.attribute.iter().find(|entry| {
            on_platform(&entry.platforms, file.platform)
                && (entry.elements.is_empty() || entry.elements.contains(element))
                && entry.names.iter().any(|name| match name.strip_suffix('*') {
                    Some(start) => attribute.starts_with(start),
                    None => &**name == attribute,
                })
        });
        entry.map_or(Runs::Unknown, |entry| entry.runs)
    }

    /// When a method of a class or of an object runs that a framework calls by its name. The start of an
    /// app or a service is no screen's.
    pub fn lifecycle(&self, file: &FileView<'_>, class: &Class, method: &str) -> Option<Runs> {
        if class.parent.as_ref().is_some_and(|parent| self.is_without_screen(parent)) {
            return None;
        }
        let mut entries = self.table.lifecycle.iter().filter(|entry| on_platform(&entry.platforms, file.platform));
        entries.find(|entry| entry.names.contains(method)).map(|entry| entry.runs)
    }

    /// When a function runs by the label of its argument, whatever is called.
    fn runs_labelled(&self, file: &FileView<'_>, label: &str) -> Option<Runs> {
        let mut entries = self.table.callback.iter().filter(|entry| {
            entry.methods.is_empty() && entry.paths.is_empty() && entry.tails.is_empty() && entry.when.is_empty()
        });
        let entry = entries.find(|it| it.keys.contains(label) && on_platform(&it.platforms, file.platform));
        entry.map(|entry| entry.runs)
    }

    fn is_without_screen(&self, parent: &Path) -> bool {
        let name = match (parent.last_member(), &parent.root) {
            (Some(name), _) => Some(name),
            (None, Root::Global(name) | Root::Import { name: ImportName::Named(name), .. }) => Some(name),
            _ => None,
        };
        name.is_some_and(|name| self.table.names.screenless_parents.contains(&**name))
    }

    fn runs_handed<'c>(
        &self,
        file: &FileView<'_>,
        callee: &Path,
        written: &[Name],
        position: u32,
        key: Option<&str>,
        arguments: &dyn Fn() -> Option<&'c [Argument]>,
    ) -> Runs {
        let names = &self.table.names;
        let path = view(file, names, callee);
        let holds = |entry: &CallbackEntry| {
            entry.when.is_empty() || arguments().is_some_and(|arguments| all_hold(&entry.when, arguments, names, file))
        };
        // A label tells an argument from others, but need not be named.
        let (key, label) = if path.is_native { (None, key) } else { (key, None) };
        let fits = |entry: &CallbackEntry| {
            let told = key.or(label.filter(|label| entry.keys.contains(*label)));
            told.is_none_or(|told| entry.keys.contains(told))
                && (told.is_some() || entry.keys.is_empty())
                && entry.argument.is_none_or(|wanted| wanted == position)
                && on_platform(&entry.platforms, file.platform)
                && holds(entry)
        };
        let named = |wanted: &dyn Fn(&CallbackEntry) -> bool| {
            let is_project = |module: &str| self.is_project_module(module);
            let fits = |entry: &CallbackEntry| entry.methods.is_empty() && wanted(entry) && fits(entry);
            self.callbacks.find(&self.table.callback, &path, written, is_project, fits).map(|(entry, _)| entry.runs)
        };
        // A label says more than the callee, unless the callee is named with it.
        let told = label
            .and_then(|label| named(&|entry| entry.keys.contains(label)).or_else(|| self.runs_labelled(file, label)));
        if let Some(runs) = told.or_else(|| named(&|_| true)) {
            return runs;
        }
        // A method's name, or a key, says it whatever the object.
        let method = written.last().filter(|_| written.len() > 1 || path.split_last_member().is_some());
        let is_known = method.is_some_and(|method| self.callback_methods.contains(&**method));
        let mut entries = self.table.callback.iter().filter(|_| is_known || key.is_some() || label.is_some());
        let by_name = entries.find(|entry| {
            let by_method = method.is_some_and(|method| entry.methods.contains(&**method));
            let by_key = entry.methods.is_empty() && entry.paths.is_empty() && entry.tails.is_empty();
            (by_method || (by_key && (key.is_some() || label.is_some()))) && fits(entry)
        });
        if let Some(entry) = by_name {
            return entry.runs;
        }
        // A label that nobody knows may still say that something is handled: `onLogoutTap`.
        label.map_or(Runs::Unknown, |label| self.runs_attribute(file, "", label))
    }
}

/// The arguments of the call to which a body is handed.
fn call_of<'a>(file: &FileView<'a>, used: &BodyUse) -> Option<&'a [Argument]> {
    let place = file.lowered.bodies.iter().position(|body| std::ptr::eq(&body.used_as, used))?;
    let id = BodyId(place as u32);
    let parent = file.lowered.bodies.get(place)?.parent?;
    let holds = |value: &Value| *value == Value::Closure(id);
    file.lowered.bodies.get(parent.0 as usize)?.code().nodes.iter().find_map(|node| match &node.step {
        Step::Call(call) => arguments_holding(call, holds),
        _ => None,
    })
}

fn arguments_holding(call: &Call, holds: impl Fn(&Value) -> bool) -> Option<&[Argument]> {
    let found = call.arguments.iter().any(|argument| match &argument.value {
        Value::Object { properties, .. } => properties.iter().any(|property| holds(&property.value)),
        value => holds(value),
    });
    found.then_some(&call.arguments)
}
