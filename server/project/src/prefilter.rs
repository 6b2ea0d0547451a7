//! The prefilter: whether anything of the vocabulary occurs in a file's bytes. A file in which nothing
//! does is never parsed, so that a scan costs what a text search costs. Owns the search alone; the words
//! are the vocabulary's.

use aho_corasick::AhoCorasick;
use farewell_analysis::vocabulary::Vocabulary;

/// A search for any of a set of words, without regard to ASCII case.
#[derive(Clone, Debug)]
pub struct Prefilter {
    /// `None` where there are too many words to build the search: then every file is worth a parse.
    search: Option<AhoCorasick>,
}

impl Prefilter {
    /// A prefilter over words. Empty words are left out: they occur everywhere.
    pub fn new<Word: AsRef<str>>(words: impl IntoIterator<Item = Word>) -> Self {
        let mut words: Vec<String> = words.into_iter().map(|word| word.as_ref().to_ascii_lowercase()).collect();
        words.sort();
        words.dedup();
        words.retain(|word| !word.is_empty());
        Self { search: AhoCorasick::builder().ascii_case_insensitive(true).build(&words).ok() }
    }

    /// Whether any of the words occurs in the bytes.
    pub fn is_match(&self, bytes: &[u8]) -> bool {
        self.search.as_ref().is_none_or(|search| search.is_match(bytes))
    }
}

/// The built-in words of which one must occur in a file that may hold a logout flow, a Fullstory call or
/// a suppression.
pub(crate) fn vocabulary_words() -> Vec<String> {
    let words = Vocabulary::builtin().prefilter_words().into_iter();
    words.chain([SUPPRESSION]).map(str::to_owned).collect()
}

/// The built-in words of which one must occur in a file that may identify or anonymize.
pub(crate) fn identity_words() -> Vec<String> {
    Vocabulary::builtin().identity_words().into_iter().map(str::to_owned).collect()
}

/// What every suppression comment starts with: one that suppresses nothing is a finding itself.
const SUPPRESSION: &str = "farewell-ignore";

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
}
