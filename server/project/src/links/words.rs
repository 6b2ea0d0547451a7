//! Names in a file's bytes: as whole words, as declarations of types. Owns the search alone; the words that
//! stand before a declared name are in `manifest/packages.toml`.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::manifest::tables;
use crate::prefilter::is_of_name;

/// A search for names as whole words: `logout`, `tracker.reset`. Case counts.
pub(super) struct Words {
    /// Searches for the first word of each name. Words cannot overlap, so that one search which skips what it has found
    /// finds all.
    search: Option<AhoCorasick>,
    /// For each of these words the names that have it.
    of_word: Vec<Vec<Pattern>>,
}

/// A name that is searched for.
struct Pattern {
    /// Its place in the list of names.
    place: usize,
    name: Box<[u8]>,
    /// Where in it its first word starts.
    word: usize,
}

impl Words {
    /// A search for names.
    pub(super) fn new<Name: AsRef<str>>(names: &[Name]) -> Self {
        let mut by_word: BTreeMap<Box<[u8]>, Vec<Pattern>> = BTreeMap::new();
        for (place, name) in names.iter().enumerate() {
            let name = name.as_ref().as_bytes();
            let word = name.iter().take_while(|byte| !is_of_name(**byte)).count();
            let end = word + name[word..].iter().take_while(|byte| is_of_name(**byte)).count();
            if word < end {
                by_word.entry(name[word..end].into()).or_default().push(Pattern { place, name: name.into(), word });
            }
        }
        let builder = &mut AhoCorasick::builder();
        let search = builder.match_kind(MatchKind::LeftmostLongest).build(by_word.keys()).ok();
        Self { search, of_word: by_word.into_values().collect() }
    }

    /// The places of names in the list that was searched for, with where each occurs as a whole word.
    pub(super) fn occurrences<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = (usize, usize)> + 'a {
        let found = self.search.iter().flat_map(move |search| search.find_iter(bytes));
        found.filter(move |found| is_whole(bytes, found.start(), found.end())).flat_map(move |found| {
            let names = self.of_word.get(found.pattern().as_usize()).into_iter().flatten();
            names.filter_map(move |pattern| {
                let start = found.start().checked_sub(pattern.word)?;
                let end = start + pattern.name.len();
                let is_here = bytes.get(start..end) == Some(&pattern.name) && is_whole(bytes, start, end);
                is_here.then_some((pattern.place, start))
            })
        })
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
        assert_eq!(found("endend end"), [0]);
        assert!(found("ending bend _end endé $end endNowhere").is_empty());
        assert!(found("").is_empty());
        assert!(Words::new::<&str>(&[]).occurrences(b"end").next().is_none());
    }

    #[test]
    fn names_of_several_words_are_found_and_those_in_them() {
        let found = |names: &[&str], text: &str| -> Vec<usize> {
            Words::new(names).occurrences(text.as_bytes()).map(|(name, _)| name).collect()
        };
        let names = ["reset", "tracker.reset", "tracker", "tracker.reset", "#end", "end"];
        assert_eq!(found(&names, "tracker.reset()"), [1, 2, 3, 0]);
        assert_eq!(found(&names, "tracker.resetAll()"), [2]);
        assert_eq!(found(&names, "my_tracker.reset"), [0]);
        assert_eq!(found(&names, "this.#end(); this.end"), [4, 5, 5]);
        assert!(found(&names, "trackers.resets").is_empty());
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
