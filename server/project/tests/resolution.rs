//! Modules of scripts on disk: which file each form of an import means, and what is none.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

mod common;

use common::Tree;
use farewell_project::Workspace;

/// The files that a module is, as a file imports it; the names in the tree.
fn resolved(tree: &Tree, workspace: &Workspace, importer: &str, module: &str) -> Vec<String> {
    workspace.resolve(&tree.path(importer), module).iter().map(|path| tree.name(path)).collect()
}

/// Asserts what modules are, as one file imports them; an empty text for none.
fn check(tree: &Tree, importer: &str, expected: &[(&str, &str)]) {
    let workspace = tree.discover();
    for (module, file) in expected {
        let found = resolved(tree, &workspace, importer, module).join(" ");
        assert_eq!(&found, file, "{importer} imports {module}");
    }
}

#[test]
fn relative_paths_with_and_without_extensions() {
    let tree = Tree::new(&[
        ("package.json", r#"{"name": "app"}"#),
        ("src/a.ts", ""),
        ("src/auth.ts", ""),
        ("src/esm.ts", ""),
        ("src/view.tsx", ""),
        ("src/plain.js", ""),
        ("src/both.js", ""),
        ("src/both.ts", ""),
        ("src/Login.vue", ""),
        ("src/store/index.ts", ""),
        ("src/legacy/package.json", r#"{"main": "./entry.js"}"#),
        ("src/legacy/entry.js", ""),
        ("src/data.json", "{}"),
        ("src/style.css", ""),
        ("src/types.d.ts", ""),
        ("index.js", ""),
    ]);
    let expected = [
        ("./auth", "src/auth.ts"),
        ("./auth.ts", "src/auth.ts"),
        ("./auth.js", "src/auth.ts"),
        ("../src/auth", "src/auth.ts"),
        ("./esm.js?raw", "src/esm.ts"),
        ("./view", "src/view.tsx"),
        ("./view.js", "src/view.tsx"),
        ("./view.jsx", "src/view.tsx"),
        ("./plain", "src/plain.js"),
        ("./both", "src/both.ts"),
        ("./Login.vue", "src/Login.vue"),
        ("./Login", "src/Login.vue"),
        ("./store", "src/store/index.ts"),
        ("./store/", "src/store/index.ts"),
        ("./store/index.js", "src/store/index.ts"),
        ("./legacy", "src/legacy/entry.js"),
        ("..", "index.js"),
        ("/src/auth", "src/auth.ts"),
        ("./data.json", ""),
        ("./style.css", ""),
        ("./types", ""),
        ("./none", ""),
        ("", ""),
        ("node:fs", ""),
        ("fs", ""),
        ("https://esm.sh/auth", ""),
        ("virtual:auth", ""),
    ];
    check(&tree, "src/a.ts", &expected);
    check(&tree, "src/Login.vue", &expected);
}

#[test]
fn nothing_outside_the_workspace_or_installed_is_found() {
    let tree = Tree::new(&[
        ("package.json", r#"{"name": "app"}"#),
        ("a.ts", ""),
        ("node_modules/lib/package.json", r#"{"name": "lib", "main": "index.js"}"#),
        ("node_modules/lib/index.js", ""),
    ]);
    let outside = tempfile::Builder::new().suffix(".ts").tempfile().unwrap();
    let up = "../".repeat(20);
    let to_outside = format!("{up}{}", outside.path().strip_prefix("/").unwrap().display());
    check(&tree, "a.ts", &[("lib", ""), ("./node_modules/lib", ""), (&to_outside, "")]);
}

#[test]
fn paths_base_url_and_extends_of_the_nearest_configuration() {
    let tree = Tree::new(&[
        ("tsconfig.base.json", r##"{"compilerOptions": {"baseUrl": ".", "paths": {"#base/*": ["shared/*"]}}}"##),
        ("app/package.json", r#"{"name": "app"}"#),
        (
            "app/tsconfig.json",
            "{\n  // The app's own.\n  \"extends\": [\"../tsconfig.base.json\", \"@tsconfig/node20/tsconfig.json\"],\n  \"compilerOptions\": {\"baseUrl\": \".\", \"paths\": {\"@/*\": [\"./src/*\"], \"~lib/*\": [\"./none/*\", \"./lib/*\"]},},\n}",
        ),
        ("app/src/auth/index.ts", ""),
        ("app/src/login.ts", ""),
        ("app/src/Login.vue", ""),
        ("app/src/plain.js", ""),
        ("app/lib/token.ts", ""),
        ("other/package.json", r#"{"name": "other"}"#),
        ("other/tsconfig.json", r#"{"extends": "../tsconfig.base"}"#),
        ("other/a.ts", ""),
        ("shared/session.ts", ""),
    ]);
    let app = [
        ("@/auth", "app/src/auth/index.ts"),
        ("~lib/token", "app/lib/token.ts"),
        ("src/auth", "app/src/auth/index.ts"),
        ("#base/session", ""),
    ];
    for importer in ["app/src/login.ts", "app/src/Login.vue", "app/src/plain.js"] {
        check(&tree, importer, &app);
    }
    check(&tree, "other/a.ts", &[("#base/session", "shared/session.ts"), ("@/auth", "")]);
}

#[test]
fn configurations_that_are_broken_missing_or_not_meant_for_a_file_cost_no_more_than_their_own_word() {
    let tree = Tree::new(&[
        ("circle/tsconfig.json", r#"{"extends": "./other.json"}"#),
        ("circle/other.json", r#"{"extends": "./tsconfig.json"}"#),
        ("circle/a.ts", ""),
        ("circle/b.ts", ""),
        ("broken/tsconfig.json", r#"{"compilerOptions": "#),
        ("broken/a.ts", ""),
        ("broken/b.ts", ""),
        ("kit/package.json", r#"{"name": "kit"}"#),
        ("kit/tsconfig.json", r#"{"extends": "./.svelte-kit/tsconfig.json"}"#),
        ("kit/src/lib/auth.ts", ""),
        ("kit/src/routes/+page.svelte", ""),
        (
            "vite/tsconfig.json",
            r#"{"files": [], "references": [{"path": "./tsconfig.app.json"}, {"path": "./gone.json"}]}"#,
        ),
        (
            "vite/tsconfig.app.json",
            r#"{"extends": "@vue/tsconfig/tsconfig.dom.json", "include": ["src/**/*"], "compilerOptions": {"paths": {"@core/*": ["./src/core/*"]}}}"#,
        ),
        ("vite/src/core/auth.ts", ""),
        ("vite/src/App.vue", ""),
        ("js/jsconfig.json", r#"{"compilerOptions": {"baseUrl": "src"}}"#),
        ("js/src/auth.js", ""),
        ("js/src/pages/login.jsx", ""),
        ("part/tsconfig.json", r#"{"include": ["src"], "compilerOptions": {"paths": {"@core/*": ["./src/*"]}}}"#),
        ("part/src/auth.ts", ""),
        ("part/scripts/run.ts", ""),
    ]);
    check(&tree, "circle/a.ts", &[("./b", "circle/b.ts")]);
    check(&tree, "broken/a.ts", &[("./b", "broken/b.ts")]);
    check(&tree, "kit/src/routes/+page.svelte", &[("$lib/auth", "kit/src/lib/auth.ts")]);
    check(&tree, "vite/src/App.vue", &[("@core/auth", "vite/src/core/auth.ts")]);
    check(&tree, "js/src/pages/login.jsx", &[("auth", "js/src/auth.js")]);
    check(&tree, "part/scripts/run.ts", &[("@core/auth", "part/src/auth.ts")]);
}

#[test]
fn workspace_packages_are_found_by_name_installed_or_not() {
    let tree = Tree::new(&[
        ("package.json", r#"{"private": true, "workspaces": ["packages/*", "apps/*"]}"#),
        ("apps/web/package.json", r##"{"name": "web", "imports": {"#int": "./src/internal.ts"}}"##),
        ("apps/web/tsconfig.json", r#"{"extends": "@acme/config/base.json"}"#),
        ("apps/web/src/a.ts", ""),
        ("apps/web/src/internal.ts", ""),
        ("packages/config/package.json", r#"{"name": "@acme/config"}"#),
        ("packages/config/base.json", r#"{"compilerOptions": {"paths": {"@web/*": ["../../apps/web/src/*"]}}}"#),
        // Built, and the build is there.
        (
            "packages/core/package.json",
            r#"{"name": "@acme/core", "exports": {".": {"types": "./dist/index.d.ts", "import": "./dist/index.js"}, "./session": "./dist/session.js"}}"#,
        ),
        ("packages/core/dist/index.js", ""),
        ("packages/core/dist/index.d.ts", ""),
        ("packages/core/src/index.ts", ""),
        ("packages/core/src/session.ts", ""),
        ("packages/core/src/only.ts", ""),
        // Built, and the build is not there.
        ("packages/auth/package.json", r#"{"name": "@acme/auth", "main": "lib/esm/entry.js"}"#),
        ("packages/auth/src/entry.ts", ""),
        ("packages/auth/src/hooks/useLogout.ts", ""),
        // Types lead to the source.
        (
            "packages/ui/package.json",
            r#"{"name": "@acme/ui", "exports": {".": {"types": "./source/main.ts", "default": "./out/main.js"}}}"#,
        ),
        ("packages/ui/source/main.ts", ""),
        // Nothing is said.
        ("packages/bare/package.json", r#"{"name": "bare"}"#),
        ("packages/bare/index.js", ""),
        // A condition of its own for the source.
        (
            "packages/kit/package.json",
            r#"{"name": "kit", "exports": {".": {"source": "./code/kit.ts", "default": "./dist/kit.js"}, "./*": "./dist/*.js"}}"#,
        ),
        ("packages/kit/code/kit.ts", ""),
        ("packages/kit/src/deep/tool.ts", ""),
        // Not named by its name, but by a path.
        ("apps/admin/package.json", r#"{"name": "admin", "dependencies": {"shared": "file:../../packages/odd"}}"#),
        ("apps/admin/a.ts", ""),
        ("packages/odd/package.json", r#"{"name": "odd-name", "exports": "./src/odd.ts"}"#),
        ("packages/odd/src/odd.ts", ""),
    ]);
    let expected = [
        ("#int", "apps/web/src/internal.ts"),
        ("@web/internal", "apps/web/src/internal.ts"),
        ("@acme/core", "packages/core/src/index.ts"),
        ("@acme/core/session", "packages/core/src/session.ts"),
        ("@acme/core/src/only", ""),
        ("@acme/auth", "packages/auth/src/entry.ts"),
        ("@acme/auth/hooks/useLogout", "packages/auth/src/hooks/useLogout.ts"),
        ("@acme/ui", "packages/ui/source/main.ts"),
        ("bare", "packages/bare/index.js"),
        ("kit", "packages/kit/code/kit.ts"),
        ("kit/deep/tool", "packages/kit/src/deep/tool.ts"),
        ("@acme/none", ""),
        ("react", ""),
    ];
    check(&tree, "apps/web/src/a.ts", &expected);
    check(&tree, "apps/admin/a.ts", &[("shared", "packages/odd/src/odd.ts"), ("odd-name", "packages/odd/src/odd.ts")]);
    #[cfg(unix)]
    {
        std::fs::create_dir_all(tree.path("node_modules/@acme")).unwrap();
        std::os::unix::fs::symlink(tree.path("packages/core"), tree.path("node_modules/@acme/core")).unwrap();
        check(&tree, "apps/web/src/a.ts", &expected);
    }
}

#[test]
fn a_build_that_nothing_is_made_of_is_read() {
    let tree = Tree::new(&[
        (".gitignore", "generated\n"),
        ("package.json", r#"{"workspaces": ["packages/*"]}"#),
        ("packages/sdk/package.json", r#"{"name": "sdk", "main": "dist/sdk.js"}"#),
        ("packages/sdk/dist/sdk.js", ""),
        ("a.ts", ""),
        ("generated/api.ts", ""),
    ]);
    check(&tree, "a.ts", &[("sdk", "packages/sdk/dist/sdk.js"), ("./generated/api", "generated/api.ts")]);
}

#[test]
fn platforms_have_files_of_their_own() {
    let tree = Tree::new(&[
        ("package.json", r#"{"name": "app"}"#),
        ("src/a.ts", ""),
        ("src/login.ios.tsx", ""),
        ("src/login.web.tsx", ""),
        ("src/tracker.ts", ""),
        ("src/tracker.native.ts", ""),
        ("src/tracker.web.tsx", ""),
        ("src/tracker.test.ts", ""),
        ("src/only.ios.ts", ""),
        ("src/only.android.ts", ""),
        ("src/trackers.ts", ""),
    ]);
    let all = "src/tracker.native.ts src/tracker.ts src/tracker.web.tsx";
    check(&tree, "src/a.ts", &[("./tracker", all), ("./only", "src/only.android.ts src/only.ios.ts")]);
    check(
        &tree,
        "src/login.ios.tsx",
        &[("./tracker", "src/tracker.native.ts"), ("./only", "src/only.ios.ts"), ("./trackers", "src/trackers.ts")],
    );
    check(&tree, "src/login.web.tsx", &[("./tracker", "src/tracker.web.tsx")]);
}

#[test]
fn what_was_resolved_is_forgotten_when_files_change() {
    let tree = Tree::new(&[("package.json", "{\"name\": \"app\"}"), ("a.ts", ""), ("gone.ts", "")]);
    let workspace = tree.discover();
    let of = |module: &str| resolved(&tree, &workspace, "a.ts", module).join(" ");
    assert_eq!((of("./new"), of("./gone")), (String::new(), "gone.ts".to_owned()));
    tree.write("new.ts", "");
    tree.write("new.native.ts", "");
    std::fs::remove_file(tree.path("gone.ts")).unwrap();
    assert_eq!((of("./new"), of("./gone")), (String::new(), "gone.ts".to_owned()));
    let changed = [tree.path("new.ts"), tree.path("new.native.ts"), tree.path("gone.ts")];
    workspace.files_changed(changed.iter().map(|path| path.as_path()));
    assert_eq!((of("./new"), of("./gone")), ("new.native.ts new.ts".to_owned(), String::new()));
}
