//! Macros that only a compiler or a designer asks for, and directives whose text is no code. Owns their
//! names; must not know what the tree is for.
//!
//! One pass from the start to the end of the text. Strings and comments are passed over.

use std::borrow::Cow;

use super::scan::{self, is_space, is_word_start};

/// Macros that stand alone, and say nothing of what runs. One in parentheses behind them goes with them.
const ANNOTATIONS: &[&str] = &[
    "NS_ASSUME_NONNULL_BEGIN",
    "NS_ASSUME_NONNULL_END",
    "CF_ASSUME_NONNULL_BEGIN",
    "CF_ASSUME_NONNULL_END",
    "NS_HEADER_AUDIT_BEGIN",
    "NS_HEADER_AUDIT_END",
    "NS_DESIGNATED_INITIALIZER",
    "NS_UNAVAILABLE",
    "NS_REQUIRES_SUPER",
    "NS_REQUIRES_NIL_TERMINATION",
    "NS_REFINED_FOR_SWIFT",
    "NS_NOESCAPE",
    "NS_ROOT_CLASS",
    "NS_STRING_ENUM",
    "NS_EXTENSIBLE_STRING_ENUM",
    "NS_TYPED_ENUM",
    "NS_TYPED_EXTENSIBLE_ENUM",
    "NS_AUTOMATED_REFCOUNT_UNAVAILABLE",
    "NS_VALID_UNTIL_END_OF_SCOPE",
    "NS_FORMAT_FUNCTION",
    "NS_FORMAT_ARGUMENT",
    "NS_CLASS_AVAILABLE",
    "NS_ENUM_AVAILABLE",
    "NS_DEPRECATED",
    "NS_AVAILABLE",
    "NS_EXTENSION_UNAVAILABLE",
    "CF_FORMAT_FUNCTION",
    "CF_EXTERN_C_BEGIN",
    "CF_EXTERN_C_END",
    "UI_APPEARANCE_SELECTOR",
    "DEPRECATED_ATTRIBUTE",
    "DEPRECATED_MSG_ATTRIBUTE",
    "UNAVAILABLE_ATTRIBUTE",
    "FOUNDATION_EXPORT",
    "FOUNDATION_EXTERN",
    "OBJC_EXPORT",
    "OBJC_EXTERN",
    "UIKIT_EXTERN",
    "IBOutlet",
    "IBInspectable",
    "IB_DESIGNABLE",
    "__attribute__",
    "__attribute",
    "__deprecated",
    "__deprecated_msg",
    "__unused",
    "__used",
];

/// How further macros of that sort begin.
const ANNOTATION_PREFIXES: &[&str] = &[
    "NS_SWIFT_",
    "NS_RETURNS_",
    "NS_RELEASES_",
    "NS_AVAILABLE_",
    "NS_DEPRECATED_",
    "NS_CLASS_AVAILABLE_",
    "NS_CLASS_DEPRECATED_",
    "NS_ENUM_AVAILABLE_",
    "NS_ENUM_DEPRECATED_",
    "NS_EXTENSION_UNAVAILABLE_",
    "CF_SWIFT_",
    "CF_RETURNS_",
    "API_AVAILABLE",
    "API_UNAVAILABLE",
    "API_DEPRECATED",
    "__IOS_",
    "__OSX_",
    "__TVOS_",
    "__WATCHOS_",
];

/// How a project's own words for such macros end.
const ANNOTATION_SUFFIXES: &[&str] = &["_API_AVAILABLE", "_API_UNAVAILABLE", "_API_DEPRECATED"];

/// How a project's own words for `extern` and `inline` end.
const LINKAGE_SUFFIXES: &[&str] = &["_EXTERN", "_EXPORT", "_INLINE"];

/// Macros that declare an enumeration: their first argument is its type, their second one its name.
const ENUMERATIONS: &[&str] =
    &["NS_ENUM", "NS_OPTIONS", "NS_CLOSED_ENUM", "NS_ERROR_ENUM", "CF_ENUM", "CF_OPTIONS", "CF_CLOSED_ENUM"];

/// Macros behind an `@` that only rename what they are given.
const CAPTURES: &[&str] = &["weakify", "strongify", "unsafeify"];

/// Macros that stand for the head of a method, and how many of their arguments are no part of it.
const METHODS: &[(&str, usize)] =
    &[("RCT_EXPORT_METHOD", 0), ("RCT_REMAP_METHOD", 1), ("RCT_EXPORT_BLOCKING_SYNCHRONOUS_METHOD", 0)];

/// Macros that stand for a whole declaration, with their semicolon.
const DECLARATIONS: &[&str] =
    &["RCT_EXPORT_MODULE", "RCT_EXPORT_VIEW_PROPERTY", "RCT_REMAP_VIEW_PROPERTY", "RCT_EXTERN_METHOD"];

/// Directives that are no code. A name for a text stays, as it is a constant.
const DIRECTIVES: &[&str] = &["define", "undef", "pragma", "error", "warning", "line"];

