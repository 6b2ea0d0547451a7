//! Archives: the templates of one kind of app in one text. Owns their format; must not know what the
//! templates say. A template starts at a line `===== ROLE PATH`; one of a later archive takes the place of
//! an earlier one with its path, and `drop` takes it away.

use std::collections::BTreeMap;

/// What a template is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A manifest: no source file.
    Manifest,
    /// There is one in each app.
    Core,
    /// There is one in each feature.
    Feature,
    /// There is one in some features: a way out of its own, right or wrong.
    Variant,
}

/// A template.
#[derive(Clone, Copy, Debug)]
pub(super) struct Template {
    pub(super) role: Role,
    pub(super) path: &'static str,
    pub(super) text: &'static str,
}

const SEAM: &str = "===== ";

/// The templates of several archives, each in the order in which its path was first met.
pub(super) fn templates(archives: &[&'static str]) -> Vec<Template> {
    let mut places: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut found: Vec<Option<Template>> = Vec::new();
    for part in archives.iter().flat_map(|archive| archive.split(SEAM)) {
        let Some((head, text)) = part.split_once('\n') else { continue };
        let Some((role, path)) = head.split_once(' ') else { continue };
        let template = role_of(role).map(|role| Template { role, path, text });
        let place = *places.entry(path).or_insert(found.len());
        match found.get_mut(place) {
            Some(known) => *known = template,
            None => found.push(template),
        }
    }
    found.into_iter().flatten().collect()
}

fn role_of(name: &str) -> Option<Role> {
    match name {
        "manifest" => Some(Role::Manifest),
        "core" => Some(Role::Core),
        "feature" => Some(Role::Feature),
        "variant" => Some(Role::Variant),
        _ => None,
    }
}
