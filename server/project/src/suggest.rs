//! The nearest right word to a wrong one, and how it is told. Must not know what the words are for.

/// The known word that is near enough to be a slip of the pen, underscores and case aside.
pub fn nearest<'known>(word: &str, known: &[&'known str]) -> Option<&'known str> {
    let word = word.to_lowercase().replace(['_', ' '], "-");
    let scored = known.iter().map(|candidate| (strsim::jaro_winkler(&word, candidate), *candidate));
    scored.filter(|(score, _)| *score > 0.8).max_by(|left, right| left.0.total_cmp(&right.0)).map(|(_, near)| near)
}

/// What to say of a word that is none of the known ones: the nearest of them, or all.
pub fn unknown_word(what: &str, word: &str, known: &[&str]) -> String {
    match nearest(word, known) {
        Some(near) => format!("unknown {what} `{word}`; did you mean `{near}`?"),
        None => format!("unknown {what} `{word}`; there are {}", known.join(", ")),
    }
}

/// What the parser says of a word that is none of those it knows, with the nearest of them; any other message as it is.
pub(crate) fn with_nearest_word(message: String) -> String {
    if !message.starts_with("unknown variant ") {
        return message;
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    let Some(wrong) = quoted.next() else { return message };
    unknown_word("word", wrong, &quoted.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_mended_and_other_words_are_not() {
        let known = ["missing-anonymize", "unguarded-await", "exclude"];
        assert_eq!(nearest("mising-anonymise", &known), Some("missing-anonymize"));
        assert_eq!(nearest("UNGUARDED_AWAIT", &known), Some("unguarded-await"));
        assert_eq!(nearest("excludes", &known), Some("exclude"));
        assert_eq!(nearest("no-unused-vars", &known), None);
        assert_eq!(nearest("", &known), None);
    }
}
