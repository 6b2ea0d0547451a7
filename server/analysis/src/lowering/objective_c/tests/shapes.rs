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
