//! The prefilter: whether anything of the vocabulary occurs in a file's bytes. A file in which nothing
//! does is never parsed, so that a scan costs what a text search costs. Owns the search alone; the words
//! are the vocabulary's, and what is said of a logout in comments is nothing.

mod place;

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input};
use farewell_analysis::vocabulary::Vocabulary;

pub(crate) use self::place::is_of_name;

/// A search for any of a set of words, without regard to ASCII case.
#[derive(Clone, Debug)]
pub struct Prefilter {
    /// `None` where there are too many words to build the search: then every file is worth a parse.
    search: Option<AhoCorasick>,
    /// For each word where it counts; empty where all count anywhere.
    counts: Vec<Counts>,
}

/// Where a word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counts {
    /// In comments and sentences too.
    Anywhere,
    /// In code.
    InCode,
    /// In code where it is not the code of an error.
    AsName,
    /// In the code of a file that names a login.
    WithLogin,
}

/// From how many files on a search is made that takes three times as long to make, and half as long for each file.
const MANY: usize = 5_000;

/// The prefilter where no project has words of its own: to make it takes longer than to read a small file.
static BUILTIN: LazyLock<Prefilter> = LazyLock::new(|| Prefilter::with_also(Vec::new(), 0));

/// Reads what every workspace needs, so that it is there when the first one is opened.
pub fn prepare() {
    LazyLock::force(&BUILTIN);
}

impl Prefilter {
    /// The prefilter of so many files that may hold anything of the vocabulary, or one of a project's own words.
    pub(crate) fn with(own: Vec<String>, files: usize) -> Self {
        if own.is_empty() && files < MANY { BUILTIN.clone() } else { Self::with_also(own, files) }
    }

    fn with_also(own: Vec<String>, files: usize) -> Self {
        let vocabulary = Vocabulary::builtin();
        let (mut words, mut keyed) = (vocabulary.prefilter_words(), vocabulary.keyed_words());
        words.extend(vocabulary.identity_words());
        if !own.is_empty() {
            // What a project's own tables make of such a call is theirs.
            words.append(&mut keyed);
        }
        let mut anywhere = own;
        anywhere.push(SUPPRESSION.to_owned());
        Self::of_code(words, anywhere, keyed, files)
    }

    /// A prefilter over words. Empty words are left out: they occur everywhere.
    pub fn new<Word: AsRef<str>>(words: impl IntoIterator<Item = Word>) -> Self {
        let words = gathered(words);
        Self { search: search(&words, 0), counts: Vec::new() }
    }

    /// A prefilter over words that do not count where they stand in a comment or in a sentence, words that count
    /// `anywhere`, and `keyed` ones that count in the code of a file which names a login.
    fn of_code<Code: AsRef<str>, Anywhere: AsRef<str>, Keyed: AsRef<str>>(
        code: impl IntoIterator<Item = Code>,
        anywhere: impl IntoIterator<Item = Anywhere>,
        keyed: impl IntoIterator<Item = Keyed>,
        files: usize,
    ) -> Self {
        let (code, anywhere, keyed) = (gathered(code), gathered(anywhere), gathered(keyed));
        let words = gathered([&*code, &*anywhere, &*keyed].concat());
        let counts = |word: &String| {
            let is_in = |list: &[String]| list.binary_search(word).is_ok();
            match (is_in(&anywhere), is_in(&code)) {
                (true, _) => Counts::Anywhere,
                (_, true) if Vocabulary::builtin().may_be_error_code(word) => Counts::AsName,
                (_, true) => Counts::InCode,
                _ => Counts::WithLogin,
            }
        };
        Self { search: search(&words, files), counts: words.iter().map(counts).collect() }
    }

