//! Findings as a JUnit report: a suite for each file, a failed case for each finding. Where nothing was found
//! there is one case that passed, since CI servers take an empty report for a broken run.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::{Located, Report};

const NAME: &str = "farewell";

/// Prints the report.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let mut document = Document::new(NAME);
    for of_file in report.all.chunk_by(|left, right| left.source.path == right.source.path) {
        let path = of_file.first().map_or("", |located| &located.source.path);
        let mut suite = TestSuite::new(path);
        suite.add_test_cases(of_file.iter().map(case));
        document.add_test_suite(suite);
    }
    if report.all.is_empty() {
        let mut suite = TestSuite::new(NAME);
        suite.add_test_case(TestCase::new("nothing found", TestCaseStatus::success()));
        document.add_test_suite(suite);
    }
    document.serialize(&mut *output).map_err(io::Error::other)
}

fn case(located: &Located<'_>) -> TestCase {
    let finding = &located.found.finding;
    let (start, _) = located.source.places(finding.span);
    let (path, line, column) = (&located.source.path, start.line, start.column);
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(finding.severity.name());
    status.set_message(finding.message.as_str());
    let separator = if finding.help.is_empty() { "" } else { "\n" };
    status.set_description(format!("{path}:{line}:{column}\n{}{separator}{}", finding.message, finding.help));
    let mut case = TestCase::new(format!("{} ({line}:{column})", finding.rule.name()), status);
    case.set_classname(path.as_str());
    case.extra.insert("file".into(), path.as_str().into());
    case.extra.insert("line".into(), line.to_string().into());
    case
}
