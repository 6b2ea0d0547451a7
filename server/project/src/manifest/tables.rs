//! The names that manifests, walks and snippets are read by. Owns the shape of `packages.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::Prefilter;

/// The tables of `packages.toml`.
#[derive(Debug)]
pub(crate) struct Tables {
    /// Packages that bring an SDK, the most telling first.
    pub(crate) packages: Vec<PackageRow>,
    /// Dart packages that bring the SDK.
    pub(crate) pub_packages: Vec<String>,
    /// What a Gradle script says that brings the SDK.
    pub(crate) gradle: Vec<String>,
    /// What a manifest of Xcode's world says that brings the SDK.
    pub(crate) apple: Vec<String>,
    /// Frameworks that tell React Native from the web.
    pub(crate) frameworks: Frameworks,
    /// Files that make a folder a monorepo's top.
    pub(crate) monorepo_signs: Vec<String>,
    /// Folder names that are not walked unless asked for.
    pub(crate) skipped_folders: Vec<String>,
    /// Extensions of pages that may embed the snippet.
    pub(crate) pages: Vec<String>,
    /// File name ends of declarations without code.
    pub(crate) declarations: Vec<String>,
    /// A search for the snippet's signs.
    pub(crate) snippet_search: Prefilter,
    /// What only the first generation's snippet says.
    pub(crate) snippet_v1: Vec<String>,
    /// What only the second generation's snippet says.
    pub(crate) snippet_v2: Vec<String>,
    /// How an import of a script finds its file.
    pub(crate) resolution: Resolution,
    /// What stands before the name of a type where it is declared.
    pub(crate) declaration_keywords: Vec<String>,
}

/// How an import of a script finds its file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Resolution {
    /// Conditions of `exports` that lead to code.
    pub(crate) conditions: Vec<String>,
    /// Conditions that may lead to code in a monorepo, and to declarations elsewhere.
    pub(crate) type_conditions: Vec<String>,
    /// Fields that name a package's entry.
    pub(crate) entries: Vec<String>,
    /// Fields that may, and name declarations elsewhere.
    pub(crate) type_entries: Vec<String>,
    /// Folders of a package that its build folders are made of.
    pub(crate) sources: Vec<String>,
    /// File name ends of what a build writes.
    pub(crate) built_ends: Vec<String>,
    /// Aliases that are set up where they cannot be read.
    pub(crate) alias: Vec<AliasRow>,
    /// Suffixes of platforms' own files.
    pub(crate) variant: Vec<VariantRow>,
}

/// An alias.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AliasRow {
    /// What a module starts with.
    pub(crate) prefix: String,
    /// The project's folders that it stands for, the best first.
    pub(crate) folders: Vec<String>,
}

/// A suffix of the files that one platform takes in the place of the plain ones.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct VariantRow {
    /// The suffix: `ios` of `tracker.ios.ts`.
    pub(crate) suffix: String,
    /// The suffix that the platform takes where there is no file with this one.
    pub(crate) next: Option<String>,
}

/// A package that brings an SDK.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackageRow {
    /// Its name.
    pub(crate) name: String,
    /// The platform's name, where the package tells it.
    pub(crate) platform: Option<String>,
    /// Whether a major version of 1 means the web's first generation.
    #[serde(default)]
    pub(crate) versioned: bool,
    /// Whether its own module is what a call imports.
    #[serde(default)]
    pub(crate) importable: bool,
}

/// Frameworks by name.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frameworks {
    pub(crate) native: Vec<String>,
    pub(crate) web: Vec<String>,
    pub(crate) certain: Vec<String>,
}

/// The built-in tables.
pub(crate) fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| {
        // The text is part of the program, and a test reads it: the default is never met.
        let file: File = toml::from_str(include_str!("packages.toml")).unwrap_or_default();
        Tables {
            packages: file.package,
            pub_packages: file.native.pub_packages,
            gradle: file.native.gradle,
            apple: file.native.apple,
            frameworks: file.frameworks,
            monorepo_signs: file.monorepo.signs,
            skipped_folders: file.walk.skipped,
            pages: file.walk.pages,
            declarations: file.walk.declarations,
            snippet_search: Prefilter::new(&file.snippet.signs),
            snippet_v1: file.snippet.v1,
            snippet_v2: file.snippet.v2,
            resolution: file.resolution,
            declaration_keywords: file.declaration.keywords,
        }
    });
    &TABLES
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    package: Vec<PackageRow>,
    native: Native,
    frameworks: Frameworks,
    monorepo: Monorepo,
    walk: Walk,
    snippet: Snippet,
    resolution: Resolution,
    declaration: Declaration,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Declaration {
    keywords: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Native {
    pub_packages: Vec<String>,
    gradle: Vec<String>,
    apple: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Monorepo {
    signs: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Walk {
    skipped: Vec<String>,
    pages: Vec<String>,
    declarations: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Snippet {
    signs: Vec<String>,
    v1: Vec<String>,
    v2: Vec<String>,
}

#[cfg(test)]
mod tests {
    use farewell_analysis::vocabulary::Platform;

    use super::File;

    #[test]
    fn the_built_in_tables_are_sound() {
        let file: File = toml::from_str(include_str!("packages.toml")).unwrap();
        assert!(!file.resolution.conditions.is_empty() && !file.resolution.variant.is_empty());
        assert!(!file.package.is_empty() && !file.native.gradle.is_empty() && !file.native.apple.is_empty());
        for row in file.package {
            let is_known = row.platform.as_deref().is_none_or(|name| Platform::of_name(name).is_some());
            assert!(is_known, "{}: unknown platform {:?}", row.name, row.platform);
        }
    }
}
