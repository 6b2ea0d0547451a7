//! A line that somebody has begun to type before a declaration: the head of another one that has no block yet, or a
//! call that is not closed. It is left out for the parser, which would take the next declaration for a part of it. Owns
//! which line that is; must not know any grammar.

use std::ops::Range;

use super::closing::{begins_declaration, declares};
use super::{Parsed, error_nodes, errors};
use crate::source::{Language, Span};

/// A text with a line left out, of the same length.
pub(super) struct LeftOut {
    pub(super) text: String,
    /// The bytes that are blank.
    pub(super) head: Span,
}

impl LeftOut {
    /// Leaves out the head that begins where one began before the last edit, if that cannot be read whatever comes
    /// behind it. `None` for all other texts.
    pub(super) fn again(language: Language, text: &str, before: Span) -> Option<Self> {
        let line = line_at(text, before.start as usize);
        let head = head(language, text, line)?;
        (language.is_script() && is_never_whole(text.get(head.clone())?)).then(|| Self::of(text, head))?
    }

    /// Leaves out the head at which the parser met its first error. `None` where it met it elsewhere.
    pub(super) fn at_error(language: Language, text: &str, parsed: &Parsed) -> Option<Self> {
        let error = error_nodes(&parsed.tree).next()?.start_byte();
        let line = line_at(text, error);
        let here = head(language, text, line.clone());
        let head = here.or_else(|| head(language, text, line_before(text, line.start)?))?;
        Self::of(text, head)
    }

    fn of(text: &str, head: Range<usize>) -> Option<Self> {
        let mut without = String::with_capacity(text.len());
        without.push_str(text.get(..head.start)?);
        without.extend(head.clone().map(|_| ' '));
        without.push_str(text.get(head.end..)?);
        Some(Self { text: without, head: head.into() })
    }
}

/// Whether the parser reads more of a text without a head.
pub(super) fn fits(without: &Parsed, with: &Parsed) -> bool {
    errors(&without.tree) < errors(&with.tree)
}

/// The head without a block, or the call, that a line is, before a line that begins a declaration or ends what is around
/// both.
fn head(language: Language, text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let code = text.get(line.clone())?.trim_end();
    let start = line.start + code.len() - code.trim_start().len();
    let head = start..line.start + code.len();
    let code = text.get(head.clone())?;
    let count = |bracket: char| code.matches(bracket).count();
    let begins = begins_declaration(language, code);
    if !begins && count('(') <= count(')') || code.contains(['{', '}', ';']) || code.contains("//") {
        return None;
    }
    let rest = text.get(line.end..)?;
    let next = rest.lines().find(|line| !line.trim().is_empty() && !is_comment(line.trim_start()))?;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (own, its) = (start - line.start, indent(next));
    let next = next.trim_start();
    // Of a call before the end of what it stands in the parser itself makes the best.
    let ends = if next.starts_with('}') { begins && its < own } else { its <= own && declares(language, next) };
    ends.then_some(head)
}

/// Whether no script can hold such a head and then another declaration.
fn is_never_whole(head: &str) -> bool {
    let mut words = head.split(|it: char| !it.is_alphanumeric() && it != '_' && it != '$');
    let declared = words.find(|word| !matches!(*word, "export" | "default" | "async" | "abstract"));
    matches!(declared, Some("function" | "class")) && !head.contains([')', '='])
}

fn is_comment(line: &str) -> bool {
    line.starts_with("//") || line.starts_with("/*") || line.starts_with('*')
}

/// The line around a place, without its end.
fn line_at(text: &str, place: usize) -> Range<usize> {
    let (before, behind) = text.as_bytes().split_at(place.min(text.len()));
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let end = behind.iter().position(|byte| *byte == b'\n').map_or(text.len(), |end| before.len() + end);
    start..end
}

/// The last line before a place that is not blank.
fn line_before(text: &str, start: usize) -> Option<Range<usize>> {
    let before = text.get(..start)?.trim_end();
    (!before.is_empty()).then(|| line_at(text, before.len()))
}

#[cfg(test)]
mod tests {
    use super::LeftOut;
    use crate::source::{Language, Span};
    use crate::syntax::parse;

    const NEXT: &str = "function stay(user) {\n  greet(user);\n}\n";

    /// Whether a head is left out before a function of a script, whole.
    fn is_left_out(head: &str) -> bool {
        let parsed = parse(Language::TypeScript, &format!("greet();\n{head}\n{NEXT}")).unwrap();
        parsed.left_out.is_some_and(|left_out| left_out.len() as usize == head.len())
    }

    #[test]
    fn heads_that_have_begun_are_left_out() {
        for head in [
            "async function",
            "function leave",
            "function leave(",
            "export async function leave(user: User, all",
            "export default function",
            "class Leave extends",
            "export class Leave",
            "leave(",
            "await api.post('/leave', user",
            "import leave from './lea",
        ] {
            assert!(is_left_out(head), "{head}");
        }
    }

    #[test]
    fn all_else_is_the_parsers() {
        for head in ["", "leave()", "function leave();", "export", "const leave =", "function leave() {", "a b"] {
            assert!(!is_left_out(head), "{head}");
        }
        for text in ["greet();\nfunction leave(", "function leave() {\n  stop(\n}\n"] {
            assert_eq!(parse(Language::TypeScript, text).unwrap().left_out, None, "{text}");
        }
    }

    #[test]
    fn the_next_declaration_is_whole() {
        for (language, text) in [
            (Language::TypeScript, "class One {\n  private leave(\n  stay(): void {\n  }\n}\n"),
            (Language::TypeScript, "class One {\n  stay(): void {\n  }\n  private leave(\n}\n"),
            (Language::TypeScript, "class One {\n  leave(user: User\n  stay(): void {\n  }\n}\n"),
            (Language::Swift, "class One {\n    func leave(\n    func stay() {\n    }\n}\n"),
            (Language::Kotlin, "class One {\n    fun leave(\n    fun stay() {\n    }\n}\n"),
            (Language::Java, "class One {\n    public void leave(\n    public void stay() {\n    }\n}\n"),
            (Language::Java, "class One {\n    void leave(\n    void stay() {\n    }\n}\n"),
            (Language::Dart, "class One {\n  Future<void> leave(\n  Future<void> stay() async {\n  }\n}\n"),
            (Language::ObjectiveC, "@implementation One\n- (void)leave:(\n- (void)stay {\n}\n@end\n"),
        ] {
            let parsed = parse(language, text).unwrap();
            assert!(parsed.left_out.is_some() && !parsed.tree.root_node().has_error(), "{text}");
        }
    }

    #[test]
    fn who_goes_on_typing_changes_nothing_that_is_seen() {
        let text = |head: &str| format!("{head}\r\n\r\n// é\r\n{NEXT}");
        let before = LeftOut::again(Language::TypeScript, &text("function leave"), Span::new(0, 14)).unwrap();
        let behind = LeftOut::again(Language::TypeScript, &text("function leaveé("), Span::new(0, 14)).unwrap();
        assert_eq!((before.head, behind.head), (Span::new(0, 14), Span::new(0, 17)));
        assert_eq!(before.text.trim_start(), behind.text.trim_start());
        assert!(LeftOut::again(Language::TypeScript, &text("function leave()"), Span::new(0, 14)).is_none());
    }
}
