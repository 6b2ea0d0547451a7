//! Workspaces on disk: what is found, what belongs together, what is left out and why.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

use farewell_analysis::rules::{Rule, Severity};
use farewell_analysis::source::{FileRole, Language};
use farewell_analysis::vocabulary::{Generation, Platform};
use farewell_analysis::{Database, SourceFile};
use farewell_project::{Loaded, ProjectError, ScanOptions, Severities, SkipReason, Workspace, rule_severity};

const IDENTIFY: &str = "FS('setIdentity', { uid: user.id });\n";
/// What a test is loaded for.
const SUPPRESSED_LOGOUT: &str =
    "// farewell-ignore missing-anonymize: it is a test\nfunction logout() { auth.signOut() }\n";
const LOGOUT: &str = "export function logout() { location.href = '/login'; }\n";

#[test]
fn a_callers_severities_win_over_the_files_where_they_are_set() {
    let tree = Tree::new(&[
        ("app/package.json", r#"{"name": "app"}"#),
        ("app/farewell.toml", "[rules]\nmissing-anonymize = 'error'\nunguarded-await = 'hint'\n"),
        ("app/src/logout.ts", LOGOUT),
        ("app/admin/logout.ts", LOGOUT),
        ("app/admin/old/logout.ts", LOGOUT),
    ]);
    let set = |severity: &str| Severities::from([rule_severity("missing-anonymize", severity).unwrap()]);
    let options = ScanOptions {
        severities: set("information"),
        severities_in: [(tree.path("app/admin"), set("off")), (tree.path("app/admin/old"), Severities::new())]
            .into_iter()
            .collect(),
        ..ScanOptions::default()
    };
    let mut db = Database::default();
    let loaded = Workspace::discover(&[tree.path("")], &options).unwrap().load(&mut db);
    for (name, wanted) in [
        ("app/src/logout.ts", Some(Severity::Information)),
        ("app/admin/logout.ts", None),
        ("app/admin/old/logout.ts", Some(Severity::Error)),
    ] {
        let project = tree.file(&loaded, name).project(&db);
        let severities = &project.settings(&db).severities;
        assert_eq!(severities[&Rule::MissingAnonymize], wanted, "{name}");
        assert_eq!(severities[&Rule::UnguardedAwait], Some(Severity::Hint), "{name}");
        assert_eq!(project.files(&db).len(), 3, "{name}: whoever is told what, the project is one");
    }
    assert_eq!(
        rule_severity("missing-anonymise", "off").unwrap_err(),
        "unknown rule `missing-anonymise`; did you mean `missing-anonymize`?"
    );
    assert_eq!(
        rule_severity("missing-anonymize", "warn").unwrap_err(),
        "unknown severity `warn`; did you mean `warning`?"
    );
}

struct Tree {
    folder: tempfile::TempDir,
}

impl Tree {
    fn new(files: &[(&str, &str)]) -> Self {
        let tree = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(tree.path(".git")).unwrap();
        for (name, text) in files {
            tree.write(name, text.as_bytes());
        }
        tree
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn discover(&self, asked: &[&str]) -> Workspace {
        let paths: Vec<PathBuf> = asked.iter().map(|name| self.path(name)).collect();
        Workspace::discover(&paths, &ScanOptions::default()).unwrap()
    }

    fn load(&self, asked: &[&str]) -> (Database, Loaded) {
        let mut db = Database::default();
        let loaded = self.discover(asked).load(&mut db);
        (db, loaded)
    }

    fn file(&self, loaded: &Loaded, name: &str) -> SourceFile {
        loaded.files[&self.path(name)]
    }

    fn names<'a>(&self, paths: impl IntoIterator<Item = &'a PathBuf>) -> Vec<String> {
        paths.into_iter().map(|it| it.strip_prefix(self.folder.path()).unwrap().display().to_string()).collect()
    }
}

fn members(db: &Database, file: SourceFile) -> Vec<String> {
    file.project(db).files(db).iter().map(|file| file.path(db).to_string()).collect()
}

#[test]
fn only_files_of_the_vocabulary_are_loaded_and_all_are_counted() {
    let tree = Tree::new(&[
        ("package.json", r#"{"name": "app", "dependencies": {"@fullstory/browser": "^1.7.0"}}"#),
        ("src/auth.ts", LOGOUT),
        ("src/math.ts", "export const add = (a: number, b: number) => a + b;\n"),
        ("src/types.d.ts", "declare function logout(): void;\n"),
        ("README.md", "logout"),
    ]);
    let (db, loaded) = tree.load(&["."]);
    assert_eq!(tree.names(loaded.files.keys()), ["src/auth.ts"]);
    assert_eq!((loaded.files_seen, loaded.skipped.len()), (3, 0));
    let auth = tree.file(&loaded, "src/auth.ts");
    assert_eq!((&**auth.path(&db), auth.language(&db)), ("src/auth.ts", Language::TypeScript));
    let manifest = auth.project(&db).manifest(&db);
    assert_eq!(manifest.platform, Some(Platform::Web(Generation::V1)));
    assert!(manifest.declares_sdk);
}

#[test]
fn calls_with_a_key_and_codes_of_errors_are_loaded_where_they_may_matter() {
    let tree = Tree::new(&[
        ("package.json", r#"{"name": "app"}"#),
        ("src/drafts.ts", "const KEY = 'drafts.order';\nexport const drop = () => localStorage.removeItem(KEY);\n"),
        (
            "src/token.ts",
            "import { TOKEN } from './keys';\nexport const drop = () => localStorage.removeItem(TOKEN);\n",
        ),
        ("src/api.ts", "export const failed = (code: number) => code === HttpStatus.UNAUTHORIZED;\n"),
        (
            "src/status.ts",
            "export const AuthStatus = {\n  unauthorized() {\n    localStorage.removeItem('token');\n    \
             location.href = '/login';\n  },\n};\n",
        ),
        // It calls a flow that is called as a code of an error is.
        (
            "src/page.ts",
            "import { AuthStatus } from './status';\nexport const show = () => AuthStatus.unauthorized();\n",
        ),
    ]);
    let (_, loaded) = tree.load(&["."]);
    assert_eq!(tree.names(loaded.files.keys()), ["src/page.ts", "src/status.ts", "src/token.ts"]);
}

#[test]
fn one_file_asked_for_brings_its_projects_identity_along() {
    let tree = Tree::new(&[
        ("app/package.json", r#"{"name": "app"}"#),
        ("app/src/auth.ts", LOGOUT),
        ("app/src/boot.ts", IDENTIFY),
        ("app/src/other.ts", LOGOUT),
        ("elsewhere/package.json", r#"{"name": "elsewhere"}"#),
        ("elsewhere/boot.ts", IDENTIFY),
    ]);
    let (db, loaded) = tree.load(&["app/src/auth.ts"]);
    assert_eq!(tree.names(loaded.files.keys()), ["app/src/auth.ts"]);
    // Another file may call what is asked for, or identify the user.
    assert_eq!(tree.names(loaded.context.keys()), ["app/src/boot.ts", "app/src/other.ts"]);
    let expected = ["app/src/auth.ts", "app/src/boot.ts", "app/src/other.ts"];
    assert_eq!(members(&db, tree.file(&loaded, "app/src/auth.ts")), expected);
    assert_eq!(loaded.files_seen, 1);
}

#[test]
fn workspace_packages_share_identity_with_those_that_depend_on_them() {
    let tree = Tree::new(&[
        ("package.json", r#"{"private": true, "workspaces": ["packages/*"]}"#),
        ("packages/app/package.json", r#"{"name": "app", "dependencies": {"@acme/analytics": "workspace:*"}}"#),
        ("packages/app/auth.ts", LOGOUT),
        (
            "packages/analytics/package.json",
            r#"{"name": "@acme/analytics", "dependencies": {"@fullstory/browser": "2"}}"#,
        ),
        ("packages/analytics/index.ts", IDENTIFY),
        ("packages/admin/package.json", r#"{"name": "admin"}"#),
        ("packages/admin/auth.ts", LOGOUT),
    ]);
    for asked in [&["."][..], &["packages/app", "packages/admin"], &["packages/app/auth.ts", "packages/admin"]] {
        let (db, loaded) = tree.load(asked);
        let app = tree.file(&loaded, "packages/app/auth.ts");
        assert_eq!(members(&db, app), ["packages/analytics/index.ts", "packages/app/auth.ts"], "{asked:?}");
        assert!(app.project(&db).manifest(&db).declares_sdk);
        let admin = tree.file(&loaded, "packages/admin/auth.ts");
        assert_eq!(members(&db, admin), ["packages/admin/auth.ts"]);
        assert!(!admin.project(&db).manifest(&db).declares_sdk);
    }
}

#[test]
fn ignored_hidden_and_installed_files_are_left_out_unless_asked_for() {
    let tree = Tree::new(&[
        (".gitignore", "/generated\n"),
        ("package.json", r#"{"name": "app"}"#),
        ("src/auth.ts", LOGOUT),
        ("generated/api.ts", LOGOUT),
        (".hidden/auth.ts", LOGOUT),
        ("dist/auth.js", LOGOUT),
        ("node_modules/rxjs/package.json", r#"{"name": "rxjs"}"#),
        ("node_modules/rxjs/dist/index.js", LOGOUT),
        ("node_modules/rxjs/tests/index.js", LOGOUT),
    ]);
    let (_, loaded) = tree.load(&["."]);
    assert_eq!(tree.names(loaded.files.keys()), ["src/auth.ts"]);
    let (db, loaded) = tree.load(&["node_modules/rxjs", "generated", "dist/auth.js"]);
    let expected =
        ["dist/auth.js", "generated/api.ts", "node_modules/rxjs/dist/index.js", "node_modules/rxjs/tests/index.js"];
    assert_eq!(tree.names(loaded.files.keys()), expected);
    let role = |name: &str| tree.file(&loaded, name).role(&db);
    assert_eq!(role("node_modules/rxjs/tests/index.js"), FileRole::Generated);
    assert_eq!(role("dist/auth.js"), FileRole::Generated);
}

#[test]
fn tests_are_told_by_their_place_in_the_project() {
    let tree = Tree::new(&[
        ("tests/apps/web/package.json", r#"{"name": "web"}"#),
        ("tests/apps/web/auth.ts", LOGOUT),
        ("tests/apps/web/tests/auth.ts", SUPPRESSED_LOGOUT),
        ("tests/apps/web/tests/menu.ts", LOGOUT),
    ]);
    let (db, loaded) = tree.load(&["tests/apps"]);
    assert_eq!(tree.file(&loaded, "tests/apps/web/auth.ts").role(&db), FileRole::Product);
    assert_eq!(tree.file(&loaded, "tests/apps/web/tests/auth.ts").role(&db), FileRole::Test);
    // No rule looks at a test that suppresses nothing, unless it is asked for.
    assert!(!loaded.files.contains_key(&tree.path("tests/apps/web/tests/menu.ts")));
    let (_, loaded) = tree.load(&["tests/apps/web/tests/menu.ts"]);
    assert!(loaded.files.contains_key(&tree.path("tests/apps/web/tests/menu.ts")));
}

#[test]
fn an_embedded_snippet_declares_the_sdk_and_its_generation() {
    let tree = Tree::new(&[
        ("old/package.json", r#"{"name": "old"}"#),
        ("old/index.html", r#"<script>window['_fs_org'] = 'X'; g._v="1.3.0";</script>"#),
        ("old/auth.js", LOGOUT),
        ("new/package.json", r#"{"name": "new"}"#),
        ("new/public/index.html", r#"<script>window['_fs_org'] = 'X'; g._v="2.0.0";</script>"#),
        ("new/auth.js", LOGOUT),
        ("none/package.json", r#"{"name": "none"}"#),
        ("none/index.html", "<p>fullstory.com</p>"),
        ("none/auth.js", LOGOUT),
    ]);
    let (db, loaded) = tree.load(&["old/auth.js", "new", "none"]);
    let manifest = |name: &str| tree.file(&loaded, name).project(&db).manifest(&db).clone();
    assert_eq!(manifest("old/auth.js").platform, Some(Platform::Web(Generation::V1)));
    assert_eq!(manifest("new/auth.js").platform, Some(Platform::Web(Generation::V2)));
    assert!(manifest("new/auth.js").declares_sdk);
    assert_eq!((manifest("none/auth.js").platform, manifest("none/auth.js").declares_sdk), (None, false));
    assert_eq!(loaded.files_seen, 5);
}

#[test]
fn the_nearest_configuration_holds_alone() {
    let tree = Tree::new(&[
        ("package.json", r#"{"name": "app"}"#),
        ("farewell.toml", "namespace = 'Story'\nexclude = ['legacy', '**/*.gen.ts', './one.ts']\n"),
        ("one.ts", LOGOUT),
        ("src/auth.ts", LOGOUT),
        ("src/api.gen.ts", LOGOUT),
        ("src/legacy/auth.ts", LOGOUT),
        ("legacy/auth.ts", LOGOUT),
        ("native/farewell.toml", "platform = 'react-native'\nassume-fullstory = true\n"),
        ("native/auth.ts", LOGOUT),
        ("src/story.ts", "Story('x');"),
    ]);
    let (db, loaded) = tree.load(&["."]);
    assert_eq!(
        tree.names(loaded.files.keys()),
        ["native/auth.ts", "src/auth.ts", "src/legacy/auth.ts", "src/story.ts"]
    );
    let settings = |name: &str| tree.file(&loaded, name).project(&db).settings(&db).clone();
    assert_eq!(settings("src/auth.ts").namespace.as_deref(), Some("Story"));
    assert_eq!(settings("native/auth.ts").namespace, None);
    assert_eq!(settings("native/auth.ts").platform, Some(Platform::ReactNative));
    assert!(settings("native/auth.ts").assume_fullstory);
    // One manifest, two configurations: both know all the files.
    assert_eq!(members(&db, tree.file(&loaded, "native/auth.ts")).len(), 4);
    let (_, loaded) = tree.load(&["legacy/auth.ts"]);
    assert!(loaded.files.is_empty());
    assert_eq!(loaded.skipped[0].reason, SkipReason::Excluded);
}

#[test]
fn unfit_files_are_skipped_with_a_reason() {
    let tree = Tree::new(&[("ok.ts", LOGOUT), ("notes.md", "logout"), ("broken/package.json", "{")]);
    tree.write("latin.ts", b"// caf\xE9 logout");
    tree.write("plain-latin.ts", b"// caf\xE9");
    tree.write("wide.ts", b"\xFF\xFEl\0o\0");
    tree.write("huge.ts", &vec![b' '; 1024 * 1024 + 1]);
    let (_, loaded) = tree.load(&[".", "notes.md"]);
    let names: Vec<PathBuf> = loaded.skipped.iter().map(|it| it.path.clone()).collect();
    assert_eq!(
        tree.names(&names),
        ["broken/package.json", "huge.ts", "latin.ts", "notes.md", "plain-latin.ts", "wide.ts"]
    );
    assert_eq!(tree.names(loaded.files.keys()), ["ok.ts"]);
    assert_eq!(loaded.files_seen, 5);
}

#[test]
fn a_missing_path_is_an_error() {
    let error = Workspace::discover(&["no/such/file.ts".into()], &ScanOptions::default()).unwrap_err();
    assert!(matches!(&error, ProjectError::Missing(path) if path == Path::new("no/such/file.ts")));
    assert_eq!(error.to_string(), "no/such/file.ts: there is no such file or folder");
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed_below_a_folder() {
    let tree = Tree::new(&[("src/auth.ts", LOGOUT)]);
    std::os::unix::fs::symlink(tree.path("."), tree.path("src/loop")).unwrap();
    std::os::unix::fs::symlink(tree.path("src"), tree.path("link")).unwrap();
    let (_, loaded) = tree.load(&["."]);
    assert_eq!(tree.names(loaded.files.keys()), ["src/auth.ts"]);
    let (_, loaded) = tree.load(&["link"]);
    assert_eq!(tree.names(loaded.files.keys()), ["link/auth.ts"]);
}

#[test]
fn an_editor_puts_and_removes_files() {
    let tree = Tree::new(&[("package.json", r#"{"name": "app"}"#), ("a.ts", LOGOUT), ("b.ts", "let b;")]);
    let workspace = tree.discover(&["."]);
    let mut db = Database::default();
    let mut loaded = workspace.load(&mut db);
    let opened = loaded.put(&mut db, &workspace, &tree.path("b.ts"), Language::TypeScript, &IDENTIFY.into(), false);
    assert_eq!(members(&db, opened), ["a.ts", "b.ts"]);
    let again = loaded.put(&mut db, &workspace, &tree.path("b.ts"), Language::TypeScript, &LOGOUT.into(), false);
    assert_eq!(again, opened);
    assert_eq!(&**again.text(&db), LOGOUT);
    loaded.remove(&mut db, &workspace, &tree.path("a.ts"));
    assert_eq!(members(&db, opened), ["b.ts"]);
    assert_eq!(workspace.disk_path("src/x.ts"), tree.path("src/x.ts"));
}

#[test]
fn a_broken_configuration_is_told_with_its_place() {
    let cases = [
        ("namspace = 'X'\n", "1:1: unknown key `namspace`; did you mean `namespace`?"),
        (
            "\n[rules]\nmissing-anonymise = 'off'\n",
            "3:1: unknown rule `missing-anonymise`; did you mean `missing-anonymize`?",
        ),
        ("[rules]\nmissing-anonymize = 'warn'\n", "2:21: unknown severity `warn`; did you mean `warning`?"),
        ("platform = 'web2'\n", "1:12: unknown platform `web2`; did you mean `web`?"),
        ("platform = 'ios'\n", "1:12: unknown platform `ios`; there are web, web-v1, react-native"),
        ("exclude = ['src/[']\n", "1:12: the pattern `src/[` is wrong:"),
        ("namespace = 'a b'\n", "1:13: the namespace `a b` is not the name of a JavaScript variable"),
        ("assume-fullstory = 'yes'\n", "1:20: "),
        ("a = = b\n", "1:5: "),
        (
            "[[vocabulary.call]]\npaths = ['x#y']\nnavigate = 'documnt'\n",
            "3:13: unknown word `documnt`; did you mean `document`?",
        ),
        (
            "[[vocabulary.flow]]\nkind = 'rush'\nphrases = ['a']\n",
            "2:9: unknown word `rush`; there are user-initiated, session-timeout, token-expiry,",
        ),
    ];
    for (text, expected) in cases {
        let tree = Tree::new(&[("farewell.toml", text), ("a.ts", LOGOUT)]);
        let workspace = tree.discover(&["a.ts"]);
        let told = workspace.problems()[0].to_string();
        let rest = told.strip_prefix(&format!("{}:", tree.path("farewell.toml").display())).unwrap();
        assert!(rest.starts_with(expected), "{rest} instead of {expected}");
    }
}

#[test]
fn files_are_read_again_as_they_were_read_first() {
    let tree = Tree::new(&[
        ("package.json", r#"{"name": "app"}"#),
        (".gitignore", "ignored\n"),
        ("farewell.toml", "exclude = ['legacy']\n"),
        ("a.ts", "let a;"),
        ("gone.ts", LOGOUT),
    ]);
    let workspace = tree.discover(&["."]);
    for name in ["a.ts", "new/b.ts", "ignored/c.ts", ".hidden/d.ts", "legacy/e.ts", "node_modules/x/f.ts", "g.py"] {
        tree.write(name, LOGOUT.as_bytes());
    }
    tree.write("plain.ts", b"let nothing;");
    tree.write("latin.ts", b"// logout caf\xE9");
    fs::remove_file(tree.path("gone.ts")).unwrap();
    let names = [
        "a.ts",
        "new/b.ts",
        "ignored/c.ts",
        ".hidden/d.ts",
        "legacy/e.ts",
        "node_modules/x/f.ts",
        "g.py",
        "plain.ts",
        "latin.ts",
        "gone.ts",
    ];
    let read = Loaded::default().index().read_again(&workspace, names.map(|name| tree.path(name)).into());
    let there: Vec<&PathBuf> = read.iter().filter(|file| file.text.is_some()).map(|file| &file.path).collect();
    assert_eq!(tree.names(there), ["a.ts", "new/b.ts"]);
    assert_eq!(read[0].text.as_deref(), Some(LOGOUT));
    assert!(!read[0].linked_only);
}

const KOTLIN_LOGOUT: &str = "fun logout() { auth.signOut() }\n";
const SWIFT_LOGOUT: &str = "func logout() { try? Auth.auth().signOut() }\n";
const DART_LOGOUT: &str = "void logout() => FirebaseAuth.instance.signOut();\n";

#[test]
fn the_modules_of_a_gradle_build_are_one_project() {
    let tree = Tree::new(&[
        ("settings.gradle.kts", "include(\":app\", \":core\")\n"),
        ("gradle/libs.versions.toml", "fullstory = { module = \"com.fullstory:instrumentation-full\" }\n"),
        ("app/build.gradle.kts", "dependencies { implementation(project(\":core\")) }\n"),
        ("app/src/main/java/App.kt", KOTLIN_LOGOUT),
        ("app/src/test/java/AppTest.kt", SUPPRESSED_LOGOUT),
        ("core/build.gradle", ""),
        ("core/src/main/java/Session.java", "class Session { void logout() {} }\n"),
        ("core/build/generated/Session.java", "class Session { void logout() {} }\n"),
        ("other/settings.gradle", ""),
        ("other/app/build.gradle", ""),
        ("other/app/src/main/java/Other.kt", KOTLIN_LOGOUT),
    ]);
    let (db, loaded) = tree.load(&["."]);
    let app = tree.file(&loaded, "app/src/main/java/App.kt");
    let manifest = app.project(&db).manifest(&db);
    assert_eq!((&*manifest.folder, manifest.declares_sdk), ("", true));
    assert_eq!(manifest.platform.map(Platform::name), Some("android"));
    let session = tree.file(&loaded, "core/src/main/java/Session.java");
    assert_eq!(session.project(&db), app.project(&db));
    assert_eq!(tree.file(&loaded, "app/src/test/java/AppTest.kt").role(&db), FileRole::Test);
    let other = tree.file(&loaded, "other/app/src/main/java/Other.kt");
    assert_eq!(&*other.project(&db).manifest(&db).folder, "other");
    // One file is judged with the whole build.
    let (db, loaded) = tree.load(&["core/src/main/java/Session.java"]);
    let session = tree.file(&loaded, "core/src/main/java/Session.java");
    assert_eq!(&*session.project(&db).manifest(&db).folder, "");
}

#[test]
fn the_projects_of_an_xcode_workspace_are_one() {
    let tree = Tree::new(&[
        ("Podfile", "target 'App' do\n  pod 'FullStory'\nend\n"),
        ("App.xcodeproj/project.pbxproj", "// !$*UTF8*$!\n"),
        ("App/AppDelegate.swift", SWIFT_LOGOUT),
        ("Profile/Profile.xcodeproj/project.pbxproj", "// !$*UTF8*$!\n"),
        ("Profile/Sources/SettingsViewModel.swift", SWIFT_LOGOUT),
        ("Packages/Core/Package.swift", "let package = Package(name: \"Core\")\n"),
        ("Packages/Core/Sources/Session.swift", SWIFT_LOGOUT),
        ("Packages/Core/Tests/SessionTests.swift", SUPPRESSED_LOGOUT),
        ("Pods/Other/Session.swift", SWIFT_LOGOUT),
    ]);
    let (db, loaded) = tree.load(&["."]);
    let app = tree.file(&loaded, "App/AppDelegate.swift");
    let manifest = app.project(&db).manifest(&db);
    assert_eq!((&*manifest.folder, manifest.declares_sdk), ("", true));
    for name in ["Profile/Sources/SettingsViewModel.swift", "Packages/Core/Sources/Session.swift"] {
        assert_eq!(tree.file(&loaded, name).project(&db), app.project(&db), "{name}");
    }
    assert_eq!(tree.file(&loaded, "Packages/Core/Tests/SessionTests.swift").role(&db), FileRole::Test);
    assert!(!loaded.files.contains_key(&tree.path("Pods/Other/Session.swift")));
}

#[test]
fn dart_packages_count_as_far_as_they_are_declared() {
    let tree = Tree::new(&[
        ("pubspec.yaml", "name: _\nworkspace:\n  - app\n  - core\n  - admin\n"),
        (
            "app/pubspec.yaml",
            "name: app\ndependencies:\n  flutter:\n    sdk: flutter\n  core: any\n  fullstory_flutter: any\n",
        ),
        ("app/lib/main.dart", DART_LOGOUT),
        ("app/lib/main.g.dart", DART_LOGOUT),
        ("app/android/settings.gradle", ""),
        ("app/android/app/build.gradle", ""),
        ("app/android/app/src/main/kotlin/MainActivity.kt", KOTLIN_LOGOUT),
        ("core/pubspec.yaml", "name: core\n"),
        ("core/lib/session.dart", DART_LOGOUT),
        ("admin/pubspec.yaml", "name: admin\ndependencies:\n  core:\n    path: ../core\n"),
        ("admin/lib/main.dart", DART_LOGOUT),
    ]);
    let (db, loaded) = tree.load(&["."]);
    let app = tree.file(&loaded, "app/lib/main.dart");
    assert_eq!(app.project(&db).manifest(&db).platform, Some(Platform::Flutter));
    assert!(app.project(&db).manifest(&db).declares_sdk);
    assert_eq!(tree.file(&loaded, "app/lib/main.g.dart").role(&db), FileRole::Generated);
    let of_app = members(&db, app);
    assert!(of_app.contains(&"core/lib/session.dart".to_owned()), "{of_app:?}");
    assert!(!of_app.contains(&"admin/lib/main.dart".to_owned()), "{of_app:?}");
    let admin = tree.file(&loaded, "admin/lib/main.dart");
    assert_eq!(members(&db, admin), ["admin/lib/main.dart", "core/lib/session.dart"]);
    assert!(!admin.project(&db).manifest(&db).declares_sdk);
}

#[test]
fn a_build_takes_in_folders_beside_it() {
    let tree = Tree::new(&[
        (
            "android/settings.gradle",
            "include ':app'\nproject(':core').projectDir = new File(settingsDir, '../core')\nincludeBuild '../auth'\n",
        ),
        ("android/app/build.gradle", ""),
        ("android/app/src/main/java/App.kt", KOTLIN_LOGOUT),
        ("core/build.gradle", "dependencies { implementation 'com.fullstory:instrumentation-full:1.54.0@aar' }\n"),
        ("core/src/main/java/Core.kt", KOTLIN_LOGOUT),
        ("auth/settings.gradle", ""),
        ("auth/src/main/java/Auth.kt", KOTLIN_LOGOUT),
        ("other/build.gradle", ""),
        ("other/src/main/java/Other.kt", KOTLIN_LOGOUT),
    ]);
    let (db, loaded) = tree.load(&["."]);
    let app = tree.file(&loaded, "android/app/src/main/java/App.kt");
    let expected = ["android/app/src/main/java/App.kt", "auth/src/main/java/Auth.kt", "core/src/main/java/Core.kt"];
    assert_eq!(members(&db, app), expected);
    assert!(app.project(&db).manifest(&db).declares_sdk);
    let dependents = tree.file(&loaded, "core/src/main/java/Core.kt").project(&db).dependents(&db);
    assert_eq!(dependents, &[app]);
}

#[test]
fn a_file_of_a_shared_package_brings_the_apps_along_that_call_it() {
    let tree = Tree::new(&[
        ("package.json", r#"{"private": true, "workspaces": ["packages/*"]}"#),
        ("packages/auth/package.json", r#"{"name": "@acme/auth"}"#),
        ("packages/auth/index.ts", LOGOUT),
        ("packages/web/package.json", r#"{"name": "web", "dependencies": {"@acme/auth": "*"}}"#),
        ("packages/web/button.ts", "import { logout } from '@acme/auth';\nlogout();\n"),
        ("packages/alone/package.json", r#"{"name": "alone"}"#),
        ("packages/alone/auth.ts", LOGOUT),
    ]);
    let (db, loaded) = tree.load(&["packages/auth/index.ts"]);
    assert_eq!(tree.names(loaded.files.keys()), ["packages/auth/index.ts"]);
    assert_eq!(tree.names(loaded.context.keys()), ["packages/web/button.ts"]);
    let auth = tree.file(&loaded, "packages/auth/index.ts");
    let button = auth.project(&db).dependents(&db)[0];
    assert_eq!(button.modules(&db)["@acme/auth"], [auth]);
}
