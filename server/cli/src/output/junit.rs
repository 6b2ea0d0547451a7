//! Findings as a JUnit report: a suite for each file, a failed case for each finding. Where nothing was found
//! there is one case that passed, since CI servers take an empty report for a broken run.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::document::{Document, Finding};

const NAME: &str = "farewell";

/// Prints the report.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, document: &Document) -> io::Result<()> {
    let mut report = Report::new(NAME);
    for of_file in document.findings.chunk_by(|left, right| left.path == right.path) {
        let path = of_file.first().map_or("", |finding| &finding.path);
        let mut suite = TestSuite::new(path);
        suite.add_test_cases(of_file.iter().map(case));
        report.add_test_suite(suite);
    }
    if document.findings.is_empty() {
        let mut suite = TestSuite::new(NAME);
        suite.add_test_case(TestCase::new("nothing found", TestCaseStatus::success()));
        report.add_test_suite(suite);
    }
    // Written at once: an error of the output stays the one that it is.
    writeln!(output, "{}", report.to_string().map_err(io::Error::other)?.trim_end())
}

fn case(finding: &Finding) -> TestCase {
    let (path, line, column) = (&finding.path, finding.range.start.line, finding.range.start.column);
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(finding.severity.name());
    status.set_message(finding.message.as_str());
    status.set_description(format!("{path}:{line}:{column}\n{}", finding.message_and_help("\n")));
    let mut case = TestCase::new(format!("{} ({line}:{column})", finding.rule.name()), status);
    case.set_classname(path.as_str());
    case.extra.insert("file".into(), path.as_str().into());
    case.extra.insert("line".into(), line.to_string().into());
    case
}
