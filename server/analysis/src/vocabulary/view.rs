//! A file as the vocabulary looks at it. Owns how a resolved path is brought to the form that tables name:
//! `window.FS` is `FS`, an ambient declaration is a global; must not know what a name means.

use super::Platform;
use super::lists::NameLists;
use crate::lowering::{Binding, BindingKind, BodyId, Class, ImportName, LoweredFile, Path, Root, Segment, Value};

/// A file and what is known of it before any name is read.
#[derive(Clone, Copy, Debug)]
pub struct FileView<'a> {
    /// The file's path, relative to the workspace, with forward slashes.
    pub path: &'a str,
    /// The file's text.
    pub text: &'a str,
    /// The file, lowered from that text.
    pub lowered: &'a LoweredFile,
    /// The platform that the file's code runs on.
    pub platform: Platform,
}

/// A path without the global objects before it.
#[derive(Clone, Copy, Debug)]
pub(super) struct PathView<'a> {
    pub(super) root: RootView<'a>,
    pub(super) segments: &'a [Segment],
    /// Whether a global object was written before it: `window.FS`.
    pub(super) through_global_object: bool,
    /// Whether it is of a language in which an import only shortens a name that stands for itself: tables
    /// name such things without their modules.
    pub(super) is_native: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum RootView<'a> {
    Global(&'a str),
    Import { module: &'a str, name: &'a ImportName },
    Local(&'a Binding),
    This(Option<&'a Class>),
    Super,
    Unknown,
}

/// Brings a path to the form that tables name.
pub(super) fn view<'a>(file: &FileView<'a>, names: &NameLists, path: &'a Path) -> PathView<'a> {
    let root = match &path.root {
        Root::Global(name) => RootView::Global(name),
        Root::Import { module, name } => RootView::Import { module, name },
        Root::Local(id) => match file.lowered.bindings.get(id.0 as usize) {
            Some(binding) if !file.platform.is_native() && file.is_ambient(binding) => RootView::Global(&binding.name),
            Some(binding) => RootView::Local(binding),
            None => RootView::Unknown,
        },
        Root::This(id) => RootView::This(id.and_then(|id| file.lowered.classes.get(id.0 as usize))),
        Root::Super => RootView::Super,
        Root::Unknown => RootView::Unknown,
    };
    let is_native = file.platform.is_native();
    let mut seen = PathView { root, segments: &path.segments, through_global_object: false, is_native };
    // `window` and `self` are other things there.
    if is_native {
        return seen;
    }
    loop {
        let stands_for_window = match seen.root {
            RootView::Global(name) => names.global_objects.contains(name),
            RootView::Local(binding) => names.window_names.contains(&*binding.name),
            RootView::Import { module, name } => is_window_module(names, module, name),
            _ => false,
        };
        match seen.segments {
            [Segment::Member(member), rest @ ..] if stands_for_window => {
                let root = RootView::Global(member);
                seen = PathView { root, segments: rest, through_global_object: true, is_native };
            }
            _ => break,
        }
    }
    through_window_member(names, seen)
}

/// A mock or a polyfill of the window: `import window from 'ember-window-mock'`.
fn is_window_module(names: &NameLists, module: &str, name: &ImportName) -> bool {
    names.window_modules.contains(module)
        && match name {
            ImportName::Default => true,
            ImportName::Named(name) => names.global_objects.contains(&**name),
            ImportName::Namespace => false,
        }
}

/// `this.windowRef.nativeWindow.FS` names the window as a member: what stands behind it is global.
fn through_window_member<'a>(names: &NameLists, seen: PathView<'a>) -> PathView<'a> {
    if matches!(seen.root, RootView::Global(_) | RootView::Import { .. }) {
        return seen;
    }
    let window = seen
        .segments
        .iter()
        .rposition(|segment| matches!(segment, Segment::Member(name) if names.window_names.contains(&**name)));
    match window.map(|at| &seen.segments[at + 1..]) {
        Some([Segment::Member(member), rest @ ..]) => {
            PathView { root: RootView::Global(member), segments: rest, through_global_object: true, ..seen }
        }
        _ => seen,
    }
}

impl FileView<'_> {
    /// Whether a declaration only says that a global is there: `declare const FS: any`.
    pub fn is_ambient(&self, binding: &Binding) -> bool {
        if binding.kind != BindingKind::Variable && binding.kind != BindingKind::Function {
            return false;
        }
        let before = self.text.get(..binding.span.start as usize).unwrap_or_default().trim_end();
        ["const", "let", "var", "function"]
            .iter()
            .find_map(|keyword| before.strip_suffix(keyword))
            .is_some_and(|before| before.trim_end().ends_with("declare"))
    }
}

impl<'a> PathView<'a> {
    /// The name under which a table's index holds such a path: the last member's, else the root's.
    pub(super) fn key(&self) -> Option<&'a str> {
        let member = self.segments.iter().rev().find_map(|segment| match segment {
            Segment::Member(name) => Some(&**name),
            _ => None,
        });
        member.or_else(|| self.root_name())
    }

    /// The root's name, where it has one.
    pub(super) fn root_name(&self) -> Option<&'a str> {
        match self.root {
            RootView::Global(name) => Some(name),
            RootView::Import { name: ImportName::Named(name), .. } => Some(name),
            RootView::Import { name: ImportName::Default, .. } => Some("default"),
            RootView::Local(binding) => Some(&binding.name),
            _ => None,
        }
    }

    /// The path without its last member, and that member's name.
    pub(super) fn split_last_member(&self) -> Option<(PathView<'a>, &'a str)> {
        match self.segments {
            [before @ .., Segment::Member(name)] => Some((PathView { segments: before, ..*self }, name)),
            _ => None,
        }
    }

    /// Whether what is called stands in this very file, so that its own body says what it does.
    pub(super) fn is_own_body(&self) -> bool {
        match (self.root, self.segments) {
            (RootView::Local(binding), []) => {
                binding.kind == BindingKind::Function || matches!(binding.value, Value::Closure(_))
            }
            (RootView::This(Some(class)), [Segment::Member(name)]) => is_method(class, name),
            _ => false,
        }
    }

    /// Whether it is a parameter or a member of one.
    pub(super) fn is_parameter(&self) -> bool {
        matches!(self.root, RootView::Local(binding) if binding.kind == BindingKind::Parameter)
    }

    /// Whether the root is a variable of the file's own top level.
    pub(super) fn is_top_level_variable(&self) -> bool {
        matches!(self.root, RootView::Local(binding) if binding.body == BodyId(0) && binding.kind != BindingKind::Parameter)
    }
}

/// Whether a class has a member of that name that is a function.
pub(super) fn is_method(class: &Class, name: &str) -> bool {
    class.members.iter().any(|member| &*member.name == name && matches!(member.value, Value::Closure(_)))
}
