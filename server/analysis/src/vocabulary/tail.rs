//! Tails: the last identifiers of a callee or target, as written. Owns their notation and matching; must
//! not know resolved paths.
//!
//! `router.push` are these two names; `*` before a name lets it end so (`*router.push`, whatever the case),
//! `*` alone is any name.

use serde::Deserialize;

use crate::lowering::Name;

/// The last identifiers of a callee or target, as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Tail {
    names: Vec<TailName>,
}

#[derive(Clone, Debug)]
enum TailName {
    Exact(Box<str>),
    /// In lower case.
    EndsWith(Box<str>),
    Any,
}

impl TryFrom<String> for Tail {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut names = Vec::new();
        for name in text.split('.') {
            if name.is_empty() || name.contains(|c: char| c.is_whitespace() || "(){}#".contains(c)) {
                return Err(format!("`{text}` is no tail: write identifiers with dots between them, `router.push`"));
            }
            names.push(match name.strip_prefix('*') {
                None => TailName::Exact(name.into()),
                Some("") => TailName::Any,
                Some(end) => TailName::EndsWith(end.to_ascii_lowercase().into()),
            });
        }
        match names.last() {
            Some(TailName::Exact(_)) => Ok(Self { names }),
            _ => Err(format!("the last name of the tail `{text}` must be written out")),
        }
    }
}

impl Tail {
    /// The name under which a table's index holds the tail.
    pub(super) fn key(&self) -> &str {
        match self.names.last() {
            Some(TailName::Exact(name)) => name,
            _ => "",
        }
    }

    /// Whether written identifiers end so. A tail of one name wants that name alone: a bare member's name
    /// says too little.
    pub(super) fn matches(&self, written: &[Name]) -> bool {
        if written.len() < self.names.len() || (self.names.len() == 1 && written.len() != 1) {
            return false;
        }
        let last = &written[written.len() - self.names.len()..];
        self.names.iter().zip(last).all(|(wanted, name)| match wanted {
            TailName::Exact(exact) => **exact == **name,
            TailName::EndsWith(end) => ends_with_ignoring_case(name, end),
            TailName::Any => true,
        })
    }
}

/// Whether a name ends with a lower-case text, whatever its own case.
fn ends_with_ignoring_case(name: &str, lower_end: &str) -> bool {
    let start = name.len().wrapping_sub(lower_end.len());
    name.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(lower_end))
}

#[cfg(test)]
mod tests {
    use super::Tail;
    use crate::lowering::Name;

    fn tail(text: &str, written: &str) -> bool {
        let written: Vec<Name> = written.split('.').map(Name::from).collect();
        Tail::try_from(text.to_owned()).unwrap().matches(&written)
    }

    #[test]
    fn tails_match_the_last_names() {
        assert!(tail("router.push", "router.push"));
        assert!(tail("router.push", "props.router.push"));
        assert!(tail("*router.push", "appRouter.push"));
        assert!(tail("*router.push", "$router.push"));
        assert!(tail("*.auth.signOut", "supabase.auth.signOut"));
        assert!(!tail("*.auth.signOut", "auth.signOut"));
        assert!(!tail("router.push", "items.push"));
        assert!(!tail("router.push", "push"));
    }

    #[test]
    fn a_tail_of_one_name_wants_it_alone() {
        assert!(tail("navigate", "navigate"));
        assert!(!tail("navigate", "editor.navigate"));
    }

    #[test]
    fn what_is_no_tail_is_refused() {
        assert!(Tail::try_from("router.*".to_owned()).is_err());
    }
}
