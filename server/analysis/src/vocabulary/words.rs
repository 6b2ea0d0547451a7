//! Words inside names. Owns how an identifier or a text is cut into words, and phrases over them; must not
//! know which phrases mean something.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// The words of one name: seldom more.
type List<'w> = SmallVec<[&'w str; 8]>;

/// The words of a name in lower case: `handleLogOut`, `LOG_OUT`, `log-out`, `Log out`.
pub(super) struct Tokens {
    lower: SmallVec<[u8; 40]>,
    ranges: SmallVec<[(u32, u32); 8]>,
}

impl Tokens {
    /// Cuts a name at what is no letter or digit, between lower and upper case, before the last capital
    /// of an acronym (`HTTPLogout`), and between letters and digits.
    pub(super) fn of(name: &str) -> Self {
        let bytes = name.as_bytes();
        let mut ranges = SmallVec::new();
        let mut start = None;
        for (index, byte) in bytes.iter().enumerate() {
            if !is_word_byte(*byte) {
                push(&mut ranges, &mut start, index);
                continue;
            }
            if start.is_some() && breaks_before(bytes, index) {
                push(&mut ranges, &mut start, index);
            }
            start.get_or_insert(index);
        }
        push(&mut ranges, &mut start, bytes.len());
        let mut lower = SmallVec::from_slice(bytes);
        lower.make_ascii_lowercase();
        Self { lower, ranges }
    }

    /// The words, in order.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &str> {
        let word =
            |(start, end): &(u32, u32)| std::str::from_utf8(self.lower.get(*start as usize..*end as usize)?).ok();
        self.ranges.iter().map(move |range| word(range).unwrap_or_default())
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.ranges.len()
    }

    /// The words as a list.
    pub(super) fn list(&self) -> List<'_> {
        self.iter().collect()
    }
}

fn push(ranges: &mut SmallVec<[(u32, u32); 8]>, start: &mut Option<usize>, end: usize) {
    if let Some(start) = start.take() {
        ranges.push((start as u32, end as u32));
    }
}

/// Bytes beyond ASCII belong to words: other languages' letters.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

fn breaks_before(bytes: &[u8], index: usize) -> bool {
    let (Some(previous), Some(current)) = (index.checked_sub(1).and_then(|at| bytes.get(at)), bytes.get(index)) else {
        return false;
    };
    if previous.is_ascii_digit() != current.is_ascii_digit() {
        return true;
    }
    if !current.is_ascii_uppercase() {
        return false;
    }
    if !previous.is_ascii_uppercase() {
        return true;
    }
    bytes.get(index + 1).is_some_and(u8::is_ascii_lowercase)
}

/// Phrases, each with what it stands for, found by their first word.
#[derive(Clone, Debug)]
pub(super) struct Phrases<T> {
    by_first: FxHashMap<Box<str>, Vec<Phrase<T>>>,
}

#[derive(Clone, Debug)]
struct Phrase<T> {
    words: Vec<Box<str>>,
    meaning: T,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: FxHashMap::default() }
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds a phrase in a table's notation: `delete|close my? account`.
    pub(super) fn add(&mut self, notation: &str, meaning: T) {
        for words in expand(notation) {
            let Some(first) = words.first().cloned() else {
                continue;
            };
            let phrases = self.by_first.entry(first).or_default();
            phrases.push(Phrase { words, meaning });
            // A longer phrase says more than one that starts the same.
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
    }

    /// The phrases that stand at a place of a list of words, the longest first: how many words, and what
    /// they stand for.
    pub(super) fn at<'a>(&'a self, words: &'a [&str], place: usize) -> impl Iterator<Item = (usize, T)> + 'a {
        let rest = words.get(place..).unwrap_or_default();
        let phrases = rest.first().and_then(|first| self.by_first.get(*first)).map(Vec::as_slice).unwrap_or_default();
        let here = phrases.iter().filter(|phrase| starts_with(rest, &phrase.words));
        here.map(|phrase| (phrase.words.len(), phrase.meaning))
    }

    /// What the first phrase anywhere in a list of words stands for.
    pub(super) fn find(&self, words: &[&str]) -> Option<T> {
        (0..words.len()).find_map(|place| self.at(words, place).next().map(|(_, meaning)| meaning))
    }

    /// Every phrase, as words, with what it stands for; in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&[Box<str>], T)> {
        self.by_first.values().flatten().map(|phrase| (phrase.words.as_slice(), phrase.meaning))
    }
}

fn starts_with(words: &[&str], phrase: &[Box<str>]) -> bool {
    words.len() >= phrase.len() && phrase.iter().zip(words).all(|(wanted, word)| **wanted == **word)
}

fn expand(notation: &str) -> Vec<Vec<Box<str>>> {
    let mut expanded: Vec<Vec<Box<str>>> = vec![Vec::new()];
    for part in notation.split_whitespace() {
        let (part, optional) = match part.strip_suffix('?') {
            Some(part) => (part, true),
            None => (part, false),
        };
        let mut next = if optional { expanded.clone() } else { Vec::new() };
        for words in &expanded {
            for word in part.split('|') {
                let mut longer = words.clone();
                longer.push(word.into());
                next.push(longer);
            }
        }
        expanded = next;
    }
    expanded
}

#[cfg(test)]
mod tests {
    use super::{Phrases, Tokens};

    fn words(name: &str) -> Vec<String> {
        Tokens::of(name).iter().map(str::to_owned).collect()
    }

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(words("handleLogOut"), ["handle", "log", "out"]);
        assert_eq!(words("LOG_OUT"), ["log", "out"]);
        assert_eq!(words("LOGOUT_USER"), ["logout", "user"]);
        assert_eq!(words("HTTPLogout"), ["http", "logout"]);
        assert_eq!(words("logOutboundMessage"), ["log", "outbound", "message"]);
        assert_eq!(words("handle401Error"), ["handle", "401", "error"]);
        assert_eq!(words("$auth_logout2"), ["auth", "logout", "2"]);
        assert_eq!(words("Log out of all devices?"), ["log", "out", "of", "all", "devices"]);
        assert_eq!(words("Déconnexion"), ["déconnexion"]);
        assert_eq!(words(""), Vec::<String>::new());
    }

    #[test]
    fn phrases_expand_and_the_longest_comes_first() {
        let mut phrases = Phrases::default();
        phrases.add("delete|close my? account", 1);
        phrases.add("close account now", 2);
        assert_eq!(phrases.find(&["please", "close", "my", "account"]), Some(1));
        assert_eq!(phrases.find(&["close", "account", "now"]), Some(2));
        assert_eq!(phrases.find(&["close", "accounts"]), None);
        assert_eq!(phrases.iter().count(), 5);
    }
}
