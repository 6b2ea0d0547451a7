//! What an edit did not touch and is taken over in the native languages, as [`super::again`] tells of scripts.

use std::sync::Arc;

use farewell_analysis::lowering::{Body, BodyKind};
use farewell_analysis::source::Language;

use super::again::{Kept, random_edits_of, shared};

/// What is put in somewhere, in all these languages and in some of them.
const PIECES: [&str; 56] = [
    "x",
    " ",
    "\n",
    ";",
    "{",
    "}",
    "(",
    ")",
    "\"",
    "/*",
    "//",
    "\u{1F600}",
    "é",
    "\r\n",
    "}\n",
    "auth = null\n",
    "this.auth = null;\n",
    "self.auth = nil\n",
    "import com.fullstory.FS\n",
    "import FullStory\n",
    "val auth = Firebase.auth\n",
    "let auth = Auth.auth()\n",
    "final auth = Auth();\n",
    "private Auth auth = new Auth();\n",
    "var auth: Auth? = null\n",
    "fun logout() { auth.signOut() }\n",
    "fun logout() = auth.let { it.signOut() }\n",
    "fun Activity.logout() { finish() }\n",
    "func logout() { auth.signOut() }\n",
    "func logout() async throws { try await auth.signOut() }\n",
    "var body: some View { Button(\"Log out\") { logout() } }\n",
    "void logout() { auth.signOut(); }\n",
    "Future<void> logout() async { await auth.signOut().then((_) => go()); }\n",
    "- (void)logout { [self.auth signOut]; }\n",
    "@property (nonatomic) Auth *auth;\n",
    "void logout(void) { done(); }\n",
    "fun unheard() { auth.signOut() }\n",
    "func unheard() { auth.signOut() }\n",
    "void unheard() { auth.signOut(); }\n",
    "- (void)unheard:(id)of { [self.auth signOut]; }\n",
    "val unheard = auth\n",
    "let unheard = auth\n",
    "final unheard = auth;\n",
    "private Auth unheard = auth;\n",
    "goto end;\n",
    "class Auth { }\n",
    "class Auth {\n",
    "object Auth { fun signOut() { } }\n",
    "extension Auth { func signOut() { } }\n",
    "init { logout() }\n",
    "private ",
    "static ",
    "button.setOnClickListener { logout() }\n",
    "setPositiveButton(\"Log out\", ::logout)\n",
    "if (done) {\n",
    "fun leave() {\n    auth.signOut()\n    if (done) {\n",
];

#[test]
fn random_edits() {
    random_edits_of(false, &PIECES);
}

/// A file of each language with a function behind another one.
const FILES: [(Language, &str); 5] = [
    (
        Language::Kotlin,
        "class Session(private val api: Api) {\n    val home = \"/\"\n    fun end() {\n        api.clear { go(home) }\n    }\n    fun leave() {\n        api.post(1)\n    }\n}\n",
    ),
    (
        Language::Swift,
        "class Session {\n    let home = \"/\"\n    func end() {\n        api.clear { go(home) }\n    }\n    func leave() {\n        api.post(1)\n    }\n}\n",
    ),
    (
        Language::Java,
        "class Session {\n    String home = \"/\";\n    void end() {\n        api.clear(() -> go(home));\n    }\n    void leave() {\n        api.post(1);\n    }\n}\n",
    ),
    (
        Language::Dart,
        "class Session {\n  final home = \'/\';\n  void end() {\n    api.clear(() => go(home));\n  }\n  void leave() {\n    api.post(1);\n  }\n}\n",
    ),
    (
        Language::ObjectiveC,
        "@implementation Session\n- (void)end {\n    [api clear:^{ [self go:1]; }];\n}\n- (void)leave {\n    [api post:1];\n}\n@end\n",
    ),
];

#[test]
fn untouched_functions_are_shared() {
    for (language, text) in FILES {
        let mut kept = Kept::new(language, text);
        let place = text.rfind('1').unwrap();
        for (old, new) in [("1", "22"), ("22", "3"), ("3", "4")] {
            let before = Arc::clone(&kept.lowered);
            kept.replace(place, place + old.len(), new);
            let shared = shared(&before, &kept.lowered);
            // `end`, the closure in it and what runs in a new `Session`; `leave` and the file's top level are made again.
            let is_again = |body: &Body| body.kind == BodyKind::TopLevel || body.name.as_deref() == Some("leave");
            let made_again: Vec<bool> = kept.lowered.bodies().map(|(_, body)| is_again(body)).collect();
            assert!(
                shared.iter().zip(made_again).all(|(is_shared, again)| *is_shared != again),
                "{language:?} {shared:?}"
            );
        }
    }
}

