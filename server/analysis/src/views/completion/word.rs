//! What is being typed: the word before the caret, and what it is asked of. Owns its bounds; must not know what
//! is offered for it.

/// The word that ends at a byte offset, with what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// The word; empty right behind a dot.
    pub(super) typed: &'a str,
    /// What the word is asked of, without the dot or space between: `window.FS` of `window.FS.anon`.
    pub(super) receiver: &'a str,
    /// Where what is typed starts: the receiver where there is one, with the bracket of a message.
    pub(super) start: usize,
    /// Where it ends: the bracket of a message goes with it.
    pub(super) end: usize,
}

/// The word before a byte offset of a text, if any is typed there. `has_messages` says that calls are written
/// `[FS anonymize]`.
pub(super) fn word_at(text: &str, offset: usize, has_messages: bool) -> Option<Word<'_>> {
    let before = text.get(..offset)?;
    let behind = text.get(offset..)?;
    // In the middle of a name nothing new is typed.
    if behind.starts_with(is_of_name) {
        return None;
    }
    let start = tail(before, is_of_name);
    let (object, typed) = before.split_at_checked(start)?;
    if typed.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    if has_messages {
        return message(text, start, offset, typed);
    }
    let Some(object) = object.strip_suffix('.') else {
        return (!typed.is_empty()).then_some(Word { typed, receiver: "", start, end: offset });
    };
    let object = object.strip_suffix('?').unwrap_or(object);
    let first = tail(object, |letter| is_of_name(letter) || letter == '.' || letter == '?');
    let receiver = object.get(first..)?;
    let is_path = receiver.split('.').all(|name| name.starts_with(is_of_name));
    is_path.then_some(Word { typed, receiver, start: first, end: offset })
}

/// A word in a message, `[FS anon]`, or one that could start one.
fn message<'a>(text: &'a str, start: usize, offset: usize, typed: &'a str) -> Option<Word<'a>> {
    let before = text.get(..start)?;
    let end = if text.get(offset..)?.starts_with(']') { offset + 1 } else { offset };
    if let Some(rest) = before.strip_suffix('[') {
        return (!typed.is_empty()).then_some(Word { typed, receiver: "", start: rest.len(), end });
    }
    let object = before.trim_end_matches(' ');
    let first = tail(object, is_of_name);
    let (outside, receiver) = object.split_at_checked(first)?;
    match outside.strip_suffix('[') {
        Some(rest) if object.len() < before.len() && !receiver.is_empty() => {
            Some(Word { typed, receiver, start: rest.len(), end })
        }
        _ => (!typed.is_empty()).then_some(Word { typed, receiver: "", start, end: offset }),
    }
}

/// Where the letters at the end of a text start that are all of a sort.
fn tail(text: &str, is_of_sort: impl Fn(char) -> bool) -> usize {
    text.trim_end_matches(is_of_sort).len()
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || letter == '$'
}

#[cfg(test)]
mod tests {
    use super::word_at;

    fn word(text: &str, has_messages: bool) -> Option<(&str, &str, &str)> {
        let offset = text.find('|').unwrap();
        let whole: &'static str = Box::leak(text.replacen('|', "", 1).into_boxed_str());
        let word = word_at(whole, offset, has_messages)?;
        Some((word.receiver, word.typed, &whole[word.start..word.end]))
    }

    #[test]
    fn the_word_and_what_it_is_asked_of() {
        assert_eq!(word("  anon|", false), Some(("", "anon", "anon")));
        assert_eq!(word("é;fs|;", false), Some(("", "fs", "fs")));
        assert_eq!(word("window.FS?.an|", false), Some(("window.FS", "an", "window.FS?.an")));
        assert_eq!(word("FS.|", false), Some(("FS", "", "FS.")));
        for nothing in ["|", "a |", "an|on", "9a|", "(x).|", "...|"] {
            assert_eq!(word(nothing, false), None, "{nothing}");
        }
    }

    #[test]
    fn a_message_is_typed_with_its_brackets() {
        assert_eq!(word("[F|]", true), Some(("", "F", "[F]")));
        assert_eq!(word("x; [FS an|", true), Some(("FS", "an", "[FS an")));
        assert_eq!(word("[FS |]", true), Some(("FS", "", "[FS ]")));
        assert_eq!(word("  anon|", true), Some(("", "anon", "anon")));
        assert_eq!(word("return an|", true), Some(("", "an", "an")));
        assert_eq!(word("  |", true), None);
    }
}
