//! Text inside of HTML. Owns that nothing from a user's code is markup, and that no character reorders or
//! rewrites what stands around it.

/// A text as it stands in an element or in an attribute with double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Marks that turn the direction of what comes behind them.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => out.push(char::REPLACEMENT_CHARACTER),
            control if control.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            other => out.push(other),
        }
    }
    out
}

/// A text of at most some columns: its start, and an ellipsis where it was cut.
pub(super) fn start_of(text: &str, columns: usize) -> String {
    if columns_of(text) <= columns {
        return text.to_owned();
    }
    let kept: String = fitting(text.chars(), columns).collect();
    format!("{}…", kept.trim_end())
}

/// A text of at most some columns: its end, and an ellipsis where it was cut. What tells paths apart is
/// behind.
pub(super) fn end_of(text: &str, columns: usize) -> String {
    if columns_of(text) <= columns {
        return text.to_owned();
    }
    let mut kept: Vec<char> = fitting(text.chars().rev(), columns).collect();
    kept.reverse();
    let kept: String = kept.into_iter().collect();
    // A folder's name that is cut in two tells nothing.
    let whole = kept.find('/').map_or(kept.as_str(), |slash| &kept[slash..]);
    format!("…{whole}")
}

/// The first characters that fit into some columns beside an ellipsis.
fn fitting(characters: impl Iterator<Item = char>, columns: usize) -> impl Iterator<Item = char> {
    let mut used = 1;
    characters.take_while(move |character| {
        used += width(*character);
        used <= columns
    })
}

/// A name of at most some columns. Of `Class.member` the class is cut first: the member tells what happens.
pub(super) fn name_of(name: &str, columns: usize) -> String {
    let Some((class, member)) = name.rsplit_once('.').filter(|_| columns_of(name) > columns) else {
        return start_of(name, columns);
    };
    match columns.checked_sub(columns_of(member) + 1) {
        Some(left) if left >= LEAST_CLASS => format!("{}.{member}", start_of(class, left)),
        _ => end_of(name, columns),
    }
}

/// A class's name that is cut shorter tells nothing.
const LEAST_CLASS: usize = 4;

fn columns_of(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// How many columns a character takes, about: those of East Asia and pictures take two.
const fn width(character: char) -> usize {
    match character {
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{end_of, escaped, name_of, start_of};

    #[test]
    fn nothing_is_markup() {
        assert_eq!(escaped("<a b=\"c\">'&\u{7}\u{202e}é"), "&lt;a b=&quot;c&quot;&gt;&#39;&amp;\u{fffd}\u{fffd}é");
    }

    #[test]
    fn long_texts_are_cut_where_they_tell_least() {
        assert_eq!(start_of("abcdef", 6), "abcdef");
        assert_eq!(start_of("abcdefg", 6), "abcde…");
        assert_eq!(end_of("src/auth.ts:3", 9), "…uth.ts:3");
        assert_eq!(end_of("src/services/auth.ts:3", 16), "…/auth.ts:3");
        assert_eq!(name_of("AuthenticationService.logout", 16), "Authenti….logout");
        assert_eq!(name_of("A.logoutFromEverywhereAtOnce", 12), "…whereAtOnce");
        assert_eq!(start_of("登出登出登出", 6), "登出…");
    }
}
