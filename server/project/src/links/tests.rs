//! The loading loop over trees on disk, with demands that stand in for the engine's.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use farewell_analysis::source::Language;
use farewell_analysis::{Database, Demand, Project, SourceFile, import_modules};
use salsa::Setter;

use super::engine::Questions;
use crate::{Loaded, ScanOptions, Workspace};

const LOGOUT: &str = "export function logout() {}\n";

/// Demands by the engine's path, and names for every project in a folder.
#[derive(Default)]
struct Asked {
    demands: BTreeMap<&'static str, Vec<(&'static str, Option<&'static str>)>>,
    types: BTreeMap<&'static str, Vec<&'static str>>,
    callers: BTreeMap<&'static str, Vec<&'static str>>,
    times: AtomicUsize,
}

impl Questions for Asked {
    fn modules(&self, db: &Database, file: SourceFile) -> Vec<Arc<str>> {
        import_modules(db, file).clone()
    }

    fn demands(&self, db: &Database, file: SourceFile) -> Vec<Demand> {
        self.times.fetch_add(1, Ordering::Relaxed);
        let demands = self.demands.get(&**file.path(db)).into_iter().flatten();
        let open = demands.filter(|(module, _)| !file.modules(db).contains_key(*module));
        open.map(|(module, name)| Demand { module: (*module).into(), name: name.map(Arc::from) }).collect()
    }

    fn types(&self, db: &Database, project: Project) -> Vec<Arc<str>> {
        self.types.get(&*project.manifest(db).folder).into_iter().flatten().map(|name| Arc::from(*name)).collect()
    }

    fn callers(&self, db: &Database, project: Project) -> Vec<Arc<str>> {
        self.callers.get(&*project.manifest(db).folder).into_iter().flatten().map(|name| Arc::from(*name)).collect()
    }
}

struct Tree {
    folder: tempfile::TempDir,
    db: Database,
    workspace: Workspace,
    loaded: Loaded,
}

impl Tree {
    fn new(asked: &Asked, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let workspace = Workspace::discover(&[folder.path().to_path_buf()], &ScanOptions::default()).unwrap();
        let mut db = Database::default();
        let loaded = workspace.load_by(asked, &mut db);
        Self { folder, db, workspace, loaded }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str) -> SourceFile {
        self.loaded.index().get(&self.path(name)).unwrap()
    }

    fn names(&self, files: &BTreeMap<PathBuf, SourceFile>) -> Vec<String> {
        files.values().map(|file| file.path(&self.db).to_string()).collect()
    }

    /// The files that a file's modules are: `./a=src/a.ts`.
    fn modules(&self, name: &str) -> Vec<String> {
        let modules = self.file(name).modules(&self.db);
        let files = |files: &[SourceFile]| files.iter().map(|file| file.path(&self.db).to_string()).collect::<Vec<_>>();
        modules.iter().map(|(module, targets)| format!("{module}={}", files(targets).join("+"))).collect()
    }

    fn put(&mut self, name: &str, text: &str) {
        let path = self.path(name);
        let language = Language::of_path(&path).unwrap();
        self.loaded.put(&mut self.db, &self.workspace, &path, language, &text.into(), false);
    }

    /// What happens to a file on disk, as the server is told.
    fn on_disk(&mut self, name: &str, text: Option<&str>) {
        let path = self.path(name);
        match text {
            Some(text) => fs::write(&path, text).unwrap(),
            None => fs::remove_file(&path).unwrap(),
        }
        self.loaded.files_changed(&self.workspace, std::slice::from_ref(&path));
        for file in self.loaded.index().read_again(&self.workspace, vec![path]) {
            let (db, workspace) = (&mut self.db, &self.workspace);
            match (file.text, Language::of_path(&file.path)) {
                (Some(text), Some(language)) => {
                    self.loaded.put(db, workspace, &file.path, language, &text.into(), file.linked_only);
                }
                _ => self.loaded.remove(db, workspace, &file.path),
            }
        }
    }

    /// Links until nothing is wanted; how many rounds that took.
    fn settle(&mut self, asked: &Asked) -> usize {
        for round in 0..20 {
            let lacks = self.loaded.index().lacks_by(asked, &self.db, &self.workspace, None);
            if lacks.is_empty() {
                return round;
            }
            let wanted = self.loaded.index().find(&self.workspace, lacks);
            self.loaded.link(&mut self.db, &self.workspace, wanted);
        }
        panic!("there is always more to want");
    }
}

