//! Markdown for clients that show plain text. Owns what is taken off; must not know what the text says.

/// A Markdown text without its marks: code is kept as it stands, links keep their address.
pub(crate) fn plain_text(markdown: &str) -> String {
    let mut in_code = false;
    let mut lines = Vec::new();
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
            continue;
        }
        lines.push(if in_code { format!("    {line}") } else { without_marks(line) });
    }
    lines.join("\n").trim().to_owned()
}

fn without_marks(line: &str) -> String {
    let line = line.trim_start_matches('#').trim_start().replace("**", "").replace('`', "");
    let mut plain = String::new();
    let mut rest = line.as_str();
    while let Some((before, label, address, after)) = next_link(rest) {
        plain.push_str(before);
        plain.push_str(label);
        plain.push_str(&format!(" ({address})"));
        rest = after;
    }
    plain + rest
}

/// What stands before the first `[label](address)`, its parts, and what stands behind it.
fn next_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (label_and_before, address_and_after) = text.split_once("](")?;
    let (before, label) = label_and_before.rsplit_once('[')?;
    let (address, after) = address_and_after.split_once(')')?;
    Some((before, label, address, after))
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn marks_go_and_code_stays() {
        let markdown = "## Anonymize\n\nCall **`FS`**, see [the docs](https://a.b/c) and [more](d).\n\n```js\nFS('x', `y`);\n```\n";
        let plain = "Anonymize\n\nCall FS, see the docs (https://a.b/c) and more (d).\n\n    FS('x', `y`);";
        assert_eq!(plain_text(markdown), plain);
        assert_eq!(plain_text("a[0](b"), "a[0](b");
    }
}
