//! Server code, platforms, login screens.

use super::{REACT_NATIVE, Reader, WEB, WEB_V1, empty_body};
use crate::lowering::{Import, ImportName, LoweredFile, Node, Step, Value};
use crate::source::Span;
use crate::vocabulary::{FileView, Generation, ServerScope, Vocabulary};

fn import(module: &str, name: ImportName) -> Import {
    Import {
        module: module.into(),
        name: Some(name),
        local: None,
        name_span: Span::default(),
        span: Span::default(),
        type_only: false,
    }
}

fn importing(module: &str, name: &str) -> LoweredFile {
    let name = match name {
        "*" => ImportName::Namespace,
        "default" => ImportName::Default,
        name => ImportName::Named(name.into()),
    };
    LoweredFile { imports: vec![import(module, name)], ..LoweredFile::default() }
}

#[test]
fn server_files_by_path() {
    let vocabulary = Vocabulary::builtin();
    let empty = LoweredFile::default();
    for path in [
        "src/app/signout/route.ts",
        "app/api/logout/route.js",
        "pages/api/auth/logout.ts",
        "src/pages/api/logout.ts",
        "src/routes/logout/+page.server.ts",
        "src/routes/logout/+server.js",
        "src/hooks.server.ts",
        "app/session.server.ts",
        "server/api/logout.post.ts",
        "server/index.js",
        "packages/server/middlewares/verify.js",
        "netlify/functions/logout.js",
        "supabase/functions/x/index.ts",
    ] {
        assert_eq!(vocabulary.server_scope(path, &empty), ServerScope::WholeFile, "{path}");
    }
    for path in [
        "src/app/signout/page.tsx",
        "src/router.ts",
        "src/auth/logout.ts",
        "src/api/logout.ts",
        "packages/thirdParty/middleware.js",
        "src/routes/logout/+page.svelte.ts",
        "src/serverStatus.ts",
        "app/routes/logout.tsx",
    ] {
        assert_eq!(vocabulary.server_scope(path, &empty), ServerScope::None, "{path}");
    }
}

#[test]
fn server_files_by_import_and_directive() {
    let vocabulary = Vocabulary::builtin();
    for module in [
        "express",
        "koa",
        "fastify",
        "@nestjs/common",
        "next/headers",
        "next/server",
        "firebase-functions",
        "firebase-functions/v2/https",
        "server-only",
    ] {
        assert_eq!(vocabulary.server_scope("src/a.ts", &importing(module, "x")), ServerScope::WholeFile, "{module}");
    }
    for module in ["react", "axios", "next/navigation", "firebase/auth"] {
        assert_eq!(vocabulary.server_scope("src/a.ts", &importing(module, "x")), ServerScope::None, "{module}");
    }
    let mut types = importing("express", "Request");
    types.imports[0].type_only = true;
    assert_eq!(vocabulary.server_scope("src/a.ts", &types), ServerScope::None);
    let actions = LoweredFile { directives: vec!["use server".into()], ..LoweredFile::default() };
    assert_eq!(vocabulary.server_scope("src/actions.ts", &actions), ServerScope::WholeFile);
    let client = LoweredFile { directives: vec!["use client".into()], ..importing("express", "x") };
    assert_eq!(vocabulary.server_scope("src/a.ts", &client), ServerScope::None);
}

#[test]
fn mixed_files_by_export() {
    let vocabulary = Vocabulary::builtin();
    let mut route = importing("@remix-run/node", "redirect");
    route.exports =
        vec![("loader".into(), Value::Unknown), ("action".into(), Value::Unknown), ("default".into(), Value::Unknown)];
    assert_eq!(
        vocabulary.server_scope("app/routes/logout.tsx", &route),
        ServerScope::Exports(vec!["loader".into(), "action".into()])
    );
    let mut page = importing("next/link", "default");
    page.exports = vec![("getServerSideProps".into(), Value::Unknown), ("default".into(), Value::Unknown)];
    assert_eq!(vocabulary.server_scope("pages/x.tsx", &page), ServerScope::Exports(vec!["getServerSideProps".into()]));
    let mut data_router = importing("react-router-dom", "redirect");
    data_router.exports = vec![("loader".into(), Value::Unknown)];
    assert_eq!(vocabulary.server_scope("src/logout.tsx", &data_router), ServerScope::None);
}

