//! The notation in which tables name things. Owns its parsing and its matching against resolved paths and
//! written identifiers; must not know what a name means.
//!
//! A path is `module#name.member` or `global.member`; `()` stands for a call, `{}` for an instance and `[]` for what is taken by a
//! position or an expression: `next/navigation#useRouter().push`, `@angular/router#Router{}.navigate`. Modules may be alternatives
//! (`react-router|react-router-dom#useNavigate()`), and a module's `*` at its start or end stands for any
//! text. `*` as a member is any one member. In the native languages, whose imports only shorten a name, a
//! path without a module also stands for an imported name.

use serde::Deserialize;

use super::view::{PathView, RootView};
use crate::lowering::{ImportName, Segment};

/// A path of a table.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Pattern {
    root: PatternRoot,
    segments: Vec<PatternSegment>,
}

#[derive(Clone, Debug)]
enum PatternRoot {
    Global(Box<str>),
    Import { modules: Vec<ModulePattern>, name: NamePattern },
}

/// A module, as its importers write it.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "String")]
pub(super) enum ModulePattern {
    /// Exactly this module.
    Exact(Box<str>),
    /// Every module that starts so.
    Prefix(Box<str>),
    /// Every module that ends so.
    Suffix(Box<str>),
}

#[derive(Clone, Debug)]
enum NamePattern {
    Named(Box<str>),
    Default,
    Any,
}

#[derive(Clone, Debug)]
enum PatternSegment {
    Member(Box<str>),
    AnyMember,
    Call,
    Instance,
    Computed,
}

impl From<String> for ModulePattern {
    fn from(text: String) -> Self {
        if let Some(prefix) = text.strip_suffix('*') {
            return Self::Prefix(prefix.into());
        }
        if let Some(suffix) = text.strip_prefix('*') {
            return Self::Suffix(suffix.into());
        }
        Self::Exact(text.into())
    }
}

impl ModulePattern {
    /// Whether a module, as written, is meant.
    pub(super) fn matches(&self, module: &str) -> bool {
        match self {
            Self::Exact(exact) => &**exact == module,
            Self::Prefix(prefix) => module.starts_with(&**prefix),
            Self::Suffix(suffix) => module.ends_with(&**suffix),
        }
    }
}

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no path: write `module#name.member` or `global.member`");
        let (module, names) = match text.rfind('#') {
            Some(at) => (Some(&text[..at]), &text[at + 1..]),
            None => (None, text.as_str()),
        };
        let mut root_name = None;
        let mut segments = Vec::new();
        for part in names.split('.') {
            let end = part.find(['(', '{', '[']).unwrap_or(part.len());
            let (name, mut rest) = part.split_at(end);
            if name.is_empty() || name.contains(char::is_whitespace) {
                return Err(wrong());
            }
            match (root_name, name) {
                (None, _) => root_name = Some(name),
                (Some(_), "*") => segments.push(PatternSegment::AnyMember),
                (Some(_), _) => segments.push(PatternSegment::Member(name.into())),
            }
            while !rest.is_empty() {
                if let Some(after) = rest.strip_prefix("()") {
                    segments.push(PatternSegment::Call);
                    rest = after;
                } else if let Some(after) = rest.strip_prefix("{}") {
                    segments.push(PatternSegment::Instance);
                    rest = after;
                } else if let Some(after) = rest.strip_prefix("[]") {
                    segments.push(PatternSegment::Computed);
                    rest = after;
                } else {
                    return Err(wrong());
                }
            }
        }
        let root_name = root_name.ok_or_else(wrong)?;
        let root = match module {
            None => PatternRoot::Global(root_name.into()),
            Some("") => return Err(wrong()),
            Some(module) => PatternRoot::Import {
                modules: module.split('|').map(|module| ModulePattern::from(module.to_owned())).collect(),
                name: match root_name {
                    "default" => NamePattern::Default,
                    "*" => NamePattern::Any,
                    name => NamePattern::Named(name.into()),
                },
            },
        };
        Ok(Self { root, segments })
    }
}

impl Pattern {
    /// A path of a global name alone.
    pub(super) fn global(name: &str) -> Self {
        Self { root: PatternRoot::Global(name.into()), segments: Vec::new() }
    }

