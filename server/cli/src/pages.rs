//! The rules' pages, in parts. Must not know where a part is shown.

use farewell_analysis::rules::Rule;

/// A rule in a sentence: the first one of its page.
pub(crate) fn summary(rule: Rule) -> String {
    first_sentence(rule.page())
}

fn first_sentence(page: &str) -> String {
    let lines = page.lines().skip_while(|line| line.trim().is_empty() || line.starts_with('#'));
    let paragraph: Vec<&str> = lines.take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
    let paragraph = paragraph.join(" ");
    paragraph.split_once(". ").map_or(paragraph.clone(), |(sentence, _)| format!("{sentence}."))
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn the_first_sentence_is_found_over_line_breaks() {
        let page = "# a-rule\n\n## What it does\n\nReports a thing\nthat is wrong. And more.\n\nOther.";
        assert_eq!(first_sentence(page), "Reports a thing that is wrong.");
        assert_eq!(first_sentence("# a-rule"), "");
    }
}
