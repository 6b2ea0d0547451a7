//! Texts that a grammar's parser cannot get through in bounded time or memory, and in which it does not ask
//! whether to go on. Owns what gives them away; must not know what a tree is for.
//!
//! One pass over the bytes, strings and comments not told apart from code: no file that somebody works in
//! has any of this in them either.

use crate::source::Language;

/// How many brackets may be open at once.
const NESTING_LIMIT: usize = 1_000;
/// How many `=>` a statement may have where the language has no such operator, and how many `<` without
/// their `>`: a few thousand of them take gigabytes.
const OPERATOR_LIMIT: u32 = 250;
/// How many bytes a statement may have.
const STRETCH_LIMIT: usize = 64 * 1024;

/// Whether a parser of this language is not to be given a text.
pub(super) fn is_hostile(language: Language, text: &str) -> bool {
    match language {
        Language::Java | Language::ObjectiveC => nests_too_deep(text) || runs_too_long(text, OPERATOR_LIMIT),
        Language::Swift | Language::Kotlin | Language::Dart => nests_too_deep(text) || runs_too_long(text, u32::MAX),
        _ => false,
    }
}

fn nests_too_deep(text: &str) -> bool {
    let mut open = 0_usize;
    for byte in text.bytes() {
        match byte {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        if open > NESTING_LIMIT {
            return true;
        }
    }
    false
}

/// Whether a stretch of the text without the end of a statement is longer, or has more of an operator,
/// than any real one.
fn runs_too_long(text: &str, arrow_limit: u32) -> bool {
    let (mut arrows, mut angles, mut start) = (0_u32, 0_u32, 0_usize);
    let mut last = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b';' | b'{' | b'}' => (arrows, angles, start) = (0, 0, at),
            b'<' => angles += 1,
            b'>' if last == b'=' => arrows += 1,
            b'>' => angles = angles.saturating_sub(1),
            _ => {}
        }
        if arrows > arrow_limit || angles > OPERATOR_LIMIT || at - start > STRETCH_LIMIT {
            return true;
        }
        last = byte;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_hostile;
    use crate::source::Language;

    const JAVA: &str =
        "/** <p>a => b</p> */\nclass A<T extends B<C>> { int[] a = { 1, 2 }; boolean b() { return x < y; } }\n";
    const OBJECTIVE_C: &str = "@implementation A\n- (void)a { [[b c] d:^(id<E> e) { if (f < g) { h(); } }]; }\n@end\n";

    #[test]
    fn runs_of_what_a_parser_cannot_bear_are_hostile() {
        for language in [Language::Java, Language::ObjectiveC] {
            for pattern in ["x => ", "a<b<", "a<", "<--", "a(", "((", "[", "int a[", "(a)", "a<b,c>"] {
                assert!(is_hostile(language, &pattern.repeat(100_000 / pattern.len())), "{language:?} {pattern}");
            }
        }
    }

    #[test]
    fn what_people_write_is_not() {
        assert!(!is_hostile(Language::Java, &JAVA.repeat(5_000)));
        assert!(!is_hostile(Language::ObjectiveC, &OBJECTIVE_C.repeat(5_000)));
        assert!(!is_hostile(Language::Java, ""));
        assert!(!is_hostile(Language::TypeScript, &"x => ".repeat(1_000)));
    }
}
