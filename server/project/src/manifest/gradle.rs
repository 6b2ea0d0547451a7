//! Gradle's build scripts. Owns what is told from their text; they are programs, and are not run.

use std::path::PathBuf;

use farewell_analysis::vocabulary::{Jvm, Platform};

use super::{Build, Dependency, ManifestFile, tables};

/// What stands before the path of a folder that a build takes in.
const TAKES_IN: [&str; 2] = ["includeBuild", "projectDir"];

/// Reads `settings.gradle` or `settings.gradle.kts`: the root of a build, whose modules are one app.
pub(super) fn read_settings(text: &str) -> Result<Option<ManifestFile>, String> {
    let dependencies = outside(text);
    Ok(Some(ManifestFile { takes_parts_of: Some(Build::Gradle), has_workspaces: true, dependencies, ..read(text) }))
}

/// Reads `build.gradle` or `build.gradle.kts`: a module of the build above it, or a build by itself.
pub(super) fn read_module(text: &str) -> Result<Option<ManifestFile>, String> {
    Ok(Some(ManifestFile { part_of: Some(Build::Gradle), ..read(text) }))
}

/// Reads a version catalogue, which names what modules depend on.
pub(super) fn read_catalogue(text: &str) -> Result<Option<ManifestFile>, String> {
    let manifest = read(text);
    Ok(manifest.declares_sdk.then_some(manifest))
}

/// The folders that a build takes in beside those below it: `includeBuild("../shared")` and
/// `project(":core").projectDir = file("../core")`.
fn outside(text: &str) -> Vec<Dependency> {
    let mut found = Vec::new();
    for line in code(text) {
        let statement = TAKES_IN.iter().find_map(|word| line.split_once(word));
        let Some((_, rest)) = statement else { continue };
        let quoted: Vec<&str> = rest.split(['"', '\'']).skip(1).step_by(2).collect();
        // `new File(rootDir, '../core')` names one path as well, and a name behind it is another one's.
        if let Some(path) = quoted.first() {
            found.push(Dependency { name: (*path).to_owned(), folder: Some(PathBuf::from(path)) });
        }
    }
    found.sort();
    found
}

fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

fn read(text: &str) -> ManifestFile {
    let declares_sdk = code(text).any(|line| tables().gradle.iter().any(|group| line.contains(group.as_str())));
    let platform = declares_sdk.then_some(Platform::Android(Jvm::Kotlin));
    ManifestFile { platform, declares_sdk, declares_package: declares_sdk, ..ManifestFile::default() }
}

#[cfg(test)]
mod tests {
    use super::{read_catalogue, read_module, read_settings};

    #[test]
    fn the_sdk_is_told_from_the_text() {
        let module = |text: &str| read_module(text).unwrap().unwrap().declares_sdk;
        assert!(module("dependencies {\n  implementation 'com.fullstory:instrumentation-full:1.50.0@aar'\n}\n"));
        assert!(module("plugins {\n  id(\"com.fullstory.gradle\") version \"1.50.0\"\n}\n"));
        assert!(!module("dependencies {\n  // implementation 'com.fullstory:instrumentation'\n}\n"));
        assert!(!module("plugins { id 'com.android.application' }\n"));
        assert!(read_catalogue("[versions]\nkotlin = '2'\n").unwrap().is_none());
        assert!(read_catalogue("fullstory = { module = 'com.fullstory:instrumentation' }\n").unwrap().is_some());
        assert!(read_settings("include ':app', ':core'\n").unwrap().unwrap().takes_parts_of.is_some());
    }

    #[test]
    fn folders_beside_the_build_are_its_dependencies() {
        let text = "include(\":app\")\nincludeBuild(\"../shared\") // the others'\n// includeBuild('../old')\n\
                    project(':core').projectDir = new File(rootDir, '../core')\n";
        let folders: Vec<_> =
            read_settings(text).unwrap().unwrap().dependencies.into_iter().filter_map(|it| it.folder).collect();
        assert_eq!(folders, [std::path::Path::new("../core"), std::path::Path::new("../shared")]);
    }
}
