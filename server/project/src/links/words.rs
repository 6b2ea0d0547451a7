//! Names in a file's bytes: as whole words, as declarations of types. Owns the search alone; the words that
//! stand before a declared name are in `manifest/packages.toml`.

use aho_corasick::AhoCorasick;

use crate::manifest::tables;
use crate::prefilter::is_of_name;

/// A search for whole words. Case counts.
pub(super) struct Words {
    search: Option<AhoCorasick>,
}

impl Words {
    /// A search for names.
    pub(super) fn new<Name: AsRef<str>>(names: &[Name]) -> Self {
        Self { search: AhoCorasick::new(names.iter().map(AsRef::as_ref)).ok() }
    }

    /// The places of names in the list that was searched for, with where each occurs as a whole word.
    pub(super) fn occurrences<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = (usize, usize)> + 'a {
        // Names may lie in each other, and the longer one may be no whole word where the shorter one is.
        let found = self.search.iter().flat_map(move |search| search.find_overlapping_iter(bytes));
        found
            .filter(move |found| is_whole(bytes, found.start(), found.end()))
            .map(|it| (it.pattern().as_usize(), it.start()))
    }
}

/// How far a type's head may reach from its first word.
const LONGEST_HEAD: usize = 600;

/// Whether the word at an offset stands in the head of a type: it is the type's name, or the name of what
/// the type extends or implements.
pub(super) fn declares(bytes: &[u8], start: usize) -> bool {
    let before = bytes.get(start.saturating_sub(LONGEST_HEAD)..start).unwrap_or_default();
    let head = before.iter().rposition(|byte| matches!(byte, b'{' | b'}' | b';')).map_or(0, |end| end + 1);
    let head = before.get(head..).unwrap_or_default();
    let words = head.split(|byte| !is_of_name(*byte) && *byte != b'@').filter(|word| !word.is_empty());
    words.into_iter().any(|word| tables().declaration_keywords.iter().any(|keyword| keyword.as_bytes() == word))
}

fn is_whole(bytes: &[u8], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    !before.is_some_and(|byte| is_of_name(*byte)) && !bytes.get(end).is_some_and(|byte| is_of_name(*byte))
}

#[cfg(test)]
mod tests {
    use super::{Words, declares};

    #[test]
    fn only_whole_words_are_found() {
        let words = Words::new(&["end", "endNow"]);
        let found = |text: &str| words.occurrences(text.as_bytes()).map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(found("x.end(); this.endNow()"), [0, 1]);
        assert!(found("ending bend _end endé $end endNowhere").is_empty());
        assert!(found("").is_empty());
        assert!(Words::new::<&str>(&[]).occurrences(b"end").next().is_none());
    }

    #[test]
    fn heads_of_types_are_told_from_uses() {
        let declared = |text: &str| declares(text.as_bytes(), text.find("Auth").unwrap());
        for text in [
            "class Auth {",
            "data object\n  Auth",
            "@implementation Auth",
            "abstract interface class Auth",
            "extension Auth on X",
            "import b;\nclass LogAuth extends Base implements Auth {",
            "class LogAuth @Inject constructor(\n  private val log: Log,\n) : Auth {",
            "@interface LogAuth : NSObject <Auth>",
            "final class LogAuth: Auth {",
        ] {
            assert!(declared(text), "{text}");
        }
        for text in [
            "let a: Auth",
            "Auth()",
            "subclass Auth",
            "new Auth()",
            "import Auth",
            "class Page { final Auth auth",
            "class A {}\nval auth: Auth",
        ] {
            assert!(!declared(text), "{text}");
        }
    }
}