    /// The name under which a table's index holds the path: the last member's, else the root's. `None`
    /// where that is a wildcard.
    pub(super) fn key(&self) -> Option<&str> {
        for segment in self.segments.iter().rev() {
            match segment {
                PatternSegment::Member(name) => return Some(name),
                PatternSegment::AnyMember => return None,
                PatternSegment::Call | PatternSegment::Instance | PatternSegment::Computed => {}
            }
        }
        self.root_key()
    }

    /// The global name that the path begins with, where it does with one.
    pub(super) fn global_root(&self) -> Option<&str> {
        match &self.root {
            PatternRoot::Global(name) => Some(name),
            PatternRoot::Import { .. } => None,
        }
    }

    /// The root's name, or `None` where that is a wildcard.
    pub(super) fn root_key(&self) -> Option<&str> {
        match &self.root {
            PatternRoot::Global(name) | PatternRoot::Import { name: NamePattern::Named(name), .. } => Some(name),
            PatternRoot::Import { name: NamePattern::Default, .. } => Some("default"),
            PatternRoot::Import { name: NamePattern::Any, .. } => None,
        }
    }

    /// Whether a resolved path is the one meant, whole.
    pub(super) fn matches(&self, path: &PathView<'_>) -> bool {
        let by_simple_name = match (&self.root, path.root) {
            (PatternRoot::Global(wanted), RootView::Import { name: ImportName::Named(name), .. }) => {
                path.is_native && **wanted == **name
            }
            _ => false,
        };
        if by_simple_name { self.matches_segments(path.segments) } else { self.matches_exactly(path) }
    }

    /// The same, but an imported name is never taken for a global of that name.
    pub(super) fn matches_exactly(&self, path: &PathView<'_>) -> bool {
        match (&self.root, path.root) {
            (PatternRoot::Global(wanted), RootView::Global(name)) => {
                &**wanted == name && self.matches_segments(path.segments)
            }
            (PatternRoot::Import { modules, name: wanted }, RootView::Import { module, name }) => {
                modules.iter().any(|pattern| pattern.matches(module))
                    && self.matches_import(wanted, name, path.segments)
            }
            _ => false,
        }
    }

    /// A module taken whole (`require('x').name`, `import x from 'x'`) has its named exports as members.
    fn matches_import(&self, wanted: &NamePattern, name: &ImportName, segments: &[Segment]) -> bool {
        let direct = match (wanted, name) {
            (NamePattern::Any, _) | (NamePattern::Default, ImportName::Default) => true,
            (NamePattern::Default, ImportName::Named(name)) => &**name == "default",
            (NamePattern::Named(wanted), ImportName::Named(name)) => **wanted == **name,
            _ => false,
        };
        if direct && self.matches_segments(segments) {
            return true;
        }
        let (NamePattern::Named(wanted), ImportName::Default | ImportName::Namespace) = (wanted, name) else {
            return false;
        };
        let mut rest = segments;
        while let [Segment::Awaited, tail @ ..] = rest {
            rest = tail;
        }
        match rest {
            [Segment::Member(member), tail @ ..] => **wanted == **member && self.matches_segments(tail),
            _ => false,
        }
    }

    /// A settled promise is as good as the value itself.
    fn matches_segments(&self, segments: &[Segment]) -> bool {
        let mut actual = segments.iter().filter(|segment| **segment != Segment::Awaited);
        for wanted in &self.segments {
            let same = match (wanted, actual.next()) {
                (PatternSegment::Member(wanted), Some(Segment::Member(name))) => **wanted == **name,
                (PatternSegment::AnyMember, Some(Segment::Member(_)))
                | (PatternSegment::Call, Some(Segment::Call))
                | (PatternSegment::Instance, Some(Segment::Instance))
                | (PatternSegment::Computed, Some(Segment::Computed)) => true,
                _ => false,
            };
            if !same {
                return false;
            }
        }
        actual.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn what_is_no_path_is_refused() {
        for text in ["", "a..b", "#x", "a(b)", "a b", "x#"] {
            assert!(Pattern::try_from(text.to_owned()).is_err(), "{text}");
        }
        assert!(Pattern::try_from("#imports#navigateTo".to_owned()).is_ok());
    }
}
