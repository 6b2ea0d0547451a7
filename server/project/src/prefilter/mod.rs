//! The prefilter: whether anything of the vocabulary occurs in a file's bytes. A file in which nothing
//! does is never parsed, so that a scan costs what a text search costs. Owns the search alone; the words
//! are the vocabulary's, and what is said of a logout in comments is nothing.

mod place;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input};
use farewell_analysis::vocabulary::Vocabulary;

/// A search for any of a set of words, without regard to ASCII case.
#[derive(Clone, Debug)]
pub struct Prefilter {
    /// `None` where there are too many words to build the search: then every file is worth a parse.
    search: Option<AhoCorasick>,
    /// For each word whether it counts in comments and sentences too; empty where all do.
    anywhere: Vec<bool>,
}

/// The prefilter where no project has words of its own: to make it takes longer than to read a small file.
static BUILTIN: LazyLock<Prefilter> = LazyLock::new(|| Prefilter::with_also(Vec::new()));

/// Reads what every workspace needs, so that it is there when the first one is opened.
pub fn prepare() {
    LazyLock::force(&BUILTIN);
}

impl Prefilter {
    /// The prefilter of files that may hold anything of the vocabulary, or one of a project's own words.
    pub(crate) fn with(own: Vec<String>) -> Self {
        if own.is_empty() { BUILTIN.clone() } else { Self::with_also(own) }
    }

    fn with_also(own: Vec<String>) -> Self {
        let mut words = vocabulary_words();
        words.extend(identity_words());
        let mut anywhere = own;
        anywhere.push(SUPPRESSION.to_owned());
        Self::of_code(words, anywhere)
    }

    /// A prefilter over words. Empty words are left out: they occur everywhere.
    pub fn new<Word: AsRef<str>>(words: impl IntoIterator<Item = Word>) -> Self {
        let words = gathered(words);
        Self { search: search(&words), anywhere: Vec::new() }
    }

    /// A prefilter over words that do not count where they stand in a comment or in a sentence, and words
    /// that count `anywhere`.
    pub fn of_code<Word: AsRef<str>>(
        words: impl IntoIterator<Item = Word>,
        anywhere: impl IntoIterator<Item = Word>,
    ) -> Self {
        let anywhere = gathered(anywhere);
        let mut words = gathered(words);
        words.extend_from_slice(&anywhere);
        let words = gathered(words);
        Self {
            search: search(&words),
            anywhere: words.iter().map(|word| anywhere.binary_search(word).is_ok()).collect(),
        }
    }

    /// Whether any of the words occurs in the bytes.
    pub fn is_match(&self, bytes: &[u8]) -> bool {
        let Some(search) = &self.search else { return true };
        if self.anywhere.is_empty() {
            return search.is_match(bytes);
        }
        let mut from = 0;
        while let Some(found) = search.find(Input::new(bytes).range(from..)) {
            if self.anywhere.get(found.pattern().as_usize()).is_none_or(|anywhere| *anywhere) {
                return true;
            }
            if !place::is_prose(bytes, found.start(), found.end()) {
                return true;
            }
            from = found.end();
        }
        false
    }
}

/// Words in lower case, sorted, each once.
fn gathered<Word: AsRef<str>>(words: impl IntoIterator<Item = Word>) -> Vec<String> {
    let mut words: Vec<String> = words.into_iter().map(|word| word.as_ref().to_ascii_lowercase()).collect();
    words.sort();
    words.dedup();
    words.retain(|word| !word.is_empty());
    words
}

fn search(words: &[String]) -> Option<AhoCorasick> {
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
}

/// The built-in words of which one must occur in a file that may hold a logout flow or a Fullstory call.
fn vocabulary_words() -> Vec<String> {
    Vocabulary::builtin().prefilter_words().into_iter().map(str::to_owned).collect()
}

/// The built-in words of which one must occur in a file that may identify or anonymize.
fn identity_words() -> Vec<String> {
    Vocabulary::builtin().identity_words().into_iter().map(str::to_owned).collect()
}

/// What every suppression comment starts with: one that suppresses nothing is a finding itself.
pub(crate) const SUPPRESSION: &str = "farewell-ignore";

#[cfg(test)]
mod tests {
    use super::Prefilter;

    #[test]
    fn words_are_found_in_any_case_and_in_any_bytes() {
        let prefilter = Prefilter::new(["logOut", ""]);
        assert!(prefilter.is_match(b"\xFF function handleLOGOUT()"));
        assert!(!prefilter.is_match(b"function login()"));
        assert!(!prefilter.is_match(b""));
    }

    #[test]
    fn comments_and_sentences_hold_suppressions_alone() {
        let prefilter = Prefilter::of_code(["logout"], ["farewell-ignore"]);
        assert!(!prefilter.is_match(b"// logout, logout\n/** at logout */\nfail('No logout today');\n"));
        assert!(prefilter.is_match(b"// logout\nfunction logout() {}\n"));
        assert!(prefilter.is_match(b"// logout: farewell-ignore all: none\n"));
    }
}
