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
        Language::Java | Language::ObjectiveC => runs_too_far(text.as_bytes(), OPERATOR_LIMIT),
        Language::Swift | Language::Kotlin | Language::Dart => runs_too_far(text.as_bytes(), u32::MAX),
        _ => false,
    }
}

/// Whether brackets are nested deeper, or a stretch of the text without the end of a statement is longer, or has more
/// of an operator, than in any real text.
fn runs_too_far(text: &[u8], arrow_limit: u32) -> bool {
    let (mut arrows, mut angles, mut start, mut open) = (0_u32, 0_u32, 0_usize, 0_usize);
    let is_long = |start: usize, end: usize| end.saturating_sub(start + 1) > STRETCH_LIMIT;
    let mut rest = text.iter();
    while let Some(byte) = rest.find(|byte| TELLING[usize::from(**byte)]) {
        let at = text.len() - rest.len() - 1;
        match byte {
            b'(' | b'[' | b'{' => open += 1,
            b')' | b']' | b'}' => open = open.saturating_sub(1),
            b'<' => angles += 1,
            b'>' if at > 0 && text.get(at - 1) == Some(&b'=') => arrows += 1,
            b'>' => angles = angles.saturating_sub(1),
            _ => {}
        }
        if arrows > arrow_limit || angles > OPERATOR_LIMIT || open > NESTING_LIMIT {
            return true;
        }
        if matches!(byte, b';' | b'{' | b'}') {
            if is_long(start, at) {
                return true;
            }
            (arrows, angles, start) = (0, 0, at);
        }
    }
    is_long(start, text.len())
}

/// By byte: whether it is one of those that are counted. Each keystroke looks at all of a text.
const TELLING: [bool; 256] = {
    let mut telling = [false; 256];
    let counted = b"()[]{}<>;";
    let mut index = 0;
    while index < counted.len() {
        telling[counted[index] as usize] = true;
        index += 1;
    }
    telling
};

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