    /// Whether any of the words occurs in the bytes where it counts.
    pub fn is_match(&self, bytes: &[u8]) -> bool {
        let Some(search) = &self.search else { return true };
        if self.counts.is_empty() {
            return search.is_match(bytes);
        }
        let mut names_a_login = None;
        let mut from = 0;
        while let Some(found) = search.find(Input::new(bytes).range(from..)) {
            let counts = self.counts.get(found.pattern().as_usize()).copied().unwrap_or(Counts::Anywhere);
            let is_code = || !place::is_prose(bytes, found.start(), found.end());
            let is_match = match counts {
                Counts::Anywhere => true,
                Counts::InCode => is_code(),
                Counts::AsName => !place::is_error_code(bytes, found.start(), found.end()) && is_code(),
                Counts::WithLogin => *names_a_login.get_or_insert_with(|| self::names_a_login(bytes)) && is_code(),
            };
            if is_match {
                return true;
            }
            from = found.end();
        }
        false
    }
}

/// Whether a file names a login; what is no text may.
fn names_a_login(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).map_or(true, |text| Vocabulary::builtin().names_a_login(text))
}

/// Words in lower case, sorted, each once.
fn gathered<Word: AsRef<str>>(words: impl IntoIterator<Item = Word>) -> Vec<String> {
    let mut words: Vec<String> = words.into_iter().map(|word| word.as_ref().to_ascii_lowercase()).collect();
    words.sort();
    words.dedup();
    words.retain(|word| !word.is_empty());
    words
}

fn search(words: &[String], files: usize) -> Option<AhoCorasick> {
    let kinds = [(files >= MANY).then_some(AhoCorasickKind::DFA), None];
    let build = |kind| AhoCorasick::builder().ascii_case_insensitive(true).kind(kind).build(words).ok();
    kinds.into_iter().find_map(build)
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
        let prefilter = Prefilter::of_code(["logout"], ["farewell-ignore"], ["removeitem"], 0);
        assert!(!prefilter.is_match(b"// logout, logout\n/** at logout */\nfail('No logout today');\n"));
        assert!(prefilter.is_match(b"// logout\nfunction logout() {}\n"));
        assert!(prefilter.is_match(b"// logout: farewell-ignore all: none\n"));
    }

    #[test]
    fn the_code_of_an_error_names_no_way_out() {
        let prefilter = Prefilter::of_code(["unauthorized"], ["farewell-ignore"], [""], 0);
        assert!(!prefilter.is_match(b"if (status === HttpStatus.UNAUTHORIZED) { retry(); }"));
        assert!(prefilter.is_match(b"if (status === HttpStatus.UNAUTHORIZED) { onUnauthorized(); }"));
    }

    #[test]
    fn a_call_that_takes_a_key_counts_beside_the_name_of_a_login() {
        let prefilter = Prefilter::of_code(["logout"], ["farewell-ignore"], ["removeitem"], 0);
        assert!(!prefilter.is_match(b"const KEY = 'drafts.order';\nlocalStorage.removeItem(KEY);\n"));
        assert!(!prefilter.is_match(b"import { someKey } from './keys';\nlocalStorage.removeItem(someKey);\n"));
        assert!(prefilter.is_match(b"localStorage.removeItem('accessToken');\n"));
        assert!(prefilter.is_match(b"import { USER_KEY } from './keys';\nlocalStorage.removeItem(USER_KEY);\n"));
        assert!(prefilter.is_match(b"localStorage.removeItem('me');\n"));
        assert!(!prefilter.is_match(b"// removeItem of the user\n"));
        assert!(prefilter.is_match(b"localStorage.removeItem(KEY);\nlogout();\n"));
        assert!(prefilter.is_match(b"removeItem(KEY) // caf\xE9"));
        // A project's own tables may say more of such a call.
        assert!(Prefilter::with(vec!["forget".into()], 1).is_match(b"localStorage.removeItem(KEY);\n"));
        for files in [1, super::MANY] {
            assert!(!Prefilter::with(Vec::new(), files).is_match(b"localStorage.removeItem(KEY);\n"));
            assert!(Prefilter::with(Vec::new(), files).is_match(b"localStorage.removeItem(KEY);\nLogout();\n"));
        }
    }
}
