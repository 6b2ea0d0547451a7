//! Code with places that the editor goes to. Owns how it is read from a template; must not know how an editor
//! wants it written.

/// A piece of a snippet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnippetPart {
    /// Code as it is.
    Text(String),
    /// A place that the editor goes to, by its number, with what stands there until it is typed over.
    Stop(u32, String),
}

/// Reads a template: `${1:text}` is a place, everything else is code. Braces inside of a place are balanced.
pub(super) fn read(template: &str) -> Vec<SnippetPart> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, candidate)) = rest.split_once("${") {
        text.push_str(before);
        match stop(candidate) {
            Some((number, placeholder, behind)) => {
                if !text.is_empty() {
                    parts.push(SnippetPart::Text(std::mem::take(&mut text)));
                }
                parts.push(SnippetPart::Stop(number, placeholder.to_owned()));
                rest = behind;
            }
            None => {
                text.push_str("${");
                rest = candidate;
            }
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        parts.push(SnippetPart::Text(text));
    }
    parts
}

/// A place's number, its text, and what stands behind it.
fn stop(rest: &str) -> Option<(u32, &str, &str)> {
    let (number, rest) = rest.split_once(':')?;
    let number = number.parse().ok()?;
    let mut depth = 0_usize;
    for (at, letter) in rest.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                let (inside, behind) = rest.split_at(at);
                return Some((number, inside, behind.strip_prefix('}')?));
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::SnippetPart::{Stop, Text};
    use super::read;

    #[test]
    fn places_are_told_from_code() {
        let text = |text: &str| Text(text.to_owned());
        assert_eq!(read("a(${1:b})"), [text("a("), Stop(1, "b".to_owned()), text(")")]);
        assert_eq!(read("${2:f({ x: {} })};"), [Stop(2, "f({ x: {} })".to_owned()), text(";")]);
        assert_eq!(read("$fs ${x} ${9 ${1:"), [text("$fs ${x} ${9 ${1:")]);
        assert_eq!(read(""), []);
    }
}