/// How far behind a macro its closing parenthesis or brace is looked for, in bytes.
const ARGUMENTS_LIMIT: usize = 8_000;

/// The text with all of that blanked out.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let mut mask = Mask { bytes: text.as_bytes(), out: None, unclosed_until: 0, typedef: None };
    mask.run();
    match mask.out.map(String::from_utf8) {
        Some(Ok(out)) => Cow::Owned(out),
        _ => Cow::Borrowed(text),
    }
}

struct Mask<'t> {
    bytes: &'t [u8],
    /// The text that is written, once something is blanked.
    out: Option<Vec<u8>>,
    /// Where a search for a closing parenthesis that found none ended: one that begins before finds none.
    unclosed_until: usize,
    /// Where the last word began, if it was `typedef`.
    typedef: Option<usize>,
}

impl<'t> Mask<'t> {
    fn run(&mut self) {
        let mut at = 0;
        let mut is_line_start = true;
        while let Some(byte) = self.byte(at) {
            let starts_line = is_line_start;
            is_line_start = byte == b'\n' || (starts_line && is_space(byte));
            at = match byte {
                b'#' if starts_line => self.directive(at),
                b'"' | b'\'' => self.behind_quoted(at),
                b'/' => self.behind_comment(at).unwrap_or(at + 1),
                b',' => self.comma(at),
                _ if is_word_start(byte) => self.word(at, starts_line),
                _ if byte.is_ascii_digit() => self.behind_word(at),
                _ => at + 1,
            };
        }
    }

    /// Looks at a word, and gives the place behind what is done with.
    fn word(&mut self, start: usize, starts_line: bool) -> usize {
        let end = self.behind_word(start);
        let bytes: &'t [u8] = self.bytes;
        let word = bytes.get(start..end).and_then(|word| std::str::from_utf8(word).ok()).unwrap_or_default();
        let typedef = self.typedef.take();
        if word == "typedef" {
            self.typedef = Some(start);
            return end;
        }
        if ENUMERATIONS.contains(&word) {
            return self.enumeration(typedef, start, end);
        }
        if CAPTURES.contains(&word) && start.checked_sub(1).and_then(|at| self.byte(at)) == Some(b'@') {
            return self.blank_with_arguments(start - 1, end);
        }
        if let Some((_, skipped)) = METHODS.iter().find(|(name, _)| *name == word) {
            return self.method(start, end, *skipped);
        }
        if DECLARATIONS.contains(&word) {
            let end = self.blank_with_arguments(start, end);
            let next = self.behind_space(end);
            return if self.byte(next) == Some(b';') { self.blank(next, next + 1) } else { end };
        }
        let is_annotation = ANNOTATIONS.contains(&word)
            || ANNOTATION_PREFIXES.iter().any(|prefix| word.starts_with(prefix))
            || ANNOTATION_SUFFIXES.iter().any(|suffix| word.ends_with(suffix));
        if is_annotation {
            return self.blank_with_arguments(start, end);
        }
        if starts_line && LINKAGE_SUFFIXES.iter().any(|suffix| word.ends_with(suffix)) {
            let next = self.byte(self.behind_space(end));
            if next.is_some_and(|byte| is_word_start(byte) || byte == b'@') {
                return self.blank(start, end);
            }
        }
        end
    }

    /// `typedef NS_ENUM(Type, Name) { … };` runs nothing.
    fn enumeration(&mut self, typedef: Option<usize>, start: usize, end: usize) -> usize {
        let open = self.behind_space(end);
        let Some(close) = self.closing(open) else { return end };
        let brace = self.behind_space(close + 1);
        let behind = match self.byte(brace) {
            Some(b'{') => self.closing_of(brace, (b'{', b'}')).map(|end| self.behind_space(end + 1)),
            _ => Some(brace),
        };
        match behind {
            Some(behind) if self.byte(behind) == Some(b';') => self.blank(typedef.unwrap_or(start), behind + 1),
            _ => end,
        }
    }

    /// `RCT_EXPORT_METHOD(name:(Type)value)` is `- (void)name:(Type)value`.
    fn method(&mut self, start: usize, end: usize, skipped: usize) -> usize {
        let open = self.behind_space(end);
        let Some(close) = self.closing(open) else { return end };
        let mut from = open + 1;
        for _ in 0..skipped {
            let comma = self.bytes.get(from..close).and_then(|inside| inside.iter().position(|byte| *byte == b','));
            from = comma.map_or(from, |comma| from + comma + 1);
        }
        self.blank(start, from);
        self.write(start, b"- (void)");
        self.blank(close, close + 1);
        from
    }

    /// An argument that is left out, which only a macro can have: `NSLocalizedString(@"key", )`.
    fn comma(&mut self, at: usize) -> usize {
        let next = self.behind_space(at + 1);
        if self.byte(next) == Some(b')') { self.blank(at, at + 1) } else { at + 1 }
    }

