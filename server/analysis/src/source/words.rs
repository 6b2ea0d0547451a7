//! Whole words in a text. Must not know what a word means.

/// Where a name stands in a text as a whole word, in bytes: with no letter, digit, `_` or `$` beside it, of any
/// alphabet.
pub(crate) fn words(text: &str, name: &str) -> impl Iterator<Item = usize> {
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
    let places = text.match_indices(name).map(|(start, _)| start);
    places.filter(move |start| {
        let (before, behind) =
            (text.get(..*start).unwrap_or_default(), text.get(*start + name.len()..).unwrap_or_default());
        !before.chars().next_back().is_some_and(is_part) && !behind.chars().next().is_some_and(is_part)
    })
}

/// Whether a name stands in a text as a whole word.
pub(crate) fn has_word(text: &str, name: &str) -> bool {
    words(text, name).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::{has_word, words};

    #[test]
    fn only_whole_words_count() {
        assert!(has_word("user.id", "user"));
        assert!(has_word("a || user", "user"));
        assert!(has_word("users user", "user"));
        assert!(has_word("\u{a0}user", "user"));
        for text in ["users", "$user", "user_", "éuser", "useré", "use"] {
            assert!(!has_word(text, "user"), "{text}");
        }
        assert_eq!(words("user users user", "user").collect::<Vec<_>>(), [0, 11]);
    }
}
