//! The outline of each form of the language.

use super::{body, items, outline};

#[test]
fn messages_are_calls_of_their_first_part() {
    assert_eq!(
        body(
            "[[AuthManager shared] logoutWithReason:reason force:YES completion:^(NSError *error) { [FS anonymize]; }];"
        ),
        ["AuthManager.shared().logoutWithReason(reason, force: true, completion: ^(error: NSError) {FS.anonymize()})"]
    );
    assert_eq!(body("[obj foo:1 :2 bar:a, b, nil];"), ["obj.foo(1, 2, bar: a, b, nil)"]);
    assert_eq!(body("[[self class] shared].user = nil;"), ["Settings.shared().user = nil"]);
}

#[test]
fn alloc_and_new_construct() {
    assert_eq!(
        body("[[LoginViewController alloc] initWithNibName:nil bundle:nil];"),
        ["new LoginViewController(nil, bundle: nil)"]
    );
    assert_eq!(body("[Foo<NSString *> new];"), ["new Foo()"]);
    assert_eq!(body("[[[[self class] alloc] init] run];"), ["new Settings().run()"]);
    assert_eq!(body("[super init];"), ["super.init()"]);
}

#[test]
fn imports_bind_no_name_and_end_before_the_line_break() {
    let source =
        "#import <FullStory/FullStory.h>\n#import \"Auth.h\"\n@import FullStory;\n#if X\n#import <A/A.h>\n#endif\n";
    let imports: Vec<(String, String)> = outline(source)
        .imports
        .iter()
        .map(|import| (import.module.to_string(), import.span.text(source).to_owned()))
        .collect();
    let expected = [
        ("FullStory/FullStory.h", "#import <FullStory/FullStory.h>"),
        ("Auth.h", "#import \"Auth.h\""),
        ("FullStory", "@import FullStory;"),
        ("A/A.h", "#import <A/A.h>"),
    ];
    assert_eq!(imports, expected.map(|(module, text)| (module.to_owned(), text.to_owned())));
}

#[test]
fn an_implementation_has_what_its_interfaces_declare() {
    let source = "@interface Settings : UIViewController <A>\n@property (nonatomic, readonly) AuthManager *auth;\n@end\n\
        @interface Settings () <B>\n@property (nonatomic, copy) void (^done)(NSError *error);\n@end\n\
        @implementation Settings {\n    User *_user;\n}\n- (instancetype)initWithUser:(nonnull User *)user { return self; }\n@end\n\
        @implementation Settings (Extra)\n+ (void)go {}\n@end\n@interface Other : Parent\n- (Auth *)auth;\n@end\n";
    assert_eq!(
        items(source),
        [
            "Class Settings : UIViewController, A, B [auth: AuthManager | _auth: AuthManager | done | _done | _user: User \
             | initWithUser(user: User) -> Settings {return self}]",
            "Extension Settings :  [+go() {}]",
            "Extension Other : Parent [auth() -> Auth]",
        ]
    );
}

#[test]
fn a_goto_leaves_what_is_before_its_label() {
    assert_eq!(
        body("if (!x) goto out;\n[self a];\nout:\n[self b];"),
        ["out: {if !x <break out>; self.a()}", "self.b()"]
    );
    assert_eq!(body("again:\n[self a];\ngoto again;"), ["self.a()", "BROKEN"]);
}

#[test]
fn statements_keep_their_ways() {
    assert_eq!(body("if (a) b(); else if (c) { d(); } else e();"), ["if a <b()> else <if c {d()} else <e()>>"]);
    assert_eq!(
        body("switch (a) { case X: case Y: b(); break; default: c(); }"),
        ["switch a [case X {}… case Y {b(); break }… case  {c()}…]!"]
    );
    assert_eq!(
        body("@try { a(); } @catch (NSException *e) { b(); } @catch (Other *o) { } @finally { c(); }"),
        ["try {a()} catch e: NSException* {b()} catch o: Other {} finally {c()}"]
    );
    assert_eq!(body("for (User *u in users) [u a];"), ["loop u: User in users  <u.a()>"]);
    assert_eq!(body("for (int i = 0; i < 3; i++) { a(); }"), ["loop let i = 0 while (i Other 3) i += 1 {a()}"]);
    assert_eq!(body("do { a(); } while (b);"), ["loop  while b behind  {a()}"]);
    assert_eq!(body("@synchronized(self) { a(); }"), ["all(self, {a()})"]);
}

#[test]
fn values_are_what_they_say() {
    assert_eq!(body("a = b ?: c;"), ["a = (b ?? c)"]);
    assert_eq!(
        body("a(@\"x\" @\"y\", @42, @YES, nil, @{@\"k\": @[@1]}, [NSNull null]);"),
        ["a('xy', 42, true, nil, @{'k': @[1]}, nil)"]
    );
    assert_eq!(body("a([X class], @selector(b:c:), (Y *)d, (CGRect){ .x = 1 });"), ["a(type X, &b, d, all(1))"]);
    assert_eq!(body("while (1) { break; }"), ["loop  while true  {break }"]);
    assert_eq!(body("a = [b isEqualToString:c] && d || e;"), ["a = (((b Equal c) && d) || e)"]);
}

#[test]
fn blocks_have_their_parameters() {
    assert_eq!(body("void (^done)(NSError *) = ^(NSError *error) { a(); };"), ["let done = ^(error: NSError) {a()}"]);
    assert_eq!(body("BOOL (^is)(id) = ^BOOL(User *a) { return YES; };"), ["let is = ^(a: User) {return true}"]);
    assert_eq!(body("__weak typeof(self) weakSelf = self;"), ["let weakSelf = self"]);
}

#[test]
fn an_address_may_be_written_to() {
    assert_eq!(body("[a b:&error];"), ["a.b(all(error += all()))"]);
    assert_eq!(body("if (![a b:&error]) { return; }"), ["all(a.b(all(error += all())), if error {return })"]);
    assert_eq!(items("static void f(void) {}\nvoid g(void) { h(&f); }"), ["func f() {}", "func g() {h(&f)}"]);
}

#[test]
fn a_branch_of_an_if_directive_is_a_branch() {
    assert_eq!(
        body("#if DEBUG\na();\n#elif X\nb();\n#else\nc();\n#endif"),
        ["if DEBUG {a()} else {if X {b()} else {c()}}"]
    );
    assert_eq!(body("#if 0\na();\n#endif\nb();"), ["b()"]);
    assert_eq!(body("#if __has_include(<A/A.h>) && TARGET_OS_IOS\na();\n#else\nb();\n#endif"), ["a()"]);
}

#[test]
fn a_class_without_an_end_keeps_its_methods() {
    let source = "@implementation A\n- (void)a { [self b]; }\n- (void)c { [self d]; }\n";
    assert_eq!(items(source), ["Class A :  [a() {self.b()} | c() {self.d()}]"]);
}

#[test]
fn a_text_macro_is_a_constant() {
    assert_eq!(items("#define kGuest @\"guest\"\n#define kOther 1\n"), ["let kGuest = 'guest'"]);
}