    /// A line that begins with `#`.
    fn directive(&mut self, start: usize) -> usize {
        let name_start = self.behind_blanks(start + 1);
        let name_end = self.behind_word(name_start);
        let bytes: &'t [u8] = self.bytes;
        let name = bytes.get(name_start..name_end).and_then(|name| std::str::from_utf8(name).ok()).unwrap_or_default();
        let is_blanked = DIRECTIVES.contains(&name) && !(name == "define" && self.names_a_text(name_end));
        let is_asked = matches!(name, "if" | "elif");
        // Among methods the grammar reads `#if` alone.
        match name {
            "ifdef" => self.write(name_start, b"if   "),
            "ifndef" => self.write(name_start, b"if !  "),
            _ => {}
        }
        let mut at = name_end;
        let mut from = start;
        while let Some(byte) = self.byte(at) {
            match byte {
                b'\n' => break,
                b'\\' => at += if self.byte(at + 1) == Some(b'\r') { 3 } else { 2 },
                b'/' => {
                    let Some(end) = self.behind_comment(at) else {
                        at += 1;
                        continue;
                    };
                    if is_blanked {
                        self.blank(from, at);
                    }
                    (at, from) = (end, end);
                }
                b'"' => {
                    let end = self.behind_quoted(at);
                    // The grammar reads `__has_include(<X.h>)` alone.
                    if is_asked && end > at + 1 && self.byte(end - 1) == Some(b'"') {
                        self.write(at, b"<");
                        self.write(end - 1, b">");
                    }
                    at = end;
                }
                _ => at += 1,
            }
        }
        let end = at.min(self.bytes.len());
        if is_blanked { self.blank(from, end) } else { end }
    }

    /// Whether a `#define` gives a name to a text and to nothing else: `#define kGuest @"guest"`.
    fn names_a_text(&self, at: usize) -> bool {
        let name = self.behind_blanks(at);
        let value = self.behind_blanks(self.behind_word(name));
        if value == self.behind_word(name) || self.byte(value) != Some(b'@') || self.byte(value + 1) != Some(b'"') {
            return false;
        }
        let end = self.behind_blanks(self.behind_quoted(value + 1));
        self.byte(end).is_none_or(|byte| byte == b'\n' || byte == b'\r')
    }

    /// Blanks a word with the parenthesis behind it, where there is one.
    fn blank_with_arguments(&mut self, start: usize, end: usize) -> usize {
        let open = self.behind_space(end);
        let end = self.closing(open).map_or(end, |close| close + 1);
        self.blank(start, end)
    }

    /// The place of the parenthesis that closes the one at a place.
    fn closing(&mut self, open: usize) -> Option<usize> {
        self.closing_of(open, (b'(', b')'))
    }

    /// The place of what closes the parenthesis or brace at a place.
    fn closing_of(&mut self, open: usize, (opening, closing): (u8, u8)) -> Option<usize> {
        if self.byte(open) != Some(opening) {
            return None;
        }
        if open < self.unclosed_until {
            return None;
        }
        let limit = (open + ARGUMENTS_LIMIT).min(self.bytes.len());
        let mut depth = 0_usize;
        let mut at = open;
        while at < limit {
            at = match self.byte(at)? {
                byte if byte == opening => {
                    depth += 1;
                    at + 1
                }
                byte if byte == closing => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at);
                    }
                    at + 1
                }
                b'"' | b'\'' => self.behind_quoted(at),
                b'/' => self.behind_comment(at).unwrap_or(at + 1),
                _ => at + 1,
            };
        }
        self.unclosed_until = limit;
        None
    }

    /// Writes spaces over bytes, but for line breaks, and gives the place behind them.
    fn blank(&mut self, start: usize, end: usize) -> usize {
        let out = self.out.get_or_insert_with(|| self.bytes.to_vec());
        scan::blank(out, start, end);
        end
    }

    fn write(&mut self, start: usize, word: &[u8]) {
        let out = self.out.get_or_insert_with(|| self.bytes.to_vec());
        if let Some(place) = out.get_mut(start..start + word.len()) {
            place.copy_from_slice(word);
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        scan::byte(self.bytes, at)
    }

    fn behind_word(&self, start: usize) -> usize {
        scan::behind_word(self.bytes, start)
    }

    fn behind_space(&self, start: usize) -> usize {
        scan::behind_space(self.bytes, start)
    }

    fn behind_blanks(&self, start: usize) -> usize {
        scan::behind_blanks(self.bytes, start)
    }

    fn behind_quoted(&self, start: usize) -> usize {
        scan::behind_quoted(self.bytes, start)
    }

    fn behind_comment(&self, start: usize) -> Option<usize> {
        scan::behind_comment(self.bytes, start)
    }
}

#[cfg(test)]
mod tests {
    use super::masked;

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
        assert_eq!(
            squeezed("#if __has_include(\"A.h\")\n#import \"A.h\"\n"),
            "#if __has_include(<A.h>) #import \"A.h\""
        );
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
}
