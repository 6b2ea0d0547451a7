//! What is masked of macros and directives, and what stays.

use super::macros::masked;

/// The text with every run of spaces as one.
fn squeezed(text: &str) -> String {
    let out = masked(text);
    assert_eq!(out.len(), text.len(), "{text}");
    let breaks = |text: &str| text.match_indices('\n').map(|(at, _)| at).collect::<Vec<_>>();
    assert_eq!(breaks(&out), breaks(text), "{text}");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn annotations_are_blanked_with_their_arguments() {
    assert_eq!(squeezed("NS_ASSUME_NONNULL_BEGIN\n@interface A\n"), "@interface A");
    assert_eq!(squeezed("- (id)init NS_UNAVAILABLE;"), "- (id)init ;");
    assert_eq!(squeezed("- (void)a NS_SWIFT_NAME(b(_:)) API_AVAILABLE(ios(13.0));"), "- (void)a ;");
    assert_eq!(squeezed("- (id)init NS_UNAVAILABLE\n{ return nil; }"), "- (id)init { return nil; }");
    assert_eq!(squeezed("void f(void) __attribute__((deprecated(\"a ) b\"))) {}"), "void f(void) {}");
    assert_eq!(squeezed("FOO_EXTERN NSString *const kA;\nx = FOO_EXTERN;"), "NSString *const kA; x = FOO_EXTERN;");
}

#[test]
fn enumerations_are_blanked() {
    assert_eq!(squeezed("typedef NS_ENUM(NSInteger, State) { A, B };\nint a;"), "int a;");
    assert_eq!(squeezed("typedef NS_OPTIONS (NSUInteger,\n State)\n{ A = '}' /* } */ };"), "");
    assert_eq!(squeezed("typedef NS_ENUM(NSInteger, State);"), "");
    assert_eq!(squeezed("typedef NS_ENUM(NSInteger, State) { A"), "typedef NS_ENUM(NSInteger, State) { A");
}

#[test]
fn a_macro_that_heads_a_method_is_a_method() {
    assert_eq!(
        squeezed("RCT_EXPORT_METHOD(logout:(NSString *)reason resolver:(Block)resolve) { }"),
        "- (void) logout:(NSString *)reason resolver:(Block)resolve { }"
    );
    assert_eq!(squeezed("RCT_REMAP_METHOD(out, logout:(int)a) { }"), "- (void) logout:(int)a { }");
    assert_eq!(squeezed("RCT_EXPORT_MODULE();\n- (void)a {}"), "- (void)a {}");
}

#[test]
fn captures_need_no_semicolon() {
    assert_eq!(squeezed("@strongify(self)\n[self a];"), "[self a];");
    assert_eq!(squeezed("@weakify(self, other);"), ";");
    assert_eq!(squeezed("strongify(self);"), "strongify(self);");
}

#[test]
fn directives_without_code_are_blanked() {
    assert_eq!(squeezed("#define A(x) do { \\\n  x; } while (0)\nint a;"), "int a;");
    assert_eq!(squeezed("#define kGuest @\"guest\"\n"), "#define kGuest @\"guest\"");
    assert_eq!(squeezed("#define A /* a\n b */ 1\nint a;"), "/* a b */ int a;");
    assert_eq!(squeezed("#if __has_include(\"A.h\")\n#import \"A.h\"\n"), "#if __has_include(<A.h>) #import \"A.h\"");
    assert_eq!(squeezed("#pragma mark - don't\nint a;"), "int a;");
}

#[test]
fn strings_and_comments_stay() {
    for text in [
        "NSLog(@\"NS_UNAVAILABLE \\\" NS_UNAVAILABLE\");",
        "// NS_UNAVAILABLE\n/* #define A\nNS_UNAVAILABLE */",
        "char c = '\"'; // \"",
        "MY_NS_UNAVAILABLE();",
    ] {
        assert_eq!(masked(text), text);
    }
    assert_eq!(squeezed("NSLocalizedString(@\"a\", );"), "NSLocalizedString(@\"a\" );");
}

#[test]
fn text_that_ends_anywhere_is_masked() {
    let text = "typedef NS_ENUM(NSInteger, A) { B };\nRCT_REMAP_METHOD(a, b:(é)c) {}\n#define A \\\r\n é\n\
        NS_SWIFT_NAME(\"é\\\"\") __attribute__((x)) @strongify(self) /* é */ // é\n#if __has_include(\"é\")\n";
    for (end, _) in text.char_indices() {
        assert_eq!(masked(&text[..end]).len(), end);
        assert_eq!(masked(&text[end..]).len(), text.len() - end);
    }
}
