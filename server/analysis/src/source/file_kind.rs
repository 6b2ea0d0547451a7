//! What a file is by its name and its first bytes. Owns the list of languages and the signs of tests
//! and generated files; must not know grammars.

use std::borrow::Cow;
use std::path::Path;

/// A language that Farewell reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// JavaScript with or without JSX: `.js`, `.jsx`, `.mjs`, `.cjs`. Read by the TSX grammar.
    JavaScript,
    /// TypeScript without JSX: `.ts`, `.mts`, `.cts`.
    TypeScript,
    /// TypeScript with JSX: `.tsx`.
    Tsx,
    /// Swift: `.swift`.
    Swift,
    /// Objective-C, and Objective-C++ as far as that grammar reads it: `.m`, `.mm`.
    ObjectiveC,
    /// Kotlin: `.kt`. Build scripts (`.kts`) are no product code.
    Kotlin,
    /// Java: `.java`.
    Java,
    /// Dart: `.dart`.
    Dart,
    /// Vue's single-file components: `.vue`.
    Vue,
    /// Svelte's components: `.svelte`.
    Svelte,
    /// Astro's components: `.astro`.
    Astro,
    /// HTML: `.html`, `.htm`.
    Html,
}

impl Language {
    /// Every language.
    pub const ALL: [Language; 12] = [
        Language::JavaScript,
        Language::TypeScript,
        Language::Tsx,
        Language::Swift,
        Language::ObjectiveC,
        Language::Kotlin,
        Language::Java,
        Language::Dart,
        Language::Vue,
        Language::Svelte,
        Language::Astro,
        Language::Html,
    ];

    /// The language of a file by its extension, or `None` for one that Farewell does not read.
    pub fn of_path(path: &Path) -> Option<Self> {
        let mut extension = Cow::Borrowed(path.extension()?.to_str()?);
        if extension.bytes().any(|byte| byte.is_ascii_uppercase()) {
            extension = extension.to_ascii_lowercase().into();
        }
        match &*extension {
            "js" | "jsx" | "mjs" | "cjs" => Some(Self::JavaScript),
            "ts" | "mts" | "cts" => Some(Self::TypeScript),
            "tsx" => Some(Self::Tsx),
            "swift" => Some(Self::Swift),
            "m" | "mm" => Some(Self::ObjectiveC),
            "kt" => Some(Self::Kotlin),
            "java" => Some(Self::Java),
            "dart" => Some(Self::Dart),
            "vue" => Some(Self::Vue),
            "svelte" => Some(Self::Svelte),
            "astro" => Some(Self::Astro),
            "html" | "htm" => Some(Self::Html),
            _ => None,
        }
    }

    /// The language by LSP's `languageId`, for documents whose name says nothing.
    pub fn of_language_id(id: &str) -> Option<Self> {
        match id {
            "javascript" | "javascriptreact" => Some(Self::JavaScript),
            "typescript" => Some(Self::TypeScript),
            "typescriptreact" => Some(Self::Tsx),
            "swift" => Some(Self::Swift),
            "objective-c" | "objective-cpp" | "objc" | "objcpp" => Some(Self::ObjectiveC),
            "kotlin" => Some(Self::Kotlin),
            "java" => Some(Self::Java),
            "dart" => Some(Self::Dart),
            "vue" => Some(Self::Vue),
            "svelte" => Some(Self::Svelte),
            "astro" => Some(Self::Astro),
            "html" => Some(Self::Html),
            _ => None,
        }
    }

    /// Whether the file is markup with scripts inside it, which are read by a grammar of their own.
    pub const fn is_embedding(self) -> bool {
        matches!(self, Self::Vue | Self::Svelte | Self::Astro | Self::Html)
    }

    /// Whether its code is JavaScript or TypeScript, embedded or not.
    pub const fn is_script(self) -> bool {
        matches!(self, Self::JavaScript | Self::TypeScript | Self::Tsx) || self.is_embedding()
    }
}

/// What a file is for, which decides what is reported in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FileRole {
    /// Product code: every rule.
    #[default]
    Product,
    /// A test, story, mock or fixture: every rule is off but `unused-suppression`.
    Test,
    /// Generated, built or minified: read for what it covers, never reported in.
    Generated,
}

const GENERATED_FOLDERS: [&str; 12] = [
    "node_modules",
    "dist",
    "build",
    "Pods",
    ".dart_tool",
    "DerivedData",
    ".next",
    ".nuxt",
    ".build",
    "Carthage",
    "SourcePackages",
    "Generated",
];
const GENERATED_NAMES: [&str; 14] = [
    ".min.",
    ".gen.",
    ".generated.",
    ".bundle.",
    ".g.dart",
    ".freezed.dart",
    ".gr.dart",
    ".config.dart",
    ".mocks.dart",
    ".pb.dart",
    ".pbenum.dart",
    ".pbgrpc.dart",
    ".pb.swift",
    "+Generated.",
];
const GENERATED_FILES: [&str; 3] = ["R.java", "BuildConfig.java", "GeneratedPluginRegistrant.java"];
const TEST_FOLDERS: [&str; 15] = [
    "test",
    "tests",
    "__tests__",
    "__mocks__",
    "__fixtures__",
    "e2e",
    "cypress",
    "spec",
    "androidTest",
    "Tests",
    "integration_test",
    "test_driver",
    "testing",
    "testFixtures",
    "sharedTest",
];
const TEST_NAMES: [&str; 6] = [".test.", ".spec.", ".stories.", ".story.", ".cy.", ".e2e."];
/// Ends of native tests' names without their extension, and of the folders of their targets.
const NATIVE_TEST_ENDS: [&str; 6] = ["Tests", "Test", "Spec", "_test", "TestCase", "Specs"];
const NATIVE_TEST_FOLDER_ENDS: [&str; 3] = ["UITests", "UnitTests", "Tests"];