#[test]
fn imports_of_loaded_files_are_linked_and_others_are_not_read() {
    let asked = Asked::default();
    let tree = Tree::new(
        &asked,
        &[
            ("package.json", r#"{"name": "app"}"#),
            ("src/button.tsx", "import { logout } from './auth';\nimport { add } from './math';\nlogout();\n"),
            ("src/auth.ts", LOGOUT),
            ("src/math.ts", "export const add = 1;\n"),
            ("src/index.ts", "export * from './auth';\nexport { logout as leave } from './auth.js';\n"),
            ("src/lazy.js", "const auth = require('./auth'); import('./index'); auth.logout();\n"),
        ],
    );
    assert_eq!(tree.modules("src/button.tsx"), ["./auth=src/auth.ts"]);
    assert_eq!(tree.modules("src/index.ts"), ["./auth=src/auth.ts", "./auth.js=src/auth.ts"]);
    assert_eq!(tree.modules("src/lazy.js"), ["./auth=src/auth.ts", "./index=src/index.ts"]);
    assert!(tree.loaded.context.is_empty());
}

#[test]
fn demands_lead_through_files_without_a_word_of_the_vocabulary() {
    let asked = Asked {
        demands: BTreeMap::from([
            ("src/auth.ts", vec![("./facade", Some("leave")), ("./math", Some("leave")), ("react", None)]),
            ("src/facade.ts", vec![("./inner", Some("leave"))]),
            ("src/inner.ts", vec![("./deep", None)]),
        ]),
        ..Asked::default()
    };
    let mut tree = Tree::new(
        &asked,
        &[
            ("package.json", r#"{"name": "app"}"#),
            (
                "src/auth.ts",
                "import { leave } from './facade';\nimport './math';\nexport const logout = () => leave();\n",
            ),
            ("src/facade.ts", "export * from './inner';\n"),
            ("src/inner.ts", "import { deep } from './deep'; export const leave = () => deep();\n"),
            ("src/deep.ts", "export const deep = 1;\n"),
            ("src/math.ts", "export const leaves = 1;\n"),
        ],
    );
    assert_eq!(tree.names(&tree.loaded.files), ["src/auth.ts"]);
    assert_eq!(tree.names(&tree.loaded.context), ["src/deep.ts", "src/facade.ts", "src/inner.ts"]);
    assert_eq!(tree.modules("src/auth.ts"), ["./facade=src/facade.ts"]);
    assert_eq!(tree.modules("src/inner.ts"), ["./deep=src/deep.ts"]);
    assert!(tree.file("src/facade.ts").linked_only(&tree.db) && !tree.file("src/auth.ts").linked_only(&tree.db));
    let members = tree.file("src/auth.ts").project(&tree.db).files(&tree.db);
    assert_eq!(members.len(), 4);
    // What was refused is not read again until it changes.
    assert_eq!(tree.settle(&asked), 0);
    tree.on_disk("src/math.ts", Some("export const leave = 1;\n"));
    assert_eq!(tree.settle(&asked), 2);
    assert_eq!(tree.modules("src/auth.ts"), ["./facade=src/facade.ts", "./math=src/math.ts"]);
    // Opened in an editor, it counts as asked for.
    tree.put("src/math.ts", "export const leave = 2;\n");
    assert!(!tree.file("src/math.ts").linked_only(&tree.db));
    assert_eq!(tree.names(&tree.loaded.files), ["src/auth.ts", "src/math.ts"]);
}

#[test]
fn a_platform_variant_without_a_word_of_the_vocabulary_is_loaded_beside_one_that_has_some() {
    let asked = Asked::default();
    let tree = Tree::new(
        &asked,
        &[
            ("package.json", r#"{"name": "app"}"#),
            ("auth.ts", "import { wipe } from './tracker';\nexport const logout = () => wipe();\n"),
            ("tracker.native.ts", "export const wipe = () => FullStory.anonymize();\n"),
            ("tracker.web.ts", "export const wipe = () => {};\n"),
        ],
    );
    assert_eq!(tree.modules("auth.ts"), ["./tracker=tracker.native.ts+tracker.web.ts"]);
    assert_eq!(tree.names(&tree.loaded.context), ["tracker.web.ts"]);
}

#[test]
fn a_circle_of_demands_ends() {
    let asked = Asked {
        demands: BTreeMap::from([
            ("a.ts", vec![("./b", None)]),
            ("b.ts", vec![("./c", None)]),
            ("c.ts", vec![("./b", None), ("./a", None)]),
        ]),
        ..Asked::default()
    };
    let tree = Tree::new(
        &asked,
        &[
            ("package.json", r#"{"name": "app"}"#),
            ("a.ts", "import './b'; logout();\n"),
            ("b.ts", "import './c';\n"),
            ("c.ts", "import './b'; import './a';\n"),
        ],
    );
    assert_eq!(tree.modules("c.ts"), ["./a=a.ts", "./b=b.ts"]);
}

#[test]
fn types_are_found_with_what_is_built_upon_them() {
    let asked = Asked {
        types: BTreeMap::from([("ios", vec!["SessionStore", "Vault", "Absent"]), ("flutter", vec!["AuthRepository"])]),
        ..Asked::default()
    };
    let mut tree = Tree::new(
        &asked,
        &[
            ("ios/Package.swift", "let package = Package(name: \"App\")"),
            ("ios/App/Login.swift", "func logout() { SessionStore.shared.end(); Vault().close() }\n"),
            ("ios/App/SessionStore.swift", "final class SessionStore { func end() {} }\n"),
            ("ios/App/Types.swift", "struct VaultError {}\nstruct Vault { func close() {} }\n"),
            ("ios/App/Other.swift", "let vault: Vault = Vault()\n"),
            ("flutter/pubspec.yaml", "name: app\ndependencies:\n  flutter:\n    sdk: flutter\n"),
            ("flutter/lib/auth.dart", "void logout() {}\n"),
            ("flutter/lib/auth_repository.dart", "abstract class AuthRepository {}\n"),
            ("flutter/lib/http.dart", "class Http implements AuthRepository {}\n"),
            ("flutter/lib/page.dart", "class Page { final AuthRepository auth; }\n"),
            ("other/Package.swift", "let package = Package(name: \"Other\")"),
            ("other/Vault.swift", "class Vault {}\n"),
        ],
    );
    let expected = [
        "flutter/lib/auth_repository.dart",
        "flutter/lib/http.dart",
        "ios/App/SessionStore.swift",
        "ios/App/Types.swift",
    ];
    assert_eq!(tree.names(&tree.loaded.context), expected);
    assert!(expected.iter().all(|name| tree.file(name).linked_only(&tree.db)));
    assert_eq!(tree.settle(&asked), 0);
}

#[test]
fn callers_of_a_flow_are_loaded_as_ordinary_files_of_its_project_and_of_its_dependents() {
    let asked = Asked {
        callers: BTreeMap::from([("packages/auth", vec!["leave"])]),
        demands: BTreeMap::from([("packages/auth/index.ts", vec![("./both", None)])]),
        ..Asked::default()
    };
    let mut tree = Tree::new(
        &asked,
        &[
            ("package.json", r#"{"private": true, "workspaces": ["packages/*"]}"#),
            ("packages/auth/package.json", r#"{"name": "@acme/auth", "main": "dist/index.js"}"#),
            ("packages/auth/index.ts", "import './both';\nexport const leave = () => logout();\n"),
            ("packages/auth/both.ts", "leave();\n"),
            ("packages/web/package.json", r#"{"name": "web", "dependencies": {"@acme/auth": "*"}}"#),
            ("packages/web/button.ts", "import { leave } from '@acme/auth';\nleave();\n"),
            ("packages/web/leaver.ts", "import { leaver } from '@acme/auth';\n"),
            ("packages/alone/package.json", r#"{"name": "alone"}"#),
            ("packages/alone/button.ts", "import { leave } from 'trees';\nleave();\n"),
        ],
    );
    let expected = ["packages/auth/both.ts", "packages/auth/index.ts", "packages/web/button.ts"];
    assert_eq!(tree.names(&tree.loaded.files), expected);
    assert!(tree.loaded.context.is_empty());
    assert!(expected.iter().all(|name| !tree.file(name).linked_only(&tree.db)));
    assert_eq!(tree.modules("packages/web/button.ts"), ["@acme/auth=packages/auth/index.ts"]);
    let project = tree.file("packages/auth/index.ts").project(&tree.db);
    assert_eq!(project.dependents(&tree.db), &[tree.file("packages/web/button.ts")]);
    // One that comes later.
    tree.on_disk("packages/web/leaver.ts", Some("import { leave } from '@acme/auth';\n"));
    tree.on_disk("packages/alone/late.ts", Some("leave();\n"));
    assert_eq!(tree.names(&tree.loaded.files).len(), 4);
    tree.settle(&asked);
    assert_eq!(tree.modules("packages/web/leaver.ts"), ["@acme/auth=packages/auth/index.ts"]);
}

#[test]
fn files_that_come_and_go_are_linked_and_unlinked() {
    let asked = Asked::default();
    let mut tree = Tree::new(
        &asked,
        &[("package.json", r#"{"name": "app"}"#), ("src/button.ts", "import { logout } from './auth';\nlogout();\n")],
    );
    assert!(tree.modules("src/button.ts").is_empty());
    tree.on_disk("src/auth.ts", Some(LOGOUT));
    tree.settle(&asked);
    assert_eq!(tree.modules("src/button.ts"), ["./auth=src/auth.ts"]);
    let gone = tree.file("src/auth.ts");
    tree.on_disk("src/auth.ts", None);
    // At once: nothing may lead into a file that is gone.
    assert!(tree.modules("src/button.ts").is_empty());
    // Renamed, and the import with it.
    tree.on_disk("src/session.ts", Some(LOGOUT));
    tree.put("src/button.ts", "import { logout } from './session';\nlogout();\n");
    tree.settle(&asked);
    assert_eq!(tree.modules("src/button.ts"), ["./session=src/session.ts"]);
    assert!(!tree.file("src/button.ts").project(&tree.db).files(&tree.db).contains(&gone));
    // One that a platform has for itself.
    tree.on_disk("src/session.native.ts", Some(LOGOUT));
    tree.settle(&asked);
    assert_eq!(tree.modules("src/button.ts"), ["./session=src/session.native.ts+src/session.ts"]);
}

#[test]
fn what_was_found_over_an_older_state_is_written_only_where_it_still_holds() {
    let asked = Asked::default();
    let mut tree = Tree::new(
        &asked,
        &[("package.json", r#"{"name": "app"}"#), ("a.ts", "import './b'; logout();\n"), ("b.ts", LOGOUT)],
    );
    tree.file("a.ts").set_modules(&mut tree.db).to(BTreeMap::new());
    let lacks = tree.loaded.index().lacks_by(&asked, &tree.db, &tree.workspace, None);
    assert!(!lacks.is_empty());
    let wanted = tree.loaded.index().find(&tree.workspace, lacks);
    tree.on_disk("b.ts", None);
    assert!(!tree.loaded.link(&mut tree.db, &tree.workspace, wanted).has_changed);
    assert!(tree.modules("a.ts").is_empty());
}

#[test]
fn an_edit_asks_for_its_own_file_alone() {
    let asked = Asked::default();
    let mut tree = Tree::new(
        &asked,
        &[
            ("package.json", r#"{"name": "app"}"#),
            ("a.ts", "import './b'; logout();\n"),
            ("b.ts", LOGOUT),
            ("c.ts", LOGOUT),
        ],
    );
    tree.put("a.ts", "import './b'; logout(1);\n");
    let before = asked.times.load(Ordering::Relaxed);
    let own = [tree.path("a.ts")];
    assert!(tree.loaded.index().lacks_by(&asked, &tree.db, &tree.workspace, Some(&own)).is_empty());
    assert_eq!(asked.times.load(Ordering::Relaxed), before + 1);
    tree.put("a.ts", "import './b'; import './c'; logout(1);\n");
    let lacks = tree.loaded.index().lacks_by(&asked, &tree.db, &tree.workspace, Some(&own));
    let wanted = tree.loaded.index().find(&tree.workspace, lacks);
    assert!(tree.loaded.link(&mut tree.db, &tree.workspace, wanted).has_changed);
    assert_eq!(tree.modules("a.ts"), ["./b=b.ts", "./c=c.ts"]);
}