#[test]
fn server_bodies() {
    let vocabulary = Vocabulary::builtin();
    let mut body = empty_body();
    body.directives = vec!["use server".into()];
    assert!(vocabulary.is_server_body(&LoweredFile::default(), &body));
    assert!(!vocabulary.is_server_body(&LoweredFile::default(), &empty_body()));
}

#[test]
fn platforms_by_import() {
    let vocabulary = Vocabulary::builtin();
    let platform = |module: &str, name: &str| vocabulary.platform_by_import(&importing(module, name));
    assert_eq!(platform("@fullstory/react-native", "default"), Some(REACT_NATIVE));
    assert_eq!(platform("@fullstory/browser", "FullStory"), Some(WEB));
    assert_eq!(platform("@fullstory/browser", "*"), Some(WEB_V1));
    assert_eq!(platform("@fullstory/browser", "anonymize"), Some(WEB_V1));
    assert_eq!(platform("@fullstory/browser", "init"), None);
    assert_eq!(platform("fullstory-react", "useFullstory"), Some(WEB));
    assert_eq!(platform("react", "useState"), None);
    assert_eq!(platform("fullstory", "default"), None);
}

#[test]
fn platforms_by_suffix() {
    let vocabulary = Vocabulary::builtin();
    assert_eq!(vocabulary.platform_by_suffix("src/index.native.ts"), Some(REACT_NATIVE));
    assert_eq!(vocabulary.platform_by_suffix("src/index.ios.tsx"), Some(REACT_NATIVE));
    assert_eq!(vocabulary.platform_by_suffix("src/index.android.js"), Some(REACT_NATIVE));
    assert_eq!(vocabulary.platform_by_suffix("src/index.web.ts"), Some(WEB));
    assert_eq!(vocabulary.platform_by_suffix("src/index.ts"), None);
    assert_eq!(vocabulary.platform_by_suffix("native.ts"), None);
}

#[test]
fn generations_by_snippet() {
    let vocabulary = Vocabulary::builtin();
    assert_eq!(vocabulary.generation_hint("g._v=\"1.3.0\";"), Some(Generation::V1));
    assert_eq!(vocabulary.generation_hint("e._v=\"2.0.0\""), Some(Generation::V2));
    assert_eq!(vocabulary.generation_hint("const a = 1"), None);
}

#[test]
fn login_screens() {
    let vocabulary = Vocabulary::builtin();
    let goes = |text: &str| {
        let mut reader = Reader::new(text);
        let call = reader.call();
        let node = Node {
            step: Step::Call(Box::new(call)),
            span: Span::default(),
            statement: None,
            next: Default::default(),
            handler: None,
            in_catch: false,
            in_loop: None,
        };
        let view = FileView { path: "a.ts", text, lowered: &reader.lowered, platform: WEB };
        vocabulary.goes_to_login(&view, &node)
    };
    for text in [
        "navigate('/login')",
        "navigate('/')",
        "navigate('/sign-in?next=x')",
        "navigate(ROUTES.LOGIN)",
        "navigate(routes.signIn)",
        "push({ name: 'Login' })",
        "navigate(['/auth/login'])",
        "reset({ index: 0, routes: [{ name: 'Welcome' }] })",
        "navigate(loginPath())",
    ] {
        assert!(goes(text), "{text}");
    }
    for text in ["navigate('/cart')", "navigate('/design')", "push(ROUTES.CHECKOUT)", "navigate()"] {
        assert!(!goes(text), "{text}");
    }
}