/// The average number of bytes a line may have before a file counts as minified.
const MINIFIED_AVERAGE_LINE: usize = 500;
/// How many bytes a file has at least that counts as minified.
const MINIFIED_LENGTH: usize = 5_000;

/// What a file is for, by its path relative to its project (forward slashes) and its text.
pub fn role_of(path: &str, text: &str) -> FileRole {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let in_folder = |names: &[&str]| folders.split('/').any(|folder| names.contains(&folder));
    // Every sign has two of these, and most names have one.
    let may_have_sign = name.bytes().filter(|byte| matches!(byte, b'.' | b'+')).count() > 1;
    let named = |signs: &[&str]| may_have_sign && signs.iter().any(|sign| name.contains(sign));
    let is_generated = in_folder(&GENERATED_FOLDERS) || named(&GENERATED_NAMES) || GENERATED_FILES.contains(&name);
    if is_generated || is_minified(text) || says_generated(text) {
        return FileRole::Generated;
    }
    if in_folder(&TEST_FOLDERS) || named(&TEST_NAMES) || is_native_test(folders, name) {
        return FileRole::Test;
    }
    FileRole::Product
}

/// Whether a native file is a test: `AuthTests.swift`, `auth_test.dart`, what lies in a target of tests.
fn is_native_test(folders: &str, name: &str) -> bool {
    let is_native = Language::of_path(Path::new(name)).is_some_and(|language| !language.is_script());
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let ends = |text: &str, ends: &[&str]| ends.iter().any(|end| text.ends_with(end));
    is_native
        && (ends(stem, &NATIVE_TEST_ENDS) || folders.split('/').any(|folder| ends(folder, &NATIVE_TEST_FOLDER_ENDS)))
}

fn is_minified(text: &str) -> bool {
    // No more lines are counted than tell: an editor asks at every keystroke.
    let enough = text.len() / (MINIFIED_AVERAGE_LINE + 1);
    text.len() > MINIFIED_LENGTH && text.bytes().filter(|byte| *byte == b'\n').take(enough).count() < enough
}

/// Whether a comment in the first lines says that a tool wrote the file.
fn says_generated(text: &str) -> bool {
    text.lines().take(10).any(|line| {
        let line = line.trim_start();
        let is_comment =
            line.starts_with("//") || line.starts_with("/*") || line.starts_with('*') || line.starts_with('#');
        if !is_comment {
            return false;
        }
        let lower = line.to_ascii_lowercase();
        lower.contains("@generated") || lower.contains("do not edit") || lower.contains("do not modify")
    })
}

#[cfg(test)]
mod tests {
    use super::{FileRole, GENERATED_NAMES, TEST_NAMES, role_of};

    #[test]
    fn no_sign_is_in_a_name_with_one_dot() {
        for sign in GENERATED_NAMES.iter().chain(&TEST_NAMES) {
            assert!(sign.matches(['.', '+']).count() > 1, "{sign}");
        }
    }

    #[test]
    fn roles_by_path_and_header() {
        assert_eq!(role_of("src/auth.ts", "x"), FileRole::Product);
        assert_eq!(role_of("src/auth.test.ts", "x"), FileRole::Test);
        assert_eq!(role_of("__tests__/auth.ts", "x"), FileRole::Test);
        assert_eq!(role_of("dist/auth.js", "x"), FileRole::Generated);
        assert_eq!(role_of("src/api.ts", "// @generated by a tool\n"), FileRole::Generated);
        for test in [
            "App/AuthTests.swift",
            "app/src/test/java/AuthTest.kt",
            "lib/auth_test.dart",
            "AppUITests/Helper.swift",
            "app/src/androidTest/java/Helper.java",
            "integration_test/app.dart",
            "Core/Tests/Session.swift",
            "App/AuthSpec.m",
        ] {
            assert_eq!(role_of(test, "x"), FileRole::Test, "{test}");
        }
        for generated in ["lib/user.g.dart", "lib/router.gr.dart", "gen/R.java", "App/Generated/Strings.swift"] {
            assert_eq!(role_of(generated, "x"), FileRole::Generated, "{generated}");
        }
        for product in ["lib/contest.dart", "app/Latest.kt", "App/AuthService.swift", "lib/R.dart"] {
            assert_eq!(role_of(product, "x"), FileRole::Product, "{product}");
        }
        assert_eq!(role_of("src/latest.ts", "const text = 'do not edit';"), FileRole::Product);
    }

    #[test]
    fn one_long_line_in_a_readable_file_is_not_minified() {
        let readable = format!("{}const data = '{}';\n", "const a = 1;\n".repeat(2_000), "x".repeat(30_000));
        assert_eq!(role_of("src/a.js", &readable), FileRole::Product);
        assert_eq!(role_of("src/a.js", &"a=1;".repeat(5_000)), FileRole::Generated);
    }
}
