//! Findings as the workflow commands of GitHub Actions, which become annotations of a change's lines.
//!
//! The commands' form and escapes: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>,
//! and `@actions/core`, which writes them.

use std::io::{self, Write};

use super::document::{Document, Range, Severity};

/// Prints a command for each finding.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, document: &Document) -> io::Result<()> {
    for finding in &document.findings {
        let Range { start, end } = finding.range;
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information | Severity::Hint => "notice",
        };
        write!(output, "::{command} file={},line={}", property(&finding.path), start.line)?;
        // Columns are of one line: over several, GitHub wants none.
        if start.line == end.line {
            write!(output, ",col={},endColumn={}", start.column, end.column)?;
        } else {
            write!(output, ",endLine={}", end.line)?;
        }
        let title = property(&format!("Farewell: {}", finding.rule.name()));
        writeln!(output, ",title={title}::{}", data(&finding.message_and_help("\n")))?;
    }
    Ok(())
}

/// A command's message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property's value, which a comma or a colon would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        assert_eq!(data("100%\r\nsure: a, b"), "100%25%0D%0Asure: a, b");
        assert_eq!(property("a%,b:c\n::error::"), "a%25%2Cb%3Ac%0A%3A%3Aerror%3A%3A");
    }
}
