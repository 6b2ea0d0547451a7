//! `package.json`. Owns its shape and how a platform is told from its dependencies; the names are in
//! `packages.toml`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use farewell_analysis::vocabulary::{Generation, Platform};
use serde_json::{Map, Value};

use super::{Dependency, ManifestFile, tables};

const DEPENDENCY_KEYS: [&str; 4] = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
const FOLDER_PROTOCOLS: [&str; 3] = ["file:", "link:", "portal:"];

/// Reads a `package.json`. `Ok(None)` where it has neither a name nor dependencies nor workspaces: such a
/// file (`{"type": "module"}`) only tells Node how to read a folder, and makes it no package.
///
/// # Errors
/// The parser's words, where the text is no JSON object.
pub(super) fn read(text: &str) -> Result<Option<ManifestFile>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let Value::Object(root) = value else {
        return Err("it is not an object".into());
    };
    let versions = versions_of(&root);
    let name = root.get("name").and_then(Value::as_str).map(str::to_owned);
    let has_workspaces = root.contains_key("workspaces");
    if name.is_none() && versions.is_empty() && !has_workspaces {
        return Ok(None);
    }
    let dependencies = versions
        .iter()
        .map(|(name, version)| Dependency { name: (*name).to_owned(), folder: folder_of(version) })
        .collect();
    let (declares_sdk, platform) = sdk_of(&versions);
    Ok(Some(ManifestFile {
        name,
        dependencies,
        platform: platform.or_else(|| is_native(&versions).then_some(Platform::ReactNative)),
        declares_sdk,
        declares_package: tables()
            .packages
            .iter()
            .any(|row| row.importable && versions.contains_key(row.name.as_str())),
        has_workspaces,
        ..ManifestFile::default()
    }))
}

/// Dependencies of every sort with their version ranges; the first sort that names one counts.
fn versions_of(root: &Map<String, Value>) -> BTreeMap<&str, &str> {
    let mut versions = BTreeMap::new();
    for (name, version) in DEPENDENCY_KEYS.iter().filter_map(|key| root.get(*key)?.as_object()).flatten() {
        versions.entry(name.as_str()).or_insert_with(|| version.as_str().unwrap_or_default());
    }
    versions
}

fn folder_of(version: &str) -> Option<PathBuf> {
    FOLDER_PROTOCOLS.iter().find_map(|protocol| version.strip_prefix(protocol)).map(PathBuf::from)
}

/// Whether an SDK is declared, and the platform of the most telling one.
fn sdk_of(versions: &BTreeMap<&str, &str>) -> (bool, Option<Platform>) {
    for row in &tables().packages {
        let Some(version) = versions.get(row.name.as_str()) else {
            continue;
        };
        if row.versioned && major_of(version) == Some(1) {
            return (true, Some(Platform::Web(Generation::V1)));
        }
        return (true, row.platform.as_deref().and_then(Platform::of_name));
    }
    (false, None)
}

fn is_native(versions: &BTreeMap<&str, &str>) -> bool {
    let frameworks = &tables().frameworks;
    let has = |names: &[String]| names.iter().any(|name| versions.contains_key(name.as_str()));
    has(&frameworks.native) && (has(&frameworks.certain) || !has(&frameworks.web))
}

/// The highest major version that a range allows by its text, or `None` where it names none (`latest`,
/// `workspace:*`, `catalog:`).
fn major_of(range: &str) -> Option<u32> {
    // `npm:@fullstory/browser@1.7.1` names the package before the version.
    let range = range.rsplit_once('@').map_or(range, |(_, version)| version);
    let alternatives = range.split("||").filter_map(|alternative| {
        let digits: String =
            alternative.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    alternatives.max()
}

#[cfg(test)]
mod tests {
    use farewell_analysis::vocabulary::{Generation, Platform};

    use super::{major_of, read};

    fn platform(text: &str) -> (Option<Platform>, bool) {
        let manifest = read(text).unwrap().unwrap();
        (manifest.platform, manifest.declares_sdk)
    }

    #[test]
    fn the_sdk_decides_and_then_the_framework() {
        let v1 = Some(Platform::Web(Generation::V1));
        let v2 = Some(Platform::Web(Generation::V2));
        let native = Some(Platform::ReactNative);
        assert_eq!(platform(r#"{"dependencies": {"@fullstory/browser": "^2.0.3"}}"#), (v2, true));
        assert_eq!(platform(r#"{"devDependencies": {"@fullstory/browser": "~1.7.1"}}"#), (v1, true));
        assert_eq!(platform(r#"{"dependencies": {"@fullstory/browser": "latest"}}"#), (v2, true));
        assert_eq!(platform(r#"{"dependencies": {"react-fullstory": "^1.4.0"}}"#), (v1, true));
        assert_eq!(platform(r#"{"peerDependencies": {"@fullstory/react-native": "*"}}"#), (native, true));
        assert_eq!(platform(r#"{"dependencies": {"react-native": "0.80"}}"#), (native, false));
        assert_eq!(platform(r#"{"dependencies": {"react-native": "0.80", "next": "15"}}"#), (None, false));
        assert_eq!(
            platform(r#"{"dependencies": {"expo": "53", "react-native": "0.80", "next": "15"}}"#),
            (native, false)
        );
        assert_eq!(platform(r#"{"dependencies": {"react-native": "0.80", "@fullstory/browser": "2"}}"#), (v2, true));
        assert_eq!(platform(r#"{"dependencies": {"fullstory": "1.0.10"}}"#), (None, false));
    }

    #[test]
    fn a_marker_without_name_and_dependencies_is_no_package() {
        assert_eq!(read(r#"{"type": "module", "private": true}"#), Ok(None));
        assert!(read(r#"{"workspaces": ["packages/*"]}"#).unwrap().unwrap().has_workspaces);
        assert!(read("[]").is_err());
        assert!(read("{").is_err());
    }

    #[test]
    fn odd_shapes_are_read_as_far_as_they_go() {
        let manifest = read(r#"{"name": 1, "dependencies": ["a"], "devDependencies": {"b": {}, "c": "file:../c"}}"#);
        let names: Vec<String> = manifest.unwrap().unwrap().dependencies.into_iter().map(|it| it.name).collect();
        assert_eq!(names, ["b", "c"]);
    }

    #[test]
    fn majors_are_read_from_ranges() {
        assert_eq!(major_of("^1.7.1"), Some(1));
        assert_eq!(major_of("1.x || 2.x"), Some(2));
        assert_eq!(major_of("npm:@fullstory/browser@1.7.1"), Some(1));
        assert_eq!(major_of("workspace:*"), None);
    }
}
