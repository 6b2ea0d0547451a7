//! Lines that begin a declaration, in any language. Must not know what is open around them.

use memchr::memmem;

use super::scan::is_word;
use crate::source::Language;

/// What a declaration may begin with. A statement that stands too far left tells nothing.
const DECLARE: [&[u8]; 33] = [
    b"abstract",
    b"actor",
    b"async",
    b"class",
    b"companion",
    b"declare",
    b"enum",
    b"export",
    b"extension",
    b"external",
    b"factory",
    b"fileprivate",
    b"final",
    b"fun",
    b"func",
    b"function",
    b"import",
    b"init",
    b"interface",
    b"internal",
    b"mixin",
    b"namespace",
    b"object",
    b"open",
    b"override",
    b"private",
    b"protected",
    b"protocol",
    b"public",
    b"static",
    b"struct",
    b"suspend",
    b"typedef",
];

/// What a statement with a block may begin with.
const CONTROL: [&[u8]; 13] = [
    b"catch",
    b"do",
    b"else",
    b"finally",
    b"for",
    b"if",
    b"new",
    b"return",
    b"switch",
    b"synchronized",
    b"try",
    b"while",
    b"with",
];

/// Words that can be no member's name: behind a dot each is the beginning of a longer one.
const NO_MEMBER: [&[u8]; 19] = [
    b"break",
    b"case",
    b"catch",
    b"continue",
    b"default",
    b"do",
    b"else",
    b"false",
    b"final",
    b"finally",
    b"for",
    b"if",
    b"null",
    b"return",
    b"switch",
    b"throw",
    b"true",
    b"try",
    b"while",
];

/// Whether a word can be no member's name.
pub(super) fn is_no_member(language: Language, word: &[u8]) -> bool {
    let is_own = || match language {
        Language::Dart => [b"in".as_slice(), b"is", b"var", b"void", b"with", b"enum", b"assert"].contains(&word),
        Language::Kotlin => [b"in".as_slice(), b"is", b"as", b"val", b"var", b"fun", b"when"].contains(&word),
        Language::Java => [b"int".as_slice(), b"void", b"enum", b"char", b"long", b"import", b"static"].contains(&word),
        _ => false,
    };
    matches!(language, Language::Dart | Language::Java | Language::Kotlin) && (NO_MEMBER.contains(&word) || is_own())
}

/// Whether code begins as a declaration does, and may not have gone further.
pub(in crate::syntax) fn begins_declaration(language: Language, code: &str) -> bool {
    let code = code.as_bytes();
    let word = code.iter().take_while(|byte| is_word(**byte)).count();
    let (word, rest) = code.split_at(word);
    // `Future<void> leave(`
    let has_type_first = || {
        let name = rest.split(|byte| *byte == b'(').next().unwrap_or_default().trim_ascii_end();
        matches!(language, Language::Dart | Language::Java)
            && !CONTROL.contains(&word)
            && name.contains(&b' ')
            && !name.iter().any(|byte| matches!(byte, b'=' | b'.'))
    };
    match (word, rest.first()) {
        (b"", Some(b'-' | b'+')) => language == Language::ObjectiveC,
        (b"", _) => false,
        _ => DECLARE.contains(&word) || has_type_first(),
    }
}

/// Whether a line that begins so declares something.
pub(in crate::syntax) fn declares(language: Language, code: &str) -> bool {
    let line = code.lines().next().unwrap_or_default().trim_end().as_bytes();
    let word = line.iter().take_while(|byte| is_word(**byte)).count();
    let (word, rest) = line.split_at(word);
    match (word, rest.first()) {
        (b"", Some(b'@')) => !line.starts_with(b"@unknown"),
        (b"", Some(b'-' | b'+')) => language == Language::ObjectiveC,
        (b"", _) => false,
        (word, Some(b' ')) if DECLARE.contains(&word) => true,
        // `leave() {`, `Future<void> leave() async {`
        _ => {
            let needs_no_word = language.is_script() || matches!(language, Language::Dart | Language::Java);
            // `onPressed: () {`
            let is_argument = language == Language::Dart && line.contains(&b':');
            let count = |bracket: u8| line.iter().filter(|byte| **byte == bracket).count();
            needs_no_word
                && !is_argument
                && line.ends_with(b"{")
                && count(b'(') > 0
                && count(b'(') == count(b')')
                && !line.iter().any(|byte| matches!(byte, b'=' | b'\'' | b'"' | b'`'))
                && !CONTROL.contains(&word)
                && memmem::find(line, b"->").is_none()
        }
    }
}
