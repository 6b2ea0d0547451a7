//! `pubspec.yaml`. Owns reading the few lines of it that are needed, by their indentation; the names are in
//! `packages.toml`.

use std::path::PathBuf;

use farewell_analysis::vocabulary::Platform;

use super::{Dependency, ManifestFile, tables};

const DEPENDENCY_KEYS: [&str; 3] = ["dependencies", "dev_dependencies", "dependency_overrides"];

/// Reads a `pubspec.yaml`. `Ok(None)` where it says nothing.
pub(super) fn read(text: &str) -> Result<Option<ManifestFile>, String> {
    let mut manifest = ManifestFile::default();
    let mut section = String::new();
    let mut is_told = false;
    let mut entry_indent = None;
    for line in text.lines().map(without_comment).filter(|line| !line.trim().is_empty()) {
        let indent = line.len() - line.trim_start().len();
        let Some((key, value)) = line.trim().split_once(':') else { continue };
        let (key, value) = (key.trim().trim_matches(['"', '\'']), value.trim().trim_matches(['"', '\'']));
        if indent == 0 {
            is_told = true;
            section = key.to_owned();
            entry_indent = None;
            match key {
                "name" => manifest.name = Some(value.to_owned()),
                "workspace" => manifest.has_workspaces = true,
                _ => {}
            }
            continue;
        }
        if !DEPENDENCY_KEYS.contains(&section.as_str()) {
            continue;
        }
        if *entry_indent.get_or_insert(indent) == indent {
            manifest.dependencies.push(Dependency { name: key.to_owned(), folder: None });
        } else if let ("path", Some(dependency)) = (key, manifest.dependencies.last_mut()) {
            dependency.folder = Some(PathBuf::from(value));
        }
    }
    if !is_told {
        return Ok(None);
    }
    let sdk = |dependency: &Dependency| tables().pub_packages.contains(&dependency.name);
    manifest.declares_sdk = manifest.dependencies.iter().any(sdk);
    manifest.declares_package = manifest.declares_sdk;
    let flutter = manifest.dependencies.iter().any(|dependency| dependency.name == "flutter");
    manifest.platform = (flutter || manifest.declares_sdk).then_some(Platform::Flutter);
    manifest.dependencies.sort();
    Ok(Some(manifest))
}

fn without_comment(line: &str) -> &str {
    match line.find(" #") {
        _ if line.trim_start().starts_with('#') => "",
        Some(at) => line.get(..at).unwrap_or(line).trim_end(),
        None => line.trim_end(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use farewell_analysis::vocabulary::Platform;

    use super::read;

    #[test]
    fn dependencies_and_their_folders() {
        let text = "\
# An app.
name: shop
environment:
  sdk: ^3.5.0
dependencies:
  flutter:
    sdk: flutter
  core:
    path: ../core # the shared part
  'fullstory_flutter': ^1.73.0
dev_dependencies:
  build_runner: any
";
        let manifest = read(text).unwrap().unwrap();
        assert_eq!(manifest.name.as_deref(), Some("shop"));
        assert_eq!((manifest.platform, manifest.declares_sdk), (Some(Platform::Flutter), true));
        let names: Vec<&str> = manifest.dependencies.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["build_runner", "core", "flutter", "fullstory_flutter"]);
        assert_eq!(manifest.dependencies[1].folder.as_deref(), Some(Path::new("../core")));
        assert!(!manifest.has_workspaces);
    }

    #[test]
    fn what_is_no_package_and_what_holds_some() {
        assert_eq!(read("# nothing\n"), Ok(None));
        let top = read("name: _\nworkspace:\n  - packages/app\n").unwrap().unwrap();
        assert!(top.has_workspaces && !top.declares_sdk);
        assert!(!read("name: x\ndescription: not fullstory_flutter\n").unwrap().unwrap().declares_sdk);
    }
}