/// Each edit changes what a function means in which nothing was edited.
#[test]
fn what_stands_elsewhere_decides() {
    let cases = [
        (Language::Kotlin, "import a.Nav\nclass A {\n    fun f() { Nav.go() }\n}\n", "a.Nav", "b.Nav"),
        (Language::Kotlin, "class A {\n    fun f() { go() }\n\n}\n", "\n\n}", "\n    fun go() { out() }\n}"),
        (Language::Kotlin, "class A { fun f() { go() } }\n", "} }", "}; fun go() { out() } }"),
        (Language::Kotlin, "val home = \"/a\"\nfun f() { go(home) }\n", "/a", "/b"),
        (Language::Kotlin, "class A {\n    val api = Api()\n    fun f() { api.go() }\n}\n", "Api()", "Other()"),
        (
            Language::Kotlin,
            "class A {\n    val api = Api()\n    fun f() { api.go() }\n    fun g() { }\n}\n",
            "g() { ",
            "g() { api = it",
        ),
        (
            Language::Kotlin,
            "class A {\n    val n = 1\n    fun f() { go(n) }\n    fun g() { o { val n = 1 } }\n}\n",
            "n = 1 }",
            "m = 1; n = 2 }",
        ),
        (Language::Kotlin, "fun f() { Local().go() }\nfun g() { }\n", "g() { ", "g() { class Local { fun go() {} }"),
        (Language::Kotlin, "fun f() { b.setOnClickListener { go() } }\nfun go() { }\n", "{ go() }", "(::go)"),
        (
            Language::Kotlin,
            "fun f() { D().setAction(\"Out\", ::go) }\nfun go() { }\nfun h() { }\n",
            "h() { ",
            "h() { x()",
        ),
        (
            Language::Kotlin,
            "class A : B() {\n    fun f() { g() }\n}\nopen class B {\n    fun g() { }\n}\n",
            ": B()",
            ": C()",
        ),
        (Language::Kotlin, "fun A.f() { g() }\nclass A {\n    fun g() { }\n}\n", "fun g", "fun h"),
        (
            Language::Kotlin,
            "class A {\n    var x: Int\n        get() { return g() }\n        set(v) { h(v) }\n    fun f() { x = 1 }\n}\n",
            "var x",
            "var y",
        ),
        (
            Language::Kotlin,
            "class A {\n    fun f() { a.then { x() } }\n    fun g() { b { c() } }\n}\n",
            "c() }",
            "c { d() } }",
        ),
        (
            Language::Swift,
            "class A {\n    var x: Int {\n        g()\n    }\n    func f() { go(x) }\n}\n",
            ": Int",
            ": Void",
        ),
        (
            Language::Swift,
            "class A {\n    subscript(i: Int) -> Int {\n        get { g(i) }\n        set { h(i, newValue) }\n    }\n}\n",
            "i: Int",
            "i: Int, j: Int",
        ),
        (
            Language::Swift,
            "class A {\n    var x = 1 {\n        didSet { g() }\n    }\n    func f() { x = 2 }\n}\n",
            "didSet",
            "willSet",
        ),
        (
            Language::Swift,
            "class A {\n    func f() { g() }\n}\nextension A {\n    func g() { }\n}\n",
            "extension A",
            "extension B",
        ),
        (
            Language::Swift,
            "class A {\n    func f() { auth.go() }\n    var auth = Auth.auth()\n}\n",
            "var auth",
            "let auth",
        ),
        (Language::Java, "class A {\n    void f() { g(); }\n    A() { }\n    void g() { }\n}\n", "class A", "class f"),
        (
            Language::Java,
            "class A {\n    Api api = new Api();\n    void f() { api.go(); }\n    void g() { }\n}\n",
            "g() { ",
            "g() { api = null; ",
        ),
        (
            Language::Java,
            "class A {\n    void f() { b.set(new C() { public void on() { g(); } }); }\n    void g() { }\n}\n",
            "void g",
            "void h",
        ),
        (
            Language::Dart,
            "class A {\n  void f() { g().then((_) => h()); }\n  void k() { }\n}\n",
            "k() { ",
            "k() { l(() {}); ",
        ),
        (Language::Dart, "class A {\n  A();\n  void f() { g(); }\n}\n", "class A", "class f"),
        (Language::Dart, "final home = '/a';\nvoid f() { go(home); }\n", "/a", "/b"),
        (
            Language::Dart,
            "class A {\n  final Api api;\n  A(this.api);\n  void f() { api.go(); }\n}\n",
            "final Api",
            "final Other",
        ),
        (
            Language::ObjectiveC,
            "@implementation A\n- (void)f { [self g:&h]; }\n@end\nvoid h(void) { }\n",
            "void h",
            "void k",
        ),
        (
            Language::ObjectiveC,
            "@implementation A\n- (void)f { [self g]; }\n@end\nvoid h(void) { }\n",
            "{ }",
            "{ goto end; }",
        ),
        (
            Language::ObjectiveC,
            "@interface A\n@property Api *api;\n@end\n@implementation A\n- (void)f { [self.api g]; }\n@end\n",
            "Api *",
            "Other *",
        ),
    ];
    for (language, text, old, new) in cases {
        let mut kept = Kept::new(language, text);
        let place = text.find(old).unwrap();
        kept.replace(place, place + old.len(), new);
        kept.replace(place, place + new.len(), old);
    }
}

/// A function is typed key by key, before, between and behind others.
#[test]
fn typed_functions() {
    let typed = [
        (
            Language::Kotlin,
            "    fun out(user: User) {\n        api.post(2) { done(it) }\n        val next = home\n        if (user.ok) { go(next) }\n    }\n",
        ),
        (
            Language::Swift,
            "    func out(user: User) async {\n        await api.post { done($0) }\n        let next = home\n        if user.ok { go(next) }\n    }\n",
        ),
        (
            Language::Java,
            "    void out(User user) {\n        api.post(it -> done(it));\n        String next = home;\n        if (user.ok) { go(next); }\n    }\n",
        ),
        (
            Language::Dart,
            "  Future<void> out(User user) async {\n    await api.post().then((it) => done(it));\n    final next = home;\n    if (user.ok) { go(next); }\n  }\n",
        ),
        (
            Language::ObjectiveC,
            "- (void)out:(User *)user {\n    [api post:^(id it) { [self done:it]; }];\n    NSString *next = home;\n    if (user.ok) { [self go:next]; }\n}\n",
        ),
    ];
    for ((language, text), (_, typed)) in FILES.into_iter().zip(typed) {
        let lines = text.match_indices('\n').map(|(end, _)| end + 1);
        for place in lines.step_by(3) {
            Kept::new(language, text).type_and_delete(place, typed);
        }
    }
}
