//! `farewell rules`: every rule on a line.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use farewell_analysis::rules::Rule;

/// Prints the rules with their default severities and the first sentence of their pages.
///
/// # Errors
/// Standard output cannot be written.
pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let mut output = BufWriter::new(io::stdout().lock());
    let width = Rule::ALL.iter().map(|rule| rule.name().len()).max().unwrap_or_default();
    for rule in Rule::ALL {
        let line =
            format!("{:width$}  {:11}  {}", rule.name(), rule.default_severity().name(), first_sentence(rule.page()));
        writeln!(output, "{}", line.trim_end())?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The first sentence of a page's first paragraph.
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
