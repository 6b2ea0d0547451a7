//! Workspace packages by their names, and where the sources of one are. Owns the way from what a
//! `package.json` publishes to what that is built from; must not know who imports it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use crate::manifest::tables;
use crate::membership::{Packages, is_installed};
use crate::read::{DEFAULT_MAX_SIZE, read_text};

const MANIFEST: &str = "package.json";
/// How deep conditions may lie in each other: no manifest that somebody wrote comes near.
const DEPTH: usize = 16;

/// The folders of workspace packages by name.
#[derive(Clone, Debug, Default)]
pub(super) struct PackageNames {
    folders: Arc<BTreeMap<String, Vec<PathBuf>>>,
}

impl PackageNames {
    /// The packages of a workspace that a script can import.
    pub(super) fn of(packages: &Packages) -> Self {
        let mut folders: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
        for (folder, manifest) in packages.iter() {
            if let Some(name) = &manifest.name
                && !is_installed(folder)
                && folder.join(MANIFEST).is_file()
            {
                folders.entry(name.clone()).or_default().push(folder.to_path_buf());
            }
        }
        Self { folders: Arc::new(folders) }
    }

    /// The folder of the package of a name. Where several have it, the one that shares the most folders
    /// with `path` is meant; `None` where two share as many.
    pub(super) fn folder_near(&self, path: &Path, name: &str) -> Option<PathBuf> {
        let folders = self.folders.get(name)?;
        if let [only] = folders.as_slice() {
            return Some(only.clone());
        }
        let shared = |folder: &PathBuf| folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
        let most = folders.iter().map(shared).max()?;
        let mut nearest = folders.iter().filter(|folder| shared(folder) == most);
        nearest.next().filter(|_| nearest.next().is_none()).cloned()
    }
}

/// The package's name in a module (`@acme/auth`, `auth`), and the path inside it. `None` for what is no
/// package: a relative path, an alias like `@/auth`.
pub(super) fn split(module: &str) -> Option<(&str, &str)> {
    let scoped = module.strip_prefix('@');
    let ends: Vec<usize> = module.match_indices('/').map(|(at, _)| at).take(2).collect();
    let end = match (scoped, ends.as_slice()) {
        (Some(rest), _) if rest.starts_with('/') => return None,
        (Some(_), [_, second, ..]) => *second,
        (Some(_), [_]) => module.len(),
        (None, [first, ..]) => *first,
        (None, []) => module.len(),
        (Some(_), []) => return None,
    };
    let name = module.get(..end)?;
    let inside = module.get(end..)?.trim_matches('/');
    (!name.is_empty() && !name.starts_with('.')).then_some((name, inside))
}

/// The package's own name in its manifest.
pub(super) fn own_name(manifest: &Value) -> Option<&str> {
    manifest.get("name")?.as_str()
}

/// A package's manifest; `None` where it cannot be read.
pub(super) fn manifest_in(folder: &Path) -> Option<Value> {
    let text = read_text(&folder.join(MANIFEST), DEFAULT_MAX_SIZE).ok()?;
    serde_json::from_str(&text).ok()
}

/// Paths in a package, relative to its folder and without an extension, at which the source may be of
/// what `inside` names; the likeliest first. For packages whose build folders are not there.
pub(super) fn sources_of(manifest: &Value, inside: &str) -> Vec<String> {
    let tables = &tables().resolution;
    let mut published = Vec::new();
    if let Some(exports) = manifest.get("exports") {
        exported(exports, inside, &mut published);
    }
    if inside.is_empty() {
        let fields = tables.entries.iter().chain(&tables.type_entries);
        published.extend(fields.filter_map(|field| manifest.get(field)?.as_str()).map(str::to_owned));
    }
    let mut paths = Vec::new();
    for path in &published {
        let path = path.trim_start_matches("./");
        let end = tables.built_ends.iter().find(|end| path.ends_with(end.as_str()));
        let stem = end.map_or(path, |end| path.strip_suffix(end.as_str()).unwrap_or(path));
        // A build folder may have a folder for each format in it: `dist/esm/session`.
        let mut rest = stem;
        while let Some((_, below)) = rest.split_once('/') {
            paths.extend(tables.sources.iter().map(|source| format!("./{source}/{below}")));
            rest = below;
        }
    }
    let plain = if inside.is_empty() { "index" } else { inside };
    paths.extend(tables.sources.iter().map(|source| format!("./{source}/{plain}")));
    let mut seen = BTreeSet::new();
    paths.retain(|path| seen.insert(path.clone()));
    paths
}

/// Every target of a path in a package's `exports`, whatever its condition.
fn exported(exports: &Value, inside: &str, found: &mut Vec<String>) {
    let paths = exports.as_object().filter(|it| it.keys().all(|key| key.starts_with('.')));
    let Some(paths) = paths else {
        if inside.is_empty() {
            targets(exports, "", DEPTH, found);
        }
        return;
    };
    let wanted = if inside.is_empty() { ".".to_owned() } else { format!("./{inside}") };
    if let Some(target) = paths.get(&wanted) {
        targets(target, "", DEPTH, found);
        return;
    }
    for (key, target) in paths {
        let Some((start, end)) = key.split_once('*') else { continue };
        if let Some(middle) = wanted.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)) {
            targets(target, middle, DEPTH, found);
        }
    }
}

fn targets(value: &Value, star: &str, depth: usize, found: &mut Vec<String>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match value {
        Value::String(path) => found.push(path.replace('*', star)),
        Value::Array(values) => values.iter().for_each(|value| targets(value, star, depth, found)),
        Value::Object(values) => values.values().for_each(|value| targets(value, star, depth, found)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{sources_of, split};

    #[test]
    fn package_names_are_told_from_paths_and_aliases() {
        assert_eq!(split("@acme/auth/session/web"), Some(("@acme/auth", "session/web")));
        assert_eq!(split("@acme/auth"), Some(("@acme/auth", "")));
        assert_eq!(split("auth/session"), Some(("auth", "session")));
        assert_eq!(split("auth"), Some(("auth", "")));
        for none in ["@/auth", "./auth", "../auth", "@auth", "", "/auth"] {
            assert_eq!(split(none), None, "{none}");
        }
    }

    #[test]
    fn sources_are_looked_for_where_the_build_takes_them_from() {
        let manifest = json!({"exports": {
            ".": {"types": "./dist/index.d.ts", "import": "./dist/esm/main.mjs"},
            "./hooks/*": "./dist/hooks/*.js",
        }});
        let of = |inside: &str| sources_of(&manifest, inside);
        for path in ["./src/esm/main", "./src/main", "./src/index", "././index"] {
            assert!(of("").contains(&path.to_owned()), "{path}");
        }
        assert_eq!(of("hooks/useLogout")[0], "./src/hooks/useLogout");
        assert_eq!(sources_of(&json!({}), "session")[0], "./src/session");
        assert!(sources_of(&json!({"main": "lib/entry.js"}), "").contains(&"./src/entry".to_owned()));
    }
}
